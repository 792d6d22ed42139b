//! The inner loops of convolutions, written once over a register type.
//!
//! Each keeps its results in registers and adds one product after the other in a fixed order, so a result has the same
//! bits wherever the borders of blocks lie.
#![allow(unsafe_code)]
// Blocks of registers are indexed in the plain way throughout.
#![allow(clippy::needless_range_loop)]

use crate::gemm::lanes::{Lanes, Number};

/// `c[i] = sum over segments s, positions p of rows[s * m + i][p] * b[s * k + p]`: row `r` of `b` lies at
/// `b + r * b_row`, and `n` results are stored at each `c[i]`.
pub(crate) struct Indirect<T> {
    pub segments: usize,
    pub k: usize,
    pub rows: *const *const T,
    pub b: *const T,
    pub b_row: usize,
    /// Rows of `b` may be read up to the full width of the kernel.
    pub b_padded: bool,
    pub c: *const *mut T,
    pub n: usize,
}

/// `c[m x n] += sum over p of (a[p] + a_offset)[i] * (b[p] + b_offset)[j]`.
pub(crate) struct Gather<T> {
    pub k: usize,
    pub a: *const *const T,
    pub a_offset: usize,
    pub b: *const *const T,
    pub b_offset: usize,
    pub c: *mut T,
    pub c_row: usize,
    pub n: usize,
}

/// `c[x * c_step + j] = sum over taps t of (a[t] + x * a_step)[j] * b[t][j]` for `x < count` and `j < n`.
pub(crate) struct Strip<T> {
    pub count: usize,
    pub taps: usize,
    pub a: *const *const T,
    pub a_step: usize,
    pub b: *const *const T,
    pub c: *mut T,
    pub c_step: usize,
    pub n: usize,
}

/// `c[t][j] += sum over x < count of (a[t] + x * a_step)[j] * b[x * b_step + j]` for `t < T` and `j < n`.
pub(crate) struct Sums<T> {
    pub count: usize,
    pub a: *const *const T,
    pub a_step: usize,
    pub b: *const T,
    pub b_step: usize,
    pub c: *const *mut T,
    pub n: usize,
}

#[inline(always)]
unsafe fn load_row<V: Lanes, const W: usize, const FULL: bool>(b: *const V::Elem, n: usize) -> [V; W] {
    // SAFETY: by the contract of `indirect`.
    unsafe {
        let mut row = [V::splat(V::Elem::ZERO); W];
        for j in 0..W {
            let p = b.wrapping_add(j * V::N);
            row[j] = if FULL { V::load(p) } else { V::load_part(p, n.saturating_sub(j * V::N).min(V::N)) };
        }
        row
    }
}

/// The inner loop of a convolution of all channels: see [`Indirect`].
///
/// # Safety
/// All pointers of `t` are valid for what its description says, `1 <= n <= W` registers, and the machine has the
/// instruction set of `V`. The same holds for every function below, of which some take any `n`.
#[inline(always)]
pub(crate) unsafe fn indirect<V: Lanes, const M: usize, const W: usize>(t: &Indirect<V::Elem>) {
    // SAFETY: by the contract.
    unsafe {
        let acc = if t.b_padded || t.n == W * V::N { indirect_sum::<V, M, W, true>(t) } else { indirect_sum::<V, M, W, false>(t) };
        for i in 0..M {
            let c = *t.c.add(i);
            for j in 0..W {
                let part = t.n.saturating_sub(j * V::N);
                if part >= V::N {
                    acc[i][j].store(c.add(j * V::N));
                } else if part > 0 {
                    acc[i][j].store_part(c.add(j * V::N), part);
                }
            }
        }
    }
}

#[inline(always)]
unsafe fn indirect_sum<V: Lanes, const M: usize, const W: usize, const FULL: bool>(t: &Indirect<V::Elem>) -> [[V; W]; M] {
    // SAFETY: by the contract of `indirect`.
    unsafe {
        let mut acc = [[V::splat(V::Elem::ZERO); W]; M];
        let mut b = t.b;
        for s in 0..t.segments {
            let rows = t.rows.add(s * M);
            for p in 0..t.k {
                let row = load_row::<V, W, FULL>(b, t.n);
                for i in 0..M {
                    let x = V::splat(*(*rows.add(i)).add(p));
                    for j in 0..W {
                        acc[i][j] = x.mul_add(row[j], acc[i][j]);
                    }
                }
                b = b.wrapping_add(t.b_row);
            }
        }
        acc
    }
}

/// The inner loop of a filter gradient of all channels: see [`Gather`].
#[inline(always)]
pub(crate) unsafe fn gather<V: Lanes, const M: usize, const W: usize>(t: &Gather<V::Elem>) {
    // SAFETY: by the contract of `indirect`.
    unsafe {
        let acc = if t.n == W * V::N { gather_sum::<V, M, W, true>(t) } else { gather_sum::<V, M, W, false>(t) };
        for i in 0..M {
            for j in 0..W {
                let p = t.c.wrapping_add(i * t.c_row + j * V::N);
                let part = t.n.saturating_sub(j * V::N);
                if part >= V::N {
                    acc[i][j].add(V::load(p)).store(p);
                } else if part > 0 {
                    acc[i][j].add(V::load_part(p, part)).store_part(p, part);
                }
            }
        }
    }
}

#[inline(always)]
unsafe fn gather_sum<V: Lanes, const M: usize, const W: usize, const FULL: bool>(t: &Gather<V::Elem>) -> [[V; W]; M] {
    // SAFETY: by the contract of `indirect`.
    unsafe {
        let mut acc = [[V::splat(V::Elem::ZERO); W]; M];
        for p in 0..t.k {
            let a = (*t.a.add(p)).add(t.a_offset);
            let row = load_row::<V, W, FULL>((*t.b.add(p)).add(t.b_offset), t.n);
            for i in 0..M {
                let x = V::splat(*a.add(i));
                for j in 0..W {
                    acc[i][j] = x.mul_add(row[j], acc[i][j]);
                }
            }
        }
        acc
    }
}

/// The inner loop of depthwise convolutions: see [`Strip`].
#[inline(always)]
pub(crate) unsafe fn strip<V: Lanes>(t: &Strip<V::Elem>) {
    // SAFETY: by the contract of `indirect`.
    unsafe {
        let mut x = 0;
        while x + 8 <= t.count {
            strip_pixels::<V, 8, 1>(t, x);
            x += 8;
        }
        // Few pixels take several registers of channels at once, so that there are enough sums.
        if x + 4 <= t.count {
            strip_pixels::<V, 4, 2>(t, x);
            x += 4;
        }
        while x < t.count {
            strip_pixels::<V, 1, 8>(t, x);
            x += 1;
        }
    }
}

#[inline(always)]
unsafe fn strip_pixels<V: Lanes, const X: usize, const W: usize>(t: &Strip<V::Elem>, x: usize) {
    // SAFETY: by the contract of `indirect`.
    unsafe {
        let mut j = 0;
        while j + W * V::N <= t.n {
            strip_block::<V, X, W, true>(t, x, j);
            j += W * V::N;
        }
        while j < t.n {
            if j + V::N <= t.n {
                strip_block::<V, X, 1, true>(t, x, j)
            } else {
                strip_block::<V, X, 1, false>(t, x, j)
            }
            j += V::N;
        }
    }
}

#[inline(always)]
unsafe fn strip_block<V: Lanes, const X: usize, const W: usize, const FULL: bool>(t: &Strip<V::Elem>, first: usize, j: usize) {
    // SAFETY: by the contract of `indirect`.
    unsafe {
        let part = t.n - j;
        let (from, a_step, b) = (first * t.a_step + j, t.a_step, t.b);
        let mut acc = [[V::splat(V::Elem::ZERO); W]; X];
        for p in 0..t.taps {
            let a = (*t.a.add(p)).add(from);
            let f = load_row::<V, W, FULL>((*b.add(p)).add(j), part);
            for x in 0..X {
                let a = load_row::<V, W, FULL>(a.add(x * a_step), part);
                for w in 0..W {
                    acc[x][w] = a[w].mul_add(f[w], acc[x][w]);
                }
            }
        }
        for x in 0..X {
            let c = t.c.add((first + x) * t.c_step + j);
            for w in 0..W {
                if FULL { acc[x][w].store(c.add(w * V::N)) } else { acc[x][w].store_part(c, part) }
            }
        }
    }
}

/// The inner loop of filter gradients of depthwise convolutions: see [`Sums`].
#[inline(always)]
pub(crate) unsafe fn sums<V: Lanes, const T: usize>(t: &Sums<V::Elem>) {
    // SAFETY: by the contract of `indirect`.
    unsafe {
        let mut j = 0;
        while j + V::N <= t.n {
            sums_block::<V, T, true>(t, j);
            j += V::N;
        }
        if j < t.n {
            sums_block::<V, T, false>(t, j);
        }
    }
}

#[inline(always)]
unsafe fn sums_block<V: Lanes, const T: usize, const FULL: bool>(t: &Sums<V::Elem>, j: usize) {
    // SAFETY: by the contract of `indirect`.
    unsafe {
        let part = t.n - j;
        let mut acc = [V::splat(V::Elem::ZERO); T];
        let mut a = [std::ptr::null(); T];
        for i in 0..T {
            acc[i] = load_row::<V, 1, FULL>((*t.c.add(i)).add(j), part)[0];
            a[i] = (*t.a.add(i)).add(j);
        }
        for x in 0..t.count {
            let [b] = load_row::<V, 1, FULL>(t.b.add(x * t.b_step + j), part);
            for i in 0..T {
                let [a] = load_row::<V, 1, FULL>(a[i].add(x * t.a_step), part);
                acc[i] = a.mul_add(b, acc[i]);
            }
        }
        for i in 0..T {
            let c = (*t.c.add(i)).add(j);
            if FULL { acc[i].store(c) } else { acc[i].store_part(c, part) }
        }
    }
}
