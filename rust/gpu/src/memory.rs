//! Tensors in a GPU's memory. Each element takes 32 bits there, or 64: truth values are 0 or 1, narrow integers are extended, narrow
//! floats are as wide as others. What shaders write fits the dtype again.
use crate::opened::Opened;
use ferroflow_ops::Memory;
use ferroflow_tensor::{BF16, Code, DType, DeviceMemory, Error, F16, Result, Shape, Tensor, bail, byte_len, error};
use std::any::Any;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

/// The dtypes that elements in a GPU's memory have. 64-bit floats need an adapter with such.
pub const STORED: &[DType] = &[
    DType::Bool,
    DType::Float,
    DType::Int32,
    DType::UInt32,
    DType::Int64,
    DType::UInt64,
    DType::Int8,
    DType::Int16,
    DType::UInt8,
    DType::UInt16,
    DType::Half,
    DType::BFloat16,
    DType::Double,
];
/// Those that shaders compute with as 32-bit floats.
pub const SINGLES: &[DType] = &[DType::Float, DType::Half, DType::BFloat16];
/// The dtype for what is still to be added up.
pub fn between(dtype: DType) -> DType {
    if SINGLES.contains(&dtype) { DType::Float } else { dtype }
}
/// Those of them that are numbers.
pub const NUMBERS: &[DType] = STORED.split_at(1).1;

/// Bytes of an element in a GPU's memory.
pub fn lane(dtype: DType) -> usize {
    if matches!(dtype, DType::Int64 | DType::UInt64 | DType::Double) { 8 } else { 4 }
}

/// The elements of a tensor as a GPU's memory has them.
fn widened(dtype: DType, bytes: &[u8]) -> Cow<'_, [u8]> {
    let pairs = || bytes.chunks_exact(2).map(|b| u16::from_ne_bytes([b[0], b[1]]));
    let lanes: Vec<u32> = match dtype {
        DType::Bool | DType::UInt8 => bytes.iter().map(|b| u32::from(*b)).collect(),
        DType::Int8 => bytes.iter().map(|b| i32::from(*b as i8) as u32).collect(),
        DType::UInt16 => pairs().map(u32::from).collect(),
        DType::Int16 => pairs().map(|b| i32::from(b as i16) as u32).collect(),
        DType::Half => pairs().map(|b| F16::from_bits(b).to_f32().to_bits()).collect(),
        DType::BFloat16 => pairs().map(|b| u32::from(b) << 16).collect(),
        _ => return Cow::Borrowed(bytes),
    };
    Cow::Owned(lanes.into_iter().flat_map(u32::to_ne_bytes).collect())
}

/// The inverse of [`widened`].
fn narrowed(dtype: DType, lanes: &[u8], to: &mut [u8]) {
    let words = lanes.chunks_exact(4).map(|b| u32::from_ne_bytes([b[0], b[1], b[2], b[3]]));
    let pairs = |to: &mut [u8], f: &dyn Fn(u32) -> u16| {
        to.chunks_exact_mut(2).zip(words.clone()).for_each(|(t, w)| t.copy_from_slice(&f(w).to_ne_bytes()));
    };
    match dtype {
        DType::Bool => to.iter_mut().zip(words).for_each(|(t, w)| *t = u8::from(w != 0)),
        DType::Int8 | DType::UInt8 => to.iter_mut().zip(words).for_each(|(t, w)| *t = w as u8),
        DType::Int16 | DType::UInt16 => pairs(to, &|w| w as u16),
        DType::Half => pairs(to, &|w| F16::from_f32(f32::from_bits(w)).to_bits()),
        DType::BFloat16 => pairs(to, &|w| BF16::from_f32(f32::from_bits(w)).to_bits()),
        _ => to.copy_from_slice(lanes),
    }
}

/// What the tensors of a GPU hold.
pub struct Usage {
    index: usize,
    memory: Mutex<Memory>,
    /// The tensors that lie there, by the order in which they were made.
    held: Mutex<BTreeMap<u64, (DType, Shape, usize)>>,
}

/// Tensors that an error names.
const NAMED: usize = 5;

impl Usage {
    pub(crate) fn new(index: usize) -> Usage {
        Usage { index, memory: Mutex::new(Memory { current: 0, peak: 0, limit: None }), held: Mutex::default() }
    }
    fn lock(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(|e| e.into_inner())
    }
    pub(crate) fn memory(&self) -> Memory {
        *self.lock()
    }
    pub(crate) fn set_limit(&self, bytes: Option<usize>) {
        self.lock().limit = bytes;
    }
    pub(crate) fn reset_peak(&self) {
        let mut m = self.lock();
        m.peak = m.current;
    }
    fn take(&self, bytes: usize) -> bool {
        let mut m = self.lock();
        if m.limit.is_some_and(|limit| m.current + bytes > limit) {
            return false;
        }
        m.current += bytes;
        m.peak = m.peak.max(m.current);
        true
    }
    fn give(&self, bytes: usize) {
        self.lock().current -= bytes;
    }
    /// Notes a tensor; its number.
    fn note(&self, dtype: DType, shape: &Shape, bytes: usize) -> u64 {
        let mut held = self.held.lock().unwrap_or_else(|e| e.into_inner());
        let next = held.last_key_value().map_or(0, |(k, _)| k + 1);
        held.insert(next, (dtype, shape.clone(), bytes));
        next
    }
    fn forget(&self, number: u64) {
        self.held.lock().unwrap_or_else(|e| e.into_inner()).remove(&number);
    }
    /// The largest tensors, in words.
    fn largest(&self) -> String {
        let held = self.held.lock().unwrap_or_else(|e| e.into_inner());
        let mut all: Vec<_> = held.values().collect();
        all.sort_by_key(|(_, _, bytes)| std::cmp::Reverse(*bytes));
        let word = |(dtype, shape, bytes): &&(DType, Shape, usize)| format!("{dtype}{shape} of {bytes}");
        all.iter().take(NAMED).map(word).collect::<Vec<_>>().join(", ")
    }
}

/// A buffer of a GPU with its opened adapter.
pub struct GpuMemory {
    /// What runs on it.
    pub opened: Arc<Opened>,
    /// The buffer.
    pub buffer: wgpu::Buffer,
    dtype: DType,
    usage: Arc<Usage>,
    number: u64,
}

impl Drop for GpuMemory {
    fn drop(&mut self) {
        if !self.opened.is_own() {
            // The driver is the parent's, and its locks may be held for ever here: the buffer stays.
            std::mem::forget(self.buffer.clone());
            return;
        }
        self.usage.give(self.buffer.size() as usize);
        self.usage.forget(self.number);
    }
}

impl DeviceMemory for GpuMemory {
    fn device(&self) -> &str {
        &self.opened.name
    }
    fn len(&self) -> usize {
        self.buffer.size() as usize
    }
    fn is_lost(&self) -> bool {
        self.opened.is_lost()
    }
    fn read(&self, offset: usize, to: &mut [u8]) -> Result<()> {
        let size = self.dtype.size();
        let (from, n) = (offset / size, to.len() / size);
        if n == 0 {
            return Ok(());
        }
        let lane = lane(self.dtype);
        self.opened.read(&self.buffer, (from * lane) as u64, (n * lane) as u64, |bytes| narrowed(self.dtype, bytes, to))
    }
}

/// The error of a GPU whose memory does not suffice.
fn exhausted(opened: &Opened, usage: &Usage, dtype: DType, shape: &Shape, bytes: usize, why: &str) -> Error {
    let (name, held, largest) = (dtype.signature_name(), usage.memory().current, usage.largest());
    let largest = if largest.is_empty() { largest } else { format!(" (the largest: {largest})") };
    let gpu = usage.index;
    error!(ResourceExhausted, "OOM when allocating tensor with shape{shape} and type {name} on {} by allocator GPU_{gpu}_bfc", opened.name)
        .fix(format!("{bytes} bytes were asked for while tensors hold {held}{largest}: {why}; use smaller sizes, such as a smaller batch"))
}

/// Memory for a tensor. ResourceExhausted if there is none left, or a buffer of the adapter cannot be as large.
pub fn allocate(opened: &Arc<Opened>, usage: &Arc<Usage>, dtype: DType, shape: &Shape) -> Result<Tensor> {
    if !STORED.contains(&dtype) {
        bail!(Unimplemented, "a {dtype} tensor cannot lie in the memory of {}", opened.name);
    }
    let bytes = (byte_len(dtype, shape)? / dtype.size()).max(1).saturating_mul(lane(dtype));
    if bytes > opened.largest {
        let why = format!("the adapter takes {} bytes at once", opened.largest);
        return Err(exhausted(opened, usage, dtype, shape, bytes, &why));
    }
    if !usage.take(bytes) {
        return Err(exhausted(opened, usage, dtype, shape, bytes, "the memory limit of the device does not allow it"));
    }
    let buffer = opened.buffer(bytes).map_err(|e| {
        usage.give(bytes);
        if e.code() == Code::ResourceExhausted { exhausted(opened, usage, dtype, shape, bytes, e.message()) } else { e }
    })?;
    let number = usage.note(dtype, shape, bytes);
    let memory = GpuMemory { opened: opened.clone(), buffer, dtype, usage: usage.clone(), number };
    Ok(Tensor::from_device(dtype, shape.clone(), Arc::new(memory)))
}

/// A copy of a tensor in the memory of a GPU; one that lies there is itself.
pub fn upload(opened: &Arc<Opened>, usage: &Arc<Usage>, t: &Tensor) -> Result<Tensor> {
    if let Ok(there) = of(t)
        && there.opened.name == opened.name
    {
        // Unavailable if it was lost.
        return there.opened.check().map(|()| t.clone());
    }
    let host = t.to_host()?;
    let made = allocate(opened, usage, t.dtype(), t.shape())?;
    opened.write(&of(&made)?.buffer, &widened(t.dtype(), host.bytes()?))?;
    Ok(made)
}

/// The buffer of a tensor of a GPU. Internal error for another tensor, Unavailable if its device was lost.
pub fn of(t: &Tensor) -> Result<&GpuMemory> {
    let memory = t.device_memory().and_then(|(m, _)| (&**m as &dyn Any).downcast_ref::<GpuMemory>());
    let memory = memory.ok_or_else(|| error!(Internal, "a tensor of shape {} does not lie in the memory of a GPU", t.shape()))?;
    if memory.opened.is_lost() {
        memory.opened.check()?;
    }
    Ok(memory)
}

/// How many elements of its buffer come before those of a tensor.
pub fn offset(t: &Tensor) -> u32 {
    t.device_memory().map_or(0, |(_, bytes)| (bytes / t.dtype().size().max(1)) as u32)
}
