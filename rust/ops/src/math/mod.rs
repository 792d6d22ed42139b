//! Elementary functions over any [`Float`]: one body for `f32` and `f64`, scalars and registers.
//!
//! The errors stated are the largest measured, in units of the last place. Where `f32` says 0.5 the function goes
//! through a pair of `f64` registers. Every function here is `#[inline(always)]`, and no body uses closures: a
//! call that is not inlined would leave the target features of its frame.
pub mod coefficients;
pub mod complex;
mod complex_power;
mod double;
mod exponential;
pub mod gamma;
mod power;
mod rounding;
pub mod scalar;
mod special;
mod trigonometric;
mod zeta;

pub use exponential::{acosh, asinh, atanh, cosh, exp, expm1, log, log_sigmoid, log1p, sigmoid, sinh, softplus, tanh};
pub use power::{pow, rsqrt};
pub use rounding::{div_no_nan, floor_div, floor_mod, mul_no_nan, next_after, sign, trunc_div, trunc_mod, xdivy, xlog1py, xlogy};
pub use special::{digamma, erf, erfc, erfinv, lgamma, ndtri};
pub use trigonometric::{acos, asin, atan, atan2, cos, sin, tan};
pub use zeta::{hurwitz, polygamma, polygamma_one, zeta};

use crate::num::Float;

/// `c[0] + c[1] x + c[2] x^2 + ...`, by Horner's rule.
#[inline(always)]
pub fn poly<V: Float>(x: V, c: &[f64]) -> V {
    let mut i = c.len() - 1;
    let mut sum = V::lit(c[i]);
    while i > 0 {
        i -= 1;
        sum = sum.mul_add(x, V::lit(c[i]));
    }
    sum
}

/// [`poly`] with even and odd powers apart: twice as many terms in the time of a chain, where nothing else is to be done meanwhile.
#[inline(always)]
pub fn poly_by_halves<V: Float>(x: V, c: &[f64]) -> V {
    let square = x * x;
    let mut i = c.len() - 1;
    // The last power is in `sum`, the one before in `other`; each term changes their parts.
    let (mut sum, mut other) = (V::lit(c[i]), V::lit(c[i - 1]));
    i -= 1;
    while i > 0 {
        i -= 1;
        (sum, other) = (other, sum.mul_add(square, V::lit(c[i])));
    }
    // Now `other` has the even powers.
    sum.mul_add(x, other)
}

/// Evaluates an expression over `f64` halves: `via_f64!(x => body(x))` for one operand, `via_f64!(x, y => body(x, y))` for two.
macro_rules! via_f64 {
    ($x:ident => $body:expr) => {{
        let [low, high] = $x.widen();
        let low = {
            let $x = low;
            $body
        };
        let high = {
            let $x = high;
            $body
        };
        V::narrow([low, high])
    }};
    ($x:ident, $y:ident => $body:expr) => {{
        let ([x_low, x_high], [y_low, y_high]) = ($x.widen(), $y.widen());
        let low = {
            let ($x, $y) = (x_low, y_low);
            $body
        };
        let high = {
            let ($x, $y) = (x_high, y_high);
            $body
        };
        V::narrow([low, high])
    }};
}
pub(crate) use via_f64;
