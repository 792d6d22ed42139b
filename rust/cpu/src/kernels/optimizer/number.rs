//! The arithmetic of training steps: real and complex numbers under one set of names.
use crate::kernels::dispatch::Number;
use ferroflow_tensor::{BF16, C64, C128, Element, F16};

/// A dtype that training steps take. 16-bit floats round every result, as TensorFlow's kernels do.
pub trait Weight: Number + Element {
    /// `self / other`.
    fn over(self, other: Self) -> Self;
    /// The square root (the principal one).
    fn root(self) -> Self;
    /// 1 / [`root`](Self::root).
    fn inverse_root(self) -> Self {
        Self::ONE.over(self.root())
    }
    /// The nearest value to a number of steps.
    fn count(n: i64) -> Self;
}

/// An ordered [`Weight`].
pub trait RealWeight: Weight + PartialOrd {
    /// `self` to a real power.
    fn power(self, exponent: Self) -> Self;
    /// The magnitude.
    fn magnitude(self) -> Self;
    /// `-self`.
    fn negated(self) -> Self {
        Self::ZERO.minus(self)
    }
}

macro_rules! floats { ($($t:ty)*) => { $(
    impl Weight for $t {
        #[inline(always)]
        fn over(self, other: Self) -> Self {
            self / other
        }
        #[inline(always)]
        fn root(self) -> Self {
            self.sqrt()
        }
        fn count(n: i64) -> Self {
            n as Self
        }
    }
    impl RealWeight for $t {
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
        fn over(self, other: Self) -> Self {
            <$t>::from_f32(self.to_f32() / other.to_f32())
        }
        #[inline(always)]
        fn root(self) -> Self {
            <$t>::from_f32(self.to_f32().sqrt())
        }
        fn count(n: i64) -> Self {
            <$t>::from_f32(n as f32)
        }
    }
    impl RealWeight for $t {
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
        fn count(n: i64) -> Self {
            <$t>::new(n as $r, 0.0)
        }
    }
)* } }
complexes!(C64: f32; C128: f64);
