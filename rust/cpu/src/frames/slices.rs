//! Loops of the table on slices: lengths and dtypes are checked, so that kernels need no pointers.
use super::{ByRows, Map1, Map2, Mode, NormRows, Reduction, Select, SoftRows, select, stream, table};
use core::marker::PhantomData;
use ferroflow_tensor::{DType, Element, Result, bail, error};

fn missing(op: &str, dtype: DType) -> ferroflow_tensor::Error {
    error!(Unimplemented, "no loop of {op} for dtype {dtype}")
}

/// An op with one operand of `T` and a result of `T`.
pub struct Unary<T>(Map1, PhantomData<fn(T)>);

impl<T: Element> Unary<T> {
    /// The loop of an op. Unimplemented if there is none that gives `T` for `T`.
    pub fn of(op: &str) -> Result<Unary<T>> {
        let same = !T::DTYPE.is_complex() && !op.starts_with("Is");
        match table().unary(op, T::DTYPE).filter(|_| same) {
            Some(f) => Ok(Unary(f, PhantomData)),
            None => Err(missing(op, T::DTYPE)),
        }
    }
    /// Replaces every element.
    pub fn in_place(&self, x: &mut [T]) {
        let p = x.as_mut_ptr().cast::<u8>();
        // SAFETY: the loop reads and writes `x.len()` elements of `T`; input and output may be the same.
        unsafe { (self.0)(p, p, x.len()) }
    }
}

/// An op with two operands of `T` and a result of `T`.
pub struct Binary<T>(Map2, PhantomData<fn(T)>, Mode);

impl<T: Element> Binary<T> {
    /// The loop of an op whose operands are as `mode` says. Unimplemented if there is none.
    pub fn of(op: &str, mode: Mode) -> Result<Binary<T>> {
        match table().binary(op, T::DTYPE, mode) {
            Some(f) => Ok(Binary(f, PhantomData, mode)),
            None => Err(missing(op, T::DTYPE)),
        }
    }
    /// Replaces every element of `x` by the op of it and `y`: as many elements, or one if the mode says so.
    ///
    /// # Panics
    /// If `y` has too few elements, or the first operand is the scalar.
    pub fn in_place(&self, x: &mut [T], y: &[T]) {
        let needed = if self.2 == Mode::VectorScalar { 1 } else { x.len() };
        assert!(self.2 != Mode::ScalarVector && y.len() >= needed, "operands of a loop do not fit");
        let p = x.as_mut_ptr().cast::<u8>();
        // SAFETY: lengths were checked; the output is the first input.
        unsafe { (self.0)(p, y.as_ptr().cast(), p, x.len()) }
    }
    /// Writes the op of two vectors of one length to a third.
    ///
    /// # Panics
    /// If the lengths differ or an operand is a scalar.
    pub fn apply(&self, x: &[T], y: &[T], out: &mut [T]) {
        assert!(self.2 == Mode::VectorVector && x.len() == out.len() && y.len() == out.len(), "operands of a loop do not fit");
        // SAFETY: lengths were checked; the output is borrowed alone.
        unsafe { (self.0)(x.as_ptr().cast(), y.as_ptr().cast(), out.as_mut_ptr().cast(), out.len()) }
    }
}

/// A conversion between two dtypes.
pub struct Cast {
    run: Map1,
    from: usize,
    to: usize,
}

impl Cast {
    /// The conversion, if there is one.
    pub fn of(from: DType, to: DType) -> Option<Cast> {
        Some(Cast { run: table().cast(from, to)?, from: from.size(), to: to.size() })
    }
    /// Converts the elements of `x`, given as bytes.
    ///
    /// # Panics
    /// If the numbers of elements differ.
    pub fn apply(&self, x: &[u8], out: &mut [u8]) {
        let n = out.len() / self.to;
        assert!(x.len() == n * self.from && out.len() == n * self.to, "operands of a conversion do not fit");
        // SAFETY: lengths were checked; the output is borrowed alone. Truth values are written as 0 or 1.
        unsafe { (self.run)(x.as_ptr(), out.as_mut_ptr(), n) }
    }
    /// As [`Cast::apply`], past the caches.
    ///
    /// # Panics
    /// If the numbers of elements differ.
    pub fn apply_past(&self, x: &[u8], out: &mut [u8]) {
        let n = out.len() / self.to;
        assert!(x.len() == n * self.from && out.len() == n * self.to, "operands of a conversion do not fit");
        // SAFETY: as in `apply`; the parts cover both.
        unsafe {
            let ahead = [stream::Operand { at: x.as_ptr(), size: self.from }, stream::Operand { at: x.as_ptr(), size: 0 }];
            stream::by_blocks(0..n, stream::BLOCK, self.to, out.as_mut_ptr(), ahead, |part, block| {
                (self.run)(x.as_ptr().add(part.start * self.from), block, part.len());
            });
        }
    }
    /// Converts typed elements.
    ///
    /// # Panics
    /// If the lengths or dtypes are not those of the conversion.
    pub fn typed<A: Element, B: Element>(&self, x: &[A], out: &mut [B]) {
        assert!(size_of::<A>() == self.from && size_of::<B>() == self.to && x.len() == out.len(), "operands of a conversion do not fit");
        // SAFETY: lengths were checked; the output is borrowed alone.
        unsafe { (self.run)(x.as_ptr().cast(), out.as_mut_ptr().cast(), out.len()) }
    }
}

/// A choice between two vectors.
pub struct Choice {
    run: Select,
    size: usize,
}

impl Choice {
    /// For elements of `size` bytes: 1, 2, 4, 8 or 16. Unimplemented for others.
    pub fn of(size: usize) -> Result<Choice> {
        match select(size) {
            Some(run) => Ok(Choice { run, size }),
            None => bail!(Unimplemented, "no choice between elements of {size} bytes"),
        }
    }
    /// `condition ? yes : no` element by element, given as bytes.
    ///
    /// # Panics
    /// If the numbers of elements differ.
    pub fn apply(&self, condition: &[bool], yes: &[u8], no: &[u8], out: &mut [u8]) {
        let bytes = condition.len() * self.size;
        assert!(yes.len() == bytes && no.len() == bytes && out.len() == bytes, "operands of a choice do not fit");
        // SAFETY: lengths were checked; the output is borrowed alone.
        unsafe { (self.run)(condition.as_ptr().cast(), yes.as_ptr(), no.as_ptr(), out.as_mut_ptr(), condition.len()) }
    }
}

/// The first byte; of no bytes, an address that suits every dtype.
fn start_of(x: &[u8]) -> *const u8 {
    if x.is_empty() { core::ptr::NonNull::<u128>::dangling().as_ptr().cast() } else { x.as_ptr() }
}

/// A reduction of a dtype.
#[derive(Clone, Copy)]
pub struct Reducer {
    loops: Reduction,
    size: usize,
}

impl Reducer {
    /// The reduction. Unimplemented if there is none for the dtype.
    pub fn of(op: &str, dtype: DType) -> Result<Reducer> {
        match table().reduce(op, dtype) {
            Some(loops) => Ok(Reducer { loops, size: dtype.size() }),
            None => Err(missing(op, dtype)),
        }
    }
    /// Reduces each row of `x`, `n` elements long, to one element of `out`; both given as bytes.
    ///
    /// # Panics
    /// If `x` is not as many rows as `out` has elements.
    pub fn rows(&self, x: &[u8], out: &mut [u8], n: usize) {
        let rows = out.len() / self.size;
        assert!(out.len() == rows * self.size && x.len() == rows * n * self.size, "operands of a reduction do not fit");
        for (i, o) in out.chunks_exact_mut(self.size).enumerate() {
            let row = start_of(&x[i * n * self.size..][..n * self.size]);
            // SAFETY: the lengths were checked; the output holds one element.
            unsafe { (self.loops.inner)(row, o.as_mut_ptr(), n) }
        }
    }
    /// Reduces `rows` rows, `stride` elements apart, to one row `out`; both given as bytes.
    ///
    /// # Panics
    /// If `x` is too short.
    pub fn columns(&self, x: &[u8], out: &mut [u8], rows: usize, stride: usize) {
        let cols = out.len() / self.size;
        let needed = if rows == 0 { 0 } else { ((rows - 1) * stride + cols) * self.size };
        assert!(out.len() == cols * self.size && x.len() >= needed, "operands of a reduction do not fit");
        // SAFETY: the lengths were checked; the output is borrowed alone.
        unsafe { (self.loops.outer)(start_of(x), out.as_mut_ptr(), rows, cols, stride) }
    }
    /// Reduces typed elements to one.
    ///
    /// # Panics
    /// If `T` is not of the size of the reduction's dtype.
    pub fn total<T: Element>(&self, x: &[T]) -> T {
        assert!(size_of::<T>() == self.size, "operands of a reduction do not fit");
        let mut out = T::default();
        // SAFETY: the input has as many elements as said, the output is one element.
        unsafe { (self.loops.inner)(x.as_ptr().cast(), (&raw mut out).cast(), x.len()) }
        out
    }
}

/// What rows of numbers are computed in: `f32` or `f64`.
pub trait InRows: Element {
    /// The loops of the instruction set in use.
    fn loops() -> Option<ByRows<Self>>;
}
impl InRows for f32 {
    fn loops() -> Option<ByRows<f32>> {
        table().by_rows().map(|both| both.0)
    }
}
impl InRows for f64 {
    fn loops() -> Option<ByRows<f64>> {
        table().by_rows().map(|both| both.1)
    }
}

/// Loops over rows of `T`.
pub struct RowLoops<T>(ByRows<T>);

impl<T: InRows> RowLoops<T> {
    /// The loops.
    pub fn of() -> Result<RowLoops<T>> {
        T::loops().map(RowLoops).ok_or_else(|| missing("rows", T::DTYPE))
    }
    /// The operands of a softmax. `room` is for the exponentials of a row, which go to the result if that stays in the caches.
    ///
    /// # Panics
    /// If there are not as many whole rows everywhere.
    fn soft(x: &[T], room: &mut [T], out: &mut [T], n: usize, past: bool) -> SoftRows<T> {
        assert!(n > 0 && x.len().is_multiple_of(n) && x.len() == out.len() && (!past || room.len() >= n), "operands of a loop do not fit");
        let (null, out) = (core::ptr::null(), out.as_mut_ptr());
        let exps = if past { room.as_mut_ptr() } else { out };
        SoftRows { x: x.as_ptr(), labels: null, classes: core::ptr::null(), exps, out, loss: null.cast_mut(), rows: x.len() / n, n, past }
    }
    /// Writes exponentials of the rows of `x`, `n` long, less the largest number of each (NaN if there is one), over their sums.
    ///
    /// # Panics
    /// If there are not as many whole rows everywhere.
    pub fn softmax(&self, x: &[T], room: &mut [T], out: &mut [T], n: usize, past: bool) {
        // SAFETY: the lengths were checked.
        unsafe { (self.0.softmax)(Self::soft(x, room, out, n, past)) }
    }
    /// Writes the logarithms of [`RowLoops::softmax`].
    ///
    /// # Panics
    /// If there are not as many whole rows everywhere.
    pub fn log_softmax(&self, x: &[T], out: &mut [T], n: usize, past: bool) {
        let at = SoftRows { past, exps: core::ptr::null_mut(), ..Self::soft(x, &mut [], out, n, false) };
        // SAFETY: the lengths were checked.
        unsafe { (self.0.log_softmax)(at) }
    }
    /// Writes the gradients softmax - label of rows, `n` long, and the losses: sums of label times -log softmax.
    ///
    /// # Panics
    /// If there are not as many whole rows everywhere, and a loss for each.
    pub fn cross(&self, [x, labels]: [&[T]; 2], room: &mut [T], [out, loss]: [&mut [T]; 2], n: usize, past: bool) {
        let at = SoftRows { labels: labels.as_ptr(), loss: loss.as_mut_ptr(), ..Self::soft(x, room, out, n, past) };
        assert!(labels.len() == x.len() && loss.len() == at.rows, "operands of a loop do not fit");
        // SAFETY: the lengths were checked.
        unsafe { (self.0.cross)(at) }
    }
    /// Writes the gradients of rows, `n` long: softmax, less 1 at the class, and the losses: -log softmax there.
    ///
    /// # Panics
    /// If there are not as many whole rows everywhere, a class below `n` and a loss for each.
    pub fn sparse_cross(&self, x: &[T], classes: &[i64], room: &mut [T], [out, loss]: [&mut [T]; 2], n: usize, past: bool) {
        let at = SoftRows { classes: classes.as_ptr(), loss: loss.as_mut_ptr(), ..Self::soft(x, room, out, n, past) };
        let fits = classes.len() == at.rows && loss.len() == at.rows;
        assert!(fits && classes.iter().all(|c| (0..n as i64).contains(c)), "operands of a loop do not fit");
        // SAFETY: the lengths and classes were checked.
        unsafe { (self.0.sparse_cross)(at) }
    }
    /// Writes rows of `x` with mean 0 and variance 1, up to `epsilon`, times `scale` plus `offset`, and the means and variances.
    ///
    /// # Panics
    /// If there are not as many whole rows everywhere, and a mean and a variance for each.
    pub fn norm(&self, x: &[T], [scale, offset]: [&[T]; 2], epsilon: T, [out, means, variances]: [&mut [T]; 3], past: bool) {
        let (n, rows) = (scale.len(), means.len());
        let fits = x.len() == n * rows && out.len() == x.len();
        assert!(fits && offset.len() == n && variances.len() == rows, "operands of a loop do not fit");
        let (scale, offset, out) = (scale.as_ptr(), offset.as_ptr(), out.as_mut_ptr());
        let (means, variances) = (means.as_mut_ptr(), variances.as_mut_ptr());
        // SAFETY: the lengths were checked.
        unsafe { (self.0.norm)(NormRows { x: x.as_ptr(), scale, offset, epsilon, out, means, variances, rows, n, past }) }
    }
    /// The sum of numbers.
    pub fn sum(&self, x: &[T]) -> T {
        // SAFETY: the slice has the elements.
        unsafe { (self.0.sum)(x.as_ptr(), x.len()) }
    }
}

/// Copies elements, past the caches if `past`: within a parallel loop, after whose parts the pool has a fence.
///
/// # Panics
/// If the lengths differ.
pub fn copy<T: Copy>(from: &[T], to: &mut [T], past: bool) {
    assert!(from.len() == to.len(), "operands of a copy do not fit");
    if !past {
        return to.copy_from_slice(from);
    }
    // SAFETY: the lengths were checked; a borrowed slice does not overlap one that is borrowed for writing.
    unsafe { stream::write(from.as_ptr().cast(), to.as_mut_ptr().cast(), size_of_val(from)) }
}

/// Asks for elements that will be read soon, up to a page of them.
#[inline(always)]
pub fn prefetch<T>(x: &[T]) {
    for at in (0..size_of_val(x).min(4096)).step_by(64) {
        stream::prefetch(x.as_ptr().cast::<u8>().wrapping_add(at));
    }
}
