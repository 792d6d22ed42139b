//! Ragged tensors: rows of different lengths, as values and nested row splits.
pub mod dense;
use crate::attr::Attr;
use crate::build::{Build, Grad, GradValue, some};
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{PartialShape, Result, bail};

const OWN: Test = Test::own(&["tests/ops/test_direct.py"]);
const BASE: Entry = Entry { gpu: Gpu::Host("rows are counted by the host"), test: OWN, ..Entry::NEW };

/// Ops on ragged tensors.
pub static OPS: &[Entry] = &[
    Entry {
        name: "RaggedTensorToVariant",
        sig: "rt_nested_splits: RAGGED_RANK * Tsplits, rt_dense_values: Tvalues -> encoded_ragged: variant",
        attrs: "RAGGED_RANK: int >= 0; Tvalues: type; Tsplits: {int32, int64} = int64; batched_input: bool",
        doc: "A ragged tensor as a scalar variant, or with batched_input each of its rows as one element of a vector of variants. InvalidArgument for row splits that do not fit.",
        shape: ShapeRule::Rule(to_variant),
        grad: Gradient::Rule(to_variant_grad, &["rt_nested_splits", "rt_dense_values"]),
        ..BASE
    },
    Entry {
        name: "RaggedTensorFromVariant",
        sig: "encoded_ragged: variant -> output_nested_splits: output_ragged_rank * Tsplits, output_dense_values: Tvalues",
        attrs: "input_ragged_rank: int >= -1; output_ragged_rank: int >= 0; Tvalues: type; Tsplits: {int32, int64} = int64",
        doc: "The ragged tensor that variants of ragged tensors make: each axis of encoded_ragged becomes one of the result. input_ragged_rank is the ragged rank of the elements, -1 to find it out. InvalidArgument if elements are of another kind or do not fit together.",
        shape: ShapeRule::Rule(from_variant),
        grad: Gradient::Rule(from_variant_grad, &["encoded_ragged", "output_nested_splits"]),
        ..BASE
    },
    Entry {
        name: "RaggedTensorToVariantGradient",
        sig: "encoded_ragged_grad: variant, row_splits: Tsplits, dense_values_shape: int32 -> dense_values_grad: Tvalues",
        attrs: "Tvalues: type; Tsplits: {int32, int64} = int64",
        doc: "The gradient of the values of RaggedTensorToVariant, of shape dense_values_shape, from that of its result; row_splits are the outermost ones of the op, or 0 if it had none.",
        shape: ShapeRule::Rule(to_variant_gradient),
        grad: Gradient::Missing("TensorFlow defines no second gradient"),
        ..BASE
    },
    Entry {
        name: "RaggedRange",
        sig: "starts: T, limits: T, deltas: T -> rt_nested_splits: Tsplits, rt_dense_values: T",
        attrs: "T: {bfloat16, float, double, int32, int64} = int32; Tsplits: {int32, int64} = int64",
        doc: "A ragged tensor whose row i counts from starts[i] to limits[i] (exclusive) by deltas[i]. The operands are vectors of one length, or scalars for all rows. InvalidArgument for a delta of 0.",
        shape: ShapeRule::Rule(range),
        grad: Gradient::None("TensorFlow defines none"),
        ..BASE
    },
    Entry {
        name: "RaggedGather",
        sig: "params_nested_splits: PARAMS_RAGGED_RANK * Tsplits, params_dense_values: Tvalues, indices: Tindices -> output_nested_splits: OUTPUT_RAGGED_RANK * Tsplits, output_dense_values: Tvalues",
        attrs: "Tvalues: type; Tindices: {int32, int64}; Tsplits: {int32, int64} = int64; PARAMS_RAGGED_RANK: int >= 1; OUTPUT_RAGGED_RANK: int >= 0",
        doc: "The rows of a ragged tensor at some indices. OUTPUT_RAGGED_RANK must be PARAMS_RAGGED_RANK + rank(indices) - 1. InvalidArgument for indices out of range.",
        shape: ShapeRule::Rule(gather),
        grad: Gradient::Rule(gather_grad, &["params_nested_splits", "params_dense_values", "indices", "output_nested_splits"]),
        ..BASE
    },
    Entry {
        name: "RaggedTensorToSparse",
        sig: "rt_nested_splits: RAGGED_RANK * Tsplits, rt_dense_values: T -> sparse_indices: int64, sparse_values: T, sparse_dense_shape: int64",
        attrs: "RAGGED_RANK: int >= 1; T: type; Tsplits: {int32, int64} = int64",
        doc: "The place of each element of a ragged tensor, the elements, and the least shape that holds them all. InvalidArgument for row splits that do not fit.",
        shape: ShapeRule::Rule(to_sparse),
        grad: Gradient::Rule(to_sparse_grad, &["rt_dense_values"]),
        ..BASE
    },
];

/// The shape of the values with the number of rows left open.
fn any_rows(values: &PartialShape) -> PartialShape {
    match values.dims() {
        Some([_, rest @ ..]) => PartialShape::new(std::iter::once(None).chain(rest.iter().copied()).collect()),
        _ => PartialShape::UNKNOWN,
    }
}

/// Checks splits `0..n` at graph building; the kernels word it for concrete ones.
fn splits(c: &Infer, n: usize) -> Result<()> {
    if !c.at_run_time {
        (0..n).try_for_each(|i| c.with_rank(i, 1).map(|_| ()))?;
    }
    Ok(())
}

fn to_variant(c: &mut Infer) -> Result<()> {
    let n = c.n_inputs() - 1;
    splits(c, n)?;
    if !c.at_run_time {
        c.with_rank_at_least(n, 1)?;
    }
    if !c.attrs.bool("batched_input")? {
        c.set(0, PartialShape::scalar());
    } else if n == 0 {
        let rows = c.shape(0).dim(0);
        c.set(0, PartialShape::vector(rows));
    } else {
        let rows = c.shape(0).dim(0).and_then(|d| d.checked_sub(1));
        c.set(0, PartialShape::vector(rows));
    }
    Ok(())
}

fn from_variant(c: &mut Infer) -> Result<()> {
    let (least, want) = (c.attrs.int("input_ragged_rank")?, c.attrs.int("output_ragged_rank")?);
    if let Some(rank) = c.shape(0).rank().map(|r| r as i64)
        && !c.at_run_time
        && least >= 0
        && want != least + rank
    {
        bail!(
            InvalidArgument,
            "output_ragged_rank must be equal to input_ragged_rank + encoded_ragged.dims(); output_ragged_rank: {want}, input_ragged_rank: {least}, encoded_ragged.dims(): {rank}."
        );
    }
    for i in 0..c.n_outputs() - 1 {
        c.set(i, PartialShape::vector(None));
    }
    Ok(())
}

fn to_variant_gradient(c: &mut Infer) -> Result<()> {
    let shape = c.shape_operand(2)?;
    c.set(0, shape);
    Ok(())
}

fn range(c: &mut Infer) -> Result<()> {
    let mut rows = None;
    for i in 0..3 {
        match c.shape(i).rank() {
            Some(0) | None => {}
            Some(1) if c.at_run_time => rows = rows.or(c.shape(i).dim(0)),
            Some(1) => rows = c.merge_dim(rows, c.shape(i).dim(0))?,
            Some(_) if c.at_run_time => {
                bail!(InvalidArgument, "{} must be a scalar or vector", c.operand(i))
            }
            Some(r) => bail!(InvalidArgument, "Shape must be at most rank 1 but is rank {r}"),
        }
    }
    let all_scalars = (0..3).all(|i| c.shape(i).rank() == Some(0));
    let n = if all_scalars { Some(2) } else { rows.map(|n| n + 1) };
    c.set(0, PartialShape::vector(n));
    c.set(1, PartialShape::vector(None));
    Ok(())
}

fn gather(c: &mut Infer) -> Result<()> {
    let n = c.n_inputs() - 2;
    splits(c, n)?;
    let rank = c.shape(n + 1).rank();
    let want = c.attrs.int("OUTPUT_RAGGED_RANK")?;
    if let Some(r) = rank
        && want != n as i64 + r as i64 - 1
    {
        bail!(InvalidArgument, "Invalid OUTPUT_RAGGED_RANK: it must be PARAMS_RAGGED_RANK + rank(indices) - 1 = {}, not {want}", n + r - 1);
    }
    for i in 0..c.n_outputs() - 1 {
        c.set(i, PartialShape::vector(None));
    }
    let values = any_rows(c.shape(n));
    c.set(c.n_outputs() - 1, values);
    Ok(())
}

fn to_sparse(c: &mut Infer) -> Result<()> {
    let n = c.n_inputs() - 1;
    splits(c, n)?;
    let rank = c.shape(n).rank().map(|r| n + r);
    c.set(0, PartialShape::new(vec![None, rank]));
    c.set(1, PartialShape::vector(None));
    c.set(2, PartialShape::vector(rank));
    Ok(())
}

fn to_variant_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let n = g.inputs.len() - 1;
    let values = g.x(n);
    let (dy, shape, dtype) = (g.dy(b, 0), b.shape_of(values), b.dtype(values));
    let rows = if n == 0 { b.int(0) } else { g.x(0) };
    let dx = b.call("RaggedTensorToVariantGradient", &[dy, rows, shape], &[("Tvalues", dtype.into())]);
    some((0..=n).map(|i| (i == n).then_some(dx)))
}
fn from_variant_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let n = g.outputs.len() - 1;
    let dy = g.dy(b, n);
    let batched = b.shape(g.x(0)).rank() != Some(0);
    let mut parts: Vec<_> = (0..n).map(|i| g.y(i)).collect();
    parts.push(dy);
    let attrs: [(&'static str, Attr); 2] = [("batched_input", batched.into()), ("RAGGED_RANK", (n as i64).into())];
    let dx = b.call("RaggedTensorToVariant", &parts, &attrs);
    some([Some(dx)])
}

/// The rows of the gradient go where the values came from.
fn gather_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let n = g.inputs.len() - 2;
    let (values, dy) = (g.x(n), g.dy(b, g.outputs.len() - 1));
    // The number of each value, gathered as the values are, says which one was taken.
    let splits = b.dtype(g.x(0));
    let shape = b.call("Shape", &[values], &[("out_type", splits.into())]);
    let one = b.ints(&[1]);
    let zero = b.ints(&[0]);
    let rows = b.call("StridedSlice", &[shape, zero, one, one], &[("shrink_axis_mask", 1i64.into())]);
    let (start, step) = (b.lit(rows, 0.0), b.lit(rows, 1.0));
    let numbers = b.range(start, rows, step);
    let mut operands: Vec<_> = (0..n).map(|i| g.x(i)).collect();
    operands.extend([numbers, g.x(n + 1)]);
    let count: Attr = (g.outputs.len() as i64 - 1).into();
    let taken = b.outputs("RaggedGather", &operands, &[("OUTPUT_RAGGED_RANK", count), ("PARAMS_RAGGED_RANK", (n as i64).into())]);
    let indices = taken.last().copied().unwrap_or(crate::build::Val::POISONED);
    let dense_shape = Some(shape);
    let slices = GradValue::Slices { values: dy, indices, dense_shape };
    Ok((0..g.inputs.len()).map(|i| (i == n).then_some(slices)).collect())
}

fn to_sparse_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let n = g.inputs.len() - 1;
    let (dy, shape) = (g.dy(b, 1), b.shape_of(g.x(n)));
    let dx = b.reshape(dy, shape);
    some((0..=n).map(|i| (i == n).then_some(dx)))
}
