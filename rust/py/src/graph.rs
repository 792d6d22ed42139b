//! Graphs, operations and symbolic tensors as Python objects: one object each, kept by the graph.
use crate::attr::{attr_to_py, py_to_any_attr};
use crate::door::{raise, work};
use crate::front;
use crate::function::Callback;
use crate::misplaced::{between_branches, frozen, is_within, out_of_scope};
use crate::tensor::{EagerTensor, PyTensor, SymbolicTensor};
use ferroflow_graph::{Endpoint, Function, Graph, NewNode, Node, NodeId};
use ferroflow_ops::{Attrs, ValueType};
use ferroflow_runtime::context;
use ferroflow_tensor::{DType, Error, Result, Tensor, error};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use pyo3::{PyTraverseError, PyVisit};
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

/// Eager values of at most this many elements become constants of a function body; larger ones are captured.
const CONSTANT_UP_TO: usize = 128;

#[derive(Default)]
struct Kept {
    operations: HashMap<NodeId, Py<Operation>>,
    tensors: HashMap<Endpoint, Py<SymbolicTensor>>,
    captures: Vec<(Py<PyAny>, Endpoint)>,
    /// Small eager values that became constants of a function body, by identity.
    constants: HashMap<u64, (Py<EagerTensor>, Endpoint)>,
    /// A weak reference to the graph around a function's body.
    outer: Option<Py<PyAny>>,
    /// Tensors from outside for which arguments of a function stand while it is traced.
    arguments: Vec<(Py<PyAny>, Endpoint)>,
    is_function: bool,
    /// Of the body of a branch: the number of its conditional, and what errors call it.
    branch: Option<(u64, String)>,
    /// Whether this is the body of a branch or loop in `outer`.
    is_body: bool,
    /// Whether a gradient is being added to a body that is called already, so that it can take no more arguments.
    closed: bool,
    /// The functions that this is the body of, where no graph keeps them.
    functions: Vec<Arc<Function>>,
    /// The bodies of functions that operations here call: gradients that Python defines are built in them.
    bodies: Vec<Py<GraphBase>>,
}

/// The Rust side of `tf.Graph`.
#[pyclass(frozen, subclass, weakref, dict, module = "ferroflow._core")]
pub struct GraphBase {
    /// The graph.
    pub graph: Arc<Graph>,
    kept: Mutex<Kept>,
    /// Whether something may not be fed or fetched.
    restricted: AtomicBool,
    /// See [`Made`].
    made: Made,
}

/// Whether an object has been filled in. Python makes the memory of an object (all zero), then its `__dict__`, which may
/// start a garbage collection; only then does Rust write the fields. A collector that finds zero here must not look further.
#[derive(Clone, Copy)]
pub struct Made(u8);
impl Made {
    /// The mark of an object that is filled in.
    pub const YES: Made = Made(1);
    /// Whether the fields may be looked at.
    pub fn is(self) -> bool {
        self.0 == 1
    }
}

thread_local!(
    /// The graph that the next Python object on this thread stands for; a new one if there is none.
    static NEXT: Cell<Option<Arc<Graph>>> = const { Cell::new(None) }
);

impl GraphBase {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(|e| e.into_inner())
    }
    /// A graph of the engine that no Python object stands for yet.
    pub fn over<'py>(py: Python<'py>, graph: Arc<Graph>) -> PyResult<Bound<'py, GraphBase>> {
        NEXT.set(Some(graph));
        let made = crate::context::new_graph(py);
        NEXT.set(None);
        made
    }
    /// The Python object of an operation.
    pub fn operation<'py>(slf: &Bound<'py, GraphBase>, id: NodeId) -> PyResult<Bound<'py, Operation>> {
        let py = slf.py();
        if let Some(o) = slf.get().lock().operations.get(&id) {
            return Ok(o.bind(py).clone());
        }
        let new = Bound::new(py, Operation { graph: slf.clone().unbind(), id, made: Made::YES })?;
        let mut kept = slf.get().lock();
        Ok(kept.operations.entry(id).or_insert_with(|| new.unbind()).bind(py).clone())
    }
    /// The Python object of an endpoint.
    pub fn tensor<'py>(slf: &Bound<'py, GraphBase>, e: Endpoint) -> PyResult<Bound<'py, SymbolicTensor>> {
        let py = slf.py();
        if let Some(t) = slf.get().lock().tensors.get(&e) {
            return Ok(t.bind(py).clone());
        }
        let t = slf.get().graph.value_type(e).map_err(|e| raise(py, e))?;
        let init = PyClassInitializer::from(PyTensor).add_subclass(SymbolicTensor {
            graph: slf.clone().unbind(),
            endpoint: e,
            dtype: t.dtype,
            is_ref: t.is_ref,
            made: Made::YES,
        });
        let new = Bound::new(py, init)?;
        let mut kept = slf.get().lock();
        Ok(kept.tensors.entry(e).or_insert_with(|| new.unbind()).bind(py).clone())
    }
    /// Keeps a function that this is the body of.
    pub fn own(&self, f: Arc<Function>) {
        self.lock().functions.push(f);
    }
    /// Whether something may not be fed or fetched.
    #[inline]
    pub fn is_restricted(&self) -> bool {
        self.restricted.load(Ordering::Acquire)
    }
    /// Keeps the body of a function that is called here.
    pub fn keep_body(&self, body: Py<GraphBase>) {
        self.lock().bodies.push(body);
    }
    /// How many eager values became constants of the body.
    pub fn constants(&self) -> usize {
        self.lock().constants.len()
    }
    /// Says whether the body can take no more arguments; whether that was so before.
    pub fn close(&self, closed: bool) -> bool {
        std::mem::replace(&mut self.lock().closed, closed)
    }
    /// Of the body of a branch: the number of its conditional, and what errors call it.
    pub fn branch(&self) -> Option<(u64, String)> {
        self.lock().branch.clone()
    }
    /// The graph around a function's body.
    pub fn outer<'py>(&self, py: Python<'py>) -> Option<Bound<'py, GraphBase>> {
        let outer = self.lock().outer.as_ref().map(|o| o.clone_ref(py))?;
        outer.bind(py).call0().ok()?.cast::<GraphBase>().ok().cloned()
    }
    /// Whether this is the body of a function.
    pub fn is_function(&self) -> bool {
        self.lock().is_function
    }
    /// Adds a constant under the current scope.
    pub fn add_constant(slf: &Bound<'_, GraphBase>, t: Tensor, name: &str) -> PyResult<Endpoint> {
        let py = slf.py();
        let dtype = t.dtype();
        let value = work(py, if t.on_host() { 0.0 } else { f32::MAX }, || t.to_host().and_then(Tensor::settle))?;
        let attrs = Attrs::of(&[("value", value.into()), ("dtype", dtype.into())]);
        let name = scoped(if name.is_empty() { "Const" } else { name });
        crate::checks::node_name(name.trim_end_matches('/')).map_err(|e| raise(py, e))?;
        let device = context::with(|c| c.device.clone());
        // Constants that ops make of their arguments have no control inputs: no order could matter to them.
        let new =
            NewNode { op: "Const", name: &name, attrs, device: &device, places: Some(crate::frames::places(py)), ..NewNode::default() };
        let id = slf.get().graph.add(new).map_err(|e| raise(py, e))?;
        Ok(Endpoint::new(id, 0))
    }
    /// The endpoint of a symbolic tensor in this graph: itself, or a capture if this is a function body within the tensor's graph.
    pub fn accept<'py>(slf: &Bound<'py, GraphBase>, t: &Bound<'py, SymbolicTensor>) -> PyResult<Endpoint> {
        let py = slf.py();
        let home = t.get().graph.bind(py);
        if home.is(slf) {
            return Ok(t.get().endpoint);
        }
        if let Some(e) = between_branches(py, t, home, slf)? {
            return Err(e);
        }
        let name = t.get().name(py)?;
        if !slf.get().is_function() {
            return if home.get().is_function() {
                Err(out_of_scope(py, t, false)?)
            } else {
                let e = error!(Value, "Tensor(\"{name}\", ...) must be from the same graph as the graph that the operation is added to.");
                Err(raise(py, e.fix("make the tensor in the graph that uses it, inside one `with graph.as_default():`")))
            };
        }
        let Some(outer) = slf.get().outer(py) else {
            return Err(out_of_scope(py, t, !is_within(py, home, slf))?);
        };
        let in_outer = GraphBase::accept(&outer, t)?;
        let outer_tensor = GraphBase::tensor(&outer, in_outer)?;
        let known = outer.get().graph.value_type(in_outer).map_err(|e| raise(py, e))?;
        let stem = outer.get().graph.node(in_outer.node).map_err(|e| raise(py, e))?.name.clone();
        GraphBase::capture(slf, outer_tensor.into_any(), &known, &stem)
    }
    /// A concrete tensor in this graph: a constant, or a capture in a function body. RuntimeError if a top-level graph would
    /// freeze a value that was read from a variable or a random or stateful op.
    pub fn capture_value<'py>(slf: &Bound<'py, GraphBase>, t: &Bound<'py, EagerTensor>, name: &str) -> PyResult<Endpoint> {
        let v = &t.get().value;
        let by_handle = matches!(v.tensor.dtype(), DType::Resource | DType::Variant);
        let (is_function, is_body, closed) = {
            let kept = slf.get().lock();
            (kept.is_function, kept.is_body, kept.closed)
        };
        if is_function {
            // Gradients flow to what a branch or loop is given: in a function, values come through that.
            let within = || slf.get().outer(slf.py()).is_some_and(|g| g.get().is_function());
            let through = is_body && v.tensor.dtype().is_differentiable() && within();
            if !closed && (by_handle || through || v.tensor.count() > CONSTANT_UP_TO) {
                let number = v.id.to_string();
                return GraphBase::capture(
                    slf,
                    t.clone().into_any(),
                    &ValueType { handle: t.get().handle(), ..ValueType::new(v.tensor.dtype(), v.tensor.shape().into()) },
                    if name.is_empty() { &number } else { name },
                );
            }
        } else if v.impure && !by_handle {
            return Err(frozen(t));
        }
        if let Some((_, e)) = slf.get().lock().constants.get(&v.id) {
            return Ok(*e);
        }
        let e = GraphBase::add_constant(slf, v.tensor.clone(), name)?;
        if is_function {
            slf.get().lock().constants.insert(v.id, (t.clone().unbind(), e));
        }
        if let Some(h) = t.get().handle() {
            slf.get().graph.set_handle(e, h).map_err(|e| raise(slf.py(), e))?;
        }
        Ok(e)
    }
    /// `name`: what the placeholder is called under the current scope, which is that of the op that reads it.
    fn capture<'py>(slf: &Bound<'py, GraphBase>, outer: Bound<'py, PyAny>, t: &ValueType, name: &str) -> PyResult<Endpoint> {
        let py = slf.py();
        let known = |all: &[(Py<PyAny>, Endpoint)]| all.iter().find(|(o, _)| o.bind(py).is(&outer)).map(|(_, e)| *e);
        let found = {
            let kept = slf.get().lock();
            known(&kept.arguments).or_else(|| known(&kept.captures))
        };
        if let Some(e) = found {
            return Ok(e);
        }
        let attrs = Attrs::of(&[("dtype", t.dtype.into()), ("shape", t.shape.clone().into())]);
        let g = &slf.get().graph;
        let add = || {
            let id = g.add(NewNode { op: "Placeholder", name: &scoped(name), attrs, ..NewNode::default() })?;
            let e = Endpoint::new(id, 0);
            if let Some(h) = &t.handle {
                g.set_handle(e, h.clone())?;
            }
            Ok(e)
        };
        let e: Endpoint = add().map_err(|e: Error| raise(py, e))?;
        slf.get().lock().captures.push((outer.unbind(), e));
        Ok(e)
    }
}

/// A name under the current scope; a trailing slash makes it absolute, and is kept.
pub fn scoped(name: &str) -> String {
    if name.ends_with('/') {
        return name.to_string();
    }
    context::with(|c| if c.scope.is_empty() { name.to_string() } else { format!("{}/{name}", c.scope) })
}

#[pymethods]
impl GraphBase {
    #[new]
    #[pyo3(signature = (*_args, **_kwargs))]
    fn new(_args: &Bound<'_, PyTuple>, _kwargs: Option<&Bound<'_, PyDict>>) -> GraphBase {
        let graph = NEXT.take().unwrap_or_default();
        GraphBase { graph, kept: Mutex::default(), restricted: AtomicBool::new(false), made: Made::YES }
    }
    /// Makes this the body of a function within `outer` (a weak reference to a graph, or None for eager code): it captures
    /// what is outside. `is_body`: of a branch or loop that is an operation of `outer`.
    #[pyo3(signature = (outer=None, is_body=false))]
    fn _make_function(&self, outer: Option<Py<PyAny>>, is_body: bool) {
        let mut kept = self.lock();
        kept.is_function = true;
        kept.is_body = is_body;
        kept.outer = outer;
    }
    /// Says that this is the body of a branch of a conditional, known by a number, and what errors call it.
    fn _set_branch(&self, conditional: u64, name: String) {
        self.lock().branch = Some((conditional, name));
    }
    /// Says that an argument of the function that is being traced stands for a tensor from outside.
    fn _stand_for(slf: &Bound<'_, Self>, outer: Py<PyAny>, argument: &Bound<'_, SymbolicTensor>) -> PyResult<()> {
        let e = GraphBase::accept(slf, argument)?;
        slf.get().lock().arguments.push((outer, e));
        Ok(())
    }
    /// The function is traced: its arguments stand for nothing from outside any more.
    fn _forget_arguments(&self) {
        let gone = std::mem::take(&mut self.lock().arguments);
        drop(gone); // not under the lock: what goes with it may ask the graph
    }
    /// From now on feeds and fetches ask `is_feedable` and `is_fetchable`.
    fn _restrict(&self) {
        self.restricted.store(true, Ordering::Release);
    }
    #[getter]
    fn _is_function(&self) -> bool {
        self.is_function()
    }
    /// Number that tells this graph from others of the process.
    #[getter]
    fn _number(&self) -> u64 {
        self.graph.id
    }
    fn __len__(&self) -> usize {
        self.graph.len()
    }
    fn __bool__(&self) -> bool {
        true
    }
    /// A name that no operation has yet.
    #[pyo3(signature = (name, mark_as_used=true))]
    fn _unique_name(&self, name: &str, mark_as_used: bool) -> String {
        self.graph.unique_name(name, mark_as_used)
    }
    fn finalize(&self) {
        self.graph.finalize()
    }
    fn _unsafe_unfinalize(&self) {
        self.graph.unfinalize()
    }
    #[getter]
    fn finalized(&self) -> bool {
        self.graph.is_finalized()
    }
    /// The operation of this name, or None.
    fn _find<'py>(slf: &Bound<'py, Self>, name: &str) -> PyResult<Option<Bound<'py, Operation>>> {
        slf.get().graph.find(name).map(|id| GraphBase::operation(slf, id)).transpose()
    }
    /// The operation of this number.
    fn _op<'py>(slf: &Bound<'py, Self>, id: u32) -> PyResult<Bound<'py, Operation>> {
        slf.get().graph.node(NodeId(id)).map_err(|e| raise(slf.py(), e))?;
        GraphBase::operation(slf, NodeId(id))
    }
    /// What was captured: pairs of the outer tensor and the tensor of this graph that stands for it.
    fn _captures<'py>(slf: &Bound<'py, Self>) -> PyResult<Vec<(Py<PyAny>, Bound<'py, SymbolicTensor>)>> {
        let py = slf.py();
        let all: Vec<_> = slf.get().lock().captures.iter().map(|(o, e)| (o.clone_ref(py), *e)).collect();
        all.into_iter().map(|(o, e)| Ok((o, GraphBase::tensor(slf, e)?))).collect()
    }
    /// The eager tensors that became constants: pairs as in `_captures`, in the order of the constants.
    fn _constants<'py>(slf: &Bound<'py, Self>) -> PyResult<Vec<(Py<EagerTensor>, Bound<'py, SymbolicTensor>)>> {
        let py = slf.py();
        let mut all: Vec<_> = slf.get().lock().constants.values().map(|(o, e)| (o.clone_ref(py), *e)).collect();
        all.sort_by_key(|(_, e)| *e);
        all.into_iter().map(|(o, e)| Ok((o, GraphBase::tensor(slf, e)?))).collect()
    }
    /// The tensor of this graph that stands for a tensor from outside.
    fn _capture<'py>(slf: &Bound<'py, Self>, tensor: &Bound<'py, PyAny>) -> PyResult<Bound<'py, SymbolicTensor>> {
        let e = crate::convert::look(tensor, None)?.endpoint(slf, None, "")?;
        GraphBase::tensor(slf, e)
    }
    /// Adds an operation as it is: no scope, no context. Input tensors are of this graph.
    #[pyo3(signature = (op_type, inputs, attrs, name=None, control=None, device=None))]
    fn _add_op<'py>(
        slf: &Bound<'py, Self>,
        op_type: &str,
        inputs: Vec<Bound<'py, SymbolicTensor>>,
        attrs: &Bound<'py, PyDict>,
        name: Option<&str>,
        control: Option<Vec<Bound<'py, Operation>>>,
        device: Option<&str>,
    ) -> PyResult<Bound<'py, Operation>> {
        let py = slf.py();
        let def = ferroflow_ops::op(op_type).map_err(|e| raise(py, e))?;
        let mut a = Attrs::default();
        for (k, v) in attrs.iter() {
            let k: String = k.extract()?;
            let v = match def.attr(&k) {
                Some(d) => crate::attr::py_to_attr(&v, d)?,
                None => py_to_any_attr(&v)?,
            };
            a.set(k, v);
        }
        let inputs: Vec<Endpoint> = inputs.iter().map(|t| t.get().endpoint).collect();
        let control: Vec<NodeId> = control.unwrap_or_default().iter().map(|o| o.get().id).collect();
        let new = NewNode {
            op: op_type,
            name: name.unwrap_or(""),
            inputs: &inputs,
            control: &control,
            attrs: a,
            device: device.unwrap_or(""),
            places: Some(crate::frames::places(py)),
            forward: None,
        };
        let id = slf.get().graph.add(new).map_err(|e| raise(py, e))?;
        GraphBase::operation(slf, id)
    }
    /// Adds an operation of a type that is not known here: it can be kept and saved, not run.
    #[allow(clippy::too_many_arguments)]
    fn _add_unknown<'py>(
        slf: &Bound<'py, Self>,
        op_type: &str,
        name: &str,
        inputs: Vec<Bound<'py, SymbolicTensor>>,
        attrs: &Bound<'py, PyDict>,
        control: Vec<Bound<'py, Operation>>,
        outputs: Vec<Bound<'py, PyAny>>,
        device: &str,
    ) -> PyResult<Bound<'py, Operation>> {
        let py = slf.py();
        let mut a = Attrs::default();
        for (k, v) in attrs.iter() {
            a.set(k.extract::<String>()?, py_to_any_attr(&v)?);
        }
        let outs = outputs
            .iter()
            .map(|d| Ok(ValueType::new(front::parse_dtype(d)?, ferroflow_tensor::PartialShape::UNKNOWN)))
            .collect::<PyResult<Vec<_>>>()?;
        let node = Node {
            id: NodeId(0),
            name: name.into(),
            op: None,
            op_name: op_type.into(),
            attrs: a,
            inputs: inputs.iter().map(|t| t.get().endpoint).collect(),
            control: control.iter().map(|o| o.get().id).collect(),
            device: device.into(),
            outputs: outs,
            places: crate::frames::places(py),
            forward: None,
        };
        let id = slf.get().graph.add_raw(node).map_err(|e| raise(py, e))?;
        GraphBase::operation(slf, id)
    }
    /// The types of the operations from number `start` on.
    fn _types(&self, start: usize) -> Vec<String> {
        self.graph.nodes(usize::MAX).iter().skip(start).map(|n| n.op_name.to_string()).collect()
    }
    /// Names of the functions in this graph's library.
    fn _functions(&self) -> Vec<String> {
        self.graph.library.all().iter().map(|f| f.name.to_string()).collect()
    }
    fn __traverse__(&self, visit: PyVisit<'_>) -> std::result::Result<(), PyTraverseError> {
        if !self.made.is() {
            return Ok(());
        }
        let Ok(kept) = self.kept.try_lock() else { return Ok(()) };
        kept.operations.values().try_for_each(|o| visit.call(o))?;
        kept.tensors.values().try_for_each(|t| visit.call(t))?;
        kept.captures.iter().chain(&kept.arguments).try_for_each(|(o, _)| visit.call(o))?;
        kept.constants.values().try_for_each(|(o, _)| visit.call(o))?;
        kept.outer.iter().try_for_each(|o| visit.call(o))?;
        kept.bodies.iter().try_for_each(|b| visit.call(b))?;
        if kept.is_function {
            return Ok(()); // others may own the body
        }
        let belongings = &self.graph.library;
        belongings.visit_belongings(|b| b.downcast_ref::<Callback>().map_or(Ok(()), |c| visit.call(&c.function)))
    }
    fn __clear__(&self) {
        if !self.is_function() {
            drop(self.graph.library.take_belongings());
        }
        if let Ok(mut kept) = self.kept.try_lock() {
            let old = std::mem::take(&mut *kept);
            drop(kept);
            drop(old);
        }
    }
}

/// A node of a graph, as `tf.Operation`.
#[pyclass(frozen, weakref, dict, module = "ferroflow", name = "Operation")]
pub struct Operation {
    /// The graph.
    pub graph: Py<GraphBase>,
    /// The node.
    pub id: NodeId,
    /// See [`Made`].
    made: Made,
}

impl Operation {
    /// The node.
    pub fn node(&self, py: Python<'_>) -> PyResult<Arc<Node>> {
        self.graph.get().graph.node(self.id).map_err(|e| raise(py, e))
    }
    fn change(&self, py: Python<'_>, f: impl FnOnce(&Graph) -> Result<()>) -> PyResult<()> {
        f(&self.graph.get().graph).map_err(|e| raise(py, e))
    }
}

#[pymethods]
impl Operation {
    #[getter]
    fn name(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.node(py)?.name.to_string())
    }
    #[getter(r#type)]
    fn op_type(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.node(py)?.op_name.to_string())
    }
    #[getter]
    fn graph<'py>(&self, py: Python<'py>) -> Bound<'py, GraphBase> {
        self.graph.bind(py).clone()
    }
    #[getter]
    fn _id(&self) -> u32 {
        self.id.0
    }
    #[getter]
    fn device(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.node(py)?.device.to_string())
    }
    #[getter]
    fn inputs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let g = self.graph.bind(py);
        let t = self.node(py)?.inputs.iter().map(|e| GraphBase::tensor(g, *e)).collect::<PyResult<Vec<_>>>()?;
        PyTuple::new(py, t)
    }
    #[getter]
    fn outputs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let g = self.graph.bind(py);
        let n = self.node(py)?.outputs.len();
        let t = (0..n).map(|i| GraphBase::tensor(g, Endpoint::new(self.id, i))).collect::<PyResult<Vec<_>>>()?;
        PyList::new(py, t)
    }
    #[getter]
    fn control_inputs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let g = self.graph.bind(py);
        let t = self.node(py)?.control.iter().map(|c| GraphBase::operation(g, *c)).collect::<PyResult<Vec<_>>>()?;
        PyList::new(py, t)
    }
    /// The value of an attribute. ValueError if there is none of this name.
    fn get_attr(&self, py: Python<'_>, name: &str) -> PyResult<Py<PyAny>> {
        let node = self.node(py)?;
        match node.attrs.get(name) {
            Some(a) => attr_to_py(py, a),
            None => Err(PyValueError::new_err(format!("Operation '{}' has no attr named '{name}'.", node.name))),
        }
    }
    /// All attributes.
    fn _attrs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let d = PyDict::new(py);
        for (k, v) in self.node(py)?.attrs.iter() {
            d.set_item(k, attr_to_py(py, v)?)?;
        }
        Ok(d)
    }
    fn _set_attr(&self, py: Python<'_>, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let def = self.node(py)?.op.and_then(|o| o.attr(name));
        let v = match def {
            Some(d) => crate::attr::py_to_attr(value, d)?,
            None => py_to_any_attr(value)?,
        };
        self.change(py, |g| g.set_attr(self.id, name, v))
    }
    fn _set_device(&self, py: Python<'_>, device: &str) -> PyResult<()> {
        self.change(py, |g| g.set_device(self.id, device))
    }
    fn _add_control_input(&self, py: Python<'_>, op: &Bound<'_, Operation>) -> PyResult<()> {
        self.change(py, |g| g.add_control(self.id, op.get().id))
    }
    fn _update_input(&self, py: Python<'_>, index: usize, tensor: &Bound<'_, SymbolicTensor>) -> PyResult<()> {
        if !tensor.get().graph.is(&self.graph) {
            return Err(PyTypeError::new_err("the tensor must be of the same graph"));
        }
        self.change(py, |g| g.update_input(self.id, index, tensor.get().endpoint))
    }
    /// The operation whose gradient this one was added for.
    #[getter]
    fn _original_op<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, Operation>>> {
        self.node(py)?.forward.map(|id| GraphBase::operation(self.graph.bind(py), id)).transpose()
    }
    /// The user's frames that made it: (file, line, function), innermost first.
    #[getter]
    fn _places(&self, py: Python<'_>) -> PyResult<Vec<(String, u32, String)>> {
        Ok(self.node(py)?.places.iter().map(|p| (p.file.to_string(), p.line, p.function.to_string())).collect())
    }
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let n = self.node(py)?;
        Ok(format!("<tf.Operation '{}' type={}>", n.name, n.op_name))
    }
    fn __traverse__(&self, visit: PyVisit<'_>) -> std::result::Result<(), PyTraverseError> {
        if self.made.is() { visit.call(&self.graph) } else { Ok(()) }
    }
}
