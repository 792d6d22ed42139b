//! The Python classes that Rust makes instances of: dtypes, shapes, errors. Looked up once, when first needed.
use ferroflow_tensor::{DType, PartialShape, Shape};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyTuple, PyType};
use pyo3::{Py, intern};

/// An attribute of a module of the Python package, kept after the first look-up.
pub struct Lazy {
    module: &'static str,
    name: &'static str,
    cell: PyOnceLock<Py<PyAny>>,
}
impl Lazy {
    /// `module.name`, looked up at the first use.
    pub const fn new(module: &'static str, name: &'static str) -> Lazy {
        Lazy { module, name, cell: PyOnceLock::new() }
    }
    /// The object.
    pub fn get<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyAny>> {
        self.cell.get_or_try_init(py, || Ok::<_, PyErr>(py.import(self.module)?.getattr(self.name)?.unbind())).map(|o| o.bind(py))
    }
}

static TENSOR_SHAPE: Lazy = Lazy::new("ferroflow.framework.tensor_shape", "TensorShape");
static AS_DTYPE: Lazy = Lazy::new("ferroflow.framework.dtypes", "as_dtype");
/// `from_code(code, message)` makes the exception of a status code.
pub static FROM_CODE: Lazy = Lazy::new("ferroflow.framework.errors", "from_code");
/// The slow path of conversion: `slow_convert(value, dtype, name)`.
pub static SLOW_CONVERT: Lazy = Lazy::new("ferroflow.framework.convert", "slow_convert");
/// `graph_array(value, dtype)`: the array of the constant that a value becomes in a graph.
pub static GRAPH_ARRAY: Lazy = Lazy::new("ferroflow.framework.tensor_proto", "constant_array");
/// `to_str(tensor)` and `to_repr(tensor)`.
pub static TO_STR: Lazy = Lazy::new("ferroflow.framework.tensor_format", "to_str");
/// See [`TO_STR`].
pub static TO_REPR: Lazy = Lazy::new("ferroflow.framework.tensor_format", "to_repr");
/// `slice_tensor(tensor, spec)`.
pub static GETITEM: Lazy = Lazy::new("ferroflow.framework.tensor_hooks", "getitem");
/// TensorFlow 1's class of one size of a shape.
pub static DIMENSION: Lazy = Lazy::new("ferroflow.framework.tensor_shape", "Dimension");
/// NumPy.
pub static NUMPY_ARRAY: Lazy = Lazy::new("numpy", "array");
/// NumPy's way to a plain C-contiguous array.
pub static NUMPY_REQUIRE: Lazy = Lazy::new("numpy", "require");

/// The Python DType of a dtype (its reference twin if `is_ref`).
pub fn dtype<'py>(py: Python<'py>, d: DType, is_ref: bool) -> PyResult<Bound<'py, PyAny>> {
    static KNOWN: [PyOnceLock<Py<PyAny>>; 64] = [const { PyOnceLock::new() }; 64];
    let number = d.number();
    let make = || Ok::<_, PyErr>(AS_DTYPE.get(py)?.call1((number,))?.unbind());
    if is_ref {
        return AS_DTYPE.get(py)?.call1((number + 100,));
    }
    Ok(KNOWN[number as usize].get_or_try_init(py, make)?.bind(py).clone())
}

/// The dtype that a Python object names: a DType, a NumPy type, a string. TypeError as `as_dtype` raises it.
pub fn parse_dtype(o: &Bound<'_, PyAny>) -> PyResult<DType> {
    let py = o.py();
    let number = match o.getattr(intern!(py, "as_datatype_enum")) {
        Ok(n) => n,
        Err(_) => AS_DTYPE.get(py)?.call1((o,))?.getattr(intern!(py, "as_datatype_enum"))?,
    };
    let number: i32 = number.extract()?;
    DType::from_number(number).ok_or_else(|| pyo3::exceptions::PyTypeError::new_err(format!("no dtype has number {number}")))
}

/// A TensorShape of known sizes.
pub fn shape<'py>(py: Python<'py>, s: &Shape) -> PyResult<Bound<'py, PyAny>> {
    TENSOR_SHAPE.get(py)?.call1((PyTuple::new(py, s.iter())?,))
}
/// A TensorShape, possibly unknown in part.
pub fn partial_shape<'py>(py: Python<'py>, s: &PartialShape) -> PyResult<Bound<'py, PyAny>> {
    match s.dims() {
        None => TENSOR_SHAPE.get(py)?.call1((py.None(),)),
        Some(d) => TENSOR_SHAPE.get(py)?.call1((PyTuple::new(py, d)?,)),
    }
}
/// The shape that a Python object means: None, a TensorShape, a sequence of sizes, a number.
pub fn parse_shape(o: &Bound<'_, PyAny>) -> PyResult<PartialShape> {
    let py = o.py();
    if o.is_none() {
        return Ok(PartialShape::UNKNOWN);
    }
    let ts = TENSOR_SHAPE.get(py)?;
    let o = if o.is_instance(ts.cast::<PyType>()?)? { o.clone() } else { ts.call1((o,))? };
    if o.getattr(intern!(py, "rank"))?.is_none() {
        return Ok(PartialShape::UNKNOWN);
    }
    let dims: Vec<Option<i64>> = o.call_method0(intern!(py, "as_list"))?.extract()?;
    Ok(PartialShape::new(dims.into_iter().map(|d| d.and_then(|d| usize::try_from(d).ok())).collect()))
}
