//! Background threads of pipelines: named, counted against one budget, stopped and joined with their owner.
use ferroflow_ops::{Cancel, Device, Env, RunCtx};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Weak};
use std::thread::JoinHandle;

/// How many background threads there may be in the process; a pipeline that gets none works on its caller's thread.
pub const BUDGET: usize = 256;
static RUNNING: AtomicUsize = AtomicUsize::new(0);

/// A background thread. Dropping it cancels its work and waits for its end.
pub struct Background {
    /// What its work watches.
    pub cancel: Arc<Cancel>,
    wake: Box<dyn Fn() + Send + Sync>,
    handle: Option<JoinHandle<()>>,
    process: u32,
}

/// Gives a place of the budget back, also when the work panics.
struct Place;
impl Drop for Place {
    fn drop(&mut self) {
        RUNNING.fetch_sub(1, Relaxed);
    }
}

/// Starts `work` on a thread of its own. `wake` is called after a cancellation and must end the waits of the work.
/// None if the budget is spent or the system gives no thread.
#[allow(clippy::disallowed_methods)] // this module owns the background threads
pub fn spawn(name: &str, wake: impl Fn() + Send + Sync + 'static, work: impl FnOnce(&Arc<Cancel>) + Send + 'static) -> Option<Background> {
    RUNNING.fetch_update(Relaxed, Relaxed, |n| (n < BUDGET).then_some(n + 1)).ok()?;
    let place = Place;
    let cancel = Arc::new(Cancel::default());
    let theirs = cancel.clone();
    let body = move || {
        let _place = place;
        crate::cancel::replace(Some(theirs.clone()));
        work(&theirs);
    };
    let handle = std::thread::Builder::new().name(name.into()).spawn(body).ok()?;
    Some(Background { cancel, wake: Box::new(wake), handle: Some(handle), process: std::process::id() })
}

impl Background {
    /// Whether the thread lives in this process: a forked child has a copy of this value, but no thread.
    pub fn is_here(&self) -> bool {
        self.process == std::process::id()
    }
}
impl Drop for Background {
    fn drop(&mut self) {
        if !self.is_here() {
            return;
        }
        self.cancel.cancel();
        (self.wake)();
        // The last owner may be the thread itself, which cannot wait for itself.
        if let Some(h) = self.handle.take()
            && h.thread().id() != std::thread::current().id()
        {
            let _ = h.join();
        }
    }
}

/// The environment of a run, to be used after it: by background threads and by finalisers. It does not keep the
/// environment alive, whose resources own the pipelines.
#[derive(Clone)]
pub struct Later {
    env: Weak<Env>,
    device: Arc<dyn Device>,
}
impl Later {
    /// Remembers the environment of a run.
    pub fn of(run: &RunCtx) -> Later {
        Later { env: Arc::downgrade(run.env), device: run.env.host.clone() }
    }
    /// Calls `f` as part of a run that `cancel` stops. None if the environment is gone.
    pub fn run<R>(&self, cancel: &Arc<Cancel>, f: impl FnOnce(&RunCtx) -> R) -> Option<R> {
        let env = self.env.upgrade()?;
        Some(f(&RunCtx { env: &env, device: &*self.device, cancel, step: 0 }))
    }
}
