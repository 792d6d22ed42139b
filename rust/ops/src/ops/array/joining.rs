//! Joining tensors along an axis, and splitting them.
use super::{MOVES, scalar_operand};
use crate::build::{Build, Grad, GradValue, Val, some};
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::infer::{Infer, Partial};
use ferroflow_tensor::{Code, PartialShape, Result, bail, error};

/// The ops of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "Pack",
        sig: "values: N * T -> output: T",
        attrs: "N: int >= 1; T: type; axis: int = 0",
        doc: "Stacks tensors of one shape along a new axis at position `axis` (negative ones count from the end of the result). Errors: InvalidArgument if the shapes differ or `axis` is out of range.",
        shape: ShapeRule::Rule(pack),
        grad: Gradient::Rule(pack_grad, &[]),
        gpu: MOVES,
        test: Test::calls(
            "np.stack(values, axis)",
            &[
                "values=[f(2,3), f(2,3)], axis=0",
                "values=[f(2,3), f(2,3), f(2,3)], axis=-1",
                "values=[f()], axis=0",
                "values=[f(0,2), f(0,2)], axis=1",
                "values=[s('a'), s('b')], axis=0",
                "values=[f(1,2,1,1,2,1,1), f(1,2,1,1,2,1,1)], axis=4",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "Unpack",
        sig: "value: T -> output: num * T",
        attrs: "num: int >= 0; T: type; axis: int = 0",
        doc: "The `num` slices of `value` along `axis`, without that axis: the inverse of Pack. Errors: InvalidArgument if that axis does not have the size `num` or is out of range.",
        shape: ShapeRule::Rule(unpack),
        grad: Gradient::Rule(unpack_grad, &[]),
        gpu: MOVES,
        test: Test::calls(
            "[np.take(value, j, axis) for j in range(num)]",
            &[
                "value=f(2,3), num=2, axis=0",
                "value=f(2,3), num=3, axis=-1",
                "value=f(0,2), num=0, axis=0",
                "value=f(2,0), num=2, axis=0",
                "value=f(1,2,1,1,2,1,1,2), num=2, axis=4",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "ConcatV2",
        sig: "values: N * T, axis: Tidx -> output: T",
        attrs: "N: int >= 2; T: type; Tidx: {int32, int64} = int32",
        doc: "Joins tensors along `axis`, a scalar (negative ones count from the end). All other sizes must be equal. Errors: InvalidArgument for scalars, for ranks or sizes that differ, and if `axis` is out of range.",
        host: &["axis"],
        shape: ShapeRule::Rule(concat),
        grad: Gradient::Rule(concat_grad, &["values", "axis"]),
        gpu: MOVES,
        test: Test::calls(
            "np.concatenate(values, axis)",
            &[
                "values=[f(2,3), f(4,3)], axis=c(0, 'int32')",
                "values=[f(2,3), f(2,0), f(2,1)], axis=c(-1, 'int64')",
                "values=[f(0), f(0)], axis=c(0, 'int32')",
                "values=[s('a', 'b'), s('c')], axis=c(0, 'int32')",
                "values=[f(1,2,1,1,2,1,1,2), f(1,2,1,1,3,1,1,2)], axis=c(4, 'int32')",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "ConcatOffset",
        sig: "concat_dim: int32, shape: N * shape_type -> offset: N * shape_type",
        attrs: "N: int >= 2; shape_type: {int32, int64} = int32",
        doc: "For tensors of these shapes joined along `concat_dim`: where each begins in the result, as vectors. Errors: InvalidArgument if the shapes cannot be joined.",
        host: &["concat_dim", "shape", "offset"],
        shape: ShapeRule::Rule(concat_offset),
        grad: Gradient::None("offsets are integers"),
        gpu: Gpu::Free,
        test: Test::calls(
            "[np.array([sum(int(t[concat_dim]) for t in shape[:j]) if k == concat_dim % len(x) else 0 for k in range(len(x))], x.dtype) for j, x in enumerate(shape)]",
            &[
                "concat_dim=c(1, 'int32'), shape=[c([2, 3], 'int32'), c([2, 5], 'int32'), c([2, 1], 'int32')]",
                "concat_dim=c(-1, 'int32'), shape=[c([4], 'int64'), c([0], 'int64')]",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "Split",
        sig: "split_dim: int32, value: T -> output: num_split * T",
        attrs: "num_split: int >= 1; T: type",
        parameters: &[("split_dim", "axis")],
        doc: "Splits `value` into `num_split` equal parts along `split_dim`, a scalar (negative ones count from the end). Errors: InvalidArgument if that axis cannot be divided evenly or is out of range.",
        host: &["split_dim"],
        shape: ShapeRule::Rule(split),
        grad: Gradient::Rule(split_grad, &["split_dim"]),
        gpu: MOVES,
        test: Test::calls(
            "np.split(value, num_split, int(split_dim))",
            &[
                "split_dim=c(1, 'int32'), value=f(2,6), num_split=3",
                "split_dim=c(-2, 'int32'), value=f(4,3), num_split=2",
                "split_dim=c(0, 'int32'), value=f(0,3), num_split=2",
                "split_dim=c(4, 'int32'), value=f(1,2,1,1,4,1,1,2), num_split=4",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "SplitV",
        sig: "value: T, size_splits: Tlen, split_dim: int32 -> output: num_split * T",
        attrs: "num_split: int >= 1; T: type; Tlen: {int8, int32, int64} = int64",
        parameters: &[("split_dim", "axis")],
        doc: "Splits `value` along `split_dim`, a scalar, into parts of the sizes in the vector `size_splits`, of which one may be -1: what is left. Errors: InvalidArgument if the sizes do not add up to that of the axis.",
        host: &["size_splits", "split_dim"],
        shape: ShapeRule::Rule(split_v),
        grad: Gradient::Rule(split_v_grad, &["split_dim"]),
        gpu: MOVES,
        test: Test::calls(
            "np.split(value, np.cumsum([s if s >= 0 else value.shape[split_dim] - 1 - sum(size_splits) for s in size_splits])[:-1], int(split_dim))",
            &[
                "value=f(2,6), size_splits=c([1, 0, 5], 'int32'), split_dim=c(1, 'int32'), num_split=3",
                "value=f(5,3), size_splits=c([2, -1], 'int64'), split_dim=c(-2, 'int32'), num_split=2",
                "value=f(0,3), size_splits=c([0], 'int64'), split_dim=c(0, 'int32'), num_split=1",
            ],
        ),
        ..Entry::NEW
    },
];

fn invalid(c: &Infer, shape_function: String, kernel: String) -> ferroflow_tensor::Error {
    c.fail(Code::InvalidArgument, shape_function, kernel)
}

/// An axis counted from the front, for an axis of `rank` that may be negative.
fn new_axis(c: &Infer, axis: i64, rank: usize) -> Result<usize> {
    let r = rank as i64;
    if axis < -r || axis >= r {
        let e = invalid(c, format!("Invalid axis: {axis}; must be in [{},{r})", -r), format!("axis = {axis} not in [{}, {r})", -r));
        return Err(e.axis(axis.to_string()));
    }
    Ok(axis.rem_euclid(r) as usize)
}

fn pack(c: &mut Infer) -> Result<()> {
    let mut shape = c.shape(c.n_inputs() - 1).clone();
    for i in (0..c.n_inputs() - 1).rev() {
        let (first, other) = (c.shape(0), c.shape(i + 1));
        if c.at_run_time && first != other {
            bail!(InvalidArgument, "Shapes of all inputs must match: values[0].shape = {first} != values[{}].shape = {other}", i + 1);
        }
        shape = c.merge(c.shape(i), &shape)?;
    }
    let handle = c.input(0).handle.clone();
    c.set_handle(0, handle);
    let axis = c.attrs.int("axis")?;
    let Some(dims) = shape.dims() else { return Ok(()) };
    let axis = new_axis(c, axis, dims.len() + 1)?;
    let mut out = dims.to_vec();
    out.insert(axis, Some(c.n_inputs()));
    c.set(0, PartialShape::new(out));
    if dims.is_empty() && c.input(0).dtype.is_integer() {
        let v = (0..c.n_inputs()).map(|i| c.int(i).or_else(|| c.ints(i)?.first().copied().flatten())).collect();
        c.set_value(0, Some(Partial::Ints(v, false)));
    }
    Ok(())
}

fn unpack(c: &mut Infer) -> Result<()> {
    let num = c.attrs.int("num")? as usize;
    let Some(dims) = c.shape(0).dims() else { return Ok(()) };
    let axis = new_axis(c, c.attrs.int("axis")?, dims.len())?;
    if dims[axis].is_some_and(|d| d != num) {
        let d = dims[axis].unwrap_or(0);
        return Err(invalid(
            c,
            format!("Dimension must be {num} but is {d}"),
            format!("Input shape axis {axis} must equal {num}, got shape {}", c.shape(0)),
        ));
    }
    let mut out = dims.to_vec();
    out.remove(axis);
    for i in 0..num {
        c.set(i, PartialShape::new(out.clone()));
        c.set_handle(i, c.input(0).handle.clone());
        if let (1, Some(v)) = (dims.len(), c.ints(0)) {
            c.set_value(i, v.get(i).map(|x| Partial::Ints(vec![*x], true)));
        }
    }
    Ok(())
}

fn concat(c: &mut Infer) -> Result<()> {
    let n = c.n_inputs() - 1;
    let axis = scalar_operand(c, n, |shape| format!("axis tensor should be a scalar integer, but got shape {shape}"))?;
    let known = (0..n).find_map(|i| c.shape(i).rank());
    let Some(rank) = known else { return Ok(()) };
    let r = rank as i64;
    if c.at_run_time && axis.is_some_and(|a| rank > 0 && (a < -r || a >= r)) {
        bail!(InvalidArgument, "ConcatOp : Expected concatenating dimensions in the range [{}, {r}), but got {}", -r, axis.unwrap_or(0));
    }
    if rank == 0 {
        return Err(invalid(
            c,
            "Can't concatenate scalars (use tf.stack instead)".into(),
            "ConcatOp : Can't concatenate scalars (use tf.stack instead)".into(),
        ));
    }
    for i in 0..n {
        if c.at_run_time && c.shape(i).rank() != Some(rank) {
            bail!(
                InvalidArgument,
                "ConcatOp : Ranks of all input tensors should match: shape[0] = {} vs. shape[{i}] = {}",
                c.shape(0),
                c.shape(i)
            );
        }
        c.with_rank(i, rank)?;
    }
    let Some(axis) = axis else {
        c.set(0, PartialShape::of_rank(rank));
        return Ok(());
    };
    let needed = if axis < 0 { -axis } else { axis + 1 };
    if needed > r {
        return Err(error!(InvalidArgument, "Shape must be at least rank {needed} but is rank {r}").axis(axis.to_string()));
    }
    let axis = axis.rem_euclid(r) as usize;
    let (mut total, mut before, mut after) = (Some(0usize), PartialShape::of_rank(axis), PartialShape::of_rank(rank - axis - 1));
    for i in 0..n {
        let shape = c.with_rank(i, rank)?;
        let dims = shape.dims().unwrap_or(&[]);
        if c.at_run_time
            && let Some(d) = (0..rank).find(|d| *d != axis && dims[*d] != c.shape(0).dim(*d))
        {
            let m = format!("ConcatOp : Dimension {d} in both shapes must be equal: shape[0] = {} vs. shape[{i}] = {shape}", c.shape(0));
            return Err(error!(InvalidArgument, "{m}").axis(d.to_string()));
        }
        before = c.merge(&before, &PartialShape::new(dims[..axis].to_vec()))?;
        after = c.merge(&after, &PartialShape::new(dims[axis + 1..].to_vec()))?;
        total = match (total, dims[axis]) {
            (Some(a), Some(b)) => Some(a.checked_add(b).ok_or_else(|| error!(InvalidArgument, "the size of axis {axis} overflows"))?),
            _ => None,
        };
    }
    c.set(0, PartialShape::new([before.dims().unwrap_or(&[]), &[total], after.dims().unwrap_or(&[])].concat()));
    if rank == 1 && c.input(0).dtype.is_integer() && total.is_some_and(|t| t <= 1024) {
        let part = |i: usize| c.ints(i).or_else(|| Some(vec![None; c.shape(i).dim(0)?]));
        let v = (0..n).map(part).collect::<Option<Vec<_>>>();
        c.set_value(0, v.map(|v| Partial::Ints(v.concat(), false)));
    }
    Ok(())
}

fn concat_offset(c: &mut Infer) -> Result<()> {
    if c.at_run_time && c.shape(0).rank() != Some(0) {
        bail!(InvalidArgument, "Concat dim tensor should be a scalar integer, but got shape {}", c.shape(0));
    }
    let n = c.n_inputs() - 1;
    for i in 0..n {
        if c.at_run_time && c.shape(i + 1).rank() != Some(1) {
            bail!(InvalidArgument, "input {i} should be a vector, but got shape {}", c.shape(i + 1));
        }
        c.set(i, c.shape(i + 1).clone());
    }
    let shapes: Option<Vec<_>> = (1..=n).map(|i| c.known_ints(i)).collect();
    if let (Some(axis), Some(shapes)) = (c.int(0), shapes) {
        let offsets = offsets(axis, &shapes);
        if let Err(e) = offsets {
            return if c.at_run_time { Err(e) } else { Ok(()) };
        }
        for (i, o) in offsets?.into_iter().enumerate() {
            c.set_value(i, Some(Partial::Ints(o.into_iter().map(Some).collect(), false)));
        }
    }
    Ok(())
}

/// Where tensors of these shapes begin when they are joined along `axis`. InvalidArgument if they cannot be joined.
pub fn offsets(axis: i64, shapes: &[Vec<i64>]) -> Result<Vec<Vec<i64>>> {
    let rank = shapes.first().map_or(0, Vec::len);
    let r = rank as i64;
    if axis < -r || axis >= r {
        bail!(InvalidArgument, "Concat dim is out of range: {axis} vs. {r}");
    }
    let at = axis.rem_euclid(r) as usize;
    let mut sum = 0i64;
    let mut out = vec![];
    for (i, s) in shapes.iter().enumerate() {
        if s.len() != rank {
            bail!(InvalidArgument, "input {i} should contain {rank} elements, but got {}", s.len());
        }
        if (0..rank).any(|d| d != at && s[d] != shapes[0][d]) {
            let text = |s: &[i64]| s.iter().map(i64::to_string).collect::<Vec<_>>().join(" ");
            bail!(
                InvalidArgument,
                "All dimensions except {at} must match. Input {i} has shape [{}] and doesn't match input 0 with shape [{}].",
                text(s),
                text(&shapes[0])
            );
        }
        out.push((0..rank).map(|d| if d == at { sum } else { 0 }).collect());
        sum = sum.wrapping_add(s[at]);
    }
    Ok(out)
}

/// The axis of Split and SplitV, an operand.
fn split_axis(c: &Infer, operand: usize, rank: Option<usize>) -> Result<Option<usize>> {
    let shape = c.shape(operand);
    if shape.count().is_some_and(|n| n != 1)
        || (!c.at_run_time && shape.rank().is_some_and(|r| r != 0))
        || shape.rank().is_some_and(|r| r != 0)
    {
        let r = shape.rank().unwrap_or(0);
        return Err(invalid(c, format!("Input must be scalar but has rank {r}"), format!("split_dim must be a scalar but has rank {r}")));
    }
    let (Some(axis), Some(rank)) = (c.int(operand), rank) else { return Ok(None) };
    let r = rank as i64;
    if axis < -r || axis >= r {
        let e = invalid(
            c,
            format!("Dimension size, given by scalar input {axis} must be in range [-{r}, {r})"),
            format!("-input rank(-{r}) <= split_dim < input rank ({r}), but got {axis}"),
        );
        return Err(e.axis(axis.to_string()));
    }
    Ok(Some(axis.rem_euclid(r) as usize))
}

/// Sets output shapes: those of the value with these sizes along the axis.
fn set_parts(c: &mut Infer, value: usize, axis: Option<usize>, sizes: impl Fn(usize) -> Option<usize>) {
    let Some(rank) = c.shape(value).rank() else { return };
    for i in 0..c.n_outputs() {
        let shape = match (axis, c.shape(value).dims()) {
            (Some(axis), Some(dims)) => {
                let mut d = dims.to_vec();
                d[axis] = sizes(i);
                PartialShape::new(d)
            }
            _ => PartialShape::of_rank(rank),
        };
        c.set(i, shape);
        c.set_handle(i, c.input(value).handle.clone());
    }
}

fn split(c: &mut Infer) -> Result<()> {
    let num = c.n_outputs();
    let axis = split_axis(c, 0, c.shape(1).rank())?;
    let size = axis.and_then(|a| c.shape(1).dim(a));
    if let (Some(a), Some(d)) = (axis, size)
        && d % num != 0
    {
        let kernel = format!(
            "Number of ways to split should evenly divide the split dimension, but got split_dim {a} (size = {d}) and num_split {num}"
        );
        return Err(invalid(c, format!("Dimension size must be evenly divisible by {num} but is {d}"), kernel).axis(a.to_string()));
    }
    set_parts(c, 1, axis, |_| size.map(|d| d / num));
    Ok(())
}

fn split_v(c: &mut Infer) -> Result<()> {
    let num = c.n_outputs();
    let sizes = c.shape(1);
    if c.at_run_time {
        if sizes.rank() != Some(1) || sizes.dim(0) != Some(num) {
            let (r, n) = (sizes.rank().unwrap_or(0), sizes.count().unwrap_or(0));
            bail!(
                InvalidArgument,
                "size of the split_tensor must be 1-D and have the same elements as outputs got {r} -D and {n} elements"
            );
        }
    } else if c.with_rank(1, 1)?.dim(0).is_some_and(|n| n != num) {
        bail!(InvalidArgument, "Length of size_splits should be equal to num_outputs");
    }
    let axis = split_axis(c, 2, c.shape(0).rank())?;
    let total = axis.and_then(|a| c.shape(0).dim(a));
    let Some(sizes) = c.known_ints(1) else {
        set_parts(c, 0, axis, |_| if num == 1 { total } else { None });
        return Ok(());
    };
    let parts = split_sizes(&sizes, total, c.at_run_time)?;
    set_parts(c, 0, axis, |i| parts[i]);
    Ok(())
}

/// The sizes of the parts of an axis of size `total`; at most one of `sizes` may be -1. InvalidArgument if they do not add up.
pub fn split_sizes(sizes: &[i64], total: Option<usize>, at_run_time: bool) -> Result<Vec<Option<usize>>> {
    if sizes.iter().filter(|s| **s == -1).count() > 1 {
        let m = if at_run_time { "There can only be one -1 in the input." } else { "size_splits can only have one -1" };
        bail!(InvalidArgument, "{m}");
    }
    if let Some((i, s)) = sizes.iter().enumerate().find(|(_, s)| **s < -1) {
        bail!(InvalidArgument, "Split size at index {i} must be >= 0. Got: {s}");
    }
    let known = sizes.iter().filter(|s| **s >= 0).fold(0i64, |a, s| a.saturating_add(*s));
    let rest = match total {
        None => None,
        Some(total) => {
            let rest = total as i64 - known;
            if rest < 0 || (rest > 0 && !sizes.contains(&-1)) {
                return Err(does_not_add_up(sizes, total, known, at_run_time));
            }
            Some(rest as usize)
        }
    };
    Ok(sizes.iter().map(|s| if *s == -1 { rest } else { Some(*s as usize) }).collect())
}

fn does_not_add_up(sizes: &[i64], total: usize, known: i64, at_run_time: bool) -> ferroflow_tensor::Error {
    let open = sizes.iter().position(|s| *s == -1);
    if !at_run_time {
        if let Some(i) = open {
            return error!(InvalidArgument, "Split size at index {i} must be >= 0. Got: {}", total as i64 - known);
        }
        let text = sizes.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
        return error!(InvalidArgument, "can't split axis of size {total} into pieces of size [{text}]");
    }
    if sizes.len() == 1 {
        return error!(
            InvalidArgument,
            "If there is only one output, it must have the same size as the input. Input size: {total} output size: {known}"
        );
    }
    error!(
        InvalidArgument,
        "Determined shape must either match input shape along split_dim exactly if fully specified, or be less than the size of the input along split_dim if not fully specified.  Got: {known}"
    )
}

fn pack_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let attrs = [("num", (g.inputs.len() as i64).into()), ("axis", g.attrs.int("axis")?.into())];
    some(b.outputs("Unpack", &[dy], &attrs).into_iter().map(Some))
}

fn all_dys(b: &mut dyn Build, g: &Grad) -> Vec<Val> {
    (0..g.outputs.len()).map(|i| g.dy(b, i)).collect()
}

fn unpack_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    if g.outputs.is_empty() {
        return some([Some(b.zeros_like(g.x(0)))]);
    }
    let dys = all_dys(b, g);
    some([Some(b.pack(&dys, g.attrs.int("axis")?))])
}

/// The gradients of the outputs joined along the axis of the split.
fn joined(b: &mut dyn Build, g: &Grad, axis: Val) -> Val {
    let mut dys = all_dys(b, g);
    if let [dy] = dys[..] {
        return dy;
    }
    let n = dys.len() as i64;
    dys.push(axis);
    b.call("ConcatV2", &dys, &[("N", n.into())])
}

fn split_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dx = joined(b, g, g.x(0));
    some([None, Some(dx)])
}

fn split_v_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dx = joined(b, g, g.x(2));
    some([Some(dx), None, None])
}

fn concat_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let n = g.inputs.len() - 1;
    let (xs, axis) = (&g.inputs[..n], g.x(n));
    let dy = g.dy(b, 0);
    let known = b.known(axis).and_then(|t| t.to_i64().ok()?.first().copied());
    let sizes = known.and_then(|a| {
        let size = |x: &Val| {
            let shape = b.shape(*x);
            shape.dim(a.rem_euclid(shape.rank().filter(|r| *r > 0)? as i64) as usize)
        };
        Some((a, xs.iter().map(size).collect::<Option<Vec<_>>>()?))
    });
    let parts = match sizes {
        Some((axis, sizes)) => {
            let sizes = b.ints(&sizes.iter().map(|s| *s as i64).collect::<Vec<_>>());
            let axis = b.int(axis);
            b.outputs("SplitV", &[dy, sizes, axis], &[("num_split", (n as i64).into())])
        }
        None => {
            let shapes = b.outputs("ShapeN", xs, &[("N", (n as i64).into())]);
            let axis = b.cast(axis, ferroflow_tensor::DType::Int32);
            let operands: Vec<Val> = std::iter::once(axis).chain(shapes.iter().copied()).collect();
            let offsets = b.outputs("ConcatOffset", &operands, &[("N", (n as i64).into())]);
            offsets.iter().zip(&shapes).map(|(o, s)| b.call("Slice", &[dy, *o, *s], &[])).collect()
        }
    };
    some(parts.into_iter().map(Some).chain([None]))
}
