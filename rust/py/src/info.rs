//! What the engine says of itself: op definitions, devices, threads, knobs.
use crate::attr::attr_to_py;
use crate::door::{enter, raise};
use ferroflow_ops::{ArgDef, ArgType, Kind};
use ferroflow_runtime::{devices, eager, selftest, trace};
use ferroflow_tensor::knobs::KNOBS;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

fn arg<'py>(py: Python<'py>, a: &ArgDef) -> PyResult<Bound<'py, PyDict>> {
    let d = PyDict::new(py);
    d.set_item("name", &a.name)?;
    match &a.ty {
        ArgType::Fixed(t) => d.set_item("type", t.number())?,
        ArgType::Attr(t) => d.set_item("type_attr", t)?,
        ArgType::List(t) => d.set_item("type_list_attr", t)?,
    }
    d.set_item("number_attr", a.number.as_deref())?;
    d.set_item("is_ref", a.is_ref)?;
    Ok(d)
}

/// The definition of an op as a dict: inputs, outputs, attrs, is_stateful, doc.
#[pyfunction]
pub fn op_def<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyDict>> {
    let op = ferroflow_ops::op(name).map_err(|e| raise(py, e))?;
    let d = PyDict::new(py);
    d.set_item("name", op.name)?;
    d.set_item("inputs", op.inputs.iter().map(|a| arg(py, a)).collect::<PyResult<Vec<_>>>()?)?;
    d.set_item("outputs", op.outputs.iter().map(|a| arg(py, a)).collect::<PyResult<Vec<_>>>()?)?;
    let attrs = PyList::empty(py);
    for a in &op.attrs {
        let x = PyDict::new(py);
        let kind = match a.kind {
            Kind::Int => "int",
            Kind::Float => "float",
            Kind::Bool => "bool",
            Kind::Str => "string",
            Kind::Type => "type",
            Kind::Shape => "shape",
            Kind::Tensor => "tensor",
            Kind::Func => "func",
        };
        x.set_item("name", &a.name)?;
        x.set_item("type", if a.list { format!("list({kind})") } else { kind.into() })?;
        x.set_item("default", a.default.as_ref().map(|v| attr_to_py(py, v)).transpose()?)?;
        x.set_item("has_default", a.default.is_some())?;
        x.set_item("inferred", op.is_inferred(&a.name))?;
        x.set_item("allowed_types", a.types.iter().map(|t| t.number()).collect::<Vec<_>>())?;
        x.set_item("allowed_strings", &a.strings)?;
        x.set_item("minimum", a.minimum)?;
        attrs.append(x)?;
    }
    d.set_item("attrs", attrs)?;
    d.set_item("is_stateful", op.has(ferroflow_ops::Flags::STATEFUL))?;
    d.set_item("doc", op.entry.doc)?;
    Ok(d)
}
/// Name, kind and description of each device of a kind; of all if it is None.
#[pyfunction]
#[pyo3(signature = (kind=None))]
pub fn devices_(kind: Option<&str>) -> Vec<(String, String, String)> {
    let found = kind.map_or_else(devices::all, devices::of_kind);
    found.iter().map(|d| (d.name().to_string(), d.kind().to_string(), d.description())).collect()
}
/// The dtypes that the kernel of an op takes on GPUs: {type attribute: names of dtypes}; None if there is no such kernel.
#[pyfunction]
pub fn gpu_dtypes<'py>(py: Python<'py>, op: &str) -> PyResult<Option<Bound<'py, PyDict>>> {
    let op = ferroflow_ops::op(op).map_err(|e| raise(py, e))?;
    let Some(types) = devices::gpu_dtypes(op) else { return Ok(None) };
    let d = PyDict::new(py);
    for (attr, dtypes) in types {
        d.set_item(attr, dtypes.iter().map(|t| t.name()).collect::<Vec<_>>())?;
    }
    Ok(Some(d))
}
/// Why there is no GPU, and how to mend it.
#[pyfunction]
pub fn missing_gpu() -> Option<&'static str> {
    devices::missing_gpu()
}
/// What tensors hold on a device and the most that they have held, in bytes. ValueError if nobody counts.
#[pyfunction]
pub fn memory_info(py: Python<'_>, device: &str) -> PyResult<(usize, usize)> {
    enter(py, || devices::memory(device)).map(|m| (m.current, m.peak))
}
/// Starts to count the peak of a device's memory anew. ValueError if there is no such device or nobody counts.
#[pyfunction]
pub fn reset_memory_peak(py: Python<'_>, device: &str) -> PyResult<()> {
    enter(py, || {
        devices::memory(device)?; // an error where nobody counts
        devices::here(device)?.reset_memory_peak();
        Ok(())
    })
}
/// Limits the memory of a device; None ends that. False for a device without a limit, ValueError if there is none.
#[pyfunction]
pub fn set_memory_limit(py: Python<'_>, device: &str, bytes: Option<usize>) -> PyResult<bool> {
    enter(py, || Ok(devices::here(device)?.set_memory_limit(bytes)))
}
/// The kernels that have been compared with the CPU's on a device, and what is wrong with each, if anything is. `all` tests every
/// kernel now, `op` those of an op of this name. ValueError if there is no such device.
#[pyfunction]
#[pyo3(signature = (device, all, op=None))]
pub fn self_test(py: Python<'_>, device: &str, all: bool, op: Option<&str>) -> PyResult<Vec<(String, Option<String>)>> {
    enter(py, || {
        let device = devices::here(device)?;
        if all || op.is_some() {
            selftest::test_all(&*device, op);
        }
        Ok(selftest::verdicts(&*device))
    })
}
/// Gives up what a device holds, as if its driver had failed; the next `failures` tries to open it fail. ValueError if there is no
/// such device.
#[pyfunction]
#[pyo3(signature = (device, failures=0))]
pub fn lose_device(py: Python<'_>, device: &str, failures: u32) -> PyResult<()> {
    enter(py, || {
        devices::here(device)?.lose(failures);
        Ok(())
    })
}
/// Number of threads of the pool.
#[pyfunction]
pub fn threads() -> usize {
    devices::threads()
}
/// Sets the number of threads of the pool.
#[pyfunction]
pub fn set_threads(n: usize) {
    devices::set_threads(n)
}
/// Says whether eager ops run on the host where the device that was asked for is missing.
#[pyfunction]
pub fn set_soft_placement(on: bool) {
    devices::set_soft_placement(on)
}
/// Sets the debug level, 0 to 5.
#[pyfunction]
pub fn set_debug(level: u8) {
    trace::set_level(level)
}
/// Name, meaning and value of every knob.
#[pyfunction]
pub fn knobs() -> Vec<(&'static str, &'static str, Option<String>)> {
    KNOBS.iter().map(|k| (k.name, k.doc, k.text())).collect()
}
/// Name of each knob whose value is left out of account, with the reason.
#[pyfunction]
pub fn knob_faults() -> Vec<(&'static str, String)> {
    trace::check_knobs();
    KNOBS.iter().filter_map(|k| Some((k.name, k.fault()?))).collect()
}
/// Starts the streams of all eager random ops anew.
#[pyfunction]
pub fn random_reset() {
    eager::reset_random()
}
/// How often a variable's buffer was copied because somebody else held it during an update.
#[pyfunction]
pub fn copies_on_update() -> u64 {
    ferroflow_ops::resource::COPIES_ON_UPDATE.load(std::sync::atomic::Ordering::Relaxed)
}
