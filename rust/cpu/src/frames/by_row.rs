//! Loops over the rows of a matrix with one number for each row: what softmax, the cross entropies and layer norm are made of.
//!
//! Nothing depends on how rows are split among threads.
use super::reduce::{self, Source};
use super::stream::prefetch;
use crate::simd::{Elem, Isa, Kernel, Reg};
use core::marker::PhantomData;
use ferroflow_ops::elementwise::{Binary, Exp, Log, Max, Mul, RealDiv, Rsqrt, SquaredDifference, Sum, Unary};

/// Rows of a softmax and what comes of them. What is not wanted is null.
#[derive(Clone, Copy)]
pub struct SoftRows<T> {
    /// The operand.
    pub x: *const T,
    /// Labels of a cross entropy.
    pub labels: *const T,
    /// The class of each row of a cross entropy.
    pub classes: *const i64,
    /// Room for the exponentials of a row; may be the results.
    pub exps: *mut T,
    /// A row of results each; may be the operand.
    pub out: *mut T,
    /// A loss for each row.
    pub loss: *mut T,
    /// How many.
    pub rows: usize,
    /// Elements of a row.
    pub n: usize,
    /// Whether results are written past the caches.
    pub past: bool,
}

/// Rows of a layer norm and what comes of them.
#[derive(Clone, Copy)]
pub struct NormRows<T> {
    /// The operand.
    pub x: *const T,
    /// Factors of the columns.
    pub scale: *const T,
    /// What is added to the columns.
    pub offset: *const T,
    /// What is added to the variance.
    pub epsilon: T,
    /// A row of results each; may be the operand.
    pub out: *mut T,
    /// A mean for each row.
    pub means: *mut T,
    /// A variance for each row.
    pub variances: *mut T,
    /// How many.
    pub rows: usize,
    /// Elements of a row.
    pub n: usize,
    /// Whether results are written past the caches.
    pub past: bool,
}

/// The loops of a dtype.
#[derive(Clone, Copy)]
pub struct ByRows<T> {
    /// exp(x - largest), over the sum of the row. The largest of a row with a NaN is NaN.
    pub softmax: unsafe fn(SoftRows<T>),
    /// x - largest, less the logarithm of the sum of exponentials.
    pub log_softmax: unsafe fn(SoftRows<T>),
    /// Softmax less the label, and the sum of label (log(sum) - (x - largest)).
    pub cross: unsafe fn(SoftRows<T>),
    /// Softmax, less 1 at the class, and log(sum) - (x - largest) there.
    pub sparse_cross: unsafe fn(SoftRows<T>),
    /// Mean 0 and variance 1, times scale, plus offset.
    pub norm: unsafe fn(NormRows<T>),
    /// The sum of contiguous elements.
    pub sum: unsafe fn(*const T, usize) -> T,
}

impl<T: Elem> ByRows<T> {
    /// Those of an instruction set.
    pub(super) fn of<I: Isa>() -> ByRows<T> {
        ByRows {
            softmax: softmax::<I, T>,
            log_softmax: log_softmax::<I, T>,
            cross: cross::<I, T>,
            sparse_cross: sparse_cross::<I, T>,
            norm: norm::<I, T>,
            sum: sum::<I, T>,
        }
    }
}

/// Reads a register, or the `n` elements that are left if that is fewer.
///
/// # Safety
/// They can be read.
#[inline(always)]
unsafe fn load<I: Isa, T: Elem>(x: *const T, n: usize) -> T::R<I> {
    // SAFETY: the caller's promise.
    unsafe { if n >= T::R::<I>::N { T::R::<I>::load(x) } else { T::R::<I>::load_n(x, n) } }
}

/// Writes a register, or the `n` elements that are left if that is fewer.
///
/// # Safety
/// They can be written.
#[inline(always)]
unsafe fn store<I: Isa, T: Elem>(y: T::R<I>, out: *mut T, n: usize) {
    // SAFETY: the caller's promise.
    unsafe { if n >= T::R::<I>::N { y.store(out) } else { y.store_n(out, n) } }
}

/// Writes the `n` elements of a source, whole registers past the caches if `past`.
///
/// # Safety
/// They are there, and can be written.
#[inline(always)]
unsafe fn put<I: Isa, T: Elem>(mut from: impl Source<I, T>, out: *mut T, n: usize, past: bool) {
    let lanes = T::R::<I>::N;
    let mut i = 0;
    // SAFETY: all accesses are below n; a register past the caches is written where a multiple of its size begins.
    unsafe {
        if past {
            let head = out.align_offset(size_of::<T>() * lanes).min(n);
            if head > 0 {
                from.get(0, head).store_n(out, head);
            }
            i = head;
            while i + lanes <= n {
                from.get(i, lanes).stream(out.add(i));
                i += lanes;
            }
        }
        while i + lanes <= n {
            from.get(i, lanes).store(out.add(i));
            i += lanes;
        }
        if i < n {
            from.get(i, n - i).store_n(out.add(i), n - i);
        }
    }
}

/// Elements between what is read and what is asked for ahead, at least.
const AHEAD: usize = 1024;

/// Asks for what is as far behind an element as the next row.
#[inline(always)]
fn ask<I: Isa, T: Elem>(x: *const T, n: usize) {
    if T::R::<I>::N > 1 {
        prefetch(x.wrapping_add(n.max(AHEAD)).cast());
    }
}

/// Exponentials of a row, written down if there is room for them.
struct Exps<I: Isa, T: Elem> {
    x: *const T,
    largest: T::R<I>,
    exps: *mut T,
    n: usize,
}
impl<I: Isa, T: Elem> Source<I, T> for Exps<I, T> {
    #[inline(always)]
    unsafe fn get(&mut self, i: usize, n: usize) -> T::R<I> {
        // SAFETY: the caller's promise.
        unsafe {
            let x = self.x.add(i);
            ask::<I, T>(x, self.n);
            let e = Exp::eval(load::<I, T>(x, n) - self.largest);
            if !self.exps.is_null() {
                store::<I, T>(e, self.exps.add(i), n);
            }
            e
        }
    }
}

/// An op of each element and one number.
struct With<O, I: Isa, T: Elem> {
    x: *const T,
    number: T::R<I>,
    op: PhantomData<O>,
}
impl<O: Binary, I: Isa, T: Elem> Source<I, T> for With<O, I, T> {
    #[inline(always)]
    unsafe fn get(&mut self, i: usize, n: usize) -> T::R<I> {
        // SAFETY: the caller's promise.
        O::eval(unsafe { load::<I, T>(self.x.add(i), n) }, self.number)
    }
}

/// Differences to the largest, less a number.
struct Shifted<I: Isa, T: Elem> {
    x: *const T,
    largest: T::R<I>,
    number: T::R<I>,
}
impl<I: Isa, T: Elem> Source<I, T> for Shifted<I, T> {
    #[inline(always)]
    unsafe fn get(&mut self, i: usize, n: usize) -> T::R<I> {
        // SAFETY: the caller's promise.
        unsafe { load::<I, T>(self.x.add(i), n) - self.largest - self.number }
    }
}

/// Quotients less labels.
struct Back<I: Isa, T: Elem> {
    exps: *const T,
    labels: *const T,
    sum: T::R<I>,
}
impl<I: Isa, T: Elem> Source<I, T> for Back<I, T> {
    #[inline(always)]
    unsafe fn get(&mut self, i: usize, n: usize) -> T::R<I> {
        // SAFETY: the caller's promise.
        unsafe { load::<I, T>(self.exps.add(i), n) / self.sum - load::<I, T>(self.labels.add(i), n) }
    }
}

/// What the elements of a row add to its cross entropy.
struct Terms<I: Isa, T: Elem> {
    x: *const T,
    labels: *const T,
    largest: T::R<I>,
    log: T::R<I>,
}
impl<I: Isa, T: Elem> Source<I, T> for Terms<I, T> {
    #[inline(always)]
    unsafe fn get(&mut self, i: usize, n: usize) -> T::R<I> {
        // SAFETY: the caller's promise.
        unsafe {
            let shifted = load::<I, T>(self.x.add(i), n) - self.largest;
            load::<I, T>(self.labels.add(i), n) * (self.log - shifted)
        }
    }
}

const SOFTMAX: u8 = 0;
const LOG_SOFTMAX: u8 = 1;
const CROSS: u8 = 2;
const SPARSE_CROSS: u8 = 3;

struct Soft<T, const WHAT: u8>(SoftRows<T>);
impl<T: Elem, const WHAT: u8> Kernel for Soft<T, WHAT> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let SoftRows { x, labels, classes, exps, out, loss, rows, n, past } = self.0;
        let own = exps == out;
        for row in 0..rows {
            // SAFETY: the row lies within the rows, all accesses within the row; a class is one of its columns.
            unsafe {
                let (x, out) = (x.add(row * n), out.add(row * n));
                let exps = if own { out } else { exps };
                let largest = T::R::<I>::splat(reduce::any_length::<I, Max, T>(x, n));
                let sum = T::R::<I>::splat(reduce::as_made::<I, Sum, T>(&mut Exps::<I, T> { x, largest, exps, n }, n));
                let op = PhantomData;
                match WHAT {
                    SOFTMAX => {
                        let number = T::R::<I>::splat(T::from_f64(1.0)) / sum;
                        put(With::<Mul, I, T> { x: exps, number, op }, out, n, past);
                    }
                    LOG_SOFTMAX => put(Shifted::<I, T> { x, largest, number: Log::eval(sum) }, out, n, past),
                    CROSS => {
                        let (labels, log) = (labels.add(row * n), Log::eval(sum));
                        let total = reduce::as_made::<I, Sum, T>(&mut Terms::<I, T> { x, labels, largest, log }, n);
                        loss.add(row).write(total);
                        put(Back::<I, T> { exps, labels, sum }, out, n, past);
                    }
                    _ => {
                        let class = classes.add(row).read() as usize;
                        let hit = T::R::<I>::splat(exps.add(class).read()) / sum - T::R::<I>::splat(T::from_f64(1.0));
                        let shifted = T::R::<I>::splat(x.add(class).read()) - largest;
                        put(With::<RealDiv, I, T> { x: exps, number: sum, op: PhantomData }, out, n, past);
                        out.add(class).write(hit.first());
                        loss.add(row).write((Log::eval(sum) - shifted).first());
                    }
                }
            }
        }
    }
}

unsafe fn softmax<I: Isa, T: Elem>(at: SoftRows<T>) {
    // SAFETY: the caller's promise.
    unsafe { I::enter(Soft::<T, SOFTMAX>(at)) }
}
unsafe fn log_softmax<I: Isa, T: Elem>(at: SoftRows<T>) {
    // SAFETY: the caller's promise.
    unsafe { I::enter(Soft::<T, LOG_SOFTMAX>(at)) }
}
unsafe fn cross<I: Isa, T: Elem>(at: SoftRows<T>) {
    // SAFETY: the caller's promise.
    unsafe { I::enter(Soft::<T, CROSS>(at)) }
}
unsafe fn sparse_cross<I: Isa, T: Elem>(at: SoftRows<T>) {
    // SAFETY: the caller's promise.
    unsafe { I::enter(Soft::<T, SPARSE_CROSS>(at)) }
}

/// Squares of distances to the mean.
struct Apart<I: Isa, T: Elem> {
    x: *const T,
    mean: T::R<I>,
    n: usize,
}
impl<I: Isa, T: Elem> Source<I, T> for Apart<I, T> {
    #[inline(always)]
    unsafe fn get(&mut self, i: usize, n: usize) -> T::R<I> {
        let x = self.x.wrapping_add(i);
        ask::<I, T>(x, self.n);
        // SAFETY: the caller's promise.
        SquaredDifference::eval(unsafe { load::<I, T>(x, n) }, self.mean)
    }
}

/// Elements with mean 0 and variance 1, scaled and moved.
struct Normal<I: Isa, T: Elem> {
    x: *const T,
    scale: *const T,
    offset: *const T,
    mean: T::R<I>,
    inverse: T::R<I>,
}
impl<I: Isa, T: Elem> Source<I, T> for Normal<I, T> {
    #[inline(always)]
    unsafe fn get(&mut self, i: usize, n: usize) -> T::R<I> {
        // SAFETY: the caller's promise.
        unsafe {
            let factor = self.inverse * load::<I, T>(self.scale.add(i), n);
            let shift = load::<I, T>(self.offset.add(i), n) - self.mean * factor;
            load::<I, T>(self.x.add(i), n) * factor + shift
        }
    }
}

struct Norm<T>(NormRows<T>);
impl<T: Elem> Kernel for Norm<T> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let NormRows { x, scale, offset, epsilon, out, means, variances, rows, n, past } = self.0;
        let (count, epsilon) = (T::R::<I>::splat(T::from_f64(n as f64)), T::R::<I>::splat(epsilon));
        for row in 0..rows {
            // SAFETY: the row lies within the rows, all accesses within the row or the columns.
            unsafe {
                let x = x.add(row * n);
                let mean = T::R::<I>::splat(reduce::any_length::<I, Sum, T>(x, n)) / count;
                let variance = T::R::<I>::splat(reduce::as_made::<I, Sum, T>(&mut Apart::<I, T> { x, mean, n }, n)) / count;
                let inverse = Rsqrt::eval(variance + epsilon);
                put(Normal::<I, T> { x, scale, offset, mean, inverse }, out.add(row * n), n, past);
                means.add(row).write(mean.first());
                variances.add(row).write(variance.first());
            }
        }
    }
}

unsafe fn norm<I: Isa, T: Elem>(at: NormRows<T>) {
    // SAFETY: the caller's promise.
    unsafe { I::enter(Norm(at)) }
}

struct Total<T>(*const T, usize);
impl<T: Elem> Kernel for Total<T> {
    type Output = T;
    #[inline(always)]
    fn run<I: Isa>(self) -> T {
        // SAFETY: who makes the kernel promises the elements.
        unsafe { reduce::any_length::<I, Sum, T>(self.0, self.1) }
    }
}

unsafe fn sum<I: Isa, T: Elem>(x: *const T, n: usize) -> T {
    // SAFETY: the caller's promise.
    unsafe { I::enter(Total(x, n)) }
}
