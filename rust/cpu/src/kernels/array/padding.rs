//! Padding and reversal.
use super::{PLAIN_STRING, QUANTIZED, fills, join, move_view, moving_cost, sizes_of};
use crate::dispatch_number;
use crate::kernels::copy::{Item, MOVE_NS, Movement, View, fill_parallel, fill_units, move_elements, scatter_view};
use crate::kernels::dispatch::{NUMBERS, Number};
use ferroflow_ops::ops::array::padding::reversed_axes;
use ferroflow_ops::{Call, Device, Kernel, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor, bail};

const PADDED: &[DType] = &join::<19>(&[PLAIN_STRING, QUANTIZED]);

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    fills("Pad", &[("T", PADDED)], |p| Ok(Prepared::new(pad, moving_cost(p)))),
    fills("PadV2", &[("T", PADDED)], |p| Ok(Prepared::new(pad, moving_cost(p)))),
    fills("MirrorPad", &[("T", PADDED)], |p| with_mode(p, mirror_pad)),
    fills("MirrorPadGrad", &[("T", NUMBERS)], |p| with_mode(p, mirror_pad_grad)),
    fills("ReverseV2", &[("T", PLAIN_STRING)], |p| Ok(Prepared::new(reverse, moving_cost(p)))),
    fills("ReverseSequence", &[("T", PLAIN_STRING)], reverse_sequence),
];

/// Sizes before and after each axis.
fn paddings(t: &Tensor, rank: usize) -> Result<Vec<[usize; 2]>> {
    let pads: Vec<[usize; 2]> = sizes_of(t)?.chunks_exact(2).map(|p| [p[0], p[1]]).collect();
    if pads.len() != rank {
        bail!(Internal, "{} paddings of {rank} axes", pads.len());
    }
    Ok(pads)
}

/// The shape with paddings, and the place of the input in it.
fn padded(shape: &Shape, pads: &[[usize; 2]]) -> (Shape, View) {
    let out: Shape = shape.iter().zip(pads).map(|(d, [a, b])| a + d + b).collect();
    let rows = View::strides_of(&out);
    let offset = pads.iter().zip(&rows).map(|([a, _], r)| a * *r as usize).sum();
    let view = View::new(shape, &rows, offset);
    (out, view)
}

/// Fills with the second source, if there is one, and puts the first in its place.
struct Pad(View);
impl Movement for Pad {
    fn run<E: Item>(&self, device: &dyn Device, sources: &[&[E]], out: &mut [E]) -> Result<()> {
        if let Some([value]) = sources.get(1) {
            fill_units(device, out, 1, 0, MOVE_NS / 2.0, &|_, part| part.fill(value.clone()));
        }
        scatter_view(&self.0, sources[0], out);
        Ok(())
    }
}

fn pad(_: &Prepared, call: &mut Call) -> Result<()> {
    let x = call.input(0);
    let pads = paddings(call.input(1), x.shape().rank())?;
    let (shape, view) = padded(x.shape(), &pads);
    if call.n_inputs() == 2 {
        if let Some(bytes) = call.output(0).bytes_mut() {
            bytes.fill(0);
        }
        return move_elements(call, 0..1, 0, &shape, &Pad(view));
    }
    let sources = [x, call.input(2)];
    let device = call.run.device;
    if x.dtype().is_object() {
        let out = crate::kernels::copy::move_to_new(device, &sources, x.dtype(), &shape, &Pad(view))?;
        call.set(0, out);
        return Ok(());
    }
    crate::kernels::copy::move_bytes(device, &sources, call.output(0), &Pad(view))
}

fn with_mode(p: &Prep, run: fn(&Prepared, &mut Call) -> Result<()>) -> Result<Prepared> {
    let mut prepared = Prepared::new(run, 2.0 * moving_cost(p));
    prepared.args[0] = usize::from(p.attrs.str("mode")? == "REFLECT");
    Ok(prepared)
}

/// For each position of a padded axis, the position of the input that it mirrors.
fn mirrored(size: usize, [before, after]: [usize; 2], skip: usize) -> Vec<usize> {
    let head = (0..before).rev().map(|i| i + skip);
    let tail = (0..after).map(|i| size - 1 - skip - i);
    head.chain(0..size).chain(tail).collect()
}

/// Calls `visit(out, from)` for every element of the padded tensor with the position of the element that it mirrors.
fn each_mirrored(maps: &[Vec<usize>], strides: &[usize], mut visit: impl FnMut(usize, usize)) {
    if maps.iter().any(Vec::is_empty) {
        return;
    }
    let mut at = vec![0; maps.len()];
    for out in 0.. {
        visit(out, at.iter().zip(maps).zip(strides).map(|((i, m), s)| m[*i] * s).sum());
        let Some(axis) = (0..at.len()).rev().find(|i| at[*i] + 1 < maps[*i].len()) else { return };
        at[axis] += 1;
        at[axis + 1..].fill(0);
    }
}

struct Mirror {
    maps: Vec<Vec<usize>>,
    strides: Vec<usize>,
}
impl Movement for Mirror {
    fn run<E: Item>(&self, _: &dyn Device, sources: &[&[E]], out: &mut [E]) -> Result<()> {
        each_mirrored(&self.maps, &self.strides, |to, from| out[to] = sources[0][from].clone());
        Ok(())
    }
}

fn mirror_of(inner: &Shape, pads: &[[usize; 2]], skip: usize) -> Mirror {
    let maps = inner.iter().zip(pads).map(|(d, p)| mirrored(*d, *p, skip)).collect();
    Mirror { maps, strides: inner.strides() }
}

fn mirror_pad(p: &Prepared, call: &mut Call) -> Result<()> {
    let shape = call.input(0).shape();
    let pads = paddings(call.input(1), shape.rank())?;
    let (out, _) = padded(shape, &pads);
    move_elements(call, 0..1, 0, &out, &mirror_of(shape, &pads, p.args[0]))
}

/// Adds the paddings of one axis, the first before the last, to what they were mirrored from. The axis has `size` positions
/// of `stride` elements.
fn fold<T: Number>(x: &mut [T], size: usize, stride: usize, [before, after]: [usize; 2], skip: usize) {
    let end = size - after;
    let head = (0..before).map(|i| (i, 2 * before - 1 - i + skip));
    let tail = (end..size).map(|i| (i, 2 * end - 1 - i - skip));
    let pairs: Vec<(usize, usize)> = head.chain(tail).collect();
    for block in x.chunks_exact_mut(size * stride) {
        for &(from, to) in &pairs {
            for i in 0..stride {
                block[to * stride + i] = block[to * stride + i].plus(block[from * stride + i]);
            }
        }
    }
}

/// Folds axis by axis, the first axis first: TensorFlow's order of additions.
fn mirror_pad_grad(p: &Prepared, call: &mut Call) -> Result<()> {
    let x = call.input(0);
    let shape = x.shape();
    let pads = paddings(call.input(1), shape.rank())?;
    let device = call.run.device;
    let inner: Shape = shape.iter().zip(&pads).map(|(d, [a, b])| d.saturating_sub(a + b)).collect();
    if inner.count() == 0 {
        return Ok(());
    }
    let (_, core) = padded(&inner, &pads);
    dispatch_number!(x.dtype(), T => {
        let mut all = x.slice::<T>()?.to_vec();
        for (axis, pad) in pads.iter().enumerate() {
            fold(&mut all, shape[axis], shape[axis + 1..].iter().product(), *pad, p.args[0]);
        }
        core.gather_numbers(device, &all, call.out::<T>(0)?)
    })
}

fn reverse(_: &Prepared, call: &mut Call) -> Result<()> {
    let shape = call.input(0).shape();
    let flip = reversed_axes(&call.input(1).to_i64()?, shape.rank())?;
    let mut strides = View::strides_of(shape);
    let mut offset = 0;
    for i in (0..flip.len()).filter(|i| flip[*i] && shape[*i] > 0) {
        offset += (shape[i] - 1) * strides[i] as usize;
        strides[i] = -strides[i];
    }
    move_view(call, 0, shape, &View::new(shape, &strides, offset))
}

/// Reverses the first elements along one axis, a number of them for each position along another.
struct ReverseSequence {
    lengths: Vec<usize>,
    /// Product of the axes after the batch axis, and size and following product of the sequence axis.
    batch_stride: usize,
    size: usize,
    stride: usize,
}
impl Movement for ReverseSequence {
    fn run<E: Item>(&self, device: &dyn Device, sources: &[&[E]], out: &mut [E]) -> Result<()> {
        fill_parallel(device, out, 1 << 14, 4.0 * MOVE_NS, &|start, part| {
            for (i, to) in part.iter_mut().enumerate() {
                let at = start + i;
                let n = self.lengths[at / self.batch_stride % self.lengths.len()];
                let t = at / self.stride % self.size;
                let from = if t < n { at - t * self.stride + (n - 1 - t) * self.stride } else { at };
                *to = sources[0][from].clone();
            }
        });
        Ok(())
    }
}

fn reverse_sequence(p: &Prep) -> Result<Prepared> {
    let mut prepared = Prepared::new(
        |p, call| {
            let shape = call.input(0).shape();
            let [seq, batch, ..] = p.args;
            let mut lengths = vec![];
            for (i, n) in call.input(1).to_i64()?.into_iter().enumerate() {
                if n < 0 {
                    bail!(InvalidArgument, "seq_lens({i}) < 0");
                }
                if n as u64 > shape[seq] as u64 {
                    bail!(InvalidArgument, "seq_lens({i}) > input.dims({seq})");
                }
                lengths.push(n as usize);
            }
            let product = |axis: usize| shape[axis + 1..].iter().product();
            let movement = ReverseSequence { lengths, batch_stride: product(batch), size: shape[seq], stride: product(seq) };
            move_elements(call, 0..1, 0, shape, &movement)
        },
        4.0 * moving_cost(p),
    );
    prepared.args[0] = p.attrs.int("seq_dim")? as usize;
    prepared.args[1] = p.attrs.int("batch_dim")? as usize;
    Ok(prepared)
}
