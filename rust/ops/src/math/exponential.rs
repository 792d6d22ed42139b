//! Exponentials, logarithms and what is made of them: hyperbolic functions and their inverses, sigmoid, softplus.
use super::coefficients::{LN_2, LN_2_F32};
use super::{poly, via_f64};
use crate::num::Float;

/// 1/k!: the series of the exponential (f64 on |r| <= ln(2)/2 needs 14 terms, f32 needs 8).
const INVERSE_FACTORIAL: [f64; 14] = [
    1.0,
    1.0,
    1.0 / 2.0,
    1.0 / 6.0,
    1.0 / 24.0,
    1.0 / 120.0,
    1.0 / 720.0,
    1.0 / 5040.0,
    1.0 / 40320.0,
    1.0 / 362_880.0,
    1.0 / 3_628_800.0,
    1.0 / 39_916_800.0,
    1.0 / 479_001_600.0,
    1.0 / 6_227_020_800.0,
];

/// 2/(2k + 1), k >= 1: log(m) = 2s + s (s^2 2/3 + s^4 2/5 + ...) with s = (m - 1)/(m + 1).
pub(super) const ATANH_SERIES: [f64; 11] =
    [2.0 / 3.0, 2.0 / 5.0, 2.0 / 7.0, 2.0 / 9.0, 2.0 / 11.0, 2.0 / 13.0, 2.0 / 15.0, 2.0 / 17.0, 2.0 / 19.0, 2.0 / 21.0, 2.0 / 23.0];

/// ln 2 in two parts for the width of `V`.
#[inline(always)]
fn ln_2<V: Float>() -> [V; 2] {
    let [high, low] = if V::BITS == 32 { LN_2_F32 } else { LN_2 };
    [V::lit(high), V::lit(low)]
}

/// `|x|`, but at most `limit`; NaN stays NaN.
#[inline(always)]
fn abs_up_to<V: Float>(x: V, limit: V) -> V {
    let a = x.abs();
    V::select(limit.lt(a), limit, a)
}

/// `x + rest = n ln 2 + r` with integral `n` and `|r| <= ln(2)/2`.
struct Reduced<V> {
    n: V,
    r: V,
    /// e^r - 1 - r.
    tail: V,
}

#[inline(always)]
fn reduce<V: Float>(x: V, rest: V) -> Reduced<V> {
    let n = (x * V::lit(core::f64::consts::LOG2_E)).round();
    let [high, low] = ln_2::<V>();
    let r = n.mul_add(-high, x);
    let r = n.mul_add(-low, r) + rest;
    let terms = if V::BITS == 32 { 8 } else { 14 };
    Reduced { n, r, tail: poly(r, &INVERSE_FACTORIAL[2..terms]) * r * r }
}

/// e^(x + rest) times 2^`shift`, for a small `rest`.
#[inline(always)]
pub(super) fn exp_scaled<V: Float>(x: V, rest: V, shift: f64) -> V {
    let (low, high) = if V::BITS == 32 { (-106.0, 90.0) } else { (-748.0, 712.0) };
    let clamped = V::select(x.lt(V::lit(low)), V::lit(low), V::select(V::lit(high).lt(x), V::lit(high), x));
    let e = reduce(clamped, rest);
    (V::lit(1.0) + (e.r + e.tail)).scale2(e.n + V::lit(shift))
}

/// e^x. Error: f32 1.0, f64 0.9 ULP; subnormal results and overflow are right.
#[inline(always)]
pub fn exp<V: Float>(x: V) -> V {
    exp_scaled(x, V::lit(0.0), 0.0)
}

/// c (e^x - 1) for a power of two `c` and a bounded `x`; c = 1/4 reaches the overflow of sinh.
#[inline(always)]
fn expm1_times<V: Float>(c: f64, x: V) -> V {
    let e = reduce(x, V::lit(0.0));
    let scale = V::lit(c).scale2(e.n);
    scale.mul_add(e.r + e.tail, scale - V::lit(c))
}

/// e^x - 1 without cancellation near 0. Error: f32 0.5, f64 1.5 ULP.
#[inline(always)]
pub fn expm1<V: Float>(x: V) -> V {
    if V::BITS == 32 {
        return via_f64!(x => expm1(x));
    }
    let clamped = V::select(x.lt(V::lit(-50.0)), V::lit(-50.0), V::select(V::lit(710.0).lt(x), V::lit(710.0), x));
    let y = expm1_times(0.5, clamped);
    let y = V::select(x.lt(V::lit(710.0)) | x.is_nan(), y + y, V::lit(f64::INFINITY));
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

/// The hyperbolic tangent. Error: f32 1.7, f64 1.2 ULP.
#[inline(always)]
pub fn tanh<V: Float>(x: V) -> V {
    let limit = V::lit(if V::BITS == 32 { 10.0 } else { 20.0 });
    // With h + low = (e^(-2|x|) - 1)/2 the result is -(h + low)/(1 + h + low).
    let e = reduce(abs_up_to(x, limit) * V::lit(-2.0), V::lit(0.0));
    let scale = V::lit(0.5).scale2(e.n);
    let part = scale * (e.r + e.tail);
    let h = part + (scale - V::lit(0.5));
    let low = part - (h - (scale - V::lit(0.5)));
    let below = V::lit(1.0) + h;
    let lost = h - (below - V::lit(1.0));
    // What rounding took from h and 1 + h changes the quotient y by this, as 1/(1 + h) = 1 + y.
    let y = -h / below;
    let change = (V::lit(1.0) + y) * y.mul_add(low + lost, low);
    V::select(x.is_nan(), x, (y - change).copysign(x))
}

/// The hyperbolic sine; overflows only where its result does. Error: f32 0.5, f64 1.7 ULP.
#[inline(always)]
pub fn sinh<V: Float>(x: V) -> V {
    if V::BITS == 32 {
        return via_f64!(x => sinh(x));
    }
    // Between the overflow of the result, 710.48, and that of the scale 2^n / 4, 710.82.
    let limit = V::lit(710.6);
    let q = expm1_times(0.25, abs_up_to(x, limit));
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
    let half = exp_scaled(x.abs(), V::lit(0.0), -1.0);
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

/// log(1 + e^x) = max(x, 0) + log1p(e^-|x|). Error: f32 0.5, f64 1.6 ULP.
#[inline(always)]
pub fn softplus<V: Float>(x: V) -> V {
    if V::BITS == 32 {
        return via_f64!(x => softplus(x));
    }
    x.max(V::lit(0.0)) + log1p(exp(-x.abs()))
}

/// log(sigmoid(x)) = -softplus(-x).
#[inline(always)]
pub fn log_sigmoid<V: Float>(x: V) -> V {
    -softplus(-x)
}
