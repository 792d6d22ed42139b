//! Sessions from Python: parses fetches and feeds, runs, gives values back in the shape of the fetches.
use crate::door::{DETACH_FROM_NS, enter, long, raise};
use crate::feeds::{Feeds, checked};
use crate::fetches::{Fetches, Form, array, result};
use crate::graph::{GraphBase, Made, Operation};
use crate::numpy;
use crate::tensor::SymbolicTensor;
use ferroflow_graph::{Endpoint, NodeId};
use ferroflow_ops::Cancel;
use ferroflow_runtime::program::Program;
use ferroflow_runtime::{Session, SessionOptions, Tensors, cancel, exec};
use ferroflow_tensor::{Error, Shape, Tensor, error};
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use pyo3::{PyTraverseError, PyVisit};
use smallvec::SmallVec;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

type Endpoints = SmallVec<[Endpoint; 4]>;
type Values = SmallVec<[Tensor; 4]>;

/// The Rust side of `tf.Session`.
#[pyclass(frozen, subclass, weakref, dict, module = "ferroflow._core")]
pub struct SessionBase {
    session: Arc<Session>,
    graph: Py<GraphBase>,
    /// The program of the last simple run, found again without a look-up.
    #[allow(clippy::type_complexity)] // feeds, fetch, program
    last: Mutex<Option<(Endpoints, Endpoint, Arc<Program>)>>,
    /// See [`Made`].
    made: Made,
}

impl SessionBase {
    fn run_program(&self, py: Python<'_>, program: &Program, values: &mut Values, timeout: Option<Duration>) -> PyResult<Tensors> {
        self.run_steps(py, program, values, timeout).map_err(|e| self.of_graph(py, e))
    }
    /// Raises an error of the engine, with the operation of the graph.
    #[cold]
    fn failed(&self, py: Python<'_>, e: Error) -> PyErr {
        self.of_graph(py, raise(py, e))
    }
    /// Gives an exception the operation of the graph that it names.
    #[cold]
    fn of_graph(&self, py: Python<'_>, e: PyErr) -> PyErr {
        let found = || {
            let name = e.value(py).getattr(intern!(py, "_node_name")).ok()?.extract::<String>().ok()?;
            let graph = self.graph.bind(py);
            GraphBase::operation(graph, graph.get().graph.find(&name)?).ok()
        };
        if let Some(op) = found() {
            let _ = e.value(py).setattr(intern!(py, "_op"), op); // the error matters more than its operation
        }
        e
    }
    fn run_steps(&self, py: Python<'_>, program: &Program, values: &mut Values, timeout: Option<Duration>) -> PyResult<Tensors> {
        if !(program.calls_python || program.blocks || timeout.is_some()) {
            let frame = program.plans.frame(program, values, false).map_err(|e| raise(py, e))?;
            let cost = frame.plan.cost;
            let run = |cancel: &Arc<Cancel>| match self.session.is_closed() {
                false => exec::run_in(program, frame, &self.session.env, values.drain(..), cancel),
                true => Err(error!(Runtime, "Attempted to use a closed Session.")),
            };
            return if cost <= DETACH_FROM_NS { enter(py, || run(cancel::never())) } else { long(py, None, run) };
        }
        long(py, timeout.map(|t| Instant::now() + t), |token| self.session.run_program(program, values, token))
    }
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
            let e = error!(Runtime, "The Session graph is empty. Add operations to the graph before calling run().");
            return Err(raise(py, e.fix("tf.Session(graph=...) with the graph that has the operations")));
        }
        let graph = self.graph.bind(py);
        let feeds = feed_dict.map_or_else(|| Ok(Feeds::new()), |d| crate::feeds::feed_dict(graph, d))?;
        let timeout = match options {
            Some(o) if !o.is_none() => {
                o.getattr("timeout_in_ms").and_then(|t| t.extract::<u64>()).ok().filter(|t| *t > 0).map(Duration::from_millis)
            }
            _ => self.session.options.timeout,
        };
        if let Ok(t) = fetches.cast_exact::<SymbolicTensor>()
            && t.get().graph.is(&self.graph)
            && timeout.is_none()
            && !graph.get().is_restricted()
        {
            return self.run_one(py, t.get().endpoint, feeds);
        }
        let wanted = Fetches::of(graph, fetches)?;
        let (fed, mut values): (Endpoints, Values) = feeds.into_iter().unzip();
        let program = self.session.program(&wanted.endpoints, &wanted.targets, &fed).map_err(|e| self.failed(py, e))?;
        let out = self.run_program(py, &program, &mut values, timeout)?;
        wanted.results(py, out, &fed)
    }
    /// Runs fetches where the operations `done` have run already: nothing waits for them.
    fn _run_after<'py>(
        &self,
        py: Python<'py>,
        fetches: &Bound<'py, PyAny>,
        feed_dict: &Bound<'py, PyAny>,
        done: Vec<PyRef<'py, Operation>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let graph = self.graph.bind(py);
        let wanted = Fetches::of(graph, fetches)?;
        let (fed, mut values): (Endpoints, Values) = crate::feeds::feed_dict(graph, feed_dict)?.into_iter().unzip();
        let mut done: Vec<NodeId> = done.iter().map(|op| op.id).collect();
        done.sort();
        let program = self.session.program_after(&wanted.endpoints, &wanted.targets, &fed, &done).map_err(|e| raise(py, e))?;
        let out = self.run_program(py, &program, &mut values, self.session.options.timeout)?;
        wanted.results(py, out, &fed)
    }
    /// A Python function that runs these fetches with values for `feed_list`. See `tf.Session.make_callable`.
    #[pyo3(signature = (fetches, feed_list=None, accept_options=false))]
    fn make_callable<'py>(
        slf: &Bound<'py, Self>,
        fetches: &Bound<'py, PyAny>,
        feed_list: Option<Bound<'py, PyAny>>,
        accept_options: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let feed_list: Vec<Bound<'py, PyAny>> = match &feed_list {
            None => vec![],
            Some(l) if l.is_instance_of::<PyList>() || l.is_instance_of::<PyTuple>() => l.extract()?,
            Some(l) => {
                let text = format!("Argument `feed_list` must be a list or tuple. Received: feed_list={}", l.str()?);
                return Err(PyTypeError::new_err(text));
            }
        };
        let this = slf.get();
        let graph = this.graph.bind(py);
        let wanted = Fetches::of(graph, fetches)?;
        let mut feeds = Endpoints::new();
        for f in feed_list {
            match Fetches::of(graph, &f)?.endpoints.as_slice() {
                [e] => feeds.push(*e),
                _ => return Err(PyTypeError::new_err(format!("feed_list must hold tensors, got {}", f.repr()?))),
            }
        }
        if graph.get().is_restricted() {
            feeds.iter().try_for_each(|e| crate::feeds::feedable(graph, *e))?;
        }
        let g = &this.graph.get().graph;
        let types = feeds.iter().map(|e| g.value_type(*e)).collect::<ferroflow_tensor::Result<Vec<_>>>().map_err(|e| raise(py, e))?;
        let program = this.session.program(&wanted.endpoints, &wanted.targets, &feeds).map_err(|e| raise(py, e))?;
        let one = matches!((&wanted.form, wanted.endpoints.as_slice()), (Form::Value(0), [e]) if !feeds.contains(e));
        let plain = one && !program.calls_python && !program.blocks && program.stages.is_none();
        let c = Callable { session: slf.clone().unbind(), program, wanted, feeds, types, accept_options, plain };
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
    /// Steps, regions, lanes, arena bytes and what fills these of the program for these fetches: for tests and curious people.
    #[pyo3(signature = (fetches, feed_dict=None))]
    fn _inspect<'py>(
        &self,
        py: Python<'py>,
        fetches: &Bound<'py, PyAny>,
        feed_dict: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let graph = self.graph.bind(py);
        let feeds = feed_dict.map_or_else(|| Ok(Feeds::new()), |d| crate::feeds::feed_dict(graph, d))?;
        let wanted = Fetches::of(graph, fetches)?;
        let (fed, values): (Endpoints, Values) = feeds.into_iter().unzip();
        let p = self.session.program(&wanted.endpoints, &wanted.targets, &fed).map_err(|e| raise(py, e))?;
        let frame = p.plans.frame(&p, &values, false).map_err(|e| raise(py, e))?;
        let plan = &frame.plan;
        let d = PyDict::new(py);
        d.set_item("steps", p.steps.iter().map(|s| s.node.op_name.to_string()).collect::<Vec<_>>())?;
        d.set_item("devices", p.steps.iter().map(|s| s.device.name().to_string()).collect::<Vec<_>>())?;
        d.set_item("planned", plan.order.iter().map(|i| plan.steps[*i as usize].prepared.is_some()).collect::<Vec<_>>())?;
        d.set_item("regions", plan.regions().map(|f| f.ops.as_str()).collect::<Vec<_>>())?;
        d.set_item("lanes", plan.sections.iter().map(|s| s.lanes.len()).collect::<Vec<_>>())?;
        d.set_item("arena_bytes", plan.arena_bytes)?;
        d.set_item("cost_ns", plan.cost)?;
        d.set_item("fullest", plan.fullest().into_iter().map(|(s, n)| (p.steps[s].node.name.to_string(), n)).collect::<Vec<_>>())?;
        Ok(d)
    }
    fn __traverse__(&self, visit: PyVisit<'_>) -> std::result::Result<(), PyTraverseError> {
        if self.made.is() { visit.call(&self.graph) } else { Ok(()) }
    }
}

impl SessionBase {
    /// One tensor fetched: the program of the last such run is tried first.
    #[inline]
    fn run_one<'py>(&self, py: Python<'py>, fetch: Endpoint, feeds: Feeds) -> PyResult<Bound<'py, PyAny>> {
        let (fed, mut values): (Endpoints, Values) = feeds.into_iter().unzip();
        let is_fed = fed.contains(&fetch);
        let hit = {
            let last = self.last.lock().unwrap_or_else(|e| e.into_inner());
            last.as_ref().filter(|(known, e, _)| *e == fetch && *known == fed).map(|(_, _, p)| p.clone())
        };
        let program = match hit {
            Some(p) => p,
            None => {
                let p = self.session.program(&[fetch], &[], &fed).map_err(|e| self.failed(py, e))?;
                *self.last.lock().unwrap_or_else(|e| e.into_inner()) = Some((fed, fetch, p.clone()));
                p
            }
        };
        match self.run_program(py, &program, &mut values, None)?.pop() {
            Some(t) if is_fed => array(result(py, t)?),
            Some(t) => result(py, t),
            None => Err(PyRuntimeError::new_err("a run of one fetch gave no value")),
        }
    }
}

/// The first argument of a callable, None included; Python makes no tuple for it alone.
enum First<'py> {
    Missing,
    Given(Bound<'py, PyAny>),
}
impl<'py> FromPyObject<'_, 'py> for First<'py> {
    type Error = std::convert::Infallible;
    fn extract(o: Borrowed<'_, 'py, PyAny>) -> std::result::Result<Self, Self::Error> {
        Ok(First::Given(o.to_owned()))
    }
}

/// What `make_callable` gives out: its `run` method.
#[pyclass(frozen)]
struct Callable {
    session: Py<SessionBase>,
    program: Arc<Program>,
    wanted: Fetches,
    feeds: Endpoints,
    types: Vec<ferroflow_ops::ValueType>,
    accept_options: bool,
    /// Whether it gives one tensor that is not fed, and runs through without waiting for anything or anybody.
    plain: bool,
}

impl Callable {
    /// A run that is fed small arrays and gives one result: these are copied from and to memory that is kept for the next run.
    /// None where the general way has to be taken.
    #[inline]
    fn small<'py>(
        &self,
        py: Python<'py>,
        first: &Borrowed<'_, 'py, PyAny>,
        rest: &Bound<'py, PyTuple>,
    ) -> Option<PyResult<Bound<'py, PyAny>>> {
        let (program, session) = (&*self.program, &self.session.get().session);
        if !self.plain || session.options.timeout.is_some() {
            return None;
        }
        let args: SmallVec<[Borrowed<'_, 'py, PyAny>; 4]> = std::iter::once(*first).chain(rest.iter_borrowed()).collect();
        let mut arrays: SmallVec<[_; 4]> = SmallVec::new();
        for (v, t) in args.iter().zip(&self.types) {
            arrays.push(numpy::small(v).filter(|(dtype, shape, _)| *dtype == t.dtype && t.shape.accepts(shape))?);
        }
        let shapes: SmallVec<[&Shape; 4]> = arrays.iter().map(|(_, shape, _)| shape).collect();
        let mut frame = match program.plans.frame_for(program, &shapes, false) {
            Ok(frame) => frame,
            Err(e) => return Some(Err(raise(py, e))),
        };
        if frame.plan.cost > DETACH_FROM_NS || session.is_closed() {
            program.plans.give_back(frame);
            return None;
        }
        let mut made = None;
        let give = |_: usize, t: Tensor| {
            let copy = numpy::copied(py, &t);
            let (array, rest) = if let Ok(None) = copy { (result(py, t).map(Some), Tensor::default()) } else { (copy, t) };
            made = array.transpose();
            Ok(rest)
        };
        let run = || {
            arrays.iter().enumerate().try_for_each(|(i, (dtype, shape, bytes))| frame.feed(i, *dtype, shape, bytes))?;
            exec::run_fed(program, frame, &session.env, cancel::never(), give)
        };
        if let Err(e) = enter(py, run) {
            return Some(Err(e));
        }
        Some(made.unwrap_or_else(|| Err(PyRuntimeError::new_err("a run of one fetch gave no value"))))
    }
}

#[pymethods]
impl Callable {
    fn __traverse__(&self, visit: PyVisit<'_>) -> std::result::Result<(), PyTraverseError> {
        visit.call(&self.session)?;
        self.wanted.form.visit(&visit)
    }
    #[pyo3(signature = (first=First::Missing, /, *rest, options=None, run_metadata=None), text_signature = "(*args, options=None, run_metadata=None)")]
    fn run<'py>(
        &self,
        py: Python<'py>,
        first: First<'py>,
        rest: &Bound<'py, PyTuple>,
        options: Option<&Bound<'py, PyAny>>,
        run_metadata: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        if !self.accept_options && (options.is_some() || run_metadata.is_some()) {
            return Err(PyTypeError::new_err("this callable was made without accept_options=True"));
        }
        let (n, session) = (self.feeds.len(), self.session.get());
        let first = if let First::Given(v) = &first { Some(v.as_borrowed()) } else { None };
        let given = usize::from(first.is_some()) + rest.len();
        if given > n {
            return Err(PyValueError::new_err(format!("Expected {n} arguments for the feeds of this callable, got {given}.")));
        }
        if let (Some(first), true) = (first, given == n)
            && let Some(done) = self.small(py, &first, rest)
        {
            return done.map_err(|e| session.of_graph(py, e));
        }
        let mut values = Values::new();
        for ((v, t), e) in first.into_iter().chain(rest.iter_borrowed()).zip(&self.types).zip(&self.feeds) {
            values.push(checked(session.graph.bind(py), *e, t, &v, None)?);
        }
        if values.len() < n {
            let (w, fed) = (&self.wanted, &self.feeds[..values.len()]);
            let program = session.session.program(&w.endpoints, &w.targets, fed).map_err(|e| session.failed(py, e))?;
            return w.results(py, session.run_program(py, &program, &mut values, None)?, fed);
        }
        let mut out = session.run_program(py, &self.program, &mut values, None)?;
        if let (Form::Value(0), [t], [e]) = (&self.wanted.form, out.as_mut_slice(), self.wanted.endpoints.as_slice())
            && !self.feeds.contains(e)
        {
            return result(py, std::mem::take(t));
        }
        self.wanted.results(py, out, &self.feeds)
    }
}
