//! Files from Python: checkpoints, event files, TFRecord files. What is read and written is in `ferroflow-formats`.
use crate::door::{raise, work};
use crate::numpy;
use crate::tensor::EagerTensor;
use ferroflow_formats::checkpoint::{self, BundleReader};
use ferroflow_formats::proto::event::What;
use ferroflow_formats::proto::{CheckpointState, Event, Summary, parse, summary::Value};
use ferroflow_formats::record::compressed::Compression;
use ferroflow_formats::record::{
    EventWriter as Writer, FlushPolicy, RecordWriter as Records, event, histogram_value_v2, image_value_v2, scalar_value_v2, text_value,
};
use ferroflow_tensor::{Result, bail};
use prost::Message;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// What a file operation is taken to cost: it always lets other Python threads run.
const COST: f32 = f32::MAX;

/// An open checkpoint.
#[pyclass(frozen, module = "ferroflow._core")]
pub struct CheckpointReader(BundleReader);

#[pymethods]
impl CheckpointReader {
    #[new]
    fn new(py: Python<'_>, prefix: PathBuf) -> PyResult<Self> {
        work(py, COST, || BundleReader::open(&prefix)).map(CheckpointReader)
    }
    /// (name, dtype number, sizes) of every tensor, by name.
    fn tensors(&self, py: Python<'_>) -> PyResult<Vec<(String, i32, Vec<i64>)>> {
        let all = self.0.tensors().map_err(|e| raise(py, e))?;
        Ok(all.into_iter().map(|(name, m)| (name, m.dtype.number(), m.dims)).collect())
    }
    fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }
    /// A tensor as an ndarray.
    fn get<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let tensor = work(py, COST, || self.0.read_tensor(name))?;
        numpy::from_tensor(py, tensor)
    }
}

/// Whether there is a checkpoint of this prefix.
#[pyfunction]
pub fn checkpoint_exists(prefix: PathBuf) -> bool {
    checkpoint::checkpoint_exists(&prefix)
}

/// The newest checkpoint of a folder by its state file, or None.
#[pyfunction]
pub fn latest_checkpoint(folder: PathBuf, name: Option<&str>) -> Option<PathBuf> {
    checkpoint::latest_checkpoint(&folder, name)
}

/// (newest, all, their times, time of the last one that is kept for good) of a folder's state file, or None.
#[pyfunction]
#[allow(clippy::type_complexity)] // a Python tuple
pub fn read_checkpoint_state(
    py: Python<'_>,
    folder: PathBuf,
    name: Option<&str>,
) -> PyResult<Option<(String, Vec<String>, Vec<f64>, f64)>> {
    let state = checkpoint::read_state(&folder, name).map_err(|e| raise(py, e))?;
    Ok(state
        .map(|s| (s.model_checkpoint_path, s.all_model_checkpoint_paths, s.all_model_checkpoint_timestamps, s.last_preserved_timestamp)))
}

/// Writes a folder's state file.
#[pyfunction]
#[allow(clippy::too_many_arguments)]
pub fn update_checkpoint_state(
    py: Python<'_>,
    folder: PathBuf,
    name: Option<&str>,
    newest: String,
    all: Vec<String>,
    times: Vec<f64>,
    kept: f64,
    relative: bool,
) -> PyResult<()> {
    let state = CheckpointState {
        model_checkpoint_path: newest,
        all_model_checkpoint_paths: all,
        all_model_checkpoint_timestamps: times,
        last_preserved_timestamp: kept,
    };
    checkpoint::update_state(&folder, name, state, relative).map_err(|e| raise(py, e))
}

/// Appends to a new event file.
#[pyclass(frozen, module = "ferroflow._core")]
pub struct EventWriter(Writer);

impl EventWriter {
    fn add(&self, py: Python<'_>, step: i64, what: What) -> PyResult<()> {
        work(py, COST, || self.0.write(&event(step, what)))
    }
}

#[pymethods]
impl EventWriter {
    #[new]
    fn new(py: Python<'_>, folder: PathBuf, suffix: &str, max_queue: usize, flush_seconds: f64) -> PyResult<Self> {
        let interval = Duration::try_from_secs_f64(flush_seconds).map_err(|e| PyValueError::new_err(e.to_string()))?;
        work(py, COST, || Writer::create(&folder, suffix, FlushPolicy { max_queue, interval })).map(EventWriter)
    }
    #[getter]
    fn path(&self) -> &Path {
        self.0.path()
    }
    /// Adds an encoded Event.
    fn add_event(&self, py: Python<'_>, encoded: &[u8]) -> PyResult<()> {
        work(py, COST, || self.0.write(&parse::<Event>(encoded, "Event")?))
    }
    /// Adds an encoded Summary.
    fn add_summary(&self, py: Python<'_>, encoded: &[u8], step: i64) -> PyResult<()> {
        let summary = parse::<Summary>(encoded, "Summary").map_err(|e| raise(py, e))?;
        self.add(py, step, What::Summary(summary))
    }
    /// Adds an encoded GraphDef.
    fn add_graph(&self, py: Python<'_>, encoded: Vec<u8>, step: i64) -> PyResult<()> {
        self.add(py, step, What::GraphDef(encoded))
    }
    /// Adds an encoded MetaGraphDef.
    fn add_meta_graph(&self, py: Python<'_>, encoded: Vec<u8>, step: i64) -> PyResult<()> {
        self.add(py, step, What::MetaGraphDef(encoded))
    }
    fn flush(&self, py: Python<'_>) -> PyResult<()> {
        work(py, COST, || self.0.flush())
    }
}

/// Writes a new TFRecord file.
#[pyclass(frozen, module = "ferroflow._core")]
pub struct RecordWriter(Mutex<Option<Records>>);

impl RecordWriter {
    fn with(&self, py: Python<'_>, f: impl FnOnce(&mut Records) -> Result<()> + Send) -> PyResult<()> {
        work(py, COST, || match self.0.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            Some(w) => f(w),
            None => bail!(FailedPrecondition, "Writer is closed."),
        })
    }
}

#[pymethods]
impl RecordWriter {
    #[new]
    fn new(py: Python<'_>, path: PathBuf, compression: &str) -> PyResult<Self> {
        work(py, COST, || Records::create_compressed(&path, Compression::parse(compression)?)).map(|w| RecordWriter(Mutex::new(Some(w))))
    }
    fn write(&self, py: Python<'_>, record: &[u8]) -> PyResult<()> {
        self.with(py, |w| w.write(record))
    }
    fn flush(&self, py: Python<'_>) -> PyResult<()> {
        self.with(py, |w| w.flush())
    }
    fn close(&self, py: Python<'_>) -> PyResult<()> {
        let writer = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        work(py, COST, || writer.map_or(Ok(()), Records::finish))
    }
}

fn summary<'py>(py: Python<'py>, value: Result<Value>) -> PyResult<Bound<'py, PyBytes>> {
    let value = value.map_err(|e| raise(py, e))?;
    Ok(PyBytes::new(py, &Summary { value: vec![value] }.encode_to_vec()))
}

/// The summary of a float32 scalar, as TensorFlow 2 writes it.
#[pyfunction]
pub fn summary_scalar<'py>(py: Python<'py>, tag: &str, value: f32, description: &str) -> PyResult<Bound<'py, PyBytes>> {
    summary(py, Ok(scalar_value_v2(tag, value, description)))
}

/// The summary of the distribution of a float64 tensor.
#[pyfunction]
pub fn summary_histogram<'py>(
    py: Python<'py>,
    tag: &str,
    values: &EagerTensor,
    buckets: usize,
    description: &str,
) -> PyResult<Bound<'py, PyBytes>> {
    let values = values.near(py)?;
    let values = values.slice::<f64>();
    summary(py, values.map(|v| histogram_value_v2(tag, v, buckets, description)))
}

/// The summary of a uint8 tensor [count, height, width, channels].
#[pyfunction]
pub fn summary_image<'py>(
    py: Python<'py>,
    tag: &str,
    images: &EagerTensor,
    max_outputs: usize,
    description: &str,
) -> PyResult<Bound<'py, PyBytes>> {
    let t = &images.near(py)?;
    let made = || {
        let &[count, height, width, channels] = t.shape().dims() else {
            bail!(InvalidArgument, "images must have rank 4, not shape {}", t.shape())
        };
        image_value_v2(tag, [count, height, width, channels], t.slice::<u8>()?, max_outputs, description)
    };
    summary(py, made())
}

/// The summary of a tensor of strings.
#[pyfunction]
pub fn summary_text<'py>(py: Python<'py>, tag: &str, texts: &EagerTensor, description: &str) -> PyResult<Bound<'py, PyBytes>> {
    let t = &texts.value.tensor;
    let dims: Vec<i64> = t.shape().dims().iter().map(|&d| d as i64).collect();
    let made = t.strings().and_then(|s| text_value(tag, &dims, s.iter().map(|s| s.to_vec()).collect(), description));
    summary(py, made)
}
