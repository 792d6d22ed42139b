//! Runs an eager op on a device whose memory the host cannot read: operands go there, results stay.
use crate::step::{Tensors, kernel_there, run_op};
use crate::{devices, rescue, trace};
use ferroflow_graph::flat_args;
use ferroflow_ops::{Attrs, Cancel, Device, NodeState, OpDef, RunCtx};
use ferroflow_tensor::{Result, Tensor};
use std::sync::Arc;

/// Runs an op on `device`, which may be one that nobody asked for. Host operands stay on the host. None if the device has no kernel for
/// it, or cannot run it, and it may run on the host.
#[allow(clippy::too_many_arguments)]
pub fn run(
    op: &'static OpDef,
    inputs: &[&Tensor],
    attrs: &Attrs,
    device: &Arc<dyn Device>,
    unasked: bool,
    state: &dyn Fn() -> Option<Arc<NodeState>>,
    cancel: &Arc<Cancel>,
) -> Result<Option<Tensors>> {
    let kernel = match kernel_there(op, attrs, &**device) {
        Ok(kernel) => kernel,
        Err(_) if devices::counts(op, attrs) => return Ok(None),
        Err(reason) if devices::soft_placement() => {
            devices::warn_of_host(op, attrs, &**device, &reason);
            return Ok(None);
        }
        Err(reason) => return Err(crate::step::locate(devices::refused(op, &**device, &reason), op, "", attrs, inputs)),
    };
    let start = trace::enabled().then(trace::now);
    let there = || {
        let mut values = vec![];
        for (t, arg) in inputs.iter().zip(flat_args(op, attrs)) {
            values.push(if arg.host { t.to_host()? } else { device.to_device(t)? });
        }
        let run = RunCtx { env: crate::eager::env(), device: &**device, cancel, step: 0 };
        run_op(&run, op, kernel, attrs, "", state().as_ref(), &values.iter().collect::<Vec<_>>(), 0)
    };
    let out = match there() {
        Ok(out) => out,
        Err(e) if rescue::helps(&e, &**device, unasked, unasked || devices::soft_placement()) => {
            rescue::warn(&e, op, &**device);
            return Ok(None);
        }
        Err(e) => return Err(e),
    };
    if let Some(start) = start {
        trace::step(op.name, "", device.name(), start);
    }
    Ok(Some(out))
}
