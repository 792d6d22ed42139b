//! Binary search, one-hot codes, partitions and stitching.
use super::{PLAIN_STRING, QUANTIZED, WITH_OBJECTS, fills, join, moving_cost, sets, sizes_of};
use crate::kernels::array::gather::position;
use crate::kernels::copy::{Item, MOVE_NS, Movement, fill_units, move_bytes, move_to_new};
use crate::kernels::dispatch::{REALS, Real};
use crate::{dispatch_index, dispatch_real};
use ferroflow_ops::{Call, Device, Kernel, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor, bail};

const STITCHED: &[DType] = &join::<20>(&[PLAIN_STRING, QUANTIZED, &[DType::Variant]]);

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    fills("LowerBound", &[("T", REALS)], |p| Ok(Prepared::new(|p, c| bound(p, c, false), 20.0 * moving_cost(p)))),
    fills("UpperBound", &[("T", REALS)], |p| Ok(Prepared::new(|p, c| bound(p, c, true), 20.0 * moving_cost(p)))),
    fills("OneHot", &[("T", WITH_OBJECTS)], one_hot),
    sets("DynamicPartition", &[("T", WITH_OBJECTS)], |p| Ok(Prepared::new(dynamic_partition, 2.0 * moving_cost(p)))),
    sets("DynamicStitch", &[("T", STITCHED)], |p| Ok(Prepared::new(dynamic_stitch, 2.0 * moving_cost(p)))),
];

fn bound(_: &Prepared, call: &mut Call, upper: bool) -> Result<()> {
    let (sorted, values) = (call.input(0), call.input(1));
    let (width, per_row) = (sorted.shape()[1], values.shape()[1]);
    let out_type = call.output(0).dtype();
    let found: Vec<usize> = dispatch_real!(sorted.dtype(), T => {
        let (all, values) = (sorted.slice::<T>()?, values.slice::<T>()?);
        let find = |(i, v): (usize, &T)| {
            let row = &all[i / per_row * width..][..width];
            if upper { row.partition_point(|x| !v.below(*x)) } else { row.partition_point(|x| x.below(*v)) }
        };
        Ok(values.iter().enumerate().map(find).collect())
    })?;
    dispatch_index!(out_type, T => {
        for (to, at) in call.out::<T>(0)?.iter_mut().zip(found) {
            *to = at as T;
        }
        Ok(())
    })
}

/// One-hot codes of `at` (None: out of range): `outer x depth x inner` elements, with the on and off value as sources.
struct OneHot {
    at: Vec<Option<usize>>,
    depth: usize,
    inner: usize,
}
impl Movement for OneHot {
    fn run<E: Item>(&self, device: &dyn Device, sources: &[&[E]], out: &mut [E]) -> Result<()> {
        let ([on], [off]) = (sources[0], sources[1]) else { bail!(Internal, "one-hot values are no scalars") };
        let unit = self.depth * self.inner;
        fill_units(device, out, unit, 0, MOVE_NS / 2.0, &|start, part| {
            part.fill(off.clone());
            let codes = self.at[start / self.depth..].chunks_exact(self.inner);
            for (codes, part) in codes.zip(part.chunks_exact_mut(unit)) {
                for (i, at) in codes.iter().enumerate() {
                    if let Some(at) = at {
                        part[at * self.inner + i] = on.clone();
                    }
                }
            }
        });
        Ok(())
    }
}

fn one_hot(p: &Prep) -> Result<Prepared> {
    let rank = p.shape(0).rank();
    let mut prepared = Prepared::new(run_one_hot, moving_cost(p));
    prepared.args[0] = usize::try_from(p.attrs.int("axis")?).unwrap_or(rank);
    Ok(prepared)
}

fn run_one_hot(p: &Prepared, call: &mut Call) -> Result<()> {
    let (indices, on, off) = (call.input(0), call.input(2), call.input(3));
    let axis = p.args[0];
    let depth = sizes_of(call.input(1))?.first().copied().unwrap_or(0);
    let at = indices.to_i64()?.into_iter().map(|i| usize::try_from(i).ok().filter(|i| *i < depth)).collect();
    let mut shape = indices.shape().to_vec();
    let inner = shape[axis..].iter().product::<usize>().max(1);
    shape.insert(axis, depth);
    let (device, shape) = (call.run.device, Shape::from(shape));
    let movement = OneHot { at, depth, inner };
    if on.dtype().is_object() {
        let out = move_to_new(device, &[on, off], on.dtype(), &shape, &movement)?;
        call.set(0, out);
        return Ok(());
    }
    if shape.count() == 0 {
        return Ok(());
    }
    move_bytes(device, &[on, off], call.output(0), &movement)
}

/// Copies slices of `size` elements of source `s` at `from` to `to`, for each `(s, from, to)`, in this order.
struct Slices {
    size: usize,
    moves: Vec<(usize, usize, usize)>,
}
impl Movement for Slices {
    fn run<E: Item>(&self, _: &dyn Device, sources: &[&[E]], out: &mut [E]) -> Result<()> {
        let n = self.size;
        for &(s, from, to) in &self.moves {
            out[to * n..(to + 1) * n].clone_from_slice(&sources[s][from * n..(from + 1) * n]);
        }
        Ok(())
    }
}

fn dynamic_partition(_: &Prepared, call: &mut Call) -> Result<()> {
    let (data, parts) = (call.input(0), call.input(1));
    let n = call.outs.len();
    let mut rows = vec![vec![]; n];
    for (i, p) in parts.slice::<i32>()?.iter().enumerate() {
        let Some(list) = usize::try_from(*p).ok().and_then(|p| rows.get_mut(p)) else {
            bail!(InvalidArgument, "partitions{} = {p} is not in [0, {n})", position(parts.shape(), i));
        };
        list.push(i);
    }
    let tail = &data.shape()[parts.shape().rank()..];
    let size = tail.iter().product();
    for (i, rows) in rows.into_iter().enumerate() {
        let shape = Shape::from([&[rows.len()], tail].concat());
        let moves = rows.into_iter().enumerate().map(|(to, from)| (0, from, to)).collect();
        let out = move_to_new(call.run.device, &[data], data.dtype(), &shape, &Slices { size, moves })?;
        call.set(i, out);
    }
    Ok(())
}

fn dynamic_stitch(_: &Prepared, call: &mut Call) -> Result<()> {
    let n = call.n_inputs() / 2;
    let mut moves = vec![];
    let mut rows = 0;
    for s in 0..n {
        for (from, &to) in call.slice::<i32>(s)?.iter().enumerate() {
            let Ok(to) = usize::try_from(to) else { bail!(InvalidArgument, "indices[{from}] is out of range") };
            rows = rows.max(to + 1);
            moves.push((s, from, to));
        }
    }
    let data: Vec<&Tensor> = (n..2 * n).map(|i| call.input(i)).collect();
    let tail = &data[0].shape()[call.input(0).shape().rank()..];
    let shape = Shape::from([&[rows], tail].concat());
    let (dtype, movement) = (data[0].dtype(), Slices { size: tail.iter().product(), moves });
    let out = if dtype.is_object() {
        move_to_new(call.run.device, &data, dtype, &shape, &movement)?
    } else {
        let mut out = Tensor::zeros(dtype, shape)?;
        if out.count() > 0 {
            move_bytes(call.run.device, &data, &mut out, &movement)?;
        }
        out
    };
    call.set(0, out);
    Ok(())
}
