//! Kernels that need no values of their operands, or only one: Fill, ZerosLike, OnesLike; and limits.
use super::choice;
use super::elementwise::Ready;
use super::spread::{broadcast, strides};
use crate::frames::{Body, combined};
use crate::memory::{NUMBERS, STORED};
use ferroflow_ops::{Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result};

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    Kernel { op: "Fill", types: &[("T", STORED)], outputs: Outputs::Runtime, prepare: prepare_fill },
    Kernel { op: "ZerosLike", types: &[("T", STORED)], outputs: Outputs::Runtime, prepare: |p| prepare_like(p, 0) },
    Kernel { op: "OnesLike", types: &[("T", STORED)], outputs: Outputs::Runtime, prepare: |p| prepare_like(p, 1) },
    Kernel { op: "ClipByValue", types: &[("T", NUMBERS)], outputs: Outputs::Runtime, prepare: prepare_clip },
];

fn body(result: String) -> Body {
    Body { statements: String::new(), result, wide: false }
}

/// The operand that gives the value is the second; the first lies on the host.
fn prepare_fill(p: &Prep) -> Result<Prepared> {
    let (dtype, shape) = (p.dtype(1), p.out_shape(0)?);
    let inputs = [(dtype, vec![0; shape.len()])];
    Ok(Ready::new(format!("Fill {dtype}"), &body("x".into()), dtype, shape, &inputs).reading(&[1]).prepared())
}

fn prepare_like(p: &Prep, n: u32) -> Result<Prepared> {
    let (dtype, shape) = (p.dtype(0), p.out_shape(0)?);
    let body = body(choice::cast(DType::UInt32, dtype).replace('x', &format!("{n}u")));
    Ok(Ready::new(format!("All {n} {dtype}"), &body, dtype, shape, &[]).reading(&[]).prepared())
}

/// NaN stays; a limit from above comes first.
fn prepare_clip(p: &Prep) -> Result<Prepared> {
    let (dtype, shape) = (p.dtype(0), p.out_shape(0)?);
    let (above, upper) = (combined(dtype, "z", "<", "x"), combined(dtype, "upper", "<", "y"));
    let statements = format!("    let upper = select(x, z, {above});\n");
    let limited = Body { statements, ..body(format!("select(upper, y, {upper})")) };
    let inputs = [(dtype, strides(shape)), (dtype, broadcast(p.shape(1), shape)), (dtype, broadcast(p.shape(2), shape))];
    Ok(Ready::new(format!("ClipByValue {dtype}"), &limited, dtype, shape, &inputs).prepared())
}
