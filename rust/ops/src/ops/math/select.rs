//! Casts, selection, limits and sums of several tensors: Cast, Select, SelectV2, ClipByValue, AddN, Complex, L2Loss, CheckNumerics.
use crate::build::{Build, Grad, GradValue, dense, some};
use crate::def::{Entry, Flags, Gpu, Gradient, ShapeRule, Test};
use crate::infer::{Infer, Partial, broadcast};
use ferroflow_tensor::{DType, PartialShape, Result, bail, error};

/// Entries of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "Cast",
        sig: "x: SrcT -> y: DstT",
        attrs: "SrcT: type; DstT: type; Truncate: bool = false",
        doc: "The values of `x` as another dtype. Floating point results are rounded to nearest (toward zero if Truncate), integers \
              wrap, quantised numbers count as the integers that hold them, floats become integers by dropping their fraction, \
              anything but zero becomes true, and complex numbers lose their imaginary part. Unimplemented between strings and numbers.",
        shape: ShapeRule::Rule(cast_shape),
        grad: Gradient::Rule(cast_grad, &[]),
        gpu: Gpu::Template("cast"),
        test: Test::calls(
            "x.astype(DstT)",
            &[
                "x=f(2,3), DstT='float64'",
                "x=f(2,3), DstT='float32'",
                "x=f(4), DstT='float16'",
                "x=f(4), DstT='bfloat16'",
                "x=f(7), DstT='int32'",
                "x=f(7), DstT='bool'",
                "x=f(7), DstT='complex64'",
                "x=i(-200,200,9), DstT='int8'",
                "x=i(-200,200,9), DstT='uint8'",
                "x=i64(-9,9,0,3), DstT='float32'",
                "x=b(5), DstT='float32'",
                "x=f(), DstT='int64'",
                "x=f(1,2,1,2,1,2,1,2), DstT='float64'",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "ApproximateEqual",
        sig: "x: T, y: T -> z: bool",
        attrs: "T: {float, double, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, half, uint32, uint64}; tolerance: float = 1e-05",
        flags: Flags::COMMUTES,
        doc: "Whether x and y, of one shape, differ by at most `tolerance`, element by element; false for NaN and for equal infinities. \
              InvalidArgument for other shapes.",
        shape: ShapeRule::Rule(approximate_equal),
        grad: Gradient::None("a truth value has no gradient"),
        gpu: Gpu::Template("approximate_equal"),
        test: Test::calls(
            "np.abs(x - y) <= x.dtype.type(np.float32(tolerance))",
            &[
                "x=f(2,3), y=f(2,3), tolerance=1.5",
                "x=f(), y=f()",
                "x=f(0,3), y=f(0,3)",
                "x=f(1,2,1,2,1,2,1,3), y=f(1,2,1,2,1,2,1,3), tolerance=0.5",
                "x=c([np.nan, np.inf, -np.inf, 1.0, 0.0], np.float32), y=c([np.nan, np.inf, np.inf, 1.000009, 1e-5], np.float32)",
                "x=c([0.0, 1.0], np.float64), y=c([0.5, 1.0], np.float64), tolerance=0.0",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "Select",
        sig: "condition: bool, t: T, e: T -> output: T",
        attrs: "T: type",
        parameters: &[("t", "x"), ("e", "y")],
        doc: "Elements of `t` where the condition holds, else of `e`. `t` and `e` have one shape; the condition has that shape, is \
              a scalar, or is a vector that chooses whole rows. InvalidArgument otherwise.",
        shape: ShapeRule::Rule(select_shape),
        grad: Gradient::Rule(select_grad, &["condition"]),
        gpu: Gpu::Template("select"),
        test: Test::calls(
            "np.where(np.reshape(condition, np.shape(condition) + (1,) * (np.ndim(t) - np.ndim(condition))), t, e)",
            &[
                "condition=b(2,3), t=f(2,3), e=f(2,3)",
                "condition=b(2), t=f(2,3), e=f(2,3)",
                "condition=b(), t=f(2,3), e=f(2,3)",
                "condition=b(0), t=f(0,3), e=f(0,3)",
                "condition=b(), t=f(), e=f()",
                "condition=b(2), t=f(2,1,2,1,2,1,2,1), e=f(2,1,2,1,2,1,2,1)",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "SelectV2",
        sig: "condition: bool, t: T, e: T -> output: T",
        attrs: "T: type",
        doc: "Elements of `t` where the condition holds, else of `e`; all three broadcast against each other. InvalidArgument if \
              they cannot.",
        shape: ShapeRule::Rule(select_v2_shape),
        grad: Gradient::Rule(select_v2_grad, &["condition"]),
        gpu: Gpu::Template("select"),
        test: Test::calls(
            "np.where(condition, t, e)",
            &[
                "condition=b(2,3), t=f(2,3), e=f(2,3)",
                "condition=b(3), t=f(2,3), e=f(2,1)",
                "condition=b(2,1), t=f(3), e=f()",
                "condition=b(), t=f(2,3), e=f(3)",
                "condition=b(), t=f(), e=f()",
                "condition=b(0,3), t=f(3), e=f(1)",
                "condition=b(2,1,2,1,2,1,2,1), t=f(2,1), e=f(1,2,1,1,2,1,1,3)",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "ClipByValue",
        sig: "t: T, clip_value_min: T, clip_value_max: T -> output: T",
        attrs: "T: {float, double, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, half, uint32, uint64}",
        doc: "The elements of `t`, none above clip_value_max, then none below clip_value_min; NaN stays. Each limit is a scalar or \
              has the shape of `t`; parts of complex numbers are limited one by one. InvalidArgument for other shapes.",
        shape: ShapeRule::Rule(clip_shape),
        grad: Gradient::Rule(clip_grad, &["t", "clip_value_min", "clip_value_max"]),
        gpu: Gpu::Template("clip"),
        test: Test::calls(
            "(lambda clip: clip(np.real) + 1j * clip(np.imag) if t.dtype.kind == 'c' else clip(lambda x: x))\
             (lambda part: np.maximum(np.minimum(part(t), part(clip_value_max)), part(clip_value_min)))",
            &[
                "t=f(2,3), clip_value_min=c(-1,T), clip_value_max=c(1,T)",
                "t=f(4), clip_value_min=f(4), clip_value_max=c(1,T)",
                "t=f(4), clip_value_min=c(0,T), clip_value_max=f(4)",
                "t=f(4), clip_value_min=f(4), clip_value_max=f(4)",
                "t=f(0,3), clip_value_min=c(0,T), clip_value_max=c(1,T)",
                "t=f(), clip_value_min=c(0,T), clip_value_max=c(1,T)",
                "t=f(1,2,1,2,1,2,1,2), clip_value_min=c(-1,T), clip_value_max=c(1,T)",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "AddN",
        sig: "inputs: N * T -> sum: T",
        attrs: "N: int >= 1; T: {float, double, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, half, uint32, uint64, variant}",
        doc: "The sum of tensors of one shape, element by element. InvalidArgument if the shapes differ.",
        flags: Flags::COMMUTES,
        shape: ShapeRule::Rule(add_n_shape),
        grad: Gradient::Through,
        gpu: Gpu::Template("add_n"),
        test: Test::calls(
            "np.sum(np.stack(inputs), axis=0).astype(inputs[0].dtype)",
            &[
                "inputs=[f(2,3)]",
                "inputs=[f(2,3), f(2,3)]",
                "inputs=[f(5), f(5), f(5), f(5), f(5)]",
                "inputs=[f(), f()]",
                "inputs=[f(0,3), f(0,3)]",
                "inputs=[f(1,2,1,2,1,2,1,2), f(1,2,1,2,1,2,1,2)]",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "Complex",
        sig: "real: T, imag: T -> out: Tout",
        attrs: "T: {float, double} = float; Tout: {complex64, complex128} = complex64",
        doc: "Complex numbers from their real and imaginary parts, which broadcast against each other. InvalidArgument if they cannot.",
        shape: ShapeRule::Broadcast,
        grad: Gradient::Rule(complex_grad, &["real", "imag"]),
        gpu: Gpu::Template("complex"),
        test: Test::calls(
            "(real + 1j * imag).astype(Tout)",
            &[
                "real=f(2,3), imag=f(2,3), Tout={'float32':'complex64','float64':'complex128'}[T]",
                "real=f(2,1), imag=f(3), Tout={'float32':'complex64','float64':'complex128'}[T]",
                "real=f(), imag=f(), Tout={'float32':'complex64','float64':'complex128'}[T]",
                "real=f(0,3), imag=f(3), Tout={'float32':'complex64','float64':'complex128'}[T]",
                "real=f(1,2,1,2,1,2,1,2), imag=f(2,1), Tout={'float32':'complex64','float64':'complex128'}[T]",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "L2Loss",
        sig: "t: T -> output: T",
        attrs: "T: {half, bfloat16, float, double}",
        doc: "Half the sum of the squares of all elements, a scalar; 0 for an empty tensor.",
        shape: ShapeRule::Scalar,
        grad: Gradient::Rule(l2_grad, &["t"]),
        gpu: Gpu::Composed,
        test: Test::calls("(np.sum(t ** 2) / 2).astype(t.dtype)", &["t=f(2,3)", "t=f()", "t=f(0)", "t=f(1,2,1,2,1,2,1,2)"]),
        ..Entry::NEW
    },
    Entry {
        name: "CheckNumerics",
        sig: "tensor: T -> output: T",
        attrs: "T: {bfloat16, half, float, double}; message: string",
        doc: "The tensor itself. InvalidArgument, with the message in front, if it holds a NaN or an infinity.",
        flags: Flags::STATEFUL,
        shape: ShapeRule::Same,
        grad: Gradient::Rule(check_grad, &[]),
        gpu: Gpu::Host("the check needs the values"),
        test: Test::calls(
            "tensor",
            &[
                "tensor=f(2,3), message='m'",
                "tensor=f(), message='m'",
                "tensor=f(0), message='m'",
                "tensor=f(1,2,1,2,1,2,1,2), message='m'",
            ],
        ),
        ..Entry::NEW
    },
];

fn approximate_equal(c: &mut Infer) -> Result<()> {
    let (x, y) = (c.shape(0), c.shape(1));
    if c.at_run_time && x != y {
        bail!(InvalidArgument, "x and y must be of the same shape. x shape: {x}. y shape: {y}");
    }
    let both = c.merge(x, y)?;
    c.set(0, both);
    Ok(())
}

fn cast_shape(c: &mut Infer) -> Result<()> {
    let shape = c.shape(0).clone();
    let (from, to) = (c.attrs.dtype("SrcT")?, c.attrs.dtype("DstT")?);
    let index = |d| matches!(d, DType::Int32 | DType::Int64);
    if index(from) && index(to) {
        let wrap = |x: i64| if to == DType::Int32 { x as i32 as i64 } else { x };
        let scalar = shape.rank() == Some(0);
        let value = c.ints(0).map(|v| Partial::Ints(v.into_iter().map(|x| x.map(wrap)).collect(), scalar));
        c.set_value(0, value);
    }
    c.set(0, shape);
    Ok(())
}
fn cast_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (from, to) = (g.attrs.dtype("SrcT")?, g.attrs.dtype("DstT")?);
    if !from.is_differentiable() || !to.is_differentiable() {
        return some([None]);
    }
    let dy = g.dy(b, 0);
    dense([b.cast(dy, from)])
}

fn select_shape(c: &mut Infer) -> Result<()> {
    if c.at_run_time {
        check_select(c)?;
        let shape = c.shape(1).clone();
        c.set(0, shape);
        return Ok(());
    }
    let data = c.merge(c.shape(1), c.shape(2))?;
    let data = match (c.shape(0).rank(), data.rank()) {
        (Some(1), Some(n)) if n != 1 => {
            let rows = PartialShape::vector(data.dim(0));
            if n == 0 {
                c.merge(&data, c.shape(0))?;
            }
            let first = c.merge(c.shape(0), &rows)?.dim(0);
            let mut dims = data.dims().map(<[_]>::to_vec).unwrap_or_default();
            dims[0] = first;
            PartialShape::new(dims)
        }
        (Some(0) | None, _) | (Some(1), None) => data,
        _ => c.merge(&data, c.shape(0))?,
    };
    c.set(0, data);
    Ok(())
}
fn check_select(c: &Infer) -> Result<()> {
    let (condition, t, e) = (c.shape(0), c.shape(1), c.shape(2));
    let row_wise = condition.rank() == Some(1) && t.rank() > Some(1);
    let same = |other: &PartialShape, i: usize, first: &PartialShape| {
        error!(
            InvalidArgument,
            "Inputs to operation Select of type Select must have the same size and shape.  Input 0: {first} != input {i}: {other}"
        )
    };
    if condition.rank() == Some(0) || row_wise {
        if t != e {
            bail!(InvalidArgument, "'then' and 'else' must have the same size.  but received: {t} vs. {e}");
        }
        if let (true, Some(rows), Some(n)) = (row_wise, t.dim(0), condition.dim(0))
            && rows != n
        {
            bail!(InvalidArgument, "Number of batches of 'then' must match size of 'cond', but saw: {rows} vs. {n}");
        }
        return Ok(());
    }
    match (1..3).find(|i| c.shape(*i) != condition) {
        Some(i) => Err(same(c.shape(i), i, condition)),
        None => Ok(()),
    }
}
fn select_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (condition, dy) = (g.x(0), g.dy(b, 0));
    let zeros = b.zeros_like(dy);
    let t = b.call("Select", &[condition, dy, zeros], &[]);
    let e = b.call("Select", &[condition, zeros, dy], &[]);
    some([None, Some(t), Some(e)])
}

fn select_v2_shape(c: &mut Infer) -> Result<()> {
    let kernel = || error!(InvalidArgument, "condition {}, then {}, and else {} must be broadcastable", c.shape(0), c.shape(1), c.shape(2));
    let pair = broadcast(c.shape(1), c.shape(2)).and_then(|s| broadcast(c.shape(0), &s));
    let shape = pair.map_err(|(_, graph)| if c.at_run_time { kernel() } else { graph })?;
    c.set(0, shape);
    Ok(())
}
fn select_v2_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (condition, t, e, dy) = (g.x(0), g.x(1), g.x(2), g.dy(b, 0));
    let zero = b.lit(dy, 0.0);
    let dt = b.select(condition, dy, zero);
    let de = b.select(condition, zero, dy);
    let (dt, de) = (b.unbroadcast(dt, t, dy), b.unbroadcast(de, e, dy));
    some([None, Some(dt), Some(de)])
}

fn clip_shape(c: &mut Infer) -> Result<()> {
    let t = c.shape(0).clone();
    if c.at_run_time && (1..3).any(|i| c.shape(i).rank() != Some(0) && *c.shape(i) != t) {
        let (min, max) = (c.shape(1), c.shape(2));
        bail!(
            InvalidArgument,
            "clip_value_min and clip_value_max must be either of the same shape as input, or a scalar. input shape: {t}clip_value_min shape: {min}clip_value_max shape: {max}"
        );
    }
    c.set(0, t);
    Ok(())
}
/// The gradient goes to `t` within the limits, else to the limit that holds.
fn clip_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (t, min, max, dy) = (g.x(0), g.x(1), g.x(2), g.dy(b, 0));
    let zeros = b.zeros_like(dy);
    let (below, above) = (b.less(t, min), b.greater(t, max));
    let outside = b.call("LogicalOr", &[below, above], &[]);
    let dt = b.select(outside, zeros, dy);
    let dmin = b.select(below, dy, zeros);
    let dmax = b.select(above, dy, zeros);
    let (dmin, dmax) = (b.unbroadcast(dmin, min, t), b.unbroadcast(dmax, max, t));
    dense([dt, dmin, dmax])
}

/// How AddN adds up `n` operands, as TensorFlow does: the first of them one after the other, then groups, each of which is summed
/// up by itself. How many come first, and how many make a group.
pub fn alone_of_sum(n: usize) -> (usize, usize) {
    const GROUP: usize = 8;
    (if n < GROUP { n } else { (n - 2) % GROUP + 2 }, GROUP)
}

fn add_n_shape(c: &mut Infer) -> Result<()> {
    let mut shape = c.shape(0).clone();
    for i in 1..c.n_inputs() {
        if c.at_run_time && c.shape(i) != c.shape(0) {
            let (first, other) = (c.shape(0), c.shape(i));
            bail!(
                InvalidArgument,
                "Inputs to operation AddN of type AddN must have the same size and shape.  Input 0: {first} != input {i}: {other}"
            );
        }
        shape = c.merge(&shape, c.shape(i))?;
    }
    c.set(0, shape);
    Ok(())
}
fn complex_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (re, im, dy) = (g.x(0), g.x(1), g.dy(b, 0));
    let real = b.dtype(re);
    let dre = b.call("Real", &[dy], &[("Tout", real.into())]);
    let dim = b.call("Imag", &[dy], &[("Tout", real.into())]);
    let (dre, dim) = (b.unbroadcast(dre, re, im), b.unbroadcast(dim, im, re));
    dense([dre, dim])
}

fn l2_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    dense([b.mul(g.x(0), dy)])
}

fn check_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let message = format!("Not a number (NaN) or infinity (Inf) values detected in gradient. {}", g.attrs.str("message")?);
    dense([b.call("CheckNumerics", &[dy], &[("message", message.as_str().into())])])
}
