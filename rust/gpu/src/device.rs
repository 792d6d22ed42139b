//! An adapter as a device: opened when first used.
use crate::kernels::{self, tape};
use crate::memory::{self, Usage};
use crate::opened::{self, Opened};
use crate::ways::{self, Ways};
use ferroflow_ops::tape::{Role, Tape};
use ferroflow_ops::{Attrs, Device, Kernel, Memory, OpDef, Prepared};
use ferroflow_tensor::{DType, Error, Result, Shape, Tensor, bail};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use wgpu::{Adapter, AdapterInfo, DeviceType, Features};

/// What shaders with 64-bit floats need: they look at the bits too.
pub(crate) const WIDE: Features = Features::SHADER_F64.union(Features::SHADER_INT64);

/// A GPU.
pub struct Gpu {
    name: String,
    adapter: Adapter,
    info: AdapterInfo,
    /// Whether it has 64-bit floats and integers.
    wide: bool,
    /// How many of the next tries to open it are to fail, for tests.
    failures: AtomicU32,
    /// Buffers that a shader sees.
    most_buffers: usize,
    ways: Arc<Ways>,
    /// The process that found it.
    process: u32,
    usage: Arc<Usage>,
    opened: Mutex<State>,
}

/// Whether an adapter is open.
enum State {
    Closed,
    Open(Arc<Opened>),
    /// It could not be opened, at this time.
    Failed(Error, Instant),
}

/// After a failure to open an adapter the next try is made this much later.
const AGAIN_AFTER: Duration = Duration::from_secs(1);

impl Gpu {
    pub(crate) fn new(index: usize, adapter: Adapter) -> Gpu {
        let name = format!("/job:localhost/replica:0/task:0/device:GPU:{index}");
        let most_buffers = opened::most_buffers(&adapter.limits());
        let (usage, wide, process) = (Arc::new(Usage::new(index)), adapter.features().contains(WIDE), std::process::id());
        Gpu {
            usage,
            wide,
            most_buffers,
            ways: Arc::default(),
            process,
            failures: AtomicU32::new(0),
            info: adapter.get_info(),
            name,
            adapter,
            opened: Mutex::new(State::Closed),
        }
    }
    /// The opened adapter. The first call opens it, as does the first one after it was lost, and one some time after a failure.
    fn opened(&self) -> Result<Arc<Opened>> {
        self.reachable()?;
        let mut state = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        match &*state {
            State::Open(opened) if !opened.is_lost() => return Ok(opened.clone()),
            State::Open(_) => eprintln!("ferroflow: warning: {} was lost and is opened anew; tensors in its memory are gone", self.name),
            State::Failed(e, at) if at.elapsed() < AGAIN_AFTER => return Err(e.clone()),
            State::Closed | State::Failed(..) => {}
        }
        let tried = self.open();
        *state = match &tried {
            Ok(opened) => State::Open(opened.clone()),
            Err(e) => State::Failed(e.clone(), Instant::now()),
        };
        tried
    }
    fn open(&self) -> Result<Arc<Opened>> {
        if self.failures.fetch_update(Relaxed, Relaxed, |n| n.checked_sub(1)).is_ok() {
            bail!(Unavailable, "{} cannot be opened: a test wants it so", self.name);
        }
        Opened::new(&self.name, &self.adapter, self.ways.clone()).map(Arc::new)
    }
}

impl Device for Gpu {
    fn name(&self) -> &str {
        &self.name
    }
    fn kind(&self) -> &str {
        "GPU"
    }
    fn is_host(&self) -> bool {
        false
    }
    fn reachable(&self) -> Result<()> {
        if std::process::id() == self.process { Ok(()) } else { Err(opened::forked(&self.name)) }
    }
    fn kernel(&self, op: &OpDef) -> Option<&'static Kernel> {
        kernels::find(op.name, self.wide).filter(|_| kernels::buffers(op) <= self.most_buffers)
    }
    fn holds(&self, dtype: DType) -> bool {
        memory::STORED.contains(&dtype) && (dtype != DType::Double || self.adapter.features().contains(WIDE))
    }
    fn allocate(&self, dtype: DType, shape: &Shape) -> Result<Tensor> {
        memory::allocate(&self.opened()?, &self.usage, dtype, shape)
    }
    fn to_device(&self, host: &Tensor) -> Result<Tensor> {
        memory::upload(&self.opened()?, &self.usage, host)
    }
    fn description(&self) -> String {
        let i = &self.info;
        let software = if self.is_software() { ", software: used only where a program asks for it" } else { "" };
        format!("{} by {:?}, driver {} {}{software}", i.name, i.backend, i.driver, i.driver_info)
    }
    fn is_software(&self) -> bool {
        self.info.device_type == DeviceType::Cpu
    }
    fn reason(&self, op: &OpDef) -> String {
        let needed = kernels::buffers(op);
        match kernels::support(op.name) {
            Some(_) if needed > self.most_buffers => {
                format!("its shader sees {needed} buffers at once, and one of this adapter {}", self.most_buffers)
            }
            _ => kernels::reason(op),
        }
    }
    fn memory(&self) -> Option<Memory> {
        Some(self.usage.memory())
    }
    fn set_memory_limit(&self, bytes: Option<usize>) -> bool {
        self.usage.set_limit(bytes);
        true
    }
    fn reset_memory_peak(&self) {
        self.usage.reset_peak();
    }
    fn identity(&self) -> Option<String> {
        let i = &self.info;
        let (version, shaders) = (env!("CARGO_PKG_VERSION"), env!("FERROFLOW_SHADERS_NUMBER"));
        let adapter = format!("{} {:?} {:04x}:{:04x} {} {}", i.name, i.backend, i.vendor, i.device, i.driver, i.driver_info);
        Some(format!("{adapter}; ferroflow {version}, shaders {shaders} {:016x}", opened::given_number()))
    }
    fn ways(&self) -> &'static [&'static str] {
        ways::NAMES
    }
    fn switch(&self, way: &str, on: bool) -> bool {
        self.ways.switch(way, on)
    }
    fn lose(&self, failures: u32) {
        if let Ok(opened) = self.opened() {
            opened.lose();
        }
        self.failures.store(failures, Relaxed);
    }
    fn role(&self, op: &'static OpDef, attrs: &Attrs, operands: &[DType], result: DType) -> Option<Role> {
        tape::role(op, attrs, operands, result, self.wide)
    }
    fn tape(&self, tape: &Tape) -> Option<Prepared> {
        let opened = self.opened().ok()?;
        tape::prepare(tape, &tape::Limits { buffers: opened.most_buffers, bytes: opened.binding as usize, rounds: opened.rounds })
    }
}
