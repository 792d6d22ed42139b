//! 64-bit ARM: the scalar bodies with fused multiply-add, which the compiler turns into NEON registers where it can.
//!
//! Compiled on aarch64 only. The project's own tests run on x86-64, so this file is not exercised there.
#![allow(unsafe_code)]
use super::{Isa, Kernel, Level, Portable};
use ferroflow_ops::num::Sc;

/// Every 64-bit ARM processor.
pub struct Neon;

impl Isa for Neon {
    const LEVEL: Level = Level::Neon;
    type F32 = Sc<f32, true>;
    type F64 = Sc<f64, true>;
    type Ints = Neon;

    #[inline(never)]
    unsafe fn enter<K: Kernel>(kernel: K) -> K::Output {
        kernel.run::<Self>()
    }
    #[inline(always)]
    unsafe fn load_f16(from: *const u16) -> Self::F32 {
        // SAFETY: the caller's promise is the same.
        Sc(unsafe { Portable::load_f16(from) }.0)
    }
    #[inline(always)]
    unsafe fn store_f16(x: Self::F32, to: *mut u16) {
        // SAFETY: the caller's promise is the same.
        unsafe { Portable::store_f16(Sc(x.0), to) }
    }
    #[inline(always)]
    unsafe fn load_bf16(from: *const u16) -> Self::F32 {
        // SAFETY: the caller's promise is the same.
        Sc(unsafe { Portable::load_bf16(from) }.0)
    }
    #[inline(always)]
    unsafe fn store_bf16(x: Self::F32, to: *mut u16) {
        // SAFETY: the caller's promise is the same.
        unsafe { Portable::store_bf16(Sc(x.0), to) }
    }
}
