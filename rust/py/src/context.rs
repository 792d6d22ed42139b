//! The thread-local context seen from Python: graph stack, scope, device, control dependencies.
use crate::graph::{GraphBase, Operation};
use ferroflow_runtime::context::{self, Building, Context};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

/// Whether eager execution is disabled for the process.
static FORCE_GRAPH: AtomicBool = AtomicBool::new(false);
static DEFAULT: Mutex<Option<Py<GraphBase>>> = Mutex::new(None);
static FACTORY: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

thread_local!(static SAVED: RefCell<Vec<Context>> = const { RefCell::new(vec![]) });

struct Front(Py<GraphBase>);

fn python_graph<'py>(py: Python<'py>, b: &Building) -> PyResult<Bound<'py, GraphBase>> {
    match b.front.as_ref().and_then(|f| f.downcast_ref::<Front>()) {
        Some(f) => Ok(f.0.bind(py).clone()),
        None => Err(PyRuntimeError::new_err("a graph of Rust is being built; it has no Python object")),
    }
}

/// Whether ops on concrete tensors run at once on the host, with nothing to inherit: the common case.
#[inline]
pub fn plain_eager() -> bool {
    !FORCE_GRAPH.load(Relaxed) && context::with(|c| !matches!(c.graphs.last(), Some(Some(_))) && c.device.is_empty())
}

/// The graph that ops are added to, if one is being built.
pub fn target_graph(py: Python<'_>) -> PyResult<Option<Bound<'_, GraphBase>>> {
    match context::with(|c| c.graphs.last().cloned()) {
        Some(Some(b)) => python_graph(py, &b).map(Some),
        Some(None) => Ok(None),
        None if FORCE_GRAPH.load(Relaxed) => default_graph(py).map(Some),
        None => Ok(None),
    }
}

/// Makes `graph` the one that ops are added to; None: ops run eagerly.
#[pyfunction]
#[pyo3(signature = (graph))]
pub fn push_graph(graph: Option<&Bound<'_, GraphBase>>) {
    let building = graph.map(|g| Building { graph: g.get().graph.clone(), front: Some(Arc::new(Front(g.clone().unbind()))) });
    let old = context::with(|c| {
        let mut graphs = c.graphs.clone();
        graphs.push(building);
        std::mem::replace(c, Context { graphs, ..Context::default() })
    });
    SAVED.with_borrow_mut(|s| s.push(old));
}
/// Ends what `push_graph` began.
#[pyfunction]
pub fn pop_graph() -> PyResult<()> {
    match SAVED.with_borrow_mut(Vec::pop) {
        Some(old) => {
            let now = context::with(|c| std::mem::replace(c, old));
            drop(now);
            Ok(())
        }
        None => Err(PyRuntimeError::new_err("Nesting violated for default stack: there is no graph to leave")),
    }
}
/// The graph that ops are added to, or None in eager mode.
#[pyfunction]
pub fn current_graph(py: Python<'_>) -> PyResult<Option<Bound<'_, GraphBase>>> {
    target_graph(py)
}
/// Whether ops run at once.
#[pyfunction]
pub fn executing_eagerly(py: Python<'_>) -> PyResult<bool> {
    Ok(target_graph(py)?.is_none())
}
/// Whether the code outside of all function bodies runs eagerly.
#[pyfunction]
pub fn executing_eagerly_outside_functions(py: Python<'_>) -> PyResult<bool> {
    for graph in context::with(|c| c.graphs.clone()).iter().rev() {
        let Some(building) = graph else { return Ok(true) };
        if !python_graph(py, building)?.get().is_function() {
            return Ok(false);
        }
    }
    Ok(!is_graph_forced())
}
/// All graphs on this thread's stack, outermost first; None where eager execution was entered.
#[pyfunction]
pub fn graph_stack(py: Python<'_>) -> PyResult<Vec<Option<Bound<'_, GraphBase>>>> {
    context::with(|c| c.graphs.clone()).iter().map(|g| g.as_ref().map(|b| python_graph(py, b)).transpose()).collect()
}
/// A graph of the registered class.
pub fn new_graph(py: Python<'_>) -> PyResult<Bound<'_, GraphBase>> {
    match FACTORY.get(py) {
        Some(factory) => Ok(factory.bind(py).call0()?.cast_into::<GraphBase>()?),
        None => Err(PyRuntimeError::new_err("no graph class is registered")),
    }
}
/// The graph that TF 1-only names add to: the innermost graph being built, else the process's default graph.
#[pyfunction]
pub fn default_graph(py: Python<'_>) -> PyResult<Bound<'_, GraphBase>> {
    if let Some(Some(b)) = context::with(|c| c.graphs.iter().rev().find(|g| g.is_some()).cloned()) {
        return python_graph(py, &b);
    }
    if let Some(g) = DEFAULT.lock().unwrap_or_else(|e| e.into_inner()).as_ref() {
        return Ok(g.bind(py).clone());
    }
    let g = new_graph(py)?;
    *DEFAULT.lock().unwrap_or_else(|e| e.into_inner()) = Some(g.clone().unbind());
    Ok(g)
}
/// Replaces the process's default graph; None: a fresh one is made when needed.
#[pyfunction]
#[pyo3(signature = (graph))]
pub fn set_default_graph(graph: Option<Py<GraphBase>>) {
    let old = std::mem::replace(&mut *DEFAULT.lock().unwrap_or_else(|e| e.into_inner()), graph);
    drop(old);
}
/// Registers the class whose instances are default graphs.
#[pyfunction]
pub fn set_graph_factory(py: Python<'_>, factory: Py<PyAny>) {
    let _ = FACTORY.set(py, factory); // the first registration stays
}
/// Disables (or enables) eager execution for the process.
#[pyfunction]
pub fn force_graph(on: bool) {
    FORCE_GRAPH.store(on, Relaxed);
}
/// Whether eager execution is disabled for the process.
#[pyfunction]
pub fn is_graph_forced() -> bool {
    FORCE_GRAPH.load(Relaxed)
}
/// The name scope, without a trailing slash.
#[pyfunction]
pub fn scope() -> String {
    context::with(|c| c.scope.clone())
}
/// Sets the name scope; the former one.
#[pyfunction]
pub fn set_scope(scope: String) -> String {
    context::with(|c| std::mem::replace(&mut c.scope, scope))
}
/// The device request.
#[pyfunction]
pub fn device() -> String {
    context::with(|c| c.device.clone())
}
/// Sets the device request; the former one.
#[pyfunction]
pub fn set_device(device: String) -> String {
    context::with(|c| std::mem::replace(&mut c.device, device))
}
/// Ids of the operations that new ones run after.
#[pyfunction]
pub fn control() -> Vec<u32> {
    context::with(|c| c.control.iter().map(|n| n.0).collect())
}
/// Sets the operations that new ones run after; the ids of the former ones.
#[pyfunction]
pub fn set_control(ops: Vec<Bound<'_, PyAny>>) -> PyResult<Vec<u32>> {
    let mut ids = vec![];
    for o in ops {
        ids.push(match o.cast::<Operation>() {
            Ok(op) => op.get().id,
            Err(_) => ferroflow_graph::NodeId(o.extract()?),
        });
    }
    Ok(context::with(|c| std::mem::replace(&mut c.control, ids)).into_iter().map(|n| n.0).collect())
}
