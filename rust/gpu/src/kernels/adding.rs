//! Kernels of sums of several tensors.
use super::elementwise::Ready;
use super::spread::strides;
use crate::frames::Body;
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result};

const NUMBERS: &[DType] = &[DType::Float, DType::Int32, DType::UInt32];

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[Kernel { op: "AddN", types: &[("T", NUMBERS)], outputs: Outputs::Runtime, prepare }];

fn prepare(p: &Prep) -> Result<Prepared> {
    let (dtype, shape) = (p.dtype(0), p.out_shape(0)?);
    let ready = |result: &str, n: usize| {
        let body = Body { statements: String::new(), result: result.into(), wide: false };
        Ready::new(format!("add {n} {dtype}"), &body, dtype, shape, &vec![(dtype, strides(shape)); n])
    };
    if p.inputs.len() == 1 {
        return Ok(ready("x", 1).prepared());
    }
    Ok(Prepared::with(run, 1000.0, ready("x + y", 2)))
}

/// Adds one after the other, from the first on.
fn run(p: &Prepared, call: &mut Call) -> Result<()> {
    let add = p.plan::<Ready>()?;
    let (device, n) = (call.run.device, call.n_inputs());
    let mut sum = call.input(0).clone();
    for i in 1..n - 1 {
        let next = device.allocate(sum.dtype(), sum.shape())?;
        add.onto(&[&sum, call.input(i)], &next)?;
        sum = next;
    }
    let last = call.input(n - 1);
    add.onto(&[&sum, last], call.output(0))
}
