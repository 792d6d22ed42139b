//! Constants, placeholders, identities, fills.
use super::{FILLED, PLAIN, PLAIN_STRING, TINY_NS, fills, move_view, moving_cost, sets, sizes_of};
use crate::dispatch_number;
use crate::kernels::copy::View;
use crate::kernels::dispatch::Number;
use ferroflow_ops::{Call, Kernel, Prep, Prepared};
use ferroflow_tensor::{DType, PartialShape, Result, Str, Tensor, bail};

/// What ZerosLike takes.
const ZEROS: &[DType] = &super::join::<17>(&[PLAIN_STRING, &[DType::Variant]]);

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    sets("Const", &[], |p| Ok(Prepared::with(constant, TINY_NS, p.attrs.tensor("value")?.clone()))),
    sets("Placeholder", &[], |p| Ok(Prepared::with(not_fed, TINY_NS, (p.outputs[0].0, p.attrs.shape("shape")?.clone())))),
    sets("PlaceholderWithDefault", &[], view),
    sets("Identity", &[], view),
    sets("IdentityN", &[], |_| Ok(Prepared::new(identity_n, TINY_NS))),
    sets("NoOp", &[], |_| Ok(Prepared::new(|_, _| Ok(()), TINY_NS))),
    sets("StopGradient", &[], view),
    sets("PreventGradient", &[], view),
    sets("GuaranteeConst", &[], view),
    fills("Snapshot", &[("T", PLAIN)], |p| Ok(Prepared::new(snapshot, moving_cost(p)))),
    sets("EnsureShape", &[], view),
    sets("Bitcast", &[], |p| Ok(Prepared::with(bitcast, TINY_NS, (p.outputs[0].0, p.out_shape(0)?.clone())))),
    fills("ZerosLike", &[("T", ZEROS)], |p| Ok(Prepared::new(zeros_like, moving_cost(p)))),
    fills("OnesLike", &[("T", PLAIN)], |p| Ok(Prepared::new(ones_like, moving_cost(p)))),
    fills("Fill", &[("T", FILLED)], |p| Ok(Prepared::new(fill, moving_cost(p)))),
];

fn constant(p: &Prepared, call: &mut Call) -> Result<()> {
    call.set(0, p.plan::<Tensor>()?.clone());
    Ok(())
}

fn not_fed(p: &Prepared, call: &mut Call) -> Result<()> {
    let (dtype, shape) = p.plan::<(DType, PartialShape)>()?;
    let (dtype, node) = (dtype.signature_name(), call.node);
    match shape.rank() {
        None => bail!(InvalidArgument, "You must feed a value for placeholder tensor '{node}' with dtype {dtype}"),
        _ => bail!(InvalidArgument, "You must feed a value for placeholder tensor '{node}' with dtype {dtype} and shape {shape}"),
    }
}

fn view(_: &Prep) -> Result<Prepared> {
    Ok(Prepared::new(identity, TINY_NS))
}

fn identity(_: &Prepared, call: &mut Call) -> Result<()> {
    call.set(0, call.input(0).clone());
    Ok(())
}

/// Memory that the runtime may use again while an output lives is copied: only output 0 may be declared a view.
fn identity_n(_: &Prepared, call: &mut Call) -> Result<()> {
    for i in 0..call.n_inputs() {
        call.set(i, call.input(i).clone().settle()?);
    }
    Ok(())
}

fn bitcast(p: &Prepared, call: &mut Call) -> Result<()> {
    let (dtype, shape) = p.plan::<(DType, ferroflow_tensor::Shape)>()?;
    let x = call.input(0);
    let y = if x.dtype().size() == dtype.size() { x.view_as(*dtype)? } else { Tensor::from_bytes(*dtype, shape.clone(), x.bytes()?)? };
    call.set(0, y);
    Ok(())
}

fn snapshot(_: &Prepared, call: &mut Call) -> Result<()> {
    let x = call.input(0);
    if let Some(bytes) = call.output(0).bytes_mut() {
        bytes.copy_from_slice(x.bytes()?);
    }
    Ok(())
}

fn zeros_like(_: &Prepared, call: &mut Call) -> Result<()> {
    let x = call.input(0);
    match x.dtype() {
        DType::String => {
            let empty = Tensor::from_strings(vec![Str::default(); x.count()], x.shape().clone())?;
            call.set(0, empty);
        }
        d if d.is_object() => call.set(0, crate::kernels::control::list_sums::zeros_like(x)?),
        _ => {
            if let Some(bytes) = call.output(0).bytes_mut() {
                bytes.fill(0);
            }
        }
    }
    Ok(())
}

fn ones_like(_: &Prepared, call: &mut Call) -> Result<()> {
    match call.input(0).dtype() {
        DType::Bool => call.out::<bool>(0)?.fill(true),
        d => dispatch_number!(d, T => { call.out::<T>(0)?.fill(T::ONE); Ok(()) })?,
    }
    Ok(())
}

fn fill(_: &Prepared, call: &mut Call) -> Result<()> {
    let dims = sizes_of(call.input(0))?;
    let view = View::new(&dims, &vec![0; dims.len()], 0);
    move_view(call, 1, &dims, &view)
}
