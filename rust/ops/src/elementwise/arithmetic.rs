//! Arithmetic with two operands: sums, products, quotients, remainders, powers, extrema.
use super::signature::{ANALYTIC_HALF_T, ANALYTIC_T, EXTREMUM_T, NUMBER_T, binary, within};
use super::{Binary, BinaryVisit, Fault, Kinds, ops, value};
use crate::build::{Build, Grad, GradValue, Val, dense};
use crate::def::{Entry, Flags, Gpu, Gradient, Test};
use crate::math::{self, complex};
use crate::num::{Float, Int};
use ferroflow_tensor::{C128, DType, Result};

const ANALYTIC: Kinds = Kinds::FLOATS.and(Kinds::COMPLEX);
const NUMBERS: Kinds = Kinds::NUMBERS;
/// The dtypes of the oldest kernels.
const NARROW: Kinds = Kinds::FLOATS.and(Kinds::SIGNED).and(Kinds::COMPLEX).and(Kinds::of(&[DType::UInt8]));
/// The dtypes of C's remainder.
const REMAINDER: Kinds = Kinds::WIDE_FLOATS.and(Kinds::INT32_64);
const ZERO: C128 = C128::new(0.0, 0.0);
/// Why quotients that are rounded have no gradient.
const STEPS: Gradient = Gradient::None("constant between its steps");

/// (x - y) (x - y)*: the squared distance, as a complex number.
#[inline(always)]
fn squared_distance(x: C128, y: C128) -> C128 {
    let d = x - y;
    C128::new(d.re * d.re + d.im * d.im, 0.0)
}

/// `value`, but `special` where `operand` is 0.
#[inline(always)]
pub(super) fn unless_zero(operand: C128, special: C128, value: C128) -> C128 {
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

/// Both gradients, summed back to the shapes of their operands.
pub(super) fn both(b: &mut dyn Build, g: &Grad, dx: Val, dy: Val) -> Result<Vec<Option<GradValue>>> {
    let (x, y) = (g.x(0), g.x(1));
    let (dx, dy) = (b.unbroadcast(dx, x, y), b.unbroadcast(dy, y, x));
    dense([dx, dy])
}

/// The conjugates of both operands.
fn conjugates(b: &mut dyn Build, g: &Grad) -> (Val, Val) {
    (b.conj_if_complex(g.x(0)), b.conj_if_complex(g.x(1)))
}

/// The gradients of a sum.
fn sum_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dz = g.dy(b, 0);
    both(b, g, dz, dz)
}

/// The gradients of a quotient: dz/y and -(dz x)/y^2, with `divide` as division.
fn quotient_grad(b: &mut dyn Build, g: &Grad, divide: &'static str) -> Result<Vec<Option<GradValue>>> {
    let dz = g.dy(b, 0);
    let (x, y) = conjugates(b, g);
    let dx = b.call(divide, &[dz, y], &[]);
    let minus = b.neg(x);
    let once = b.call(divide, &[minus, y], &[]);
    let twice = b.call(divide, &[once, y], &[]);
    let dy = b.mul(dz, twice);
    both(b, g, dx, dy)
}

/// The gradient goes to the first operand where `choice` holds, else to the second.
fn extremum_grad(b: &mut dyn Build, g: &Grad, choice: &'static str) -> Result<Vec<Option<GradValue>>> {
    let dz = g.dy(b, 0);
    let first = b.call(choice, &[g.x(0), g.x(1)], &[]);
    let zero = b.lit(dz, 0.0);
    let (dx, dy) = (b.select(first, dz, zero), b.select(first, zero, dz));
    both(b, g, dx, dy)
}

/// dz y x^(y - 1) and dz z log(x), with 0 for the logarithm where x is not positive (complex: where it is 0).
fn power_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dz = g.dy(b, 0);
    let (x, y) = conjugates(b, g);
    let one = b.lit(y, 1.0);
    let less = b.sub(y, one);
    let (scaled, power) = (b.mul(dz, y), b.pow(x, less));
    let dx = b.mul(scaled, power);
    let zero = b.lit(x, 0.0);
    let known = if b.dtype(x).is_complex() { b.call("NotEqual", &[x, zero], &[]) } else { b.greater(x, zero) };
    let ones = b.ones_like(x);
    let safe = b.select(known, x, ones);
    let log = b.log(safe);
    let zeros = b.zeros_like(x);
    let log = b.select(known, log, zeros);
    let z = b.conj_if_complex(g.y(0));
    let product = b.mul(dz, z);
    let dy = b.mul(product, log);
    both(b, g, dx, dy)
}

ops! {
    BinaryVisit, Binary;
    /// x + y, element by element with broadcasting; integers wrap. InvalidArgument if the shapes do not broadcast.
    AddV2: NUMBERS => {
        float |x, y| x + y;
        int |x, y| x.add(y);
        complex |x, y| x + y;
        grad [] |b, g| sum_grad(b, g);
        entry {
            value: Some(value::two::<Self>),
            flags: Flags::COMMUTES,
            gpu: Gpu::Body,
            test: Test::np("x + y", (-50.0, 50.0)),
            ..binary("T: {bfloat16, half, float, double, uint8, uint16, uint32, uint64, int8, int16, int32, int64, complex64, complex128}")
        }
    }
    /// x + y, element by element with broadcasting, the older name of AddV2; strings are joined. InvalidArgument if the shapes do
    /// not broadcast.
    Add: NARROW => {
        float |x, y| x + y;
        int |x, y| x.add(y);
        complex |x, y| x + y;
        grad [] |b, g| sum_grad(b, g);
        entry {
            value: Some(value::two::<Self>),
            gpu: Gpu::Body,
            test: Test::np("x + y", (-50.0, 50.0)),
            ..binary("T: {bfloat16, half, float, double, uint8, int8, int16, int32, int64, complex64, complex128, string}")
        }
    }
    /// x - y, element by element with broadcasting; integers wrap. InvalidArgument if the shapes do not broadcast.
    Sub: NUMBERS => {
        float |x, y| x - y;
        int |x, y| x.sub(y);
        complex |x, y| x - y;
        grad [] |b, g| { let dz = g.dy(b, 0); let minus = b.neg(dz); both(b, g, dz, minus) };
        entry {
            value: Some(value::two::<Self>),
            gpu: Gpu::Body,
            test: Test::np("x - y", (-50.0, 50.0)),
            ..binary("T: {bfloat16, half, float, double, uint8, int8, uint16, int16, int32, int64, complex64, complex128, uint32, uint64}")
        }
    }
    /// x y, element by element with broadcasting; integers wrap. InvalidArgument if the shapes do not broadcast.
    Mul: NUMBERS => {
        float |x, y| x * y;
        int |x, y| x.mul(y);
        complex |x, y| x * y;
        grad ["x", "y"] |b, g| {
            let dz = g.dy(b, 0);
            let (x, y) = conjugates(b, g);
            let (dx, dy) = (b.mul(dz, y), b.mul(x, dz));
            both(b, g, dx, dy)
        };
        entry { value: Some(value::two::<Self>), flags: Flags::COMMUTES, gpu: Gpu::Body, test: Test::np("x * y", (-11.0, 11.0)), ..binary(NUMBER_T) }
    }
    /// x/y, element by element with broadcasting; integers truncate. InvalidArgument for an integer division by 0 and for shapes
    /// that do not broadcast.
    Div: NUMBERS, faults with Fault::DivisionByZero => {
        float |x, y| x / y;
        int |x, y| x.trunc_div(y);
        complex |x, y| x / y;
        grad ["x", "y"] |b, g| quotient_grad(b, g, "Div");
        entry {
            gpu: Gpu::Body,
            test: Test::np("(np.trunc(x / y) if x.dtype.kind in 'iu' else x / y).astype(x.dtype)", (1.0, 50.0)),
            ..binary(NUMBER_T)
        }
    }
    /// x/y of floats and complex numbers, element by element with broadcasting. InvalidArgument if the shapes do not broadcast.
    RealDiv: ANALYTIC => {
        float |x, y| x / y;
        complex |x, y| x / y;
        grad ["x", "y"] |b, g| quotient_grad(b, g, "RealDiv");
        entry { gpu: Gpu::Body, test: Test::np("x / y", (1.0, 50.0)), ..binary(NUMBER_T) }
    }
    /// x/y rounded toward 0, element by element with broadcasting. InvalidArgument for an integer division by 0 and for shapes
    /// that do not broadcast.
    TruncateDiv: Kinds::REAL, faults with Fault::DivisionByZero => {
        float |x, y| math::trunc_div(x, y);
        int |x, y| x.trunc_div(y);
        entry {
            value: Some(value::two::<Self>),
            grad: STEPS,
            gpu: Gpu::Body,
            test: Test::np("np.trunc(x / y).astype(x.dtype)", (1.0, 50.0)),
            ..binary(NUMBER_T)
        }
    }
    /// x/y rounded down, element by element with broadcasting. InvalidArgument for an integer division by 0 and for shapes that do
    /// not broadcast.
    FloorDiv: Kinds::REAL, faults with Fault::DivisionByZero => {
        float |x, y| math::floor_div(x, y);
        int |x, y| x.floor_div(y);
        entry { value: Some(value::two::<Self>), grad: STEPS, gpu: Gpu::Body, test: Test::np("np.floor_divide(x, y)", (1.0, 50.0)), ..binary(NUMBER_T) }
    }
    /// The remainder of [`FloorDiv`], with the sign of y, element by element with broadcasting. InvalidArgument for an integer
    /// division by 0 and for shapes that do not broadcast.
    FloorMod: Kinds::REAL, faults with Fault::DivisionByZero => {
        float |x, y| math::floor_mod(x, y);
        int |x, y| x.floor_mod(y);
        grad ["x", "y"] |b, g| {
            let dz = g.dy(b, 0);
            let quotient = b.floor_div(g.x(0), g.x(1));
            let minus = b.neg(quotient);
            let dy = b.mul(dz, minus);
            both(b, g, dz, dy)
        };
        entry {
            value: Some(value::two::<Self>),
            gpu: Gpu::Body,
            test: Test::np("np.mod(x, y)", (1.0, 50.0)),
            ..binary("T: {int8, int16, int32, int64, uint8, uint16, uint32, uint64, bfloat16, half, float, double}")
        }
    }
    /// The remainder of [`TruncateDiv`], with the sign of x, element by element with broadcasting. InvalidArgument for an integer
    /// division by 0 and for shapes that do not broadcast.
    TruncateMod: REMAINDER, faults with Fault::DivisionByZero => {
        float |x, y| math::trunc_mod(x, y);
        int |x, y| x.trunc_mod(y);
        entry {
            grad: Gradient::Missing("TensorFlow registers none"),
            gpu: Gpu::Body,
            test: Test::np("np.fmod(x, y)", (1.0, 50.0)),
            ..binary("T: {int32, int64, bfloat16, half, float, double}")
        }
    }
    /// The remainder with the sign of x, element by element with broadcasting: the older name of TruncateMod. InvalidArgument for
    /// an integer division by 0 and for shapes that do not broadcast.
    Mod: REMAINDER, faults with Fault::DivisionByZero => {
        float |x, y| math::trunc_mod(x, y);
        int |x, y| x.trunc_mod(y);
        entry {
            grad: Gradient::Missing("TensorFlow registers none"),
            gpu: Gpu::Body,
            test: Test::np("np.fmod(x, y)", (1.0, 50.0)),
            ..binary("T: {int32, int64, half, half, bfloat16, float, double}")
        }
    }
    /// x^y, element by element with broadcasting; integers wrap. InvalidArgument for a negative power of integers and for shapes
    /// that do not broadcast.
    Pow: ANALYTIC.and(Kinds::SIGNED), faults with Fault::NegativePower => {
        float |x, y| math::pow(x, y);
        int |x, y| x.pow(y);
        complex |x, y| complex::pow(x, y);
        grad ["x", "y", "z"] |b, g| power_grad(b, g);
        entry {
            gpu: Gpu::Body,
            test: within(2.0, "np.power(x, y)", (0.5, 4.0)),
            ..binary("T: {bfloat16, float, half, double, int8, int16, int32, int64, complex64, complex128}")
        }
    }
    /// The larger of x and y, element by element with broadcasting; NaN if either is. InvalidArgument if the shapes do not
    /// broadcast.
    Maximum: Kinds::REAL => {
        float |x, y| x.max(y);
        int |x, y| x.max(y);
        grad ["x", "y"] |b, g| extremum_grad(b, g, "GreaterEqual");
        entry { value: Some(value::two::<Self>), flags: Flags::COMMUTES, gpu: Gpu::Body, test: Test::np("np.maximum(x, y)", (-50.0, 50.0)), ..binary(EXTREMUM_T) }
    }
    /// The smaller of x and y, element by element with broadcasting; NaN if either is. InvalidArgument if the shapes do not
    /// broadcast.
    Minimum: Kinds::REAL => {
        float |x, y| x.min(y);
        int |x, y| x.min(y);
        grad ["x", "y"] |b, g| extremum_grad(b, g, "LessEqual");
        entry { value: Some(value::two::<Self>), flags: Flags::COMMUTES, gpu: Gpu::Body, test: Test::np("np.minimum(x, y)", (-50.0, 50.0)), ..binary(EXTREMUM_T) }
    }
    /// (x - y)^2, element by element with broadcasting; |x - y|^2 of complex numbers. InvalidArgument if the shapes do not
    /// broadcast.
    SquaredDifference: ANALYTIC.and(Kinds::INT32_64) => {
        float |x, y| squared_difference(x, y);
        int |x, y| squared_difference_int(x, y);
        complex |x, y| squared_distance(x, y);
        grad ["x", "y"] |b, g| {
            let dz = g.dy(b, 0);
            let (two, d) = (b.lit(dz, 2.0), b.sub(g.x(0), g.x(1)));
            let scaled = b.mul(two, dz);
            let dx = b.mul(scaled, d);
            let dy = b.neg(dx);
            both(b, g, dx, dy)
        };
        entry {
            flags: Flags::COMMUTES,
            gpu: Gpu::Body,
            test: Test::np("((x - y) * np.conj(x - y)).astype(x.dtype)", (-5.0, 5.0)),
            ..binary("T: {bfloat16, half, float, double, int32, int64, complex64, complex128}")
        }
    }
    /// x/y, but 0 where y is 0, element by element with broadcasting. InvalidArgument if the shapes do not broadcast.
    DivNoNan: ANALYTIC => {
        float |x, y| math::div_no_nan(x, y);
        complex |x, y| unless_zero(y, ZERO, x / y);
        grad ["x", "y"] |b, g| quotient_grad(b, g, "DivNoNan");
        entry {
            gpu: Gpu::Body,
            test: Test::np("np.where(y == 0, 0, x / np.where(y == 0, 1, y)).astype(x.dtype)", (-2.0, 2.0)),
            ..binary("T: {half, float, bfloat16, double, complex64, complex128}")
        }
    }
    /// x y, but 0 where y is 0 even if x is infinite or NaN, element by element with broadcasting. InvalidArgument if the shapes do
    /// not broadcast.
    MulNoNan: ANALYTIC => {
        float |x, y| math::mul_no_nan(x, y);
        complex |x, y| unless_zero(y, ZERO, x * y);
        grad ["x", "y"] |b, g| {
            let dz = g.dy(b, 0);
            let (dx, dy) = (b.call("MulNoNan", &[dz, g.x(1)], &[]), b.call("MulNoNan", &[g.x(0), dz], &[]));
            both(b, g, dx, dy)
        };
        entry {
            gpu: Gpu::Body,
            test: Test::np("np.where(y == 0, 0, x * y).astype(x.dtype)", (-2.0, 2.0)),
            ..binary(ANALYTIC_T)
        }
    }
    /// x/y, but 0 where x is 0, element by element with broadcasting. InvalidArgument if the shapes do not broadcast.
    Xdivy: ANALYTIC => {
        float |x, y| math::xdivy(x, y);
        complex |x, y| unless_zero(x, x, x / y);
        grad ["x", "y"] |b, g| {
            let (x, y) = (g.x(0), g.x(1));
            let minus = b.neg(x);
            let y2 = b.square(y);
            let by_y = b.call("Xdivy", &[minus, y2], &[]);
            weighted_grad(b, g, "Xdivy", by_y)
        };
        entry {
            gpu: Gpu::Body,
            test: Test::np("np.where(x == 0, 0, x / y).astype(x.dtype)", (0.5, 4.0)),
            ..binary(ANALYTIC_HALF_T)
        }
    }
    /// x log(y), but 0 where x is 0, element by element with broadcasting. InvalidArgument if the shapes do not broadcast.
    Xlogy: ANALYTIC => {
        float |x, y| math::xlogy(x, y);
        complex |x, y| unless_zero(x, x, x * complex::log(y));
        grad ["x", "y"] |b, g| {
            let by_y = b.call("Xdivy", &[g.x(0), g.x(1)], &[]);
            weighted_grad(b, g, "Xlogy", by_y)
        };
        entry {
            gpu: Gpu::Body,
            test: within(2.0, "scipy.special.xlogy(x, y)", (0.5, 4.0)),
            ..binary(ANALYTIC_HALF_T)
        }
    }
    /// x log(1 + y), but 0 where x is 0, element by element with broadcasting. InvalidArgument if the shapes do not broadcast.
    Xlog1py: ANALYTIC => {
        float |x, y| math::xlog1py(x, y);
        complex |x, y| unless_zero(x, x, x * complex::log1p(y));
        grad ["x", "y"] |b, g| {
            let one = b.lit(g.x(1), 1.0);
            let sum = b.add(g.x(1), one);
            let by_y = b.call("Xdivy", &[g.x(0), sum], &[]);
            weighted_grad(b, g, "Xlog1py", by_y)
        };
        entry {
            gpu: Gpu::Body,
            test: within(2.0, "scipy.special.xlog1py(x, y)", (0.5, 4.0)),
            ..binary(ANALYTIC_HALF_T)
        }
    }
}

/// The gradients of x f(y): dz f(y) where x is not 0, by the op itself, and dz times `by_y`.
fn weighted_grad(b: &mut dyn Build, g: &Grad, op: &'static str, by_y: Val) -> Result<Vec<Option<GradValue>>> {
    let (x, y, dz) = (g.x(0), g.x(1), g.dy(b, 0));
    let zero = b.lit(x, 0.0);
    let present = b.call("NotEqual", &[x, zero], &[]);
    let dtype = b.dtype(x);
    let weight = b.cast(present, dtype);
    let by_x = b.call(op, &[weight, y], &[]);
    let (dx, dy) = (b.mul(by_x, dz), b.mul(by_y, dz));
    both(b, g, dx, dy)
}
