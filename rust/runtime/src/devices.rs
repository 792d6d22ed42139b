//! The devices of this process: the only place of the runtime that names a backend.
use crate::trace;
use ferroflow_cpu::device::Cpu;
use ferroflow_ops::Device;
use ferroflow_tensor::{Result, bail};
use std::sync::atomic::{AtomicBool, Ordering};
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
    let all = list().read().unwrap_or_else(|e| e.into_inner());
    match all.iter().filter(|d| d.kind().eq_ignore_ascii_case(r.kind)).nth(r.index) {
        Some(d) => Found::Here(d.clone()),
        None => Found::Missing(name()),
    }
}

static SOFT: AtomicBool = AtomicBool::new(true);

/// Says whether eager ops run on the host where the device that was asked for is missing or has no kernel; they do at first.
pub fn set_soft_placement(on: bool) {
    SOFT.store(on, Ordering::Relaxed)
}

/// The device for an eager op under a request.
pub fn for_eager(request: &str) -> Result<Arc<dyn Device>> {
    match find(request) {
        Found::Here(d) => Ok(d),
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
