//! Elementwise ops as a user runs them: every op, dtype and kind of broadcasting against its body on one f64 at a time.
mod numbers;
use ferroflow_cpu::call::run;
use ferroflow_cpu::device::Cpu;
use ferroflow_cpu::pool;
use ferroflow_ops::elementwise::{
    Binary, BinaryVisit, Compare, CompareVisit, Kinds, Predicate, PredicateVisit, ToReal, ToRealVisit, Unary, UnaryVisit, each_binary,
    each_compare, each_predicate, each_to_real, each_unary,
};
use ferroflow_ops::kernel::{Callable, Functions};
use ferroflow_ops::num::Sc;
use ferroflow_ops::{Attr, Attrs, Call, Cancel, Device, Entry, Env, Func, Infer, Inputs, Prep, RunCtx, ValueType, bind, op, output_types};
use ferroflow_tensor::buffer::{Arena, Interval};
use ferroflow_tensor::{C128, DType, Shape, Tensor};
use numbers::{assert_close, broadcast, read, read_complex, tensor};
use std::sync::Arc;

type One = Sc<f64, false>;

/// Shapes of one operand: scalar, empty, vectors around the register sizes, rank 8.
const SHAPES: &[&[usize]] = &[&[], &[0], &[1], &[3], &[17], &[2, 0, 3], &[67], &[1, 2, 1, 2, 1, 2, 1, 3]];
/// Shapes of two operands: equal, scalars, rows, columns, both sides broadcast, short and long rows, ranks 0 to 8, empty.
const PAIRS: &[(&[usize], &[usize])] = &[
    (&[], &[]),
    (&[19], &[19]),
    (&[2, 3], &[]),
    (&[], &[2, 3]),
    (&[1, 1], &[5]),
    (&[4, 3], &[3]),
    (&[3], &[4, 3]),
    (&[2, 70], &[70]),
    (&[4, 3], &[4, 1]),
    (&[4, 1], &[4, 37]),
    (&[5, 1], &[1, 6]),
    (&[2, 1, 3], &[4, 1]),
    (&[2, 3, 4], &[3, 1]),
    (&[1, 2, 1, 2, 1, 2, 1, 3], &[2, 1, 2, 1, 2, 1, 2, 1]),
    (&[0], &[]),
    (&[0, 3], &[3]),
    (&[2, 0], &[2, 1]),
    (&[0, 1], &[1, 4]),
];

fn run_one(entry: &Entry, inputs: &[Tensor], attrs: &[(&'static str, Attr)]) -> Tensor {
    let mut out = run(entry.name, inputs, attrs).unwrap_or_else(|e| panic!("{}: {e:?}", entry.name));
    assert_eq!(out.len(), 1);
    out.remove(0)
}

fn dtypes(kinds: Kinds) -> impl Iterator<Item = DType> {
    (0..32).filter_map(DType::from_number).filter(move |d| kinds.has(*d))
}

/// Calls `$body` with `$T` as the integer type.
macro_rules! with_int {
    ($dtype:expr, $T:ident => $body:expr) => {
        match $dtype {
            DType::Int8 => {
                type $T = i8;
                $body
            }
            DType::Int16 => {
                type $T = i16;
                $body
            }
            DType::Int32 => {
                type $T = i32;
                $body
            }
            DType::Int64 => {
                type $T = i64;
                $body
            }
            DType::UInt8 => {
                type $T = u8;
                $body
            }
            DType::UInt16 => {
                type $T = u16;
                $body
            }
            DType::UInt32 => {
                type $T = u32;
                $body
            }
            DType::UInt64 => {
                type $T = u64;
                $body
            }
            other => panic!("{other} is no integer"),
        }
    };
}

struct EachShape;

impl UnaryVisit for EachShape {
    fn op<O: Unary>(&mut self) {
        for dtype in dtypes(O::KINDS) {
            for (i, dims) in SHAPES.iter().enumerate() {
                let x = tensor(dtype, dims, O::ENTRY.test.domain, i as u64);
                let y = run_one(&O::ENTRY, &[x.clone()], &[]);
                assert_eq!((y.dtype(), y.shape()), (dtype, x.shape()), "{}", O::ENTRY.name);
                let what = format!("{} {dtype} {dims:?}", O::ENTRY.name);
                if dtype.is_complex() {
                    let expected: Vec<C128> = read_complex(&x).into_iter().map(O::complex).collect();
                    numbers::assert_close_complex(&y, &expected, &what);
                    continue;
                }
                let expected: Vec<f64> = match dtype {
                    DType::Bool => read(&x).into_iter().map(|x| f64::from(u8::from(O::bool(x != 0.0)))).collect(),
                    d if d.is_integer() => with_int!(d, T => read(&x).into_iter().map(|x| O::int(x as T) as f64).collect()),
                    _ => read(&x).into_iter().map(|x| O::eval(Sc::<f64, false>(x)).0).collect(),
                };
                assert_close(&y, &expected, &what);
            }
        }
    }
}

impl PredicateVisit for EachShape {
    fn op<O: Predicate>(&mut self) {
        for dtype in dtypes(Kinds::FLOATS) {
            let special = [f64::NAN, f64::INFINITY, -f64::INFINITY, 0.0, -1.5];
            let x = numbers::from_f64(dtype, &[5], &special);
            let y = run_one(&O::ENTRY, &[x], &[]);
            let expected: Vec<f64> = special.iter().map(|x| f64::from(u8::from(O::eval::<One>(Sc(*x))))).collect();
            assert_close(&y, &expected, O::ENTRY.name);
        }
    }
}

impl ToRealVisit for EachShape {
    fn op<O: ToReal>(&mut self) {
        for (dtype, real) in [(DType::Complex64, DType::Float), (DType::Complex128, DType::Double)] {
            for (i, dims) in SHAPES.iter().enumerate() {
                let x = tensor(dtype, dims, (-9.0, 9.0), i as u64);
                let y = run_one(&O::ENTRY, &[x.clone()], &[("Tout", real.into())]);
                assert_eq!((y.dtype(), y.shape()), (real, x.shape()));
                let expected: Vec<f64> = read_complex(&x).into_iter().map(O::eval).collect();
                assert_close(&y, &expected, O::ENTRY.name);
            }
            let wrong = if real == DType::Float { DType::Double } else { DType::Float };
            assert!(run(O::ENTRY.name, &[tensor(dtype, &[2], (0.0, 1.0), 0)], &[("Tout", wrong.into())]).is_err());
        }
    }
}

impl BinaryVisit for EachShape {
    fn op<O: Binary>(&mut self) {
        let broadcasts = matches!(O::ENTRY.shape, ferroflow_ops::ShapeRule::Broadcast);
        for dtype in dtypes(O::KINDS) {
            for (i, (a, b)) in PAIRS.iter().enumerate().filter(|(_, (a, b))| broadcasts || a == b) {
                let (lo, hi) = O::ENTRY.test.domain;
                let domain = if O::FAULT.is_some() && dtype.is_integer() { (lo.max(1.0), hi) } else { (lo, hi) };
                let (x, y) = (tensor(dtype, a, domain, i as u64), tensor(dtype, b, domain, i as u64 + 50));
                let z = run_one(&O::ENTRY, &[x.clone(), y.clone()], &[]);
                let what = format!("{} {dtype} {a:?} {b:?}", O::ENTRY.name);
                if dtype.is_complex() {
                    let (shape, pairs) = broadcast(&x, &y, read_complex);
                    assert_eq!(z.shape(), &shape, "{what}");
                    let expected: Vec<C128> = pairs.into_iter().map(|(x, y)| O::complex(x, y)).collect();
                    numbers::assert_close_complex(&z, &expected, &what);
                    continue;
                }
                let (shape, pairs) = broadcast(&x, &y, read);
                assert_eq!((z.dtype(), z.shape()), (dtype, &shape), "{what}");
                let expected: Vec<f64> = match dtype {
                    DType::Bool => pairs.into_iter().map(|(x, y)| f64::from(u8::from(O::bool(x != 0.0, y != 0.0)))).collect(),
                    d if d.is_integer() => with_int!(d, T => pairs.into_iter().map(|(x, y)| O::int(x as T, y as T) as f64).collect()),
                    // The neighbour of a float is one of its own dtype.
                    DType::Float if O::ENTRY.name == "NextAfter" => {
                        pairs.into_iter().map(|(x, y)| f64::from(O::eval(Sc::<f32, false>(x as f32), Sc(y as f32)).0)).collect()
                    }
                    _ => pairs.into_iter().map(|(x, y)| O::eval(Sc::<f64, false>(x), Sc(y)).0).collect(),
                };
                assert_close(&z, &expected, &what);
            }
        }
    }
}

impl CompareVisit for EachShape {
    fn op<O: Compare>(&mut self) {
        for dtype in dtypes(O::KINDS) {
            for (i, (a, b)) in PAIRS.iter().enumerate() {
                // Few values, so that some are equal.
                let (x, y) = (tensor(dtype, a, (0.0, 3.0), i as u64), tensor(dtype, b, (0.0, 3.0), i as u64 + 50));
                let (x, y) = (numbers::rounded(&x), numbers::rounded(&y));
                let z = run_one(&O::ENTRY, &[x.clone(), y.clone()], &[]);
                let truth: Vec<f64> = if dtype.is_complex() {
                    broadcast(&x, &y, read_complex).1.into_iter().map(|(x, y)| f64::from(u8::from(O::complex(x, y)))).collect()
                } else {
                    broadcast(&x, &y, read).1.into_iter().map(|(x, y)| f64::from(u8::from(O::eval::<One>(Sc(x), Sc(y))))).collect()
                };
                assert_close(&z, &truth, &format!("{} {dtype} {a:?} {b:?}", O::ENTRY.name));
            }
        }
    }
}

#[test]
fn ops_with_one_operand() {
    each_unary(&mut EachShape);
    each_predicate(&mut EachShape);
    each_to_real(&mut EachShape);
}

#[test]
fn ops_with_two_operands() {
    each_binary(&mut EachShape);
}

#[test]
fn comparisons() {
    each_compare(&mut EachShape);
}

#[test]
fn leaky_relu_and_its_gradient() {
    for dtype in dtypes(Kinds::FLOATS) {
        let x = numbers::from_f64(dtype, &[5], &[f64::NAN, -1.0, -0.0, 0.0, 2.0]);
        let y = run("LeakyRelu", &[x.clone()], &[("alpha", Attr::Float(2.0))]).unwrap();
        assert_close(&y[0], &[f64::NAN, -2.0, 0.0, 0.0, 2.0], "LeakyRelu");
        let dy = numbers::from_f64(dtype, &[5], &[1.0, 1.0, 4.0, 1.0, 3.0]);
        let dx = run("LeakyReluGrad", &[dy, x], &[("alpha", Attr::Float(0.5))]).unwrap();
        assert_close(&dx[0], &[0.5, 0.5, 2.0, 0.5, 3.0], "LeakyReluGrad");
    }
}

#[test]
fn strings_are_joined_and_compared() {
    let s = |v: &[&str], dims: &[usize]| Tensor::from_strings(v.iter().map(|s| s.as_bytes().into()).collect(), dims).unwrap();
    let (x, y) = (s(&["a", "b"], &[2, 1]), s(&["a", "c", "b"], &[3]));
    let joined = run("Add", &[x.clone(), y.clone()], &[]).unwrap();
    assert!(joined[0].same_bits(&s(&["aa", "ac", "ab", "ba", "bc", "bb"], &[2, 3])));
    let equal = run("Equal", &[x.clone(), y.clone()], &[]).unwrap();
    assert_eq!(equal[0].slice::<bool>().unwrap(), [true, false, false, false, false, true]);
    let differ = run("NotEqual", &[x, y], &[]).unwrap();
    assert_eq!(differ[0].slice::<bool>().unwrap(), [false, true, true, true, true, false]);
}

#[test]
fn shapes_that_do_not_fit() {
    let (x, y) = (tensor(DType::Float, &[2], (0.0, 1.0), 0), tensor(DType::Float, &[3], (0.0, 1.0), 0));
    for op in ["AddV2", "Less", "Equal", "Pow"] {
        let e = run(op, &[x.clone(), y.clone()], &[]).unwrap_err();
        assert_eq!(e.message(), "Incompatible shapes: [2] vs. [3]");
    }
    for (op, answer) in [("Equal", false), ("NotEqual", true)] {
        let z = run(op, &[x.clone(), y.clone()], &[("incompatible_shape_error", false.into())]).unwrap();
        assert_eq!((z[0].shape().rank(), z[0].item::<bool>().unwrap()), (0, answer));
    }
    let e = run("ReluGrad", &[x.clone(), y.clone()], &[]).unwrap_err();
    assert_eq!(
        e.message(),
        "Inputs to operation ReluGrad of type ReluGrad must have the same size and shape.  Input 0: [2] != input 1: [3]"
    );
    let e = run("TanhGrad", &[x, y], &[]).unwrap_err();
    assert_eq!(e.message(), "The two arguments to a cwise op must have same number of elements, got 2 and 3");
}

#[test]
fn integer_faults_are_errors_unless_nothing_is_computed() {
    let ints = |v: &[i32], dims: &[usize]| Tensor::from_slice(v, dims).unwrap();
    let zero_division = "Integer division by zero";
    for op in ["FloorDiv", "FloorMod", "TruncateDiv", "TruncateMod", "Div", "Mod"] {
        assert_eq!(run(op, &[ints(&[1, 2], &[2]), ints(&[1, 0], &[2])], &[]).unwrap_err().message(), zero_division);
        assert_eq!(run(op, &[ints(&[1, 2], &[2]), ints(&[0], &[])], &[]).unwrap_err().message(), zero_division);
        assert_eq!(run(op, &[ints(&[1, 2], &[2, 1]), ints(&[1, 0, 3], &[3])], &[]).unwrap_err().message(), zero_division);
        assert_eq!(run(op, &[ints(&[], &[0]), ints(&[0], &[])], &[]).unwrap()[0].count(), 0);
    }
    let e = run("Pow", &[ints(&[1, 2], &[2]), ints(&[-1, 2], &[2])], &[]).unwrap_err();
    assert_eq!(e.message(), "Integers to negative integer powers are not allowed");
    let low = Tensor::from_slice(&[i8::MIN], [1]).unwrap();
    let minus = Tensor::from_slice(&[-1i8], [1]).unwrap();
    assert_eq!(run("FloorDiv", &[low, minus], &[]).unwrap()[0].slice::<i8>().unwrap(), [i8::MIN]);
}

/// What TensorFlow 2.21 gives for TanhGrad, ... at y = 0.3 + 0.4i, dy = 1: which of them conjugate y.
#[test]
fn complex_gradients_are_those_of_tensorflow() {
    let (y, dy) = (numbers::complex(0.3, 0.4), numbers::complex(1.0, 0.0));
    for (op, re, im) in [
        ("TanhGrad", 1.07, -0.24),
        ("SigmoidGrad", 0.37, 0.16),
        ("RsqrtGrad", 0.0585, 0.022),
        ("SqrtGrad", 0.6, 0.8),
        ("ReciprocalGrad", 0.07, 0.24),
        ("InvGrad", 0.07, 0.24),
    ] {
        let z = run(op, &[y.clone(), dy.clone()], &[]).unwrap();
        numbers::assert_close_complex(&z[0], &[C128::new(re, im)], op);
    }
}

#[test]
fn dtypes_without_a_kernel_are_refused() {
    let ints = tensor(DType::Int32, &[2], (1.0, 3.0), 0);
    for op in ["RealDiv", "Reciprocal"] {
        let inputs = vec![ints.clone(); if op == "RealDiv" { 2 } else { 1 }];
        assert_eq!(run(op, &inputs, &[]).unwrap_err().code(), ferroflow_tensor::Code::NotFound);
    }
    assert!(run("Lgamma", &[tensor(DType::BFloat16, &[2], (1.0, 3.0), 0)], &[]).is_err());
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    let x = tensor(DType::Float, &[1201, 1000], (0.5, 4.0), 1);
    let (row, column) = (tensor(DType::Float, &[1000], (0.5, 4.0), 2), tensor(DType::Float, &[1201, 1], (0.5, 4.0), 3));
    let narrow = tensor(DType::Float, &[400_400, 3], (0.5, 4.0), 4);
    let (short, long) = (tensor(DType::Float, &[3], (0.5, 4.0), 5), tensor(DType::Int32, &[1_201_000], (1.0, 50.0), 6));
    let calls: Vec<(&str, Vec<Tensor>)> = vec![
        ("Exp", vec![x.clone()]),
        ("Pow", vec![x.clone(), row]),
        ("Mul", vec![column, x.clone()]),
        ("SquaredDifference", vec![narrow, short]),
        ("FloorDiv", vec![long.clone(), Tensor::scalar(7i32)]),
        ("Less", vec![long.clone(), long]),
        ("IsNan", vec![x.clone()]),
        ("LeakyReluGrad", vec![x.clone(), x]),
    ];
    for (op, inputs) in calls {
        let results = [1, 2, 8].map(|threads| {
            pool::set_threads(threads);
            run(op, &inputs, &[]).unwrap().remove(0)
        });
        pool::set_threads(0);
        assert!(results[0].same_bits(&results[1]) && results[0].same_bits(&results[2]), "{op}");
        let shape: Shape = inputs.iter().map(|t| t.shape()).max_by_key(|s| s.count()).unwrap().clone();
        assert_eq!(results[0].shape(), &shape);
        // The last row is that of a small call.
        let small: Vec<Tensor> = inputs.iter().map(|t| numbers::last_row(t, &shape)).collect();
        let tail = run(op, &small, &[]).unwrap().remove(0);
        let bytes = results[0].bytes().unwrap();
        assert_eq!(&bytes[bytes.len() - tail.byte_len()..], tail.bytes().unwrap(), "{op}");
    }
}

/// Runs a kernel with its output over input `over`, as programs do where that input is read for the last time.
fn run_in_place(op_name: &str, inputs: &[Tensor], over: usize) -> Tensor {
    let def = op(op_name).unwrap();
    let dtypes: Vec<DType> = inputs.iter().map(|t| t.dtype()).collect();
    let attrs = bind(def, &dtypes, Attrs::of(&[])).unwrap();
    let types: Vec<ValueType> = inputs.iter().map(ValueType::of).collect();
    let out_types = output_types(def, &attrs).unwrap();
    let out = Infer::run(def, &attrs, &types, &out_types, true).unwrap().remove(0);
    let shape = out.shape.known().unwrap();
    let host: Arc<dyn Device> = Arc::new(Cpu::new(0));
    let given: Vec<(DType, &Shape)> = inputs.iter().map(|t| (t.dtype(), t.shape())).collect();
    let prep = Prep { op: def, attrs: &attrs, inputs: &given, outputs: &[(out.dtype, Some(&shape))], constants: Default::default() };
    let prepared = (host.kernel(def).unwrap().prepare)(&prep).unwrap();
    assert!(prepared.in_place >> over & 1 == 1, "{op_name} cannot write over input {over}");
    let part = |from, to, over_part| Interval { offset: 0, len: inputs[over].byte_len(), from, to, over: over_part, lane: None };
    let buffers = Arena::new(vec![part(0, 1, u32::MAX), part(1, 2, 0)]);
    let mut buffers = buffers.unwrap().into_buffers().into_iter();
    let mut place = || Tensor::from_buffer(out.dtype, shape.clone(), buffers.next().unwrap()).unwrap();
    let (mut first, second) = (place(), place());
    first.bytes_mut().unwrap().copy_from_slice(inputs[over].bytes().unwrap());
    let mut values = inputs.to_vec();
    values[over] = first;
    let env = Arc::new(Env { resources: Arc::default(), functions: Arc::new(NoFunctions), host: host.clone() });
    let cancel = Arc::new(Cancel::default());
    let ctx = RunCtx { env: &env, device: &*host, cancel: &cancel, step: 0 };
    let ins: Vec<u32> = (0..inputs.len() as u32).collect();
    let mut outs = [second];
    let inputs = Inputs::Slots(&values, &ins);
    (prepared.run)(&prepared, &mut Call { run: &ctx, node: "", state: None, inputs, outs: &mut outs, last: 0, own: None }).unwrap();
    outs[0].copy().unwrap()
}

struct NoFunctions;
impl Functions for NoFunctions {
    fn instantiate(&self, func: &Func) -> ferroflow_tensor::Result<Arc<dyn Callable>> {
        ferroflow_tensor::bail!(NotFound, "Function {} is not defined.", func.name)
    }
}

#[test]
fn results_may_be_written_over_operands() {
    for dtype in [DType::Float, DType::Int32, DType::Half, DType::Complex64] {
        let t = |dims: &[usize], seed| tensor(dtype, dims, (1.0, 3.0), seed);
        for (op, inputs, over) in [
            ("Square", vec![t(&[37], 1)], 0),
            ("Sub", vec![t(&[37], 1), t(&[37], 2)], 0),
            ("Sub", vec![t(&[37], 1), t(&[37], 2)], 1),
            ("Sub", vec![t(&[37], 1), t(&[], 2)], 0),
            ("Sub", vec![t(&[], 1), t(&[37], 2)], 1),
            ("Sub", vec![t(&[40, 3], 1), t(&[3], 2)], 0),
            ("Mul", vec![t(&[40, 1], 1), t(&[40, 70], 2)], 1),
            ("SquaredDifference", vec![t(&[2, 1, 3], 1), t(&[2, 4, 3], 2)], 1),
        ] {
            let expected = run(op, &inputs, &[]).unwrap().remove(0);
            assert!(run_in_place(op, &inputs, over).same_bits(&expected), "{op} {dtype} over {over}");
        }
    }
    for dtype in [DType::Float, DType::BFloat16] {
        let (x, dy) = (tensor(dtype, &[5000], (-3.0, 3.0), 1), tensor(dtype, &[5000], (-3.0, 3.0), 2));
        let expected = run("LeakyReluGrad", &[dy.clone(), x.clone()], &[]).unwrap().remove(0);
        assert!(run_in_place("LeakyReluGrad", &[dy, x], 1).same_bits(&expected));
    }
}
