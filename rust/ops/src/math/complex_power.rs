//! The exponent of a complex power, y log x, to twice the precision: its error is the relative error of the power.
use super::coefficients::LN_2_DOUBLE;
use super::double::{Double, fast_two_sum, quotient, two_product, two_sum};
use super::power::log_double;
use crate::num::Sc;
use ferroflow_tensor::C128;

type Number = Sc<f64, false>;
type Pair = Double<Number>;

/// atan(k / 16) for k = 0 to 16, each as a sum of two numbers.
const ATAN_16THS: [[f64; 2]; 17] = [
    [0.0, 0.0],
    [0.06241880999595735, -1.5490756308295046e-18],
    [0.12435499454676144, -3.1253241424539383e-18],
    [0.18534794999569476, 4.180692268843079e-18],
    [0.24497866312686414, 1.0698755618734451e-17],
    [0.3028848683749714, -1.1010827903001369e-17],
    [0.35877067027057225, -2.4623815582638635e-17],
    [0.4124104415973873, -1.587652227770689e-17],
    [0.4636476090008061, 2.2698777452961687e-17],
    [0.5123894603107377, -2.5462781472855804e-17],
    [0.5585993153435624, -5.4556305485916264e-18],
    [0.6022873461349642, 2.950430737228402e-17],
    [0.6435011087932844, 1.5834785051444286e-17],
    [0.6823165548747481, 6.943223671560008e-18],
    [0.7188299996216245, -2.1478388444456983e-17],
    [0.7531512809621944, -2.4256934659182068e-17],
    [core::f64::consts::FRAC_PI_4, 3.061616997868383e-17],
];
const PI: [f64; 2] = [core::f64::consts::PI, 1.2246467991473532e-16];

/// y log x as a number and what it lacks; none where the parts are no ordinary numbers.
pub(super) fn exponent(x: C128, y: C128) -> Option<(C128, C128)> {
    let ordinary = |v: f64| v == 0.0 || (v.abs() > 1e-280 && v.abs() < 1e280);
    if !(ordinary(x.re) && ordinary(x.im) && ordinary(y.re) && ordinary(y.im)) || (x.re == 0.0 && x.im == 0.0) {
        return None;
    }
    let (modulus, angle) = (log_modulus(x), angle(x));
    let re = modulus.mul(Sc(y.re)).add_double(angle.mul(Sc(-y.im)));
    let im = angle.mul(Sc(y.re)).add_double(modulus.mul(Sc(y.im)));
    let small = |p: Pair| p.high.0.abs() < 1e6;
    (small(re) && small(im)).then(|| (C128::new(re.high.0, im.high.0), C128::new(re.low.0, im.low.0)))
}

/// log |x|.
fn log_modulus(x: C128) -> Pair {
    let exponent = f64::from(x.re.abs().max(x.im.abs()).log2().floor() as i16);
    let scale = 2f64.powi(-(exponent as i32));
    let square = |v: f64| two_product::<Number>(Sc(v * scale), Sc(v * scale));
    let sum = square(x.re).add_double(square(x.im));
    let logarithm = log_double(sum.high).add(Sc(sum.low.0 / sum.high.0));
    let half = Double { high: Sc(0.5 * logarithm.high.0), low: Sc(0.5 * logarithm.low.0) };
    Double::lit(LN_2_DOUBLE).mul(Sc(exponent)).add_double(half)
}

/// The angle of x in [-pi, pi].
fn angle(x: C128) -> Pair {
    let (a, b) = (x.re.abs(), x.im.abs());
    let (small, large) = if b < a { (b, a) } else { (a, b) };
    let first = arc_tangent(small, large);
    let negative = |p: Pair| Double { high: -p.high, low: -p.low };
    let pi = Pair::lit(PI);
    let half_pi = Double { high: Sc(0.5 * PI[0]), low: Sc(0.5 * PI[1]) };
    let upright = if b < a { first } else { half_pi.add_double(negative(first)) };
    let turned = if x.re.is_sign_negative() { pi.add_double(negative(upright)) } else { upright };
    if x.im.is_sign_negative() { negative(turned) } else { turned }
}

/// atan(y / x) for 0 <= y <= x: with c, the nearest 16th to t = y / x, atan(c) + atan(u), where u = (t - c) / (1 + t c).
fn arc_tangent(y: f64, x: f64) -> Pair {
    let k = (16.0 * (y / x)).round();
    let c = k / 16.0;
    // u = (y - c x) / (x + c y); products with a 16th of a small integer are exact in two parts.
    let above = two_product::<Number>(Sc(-c), Sc(x)).add(Sc(y));
    let below = two_product::<Number>(Sc(c), Sc(y)).add(Sc(x));
    let head = quotient(above.high, below);
    let u = fast_two_sum(head.high, head.low + above.low / below.high);
    let square = u.high.0 * u.high.0;
    let mut series = 0.0;
    for n in (1..=6).rev() {
        series = square * (1.0 / f64::from(2 * n + 1) - series);
    }
    let rest = two_sum(u.high, Sc(-u.high.0 * series));
    let rest = fast_two_sum(rest.high, rest.low + u.low);
    Pair::lit(ATAN_16THS[k as usize]).add_double(rest)
}
