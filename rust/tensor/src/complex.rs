//! Complex numbers as TensorFlow stores them: real part first, then imaginary part.
use core::ops::{Add, Div, Mul, Neg, Sub};

/// A complex number of two `f32` or two `f64`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(C)]
pub struct Complex<T> {
    /// Real part.
    pub re: T,
    /// Imaginary part.
    pub im: T,
}

/// TensorFlow's `complex64`.
pub type C64 = Complex<f32>;
/// TensorFlow's `complex128`.
pub type C128 = Complex<f64>;

macro_rules! complex {
    ($t:ty) => {
        impl Complex<$t> {
            /// `re + i im`.
            #[inline(always)]
            pub const fn new(re: $t, im: $t) -> Self {
                Complex { re, im }
            }
            /// The conjugate `re - i im`.
            #[inline(always)]
            pub fn conj(self) -> Self {
                Complex { re: self.re, im: -self.im }
            }
        }
        impl From<$t> for Complex<$t> {
            fn from(re: $t) -> Self {
                Complex { re, im: 0.0 }
            }
        }
        impl Add for Complex<$t> {
            type Output = Self;
            #[inline(always)]
            fn add(self, o: Self) -> Self {
                Complex { re: self.re + o.re, im: self.im + o.im }
            }
        }
        impl Sub for Complex<$t> {
            type Output = Self;
            #[inline(always)]
            fn sub(self, o: Self) -> Self {
                Complex { re: self.re - o.re, im: self.im - o.im }
            }
        }
        impl Mul for Complex<$t> {
            type Output = Self;
            #[inline(always)]
            fn mul(self, o: Self) -> Self {
                Complex { re: self.re * o.re - self.im * o.im, im: self.re * o.im + self.im * o.re }
            }
        }
        impl Div for Complex<$t> {
            type Output = Self;
            /// Smith's division (Communications of the ACM 5(8), 1962): scales by the larger part of the divisor.
            #[inline(always)]
            fn div(self, o: Self) -> Self {
                if o.re.abs() >= o.im.abs() {
                    let r = o.im / o.re;
                    let d = o.re + o.im * r;
                    Complex { re: (self.re + self.im * r) / d, im: (self.im - self.re * r) / d }
                } else {
                    let r = o.re / o.im;
                    let d = o.re * r + o.im;
                    Complex { re: (self.re * r + self.im) / d, im: (self.im * r - self.re) / d }
                }
            }
        }
        impl Neg for Complex<$t> {
            type Output = Self;
            #[inline(always)]
            fn neg(self) -> Self {
                Complex { re: -self.re, im: -self.im }
            }
        }
    };
}
complex!(f32);
complex!(f64);
