//! See inside: debug lines by `FERROFLOW_DEBUG`, and a trace file by `FERROFLOW_TRACE` that opens in Perfetto.
use ferroflow_graph::passes::Work;
use ferroflow_tensor::knobs;
use std::fs::File;
use std::os::unix::fs::FileExt;
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
struct Trace {
    out: Mutex<(File, u64)>,
    start: Instant,
}
fn trace() -> Option<&'static Trace> {
    static TRACE: OnceLock<Option<Trace>> = OnceLock::new();
    TRACE
        .get_or_init(|| {
            let file = File::create(knobs::TRACE.get()?).ok()?;
            file.write_all_at(b"[]\n", 0).ok()?;
            Some(Trace { out: Mutex::new((file, 1)), start: Instant::now() })
        })
        .as_ref()
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
            let (file, end) = &mut *out;
            let separator = if *end == 1 { "\n" } else { ",\n" };
            // A full disk must not fail the run.
            if file.write_all_at(format!("{separator}{event}\n]\n").as_bytes(), *end).is_ok() {
                *end += (separator.len() + event.len()) as u64;
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
