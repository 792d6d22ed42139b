//! The inner loops of depthwise convolutions, written once over a register type.
//!
//! Each takes rows of pixels, a block of columns and a register of channels at a time down all rows, and adds its products in a fixed order: the rows of
//! the filter, in each its columns. So a result has the same bits wherever the borders of blocks lie. Filters of 3 and 5
//! neighbouring columns at strides 1 and 2 have loops that load a source pixel once for all the sums it is part of.
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
}

/// Rows of pixels that each two columns of a filter of stride 2 reach: result `2 * x + e` sums over rows `r` and `m` with
/// `e + 2 * m < columns` pixel `a[y][r][first + x + reach - m]` times `b[r] + b_from + (e + 2 * m) * b_tap`, where `reach` is half of
/// `columns - 1`. Only results `only[0] .. only[1]` are stored; `step` and `tap` are 1.
pub(crate) struct Pairs<T> {
    pub strip: Strip<T>,
    pub only: [usize; 2],
}

/// `c[(i * columns + t) * c_tap + j] += sum over rows r, x < count of a[r][i][first + x * step + t * tap][j] * (b[r] + x * b_step)[j]` for
/// `i < R`, `t < C`. Pixels beside a source row, and rows that are null, do not count.
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

/// Pixels of a block.
const BLOCK: usize = 8;
/// Pairs of pixels of a block.
const PAIRS: usize = 4;
/// Pixels of a block of a filter of any columns.
const FEW: usize = 4;

/// The inner loop of depthwise convolutions: see [`Strip`]. `OWN` for loops of their own for the usual filters.
///
/// # Safety
/// All pointers of `t` are valid for what its description says, and the machine has the instruction set of `V`. The same holds
/// for every function below.
#[inline(always)]
pub(crate) unsafe fn strip<V: Lanes, const OWN: bool>(t: &Strip<V::Elem>) {
    // SAFETY: by the contract.
    unsafe {
        match (t.columns, t.step, t.tap) {
            (3, 1, 1) if OWN && t.count > FEW => strip_row::<V, 3, 1>(t),
            (3, 2, 1) if OWN && t.count > FEW => strip_row::<V, 3, 2>(t),
            (5, 1, 1) if OWN && t.count > FEW => strip_row::<V, 5, 1>(t),
            (5, 2, 1) if OWN && t.count > FEW => strip_row::<V, 5, 2>(t),
            _ => {
                for first in (0..t.count).step_by(FEW) {
                    let mut j = t.from;
                    while j + V::N <= t.to {
                        any_block::<V, FEW, true>(t, first, j);
                        j += V::N;
                    }
                    if j < t.to {
                        any_block::<V, FEW, false>(t, first, j);
                    }
                }
            }
        }
    }
}

#[inline(always)]
unsafe fn strip_row<V: Lanes, const C: usize, const S: usize>(t: &Strip<V::Elem>) {
    // SAFETY: by the contract of `strip`.
    unsafe {
        // Blocks of nearly the same length.
        let blocks = t.count.div_ceil(BLOCK);
        for i in 0..blocks {
            let (from, to) = (t.count * i / blocks, t.count * (i + 1) / blocks);
            let (first, end) = (t.first + (from * S) as isize, t.first + ((to - 1) * S + C) as isize);
            let inside = first >= 0 && end <= t.width as isize;
            let (n, mut j) = (to - from, t.from);
            while j + V::N <= t.to {
                match n {
                    8 if inside => strip_block::<V, C, S, 8, true, true>(t, from, n, j),
                    7 if inside => strip_block::<V, C, S, 7, true, true>(t, from, n, j),
                    _ => strip_block::<V, C, S, 8, false, true>(t, from, n, j),
                }
                j += V::N;
            }
            if j < t.to {
                strip_block::<V, C, S, 8, false, false>(t, from, n, j);
            }
        }
    }
}

/// Source pixel `i` of those from column `first` on, of which the first lies at `row`; `INSIDE` if none can lie beside the row.
#[inline(always)]
fn pixel<T, const INSIDE: bool>(t: &Strip<T>, row: *const T, first: isize, i: usize, j: usize) -> *const T {
    if INSIDE || (first.wrapping_add_unsigned(i) as usize) < t.width { row.wrapping_add(i * t.pixel) } else { t.zeros.wrapping_add(j) }
}

/// A register of channels of `count <= X` pixels, for a filter of `C` columns at stride `S`.
#[inline(always)]
unsafe fn strip_block<V: Lanes, const C: usize, const S: usize, const X: usize, const INSIDE: bool, const FULL: bool>(
    t: &Strip<V::Elem>,
    from: usize,
    count: usize,
    j: usize,
) {
    // SAFETY: by the contract of `strip`.
    unsafe {
        let part = t.to - j;
        let first = t.first + (from * S) as isize;
        let start = first * t.pixel as isize + j as isize;
        let count = if INSIDE { X } else { count };
        let results = t.c_from + (from * t.c_step + j) as isize;
        let next = next(t, j, V::N, X * S, X);
        for y in 0..t.targets {
            ask::<_, X>(t, y, X * S + C - S, start + next[0], results + next[1]);
            let mut acc = [V::splat(V::Elem::ZERO); X];
            for r in 0..t.rows {
                let row = (*t.a.add(y * t.rows + r)).wrapping_offset(start);
                let b = (*t.b.add(r)).wrapping_add(t.b_from + j);
                let mut f = [V::splat(V::Elem::ZERO); C];
                unrolled!(c in C, {
                    [f[c]] = load_row::<V, 1, FULL>(b.wrapping_offset(c as isize * t.b_tap), part);
                });
                unrolled!(x in X, {
                    unrolled!(c in C, {
                        let p = pixel::<_, INSIDE>(t, row, first, x * S + c, j);
                        let [a] = load_row::<V, 1, FULL>(p, part);
                        acc[x] = a.mul_add(f[c], acc[x]);
                    });
                });
            }
            finish::<V, X, FULL>(t, y, from, count, j, acc);
        }
    }
}

/// Asks for what row `y` of the next block sees, of which the first source lies `start` after the rows, and for its `N` results from
/// `results` on: otherwise loads and stores would wait for their lines.
#[inline(always)]
unsafe fn ask<T, const N: usize>(t: &Strip<T>, y: usize, sources: usize, start: isize, results: isize) {
    // SAFETY: by the contract of `strip`; what is asked for is not read.
    unsafe {
        // All other rows are the newest one of a row before.
        let first = if y == 0 { 0 } else { t.rows.saturating_sub(1) };
        for r in first..t.rows {
            let mut source = (*t.a.add(y * t.rows + r)).wrapping_offset(start);
            for _ in 0..sources {
                prefetch(source);
                source = source.wrapping_add(t.pixel);
            }
        }
        if !t.after.past {
            let mut c = (*t.c.add(y)).wrapping_offset(results);
            for _ in 0..N {
                prefetch(c);
                c = c.wrapping_add(t.c_step);
            }
        }
    }
}

/// How far on the next block of channels begins, in sources and results: the next register, or the first one of the next pixels.
#[inline(always)]
fn next<T>(t: &Strip<T>, j: usize, lanes: usize, sources: usize, results: usize) -> [isize; 2] {
    if j + lanes < t.to {
        return [lanes as isize; 2];
    }
    [sources * t.pixel, results * t.c_step].map(|x| x as isize - (j - t.from) as isize)
}

/// A register of channels of some pixels, for any filter.
#[inline(always)]
unsafe fn any_block<V: Lanes, const X: usize, const FULL: bool>(t: &Strip<V::Elem>, from: usize, j: usize) {
    // SAFETY: by the contract of `strip`.
    unsafe {
        let part = t.to - j;
        let first = t.first + (from * t.step) as isize;
        let start = first * t.pixel as isize + j as isize;
        let results = t.c_from + (from * t.c_step + j) as isize;
        let next = next(t, j, V::N, X * t.step, X);
        for y in 0..t.targets {
            ask::<_, X>(t, y, X * t.step, start + next[0], results + next[1]);
            let mut acc = [V::splat(V::Elem::ZERO); X];
            for r in 0..t.rows {
                let row = (*t.a.add(y * t.rows + r)).wrapping_offset(start);
                for c in 0..t.columns {
                    let b = (*t.b.add(r)).wrapping_offset(c as isize * t.b_tap).wrapping_add(t.b_from + j);
                    let [f] = load_row::<V, 1, FULL>(b, part);
                    unrolled!(x in X, {
                        let p = pixel::<_, false>(t, row, first, x * t.step + c * t.tap, j);
                        let [a] = load_row::<V, 1, FULL>(p, part);
                        acc[x] = a.mul_add(f, acc[x]);
                    });
                }
            }
            finish::<V, X, FULL>(t, y, from, X.min(t.count - from), j, acc);
        }
    }
}

/// Finishes the sums of a block, and stores those of `count` pixels.
#[inline(always)]
unsafe fn finish<V: Lanes, const X: usize, const FULL: bool>(
    t: &Strip<V::Elem>,
    y: usize,
    from: usize,
    count: usize,
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
                if x < count {
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
            if x < count {
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
            3 => pairs_row::<V, 3>(t),
            _ => pairs_row::<V, 5>(t),
        }
    }
}

#[inline(always)]
unsafe fn pairs_row<V: Lanes, const C: usize>(t: &Pairs<V::Elem>) {
    // SAFETY: by the contract of `strip`.
    unsafe {
        let s = &t.strip;
        for from in (0..s.count).step_by(PAIRS) {
            let (first, end) = (s.first + from as isize, s.first + (from + PAIRS + C / 2) as isize);
            let stored = t.only[0] <= 2 * from && 2 * (from + PAIRS) <= t.only[1];
            let inside = stored && first >= 0 && end <= s.width as isize;
            let mut j = s.from;
            while j + V::N <= s.to {
                if inside {
                    pairs_block::<V, C, PAIRS, true, true>(t, from, j)
                } else {
                    pairs_block::<V, C, PAIRS, false, true>(t, from, j)
                }
                j += V::N;
            }
            if j < s.to {
                pairs_block::<V, C, PAIRS, false, false>(t, from, j);
            }
        }
    }
}

/// A register of channels of some pairs of pixels, for a filter of `C` columns.
#[inline(always)]
unsafe fn pairs_block<V: Lanes, const C: usize, const X: usize, const INSIDE: bool, const FULL: bool>(
    t: &Pairs<V::Elem>,
    from: usize,
    j: usize,
) {
    // SAFETY: by the contract of `strip`.
    unsafe {
        let s = &t.strip;
        let part = s.to - j;
        let first = s.first + from as isize;
        let start = first * s.pixel as isize + j as isize;
        let results = s.c_from + (2 * from * s.c_step + j) as isize;
        let next = next(s, j, V::N, X, 2 * X);
        for y in 0..s.targets {
            ask::<_, { 2 * PAIRS }>(s, y, X + C / 2, start + next[0], results + next[1]);
            let mut acc = [[V::splat(V::Elem::ZERO); 2]; X];
            for r in 0..s.rows {
                let row = (*s.a.add(y * s.rows + r)).wrapping_offset(start);
                let b = (*s.b.add(r)).wrapping_add(s.b_from + j);
                let mut f = [V::splat(V::Elem::ZERO); C];
                unrolled!(c in C, {
                    [f[c]] = load_row::<V, 1, FULL>(b.wrapping_offset(c as isize * s.b_tap), part);
                });
                unrolled!(x in X, {
                    // From left to right.
                    unrolled!(c in C, {
                        let c = C - 1 - c;
                        let p = pixel::<_, INSIDE>(s, row, first, x + C / 2 - c / 2, j);
                        let [a] = load_row::<V, 1, FULL>(p, part);
                        acc[x][c % 2] = a.mul_add(f[c], acc[x][c % 2]);
                    });
                });
            }
            let results = (*s.c.add(y)).wrapping_offset(results);
            unrolled!(x in X, {
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
        unrolled!(i in R, {
            unrolled!(c in C, {
                [acc[i][c]] = load_row::<V, 1, FULL>(t.c.add(i * t.c_row + c * t.c_tap + j), part);
            });
        });
        // Between these all columns of the filter lie inside.
        let before = |column: isize| (column.max(0) as usize).div_ceil(t.step).min(t.count);
        let low = before(-t.first);
        let high = before(t.width as isize - t.first - ((C - 1) * t.tap) as isize).max(low);
        for r in 0..t.rows {
            let (rows, b) = (std::slice::from_raw_parts(t.a.add(r * R), R), (*t.b.add(r)).wrapping_add(j));
            let all = rows.iter().all(|a| !a.is_null());
            let (low, high) = if all { (low, high) } else { (0, 0) };
            for x in (0..low).chain(high..t.count) {
                let [y] = load_row::<V, 1, FULL>(b.add(x * t.b_step), part);
                unrolled!(i in R, {
                    unrolled!(c in C, {
                        let column = t.first + (x * t.step + c * t.tap) as isize;
                        if !rows[i].is_null() && (column as usize) < t.width {
                            let [a] = load_row::<V, 1, FULL>(rows[i].add(column as usize * t.pixel + j), part);
                            acc[i][c] = a.mul_add(y, acc[i][c]);
                        }
                    });
                });
            }
            let start = |row: *const V::Elem| row.wrapping_offset((t.first + (low * t.step) as isize) * t.pixel as isize).wrapping_add(j);
            let mut a = [std::ptr::null(); R];
            unrolled!(i in R, {
                a[i] = start(rows[i]);
            });
            for x in low..high {
                let [y] = load_row::<V, 1, FULL>(b.add(x * t.b_step), part);
                unrolled!(i in R, {
                    unrolled!(c in C, {
                        let [a] = load_row::<V, 1, FULL>(a[i].wrapping_add(c * t.tap * t.pixel), part);
                        acc[i][c] = a.mul_add(y, acc[i][c]);
                    });
                    a[i] = a[i].wrapping_add(t.step * t.pixel);
                });
            }
        }
        unrolled!(i in R, {
            unrolled!(c in C, {
                let c_at = t.c.add(i * t.c_row + c * t.c_tap + j);
                if FULL { acc[i][c].store(c_at) } else { acc[i][c].store_part(c_at, part) }
            });
        });
    }
}
