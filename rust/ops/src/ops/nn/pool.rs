//! Pooling: MaxPool, AvgPool and their gradients.
use super::window::{Axes, Window, four, output_sizes, pool_windows};
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
        shape: ShapeRule::Rule(max_shape),
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
        shape: ShapeRule::Rule(max_grad_shape),
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
        shape: ShapeRule::Rule(max_grad_grad_shape),
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
        shape: ShapeRule::Rule(avg_shape),
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
        shape: ShapeRule::Rule(avg_grad_shape),
        grad: Gradient::Rule(avg_grad_grad, &[]),
        host: &["orig_input_shape"],
        gpu: Gpu::Template("pool"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
];

/// The shape of the pooled images.
fn pooled(c: &Infer, axes: Axes, windows: &[Window; 2], depth: Window, x: &PartialShape) -> Result<PartialShape> {
    let [h, w] = output_sizes(c, windows, [x.dim(axes.height), x.dim(axes.width)])?;
    let channels = x.dim(axes.channel).map(|n| if depth.size == 1 && depth.stride == 1 { Ok(n) } else { depth.output(n, c.at_run_time) });
    Ok(PartialShape::new(axes.dims(x.dim(0), h, w, channels.transpose()?)))
}
fn max_shape(c: &mut Infer) -> Result<()> {
    let axes = Axes::of(c.attrs)?;
    let x = four(c, 0, "Input must be 4 or 5-dimensional")?;
    let (windows, depth) = pool_windows(c.attrs, c.at_run_time, "MaxPool")?;
    if c.at_run_time && depth.size > 1 {
        check_depth(&windows, depth)?;
        if depth.size != depth.stride {
            bail!(Unimplemented, "Depthwise max pooling requires the depth window to equal the depth stride");
        }
        if x.dim(axes.channel).is_some_and(|n| n % depth.size != 0) {
            bail!(Unimplemented, "Depthwise max pooling requires the depth window to evenly divide the input depth.");
        }
    }
    let out = pooled(c, axes, &windows, depth, &x)?;
    c.set(0, out);
    Ok(())
}
fn check_depth(windows: &[Window; 2], depth: Window) -> Result<()> {
    if depth.size > 1 && windows.iter().any(|w| w.size > 1) {
        bail!(Unimplemented, "MaxPooling supports exactly one of pooling across depth or pooling across width/height.");
    }
    Ok(())
}
fn avg_shape(c: &mut Infer) -> Result<()> {
    let axes = Axes::of(c.attrs)?;
    let x = four(c, 0, "Input must be 4 or 5-dimensional")?;
    let (windows, depth) = pool_windows(c.attrs, c.at_run_time, "AvgPool")?;
    check_flat(c, depth)?;
    let out = pooled(c, axes, &windows, Window { size: 1, stride: 1, ..depth }, &x)?;
    c.set(0, out);
    Ok(())
}
fn check_flat(c: &Infer, depth: Window) -> Result<()> {
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
fn max_grad_shape(c: &mut Infer) -> Result<()> {
    let axes = Axes::of(c.attrs)?;
    let x = four(c, 0, "tensor_in must be 4-dimensional")?;
    let (windows, depth) = pool_windows(c.attrs, c.at_run_time, "MaxPoolGrad")?;
    if c.at_run_time {
        check_flat(c, depth)?;
        let y = pooled(c, axes, &windows, depth, &x)?;
        check_shapes(c, [("orig_output", 1, &y), ("grad", 2, &y)])?;
    }
    c.set(0, x);
    Ok(())
}
fn max_grad_grad_shape(c: &mut Infer) -> Result<()> {
    let axes = Axes::of(c.attrs)?;
    let (x, y) = (four(c, 0, "tensor_in must be 4-dimensional")?, four(c, 1, "tensor_out must be 4-dimensional")?);
    let (windows, depth) = pool_windows(c.attrs, c.at_run_time, "MaxPoolGradGrad")?;
    if c.at_run_time {
        check_flat(c, depth)?;
        let want = pooled(c, axes, &windows, depth, &x)?;
        check_shapes(c, [("orig_output", 1, &want), ("grad", 2, &x)])?;
    } else {
        c.merge(&x, c.shape(2))?;
    }
    c.set(0, y);
    Ok(())
}
fn avg_grad_shape(c: &mut Infer) -> Result<()> {
    let axes = Axes::of(c.attrs)?;
    let x = c.shape_operand(0)?;
    if let Some(r) = x.rank().filter(|r| *r != 4) {
        let kernel = format!("out_backprop must be 4-dimensional: the shape of the input has {r} elements");
        return Err(c.fail(ferroflow_tensor::Code::InvalidArgument, format!("Shape must be rank 4 but is rank {r}"), kernel));
    }
    let x = if x.rank().is_none() { PartialShape::of_rank(4) } else { x };
    let dy = four(c, 1, "out_backprop must be 4-dimensional")?;
    let (windows, depth) = pool_windows(c.attrs, c.at_run_time, "AvgPoolGrad")?;
    if c.at_run_time {
        check_flat(c, depth)?;
        let want = pooled(c, axes, &windows, depth, &x)?;
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
fn max_grad_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (x, y, dy) = (g.x(0), g.x(1), g.dy(b, 0));
    let d = b.call("MaxPoolGradGrad", &[x, y, dy], &attrs_for(g, false)?);
    let (zx, zy) = (b.zeros_like(x), b.zeros_like(y));
    dense([zx, zy, d])
}
fn max_grad_grad_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (x, y, dy) = (g.x(0), g.x(1), g.dy(b, 0));
    let d = b.call("MaxPoolGrad", &[x, y, dy], &attrs_for(g, true)?);
    let (zx, zy) = (b.zeros_like(x), b.zeros_like(y));
    dense([zx, zy, d])
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
