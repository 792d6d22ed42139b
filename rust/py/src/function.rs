//! Functions from Python: traced bodies, and Python functions that ops call back.
use crate::context::{pop_graph, push_graph};
use crate::door::{callback_error, raise};
use crate::graph::{GraphBase, Operation};
use crate::tensor::{EagerTensor, SymbolicTensor, new_eager};
use ferroflow_graph::{Belonging, Endpoint, Function, Graph};
use ferroflow_ops::{Attr, Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_runtime::{Value, eager};
use ferroflow_tensor::{DType, Error, Result, Tensor, bail, error};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple, PyWeakrefMethods, PyWeakrefReference};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, Weak};

/// The name that [`define_function`] would give now to a function of a graph.
#[pyfunction]
pub fn fresh_function_name(name: &str, outer: &Bound<'_, GraphBase>) -> String {
    outer.get().graph.library.fresh_name(name, eager::library())
}

/// Registers a traced body as a function. Its name, which no other function has.
///
/// The library of `outer` (a graph) keeps the function; without `outer` the body does, and all that calls it. Eager
/// execution finds it as long as it is kept.
#[pyfunction]
#[pyo3(signature = (name, body, inputs, outputs, effects, outer=None))]
pub fn define_function(
    py: Python<'_>,
    name: &str,
    body: &Bound<'_, GraphBase>,
    inputs: Vec<Bound<'_, SymbolicTensor>>,
    outputs: Vec<Bound<'_, SymbolicTensor>>,
    effects: Vec<Bound<'_, Operation>>,
    outer: Option<&Bound<'_, GraphBase>>,
) -> PyResult<String> {
    let own = &body.get().graph.library;
    if let Some(outer) = outer {
        outer.get().keep_body(body.clone().unbind());
    }
    let outer = outer.map(|g| g.get().graph.library.clone());
    let shared = eager::library();
    let unique = outer.as_ref().unwrap_or(shared).fresh_name(name, shared);
    let f = Arc::new(Function {
        name: unique.as_str().into(),
        body: body.get().graph.clone(),
        inputs: inputs.iter().map(|t| t.get().endpoint).collect(),
        outputs: outputs.iter().map(|t| t.get().endpoint).collect(),
        effects: effects.iter().map(|o| o.get().id).collect(),
        gradient: None,
    });
    let add = || {
        shared.announce(&f)?;
        let Some(target) = outer else {
            body.get().own(f);
            return Ok(());
        };
        // Functions that the body itself calls must be found where it is called, and so must callbacks.
        for inner in own.all() {
            target.add(inner)?;
        }
        own.take_belongings().into_iter().flatten().for_each(|b| target.keep(b));
        target.add(f)
    };
    add().map_err(|e: Error| raise(py, e))?;
    remember_body(body)?;
    Ok(unique)
}

/// Makes the Python object of a function's body found by its graph as long as it lives.
pub fn remember_body(body: &Bound<'_, GraphBase>) -> PyResult<()> {
    let weak = PyWeakrefReference::new(body)?.unbind();
    let mut known = bodies();
    known.of.insert(body.get().graph.id, weak);
    if known.of.len() >= known.look_at {
        known.of.retain(|_, weak| weak.bind(body.py()).upgrade().is_some());
        known.look_at = 64.max(2 * known.of.len());
    }
    Ok(())
}

type Body<'py> = (Bound<'py, GraphBase>, Vec<Bound<'py, SymbolicTensor>>, Vec<Bound<'py, SymbolicTensor>>, Vec<Bound<'py, Operation>>);

/// A function of a graph's library: its body, arguments, results, and the operations that run without being asked for.
#[pyfunction]
pub fn function_body<'py>(py: Python<'py>, graph: &Bound<'py, GraphBase>, name: &str) -> PyResult<Body<'py>> {
    let f = graph.get().graph.library.get(name).map_err(|e| raise(py, e))?;
    let body = match body_of(py, f.body.id) {
        Some(b) => b,
        None => GraphBase::over(py, f.body.clone())?,
    };
    let tensors = |ends: &[Endpoint]| ends.iter().map(|e| GraphBase::tensor(&body, *e)).collect::<PyResult<Vec<_>>>();
    let effects = f.effects.iter().map(|id| GraphBase::operation(&body, *id)).collect::<PyResult<_>>()?;
    Ok((body.clone(), tensors(&f.inputs)?, tensors(&f.outputs)?, effects))
}

/// The Python objects of function bodies by graph, as long as Python holds them.
#[derive(Default)]
struct Bodies {
    of: HashMap<u64, Py<PyWeakrefReference>>,
    /// How many there must be before those that are gone are looked for.
    look_at: usize,
}
fn bodies() -> MutexGuard<'static, Bodies> {
    static ALL: OnceLock<Mutex<Bodies>> = OnceLock::new();
    ALL.get_or_init(Mutex::default).lock().unwrap_or_else(|e| e.into_inner())
}
/// The Python object of the body with this graph number, if Python still holds it.
pub fn body_of(py: Python<'_>, graph: u64) -> Option<Bound<'_, GraphBase>> {
    let weak = bodies().of.get(&graph).map(|w| w.clone_ref(py))?;
    weak.bind(py).upgrade_as::<GraphBase>().ok().flatten()
}

/// Keeps a function over a body as long as Python holds the body.
pub fn keep_over_body(f: Arc<Function>) {
    Python::attach(|py| {
        if let Some(body) = body_of(py, f.body.id) {
            body.get().own(f);
        }
    })
}

/// The Python object of a body, if Python holds it.
pub fn hold_body(body: &Arc<Graph>) -> Option<Belonging> {
    Python::attach(|py| body_of(py, body.id).map(|b| Arc::new(b.unbind()) as Belonging))
}

/// A Python function that ops call by its token. Its owner is the library of the graph that it was registered for.
pub struct Callback {
    token: String,
    /// The function.
    pub function: Py<PyAny>,
}
impl Drop for Callback {
    fn drop(&mut self) {
        callbacks().remove(&self.token);
    }
}

/// The registered functions by token.
fn callbacks() -> MutexGuard<'static, HashMap<String, Weak<Callback>>> {
    static ALL: OnceLock<Mutex<HashMap<String, Weak<Callback>>>> = OnceLock::new();
    ALL.get_or_init(Mutex::default).lock().unwrap_or_else(|e| e.into_inner())
}
/// The function of a token, while its owner lives.
fn callback(token: &str) -> Option<Arc<Callback>> {
    callbacks().get(token)?.upgrade()
}

/// Registers a Python function for PyFunc ops of `graph`, which keeps it alive; the token that the ops name it by.
#[pyfunction]
pub fn py_func(function: Py<PyAny>, graph: &Bound<'_, GraphBase>) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let token = format!("pyfunc_{}", NEXT.fetch_add(1, Relaxed));
    let made = Arc::new(Callback { token: token.clone(), function });
    callbacks().insert(token.clone(), Arc::downgrade(&made));
    graph.get().graph.library.keep(made);
    token
}
/// The function of a token; None if the graph that owned it is gone.
#[pyfunction]
pub fn find_py_func(py: Python<'_>, token: &str) -> Option<Py<PyAny>> {
    callback(token).map(|c| c.function.clone_ref(py))
}

fn prepare(p: &Prep) -> Result<Prepared> {
    let token = p.attrs.str("token")?.to_string();
    let eager = p.op.name == "EagerPyFunc";
    let types: Vec<DType> = match p.attrs.get("Tout") {
        Some(Attr::Types(t)) => t.clone(),
        _ => vec![],
    };
    Ok(Prepared::with(run, 1e6, (token, types, eager)))
}

/// Runs `f` in eager mode: what a callback does is not added to a graph that its caller is building.
fn eagerly<R>(f: impl FnOnce() -> R) -> R {
    push_graph(None);
    let r = f();
    let _ = pop_graph(); // pushed above
    r
}

/// Runs `f` with Python. An exception that is on its way stays so: what it ends may own a generator, whose function for the
/// end is called then.
fn with_python<R>(f: impl FnOnce(Python<'_>) -> R) -> R {
    Python::attach(|py| {
        let underway = PyErr::take(py);
        let r = f(py);
        if let Some(error) = underway {
            error.restore(py);
        }
        r
    })
}

/// Whether an array is one of texts or of objects; true of what is no array.
fn may_be_text(o: &Bound<'_, PyAny>) -> bool {
    let kind = o.getattr("dtype").and_then(|d| d.getattr("kind")).and_then(|k| k.extract::<char>());
    kind.map_or(true, |k| "OSUT".contains(k))
}

/// Calls the function with ndarrays (EagerPyFunc: with eager tensors) and checks what it gives back.
fn run(p: &Prepared, call: &mut Call) -> Result<()> {
    let (token, types, eager) = p.plan::<(String, Vec<DType>, bool)>()?;
    let inputs = (0..call.n_inputs()).map(|i| call.input(i).copy()).collect::<Result<Vec<_>>>()?;
    let out = eagerly(|| {
        with_python(|py| -> std::result::Result<Vec<Tensor>, Error> {
            let Some(f) = callback(token) else { bail!(InvalidArgument, "callback {token} is not found") };
            let go = || -> PyResult<Vec<Bound<'_, PyAny>>> {
                let mut args = vec![];
                for t in inputs {
                    args.push(if *eager { new_eager(py, Value::new(t))?.into_any() } else { crate::numpy::from_tensor(py, t)? });
                }
                let r = f.function.bind(py).call1(PyTuple::new(py, args)?)?;
                if r.is_none() {
                    return Ok(vec![]);
                }
                Ok(if r.is_instance_of::<PyList>() || r.is_instance_of::<PyTuple>() {
                    r.try_iter()?.collect::<PyResult<_>>()?
                } else {
                    vec![r]
                })
            };
            let found = go().map_err(|e| callback_error(py, e))?;
            if found.len() != types.len() {
                bail!(InvalidArgument, "{token} returns {} values, but expects to see {} values.", found.len(), types.len());
            }
            let mut out = vec![];
            for (i, (o, d)) in found.iter().zip(types).enumerate() {
                let t = match o.cast_exact::<EagerTensor>() {
                    Ok(t) => t.get().near(py).map_err(|e| callback_error(py, e))?,
                    Err(_) if *d == DType::String && may_be_text(o) => {
                        crate::feeds::feed_value(o, *d).map_err(|e| callback_error(py, e))?
                    }
                    Err(_) => {
                        let item = crate::convert::look(o, None).map_err(|e| callback_error(py, e))?;
                        // Python numbers become what NumPy makes of them: float64 and int64.
                        let natural = match &item {
                            crate::convert::Item::Leaf(crate::literal::Leaf::Float(_), _) => Some(DType::Double),
                            crate::convert::Item::Leaf(crate::literal::Leaf::Int(_), _) => Some(DType::Int64),
                            _ => None,
                        };
                        let wanted = if matches!(item, crate::convert::Item::Leaf(..) | crate::convert::Item::Sequence(_)) {
                            Some(*d)
                        } else {
                            natural
                        };
                        item.value(wanted, crate::literal::Rules::Eager).map_err(|e| callback_error(py, e))?.tensor
                    }
                };
                if t.dtype() != *d {
                    return Err(error!(
                        InvalidArgument,
                        "{i}-th value returned by {token} is {}, but expects {}",
                        t.dtype().signature_name(),
                        d.signature_name()
                    ));
                }
                out.push(t.settle()?);
            }
            Ok(out)
        })
    })?;
    for (i, t) in out.into_iter().enumerate() {
        call.set(i, t);
    }
    Ok(())
}

/// Kernels that call Python.
pub static KERNELS: &[Kernel] = &[
    Kernel { op: "PyFunc", types: &[], outputs: Outputs::Kernel, prepare },
    Kernel { op: "PyFuncStateless", types: &[], outputs: Outputs::Kernel, prepare },
    Kernel { op: "EagerPyFunc", types: &[], outputs: Outputs::Kernel, prepare },
];
