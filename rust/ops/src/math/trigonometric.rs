//! Sine, cosine, tangent and their inverses.
//!
//! Arguments up to 10^6 are reduced in registers by a four-part pi/2; larger ones are rare and go lane by lane
//! through the standard library's functions, which reduce exactly.
use super::coefficients::{ASIN, ATAN, PI_2, PI_2_DOUBLE};
use super::double::{Double, fast_two_sum, quotient, two_sum};
use super::{poly, via_f64};
use crate::num::Float;
use core::f64::consts::{FRAC_2_PI, FRAC_PI_4};

/// Taylor series of (sin(r)/r - 1)/r^2 in r^2.
const SIN: [f64; 8] = [
    -1.0 / 6.0,
    1.0 / 120.0,
    -1.0 / 5040.0,
    1.0 / 362_880.0,
    -1.0 / 39_916_800.0,
    1.0 / 6_227_020_800.0,
    -1.0 / 1_307_674_368_000.0,
    1.0 / 355_687_428_096_000.0,
];

/// Taylor series of (cos(r) - 1 + r^2/2)/r^4 in r^2.
const COS: [f64; 8] = [
    1.0 / 24.0,
    -1.0 / 720.0,
    1.0 / 40320.0,
    -1.0 / 3_628_800.0,
    1.0 / 479_001_600.0,
    -1.0 / 87_178_291_200.0,
    1.0 / 20_922_789_888_000.0,
    -1.0 / 6_402_373_705_728_000.0,
];

/// The largest magnitude that `reduce` handles.
const LIMIT: f64 = 1e6;

/// `x = quadrant pi/2 + r` with `|r| <= pi/4`; the quadrant is 0, 1, 2 or 3.
struct Reduced<V> {
    quadrant: V,
    r: Double<V>,
}

/// Reduces `f64` lanes. Products of the first three parts with `n` < 2^20 are exact, so no fused operation is needed.
#[inline(always)]
fn reduce<V: Float>(x: V) -> Reduced<V> {
    if let Some((quadrant, r)) = x.quarters() {
        return Reduced { quadrant, r: Double { high: r, low: V::lit(0.0) } };
    }
    let n = (x * V::lit(FRAC_2_PI)).round();
    let first = x - n * V::lit(PI_2[0]);
    let second = two_sum(first, -(n * V::lit(PI_2[1])));
    let third = two_sum(second.high, -(n * V::lit(PI_2[2])));
    let low = (second.low + third.low) - n * V::lit(PI_2[3]);
    let quadrant = n - (n * V::lit(0.25)).floor() * V::lit(4.0);
    Reduced { quadrant, r: fast_two_sum(third.high, low) }
}

/// Quadrant and rest of `f64` lanes that hold `f32` numbers: two parts of pi/2 leave more digits than those have.
#[inline(always)]
fn reduce_single<V: Float>(x: V) -> (V, V) {
    let n = (x * V::lit(FRAC_2_PI)).round();
    let r = n.mul_add(V::lit(-(PI_2[1] + PI_2[2])), x - n * V::lit(PI_2[0]));
    (n - (n * V::lit(0.25)).floor() * V::lit(4.0), r)
}

/// sin(r) for a reduced argument, as a number and a small rest.
#[inline(always)]
fn sin_kernel<V: Float>(r: Double<V>) -> Double<V> {
    let (x, terms) = (r.high, if V::BITS == 32 { 4 } else { 8 });
    let z = x * x;
    let tail = (x * z).mul_add(poly(z, &SIN[..terms]), r.low * z.mul_add(V::lit(-0.5), V::lit(1.0)));
    Double { high: x, low: tail }
}

/// cos(r) for a reduced argument, as a number and a small rest.
#[inline(always)]
fn cos_kernel<V: Float>(r: Double<V>) -> Double<V> {
    let (x, terms) = (r.high, if V::BITS == 32 { 4 } else { 8 });
    let z = x * x;
    let half = z * V::lit(0.5);
    let w = V::lit(1.0) - half;
    let lost = (V::lit(1.0) - w) - half;
    Double { high: w, low: (z * z).mul_add(poly(z, &COS[..terms]), lost - x * r.low) }
}

/// (sin, cos) of `x`, |x| <= LIMIT, with the quadrant turned.
#[inline(always)]
fn sin_cos<V: Float>(x: V) -> (V, V) {
    let (quadrant, r) = if let Some((quadrant, r)) = x.quarters() {
        (quadrant, Double { high: r, low: V::lit(0.0) })
    } else if V::BITS == 32 {
        let [low, high] = x.widen();
        let ((low_quadrant, low), (high_quadrant, high)) = (reduce_single(low), reduce_single(high));
        (V::narrow([low_quadrant, high_quadrant]), Double { high: V::narrow([low, high]), low: V::lit(0.0) })
    } else {
        let reduced = reduce(x);
        (reduced.quadrant, reduced.r)
    };
    let (s, c) = (sin_kernel(r), cos_kernel(r));
    let (s, c) = (s.high + s.low, c.high + c.low);
    let swapped = quadrant.eq(V::lit(1.0)) | quadrant.eq(V::lit(3.0));
    let (sin, cos) = (V::select(swapped, c, s), V::select(swapped, s, c));
    let sin = V::select(V::lit(1.5).lt(quadrant), -sin, sin);
    let cos_negative = quadrant.eq(V::lit(1.0)) | quadrant.eq(V::lit(2.0));
    (sin, V::select(cos_negative, -cos, cos))
}

/// `y`, but `f` of the lanes that are beyond the reduction in registers.
#[inline(always)]
fn or_large<V: Float>(x: V, y: V, f: fn(f64) -> f64) -> V {
    let large = V::lit(LIMIT).lt(x.abs());
    if x.quarters().is_none() && V::any(large) {
        return V::select(large, x.map1(f), y);
    }
    y
}

/// The sine. Error: f32 1.5, f64 0.7 ULP for any argument. Infinities give NaN.
#[inline(always)]
pub fn sin<V: Float>(x: V) -> V {
    let (y, _) = sin_cos(x);
    let y = V::select(x.eq(V::lit(0.0)), x, y);
    or_large(x, y, f64::sin)
}

/// The cosine. Error: f32 1.4, f64 0.7 ULP for any argument. Infinities give NaN.
#[inline(always)]
pub fn cos<V: Float>(x: V) -> V {
    let (_, y) = sin_cos(x);
    or_large(x, y, f64::cos)
}

/// The tangent. Error: f32 0.5, f64 0.6 ULP for any argument. Infinities give NaN.
#[inline(always)]
pub fn tan<V: Float>(x: V) -> V {
    if V::BITS == 32 {
        return via_f64!(x => tan(x));
    }
    let Reduced { quadrant, r } = reduce(x);
    let (s, c) = (sin_kernel(r), cos_kernel(r));
    let (s, c) = (fast_two_sum(s.high, s.low), fast_two_sum(c.high, c.low));
    let swapped = quadrant.eq(V::lit(1.0)) | quadrant.eq(V::lit(3.0));
    let above = Double { high: V::select(swapped, -c.high, s.high), low: V::select(swapped, -c.low, s.low) };
    let below = Double { high: V::select(swapped, s.high, c.high), low: V::select(swapped, s.low, c.low) };
    let ratio = quotient(above.high, below);
    let y = ratio.high + (ratio.low + above.low / below.high);
    let y = V::select(x.eq(V::lit(0.0)), x, y);
    or_large(x, y, f64::tan)
}

/// asin(w) - w for |w| <= 1/2.
#[inline(always)]
fn asin_tail<V: Float>(w: V) -> V {
    let z = w * w;
    w * z * poly(z, &ASIN)
}

/// The inverse sine; NaN beyond [-1, 1]. Error: f32 0.5, f64 1.4 ULP.
#[inline(always)]
pub fn asin<V: Float>(x: V) -> V {
    if V::BITS == 32 {
        return via_f64!(x => asin(x));
    }
    let a = x.abs();
    let near = a + asin_tail(a);
    let s = ((V::lit(1.0) - a) * V::lit(0.5)).sqrt();
    let tail = asin_tail(s);
    let far = V::lit(PI_2_DOUBLE[0]) - ((s + s) - (V::lit(PI_2_DOUBLE[1]) - (tail + tail)));
    V::select(V::lit(0.5).lt(a), far, near).copysign(x)
}

/// The inverse cosine; NaN beyond [-1, 1]. Error: f32 0.5, f64 1.0 ULP.
#[inline(always)]
pub fn acos<V: Float>(x: V) -> V {
    if V::BITS == 32 {
        return via_f64!(x => acos(x));
    }
    let a = x.abs();
    let [high, low] = [V::lit(PI_2_DOUBLE[0]), V::lit(PI_2_DOUBLE[1])];
    let middle = high - (x - (low - asin_tail(x)));
    let s = ((V::lit(1.0) - a) * V::lit(0.5)).sqrt();
    let half = s + asin_tail(s);
    let far = V::select(x.lt(V::lit(0.0)), high - (half - low), half);
    V::select(V::lit(0.5).lt(a), far + far, middle)
}

/// atan(numerator / denominator) for 0 <= numerator <= denominator; `f64` lanes.
#[inline(always)]
fn atan_quotient<V: Float>(numerator: V, denominator: V) -> V {
    let upper = (denominator * V::lit(core::f64::consts::SQRT_2 - 1.0)).lt(numerator);
    let n = V::select(upper, numerator - denominator, numerator);
    let d = V::select(upper, numerator + denominator, denominator);
    let w = n / d;
    let z = w * w;
    let tail = w * z * poly(z, &ATAN);
    let base = V::select(upper, V::lit(FRAC_PI_4), V::lit(0.0));
    base + (w + tail)
}

/// The inverse tangent. Error: f32 0.5, f64 1.6 ULP.
#[inline(always)]
pub fn atan<V: Float>(x: V) -> V {
    if V::BITS == 32 {
        return via_f64!(x => atan(x));
    }
    let (a, one) = (x.abs(), V::lit(1.0));
    let steep = one.lt(a);
    let y = atan_quotient(V::select(steep, one, a), V::select(steep, a, one));
    let turned = V::lit(PI_2_DOUBLE[0]) - (y - V::lit(PI_2_DOUBLE[1]));
    let y = V::select(steep, turned, y);
    V::select(x.is_nan(), x, y.copysign(x))
}

/// The angle of the point (x, y), C's special values. Error: f32 0.5, f64 1.7 ULP.
#[inline(always)]
pub fn atan2<V: Float>(y: V, x: V) -> V {
    if V::BITS == 32 {
        return via_f64!(y, x => atan2(y, x));
    }
    let (ay, ax) = (y.abs(), x.abs());
    let steep = ax.lt(ay);
    let (small, large) = (V::select(steep, ax, ay), V::select(steep, ay, ax));
    let huge = V::lit(1e300).lt(large);
    let scale = V::select(huge, V::lit(0.125), V::lit(1.0));
    let both_infinite = small.eq(V::lit(f64::INFINITY));
    let small = V::select(both_infinite, V::lit(1.0), small * scale);
    let large = V::select(both_infinite | large.eq(V::lit(0.0)), V::lit(1.0), large * scale);
    let angle = atan_quotient(small, large);
    let [high, low] = [V::lit(PI_2_DOUBLE[0]), V::lit(PI_2_DOUBLE[1])];
    let angle = V::select(steep, high - (angle - low), angle);
    let angle = V::select(x.is_negative(), (high + high) - (angle - (low + low)), angle);
    V::select(x.is_nan() | y.is_nan(), x + y, angle.copysign(y))
}
