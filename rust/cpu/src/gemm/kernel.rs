//! The inner loops of matrix products, written once over a register type.
//!
//! Each keeps a block of results in registers and adds the products of one `k` after the other, so a result has the same
//! bits wherever the block borders lie.
#![allow(unsafe_code)]
// Blocks of registers are indexed in the plain way throughout.
#![allow(clippy::needless_range_loop)]

use super::lanes::{Lanes, Number};

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

/// # Safety
/// All pointers of `t` are valid for what its description says, `1 <= n <= W` registers, and the machine has the
/// instruction set of `V`. The same holds for every function below.
#[inline(always)]
pub(crate) unsafe fn strided<V: Lanes, const M: usize, const W: usize>(t: &Strided<V::Elem>) {
    // SAFETY: by the contract.
    unsafe {
        let acc = if t.b_padded || t.n == W * V::N { strided_sum::<V, M, W, true>(t) } else { strided_sum::<V, M, W, false>(t) };
        let alpha = V::splat(t.alpha);
        for i in 0..M {
            for j in 0..W {
                let p = t.c.wrapping_add(i * t.c_row + j * V::N);
                let part = t.n.saturating_sub(j * V::N);
                let mut x = acc[i][j].mul(alpha);
                if part >= V::N {
                    if t.add {
                        x = x.add(V::load(p));
                    }
                    x.store(p);
                } else if part > 0 {
                    if t.add {
                        x = x.add(V::load_part(p, part));
                    }
                    x.store_part(p, part);
                }
            }
        }
    }
}

#[inline(always)]
unsafe fn strided_sum<V: Lanes, const M: usize, const W: usize, const FULL: bool>(t: &Strided<V::Elem>) -> [[V; W]; M] {
    // SAFETY: by the contract of `strided`.
    unsafe {
        let mut acc = [[V::splat(V::Elem::ZERO); W]; M];
        let (a_row, mut a, mut b) = (t.a_row, t.a, t.b);
        for _ in 0..t.k {
            let row = load_row::<V, W, FULL>(b, t.n);
            for i in 0..M {
                let x = V::splat(*a.add(i * a_row));
                for j in 0..W {
                    acc[i][j] = x.mul_add(row[j], acc[i][j]);
                }
            }
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
        for j in 0..W {
            let p = b.wrapping_add(j * V::N);
            row[j] = if FULL { V::load(p) } else { V::load_part(p, n.saturating_sub(j * V::N)) };
        }
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
            for i in 0..R {
                for j in 0..2 {
                    acc[i][j] = V::load(t.a.add(i * t.a_row + p + j * V::N)).mul_add(x[j], acc[i][j]);
                }
            }
            p += 2 * V::N;
        }
        while p < t.k {
            let part = (t.k - p).min(V::N);
            let x = V::load_part(t.x.add(p), part);
            for i in 0..R {
                acc[i][0] = V::load_part(t.a.add(i * t.a_row + p), part).mul_add(x, acc[i][0]);
            }
            p += V::N;
        }
        for i in 0..R {
            *t.y.add(i) = acc[i][0].add(acc[i][1]).sum();
        }
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
                    r[i] = V::load_part(t.src.add((first + i) * t.outer + p), columns);
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
