//! Loops of ops with one float operand, and of the float predicates.
use crate::simd::{Elem, Isa, Kernel, Reg};
use core::marker::PhantomData;
use ferroflow_ops::elementwise::{Predicate, Unary};

struct Map<O, T> {
    x: *const T,
    out: *mut T,
    n: usize,
    op: PhantomData<O>,
}

impl<O: Unary, T: Elem> Kernel for Map<O, T> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let Map { x, out, n, .. } = self;
        let lanes = T::R::<I>::N;
        let whole = n - n % lanes;
        let mut i = 0;
        // SAFETY: all accesses are to elements i..i + lanes or to the last n % lanes, below n.
        unsafe {
            while i < whole {
                O::eval(T::R::<I>::load(x.add(i))).store(out.add(i));
                i += lanes;
            }
            if i < n {
                O::eval(T::R::<I>::load_n(x.add(i), n - i)).store_n(out.add(i), n - i);
            }
        }
    }
}

/// Applies `O` to each element.
///
/// # Safety
/// `n` elements of `T` at each pointer; the processor has `I`.
pub unsafe fn unary<I: Isa, O: Unary, T: Elem>(x: *const u8, out: *mut u8, n: usize) {
    let map = Map::<O, T> { x: x.cast(), out: out.cast(), n, op: PhantomData };
    // SAFETY: the caller's promise.
    unsafe { I::enter(map) }
}

/// Writes the lanes of a mask as bytes 0 or 1.
///
/// # Safety
/// `n` bytes can be written; `n` is at most the number of lanes.
#[inline(always)]
pub(super) unsafe fn store_mask<T, V: Reg<T>>(mask: V::Mask, out: *mut u8, n: usize) {
    let bits = V::mask_bits(mask);
    if V::N == 1 {
        // SAFETY: the caller's promise, n is 1.
        unsafe { out.write(bits as u8) }
        return;
    }
    let low = spread(bits).to_le_bytes();
    let high = spread(bits >> 8).to_le_bytes();
    // SAFETY: the caller's promise; the copies are within n bytes.
    unsafe {
        if n == 16 {
            out.copy_from_nonoverlapping(low.as_ptr(), 8);
            out.add(8).copy_from_nonoverlapping(high.as_ptr(), 8);
        } else if n == 8 {
            out.copy_from_nonoverlapping(low.as_ptr(), 8);
        } else if n == 4 {
            out.copy_from_nonoverlapping(low.as_ptr(), 4);
        } else {
            for i in 0..n {
                out.add(i).write((bits >> i & 1) as u8);
            }
        }
    }
}

/// The low eight bits as eight bytes of 0 or 1.
#[inline(always)]
fn spread(bits: u32) -> u64 {
    let copies = u64::from(bits & 0xff) * 0x0101_0101_0101_0101;
    let one_each = copies & 0x8040_2010_0804_0201;
    ((one_each + 0x7f7f_7f7f_7f7f_7f7f) >> 7) & 0x0101_0101_0101_0101
}

struct Test<O, T> {
    x: *const T,
    out: *mut u8,
    n: usize,
    op: PhantomData<O>,
}

impl<O: Predicate, T: Elem> Kernel for Test<O, T> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let Test { x, out, n, .. } = self;
        let lanes = T::R::<I>::N;
        let whole = n - n % lanes;
        let mut i = 0;
        // SAFETY: all accesses are to elements i..i + lanes or to the last n % lanes, below n.
        unsafe {
            while i < whole {
                store_mask::<T, T::R<I>>(O::eval(T::R::<I>::load(x.add(i))), out.add(i), lanes);
                i += lanes;
            }
            if i < n {
                store_mask::<T, T::R<I>>(O::eval(T::R::<I>::load_n(x.add(i), n - i)), out.add(i), n - i);
            }
        }
    }
}

/// Writes the truth value of `O` for each element.
///
/// # Safety
/// `n` elements of `T` at `x`, `n` bytes at `out`; the processor has `I`.
pub unsafe fn predicate<I: Isa, O: Predicate, T: Elem>(x: *const u8, out: *mut u8, n: usize) {
    let test = Test::<O, T> { x: x.cast(), out, n, op: PhantomData };
    // SAFETY: the caller's promise.
    unsafe { I::enter(test) }
}
