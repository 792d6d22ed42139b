//! Matrix products of every number type: blocked, packed only where that pays, threaded, the same bits for any number
//! of threads.
//!
//! Small and skinny products read both operands where they lie; larger ones pack what would not fit the caches. The
//! inner loops keep a block of results in registers (14x32 `f32` with AVX-512).

pub(crate) mod driver;
mod element;
pub(crate) mod isa;
pub(crate) mod kernel;
pub(crate) mod lanes;
mod peak;
pub(crate) mod scratch;
mod vector;
#[cfg(target_arch = "x86_64")]
pub(crate) mod x86;

pub use driver::Activation;
pub(crate) use driver::Context;
pub use peak::multiply_add_peak;

use crate::simd::{Level, isa as isa_in_use};
use driver::Problem;
use element::Multiply;
use ferroflow_tensor::{Result, bail, error};
use kernel::After;

/// Numbers that matrices are made of: `f32`, `f64`, `F16` and `BF16` (summed in `f32`), `C64`, `C128`, and signed and
/// unsigned integers of 8 to 64 bits, which wrap.
pub trait GemmElement: Multiply {}
impl<T: Multiply> GemmElement for T {}

/// The sizes of a product: `[m, k] x [k, n] = [m, n]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Rows of `a` and of the result.
    pub m: usize,
    /// Columns of `b` and of the result.
    pub n: usize,
    /// Columns of `a` and rows of `b`; a product over none of them is zero.
    pub k: usize,
}

/// A matrix operand: element `(i, j)` is `data[i * row_stride + j * column_stride]`.
#[derive(Clone, Copy, Debug)]
pub struct Mat<'a, T> {
    /// The elements.
    pub data: &'a [T],
    /// Distance between rows, in elements.
    pub row_stride: usize,
    /// Distance between columns, in elements.
    pub column_stride: usize,
}

impl<'a, T> Mat<'a, T> {
    /// A dense row-major matrix of rows with `columns` elements.
    pub fn dense(data: &'a [T], columns: usize) -> Self {
        Mat { data, row_stride: columns, column_stride: 1 }
    }
    /// The transpose of a dense row-major matrix of rows with `columns` elements.
    pub fn transposed(data: &'a [T], columns: usize) -> Self {
        Mat { data, row_stride: 1, column_stride: columns }
    }
}

/// A result: element `(i, j)` is `data[i * row_stride + j]`.
#[derive(Debug)]
pub struct MatMut<'a, T> {
    /// The elements.
    pub data: &'a mut [T],
    /// Distance between rows, in elements; at least the number of columns.
    pub row_stride: usize,
}

impl<'a, T> MatMut<'a, T> {
    /// A dense row-major matrix of rows with `columns` elements.
    pub fn dense(data: &'a mut [T], columns: usize) -> Self {
        MatMut { data, row_stride: columns }
    }
}

/// What else happens in a product: `c = f(relu(alpha * a b + c + bias + residual))`, each part only if asked for, added in
/// this order.
#[derive(Clone, Copy)]
pub struct Options<'a, T> {
    /// Factor of the product.
    pub alpha: T,
    /// Adds the old contents of `c`; otherwise they are ignored, also if they are NaN.
    pub accumulate: bool,
    /// Takes the complex conjugate of `a`; nothing for other numbers.
    pub conj_a: bool,
    /// Takes the complex conjugate of `b`; nothing for other numbers.
    pub conj_b: bool,
    /// Added to every row of the result: `n` elements.
    pub bias: Option<&'a [T]>,
    /// Added to the result: elements that lie like `c`, in as long a slice.
    pub residual: Option<&'a [T]>,
    /// Replaces negative results by zero and keeps NaN; not for complex numbers.
    pub relu: bool,
    /// A function of each element, called once with every element of the result, some of a row at a time.
    pub activation: Activation<'a, T>,
    /// Asked now and then; `true` ends the product with a `Cancelled` error.
    pub poll: Option<&'a dyn Fn() -> bool>,
    /// The instruction set; one that the machine lacks is replaced by the one in use.
    pub isa: Level,
}

impl<T: GemmElement> Default for Options<'_, T> {
    fn default() -> Self {
        Options {
            alpha: T::ONE,
            accumulate: false,
            conj_a: false,
            conj_b: false,
            bias: None,
            residual: None,
            relu: false,
            activation: None,
            poll: None,
            isa: isa_in_use(),
        }
    }
}

/// The matrix product `c = alpha * a b` with [`Options`].
///
/// NaN and infinities propagate as in the plain sum. An operand that is too short for its sizes and strides is an
/// `InvalidArgument` error.
///
/// ```
/// use ferroflow_cpu::gemm::{Mat, MatMut, Options, Sizes, gemm};
/// let (a, b) = ([1.0f32, 2.0, 3.0, 4.0], [1.0, 0.0, 1.0, 1.0]);
/// let mut c = [0.0; 4];
/// let sizes = Sizes { m: 2, n: 2, k: 2 };
/// gemm(sizes, Mat::dense(&a, 2), Mat::transposed(&b, 2), MatMut::dense(&mut c, 2), &Options::default())?;
/// assert_eq!(c, [1.0, 3.0, 3.0, 7.0]);
/// # Ok::<(), ferroflow_tensor::Error>(())
/// ```
pub fn gemm<T: GemmElement>(sizes: Sizes, a: Mat<T>, b: Mat<T>, c: MatMut<T>, options: &Options<T>) -> Result<()> {
    gemm_batch(sizes, a, &[0], b, &[0], c, &[0], options)
}

/// Multiply-adds from which a single product of a batch is spread over threads by itself.
const LARGE_ITEM: usize = 1 << 23;

/// Many products of the same sizes and strides: the operands of product `i` start at `a_offsets[i]`, `b_offsets[i]` and
/// `c_offsets[i]` of the data.
///
/// Offsets of operands may repeat (broadcasting); those of results must ascend without overlap. All three lists have
/// the same length. Errors are those of [`gemm`].
#[allow(clippy::too_many_arguments)]
pub fn gemm_batch<T: GemmElement>(
    sizes: Sizes,
    a: Mat<T>,
    a_offsets: &[usize],
    b: Mat<T>,
    b_offsets: &[usize],
    c: MatMut<T>,
    c_offsets: &[usize],
    options: &Options<T>,
) -> Result<()> {
    let Sizes { m, n, k } = sizes;
    let count = c_offsets.len();
    if a_offsets.len() != count || b_offsets.len() != count {
        bail!(InvalidArgument, "a batch needs one offset per product of each matrix");
    }
    if options.relu && !T::ORDERED {
        bail!(InvalidArgument, "relu has no meaning for complex numbers");
    }
    if options.bias.is_some_and(|bias| bias.len() != n) {
        bail!(InvalidArgument, "bias must have {n} elements");
    }
    if options.residual.is_some_and(|r| r.len() != c.data.len()) {
        bail!(InvalidArgument, "the residual must have {} elements, as the result", c.data.len());
    }
    if m == 0 || n == 0 || count == 0 {
        return Ok(());
    }
    if m.checked_mul(n).is_none() || m.checked_mul(k).is_none() || k.checked_mul(n).is_none() {
        bail!(InvalidArgument, "matrix product of [{m},{k}] and [{k},{n}] is too large");
    }
    check("a", a.data.len(), a_offsets, span(m, a.row_stride, k, a.column_stride)?)?;
    check("b", b.data.len(), b_offsets, span(k, b.row_stride, n, b.column_stride)?)?;
    let c_span = span(m, c.row_stride, n, 1)?;
    check("c", c.data.len(), c_offsets, c_span)?;
    if m > 1 && c.row_stride < n {
        bail!(InvalidArgument, "row stride {} of the result is smaller than its {n} columns", c.row_stride);
    }
    if c_offsets.windows(2).any(|w| w[1] < w[0] + c_span) {
        bail!(InvalidArgument, "results of a batch overlap");
    }
    let after = After {
        bias: options.bias.map_or(std::ptr::null(), <[T]>::as_ptr),
        residual: options.residual.map_or(std::ptr::null(), <[T]>::as_ptr),
        residual_row: c.row_stride,
        relu: options.relu,
    };
    let problem = Problem {
        m,
        n,
        k,
        a: a.data.as_ptr(),
        a_row: a.row_stride,
        a_col: a.column_stride,
        b: b.data.as_ptr(),
        b_row: b.row_stride,
        b_col: b.column_stride,
        c: c.data.as_mut_ptr(),
        c_row: c.row_stride,
        alpha: options.alpha,
        add: options.accumulate,
        after,
        activation: options.activation,
    };
    if batch(&problem, [a_offsets, b_offsets, c_offsets], options) {
        Ok(())
    } else {
        Err(error!(Cancelled, "matrix product was cancelled"))
    }
}

/// Elements from the first to the last one that a matrix touches.
fn span(rows: usize, row_stride: usize, columns: usize, column_stride: usize) -> Result<usize> {
    if rows == 0 || columns == 0 {
        return Ok(0);
    }
    let last = (rows - 1).checked_mul(row_stride).zip((columns - 1).checked_mul(column_stride));
    match last.and_then(|(r, c)| r.checked_add(c)).and_then(|l| l.checked_add(1)) {
        Some(n) => Ok(n),
        None => Err(error!(InvalidArgument, "strides of a [{rows},{columns}] matrix are too large")),
    }
}

fn check(name: &str, len: usize, offsets: &[usize], span: usize) -> Result<()> {
    match offsets.iter().find(|o| o.checked_add(span).is_none_or(|end| end > len)) {
        Some(o) => Err(error!(InvalidArgument, "matrix {name} needs {span} elements from {o}, but there are {len}")),
        None => Ok(()),
    }
}

/// Runs the products of a checked batch: large ones one after the other, each on all threads, small ones side by side.
#[allow(unsafe_code)]
fn batch<T: GemmElement>(p: &Problem<T>, offsets: [&[usize]; 3], options: &Options<T>) -> bool {
    let conj = [options.conj_a, options.conj_b];
    let isa = isa::usable(options.isa);
    let one = |i: usize, context: Context| {
        let [a, b, c] = offsets.map(|o| o[i]);
        // SAFETY: `gemm_batch` has checked that every offset leaves room for its matrix and that results are disjoint.
        unsafe {
            let residual = if p.after.residual.is_null() { p.after.residual } else { p.after.residual.add(c) };
            let after = After { residual, ..p.after };
            let item = Problem { a: p.a.add(a), b: p.b.add(b), c: p.c.add(c), after, ..*p };
            T::product(&item, conj, context)
        }
    };
    let count = offsets[2].len();
    let macs = p.m.saturating_mul(p.n).saturating_mul(p.k.max(1));
    if count == 1 || macs >= LARGE_ITEM {
        let context = Context { isa, threads: true, poll: options.poll };
        return (0..count).all(|i| one(i, context));
    }
    let grain = (LARGE_ITEM / 32).div_ceil(macs);
    crate::pool::parallel_for(count, grain, macs as f32 * 0.01 + 20.0, options.poll, &|range| {
        for i in range {
            one(i, Context { isa, threads: false, poll: None });
        }
    })
}
