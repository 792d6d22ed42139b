//! DepthwiseConv2dNative and the convolutions of its gradient.
use super::conv::{check_backprop, filter_sizes, input_sizes};
use super::conv_grad::{depthwise_filter_grad, depthwise_grad, depthwise_input_grad};
use super::window::{Axes, conv_windows, images, output_sizes};
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{Code, PartialShape, Result};

const ATTRS: &str = "T: {half, bfloat16, float, double}; strides: list(int); padding: {'SAME', 'VALID', 'EXPLICIT'}; explicit_paddings: list(int) = []; data_format: {'NHWC', 'NCHW'} = 'NHWC'; dilations: list(int) = [1, 1, 1, 1]";

/// Entries of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "DepthwiseConv2dNative",
        sig: "input: T, filter: T -> output: T",
        attrs: ATTRS,
        doc: "Convolves each channel of images [batch, height, width, channels] with filters of its own: the filter is [height, \
              width, channels, multiplier], and channel c gives the result's channels c * multiplier onward. strides, padding, \
              dilations and data_format as for Conv2D. InvalidArgument for shapes that do not fit.",
        shape: ShapeRule::Rule(shape),
        grad: Gradient::Rule(depthwise_grad, &["input", "filter"]),
        gpu: Gpu::Template("depthwise"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
    Entry {
        name: "DepthwiseConv2dNativeBackpropInput",
        sig: "input_sizes: int32, filter: T, out_backprop: T -> output: T",
        attrs: ATTRS,
        doc: "The gradient of DepthwiseConv2dNative for its input, whose shape is input_sizes. InvalidArgument if the sizes are not \
              those of such a convolution.",
        shape: ShapeRule::Rule(input_backprop_shape),
        grad: Gradient::Rule(depthwise_input_grad, &["filter", "out_backprop"]),
        host: &["input_sizes"],
        gpu: Gpu::Template("depthwise"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
    Entry {
        name: "DepthwiseConv2dNativeBackpropFilter",
        sig: "input: T, filter_sizes: int32, out_backprop: T -> output: T",
        attrs: ATTRS,
        doc: "The gradient of DepthwiseConv2dNative for its filter, whose shape is filter_sizes. InvalidArgument if the sizes are \
              not those of such a convolution.",
        shape: ShapeRule::Rule(filter_backprop_shape),
        grad: Gradient::Rule(depthwise_filter_grad, &["input", "out_backprop"]),
        host: &["filter_sizes"],
        gpu: Gpu::Template("depthwise"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
];

/// Number of result channels, after a check that the filter has the input's channels.
fn out_channels(c: &Infer, axes: Axes<2>, x: &PartialShape, f: &PartialShape) -> Result<Option<usize>> {
    let (n, m) = (x.dim(axes.channel), f.dim(2));
    if let (Some(n), Some(m)) = (n, m)
        && n != m
    {
        let kernel = format!("input depth must be evenly divisible by filter depth: {n} vs {m}");
        let e = c.fail(Code::InvalidArgument, format!("Dimensions must be equal, but are {n} and {m}"), kernel);
        return Err(e.axis(format!("channels: {n} and {m}")).fix("axis 2 of the filter must be the number of input channels"));
    }
    Ok(n.or(m).zip(f.dim(3)).and_then(|(n, k)| n.checked_mul(k)))
}

pub(in crate::ops) fn shape(c: &mut Infer) -> Result<()> {
    let axes = Axes::<2>::of(c.attrs)?;
    let (x, f) = (images::<2>(c, 0, "input must be 4-dimensional: ")?, images::<2>(c, 1, "filter must be 4-dimensional: ")?);
    let windows = conv_windows(c.attrs, [f.dim(0).unwrap_or(1), f.dim(1).unwrap_or(1)], c.at_run_time, c.op.name)?;
    let out = out_channels(c, axes, &x, &f)?;
    let sizes = output_sizes(c, &windows, [0, 1].map(|i| f.dim(i).and(x.dim(axes.spatial[i]))))?;
    c.set(0, PartialShape::new(axes.dims(x.dim(0), sizes, out)));
    Ok(())
}

fn input_backprop_shape(c: &mut Infer) -> Result<()> {
    let axes = Axes::<2>::of(c.attrs)?;
    let (f, dy) = (images::<2>(c, 1, "filter must be 4-dimensional: ")?, images::<2>(c, 2, "out_backprop must be 4-dimensional: ")?);
    let x = input_sizes(c, axes, dy.dim(0), f.dim(2))?;
    let windows = conv_windows(c.attrs, [f.dim(0).unwrap_or(1), f.dim(1).unwrap_or(1)], c.at_run_time, c.op.name)?;
    if c.at_run_time {
        let out = out_channels(c, axes, &x, &f)?;
        check_backprop(c, axes, &windows, &x, &f, &dy, out)?;
    }
    c.set(0, x);
    Ok(())
}

fn filter_backprop_shape(c: &mut Infer) -> Result<()> {
    let axes = Axes::<2>::of(c.attrs)?;
    let (x, dy) = (images::<2>(c, 0, "input must be 4-dimensional: ")?, images::<2>(c, 2, "out_backprop must be 4-dimensional: ")?);
    let f = filter_sizes::<2>(c)?;
    let windows = conv_windows(c.attrs, [f.dim(0).unwrap_or(1), f.dim(1).unwrap_or(1)], c.at_run_time, c.op.name)?;
    if c.at_run_time {
        let out = out_channels(c, axes, &x, &f)?;
        check_backprop(c, axes, &windows, &x, &f, &dy, out)?;
    }
    c.set(0, f);
    Ok(())
}
