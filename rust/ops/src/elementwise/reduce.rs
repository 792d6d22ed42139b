//! Reductions: many elements, one result. NaN wins; integers wrap; what no elements give is in each doc.
use super::{Kinds, Reduce};
use crate::num::{Float, Int};
use ferroflow_tensor::C128;

/// Sum; 0 for no elements.
pub struct Sum;
impl Reduce for Sum {
    const NAME: &'static str = "Sum";
    const KINDS: Kinds = Kinds::NUMBERS;
    const MEAN: bool = false;
    #[inline(always)]
    fn start() -> f64 {
        0.0
    }
    #[inline(always)]
    fn eval<V: Float>(x: V, y: V) -> V {
        x + y
    }
    #[inline(always)]
    fn int<T: Int>(x: T, y: T) -> T {
        x.add(y)
    }
    #[inline(always)]
    fn complex(x: C128, y: C128) -> C128 {
        x + y
    }
}

/// The sum divided by the number of elements: NaN for no floats; integers are summed in 64 bits and truncate.
pub struct Mean;
impl Reduce for Mean {
    const NAME: &'static str = "Mean";
    const KINDS: Kinds = Kinds::NUMBERS;
    const MEAN: bool = true;
    #[inline(always)]
    fn start() -> f64 {
        Sum::start()
    }
    #[inline(always)]
    fn eval<V: Float>(x: V, y: V) -> V {
        Sum::eval(x, y)
    }
    #[inline(always)]
    fn int<T: Int>(x: T, y: T) -> T {
        Sum::int(x, y)
    }
    #[inline(always)]
    fn complex(x: C128, y: C128) -> C128 {
        Sum::complex(x, y)
    }
}

/// Product; 1 for no elements.
pub struct Prod;
impl Reduce for Prod {
    const NAME: &'static str = "Prod";
    const KINDS: Kinds = Kinds::NUMBERS;
    const MEAN: bool = false;
    #[inline(always)]
    fn start() -> f64 {
        1.0
    }
    #[inline(always)]
    fn eval<V: Float>(x: V, y: V) -> V {
        x * y
    }
    #[inline(always)]
    fn start_int<T: Int>() -> T {
        T::ONE
    }
    #[inline(always)]
    fn int<T: Int>(x: T, y: T) -> T {
        x.mul(y)
    }
    #[inline(always)]
    fn complex(x: C128, y: C128) -> C128 {
        x * y
    }
}

/// The largest; minus infinity or the smallest integer for no elements.
pub struct Max;
impl Reduce for Max {
    const NAME: &'static str = "Max";
    const KINDS: Kinds = Kinds::REAL;
    const MEAN: bool = false;
    #[inline(always)]
    fn start() -> f64 {
        f64::NEG_INFINITY
    }
    #[inline(always)]
    fn eval<V: Float>(x: V, y: V) -> V {
        x.max(y)
    }
    #[inline(always)]
    fn start_int<T: Int>() -> T {
        T::MIN
    }
    #[inline(always)]
    fn int<T: Int>(x: T, y: T) -> T {
        x.max(y)
    }
}

/// The smallest; infinity or the largest integer for no elements.
pub struct Min;
impl Reduce for Min {
    const NAME: &'static str = "Min";
    const KINDS: Kinds = Kinds::REAL;
    const MEAN: bool = false;
    #[inline(always)]
    fn start() -> f64 {
        f64::INFINITY
    }
    #[inline(always)]
    fn eval<V: Float>(x: V, y: V) -> V {
        x.min(y)
    }
    #[inline(always)]
    fn start_int<T: Int>() -> T {
        T::MAX
    }
    #[inline(always)]
    fn int<T: Int>(x: T, y: T) -> T {
        x.min(y)
    }
}

/// Whether all are true; true for no elements.
pub struct All;
impl Reduce for All {
    const NAME: &'static str = "All";
    const KINDS: Kinds = Kinds::BOOL;
    const MEAN: bool = false;
    #[inline(always)]
    fn start() -> f64 {
        1.0
    }
    #[inline(always)]
    fn bool(x: bool, y: bool) -> bool {
        x & y
    }
}

/// Whether any is true; false for no elements.
pub struct Any;
impl Reduce for Any {
    const NAME: &'static str = "Any";
    const KINDS: Kinds = Kinds::BOOL;
    const MEAN: bool = false;
    #[inline(always)]
    fn start() -> f64 {
        0.0
    }
    #[inline(always)]
    fn bool(x: bool, y: bool) -> bool {
        x | y
    }
}

/// Is shown every reduction.
pub trait ReduceVisit {
    /// One op.
    fn op<O: Reduce>(&mut self);
}

/// Shows every reduction to `visitor`.
pub fn each_reduce(visitor: &mut impl ReduceVisit) {
    visitor.op::<Sum>();
    visitor.op::<Mean>();
    visitor.op::<Prod>();
    visitor.op::<Max>();
    visitor.op::<Min>();
    visitor.op::<All>();
    visitor.op::<Any>();
}
