//! Joining and splitting.
use super::{FULL, FULL_QUANTIZED16, JOINED, SPLIT, fills, moving_cost};
use crate::kernels::copy::{Item, MOVE_NS, Movement, View, fill_units, move_elements};
use ferroflow_ops::ops::array::joining::split_sizes;
use ferroflow_ops::{Call, Device, Kernel, Prep, Prepared};
use ferroflow_tensor::{Result, Shape, bail};
use smallvec::{SmallVec, smallvec};

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    fills("Pack", &[("T", FULL_QUANTIZED16)], pack),
    fills("Unpack", &[("T", FULL)], unpack),
    fills("ConcatV2", &[("T", JOINED)], |p| Ok(Prepared::new(concat, moving_cost(p)))),
    fills("Split", &[("T", SPLIT)], |p| Ok(Prepared::new(split, moving_cost(p)))),
    fills("SplitV", &[("T", SPLIT)], |p| Ok(Prepared::new(split_v, moving_cost(p)))),
];

/// Joins sources: each output row is a piece of every source, in their order.
struct Join {
    /// Elements per row of each source.
    pieces: Vec<usize>,
}

impl Movement for Join {
    fn run<E: Item>(&self, device: &dyn Device, sources: &[&[E]], out: &mut [E]) -> Result<()> {
        let row: usize = self.pieces.iter().sum();
        let operands = sources.iter().map(|s| size_of_val(*s)).sum();
        fill_units(device, out, 1, operands, MOVE_NS, &|start, mut part| {
            let (mut r, mut skip) = (start / row, start % row);
            while !part.is_empty() {
                for (source, &n) in sources.iter().zip(&self.pieces) {
                    if skip >= n {
                        skip -= n;
                        continue;
                    }
                    let take = (n - skip).min(part.len());
                    let (now, later) = part.split_at_mut(take);
                    now.clone_from_slice(&source[r * n + skip..][..take]);
                    part = later;
                    skip = 0;
                    if part.is_empty() {
                        break;
                    }
                }
                r += 1;
            }
        });
        Ok(())
    }
}

/// An axis counted from the front; the shape rule has checked its range.
fn front(axis: i64, rank: usize) -> usize {
    axis.rem_euclid(rank.max(1) as i64) as usize
}

fn pack(p: &Prep) -> Result<Prepared> {
    let shape = p.shape(0);
    let axis = front(p.attrs.int("axis")?, shape.rank() + 1);
    let mut out = shape.to_vec();
    out.insert(axis, p.inputs.len());
    let join = Join { pieces: vec![shape[axis..].iter().product(); p.inputs.len()] };
    let run = |p: &Prepared, call: &mut Call| {
        let (join, shape) = p.plan::<(Join, Shape)>()?;
        move_elements(call, 0..call.n_inputs(), 0, shape, join)
    };
    Ok(Prepared::with(run, moving_cost(p), (join, Shape::from(out))))
}

fn concat(_: &Prepared, call: &mut Call) -> Result<()> {
    let n = call.n_inputs() - 1;
    let axis = call.input(n).to_i64()?.first().copied().unwrap_or(0);
    let shape = call.input(0).shape();
    let axis = front(axis, shape.rank());
    let mut out = shape.clone();
    out.dims_mut()[axis] = (0..n).map(|i| call.input(i).shape()[axis]).sum();
    let join = Join { pieces: (0..n).map(|i| call.input(i).shape()[axis..].iter().product()).collect() };
    move_elements(call, 0..n, 0, &out, &join)
}

/// Bytes of a tensor that is cut row by row, without a plan of the movement.
const SMALL: usize = 16 << 10;

/// Cuts a small tensor of numbers into parts; false if it is not one.
fn small_parts(call: &mut Call, from: usize, sizes: &[usize], outer: usize, inner: usize) -> Result<bool> {
    let whole = call.input(from);
    if whole.dtype().is_object() || whole.byte_len() > SMALL || !whole.on_host() {
        return Ok(false);
    }
    let (bytes, element) = (whole.bytes()?, inner * whole.dtype().size());
    let row = sizes.iter().sum::<usize>() * element;
    let mut at = 0;
    for (out, n) in call.outs.iter_mut().zip(sizes) {
        let len = n * element;
        let Some(to) = out.bytes_mut().filter(|to| to.len() == outer * len) else {
            bail!(Internal, "a part of {outer} rows of {len} bytes was given other memory")
        };
        for i in 0..outer {
            to[i * len..][..len].copy_from_slice(&bytes[i * row + at..][..len]);
        }
        at += len;
    }
    Ok(true)
}

/// Writes the parts of input `from` along an axis to the outputs; `squeeze` leaves that axis, of size 1, out.
fn parts(call: &mut Call, from: usize, axis: usize, sizes: &[usize], squeeze: bool) -> Result<()> {
    let shape = call.input(from).shape();
    if sizes.iter().sum::<usize>() != shape[axis] {
        bail!(Internal, "parts of {sizes:?} do not make an axis of {}", shape[axis]);
    }
    let (outer, inner): (usize, usize) = (shape[..axis].iter().product(), shape[axis + 1..].iter().product());
    if small_parts(call, from, sizes, outer, inner)? {
        return Ok(());
    }
    let mut at = 0;
    for (i, &n) in sizes.iter().enumerate() {
        let view = View::new(&[outer, n * inner], &[(shape[axis] * inner) as isize, 1], at * inner);
        let mut dims = shape.to_vec();
        dims[axis] = n;
        if squeeze {
            dims.remove(axis);
        }
        move_elements(call, from..from + 1, i, &Shape::from(dims), &view)?;
        at += n;
    }
    Ok(())
}

fn unpack(p: &Prep) -> Result<Prepared> {
    let mut prepared = Prepared::new(
        |p, call| {
            let sizes = vec![1; call.outs.len()];
            parts(call, 0, p.args[0], &sizes, true)
        },
        moving_cost(p),
    );
    prepared.args[0] = front(p.attrs.int("axis")?, p.shape(0).rank());
    Ok(prepared)
}

fn split(_: &Prepared, call: &mut Call) -> Result<()> {
    let shape = call.input(1).shape();
    let axis = front(call.slice::<i32>(0)?.first().map_or(0, |a| i64::from(*a)), shape.rank());
    let n = call.outs.len();
    let sizes: SmallVec<[usize; 8]> = smallvec![shape[axis] / n.max(1); n];
    parts(call, 1, axis, &sizes, false)
}

fn split_v(_: &Prepared, call: &mut Call) -> Result<()> {
    let shape = call.input(0).shape();
    let axis = front(call.input(2).to_i64()?.first().copied().unwrap_or(0), shape.rank());
    let sizes = split_sizes(&call.input(1).to_i64()?, Some(shape[axis]), true)?;
    let sizes: Vec<usize> = sizes.into_iter().map(|s| s.unwrap_or(0)).collect();
    parts(call, 0, axis, &sizes, false)
}
