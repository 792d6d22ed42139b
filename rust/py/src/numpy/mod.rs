//! NumPy arrays in and out: reads the array object directly, borrows or copies, hands memory over.
#![allow(unsafe_code)]
mod bfloat;

pub use bfloat::numpy_type_of;

use crate::door::{enter, raise};
use crate::front::{self, NUMPY_REQUIRE};
use ferroflow_tensor::buffer::{Buffer, Lifetime};
use ferroflow_tensor::{DType, Shape, Str, Tensor};
use numpy::npyffi::{self, NpyTypes, PY_ARRAY_API};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use pyo3::{exceptions, ffi, intern};
use std::os::raw::{c_int, c_void};

/// Arrays up to this many bytes are copied: cheaper than keeping the array alive.
pub const COPY_UP_TO: usize = 256;

fn dtype_of(type_num: c_int) -> Option<DType> {
    Some(match type_num {
        0 => DType::Bool,
        1 => DType::Int8,
        2 => DType::UInt8,
        3 => DType::Int16,
        4 => DType::UInt16,
        5 => DType::Int32,
        6 => DType::UInt32,
        7 if size_of::<std::os::raw::c_long>() == 8 => DType::Int64,
        7 => DType::Int32,
        8 if size_of::<std::os::raw::c_long>() == 8 => DType::UInt64,
        8 => DType::UInt32,
        9 => DType::Int64,
        10 => DType::UInt64,
        11 => DType::Float,
        12 => DType::Double,
        14 => DType::Complex64,
        15 => DType::Complex128,
        23 => DType::Half,
        _ => return None,
    })
}
fn type_num(d: DType) -> Option<c_int> {
    Some(match d {
        DType::Bool => 0,
        DType::Int8 | DType::QInt8 => 1,
        DType::UInt8 | DType::QUInt8 => 2,
        DType::Int16 | DType::QInt16 => 3,
        DType::UInt16 | DType::QUInt16 => 4,
        DType::Int32 | DType::QInt32 => 5,
        DType::UInt32 => 6,
        DType::Int64 => {
            if size_of::<std::os::raw::c_long>() == 8 {
                7
            } else {
                9
            }
        }
        DType::UInt64 => {
            if size_of::<std::os::raw::c_long>() == 8 {
                8
            } else {
                10
            }
        }
        DType::Float => 11,
        DType::Double => 12,
        DType::Complex64 => 14,
        DType::Complex128 => 15,
        DType::Half => 23,
        _ => return None,
    })
}

/// Whether an object is exactly an ndarray.
#[inline]
pub fn is_array(o: &Bound<'_, PyAny>) -> bool {
    // SAFETY: reads the type pointer of a live object; the type object of ndarray lives as long as NumPy.
    unsafe { ffi::Py_TYPE(o.as_ptr()) == npyffi::get_type_object(o.py(), NpyTypes::PyArray_Type) }
}

/// Whether an object is a NumPy scalar.
pub fn is_scalar(o: &Bound<'_, PyAny>) -> bool {
    // SAFETY: the type objects of a live object and of NumPy's scalars, which live as long as NumPy.
    unsafe { ffi::PyObject_TypeCheck(o.as_ptr(), npyffi::get_type_object(o.py(), NpyTypes::PyGenericArrType_Type)) != 0 }
}
/// Whether an object has items by number: Python's sequence protocol.
pub fn is_sequence_object(o: &Bound<'_, PyAny>) -> bool {
    // SAFETY: reads the type of a live object.
    unsafe { ffi::PySequence_Check(o.as_ptr()) != 0 }
}

/// What an ndarray holds, if it is one that can be read as it lies: C-contiguous, aligned, native byte order, a number dtype.
struct Raw {
    dtype: DType,
    shape: Shape,
    data: *const u8,
    len: usize,
}
#[inline]
fn raw(o: &Bound<'_, PyAny>) -> Option<Raw> {
    if !is_array(o) {
        return None;
    }
    // SAFETY: the object is an ndarray, whose fields stay valid while it lives and the interpreter lock is held.
    unsafe {
        let a = &(*(o.as_ptr() as *mut npyffi::PyArrayObject)).fields;
        let need = npyffi::NPY_ARRAY_C_CONTIGUOUS | npyffi::NPY_ARRAY_ALIGNED;
        if a.flags & need != need {
            return None;
        }
        let descr = &(*a.descr).fields;
        if descr.byteorder as u8 == if cfg!(target_endian = "little") { b'>' } else { b'<' } {
            return None;
        }
        let dtype = match dtype_of(descr.type_num) {
            Some(d) => d,
            None => bfloat::dtype_of_descr(o, descr.type_num)?,
        };
        let dims = if a.nd == 0 { &[][..] } else { std::slice::from_raw_parts(a.dimensions as *const usize, a.nd as usize) };
        let shape = Shape::new(dims);
        let len = shape.count() * dtype.size();
        Some(Raw { dtype, shape, data: a.data as *const u8, len })
    }
}

/// Dtype and shape of an ndarray of numbers, without reading it.
pub fn peek(o: &Bound<'_, PyAny>) -> Option<(DType, Shape)> {
    raw(o).map(|r| (r.dtype, r.shape))
}

/// Whether bytes that shall be truth values are all 0 or 1.
pub fn truthful(bytes: &[u8]) -> bool {
    bytes.iter().fold(0, |m, b| m | b) <= 1
}

/// What a small ndarray holds: its dtype, its shape and its bytes. None if it is large or has to be converted first.
#[inline]
pub fn small<'a>(o: &'a Borrowed<'_, '_, PyAny>) -> Option<(DType, Shape, &'a [u8])> {
    let r = raw(o)?;
    if r.len > COPY_UP_TO {
        return None;
    }
    // SAFETY: the array keeps `len` readable bytes at `data` while it lives, and nobody else runs while the lock is held.
    let bytes = if r.len == 0 { &[][..] } else { unsafe { std::slice::from_raw_parts(r.data, r.len) } };
    (r.dtype != DType::Bool || truthful(bytes)).then_some((r.dtype, r.shape, bytes))
}

/// An ndarray of numbers as a tensor that borrows its memory for the current run (small ones are copied).
/// None if the array has to be converted first.
#[inline]
pub fn borrow(o: &Bound<'_, PyAny>) -> PyResult<Option<Tensor>> {
    let Some(r) = raw(o) else { return Ok(None) };
    // SAFETY: the array keeps `len` readable bytes at `data` while it lives.
    let bytes = if r.len == 0 { &[][..] } else { unsafe { std::slice::from_raw_parts(r.data, r.len) } };
    if r.dtype == DType::Bool && !truthful(bytes) {
        let clean: Vec<u8> = bytes.iter().map(|b| u8::from(*b != 0)).collect();
        return enter(o.py(), || Tensor::from_bytes(r.dtype, r.shape, &clean)).map(Some);
    }
    if r.len <= COPY_UP_TO || !(r.data as usize).is_multiple_of(r.dtype.size().min(16)) {
        return enter(o.py(), || Tensor::from_bytes(r.dtype, r.shape, bytes)).map(Some);
    }
    // SAFETY: the box keeps the array alive; its owner may write it only after the run (documented aliasing rule).
    let buffer = unsafe { Buffer::foreign(r.data, r.len, Box::new(o.clone().unbind()), Lifetime::Run) };
    enter(o.py(), || Tensor::from_buffer(r.dtype, r.shape, buffer)).map(Some)
}

/// Any array-like of NumPy's (array, scalar, strings, other byte orders, strides) as a tensor that owns its elements.
/// TypeError for object arrays that are not strings and for dtypes that TensorFlow does not have.
pub fn to_tensor(o: &Bound<'_, PyAny>) -> PyResult<Tensor> {
    if let Some(t) = borrow(o)? {
        return enter(o.py(), || t.settle());
    }
    let py = o.py();
    let a = NUMPY_REQUIRE.get(py)?.call1((o, py.None(), "CA"))?;
    let kind: String = a.getattr(intern!(py, "dtype"))?.getattr(intern!(py, "kind"))?.extract()?;
    if matches!(kind.as_str(), "U" | "S" | "O" | "T") {
        return strings(&a);
    }
    let native = a.getattr(intern!(py, "dtype"))?.call_method1(intern!(py, "newbyteorder"), ("=",))?;
    let a = a.call_method1(intern!(py, "astype"), (native,))?;
    match borrow(&a)? {
        Some(t) => enter(py, || t.settle()),
        None => {
            let names = [('M', "DATETIME"), ('m', "TIMEDELTA"), ('f', "LONGDOUBLE"), ('c', "CLONGDOUBLE"), ('V', "VOID")];
            let name = names.iter().find(|(k, _)| kind.starts_with(*k)).map_or(kind.as_str(), |(_, n)| n);
            Err(exceptions::PyValueError::new_err(format!(
                "Failed to convert a NumPy array to a Tensor (Unsupported numpy type: NPY_{name})."
            )))
        }
    }
}

fn strings(a: &Bound<'_, PyAny>) -> PyResult<Tensor> {
    let shape: Vec<usize> = a.getattr("shape")?.extract()?;
    let mut all: Vec<Str> = vec![];
    for x in a.call_method0("ravel")?.call_method0("tolist")?.try_iter()? {
        all.push(string(&x?)?);
    }
    enter(a.py(), || Tensor::from_strings(all, shape))
}

/// The bytes of a str (as UTF-8) or bytes object. TypeError for others.
pub fn string(x: &Bound<'_, PyAny>) -> PyResult<Str> {
    if let Ok(s) = x.cast::<PyString>() {
        return Ok(s.to_cow()?.as_bytes().into());
    }
    if let Ok(b) = x.cast::<PyBytes>() {
        return Ok(b.as_bytes().into());
    }
    Err(unsupported(x)?)
}
/// The error for an array with an element that tensors cannot hold.
pub fn unsupported(x: &Bound<'_, PyAny>) -> PyResult<PyErr> {
    let name = x.get_type().name()?;
    Ok(exceptions::PyValueError::new_err(format!("Failed to convert a NumPy array to a Tensor (Unsupported object type {name}).")))
}

/// Keeps a tensor's memory alive for an ndarray that shows it.
#[pyclass(frozen)]
struct Owner {
    _tensor: Tensor,
}

/// A copy of a small tensor of numbers as an ndarray. None for others, and for scalars.
#[inline]
pub fn copied<'py>(py: Python<'py>, t: &Tensor) -> PyResult<Option<Bound<'py, PyAny>>> {
    let len = t.byte_len();
    if t.dtype().is_object() || t.shape().is_empty() || len > COPY_UP_TO {
        return Ok(None);
    }
    let array = new_array(py, t.dtype(), t.shape(), std::ptr::null_mut(), 0)?;
    if len > 0 {
        // SAFETY: a new array has room for all elements, which nobody else sees yet.
        unsafe {
            let to = (*(array.as_ptr() as *mut npyffi::PyArrayObject)).fields.data as *mut u8;
            std::ptr::copy_nonoverlapping(t.ptr(), to, len);
        }
    }
    Ok(Some(array))
}

/// A new ndarray: over memory at `data`, which a base object has to keep alive, or over memory of its own if that is null.
#[inline]
fn new_array<'py>(py: Python<'py>, dtype: DType, shape: &Shape, data: *mut c_void, flags: c_int) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: calls of NumPy's C interface with live objects; `NewFromDescr` takes over the reference to the descriptor and
    // copies the sizes, which are below the largest signed number.
    unsafe {
        let descr = match type_num(dtype) {
            Some(n) => PY_ARRAY_API.PyArray_DescrFromType(py, n),
            None => bfloat::descr(py, dtype)?,
        };
        if descr.is_null() {
            return Err(PyErr::fetch(py));
        }
        let (class, dims) = (npyffi::get_type_object(py, NpyTypes::PyArray_Type), shape.dims().as_ptr() as *mut _);
        let array = PY_ARRAY_API.PyArray_NewFromDescr(
            py,
            class,
            descr,
            shape.rank() as c_int,
            dims,
            std::ptr::null_mut(),
            data,
            flags,
            std::ptr::null_mut(),
        );
        Bound::from_owned_ptr_or_err(py, array)
    }
}

/// A tensor as an ndarray (rank 0: a NumPy scalar, bytes for a string). The array is writable and nobody else's: the memory
/// is moved out if the tensor is its only holder, else copied.
#[inline]
pub fn from_tensor<'py>(py: Python<'py>, mut t: Tensor) -> PyResult<Bound<'py, PyAny>> {
    let scalar = t.shape().is_empty();
    if t.dtype().is_object() {
        return objects(py, &t, scalar);
    }
    if scalar {
        // SAFETY: as in `new_array`; `PyArray_Scalar` copies the element and takes no reference.
        unsafe {
            let descr = match type_num(t.dtype()) {
                Some(n) => PY_ARRAY_API.PyArray_DescrFromType(py, n),
                None => bfloat::descr(py, t.dtype())?,
            };
            if descr.is_null() {
                return Err(PyErr::fetch(py));
            }
            let p = PY_ARRAY_API.PyArray_Scalar(py, t.ptr() as *mut c_void, descr, std::ptr::null_mut());
            ffi::Py_DECREF(descr.cast());
            return Bound::from_owned_ptr_or_err(py, p);
        }
    }
    if let Some(array) = copied(py, &t)? {
        return Ok(array);
    }
    if !t.is_unique() || t.is_transient() {
        t = t.copy().map_err(|e| raise(py, e))?;
    }
    let array = new_array(py, t.dtype(), t.shape(), t.ptr() as *mut c_void, npyffi::NPY_ARRAY_CARRAY)?;
    shown(py, array, t)
}

/// The array, which keeps the tensor alive whose memory it shows.
fn shown<'py>(py: Python<'py>, array: Bound<'py, PyAny>, t: Tensor) -> PyResult<Bound<'py, PyAny>> {
    let owner = Bound::new(py, Owner { _tensor: t })?;
    // SAFETY: both objects live, and the reference to the owner is handed over.
    unsafe { PY_ARRAY_API.PyArray_SetBaseObject(py, array.as_ptr().cast(), owner.into_ptr()) };
    Ok(array)
}

/// A read-only view of a tensor's memory, for `np.asarray`.
pub fn view<'py>(py: Python<'py>, t: &Tensor) -> PyResult<Bound<'py, PyAny>> {
    if t.dtype().is_object() || t.shape().is_empty() || t.byte_len() <= COPY_UP_TO {
        let a = from_tensor(py, t.clone())?;
        return if t.shape().is_empty() {
            front::NUMPY_ARRAY.get(py)?.call1((a, front::dtype(py, t.dtype(), false)?.getattr("as_numpy_dtype")?))
        } else {
            Ok(a)
        };
    }
    let flags = npyffi::NPY_ARRAY_C_CONTIGUOUS | npyffi::NPY_ARRAY_ALIGNED;
    shown(py, new_array(py, t.dtype(), t.shape(), t.ptr() as *mut c_void, flags)?, t.clone())
}

fn objects<'py>(py: Python<'py>, t: &Tensor, scalar: bool) -> PyResult<Bound<'py, PyAny>> {
    if t.dtype() != DType::String {
        return Err(raise(
            py,
            ferroflow_tensor::error!(InvalidArgument, "Cannot convert a Tensor of dtype {} to a NumPy array.", t.dtype()),
        ));
    }
    let all = enter(py, || t.strings())?;
    if scalar {
        return Ok(PyBytes::new(py, &all[0]).into_any());
    }
    let np = py.import(intern!(py, "numpy"))?;
    let a = np.call_method1(intern!(py, "empty"), (all.len(), intern!(py, "object")))?;
    for (i, s) in all.iter().enumerate() {
        a.set_item(i, PyBytes::new(py, s))?;
    }
    a.call_method1(intern!(py, "reshape"), (t.shape().to_vec(),))
}
