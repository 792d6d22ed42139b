//! Attribute values from and to Python.
use crate::front;
use crate::tensor::{EagerTensor, new_eager};
use ferroflow_ops::{Attr, AttrDef, Func, Kind};
use ferroflow_runtime::Value;
use ferroflow_tensor::Str;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyFloat, PyInt, PyList, PyString, PyTuple};

fn wrong(o: &Bound<'_, PyAny>, d: &AttrDef) -> PyErr {
    let kind = match d.kind {
        Kind::Int => "int",
        Kind::Float => "float",
        Kind::Bool => "bool",
        Kind::Str => "string",
        Kind::Type => "type",
        Kind::Shape => "shape",
        Kind::Tensor => "tensor",
        Kind::Func => "func",
    };
    let text = o.repr().map_or_else(|_| "?".into(), |r| r.to_string());
    PyTypeError::new_err(format!("Expected {kind} for argument '{}' not {text}.", d.name))
}

fn text(o: &Bound<'_, PyAny>) -> Option<Str> {
    if let Ok(s) = o.cast::<PyString>() {
        return Some(s.to_cow().ok()?.as_bytes().into());
    }
    o.cast::<PyBytes>().ok().map(|b| b.as_bytes().into())
}

fn one(o: &Bound<'_, PyAny>, d: &AttrDef) -> PyResult<Attr> {
    let py = o.py();
    Ok(match d.kind {
        Kind::Int => {
            if o.is_instance_of::<PyString>() || o.is_instance_of::<PyFloat>() {
                return Err(wrong(o, d));
            }
            let i =
                o.call_method0(intern!(py, "__index__")).or_else(|_| o.call_method0(intern!(py, "__int__"))).map_err(|_| wrong(o, d))?;
            Attr::Int(i.extract()?)
        }
        Kind::Float => Attr::Float(o.extract::<f64>().map_err(|_| wrong(o, d))? as f32),
        Kind::Bool => match o.cast::<PyBool>() {
            Ok(b) => Attr::Bool(b.is_true()),
            Err(_) if o.get_type().name()?.to_cow()?.starts_with("bool") => Attr::Bool(o.is_truthy()?),
            Err(_) => return Err(wrong(o, d)),
        },
        Kind::Str => Attr::Str(text(o).ok_or_else(|| wrong(o, d))?),
        Kind::Type => Attr::Type(front::parse_dtype(o)?),
        Kind::Shape => Attr::Shape(front::parse_shape(o)?),
        Kind::Tensor => match o.cast_exact::<EagerTensor>() {
            Ok(t) => Attr::Tensor(t.get().near(o.py())?),
            Err(_) => Attr::Tensor(crate::convert::look(&from_proto(o)?, None)?.value(None, crate::literal::Rules::Eager)?.tensor),
        },
        Kind::Func => Attr::Func(func(o)?),
    })
}
/// The array that a TensorProto holds; other objects themselves.
fn from_proto<'py>(o: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    if !(o.hasattr(intern!(o.py(), "tensor_shape"))? && o.hasattr(intern!(o.py(), "tensor_content"))?) {
        return Ok(o.clone());
    }
    o.py().import(intern!(o.py(), "ferroflow.framework.tensor_proto"))?.call_method1(intern!(o.py(), "make_ndarray"), (o,))
}
fn func(o: &Bound<'_, PyAny>) -> PyResult<Func> {
    let name: String = match o.cast::<PyString>() {
        Ok(s) => s.to_cow()?.into_owned(),
        Err(_) => {
            if let Ok(announce) = o.getattr(intern!(o.py(), "_announce")) {
                announce.call0()?;
            }
            o.getattr(intern!(o.py(), "name"))?.extract::<String>().or_else(|_| o.getattr("name")?.call_method0("decode")?.extract())?
        }
    };
    Ok(Func { name: name.into(), attrs: Default::default() })
}

fn items<'py>(o: &Bound<'py, PyAny>, d: &AttrDef) -> PyResult<Vec<Bound<'py, PyAny>>> {
    if o.is_instance_of::<PyString>() {
        return Err(PyTypeError::new_err(format!("Expected list for '{}' argument, not {}.", d.name, o.repr()?)));
    }
    match o.try_iter() {
        Ok(it) => it.collect(),
        Err(_) => Err(PyTypeError::new_err(format!("Expected list for '{}' argument, not {}.", d.name, o.repr()?))),
    }
}

/// The value of an attribute of an op, as its definition wants it. TypeError with TensorFlow's first line otherwise.
pub fn py_to_attr(o: &Bound<'_, PyAny>, d: &AttrDef) -> PyResult<Attr> {
    if !d.list {
        return one(o, d);
    }
    let mut list = Attr::empty_list(d.kind);
    for x in items(o, d)? {
        match (&mut list, one(&x, d)?) {
            (Attr::Ints(l), Attr::Int(x)) => l.push(x),
            (Attr::Floats(l), Attr::Float(x)) => l.push(x),
            (Attr::Bools(l), Attr::Bool(x)) => l.push(x),
            (Attr::Strs(l), Attr::Str(x)) => l.push(x),
            (Attr::Types(l), Attr::Type(x)) => l.push(x),
            (Attr::Shapes(l), Attr::Shape(x)) => l.push(x),
            (Attr::Tensors(l), Attr::Tensor(x)) => l.push(x),
            (Attr::Funcs(l), Attr::Func(x)) => l.push(x),
            _ => return Err(wrong(&x, d)),
        }
    }
    Ok(list)
}

/// The value of an attribute that no definition describes, by the object's own type.
pub fn py_to_any_attr(o: &Bound<'_, PyAny>) -> PyResult<Attr> {
    if let Ok(b) = o.cast::<PyBool>() {
        return Ok(Attr::Bool(b.is_true()));
    }
    if o.is_instance_of::<PyInt>() {
        return Ok(Attr::Int(o.extract()?));
    }
    if o.is_instance_of::<PyFloat>() {
        return Ok(Attr::Float(o.extract::<f64>()? as f32));
    }
    if let Some(s) = text(o) {
        return Ok(Attr::Str(s));
    }
    if let Ok(t) = o.cast_exact::<EagerTensor>() {
        return Ok(Attr::Tensor(t.get().near(t.py())?));
    }
    if o.hasattr("as_datatype_enum")? {
        return Ok(Attr::Type(front::parse_dtype(o)?));
    }
    if o.hasattr("as_list")? && o.hasattr("rank")? {
        return Ok(Attr::Shape(front::parse_shape(o)?));
    }
    if o.is_instance_of::<PyList>() || o.is_instance_of::<PyTuple>() {
        let all = o.try_iter()?.map(|x| py_to_any_attr(&x?)).collect::<PyResult<Vec<_>>>()?;
        let kind = all.first().and_then(|a| a.kind()).map_or(Kind::Int, |k| k.0);
        let mut list = Attr::empty_list(kind);
        for a in all {
            match (&mut list, a) {
                (Attr::Ints(l), Attr::Int(x)) => l.push(x),
                (Attr::Floats(l), Attr::Float(x)) => l.push(x),
                (Attr::Floats(l), Attr::Int(x)) => l.push(x as f32),
                (Attr::Bools(l), Attr::Bool(x)) => l.push(x),
                (Attr::Strs(l), Attr::Str(x)) => l.push(x),
                (Attr::Types(l), Attr::Type(x)) => l.push(x),
                (Attr::Shapes(l), Attr::Shape(x)) => l.push(x),
                (Attr::Tensors(l), Attr::Tensor(x)) => l.push(x),
                (Attr::Funcs(l), Attr::Func(x)) => l.push(x),
                _ => return Err(PyValueError::new_err("an attribute list holds values of several kinds")),
            }
        }
        return Ok(list);
    }
    if o.hasattr("name")? {
        return Ok(Attr::Func(func(o)?));
    }
    Err(PyTypeError::new_err(format!("{} cannot be the value of an attribute", o.get_type().repr()?)))
}

/// An attribute value as Python sees it: strings are bytes, functions their names, tensors eager tensors.
pub fn attr_to_py(py: Python<'_>, a: &Attr) -> PyResult<Py<PyAny>> {
    fn list<'py, T>(py: Python<'py>, v: &[T], f: impl Fn(&T) -> PyResult<Py<PyAny>>) -> PyResult<Py<PyAny>> {
        Ok(PyList::new(py, v.iter().map(f).collect::<PyResult<Vec<_>>>()?)?.into_any().unbind())
    }
    let dtype = |d: &ferroflow_tensor::DType| Ok(front::dtype(py, *d, false)?.unbind());
    let shape = |s: &ferroflow_tensor::PartialShape| Ok(front::partial_shape(py, s)?.unbind());
    let bytes = |s: &Str| Ok(PyBytes::new(py, s).into_any().unbind());
    let tensor = |t: &ferroflow_tensor::Tensor| Ok(new_eager(py, Value::new(t.clone()))?.into_any().unbind());
    let func = |f: &Func| Ok(PyString::new(py, &f.name).into_any().unbind());
    let float = |f: &f32| Ok(PyFloat::new(py, f64::from(*f)).into_any().unbind());
    match a {
        Attr::Int(i) => Ok(i.into_pyobject(py)?.into_any().unbind()),
        Attr::Float(f) => float(f),
        Attr::Bool(b) => Ok(PyBool::new(py, *b).to_owned().into_any().unbind()),
        Attr::Str(s) => bytes(s),
        Attr::Type(d) => dtype(d),
        Attr::Shape(s) => shape(s),
        Attr::Tensor(t) => tensor(t),
        Attr::Func(f) => func(f),
        Attr::Ints(v) => Ok(PyList::new(py, v)?.into_any().unbind()),
        Attr::Floats(v) => list(py, v, float),
        Attr::Bools(v) => Ok(PyList::new(py, v)?.into_any().unbind()),
        Attr::Strs(v) => list(py, v, bytes),
        Attr::Types(v) => list(py, v, dtype),
        Attr::Shapes(v) => list(py, v, shape),
        Attr::Tensors(v) => list(py, v, tensor),
        Attr::Funcs(v) => list(py, v, func),
        Attr::Placeholder(s) => Ok(PyString::new(py, s).into_any().unbind()),
    }
}
