//! The adapters of this machine, listed when first asked for, and what is missing where there is none.
use crate::device::Gpu;
use ferroflow_tensor::knobs;
use std::fs::File;
use std::future::Future;
use std::io::Read;
use std::path::Path;
use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Waker};
use wgpu::{Adapter, Backends, DeviceType, Instance, InstanceDescriptor, InstanceFlags, PowerPreference, RequestAdapterOptions};

/// What wgpu answers at once on every platform but the web.
pub(crate) fn now<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(x) => Some(x),
        Poll::Pending => None,
    }
}

struct Found {
    gpus: Vec<Arc<Gpu>>,
    missing: Option<String>,
}

fn found() -> &'static Found {
    static FOUND: OnceLock<Found> = OnceLock::new();
    FOUND.get_or_init(find)
}

/// The GPUs that this process may use, fastest kind first; `CUDA_VISIBLE_DEVICES` chooses among them by their numbers.
pub fn devices() -> &'static [Arc<Gpu>] {
    &found().gpus
}

/// Why there is no GPU, and how to mend it; None if there is one.
pub fn missing() -> Option<&'static str> {
    found().missing.as_deref()
}

/// Whether this machine may have a GPU that is no software, by the device files of Linux.
pub fn likely() -> bool {
    let file = |path: &str| Path::new(path).exists();
    !cfg!(target_os = "linux") || file("/dev/nvidia0") || file("/dev/dxg") || nodes().next().is_some()
}

/// The device files of GPUs that can compute.
fn nodes() -> impl Iterator<Item = std::path::PathBuf> {
    let all = std::fs::read_dir("/dev/dri").into_iter().flatten().flatten().map(|f| f.path());
    all.filter(|p| p.to_string_lossy().contains("renderD"))
}

fn rank(adapter: &Adapter) -> u8 {
    match adapter.get_info().device_type {
        DeviceType::DiscreteGpu => 0,
        DeviceType::IntegratedGpu => 1,
        DeviceType::VirtualGpu => 2,
        DeviceType::Other => 3,
        DeviceType::Cpu => 4,
    }
}

fn find() -> Found {
    let mut descriptor = InstanceDescriptor::new_without_display_handle();
    descriptor.flags = InstanceFlags::empty();
    descriptor.backends = Backends::VULKAN | Backends::METAL | Backends::DX12;
    let instance = Instance::new(descriptor);
    let mut adapters = now(instance.enumerate_adapters(Backends::all())).unwrap_or_default();
    adapters.sort_by_key(rank);
    if adapters.is_empty() {
        return Found { gpus: vec![], missing: Some(why_none(&instance)) };
    }
    let chosen = match std::env::var(knobs::VISIBLE_DEVICES.name) {
        Ok(list) => chosen(&list, adapters.len()),
        Err(_) => (0..adapters.len()).collect(),
    };
    let gpus: Vec<_> = chosen.iter().enumerate().map(|(i, at)| Arc::new(Gpu::new(i, adapters[*at].clone()))).collect();
    let hidden = || format!("CUDA_VISIBLE_DEVICES hides all {} adapters: unset it", adapters.len());
    Found { missing: gpus.is_empty().then(hidden), gpus }
}

/// The numbers that `CUDA_VISIBLE_DEVICES` lists, up to the first that is not one of an adapter.
fn chosen(list: &str, adapters: usize) -> Vec<usize> {
    list.split(',').map_while(|n| n.trim().parse().ok().filter(|n| *n < adapters)).collect()
}

/// A sentence about what a Vulkan adapter needs and this machine lacks.
fn why_none(instance: &Instance) -> String {
    let options = RequestAdapterOptions { power_preference: PowerPreference::HighPerformance, ..Default::default() };
    let told = match now(instance.request_adapter(&options)) {
        Some(Err(e)) => e.to_string(),
        _ => "no adapter was found".into(),
    };
    format!("{told}; {}", advice(has_loader(), &drivers(), locked_nodes().as_deref()))
}

/// Whether Vulkan's loader lies where Linux looks for libraries; the first file of that name has to be a library.
fn has_loader() -> bool {
    let named = std::env::var("LD_LIBRARY_PATH").unwrap_or_default();
    let usual = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/local/lib", "/lib"];
    let folders = named.split(':').filter(|f| !f.is_empty()).chain(usual);
    let first = folders.map(|f| Path::new(f).join("libvulkan.so.1")).find(|f| f.exists());
    let mut start = [0; 4];
    first.and_then(|f| File::open(f).ok()).is_some_and(|mut f| f.read_exact(&mut start).is_ok() && start == *b"\x7fELF")
}

fn advice(loader: bool, drivers: &[String], locked: Option<&str>) -> String {
    if !cfg!(target_os = "linux") {
        return "install the graphics driver of the GPU's vendor".into();
    }
    if let Some(node) = locked {
        return format!("this user may not open {node}: add it to the group that owns the file (`render` or `video`)");
    }
    if !loader {
        return "the Vulkan loader is missing or damaged: install libvulkan1 and a driver (Debian and Ubuntu: mesa-vulkan-drivers, or the vendor's)"
            .into();
    }
    if drivers.is_empty() {
        return "there is no Vulkan driver (ICD): install mesa-vulkan-drivers or the vendor's driver; in a container of NVIDIA's, set \
                NVIDIA_DRIVER_CAPABILITIES=graphics,compute,utility"
            .into();
    }
    format!("the Vulkan drivers {} offer no adapter: see what `vulkaninfo` says", drivers.join(", "))
}

/// The manifests of Vulkan drivers that the loader would read.
fn drivers() -> Vec<String> {
    let named = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
    if let Some(list) = named("VK_DRIVER_FILES").or_else(|| named("VK_ICD_FILENAMES")) {
        return list.split(':').filter(|f| Path::new(f).exists()).map(String::from).collect();
    }
    let folders = ["/usr/share/vulkan/icd.d", "/usr/local/share/vulkan/icd.d", "/etc/vulkan/icd.d"];
    let files = folders.iter().filter_map(|f| std::fs::read_dir(f).ok()).flatten().flatten();
    files.map(|f| f.path().display().to_string()).filter(|f| f.ends_with(".json")).collect()
}

/// A GPU's device file that this user cannot open.
fn locked_nodes() -> Option<String> {
    let denied = |p: &Path| {
        let opened = std::fs::OpenOptions::new().read(true).write(true).open(p);
        opened.is_err_and(|e| e.kind() == std::io::ErrorKind::PermissionDenied)
    };
    nodes().find(|p| denied(p)).map(|p| p.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visible_devices_are_numbers_up_to_the_first_wrong_one() {
        assert_eq!(chosen("1,0", 2), [1, 0]);
        assert_eq!(chosen("0,2,1", 2), [0]);
        assert_eq!(chosen("-1", 2), [0usize; 0]);
        assert_eq!(chosen("", 2), [0usize; 0]);
        assert_eq!(chosen(" 1 ", 2), [1]);
    }

    #[test]
    fn what_is_missing_is_named() {
        let manifest = ["/usr/share/vulkan/icd.d/a.json".to_string()];
        if cfg!(target_os = "linux") {
            assert!(advice(false, &[], None).contains("libvulkan1"));
            assert!(advice(true, &[], None).contains("no Vulkan driver (ICD)"));
            assert!(advice(true, &manifest, Some("/dev/dri/renderD128")).contains("may not open /dev/dri/renderD128"));
            assert!(advice(true, &manifest, None).contains("a.json"));
        }
    }
}
