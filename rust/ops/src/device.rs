//! The device contract: memory, copies, kernels, threads. Implemented by the CPU, by GPUs, and by a test device.
use crate::def::OpDef;
use crate::kernel::Kernel;
use ferroflow_tensor::{DType, Result, Shape, Tensor};
use std::ops::Range;

/// A place where ops run.
pub trait Device: Send + Sync {
    /// Full name: `/job:localhost/replica:0/task:0/device:CPU:0`.
    fn name(&self) -> &str;
    /// Type: `CPU`, `GPU`.
    fn kind(&self) -> &str;
    /// Whether the host reads and writes its memory directly.
    fn is_host(&self) -> bool;
    /// The kernel of an op, if this device has one.
    fn kernel(&self, op: &OpDef) -> Option<&'static Kernel>;
    /// Memory for a tensor. ResourceExhausted when there is none left.
    fn allocate(&self, dtype: DType, shape: &Shape) -> Result<Tensor>;
    /// A copy of a host tensor in this device's memory.
    fn to_device(&self, host: &Tensor) -> Result<Tensor>;
    /// A copy of a tensor of this device in host memory.
    fn to_host(&self, tensor: &Tensor) -> Result<Tensor>;
    /// Runs `body` over the parts of `0..n`, each at least `grain` long, on as many threads as the work pays for.
    /// The parts depend on `n` and `grain` alone, so results have the same bits for any number of threads.
    fn parallel(&self, n: usize, grain: usize, cost_per_item: f32, body: &(dyn Fn(Range<usize>) + Sync));
}
