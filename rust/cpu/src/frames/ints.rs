//! Loops of integer ops: scalar bodies that the compiler vectorises, for two vectors only.
use crate::simd::{Isa, Kernel};
use core::marker::PhantomData;
use ferroflow_ops::elementwise::{Binary, Fault, Unary};
use ferroflow_ops::num::Int;
use ferroflow_tensor::DType;

struct One<O, T> {
    x: *const T,
    out: *mut T,
    n: usize,
    op: PhantomData<O>,
}

impl<O: Unary, T: Int> Kernel for One<O, T> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        for i in 0..self.n {
            // SAFETY: i is below n.
            unsafe { self.out.add(i).write_unaligned(O::int(self.x.add(i).read_unaligned())) }
        }
    }
}

/// Applies `O` to each element.
///
/// # Safety
/// `n` elements of `T` at each pointer; the processor has `I`.
pub unsafe fn unary<I: Isa, O: Unary, T: Int>(x: *const u8, out: *mut u8, n: usize) {
    let kernel = One::<O, T> { x: x.cast(), out: out.cast(), n, op: PhantomData };
    // SAFETY: the caller's promise.
    unsafe { I::enter(kernel) }
}

struct Two<O, T> {
    x: *const T,
    y: *const T,
    out: *mut T,
    n: usize,
    op: PhantomData<O>,
}

impl<O: Binary, T: Int> Kernel for Two<O, T> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        for i in 0..self.n {
            // SAFETY: i is below n.
            unsafe {
                let result = O::int(self.x.add(i).read_unaligned(), self.y.add(i).read_unaligned());
                self.out.add(i).write_unaligned(result);
            }
        }
    }
}

/// Applies `O` to each pair.
///
/// # Safety
/// `n` elements of `T` at each pointer; the processor has `I`.
pub unsafe fn binary<I: Isa, O: Binary, T: Int>(x: *const u8, y: *const u8, out: *mut u8, n: usize) {
    let kernel = Two::<O, T> { x: x.cast(), y: y.cast(), out: out.cast(), n, op: PhantomData };
    // SAFETY: the caller's promise.
    unsafe { I::enter(kernel) }
}

/// Is any of `n` elements at fault?
unsafe fn any<T: Int>(fault: Fault, y: *const u8, n: usize) -> bool {
    let y = y.cast::<T>();
    // SAFETY: the caller's promise; i is below n.
    (0..n).any(|i| fault.is_caused_by(unsafe { y.add(i).read_unaligned() }))
}

/// See [`super::has_fault`]; false for dtypes that are not integers.
///
/// # Safety
/// `n` elements of the dtype can be read at `y`.
pub unsafe fn has_fault(fault: Fault, dtype: DType, y: *const u8, n: usize) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        match dtype {
            DType::Int8 => any::<i8>(fault, y, n),
            DType::Int16 => any::<i16>(fault, y, n),
            DType::Int32 => any::<i32>(fault, y, n),
            DType::Int64 => any::<i64>(fault, y, n),
            DType::UInt8 => any::<u8>(fault, y, n),
            DType::UInt16 => any::<u16>(fault, y, n),
            DType::UInt32 => any::<u32>(fault, y, n),
            DType::UInt64 => any::<u64>(fault, y, n),
            _ => false,
        }
    }
}
