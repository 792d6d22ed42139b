//! Ops with one operand and a result of its dtype, and the float predicates.
use super::{Kinds, Predicate, Unary, ops};
use crate::math::{self, complex};
use crate::num::{Float, Int};
use ferroflow_tensor::C128;

const FLOATS: Kinds = Kinds::FLOATS;
const ANALYTIC: Kinds = Kinds::FLOATS.and(Kinds::COMPLEX);
const SIGNED: Kinds = ANALYTIC.and(Kinds::SIGNED);
/// selu's scale times alpha, and its scale (Klambauer et al., 2017).
pub(super) const SELU_SCALE_ALPHA: f64 = 1.758_099_340_847_376_6;
pub(super) const SELU_SCALE: f64 = 1.050_700_987_355_480_5;

/// The product of a complex number with itself.
#[inline(always)]
fn square(z: C128) -> C128 {
    z * z
}

/// Both parts rounded to the nearest integer, ties to even.
fn round_parts(z: C128) -> C128 {
    C128::new(z.re.round_ties_even(), z.im.round_ties_even())
}

/// 1/x for integers: what C's division gives, 0 for 0.
#[inline(always)]
fn reciprocal<T: Int>(x: T) -> T {
    T::ONE.trunc_div(x)
}

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

ops! {
    each_unary, UnaryVisit, Unary;
    /// |x|; the smallest integer stays as it is.
    Abs: FLOATS.and(Kinds::SIGNED) => { float |x| x.abs(); int |x| x.abs(); }
    /// -x; integers wrap.
    Neg: SIGNED => { float |x| -x; int |x| x.neg(); complex |x| -x; }
    /// -1, 0 or 1; NaN for NaN; x/|x| for complex numbers.
    Sign: SIGNED => { float |x| math::sign(x); int |x| x.sign(); complex |x| complex::sign(x); }
    /// x^2; integers wrap.
    Square: Kinds::NUMBERS => { float |x| x * x; int |x| x.mul(x); complex |x| square(x); }
    /// The square root; NaN below 0.
    Sqrt: ANALYTIC => { float |x| x.sqrt(); complex |x| complex::sqrt(x); }
    /// 1/sqrt(x).
    Rsqrt: ANALYTIC => { float |x| math::rsqrt(x); complex |x| complex::rsqrt(x); }
    /// 1/x.
    Reciprocal: SIGNED => { float |x| V::lit(1.0) / x; int |x| reciprocal(x); complex |x| complex::reciprocal(x); }
    /// 1/x, the older name.
    Inv: SIGNED => { float |x| V::lit(1.0) / x; int |x| reciprocal(x); complex |x| complex::reciprocal(x); }
    /// e^x.
    Exp: ANALYTIC => { float |x| math::exp(x); complex |x| complex::exp(x); }
    /// e^x - 1.
    Expm1: ANALYTIC => { float |x| math::expm1(x); complex |x| complex::expm1(x); }
    /// The natural logarithm.
    Log: ANALYTIC => { float |x| math::log(x); complex |x| complex::log(x); }
    /// log(1 + x).
    Log1p: ANALYTIC => { float |x| math::log1p(x); complex |x| complex::log1p(x); }
    /// The sine.
    Sin: ANALYTIC => { float |x| math::sin(x); complex |x| complex::sin(x); }
    /// The cosine.
    Cos: ANALYTIC => { float |x| math::cos(x); complex |x| complex::cos(x); }
    /// The tangent.
    Tan: ANALYTIC => { float |x| math::tan(x); complex |x| complex::tan(x); }
    /// The inverse sine.
    Asin: ANALYTIC => { float |x| math::asin(x); complex |x| complex::asin(x); }
    /// The inverse cosine.
    Acos: ANALYTIC => { float |x| math::acos(x); complex |x| complex::acos(x); }
    /// The inverse tangent.
    Atan: ANALYTIC => { float |x| math::atan(x); complex |x| complex::atan(x); }
    /// The hyperbolic sine.
    Sinh: ANALYTIC => { float |x| math::sinh(x); complex |x| complex::sinh(x); }
    /// The hyperbolic cosine.
    Cosh: ANALYTIC => { float |x| math::cosh(x); complex |x| complex::cosh(x); }
    /// The hyperbolic tangent.
    Tanh: ANALYTIC => { float |x| math::tanh(x); complex |x| complex::tanh(x); }
    /// The inverse hyperbolic sine.
    Asinh: ANALYTIC => { float |x| math::asinh(x); complex |x| complex::asinh(x); }
    /// The inverse hyperbolic cosine.
    Acosh: ANALYTIC => { float |x| math::acosh(x); complex |x| complex::acosh(x); }
    /// The inverse hyperbolic tangent.
    Atanh: ANALYTIC => { float |x| math::atanh(x); complex |x| complex::atanh(x); }
    /// 1/(1 + e^-x).
    Sigmoid: ANALYTIC => { float |x| math::sigmoid(x); complex |x| complex::sigmoid(x); }
    /// The error function.
    Erf: FLOATS => { float |x| math::erf(x); }
    /// 1 - erf(x).
    Erfc: FLOATS => { float |x| math::erfc(x); }
    /// The inverse of erf.
    Erfinv: FLOATS => { float |x| math::erfinv(x); }
    /// The quantile of the normal distribution.
    Ndtri: FLOATS => { float |x| math::ndtri(x); }
    /// log |Gamma(x)|.
    Lgamma: FLOATS => { float |x| math::lgamma(x); }
    /// The logarithmic derivative of Gamma.
    Digamma: FLOATS => { float |x| math::digamma(x); }
    /// log(1 + e^x).
    Softplus: FLOATS => { float |x| math::softplus(x); }
    /// x/(1 + |x|).
    Softsign: FLOATS => { float |x| x / (V::lit(1.0) + x.abs()); }
    /// max(x, 0); NaN stays.
    Relu: Kinds::REAL => { float |x| positive_or(x, V::lit(0.0)); int |x| x.max(T::ZERO); }
    /// min(max(x, 0), 6); NaN stays.
    Relu6: Kinds::REAL => { float |x| positive_or(x, V::lit(0.0)).min(V::lit(6.0)); int |x| up_to_six(x.max(T::ZERO)); }
    /// x above 0, e^x - 1 below.
    Elu: FLOATS => { float |x| positive_or(x, math::expm1(x)); }
    /// The scaled [`Elu`] that keeps mean 0 and variance 1.
    Selu: FLOATS => { float |x| positive_or(x * V::lit(SELU_SCALE), math::expm1(x) * V::lit(SELU_SCALE_ALPHA)); }
    /// The largest integer not above.
    Floor: FLOATS => { float |x| x.floor(); }
    /// The smallest integer not below.
    Ceil: FLOATS => { float |x| x.ceil(); }
    /// The nearest integer, ties to even; integers stay.
    Round: SIGNED => { float |x| x.round(); int |x| x; complex |x| round_parts(x); }
    /// The nearest integer, ties to even.
    Rint: FLOATS => { float |x| x.round(); }
    /// The complex conjugate.
    Conj: Kinds::COMPLEX => { complex |x| x.conj(); }
    /// Every bit flipped.
    Invert: Kinds::INTS => { int |x| !x; }
    /// The other truth value.
    LogicalNot: Kinds::BOOL => { bool |x| !x; }
}

/// Declares the predicates and shows them to a visitor.
macro_rules! predicates {
    ($($(#[$doc:meta])* $Op:ident |$x:ident| $body:expr;)*) => {
        $(
            $(#[$doc])*
            pub struct $Op;
            impl Predicate for $Op {
                const NAME: &'static str = stringify!($Op);
                #[inline(always)]
                fn eval<V: Float>($x: V) -> V::Mask {
                    $body
                }
            }
        )*
        /// Is shown every predicate.
        pub trait PredicateVisit {
            /// One op.
            fn op<O: Predicate>(&mut self);
        }
        /// Shows every predicate to `visitor`.
        pub fn each_predicate(visitor: &mut impl PredicateVisit) {
            $( visitor.op::<$Op>(); )*
        }
    };
}

predicates! {
    /// Is it a NaN?
    IsNan |x| x.is_nan();
    /// Is it an infinity of either sign?
    IsInf |x| x.abs().eq(V::lit(f64::INFINITY));
    /// Is it neither NaN nor infinite?
    IsFinite |x| x.abs().lt(V::lit(f64::INFINITY));
}
