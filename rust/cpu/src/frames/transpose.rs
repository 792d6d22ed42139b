//! Transpositions of plain elements: tiles in registers, blocks in the second-level cache, large results past the caches.
use super::stream;
use core::ops::Range;
use ferroflow_ops::Device;

/// Bytes of a block of the result: it stays in the second-level cache, and its rows are long enough for memory.
const BLOCK: usize = 128 << 10;
/// Rows of a block: as many neighbours are read of each line of the operand.
const BLOCK_ROWS: usize = 128;
/// Columns between what is read and what is asked for ahead.
const AHEAD: usize = 16;
/// Estimated nanoseconds for a byte that is moved.
const BYTE_NS: f32 = 0.08;

/// Matrices that are transposed: the rows of the result lie next to each other in the operand, its columns lie apart there.
/// All steps are in elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transposition {
    /// Bytes of an element: 1, 2, 4, 8 or 16.
    pub size: usize,
    /// Rows of a result, and elements from one to the next.
    pub rows: (usize, usize),
    /// Columns of a result, and elements from one to the next in the operand.
    pub columns: (usize, usize),
    /// The axes around a matrix: size, step in the operand, step in the result.
    pub outer: Vec<[usize; 3]>,
    /// Position of the first element in the operand.
    pub offset: usize,
}

/// The start of the result, of which each task writes its own part.
#[derive(Clone, Copy)]
struct To(*mut u8);
// SAFETY: see above.
unsafe impl Sync for To {}
impl To {
    fn start(self) -> *mut u8 {
        self.0
    }
}

impl Transposition {
    /// Elements of the operand and of the result up to the last that is touched; None if the product is too large.
    fn reach(&self) -> Option<(usize, usize)> {
        let last = |n: usize, step: usize| (n - 1).checked_mul(step);
        let mut from = self.offset.checked_add(self.rows.0 - 1)?.checked_add(last(self.columns.0, self.columns.1)?)?;
        let mut to = last(self.rows.0, self.rows.1)?.checked_add(self.columns.0 - 1)?;
        for [n, source, target] in &self.outer {
            from = from.checked_add(last(*n, *source)?)?;
            to = to.checked_add(last(*n, *target)?)?;
        }
        Some((from + 1, to + 1))
    }

    /// Writes the result, on the threads of the device if that pays. All sizes are at least 1.
    ///
    /// # Panics
    /// If operand or result are too short.
    pub fn run(&self, device: &dyn Device, from: &[u8], to: &mut [u8]) {
        let fits = self.reach().is_some_and(|(x, y)| x <= from.len() / self.size && y <= to.len() / self.size);
        assert!(fits, "operands of a transposition do not fit");
        let past = stream::pays(to.len(), from.len());
        let height = BLOCK_ROWS.min(self.rows.0);
        let width = (BLOCK / self.size / height).next_multiple_of(16).min(self.columns.0);
        let (down, across) = (self.rows.0.div_ceil(height), self.columns.0.div_ceil(width));
        let matrices: usize = self.outer.iter().map(|axis| axis[0]).product();
        // An odd number of lines of the cache, so that the rows of a block do not fall into the same few places of it.
        let pitch = ((width * self.size).div_ceil(64) * 64) | 64;
        let staged = past || height > 8 && (self.rows.1 * self.size).is_multiple_of(256);
        let cost = (height * width * self.size) as f32 * BYTE_NS;
        // Small matrices share a task.
        let grain = (BLOCK / (height * width * self.size)).max(1);
        let target = To(to.as_mut_ptr());
        device.parallel(matrices * down * across, grain, cost, &|tasks| {
            let mut staging = vec![0u8; if staged { height * pitch } else { 0 }];
            for task in tasks {
                let (matrix, place) = (task / (down * across), task % (down * across));
                let (row, column) = (place / across * height, place % across * width);
                let (rows, columns) = (row..self.rows.0.min(row + height), column..self.columns.0.min(column + width));
                // SAFETY: the reach was checked; no two tasks share elements of the result.
                unsafe { self.block(from.as_ptr(), target.start(), matrix, rows, columns, staged.then_some((&mut staging, pitch, past))) }
            }
        });
    }

    /// Writes a block of a matrix, perhaps by way of other memory, with bytes from row to row, and perhaps past the caches.
    ///
    /// # Safety
    /// The operand and the result reach as far as the sizes and steps say; the other memory holds the block.
    unsafe fn block(
        &self,
        from: *const u8,
        to: *mut u8,
        matrix: usize,
        rows: Range<usize>,
        columns: Range<usize>,
        staging: Option<(&mut [u8], usize, bool)>,
    ) {
        let (size, mut rest) = (self.size, matrix);
        let mut source = self.offset + rows.start + columns.start * self.columns.1;
        let mut target = rows.start * self.rows.1 + columns.start;
        for [n, x, y] in self.outer.iter().rev() {
            source += rest % n * x;
            target += rest % n * y;
            rest /= n;
        }
        let (height, width) = (rows.len(), columns.len());
        // SAFETY: the block lies within operand and result.
        unsafe {
            let (source, target) = (from.add(source * size), to.add(target * size));
            let Some((staging, pitch, past)) = staging else {
                return tiles(size, source, self.columns.1 * size, target, self.rows.1 * size, height, width);
            };
            tiles(size, source, self.columns.1 * size, staging.as_mut_ptr(), pitch, height, width);
            for row in 0..height {
                let (from, to) = (staging.as_ptr().add(row * pitch), target.add(row * self.rows.1 * size));
                if past {
                    stream::write(from, to, width * size);
                } else {
                    to.copy_from_nonoverlapping(from, width * size);
                }
            }
        }
    }
}

/// Transposes a block: `from_step` and `to_step` are the bytes from one column of the operand and one row of the result to the next.
///
/// # Safety
/// Operand and result have `rows` times `columns` elements of `size` bytes.
unsafe fn tiles(size: usize, from: *const u8, from_step: usize, to: *mut u8, to_step: usize, rows: usize, columns: usize) {
    // SAFETY: the caller's promise.
    unsafe {
        match size {
            1 => tiled::<u8, 16>(from, from_step, to, to_step, rows, columns),
            2 => tiled::<u16, 8>(from, from_step, to, to_step, rows, columns),
            4 => tiled::<u32, 4>(from, from_step, to, to_step, rows, columns),
            8 => tiled::<u64, 2>(from, from_step, to, to_step, rows, columns),
            _ => tiled::<u128, 1>(from, from_step, to, to_step, rows, columns),
        }
    }
}

/// Transposes with tiles of `N` rows and columns; what is left over goes element by element.
///
/// # Safety
/// As [`tiles`]; `N` elements are 16 bytes.
unsafe fn tiled<T: Lane, const N: usize>(from: *const u8, from_step: usize, to: *mut u8, to_step: usize, rows: usize, columns: usize) {
    let (whole_rows, whole_columns) = (rows - rows % N, columns - columns % N);
    let size = size_of::<T>();
    // SAFETY: tiles and elements lie within rows and columns.
    unsafe {
        for column in (0..whole_columns).step_by(N) {
            for row in (0..whole_rows).step_by(N) {
                let (x, y) = (from.add(column * from_step + row * size), to.add(row * to_step + column * size));
                if (row * size).is_multiple_of(64) {
                    for i in 0..N {
                        stream::prefetch(x.wrapping_add((AHEAD + i) * from_step));
                    }
                }
                T::tile::<N>(x, from_step, y, to_step);
            }
        }
        let one = |row: usize, column: usize| {
            let x = from.add(column * from_step + row * size).cast::<T>().read_unaligned();
            to.add(row * to_step + column * size).cast::<T>().write_unaligned(x);
        };
        for row in 0..rows {
            for column in if row < whole_rows { whole_columns } else { 0 }..columns {
                one(row, column);
            }
        }
    }
}

/// An element by its size.
trait Lane: Copy {
    /// Transposes `N` times `N` elements.
    ///
    /// # Safety
    /// They can be read and written at these steps, in bytes; `N` elements are 16 bytes.
    unsafe fn tile<const N: usize>(from: *const u8, from_step: usize, to: *mut u8, to_step: usize);
}

/// A matrix whose side is a power of two is transposed by shuffling its first half into its second, once for each bit of the side.
#[cfg(target_arch = "x86_64")]
macro_rules! lanes {
    ($($t:ident $low:ident $high:ident),*) => { $(
        impl Lane for $t {
            #[inline(always)]
            unsafe fn tile<const N: usize>(from: *const u8, from_step: usize, to: *mut u8, to_step: usize) {
                use core::arch::x86_64::{_mm_loadu_si128, _mm_setzero_si128, _mm_storeu_si128, $low, $high};
                // SAFETY: the caller's promise; every x86-64 processor has the instructions.
                unsafe {
                    // By index: a closure would not be inlined.
                    let mut lines = [_mm_setzero_si128(); N];
                    for i in 0..N {
                        lines[i] = _mm_loadu_si128(from.add(i * from_step).cast());
                    }
                    for _ in 0..N.trailing_zeros() {
                        let old = lines;
                        for i in 0..N / 2 {
                            lines[2 * i] = $low(old[i], old[i + N / 2]);
                            lines[2 * i + 1] = $high(old[i], old[i + N / 2]);
                        }
                    }
                    for (i, line) in lines.iter().enumerate() {
                        _mm_storeu_si128(to.add(i * to_step).cast(), *line);
                    }
                }
            }
        }
    )* };
}
#[cfg(target_arch = "x86_64")]
lanes!(u8 _mm_unpacklo_epi8 _mm_unpackhi_epi8, u16 _mm_unpacklo_epi16 _mm_unpackhi_epi16, u32 _mm_unpacklo_epi32 _mm_unpackhi_epi32,
    u64 _mm_unpacklo_epi64 _mm_unpackhi_epi64, u128 _mm_unpacklo_epi64 _mm_unpackhi_epi64);

#[cfg(not(target_arch = "x86_64"))]
impl<T: Copy> Lane for T {
    #[inline(always)]
    unsafe fn tile<const N: usize>(from: *const u8, from_step: usize, to: *mut u8, to_step: usize) {
        for i in 0..N {
            for j in 0..N {
                // SAFETY: the caller's promise.
                unsafe {
                    let x = from.add(i * from_step).cast::<T>().add(j).read_unaligned();
                    to.add(j * to_step).cast::<T>().add(i).write_unaligned(x);
                }
            }
        }
    }
}
