//! Exponentials, logarithms and what is made of them: hyperbolic functions and their inverses, sigmoid, softplus.
use super::coefficients::{EXP, EXP_F32, EXP_TWICE_F32, LN_2, LN_2_F32, TANH_NEAR_F32};
use super::{poly, via_f64};
use crate::num::Float;

/// 2/(2k + 1), k >= 1: log(m) = 2s + s (s^2 2/3 + s^4 2/5 + ...) with s = (m - 1)/(m + 1).
pub(super) const ATANH_SERIES: [f64; 11] =
    [2.0 / 3.0, 2.0 / 5.0, 2.0 / 7.0, 2.0 / 9.0, 2.0 / 11.0, 2.0 / 13.0, 2.0 / 15.0, 2.0 / 17.0, 2.0 / 19.0, 2.0 / 21.0, 2.0 / 23.0];

/// ln 2 in two parts for the width of `V`.
#[inline(always)]
fn ln_2<V: Float>() -> [V; 2] {
    let [high, low] = if V::BITS == 32 { LN_2_F32 } else { LN_2 };
    [V::lit(high), V::lit(low)]
}

/// `x = n ln 2 + r` with integral `n` and `|r| <= ln(2)/2`.
struct Reduced<V> {
    n: V,
    /// e^r - 1.
    expm1: V,
}

#[inline(always)]
fn reduce<V: Float>(x: V) -> Reduced<V> {
    let (n, r) = quotient(x);
    Reduced { n, expm1: expm1_of_rest(r) }
}

/// `n` and `r` of [`Reduced`].
#[inline(always)]
fn quotient<V: Float>(x: V) -> (V, V) {
    let n = (x * V::lit(core::f64::consts::LOG2_E)).round();
    let [high, low] = ln_2::<V>();
    (n, n.mul_add(-low, n.mul_add(-high, x)))
}

/// e^r - 1 for `|r| <= ln(2)/2`.
#[inline(always)]
fn expm1_of_rest<V: Float>(r: V) -> V {
    let series = if V::BITS == 32 { poly(r, &EXP_F32) } else { poly(r, &EXP) };
    series.mul_add(r * r, r)
}

/// `x` where its exponential is neither 0 nor infinite; beyond that a number where it is. NaN stays NaN.
#[inline(always)]
fn within_range<V: Float>(x: V) -> V {
    let (low, high) = if V::BITS == 32 { (-106.0, 90.0) } else { (-748.0, 712.0) };
    x.at_least(V::lit(low)).at_most(V::lit(high))
}

/// e^(x + rest) for a small `rest`.
#[inline(always)]
pub(super) fn exp_sum<V: Float>(x: V, rest: V) -> V {
    let (n, r) = quotient(within_range(x));
    (V::lit(1.0) + expm1_of_rest(r + rest)).scale2(n)
}

/// e^x. Error: f32 1.1, f64 0.9 ULP; subnormal results and overflow are right.
#[inline(always)]
pub fn exp<V: Float>(x: V) -> V {
    let e = reduce(within_range(x));
    (V::lit(1.0) + e.expm1).scale2(e.n)
}

/// c (e^x - 1) for a power of two `c` and a bounded `x`; c = 1/4 reaches the overflow of sinh.
#[inline(always)]
fn expm1_times<V: Float>(c: f64, x: V) -> V {
    let e = reduce(x);
    let scale = V::lit(c).scale2(e.n);
    scale.mul_add(e.expm1, scale - V::lit(c))
}

/// e^x - 1 without cancellation near 0. Error: f32 1.6, f64 1.5 ULP.
#[inline(always)]
pub fn expm1<V: Float>(x: V) -> V {
    // Below the first limit the result is -1, above the second it is infinite, and half of it finite.
    let (low, high) = if V::BITS == 32 { (-20.0, 89.0) } else { (-50.0, 710.0) };
    let y = expm1_times(0.5, x.at_least(V::lit(low)).at_most(V::lit(high)));
    let y = V::select(V::lit(high).le(x), V::lit(f64::INFINITY), y + y);
    V::select(x.eq(V::lit(0.0)), x, y)
}

/// The natural logarithm. Error: f32 0.9, f64 0.8 ULP. Negative numbers give NaN, zeros minus infinity.
#[inline(always)]
pub fn log<V: Float>(x: V) -> V {
    let (m, e) = x.split2();
    let f = m - V::lit(1.0);
    let s = f / (f + V::lit(2.0));
    let z = s * s;
    let terms = if V::BITS == 32 { 4 } else { 11 };
    let series = poly(z, &ATANH_SERIES[..terms]);
    let half_square = f * f * V::lit(0.5);
    let [high, low] = ln_2::<V>();
    let small = s.mul_add(z.mul_add(series, half_square), e * low);
    let y = e.mul_add(high, f - (half_square - small));
    let y = V::select(x.eq(V::lit(f64::INFINITY)), x, y);
    let y = V::select(x.eq(V::lit(0.0)), V::lit(f64::NEG_INFINITY), y);
    let y = V::select(x.lt(V::lit(0.0)), V::lit(f64::NAN), y);
    V::select(x.is_nan(), x, y)
}

/// log(1 + x) without cancellation near 0. Error: f32 0.5, f64 1.4 ULP.
#[inline(always)]
pub fn log1p<V: Float>(x: V) -> V {
    if V::BITS == 32 {
        return via_f64!(x => log1p(x));
    }
    let u = V::lit(1.0) + x;
    let lost = x - (u - V::lit(1.0));
    let y = log(u) + lost / u;
    let no_correction = u.eq(V::lit(0.0)) | u.eq(V::lit(f64::INFINITY));
    let y = V::select(no_correction, log(u), y);
    V::select(u.eq(V::lit(1.0)), x, y)
}

/// The hyperbolic tangent. Error: f32 1.4, f64 1.2 ULP.
#[inline(always)]
pub fn tanh<V: Float>(x: V) -> V {
    if V::BITS == 32 {
        return tanh_f32(x);
    }
    // With h + low = (e^(-2|x|) - 1)/2 the result is -(h + low)/(1 + h + low).
    let e = reduce(x.abs().at_most(V::lit(20.0)) * V::lit(-2.0));
    let scale = V::lit(0.5).scale2(e.n);
    let part = scale * e.expm1;
    let h = part + (scale - V::lit(0.5));
    let low = part - (h - (scale - V::lit(0.5)));
    let below = V::lit(1.0) + h;
    let lost = h - (below - V::lit(1.0));
    // What rounding took from h and 1 + h changes the quotient y by this, as 1/(1 + h) = 1 + y.
    let y = -h / below;
    let change = (V::lit(1.0) + y) * y.mul_add(low + lost, low);
    (y - change).copysign(x)
}

/// [`tanh`] in `f32`: a series near 0, else 1 - 2/(e^(2|x|) + 1).
#[inline(always)]
fn tanh_f32<V: Float>(x: V) -> V {
    let one = V::lit(1.0);
    let a = x.abs();
    let z = a * a;
    let near = a.mul_add(poly(z, &TANH_NEAR_F32) * z, a);
    // From 9.02 on the result rounds to 1. What rounding takes from ln(2)/2 does not show in the small quotient.
    let limited = a.at_most(V::lit(9.2));
    let n = (limited * V::lit(2.0 * core::f64::consts::LOG2_E)).round();
    let r = n.mul_add(V::lit(-0.5 * core::f64::consts::LN_2), limited);
    let power = poly(r, &EXP_TWICE_F32).mul_add(r, one).scale2(n);
    let far = one - V::lit(2.0) / (one + power);
    V::select(a.lt(V::lit(0.625)), near, far).copysign(x)
}

/// The hyperbolic sine; overflows only where its result does. Error: f32 0.5, f64 1.7 ULP.
#[inline(always)]
pub fn sinh<V: Float>(x: V) -> V {
    if V::BITS == 32 {
        return via_f64!(x => sinh(x));
    }
    // Between the overflow of the result, 710.48, and that of the scale 2^n / 4, 710.82.
    let limit = V::lit(710.6);
    let q = expm1_times(0.25, x.abs().at_most(limit));
    let y = q + q / q.mul_add(V::lit(4.0), V::lit(1.0));
    let y = V::select(limit.lt(x.abs()), V::lit(f64::INFINITY), y + y);
    V::select(x.is_nan(), x, y.copysign(x))
}

/// The hyperbolic cosine; overflows only where its result does. Error: f32 0.5, f64 1.1 ULP.
#[inline(always)]
pub fn cosh<V: Float>(x: V) -> V {
    if V::BITS == 32 {
        return via_f64!(x => cosh(x));
    }
    let e = reduce(within_range(x.abs()));
    let half = (V::lit(1.0) + e.expm1).scale2(e.n - V::lit(1.0));
    half + V::lit(0.25) / half
}

/// The inverse hyperbolic sine. Error: f32 0.5, f64 1.3 ULP.
#[inline(always)]
pub fn asinh<V: Float>(x: V) -> V {
    if V::BITS == 32 {
        return via_f64!(x => asinh(x));
    }
    let a = x.abs();
    let square = a * a;
    let near = log1p(a + square / (V::lit(1.0) + (V::lit(1.0) + square).sqrt()));
    let far = log(a) + V::lit(core::f64::consts::LN_2);
    V::select(a.lt(V::lit(1e9)), near, far).copysign(x)
}

/// The inverse hyperbolic cosine; NaN below 1. Error: f32 0.5, f64 2.1 ULP.
#[inline(always)]
pub fn acosh<V: Float>(x: V) -> V {
    if V::BITS == 32 {
        return via_f64!(x => acosh(x));
    }
    let t = x - V::lit(1.0);
    let near = log1p(t + (t * (t + V::lit(2.0))).sqrt());
    let far = log(x) + V::lit(core::f64::consts::LN_2);
    let y = V::select(x.lt(V::lit(1e9)), near, far);
    V::select(x.lt(V::lit(1.0)), V::lit(f64::NAN), y)
}

/// The inverse hyperbolic tangent; infinite at -1 and 1, NaN beyond. Error: f32 0.5, f64 1.7 ULP, below 0.17 1.0.
#[inline(always)]
pub fn atanh<V: Float>(x: V) -> V {
    if V::BITS == 32 {
        return via_f64!(x => atanh(x));
    }
    let a = x.abs();
    let square = a * a;
    let near = (a * square * V::lit(0.5)).mul_add(poly(square, &ATANH_SERIES), a);
    let far = log1p((a + a) / (V::lit(1.0) - a)) * V::lit(0.5);
    let y = V::select(a.lt(V::lit(0.17)), near, far);
    let y = V::select(V::lit(1.0).lt(a), V::lit(f64::NAN), y);
    y.copysign(x)
}

/// 1 / (1 + e^-x), without overflow and with subnormal results. Error: f32 2.5, f64 1.9 ULP.
#[inline(always)]
pub fn sigmoid<V: Float>(x: V) -> V {
    let e = exp(-x.abs());
    let r = V::lit(1.0) / (V::lit(1.0) + e);
    V::select(x.lt(V::lit(0.0)), e * r, r)
}

/// log(1 + e^x) = max(x, 0) + log1p(e^-|x|). Error: f32 2.1, f64 1.6 ULP.
#[inline(always)]
pub fn softplus<V: Float>(x: V) -> V {
    let e = exp(-x.abs());
    let log = if V::BITS == 32 { log1p_of_fraction(e) } else { log1p(e) };
    x.max(V::lit(0.0)) + log
}

/// log(1 + u) for `u` in 0..=1, in `f32`: u - u^2/2 + s (u^2/2 + ...) with s = u/(2 + u), so that the last sum rounds most.
#[inline(always)]
fn log1p_of_fraction<V: Float>(u: V) -> V {
    let s = u / (u + V::lit(2.0));
    let z = s * s;
    let half_square = u * u * V::lit(0.5);
    let small = s * z.mul_add(poly(z, &ATANH_SERIES[..7]), half_square);
    u - (half_square - small)
}

/// log(sigmoid(x)) = -softplus(-x).
#[inline(always)]
pub fn log_sigmoid<V: Float>(x: V) -> V {
    -softplus(-x)
}
