//! Loops of comparisons: floats in registers, integers and truth values left to the compiler.
use super::unary::store_mask;
use super::{SV, VS};
use crate::simd::{Elem, Isa, Kernel, Reg};
use core::marker::PhantomData;
use ferroflow_ops::elementwise::Compare;

struct Floats<O, T, const MODE: u8> {
    x: *const T,
    y: *const T,
    out: *mut u8,
    n: usize,
    op: PhantomData<O>,
}

impl<O: Compare, T: Elem, const MODE: u8> Kernel for Floats<O, T, MODE> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let Floats { x, y, out, n, .. } = self;
        if n == 0 {
            return;
        }
        let lanes = T::R::<I>::N;
        let whole = n - n % lanes;
        let mut i = 0;
        // SAFETY: all accesses are to elements i..i + lanes or to the last n % lanes, below n; a scalar is element 0.
        unsafe {
            let (scalar_x, scalar_y) = (T::R::<I>::splat(x.read_unaligned()), T::R::<I>::splat(y.read_unaligned()));
            while i < whole {
                let a = if MODE == SV { scalar_x } else { T::R::<I>::load(x.add(i)) };
                let b = if MODE == VS { scalar_y } else { T::R::<I>::load(y.add(i)) };
                store_mask::<T, T::R<I>>(O::eval(a, b), out.add(i), lanes);
                i += lanes;
            }
            if i < n {
                let a = if MODE == SV { scalar_x } else { T::R::<I>::load_n(x.add(i), n - i) };
                let b = if MODE == VS { scalar_y } else { T::R::<I>::load_n(y.add(i), n - i) };
                store_mask::<T, T::R<I>>(O::eval(a, b), out.add(i), n - i);
            }
        }
    }
}

/// Compares floats.
///
/// # Safety
/// `n` elements of `T` at each vector, one at a scalar, `n` bytes at `out`; the processor has `I`.
pub unsafe fn floats<I: Isa, O: Compare, T: Elem, const MODE: u8>(x: *const u8, y: *const u8, out: *mut u8, n: usize) {
    let kernel = Floats::<O, T, MODE> { x: x.cast(), y: y.cast(), out, n, op: PhantomData };
    // SAFETY: the caller's promise.
    unsafe { I::enter(kernel) }
}

struct Ints<O, T> {
    x: *const T,
    y: *const T,
    out: *mut u8,
    n: usize,
    op: PhantomData<O>,
}

impl<O: Compare, T: Ord + Copy> Kernel for Ints<O, T> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        for i in 0..self.n {
            // SAFETY: i is below n.
            unsafe {
                let truth = O::int(self.x.add(i).read_unaligned(), self.y.add(i).read_unaligned());
                self.out.add(i).write(u8::from(truth));
            }
        }
    }
}

/// Compares two vectors of integers or truth values.
///
/// # Safety
/// `n` elements of `T` at the inputs, `n` bytes at `out`; the processor has `I`.
pub unsafe fn ints<I: Isa, O: Compare, T: Ord + Copy>(x: *const u8, y: *const u8, out: *mut u8, n: usize) {
    let kernel = Ints::<O, T> { x: x.cast(), y: y.cast(), out, n, op: PhantomData };
    // SAFETY: the caller's promise.
    unsafe { I::enter(kernel) }
}
