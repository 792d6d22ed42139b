//! Python numbers, strings and nested lists of them as tensors, with TensorFlow's dtype rules.
use crate::door::raise;
use crate::front::NUMPY_ARRAY;
use crate::numpy;
use ferroflow_ops::build::scalar;
use ferroflow_tensor::{BF16, C64, C128, DType, F16, Str, Tensor};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyComplex, PyFloat, PyInt, PyList, PyString, PyTuple};

/// A Python number or string.
#[derive(Clone, Debug)]
pub enum Leaf {
    /// bool
    Bool(bool),
    /// int that fits into 64 bits, signed
    Int(i64),
    /// int that needs the 64th bit
    Unsigned(u64),
    /// float
    Float(f64),
    /// complex
    Complex(f64, f64),
    /// str (as UTF-8) or bytes
    Text(Str),
}

/// The leaf that an object of one of Python's own types is; None for other types. OverflowError beyond 64 bits.
pub fn leaf(o: &Bound<'_, PyAny>) -> PyResult<Option<Leaf>> {
    if let Ok(f) = o.cast_exact::<PyFloat>() {
        return Ok(Some(Leaf::Float(f.value())));
    }
    if let Ok(b) = o.cast_exact::<PyBool>() {
        return Ok(Some(Leaf::Bool(b.is_true())));
    }
    if o.is_exact_instance_of::<PyInt>() {
        if let Ok(i) = o.extract::<i64>() {
            return Ok(Some(Leaf::Int(i)));
        }
        return match o.extract::<u64>() {
            Ok(u) => Ok(Some(Leaf::Unsigned(u))),
            Err(_) => Err(PyValueError::new_err("Can't convert Python sequence with out-of-range integer to Tensor.")),
        };
    }
    if o.is_exact_instance_of::<PyString>() || o.is_exact_instance_of::<PyBytes>() {
        return Ok(Some(Leaf::Text(numpy::string(o)?)));
    }
    if let Ok(c) = o.cast_exact::<PyComplex>() {
        use pyo3::types::PyComplexMethods;
        return Ok(Some(Leaf::Complex(c.real(), c.imag())));
    }
    Ok(None)
}

impl Leaf {
    /// The dtype that TensorFlow gives a Python value without context.
    pub fn dtype(&self) -> DType {
        match self {
            Leaf::Bool(_) => DType::Bool,
            Leaf::Int(i) if i32::try_from(*i).is_ok() => DType::Int32,
            Leaf::Int(_) => DType::Int64,
            Leaf::Unsigned(_) => DType::UInt64,
            Leaf::Float(_) => DType::Float,
            Leaf::Complex(..) => DType::Complex128,
            Leaf::Text(_) => DType::String,
        }
    }
    fn show(&self) -> String {
        match self {
            Leaf::Bool(b) => {
                if *b {
                    "True".into()
                } else {
                    "False".into()
                }
            }
            Leaf::Int(i) => i.to_string(),
            Leaf::Unsigned(u) => u.to_string(),
            Leaf::Float(f) => {
                if f.fract() == 0.0 && f.abs() < 1e16 {
                    format!("{f:.1}")
                } else {
                    f.to_string()
                }
            }
            Leaf::Complex(r, i) => format!("({r}+{i}j)"),
            Leaf::Text(s) => format!("'{}'", String::from_utf8_lossy(s)),
        }
    }
    /// Whether the value can be given this dtype without changing its kind.
    fn fits(&self, d: DType) -> bool {
        match self {
            Leaf::Bool(_) => d == DType::Bool,
            Leaf::Int(i) => in_range(*i, d) || d.is_differentiable(),
            Leaf::Unsigned(_) => d == DType::UInt64 || d.is_differentiable(),
            Leaf::Float(_) => d.is_floating() || d.is_complex(),
            Leaf::Complex(..) => d.is_complex(),
            Leaf::Text(_) => d == DType::String,
        }
    }
    fn real(&self) -> f64 {
        match self {
            Leaf::Bool(b) => f64::from(u8::from(*b)),
            Leaf::Int(i) => *i as f64,
            Leaf::Unsigned(u) => *u as f64,
            Leaf::Float(f) => *f,
            Leaf::Complex(r, _) => *r,
            Leaf::Text(_) => 0.0,
        }
    }
    fn imag(&self) -> f64 {
        if let Leaf::Complex(_, i) = self { *i } else { 0.0 }
    }
    fn int(&self) -> i64 {
        match self {
            Leaf::Int(i) => *i,
            Leaf::Unsigned(u) => *u as i64,
            other => other.real() as i64,
        }
    }
}

fn in_range(i: i64, d: DType) -> bool {
    match d {
        DType::Int8 | DType::QInt8 => i8::try_from(i).is_ok(),
        DType::Int16 | DType::QInt16 => i16::try_from(i).is_ok(),
        DType::Int32 | DType::QInt32 => i32::try_from(i).is_ok(),
        DType::UInt8 | DType::QUInt8 => u8::try_from(i).is_ok(),
        DType::UInt16 | DType::QUInt16 => u16::try_from(i).is_ok(),
        DType::UInt32 => u32::try_from(i).is_ok(),
        DType::UInt64 => i >= 0,
        DType::Int64 => true,
        _ => false,
    }
}

fn refuse(l: &Leaf, d: DType) -> PyErr {
    if matches!(l, Leaf::Int(_) | Leaf::Unsigned(_)) && d.is_integer() {
        return PyTypeError::new_err(format!("Cannot convert {} to EagerTensor of dtype {}", l.show(), d.name()));
    }
    let name = if d == DType::Float {
        "float"
    } else if d == DType::Double {
        "double"
    } else {
        d.name()
    };
    PyTypeError::new_err(format!("Cannot convert {} to EagerTensor of dtype {name}", l.show()))
}

/// A scalar, quick for the common dtypes.
#[inline]
pub fn scalar_of(l: &Leaf, want: Option<DType>) -> PyResult<Tensor> {
    let d = want.unwrap_or_else(|| l.dtype());
    if !l.fits(d) {
        return Err(refuse(l, d));
    }
    Ok(match (l, d) {
        (Leaf::Text(s), _) => Tensor::string(s),
        (Leaf::Float(f), DType::Float) => Tensor::scalar(*f as f32),
        (Leaf::Int(i), DType::Int32) => Tensor::scalar(*i as i32),
        (Leaf::Int(i), DType::Int64) => Tensor::scalar(*i),
        (Leaf::Int(_) | Leaf::Unsigned(_), DType::UInt64) => Tensor::scalar(l.int() as u64),
        (Leaf::Complex(r, i), DType::Complex64) => Tensor::scalar(C64::new(*r as f32, *i as f32)),
        (Leaf::Complex(r, i), DType::Complex128) => Tensor::scalar(C128::new(*r, *i)),
        _ => match scalar(d, l.real()) {
            Some(t) => t,
            None => return Err(refuse(l, d)),
        },
    })
}

/// What is found in nested sequences.
struct Nested<'py> {
    dims: Vec<usize>,
    leaves: Vec<Bound<'py, PyAny>>,
}

/// Whether an object is a list or tuple.
pub fn is_sequence(o: &Bound<'_, PyAny>) -> bool {
    o.is_instance_of::<PyList>() || o.is_instance_of::<PyTuple>()
}
fn items<'py>(o: &Bound<'py, PyAny>) -> Vec<Bound<'py, PyAny>> {
    match (o.cast::<PyList>(), o.cast::<PyTuple>()) {
        (Ok(l), _) => l.iter().collect(),
        (_, Ok(t)) => t.iter().collect(),
        _ => vec![],
    }
}
const DEEPEST: usize = 64;

fn flatten<'py>(o: &Bound<'py, PyAny>, depth: usize, out: &mut Nested<'py>) -> PyResult<()> {
    if depth > DEEPEST {
        return Err(PyValueError::new_err("Attempting to convert a Python sequence that is nested too deeply to a Tensor."));
    }
    if !is_sequence(o) {
        if out.dims.len() != depth && !(out.leaves.is_empty() && out.dims.len() == depth) {
            return Err(ragged());
        }
        out.leaves.push(o.clone());
        return Ok(());
    }
    let items = items(o);
    if out.dims.len() == depth {
        if !out.leaves.is_empty() {
            return Err(ragged());
        }
        out.dims.push(items.len());
    } else if out.dims[depth] != items.len() {
        return Err(ragged());
    }
    items.iter().try_for_each(|x| flatten(x, depth + 1, out))
}
fn ragged() -> PyErr {
    PyValueError::new_err("Can't convert non-rectangular Python sequence to Tensor.")
}

/// A nested list or tuple of numbers or strings as a tensor. ValueError if it is not rectangular; TypeError if the elements do
/// not fit `want` or each other. Elements that are not Python's own go through NumPy.
pub fn sequence(o: &Bound<'_, PyAny>, want: Option<DType>) -> PyResult<Tensor> {
    let mut n = Nested { dims: vec![], leaves: vec![] };
    flatten(o, 0, &mut n)?;
    let mut leaves = Vec::with_capacity(n.leaves.len());
    for l in &n.leaves {
        match leaf(l)? {
            Some(l) => leaves.push(l),
            None => return through_numpy(o, l, want),
        }
    }
    let d = match want {
        Some(d) => d,
        None => common(&leaves)?,
    };
    if let Some(bad) = leaves.iter().find(|l| !l.fits(d)) {
        return Err(refuse(bad, d));
    }
    fill(&leaves, d, &n.dims)
}

fn through_numpy(o: &Bound<'_, PyAny>, odd: &Bound<'_, PyAny>, want: Option<DType>) -> PyResult<Tensor> {
    let py = o.py();
    if odd.is_none() {
        return Err(PyValueError::new_err("Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a Tensor."));
    }
    if !odd.hasattr("dtype")? && !odd.hasattr("__array__")? && !odd.hasattr("__float__")? && !odd.hasattr("__index__")? {
        return Err(PyValueError::new_err(format!(
            "Attempt to convert a value ({}) with an unsupported type ({}) to a Tensor.",
            odd.repr()?,
            odd.get_type().repr()?
        )));
    }
    let a = NUMPY_ARRAY.get(py)?.call1((o,))?;
    let t = numpy::to_tensor(&a)?;
    adapt(t, want, o)
}

/// A tensor that came from NumPy, brought to the wanted dtype if TensorFlow counts the two as compatible.
pub fn adapt(t: Tensor, want: Option<DType>, from: &Bound<'_, PyAny>) -> PyResult<Tensor> {
    let Some(want) = want else { return Ok(t) };
    let have = t.dtype();
    if have == want {
        return Ok(t);
    }
    let ok = (want.is_integer() || want.is_quantized()) && have.is_integer()
        || want.is_floating() && (have.is_floating() || have.is_integer())
        || want.is_complex() && (have.is_complex() || have.is_floating() || have.is_integer());
    if !ok {
        return Err(PyTypeError::new_err(format!("Cannot convert {} to EagerTensor of dtype {}", from.str()?, want.signature_name())));
    }
    let py = from.py();
    let cast = ferroflow_ops::op("Cast").map_err(|e| raise(py, e))?;
    let attrs = ferroflow_ops::Attrs::of(&[("DstT", want.into())]);
    let out = ferroflow_runtime::eager::execute(cast, &[&t], attrs, None, &std::sync::Arc::default()).map_err(|e| raise(py, e))?;
    Ok(out.into_iter().next().unwrap_or_default())
}

fn common(leaves: &[Leaf]) -> PyResult<DType> {
    let Some(first) = leaves.first() else { return Ok(DType::Float) };
    let mut d = first.dtype();
    for l in &leaves[1..] {
        let e = l.dtype();
        d = match (d, e) {
            (a, b) if a == b => a,
            (DType::Int32, DType::Int64) | (DType::Int64, DType::Int32) => DType::Int64,
            (DType::Float, DType::Int32 | DType::Int64) | (DType::Int32 | DType::Int64, DType::Float) => DType::Float,
            (DType::Complex128, DType::Int32 | DType::Int64 | DType::Float)
            | (DType::Int32 | DType::Int64 | DType::Float, DType::Complex128) => DType::Complex128,
            (DType::UInt64, DType::Int32 | DType::Int64) | (DType::Int32 | DType::Int64, DType::UInt64) => DType::UInt64,
            _ => {
                let kind = |d: DType| match d {
                    DType::String => "a Tensor of type string",
                    DType::Bool => "bool",
                    DType::Float => "float",
                    _ => "int",
                };
                return Err(PyValueError::new_err(format!(
                    "Can't convert Python sequence with mixed types to Tensor. ({} and {})",
                    kind(d),
                    kind(e)
                )));
            }
        };
    }
    Ok(d)
}

fn fill(leaves: &[Leaf], d: DType, dims: &[usize]) -> PyResult<Tensor> {
    macro_rules! make {
        ($l:ident, $e:expr) => {
            Tensor::from_slice(&leaves.iter().map(|$l| $e).collect::<Vec<_>>(), dims)
        };
    }
    let t = match d {
        DType::Float => make!(l, l.real() as f32),
        DType::Double => make!(l, l.real()),
        DType::Half => make!(l, F16::from_f64(l.real())),
        DType::BFloat16 => make!(l, BF16::from_f64(l.real())),
        DType::Int8 => make!(l, l.int() as i8),
        DType::Int16 => make!(l, l.int() as i16),
        DType::Int32 => make!(l, l.int() as i32),
        DType::Int64 => make!(l, l.int()),
        DType::UInt8 => make!(l, l.int() as u8),
        DType::UInt16 => make!(l, l.int() as u16),
        DType::UInt32 => make!(l, l.int() as u32),
        DType::UInt64 => make!(l, l.int() as u64),
        DType::Bool => make!(l, matches!(l, Leaf::Bool(true))),
        DType::Complex64 => make!(l, C64::new(l.real() as f32, l.imag() as f32)),
        DType::Complex128 => make!(l, C128::new(l.real(), l.imag())),
        DType::String => {
            let strings = leaves.iter().map(|l| if let Leaf::Text(s) = l { s.clone() } else { Str::default() }).collect();
            Tensor::from_strings(strings, dims)
        }
        other => return Err(PyTypeError::new_err(format!("Cannot convert a Python sequence to a Tensor of dtype {other}"))),
    };
    Python::attach(|py| t.map_err(|e| raise(py, e)))
}
