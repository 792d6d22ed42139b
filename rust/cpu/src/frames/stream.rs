//! Results that no cache can hold: made block by block in the first-level cache, then written past the caches.
//!
//! A plain store of a line that is not in a cache reads the line from memory first. A result that is larger than the
//! last cache gains nothing from that, and pays for a third of the traffic of an op with one operand.
use crate::simd::{self, Isa, Kernel};
use core::mem::MaybeUninit;
use core::ops::Range;
use std::sync::OnceLock;

/// Bytes of a block: few, so that reading and writing overlap.
pub const BLOCK: usize = 2048;
/// Bytes of a block where each has a cost of its own.
pub const LARGE_BLOCK: usize = 16384;

/// A block of a result.
#[repr(align(64))]
struct Staging(MaybeUninit<[u8; LARGE_BLOCK]>);

impl Staging {
    /// A block without contents.
    #[inline]
    fn new() -> Staging {
        Staging(MaybeUninit::uninit())
    }
    /// Where it begins.
    #[inline]
    fn start(&mut self) -> *mut u8 {
        self.0.as_mut_ptr().cast()
    }
}

/// Bytes of the last cache; 32 MiB if the system does not say.
pub fn cache_bytes() -> usize {
    static BYTES: OnceLock<usize> = OnceLock::new();
    *BYTES.get_or_init(|| {
        let text = std::fs::read_to_string("/sys/devices/system/cpu/cpu0/cache/index3/size").unwrap_or_default();
        let kib = text.trim().strip_suffix('K').and_then(|n| n.parse::<usize>().ok());
        kib.filter(|n| *n > 0).map_or(32 << 20, |n| n << 10)
    })
}

/// Should a result be written past the caches, if it and the operands have so many bytes?
#[inline]
pub fn pays(result: usize, operands: usize) -> bool {
    result >= 1 << 20 && result + operands > 2 * cache_bytes()
}

/// An operand that is read from its start to its end as a result is written: what is needed next is asked for meanwhile.
#[derive(Clone, Copy)]
pub struct Operand {
    /// The start.
    pub at: *const u8,
    /// Bytes of an element.
    pub size: usize,
}

/// Runs `make(part, block)` for consecutive parts of `range` that fill `bytes` with elements of `size` bytes, and writes each
/// to its place in the result that begins at `out`.
///
/// # Safety
/// `bytes` is at most [`LARGE_BLOCK`], `out` has the elements of the range, and `make` writes `part.len()` elements to the block.
#[inline(always)]
pub unsafe fn by_blocks(
    range: Range<usize>,
    bytes: usize,
    size: usize,
    out: *mut u8,
    operands: [Operand; 2],
    mut make: impl FnMut(Range<usize>, *mut u8),
) {
    let mut staging = Staging::new();
    let most = bytes / size;
    let mut at = range.start;
    while at < range.end {
        let part = at..range.end.min(at + most);
        make(part.clone(), staging.start());
        let next = operands.map(|o| Next { at: o.at.wrapping_add(part.end * o.size), step: 64 * o.size / size });
        // SAFETY: the part was written to the block, and lies in the result.
        unsafe { write_and_ask(staging.start(), out.wrapping_add(at * size), part.len() * size, next) };
        at = part.end;
    }
}

/// Copies bytes past the caches. A [`fence`] must follow before another thread reads them; the pool has one after each part of a
/// parallel loop.
///
/// # Safety
/// `len` bytes can be read and written; they do not overlap.
#[inline]
pub unsafe fn write(from: *const u8, to: *mut u8, len: usize) {
    // SAFETY: the caller's promise.
    unsafe { write_and_ask(from, to, len, [Next { at: from, step: 0 }; 2]) }
}

/// What is read next: asked for in so many bytes for each line that is written.
#[derive(Clone, Copy)]
struct Next {
    at: *const u8,
    step: usize,
}

/// [`write`], asking for what is read next.
///
/// # Safety
/// As there.
#[inline]
unsafe fn write_and_ask(from: *const u8, to: *mut u8, len: usize, next: [Next; 2]) {
    let head = to.align_offset(64).min(len);
    // SAFETY: head, whole lines and the rest are the `len` bytes.
    unsafe {
        to.copy_from_nonoverlapping(from, head);
        let lines = (len - head) / 64;
        simd::run(Lines { from: from.add(head), to: to.add(head), count: lines, next });
        let done = head + 64 * lines;
        to.add(done).copy_from_nonoverlapping(from.add(done), len - done);
    }
}

/// Copies lines to where lines of the cache begin.
struct Lines {
    from: *const u8,
    to: *mut u8,
    count: usize,
    next: [Next; 2],
}
impl Kernel for Lines {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let [a, b] = self.next;
        for i in 0..self.count {
            for next in [a, b] {
                if next.step > 0 {
                    prefetch(next.at.wrapping_add(i * next.step));
                }
                if next.step > 64 {
                    prefetch(next.at.wrapping_add(i * next.step + 64));
                }
            }
            // SAFETY: the lines can be read and written, and begin at multiples of 64.
            unsafe { I::stream_line(self.from.add(64 * i), self.to.add(64 * i)) }
        }
    }
}

/// Asks for the memory that will be read next; any address may be named.
#[inline(always)]
pub fn prefetch(at: *const u8) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: a hint, which never faults; every x86-64 processor has the instruction.
    unsafe {
        core::arch::x86_64::_mm_prefetch::<{ core::arch::x86_64::_MM_HINT_T0 }>(at.cast())
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = at;
}

/// Orders what [`write`] wrote before what follows.
#[inline]
pub fn fence() {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: every x86-64 processor has the instruction.
    unsafe {
        core::arch::x86_64::_mm_sfence()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_and_alignment_is_copied_whole() {
        let from: Vec<u8> = (0..400).map(|i| i as u8).collect();
        for len in [0, 1, 63, 64, 65, 127, 200, 300] {
            for shift in [0, 1, 31, 64] {
                let mut to = vec![255u8; 500];
                // SAFETY: both have the bytes.
                unsafe { write(from.as_ptr(), to.as_mut_ptr().add(shift), len) };
                fence();
                assert_eq!(to[shift..shift + len], from[..len]);
                assert!(to[..shift].iter().chain(&to[shift + len..]).all(|b| *b == 255));
            }
        }
    }

    #[test]
    fn blocks_cover_a_range_once() {
        for (range, size) in [(0..1, 4), (5..5000, 4), (3..8192 * 3 + 1, 1), (0..1025, 16)] {
            let mut out = vec![0u8; range.end * size];
            let start = range.start;
            let ahead = [Operand { at: out.as_ptr(), size: 2 * size }, Operand { at: out.as_ptr(), size: 0 }];
            // SAFETY: the result has the elements; each block is filled.
            unsafe {
                by_blocks(range, BLOCK, size, out.as_mut_ptr(), ahead, |part, block| {
                    for i in part.clone() {
                        block.add((i - part.start) * size).write_bytes(i as u8 | 1, size);
                    }
                });
            }
            let wrong = out.iter().enumerate().find(|(i, b)| **b != if i / size < start { 0 } else { (i / size) as u8 | 1 });
            assert_eq!(wrong, None);
        }
    }
}
