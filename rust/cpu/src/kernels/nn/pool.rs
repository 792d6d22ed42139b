//! Kernels of pooling: channels-first images are transposed to channels-last and back.
use super::conv::{from_last, to_last};
use crate::kernels::dispatch::REALS;
use crate::pooling::{AvgElement, MaxElement, Pool2d, avg_pool, avg_pool_grad, max_pool, max_pool_grad};
use crate::{dispatch_floating, dispatch_real};
use ferroflow_ops::ops::nn::window::{Axes, pool_windows};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Element, Result, Shape};

const OF_REALS: &[(&str, &[DType])] = &[("T", REALS)];
const OF_FLOATS: &[(&str, &[DType])] = &[("T", &[DType::Float, DType::Double, DType::Half, DType::BFloat16])];

const fn kernel(op: &'static str, types: &'static [(&'static str, &'static [DType])], prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types, outputs: Outputs::Runtime, prepare }
}

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    kernel("MaxPool", OF_REALS, |p| dispatch_real!(p.dtype(0), T => prepare(p, p.shape(0), max::<T>))),
    kernel("MaxPoolGrad", OF_REALS, |p| dispatch_real!(p.dtype(0), T => prepare(p, p.shape(0), max_grad::<T>))),
    kernel("MaxPoolGradGrad", OF_REALS, |p| dispatch_real!(p.dtype(0), T => prepare(p, p.shape(0), max_grad_grad::<T>))),
    kernel("AvgPool", OF_FLOATS, |p| dispatch_floating!(p.dtype(0), T => prepare(p, p.shape(0), avg::<T>))),
    kernel("AvgPoolGrad", OF_FLOATS, |p| dispatch_floating!(p.dtype(1), T => prepare(p, p.out_shape(0)?, avg_grad::<T>))),
];

struct Plan {
    sizes: Pool2d,
    channels_first: bool,
}

fn prepare(p: &Prep, x: &Shape, run: fn(&Prepared, &mut Call) -> Result<()>) -> Result<Prepared> {
    let axes = Axes::of(p.attrs)?;
    let (windows, depth) = pool_windows(p.attrs, true, p.op.name)?;
    let (height, width, channels) = (x[axes.height], x[axes.width], x[axes.channel]);
    let pads = |i: usize, n: usize| <[usize; 2]>::from(windows[i].pads(n));
    let sizes = if depth.size > 1 {
        // Windows over channels: every pixel is an image of its channels.
        Pool2d {
            batch: x[0] * height * width,
            input: [1, channels],
            channels: 1,
            window: [1, depth.size],
            strides: [1, depth.stride],
            padding: [[0, 0]; 2],
        }
    } else {
        Pool2d {
            batch: x[0],
            input: [height, width],
            channels,
            window: [windows[0].size, windows[1].size],
            strides: [windows[0].stride, windows[1].stride],
            padding: [pads(0, height), pads(1, width)],
        }
    };
    let cost = 200.0 + x.count() as f32 * 2.0;
    Ok(Prepared::with(run, cost, Plan { sizes, channels_first: axes.channel == 1 }))
}

fn max<T: Element + MaxElement>(p: &Prepared, call: &mut Call) -> Result<()> {
    let (plan, run, shape) = (p.plan::<Plan>()?, call.run, call.output(0).shape().clone());
    let x = to_last(run.device, call.slice::<T>(0)?, call.input(0).shape(), plan.channels_first);
    let ask = || run.cancel.check().is_err();
    from_last(run.device, call.out::<T>(0)?, &shape, plan.channels_first, |y| max_pool(&plan.sizes, &x, y, Some(&ask)))
}

fn max_grad<T: Element + MaxElement>(p: &Prepared, call: &mut Call) -> Result<()> {
    let (plan, run, shape) = (p.plan::<Plan>()?, call.run, call.output(0).shape().clone());
    let x = to_last(run.device, call.slice::<T>(0)?, call.input(0).shape(), plan.channels_first);
    let dy = to_last(run.device, call.slice::<T>(2)?, call.input(2).shape(), plan.channels_first);
    let ask = || run.cancel.check().is_err();
    from_last(run.device, call.out::<T>(0)?, &shape, plan.channels_first, |dx| max_pool_grad(&plan.sizes, &x, &dy, dx, Some(&ask)))
}

/// Picks the gradient of the first largest element of each window.
fn max_grad_grad<T: Element + MaxElement>(p: &Prepared, call: &mut Call) -> Result<()> {
    let (plan, device, shape) = (p.plan::<Plan>()?, call.run.device, call.output(0).shape().clone());
    let x = to_last(device, call.slice::<T>(0)?, call.input(0).shape(), plan.channels_first);
    let d = to_last(device, call.slice::<T>(2)?, call.input(2).shape(), plan.channels_first);
    let s = &plan.sizes;
    let ([height, width], [rows, columns]) = (s.input, s.output());
    let span = |axis: usize, at: usize| {
        let start = at * s.strides[axis];
        let before = s.padding[axis][0];
        start.saturating_sub(before)..(start + s.window[axis]).saturating_sub(before).min(s.input[axis])
    };
    from_last(device, call.out::<T>(0)?, &shape, plan.channels_first, |out| {
        for (i, out) in out.chunks_exact_mut(s.channels.max(1)).enumerate() {
            let (image, y, z) = (i / (rows * columns), i / columns % rows, i % columns);
            for (c, out) in out.iter_mut().enumerate() {
                let mut best: Option<usize> = None;
                for at in span(0, y).flat_map(|r| span(1, z).map(move |q| ((image * height + r) * width + q) * s.channels + c)) {
                    if best.is_none_or(|b| x[b] < x[at]) {
                        best = Some(at);
                    }
                }
                *out = best.map_or(T::ZERO, |b| d[b]);
            }
        }
        Ok(())
    })
}

fn avg<T: Element + AvgElement>(p: &Prepared, call: &mut Call) -> Result<()> {
    let (plan, run, shape) = (p.plan::<Plan>()?, call.run, call.output(0).shape().clone());
    let x = to_last(run.device, call.slice::<T>(0)?, call.input(0).shape(), plan.channels_first);
    let ask = || run.cancel.check().is_err();
    from_last(run.device, call.out::<T>(0)?, &shape, plan.channels_first, |y| avg_pool(&plan.sizes, &x, y, Some(&ask)))
}

fn avg_grad<T: Element + AvgElement>(p: &Prepared, call: &mut Call) -> Result<()> {
    let (plan, run, shape) = (p.plan::<Plan>()?, call.run, call.output(0).shape().clone());
    let dy = to_last(run.device, call.slice::<T>(1)?, call.input(1).shape(), plan.channels_first);
    let ask = || run.cancel.check().is_err();
    from_last(run.device, call.out::<T>(0)?, &shape, plan.channels_first, |dx| avg_pool_grad(&plan.sizes, &dy, dx, Some(&ask)))
}
