"""Derive the polynomial coefficients and split constants of the elementary functions in rust/ops/src/math/coefficients.rs.

    python tools/fit/coefficients.py > rust/ops/src/math/coefficients.rs && rustfmt rust/ops/src/math/coefficients.rs

Each polynomial interpolates its function at Chebyshev nodes in 60-digit arithmetic (within a small factor of the
minimax polynomial); the relative error reached is printed beside it. Needs mpmath.
"""

import mpmath as mp

mp.mp.dps = 60


def emit(name, doc, values):
    """Print one constant array, lowest power first."""
    body = ", ".join(repr(float(v)) for v in values)
    print(f"/// {doc}\npub const {name}: [f64; {len(values)}] = [{body}];\n")


def fit(name, doc, function, low, high, terms, rests=0, absolute=False):
    """Fit `terms` coefficients to `function` on [low, high] and print them with the error reached.

    What rounding takes from the first `rests` coefficients is printed as an array of its own.
    """
    coefficients, error = mp.chebyfit(function, [low, high], terms, error=True)
    scale = 1 if absolute else min(abs(function(low)), abs(function(high)))
    kind = "Absolute" if absolute else "Relative"
    emit(name, f"{doc} {kind} error {mp.nstr(error / scale, 2)}.", coefficients[::-1])
    if rests:
        lost = [c - mp.mpf(float(c)) for c in coefficients[: -rests - 1 : -1]]
        emit(f"{name}_REST", f"What rounding took from the first coefficients of [`{name}`].", lost)


def split(name, doc, value, pieces, bits):
    """Print `value` as a sum of doubles: all but the last with `bits` bits, so that small multiples are exact."""
    parts = []
    for _ in range(pieces - 1):
        step = mp.mpf(2) ** (mp.floor(mp.log(abs(value), 2)) + 1 - bits)
        parts.append(mp.nint(value / step) * step)
        value -= parts[-1]
    emit(name, doc, parts + [value])


def series(function, limit):
    """`function` with its limit at 0, where the formula is 0/0."""
    return lambda z: limit if z == 0 else function(z)


def erfcx_scaled(t):
    """(1 + 2x) exp(x^2) erfc(x) at x = 3 (1 + t) / (1 - t)."""
    x = 3 * (1 + t) / (1 - t)
    return (1 + 2 * x) * mp.exp(x * x) * mp.erfc(x)


def t_of(x):
    """The inverse of the substitution in `erfcx_scaled`."""
    return mp.mpf(x - 3) / (x + 3)


def sqrt_quotient(function):
    """(f(w) / w - 1) / w^2 as a function of z = w^2."""
    return lambda z: (function(mp.sqrt(z)) / mp.sqrt(z) - 1) / z


def main():
    """Print the whole Rust file."""
    print(
        "//! Coefficients of the elementary functions; made by tools/fit/coefficients.py.\n#![allow(clippy::approx_constant)]\n"
    )
    split("PI_2", "pi/2 as a sum; multiples up to 2^20 of all but the last are exact.", mp.pi / 2, 4, 33)
    split("LN_2", "ln 2 as a sum; multiples up to 2^11 of the first are exact in f64.", mp.log(2), 2, 42)
    split("LN_2_F32", "ln 2 as a sum; multiples up to 2^8 of the first are exact in f32.", mp.log(2), 2, 16)
    split("LN_2_DOUBLE", "ln 2 to twice the precision of f64.", mp.log(2), 2, 53)
    split("TWO_THIRDS", "2/3 to twice the precision of f64.", mp.mpf(2) / 3, 2, 53)
    split("PI_2_DOUBLE", "pi/2 to twice the precision of f64.", mp.pi / 2, 2, 53)
    half = mp.log(2) / 2 + mp.mpf("1e-4")
    rest = series(lambda r: (mp.expm1(r) - r) / r**2, mp.mpf(1) / 2)
    fit("EXP", "(e^r - 1 - r)/r^2 on |r| <= ln(2)/2.", rest, -half, half, 11)
    fit("EXP_F32", "(e^r - 1 - r)/r^2 on |r| <= ln(2)/2.", rest, -half, half, 5)
    quarter = mp.log(2) / 4 + mp.mpf("1e-4")
    twice = series(lambda r: mp.expm1(2 * r) / r, mp.mpf(2))
    fit("EXP_TWICE_F32", "(e^2r - 1)/r on |r| <= ln(2)/4.", twice, -quarter, quarter, 6)
    fit(
        "TANH_NEAR_F32",
        "(tanh(w)/w - 1)/w^2 in z = w^2 on [0, 0.625^2].",
        series(sqrt_quotient(mp.tanh), -mp.mpf(1) / 3),
        0,
        mp.mpf("0.625") ** 2,
        5,
    )
    fit(
        "ASIN",
        "(asin(w)/w - 1)/w^2 in z = w^2 on [0, 1/4].",
        series(sqrt_quotient(mp.asin), mp.mpf(1) / 6),
        0,
        mp.mpf(1) / 4,
        14,
    )
    bound = (mp.sqrt(2) - 1) ** 2 + mp.mpf("1e-12")
    fit(
        "ATAN",
        "(atan(w)/w - 1)/w^2 in z = w^2 on [0, tan(pi/8)^2].",
        series(sqrt_quotient(mp.atan), -mp.mpf(1) / 3),
        0,
        bound,
        12,
    )
    near = series(lambda z: mp.erf(mp.sqrt(z)) / mp.sqrt(z) - 1, 2 / mp.sqrt(mp.pi) - 1)
    fit("ERF_NEAR", "erf(w)/w - 1 in z = w^2 on [0, 1].", near, 0, 1, 14)
    fit("ERF_NEAR_F32", "erf(w)/w - 1 in z = w^2 on [0, 1].", near, 0, 1, 7)
    fit(
        "ERF_FAR_F32",
        "erf(2.5 + t) - 1 on |t| <= 1.5.",
        lambda t: -mp.erfc(t + mp.mpf("2.5")),
        mp.mpf("-1.5"),
        mp.mpf("1.5"),
        15,
        absolute=True,
    )
    fit(
        "ERFC_FAR",
        "(1 + 2w) exp(w^2) erfc(w) in t = (w - 3)/(w + 3), w on [0.45, 30].",
        erfcx_scaled,
        t_of(mp.mpf("0.45")),
        t_of(mp.mpf(30)),
        24,
    )
    fit(
        "LGAMMA_1",
        "lgamma(1 + t)/t on [-0.3, 0.31].",
        series(lambda t: mp.loggamma(1 + t) / t, -mp.euler),
        mp.mpf("-0.3"),
        mp.mpf("0.31"),
        23,
    )
    fit(
        "LGAMMA_2",
        "lgamma(2 + t)/t on [-0.7, 1].",
        series(lambda t: mp.loggamma(2 + t) / t, 1 - mp.euler),
        mp.mpf("-0.7"),
        mp.mpf(1),
        26,
        rests=2,
    )
    stirling = [mp.bernoulli(2 * k) / (2 * k * (2 * k - 1)) for k in range(1, 9)]
    emit("STIRLING", "B(2k) / (2k (2k - 1)): Stirling's series of lgamma in 1/x^2, times x.", stirling)
    emit(
        "DIGAMMA",
        "B(2k) / (2k): the asymptotic series of log(x) - 1/(2x) - digamma(x) in 1/x^2.",
        [mp.bernoulli(2 * k) / (2 * k) for k in range(1, 10)],
    )


main()
