//! Runs one op on concrete tensors: infer shapes, check the kernel's dtypes, prepare, allocate, call.
use ferroflow_graph::flat_args;
use ferroflow_ops::infer::{broadcast_known, operand_name};
use ferroflow_ops::resource::{Handle, Variable};
use ferroflow_ops::running::invoke;
use ferroflow_ops::{
    ArgDef, ArgType, Attrs, Call, Device, Flags, Gpu, Infer, Inputs, Kernel, NodeState, OpDef, Outputs, Prep, Prepared, RunCtx, ShapeRule,
    ValueType, output_types,
};
use ferroflow_tensor::{DType, Error, Operand, Result, Shape, Tensor, bail, error};
use smallvec::SmallVec;
use std::sync::{Arc, OnceLock};

/// A few tensors: most ops have one result.
pub type Tensors = SmallVec<[Tensor; 2]>;

/// The kernel for an op on a device: the device's own, or a registered one on the host.
pub fn kernel(op: &'static OpDef, device: &dyn Device) -> Option<&'static Kernel> {
    device.kernel(op).or_else(|| match device.is_host() {
        true => ferroflow_ops::kernel::registered(op.name),
        // What only changes shapes and references does not look at the elements.
        false if matches!(op.entry.gpu, Gpu::Free) => crate::devices::host().kernel(op),
        false => None,
    })
}

/// The kernel of an op on a device whose memory the host cannot read; or why there is none.
pub fn kernel_there(op: &'static OpDef, attrs: &Attrs, device: &dyn Device) -> std::result::Result<&'static Kernel, String> {
    let lies_there = |a: &ArgDef| match &a.ty {
        _ if a.host || a.is_ref => true,
        ArgType::Fixed(d) => device.holds(*d),
        ArgType::Attr(t) => attrs.dtype(t).is_ok_and(|d| device.holds(d)),
        ArgType::List(t) => attrs.dtypes(t).is_ok_and(|l| l.iter().all(|d| device.holds(*d))),
    };
    match kernel(op, device) {
        Some(k) if check_types(op, k, attrs, device).is_ok() => match op.inputs.iter().chain(&op.outputs).find(|a| !lies_there(a)) {
            None => match crate::selftest::fault(op, k, attrs, device) {
                None => Ok(k),
                Some(fault) => Err(crate::selftest::reason(&fault)),
            },
            Some(a) => Err(format!("the dtype of '{}' does not lie in its memory", a.name)),
        },
        _ => Err(device.reason(op)),
    }
}

/// The host's kernel for an op, remembered by the op's number.
#[inline]
pub fn host_kernel(op: &'static OpDef, host: &dyn Device) -> Option<&'static Kernel> {
    /// Ops that are registered later than the first call are looked up each time.
    static KNOWN: OnceLock<Box<[OnceLock<&'static Kernel>]>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| (0..ferroflow_ops::registry::all().len()).map(|_| OnceLock::new()).collect());
    match known.get(op.id as usize) {
        Some(cell) => match cell.get() {
            Some(k) => Some(k),
            None => {
                let k = kernel(op, host)?;
                Some(cell.get_or_init(|| k))
            }
        },
        None => kernel(op, host),
    }
}

/// Checks that the kernel takes the dtypes. NotFound with TensorFlow's first line otherwise.
pub fn check_types(op: &OpDef, kernel: &Kernel, attrs: &Attrs, device: &dyn Device) -> Result<()> {
    for (attr, allowed) in kernel.types {
        let given: &[DType] = match attrs.get(attr) {
            Some(ferroflow_ops::Attr::Type(d)) => &[*d],
            Some(ferroflow_ops::Attr::Types(l)) => l,
            _ => continue,
        };
        if let Some(d) = given.iter().find(|d| !allowed.contains(d)) {
            return Err(no_kernel(op, attr, *d, device));
        }
    }
    Ok(())
}

/// The error for an op that has no kernel for a dtype.
#[cold]
pub fn no_kernel(op: &OpDef, attr: &str, dtype: DType, device: &dyn Device) -> Error {
    let dt = format!("DT_{}", dtype.signature_name().to_uppercase());
    error!(NotFound, "Could not find device for node: {{{{node {0}}}}} = {0}[{attr}={dt}]", op.name).fix(format!(
        "{} has no kernel for {dtype} on {}; cast the operands first",
        op.name,
        device.kind()
    ))
}

/// Names op and operands in an error.
pub fn locate(e: Error, op: &OpDef, node: &str, attrs: &Attrs, inputs: &[&Tensor]) -> Error {
    e.at_op(op.name, node, || {
        let args: Vec<_> = flat_args(op, attrs).collect();
        let one = |(i, t): (usize, &&Tensor)| {
            let name = operand_name(op, attrs, i);
            match Handle::get::<Variable>(t) {
                // A reference stands for its variable.
                Ok(v) if args.get(i).is_some_and(|a| a.is_ref) => Operand { name, dtype: Some(v.dtype), shape: v.shape.clone() },
                _ => Operand { name, dtype: Some(t.dtype()), shape: t.shape().into() },
            }
        };
        inputs.iter().enumerate().map(one).collect()
    })
}

/// A prepared kernel and the shapes of its outputs (None where they depend on data).
pub struct Ready {
    /// The kernel.
    pub prepared: Prepared,
    /// Dtypes and shapes of the outputs.
    pub outs: SmallVec<[(DType, Option<Shape>); 2]>,
}

/// Prepares a kernel for concrete inputs.
pub fn ready(op: &'static OpDef, kernel: &Kernel, attrs: &Attrs, inputs: &[&Tensor]) -> Result<Ready> {
    let outs: SmallVec<[(DType, Option<Shape>); 2]> = match (op.entry.shape, inputs) {
        (ShapeRule::Same, [x, ..]) if op.outputs.len() == 1 => {
            smallvec::smallvec![(output_types(op, attrs)?[0].0, Some(x.shape().clone()))]
        }
        (ShapeRule::Broadcast, [x, y]) => {
            smallvec::smallvec![(output_types(op, attrs)?[0].0, Some(broadcast_known(x.shape(), y.shape())?))]
        }
        _ => {
            let types: Vec<_> = inputs.iter().map(|t| ValueType::of(t)).collect();
            let out = output_types(op, attrs)?;
            Infer::run(op, attrs, &types, &out, true)?.into_iter().map(|t| (t.dtype, t.shape.known())).collect()
        }
    };
    let ins: SmallVec<[(DType, &Shape); 4]> = inputs.iter().map(|t| (t.dtype(), t.shape())).collect();
    let out_refs: SmallVec<[(DType, Option<&Shape>); 2]> = outs.iter().map(|(d, s)| (*d, s.as_ref())).collect();
    let prepared = (kernel.prepare)(&Prep { op, attrs, inputs: &ins, outputs: &out_refs, constants: Default::default() })?;
    drop(out_refs);
    Ok(Ready { prepared, outs })
}

/// Runs an op on concrete tensors. Bit i of `last` says that input i is not read again.
#[allow(clippy::too_many_arguments)]
pub fn run_op(
    run: &RunCtx,
    op: &'static OpDef,
    kernel: &Kernel,
    attrs: &Attrs,
    node: &str,
    state: Option<&Arc<NodeState>>,
    inputs: &[&Tensor],
    last: u8,
) -> Result<Tensors> {
    let go = || {
        let ready = ready(op, kernel, attrs, inputs)?;
        let mut outs: Tensors = allocate(run.device, op, kernel, &ready.outs)?;
        invoke(&ready.prepared, &mut Call { run, node, state, inputs: Inputs::Given(inputs), outs: &mut outs, last, own: None })?;
        if kernel.outputs == Outputs::Kernel {
            own_outputs(op, inputs, &mut outs)?;
        }
        Ok(outs)
    };
    go().map_err(|e| locate(e, op, node, attrs, inputs))
}

fn allocate(device: &dyn Device, op: &OpDef, kernel: &Kernel, outs: &[(DType, Option<Shape>)]) -> Result<Tensors> {
    if kernel.outputs == Outputs::Kernel {
        return Ok(outs.iter().map(|_| Tensor::default()).collect());
    }
    let mut made = Tensors::new();
    for ((d, s), arg) in outs.iter().zip(op.outputs.iter().chain(std::iter::repeat(op.outputs.last().unwrap_or(&EMPTY)))) {
        let Some(s) = s else { bail!(Internal, "{}: the shape rule left the shape of an output unknown", op.name) };
        made.push(if arg.host && !device.is_host() { Tensor::recycled(*d, s.clone())? } else { device.allocate(*d, s)? });
    }
    Ok(made)
}
static EMPTY: ferroflow_ops::ArgDef = ferroflow_ops::ArgDef {
    name: String::new(),
    ty: ferroflow_ops::ArgType::Fixed(DType::Float),
    number: None,
    is_ref: false,
    host: false,
};

/// A kernel that makes its outputs and is not declared a view must not hand out run-bound memory of its inputs.
#[inline]
pub fn own_outputs(op: &OpDef, inputs: &[&Tensor], outs: &mut [Tensor]) -> Result<()> {
    if op.has(Flags::VIEW) {
        return Ok(());
    }
    for o in outs.iter_mut() {
        if o.is_transient() && inputs.iter().any(|i| i.shares_memory(o)) {
            *o = o.copy()?;
        }
    }
    Ok(())
}
