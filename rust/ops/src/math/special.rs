//! The error function and its complement; the gamma family and inverse error functions lane by lane.
use super::coefficients::{ERF_FAR_F32, ERF_NEAR, ERF_NEAR_F32, ERFC_FAR};
use super::double::two_product;
use super::exponential::exp_sum;
use super::{gamma, poly, poly_by_halves, scalar, via_f64};
use crate::num::Float;

/// erf(x) for |x| <= 1.
#[inline(always)]
fn erf_near<V: Float>(x: V) -> V {
    let z = x * x;
    let series = if V::BITS == 32 { poly(z, &ERF_NEAR_F32) } else { poly(z, &ERF_NEAR) };
    series.mul_add(x, x)
}

/// erfc(a) for a >= 0.45, `f64` lanes; 0 from 28 on.
#[inline(always)]
fn erfc_far<V: Float>(a: V) -> V {
    let limit = V::lit(28.0);
    let a = V::select(limit.lt(a), limit, a);
    let square = two_product(a, a);
    let gauss = exp_sum(-square.high, -square.low);
    let t = (a - V::lit(3.0)) / (a + V::lit(3.0));
    gauss * (poly(t, &ERFC_FAR) / (a + a + V::lit(1.0)))
}

/// The error function. Error: f32 1.2, f64 0.8 ULP.
#[inline(always)]
pub fn erf<V: Float>(x: V) -> V {
    let a = x.abs();
    let near = erf_near(x);
    let far = if V::BITS == 32 {
        // From 3.93 on the result rounds to 1.
        V::lit(1.0) + poly_by_halves(a.at_most(V::lit(4.0)) - V::lit(2.5), &ERF_FAR_F32)
    } else {
        V::lit(1.0) - erfc_far(a)
    };
    V::select(V::lit(1.0).lt(a), far.copysign(x), near)
}

/// 1 - erf(x) without cancellation. Error: f32 0.5, f64 3.2 ULP.
#[inline(always)]
pub fn erfc<V: Float>(x: V) -> V {
    if V::BITS == 32 {
        return via_f64!(x => erfc(x));
    }
    let a = x.abs();
    let near = V::lit(1.0) - erf_near(x);
    let far = erfc_far(a);
    let far = V::select(x.lt(V::lit(0.0)), V::lit(2.0) - far, far);
    V::select(V::lit(0.5).lt(a), far, near)
}

/// log |Gamma(x)|; see [`gamma::lgamma`].
#[inline(always)]
pub fn lgamma<V: Float>(x: V) -> V {
    x.map1(gamma::lgamma)
}

/// The logarithmic derivative of Gamma; see [`gamma::digamma`].
#[inline(always)]
pub fn digamma<V: Float>(x: V) -> V {
    x.map1(gamma::digamma)
}

/// The inverse of [`erf`]; see [`scalar::erfinv`].
#[inline(always)]
pub fn erfinv<V: Float>(x: V) -> V {
    x.map1(scalar::erfinv)
}

/// The quantile of the normal distribution; see [`scalar::ndtri`].
#[inline(always)]
pub fn ndtri<V: Float>(x: V) -> V {
    x.map1(scalar::ndtri)
}
