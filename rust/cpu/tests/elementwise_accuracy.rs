//! Accuracy of the elementwise loops on every instruction set of this machine, in units of the last place.
//!
//! `f32` is swept over the whole range against the platform's `f64` functions; `f64` is compared with a table of
//! results to twice the precision, made by tools/fit/reference.py. The bounds are what was measured, rounded up.
#![allow(unsafe_code)]
use ferroflow_cpu::frames::{Mode, Table, table_for};
use ferroflow_cpu::simd::Level;
use ferroflow_tensor::DType;

unsafe extern "C" {
    fn erf(x: f64) -> f64;
    fn erfc(x: f64) -> f64;
    fn lgamma(x: f64) -> f64;
}

fn c_erf(x: f64) -> f64 {
    // SAFETY: a pure function of the C library.
    unsafe { erf(x) }
}
fn c_erfc(x: f64) -> f64 {
    // SAFETY: a pure function of the C library.
    unsafe { erfc(x) }
}
fn c_lgamma(x: f64) -> f64 {
    // SAFETY: the test is the only user of the global sign.
    unsafe { lgamma(x) }
}

fn tables() -> Vec<(Level, &'static Table)> {
    Level::ALL.into_iter().filter_map(|level| Some((level, table_for(level)?))).collect()
}

/// Distance of an `f32` from the true value in units of its last place; infinite where one is NaN or infinite alone.
fn ulps_f32(got: f32, want: f64) -> f64 {
    let nearest = want as f32;
    if want.is_nan() || got.is_nan() {
        return if want.is_nan() && got.is_nan() { 0.0 } else { f64::INFINITY };
    }
    if nearest.is_infinite() || got.is_infinite() {
        return if nearest == got { 0.0 } else { f64::INFINITY };
    }
    let exponent = nearest.abs().max(f32::MIN_POSITIVE).to_bits() & 0x7f80_0000;
    let unit = f64::from(f32::from_bits(exponent)) * 2f64.powi(-23);
    (f64::from(got) - want).abs() / unit
}

type Reference = fn(f64) -> f64;

const UNARY: &[(&str, Reference, f64)] = &[
    ("Abs", f64::abs, 0.0),
    ("Neg", |x| -x, 0.0),
    ("Square", |x| x * x, 0.501),
    ("Sqrt", f64::sqrt, 0.501),
    ("Rsqrt", |x| 1.0 / x.sqrt(), 1.5),
    ("Reciprocal", |x| 1.0 / x, 0.501),
    ("Exp", f64::exp, 1.1),
    ("Expm1", f64::exp_m1, 1.6),
    ("Log", f64::ln, 1.0),
    ("Log1p", f64::ln_1p, 0.501),
    ("Sin", f64::sin, 1.5),
    ("Cos", f64::cos, 1.5),
    ("Tan", f64::tan, 0.501),
    ("Asin", f64::asin, 0.501),
    ("Acos", f64::acos, 0.501),
    ("Atan", f64::atan, 0.501),
    ("Sinh", f64::sinh, 0.501),
    ("Cosh", f64::cosh, 0.501),
    ("Tanh", f64::tanh, 1.4),
    ("Asinh", f64::asinh, 0.501),
    ("Acosh", f64::acosh, 0.501),
    ("Atanh", f64::atanh, 0.501),
    ("Sigmoid", |x| 1.0 / (1.0 + (-x).exp()), 2.5),
    ("Softplus", |x| x.max(0.0) + (-x.abs()).exp().ln_1p(), 2.0),
    ("Erf", c_erf, 1.3),
    ("Erfc", c_erfc, 0.501),
    ("Floor", f64::floor, 0.0),
    ("Ceil", f64::ceil, 0.0),
    ("Round", f64::round_ties_even, 0.0),
    ("Relu", |x| if x < 0.0 { 0.0 } else { x }, 0.0),
    ("Elu", |x| if x < 0.0 { x.exp_m1() } else { x }, 1.1),
    ("Softsign", |x| x / (1.0 + x.abs()), 1.5),
];

/// Every 3001st bit pattern, and the neighbourhood of numbers where formulas change.
fn sweep() -> Vec<f32> {
    let mut all: Vec<f32> = (0..=u32::MAX).step_by(3001).map(f32::from_bits).collect();
    for center in
        [0.0f32, 0.5, 1.0, 2.0, 4.0, 1.0, 3.93, 0.693, core::f32::consts::FRAC_PI_2, core::f32::consts::PI, 88.7, 89.4, 103.9, 1e6, 20.0]
    {
        for step in -200i32..200 {
            let bits = center.to_bits().wrapping_add_signed(step * 7);
            all.extend([f32::from_bits(bits), -f32::from_bits(bits)]);
        }
    }
    all
}

#[test]
fn f32_functions_are_accurate_over_the_whole_range() {
    let x = sweep();
    let mut out = vec![0f32; x.len()];
    let mut failures = vec![];
    for (name, reference, bound) in UNARY {
        let want: Vec<f64> = x.iter().map(|x| reference(f64::from(*x))).collect();
        for (level, table) in tables() {
            let f = table.unary(name, DType::Float).unwrap();
            // SAFETY: both vectors have the length given.
            unsafe { f(x.as_ptr().cast(), out.as_mut_ptr().cast(), x.len()) };
            let errors = out.iter().zip(&want).map(|(got, want)| ulps_f32(*got, *want));
            let (worst, at) = errors.zip(&x).fold((0.0, 0f32), |best, (e, x)| if e > best.0 { (e, *x) } else { best });
            println!("{name:12} {level:?} {worst:.3} at {at:e}");
            if worst > *bound {
                failures.push(format!("{name} on {level:?}: {worst} ULP at {at:e}, allowed {bound}"));
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn f32_lgamma_is_accurate() {
    let x: Vec<f32> = sweep().into_iter().filter(|x| *x > 0.0 || x.is_nan()).collect();
    let mut out = vec![0f32; x.len()];
    let table = table_for(Level::Portable).unwrap();
    // SAFETY: both vectors have the length given.
    unsafe { table.unary("Lgamma", DType::Float).unwrap()(x.as_ptr().cast(), out.as_mut_ptr().cast(), x.len()) };
    for (x, got) in x.iter().zip(&out) {
        let error = ulps_f32(*got, c_lgamma(f64::from(*x)));
        assert!(error <= 0.501, "{error} ULP at {x:e}");
    }
}

/// Pairs of numbers for the ops with two operands: spread over many sizes, with special values.
fn pairs() -> (Vec<f32>, Vec<f32>) {
    let special = [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 3.0, -3.0, f32::INFINITY, f32::NEG_INFINITY, f32::NAN, 1e-40, 1e38, -2.5];
    let (mut x, mut y) = (vec![], vec![]);
    for a in special {
        for b in special {
            x.push(a);
            y.push(b);
        }
    }
    let mut state = 1u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / 16_777_216.0
    };
    for i in 0..400_000 {
        let size = if i % 2 == 0 { 4.0 } else { 40.0 };
        let sign = if next() < 0.3 { -1.0 } else { 1.0 };
        x.push(sign * ((next() - 0.5) * size).exp2());
        y.push((next() - 0.5) * if i % 3 == 0 { 100.0 } else { 5.0 });
    }
    (x, y)
}

fn floor_mod(a: f64, b: f64) -> f64 {
    let rest = a % b;
    if rest != 0.0 && (rest < 0.0) != (b < 0.0) { rest + b } else { rest }
}

#[test]
fn f32_binary_functions_are_accurate() {
    type Reference2 = fn(f64, f64) -> f64;
    let cases: &[(&str, Reference2, f64)] = &[
        ("AddV2", |x, y| x + y, 0.501),
        ("Mul", |x, y| x * y, 0.501),
        ("RealDiv", |x, y| x / y, 0.501),
        ("Pow", f64::powf, 0.51),
        ("FloorMod", floor_mod, 0.501),
        ("TruncateMod", |x, y| x % y, 0.0),
        ("Atan2", f64::atan2, 0.501),
        ("Maximum", |x, y| if x.is_nan() || y.is_nan() { f64::NAN } else { x.max(y) }, 0.0),
        ("Minimum", |x, y| if x.is_nan() || y.is_nan() { f64::NAN } else { x.min(y) }, 0.0),
        ("Xlogy", |x, y| if x == 0.0 { 0.0 } else { x * y.ln() }, 1.7),
        ("DivNoNan", |x, y| if y == 0.0 { 0.0 } else { x / y }, 0.501),
    ];
    let (x, y) = pairs();
    let mut out = vec![0f32; x.len()];
    for (name, reference, bound) in cases {
        for (level, table) in tables() {
            let f = table.binary(name, DType::Float, Mode::VectorVector).unwrap();
            // SAFETY: the vectors have the length given.
            unsafe { f(x.as_ptr().cast(), y.as_ptr().cast(), out.as_mut_ptr().cast(), x.len()) };
            for i in 0..x.len() {
                let error = ulps_f32(out[i], reference(f64::from(x[i]), f64::from(y[i])));
                assert!(error <= *bound, "{name} on {level:?}: {error} ULP at {:e}, {:e}: {:e}", x[i], y[i], out[i]);
            }
        }
    }
}

/// Distance of an `f64` from `high + low` in units of the last place.
fn ulps_f64(got: f64, high: f64, low: f64) -> f64 {
    if high.is_nan() || got.is_nan() {
        return if high.is_nan() && got.is_nan() { 0.0 } else { f64::INFINITY };
    }
    if high.is_infinite() || got.is_infinite() {
        return if high == got { 0.0 } else { f64::INFINITY };
    }
    let exponent = high.abs().max(f64::MIN_POSITIVE).to_bits() & 0x7ff0_0000_0000_0000;
    let unit = f64::from_bits(exponent) * 2f64.powi(-52);
    if unit == 0.0 {
        return (got.to_bits().abs_diff(high.to_bits())) as f64;
    }
    (((got - high) - low) / unit).abs()
}

/// Largest error allowed for each function of the table.
const F64_BOUNDS: &[(&str, f64)] = &[
    ("Exp", 1.0),
    ("Expm1", 1.6),
    ("Log", 0.8),
    ("Log1p", 1.5),
    ("Sin", 0.75),
    ("Cos", 0.75),
    ("Tan", 1.7),
    ("Asin", 1.4),
    ("Acos", 1.1),
    ("Atan", 1.6),
    ("Sinh", 1.8),
    ("Cosh", 1.2),
    ("Tanh", 1.3),
    ("Asinh", 1.4),
    ("Acosh", 2.2),
    ("Atanh", 1.8),
    ("Sigmoid", 2.0),
    ("Softplus", 1.6),
    ("Erf", 0.85),
    ("Erfc", 3.3),
    ("Erfinv", 1.9),
    ("Ndtri", 2.7),
    ("Lgamma", 2.5),
    ("Digamma", 17.0),
    ("Rsqrt", 1.5),
    ("Pow", 1.0),
    ("Atan2", 1.75),
    ("FloorMod", 0.501),
];

#[test]
fn f64_functions_agree_with_a_table_of_twice_the_precision() {
    let text = include_str!("data/elementwise_f64.txt");
    let mut failures = vec![];
    for (name, bound) in F64_BOUNDS {
        // Each line: op, operands, result high and low; all as the bits of an f64 in hexadecimal.
        let rows: Vec<Vec<f64>> = text
            .lines()
            .filter(|line| line.split(' ').next() == Some(name))
            .map(|line| line.split(' ').skip(1).map(|s| f64::from_bits(u64::from_str_radix(s, 16).unwrap())).collect())
            .collect();
        assert!(rows.len() >= 60, "{name} has {} rows", rows.len());
        let column = |i: usize| -> Vec<f64> { rows.iter().map(|row| row[i]).collect() };
        let operands = rows[0].len() - 2;
        let mut out = vec![0f64; rows.len()];
        for (level, table) in tables() {
            let x = column(0);
            // SAFETY: the vectors have the length given.
            unsafe {
                if operands == 1 {
                    table.unary(name, DType::Double).unwrap()(x.as_ptr().cast(), out.as_mut_ptr().cast(), x.len());
                } else {
                    let f = table.binary(name, DType::Double, Mode::VectorVector).unwrap();
                    f(x.as_ptr().cast(), column(1).as_ptr().cast(), out.as_mut_ptr().cast(), x.len());
                }
            }
            let (mut worst, mut at) = (0.0, 0);
            for (i, row) in rows.iter().enumerate() {
                let error = ulps_f64(out[i], row[operands], row[operands + 1]);
                if error > worst {
                    (worst, at) = (error, i);
                }
            }
            println!("{name:12} {level:?} {worst:.3} at {:?}", &rows[at][..operands]);
            if worst > *bound {
                failures.push(format!("{name} on {level:?}: {worst} ULP at {:?}: {:e}, allowed {bound}", rows[at], out[at]));
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn f64_digamma_agrees_with_known_values() {
    // Abramowitz and Stegun, 6.3: psi(1) = -gamma, psi(1/2) = -gamma - 2 ln 2, psi(x + 1) = psi(x) + 1/x.
    let gamma = 0.577_215_664_901_532_9;
    let x = [1.0, 0.5, 2.0, 10.0, 100.0, -0.5, 1e-3, 1e10];
    let want = [
        -gamma,
        -gamma - 2.0 * 2f64.ln(),
        1.0 - gamma,
        2.251_752_589_066_721,
        4.600_161_852_738_087,
        0.036_489_973_978_576_52,
        -1_000.575_571_931_810_3,
        23.025_850_929_890_457,
    ];
    let mut out = [0f64; 8];
    let f = table_for(Level::Portable).unwrap().unary("Digamma", DType::Double).unwrap();
    // SAFETY: eight elements each.
    unsafe { f(x.as_ptr().cast(), out.as_mut_ptr().cast(), 8) };
    for (got, want) in out.iter().zip(want) {
        assert!((got - want).abs() <= 4e-15 * want.abs().max(1.0), "{got} {want}");
    }
}
