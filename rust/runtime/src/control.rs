//! Kernels of calls and control flow: they run compiled functions, a loop's body in one frame from round to round.
use crate::exec::{STEP, walk};
use crate::function::{Compiled, Link, deeper};
use crate::plan::Frame;
use crate::step::Tensors;
use crate::trace;
use ferroflow_ops::ops::control::flow::truth;
use ferroflow_ops::{Attr, Call, Kernel, Outputs, Prep, Prepared, RunCtx};
use ferroflow_tensor::{DType, PartialShape, Result, Shape, Tensor, bail};
use smallvec::SmallVec;
use std::sync::atomic::Ordering::Relaxed;

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

/// What a call needs: its functions, and the results that the program around it was laid out for.
struct Calls {
    op: &'static str,
    functions: SmallVec<[Link; 2]>,
    outs: SmallVec<[(DType, Option<Shape>); 2]>,
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
    let outs = p.outputs.iter().map(|(d, s)| (*d, s.cloned())).collect();
    Ok(Prepared::with(run, 10_000.0, Calls { op: p.op.name, functions, outs }))
}

impl Calls {
    /// Hands the results on. InvalidArgument if they are not what the op declares.
    fn finish(&self, call: &mut Call, results: Tensors) -> Result<()> {
        if results.len() != self.outs.len() {
            bail!(InvalidArgument, "{} has {} outputs, its function gave {}", self.op, self.outs.len(), results.len());
        }
        for (i, (t, (dtype, shape))) in results.into_iter().zip(&self.outs).enumerate() {
            if t.dtype() != *dtype || shape.as_ref().is_some_and(|s| s != t.shape()) {
                let want = shape.as_ref().map_or(PartialShape::UNKNOWN, |s| s.into());
                bail!(
                    InvalidArgument,
                    "output {i} of {} is declared {dtype} {want}, its function gave {} {}",
                    self.op,
                    t.dtype(),
                    t.shape()
                );
            }
            call.set(i, t);
        }
        Ok(())
    }
    fn run(&self, call: &mut Call, function: usize, skip: usize) -> Result<()> {
        let args: SmallVec<[Tensor; 8]> = (skip..call.n_inputs()).map(|i| call.input(i).clone()).collect();
        let results = self.functions[function].get(call.run)?.run(call.run, &args)?;
        self.finish(call, results)
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

/// A look at deadlines and signals after this much estimated work.
const CHECK_EVERY_NS: f32 = 1e6;

fn repeat(p: &Prepared, call: &mut Call) -> Result<()> {
    let calls: &Calls = p.plan()?;
    let (cond, body) = (calls.functions[0].get(call.run)?, calls.functions[1].get(call.run)?);
    if body.program.fetches.len() != call.n_inputs() {
        bail!(
            InvalidArgument,
            "The body of {} gives {} values for {} loop variables",
            calls.op,
            body.program.fetches.len(),
            call.n_inputs()
        );
    }
    if cond.program.fetches.len() != 1 {
        bail!(InvalidArgument, "The condition of {} gives {} values instead of one", calls.op, cond.program.fetches.len());
    }
    let mut state: Tensors = (0..call.n_inputs()).map(|i| call.input(i).clone()).collect();
    deeper(&body.name, || {
        let (mut cond, mut body) = (Repeated::new(&cond), Repeated::new(&body));
        let mut work = 0.0;
        while cond.test(call.run, &mut state)? {
            body.step(call.run, &mut state)?;
            work += cond.cost + body.cost;
            if work > CHECK_EVERY_NS || call.run.cancel.is_cancelled() {
                work = 0.0;
                call.run.cancel.check()?;
            }
        }
        Ok(())
    })?;
    calls.finish(call, state)
}

/// A function that is run again and again with arguments of mostly the same shapes: keeps its plan and its frame.
struct Repeated<'a> {
    function: &'a Compiled,
    ready: Option<Frame>,
    shapes: SmallVec<[Shape; 8]>,
    /// Numbers of the arguments that some step or result reads: those that a test is lent, and those that a step of it may
    /// drop, which are objects.
    lent: SmallVec<[u32; 8]>,
    shared: SmallVec<[u32; 8]>,
    cost: f32,
    id: u64,
}

impl<'a> Repeated<'a> {
    fn new(function: &'a Compiled) -> Repeated<'a> {
        let p = &function.program;
        let read = |i: &u32| p.steps.iter().flat_map(|s| &s.ins).chain(&p.fetches).any(|slot| slot == i);
        let (shared, lent) = (0..p.n_feeds as u32).filter(read).partition(|i| p.types[*i as usize].dtype.is_object());
        Repeated { function, ready: None, shapes: SmallVec::new(), lent, shared, cost: 0.0, id: STEP.fetch_add(1, Relaxed) }
    }
    /// Whether a frame cannot be kept: steps that wait run on threads of their own.
    fn waits(&self) -> bool {
        self.function.program.blocks
    }
    /// A frame for the shapes of these arguments.
    fn prepare(&mut self, args: &[Tensor]) -> Result<Frame> {
        let program = &self.function.program;
        let fits = self.shapes.len() == args.len() && self.shapes.iter().zip(args).all(|(s, a)| s == a.shape());
        match self.ready.take() {
            Some(frame) if fits && !frame.is_held() => Ok(frame),
            before => {
                if let Some(frame) = before {
                    program.plans.give_back(frame);
                }
                self.function.check(args)?;
                self.shapes = args.iter().map(|a| a.shape().clone()).collect();
                let frame = program.plans.frame(program, args)?;
                self.cost = frame.plan.cost + 100.0;
                Ok(frame)
            }
        }
    }
    fn walk(&self, run: &RunCtx, frame: &mut Frame) -> Result<()> {
        let program = &self.function.program;
        if trace::enabled() {
            walk::<true>(program, frame, run.env, run.cancel, self.id)
        } else {
            walk::<false>(program, frame, run.env, run.cancel, self.id)
        }
    }
    /// The truth of the only result; the arguments stay with the caller alone.
    fn test(&mut self, run: &RunCtx, args: &mut [Tensor]) -> Result<bool> {
        let program = &self.function.program;
        if self.waits() {
            return truth(&self.function.run(run, args)?[0]);
        }
        let mut frame = self.prepare(args)?;
        for i in &self.lent {
            std::mem::swap(&mut frame.values[*i as usize], &mut args[*i as usize]);
        }
        for i in &self.shared {
            frame.values[*i as usize] = args[*i as usize].clone();
        }
        let result = self.walk(run, &mut frame).and_then(|()| truth(&frame.values[program.fetches[0] as usize]));
        for i in &self.lent {
            std::mem::swap(&mut frame.values[*i as usize], &mut args[*i as usize]);
        }
        for i in &self.shared {
            frame.values[*i as usize] = Tensor::default();
        }
        self.keep(frame, result)
    }
    /// Replaces the values by the results. The function owns its arguments: it may change lists that nobody else holds.
    fn step(&mut self, run: &RunCtx, state: &mut Tensors) -> Result<()> {
        if self.waits() {
            *state = self.function.run(run, state)?;
            return Ok(());
        }
        let program = &self.function.program;
        let mut frame = self.prepare(state)?;
        for (i, t) in state.iter_mut().enumerate() {
            std::mem::swap(&mut frame.values[i], t);
        }
        let result = self.walk(run, &mut frame).and_then(|()| collect(program, &mut frame, state));
        self.keep(frame, result)
    }
    /// Keeps the frame for the next round, or gives it back after an error.
    fn keep<R>(&mut self, frame: Frame, result: Result<R>) -> Result<R> {
        match result {
            Ok(r) => {
                self.ready = Some(frame);
                Ok(r)
            }
            Err(e) => {
                self.function.program.plans.give_back(frame);
                Err(e)
            }
        }
    }
}

impl Drop for Repeated<'_> {
    fn drop(&mut self) {
        if let Some(frame) = self.ready.take() {
            self.function.program.plans.give_back(frame);
        }
    }
}

/// Moves the results of a round out of its frame; a former value that nobody holds becomes the place of the next result.
fn collect(program: &crate::program::Program, frame: &mut Frame, state: &mut Tensors) -> Result<()> {
    let constants = program.n_feeds..program.n_feeds + program.constants.len();
    for (i, f) in program.fetches.iter().enumerate() {
        let slot = *f as usize;
        let shared = constants.contains(&slot) || program.fetches[i + 1..].contains(f);
        if shared {
            state[i] = frame.values[slot].clone();
        } else {
            // A swap is much faster than to put an empty tensor there: what was just written in parts is slow to read whole.
            std::mem::swap(&mut state[i], &mut frame.values[slot]);
        }
        if !state[i].is_settled() {
            state[i] = state[i].copy()?;
        }
    }
    for (i, f) in program.fetches.iter().enumerate() {
        let slot = *f as usize;
        let old = &frame.values[i];
        if slot >= constants.end
            && !old.dtype().is_object()
            && old.dtype() == state[i].dtype()
            && old.shape() == state[i].shape()
            && old.is_unique()
        {
            frame.values.swap(i, slot);
        } else if !old.dtype().is_object() || old.count() > 0 {
            frame.values[i] = Tensor::default();
        }
    }
    Ok(())
}
