//! Ops whose results depend on the values: positions, distinct elements, one-hot codes, partitions, binary search.
use super::{DATA_DEPENDENT, MOVES};
use crate::build::{Build, Grad, GradValue, Val, some};
use crate::def::{Entry, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{PartialShape, Result, bail, error};

const NO_GRADIENT: Gradient = Gradient::Missing("the result changes in jumps");
const BOUND_SIG: &str = "sorted_inputs: T, values: T -> output: out_type";
const BOUND_ATTRS: &str = "T: type; out_type: {int32, int64} = int32";

/// The ops of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "Where",
        sig: "input: T -> index: int64",
        attrs: "T: {float, double, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, half, uint32, uint64, bool} = bool",
        parameters: &[("input", "condition")],
        doc: "The positions of the elements that are true or not zero, one row of axis indices per element, in row-major order. NaN counts as not zero. Errors: InvalidArgument at run time for a scalar.",
        shape: ShapeRule::Rule(where_),
        grad: Gradient::Missing("positions are integers"),
        gpu: DATA_DEPENDENT,
        test: Test::calls(
            "np.argwhere(input).astype('int64')",
            &["input=b(3,4)", "input=f(5)", "input=b(0,2)", "input=c([0.0, -0.0, float('nan')], 'float32')", "input=b(1,2,2,1,2,1,1,2)"],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "Unique",
        sig: "x: T -> y: T, idx: out_idx",
        attrs: "T: type; out_idx: {int32, int64} = int32",
        doc: "The distinct elements `y` of the vector `x`, in the order of their first occurrence, and for each element of `x` its position in `y`. Errors: InvalidArgument unless `x` is a vector.",
        shape: ShapeRule::Rule(unique),
        grad: NO_GRADIENT,
        gpu: DATA_DEPENDENT,
        test: Test::calls(
            "(lambda u: [u, np.array([list(u).index(v) for v in x], out_idx)])(np.array(list(dict.fromkeys(x.tolist())), x.dtype))",
            &["x=i(0,5,9), out_idx='int32'", "x=i64(0,3,6), out_idx='int64'", "x=c([], 'int32'), out_idx='int32'"],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "UniqueWithCounts",
        sig: "x: T -> y: T, idx: out_idx, count: out_idx",
        attrs: "T: type; out_idx: {int32, int64} = int32",
        doc: "As Unique, with the number of times that each distinct element occurs. Errors: InvalidArgument unless `x` is a vector.",
        shape: ShapeRule::Rule(unique),
        grad: NO_GRADIENT,
        gpu: DATA_DEPENDENT,
        test: Test::calls(
            "(lambda u: [u, np.array([list(u).index(v) for v in x], out_idx), np.array([(x == v).sum() for v in u], out_idx)])(np.array(list(dict.fromkeys(x.tolist())), x.dtype))",
            &["x=i(0,5,9), out_idx='int32'", "x=c([], 'int64'), out_idx='int64'"],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "ListDiff",
        sig: "x: T, y: T -> out: T, idx: out_idx",
        attrs: "T: type; out_idx: {int32, int64} = int32",
        doc: "The elements of the vector `x` that do not occur in the vector `y`, in their order, repeated ones kept, and their positions. Errors: InvalidArgument unless both are vectors.",
        shape: ShapeRule::Rule(list_diff),
        grad: NO_GRADIENT,
        gpu: DATA_DEPENDENT,
        test: Test::calls(
            "[x[~np.isin(x, y)], np.flatnonzero(~np.isin(x, y)).astype(out_idx)]",
            &[
                "x=i(0,9,8), y=i(0,9,4), out_idx='int32'",
                "x=i64(0,5,4), y=c([], 'int64'), out_idx='int64'",
                "x=c([], 'int32'), y=i(0,3,2), out_idx='int32'",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "OneHot",
        sig: "indices: TI, depth: int32, on_value: T, off_value: T -> output: T",
        attrs: "axis: int = -1; T: type; TI: {uint8, int8, int32, int64} = int64",
        doc: "For each index a new axis of size `depth` at position `axis` (-1: the last) that holds `on_value` at the index and `off_value` elsewhere; all three are scalars. Indices out of range give `off_value` only. Errors: InvalidArgument for a negative depth or an axis out of range.",
        host: &["depth"],
        shape: ShapeRule::Rule(one_hot),
        grad: Gradient::None("indices are integers"),
        gpu: MOVES,
        test: Test::calls(
            "np.moveaxis(np.where(indices[..., None] == np.arange(depth), on_value, off_value).astype(on_value.dtype), -1, axis)",
            &[
                "indices=c([0, 2, -1, 5], 'int32'), depth=c(3, 'int32'), on_value=f(), off_value=f(), axis=-1",
                "indices=c([[0, 1], [1, 1]], 'int64'), depth=c(2, 'int32'), on_value=f(), off_value=f(), axis=0",
                "indices=c([[0, 1], [1, 1]], 'uint8'), depth=c(2, 'int32'), on_value=f(), off_value=f(), axis=1",
                "indices=c(1, 'int8'), depth=c(3, 'int32'), on_value=c(True, 'bool'), off_value=c(False, 'bool'), axis=-1",
                "indices=c([], 'int64'), depth=c(3, 'int32'), on_value=f(), off_value=f(), axis=-1",
                "indices=c([1], 'int64'), depth=c(0, 'int32'), on_value=f(), off_value=f(), axis=-1",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "DynamicPartition",
        sig: "data: T, partitions: int32 -> outputs: num_partitions * T",
        attrs: "num_partitions: int >= 1; T: type",
        doc: "Output i holds the slices of `data` whose number in `partitions`, a tensor of the leading axes of `data`, is i, in their order. Errors: InvalidArgument for numbers that are not in [0, num_partitions).",
        shape: ShapeRule::Rule(dynamic_partition),
        grad: Gradient::Rule(dynamic_partition_grad, &["data", "partitions"]),
        gpu: DATA_DEPENDENT,
        test: Test::calls(
            "[data[partitions == j] for j in range(num_partitions)]",
            &[
                "data=f(5,2), partitions=c([1, 0, 2, 1, 1], 'int32'), num_partitions=4",
                "data=f(2,3), partitions=i(0,2,2,3), num_partitions=2",
                "data=f(0,2), partitions=c([], 'int32'), num_partitions=2",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "DynamicStitch",
        sig: "indices: N * int32, data: N * T -> merged: T",
        attrs: "N: int >= 1; T: type",
        doc: "Puts the slices of all `data` into one tensor at the rows that `indices` names; the last of several wins, rows that are not named are zero. Errors: InvalidArgument if the shape of a `data` does not start with that of its `indices`, or the slices differ in shape.",
        shape: ShapeRule::Rule(dynamic_stitch),
        grad: Gradient::Rule(dynamic_stitch_grad, &["indices"]),
        gpu: DATA_DEPENDENT,
        test: Test::calls(
            "(lambda z: ([z.__setitem__(j, d) for j, d in zip(indices, data)], z)[1])(np.zeros((max([int(j.max()) + 1 for j in indices if j.size] + [0]),) + data[0].shape[indices[0].ndim:], data[0].dtype))",
            &[
                "indices=[c([0, 2], 'int32'), c([[1, 3]], 'int32')], data=[f(2,3), f(1,2,3)]",
                "indices=[c(0, 'int32'), c([1, 0], 'int32')], data=[f(), f(2)]",
                "indices=[c([], 'int32')], data=[f(0,2)]",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "LowerBound",
        sig: BOUND_SIG,
        attrs: BOUND_ATTRS,
        doc: "For each row: the position in `sorted_inputs` of the first element that is not less than the value. Both are matrices with the same number of rows. Errors: InvalidArgument if they are not.",
        shape: ShapeRule::Rule(bound),
        grad: NO_GRADIENT,
        gpu: DATA_DEPENDENT,
        test: Test::calls(
            "np.stack([np.searchsorted(a, v, 'left') for a, v in zip(sorted_inputs, values)]).astype(out_type)",
            &[
                "sorted_inputs=c([[0, 3, 9, 9, 10], [1, 2, 3, 4, 5]], 'float32'), values=c([[2, 4, 9], [0, 2, 6]], 'float32'), out_type='int32'",
                "sorted_inputs=c(np.zeros((1, 0)), 'int32'), values=i(0,3,1,2), out_type='int64'",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "UpperBound",
        sig: BOUND_SIG,
        attrs: BOUND_ATTRS,
        doc: "For each row: the position in `sorted_inputs` of the first element that is greater than the value. Both are matrices with the same number of rows. Errors: InvalidArgument if they are not.",
        shape: ShapeRule::Rule(bound),
        grad: NO_GRADIENT,
        gpu: DATA_DEPENDENT,
        test: Test::calls(
            "np.stack([np.searchsorted(a, v, 'right') for a, v in zip(sorted_inputs, values)]).astype(out_type)",
            &[
                "sorted_inputs=c([[0, 3, 9, 9, 10], [1, 2, 3, 4, 5]], 'float32'), values=c([[2, 4, 9], [0, 2, 6]], 'float32'), out_type='int32'",
                "sorted_inputs=c(np.zeros((1, 0)), 'int32'), values=i(0,3,1,2), out_type='int64'",
            ],
        ),
        ..Entry::NEW
    },
];

fn where_(c: &mut Infer) -> Result<()> {
    let rank = c.shape(0).rank();
    if c.at_run_time && !rank.is_some_and(|r| (1..=8).contains(&r)) {
        bail!(InvalidArgument, "WhereOp : Unhandled input dimensions: {}", rank.unwrap_or(0));
    }
    c.set(0, PartialShape::new(vec![None, rank]));
    Ok(())
}

fn unique(c: &mut Infer) -> Result<()> {
    if c.at_run_time && c.shape(0).rank() != Some(1) {
        bail!(InvalidArgument, "unique expects a 1D vector.");
    }
    let x = c.with_rank(0, 1)?;
    c.set(0, PartialShape::vector(None));
    c.set(1, x);
    if c.n_outputs() == 3 {
        c.set(2, PartialShape::vector(None));
    }
    Ok(())
}

fn list_diff(c: &mut Infer) -> Result<()> {
    for (i, name) in ["x", "y"].iter().enumerate() {
        if c.at_run_time && c.shape(i).rank() != Some(1) {
            bail!(InvalidArgument, "{name} should be a 1D vector.");
        }
        c.with_rank(i, 1)?;
    }
    c.set(0, PartialShape::vector(None));
    c.set(1, PartialShape::vector(None));
    Ok(())
}

fn one_hot(c: &mut Infer) -> Result<()> {
    let axis = c.attrs.int("axis")?;
    let Some(dims) = c.shape(0).dims() else { return Ok(()) };
    let rank = dims.len() as i64;
    if axis < -1 || axis > rank {
        let kernel = format!("Expected axis to be -1 or between [0, {}).  But received: {axis}", rank + 1);
        return Err(c.fail(ferroflow_tensor::Code::InvalidArgument, format!("axis must be >= -1 and <= {rank}, got {axis}"), kernel));
    }
    for (i, name) in [(1, "depth"), (2, "on_value"), (3, "off_value")] {
        if c.at_run_time && c.shape(i).rank() != Some(0) {
            bail!(InvalidArgument, "{name} must be a scalar, but got: {}", c.shape(i));
        }
        c.with_rank(i, 0)?;
    }
    let depth = c.int(1);
    if let Some(d @ ..0) = depth {
        let kernel = format!("depth must be non-negative, got: {d}");
        return Err(c.fail(
            ferroflow_tensor::Code::InvalidArgument,
            format!("Dimension size, given by scalar input {d}, must be non-negative"),
            kernel,
        ));
    }
    let mut out = dims.to_vec();
    out.insert(if axis < 0 { dims.len() } else { axis as usize }, depth.map(|d| d as usize));
    c.set(0, PartialShape::new(out));
    Ok(())
}

fn dynamic_partition(c: &mut Infer) -> Result<()> {
    let (data, parts) = (c.shape(0), c.shape(1));
    let (Some(d), Some(p)) = (data.dims(), parts.dims()) else { return Ok(()) };
    let fits = d.len() >= p.len() && p.iter().zip(d).all(|(a, b)| a.is_none() || b.is_none() || a == b);
    if !fits {
        if c.at_run_time {
            bail!(InvalidArgument, "data.shape must start with partitions.shape, got data.shape = {data}, partitions.shape = {parts}");
        }
        c.with_rank_at_least(0, p.len())?;
        c.merge(&PartialShape::new(d[..p.len()].to_vec()), parts)?;
    }
    let out = [&[None], &d[p.len()..]].concat();
    for i in 0..c.n_outputs() {
        c.set(i, PartialShape::new(out.clone()));
    }
    Ok(())
}

fn dynamic_partition_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (data, parts) = (g.x(0), g.x(1));
    let n = g.outputs.len() as i64;
    let shape = b.call("Shape", &[parts], &[]);
    let axes = b.ints(&[0]);
    let count = b.call("Prod", &[shape, axes], &[]);
    let (zero, one) = (b.int(0), b.int(1));
    let all = b.range(zero, count, one);
    let original = b.reshape(all, shape);
    let rows = b.outputs("DynamicPartition", &[original, parts], &[("num_partitions", n.into())]);
    let dys: Vec<Val> = (0..g.outputs.len()).map(|i| g.dy(b, i)).collect();
    let merged = b.call("DynamicStitch", &[rows, dys].concat(), &[("N", n.into())]);
    let shape = b.shape_of(data);
    some([Some(b.reshape(merged, shape)), None])
}

fn dynamic_stitch(c: &mut Infer) -> Result<()> {
    let n = c.n_inputs() / 2;
    let (mut tail, mut rows, mut known) = (PartialShape::UNKNOWN, 0i64, true);
    for i in 0..n {
        let (at, data) = (c.shape(i), c.shape(n + i));
        let highest = c.tensor(i).and_then(|t| Some(t.to_i64().ok()?.into_iter().max().unwrap_or(-1)));
        known &= highest.is_some();
        rows = rows.max(highest.map_or(0, |h| h.saturating_add(1)));
        let (Some(a), Some(d)) = (at.dims(), data.dims()) else { continue };
        let starts = d.len() >= a.len() && a.iter().zip(d).all(|(x, y)| x.is_none() || y.is_none() || x == y);
        if !starts {
            let m = format!("data[{i}].shape = {data} does not start with indices[{i}].shape = {at}");
            return Err(error!(InvalidArgument, "{m}"));
        }
        let rest = PartialShape::new(d[a.len()..].to_vec());
        let (first, first_at) = (c.shape(n), c.shape(0));
        tail = match tail.merge(&rest) {
            Some(t) => t,
            None if c.at_run_time => {
                let m = format!(
                    "Need data[0].shape[{}:] = data[{i}].shape[{}:], got data[0].shape = {first}, data[{i}].shape = {data}",
                    first_at.rank().unwrap_or(0),
                    a.len()
                );
                bail!(InvalidArgument, "{m}, indices[0].shape = {first_at}, indices[{i}].shape = {at}");
            }
            None => c.merge(&tail, &rest)?,
        };
    }
    if let Some(t) = tail.dims() {
        c.set(0, PartialShape::new([&[known.then_some(rows as usize)], t].concat()));
    }
    Ok(())
}

fn dynamic_stitch_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let n = g.inputs.len() / 2;
    let (dy, axis) = (g.dy(b, 0), b.int(0));
    let values: Vec<_> = g.inputs[..n].iter().map(|at| Some(b.call("GatherV2", &[dy, *at, axis], &[]))).collect();
    some(vec![None; n].into_iter().chain(values))
}

fn bound(c: &mut Infer) -> Result<()> {
    for (i, name) in ["sorted_inputs", "values"].iter().enumerate() {
        if c.at_run_time
            && let Some(r) = c.shape(i).rank().filter(|r| *r != 2)
        {
            bail!(InvalidArgument, "Shape must be rank 2 but is rank {r} for `{name}` argument");
        }
        c.with_rank(i, 2)?;
    }
    if c.at_run_time && c.shape(0).dim(0) != c.shape(1).dim(0) {
        bail!(InvalidArgument, "Leading dim_size of both tensors must match.");
    }
    c.merge_dim(c.shape(0).dim(0), c.shape(1).dim(0))?;
    c.set(0, c.shape(1).clone());
    Ok(())
}
