//! Sessions from Python: parses fetches and feeds, runs, gives values back in the shape of the fetches.
use crate::convert::look;
use crate::door::{cancel_token, raise, work};
use crate::graph::{GraphBase, Made, Operation};
use crate::numpy;
use crate::tensor::{EagerTensor, SymbolicTensor};
use ferroflow_graph::{Endpoint, NodeId};
use ferroflow_ops::resource::Handle;
use ferroflow_runtime::program::Program;
use ferroflow_runtime::{Session, SessionOptions, Tensors, cancel, context};
use ferroflow_tensor::{DType, Tensor, error};
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple};
use pyo3::{PyTraverseError, PyVisit, intern};
use smallvec::SmallVec;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The Rust side of `tf.Session`.
#[pyclass(frozen, subclass, weakref, dict, module = "ferroflow._core")]
pub struct SessionBase {
    session: Arc<Session>,
    graph: Py<GraphBase>,
    /// The program of the last simple run, found again without a look-up.
    #[allow(clippy::type_complexity)] // feeds, fetch, program
    last: Mutex<Option<(SmallVec<[Endpoint; 4]>, Endpoint, Arc<Program>)>>,
    /// See [`Made`].
    made: Made,
}

/// The shape of fetches: how results are put together again.
enum Form {
    /// One value of the run.
    Value(usize),
    /// A value that was given in the program text: an eager tensor.
    Given(Py<PyAny>),
    /// An operation: its value is None.
    Nothing,
    List(Vec<Form>),
    Tuple(Vec<Form>),
    /// A namedtuple or another class that is called with its fields.
    Class(Py<PyAny>, Vec<Form>),
    Dict(Py<PyAny>, Vec<(Py<PyAny>, Form)>),
}

#[derive(Default)]
struct Wanted {
    endpoints: SmallVec<[Endpoint; 4]>,
    targets: Vec<NodeId>,
}

fn must_be(fetch: &Bound<'_, PyAny>, what: &str) -> PyErr {
    let text = fetch.str().map_or_else(|_| "?".into(), |r| r.to_string());
    match what {
        "type" => {
            let class = fetch.get_type().name().map_or_else(|_| "?".into(), |r| r.to_string());
            PyTypeError::new_err(format!(
                "Argument `fetch` = {text} has invalid type \"{class}\" must be a string or Tensor. (Can not convert a {class} into a Tensor or Operation.)"
            ))
        }
        _ => PyValueError::new_err(format!("Argument `fetch` = {text} cannot be interpreted as a Tensor. ({what})")),
    }
}
/// A name that the graph does not have, as TensorFlow's KeyError prints within another text.
fn no_such_name(fetch: &Bound<'_, PyAny>, what: &str) -> PyErr {
    must_be(fetch, &format!("\"{what}\""))
}

impl SessionBase {
    fn endpoint(&self, py: Python<'_>, t: &Bound<'_, SymbolicTensor>, fetch: &Bound<'_, PyAny>) -> PyResult<Endpoint> {
        if t.get().graph.is(&self.graph) {
            return Ok(t.get().endpoint);
        }
        let _ = py;
        Err(must_be(fetch, &format!("Tensor {} is not an element of this graph.", t.str()?)))
    }
    /// Endpoint or node of a name such as `add:0`, `add`.
    fn by_name(&self, name: &str, fetch: &Bound<'_, PyAny>) -> PyResult<std::result::Result<Endpoint, NodeId>> {
        let g = &self.graph.get().graph;
        let (op, index) = match name.rsplit_once(':') {
            Some((op, i)) if i.parse::<u32>().is_ok() => (op, i.parse::<usize>().ok()),
            _ => (name, None),
        };
        let Some(id) = g.find(op) else {
            return Err(no_such_name(
                fetch,
                &match index {
                    Some(_) => format!(
                        "The name '{name}' refers to a Tensor which does not exist. The operation, '{op}', does not exist in the graph."
                    ),
                    None => format!("The name '{name}' refers to an Operation not in the graph."),
                },
            ));
        };
        let Some(i) = index else { return Ok(Err(id)) };
        let n = g.node(id).map_err(|e| raise(fetch.py(), e))?;
        if i >= n.outputs.len() {
            return Err(no_such_name(
                fetch,
                &format!(
                    "The name '{name}' refers to a Tensor which does not exist. The operation, '{op}', exists but only has {} outputs.",
                    n.outputs.len()
                ),
            ));
        }
        Ok(Ok(Endpoint::new(id, i)))
    }
    fn want(wanted: &mut Wanted, e: Endpoint) -> Form {
        match wanted.endpoints.iter().position(|x| *x == e) {
            Some(i) => Form::Value(i),
            None => {
                wanted.endpoints.push(e);
                Form::Value(wanted.endpoints.len() - 1)
            }
        }
    }
    fn form(&self, f: &Bound<'_, PyAny>, wanted: &mut Wanted) -> PyResult<Form> {
        let py = f.py();
        if let Ok(t) = f.cast_exact::<SymbolicTensor>() {
            return Ok(Self::want(wanted, self.endpoint(py, t, f)?));
        }
        if let Ok(o) = f.cast::<Operation>() {
            if !o.get().graph.is(&self.graph) {
                return Err(must_be(f, &format!("Operation {} is not an element of this graph.", o.repr()?)));
            }
            wanted.targets.push(o.get().id);
            return Ok(Form::Nothing);
        }
        if let Ok(t) = f.cast_exact::<EagerTensor>() {
            if t.get().value.impure {
                return Err(crate::graph::frozen(t));
            }
            return Ok(Form::Given(numpy::from_tensor(py, t.get().value.tensor.clone().copy().map_err(|e| raise(py, e))?)?.unbind()));
        }
        if let Ok(s) = f.cast::<PyString>() {
            return Ok(match self.by_name(&s.to_cow()?, f)? {
                Ok(e) => Self::want(wanted, e),
                Err(id) => {
                    wanted.targets.push(id);
                    Form::Nothing
                }
            });
        }
        if let Ok(l) = f.cast::<PyList>() {
            return Ok(Form::List(l.iter().map(|x| self.form(&x, wanted)).collect::<PyResult<_>>()?));
        }
        if let Ok(t) = f.cast::<PyTuple>() {
            let items = t.iter().map(|x| self.form(&x, wanted)).collect::<PyResult<_>>()?;
            return Ok(if f.hasattr(intern!(py, "_fields"))? {
                Form::Class(f.get_type().into_any().unbind(), items)
            } else {
                Form::Tuple(items)
            });
        }
        if let Ok(d) = f.cast::<PyDict>() {
            let items = d.iter().map(|(k, v)| Ok((k.unbind(), self.form(&v, wanted)?))).collect::<PyResult<_>>()?;
            return Ok(Form::Dict(f.get_type().into_any().unbind(), items));
        }
        if f.is_none() {
            return Err(PyTypeError::new_err("Argument `fetch` = None has invalid type \"NoneType\". Cannot be None"));
        }
        if let Ok(m) = f.getattr(intern!(py, "_as_graph_element")) {
            return self.form(&m.call0()?, wanted);
        }
        // IndexedSlices and others that say how they are fetched.
        if let Ok(m) = f.getattr(intern!(py, "_fetch_parts")) {
            let (class, parts): (Py<PyAny>, Vec<Bound<'_, PyAny>>) = m.call0()?.extract()?;
            return Ok(Form::Class(
                class,
                parts.iter().map(|x| if x.is_none() { Ok(Form::Nothing) } else { self.form(x, wanted) }).collect::<PyResult<_>>()?,
            ));
        }
        if f.hasattr("keys")? && f.hasattr("__getitem__")? {
            let mut items = vec![];
            for k in f.call_method0("keys")?.try_iter()? {
                let k = k?;
                items.push((k.clone().unbind(), self.form(&f.get_item(&k)?, wanted)?));
            }
            return Ok(Form::Dict(f.get_type().into_any().unbind(), items));
        }
        Err(must_be(f, "type"))
    }
    fn build<'py>(py: Python<'py>, form: &Form, values: &[Bound<'py, PyAny>]) -> PyResult<Bound<'py, PyAny>> {
        let all = |items: &[Form]| items.iter().map(|f| Self::build(py, f, values)).collect::<PyResult<Vec<_>>>();
        Ok(match form {
            Form::Value(i) => values[*i].clone(),
            Form::Given(v) => v.bind(py).clone(),
            Form::Nothing => py.None().into_bound(py),
            Form::List(items) => PyList::new(py, all(items)?)?.into_any(),
            Form::Tuple(items) => PyTuple::new(py, all(items)?)?.into_any(),
            Form::Class(class, items) => class.bind(py).call1(PyTuple::new(py, all(items)?)?)?,
            Form::Dict(class, items) => {
                let d = PyDict::new(py);
                for (k, f) in items {
                    d.set_item(k, Self::build(py, f, values)?)?;
                }
                if class.bind(py).is(py.get_type::<PyDict>()) {
                    return Ok(d.into_any());
                }
                class.bind(py).call1((&d,)).unwrap_or(d.into_any())
            }
        })
    }

    /// One pair of a feed dict.
    fn feed(&self, k: &Bound<'_, PyAny>, v: &Bound<'_, PyAny>, out: &mut SmallVec<[(Endpoint, Tensor); 4]>) -> PyResult<()> {
        let py = k.py();
        let e = if let Ok(t) = k.cast_exact::<SymbolicTensor>() {
            if !t.get().graph.is(&self.graph) {
                return Err(PyTypeError::new_err(format!(
                    "Cannot interpret feed_dict key as Tensor: Tensor {} is not an element of this graph.",
                    t.str()?
                )));
            }
            t.get().endpoint
        } else if let Ok(s) = k.cast::<PyString>() {
            let name = s.to_cow()?;
            match self.by_name(&name, k) {
                Ok(Ok(e)) => e,
                Ok(Err(_)) => {
                    return Err(PyTypeError::new_err(format!(
                        "Cannot interpret feed_dict key as Tensor: The name '{name}' refers to an Operation, not a Tensor. Tensor names must be of the form \"<op_name>:<output_index>\"."
                    )));
                }
                Err(_) => {
                    let op = name.rsplit_once(':').map_or(&*name, |(op, _)| op);
                    let form = match name.contains(':') {
                        true => format!(
                            "The name '{name}' refers to a Tensor which does not exist. The operation, '{op}', does not exist in the graph."
                        ),
                        false => format!(
                            "The name '{name}' looks like an (invalid) Operation name, not a Tensor. Tensor names must be of the form \"<op_name>:<output_index>\"."
                        ),
                    };
                    return Err(PyTypeError::new_err(format!("Cannot interpret feed_dict key as Tensor: {form}")));
                }
            }
        } else if let Ok(m) = k.getattr(intern!(py, "_as_graph_element")) {
            return self.feed(&m.call0()?, v, out);
        } else if let (Ok(ks), Ok(vs)) = (k.cast::<PyTuple>(), v.try_iter()) {
            let vs = vs.collect::<PyResult<Vec<_>>>()?;
            return ks.iter().zip(vs).try_for_each(|(k, v)| self.feed(&k, &v, out));
        } else if let Ok(m) = k.getattr(intern!(py, "_feed_parts")) {
            for pair in m.call1((v,))?.try_iter()? {
                let (k, v): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair?.extract()?;
                self.feed(&k, &v, out)?;
            }
            return Ok(());
        } else {
            return Err(PyTypeError::new_err(format!(
                "Cannot interpret feed_dict key as Tensor: Can not convert a {} into a Tensor.",
                k.get_type().name()?
            )));
        };
        let t = self.graph.get().graph.value_type(e).map_err(|e| raise(py, e))?;
        if v.cast_exact::<SymbolicTensor>().is_ok() {
            return Err(PyTypeError::new_err(format!(
                "The value of a feed cannot be a tf.Tensor object. Acceptable feed values include Python scalars, strings, lists, numpy ndarrays, or TensorHandles. For reference, the tensor object was {} which was passed to the argument `feed_dict` with key {}.",
                v.str()?,
                k.str()?
            )));
        }
        let value = feed_value(v, t.dtype)?;
        if !t.shape.accepts(value.shape()) {
            let name = self.graph.get().graph.node(e.node).map_err(|e| raise(py, e))?.tensor_name(e.index as usize);
            let python = |s: &str| s.replace(',', ", ").replace('?', "None");
            let have = match value.shape().rank() {
                1 => format!("({},)", value.shape()[0]),
                _ => python(&value.shape().to_string()).replace('[', "(").replace(']', ")"),
            };
            let want = match t.shape.rank() {
                Some(1) => format!("({},)", t.shape.dim(0).map_or("None".into(), |d| d.to_string())),
                _ => python(&t.shape.to_string()).replace('[', "(").replace(']', ")"),
            };
            let e = error!(Value, "Cannot feed value of shape {have} for Tensor {name}, which has shape {want}")
                .fix("reshape the value, or declare the placeholder with the shape that is fed");
            return Err(raise(py, e));
        }
        if let Some(slot) = out.iter_mut().find(|(x, _)| *x == e) {
            slot.1 = value;
        } else {
            out.push((e, value));
        }
        Ok(())
    }
    fn run_endpoints(&self, py: Python<'_>, wanted: &Wanted, feeds: &[(Endpoint, Tensor)], timeout: Option<Duration>) -> PyResult<Tensors> {
        let fed: SmallVec<[Endpoint; 4]> = feeds.iter().map(|(e, _)| *e).collect();
        let program = self.session.program(&wanted.endpoints, &wanted.targets, &fed).map_err(|e| raise(py, e))?;
        let values: SmallVec<[Tensor; 4]> = feeds.iter().map(|(_, t)| t.clone()).collect();
        self.run_program(py, &program, &values, timeout)
    }
    fn run_program(&self, py: Python<'_>, program: &Program, values: &[Tensor], timeout: Option<Duration>) -> PyResult<Tensors> {
        let plan = program.plans.get(program, values).map_err(|e| raise(py, e))?;
        let long = program.calls_python || program.blocks || plan.cost > crate::door::DETACH_FROM_NS || timeout.is_some();
        if !long {
            let token = cancel::current();
            return crate::door::enter(py, || {
                if self.session.is_closed() {
                    return Err(error!(Runtime, "Attempted to use a closed Session."));
                }
                ferroflow_runtime::exec::run_planned(program, &plan, &self.session.env, values, &token)
            });
        }
        let token = cancel_token(timeout.map(|t| Instant::now() + t));
        let snapshot = context::snapshot();
        let before = cancel::replace(Some(token.clone()));
        let result = work(py, f32::MAX, || snapshot.enter(|| self.session.run_program(program, values, &token)));
        cancel::replace(before);
        result
    }
    fn results<'py>(&self, py: Python<'py>, out: Tensors) -> PyResult<Vec<Bound<'py, PyAny>>> {
        out.into_iter().map(|t| result(py, t)).collect()
    }
}

/// A fetched value: an ndarray; resources and variants become their handles.
fn result<'py>(py: Python<'py>, t: Tensor) -> PyResult<Bound<'py, PyAny>> {
    if matches!(t.dtype(), DType::Resource | DType::Variant) {
        if let Ok(h) = t.get_object::<Handle>() {
            return Ok(PyString::new(py, &h.name).into_any());
        }
        return Ok(crate::tensor::new_eager(py, ferroflow_runtime::Value::new(t))?.into_any());
    }
    numpy::from_tensor(py, t)
}

/// A fed value as a tensor of the placeholder's dtype, as `np.asarray(value, dtype)` makes it.
#[inline]
pub fn feed_value(v: &Bound<'_, PyAny>, want: DType) -> PyResult<Tensor> {
    let py = v.py();
    if let Some(t) = numpy::borrow(v)?
        && t.dtype() == want
    {
        return Ok(t);
    }
    if v.cast_exact::<SymbolicTensor>().is_ok() {
        return Err(PyTypeError::new_err(
            "The value of a feed cannot be a tf.Tensor object. Acceptable feed values include Python scalars, strings, lists, numpy ndarrays, or TensorHandles.",
        ));
    }
    if let Ok(t) = v.cast_exact::<EagerTensor>() {
        let t = &t.get().value.tensor;
        if t.dtype() == want {
            return Ok(t.clone());
        }
        return feed_value(&numpy::view(py, t)?, want);
    }
    if want == DType::String {
        let a = crate::front::NUMPY_ARRAY.get(py)?.call1((v, intern!(py, "object")))?;
        return numpy::to_tensor(&a);
    }
    if want.is_object() {
        return Ok(look(v, Some(want))?.value(Some(want))?.tensor);
    }
    if !numpy::is_array(v)
        && let Ok(item) = look(v, Some(want))
        && let Ok(value) = item.value(Some(want))
        && value.tensor.dtype() == want
    {
        return Ok(value.tensor);
    }
    let dtype = numpy::numpy_type_of(py, want)?;
    let as_array = py.import(intern!(py, "numpy"))?.getattr(intern!(py, "asarray"))?;
    let a = as_array.call1((v, dtype))?;
    if v.is_instance_of::<pyo3::types::PyInt>() && want.is_integer() && !a.call_method0("item")?.eq(v)? {
        return Err(PyTypeError::new_err(format!(
            "Type of feed value {} with type {} is not compatible with Tensor type {}. Try explicitly setting the type of the feed tensor to a larger type (e.g. int64).",
            v.str()?,
            v.get_type().repr()?,
            want.name()
        )));
    }
    numpy::to_tensor(&a)
}

#[pymethods]
impl SessionBase {
    #[new]
    #[pyo3(signature = (graph, optimize=true, verify=false, soft_placement=false, timeout_ms=0))]
    fn new(graph: Py<GraphBase>, optimize: bool, verify: bool, soft_placement: bool, timeout_ms: u64) -> SessionBase {
        let options =
            SessionOptions { optimize, verify, soft_placement, timeout: (timeout_ms > 0).then(|| Duration::from_millis(timeout_ms)) };
        let session = Arc::new(Session::new(graph.get().graph.clone(), options));
        SessionBase { session, graph, last: Mutex::new(None), made: Made::YES }
    }
    /// The graph.
    #[getter]
    fn graph<'py>(&self, py: Python<'py>) -> Bound<'py, GraphBase> {
        self.graph.bind(py).clone()
    }
    /// Runs operations and evaluates tensors; the values in the shape of `fetches`. See `tf.Session.run`.
    #[pyo3(signature = (fetches, feed_dict=None, options=None, run_metadata=None))]
    fn run<'py>(
        &self,
        py: Python<'py>,
        fetches: &Bound<'py, PyAny>,
        feed_dict: Option<&Bound<'py, PyAny>>,
        options: Option<&Bound<'py, PyAny>>,
        run_metadata: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let _ = run_metadata;
        if self.session.is_closed() {
            return Err(PyRuntimeError::new_err("Attempted to use a closed Session."));
        }
        if self.graph.get().graph.is_empty() {
            return Err(PyRuntimeError::new_err("The Session graph is empty. Add operations to the graph before calling run()."));
        }
        let mut feeds: SmallVec<[(Endpoint, Tensor); 4]> = SmallVec::new();
        if let Some(d) = feed_dict {
            match d.cast::<PyDict>() {
                Ok(d) => d.iter().try_for_each(|(k, v)| self.feed(&k, &v, &mut feeds))?,
                Err(_) if d.is_none() => {}
                Err(_) => {
                    let Ok(items) = d.call_method0("items") else {
                        let class = d.get_type().name()?;
                        let e = error!(
                            Type,
                            "FlattenDictItems: 'dict' must be a dictionary or collection.Mapping type object, instead of '{class}'."
                        );
                        return Err(raise(py, e.fix("feed_dict={tensor: value}")));
                    };
                    for pair in items.try_iter()? {
                        let (k, v): (Bound<'py, PyAny>, Bound<'py, PyAny>) = pair?.extract()?;
                        self.feed(&k, &v, &mut feeds)?;
                    }
                }
            }
        }
        let timeout = match options {
            Some(o) if !o.is_none() => {
                o.getattr("timeout_in_ms").and_then(|t| t.extract::<u64>()).ok().filter(|t| *t > 0).map(Duration::from_millis)
            }
            _ => self.session.options.timeout,
        };
        if let Ok(t) = fetches.cast_exact::<SymbolicTensor>()
            && t.get().graph.is(&self.graph)
            && timeout.is_none()
        {
            return self.run_one(py, t.get().endpoint, &feeds);
        }
        let mut wanted = Wanted::default();
        let form = self.form(fetches, &mut wanted)?;
        let out = self.run_endpoints(py, &wanted, &feeds, timeout)?;
        Self::build(py, &form, &self.results(py, out)?)
    }
    /// A Python function that runs these fetches with values for `feed_list`. See `tf.Session.make_callable`.
    #[pyo3(signature = (fetches, feed_list=None, accept_options=false))]
    fn make_callable<'py>(
        slf: &Bound<'py, Self>,
        fetches: &Bound<'py, PyAny>,
        feed_list: Option<Vec<Bound<'py, PyAny>>>,
        accept_options: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let this = slf.get();
        let mut wanted = Wanted::default();
        let form = this.form(fetches, &mut wanted)?;
        let mut feeds: SmallVec<[Endpoint; 4]> = SmallVec::new();
        for f in feed_list.unwrap_or_default() {
            let mut w = Wanted::default();
            this.form(&f, &mut w)?;
            match w.endpoints.as_slice() {
                [e] => feeds.push(*e),
                _ => return Err(PyTypeError::new_err(format!("feed_list must hold tensors, got {}", f.repr()?))),
            }
        }
        let g = &this.graph.get().graph;
        let types = feeds.iter().map(|e| g.value_type(*e)).collect::<ferroflow_tensor::Result<Vec<_>>>().map_err(|e| raise(py, e))?;
        let program = this.session.program(&wanted.endpoints, &wanted.targets, &feeds).map_err(|e| raise(py, e))?;
        let c = Callable { session: slf.clone().unbind(), program, form, feeds, types, accept_options };
        Bound::new(py, c)?.into_any().getattr("run")
    }
    fn close(&self) {
        self.session.close();
    }
    #[getter]
    fn _closed(&self) -> bool {
        self.session.is_closed()
    }
    #[pyo3(signature = (containers=Vec::new()))]
    fn _reset(&self, containers: Vec<String>) {
        self.session.reset(&containers);
    }
    /// Steps, arena bytes and constants of the program for these fetches: for tests and curious people.
    #[pyo3(signature = (fetches, feed_dict=None))]
    fn _inspect<'py>(
        &self,
        py: Python<'py>,
        fetches: &Bound<'py, PyAny>,
        feed_dict: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let mut feeds: SmallVec<[(Endpoint, Tensor); 4]> = SmallVec::new();
        if let Some(d) = feed_dict {
            d.iter().try_for_each(|(k, v)| self.feed(&k, &v, &mut feeds))?;
        }
        let mut wanted = Wanted::default();
        self.form(fetches, &mut wanted)?;
        let fed: Vec<Endpoint> = feeds.iter().map(|(e, _)| *e).collect();
        let values: Vec<Tensor> = feeds.iter().map(|(_, t)| t.clone()).collect();
        let p = self.session.program(&wanted.endpoints, &wanted.targets, &fed).map_err(|e| raise(py, e))?;
        let plan = p.plans.get(&p, &values).map_err(|e| raise(py, e))?;
        let d = PyDict::new(py);
        d.set_item("steps", p.steps.iter().map(|s| s.node.op_name.to_string()).collect::<Vec<_>>())?;
        d.set_item("devices", p.steps.iter().map(|s| s.device.name().to_string()).collect::<Vec<_>>())?;
        d.set_item("planned", plan.steps.iter().map(|s| s.prepared.is_some()).collect::<Vec<_>>())?;
        d.set_item("arena_bytes", plan.arena_bytes)?;
        d.set_item("cost_ns", plan.cost)?;
        Ok(d)
    }
    fn __traverse__(&self, visit: PyVisit<'_>) -> std::result::Result<(), PyTraverseError> {
        if self.made.is() { visit.call(&self.graph) } else { Ok(()) }
    }
}

impl SessionBase {
    /// One tensor fetched: the program of the last such run is tried first.
    #[inline]
    fn run_one<'py>(&self, py: Python<'py>, fetch: Endpoint, feeds: &[(Endpoint, Tensor)]) -> PyResult<Bound<'py, PyAny>> {
        let values: SmallVec<[Tensor; 4]> = feeds.iter().map(|(_, t)| t.clone()).collect();
        let hit = {
            let last = self.last.lock().unwrap_or_else(|e| e.into_inner());
            match &*last {
                Some((fed, e, p)) if *e == fetch && fed.len() == feeds.len() && fed.iter().zip(feeds).all(|(a, (b, _))| a == b) => {
                    Some(p.clone())
                }
                _ => None,
            }
        };
        let program = match hit {
            Some(p) => p,
            None => {
                let fed: SmallVec<[Endpoint; 4]> = feeds.iter().map(|(e, _)| *e).collect();
                let p = self.session.program(&[fetch], &[], &fed).map_err(|e| raise(py, e))?;
                *self.last.lock().unwrap_or_else(|e| e.into_inner()) = Some((fed, fetch, p.clone()));
                p
            }
        };
        let mut out = self.run_program(py, &program, &values, None)?;
        match out.pop() {
            Some(t) => result(py, t),
            None => Err(PyRuntimeError::new_err("a run of one fetch gave no value")),
        }
    }
}

/// What `make_callable` gives out: its `run` method.
#[pyclass(frozen)]
struct Callable {
    session: Py<SessionBase>,
    program: Arc<Program>,
    form: Form,
    feeds: SmallVec<[Endpoint; 4]>,
    types: Vec<ferroflow_ops::ValueType>,
    accept_options: bool,
}

#[pymethods]
impl Callable {
    fn __traverse__(&self, visit: PyVisit<'_>) -> std::result::Result<(), PyTraverseError> {
        visit.call(&self.session)
    }
    #[pyo3(signature = (*args, options=None, run_metadata=None))]
    fn run<'py>(
        &self,
        py: Python<'py>,
        args: &Bound<'py, PyTuple>,
        options: Option<&Bound<'py, PyAny>>,
        run_metadata: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        if !self.accept_options && (options.is_some() || run_metadata.is_some()) {
            return Err(PyTypeError::new_err("this callable was made without accept_options=True"));
        }
        let n = self.feeds.len();
        if args.len() != n {
            return Err(PyValueError::new_err(format!("Expected {n} arguments for the feeds of this callable, got {}.", args.len())));
        }
        let mut values: SmallVec<[Tensor; 4]> = SmallVec::new();
        for (v, t) in args.iter_borrowed().zip(&self.types) {
            let value = feed_value(&v, t.dtype)?;
            if !t.shape.accepts(value.shape()) {
                return Err(raise(
                    py,
                    error!(Value, "Cannot feed value of shape {} for a Tensor which has shape {}", value.shape(), t.shape),
                ));
            }
            values.push(value);
        }
        let session = self.session.get();
        let mut out = session.run_program(py, &self.program, &values, None)?;
        if let (Form::Value(0), [t]) = (&self.form, out.as_mut_slice()) {
            return result(py, std::mem::take(t));
        }
        SessionBase::build(py, &self.form, &session.results(py, out)?)
    }
}
