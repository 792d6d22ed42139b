//! Kernels of calls and control flow: they run compiled functions.
use crate::exec;
use crate::function::{Compiled, Link, deeper};
use crate::looping::Looped;
use crate::plan::Kept;
use ferroflow_ops::kernel::Keep;
use ferroflow_ops::ops::control::flow::truth;
use ferroflow_ops::{Attr, Call, Kernel, Outputs, Prep, Prepared, RunCtx};
use ferroflow_tensor::{DType, Result, Tensor, bail};
use smallvec::SmallVec;
use std::sync::{Arc, OnceLock, Weak};

/// Calls, conditionals, choices, loops.
pub static KERNELS: &[Kernel] = &[
    kernel("PartitionedCall", |p| prepare(p, call, &[p.attrs.get("f")])),
    kernel("StatefulPartitionedCall", |p| prepare(p, call, &[p.attrs.get("f")])),
    kernel("If", |p| prepare(p, branch, &[p.attrs.get("then_branch"), p.attrs.get("else_branch")])),
    kernel("StatelessIf", |p| prepare(p, branch, &[p.attrs.get("then_branch"), p.attrs.get("else_branch")])),
    kernel("Case", |p| prepare(p, case, &[p.attrs.get("branches")])),
    kernel("StatelessCase", |p| prepare(p, case, &[p.attrs.get("branches")])),
    kernel("While", |p| prepare(p, repeat, &[p.attrs.get("cond"), p.attrs.get("body")])),
    kernel("StatelessWhile", |p| prepare(p, repeat, &[p.attrs.get("cond"), p.attrs.get("body")])),
];

const fn kernel(op: &'static str, prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types: &[], outputs: Outputs::Kernel, prepare }
}

/// What a call needs: its functions, and the dtypes of its results.
struct Calls {
    op: &'static str,
    functions: SmallVec<[Link; 2]>,
    outs: SmallVec<[DType; 2]>,
    looped: OnceLock<Weak<Looped>>,
}

fn prepare(p: &Prep, run: fn(&Prepared, &mut Call) -> Result<()>, funcs: &[Option<&Attr>]) -> Result<Prepared> {
    let mut functions = SmallVec::new();
    for f in funcs {
        match f {
            Some(Attr::Func(f)) => functions.push(Link::new(f)),
            Some(Attr::Funcs(l)) => functions.extend(l.iter().map(Link::new)),
            _ => bail!(InvalidArgument, "{} was given no function", p.op.name),
        }
    }
    let outs = p.outputs.iter().map(|(d, _)| *d).collect();
    Ok(Prepared::with(run, 10_000.0, Calls { op: p.op.name, functions, outs, looped: OnceLock::new() }))
}

impl Calls {
    /// Hands a result on; the value that was there before. InvalidArgument if it is not what the op declares.
    fn give(&self, call: &mut Call, i: usize, t: Tensor) -> Result<Tensor> {
        let dtype = self.outs[i];
        if t.dtype() != dtype {
            bail!(InvalidArgument, "output {i} of {} is declared {dtype}, its function gave {}", self.op, t.dtype());
        }
        Ok(std::mem::replace(call.output(i), t))
    }
    /// InvalidArgument unless a function gives as many results as the op has.
    fn check_number(&self, n: usize) -> Result<()> {
        if n != self.outs.len() {
            bail!(InvalidArgument, "{} has {} outputs, its function gave {n}", self.op, self.outs.len());
        }
        Ok(())
    }
    fn finish(&self, call: &mut Call, results: impl ExactSizeIterator<Item = Tensor>) -> Result<()> {
        self.check_number(results.len())?;
        results.enumerate().try_for_each(|(i, t)| self.give(call, i, t).map(drop))
    }
    /// The loop of the condition and the body.
    fn looped(&self, run: &RunCtx) -> Result<Arc<Looped>> {
        if let Some(l) = self.looped.get().and_then(Weak::upgrade).filter(|l| l.is_current()) {
            return Ok(l);
        }
        let l = Looped::of(&self.functions[0].get(run)?, &self.functions[1].get(run)?)?;
        let _ = self.looped.set(Arc::downgrade(&l)); // another thread may have been first
        Ok(l)
    }
    /// Calls a function with the inputs from `skip` on.
    fn run(&self, call: &mut Call, function: usize, skip: usize) -> Result<()> {
        let none = || Box::new(Callees(self.functions.iter().map(|_| None).collect()));
        let mut all: Box<Callees> = kept(call).unwrap_or_else(none);
        let callee = match &mut all.0[function] {
            Some(callee) => callee,
            none => none.insert(Kept::new(self.functions[function].get(call.run)?)),
        };
        self.enter(call, callee, skip)?;
        keep(call, all);
        Ok(())
    }
    fn enter(&self, call: &mut Call, callee: &mut Kept<Compiled>, skip: usize) -> Result<()> {
        let (f, run) = (callee.callee.clone(), call.run);
        let mut args: SmallVec<[Tensor; 8]> = (skip..call.n_inputs()).map(|i| call.take(i)).collect();
        if f.program.stages.is_some() {
            return self.finish(call, f.run(run, &mut args)?.into_iter());
        }
        let mut frame = callee.frame(&args, false, |args| f.check_dtypes(args).and(self.check_number(f.program.fetches.len())))?;
        args.swap_with_slice(&mut frame.values[..f.program.n_feeds]);
        deeper(&f.name, || exec::run_here(&f.program, &mut frame, run))?;
        frame.hand_out(&f.program, |i, t| self.give(call, i, t))?;
        callee.keep(frame);
        Ok(())
    }
}

/// The functions of a call that have been entered.
struct Callees(SmallVec<[Option<Kept<Compiled>>; 2]>);
impl Keep for Callees {
    fn rest(&mut self) {
        self.0.iter_mut().for_each(|callee| *callee = None);
    }
}

/// A loop that has been entered.
#[derive(Default)]
struct Entered(Option<Kept<Looped>>);
impl Keep for Entered {
    fn rest(&mut self) {
        self.0 = None;
    }
}

/// What the step has kept of its last run in the frame.
fn kept<T: Keep>(call: &mut Call) -> Option<Box<T>> {
    call.own.as_mut()?.take()
}
/// Keeps something for the step's next run in the frame.
fn keep<T: Keep>(call: &mut Call, what: Box<T>) {
    if let Some(own) = &mut call.own {
        own.kept = Some(what);
    }
}

fn call(p: &Prepared, call: &mut Call) -> Result<()> {
    p.plan::<Calls>()?.run(call, 0, 0)
}

fn branch(p: &Prepared, call: &mut Call) -> Result<()> {
    let chosen = if truth(call.input(0))? { 0 } else { 1 };
    p.plan::<Calls>()?.run(call, chosen, 1)
}

fn case(p: &Prepared, call: &mut Call) -> Result<()> {
    let calls: &Calls = p.plan()?;
    let last = calls.functions.len().saturating_sub(1);
    let chosen = usize::try_from(call.input(0).item::<i32>()?).map_or(last, |i| i.min(last));
    calls.run(call, chosen, 1)
}

fn repeat(p: &Prepared, call: &mut Call) -> Result<()> {
    let (calls, run): (&Calls, _) = (p.plan()?, call.run);
    let mut state: SmallVec<[Tensor; 8]> = (0..call.n_inputs()).map(|i| call.take(i)).collect();
    let mut entered: Box<Entered> = kept(call).unwrap_or_default();
    let looped = match &mut entered.0 {
        Some(looped) => looped,
        none => none.insert(Kept::new(calls.looped(run)?)),
    };
    if looped.callee.program.blocks {
        let (cond, body) = (calls.functions[0].get(run)?, calls.functions[1].get(run)?);
        while truth(&cond.run(run, &mut state.clone())?[0])? {
            state = body.run(run, &mut state)?.into_iter().collect();
            run.cancel.check()?;
        }
    } else {
        Looped::run(looped, run, &mut state)?;
    }
    keep(call, entered);
    calls.finish(call, state.into_iter())
}
