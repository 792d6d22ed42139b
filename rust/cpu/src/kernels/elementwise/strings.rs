//! Add, Equal and NotEqual, which take more than numbers: strings, quantised integers, and shapes that do not fit.
use super::binary;
use crate::kernels::dispatch::stored;
use ferroflow_ops::infer::broadcast_known;
use ferroflow_ops::{Call, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Str, Tensor};

/// Estimated nanoseconds to compare or join two strings.
const STRING_NS: f32 = 50.0;

/// Prepares Add: strings are joined.
pub fn prepare_add(prep: &Prep) -> Result<Prepared> {
    if prep.dtype(0) != DType::String {
        return binary::prepare(prep);
    }
    let shape = prep.out_shape(0)?.clone();
    let cost = STRING_NS * shape.count() as f32;
    Ok(Prepared::with(join, cost, shape))
}

fn join(p: &Prepared, call: &mut Call) -> Result<()> {
    let shape: &Shape = p.plan()?;
    let mut out: Vec<Str> = Vec::with_capacity(shape.count());
    each_pair(call, shape, |a, b| out.push([a, b].concat().into()))?;
    let t = Tensor::from_strings(out, shape.clone())?;
    call.set(0, t);
    Ok(())
}

/// Prepares Equal and NotEqual.
pub fn prepare_equality(prep: &Prep) -> Result<Prepared> {
    let equal = prep.op.name == "Equal";
    if broadcast_known(prep.shape(0), prep.shape(1)).is_err() {
        let run = if equal { |_: &Prepared, call: &mut Call| fill(call, false) } else { |_: &Prepared, call: &mut Call| fill(call, true) };
        return Ok(Prepared::new(run, 1.0));
    }
    if prep.dtype(0) == DType::String {
        let shape = prep.out_shape(0)?.clone();
        let cost = STRING_NS * shape.count() as f32;
        return Ok(Prepared { args: [usize::from(equal), 0, 0, 0], ..Prepared::with(compare, cost, shape) });
    }
    binary::prepare_as(prep, stored(prep.dtype(0)))
}

/// The one answer for shapes that do not broadcast.
fn fill(call: &mut Call, answer: bool) -> Result<()> {
    call.out::<bool>(0)?.fill(answer);
    Ok(())
}

fn compare(p: &Prepared, call: &mut Call) -> Result<()> {
    let shape: &Shape = p.plan()?;
    let equal = p.args[0] == 1;
    let mut answers = Vec::with_capacity(shape.count());
    each_pair(call, shape, |a, b| answers.push((a == b) == equal))?;
    call.out::<bool>(0)?.copy_from_slice(&answers);
    Ok(())
}

/// Shows each pair of strings of two operands that broadcast to `shape`, in order.
fn each_pair(call: &Call, shape: &Shape, mut show: impl FnMut(&[u8], &[u8])) -> Result<()> {
    let operands = [call.input(0), call.input(1)];
    let (x, y) = (operands[0].strings()?, operands[1].strings()?);
    let strides = operands.map(|t| strides_within(t.shape(), shape.rank()));
    for i in 0..shape.count() {
        let (mut rest, mut at) = (i, [0, 0]);
        for (axis, size) in shape.dims().iter().enumerate().rev() {
            at[0] += rest % size * strides[0][axis];
            at[1] += rest % size * strides[1][axis];
            rest /= size;
        }
        show(&x[at[0]], &y[at[1]]);
    }
    Ok(())
}

/// The strides of a shape within a broadcast shape of a rank: 0 along axes of size 1 and those that it lacks.
fn strides_within(shape: &Shape, rank: usize) -> Vec<usize> {
    let own = shape.strides();
    let missing = rank - shape.rank();
    (0..rank).map(|i| if i < missing || shape.dims()[i - missing] == 1 { 0 } else { own[i - missing] }).collect()
}
