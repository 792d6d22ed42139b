//! Ops whose results depend on the values: positions, distinct elements, one-hot codes, partitions, binary search.
use super::DATA_DEPENDENT;
use crate::def::{Entry, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{PartialShape, Result, bail};

/// The ops of this file.
pub static OPS: &[Entry] = &[Entry {
    name: "Where",
    sig: "input: T -> index: int64",
    attrs: "T: {float, double, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, half, uint32, uint64, bool} = bool",
    doc: "The positions of the elements that are true or not zero, one row of axis indices per element, in row-major order. NaN counts as not zero. Errors: InvalidArgument at run time for a scalar.",
    shape: ShapeRule::Rule(where_),
    grad: Gradient::Missing("positions are integers"),
    gpu: DATA_DEPENDENT,
    test: Test::calls("np.argwhere(input).astype('int64')", &["input=b(3,4)", "input=f(5)", "input=b(0,2)", "input=c([0.0, -0.0, float('nan')], 'float32')", "input=b(1,2,2,1,2,1,1,2)"]),
    ..Entry::NEW
}];

fn where_(c: &mut Infer) -> Result<()> {
    let rank = c.shape(0).rank();
    if c.at_run_time && !rank.is_some_and(|r| (1..=8).contains(&r)) {
        bail!(InvalidArgument, "WhereOp : Unhandled input dimensions: {}", rank.unwrap_or(0));
    }
    c.set(0, PartialShape::new(vec![None, rank]));
    Ok(())
}
