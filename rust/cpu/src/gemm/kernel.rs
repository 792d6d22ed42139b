//! The inner loops of matrix products, written once over a register type.
//!
//! Each keeps a block of results in registers and adds the products of one `k` after the other, so a result has the same
//! bits wherever the block borders lie.
#![allow(unsafe_code)]
// Blocks of registers are indexed in the plain way throughout.
#![allow(clippy::needless_range_loop)]

use super::lanes::{Lanes, Number};
use crate::simd::prefetch;

/// Writes a loop over `0..$n` out, for a constant `$n` of at most 16: blocks of registers that a loop indexes may stay in
/// memory, depending on how far the compiler optimises. `few` is for at most 5 and `many` for at most 20, since what is written
/// out beyond `$n` takes time to compile.
macro_rules! unrolled {
    (few $i:ident in $n:expr, $body:block) => {
        unrolled!($i $n, $body, 0 1 2 3 4)
    };
    (many $i:ident in $n:expr, $body:block) => {
        unrolled!($i $n, $body, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19)
    };
    ($i:ident in $n:expr, $body:block) => {
        unrolled!($i $n, $body, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15)
    };
    ($i:ident $n:expr, $body:block, $($k:literal)*) => {
        $(if const { $k < $n } {
            let $i: usize = $k;
            $body
        })*
    };
}

pub(crate) use unrolled;

/// `c[m x n] = alpha * a b`, plus the old `c` if `add`: element `(i, p)` of `a` lies at `a + i * a_row + p * a_col`,
/// row `p` of `b` at `b + p * b_row`, row `i` of `c` at `c + i * c_row`.
pub(crate) struct Strided<T> {
    pub k: usize,
    pub a: *const T,
    pub a_row: usize,
    pub a_col: usize,
    pub b: *const T,
    pub b_row: usize,
    /// Rows of `b` may be read up to the full width of the kernel.
    pub b_padded: bool,
    pub c: *mut T,
    pub c_row: usize,
    pub n: usize,
    pub alpha: T,
    pub add: bool,
    pub after: After<T>,
    /// Rows, `soon_row` apart, that are needed soon: `soon_rows` are asked for now and then, since many misses at once would hold
    /// up the sums.
    pub soon: *const T,
    pub soon_row: usize,
    pub soon_rows: usize,
    /// What is needed soon of `a`: a line is asked for in each step, so many elements apart.
    pub soon_a: *const T,
    pub soon_a_step: usize,
}

/// What happens to a sum that is complete, while it is in a register: `min(max(sum + bias + residual, 0), 6)`, each part if
/// asked for.
#[derive(Clone, Copy)]
pub struct After<T> {
    /// A number for every column, or null.
    pub bias: *const T,
    /// A matrix of the shape of the result, or null.
    pub residual: *const T,
    /// Distance between its rows.
    pub residual_row: usize,
    /// Replaces negative results by zero and keeps NaN.
    pub relu: bool,
    /// Replaces results above six by six and keeps NaN.
    pub six: bool,
    /// Writes whole registers past the caches: they begin at multiples of their size.
    pub past: bool,
}

impl<T> After<T> {
    /// Nothing.
    pub const NONE: After<T> =
        After { bias: std::ptr::null(), residual: std::ptr::null(), residual_row: 0, relu: false, six: false, past: false };

    /// The same for a result that starts at row `i` and column `j`.
    pub fn at(self, i: usize, j: usize) -> Self {
        let from = |p: *const T, n: usize| if p.is_null() { p } else { p.wrapping_add(n) };
        After { bias: from(self.bias, j), residual: from(self.residual, i * self.residual_row + j), ..self }
    }
}

impl<T: Copy> After<T> {
    /// Finishes the sum of row `i` and column `j`, with the arithmetic of its type.
    ///
    /// # Safety
    /// Bias and residual, if any, have such an element.
    pub unsafe fn apply(&self, mut x: T, i: usize, j: usize, plus: impl Fn(T, T) -> T, clip: impl Fn(T, bool, bool) -> T) -> T {
        // SAFETY: by the contract.
        unsafe {
            if !self.bias.is_null() {
                x = plus(x, *self.bias.add(j));
            }
            if !self.residual.is_null() {
                x = plus(x, *self.residual.add(i * self.residual_row + j));
            }
        }
        clip(x, self.relu, self.six)
    }
}

/// `y[i] = sum over p of a[i * a_row + p] * x[p]`.
pub(crate) struct Dot<T> {
    pub k: usize,
    pub a: *const T,
    pub a_row: usize,
    pub x: *const T,
    pub y: *mut T,
}

/// Copies `count` vectors of length `k` side by side: `out[p * width + i] = src[i * outer + p * inner]`, zeros for `i` in
/// `count..width`. Up to one register beyond the end of `out` may be overwritten unless `width` fills whole registers.
pub(crate) struct Pack<T> {
    pub src: *const T,
    pub outer: usize,
    pub inner: usize,
    pub count: usize,
    pub width: usize,
    pub k: usize,
    pub out: *mut T,
}

/// Rows of `b` that are asked for before they are needed.
const B_AHEAD: usize = 8;
/// Rows, or registers of a row, that are asked for before they are packed.
const PACK_AHEAD: usize = 8;
/// Old results, residuals and what is needed soon are asked for once in so many steps.
pub(crate) const SOON_EVERY: usize = 16;
/// Rows of old results and residuals that are asked for at once, at least.
const OLD_ROWS: usize = 2;
/// Bytes of a line of the cache.
const LINE: usize = 64;

/// # Safety
/// All pointers of `t` are valid for what its description says, `1 <= n <= W` registers, and the machine has the
/// instruction set of `V`. The same holds for every function below.
#[inline(always)]
pub(crate) unsafe fn strided<V: Lanes, const M: usize, const W: usize>(t: &Strided<V::Elem>) {
    // SAFETY: by the contract.
    unsafe {
        let whole = t.n == W * V::N;
        let mut acc = if t.b_padded || whole { strided_sum::<V, M, W, true>(t) } else { strided_sum::<V, M, W, false>(t) };
        if t.alpha != V::Elem::ONE {
            let alpha = V::splat(t.alpha);
            unrolled!(i in M, {
                unrolled!(j in W, {
                    acc[i][j] = acc[i][j].mul(alpha);
                });
            });
        }
        if whole { finish::<V, M, W, true>(t, acc) } else { finish::<V, M, W, false>(t, acc) }
    }
}

/// Adds what is to be added to the sums of a block, and stores them.
#[inline(always)]
unsafe fn finish<V: Lanes, const M: usize, const W: usize, const FULL: bool>(t: &Strided<V::Elem>, mut acc: [[V; W]; M]) {
    // SAFETY: by the contract of `strided`.
    unsafe {
        if t.add {
            add_rows::<V, M, W, FULL>(&mut acc, t.c, t.c_row, t.n);
        }
        if !t.after.bias.is_null() {
            add_rows::<V, M, W, FULL>(&mut acc, t.after.bias, 0, t.n);
        }
        if !t.after.residual.is_null() {
            add_rows::<V, M, W, FULL>(&mut acc, t.after.residual, t.after.residual_row, t.n);
        }
        if t.after.relu {
            unrolled!(i in M, {
                unrolled!(j in W, {
                    acc[i][j] = acc[i][j].relu();
                });
            });
        }
        if t.after.six {
            let six = V::splat(V::Elem::SIX);
            unrolled!(i in M, {
                unrolled!(j in W, {
                    acc[i][j] = acc[i][j].at_most(six);
                });
            });
        }
        if FULL && t.after.past {
            unrolled!(i in M, {
                unrolled!(j in W, {
                    acc[i][j].stream(t.c.wrapping_add(i * t.c_row + j * V::N));
                });
            });
            return;
        }
        unrolled!(i in M, {
            unrolled!(j in W, {
                let p = t.c.wrapping_add(i * t.c_row + j * V::N);
                if FULL { acc[i][j].store(p) } else { acc[i][j].store_part(p, t.n.saturating_sub(j * V::N).min(V::N)) }
            });
        });
    }
}

/// Adds a row of `n` elements to every row of a block; rows lie `step` apart.
#[inline(always)]
unsafe fn add_rows<V: Lanes, const M: usize, const W: usize, const FULL: bool>(
    acc: &mut [[V; W]; M],
    from: *const V::Elem,
    step: usize,
    n: usize,
) {
    unrolled!(i in M, {
        // SAFETY: by the contract of `strided`.
        unsafe {
            let row = load_row::<V, W, FULL>(from.wrapping_add(i * step), n);
            unrolled!(j in W, {
                acc[i][j] = acc[i][j].add(row[j]);
            });
        }
    });
}

/// Whether register `j` of a row that begins with a line does so too.
#[inline(always)]
const fn begins_line<V: Lanes>(j: usize) -> bool {
    (j * size_of::<V>()).is_multiple_of(LINE)
}

/// Asks for the old results and the residuals of a block.
#[inline(always)]
fn ask_old<V: Lanes, const M: usize, const W: usize>(t: &Strided<V::Elem>) {
    unrolled!(i in M, {
        for j in 0..W {
            if !t.after.past && begins_line::<V>(j) {
                prefetch(t.c.wrapping_add(i * t.c_row + j * V::N));
            }
            if !t.after.residual.is_null() && begins_line::<V>(j) {
                prefetch(t.after.residual.wrapping_add(i * t.after.residual_row + j * V::N));
            }
        }
    });
}

#[inline(always)]
unsafe fn strided_sum<V: Lanes, const M: usize, const W: usize, const FULL: bool>(t: &Strided<V::Elem>) -> [[V; W]; M] {
    // SAFETY: by the contract of `strided`.
    unsafe {
        let mut acc = [[V::splat(V::Elem::ZERO); W]; M];
        let (a_row, mut a, mut b) = (t.a_row, t.a, t.b);
        let (b_ahead, mut soon_a) = (B_AHEAD * t.b_row, t.soon_a);
        let (mut c, mut soon, mut residual) = (t.c.cast_const(), t.soon, t.after.residual);
        let old_rows = M.div_ceil(t.k.div_ceil(SOON_EVERY)).max(OLD_ROWS);
        // Steps of registers shorter than a line are short: a block of requests in some of them would hold up the sums. Old results
        // are asked for before, rows that are needed soon one at a time.
        let short = const { size_of::<V>() < LINE };
        if short && W <= 2 {
            ask_old::<V, M, W>(t);
        }
        let turn = match t.soon_rows {
            0 => usize::MAX,
            rows => (SOON_EVERY / rows.next_power_of_two()).max(1) - 1,
        };
        for p in 0..t.k {
            if short {
                if W <= 2 && p & turn == 0 {
                    prefetch(soon);
                    soon = soon.wrapping_add(t.soon_row);
                }
            } else if p % SOON_EVERY == 0 && W <= 2 {
                for _ in 0..t.soon_rows {
                    unrolled!(j in W, {
                        prefetch(soon.wrapping_add(j * V::N));
                    });
                    soon = soon.wrapping_add(t.soon_row);
                }
                for _ in 0..old_rows {
                    if !t.after.past {
                        unrolled!(j in W, {
                            prefetch(c.wrapping_add(j * V::N));
                        });
                        c = c.wrapping_add(t.c_row);
                    }
                    if !t.after.residual.is_null() {
                        unrolled!(j in W, {
                            prefetch(residual.wrapping_add(j * V::N));
                        });
                        residual = residual.wrapping_add(t.after.residual_row);
                    }
                }
            }
            let row = load_row::<V, W, FULL>(b, t.n);
            unrolled!(j in W, {
                if begins_line::<V>(j) {
                    prefetch(b.wrapping_add(b_ahead + j * V::N));
                }
            });
            prefetch(soon_a);
            soon_a = soon_a.wrapping_add(t.soon_a_step);
            unrolled!(i in M, {
                let x = V::splat(*a.add(i * a_row));
                unrolled!(j in W, {
                    acc[i][j] = x.mul_add(row[j], acc[i][j]);
                });
            });
            a = a.wrapping_add(t.a_col);
            b = b.wrapping_add(t.b_row);
        }
        acc
    }
}

#[inline(always)]
unsafe fn load_row<V: Lanes, const W: usize, const FULL: bool>(b: *const V::Elem, n: usize) -> [V; W] {
    // SAFETY: by the contract of `strided`.
    unsafe {
        let mut row = [V::splat(V::Elem::ZERO); W];
        unrolled!(j in W, {
            let p = b.wrapping_add(j * V::N);
            row[j] = if FULL { V::load(p) } else { V::load_part(p, n.saturating_sub(j * V::N).min(V::N)) };
        });
        row
    }
}

/// Dot products of `R` rows with one vector: see [`Dot`].
#[inline(always)]
pub(crate) unsafe fn dot<V: Lanes, const R: usize>(t: &Dot<V::Elem>) {
    // SAFETY: by the contract of `strided`.
    unsafe {
        let mut acc = [[V::splat(V::Elem::ZERO); 2]; R];
        let mut p = 0;
        while p + 2 * V::N <= t.k {
            let x = [V::load(t.x.add(p)), V::load(t.x.add(p + V::N))];
            unrolled!(i in R, {
                for j in 0..2 {
                    acc[i][j] = V::load(t.a.add(i * t.a_row + p + j * V::N)).mul_add(x[j], acc[i][j]);
                }
            });
            p += 2 * V::N;
        }
        while p < t.k {
            let part = (t.k - p).min(V::N);
            let x = V::load_part(t.x.add(p), part);
            unrolled!(i in R, {
                acc[i][0] = V::load_part(t.a.add(i * t.a_row + p), part).mul_add(x, acc[i][0]);
            });
            p += V::N;
        }
        unrolled!(i in R, {
            *t.y.add(i) = acc[i][0].add(acc[i][1]).sum();
        });
    }
}

/// The most lanes of a register that is transposed in registers; 8- and 16-bit integers may have more.
const MAX_LANES: usize = 16;

/// Packs one panel: see [`Pack`].
#[inline(always)]
pub(crate) unsafe fn pack<V: Lanes>(t: &Pack<V::Elem>) {
    // SAFETY: by the contract of `strided`.
    unsafe {
        if t.outer == 1 {
            pack_copy::<V>(t);
        } else if t.inner == 1 && V::N <= MAX_LANES {
            pack_transpose::<V>(t);
        } else {
            for p in 0..t.k {
                for i in 0..t.width {
                    let x = if i < t.count { *t.src.add(i * t.outer + p * t.inner) } else { V::Elem::ZERO };
                    *t.out.add(p * t.width + i) = x;
                }
            }
        }
    }
}

#[inline(always)]
unsafe fn pack_copy<V: Lanes>(t: &Pack<V::Elem>) {
    // SAFETY: by the contract of `strided`.
    unsafe {
        for p in 0..t.k {
            let (src, out) = (t.src.add(p * t.inner), t.out.add(p * t.width));
            let mut i = 0;
            while i < t.width {
                prefetch(src.wrapping_add(PACK_AHEAD * t.inner + i));
                let x =
                    if i + V::N <= t.count { V::load(src.add(i)) } else { V::load_part(src.wrapping_add(i), t.count.saturating_sub(i)) };
                x.store(out.add(i));
                i += V::N;
            }
        }
    }
}

/// Transposes blocks of `N x N` in registers: `log2 N` rounds that each interleave rows `i` and `i + N / 2`.
#[inline(always)]
unsafe fn pack_transpose<V: Lanes>(t: &Pack<V::Elem>) {
    // SAFETY: by the contract of `strided`.
    unsafe {
        let mut first = 0;
        while first < t.width {
            let rows = t.count.saturating_sub(first).min(V::N);
            let lanes = (t.width - first).min(V::N);
            let mut p = 0;
            while p < t.k {
                let columns = (t.k - p).min(V::N);
                let mut r = [V::splat(V::Elem::ZERO); MAX_LANES];
                for i in 0..rows {
                    let src = t.src.add((first + i) * t.outer + p);
                    prefetch(src.wrapping_add(PACK_AHEAD * V::N));
                    r[i] = if columns == V::N { V::load(src) } else { V::load_part(src, columns) };
                }
                let mut step = 1;
                while step < V::N {
                    let old = r;
                    for i in 0..V::N / 2 {
                        (r[2 * i], r[2 * i + 1]) = V::interleave(old[i], old[i + V::N / 2]);
                    }
                    step *= 2;
                }
                for (j, x) in r.iter().enumerate().take(columns) {
                    let out = t.out.add((p + j) * t.width + first);
                    if lanes == V::N || t.width < V::N { x.store(out) } else { x.store_part(out, lanes) }
                }
                p += V::N;
            }
            first += V::N;
        }
    }
}

/// The sum of `N` chains of `steps` multiply-adds `x = x * scale + step`.
#[inline(always)]
pub(crate) unsafe fn chains<V: Lanes, const N: usize>(scale: V::Elem, step: V::Elem, steps: usize) -> V::Elem {
    // SAFETY: by the contract of `strided`.
    unsafe {
        let (scale, step) = (V::splat(scale), V::splat(step));
        let mut x = [step; N];
        for _ in 0..steps {
            for i in 0..N {
                x[i] = x[i].mul_add(scale, step);
            }
        }
        x[1..].iter().fold(x[0], |sum, x| sum.add(*x)).sum()
    }
}
