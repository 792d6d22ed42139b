//! Floating point numbers of 16 and 8 bits: storage with conversions, no arithmetic of their own.
//!
//! Kernels compute with them as `f32`. All conversions from wider numbers round to nearest, ties to even.
use core::cmp::Ordering;
use core::fmt;

/// IEEE 754 binary16: 5 exponent bits, 10 mantissa bits. TensorFlow's `half`.
///
/// ```
/// use ferroflow_tensor::half::F16;
/// assert_eq!(F16::from_f32(1.5).to_f32(), 1.5);
/// assert_eq!(F16::from_f32(65520.0), F16::INFINITY);
/// ```
#[derive(Clone, Copy, Default)]
#[repr(transparent)]
pub struct F16(pub u16);

/// The upper half of a binary32: 8 exponent bits, 7 mantissa bits. TensorFlow's `bfloat16`.
///
/// ```
/// use ferroflow_tensor::half::BF16;
/// assert_eq!(BF16::from_f32(1.0).to_bits(), 0x3f80);
/// ```
#[derive(Clone, Copy, Default)]
#[repr(transparent)]
pub struct BF16(pub u16);

/// 4 exponent bits, 3 mantissa bits, no infinity; largest value 448. What is out of range becomes NaN.
#[derive(Clone, Copy, Default)]
#[repr(transparent)]
pub struct F8E4M3Fn(pub u8);

/// 5 exponent bits, 2 mantissa bits, with infinities; largest finite value 57344.
#[derive(Clone, Copy, Default)]
#[repr(transparent)]
pub struct F8E5M2(pub u8);

/// The magnitude of a finite `x` in a format with `mantissa` mantissa bits and the exponent bias `bias`.
///
/// The result may exceed the format's largest finite encoding: the caller decides what overflow means.
#[inline]
fn round_magnitude(x: f32, mantissa: u32, bias: u32) -> u32 {
    let magnitude = x.to_bits() & 0x7fff_ffff;
    let exponent = magnitude >> 23;
    let shift = 23 - mantissa;
    let rebias = 127 - bias;
    let (digits, shift) = if exponent > rebias {
        (magnitude - (rebias << 23), shift)
    } else {
        // Subnormal in the target: the hidden bit becomes explicit and moves down. 25 places leave nothing.
        let hidden = u32::from(exponent != 0) << 23;
        let down = rebias + 1 - exponent.max(1);
        ((magnitude & 0x7f_ffff) | hidden, (shift + down).min(25))
    };
    let half_less_one = (1 << (shift - 1)) - 1;
    let odd = (digits >> shift) & 1;
    (digits + half_less_one + odd) >> shift
}

/// The value of a finite, non-negative encoding; the inverse of [`round_magnitude`].
#[inline]
fn widen_magnitude(magnitude: u32, mantissa: u32, bias: u32) -> f32 {
    let exponent = magnitude >> mantissa;
    if exponent == 0 {
        let unit = f32::from_bits((128 - bias - mantissa) << 23);
        return magnitude as f32 * unit;
    }
    f32::from_bits((magnitude << (23 - mantissa)) + ((127 - bias) << 23))
}

/// `x` as `f32`, rounded to odd: a second rounding to fewer bits then gives what one rounding would have given.
#[inline]
fn round_to_odd(x: f64) -> f32 {
    let nearest = x as f32;
    let back = f64::from(nearest);
    if back == x || x.is_nan() {
        return nearest;
    }
    let bits = nearest.to_bits();
    let toward_zero = if back.abs() > x.abs() { bits - 1 } else { bits };
    f32::from_bits(toward_zero | 1)
}

impl F16 {
    /// Rounds to nearest, ties to even; from 65520 on the result is infinite. NaN stays NaN.
    #[inline]
    pub fn from_f32(x: f32) -> Self {
        let sign = (x.to_bits() >> 16) as u16 & 0x8000;
        if x.is_nan() {
            let payload = (x.to_bits() >> 13) as u16 & 0x1ff;
            return Self(sign | 0x7e00 | payload);
        }
        if x.is_infinite() {
            return Self(sign | 0x7c00);
        }
        Self(sign | round_magnitude(x, 10, 15).min(0x7c00) as u16)
    }

    /// The exact value.
    #[inline]
    pub fn to_f32(self) -> f32 {
        let sign = u32::from(self.0 & 0x8000) << 16;
        let magnitude = u32::from(self.0 & 0x7fff);
        let value =
            if magnitude >= 0x7c00 { f32::from_bits(0x7f80_0000 | (magnitude & 0x3ff) << 13) } else { widen_magnitude(magnitude, 10, 15) };
        f32::from_bits(value.to_bits() | sign)
    }

    /// Positive infinity.
    pub const INFINITY: Self = Self(0x7c00);
    /// Negative infinity.
    pub const NEG_INFINITY: Self = Self(0xfc00);
    /// A quiet NaN.
    pub const NAN: Self = Self(0x7e00);
    /// The largest finite value, 65504.
    pub const MAX: Self = Self(0x7bff);
    /// The smallest finite value, -65504.
    pub const MIN: Self = Self(0xfbff);
    /// The smallest positive normal value, 2^-14.
    pub const MIN_POSITIVE: Self = Self(0x0400);
    /// The distance from 1 to the next larger value, 2^-10.
    pub const EPSILON: Self = Self(0x1400);
    /// One.
    pub const ONE: Self = Self(0x3c00);
}

impl BF16 {
    /// Rounds to nearest, ties to even; NaN stays NaN.
    #[inline]
    pub fn from_f32(x: f32) -> Self {
        let bits = x.to_bits();
        if x.is_nan() {
            return Self((bits >> 16) as u16 | 0x40);
        }
        let odd = (bits >> 16) & 1;
        Self(((bits + 0x7fff + odd) >> 16) as u16)
    }

    /// The exact value.
    #[inline]
    pub fn to_f32(self) -> f32 {
        f32::from_bits(u32::from(self.0) << 16)
    }

    /// Positive infinity.
    pub const INFINITY: Self = Self(0x7f80);
    /// Negative infinity.
    pub const NEG_INFINITY: Self = Self(0xff80);
    /// A quiet NaN.
    pub const NAN: Self = Self(0x7fc0);
    /// The largest finite value, about 3.39e38.
    pub const MAX: Self = Self(0x7f7f);
    /// The smallest finite value, about -3.39e38.
    pub const MIN: Self = Self(0xff7f);
    /// The smallest positive normal value, 2^-126.
    pub const MIN_POSITIVE: Self = Self(0x0080);
    /// The distance from 1 to the next larger value, 2^-7.
    pub const EPSILON: Self = Self(0x3c00);
    /// One.
    pub const ONE: Self = Self(0x3f80);
}

impl F8E4M3Fn {
    /// Rounds to nearest, ties to even; infinities and what rounds beyond 448 become NaN.
    #[inline]
    pub fn from_f32(x: f32) -> Self {
        let sign = (x.to_bits() >> 24) as u8 & 0x80;
        if !x.is_finite() {
            return Self(sign | 0x7f);
        }
        Self(sign | round_magnitude(x, 3, 7).min(0x7f) as u8)
    }

    /// The exact value.
    #[inline]
    pub fn to_f32(self) -> f32 {
        let sign = u32::from(self.0 & 0x80) << 24;
        let magnitude = u32::from(self.0 & 0x7f);
        let value = if magnitude == 0x7f { f32::NAN } else { widen_magnitude(magnitude, 3, 7) };
        f32::from_bits(value.to_bits() | sign)
    }

    /// NaN (there is one of each sign).
    pub const NAN: Self = Self(0x7f);
    /// The largest value, 448.
    pub const MAX: Self = Self(0x7e);
    /// The smallest value, -448.
    pub const MIN: Self = Self(0xfe);
    /// The smallest positive normal value, 2^-6.
    pub const MIN_POSITIVE: Self = Self(0x08);
    /// The distance from 1 to the next larger value, 2^-3.
    pub const EPSILON: Self = Self(0x20);
    /// One.
    pub const ONE: Self = Self(0x38);
}

impl F8E5M2 {
    /// Rounds to nearest, ties to even; what rounds beyond 57344 becomes infinite, NaN stays NaN.
    #[inline]
    pub fn from_f32(x: f32) -> Self {
        let sign = (x.to_bits() >> 24) as u8 & 0x80;
        if x.is_nan() {
            return Self(sign | 0x7e);
        }
        if x.is_infinite() {
            return Self(sign | 0x7c);
        }
        Self(sign | round_magnitude(x, 2, 15).min(0x7c) as u8)
    }

    /// The exact value.
    #[inline]
    pub fn to_f32(self) -> f32 {
        F16(u16::from(self.0) << 8).to_f32()
    }

    /// Positive infinity.
    pub const INFINITY: Self = Self(0x7c);
    /// Negative infinity.
    pub const NEG_INFINITY: Self = Self(0xfc);
    /// A quiet NaN.
    pub const NAN: Self = Self(0x7e);
    /// The largest finite value, 57344.
    pub const MAX: Self = Self(0x7b);
    /// The smallest finite value, -57344.
    pub const MIN: Self = Self(0xfb);
    /// The smallest positive normal value, 2^-14.
    pub const MIN_POSITIVE: Self = Self(0x04);
    /// The distance from 1 to the next larger value, 2^-2.
    pub const EPSILON: Self = Self(0x34);
    /// One.
    pub const ONE: Self = Self(0x3c);
}

/// An operator on the exact values, which rounds its result.
macro_rules! operator {
    ($name:ident, $trait:ident, $function:ident, $sign:tt) => {
        impl core::ops::$trait for $name {
            type Output = Self;
            #[inline(always)]
            fn $function(self, other: Self) -> Self {
                Self::from_f32(self.to_f32() $sign other.to_f32())
            }
        }
    };
}

/// What the four formats share: all of it goes through the exact `f32` value.
macro_rules! small_float {
    ($($name:ident: $bits:ident),*) => { $(
        impl $name {
            /// The number with this encoding.
            #[inline]
            pub const fn from_bits(bits: $bits) -> Self {
                Self(bits)
            }

            /// The encoding.
            #[inline]
            pub const fn to_bits(self) -> $bits {
                self.0
            }

            /// Rounds once, to nearest, ties to even; overflow as in `from_f32`.
            #[inline]
            pub fn from_f64(x: f64) -> Self {
                Self::from_f32(round_to_odd(x))
            }

            /// The exact value.
            #[inline]
            pub fn to_f64(self) -> f64 {
                f64::from(self.to_f32())
            }

            /// Is it a NaN?
            #[inline]
            pub fn is_nan(self) -> bool {
                self.to_f32().is_nan()
            }

            /// Zero.
            pub const ZERO: Self = Self(0);
        }

        impl PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.to_f32() == other.to_f32()
            }
        }

        impl PartialOrd for $name {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                self.to_f32().partial_cmp(&other.to_f32())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.to_f32(), f)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.to_f32(), f)
            }
        }

        operator!($name, Add, add, +);
        operator!($name, Sub, sub, -);
        operator!($name, Mul, mul, *);
        operator!($name, Div, div, /);

        impl From<$name> for f32 {
            #[inline]
            fn from(x: $name) -> f32 {
                x.to_f32()
            }
        }

        impl From<$name> for f64 {
            #[inline]
            fn from(x: $name) -> f64 {
                x.to_f64()
            }
        }
    )* };
}
small_float!(F16: u16, BF16: u16, F8E4M3Fn: u8, F8E5M2: u8);

#[cfg(test)]
mod tests {
    use super::*;

    /// The value of an encoding, from the definition of the format.
    fn reference(bits: u32, exponent_bits: u32, mantissa_bits: u32) -> f64 {
        let bias = (1 << (exponent_bits - 1)) - 1;
        let sign = if bits >> (exponent_bits + mantissa_bits) == 1 { -1.0 } else { 1.0 };
        let exponent = (bits >> mantissa_bits) & ((1 << exponent_bits) - 1);
        let fraction = f64::from(bits & ((1 << mantissa_bits) - 1)) / f64::from(1u32 << mantissa_bits);
        if exponent == 0 {
            return sign * fraction * 2f64.powi(1 - bias);
        }
        sign * (1.0 + fraction) * 2f64.powi(exponent as i32 - bias)
    }

    #[test]
    fn every_f16_has_its_value_and_comes_back() {
        for bits in 0..=u16::MAX {
            let x = F16(bits);
            if bits & 0x7c00 == 0x7c00 {
                assert_eq!(x.is_nan(), bits & 0x3ff != 0);
            } else {
                assert_eq!(x.to_f64(), reference(u32::from(bits), 5, 10));
            }
            let back = F16::from_f32(x.to_f32());
            assert!(back.0 == bits || x.is_nan() && back.is_nan() && back.0 >> 15 == bits >> 15, "{bits:#x}");
        }
    }

    #[test]
    fn every_bf16_has_its_value_and_comes_back() {
        for bits in 0..=u16::MAX {
            let x = BF16(bits);
            if bits & 0x7f80 == 0x7f80 {
                assert_eq!(x.is_nan(), bits & 0x7f != 0);
            } else {
                assert_eq!(x.to_f64(), reference(u32::from(bits), 8, 7));
            }
            let back = BF16::from_f32(x.to_f32());
            assert!(back.0 == bits || x.is_nan() && back.is_nan(), "{bits:#x}");
        }
    }

    #[test]
    fn every_f8_has_its_value_and_comes_back() {
        for bits in 0..=u8::MAX {
            let (a, b) = (F8E4M3Fn(bits), F8E5M2(bits));
            assert_eq!(a.is_nan(), bits & 0x7f == 0x7f);
            if !a.is_nan() {
                assert_eq!(a.to_f64(), reference(u32::from(bits), 4, 3));
                assert_eq!(F8E4M3Fn::from_f32(a.to_f32()).0, bits);
            }
            if bits & 0x7c != 0x7c {
                assert_eq!(b.to_f64(), reference(u32::from(bits), 5, 2));
            }
            assert_eq!(b.is_nan(), bits & 0x7f > 0x7c);
            assert!(b.is_nan() || F8E5M2::from_f32(b.to_f32()).0 == bits);
        }
        assert_eq!(F8E4M3Fn::from_f32(464.0), F8E4M3Fn::MAX);
        assert!(F8E4M3Fn::from_f32(464.1).is_nan() && F8E4M3Fn::from_f32(f32::INFINITY).is_nan());
        assert_eq!(F8E5M2::from_f32(61439.0), F8E5M2::MAX);
        assert_eq!(F8E5M2::from_f32(-61440.0), F8E5M2::NEG_INFINITY);
    }

    /// Between two neighbours: below the middle goes down, above goes up, the middle goes to the even one.
    fn check_neighbours(low: f64, high: f64, low_is_even: bool, convert: fn(f64) -> f64) {
        let middle = low + (high - low) / 2.0;
        let tiny = (high - low) * 2f64.powi(-40);
        assert_eq!(convert(middle - tiny), low);
        assert_eq!(convert(middle + tiny), high);
        assert_eq!(convert(middle), if low_is_even { low } else { high });
        assert_eq!(convert(-middle), if low_is_even { -low } else { -high });
    }

    #[test]
    fn rounding_is_to_nearest_even_and_happens_once() {
        for bits in 0..0x7bffu16 {
            let (low, high) = (F16(bits).to_f64(), F16(bits + 1).to_f64());
            check_neighbours(low, high, bits % 2 == 0, |x| F16::from_f64(x).to_f64());
            let middle = (low + (high - low) / 2.0) as f32;
            assert_eq!(F16::from_f32(middle).0, bits + bits % 2);
        }
        for bits in 0..0x7f7fu16 {
            let (low, high) = (BF16(bits).to_f64(), BF16(bits + 1).to_f64());
            check_neighbours(low, high, bits % 2 == 0, |x| BF16::from_f64(x).to_f64());
        }
        for bits in 0..0x7eu8 {
            let (low, high) = (F8E4M3Fn(bits).to_f64(), F8E4M3Fn(bits + 1).to_f64());
            check_neighbours(low, high, bits % 2 == 0, |x| F8E4M3Fn::from_f64(x).to_f64());
            if bits < 0x7b {
                let (low, high) = (F8E5M2(bits).to_f64(), F8E5M2(bits + 1).to_f64());
                check_neighbours(low, high, bits % 2 == 0, |x| F8E5M2::from_f64(x).to_f64());
            }
        }
    }

    #[test]
    fn special_values() {
        assert_eq!(F16::from_f32(65519.9), F16::MAX);
        assert_eq!(F16::from_f32(65520.0), F16::INFINITY);
        assert_eq!(F16::from_f32(-1e30), F16::NEG_INFINITY);
        assert_eq!(F16::from_f32(f32::MIN_POSITIVE / 4.0).0, 0);
        assert_eq!(F16::from_f32(-0.0).0, 0x8000);
        assert_eq!(F16::from_f64(1e300), F16::INFINITY);
        assert_eq!(F16::from_f64(1e-300).0, 0);
        assert_eq!(BF16::from_f32(f32::MAX), BF16::INFINITY);
        assert!(F16::from_f32(f32::NAN).is_nan() && BF16::from_f32(f32::NAN).is_nan());
        assert!(F8E5M2::from_f64(f64::NAN).is_nan());
        assert_ne!(F16::NAN, F16::NAN);
        assert_eq!(F16(0), F16(0x8000));
        assert!(F16::from_f32(-2.0) < F16::ONE && F16::NAN.partial_cmp(&F16::ONE).is_none());
        assert_eq!((format!("{}", F16::ONE), format!("{:?}", BF16::ONE)), ("1".into(), "1.0".into()));
    }
}
