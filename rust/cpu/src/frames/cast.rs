//! Conversions between number types, with the results of TensorFlow's conversion of one element on x86-64.
//!
//! Floats to integers truncate. Out of range and NaN give what the processor's instruction gives: for `int32` and `int64`
//! the smallest value; narrower types take the low bits of the `int32`, `uint32` of the `int64`. (TensorFlow's loops for
//! long vectors saturate to 8 and 16 bits instead; here the result does not depend on the length.) Integers wrap.
//! Floats go to 16 bits through `f32`. Complex numbers lose their imaginary part; the truth value is that of the real part.
use crate::simd::{Isa, Kernel};
use core::marker::PhantomData;
use ferroflow_tensor::half::{BF16, F8E4M3Fn, F8E5M2, F16};
use ferroflow_tensor::{C64, C128};

/// How the value of a type is read without loss.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// As `f32`.
    Single,
    /// As `f64`; complex numbers besides.
    Float,
    /// As `i64`.
    Signed,
    /// As `u64`.
    Unsigned,
}

/// A type that can be converted.
pub trait Number: Copy + 'static {
    /// How it is read.
    const CLASS: Class;
    /// The value, exact for floats.
    fn to_float(self) -> f64;
    /// The value, exact for integers; the bits of unsigned ones.
    fn to_bits(self) -> i64;
    /// The imaginary part.
    #[inline(always)]
    fn imaginary(self) -> f64 {
        0.0
    }
    /// From a float.
    fn from_float(x: f64, imaginary: f64) -> Self;
    /// From a float of 32 bits: the same, with fewer steps.
    #[inline(always)]
    fn from_single(x: f32) -> Self {
        Self::from_float(f64::from(x), 0.0)
    }
    /// From a signed integer.
    fn from_signed(x: i64) -> Self;
    /// From an unsigned integer.
    fn from_unsigned(x: u64) -> Self;
}

/// Truncates as the processor does: the smallest value for NaN and out of range.
#[inline(always)]
fn truncate_32(x: f64) -> i32 {
    if x > -2_147_483_649.0 && x < 2_147_483_648.0 { x as i32 } else { i32::MIN }
}

/// As [`truncate_32`].
#[inline(always)]
fn truncate_single(x: f32) -> i32 {
    let inside = (-2_147_483_648.0..2_147_483_648.0).contains(&x);
    // SAFETY: the operand is in range, or is replaced by 0.
    let truncated = unsafe { if inside { x } else { 0.0 }.to_int_unchecked::<i32>() };
    if inside { truncated } else { i32::MIN }
}

/// Truncates as the processor does: the smallest value for NaN and out of range.
#[inline(always)]
fn truncate_64(x: f64) -> i64 {
    if (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&x) { x as i64 } else { i64::MIN }
}

/// Truncates to unsigned 64 bits the way that compilers do it with signed instructions.
#[inline(always)]
fn truncate_u64(x: f64) -> u64 {
    let low = truncate_64(x);
    let high = truncate_64(x - 9_223_372_036_854_775_808.0);
    (low | (high & (low >> 63))) as u64
}

/// As [`truncate_64`].
#[inline(always)]
fn truncate_single_64(x: f32) -> i64 {
    truncate_64(f64::from(x))
}

/// As [`truncate_u64`].
#[inline(always)]
fn truncate_single_u64(x: f32) -> u64 {
    truncate_u64(f64::from(x))
}

macro_rules! integer {
    ($class:ident $through:ident $single:ident; $($t:ident)*) => { $(
        impl Number for $t {
            const CLASS: Class = Class::$class;
            #[inline(always)]
            fn to_float(self) -> f64 {
                self as f64
            }
            #[inline(always)]
            fn to_bits(self) -> i64 {
                self as i64
            }
            #[inline(always)]
            fn from_float(x: f64, _: f64) -> Self {
                $through(x) as $t
            }
            #[inline(always)]
            fn from_single(x: f32) -> Self {
                $single(x) as $t
            }
            #[inline(always)]
            fn from_signed(x: i64) -> Self {
                x as $t
            }
            #[inline(always)]
            fn from_unsigned(x: u64) -> Self {
                x as $t
            }
        }
    )* };
}
integer!(Signed truncate_32 truncate_single; i8 i16 i32);
integer!(Signed truncate_64 truncate_single_64; i64);
integer!(Unsigned truncate_32 truncate_single; u8 u16);
integer!(Unsigned truncate_64 truncate_single_64; u32);
integer!(Unsigned truncate_u64 truncate_single_u64; u64);

/// Types that are read as floats: how to widen, and how to make one from `f64` (rounding once) and from integers.
macro_rules! float {
    ($($class:ident $t:ident, |$x:ident| $to:expr, |$f:ident| $from:expr, |$i:ident| $from_int:expr;)*) => { $(
        impl Number for $t {
            const CLASS: Class = Class::$class;
            #[inline(always)]
            fn to_float(self) -> f64 {
                let $x = self;
                $to
            }
            #[inline(always)]
            fn to_bits(self) -> i64 {
                truncate_64(self.to_float())
            }
            #[inline(always)]
            fn from_float($f: f64, _: f64) -> Self {
                $from
            }
            #[inline(always)]
            fn from_signed($i: i64) -> Self {
                $from_int
            }
            #[inline(always)]
            fn from_unsigned($i: u64) -> Self {
                $from_int
            }
        }
    )* };
}
float! {
    Single f32, |x| f64::from(x), |f| f as f32, |i| i as f32;
    Float f64, |x| x, |f| f, |i| i as f64;
    Float F16, |x| x.to_f64(), |f| F16::from_f32(f as f32), |i| F16::from_f32(i as f32);
    Float BF16, |x| x.to_f64(), |f| BF16::from_f32(f as f32), |i| BF16::from_f32(i as f32);
    Float F8E4M3Fn, |x| x.to_f64(), |f| F8E4M3Fn::from_f32(f as f32), |i| F8E4M3Fn::from_f32(i as f32);
    Float F8E5M2, |x| x.to_f64(), |f| F8E5M2::from_f32(f as f32), |i| F8E5M2::from_f32(i as f32);
}

/// A truth value in its byte.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Truth(u8);

impl Number for Truth {
    const CLASS: Class = Class::Unsigned;
    #[inline(always)]
    fn to_float(self) -> f64 {
        f64::from(u8::from(self.0 != 0))
    }
    #[inline(always)]
    fn to_bits(self) -> i64 {
        i64::from(self.0 != 0)
    }
    #[inline(always)]
    fn from_float(x: f64, _: f64) -> Self {
        Truth(u8::from(x != 0.0))
    }
    #[inline(always)]
    fn from_signed(x: i64) -> Self {
        Truth(u8::from(x != 0))
    }
    #[inline(always)]
    fn from_unsigned(x: u64) -> Self {
        Truth(u8::from(x != 0))
    }
}

macro_rules! complex {
    ($($t:ident $part:ident)*) => { $(
        impl Number for $t {
            const CLASS: Class = Class::Float;
            #[inline(always)]
            fn to_float(self) -> f64 {
                f64::from(self.re)
            }
            #[inline(always)]
            fn to_bits(self) -> i64 {
                truncate_64(f64::from(self.re))
            }
            #[inline(always)]
            fn imaginary(self) -> f64 {
                f64::from(self.im)
            }
            #[inline(always)]
            fn from_float(x: f64, imaginary: f64) -> Self {
                $t::new(x as $part, imaginary as $part)
            }
            #[inline(always)]
            fn from_signed(x: i64) -> Self {
                $t::new(x as $part, 0.0)
            }
            #[inline(always)]
            fn from_unsigned(x: u64) -> Self {
                $t::new(x as $part, 0.0)
            }
        }
    )* };
}
complex!(C64 f32 C128 f64);

struct Convert<A, B> {
    x: *const A,
    out: *mut B,
    n: usize,
    types: PhantomData<(A, B)>,
}

impl<A: Number, B: Number> Kernel for Convert<A, B> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        for i in 0..self.n {
            // SAFETY: i is below n.
            unsafe {
                let x = self.x.add(i).read_unaligned();
                let result = match A::CLASS {
                    Class::Single => B::from_single(x.to_float() as f32),
                    Class::Float => B::from_float(x.to_float(), x.imaginary()),
                    Class::Signed => B::from_signed(x.to_bits()),
                    Class::Unsigned => B::from_unsigned(x.to_bits() as u64),
                };
                self.out.add(i).write_unaligned(result);
            }
        }
    }
}

/// Converts each element.
///
/// # Safety
/// `n` elements of `A` at `x`, `n` of `B` at `out`, not overlapping unless the sizes are equal; the processor has `I`.
pub unsafe fn cast<I: Isa, A: Number, B: Number>(x: *const u8, out: *mut u8, n: usize) {
    let kernel = Convert::<A, B> { x: x.cast(), out: out.cast(), n, types: PhantomData };
    // SAFETY: the caller's promise.
    unsafe { I::enter(kernel) }
}
