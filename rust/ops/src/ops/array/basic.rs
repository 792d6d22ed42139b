//! Constants, placeholders, identities and fills.
use super::{MOVES, OWN, known_vector, same};
use crate::build::{Build, Grad, GradValue, some};
use crate::def::{Entry, Flags, Gpu, Gradient, ShapeRule, Test};
use crate::infer::{Infer, Partial};
use ferroflow_tensor::{DType, PartialShape, Result, bail, error};

/// The ops of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "Const",
        sig: " -> output: dtype",
        attrs: "value: tensor; dtype: type",
        doc: "A constant tensor. `value` is the tensor and `dtype` its dtype. Errors: InvalidArgument if they differ.",
        shape: ShapeRule::Rule(constant),
        grad: Gradient::None("a constant has no inputs"),
        gpu: Gpu::Free,
        test: Test::calls(
            "value",
            &[
                "value=c([[1, 2]], 'float32'), dtype='float32'",
                "value=c([], 'int32'), dtype='int32'",
                "value=c(True, 'bool'), dtype='bool'",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "Placeholder",
        sig: " -> output: dtype",
        attrs: "dtype: type; shape: shape = <unknown>",
        doc: "A value that every run is fed with. `shape` says what is known of its shape. Errors: InvalidArgument if it is not fed.",
        shape: ShapeRule::Rule(placeholder),
        grad: Gradient::Missing("a placeholder has no inputs"),
        gpu: Gpu::Free,
        test: OWN,
        ..Entry::NEW
    },
    Entry {
        name: "PlaceholderWithDefault",
        sig: "input: dtype -> output: dtype",
        attrs: "dtype: type; shape: shape",
        doc: "The input, unless the run feeds another value. `shape` says which shapes may be fed. Errors: InvalidArgument if the input does not fit it.",
        flags: Flags::VIEW,
        shape: ShapeRule::Rule(placeholder_with_default),
        grad: Gradient::Through,
        gpu: Gpu::Free,
        test: Test::calls("input", &["input=f(2,3), shape=[None, 3]", "input=f(0), shape=[None]"]),
        ..Entry::NEW
    },
    Entry {
        name: "Identity",
        sig: "input: T -> output: T",
        attrs: "T: type",
        doc: "The input itself, of any shape and dtype; nothing is copied.",
        flags: Flags::VIEW,
        shape: ShapeRule::Rule(same),
        grad: Gradient::Through,
        gpu: Gpu::Free,
        test: Test::calls("input", &["input=f(2,3)", "input=f()", "input=f(0,2)", "input=s('a', 'bc')", "input=f(1,1,2,1,2,1,1,2)"]),
        ..Entry::NEW
    },
    Entry {
        name: "IdentityN",
        sig: "input: T -> output: T",
        attrs: "T: list(type) >= 1",
        doc: "The inputs themselves, of any shapes and dtypes; mostly nothing is copied.",
        shape: ShapeRule::Rule(same),
        grad: Gradient::Through,
        gpu: Gpu::Free,
        test: Test::calls("input", &["input=[f(2,3), i(0,9,4)]", "input=[f()]"]),
        ..Entry::NEW
    },
    Entry {
        name: "NoOp",
        sig: " -> ",
        attrs: "",
        doc: "Does nothing; control edges make it a point that others wait for.",
        flags: Flags::STATEFUL,
        shape: ShapeRule::Unknown,
        grad: Gradient::Missing("it has no inputs"),
        gpu: Gpu::Free,
        test: OWN,
        ..Entry::NEW
    },
    Entry {
        name: "StopGradient",
        sig: "input: T -> output: T",
        attrs: "T: type",
        doc: "The input itself; no gradient flows back through it.",
        flags: Flags::VIEW,
        shape: ShapeRule::Rule(same),
        grad: Gradient::None("its purpose is to stop gradients"),
        gpu: Gpu::Free,
        test: Test::calls("input", &["input=f(2,3)", "input=f()", "input=f(0)"]),
        ..Entry::NEW
    },
    Entry {
        name: "PreventGradient",
        sig: "input: T -> output: T",
        attrs: "T: type; message: string = ''",
        doc: "The input itself; asking for a gradient through it is an error with the reason `message`. Errors: a lookup error when a gradient is asked for.",
        flags: Flags::VIEW,
        shape: ShapeRule::Rule(same),
        grad: Gradient::Rule(prevented, &[]),
        gpu: Gpu::Free,
        test: Test::own(&["tests/ops/test_direct.py"]),
        ..Entry::NEW
    },
    Entry {
        name: "GuaranteeConst",
        sig: "input: T -> output: T",
        attrs: "T: type",
        doc: "The input itself; says that it is the same in every run, which changes nothing here. Errors: InvalidArgument for a resource.",
        flags: Flags::VIEW.and(Flags::STATEFUL),
        shape: ShapeRule::Rule(guarantee_const),
        grad: Gradient::Missing("TensorFlow has none"),
        gpu: Gpu::Free,
        test: Test::calls("input", &["input=f(2,3)", "input=f()", "input=s('a', 'bc')", "input=f(0,2)"]),
        ..Entry::NEW
    },
    Entry {
        name: "Snapshot",
        sig: "input: T -> output: T",
        attrs: "T: type",
        doc: "A copy of the input, of any shape.",
        shape: ShapeRule::Same,
        grad: Gradient::Missing("TensorFlow has none"),
        gpu: MOVES,
        test: Test::calls("input", &["input=f(2,3)", "input=f()", "input=b(3)", "input=f(0,2)", "input=f(1,1,2,1,2,1,1,2)"]),
        ..Entry::NEW
    },
    Entry {
        name: "EnsureShape",
        sig: "input: T -> output: T",
        attrs: "shape: shape; T: type",
        doc: "The input itself, checked against a partly known shape. Errors: InvalidArgument if its shape does not fit `shape`.",
        flags: Flags::VIEW,
        shape: ShapeRule::Rule(ensure_shape),
        grad: Gradient::Through,
        gpu: Gpu::Free,
        test: Test::calls("input", &["input=f(2,3), shape=[None, 3]", "input=f(0), shape=None", "input=f(), shape=[]"]),
        ..Entry::NEW
    },
    Entry {
        name: "Bitcast",
        sig: "input: T -> output: type",
        attrs: "T: {bfloat16, half, float, double, int64, int32, uint8, uint16, uint32, uint64, int8, int16, complex64, complex128, qint8, quint8, qint16, quint16, qint32}; type: {bfloat16, half, float, double, int64, int32, uint8, uint16, uint32, uint64, int8, int16, complex64, complex128, qint8, quint8, qint16, quint16, qint32}",
        doc: "The bytes of the input as elements of dtype `type`. To a smaller element a last axis is added, of as many elements as one input element has; to a larger one the last axis, which must have that size, is removed. Errors: InvalidArgument if the sizes do not fit.",
        flags: Flags::VIEW,
        shape: ShapeRule::Rule(bitcast),
        grad: Gradient::Missing("bits have no derivative"),
        gpu: Gpu::Free,
        test: Test::calls(
            "np.ascontiguousarray(input).view(np.dtype(type)).reshape(input.shape + ((-1,) if np.dtype(type).itemsize < input.itemsize else ())) if np.dtype(type).itemsize <= input.itemsize else np.ascontiguousarray(input).view(np.dtype(type)).reshape(input.shape[:-1])",
            &[
                "input=c([1.5, -0.0], 'float32'), type='int32'",
                "input=c([[1, 2]], 'int32'), type='uint8'",
                "input=c([[1, 2], [3, 4]], 'int32'), type='float64'",
                "input=c(7, 'int64'), type='float64'",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "ZerosLike",
        sig: "x: T -> y: T",
        attrs: "T: type",
        doc: "Zeros (false, empty strings) of the shape and dtype of `x`.",
        shape: ShapeRule::Rule(same_shape),
        grad: Gradient::None("the result does not depend on the values"),
        gpu: Gpu::Template("fill"),
        test: Test::calls("np.zeros_like(x)", &["x=f(2,3)", "x=f()", "x=f(0,2)", "x=b(3)", "x=i(1,9,1,1,1,1,1,1,1,2)"]),
        ..Entry::NEW
    },
    Entry {
        name: "OnesLike",
        sig: "x: T -> y: T",
        attrs: "T: {bfloat16, half, float, double, int8, uint8, int16, uint16, int32, uint32, int64, uint64, complex64, complex128, bool}",
        doc: "Ones (true) of the shape and dtype of `x`.",
        shape: ShapeRule::Same,
        grad: Gradient::None("the result does not depend on the values"),
        gpu: Gpu::Template("fill"),
        test: Test::calls("np.ones_like(x)", &["x=f(2,3)", "x=f()", "x=f(0,2)", "x=b(3)"]),
        ..Entry::NEW
    },
    Entry {
        name: "Fill",
        sig: "dims: index_type, value: T -> output: T",
        attrs: "T: type; index_type: {int32, int64} = int32",
        doc: "A tensor of shape `dims` (a vector of sizes) in which every element is the scalar `value`. Errors: InvalidArgument for negative sizes, for a `dims` that is no vector and a `value` that is no scalar.",
        host: &["dims"],
        shape: ShapeRule::Rule(fill),
        grad: Gradient::Rule(fill_grad, &[]),
        gpu: MOVES,
        test: Test::calls(
            "np.full(dims, value)",
            &[
                "dims=c([2, 3], 'int32'), value=f()",
                "dims=c([], 'int32'), value=f()",
                "dims=c([0, 4], 'int64'), value=f()",
                "dims=c([2, 1, 1, 2, 1, 1, 1, 2], 'int32'), value=c(7, 'int64')",
                "dims=c([2], 'int32'), value=c('a', 'string')",
            ],
        ),
        ..Entry::NEW
    },
];

fn prevented(_: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    bail!(Lookup, "Gradient explicitly disabled. Reason: b'{}'", g.attrs.str("message")?.as_bytes().escape_ascii())
}

fn guarantee_const(c: &mut Infer) -> Result<()> {
    if c.at_run_time && c.input(0).dtype == DType::Resource {
        bail!(InvalidArgument, "Input tensor cannot be a resource variable handle.");
    }
    c.set(0, c.shape(0).clone());
    Ok(())
}

fn constant(c: &mut Infer) -> Result<()> {
    let (value, dtype) = (c.attrs.tensor("value")?, c.attrs.dtype("dtype")?);
    if value.dtype() != dtype {
        bail!(
            InvalidArgument,
            "Inconsistent node attributes: value has dtype {}, dtype is {}",
            value.dtype().signature_name(),
            dtype.signature_name()
        );
    }
    c.set(0, value.shape());
    c.set_value(0, (value.count() <= 1024).then(|| Partial::Known(value.clone())));
    Ok(())
}

fn placeholder(c: &mut Infer) -> Result<()> {
    c.set(0, c.attrs.shape("shape")?.clone());
    Ok(())
}

fn placeholder_with_default(c: &mut Infer) -> Result<()> {
    let shape = c.attrs.shape("shape")?;
    let merged = c.merge(c.shape(0), shape);
    if c.at_run_time {
        c.set(0, c.shape(0).clone());
        return Ok(());
    }
    // What is fed may have any shape that fits the attribute, so the input's own shape says nothing before the run.
    merged?;
    c.set(0, shape.clone());
    Ok(())
}

fn ensure_shape(c: &mut Infer) -> Result<()> {
    let want = c.attrs.shape("shape")?;
    let merged = if c.at_run_time {
        want.merge(c.shape(0))
            .ok_or_else(|| error!(InvalidArgument, "Shape of tensor input {} is not compatible with expected shape {want}.", c.shape(0)))?
    } else {
        c.merge(want, c.shape(0))?
    };
    c.set(0, merged);
    c.set_value(0, c.input(0).value.clone());
    c.set_handle(0, c.input(0).handle.clone());
    Ok(())
}

fn bitcast(c: &mut Infer) -> Result<()> {
    let (from, to) = (c.attrs.dtype("T")?, c.attrs.dtype("type")?);
    let (a, b) = (from.size(), to.size());
    let shape = c.shape(0);
    let Some(dims) = shape.dims() else { return Ok(()) };
    let mut out = dims.to_vec();
    if a > b {
        out.push(Some(a / b));
    } else if a < b {
        if c.at_run_time && out.last() != Some(&Some(b / a)) {
            bail!(InvalidArgument, "Cannot bitcast from {} to {}", from.number(), to.number());
        }
        c.with_rank_at_least(0, 1)?;
        if let Some(Some(d)) = out.pop()
            && d != b / a
        {
            bail!(InvalidArgument, "Cannot bitcast from {} to {} due to shape. {d} does not match {}", from.number(), to.number(), b / a);
        }
    }
    c.set(0, PartialShape::new(out));
    Ok(())
}

fn same_shape(c: &mut Infer) -> Result<()> {
    let t = c.input(0);
    c.set(0, t.shape.clone());
    c.set_handle(0, t.handle.clone());
    Ok(())
}

fn fill(c: &mut Infer) -> Result<()> {
    let dims = c.shape(0);
    if c.at_run_time {
        if !matches!(dims.rank(), Some(0 | 1)) {
            bail!(InvalidArgument, "dims must represent a vector, got shape {dims}");
        }
        if c.shape(1).count() != Some(1) {
            bail!(InvalidArgument, "value must represent a scalar, got shape {}", c.shape(1));
        }
        if dims.rank() == Some(0) {
            let n = c.int(0);
            return set_fill(c, n.map(|n| vec![Some(n)]));
        }
    } else {
        c.with_rank(0, 1)?;
        c.with_rank(1, 0)?;
    }
    let known = c.ints(0);
    set_fill(c, known)
}

fn set_fill(c: &mut Infer, sizes: Option<Vec<Option<i64>>>) -> Result<()> {
    let Some(sizes) = sizes else {
        let shape = c.shape(0).dim(0).map_or(PartialShape::UNKNOWN, PartialShape::of_rank);
        c.set(0, shape);
        return Ok(());
    };
    if let Some(bad) = sizes.iter().flatten().find(|d| **d < 0) {
        return Err(c.fail(
            ferroflow_tensor::Code::InvalidArgument,
            "Fill dimensions must be >= 0".into(),
            format!("Dimension {bad} must be >= 0"),
        ));
    }
    let (rank, n) = (sizes.len(), sizes.first().copied().flatten());
    c.set(0, PartialShape::new(sizes.iter().map(|d| d.map(|d| d as usize)).collect()));
    let integer = matches!(c.input(1).dtype, DType::Int32 | DType::Int64);
    if let (true, 1, Some(n @ 0..=64), Some(v)) = (integer, rank, n, c.int(1)) {
        c.set_value(0, known_vector(vec![Some(v); n as usize]));
    }
    Ok(())
}

fn fill_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let grad = match b.shape(dy).rank() {
        Some(n) => {
            let axes = b.ints(&(0..n as i64).collect::<Vec<_>>());
            b.sum(dy, axes, false)
        }
        None => {
            let (zero, rank, one) = (b.int(0), b.rank(dy), b.int(1));
            let axes = b.range(zero, rank, one);
            b.sum(dy, axes, false)
        }
    };
    some([None, Some(grad)])
}
