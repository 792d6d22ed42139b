//! Gradient ops with two operands, in TensorFlow's order of operands.
//!
//! The first operand is the forward op's result, the second the incoming gradient; activations have them the other way
//! round. GPU expressions call the first operand x, the second y.
use super::activation::{SELU_SCALE, SELU_SCALE_ALPHA};
use super::signature::{ANALYTIC_T, NN_FLOAT_T, REAL_T, within};
use super::{Binary, BinaryVisit, Kinds, ops};
use crate::build::{Build, Grad, GradValue, Val, dense};
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use crate::math;
use crate::num::{Float, Int};
use ferroflow_tensor::{C128, Code, Result, bail};

const FLOATS: Kinds = Kinds::FLOATS;
const ANALYTIC: Kinds = Kinds::FLOATS.and(Kinds::COMPLEX);

/// A complex number from a real one.
const fn real(x: f64) -> C128 {
    C128::new(x, 0.0)
}

/// 1 where the mask is set, else 0: a factor, so that an infinite or NaN gradient shows as in TensorFlow.
#[inline(always)]
fn indicator<V: Float>(mask: V::Mask) -> V {
    V::select(mask, V::lit(1.0), V::lit(0.0))
}

/// `product`, but 0 where the incoming gradient is, whatever it is multiplied with.
#[inline(always)]
fn unless_zero<V: Float>(dy: V, product: V) -> V {
    V::select(dy.eq(V::lit(0.0)), V::lit(0.0), product)
}

/// -dy y^2 for complex numbers, with the conjugate of y; 0 for dy = 0.
#[inline(always)]
fn reciprocal_grad(y: C128, dy: C128) -> C128 {
    if dy == real(0.0) {
        return real(0.0);
    }
    let y = y.conj();
    -(dy * y * y)
}

/// -dy y^3 / 2 for complex numbers, with the conjugate of y; 0 for dy = 0.
#[inline(always)]
fn rsqrt_grad(y: C128, dy: C128) -> C128 {
    if dy == real(0.0) {
        return real(0.0);
    }
    let y = y.conj();
    real(-0.5) * (dy * y) * (y * y)
}

/// dy / (2 y) for complex numbers, with the conjugate of y; 0 for dy = 0.
#[inline(always)]
fn sqrt_grad(y: C128, dy: C128) -> C128 {
    if dy == real(0.0) { real(0.0) } else { dy * real(0.5) / y.conj() }
}

/// The factor of [`SoftsignGrad`].
#[inline(always)]
fn softsign_grad<V: Float>(gradient: V, feature: V) -> V {
    let d = V::lit(1.0) + feature.abs();
    gradient / (d * d)
}

/// `y: T, dy: T -> z: T`: the result has the shape of `y`.
const fn of_result(attrs: &'static str) -> Entry {
    Entry { sig: "y: T, dy: T -> z: T", attrs, shape: ShapeRule::Rule(first_shape), ..Entry::NEW }
}

/// `gradients: T, features: T -> backprops: T`: one shape.
const fn of_features(attrs: &'static str) -> Entry {
    Entry { sig: "gradients: T, features: T -> backprops: T", attrs, shape: ShapeRule::Rule(one_shape), ..Entry::NEW }
}

/// `gradients: T, outputs: T -> backprops: T`: one shape.
const fn of_outputs(attrs: &'static str) -> Entry {
    Entry { sig: "gradients: T, outputs: T -> backprops: T", ..of_features(attrs) }
}

/// The shape of the first operand. When it runs, the second must have as many elements.
fn first_shape(c: &mut Infer) -> Result<()> {
    let shape = c.shape(0).clone();
    if c.at_run_time
        && let (Some(x), Some(y)) = (shape.known(), c.shape(1).known())
        && x.count() != y.count()
    {
        bail!(InvalidArgument, "The two arguments to a cwise op must have same number of elements, got {} and {}", x.count(), y.count());
    }
    c.set(0, shape);
    Ok(())
}

/// The shape of both operands. InvalidArgument if they differ.
pub(super) fn one_shape(c: &mut Infer) -> Result<()> {
    let (x, y) = (c.shape(0), c.shape(1));
    let merged = c.merge(x, y).map_err(|e| {
        let op = c.op.name;
        let kernel = format!("Inputs to operation {op} of type {op} must have the same size and shape.  Input 0: {x} != input 1: {y}");
        if c.at_run_time { ferroflow_tensor::Error::new(Code::InvalidArgument, kernel) } else { e }
    })?;
    c.set(0, merged);
    Ok(())
}

/// The operands, conjugate where complex.
fn conjugates(b: &mut dyn Build, g: &Grad) -> (Val, Val) {
    (b.conj_if_complex(g.x(0)), b.conj_if_complex(g.x(1)))
}

/// The product of values and a number.
fn product(b: &mut dyn Build, number: f64, factors: &[Val]) -> Val {
    let like = factors.first().copied().unwrap_or(Val::POISONED);
    let start = b.lit(like, number);
    factors.iter().fold(start, |p, f| b.mul(p, *f))
}

/// The second derivative of a function that is linear between its bends: the op again for the gradient, nothing for the features.
fn bends_grad(b: &mut dyn Build, g: &Grad, op: &'static str) -> Result<Vec<Option<GradValue>>> {
    let ddy = g.dy(b, 0);
    let again = b.call(op, &[ddy, g.x(1)], &[]);
    let nothing = b.zeros_like(g.x(1));
    dense([again, nothing])
}

/// The second derivative of elu and selu: the op again for the gradient, the product of the gradients below 0 for the outputs.
fn exponential_grad(b: &mut dyn Build, g: &Grad, op: &'static str) -> Result<Vec<Option<GradValue>>> {
    let (dy, y, ddy) = (g.x(0), g.x(1), g.dy(b, 0));
    let again = b.call(op, &[ddy, y], &[]);
    let zero = b.lit(y, 0.0);
    let below = b.less(y, zero);
    let (both, zeros) = (b.mul(ddy, dy), b.zeros_like(y));
    dense([again, b.select(below, both, zeros)])
}

/// -2 conj(ddy) dy conj(y), and the op again for dy.
fn reciprocal_grad_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let ddy = g.dy(b, 0);
    let (y, conj_ddy) = (b.conj_if_complex(g.x(0)), b.conj_if_complex(ddy));
    let dfirst = product(b, -2.0, &[conj_ddy, g.x(1), y]);
    dense([dfirst, b.call("ReciprocalGrad", &[y, ddy], &[])])
}

ops! {
    BinaryVisit, Binary;
    /// The gradient of Tanh from its result: dy (1 - y^2), element by element. InvalidArgument for different numbers of elements.
    TanhGrad: ANALYTIC => {
        float |y, dy| dy * (V::lit(1.0) - y * y);
        complex |y, dy| dy * ((real(1.0) - y) * (real(1.0) + y));
        grad ["y", "dy"] |b, g| {
            let ddy = g.dy(b, 0);
            let (y, dy) = conjugates(b, g);
            let dfirst = product(b, -2.0, &[ddy, dy, y]);
            dense([dfirst, b.call("TanhGrad", &[y, ddy], &[])])
        };
        entry { gpu: Gpu::Body, test: within(2.0, "dy * (1 - y * y)", (-1.0, 1.0)), ..of_result(ANALYTIC_T) }
    }
    /// The gradient of Sigmoid from its result: dy y (1 - y), element by element. InvalidArgument for different numbers of
    /// elements.
    SigmoidGrad: ANALYTIC => {
        float |y, dy| dy * (y * (V::lit(1.0) - y));
        complex |y, dy| dy * (y * (real(1.0) - y));
        grad ["y", "dy"] |b, g| {
            let ddy = g.dy(b, 0);
            let (y, dy) = conjugates(b, g);
            let both = b.mul(ddy, dy);
            let twice = product(b, 2.0, &[both, y]);
            dense([b.sub(both, twice), b.call("SigmoidGrad", &[y, ddy], &[])])
        };
        entry { gpu: Gpu::Body, test: within(2.0, "dy * y * (1 - y)", (0.0, 1.0)), ..of_result(ANALYTIC_T) }
    }
    /// The gradient of Rsqrt from its result: -dy y^3 / 2, element by element, with the conjugate of y. InvalidArgument for
    /// different numbers of elements.
    RsqrtGrad: ANALYTIC => {
        float |y, dy| unless_zero(dy, V::lit(-0.5) * (dy * y) * (y * y));
        complex |y, dy| rsqrt_grad(y, dy);
        grad ["y", "dy"] |b, g| {
            let ddy = g.dy(b, 0);
            let (y, conj_ddy) = (b.conj_if_complex(g.x(0)), b.conj_if_complex(ddy));
            let y2 = b.square(y);
            let dfirst = product(b, -1.5, &[conj_ddy, g.x(1), y2]);
            dense([dfirst, b.call("RsqrtGrad", &[y, ddy], &[])])
        };
        entry { gpu: Gpu::Body, test: within(3.0, "-0.5 * dy * np.conj(y) ** 3", (0.5, 4.0)), ..of_result(ANALYTIC_T) }
    }
    /// The gradient of Sqrt from its result: dy / (2 y), element by element, with the conjugate of y. InvalidArgument for different
    /// numbers of elements.
    SqrtGrad: ANALYTIC => {
        float |y, dy| unless_zero(dy, dy * V::lit(0.5) / y);
        complex |y, dy| sqrt_grad(y, dy);
        grad ["y", "z"] |b, g| {
            let ddy = g.dy(b, 0);
            let share = b.div(ddy, g.x(0));
            let conj = b.conj_if_complex(share);
            let minus = b.neg(conj);
            let dfirst = b.mul(minus, g.y(0));
            dense([dfirst, product(b, 0.5, &[share])])
        };
        entry { gpu: Gpu::Body, test: within(2.0, "dy * 0.5 / np.conj(y)", (0.5, 4.0)), ..of_result(ANALYTIC_T) }
    }
    /// The gradient of Reciprocal from its result: -dy y^2, element by element, with the conjugate of y. InvalidArgument for
    /// different numbers of elements.
    ReciprocalGrad: ANALYTIC => {
        float |y, dy| unless_zero(dy, -(y * y * dy));
        complex |y, dy| reciprocal_grad(y, dy);
        grad ["y", "dy"] |b, g| reciprocal_grad_grad(b, g);
        entry { gpu: Gpu::Body, test: within(2.0, "-dy * np.conj(y) ** 2", (0.5, 4.0)), ..of_result(ANALYTIC_T) }
    }
    /// The gradient of Inv from its result: -dy y^2, element by element, with the conjugate of y. InvalidArgument for different
    /// numbers of elements.
    InvGrad: ANALYTIC => {
        float |y, dy| unless_zero(dy, -(y * y * dy));
        complex |y, dy| reciprocal_grad(y, dy);
        grad ["y", "dy"] |b, g| reciprocal_grad_grad(b, g);
        entry { gpu: Gpu::Body, test: within(2.0, "-dy * np.conj(y) ** 2", (0.5, 4.0)), ..of_result(ANALYTIC_T) }
    }
    /// The gradient of Relu from its operand or result: `gradients` where `features` is above 0, else 0, element by element.
    /// InvalidArgument for different shapes.
    ReluGrad: Kinds::REAL => {
        float |dy, x| dy * indicator::<V>(V::lit(0.0).lt(x));
        int |dy, x| dy.mul(T::ZERO.below(x));
        grad ["features"] |b, g| bends_grad(b, g, "ReluGrad");
        entry {
            gpu: Gpu::Body,
            test: Test::np("gradients * (features > 0)", (-3.0, 3.0)),
            ..of_features(REAL_T)
        }
    }
    /// The gradient of Relu6 from its operand or result: `gradients` where `features` is between 0 and 6, else 0, element by
    /// element. InvalidArgument for different shapes.
    Relu6Grad: Kinds::REAL => {
        float |dy, x| dy * indicator::<V>(V::lit(0.0).lt(x) & x.lt(V::lit(6.0)));
        int |dy, x| dy.mul(T::ZERO.below(x)).mul(x.below(T::from_i64(6)));
        grad ["features"] |b, g| bends_grad(b, g, "Relu6Grad");
        entry {
            gpu: Gpu::Body,
            test: Test::np("gradients * ((features > 0) & (features < 6))", (-9.0, 9.0)),
            ..of_features(REAL_T)
        }
    }
    /// The gradient of Elu from its result: `gradients` times `outputs` + 1 below 0, else `gradients`, element by element.
    /// InvalidArgument for different shapes.
    EluGrad: FLOATS => {
        float |dy, y| V::select(y.lt(V::lit(0.0)), dy * (y + V::lit(1.0)), dy);
        grad ["gradients", "outputs"] |b, g| exponential_grad(b, g, "EluGrad");
        entry {
            gpu: Gpu::Body,
            test: within(2.0, "np.where(outputs < 0, gradients * (outputs + 1), gradients)", (-1.0, 3.0)),
            ..of_outputs(NN_FLOAT_T)
        }
    }
    /// The gradient of Selu from its result: `gradients` times `outputs` + scale alpha below 0, else times scale, element by
    /// element. InvalidArgument for different shapes.
    SeluGrad: FLOATS => {
        float |dy, y| V::select(y.lt(V::lit(0.0)), dy * (y + V::lit(SELU_SCALE_ALPHA)), dy * V::lit(SELU_SCALE));
        grad ["gradients", "outputs"] |b, g| exponential_grad(b, g, "SeluGrad");
        entry {
            gpu: Gpu::Body,
            test: within(
                2.0,
                "(gradients * np.where(outputs < 0, outputs + 1.7580993408473766, 1.0507009873554805)).astype(gradients.dtype)",
                (-1.7, 3.0),
            ),
            ..of_outputs(NN_FLOAT_T)
        }
    }
    /// The gradient of Softplus from its operand: `gradients` times sigmoid(`features`), element by element. InvalidArgument for
    /// different shapes.
    SoftplusGrad: FLOATS => {
        float |dy, x| dy / (V::lit(1.0) + math::exp(-x));
        grad ["gradients", "features"] |b, g| {
            let (dy, x, ddy) = (g.x(0), g.x(1), g.dy(b, 0));
            let again = b.call("SoftplusGrad", &[ddy, x], &[]);
            let minus = b.neg(x);
            let (two, falling, rising) = (b.lit(x, 2.0), b.exp(minus), b.exp(x));
            let part = b.add(falling, two);
            let sum = b.add(part, rising);
            let both = b.mul(ddy, dy);
            dense([again, b.div(both, sum)])
        };
        entry {
            gpu: Gpu::Body,
            test: within(3.0, "gradients / (1 + np.exp(-features))", (-9.0, 9.0)),
            ..of_features(NN_FLOAT_T)
        }
    }
    /// The gradient of Softsign from its operand: `gradients` / (1 + |`features`|)^2, element by element. InvalidArgument for
    /// different shapes.
    SoftsignGrad: FLOATS => {
        float |dy, x| softsign_grad(dy, x);
        entry {
            grad: Gradient::Missing("TensorFlow registers none"),
            gpu: Gpu::Body,
            test: within(2.0, "gradients / (1 + np.abs(features)) ** 2", (-9.0, 9.0)),
            ..of_features(NN_FLOAT_T)
        }
    }
}
