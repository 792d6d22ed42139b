//! The operators of tensors: which op each runs, by the dtype of its operands.
use crate::context::{executing_eagerly_outside_functions, plain_eager};
use crate::door::raise;
use crate::front::{self, GETITEM, TO_REPR, TO_STR};
use crate::graph::scoped;
use crate::op::{self, Scope};
use crate::tensor::{EagerTensor, PyTensor, SymbolicTensor};
use ferroflow_ops::OpDef;
use ferroflow_tensor::DType;
use pyo3::basic::CompareOp;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use std::sync::OnceLock;

/// A Python operator: its op by kind of dtype.
enum Binary {
    Add,
    Sub,
    Mul,
    TrueDiv,
    FloorDiv,
    Mod,
    Pow,
    MatMul,
    And,
    Or,
    Xor,
}
fn known(name: &'static str, cell: &'static OnceLock<&'static OpDef>) -> PyResult<&'static OpDef> {
    if let Some(o) = cell.get() {
        return Ok(o);
    }
    let o = Python::attach(|py| ferroflow_ops::op(name).map_err(|e| raise(py, e)))?;
    Ok(cell.get_or_init(|| o))
}
macro_rules! def {
    ($name:literal) => {{
        static CELL: OnceLock<&'static OpDef> = OnceLock::new();
        known($name, &CELL)
    }};
}

pub fn dtype_of(t: &Bound<'_, PyAny>) -> Option<DType> {
    match t.cast_exact::<EagerTensor>() {
        Ok(t) => Some(t.get().value.tensor.dtype()),
        Err(_) => t.cast_exact::<SymbolicTensor>().ok().map(|t| t.get().dtype),
    }
}

impl Binary {
    fn op(&self, d: DType) -> PyResult<&'static OpDef> {
        let logical = d == DType::Bool;
        match self {
            Binary::Add if d == DType::String => def!("Add"),
            Binary::Add => def!("AddV2"),
            Binary::Sub => def!("Sub"),
            Binary::Mul => def!("Mul"),
            Binary::TrueDiv => def!("RealDiv"),
            Binary::FloorDiv => def!("FloorDiv"),
            Binary::Mod => def!("FloorMod"),
            Binary::Pow => def!("Pow"),
            Binary::MatMul => def!("BatchMatMulV2"),
            Binary::And if logical => def!("LogicalAnd"),
            Binary::Or if logical => def!("LogicalOr"),
            Binary::Xor if logical => def!("NotEqual"),
            Binary::And => def!("BitwiseAnd"),
            Binary::Or => def!("BitwiseOr"),
            Binary::Xor => def!("BitwiseXor"),
        }
    }
    /// The stem of the names of its nodes.
    fn stem(&self) -> &'static str {
        match self {
            Binary::Add => "add",
            Binary::Sub => "sub",
            Binary::Mul => "mul",
            Binary::TrueDiv => "truediv",
            Binary::FloorDiv => "floordiv",
            Binary::Mod => "mod",
            Binary::Pow => "pow",
            Binary::MatMul => "matmul",
            Binary::And => "and",
            Binary::Or => "or",
            Binary::Xor => "xor",
        }
    }
    fn reflected(&self) -> &'static str {
        match self {
            Binary::Add => "__radd__",
            Binary::Sub => "__rsub__",
            Binary::Mul => "__rmul__",
            Binary::TrueDiv => "__rtruediv__",
            Binary::FloorDiv => "__rfloordiv__",
            Binary::Mod => "__rmod__",
            Binary::Pow => "__rpow__",
            Binary::MatMul => "__rmatmul__",
            Binary::And => "__rand__",
            Binary::Or => "__ror__",
            Binary::Xor => "__rxor__",
        }
    }
    /// `x op y`, or `y op x` if `swapped`, where `x` is the tensor. What the operand's own class makes of the tensor counts
    /// where it cannot become one.
    #[inline]
    fn apply<'py>(&self, x: &Bound<'py, PyAny>, y: &Bound<'py, PyAny>, swapped: bool) -> PyResult<Bound<'py, PyAny>> {
        if matches!(self, Binary::Add | Binary::Sub | Binary::Mul)
            && !swapped
            && let (Ok(a), Ok(b)) = (x.cast_exact::<EagerTensor>(), y.cast_exact::<EagerTensor>())
        {
            let op = self.op(a.get().value.tensor.dtype())?;
            return match op::concrete(x.py(), op, a.get(), b.get()) {
                Some(done) => done,
                None => op::binary(x.py(), op, x, y, Some(self.stem())),
            };
        }
        match self.of_tensors(x, y, swapped) {
            Err(e) if !swapped => self.of_operand(x, y, e),
            done => done,
        }
    }
    #[cold]
    fn of_operand<'py>(&self, x: &Bound<'py, PyAny>, y: &Bound<'py, PyAny>, e: PyErr) -> PyResult<Bound<'py, PyAny>> {
        let py = x.py();
        let numbers = builtin(y) || crate::numpy::is_array(y) || crate::numpy::is_scalar(y);
        if dtype_of(y).is_some() || numbers || !(e.is_instance_of::<PyTypeError>(py) || e.is_instance_of::<PyValueError>(py)) {
            return Err(e);
        }
        let Ok(own) = y.getattr(self.reflected()) else { return Err(e) };
        let made = own.call1((x,))?;
        if made.is(py.NotImplemented()) { Err(e) } else { Ok(made) }
    }
    #[inline]
    fn of_tensors<'py>(&self, x: &Bound<'py, PyAny>, y: &Bound<'py, PyAny>, swapped: bool) -> PyResult<Bound<'py, PyAny>> {
        let symbolic = x.cast_exact::<SymbolicTensor>().is_ok() || y.cast_exact::<SymbolicTensor>().is_ok();
        if (symbolic || !plain_eager())
            && !matches!(self, Binary::MatMul)
            && let Some(g) = crate::context::target_graph(x.py())?
        {
            // All nodes of an operator are named within its own name.
            let name = g.get().graph.unique_name(&scoped(self.stem()), true);
            let _scope = Scope::enter(&name);
            return self.converted(x, y, swapped, "", &(name + "/"));
        }
        let within = if symbolic { format!("{}/", self.stem()) } else { String::new() };
        self.converted(x, y, swapped, &within, self.stem())
    }
    /// `name` is that of the result's node, `within` what the names of constants begin with.
    #[inline]
    fn converted<'py>(
        &self,
        x: &Bound<'py, PyAny>,
        y: &Bound<'py, PyAny>,
        swapped: bool,
        within: &str,
        name: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let d = dtype_of(x).unwrap_or(DType::Float);
        if dtype_of(y).is_none() {
            let product = !swapped && matches!(self, Binary::Mul) && d == DType::Bool;
            // The dtype of the tensor is a must, but for operators that say themselves what does not fit.
            let must = !product && (swapped || !matches!(self, Binary::Add | Binary::TrueDiv | Binary::MatMul));
            // A number beside a tensor in a graph becomes a constant named after the op, which `op::binary` does.
            let several = swapped && matches!(self, Binary::And | Binary::Or | Binary::Xor | Binary::Mul) && d != DType::Float;
            let named_later = builtin(y) && !product && !several && !matches!(self, Binary::TrueDiv | Binary::MatMul);
            if !(named_later && (name.ends_with('/') || x.cast_exact::<SymbolicTensor>().is_ok())) {
                let part = format!("{within}{}", if swapped { "x" } else { "y" });
                return self.run(d, x, &crate::convert::convert_operand(y, x, must, &part)?, swapped, name);
            }
        }
        match self.run(d, x, y, swapped, name) {
            Err(e) if (swapped || matches!(self, Binary::Add)) && dtype_of(y).is_none() && e.is_instance_of::<PyTypeError>(x.py()) => {
                // The operand itself is to blame, or what it is without the other one's dtype.
                self.run(d, x, &crate::convert::convert_operand(y, x, swapped, if swapped { "x" } else { "y" })?, swapped, name)
            }
            done => done,
        }
    }
    #[inline]
    fn run<'py>(&self, d: DType, x: &Bound<'py, PyAny>, y: &Bound<'py, PyAny>, swapped: bool, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let py = x.py();
        let (a, b) = if swapped { (y, x) } else { (x, y) };
        let in_scope = name.ends_with('/');
        let name = Some(name);
        match self {
            Binary::TrueDiv if d.is_integer() || dtype_of(y) != Some(d) => {
                let to =
                    if matches!(d, DType::Int32 | DType::Int64 | DType::UInt32 | DType::UInt64) { DType::Double } else { DType::Float };
                if dtype_of(a) != dtype_of(b) {
                    let of = |t| front::dtype(py, dtype_of(t).unwrap_or(DType::Float), false)?.repr();
                    return Err(PyTypeError::new_err(format!("`x` and `y` must have the same dtype, got {} != {}.", of(a)?, of(b)?)));
                }
                op::binary(py, self.op(d)?, &cast(a, to)?, &cast(b, to)?, name)
            }
            Binary::TrueDiv if matches!(d, DType::Bool | DType::String) => Err(PyTypeError::new_err(format!(
                "Invalid dtype {} in __truediv__. Expected one of {{tf.uint8, tf.int8, tf.uint16, tf.int16, tf.uint32, tf.int32, tf.uint64, tf.int64, tf.bfloat16, tf.float16, tf.float32, tf.float64, tf.complex64, tf.complex128}}.",
                front::dtype(py, d, false)?.repr()?
            ))),
            // A product with a truth value is a conjunction; a graph shows TensorFlow's nodes for it.
            Binary::Mul if in_scope && (d == DType::Bool || dtype_of(y) == Some(DType::Bool)) => {
                let product = op::binary(py, self.op(d)?, &cast(a, DType::Int32)?, &cast(b, DType::Int32)?, name)?;
                cast(&product, DType::Bool)
            }
            Binary::Mul if d == DType::Bool || dtype_of(y) == Some(DType::Bool) => {
                op::binary(py, def!("LogicalAnd")?, &cast(a, DType::Bool)?, &cast(b, DType::Bool)?, name)
            }
            Binary::Xor if in_scope && d == DType::Bool => {
                let (some, both) = (op::binary(py, def!("LogicalOr")?, a, b, None)?, op::binary(py, def!("LogicalAnd")?, a, b, None)?);
                op::binary(py, def!("LogicalAnd")?, &some, &op::unary(py, def!("LogicalNot")?, &both, None)?, name)
            }
            Binary::And | Binary::Or | Binary::Xor if in_scope && d != DType::Bool => op::binary(py, self.op(d)?, a, b, None),
            Binary::MatMul => py.import(intern!(py, "ferroflow.framework.tensor_hooks"))?.call_method1(intern!(py, "matmul"), (a, b)),
            _ => op::binary(py, self.op(d)?, a, b, name),
        }
    }
}
/// Whether a number, string or list of Python's own.
fn builtin(o: &Bound<'_, PyAny>) -> bool {
    crate::literal::is_sequence(o)
        || o.is_instance_of::<pyo3::types::PyInt>()
        || o.is_instance_of::<pyo3::types::PyFloat>()
        || o.is_instance_of::<pyo3::types::PyString>()
}

/// The sum of two tensors by `tf.add`; None unless both are tensors.
#[pyfunction]
#[pyo3(signature = (x, y, name=None))]
pub fn add_tensors<'py>(
    py: Python<'py>,
    x: &Bound<'py, PyAny>,
    y: &Bound<'py, PyAny>,
    name: Option<&str>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    match (dtype_of(x), dtype_of(y)) {
        (Some(d), Some(_)) => op::binary(py, Binary::Add.op(d)?, x, y, name.filter(|n| !n.is_empty()).or(Some("Add"))).map(Some),
        _ => Ok(None),
    }
}

/// A cast to a dtype.
pub fn cast<'py>(x: &Bound<'py, PyAny>, to: DType) -> PyResult<Bound<'py, PyAny>> {
    let py = x.py();
    let attrs = PyTuple::new(py, [front::dtype(py, to, false)?, false.into_pyobject(py)?.to_owned().into_any()])?;
    op::run(py, def!("Cast")?, &PyTuple::new(py, [x])?, &attrs, None)
}

#[pymethods]
impl PyTensor {
    fn __add__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Binary::Add.apply(slf.as_any(), other, false)
    }
    fn __radd__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Binary::Add.apply(slf.as_any(), other, true)
    }
    fn __sub__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Binary::Sub.apply(slf.as_any(), other, false)
    }
    fn __rsub__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Binary::Sub.apply(slf.as_any(), other, true)
    }
    fn __mul__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Binary::Mul.apply(slf.as_any(), other, false)
    }
    fn __rmul__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Binary::Mul.apply(slf.as_any(), other, true)
    }
    fn __truediv__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Binary::TrueDiv.apply(slf.as_any(), other, false)
    }
    fn __rtruediv__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Binary::TrueDiv.apply(slf.as_any(), other, true)
    }
    fn __floordiv__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Binary::FloorDiv.apply(slf.as_any(), other, false)
    }
    fn __rfloordiv__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Binary::FloorDiv.apply(slf.as_any(), other, true)
    }
    fn __mod__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Binary::Mod.apply(slf.as_any(), other, false)
    }
    fn __rmod__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Binary::Mod.apply(slf.as_any(), other, true)
    }
    fn __matmul__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Binary::MatMul.apply(slf.as_any(), other, false)
    }
    fn __rmatmul__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Binary::MatMul.apply(slf.as_any(), other, true)
    }
    fn __and__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Binary::And.apply(slf.as_any(), other, false)
    }
    fn __rand__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Binary::And.apply(slf.as_any(), other, true)
    }
    fn __or__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Binary::Or.apply(slf.as_any(), other, false)
    }
    fn __ror__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Binary::Or.apply(slf.as_any(), other, true)
    }
    fn __xor__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Binary::Xor.apply(slf.as_any(), other, false)
    }
    fn __rxor__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Binary::Xor.apply(slf.as_any(), other, true)
    }
    fn __pow__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>, _modulo: Option<&Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
        Binary::Pow.apply(slf.as_any(), other, false)
    }
    fn __rpow__<'py>(
        slf: &Bound<'py, Self>,
        other: &Bound<'py, PyAny>,
        _modulo: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        Binary::Pow.apply(slf.as_any(), other, true)
    }
    fn __neg__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        op::unary(slf.py(), def!("Neg")?, slf.as_any(), None)
    }
    fn __pos__<'py>(slf: &Bound<'py, Self>) -> Bound<'py, PyAny> {
        slf.as_any().clone()
    }
    fn __abs__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let complex = dtype_of(slf.as_any()).is_some_and(|d| d.is_complex());
        if complex {
            let d = dtype_of(slf.as_any()).unwrap_or(DType::Complex64).real();
            let attrs = PyTuple::new(slf.py(), [front::dtype(slf.py(), d, false)?])?;
            return op::run(slf.py(), def!("ComplexAbs")?, &PyTuple::new(slf.py(), [slf])?, &attrs, None);
        }
        op::unary(slf.py(), def!("Abs")?, slf.as_any(), None)
    }
    fn __invert__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let logical = dtype_of(slf.as_any()) == Some(DType::Bool);
        op::unary(slf.py(), if logical { def!("LogicalNot")? } else { def!("Invert")? }, slf.as_any(), None)
    }
    fn __richcmp__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>, how: CompareOp) -> PyResult<Bound<'py, PyAny>> {
        compare(slf, other, how)
    }
    fn __hash__(slf: &Bound<'_, Self>) -> PyResult<isize> {
        hash(slf)
    }
    fn __getitem__<'py>(slf: &Bound<'py, Self>, spec: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        GETITEM.get(slf.py())?.call1((slf, spec))
    }
    #[classattr]
    fn __array_priority__() -> i32 {
        100
    }
    fn __str__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        TO_STR.get(slf.py())?.call1((slf,))
    }
    fn __repr__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        TO_REPR.get(slf.py())?.call1((slf,))
    }
}

/// Whether `hash` goes by identity, and `==` too: symbolic tensors of plain graphs.
fn by_identity(t: &Bound<'_, PyAny>) -> bool {
    t.cast_exact::<SymbolicTensor>().is_ok_and(|s| !s.get().graph.get().is_function())
}

fn compare<'py>(slf: &Bound<'py, PyTensor>, other: &Bound<'py, PyAny>, how: CompareOp) -> PyResult<Bound<'py, PyAny>> {
    let py = slf.py();
    let x = slf.as_any();
    let def = match how {
        CompareOp::Lt => def!("Less")?,
        CompareOp::Le => def!("LessEqual")?,
        CompareOp::Gt => def!("Greater")?,
        CompareOp::Ge => def!("GreaterEqual")?,
        CompareOp::Eq | CompareOp::Ne => {
            let equal = matches!(how, CompareOp::Eq);
            if by_identity(x) || by_identity(other) || !executing_eagerly_outside_functions(py)? {
                return Ok((x.is(other) == equal).into_pyobject(py)?.to_owned().into_any());
            }
            if other.is_none() {
                return Ok((!equal).into_pyobject(py)?.to_owned().into_any());
            }
            return py.import(intern!(py, "ferroflow.framework.tensor_hooks"))?.call_method1(intern!(py, "equal"), (x, other, equal));
        }
    };
    let named_later = builtin(other) && (x.cast_exact::<SymbolicTensor>().is_ok() || !plain_eager());
    let y = if named_later || dtype_of(other).is_some() { other.clone() } else { crate::convert::convert_operand(other, x, true, "y")? };
    op::binary(py, def, x, &y, None)
}

fn hash(slf: &Bound<'_, PyTensor>) -> PyResult<isize> {
    if by_identity(slf.as_any()) {
        return Ok((slf.as_ptr() as isize) >> 4);
    }
    Err(PyTypeError::new_err("Tensor is unhashable. Instead, use tensor.ref() as the key."))
}
