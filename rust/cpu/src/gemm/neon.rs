//! The NEON registers of the matrix kernels, which every 64-bit ARM processor has.
#![allow(unsafe_code)]

use super::lanes::Lanes;
use core::arch::aarch64::*;

/// Declares a register of `$n` numbers with its arithmetic, each method one or two instructions.
macro_rules! register {
    (
        $(#[$doc:meta])* $Name:ident($raw:ident) of $n:literal $t:ident;
        $dup:ident $load:ident $store:ident $fma:ident $add:ident $mul:ident $below_zero:ident $above:ident $choose:ident $zip1:ident $zip2:ident $sum:ident
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub(crate) struct $Name($raw);

        // SAFETY of the blocks below: the contract of `Lanes` gives the elements behind each pointer, and NEON is always there.
        impl Lanes for $Name {
            type Elem = $t;
            const N: usize = $n;
            #[inline(always)]
            unsafe fn splat(x: $t) -> Self {
                // SAFETY: see above.
                unsafe { $Name($dup(x)) }
            }
            #[inline(always)]
            unsafe fn load(p: *const $t) -> Self {
                // SAFETY: see above.
                unsafe { $Name($load(p)) }
            }
            #[inline(always)]
            unsafe fn load_part(p: *const $t, n: usize) -> Self {
                let mut lanes = [0.0; $n];
                for (i, x) in lanes.iter_mut().enumerate().take(n) {
                    // SAFETY: see above.
                    *x = unsafe { *p.add(i) };
                }
                // SAFETY: the array fills a register.
                unsafe { Self::load(lanes.as_ptr()) }
            }
            #[inline(always)]
            unsafe fn store(self, p: *mut $t) {
                // SAFETY: see above.
                unsafe { $store(p, self.0) }
            }
            #[inline(always)]
            unsafe fn stream(self, p: *mut $t) {
                // SAFETY: see above.
                unsafe { self.store(p) }
            }
            #[inline(always)]
            unsafe fn store_part(self, p: *mut $t, n: usize) {
                let mut lanes = [0.0; $n];
                // SAFETY: the array takes a register.
                unsafe { self.store(lanes.as_mut_ptr()) };
                for (i, x) in lanes.iter().enumerate().take(n) {
                    // SAFETY: see above.
                    unsafe { *p.add(i) = *x };
                }
            }
            #[inline(always)]
            unsafe fn mul_add(self, b: Self, c: Self) -> Self {
                // SAFETY: see above.
                unsafe { $Name($fma(c.0, self.0, b.0)) }
            }
            #[inline(always)]
            unsafe fn add(self, b: Self) -> Self {
                // SAFETY: see above.
                unsafe { $Name($add(self.0, b.0)) }
            }
            #[inline(always)]
            unsafe fn mul(self, b: Self) -> Self {
                // SAFETY: see above.
                unsafe { $Name($mul(self.0, b.0)) }
            }
            #[inline(always)]
            unsafe fn relu(self) -> Self {
                // SAFETY: see above; a NaN is not below zero.
                unsafe { $Name($choose($below_zero(self.0), $dup(0.0), self.0)) }
            }
            #[inline(always)]
            unsafe fn at_most(self, limit: Self) -> Self {
                // SAFETY: see above; a NaN is not above the limit.
                unsafe { $Name($choose($above(self.0, limit.0), limit.0, self.0)) }
            }
            #[inline(always)]
            unsafe fn interleave(a: Self, b: Self) -> (Self, Self) {
                // SAFETY: see above.
                unsafe { ($Name($zip1(a.0, b.0)), $Name($zip2(a.0, b.0))) }
            }
            #[inline(always)]
            unsafe fn sum(self) -> $t {
                // SAFETY: see above.
                unsafe { $sum(self.0) }
            }
        }
    };
}

register! {
    /// 4 `f32`.
    F32x4(float32x4_t) of 4 f32;
    vdupq_n_f32 vld1q_f32 vst1q_f32 vfmaq_f32 vaddq_f32 vmulq_f32 vcltzq_f32 vcgtq_f32 vbslq_f32 vzip1q_f32 vzip2q_f32 vaddvq_f32
}
register! {
    /// 2 `f64`.
    F64x2(float64x2_t) of 2 f64;
    vdupq_n_f64 vld1q_f64 vst1q_f64 vfmaq_f64 vaddq_f64 vmulq_f64 vcltzq_f64 vcgtq_f64 vbslq_f64 vzip1q_f64 vzip2q_f64 vaddvq_f64
}
