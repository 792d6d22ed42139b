//! How each element type is multiplied: real numbers directly, integers by their unsigned twins, 16-bit floats through `f32` or
//! in pairs. For complex numbers see `complex`.
#![allow(unsafe_code)]

use super::Mat;
use super::dots::{Groups, Halves, grouped};
use super::driver::{self, Context, Problem, Run, Shared};
use super::epilogue::Activation;
use super::isa;
use super::kernel::After;
use super::lanes::Number;
use super::packed::{self, Packed};
use super::scratch::Scratch;
use crate::frames::slices::Cast;
use crate::pool::parallel_for;
use crate::simd::Level;
use ferroflow_tensor::half::{BF16, F16};
use ferroflow_tensor::{DType, Element as Data};

/// What the products need to know about an element type.
pub trait Multiply: Copy + Send + Sync + 'static {
    const ONE: Self;
    /// Whether `clip` has a meaning.
    const ORDERED: bool = true;
    fn plus(self, other: Self) -> Self;
    /// With `relu` at least zero, with `six` at most six; NaN stays.
    fn clip(self, relu: bool, six: bool) -> Self;
    /// A right operand packed for many products.
    fn packed(_k: usize, _n: usize, _b: Mat<Self>) -> Option<Packed<Self>> {
        None
    }
    /// Its first panel, or null.
    fn panels(_packed: &Packed<Self>, _sizes: [usize; 2], _isa: Level) -> *const Self {
        std::ptr::null()
    }
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
            fn clip(self, relu: bool, six: bool) -> Self {
                Number::clip(self, relu, six)
            }
            fn packed(k: usize, n: usize, b: Mat<Self>) -> Option<Packed<Self>> {
                packed::packed(k, n, b)
            }
            fn panels(packed: &Packed<Self>, [k, n]: [usize; 2], isa: Level) -> *const Self {
                packed.panels(k, n, isa)
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
            fn clip(self, relu: bool, six: bool) -> Self {
                let x = if relu { self.max(0) } else { self };
                if six { x.min(6) } else { x }
            }
            unsafe fn product(p: &Problem<Self>, _: [bool; 2], context: Context) -> bool {
                // The twin knows no negative numbers, so results are clipped here.
                let clip = p.after.relu || p.after.six;
                let as_signed = |row: &mut [$twin]| {
                    // SAFETY: both types have the same size and alignment, and every bit pattern is valid.
                    let row = unsafe { std::slice::from_raw_parts_mut(row.as_mut_ptr().cast::<Self>(), row.len()) };
                    if clip {
                        row.iter_mut().for_each(|x| *x = Multiply::clip(*x, p.after.relu, p.after.six));
                    }
                    if let Some(f) = p.activation {
                        f(row);
                    }
                };
                let activation: Activation<$twin> = if p.activation.is_some() || clip { Some(&as_signed) } else { None };
                let (bias, residual) = (p.after.bias.cast(), p.after.residual.cast());
                let p = Problem {
                    a: p.a.cast::<$twin>(),
                    b: p.b.cast::<$twin>(),
                    c: p.c.cast::<$twin>(),
                    alpha: p.alpha as $twin,
                    panels: std::ptr::null(),
                    after: After { bias, residual, residual_row: p.after.residual_row, ..After::NONE },
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
    ($($t:ty, $pairs:expr;)*) => {$(
        impl Multiply for $t {
            const ONE: Self = <$t>::ONE;
            fn plus(self, other: Self) -> Self {
                self + other
            }
            fn clip(self, relu: bool, six: bool) -> Self {
                if relu || six { Self::from_f32(Number::clip(self.to_f32(), relu, six)) } else { self }
            }
            unsafe fn product(p: &Problem<Self>, _: [bool; 2], context: Context) -> bool {
                let c = Scratch::<f32>::new(p.m * p.n);
                let plain = !p.add && p.after.bias.is_null() && p.after.residual.is_null() && !p.after.relu && !p.after.six;
                // SAFETY: the contract is passed on.
                unsafe {
                    let done = match $pairs(context.isa) {
                        Some(kernels) => paired(p, &Run { kernels, context }, p.alpha.to_f32(), c.ptr()),
                        None => through_f32(p, context, p.alpha.to_f32(), c.ptr()),
                    };
                    done && if plain { narrowed(p, c.ptr(), context) } else { store(p, c.ptr(), context, &Self::from_f32) }
                }
            }
        }
    )*};
}
half! { F16, |_| None; BF16, isa::halves; }

/// The sums of a product of 16-bit floats, converted beforehand.
unsafe fn through_f32<T: Data>(p: &Problem<T>, context: Context, alpha: f32, c: *mut f32) -> bool {
    // SAFETY: the contract of `driver::product` is passed on.
    unsafe {
        let (a, a_row, a_col) = widened(p.a, [p.m, p.k], [p.a_row, p.a_col], context);
        let (b, b_row, b_col) = widened(p.b, [p.k, p.n], [p.b_row, p.b_col], context);
        let dense = dense([p.m, p.n, p.k], [a.ptr(), b.ptr(), c], alpha);
        driver::product(&Problem { a_row, a_col, b_row, b_col, ..dense }, &Run::new(context))
    }
}

/// The sums of a product of bfloat16, two terms at a time.
unsafe fn paired<T: Data>(p: &Problem<T>, run: &Run<Halves>, alpha: f32, c: *mut f32) -> bool {
    // SAFETY: the contract of `driver::product` is passed on; a sum has the size of a pair.
    unsafe {
        let a = Groups::<Halves>::new(p.a.cast::<u16>(), [p.m, p.k], [p.a_row, p.a_col], 0, run.context);
        let b = Groups::<Halves>::new(p.b.cast::<u16>(), [p.n, p.k], [p.b_col, p.b_row], 0, run.context);
        driver::product(&grouped([p.m, p.n, p.k.div_ceil(2)], &a, &b, c.cast(), Halves(alpha.to_bits())), run)
    }
}

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
pub(super) fn dense<'a, T: Number>([m, n, k]: [usize; 3], [a, b, c]: [*mut T; 3], alpha: T) -> Problem<'a, T> {
    let (a_row, b_row, c_row) = (k, n, n);
    let (panels, after, activation) = (std::ptr::null(), After::NONE, None);
    Problem { m, n, k, a, a_row, a_col: 1, b, b_row, b_col: 1, panels, c, c_row, alpha, add: false, after, activation }
}

/// Rounds dense results, adds the old ones, stores, and applies the epilogue.
unsafe fn store<T: Multiply>(p: &Problem<T>, c: *const f32, context: Context, round: &(dyn Fn(f32) -> T + Sync)) -> bool {
    let sums = Shared(c.cast_mut());
    let ns = if context.threads { 2.0 * p.n as f32 } else { 0.0 };
    parallel_for(p.m, 1 + 4096 / p.n.max(1), ns, context.poll, &|range| {
        for i in range {
            // SAFETY: by the contract of `driver::product`; every task writes its own rows.
            unsafe {
                let row = std::slice::from_raw_parts_mut(p.c.add(i * p.c_row), p.n);
                for (j, c) in row.iter_mut().enumerate() {
                    let x = round(*sums.get().add(i * p.n + j));
                    *c = p.after.apply(if p.add { x.plus(*c) } else { x }, i, j, T::plus, T::clip);
                }
                if let Some(f) = p.activation {
                    f(row);
                }
            }
        }
    })
}
