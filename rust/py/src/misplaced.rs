//! Errors for tensors that are used in a graph that they do not belong to.
use crate::door::raise;
use crate::graph::GraphBase;
use crate::tensor::{EagerTensor, SymbolicTensor};
use ferroflow_tensor::error;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use std::fmt::Write;

/// Whether a graph is the body of a function that was defined in `around`, at any depth.
pub fn is_within(py: Python<'_>, graph: &Bound<'_, GraphBase>, around: &Bound<'_, GraphBase>) -> bool {
    let mut graph = graph.clone();
    loop {
        let Some(outer) = graph.get().outer(py) else { return false };
        if outer.is(around) {
            return true;
        }
        graph = outer;
    }
}

/// The error for a tensor of one branch that another branch of the same conditional uses.
pub fn between_branches(
    py: Python<'_>,
    t: &Bound<'_, SymbolicTensor>,
    home: &Bound<'_, GraphBase>,
    user: &Bound<'_, GraphBase>,
) -> PyResult<Option<PyErr>> {
    let Some((choice, there)) = home.get().branch() else { return Ok(None) };
    let Some((other, here)) = user.get().branch() else { return Ok(None) };
    if choice != other {
        return Ok(None);
    }
    let name = t.get().name(py)?;
    let e = error!(Value, "Tensor {name} in {there} is accessed from {here}.");
    Ok(Some(raise(py, e.fix("give the tensor back from its branch, or make it before the conditional"))))
}

/// The error for a tensor of a function's body that is used outside of it: an `InaccessibleTensorError` in a graph around
/// the body, a TypeError in eager mode and in functions that have nothing to do with it.
#[cold]
pub fn out_of_scope(py: Python<'_>, t: &Bound<'_, SymbolicTensor>, apart: bool) -> PyResult<PyErr> {
    let shown = t.repr()?;
    let mut text = format!(
        "{shown} is out of scope and cannot be used here. Use return values, explicit Python locals or TensorFlow collections to access it."
    );
    let graph = t.get().graph.bind(py).get();
    let node = graph.graph.node(t.get().endpoint.node).map_err(|e| raise(py, e))?;
    if !node.places.is_empty() {
        let _ = write!(text, "\n\n{shown} was defined here:");
    }
    for p in node.places.iter().rev() {
        let _ = write!(text, "\n    File \"{}\", line {}, in {}", p.file, p.line, p.function);
    }
    let e = if apart {
        PyTypeError::new_err(text)
    } else {
        let class = py.import("ferroflow.framework.errors")?.getattr("InaccessibleTensorError")?;
        PyErr::from_value(class.call1((text,))?)
    };
    let fix = match graph.branch() {
        Some(_) => "give it back from its branch: tf.cond and an `if` return what both branches give for it",
        None => {
            "return it from the function or loop body that makes it; a tensor that a loop carries is a loop variable, many of them are a tf.TensorArray"
        }
    };
    e.value(py).call_method1("add_note", (format!("  fix: {fix}"),))?;
    Ok(e)
}
/// The error for a value that a graph would freeze.
#[cold]
pub fn frozen(t: &Bound<'_, EagerTensor>) -> PyErr {
    let v = t.get();
    let read = v.value.origin().map_or(String::new(), |p| format!(" (read at {p})"));
    raise(
        t.py(),
        error!(Runtime, "A value of an eager variable or random op{read} would be frozen into a graph as a constant.").fix(
            "build the whole program in graph mode with `import ferroflow.v1 as tf`, or make the variable with tf.get_variable so that the session reads it",
        ),
    )
}
