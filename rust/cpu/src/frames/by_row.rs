//! Loops over the rows of a matrix with one number for each row: what softmax and the cross entropies are made of.
//!
//! Nothing depends on how rows are split among threads.
use super::reduce;
use crate::simd::{Elem, Isa, Kernel, Reg};
use core::marker::PhantomData;
use ferroflow_ops::elementwise::{Binary, Max, Mul, RealDiv, Sub, Sum};

/// Rows: where they begin, how many there are, elements of each.
#[derive(Clone, Copy)]
pub struct Rows<T> {
    /// The operand.
    pub x: *const T,
    /// How many.
    pub rows: usize,
    /// Elements of a row.
    pub n: usize,
}

/// Rows, and a column of numbers that is read or written: operand, column, result, rows, elements of a row.
pub type ByRow = unsafe fn(*const u8, *mut u8, *mut u8, usize, usize);

/// The loops of a dtype. The result may be the operand.
#[derive(Clone, Copy)]
pub struct ByRows {
    /// Subtracts the largest number of each row, NaN if there is one; the column is not used.
    pub minus_largest: ByRow,
    /// Writes the sum of each row to the column; the result is not used.
    pub sum: ByRow,
    /// Multiplies each row by its number.
    pub times: ByRow,
    /// Divides each row by its number.
    pub over: ByRow,
    /// Subtracts from each row its number.
    pub minus: ByRow,
}

impl ByRows {
    /// Those of an instruction set and element.
    pub(super) fn of<I: Isa, T: Elem>() -> ByRows {
        ByRows {
            minus_largest: minus_largest::<I, T>,
            sum: sum::<I, T>,
            times: apply::<I, Mul, T>,
            over: apply::<I, RealDiv, T>,
            minus: apply::<I, Sub, T>,
        }
    }
}

/// One row of an op with a number.
///
/// # Safety
/// `n` elements can be read and written.
#[inline(always)]
unsafe fn with_number<I: Isa, O: Binary, T: Elem>(x: *const T, number: T, out: *mut T, n: usize) {
    let lanes = T::R::<I>::N;
    let all = T::R::<I>::splat(number);
    let mut i = 0;
    // SAFETY: all accesses are below n.
    unsafe {
        while i + lanes <= n {
            O::eval(T::R::<I>::load(x.add(i)), all).store(out.add(i));
            i += lanes;
        }
        if i < n {
            O::eval(T::R::<I>::load_n(x.add(i), n - i), all).store_n(out.add(i), n - i);
        }
    }
}

struct MinusLargest<T>(Rows<T>, *mut T);
impl<T: Elem> Kernel for MinusLargest<T> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let Rows { x, rows, n } = self.0;
        for row in 0..rows {
            // SAFETY: the row lies within the rows.
            unsafe {
                let (x, out) = (x.add(row * n), self.1.add(row * n));
                with_number::<I, Sub, T>(x, reduce::any_length::<I, Max, T>(x, n), out, n);
            }
        }
    }
}

unsafe fn minus_largest<I: Isa, T: Elem>(x: *const u8, _: *mut u8, out: *mut u8, rows: usize, n: usize) {
    // SAFETY: the caller's promise.
    unsafe { I::enter(MinusLargest::<T>(Rows { x: x.cast(), rows, n }, out.cast())) }
}

struct Sums<T>(Rows<T>, *mut T);
impl<T: Elem> Kernel for Sums<T> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let Rows { x, rows, n } = self.0;
        for row in 0..rows {
            // SAFETY: the row lies within the rows, the column has an element for each.
            unsafe { self.1.add(row).write_unaligned(reduce::any_length::<I, Sum, T>(x.add(row * n), n)) }
        }
    }
}

unsafe fn sum<I: Isa, T: Elem>(x: *const u8, column: *mut u8, _: *mut u8, rows: usize, n: usize) {
    // SAFETY: the caller's promise.
    unsafe { I::enter(Sums::<T>(Rows { x: x.cast(), rows, n }, column.cast())) }
}

struct Apply<O, T> {
    at: Rows<T>,
    column: *const T,
    out: *mut T,
    op: PhantomData<O>,
}
impl<O: Binary, T: Elem> Kernel for Apply<O, T> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let Rows { x, rows, n } = self.at;
        for row in 0..rows {
            // SAFETY: the row lies within the rows, the column has an element for each.
            unsafe { with_number::<I, O, T>(x.add(row * n), self.column.add(row).read_unaligned(), self.out.add(row * n), n) }
        }
    }
}

unsafe fn apply<I: Isa, O: Binary, T: Elem>(x: *const u8, column: *mut u8, out: *mut u8, rows: usize, n: usize) {
    let kernel = Apply::<O, T> { at: Rows { x: x.cast(), rows, n }, column: column.cast(), out: out.cast(), op: PhantomData };
    // SAFETY: the caller's promise.
    unsafe { I::enter(kernel) }
}
