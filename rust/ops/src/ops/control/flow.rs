//! Control flow: conditionals, choices, loops and calls over functions of the library.
use crate::def::{Entry, Flags, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{DType, PartialShape, Result, Tensor, bail};

const FLOW: Test = Test::own(&["rust/runtime/tests/control.rs"]);
const CALL: Test = Test::own(&["tests/ops/test_direct.py"]);
const IF: &str =
    "Tcond: type; Tin: list(type) >= 0; Tout: list(type) >= 0; then_branch: func; else_branch: func; output_shapes: list(shape) = []";
const CASE: &str = "Tin: list(type) >= 0; Tout: list(type) >= 0; branches: list(func) >= 1; output_shapes: list(shape) = []";
const WHILE: &str = "T: list(type) >= 0; cond: func; body: func; output_shapes: list(shape) = []; parallel_iterations: int = 10";
const PARTITIONED: &str =
    "Tin: list(type) >= 0; Tout: list(type) >= 0; f: func; config: string = ''; config_proto: string = ''; executor_type: string = ''";

/// Ops that run functions.
pub static OPS: &[Entry] = &[
    Entry {
        name: "PartitionedCall",
        sig: "args: Tin -> output: Tout",
        attrs: PARTITIONED,
        doc: "Calls a function without effects. InvalidArgument if an argument does not fit the function's dtypes and shapes.",
        grad: Gradient::Body,
        gpu: Gpu::Composed,
        test: CALL,
        ..Entry::NEW
    },
    Entry {
        name: "StatefulPartitionedCall",
        sig: "args: Tin -> output: Tout",
        attrs: PARTITIONED,
        doc: "Calls a function that may have effects. InvalidArgument if an argument does not fit the function's dtypes and shapes.",
        flags: Flags::STATEFUL,
        grad: Gradient::Body,
        gpu: Gpu::Composed,
        test: CALL,
        ..Entry::NEW
    },
    Entry {
        name: "If",
        sig: "cond: Tcond, input: Tin -> output: Tout",
        attrs: IF,
        doc: "Calls one of two functions with the same arguments, which may have effects. A scalar condition holds if it is not zero, a string if it is not empty, any other tensor if it has elements.",
        flags: Flags::STATEFUL,
        shape: ShapeRule::Rule(declared),
        grad: Gradient::Body,
        host: &["cond"],
        gpu: Gpu::Composed,
        test: FLOW,
        ..Entry::NEW
    },
    Entry {
        name: "StatelessIf",
        sig: "cond: Tcond, input: Tin -> output: Tout",
        attrs: IF,
        doc: "Calls one of two functions without effects with the same arguments. A scalar condition holds if it is not zero, a string if it is not empty, any other tensor if it has elements.",
        shape: ShapeRule::Rule(declared),
        grad: Gradient::Body,
        host: &["cond"],
        gpu: Gpu::Composed,
        test: FLOW,
        ..Entry::NEW
    },
    Entry {
        name: "Case",
        sig: "branch_index: int32, input: Tin -> output: Tout",
        attrs: CASE,
        doc: "Calls the function of this number, which may have effects. A number out of range stands for the last one.",
        flags: Flags::STATEFUL,
        shape: ShapeRule::Rule(case),
        grad: Gradient::Body,
        host: &["branch_index"],
        gpu: Gpu::Composed,
        test: FLOW,
        ..Entry::NEW
    },
    Entry {
        name: "StatelessCase",
        sig: "branch_index: int32, input: Tin -> output: Tout",
        attrs: CASE,
        doc: "Calls the function of this number, which has no effects. A number out of range stands for the last one.",
        shape: ShapeRule::Rule(case),
        grad: Gradient::Body,
        host: &["branch_index"],
        gpu: Gpu::Composed,
        test: FLOW,
        ..Entry::NEW
    },
    Entry {
        name: "While",
        sig: "input: T -> output: T",
        attrs: WHILE,
        doc: "Calls body with the values of the last round while cond of them holds. The results of body have the dtypes of its arguments; both functions may have effects.",
        flags: Flags::STATEFUL,
        shape: ShapeRule::Rule(repeated),
        grad: Gradient::Body,
        gpu: Gpu::Composed,
        test: FLOW,
        ..Entry::NEW
    },
    Entry {
        name: "StatelessWhile",
        sig: "input: T -> output: T",
        attrs: WHILE,
        doc: "Calls body with the values of the last round while cond of them holds. The results of body have the dtypes of its arguments; neither function has effects.",
        shape: ShapeRule::Rule(repeated),
        grad: Gradient::Body,
        gpu: Gpu::Composed,
        test: FLOW,
        ..Entry::NEW
    },
    Entry {
        name: "ToBool",
        sig: "input: T -> output: bool",
        attrs: "T: type",
        doc: "Whether a value counts as true: a scalar if it is not zero, a scalar string if it is not empty, any other tensor if it has elements.",
        shape: ShapeRule::Scalar,
        grad: Gradient::Missing("a truth value has no gradient"),
        gpu: Gpu::Host("control flow is decided on the host"),
        test: FLOW,
        ..Entry::NEW
    },
    Entry {
        name: "FakeParam",
        sig: " -> output: dtype",
        attrs: "dtype: type; shape: shape",
        doc: "Stands for a result that a branch does not make. Its elements mean nothing; unknown sizes are 0.",
        shape: ShapeRule::Rule(fake),
        grad: Gradient::Missing("the value is never read"),
        gpu: Gpu::Free,
        test: FLOW,
        ..Entry::NEW
    },
];

/// Whether a value counts as true: a scalar that is not zero, a string that is not empty, a tensor with elements.
/// InvalidArgument for resources and variants.
pub fn truth(t: &Tensor) -> Result<bool> {
    if t.shape().rank() > 0 {
        return Ok(t.count() > 0);
    }
    match t.dtype() {
        DType::Bool => t.item(),
        DType::String => Ok(!t.strings()?[0].is_empty()),
        DType::Resource | DType::Variant => bail!(InvalidArgument, "{} cannot be converted to a boolean", t.dtype()),
        DType::Half | DType::BFloat16 => Ok(t.bytes()?.iter().zip([0xff, 0x7f]).any(|(b, mask)| b & mask != 0)),
        DType::Float => Ok(t.item::<f32>()? != 0.0),
        DType::Double => Ok(t.item::<f64>()? != 0.0),
        _ => Ok(t.bytes()?.iter().any(|b| *b != 0)),
    }
}

/// The shapes of the attribute `output_shapes`, if it is not empty.
fn declared(c: &mut Infer) -> Result<()> {
    let shapes = c.attrs.shapes("output_shapes")?;
    if c.at_run_time || shapes.is_empty() {
        return Ok(());
    }
    if shapes.len() != c.n_outputs() {
        bail!(InvalidArgument, "`output_shapes` must be the same length as num outputs ({} vs. {})", shapes.len(), c.n_outputs());
    }
    for (i, s) in shapes.iter().enumerate() {
        c.set(i, s.clone());
    }
    Ok(())
}

fn case(c: &mut Infer) -> Result<()> {
    if c.at_run_time && c.shape(0).rank() != Some(0) {
        bail!(InvalidArgument, "branch_index must be scalar");
    }
    declared(c)
}

/// As declared, else as the inputs; what resources and variants hold is known from the inputs.
fn repeated(c: &mut Infer) -> Result<()> {
    declared(c)?;
    for i in 0..c.n_outputs() {
        c.set_handle(i, c.input(i).handle.clone());
        if !c.at_run_time && c.attrs.shapes("output_shapes")?.is_empty() {
            c.set(i, c.shape(i).clone());
        }
    }
    Ok(())
}

fn fake(c: &mut Infer) -> Result<()> {
    let shape = c.attrs.shape("shape")?;
    let known = || PartialShape::new(shape.dims().unwrap_or(&[]).iter().map(|d| Some(d.unwrap_or(0))).collect());
    let shape = if c.at_run_time { known() } else { shape.clone() };
    c.set(0, shape);
    Ok(())
}
