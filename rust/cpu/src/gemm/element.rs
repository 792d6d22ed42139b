//! How each element type is multiplied: real numbers directly, integers by their unsigned twins, 16-bit floats through
//! `f32`, complex numbers as real and imaginary planes.
#![allow(unsafe_code)]

use super::driver::{self, Activation, Context, Problem, Run, Shared};
use super::isa::Element;
use super::kernel::After;
use super::lanes::Number;
use super::scratch::Scratch;
use crate::frames::slices::Cast;
use crate::pool::parallel_for;
use ferroflow_tensor::half::{BF16, F16};
use ferroflow_tensor::{C64, C128, Complex, DType, Element as Data};

/// What the products need to know about an element type.
pub trait Multiply: Copy + Send + Sync + 'static {
    const ONE: Self;
    /// Whether `relu` has a meaning.
    const ORDERED: bool = true;
    fn plus(self, other: Self) -> Self;
    fn relu(self) -> Self;
    /// The product; false if it was cancelled. `conj` says which operands are conjugated first.
    ///
    /// # Safety
    /// As for `driver::product`.
    unsafe fn product(p: &Problem<Self>, conj: [bool; 2], context: Context) -> bool;
}

macro_rules! direct {
    ($($t:ty)*) => {$(
        impl Multiply for $t {
            const ONE: Self = 1.0;
            fn plus(self, other: Self) -> Self {
                self + other
            }
            fn relu(self) -> Self {
                if self < 0.0 { 0.0 } else { self }
            }
            unsafe fn product(p: &Problem<Self>, _: [bool; 2], context: Context) -> bool {
                // SAFETY: the contract is passed on.
                unsafe { driver::product(p, &Run::new(context)) }
            }
        }
    )*};
}
direct!(f32 f64);

/// Wrapping arithmetic is the same for signed and unsigned numbers, so both use the unsigned kernels.
macro_rules! integer {
    ($($t:ty, $twin:ty;)*) => {$(
        impl Multiply for $t {
            const ONE: Self = 1;
            fn plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }
            fn relu(self) -> Self {
                self.max(0)
            }
            unsafe fn product(p: &Problem<Self>, _: [bool; 2], context: Context) -> bool {
                // The twin knows no negative numbers, so they become zeros here.
                let as_signed = |row: &mut [$twin]| {
                    // SAFETY: both types have the same size and alignment, and every bit pattern is valid.
                    let row = unsafe { std::slice::from_raw_parts_mut(row.as_mut_ptr().cast::<Self>(), row.len()) };
                    if p.after.relu {
                        row.iter_mut().for_each(|x| *x = Multiply::relu(*x));
                    }
                    if let Some(f) = p.activation {
                        f(row);
                    }
                };
                let activation: Activation<$twin> = if p.activation.is_some() || p.after.relu { Some(&as_signed) } else { None };
                let (bias, residual) = (p.after.bias.cast(), p.after.residual.cast());
                let p = Problem {
                    a: p.a.cast::<$twin>(),
                    b: p.b.cast::<$twin>(),
                    c: p.c.cast::<$twin>(),
                    alpha: p.alpha as $twin,
                    after: After { bias, residual, relu: false, residual_row: p.after.residual_row },
                    activation,
                    m: p.m, n: p.n, k: p.k,
                    a_row: p.a_row, a_col: p.a_col, b_row: p.b_row, b_col: p.b_col, c_row: p.c_row,
                    add: p.add,
                };
                // SAFETY: the contract is passed on.
                unsafe { driver::product(&p, &Run::new(context)) }
            }
        }
    )*};
}
integer! { i8, u8; u8, u8; i16, u16; u16, u16; i32, u32; u32, u32; i64, u64; u64, u64; }

macro_rules! half {
    ($($t:ty)*) => {$(
        impl Multiply for $t {
            const ONE: Self = <$t>::ONE;
            fn plus(self, other: Self) -> Self {
                Self::from_f32(self.to_f32() + other.to_f32())
            }
            fn relu(self) -> Self {
                if self.to_f32() < 0.0 { Self::from_f32(0.0) } else { self }
            }
            unsafe fn product(p: &Problem<Self>, _: [bool; 2], context: Context) -> bool {
                // SAFETY: the contract is passed on.
                unsafe {
                    let (a, a_row, a_col) = widened(p.a, [p.m, p.k], [p.a_row, p.a_col], context);
                    let (b, b_row, b_col) = widened(p.b, [p.k, p.n], [p.b_row, p.b_col], context);
                    let c = Scratch::new(p.m * p.n);
                    let dense = dense(p.m, p.n, p.k, [a.ptr(), b.ptr(), c.ptr()], p.alpha.to_f32());
                    let wide = Problem { a_row, a_col, b_row, b_col, ..dense };
                    let rounded: &(dyn Fn([f32; 1]) -> Self + Sync) = &|[x]| Self::from_f32(x);
                    let plain = !p.add && p.after.bias.is_null() && p.after.residual.is_null() && !p.after.relu;
                    driver::product(&wide, &Run::new(context))
                        && if plain { narrowed(p, c.ptr(), context) } else { store(p, [c.ptr()], context, rounded) }
                }
            }
        }
    )*};
}
half!(F16 BF16);

macro_rules! complex {
    ($($t:ty, $real:ty;)*) => {$(
        impl Multiply for $t {
            const ONE: Self = Complex { re: 1.0, im: 0.0 };
            const ORDERED: bool = false;
            fn plus(self, other: Self) -> Self {
                self + other
            }
            fn relu(self) -> Self {
                self
            }
            unsafe fn product(p: &Problem<Self>, conj: [bool; 2], context: Context) -> bool {
                let signs = conj.map(|c| if c { -1.0 } else { 1.0 });
                let alpha = p.alpha;
                let join = |[re, im]: [$real; 2]| Complex { re, im };
                let scaled = |x: [$real; 2]| if alpha == Self::ONE { join(x) } else { alpha * join(x) };
                // SAFETY: the contract is passed on; planes lie one after the other.
                unsafe {
                    let a = planes(p.a, p.m, p.k, p.a_row, p.a_col, context, |x: $t| [x.re, signs[0] * x.im]);
                    let b = planes(p.b, p.k, p.n, p.b_row, p.b_col, context, |x: $t| [x.re, signs[1] * x.im]);
                    let c = Scratch::<$real>::new(2 * p.m * p.n);
                    let (a, b) = ([a.ptr(), a.ptr().add(p.m * p.k)], [b.ptr(), b.ptr().add(p.k * p.n)]);
                    let c = [c.ptr(), c.ptr().add(p.m * p.n)];
                    let run = Run::new(context);
                    // re = re re - im im, im = re im + im re
                    for (x, y, out, alpha, add) in
                        [(0, 0, 0, 1.0, false), (1, 1, 0, -1.0, true), (0, 1, 1, 1.0, false), (1, 0, 1, 1.0, true)]
                    {
                        let part = Problem { add, ..dense(p.m, p.n, p.k, [a[x], b[y], c[out]], alpha) };
                        if !driver::product(&part, &run) {
                            return false;
                        }
                    }
                    store(p, c, context, &scaled)
                }
            }
        }
    )*};
}
complex! { C64, f32; C128, f64; }

/// A matrix as `f32`, with the distances of its rows and columns: those that lie together still do.
unsafe fn widened<T: Data>(src: *const T, size: [usize; 2], strides: [usize; 2], context: Context) -> (Scratch<f32>, usize, usize) {
    let along = usize::from(strides[1] == 1 || strides[0] != 1);
    let (lines, len, line, step) = (size[1 - along], size[along], strides[1 - along], strides[along]);
    let out = Scratch::<f32>::new(lines * len);
    let (from, to) = (Shared(src.cast_mut()), Shared(out.ptr()));
    let ns = if context.threads { 0.2 * len as f32 } else { 0.0 };
    parallel_for(lines, 1 + 16384 / len.max(1), ns, None, &|range| {
        let cast = Cast::of(T::DTYPE, DType::Float);
        let mut copy = vec![T::default(); if step == 1 { 0 } else { len }];
        for i in range {
            // SAFETY: by the contract of `driver::product`; every task writes its own lines.
            unsafe {
                let row = from.get().add(i * line).cast_const();
                for (j, x) in copy.iter_mut().enumerate() {
                    *x = *row.add(j * step);
                }
                let row = if step == 1 { std::slice::from_raw_parts(row, len) } else { &copy };
                let out = std::slice::from_raw_parts_mut(to.get().add(i * len), len);
                if let Some(cast) = &cast {
                    cast.typed(row, out);
                }
            }
        }
    });
    if along == 1 { (out, len, 1) } else { (out, 1, len) }
}

/// Rounds dense results; false if it was cancelled.
unsafe fn narrowed<T: Data>(p: &Problem<T>, c: *const f32, context: Context) -> bool {
    let c = Shared(c.cast_mut());
    let ns = if context.threads { 0.2 * p.n as f32 } else { 0.0 };
    parallel_for(p.m, 1 + 16384 / p.n.max(1), ns, context.poll, &|range| {
        let cast = Cast::of(DType::Float, T::DTYPE);
        for i in range {
            // SAFETY: by the contract of `driver::product`; every task writes its own rows.
            let (from, row) = unsafe {
                (std::slice::from_raw_parts(c.get().add(i * p.n), p.n), std::slice::from_raw_parts_mut(p.c.add(i * p.c_row), p.n))
            };
            if let Some(cast) = &cast {
                cast.typed(from, row);
            }
            if let Some(f) = p.activation {
                f(row);
            }
        }
    })
}

/// A product of dense row-major matrices.
fn dense<'a, T: Element>(m: usize, n: usize, k: usize, [a, b, c]: [*mut T; 3], alpha: T) -> Problem<'a, T> {
    let (a_row, b_row, c_row) = (k, n, n);
    Problem { m, n, k, a, a_row, a_col: 1, b, b_row, b_col: 1, c, c_row, alpha, add: false, after: After::NONE, activation: None }
}

/// Dense planes, one after the other, of the `P` parts of every element.
unsafe fn planes<T: Copy, R: Number, const P: usize>(
    src: *const T,
    rows: usize,
    columns: usize,
    row: usize,
    column: usize,
    context: Context,
    split: impl Fn(T) -> [R; P] + Sync,
) -> Scratch<R> {
    let out = Scratch::<R>::new(P * rows * columns);
    let (from, to) = (Shared(src.cast_mut()), Shared(out.ptr()));
    let ns = if context.threads { columns as f32 } else { 0.0 };
    parallel_for(rows, 1 + 4096 / columns.max(1), ns, None, &|range| {
        for i in range {
            for j in 0..columns {
                // SAFETY: by the contract of `driver::product`; every task writes its own rows.
                unsafe {
                    let parts = split(*from.get().add(i * row + j * column));
                    for (q, x) in parts.iter().enumerate() {
                        *to.get().add((q * rows + i) * columns + j) = *x;
                    }
                }
            }
        }
    });
    out
}

/// Joins planes of results, adds the old result, stores, and applies the epilogue.
unsafe fn store<T: Multiply, R: Number, const P: usize>(
    p: &Problem<T>,
    planes: [*mut R; P],
    context: Context,
    join: &(dyn Fn([R; P]) -> T + Sync),
) -> bool {
    let planes = planes.map(Shared);
    let ns = if context.threads { 2.0 * p.n as f32 } else { 0.0 };
    parallel_for(p.m, 1 + 4096 / p.n.max(1), ns, context.poll, &|range| {
        for i in range {
            // SAFETY: by the contract of `driver::product`; every task writes its own rows.
            unsafe {
                let row = std::slice::from_raw_parts_mut(p.c.add(i * p.c_row), p.n);
                for (j, c) in row.iter_mut().enumerate() {
                    let x = std::array::from_fn(|q| *planes[q].get().add(i * p.n + j));
                    *c = p.after.apply(if p.add { join(x).plus(*c) } else { join(x) }, i, j, T::plus, T::relu);
                }
                if let Some(f) = p.activation {
                    f(row);
                }
            }
        }
    })
}
