//! The user's lines: walks the Python stack and leaves out frames of the package itself.
use crate::front::Lazy;
use ferroflow_tensor::Place;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use std::sync::Arc;

/// How many of the user's frames are kept.
const MOST: usize = 6;

static GETFRAME: Lazy = Lazy::new("sys", "_getframe");

fn package_dir(py: Python<'_>) -> Option<&'static str> {
    static DIR: PyOnceLock<String> = PyOnceLock::new();
    DIR.get_or_try_init(py, || {
        let file: String = py.import(intern!(py, "ferroflow"))?.getattr(intern!(py, "__file__"))?.extract()?;
        Ok::<_, PyErr>(file.trim_end_matches("__init__.py").to_string())
    })
    .ok()
    .map(String::as_str)
}

fn walk(py: Python<'_>) -> PyResult<Vec<Place>> {
    let mut places = vec![];
    let own = package_dir(py).unwrap_or("\0");
    let mut frame = GETFRAME.get(py)?.call0()?;
    while !frame.is_none() && places.len() < MOST {
        let code = frame.getattr(intern!(py, "f_code"))?;
        let file = code.getattr(intern!(py, "co_filename"))?;
        let file = file.cast::<pyo3::types::PyString>()?.to_cow()?;
        if !file.starts_with(own) {
            let line: Option<u32> = frame.getattr(intern!(py, "f_lineno"))?.extract()?;
            let function: String = code.getattr(intern!(py, "co_name"))?.extract()?;
            places.push(Place { file: (*file).into(), line: line.unwrap_or(0), function: function.into() });
        }
        frame = frame.getattr(intern!(py, "f_back"))?;
    }
    Ok(places)
}

/// The user's frames, innermost first; empty if there are none (a call from Rust).
pub fn places(py: Python<'_>) -> Arc<[Place]> {
    walk(py).unwrap_or_default().into()
}
/// The user's innermost line.
pub fn place(py: Python<'_>) -> Option<Place> {
    places(py).first().cloned()
}
