//! Sparse elements as a dense tensor.
use super::{SPREAD, fills, moving_cost, sizes_of};
use crate::kernels::copy::{Item, Movement, move_bytes, move_to_new};
use crate::kernels::dispatch::INDICES;
use ferroflow_ops::{Call, Device, Kernel, Prepared};
use ferroflow_tensor::{Result, Shape, Tensor, bail};

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[fills("SparseToDense", &[("T", SPREAD), ("Tindices", INDICES)], |p| {
    let mut prepared = Prepared::new(to_dense, 2.0 * moving_cost(p));
    prepared.args[0] = usize::from(p.attrs.bool("validate_indices")?);
    Ok(prepared)
})];

/// Writes the default everywhere, and then the elements of the first source, or its only one, where they lie.
struct Spread {
    at: Vec<usize>,
    one: bool,
}
impl Movement for Spread {
    fn run<E: Item>(&self, _: &dyn Device, sources: &[&[E]], out: &mut [E]) -> Result<()> {
        out.fill(sources[1][0].clone());
        for (i, at) in self.at.iter().enumerate() {
            out[*at] = sources[0][if self.one { 0 } else { i }].clone();
        }
        Ok(())
    }
}

fn shown(sizes: impl Iterator<Item = i64>) -> String {
    format!("[{}]", sizes.map(|x| x.to_string()).collect::<Vec<_>>().join(","))
}

/// The number of each place in row-major order. InvalidArgument for places outside, and with `validate` also for places out
/// of order and for a place that comes twice.
fn places(indices: &Tensor, count: usize, shape: &Shape, validate: bool) -> Result<Vec<usize>> {
    let (numbers, rank) = (indices.to_i64()?, shape.rank());
    let text = |i: usize| shown(numbers[i * rank..(i + 1) * rank].iter().copied());
    let mut at = Vec::with_capacity(count);
    for i in 0..count {
        let place = &numbers[i * rank..(i + 1) * rank];
        if !place.iter().zip(shape.iter()).all(|(x, d)| (*x as u64) < *d as u64) {
            let sizes = shown(shape.iter().map(|d| *d as i64));
            match validate {
                true => bail!(InvalidArgument, "indices[{i}] = {} is out of bounds: need 0 <= index < {sizes}", text(i)),
                false => bail!(InvalidArgument, "Indices are not valid (out of bounds).  Shape: {sizes}"),
            }
        }
        let number = place.iter().zip(shape.iter()).fold(0, |n, (x, d)| n * d + *x as usize);
        match at.last() {
            Some(last) if validate && *last == number => bail!(InvalidArgument, "indices[{i}] = {} is repeated", text(i)),
            Some(last) if validate && *last > number => bail!(
                InvalidArgument,
                "indices[{i}] = {} is out of order. Many sparse ops require sorted indices.\n  Use `tf.sparse.reorder` to create a correctly ordered copy.",
                text(i)
            ),
            _ => at.push(number),
        }
    }
    Ok(at)
}

fn to_dense(p: &Prepared, call: &mut Call) -> Result<()> {
    let (indices, sizes, values, default) = (call.input(0), call.input(1), call.input(2), call.input(3));
    if indices.shape().rank() > 2 {
        bail!(InvalidArgument, "sparse_indices should be a scalar, vector, or matrix, got shape {}", indices.shape());
    }
    if sizes.shape().rank() != 1 {
        bail!(InvalidArgument, "output_shape must be rank 1, got shape {}", sizes.shape());
    }
    let count = indices.shape().first().copied().unwrap_or(1);
    let rank = indices.shape().get(1).copied().unwrap_or(1);
    if sizes.count() != rank {
        bail!(InvalidArgument, "output_shape has incorrect number of elements: {} should be: {rank}", sizes.count());
    }
    let one = values.shape().rank() == 0;
    if !one && values.shape().dims() != [count] {
        bail!(InvalidArgument, "sparse_values has incorrect shape {}, should be [] or [{count}]", values.shape());
    }
    if default.shape().rank() != 0 {
        bail!(InvalidArgument, "default_value should be a scalar.");
    }
    let shape = Shape::from(sizes_of(sizes)?);
    let spread = Spread { at: places(indices, count, &shape, p.args[0] == 1)?, one };
    let device = call.run.device;
    if values.dtype().is_object() {
        let out = move_to_new(device, &[values, default], values.dtype(), &shape, &spread)?;
        call.set(0, out);
        return Ok(());
    }
    move_bytes(device, &[values, default], call.output(0), &spread)
}
