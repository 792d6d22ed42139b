//! Reductions of integers (exact, so their order does not matter) and of complex numbers (pairwise).
use super::complex::Stored;
use crate::simd::{Isa, Kernel};
use core::marker::PhantomData;
use ferroflow_ops::elementwise::Reduce;
use ferroflow_ops::num::Int;
use ferroflow_tensor::C128;

/// An integer with a mean: the sum is kept in 64 bits, wrapping.
pub trait Whole: Int + 'static {
    /// The value, for unsigned 64-bit integers its bits.
    fn to_sum(self) -> i64;
    /// `sum / n`, truncated; 0 for `n` = 0.
    fn mean(sum: i64, n: usize) -> Self;
}

macro_rules! whole {
    ($wide:ident: $($t:ident)*) => { $(
        impl Whole for $t {
            #[inline(always)]
            fn to_sum(self) -> i64 {
                self as i64
            }
            #[inline(always)]
            fn mean(sum: i64, n: usize) -> Self {
                if n == 0 { 0 } else { (sum as $wide).wrapping_div(n as $wide) as $t }
            }
        }
    )* };
}
whole!(i64: i8 i16 i32 i64);
whole!(u64: u8 u16 u32 u64);

struct Inner<O, T> {
    x: *const T,
    n: usize,
    op: PhantomData<O>,
}

impl<O: Reduce, T: Whole> Kernel for Inner<O, T> {
    type Output = T;
    #[inline(always)]
    fn run<I: Isa>(self) -> T {
        if O::MEAN {
            let mut sum = 0i64;
            for i in 0..self.n {
                // SAFETY: i is below n.
                sum = sum.wrapping_add(unsafe { self.x.add(i).read_unaligned() }.to_sum());
            }
            return T::mean(sum, self.n);
        }
        let mut result = O::start_int::<T>();
        for i in 0..self.n {
            // SAFETY: i is below n.
            result = O::int(result, unsafe { self.x.add(i).read_unaligned() });
        }
        result
    }
}

/// Reduces contiguous integers.
///
/// # Safety
/// `n` elements of `T` at `x`, one at `out`; the processor has `I`.
pub unsafe fn int_inner<I: Isa, O: Reduce, T: Whole>(x: *const u8, out: *mut u8, n: usize) {
    let kernel = Inner::<O, T> { x: x.cast(), n, op: PhantomData };
    // SAFETY: the caller's promise.
    unsafe { out.cast::<T>().write_unaligned(I::enter(kernel)) }
}

struct Outer<O, T> {
    x: *const T,
    out: *mut T,
    rows: usize,
    cols: usize,
    stride: usize,
    op: PhantomData<O>,
}

/// Columns whose 64-bit sums a mean keeps at a time.
const MEAN_COLS: usize = 256;

impl<O: Reduce, T: Whole> Kernel for Outer<O, T> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let Outer { x, out, rows, cols, stride, .. } = self;
        if O::MEAN {
            for first in (0..cols).step_by(MEAN_COLS) {
                let width = MEAN_COLS.min(cols - first);
                let mut sums = [0i64; MEAN_COLS];
                for row in 0..rows {
                    for (col, sum) in sums.iter_mut().enumerate().take(width) {
                        // SAFETY: row and column are within the matrix.
                        *sum = sum.wrapping_add(unsafe { x.add(row * stride + first + col).read_unaligned() }.to_sum());
                    }
                }
                for (col, sum) in sums.iter().enumerate().take(width) {
                    // SAFETY: the column is below `cols`.
                    unsafe { out.add(first + col).write_unaligned(T::mean(*sum, rows)) };
                }
            }
            return;
        }
        for col in 0..cols {
            // SAFETY: the column is below `cols`.
            unsafe { out.add(col).write_unaligned(O::start_int::<T>()) };
        }
        for row in 0..rows {
            for col in 0..cols {
                // SAFETY: row and column are within the matrix.
                unsafe {
                    let result = O::int(out.add(col).read_unaligned(), x.add(row * stride + col).read_unaligned());
                    out.add(col).write_unaligned(result);
                }
            }
        }
    }
}

/// Reduces rows of integers.
///
/// # Safety
/// `cols` elements of `T` at `out` and at each of the `rows` rows, which begin `stride` elements apart; the processor has `I`.
pub unsafe fn int_outer<I: Isa, O: Reduce, T: Whole>(x: *const u8, out: *mut u8, rows: usize, cols: usize, stride: usize) {
    let kernel = Outer::<O, T> { x: x.cast(), out: out.cast(), rows, cols, stride, op: PhantomData };
    // SAFETY: the caller's promise.
    unsafe { I::enter(kernel) }
}

/// Numbers that are added one after another before the tree begins.
const LEAF: usize = 32;

/// Reduces `n` complex numbers `stride` apart, halves first.
///
/// # Safety
/// The numbers can be read.
unsafe fn pairwise<O: Reduce, T: Stored>(x: *const T, n: usize, stride: usize) -> C128 {
    if n <= LEAF {
        let mut result = C128::new(O::START, 0.0);
        for i in 0..n {
            // SAFETY: i is below n.
            let z = unsafe { x.add(i * stride).read_unaligned() }.widen();
            result = if i == 0 { z } else { O::complex(result, z) };
        }
        return result;
    }
    let half = n / 2;
    // SAFETY: both halves lie within the n numbers.
    unsafe { O::complex(pairwise::<O, T>(x, half, stride), pairwise::<O, T>(x.add(half * stride), n - half, stride)) }
}

/// The mean's last step; 0 for no numbers, as TensorFlow gives.
fn finish<O: Reduce>(total: C128, n: usize) -> C128 {
    if O::MEAN && n > 0 { C128::new(total.re / n as f64, total.im / n as f64) } else { total }
}

/// Reduces contiguous complex numbers.
///
/// # Safety
/// `n` elements of `T` at `x`, one at `out`.
pub unsafe fn complex_inner<O: Reduce, T: Stored>(x: *const u8, out: *mut u8, n: usize) {
    // SAFETY: the caller's promise.
    unsafe {
        let total = finish::<O>(pairwise::<O, T>(x.cast(), n, 1), n);
        out.cast::<T>().write_unaligned(T::narrow(total));
    }
}

/// Reduces rows of complex numbers.
///
/// # Safety
/// `cols` elements of `T` at `out` and at each of the `rows` rows, which begin `stride` elements apart.
pub unsafe fn complex_outer<O: Reduce, T: Stored>(x: *const u8, out: *mut u8, rows: usize, cols: usize, stride: usize) {
    for col in 0..cols {
        // SAFETY: columns are below cols.
        unsafe {
            let total = finish::<O>(pairwise::<O, T>(x.cast::<T>().add(col), rows, stride), rows);
            out.cast::<T>().add(col).write_unaligned(T::narrow(total));
        }
    }
}
