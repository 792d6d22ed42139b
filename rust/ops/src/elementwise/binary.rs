//! Ops with two operands and a result of their dtype.
use super::{Binary, Fault, Kinds, ops};
use crate::math::{self, complex};
use crate::num::{Float, Int};
use ferroflow_tensor::C128;

const FLOATS: Kinds = Kinds::FLOATS;
const ANALYTIC: Kinds = Kinds::FLOATS.and(Kinds::COMPLEX);
const NUMBERS: Kinds = Kinds::NUMBERS;
const ZERO: C128 = C128::new(0.0, 0.0);

/// (x - y) (x - y)*: the squared distance, as a complex number.
#[inline(always)]
fn squared_distance(x: C128, y: C128) -> C128 {
    let d = x - y;
    C128::new(d.re * d.re + d.im * d.im, 0.0)
}

/// `value`, but `special` where `operand` is 0.
#[inline(always)]
fn unless_zero(operand: C128, special: C128, value: C128) -> C128 {
    if operand == ZERO { special } else { value }
}

/// (x - y)^2.
#[inline(always)]
fn squared_difference<V: Float>(x: V, y: V) -> V {
    let d = x - y;
    d * d
}

/// (x - y)^2 for integers, wrapping.
#[inline(always)]
fn squared_difference_int<T: Int>(x: T, y: T) -> T {
    let d = x.sub(y);
    d.mul(d)
}

ops! {
    each_binary, BinaryVisit, Binary;
    /// x + y.
    AddV2: NUMBERS => { float |x, y| x + y; int |x, y| x.add(y); complex |x, y| x + y; }
    /// x + y, the older name.
    Add: NUMBERS => { float |x, y| x + y; int |x, y| x.add(y); complex |x, y| x + y; }
    /// x - y.
    Sub: NUMBERS => { float |x, y| x - y; int |x, y| x.sub(y); complex |x, y| x - y; }
    /// x y.
    Mul: NUMBERS => { float |x, y| x * y; int |x, y| x.mul(y); complex |x, y| x * y; }
    /// x/y; integers truncate.
    Div: NUMBERS, faults with Fault::DivisionByZero => { float |x, y| x / y; int |x, y| x.trunc_div(y); complex |x, y| x / y; }
    /// x/y; integers truncate.
    RealDiv: NUMBERS, faults with Fault::DivisionByZero => {
        float |x, y| x / y;
        int |x, y| x.trunc_div(y);
        complex |x, y| x / y;
    }
    /// x/y rounded toward 0.
    TruncateDiv: Kinds::REAL, faults with Fault::DivisionByZero => {
        float |x, y| math::trunc_div(x, y);
        int |x, y| x.trunc_div(y);
    }
    /// x/y rounded down.
    FloorDiv: Kinds::REAL, faults with Fault::DivisionByZero => {
        float |x, y| math::floor_div(x, y);
        int |x, y| x.floor_div(y);
    }
    /// The remainder with the sign of y.
    FloorMod: Kinds::REAL, faults with Fault::DivisionByZero => {
        float |x, y| math::floor_mod(x, y);
        int |x, y| x.floor_mod(y);
    }
    /// The remainder with the sign of x.
    TruncateMod: FLOATS.and(Kinds::INT32_64), faults with Fault::DivisionByZero => {
        float |x, y| math::trunc_mod(x, y);
        int |x, y| x.trunc_mod(y);
    }
    /// The remainder with the sign of x, the older name.
    Mod: FLOATS.and(Kinds::INT32_64), faults with Fault::DivisionByZero => {
        float |x, y| math::trunc_mod(x, y);
        int |x, y| x.trunc_mod(y);
    }
    /// x^y; integers wrap.
    Pow: ANALYTIC.and(Kinds::SIGNED), faults with Fault::NegativePower => {
        float |x, y| math::pow(x, y);
        int |x, y| x.pow(y);
        complex |x, y| complex::pow(x, y);
    }
    /// The larger; NaN if either is.
    Maximum: Kinds::REAL => { float |x, y| x.max(y); int |x, y| x.max(y); }
    /// The smaller; NaN if either is.
    Minimum: Kinds::REAL => { float |x, y| x.min(y); int |x, y| x.min(y); }
    /// (x - y)^2; the squared distance of complex numbers.
    SquaredDifference: ANALYTIC.and(Kinds::INT32_64) => {
        float |x, y| squared_difference(x, y);
        int |x, y| squared_difference_int(x, y);
        complex |x, y| squared_distance(x, y);
    }
    /// x/y, but 0 where y is 0.
    DivNoNan: ANALYTIC => { float |x, y| math::div_no_nan(x, y); complex |x, y| unless_zero(y, ZERO, x / y); }
    /// x y, but 0 where y is 0.
    MulNoNan: ANALYTIC => { float |x, y| math::mul_no_nan(x, y); complex |x, y| unless_zero(y, ZERO, x * y); }
    /// x/y, but 0 where x is 0.
    Xdivy: ANALYTIC => { float |x, y| math::xdivy(x, y); complex |x, y| unless_zero(x, x, x / y); }
    /// x log(y), but 0 where x is 0.
    Xlogy: ANALYTIC => { float |x, y| math::xlogy(x, y); complex |x, y| unless_zero(x, x, x * complex::log(y)); }
    /// x log(1 + y), but 0 where x is 0.
    Xlog1py: ANALYTIC => { float |x, y| math::xlog1py(x, y); complex |x, y| unless_zero(x, x, x * complex::log1p(y)); }
    /// The angle of the point (y, x): the first operand is the ordinate.
    Atan2: FLOATS => { float |y, x| math::atan2(y, x); }
    /// The next number after x toward y.
    NextAfter: Kinds::WIDE_FLOATS => { float |x, y| math::next_after(x, y); }
    /// x above 0, alpha x below; the second operand is alpha.
    LeakyRelu: FLOATS => { float |x, alpha| V::select(V::lit(0.0).lt(x), x, alpha * x); }
    /// Both.
    LogicalAnd: Kinds::BOOL => { bool |x, y| x & y; }
    /// Either or both.
    LogicalOr: Kinds::BOOL => { bool |x, y| x | y; }
    /// Bits set in both.
    BitwiseAnd: Kinds::INTS => { int |x, y| x & y; }
    /// Bits set in either or both.
    BitwiseOr: Kinds::INTS => { int |x, y| x | y; }
    /// Bits set in one.
    BitwiseXor: Kinds::INTS => { int |x, y| x.xor(y); }
    /// x 2^y; counts are clamped to the width.
    LeftShift: Kinds::INTS => { int |x, y| x.shift_left(y); }
    /// x/2^y rounded down; counts are clamped to the width.
    RightShift: Kinds::INTS => { int |x, y| x.shift_right(y); }
}
