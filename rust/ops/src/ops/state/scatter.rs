//! Writes to parts of a variable: rows by index, slices by position, strided slices.
use super::{EFFECT, FILE, NO_RESULT, THERE, concat, rest, variable};
use crate::def::{Entry, Gpu, ShapeRule};
use crate::infer::Infer;
use ferroflow_tensor::{PartialShape, Result, bail};

const ROWS_NUMBERS: &str = "dtype: {float, double, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, half, uint32, uint64}; Tindices: {int32, int64}";

const fn rows(name: &'static str, attrs: &'static str, doc: &'static str) -> Entry {
    Entry {
        name,
        sig: "resource: resource, indices: Tindices, updates: dtype -> ",
        attrs,
        doc,
        flags: EFFECT,
        shape: ShapeRule::Rule(scatter_rows),
        grad: NO_RESULT,
        gpu: THERE,
        test: FILE,
        ..Entry::NEW
    }
}

const fn positions(name: &'static str, doc: &'static str) -> Entry {
    Entry {
        name,
        sig: "ref: resource, indices: Tindices, updates: T -> ",
        attrs: "T: type; Tindices: {int32, int64}; use_locking: bool = true; bad_indices_policy: string = ''",
        doc,
        flags: EFFECT,
        shape: ShapeRule::Rule(scatter_positions),
        grad: NO_RESULT,
        gpu: THERE,
        test: FILE,
        ..Entry::NEW
    }
}

/// Partial writes.
pub static OPS: &[Entry] = &[
    rows(
        "ResourceScatterAdd",
        ROWS_NUMBERS,
        "Adds updates to rows of a variable: value[indices[i...]] += updates[i...]; repeated indices add up. Updates may be a scalar. InvalidArgument for an index outside the variable.",
    ),
    rows(
        "ResourceScatterSub",
        ROWS_NUMBERS,
        "Subtracts updates from rows of a variable: value[indices[i...]] -= updates[i...]; repeated indices add up. Updates may be a scalar.",
    ),
    rows(
        "ResourceScatterMul",
        ROWS_NUMBERS,
        "Multiplies rows of a variable by updates: value[indices[i...]] *= updates[i...]. Updates may be a scalar.",
    ),
    rows(
        "ResourceScatterDiv",
        ROWS_NUMBERS,
        "Divides rows of a variable by updates: value[indices[i...]] /= updates[i...]. Updates may be a scalar. InvalidArgument for an integer 0 in updates.",
    ),
    rows(
        "ResourceScatterMin",
        ROWS_NUMBERS,
        "Lowers rows of a variable to updates: value[indices[i...]] = min(value[indices[i...]], updates[i...]). Updates may be a scalar.",
    ),
    rows(
        "ResourceScatterMax",
        ROWS_NUMBERS,
        "Raises rows of a variable to updates: value[indices[i...]] = max(value[indices[i...]], updates[i...]). Updates may be a scalar.",
    ),
    rows(
        "ResourceScatterUpdate",
        "dtype: type; Tindices: {int32, int64}",
        "Replaces rows of a variable: value[indices[i...]] = updates[i...]; of repeated indices the last wins. Updates may be a scalar.",
    ),
    positions(
        "ResourceScatterNdUpdate",
        "Replaces slices of a variable at positions in the last axis of indices; of repeated positions the last wins. InvalidArgument for a position outside the variable.",
    ),
    positions(
        "ResourceScatterNdAdd",
        "Adds updates to slices of a variable at positions in the last axis of indices; repeated positions add up.",
    ),
    positions(
        "ResourceScatterNdSub",
        "Subtracts updates from slices of a variable at positions in the last axis of indices; repeated positions add up.",
    ),
    positions("ResourceScatterNdMin", "Lowers slices of a variable at positions in the last axis of indices to updates."),
    positions("ResourceScatterNdMax", "Raises slices of a variable at positions in the last axis of indices to updates."),
    Entry {
        name: "ResourceStridedSliceAssign",
        sig: "ref: resource, begin: Index, end: Index, strides: Index, value: T -> ",
        attrs: "T: type; Index: {int32, int64}; begin_mask: int = 0; end_mask: int = 0; ellipsis_mask: int = 0; new_axis_mask: int = 0; shrink_axis_mask: int = 0",
        doc: "Assigns a value to a strided slice of a variable, as v[begin:end:strides] = value. The value is broadcast to the slice.",
        flags: EFFECT,
        grad: NO_RESULT,
        host: &["begin", "end", "strides"],
        gpu: Gpu::Host("slices of variables are written by the host"),
        test: FILE,
        ..Entry::NEW
    },
];

/// Updates are a scalar, or start with the shape of indices and end with a row of the variable.
fn scatter_rows(c: &mut Infer) -> Result<()> {
    let shape = variable(c, 0, Some(c.attrs.dtype("dtype")?))?;
    let (Some(indices), Some(updates)) = (c.shape(1).dims(), c.shape(2).dims()) else { return Ok(()) };
    if c.at_run_time || updates.is_empty() {
        return Ok(()); // the kernel knows the variable's shape and words the error
    }
    if updates.len() < indices.len() {
        bail!(InvalidArgument, "Shape must be at least rank {} but is rank {}", indices.len(), updates.len());
    }
    c.merge(&PartialShape::new(updates[..indices.len()].to_vec()), c.shape(1))?;
    if shape.rank() == Some(0) {
        bail!(InvalidArgument, "Shape must be at least rank 1 but is rank 0");
    }
    c.merge(c.shape(2), &concat(c.shape(1), &rest(&shape, 1))).map(|_| ())
}

/// Updates start with the outer axes of indices and end with the axes of the variable that no position names.
fn scatter_positions(c: &mut Infer) -> Result<()> {
    let shape = variable(c, 0, Some(c.attrs.dtype("T")?))?;
    let (Some(indices), Some(updates)) = (c.shape(1).dims(), c.shape(2).dims()) else { return Ok(()) };
    if c.at_run_time {
        return Ok(());
    }
    let Some((depth, outer)) = indices.split_last() else { bail!(InvalidArgument, "Shape must be at least rank 1 but is rank 0") };
    let n = outer.len();
    let describe = |what: String, got: PartialShape, want: PartialShape| {
        c.merge(&want, &got).map(|_| ()).map_err(|e| {
            let message = format!(
                "Dimensions {what} = {want} must match dimensions [{n},{}) of updates[shape={}] = {got}: {}",
                updates.len(),
                c.shape(2),
                e.message()
            );
            ferroflow_tensor::Error::new(e.code(), message)
        })
    };
    let head = PartialShape::new(updates[..n.min(updates.len())].to_vec());
    let outer = PartialShape::new(outer.to_vec());
    if let Err(e) = c.merge(&outer, &head) {
        bail!(
            InvalidArgument,
            "Dimensions [0,{n}) of indices[shape={}] = {outer} must match dimensions [0,{n}) of updates[shape={}] = {head}: {}",
            c.shape(1),
            c.shape(2),
            e.message()
        );
    }
    match (depth, shape.rank()) {
        (Some(depth), Some(rank)) if *depth <= rank => {
            let what = format!("[{depth},{rank}) of input[shape={shape}]");
            describe(what, PartialShape::new(updates[n.min(updates.len())..].to_vec()), rest(&shape, *depth))
        }
        _ => Ok(()),
    }
}
