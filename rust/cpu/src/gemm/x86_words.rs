//! AVX2 and AVX-512 registers of integers and of groups of narrow numbers: memory by the registers of floats, which hold any bits,
//! arithmetic of their own.
#![allow(unsafe_code)]

use super::dots::{Bytes, Halves, Words};
use super::lanes::{Lanes, Number};
use super::x86::{F32x8, F32x16, F64x8};
use core::arch::x86_64::*;

/// Arithmetic on the bits of a register.
pub(crate) trait Arithmetic: Copy + 'static {
    /// The numbers.
    type Elem: Number;
    /// The register of floats that holds them.
    type Bits: Lanes;
    /// Sums.
    ///
    /// # Safety
    /// As for [`Lanes`], here and below.
    unsafe fn add(a: Self::Bits, b: Self::Bits) -> Self::Bits;
    /// Products.
    unsafe fn mul(a: Self::Bits, b: Self::Bits) -> Self::Bits;
    /// The product of `a` and `b`, or of the groups in them, plus `c`.
    #[inline(always)]
    unsafe fn mul_add(a: Self::Bits, b: Self::Bits, c: Self::Bits) -> Self::Bits {
        // SAFETY: by the contract.
        unsafe { Self::add(Self::mul(a, b), c) }
    }
    /// The smaller ones.
    unsafe fn at_most(a: Self::Bits, limit: Self::Bits) -> Self::Bits;
    /// Zero for negative numbers.
    #[inline(always)]
    unsafe fn relu(a: Self::Bits) -> Self::Bits {
        a
    }
}

/// A register with such arithmetic.
#[derive(Clone, Copy)]
pub(crate) struct Register<A: Arithmetic>(A::Bits);

// SAFETY of the blocks below: the contract of `Lanes`; numbers and floats are of one size, and all bits are valid for both.
impl<A: Arithmetic> Lanes for Register<A> {
    type Elem = A::Elem;
    const N: usize = A::Bits::N;
    #[inline(always)]
    unsafe fn splat(x: A::Elem) -> Self {
        const { assert!(size_of::<A::Elem>() == size_of::<<A::Bits as Lanes>::Elem>()) };
        // SAFETY: see above.
        unsafe { Register(A::Bits::splat((&raw const x).cast::<<A::Bits as Lanes>::Elem>().read_unaligned())) }
    }
    #[inline(always)]
    unsafe fn load(p: *const A::Elem) -> Self {
        // SAFETY: see above.
        unsafe { Register(A::Bits::load(p.cast())) }
    }
    #[inline(always)]
    unsafe fn load_part(p: *const A::Elem, n: usize) -> Self {
        // SAFETY: see above.
        unsafe { Register(A::Bits::load_part(p.cast(), n)) }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut A::Elem) {
        // SAFETY: see above.
        unsafe { self.0.store(p.cast()) }
    }
    #[inline(always)]
    unsafe fn stream(self, p: *mut A::Elem) {
        // SAFETY: see above.
        unsafe { self.0.stream(p.cast()) }
    }
    #[inline(always)]
    unsafe fn store_part(self, p: *mut A::Elem, n: usize) {
        // SAFETY: see above.
        unsafe { self.0.store_part(p.cast(), n) }
    }
    #[inline(always)]
    unsafe fn mul_add(self, b: Self, c: Self) -> Self {
        // SAFETY: see above.
        unsafe { Register(A::mul_add(self.0, b.0, c.0)) }
    }
    #[inline(always)]
    unsafe fn add(self, b: Self) -> Self {
        // SAFETY: see above.
        unsafe { Register(A::add(self.0, b.0)) }
    }
    #[inline(always)]
    unsafe fn mul(self, b: Self) -> Self {
        // SAFETY: see above.
        unsafe { Register(A::mul(self.0, b.0)) }
    }
    #[inline(always)]
    unsafe fn relu(self) -> Self {
        // SAFETY: see above.
        unsafe { Register(A::relu(self.0)) }
    }
    #[inline(always)]
    unsafe fn at_most(self, limit: Self) -> Self {
        // SAFETY: see above.
        unsafe { Register(A::at_most(self.0, limit.0)) }
    }
    #[inline(always)]
    unsafe fn interleave(a: Self, b: Self) -> (Self, Self) {
        // SAFETY: see above.
        let (x, y) = unsafe { A::Bits::interleave(a.0, b.0) };
        (Register(x), Register(y))
    }
    #[inline(always)]
    unsafe fn sum(self) -> A::Elem {
        let mut lanes = [A::Elem::ZERO; 16];
        // SAFETY: a register has at most 16 lanes.
        unsafe { self.store(lanes.as_mut_ptr()) };
        lanes[1..Self::N].iter().fold(lanes[0], |s, x| s.plus(*x))
    }
}

/// Declares arithmetic on integers in a register of `$bits`.
macro_rules! integers {
    ($($(#[$doc:meta])* $Name:ident of $Elem:ty, $Bits:ident, $into:ident $back:ident, $add:ident $mul:ident $min:ident
        $(, |$a:ident, $b:ident, $c:ident| $mul_add:expr)?;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub(crate) struct $Name;

        // SAFETY of the blocks below: the contract of `Arithmetic`.
        impl Arithmetic for $Name {
            type Elem = $Elem;
            type Bits = $Bits;
            #[inline(always)]
            unsafe fn add(a: $Bits, b: $Bits) -> $Bits {
                // SAFETY: see above.
                unsafe { $Bits($back($add($into(a.0), $into(b.0)))) }
            }
            #[inline(always)]
            unsafe fn mul(a: $Bits, b: $Bits) -> $Bits {
                // SAFETY: see above.
                unsafe { $Bits($back($mul($into(a.0), $into(b.0)))) }
            }
            #[inline(always)]
            unsafe fn at_most(a: $Bits, limit: $Bits) -> $Bits {
                // SAFETY: see above.
                unsafe { $Bits($back($min($into(a.0), $into(limit.0)))) }
            }
            $(
                #[inline(always)]
                unsafe fn mul_add(a: $Bits, b: $Bits, c: $Bits) -> $Bits {
                    // SAFETY: see above.
                    unsafe {
                        let ($a, $b, $c) = ($into(a.0), $into(b.0), $into(c.0));
                        $Bits($back($mul_add))
                    }
                }
            )?
        }
    )*};
}
integers! {
    /// 32-bit integers.
    Wide32 of u32, F32x16, _mm512_castps_si512 _mm512_castsi512_ps, _mm512_add_epi32 _mm512_mullo_epi32 _mm512_min_epu32;
    /// 64-bit integers.
    Wide64 of u64, F64x8, _mm512_castpd_si512 _mm512_castsi512_pd, _mm512_add_epi64 _mm512_mullo_epi64 _mm512_min_epu64;
    /// Four bytes, unsigned ones of `a` times signed ones of `b`.
    WideBytes of Bytes, F32x16, _mm512_castps_si512 _mm512_castsi512_ps, _mm512_add_epi32 _mm512_mullo_epi32 _mm512_min_epu32,
        |a, b, c| _mm512_dpbusd_epi32(c, a, b);
    /// Pairs of 16-bit integers.
    WideWords of Words, F32x16, _mm512_castps_si512 _mm512_castsi512_ps, _mm512_add_epi32 _mm512_mullo_epi32 _mm512_min_epu32,
        |a, b, c| _mm512_add_epi32(c, _mm512_madd_epi16(a, b));
    /// The same in AVX registers.
    NarrowWords of Words, F32x8, _mm256_castps_si256 _mm256_castsi256_ps, _mm256_add_epi32 _mm256_mullo_epi32 _mm256_min_epu32,
        |a, b, c| _mm256_add_epi32(c, _mm256_madd_epi16(a, b));
}

/// Pairs of bfloat16, summed in `f32`; subnormal numbers count as zero.
#[derive(Clone, Copy)]
pub(crate) struct WideHalves;

// SAFETY of the blocks below: the contract of `Arithmetic`.
impl Arithmetic for WideHalves {
    type Elem = Halves;
    type Bits = F32x16;
    #[inline(always)]
    unsafe fn add(a: F32x16, b: F32x16) -> F32x16 {
        // SAFETY: see above.
        unsafe { a.add(b) }
    }
    #[inline(always)]
    unsafe fn mul(a: F32x16, b: F32x16) -> F32x16 {
        // SAFETY: see above.
        unsafe { a.mul(b) }
    }
    #[inline(always)]
    unsafe fn mul_add(a: F32x16, b: F32x16, c: F32x16) -> F32x16 {
        // SAFETY: see above; the registers have the same bits.
        unsafe {
            let (a, b) = (std::mem::transmute::<__m512, __m512bh>(a.0), std::mem::transmute::<__m512, __m512bh>(b.0));
            F32x16(_mm512_dpbf16_ps(c.0, a, b))
        }
    }
    #[inline(always)]
    unsafe fn at_most(a: F32x16, limit: F32x16) -> F32x16 {
        // SAFETY: see above.
        unsafe { a.at_most(limit) }
    }
    #[inline(always)]
    unsafe fn relu(a: F32x16) -> F32x16 {
        // SAFETY: see above.
        unsafe { a.relu() }
    }
}
