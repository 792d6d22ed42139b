//! Kernels of casts and selection.
use super::elementwise::Ready;
use super::spread::{broadcast, strides};
use crate::frames::{Body, value};
use crate::memory::{MOVED, STORED};
use ferroflow_ops::{Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape};

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    Kernel { op: "Cast", types: &[("SrcT", STORED), ("DstT", STORED)], outputs: Outputs::Runtime, prepare: prepare_cast },
    Kernel { op: "Select", types: &[("T", MOVED)], outputs: Outputs::Runtime, prepare: prepare_select },
    Kernel { op: "SelectV2", types: &[("T", MOVED)], outputs: Outputs::Runtime, prepare: prepare_select_v2 },
    Kernel { op: "BiasAdd", types: &[("T", &[DType::Float, DType::Int32])], outputs: Outputs::Runtime, prepare: prepare_bias },
];

fn body(result: &str) -> Body {
    Body { statements: String::new(), result: result.into(), wide: false }
}

/// Chooses `y` where `x` is true, else `z`.
pub const SELECT: &str = "select(z, y, x)";

/// `x` in another dtype.
pub fn cast(from: DType, to: DType) -> String {
    match (from, to) {
        // Out of range is what a processor's instruction gives.
        (DType::Float, DType::Int32) => "select(i32(-2147483647) - 1, i32(x), abs(x) < 2147483648.0)".into(),
        (DType::Float, DType::UInt32) => {
            "select(select(0u, bitcast<u32>(i32(x)), abs(x) < 2147483648.0), u32(x), x >= 0.0 && x < 4294967296.0)".into()
        }
        (DType::Float, DType::Bool) => "(bitcast<u32>(x) & 0x7fffffffu) != 0u".into(), // NaN is true
        (_, DType::Bool) => format!("x != {}(0)", value(from)),
        (DType::Int32, DType::UInt32) => "bitcast<u32>(x)".into(),
        (DType::UInt32, DType::Int32) => "bitcast<i32>(x)".into(),
        _ if from == to => "x".into(),
        _ => format!("{}(x)", value(to)),
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
    Ok(Ready::new(format!("BiasAdd {dtype}"), &body("x + y"), dtype, shape, &[(dtype, strides(shape)), (dtype, bias)]).prepared())
}
