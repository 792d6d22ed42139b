//! Gathering and scattering by index vectors.
use super::MOVES;
use crate::build::{Build, Grad, GradValue, Val, dense, some};
use crate::def::{Entry, Flags, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{PartialShape, Result, bail, error};

const GATHER_ATTRS: &str = "Tparams: type; Tindices: {int16, int32, int64}; bad_indices_policy: string = ''";
const UPDATE_SIG: &str = "tensor: T, indices: Tindices, updates: T -> output: T";
const UPDATE_ATTRS: &str = "T: type; Tindices: {int32, int64}; bad_indices_policy: string = ''";
const UPDATE_CASES: &[&str] = &[
    "tensor=f(5,2), indices=c([[3], [0]], 'int32'), updates=f(2,2)",
    "tensor=f(5,2), indices=c([[3, 1], [0, 0], [3, 1]], 'int64'), updates=f(3)",
    "tensor=f(3), indices=c(np.zeros((0, 1)), 'int32'), updates=f(0)",
    "tensor=f(2,1,2,1,2,1,1,2), indices=c([[1, 0, 1]], 'int32'), updates=f(1,1,2,1,1,2)",
];
/// Those that name no element twice.
const DISTINCT_CASES: &[&str] = &[UPDATE_CASES[0], UPDATE_CASES[2], UPDATE_CASES[3]];

/// An op that combines elements of `tensor` with updates.
const fn combine(name: &'static str, doc: &'static str, grad: Gradient, np: &'static str) -> Entry {
    let test = Test::calls(np, UPDATE_CASES);
    Entry {
        name,
        sig: UPDATE_SIG,
        attrs: UPDATE_ATTRS,
        doc,
        shape: ShapeRule::Rule(tensor_scatter),
        grad,
        gpu: Gpu::Template("scatter"),
        flags: Flags::CHECKS_VALUES,
        test,
        ..Entry::NEW
    }
}

/// The ops of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "GatherNd",
        sig: "params: Tparams, indices: Tindices -> output: Tparams",
        attrs: GATHER_ATTRS,
        doc: "The slices of `params` that the vectors along the last axis of `indices` name by their leading axes. `bad_indices_policy` 'IGNORE' gives zeros for vectors out of range. Errors: InvalidArgument for vectors longer than the rank of `params` or out of range.",
        shape: ShapeRule::Rule(gather_nd),
        grad: Gradient::Rule(gather_nd_grad, &["params", "indices"]),
        gpu: MOVES,
        flags: Flags::CHECKS_VALUES,
        test: Test::calls(
            "params[tuple(np.moveaxis(indices, -1, 0))] if indices.shape[-1] else np.broadcast_to(params, indices.shape[:-1] + params.shape)",
            &[
                "params=f(3,4), indices=c([[0, 1], [2, 3]], 'int32')",
                "params=f(3,4), indices=c([[2], [0]], 'int64')",
                "params=f(3,4), indices=c(np.zeros((2, 0)), 'int32')",
                "params=f(3), indices=c(np.zeros((0, 1)), 'int32')",
                "params=f(2,1,2,1,2,1,1,2), indices=c([[1, 0, 1]], 'int32')",
                "params=s('a', 'b'), indices=c([[1]], 'int32')",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "ScatterNd",
        sig: "indices: Tindices, updates: T, shape: Tindices -> output: T",
        attrs: "T: type; Tindices: {int16, int32, int64}; bad_indices_policy: string = ''",
        doc: "Zeros of shape `shape` to which the slices `updates` are added where the vectors along the last axis of `indices` say. Errors: InvalidArgument for vectors out of range and shapes that do not fit.",
        host: &["shape"],
        shape: ShapeRule::Rule(scatter_nd),
        grad: Gradient::Rule(
            |b, g| {
                let dy = g.dy(b, 0);
                some([None, Some(b.call("GatherNd", &[dy, g.x(0)], &[])), None])
            },
            &["indices"],
        ),
        gpu: Gpu::Template("scatter"),
        flags: Flags::CHECKS_VALUES,
        test: Test::calls(
            "(lambda z: (np.add.at(z, tuple(np.moveaxis(indices, -1, 0)), updates), z)[1])(np.zeros(shape, updates.dtype))",
            &[
                "indices=c([[3], [0], [3]], 'int32'), updates=f(3,2), shape=c([5, 2], 'int32')",
                "indices=c([[3, 1]], 'int64'), updates=f(1), shape=c([5, 2], 'int64')",
                "indices=c(np.zeros((0, 1)), 'int32'), updates=f(0), shape=c([4], 'int32')",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "TensorScatterUpdate",
        sig: UPDATE_SIG,
        attrs: "T: type; Tindices: {int16, int32, int64, uint16}; bad_indices_policy: string = ''",
        doc: "The tensor with the slices that the vectors along the last axis of `indices` name replaced by `updates`; the last of several wins. Errors: InvalidArgument for vectors out of range and shapes that do not fit.",
        shape: ShapeRule::Rule(tensor_scatter),
        grad: Gradient::Rule(update_grad, &["indices", "updates"]),
        gpu: Gpu::Template("scatter"),
        flags: Flags::CHECKS_VALUES,
        test: Test::calls("(lambda z: (z.__setitem__(tuple(np.moveaxis(indices, -1, 0)), updates), z)[1])(tensor.copy())", DISTINCT_CASES),
        ..Entry::NEW
    },
    combine(
        "TensorScatterAdd",
        "The tensor with `updates` added to the slices that the vectors along the last axis of `indices` name. Errors: InvalidArgument for vectors out of range and shapes that do not fit.",
        Gradient::Rule(add_grad, &["indices"]),
        "(lambda z: (np.add.at(z, tuple(np.moveaxis(indices, -1, 0)), updates), z)[1])(tensor.copy())",
    ),
    Entry {
        sig: "input: T, indices: Tindices, updates: T -> output: T",
        attrs: "T: {float, double, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, half, uint32, uint64, bool}; Tindices: {int32, int64}; bad_indices_policy: string = ''",
        test: Test::calls(
            "(lambda z: (np.add.at(z, tuple(np.moveaxis(indices, -1, 0)), updates), z)[1])(input.copy())",
            &[
                "input=f(5,2), indices=c([[3], [0]], 'int32'), updates=f(2,2)",
                "input=f(5,2), indices=c([[3, 1], [0, 0], [3, 1]], 'int64'), updates=f(3)",
                "input=f(3), indices=c(np.zeros((0, 1)), 'int32'), updates=f(0)",
                "input=f(2,1,2,1,2,1,1,2), indices=c([[1, 0, 1]], 'int32'), updates=f(1,1,2,1,1,2)",
            ],
        ),
        ..combine(
            "ScatterNdNonAliasingAdd",
            "The input with `updates` added to the slices that the vectors along the last axis of `indices` name; the input itself stays as it is. Errors: InvalidArgument for vectors out of range and shapes that do not fit.",
            Gradient::Rule(add_grad, &["indices"]),
            "",
        )
    },
    combine(
        "TensorScatterSub",
        "The tensor with `updates` subtracted from the slices that the vectors along the last axis of `indices` name. Errors: InvalidArgument for vectors out of range and shapes that do not fit.",
        Gradient::Rule(
            |b, g| {
                let dy = g.dy(b, 0);
                let du = b.call("GatherNd", &[dy, g.x(1)], &[]);
                let du = b.neg(du);
                some([Some(dy), None, Some(du)])
            },
            &["indices"],
        ),
        "(lambda z: (np.subtract.at(z, tuple(np.moveaxis(indices, -1, 0)), updates), z)[1])(tensor.copy())",
    ),
    combine(
        "TensorScatterMin",
        "The tensor with the elements that the vectors along the last axis of `indices` name replaced by `updates` where these are smaller. Errors: InvalidArgument for vectors out of range and shapes that do not fit.",
        Gradient::Rule(extremum_grad, &["tensor", "indices", "updates", "output"]),
        "(lambda z: (np.minimum.at(z, tuple(np.moveaxis(indices, -1, 0)), updates), z)[1])(tensor.copy())",
    ),
    combine(
        "TensorScatterMax",
        "The tensor with the elements that the vectors along the last axis of `indices` name replaced by `updates` where these are larger. Errors: InvalidArgument for vectors out of range and shapes that do not fit.",
        Gradient::Rule(extremum_grad, &["tensor", "indices", "updates", "output"]),
        "(lambda z: (np.maximum.at(z, tuple(np.moveaxis(indices, -1, 0)), updates), z)[1])(tensor.copy())",
    ),
];

fn gather_nd(c: &mut Infer) -> Result<()> {
    let (params, indices) = (c.shape(0), c.shape(1));
    c.set_handle(0, c.input(0).handle.clone());
    if c.at_run_time {
        for (name, shape) in [("params", params), ("indices", indices)] {
            if shape.rank() == Some(0) {
                bail!(InvalidArgument, "{name} must be at least a vector");
            }
        }
    }
    c.with_rank_at_least(1, 1)?;
    let (Some(p), Some(i)) = (params.dims(), indices.dims()) else { return Ok(()) };
    let Some(Some(depth)) = i.last().copied() else { return Ok(()) };
    if depth > p.len() {
        let m = format!("index innermost dimension length must be <= params rank; saw: {depth} vs. {}", p.len());
        return Err(c.fail(
            ferroflow_tensor::Code::InvalidArgument,
            format!("indices.shape[-1] must be <= params.rank, but saw indices shape: {indices} and params shape: {params}"),
            m,
        ));
    }
    c.set(0, PartialShape::new([&i[..i.len() - 1], &p[depth..]].concat()));
    Ok(())
}

fn gather_nd_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (dy, indices) = (g.dy(b, 0), g.x(1));
    let index = b.dtype(indices);
    let shape = b.shape_of(g.x(0));
    let shape = b.cast(shape, index);
    if b.shape(indices).rank() == Some(2) && b.shape(indices).dim(1) == Some(1) {
        let rows = b.call("Squeeze", &[indices], &[("squeeze_dims", vec![-1i64].into())]);
        return Ok(vec![Some(GradValue::Slices { values: dy, indices: rows, dense_shape: Some(shape) }), None]);
    }
    some([Some(b.call("ScatterNd", &[indices, dy, shape], &[])), None])
}

/// Checks the shapes of indices, updates and the tensor that they go to.
fn check(c: &Infer, out: &PartialShape, indices: usize, updates: usize) -> Result<()> {
    if c.at_run_time {
        return match c.op.name {
            "ScatterNdNonAliasingAdd" => check_copied(out, c.shape(indices), c.shape(updates)),
            _ => check_values(c, out, c.shape(indices), c.shape(updates)),
        };
    }
    let i = c.with_rank_at_least(indices, 1)?;
    let u = c.shape(updates);
    let (Some(ix), Some(up)) = (i.dims(), u.dims()) else { return Ok(()) };
    let outer = ix.len() - 1;
    if up.is_empty() {
        return Ok(());
    }
    let same = |a: &[Option<usize>], b: &[Option<usize>], what: &dyn Fn(PartialShape, PartialShape) -> String| {
        let (a, b) = (PartialShape::new(a.to_vec()), PartialShape::new(b.to_vec()));
        c.merge(&a, &b).map_err(|e| error!(InvalidArgument, "{}: {}", what(a, b), e.message()))
    };
    same(&ix[..outer], &up[..outer.min(up.len())], &|a, b| {
        format!("Dimensions [0,{outer}) of indices[shape={i}] = {a} must match dimensions [0,{outer}) of updates[shape={u}] = {b}")
    })?;
    let (Some(o), Some(depth)) = (out.dims(), ix[outer]) else { return Ok(()) };
    same(&o[depth.min(o.len())..], &up[outer..], &|a, b| {
        let (n, m) = (o.len(), up.len());
        format!("Dimensions [{depth},{n}) of input[shape={out}] = {a} must match dimensions [{outer},{m}) of updates[shape={u}] = {b}")
    })?;
    Ok(())
}

/// The sizes of a known shape.
fn sizes(shape: &PartialShape) -> Vec<usize> {
    shape.dims().unwrap_or(&[]).iter().map(|d| d.unwrap_or(0)).collect()
}

/// [`check`] with concrete shapes, in the words of ScatterNd and of the tensor scatters.
fn check_values(c: &Infer, out: &PartialShape, i: &PartialShape, u: &PartialShape) -> Result<()> {
    for (what, shape) in [("Indices", i), ("Output", out), ("Updates", u)] {
        if shape.rank() == Some(0) {
            bail!(InvalidArgument, "{what} shape must have rank at least one. Found:{shape}");
        }
    }
    let scatter_nd = c.op.name == "ScatterNd";
    let (o, ix, up) = (sizes(out), sizes(i), sizes(u));
    let outer = ix.len() - 1;
    if !up.starts_with(&ix[..outer]) {
        if scatter_nd {
            bail!(InvalidArgument, "Dimensions [0,{outer}) of indices[shape={i}] must match dimensions [0,{outer}) of updates[shape={u}]");
        }
        bail!(InvalidArgument, "Outer dimensions of indices and update must match. Indices shape: {i}, updates shape:{u}");
    }
    let depth = ix[outer];
    if o.get(depth..) != Some(&up[outer..]) {
        if scatter_nd {
            let (n, m) = (o.len(), up.len());
            bail!(
                InvalidArgument,
                "Dimensions [{depth},{n}) of input[shape={out}] must match dimensions [{outer},{m}) of updates[shape={u}]"
            );
        }
        if depth + up.len() - outer != o.len() {
            bail!(
                InvalidArgument,
                "Inner dimensions of output shape must match inner dimensions of updates shape. Output: {out} updates: {u}"
            );
        }
        let n = o.len() - depth;
        bail!(InvalidArgument, "The inner {n} dimensions of output.shape={out} must match the inner {n} dimensions of updates.shape={u}");
    }
    if out.count() == Some(0) && (i.count() != Some(0) || u.count() != Some(0)) {
        if scatter_nd {
            bail!(InvalidArgument, "Indices and updates specified for empty output.  indices shape: {i}");
        }
        bail!(InvalidArgument, "Indices and updates specified for empty output tensor");
    }
    Ok(())
}

/// [`check`] with concrete shapes, in the words of ScatterNdNonAliasingAdd.
fn check_copied(out: &PartialShape, i: &PartialShape, u: &PartialShape) -> Result<()> {
    let (o, ix, up) = (sizes(out), sizes(i), sizes(u));
    if o.is_empty() {
        bail!(InvalidArgument, "Output must be at least 1-D, got shape: {out}");
    }
    let empty = [out, i, u].map(|s| s.count() == Some(0));
    if !(empty[1] && empty[2]) && empty.contains(&true) {
        bail!(InvalidArgument, "Indices and updates specified for empty output.  indices shape: {i}");
    }
    match (ix.first(), up.first()) {
        (Some(a), Some(b)) if a != b => {
            bail!(InvalidArgument, "Dimensions [0,1) of indices[shape={i}] = {a} must match dimensions [0,1) of updates[shape={u}] = {b}")
        }
        (Some(_), Some(_)) => {}
        _ => bail!(InvalidArgument, "Dimensions [0,1) of indices[shape={i}] must match dimensions [0,1) of updates[shape={u}]"),
    }
    let (outer, depth) = (ix.len() - 1, ix[ix.len() - 1]);
    if !up.starts_with(&ix[..outer]) {
        bail!(InvalidArgument, "Dimensions [0,{outer}) of indices[shape={i}] must match dimensions [0,{outer}) of updates[shape={u}]");
    }
    if o.get(depth..) != Some(&up[outer..]) {
        let (n, m) = (o.len(), up.len());
        bail!(InvalidArgument, "Dimensions [{depth},{n}) of input[shape={out}] must match dimensions [{depth},{m}) of updates[shape={u}]");
    }
    Ok(())
}

fn scatter_nd(c: &mut Infer) -> Result<()> {
    if c.at_run_time {
        if c.shape(2).rank() != Some(1) {
            bail!(InvalidArgument, "Shape must be a vector");
        }
        if let Some(bad) = c.known_ints(2).and_then(|v| v.into_iter().find(|d| *d < 0)) {
            bail!(InvalidArgument, "Dimension {bad} must be >= 0");
        }
    }
    let out = c.shape_operand(2)?;
    check(c, &out, 0, 1)?;
    c.set(0, out);
    Ok(())
}

fn tensor_scatter(c: &mut Infer) -> Result<()> {
    let out = c.shape(0).clone();
    if !c.at_run_time {
        c.with_rank_at_least(0, 1)?;
    }
    check(c, &out, 1, 2)?;
    c.set(0, out);
    Ok(())
}

fn add_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let du = b.call("GatherNd", &[dy, g.x(1)], &[]);
    some([Some(dy), None, Some(du)])
}

fn update_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let du = b.call("GatherNd", &[dy, g.x(1)], &[]);
    let zeros = b.zeros_like(g.x(2));
    let dx = b.call("TensorScatterUpdate", &[dy, g.x(1), zeros], &[]);
    some([Some(dx), None, Some(du)])
}

/// The gradient goes in equal parts to all elements that are equal to the result.
fn extremum_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (dy, x, at, updates, y) = (g.dy(b, 0), g.x(0), g.x(1), g.x(2), g.y(0));
    let dtype = b.dtype(x);
    let mask = |b: &mut dyn Build, p: Val, q: Val| {
        let m = b.equal(p, q);
        b.cast(m, dtype)
    };
    let from_x = mask(b, x, y);
    let y_at = b.call("GatherNd", &[y, at], &[]);
    let from_updates = mask(b, updates, y_at);
    let count = b.call("TensorScatterAdd", &[from_x, at, from_updates], &[]);
    let one = b.ones_like(count);
    let count = b.maximum(count, one);
    let each = b.div(dy, count);
    let dx = b.mul(each, from_x);
    let each_at = b.call("GatherNd", &[each, at], &[]);
    let du = b.mul(each_at, from_updates);
    let mut grads = dense([dx, du])?;
    grads.insert(1, None);
    Ok(grads)
}
