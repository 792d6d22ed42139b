//! An adapter as a device: opened when first used.
use crate::kernels::{self, tape};
use crate::memory::{self, Usage};
use crate::opened::{self, Opened};
use ferroflow_ops::tape::{Role, Tape};
use ferroflow_ops::{Attrs, Device, Kernel, Memory, OpDef, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor};
use std::sync::{Arc, Mutex, PoisonError};
use wgpu::{Adapter, AdapterInfo, DeviceType, Features};

/// What shaders with 64-bit floats need: they look at the bits too.
pub(crate) const WIDE: Features = Features::SHADER_F64.union(Features::SHADER_INT64);

/// A GPU.
pub struct Gpu {
    name: String,
    adapter: Adapter,
    info: AdapterInfo,
    usage: Arc<Usage>,
    opened: Mutex<Option<Result<Arc<Opened>>>>,
}

impl Gpu {
    pub(crate) fn new(index: usize, adapter: Adapter) -> Gpu {
        let name = format!("/job:localhost/replica:0/task:0/device:GPU:{index}");
        Gpu { usage: Arc::new(Usage::new(index)), info: adapter.get_info(), name, adapter, opened: Mutex::default() }
    }
    /// The opened adapter. The first call opens it, as does the first one after it was lost.
    fn opened(&self) -> Result<Arc<Opened>> {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Ok(lost)) = opened.as_ref().filter(|o| o.as_ref().is_ok_and(|o| o.is_lost())) {
            eprintln!("ferroflow: warning: {} was lost and is opened anew; tensors in its memory are gone", lost.name);
            *opened = None;
        }
        opened.get_or_insert_with(|| Opened::new(&self.name, &self.adapter).map(Arc::new)).clone()
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
    fn kernel(&self, op: &OpDef) -> Option<&'static Kernel> {
        kernels::find(op.name, self.adapter.features().contains(WIDE))
    }
    fn holds(&self, dtype: DType) -> bool {
        memory::MOVED.contains(&dtype)
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
        kernels::reason(op)
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
    fn lose(&self) {
        if let Ok(opened) = self.opened() {
            opened.lose();
        }
    }
    fn role(&self, op: &'static OpDef, attrs: &Attrs, operands: &[DType], result: DType) -> Option<Role> {
        tape::role(op, attrs, operands, result, self.adapter.features().contains(WIDE))
    }
    fn tape(&self, tape: &Tape) -> Option<Prepared> {
        let opened = self.opened().ok()?;
        tape::prepare(tape, &tape::Limits { buffers: opened.most_buffers, bytes: opened.binding as usize })
    }
}
