//! Kernels of pooling: channels-first images are transposed to channels-last and back.
use super::conv::{from_last, to_last, triple};
use crate::kernels::dispatch::REALS;
use crate::pooling::{AvgElement, MaxElement, Pool, avg_pool, avg_pool_grad, max_pool, max_pool_grad, max_pool_winners};
use crate::{dispatch_floating, dispatch_real};
use ferroflow_ops::ops::nn::window::{Axes, pool_windows};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Element, Result, Shape, error};

const OF_REALS: &[(&str, &[DType])] = &[("T", REALS)];
const OF_FLOATS: &[(&str, &[DType])] = &[("T", &[DType::Float, DType::Double, DType::Half, DType::BFloat16])];

const fn kernel(op: &'static str, types: &'static [(&'static str, &'static [DType])], prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types, outputs: Outputs::Runtime, prepare }
}

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    kernel("MaxPool", OF_REALS, |p| dispatch_real!(p.dtype(0), T => prepare::<2>(p, p.shape(0), max::<T>))),
    kernel("MaxPoolGrad", OF_REALS, |p| dispatch_real!(p.dtype(0), T => prepare::<2>(p, p.shape(0), max_grad::<T>))),
    kernel("MaxPoolGradGrad", OF_REALS, |p| dispatch_real!(p.dtype(0), T => prepare::<2>(p, p.shape(0), max_grad_grad::<T>))),
    kernel("AvgPool", OF_FLOATS, |p| dispatch_floating!(p.dtype(0), T => prepare::<2>(p, p.shape(0), avg::<T>))),
    kernel("AvgPoolGrad", OF_FLOATS, |p| dispatch_floating!(p.dtype(1), T => prepare::<2>(p, p.out_shape(0)?, avg_grad::<T>))),
    kernel("MaxPool3D", OF_REALS, |p| dispatch_real!(p.dtype(0), T => prepare::<3>(p, p.shape(0), max::<T>))),
    kernel("MaxPool3DGrad", OF_FLOATS, |p| {
        if p.dtype(0) != p.dtype(2) {
            return Err(error!(InvalidArgument, "grad must have the dtype of orig_input: {} vs {}", p.dtype(2), p.dtype(0)));
        }
        dispatch_floating!(p.dtype(0), T => prepare::<3>(p, p.shape(0), max_grad::<T>))
    }),
    kernel("MaxPool3DGradGrad", OF_REALS, |p| dispatch_real!(p.dtype(0), T => prepare::<3>(p, p.shape(0), max_grad_grad::<T>))),
    kernel("AvgPool3D", OF_FLOATS, |p| dispatch_floating!(p.dtype(0), T => prepare::<3>(p, p.shape(0), avg::<T>))),
    kernel("AvgPool3DGrad", OF_FLOATS, |p| dispatch_floating!(p.dtype(1), T => prepare::<3>(p, p.out_shape(0)?, avg_grad::<T>))),
    kernel("MaxPoolWithArgmax", OF_REALS, |p| {
        dispatch_real!(p.dtype(0), T => match p.attrs.dtype("Targmax")? {
            DType::Int32 => prepare::<2>(p, p.shape(0), argmax::<T, i32>),
            _ => prepare::<2>(p, p.shape(0), argmax::<T, i64>),
        })
    }),
    kernel("MaxPoolGradWithArgmax", OF_REALS, |p| {
        dispatch_real!(p.dtype(0), T => match p.dtype(2) {
            DType::Int32 => prepare::<2>(p, p.shape(0), argmax_grad::<T, i32>),
            _ => prepare::<2>(p, p.shape(0), argmax_grad::<T, i64>),
        })
    }),
];

struct Plan {
    sizes: Pool,
    channels_first: bool,
    /// Places count over all images of the batch.
    over_batch: bool,
}

fn prepare<const N: usize>(p: &Prep, x: &Shape, run: fn(&Prepared, &mut Call) -> Result<()>) -> Result<Prepared> {
    let axes = Axes::<N>::of(p.attrs)?;
    let (windows, depth) = pool_windows::<N>(p.attrs, true, p.op.name)?;
    let (input, channels) = (axes.spatial.map(|axis| x[axis]), x[axes.channel]);
    let sizes = if depth.size > 1 {
        // Windows over channels: every pixel is an image of its channels.
        Pool {
            batch: x[0] * input.iter().product::<usize>(),
            input: [1, 1, channels],
            channels: 1,
            window: [1, 1, depth.size],
            strides: [1, 1, depth.stride],
            padding: [[0, 0]; 3],
        }
    } else {
        let padding: [[usize; 2]; N] = std::array::from_fn(|i| windows[i].pads(input[i]).into());
        Pool {
            batch: x[0],
            input: triple(input, 1),
            channels,
            window: triple(windows.map(|w| w.size), 1),
            strides: triple(windows.map(|w| w.stride), 1),
            padding: triple(padding, [0, 0]),
        }
    };
    let cost = 200.0 + x.count() as f32 * 2.0;
    let over_batch = p.attrs.has("include_batch_in_index") && p.attrs.bool("include_batch_in_index")?;
    Ok(Prepared::with(run, cost, Plan { sizes, channels_first: axes.channel == 1, over_batch }))
}

/// A place of an element in an image.
trait Place: Element {
    fn new(at: usize) -> Self;
    fn get(self) -> Option<usize>;
}
macro_rules! place {
    ($($t:ty)*) => {$(
        impl Place for $t {
            fn new(at: usize) -> Self {
                at as $t
            }
            fn get(self) -> Option<usize> {
                usize::try_from(self).ok()
            }
        }
    )*};
}
place!(i32 i64);

/// The largest elements of windows, and where they lie.
fn argmax<T: Element + MaxElement, P: Place>(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan = p.plan::<Plan>()?;
    let (s, x) = (&plan.sizes, call.input(0).clone());
    let windows = s.output().iter().product::<usize>().max(1);
    let image = s.input.iter().product::<usize>() * s.channels;
    let mut places = vec![P::default(); call.output(0).shape().count()];
    let y = call.out::<T>(0)?;
    max_pool_winners(s, x.slice::<T>()?, |window, best, winner| {
        y[window * s.channels..][..s.channels].copy_from_slice(best);
        let before = if plan.over_batch { 0 } else { window / windows * image };
        for (place, at) in places[window * s.channels..].iter_mut().zip(winner) {
            *place = P::new(at - before);
        }
    })?;
    call.out::<P>(1)?.copy_from_slice(&places);
    Ok(())
}

fn argmax_grad<T: Element + MaxElement, P: Place>(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan = p.plan::<Plan>()?;
    let (dy, places) = (call.input(1).clone(), call.input(2).clone());
    let dx = call.out::<T>(0)?;
    dx.fill(T::ZERO);
    let (dy, len) = (dy.slice::<T>()?, dx.len());
    let (per_image, image) = (dy.len() / plan.sizes.batch.max(1), len / plan.sizes.batch.max(1));
    for (i, (&g, at)) in dy.iter().zip(places.slice::<P>()?).enumerate() {
        let before = if plan.over_batch { 0 } else { i / per_image.max(1) * image };
        match at.get().and_then(|at| dx.get_mut(before + at)) {
            Some(x) => *x = x.plus(g),
            None => {
                let at = at.get().map_or(-1, |at| at as i64);
                return Err(error!(InvalidArgument, "Invalid input max pool index: {at}, 0 <= index < {len}"));
            }
        }
    }
    Ok(())
}

fn max<T: Element + MaxElement>(p: &Prepared, call: &mut Call) -> Result<()> {
    let (plan, run, shape) = (p.plan::<Plan>()?, call.run, call.output(0).shape().clone());
    let x = to_last(run.device, call.slice::<T>(0)?, call.input(0).shape(), plan.channels_first)?;
    let ask = || run.cancel.check().is_err();
    from_last(run.device, call.out::<T>(0)?, &shape, plan.channels_first, |y| max_pool(&plan.sizes, &x, y, Some(&ask)))
}

fn max_grad<T: Element + MaxElement>(p: &Prepared, call: &mut Call) -> Result<()> {
    let (plan, run, shape) = (p.plan::<Plan>()?, call.run, call.output(0).shape().clone());
    let x = to_last(run.device, call.slice::<T>(0)?, call.input(0).shape(), plan.channels_first)?;
    let dy = to_last(run.device, call.slice::<T>(2)?, call.input(2).shape(), plan.channels_first)?;
    let ask = || run.cancel.check().is_err();
    from_last(run.device, call.out::<T>(0)?, &shape, plan.channels_first, |dx| max_pool_grad(&plan.sizes, &x, &dy, dx, Some(&ask)))
}

/// Picks the gradient of the first largest element of each window.
fn max_grad_grad<T: Element + MaxElement>(p: &Prepared, call: &mut Call) -> Result<()> {
    let (plan, device, shape) = (p.plan::<Plan>()?, call.run.device, call.output(0).shape().clone());
    let x = to_last(device, call.slice::<T>(0)?, call.input(0).shape(), plan.channels_first)?;
    let d = to_last(device, call.slice::<T>(2)?, call.input(2).shape(), plan.channels_first)?;
    let s = &plan.sizes;
    from_last(device, call.out::<T>(0)?, &shape, plan.channels_first, |out| {
        max_pool_winners(s, &x, |window, _, winner| {
            for (out, at) in out[window * s.channels..].iter_mut().zip(winner) {
                *out = d[*at];
            }
        })
    })
}

fn avg<T: Element + AvgElement>(p: &Prepared, call: &mut Call) -> Result<()> {
    let (plan, run, shape) = (p.plan::<Plan>()?, call.run, call.output(0).shape().clone());
    let x = to_last(run.device, call.slice::<T>(0)?, call.input(0).shape(), plan.channels_first)?;
    let ask = || run.cancel.check().is_err();
    from_last(run.device, call.out::<T>(0)?, &shape, plan.channels_first, |y| avg_pool(&plan.sizes, &x, y, Some(&ask)))
}

fn avg_grad<T: Element + AvgElement>(p: &Prepared, call: &mut Call) -> Result<()> {
    let (plan, run, shape) = (p.plan::<Plan>()?, call.run, call.output(0).shape().clone());
    let dy = to_last(run.device, call.slice::<T>(1)?, call.input(1).shape(), plan.channels_first)?;
    let ask = || run.cancel.check().is_err();
    from_last(run.device, call.out::<T>(0)?, &shape, plan.channels_first, |dx| avg_pool_grad(&plan.sizes, &dy, dx, Some(&ask)))
}
