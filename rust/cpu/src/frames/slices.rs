//! Loops of the table on slices: lengths and dtypes are checked, so that kernels need no pointers.
use super::{ByRow, ByRows, Map1, Map2, Mode, Reduction, Select, select, stream, table};
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
            stream::by_blocks(0..n, stream::BLOCK, self.to, out.as_mut_ptr(), |part, block| {
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

/// Loops over rows of `T` with a number for each row.
pub struct RowLoops<T>(ByRows, PhantomData<fn(T)>);

impl<T: Element> RowLoops<T> {
    /// The loops. Unimplemented for what is neither `f32` nor `f64`.
    pub fn of() -> Result<RowLoops<T>> {
        match table().by_rows(T::DTYPE) {
            Some(loops) => Ok(RowLoops(loops, PhantomData)),
            None => Err(missing("rows", T::DTYPE)),
        }
    }
    fn run(&self, f: ByRow, x: *const T, column: *mut T, out: *mut T, len: usize, n: usize) {
        // SAFETY: the callers checked that operand and result are `len` elements, rows of `n`, and the column one for each.
        unsafe { f(x.cast(), column.cast(), out.cast(), len / n, n) }
    }
    /// Writes the rows of `x`, `n` long, less the largest number of each; NaN if there is one.
    ///
    /// # Panics
    /// If `x` and `out` are not as many whole rows.
    pub fn minus_largest(&self, x: &[T], out: &mut [T], n: usize) {
        assert!(x.len() == out.len() && x.len().is_multiple_of(n), "operands of a loop do not fit");
        self.run(self.0.minus_largest, x.as_ptr(), core::ptr::null_mut(), out.as_mut_ptr(), x.len(), n);
    }
    /// Subtracts the largest number of each row.
    ///
    /// # Panics
    /// If `x` is not whole rows.
    pub fn subtract_largest(&self, x: &mut [T], n: usize) {
        assert!(x.len().is_multiple_of(n), "operands of a loop do not fit");
        let p = x.as_mut_ptr();
        self.run(self.0.minus_largest, p, core::ptr::null_mut(), p, x.len(), n);
    }
    /// Writes the sums of the rows of `x`, `n` long.
    ///
    /// # Panics
    /// If `x` does not have a row for each sum.
    pub fn sum(&self, x: &[T], sums: &mut [T], n: usize) {
        assert!(x.len() == n * sums.len(), "operands of a loop do not fit");
        self.run(self.0.sum, x.as_ptr(), sums.as_mut_ptr(), core::ptr::null_mut(), x.len(), n);
    }
    /// Writes the rows of `x`, each multiplied by its number.
    ///
    /// # Panics
    /// If there is not a row for each number in `x` and `out`.
    pub fn times(&self, x: &[T], numbers: &mut [T], out: &mut [T], n: usize) {
        assert!(x.len() == n * numbers.len() && x.len() == out.len(), "operands of a loop do not fit");
        self.run(self.0.times, x.as_ptr(), numbers.as_mut_ptr(), out.as_mut_ptr(), x.len(), n);
    }
    /// Multiplies each row by its number.
    ///
    /// # Panics
    /// If there is not a row for each number.
    pub fn scale(&self, x: &mut [T], numbers: &mut [T], n: usize) {
        self.in_place(self.0.times, x, numbers, n);
    }
    /// Divides each row by its number.
    ///
    /// # Panics
    /// If there is not a row for each number.
    pub fn divide(&self, x: &mut [T], numbers: &mut [T], n: usize) {
        self.in_place(self.0.over, x, numbers, n);
    }
    /// Subtracts from each row its number.
    ///
    /// # Panics
    /// If there is not a row for each number.
    pub fn subtract(&self, x: &mut [T], numbers: &mut [T], n: usize) {
        self.in_place(self.0.minus, x, numbers, n);
    }
    fn in_place(&self, f: ByRow, x: &mut [T], numbers: &mut [T], n: usize) {
        assert!(x.len() == n * numbers.len(), "operands of a loop do not fit");
        let p = x.as_mut_ptr();
        self.run(f, p, numbers.as_mut_ptr(), p, x.len(), n);
    }
}

/// Copies elements, past the caches if `past`.
///
/// # Panics
/// If the lengths differ.
pub fn copy<T: Element>(from: &[T], to: &mut [T], past: bool) {
    assert!(from.len() == to.len(), "operands of a copy do not fit");
    if !past {
        return to.copy_from_slice(from);
    }
    // SAFETY: the lengths were checked; a borrowed slice does not overlap one that is borrowed for writing.
    unsafe { stream::write(from.as_ptr().cast(), to.as_mut_ptr().cast(), size_of_val(from)) };
    stream::fence();
}
