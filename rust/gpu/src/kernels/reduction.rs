//! Kernels of reductions over axes.
use super::elementwise::{by_dtype, int2, plain};
use super::spread::{rows, strides};
use crate::frames::{self, Body, GROUP, SPECIAL, Window, element, fit, keep, load, quotient, value};
use crate::memory::{self, NUMBERS, SINGLES, STORED};
use crate::opened::Groups;
use crate::pace::Sizes;
use crate::shader::{Shader, Spread};
use crate::symbol::{Symbol, write, write_double};
use ferroflow_ops::elementwise::{Reduce, ReduceVisit, each_reduce};
use ferroflow_ops::{Call, Device, Kernel, Outputs, Prep, Prepared};
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
        let (mine, other, kept) = (load(d, &format!("parts{k}[l]")), load(d, &format!("parts{k}[l + half]")), |v: &str| keep(d, v));
        let (all, both) = (load(d, &format!("parts{k}[0]")), kept(&format!("f{k}({mine}, {other})")));
        let divided = fit(d, &if self.mean { quotient(d, &all, "n") } else { all });
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

fn words(n: u64) -> String {
    format!("vec2<u32>({}u, {}u)", n as u32, n >> 32)
}

struct Collector(HashMap<(&'static str, DType), Shaders>);

/// The value of nothing, as a shader writes it.
fn start<O: Reduce>(dtype: DType) -> String {
    match dtype {
        DType::Bool => if O::START == 0.0 { "false" } else { "true" }.into(),
        DType::Int8 => format!("i32({})", O::start_int::<i8>()),
        DType::Int16 => format!("i32({})", O::start_int::<i16>()),
        DType::Int32 => match O::start_int::<i32>() {
            i32::MIN => "i32(-2147483647) - 1".into(),
            n => format!("i32({n})"),
        },
        DType::UInt8 => format!("{}u", O::start_int::<u8>()),
        DType::UInt16 => format!("{}u", O::start_int::<u16>()),
        DType::UInt32 => format!("{}u", O::start_int::<u32>()),
        DType::Int64 => words(O::start_int::<i64>() as u64),
        DType::UInt64 => words(O::start_int::<u64>()),
        DType::Double if O::START.is_infinite() => if O::START > 0.0 { "f64(inf())" } else { "-f64(inf())" }.into(),
        DType::Double => format!("{:?}lf", O::START),
        _ if O::START.is_infinite() => if O::START > 0.0 { "inf()" } else { "-inf()" }.into(),
        _ => format!("{:?}f", O::START as f32),
    }
}

impl ReduceVisit for Collector {
    fn op<O: Reduce>(&mut self) {
        for dtype in STORED.iter().filter(|d| O::KINDS.has(**d)) {
            let truth = if O::bool(true, false) { "x || y" } else { "x && y" };
            let body = by_dtype!(*dtype, int2(O::int), |V| O::eval(V::input("x"), V::input("y")).0, plain(truth.into()));
            if let Ok(body) = body {
                let shaders = match dtype {
                    DType::Int8 | DType::Int16 | DType::Int32 | DType::UInt8 | DType::UInt16 | DType::UInt32 if O::MEAN => {
                        let [whole, part, last] = [(*dtype, *dtype), (*dtype, DType::Int64), (DType::Int64, *dtype)]
                            .map(|(from, to)| frames::integer_mean(from, to));
                        Shaders { whole, part, between: DType::Int64, last, on_tape: None }
                    }
                    _ => {
                        let start = start::<O>(*dtype);
                        let between = memory::between(*dtype);
                        let text = |mean, to| frames::reduction(&body, &start, mean, *dtype, to);
                        let (whole, part) = (text(O::MEAN, *dtype), text(false, between));
                        let on_tape = Some(Reduction { body, start, dtype: *dtype, mean: O::MEAN });
                        Shaders { last: whole.clone(), whole, part, between, on_tape }
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
        types: &[("T", NUMBERS)],
        outputs: Outputs::Runtime,
        prepare: |p| Ok(Prepared::with(run_bias, 2000.0, (Plan { op: "Sum", dtype: p.dtype(0) }, p.attrs.str("data_format")? == "NCHW"))),
    };
    let norm = Kernel {
        op: "EuclideanNorm",
        types: &[("T", SINGLES), ("Tidx", INDICES)],
        outputs: Outputs::Runtime,
        prepare: |_| Ok(Prepared::with(run_norm, 3000.0, Plan { op: "Sum", dtype: DType::Float })),
    };
    dtypes.into_iter().map(kernel).chain([(bias, false), (norm, false)]).collect()
}

struct Plan {
    op: &'static str,
    dtype: DType,
}

fn prepare(p: &Prep) -> Result<Prepared> {
    Ok(Prepared::with(run, 2000.0, Plan { op: p.op.name, dtype: p.dtype(0) }))
}

/// Which axes the second operand names.
fn named_axes(call: &Call) -> Result<Vec<bool>> {
    let mut reduced = vec![false; call.input(0).shape().rank()];
    for a in call.input(1).to_i64()? {
        let a = if a < 0 { a + reduced.len() as i64 } else { a };
        if let Some(r) = reduced.get_mut(a as usize) {
            *r = true;
        }
    }
    Ok(reduced)
}

fn run(p: &Prepared, call: &mut Call) -> Result<()> {
    reduce(p.plan()?, call.run.device, call.input(0), &call.outs[0], &named_axes(call)?)
}

/// Squares, their sum, its root; all as 32-bit floats.
fn run_norm(p: &Prepared, call: &mut Call) -> Result<()> {
    let (x, out, device) = (call.input(0), &call.outs[0], call.run.device);
    let each = |name, from: &Tensor, to: &Tensor, result: &str| {
        let shader =
            Shader { name, results: vec![to], operands: vec![from], numbers: vec![], list: vec![], spread: Spread::Each(to.count()) };
        shader.run(|| (String::new(), format!("    put0(i, {result});\n")))
    };
    let (squares, sums) = (device.allocate(DType::Float, x.shape())?, device.allocate(DType::Float, out.shape())?);
    each("squares", x, &squares, "x0(i) * x0(i)")?;
    reduce(p.plan()?, device, &squares, &sums, &named_axes(call)?)?;
    each("roots", &sums, out, "sqrt(x0(i))")
}

/// The gradient of a bias: all axes but that of the channels.
fn run_bias(p: &Prepared, call: &mut Call) -> Result<()> {
    let (plan, channel_first) = p.plan::<(Plan, bool)>()?;
    let rank = call.input(0).shape().rank();
    let channel = if *channel_first { 1 } else { rank.saturating_sub(1) };
    let reduced: Vec<bool> = (0..rank).map(|d| d != channel).collect();
    reduce(plan, call.run.device, call.input(0), &call.outs[0], &reduced)
}

/// Reduces a tensor along some of its axes.
fn reduce(plan: &Plan, device: &dyn Device, x: &Tensor, out: &Tensor, reduced: &[bool]) -> Result<()> {
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
        return job.run(x, out);
    }
    // What is still to be added up is as exact as what adds.
    let between = device.allocate(shaders.between, &Shape::new(&[results, parts]))?;
    Job { key: key("part"), text: &shaders.part, results, each, parts, divisor: each, kept, inner }.run(x, &between)?;
    let (kept, inner) = (rows(&[results], &[vec![parts]]), rows(&[parts], &[vec![1]]));
    Job { key: key("last"), text: &shaders.last, results, each: parts, parts: 1, divisor: each, kept, inner }.run(&between, out)
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
        let text = |w: &[Window]| frames::bindings(out.dtype(), &[x.dtype()], false, w) + self.text;
        let key = format!("{} {} {}", self.key, x.dtype(), out.dtype());
        let sizes = Sizes { all: &axes, longest: long.min(self.each) as u32 / GROUP };
        to.opened.dispatch(&key, text, &numbers, &sizes, 1, &[&to.buffer, &from.buffer], Groups::Row(groups))
    }
}
