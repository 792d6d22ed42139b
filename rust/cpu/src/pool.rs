//! The thread pool of the engine: one lazily started set of workers that every kernel reaches through `parallel_for`.
#![allow(unsafe_code)]
#![allow(clippy::disallowed_methods)]

use ferroflow_tensor::knobs;
use std::any::Any;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, Once, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// Work with a smaller serial estimate than this stays on the caller's thread, in nanoseconds.
const SERIAL_NS: f64 = 50_000.0;
/// Longest time between two cancellation checks of a caller that only waits for workers.
const POLL_INTERVAL: Duration = Duration::from_millis(10);
/// Spins before a caller that waits for the last chunks goes to sleep.
const WAIT_SPINS: u32 = 2_000;

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
/// threads. `cost_ns_per_item` is the estimated time of one item on one thread; loops under 50 us in all stay on the
/// caller's thread. `poll` (for long loops by default [`stopped`](ferroflow_ops::running::stopped)) is asked by the
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
    let long = n as f64 * f64::from(cost_ns_per_item) >= SERIAL_NS;
    let threads = if long { threads().min(chunks) } else { 1 };
    let stopped: &dyn Fn() -> bool = &ferroflow_ops::running::stopped;
    let mut poll = Poll { ask: poll.or(long.then_some(stopped)), last: None };
    if threads <= 1 {
        for i in 0..chunks {
            if poll.stop() {
                return false;
            }
            body(i * grain..n.min((i + 1) * grain));
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
    next: AtomicUsize,
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
    fn step(&self) -> bool {
        let i = self.next.fetch_add(1, Ordering::Relaxed);
        if i >= self.chunks {
            return false;
        }
        if !self.stop.load(Ordering::Relaxed) {
            let range = i * self.grain..self.n.min((i + 1) * self.grain);
            // SAFETY: the chunk was claimed and is not counted as finished, so the caller of `parallel_for` still waits
            // and its closure is alive.
            let body = unsafe { &*self.body };
            if let Err(payload) = catch_unwind(AssertUnwindSafe(|| body(range))) {
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
        for _ in 0..WAIT_SPINS {
            if self.done() {
                return true;
            }
            std::hint::spin_loop();
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

fn shared_loop(n: usize, grain: usize, chunks: usize, threads: usize, mut poll: Poll<'_>, body: &(dyn Fn(Range<usize>) + Sync)) -> bool {
    // SAFETY: only the lifetime changes; `Shared::step` says why the closure outlives every call.
    let body: &'static (dyn Fn(Range<usize>) + Sync) = unsafe { std::mem::transmute(body) };
    let job = Arc::new(Shared {
        body,
        n,
        grain,
        chunks,
        next: AtomicUsize::new(0),
        finished: AtomicUsize::new(0),
        stop: AtomicBool::new(false),
        panic: Mutex::new(None),
        all_done: Condvar::new(),
    });
    if let Some(pool) = workers(threads - 1) {
        for _ in 1..threads {
            let job = Arc::clone(&job);
            pool.spawn(move || while job.step() {});
        }
    }
    let wait = WaitOnDrop(&job);
    let mut stopped = false;
    loop {
        if !stopped && poll.stop() {
            stopped = true;
            job.stop.store(true, Ordering::Relaxed);
        }
        if !job.step() && job.wait(POLL_INTERVAL) {
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
        while self.0.step() {}
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
    }
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: the handler is a plain function that stores one atomic, which is allowed between fork and exec.
        unsafe { libc::pthread_atfork(None, None, Some(child)) };
    });
}

#[cfg(not(unix))]
fn clear_after_fork() {}
