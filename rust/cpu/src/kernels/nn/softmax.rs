//! Kernels of Softmax, LogSoftmax and the cross entropies: blocks of rows that stay in the first cache, 16-bit floats in float.
use crate::dispatch_floating;
use crate::frames::slices::{Binary, Cast, InRows, Reducer, RowLoops, Unary, copy};
use crate::frames::{Mode, stream};
use crate::kernels::copy::fill_parallel;
use crate::kernels::dispatch::{INDICES, Number, Real};
use crate::kernels::math::select::broadcast_view;
use ferroflow_ops::{Call, Device, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{BF16, DType, Element, F16, Result, Shape, bail};
use std::any::Any;
use std::sync::{Mutex, PoisonError};

const FLOATS: &[DType] = &[DType::Float, DType::Double, DType::Half, DType::BFloat16];

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    Kernel {
        op: "Softmax",
        types: &[("T", FLOATS)],
        outputs: Outputs::Runtime,
        prepare: |p| dispatch_floating!(p.dtype(0), T => prepare::<T>(p, softmax::<T>)),
    },
    Kernel {
        op: "LogSoftmax",
        types: &[("T", FLOATS)],
        outputs: Outputs::Runtime,
        prepare: |p| dispatch_floating!(p.dtype(0), T => prepare::<T>(p, log_softmax::<T>)),
    },
    Kernel {
        op: "SoftmaxCrossEntropyWithLogits",
        types: &[("T", FLOATS)],
        outputs: Outputs::Runtime,
        prepare: |p| dispatch_floating!(p.dtype(0), T => prepare::<T>(p, cross_entropy::<T>)),
    },
    Kernel {
        op: "SparseSoftmaxCrossEntropyWithLogits",
        types: &[("T", FLOATS), ("Tlabels", INDICES)],
        outputs: Outputs::Runtime,
        prepare: |p| dispatch_floating!(p.dtype(0), T => prepare::<T>(p, sparse_cross_entropy::<T>)),
    },
];

/// Estimated time per element, in nanoseconds.
const NS: f32 = 0.4;
/// Elements of the rows that are worked on together: they stay in the first cache.
const BLOCK: usize = 4096;
/// Elements of a task.
const TASK: usize = 1 << 16;
/// From this length on a row is written past the caches as it is computed; shorter ones are a block first.
const DIRECT: usize = 256;
/// From this length on several threads work on a row.
const LONG: usize = 1 << 18;

/// A float of any width and what it is computed in.
trait Float: Real {
    type Wide: Wide;
    /// The same elements, if they are wide.
    fn wide(_: &[Self]) -> Option<&[Self::Wide]> {
        None
    }
    /// The same elements, if they are wide.
    fn wide_mut(_: &mut [Self]) -> Option<&mut [Self::Wide]> {
        None
    }
}
/// `f32` or `f64`.
trait Wide: Float<Wide = Self> + InRows {
    fn ln(self) -> Self;
    fn inverse(self) -> Self;
}
macro_rules! wide { ($($t:ty),*) => { $(
    impl Wide for $t {
        fn ln(self) -> Self { self.ln() }
        fn inverse(self) -> Self { 1.0 / self }
    }
    impl Float for $t {
        type Wide = $t;
        fn wide(x: &[Self]) -> Option<&[Self]> { Some(x) }
        fn wide_mut(x: &mut [Self]) -> Option<&mut [Self]> { Some(x) }
    }
)* } }
wide!(f32, f64);
macro_rules! narrow { ($($t:ty),*) => { $(
    impl Float for $t {
        type Wide = f32;
    }
)* } }
narrow!(F16, BF16);

/// The loops that rows go through.
struct Loops<W> {
    exp: Unary<W>,
    minus: Binary<W>,
    times: Binary<W>,
    rows: RowLoops<W>,
    largest: Reducer,
    widen: Option<Cast>,
    narrow: Option<Cast>,
}

fn prepare<T: Float>(p: &Prep, run: fn(&Prepared, &mut Call) -> Result<()>) -> Result<Prepared> {
    let wide = T::Wide::DTYPE;
    let loops = Loops::<T::Wide> {
        exp: Unary::of("Exp")?,
        minus: Binary::of("Sub", Mode::VectorScalar)?,
        times: Binary::of("Mul", Mode::VectorScalar)?,
        rows: RowLoops::of()?,
        largest: Reducer::of("Max", wide)?,
        widen: Cast::of(T::DTYPE, wide),
        narrow: Cast::of(wide, T::DTYPE),
    };
    let cost = 100.0 + NS * p.shape(0).count() as f32;
    Ok(Prepared { plan: Some(std::sync::Arc::new(loops) as std::sync::Arc<dyn Any + Send + Sync>), ..Prepared::new(run, cost) })
}

impl<W: Wide> Loops<W> {
    /// Narrow elements as wide ones: themselves, or in `room`.
    fn wide<'a, T: Float<Wide = W>>(&self, x: &'a [T], room: &'a mut Vec<W>) -> &'a [W] {
        match (T::wide(x), &self.widen) {
            (None, Some(widen)) => {
                room.resize(x.len(), W::ZERO);
                widen.typed(x, room);
                room
            }
            (wide, _) => wide.unwrap_or_default(),
        }
    }
    /// Writes wide elements as narrow ones.
    fn store<T: Float<Wide = W>>(&self, x: &[W], out: &mut [T]) {
        match (T::wide_mut(out), &self.narrow) {
            (Some(out), _) => out.copy_from_slice(x),
            (None, Some(narrow)) => narrow.typed(x, out),
            (None, None) => {}
        }
    }
    /// Has rows of results made where they belong or, if they are narrow or short ones that go past the caches, in `room`.
    /// `fill(results, past the caches)`.
    fn into<T: Float<Wide = W>>(&self, out: &mut [T], n: usize, past: bool, room: &mut Vec<W>, fill: impl FnOnce(&mut [W], bool)) {
        match T::wide_mut(out) {
            Some(out) if !past || n >= DIRECT => fill(out, past),
            wide => {
                let is_wide = wide.is_some();
                room.resize(out.len(), W::ZERO);
                fill(room, false);
                match T::wide_mut(out) {
                    Some(out) if is_wide => copy(room, out, true),
                    _ => self.store(room, out),
                }
            }
        }
    }
}

/// What a block of rows passes through.
struct Scratch<W> {
    /// The exponentials of a row.
    exps: Vec<W>,
    out: Vec<W>,
    loss: Vec<W>,
    wide: [Vec<W>; 2],
}
impl<W: Wide> Scratch<W> {
    fn of(n: usize) -> Scratch<W> {
        Scratch { exps: vec![W::ZERO; n], out: vec![], loss: vec![], wide: [vec![], vec![]] }
    }
}

/// Calls `body` with blocks of whole rows of input 0, the scratch, and the place of the result; whether to write past the caches.
#[allow(clippy::type_complexity)] // rows in and out, scratch
fn each_block<T: Float>(call: &mut Call, n: usize, body: &(dyn Fn(&[T], &mut Scratch<T::Wide>, &mut [T], bool) + Sync)) -> Result<()> {
    let (x, device) = (call.slice::<T>(0)?, call.run.device);
    let bytes = size_of_val(x);
    let (past, block) = (stream::pays(bytes, bytes), n * BLOCK.div_ceil(n));
    fill_parallel(device, call.out::<T>(0)?, block * TASK.div_ceil(block), NS, &|start, part| {
        let mut scratch = Scratch::of(n);
        for (x, out) in x[start..start + part.len()].chunks(block).zip(part.chunks_mut(block)) {
            body(x, &mut scratch, out, past);
        }
    });
    Ok(())
}

/// The length of a row, if there are elements.
fn row_length(call: &Call) -> Option<usize> {
    let shape = call.input(0).shape();
    if shape.count() == 0 { None } else { Some(shape.last().copied().unwrap_or(1)) }
}

fn softmax<T: Float>(p: &Prepared, call: &mut Call) -> Result<()> {
    let loops = p.plan::<Loops<T::Wide>>()?;
    let Some(n) = row_length(call) else { return Ok(()) };
    if n >= LONG {
        return long_rows::<T>(loops, call, n, false);
    }
    each_block::<T>(call, n, &|x, scratch, out, past| {
        let Scratch { exps, out: room, wide: [wide, _], .. } = scratch;
        loops.into(out, n, past, room, |out, past| loops.rows.softmax(loops.wide(x, wide), exps, out, n, past));
    })
}

fn log_softmax<T: Float>(p: &Prepared, call: &mut Call) -> Result<()> {
    let loops = p.plan::<Loops<T::Wide>>()?;
    let Some(n) = row_length(call) else { return Ok(()) };
    if n >= LONG {
        return long_rows::<T>(loops, call, n, true);
    }
    each_block::<T>(call, n, &|x, scratch, out, past| {
        let Scratch { out: room, wide: [wide, _], .. } = scratch;
        loops.into(out, n, past, room, |out, past| loops.rows.log_softmax(loops.wide(x, wide), out, n, past));
    })
}

/// Rows that are longer than the caches, each by all threads. What is added depends on the length alone.
fn long_rows<T: Float>(loops: &Loops<T::Wide>, call: &mut Call, n: usize, log: bool) -> Result<()> {
    let (x, device) = (call.slice::<T>(0)?, call.run.device);
    let mut sums = vec![T::Wide::ZERO; n.div_ceil(TASK)];
    let cost = TASK as f32 * NS;
    // The wide elements of part `i` of a row, as they are or less `largest`.
    let part_of = |row: &[T], i: usize, largest: Option<T::Wide>| {
        let x = &row[i * TASK..n.min((i + 1) * TASK)];
        let mut wide = vec![T::Wide::ZERO; x.len()];
        match (T::wide(x), &loops.widen) {
            (None, Some(widen)) => widen.typed(x, &mut wide),
            (x, _) => wide.copy_from_slice(x.unwrap_or_default()),
        }
        if let Some(largest) = largest {
            loops.minus.in_place(&mut wide, &[largest]);
        }
        wide
    };
    for (x, out) in x.chunks_exact(n).zip(call.out::<T>(0)?.chunks_exact_mut(n)) {
        fill_parallel(device, &mut sums, 1, cost, &|first, largest| {
            for (i, largest) in largest.iter_mut().enumerate() {
                *largest = loops.largest.total(&part_of(x, first + i, None));
            }
        });
        let largest = Some(loops.largest.total(&sums));
        fill_parallel(device, &mut sums, 1, cost, &|first, sums| {
            for (i, sum) in sums.iter_mut().enumerate() {
                let mut part = part_of(x, first + i, largest);
                loops.exp.in_place(&mut part);
                *sum = loops.rows.sum(&part);
            }
        });
        let total = loops.rows.sum(&sums);
        let factor = if log { total.ln() } else { total.inverse() };
        fill_parallel(device, out, TASK, NS, &|start, out| {
            for (i, out) in out.chunks_mut(TASK).enumerate() {
                let mut part = part_of(x, start / TASK + i, largest);
                if log {
                    loops.minus.in_place(&mut part, &[factor]);
                } else {
                    loops.exp.in_place(&mut part);
                    loops.times.in_place(&mut part, &[factor]);
                }
                loops.store(&part, out);
            }
        });
    }
    Ok(())
}

/// Fills the losses and the gradients of blocks of rows: `body(first row, losses, gradients, scratch, past the caches)`.
#[allow(clippy::type_complexity)] // losses, gradients, scratch
fn losses<T: Float>(
    device: &dyn Device,
    classes: usize,
    loss: &mut [T],
    back: &mut [T],
    body: &(dyn Fn(usize, &mut [T], &mut [T], &mut Scratch<T::Wide>, bool) + Sync),
) {
    let (rows, height) = (loss.len(), BLOCK.div_ceil(classes));
    let past = stream::pays(size_of_val(back), size_of_val(back));
    let grain = height * TASK.div_ceil(height * classes);
    let parts: Vec<Mutex<(&mut [T], &mut [T])>> = loss.chunks_mut(grain).zip(back.chunks_mut(grain * classes)).map(Mutex::new).collect();
    device.parallel(rows, grain, NS * 2.0 * classes as f32, &|range| {
        let Some(part) = parts.get(range.start / grain) else { return };
        let mut part = part.lock().unwrap_or_else(PoisonError::into_inner);
        let (loss, back) = &mut *part;
        let mut scratch = Scratch::of(classes);
        for (i, (loss, back)) in loss.chunks_mut(height).zip(back.chunks_mut(height * classes)).enumerate() {
            body(range.start + i * height, loss, back, &mut scratch, past);
        }
    });
}

fn cross_entropy<T: Float>(p: &Prepared, call: &mut Call) -> Result<()> {
    let loops = p.plan::<Loops<T::Wide>>()?;
    let (features, labels, device) = (call.slice::<T>(0)?, call.slice::<T>(1)?, call.run.device);
    let (shape, kinds) = (call.outs[1].shape().clone(), [call.input(0).shape(), call.input(1).shape()]);
    let [loss, back] = call.outs else { bail!(Internal, "a cross entropy has two outputs") };
    let (loss, back) = (loss.slice_mut::<T>()?, back.slice_mut::<T>()?);
    let (rows, classes) = (shape[0], shape[1]);
    if rows == 0 || classes == 0 {
        loss.fill(T::ZERO);
        return Ok(());
    }
    let (wide_features, wide_labels);
    let features = if *kinds[0] == shape {
        features
    } else {
        wide_features = broadcast(device, features, kinds[0], &shape)?;
        &wide_features
    };
    let labels = if *kinds[1] == shape {
        labels
    } else {
        wide_labels = broadcast(device, labels, kinds[1], &shape)?;
        &wide_labels
    };
    losses(device, classes, loss, back, &|first, loss, back, scratch, past| {
        let place = first * classes..first * classes + back.len();
        let Scratch { exps, out: room, loss: total, wide: [first, second] } = scratch;
        total.resize(loss.len(), T::Wide::ZERO);
        let operands = [loops.wide(&features[place.clone()], first), loops.wide(&labels[place], second)];
        loops.into(back, classes, past, room, |back, past| loops.rows.cross(operands, exps, [back, total], classes, past));
        loops.store(total, loss);
    });
    Ok(())
}

fn broadcast<T: Float>(device: &dyn Device, x: &[T], from: &Shape, to: &Shape) -> Result<Vec<T>> {
    let mut out = vec![T::ZERO; to.count()];
    broadcast_view(from, to).gather_numbers(device, x, &mut out)?;
    Ok(out)
}

fn sparse_cross_entropy<T: Float>(p: &Prepared, call: &mut Call) -> Result<()> {
    let loops = p.plan::<Loops<T::Wide>>()?;
    let (features, device, classes) = (call.slice::<T>(0)?, call.run.device, call.input(0).shape()[1]);
    let labels = call.input(1).to_i64()?;
    if let Some(bad) = labels.iter().find(|l| **l < 0 || **l >= classes as i64) {
        let all = labels.iter().map(|l| l.to_string()).collect::<Vec<_>>().join(" ");
        bail!(InvalidArgument, "Received a label value of {bad} which is outside the valid range of [0, {classes}).  Label values: {all}");
    }
    if labels.is_empty() {
        return Ok(());
    }
    let [loss, back] = call.outs else { bail!(Internal, "a cross entropy has two outputs") };
    losses(device, classes, loss.slice_mut::<T>()?, back.slice_mut::<T>()?, &|first, loss, back, scratch, past| {
        let labels = &labels[first..first + loss.len()];
        let Scratch { exps, out: room, loss: total, wide: [wide, _] } = scratch;
        total.resize(loss.len(), T::Wide::ZERO);
        let features = loops.wide(&features[first * classes..][..back.len()], wide);
        loops.into(back, classes, past, room, |back, past| {
            loops.rows.sparse_cross(features, labels, exps, [back, total], classes, past);
        });
        loops.store(total, loss);
    });
    Ok(())
}
