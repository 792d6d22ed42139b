//! Python numbers and strings as tensors, with TensorFlow's dtype rules: those of eager mode, and those of graphs, which are
//! NumPy's. Nested sequences are in `sequence`.
use crate::numpy;
use crate::sequence;
use ferroflow_tensor::{C64, C128, DType, Str, Tensor};
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
    /// int beyond 64 bits
    Big(f64),
    /// float
    Float(f64),
    /// complex
    Complex(f64, f64),
    /// str (as UTF-8) or bytes
    Text(Str),
}

/// Whose rules say which dtype a Python value has, and which it may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// Those of eager mode: the first element decides.
    Eager,
    /// Those of graphs: NumPy's, with 32 bits where NumPy takes 64.
    Graph,
}

/// The leaf that an object of one of Python's own types is; None for other types.
pub fn leaf(o: &Bound<'_, PyAny>) -> PyResult<Option<Leaf>> {
    if let Ok(f) = o.cast_exact::<PyFloat>() {
        return Ok(Some(Leaf::Float(f.value())));
    }
    if let Ok(b) = o.cast_exact::<PyBool>() {
        return Ok(Some(Leaf::Bool(b.is_true())));
    }
    if o.is_exact_instance_of::<PyInt>() {
        return integer(o).map(Some);
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

/// The leaf that an int, or an object of a subclass of it, is.
pub fn integer(o: &Bound<'_, PyAny>) -> PyResult<Leaf> {
    if let Ok(i) = o.extract::<i64>() {
        return Ok(Leaf::Int(i));
    }
    match o.extract::<u64>() {
        Ok(u) => Ok(Leaf::Unsigned(u)),
        Err(_) => Ok(Leaf::Big(o.extract::<f64>().unwrap_or(f64::INFINITY))),
    }
}

impl Leaf {
    /// The element as a real number; 0 for text.
    pub fn real(&self) -> f64 {
        match self {
            Leaf::Bool(b) => f64::from(u8::from(*b)),
            Leaf::Int(i) => *i as f64,
            Leaf::Unsigned(u) => *u as f64,
            Leaf::Big(f) | Leaf::Float(f) => *f,
            Leaf::Complex(r, _) => *r,
            Leaf::Text(_) => 0.0,
        }
    }
    /// The imaginary part.
    pub fn imag(&self) -> f64 {
        if let Leaf::Complex(_, i) = self { *i } else { 0.0 }
    }
    /// The element as an integer of 64 bits.
    pub fn int(&self) -> i64 {
        match self {
            Leaf::Int(i) => *i,
            Leaf::Unsigned(u) => *u as i64,
            other => other.real() as i64,
        }
    }
    /// Whether it is an integer of Python's or a truth value that an integer dtype cannot hold.
    pub fn overflows(&self, d: DType) -> bool {
        let Leaf::Int(i) = *self else { return matches!(self, Leaf::Unsigned(_)) && d != DType::UInt64 || matches!(self, Leaf::Big(_)) };
        !match d {
            DType::Int8 | DType::QInt8 => i8::try_from(i).is_ok(),
            DType::Int16 | DType::QInt16 => i16::try_from(i).is_ok(),
            DType::Int32 | DType::QInt32 => i32::try_from(i).is_ok(),
            DType::UInt8 | DType::QUInt8 => u8::try_from(i).is_ok(),
            DType::UInt16 | DType::QUInt16 => u16::try_from(i).is_ok(),
            DType::UInt32 => u32::try_from(i).is_ok(),
            DType::UInt64 => i >= 0,
            _ => true,
        }
    }
}

/// A scalar, quick for the common dtypes. `o` is the object that the leaf is.
#[inline]
pub fn scalar_of(l: &Leaf, o: &Bound<'_, PyAny>, want: Option<DType>, rules: Rules) -> PyResult<Tensor> {
    Ok(match (l, want) {
        (Leaf::Text(s), None | Some(DType::String)) => Tensor::string(s),
        (Leaf::Float(f), Some(DType::Float)) => Tensor::scalar(*f as f32),
        (Leaf::Int(i), Some(DType::Float)) => Tensor::scalar(*i as f32),
        (Leaf::Int(i), Some(DType::Int32) | None) if i32::try_from(*i).is_ok() => Tensor::scalar(*i as i32),
        (Leaf::Int(i), Some(DType::Int64)) => Tensor::scalar(*i),
        (Leaf::Float(f), Some(DType::Double)) => Tensor::scalar(*f),
        (Leaf::Complex(r, i), Some(DType::Complex64)) => Tensor::scalar(C64::new(*r as f32, *i as f32)),
        (Leaf::Complex(r, i), Some(DType::Complex128) | None) => Tensor::scalar(C128::new(*r, *i)),
        _ => return sequence::tensor(o, want, rules),
    })
}

/// Whether an object is a list or tuple.
pub fn is_sequence(o: &Bound<'_, PyAny>) -> bool {
    o.is_instance_of::<PyList>() || o.is_instance_of::<PyTuple>()
}
