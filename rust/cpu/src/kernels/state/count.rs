//! Kernels of counters: variables that count up to a limit.
use super::{check_dtype, kernel, missing, name, variable};
use crate::kernels::dispatch::INDICES;
use ferroflow_ops::{Call, Kernel, Prep, Prepared};
use ferroflow_tensor::{DType, Element, Result, Tensor, bail, error};

/// Counters behind handles and behind references.
pub static KERNELS: &[Kernel] = &[kernel("ResourceCountUpTo", &[("T", INDICES)], prepare), kernel("CountUpTo", &[("T", INDICES)], prepare)];

struct Counting {
    limit: i64,
    dtype: DType,
    reference: bool,
}

fn prepare(p: &Prep) -> Result<Prepared> {
    let plan = Counting { limit: p.attrs.int("limit")?, dtype: p.attrs.dtype("T")?, reference: p.op.name == "CountUpTo" };
    Ok(Prepared::with(count_up_to, super::NS, plan))
}

fn count_up_to(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan: &Counting = p.plan()?;
    let counter = variable(call, 0)?;
    if !counter.is_initialized() {
        return Err(if plan.reference {
            error!(FailedPrecondition, "Attempting to use uninitialized value {}", name(call, 0))
                .fix(ferroflow_ops::resource::RUN_INITIALIZER)
        } else {
            missing(call, 0)
        });
    }
    check_dtype(counter, plan.dtype)?;
    let before = counter.update(|value| {
        if value.shape().rank() != 0 {
            bail!(InvalidArgument, "input is not a scalar: {}", value.shape());
        }
        match plan.dtype {
            DType::Int32 => step(value, i64::from(value.item::<i32>()?), plan.limit, |n| n as i32),
            _ => step(value, value.item::<i64>()?, plan.limit, |n| n),
        }
    })?;
    call.set(0, before);
    Ok(())
}

/// Adds one to a counter that stands at `count`, and gives what it was.
fn step<T: Element>(value: &mut Tensor, count: i64, limit: i64, of: impl Fn(i64) -> T) -> Result<Tensor> {
    if count >= limit {
        bail!(OutOfRange, "Reached limit of {limit}");
    }
    *value = Tensor::scalar(of(count + 1));
    Ok(Tensor::scalar(of(count)))
}
