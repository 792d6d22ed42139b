//! Kernels of sums of several tensors.
use super::elementwise::{Ready, sum};
use super::spread::strides;
use crate::frames::Body;
use crate::memory::{NUMBERS, SINGLES};
use crate::shader::{Shader, Spread};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor};

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    Kernel { op: "AddN", types: &[("T", NUMBERS)], outputs: Outputs::Runtime, prepare },
    Kernel { op: "L2Loss", types: &[("T", SINGLES)], outputs: Outputs::Runtime, prepare: |_| Ok(Prepared::new(half_of_squares, 2000.0)) },
];

/// Elements that a workgroup adds up.
const PART: usize = 1 << 14;

/// Half the sum of squares: parts first, then the sum of these.
fn half_of_squares(_: &Prepared, call: &mut Call) -> Result<()> {
    let x = call.input(0);
    let parts = x.count().div_ceil(PART).max(1);
    let between = call.run.device.allocate(DType::Float, &Shape::new(&[parts]))?;
    let sum = |name, from: &Tensor, to: &Tensor, groups: usize, each: usize, body: &str| {
        let shader = Shader {
            name,
            results: vec![to],
            operands: vec![from],
            numbers: vec![("each", each), ("elements", from.count())],
            list: vec![],
            spread: Spread::Rows(groups),
        };
        shader.run(|| (String::new(), body.into()))
    };
    let squares = "    var sum = 0.0;
    for (var j = row * $each + l; j < min($elements, (row + 1u) * $each); j = j + 256u) { sum = sum + x0(j) * x0(j); }
    sum = total(l, sum);
    if (l == 0u) { put0(row, sum); }
";
    let half = "    var sum = 0.0;
    for (var j = l; j < $elements; j = j + 256u) { sum = sum + x0(j); }
    sum = total(l, sum);
    if (l == 0u) { put0(0u, sum * 0.5); }
";
    sum("L2Loss squares", x, &between, parts, PART, squares)?;
    sum("L2Loss half", &between, &call.outs[0], 1, parts, half)
}

fn prepare(p: &Prep) -> Result<Prepared> {
    let (dtype, shape) = (p.dtype(0), p.out_shape(0)?);
    let ready = |body: &Body, n: usize| Ready::new(format!("add {n} {dtype}"), body, dtype, shape, &vec![(dtype, strides(shape)); n]);
    if p.inputs.len() == 1 {
        return Ok(ready(&Body { statements: String::new(), result: "x".into(), wide: false }, 1).prepared());
    }
    Ok(Prepared::with(run, 1000.0, ready(sum(dtype)?, 2)))
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
