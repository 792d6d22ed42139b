//! `tf.Tensor` in Rust: a base class, and its two final classes for concrete and symbolic values.
use crate::dlpack;
use crate::door::{enter, raise, work};
use crate::front;
use crate::graph::{GraphBase, Made, Operation};
use crate::numpy;
use ferroflow_graph::Endpoint;
use ferroflow_ops::HandleData;
use ferroflow_runtime::{Value, context, devices};
use ferroflow_tensor::{DType, PartialShape, Tensor};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use pyo3::{PyTraverseError, PyVisit, intern};
use std::sync::Mutex;

/// The base class `tf.Tensor`. It has no instances of its own.
#[pyclass(frozen, subclass, module = "ferroflow", name = "Tensor")]
pub struct PyTensor;

/// A concrete tensor.
#[pyclass(frozen, extends = PyTensor, weakref, dict, module = "ferroflow", name = "EagerTensor")]
pub struct EagerTensor {
    /// The value.
    pub value: Value,
    handle: Mutex<Option<Box<Holds>>>,
}

/// What a resource or variant holds. Few tensors have it, and a small object is made faster: so it is boxed.
struct Holds(HandleData);

/// An output of a node of a graph.
#[pyclass(frozen, extends = PyTensor, weakref, dict, module = "ferroflow", name = "SymbolicTensor")]
pub struct SymbolicTensor {
    /// The graph.
    pub graph: Py<GraphBase>,
    /// The endpoint.
    pub endpoint: Endpoint,
    /// Its dtype.
    pub dtype: DType,
    /// Whether it is a reference to a variable's buffer.
    pub is_ref: bool,
    /// See [`Made`].
    pub made: Made,
}

/// Wraps a value.
#[inline]
pub fn new_eager(py: Python<'_>, value: Value) -> PyResult<Bound<'_, EagerTensor>> {
    Bound::new(py, PyClassInitializer::from(PyTensor).add_subclass(EagerTensor { value, handle: Mutex::new(None) }))
}

impl EagerTensor {
    /// Dtypes and shapes of what a resource or variant holds, where they are known.
    pub fn handle(&self) -> Option<HandleData> {
        self.handle.lock().unwrap_or_else(|e| e.into_inner()).as_ref().map(|h| h.0.clone())
    }
}
impl EagerTensor {
    /// The tensor in host memory.
    pub fn near(&self, py: Python<'_>) -> PyResult<Tensor> {
        let t = &self.value.tensor;
        if t.on_host() { Ok(t.clone()) } else { work(py, f32::MAX, || t.to_host()) }
    }
    /// This tensor on the device that the scope at hand asks for, if that holds its dtype: what constants are made as.
    pub fn placed<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, Self>> {
        let (py, value) = (slf.py(), &slf.get().value);
        let wanted = context::with(|c| c.device.clone());
        let device = enter(py, || devices::for_eager(&wanted))?;
        if device.is_host() || !device.holds(value.tensor.dtype()) {
            return Ok(slf.clone());
        }
        let tensor = enter(py, || device.to_device(&value.tensor))?;
        new_eager(py, Value { tensor, ..value.clone() })
    }
}
impl SymbolicTensor {
    /// `add:0`
    pub fn name(&self, py: Python<'_>) -> PyResult<String> {
        let n = self.graph.get().graph.node(self.endpoint.node).map_err(|e| raise(py, e))?;
        Ok(n.tensor_name(self.endpoint.index as usize))
    }
}

#[pymethods]
impl EagerTensor {
    #[getter]
    fn dtype<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        front::dtype(py, self.value.tensor.dtype(), false)
    }
    #[getter]
    fn shape<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        front::shape(py, self.value.tensor.shape())
    }
    /// The sizes.
    fn _shape_tuple<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.value.tensor.shape().iter())
    }
    /// ValueError unless a shape fits the tensor's own.
    fn set_shape(&self, py: Python<'_>, shape: &Bound<'_, PyAny>) -> PyResult<()> {
        let (given, own) = (front::parse_shape(shape)?, PartialShape::from(self.value.tensor.shape().clone()));
        if given.is_compatible(&own) {
            return Ok(());
        }
        let (own, given) = (front::partial_shape(py, &own)?, front::partial_shape(py, &given)?);
        Err(PyValueError::new_err(format!("Tensor's shape {own} is not compatible with supplied shape {given}.")))
    }
    #[getter]
    fn ndim(&self) -> usize {
        self.value.tensor.shape().rank()
    }
    #[getter]
    fn _id(&self) -> u64 {
        self.value.id
    }
    #[getter]
    fn _impure(&self) -> bool {
        self.value.impure
    }
    #[getter]
    fn device(&self) -> String {
        self.value.tensor.device_memory().map_or("/job:localhost/replica:0/task:0/device:CPU:0", |(m, _)| m.device()).into()
    }
    #[getter]
    fn backing_device(&self) -> String {
        self.device()
    }
    /// What a resource or variant holds: list of (dtype, shape), or None.
    #[getter]
    fn _handle_data<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyList>>> {
        self.handle().map(|h| handle_to_py(py, &h)).transpose()
    }
    fn _set_handle_data(&self, data: Vec<(Bound<'_, PyAny>, Bound<'_, PyAny>)>) -> PyResult<()> {
        let h = handle_from_py(data)?;
        *self.handle.lock().unwrap_or_else(|e| e.into_inner()) = Some(Box::new(Holds(h)));
        Ok(())
    }
    /// The elements as an ndarray (rank 0: a NumPy scalar; a scalar string: bytes), writable and shared with nobody.
    fn numpy<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let t = &self.value.tensor;
        let t = match t.on_host() {
            true if t.dtype().is_object() => t.clone(),
            true => enter(py, || t.copy())?,
            false => self.near(py)?,
        };
        numpy::from_tensor(py, t)
    }
    #[pyo3(signature = (dtype=None, copy=None))]
    fn __array__<'py>(&self, py: Python<'py>, dtype: Option<&Bound<'py, PyAny>>, copy: Option<bool>) -> PyResult<Bound<'py, PyAny>> {
        let near = self.near(py)?;
        let a = if copy == Some(true) { self.numpy(py)? } else { numpy::view(py, &near)? };
        let a = front::NUMPY_ARRAY
            .get(py)?
            .call(
                (a,),
                Some(&{
                    let k = pyo3::types::PyDict::new(py);
                    k.set_item("copy", py.None())?;
                    k
                }),
            )
            .or_else(|_| front::NUMPY_ARRAY.get(py)?.call1((numpy::view(py, &near)?,)))?;
        match dtype {
            Some(d) => a.call_method1("astype", (d,)),
            None => Ok(a),
        }
    }
    #[pyo3(signature = (*, stream=None, max_version=None, dl_device=None, copy=None))]
    fn __dlpack__<'py>(
        &self,
        py: Python<'py>,
        stream: Option<&Bound<'py, PyAny>>,
        max_version: Option<(u32, u32)>,
        dl_device: Option<(i32, i32)>,
        copy: Option<bool>,
    ) -> PyResult<Bound<'py, PyAny>> {
        dlpack::asked(py, &self.near(py)?, stream, max_version, dl_device, copy)
    }
    fn __dlpack_device__(&self) -> (i32, i32) {
        dlpack::CPU
    }
    fn __len__(&self) -> PyResult<usize> {
        match self.value.tensor.shape().first() {
            Some(n) => Ok(*n),
            None => Err(PyTypeError::new_err("Scalar tensor has no `len()`")),
        }
    }
    fn __bool__(&self, py: Python<'_>) -> PyResult<bool> {
        self.numpy(py)?.is_truthy()
    }
    fn __int__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.numpy(py)?.call_method0("__int__")
    }
    fn __float__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.numpy(py)?.call_method0("__float__")
    }
    fn __complex__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("builtins")?.getattr("complex")?.call1((self.numpy(py)?,))
    }
    fn __index__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let t = &self.value.tensor;
        if !t.dtype().is_integer() || !t.shape().is_empty() {
            return Err(PyTypeError::new_err("only integer scalar arrays can be converted to a scalar index"));
        }
        self.numpy(py)?.call_method0("__index__")
    }
    fn __iter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        if slf.get().value.tensor.shape().is_empty() {
            return Err(PyTypeError::new_err("Cannot iterate over a scalar tensor."));
        }
        py.import(intern!(py, "ferroflow.framework.tensor_hooks"))?.call_method1(intern!(py, "iterate"), (slf,))
    }
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let py = slf.py();
        let f = py.import(intern!(py, "ferroflow.framework.tensor_hooks"))?.getattr(intern!(py, "unpickle"))?;
        let args = (slf.get().numpy(py)?, slf.get().dtype(py)?.getattr("name")?, slf.get().value.impure).into_pyobject(py)?;
        Ok((f, args))
    }
    /// The same value, marked as one that came from a variable, a random op or a stateful one.
    fn _marked_impure<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, EagerTensor>> {
        new_eager(py, Value { impure: true, ..self.value.clone() })
    }
    fn __copy__<'py>(slf: &Bound<'py, Self>) -> Bound<'py, Self> {
        slf.clone()
    }
    fn __deepcopy__<'py>(slf: &Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> PyResult<Bound<'py, EagerTensor>> {
        let v = &slf.get().value;
        let t = if v.tensor.dtype().is_object() || !v.tensor.on_host() { v.tensor.clone() } else { enter(slf.py(), || v.tensor.copy())? };
        let id = ferroflow_runtime::eager::new_id();
        new_eager(slf.py(), Value { tensor: t, id, ..v.clone() })
    }
}

fn handle_to_py<'py>(py: Python<'py>, h: &HandleData) -> PyResult<Bound<'py, PyList>> {
    let items = h.iter().map(|(d, s)| Ok((front::dtype(py, *d, false)?, front::partial_shape(py, s)?))).collect::<PyResult<Vec<_>>>()?;
    PyList::new(py, items)
}
fn handle_from_py(data: Vec<(Bound<'_, PyAny>, Bound<'_, PyAny>)>) -> PyResult<HandleData> {
    let all = data.iter().map(|(d, s)| Ok((front::parse_dtype(d)?, front::parse_shape(s)?))).collect::<PyResult<Vec<_>>>()?;
    Ok(all.into())
}

#[pymethods]
impl SymbolicTensor {
    #[getter]
    fn dtype<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        front::dtype(py, self.dtype, self.is_ref)
    }
    #[getter]
    fn shape<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let t = self.graph.get().graph.value_type(self.endpoint).map_err(|e| raise(py, e))?;
        front::partial_shape(py, &t.shape)
    }
    /// The static sizes, None for unknown ones; None for an unknown rank.
    fn _shape_tuple<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyTuple>>> {
        let t = self.graph.get().graph.value_type(self.endpoint).map_err(|e| raise(py, e))?;
        t.shape.dims().map(|sizes| PyTuple::new(py, sizes)).transpose()
    }
    /// Refines the static shape. ValueError if it contradicts what is known.
    fn set_shape(&self, py: Python<'_>, shape: &Bound<'_, PyAny>) -> PyResult<()> {
        let s = front::parse_shape(shape)?;
        self.graph.get().graph.set_shape(self.endpoint, &s).map_err(|e| raise(py, e))
    }
    #[getter(name)]
    fn get_name(&self, py: Python<'_>) -> PyResult<String> {
        self.name(py)
    }
    #[getter]
    fn op<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, Operation>> {
        GraphBase::operation(self.graph.bind(py), self.endpoint.node)
    }
    #[getter]
    fn graph<'py>(&self, py: Python<'py>) -> Bound<'py, GraphBase> {
        self.graph.bind(py).clone()
    }
    #[getter]
    fn value_index(&self) -> u32 {
        self.endpoint.index
    }
    #[getter]
    fn device(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.graph.get().graph.node(self.endpoint.node).map_err(|e| raise(py, e))?.device.to_string())
    }
    /// Operations that read this tensor.
    fn consumers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let g = self.graph.bind(py);
        let readers = g.get().graph.nodes(usize::MAX).into_iter().filter(|n| n.inputs.contains(&self.endpoint));
        PyList::new(py, readers.map(|n| GraphBase::operation(g, n.id)).collect::<PyResult<Vec<_>>>()?)
    }
    #[getter]
    fn _handle_data<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyList>>> {
        let t = self.graph.get().graph.value_type(self.endpoint).map_err(|e| raise(py, e))?;
        t.handle.map(|h| handle_to_py(py, &h)).transpose()
    }
    fn _set_handle_data(&self, py: Python<'_>, data: Vec<(Bound<'_, PyAny>, Bound<'_, PyAny>)>) -> PyResult<()> {
        let h = handle_from_py(data)?;
        self.graph.get().graph.set_handle(self.endpoint, h).map_err(|e| raise(py, e))
    }
    /// What is statically known of the value: an ndarray; with `partial`, a list with None for unknown integers; or None.
    #[pyo3(signature = (partial=false))]
    fn _static_value<'py>(&self, py: Python<'py>, partial: bool) -> PyResult<Option<Bound<'py, PyAny>>> {
        let g = &self.graph.get().graph;
        let n = g.node(self.endpoint.node).map_err(|e| raise(py, e))?;
        if &*n.op_name == "Const"
            && let Ok(t) = n.attrs.tensor("value")
        {
            return numpy::from_tensor(py, t.copy().map_err(|e| raise(py, e))?).map(Some);
        }
        let t = &n.outputs[self.endpoint.index as usize];
        let Some(v) = &t.value else { return Ok(None) };
        if let Some(t) = v.tensor(t.dtype) {
            return numpy::from_tensor(py, t.copy().map_err(|e| raise(py, e))?).map(Some);
        }
        match v.ints() {
            Some(v) if partial => Ok(Some(PyList::new(py, v)?.into_any())),
            _ => Ok(None),
        }
    }
    #[pyo3(signature = (*_args, **_options))]
    fn __array__(&self, py: Python<'_>, _args: &Bound<'_, PyTuple>, _options: Option<&Bound<'_, PyDict>>) -> PyResult<()> {
        let name = self.name(py)?;
        Err(pyo3::exceptions::PyNotImplementedError::new_err(format!(
            "Cannot convert a symbolic tf.Tensor ({name}) to a numpy array. This error may indicate that you're trying to pass a Tensor to a NumPy call, which is not supported."
        )))
    }
    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        let name = self.name(py)?;
        Err(PyTypeError::new_err(format!(
            "len is not well defined for a symbolic Tensor ({name}). Please call `x.shape` rather than `len(x)` for shape information."
        )))
    }
    fn __bool__(&self, py: Python<'_>) -> PyResult<bool> {
        py.import("ferroflow.framework.symbolic_use")?.call_method0("as_condition")?;
        Ok(false)
    }
    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("ferroflow.framework.symbolic_use")?.call_method0("as_iterable")
    }
    fn __int__(&self, py: Python<'_>) -> PyResult<i64> {
        Err(PyTypeError::new_err(format!("the symbolic tensor '{}' has no value before it is run", self.name(py)?)))
    }
    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        if self.made.is() { visit.call(&self.graph) } else { Ok(()) }
    }
}

/// Attaches a Python function as a method of a tensor class ("Tensor", "EagerTensor", "SymbolicTensor" or "Operation").
#[pyfunction]
pub fn add_method(py: Python<'_>, class: &str, name: &str, function: &Bound<'_, PyAny>) -> PyResult<()> {
    let ty = match class {
        "Tensor" => py.get_type::<PyTensor>(),
        "EagerTensor" => py.get_type::<EagerTensor>(),
        "SymbolicTensor" => py.get_type::<SymbolicTensor>(),
        "Operation" => py.get_type::<Operation>(),
        _ => return Err(PyValueError::new_err(format!("no class {class}"))),
    };
    ty.setattr(name, function)
}
