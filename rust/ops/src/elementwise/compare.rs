//! Comparisons: two operands of one dtype, a truth value. Comparisons with NaN are false, but for NotEqual.
use super::{Compare, Kinds};
use crate::num::Float;
use ferroflow_tensor::C128;

/// Declares the comparisons and shows them to a visitor.
macro_rules! comparisons {
    ($($(#[$doc:meta])* $Op:ident: $kinds:expr => { |$x:ident, $y:ident| float $float:expr; int $int:expr; $(complex $complex:expr;)? })*) => {
        $(
            $(#[$doc])*
            pub struct $Op;
            impl Compare for $Op {
                const NAME: &'static str = stringify!($Op);
                const KINDS: Kinds = $kinds;
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

comparisons! {
    /// x = y.
    Equal: ALL => { |x, y| float x.eq(y); int x == y; complex x == y; }
    /// x is not y.
    NotEqual: ALL => { |x, y| float !x.eq(y); int x != y; complex x != y; }
    /// x < y.
    Less: Kinds::REAL => { |x, y| float x.lt(y); int x < y; }
    /// x <= y.
    LessEqual: Kinds::REAL => { |x, y| float x.le(y); int x <= y; }
    /// x > y.
    Greater: Kinds::REAL => { |x, y| float y.lt(x); int x > y; }
    /// x >= y.
    GreaterEqual: Kinds::REAL => { |x, y| float y.le(x); int x >= y; }
}
