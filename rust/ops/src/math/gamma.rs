//! The logarithm of the gamma function and its derivative on one `f64`; sums that cancel are taken to twice the precision.
use super::coefficients::{DIGAMMA, LGAMMA_1, LGAMMA_2, LGAMMA_2_REST, STIRLING};
use super::double::{Double, quotient, two_sum};
use super::poly;
use super::power::log_double;
use crate::num::Sc;
use core::f64::consts::PI;

type Number = Sc<f64, false>;

/// The positive zero of the digamma function as a sum of two numbers.
const DIGAMMA_ROOT: (f64, f64) = (1.461_632_144_968_362_2, 9.549_995_429_965_697e-17);

/// Digamma over the distance from that zero: (-1)^k zeta(k + 2, zero) for k = 0, 1, ... (NIST Handbook of Mathematical
/// Functions, 5.15.1).
const DIGAMMA_AT_ROOT: [f64; 10] = [
    0.967_672_245_447_621_4,
    -0.442_763_168_983_592_14,
    0.258_499_760_955_651_2,
    -0.163_942_705_442_406_58,
    0.107_824_050_691_262_39,
    -0.072_199_561_256_454_76,
    0.048_804_288_164_143_145,
    -0.033_161_126_474_847_376,
    0.022_597_648_232_218_125,
    -0.015_424_765_904_948_968,
];

/// The zeros of log |Gamma| from -2 to -18, each as a sum of two numbers. Beyond, they are nearer to an integer than any `f64`.
const LGAMMA_ZEROS: [(f64, f64); 32] = [
    (-2.4570247382208006, -3.7075610815513266e-17),
    (-2.7476826467274127, 9.055340329338315e-17),
    (-3.14358088834998, -2.1818179852331714e-16),
    (-3.955294284858598, -1.999428391746348e-17),
    (-4.039361839740537, 2.1143995503980602e-16),
    (-4.991544640560048, 1.5174411760571722e-16),
    (-5.0082181683225935, -4.3926353491015815e-17),
    (-5.998607480080875, -3.311862478893795e-16),
    (-6.001385294453155, 6.415847287933042e-17),
    (-6.999801507890638, 1.0550130037400023e-17),
    (-7.000198333407325, 2.504354173632409e-16),
    (-7.999975197095821, -5.261737128572354e-17),
    (-8.000024800270682, -4.354586297860107e-16),
    (-8.999997244250977, -2.2185620509727132e-16),
    (-9.000002755714823, -9.491348611623208e-17),
    (-9.99999972442663, 4.883037618642443e-16),
    (-10.000000275573013, -3.4909708332642057e-16),
    (-10.99999997494789, 1.9843998306985407e-16),
    (-11.000000025052106, -6.850849812286175e-16),
    (-11.999999997912324, -1.0020693920103036e-16),
    (-12.000000002087676, 1.2222548112048185e-16),
    (-12.99999999983941, 6.747262033096337e-16),
    (-13.00000000016059, -6.745919484964342e-16),
    (-13.99999999998853, 8.094860741926607e-16),
    (-14.00000000001147, -8.094853704222662e-16),
    (-14.999999999999236, 8.82932241476868e-16),
    (-15.000000000000764, -8.829322382710274e-16),
    (-15.999999999999952, -1.668613399265054e-16),
    (-16.000000000000046, -1.6094954994609367e-15),
    (-16.999999999999996, -7.412564244549576e-16),
    (-17.000000000000004, 7.412564244550028e-16),
    (-18.0, 1.5619206968586233e-16),
];

/// A polynomial on one `f64`.
fn polynomial(x: f64, coefficients: &[f64]) -> f64 {
    poly(Sc::<f64, false>(x), coefficients).0
}

/// sin(pi x), exact zeros at integers.
fn sin_pi(x: f64) -> f64 {
    let nearest = x.round();
    let value = (PI * (x - nearest)).sin();
    if nearest % 2.0 == 0.0 { value } else { -value }
}

/// log Gamma(2 + t) for t in -0.7..1. The first two terms cancel next to the minimum, so they are added to twice the precision.
fn lgamma_from_two(t: f64) -> Double<Number> {
    let [first, second] = [0, 1].map(|k| Double::lit([LGAMMA_2[k], LGAMMA_2_REST[k]]));
    second.add(Sc(t * polynomial(t, &LGAMMA_2[2..]))).mul(Sc(t)).add_double(first).mul(Sc(t))
}

/// log |Gamma(x)|: fits about the zeros 1 and 2, the recurrence up to 10, then Stirling's series; reflected for negative x.
///
/// Error: 2.7 ULP. Poles and infinities give infinity.
pub fn lgamma(x: f64) -> f64 {
    if x.is_infinite() {
        return f64::INFINITY;
    }
    if x <= 0.0 && x > -50.0 {
        return lgamma_below_zero(x);
    }
    if x <= 0.0 {
        let sine = sin_pi(x).abs();
        return if sine == 0.0 { f64::INFINITY } else { (PI / sine).ln() - lgamma(1.0 - x) };
    }
    if x <= 0.3 {
        return x * polynomial(x, &LGAMMA_1) - x.ln();
    }
    if x < 0.7 {
        return (x - 1.0) * polynomial(x - 1.0, &LGAMMA_2) - x.ln();
    }
    if x <= 1.3 {
        // The sum makes the 0 at 1 positive.
        return (x - 1.0) * polynomial(x - 1.0, &LGAMMA_1) + 0.0;
    }
    if x >= 10.0 {
        let tail = if x < 1e17 { polynomial(1.0 / (x * x), &STIRLING) / x } else { 0.0 };
        let half_log_two_pi = 0.918_938_533_204_672_8;
        let logarithm = x.ln();
        return x * (logarithm - 1.0) - 0.5 * logarithm + (half_log_two_pi + tail);
    }
    let (mut product, mut base) = (1.0, x);
    while base > 3.0 {
        base -= 1.0;
        product *= base;
    }
    let fitted = lgamma_from_two(base - 2.0);
    let sum = if product == 1.0 { fitted } else { fitted.add(Sc(f64::ln(product))) };
    sum.high.0 + sum.low.0
}

/// log |Gamma(x)| for -50 < x <= 0, by Gamma(x) = Gamma(2 + d) / ((d + 1) d (d - 1) ... (d - n)), where -n is the integer next to x
/// and d = x + n.
fn lgamma_below_zero(x: f64) -> f64 {
    let next = |distance: f64, zero: &(f64, f64)| if (x - zero.0).abs() < distance { (x - zero.0).abs() } else { distance };
    if x < -2.0 && x > -18.5 {
        let nearest = LGAMMA_ZEROS.iter().fold(f64::INFINITY, next);
        if let Some(zero) = LGAMMA_ZEROS.iter().find(|zero| (x - zero.0).abs() == nearest) {
            let (n, delta) = (-zero.0.round(), (x - zero.0) - zero.1);
            let root = two_sum(Sc(zero.0 + n), Sc(zero.1));
            if delta.abs() < 0.5 * root.high.0.abs() {
                return lgamma_near_zero(n, root, delta);
            }
        }
    }
    let n = -x.round();
    let d = x + n;
    let mut product: Double<Number> = Double { high: Sc(1.0), low: Sc(0.0) };
    let mut k = -1.0;
    while k <= n {
        product = product.mul_double(two_sum(Sc(d), Sc(-k)));
        k += 1.0;
    }
    let (high, low) = (product.high.0.abs(), product.low.0 * product.high.0.signum());
    if high == 0.0 {
        return f64::INFINITY;
    }
    let sum = lgamma_from_two(d).add(Sc(-low / high)).add(Sc(-high.ln()));
    sum.high.0 + sum.low.0
}

/// log |Gamma(root - n + delta)|, where log |Gamma(root - n)| is 0: what each factor changes by.
fn lgamma_near_zero(n: f64, root: Double<Number>, delta: f64) -> f64 {
    let d = root.high.0 + delta;
    // The polynomial's difference over delta, by dividing it by (t - root).
    let (mut slope, mut value) = (0.0, 0.0);
    for c in LGAMMA_2.iter().rev() {
        value = value * root.high.0 + c;
        slope = slope * d + value;
    }
    // The product of the factors' ratios 1 + delta / (root - k), less 1.
    let mut change: Double<Number> = Double { high: Sc(0.0), low: Sc(0.0) };
    let mut k = -1.0;
    while k <= n {
        let ratio = quotient(Sc(delta), root.add(Sc(-k)));
        change = change.add_double(ratio).add_double(change.mul_double(ratio));
        k += 1.0;
    }
    let logarithm = change.high.0.ln_1p() + change.low.0 / (1.0 + change.high.0);
    delta * slope - logarithm
}

/// The logarithmic derivative of Gamma: its Taylor series next to the zero at 1.46, elsewhere the recurrence up to 10,
/// then the asymptotic series; reflected below -50.
///
/// Error: 2.5 ULP above 0, 1e-19 next to the zeros above -50; below, those of the sum's terms. Poles (0, -1, ...) and minus infinity give NaN.
pub fn digamma(x: f64) -> f64 {
    if x == f64::INFINITY {
        return x;
    }
    if x <= 0.0 && x == x.round() {
        return f64::NAN;
    }
    if x.abs() < 1e-18 {
        return -1.0 / x;
    }
    if x > 1e18 {
        return x.ln();
    }
    if (x - DIGAMMA_ROOT.0).abs() < 0.01 {
        let distance = (x - DIGAMMA_ROOT.0) - DIGAMMA_ROOT.1;
        return distance * polynomial(distance, &DIGAMMA_AT_ROOT);
    }
    let sum = if x > -50.0 {
        digamma_by_recurrence(Double { high: Sc(x), low: Sc(0.0) })
    } else {
        digamma_by_recurrence(two_sum(Sc(1.0), Sc(-x))).add(Sc(-pi_cotangent(x - x.round())))
    };
    sum.high.0 + sum.low.0
}

/// pi / tan(pi d) for |d| <= 1/2, where it is 0.
fn pi_cotangent(d: f64) -> f64 {
    if d.abs() <= 0.25 { PI / (PI * d).tan() } else { PI * (PI * (0.5 - d.abs())).tan().copysign(d) }
}

/// Digamma of a sum of two numbers: the recurrence up to 10, then the asymptotic series.
fn digamma_by_recurrence(x: Double<Number>) -> Double<Number> {
    let zero = Double { high: Sc(0.0), low: Sc(0.0) };
    let (mut sum, mut base) = (zero, x);
    while base.high.0 < 10.0 {
        let term = quotient(Sc(-1.0), base);
        sum = sum.add_double(term);
        base = base.add(Sc(1.0));
    }
    let inverse_square = 1.0 / (base.high.0 * base.high.0);
    let logarithm = log_double(base.high).add(Sc(base.low.0 / base.high.0));
    let series = inverse_square * polynomial(inverse_square, &DIGAMMA);
    sum.add_double(logarithm).add_double(quotient(Sc(-0.5), base)).add(Sc(-series))
}
