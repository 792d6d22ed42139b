//! AVX-512: 16 `f32` or 8 `f64`, masks in mask registers, exponents by instructions of their own.
#![allow(unsafe_code, unused_unsafe)]
use super::x86::{intrinsics, register};
use super::{Avx2, Isa, Kernel, Level, Reg};
use core::arch::x86_64::*;
use core::ops::{BitAnd, BitOr, Not};
use ferroflow_ops::num::Float;

/// AVX-512 F, BW, DQ and VL.
pub struct Avx512;

impl Isa for Avx512 {
    const LEVEL: Level = Level::Avx512;
    type F32 = F32x16;
    type F64 = F64x8;
    type Ints = Avx2;

    #[target_feature(enable = "avx2,fma,bmi1,bmi2,f16c,avx512f,avx512bw,avx512dq,avx512vl")]
    unsafe fn enter<K: Kernel>(kernel: K) -> K::Output {
        kernel.run::<Self>()
    }
    #[inline(always)]
    unsafe fn load_f16(from: *const u16) -> F32x16 {
        F32x16(intrinsics!(_mm512_cvtph_ps(_mm256_loadu_si256(from.cast()))))
    }
    #[inline(always)]
    unsafe fn store_f16(x: F32x16, to: *mut u16) {
        intrinsics!(_mm256_storeu_si256(to.cast(), _mm512_cvtps_ph::<_MM_FROUND_TO_NEAREST_INT>(x.0)))
    }
    #[inline(always)]
    unsafe fn load_bf16(from: *const u16) -> F32x16 {
        F32x16(intrinsics!(_mm512_castsi512_ps(_mm512_slli_epi32::<16>(_mm512_cvtepu16_epi32(_mm256_loadu_si256(from.cast()))))))
    }
    #[inline(always)]
    unsafe fn store_bf16(x: F32x16, to: *mut u16) {
        intrinsics!({
            let bits = _mm512_castps_si512(x.0);
            let odd = _mm512_and_si512(_mm512_srli_epi32::<16>(bits), _mm512_set1_epi32(1));
            let rounded = _mm512_srli_epi32::<16>(_mm512_add_epi32(bits, _mm512_add_epi32(odd, _mm512_set1_epi32(0x7fff))));
            let nan = _mm512_or_si512(_mm512_srli_epi32::<16>(bits), _mm512_set1_epi32(0x40));
            let is_nan = _mm512_cmp_ps_mask::<_CMP_UNORD_Q>(x.0, x.0);
            let result = _mm512_mask_blend_epi32(is_nan, rounded, nan);
            _mm256_storeu_si256(to.cast(), _mm512_cvtepi32_epi16(result));
        })
    }
    #[inline(always)]
    unsafe fn stream_line(from: *const u8, to: *mut u8) {
        intrinsics!(_mm512_stream_si512(to.cast(), _mm512_loadu_si512(from.cast())))
    }
}

/// A mask register: one bit per lane.
#[derive(Clone, Copy)]
pub struct Mask<T>(pub T);

impl<T: BitOr<Output = T>> BitOr for Mask<T> {
    type Output = Self;
    #[inline(always)]
    fn bitor(self, other: Self) -> Self {
        Mask(self.0 | other.0)
    }
}
impl<T: BitAnd<Output = T>> BitAnd for Mask<T> {
    type Output = Self;
    #[inline(always)]
    fn bitand(self, other: Self) -> Self {
        Mask(self.0 & other.0)
    }
}
impl<T: Not<Output = T>> Not for Mask<T> {
    type Output = Self;
    #[inline(always)]
    fn not(self) -> Self {
        Mask(!self.0)
    }
}
type Mask16 = Mask<u16>;
type Mask8 = Mask<u8>;

register! {
    /// 16 `f32`.
    F32x16(__m512) of 16 f32, mask Mask16, wide F64x8;
    _mm512_add_ps _mm512_sub_ps _mm512_mul_ps _mm512_div_ps _mm512_fmadd_ps _mm512_sqrt_ps _mm512_max_ps _mm512_min_ps _mm512_xor_ps
    _mm512_set1_ps _mm512_loadu_ps _mm512_storeu_ps;
    #[inline(always)]
    fn abs(self) -> Self {
        F32x16(intrinsics!(_mm512_abs_ps(self.0)))
    }
    #[inline(always)]
    fn floor(self) -> Self {
        F32x16(intrinsics!(_mm512_roundscale_ps::<0x09>(self.0)))
    }
    #[inline(always)]
    fn round(self) -> Self {
        F32x16(intrinsics!(_mm512_roundscale_ps::<0x08>(self.0)))
    }
    #[inline(always)]
    fn copysign(self, sign: Self) -> Self {
        F32x16(intrinsics!(_mm512_castsi512_ps(_mm512_ternarylogic_epi32::<0xd8>(
            _mm512_castps_si512(self.0),
            _mm512_castps_si512(sign.0),
            _mm512_set1_epi32(i32::MIN)
        ))))
    }
    #[inline(always)]
    fn lt(self, other: Self) -> Mask16 {
        Mask(intrinsics!(_mm512_cmp_ps_mask::<_CMP_LT_OQ>(self.0, other.0)))
    }
    #[inline(always)]
    fn le(self, other: Self) -> Mask16 {
        Mask(intrinsics!(_mm512_cmp_ps_mask::<_CMP_LE_OQ>(self.0, other.0)))
    }
    #[inline(always)]
    fn eq(self, other: Self) -> Mask16 {
        Mask(intrinsics!(_mm512_cmp_ps_mask::<_CMP_EQ_OQ>(self.0, other.0)))
    }
    #[inline(always)]
    fn select(mask: Mask16, yes: Self, no: Self) -> Self {
        F32x16(intrinsics!(_mm512_mask_blend_ps(mask.0, no.0, yes.0)))
    }
    #[inline(always)]
    fn scale2(self, n: Self) -> Self {
        F32x16(intrinsics!(_mm512_scalef_ps(self.0, n.0)))
    }
    #[inline(always)]
    fn split2(self) -> (Self, Self) {
        let m = intrinsics!(_mm512_getmant_ps::<_MM_MANT_NORM_P75_1P5, _MM_MANT_SIGN_SRC>(self.0));
        (F32x16(m), F32x16(intrinsics!(_mm512_sub_ps(_mm512_getexp_ps(self.0), _mm512_getexp_ps(m)))))
    }
    #[inline(always)]
    fn widen(self) -> [F64x8; 2] {
        let low = intrinsics!(_mm512_cvtps_pd(_mm512_castps512_ps256(self.0)));
        [F64x8(low), F64x8(intrinsics!(_mm512_cvtps_pd(_mm512_extractf32x8_ps::<1>(self.0))))]
    }
    #[inline(always)]
    fn narrow([low, high]: [F64x8; 2]) -> Self {
        F32x16(intrinsics!(_mm512_insertf32x8::<1>(_mm512_castps256_ps512(_mm512_cvtpd_ps(low.0)), _mm512_cvtpd_ps(high.0))))
    }
    #[inline(always)]
    fn any(mask: Mask16) -> bool {
        mask.0 != 0
    }
}

/// What `fixupimm` does for each class of its operand: takes a NaN, quiet or not, and leaves all else.
const TAKE_NAN: i32 = 0x11;

impl F32x16 {
    /// `other` where that is NaN. Not by a mask: the compiler would make a masked load of it, which halves the speed of memory.
    #[inline(always)]
    fn or_nan_of(self, other: Self) -> Self {
        F32x16(intrinsics!(_mm512_fixupimm_ps::<0>(self.0, other.0, _mm512_set1_epi32(TAKE_NAN))))
    }
}

impl F64x8 {
    /// `other` where that is NaN.
    #[inline(always)]
    fn or_nan_of(self, other: Self) -> Self {
        F64x8(intrinsics!(_mm512_fixupimm_pd::<0>(self.0, other.0, _mm512_set1_epi64(i64::from(TAKE_NAN)))))
    }
}

register! {
    /// 8 `f64`.
    F64x8(__m512d) of 8 f64, mask Mask8, wide F64x8;
    _mm512_add_pd _mm512_sub_pd _mm512_mul_pd _mm512_div_pd _mm512_fmadd_pd _mm512_sqrt_pd _mm512_max_pd _mm512_min_pd _mm512_xor_pd
    _mm512_set1_pd _mm512_loadu_pd _mm512_storeu_pd;
    #[inline(always)]
    fn abs(self) -> Self {
        F64x8(intrinsics!(_mm512_abs_pd(self.0)))
    }
    #[inline(always)]
    fn floor(self) -> Self {
        F64x8(intrinsics!(_mm512_roundscale_pd::<0x09>(self.0)))
    }
    #[inline(always)]
    fn round(self) -> Self {
        F64x8(intrinsics!(_mm512_roundscale_pd::<0x08>(self.0)))
    }
    #[inline(always)]
    fn copysign(self, sign: Self) -> Self {
        F64x8(intrinsics!(_mm512_castsi512_pd(_mm512_ternarylogic_epi64::<0xd8>(
            _mm512_castpd_si512(self.0),
            _mm512_castpd_si512(sign.0),
            _mm512_set1_epi64(i64::MIN)
        ))))
    }
    #[inline(always)]
    fn lt(self, other: Self) -> Mask8 {
        Mask(intrinsics!(_mm512_cmp_pd_mask::<_CMP_LT_OQ>(self.0, other.0)))
    }
    #[inline(always)]
    fn le(self, other: Self) -> Mask8 {
        Mask(intrinsics!(_mm512_cmp_pd_mask::<_CMP_LE_OQ>(self.0, other.0)))
    }
    #[inline(always)]
    fn eq(self, other: Self) -> Mask8 {
        Mask(intrinsics!(_mm512_cmp_pd_mask::<_CMP_EQ_OQ>(self.0, other.0)))
    }
    #[inline(always)]
    fn select(mask: Mask8, yes: Self, no: Self) -> Self {
        F64x8(intrinsics!(_mm512_mask_blend_pd(mask.0, no.0, yes.0)))
    }
    #[inline(always)]
    fn scale2(self, n: Self) -> Self {
        F64x8(intrinsics!(_mm512_scalef_pd(self.0, n.0)))
    }
    #[inline(always)]
    fn split2(self) -> (Self, Self) {
        let m = intrinsics!(_mm512_getmant_pd::<_MM_MANT_NORM_P75_1P5, _MM_MANT_SIGN_SRC>(self.0));
        (F64x8(m), F64x8(intrinsics!(_mm512_sub_pd(_mm512_getexp_pd(self.0), _mm512_getexp_pd(m)))))
    }
    #[inline(always)]
    fn widen(self) -> [Self; 2] {
        [self; 2]
    }
    #[inline(always)]
    fn narrow(halves: [Self; 2]) -> Self {
        halves[0]
    }
    #[inline(always)]
    fn any(mask: Mask8) -> bool {
        mask.0 != 0
    }
}

/// Memory access of a register whose tails go by mask registers.
macro_rules! memory {
    ($Name:ident $t:ident $n:literal $bits:ident $block:literal, $load:ident $store:ident $masked_load:ident $masked_store:ident $set:ident $stream:ident;
     $($width:literal: |$x:ident| $upper:expr),*) => {
        impl Reg<$t> for $Name {
            const N: usize = $n;
            type Block = [Self; $block];
            #[inline(always)]
            fn block(x: Self) -> Self::Block {
                [x; $block]
            }
            #[inline(always)]
            unsafe fn load(from: *const $t) -> Self {
                $Name(intrinsics!($load(from)))
            }
            #[inline(always)]
            unsafe fn store(self, to: *mut $t) {
                intrinsics!($store(to, self.0))
            }
            #[inline(always)]
            unsafe fn stream(self, to: *mut $t) {
                intrinsics!($stream(to, self.0))
            }
            #[inline(always)]
            unsafe fn load_n(from: *const $t, n: usize) -> Self {
                $Name(intrinsics!($masked_load(((1u32 << n) - 1) as $bits, from)))
            }
            #[inline(always)]
            unsafe fn store_n(self, to: *mut $t, n: usize) {
                intrinsics!($masked_store(to, ((1u32 << n) - 1) as $bits, self.0))
            }
            #[inline(always)]
            fn upper(self, width: usize) -> Self {
                match width {
                    $($width => {
                        let $x = self.0;
                        $Name(intrinsics!($upper))
                    })*
                    _ => self,
                }
            }
            #[inline(always)]
            fn splat(x: $t) -> Self {
                $Name(intrinsics!($set(x)))
            }
            #[inline(always)]
            fn mask_bits(mask: Self::Mask) -> u32 {
                u32::from(mask.0)
            }
        }
    };
}
memory!(F32x16 f32 16 u16 4, _mm512_loadu_ps _mm512_storeu_ps _mm512_maskz_loadu_ps _mm512_mask_storeu_ps _mm512_set1_ps _mm512_stream_ps;
    8: |x| _mm512_shuffle_f32x4::<0b01_00_11_10>(x, x), 4: |x| _mm512_shuffle_f32x4::<0b10_11_00_01>(x, x),
    2: |x| _mm512_permute_ps::<0b01_00_11_10>(x), 1: |x| _mm512_permute_ps::<0b10_11_00_01>(x));
memory!(F64x8 f64 8 u8 4, _mm512_loadu_pd _mm512_storeu_pd _mm512_maskz_loadu_pd _mm512_mask_storeu_pd _mm512_set1_pd _mm512_stream_pd;
    4: |x| _mm512_shuffle_f64x2::<0b01_00_11_10>(x, x), 2: |x| _mm512_shuffle_f64x2::<0b10_11_00_01>(x, x),
    1: |x| _mm512_permute_pd::<0b0101_0101>(x));
