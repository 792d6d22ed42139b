//! Kernels of LeakyRelu and its gradient, whose bodies take the attribute `alpha` as a second operand.
use super::elementwise::Ready;
use super::spread::strides;
use crate::frames::{Body, LAST_NUMBER, fit};
use crate::memory::SINGLES;
use crate::symbol::{Symbol, write};
use ferroflow_ops::elementwise::{Binary, BinaryVisit, each_with_alpha};
use ferroflow_ops::{Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, error};

const FLOAT: &[(&str, &[DType])] = &[("T", SINGLES)];

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    Kernel { op: "LeakyRelu", types: FLOAT, outputs: Outputs::Runtime, prepare },
    Kernel { op: "LeakyReluGrad", types: FLOAT, outputs: Outputs::Runtime, prepare },
];

/// The body of the op of a name, written down.
struct Found {
    name: &'static str,
    body: Option<Body>,
}

impl BinaryVisit for Found {
    fn op<O: Binary>(&mut self) {
        if O::ENTRY.name == self.name {
            self.body = write(|| O::eval(Symbol::<false>::input("v"), Symbol::input("alpha")).0).ok().map(Body::from);
        }
    }
}

fn prepare(p: &Prep) -> Result<Prepared> {
    let (shape, bits) = (p.out_shape(0)?, p.attrs.float("alpha")?.to_bits());
    let mut found = Found { name: p.op.name, body: None };
    each_with_alpha(&mut found);
    let body = found.body.ok_or_else(|| error!(Internal, "{} has no float body for shaders", p.op.name))?;
    // The gradient's body gives the slope at its second operand.
    let (value, result) = if p.inputs.len() == 2 { ("y", format!("x * {}", body.result)) } else { ("x", body.result) };
    let dtype = p.dtype(0);
    let alpha = fit(dtype, &format!("bitcast<f32>({LAST_NUMBER})"));
    let statements = format!("    let v = {value};\n    let alpha = {alpha};\n{}", body.statements);
    let inputs = vec![(dtype, strides(shape)); p.inputs.len()];
    let body = Body { statements, result, wide: false };
    Ok(Ready::new(format!("{} {dtype}", p.op.name), &body, dtype, shape, &inputs).with_number(bits).prepared())
}
