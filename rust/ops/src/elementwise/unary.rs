//! Ops with one operand and a result of its dtype, and the float predicates.
use super::signature::{ANALYTIC_T, DISCRETE, FLAT, FLOAT_T, INT_T, ONE_BY_ONE, SIGNED_T, unary, within};
use super::{Kinds, Predicate, Unary, UnaryVisit, ops, value};
use crate::build::{Build, Grad, GradValue, Val, dense};
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::math::{self, complex};
use crate::num::{Float, Int};
use ferroflow_tensor::{C128, DType, Result};

const FLOATS: Kinds = Kinds::FLOATS;
const ANALYTIC: Kinds = Kinds::FLOATS.and(Kinds::COMPLEX);
const SIGNED: Kinds = ANALYTIC.and(Kinds::SIGNED);
/// The floats of the gamma functions.
const GAMMA: Kinds = Kinds::WIDE_FLOATS.and(Kinds::of(&[DType::Half]));

/// The product of a complex number with itself.
#[inline(always)]
fn square(z: C128) -> C128 {
    z * z
}

/// Both parts rounded to the nearest integer, ties to even.
fn round_parts(z: C128) -> C128 {
    C128::new(z.re.round_ties_even(), z.im.round_ties_even())
}

/// The incoming gradient times a factor.
fn times(b: &mut dyn Build, g: &Grad, factor: Val) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    dense([b.mul(dy, factor)])
}

/// The incoming gradient times a constant and the exponential of a value.
fn times_exp(b: &mut dyn Build, g: &Grad, scale: f64, exponent: Val) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let (scale, e) = (b.lit(exponent, scale), b.exp(exponent));
    let scaled = b.mul(dy, scale);
    dense([b.mul(scaled, e)])
}

/// The incoming gradient divided by a value.
fn over(b: &mut dyn Build, g: &Grad, divisor: Val) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    dense([b.div(dy, divisor)])
}

/// The gradient by an op of the result and the incoming gradient.
fn of_result(b: &mut dyn Build, g: &Grad, op: &'static str) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    dense([b.call(op, &[g.y(0), dy], &[])])
}

/// The gradient by an op of the conjugate result and the incoming gradient.
fn of_conjugate(b: &mut dyn Build, g: &Grad, op: &'static str) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let y = b.conj_if_complex(g.y(0));
    dense([b.call(op, &[y, dy], &[])])
}

/// 1 - x^2, or 1 + x^2 with `sign` "AddV2", of the conjugate operand.
fn one_and_square(b: &mut dyn Build, g: &Grad, sign: &'static str) -> Val {
    let x = b.conj_if_complex(g.x(0));
    let (one, x2) = (b.lit(x, 1.0), b.square(x));
    b.call(sign, &[one, x2], &[])
}

/// 1/sqrt(1 - x^2) of the conjugate operand.
fn arc_slope(b: &mut dyn Build, g: &Grad) -> Val {
    let rest = one_and_square(b, g, "Sub");
    let root = b.sqrt(rest);
    b.reciprocal(root)
}

ops! {
    UnaryVisit, Unary;
    /// |x|, element by element; the smallest integer stays as it is. Complex numbers have ComplexAbs.
    Abs: FLOATS.and(Kinds::SIGNED) => {
        float |x| x.abs();
        int |x| x.abs();
        grad ["x"] |b, g| { let sign = b.sign(g.x(0)); times(b, g, sign) };
        entry {
            gpu: Gpu::Body,
            test: Test::np("np.abs(x)", (-50.0, 50.0)),
            ..unary("T: {bfloat16, half, float, double, int8, int16, int32, int64}")
        }
    }
    /// -x, element by element; integers wrap.
    Neg: SIGNED => {
        float |x| -x;
        int |x| x.neg();
        complex |x| -x;
        grad [] |b, g| { let dy = g.dy(b, 0); dense([b.neg(dy)]) };
        entry { value: Some(value::one::<Self>), gpu: Gpu::Body, test: Test::np("-x", (-50.0, 50.0)), ..unary(SIGNED_T) }
    }
    /// -1, 0 or 1 as x is negative, 0 or positive; NaN for NaN; x/|x|, or 0, for complex numbers.
    Sign: SIGNED => {
        float |x| math::sign(x);
        int |x| x.sign();
        complex |x| complex::sign(x);
        grad [] |b, g| dense([b.zeros_like(g.x(0))]);
        entry { gpu: Gpu::Body, test: Test::np("np.sign(x)", (-5.0, 5.0)), ..unary(SIGNED_T) }
    }
    /// x^2, element by element; integers wrap.
    Square: Kinds::NUMBERS => {
        float |x| x * x;
        int |x| x.mul(x);
        complex |x| square(x);
        grad ["x"] |b, g| {
            let x = b.conj_if_complex(g.x(0));
            let two = b.lit(x, 2.0);
            let slope = b.mul(two, x);
            times(b, g, slope)
        };
        entry {
            gpu: Gpu::Body,
            test: Test::np("np.square(x)", (-11.0, 11.0)),
            ..unary("T: {bfloat16, half, float, double, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64, complex128}")
        }
    }
    /// The square root, element by element; NaN below 0.
    Sqrt: ANALYTIC => {
        float |x| x.sqrt();
        complex |x| complex::sqrt(x);
        grad ["y"] |b, g| of_result(b, g, "SqrtGrad");
        entry { gpu: Gpu::Body, test: Test::np("np.sqrt(x)", (0.0, 100.0)), ..unary(ANALYTIC_T) }
    }
    /// 1/sqrt(x), element by element; infinite at 0, NaN below.
    Rsqrt: ANALYTIC => {
        float |x| math::rsqrt(x);
        complex |x| complex::rsqrt(x);
        grad ["y"] |b, g| of_result(b, g, "RsqrtGrad");
        entry { gpu: Gpu::Body, test: within(2.0, "1 / np.sqrt(x)", (0.01, 100.0)), ..unary(ANALYTIC_T) }
    }
    /// 1/x, element by element.
    Reciprocal: ANALYTIC => {
        float |x| V::lit(1.0) / x;
        complex |x| complex::reciprocal(x);
        grad ["y"] |b, g| of_result(b, g, "ReciprocalGrad");
        entry { gpu: Gpu::Body, test: Test::np("1 / x", (0.1, 100.0)), ..unary(SIGNED_T) }
    }
    /// 1/x, element by element: the older name of Reciprocal.
    Inv: ANALYTIC => {
        float |x| V::lit(1.0) / x;
        complex |x| complex::reciprocal(x);
        grad ["y"] |b, g| of_result(b, g, "ReciprocalGrad");
        entry { gpu: Gpu::Body, test: Test::np("1 / x", (0.1, 100.0)), ..unary(SIGNED_T) }
    }
    /// e^x, element by element.
    Exp: ANALYTIC => {
        float |x| math::exp(x);
        complex |x| complex::exp(x);
        grad ["y"] |b, g| { let y = b.conj_if_complex(g.y(0)); times(b, g, y) };
        entry { gpu: Gpu::Body, test: Test::np("np.exp(x)", (-9.0, 9.0)), ..unary(ANALYTIC_T) }
    }
    /// e^x - 1, element by element, exact near 0.
    Expm1: ANALYTIC => {
        float |x| math::expm1(x);
        complex |x| complex::expm1(x);
        grad ["x"] |b, g| { let x = b.conj_if_complex(g.x(0)); let e = b.exp(x); times(b, g, e) };
        entry {
            gpu: Gpu::Body,
            test: within(2.0, "np.expm1(x)", (-9.0, 9.0)),
            ..unary(ANALYTIC_T)
        }
    }
    /// The natural logarithm, element by element: -infinity at 0, NaN below; the principal branch of complex numbers.
    Log: ANALYTIC => {
        float |x| math::log(x);
        complex |x| complex::log(x);
        grad ["x"] |b, g| { let x = b.conj_if_complex(g.x(0)); let r = b.reciprocal(x); times(b, g, r) };
        entry { gpu: Gpu::Body, test: Test::np("np.log(x)", (0.01, 100.0)), ..unary(ANALYTIC_T) }
    }
    /// log(1 + x), element by element, exact near 0; NaN below -1.
    Log1p: ANALYTIC => {
        float |x| math::log1p(x);
        complex |x| complex::log1p(x);
        grad ["x"] |b, g| {
            let x = b.conj_if_complex(g.x(0));
            let one = b.lit(x, 1.0);
            let sum = b.add(one, x);
            let r = b.reciprocal(sum);
            times(b, g, r)
        };
        entry {
            gpu: Gpu::Body,
            test: within(2.0, "np.log1p(x)", (-0.9, 100.0)),
            ..unary(ANALYTIC_T)
        }
    }
    /// The sine of x in radians, element by element.
    Sin: ANALYTIC => {
        float |x| math::sin(x);
        complex |x| complex::sin(x);
        grad ["x"] |b, g| { let x = b.conj_if_complex(g.x(0)); let c = b.call("Cos", &[x], &[]); times(b, g, c) };
        entry { gpu: Gpu::Body, test: within(2.0, "np.sin(x)", (-30.0, 30.0)), ..unary(ANALYTIC_T) }
    }
    /// The cosine of x in radians, element by element.
    Cos: ANALYTIC => {
        float |x| math::cos(x);
        complex |x| complex::cos(x);
        grad ["x"] |b, g| {
            let x = b.conj_if_complex(g.x(0));
            let s = b.call("Sin", &[x], &[]);
            let slope = b.neg(s);
            times(b, g, slope)
        };
        entry { gpu: Gpu::Body, test: within(2.0, "np.cos(x)", (-30.0, 30.0)), ..unary(ANALYTIC_T) }
    }
    /// The tangent of x in radians, element by element.
    Tan: ANALYTIC => {
        float |x| math::tan(x);
        complex |x| complex::tan(x);
        grad ["x"] |b, g| {
            let x = b.conj_if_complex(g.x(0));
            let c = b.call("Cos", &[x], &[]);
            let secant = b.reciprocal(c);
            let slope = b.square(secant);
            times(b, g, slope)
        };
        entry { gpu: Gpu::Body, test: within(3.0, "np.tan(x)", (-1.5, 1.5)), ..unary(ANALYTIC_T) }
    }
    /// The inverse sine in radians, element by element; NaN beyond -1 and 1.
    Asin: ANALYTIC => {
        float |x| math::asin(x);
        complex |x| complex::asin(x);
        grad ["x"] |b, g| { let slope = arc_slope(b, g); times(b, g, slope) };
        entry { gpu: Gpu::Body, test: within(3.0, "np.arcsin(x)", (-1.0, 1.0)), ..unary(ANALYTIC_T) }
    }
    /// The inverse cosine in radians, element by element; NaN beyond -1 and 1.
    Acos: ANALYTIC => {
        float |x| math::acos(x);
        complex |x| complex::acos(x);
        grad ["x"] |b, g| { let slope = arc_slope(b, g); let slope = b.neg(slope); times(b, g, slope) };
        entry { gpu: Gpu::Body, test: within(3.0, "np.arccos(x)", (-1.0, 1.0)), ..unary(ANALYTIC_T) }
    }
    /// The inverse tangent in radians, element by element, between -pi/2 and pi/2.
    Atan: ANALYTIC => {
        float |x| math::atan(x);
        complex |x| complex::atan(x);
        grad ["x"] |b, g| { let d = one_and_square(b, g, "AddV2"); let slope = b.reciprocal(d); times(b, g, slope) };
        entry { gpu: Gpu::Body, test: within(3.0, "np.arctan(x)", (-30.0, 30.0)), ..unary(ANALYTIC_T) }
    }
    /// The hyperbolic sine, element by element.
    Sinh: ANALYTIC => {
        float |x| math::sinh(x);
        complex |x| complex::sinh(x);
        grad ["x"] |b, g| { let x = b.conj_if_complex(g.x(0)); let c = b.call("Cosh", &[x], &[]); times(b, g, c) };
        entry { gpu: Gpu::Body, test: within(3.0, "np.sinh(x)", (-9.0, 9.0)), ..unary(ANALYTIC_T) }
    }
    /// The hyperbolic cosine, element by element.
    Cosh: ANALYTIC => {
        float |x| math::cosh(x);
        complex |x| complex::cosh(x);
        grad ["x"] |b, g| { let x = b.conj_if_complex(g.x(0)); let s = b.call("Sinh", &[x], &[]); times(b, g, s) };
        entry { gpu: Gpu::Body, test: within(3.0, "np.cosh(x)", (-9.0, 9.0)), ..unary(ANALYTIC_T) }
    }
    /// The hyperbolic tangent, element by element, between -1 and 1.
    Tanh: ANALYTIC => {
        float |x| math::tanh(x);
        complex |x| complex::tanh(x);
        grad ["y"] |b, g| of_conjugate(b, g, "TanhGrad");
        entry { gpu: Gpu::Body, test: within(3.0, "np.tanh(x)", (-9.0, 9.0)), ..unary(ANALYTIC_T) }
    }
    /// The inverse hyperbolic sine, element by element.
    Asinh: ANALYTIC => {
        float |x| math::asinh(x);
        complex |x| complex::asinh(x);
        grad ["y"] |b, g| { let y = b.conj_if_complex(g.y(0)); let c = b.call("Cosh", &[y], &[]); over(b, g, c) };
        entry { gpu: Gpu::Body, test: within(3.0, "np.arcsinh(x)", (-30.0, 30.0)), ..unary(ANALYTIC_T) }
    }
    /// The inverse hyperbolic cosine, element by element; NaN below 1.
    Acosh: ANALYTIC => {
        float |x| math::acosh(x);
        complex |x| complex::acosh(x);
        grad ["y"] |b, g| { let y = b.conj_if_complex(g.y(0)); let s = b.call("Sinh", &[y], &[]); over(b, g, s) };
        entry { gpu: Gpu::Body, test: within(3.0, "np.arccosh(x)", (1.0, 50.0)), ..unary(ANALYTIC_T) }
    }
    /// The inverse hyperbolic tangent, element by element; NaN beyond -1 and 1.
    Atanh: ANALYTIC => {
        float |x| math::atanh(x);
        complex |x| complex::atanh(x);
        grad ["x"] |b, g| { let d = one_and_square(b, g, "Sub"); let slope = b.reciprocal(d); times(b, g, slope) };
        entry { gpu: Gpu::Body, test: within(3.0, "np.arctanh(x)", (-0.95, 0.95)), ..unary(ANALYTIC_T) }
    }
    /// 1/(1 + e^-x), element by element, between 0 and 1.
    Sigmoid: ANALYTIC => {
        float |x| math::sigmoid(x);
        complex |x| complex::sigmoid(x);
        grad ["y"] |b, g| of_conjugate(b, g, "SigmoidGrad");
        entry { gpu: Gpu::Body, test: within(3.0, "1 / (1 + np.exp(-x))", (-9.0, 9.0)), ..unary(ANALYTIC_T) }
    }
    /// The error function, element by element: 2/sqrt(pi) times the integral of e^(-t^2) from 0 to x.
    Erf: FLOATS => {
        float |x| math::erf(x);
        grad ["x"] |b, g| { let x2 = b.square(g.x(0)); let e = b.neg(x2); times_exp(b, g, std::f64::consts::FRAC_2_SQRT_PI, e) };
        entry { gpu: Gpu::Body, test: within(2.0, "scipy.special.erf(x)", (-4.0, 4.0)), ..unary(FLOAT_T) }
    }
    /// 1 - erf(x), element by element, exact where erf is near 1.
    Erfc: FLOATS => {
        float |x| math::erfc(x);
        grad ["x"] |b, g| { let x2 = b.square(g.x(0)); let e = b.neg(x2); times_exp(b, g, -std::f64::consts::FRAC_2_SQRT_PI, e) };
        entry { gpu: Gpu::Body, test: within(3.0, "scipy.special.erfc(x)", (-4.0, 4.0)), ..unary(FLOAT_T) }
    }
    /// The inverse of erf, element by element; infinite at -1 and 1, NaN beyond.
    Erfinv: Kinds::WIDE_FLOATS => {
        float |x| math::erfinv(x) + V::lit(0.0);
        grad ["y"] |b, g| { let y2 = b.square(g.y(0)); times_exp(b, g, 0.886_226_925_452_758, y2) };
        entry { gpu: ONE_BY_ONE, test: within(3.0, "scipy.special.erfinv(x)", (-0.99, 0.99)), ..unary(FLOAT_T) }
    }
    /// The quantile of the standard normal distribution, element by element; infinite at 0 and 1, NaN beyond.
    Ndtri: Kinds::WIDE_FLOATS => {
        float |x| math::ndtri(x);
        grad ["y"] |b, g| {
            let (y2, half) = (b.square(g.y(0)), b.lit(g.y(0), 0.5));
            let e = b.mul(y2, half);
            times_exp(b, g, 2.506_628_274_631_000_2, e)
        };
        entry { gpu: ONE_BY_ONE, test: within(3.0, "scipy.special.ndtri(x)", (0.01, 0.99)), ..unary(FLOAT_T) }
    }
    /// log |Gamma(x)|, element by element; infinite at 0, -1, -2, ...
    Lgamma: GAMMA => {
        float |x| math::lgamma(x);
        grad ["x"] |b, g| { let slope = b.call("Digamma", &[g.x(0)], &[]); times(b, g, slope) };
        entry { gpu: ONE_BY_ONE, test: within(4.0, "scipy.special.gammaln(x)", (0.1, 20.0)), ..unary(FLOAT_T) }
    }
    /// The derivative of log |Gamma(x)|, element by element; NaN at 0, -1, -2, ...
    Digamma: GAMMA => {
        float |x| math::digamma(x);
        grad ["x"] |b, g| {
            let one = b.lit(g.x(0), 1.0);
            let slope = b.call("Polygamma", &[one, g.x(0)], &[]);
            times(b, g, slope)
        };
        entry { gpu: ONE_BY_ONE, test: within(4.0, "scipy.special.digamma(x)", (0.1, 20.0)), ..unary(FLOAT_T) }
    }
    /// The largest integer that is not above x, element by element.
    Floor: FLOATS => {
        float |x| x.floor();
        entry { grad: FLAT, gpu: Gpu::Body, test: Test::np("np.floor(x)", (-9.0, 9.0)), ..unary(FLOAT_T) }
    }
    /// The smallest integer that is not below x, element by element.
    Ceil: FLOATS => {
        float |x| x.ceil();
        entry { grad: FLAT, gpu: Gpu::Body, test: Test::np("np.ceil(x)", (-9.0, 9.0)), ..unary(FLOAT_T) }
    }
    /// The nearest integer, element by element, ties to even; integers stay.
    Round: FLOATS.and(Kinds::INT32_64) => {
        float |x| x.round();
        int |x| x;
        complex |x| round_parts(x);
        entry { grad: FLAT, gpu: Gpu::Body, test: Test::np("np.round(x)", (-9.0, 9.0)), ..unary(SIGNED_T) }
    }
    /// The nearest integer, element by element, ties to even.
    Rint: Kinds::WIDE_FLOATS => {
        float |x| x.round();
        entry { grad: FLAT, gpu: Gpu::Body, test: Test::np("np.rint(x)", (-9.0, 9.0)), ..unary(FLOAT_T) }
    }
    /// The complex conjugate, element by element.
    Conj: Kinds::COMPLEX => {
        complex |x| x.conj();
        grad [] |b, g| { let dy = g.dy(b, 0); dense([b.conj(dy)]) };
        entry {
            sig: "input: T -> output: T",
            gpu: Gpu::Host("WGSL has no complex numbers"),
            test: Test::np("np.conj(input)", (-9.0, 9.0)),
            ..unary("T: {complex64, complex128, variant} = complex64")
        }
    }
    /// Every bit flipped, element by element.
    Invert: Kinds::INTS => {
        int |x| !x;
        entry { grad: DISCRETE, gpu: Gpu::Body, test: Test::np("np.invert(x)", (-9.0, 9.0)), ..unary(INT_T) }
    }
    /// The other truth value, element by element.
    LogicalNot: Kinds::BOOL => {
        bool |x| !x;
        entry {
            sig: "x: bool -> y: bool",
            grad: DISCRETE,
            gpu: Gpu::Body,
            test: Test::calls("np.logical_not(x)", &["x=b(3)", "x=b()", "x=b(0, 2)", "x=b(1,2,1,2,1,2,1,3)"]),
            ..unary("")
        }
    }
}

/// Declares the predicates and shows them to a visitor.
macro_rules! predicates {
    ($($(#[doc = $doc:literal])* $Op:ident |$x:ident| $body:expr, np $np:literal;)*) => {
        $(
            $(#[doc = $doc])*
            pub struct $Op;
            impl Predicate for $Op {
                const ENTRY: Entry = Entry {
                    name: stringify!($Op),
                    doc: concat!($($doc),*).trim_ascii(),
                    sig: "x: T -> y: bool",
                    attrs: FLOAT_T,
                    shape: ShapeRule::Same,
                    grad: Gradient::Missing("a truth value has no gradient"),
                    gpu: Gpu::Body,
                    test: Test::calls($np, &["x=f(2,3)", "x=f()", "x=f(0,2)", "x=c([np.nan, np.inf, -np.inf, 0.0, -1.0], np.float32)"]),
                    ..Entry::NEW
                };
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
    /// Whether each element is a NaN.
    IsNan |x| x.is_nan(), np "np.isnan(x)";
    /// Whether each element is an infinity of either sign.
    IsInf |x| x.abs().eq(V::lit(f64::INFINITY)), np "np.isinf(x)";
    /// Whether each element is neither NaN nor infinite.
    IsFinite |x| x.abs().lt(V::lit(f64::INFINITY)), np "np.isfinite(x)";
}
