//! NumPy dtypes that NumPy itself does not have: bfloat16 and the 8-bit floats, from ml_dtypes or our own registration.
use crate::front;
use ferroflow_tensor::DType;
use numpy::npyffi;
use pyo3::intern;
use pyo3::prelude::*;
use std::os::raw::c_int;

/// The NumPy type object of a dtype.
pub fn numpy_type_of<'py>(py: Python<'py>, d: DType) -> PyResult<Bound<'py, PyAny>> {
    front::dtype(py, d, false)?.getattr(intern!(py, "as_numpy_dtype"))
}

/// A new reference to the descriptor of a dtype that NumPy has no number for.
pub fn descr(py: Python<'_>, d: DType) -> PyResult<*mut npyffi::PyArray_Descr> {
    let descr = py.import(intern!(py, "numpy"))?.getattr(intern!(py, "dtype"))?.call1((numpy_type_of(py, d)?,))?;
    Ok(descr.into_ptr().cast())
}

/// The dtype of an array whose descriptor is a user type of these names.
pub fn dtype_of_descr(o: &Bound<'_, PyAny>, type_num: c_int) -> Option<DType> {
    const FIRST_USER_TYPE: c_int = 256;
    if type_num < FIRST_USER_TYPE {
        return None;
    }
    let py = o.py();
    let name: String = o.getattr(intern!(py, "dtype")).ok()?.getattr(intern!(py, "name")).ok()?.extract().ok()?;
    let d = DType::from_name(&name)?;
    let same_size = o.getattr(intern!(py, "itemsize")).ok()?.extract::<usize>().ok()? == d.size();
    same_size.then_some(d)
}
