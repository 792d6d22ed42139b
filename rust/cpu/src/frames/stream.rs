//! Results that no cache can hold: made block by block in the first-level cache, then written past the caches.
//!
//! A plain store of a line that is not in a cache reads the line from memory first. A result that is larger than the
//! last cache gains nothing from that, and pays for a third of the traffic of an op with one operand.
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

/// Runs `make(part, block)` for consecutive parts of `range` that fill `bytes` with elements of `size` bytes, and writes each
/// to its place in the result that begins at `out`.
///
/// # Safety
/// `bytes` is at most [`LARGE_BLOCK`], `out` has the elements of the range, and `make` writes `part.len()` elements to the block.
#[inline(always)]
pub unsafe fn by_blocks(range: Range<usize>, bytes: usize, size: usize, out: *mut u8, mut make: impl FnMut(Range<usize>, *mut u8)) {
    let mut staging = Staging::new();
    let most = bytes / size;
    let mut at = range.start;
    while at < range.end {
        let part = at..range.end.min(at + most);
        make(part.clone(), staging.start());
        // SAFETY: the part was written to the block, and lies in the result.
        unsafe { write(staging.start(), out.wrapping_add(at * size), part.len() * size) };
        at = part.end;
    }
    fence();
}

/// Copies bytes past the caches. A [`fence`] must follow before another thread reads them.
///
/// # Safety
/// `len` bytes can be read and written; they do not overlap.
#[inline]
pub unsafe fn write(from: *const u8, to: *mut u8, len: usize) {
    let head = to.align_offset(64).min(len);
    // SAFETY: head, whole lines and the rest are the `len` bytes.
    unsafe {
        to.copy_from_nonoverlapping(from, head);
        let lines = (len - head) / 64;
        write_lines(from.add(head), to.add(head), lines);
        let done = head + 64 * lines;
        to.add(done).copy_from_nonoverlapping(from.add(done), len - done);
    }
}

/// Copies lines to where lines of the cache begin.
///
/// # Safety
/// `lines` times 64 bytes can be read and written, `to` is a multiple of 64.
#[cfg(target_arch = "x86_64")]
#[inline]
unsafe fn write_lines(from: *const u8, to: *mut u8, lines: usize) {
    use core::arch::x86_64::{__m128i, _mm_loadu_si128, _mm_stream_si128};
    let (from, to) = (from.cast::<__m128i>(), to.cast::<__m128i>());
    for i in 0..lines {
        // SAFETY: four times 16 bytes are a line; every x86-64 processor has the instructions.
        unsafe {
            let at = 4 * i;
            let line = [
                _mm_loadu_si128(from.add(at)),
                _mm_loadu_si128(from.add(at + 1)),
                _mm_loadu_si128(from.add(at + 2)),
                _mm_loadu_si128(from.add(at + 3)),
            ];
            _mm_stream_si128(to.add(at), line[0]);
            _mm_stream_si128(to.add(at + 1), line[1]);
            _mm_stream_si128(to.add(at + 2), line[2]);
            _mm_stream_si128(to.add(at + 3), line[3]);
        }
    }
}

#[cfg(not(target_arch = "x86_64"))]
#[inline]
unsafe fn write_lines(from: *const u8, to: *mut u8, lines: usize) {
    // SAFETY: the caller's promise.
    unsafe { to.copy_from_nonoverlapping(from, 64 * lines) }
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
            // SAFETY: the result has the elements; each block is filled.
            unsafe {
                by_blocks(range, BLOCK, size, out.as_mut_ptr(), |part, block| {
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
