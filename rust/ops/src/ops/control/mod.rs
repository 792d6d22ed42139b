//! Control: assertions, printing, calls of Python; flow and tensor lists in files of their own.
pub mod flow;
pub mod list;

use crate::build::{Build, Grad, GradValue};
use crate::def::{Entry, Flags, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{Result, bail};

const FILE: Test = Test::own(&["rust/cpu/tests/control.rs"]);
const PYTHON: Test = Test::own(&["tests/python/test_py_func.py", "tests/ops/test_direct.py"]);
const HOST: Gpu = Gpu::Host("it speaks to the outside world");

/// Assertions, printing, calls of Python.
pub static OPS: &[Entry] = &[
    Entry {
        name: "Assert",
        sig: "condition: bool, data: T -> ",
        attrs: "T: list(type) >= 1; summarize: int = 3",
        doc: "Ends the run with InvalidArgument unless a condition holds; the message shows up to summarize elements of each of data.",
        flags: Flags::STATEFUL,
        shape: ShapeRule::Rule(assert),
        grad: Gradient::None("an assertion has no result"),
        host: &["condition", "data"],
        gpu: HOST,
        test: FILE,
        ..Entry::NEW
    },
    Entry {
        name: "Print",
        sig: "input: T, data: U -> output: T",
        attrs: "T: type; U: list(type) >= 0; message: string = ''; first_n: int = -1; summarize: int = 3",
        doc: "Passes its input on and prints a message and up to summarize elements of each of data to the standard error stream; only the first first_n times, unless that is negative.",
        flags: Flags::STATEFUL.and(Flags::VIEW),
        shape: ShapeRule::Same,
        grad: Gradient::Rule(print_grad, &[]),
        gpu: HOST,
        test: FILE,
        ..Entry::NEW
    },
    Entry {
        name: "PrintV2",
        sig: "input: string -> ",
        attrs: "output_stream: string = 'stderr'; end: string = '\n'",
        doc: "Prints a scalar string and an end to stderr, stdout, log(info), log(warning), log(error), or appends it to a file named file://PATH.",
        flags: Flags::STATEFUL,
        shape: ShapeRule::Rule(print_v2),
        grad: Gradient::Missing("printing has no result"),
        gpu: HOST,
        test: FILE,
        ..Entry::NEW
    },
    Entry {
        name: "PyFunc",
        sig: "input: Tin -> output: Tout",
        attrs: "token: string; Tin: list(type) >= 0; Tout: list(type) >= 0",
        doc: "Calls the Python function that is registered under a token with NumPy arrays.",
        flags: Flags::STATEFUL.and(Flags::PYTHON),
        grad: Gradient::None("a Python function over arrays is opaque"),
        gpu: HOST,
        test: PYTHON,
        ..Entry::NEW
    },
    Entry {
        name: "PyFuncStateless",
        sig: "input: Tin -> output: Tout",
        attrs: "token: string; Tin: list(type) >= 0; Tout: list(type) >= 0",
        doc: "Calls the Python function that is registered under a token with NumPy arrays; equal calls may be merged.",
        flags: Flags::PYTHON,
        grad: Gradient::None("a Python function over arrays is opaque"),
        gpu: HOST,
        test: PYTHON,
        ..Entry::NEW
    },
    Entry {
        name: "EagerPyFunc",
        sig: "input: Tin -> output: Tout",
        attrs: "token: string; is_async: bool = false; Tin: list(type) >= 0; Tout: list(type) >= 0",
        doc: "Calls the Python function that is registered under a token with eager tensors.",
        flags: Flags::STATEFUL.and(Flags::PYTHON),
        grad: Gradient::Missing("the Python side records a tape and registers the gradient"),
        gpu: HOST,
        test: PYTHON,
        ..Entry::NEW
    },
];

fn assert(c: &mut Infer) -> Result<()> {
    if c.at_run_time && c.shape(0).rank() != Some(0) {
        bail!(InvalidArgument, "In[0] should be a scalar: {}", c.shape(0));
    }
    Ok(())
}

fn print_grad(_: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let mut grads = vec![None; g.inputs.len()];
    grads[0] = g.dys[0].map(GradValue::Dense);
    Ok(grads)
}

fn print_v2(c: &mut Infer) -> Result<()> {
    if c.at_run_time && c.shape(0).rank() != Some(0) {
        bail!(InvalidArgument, "Input is expected to be scalar, but got {}", c.shape(0));
    }
    c.with_rank(0, 0).map(|_| ())
}
