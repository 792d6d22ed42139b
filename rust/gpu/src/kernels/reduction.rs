//! Kernels of reductions over axes.
use super::spread::{rows, strides};
use crate::frames::{self, Body, GROUP, SPECIAL, Window, element, load, store, value};
use crate::memory::{self, STORED};
use crate::opened::Groups;
use crate::pace::Sizes;
use crate::symbol::{IntSymbol, Symbol, note_constants, write};
use ferroflow_ops::elementwise::{Reduce, ReduceVisit, each_reduce};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor, error};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Elements that a workgroup reduces: longer reductions are done in parts, and the parts reduced again.
const PART: usize = 1 << 14;
const INDICES: &[DType] = &[DType::Int32, DType::Int64];

/// The shaders of an op: of a whole reduction, of a part of one, which a mean does not divide, and of all parts.
struct Shaders {
    whole: String,
    part: String,
    /// What parts are.
    between: DType,
    last: String,
    /// None for what tapes have no reduction for.
    on_tape: Option<Reduction>,
}

/// A reduction as tapes have it.
pub struct Reduction {
    body: Body,
    /// The value of nothing.
    pub start: String,
    /// What is reduced.
    pub dtype: DType,
    mean: bool,
}

impl Reduction {
    /// Functions of the reduction that is op `k` of a tape: `f` adds an element, `whole` makes the result of a row from what each
    /// invocation has.
    pub fn functions(&self, k: usize) -> String {
        let (t, d) = (value(self.dtype), self.dtype);
        let add = frames::function(&format!("f{k}"), &self.body, d, &[d, d]);
        let (mine, other, kept) = (load(d, &format!("parts{k}[l]")), load(d, &format!("parts{k}[l + half]")), |v: &str| store(d, v));
        let (all, both) = (load(d, &format!("parts{k}[0]")), kept(&format!("f{k}({mine}, {other})")));
        let divided = if self.mean { format!("{all} / {t}(n)") } else { all };
        format!(
            "{add}
var<workgroup> parts{k}: array<{}, 256>;
fn whole{k}(l: u32, mine: {t}, n: u32) -> {t} {{
    parts{k}[l] = {};
    workgroupBarrier();
    for (var half = 128u; half > 0u; half = half / 2u) {{
        if (l < half) {{ parts{k}[l] = {both}; }}
        workgroupBarrier();
    }}
    return {divided};
}}
",
            element(d),
            kept("mine")
        )
    }
}

/// The reduction of an op on tapes.
pub fn of(op: &str, dtype: DType) -> Option<&'static Reduction> {
    shaders().iter().find(|((name, of), _)| *name == op && *of == dtype)?.1.on_tape.as_ref()
}

struct Collector(HashMap<(&'static str, DType), Shaders>);

/// The value of nothing, as a shader writes it.
fn start<O: Reduce>(dtype: DType) -> String {
    match dtype {
        DType::Bool => if O::START == 0.0 { "false" } else { "true" }.into(),
        DType::Int32 => match O::start_int::<i32>() {
            i32::MIN => "i32(-2147483647) - 1".into(),
            n => format!("i32({n})"),
        },
        DType::UInt32 => format!("{}u", O::start_int::<u32>()),
        _ if O::START.is_infinite() => if O::START > 0.0 { "inf()" } else { "-inf()" }.into(),
        _ => format!("{:?}f", O::START as f32),
    }
}

impl ReduceVisit for Collector {
    fn op<O: Reduce>(&mut self) {
        for dtype in STORED.iter().filter(|d| O::KINDS.has(**d)) {
            let written = write(|| match dtype {
                DType::Int32 => {
                    note_constants::<true>();
                    O::int(IntSymbol::<true>::input("x"), IntSymbol::input("y")).0
                }
                DType::UInt32 => {
                    note_constants::<false>();
                    O::int(IntSymbol::<false>::input("x"), IntSymbol::input("y")).0
                }
                _ => O::eval(Symbol::<false>::input("x"), Symbol::input("y")).0,
            });
            let truth =
                || Body { statements: String::new(), result: if O::bool(true, false) { "x || y" } else { "x && y" }.into(), wide: false };
            let body = if *dtype == DType::Bool { Ok(truth()) } else { written.map(Body::from) };
            if let Ok(body) = body {
                let shaders = match dtype {
                    DType::Int32 | DType::UInt32 if O::MEAN => {
                        let [whole, part, last] = [(*dtype, *dtype), (*dtype, DType::Int64), (DType::Int64, *dtype)]
                            .map(|(from, to)| frames::integer_mean(from, to));
                        Shaders { whole, part, between: DType::Int64, last, on_tape: None }
                    }
                    _ => {
                        let start = start::<O>(*dtype);
                        let text = |mean| frames::reduction(&body, &start, mean, *dtype);
                        let (whole, part) = (text(O::MEAN), text(false));
                        let on_tape = Some(Reduction { body, start, dtype: *dtype, mean: O::MEAN });
                        Shaders { last: whole.clone(), whole, part, between: *dtype, on_tape }
                    }
                };
                self.0.insert((O::ENTRY.name, *dtype), shaders);
            }
        }
    }
}

fn shaders() -> &'static HashMap<(&'static str, DType), Shaders> {
    static ALL: OnceLock<HashMap<(&'static str, DType), Shaders>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all = Collector(HashMap::new());
        each_reduce(&mut all);
        all.0
    })
}

/// A kernel for each reduction with a scalar body.
pub fn kernels() -> Vec<(Kernel, bool)> {
    let mut dtypes: HashMap<&'static str, Vec<DType>> = HashMap::new();
    for d in STORED {
        shaders().keys().filter(|(_, of)| of == d).for_each(|(op, _)| dtypes.entry(op).or_default().push(*d));
    }
    let kernel = |(op, dtypes): (&'static str, Vec<DType>)| {
        // Kernels live as long as the process, and there are as many of them as there are ops.
        let types: &'static [(&str, &[DType])] = match dtypes == [DType::Bool] {
            true => &[("Tidx", INDICES)],
            false => Vec::leak(vec![("T", &*Vec::leak(dtypes)), ("Tidx", INDICES)]),
        };
        (Kernel { op, types, outputs: Outputs::Runtime, prepare }, false)
    };
    let bias = Kernel {
        op: "BiasAddGrad",
        types: &[("T", &[DType::Float, DType::Int32])],
        outputs: Outputs::Runtime,
        prepare: |p| Ok(Prepared::with(run_bias, 2000.0, (Plan { op: "Sum", dtype: p.dtype(0) }, p.attrs.str("data_format")? == "NCHW"))),
    };
    dtypes.into_iter().map(kernel).chain([(bias, false)]).collect()
}

struct Plan {
    op: &'static str,
    dtype: DType,
}

fn prepare(p: &Prep) -> Result<Prepared> {
    Ok(Prepared::with(run, 2000.0, Plan { op: p.op.name, dtype: p.dtype(0) }))
}

fn run(p: &Prepared, call: &mut Call) -> Result<()> {
    let mut reduced = vec![false; call.input(0).shape().rank()];
    for a in call.input(1).to_i64()? {
        let a = if a < 0 { a + reduced.len() as i64 } else { a };
        if let Some(r) = reduced.get_mut(a as usize) {
            *r = true;
        }
    }
    reduce(p.plan()?, call, &reduced)
}

/// The gradient of a bias: all axes but that of the channels.
fn run_bias(p: &Prepared, call: &mut Call) -> Result<()> {
    let (plan, channel_first) = p.plan::<(Plan, bool)>()?;
    let rank = call.input(0).shape().rank();
    let channel = if *channel_first { 1 } else { rank.saturating_sub(1) };
    reduce(plan, call, &(0..rank).map(|d| d != channel).collect::<Vec<_>>())
}

/// Reduces the first operand along some of its axes.
fn reduce(plan: &Plan, call: &Call, reduced: &[bool]) -> Result<()> {
    let (x, device) = (call.input(0), call.run.device);
    let shaders = shaders().get(&(plan.op, plan.dtype)).ok_or_else(|| error!(Internal, "{} has no {} shader", plan.op, plan.dtype))?;
    let own = strides(x.shape());
    let side = |wanted: bool| {
        let axes: Vec<usize> = (0..reduced.len()).filter(|d| reduced[*d] == wanted).collect();
        let sizes: Vec<usize> = axes.iter().map(|d| x.shape()[*d]).collect();
        (sizes.iter().product::<usize>(), rows(&sizes, &[axes.iter().map(|d| own[*d]).collect()]))
    };
    let ((results, kept), (each, inner)) = (side(false), side(true));
    if results == 0 {
        return Ok(());
    }
    let parts = each.div_ceil(PART).max(1);
    let key = |kind: &str| format!("{} {} {kind}", plan.op, plan.dtype);
    if parts == 1 {
        let job = Job { key: key("whole"), text: &shaders.whole, results, each, parts, divisor: each, kept, inner };
        return job.run(x, &call.outs[0]);
    }
    let between = device.allocate(shaders.between, &Shape::new(&[results, parts]))?;
    Job { key: key("part"), text: &shaders.part, results, each, parts, divisor: each, kept, inner }.run(x, &between)?;
    let (kept, inner) = (rows(&[results], &[vec![parts]]), rows(&[parts], &[vec![1]]));
    let last = if shaders.between == plan.dtype { "whole" } else { "last" };
    Job { key: key(last), text: &shaders.last, results, each: parts, parts: 1, divisor: each, kept, inner }.run(&between, &call.outs[0])
}

/// A run of the shader.
struct Job<'a> {
    key: String,
    text: &'a str,
    results: usize,
    each: usize,
    parts: usize,
    divisor: usize,
    kept: Vec<Vec<u32>>,
    inner: Vec<Vec<u32>>,
}

impl Job<'_> {
    fn run(&self, x: &Tensor, out: &Tensor) -> Result<()> {
        let groups = (self.results * self.parts) as u32;
        let long = if self.parts == 1 { self.each } else { PART };
        let mut numbers = SPECIAL.to_vec();
        numbers.extend([groups, self.kept.len() as u32, self.inner.len() as u32, self.each as u32, self.parts as u32, long as u32]);
        numbers.extend([memory::offset(x), self.divisor as u32]);
        let axes: Vec<u32> = self.kept.iter().chain(&self.inner).flatten().copied().collect();
        numbers.extend(&axes);
        let (from, to) = (memory::of(x)?, memory::of(out)?);
        let text = |w: &[Window]| frames::bindings(out.dtype(), &[x.dtype()], w) + self.text;
        to.opened.dispatch(
            &self.key,
            text,
            &numbers,
            &Sizes { all: &axes, longest: long.min(self.each) as u32 / GROUP },
            1,
            &[&to.buffer, &from.buffer],
            Groups::Row(groups),
        )
    }
}
