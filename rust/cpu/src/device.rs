//! The CPU as a device: host memory, the kernels of this crate, the thread pool.
use crate::{kernels, pool};
use ferroflow_ops::tape::{Role, Tape};
use ferroflow_ops::{Attrs, Device, Kernel, OpDef, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor};
use std::ops::Range;

/// The CPU.
pub struct Cpu {
    name: String,
}

impl Cpu {
    /// CPU number `index` of this process.
    pub fn new(index: usize) -> Cpu {
        Cpu { name: format!("/job:localhost/replica:0/task:0/device:CPU:{index}") }
    }
}

impl Device for Cpu {
    fn name(&self) -> &str {
        &self.name
    }
    fn kind(&self) -> &str {
        "CPU"
    }
    fn is_host(&self) -> bool {
        true
    }
    fn kernel(&self, op: &OpDef) -> Option<&'static Kernel> {
        kernels::find(op.name)
    }
    fn allocate(&self, dtype: DType, shape: &Shape) -> Result<Tensor> {
        // Kernels set tensors of objects themselves.
        if matches!(dtype, DType::Resource | DType::Variant) { Ok(Tensor::default()) } else { Tensor::recycled(dtype, shape.clone()) }
    }
    fn to_device(&self, host: &Tensor) -> Result<Tensor> {
        Ok(host.clone())
    }
    fn parallel(&self, n: usize, grain: usize, cost_per_item: f32, body: &(dyn Fn(Range<usize>) + Sync)) {
        pool::parallel_for(n, grain, cost_per_item, None, body);
    }
    fn threads(&self) -> usize {
        pool::threads()
    }
    fn at_once(&self, jobs: &mut [&mut (dyn FnMut() + Send)], stop: &dyn Fn() -> bool) {
        pool::parallel_chunks(jobs, 1, pool::ALWAYS_NS, Some(stop), &|_, part| part.iter_mut().for_each(|job| job()));
    }
    fn role(&self, op: &'static OpDef, attrs: &Attrs, operands: &[DType], result: DType) -> Option<Role> {
        kernels::elementwise::tape::role(op, attrs, operands, result)
    }
    fn tape(&self, tape: &Tape) -> Option<Prepared> {
        kernels::elementwise::tape::prepare(tape)
    }
}
