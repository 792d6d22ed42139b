//! Products of 8-bit integers, summed in 32 bits.
#![allow(unsafe_code)]

use super::dots::{Bytes, Group, Groups, Words, grouped};
use super::driver::{self, Context, Problem, Run};
use super::kernel::After;
use super::lanes::Number;
use super::scratch::Scratch;
use super::{Mat, MatMut, Sizes, batch, fits, isa};
use crate::simd::Level;
use ferroflow_tensor::Result;

/// What makes a signed byte an unsigned one that is larger by 128.
const FLIP: u32 = 0x80;
/// That difference in each byte of a group.
const DIFFERENCE: Bytes = Bytes(0x8080_8080);

/// Products of bytes with `i32` results, which wrap: those of a batch as in [`gemm_batch`](super::gemm_batch), with the starts of
/// `a`, `b` and `c` in `offsets`. `signed` says for `a` and `b` whether a byte stands for -128 to 127 or for 0 to 255.
///
/// ```
/// use ferroflow_cpu::gemm::{Mat, MatMut, Sizes, gemm_bytes};
/// let (a, b, mut c) = ([100, 156], [200, 100], [0]);
/// let sizes = Sizes { m: 1, n: 1, k: 2 };
/// let out = MatMut::dense(&mut c, 1);
/// gemm_bytes(sizes, Mat::dense(&a, 2), Mat::dense(&b, 1), out, [&[0]; 3], [true, false], None, ferroflow_cpu::simd::isa())?;
/// assert_eq!(c, [100 * 200 - 100 * 100]);
/// # Ok::<(), ferroflow_tensor::Error>(())
/// ```
#[allow(clippy::too_many_arguments)]
pub fn gemm_bytes(
    sizes: Sizes,
    a: Mat<u8>,
    b: Mat<u8>,
    c: MatMut<i32>,
    offsets: [&[usize]; 3],
    signed: [bool; 2],
    poll: Option<&dyn Fn() -> bool>,
    isa: Level,
) -> Result<()> {
    if !fits(sizes, &a, &b, &c, offsets)? {
        return Ok(());
    }
    let (a_step, b_step) = ([a.row_stride, a.column_stride], [b.column_stride, b.row_stride]);
    let operands = Operands { sizes, a: a.data.as_ptr(), a_step, b: b.data.as_ptr(), b_step, signed };
    let (out, row) = (driver::Shared(c.data.as_mut_ptr()), c.row_stride);
    batch(sizes, offsets[2].len(), isa::usable(isa), poll, &|i, context| {
        let [a, b, c] = offsets.map(|o| o[i]);
        // SAFETY: every offset leaves room for its matrix, and results are disjoint, as was checked.
        unsafe { operands.at(a, b).product(out.get().add(c), row, context) }
    })
}

/// Two matrices, with the distances of vectors and of the terms in one.
#[derive(Clone, Copy)]
struct Operands {
    sizes: Sizes,
    a: *const u8,
    a_step: [usize; 2],
    b: *const u8,
    b_step: [usize; 2],
    signed: [bool; 2],
}

// SAFETY: the matrices are only read.
unsafe impl Sync for Operands {}

impl Operands {
    /// The matrices that start so many elements later.
    unsafe fn at(&self, a: usize, b: usize) -> Self {
        // SAFETY: the caller vouches for the matrices.
        unsafe { Operands { a: self.a.add(a), b: self.b.add(b), ..*self } }
    }

    /// Groups of the bytes of both.
    unsafe fn groups<E: Group>(&self, flip: u32, context: Context) -> [Groups<E>; 2] {
        let Sizes { m, n, k } = self.sizes;
        // SAFETY: the matrices have all their elements; bytes of either sign have the same size.
        unsafe {
            let a = match self.signed[0] && E::COUNT == 2 {
                true => Groups::new(self.a.cast::<i8>(), [m, k], self.a_step, flip, context),
                false => Groups::new(self.a, [m, k], self.a_step, flip, context),
            };
            let b = match self.signed[1] && E::COUNT == 2 {
                true => Groups::new(self.b.cast::<i8>(), [n, k], self.b_step, 0, context),
                false => Groups::new(self.b, [n, k], self.b_step, 0, context),
            };
            [a, b]
        }
    }

    /// One product; false if it was cancelled.
    unsafe fn product(&self, c: *mut i32, c_row: usize, context: Context) -> bool {
        let Sizes { m, n, k } = self.sizes;
        // SAFETY: the matrices have all their elements, and the results are ours.
        unsafe {
            let Some(kernels) = isa::bytes(context.isa).filter(|_| self.signed[1]) else {
                let [a, b] = self.groups::<Words>(0, context);
                let problem = grouped([m, n, k.div_ceil(Words::COUNT)], &a, &b, c.cast(), Words::ONE);
                return driver::product(&Problem { c_row, ..problem }, &Run::new(context));
            };
            let run = Run { kernels, context };
            let flip = if self.signed[0] { FLIP } else { 0 };
            let [a, b] = self.groups::<Bytes>(flip, context);
            let groups = k.div_ceil(Bytes::COUNT);
            let problem = Problem { c_row, ..grouped([m, n, groups], &a, &b, c.cast(), Bytes::ONE) };
            if flip == 0 {
                return driver::product(&problem, &run);
            }
            // Each number of `a` is larger by 128, and each result by as many sums of a column of `b`: these are taken off again.
            let more = Scratch::<Bytes>::new(n);
            let row = Problem { m: 1, a: &DIFFERENCE, a_row: 0, a_col: 0, c: more.ptr(), c_row: n, ..problem };
            if !driver::product(&row, &run) {
                return false;
            }
            for j in 0..n {
                let x = more.ptr().add(j);
                *x = Bytes((*x).0.wrapping_neg());
            }
            let after = After { bias: more.ptr().cast_const(), ..After::NONE };
            driver::product(&Problem { after, ..problem }, &run)
        }
    }
}
