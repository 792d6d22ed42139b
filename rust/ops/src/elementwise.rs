//! Bodies of the elementwise ops and reductions: one per op, for all dtypes, registers and scalars.
//!
//! An op is a type (`Exp`, `AddV2`, `Less`, `Sum`, ...) that implements the trait of its class. A device shows itself
//! to every op of a class through a visitor ([`each_unary`] and its siblings) and instantiates its loops. An op that
//! is not in a list does not exist, and an op whose kinds name a dtype without a body does not compile. What else there
//! is to say about an op stands next to its body, in its `ENTRY`: signature, shape rule, gradient, GPU body, test.
mod activation;
mod arithmetic;
mod binary;
mod compare;
mod fused;
mod gradients;
mod parts;
mod reduce;
pub(crate) mod signature;
mod unary;
mod value;

pub use activation::*;
pub use arithmetic::*;
pub use binary::*;
pub use compare::*;
pub use fused::{_Gelu, _GeluTanh, GELU_SCALE, GELU_TANH};
pub use gradients::*;
pub use parts::*;
pub use reduce::*;
pub use unary::*;

use crate::build::{Build, Grad, GradValue};
use crate::def::Entry;
use crate::num::{Float, Int};
use ferroflow_tensor::{C128, DType, Result, bail};

/// A set of dtypes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Kinds(u32);

impl Kinds {
    /// None.
    pub const NONE: Kinds = Kinds(0);
    /// `float32` and `float64`.
    pub const WIDE_FLOATS: Kinds = Kinds::of(&[DType::Float, DType::Double]);
    /// `float16`, `bfloat16`, `float32`, `float64`.
    pub const FLOATS: Kinds = Kinds::of(&[DType::Half, DType::BFloat16]).and(Kinds::WIDE_FLOATS);
    /// `int8` to `int64`.
    pub const SIGNED: Kinds = Kinds::of(&[DType::Int8, DType::Int16, DType::Int32, DType::Int64]);
    /// `uint8` to `uint64`.
    pub const UNSIGNED: Kinds = Kinds::of(&[DType::UInt8, DType::UInt16, DType::UInt32, DType::UInt64]);
    /// Integers of either kind.
    pub const INTS: Kinds = Kinds::SIGNED.and(Kinds::UNSIGNED);
    /// `int32` and `int64`.
    pub const INT32_64: Kinds = Kinds::of(&[DType::Int32, DType::Int64]);
    /// `complex64` and `complex128`.
    pub const COMPLEX: Kinds = Kinds::of(&[DType::Complex64, DType::Complex128]);
    /// `bool`.
    pub const BOOL: Kinds = Kinds::of(&[DType::Bool]);
    /// Floats and integers.
    pub const REAL: Kinds = Kinds::FLOATS.and(Kinds::INTS);
    /// Floats, integers and complex numbers.
    pub const NUMBERS: Kinds = Kinds::REAL.and(Kinds::COMPLEX);

    /// The set of these dtypes.
    pub const fn of(dtypes: &[DType]) -> Kinds {
        let (mut bits, mut i) = (0, 0);
        while i < dtypes.len() {
            bits |= 1 << dtypes[i] as u32;
            i += 1;
        }
        Kinds(bits)
    }

    /// The union.
    pub const fn and(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }

    /// Is the dtype in the set?
    pub const fn has(self, dtype: DType) -> bool {
        (dtype as u32) < 32 && self.0 >> dtype as u32 & 1 == 1
    }

    /// Are all of `other` in the set?
    pub const fn covers(self, other: Kinds) -> bool {
        self.0 & other.0 == other.0
    }
}

/// What makes an integer body undefined; a kernel looks for it in the second operand before it runs the loop.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// "Integer division by zero".
    DivisionByZero,
    /// "Integers to negative integer powers are not allowed".
    NegativePower,
}

impl Fault {
    /// TensorFlow's message; the error is an InvalidArgumentError.
    pub const fn message(self) -> &'static str {
        match self {
            Fault::DivisionByZero => "Integer division by zero",
            Fault::NegativePower => "Integers to negative integer powers are not allowed",
        }
    }

    /// Does this operand value cause it?
    #[inline(always)]
    pub fn is_caused_by<T: Int>(self, operand: T) -> bool {
        match self {
            Fault::DivisionByZero => operand == T::ZERO,
            Fault::NegativePower => operand < T::ZERO,
        }
    }
}

/// One operand, a result of the same dtype. Bodies for dtypes that `KINDS` lacks are never called.
pub trait Unary: 'static {
    /// The op's entry.
    const ENTRY: Entry;
    /// The dtypes that have a body.
    const KINDS: Kinds;
    /// The body for real floats.
    #[inline(always)]
    fn eval<V: Float>(x: V) -> V {
        x
    }
    /// The body for integers.
    #[inline(always)]
    fn int<T: Int>(x: T) -> T {
        x
    }
    /// The body for complex numbers.
    #[inline(always)]
    fn complex(x: C128) -> C128 {
        x
    }
    /// The body for truth values.
    #[inline(always)]
    fn bool(x: bool) -> bool {
        x
    }
    /// The gradient rule that the entry names. Internal error for ops without one.
    fn grad(_b: &mut dyn Build, _g: &Grad) -> Result<Vec<Option<GradValue>>> {
        bail!(Internal, "{} has no gradient rule", Self::ENTRY.name)
    }
}

/// Two operands of one dtype, a result of the same. Bodies for dtypes that `KINDS` lacks are never called.
pub trait Binary: 'static {
    /// The op's entry.
    const ENTRY: Entry;
    /// The dtypes that have a body.
    const KINDS: Kinds;
    /// Which values of the second integer operand are an error.
    const FAULT: Option<Fault> = None;
    /// The body for real floats.
    #[inline(always)]
    fn eval<V: Float>(x: V, _y: V) -> V {
        x
    }
    /// The body for integers.
    #[inline(always)]
    fn int<T: Int>(x: T, _y: T) -> T {
        x
    }
    /// The body for complex numbers.
    #[inline(always)]
    fn complex(x: C128, _y: C128) -> C128 {
        x
    }
    /// The body for truth values.
    #[inline(always)]
    fn bool(x: bool, _y: bool) -> bool {
        x
    }
    /// The gradient rule that the entry names. Internal error for ops without one.
    fn grad(_b: &mut dyn Build, _g: &Grad) -> Result<Vec<Option<GradValue>>> {
        bail!(Internal, "{} has no gradient rule", Self::ENTRY.name)
    }
}

/// One complex number, a real one.
pub trait ToReal: 'static {
    /// The op's entry.
    const ENTRY: Entry;
    /// The body.
    fn eval(z: C128) -> f64;
}

/// One real float, a truth value.
pub trait Predicate: 'static {
    /// The op's entry.
    const ENTRY: Entry;
    /// The body.
    fn eval<V: Float>(x: V) -> V::Mask;
}

/// Two operands of one dtype, a truth value. Bodies for dtypes that `KINDS` lacks are never called.
pub trait Compare: 'static {
    /// The op's entry.
    const ENTRY: Entry;
    /// The dtypes that have a body.
    const KINDS: Kinds;
    /// The body for real floats.
    fn eval<V: Float>(x: V, y: V) -> V::Mask;
    /// The body for integers and truth values.
    fn int<T: Ord>(x: T, y: T) -> bool;
    /// The body for complex numbers.
    #[inline(always)]
    fn complex(_x: C128, _y: C128) -> bool {
        false
    }
}

/// Many elements of one dtype, one result of the same. Bodies for dtypes that `KINDS` lacks are never called.
pub trait Reduce: 'static {
    /// The op's entry.
    const ENTRY: Entry;
    /// The dtypes that have a body.
    const KINDS: Kinds;
    /// The result for no elements, which changes nothing when combined: 0, 1 or an infinity (for integers, their extreme).
    const START: f64;
    /// Whether the result is a sum that is divided by the number of elements.
    const MEAN: bool = false;
    /// Combines two real floats.
    #[inline(always)]
    fn eval<V: Float>(x: V, _y: V) -> V {
        x
    }
    /// The result for no integers.
    #[inline(always)]
    fn start_int<T: Int>() -> T {
        match Self::START {
            f64::INFINITY => T::MAX,
            f64::NEG_INFINITY => T::MIN,
            x => T::from_i64(x as i64),
        }
    }
    /// Combines two integers.
    #[inline(always)]
    fn int<T: Int>(x: T, _y: T) -> T {
        x
    }
    /// Combines two complex numbers.
    #[inline(always)]
    fn complex(x: C128, _y: C128) -> C128 {
        x
    }
    /// Combines two truth values.
    #[inline(always)]
    fn bool(x: bool, _y: bool) -> bool {
        x
    }
    /// The gradient rule that the entry names. Internal error for ops without one.
    fn grad(_b: &mut dyn Build, _g: &Grad) -> Result<Vec<Option<GradValue>>> {
        bail!(Internal, "{} has no gradient rule", Self::ENTRY.name)
    }
}

/// Is shown every op with one operand.
pub trait UnaryVisit {
    /// One op.
    fn op<O: Unary>(&mut self);
}

/// Shows every op with one operand to `visitor`.
pub fn each_unary(visitor: &mut impl UnaryVisit) {
    unary::each(visitor);
    activation::each(visitor);
}

/// Shows the ops with one operand that only programs have to `visitor`.
pub fn each_fused(visitor: &mut impl UnaryVisit) {
    fused::each(visitor);
}

/// Is shown every op with two operands.
pub trait BinaryVisit {
    /// One op.
    fn op<O: Binary>(&mut self);
}

/// Shows every op with two operands to `visitor`; also those of [`each_gradient`].
pub fn each_binary(visitor: &mut impl BinaryVisit) {
    arithmetic::each(visitor);
    binary::each(visitor);
    gradients::each(visitor);
}

/// Is shown every reduction.
pub trait ReduceVisit {
    /// One op.
    fn op<O: Reduce>(&mut self);
}

/// Shows every reduction to `visitor`.
pub fn each_reduce(visitor: &mut impl ReduceVisit) {
    reduce::each(visitor);
}

/// Shows the ops whose second operand is the attribute `alpha` to `visitor`.
pub fn each_with_alpha(visitor: &mut impl BinaryVisit) {
    visitor.op::<LeakyRelu>();
    visitor.op::<LeakyReluGrad>();
}

/// Declares the ops of a class, and a function `each` that shows them to a visitor.
///
/// One rule: doc, name, kinds, then a body for each group of dtypes, the gradient with the names of the values that it
/// reads, and the rest of the entry. The doc comment is the entry's doc. A body that is missing for a kind in the set,
/// or a wrong pattern, is a compile error.
macro_rules! ops {
    (
        $Visit:ident, $Class:ident;
        $( $(#[doc = $doc:literal])* $Op:ident: $kinds:expr $(, faults with $fault:expr)?
            $(, starts with $start:expr)? $(, divided by the $count:ident)? => {
            $(float |$($f:ident),+| $float:expr;)?
            $(int |$($i:ident),+| $int:expr;)?
            $(complex |$($c:ident),+| $complex:expr;)?
            $(bool |$($b:ident),+| $bool:expr;)?
            $(grad [$($reads:literal),*] |$build:ident, $grad:ident| $rule:expr;)?
            entry { $($entry:tt)* }
        })*
    ) => {
        $(
            $(#[doc = $doc])*
            pub struct $Op;
            const _: () = {
                #[allow(unused_mut)]
                let mut bodies = Kinds::NONE;
                $( let _ = stringify!($float); bodies = bodies.and(Kinds::FLOATS); )?
                $( let _ = stringify!($int); bodies = bodies.and(Kinds::INTS); )?
                $( let _ = stringify!($complex); bodies = bodies.and(Kinds::COMPLEX); )?
                $( let _ = stringify!($bool); bodies = bodies.and(Kinds::BOOL); )?
                assert!(bodies.covers($kinds), "an op lacks the body of one of its kinds");
            };
            impl $Class for $Op {
                const KINDS: Kinds = $kinds;
                const ENTRY: Entry = Entry {
                    name: stringify!($Op),
                    doc: concat!($($doc),*).trim_ascii(),
                    $(grad: Gradient::Rule(Self::grad, &[$($reads),*]),)?
                    $($entry)*
                };
                $(const FAULT: Option<Fault> = Some($fault);)?
                $(const START: f64 = $start;)?
                $(const MEAN: bool = !stringify!($count).is_empty();)?
                $(
                    #[inline(always)]
                    fn eval<V: Float>($($f: V),+) -> V {
                        $float
                    }
                )?
                $(
                    #[inline(always)]
                    fn int<T: Int>($($i: T),+) -> T {
                        $int
                    }
                )?
                $(
                    #[inline(always)]
                    fn complex($($c: ferroflow_tensor::C128),+) -> ferroflow_tensor::C128 {
                        $complex
                    }
                )?
                $(
                    #[inline(always)]
                    fn bool($($b: bool),+) -> bool {
                        $bool
                    }
                )?
                $(
                    fn grad($build: &mut dyn Build, $grad: &Grad) -> Result<Vec<Option<GradValue>>> {
                        $rule
                    }
                )?
            }
        )*
        /// Shows every op of this file to `visitor`.
        pub(super) fn each(visitor: &mut impl $Visit) {
            $( visitor.op::<$Op>(); )*
        }
    };
}
pub(crate) use ops;
