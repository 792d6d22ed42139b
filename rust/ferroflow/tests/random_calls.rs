//! Random calls of the public API: whatever is passed, the answer is a value or an error, never a panic.
use ferroflow::eager::{self, Value};
use ferroflow::prelude::*;
use ferroflow::train::{Adadelta, Adagrad, Ftrl, Momentum, RmsProp};
use ferroflow::{Attr, BF16, C64, F16, Func, Result, SessionOptions, random};
use ferroflow_ops::{AttrDef, Cancel, Flags, Kind, OpDef, registry};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::time::{Duration, Instant};

const GRAPHS: u64 = 300;
const ACTIONS: usize = 60;
const EAGER_CALLS: usize = 30_000;
const TIMEOUT: Duration = Duration::from_secs(2);

/// A small generator of numbers (SplitMix64).
struct Random(u64);
impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
    fn pick<'a, X>(&mut self, all: &'a [X]) -> &'a X {
        &all[self.below(all.len())]
    }
    /// Sizes that are small, or too large for any memory.
    fn int(&mut self) -> i64 {
        if self.below(40) == 0 { *self.pick(&[i64::MAX, i64::MIN, 1 << 62]) } else { self.below(8) as i64 - 2 }
    }
    fn float(&mut self) -> f64 {
        *self.pick(&[0.0, -0.0, 1.0, -2.5, 0.5, 3.0, 1e-40, 1e30, f64::NAN, f64::INFINITY, f64::NEG_INFINITY])
    }
    fn dims(&mut self, least: i64) -> Vec<i64> {
        let rank = *self.pick(&[0, 0, 1, 1, 1, 2, 2, 3, 4, 8]);
        (0..rank).map(|_| least.max(self.below(5) as i64 - 1)).map(|d| if rank == 8 { d.min(2) } else { d }).collect()
    }
    fn dtype(&mut self) -> DType {
        let common = [DType::Float, DType::Float, DType::Int32, DType::Int32, DType::Int64, DType::Double, DType::Bool, DType::String];
        if self.below(4) == 0 { *self.pick(DType::ALL) } else { *self.pick(&common) }
    }
    fn text(&mut self) -> &'static str {
        const TEXTS: [&str; 16] =
            ["", "a", "x:0", "SAME", "VALID", "NHWC", "NCHW", "float32", "^c", "a/b", "mean", "ij,jk->ik", "i->", "\u{0}", "ä", "-1"];
        TEXTS[self.below(TEXTS.len())]
    }
    fn tensor(&mut self, dtype: DType) -> Option<Tensor> {
        let dims: Vec<usize> = self.dims(0).iter().map(|d| *d as usize).collect();
        let n: usize = dims.iter().product();
        macro_rules! fill {
            ($make:expr) => {
                Tensor::from_slice(&(0..n).map(|_| $make).collect::<Vec<_>>(), dims).ok()
            };
        }
        match dtype {
            DType::Float => fill!(self.float() as f32),
            DType::Double => fill!(self.float()),
            DType::Half => fill!(F16::from_f64(self.float())),
            DType::BFloat16 => fill!(BF16::from_f64(self.float())),
            DType::Complex64 => fill!(C64 { re: self.float() as f32, im: self.float() as f32 }),
            DType::Int32 => fill!(self.below(8) as i32 - 2),
            DType::Int64 => fill!(self.int()),
            DType::UInt8 => fill!(self.next() as u8),
            DType::Int8 => fill!(self.next() as i8),
            DType::Bool => fill!(self.below(2) == 1),
            DType::String => Tensor::from_strings((0..n).map(|_| self.text().as_bytes().into()).collect(), dims).ok(),
            other => Tensor::zeros(other, dims).ok(),
        }
    }
    fn any_tensor(&mut self) -> Tensor {
        let dtype = self.dtype();
        self.tensor(dtype).unwrap_or_default()
    }
    /// A value for an attribute: mostly of its kind, sometimes of none that is allowed.
    fn attr(&mut self, def: &AttrDef) -> Attr {
        let kinds = [Kind::Int, Kind::Float, Kind::Bool, Kind::Str, Kind::Type, Kind::Shape, Kind::Tensor, Kind::Func];
        let kind = if self.below(30) == 0 { *self.pick(&kinds) } else { def.kind };
        let n = self.below(5);
        match (kind, def.list) {
            (Kind::Int, false) => self.int().into(),
            (Kind::Float, false) => (self.float() as f32).into(),
            (Kind::Bool, false) => (self.below(2) == 1).into(),
            (Kind::Str, false) if !def.strings.is_empty() => self.pick(&def.strings).as_str().into(),
            (Kind::Str, false) => self.text().into(),
            (Kind::Type, false) if !def.types.is_empty() => (*self.pick(&def.types)).into(),
            (Kind::Type, false) => self.dtype().into(),
            (Kind::Shape, false) => PartialShape::from_i64(&self.dims(-1)).into(),
            (Kind::Tensor, false) => self.any_tensor().into(),
            (Kind::Func, false) => Func { name: self.text().into(), attrs: Default::default() }.into(),
            (Kind::Int, true) => (0..n).map(|_| self.int()).collect::<Vec<_>>().into(),
            (Kind::Float, true) => (0..n).map(|_| self.float() as f32).collect::<Vec<_>>().into(),
            (Kind::Bool, true) => vec![true; n].into(),
            (Kind::Str, true) => Attr::Strs((0..n).map(|_| self.text().as_bytes().into()).collect()),
            (Kind::Type, true) => (0..n).map(|_| self.dtype()).collect::<Vec<_>>().into(),
            (Kind::Shape, true) => (0..n).map(|_| PartialShape::from_i64(&self.dims(-1))).collect::<Vec<_>>().into(),
            (Kind::Tensor, true) => Attr::Tensors((0..n).map(|_| self.any_tensor()).collect()),
            (Kind::Func, true) => Attr::Funcs(vec![]),
        }
    }
    /// Attributes of a call: those without default mostly, others now and then.
    fn attrs(&mut self, op: &'static OpDef) -> Vec<(&'static str, Attr)> {
        let mut chosen = vec![];
        for a in op.attrs.iter().filter(|a| !op.is_inferred(&a.name)) {
            if self.below(if a.default.is_none() { 20 } else { 4 }) == 0 || (a.default.is_none() && self.below(20) != 0) {
                chosen.push((a.name.as_str(), self.attr(a)));
            }
        }
        chosen
    }
}

/// Ops to call: all but those that wait for something else to happen.
fn table() -> Vec<&'static OpDef> {
    registry::all().into_iter().filter(|op| !op.has(Flags::BLOCKS)).collect()
}

/// How many operands to pass.
fn count(r: &mut Random, op: &OpDef) -> usize {
    let n: usize = op.inputs.iter().map(|a| if a.is_list() { r.below(4) } else { 1 }).sum();
    if r.below(30) == 0 { r.below(6) } else { n }
}

/// What panicked and where: all of it is shown at the end.
static PANICS: Mutex<Vec<String>> = Mutex::new(vec![]);

/// Runs `f`, whose errors are welcome; whether it succeeded.
fn no_panic(what: &str, f: impl FnOnce() -> Result<()>) -> bool {
    let start = Instant::now();
    let outcome = catch_unwind(AssertUnwindSafe(f));
    if outcome.is_err()
        && let Some(last) = PANICS.lock().unwrap().last_mut()
    {
        last.push_str(&format!(" in {what}"));
    }
    assert!(start.elapsed() < 10 * TIMEOUT, "{what} took {:?}", start.elapsed());
    if let Ok(Err(e)) = &outcome {
        assert_ne!(e.to_string(), "");
    }
    matches!(outcome, Ok(Ok(())))
}

fn graph_action<'g>(
    r: &mut Random,
    g: &'g Graph,
    other: T<'g>,
    table: &[&'static OpDef],
    pool: &mut Vec<T<'g>>,
    ops: &mut Vec<Op<'g>>,
) -> Result<()> {
    let (x, y) = (*r.pick(pool), if r.below(60) == 0 { other } else { *r.pick(pool) });
    match r.below(24) {
        0 => pool.push(g.placeholder(r.text(), r.dtype(), PartialShape::from_i64(&r.dims(-1)))?),
        1 => pool.push(g.constant(r.any_tensor())?),
        2 => pool.push(*r.pick(&[x + y, x - y, x * y, x / y, x % y, -x])),
        3 => {
            let (real, whole) = (r.float(), r.int());
            pool.push(*r.pick(&[x + real, whole - x, x * 2, 1.5 / x, x % whole]));
        }
        4 => {
            let trained = r.below(2) == 0;
            let v = if trained { Variable::new(g, x, r.text())? } else { Variable::untrained(g, x, r.text())? };
            pool.extend([v.value(), v.read()?, v.handle(), v.initial_value()]);
            ops.push(*r.pick(&[v.initializer(), v.assign(y)?, v.assign_add(y)?]));
        }
        5 => pool.extend(gradients(&[x], &[y, *r.pick(pool)])?.into_iter().flatten()),
        6 => {
            let all: [Box<dyn Optimizer>; 7] = [
                Box::new(GradientDescent::new(y)),
                Box::new(Momentum::new(r.float(), r.float())),
                Box::new(Adam::new(r.float()).epsilon(r.float())),
                Box::new(Adagrad::new(y)),
                Box::new(RmsProp::new(r.float()).centered(true)),
                Box::new(Adadelta::new(r.float())),
                Box::new(Ftrl::new(r.float()).l2_shrinkage(1.0)),
            ];
            ops.push(r.pick(&all).minimize(x)?);
        }
        7 => x.set_shape(PartialShape::from_i64(&r.dims(-1)))?,
        8 => pool.push(g.name_scope(r.text(), || (x + y).check())?),
        9 => {
            let first: Vec<Op> = ops.iter().take(3).copied().collect();
            pool.push(g.control_dependencies(&first, || g.device(r.text(), || ops::identity(x)))?);
        }
        10 => pool.push(g.tensor(r.text())?),
        11 => pool.push(random::uniform(g, x, r.dtype(), r.float(), r.float(), Some(r.int()))?),
        12 => pool.push(init::he_normal(g, r.dtype(), PartialShape::from_i64(&r.dims(-1)), None)?),
        _ => {
            let op = *r.pick(table);
            let mut call = ops::call(op.name).on(g).name(r.text());
            for _ in 0..count(r, op) {
                call = match r.below(12) {
                    0 => call.input(r.float()),
                    1 => call.input(r.any_tensor()),
                    _ => call.input(*r.pick(pool)),
                };
            }
            for (name, value) in r.attrs(op) {
                call = call.attr(name, value);
            }
            let made = call.run()?;
            ops.push(made);
            pool.extend(made.outputs()?);
        }
    }
    Ok(())
}

#[test]
fn no_call_panics() {
    let folder = std::env::temp_dir().join(format!("ferroflow_random_{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::env::set_current_dir(&folder).unwrap(); // ops that write files find only harmless names, and this place
    std::panic::set_hook(Box::new(|p| PANICS.lock().unwrap().push(p.to_string())));
    let other = Graph::new();
    let outside = other.constant(1f32).unwrap();
    let table = table();
    let (mut built, mut run, mut called) = (0, 0, 0);
    for seed in 0..GRAPHS {
        let mut r = Random(seed);
        let g = Graph::new();
        let (mut pool, mut made) = (vec![g.constant([1f32, 2.0]).unwrap()], vec![]);
        for i in 0..ACTIONS {
            let done = no_panic(&format!("action {i} of graph {seed}"), || graph_action(&mut r, &g, outside, &table, &mut pool, &mut made));
            built += usize::from(done);
        }
        let session =
            Session::with_options(&g, SessionOptions { timeout: Some(TIMEOUT), verify: true, ..SessionOptions::default() }).unwrap();
        no_panic(&format!("initializer of graph {seed}"), || session.run_ops(&[g.initializer()?], &[]));
        for i in 0..ACTIONS {
            let fetches: Vec<T> = (0..1 + r.below(3)).map(|_| *r.pick(&pool)).collect();
            let targets: Vec<Op> = if r.below(4) == 0 && !made.is_empty() { vec![*r.pick(&made)] } else { vec![] };
            let feeds: Vec<(T, Tensor)> = (0..r.below(3)).map(|_| (*r.pick(&pool), r.any_tensor())).collect();
            run += usize::from(no_panic(&format!("run {i} of graph {seed}"), || session.step(&targets, &fetches, &feeds).map(drop)));
        }
        let saver = Saver::new(&g.variables());
        no_panic(&format!("save of graph {seed}"), || saver.save(&session, "model", Some(r.int())).map(drop));
        no_panic(&format!("restore of graph {seed}"), || saver.restore(&session, "model"));
    }
    let mut r = Random(1 << 40);
    let mut values = vec![Value::of([1f32, 2.0]).unwrap()];
    for i in 0..EAGER_CALLS {
        ferroflow_runtime::cancel::replace(Some(Cancel::new(Some(Instant::now() + TIMEOUT), None)));
        if r.below(3) == 0 {
            let fresh = Value::of(r.any_tensor()).unwrap();
            let at = r.below(40);
            if at < values.len() { values[at] = fresh } else { values.push(fresh) }
        }
        let op = *r.pick(&table);
        let n = count(&mut r, op);
        let inputs: Vec<Value> = (0..n).map(|_| r.pick(&values).clone()).collect();
        let attrs = r.attrs(op);
        let done = no_panic(&format!("eager call {i}: {} of {inputs:?} with {attrs:?}", op.name), || {
            let tape = GradientTape::new();
            inputs.iter().for_each(|v| tape.watch(v));
            let out = eager::call(op.name, &inputs.iter().collect::<Vec<_>>(), &attrs)?;
            if let (Some(y), Some(x)) = (out.first(), inputs.first()) {
                tape.gradient(y, &[x])?;
            }
            values.extend(out.into_iter().filter(|v| v.tensor().count() < 10_000).take(1));
            Ok(())
        });
        called += usize::from(done);
    }
    let _ = std::panic::take_hook();
    let panics = PANICS.lock().unwrap();
    assert!(panics.is_empty(), "{} panics:\n{}", panics.len(), panics.join("\n"));
    println!("{built} actions, {run} runs and {called} eager calls succeeded");
    assert!(built > GRAPHS as usize * ACTIONS / 10 && run > GRAPHS as usize * ACTIONS / 20 && called > EAGER_CALLS / 20);
    std::env::set_current_dir(std::env::temp_dir()).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
}
