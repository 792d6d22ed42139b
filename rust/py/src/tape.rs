//! Gradient tapes and graph gradients from Python, and gradients that Python defines.
use crate::context::{pop_graph, push_graph};
use crate::door::{enter, foreign, long, raise};
use crate::graph::{GraphBase, Operation};
use crate::tensor::{EagerTensor, SymbolicTensor, new_eager};
use ferroflow_graph::reverse::{CustomGradient, Record};
use ferroflow_graph::{Graph, GraphGrad, InBodies, Node, Options};
use ferroflow_ops::{Build, GradValue};
use ferroflow_runtime::eager::EagerBuilder;
use ferroflow_runtime::tape::{add_grad, eager_grad};
use ferroflow_runtime::{EagerGrad, Value, eager};
use ferroflow_tensor::{Result, bail};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyTuple;
use std::sync::Arc;

/// The Rust side of `tf.GradientTape`.
#[pyclass(frozen, module = "ferroflow._core")]
pub struct Tape {
    tape: Arc<ferroflow_runtime::Tape>,
}

fn grad_to_py<'py>(py: Python<'py>, g: Option<EagerGrad>) -> PyResult<Bound<'py, PyAny>> {
    match g {
        None => Ok(py.None().into_bound(py)),
        Some(EagerGrad::Dense(v)) => Ok(new_eager(py, v)?.into_any()),
        Some(EagerGrad::Slices { values, indices, dense_shape }) => {
            let shape = match dense_shape {
                Some(s) => new_eager(py, s)?.into_any(),
                None => py.None().into_bound(py),
            };
            Ok(PyTuple::new(py, [new_eager(py, values)?.into_any(), new_eager(py, indices)?.into_any(), shape])?.into_any())
        }
    }
}
/// A gradient from Python: a tensor, a tuple (values, indices, dense_shape) or an object with these attributes, or None.
fn grad_from_py(o: &Bound<'_, PyAny>) -> PyResult<Option<EagerGrad>> {
    if o.is_none() {
        return Ok(None);
    }
    let value = |x: &Bound<'_, PyAny>| crate::convert::look(x, None)?.value(None, crate::literal::Rules::Eager);
    if let Ok(t) = o.cast_exact::<EagerTensor>() {
        return Ok(Some(EagerGrad::Dense(t.get().value.clone())));
    }
    if let (Ok(v), Ok(i)) = (o.getattr("values"), o.getattr("indices")) {
        let s = o.getattr("dense_shape")?;
        return Ok(Some(EagerGrad::Slices {
            values: value(&v)?,
            indices: value(&i)?,
            dense_shape: if s.is_none() { None } else { Some(value(&s)?) },
        }));
    }
    Ok(Some(EagerGrad::Dense(value(o)?)))
}

#[pymethods]
impl Tape {
    /// A tape; one that is persistent may record gradients that are taken of it.
    #[new]
    #[pyo3(signature = (persistent=false))]
    fn new(persistent: bool) -> Tape {
        let tape: Arc<ferroflow_runtime::Tape> = Arc::default();
        if persistent {
            tape.set_persistent();
        }
        Tape { tape }
    }
    /// Starts recording on this thread.
    fn start(&self) {
        self.tape.start()
    }
    /// Stops recording on this thread.
    fn stop(&self) {
        self.tape.stop()
    }
    /// Whether it records on this thread.
    fn is_active(&self) -> bool {
        self.tape.is_active()
    }
    /// Watches a concrete tensor (of a variable: its handle).
    fn watch(&self, t: &Bound<'_, EagerTensor>) {
        self.tape.watch(t.get().value.id)
    }
    /// Whether a concrete tensor is watched.
    fn watches(&self, t: &Bound<'_, EagerTensor>) -> bool {
        self.tape.watches(std::iter::once(t.get().value.id))
    }
    /// Forgets what was recorded.
    fn clear(&self) {
        self.tape.clear()
    }
    /// Number of recorded ops.
    fn __len__(&self) -> usize {
        self.tape.len()
    }
    /// Gradients of the targets with respect to the sources; a tuple (values, indices, dense_shape) for IndexedSlices.
    #[pyo3(signature = (targets, sources, output_gradients=None, persistent=false))]
    fn gradient<'py>(
        &self,
        py: Python<'py>,
        targets: Vec<Bound<'py, EagerTensor>>,
        sources: Vec<Bound<'py, EagerTensor>>,
        output_gradients: Option<Vec<Bound<'py, PyAny>>>,
        persistent: bool,
    ) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let grads = output_gradients.unwrap_or_default();
        let mut seeds = vec![];
        for (i, t) in targets.iter().enumerate() {
            let g = grads.get(i).map(grad_from_py).transpose()?.flatten();
            seeds.push((t.get().value.clone(), g));
        }
        let ids: Vec<u64> = sources.iter().map(|s| s.get().value.id).collect();
        let found = long(py, None, |_| self.tape.gradient(&seeds, &ids, !persistent))?;
        found.into_iter().map(|g| grad_to_py(py, g)).collect()
    }
}

/// Records a function of Python's whose gradient is `backward(*output_gradients) -> gradients of the inputs`.
/// Where nothing flowed back to an output it gets zeros.
#[pyfunction]
pub fn record_custom(name: &str, inputs: Vec<Bound<'_, EagerTensor>>, outputs: Vec<Bound<'_, EagerTensor>>, backward: Py<PyAny>) {
    let values = |l: &[Bound<'_, EagerTensor>]| l.iter().map(|t| t.get().value.clone()).collect::<Vec<Value>>();
    let gradient = Arc::new(PythonGradient { function: backward });
    eager::record_custom(name, &values(&inputs), &values(&outputs), gradient);
}
/// Whether a tape of this thread watches each of these tensors.
#[pyfunction]
pub fn watched(tensors: Vec<Bound<'_, EagerTensor>>) -> Vec<bool> {
    tensors.iter().map(|t| ferroflow_runtime::tape::watches(std::iter::once(t.get().value.id))).collect()
}

/// A gradient that Python computes on concrete values.
struct PythonGradient {
    function: Py<PyAny>,
}

impl CustomGradient for PythonGradient {
    fn gradients(&self, b: &mut dyn Build, record: &Record, dys: &[Option<GradValue>]) -> Result<Vec<Option<GradValue>>> {
        let mut filled = vec![];
        for (dy, y) in dys.iter().zip(&record.outputs) {
            filled.push(Some(dy.unwrap_or_else(|| GradValue::Dense(b.zeros_like(*y)))));
        }
        let Some(b) = b.as_any().and_then(|b| b.downcast_mut::<EagerBuilder>()) else {
            bail!(Internal, "a Python gradient of concrete values was asked for by a graph");
        };
        let given = filled.into_iter().map(|g| g.map(|g| eager_grad(b, g)).transpose()).collect::<Result<Vec<_>>>()?;
        let found = Python::attach(|py| -> PyResult<Vec<Option<EagerGrad>>> {
            let args = given.into_iter().map(|g| grad_to_py(py, g)).collect::<PyResult<Vec<_>>>()?;
            let r = self.function.bind(py).call1(PyTuple::new(py, args)?)?;
            if crate::literal::is_sequence(&r) { r.try_iter()?.map(|g| grad_from_py(&g?)).collect() } else { Ok(vec![grad_from_py(&r)?]) }
        })
        .map_err(|e| Python::attach(|py| foreign(py, e)))?;
        Ok(found.into_iter().map(|g| g.map(|g| add_grad(b, &g))).collect())
    }
}

/// Gradients in a graph. `custom(op)` gives a Python gradient function for an operation, or None; `tape` says whether they
/// are those of a tape.
#[pyfunction]
#[pyo3(signature = (graph, ys, xs, grad_ys, stop_gradients, scope, custom=None, tape=false))]
#[allow(clippy::too_many_arguments)]
pub fn gradients<'py>(
    py: Python<'py>,
    graph: &Bound<'py, GraphBase>,
    ys: Vec<Bound<'py, SymbolicTensor>>,
    xs: Vec<Bound<'py, SymbolicTensor>>,
    grad_ys: Vec<Bound<'py, PyAny>>,
    stop_gradients: Vec<Bound<'py, SymbolicTensor>>,
    scope: &str,
    custom: Option<Py<PyAny>>,
    tape: bool,
) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let ends = |l: &[Bound<'py, SymbolicTensor>]| l.iter().map(|t| GraphBase::accept(graph, t)).collect::<PyResult<Vec<_>>>();
    let symbolic = |o: &Bound<'py, PyAny>| crate::convert::look(o, None)?.endpoint(graph, None, "grad_ys");
    let mut seeds = vec![];
    let types = ys.iter().map(|y| (y.get().dtype, y));
    for (g, (want, y)) in grad_ys.iter().zip(types) {
        seeds.push(if g.is_none() {
            None
        } else if let (Ok(v), Ok(i)) = (g.getattr("values"), g.getattr("indices")) {
            let s = g.getattr("dense_shape")?;
            Some(GraphGrad::Slices {
                values: symbolic(&v)?,
                indices: symbolic(&i)?,
                dense_shape: if s.is_none() { None } else { Some(symbolic(&s)?) },
            })
        } else {
            let e = symbolic(g)?;
            let have = graph.get().graph.value_type(e).map_err(|e| raise(py, e))?.dtype;
            if have != want {
                let (have, want) = (have.name(), want.name());
                return Err(PyTypeError::new_err(format!("Gradient of type {have} was given for {}, whose type is {want}.", y.str()?)));
            }
            Some(GraphGrad::Dense(e))
        });
    }
    let find = |n: &Node| -> Option<Arc<dyn CustomGradient>> {
        let f = custom.as_ref()?;
        let op = GraphBase::operation(graph, n.id).ok()?;
        GraphGradient::find(f.bind(py), graph, op, false)
    };
    let g = graph.get().graph.clone();
    let (ys, xs, stop) = (ends(&ys)?, ends(&xs)?, ends(&stop_gradients)?);
    let found = enter(py, || {
        ferroflow_graph::gradients(&g, &ys, &xs, &seeds, &Options { scope, stop: &stop, custom: &find, tape })
            .map_err(crate::checks::while_building)
    })?;
    let tensor = |e| Ok::<_, PyErr>(GraphBase::tensor(graph, e)?.into_any());
    found
        .into_iter()
        .map(|f| match f {
            None => Ok(py.None().into_bound(py)),
            Some(GraphGrad::Dense(e)) => tensor(e),
            Some(GraphGrad::Slices { values, indices, dense_shape }) => {
                let s = match dense_shape {
                    Some(s) => tensor(s)?,
                    None => py.None().into_bound(py),
                };
                Ok(PyTuple::new(py, [tensor(values)?, tensor(indices)?, s])?.into_any())
            }
        })
        .collect()
}

/// A gradient of an operation that Python builds: `function(op, *output_gradients)`.
struct GraphGradient {
    function: Py<PyAny>,
    op: Py<PyAny>,
    graph: Py<GraphBase>,
    /// Whether the graph is the body of a function, which is not being built.
    in_body: bool,
}
impl GraphGradient {
    /// What `finder` has for an operation.
    fn find(
        finder: &Bound<'_, PyAny>,
        graph: &Bound<'_, GraphBase>,
        op: Bound<'_, Operation>,
        in_body: bool,
    ) -> Option<Arc<dyn CustomGradient>> {
        let g = finder.call1((&op,)).ok()?;
        if g.is_none() {
            return None;
        }
        Some(Arc::new(GraphGradient { function: g.unbind(), op: op.into_any().unbind(), graph: graph.clone().unbind(), in_body }))
    }
}

/// How gradients that Python defines are found: `finder(op) -> gradient function or None`.
static FINDER: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
/// A lock of Python's, which lets other threads run Python while one waits for it.
static ALONE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

/// Says how gradients that Python defines are found in bodies of functions: `finder(op)` gives a gradient function or None.
/// A thread that builds them holds `lock`, which it may take again.
#[pyfunction]
pub fn set_gradient_finder(py: Python<'_>, finder: Py<PyAny>, lock: Py<PyAny>) {
    let _ = FINDER.set(py, finder); // the first stays
    let _ = ALONE.set(py, lock);
    ferroflow_graph::find_in_bodies(InBodies {
        find: find_in_body,
        keep: crate::function::keep_over_body,
        hold: crate::function::hold_body,
        alone,
    });
}

/// Releases the lock, also when a gradient panics.
struct Held;
impl Drop for Held {
    fn drop(&mut self) {
        // It is held, so this cannot fail.
        Python::attach(|py| ALONE.get(py).and_then(|lock| lock.call_method0(py, "release").ok()));
    }
}

fn alone(build: &mut dyn FnMut() -> Result<()>) -> Result<()> {
    Python::attach(|py| match ALONE.get(py) {
        Some(lock) => lock.call_method0(py, "acquire").map(drop).map_err(|e| foreign(py, e)),
        None => Ok(()),
    })?;
    let _held = Held;
    build()
}

fn find_in_body(g: &Arc<Graph>, n: &Node) -> Option<Arc<dyn CustomGradient>> {
    Python::attach(|py| match crate::function::body_of(py, g.id) {
        Some(graph) => {
            let op = GraphBase::operation(&graph, n.id).ok()?;
            GraphGradient::find(FINDER.get(py)?.bind(py), &graph, op, true)
        }
        None if n.attrs.has("_gradient_op_type") => {
            let gone: Arc<dyn CustomGradient> = Arc::new(Gone);
            Some(gone)
        }
        None => None,
    })
}

/// Stands for a gradient that Python defined for a body that it does not hold.
struct Gone;
impl CustomGradient for Gone {
    fn gradients(&self, _: &mut dyn Build, record: &Record, _: &[Option<GradValue>]) -> Result<Vec<Option<GradValue>>> {
        bail!(
            Unimplemented,
            "the gradient of '{}' was defined in Python for the body of a function that Python no longer holds, or for its first derivative",
            record.node
        )
    }
}

impl CustomGradient for GraphGradient {
    fn gradients(&self, b: &mut dyn Build, record: &Record, dys: &[Option<GradValue>]) -> Result<Vec<Option<GradValue>>> {
        let mut given = vec![];
        for (dy, y) in dys.iter().zip(&record.outputs) {
            let v = match dy {
                Some(g) => ferroflow_graph::reverse::densify(b, *g),
                None => b.zeros_like(*y),
            };
            given.push(v);
        }
        let mut ends = vec![];
        for v in given {
            match b.endpoint_of(v) {
                Some((node, index)) => ends.push(ferroflow_graph::Endpoint { node: ferroflow_graph::NodeId(node), index }),
                None => bail!(Internal, "a gradient of {} is not in the graph", record.op_name),
            }
        }
        let found = Python::attach(|py| -> PyResult<Vec<Option<GraphGrad>>> {
            let graph = self.graph.bind(py);
            let mut args = vec![self.op.bind(py).clone()];
            for e in ends {
                args.push(GraphBase::tensor(graph, e)?.into_any());
            }
            let args = PyTuple::new(py, args)?;
            let r = if self.in_body {
                push_graph(Some(graph));
                let before = graph.get().close(true);
                let r = self.function.bind(py).call1(args);
                graph.get().close(before);
                pop_graph()?;
                r?
            } else {
                self.function.bind(py).call1(args)?
            };
            let one = |g: &Bound<'_, PyAny>| -> PyResult<Option<GraphGrad>> {
                if g.is_none() {
                    return Ok(None);
                }
                let e = |x: &Bound<'_, PyAny>| crate::convert::look(x, None)?.endpoint(&graph.clone(), None, "grad");
                if let (Ok(v), Ok(i)) = (g.getattr("values"), g.getattr("indices")) {
                    let s = g.getattr("dense_shape")?;
                    return Ok(Some(GraphGrad::Slices {
                        values: e(&v)?,
                        indices: e(&i)?,
                        dense_shape: if s.is_none() { None } else { Some(e(&s)?) },
                    }));
                }
                Ok(Some(GraphGrad::Dense(e(g)?)))
            };
            if crate::literal::is_sequence(&r) { r.try_iter()?.map(|g| one(&g?)).collect() } else { Ok(vec![one(&r)?]) }
        })
        .map_err(|e| Python::attach(|py| foreign(py, e)))?;
        let mut val = |e: ferroflow_graph::Endpoint| b.value_of(e.node.0, e.index);
        Ok(found
            .into_iter()
            .map(|g| {
                g.map(|g| match g {
                    GraphGrad::Dense(e) => GradValue::Dense(val(e)),
                    GraphGrad::Slices { values, indices, dense_shape } => {
                        GradValue::Slices { values: val(values), indices: val(indices), dense_shape: dense_shape.map(&mut val) }
                    }
                })
            })
            .collect())
    }
}
