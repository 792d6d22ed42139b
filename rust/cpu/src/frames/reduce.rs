//! Reductions of floats in registers.
//!
//! The order is fixed by the sizes alone: elements are rows of 64 `f32` or 32 `f64` lanes; 64 rows make a block, added
//! lane by lane; blocks are combined pairwise in a binary tree; at the end the lanes are folded in halves. So the result is
//! the same for every instruction set and thread count, and its error grows with the logarithm of the length.
use crate::simd::{Elem, Isa, Kernel, Reg};
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use ferroflow_ops::elementwise::Reduce;

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

/// Adds any number of rows: blocks in a binary tree, kept as a stack of finished subtrees.
///
/// # Safety
/// `width` elements can be read at each row.
#[inline(always)]
unsafe fn all_rows<I: Isa, O: Reduce, T: Elem>(at: Rows<T>, rows: usize) -> <T::R<I> as Reg<T>>::Block {
    if rows <= BLOCK_ROWS {
        // SAFETY: the caller's promise.
        return unsafe { one_block::<I, O, T>(at, rows) };
    }
    let mut stack = [const { MaybeUninit::<<T::R<I> as Reg<T>>::Block>::uninit() }; DEPTH];
    let (mut depth, mut blocks, mut row) = (0, 0usize, 0);
    // SAFETY: rows are below `rows`; the stack holds as many blocks as `blocks` has bits set, which is
    // `depth` and below DEPTH, as memory does not hold 2^48 blocks.
    unsafe {
        while row < rows {
            let height = BLOCK_ROWS.min(rows - row);
            let here = Rows { x: at.x.add(row * at.stride), ..at };
            let mut sums = one_block::<I, O, T>(here, height);
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

struct Inner<O, T> {
    x: *const T,
    n: usize,
    op: PhantomData<O>,
}

impl<O: Reduce, T: Elem> Kernel for Inner<O, T> {
    type Output = T;
    #[inline(always)]
    fn run<I: Isa>(self) -> T {
        let Inner { x, n, .. } = self;
        let rows = n / T::LANES;
        let rest = n % T::LANES;
        let mut lanes = [T::from_f64(O::START); MAX_LANES];
        // SAFETY: the rest lies after the whole rows, below n.
        unsafe { lanes.as_mut_ptr().copy_from_nonoverlapping(x.add(rows * T::LANES), rest) };
        let mut width = rest.next_power_of_two();
        if rows > 0 {
            width = T::LANES;
            // SAFETY: rows of LANES elements lie below n; the lanes array holds a row.
            unsafe {
                let sums = all_rows::<I, O, T>(Rows { x, stride: T::LANES, width }, rows);
                let last = one_block::<I, O, T>(Rows { x: lanes.as_ptr(), stride: 0, width }, 1);
                lanes_of::<I, T>(if rest > 0 { combine::<I, O, T>(sums, last) } else { sums }, &mut lanes);
            }
        }
        while width > 1 {
            width /= 2;
            // The remainders change nothing: they show the compiler that the indices are in bounds.
            for i in 0..width {
                lanes[i % MAX_LANES] = pair::<O, T>(lanes[i % MAX_LANES], lanes[(i + width) % MAX_LANES]);
            }
        }
        lanes[0]
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

struct Outer<O, T> {
    x: *const T,
    out: *mut T,
    rows: usize,
    cols: usize,
    stride: usize,
    op: PhantomData<O>,
}

impl<O: Reduce, T: Elem> Kernel for Outer<O, T> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let mut lanes = [T::from_f64(0.0); MAX_LANES];
        let mut col = 0;
        while col < self.cols {
            let width = T::LANES.min(self.cols - col);
            // SAFETY: columns col..col + width exist in every row and in the output.
            unsafe {
                let at = Rows { x: self.x.wrapping_add(col), stride: self.stride, width };
                lanes_of::<I, T>(all_rows::<I, O, T>(at, self.rows), &mut lanes);
                self.out.add(col).copy_from_nonoverlapping(lanes.as_ptr(), width);
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
    let kernel = Outer::<O, T> { x: x.cast(), out: out.cast(), rows, cols, stride, op: PhantomData };
    // SAFETY: the caller's promise.
    unsafe { I::enter(kernel) }
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
