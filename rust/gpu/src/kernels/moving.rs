//! Kernels that move elements: each result element is one of the operand, at a place that strides tell.
use super::elementwise::Ready;
use super::spread::{broadcast, strides};
use crate::frames::Body;
use crate::memory::STORED;
use crate::shader::{Shader, Spread};
use ferroflow_ops::ops::array::moving::permutation;
use ferroflow_ops::ops::array::slicing::{Masks, strided_spec};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, bail};

const fn moves(op: &'static str, types: &'static [(&'static str, &'static [DType])], prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types, outputs: Outputs::Runtime, prepare }
}

const T: &[(&str, &[DType])] = &[("T", STORED)];

/// What lies in a GPU's memory as on the host, in 32 bits.
const WORDS: &[DType] = &[DType::Float, DType::Int32, DType::UInt32];

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    moves("ConjugateTranspose", T, |_| Ok(Prepared::new(transpose, NS))),
    moves("Snapshot", T, |_| Ok(Prepared::new(copy, NS))),
    moves("Bitcast", &[("T", WORDS), ("type", WORDS)], |_| Ok(Prepared::new(bitcast, NS))),
    moves("BroadcastTo", T, |_| Ok(Prepared::new(broadcast_to, NS))),
    moves("ReverseV2", T, |_| Ok(Prepared::new(reverse, NS))),
    moves("Slice", T, |_| Ok(Prepared::new(slice, NS))),
    moves("StridedSlice", T, |p| Ok(Prepared::with(strided_slice, NS, Masks::of(p.attrs)?))),
    moves("Tile", T, |_| Ok(Prepared::new(tile, NS))),
    moves("Transpose", T, |_| Ok(Prepared::new(transpose, NS))),
];

/// Estimated time on the host, in nanoseconds.
const NS: f32 = 1500.0;

/// Fills the result, whose axes may be cut as `sizes` say: strides along them, from an element on. What is negative wraps.
fn gather(call: &mut Call, sizes: &[usize], steps: Vec<usize>, from: usize) -> Result<()> {
    let dtype = call.input(0).dtype();
    let body = Body { statements: String::new(), result: "x".into(), wide: false };
    Ready::new(format!("move {dtype}"), &body, dtype, &Shape::new(sizes), &[(dtype, steps)]).reading(&[0]).starting(from).run(call)
}

/// The bits of words as those of another dtype.
fn bitcast(_: &Prepared, call: &mut Call) -> Result<()> {
    let out = &call.outs[0];
    let shader = Shader {
        name: "Bitcast",
        results: vec![out],
        operands: vec![call.input(0)],
        numbers: vec![],
        list: vec![],
        spread: Spread::Each(out.count()),
    };
    shader.run(|| (String::new(), "    put0(i, bitcast<R0>(x0(i)));\n".into()))
}

fn own(call: &Call) -> Vec<usize> {
    strides(call.input(0).shape())
}

fn copy(_: &Prepared, call: &mut Call) -> Result<()> {
    let (own, shape) = (own(call), call.output(0).shape().clone());
    gather(call, &shape, own, 0)
}

fn broadcast_to(_: &Prepared, call: &mut Call) -> Result<()> {
    let shape = call.output(0).shape().clone();
    let steps = broadcast(call.input(0).shape(), &shape);
    gather(call, &shape, steps, 0)
}

fn transpose(_: &Prepared, call: &mut Call) -> Result<()> {
    let order = permutation(&call.input(1).to_i64()?)?;
    let (own, shape) = (own(call), call.output(0).shape().clone());
    gather(call, &shape, order.iter().map(|d| own[*d]).collect(), 0)
}

fn reverse(_: &Prepared, call: &mut Call) -> Result<()> {
    let (axes, shape) = (call.input(1).to_i64()?, call.input(0).shape().clone());
    let (mut steps, mut from) = (own(call), 0usize);
    for a in axes {
        let d = (if a < 0 { a + shape.len() as i64 } else { a }) as usize;
        from += shape[d].saturating_sub(1) * steps[d];
        steps[d] = steps[d].wrapping_neg();
    }
    gather(call, &shape, steps, from)
}

/// Each axis of the result is two: which copy, and where in it.
fn tile(_: &Prepared, call: &mut Call) -> Result<()> {
    let (copies, shape, own) = (call.input(1).to_i64()?, call.input(0).shape().clone(), own(call));
    let sizes: Vec<usize> = copies.iter().zip(shape.iter()).flat_map(|(c, n)| [*c as usize, *n]).collect();
    gather(call, &sizes, own.iter().flat_map(|s| [0, *s]).collect(), 0)
}

fn slice(_: &Prepared, call: &mut Call) -> Result<()> {
    let (begin, own, shape) = (call.input(1).to_i64()?, own(call), call.output(0).shape().clone());
    let from = begin.iter().zip(&own).map(|(b, s)| *b as usize * s).sum();
    gather(call, &shape, own, from)
}

fn strided_slice(p: &Prepared, call: &mut Call) -> Result<()> {
    let dims: Vec<Option<usize>> = call.input(0).shape().iter().map(|d| Some(*d)).collect();
    let some = |i: usize| -> Result<Vec<Option<i64>>> { Ok(call.input(i).to_i64()?.into_iter().map(Some).collect()) };
    let (begin, end, steps) = (some(1)?, some(2)?, call.input(3).to_i64()?);
    let spec = strided_spec(&dims, &begin, &end, &steps, p.plan::<Masks>()?)?;
    let Some(sizes) = spec.sizes.into_iter().collect::<Option<Vec<usize>>>() else {
        bail!(Internal, "a strided slice of a known shape has an unknown size");
    };
    let own = own(call);
    let from = spec.begin.iter().zip(&own).map(|(b, s)| (*b as usize).wrapping_mul(*s)).fold(0usize, usize::wrapping_add);
    let steps = spec.strides.iter().zip(&own).map(|(n, s)| (*n as usize).wrapping_mul(*s)).collect();
    gather(call, &sizes, steps, from)
}
