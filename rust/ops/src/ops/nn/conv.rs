//! Conv2D and the convolutions of its gradient.
use super::conv_grad::{conv_grad, filter_backprop_grad, input_backprop_grad};
use super::window::{Axes, Window, conv_windows, four, output_sizes};
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{PartialShape, Result, bail, error};

const ATTRS: &str = "T: {half, bfloat16, float, double, int32}; strides: list(int); use_cudnn_on_gpu: bool = true; padding: {'SAME', 'VALID', 'EXPLICIT'}; explicit_paddings: list(int) = []; data_format: {'NHWC', 'NCHW'} = 'NHWC'; dilations: list(int) = [1, 1, 1, 1]";
const FILTER_ATTRS: &str = "T: {half, bfloat16, float, double}; strides: list(int); use_cudnn_on_gpu: bool = true; padding: {'SAME', 'VALID', 'EXPLICIT'}; explicit_paddings: list(int) = []; data_format: {'NHWC', 'NCHW'} = 'NHWC'; dilations: list(int) = [1, 1, 1, 1]";

/// Entries of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "Conv2D",
        sig: "input: T, filter: T -> output: T",
        attrs: ATTRS,
        doc: "Slides a filter [height, width, in, out] over images [batch, height, width, channels] (or channels first with \
              data_format NCHW) and sums products; the filter is not flipped. strides and dilations have one value per axis. If the \
              image has g times the filter's input channels, both work in g groups. padding SAME gives ceil(size / stride), VALID \
              pads nothing, EXPLICIT takes explicit_paddings (before and after, per axis). InvalidArgument for shapes that do not \
              fit.",
        shape: ShapeRule::Rule(conv_shape),
        grad: Gradient::Rule(conv_grad, &["input", "filter"]),
        gpu: Gpu::Template("conv"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
    Entry {
        name: "Conv2DBackpropInput",
        sig: "input_sizes: int32, filter: T, out_backprop: T -> output: T",
        attrs: ATTRS,
        doc: "The gradient of Conv2D for its input, which is the transposed convolution. input_sizes is the shape of the input (or \
              its height and width), the attributes are those of the Conv2D. InvalidArgument if the sizes are not those of such a \
              Conv2D.",
        shape: ShapeRule::Rule(input_backprop_shape),
        grad: Gradient::Rule(input_backprop_grad, &["filter", "out_backprop"]),
        host: &["input_sizes"],
        gpu: Gpu::Template("conv"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
    Entry {
        name: "Conv2DBackpropFilter",
        sig: "input: T, filter_sizes: int32, out_backprop: T -> output: T",
        attrs: FILTER_ATTRS,
        doc: "The gradient of Conv2D for its filter. filter_sizes is the shape of the filter, the attributes are those of the \
              Conv2D. InvalidArgument if the sizes are not those of such a Conv2D.",
        shape: ShapeRule::Rule(filter_backprop_shape),
        grad: Gradient::Rule(filter_backprop_grad, &["input", "out_backprop"]),
        host: &["filter_sizes"],
        gpu: Gpu::Template("conv"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
];

fn conv_shape(c: &mut Infer) -> Result<()> {
    let axes = Axes::of(c.attrs)?;
    let (x, f) = (four(c, 0, "input must be 4-dimensional: ")?, four(c, 1, "filter must be 4-dimensional: ")?);
    // Attributes are checked also where the filter's sizes are unknown.
    let sizes = [f.dim(0).unwrap_or(1), f.dim(1).unwrap_or(1)];
    let windows = conv_windows(c.attrs, sizes, c.at_run_time, "Conv2D")?;
    let (channels, depth, out) = (x.dim(axes.channel), f.dim(2), f.dim(3));
    if c.at_run_time && f.count() == Some(0) {
        bail!(InvalidArgument, "filter must not have zero elements (i.e. all dimensions must be non-zero)");
    }
    check_groups(c, channels, depth, out)?;
    let known = |axis: usize, i: usize| if f.dim(i).is_some() { x.dim(axis) } else { None };
    let [h, w] = output_sizes(c, &windows, [known(axes.height, 0), known(axes.width, 1)])?;
    c.set(0, PartialShape::new(axes.dims(x.dim(0), h, w, out)));
    Ok(())
}

/// Checks that channels divide into groups of the filter's depth, and the results into as many.
fn check_groups(c: &Infer, channels: Option<usize>, depth: Option<usize>, out: Option<usize>) -> Result<()> {
    let (Some(n), Some(d)) = (channels, depth) else { return Ok(()) };
    if d == 0 {
        bail!(InvalidArgument, "Depth of filter must not be 0");
    }
    if n % d != 0 {
        let graph = format!("Depth of input ({n}) is not a multiple of input depth of filter ({d})");
        let e = c.fail(
            ferroflow_tensor::Code::InvalidArgument,
            graph,
            format!("input depth must be evenly divisible by filter depth: {n} vs {d}"),
        );
        return Err(e
            .axis(format!("channels: {n} and {d}"))
            .fix("axis 2 of the filter must be the number of input channels; is data_format right?"));
    }
    let groups = n / d;
    match out {
        Some(out) if groups > 0 && out % groups != 0 => {
            let graph = format!("Depth of output ({out}) is not a multiple of the number of groups ({groups})");
            let kernel = format!("output depth must be evenly divisible by number of groups: {out} vs {groups}");
            Err(c.fail(ferroflow_tensor::Code::InvalidArgument, graph, kernel))
        }
        _ => Ok(()),
    }
}

/// The shape that a sizes operand gives for the input of a convolution: all of it, or height and width.
pub(super) fn input_sizes(c: &Infer, axes: Axes, batch: Option<usize>, channels: Option<usize>) -> Result<PartialShape> {
    let sizes = c.shape_operand(0)?;
    match sizes.dims() {
        Some([h, w]) => Ok(PartialShape::new(axes.dims(batch, *h, *w, channels))),
        Some(d) if d.len() != 4 => {
            let kernel = format!("Conv2DBackpropInput requires input_sizes to contain 4 values or 2 values, but got: {}", d.len());
            Err(c.fail(ferroflow_tensor::Code::InvalidArgument, format!("Shape must be rank 4 but is rank {}", d.len()), kernel))
        }
        Some(d) => {
            // The batch is the gradient's also where the operand does not say it.
            let mut d = d.to_vec();
            d[0] = if c.at_run_time { d[0] } else { c.merge_dim(d[0], batch)? };
            Ok(PartialShape::new(d))
        }
        None => Ok(PartialShape::of_rank(4)),
    }
}

fn input_backprop_shape(c: &mut Infer) -> Result<()> {
    let axes = Axes::of(c.attrs)?;
    let (f, dy) = (four(c, 1, "filter must be 4-dimensional: ")?, four(c, 2, "out_backprop must be 4-dimensional: ")?);
    if !c.at_run_time {
        c.merge_dim(dy.dim(axes.channel), f.dim(3))?;
    }
    let x = input_sizes(c, axes, dy.dim(0), f.dim(2))?;
    let windows = conv_windows(c.attrs, [f.dim(0).unwrap_or(1), f.dim(1).unwrap_or(1)], c.at_run_time, "Conv2DBackpropInput")?;
    if c.at_run_time {
        check_backprop(c, axes, &windows, &x, &f, &dy, f.dim(3))?;
        check_groups(c, x.dim(axes.channel), f.dim(2), f.dim(3))?;
    }
    c.set(0, x);
    Ok(())
}

fn filter_backprop_shape(c: &mut Infer) -> Result<()> {
    let axes = Axes::of(c.attrs)?;
    let (x, dy) = (four(c, 0, "input must be 4-dimensional: ")?, four(c, 2, "out_backprop must be 4-dimensional: ")?);
    let f = filter_sizes(c)?;
    let windows = conv_windows(c.attrs, [f.dim(0).unwrap_or(1), f.dim(1).unwrap_or(1)], c.at_run_time, "Conv2DBackpropFilter")?;
    if c.at_run_time {
        check_groups(c, x.dim(axes.channel), f.dim(2), f.dim(3))?;
        check_backprop(c, axes, &windows, &x, &f, &dy, f.dim(3))?;
    }
    c.set(0, f);
    Ok(())
}

/// The shape of a filter from the operand `filter_sizes`.
pub(super) fn filter_sizes(c: &Infer) -> Result<PartialShape> {
    let f = c.shape_operand(1)?;
    match f.rank() {
        Some(4) => Ok(f),
        None => Ok(PartialShape::of_rank(4)),
        Some(r) => {
            let kernel = format!("filter must be 4-dimensional: {f}");
            Err(c.fail(ferroflow_tensor::Code::InvalidArgument, format!("Shape must be rank 4 but is rank {r}"), kernel))
        }
    }
}

/// Checks at run time that a gradient has the shape of the convolution's result with `out` channels.
pub(super) fn check_backprop(
    c: &Infer,
    axes: Axes,
    windows: &[Window; 2],
    x: &PartialShape,
    f: &PartialShape,
    dy: &PartialShape,
    out: Option<usize>,
) -> Result<()> {
    let op = c.op.name;
    let size = |s: &PartialShape, axis: usize| s.dim(axis).unwrap_or(0);
    if size(x, 0) != size(dy, 0) {
        let (n, m) = (size(x, 0), size(dy, 0));
        bail!(
            InvalidArgument,
            "{op}: input and out_backprop must have the same batch size. Input batch: {n}, outbackprop batch: {m}, batch_dim: 0"
        );
    }
    if out != dy.dim(axes.channel) {
        return Err(error!(InvalidArgument, "{op}: filter and out_backprop must have the same out_depth").axis(format!(
            "channels: {} and {}",
            out.unwrap_or(0),
            size(dy, axes.channel)
        )));
    }
    for (i, (w, axis)) in windows.iter().zip([axes.height, axes.width]).enumerate() {
        let (n, got) = (size(x, axis), size(dy, axis));
        let computed = w.output(n, true)?;
        if got != computed {
            let (stride, dilation, filter) = (w.stride, w.dilation, size(f, i));
            bail!(
                InvalidArgument,
                "{op}: Size of out_backprop doesn't match computed: actual = {got}, computed = {computed}, spatial_dim: {axis} input: {n} filter: {filter} output: {got} stride: {stride} dilation: {dilation}"
            );
        }
    }
    Ok(())
}
