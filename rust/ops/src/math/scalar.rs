//! Functions that work on one `f64`: too rare or too branchy for registers, or the exact form of what registers approximate.
use super::{erf, erfc};
use crate::num::Sc;
use core::f64::consts::{PI, SQRT_2};

/// The exact remainder of a / b with the sign of `a`.
pub fn trunc_mod(a: f64, b: f64) -> f64 {
    a % b
}

/// The remainder of a / b with the sign of `b`; a zero remainder keeps the sign of `a`.
pub fn floor_mod(a: f64, b: f64) -> f64 {
    let rest = a % b;
    if rest != 0.0 && rest.is_sign_negative() != b.is_sign_negative() { rest + b } else { rest }
}

macro_rules! next_after {
    ($name:ident, $t:ident) => {
        /// The next number after `x` toward `y`; NaN if either is NaN, `y` if they are equal.
        pub fn $name(x: f64, y: f64) -> f64 {
            if x.is_nan() || y.is_nan() {
                return f64::NAN;
            }
            if x == y {
                return y;
            }
            let number = x as $t;
            if number == 0.0 {
                return f64::from($t::from_bits(1)).copysign(y);
            }
            let bits = number.to_bits();
            let away = (y > x) == (x > 0.0);
            f64::from($t::from_bits(if away { bits + 1 } else { bits - 1 }))
        }
    };
}
next_after!(next_after, f64);
next_after!(next_after_f32, f32);

/// 2/sqrt(pi) e^(-x^2): the derivative of erf.
fn erf_slope(x: f64) -> f64 {
    core::f64::consts::FRAC_2_SQRT_PI * (-x * x).exp()
}

/// The x with erf(x) = y for 0 <= y < 0.7, by Halley's method.
fn inverse_erf(y: f64) -> f64 {
    let mut x = y / core::f64::consts::FRAC_2_SQRT_PI;
    for _ in 0..4 {
        let step = (erf(Sc::<f64, false>(x)).0 - y) / erf_slope(x);
        x -= step / (1.0 + x * step);
    }
    x
}

/// The x with erfc(x) = q for 0 < q <= 1/2, by Halley's method from the leading asymptotic term.
fn inverse_erfc(q: f64) -> f64 {
    let logarithm = -q.ln();
    let mut x = if q > 0.1 { 1.0 } else { (logarithm - 0.5 * (PI * logarithm).ln()).sqrt() };
    for _ in 0..5 {
        let step = (erfc(Sc::<f64, false>(x)).0 - q) / -erf_slope(x);
        x -= step / (1.0 + x * step);
    }
    x
}

/// The inverse of erf: infinite at -1 and 1, NaN beyond. Error: 1.8 ULP.
pub fn erfinv(y: f64) -> f64 {
    let a = y.abs();
    let x = match a {
        _ if a < 0.5 => inverse_erf(a),
        _ if a < 1.0 => inverse_erfc(1.0 - a),
        _ if a == 1.0 => f64::INFINITY,
        _ => f64::NAN,
    };
    x.copysign(y)
}

/// The quantile of the normal distribution: infinite at 0 and 1, NaN outside of them. Error: 2.6 ULP.
pub fn ndtri(p: f64) -> f64 {
    let from_middle = p - 0.5;
    if from_middle.abs() < 0.35 {
        return SQRT_2 * inverse_erf(2.0 * from_middle.abs()).copysign(from_middle);
    }
    let tail = if p < 0.5 { p } else { 1.0 - p };
    let x = match tail {
        _ if tail > 0.0 => SQRT_2 * inverse_erfc(2.0 * tail),
        _ if tail == 0.0 => f64::INFINITY,
        _ => f64::NAN,
    };
    x.copysign(from_middle)
}
