//! Loops of batch normalisation: sums of products of differences, and affine functions, for each channel of `f32` arrays.
use crate::simd::{self, Elem, Isa, Kernel, Reg};
use ferroflow_ops::num::Float;

/// Where the channels of an array are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Channels {
    /// The elements of a row are of different channels.
    Columns,
    /// The elements of a row are of one channel, those of the next row of the next.
    Rows,
}

/// The numbers of each channel: `(x - center) * factor + y * slope + shift`.
#[derive(Clone, Copy)]
pub struct Affine<'a> {
    /// What is subtracted.
    pub center: &'a [f32],
    /// What the difference is multiplied by.
    pub factor: &'a [f32],
    /// What the other operand is multiplied by.
    pub slope: &'a [f32],
    /// What is added.
    pub shift: &'a [f32],
}

type Lanes<I> = <f32 as Elem>::R<I>;

/// Reads a register, or the `n` elements that are left if that is fewer.
///
/// # Safety
/// They can be read.
#[inline(always)]
unsafe fn load<I: Isa>(x: *const f32, n: usize) -> Lanes<I> {
    // SAFETY: the caller's promise.
    unsafe { if n >= Lanes::<I>::N { Lanes::<I>::load(x) } else { Lanes::<I>::load_n(x, n) } }
}

/// Writes a register, or the `n` elements that are left if that is fewer.
///
/// # Safety
/// They can be written.
#[inline(always)]
unsafe fn store<I: Isa>(y: Lanes<I>, out: *mut f32, n: usize) {
    // SAFETY: the caller's promise.
    unsafe { if n >= Lanes::<I>::N { y.store(out) } else { y.store_n(out, n) } }
}

struct Apply<'a> {
    x: &'a [f32],
    y: Option<&'a [f32]>,
    out: &'a mut [f32],
    n: usize,
    at: Affine<'a>,
    columns: bool,
}
impl Kernel for Apply<'_> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let Apply { x, y, out, n, at, columns } = self;
        let rows = x.len() / n;
        for row in 0..rows {
            let mut i = 0;
            while i < n {
                let (place, left) = (row * n + i, n - i);
                // SAFETY: `affine` checked that there are `n` numbers of each kind for columns, one for each row otherwise.
                unsafe {
                    let number =
                        |v: &[f32]| if columns { load::<I>(v.as_ptr().add(i), left) } else { Lanes::<I>::splat(*v.get_unchecked(row)) };
                    let mut shift = number(at.shift);
                    if let Some(y) = y {
                        shift = load::<I>(y.as_ptr().add(place), left).mul_add(number(at.slope), shift);
                    }
                    let difference = load::<I>(x.as_ptr().add(place), left) - number(at.center);
                    store::<I>(difference.mul_add(number(at.factor), shift), out.as_mut_ptr().add(place), left);
                }
                i += Lanes::<I>::N;
            }
        }
    }
}

/// Writes the affine function of rows of `n` elements. The slope is used if there is another operand.
///
/// # Panics
/// If the operands are not as many whole rows, or there are not as many numbers as channels.
pub fn affine(x: &[f32], y: Option<&[f32]>, out: &mut [f32], n: usize, channels: Channels, at: Affine) {
    let columns = channels == Channels::Columns;
    let count = if columns { n } else { x.len() / n };
    let fits = x.len().is_multiple_of(n) && out.len() == x.len() && y.is_none_or(|y| y.len() == x.len());
    let numbers = [at.center, at.factor, at.shift].iter().all(|v| v.len() == count) && (y.is_none() || at.slope.len() == count);
    assert!(fits && numbers, "operands of a loop do not fit");
    simd::run(Apply { x, y, out, n, at, columns });
}

/// Registers that add up side by side.
const SUMS: usize = 4;

struct Products<'a> {
    x: &'a [f32],
    y: &'a [f32],
    n: usize,
    centers: [&'a [f32]; 2],
    sums: &'a mut [f32],
    columns: bool,
}
impl Kernel for Products<'_> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let Products { x, y, n, centers: [cx, cy], sums, columns } = self;
        let (lanes, rows) = (Lanes::<I>::N, x.len() / n);
        // SAFETY: `products` checked the lengths; all accesses are within rows and channels.
        unsafe {
            if columns {
                let mut i = 0;
                while i < n {
                    let left = n - i;
                    let (cx, cy) = (load::<I>(cx.as_ptr().add(i), left), load::<I>(cy.as_ptr().add(i), left));
                    let mut sum = [Lanes::<I>::splat(0.0); SUMS];
                    for row in 0..rows {
                        let at = row * n + i;
                        let difference = load::<I>(x.as_ptr().add(at), left) - cx;
                        sum[row % SUMS] = difference.mul_add(load::<I>(y.as_ptr().add(at), left) - cy, sum[row % SUMS]);
                    }
                    store::<I>((sum[0] + sum[1]) + (sum[2] + sum[3]), sums.as_mut_ptr().add(i), left);
                    i += lanes;
                }
                return;
            }
            for (row, total) in sums.iter_mut().enumerate() {
                let (cx, cy) = (Lanes::<I>::splat(cx[row]), Lanes::<I>::splat(cy[row]));
                let mut sum = [Lanes::<I>::splat(0.0); SUMS];
                let (mut i, mut k) = (0, 0);
                while i < n {
                    let (at, left) = (row * n + i, n - i);
                    let mut term = (load::<I>(x.as_ptr().add(at), left) - cx) * (load::<I>(y.as_ptr().add(at), left) - cy);
                    if left < lanes {
                        // Lanes that are not there count nothing.
                        let mut zeros = [0f32; 16];
                        term.store_n(zeros.as_mut_ptr(), left);
                        term = Lanes::<I>::load(zeros.as_ptr());
                    }
                    sum[k % SUMS] = sum[k % SUMS] + term;
                    (i, k) = (i + lanes, k + 1);
                }
                let mut all = (sum[0] + sum[1]) + (sum[2] + sum[3]);
                let mut width = lanes;
                while width > 1 {
                    width /= 2;
                    all = all + all.upper(width);
                }
                *total = all.first();
            }
        }
    }
}

/// Writes for each channel the sum of `(x - centers[0]) * (y - centers[1])` over rows of `n` elements.
///
/// # Panics
/// If the operands are not as many whole rows, or there are not as many numbers as channels.
pub fn products(x: &[f32], y: &[f32], n: usize, channels: Channels, centers: [&[f32]; 2], sums: &mut [f32]) {
    let columns = channels == Channels::Columns;
    let count = if columns { n } else { x.len() / n };
    let fits = x.len().is_multiple_of(n) && y.len() == x.len() && sums.len() == count;
    assert!(fits && centers.iter().all(|c| c.len() == count), "operands of a loop do not fit");
    simd::run(Products { x, y, n, centers, sums, columns });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::{Level, Portable};

    /// Runs a kernel on every instruction set of this machine.
    fn on_each(level: Level, kernel: impl Kernel<Output = ()>) {
        // SAFETY: the level is available.
        unsafe {
            match level {
                #[cfg(target_arch = "x86_64")]
                Level::Avx2 => simd::Avx2::enter(kernel),
                #[cfg(target_arch = "x86_64")]
                Level::Avx512 => simd::Avx512::enter(kernel),
                _ => Portable::enter(kernel),
            }
        }
    }

    #[test]
    fn all_instruction_sets_agree_with_plain_loops() {
        for n in [1usize, 3, 15, 16, 17, 31, 64, 257] {
            for rows in [1usize, 2, 5, 33] {
                let x: Vec<f32> = (0..n * rows).map(|i| (i as f32 * 0.7).sin() + 2.0).collect();
                let y: Vec<f32> = (0..n * rows).map(|i| (i as f32 * 0.3).cos()).collect();
                for columns in [true, false] {
                    let count = if columns { n } else { rows };
                    let of = |i: usize| if columns { i % n } else { i / n };
                    let v: Vec<Vec<f32>> = (0..4).map(|k| (0..count).map(|i| ((i + k) as f32 * 0.9).sin()).collect()).collect();
                    let at = Affine { center: &v[0], factor: &v[1], slope: &v[2], shift: &v[3] };
                    for level in Level::ALL.into_iter().filter(|l| l.is_available()) {
                        let mut out = vec![0f32; x.len()];
                        on_each(level, Apply { x: &x, y: Some(&y), out: &mut out, n, at, columns });
                        for (i, got) in out.iter().enumerate() {
                            let c = of(i);
                            let want = (f64::from(x[i]) - f64::from(v[0][c])) * f64::from(v[1][c])
                                + f64::from(y[i]) * f64::from(v[2][c])
                                + f64::from(v[3][c]);
                            assert!((f64::from(*got) - want).abs() < 1e-5, "{level:?} {n} {rows} {columns} {i}: {got} {want}");
                        }
                        let mut sums = vec![f32::NAN; count];
                        on_each(level, Products { x: &x, y: &y, n, centers: [&v[0], &v[1]], sums: &mut sums, columns });
                        let mut want = vec![0f64; count];
                        for i in 0..x.len() {
                            let c = of(i);
                            want[c] += (f64::from(x[i]) - f64::from(v[0][c])) * (f64::from(y[i]) - f64::from(v[1][c]));
                        }
                        for (got, want) in sums.iter().zip(&want) {
                            assert!((f64::from(*got) - want).abs() < 1e-3, "{level:?} {n} {rows} {columns}: {got} {want}");
                        }
                    }
                }
            }
        }
    }
}
