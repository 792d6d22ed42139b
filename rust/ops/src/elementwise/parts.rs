//! Real numbers from complex ones.
use super::ToReal;
use crate::build::{Build, Grad, GradValue, Val, dense};
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::math::complex;
use ferroflow_tensor::{C128, DType, Result};

/// Calls with the operand `$x`.
macro_rules! calls {
    ($x:literal) => {
        &[
            concat!($x, "=f(7), Tout={'complex128':'float64'}.get(T,'float32')"),
            concat!($x, "=f(), Tout={'complex128':'float64'}.get(T,'float32')"),
            concat!($x, "=f(0,3), Tout={'complex128':'float64'}.get(T,'float32')"),
            concat!($x, "=f(1,2,1,2,1,2,1,3), Tout={'complex128':'float64'}.get(T,'float32')"),
            concat!($x, "=f(1000), Tout={'complex128':'float64'}.get(T,'float32')"),
        ]
    };
}

/// `input: T -> output: Tout`, one shape.
const fn part(name: &'static str, doc: &'static str, np: &'static str) -> Entry {
    Entry {
        name,
        sig: "input: T -> output: Tout",
        attrs: "T: {complex64, complex128} = complex64; Tout: {float, double} = float",
        doc,
        shape: ShapeRule::Same,
        gpu: Gpu::Host("WGSL has no complex numbers"),
        test: Test::calls(np, calls!("input")),
        ..Entry::NEW
    }
}

/// The complex dtype with parts of the dtype of `x`.
fn complex_of(b: &dyn Build, x: Val) -> DType {
    if b.dtype(x) == DType::Double { DType::Complex128 } else { DType::Complex64 }
}

/// The complex number with these parts.
fn join(b: &mut dyn Build, re: Val, im: Val) -> Val {
    let dtype = complex_of(b, re);
    b.call("Complex", &[re, im], &[("Tout", dtype.into())])
}

/// A part of a complex number, of the dtype of `like`.
fn take(b: &mut dyn Build, op: &'static str, z: Val, like: Val) -> Val {
    let dtype = b.dtype(like);
    b.call(op, &[z], &[("Tout", dtype.into())])
}

fn real_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let zero = b.lit(dy, 0.0);
    dense([join(b, dy, zero)])
}

fn imag_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let zero = b.lit(dy, 0.0);
    dense([join(b, zero, dy)])
}

/// dy z / |z|, 0 at 0.
fn abs_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let zero = b.lit(dy, 0.0);
    let (dy, modulus) = (join(b, dy, zero), join(b, g.y(0), zero));
    let product = b.mul(dy, g.x(0));
    dense([b.call("DivNoNan", &[product, modulus], &[])])
}

/// -dy / (im + re i).
fn angle_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let (re, im) = (take(b, "Real", g.x(0), dy), take(b, "Imag", g.x(0), dy));
    let swapped = join(b, im, re);
    let inverse = b.reciprocal(swapped);
    let zero = b.lit(dy, 0.0);
    let dy = join(b, dy, zero);
    let minus = b.neg(dy);
    dense([b.mul(minus, inverse)])
}

/// The real part.
pub struct Real;
impl ToReal for Real {
    const ENTRY: Entry = Entry {
        grad: Gradient::Rule(real_grad, &[]),
        ..part("Real", "The real part of complex numbers, element by element.", "np.real(input)")
    };
    #[inline(always)]
    fn eval(z: C128) -> f64 {
        z.re
    }
}

/// The imaginary part.
pub struct Imag;
impl ToReal for Imag {
    const ENTRY: Entry = Entry {
        grad: Gradient::Rule(imag_grad, &[]),
        ..part("Imag", "The imaginary part of complex numbers, element by element.", "np.imag(input)")
    };
    #[inline(always)]
    fn eval(z: C128) -> f64 {
        z.im
    }
}

/// The modulus.
pub struct ComplexAbs;
impl ToReal for ComplexAbs {
    const ENTRY: Entry = Entry {
        sig: "x: T -> y: Tout",
        grad: Gradient::Rule(abs_grad, &["x", "y"]),
        test: Test::calls("np.abs(x)", calls!("x")),
        ..part("ComplexAbs", "The modulus of complex numbers, element by element, without overflow on the way.", "np.abs(x)")
    };
    #[inline(always)]
    fn eval(z: C128) -> f64 {
        complex::abs(z)
    }
}

/// The angle in (-pi, pi].
pub struct Angle;
impl ToReal for Angle {
    const ENTRY: Entry = Entry {
        grad: Gradient::Rule(angle_grad, &["input"]),
        ..part("Angle", "The angle of complex numbers in radians, in (-pi, pi], element by element.", "np.angle(input)")
    };
    #[inline(always)]
    fn eval(z: C128) -> f64 {
        complex::angle(z)
    }
}

/// Is shown every op that makes real numbers of complex ones.
pub trait ToRealVisit {
    /// One op.
    fn op<O: ToReal>(&mut self);
}

/// Shows every op that makes real numbers of complex ones to `visitor`.
pub fn each_to_real(visitor: &mut impl ToRealVisit) {
    visitor.op::<Real>();
    visitor.op::<Imag>();
    visitor.op::<ComplexAbs>();
    visitor.op::<Angle>();
}
