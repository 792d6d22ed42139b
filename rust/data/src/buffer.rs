//! Elements kept: in a cache from pass to pass, or made ahead of their use.
use crate::args::Args;
use crate::dataset::{Dataset, Element, Iterate, Spec};
use ferroflow_ops::RunCtx;
use ferroflow_ops::resource::Handle;
use ferroflow_runtime::threads::{self, Background, Later};
use ferroflow_tensor::{Error, Object, Result, Tensor, bail, error};
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

/// How long a wait lasts before it looks for a cancellation.
pub(crate) const LOOK: Duration = Duration::from_millis(20);

/// The elements of a finished pass, kept in memory.
#[derive(Default)]
pub(crate) struct MemoryCache(Mutex<Option<Arc<Vec<Element>>>>);
impl Object for MemoryCache {
    fn type_name(&self) -> &str {
        "MemoryCache"
    }
}
impl MemoryCache {
    fn lock(&self) -> MutexGuard<'_, Option<Arc<Vec<Element>>>> {
        self.0.lock().unwrap_or_else(|e| e.into_inner())
    }
    /// Forgets the elements.
    pub fn clear(&self) {
        *self.lock() = None;
    }
}
/// The object behind the handle that stands for no cache.
pub(crate) struct NoCache;
impl Object for NoCache {
    fn type_name(&self) -> &str {
        "DummyMemoryCache"
    }
}

/// A dataset whose first complete pass is kept.
pub(crate) struct Cache {
    pub input: Arc<dyn Dataset>,
    pub kept: Arc<MemoryCache>,
}
enum CachePass {
    Kept(Arc<Vec<Element>>, usize),
    Filling { of: Arc<Cache>, input: Box<dyn Iterate>, so_far: Vec<Element> },
}
impl Dataset for Cache {
    fn spec(&self) -> &Arc<Spec> {
        self.input.spec()
    }
    fn cardinality(&self) -> i64 {
        self.input.cardinality()
    }
    fn calls_python(&self) -> bool {
        self.input.calls_python()
    }
    fn iterate(self: Arc<Self>, run: &RunCtx) -> Result<Box<dyn Iterate>> {
        let kept = self.kept.lock().clone();
        Ok(Box::new(match kept {
            Some(all) => CachePass::Kept(all, 0),
            None => CachePass::Filling { input: self.input.clone().iterate(run)?, of: self, so_far: vec![] },
        }))
    }
}
impl Iterate for CachePass {
    fn next(&mut self, run: &RunCtx) -> Result<Option<Element>> {
        match self {
            CachePass::Kept(all, at) => {
                *at += 1;
                Ok(all.get(*at - 1).cloned())
            }
            CachePass::Filling { of, input, so_far } => {
                if let Some(e) = input.next(run)? {
                    let e = e.into_iter().map(Tensor::settle).collect::<Result<Element>>()?;
                    so_far.push(e.clone());
                    return Ok(Some(e));
                }
                let all = Arc::new(std::mem::take(so_far));
                let n = all.len();
                *of.kept.lock() = Some(all.clone());
                *self = CachePass::Kept(all, n);
                Ok(None)
            }
        }
    }
}
pub(crate) fn cache(a: &Args) -> Result<Arc<dyn Dataset>> {
    let name = a.one("filename")?;
    if name.strings()?.first().is_some_and(|s| !s.is_empty()) {
        return Err(error!(Unimplemented, "A cache in a file is not supported yet").fix("leave the filename empty to cache in memory"));
    }
    let kept = match a.list("cache") {
        Ok(t) => t.first().and_then(|t| Handle::get::<MemoryCache>(t).ok()),
        Err(_) => None,
    };
    Ok(Arc::new(Cache { input: a.dataset("input_dataset")?, kept: kept.unwrap_or_default() }))
}

/// Elements made ahead by a background thread.
pub(crate) struct Prefetch {
    pub input: Arc<dyn Dataset>,
    pub size: usize,
}
impl Dataset for Prefetch {
    fn spec(&self) -> &Arc<Spec> {
        self.input.spec()
    }
    fn cardinality(&self) -> i64 {
        self.input.cardinality()
    }
    fn calls_python(&self) -> bool {
        self.input.calls_python()
    }
    fn iterate(self: Arc<Self>, run: &RunCtx) -> Result<Box<dyn Iterate>> {
        let input = self.input.clone().iterate(run)?;
        // Python is called on the thread that asks for elements, so such a pipeline cannot run ahead.
        if self.size == 0 || self.calls_python() {
            return Ok(input);
        }
        Ok(Box::new(Ahead { input: Some(input), size: self.size, queue: Arc::default(), thread: None }))
    }
}
#[derive(Default)]
struct Queue {
    state: Mutex<QueueState>,
    changed: Condvar,
}
#[derive(Default)]
struct QueueState {
    ready: VecDeque<Result<Option<Element>>>,
    ended: bool,
}
impl Queue {
    fn lock(&self) -> MutexGuard<'_, QueueState> {
        self.state.lock().unwrap_or_else(|e| e.into_inner())
    }
}
struct Ahead {
    input: Option<Box<dyn Iterate>>,
    size: usize,
    queue: Arc<Queue>,
    thread: Option<Background>,
}
/// Whatever ends the thread, a panic included, ends the queue.
struct AtEnd(Arc<Queue>);
impl Drop for AtEnd {
    fn drop(&mut self) {
        self.0.lock().ended = true;
        self.0.changed.notify_all();
    }
}
impl Ahead {
    fn start(&mut self, run: &RunCtx) -> Result<()> {
        let Some(input) = self.input.take() else { return Ok(()) };
        let (queue, size, later) = (AtEnd(self.queue.clone()), self.size, Later::of(run));
        let wake = self.queue.clone();
        // The input goes back into the pass if there is no thread for it.
        let slot = Arc::new(Mutex::new(Some(input)));
        let theirs = slot.clone();
        let work = move |cancel: &Arc<ferroflow_ops::Cancel>| {
            let taken = theirs.lock().unwrap_or_else(|e| e.into_inner()).take();
            let Some(mut input) = taken else { return };
            loop {
                {
                    let mut state = queue.0.lock();
                    while state.ready.len() >= size && !cancel.is_cancelled() {
                        state = queue.0.changed.wait(state).unwrap_or_else(|e| e.into_inner());
                    }
                }
                if cancel.is_cancelled() {
                    return;
                }
                let Some(r) = later.run(cancel, |run| input.next(run)) else { return };
                let over = matches!(r, Ok(None));
                queue.0.lock().ready.push_back(r);
                queue.0.changed.notify_all();
                if over {
                    return;
                }
            }
        };
        let wake = move || {
            // Under the lock, so that a thread that is about to wait cannot miss it.
            let _held = wake.lock();
            wake.changed.notify_all();
        };
        self.thread = threads::spawn("ferroflow-prefetch", wake, work);
        if self.thread.is_none() {
            self.input = slot.lock().unwrap_or_else(|e| e.into_inner()).take();
            self.queue.lock().ended = false;
        }
        Ok(())
    }
}
impl Iterate for Ahead {
    fn next(&mut self, run: &RunCtx) -> Result<Option<Element>> {
        if self.thread.is_none() {
            self.start(run)?;
            if let Some(input) = &mut self.input {
                return input.next(run);
            }
        }
        if self.thread.as_ref().is_some_and(|t| !t.is_here()) {
            return Err(orphan());
        }
        let mut state = self.queue.lock();
        loop {
            match state.ready.pop_front() {
                Some(Ok(None)) => {
                    state.ready.push_back(Ok(None));
                    return Ok(None);
                }
                Some(r) => {
                    drop(state);
                    self.queue.changed.notify_all();
                    return r;
                }
                None if state.ended => bail!(Internal, "the thread that made elements ahead has died"),
                None => {
                    state = self.queue.changed.wait_timeout(state, LOOK).unwrap_or_else(|e| e.into_inner()).0;
                    run.cancel.check()?;
                }
            }
        }
    }
}
/// The error of an iterator with threads that was carried into a forked process.
pub(crate) fn orphan() -> Error {
    error!(FailedPrecondition, "The iterator was started before this process was forked; its threads are not here")
        .fix("make the iterator in the forked process")
}
pub(crate) fn prefetch(a: &Args) -> Result<Arc<dyn Dataset>> {
    let size = match a.int("buffer_size")? {
        -1 => 4,
        n => match usize::try_from(n) {
            Ok(n) => n,
            Err(_) => bail!(InvalidArgument, "buffer_size must be >= 0 or set buffer_size to be -1 for auto-tuning"),
        },
    };
    Ok(Arc::new(Prefetch { input: a.dataset("input_dataset")?, size }))
}
