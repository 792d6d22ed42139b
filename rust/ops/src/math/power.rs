//! Powers and the reciprocal square root.
use super::coefficients::{LN_2_DOUBLE, TWO_THIRDS};
use super::double::{Double, fast_two_sum, quotient, two_product};
use super::exponential::{ATANH_SERIES, exp, exp_sum, log};
use super::{poly, via_f64};
use crate::num::Float;

/// 1/sqrt(x); zeros give infinities of their sign. Error: f32 1.5, f64 1.4 ULP.
#[inline(always)]
pub fn rsqrt<V: Float>(x: V) -> V {
    V::lit(1.0) / x.sqrt()
}

/// log(x) to about 65 bits, for positive finite `f64`.
#[inline(always)]
pub(super) fn log_double<V: Float>(x: V) -> Double<V> {
    let (m, e) = x.split2();
    let f = m - V::lit(1.0);
    let s = quotient(f, fast_two_sum(V::lit(2.0), f));
    let z = s.mul_double(s);
    let series = Double::lit(TWO_THIRDS).add(poly(z.high, &ATANH_SERIES[1..]) * z.high);
    let cubic = s.mul_double(z.mul_double(series));
    let log_m = Double { high: s.high + s.high, low: s.low + s.low }.add_double(cubic);
    let log_e = Double::lit(LN_2_DOUBLE).mul(e);
    log_e.add_double(log_m)
}

/// x^y for positive `x`, infinities and zero included. `f64` lanes.
#[inline(always)]
fn pow_positive<V: Float>(x: V, y: V) -> V {
    let l = log_double(x);
    let p = two_product(l.high, y);
    let low = l.low.mul_add(y, p.low);
    // The exponent of a zero or infinity is a number on some instruction sets, and none on others.
    let ends = x.eq(V::lit(0.0)) | x.eq(V::lit(f64::INFINITY));
    let sane = p.high.abs().lt(V::lit(1000.0)) & low.abs().lt(V::lit(1.0)) & !ends;
    let low = V::select(sane, low, V::lit(0.0));
    // Where y is so large that its product's parts overflow, the plain product has the right sign and size.
    let high = V::select(sane, p.high, V::select(ends, log(x), l.high) * y);
    exp_sum(high, low)
}

/// x^y with C's special values. Error: f32 0.5, f64 1.2 ULP.
#[inline(always)]
pub fn pow<V: Float>(x: V, y: V) -> V {
    let a = x.abs();
    let r = if V::BITS == 32 {
        let (x, y) = (a, y);
        via_f64!(x, y => exp(log(x) * y))
    } else {
        pow_positive(a, y)
    };
    let (zero, one) = (V::lit(0.0), V::lit(1.0));
    let r = V::select(a.eq(one) & !y.is_nan(), one, r);
    let half = y * V::lit(0.5);
    let integral = y.floor().eq(y);
    let odd = integral & !half.floor().eq(half);
    let r = V::select(x.is_negative() & odd, -r, r);
    let no_root = x.lt(zero) & !integral & !a.eq(V::lit(f64::INFINITY));
    let r = V::select(no_root, V::lit(f64::NAN), r);
    let r = V::select(x.is_nan() | y.is_nan(), x + y, r);
    V::select(y.eq(zero) | x.eq(one), one, r)
}
