//! See inside: debug lines by `FERROFLOW_DEBUG`, and a trace file by `FERROFLOW_TRACE` that opens in Perfetto.
use ferroflow_graph::passes::Work;
use ferroflow_tensor::knobs;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, Ordering::Relaxed};
use std::sync::{Mutex, OnceLock};
use std::time::Instant;

static LEVEL: AtomicU8 = AtomicU8::new(u8::MAX);

/// The debug level, 0 to 5.
#[inline]
pub fn level() -> u8 {
    match LEVEL.load(Relaxed) {
        u8::MAX => {
            let l = knobs::DEBUG.number().unwrap_or(0).min(5) as u8;
            LEVEL.store(l, Relaxed);
            l
        }
        l => l,
    }
}
/// Sets the debug level.
pub fn set_level(l: u8) {
    LEVEL.store(l.min(5), Relaxed);
}
/// A debug line on stderr, if the level is at least `at`.
pub fn say(at: u8, line: impl FnOnce() -> String) {
    if level() >= at {
        eprintln!("ferroflow: {}", line());
    }
}
/// Tells that a pass has run.
pub fn pass(name: &str, nodes: usize) {
    say(3, || format!("pass {name}: {nodes} nodes"));
}

/// Shows the nodes that are to run, one a line.
pub fn graph(title: &str, work: &Work) {
    if level() < 4 {
        return;
    }
    for n in &work.nodes {
        let inputs = n.inputs.iter().map(|e| work.resolve(*e)).map(|e| format!("#{}:{}", e.node.0, e.index));
        let inputs: Vec<_> = inputs.chain(n.control.iter().map(|c| format!("^#{}", c.0))).collect();
        say(4, || format!("{title}: #{} {} = {}({})", n.id.0, n.name, n.op_name, inputs.join(", ")));
    }
}

/// A file that is a complete JSON array after every event: the next event is written over the closing bracket.
struct Out {
    file: File,
    /// Where the closing bracket is.
    end: u64,
    /// The process that began it.
    pid: u32,
}
struct Trace {
    path: PathBuf,
    out: Mutex<Out>,
    start: Instant,
}
fn trace() -> Option<&'static Trace> {
    static TRACE: OnceLock<Option<Trace>> = OnceLock::new();
    TRACE
        .get_or_init(|| {
            let path = PathBuf::from(knobs::TRACE.get()?);
            match begin(&path) {
                Ok(out) => Some(Trace { path, out: Mutex::new(out), start: Instant::now() }),
                Err(e) => {
                    knobs::TRACE.reject(e);
                    None
                }
            }
        })
        .as_ref()
}
/// Begins a trace file. One that another live process writes is left alone: this process's number comes into the name.
fn begin(path: &Path) -> io::Result<Out> {
    let pid = std::process::id();
    let file = match claim(path)? {
        Some(file) => file,
        None => {
            let extension = path.extension().map_or(String::new(), |e| format!(".{}", e.to_string_lossy()));
            let own = path.with_extension(format!("{pid}{extension}"));
            claim(&own)?.ok_or_else(|| io::Error::other("other processes write that file"))?
        }
    };
    Ok(Out { file, end: 1, pid })
}
/// An empty trace in this file; none if another process has claimed it and lives. A lock ends with its process.
fn claim(path: &Path) -> io::Result<Option<File>> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        return Ok(None);
    }
    file.set_len(0)?;
    file.write_all_at(b"[]\n", 0)?;
    Ok(Some(file))
}
/// Reads the knobs of this module, so that what is wrong with them is known.
pub fn check_knobs() {
    level();
    trace();
}
/// Whether steps are to be timed.
#[inline]
pub fn enabled() -> bool {
    level() >= 2 || trace().is_some()
}
/// The time.
pub fn now() -> Instant {
    Instant::now()
}
/// Reports a step that began at `start` and is over now.
pub fn step(op: &str, node: &str, device: &str, start: Instant) {
    let took = start.elapsed();
    say(2, || format!("{:9.3} us  {op:24} {node}  {device}", took.as_nanos() as f64 / 1e3));
    if let Some(t) = trace() {
        let at = start.duration_since(t.start).as_nanos() as f64 / 1e3;
        let event = format!(
            "{{\"name\":{},\"cat\":\"op\",\"ph\":\"X\",\"pid\":{},\"tid\":{},\"ts\":{at:.3},\"dur\":{:.3},\"args\":{{\"node\":{},\"device\":{}}}}}",
            json(op),
            std::process::id(),
            thread_number(),
            took.as_nanos() as f64 / 1e3,
            json(node),
            json(device)
        );
        if let Ok(mut out) = t.out.lock() {
            if out.pid != std::process::id() {
                // A forked child begins a file of its own.
                let Ok(own) = begin(&t.path) else { return };
                *out = own;
            }
            let separator = if out.end == 1 { "\n" } else { ",\n" };
            // A full disk must not fail the run.
            if out.file.write_all_at(format!("{separator}{event}\n]\n").as_bytes(), out.end).is_ok() {
                out.end += (separator.len() + event.len()) as u64;
            }
        }
    }
}
fn json(s: &str) -> String {
    let mut o = String::from("\"");
    for c in s.chars() {
        match c {
            '"' | '\\' => o.extend(['\\', c]),
            c if (c as u32) < 32 => o.push(' '),
            c => o.push(c),
        }
    }
    o.push('"');
    o
}
fn thread_number() -> u64 {
    static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
    thread_local!(static NUMBER: u64 = NEXT.fetch_add(1, Relaxed));
    NUMBER.with(|n| *n)
}
