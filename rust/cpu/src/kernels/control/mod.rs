//! Kernels of assertions, printing and truth values.
pub mod list;
pub mod list_sums;

use super::string::summary;
use ferroflow_ops::ops::control::flow::truth;
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Object, Result, Shape, Tensor, bail, error};
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::Ordering;

const NS: f32 = 1000.0;

const fn kernel(op: &'static str, prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types: &[], outputs: Outputs::Kernel, prepare }
}

/// Assertions, printing, truth values.
pub static KERNELS: &[Kernel] = &[
    kernel("Assert", |p| Ok(Prepared::with(assert, 20.0, p.attrs.int("summarize")?))),
    kernel("Print", prepare_print),
    kernel("PrintV2", prepare_print_v2),
    Kernel { outputs: Outputs::Runtime, ..kernel("ToBool", |_| Ok(Prepared::new(to_bool, 5.0))) },
    kernel("FakeParam", prepare_fake),
];

fn to_bool(_: &Prepared, call: &mut Call) -> Result<()> {
    call.out(0)?[0] = truth(call.input(0))?;
    Ok(())
}

/// An element for resources and variants that are never read.
struct Nothing;
impl Object for Nothing {
    fn type_name(&self) -> &str {
        NOTHING
    }
}
const NOTHING: &str = "FakeParam";

/// Whether element `i` of a tensor of objects stands for one that a branch does not make.
pub(crate) fn is_nothing(t: &Tensor, i: usize) -> bool {
    t.objects().is_ok_and(|all| all.get(i).is_some_and(|o| o.type_name() == NOTHING))
}

fn prepare_fake(p: &Prep) -> Result<Prepared> {
    Ok(Prepared::with(fake, 5.0, (p.attrs.dtype("dtype")?, p.out_shape(0)?.clone())))
}
fn fake(p: &Prepared, call: &mut Call) -> Result<()> {
    let (dtype, shape) = p.plan::<(DType, Shape)>()?;
    let value = match dtype {
        DType::Resource | DType::Variant => {
            let nothing: Arc<dyn Object> = Arc::new(Nothing);
            Tensor::from_objects(*dtype, vec![nothing; shape.count()], shape.clone())?
        }
        _ => Tensor::zeros(*dtype, shape.clone())?,
    };
    call.set(0, value);
    Ok(())
}

fn assert(p: &Prepared, call: &mut Call) -> Result<()> {
    if call.input(0).item::<bool>()? {
        return Ok(());
    }
    let shown =
        (1..call.n_inputs()).map(|i| Ok(format!("[{}]", summary::short(call.input(i), *p.plan()?)?))).collect::<Result<Vec<_>>>()?;
    bail!(InvalidArgument, "assertion failed: {}", shown.join(" "))
}

struct Print {
    message: String,
    first_n: i64,
    summarize: i64,
}

fn prepare_print(p: &Prep) -> Result<Prepared> {
    let message = String::from_utf8_lossy(p.attrs.bytes("message")?).into_owned();
    Ok(Prepared::with(print, NS, Print { message, first_n: p.attrs.int("first_n")?, summarize: p.attrs.int("summarize")? }))
}

fn print(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan: &Print = p.plan()?;
    let value = call.input(0).clone();
    let runs = call.state()?.count.fetch_add(1, Ordering::Relaxed);
    if u64::try_from(plan.first_n).is_err() || runs < plan.first_n as u64 {
        let mut line = plan.message.clone();
        for i in 1..call.n_inputs() {
            line += &format!("[{}]", summary::short(call.input(i), plan.summarize)?);
        }
        writeln!(std::io::stderr(), "{line}").map_err(|e| error!(Unknown, "{e}"))?;
    }
    call.set(0, value);
    Ok(())
}

/// Where `PrintV2` writes.
enum Stream {
    Stdout,
    Stderr,
    Log(&'static str),
    File(String),
}

struct PrintV2 {
    stream: Stream,
    end: Vec<u8>,
}

fn prepare_print_v2(p: &Prep) -> Result<Prepared> {
    let stream = match p.attrs.str("output_stream")? {
        "stdout" => Stream::Stdout,
        "stderr" => Stream::Stderr,
        "log(info)" => Stream::Log("INFO"),
        "log(warning)" => Stream::Log("WARNING"),
        "log(error)" => Stream::Log("ERROR"),
        other => match other.strip_prefix("file://") {
            Some(path) => Stream::File(path.into()),
            None => {
                bail!(InvalidArgument, "Unknown output stream: {other}, Valid streams are: stdout stderr log(info) log(warning) log(error)")
            }
        },
    };
    Ok(Prepared::with(print_v2, NS, PrintV2 { stream, end: p.attrs.bytes("end")?.to_vec() }))
}

fn print_v2(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan: &PrintV2 = p.plan()?;
    let text = [&call.input(0).strings()?[0], &plan.end[..]].concat();
    let written = match &plan.stream {
        Stream::Stdout => {
            let mut out = std::io::stdout().lock();
            out.write_all(&text).and_then(|_| out.flush())
        }
        Stream::Stderr => std::io::stderr().write_all(&text),
        Stream::Log(level) => std::io::stderr().write_all(&[level.as_bytes(), b": ", &text[..]].concat()),
        Stream::File(path) => std::fs::OpenOptions::new().create(true).append(true).open(path).and_then(|mut f| f.write_all(&text)),
    };
    written.map_err(|e| error!(Unknown, "{e}"))
}
