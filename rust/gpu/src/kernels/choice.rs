//! Kernels of casts and selection.
use super::elementwise::{Ready, sum};
use super::spread::{broadcast, strides};
use crate::frames::{Body, fit, value};
use crate::memory::{NUMBERS, SINGLES, STORED};
use ferroflow_ops::{Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape};

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    Kernel { op: "Cast", types: &[("SrcT", STORED), ("DstT", STORED)], outputs: Outputs::Runtime, prepare: prepare_cast },
    Kernel { op: "Select", types: &[("T", STORED)], outputs: Outputs::Runtime, prepare: prepare_select },
    Kernel { op: "SelectV2", types: &[("T", STORED)], outputs: Outputs::Runtime, prepare: prepare_select_v2 },
    Kernel { op: "BiasAdd", types: &[("T", NUMBERS)], outputs: Outputs::Runtime, prepare: prepare_bias },
    Kernel { op: "ApproximateEqual", types: &[("T", SINGLES)], outputs: Outputs::Runtime, prepare: prepare_near },
];

fn body(result: &str) -> Body {
    Body { statements: String::new(), result: result.into(), wide: false }
}

/// Chooses `y` where `x` is true, else `z`.
pub const SELECT: &str = "select(z, y, x)";

/// `x` in another dtype. Out of range is what a processor's instruction gives.
pub fn cast(from: DType, to: DType) -> String {
    let single = "select(i32(-2147483647) - 1, i32(x), abs(x) < 2147483648.0)";
    let (signed, narrow) = (from == DType::Int64, matches!(to, DType::UInt8 | DType::UInt16));
    match (value(from), value(to)) {
        _ if from == to => "x".into(),
        ("f32", "bool") => "(bitcast<u32>(x) & 0x7fffffffu) != 0u".into(), // NaN is true
        ("f64", "bool") => "!(x == 0.0lf)".into(),
        ("vec2<u32>", "bool") => "any(x != vec2<u32>(0u))".into(),
        (t, "bool") => format!("x != {t}(0)"),
        ("bool", "vec2<u32>") => "vec2<u32>(u32(x), 0u)".into(),
        ("bool", "f64") => "select(0.0lf, 1.0lf, x)".into(),
        ("bool", t) => format!("{t}(x)"),
        ("f32", "i32") => single.into(),
        ("f32", "u32") if narrow => format!("bitcast<u32>({single})"),
        ("f32", "u32") => "i64_of_float_long(x).x".into(),
        ("f32", "vec2<u32>") => if to == DType::Int64 { "i64_of_float_long(x)" } else { "u64_of_float_long(x)" }.into(),
        ("f64", "i32") => "i32_of_wide(x)".into(),
        ("f64", "u32") if narrow => "bitcast<u32>(i32_of_wide(x))".into(),
        ("f64", "u32") => "long_of_wide(x).x".into(),
        ("f64", "vec2<u32>") => if to == DType::Int64 { "long_of_wide(x)" } else { "u64_of_wide(x)" }.into(),
        ("i32", "u32") => "bitcast<u32>(x)".into(),
        ("u32", "i32") => "bitcast<i32>(x)".into(),
        ("i32", "vec2<u32>") => "long_of_i32(x)".into(),
        ("u32", "vec2<u32>") => "vec2<u32>(x, 0u)".into(),
        ("vec2<u32>", "i32") => "bitcast<i32>(x.x)".into(),
        ("vec2<u32>", "u32") => "x.x".into(),
        ("vec2<u32>", "f32") => if signed { "float_of_i64(x)" } else { "float_of_u64(x)" }.into(),
        ("vec2<u32>", "f64") => if signed { "wide_of_i64(x)" } else { "wide_of_u64(x)" }.into(),
        (a, b) if a == b => "x".into(),
        (_, t) => format!("{t}(x)"),
    }
}

fn prepare_cast(p: &Prep) -> Result<Prepared> {
    let (from, to, shape) = (p.dtype(0), p.outputs[0].0, p.out_shape(0)?);
    Ok(Ready::new(format!("Cast {from} {to}"), &body(&cast(from, to)), to, shape, &[(from, strides(shape))]).prepared())
}

fn select(p: &Prep, condition: Vec<usize>, choices: [Vec<usize>; 2]) -> Result<Prepared> {
    let (dtype, shape) = (p.dtype(1), p.out_shape(0)?);
    let [yes, no] = choices;
    let inputs = [(DType::Bool, condition), (dtype, yes), (dtype, no)];
    Ok(Ready::new(format!("Select {dtype}"), &body(SELECT), dtype, shape, &inputs).prepared())
}

/// The condition has the shape of the choices, or is a scalar, or has a value for each row.
fn prepare_select(p: &Prep) -> Result<Prepared> {
    let (condition, shape) = (p.shape(0), p.out_shape(0)?);
    let own = match condition.len() {
        n if n == shape.len() => strides(condition),
        1 => (0..shape.len()).map(|d| usize::from(d == 0)).collect(),
        _ => vec![0; shape.len()],
    };
    select(p, own, [strides(shape), strides(shape)])
}

fn prepare_select_v2(p: &Prep) -> Result<Prepared> {
    let shape = p.out_shape(0)?;
    select(p, broadcast(p.shape(0), shape), [broadcast(p.shape(1), shape), broadcast(p.shape(2), shape)])
}

fn prepare_bias(p: &Prep) -> Result<Prepared> {
    let (dtype, shape) = (p.dtype(0), p.out_shape(0)?);
    let axis = if p.attrs.str("data_format")? == "NCHW" { 1 } else { shape.len() - 1 };
    let mut spread = vec![1; shape.len()];
    spread[axis] = shape[axis];
    let bias = broadcast(&Shape::new(&spread), shape);
    Ok(Ready::new(format!("BiasAdd {dtype}"), sum(dtype)?, dtype, shape, &[(dtype, strides(shape)), (dtype, bias)]).prepared())
}

/// The tolerance is a number of the dtype, and so is the difference.
fn prepare_near(p: &Prep) -> Result<Prepared> {
    let (dtype, shape, bits) = (p.dtype(0), p.out_shape(0)?, p.attrs.float("tolerance")?.to_bits());
    let near = format!("abs({}) <= {}", fit(dtype, "x - y"), fit(dtype, &format!("bitcast<f32>({bits}u)")));
    let inputs = [(dtype, strides(shape)), (dtype, strides(shape))];
    Ok(Ready::new(format!("ApproximateEqual {bits} {dtype}"), &body(&near), DType::Bool, shape, &inputs).prepared())
}
