//! Comparisons: two operands of one dtype, a truth value. Comparisons with NaN are false, but for NotEqual.
use super::signature::REAL_T;
use super::{Compare, Kinds};
use crate::def::{Entry, Flags, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use crate::num::Float;
use ferroflow_tensor::{C128, PartialShape, Result};

const NO_SLOPE: Gradient = Gradient::None("a truth value has no gradient");

/// An ordered comparison.
const fn ordered() -> Entry {
    Entry { sig: "x: T, y: T -> z: bool", attrs: REAL_T, shape: ShapeRule::Broadcast, grad: NO_SLOPE, ..Entry::NEW }
}

/// A comparison of any dtype.
const fn equality() -> Entry {
    Entry {
        attrs: "T: type; incompatible_shape_error: bool = true",
        flags: Flags::COMMUTES,
        shape: ShapeRule::Rule(equality_shape),
        ..ordered()
    }
}

/// The broadcast shape. Shapes that do not broadcast are an error, or give one scalar if `incompatible_shape_error` is false.
fn equality_shape(c: &mut Infer) -> Result<()> {
    let strict = c.attrs.bool("incompatible_shape_error")?;
    let shape = match c.broadcast(0, 1) {
        Ok(_) if !strict && may_differ(c.shape(0), c.shape(1)) => PartialShape::UNKNOWN,
        Err(_) if !strict => PartialShape::scalar(),
        shape => shape?,
    };
    c.set(0, shape);
    Ok(())
}

/// Whether two shapes that broadcast as far as they are known may turn out not to.
fn may_differ(x: &PartialShape, y: &PartialShape) -> bool {
    let (Some(x), Some(y)) = (x.dims(), y.dims()) else { return true };
    x.iter().rev().zip(y.iter().rev()).any(|(p, q)| (p.is_none() || q.is_none()) && *p != Some(1) && *q != Some(1))
}

/// Declares the comparisons and shows them to a visitor.
macro_rules! comparisons {
    ($($(#[doc = $doc:literal])* $Op:ident: $kinds:expr => {
        |$x:ident, $y:ident| float $float:expr; int $int:expr; $(complex $complex:expr;)? entry { $($entry:tt)* }
    })*) => {
        $(
            $(#[doc = $doc])*
            pub struct $Op;
            impl Compare for $Op {
                const KINDS: Kinds = $kinds;
                const ENTRY: Entry = Entry { name: stringify!($Op), doc: concat!($($doc),*).trim_ascii(), $($entry)* };
                #[inline(always)]
                fn eval<V: Float>($x: V, $y: V) -> V::Mask {
                    $float
                }
                #[inline(always)]
                fn int<T: Ord>($x: T, $y: T) -> bool {
                    $int
                }
                $(
                    #[inline(always)]
                    fn complex($x: C128, $y: C128) -> bool {
                        $complex
                    }
                )?
            }
        )*
        /// Is shown every comparison.
        pub trait CompareVisit {
            /// One op.
            fn op<O: Compare>(&mut self);
        }
        /// Shows every comparison to `visitor`.
        pub fn each_compare(visitor: &mut impl CompareVisit) {
            $( visitor.op::<$Op>(); )*
        }
    };
}

const ALL: Kinds = Kinds::NUMBERS.and(Kinds::BOOL);
/// Operands of one shape, broadcast both ways, empty, scalar, and of rank 8; some are equal.
const CASES: &[&str] = &[
    "x=i(0,3,2,3), y=i(0,3,2,3)",
    "x=i(0,3,2,1), y=i(0,3,3)",
    "x=i(0,3), y=i(0,3)",
    "x=f(2,3), y=f(3)",
    "x=f(0,3), y=f(3)",
    "x=f(1,2,1,2,1,2,1,3), y=f(3)",
    "x=c([np.nan, np.inf, -0.0, 1.0], np.float32), y=c([np.nan, np.inf, 0.0, 2.0], np.float32)",
];

comparisons! {
    /// Whether x and y are equal, element by element with broadcasting; any dtype. Shapes that do not broadcast are an
    /// InvalidArgument, or, if `incompatible_shape_error` is false, unequal as a whole: one false.
    Equal: ALL => {
        |x, y| float x.eq(y); int x == y; complex x == y;
        entry { gpu: Gpu::Body, test: Test::calls("np.equal(x, y)", CASES), ..equality() }
    }
    /// Whether x and y differ, element by element with broadcasting; any dtype. Shapes that do not broadcast are an
    /// InvalidArgument, or, if `incompatible_shape_error` is false, unequal as a whole: one true.
    NotEqual: ALL => {
        |x, y| float !x.eq(y); int x != y; complex x != y;
        entry { gpu: Gpu::Body, test: Test::calls("np.not_equal(x, y)", CASES), ..equality() }
    }
    /// Whether x is less than y, element by element with broadcasting. InvalidArgument if the shapes do not broadcast.
    Less: Kinds::REAL => {
        |x, y| float x.lt(y); int x < y;
        entry { gpu: Gpu::Body, test: Test::calls("np.less(x, y)", CASES), ..ordered() }
    }
    /// Whether x is at most y, element by element with broadcasting. InvalidArgument if the shapes do not broadcast.
    LessEqual: Kinds::REAL => {
        |x, y| float x.le(y); int x <= y;
        entry { gpu: Gpu::Body, test: Test::calls("np.less_equal(x, y)", CASES), ..ordered() }
    }
    /// Whether x is greater than y, element by element with broadcasting. InvalidArgument if the shapes do not broadcast.
    Greater: Kinds::REAL => {
        |x, y| float y.lt(x); int x > y;
        entry { gpu: Gpu::Body, test: Test::calls("np.greater(x, y)", CASES), ..ordered() }
    }
    /// Whether x is at least y, element by element with broadcasting. InvalidArgument if the shapes do not broadcast.
    GreaterEqual: Kinds::REAL => {
        |x, y| float y.le(x); int x >= y;
        entry { gpu: Gpu::Body, test: Test::calls("np.greater_equal(x, y)", CASES), ..ordered() }
    }
}
