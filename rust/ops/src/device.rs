//! The device contract: memory, copies, kernels, threads. Implemented by the CPU, by GPUs, and by a test device.
use crate::attr::Attrs;
use crate::def::OpDef;
use crate::kernel::{Kernel, Prepared};
use crate::tape::{Role, Tape};
use ferroflow_tensor::{DType, Result, Shape, Tensor};
use std::ops::Range;

/// The memory of a device, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// What tensors hold now.
    pub current: usize,
    /// The most that they have held.
    pub peak: usize,
    /// The most that they may hold, if that is limited.
    pub limit: Option<usize>,
}

/// A place where ops run.
///
/// A device whose memory the host cannot read gives out tensors over its own [`DeviceMemory`](ferroflow_tensor::DeviceMemory), which
/// reads itself back. Its kernels find operands that the entry lists as `host` on the host, all others in its memory; they may put
/// work into a queue, whose errors the next read of a result reports.
pub trait Device: Send + Sync {
    /// Full name: `/job:localhost/replica:0/task:0/device:CPU:0`.
    fn name(&self) -> &str;
    /// Type: `CPU`, `GPU`.
    fn kind(&self) -> &str;
    /// Whether the host reads and writes its memory directly.
    fn is_host(&self) -> bool;
    /// FailedPrecondition where this process must not touch it, as it is a forked child and its driver works in the parent only.
    fn reachable(&self) -> Result<()> {
        Ok(())
    }
    /// The kernel of an op, if this device has one.
    fn kernel(&self, op: &OpDef) -> Option<&'static Kernel>;
    /// Whether tensors of a dtype can lie in its memory.
    fn holds(&self, _dtype: DType) -> bool {
        true
    }
    /// Memory for a tensor. ResourceExhausted when there is none left.
    fn allocate(&self, dtype: DType, shape: &Shape) -> Result<Tensor>;
    /// A copy of a host tensor in this device's memory.
    fn to_device(&self, host: &Tensor) -> Result<Tensor>;
    /// Runs `body` over the parts of `0..n`, each at least `grain` long, on as many threads as the work pays for.
    /// The parts depend on `n` and `grain` alone, so results have the same bits for any number of threads.
    fn parallel(&self, n: usize, _grain: usize, _cost_per_item: f32, body: &(dyn Fn(Range<usize>) + Sync)) {
        body(0..n)
    }
    /// How many threads [`Device::at_once`] may use.
    fn threads(&self) -> usize {
        1
    }
    /// Runs jobs that do not depend on each other, on several threads if there are any. Once `stop`, which the caller's thread asks,
    /// answers true, no further job is begun.
    fn at_once(&self, jobs: &mut [&mut (dyn FnMut() + Send)], stop: &dyn Fn() -> bool) {
        jobs.iter_mut().take_while(|_| !stop()).for_each(|job| job());
    }
    /// What it is, in words: adapter, driver.
    fn description(&self) -> String {
        self.kind().into()
    }
    /// Whether ops go there only where a program asks for it, as it is no faster than the host.
    fn is_software(&self) -> bool {
        false
    }
    /// Why it has no kernel for an op that it lacks, or none for these dtypes.
    fn reason(&self, op: &OpDef) -> String {
        format!("there is no kernel of {} for {}", op.name, self.kind())
    }
    /// What it holds; None where nobody counts.
    fn memory(&self) -> Option<Memory> {
        None
    }
    /// Lets it hold at most this many bytes; None for as many as there are. False if it has no such limit.
    fn set_memory_limit(&self, _bytes: Option<usize>) -> bool {
        false
    }
    /// Starts to count the peak of its memory anew.
    fn reset_memory_peak(&self) {}
    /// What its kernels run on, with all that their results may depend on: adapter, driver, kernels. None if they need no test.
    fn identity(&self) -> Option<String> {
        None
    }
    /// Ways in which it may compute what it can also compute otherwise.
    fn ways(&self) -> &'static [&'static str] {
        &[]
    }
    /// Switches such a way on or off; whether it was on.
    fn switch(&self, _way: &str, _on: bool) -> bool {
        false
    }
    /// Gives up what it holds, as if its driver had failed: tensors in its memory are gone, the next use begins anew, after so many
    /// failures to do so.
    fn lose(&self, _failures: u32) {}
    /// What an op on operands of these dtypes, with a result of a dtype, may be on a tape; None if it is no part of tapes.
    fn role(&self, _op: &'static OpDef, _attrs: &Attrs, _operands: &[DType], _result: DType) -> Option<Role> {
        None
    }
    /// A tape made ready: the call's inputs are those of the tape, its outputs are allocated beforehand. None if the device
    /// does not run this one; then its ops run one by one.
    fn tape(&self, _tape: &Tape) -> Option<Prepared> {
        None
    }
}
