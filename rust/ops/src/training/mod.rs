//! Training steps: the update formulas, and their arithmetic under one set of names for real and complex numbers, and for the
//! symbols of which shaders are made.
pub mod rules;

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

macro_rules! floats { ($($t:ty)*) => { $(
    impl Weight for $t {
        #[inline(always)]
        fn one() -> Self {
            1.0
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
            self.sqrt()
        }
    }
    impl Stored for $t {
        fn count(n: i64) -> Self {
            n as Self
        }
    }
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
            self.powf(exponent)
        }
        #[inline(always)]
        fn magnitude(self) -> Self {
            self.abs()
        }
    }
)* } }
floats!(f32 f64);

macro_rules! halves { ($($t:ty)*) => { $(
    impl Weight for $t {
        #[inline(always)]
        fn one() -> Self {
            <$t>::from_f32(1.0)
        }
        #[inline(always)]
        fn plus(self, other: Self) -> Self {
            <$t>::from_f32(self.to_f32() + other.to_f32())
        }
        #[inline(always)]
        fn minus(self, other: Self) -> Self {
            <$t>::from_f32(self.to_f32() - other.to_f32())
        }
        #[inline(always)]
        fn times(self, other: Self) -> Self {
            <$t>::from_f32(self.to_f32() * other.to_f32())
        }
        #[inline(always)]
        fn over(self, other: Self) -> Self {
            <$t>::from_f32(self.to_f32() / other.to_f32())
        }
        #[inline(always)]
        fn root(self) -> Self {
            <$t>::from_f32(self.to_f32().sqrt())
        }
    }
    impl Stored for $t {
        fn count(n: i64) -> Self {
            <$t>::from_f32(n as f32)
        }
    }
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
            <$t>::from_f32(self.to_f32().powf(exponent.to_f32()))
        }
        #[inline(always)]
        fn magnitude(self) -> Self {
            <$t>::from_f32(self.to_f32().abs())
        }
    }
)* } }
halves!(F16 BF16);

macro_rules! complexes { ($($t:ty: $r:ty);*) => { $(
    impl Weight for $t {
        #[inline(always)]
        fn one() -> Self {
            <$t>::new(1.0, 0.0)
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
        /// From the half of the modulus: the larger part first, the other by division, so that nothing cancels.
        #[inline(always)]
        fn root(self) -> Self {
            let modulus = self.re.hypot(self.im);
            if modulus == 0.0 {
                return <$t>::new(0.0, self.im);
            }
            let large = ((modulus + self.re.abs()) * 0.5).sqrt();
            let small = self.im.abs() / (2.0 * large);
            let (re, im) = if self.re >= 0.0 { (large, small) } else { (small, large) };
            <$t>::new(re, <$r>::copysign(im, self.im))
        }
    }
    impl Stored for $t {
        fn count(n: i64) -> Self {
            <$t>::new(n as $r, 0.0)
        }
    }
)* } }
complexes!(C64: f32; C128: f64);
