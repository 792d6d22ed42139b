//! Pooling of images: MaxPool, AvgPool and their gradients, and the rules that pooling of volumes shares.
use super::window::{Axes, Window, images, output_sizes, pool_windows};
use crate::attr::Attr;
use crate::build::{Build, Grad, GradValue, dense, some};
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{PartialShape, Result, bail};

/// Entries of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "MaxPool",
        sig: "input: T -> output: T",
        attrs: "T: {half, bfloat16, float, double, int32, int64, uint8, int16, int8, uint16, qint8} = float; ksize: list(int) >= 4; strides: list(int) >= 4; padding: {'SAME', 'VALID', 'EXPLICIT'}; explicit_paddings: list(int) = []; data_format: {'NHWC', 'NCHW', 'NCHW_VECT_C'} = 'NHWC'",
        doc: "The largest element of each window of images [batch, height, width, channels] (channels first with data_format NCHW). \
              ksize and strides have one value per axis; padding adds nothing to a window, and NaN counts for nothing. Windows over \
              channels must have their size as stride. InvalidArgument for shapes that do not fit.",
        shape: ShapeRule::Rule(max_shape::<2>),
        grad: Gradient::Rule(max_grad, &["input", "output"]),
        gpu: Gpu::Template("pool"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
    Entry {
        name: "MaxPoolGrad",
        sig: "orig_input: T, orig_output: T, grad: T -> output: T",
        attrs: "ksize: list(int) >= 4; strides: list(int) >= 4; padding: {'SAME', 'VALID', 'EXPLICIT'}; explicit_paddings: list(int) = []; data_format: {'NHWC', 'NCHW'} = 'NHWC'; T: {float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64} = float",
        doc: "The gradient of MaxPool: each window's gradient goes to its largest element, the first one of equals. `orig_input` \
              and `orig_output` are the MaxPool's, `grad` has the shape of `orig_output`. InvalidArgument for other shapes.",
        shape: ShapeRule::Rule(max_grad_shape::<2>),
        grad: Gradient::Rule(max_grad_grad, &["orig_input", "orig_output"]),
        gpu: Gpu::Template("pool"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
    Entry {
        name: "MaxPoolGradGrad",
        sig: "orig_input: T, orig_output: T, grad: T -> output: T",
        attrs: "ksize: list(int) >= 4; strides: list(int) >= 4; padding: {'SAME', 'VALID'}; data_format: {'NHWC', 'NCHW'} = 'NHWC'; T: {float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64}",
        doc: "The second gradient of MaxPool: picks from `grad`, which has the shape of `orig_input`, the element where each window \
              of `orig_input` is largest. The result has the shape of `orig_output`. InvalidArgument for other shapes.",
        shape: ShapeRule::Rule(max_grad_grad_shape::<2>),
        grad: Gradient::Rule(max_grad_grad_grad, &["orig_input", "orig_output"]),
        gpu: Gpu::Template("pool"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
    Entry {
        name: "AvgPool",
        sig: "value: T -> output: T",
        attrs: "ksize: list(int) >= 4; strides: list(int) >= 4; padding: {'SAME', 'VALID'}; data_format: {'NHWC', 'NCHW'} = 'NHWC'; T: {half, bfloat16, float, double}",
        doc: "The mean of each window of images [batch, height, width, channels] (channels first with data_format NCHW); padding is \
              not counted. ksize and strides have one value per axis. InvalidArgument for shapes that do not fit.",
        shape: ShapeRule::Rule(avg_shape::<2>),
        grad: Gradient::Rule(avg_grad, &["value"]),
        gpu: Gpu::Template("pool"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
    Entry {
        name: "AvgPoolGrad",
        sig: "orig_input_shape: int32, grad: T -> output: T",
        attrs: "ksize: list(int) >= 4; strides: list(int) >= 4; padding: {'SAME', 'VALID'}; data_format: {'NHWC', 'NCHW'} = 'NHWC'; T: {half, bfloat16, float, double}",
        doc: "The gradient of AvgPool: each window's gradient is shared equally by its elements. orig_input_shape is the shape of \
              the pooled images. InvalidArgument if `grad` has not the shape of the AvgPool's result.",
        shape: ShapeRule::Rule(avg_grad_shape::<2>),
        grad: Gradient::Rule(avg_grad_grad, &[]),
        host: &["orig_input_shape"],
        gpu: Gpu::Template("pool"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
];

/// The name by which messages call an op: volumes are pooled by one of theirs.
fn called<const N: usize>(op: &str) -> &str {
    if N == 2 { op } else { "Pool3D" }
}
/// An operand with `N` spatial axes.
fn operand<const N: usize>(c: &Infer, i: usize, name: &str) -> Result<PartialShape> {
    images::<N>(c, i, &format!("{name} must be {}-dimensional", N + 2))
}
/// The operand that is pooled.
fn pooled_operand<const N: usize>(c: &Infer) -> Result<PartialShape> {
    images::<N>(c, 0, if N == 2 { "Input must be 4 or 5-dimensional" } else { "tensor_in must be 5-dimensional" })
}
/// The shape of the pooled images.
fn pooled<const N: usize>(c: &Infer, windows: &[Window; N], depth: Window, x: &PartialShape) -> Result<PartialShape> {
    let axes = Axes::<N>::of(c.attrs)?;
    let sizes = output_sizes(c, windows, axes.sizes(x))?;
    let channels = x.dim(axes.channel).map(|n| if depth.size == 1 && depth.stride == 1 { Ok(n) } else { depth.output(n, c.at_run_time) });
    Ok(PartialShape::new(axes.dims(x.dim(0), sizes, channels.transpose()?)))
}
pub(super) fn max_shape<const N: usize>(c: &mut Infer) -> Result<()> {
    let out = max_pooled::<N>(c)?;
    c.set(0, out);
    Ok(())
}
/// The shape of the largest elements of windows.
pub(super) fn max_pooled<const N: usize>(c: &Infer) -> Result<PartialShape> {
    let x = pooled_operand::<N>(c)?;
    let (windows, depth) = pool_windows::<N>(c.attrs, c.at_run_time, called::<N>("MaxPool"))?;
    if N > 2 {
        check_flat(c, depth)?;
    }
    if c.at_run_time && depth.size > 1 {
        check_depth(&windows, depth)?;
        if depth.size != depth.stride {
            bail!(Unimplemented, "Depthwise max pooling requires the depth window to equal the depth stride");
        }
        if x.dim(Axes::<N>::of(c.attrs)?.channel).is_some_and(|n| n % depth.size != 0) {
            bail!(Unimplemented, "Depthwise max pooling requires the depth window to evenly divide the input depth.");
        }
    }
    pooled(c, &windows, depth, &x)
}
fn check_depth(windows: &[Window], depth: Window) -> Result<()> {
    if depth.size > 1 && windows.iter().any(|w| w.size > 1) {
        bail!(Unimplemented, "MaxPooling supports exactly one of pooling across depth or pooling across width/height.");
    }
    Ok(())
}
pub(super) fn avg_shape<const N: usize>(c: &mut Infer) -> Result<()> {
    let x = pooled_operand::<N>(c)?;
    let (windows, depth) = pool_windows::<N>(c.attrs, c.at_run_time, called::<N>("AvgPool"))?;
    check_flat(c, depth)?;
    let out = pooled(c, &windows, Window { size: 1, stride: 1, ..depth }, &x)?;
    c.set(0, out);
    Ok(())
}
pub(super) fn check_flat(c: &Infer, depth: Window) -> Result<()> {
    if c.at_run_time && (depth.size != 1 || depth.stride != 1) {
        bail!(Unimplemented, "Pooling is not yet supported on the depth dimension.");
    }
    Ok(())
}

/// Checks at run time that the pooled images and a gradient have the shapes that they must.
fn check_shapes(c: &Infer, expected: [(&str, usize, &PartialShape); 2]) -> Result<()> {
    for (name, i, want) in expected {
        if c.shape(i) != want {
            bail!(InvalidArgument, "Expected {name} shape to be {want}, but got {}", c.shape(i));
        }
    }
    Ok(())
}
pub(super) fn max_grad_shape<const N: usize>(c: &mut Infer) -> Result<()> {
    let x = operand::<N>(c, 0, "tensor_in")?;
    let (windows, depth) = pool_windows::<N>(c.attrs, c.at_run_time, called::<N>("MaxPoolGrad"))?;
    if c.at_run_time {
        check_flat(c, depth)?;
        let y = pooled(c, &windows, depth, &x)?;
        check_shapes(c, [("orig_output", 1, &y), ("grad", 2, &y)])?;
    }
    c.set(0, x);
    Ok(())
}
pub(super) fn max_grad_grad_shape<const N: usize>(c: &mut Infer) -> Result<()> {
    let (x, y) = (operand::<N>(c, 0, "tensor_in")?, operand::<N>(c, 1, "tensor_out")?);
    let (windows, depth) = pool_windows::<N>(c.attrs, c.at_run_time, called::<N>("MaxPoolGradGrad"))?;
    if c.at_run_time {
        check_flat(c, depth)?;
        let want = pooled(c, &windows, depth, &x)?;
        check_shapes(c, [("orig_output", 1, &want), ("grad", 2, &x)])?;
    } else {
        c.merge(&x, c.shape(2))?;
    }
    c.set(0, y);
    Ok(())
}
pub(super) fn avg_grad_shape<const N: usize>(c: &mut Infer) -> Result<()> {
    let (x, want) = (c.shape_operand(0)?, N + 2);
    if let Some(r) = x.rank().filter(|r| *r != want) {
        let kernel = match N {
            2 => format!("out_backprop must be 4-dimensional: the shape of the input has {r} elements"),
            _ => format!("tensor_in must be 1-dimensional and {want} elements"),
        };
        return Err(c.fail(ferroflow_tensor::Code::InvalidArgument, format!("Shape must be rank {want} but is rank {r}"), kernel));
    }
    let x = if x.rank().is_none() { PartialShape::of_rank(want) } else { x };
    let dy = operand::<N>(c, 1, "out_backprop")?;
    let (windows, depth) = pool_windows::<N>(c.attrs, c.at_run_time, called::<N>("AvgPoolGrad"))?;
    if c.at_run_time {
        check_flat(c, depth)?;
        let want = pooled(c, &windows, depth, &x)?;
        if dy != want {
            bail!(InvalidArgument, "Expected grad shape to be {want}, but got {dy}");
        }
    }
    c.set(0, x);
    Ok(())
}

/// The attributes of a pooling for another op of its family.
fn attrs_for(g: &Grad, explicit: bool) -> Result<Vec<(&'static str, Attr)>> {
    if !explicit && g.attrs.str("padding")? == "EXPLICIT" {
        bail!(Unimplemented, "the second gradient of MaxPool with explicit padding is not supported");
    }
    let names: &[&str] = if explicit {
        &["ksize", "strides", "padding", "data_format", "explicit_paddings"]
    } else {
        &["ksize", "strides", "padding", "data_format"]
    };
    Ok(names.iter().filter_map(|n| Some((*n, g.attrs.get(n)?.clone()))).collect())
}
fn max_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    dense([b.call("MaxPoolGrad", &[g.x(0), g.y(0), dy], &attrs_for(g, true)?)])
}
/// The gradient of an op of (input, output, gradient) that does not depend on the first two, by `op`.
fn of_third(b: &mut dyn Build, g: &Grad, op: &'static str, explicit: bool) -> Result<Vec<Option<GradValue>>> {
    let (x, y, dy) = (g.x(0), g.x(1), g.dy(b, 0));
    let d = b.call(op, &[x, y, dy], &attrs_for(g, explicit)?);
    let (zx, zy) = (b.zeros_like(x), b.zeros_like(y));
    dense([zx, zy, d])
}
fn max_grad_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    of_third(b, g, "MaxPoolGradGrad", false)
}
fn max_grad_grad_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    of_third(b, g, "MaxPoolGrad", true)
}
fn avg_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (dy, shape) = (g.dy(b, 0), b.shape_of(g.x(0)));
    dense([b.call("AvgPoolGrad", &[shape, dy], &attrs_for(g, false)?)])
}
fn avg_grad_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let d = b.call("AvgPool", &[dy], &attrs_for(g, false)?);
    some([None, Some(d)])
}
/// Gradient of MaxPool3D.
pub(super) fn max3d_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    dense([b.call("MaxPool3DGrad", &[g.x(0), g.y(0), dy], &attrs_for(g, false)?)])
}
/// Gradient of MaxPool3DGrad.
pub(super) fn max3d_grad_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    of_third(b, g, "MaxPool3DGradGrad", false)
}
/// Gradient of MaxPool3DGradGrad.
pub(super) fn max3d_grad_grad_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    of_third(b, g, "MaxPool3DGrad", false)
}
/// Gradient of AvgPool3D.
pub(super) fn avg3d_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (dy, shape) = (g.dy(b, 0), b.shape_of(g.x(0)));
    dense([b.call("AvgPool3DGrad", &[shape, dy], &attrs_for(g, false)?)])
}
/// Gradient of AvgPool3DGrad.
pub(super) fn avg3d_grad_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let d = b.call("AvgPool3D", &[dy], &attrs_for(g, false)?);
    some([None, Some(d)])
}
