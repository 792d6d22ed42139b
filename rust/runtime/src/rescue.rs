//! What a device cannot run goes on on the host: steps for which it has no way, and those that nobody asked to be there while it is
//! out of memory, lost, or in a forked child. Values stay on the host then, until a step that runs on the device needs them.
use crate::devices;
use crate::exec::unplanned;
use crate::program::{Action, Program, Step};
use crate::regions::Fused;
use crate::step::{Tensors, check_types, kernel, run_op};
use ferroflow_graph::flat_args;
use ferroflow_ops::{Device, Flags, Gradient, OpDef, RunCtx};
use ferroflow_tensor::{Code, Error, Result, Tensor};

/// Whether the host helps where a device failed: `unasked` is what nobody asked to be there, `soft` what may be elsewhere.
pub fn helps(e: &Error, device: &dyn Device, unasked: bool, soft: bool) -> bool {
    !device.is_host()
        && match e.code() {
            Code::ResourceExhausted | Code::Unavailable => unasked,
            Code::FailedPrecondition => unasked && device.reachable().is_err(),
            Code::Unimplemented => soft,
            _ => false,
        }
}

/// Says once that the host helps, and why.
pub fn warn(e: &Error, op: &OpDef, device: &dyn Device) {
    match e.code() {
        Code::Unimplemented => devices::warn_of_fault(op, device, e.message()),
        code => devices::warn_once(
            &format!("{code:?} {}", device.name()),
            &format!("what goes to {} unasked runs on the CPU: {}", device.name(), e.message()),
        ),
    }
}

/// The results of a step that failed on its device, by the host; the error where that does not help.
#[cold]
pub fn instead(run: &RunCtx, s: &Step, values: &[Tensor], e: Error) -> Result<Tensors> {
    let (Action::Kernel(_) | Action::ToDevice { .. }, Some(op), true) = (&s.action, s.node.op, helps(&e, &*s.device, s.unasked, s.soft))
    else {
        return Err(e);
    };
    let inputs = s.ins.iter().map(|i| values[*i as usize].to_host()).collect::<Result<Vec<_>>>()?;
    if let Action::ToDevice { .. } = s.action {
        warn(&e, op, &*s.device);
        return if s.unasked { Ok(inputs.into_iter().collect()) } else { Err(e) };
    }
    let host = &*run.env.host;
    let Some(here) = kernel(op, host).filter(|k| check_types(op, k, &s.node.attrs, host).is_ok()) else { return Err(e) };
    warn(&e, op, &*s.device);
    let run = RunCtx { env: run.env, device: host, cancel: run.cancel, step: run.step };
    let inputs: Vec<&Tensor> = inputs.iter().collect();
    let outs = run_op(&run, op, here, &s.node.attrs, &s.node.name, s.state.as_ref(), &inputs, 0)?;
    let back = |(i, t): (usize, Tensor)| {
        let stays = op.outputs.get(i.min(op.outputs.len().saturating_sub(1))).is_some_and(|a| a.host || a.is_ref);
        if s.unasked || stays || !s.device.holds(t.dtype()) { Ok(t) } else { s.device.to_device(&t) }
    };
    outs.into_iter().enumerate().map(back).collect()
}

/// Runs the steps of a region that failed on its device one by one.
#[cold]
pub fn one_by_one(run: &RunCtx, program: &Program, fused: &Fused, values: &mut [Tensor]) -> Result<()> {
    for m in &fused.members {
        let s = &program.steps[*m as usize];
        for (i, t) in unplanned(run, s, values, 0)?.into_iter().enumerate() {
            values[s.out as usize + i] = t;
        }
    }
    let made = fused.members.iter().map(|m| program.steps[*m as usize].out).filter(|slot| !fused.outs.contains(slot));
    made.for_each(|slot| values[slot as usize] = Tensor::default());
    Ok(())
}

/// Copies of the operands of a step that lie on the host, although they are none of the host's: those of a step that the host helped.
pub fn brought(s: &Step, values: &[Tensor]) -> Result<Vec<(u32, Tensor)>> {
    let all_there = s.ins.iter().all(|i| !values[*i as usize].on_host());
    let (Some(op), Action::Kernel(_), false) = (s.node.op, &s.action, all_there) else { return Ok(vec![]) };
    let lacking = s.ins.iter().zip(flat_args(op, &s.node.attrs)).filter(|(i, arg)| {
        let t = &values[**i as usize];
        !arg.host && !arg.is_ref && t.on_host() && s.device.holds(t.dtype())
    });
    lacking.map(|(i, _)| Ok((*i, s.device.to_device(&values[*i as usize])?))).collect()
}

/// Whether a program that met a lost device may run again from its first step: no step has an effect, and some nobody asked to be there.
#[cold]
pub fn begins_anew(program: &Program, e: &Error) -> bool {
    let effects = |s: &Step| {
        let acts = |op: &OpDef| {
            let any = [Flags::WRITES, Flags::PYTHON, Flags::BLOCKS, Flags::KEEPS].into_iter().any(|f| op.has(f));
            any || op.has(Flags::STATEFUL) && op.outputs.is_empty()
                || op.inputs.iter().any(|a| a.is_ref)
                || matches!(op.entry.grad, Gradient::Body)
        };
        s.node.op.is_some_and(acts)
    };
    let steps = || program.steps.iter();
    e.code() == Code::Unavailable && !program.owns_feeds && steps().any(|s| s.unasked) && !steps().any(effects)
}
