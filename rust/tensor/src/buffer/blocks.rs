//! Our own memory blocks: 64-byte aligned, large ones kept for reuse so that pages are not given back and faulted in again.
use super::ALIGN;
use crate::{Result, bail};
use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::cell::UnsafeCell;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, Once};

/// Blocks from this size on are kept for reuse; below it malloc is as quick.
const KEEP_FROM: usize = 32 << 10;
/// Blocks from this size on ask for huge pages.
const HUGE_FROM: usize = 4 << 20;
/// Bytes of a huge page.
#[cfg(target_os = "linux")]
const HUGE_PAGE: usize = 2 << 20;
/// At most this many bytes are kept idle.
const KEEP_AT_MOST: usize = 256 << 20;

struct Block(*mut u8, usize);
// SAFETY: an idle block has no other reference.
unsafe impl Send for Block {}

static IDLE: Mutex<VecDeque<Block>> = Mutex::new(VecDeque::new());
static IDLE_BYTES: AtomicUsize = AtomicUsize::new(0);
static ALLOCATED: AtomicUsize = AtomicUsize::new(0);

/// Bytes of blocks that are in use or kept idle.
pub fn allocated_bytes() -> usize {
    ALLOCATED.load(Relaxed)
}
/// Bytes of blocks that are kept idle.
pub fn idle_bytes() -> usize {
    IDLE_BYTES.load(Relaxed)
}
/// Gives all idle blocks back to the system.
pub fn release_idle() {
    let blocks = std::mem::take(&mut *lock());
    for Block(start, capacity) in blocks {
        IDLE_BYTES.fetch_sub(capacity, Relaxed);
        free(start, capacity);
    }
}

fn lock() -> MutexGuard<'static, VecDeque<Block>> {
    IDLE.lock().unwrap_or_else(|e| e.into_inner())
}

/// Lets a fork wait until no other thread is at the idle blocks: a child has none of these threads, so a lock that one of them
/// held would stay locked there.
#[cfg(unix)]
fn hold_while_forking() {
    /// The lock, while the process forks.
    struct Held(UnsafeCell<Option<MutexGuard<'static, VecDeque<Block>>>>);
    // SAFETY: only who holds the lock looks into it.
    unsafe impl Sync for Held {}
    static HELD: Held = Held(UnsafeCell::new(None));
    type Handler = Option<unsafe extern "C" fn()>;
    unsafe extern "C" {
        fn pthread_atfork(before: Handler, parent: Handler, child: Handler) -> std::ffi::c_int;
    }
    unsafe extern "C" fn before() {
        let guard = lock();
        // SAFETY: this thread has the lock.
        unsafe { *HELD.0.get() = Some(guard) };
    }
    unsafe extern "C" fn after() {
        // SAFETY: the thread that forks has the lock since `before`; in the child it is the only one.
        drop(unsafe { (*HELD.0.get()).take() });
    }
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: the handlers are plain functions, and do not fork.
        unsafe { pthread_atfork(Some(before), Some(after), Some(after)) };
    });
}
#[cfg(not(unix))]
fn hold_while_forking() {}

/// The layout behind a block: 16-byte alignment takes calloc's path, which does not touch fresh pages; the
/// extra bytes let us align the start ourselves and remember where the allocation began.
fn layout(capacity: usize) -> Option<Layout> {
    Layout::from_size_align(capacity.checked_add(ALIGN + 16)?, 16).ok()
}

/// Rounds a size up so that blocks of similar sizes can serve each other; waste is at most an eighth.
fn round(len: usize) -> usize {
    if len < KEEP_FROM {
        return len.next_multiple_of(ALIGN);
    }
    let step = (len.next_power_of_two() / 16).max(4096);
    len.div_ceil(step).saturating_mul(step)
}

pub(super) fn take(len: usize, zero: bool) -> Result<(*mut u8, usize)> {
    let capacity = round(len);
    if capacity >= KEEP_FROM {
        hold_while_forking();
        let mut idle = lock();
        if let Some(i) = idle.iter().rposition(|b| b.1 == capacity)
            && let Some(Block(start, _)) = idle.remove(i)
        {
            IDLE_BYTES.fetch_sub(capacity, Relaxed);
            drop(idle);
            if zero {
                // SAFETY: the block has `capacity` bytes and no other reference.
                unsafe { start.write_bytes(0, len) };
            }
            return Ok((start, capacity));
        }
    }
    let got = layout(capacity).map_or(std::ptr::null_mut(), |l| {
        // SAFETY: the layout is not empty.
        unsafe { alloc_zeroed(l) }
    });
    if got.is_null() {
        bail!(ResourceExhausted, "failed to allocate memory: {len} bytes asked, {} held", allocated_bytes());
    }
    ALLOCATED.fetch_add(capacity, Relaxed);
    if capacity >= HUGE_FROM {
        ask_for_huge_pages(got, capacity);
    }
    let pad = ALIGN - (got as usize % ALIGN); // 16, 32, 48 or 64: room for the pad's own size before the start
    // SAFETY: pad <= ALIGN, so the start, the 8 bytes before it and `capacity` bytes after it lie in the allocation.
    unsafe {
        let start = got.add(pad);
        start.sub(8).cast::<u64>().write(pad as u64);
        Ok((start, capacity))
    }
}

/// Lets the system back a fresh block by huge pages: fewer faults when it is first written, fewer misses of the page tables
/// later. Only pages that lie in the block whole are named, so that it takes no more memory. A refusal changes nothing.
#[cfg(target_os = "linux")]
fn ask_for_huge_pages(start: *mut u8, len: usize) {
    unsafe extern "C" {
        fn madvise(start: *mut std::ffi::c_void, len: usize, advice: std::ffi::c_int) -> std::ffi::c_int;
    }
    const MADV_HUGEPAGE: std::ffi::c_int = 14;
    let skipped = start.align_offset(HUGE_PAGE);
    let whole = len.saturating_sub(skipped) / HUGE_PAGE * HUGE_PAGE;
    // SAFETY: the pages lie in a block that we own; the advice changes none of their contents.
    unsafe { madvise(start.wrapping_add(skipped).cast(), whole, MADV_HUGEPAGE) };
}
#[cfg(not(target_os = "linux"))]
fn ask_for_huge_pages(_: *mut u8, _: usize) {}

pub(super) fn give(start: *mut u8, capacity: usize) {
    if !(KEEP_FROM..=KEEP_AT_MOST).contains(&capacity) {
        return free(start, capacity);
    }
    let mut idle = lock();
    idle.push_back(Block(start, capacity));
    IDLE_BYTES.fetch_add(capacity, Relaxed);
    // The blocks that have been idle longest make room, so that sizes of the past do not keep those of now from reuse.
    let mut evicted = Vec::new();
    while IDLE_BYTES.load(Relaxed) > KEEP_AT_MOST {
        let Some(old) = idle.pop_front() else { break };
        IDLE_BYTES.fetch_sub(old.1, Relaxed);
        evicted.push(old);
    }
    drop(idle);
    for Block(start, capacity) in evicted {
        free(start, capacity);
    }
}

fn free(start: *mut u8, capacity: usize) {
    ALLOCATED.fetch_sub(capacity, Relaxed);
    // SAFETY: `start` came from `take` with this capacity, which stored the pad before it.
    unsafe {
        let pad = start.sub(8).cast::<u64>().read() as usize;
        if let Some(l) = layout(capacity) {
            dealloc(start.sub(pad), l);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_a_new_size_are_reused_after_many_of_another() {
        let old: Vec<_> = (0..5).map(|_| take(KEEP_AT_MOST / 4, false).unwrap()).collect();
        old.into_iter().for_each(|(start, capacity)| give(start, capacity));
        let (first, capacity) = take(9 << 20, false).unwrap();
        give(first, capacity);
        assert!(idle_bytes() <= KEEP_AT_MOST);
        let (second, capacity) = take(9 << 20, false).unwrap();
        assert_eq!(first, second);
        give(second, capacity);
    }
}
