//! Pooling of volumes: MaxPool3D, AvgPool3D and their gradients; and MaxPoolWithArgmax.
use super::pool::{
    avg_grad_shape, avg_shape, avg3d_grad, avg3d_grad_grad, check_flat, max_grad_grad_shape, max_grad_shape, max_pooled, max_shape,
    max3d_grad, max3d_grad_grad, max3d_grad_grad_grad,
};
use super::window::{images, pool_windows};
use crate::build::{Build, Grad, GradValue, dense};
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{Result, bail};

/// Entries of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "MaxPool3D",
        sig: "input: T -> output: T",
        attrs: "ksize: list(int) >= 5; strides: list(int) >= 5; padding: {'SAME', 'VALID'}; data_format: {'NDHWC', 'NCDHW'} = 'NDHWC'; T: {half, bfloat16, float}",
        doc: "The largest element of each window of volumes [batch, depth, height, width, channels] (channels first with data_format \
              NCDHW). ksize and strides have one value per axis; padding adds nothing to a window, and NaN counts for nothing. \
              InvalidArgument for shapes that do not fit.",
        shape: ShapeRule::Rule(max_shape::<3>),
        grad: Gradient::Rule(max3d_grad, &["input", "output"]),
        gpu: Gpu::Template("pool"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
    Entry {
        name: "MaxPool3DGrad",
        sig: "orig_input: TInput, orig_output: TInput, grad: T -> output: T",
        attrs: "ksize: list(int) >= 5; strides: list(int) >= 5; padding: {'SAME', 'VALID'}; data_format: {'NDHWC', 'NCDHW'} = 'NDHWC'; T: {half, bfloat16, float} = float; TInput: {half, bfloat16, float} = float",
        doc: "The gradient of MaxPool3D: each window's gradient goes to its largest element, the first one of equals. `orig_input` \
              and `orig_output` are the MaxPool3D's, `grad` has the shape and dtype of `orig_output`. InvalidArgument for others.",
        shape: ShapeRule::Rule(max_grad_shape::<3>),
        grad: Gradient::Rule(max3d_grad_grad, &["orig_input", "orig_output"]),
        gpu: Gpu::Template("pool"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
    Entry {
        name: "MaxPool3DGradGrad",
        sig: "orig_input: T, orig_output: T, grad: T -> output: T",
        attrs: "ksize: list(int) >= 5; strides: list(int) >= 5; padding: {'SAME', 'VALID'}; data_format: {'NDHWC', 'NCDHW'} = 'NDHWC'; T: {float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64}",
        doc: "The second gradient of MaxPool3D: picks from `grad`, which has the shape of `orig_input`, the element where each window \
              of `orig_input` is largest. The result has the shape of `orig_output`. InvalidArgument for other shapes.",
        shape: ShapeRule::Rule(max_grad_grad_shape::<3>),
        grad: Gradient::Rule(max3d_grad_grad_grad, &["orig_input", "orig_output"]),
        gpu: Gpu::Template("pool"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
    Entry {
        name: "AvgPool3D",
        sig: "input: T -> output: T",
        attrs: "ksize: list(int) >= 5; strides: list(int) >= 5; padding: {'SAME', 'VALID'}; data_format: {'NDHWC', 'NCDHW'} = 'NDHWC'; T: {half, bfloat16, float, double}",
        doc: "The mean of each window of volumes [batch, depth, height, width, channels] (channels first with data_format NCDHW); \
              padding is not counted. ksize and strides have one value per axis. InvalidArgument for shapes that do not fit.",
        shape: ShapeRule::Rule(avg_shape::<3>),
        grad: Gradient::Rule(avg3d_grad, &["input"]),
        gpu: Gpu::Template("pool"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
    Entry {
        name: "AvgPool3DGrad",
        sig: "orig_input_shape: int32, grad: T -> output: T",
        attrs: "ksize: list(int) >= 5; strides: list(int) >= 5; padding: {'SAME', 'VALID'}; data_format: {'NDHWC', 'NCDHW'} = 'NDHWC'; T: {half, bfloat16, float, double}",
        doc: "The gradient of AvgPool3D: each window's gradient is shared equally by its elements. orig_input_shape is the shape of \
              the pooled volumes. InvalidArgument if `grad` has not the shape of the AvgPool3D's result.",
        shape: ShapeRule::Rule(avg_grad_shape::<3>),
        grad: Gradient::Rule(avg3d_grad_grad, &[]),
        host: &["orig_input_shape"],
        gpu: Gpu::Template("pool"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
    Entry {
        name: "MaxPoolWithArgmax",
        sig: "input: T -> output: T, argmax: Targmax",
        attrs: "ksize: list(int) >= 4; strides: list(int) >= 4; Targmax: {int32, int64} = int64; padding: {'SAME', 'VALID'}; include_batch_in_index: bool = false; T: {float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64}",
        doc: "The largest element of each window of images [batch, height, width, channels], and its place in the image written as one \
              vector of rows of pixels, or in that of all images with include_batch_in_index. The first one of equals is taken, a NaN \
              only if it is the window's first element. InvalidArgument for shapes that do not fit.",
        shape: ShapeRule::Rule(argmax_shape),
        grad: Gradient::Rule(argmax_grad, &["input", "argmax"]),
        gpu: Gpu::Template("pool"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
    Entry {
        name: "MaxPoolGradWithArgmax",
        sig: "input: T, grad: T, argmax: Targmax -> output: T",
        attrs: "ksize: list(int) >= 4; strides: list(int) >= 4; padding: {'SAME', 'VALID'}; include_batch_in_index: bool = false; Targmax: {int32, int64}; T: {float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64}",
        doc: "The gradient of MaxPoolWithArgmax: adds each element of `grad` to the element that `argmax` names. The result has the \
              shape of `input`. InvalidArgument for other shapes and for places outside.",
        shape: ShapeRule::Rule(argmax_grad_shape),
        grad: Gradient::Missing("TensorFlow has none"),
        gpu: Gpu::Template("pool"),
        test: Test::own(&["rust/cpu/tests/windows.rs"]),
        ..Entry::NEW
    },
];

fn argmax_shape(c: &mut Infer) -> Result<()> {
    let (_, depth) = pool_windows::<2>(c.attrs, c.at_run_time, "MaxPoolWithArgmax")?;
    check_flat(c, depth)?;
    let y = max_pooled::<2>(c)?;
    c.set(0, y.clone());
    c.set(1, y);
    Ok(())
}
fn argmax_grad_shape(c: &mut Infer) -> Result<()> {
    let x = images::<2>(c, 0, "tensor_in must be 4-dimensional")?;
    let dy = images::<2>(c, 1, "grad_in must be 4-dimensional")?;
    let (_, depth) = pool_windows::<2>(c.attrs, c.at_run_time, "MaxPoolGradWithArgmax")?;
    check_flat(c, depth)?;
    if c.at_run_time && c.shape(2) != &dy {
        bail!(InvalidArgument, "grad and argmax must have the same shape: {dy} vs {}", c.shape(2));
    }
    c.set(0, x);
    Ok(())
}
fn argmax_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let names = ["ksize", "strides", "padding", "include_batch_in_index"];
    let attrs: Vec<_> = names.into_iter().filter_map(|n| Some((n, g.attrs.get(n)?.clone()))).collect();
    dense([b.call("MaxPoolGradWithArgmax", &[g.x(0), dy, g.y(1)], &attrs)])
}
