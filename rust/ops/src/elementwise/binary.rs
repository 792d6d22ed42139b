//! Other ops with two operands and a result of their dtype: angles, neighbours, logic, bits.
use super::arithmetic::both;
use super::signature::{DISCRETE, FLOAT_T, INT_T, binary, within};
use super::{Binary, BinaryVisit, Kinds, ops};
use crate::build::{Build, Grad, GradValue, Val, some};
use crate::def::{Entry, Flags, Gpu, Gradient, Test};
use crate::math;
use crate::num::{Float, Int};
use ferroflow_tensor::Result;

const FLOATS: Kinds = Kinds::FLOATS;
/// Calls of the logical ops.
const BOOLS: &[&str] = &["x=b(2,3), y=b(2,3)", "x=b(2,1), y=b(3)", "x=b(), y=b()", "x=b(0,3), y=b(3)", "x=b(1,2,1,2,1,2,1,3), y=b(3)"];

/// The gradient of the second operand, dz times a slope; none flows to the first.
fn second_only(b: &mut dyn Build, g: &Grad, slope: Val) -> Result<Vec<Option<GradValue>>> {
    let dz = g.dy(b, 0);
    let dx = b.mul(slope, dz);
    some([None, Some(b.unbroadcast(dx, g.x(1), g.x(0)))])
}

ops! {
    BinaryVisit, Binary;
    /// The angle of the point (x, y) in radians between -pi and pi, element by element with broadcasting; the first operand is
    /// the ordinate. InvalidArgument if the shapes do not broadcast.
    Atan2: FLOATS => {
        float |y, x| math::atan2(y, x);
        grad ["y", "x"] |b, g| {
            let (y, x, dz) = (g.x(0), g.x(1), g.dy(b, 0));
            let (y2, x2) = (b.square(y), b.square(x));
            let radius2 = b.add(y2, x2);
            let share = b.div(dz, radius2);
            let minus = b.neg(y);
            let (dy, dx) = (b.mul(x, share), b.mul(minus, share));
            both(b, g, dy, dx)
        };
        entry {
            sig: "y: T, x: T -> z: T",
            gpu: Gpu::Body,
            test: within(3.0, "np.arctan2(y, x)", (-9.0, 9.0)),
            ..binary(FLOAT_T)
        }
    }
    /// The next number after x1 toward x2, element by element with broadcasting. InvalidArgument if the shapes do not broadcast.
    NextAfter: Kinds::WIDE_FLOATS => {
        float |x, y| math::next_after(x, y);
        grad [] |b, g| {
            let dz = g.dy(b, 0);
            let zero = b.lit(dz, 0.0);
            let nothing = b.mul(zero, dz);
            both(b, g, dz, nothing)
        };
        entry {
            sig: "x1: T, x2: T -> output: T",
            gpu: Gpu::Body,
            test: Test::np("np.nextafter(x1, x2)", (-9.0, 9.0)),
            ..binary("T: {double, float} = float")
        }
    }
    /// The Hurwitz zeta function, the sum of (k + q)^-x over k = 0, 1, ..., element by element with broadcasting; infinite at
    /// x = 1, NaN below. InvalidArgument if the shapes do not broadcast.
    Zeta: Kinds::WIDE_FLOATS => {
        float |x, q| math::zeta(x, q);
        grad ["x", "q"] |b, g| {
            let (x, q, one) = (g.x(0), g.x(1), b.lit(g.x(0), 1.0));
            let (minus, next) = (b.neg(x), b.add(x, one));
            let zeta = b.call("Zeta", &[next, q], &[]);
            let slope = b.mul(minus, zeta);
            second_only(b, g, slope)
        };
        entry {
            sig: "x: T, q: T -> z: T",
            gpu: Gpu::Host("WGSL has no such function"),
            test: within(4.0, "scipy.special.zeta(x, q)", (1.5, 9.0)),
            ..binary("T: {float, double}")
        }
    }
    /// The derivative of order a of Digamma at x, element by element with broadcasting; NaN unless a is 0, 1, 2, ...
    /// InvalidArgument if the shapes do not broadcast.
    Polygamma: Kinds::WIDE_FLOATS => {
        float |a, x| math::polygamma(a, x);
        grad ["a", "x"] |b, g| {
            let one = b.lit(g.x(0), 1.0);
            let next = b.add(g.x(0), one);
            let slope = b.call("Polygamma", &[next, g.x(1)], &[]);
            second_only(b, g, slope)
        };
        entry {
            sig: "a: T, x: T -> z: T",
            gpu: Gpu::Host("WGSL has no such function"),
            test: Test::calls(
                "scipy.special.polygamma(a.astype(int), x).astype(x.dtype)",
                &[
                    "a=c([0.0, 1.0, 2.0], np.float32), x=c([0.5, 1.5, 9.0], np.float32)",
                    "a=c([[1.0], [3.0]], np.float64), x=c([0.5, 1.5, 9.0], np.float64)",
                    "a=c(2.0, np.float32), x=c(3.0, np.float32)",
                    "a=c(2.0, np.float32), x=c([], np.float32)",
                ],
            ),
            ..binary("T: {float, double}")
        }
    }
    /// Whether both are true, element by element with broadcasting. InvalidArgument if the shapes do not broadcast.
    LogicalAnd: Kinds::BOOL => {
        bool |x, y| x & y;
        entry {
            sig: "x: bool, y: bool -> z: bool",
            flags: Flags::COMMUTES,
            grad: DISCRETE,
            gpu: Gpu::Body,
            test: Test::calls("np.logical_and(x, y)", BOOLS),
            ..binary("")
        }
    }
    /// Whether one or both are true, element by element with broadcasting. InvalidArgument if the shapes do not broadcast.
    LogicalOr: Kinds::BOOL => {
        bool |x, y| x | y;
        entry {
            sig: "x: bool, y: bool -> z: bool",
            flags: Flags::COMMUTES,
            grad: DISCRETE,
            gpu: Gpu::Body,
            test: Test::calls("np.logical_or(x, y)", BOOLS),
            ..binary("")
        }
    }
    /// The bits set in both, element by element with broadcasting. InvalidArgument if the shapes do not broadcast.
    BitwiseAnd: Kinds::INTS => {
        int |x, y| x & y;
        entry { flags: Flags::COMMUTES, grad: DISCRETE, gpu: Gpu::Body, test: Test::np("x & y", (-50.0, 50.0)), ..binary(INT_T) }
    }
    /// The bits set in one or both, element by element with broadcasting. InvalidArgument if the shapes do not broadcast.
    BitwiseOr: Kinds::INTS => {
        int |x, y| x | y;
        entry { flags: Flags::COMMUTES, grad: DISCRETE, gpu: Gpu::Body, test: Test::np("x | y", (-50.0, 50.0)), ..binary(INT_T) }
    }
    /// The bits set in just one, element by element with broadcasting. InvalidArgument if the shapes do not broadcast.
    BitwiseXor: Kinds::INTS => {
        int |x, y| x.xor(y);
        entry { flags: Flags::COMMUTES, grad: DISCRETE, gpu: Gpu::Body, test: Test::np("x ^ y", (-50.0, 50.0)), ..binary(INT_T) }
    }
    /// x 2^y with the bits that do not fit dropped, element by element with broadcasting; y is taken between 0 and the width less
    /// one. InvalidArgument if the shapes do not broadcast.
    LeftShift: Kinds::INTS => {
        int |x, y| x.shift_left(y);
        entry {
            grad: DISCRETE,
            gpu: Gpu::Body,
            test: Test::np("np.left_shift(x, np.clip(y, 0, 8 * x.dtype.itemsize - 1).astype(x.dtype))", (0.0, 7.0)),
            ..binary(INT_T)
        }
    }
    /// x/2^y rounded down, element by element with broadcasting; y is taken between 0 and the width less one. InvalidArgument if
    /// the shapes do not broadcast.
    RightShift: Kinds::INTS => {
        int |x, y| x.shift_right(y);
        entry {
            grad: DISCRETE,
            gpu: Gpu::Body,
            test: Test::np("np.right_shift(x, np.clip(y, 0, 8 * x.dtype.itemsize - 1).astype(x.dtype))", (0.0, 7.0)),
            ..binary(INT_T)
        }
    }
}
