//! Conv2D, Conv3D and the convolutions of their gradients.
use super::conv_grad::{conv_grad, conv3d_filter_grad, conv3d_grad, conv3d_input_grad, filter_backprop_grad, input_backprop_grad};
use super::window::{Axes, Window, conv_windows, images, output_sizes};
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{PartialShape, Result, bail, error};

const ATTRS: &str = "T: {half, bfloat16, float, double, int32}; strides: list(int); use_cudnn_on_gpu: bool = true; padding: {'SAME', 'VALID', 'EXPLICIT'}; explicit_paddings: list(int) = []; data_format: {'NHWC', 'NCHW'} = 'NHWC'; dilations: list(int) = [1, 1, 1, 1]";
const FILTER_ATTRS: &str = "T: {half, bfloat16, float, double}; strides: list(int); use_cudnn_on_gpu: bool = true; padding: {'SAME', 'VALID', 'EXPLICIT'}; explicit_paddings: list(int) = []; data_format: {'NHWC', 'NCHW'} = 'NHWC'; dilations: list(int) = [1, 1, 1, 1]";

const VOLUME_ATTRS: &str = "T: {half, bfloat16, float, double}; strides: list(int) >= 5; padding: {'SAME', 'VALID'}; data_format: {'NDHWC', 'NCDHW'} = 'NDHWC'; dilations: list(int) = [1, 1, 1, 1, 1]";
const VOLUME_INPUT_ATTRS: &str = "T: {half, bfloat16, float, double}; strides: list(int) >= 5; padding: {'SAME', 'VALID'}; data_format: {'NDHWC', 'NCDHW'} = 'NDHWC'; dilations: list(int) = [1, 1, 1, 1, 1]; Tshape: {int32, int64} = int32";

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
        shape: ShapeRule::Rule(conv_shape::<2>),
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
        shape: ShapeRule::Rule(input_backprop_shape::<2>),
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
        shape: ShapeRule::Rule(filter_backprop_shape::<2>),
        grad: Gradient::Rule(filter_backprop_grad, &["input", "out_backprop"]),
        host: &["filter_sizes"],
        gpu: Gpu::Template("conv"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
    Entry {
        name: "Conv3D",
        sig: "input: T, filter: T -> output: T",
        attrs: VOLUME_ATTRS,
        doc: "Slides a filter [depth, height, width, in, out] over volumes [batch, depth, height, width, channels] (or channels \
              first with data_format NCDHW) and sums products; the filter is not flipped. strides and dilations have one value per \
              axis. If the volume has g times the filter's input channels, both work in g groups. InvalidArgument for shapes that do \
              not fit.",
        shape: ShapeRule::Rule(conv_shape::<3>),
        grad: Gradient::Rule(conv3d_grad, &["input", "filter"]),
        gpu: Gpu::Template("conv"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
    Entry {
        name: "Conv3DBackpropInputV2",
        sig: "input_sizes: Tshape, filter: T, out_backprop: T -> output: T",
        attrs: VOLUME_INPUT_ATTRS,
        doc: "The gradient of Conv3D for its input, which is the transposed convolution. input_sizes is the shape of the input, the \
              attributes are those of the Conv3D. InvalidArgument if the sizes are not those of such a Conv3D.",
        shape: ShapeRule::Rule(input_backprop_shape::<3>),
        grad: Gradient::Rule(conv3d_input_grad, &["filter", "out_backprop"]),
        host: &["input_sizes"],
        gpu: Gpu::Template("conv"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
    Entry {
        name: "Conv3DBackpropFilterV2",
        sig: "input: T, filter_sizes: int32, out_backprop: T -> output: T",
        attrs: VOLUME_ATTRS,
        doc: "The gradient of Conv3D for its filter. filter_sizes is the shape of the filter, the attributes are those of the \
              Conv3D. InvalidArgument if the sizes are not those of such a Conv3D.",
        shape: ShapeRule::Rule(filter_backprop_shape::<3>),
        grad: Gradient::Rule(conv3d_filter_grad, &["input", "out_backprop"]),
        host: &["filter_sizes"],
        gpu: Gpu::Template("conv"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
];

/// An operand of a convolution with `N` spatial axes.
fn operand<const N: usize>(c: &Infer, i: usize, name: &str) -> Result<PartialShape> {
    images::<N>(c, i, &format!("{name} must be {}-dimensional: ", N + 2))
}
/// The windows of a filter; attributes are checked also where its sizes are unknown.
fn windows<const N: usize>(c: &Infer, f: &PartialShape) -> Result<[Window; N]> {
    conv_windows(c.attrs, std::array::from_fn(|i| f.dim(i).unwrap_or(1)), c.at_run_time, c.op.name)
}

pub(in crate::ops) fn conv_shape<const N: usize>(c: &mut Infer) -> Result<()> {
    let axes = Axes::<N>::of(c.attrs)?;
    let (x, f) = (operand::<N>(c, 0, "input")?, operand::<N>(c, 1, "filter")?);
    let windows = windows::<N>(c, &f)?;
    let (channels, depth, out) = (x.dim(axes.channel), f.dim(N), f.dim(N + 1));
    if c.at_run_time && f.count() == Some(0) {
        bail!(InvalidArgument, "filter must not have zero elements (i.e. all dimensions must be non-zero)");
    }
    check_groups(c, channels, depth, out)?;
    let known = std::array::from_fn(|i| f.dim(i).and(x.dim(axes.spatial[i])));
    let sizes = output_sizes(c, &windows, known)?;
    c.set(0, PartialShape::new(axes.dims(x.dim(0), sizes, out)));
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

/// The shape that a sizes operand gives for the input of a convolution: all of it, or the spatial sizes of images.
pub(super) fn input_sizes<const N: usize>(c: &Infer, axes: Axes<N>, batch: Option<usize>, channels: Option<usize>) -> Result<PartialShape> {
    let sizes = c.shape_operand(0)?;
    match sizes.dims() {
        Some([h, w]) if N == 2 => Ok(PartialShape::new(axes.dims(batch, std::array::from_fn(|i| [*h, *w][i % 2]), channels))),
        Some(d) if d.len() != N + 2 => {
            let kernel = match N {
                2 => format!("Conv2DBackpropInput requires input_sizes to contain 4 values or 2 values, but got: {}", d.len()),
                _ => format!("input tensor must have {} dimensions", N + 2),
            };
            let graph = format!("Shape must be rank {} but is rank {}", N + 2, d.len());
            Err(c.fail(ferroflow_tensor::Code::InvalidArgument, graph, kernel))
        }
        Some(d) => {
            // The batch is the gradient's also where the operand does not say it.
            let mut d = d.to_vec();
            d[0] = if c.at_run_time || N > 2 { d[0] } else { c.merge_dim(d[0], batch)? };
            Ok(PartialShape::new(d))
        }
        None => Ok(PartialShape::of_rank(N + 2)),
    }
}

fn input_backprop_shape<const N: usize>(c: &mut Infer) -> Result<()> {
    let axes = Axes::<N>::of(c.attrs)?;
    let (f, dy) = (operand::<N>(c, 1, "filter")?, operand::<N>(c, 2, "out_backprop")?);
    if !c.at_run_time && N == 2 {
        c.merge_dim(dy.dim(axes.channel), f.dim(N + 1))?;
    }
    let x = input_sizes(c, axes, dy.dim(0), f.dim(N))?;
    let windows = windows::<N>(c, &f)?;
    if c.at_run_time {
        check_backprop(c, axes, &windows, &x, &f, &dy, f.dim(N + 1))?;
        check_groups(c, x.dim(axes.channel), f.dim(N), f.dim(N + 1))?;
    }
    c.set(0, x);
    Ok(())
}

fn filter_backprop_shape<const N: usize>(c: &mut Infer) -> Result<()> {
    let axes = Axes::<N>::of(c.attrs)?;
    let (x, dy) = (operand::<N>(c, 0, "input")?, operand::<N>(c, 2, "out_backprop")?);
    let f = filter_sizes::<N>(c)?;
    let windows = windows::<N>(c, &f)?;
    if c.at_run_time {
        check_groups(c, x.dim(axes.channel), f.dim(N), f.dim(N + 1))?;
        check_backprop(c, axes, &windows, &x, &f, &dy, f.dim(N + 1))?;
    }
    c.set(0, f);
    Ok(())
}

/// The shape of a filter from the operand `filter_sizes`.
pub(super) fn filter_sizes<const N: usize>(c: &Infer) -> Result<PartialShape> {
    let (f, want) = (c.shape_operand(1)?, N + 2);
    match f.rank() {
        Some(r) if r == want => Ok(f),
        None => Ok(PartialShape::of_rank(want)),
        Some(r) => {
            let kernel = match N {
                2 => format!("filter must be 4-dimensional: {f}"),
                _ => format!("filter_sizes tensor must have {want} dimensions"),
            };
            Err(c.fail(ferroflow_tensor::Code::InvalidArgument, format!("Shape must be rank {want} but is rank {r}"), kernel))
        }
    }
}

/// Checks at run time that a gradient has the shape of the convolution's result with `out` channels.
pub(super) fn check_backprop<const N: usize>(
    c: &Infer,
    axes: Axes<N>,
    windows: &[Window; N],
    x: &PartialShape,
    f: &PartialShape,
    dy: &PartialShape,
    out: Option<usize>,
) -> Result<()> {
    // The kernels for volumes call themselves so.
    let op = c.op.name.strip_suffix("V2").map_or_else(|| c.op.name.to_string(), |name| format!("{name}Op"));
    let size = |s: &PartialShape, axis: usize| s.dim(axis).unwrap_or(0);
    if size(x, 0) != size(dy, 0) {
        let (n, m) = (size(x, 0), size(dy, 0));
        bail!(
            InvalidArgument,
            "{op}: input and out_backprop must have the same batch size. Input batch: {n}, outbackprop batch: {m}, batch_dim: 0"
        );
    }
    if out != dy.dim(axes.channel) {
        let (got, want) = (size(dy, axes.channel), out.unwrap_or(0));
        let text = match N {
            2 => format!("{op}: filter and out_backprop must have the same out_depth"),
            _ => format!(
                "out_backprop and filter_sizes must have the same number of channels. Got {got} for out_backprop and {want} for filter_sizes"
            ),
        };
        return Err(error!(InvalidArgument, "{text}").axis(format!("channels: {want} and {got}")));
    }
    for (i, (w, axis)) in windows.iter().zip(axes.spatial).enumerate() {
        let (n, got) = (size(x, axis), size(dy, axis));
        let computed = w.output(n, true)?;
        if got != computed {
            let (stride, dilation, filter, comma) = (w.stride, w.dilation, size(f, i), if N == 2 { "," } else { "" });
            bail!(
                InvalidArgument,
                "{op}: Size of out_backprop doesn't match computed: actual = {got}, computed = {computed}{comma} spatial_dim: {axis} input: {n} filter: {filter} output: {got} stride: {stride} dilation: {dilation}"
            );
        }
    }
    Ok(())
}
