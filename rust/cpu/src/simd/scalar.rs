//! One number at a time: what runs where nothing better is known, and the reference for the registers.
#![allow(unsafe_code)]
use super::{Isa, Kernel, Level, Reg};
use ferroflow_ops::num::Sc;
use ferroflow_tensor::{BF16, F16};

/// The baseline of the target architecture.
pub struct Portable;

impl Isa for Portable {
    const LEVEL: Level = Level::Portable;
    type F32 = Sc<f32, false>;
    type F64 = Sc<f64, false>;
    type Ints = Portable;

    #[inline(never)]
    unsafe fn enter<K: Kernel>(kernel: K) -> K::Output {
        kernel.run::<Self>()
    }
    #[inline(always)]
    unsafe fn load_f16(from: *const u16) -> Self::F32 {
        // SAFETY: the caller's pointer is good for one number.
        Sc(F16(unsafe { from.read_unaligned() }).to_f32())
    }
    #[inline(always)]
    unsafe fn store_f16(x: Self::F32, to: *mut u16) {
        // SAFETY: the caller's pointer is good for one number.
        unsafe { to.write_unaligned(F16::from_f32(x.0).0) }
    }
    #[inline(always)]
    unsafe fn load_bf16(from: *const u16) -> Self::F32 {
        // SAFETY: the caller's pointer is good for one number.
        Sc(BF16(unsafe { from.read_unaligned() }).to_f32())
    }
    #[inline(always)]
    unsafe fn store_bf16(x: Self::F32, to: *mut u16) {
        // SAFETY: the caller's pointer is good for one number.
        unsafe { to.write_unaligned(BF16::from_f32(x.0).0) }
    }
}

macro_rules! scalar_register {
    ($t:ident $block:literal) => {
        impl<const FMA: bool> Reg<$t> for Sc<$t, FMA> {
            const N: usize = 1;
            type Block = [Self; $block];
            #[inline(always)]
            fn block(x: Self) -> Self::Block {
                [x; $block]
            }
            #[inline(always)]
            unsafe fn load(from: *const $t) -> Self {
                // SAFETY: the caller's pointer is good for one number.
                Sc(unsafe { from.read_unaligned() })
            }
            #[inline(always)]
            unsafe fn store(self, to: *mut $t) {
                // SAFETY: the caller's pointer is good for one number.
                unsafe { to.write_unaligned(self.0) }
            }
            #[inline(always)]
            unsafe fn load_n(_: *const $t, _: usize) -> Self {
                Sc(0.0)
            }
            #[inline(always)]
            unsafe fn store_n(self, _: *mut $t, _: usize) {}
            #[inline(always)]
            fn upper(self, _: usize) -> Self {
                self
            }
            #[inline(always)]
            fn splat(x: $t) -> Self {
                Sc(x)
            }
            #[inline(always)]
            fn mask_bits(mask: bool) -> u32 {
                u32::from(mask)
            }
        }
    };
}
scalar_register!(f32 64);
scalar_register!(f64 32);
