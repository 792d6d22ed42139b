//! What the engine says of itself: op definitions, devices, threads, knobs.
use crate::attr::attr_to_py;
use crate::door::raise;
use ferroflow_ops::{ArgDef, ArgType, Kind};
use ferroflow_runtime::{devices, eager, trace};
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
/// Names of all devices.
#[pyfunction]
pub fn devices_() -> Vec<(String, String)> {
    devices::all().iter().map(|d| (d.name().to_string(), d.kind().to_string())).collect()
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
