//! Kernels of Softmax, LogSoftmax and the cross entropies: blocks of rows that stay in the first cache, 16-bit floats in float.
use crate::dispatch_floating;
use crate::frames::slices::{Binary, Cast, Reducer, RowLoops, Unary, copy};
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
/// From this length on several threads work on a row.
const LONG: usize = 1 << 18;

/// A float of any width and what it is computed in.
trait Float: Real {
    type Wide: Wide;
    fn widen(self) -> Self::Wide;
    fn narrow(x: Self::Wide) -> Self;
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
trait Wide: Float<Wide = Self> {
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
        #[inline(always)]
        fn widen(self) -> Self { self }
        #[inline(always)]
        fn narrow(x: Self) -> Self { x }
        fn wide(x: &[Self]) -> Option<&[Self]> { Some(x) }
        fn wide_mut(x: &mut [Self]) -> Option<&mut [Self]> { Some(x) }
    }
)* } }
wide!(f32, f64);
macro_rules! narrow { ($($t:ty),*) => { $(
    impl Float for $t {
        type Wide = f32;
        #[inline(always)]
        fn widen(self) -> f32 { self.to_f32() }
        #[inline(always)]
        fn narrow(x: f32) -> Self { <$t>::from_f32(x) }
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
    /// Writes rows of `n` elements, each less its largest element.
    fn shift<T: Float<Wide = W>>(&self, x: &[T], out: &mut [W], n: usize) {
        match (T::wide(x), &self.widen) {
            (None, Some(widen)) => {
                widen.typed(x, out);
                self.rows.subtract_largest(out, n);
            }
            (wide, _) => self.rows.minus_largest(wide.unwrap_or_default(), out, n),
        }
    }
    /// Writes wide elements as narrow ones.
    fn store<T: Float<Wide = W>>(&self, x: &[W], out: &mut [T], past: bool) {
        match (T::wide_mut(out), &self.narrow) {
            (Some(out), _) => copy(x, out, past),
            (None, Some(narrow)) => narrow.typed(x, out),
            (None, None) => {}
        }
    }
}

/// What a block of rows passes through.
struct Scratch<W> {
    rows: Vec<W>,
    more: Vec<W>,
    sums: Vec<W>,
}
impl<W: Wide> Scratch<W> {
    fn of(n: usize) -> Scratch<W> {
        let height = BLOCK.div_ceil(n);
        Scratch { rows: vec![W::ZERO; height * n], more: vec![], sums: vec![W::ZERO; height] }
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
        let (rows, sums) = (&mut scratch.rows[..x.len()], &mut scratch.sums[..x.len() / n]);
        loops.shift(x, rows, n);
        loops.exp.in_place(rows);
        loops.rows.sum(rows, sums, n);
        sums.iter_mut().for_each(|s| *s = s.inverse());
        match T::wide_mut(out) {
            Some(out) if !past => loops.rows.times(rows, sums, out, n),
            _ => {
                loops.rows.scale(rows, sums, n);
                loops.store(rows, out, past);
            }
        }
    })
}

fn log_softmax<T: Float>(p: &Prepared, call: &mut Call) -> Result<()> {
    let loops = p.plan::<Loops<T::Wide>>()?;
    let Some(n) = row_length(call) else { return Ok(()) };
    if n >= LONG {
        return long_rows::<T>(loops, call, n, true);
    }
    each_block::<T>(call, n, &|x, scratch, out, past| {
        let (rows, sums) = (&mut scratch.rows[..x.len()], &mut scratch.sums[..x.len() / n]);
        loops.shift(x, rows, n);
        scratch.more.clear();
        scratch.more.extend_from_slice(rows);
        loops.exp.in_place(&mut scratch.more);
        loops.rows.sum(&scratch.more, sums, n);
        sums.iter_mut().for_each(|s| *s = s.ln());
        loops.rows.subtract(rows, sums, n);
        loops.store(rows, out, past);
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
                let len = part.len();
                loops.rows.sum(&part, std::slice::from_mut(sum), len);
            }
        });
        let mut total = [T::Wide::ZERO];
        loops.rows.sum(&sums, &mut total, n.div_ceil(TASK));
        let factor = if log { total[0].ln() } else { total[0].inverse() };
        fill_parallel(device, out, TASK, NS, &|start, out| {
            for (i, out) in out.chunks_mut(TASK).enumerate() {
                let mut part = part_of(x, start / TASK + i, largest);
                if log {
                    loops.minus.in_place(&mut part, &[factor]);
                } else {
                    loops.exp.in_place(&mut part);
                    loops.times.in_place(&mut part, &[factor]);
                }
                loops.store(&part, out, false);
            }
        });
    }
    Ok(())
}

/// Fills the losses and the gradients of blocks of rows: `body(first row, losses, gradients, scratch)`.
#[allow(clippy::type_complexity)] // losses, gradients, scratch
fn losses<T: Float>(
    device: &dyn Device,
    classes: usize,
    loss: &mut [T],
    back: &mut [T],
    body: &(dyn Fn(usize, &mut [T], &mut [T], &mut Scratch<T::Wide>) + Sync),
) {
    let (rows, height) = (loss.len(), BLOCK.div_ceil(classes));
    let grain = height * TASK.div_ceil(height * classes);
    let parts: Vec<Mutex<(&mut [T], &mut [T])>> = loss.chunks_mut(grain).zip(back.chunks_mut(grain * classes)).map(Mutex::new).collect();
    device.parallel(rows, grain, NS * 2.0 * classes as f32, &|range| {
        let Some(part) = parts.get(range.start / grain) else { return };
        let mut part = part.lock().unwrap_or_else(PoisonError::into_inner);
        let (loss, back) = &mut *part;
        let mut scratch = Scratch::of(classes);
        for (i, (loss, back)) in loss.chunks_mut(height).zip(back.chunks_mut(height * classes)).enumerate() {
            body(range.start + i * height, loss, back, &mut scratch);
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
        wide_features = broadcast(device, features, kinds[0], &shape);
        &wide_features
    };
    let labels = if *kinds[1] == shape {
        labels
    } else {
        wide_labels = broadcast(device, labels, kinds[1], &shape);
        &wide_labels
    };
    losses(device, classes, loss, back, &|first, loss, back, scratch| {
        let place = first * classes..first * classes + back.len();
        let (shifted, sums) = (&mut scratch.rows[..back.len()], &mut scratch.sums[..loss.len()]);
        loops.shift(&features[place.clone()], shifted, classes);
        let exp = &mut scratch.more;
        exp.clear();
        exp.extend_from_slice(shifted);
        loops.exp.in_place(exp);
        loops.rows.sum(exp, sums, classes);
        loops.rows.divide(exp, sums, classes);
        let labels = &labels[place];
        for (row, sum) in sums.iter().enumerate() {
            let (log, place) = (sum.ln(), row * classes..(row + 1) * classes);
            let terms = shifted[place.clone()].iter_mut().zip(exp[place.clone()].iter().zip(&labels[place.clone()]));
            for ((shifted, (exp, label)), back) in terms.zip(&mut back[place]) {
                let label = label.widen();
                *back = T::narrow(exp.minus(label));
                *shifted = label.times(log.minus(*shifted));
            }
        }
        loops.rows.sum(shifted, sums, classes);
        loss.iter_mut().zip(sums).for_each(|(loss, sum)| *loss = T::narrow(*sum));
    });
    Ok(())
}

fn broadcast<T: Float>(device: &dyn Device, x: &[T], from: &Shape, to: &Shape) -> Vec<T> {
    let mut out = vec![T::ZERO; to.count()];
    broadcast_view(from, to).gather(device, x, &mut out);
    out
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
    losses(device, classes, loss.slice_mut::<T>()?, back.slice_mut::<T>()?, &|first, loss, back, scratch| {
        let labels = &labels[first..first + loss.len()];
        let (rows, sums) = (&mut scratch.rows[..back.len()], &mut scratch.sums[..loss.len()]);
        loops.shift(&features[first * classes..][..back.len()], rows, classes);
        scratch.more.clear();
        scratch.more.extend(labels.iter().enumerate().map(|(row, label)| rows[row * classes + *label as usize]));
        loops.exp.in_place(rows);
        loops.rows.sum(rows, sums, classes);
        loops.rows.divide(rows, sums, classes);
        for (row, (loss, (sum, at_label))) in loss.iter_mut().zip(sums.iter().zip(&scratch.more)).enumerate() {
            let place = row * classes + labels[row] as usize;
            rows[place] = rows[place].minus(T::Wide::ONE);
            *loss = T::narrow(sum.ln().minus(*at_label));
        }
        loops.store(rows, back, false);
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::call::run;
    use ferroflow_tensor::{F16, Result, Tensor};

    const INF: f32 = f32::INFINITY;

    fn m(x: &[f32], dims: [usize; 2]) -> Tensor {
        Tensor::from_slice(x, dims).expect("fits")
    }
    fn go(op: &str, inputs: &[Tensor]) -> Result<Vec<Vec<f32>>> {
        run(op, inputs, &[])?.iter().map(|t| Ok(t.slice::<f32>()?.to_vec())).collect()
    }
    fn close(a: &[f32], b: &[f32]) {
        assert_eq!(a.len(), b.len());
        for (x, y) in a.iter().zip(b) {
            assert!(x == y || (x.is_nan() && y.is_nan()) || (x - y).abs() < 1e-6 * y.abs().max(0.1), "{a:?} {b:?}");
        }
    }

    #[test]
    fn rows_with_infinities_and_nan() {
        let nan = f32::NAN;
        let x = m(&[-INF, -INF, nan, 1.0, INF, 1.0, -INF, 0.0, 1e30, -1e30], [5, 2]);
        close(&go("Softmax", &[x.clone()]).expect("runs")[0], &[nan, nan, nan, nan, nan, nan, 0.0, 1.0, 1.0, 0.0]);
        close(&go("LogSoftmax", &[x]).expect("runs")[0], &[nan, nan, nan, nan, nan, nan, -INF, 0.0, 0.0, -2e30]);
        assert_eq!(go("Softmax", &[m(&[], [2, 0])]).expect("runs")[0], []);
        let e = go("Softmax", &[Tensor::scalar(1.0f32)]).expect_err("scalar");
        assert_eq!(e.message(), "logits must have >= 1 dimension, got []");
    }

    #[test]
    fn halves_are_computed_in_float() {
        let x = Tensor::from_slice(&[1.0, 2.0].map(F16::from_f32), [2]).expect("fits");
        let y = run("Softmax", &[x], &[]).expect("runs");
        assert_eq!(y[0].slice::<F16>().expect("f16").iter().map(|x| x.to_f32()).collect::<Vec<_>>(), [0.26904297, 0.73095703]);
    }

    #[test]
    fn cross_entropies() {
        let r = go("SoftmaxCrossEntropyWithLogits", &[m(&[1., 2., 3., 5.], [2, 2]), m(&[0.5, 0.5], [1, 2])]).expect("runs");
        close(&r[0], &[0.813_261_6, 1.126_928]);
        close(&r[1], &[-0.231_058_58, 0.231_058_6, -0.380_797_1, 0.380_797_03]);
        close(&go("SoftmaxCrossEntropyWithLogits", &[m(&[-INF, 0.], [1, 2]), m(&[1., 0.], [1, 2])]).expect("runs")[0], &[INF]);
        close(&go("SoftmaxCrossEntropyWithLogits", &[m(&[-INF, 0.], [1, 2]), m(&[0., 1.], [1, 2])]).expect("runs")[0], &[f32::NAN]);
        close(&go("SoftmaxCrossEntropyWithLogits", &[m(&[], [2, 0]), m(&[], [2, 0])]).expect("runs")[0], &[0., 0.]);
        let labels = |l: &[i32]| Tensor::from_slice(l, [l.len()]).expect("fits");
        let r = go("SparseSoftmaxCrossEntropyWithLogits", &[m(&[-INF, 0., 1., 2.], [2, 2]), labels(&[1, 0])]).expect("runs");
        close(&r[0], &[0.0, 1.313_261_7]);
        close(&r[1], &[0.0, 0.0, -0.731_058_6, 0.731_058_6]);
        let e = go("SparseSoftmaxCrossEntropyWithLogits", &[m(&[0.; 6], [2, 3]), labels(&[0, 3])]).expect_err("no such class");
        assert_eq!(e.message(), "Received a label value of 3 which is outside the valid range of [0, 3).  Label values: 0 3");
    }
}
