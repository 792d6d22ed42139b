//! Shapes as values, changes of shape, permutations and ranges.
use super::{TINY_NS, moving_cost, sets};
use crate::kernels::dispatch::Real;
use crate::{dispatch_index, dispatch_real};
use ferroflow_ops::ops::array::{broadcast, joining, shapes};
use ferroflow_ops::{Call, Kernel, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor, bail, error};

/// What Range takes.
const RANGES: &[DType] = &[DType::Float, DType::Double, DType::Half, DType::BFloat16, DType::Int32, DType::Int64];

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    sets("Reshape", &[], |_| Ok(Prepared::new(reshape, TINY_NS))),
    sets("Squeeze", &[], reshaped),
    sets("ExpandDims", &[], |_| Ok(Prepared::new(expand_dims, TINY_NS))),
    sets("Shape", &[], shape_n),
    sets("ShapeN", &[], shape_n),
    sets("Size", &[], |p| Ok(Prepared::with(known, TINY_NS, vec![scalar(p.outputs[0].0, p.shape(0).count())?]))),
    sets("Rank", &[], |p| Ok(Prepared::with(known, TINY_NS, vec![scalar(DType::Int32, p.shape(0).rank())?]))),
    sets("InvertPermutation", &[], |_| Ok(Prepared::new(invert_permutation, TINY_NS))),
    sets("UnravelIndex", &[], |_| Ok(Prepared::new(unravel_index, TINY_NS))),
    sets("Range", &[("Tidx", RANGES)], |p| Ok(Prepared::new(range, moving_cost(p)))),
    sets("ConcatOffset", &[], |_| Ok(Prepared::new(concat_offset, TINY_NS))),
    sets("BroadcastArgs", &[], |_| Ok(Prepared::new(broadcast_args, TINY_NS))),
    sets("BroadcastGradientArgs", &[], |_| Ok(Prepared::new(broadcast_gradient_args, TINY_NS))),
];

/// A vector of int32 or int64. InvalidArgument if a number does not fit.
fn vector(dtype: DType, v: &[i64]) -> Result<Tensor> {
    dispatch_index!(dtype, T => {
        let one = |x: &i64| T::try_from(*x).map_err(|_| error!(InvalidArgument, "{dtype} cannot hold a size of {x}"));
        let v = v.iter().map(one).collect::<Result<Vec<_>>>()?;
        Tensor::from_slice(&v, [v.len()])
    })
}

fn scalar(dtype: DType, x: usize) -> Result<Tensor> {
    vector(dtype, &[x as i64])?.reshape(Shape::SCALAR)
}

/// Sets outputs that were known when the kernel was prepared.
fn known(p: &Prepared, call: &mut Call) -> Result<()> {
    for (i, t) in p.plan::<Vec<Tensor>>()?.iter().enumerate() {
        call.set(i, t.clone());
    }
    Ok(())
}

fn shape_n(p: &Prep) -> Result<Prepared> {
    let one = |(s, o): (&(DType, &Shape), &(DType, Option<&Shape>))| vector(o.0, &s.1.iter().map(|d| *d as i64).collect::<Vec<_>>());
    let shapes = p.inputs.iter().zip(p.outputs).map(one).collect::<Result<Vec<_>>>()?;
    Ok(Prepared::with(known, TINY_NS, shapes))
}

/// A kernel that gives its input the output's shape.
fn reshaped(p: &Prep) -> Result<Prepared> {
    let run = |p: &Prepared, call: &mut Call| {
        call.set(0, call.input(0).reshape(p.plan::<Shape>()?.clone())?);
        Ok(())
    };
    Ok(Prepared::with(run, TINY_NS, p.out_shape(0)?.clone()))
}

fn reshape(_: &Prepared, call: &mut Call) -> Result<()> {
    let x = call.input(0);
    let dims = shapes::reshaped(x.shape(), &call.input(1).to_i64()?)?;
    call.set(0, x.reshape(dims)?);
    Ok(())
}

fn expand_dims(_: &Prepared, call: &mut Call) -> Result<()> {
    let x = call.input(0);
    let rank = x.shape().rank() as i64;
    let axis = call.input(1).to_i64()?.first().copied().unwrap_or(0);
    if axis < -rank - 1 || axis > rank {
        bail!(InvalidArgument, "Tried to expand dim index {axis} for tensor with {rank} dimensions.");
    }
    let mut dims = x.shape().to_vec();
    dims.insert(axis.rem_euclid(rank + 1) as usize, 1);
    call.set(0, x.reshape(dims)?);
    Ok(())
}

fn invert_permutation(_: &Prepared, call: &mut Call) -> Result<()> {
    let x = call.input(0);
    call.set(0, vector(x.dtype(), &shapes::inverse(&x.to_i64()?)?)?);
    Ok(())
}

fn unravel_index(_: &Prepared, call: &mut Call) -> Result<()> {
    let (indices, dims) = (call.input(0), call.input(1));
    let (at, sizes, dtype) = (indices.to_i64()?, dims.to_i64()?, indices.dtype());
    let found = vector(dtype, &shapes::unravel(&at, &sizes, dtype)?)?;
    let out = if indices.shape().is_empty() { found } else { found.reshape([sizes.len(), at.len()])? };
    call.set(0, out);
    Ok(())
}

fn range(_: &Prepared, call: &mut Call) -> Result<()> {
    let (start, delta) = (call.input(0), call.input(2));
    let n = shapes::range_len(start, call.input(1), delta, true)?;
    fn fill<T: Real>(start: &Tensor, delta: &Tensor, n: usize) -> Result<Tensor> {
        let (start, delta) = (start.item::<T>()?, delta.item::<T>()?);
        let mut out = Tensor::recycled(T::DTYPE, [n])?;
        for (i, y) in out.slice_mut::<T>()?.iter_mut().enumerate() {
            *y = start.plus(T::from_f64(i as f64).times(delta));
        }
        Ok(out)
    }
    let out = dispatch_real!(start.dtype(), T => fill::<T>(start, delta, n))?;
    call.set(0, out);
    Ok(())
}

fn concat_offset(_: &Prepared, call: &mut Call) -> Result<()> {
    let axis = i64::from(call.input(0).item::<i32>()?);
    let shapes = (1..call.n_inputs()).map(|i| call.input(i).to_i64()).collect::<Result<Vec<_>>>()?;
    let dtype = call.input(1).dtype();
    for (i, o) in joining::offsets(axis, &shapes)?.iter().enumerate() {
        call.set(i, vector(dtype, o)?);
    }
    Ok(())
}

fn broadcast_args(_: &Prepared, call: &mut Call) -> Result<()> {
    let sizes = broadcast::broadcast_sizes(&call.input(0).to_i64()?, &call.input(1).to_i64()?)?;
    call.set(0, vector(call.input(0).dtype(), &sizes)?);
    Ok(())
}

fn broadcast_gradient_args(_: &Prepared, call: &mut Call) -> Result<()> {
    let axes = broadcast::reduction_axes(&call.input(0).to_i64()?, &call.input(1).to_i64()?)?;
    for (i, v) in axes.iter().enumerate() {
        call.set(i, vector(call.input(0).dtype(), v)?);
    }
    Ok(())
}
