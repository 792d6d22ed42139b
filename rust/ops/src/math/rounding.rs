//! Remainders, rounded quotients and products with a special case for zero.
use super::{exponential, scalar};
use crate::num::Float;

/// -1, 0 or 1; NaN for NaN, 0 for both zeros.
#[inline(always)]
pub fn sign<V: Float>(x: V) -> V {
    let (zero, one) = (V::lit(0.0), V::lit(1.0));
    let y = V::select(zero.lt(x), one, V::select(x.lt(zero), -one, zero));
    V::select(x.is_nan(), x, y)
}

/// Which lanes need the exact remainder of [`scalar`]: a quotient of 2^22 (f32) or 2^51 (f64) and more, or not finite,
/// or any quotient where `mul_add` rounds twice.
#[inline(always)]
fn is_hard<V: Float>(quotient: V) -> V::Mask {
    let limit = V::lit(if V::BITS == 32 { 4_194_304.0 } else { 2_251_799_813_685_248.0 });
    let easy = quotient.abs().lt(limit);
    if V::FMA { !easy } else { !easy | easy }
}

/// The remainder of x / y with the sign of `x`, exact as in C.
#[inline(always)]
pub fn trunc_mod<V: Float>(x: V, y: V) -> V {
    if let Some(rest) = x.named(y, "trunc_mod") {
        return rest;
    }
    let quotient = (x / y).trunc();
    let hard = is_hard(quotient);
    if V::any(hard) {
        return x.map2(y, scalar::trunc_mod);
    }
    truncated_remainder(quotient, x, y)
}

/// x - quotient y, with a quotient that rounding made one too large put right; `x` itself where it is the smaller.
#[inline(always)]
fn truncated_remainder<V: Float>(quotient: V, x: V, y: V) -> V {
    let r = (-quotient).mul_add(y, x);
    let overshot = (r.is_negative() & !x.is_negative()) | (!r.is_negative() & x.is_negative());
    let r = V::select(overshot & !r.eq(V::lit(0.0)), r + y.abs().copysign(x), r);
    let r = V::select(r.eq(V::lit(0.0)), r.copysign(x), r);
    V::select(x.abs().lt(y.abs()), x, r)
}

/// The remainder of x / y with the sign of `y`, exact; a zero remainder keeps the sign of `x`.
#[inline(always)]
pub fn floor_mod<V: Float>(x: V, y: V) -> V {
    if let Some(rest) = x.named(y, "floor_mod") {
        return rest;
    }
    let quotient = (x / y).trunc();
    let hard = is_hard(quotient);
    if V::any(hard) {
        return x.map2(y, scalar::floor_mod);
    }
    let r = truncated_remainder(quotient, x, y);
    let other_sign = (r.is_negative() & !y.is_negative()) | (!r.is_negative() & y.is_negative());
    V::select(other_sign & !r.eq(V::lit(0.0)), r + y, r)
}

/// floor(x / y), the quotient rounded once before.
#[inline(always)]
pub fn floor_div<V: Float>(x: V, y: V) -> V {
    (x / y).floor()
}

/// The integer part of x / y.
#[inline(always)]
pub fn trunc_div<V: Float>(x: V, y: V) -> V {
    (x / y).trunc()
}

/// x / y, but 0 where `y` is 0.
#[inline(always)]
pub fn div_no_nan<V: Float>(x: V, y: V) -> V {
    let zero = V::lit(0.0);
    V::select(y.eq(zero), zero, x / y)
}

/// x * y, but 0 where `y` is 0, even for an infinite or NaN `x`.
#[inline(always)]
pub fn mul_no_nan<V: Float>(x: V, y: V) -> V {
    let zero = V::lit(0.0);
    V::select(y.eq(zero), zero, x * y)
}

/// x / y, but `x` where `x` is 0.
#[inline(always)]
pub fn xdivy<V: Float>(x: V, y: V) -> V {
    V::select(x.eq(V::lit(0.0)), x, x / y)
}

/// x log(y), but `x` where `x` is 0.
#[inline(always)]
pub fn xlogy<V: Float>(x: V, y: V) -> V {
    V::select(x.eq(V::lit(0.0)), x, x * exponential::log(y))
}

/// x log(1 + y), but `x` where `x` is 0.
#[inline(always)]
pub fn xlog1py<V: Float>(x: V, y: V) -> V {
    V::select(x.eq(V::lit(0.0)), x, x * exponential::log1p(y))
}

/// The next number of the lane's type after `x` toward `y`.
#[inline(always)]
pub fn next_after<V: Float>(x: V, y: V) -> V {
    if let Some(next) = x.named(y, "next_after") {
        return next;
    }
    x.map2(y, if V::BITS == 32 { scalar::next_after_f32 } else { scalar::next_after })
}
