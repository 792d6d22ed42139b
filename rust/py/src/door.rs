//! The door between Rust and Python: errors become exceptions in one `match`, panics become InternalError, long work
//! lets other Python threads run and answers Ctrl-C.
use crate::front::FROM_CODE;
use ferroflow_ops::Cancel;
use ferroflow_runtime::{cancel, context};
use ferroflow_tensor::{Code, Error, Result};
use pyo3::exceptions as ex;
use pyo3::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Work that is estimated to take longer runs without the interpreter lock.
pub const DETACH_FROM_NS: f32 = 20_000.0;
/// How often a running program looks for signals.
const SIGNALS_EVERY: Duration = Duration::from_millis(20);

/// A Python exception on its way through Rust: raised again as it was.
pub struct Foreign(pub PyErr);

/// The Python exception behind an error: the cause of what is raised.
struct Cause(PyErr);

/// The error of an op whose Python function raised `e`: TensorFlow's class for it, with the exception as its cause. What
/// is no `Exception`, such as KeyboardInterrupt, is raised as it is.
pub fn callback_error(py: Python<'_>, e: PyErr) -> Error {
    if !e.is_instance_of::<ex::PyException>(py) {
        return foreign(py, e);
    }
    let code = if e.is_instance_of::<ex::PyValueError>(py) || e.is_instance_of::<ex::PyTypeError>(py) {
        Code::InvalidArgument
    } else if e.is_instance_of::<ex::PyStopIteration>(py) {
        Code::OutOfRange
    } else if e.is_instance_of::<ex::PyMemoryError>(py) {
        Code::ResourceExhausted
    } else if e.is_instance_of::<ex::PyNotImplementedError>(py) {
        Code::Unimplemented
    } else {
        Code::Unknown
    };
    let class = e.get_type(py).name().map_or_else(|_| "Exception".to_string(), |n| n.to_string());
    let text = e.value(py).str().map_or_else(|_| String::new(), |s| s.to_string());
    let mut error = Error::new(code, format!("{class}: {text}"));
    error.report_mut().payload = Some(Arc::new(Cause(e)));
    error
}

/// What an op raises whose Python function raised `e`.
#[pyfunction]
pub fn op_error(py: Python<'_>, e: &Bound<'_, PyAny>) -> Py<PyAny> {
    raise(py, callback_error(py, PyErr::from_value(e.clone()))).into_value(py).into_any()
}

/// Wraps a Python exception.
pub fn foreign(py: Python<'_>, e: PyErr) -> Error {
    if e.is_instance_of::<ex::PyStopIteration>(py) {
        return ferroflow_tensor::error!(OutOfRange, "{e}"); // as TensorFlow: the end of a sequence
    }
    let mut error = ferroflow_tensor::error!(Unknown, "{e}");
    if e.is_instance_of::<ex::PyKeyboardInterrupt>(py) {
        error = error.with_code(Code::Interrupted);
    }
    error.report_mut().payload = Some(Arc::new(Foreign(e)));
    error
}

/// The exception of an error.
#[cold]
pub fn raise(py: Python<'_>, e: Error) -> PyErr {
    if let Some(f) = e.report().payload.as_ref().and_then(|p| p.downcast_ref::<Foreign>()) {
        return f.0.clone_ref(py);
    }
    let first = e.message().to_string();
    let builtin = match e.code() {
        Code::Type => Some(ex::PyTypeError::new_err(first.clone())),
        Code::Value => Some(ex::PyValueError::new_err(first.clone())),
        Code::Key => Some(ex::PyKeyError::new_err(first.clone())),
        Code::Index => Some(ex::PyIndexError::new_err(first.clone())),
        Code::Attribute => Some(ex::PyAttributeError::new_err(first.clone())),
        Code::Lookup => Some(ex::PyLookupError::new_err(first.clone())),
        Code::Runtime => Some(ex::PyRuntimeError::new_err(first.clone())),
        Code::NotImplemented => Some(ex::PyNotImplementedError::new_err(first.clone())),
        Code::Overflow => Some(ex::PyOverflowError::new_err(first.clone())),
        Code::Interrupted => Some(ex::PyKeyboardInterrupt::new_err(())),
        Code::Cancelled => None,
        Code::Unknown => None,
        Code::InvalidArgument => None,
        Code::DeadlineExceeded => None,
        Code::NotFound => None,
        Code::AlreadyExists => None,
        Code::PermissionDenied => None,
        Code::ResourceExhausted => None,
        Code::FailedPrecondition => None,
        Code::Aborted => None,
        Code::OutOfRange => None,
        Code::Unimplemented => None,
        Code::Internal => None,
        Code::Unavailable => None,
        Code::DataLoss => None,
        Code::Unauthenticated => None,
    };
    let err = match builtin {
        Some(err) => err,
        None => match FROM_CODE.get(py).and_then(|f| f.call1((e.code() as i32 + 1, first))) {
            Ok(value) => {
                if !e.report().node.is_empty() {
                    let _ = value.setattr("_node_name", &e.report().node); // for its operation
                }
                PyErr::from_value(value)
            }
            Err(err) => return err,
        },
    };
    let details = e.details();
    if !details.is_empty() {
        // A note that cannot be added must not hide the error.
        let _ = err.value(py).call_method1("add_note", (details.join("\n"),));
    }
    if let Some(Cause(cause)) = e.report().payload.as_ref().and_then(|p| p.downcast_ref()) {
        err.set_cause(py, Some(cause.clone_ref(py)));
    }
    err
}

/// Runs Rust code at the boundary: errors and panics become exceptions.
#[inline]
pub fn enter<R>(py: Python<'_>, f: impl FnOnce() -> Result<R>) -> PyResult<R> {
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(Ok(r)) => Ok(r),
        Ok(Err(e)) => Err(raise(py, e)),
        Err(panic) => Err(raise(py, panicked(panic))),
    }
}

#[cold]
fn panicked(panic: Box<dyn std::any::Any + Send>) -> Error {
    let what = panic.downcast_ref::<&str>().map(|s| s.to_string()).or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    ferroflow_tensor::error!(Internal, "a fault of Ferroflow itself: {what}").fix("please report it with the program that led to it")
}

/// A token whose poll looks for signals, where it is asked by this thread: on the main thread Ctrl-C ends the run.
fn cancel_token(deadline: Option<Instant>) -> Arc<Cancel> {
    let (last, here) = (std::sync::Mutex::new(Instant::now()), std::thread::current().id());
    Cancel::new(
        deadline,
        Some(Box::new(move || {
            // A thread of the pool must not wait for the interpreter, nor one on whose variable a thread of Python may wait.
            if std::thread::current().id() != here || ferroflow_ops::resource::is_changing() {
                return Ok(());
            }
            let mut last = last.lock().unwrap_or_else(|e| e.into_inner());
            if last.elapsed() < SIGNALS_EVERY {
                return Ok(());
            }
            *last = Instant::now();
            drop(last);
            Python::attach(|py| py.check_signals().map_err(|e| foreign(py, e)))
        })),
    )
}

/// Runs work that may take long, with a token of its own that Ctrl-C and the deadline cancel.
pub fn long<R: Send>(py: Python<'_>, deadline: Option<Instant>, f: impl FnOnce(&Arc<Cancel>) -> Result<R> + Send) -> PyResult<R> {
    let (token, snapshot) = (cancel_token(deadline), context::snapshot());
    let before = cancel::replace(Some(token.clone()));
    let result = work(py, f32::MAX, || snapshot.enter(|| f(&token)));
    cancel::replace(before);
    result
}

/// Runs work that is estimated to take `cost` nanoseconds; long work without the interpreter lock.
pub fn work<R: Send>(py: Python<'_>, cost: f32, f: impl FnOnce() -> Result<R> + Send) -> PyResult<R> {
    if cost < DETACH_FROM_NS {
        return enter(py, f);
    }
    let r = py.detach(|| catch_unwind(AssertUnwindSafe(f)));
    match r {
        Ok(Ok(r)) => Ok(r),
        Ok(Err(e)) => Err(raise(py, e)),
        Err(panic) => Err(raise(py, panicked(panic))),
    }
}
