//! Ragged tensors as dense ones.
use super::BASE;
use crate::attr::Attr;
use crate::build::{Build, Grad, GradValue, some};
use crate::def::{Entry, Gradient, ShapeRule};
use crate::infer::Infer;
use ferroflow_tensor::{Code, DType, PartialShape, Result, Str, Tensor, bail};

/// Ragged tensors as dense ones.
pub static OPS: &[Entry] = &[Entry {
    name: "RaggedTensorToTensor",
    sig: "shape: Tshape, values: T, default_value: T, row_partition_tensors: num_row_partition_tensors * Tindex -> result: T",
    attrs: "T: type; Tindex: {int64, int32}; Tshape: {int64, int32}; num_row_partition_tensors: int >= 1; row_partition_types: list(string)",
    doc: "A dense tensor with the rows of a ragged one, filled up with default_value and cut to shape (-1 for as long as the longest row). A partition is FIRST_DIM_SIZE, VALUE_ROWIDS or ROW_SPLITS. InvalidArgument for partitions or shapes that do not fit.",
    shape: ShapeRule::Rule(dense),
    grad: Gradient::Rule(dense_grad, &["shape", "values", "default_value", "row_partition_tensors", "result"]),
    ..BASE
}];

/// What a row partition is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Partition {
    /// A scalar: the number of rows of the whole.
    FirstDimSize,
    /// The row of each value.
    ValueRowids,
    /// Where rows start, and the end.
    RowSplits,
}

/// The partitions that an op names. InvalidArgument for other names and for an order that makes no sense.
pub fn partitions(names: &[Str]) -> Result<Vec<Partition>> {
    let mut kinds = Vec::with_capacity(names.len());
    for name in names {
        kinds.push(match String::from_utf8_lossy(name).as_ref() {
            "FIRST_DIM_SIZE" => Partition::FirstDimSize,
            "VALUE_ROWIDS" => Partition::ValueRowids,
            "ROW_SPLITS" => Partition::RowSplits,
            other => bail!(InvalidArgument, "Unknown string for partition info type: {other}"),
        });
    }
    match kinds.first() {
        None => bail!(InvalidArgument, "row_partition_types must not be empty"),
        Some(Partition::ValueRowids) => bail!(InvalidArgument, "Cannot handle VALUE_ROWIDS in first dimension."),
        _ if kinds[1..].contains(&Partition::FirstDimSize) => bail!(InvalidArgument, "Cannot handle partition type FIRST_DIM_SIZE"),
        _ => Ok(kinds),
    }
}

/// How many axes the partitions make ragged.
pub fn ragged_rank(kinds: &[Partition]) -> usize {
    kinds.len() - usize::from(kinds.first() == Some(&Partition::FirstDimSize))
}

fn dense(c: &mut Infer) -> Result<()> {
    let kinds = partitions(c.attrs.strs("row_partition_types")?)?;
    let ragged = ragged_rank(&kinds);
    let asked = if c.shape(0).rank() == Some(0) {
        if let Some(n) = c.int(0)
            && n != -1
        {
            bail!(InvalidArgument, "The only valid scalar shape tensor is the fully unknown shape specified as -1.");
        }
        PartialShape::UNKNOWN
    } else {
        c.shape_operand(0)?
    };
    let Some(values) = c.shape(1).dims() else {
        c.set(0, if c.at_run_time { PartialShape::UNKNOWN } else { asked });
        return Ok(());
    };
    let Some((_, inner)) = values.split_first() else {
        return Err(c.fail(
            Code::InvalidArgument,
            "Shape must be at least rank 1 but is rank 0".into(),
            "values must have rank >= 1, not be a scalar".into(),
        ));
    };
    let mut own = vec![None; ragged + 1];
    own.extend_from_slice(inner);
    if let (Partition::RowSplits, Some(n)) = (kinds[0], c.shape(3).dim(0)) {
        own[0] = n.checked_sub(1);
    }
    if let Some(dims) = asked.dims() {
        if dims.len() != own.len() {
            let (mine, theirs) = (own.len(), dims.len());
            bail!(InvalidArgument, "rt_input.shape and shape={asked} are incompatible: rt_input.rank = {mine} but shape.rank = {theirs}");
        }
        for (o, d) in own.iter_mut().zip(dims) {
            *o = d.or(*o);
        }
        for (a, v) in own[ragged + 1..].iter().zip(inner) {
            if let (Some(a), Some(v)) = (a, v)
                && a != v
            {
                bail!(InvalidArgument, "Shape {asked} does not fit values of shape {}", c.shape(1));
            }
        }
    } else if !c.at_run_time && c.shape(0).rank() != Some(0) {
        own = vec![None; own.len()];
    }
    // At run time the kernel finds out how long rows are; sizes that were asked for are those of the result.
    let found = PartialShape::new(own);
    c.set(0, if c.at_run_time && !asked.is_known() { PartialShape::of_rank(found.rank().unwrap_or(0)) } else { found });
    Ok(())
}

/// Each value takes the gradient of its place; what was filled up adds to the gradient of the default.
fn dense_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (values, default, n) = (g.x(1), g.x(2), g.inputs.len() - 3);
    let dy = g.dy(b, 0);
    let flat = b.ints(&[-1]);
    let result_shape = b.call("Shape", &[g.y(0)], &[("out_type", DType::Int64.into())]);
    let kinds = partitions(g.attrs.strs("row_partition_types")?)?;
    let outer = ragged_rank(&kinds) as i64 + 1;
    // The number of each value, padded in the same way, with -1 where there is none.
    let shape = b.call("Shape", &[values], &[("out_type", DType::Int64.into())]);
    let (zero, one, cut) = (b.ints(&[0]), b.ints(&[1]), b.ints(&[outer]));
    let rows = b.call("StridedSlice", &[shape, zero, one, one], &[("shrink_axis_mask", 1i64.into())]);
    let (start, step) = (b.lit(rows, 0.0), b.lit(rows, 1.0));
    let numbers = b.range(start, rows, step);
    let outer_shape = b.call("StridedSlice", &[result_shape, zero, cut, one], &[("begin_mask", 1i64.into())]);
    let none = b.constant(Tensor::scalar(-1i64));
    let mut operands = vec![outer_shape, numbers, none];
    operands.extend((0..n).map(|i| g.x(3 + i)));
    let attrs: [(&'static str, Attr); 2] =
        [("row_partition_types", g.attrs.strs("row_partition_types")?.to_vec().into()), ("num_row_partition_tensors", (n as i64).into())];
    let places = b.call("RaggedTensorToTensor", &operands, &attrs);
    let places = b.reshape(places, flat);
    let inner = b.call("StridedSlice", &[shape, one, zero, one], &[("end_mask", 1i64.into())]);
    let rest = b.constant(Tensor::from_slice(&[-1i64], [1])?);
    let by_row = b.concat(&[rest, inner], 0);
    // A size of 0 leaves the number of rows open: the places know it.
    let count = b.call("Shape", &[places], &[("out_type", DType::Int64.into())]);
    let by_row = if b.shape(values).count() == Some(0) { b.concat(&[count, inner], 0) } else { by_row };
    let dy_rows = b.reshape(dy, by_row);
    let dx = b.call("UnsortedSegmentSum", &[dy_rows, places, rows], &[]);
    let dx = b.reshape(dx, shape);
    let missing = b.call("Less", &[places, start], &[]);
    let column = b.call("Where", &[missing], &[]);
    let column = b.reshape(column, flat);
    let axis = b.int(0);
    let filled = b.call("GatherV2", &[dy_rows, column, axis], &[]);
    let ddefault = match b.shape(default).rank() {
        Some(0) => {
            let all = b.reshape(filled, flat);
            b.sum(all, axis, false)
        }
        _ => {
            let one_row = b.sum(filled, axis, false);
            let like = b.call("ZerosLike", &[one_row], &[]);
            b.unbroadcast(one_row, default, like)
        }
    };
    some((0..g.inputs.len()).map(|i| match i {
        1 => Some(dx),
        2 => Some(ddefault),
        _ => None,
    }))
}
