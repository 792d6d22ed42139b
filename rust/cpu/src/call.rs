//! Runs one op on concrete tensors, without a graph or session: binds attributes, infers shapes, prepares, calls.
//! For tests of kernels and for constant folding.
use crate::device::Cpu;
use ferroflow_ops::infer::operand_name;
use ferroflow_ops::kernel::{Callable, Functions};
use ferroflow_ops::resource::{Handle, Variable};
use ferroflow_ops::{
    Attr, Attrs, Call, Cancel, Device, Env, Func, Infer, Inputs, NodeState, OpDef, Outputs, Prep, RunCtx, ValueType, bind, op, output_types,
};
use ferroflow_tensor::{DType, Operand, Result, Tensor, bail, error};
use std::sync::Arc;

/// A library without functions.
struct NoFunctions;
impl Functions for NoFunctions {
    fn instantiate(&self, func: &Func) -> Result<Arc<dyn Callable>> {
        bail!(NotFound, "Function {} is not defined.", func.name)
    }
}

/// Runs an op once on the CPU with fresh resources and node state.
///
/// ```
/// use ferroflow_cpu::call::run;
/// use ferroflow_tensor::Tensor;
/// let x = Tensor::from_slice(&[1.0f32, 2.0], [2])?;
/// # let _ = (run as fn(_, _, _) -> _, &x); // ops are registered family by family
/// # let _: fn(&str, &[Tensor], &[(&'static str, ferroflow_ops::Attr)]) -> ferroflow_tensor::Result<Vec<Tensor>> = run;
/// # Ok::<(), ferroflow_tensor::Error>(())
/// ```
pub fn run(name: &str, inputs: &[Tensor], attrs: &[(&'static str, Attr)]) -> Result<Vec<Tensor>> {
    let host: Arc<dyn Device> = Arc::new(Cpu::new(0));
    let env = Arc::new(Env { resources: Arc::default(), functions: Arc::new(NoFunctions), host });
    run_in(&env, &Arc::default(), name, inputs, attrs)
}

/// The dtype of an input as the op's signature sees it: a reference has the dtype of its variable.
fn dtype_of(def: &OpDef, i: usize, t: &Tensor) -> DType {
    let is_ref = def.inputs.get(i).is_some_and(|a| a.is_ref);
    if is_ref { Handle::get::<Variable>(t).map_or(t.dtype(), |v| v.dtype) } else { t.dtype() }
}

/// Runs an op on the CPU within an environment, with the state of a node.
pub fn run_in(
    env: &Arc<Env>,
    state: &Arc<NodeState>,
    name: &str,
    inputs: &[Tensor],
    attrs: &[(&'static str, Attr)],
) -> Result<Vec<Tensor>> {
    let def = op(name)?;
    let dtypes: Vec<_> = inputs.iter().enumerate().map(|(i, t)| dtype_of(def, i, t)).collect();
    let attrs = bind(def, &dtypes, Attrs::of(attrs))?;
    let operands = || {
        let one =
            |(i, t): (usize, &Tensor)| Operand { name: operand_name(def, &attrs, i), dtype: Some(t.dtype()), shape: t.shape().into() };
        inputs.iter().enumerate().map(one).collect()
    };
    let go = || {
        let types: Vec<_> = inputs.iter().map(ValueType::of).collect();
        let out_types = output_types(def, &attrs)?;
        let inferred = Infer::run(def, &attrs, &types, &out_types, true)?;
        let Some(kernel) = env.host.kernel(def).or_else(|| ferroflow_ops::kernel::registered(name)) else {
            bail!(Unimplemented, "no CPU kernel for {name}")
        };
        for (attr, allowed) in kernel.types {
            if !attrs.dtype(attr).is_ok_and(|d| allowed.contains(&d)) {
                bail!(NotFound, "Could not find device for node: {name}[{attr}={:?}]", attrs.get(attr));
            }
        }
        let shapes: Vec<_> = inferred.iter().map(|t| t.shape.known()).collect();
        let prep = Prep {
            op: def,
            attrs: &attrs,
            inputs: &inputs.iter().map(|t| (t.dtype(), t.shape())).collect::<Vec<_>>(),
            outputs: &out_types.iter().zip(&shapes).map(|((d, _), s)| (*d, s.as_ref())).collect::<Vec<_>>(),
            constants: Default::default(),
        };
        let prepared = (kernel.prepare)(&prep)?;
        let mut outs = vec![Tensor::default(); out_types.len()];
        if kernel.outputs == Outputs::Runtime {
            for ((o, (d, _)), s) in outs.iter_mut().zip(&out_types).zip(&shapes) {
                let s = s.as_ref().ok_or_else(|| error!(Internal, "{name}: the shape rule left an output shape unknown"))?;
                *o = env.host.allocate(*d, s)?;
            }
        }
        let cancel = Arc::new(Cancel::default());
        let ctx = RunCtx { env, device: &*env.host, cancel: &cancel, step: 0 };
        let ins: Vec<u32> = (0..inputs.len() as u32).collect();
        (prepared.run)(
            &prepared,
            &mut Call { run: &ctx, node: "", state: Some(state), inputs: Inputs::Slots(inputs, &ins), outs: &mut outs, last: 0, own: None },
        )?;
        for ((o, t), _) in outs.iter().zip(&inferred).zip(&out_types).filter(|(_, (_, is_ref))| !is_ref) {
            if !t.shape.accepts(o.shape()) || o.dtype() != t.dtype {
                bail!(Internal, "{name}: kernel made {} {}, shape rule said {} {}", o.dtype(), o.shape(), t.dtype, t.shape);
            }
        }
        Ok(outs)
    };
    go().map_err(|e| e.at_op(name, "", operands))
}
