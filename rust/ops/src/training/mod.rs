//! Training steps: the update formulas, and their arithmetic under one set of names for real and complex numbers, and for the
//! symbols of which shaders are made.
pub mod rules;
pub mod step;

use crate::math::complex::sqrt;
use ferroflow_tensor::{BF16, C64, C128, F16, Result, Shape, bail};

/// A number that training steps take. 16-bit floats round every result, as TensorFlow's kernels do.
pub trait Weight: Copy {
    /// One.
    fn one() -> Self;
    /// `self + other`.
    fn plus(self, other: Self) -> Self;
    /// `self - other`.
    fn minus(self, other: Self) -> Self;
    /// `self * other`.
    fn times(self, other: Self) -> Self;
    /// `self / other`.
    fn over(self, other: Self) -> Self;
    /// The square root (the principal one).
    fn root(self) -> Self;
    /// 1 / [`root`](Self::root).
    fn inverse_root(self) -> Self {
        Self::one().over(self.root())
    }
}

/// A [`Weight`] of a dtype.
pub trait Stored: Weight + ferroflow_tensor::Element {
    /// The nearest value to a number of steps.
    fn count(n: i64) -> Self;
}

/// An ordered [`Weight`].
pub trait RealWeight: Weight {
    /// `yes` if `self` is less than `other`, else `no`.
    fn if_less(self, other: Self, yes: impl FnOnce() -> Self, no: impl FnOnce() -> Self) -> Self;
    /// `yes` if `self` equals `other`, else `no`.
    fn if_equal(self, other: Self, yes: impl FnOnce() -> Self, no: impl FnOnce() -> Self) -> Self;
    /// Zero.
    fn zero() -> Self {
        Self::one().minus(Self::one())
    }
    /// `self` to a real power.
    fn power(self, exponent: Self) -> Self;
    /// The magnitude.
    fn magnitude(self) -> Self;
    /// `-self`.
    fn negated(self) -> Self {
        Self::zero().minus(self)
    }
}

/// Checks the shapes of a sparse gradient and its rows against that of the variable. InvalidArgument if they do not fit.
pub fn check_rows(variable: &Shape, indices: &Shape, grad: &Shape) -> Result<()> {
    if variable.is_empty() {
        bail!(InvalidArgument, "var must be at least 1 dimensional");
    }
    if indices.rank() != 1 {
        bail!(InvalidArgument, "indices must be one-dimensional");
    }
    if grad.rank() != variable.rank() {
        bail!(InvalidArgument, "grad must have the same number of dimensions as var");
    }
    if let Some(axis) = (1..variable.rank()).find(|i| variable[*i] != grad[*i]) {
        bail!(InvalidArgument, "var and grad must match in dimension {axis}");
    }
    if grad[0] != indices.count() {
        bail!(InvalidArgument, "grad must be the same size as indices in the first dimension.");
    }
    Ok(())
}

/// What all dtypes have: their operators, which round halves after each step.
macro_rules! weights { ($($t:ty: $one:expr, $root:expr, $count:expr;)*) => { $(
    impl Weight for $t {
        #[inline(always)]
        fn one() -> Self {
            $one
        }
        #[inline(always)]
        fn plus(self, other: Self) -> Self {
            self + other
        }
        #[inline(always)]
        fn minus(self, other: Self) -> Self {
            self - other
        }
        #[inline(always)]
        fn times(self, other: Self) -> Self {
            self * other
        }
        #[inline(always)]
        fn over(self, other: Self) -> Self {
            self / other
        }
        #[inline(always)]
        fn root(self) -> Self {
            $root(self)
        }
    }
    impl Stored for $t {
        fn count(n: i64) -> Self {
            $count(n)
        }
    }
)* } }
weights! {
    f32: 1.0, f32::sqrt, |n| n as f32;
    f64: 1.0, f64::sqrt, |n| n as f64;
    F16: F16::ONE, |x: F16| F16::from_f32(x.to_f32().sqrt()), |n| F16::from_f32(n as f32);
    BF16: BF16::ONE, |x: BF16| BF16::from_f32(x.to_f32().sqrt()), |n| BF16::from_f32(n as f32);
    C64: C64::new(1.0, 0.0), complex_root, |n| C64::new(n as f32, 0.0);
    C128: C128::new(1.0, 0.0), sqrt, |n| C128::new(n as f64, 0.0);
}

/// The principal root, by way of 64 bits.
fn complex_root(z: C64) -> C64 {
    let root = sqrt(C128::new(f64::from(z.re), f64::from(z.im)));
    C64::new(root.re as f32, root.im as f32)
}

macro_rules! reals { ($($t:ty: $power:expr, $magnitude:expr;)*) => { $(
    impl RealWeight for $t {
        #[inline(always)]
        fn if_less(self, other: Self, yes: impl FnOnce() -> Self, no: impl FnOnce() -> Self) -> Self {
            if self < other { yes() } else { no() }
        }
        #[inline(always)]
        fn if_equal(self, other: Self, yes: impl FnOnce() -> Self, no: impl FnOnce() -> Self) -> Self {
            if self == other { yes() } else { no() }
        }
        #[inline(always)]
        fn power(self, exponent: Self) -> Self {
            $power(self, exponent)
        }
        #[inline(always)]
        fn magnitude(self) -> Self {
            $magnitude(self)
        }
    }
)* } }
reals! {
    f32: f32::powf, f32::abs;
    f64: f64::powf, f64::abs;
    F16: |x: F16, y: F16| F16::from_f32(x.to_f32().powf(y.to_f32())), |x: F16| F16::from_f32(x.to_f32().abs());
    BF16: |x: BF16, y: BF16| BF16::from_f32(x.to_f32().powf(y.to_f32())), |x: BF16| BF16::from_f32(x.to_f32().abs());
}
