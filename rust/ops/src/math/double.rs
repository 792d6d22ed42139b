//! Double-double arithmetic: a number as the unevaluated sum of two, for twice the precision.
//!
//! The algorithms are those of Dekker (1971) and Knuth; with fused multiply-add a product's error is one operation.
use crate::num::Float;

/// `high + low` with `|low|` at most half a unit in the last place of `high`.
#[derive(Clone, Copy)]
pub struct Double<V> {
    /// The leading part: the number rounded.
    pub high: V,
    /// What the leading part lacks.
    pub low: V,
}

/// `a + b` exactly, for any magnitudes.
#[inline(always)]
pub fn two_sum<V: Float>(a: V, b: V) -> Double<V> {
    let high = a + b;
    let b_seen = high - a;
    let low = (a - (high - b_seen)) + (b - b_seen);
    Double { high, low }
}

/// `a + b` exactly, for `|a| >= |b|` or `a = 0`.
#[inline(always)]
pub fn fast_two_sum<V: Float>(a: V, b: V) -> Double<V> {
    let high = a + b;
    Double { high, low: b - (high - a) }
}

/// The upper half of the digits of an `f64`.
#[inline(always)]
fn upper<V: Float>(a: V) -> V {
    let shifted = a * V::lit(134_217_729.0);
    shifted - (shifted - a)
}

/// `a * b` exactly, unless it over- or underflows. For `f64` lanes.
#[inline(always)]
pub fn two_product<V: Float>(a: V, b: V) -> Double<V> {
    let high = a * b;
    let low = if V::FMA {
        a.mul_add(b, -high)
    } else {
        let (a_upper, b_upper) = (upper(a), upper(b));
        let (a_lower, b_lower) = (a - a_upper, b - b_upper);
        ((a_upper * b_upper - high) + a_upper * b_lower + a_lower * b_upper) + a_lower * b_lower
    };
    Double { high, low }
}

impl<V: Float> Double<V> {
    /// A constant given as two doubles.
    #[inline(always)]
    pub fn lit(parts: [f64; 2]) -> Self {
        Double { high: V::lit(parts[0]), low: V::lit(parts[1]) }
    }

    /// The sum with one number of any size.
    #[inline(always)]
    pub fn add(self, b: V) -> Self {
        let sum = two_sum(self.high, b);
        fast_two_sum(sum.high, sum.low + self.low)
    }

    /// The sum of two, where the operands don't cancel.
    #[inline(always)]
    pub fn add_double(self, b: Self) -> Self {
        let sum = two_sum(self.high, b.high);
        fast_two_sum(sum.high, sum.low + (self.low + b.low))
    }

    /// The product with one number.
    #[inline(always)]
    pub fn mul(self, b: V) -> Self {
        let product = two_product(self.high, b);
        fast_two_sum(product.high, self.low.mul_add(b, product.low))
    }

    /// The product of two.
    #[inline(always)]
    pub fn mul_double(self, b: Self) -> Self {
        let product = two_product(self.high, b.high);
        let cross = self.high.mul_add(b.low, self.low * b.high);
        fast_two_sum(product.high, product.low + cross)
    }
}

/// `a / b` to twice the precision.
#[inline(always)]
pub fn quotient<V: Float>(a: V, b: Double<V>) -> Double<V> {
    let high = a / b.high;
    let back = two_product(high, b.high);
    let rest = ((a - back.high) - back.low) - high * b.low;
    fast_two_sum(high, rest / b.high)
}
