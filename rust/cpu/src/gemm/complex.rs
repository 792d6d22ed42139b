//! Complex products as one product of real numbers.
//!
//! In memory a row of `a` reads `re im re im ...`: a row of `2 k` real numbers. With the rows `[re im]` and `[-im re]` for each row
//! of `b`, the real product has the complex results, in the order in which they lie in memory.
#![allow(unsafe_code)]

use super::driver::{self, Context, Problem, Run, Shared};
use super::element::Multiply;
use super::epilogue::Activation;
use super::isa::Element;
use super::kernel::After;
use super::scratch::Scratch;
use crate::pool::parallel_for;
use crate::simd::{self, Isa, Kernel};
use ferroflow_tensor::{C64, C128, Complex};
use std::ops::{Mul, Neg, Range};

/// Rows that are expanded or copied together.
const TOGETHER: usize = 8;
/// Elements of a task, at least.
const GRAIN: usize = 4096;

macro_rules! complex {
    ($($t:ty, $real:ty;)*) => {$(
        impl Multiply for $t {
            const ONE: Self = Complex { re: 1.0, im: 0.0 };
            const ORDERED: bool = false;
            fn plus(self, other: Self) -> Self {
                self + other
            }
            fn clip(self, _: bool, _: bool) -> Self {
                self
            }
            unsafe fn product(p: &Problem<Self>, conj: [bool; 2], context: Context) -> bool {
                let pairs = |row: &mut [$real]| {
                    // SAFETY: the columns of a block are whole complex numbers.
                    let row = unsafe { std::slice::from_raw_parts_mut(row.as_mut_ptr().cast::<Self>(), row.len() / 2) };
                    if let Some(f) = p.activation {
                        f(row);
                    }
                };
                let activation: Activation<$real> = if p.activation.is_some() { Some(&pairs) } else { None };
                // SAFETY: the contract is passed on; scratch memory has room for what is expanded.
                unsafe {
                    let b = Scratch::<$real>::new(4 * p.k * p.n);
                    let (step, to) = ([p.b_row, p.b_col], Shared(b.ptr()));
                    each([p.k, p.n], context, &|rows| {
                        simd::run(Expand { from: p.b, step, columns: p.n, rows, factor: p.alpha, conj, to: to.get() })
                    });
                    let copy = Scratch::<Self>::new(if p.a_col == 1 { 0 } else { p.m * p.k });
                    let (a, a_row) = if p.a_col == 1 { (p.a, p.a_row) } else { (copy.ptr().cast_const(), p.k) };
                    if p.a_col != 1 {
                        let (step, to) = ([p.a_row, p.a_col], Shared(copy.ptr()));
                        each([p.m, p.k], context, &|rows| dense(p.a, step, p.k, rows, to.get()));
                    }
                    let (bias, residual) = (p.after.bias.cast(), p.after.residual.cast());
                    let after = After { bias, residual, residual_row: 2 * p.after.residual_row, past: p.after.past, ..After::NONE };
                    let real = Problem {
                        m: p.m,
                        n: 2 * p.n,
                        k: 2 * p.k,
                        a: a.cast::<$real>(),
                        a_row: 2 * a_row,
                        a_col: 1,
                        b: b.ptr().cast_const(),
                        b_row: 2 * p.n,
                        b_col: 1,
                        panels: std::ptr::null(),
                        c: p.c.cast::<$real>(),
                        c_row: 2 * p.c_row,
                        alpha: 1.0,
                        add: p.add,
                        after,
                        activation,
                    };
                    driver::product(&real, &Run::new(context))
                }
            }
        }
    )*};
}
complex! { C64, f32; C128, f64; }

/// Calls `body` for all rows of a matrix, some at a time, on several threads if that pays.
fn each([rows, columns]: [usize; 2], context: Context, body: &(dyn Fn(Range<usize>) + Sync)) {
    let grain = GRAIN.div_ceil(columns.max(1)).next_multiple_of(TOGETHER);
    let ns = if context.threads { columns as f32 } else { 0.0 };
    parallel_for(rows, grain, ns, None, &|range| {
        for first in range.clone().step_by(TOGETHER) {
            body(first..range.end.min(first + TOGETHER));
        }
    });
}

/// Copies rows of a matrix whose elements lie `step` apart to a dense one.
///
/// # Safety
/// The elements can be read, and the rows of `to` written.
unsafe fn dense<T: Copy>(from: *const T, step: [usize; 2], columns: usize, rows: Range<usize>, to: *mut T) {
    for j in 0..columns {
        for i in rows.clone() {
            // SAFETY: by the contract.
            unsafe { *to.add(i * columns + j) = *from.add(i * step[0] + j * step[1]) };
        }
    }
}

/// Rows of the real matrix for some rows of `factor * b`, conjugated as asked for; the conjugate of `a` changes signs here too.
struct Expand<R> {
    from: *const Complex<R>,
    step: [usize; 2],
    columns: usize,
    rows: Range<usize>,
    factor: Complex<R>,
    conj: [bool; 2],
    to: *mut R,
}

impl<R: Element + Mul<Output = R> + Neg<Output = R>> Expand<R>
where
    Complex<R>: Mul<Output = Complex<R>>,
{
    /// Writes the four numbers of an element.
    ///
    /// # Safety
    /// The element of `from` is there, and the numbers of `to`.
    #[inline(always)]
    unsafe fn put(&self, i: usize, j: usize) {
        // SAFETY: by the contract.
        unsafe {
            let mut x = *self.from.add(i * self.step[0] + j * self.step[1]);
            if self.conj[1] {
                x.im = -x.im;
            }
            if self.factor.re != R::ONE || self.factor.im != R::ZERO {
                x = self.factor * x;
            }
            let (first, second) = (self.to.add(4 * i * self.columns + 2 * j), self.to.add((4 * i + 2) * self.columns + 2 * j));
            (*first, *first.add(1)) = (x.re, x.im);
            (*second, *second.add(1)) = if self.conj[0] { (x.im, -x.re) } else { (-x.im, x.re) };
        }
    }
}

impl<R: Element + Mul<Output = R> + Neg<Output = R>> Kernel for Expand<R>
where
    Complex<R>: Mul<Output = Complex<R>>,
{
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        // SAFETY: whoever makes an `Expand` vouches for all elements of `from`, and for four numbers of `to` for each.
        unsafe {
            if self.step[1] == 1 {
                for i in self.rows.clone() {
                    for j in 0..self.columns {
                        self.put(i, j);
                    }
                }
            } else {
                for j in 0..self.columns {
                    for i in self.rows.clone() {
                        self.put(i, j);
                    }
                }
            }
        }
    }
}
