//! TensorFlow 1's reference variables: the same store under their own op names, see the family's own page.
use super::{COUNTS, FILE, THERE};
use crate::def::{Entry, Flags, Gpu, Gradient, ShapeRule};
use crate::infer::Infer;
use ferroflow_tensor::{PartialShape, Result};

const NUMBER_ATTRS: &str = "T: {float, double, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, half, uint32, uint64}; use_locking: bool = false";
const NO_GRADIENT: Gradient = Gradient::None("an assignment is not differentiated");
const BASE: Entry = Entry { gpu: THERE, test: FILE, ..Entry::NEW };

const fn variable(name: &'static str, doc: &'static str) -> Entry {
    Entry {
        name,
        sig: " -> ref: Ref(dtype)",
        attrs: "shape: shape; dtype: type; container: string = ''; shared_name: string = ''",
        doc,
        flags: Flags::STATEFUL,
        shape: ShapeRule::Rule(variable_shape),
        grad: Gradient::Missing("a reference is not a number"),
        gpu: Gpu::Free,
        ..BASE
    }
}

/// Reference variables.
pub static OPS: &[Entry] = &[
    variable(
        "VariableV2",
        "Gives a reference to a variable, which is made without a value if there is none. Nodes of one container and shared_name (or node name) mean the same variable.",
    ),
    variable("Variable", "Gives a reference to a variable, as VariableV2 does; a scalar shape stands for an unknown one."),
    Entry {
        name: "Assign",
        sig: "ref: Ref(T), value: T -> output_ref: Ref(T)",
        attrs: "T: type; validate_shape: bool = true; use_locking: bool = true",
        doc: "Gives a reference variable a new value and passes the reference on. With validate_shape the value must have the variable's shape.",
        flags: Flags::WRITES.and(Flags::ALLOWS_UNINITIALIZED),
        shape: ShapeRule::Rule(assign),
        grad: NO_GRADIENT,
        ..BASE
    },
    Entry {
        name: "AssignAdd",
        sig: "ref: Ref(T), value: T -> output_ref: Ref(T)",
        attrs: NUMBER_ATTRS,
        doc: "Adds a value of the same shape to a reference variable, in place, and passes the reference on.",
        flags: Flags::WRITES,
        shape: ShapeRule::Rule(update),
        grad: NO_GRADIENT,
        ..BASE
    },
    Entry {
        name: "AssignSub",
        sig: "ref: Ref(T), value: T -> output_ref: Ref(T)",
        attrs: NUMBER_ATTRS,
        doc: "Subtracts a value of the same shape from a reference variable, in place, and passes the reference on.",
        flags: Flags::WRITES,
        shape: ShapeRule::Rule(update),
        grad: NO_GRADIENT,
        ..BASE
    },
    Entry {
        name: "CountUpTo",
        sig: "ref: Ref(T) -> output: T",
        attrs: "limit: int; T: {int32, int64}",
        doc: "Adds one to a scalar reference variable and gives the value before. OutOfRange if it has reached the limit.",
        flags: Flags::WRITES,
        shape: ShapeRule::Rule(super::count_up_to),
        grad: Gradient::Missing("a count has no gradient"),
        gpu: COUNTS,
        ..BASE
    },
    Entry {
        name: "IsVariableInitialized",
        sig: "ref: Ref(dtype) -> is_initialized: bool",
        attrs: "dtype: type",
        doc: "Tells whether a reference variable has a value.",
        flags: Flags::ALLOWS_UNINITIALIZED,
        shape: ShapeRule::Scalar,
        grad: Gradient::Missing("a truth value has no gradient"),
        host: &["is_initialized"],
        gpu: Gpu::Free,
        ..BASE
    },
];

fn variable_shape(c: &mut Infer) -> Result<()> {
    let shape = c.attrs.shape("shape")?.clone();
    let unknown = c.op.name == "Variable" && shape.rank() == Some(0);
    if !c.at_run_time {
        c.set(0, if unknown { PartialShape::UNKNOWN } else { shape });
    }
    Ok(())
}

/// At run time the reference is a handle, whose shape says nothing; the kernels check the variable's.
fn assign(c: &mut Infer) -> Result<()> {
    if c.at_run_time {
        return Ok(());
    }
    let shape = if c.attrs.bool("validate_shape")? { c.merge(c.shape(0), c.shape(1))? } else { c.shape(1).clone() };
    c.set(0, shape);
    Ok(())
}

fn update(c: &mut Infer) -> Result<()> {
    if c.at_run_time {
        return Ok(());
    }
    let shape = c.merge(c.shape(0), c.shape(1))?;
    c.set(0, shape);
    Ok(())
}
