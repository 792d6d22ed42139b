//! Gathering slices by index.
use super::{FULL_QUANTIZED16, fills, moving_cost};
use crate::frames::slices::prefetch;
use crate::kernels::copy::{Item, MOVE_NS, Movement, fill_units, move_elements};
use ferroflow_ops::ops::array::gather::{GatherDims, gather_dims};
use ferroflow_ops::{Call, Device, Kernel, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor, bail};

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[fills("GatherV2", &[("Tparams", FULL_QUANTIZED16)], |p| {
    let mut prepared = Prepared::new(gather, moving_cost(p));
    prepared.args[0] = p.attrs.int("batch_dims")? as usize;
    Ok(prepared)
})];

/// Rows between what is read and what is asked for ahead.
pub const AHEAD: usize = 6;

/// Row-major position `flat` in a tensor of this shape, as TensorFlow's messages write it: `[1,2]`, nothing for scalars.
pub fn position(shape: &[usize], mut flat: usize) -> String {
    let mut at = vec![0; shape.len()];
    for i in (0..shape.len()).rev() {
        at[i] = flat % shape[i];
        flat /= shape[i];
    }
    if at.is_empty() { String::new() } else { Shape::from(at).to_string() }
}

/// The elements of an index operand. InvalidArgument in TensorFlow's words if one is not in `0..limit`.
pub fn checked_indices(indices: &Tensor, limit: usize) -> Result<Vec<usize>> {
    fn check<T: ferroflow_tensor::Element + Into<i64>>(t: &Tensor, limit: usize) -> Result<Vec<usize>> {
        let v = t.slice::<T>()?;
        if let Some(i) = v.iter().position(|x| Into::<i64>::into(*x) as u64 >= limit as u64) {
            let x: i64 = v[i].into();
            bail!(InvalidArgument, "indices{} = {x} is not in [0, {limit})", position(t.shape(), i));
        }
        Ok(v.iter().map(|x| Into::<i64>::into(*x) as usize).collect())
    }
    match indices.dtype() {
        DType::Int16 => check::<i16>(indices, limit),
        DType::Int32 => check::<i32>(indices, limit),
        _ => check::<i64>(indices, limit),
    }
}

/// Copies runs of `inner` elements by index.
struct Gather {
    dims: GatherDims,
    at: Vec<usize>,
}

impl Movement for Gather {
    fn run<E: Item>(&self, device: &dyn Device, sources: &[&[E]], out: &mut [E]) -> Result<()> {
        let GatherDims { outer, axis, inner, taken, .. } = self.dims;
        fill_units(device, out, inner, size_of_val(sources[0]), 2.0 * MOVE_NS, &|start, part| {
            let first = start / inner;
            let (mut block, mut t) = (first / taken, first % taken);
            for row in part.chunks_exact_mut(inner) {
                let from = (block * axis + self.at[block / outer * taken + t]) * inner;
                if inner > 1
                    && let Some(next) = self.at.get(block / outer * taken + t + AHEAD)
                {
                    prefetch(&sources[0][(block * axis + next) * inner..][..inner]);
                }
                match row {
                    [x] => *x = sources[0][from].clone(),
                    _ => row.clone_from_slice(&sources[0][from..from + inner]),
                }
                t += 1;
                if t == taken {
                    (block, t) = (block + 1, 0);
                }
            }
        });
        Ok(())
    }
}

fn gather(p: &Prepared, call: &mut Call) -> Result<()> {
    let (params, indices) = (call.input(0), call.input(1));
    let axis = call.input(2).to_i64()?.first().copied().unwrap_or(0);
    let (dims, shape) = gather_dims(params.shape(), indices.shape(), axis, p.args[0] as i64)?;
    let at = checked_indices(indices, dims.axis)?;
    move_elements(call, 0..1, 0, &shape, &Gather { dims, at })
}
