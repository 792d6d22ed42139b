//! The inner loops of depthwise convolutions, written once over a register type.
//!
//! Each takes blocks of pixels of a row, all channels of a part one register after the other, so that memory is read in long runs, and
//! adds its products in a fixed order: the rows of the filter, in each its columns. So a result has the same bits wherever the borders
//! of blocks lie. Filters of 3 and 5 neighbouring columns at strides 1 and 2 have loops that load a source pixel once for all the
//! sums it is part of.
#![allow(unsafe_code)]
// Blocks of registers are indexed in the plain way throughout.
#![allow(clippy::needless_range_loop)]

use super::kernel::{clip, load_row};
use crate::gemm::kernel::{After, unrolled};
use crate::gemm::lanes::{Lanes, Number};
use crate::simd::prefetch;

/// Rows of sums `c[y][x * c_step + j]` over rows `r` and columns `t` of the filter of `a[y][r][first + x * step + t * tap][j]`, which
/// is a pixel of a source row, times `(b[r] + b_from + t * b_tap)[j]`, for `y < targets`, `x < count` and `from <= j < to`. Pixels
/// beside a source row are zeros.
pub(crate) struct Strip<T> {
    pub targets: usize,
    pub count: usize,
    pub rows: usize,
    pub columns: usize,
    /// The source rows of each target row, the newest one last.
    pub a: *const *const T,
    pub first: isize,
    pub step: usize,
    pub tap: usize,
    /// Pixels of a source row, and their distance.
    pub width: usize,
    pub pixel: usize,
    /// At least `to` zeros.
    pub zeros: *const T,
    /// The filter's rows, and where its columns begin there.
    pub b: *const *const T,
    pub b_from: usize,
    pub b_tap: isize,
    /// Where the target rows begin, and what is added to reach the first pixel.
    pub c: *const *mut T,
    pub c_from: isize,
    pub c_step: usize,
    pub from: usize,
    pub to: usize,
    /// What happens to the sums; bias and residual lie like `b` and, from `start` on, like `c`.
    pub after: After<T>,
    pub start: *const T,
    /// Source and target are in no near cache: rows are asked for ahead.
    pub far: bool,
}

/// Rows of pixels that each two columns of a filter of stride 2 reach: result `2 * x + e` sums over rows `r` and `m` with
/// `e + 2 * m < columns` pixel `a[y][r][first + x + reach - m]` times `b[r] + b_from + (e + 2 * m) * b_tap`, where `reach` is half of
/// `columns - 1`. Only results `only[0] .. only[1]` are stored; `step` and `tap` are 1.
pub(crate) struct Pairs<T> {
    pub strip: Strip<T>,
    pub only: [usize; 2],
}

/// `c[(i * columns + t) * c_tap + j] += sum over rows r, x < count of a[r][i][first + x * step + t * tap][j] * (b[r] + x * b_step)[j]` for
/// `i < R`, `t < C`. Pixels beside a source row do not count.
pub(crate) struct Sums<T> {
    pub rows: usize,
    pub count: usize,
    /// `R` source rows for each row of `b`.
    pub a: *const *const T,
    pub first: isize,
    pub step: usize,
    pub tap: usize,
    pub width: usize,
    pub pixel: usize,
    pub b: *const *const T,
    pub b_step: usize,
    pub c: *mut T,
    /// Distances of sums between rows and columns of the filter.
    pub c_row: usize,
    pub c_tap: usize,
    pub from: usize,
    pub to: usize,
}

/// Pixels of a block of a filter of any columns.
const FEW: usize = 4;
/// Pixels of a row that a loop of its own for a filter needs.
pub(crate) const LEAST: usize = 7;
/// Pairs of pixels of a block.
const PAIRS: usize = 4;
/// Channels that are computed in all rows before the next, about: their filters stay in the first cache.
const CHANNELS: usize = 128;
/// Bytes of a line of the cache.
const LINE: usize = 64;
/// Bytes of source rows under a filter that are to stay in the first cache from one target row to the next.
const NEAR: usize = 20 << 10;

/// The inner loop of depthwise convolutions with any filter: see [`Strip`].
///
/// # Safety
/// All pointers of `t` are valid for what its description says, and the machine has the instruction set of `V`. The same holds
/// for every function below.
#[inline(always)]
pub(crate) unsafe fn strip<V: Lanes>(t: &Strip<V::Elem>) {
    // SAFETY: by the contract.
    unsafe {
        for [from, to] in parts::<V>(t) {
            for y in 0..t.targets {
                any_blocks::<V>(t, y, 0, t.count, from, to);
            }
        }
    }
}

/// The channels of `t` in parts of nearly the same length, of whole registers but for the last one.
#[inline(always)]
fn parts<V: Lanes>(t: &Strip<V::Elem>) -> impl Iterator<Item = [usize; 2]> {
    let (from, to) = (t.from, t.to);
    let registers = (to - from).div_ceil(V::N);
    let count = registers.div_ceil(CHANNELS / V::N);
    (0..count).map(move |i| [i, i + 1].map(|i| to.min(from + registers * i / count * V::N)))
}

/// The same for filters of `C` neighbouring columns at stride `S`, and at least [`LEAST`] pixels: blocks of 8 of them, or of 7 where
/// that leaves less over, or of 4 with two registers of channels where one is half a line; the last one begins earlier so as not to
/// end beside the row. Some of them go down all rows together.
#[inline(always)]
pub(crate) unsafe fn strip_of<V: Lanes, const C: usize, const S: usize>(t: &Strip<V::Elem>) {
    // SAFETY: by the contract of `strip`.
    unsafe {
        let half = const { size_of::<V>() < LINE };
        let most = if half { 4 } else { 8 };
        let length = if t.count.div_ceil(LEAST) * LEAST < t.count.div_ceil(most) * most { LEAST } else { most };
        let blocks = t.count.div_ceil(length);
        for [from, to] in parts::<V>(t) {
            let together = (NEAR / (t.rows.max(1) * length * S * (to - from) * size_of::<V::Elem>())).max(1);
            for start in (0..blocks).step_by(together) {
                for y in 0..t.targets {
                    for block in start..blocks.min(start + together) {
                        let x = (block * length).min(t.count - length);
                        let (skip, pixels) = (block * length - x, (length - 1) * S + C);
                        let first = t.first + (x * S) as isize;
                        let end = first + pixels as isize - t.width as isize;
                        let reach = (C / 2) as isize;
                        let block = Block { y, x, skip, from, to, inside: first >= 0 && end <= 0 && skip == 0 };
                        if first < -reach || end > reach {
                            any_blocks::<V>(t, y, x + skip, x + length, from, to);
                        } else if length == LEAST {
                            strip_block::<V, C, S, LEAST, 1>(t, &block);
                        } else if half {
                            strip_block::<V, C, S, 4, 2>(t, &block);
                        } else {
                            strip_block::<V, C, S, 8, 1>(t, &block);
                        }
                    }
                }
            }
        }
    }
}

/// Pixels from `x` on of target row `y`, of which the first `skip` are not stored, with channels `from .. to`.
struct Block {
    y: usize,
    x: usize,
    skip: usize,
    from: usize,
    to: usize,
    /// None of its source pixels lies beside the row, and all pixels are stored.
    inside: bool,
}

/// Pixel `i` of a row of which pixel `first` lies at `row`, or zeros for channel `j` if that is beside the row.
#[inline(always)]
fn pixel<T>(t: &Strip<T>, row: *const T, first: isize, i: usize, j: usize) -> *const T {
    if (first.wrapping_add_unsigned(i) as usize) < t.width { row.wrapping_add(i * t.pixel) } else { t.zeros.wrapping_add(j) }
}

/// A block of `X` pixels, `W` registers of channels at a time where it lies inside, for a filter of `C` columns at stride `S`. Else
/// pixels as far from the block's ends as the filter reaches may lie beside the row.
#[inline(always)]
unsafe fn strip_block<V: Lanes, const C: usize, const S: usize, const X: usize, const W: usize>(t: &Strip<V::Elem>, block: &Block) {
    // SAFETY: by the contract of `strip`.
    unsafe {
        let ahead = t.far && block.y + 1 < t.targets;
        let mut j = block.from;
        while block.inside && j + W * V::N <= block.to {
            if ahead {
                ask::<_, S, X>(t, block, j);
            }
            strip_registers::<V, C, S, X, W, true, true>(t, block, j);
            j += W * V::N;
        }
        while j + V::N <= block.to {
            if ahead {
                ask::<_, S, X>(t, block, j);
            }
            strip_registers::<V, C, S, X, 1, false, true>(t, block, j);
            j += V::N;
        }
        if j < block.to {
            strip_registers::<V, C, S, X, 1, false, false>(t, block, j);
        }
    }
}

/// Asks for what the next target row sees of its newest source rows, and for its results, which are far away.
#[inline(always)]
unsafe fn ask<T, const S: usize, const X: usize>(t: &Strip<T>, block: &Block, j: usize) {
    // Once for each line.
    if !(j - block.from).is_multiple_of(LINE / size_of::<T>()) {
        return;
    }
    // SAFETY: by the contract of `strip`; what is asked for is not read.
    unsafe {
        let start = (t.first + (block.x * S) as isize) * t.pixel as isize + j as isize;
        for r in t.rows.saturating_sub(S)..t.rows {
            let row = (*t.a.add((block.y + 1) * t.rows + r)).wrapping_offset(start);
            for i in 0..X * S {
                prefetch(row.wrapping_add(i * t.pixel));
            }
        }
        if !t.after.past {
            let row = (*t.c.add(block.y + 1)).wrapping_offset(t.c_from + (block.x * t.c_step + j) as isize);
            for i in 0..X {
                prefetch(row.wrapping_add(i * t.c_step));
            }
        }
    }
}

#[inline(always)]
unsafe fn strip_registers<
    V: Lanes,
    const C: usize,
    const S: usize,
    const X: usize,
    const W: usize,
    const INSIDE: bool,
    const FULL: bool,
>(
    t: &Strip<V::Elem>,
    block: &Block,
    j: usize,
) {
    // SAFETY: by the contract of `strip`.
    unsafe {
        let (y, part) = (block.y, t.to - j);
        let first = t.first + (block.x * S) as isize;
        let start = first * t.pixel as isize + j as isize;
        let mut acc = [[V::splat(V::Elem::ZERO); X]; W];
        for r in 0..t.rows {
            let row = (*t.a.add(y * t.rows + r)).wrapping_offset(start);
            let b = (*t.b.add(r)).wrapping_add(t.b_from + j);
            let mut f = [[V::splat(V::Elem::ZERO); W]; C];
            unrolled!(few c in C, {
                f[c] = load_row::<V, W, FULL>(b.wrapping_offset(c as isize * t.b_tap), part);
            });
            // Each source pixel meets the results that see it.
            unrolled!(many i in (X - 1) * S + C, {
                let sure = INSIDE || (i >= C / 2 && i + C / 2 < (X - 1) * S + C);
                let p = if sure { row.wrapping_add(i * t.pixel) } else { pixel(t, row, first, i, j) };
                let a = load_row::<V, W, FULL>(p, part);
                unrolled!(few c in C, {
                    if i >= c && (i - c).is_multiple_of(S) && (i - c) / S < X {
                        unrolled!(few w in W, {
                            acc[w][(i - c) / S] = a[w].mul_add(f[c][w], acc[w][(i - c) / S]);
                        });
                    }
                });
            });
        }
        let stored = if INSIDE { [0, X] } else { [block.skip, X] };
        unrolled!(few w in W, {
            finish::<V, X, FULL>(t, y, block.x, stored, j + w * V::N, acc[w]);
        });
    }
}

/// Pixels `from .. to` of target row `y` with channels `low .. high`, for any filter.
#[inline(always)]
unsafe fn any_blocks<V: Lanes>(t: &Strip<V::Elem>, y: usize, from: usize, to: usize, low: usize, high: usize) {
    // SAFETY: by the contract of `strip`.
    unsafe {
        for x in (from..to).step_by(FEW) {
            let mut j = low;
            while j + V::N <= high {
                any_register::<V, FEW, true>(t, y, x, to - x, j);
                j += V::N;
            }
            if j < high {
                any_register::<V, FEW, false>(t, y, x, to - x, j);
            }
        }
    }
}

#[inline(always)]
unsafe fn any_register<V: Lanes, const X: usize, const FULL: bool>(t: &Strip<V::Elem>, y: usize, x: usize, count: usize, j: usize) {
    // SAFETY: by the contract of `strip`.
    unsafe {
        let part = t.to - j;
        let first = t.first + (x * t.step) as isize;
        let start = first * t.pixel as isize + j as isize;
        let mut acc = [V::splat(V::Elem::ZERO); X];
        for r in 0..t.rows {
            let row = (*t.a.add(y * t.rows + r)).wrapping_offset(start);
            for c in 0..t.columns {
                let b = (*t.b.add(r)).wrapping_offset(c as isize * t.b_tap).wrapping_add(t.b_from + j);
                let [f] = load_row::<V, 1, FULL>(b, part);
                unrolled!(x in X, {
                    let p = pixel(t, row, first, x * t.step + c * t.tap, j);
                    let [a] = load_row::<V, 1, FULL>(p, part);
                    acc[x] = a.mul_add(f, acc[x]);
                });
            }
        }
        finish::<V, X, FULL>(t, y, x, [0, count], j, acc);
    }
}

/// Finishes the sums of the `X` pixels from `from` on, and stores those whose number is in the range `stored`.
#[inline(always)]
unsafe fn finish<V: Lanes, const X: usize, const FULL: bool>(
    t: &Strip<V::Elem>,
    y: usize,
    from: usize,
    stored: [usize; 2],
    j: usize,
    mut acc: [V; X],
) {
    // SAFETY: by the contract of `strip`.
    unsafe {
        let part = t.to - j;
        let start = (*t.c.add(y)).wrapping_offset(t.c_from).wrapping_add(from * t.c_step + j);
        if !t.after.bias.is_null() {
            let [bias] = load_row::<V, 1, FULL>(t.after.bias.add(j), part);
            unrolled!(x in X, {
                acc[x] = acc[x].add(bias);
            });
        }
        if !t.after.residual.is_null() {
            let residual = t.after.residual.offset(start.cast_const().offset_from(t.start));
            unrolled!(x in X, {
                if stored[0] <= x && x < stored[1] {
                    let [row] = load_row::<V, 1, FULL>(residual.add(x * t.c_step), part);
                    acc[x] = acc[x].add(row);
                }
            });
        }
        if t.after.relu || t.after.six {
            unrolled!(x in X, {
                acc[x] = clip(acc[x], &t.after);
            });
        }
        unrolled!(x in X, {
            if stored[0] <= x && x < stored[1] {
                let c = start.wrapping_add(x * t.c_step);
                match (FULL, t.after.past) {
                    (true, true) => acc[x].stream(c),
                    (true, false) => acc[x].store(c),
                    _ => acc[x].store_part(c, part),
                }
            }
        });
    }
}

/// The inner loop of gradients by the input at stride 2: see [`Pairs`]; filters have 3 or 5 columns.
#[inline(always)]
pub(crate) unsafe fn pairs<V: Lanes>(t: &Pairs<V::Elem>) {
    // SAFETY: by the contract of `strip`.
    unsafe {
        match t.strip.columns {
            3 => pairs_rows::<V, 3>(t),
            _ => pairs_rows::<V, 5>(t),
        }
    }
}

#[inline(always)]
unsafe fn pairs_rows<V: Lanes, const C: usize>(t: &Pairs<V::Elem>) {
    // SAFETY: by the contract of `strip`.
    unsafe {
        let s = &t.strip;
        let blocks = s.count.div_ceil(PAIRS);
        for [from, to] in parts::<V>(s) {
            let together = (NEAR / (s.rows.max(1) * PAIRS * (to - from) * size_of::<V::Elem>())).max(1);
            for start in (0..blocks).step_by(together) {
                for y in 0..s.targets {
                    for block in start..blocks.min(start + together) {
                        let x = block * PAIRS;
                        let (first, end) = (s.first + x as isize, s.first + (x + PAIRS + C / 2) as isize);
                        let stored = t.only[0] <= 2 * x && 2 * (x + PAIRS) <= t.only[1];
                        let inside = stored && first >= 0 && end <= s.width as isize;
                        let mut j = from;
                        while j + V::N <= to {
                            if inside {
                                pairs_register::<V, C, PAIRS, true, true>(t, y, x, j)
                            } else {
                                pairs_register::<V, C, PAIRS, false, true>(t, y, x, j)
                            }
                            j += V::N;
                        }
                        if j < to {
                            pairs_register::<V, C, PAIRS, false, false>(t, y, x, j);
                        }
                    }
                }
            }
        }
    }
}

/// A register of channels of some pairs of pixels of target row `y`, for a filter of `C` columns.
#[inline(always)]
unsafe fn pairs_register<V: Lanes, const C: usize, const X: usize, const INSIDE: bool, const FULL: bool>(
    t: &Pairs<V::Elem>,
    y: usize,
    from: usize,
    j: usize,
) {
    // SAFETY: by the contract of `strip`.
    unsafe {
        let s = &t.strip;
        let part = s.to - j;
        let first = s.first + from as isize;
        let start = first * s.pixel as isize + j as isize;
        let mut acc = [[V::splat(V::Elem::ZERO); 2]; X];
        for r in 0..s.rows {
            let row = (*s.a.add(y * s.rows + r)).wrapping_offset(start);
            let b = (*s.b.add(r)).wrapping_add(s.b_from + j);
            let mut f = [V::splat(V::Elem::ZERO); C];
            unrolled!(few c in C, {
                [f[c]] = load_row::<V, 1, FULL>(b.wrapping_offset(c as isize * s.b_tap), part);
            });
            unrolled!(few x in X, {
                // From left to right.
                unrolled!(few c in C, {
                    let c = C - 1 - c;
                    let i = x + C / 2 - c / 2;
                    let p = if INSIDE { row.wrapping_add(i * s.pixel) } else { pixel(s, row, first, i, j) };
                    let [a] = load_row::<V, 1, FULL>(p, part);
                    acc[x][c % 2] = a.mul_add(f[c], acc[x][c % 2]);
                });
            });
        }
        let results = (*s.c.add(y)).wrapping_offset(s.c_from + (2 * from * s.c_step + j) as isize);
        unrolled!(few x in X, {
            for e in 0..2 {
                let at = 2 * (from + x) + e;
                if INSIDE || (t.only[0] <= at && at < t.only[1]) {
                    let c = results.wrapping_add((2 * x + e) * s.c_step);
                    match (FULL, s.after.past) {
                        (true, true) => acc[x][e].stream(c),
                        (true, false) => acc[x][e].store(c),
                        _ => acc[x][e].store_part(c, part),
                    }
                }
            }
        });
    }
}

/// The inner loop of filter gradients of depthwise convolutions: see [`Sums`].
#[inline(always)]
pub(crate) unsafe fn sums<V: Lanes, const R: usize, const C: usize>(t: &Sums<V::Elem>) {
    // SAFETY: by the contract of `strip`.
    unsafe {
        let mut j = t.from;
        while j + V::N <= t.to {
            sums_block::<V, R, C, true>(t, j);
            j += V::N;
        }
        if j < t.to {
            sums_block::<V, R, C, false>(t, j);
        }
    }
}

#[inline(always)]
unsafe fn sums_block<V: Lanes, const R: usize, const C: usize, const FULL: bool>(t: &Sums<V::Elem>, j: usize) {
    // SAFETY: by the contract of `strip`.
    unsafe {
        let part = t.to - j;
        let mut acc = [[V::splat(V::Elem::ZERO); C]; R];
        unrolled!(few i in R, {
            unrolled!(few c in C, {
                [acc[i][c]] = load_row::<V, 1, FULL>(t.c.add(i * t.c_row + c * t.c_tap + j), part);
            });
        });
        // Between these all columns of the filter lie inside.
        let before = |column: isize| (column.max(0) as usize).div_ceil(t.step).min(t.count);
        let low = before(-t.first);
        let high = before(t.width as isize - t.first - ((C - 1) * t.tap) as isize).max(low);
        for r in 0..t.rows {
            let (rows, b) = (std::slice::from_raw_parts(t.a.add(r * R), R), (*t.b.add(r)).wrapping_add(j));
            for x in (0..low).chain(high..t.count) {
                let [y] = load_row::<V, 1, FULL>(b.add(x * t.b_step), part);
                unrolled!(few i in R, {
                    unrolled!(few c in C, {
                        let column = t.first + (x * t.step + c * t.tap) as isize;
                        if (column as usize) < t.width {
                            let [a] = load_row::<V, 1, FULL>(rows[i].add(column as usize * t.pixel + j), part);
                            acc[i][c] = a.mul_add(y, acc[i][c]);
                        }
                    });
                });
            }
            let start = |row: *const V::Elem| row.wrapping_offset((t.first + (low * t.step) as isize) * t.pixel as isize).wrapping_add(j);
            let mut a = [std::ptr::null(); R];
            unrolled!(few i in R, {
                a[i] = start(rows[i]);
            });
            for x in low..high {
                let [y] = load_row::<V, 1, FULL>(b.add(x * t.b_step), part);
                unrolled!(few i in R, {
                    unrolled!(few c in C, {
                        let [a] = load_row::<V, 1, FULL>(a[i].wrapping_add(c * t.tap * t.pixel), part);
                        acc[i][c] = a.mul_add(y, acc[i][c]);
                    });
                    a[i] = a[i].wrapping_add(t.step * t.pixel);
                });
            }
        }
        unrolled!(few i in R, {
            unrolled!(few c in C, {
                let c_at = t.c.add(i * t.c_row + c * t.c_tap + j);
                if FULL { acc[i][c].store(c_at) } else { acc[i][c].store_part(c_at, part) }
            });
        });
    }
}
