//! Kernels of convolutions: channels-first images are transposed to channels-last and back.
use crate::conv::{
    Conv, ConvElement, ConvOptions, conv, conv_backprop_filter, conv_backprop_input, depthwise_conv, depthwise_conv_backprop_filter,
    depthwise_conv_backprop_input,
};
use crate::gemm::Epilogue;
use crate::kernels::copy::View;
use crate::kernels::packed::{Weights, of, weights};
use ferroflow_ops::ops::nn::window::{Axes, conv_windows};
use ferroflow_ops::{Call, Device, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Element, Result, Shape};
use std::borrow::Cow;

const FLOATS: &[(&str, &[DType])] = &[("T", &[DType::Float, DType::Double, DType::Half, DType::BFloat16])];
const NUMBERS: &[(&str, &[DType])] = &[("T", &[DType::Float, DType::Double, DType::Half, DType::BFloat16, DType::Int32])];

/// Evaluates with `$T` as the element type, out of those that convolutions take.
macro_rules! dispatch_conv {
    ($dtype:expr, $T:ident => $body:expr) => {
        crate::dispatch!($dtype, $T => $body, Float: f32, Double: f64, Half: ferroflow_tensor::F16, BFloat16: ferroflow_tensor::BF16, Int32: i32)
    };
}

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    Kernel {
        op: "Conv3D",
        types: FLOATS,
        outputs: Outputs::Runtime,
        prepare: |p| dispatch_conv!(p.dtype(1), T => prepare::<3>(p, FORWARD, false, forward::<T>, ())),
    },
    Kernel {
        op: "Conv3DBackpropInputV2",
        types: FLOATS,
        outputs: Outputs::Runtime,
        prepare: |p| dispatch_conv!(p.dtype(1), T => prepare::<3>(p, INPUT, false, input_gradient::<T>, ())),
    },
    Kernel {
        op: "Conv3DBackpropFilterV2",
        types: FLOATS,
        outputs: Outputs::Runtime,
        prepare: |p| dispatch_conv!(p.dtype(0), T => prepare::<3>(p, FILTER, false, filter_gradient::<T>, ())),
    },
    Kernel {
        op: "Conv2D",
        types: NUMBERS,
        outputs: Outputs::Runtime,
        prepare: |p| dispatch_conv!(p.dtype(1), T => prepare::<2>(p, FORWARD, false, forward::<T>, ())),
    },
    Kernel {
        op: "Conv2DBackpropInput",
        types: NUMBERS,
        outputs: Outputs::Runtime,
        prepare: |p| dispatch_conv!(p.dtype(1), T => prepare::<2>(p, INPUT, false, input_gradient::<T>, ())),
    },
    Kernel {
        op: "Conv2DBackpropFilter",
        types: FLOATS,
        outputs: Outputs::Runtime,
        prepare: |p| dispatch_conv!(p.dtype(0), T => prepare::<2>(p, FILTER, false, filter_gradient::<T>, ())),
    },
    Kernel {
        op: "DepthwiseConv2dNative",
        types: FLOATS,
        outputs: Outputs::Runtime,
        prepare: |p| dispatch_conv!(p.dtype(1), T => prepare::<2>(p, FORWARD, true, forward::<T>, ())),
    },
    Kernel {
        op: "DepthwiseConv2dNativeBackpropInput",
        types: FLOATS,
        outputs: Outputs::Runtime,
        prepare: |p| dispatch_conv!(p.dtype(1), T => prepare::<2>(p, INPUT, true, input_gradient::<T>, ())),
    },
    Kernel {
        op: "DepthwiseConv2dNativeBackpropFilter",
        types: FLOATS,
        outputs: Outputs::Runtime,
        prepare: |p| dispatch_conv!(p.dtype(0), T => prepare::<2>(p, FILTER, true, filter_gradient::<T>, ())),
    },
];

/// Where an op has its images, filter and results: inputs by number, the output as `OUT`.
pub(in crate::kernels) type Places = [usize; 3];
const OUT: usize = usize::MAX;
pub(in crate::kernels) const FORWARD: Places = [0, 1, OUT];
const INPUT: Places = [OUT, 1, 2];
const FILTER: Places = [0, OUT, 2];

/// Sizes of a convolution, and what follows it.
pub(in crate::kernels) struct Plan<A> {
    sizes: Conv,
    depthwise: bool,
    channels_first: bool,
    filter: Weights,
    pub then: A,
}

/// One value for each of depth, height and width, from those of the `N` axes that there are.
pub(super) fn triple<T: Copy, const N: usize>(of: [T; N], missing: T) -> [T; 3] {
    std::array::from_fn(|d| if d + N < 3 { missing } else { of[d + N - 3] })
}

/// Prepares a convolution of `N` spatial axes that `run` calls with a [`Plan`] and what follows.
pub(in crate::kernels) fn prepare<const N: usize>(
    p: &Prep,
    [x, f, y]: Places,
    depthwise: bool,
    run: fn(&Prepared, &mut Call) -> Result<()>,
    then: impl Send + Sync + 'static,
) -> Result<Prepared> {
    let shape = |i: usize| if i == OUT { p.out_shape(0) } else { Ok(p.shape(i)) };
    let forward = y == OUT && !depthwise;
    let (x, f, y, axes) = (shape(x)?, shape(f)?, shape(y)?, Axes::<N>::of(p.attrs)?);
    let filter: [usize; N] = std::array::from_fn(|i| f[i]);
    let windows = conv_windows(p.attrs, filter, true, p.op.name)?;
    let input = axes.spatial.map(|axis| x[axis]);
    let padding: [[usize; 2]; N] = std::array::from_fn(|i| windows[i].pads(input[i]).into());
    let sizes = Conv {
        batch: x[0],
        input: triple(input, 1),
        in_channels: x[axes.channel],
        filter: triple(filter, 1),
        filter_channels: if depthwise { 1 } else { f[N] },
        out_channels: if depthwise { f[N] * f[N + 1] } else { f[N + 1] },
        strides: triple(windows.map(|w| w.stride), 1),
        dilations: triple(windows.map(|w| w.dilation), 1),
        padding: triple(padding, [0, 0]),
    };
    let taps = filter.iter().product::<usize>() * sizes.filter_channels;
    let filter =
        if forward && sizes.groups() == 1 { weights(p, 1, [filter.iter().product::<usize>() * f[N], f[N + 1]], false) } else { None };
    let cost = 200.0 + y.count().saturating_mul(taps) as f32 * if depthwise { 0.03 } else { 0.01 };
    Ok(Prepared::with(run, cost, Plan { sizes, depthwise, channels_first: axes.channel == 1, filter, then }))
}

/// Images with channels last.
pub(super) fn to_last<'a, T: Element>(device: &dyn Device, x: &'a [T], shape: &Shape, first: bool) -> Result<Cow<'a, [T]>> {
    if !first {
        return Ok(Cow::Borrowed(x));
    }
    let mut out = vec![T::default(); x.len()];
    let (c, plane) = planes(shape);
    View::new(&[shape[0], plane, c], &[(c * plane) as isize, 1, plane as isize], 0).gather_numbers(device, x, &mut out)?;
    Ok(Cow::Owned(out))
}
/// Channels of a channels-first shape, and elements of each.
fn planes(shape: &Shape) -> (usize, usize) {
    (shape[1], shape.dims()[2..].iter().product())
}
/// Runs `fill` on a channels-last array and stores it in the order of `out`, an array of this shape.
pub(super) fn from_last<T: Element>(
    device: &dyn Device,
    out: &mut [T],
    shape: &Shape,
    first: bool,
    fill: impl FnOnce(&mut [T]) -> Result<()>,
) -> Result<()> {
    if !first {
        return fill(out);
    }
    let mut last = vec![T::default(); out.len()];
    fill(&mut last)?;
    let (c, plane) = planes(shape);
    View::new(&[shape[0], c, plane], &[(c * plane) as isize, 1, c as isize], 0).gather_numbers(device, &last, out)
}

fn forward<T: Element + ConvElement>(p: &Prepared, call: &mut Call) -> Result<()> {
    convolve::<T, ()>(p.plan()?, call, Epilogue::default())
}

/// The convolution of the first two inputs, with what follows it where channels are last.
pub(in crate::kernels) fn convolve<T: Element + ConvElement, A>(plan: &Plan<A>, call: &mut Call, epilogue: Epilogue<T>) -> Result<()> {
    let run = call.run;
    let x = to_last(run.device, call.slice::<T>(0)?, call.input(0).shape(), plan.channels_first)?;
    let (f, shape) = (call.slice::<T>(1)?, call.output(0).shape().clone());
    let ask = || run.cancel.check().is_err();
    let options = ConvOptions { poll: Some(&ask), epilogue, packed: of(&plan.filter), ..ConvOptions::default() };
    let conv = if plan.depthwise { depthwise_conv } else { conv };
    let done = from_last(run.device, call.out::<T>(0)?, &shape, plan.channels_first, |y| conv(&plan.sizes, &x, f, y, &options));
    done.or_else(|e| run.cancel.check().and(Err(e)))
}

fn input_gradient<T: Element + ConvElement>(p: &Prepared, call: &mut Call) -> Result<()> {
    let (plan, run) = (p.plan::<Plan<()>>()?, call.run);
    let dy = to_last(run.device, call.slice::<T>(2)?, call.input(2).shape(), plan.channels_first)?;
    let (f, shape) = (call.slice::<T>(1)?, call.output(0).shape().clone());
    let ask = || run.cancel.check().is_err();
    let options = ConvOptions { poll: Some(&ask), ..ConvOptions::default() };
    let conv = if plan.depthwise { depthwise_conv_backprop_input } else { conv_backprop_input };
    let done = from_last(run.device, call.out::<T>(0)?, &shape, plan.channels_first, |dx| conv(&plan.sizes, f, &dy, dx, &options));
    done.or_else(|e| run.cancel.check().and(Err(e)))
}

fn filter_gradient<T: Element + ConvElement>(p: &Prepared, call: &mut Call) -> Result<()> {
    let (plan, run) = (p.plan::<Plan<()>>()?, call.run);
    let x = to_last(run.device, call.slice::<T>(0)?, call.input(0).shape(), plan.channels_first)?;
    let dy = to_last(run.device, call.slice::<T>(2)?, call.input(2).shape(), plan.channels_first)?;
    let ask = || run.cancel.check().is_err();
    let options = ConvOptions { poll: Some(&ask), ..ConvOptions::default() };
    let conv = if plan.depthwise { depthwise_conv_backprop_filter } else { conv_backprop_filter };
    let done = conv(&plan.sizes, &x, &dy, call.out::<T>(0)?, &options);
    done.or_else(|e| run.cancel.check().and(Err(e)))
}
