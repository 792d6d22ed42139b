//! What a session is asked for: names, tensors and nested structures, and results in the same form.
use crate::door::raise;
use crate::feeds::{by_name, name_text};
use crate::graph::{GraphBase, Operation};
use crate::numpy;
use crate::tensor::{EagerTensor, SymbolicTensor};
use ferroflow_graph::{Endpoint, NodeId};
use ferroflow_ops::resource::Handle;
use ferroflow_runtime::Tensors;
use ferroflow_tensor::{DType, Tensor, error};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple};
use pyo3::{PyTraverseError, PyVisit, intern};
use smallvec::SmallVec;

/// The form of fetches: how results are put together again.
pub enum Form {
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

impl Form {
    /// Shows its Python objects to the garbage collector.
    pub fn visit(&self, visit: &PyVisit<'_>) -> std::result::Result<(), PyTraverseError> {
        match self {
            Form::Value(_) | Form::Nothing => Ok(()),
            Form::Given(v) => visit.call(v),
            Form::List(items) | Form::Tuple(items) => items.iter().try_for_each(|f| f.visit(visit)),
            Form::Class(class, items) => {
                visit.call(class)?;
                items.iter().try_for_each(|f| f.visit(visit))
            }
            Form::Dict(class, items) => {
                visit.call(class)?;
                items.iter().try_for_each(|(k, f)| visit.call(k).and_then(|()| f.visit(visit)))
            }
        }
    }
    /// Results in this form.
    pub fn build<'py>(&self, py: Python<'py>, values: &[Bound<'py, PyAny>]) -> PyResult<Bound<'py, PyAny>> {
        let all = |items: &[Form]| items.iter().map(|f| f.build(py, values)).collect::<PyResult<Vec<_>>>();
        Ok(match self {
            Form::Value(i) => values[*i].clone(),
            Form::Given(v) => v.bind(py).clone(),
            Form::Nothing => py.None().into_bound(py),
            Form::List(items) => PyList::new(py, all(items)?)?.into_any(),
            Form::Tuple(items) => PyTuple::new(py, all(items)?)?.into_any(),
            Form::Class(class, items) => class.bind(py).call1(PyTuple::new(py, all(items)?)?)?,
            Form::Dict(class, items) => {
                let d = PyDict::new(py);
                for (k, f) in items {
                    d.set_item(k, f.build(py, values)?)?;
                }
                if class.bind(py).is(py.get_type::<PyDict>()) {
                    return Ok(d.into_any());
                }
                class.bind(py).call1((&d,)).unwrap_or(d.into_any())
            }
        })
    }
}

/// What a session is asked for.
pub struct Fetches {
    /// How the results are put together.
    pub form: Form,
    /// Tensors to be computed.
    pub endpoints: SmallVec<[Endpoint; 4]>,
    /// Operations to be run.
    pub targets: Vec<NodeId>,
}

impl Fetches {
    /// What these fetches mean in a graph.
    pub fn of(graph: &Bound<'_, GraphBase>, fetches: &Bound<'_, PyAny>) -> PyResult<Fetches> {
        let mut reader = Reader { graph, endpoints: SmallVec::new(), targets: vec![] };
        let form = reader.form(fetches)?;
        let Reader { endpoints, targets, .. } = reader;
        if graph.get().is_restricted() {
            endpoints.iter().map(|e| e.node).chain(targets.iter().copied()).try_for_each(|n| fetchable(graph, n))?;
        }
        Ok(Fetches { form, endpoints, targets })
    }
    /// The values of a run in the form of the fetches. What was also fed comes back as an array, also if it is a scalar.
    pub fn results<'py>(&self, py: Python<'py>, out: Tensors, fed: &[Endpoint]) -> PyResult<Bound<'py, PyAny>> {
        let values = out.into_iter().zip(&self.endpoints).map(|(t, e)| {
            let value = result(py, t)?;
            if fed.contains(e) { array(value) } else { Ok(value) }
        });
        self.form.build(py, &values.collect::<PyResult<Vec<_>>>()?)
    }
}

/// A value as an array, also if it is a scalar.
pub fn array(value: Bound<'_, PyAny>) -> PyResult<Bound<'_, PyAny>> {
    value.py().import(intern!(value.py(), "numpy"))?.call_method1(intern!(value.py(), "asarray"), (value,))
}

/// InaccessibleTensorError if fetching this operation was forbidden.
#[cold]
fn fetchable(graph: &Bound<'_, GraphBase>, node: NodeId) -> PyResult<()> {
    let (py, op) = (graph.py(), GraphBase::operation(graph, node)?);
    if graph.call_method1("is_fetchable", (&op,))?.is_truthy()? {
        return Ok(());
    }
    let class = py.import("ferroflow.framework.errors")?.getattr("InaccessibleTensorError")?;
    let text = format!(
        "Operation {} has been marked as not fetchable. Typically this happens when it is defined in another function or code block. Use \
         return values, explicit Python locals or TensorFlow collections to access it.",
        op.get().node(py)?.name
    );
    Err(PyErr::from_value(class.call1((text,))?))
}

struct Reader<'a, 'py> {
    graph: &'a Bound<'py, GraphBase>,
    endpoints: SmallVec<[Endpoint; 4]>,
    targets: Vec<NodeId>,
}

impl Reader<'_, '_> {
    fn endpoint(&self, t: &Bound<'_, SymbolicTensor>, fetch: &Bound<'_, PyAny>) -> PyResult<Endpoint> {
        if t.get().graph.is(self.graph) {
            return Ok(t.get().endpoint);
        }
        Err(must_be(fetch, &format!("Tensor {} is not an element of this graph.", t.str()?)))
    }
    fn want(&mut self, e: Endpoint) -> Form {
        match self.endpoints.iter().position(|x| *x == e) {
            Some(i) => Form::Value(i),
            None => {
                self.endpoints.push(e);
                Form::Value(self.endpoints.len() - 1)
            }
        }
    }
    fn form(&mut self, f: &Bound<'_, PyAny>) -> PyResult<Form> {
        let py = f.py();
        if let Ok(t) = f.cast_exact::<SymbolicTensor>() {
            let e = self.endpoint(t, f)?;
            return Ok(self.want(e));
        }
        if let Ok(o) = f.cast::<Operation>() {
            if !o.get().graph.is(self.graph) {
                return Err(must_be(f, &format!("Operation {} is not an element of this graph.", o.repr()?)));
            }
            self.targets.push(o.get().id);
            return Ok(Form::Nothing);
        }
        if let Ok(t) = f.cast_exact::<EagerTensor>() {
            if t.get().value.impure {
                return Err(crate::misplaced::frozen(t));
            }
            return Ok(Form::Given(numpy::from_tensor(py, t.get().value.tensor.clone().copy().map_err(|e| raise(py, e))?)?.unbind()));
        }
        if let Some(name) = name_text(f) {
            return match by_name(py, self.graph.get(), &name) {
                Ok(Ok(e)) => Ok(self.want(e)),
                Ok(Err(id)) => {
                    self.targets.push(id);
                    Ok(Form::Nothing)
                }
                Err(e) => Err(must_be(f, &e.value(py).str()?.to_string_lossy())),
            };
        }
        if let Ok(l) = f.cast::<PyList>() {
            return Ok(Form::List(l.iter().map(|x| self.form(&x)).collect::<PyResult<_>>()?));
        }
        if let Ok(t) = f.cast::<PyTuple>() {
            let items = t.iter().map(|x| self.form(&x)).collect::<PyResult<_>>()?;
            return Ok(if f.hasattr(intern!(py, "_fields"))? {
                Form::Class(f.get_type().into_any().unbind(), items)
            } else {
                Form::Tuple(items)
            });
        }
        if let Ok(d) = f.cast::<PyDict>() {
            let items = d.iter().map(|(k, v)| Ok((k.unbind(), self.form(&v)?))).collect::<PyResult<_>>()?;
            return Ok(Form::Dict(f.get_type().into_any().unbind(), items));
        }
        if f.is_none() {
            let e = error!(Type, "Argument `fetch` = None has invalid type \"NoneType\". Cannot be None");
            return Err(raise(py, e.fix(FETCHABLE)));
        }
        if let Ok(m) = f.getattr(intern!(py, "_as_graph_element")) {
            return self.form(&m.call0()?);
        }
        // IndexedSlices and others that say how they are fetched.
        if let Ok(m) = f.getattr(intern!(py, "_fetch_parts")) {
            let (class, parts): (Py<PyAny>, Vec<Bound<'_, PyAny>>) = m.call0()?.extract()?;
            return Ok(Form::Class(
                class,
                parts.iter().map(|x| if x.is_none() { Ok(Form::Nothing) } else { self.form(x) }).collect::<PyResult<_>>()?,
            ));
        }
        if f.hasattr("keys")? && f.hasattr("__getitem__")? {
            let mut items = vec![];
            for k in f.call_method0("keys")?.try_iter()? {
                let k = k?;
                items.push((k.clone().unbind(), self.form(&f.get_item(&k)?)?));
            }
            return Ok(Form::Dict(f.get_type().into_any().unbind(), items));
        }
        Err(must_be(f, "type"))
    }
}

const FETCHABLE: &str = "fetch tensors or operations of the session's graph, their names such as 'x:0', or lists and dicts of these";

fn must_be(fetch: &Bound<'_, PyAny>, what: &str) -> PyErr {
    let text = fetch.str().map_or_else(|_| "?".into(), |r| r.to_string());
    let e = match what {
        "type" => {
            let class = fetch.get_type().name().map_or_else(|_| "?".into(), |r| r.to_string());
            error!(
                Type,
                "Argument `fetch` = {text} has invalid type \"{class}\" must be a string or Tensor. (Can not convert a {class} into a Tensor or Operation.)"
            )
        }
        _ => error!(Value, "Argument `fetch` = {text} cannot be interpreted as a Tensor. ({what})"),
    };
    raise(fetch.py(), e.fix(FETCHABLE))
}

/// A fetched value: an ndarray; resources and variants become their handles.
pub fn result<'py>(py: Python<'py>, t: Tensor) -> PyResult<Bound<'py, PyAny>> {
    if matches!(t.dtype(), DType::Resource | DType::Variant) {
        if let Ok(h) = t.get_object::<Handle>() {
            let text = if h.name.is_empty() { h.object.type_name() } else { &h.name };
            return Ok(PyString::new(py, text).into_any());
        }
        return Ok(crate::tensor::new_eager(py, ferroflow_runtime::Value::new(t))?.into_any());
    }
    numpy::from_tensor(py, t)
}
