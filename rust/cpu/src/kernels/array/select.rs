//! Ops whose results depend on the values.
use super::{PLAIN, moving_cost, sets};
use crate::dispatch_number;
use crate::kernels::dispatch::Number;
use ferroflow_ops::{Call, Kernel, Prepared};
use ferroflow_tensor::{DType, Result, Tensor};

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[sets("Where", &[("T", PLAIN)], |p| Ok(Prepared::new(where_, 4.0 * moving_cost(p))))];

fn where_(_: &Prepared, call: &mut Call) -> Result<()> {
    let x = call.input(0);
    let found: Vec<usize> = match x.dtype() {
        DType::Bool => positions(x.slice::<bool>()?, |b| b),
        d => dispatch_number!(d, T => Ok(positions(x.slice::<T>()?, |v| v != T::ZERO)))?,
    };
    let shape = x.shape();
    let rank = shape.rank();
    let mut out = Tensor::recycled(DType::Int64, [found.len(), rank])?;
    if rank > 0 {
        for (row, flat) in out.slice_mut::<i64>()?.chunks_exact_mut(rank).zip(found) {
            let mut rest = flat;
            for (to, d) in row.iter_mut().zip(shape.iter()).rev() {
                *to = (rest % d) as i64;
                rest /= d;
            }
        }
    }
    call.set(0, out);
    Ok(())
}

fn positions<T: Copy>(v: &[T], is: impl Fn(T) -> bool) -> Vec<usize> {
    v.iter().enumerate().filter(|(_, x)| is(**x)).map(|(i, _)| i).collect()
}
