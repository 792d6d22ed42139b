//! Traced functions as Python calls them: compiled bodies, and the short way from a call to its program.
use crate::context::plain_eager;
use crate::door::{DETACH_FROM_NS, enter, long, raise, work};
use crate::graph::{GraphBase, Operation};
use crate::tensor::{EagerTensor, SymbolicTensor, new_eager};
use ferroflow_graph::Function;
use ferroflow_ops::{Attr, Attrs, Cancel, Flags, Func};
use ferroflow_runtime::function::{Compiled, compile_function};
use ferroflow_runtime::{Tensors, Value, cancel, context, devices, eager, exec, function, tape};
use ferroflow_tensor::{DType, Shape, Tensor};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use smallvec::SmallVec;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, OnceLock};

/// How many recent calls of a function keep their short way.
const HOT_CALLS: usize = 16;

/// Whether traced functions run as plain Python functions, for the whole process.
static EAGERLY: AtomicBool = AtomicBool::new(false);

/// Makes traced functions run as plain Python functions, or ends that.
#[pyfunction]
pub fn run_functions_eagerly(on: bool) {
    EAGERLY.store(on, Relaxed);
}
/// Whether traced functions run as plain Python functions.
#[pyfunction]
pub fn functions_run_eagerly() -> bool {
    EAGERLY.load(Relaxed)
}

/// A part of a graph as a function: from some endpoints, its arguments, to others, its results.
#[pyclass(frozen, weakref, module = "ferroflow._core")]
pub struct Callee {
    function: Arc<Function>,
    compiled: OnceLock<Arc<Compiled>>,
    /// Compiled for calls under a request for another device.
    elsewhere: Mutex<Vec<(String, Arc<Compiled>)>>,
    /// Whether results depend on more than the arguments.
    impure: bool,
    /// Set once eager ops know the function.
    announced: OnceLock<()>,
}

impl Callee {
    fn compiled(&self, py: Python<'_>) -> PyResult<&Arc<Compiled>> {
        if self.compiled.get().is_none() {
            let new = enter(py, || compile_function(&self.function, eager::env(), eager::library(), true, false))?;
            eager::resettable(&new);
            let _ = self.compiled.set(Arc::new(new)); // another thread may have been first
        }
        self.compiled.get().ok_or_else(|| PyTypeError::new_err("a function was not compiled"))
    }
    /// For a call under a request for a device: what asks for none goes there.
    fn compiled_for(&self, py: Python<'_>, device: String) -> PyResult<Arc<Compiled>> {
        let known = || self.elsewhere.lock().unwrap_or_else(|e| e.into_inner());
        if let Some((_, c)) = known().iter().find(|(d, _)| *d == device) {
            return Ok(c.clone());
        }
        let new = enter(py, || {
            let _called = function::called_on(&devices::for_eager(&device)?);
            compile_function(&self.function, eager::env(), eager::library(), true, true)
        })?;
        eager::resettable(&new);
        let new = Arc::new(new);
        known().push((device, new.clone()));
        Ok(new)
    }
}

/// Runs a program on values of the right dtypes.
#[inline]
fn run(py: Python<'_>, compiled: &Compiled, mut values: SmallVec<[Tensor; 4]>) -> PyResult<Tensors> {
    let (program, env) = (&compiled.program, eager::env());
    if program.home.is_some() || !values.iter().all(|t| t.on_host()) {
        work(py, f32::MAX, || program.bring(&mut values))?;
    }
    if !(program.calls_python || program.blocks) {
        let frame = program.plans.frame(program, &values, false).map_err(|e| raise(py, e))?;
        let cost = frame.plan.cost;
        let run = |cancel: &Arc<Cancel>| exec::run_in(program, frame, env, values, cancel);
        return if cost <= DETACH_FROM_NS { enter(py, || run(cancel::never())) } else { long(py, None, run) };
    }
    long(py, None, |token| exec::run(program, env, &values, token))
}

fn result(py: Python<'_>, tensor: Tensor, impure: bool) -> PyResult<Bound<'_, PyAny>> {
    Ok(new_eager(py, Value { tensor, id: eager::new_id(), impure, origin: None })?.into_any())
}

#[pymethods]
impl Callee {
    /// The part of `body` from `inputs` to `outputs`; `effects` run whether or not a result needs them.
    #[new]
    fn new(
        name: &str,
        body: &Bound<'_, GraphBase>,
        inputs: Vec<Bound<'_, SymbolicTensor>>,
        outputs: Vec<Bound<'_, SymbolicTensor>>,
        effects: Vec<Bound<'_, Operation>>,
    ) -> PyResult<Callee> {
        let graph = body.get().graph.clone();
        let mut impure = !effects.is_empty();
        for node in graph.nodes(usize::MAX) {
            impure |= node.op.is_none_or(|o| o.has(Flags::STATEFUL) || o.has(Flags::RANDOM));
        }
        let ends = |l: &[Bound<'_, SymbolicTensor>]| l.iter().map(|t| GraphBase::accept(body, t)).collect::<PyResult<Vec<_>>>();
        let function = Arc::new(Function {
            name: name.into(),
            inputs: ends(&inputs)?,
            outputs: ends(&outputs)?,
            effects: effects.iter().map(|o| o.get().id).collect(),
            gradient: None,
            body: graph,
        });
        crate::function::remember_body(body)?; // not kept: a graph may be released on any thread that drops it last
        Ok(Callee { function, compiled: OnceLock::new(), elsewhere: Mutex::default(), impure, announced: OnceLock::new() })
    }
    #[getter]
    fn name(&self) -> &str {
        &self.function.name
    }
    /// Whether it reads or changes state, or draws random numbers.
    #[getter]
    fn impure(&self) -> bool {
        self.impure
    }
    /// Makes the function, and those that it calls, known to eager ops while somebody keeps it.
    fn announce(&self, py: Python<'_>) -> PyResult<()> {
        let add = || {
            for inner in self.function.body.library.all() {
                eager::library().announce(&inner)?;
            }
            eager::library().announce(&self.function)
        };
        add().map_err(|e| raise(py, e))
    }
    /// Makes the function known to a graph whose nodes shall call it.
    fn add_to(&self, py: Python<'_>, graph: &Bound<'_, GraphBase>) -> PyResult<()> {
        let add = || {
            let target = &graph.get().graph.library;
            for inner in self.function.body.library.all() {
                target.add(inner)?;
            }
            target.add(self.function.clone())?;
            eager::library().announce(&self.function)
        };
        add().map_err(|e| raise(py, e))
    }
    /// Calls the function with concrete tensors of the right dtypes and shapes; a list of its results.
    fn call<'py>(&self, py: Python<'py>, inputs: Vec<Bound<'py, EagerTensor>>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let values: SmallVec<[Tensor; 4]> = inputs.iter().map(|t| t.get().value.tensor.clone()).collect();
        let device = context::with(|c| c.device.clone());
        let elsewhere;
        let compiled = match device.is_empty() {
            true => self.compiled(py)?,
            false => {
                elsewhere = self.compiled_for(py, device)?;
                &elsewhere
            }
        };
        compiled.check(&values).map_err(|e| raise(py, e))?;
        let impure = self.impure || inputs.iter().any(|t| t.get().value.impure);
        run(py, compiled, values)?.into_iter().map(|t| result(py, t, impure)).collect()
    }
    /// As `call`, recorded on the tapes that watch what it is given. None if gradients that Python defines were built in the
    /// body for them, and it now has more than `constants` constants of eager code, which tapes may watch too.
    fn record<'py>(
        &self,
        py: Python<'py>,
        inputs: Vec<Bound<'py, EagerTensor>>,
        constants: usize,
    ) -> PyResult<Option<Vec<Bound<'py, PyAny>>>> {
        if self.announced.get().is_none() {
            self.announce(py)?;
            let _ = self.announced.set(()); // another thread may have been first
        }
        let values: Vec<Value> = inputs.iter().map(|t| t.get().value.clone()).collect();
        let f = Func { name: self.function.name.clone(), attrs: Attrs::none() };
        let taken: Vec<DType> = values.iter().map(|v| v.tensor.dtype()).collect();
        let given = enter(py, || self.function.output_types())?.into_iter().map(|(dtype, _)| dtype).collect::<Vec<_>>();
        let attrs = Attrs::of(&[("f", Attr::Func(f)), ("Tin", taken.into()), ("Tout", given.into())]);
        let op = if self.impure { "StatefulPartitionedCall" } else { "PartitionedCall" };
        let call = enter(py, || eager::extend(ferroflow_ops::op(op)?, &values, attrs))?;
        if crate::function::body_of(py, self.function.body.id).is_some_and(|body| body.get().constants() > constants) {
            return Ok(None);
        }
        let device = context::with(|c| c.device.clone());
        let out = long(py, None, |token| call.call(Some(&*device).filter(|d| !d.is_empty()), token))?;
        out.into_iter().map(|v| Ok(new_eager(py, v)?.into_any())).collect::<PyResult<_>>().map(Some)
    }
}

/// What an argument must be for a call to be like an earlier one.
enum Like {
    Tensor(DType, Shape),
    /// The same object, or an equal one of the same built-in type.
    Same(Py<PyAny>),
    Tuple(Vec<Like>),
    List(Vec<Like>),
    Dict(Vec<(Py<PyAny>, Like)>),
}

/// The immutable built-in types whose values are part of a signature.
fn is_plain(o: &Bound<'_, PyAny>) -> bool {
    use pyo3::types::{PyBool, PyBytes, PyFloat, PyInt, PyString};
    o.is_none()
        || o.is_exact_instance_of::<PyBool>()
        || o.is_exact_instance_of::<PyInt>()
        || o.is_exact_instance_of::<PyFloat>()
        || o.is_exact_instance_of::<PyString>()
        || o.is_exact_instance_of::<PyBytes>()
}

impl Like {
    /// None for an argument that only the general way knows to compare.
    fn of(o: &Bound<'_, PyAny>, tensors: &mut Vec<usize>) -> Option<Like> {
        if let Ok(t) = o.cast_exact::<EagerTensor>() {
            tensors.push(o.as_ptr() as usize);
            let t = &t.get().value.tensor;
            return Some(Like::Tensor(t.dtype(), t.shape().clone()));
        }
        if is_plain(o) {
            return Some(Like::Same(o.clone().unbind()));
        }
        if let Ok(t) = o.cast_exact::<PyTuple>() {
            return t.iter().map(|x| Like::of(&x, tensors)).collect::<Option<_>>().map(Like::Tuple);
        }
        if let Ok(l) = o.cast_exact::<PyList>() {
            return l.iter().map(|x| Like::of(&x, tensors)).collect::<Option<_>>().map(Like::List);
        }
        if let Ok(d) = o.cast_exact::<PyDict>() {
            let parts = d.iter().map(|(k, v)| if is_plain(&k) { Some((k.unbind(), Like::of(&v, tensors)?)) } else { None });
            return parts.collect::<Option<_>>().map(Like::Dict);
        }
        None
    }
    /// Whether an argument is like this one; its tensors are put into `found` in order.
    #[inline]
    fn fits(&self, o: &Bound<'_, PyAny>, found: &mut SmallVec<[Value; 4]>) -> bool {
        match self {
            Like::Tensor(dtype, shape) => match o.cast_exact::<EagerTensor>() {
                Ok(t) => {
                    let v = &t.get().value;
                    let fits = v.tensor.dtype() == *dtype && v.tensor.shape() == shape;
                    if fits {
                        found.push(v.clone());
                    }
                    fits
                }
                Err(_) => false,
            },
            Like::Same(known) => {
                let known = known.bind(o.py());
                known.is(o) || known.get_type().is(o.get_type()) && known.eq(o).unwrap_or(false)
            }
            Like::Tuple(parts) => {
                o.cast_exact::<PyTuple>().is_ok_and(|t| t.len() == parts.len() && parts.iter().zip(t).all(|(p, x)| p.fits(&x, found)))
            }
            Like::List(parts) => {
                o.cast_exact::<PyList>().is_ok_and(|l| l.len() == parts.len() && parts.iter().zip(l).all(|(p, x)| p.fits(&x, found)))
            }
            Like::Dict(parts) => o.cast_exact::<PyDict>().is_ok_and(|d| {
                let same = |(k, p): &(Py<PyAny>, Like)| matches!(d.get_item(k), Ok(Some(x)) if p.fits(&x, found));
                d.len() == parts.len() && parts.iter().all(same)
            }),
        }
    }
}

/// How the results of a call become what it returns.
enum Give {
    Result(usize),
    None,
    Tuple(Vec<Give>),
    List(Vec<Give>),
    Dict(Vec<(Py<PyAny>, Give)>),
    /// A Python function of the list of results.
    Pack(Py<PyAny>),
}

impl Give {
    fn of(o: &Bound<'_, PyAny>) -> PyResult<Give> {
        let all = |o: &Bound<'_, PyAny>| o.try_iter()?.map(|x| Give::of(&x?)).collect::<PyResult<Vec<_>>>();
        if o.is_none() {
            Ok(Give::None)
        } else if let Ok(i) = o.extract::<usize>() {
            Ok(Give::Result(i))
        } else if o.is_exact_instance_of::<PyTuple>() {
            Ok(Give::Tuple(all(o)?))
        } else if o.is_exact_instance_of::<PyList>() {
            Ok(Give::List(all(o)?))
        } else if let Ok(d) = o.cast_exact::<PyDict>() {
            Ok(Give::Dict(d.iter().map(|(k, v)| Ok((k.unbind(), Give::of(&v)?))).collect::<PyResult<_>>()?))
        } else {
            Ok(Give::Pack(o.clone().unbind()))
        }
    }
    fn make<'py>(&self, py: Python<'py>, results: &[Bound<'py, PyAny>]) -> PyResult<Bound<'py, PyAny>> {
        let all = |parts: &[Give]| parts.iter().map(|p| p.make(py, results)).collect::<PyResult<Vec<_>>>();
        Ok(match self {
            Give::Result(i) => results[*i].clone(),
            Give::None => py.None().into_bound(py),
            Give::Tuple(parts) => PyTuple::new(py, all(parts)?)?.into_any(),
            Give::List(parts) => PyList::new(py, all(parts)?)?.into_any(),
            Give::Dict(parts) => {
                let d = PyDict::new(py);
                for (k, p) in parts {
                    d.set_item(k, p.make(py, results)?)?;
                }
                d.into_any()
            }
            Give::Pack(f) => f.bind(py).call1((PyList::new(py, results)?,))?,
        })
    }
}

/// Where a feed of the program comes from: a tensor among the arguments, or a captured one.
enum Feed {
    Argument(usize),
    Captured(Tensor),
}

/// A call that was made, and how to make it again.
struct Hot {
    args: Vec<Like>,
    kwargs: Vec<(Py<PyAny>, Like)>,
    feeds: Vec<Feed>,
    compiled: Arc<Compiled>,
    give: Give,
    impure: bool,
}

impl Hot {
    #[inline]
    fn fits(&self, args: &Bound<'_, PyTuple>, kwargs: Option<&Bound<'_, PyDict>>, found: &mut SmallVec<[Value; 4]>) -> bool {
        found.clear();
        args.len() == self.args.len()
            && kwargs.map_or(0, |k| k.len()) == self.kwargs.len()
            && self.args.iter().zip(args.iter_borrowed()).all(|(l, o)| l.fits(&o, found))
            && self.kwargs.iter().all(|(k, l)| matches!(kwargs.map(|d| d.get_item(k)), Some(Ok(Some(x))) if l.fits(&x, found)))
    }
    #[inline]
    fn call<'py>(&self, py: Python<'py>, found: &[Value]) -> PyResult<Bound<'py, PyAny>> {
        let feed = |f: &Feed| match f {
            Feed::Argument(i) => found[*i].tensor.clone(),
            Feed::Captured(t) => t.clone(),
        };
        let values: SmallVec<[Tensor; 4]> = self.feeds.iter().map(feed).collect();
        let impure = self.impure || found.iter().any(|v| v.impure);
        let out = run(py, &self.compiled, values)?;
        if let (Give::Result(0), 1) = (&self.give, out.len()) {
            return result(py, out.into_iter().next().unwrap_or_default(), impure);
        }
        let results = out.into_iter().map(|t| result(py, t, impure)).collect::<PyResult<Vec<_>>>()?;
        self.give.make(py, &results)
    }
}

/// Counts the calls of all `tf.function` objects of one Python function.
#[pyclass(frozen, module = "ferroflow._core")]
pub struct CallCount {
    calls: AtomicU64,
}

#[pymethods]
impl CallCount {
    #[new]
    fn new() -> CallCount {
        CallCount { calls: AtomicU64::new(0) }
    }
    /// Counts one more call; how many there are now.
    fn add(&self) -> u64 {
        self.calls.fetch_add(1, Relaxed) + 1
    }
}

/// The base of `tf.function` objects: calls like an earlier one go straight to its program, all others to `_call`.
#[pyclass(frozen, subclass, weakref, dict, module = "ferroflow._core")]
pub struct FunctionBase {
    hot: Mutex<Vec<Arc<Hot>>>,
    count: OnceLock<Py<CallCount>>,
}

impl FunctionBase {
    fn find(&self, args: &Bound<'_, PyTuple>, kwargs: Option<&Bound<'_, PyDict>>, found: &mut SmallVec<[Value; 4]>) -> Option<Arc<Hot>> {
        let calls: SmallVec<[Arc<Hot>; 2]> = {
            let hot = self.hot.lock().unwrap_or_else(|e| e.into_inner());
            if let [only] = hot.as_slice() { smallvec::smallvec![only.clone()] } else { hot.iter().cloned().collect() }
        };
        // Not under the lock: comparing may run Python code.
        let i = calls.iter().position(|h| h.fits(args, kwargs, found))?;
        let one = calls[i].clone();
        if i > 0 {
            let mut hot = self.hot.lock().unwrap_or_else(|e| e.into_inner());
            if let Some(j) = hot.iter().position(|h| Arc::ptr_eq(h, &one)) {
                hot.swap(j, 0);
            }
        }
        Some(one)
    }
}

#[pymethods]
impl FunctionBase {
    #[new]
    #[pyo3(signature = (*_args, **_kwargs))]
    fn new(_args: &Bound<'_, PyTuple>, _kwargs: Option<&Bound<'_, PyDict>>) -> FunctionBase {
        FunctionBase { hot: Mutex::default(), count: OnceLock::new() }
    }
    #[pyo3(signature = (*args, **kwargs))]
    fn __call__<'py>(
        slf: &Bound<'py, Self>,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        if plain_eager() && !tape::any() && !EAGERLY.load(Relaxed) {
            let mut found = SmallVec::new();
            if let Some(h) = slf.get().find(args, kwargs, &mut found) {
                let result = h.call(py, &found)?;
                if let Some(count) = slf.get().count.get() {
                    count.get().add();
                }
                return Ok(result);
            }
        }
        slf.call_method(pyo3::intern!(py, "_call"), args, kwargs)
    }
    /// From now on counts the calls that go straight to a program.
    fn _count_calls(&self, count: Py<CallCount>) {
        let _ = self.count.set(count); // made anew it still is of the same Python function
    }
    /// Notes that a call with these arguments runs `callee` on `inputs`, tensors among the arguments or captured ones.
    /// `give` is the structure of the result with numbers for tensors, or a function of their list.
    fn _remember(
        &self,
        args: &Bound<'_, PyTuple>,
        kwargs: &Bound<'_, PyDict>,
        callee: &Bound<'_, Callee>,
        inputs: Vec<Bound<'_, EagerTensor>>,
        captured: usize,
        give: &Bound<'_, PyAny>,
    ) -> PyResult<()> {
        let py = args.py();
        let mut seen = vec![];
        let Some(like) = args.iter().map(|o| Like::of(&o, &mut seen)).collect::<Option<Vec<_>>>() else { return Ok(()) };
        let named = kwargs.iter().map(|(k, v)| Some((k.unbind(), Like::of(&v, &mut seen)?)));
        let Some(named) = named.collect::<Option<Vec<_>>>() else { return Ok(()) };
        let (given, captured) = inputs.split_at(inputs.len() - captured.min(inputs.len()));
        let given: Vec<usize> = given.iter().map(|t| t.as_ptr() as usize).collect();
        let mut distinct = seen.clone();
        distinct.sort_unstable();
        distinct.dedup();
        let mut feeds: Vec<Feed> = if given == seen {
            (0..seen.len()).map(Feed::Argument).collect()
        } else if distinct.len() == seen.len() {
            let places = given.iter().map(|t| seen.iter().position(|s| s == t).map(Feed::Argument));
            // A tensor that was made from an argument on the way: only the general way knows how.
            let Some(places) = places.collect::<Option<Vec<_>>>() else { return Ok(()) };
            places
        } else {
            return Ok(()); // a tensor twice, in another order: which of the two an input is cannot be told
        };
        feeds.extend(captured.iter().map(|t| Feed::Captured(t.get().value.tensor.clone())));
        let c = callee.get();
        let hot = Hot { args: like, kwargs: named, feeds, compiled: c.compiled(py)?.clone(), give: Give::of(give)?, impure: c.impure };
        let dropped = {
            let mut all = self.hot.lock().unwrap_or_else(|e| e.into_inner());
            all.insert(0, Arc::new(hot));
            if all.len() > HOT_CALLS { all.pop() } else { None }
        };
        drop(dropped); // not under the lock: dropping may run Python code
        Ok(())
    }
    /// Forgets all calls.
    fn _forget(&self) {
        let old = std::mem::take(&mut *self.hot.lock().unwrap_or_else(|e| e.into_inner()));
        drop(old);
    }
}
