//! Values of the elementwise loops: tails of every length, modes, special values, every dtype, conversions, reductions.
#![allow(unsafe_code)]
use ferroflow_cpu::frames::{Mode, Table, has_fault, select, table_for};
use ferroflow_cpu::simd::{Level, isa};
use ferroflow_ops::elementwise::Fault;
use ferroflow_tensor::half::{BF16, F16};
use ferroflow_tensor::{C64, C128, DType};

fn tables() -> Vec<(Level, &'static Table)> {
    Level::ALL.into_iter().filter_map(|level| Some((level, table_for(level)?))).collect()
}

/// Runs a loop with one operand.
fn map1<A, B: Clone + Default>(table: &Table, op: &str, dtype: DType, x: &[A]) -> Vec<B> {
    let mut out = vec![B::default(); x.len()];
    let f = table.unary(op, dtype).unwrap_or_else(|| panic!("no {op} for {dtype:?}"));
    // SAFETY: both have the same length and the dtype's size.
    unsafe { f(x.as_ptr().cast(), out.as_mut_ptr().cast(), x.len()) };
    out
}

/// Runs a loop with two vectors.
fn map2<A, B: Clone + Default>(table: &Table, op: &str, dtype: DType, x: &[A], y: &[A]) -> Vec<B> {
    let mut out = vec![B::default(); x.len()];
    let f = table.binary(op, dtype, Mode::VectorVector).unwrap_or_else(|| panic!("no {op} for {dtype:?}"));
    // SAFETY: all have the same length and the dtype's size.
    unsafe { f(x.as_ptr().cast(), y.as_ptr().cast(), out.as_mut_ptr().cast(), x.len()) };
    out
}

/// Equal as numbers, NaN to NaN, and zeros of the same sign.
fn same(a: &[f32], b: &[f32]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan())
}

const NAN: f32 = f32::NAN;
const INF: f32 = f32::INFINITY;

#[test]
fn tails_of_every_length_are_written_and_nothing_beyond() {
    for (level, table) in tables() {
        for n in 0..70 {
            let x: Vec<f32> = (0..n).map(|i| i as f32 * 0.25 - 4.0).collect();
            let y: Vec<f32> = (0..n).map(|i| 9.0 - i as f32).collect();
            let mut out = vec![777f32; n + 4];
            // SAFETY: n elements each, a scalar where the mode says so.
            unsafe {
                table.unary("Abs", DType::Float).unwrap()(x.as_ptr().cast(), out.as_mut_ptr().cast(), n);
                assert!((0..n).all(|i| out[i] == x[i].abs()) && out[n..] == [777.0; 4], "{level:?} {n}");
                let add = |mode| table.binary("AddV2", DType::Float, mode).unwrap();
                add(Mode::VectorVector)(x.as_ptr().cast(), y.as_ptr().cast(), out.as_mut_ptr().cast(), n);
                assert!((0..n).all(|i| out[i] == x[i] + y[i]) && out[n..] == [777.0; 4], "{level:?} {n}");
                let two = [2f32];
                let sub = |mode| table.binary("Sub", DType::Float, mode).unwrap();
                sub(Mode::ScalarVector)(two.as_ptr().cast(), y.as_ptr().cast(), out.as_mut_ptr().cast(), n);
                assert!((0..n).all(|i| out[i] == 2.0 - y[i]) && out[n..] == [777.0; 4], "{level:?} {n}");
                sub(Mode::VectorScalar)(x.as_ptr().cast(), two.as_ptr().cast(), out.as_mut_ptr().cast(), n);
                assert!((0..n).all(|i| out[i] == x[i] - 2.0) && out[n..] == [777.0; 4], "{level:?} {n}");
                let mut truth = vec![9u8; n + 4];
                let less = table.compare("Less", DType::Float, Mode::VectorVector).unwrap();
                less(x.as_ptr().cast(), y.as_ptr().cast(), truth.as_mut_ptr(), n);
                assert!((0..n).all(|i| truth[i] == u8::from(x[i] < y[i])) && truth[n..] == [9; 4], "{level:?} {n}");
                let wide: Vec<f64> = x.iter().map(|x| f64::from(*x)).collect();
                let mut wide_out = vec![777f64; n + 4];
                table.unary("Neg", DType::Double).unwrap()(wide.as_ptr().cast(), wide_out.as_mut_ptr().cast(), n);
                assert!((0..n).all(|i| wide_out[i] == -wide[i]) && wide_out[n..] == [777.0; 4], "{level:?} {n}");
                let mut truth = vec![9u8; n + 4];
                table.unary("IsFinite", DType::Double).unwrap()(wide.as_ptr().cast(), truth.as_mut_ptr(), n);
                assert!(truth[..n].iter().all(|t| *t == 1) && truth[n..] == [9; 4]);
            }
        }
    }
}

#[test]
fn special_values_are_those_of_tensorflow() {
    let x = [NAN, INF, -INF, 0.0, -0.0, 0.5, -0.5, 1.5, 2.5, -1.5, -2.5];
    type Case = (&'static str, [f32; 11]);
    let cases: &[Case] = &[
        ("Sign", [NAN, 1.0, -1.0, 0.0, 0.0, 1.0, -1.0, 1.0, 1.0, -1.0, -1.0]),
        ("Round", [NAN, INF, -INF, 0.0, -0.0, 0.0, -0.0, 2.0, 2.0, -2.0, -2.0]),
        ("Floor", [NAN, INF, -INF, 0.0, -0.0, 0.0, -1.0, 1.0, 2.0, -2.0, -3.0]),
        ("Ceil", [NAN, INF, -INF, 0.0, -0.0, 1.0, -0.0, 2.0, 3.0, -1.0, -2.0]),
        ("Reciprocal", [NAN, 0.0, -0.0, INF, -INF, 2.0, -2.0, 1.0 / 1.5, 0.4, -1.0 / 1.5, -0.4]),
        ("Relu6", [NAN, 6.0, 0.0, 0.0, -0.0, 0.5, 0.0, 1.5, 2.5, 0.0, 0.0]),
    ];
    for (level, table) in tables() {
        for (op, want) in cases {
            let got: Vec<f32> = map1(table, op, DType::Float, &x);
            assert!(same(&got, want), "{op} {level:?}: {got:?}");
        }
        let ends = [NAN, INF, -INF, 0.0, -0.0];
        let at_ends: &[(&str, [f32; 5])] = &[
            ("Exp", [NAN, INF, 0.0, 1.0, 1.0]),
            ("Expm1", [NAN, INF, -1.0, 0.0, -0.0]),
            ("Log", [NAN, INF, NAN, -INF, -INF]),
            ("Log1p", [NAN, INF, NAN, 0.0, -0.0]),
            ("Sqrt", [NAN, INF, NAN, 0.0, -0.0]),
            ("Rsqrt", [NAN, 0.0, NAN, INF, -INF]),
            ("Sin", [NAN, NAN, NAN, 0.0, -0.0]),
            ("Cos", [NAN, NAN, NAN, 1.0, 1.0]),
            ("Tan", [NAN, NAN, NAN, 0.0, -0.0]),
            ("Sinh", [NAN, INF, -INF, 0.0, -0.0]),
            ("Cosh", [NAN, INF, INF, 1.0, 1.0]),
            ("Tanh", [NAN, 1.0, -1.0, 0.0, -0.0]),
            ("Asinh", [NAN, INF, -INF, 0.0, -0.0]),
            ("Sigmoid", [NAN, 1.0, 0.0, 0.5, 0.5]),
            ("Erf", [NAN, 1.0, -1.0, 0.0, -0.0]),
            ("Erfc", [NAN, 0.0, 2.0, 1.0, 1.0]),
            ("Softplus", [NAN, INF, 0.0, core::f32::consts::LN_2, core::f32::consts::LN_2]),
            ("Elu", [NAN, INF, -1.0, 0.0, -0.0]),
            ("Lgamma", [NAN, INF, INF, INF, INF]),
            ("Digamma", [NAN, INF, NAN, NAN, NAN]),
            ("Erfinv", [NAN, NAN, NAN, 0.0, 0.0]),
        ];
        for (op, want) in at_ends {
            let got: Vec<f32> = map1(table, op, DType::Float, &ends);
            assert!(same(&got, want), "{op} {level:?}: {got:?}");
            let wide: Vec<f64> = map1(table, op, DType::Double, &ends.map(f64::from));
            let got: Vec<f32> = wide.iter().map(|x| *x as f32).collect();
            assert!(same(&got, want), "{op} f64 {level:?}: {got:?}");
        }
    }
}

#[test]
fn powers_of_zeros_and_infinities_are_exact_on_every_instruction_set() {
    let bases = [0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 1.0, -1.0];
    let exponents =
        [0.0, -0.0, 0.3, -0.3, 0.5, -0.5, 1.0, -1.0, 1.5, 2.0, 3.0, -3.0, 600.0, -601.0, 1e-300, 1e300, f64::INFINITY, f64::NEG_INFINITY];
    let (x, y): (Vec<f64>, Vec<f64>) = bases.iter().flat_map(|x| exponents.map(|y| (*x, y))).unzip();
    for (level, table) in tables() {
        let wide: Vec<f64> = map2(table, "Pow", DType::Double, &x, &y);
        let narrow = |v: &[f64]| v.iter().map(|v| *v as f32).collect::<Vec<f32>>();
        let single: Vec<f32> = map2(table, "Pow", DType::Float, &narrow(&x), &narrow(&y));
        for (i, (x, y)) in x.iter().zip(&y).enumerate() {
            let want = x.powf(*y);
            assert!(same(&[wide[i] as f32], &[want as f32]), "{level:?}: {x}^{y} is {}, not {want}", wide[i]);
            let want = (*x as f32).powf(*y as f32);
            assert!(same(&[single[i]], &[want]), "{level:?}: {x}^{y} is {}, not {want}", single[i]);
        }
    }
}

#[test]
fn binary_special_values_are_those_of_tensorflow() {
    let x = [5.5, -5.5, 5.5, -5.5, -6.0, 0.0, -0.0, 1.0, -1.0, INF, 1.0, 0.0, 1e-20, NAN, 0.0];
    let y = [2.0, 2.0, -2.0, -2.0, 3.0, -2.0, 2.0, INF, INF, 2.0, 0.0, 0.0, -8.0, 0.0, NAN];
    let cases: &[(&str, [f32; 15])] = &[
        ("FloorMod", [1.5, 0.5, -0.5, -1.5, -0.0, 0.0, -0.0, 1.0, INF, NAN, NAN, NAN, -8.0, NAN, NAN]),
        ("TruncateMod", [1.5, -1.5, 1.5, -1.5, -0.0, 0.0, -0.0, 1.0, -1.0, NAN, NAN, NAN, 1e-20, NAN, NAN]),
        ("FloorDiv", [2.0, -3.0, -3.0, 2.0, -2.0, -0.0, -0.0, 0.0, -0.0, INF, INF, NAN, -1.0, NAN, NAN]),
        ("DivNoNan", [2.75, -2.75, -2.75, 2.75, -2.0, -0.0, -0.0, 0.0, -0.0, INF, 0.0, 0.0, -1.25e-21, 0.0, NAN]),
        ("MulNoNan", [11.0, -11.0, -11.0, 11.0, -18.0, -0.0, -0.0, INF, -INF, INF, 0.0, 0.0, -8e-20, 0.0, NAN]),
        ("Maximum", [5.5, 2.0, 5.5, -2.0, 3.0, 0.0, 2.0, INF, INF, INF, 1.0, 0.0, 1e-20, NAN, NAN]),
        ("Minimum", [2.0, -5.5, -2.0, -5.5, -6.0, -2.0, -0.0, 1.0, -1.0, 2.0, 0.0, 0.0, -8.0, NAN, NAN]),
        ("Pow", [30.25, 30.25, 0.033_057_85, 0.033_057_85, -216.0, INF, 0.0, 1.0, 1.0, INF, 1.0, 1.0, INF, 1.0, NAN]),
    ];
    for (level, table) in tables() {
        for (op, want) in cases {
            let got: Vec<f32> = map2(table, op, DType::Float, &x, &y);
            assert!(same(&got, want), "{op} {level:?}: {got:?}");
            if *op != "DivNoNan" && *op != "MulNoNan" && *op != "Pow" {
                let wide: Vec<f64> = map2(table, op, DType::Double, &x.map(f64::from), &y.map(f64::from));
                let got: Vec<f32> = wide.iter().map(|x| *x as f32).collect();
                assert!(same(&got, want), "{op} f64 {level:?}: {got:?}");
            }
        }
        let features = [-1.0, 0.0, 1.0, NAN, 7.0];
        let grads = [NAN, INF, 2.0, 3.0, 1.0];
        let got: Vec<f32> = map2(table, "ReluGrad", DType::Float, &grads, &features);
        assert!(same(&got, &[NAN, NAN, 2.0, 0.0, 1.0]), "{got:?}");
        let got: Vec<f32> = map2(table, "Relu6Grad", DType::Float, &grads, &features);
        assert!(same(&got, &[NAN, NAN, 2.0, 0.0, 0.0]), "{got:?}");
        let got: Vec<f32> = map2(table, "LeakyRelu", DType::Float, &features, &[0.5; 5]);
        assert!(same(&got, &[-0.5, 0.0, 1.0, NAN, 7.0]), "{got:?}");
        let got: Vec<f32> = map2(table, "NextAfter", DType::Float, &[0.0, 1.0, -1.0, INF, 1.0], &[-1.0, 2.0, 2.0, 0.0, 1.0]);
        assert!(same(&got, &[-1e-45, 1.000_000_1, -0.999_999_94, f32::MAX, 1.0]), "{got:?}");
    }
}

#[test]
fn integers_wrap_and_divide_as_in_tensorflow() {
    for (level, table) in tables() {
        let (x, y) = ([i8::MAX, i8::MIN, 7, -7, 7, -7, i8::MIN], [i8::MAX, i8::MAX, 3, 3, -3, -3, -1]);
        let run = |op| -> Vec<i8> { map2(table, op, DType::Int8, &x, &y) };
        assert_eq!(run("AddV2"), [-2, -1, 10, -4, 4, -10, 127], "{level:?}");
        assert_eq!(run("Mul"), [1, -128, 21, -21, -21, 21, -128]);
        assert_eq!(run("FloorDiv"), [1, -2, 2, -3, -3, 2, -128]);
        assert_eq!(run("TruncateDiv"), [1, -1, 2, -2, -2, 2, -128]);
        assert_eq!(run("FloorMod"), [0, 126, 1, 2, -2, -1, 0]);
        assert_eq!(run("LeftShift"), [-128, 0, 56, -56, 7, -7, -128]);
        assert_eq!(run("RightShift"), [0, -1, 0, -1, 7, -7, -128]);
        let powers: Vec<i64> = map2(table, "Pow", DType::Int64, &[3i64, -3, 2, 0], &[41, 41, 63, 0]);
        assert_eq!(powers, [-420_491_770_248_316_829, 420_491_770_248_316_829, i64::MIN, 1]);
        let extremes = [i32::MIN, i32::MAX, 0, -5];
        assert_eq!(map1::<_, i32>(table, "Abs", DType::Int32, &extremes), [i32::MIN, i32::MAX, 0, 5]);
        assert_eq!(map1::<_, i32>(table, "Sign", DType::Int32, &extremes), [-1, 1, 0, -1]);
        assert_eq!(map1::<_, u8>(table, "Relu6", DType::UInt8, &[0u8, 3, 200]), [0, 3, 6]);
        assert_eq!(map1::<_, u8>(table, "Invert", DType::UInt8, &[0u8, 3, 200]), [255, 252, 55]);
        assert_eq!(table.fault("FloorMod"), Some(Fault::DivisionByZero));
        assert_eq!((table.fault("Pow"), table.fault("Mul")), (Some(Fault::NegativePower), None));
    }
    // SAFETY: three elements each.
    unsafe {
        assert!(has_fault(Fault::DivisionByZero, DType::Int16, [3i16, 0, 1].as_ptr().cast(), 3));
        assert!(!has_fault(Fault::DivisionByZero, DType::Int16, [3i16, -1, 1].as_ptr().cast(), 3));
        assert!(has_fault(Fault::NegativePower, DType::Int32, [3, 0, -1].as_ptr().cast(), 3));
        assert!(!has_fault(Fault::DivisionByZero, DType::Float, [0f32; 3].as_ptr().cast(), 3));
    }
}

#[test]
fn every_listed_dtype_has_a_loop_and_only_those() {
    for (level, table) in tables() {
        let has = |op: &str, dtype| table.unary(op, dtype).is_some();
        assert!(has("Exp", DType::Half) && has("Exp", DType::BFloat16) && has("Exp", DType::Complex128), "{level:?}");
        assert!(!has("Exp", DType::Int32) && !has("Abs", DType::UInt8) && !has("Erf", DType::Complex64) && !has("Nothing", DType::Float));
        assert!(has("LogicalNot", DType::Bool) && !has("LogicalNot", DType::Float) && !has("Exp", DType::String));
        for dtype in [DType::Int8, DType::UInt16, DType::UInt64, DType::Complex64, DType::Half, DType::BFloat16] {
            assert!(table.binary("AddV2", dtype, Mode::VectorVector).is_some());
            assert!(table.reduce("Mean", dtype).is_some());
        }
        assert!(table.compare("Equal", DType::Bool, Mode::VectorVector).is_some());
        assert!(table.compare("Less", DType::Bool, Mode::VectorVector).is_none());
    }
}

#[test]
fn halves_are_the_f32_results_rounded_once() {
    for (level, table) in tables() {
        for n in [0usize, 1, 5, 16, 33, 1023, 1024, 1025, 5000] {
            let x: Vec<f32> = (0..n).map(|i| ((i * 37) % 101) as f32 * 0.125 - 5.0).collect();
            let halves: Vec<F16> = x.iter().map(|x| F16::from_f32(*x)).collect();
            let brains: Vec<BF16> = x.iter().map(|x| BF16::from_f32(*x)).collect();
            let got: Vec<F16> = map1(table, "Exp", DType::Half, &halves);
            let exact: Vec<f32> = map1(table, "Exp", DType::Float, &halves.iter().map(|h| h.to_f32()).collect::<Vec<_>>());
            assert!(got.iter().zip(&exact).all(|(g, e)| g.0 == F16::from_f32(*e).0), "{level:?} {n}");
            let got: Vec<BF16> = map1(table, "Exp", DType::BFloat16, &brains);
            let exact: Vec<f32> = map1(table, "Exp", DType::Float, &brains.iter().map(|h| h.to_f32()).collect::<Vec<_>>());
            assert!(got.iter().zip(&exact).all(|(g, e)| g.0 == BF16::from_f32(*e).0), "{level:?} {n}");
            if n == 0 {
                continue;
            }
            let scalar = [F16::from_f32(3.0)];
            for (mode, a, b) in [(Mode::ScalarVector, &scalar[..], &halves[..]), (Mode::VectorScalar, &halves[..], &scalar[..])] {
                let mut out = vec![F16::ZERO; n];
                // SAFETY: n elements, one for the scalar.
                unsafe {
                    table.binary("Sub", DType::Half, mode).unwrap()(a.as_ptr().cast(), b.as_ptr().cast(), out.as_mut_ptr().cast(), n)
                };
                let sign = if mode == Mode::ScalarVector { -1.0 } else { 1.0 };
                assert!(out.iter().zip(&halves).all(|(o, h)| *o == F16::from_f32(sign * (h.to_f32() - 3.0))));
            }
        }
        let every: Vec<u16> = (0..=u16::MAX).collect();
        let cast = |from, to| table.cast(from, to).unwrap();
        let (mut wide, mut back) = (vec![0f32; 65536], vec![0u16; 65536]);
        for dtype in [DType::Half, DType::BFloat16] {
            // SAFETY: 65536 elements each.
            unsafe {
                cast(dtype, DType::Float)(every.as_ptr().cast(), wide.as_mut_ptr().cast(), 65536);
                cast(DType::Float, dtype)(wide.as_ptr().cast(), back.as_mut_ptr().cast(), 65536);
            }
            let ok = |bits: u16| if dtype == DType::Half { !F16(bits).is_nan() } else { !BF16(bits).is_nan() };
            assert!(every.iter().zip(&back).all(|(a, b)| a == b || !ok(*a) && !ok(*b)), "{dtype:?} {level:?}");
        }
    }
}

#[test]
fn complex_functions_agree_with_known_values() {
    let table = table_for(Level::Portable).unwrap();
    let z = [C128::new(3.0, -4.0)];
    // The results of TensorFlow 2.21 for 3 - 4i.
    let cases = [
        ("Sqrt", C128::new(2.0, -1.0)),
        ("Exp", C128::new(-13.128783081462158, 15.200784463067954)),
        ("Log", C128::new(1.6094379124341003, -0.9272952180016121)),
        ("Log1p", C128::new(1.7328679513998633, -0.7853981633974482)),
        ("Expm1", C128::new(-14.12878308146216, 15.200784463067954)),
        ("Sin", C128::new(3.853738037919377, 27.016813258003932)),
        ("Cos", C128::new(-27.034945603074224, 3.851153334811777)),
        ("Tan", C128::new(-0.00018734620462947845, -0.9993559873814732)),
        ("Sinh", C128::new(-6.5481200409110025, 7.61923172032141)),
        ("Cosh", C128::new(-6.580663040551157, 7.581552742746545)),
        ("Tanh", C128::new(1.000709536067233, -0.0049082580674960595)),
        ("Asin", C128::new(0.6339838656391766, -2.305509031243477)),
        ("Acos", C128::new(0.93681246115572, 2.305509031243477)),
        ("Atan", C128::new(1.4483069952314644, -0.15899719167999918)),
        ("Asinh", C128::new(2.2999140408792695, -0.9176168533514787)),
        ("Acosh", C128::new(2.305509031243477, -0.93681246115572)),
        ("Atanh", C128::new(0.1175009073114339, -1.4099210495965755)),
        ("Sigmoid", C128::new(1.0320721995882685, 0.04019550765508408)),
        ("Rsqrt", C128::new(0.4, 0.2)),
        ("Reciprocal", C128::new(0.12, 0.16)),
        ("Sign", C128::new(0.6, -0.8)),
        ("Square", C128::new(-7.0, -24.0)),
        ("Conj", C128::new(3.0, 4.0)),
    ];
    for (op, want) in cases {
        let got: Vec<C128> = map1(table, op, DType::Complex128, &z);
        let near = |a: f64, b: f64| (a - b).abs() <= 4e-15 * b.abs().max(1e-3);
        assert!(near(got[0].re, want.re) && near(got[0].im, want.im), "{op}: {:?} {want:?}", got[0]);
    }
    let infinite = [C128::new(f64::INFINITY, 1.0), C128::new(0.0, f64::INFINITY), C128::new(f64::NEG_INFINITY, f64::INFINITY)];
    let arcs: Vec<C128> = map1(table, "Acos", DType::Complex128, &infinite);
    let want = [0.0, core::f64::consts::FRAC_PI_2, 0.75 * core::f64::consts::PI];
    assert!(arcs.iter().zip(want).all(|(z, re)| z.re == re && z.im == f64::NEG_INFINITY), "{arcs:?}");
    assert_eq!(map1::<_, C128>(table, "Rsqrt", DType::Complex128, &infinite), [C128::new(0.0, 0.0); 3]);
    assert_eq!(map1::<_, C128>(table, "Asinh", DType::Complex128, &infinite)[1], C128::new(f64::INFINITY, core::f64::consts::FRAC_PI_2));
    let huge = [C128::new(1e200, 1e200), C128::new(1e-200, -1e-200)];
    assert_eq!(map1::<_, f64>(table, "ComplexAbs", DType::Complex128, &huge)[0], 1.414213562373095e200);
    let quotient: Vec<C128> = map2(table, "RealDiv", DType::Complex128, &huge, &huge);
    assert_eq!(quotient, [C128::new(1.0, 0.0); 2]);
    let narrow = [C64::new(1e30, 1e30)];
    let squares: Vec<C64> = map2(table, "RealDiv", DType::Complex64, &narrow, &narrow);
    assert_eq!(squares, [C64::new(1.0, 0.0)]);
    let powers: Vec<C128> = map2(table, "Pow", DType::Complex128, &[C128::new(0.0, 0.0); 2], &[C128::new(0.0, 0.0), C128::new(1.0, 0.0)]);
    assert!(powers[0].re.is_nan() && powers[0].im.is_nan() && powers[1] == C128::new(0.0, 0.0));
}

#[test]
fn conversions_are_those_of_tensorflow_for_one_element() {
    let x = [NAN, INF, -INF, 300.7, -300.7, 1e10, -1e10, 1e20, -1.5, -0.0, 2_147_483_647.0, 1.9e19];
    for (level, table) in tables() {
        macro_rules! check {
            ($dtype:ident $t:ident, $want:expr) => {{
                let mut out = [$t::default(); 12];
                // SAFETY: twelve elements each.
                unsafe { table.cast(DType::Float, DType::$dtype).unwrap()(x.as_ptr().cast(), out.as_mut_ptr().cast(), 12) };
                assert_eq!(out, $want, "{level:?}");
            }};
        }
        check!(Int8 i8, [0, 0, 0, 44, -44, 0, 0, 0, -1, 0, 0, 0]);
        check!(UInt8 u8, [0, 0, 0, 44, 212, 0, 0, 0, 255, 0, 0, 0]);
        check!(UInt16 u16, [0, 0, 0, 300, 65236, 0, 0, 0, 65535, 0, 0, 0]);
        let least = i32::MIN;
        check!(Int32 i32, [least, least, least, 300, -300, least, least, least, -1, 0, least, least]);
        let least = i64::MIN;
        check!(Int64 i64, [least, least, least, 300, -300, 10_000_000_000, -10_000_000_000, least, -1, 0, 2_147_483_648, least]);
        check!(UInt32 u32, [0, 0, 0, 300, 4_294_966_996, 1_410_065_408, 2_884_901_888, 0, u32::MAX, 0, 2_147_483_648, 0]);
        let top = 1u64 << 63;
        let minus = |n: u64| 0u64.wrapping_sub(n);
        check!(UInt64 u64, [
            top, top, top, 300, minus(300), 10_000_000_000, minus(10_000_000_000), top, u64::MAX, 0, 2_147_483_648, top
        ]);
        check!(Bool u8, [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1]);
        let mut out = [0f32; 2];
        // SAFETY: two elements each.
        unsafe {
            table.cast(DType::Int64, DType::Float).unwrap()([i64::MIN, 16_777_217].as_ptr().cast(), out.as_mut_ptr().cast(), 2);
            assert_eq!(out, [-9.223_372e18, 16_777_216.0]);
            let mut small = [0i8; 2];
            table.cast(DType::Int32, DType::Int8).unwrap()([200, -129].as_ptr().cast(), small.as_mut_ptr().cast(), 2);
            assert_eq!(small, [-56, 127]);
            let mut complex = [C64::default(); 2];
            table.cast(DType::Complex128, DType::Complex64).unwrap()(
                [C128::new(1.0, 2.0), C128::new(0.0, 1.0)].as_ptr().cast(),
                complex.as_mut_ptr().cast(),
                2,
            );
            assert_eq!(complex, [C64::new(1.0, 2.0), C64::new(0.0, 1.0)]);
            let mut truth = [7u8; 2];
            table.cast(DType::Complex64, DType::Bool).unwrap()(complex.as_ptr().cast(), truth.as_mut_ptr(), 2);
            assert_eq!(truth, [1, 0]);
        }
    }
    for from in [DType::Half, DType::Bool, DType::UInt64, DType::Float8E5M2, DType::Complex64] {
        for to in [DType::BFloat16, DType::Int16, DType::Float8E4M3FN, DType::Complex128, DType::Double] {
            assert!(table_for(Level::Portable).unwrap().cast(from, to).is_some());
        }
    }
}

/// Runs both forms of a reduction on one row of `n` elements and on `n` rows of one, which must agree closely.
fn reduce<A: Copy, B: Copy + Default>(table: &Table, op: &str, dtype: DType, x: &[A]) -> (B, B) {
    let reduction = table.reduce(op, dtype).unwrap_or_else(|| panic!("no {op} for {dtype:?}"));
    let (mut inner, mut outer) = (B::default(), B::default());
    // SAFETY: n elements in, one out.
    unsafe {
        (reduction.inner)(x.as_ptr().cast(), (&raw mut inner).cast(), x.len());
        (reduction.outer)(x.as_ptr().cast(), (&raw mut outer).cast(), x.len(), 1, 1);
    }
    (inner, outer)
}

#[test]
fn float_reductions_are_exact_where_they_can_be_and_equal_on_every_instruction_set() {
    for n in (0usize..200).chain([1000, 4095, 4096, 4097, 100_000]) {
        let x: Vec<f32> = (0..n).map(|i| ((i * 7919) % 1000) as f32 - 400.0).collect();
        let sum: f64 = x.iter().map(|x| f64::from(*x)).sum();
        let uneven: Vec<f32> = x.iter().map(|x| x * 0.1).collect();
        let reference: (f32, f32) = reduce(table_for(Level::Portable).unwrap(), "Sum", DType::Float, &uneven);
        for (level, table) in tables() {
            let (inner, outer): (f32, f32) = reduce(table, "Sum", DType::Float, &x);
            assert!(f64::from(inner) == sum && f64::from(outer) == sum, "{level:?} {n}: {inner} {outer} {sum}");
            let wide: Vec<f64> = x.iter().map(|x| f64::from(*x)).collect();
            assert_eq!(reduce::<_, f64>(table, "Sum", DType::Double, &wide), (sum, sum));
            let largest = x.iter().copied().fold(-INF, f32::max);
            assert_eq!(reduce::<_, f32>(table, "Max", DType::Float, &x), (largest, largest), "{level:?} {n}");
            let same_everywhere: (f32, f32) = reduce(table, "Sum", DType::Float, &uneven);
            assert!(reference.0.to_bits() == same_everywhere.0.to_bits() && reference.1.to_bits() == same_everywhere.1.to_bits());
            let mean: (f32, f32) = reduce(table, "Mean", DType::Float, &x);
            assert!(n == 0 && mean.0.is_nan() && mean.1.is_nan() || f64::from(mean.0) == f64::from((sum as f32) / n as f32));
            for at in [0, n / 2, n.saturating_sub(1)] {
                if n > 0 {
                    let mut with_nan = x.clone();
                    with_nan[at] = NAN;
                    for op in ["Sum", "Max", "Min", "Prod", "Mean"] {
                        let (a, b): (f32, f32) = reduce(table, op, DType::Float, &with_nan);
                        assert!(a.is_nan() && b.is_nan(), "{op} {level:?} {n}");
                    }
                }
            }
        }
    }
    let table = table_for(Level::Portable).unwrap();
    assert_eq!(reduce::<f32, f32>(table, "Prod", DType::Float, &[]), (1.0, 1.0));
    assert_eq!(reduce::<f32, f32>(table, "Max", DType::Float, &[]), (-INF, -INF));
    assert_eq!(reduce::<f32, f32>(table, "Min", DType::Float, &[]), (INF, INF));
    assert_eq!(reduce::<f32, f32>(table, "Prod", DType::Float, &[1.5, 2.0, -3.0]), (-9.0, -9.0));
}

#[test]
fn long_sums_keep_their_digits() {
    let x = vec![0.1f32; 10_000_000];
    for (level, table) in tables() {
        let (inner, outer): (f32, f32) = reduce(table, "Sum", DType::Float, &x);
        let exact = 10_000_000.0 * f64::from(0.1f32);
        // One number after another would be off by 87937.
        assert!((f64::from(inner) - exact).abs() < 1.0 && (f64::from(outer) - exact).abs() < 1.0, "{level:?}: {inner} {outer} {exact}");
    }
}

#[test]
fn rows_of_many_columns_are_reduced_column_by_column() {
    for (level, table) in tables() {
        for cols in [1usize, 3, 16, 63, 64, 65, 130] {
            for rows in [0usize, 1, 2, 63, 64, 65, 200] {
                let stride = cols + 3;
                let x: Vec<f32> = (0..rows * stride).map(|i| ((i * 31) % 97) as f32).collect();
                let mut out = vec![5f32; cols + 2];
                let reduction = table.reduce("Sum", DType::Float).unwrap();
                // SAFETY: rows of cols elements, stride apart.
                unsafe { (reduction.outer)(x.as_ptr().cast(), out.as_mut_ptr().cast(), rows, cols, stride) };
                for col in 0..cols {
                    let want: f32 = (0..rows).map(|row| x[row * stride + col]).sum();
                    assert_eq!(out[col], want, "{level:?} {rows}x{cols} at {col}");
                }
                assert_eq!(out[cols..], [5.0, 5.0]);
                let halves: Vec<F16> = x.iter().map(|x| F16::from_f32(*x)).collect();
                let mut out = vec![F16::ONE; cols + 2];
                // SAFETY: as above.
                unsafe {
                    (table.reduce("Sum", DType::Half).unwrap().outer)(halves.as_ptr().cast(), out.as_mut_ptr().cast(), rows, cols, stride)
                };
                for col in 0..cols {
                    let want: f32 = (0..rows).map(|row| x[row * stride + col]).sum();
                    assert_eq!(out[col], F16::from_f32(want), "{level:?} {rows}x{cols} at {col}");
                }
                assert_eq!(out[cols..], [F16::ONE, F16::ONE]);
            }
        }
    }
}

#[test]
fn other_reductions() {
    for (_, table) in tables() {
        let bytes = [127i8; 3];
        assert_eq!(reduce::<_, i8>(table, "Sum", DType::Int8, &bytes), (125, 125));
        assert_eq!(reduce::<_, i8>(table, "Mean", DType::Int8, &bytes), (127, 127));
        assert_eq!(reduce::<_, i32>(table, "Mean", DType::Int32, &[-7, 2, 2, 0]), (0, 0));
        assert_eq!(reduce::<_, u64>(table, "Mean", DType::UInt64, &[u64::MAX]), (u64::MAX, u64::MAX));
        assert_eq!(reduce::<_, i32>(table, "Max", DType::Int32, &[] as &[i32]), (i32::MIN, i32::MIN));
        assert_eq!(reduce::<_, u16>(table, "Min", DType::UInt16, &[9u16, 4, 5]), (4, 4));
        assert_eq!(reduce::<_, u8>(table, "All", DType::Bool, &[1u8, 1, 0]), (0, 0));
        assert_eq!(reduce::<_, u8>(table, "Any", DType::Bool, &[0u8, 1, 0]), (1, 1));
        assert_eq!(reduce::<_, u8>(table, "All", DType::Bool, &[] as &[u8]), (1, 1));
        let z = [C64::new(1.0, 2.0), C64::new(3.0, -1.0)];
        assert_eq!(reduce::<_, C64>(table, "Sum", DType::Complex64, &z).0, C64::new(4.0, 1.0));
        assert_eq!(reduce::<_, C64>(table, "Prod", DType::Complex64, &z).1, C64::new(5.0, 5.0));
        assert_eq!(reduce::<_, C64>(table, "Mean", DType::Complex64, &z).0, C64::new(2.0, 0.5));
        assert_eq!(reduce::<C64, C64>(table, "Prod", DType::Complex64, &[]).0, C64::new(1.0, 0.0));
        // 16-bit sums are kept in f32: 4096 ones and one more would stick at 2048 in binary16.
        let ones = vec![F16::ONE; 10_000];
        assert_eq!(reduce::<_, F16>(table, "Sum", DType::Half, &ones).0, F16::from_f32(10_000.0));
        assert_eq!(reduce::<_, F16>(table, "Mean", DType::Half, &ones), (F16::ONE, F16::ONE));
        assert!(reduce::<_, F16>(table, "Mean", DType::Half, &[] as &[F16]).0.is_nan());
        let brains = vec![BF16::ONE; 300];
        assert_eq!(reduce::<_, BF16>(table, "Sum", DType::BFloat16, &brains).1, BF16::from_f32(300.0));
    }
}

#[test]
fn select_takes_whole_elements_of_any_size() {
    let condition = [1u8, 0, 1];
    let (yes, no) = ([C128::new(1.0, 1.0); 3], [C128::new(2.0, 3.0); 3]);
    let mut out = [C128::default(); 3];
    // SAFETY: three elements each.
    unsafe { select(16).unwrap()(condition.as_ptr(), yes.as_ptr().cast(), no.as_ptr().cast(), out.as_mut_ptr().cast(), 3) };
    assert_eq!(out, [yes[0], no[1], yes[2]]);
    let (yes, no) = ([1u16, 2, 3], [4u16, 5, 6]);
    let mut out = [0u16; 3];
    // SAFETY: three elements each.
    unsafe { select(2).unwrap()(condition.as_ptr(), yes.as_ptr().cast(), no.as_ptr().cast(), out.as_mut_ptr().cast(), 3) };
    assert_eq!(out, [1, 5, 3]);
    assert!(select(3).is_none());
}

#[test]
fn the_knob_chooses_the_instruction_set() {
    let wanted = std::env::var("FERROFLOW_ISA").ok();
    let named = Level::ALL.into_iter().find(|level| Some(level.name()) == wanted.as_deref() && level.is_available());
    let best = Level::ALL.into_iter().rev().find(|level| level.is_available());
    assert_eq!(Some(isa()), named.or(best));
    assert!(table_for(isa()).is_some());
}
