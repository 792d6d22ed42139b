//! Tapes: elementwise ops, and reductions of rows, that a device runs as one step over parts of the operands that stay in
//! its fastest memory. A tape is plain data, so that each device makes of it what it can run.
use crate::attr::Attrs;
use crate::def::OpDef;
use ferroflow_tensor::DType;
use smallvec::SmallVec;

/// What an op may be on a tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Elementwise; its operands may broadcast.
    Elementwise,
    /// Elementwise; its operands have the shape of the result.
    Aligned,
    /// A reduction; its second operand, the axes, is not an operand on the tape.
    Reduction,
}

/// How a value lies in the tape's space of rows and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// It has an element for each place.
    All,
    /// It is one row, the same for all rows.
    Row,
    /// It has an element for each row.
    Column,
    /// It is one element.
    Single,
}

/// Where an operand comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// An input of the tape.
    Input(u32),
    /// The result of an earlier op of the tape.
    Op(u32),
}

/// An op of a tape.
pub struct TapeOp<'a> {
    /// The op.
    pub op: &'static OpDef,
    /// Its attributes.
    pub attrs: &'a Attrs,
    /// Its operands.
    pub args: SmallVec<[Source; 3]>,
    /// Dtype of its result.
    pub dtype: DType,
    /// How its result lies: `All`, or `Column` for a reduction and what is computed from reductions.
    pub span: Span,
}

/// Ops in an order in which they can run.
pub struct Tape<'a> {
    /// Rows of the space; 1 where no value is a row, a column or the result of a reduction.
    pub rows: usize,
    /// Columns of the space.
    pub columns: usize,
    /// Dtype and span of each input.
    pub inputs: Vec<(DType, Span)>,
    /// The ops.
    pub ops: Vec<TapeOp<'a>>,
    /// Numbers of the ops whose results are outputs.
    pub outputs: Vec<u32>,
}

impl Tape<'_> {
    /// Dtype and span of an operand.
    pub fn value(&self, source: Source) -> (DType, Span) {
        match source {
            Source::Input(i) => self.inputs[i as usize],
            Source::Op(i) => (self.ops[i as usize].dtype, self.ops[i as usize].span),
        }
    }
}
