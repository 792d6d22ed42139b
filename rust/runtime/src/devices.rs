//! The devices of this process: the only place of the runtime that names a backend.
use crate::trace;
use ferroflow_cpu::device::Cpu;
use ferroflow_ops::Device;
use std::sync::{Arc, OnceLock, RwLock};

fn list() -> &'static RwLock<Vec<Arc<dyn Device>>> {
    static ALL: OnceLock<RwLock<Vec<Arc<dyn Device>>>> = OnceLock::new();
    ALL.get_or_init(|| {
        let cpu = Arc::new(Cpu::new(0));
        tell(&*cpu);
        RwLock::new(vec![cpu])
    })
}

fn tell(device: &dyn Device) {
    trace::say(1, || format!("device {} with {} threads", device.name(), threads()));
}

/// All devices; the host CPU comes first.
pub fn all() -> Vec<Arc<dyn Device>> {
    list().read().unwrap_or_else(|e| e.into_inner()).clone()
}
/// The host CPU.
pub fn host() -> Arc<dyn Device> {
    static HOST: OnceLock<Arc<dyn Device>> = OnceLock::new();
    HOST.get_or_init(|| all().remove(0)).clone()
}
/// Adds a device.
pub fn add(device: Arc<dyn Device>) {
    tell(&*device);
    list().write().unwrap_or_else(|e| e.into_inner()).push(device);
}
/// The device that a request such as `/GPU:0`, `/device:CPU:0`, `gpu` or a full name means.
pub fn find(request: &str) -> Option<Arc<dyn Device>> {
    let last = request.rsplit('/').next().unwrap_or(request);
    let last = last.strip_prefix("device:").unwrap_or(last);
    let (kind, index) = match last.split_once(':') {
        Some((k, i)) => (k, i.parse::<usize>().ok()?),
        None => (last, 0),
    };
    all().into_iter().filter(|d| d.kind().eq_ignore_ascii_case(kind)).nth(index)
}
/// Sets the number of threads of the CPU's pool. FailedPrecondition is left to the caller: a running pool is rebuilt.
pub fn set_threads(n: usize) {
    ferroflow_cpu::pool::set_threads(n)
}
/// Number of threads of the CPU's pool.
pub fn threads() -> usize {
    ferroflow_cpu::pool::threads()
}
