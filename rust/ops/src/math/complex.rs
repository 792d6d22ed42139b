//! Elementary functions of complex numbers; `complex64` goes through `complex128`.
//!
//! The branch cuts are C's; inverse functions follow W. Kahan, "Branch cuts for complex elementary functions" (1987).
use core::f64::consts::LN_2;
use ferroflow_tensor::C128;

/// i z.
fn times_i(z: C128) -> C128 {
    C128::new(-z.im, z.re)
}

/// -i z.
fn times_minus_i(z: C128) -> C128 {
    C128::new(z.im, -z.re)
}

/// The product with a real number.
fn scaled(z: C128, factor: f64) -> C128 {
    C128::new(z.re * factor, z.im * factor)
}

const ONE: C128 = C128::new(1.0, 0.0);

/// |z|, without overflow in between.
pub fn abs(z: C128) -> f64 {
    z.re.hypot(z.im)
}

/// The angle of z in (-pi, pi].
pub fn angle(z: C128) -> f64 {
    z.im.atan2(z.re)
}

/// 1 / z.
pub fn reciprocal(z: C128) -> C128 {
    ONE / z
}

/// z / |z|; 0 for 0.
pub fn sign(z: C128) -> C128 {
    let modulus = abs(z);
    if modulus == 0.0 { C128::new(0.0, 0.0) } else { C128::new(z.re / modulus, z.im / modulus) }
}

/// e^z. The angle does not matter where the modulus is 0; a real argument gives a real result.
pub fn exp(z: C128) -> C128 {
    if z.re == f64::NEG_INFINITY {
        return C128::new(0.0, 0.0);
    }
    if z.im == 0.0 {
        return C128::new(z.re.exp(), z.im);
    }
    if z.re == f64::INFINITY && z.im.is_nan() {
        return z;
    }
    // Beyond 709 the modulus overflows although a part may not: take it in two factors.
    let excess = if z.re > 709.0 { (z.re - 709.0).min(709.0) } else { 0.0 };
    let direction = C128::new(z.im.cos(), z.im.sin());
    scaled(scaled(direction, excess.exp()), (z.re - excess).exp())
}

/// e^z - 1 without cancellation near 0.
pub fn expm1(z: C128) -> C128 {
    let (modulus, (sin, cos)) = (z.re.exp(), z.im.sin_cos());
    let re = if modulus < 0.5 || cos < 0.0 {
        modulus.mul_add(cos, -1.0)
    } else {
        let half_sine = (z.im * 0.5).sin();
        z.re.exp_m1().mul_add(cos, -2.0 * half_sine * half_sine)
    };
    C128::new(re, modulus * sin)
}

/// The principal logarithm.
pub fn log(z: C128) -> C128 {
    let (large, small) = if z.re.abs() > z.im.abs() { (z.re.abs(), z.im.abs()) } else { (z.im.abs(), z.re.abs()) };
    let modulus = if large > 0.5 && large < 3.0 {
        0.5 * ((large - 1.0) * (large + 1.0) + small * small).ln_1p()
    } else if large > 1e300 {
        (large * 0.25).hypot(small * 0.25).ln() + 2.0 * LN_2
    } else {
        large.hypot(small).ln()
    };
    C128::new(modulus, angle(z))
}

/// log(1 + z) without cancellation near 0.
pub fn log1p(z: C128) -> C128 {
    if abs(z) > 0.5 {
        return log(C128::new(1.0 + z.re, z.im));
    }
    C128::new(0.5 * (z.re * (2.0 + z.re) + z.im * z.im).ln_1p(), z.im.atan2(1.0 + z.re))
}

/// The principal square root.
pub fn sqrt(z: C128) -> C128 {
    if z.re == 0.0 && z.im == 0.0 {
        return C128::new(0.0, z.im);
    }
    if z.im.is_infinite() {
        return C128::new(f64::INFINITY, z.im);
    }
    if z.re.is_infinite() {
        let other = if z.im.is_nan() { z.im } else { 0.0 };
        return if z.re > 0.0 { C128::new(z.re, other.copysign(z.im)) } else { C128::new(other.abs(), f64::INFINITY.copysign(z.im)) };
    }
    // Scale by a power of 4, so that the modulus neither overflows nor loses digits.
    let large = z.re.abs().max(z.im.abs());
    let (down, up) = if large > 1e300 {
        (1.0 / 16.0, 4.0)
    } else if large < 1e-290 {
        (2f64.powi(108), 2f64.powi(-54))
    } else {
        (1.0, 1.0)
    };
    let w = scaled(z, down);
    let root = ((w.re.abs() + abs(w)) * 0.5).sqrt();
    let other = w.im / (2.0 * root);
    if w.re >= 0.0 { C128::new(root * up, other * up) } else { C128::new(other.abs() * up, root.copysign(w.im) * up) }
}

/// 1 / sqrt(z): 0 for infinities; infinite without a direction at 0.
pub fn rsqrt(z: C128) -> C128 {
    if z.re == 0.0 && z.im == 0.0 {
        return C128::new(f64::INFINITY, f64::NAN);
    }
    if is_infinite(z) {
        return C128::new(0.0, 0.0);
    }
    reciprocal(sqrt(z))
}

/// Is a part infinite?
fn is_infinite(z: C128) -> bool {
    z.re.is_infinite() || z.im.is_infinite()
}

/// a b, but 0 where `a` is 0 even if `b` is not finite.
fn product(a: f64, b: f64) -> f64 {
    if a == 0.0 && !b.is_finite() { a } else { a * b }
}

/// Beyond this both hyperbolic functions are e^|x|/2 to the last digit.
const HYPERBOLIC_LIMIT: f64 = 700.0;

/// The hyperbolic sine.
pub fn sinh(z: C128) -> C128 {
    if z.re.abs() > HYPERBOLIC_LIMIT && z.re.is_finite() {
        let half = exp(C128::new(z.re.abs() - LN_2, z.im));
        return C128::new(half.re * z.re.signum(), half.im);
    }
    let im = if z.im == 0.0 { z.im } else { z.re.cosh() * z.im.sin() };
    C128::new(product(z.re.sinh(), z.im.cos()), im)
}

/// The hyperbolic cosine.
pub fn cosh(z: C128) -> C128 {
    if z.re.abs() > HYPERBOLIC_LIMIT && z.re.is_finite() {
        let half = exp(C128::new(z.re.abs() - LN_2, z.im));
        return C128::new(half.re, half.im * z.re.signum());
    }
    let im = if z.im == 0.0 { product(z.im, z.re.sinh()) } else { product(z.re.sinh(), z.im.sin()) };
    C128::new(z.re.cosh() * z.im.cos(), im)
}

/// The hyperbolic tangent.
pub fn tanh(z: C128) -> C128 {
    if z.re.abs() > 22.0 {
        let rest = if z.im.is_finite() { 4.0 * z.im.sin() * z.im.cos() * (-2.0 * z.re.abs()).exp() } else { 0.0 };
        return C128::new(1f64.copysign(z.re), rest.copysign(if rest == 0.0 { z.im } else { rest }));
    }
    let (sin, cos) = z.im.sin_cos();
    if z.re.abs() < 0.5 {
        // (sinh x cosh x + i sin y cos y) / (sinh^2 x + cos^2 y): nothing cancels.
        let sinh = z.re.sinh();
        let below = sinh.mul_add(sinh, cos * cos);
        return C128::new(product(sinh, z.re.cosh()) / below, sin * cos / below);
    }
    // Multiplied by 4t with t = e^(-2|x|): (1 - t^2 + 4 i t sin y cos y) / ((1 - t)^2 + 4 t cos^2 y), where the real part
    // is 1 - 2 t (cos 2y + t) / below.
    let t = (-2.0 * z.re.abs()).exp();
    let below = (1.0 - t).mul_add(1.0 - t, 4.0 * t * cos * cos);
    let away = 2.0 * t * ((cos - sin).mul_add(cos + sin, t)) / below;
    C128::new((1.0 - away).copysign(z.re), 4.0 * t * sin * cos / below)
}

/// The sine.
pub fn sin(z: C128) -> C128 {
    times_minus_i(sinh(times_i(z)))
}

/// The cosine.
pub fn cos(z: C128) -> C128 {
    cosh(times_i(z))
}

/// The tangent.
pub fn tan(z: C128) -> C128 {
    times_minus_i(tanh(times_i(z)))
}

/// The inverse hyperbolic tangent.
pub fn atanh(z: C128) -> C128 {
    let (x, y) = (z.re.abs(), z.im);
    if x.is_infinite() || y.is_infinite() || x.max(y.abs()) > 1e150 {
        let re = if z.re.is_finite() && y.is_finite() { reciprocal(z).re } else { 0.0 };
        return C128::new(re.copysign(z.re), core::f64::consts::FRAC_PI_2.copysign(y));
    }
    let away = 1.0 - x;
    let re = 0.25 * (4.0 * x / (away * away + y * y)).ln_1p();
    let im = 0.5 * (2.0 * y).atan2(away * (1.0 + x) - y * y);
    C128::new(re.copysign(z.re), im)
}

/// The inverse tangent.
pub fn atan(z: C128) -> C128 {
    times_minus_i(atanh(times_i(z)))
}

/// sqrt(1 - z) and sqrt(1 + z).
fn roots(z: C128) -> (C128, C128) {
    (sqrt(C128::new(1.0 - z.re, -z.im)), sqrt(C128::new(1.0 + z.re, z.im)))
}

/// The inverse sine.
pub fn asin(z: C128) -> C128 {
    if is_infinite(z) {
        return C128::new(z.re.atan2(z.im.abs()), f64::INFINITY.copysign(z.im));
    }
    let (minus, plus) = roots(z);
    C128::new(z.re.atan2((minus * plus).re), (minus.conj() * plus).im.asinh())
}

/// The inverse cosine.
pub fn acos(z: C128) -> C128 {
    if is_infinite(z) {
        return C128::new(z.im.abs().atan2(z.re), -f64::INFINITY.copysign(z.im));
    }
    let (minus, plus) = roots(z);
    C128::new(2.0 * minus.re.atan2(plus.re), (plus.conj() * minus).im.asinh())
}

/// The inverse hyperbolic sine.
pub fn asinh(z: C128) -> C128 {
    times_minus_i(asin(times_i(z)))
}

/// The inverse hyperbolic cosine.
pub fn acosh(z: C128) -> C128 {
    if is_infinite(z) {
        return C128::new(f64::INFINITY, angle(z));
    }
    let (minus, plus) = (sqrt(C128::new(z.re - 1.0, z.im)), sqrt(C128::new(z.re + 1.0, z.im)));
    C128::new((minus.conj() * plus).re.asinh(), 2.0 * minus.im.atan2(plus.re))
}

/// 1 / (1 + e^-z), without overflow.
pub fn sigmoid(z: C128) -> C128 {
    let t = (-z.re.abs()).exp();
    if t == 0.0 {
        return if z.re > 0.0 { ONE } else { C128::new(0.0, 0.0) };
    }
    let ((sin, cos), half_cos) = (z.im.sin_cos(), (z.im * 0.5).cos());
    // What cancels next to the poles is made of these two: 1 - t, and 1 + cos y.
    let (lost, one_plus_cos) = (-(-z.re.abs()).exp_m1(), 2.0 * half_cos * half_cos);
    let away = t < 0.25 || cos > 0.0;
    // |1 + t e^iy|^2
    let below = if away { t.mul_add(2.0 * cos + t, 1.0) } else { lost.mul_add(lost, 2.0 * t * one_plus_cos) };
    let share = t * if away { t + cos } else { one_plus_cos - lost } / below;
    C128::new(if z.re < 0.0 { share } else { 1.0 - share }, t * sin / below)
}

/// x^y = e^(y log x), the exponent to twice the precision; as in C, 0^0 is NaN.
pub fn pow(x: C128, y: C128) -> C128 {
    let (high, low) = super::complex_power::exponent(x, y).unwrap_or((y * log(x), C128::new(0.0, 0.0)));
    let power = exp(high);
    if power.re.is_finite() && power.im.is_finite() { power + power * low } else { power }
}
