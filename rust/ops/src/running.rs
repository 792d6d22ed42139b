//! Which run a kernel's loops belong to, so that a long loop that knows of no run can still be stopped.
use crate::kernel::{Call, Cancel, Prepared};
use ferroflow_tensor::Result;
use std::cell::RefCell;
use std::sync::Arc;

thread_local!(static RUN: RefCell<Option<Arc<Cancel>>> = const { RefCell::new(None) });

/// Kernels that are estimated to take longer, in nanoseconds, can be stopped in the middle.
const LONG_NS: f32 = 50_000.0;

/// Puts the former run back, also when a kernel panics.
struct Restore(Option<Arc<Cancel>>);
impl Drop for Restore {
    fn drop(&mut self) {
        RUN.set(self.0.take());
    }
}

/// Calls a prepared kernel. A long one is stopped with its run: its loops ask [`stopped`] between their parts, and the
/// error is then that of the run, whatever the kernel made of the parts that are missing.
#[inline]
pub fn invoke(prepared: &Prepared, call: &mut Call) -> Result<()> {
    if prepared.cost < LONG_NS {
        return (prepared.run)(prepared, call);
    }
    let cancel = call.run.cancel;
    let before = Restore(RUN.replace(Some(cancel.clone())));
    let done = (prepared.run)(prepared, call);
    drop(before);
    cancel.check().and(done)
}

/// Whether the run that this thread's kernel belongs to shall stop. False on threads that only help with a loop.
pub fn stopped() -> bool {
    RUN.with_borrow(|run| run.as_ref().is_some_and(|cancel| cancel.check().is_err()))
}
