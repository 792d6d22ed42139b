//! The Hurwitz zeta function and the polygamma functions.
use super::gamma::digamma;
use crate::num::Float;

/// B(2k) / (2k)! for k = 1, 2, ...: the coefficients of the Euler-Maclaurin formula.
const BERNOULLI: [f64; 12] = [
    8.333333333333333e-2,
    -1.388888888888889e-3,
    3.306878306878307e-5,
    -8.267195767195768e-7,
    2.08767569878681e-8,
    -5.284190138687493e-10,
    1.3382536530684679e-11,
    -3.3896802963225827e-13,
    8.586062056277845e-15,
    -2.174868698558062e-16,
    5.50900282836023e-18,
    -1.3954464685812523e-19,
];

/// The sum of (k + q)^-s over k = 0, 1, ... for s > 1 and q > 0: nine terms, then the Euler-Maclaurin formula
/// (NIST Handbook of Mathematical Functions, 25.11.28).
fn positive(s: f64, q: f64) -> f64 {
    const TERMS: u8 = 9;
    let mut sum = 0.0;
    for k in 0..TERMS {
        sum += (q + f64::from(k)).powf(-s);
    }
    let w = q + f64::from(TERMS);
    let power = w.powf(-s);
    sum += power * (w / (s - 1.0) + 0.5);
    if power == 0.0 {
        return if w.is_infinite() { 0.0 } else { sum };
    }
    let mut factor = s * power / w;
    for (k, b) in BERNOULLI.iter().enumerate() {
        let term = factor * b;
        sum += term;
        if term.abs() < 1e-17 * sum.abs() {
            break;
        }
        let j = 2.0 * k as f64 + 1.0;
        factor *= (s + j) * (s + j + 1.0) / (w * w);
    }
    sum
}

/// The Hurwitz zeta function on one `f64`: the sum of (k + q)^-s over k = 0, 1, ...
///
/// Infinite for s = 1, NaN below; for q = 0, -1, ... infinite if s is even, else NaN; NaN for other negative q unless s is integral.
/// Relative error 1e-15 for positive q.
pub fn hurwitz(s: f64, q: f64) -> f64 {
    if s == 1.0 {
        return f64::INFINITY;
    }
    if s.is_nan() || s < 1.0 || q.is_nan() {
        return f64::NAN;
    }
    if s.is_infinite() {
        // What counts is whether a term's base is below 1, which one of those with negative q is.
        return if q > 0.0 { q.powf(-s) } else { f64::INFINITY };
    }
    if q > 0.0 {
        return positive(s, q);
    }
    if q == q.floor() {
        return if s % 2.0 == 0.0 { f64::INFINITY } else { f64::NAN };
    }
    if s != s.floor() {
        return f64::NAN;
    }
    // Below 0 there are as many terms as `below`, at the distances near, near + 1, ... from it.
    let (below, near) = (-q.floor(), 1.0 - (q - q.floor()));
    let above = q + below;
    if s % 2.0 == 0.0 {
        return positive(s, above) + (positive(s, near) - positive(s, near + below));
    }
    // Terms at equal distances from 0 cancel; what is left over is the rest of the longer side.
    if above == near { positive(s, near + below) } else { positive(s, above) - (positive(s, near) - positive(s, near + below)) }
}

/// The derivative of order n of [`digamma`] on one `f64`: (-1)^(n + 1) n! zeta(n + 1, x). NaN unless n is 0, 1, ...
pub fn polygamma_one(n: f64, x: f64) -> f64 {
    if n == 0.0 {
        return digamma(x);
    }
    if n.is_nan() || n < 0.0 || n != n.floor() {
        return f64::NAN;
    }
    let mut factorial = 1.0;
    let mut k = 1.0;
    while k <= n && factorial < f64::INFINITY {
        factorial *= k;
        k += 1.0;
    }
    let value = factorial * hurwitz(n + 1.0, x);
    if n % 2.0 == 0.0 { -value } else { value }
}

/// The Hurwitz zeta function; see [`hurwitz`].
#[inline(always)]
pub fn zeta<V: Float>(s: V, q: V) -> V {
    s.map2(q, hurwitz)
}

/// The polygamma function of order n; see [`polygamma_one`].
#[inline(always)]
pub fn polygamma<V: Float>(n: V, x: V) -> V {
    n.map2(x, polygamma_one)
}

#[cfg(test)]
mod tests {
    use super::{hurwitz, polygamma_one};

    /// Values of SciPy 1.17 (zeta(s, 1/2) = (2^s - 1) zeta(s); those of negative q by TensorFlow 2.21).
    #[test]
    fn known_values() {
        for (s, q, expected) in [
            (2.0, 0.5, 4.934802200544679),
            (2.0, 3.0, 0.39493406684822646),
            (3.0, 3.0, 0.07705690315959428),
            (2.5, 0.5, 6.247110634568814),
            (2.0, 1e10, 1.00000000005e-10),
            (2.0, -1.5, 9.379246644989124),
            (2.0, -2.25, 19.379410511869136),
            (3.0, -1.5, 0.11810202582086413),
            (3.0, -2.25, -61.94847488703007),
        ] {
            let got = hurwitz(s, q);
            assert!((got - expected).abs() <= 4e-15 * expected.abs(), "zeta({s}, {q}) = {got}, expected {expected}");
        }
        assert!(
            hurwitz(3.0, -1.0).is_nan() && hurwitz(0.5, 2.0).is_nan() && hurwitz(2.5, -0.5).is_nan() && hurwitz(2.0, f64::NAN).is_nan()
        );
        assert_eq!((hurwitz(1.0, 2.0), hurwitz(2.0, -1.0), hurwitz(2.0, f64::INFINITY)), (f64::INFINITY, f64::INFINITY, 0.0));
        assert_eq!([0.5, 1.0, 2.0, -1.5].map(|q| hurwitz(f64::INFINITY, q)), [f64::INFINITY, 1.0, 0.0, f64::INFINITY]);
        for (n, x, expected) in [
            (1.0, 0.5, 4.934802200544679),
            (2.0, 3.0, -0.15411380631918856),
            (2.0, -1.5, -0.23620405164172825),
            (60.0, 3.0, -6.54302111598075e52),
            (0.0, 3.0, 0.9227843350984675),
        ] {
            let got = polygamma_one(n, x);
            assert!((got - expected).abs() <= 1e-13 * expected.abs(), "polygamma({n}, {x}) = {got}, expected {expected}");
        }
        assert!(polygamma_one(0.5, 1.0).is_nan() && polygamma_one(-1.0, 1.0).is_nan());
        assert_eq!(polygamma_one(200.0, 0.5), f64::NEG_INFINITY);
    }
}
