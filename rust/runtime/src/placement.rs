//! Automatic placement: whether an op that asks for no device pays on a GPU.
//!
//! What it takes on the host, by the estimate of the host's kernel, is compared with a launch on the device, which is taken to
//! be [`FASTER`]. On both sides counts what has to be copied there. So small work stays on the host, large work goes, and what
//! follows from a result on the device stays there until somebody asks for it.
use crate::devices;
use crate::step::{self, host_kernel, kernel_there};
use ferroflow_ops::{Attrs, Device, Flags, Gpu, Gradient, Infer, Kernel, OpDef, Prep, ValueType, output_types};
use ferroflow_tensor::{Shape, Tensor, byte_len};
use smallvec::SmallVec;
use std::sync::Arc;

/// Nanoseconds of a launch, with the share of the queue's work.
const LAUNCH_NS: f32 = 20_000.0;
/// Nanoseconds of a copy to the host beside its bytes: it waits until all work before it is done.
const READ_NS: f32 = 50_000.0;
/// Nanoseconds for a byte between host and device.
const BYTE_NS: f32 = 0.1;
/// How many times as fast as all threads of the host a device is taken to be.
const FASTER: f32 = 10.0;
/// Estimated nanoseconds from which on the host's threads share work.
const SHARED_NS: f32 = 15_000.0;
/// Elements of operands on the host below which nothing is worth a look.
const FEW: usize = 4096;

/// Where an operand lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lies {
    /// On the host.
    Here,
    /// On the device.
    There,
    /// Wherever it is needed: a constant, or an operand that has to lie on the host.
    Anywhere,
}

/// Nanoseconds of an op on the host and on a device, by what it takes on the host's threads and the bytes of operands that lie
/// here, of those that lie there, and of results; `free` is an op that computes nothing.
fn compare(host_ns: f32, here: usize, there: &[usize], made: usize, free: bool) -> (f32, f32) {
    let host = host_ns + there.iter().map(|b| READ_NS + *b as f32 * BYTE_NS).sum::<f32>();
    let launch = if free { 0.0 } else { LAUNCH_NS };
    // A result that nobody there waits for has to come back.
    let back = if there.is_empty() { READ_NS + made as f32 * BYTE_NS } else { 0.0 };
    (host, launch + host_ns / FASTER + here as f32 * BYTE_NS + back)
}

/// The kernel of a device for an op, if it may go there unasked and that pays. Shapes have to be known.
pub fn pays(op: &'static OpDef, attrs: &Attrs, ins: &[(ValueType, Lies)], device: &dyn Device) -> Option<&'static Kernel> {
    let bound = [Flags::STATEFUL, Flags::RANDOM, Flags::PYTHON, Flags::BLOCKS, Flags::CHECKS_VALUES];
    if bound.into_iter().any(|f| op.has(f)) || matches!(op.entry.grad, Gradient::Body) {
        return None;
    }
    step::kernel(op, device)?;
    let types: SmallVec<[ValueType; 4]> = ins.iter().map(|(t, _)| t.clone()).collect();
    let shapes = types.iter().map(|t| t.shape.known()).collect::<Option<SmallVec<[Shape; 4]>>>()?;
    let outs = Infer::run(op, attrs, &types, &output_types(op, attrs).ok()?, true).ok()?;
    let made = outs.iter().map(|t| byte_len(t.dtype, &t.shape.known()?).ok()).sum::<Option<usize>>()?;
    let bytes = |wanted: Lies| -> Option<SmallVec<[usize; 4]>> {
        let those = ins.iter().zip(&shapes).filter(|((_, lies), _)| *lies == wanted);
        those.map(|((t, _), shape)| byte_len(t.dtype, shape).ok()).collect()
    };
    let host = devices::host();
    let serial = estimate(op, attrs, &types, &shapes, &outs, &*host)?;
    let host_ns = if serial < SHARED_NS { serial } else { serial / host.threads().max(1) as f32 };
    let free = matches!(op.entry.gpu, Gpu::Free);
    let (here, there) = compare(host_ns, bytes(Lies::Here)?.iter().sum(), &bytes(Lies::There)?, made, free);
    // The first look at a kernel tests it.
    if there < here { kernel_there(op, attrs, device).ok() } else { None }
}

/// What an op takes on one thread of the host, by its kernel.
fn estimate(
    op: &'static OpDef,
    attrs: &Attrs,
    types: &[ValueType],
    shapes: &[Shape],
    outs: &[ValueType],
    host: &dyn Device,
) -> Option<f32> {
    let out_shapes: SmallVec<[Option<Shape>; 2]> = outs.iter().map(|t| t.shape.known()).collect();
    let inputs: SmallVec<[_; 4]> = types.iter().zip(shapes).map(|(t, s)| (t.dtype, s)).collect();
    let outputs: SmallVec<[_; 2]> = outs.iter().zip(&out_shapes).map(|(t, s)| (t.dtype, s.as_ref())).collect();
    let prep = Prep { op, attrs, inputs: &inputs, outputs: &outputs, constants: Default::default() };
    Some((host_kernel(op, host)?.prepare)(&prep).ok()?.cost)
}

/// The device for an eager op that asks for none; None for the host.
pub fn of_eager(op: &'static OpDef, inputs: &[&Tensor], attrs: &Attrs) -> Option<Arc<dyn Device>> {
    let device = devices::automatic()?;
    let lies = |t: &Tensor| if t.device_memory().is_some_and(|(m, _)| m.device() == device.name()) { Lies::There } else { Lies::Here };
    let few = || inputs.iter().map(|t| t.shape().count()).sum::<usize>() < FEW;
    if inputs.iter().all(|t| t.on_host()) && few() {
        return None;
    }
    let args = ferroflow_graph::flat_args(op, attrs);
    let operand = |(t, arg): (&&Tensor, &ferroflow_ops::ArgDef)| (ValueType::of(t), if arg.host { Lies::Anywhere } else { lies(t) });
    let ins: SmallVec<[_; 4]> = inputs.iter().zip(args).map(operand).collect();
    pays(op, attrs, &ins, &**device).map(|_| device.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goes(host_ns: f32, here: usize, there: &[usize], made: usize) -> bool {
        let (host, device) = compare(host_ns, here, there, made, false);
        device < host
    }

    #[test]
    fn small_work_stays_and_large_work_goes() {
        assert!(!goes(50_000.0, 4096, &[], 4096));
        assert!(goes(10e6, 8 << 20, &[], 4 << 20));
        assert!(!goes(1e6, 64 << 20, &[], 64 << 20), "the copies cost more than they save");
    }

    #[test]
    fn what_follows_stays_where_its_operand_is() {
        assert!(goes(100.0, 4, &[4], 4));
        assert!(!goes(100.0, 64 << 20, &[4], 64 << 20), "unless much would have to go there for it");
    }
}
