//! Activations: ops of one operand that neural networks put behind their layers, and the leaky ones with a slope.
use super::signature::{NN_FLOAT_T, REAL_T, activation, within};
use super::{Binary, Kinds, Unary, UnaryVisit, ops};
use crate::build::{Build, Grad, GradValue, Val, dense};
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::math;
use crate::num::{Float, Int};
use ferroflow_tensor::Result;

const FLOATS: Kinds = Kinds::FLOATS;
/// selu's scale times alpha, and its scale (Klambauer et al., 2017).
pub(super) const SELU_SCALE_ALPHA: f64 = 1.758_099_340_847_376_6;
pub(super) const SELU_SCALE: f64 = 1.050_700_987_355_480_5;

/// `x` where it is positive, else `below`; NaN stays.
#[inline(always)]
fn positive_or<V: Float>(x: V, below: V) -> V {
    V::select(x.lt(V::lit(0.0)), below, x)
}

/// The smaller of `x` and 6 for integers; 6 fits in all of them.
#[inline(always)]
fn up_to_six<T: Int>(x: T) -> T {
    x.min(T::from_i64(6))
}

/// The gradient by an op of the incoming gradient and a value.
fn by(b: &mut dyn Build, g: &Grad, op: &'static str, value: Val) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    dense([b.call(op, &[dy, value], &[])])
}

ops! {
    UnaryVisit, Unary;
    /// log(1 + e^x), element by element.
    Softplus: FLOATS => {
        float |x| math::softplus(x);
        grad ["features"] |b, g| by(b, g, "SoftplusGrad", g.x(0));
        entry {
            gpu: Gpu::Body,
            test: within(3.0, "np.logaddexp(features, 0)", (-9.0, 9.0)),
            ..activation(NN_FLOAT_T)
        }
    }
    /// x/(1 + |x|), element by element.
    Softsign: FLOATS => {
        float |x| x / (V::lit(1.0) + x.abs());
        grad ["features"] |b, g| by(b, g, "SoftsignGrad", g.x(0));
        entry {
            gpu: Gpu::Body,
            test: within(2.0, "features / (1 + np.abs(features))", (-9.0, 9.0)),
            ..activation(NN_FLOAT_T)
        }
    }
    /// max(x, 0), element by element; NaN stays.
    Relu: Kinds::REAL => {
        float |x| positive_or(x, V::lit(0.0));
        int |x| x.max(T::ZERO);
        grad ["activations"] |b, g| by(b, g, "ReluGrad", g.y(0));
        entry {
            gpu: Gpu::Body,
            test: Test::np("np.maximum(features, 0)", (-9.0, 9.0)),
            ..activation("T: {float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64, qint8}")
        }
    }
    /// min(max(x, 0), 6), element by element; NaN stays.
    Relu6: Kinds::REAL => {
        float |x| positive_or(x, V::lit(0.0)).min(V::lit(6.0));
        int |x| up_to_six(x.max(T::ZERO));
        grad ["activations"] |b, g| by(b, g, "Relu6Grad", g.y(0));
        entry { gpu: Gpu::Body, test: Test::np("np.clip(features, 0, 6)", (-9.0, 9.0)), ..activation(REAL_T) }
    }
    /// x above 0, e^x - 1 below, element by element.
    Elu: FLOATS => {
        float |x| positive_or(x, math::expm1(x));
        grad ["activations"] |b, g| by(b, g, "EluGrad", g.y(0));
        entry {
            gpu: Gpu::Body,
            test: within(2.0, "np.where(features < 0, np.expm1(features), features)", (-9.0, 9.0)),
            ..activation(NN_FLOAT_T)
        }
    }
    /// scale x above 0, scale alpha (e^x - 1) below, element by element: the elu that keeps mean 0 and variance 1.
    Selu: FLOATS => {
        float |x| positive_or(x * V::lit(SELU_SCALE), math::expm1(x) * V::lit(SELU_SCALE_ALPHA));
        grad ["activations"] |b, g| by(b, g, "SeluGrad", g.y(0));
        entry {
            gpu: Gpu::Body,
            test: within(
                3.0,
                "np.where(features < 0, 1.7580993408473766 * np.expm1(features), 1.0507009873554805 * features).astype(features.dtype)",
                (-9.0, 9.0),
            ),
            ..activation(NN_FLOAT_T)
        }
    }
}

const ALPHA: &str = "alpha: float = 0.20000000298023224; T: {half, bfloat16, float, double} = float";

/// x above 0, alpha x below; the second operand of the body is the attribute alpha.
pub struct LeakyRelu;
impl Binary for LeakyRelu {
    const KINDS: Kinds = FLOATS;
    const ENTRY: Entry = Entry {
        name: "LeakyRelu",
        doc: "x above 0, alpha x below, element by element; NaN stays.",
        grad: Gradient::Rule(Self::grad, &["features"]),
        gpu: Gpu::Template("leaky_relu"),
        test: Test::calls(
            "np.where(features > 0, features, features.dtype.type(alpha) * features)",
            &[
                "features=f(2,3), alpha=0.25",
                "features=f(), alpha=0.5",
                "features=f(0,3), alpha=0.25",
                "features=f(1,2,1,2,1,2,1,3), alpha=2.0",
            ],
        ),
        ..activation(ALPHA)
    };
    #[inline(always)]
    fn eval<V: Float>(x: V, alpha: V) -> V {
        V::select(V::lit(0.0).lt(x), x, alpha * x)
    }
    fn grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
        let (dy, alpha) = (g.dy(b, 0), g.attrs.float("alpha")?);
        dense([b.call("LeakyReluGrad", &[dy, g.x(0)], &[("alpha", alpha.into())])])
    }
}

/// The slope of [`LeakyRelu`]: the body gives 1 above 0 and alpha below, of which the op is the product with the gradient.
pub struct LeakyReluGrad;
impl Binary for LeakyReluGrad {
    const KINDS: Kinds = FLOATS;
    const ENTRY: Entry = Entry {
        name: "LeakyReluGrad",
        sig: "gradients: T, features: T -> backprops: T",
        attrs: ALPHA,
        doc: "The gradient of LeakyRelu: `gradients` where `features` is above 0, alpha times it elsewhere. One shape. InvalidArgument \
              for different shapes.",
        shape: ShapeRule::Rule(super::gradients::one_shape),
        grad: Gradient::Rule(Self::grad, &["features"]),
        gpu: Gpu::Template("leaky_relu"),
        test: Test::calls(
            "np.where(features > 0, gradients, gradients * gradients.dtype.type(alpha))",
            &[
                "gradients=f(2,3), features=f(2,3), alpha=0.25",
                "gradients=f(), features=f(), alpha=0.5",
                "gradients=f(0), features=f(0), alpha=0.5",
            ],
        ),
        ..Entry::NEW
    };
    #[inline(always)]
    fn eval<V: Float>(x: V, alpha: V) -> V {
        V::select(V::lit(0.0).lt(x), V::lit(1.0), alpha)
    }
    fn grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
        let (dy, alpha) = (g.dy(b, 0), g.attrs.float("alpha")?);
        let dgradients = b.call("LeakyReluGrad", &[dy, g.x(1)], &[("alpha", alpha.into())]);
        let dfeatures = b.zeros_like(g.x(1));
        dense([dgradients, dfeatures])
    }
}
