//! Loops of ops with two float operands: two vectors, or a vector and a scalar.
use super::{SV, VS};
use crate::simd::{Elem, Isa, Kernel, Reg};
use core::marker::PhantomData;
use ferroflow_ops::elementwise::Binary;

struct Map<O, T, const MODE: u8> {
    x: *const T,
    y: *const T,
    out: *mut T,
    n: usize,
    op: PhantomData<O>,
}

impl<O: Binary, T: Elem, const MODE: u8> Kernel for Map<O, T, MODE> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let Map { x, y, out, n, .. } = self;
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
                O::eval(a, b).store(out.add(i));
                i += lanes;
            }
            if i < n {
                let a = if MODE == SV { scalar_x } else { T::R::<I>::load_n(x.add(i), n - i) };
                let b = if MODE == VS { scalar_y } else { T::R::<I>::load_n(y.add(i), n - i) };
                O::eval(a, b).store_n(out.add(i), n - i);
            }
        }
    }
}

/// Applies `O` to each pair.
///
/// # Safety
/// `n` elements of `T` at each vector, one at a scalar; the processor has `I`.
pub unsafe fn binary<I: Isa, O: Binary, T: Elem, const MODE: u8>(x: *const u8, y: *const u8, out: *mut u8, n: usize) {
    let map = Map::<O, T, MODE> { x: x.cast(), y: y.cast(), out: out.cast(), n, op: PhantomData };
    // SAFETY: the caller's promise.
    unsafe { I::enter(map) }
}
