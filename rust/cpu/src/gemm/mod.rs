//! Matrix products of every number type: blocked, packed only where that pays, threaded, the same bits for any number
//! of threads.
//!
//! Small and skinny products read both operands where they lie; larger ones pack what would not fit the caches. The
//! inner loops keep a block of results in registers (14x32 `f32` with AVX-512).

mod bytes;
mod complex;
mod dots;
pub(crate) mod driver;
mod element;
mod epilogue;
pub(crate) mod isa;
pub(crate) mod kernel;
pub(crate) mod lanes;
#[cfg(target_arch = "aarch64")]
pub(crate) mod neon;
pub(crate) mod packed;
mod peak;
pub(crate) mod scratch;
mod vector;
#[cfg(target_arch = "x86_64")]
pub(crate) mod x86;
#[cfg(target_arch = "x86_64")]
pub(crate) mod x86_words;

pub use bytes::gemm_bytes;
pub(crate) use driver::Context;
pub(crate) use epilogue::Finish;
pub use epilogue::{Activation, Epilogue};
pub use packed::Packed;
pub use peak::multiply_add_peak;

use crate::simd::{Level, isa as isa_in_use};
use driver::Problem;
use element::Multiply;
use ferroflow_tensor::{Result, bail, error};

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

/// What else happens in a product: `c = alpha * a b + c`, each part only if asked for, and then the epilogue.
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
    /// The right operand packed, if it is known to be the same one each time; not for batches.
    pub packed: Option<&'a Packed<T>>,
    /// What happens to the results last.
    pub epilogue: Epilogue<'a, T>,
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
            packed: None,
            epilogue: Epilogue::default(),
            poll: None,
            isa: isa_in_use(),
        }
    }
}

/// Packs a right operand `[k, n]` that many products share. None for numbers whose products would not gain.
pub fn pack<T: GemmElement>(k: usize, n: usize, b: Mat<T>) -> Option<Packed<T>> {
    T::packed(k, n, b)
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
#[allow(clippy::too_many_arguments, unsafe_code)]
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
    let offsets = [a_offsets, b_offsets, c_offsets];
    let finish = options.epilogue.checked(n, c.row_stride, c.data.len())?;
    let Finish { after, activation } = if c_offsets.len() == 1 { finish.written(c.data, c.row_stride) } else { finish };
    if !fits(sizes, &a, &b, &c, offsets)? {
        return Ok(());
    }
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
        panels: match options.packed {
            Some(packed) if c_offsets.len() == 1 => T::panels(packed, [k, n], isa::usable(options.isa)),
            _ => std::ptr::null(),
        },
        add: options.accumulate,
        after,
        activation,
    };
    let (conj, isa) = ([options.conj_a, options.conj_b], isa::usable(options.isa));
    batch(sizes, c_offsets.len(), isa, options.poll, &|i, context| {
        // SAFETY: every offset leaves room for its matrix, and results are disjoint, as was checked.
        unsafe { T::product(&problem.at(offsets.map(|o| o[i])), conj, context) }
    })
}

/// Whether there is anything to compute; an error if a matrix is too short, or if results overlap.
fn fits<A, B, C>(sizes: Sizes, a: &Mat<A>, b: &Mat<B>, c: &MatMut<C>, offsets: [&[usize]; 3]) -> Result<bool> {
    let Sizes { m, n, k } = sizes;
    let [a_offsets, b_offsets, c_offsets] = offsets;
    let count = c_offsets.len();
    if a_offsets.len() != count || b_offsets.len() != count {
        bail!(InvalidArgument, "a batch needs one offset per product of each matrix");
    }
    if m == 0 || n == 0 || count == 0 {
        return Ok(false);
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
    Ok(true)
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

/// Runs `one` for each product of a batch: large ones one after the other, each on all threads, small ones side by side.
fn batch(
    Sizes { m, n, k }: Sizes,
    count: usize,
    isa: Level,
    poll: Option<&dyn Fn() -> bool>,
    one: &(dyn Fn(usize, Context) -> bool + Sync),
) -> Result<()> {
    let macs = m.saturating_mul(n).saturating_mul(k.max(1));
    let done = if count == 1 || macs >= LARGE_ITEM {
        (0..count).all(|i| one(i, Context { isa, threads: true, poll }))
    } else {
        let grain = (LARGE_ITEM / 32).div_ceil(macs);
        crate::pool::parallel_for(count, grain, macs as f32 * 0.01 + 20.0, poll, &|range| {
            for i in range {
                one(i, Context { isa, threads: false, poll: None });
            }
        })
    };
    if done { Ok(()) } else { Err(error!(Cancelled, "matrix product was cancelled")) }
}
