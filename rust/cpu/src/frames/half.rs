//! 16-bit floats go through `f32` in blocks that stay in the first cache; their loops are those of `f32`.
use super::{Map1, Map2, Mode, ReduceInner, ReduceOuter};
use crate::simd::{Isa, Kernel, Reg};
use core::marker::PhantomData;
use core::mem::MaybeUninit;

/// Elements of a block.
const BLOCK: usize = 1024;
/// The most lanes of an `f32` register.
const MAX_LANES: usize = 16;

/// One of the two formats.
pub trait Format: 'static {
    /// Reads a register of numbers.
    ///
    /// # Safety
    /// As many numbers as lanes can be read.
    unsafe fn load<I: Isa>(from: *const u16) -> I::F32;
    /// Writes a register of numbers.
    ///
    /// # Safety
    /// As many numbers as lanes can be written.
    unsafe fn store<I: Isa>(x: I::F32, to: *mut u16);
}

/// IEEE binary16.
pub struct Ieee;
impl Format for Ieee {
    #[inline(always)]
    unsafe fn load<I: Isa>(from: *const u16) -> I::F32 {
        // SAFETY: the caller's promise.
        unsafe { I::load_f16(from) }
    }
    #[inline(always)]
    unsafe fn store<I: Isa>(x: I::F32, to: *mut u16) {
        // SAFETY: the caller's promise.
        unsafe { I::store_f16(x, to) }
    }
}

/// bfloat16.
pub struct Brain;
impl Format for Brain {
    #[inline(always)]
    unsafe fn load<I: Isa>(from: *const u16) -> I::F32 {
        // SAFETY: the caller's promise.
        unsafe { I::load_bf16(from) }
    }
    #[inline(always)]
    unsafe fn store<I: Isa>(x: I::F32, to: *mut u16) {
        // SAFETY: the caller's promise.
        unsafe { I::store_bf16(x, to) }
    }
}

struct Widen<F> {
    x: *const u16,
    out: *mut f32,
    n: usize,
    format: PhantomData<F>,
}

impl<F: Format> Kernel for Widen<F> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let lanes = I::F32::N;
        let whole = self.n - self.n % lanes;
        let mut i = 0;
        // SAFETY: all accesses are below n, or in the tail's own buffer.
        unsafe {
            while i < whole {
                F::load::<I>(self.x.add(i)).store(self.out.add(i));
                i += lanes;
            }
            if i < self.n {
                let mut tail = [0u16; MAX_LANES];
                tail.as_mut_ptr().copy_from_nonoverlapping(self.x.add(i), self.n - i);
                F::load::<I>(tail.as_ptr()).store_n(self.out.add(i), self.n - i);
            }
        }
    }
}

/// Converts `n` numbers to `f32`.
///
/// # Safety
/// `n` numbers at each pointer; the processor has `I`.
pub unsafe fn widen<I: Isa, F: Format>(x: *const u8, out: *mut u8, n: usize) {
    let kernel = Widen::<F> { x: x.cast(), out: out.cast(), n, format: PhantomData };
    // SAFETY: the caller's promise.
    unsafe { I::enter(kernel) }
}

struct Narrow<F> {
    x: *const f32,
    out: *mut u16,
    n: usize,
    format: PhantomData<F>,
}

impl<F: Format> Kernel for Narrow<F> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let lanes = I::F32::N;
        let whole = self.n - self.n % lanes;
        let mut i = 0;
        // SAFETY: all accesses are below n, or in the tail's own buffer.
        unsafe {
            while i < whole {
                F::store::<I>(I::F32::load(self.x.add(i)), self.out.add(i));
                i += lanes;
            }
            if i < self.n {
                let mut tail = [0u16; MAX_LANES];
                F::store::<I>(I::F32::load_n(self.x.add(i), self.n - i), tail.as_mut_ptr());
                self.out.add(i).copy_from_nonoverlapping(tail.as_ptr(), self.n - i);
            }
        }
    }
}

/// Converts `n` numbers from `f32`, rounding to nearest even.
///
/// # Safety
/// `n` numbers at each pointer; the processor has `I`.
pub unsafe fn narrow<I: Isa, F: Format>(x: *const u8, out: *mut u8, n: usize) {
    let kernel = Narrow::<F> { x: x.cast(), out: out.cast(), n, format: PhantomData };
    // SAFETY: the caller's promise.
    unsafe { I::enter(kernel) }
}

/// Runs an `f32` loop over 16-bit numbers.
///
/// # Safety
/// `n` numbers at each pointer; the processor has `I`.
#[inline(never)]
pub unsafe fn unary<I: Isa, F: Format>(f: Map1, x: *const u8, out: *mut u8, n: usize) {
    let mut block = MaybeUninit::<[f32; BLOCK]>::uninit();
    let wide = block.as_mut_ptr().cast::<u8>();
    for start in (0..n).step_by(BLOCK) {
        let len = BLOCK.min(n - start);
        // SAFETY: len numbers fit in the block and are below n.
        unsafe {
            widen::<I, F>(x.add(2 * start), wide, len);
            f(wide, wide, len);
            narrow::<I, F>(wide, out.add(2 * start), len);
        }
    }
}

/// Runs an `f32` predicate over 16-bit numbers.
///
/// # Safety
/// `n` numbers at `x`, `n` bytes at `out`; the processor has `I`.
#[inline(never)]
pub unsafe fn predicate<I: Isa, F: Format>(f: Map1, x: *const u8, out: *mut u8, n: usize) {
    let mut block = MaybeUninit::<[f32; BLOCK]>::uninit();
    let wide = block.as_mut_ptr().cast::<u8>();
    for start in (0..n).step_by(BLOCK) {
        let len = BLOCK.min(n - start);
        // SAFETY: len numbers fit in the block and are below n.
        unsafe {
            widen::<I, F>(x.add(2 * start), wide, len);
            f(wide, out.add(start), len);
        }
    }
}

/// Widens a block of an operand: a scalar once, a vector's part from `start`.
///
/// # Safety
/// `len` numbers at `start` of a vector, one at a scalar; as many `f32` can be written to `block`.
#[inline(always)]
unsafe fn widen_operand<I: Isa, F: Format>(x: *const u8, is_scalar: bool, start: usize, len: usize, block: *mut u8) {
    let (from, len) = if is_scalar { (0, 1) } else { (start, len) };
    // SAFETY: the caller's promise.
    unsafe { widen::<I, F>(x.add(2 * from), block, len) }
}

/// Runs an `f32` loop with two operands over 16-bit numbers.
///
/// # Safety
/// `n` numbers at each vector, one at a scalar; the processor has `I`.
#[inline(never)]
pub unsafe fn binary<I: Isa, F: Format>(f: Map2, mode: Mode, x: *const u8, y: *const u8, out: *mut u8, n: usize) {
    let (mut a, mut b) = (MaybeUninit::<[f32; BLOCK]>::uninit(), MaybeUninit::<[f32; BLOCK]>::uninit());
    let (a, b) = (a.as_mut_ptr().cast::<u8>(), b.as_mut_ptr().cast::<u8>());
    for start in (0..n).step_by(BLOCK) {
        let len = BLOCK.min(n - start);
        // SAFETY: len numbers fit in the blocks and are below n.
        unsafe {
            widen_operand::<I, F>(x, mode == Mode::ScalarVector, start, len, a);
            widen_operand::<I, F>(y, mode == Mode::VectorScalar, start, len, b);
            let result = if mode == Mode::ScalarVector { b } else { a };
            f(a, b, result, len);
            narrow::<I, F>(result, out.add(2 * start), len);
        }
    }
}

/// Runs an `f32` comparison over 16-bit numbers.
///
/// # Safety
/// `n` numbers at each vector, one at a scalar, `n` bytes at `out`; the processor has `I`.
#[inline(never)]
pub unsafe fn compare<I: Isa, F: Format>(f: Map2, mode: Mode, x: *const u8, y: *const u8, out: *mut u8, n: usize) {
    let (mut a, mut b) = (MaybeUninit::<[f32; BLOCK]>::uninit(), MaybeUninit::<[f32; BLOCK]>::uninit());
    let (a, b) = (a.as_mut_ptr().cast::<u8>(), b.as_mut_ptr().cast::<u8>());
    for start in (0..n).step_by(BLOCK) {
        let len = BLOCK.min(n - start);
        // SAFETY: len numbers fit in the blocks and are below n.
        unsafe {
            widen_operand::<I, F>(x, mode == Mode::ScalarVector, start, len, a);
            widen_operand::<I, F>(y, mode == Mode::VectorScalar, start, len, b);
            f(a, b, out.add(start), len);
        }
    }
}

/// Elements that a reduction widens at a time: 64 rows of 64.
const REDUCE_BLOCK: usize = 4096;
const REDUCE_SIDE: usize = 64;

/// The mean's last step.
fn finish(total: f32, mean_of: Option<usize>) -> f32 {
    match mean_of {
        Some(n) => total / n as f32,
        None => total,
    }
}

/// Reduces contiguous 16-bit numbers in `f32`: blocks by `f`, then their results by `f`.
///
/// # Safety
/// `n` numbers at `x`, one at `out`; the processor has `I`.
#[inline(never)]
pub unsafe fn reduce_inner<I: Isa, F: Format>(f: ReduceInner, is_mean: bool, x: *const u8, out: *mut u8, n: usize) {
    let mut block = [0f32; REDUCE_BLOCK];
    let mut parts = vec![0f32; n.div_ceil(REDUCE_BLOCK)];
    let mut total = 0f32;
    // SAFETY: len numbers fit in the block and are below n; parts has one place per block.
    unsafe {
        for (i, part) in parts.iter_mut().enumerate() {
            let start = i * REDUCE_BLOCK;
            let len = REDUCE_BLOCK.min(n - start);
            widen::<I, F>(x.add(2 * start), block.as_mut_ptr().cast(), len);
            f(block.as_ptr().cast(), (part as *mut f32).cast(), len);
        }
        f(parts.as_ptr().cast(), (&raw mut total).cast(), parts.len());
        total = finish(total, is_mean.then_some(n));
        narrow::<I, F>((&raw const total).cast(), out, 1);
    }
}

/// Reduces rows of 16-bit numbers in `f32`: blocks of 64 rows by `f`, then their results by `f`.
///
/// # Safety
/// `cols` numbers at `out` and at each of the `rows` rows, which begin `stride` numbers apart; the processor has `I`.
#[inline(never)]
pub unsafe fn reduce_outer<I: Isa, F: Format>(
    f: ReduceOuter,
    is_mean: bool,
    x: *const u8,
    out: *mut u8,
    rows: usize,
    cols: usize,
    stride: usize,
) {
    let mut block = [0f32; REDUCE_BLOCK];
    let mut parts = vec![0f32; rows.div_ceil(REDUCE_SIDE) * REDUCE_SIDE];
    let mut totals = [0f32; REDUCE_SIDE];
    for col in (0..cols).step_by(REDUCE_SIDE) {
        let width = REDUCE_SIDE.min(cols - col);
        // SAFETY: height rows of width numbers fit in the block and lie in the input; parts has a row per block.
        unsafe {
            for (i, part) in parts.chunks_exact_mut(REDUCE_SIDE).enumerate() {
                let first = i * REDUCE_SIDE;
                let height = REDUCE_SIDE.min(rows - first);
                for row in 0..height {
                    let from = x.add(2 * ((first + row) * stride + col));
                    widen::<I, F>(from, block.as_mut_ptr().add(row * REDUCE_SIDE).cast(), width);
                }
                f(block.as_ptr().cast(), part.as_mut_ptr().cast(), height, width, REDUCE_SIDE);
            }
            f(parts.as_ptr().cast(), totals.as_mut_ptr().cast(), parts.len() / REDUCE_SIDE, width, REDUCE_SIDE);
            for total in &mut totals {
                *total = finish(*total, is_mean.then_some(rows));
            }
            narrow::<I, F>(totals.as_ptr().cast(), out.add(2 * col), width);
        }
    }
}
