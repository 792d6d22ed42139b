//! Kernels of batch normalisation and its gradient, and of layer normalisation. Half-width images are computed in float.
use crate::frames::norm::{Affine, Channels, affine, products};
use crate::frames::slices::{Cast, InRows, Reducer, RowLoops, copy};
use crate::frames::stream;
use crate::kernels::copy::fill_parallel;
use ferroflow_ops::ops::nn::norm::channel_axis;
use ferroflow_ops::{Call, Device, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::buffer::{as_bytes, as_bytes_mut};
use ferroflow_tensor::{BF16, DType, Element, F16, Result, Shape, bail};
use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

const IMAGES: &[DType] = &[DType::Float, DType::Half, DType::BFloat16];
const FLOAT: &[DType] = &[DType::Float];

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    kernel("FusedBatchNorm", &[("T", FLOAT)], |p| prepare(p, forward)),
    kernel("FusedBatchNormV2", &[("T", IMAGES), ("U", FLOAT)], |p| prepare(p, forward)),
    kernel("FusedBatchNormV3", &[("T", IMAGES), ("U", FLOAT)], |p| prepare(p, forward)),
    kernel("FusedBatchNormGrad", &[("T", FLOAT)], |p| prepare(p, backward)),
    kernel("FusedBatchNormGradV2", &[("T", IMAGES), ("U", FLOAT)], |p| prepare(p, backward)),
    kernel("FusedBatchNormGradV3", &[("T", IMAGES), ("U", FLOAT)], |p| prepare(p, backward)),
    kernel("_FusedLayerNorm", &[("T", &[DType::Float, DType::Double])], |p| match p.dtype(0) {
        DType::Float => prepare_layer::<f32>(p),
        _ => prepare_layer::<f64>(p),
    }),
];

const fn kernel(op: &'static str, types: &'static [(&'static str, &'static [DType])], prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types, outputs: Outputs::Runtime, prepare }
}

/// Estimated time per element of a pass, in nanoseconds.
const NS: f32 = 0.2;
/// Elements that are worked on together.
const BLOCK: usize = 8192;
/// Rows of a block at least: there is a row of partial sums for each block.
const LEAST_ROWS: usize = 32;

/// What a batch normalisation knows before it runs.
struct Plan {
    epsilon: f32,
    average: f32,
    training: bool,
    layout: Layout,
    sum: Reducer,
}

fn prepare(p: &Prep, run: fn(&Plan, &mut Call) -> Result<()>) -> Result<Prepared> {
    // The gradient's first operand has the shape of its images.
    let shape = p.shape(0);
    let plan = Plan {
        epsilon: p.attrs.float("epsilon")?,
        average: p.attrs.float("exponential_avg_factor").unwrap_or(1.0),
        training: p.attrs.bool("is_training")?,
        layout: Layout::of(shape, channel_axis(p.attrs, shape.rank())?),
        sum: Reducer::of("Sum", DType::Float)?,
    };
    let body = move |p: &Prepared, call: &mut Call| {
        let (plan, run) = p.plan::<(Plan, fn(&Plan, &mut Call) -> Result<()>)>()?;
        run(plan, call)
    };
    Ok(Prepared::with(body, 200.0 + 3.0 * NS * shape.count() as f32, (plan, run)))
}

/// Images as rows.
#[derive(Clone, Copy)]
struct Layout {
    channels: usize,
    /// Elements of a row: the channels, or the places of one channel.
    row: usize,
    kind: Channels,
    rows: usize,
}

impl Layout {
    fn of(shape: &Shape, axis: usize) -> Layout {
        let (channels, inner) = (shape[axis], shape[axis + 1..].iter().product::<usize>());
        let (row, kind) = if axis + 1 == shape.rank() { (channels, Channels::Columns) } else { (inner, Channels::Rows) };
        Layout { channels, row, kind, rows: shape.count().checked_div(row).unwrap_or(0) }
    }
    /// Elements of each channel.
    fn count(&self) -> usize {
        self.rows * self.row / self.channels.max(1)
    }
    /// Rows that are worked on together. Rows of one channel each: those of one image at most.
    fn height(&self) -> usize {
        let wanted = BLOCK.div_ceil(self.row);
        match self.kind {
            Channels::Columns => wanted.max(LEAST_ROWS),
            Channels::Rows => wanted.min(self.channels),
        }
    }
    /// The channels of rows that are worked on together.
    fn numbers<'a>(&self, all: &'a [f32], first: usize, rows: usize) -> Cow<'a, [f32]> {
        match self.kind {
            Channels::Columns => Cow::Borrowed(all),
            Channels::Rows => (0..rows).map(|i| all[(first + i) % self.channels]).collect(),
        }
    }

    /// Sums over each channel. `block(first row, rows, sums)` writes the sums of some rows, one for each channel of theirs.
    fn sums(&self, device: &dyn Device, sum: &Reducer, block: &(dyn Fn(usize, usize, &mut [f32]) + Sync)) -> Vec<f32> {
        let height = self.height();
        // Numbers from one block to the next, and rows behind a number.
        let (each, rows) = match self.kind {
            Channels::Columns => (self.channels, height as f32 / self.channels as f32),
            Channels::Rows => (height, 1.0),
        };
        let blocks = self.rows.div_ceil(height);
        let len = if self.kind == Channels::Columns { blocks * self.channels } else { self.rows };
        let mut partial = vec![0f32; len];
        fill_parallel(device, &mut partial, each, NS * rows * self.row as f32, &|start, part| {
            for (i, part) in part.chunks_mut(each).enumerate() {
                let first = (start / each + i) * height;
                block(first, height.min(self.rows - first), part);
            }
        });
        let mut total = vec![0f32; self.channels];
        let lines = partial.len() / self.channels;
        sum.columns(as_bytes(&partial), as_bytes_mut(&mut total), lines, self.channels);
        total
    }
    /// The sum of each channel.
    fn plain_sums(&self, device: &dyn Device, sum: &Reducer, x: &[f32]) -> Vec<f32> {
        self.sums(device, sum, &|first, rows, sums| {
            let x = as_bytes(&x[first * self.row..][..rows * self.row]);
            match self.kind {
                Channels::Columns => sum.columns(x, as_bytes_mut(sums), rows, self.row),
                Channels::Rows => sum.rows(x, as_bytes_mut(sums), self.row),
            }
        })
    }
    /// The sum of `(x - centers[0]) (y - centers[1])` of each channel.
    fn product_sums(&self, device: &dyn Device, sum: &Reducer, [x, y]: [&[f32]; 2], centers: [&[f32]; 2]) -> Vec<f32> {
        self.sums(device, sum, &|first, rows, sums| {
            let place = first * self.row..(first + rows) * self.row;
            let [a, b] = centers.map(|c| self.numbers(c, first, rows));
            products(&x[place.clone()], &y[place], self.row, self.kind, [&a, &b], sums);
        })
    }
    /// Writes the affine function of each channel.
    fn affine(&self, device: &dyn Device, x: &[f32], y: Option<&[f32]>, out: &mut [f32], at: Affine) {
        let height = self.height();
        let past = stream::pays(size_of_val(out), size_of_val(x) * (1 + usize::from(y.is_some())));
        fill_parallel(device, out, height * self.row, NS, &|start, part| {
            let (first, rows) = (start / self.row, part.len() / self.row);
            let [center, factor, slope, shift] = [at.center, at.factor, at.slope, at.shift]
                .map(|v| if v.is_empty() { Cow::Borrowed(v) } else { self.numbers(v, first, rows) });
            let at = Affine { center: &center, factor: &factor, slope: &slope, shift: &shift };
            let place = start..start + part.len();
            let y = y.map(|y| &y[place.clone()]);
            if !past {
                return affine(&x[place], y, part, self.row, self.kind, at);
            }
            let mut staging = vec![0f32; part.len()];
            affine(&x[place], y, &mut staging, self.row, self.kind, at);
            copy(&staging, part, true);
        });
    }
}

/// The elements of an input in float.
fn floats<'a>(call: &Call<'a>, i: usize) -> Result<Cow<'a, [f32]>> {
    fn wide<T: Element>(device: &dyn Device, x: &[T]) -> Result<Vec<f32>> {
        let Some(cast) = Cast::of(T::DTYPE, DType::Float) else { bail!(Internal, "{} does not widen", T::DTYPE) };
        let mut out = vec![0f32; x.len()];
        fill_parallel(device, &mut out, 1 << 14, NS, &|start, part| cast.typed(&x[start..][..part.len()], part));
        Ok(out)
    }
    let device = call.run.device;
    Ok(match call.input(i).dtype() {
        DType::Float => Cow::Borrowed(call.slice::<f32>(i)?),
        DType::Half => Cow::Owned(wide(device, call.slice::<F16>(i)?)?),
        _ => Cow::Owned(wide(device, call.slice::<BF16>(i)?)?),
    })
}

/// Calls `fill` with output 0 in float.
fn into_output(call: &mut Call, fill: impl FnOnce(&mut [f32])) -> Result<()> {
    fn narrow<T: Element>(device: &dyn Device, x: &[f32], out: &mut [T]) -> Result<()> {
        let Some(cast) = Cast::of(DType::Float, T::DTYPE) else { bail!(Internal, "{} is not narrow", T::DTYPE) };
        fill_parallel(device, out, 1 << 14, NS, &|start, part| cast.typed(&x[start..][..part.len()], part));
        Ok(())
    }
    let device = call.run.device;
    let dtype = call.outs[0].dtype();
    if dtype == DType::Float {
        fill(call.out::<f32>(0)?);
        return Ok(());
    }
    let mut wide = vec![0f32; call.outs[0].count()];
    fill(&mut wide);
    match dtype {
        DType::Half => narrow(device, &wide, call.out::<F16>(0)?),
        _ => narrow(device, &wide, call.out::<BF16>(0)?),
    }
}

/// InvalidArgument if input `i` does not have a number for each channel.
fn check(call: &Call, i: usize, channels: usize, when: &str, name: &str) -> Result<()> {
    let n = call.input(i).count();
    if n != channels {
        bail!(InvalidArgument, "{when}{name} must have the same number of elements as the channels of x, got {n} and {channels}");
    }
    Ok(())
}

fn forward(plan: &Plan, call: &mut Call) -> Result<()> {
    let (layout, device) = (plan.layout, call.run.device);
    let channels = layout.channels;
    let averages = plan.training && plan.average != 1.0;
    for (i, name) in [(3, "mean"), (4, "variance")] {
        if averages {
            check(call, i, channels, "When exponential_avg_factor != 1, ", name)?;
        } else if !plan.training {
            check(call, i, channels, "When is_training=false, ", name)?;
        }
    }
    if call.outs.len() > 5 {
        call.out::<f32>(5)?.fill(0.0);
    }
    if layout.rows == 0 {
        for (i, x) in [(1, f32::NAN), (2, f32::NAN), (3, 0.0), (4, 0.0)] {
            call.out::<f32>(i)?.fill(x);
        }
        return Ok(());
    }
    let x = floats(call, 0)?;
    let (scale, offset) = (call.slice::<f32>(1)?, call.slice::<f32>(2)?);
    let (old_mean, old_variance) = (call.slice::<f32>(3)?, call.slice::<f32>(4)?);
    let (mean, variance) = if plan.training {
        let count = layout.count() as f32;
        let mut mean = layout.plain_sums(device, &plan.sum, &x);
        mean.iter_mut().for_each(|m| *m /= count);
        let mut variance = layout.product_sums(device, &plan.sum, [&x, &x], [&mean, &mean]);
        variance.iter_mut().for_each(|v| *v /= count);
        (mean, variance)
    } else {
        (old_mean.to_vec(), old_variance.to_vec())
    };
    let factor: Vec<f32> = variance.iter().zip(scale).map(|(v, s)| s / (v + plan.epsilon).sqrt()).collect();
    let at = Affine { center: &mean, factor: &factor, slope: &[], shift: offset };
    into_output(call, |out| layout.affine(device, &x, None, out, at))?;
    // The variance of the population is larger than that of a sample.
    let count = layout.count() as f32;
    let larger = if plan.training { count / (count - 1.0).max(1.0) } else { 1.0 };
    let mixed = |old: &[f32], i: usize, new: f32| if averages { (1.0 - plan.average) * old[i] + plan.average * new } else { new };
    let running = |i: usize| [mixed(old_mean, i, mean[i]), mixed(old_variance, i, variance[i] * larger), mean[i], variance[i]];
    for out in 1..5 {
        let to = call.out::<f32>(out)?;
        (0..channels).for_each(|i| to[i] = running(i)[out - 1]);
    }
    Ok(())
}

fn backward(plan: &Plan, call: &mut Call) -> Result<()> {
    let (layout, device) = (plan.layout, call.run.device);
    let channels = layout.channels;
    for (i, name) in [(2, "scale"), (3, "reserve_space_1"), (4, "reserve_space_2")] {
        check(call, i, channels, "", name)?;
    }
    if layout.rows == 0 {
        call.out::<f32>(1)?.fill(0.0);
        call.out::<f32>(2)?.fill(0.0);
        return Ok(());
    }
    let (dy, x) = (floats(call, 0)?, floats(call, 1)?);
    let (scale, mean, variance) = (call.slice::<f32>(2)?, call.slice::<f32>(3)?, call.slice::<f32>(4)?);
    let inverse: Vec<f32> = variance.iter().map(|v| 1.0 / (v + plan.epsilon).sqrt()).collect();
    let sums = layout.plain_sums(device, &plan.sum, &dy);
    let zeros = vec![0f32; channels];
    let correlations = layout.product_sums(device, &plan.sum, [&x, &dy], [mean, &zeros]);
    let slope: Vec<f32> = scale.iter().zip(&inverse).map(|(s, r)| s * r).collect();
    let count = layout.count() as f32;
    let of_each = |f: &dyn Fn(usize) -> f32| (0..channels).map(f).collect::<Vec<f32>>();
    // dx = slope (dy - mean of dy - (x - mean) correlation / variance): only the first term if mean and variance are given.
    let (factor, shift) = if plan.training {
        (of_each(&|i| -slope[i] * inverse[i] * inverse[i] * (correlations[i] / count)), of_each(&|i| -slope[i] * (sums[i] / count)))
    } else {
        (zeros.clone(), zeros)
    };
    let at = Affine { center: mean, factor: &factor, slope: &slope, shift: &shift };
    into_output(call, |out| layout.affine(device, &x, Some(&dy), out, at))?;
    let to = call.out::<f32>(1)?;
    (0..channels).for_each(|i| to[i] = correlations[i] * inverse[i]);
    call.out::<f32>(2)?.copy_from_slice(&sums);
    Ok(())
}

/// From this length on a row is written past the caches as it is computed; shorter ones are a block first.
const DIRECT: usize = 256;

/// What a layer normalisation knows before it runs.
struct LayerPlan<T> {
    epsilon: T,
    loops: RowLoops<T>,
}

fn prepare_layer<T: InRows + From<f32>>(p: &Prep) -> Result<Prepared> {
    let plan = LayerPlan::<T> { epsilon: p.attrs.float("epsilon")?.into(), loops: RowLoops::of()? };
    Ok(Prepared::with(layer_norm::<T>, 100.0 + 2.0 * NS * p.shape(0).count() as f32, plan))
}

fn layer_norm<T: InRows>(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan = p.plan::<LayerPlan<T>>()?;
    let (x, scale, offset, device) = (call.slice::<T>(0)?, call.slice::<T>(1)?, call.slice::<T>(2)?, call.run.device);
    let [out, means, variances] = call.outs else { bail!(Internal, "a layer norm has three outputs") };
    let (out, means, variances) = (out.slice_mut::<T>()?, means.slice_mut::<T>()?, variances.slice_mut::<T>()?);
    let (n, rows) = (scale.len(), means.len());
    if n == 0 || rows == 0 {
        return Ok(());
    }
    let past = stream::pays(size_of_val(out), size_of_val(x));
    let (height, grain) = (BLOCK.div_ceil(n), BLOCK.div_ceil(n) * 8);
    type Part<'a, T> = (&'a mut [T], &'a mut [T], &'a mut [T]);
    let columns = means.chunks_mut(grain).zip(variances.chunks_mut(grain));
    let parts: Vec<Mutex<Part<T>>> = out.chunks_mut(grain * n).zip(columns).map(|(o, (m, v))| Mutex::new((o, m, v))).collect();
    device.parallel(rows, grain, 2.0 * NS * n as f32, &|range| {
        let Some(part) = parts.get(range.start / grain) else { return };
        let (out, means, variances) = &mut *part.lock().unwrap_or_else(PoisonError::into_inner);
        let mut staging = vec![T::default(); if past && n < DIRECT { height * n } else { 0 }];
        let blocks = out.chunks_mut(height * n).zip(means.chunks_mut(height).zip(variances.chunks_mut(height)));
        for (i, (out, (means, variances))) in blocks.enumerate() {
            let x = &x[(range.start + i * height) * n..][..out.len()];
            if staging.is_empty() {
                plan.loops.norm(x, [scale, offset], plan.epsilon, [out, means, variances], past);
            } else {
                let made = &mut staging[..out.len()];
                plan.loops.norm(x, [scale, offset], plan.epsilon, [made, means, variances], false);
                copy(made, out, true);
            }
        }
    });
    Ok(())
}
