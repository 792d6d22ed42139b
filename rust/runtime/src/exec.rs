//! Runs a program: walks its steps with the plan for the shapes at hand.
use crate::blocking;
use crate::plan::Frame;
use crate::program::{Action, Program, Step};
use crate::step::{Tensors, locate, own_outputs, run_op};
use crate::trace;
use ferroflow_ops::resource::{Handle, RUN_INITIALIZER, Variable};
use ferroflow_ops::running::invoke;
use ferroflow_ops::{Call, Cancel, Env, Flags, Inputs, Outputs, RunCtx};
use ferroflow_tensor::{Error, Object, Operand, Result, Shape, Tensor, bail, error};
use smallvec::SmallVec;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

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
    let frame = program.plans.frame(program, feeds)?;
    run_in(program, frame, env, feeds.iter().cloned(), cancel)
}

/// Runs a program without stages in a frame for the shapes of its feeds, which are dropped after their last use.
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
    let walked = match trace::enabled() {
        true => walk::<true>(program, &mut frame, env, cancel, id),
        false => walk::<false>(program, &mut frame, env, cancel, id),
    };
    match walked {
        Ok(()) => frame.finish(program),
        Err(e) => {
            program.plans.give_back(frame);
            Err(e)
        }
    }
}

pub(crate) fn walk<const PROFILE: bool>(program: &Program, frame: &mut Frame, env: &Arc<Env>, cancel: &Arc<Cancel>, id: u64) -> Result<()> {
    let Frame { plan, values } = frame;
    let mut work = 0.0;
    for (s, p) in program.steps.iter().zip(&plan.steps) {
        work += p.cost + STEP_NS;
        if work > CHECK_EVERY_NS {
            work = 0.0;
            cancel.check()?;
        }
        let start = PROFILE.then(trace::now);
        let (before, after) = values.split_at_mut(s.out as usize);
        let run = RunCtx { env, device: &*s.device, cancel, step: id };
        if let (true, Some(prepared)) = (p.bare && !PROFILE, &p.prepared) {
            let outs = &mut after[..s.n_out as usize];
            let mut call =
                Call { run: &run, node: &s.node.name, state: s.state.as_ref(), inputs: Inputs::Slots(before, &s.ins), outs, last: 0 };
            invoke(prepared, &mut call).map_err(|e| fail(e, s, before))?;
            continue;
        }
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
                let mut call = Call {
                    run: &run,
                    node: &s.node.name,
                    state: s.state.as_ref(),
                    inputs: Inputs::Slots(before, &s.ins),
                    outs,
                    last: p.last,
                };
                invoke(prepared, &mut call).map_err(|e| fail(e, s, before))?;
                if kernel.outputs == Outputs::Kernel
                    && let Some(op) = s.node.op
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
        if s.node.op.is_some_and(|o| o.has(Flags::PYTHON)) {
            cancel.check()?; // a callback may have taken any time
        }
        if let Some(start) = start {
            trace::step(&s.node.op_name, &s.node.name, s.device.name(), start);
        }
        for d in &p.drops {
            values[*d as usize] = Tensor::default();
        }
    }
    Ok(())
}

/// Runs a step whose shapes were not known beforehand.
pub(crate) fn unplanned(run: &RunCtx, s: &Step, values: &[Tensor], last: u8) -> Result<Tensors> {
    let input = || s.ins.first().map_or_else(Tensor::default, |i| values[*i as usize].clone());
    match s.action {
        Action::ToHost => Ok(smallvec::smallvec![s.device.to_host(&input()).map_err(|e| fail(e, s, values))?]),
        Action::ToDevice => Ok(smallvec::smallvec![s.device.to_device(&input()).map_err(|e| fail(e, s, values))?]),
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
            Ok(smallvec::smallvec![value.map_err(|e| fail(e, s, values))?])
        }
        Action::Kernel(kernel) => {
            let Some(op) = s.node.op else { bail!(Internal, "node {} has no op", s.node.name) };
            let inputs: SmallVec<[&Tensor; 4]> = s.ins.iter().map(|i| &values[*i as usize]).collect();
            run_op(run, op, kernel, &s.node.attrs, &s.node.name, s.state.as_ref(), &inputs, last).map_err(|e| fail(e, s, values))
        }
    }
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
