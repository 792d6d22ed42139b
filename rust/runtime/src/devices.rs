//! The devices of this process: the only place of the runtime that names a backend.
use crate::trace;
use ferroflow_cpu::device::Cpu;
use ferroflow_ops::{ArgDef, ArgType, Attrs, Device, Flags, Gpu, Memory, OpDef};
use ferroflow_tensor::{DType, Error, Result, bail, error, knobs};
use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, RwLock};

fn list() -> &'static RwLock<Vec<Arc<dyn Device>>> {
    static ALL: OnceLock<RwLock<Vec<Arc<dyn Device>>>> = OnceLock::new();
    ALL.get_or_init(|| {
        let cpu = Arc::new(Cpu::new(0));
        tell(&*cpu);
        RwLock::new(vec![cpu])
    })
}

fn tell(device: &dyn Device) {
    trace::say(1, || match device.is_host() {
        true => format!("device {} with {} threads", device.name(), threads()),
        false => format!("device {}: {}", device.name(), device.description()),
    });
}

/// The GPUs, which are looked for when first asked for.
fn gpus() -> impl Iterator<Item = Arc<dyn Device>> {
    static TOLD: OnceLock<()> = OnceLock::new();
    TOLD.get_or_init(|| ferroflow_gpu::devices().iter().for_each(|d| tell(&**d)));
    ferroflow_gpu::devices().iter().map(|d| d.clone() as Arc<dyn Device>)
}
/// The dtypes that the kernel of an op takes on GPUs, by type attributes; None if there is no such kernel.
pub fn gpu_dtypes(op: &OpDef) -> Option<&'static [(&'static str, &'static [DType])]> {
    match op.entry.gpu {
        Gpu::Free => Some(&[]),
        _ => ferroflow_gpu::support(op.name).map(|(k, _)| k.types),
    }
}
/// Why there is no GPU, and how to mend it; None if there is one.
pub fn missing_gpu() -> Option<&'static str> {
    ferroflow_gpu::missing()
}

/// The GPU that large work goes to unasked: the first that is no software, where a look at the machine's files says that there
/// may be one. None for most machines, without a look for adapters.
pub fn automatic() -> Option<&'static Arc<dyn Device>> {
    static FOUND: OnceLock<Option<Arc<dyn Device>>> = OnceLock::new();
    let find = || match knobs::AUTO_GPU.get().as_deref() {
        Some("never") => None,
        Some("any") => gpus().next(),
        _ if ferroflow_gpu::likely() => gpus().find(|d| !d.is_software()),
        _ => None,
    };
    FOUND.get_or_init(find).as_ref().filter(|d| d.reachable().is_ok())
}

fn known() -> Vec<Arc<dyn Device>> {
    list().read().unwrap_or_else(|e| e.into_inner()).clone()
}
/// All devices; the host CPU comes first.
pub fn all() -> Vec<Arc<dyn Device>> {
    known().into_iter().chain(gpus()).collect()
}
/// The devices of a kind: `CPU`, `GPU`. GPUs are looked for only if these are asked for.
pub fn of_kind(kind: &str) -> Vec<Arc<dyn Device>> {
    let mut found = known();
    if kind.eq_ignore_ascii_case("GPU") {
        found.extend(gpus());
    }
    found.retain(|d| d.kind().eq_ignore_ascii_case(kind));
    found
}
/// The host CPU.
pub fn host() -> Arc<dyn Device> {
    static HOST: OnceLock<Arc<dyn Device>> = OnceLock::new();
    HOST.get_or_init(|| known().remove(0)).clone()
}
/// Adds a device.
pub fn add(device: Arc<dyn Device>) {
    tell(&*device);
    list().write().unwrap_or_else(|e| e.into_inner()).push(device);
}
/// What a device request such as `/GPU:0`, `/device:CPU:0`, `gpu` or a full name asks for.
struct Request<'a> {
    job: &'a str,
    replica: usize,
    task: usize,
    kind: &'a str,
    index: usize,
}

fn parse(request: &str) -> Option<Request<'_>> {
    let mut r = Request { job: "localhost", replica: 0, task: 0, kind: "CPU", index: 0 };
    for part in request.split('/').filter(|p| !p.is_empty()) {
        let part = part.strip_prefix("device:").unwrap_or(part);
        let (key, value) = part.split_once(':').unwrap_or((part, "0"));
        match key {
            "job" => r.job = value,
            "replica" => r.replica = value.parse().ok()?,
            "task" => r.task = value.parse().ok()?,
            kind => (r.kind, r.index) = (kind, if value == "*" { 0 } else { value.parse().ok()? }),
        }
    }
    Some(r)
}

/// Where a request leads.
pub enum Found {
    /// A device of this process.
    Here(Arc<dyn Device>),
    /// This process has no such device; the full name of what was asked for.
    Missing(String),
    /// A device of another process.
    Elsewhere(String),
}

/// The device that a request means; an empty one means the host.
pub fn find(request: &str) -> Found {
    if request.is_empty() {
        return Found::Here(host());
    }
    let Some(r) = parse(request) else { return Found::Elsewhere(request.to_string()) };
    let name = || format!("/job:{}/replica:{}/task:{}/device:{}:{}", r.job, r.replica, r.task, r.kind.to_uppercase(), r.index);
    if r.job != "localhost" || r.replica != 0 || r.task != 0 {
        return Found::Elsewhere(name());
    }
    match of_kind(r.kind).into_iter().nth(r.index) {
        Some(d) => Found::Here(d),
        None => Found::Missing(name()),
    }
}

static SOFT: AtomicBool = AtomicBool::new(true);

/// Says whether eager ops run on the host where the device that was asked for is missing or has no kernel; they do at first.
pub fn set_soft_placement(on: bool) {
    SOFT.store(on, Ordering::Relaxed)
}

/// Whether they do.
pub fn soft_placement() -> bool {
    SOFT.load(Ordering::Relaxed)
}

/// Warns, once for each op and device, that the op runs on the host instead of where it was asked for. Ops that compute
/// nothing, but have effects or make objects, go there unmentioned.
pub fn warn_of_host(op: &OpDef, attrs: &Attrs, device: &dyn Device, reason: &str) {
    let objects = ferroflow_ops::output_types(op, attrs).is_ok_and(|types| types.iter().all(|(d, _)| d.is_object()));
    if !op.has(Flags::STATEFUL) && !objects {
        warn_of_fault(op, device, reason);
    }
}

/// Warns, once for each op and device, that the op runs on the host as something is wrong with its kernel.
pub fn warn_of_fault(op: &OpDef, device: &dyn Device, reason: &str) {
    warn_once(&format!("{} on {}", op.name, device.name()), &format!("{} runs on the CPU instead of {}: {reason}", op.name, device.name()));
}

/// Writes a warning to standard error, unless there was one about this before or warnings are hidden.
pub fn warn_once(about: &str, text: &str) {
    static TOLD: Mutex<Option<HashSet<String>>> = Mutex::new(None);
    if knobs::CPP_MIN_LOG_LEVEL.number().is_some_and(|level| level >= 2) {
        return;
    }
    let mut told = TOLD.lock().unwrap_or_else(|e| e.into_inner());
    if told.get_or_insert_default().insert(about.into()) {
        eprintln!("ferroflow: warning: {text}");
    }
}

/// Whether an op computes integers from integers: TensorFlow's GPUs leave that to the host where they have no kernel for it, as
/// sizes and indices are kept there.
pub fn counts(op: &OpDef, attrs: &Attrs) -> bool {
    let integer = |d: DType| matches!(d, DType::Int32 | DType::Int64);
    let of = |a: &ArgDef| match &a.ty {
        ArgType::Fixed(d) => integer(*d),
        ArgType::Attr(t) => attrs.dtype(t).is_ok_and(integer),
        ArgType::List(_) => false,
    };
    !op.has(Flags::STATEFUL) && op.inputs.iter().chain(&op.outputs).all(of)
}

/// The error for an op that a device cannot run, where it may not run elsewhere.
pub fn refused(op: &OpDef, device: &dyn Device, reason: &str) -> Error {
    error!(
        InvalidArgument,
        "Could not satisfy device specification '{}'. enable_soft_placement=0. Supported device types [CPU]. All available devices [{}].",
        device.name(),
        names()
    )
    .fix(format!("{} has no kernel there, as {reason}; leave out the device, or call tf.config.set_soft_device_placement(True)", op.name))
}

/// What a device holds. InvalidArgument if there is no such device or nobody counts.
pub fn memory(request: &str) -> Result<Memory> {
    match here(request)?.memory() {
        Some(m) => Ok(m),
        None => bail!(Value, "Allocator stats not available for device '{request}'"),
    }
}
/// The device that a request means. ValueError if this process has none.
pub fn here(request: &str) -> Result<Arc<dyn Device>> {
    match find(request) {
        Found::Here(d) => Ok(d),
        _ => bail!(Value, "No matching devices found for '{request}'"),
    }
}

/// A device that was asked for; where this process cannot reach it, the host with one warning, or an error without soft placement.
pub fn reached(device: Arc<dyn Device>, soft: bool) -> Result<Arc<dyn Device>> {
    match device.reachable() {
        Ok(()) => Ok(device),
        Err(e) if soft => {
            warn_once(&format!("reach {}", device.name()), &format!("what asks for {} runs on the CPU: {}", device.name(), e.message()));
            Ok(host())
        }
        Err(e) => Err(e),
    }
}

/// The device for an eager op under a request.
pub fn for_eager(request: &str) -> Result<Arc<dyn Device>> {
    match find(request) {
        Found::Here(d) => reached(d, soft_placement()),
        Found::Missing(_) if SOFT.load(Ordering::Relaxed) => Ok(host()),
        Found::Missing(name) => bail!(
            InvalidArgument,
            "Could not satisfy device specification '{name}'. enable_soft_placement=0. Supported device types [CPU]. All available devices [{}].",
            names()
        ),
        Found::Elsewhere(name) => bail!(InvalidArgument, "{name} unknown device."),
    }
}

/// The names of all devices, with commas between them.
pub fn names() -> String {
    let all = all();
    all.iter().map(|d| d.name()).collect::<Vec<_>>().join(", ")
}

/// Sets the number of threads of the CPU's pool. FailedPrecondition is left to the caller: a running pool is rebuilt.
pub fn set_threads(n: usize) {
    ferroflow_cpu::pool::set_threads(n)
}
/// Number of threads of the CPU's pool.
pub fn threads() -> usize {
    ferroflow_cpu::pool::threads()
}
