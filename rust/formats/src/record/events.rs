//! Event files: TFRecord files of Event messages that TensorBoard follows while they grow.
use super::tfrecord::{RecordReader, frame};
use crate::files::{io_error, with_suffix};
use crate::proto::{Event, SessionLog, SourceMetadata, Summary, event::What, parse};
use ferroflow_tensor::{Error, Result};
use prost::Message;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The first event of every file.
const FILE_VERSION: &str = "brain.Event:2";
/// The name under which TensorBoard knows this kind of writer.
const WRITER: &str = "tensorflow.core.util.events_writer";

/// When a writer hands its events to the system.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FlushPolicy {
    /// After so many events ...
    pub max_queue: usize,
    /// ... or with the first event after so long a time.
    pub interval: Duration,
}

impl Default for FlushPolicy {
    /// Ten events or two minutes.
    fn default() -> Self {
        FlushPolicy { max_queue: 10, interval: Duration::from_secs(120) }
    }
}

/// Appends events to a new event file. May be used from several threads; each event is written whole.
///
/// ```
/// use ferroflow_formats::record::{EventReader, EventWriter, FlushPolicy, scalar_value};
/// use ferroflow_formats::proto::Summary;
/// let folder = std::env::temp_dir().join(format!("ferroflow_events_{}", std::process::id()));
/// let writer = EventWriter::create(&folder, "", FlushPolicy::default())?;
/// writer.add_summary(Summary { value: vec![scalar_value("loss", 0.5)] }, 10)?;
/// writer.flush()?;
/// assert_eq!(EventReader::open(writer.path())?.count(), 2); // the file's version comes first
/// # std::fs::remove_dir_all(folder).unwrap();
/// # Ok::<(), ferroflow_tensor::Error>(())
/// ```
pub struct EventWriter {
    path: PathBuf,
    policy: FlushPolicy,
    state: Mutex<State>,
}

struct State {
    file: File,
    written: u64,
    pending: Vec<u8>,
    count: usize,
    last_flush: Instant,
}

impl EventWriter {
    /// Makes `folder` if need be and in it the file `events.out.tfevents.<seconds>.<host><suffix>`, with its first
    /// event. If a writer of the same second took that name, a number is added.
    pub fn create(folder: impl AsRef<Path>, suffix: &str, policy: FlushPolicy) -> Result<Self> {
        let folder = folder.as_ref();
        fs::create_dir_all(folder).map_err(|e| io_error(folder, &e))?;
        let seconds = now() as u64;
        let base = folder.join(format!("events.out.tfevents.{seconds:010}.{}", host_name()));
        let (path, file) = create_new(&base, suffix)?;
        let state = State { file, written: 0, pending: vec![], count: 0, last_flush: Instant::now() };
        let writer = EventWriter { path, policy, state: Mutex::new(state) };
        let source = SourceMetadata { writer: WRITER.to_string() };
        let what = Some(What::FileVersion(FILE_VERSION.to_string()));
        writer.write(&Event { wall_time: seconds as f64, step: 0, source_metadata: Some(source), what })?;
        writer.flush()?;
        Ok(writer)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds an event, and flushes if the policy says so.
    pub fn write(&self, event: &Event) -> Result<()> {
        let bytes = event.encode_to_vec();
        let mut state = self.state();
        frame(&mut state.pending, &bytes);
        state.count += 1;
        if state.count >= self.policy.max_queue || state.last_flush.elapsed() >= self.policy.interval {
            self.flush_state(&mut state)?;
        }
        Ok(())
    }

    /// Adds a summary at a step, now.
    pub fn add_summary(&self, summary: Summary, step: i64) -> Result<()> {
        self.write(&event(step, What::Summary(summary)))
    }

    /// Adds an encoded GraphDef.
    pub fn add_graph(&self, graph_def: Vec<u8>, step: i64) -> Result<()> {
        self.write(&event(step, What::GraphDef(graph_def)))
    }

    /// Adds an encoded MetaGraphDef.
    pub fn add_meta_graph(&self, meta_graph_def: Vec<u8>, step: i64) -> Result<()> {
        self.write(&event(step, What::MetaGraphDef(meta_graph_def)))
    }

    /// Adds the start, stop or checkpoint of a session.
    pub fn add_session_log(&self, log: SessionLog, step: i64) -> Result<()> {
        self.write(&event(step, What::SessionLog(log)))
    }

    /// Hands all events so far to the system.
    pub fn flush(&self) -> Result<()> {
        self.flush_state(&mut self.state())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// If the system takes only a part, that part is cut off again and the events wait for the next flush.
    fn flush_state(&self, state: &mut State) -> Result<()> {
        state.last_flush = Instant::now();
        if let Err(e) = state.file.write_all(&state.pending) {
            let _ = state.file.set_len(state.written);
            return Err(io_error(&self.path, &e));
        }
        state.written += state.pending.len() as u64;
        state.pending.clear();
        state.count = 0;
        Ok(())
    }
}

impl Drop for EventWriter {
    fn drop(&mut self) {
        // Who wants to know about errors calls flush before.
        let _ = self.flush();
    }
}

/// An event at a step, now.
pub fn event(step: i64, what: What) -> Event {
    Event { wall_time: now(), step, source_metadata: None, what: Some(what) }
}

/// `.<process>.<number><suffix>`, with a new number at each call: what TensorFlow 2 puts behind the host's name, so
/// that several writers never share a file.
pub fn unique_suffix(suffix: &str) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!(".{}.{}{suffix}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |d| d.as_secs_f64())
}

fn create_new(base: &Path, suffix: &str) -> Result<(PathBuf, File)> {
    let mut number = 0;
    loop {
        let path = if number == 0 { with_suffix(base, suffix) } else { with_suffix(base, &format!(".{number}{suffix}")) };
        match OpenOptions::new().append(true).create_new(true).open(&path) {
            Ok(file) => return Ok((path, file)),
            Err(e) if e.kind() == ErrorKind::AlreadyExists => number += 1,
            Err(e) => return Err(io_error(&path, &e)),
        }
    }
}

/// This machine's name without characters that do not belong into a file's name.
fn host_name() -> String {
    let from_system = || fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let from_environment = || std::env::var("HOSTNAME").or_else(|_| std::env::var("COMPUTERNAME")).ok();
    let name = from_system().or_else(from_environment).unwrap_or_default();
    let name: String = name.trim().chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
    if name.is_empty() { "localhost".to_string() } else { name }
}

/// Reads the events of a file in order; after an error there are no more. A file that is still being written may end
/// within a record, which is a `DataLoss` error like any other damage.
pub struct EventReader {
    records: RecordReader,
    path: PathBuf,
}

impl EventReader {
    /// Opens an event file. `NotFound` if there is none.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref().to_path_buf();
        Ok(EventReader { records: RecordReader::open(&path)?, path })
    }
}

impl Iterator for EventReader {
    type Item = std::result::Result<Event, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let offset = self.records.offset();
        let record = self.records.next()?;
        Some(record.and_then(|bytes| parse(&bytes, &format!("the event at offset {offset} of {}", self.path.display()))))
    }
}
