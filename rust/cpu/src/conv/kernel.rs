//! The inner loops of convolutions, written once over a register type.
//!
//! Each keeps its results in registers and adds one product after the other in a fixed order, so a result has the same
//! bits wherever the borders of blocks lie.
#![allow(unsafe_code)]
// Blocks of registers are indexed in the plain way throughout.
#![allow(clippy::needless_range_loop)]

use crate::gemm::kernel::{After, unrolled};
use crate::gemm::lanes::{Lanes, Number};
use crate::simd::prefetch;

/// `c[i] = sum over segments s, positions p of rows[s * m + i][p] * b[s * k + p]`, plus the old `c[i]` if `add`: row `r` of
/// `b` lies at `b + r * b_row`, and `n` results are stored at each `c[i]`.
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
    pub add: bool,
    /// Bias and limits; the residual is not read.
    pub after: After<T>,
    /// What is added to each `c[i]` after the bias, if `add_residuals`; otherwise any pointers.
    pub residuals: *const *const T,
    pub add_residuals: bool,
    /// Rows of `b` that are needed soon: one is asked for once in so many steps.
    pub soon: *const T,
    pub soon_every: usize,
}

/// Old results and residuals are asked for once in so many steps.
const OLD_EVERY: usize = 8;

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

#[inline(always)]
pub(super) unsafe fn load_row<V: Lanes, const W: usize, const FULL: bool>(b: *const V::Elem, n: usize) -> [V; W] {
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
        let whole = t.n == W * V::N;
        let acc = match (t.b_padded || whole, whole) {
            (true, true) => indirect_sum::<V, M, W, true, true>(t),
            (true, false) => indirect_sum::<V, M, W, true, false>(t),
            _ => indirect_sum::<V, M, W, false, false>(t),
        };
        if whole { store::<V, M, W, true>(t, acc) } else { store::<V, M, W, false>(t, acc) }
    }
}

/// Finishes the sums of a block, and stores them.
#[inline(always)]
unsafe fn store<V: Lanes, const M: usize, const W: usize, const FULL: bool>(t: &Indirect<V::Elem>, mut acc: [[V; W]; M]) {
    // SAFETY: by the contract of `indirect`.
    unsafe {
        if !t.after.bias.is_null() {
            let row = load_row::<V, W, FULL>(t.after.bias, t.n);
            unrolled!(i in M, {
                unrolled!(j in W, {
                    acc[i][j] = acc[i][j].add(row[j]);
                });
            });
        }
        if t.add_residuals {
            unrolled!(i in M, {
                let row = load_row::<V, W, FULL>(*t.residuals.add(i), t.n);
                unrolled!(j in W, {
                    acc[i][j] = acc[i][j].add(row[j]);
                });
            });
        }
        if t.after.relu || t.after.six {
            unrolled!(i in M, {
                unrolled!(j in W, {
                    acc[i][j] = clip(acc[i][j], &t.after);
                });
            });
        }
        if FULL && t.after.past {
            unrolled!(i in M, {
                unrolled!(j in W, {
                    acc[i][j].stream((*t.c.add(i)).wrapping_add(j * V::N));
                });
            });
            return;
        }
        unrolled!(i in M, {
            let c = *t.c.add(i);
            unrolled!(j in W, {
                let p = c.wrapping_add(j * V::N);
                if FULL { acc[i][j].store(p) } else { acc[i][j].store_part(p, t.n.saturating_sub(j * V::N).min(V::N)) }
            });
        });
    }
}

/// The limits of finished sums.
#[inline(always)]
pub(super) unsafe fn clip<V: Lanes>(x: V, after: &After<V::Elem>) -> V {
    // SAFETY: by the contract of `indirect`.
    unsafe {
        let x = if after.relu { x.relu() } else { x };
        if after.six { x.at_most(V::splat(V::Elem::SIX)) } else { x }
    }
}

#[inline(always)]
unsafe fn indirect_sum<V: Lanes, const M: usize, const W: usize, const FULL: bool, const FULL_C: bool>(
    t: &Indirect<V::Elem>,
) -> [[V; W]; M] {
    // SAFETY: by the contract of `indirect`.
    unsafe {
        let mut acc = [[V::splat(V::Elem::ZERO); W]; M];
        if t.add {
            unrolled!(i in M, {
                acc[i] = load_row::<V, W, FULL_C>(*t.c.add(i), t.n);
            });
        }
        let (mut b, mut soon, mut until, mut old) = (t.b, t.soon, 0, 0);
        for s in 0..t.segments {
            let rows = t.rows.add(s * M);
            for p in 0..t.k {
                if until == 0 {
                    for j in 0..W {
                        prefetch(soon.wrapping_add(j * V::N));
                    }
                    (soon, until) = (soon.wrapping_add(t.b_row), t.soon_every);
                }
                until -= 1;
                if p % OLD_EVERY == 0 && old < M {
                    for j in 0..W {
                        if !t.after.past {
                            prefetch((*t.c.add(old)).wrapping_add(j * V::N));
                        }
                        prefetch((*t.residuals.add(old)).wrapping_add(j * V::N));
                    }
                    old += 1;
                }
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
