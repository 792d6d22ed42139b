//! Gathering rows and slices by index.
use super::{MOVES, scalar_operand};
use crate::build::{Build, Grad, GradValue, Val, some};
use crate::def::{Entry, Flags, Gradient, ShapeRule, Test};
use crate::infer::{Infer, Partial};
use ferroflow_tensor::{DType, PartialShape, Result, Shape, bail, error};

/// The ops of this file.
pub static OPS: &[Entry] = &[Entry {
    name: "GatherV2",
    sig: "params: Tparams, indices: Tindices, axis: Taxis -> output: Tparams",
    attrs: "batch_dims: int = 0; Tparams: type; Tindices: {int16, int32, int64}; Taxis: {int32, int64}",
    doc: "The slices of `params` along `axis` (a scalar; negative ones count from the end) that `indices` names: the axis is replaced by the axes of `indices`. The first `batch_dims` axes of both go together. Errors: InvalidArgument if an index is not in [0, size of the axis).",
    host: &["axis"],
    shape: ShapeRule::Rule(gather),
    grad: Gradient::Rule(gather_grad, &["params", "indices", "axis"]),
    gpu: MOVES,
    flags: Flags::CHECKS_VALUES,
    test: Test::calls(
        "np.take(params, indices, int(axis)) if batch_dims == 0 else np.stack([np.take(p, j, int(axis) % params.ndim - 1) for p, j in zip(params, indices)])",
        &[
            "params=f(4,3), indices=i(0,4,5), axis=c(0, 'int32'), batch_dims=0",
            "params=f(4,3), indices=i64(0,3,2,2), axis=c(1, 'int32'), batch_dims=0",
            "params=f(2,4,3), indices=i(0,4,2,5), axis=c(1, 'int64'), batch_dims=1",
            "params=f(4), indices=c(2, 'int32'), axis=c(-1, 'int32'), batch_dims=0",
            "params=f(4,0), indices=i(0,4,3), axis=c(0, 'int32'), batch_dims=0",
            "params=f(0,4), indices=c([], 'int32'), axis=c(0, 'int32'), batch_dims=0",
            "params=f(1,2,1,1,2,3,1,2), indices=i(0,3,1), axis=c(5, 'int32'), batch_dims=0",
            "params=s('a', 'b', 'c'), indices=c([2, 0], 'int32'), axis=c(0, 'int32'), batch_dims=0",
        ],
    ),
    ..Entry::NEW
}];

/// The sizes that a gather works with: `batch x outer x axis x inner` of `params`, `batch x taken` of `indices`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GatherDims {
    /// Product of the batch axes.
    pub batch: usize,
    /// Product of the axes between the batch axes and the gathered one.
    pub outer: usize,
    /// The size of the gathered axis.
    pub axis: usize,
    /// Product of the axes after it.
    pub inner: usize,
    /// How many indices there are per batch.
    pub taken: usize,
}

/// Works out sizes and the output shape of a gather. InvalidArgument in TensorFlow's words if they do not fit.
pub fn gather_dims(params: &Shape, indices: &Shape, axis: i64, batch_dims: i64) -> Result<(GatherDims, Shape)> {
    let (rank, index_rank) = (params.rank() as i64, indices.rank() as i64);
    if rank == 0 {
        bail!(InvalidArgument, "params must be at least 1 dimensional");
    }
    let needed = if axis < 0 { -axis } else { axis + 1 };
    if needed > rank {
        return Err(error!(InvalidArgument, "Shape must be at least rank {needed} but is rank {rank}").axis(axis.to_string()));
    }
    let axis = axis.rem_euclid(rank);
    if batch_dims < -index_rank || batch_dims > index_rank {
        bail!(InvalidArgument, "Expected batch_dims in the range [-{index_rank}, {index_rank}], but got {batch_dims}");
    }
    let batch = if batch_dims < 0 { batch_dims + index_rank } else { batch_dims };
    if batch >= rank {
        bail!(InvalidArgument, "batch_dims ({batch}) must be less than rank(params) ({rank}).");
    }
    if batch > axis {
        bail!(InvalidArgument, "batch_dims ({batch}) must be less than or equal to axis ({axis}).");
    }
    let (batch, axis) = (batch as usize, axis as usize);
    for i in 0..batch {
        if params[i] != indices[i] {
            bail!(InvalidArgument, "params.shape[{i}]: {} should be equal to indices.shape[{i}]: {}", params[i], indices[i]);
        }
    }
    let product = |d: &[usize]| d.iter().product::<usize>();
    let dims = GatherDims {
        batch: product(&params[..batch]),
        outer: product(&params[batch..axis]),
        axis: params[axis],
        inner: product(&params[axis + 1..]),
        taken: product(&indices[batch..]),
    };
    let out = [&params[..axis], &indices[batch..], &params[axis + 1..]].concat();
    Ok((dims, Shape::from(out)))
}

fn gather(c: &mut Infer) -> Result<()> {
    let axis =
        if c.at_run_time { scalar_operand(c, 2, |_| "axis must be scalar".into())? } else { scalar_operand(c, 2, |_| String::new())? };
    let batch_dims = c.attrs.int("batch_dims")?;
    c.set_handle(0, c.input(0).handle.clone());
    if let (true, Some(axis), Some(p), Some(i)) = (c.at_run_time, axis, c.shape(0).known(), c.shape(1).known()) {
        let (_, shape) = gather_dims(&p, &i, axis, batch_dims)?;
        c.set_value(0, gathered_value(c));
        c.set(0, shape);
        return Ok(());
    }
    c.with_rank_at_least(0, 1)?;
    let (Some(params), Some(indices)) = (c.shape(0).dims(), c.shape(1).dims()) else { return Ok(()) };
    let (rank, index_rank) = (params.len() as i64, indices.len() as i64);
    if batch_dims < -index_rank || batch_dims > index_rank {
        bail!(InvalidArgument, "Expected batch_dims in the range [-{index_rank}, {index_rank}], but got {batch_dims}");
    }
    let Some(axis) = axis else {
        let n = rank - 1 + index_rank - if batch_dims < 0 { batch_dims + index_rank } else { batch_dims };
        c.set(0, usize::try_from(n).map_or(PartialShape::UNKNOWN, PartialShape::of_rank));
        return Ok(());
    };
    let needed = if axis < 0 { -axis } else { axis + 1 };
    c.with_rank_at_least(0, needed as usize)?;
    c.with_rank_at_least(1, batch_dims.unsigned_abs() as usize)?;
    let batch = if batch_dims < 0 { batch_dims + index_rank } else { batch_dims } as usize;
    let axis = axis.rem_euclid(rank) as usize;
    if batch > axis {
        return Ok(()); // the kernel words this error
    }
    let mut head = vec![];
    for i in 0..batch {
        head.push(c.merge_dim(params[i], indices[i])?);
    }
    c.set_value(0, gathered_value(c));
    c.set(0, PartialShape::new([&head, &params[batch..axis], &indices[batch..], &params[axis + 1..]].concat()));
    Ok(())
}

/// What is known of elements gathered from a partly known vector.
fn gathered_value(c: &Infer) -> Option<Partial> {
    let (v, at) = (c.ints(0)?, c.known_ints(1)?);
    if c.shape(0).rank() != Some(1) {
        return None;
    }
    let picked = at.iter().map(|i| v.get(usize::try_from(*i).ok()?).copied()).collect::<Option<Vec<_>>>()?;
    Some(Partial::Ints(picked, c.shape(1).rank() == Some(0)))
}

/// The number of an axis: known, or an int32 vector of one element.
#[derive(Clone, Copy)]
enum Axis {
    Known(i64),
    Given(Val),
}
impl Axis {
    fn vector(self, b: &mut dyn Build) -> Val {
        match self {
            Axis::Known(i) => b.ints(&[i]),
            Axis::Given(v) => v,
        }
    }
    fn next(self, b: &mut dyn Build) -> Axis {
        match self {
            Axis::Known(i) => Axis::Known(i + 1),
            Axis::Given(v) => {
                let one = b.ints(&[1]);
                Axis::Given(b.add(v, one))
            }
        }
    }
}

/// Elements `from..to` of an int32 vector.
fn part(b: &mut dyn Build, v: Val, from: Axis, to: Option<Axis>) -> Val {
    let (begin, end, stride) = (from.vector(b), to.unwrap_or(Axis::Known(0)).vector(b), b.ints(&[1]));
    b.call("StridedSlice", &[v, begin, end, stride], &[("end_mask", i64::from(to.is_none()).into())])
}

/// The product of axes `from..to` of a value, as an int32 vector of one element.
fn axes_product(b: &mut dyn Build, x: Val, from: Axis, to: Option<Axis>) -> Val {
    if let (Some(s), Axis::Known(from), None | Some(Axis::Known(_))) = (b.shape(x).known(), from, to) {
        let to = if let Some(Axis::Known(to)) = to { to as usize } else { s.rank() };
        return b.ints(&[s[from as usize..to].iter().product::<usize>() as i64]);
    }
    let shape = b.shape_of(x);
    let (sizes, zero) = (part(b, shape, from, to), b.ints(&[0]));
    b.call("Prod", &[sizes, zero], &[("keep_dims", true.into())])
}

fn gather_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (params, indices, dy) = (g.x(0), g.x(1), g.dy(b, 0));
    let batch_dims = g.attrs.int("batch_dims")?;
    let (rank, index_rank) = (b.shape(params).rank(), b.shape(indices).rank());
    let known = b.known(g.x(2)).and_then(|t| t.to_i64().ok()?.first().copied());
    let axis = match (known, rank) {
        (Some(axis), Some(r)) if axis < 0 => Axis::Known(axis + r as i64),
        (Some(axis), _) if axis >= 0 => Axis::Known(axis),
        _ => {
            let (axis, one, rank) = (b.cast(g.x(2), DType::Int32), b.ints(&[1]), b.rank(params));
            let axis = b.reshape(axis, one);
            Axis::Given(b.floor_mod(axis, rank))
        }
    };
    let batch_dims = Axis::Known(match index_rank {
        Some(r) if batch_dims < 0 => batch_dims + r as i64,
        _ => batch_dims,
    });
    let first = Axis::Known(0);
    let shape = b.shape_of(params);
    if let Axis::Known(0) = axis {
        let all = b.ints(&[-1]);
        let count = axes_product(b, indices, first, None);
        let tail = part(b, shape, Axis::Known(1), None);
        let values_shape = b.concat(&[count, tail], 0);
        let values = b.reshape(dy, values_shape);
        let indices = b.reshape(indices, all);
        return Ok(vec![Some(GradValue::Slices { values, indices, dense_shape: Some(shape) }), None, None]);
    }
    // dy as batch x outer x taken x inner, with `taken` brought to the front of `outer`, is summed by index into
    // batch * axis rows, which are put back in order.
    let batch = axes_product(b, params, first, Some(batch_dims));
    let outer = axes_product(b, params, batch_dims, Some(axis));
    let after = axis.next(b);
    let size = axes_product(b, params, axis, Some(after));
    let inner = axes_product(b, params, after, None);
    let taken = axes_product(b, indices, batch_dims, None);
    let split = b.concat(&[batch, outer, taken, inner], 0);
    let parts = b.reshape(dy, split);
    let by_index = b.transpose(parts, &[0, 2, 1, 3]);
    let count = b.mul(batch, taken);
    let rows_shape = b.concat(&[count, outer, inner], 0);
    let rows = b.reshape(by_index, rows_shape);
    let index_shape = b.concat(&[batch, taken], 0);
    let at = b.reshape(indices, index_shape);
    let at = b.cast(at, DType::Int32);
    let (zero, one, none) = (b.int(0), b.int(1), b.ints(&[]));
    let batches = b.reshape(batch, none);
    let starts = b.range(zero, batches, one);
    let starts = b.mul(starts, size);
    let starts = b.expand_dims(starts, one);
    let at = b.add(at, starts);
    let total = b.mul(batch, size);
    let total = b.reshape(total, none);
    let flat = b.reshape(at, count);
    let sums = b.call("UnsortedSegmentSum", &[rows, flat, total], &[]);
    let back_shape = b.concat(&[batch, size, outer, inner], 0);
    let back = b.reshape(sums, back_shape);
    let back = b.transpose(back, &[0, 2, 1, 3]);
    let dx = b.reshape(back, shape);
    some([Some(dx), None, None])
}
