//! Gradient ops with two operands, in TensorFlow's order of operands.
//!
//! The first operand is the forward op's result or input as TensorFlow's op says, the second the incoming gradient;
//! the Relu family has them the other way round.
use super::unary::{SELU_SCALE, SELU_SCALE_ALPHA};
use super::{Binary, Fault, Kinds, ops};
use crate::math;
use crate::num::{Float, Int};
use ferroflow_tensor::C128;

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

/// 1 or 0 for integers.
#[inline(always)]
fn indicator_int<T: Int>(condition: bool) -> T {
    if condition { T::ONE } else { T::ZERO }
}

/// dy (1 - y^2) for complex numbers, with the conjugate of y.
#[inline(always)]
fn tanh_grad(y: C128, dy: C128) -> C128 {
    let y = y.conj();
    dy * (real(1.0) - y * y)
}

/// dy y (1 - y) for complex numbers, with the conjugate of y.
#[inline(always)]
fn sigmoid_grad(y: C128, dy: C128) -> C128 {
    let y = y.conj();
    dy * y * (real(1.0) - y)
}

/// -dy y^2 for complex numbers, with the conjugate of y.
#[inline(always)]
fn reciprocal_grad(y: C128, dy: C128) -> C128 {
    let y = y.conj();
    -(dy * y * y)
}

/// -dy y^3 / 2 for complex numbers, with the conjugate of y.
#[inline(always)]
fn rsqrt_grad(y: C128, dy: C128) -> C128 {
    let y = y.conj();
    real(-0.5) * (dy * y) * (y * y)
}

/// The factor of [`SoftsignGrad`].
#[inline(always)]
fn softsign_grad<V: Float>(gradient: V, feature: V) -> V {
    let d = V::lit(1.0) + feature.abs();
    gradient / (d * d)
}

ops! {
    each_gradient, GradientVisit, Binary;
    /// (y, dy): dy (1 - y^2).
    TanhGrad: ANALYTIC => { float |y, dy| dy * (V::lit(1.0) - y * y); complex |y, dy| tanh_grad(y, dy); }
    /// (y, dy): dy y (1 - y).
    SigmoidGrad: ANALYTIC => { float |y, dy| dy * y * (V::lit(1.0) - y); complex |y, dy| sigmoid_grad(y, dy); }
    /// (y, dy): -dy y^3 / 2.
    RsqrtGrad: ANALYTIC => { float |y, dy| V::lit(-0.5) * (dy * y) * (y * y); complex |y, dy| rsqrt_grad(y, dy); }
    /// (y, dy): dy / (2 y).
    SqrtGrad: ANALYTIC => { float |y, dy| dy * V::lit(0.5) / y; complex |y, dy| dy * real(0.5) / y.conj(); }
    /// (y, dy): -dy y^2.
    ReciprocalGrad: ANALYTIC => { float |y, dy| -(dy * y * y); complex |y, dy| reciprocal_grad(y, dy); }
    /// (y, dy): -dy y^2, the older name.
    InvGrad: ANALYTIC => { float |y, dy| -(dy * y * y); complex |y, dy| reciprocal_grad(y, dy); }
    /// (dy, x): dy where x is above 0, else 0.
    ReluGrad: Kinds::REAL => {
        float |dy, x| dy * indicator::<V>(V::lit(0.0).lt(x));
        int |dy, x| dy.mul(indicator_int(x > T::ZERO));
    }
    /// (dy, x): dy where x is between 0 and 6, else 0.
    Relu6Grad: Kinds::REAL => {
        float |dy, x| dy * indicator::<V>(V::lit(0.0).lt(x) & x.lt(V::lit(6.0)));
        int |dy, x| dy.mul(indicator_int(x > T::ZERO && x < T::from_i64(6)));
    }
    /// (dy, y): dy (y + 1) below 0, else dy.
    EluGrad: FLOATS => { float |dy, y| V::select(y.lt(V::lit(0.0)), dy * (y + V::lit(1.0)), dy); }
    /// (dy, y): the gradient of Selu from its result.
    SeluGrad: FLOATS => {
        float |dy, y| V::select(y.lt(V::lit(0.0)), dy * (y + V::lit(SELU_SCALE_ALPHA)), dy * V::lit(SELU_SCALE));
    }
    /// (dy, x): dy sigmoid(x).
    SoftplusGrad: FLOATS => { float |dy, x| dy * math::sigmoid(x); }
    /// (dy, x): dy / (1 + |x|)^2.
    SoftsignGrad: FLOATS => { float |dy, x| softsign_grad(dy, x); }
    /// (x, alpha): the slope of LeakyRelu, 1 above 0 and alpha below; LeakyReluGrad is its product with dy.
    LeakyReluSlope: FLOATS => { float |x, alpha| V::select(V::lit(0.0).lt(x), V::lit(1.0), alpha); }
}
