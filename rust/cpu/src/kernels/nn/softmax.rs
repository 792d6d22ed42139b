//! Kernels of Softmax, LogSoftmax and the cross entropies: rows at a time, 16-bit floats in float.
use crate::dispatch_floating;
use crate::frames::Mode;
use crate::frames::slices::{Binary, Reducer, Unary};
use crate::kernels::copy::fill_parallel;
use crate::kernels::dispatch::{INDICES, Number, Real};
use crate::kernels::math::select::broadcast_view;
use ferroflow_ops::{Call, Device, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{BF16, DType, F16, Result, Shape, bail};
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
const NS: f32 = 1.5;

/// A float of any width and what it is computed in.
trait Float: Real {
    type Wide: Wide;
    fn widen(self) -> Self::Wide;
    fn narrow(x: Self::Wide) -> Self;
}
/// `f32` or `f64`.
trait Wide: Real {
    fn ln(self) -> Self;
}
macro_rules! wide { ($($t:ty),*) => { $(
    impl Wide for $t {
        fn ln(self) -> Self { self.ln() }
    }
    impl Float for $t {
        type Wide = $t;
        #[inline(always)]
        fn widen(self) -> Self { self }
        #[inline(always)]
        fn narrow(x: Self) -> Self { x }
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
struct Rows<W> {
    exp: Unary<W>,
    minus: Binary<W>,
    over: Binary<W>,
    max: Reducer,
    sum: Reducer,
}

fn prepare<T: Float>(p: &Prep, run: fn(&Prepared, &mut Call) -> Result<()>) -> Result<Prepared> {
    let dtype = <T::Wide as ferroflow_tensor::Element>::DTYPE;
    let rows = Rows::<T::Wide> {
        exp: Unary::of("Exp")?,
        minus: Binary::of("Sub", Mode::VectorScalar)?,
        over: Binary::of("RealDiv", Mode::VectorScalar)?,
        max: Reducer::of("Max", dtype)?,
        sum: Reducer::of("Sum", dtype)?,
    };
    let cost = 100.0 + NS * p.shape(0).count() as f32;
    Ok(Prepared { plan: Some(std::sync::Arc::new(rows) as std::sync::Arc<dyn Any + Send + Sync>), ..Prepared::new(run, cost) })
}

impl<W: Wide> Rows<W> {
    /// Subtracts the largest element.
    fn shift(&self, row: &mut [W]) {
        self.minus.in_place(row, &[self.max.total(row)]);
    }
    /// Replaces a shifted row by its exponentials; their sum.
    fn exponentials(&self, row: &mut [W]) -> W {
        self.exp.in_place(row);
        self.sum.total(row)
    }
}

/// Calls `body` with each row of `x` in the wide type, and stores what it makes of it.
#[allow(clippy::type_complexity)] // a row in and out, scratch
fn each_row<T: Float>(call: &mut Call, body: &(dyn Fn(&mut [T::Wide], &mut Vec<T::Wide>) + Sync)) -> Result<()> {
    let (x, device) = (call.slice::<T>(0)?, call.run.device);
    let n = call.input(0).shape().last().copied().unwrap_or(1);
    if n == 0 {
        return Ok(());
    }
    let grain = n * (1usize << 13).div_ceil(n);
    fill_parallel(device, call.out::<T>(0)?, grain, NS, &|start, part| {
        let mut row = vec![T::Wide::ZERO; n];
        let mut scratch = Vec::with_capacity(n);
        for (x, out) in x[start..].chunks_exact(n).zip(part.chunks_exact_mut(n)) {
            row.iter_mut().zip(x).for_each(|(r, x)| *r = x.widen());
            body(&mut row, &mut scratch);
            out.iter_mut().zip(&row).for_each(|(o, r)| *o = T::narrow(*r));
        }
    });
    Ok(())
}

fn softmax<T: Float>(p: &Prepared, call: &mut Call) -> Result<()> {
    let rows = p.plan::<Rows<T::Wide>>()?;
    each_row::<T>(call, &|row, _| {
        rows.shift(row);
        let sum = rows.exponentials(row);
        rows.over.in_place(row, &[sum]);
    })
}

fn log_softmax<T: Float>(p: &Prepared, call: &mut Call) -> Result<()> {
    let rows = p.plan::<Rows<T::Wide>>()?;
    each_row::<T>(call, &|row, scratch| {
        rows.shift(row);
        scratch.clear();
        scratch.extend_from_slice(row);
        let sum = rows.exponentials(scratch);
        rows.minus.in_place(row, &[sum.ln()]);
    })
}

/// Fills the losses and the gradients of rows side by side: `body(row, gradient)` gives the loss.
fn losses<T: Float>(device: &dyn Device, classes: usize, loss: &mut [T], back: &mut [T], body: &(dyn Fn(usize, &mut [T]) -> T + Sync)) {
    let rows = loss.len();
    let grain = (1usize << 13).div_ceil(classes.max(1));
    let parts: Vec<Mutex<(&mut [T], &mut [T])>> = loss.chunks_mut(grain).zip(back.chunks_mut(grain * classes)).map(Mutex::new).collect();
    device.parallel(rows, grain, NS * 2.0 * classes as f32, &|range| {
        let Some(part) = parts.get(range.start / grain) else { return };
        let mut part = part.lock().unwrap_or_else(PoisonError::into_inner);
        let (loss, back) = &mut *part;
        for ((i, loss), back) in range.zip(loss.iter_mut()).zip(back.chunks_exact_mut(classes)) {
            *loss = body(i, back);
        }
    });
}

fn cross_entropy<T: Float>(p: &Prepared, call: &mut Call) -> Result<()> {
    let loops = p.plan::<Rows<T::Wide>>()?;
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
    losses(device, classes, loss, back, &|i, back| {
        let labels = &labels[i * classes..][..classes];
        let mut shifted: Vec<T::Wide> = features[i * classes..][..classes].iter().map(|x| x.widen()).collect();
        loops.shift(&mut shifted);
        let mut exp = shifted.clone();
        let sum = loops.exponentials(&mut exp);
        loops.over.in_place(&mut exp, &[sum]);
        let log = sum.ln();
        for ((back, (exp, shifted)), label) in back.iter_mut().zip(exp.iter().zip(&mut shifted)).zip(labels) {
            let label = label.widen();
            *back = T::narrow(exp.minus(label));
            *shifted = label.times(log.minus(*shifted));
        }
        T::narrow(loops.sum.total(&shifted))
    });
    Ok(())
}

fn broadcast<T: Float>(device: &dyn Device, x: &[T], from: &Shape, to: &Shape) -> Vec<T> {
    let mut out = vec![T::ZERO; to.count()];
    broadcast_view(from, to).gather(device, x, &mut out);
    out
}

fn sparse_cross_entropy<T: Float>(p: &Prepared, call: &mut Call) -> Result<()> {
    let loops = p.plan::<Rows<T::Wide>>()?;
    let (features, device, classes) = (call.slice::<T>(0)?, call.run.device, call.input(0).shape()[1]);
    let labels = call.input(1).to_i64()?;
    if let Some(bad) = labels.iter().find(|l| **l < 0 || **l >= classes as i64) {
        let all = labels.iter().map(|l| l.to_string()).collect::<Vec<_>>().join(" ");
        bail!(InvalidArgument, "Received a label value of {bad} which is outside the valid range of [0, {classes}).  Label values: {all}");
    }
    let [loss, back] = call.outs else { bail!(Internal, "a cross entropy has two outputs") };
    losses(device, classes, loss.slice_mut::<T>()?, back.slice_mut::<T>()?, &|i, back| {
        let label = labels[i] as usize;
        let mut row: Vec<T::Wide> = features[i * classes..][..classes].iter().map(|x| x.widen()).collect();
        loops.shift(&mut row);
        let at_label = row[label];
        let sum = loops.exponentials(&mut row);
        loops.over.in_place(&mut row, &[sum]);
        row[label] = row[label].minus(T::Wide::ONE);
        back.iter_mut().zip(&row).for_each(|(b, r)| *b = T::narrow(*r));
        T::narrow(sum.ln().minus(at_label))
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
