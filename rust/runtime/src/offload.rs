//! Runs an eager op on a device whose memory the host cannot read: copies in, calls, copies out.
use crate::step::{Tensors, check_types, kernel, run_op};
use ferroflow_graph::flat_args;
use ferroflow_ops::{Attrs, Cancel, Device, OpDef, RunCtx};
use ferroflow_tensor::{Result, Tensor, bail};
use std::sync::Arc;

/// Runs an op whose inputs are host tensors on `device`. Host operands stay on the host.
pub fn run(op: &'static OpDef, inputs: &[&Tensor], attrs: &Attrs, device: &Arc<dyn Device>, cancel: &Arc<Cancel>) -> Result<Tensors> {
    let Some(k) = kernel(op, &**device) else {
        bail!(InvalidArgument, "Could not satisfy device specification '{}'. No kernel of {} is available there.", device.name(), op.name);
    };
    check_types(op, k, attrs, &**device)?;
    let mut values = vec![];
    for (t, arg) in inputs.iter().zip(flat_args(op, attrs)) {
        values.push(if arg.host { (*t).clone() } else { device.to_device(t)? });
    }
    let run = RunCtx { env: crate::eager::env(), device: &**device, cancel, step: 0 };
    let out = run_op(&run, op, k, attrs, "", None, &values.iter().collect::<Vec<_>>(), 0)?;
    out.into_iter().map(|t| if t.on_host() { Ok(t) } else { device.to_host(&t) }).collect()
}
