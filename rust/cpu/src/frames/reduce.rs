//! Reductions of floats in registers.
//!
//! The order is fixed by the sizes alone: elements are rows of 64 `f32` or 32 `f64` lanes; 64 rows make a block, added
//! lane by lane; blocks are combined pairwise in a binary tree; at the end the lanes are folded in halves. Wide rows are
//! added to one another in bands of 64, then the bands. So the result is the same for every instruction set and thread
//! count, and its error grows with the logarithm of the length.
use crate::simd::{Elem, Isa, Kernel, Reg};
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use ferroflow_ops::elementwise::Reduce;
use ferroflow_ops::num::Float;

/// Rows of a block.
const BLOCK_ROWS: usize = 64;
/// Depth of the tree: enough for 2^48 blocks.
const DEPTH: usize = 48;
/// The most lanes of a row.
const MAX_LANES: usize = 64;

/// A block of lanes with every lane at the start value.
#[inline(always)]
fn start<I: Isa, O: Reduce, T: Elem>() -> <T::R<I> as Reg<T>>::Block {
    T::R::<I>::block(T::R::<I>::splat(T::from_f64(O::START)))
}

/// Combines two blocks lane by lane.
#[inline(always)]
fn combine<I: Isa, O: Reduce, T: Elem>(mut a: <T::R<I> as Reg<T>>::Block, b: <T::R<I> as Reg<T>>::Block) -> <T::R<I> as Reg<T>>::Block {
    // By index: `zip` is not inlined, and a call would leave the target features.
    for k in 0..a.as_ref().len() {
        a.as_mut()[k] = O::eval(a.as_ref()[k], b.as_ref()[k]);
    }
    a
}

/// Rows to be reduced: `width` of the lanes are there, the others read as 0.
#[derive(Clone, Copy)]
struct Rows<T> {
    x: *const T,
    stride: usize,
    width: usize,
}

/// Adds `rows` rows to fresh lanes one after another.
///
/// # Safety
/// `width` elements can be read at each row.
#[inline(always)]
unsafe fn one_block<I: Isa, O: Reduce, T: Elem>(at: Rows<T>, rows: usize) -> <T::R<I> as Reg<T>>::Block {
    let lanes = T::R::<I>::N;
    let mut sums = start::<I, O, T>();
    for row in 0..rows {
        // SAFETY: the caller's promise; each access is below width.
        unsafe {
            let from = at.x.add(row * at.stride);
            if at.width == T::LANES {
                for (k, sum) in sums.as_mut().iter_mut().enumerate() {
                    *sum = O::eval(*sum, T::R::<I>::load(from.add(k * lanes)));
                }
            } else {
                for (k, sum) in sums.as_mut().iter_mut().enumerate() {
                    let first = k * lanes;
                    if first + lanes <= at.width {
                        *sum = O::eval(*sum, T::R::<I>::load(from.add(first)));
                    } else if first < at.width {
                        *sum = O::eval(*sum, T::R::<I>::load_n(from.add(first), at.width - first));
                    }
                }
            }
        }
    }
    sums
}

/// Blocks of rows, made one after another.
trait Blocks<I: Isa, T: Elem> {
    /// The sum of `height` rows from `row` on, lane by lane.
    ///
    /// # Safety
    /// The rows are there.
    unsafe fn block<O: Reduce>(&mut self, row: usize, height: usize) -> <T::R<I> as Reg<T>>::Block;
}
impl<I: Isa, T: Elem> Blocks<I, T> for Rows<T> {
    #[inline(always)]
    unsafe fn block<O: Reduce>(&mut self, row: usize, height: usize) -> <T::R<I> as Reg<T>>::Block {
        // SAFETY: the caller's promise.
        unsafe { one_block::<I, O, T>(Rows { x: self.x.add(row * self.stride), ..*self }, height) }
    }
}

/// Elements that are computed as they are reduced, each once and from the first to the last.
pub(super) trait Source<I: Isa, T: Elem> {
    /// Elements `i..i + n`, at most a register full of them; other lanes hold anything.
    ///
    /// # Safety
    /// The elements are there.
    unsafe fn get(&mut self, i: usize, n: usize) -> T::R<I>;
}

/// Elements of a source as rows of lanes without gaps.
struct Made<'a, S>(&'a mut S);
impl<I: Isa, T: Elem, S: Source<I, T>> Blocks<I, T> for Made<'_, S> {
    #[inline(always)]
    unsafe fn block<O: Reduce>(&mut self, row: usize, height: usize) -> <T::R<I> as Reg<T>>::Block {
        let lanes = T::R::<I>::N;
        let mut sums = start::<I, O, T>();
        for row in row..row + height {
            for (k, sum) in sums.as_mut().iter_mut().enumerate() {
                // SAFETY: the caller's promise.
                *sum = O::eval(*sum, unsafe { self.0.get(row * T::LANES + k * lanes, lanes) });
            }
        }
        sums
    }
}

/// Elements that lie in memory.
struct Stored<T>(*const T);
impl<I: Isa, T: Elem> Source<I, T> for Stored<T> {
    #[inline(always)]
    unsafe fn get(&mut self, i: usize, n: usize) -> T::R<I> {
        // SAFETY: the caller's promise.
        unsafe { if n >= T::R::<I>::N { T::R::<I>::load(self.0.add(i)) } else { T::R::<I>::load_n(self.0.add(i), n) } }
    }
}

/// Adds any number of rows: blocks in a binary tree, kept as a stack of finished subtrees.
///
/// # Safety
/// `rows` rows are there.
#[inline(always)]
unsafe fn all_rows<I: Isa, O: Reduce, T: Elem>(mut from: impl Blocks<I, T>, rows: usize) -> <T::R<I> as Reg<T>>::Block {
    if rows <= BLOCK_ROWS {
        // SAFETY: the caller's promise.
        return unsafe { from.block::<O>(0, rows) };
    }
    let mut stack = [const { MaybeUninit::<<T::R<I> as Reg<T>>::Block>::uninit() }; DEPTH];
    let (mut depth, mut blocks, mut row) = (0, 0usize, 0);
    // SAFETY: rows are below `rows`; the stack holds as many blocks as `blocks` has bits set, which is
    // `depth` and below DEPTH, as memory does not hold 2^48 blocks.
    unsafe {
        while row < rows {
            let height = BLOCK_ROWS.min(rows - row);
            let mut sums = from.block::<O>(row, height);
            let mut finished = blocks;
            while finished & 1 == 1 {
                depth -= 1;
                sums = combine::<I, O, T>(stack.get_unchecked(depth).assume_init(), sums);
                finished >>= 1;
            }
            stack.get_unchecked_mut(depth).write(sums);
            depth += 1;
            blocks += 1;
            row += height;
        }
        depth -= 1;
        let mut sums = stack.get_unchecked(depth).assume_init();
        while depth > 0 {
            depth -= 1;
            sums = combine::<I, O, T>(stack.get_unchecked(depth).assume_init(), sums);
        }
        sums
    }
}

/// Writes the lanes of a block.
#[inline(always)]
fn lanes_of<I: Isa, T: Elem>(block: <T::R<I> as Reg<T>>::Block, lanes: &mut [T; MAX_LANES]) {
    for (k, register) in block.as_ref().iter().enumerate() {
        // SAFETY: a block has LANES lanes, at most MAX_LANES.
        unsafe { register.store(lanes.as_mut_ptr().add(k * T::R::<I>::N)) }
    }
}

/// Elements `first..n` of the last, shorter row that starts at `start`, a register at most; `neutral` in lanes that are not there.
///
/// # Safety
/// The elements are there.
#[inline(always)]
unsafe fn rest_of<I: Isa, T: Elem>(from: &mut impl Source<I, T>, start: usize, first: usize, n: usize, neutral: T::R<I>) -> T::R<I> {
    // SAFETY: the caller's promise; a register has at most 16 lanes.
    let (there, count) = unsafe { (from.get(start + first, n - first), T::R::<I>::load(T::COUNT.as_ptr())) };
    T::R::<I>::select(count.lt(T::R::<I>::splat(T::from_f64((n - first) as f64))), there, neutral)
}

/// Combines the `n` elements from `start` on, fewer than a row, with the lanes that they belong to.
///
/// # Safety
/// The elements are there.
#[inline(always)]
unsafe fn with_rest<I: Isa, O: Reduce, T: Elem>(
    mut sums: <T::R<I> as Reg<T>>::Block,
    from: &mut impl Source<I, T>,
    start: usize,
    n: usize,
) -> <T::R<I> as Reg<T>>::Block {
    let (lanes, neutral) = (T::R::<I>::N, T::R::<I>::splat(T::from_f64(O::START)));
    for (k, sum) in sums.as_mut().iter_mut().enumerate() {
        let first = k * lanes;
        // SAFETY: each access is below n.
        unsafe {
            if first + lanes <= n {
                *sum = O::eval(*sum, from.get(start + first, lanes));
            } else if first < n {
                *sum = O::eval(*sum, rest_of::<I, T>(from, start, first, n, neutral));
            }
        }
    }
    sums
}

/// A block of `n` elements, at most a row, and neutral lanes.
///
/// # Safety
/// The elements are there.
#[inline(always)]
unsafe fn part_of_row<I: Isa, O: Reduce, T: Elem>(from: &mut impl Source<I, T>, n: usize) -> <T::R<I> as Reg<T>>::Block {
    let (lanes, neutral) = (T::R::<I>::N, T::R::<I>::splat(T::from_f64(O::START)));
    let mut block = T::R::<I>::block(neutral);
    for (k, register) in block.as_mut().iter_mut().enumerate() {
        let first = k * lanes;
        // SAFETY: each access is below n.
        unsafe {
            if first + lanes <= n {
                *register = from.get(first, lanes);
            } else if first < n {
                *register = rest_of::<I, T>(from, 0, first, n, neutral);
            }
        }
    }
    block
}

/// Folds the first registers of a block in halves until one lane is left.
#[inline(always)]
fn folded<I: Isa, O: Reduce, T: Elem>(mut block: <T::R<I> as Reg<T>>::Block, used: usize) -> T {
    let registers = block.as_mut();
    let mut width = used.next_power_of_two();
    while width > 1 {
        width /= 2;
        for k in 0..width {
            registers[k] = O::eval(registers[k], registers[k + width]);
        }
    }
    let mut total = registers[0];
    let mut width = T::R::<I>::N;
    while width > 1 {
        width /= 2;
        total = O::eval(total, total.upper(width));
    }
    total.first()
}

/// Combines two numbers.
#[inline(always)]
fn pair<O: Reduce, T: Elem>(a: T, b: T) -> T {
    let mut result = a;
    // SAFETY: a register of one lane is written to one number.
    unsafe { O::eval(T::One::splat(a), T::One::splat(b)).store(&raw mut result) };
    result
}

/// `total / n`.
#[inline(always)]
fn divided<T: Elem>(total: T, n: usize) -> T {
    let mut result = total;
    // SAFETY: a register of one lane is written to one number.
    unsafe { (T::One::splat(total) / T::One::splat(T::from_f64(n as f64))).store(&raw mut result) };
    result
}

/// Reduces contiguous elements, without the division of a mean.
///
/// # Safety
/// `n` elements can be read.
#[inline(always)]
pub(super) unsafe fn any_length<I: Isa, O: Reduce, T: Elem>(x: *const T, n: usize) -> T {
    // SAFETY: the caller's promise.
    unsafe { as_made::<I, O, T>(&mut Stored(x), n) }
}

/// Reduces the `n` elements of a source as they are made, in the order and with the bits of [`any_length`].
///
/// # Safety
/// They are there.
#[inline(always)]
pub(super) unsafe fn as_made<I: Isa, O: Reduce, T: Elem>(from: &mut impl Source<I, T>, n: usize) -> T {
    let rows = n / T::LANES;
    let rest = n % T::LANES;
    // SAFETY: rows of LANES elements, and the rest after them, lie below n.
    unsafe {
        if rows == 0 {
            return folded::<I, O, T>(part_of_row::<I, O, T>(from, rest), rest.div_ceil(T::R::<I>::N).max(1));
        }
        let sums = all_rows::<I, O, T>(Made(from), rows);
        folded::<I, O, T>(with_rest::<I, O, T>(sums, from, rows * T::LANES, rest), T::LANES / T::R::<I>::N)
    }
}

struct Inner<O, T> {
    x: *const T,
    n: usize,
    op: PhantomData<O>,
}

impl<O: Reduce, T: Elem> Kernel for Inner<O, T> {
    type Output = T;
    #[inline(always)]
    fn run<I: Isa>(self) -> T {
        // SAFETY: who makes the kernel promises that n elements can be read.
        unsafe { any_length::<I, O, T>(self.x, self.n) }
    }
}

/// Reduces contiguous elements, without the division of a mean.
///
/// # Safety
/// `n` elements of `T` at `x`, one at `out`; the processor has `I`.
pub unsafe fn total<I: Isa, O: Reduce, T: Elem>(x: *const u8, out: *mut u8, n: usize) {
    let kernel = Inner::<O, T> { x: x.cast(), n, op: PhantomData };
    // SAFETY: the caller's promise.
    unsafe { out.cast::<T>().write_unaligned(I::enter(kernel)) }
}

/// Reduces contiguous elements.
///
/// # Safety
/// `n` elements of `T` at `x`, one at `out`; the processor has `I`.
pub unsafe fn inner<I: Isa, O: Reduce, T: Elem>(x: *const u8, out: *mut u8, n: usize) {
    let kernel = Inner::<O, T> { x: x.cast(), n, op: PhantomData };
    // SAFETY: the caller's promise.
    unsafe {
        let result = I::enter(kernel);
        out.cast::<T>().write_unaligned(if O::MEAN { divided(result, n) } else { result });
    }
}

/// Rows of at most LANES columns.
struct Narrow<O, T> {
    x: *const T,
    out: *mut T,
    rows: usize,
    cols: usize,
    stride: usize,
    op: PhantomData<O>,
}

impl<O: Reduce, T: Elem> Kernel for Narrow<O, T> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let Narrow { x, out, rows, cols, stride, .. } = self;
        // Rows that follow each other without gaps are taken several at a time.
        let side = if stride == cols && rows >= 2 * (T::LANES / cols) { T::LANES / cols } else { 1 };
        let (whole, width) = (rows / side, side * cols);
        let stride = if side > 1 { width } else { stride };
        let mut lanes = [T::from_f64(0.0); MAX_LANES];
        // SAFETY: the rows lie in the input, the columns in the output; width is at most LANES.
        unsafe {
            lanes_of::<I, T>(all_rows::<I, O, T>(Rows { x, stride, width }, whole), &mut lanes);
            for i in whole * width..if side > 1 { rows * cols } else { 0 } {
                let lane = (i - whole * width) % MAX_LANES;
                lanes[lane] = pair::<O, T>(lanes[lane], x.add(i).read_unaligned());
            }
            for i in cols..width {
                lanes[i % cols] = pair::<O, T>(lanes[i % cols], lanes[i % MAX_LANES]);
            }
            out.copy_from_nonoverlapping(lanes.as_ptr(), cols);
        }
    }
}

/// Columns whose results are kept in the first cache.
const TILE: usize = 1024;

/// A few wide rows: they are read one after another, as memory likes it.
struct Band<O, T> {
    x: *const T,
    out: *mut T,
    rows: usize,
    cols: usize,
    stride: usize,
    op: PhantomData<O>,
}

impl<O: Reduce, T: Elem> Kernel for Band<O, T> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let Band { x, out, rows, cols, stride, .. } = self;
        let lanes = T::R::<I>::N;
        let mut tile = [T::from_f64(O::START); TILE];
        let mut col = 0;
        while col < cols {
            let width = TILE.min(cols - col);
            let sums = tile.as_mut_ptr();
            let mut row = 0;
            // SAFETY: rows and columns lie within the input, `width` columns in the tile and in the output.
            unsafe {
                for i in 0..width {
                    sums.add(i).write(T::from_f64(O::START));
                }
                while row < rows {
                    let from = x.add(row * stride + col);
                    let four = row + 4 <= rows;
                    let mut i = 0;
                    while i + lanes <= width {
                        let mut sum = O::eval(T::R::<I>::load(sums.add(i)), T::R::<I>::load(from.add(i)));
                        if four {
                            sum = O::eval(sum, T::R::<I>::load(from.add(stride + i)));
                            sum = O::eval(sum, T::R::<I>::load(from.add(2 * stride + i)));
                            sum = O::eval(sum, T::R::<I>::load(from.add(3 * stride + i)));
                        }
                        sum.store(sums.add(i));
                        i += lanes;
                    }
                    let height = if four { 4 } else { 1 };
                    while i < width {
                        for k in 0..height {
                            sums.add(i).write(pair::<O, T>(sums.add(i).read(), from.add(k * stride + i).read_unaligned()));
                        }
                        i += 1;
                    }
                    row += height;
                }
                out.add(col).copy_from_nonoverlapping(sums, width);
            }
            col += width;
        }
    }
}

/// Reduces rows, without the division of a mean.
///
/// # Safety
/// `cols` elements of `T` at `out` and at each of the `rows` rows, which begin `stride` elements apart; the processor has `I`.
pub unsafe fn total_rows<I: Isa, O: Reduce, T: Elem>(x: *const u8, out: *mut u8, rows: usize, cols: usize, stride: usize) {
    let (x, out, op) = (x.cast::<T>(), out.cast::<T>(), PhantomData::<O>);
    if cols == 0 {
        return;
    }
    if cols <= T::LANES {
        // SAFETY: the caller's promise.
        return unsafe { I::enter(Narrow { x, out, rows, cols, stride, op }) };
    }
    if rows <= BLOCK_ROWS {
        // SAFETY: the caller's promise.
        return unsafe { I::enter(Band { x, out, rows, cols, stride, op }) };
    }
    let bands = rows.div_ceil(BLOCK_ROWS);
    let mut sums = vec![T::default(); bands * cols];
    for band in 0..bands {
        let (first, height) = (band * BLOCK_ROWS, BLOCK_ROWS.min(rows - band * BLOCK_ROWS));
        // SAFETY: the band lies within the rows, its result in the sums.
        unsafe { I::enter(Band { x: x.add(first * stride), out: sums.as_mut_ptr().add(band * cols), rows: height, cols, stride, op }) }
    }
    // SAFETY: the sums are rows without gaps.
    unsafe { total_rows::<I, O, T>(sums.as_ptr().cast(), out.cast(), bands, cols, cols) }
}

/// Reduces rows.
///
/// # Safety
/// As [`total_rows`].
pub unsafe fn outer<I: Isa, O: Reduce, T: Elem>(x: *const u8, out: *mut u8, rows: usize, cols: usize, stride: usize) {
    // SAFETY: the caller's promise; columns are below cols.
    unsafe {
        total_rows::<I, O, T>(x, out, rows, cols, stride);
        if O::MEAN {
            let out = out.cast::<T>();
            for col in 0..cols {
                out.add(col).write_unaligned(divided(out.add(col).read_unaligned(), rows));
            }
        }
    }
}
