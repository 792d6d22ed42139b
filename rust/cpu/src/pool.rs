//! The thread pool of the engine: one lazily started set of workers that every kernel reaches through `parallel_for`.
#![allow(unsafe_code)]
#![allow(clippy::disallowed_methods)]

use crate::frames::stream::fence;
use ferroflow_tensor::knobs;
use std::any::Any;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, Once, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// Work with a smaller serial estimate than this stays on the caller's thread, in nanoseconds.
const SERIAL_NS: f64 = 15_000.0;
/// The same where another thread is awake and waits for work.
const AWAKE_NS: f64 = 6_000.0;
/// The estimate of parts that are to be shared out whatever their number.
pub const ALWAYS_NS: f32 = SERIAL_NS as f32;
/// Longest time between two cancellation checks of a caller that only waits for workers.
const POLL_INTERVAL: Duration = Duration::from_millis(10);
/// How long a caller that waits for the last chunks, and a worker that has nothing to do, stay awake: to wake a thread takes as long
/// as a small loop.
const AWAKE: Duration = Duration::from_micros(100);
/// Looks between two looks at the clock.
const SPINS: u32 = 64;

/// Threads that the user asked for; 0 means as many as the process may use.
static WANTED: AtomicUsize = AtomicUsize::new(0);
/// Threads if the user asks for none, worked out once: the answer costs several file reads.
static DEFAULT: OnceLock<usize> = OnceLock::new();
/// The workers of this process. A forked child has none of its parent's threads, so the fork handler clears the pointer.
static POOL: AtomicPtr<rayon::ThreadPool> = AtomicPtr::new(std::ptr::null_mut());

/// Sets the number of threads that a parallel loop uses, its caller included; 0 restores the default.
///
/// Results do not depend on it. Loops that already run keep the number they started with.
///
/// ```
/// ferroflow_cpu::pool::set_threads(2);
/// assert_eq!(ferroflow_cpu::pool::threads(), 2);
/// ferroflow_cpu::pool::set_threads(0);
/// ```
pub fn set_threads(n: usize) {
    WANTED.store(n, Ordering::Relaxed);
}

/// The number of threads that a parallel loop uses, its caller included; at least 1.
///
/// The default is `TF_NUM_INTRAOP_THREADS`, or else what the scheduler affinity and the cgroup quota of the process allow.
pub fn threads() -> usize {
    match WANTED.load(Ordering::Relaxed) {
        0 => *DEFAULT.get_or_init(|| match knobs::THREADS.number() {
            None | Some(0) => std::thread::available_parallelism().map_or(1, usize::from),
            Some(n) => n as usize,
        }),
        n => n,
    }
}

/// Calls `body` with consecutive ranges that together cover `0..n`, on several threads if that pays.
///
/// Every range but the last has `grain` items (at least 1) and starts at a multiple of it, whatever the number of
/// threads. `cost_ns_per_item` is the estimated time of one item on one thread; loops under 15 us in all, or under 6 us where
/// another thread is awake, stay on the caller's thread, which takes ranges from the front; other threads take them from the
/// back, so that loops over the same data find it in the same caches. `poll` (for long loops by default [`stopped`](ferroflow_ops::running::stopped)) is asked by the
/// calling thread between ranges and while it waits; once it answers `true` no further range is started. The result is `true` if every range was processed, `false` if `poll` stopped the loop.
///
/// A panic of `body` on any thread is passed on to the caller after all running ranges have ended.
///
/// ```
/// use std::sync::atomic::{AtomicUsize, Ordering};
/// let sum = AtomicUsize::new(0);
/// ferroflow_cpu::pool::parallel_for(1000, 100, 1e3, None, &|r| {
///     sum.fetch_add(r.sum::<usize>(), Ordering::Relaxed);
/// });
/// assert_eq!(sum.into_inner(), 499_500);
/// ```
pub fn parallel_for(
    n: usize,
    grain: usize,
    cost_ns_per_item: f32,
    poll: Option<&dyn Fn() -> bool>,
    body: &(dyn Fn(Range<usize>) + Sync),
) -> bool {
    let grain = grain.max(1);
    let chunks = n.div_ceil(grain);
    let ns = n as f64 * f64::from(cost_ns_per_item);
    let long = ns >= SERIAL_NS;
    let threads = if long || (ns >= AWAKE_NS && chunks > 1 && PLACES[0].waits()) { threads().min(chunks) } else { 1 };
    let stopped: &dyn Fn() -> bool = &ferroflow_ops::running::stopped;
    let mut poll = Poll { ask: poll.or(long.then_some(stopped)), last: None };
    if threads <= 1 {
        for i in 0..chunks {
            if poll.stop() {
                return false;
            }
            body(i * grain..n.min((i + 1) * grain));
        }
        if long {
            fence();
        }
        return true;
    }
    shared_loop(n, grain, chunks, threads, poll, body)
}

/// Calls `body` with every chunk of `out` and its index, on several threads if that pays: [`parallel_for`] over results.
///
/// Chunks have `chunk` elements (at least 1), the last one perhaps fewer; `cost_ns` is the estimated time of a chunk.
///
/// ```
/// let mut squares = [0; 10];
/// ferroflow_cpu::pool::parallel_chunks(&mut squares, 4, 10.0, None, &|i, part| {
///     for (j, x) in part.iter_mut().enumerate() {
///         *x = (4 * i + j).pow(2);
///     }
/// });
/// assert_eq!(squares[9], 81);
/// ```
pub fn parallel_chunks<T: Send>(
    out: &mut [T],
    chunk: usize,
    cost_ns: f32,
    poll: Option<&dyn Fn() -> bool>,
    body: &(dyn Fn(usize, &mut [T]) + Sync),
) -> bool {
    /// The start of the results, for threads that each take their own chunks.
    struct Start<T>(*mut T);
    // SAFETY: every chunk is given to one call of `body`, and its elements may be sent to another thread.
    unsafe impl<T: Send> Sync for Start<T> {}
    let (chunk, len, start) = (chunk.max(1), out.len(), Start(out.as_mut_ptr()));
    let start = &start;
    parallel_for(len.div_ceil(chunk), 1, cost_ns, poll, &|range| {
        for i in range {
            let n = chunk.min(len - i * chunk);
            // SAFETY: chunks lie in `out` and don't overlap; `out` is borrowed until all calls have ended.
            body(i, unsafe { std::slice::from_raw_parts_mut(start.0.add(i * chunk), n) });
        }
    })
}

/// The cancellation check of a loop, asked at most once per `POLL_INTERVAL`.
struct Poll<'a> {
    ask: Option<&'a dyn Fn() -> bool>,
    last: Option<Instant>,
}

impl Poll<'_> {
    fn stop(&mut self) -> bool {
        let Some(ask) = self.ask else { return false };
        let now = Instant::now();
        if self.last.is_some_and(|t| now.duration_since(t) < POLL_INTERVAL) {
            return false;
        }
        self.last = Some(now);
        ask()
    }
}

/// A loop that several threads work on. Workers that arrive after its end only see an exhausted counter.
struct Shared {
    /// The caller's closure with its lifetime erased; called only for a chunk that was claimed, and the caller waits
    /// for all of these.
    body: *const (dyn Fn(Range<usize>) + Sync),
    n: usize,
    grain: usize,
    chunks: usize,
    /// Chunks that were claimed; more than there are once a thread has found none.
    claimed: AtomicUsize,
    /// Those of the caller, from the front.
    front: AtomicUsize,
    /// Those of the others, from the back.
    back: AtomicUsize,
    finished: AtomicUsize,
    stop: AtomicBool,
    panic: Mutex<Option<Box<dyn Any + Send>>>,
    all_done: Condvar,
}

// SAFETY: `body` points to a `Sync` closure, and the other fields are `Send` and `Sync` themselves.
unsafe impl Send for Shared {}
// SAFETY: as above.
unsafe impl Sync for Shared {}

impl Shared {
    /// Takes the next chunk and runs it; false if there is none left.
    fn step(&self, caller: bool) -> bool {
        if self.claimed.fetch_add(1, Ordering::Relaxed) >= self.chunks {
            return false;
        }
        let i = match caller {
            true => self.front.fetch_add(1, Ordering::Relaxed),
            false => self.chunks - 1 - self.back.fetch_add(1, Ordering::Relaxed),
        };
        if !self.stop.load(Ordering::Relaxed) {
            let range = i * self.grain..self.n.min((i + 1) * self.grain);
            // SAFETY: the chunk was claimed and is not counted as finished, so the caller of `parallel_for` still waits
            // and its closure is alive.
            let body = unsafe { &*self.body };
            let result = catch_unwind(AssertUnwindSafe(|| body(range)));
            // What the body wrote past the caches comes before the count of finished parts.
            fence();
            if let Err(payload) = result {
                self.stop.store(true, Ordering::Relaxed);
                self.lock().get_or_insert(payload);
            }
        }
        if self.finished.fetch_add(1, Ordering::AcqRel) + 1 == self.chunks {
            let _guard = self.lock();
            self.all_done.notify_all();
        }
        true
    }

    fn done(&self) -> bool {
        self.finished.load(Ordering::Acquire) == self.chunks
    }

    /// Waits up to `time` for the chunks that other threads run; true once all have ended.
    fn wait(&self, time: Duration) -> bool {
        if spin(|| self.done()) {
            return true;
        }
        let guard = self.lock();
        if !self.done() {
            drop(self.all_done.wait_timeout(guard, time));
        }
        self.done()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Box<dyn Any + Send>>> {
        self.panic.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Looks for a while whether something is so.
fn spin(so: impl Fn() -> bool) -> bool {
    let start = Instant::now();
    loop {
        for _ in 0..SPINS {
            if so() {
                return true;
            }
            std::hint::spin_loop();
        }
        if start.elapsed() > AWAKE {
            return so();
        }
    }
}

/// A place where a worker without work waits for the next loop: null, [`WAITS`], or a loop that was handed over.
#[repr(align(64))]
struct Place(AtomicPtr<Shared>);

/// Stands in a place while a worker waits there.
const WAITS: *mut Shared = std::ptr::dangling_mut();
static PLACES: [Place; 64] = [const { Place(AtomicPtr::new(std::ptr::null_mut())) }; 64];
/// Loops that lie in the pool's queue, where a worker that waits in a place would not see them.
static QUEUED: AtomicUsize = AtomicUsize::new(0);

impl Place {
    /// Whether a worker waits here.
    fn waits(&self) -> bool {
        self.0.load(Ordering::Relaxed) == WAITS
    }

    /// Hands a loop to the worker that waits here; false if there is none.
    fn give(&self, job: &Arc<Shared>) -> bool {
        if !self.waits() {
            return false;
        }
        let given = Arc::into_raw(Arc::clone(job)).cast_mut();
        let taken = self.0.compare_exchange(WAITS, given, Ordering::AcqRel, Ordering::Relaxed).is_ok();
        if !taken {
            // SAFETY: it comes from `into_raw` above, and nobody has seen it.
            drop(unsafe { Arc::from_raw(given) });
        }
        taken
    }

    /// Waits here for a loop. None after a while, or if there is one in the queue.
    fn wait(&self) -> Option<Arc<Shared>> {
        spin(|| !self.waits() || QUEUED.load(Ordering::Relaxed) > 0);
        let found = self.0.swap(std::ptr::null_mut(), Ordering::Acquire);
        // SAFETY: what is not `WAITS` was put here by `give`, which left its count to whoever takes it.
        (found != WAITS).then(|| unsafe { Arc::from_raw(found) })
    }

    /// A free place, for a worker that is going to wait in it.
    fn claim() -> Option<&'static Place> {
        let free = |p: &&Place| p.0.compare_exchange(std::ptr::null_mut(), WAITS, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        PLACES.iter().find(free)
    }
}

/// What a worker does: its part of a loop, and of those that are handed to it soon after.
fn work(mut job: Arc<Shared>) {
    loop {
        while job.step(false) {}
        match Place::claim().and_then(Place::wait) {
            Some(next) => job = next,
            None => return,
        }
    }
}

fn shared_loop(n: usize, grain: usize, chunks: usize, threads: usize, mut poll: Poll<'_>, body: &(dyn Fn(Range<usize>) + Sync)) -> bool {
    // SAFETY: only the lifetime changes; `Shared::step` says why the closure outlives every call.
    let body: &'static (dyn Fn(Range<usize>) + Sync) = unsafe { std::mem::transmute(body) };
    let job = Arc::new(Shared {
        body,
        n,
        grain,
        chunks,
        claimed: AtomicUsize::new(0),
        front: AtomicUsize::new(0),
        back: AtomicUsize::new(0),
        finished: AtomicUsize::new(0),
        stop: AtomicBool::new(false),
        panic: Mutex::new(None),
        all_done: Condvar::new(),
    });
    if let Some(pool) = workers(threads - 1) {
        let mut places = PLACES.iter();
        for _ in 1..threads {
            if !places.any(|place| place.give(&job)) {
                let job = Arc::clone(&job);
                QUEUED.fetch_add(1, Ordering::Relaxed);
                pool.spawn(move || {
                    QUEUED.fetch_sub(1, Ordering::Relaxed);
                    work(job);
                });
            }
        }
    }
    let wait = WaitOnDrop(&job);
    let mut stopped = false;
    loop {
        if !stopped && poll.stop() {
            stopped = true;
            job.stop.store(true, Ordering::Relaxed);
        }
        if !job.step(true) && job.wait(POLL_INTERVAL) {
            break;
        }
    }
    drop(wait);
    let payload = job.lock().take();
    if let Some(payload) = payload {
        resume_unwind(payload);
    }
    !stopped
}

/// Keeps the caller's frame alive until no thread can call its closure any more, also while a panic unwinds it.
struct WaitOnDrop<'a>(&'a Shared);

impl Drop for WaitOnDrop<'_> {
    fn drop(&mut self) {
        self.0.stop.store(true, Ordering::Relaxed);
        while self.0.step(true) {}
        while !self.0.wait(POLL_INTERVAL) {}
    }
}

/// The pool with at least `n` workers, built if there is none; `None` if the system gives us no threads.
///
/// A pool that is too small is replaced. The old one is never freed, since another thread may be about to use it.
fn workers(n: usize) -> Option<&'static rayon::ThreadPool> {
    let current = POOL.load(Ordering::Acquire);
    // SAFETY: a pointer in POOL comes from `Box::into_raw` below and is never freed.
    if let Some(pool) = unsafe { current.as_ref() }
        && pool.current_num_threads() >= n
    {
        return Some(pool);
    }
    clear_after_fork();
    let name = |i| format!("ferroflow-{i}");
    let fresh = rayon::ThreadPoolBuilder::new().num_threads(n).thread_name(name).build().ok()?;
    let fresh = Box::into_raw(Box::new(fresh));
    match POOL.compare_exchange(current, fresh, Ordering::AcqRel, Ordering::Acquire) {
        // SAFETY: as above; `fresh` now belongs to POOL.
        Ok(_) => Some(unsafe { &*fresh }),
        Err(_) => {
            // SAFETY: nobody else has seen `fresh`.
            drop(unsafe { Box::from_raw(fresh) });
            workers(n)
        }
    }
}

#[cfg(unix)]
fn clear_after_fork() {
    extern "C" fn child() {
        POOL.store(std::ptr::null_mut(), Ordering::Release);
        QUEUED.store(0, Ordering::Relaxed);
        for place in &PLACES {
            place.0.store(std::ptr::null_mut(), Ordering::Release);
        }
    }
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: the handler is a plain function that stores atomics, which is allowed between fork and exec.
        unsafe { libc::pthread_atfork(None, None, Some(child)) };
    });
}

#[cfg(not(unix))]
fn clear_after_fork() {}
