//! Numbers as op bodies see them: `Float` (one number or a register full), `Int`, and the scalar `Sc`.
use core::ops::{Add, BitAnd, BitOr, Div, Mul, Neg, Not, Sub};

/// A floating point number, or a register full of them: what the body of an op is written in.
///
/// Every method acts lane by lane. Comparisons with NaN are false.
pub trait Float: Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> + Neg<Output = Self> {
    /// One truth value per lane.
    type Mask: Copy + BitOr<Output = Self::Mask> + BitAnd<Output = Self::Mask> + Not<Output = Self::Mask>;
    /// Half as many lanes of `f64`; the type itself if it holds `f64`.
    type Wide: Float<Wide = Self::Wide>;
    /// 32 or 64: the width of a lane.
    const BITS: u32;
    /// Whether [`Float::mul_add`] rounds once.
    const FMA: bool;
    /// `x` in every lane, rounded to the lane's type.
    fn lit(x: f64) -> Self;
    /// `self * a + b`; rounds once if [`Float::FMA`], else twice.
    fn mul_add(self, a: Self, b: Self) -> Self;
    /// The square root, correctly rounded.
    fn sqrt(self) -> Self;
    /// The magnitude; clears the sign of zeros and NaN too.
    fn abs(self) -> Self;
    /// The largest integer not above.
    fn floor(self) -> Self;
    /// The nearest integer, ties to even.
    fn round(self) -> Self;
    /// The magnitude of `self` with the sign of `sign`.
    fn copysign(self, sign: Self) -> Self;
    /// The larger; NaN if either is NaN; `self` if they are equal.
    fn max(self, other: Self) -> Self;
    /// The smaller; NaN if either is NaN; `self` if they are equal.
    fn min(self, other: Self) -> Self;
    /// `self < other`.
    fn lt(self, other: Self) -> Self::Mask;
    /// `self <= other`.
    fn le(self, other: Self) -> Self::Mask;
    /// `self == other`.
    fn eq(self, other: Self) -> Self::Mask;
    /// `yes` where the mask is set, else `no`.
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self;
    /// `self * 2^n` for an integral `n` in -2000..2000 (f64) or -250..250 (f32) and `self` near 1, rounded once where it is subnormal.
    fn scale2(self, n: Self) -> Self;
    /// `(m, e)` with `self = m * 2^e` and `m` in 0.7..1.5, for positive finite `self`, subnormals included.
    fn split2(self) -> (Self, Self);
    /// The lanes as two halves of `f64`; for `f64` the value itself, twice.
    fn widen(self) -> [Self::Wide; 2];
    /// The inverse of [`Float::widen`], rounding to nearest.
    fn narrow(halves: [Self::Wide; 2]) -> Self;
    /// Is any lane set?
    fn any(mask: Self::Mask) -> bool;
    /// Applies `f` to each lane through `f64`: for what is rare or too branchy for registers.
    fn map1(self, f: fn(f64) -> f64) -> Self;
    /// Applies `f` to each pair of lanes through `f64`.
    fn map2(self, other: Self, f: fn(f64, f64) -> f64) -> Self;

    /// The function of this name of `self` and `other`, if there is one that lanes need no [`Float::map2`] for.
    #[inline(always)]
    fn named(self, _other: Self, _name: &str) -> Option<Self> {
        None
    }
    /// `(q, r)` with `self = n pi/2 + r`, `q = n mod 4`, |r| <= pi/4, for any magnitude, if there is a function for that.
    #[inline(always)]
    fn quarters(self) -> Option<(Self, Self)> {
        None
    }

    /// `self`, but at most `limit`; NaN stays NaN.
    #[inline(always)]
    fn at_most(self, limit: Self) -> Self {
        Self::select(limit.lt(self), limit, self)
    }
    /// `self`, but at least `limit`; NaN stays NaN.
    #[inline(always)]
    fn at_least(self, limit: Self) -> Self {
        Self::select(self.lt(limit), limit, self)
    }
    /// The smallest integer not below.
    #[inline(always)]
    fn ceil(self) -> Self {
        -((-self).floor())
    }
    /// The integer part.
    #[inline(always)]
    fn trunc(self) -> Self {
        self.abs().floor().copysign(self)
    }
    /// Which lanes are NaN.
    #[inline(always)]
    fn is_nan(self) -> Self::Mask {
        !self.eq(self)
    }
    /// Which lanes have the sign bit set, negative zeros included.
    #[inline(always)]
    fn is_negative(self) -> Self::Mask {
        Self::lit(1.0).copysign(self).lt(Self::lit(0.0))
    }
}

/// An integer of 8 to 64 bits; arithmetic wraps.
pub trait Int: Copy + Ord + BitAnd<Output = Self> + BitOr<Output = Self> + Not<Output = Self> {
    /// Zero.
    const ZERO: Self;
    /// One.
    const ONE: Self;
    /// The smallest value.
    const MIN: Self;
    /// The largest value.
    const MAX: Self;
    /// The low bits of `x`.
    fn from_i64(x: i64) -> Self;
    /// `self + other`, wrapping.
    fn add(self, other: Self) -> Self;
    /// `self - other`, wrapping.
    fn sub(self, other: Self) -> Self;
    /// `self * other`, wrapping.
    fn mul(self, other: Self) -> Self;
    /// `-self`, wrapping.
    fn neg(self) -> Self;
    /// The magnitude; the smallest signed value stays as it is.
    fn abs(self) -> Self;
    /// -1, 0 or 1.
    fn sign(self) -> Self;
    /// 1 if `self < other`, else 0.
    fn below(self, other: Self) -> Self;
    /// The quotient rounded toward zero; 0 for a divisor of 0.
    fn trunc_div(self, other: Self) -> Self;
    /// The remainder with the sign of `self`; 0 for a divisor of 0.
    fn trunc_mod(self, other: Self) -> Self;
    /// The quotient rounded down; 0 for a divisor of 0.
    fn floor_div(self, other: Self) -> Self;
    /// The remainder with the sign of `other`; 0 for a divisor of 0.
    fn floor_mod(self, other: Self) -> Self;
    /// `self` to the power of `other`, wrapping; 1 for a negative exponent, which callers refuse.
    fn pow(self, other: Self) -> Self;
    /// `self ^ other`.
    fn xor(self, other: Self) -> Self;
    /// `self << other`, the count clamped to 0..bits-1.
    fn shift_left(self, other: Self) -> Self;
    /// `self >> other` (arithmetic for signed), the count clamped to 0..bits-1.
    fn shift_right(self, other: Self) -> Self;
}

macro_rules! int {
    ($($t:ident)*) => { $(
        impl Int for $t {
            const ZERO: Self = 0;
            const ONE: Self = 1;
            const MIN: Self = $t::MIN;
            const MAX: Self = $t::MAX;
            #[inline(always)]
            fn from_i64(x: i64) -> Self {
                x as $t
            }
            #[inline(always)]
            fn add(self, other: Self) -> Self {
                self.wrapping_add(other)
            }
            #[inline(always)]
            fn sub(self, other: Self) -> Self {
                self.wrapping_sub(other)
            }
            #[inline(always)]
            fn mul(self, other: Self) -> Self {
                self.wrapping_mul(other)
            }
            #[inline(always)]
            fn neg(self) -> Self {
                self.wrapping_neg()
            }
            #[inline(always)]
            #[allow(unused_comparisons)]
            fn abs(self) -> Self {
                if self < 0 { self.wrapping_neg() } else { self }
            }
            #[inline(always)]
            #[allow(unused_comparisons)]
            fn sign(self) -> Self {
                if self < 0 { (0 as $t).wrapping_sub(1) } else { (self != 0) as $t }
            }
            #[inline(always)]
            fn below(self, other: Self) -> Self {
                (self < other) as $t
            }
            #[inline(always)]
            fn trunc_div(self, other: Self) -> Self {
                if other == 0 { 0 } else { self.wrapping_div(other) }
            }
            #[inline(always)]
            fn trunc_mod(self, other: Self) -> Self {
                if other == 0 { 0 } else { self.wrapping_rem(other) }
            }
            #[inline(always)]
            #[allow(unused_comparisons)]
            fn floor_div(self, other: Self) -> Self {
                let quotient = self.trunc_div(other);
                let inexact = other != 0 && quotient.wrapping_mul(other) != self;
                if inexact && (self < 0) != (other < 0) { quotient.wrapping_sub(1) } else { quotient }
            }
            #[inline(always)]
            #[allow(unused_comparisons)]
            fn floor_mod(self, other: Self) -> Self {
                let rest = self.trunc_mod(other);
                if rest != 0 && (rest < 0) != (other < 0) { rest.wrapping_add(other) } else { rest }
            }
            #[inline(always)]
            fn pow(self, other: Self) -> Self {
                let (mut base, mut exponent, mut result) = (self, other, 1 as $t);
                while exponent > 0 {
                    if exponent & 1 == 1 {
                        result = result.wrapping_mul(base);
                    }
                    base = base.wrapping_mul(base);
                    exponent >>= 1;
                }
                result
            }
            #[inline(always)]
            fn xor(self, other: Self) -> Self {
                self ^ other
            }
            #[inline(always)]
            #[allow(unused_comparisons)]
            fn shift_left(self, other: Self) -> Self {
                let last = ($t::BITS - 1) as $t;
                self << (if other < 0 { 0 } else if other > last { last } else { other })
            }
            #[inline(always)]
            #[allow(unused_comparisons)]
            fn shift_right(self, other: Self) -> Self {
                let last = ($t::BITS - 1) as $t;
                self >> (if other < 0 { 0 } else if other > last { last } else { other })
            }
        }
    )* };
}
int!(i8 i16 i32 i64 u8 u16 u32 u64);

/// One scalar as a [`Float`]. `FMA` says whether the code around it is compiled with fused multiply-add.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(transparent)]
pub struct Sc<T, const FMA: bool>(pub T);

/// The arithmetic of `Sc<$t>`: `$digits` mantissa bits without the hidden one, exponent bias `$bias`;
/// `$sqrt_half` the bits of sqrt(1/2).
macro_rules! scalar {
    ($t:ident, $bits:expr, $digits:expr, $bias:expr, $sqrt_half:expr) => {
        impl<const FMA: bool> Add for Sc<$t, FMA> {
            type Output = Self;
            #[inline(always)]
            fn add(self, other: Self) -> Self {
                Sc(self.0 + other.0)
            }
        }
        impl<const FMA: bool> Sub for Sc<$t, FMA> {
            type Output = Self;
            #[inline(always)]
            fn sub(self, other: Self) -> Self {
                Sc(self.0 - other.0)
            }
        }
        impl<const FMA: bool> Mul for Sc<$t, FMA> {
            type Output = Self;
            #[inline(always)]
            fn mul(self, other: Self) -> Self {
                Sc(self.0 * other.0)
            }
        }
        impl<const FMA: bool> Div for Sc<$t, FMA> {
            type Output = Self;
            #[inline(always)]
            fn div(self, other: Self) -> Self {
                Sc(self.0 / other.0)
            }
        }
        impl<const FMA: bool> Neg for Sc<$t, FMA> {
            type Output = Self;
            #[inline(always)]
            fn neg(self) -> Self {
                Sc(-self.0)
            }
        }
        impl<const FMA: bool> Float for Sc<$t, FMA> {
            type Mask = bool;
            type Wide = Sc<f64, FMA>;
            const BITS: u32 = $bits;
            const FMA: bool = FMA;
            #[inline(always)]
            fn lit(x: f64) -> Self {
                Sc(x as $t)
            }
            #[inline(always)]
            fn mul_add(self, a: Self, b: Self) -> Self {
                Sc(if FMA { self.0.mul_add(a.0, b.0) } else { self.0 * a.0 + b.0 })
            }
            #[inline(always)]
            fn sqrt(self) -> Self {
                Sc(self.0.sqrt())
            }
            #[inline(always)]
            fn abs(self) -> Self {
                Sc(self.0.abs())
            }
            // Baseline x86-64 has no rounding instruction: add and subtract 2^digits instead of a library call.
            #[inline(always)]
            fn round(self) -> Self {
                let big = (1u64 << $digits) as $t;
                let small = self.0.abs() < big;
                let rounded = (self.0.abs() + big) - big;
                Sc(if small { rounded.copysign(self.0) } else { self.0 })
            }
            #[inline(always)]
            fn floor(self) -> Self {
                let nearest = self.round();
                let lower = nearest.0 - if nearest.0 > self.0 { 1.0 } else { 0.0 };
                Sc(lower.copysign(self.0))
            }
            #[inline(always)]
            fn copysign(self, sign: Self) -> Self {
                Sc(self.0.copysign(sign.0))
            }
            #[inline(always)]
            fn max(self, other: Self) -> Self {
                let larger = if other.0 > self.0 { other.0 } else { self.0 };
                Sc(if other.0.is_nan() { other.0 } else { larger })
            }
            #[inline(always)]
            fn min(self, other: Self) -> Self {
                let smaller = if other.0 < self.0 { other.0 } else { self.0 };
                Sc(if other.0.is_nan() { other.0 } else { smaller })
            }
            #[inline(always)]
            fn lt(self, other: Self) -> bool {
                self.0 < other.0
            }
            #[inline(always)]
            fn le(self, other: Self) -> bool {
                self.0 <= other.0
            }
            #[inline(always)]
            fn eq(self, other: Self) -> bool {
                self.0 == other.0
            }
            #[inline(always)]
            fn select(mask: bool, yes: Self, no: Self) -> Self {
                if mask { yes } else { no }
            }
            #[inline(always)]
            fn scale2(self, n: Self) -> Self {
                // Three factors, so that each is in range; only the last product can round.
                let magic = (3u64 << ($digits - 1)) as $t;
                let third = (n.0 * (1.0 / 3.0) + magic) - magic;
                let last = n.0 - third - third;
                let power = $t::from_bits((third + magic).to_bits().wrapping_add($bias) << $digits);
                let last_power = $t::from_bits((last + magic).to_bits().wrapping_add($bias) << $digits);
                Sc(self.0 * power * last_power * power)
            }
            #[inline(always)]
            fn split2(self) -> (Self, Self) {
                let lift = (1u64 << ($digits + 2)) as $t;
                let subnormal = self.0 < $t::MIN_POSITIVE;
                let x = if subnormal { self.0 * lift } else { self.0 };
                let one = (1.0 as $t).to_bits();
                let shifted = x.to_bits().wrapping_add(one - $sqrt_half);
                let m = $t::from_bits((shifted & ((1 << $digits) - 1)) + $sqrt_half);
                // The exponent becomes a number through 2^digits: no integer conversion, so that it vectorises.
                let big = (1u64 << $digits) as $t;
                let e = $t::from_bits((shifted >> $digits) | big.to_bits()) - (big + $bias as $t);
                (Sc(m), Sc(if subnormal { e - ($digits + 2) as $t } else { e }))
            }
            #[inline(always)]
            fn widen(self) -> [Self::Wide; 2] {
                [Sc(f64::from(self.0)); 2]
            }
            #[inline(always)]
            fn narrow(halves: [Self::Wide; 2]) -> Self {
                Sc(halves[0].0 as $t)
            }
            #[inline(always)]
            fn any(mask: bool) -> bool {
                mask
            }
            #[inline(always)]
            fn map1(self, f: fn(f64) -> f64) -> Self {
                Sc(f(f64::from(self.0)) as $t)
            }
            #[inline(always)]
            fn map2(self, other: Self, f: fn(f64, f64) -> f64) -> Self {
                Sc(f(f64::from(self.0), f64::from(other.0)) as $t)
            }
        }
    };
}
scalar!(f32, 32, 23, 127, 0x3f35_04f3);
scalar!(f64, 64, 52, 1023, 0x3fe6_a09e_667f_3bcd);
