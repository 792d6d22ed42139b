//! Runs a program: walks its steps with the plan for the shapes at hand.
use crate::blocking;
use crate::doubt;
use crate::fitting;
use crate::lanes::Section;
use crate::plan::{Frame, Plan, PlanStep};
use crate::program::{Action, Program, Step};
use crate::regions::{Fused, Part};
use crate::rescue;
use crate::step::{Tensors, locate, own_outputs, run_op};
use crate::trace;
use ferroflow_ops::kernel::Own;
use ferroflow_ops::resource::{Handle, RUN_INITIALIZER, Variable};
use ferroflow_ops::running::invoke;
use ferroflow_ops::{Call, Cancel, Env, Flags, Inputs, Kept, Kernel, Outputs, Prepared, RunCtx};
use ferroflow_tensor::{Error, Object, Operand, Result, Shape, Tensor, bail, error};
use smallvec::SmallVec;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

pub(crate) static STEP: AtomicU64 = AtomicU64::new(1);

/// A look at the cancellation token after this much estimated work.
const CHECK_EVERY_NS: f32 = 1e6;
/// What a step takes beside its kernel.
const STEP_NS: f32 = 20.0;

/// Runs a program on values for its feeds.
pub fn run(program: &Program, env: &Arc<Env>, feeds: &[Tensor], cancel: &Arc<Cancel>) -> Result<Tensors> {
    if feeds.len() != program.n_feeds {
        bail!(Internal, "a program of {} feeds was run with {}", program.n_feeds, feeds.len());
    }
    if let Some(stages) = &program.stages {
        return blocking::run(stages, env, feeds, cancel, STEP.fetch_add(1, Relaxed));
    }
    let frame = program.plans.frame(program, feeds, false)?;
    run_in(program, frame, env, feeds.iter().cloned(), cancel)
}

/// Runs a program without stages in a frame for the shapes of its feeds.
pub fn run_in(
    program: &Program,
    mut frame: Frame,
    env: &Arc<Env>,
    feeds: impl IntoIterator<Item = Tensor>,
    cancel: &Arc<Cancel>,
) -> Result<Tensors> {
    let id = STEP.fetch_add(1, Relaxed);
    for (slot, t) in frame.values.iter_mut().zip(feeds) {
        *slot = t;
    }
    match walk_all(program, &mut frame, env, cancel, id) {
        Ok(()) => frame.finish(program),
        Err(e) => {
            let short = fitting::Short::of(program, &frame, &e);
            program.plans.give_back(frame);
            Err(match short {
                Some(short) => short.advise(program, e),
                None => e,
            })
        }
    }
}

/// Runs a program without stages in a frame that has its feeds, and gives its results out one by one: see [`Frame::hand_out`].
pub fn run_fed(
    program: &Program,
    mut frame: Frame,
    env: &Arc<Env>,
    cancel: &Arc<Cancel>,
    give: impl FnMut(usize, Tensor) -> Result<Tensor>,
) -> Result<()> {
    let id = STEP.fetch_add(1, Relaxed);
    let done = walk_all(program, &mut frame, env, cancel, id).and_then(|()| frame.hand_out(program, give));
    program.plans.give_back(frame);
    done
}

/// Runs all steps in a frame that has its feeds.
pub(crate) fn run_here(program: &Program, frame: &mut Frame, run: &RunCtx) -> Result<()> {
    walk_all(program, frame, run.env, run.cancel, STEP.fetch_add(1, Relaxed))
}

/// Runs all steps of a frame's plan; again from the first one if a device was lost and that is possible.
fn walk_all(program: &Program, frame: &mut Frame, env: &Arc<Env>, cancel: &Arc<Cancel>, id: u64) -> Result<()> {
    let all = 0..frame.plan.order.len();
    match walk(program, frame, all.clone(), env, cancel, id) {
        Err(e) if rescue::begins_anew(program, &e) => walk(program, frame, all, env, cancel, id),
        done => done,
    }
}

/// Runs some steps of a frame's plan, by their places in its order.
pub(crate) fn walk(program: &Program, frame: &mut Frame, steps: Range<usize>, env: &Arc<Env>, cancel: &Arc<Cancel>, id: u64) -> Result<()> {
    let from = if frame.doubted { steps.start } else { planned(program, frame, steps.clone(), env, cancel, id)? };
    if from == steps.end {
        return Ok(());
    }
    if !frame.doubted {
        frame.doubted = true;
        program.plans.doubt();
    }
    doubt::walk(program, frame, from..steps.end, env, cancel, id)
}

/// Runs steps as they are planned, up to one that makes a value of another shape than was said of it: the place after that.
fn planned(program: &Program, frame: &mut Frame, steps: Range<usize>, env: &Arc<Env>, cancel: &Arc<Cancel>, id: u64) -> Result<usize> {
    let Frame { plan, values, own, lanes, .. } = frame;
    let run = Walk { program, plan, env, cancel, id };
    if plan.sections.is_empty() {
        return run.steps(values, own, steps);
    }
    let mut at = steps.start;
    let within = |s: &&Section| steps.start <= s.steps.start as usize && s.steps.end as usize <= steps.end;
    for section in plan.sections.iter().filter(within) {
        let start = section.steps.start as usize;
        let next = run.steps(values, own, at..start)?;
        if next < start {
            return Ok(next);
        }
        run.section(values, lanes, section)?;
        at = section.steps.end as usize;
    }
    run.steps(values, own, at..steps.end)
}

/// A walk over the steps of a plan.
#[derive(Clone, Copy)]
struct Walk<'a> {
    program: &'a Program,
    plan: &'a Plan,
    env: &'a Arc<Env>,
    cancel: &'a Arc<Cancel>,
    id: u64,
}

impl Walk<'_> {
    /// Runs steps, up to one that makes a value of another shape than was said of it: the place after that.
    fn steps(self, values: &mut [Tensor], own: &mut [Own], steps: Range<usize>) -> Result<usize> {
        let Walk { program, plan, env, cancel, id } = self;
        match trace::enabled() {
            true => walk_as::<true>(program, plan, values, own, steps, env, cancel, id),
            false => walk_as::<false>(program, plan, values, own, steps, env, cancel, id),
        }
    }

    /// Runs the lanes of a section at once, each on values of its own: those that it makes are moved there and back.
    fn section(self, values: &mut [Tensor], spaces: &mut Vec<Vec<Tensor>>, section: &Section) -> Result<()> {
        if spaces.len() < section.lanes.len() {
            spaces.resize_with(section.lanes.len(), || vec![Tensor::default(); values.len()]);
        }
        for (lane, space) in section.lanes.iter().zip(spaces.iter_mut()) {
            lane.reads.iter().for_each(|x| space[*x as usize] = values[*x as usize].clone());
            lane.makes.iter().for_each(|x| std::mem::swap(&mut space[*x as usize], &mut values[*x as usize]));
        }
        let mut done: SmallVec<[Option<Result<()>>; 8]> = section.lanes.iter().map(|_| None).collect();
        {
            let mut jobs: SmallVec<[_; 8]> = (section.lanes.iter().zip(spaces.iter_mut()).zip(&mut done))
                .map(|((lane, space), done)| {
                    move || *done = Some(self.steps(space, &mut [], lane.steps.start as usize..lane.steps.end as usize).map(drop))
                })
                .collect();
            let mut jobs: SmallVec<[&mut (dyn FnMut() + Send); 8]> = jobs.iter_mut().map(|j| j as _).collect();
            self.env.host.at_once(&mut jobs, &|| self.cancel.check().is_err());
        }
        for (lane, space) in section.lanes.iter().zip(spaces.iter_mut()) {
            lane.makes.iter().for_each(|x| std::mem::swap(&mut space[*x as usize], &mut values[*x as usize]));
            lane.reads.iter().for_each(|x| space[*x as usize] = Tensor::default());
        }
        section.drops.iter().for_each(|x| values[*x as usize] = Tensor::default());
        let cut_off = || self.cancel.check().and_then(|()| bail!(Internal, "a lane of steps did not run"));
        done.into_iter().try_for_each(|d| d.unwrap_or_else(cut_off))
    }
}

#[allow(clippy::too_many_arguments)]
fn walk_as<const PROFILE: bool>(
    program: &Program,
    plan: &Plan,
    values: &mut [Tensor],
    own: &mut [Own],
    steps: Range<usize>,
    env: &Arc<Env>,
    cancel: &Arc<Cancel>,
    id: u64,
) -> Result<usize> {
    let mut work = 0.0;
    for (at, i) in steps.clone().zip(&plan.order[steps.clone()]) {
        let (s, p) = (&program.steps[*i as usize], &plan.steps[*i as usize]);
        work += p.cost + STEP_NS;
        if work > CHECK_EVERY_NS {
            work = 0.0;
            cancel.check()?;
        }
        let start = (PROFILE && !s.is_done()).then(trace::now);
        let run = RunCtx { env, device: &*s.device, cancel, step: id };
        if let (Part::Whole(fused), Some(prepared)) = (&p.part, &p.prepared) {
            if let Err(e) = run_region(&run, s, p, fused, prepared, values) {
                if !rescue::helps(&e, &*s.device, s.unasked, s.soft) {
                    return Err(e);
                }
                rescue::one_by_one(&run, program, fused, values)?;
            }
            if let Some(start) = start {
                trace::step(&fused.ops, &fused.nodes, s.device.name(), start);
            }
            for d in &p.drops {
                values[*d as usize] = Tensor::default();
            }
            continue;
        }
        if !s.device.is_host()
            && let (Some(prepared), Action::Kernel(kernel)) = (&p.prepared, &s.action)
        {
            away(&run, s, p, prepared, kernel, values)?;
        } else {
            let (before, after) = values.split_at_mut(s.out as usize);
            match (&p.prepared, &s.action) {
                (Some(prepared), Action::Kernel(kernel)) => {
                    let outs = &mut after[..s.n_out as usize];
                    for (k, dtype, shape) in &p.alloc {
                        let ready = &outs[*k as usize]; // of an earlier round of a loop
                        if ready.dtype() == *dtype && ready.shape() == shape && ready.is_unique() && !dtype.is_object() {
                            continue;
                        }
                        outs[*k as usize] = s.device.allocate(*dtype, shape).map_err(|e| fail(e, s, before))?;
                    }
                    let mut mine = p.own.and_then(|k| own.get_mut(k as usize));
                    if let Some(own) = &mut mine {
                        let last = (0..s.ins.len().min(8)).filter(|i| p.last & 1 << i != 0);
                        own.inputs.clear();
                        own.inputs.extend(last.map(|i| (i, std::mem::take(&mut before[s.ins[i] as usize]))));
                    }
                    let mut call = Call {
                        run: &run,
                        node: &s.node.name,
                        state: s.state.as_ref(),
                        inputs: Inputs::Slots(before, &s.ins),
                        outs,
                        last: p.last,
                        own: mine,
                    };
                    invoke(prepared, &mut call).map_err(|e| fail(e, s, before))?;
                    if let Some(own) = p.own.filter(|_| p.ends_sharing).and_then(|k| own.get_mut(k as usize)) {
                        own.rest();
                    }
                    if p.bare && !PROFILE {
                        continue;
                    }
                    if kernel.outputs == Outputs::Kernel
                        && let Some(op) = s.node.op
                        && after[..s.n_out as usize].iter().any(Tensor::is_transient)
                    {
                        let inputs: SmallVec<[&Tensor; 4]> = s.ins.iter().map(|i| &before[*i as usize]).collect();
                        own_outputs(op, &inputs, &mut after[..s.n_out as usize])?;
                    }
                }
                _ => {
                    for (o, t) in after.iter_mut().zip(unplanned(&run, s, before, p.last)?) {
                        *o = t;
                    }
                }
            }
        }
        if s.node.op.is_some_and(|o| o.has(Flags::PYTHON)) {
            cancel.check()?; // a callback may have taken any time
        }
        if let Some(start) = start {
            trace::step(s.name(), &s.node.name, s.device.name(), start);
        }
        let doubtful = p.claims.iter().any(|(slot, said)| !said.accepts(values[*slot as usize].shape()));
        for d in &p.drops {
            values[*d as usize] = Tensor::default();
        }
        if doubtful {
            return Ok(at + 1);
        }
    }
    Ok(steps.end)
}

/// Runs a step on a device whose memory the host cannot read, or on the host if that helps.
fn away(run: &RunCtx, s: &Step, p: &PlanStep, prepared: &Prepared, kernel: &Kernel, values: &mut [Tensor]) -> Result<()> {
    let (before, after) = values.split_at_mut(s.out as usize);
    let outs = &mut after[..s.n_out as usize];
    let mut there = || -> Result<()> {
        for (slot, t) in rescue::brought(s, before)? {
            before[slot as usize] = t;
        }
        for (k, dtype, shape) in &p.alloc {
            let ready = &outs[*k as usize]; // of an earlier round of a loop
            if ready.dtype() != *dtype || ready.shape() != shape || !ready.is_unique() || ready.is_lost() || ready.on_host() {
                let host = s.node.op.is_some_and(|op| op.outputs.get(*k as usize).is_some_and(|a| a.host));
                outs[*k as usize] = if host { Tensor::recycled(*dtype, shape.clone())? } else { s.device.allocate(*dtype, shape)? };
            }
        }
        let inputs = Inputs::Slots(before, &s.ins);
        let (node, state) = (&*s.node.name, s.state.as_ref());
        invoke(prepared, &mut Call { run, node, state, inputs, outs, last: p.last, own: None })?;
        match s.node.op {
            Some(op) if kernel.outputs == Outputs::Kernel => {
                let inputs: SmallVec<[&Tensor; 4]> = s.ins.iter().map(|i| &before[*i as usize]).collect();
                own_outputs(op, &inputs, outs)
            }
            _ => Ok(()),
        }
    };
    if let Err(e) = there() {
        let e = fail(e, s, before);
        for (o, t) in after.iter_mut().zip(rescue::instead(run, s, before, e)?) {
            *o = t;
        }
    }
    Ok(())
}

/// Runs a region of steps as one.
fn run_region(run: &RunCtx, s: &Step, p: &PlanStep, fused: &Fused, prepared: &Prepared, values: &mut [Tensor]) -> Result<()> {
    if !s.device.is_host() {
        for x in fused.ins.iter().map(|x| *x as usize) {
            if values[x].on_host() {
                values[x] = s.device.to_device(&values[x])?; // of a step that the host helped
            }
        }
    }
    let done = match fused.outs[..] {
        [out] if fused.in_order => {
            let (before, after) = values.split_at_mut(out as usize);
            call_region(run, s, p, fused, prepared, before, &mut after[..1])
        }
        _ => {
            let mut outs: SmallVec<[Tensor; 2]> = fused.outs.iter().map(|o| std::mem::take(&mut values[*o as usize])).collect();
            let done = call_region(run, s, p, fused, prepared, values, &mut outs);
            for (o, t) in fused.outs.iter().zip(outs) {
                values[*o as usize] = t;
            }
            done
        }
    };
    done.map_err(|e| e.at_op(&fused.ops, &fused.nodes, Vec::new))
}

/// Calls the kernel of a region with its outputs.
#[inline]
fn call_region(
    run: &RunCtx,
    s: &Step,
    p: &PlanStep,
    fused: &Fused,
    prepared: &Prepared,
    before: &[Tensor],
    outs: &mut [Tensor],
) -> Result<()> {
    for (k, dtype, shape) in &p.alloc {
        let ready = &outs[*k as usize]; // of an earlier round of a loop
        if ready.dtype() != *dtype || ready.shape() != shape || !ready.is_unique() || ready.is_lost() {
            outs[*k as usize] = s.device.allocate(*dtype, shape)?;
        }
    }
    let inputs = Inputs::Slots(before, &fused.ins);
    invoke(prepared, &mut Call { run, node: &s.node.name, state: None, inputs, outs, last: 0, own: None })
}

/// Runs a step whose shapes were not known beforehand, on the host if its device cannot and that helps.
pub(crate) fn unplanned(run: &RunCtx, s: &Step, values: &[Tensor], last: u8) -> Result<Tensors> {
    if s.device.is_host() {
        return in_place(run, s, values, last);
    }
    let there = || match rescue::brought(s, values)? {
        copies if copies.is_empty() => in_place(run, s, values, last),
        copies => {
            let mut all = values.to_vec();
            copies.into_iter().for_each(|(slot, t)| all[slot as usize] = t);
            in_place(run, s, &all, last)
        }
    };
    there().or_else(|e| rescue::instead(run, s, values, e))
}

/// Runs a step where it belongs.
fn in_place(run: &RunCtx, s: &Step, values: &[Tensor], last: u8) -> Result<Tensors> {
    let input = || s.ins.first().map_or_else(Tensor::default, |i| values[*i as usize].clone());
    match s.action {
        Action::ToHost => Ok(smallvec::smallvec![input().to_host().map_err(|e| fail(e, s, values))?]),
        Action::ToDevice { constant } => {
            let copied = || s.device.to_device(&input()).map_err(|e| fail(e, s, values));
            let there = if constant { constant_there(&s.kept, copied)? } else { copied()? };
            Ok(smallvec::smallvec![there])
        }
        Action::Deref => {
            let handle = input();
            if let Ok(h) = handle.get_object::<Handle>()
                && h.type_name() != Variable::TYPE
            {
                // A reference to anything else, such as a queue, is read as where it is found.
                let container = if h.container.is_empty() { "localhost" } else { &h.container };
                return Ok(smallvec::smallvec![Tensor::from_strings(
                    vec![container.as_bytes().into(), h.name.as_bytes().into()],
                    Shape::new(&[2])
                )?]);
            }
            let variable = Handle::get::<Variable>(&handle)?;
            let read = variable.read();
            let value = read.ok_or_else(|| {
                let name = handle.get_object::<Handle>().map(|h| h.name.clone()).unwrap_or_default();
                let e = error!(FailedPrecondition, "Attempting to use uninitialized value {name}").fix(RUN_INITIALIZER);
                let operand = Operand { name, dtype: Some(variable.dtype), shape: variable.shape.clone() };
                e.at_op(&s.node.op_name, &s.node.name, || vec![operand])
            });
            let there = |value: Tensor| if s.device.is_host() { value.to_host() } else { s.device.to_device(&value) };
            Ok(smallvec::smallvec![value.and_then(there).map_err(|e| fail(e, s, values))?])
        }
        Action::Kernel(kernel) => {
            let Some(op) = s.node.op else { bail!(Internal, "node {} has no op", s.node.name) };
            let inputs: SmallVec<[&Tensor; 4]> = s.ins.iter().map(|i| &values[*i as usize]).collect();
            run_op(run, op, kernel, &s.node.attrs, &s.node.name, s.state.as_ref(), &inputs, last).map_err(|e| fail(e, s, values))
        }
    }
}

/// The copy of a constant on a device, which is kept and made anew once the device was lost.
fn constant_there(kept: &Kept, copied: impl FnOnce() -> Result<Tensor>) -> Result<Tensor> {
    let copy = kept.get_or_init(|| Arc::new(Mutex::new(Tensor::default()))).downcast_ref::<Mutex<Tensor>>();
    let Some(copy) = copy else { bail!(Internal, "a copy of a constant is none") };
    let mut copy = copy.lock().unwrap_or_else(PoisonError::into_inner);
    if copy.device_memory().is_none() || copy.is_lost() {
        *copy = copied()?;
    }
    Ok(copy.clone())
}

/// Names node, operands and the user's line in an error, and the forward op of a gradient's node.
#[cold]
fn fail(e: Error, s: &Step, values: &[Tensor]) -> Error {
    let inputs: SmallVec<[&Tensor; 4]> = s.ins.iter().map(|i| &values[*i as usize]).collect();
    let e = match s.node.op {
        Some(op) => locate(e, op, &s.node.name, &s.node.attrs, &inputs),
        None => e,
    }
    .at_place(s.node.place());
    match &s.forward {
        Some(f) => e.in_gradient_of(&format!("{} '{}'", f.op_name, f.name), f.place()),
        None => e,
    }
}
