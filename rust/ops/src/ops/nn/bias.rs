//! BiasAdd and BiasAddGrad.
use crate::build::{Build, Grad, GradValue, dense};
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{Code, PartialShape, Result, bail};

const ATTRS: &str = "T: {float, double, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, half, uint32, uint64}; data_format: {'NHWC', 'NCHW'} = 'NHWC'";

/// Entries of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "BiasAdd",
        sig: "value: T, bias: T -> output: T",
        attrs: ATTRS,
        doc: "Adds a vector along the channel axis: the last axis, or axis 1 with data_format NCHW. `value` has at least two axes \
              (three with NCHW), `bias` one element per channel. InvalidArgument otherwise.",
        shape: ShapeRule::Rule(bias_shape),
        grad: Gradient::Rule(bias_grad, &[]),
        gpu: Gpu::Template("bias"),
        test: Test::calls(
            "value + (np.reshape(bias, (-1,) + (1,) * (value.ndim - 2)) if data_format == 'NCHW' else bias)",
            &[
                "value=f(2,3), bias=f(3), data_format='NHWC'",
                "value=f(2,3,4), bias=f(4), data_format='NHWC'",
                "value=f(2,3,4), bias=f(3), data_format='NCHW'",
                "value=f(2,3,4,5), bias=f(3), data_format='NCHW'",
                "value=f(0,3), bias=f(3), data_format='NHWC'",
                "value=f(1,2,1,2,1,2,1,3), bias=f(3), data_format='NHWC'",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "BiasAddGrad",
        sig: "out_backprop: T -> output: T",
        attrs: ATTRS,
        doc: "The gradient of BiasAdd for its bias: the sum over all axes but the channel axis (the last one, or axis 1 with \
              data_format NCHW). InvalidArgument for fewer than two axes (three with NCHW).",
        shape: ShapeRule::Rule(bias_grad_shape),
        grad: Gradient::Rule(bias_grad_grad, &["out_backprop"]),
        gpu: Gpu::Template("reduce"),
        test: Test::calls(
            "np.sum(out_backprop, axis=tuple(i for i in range(out_backprop.ndim) if i != (1 if data_format == 'NCHW' else out_backprop.ndim - 1)), dtype=out_backprop.dtype)",
            &[
                "out_backprop=f(2,3), data_format='NHWC'",
                "out_backprop=f(2,3,4,5), data_format='NHWC'",
                "out_backprop=f(2,3,4,5), data_format='NCHW'",
                "out_backprop=f(0,3), data_format='NHWC'",
                "out_backprop=f(1,2,1,2,1,2,1,3), data_format='NHWC'",
            ],
        ),
        ..Entry::NEW
    },
];

/// The channel axis of a shape of this rank.
fn channel(c: &Infer) -> Result<Option<usize>> {
    let first = c.attrs.str("data_format")? == "NCHW";
    let Some(rank) = c.shape(0).rank() else { return Ok(None) };
    let least = if first { 3 } else { 2 };
    if rank < 2 && c.at_run_time {
        bail!(InvalidArgument, "Input tensor must be at least 2D: {}", c.shape(0));
    }
    if rank < least {
        let kernel = format!(
            "Must provide as many biases as the last dimension of the input tensor: {} vs. {}",
            c.shape(c.n_inputs() - 1),
            c.shape(0)
        );
        return Err(c.fail(Code::InvalidArgument, format!("Shape must be at least rank {least} but is rank {rank}"), kernel));
    }
    Ok(Some(if first { 1 } else { rank - 1 }))
}
fn bias_shape(c: &mut Infer) -> Result<()> {
    let axis = channel(c)?;
    if let Some(r) = c.shape(1).rank().filter(|r| *r != 1) {
        return Err(c.fail(
            Code::InvalidArgument,
            format!("Shape must be rank 1 but is rank {r}"),
            format!("Biases must be 1D: {}", c.shape(1)),
        ));
    }
    let (value, bias) = (c.shape(0), c.shape(1).dim(0));
    let Some((axis, dims)) = axis.zip(value.dims()) else { return Ok(()) };
    if let (Some(n), Some(m)) = (dims[axis], bias)
        && n != m
    {
        let kernel = format!("Must provide as many biases as the last dimension of the input tensor: {} vs. {value}", c.shape(1));
        let e = c.fail(Code::InvalidArgument, format!("Dimensions must be equal, but are {n} and {m}"), kernel);
        return Err(e.axis(format!("channel axis {axis}: {n} and {m}")).fix(format!("the bias needs {n} elements")));
    }
    let mut dims = dims.to_vec();
    dims[axis] = dims[axis].or(bias);
    c.set(0, PartialShape::new(dims));
    Ok(())
}
fn bias_grad_shape(c: &mut Infer) -> Result<()> {
    let n = channel(c)?.and_then(|axis| c.shape(0).dim(axis));
    c.set(0, PartialShape::vector(n));
    Ok(())
}

fn bias_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let format = g.attrs.str("data_format")?;
    let db = b.call("BiasAddGrad", &[dy], &[("data_format", format.into())]);
    dense([dy, db])
}
/// Every element receives the gradient of its channel.
fn bias_grad_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (x, dy) = (g.x(0), g.dy(b, 0));
    let format = g.attrs.str("data_format")?;
    let zeros = b.zeros_like(x);
    dense([b.call("BiasAdd", &[zeros, dy], &[("data_format", format.into())])])
}
