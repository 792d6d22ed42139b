//! AVX2 with fused multiply-add: 8 `f32` or 4 `f64`; a mask is a register of all-ones or zero lanes.
#![allow(unsafe_code, unused_unsafe)]
use super::x86::{intrinsics, register};
use super::{Isa, Kernel, Level, Reg};
use core::arch::x86_64::*;
use core::ops::{BitAnd, BitOr, Not};
use ferroflow_ops::num::Float;

/// AVX2, FMA, BMI and F16C.
pub struct Avx2;

impl Isa for Avx2 {
    const LEVEL: Level = Level::Avx2;
    type F32 = F32x8;
    type F64 = F64x4;
    type Ints = Avx2;

    #[target_feature(enable = "avx2,fma,bmi1,bmi2,f16c")]
    unsafe fn enter<K: Kernel>(kernel: K) -> K::Output {
        kernel.run::<Self>()
    }
    #[inline(always)]
    unsafe fn load_f16(from: *const u16) -> F32x8 {
        F32x8(intrinsics!(_mm256_cvtph_ps(_mm_loadu_si128(from.cast()))))
    }
    #[inline(always)]
    unsafe fn store_f16(x: F32x8, to: *mut u16) {
        intrinsics!(_mm_storeu_si128(to.cast(), _mm256_cvtps_ph::<_MM_FROUND_TO_NEAREST_INT>(x.0)))
    }
    #[inline(always)]
    unsafe fn load_bf16(from: *const u16) -> F32x8 {
        F32x8(intrinsics!(_mm256_castsi256_ps(_mm256_slli_epi32::<16>(_mm256_cvtepu16_epi32(_mm_loadu_si128(from.cast()))))))
    }
    #[inline(always)]
    unsafe fn store_bf16(x: F32x8, to: *mut u16) {
        intrinsics!({
            let bits = _mm256_castps_si256(x.0);
            let odd = _mm256_and_si256(_mm256_srli_epi32::<16>(bits), _mm256_set1_epi32(1));
            let rounded = _mm256_srli_epi32::<16>(_mm256_add_epi32(bits, _mm256_add_epi32(odd, _mm256_set1_epi32(0x7fff))));
            let nan = _mm256_or_si256(_mm256_srli_epi32::<16>(bits), _mm256_set1_epi32(0x40));
            let is_nan = _mm256_castps_si256(_mm256_cmp_ps::<_CMP_UNORD_Q>(x.0, x.0));
            let result = _mm256_blendv_epi8(rounded, nan, is_nan);
            let packed = _mm256_packus_epi32(result, result);
            let low = _mm_unpacklo_epi64(_mm256_castsi256_si128(packed), _mm256_extracti128_si256::<1>(packed));
            _mm_storeu_si128(to.cast(), low);
        })
    }
    #[inline(always)]
    unsafe fn stream_line(from: *const u8, to: *mut u8) {
        intrinsics!({
            let (low, high) = (_mm256_loadu_si256(from.cast()), _mm256_loadu_si256(from.add(32).cast()));
            _mm256_stream_si256(to.cast(), low);
            _mm256_stream_si256(to.add(32).cast(), high);
        })
    }
}

/// Declares a mask type: a register whose lanes are all ones or zero.
macro_rules! mask {
    ($(#[$doc:meta])* $Name:ident($raw:ident), $or:ident $and:ident $xor:ident $ones:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub struct $Name(pub $raw);
        impl BitOr for $Name {
            type Output = Self;
            #[inline(always)]
            fn bitor(self, other: Self) -> Self {
                $Name(intrinsics!($or(self.0, other.0)))
            }
        }
        impl BitAnd for $Name {
            type Output = Self;
            #[inline(always)]
            fn bitand(self, other: Self) -> Self {
                $Name(intrinsics!($and(self.0, other.0)))
            }
        }
        impl Not for $Name {
            type Output = Self;
            #[inline(always)]
            fn not(self) -> Self {
                $Name(intrinsics!($xor(self.0, $ones)))
            }
        }
    };
}
mask!(
    /// A mask of 8 lanes.
    Mask8(__m256), _mm256_or_ps _mm256_and_ps _mm256_xor_ps _mm256_castsi256_ps(_mm256_set1_epi32(-1))
);
mask!(
    /// A mask of 4 lanes.
    Mask4(__m256d), _mm256_or_pd _mm256_and_pd _mm256_xor_pd _mm256_castsi256_pd(_mm256_set1_epi32(-1))
);

/// The bits of sqrt(1/2): where `split2` puts the seam between two exponents.
const SQRT_HALF_32: i32 = 0x3f35_04f3;
const SQRT_HALF_64: i64 = 0x3fe6_a09e_667f_3bcd;

register! {
    /// 8 `f32`.
    F32x8(__m256) of 8 f32, mask Mask8, wide F64x4;
    _mm256_add_ps _mm256_sub_ps _mm256_mul_ps _mm256_div_ps _mm256_fmadd_ps _mm256_sqrt_ps _mm256_max_ps _mm256_min_ps _mm256_xor_ps
    _mm256_set1_ps _mm256_loadu_ps _mm256_storeu_ps;
    #[inline(always)]
    fn abs(self) -> Self {
        F32x8(intrinsics!(_mm256_andnot_ps(_mm256_set1_ps(-0.0), self.0)))
    }
    #[inline(always)]
    fn floor(self) -> Self {
        F32x8(intrinsics!(_mm256_floor_ps(self.0)))
    }
    #[inline(always)]
    fn round(self) -> Self {
        F32x8(intrinsics!(_mm256_round_ps::<0x08>(self.0)))
    }
    #[inline(always)]
    fn copysign(self, sign: Self) -> Self {
        let bit = intrinsics!(_mm256_set1_ps(-0.0));
        F32x8(intrinsics!(_mm256_or_ps(_mm256_andnot_ps(bit, self.0), _mm256_and_ps(bit, sign.0))))
    }
    #[inline(always)]
    fn lt(self, other: Self) -> Mask8 {
        Mask8(intrinsics!(_mm256_cmp_ps::<_CMP_LT_OQ>(self.0, other.0)))
    }
    #[inline(always)]
    fn le(self, other: Self) -> Mask8 {
        Mask8(intrinsics!(_mm256_cmp_ps::<_CMP_LE_OQ>(self.0, other.0)))
    }
    #[inline(always)]
    fn eq(self, other: Self) -> Mask8 {
        Mask8(intrinsics!(_mm256_cmp_ps::<_CMP_EQ_OQ>(self.0, other.0)))
    }
    #[inline(always)]
    fn select(mask: Mask8, yes: Self, no: Self) -> Self {
        F32x8(intrinsics!(_mm256_blendv_ps(no.0, yes.0, mask.0)))
    }
    #[inline(always)]
    fn scale2(self, n: Self) -> Self {
        // Two factors, so that each is in range; only the last product can round.
        let n = intrinsics!(_mm256_cvtps_epi32(n.0));
        let half = intrinsics!(_mm256_srai_epi32::<1>(n));
        self * power_of_two_32(half) * power_of_two_32(intrinsics!(_mm256_sub_epi32(n, half)))
    }
    #[inline(always)]
    fn split2(self) -> (Self, Self) {
        let subnormal = self.lt(Self::lit(f64::from(f32::MIN_POSITIVE)));
        let x = Self::select(subnormal, self * Self::lit(33_554_432.0), self);
        intrinsics!({
            let shifted = _mm256_add_epi32(_mm256_castps_si256(x.0), _mm256_set1_epi32(0x3f80_0000 - SQRT_HALF_32));
            let digits = _mm256_and_si256(shifted, _mm256_set1_epi32(0x007f_ffff));
            let m = _mm256_add_epi32(digits, _mm256_set1_epi32(SQRT_HALF_32));
            let e = F32x8(_mm256_cvtepi32_ps(_mm256_sub_epi32(_mm256_srli_epi32::<23>(shifted), _mm256_set1_epi32(127))));
            (F32x8(_mm256_castsi256_ps(m)), Self::select(subnormal, e - Self::lit(25.0), e))
        })
    }
    #[inline(always)]
    fn widen(self) -> [F64x4; 2] {
        let low = intrinsics!(_mm256_cvtps_pd(_mm256_castps256_ps128(self.0)));
        [F64x4(low), F64x4(intrinsics!(_mm256_cvtps_pd(_mm256_extractf128_ps::<1>(self.0))))]
    }
    #[inline(always)]
    fn narrow([low, high]: [F64x4; 2]) -> Self {
        F32x8(intrinsics!(_mm256_insertf128_ps::<1>(_mm256_castps128_ps256(_mm256_cvtpd_ps(low.0)), _mm256_cvtpd_ps(high.0))))
    }
    #[inline(always)]
    fn any(mask: Mask8) -> bool {
        intrinsics!(_mm256_movemask_ps(mask.0) != 0)
    }
}

impl F32x8 {
    /// `other` where that is NaN.
    #[inline(always)]
    fn or_nan_of(self, other: Self) -> Self {
        Self::select(other.eq(other), self, other)
    }
}

impl F64x4 {
    /// `other` where that is NaN.
    #[inline(always)]
    fn or_nan_of(self, other: Self) -> Self {
        Self::select(other.eq(other), self, other)
    }
}

register! {
    /// 4 `f64`.
    F64x4(__m256d) of 4 f64, mask Mask4, wide F64x4;
    _mm256_add_pd _mm256_sub_pd _mm256_mul_pd _mm256_div_pd _mm256_fmadd_pd _mm256_sqrt_pd _mm256_max_pd _mm256_min_pd _mm256_xor_pd
    _mm256_set1_pd _mm256_loadu_pd _mm256_storeu_pd;
    #[inline(always)]
    fn abs(self) -> Self {
        F64x4(intrinsics!(_mm256_andnot_pd(_mm256_set1_pd(-0.0), self.0)))
    }
    #[inline(always)]
    fn floor(self) -> Self {
        F64x4(intrinsics!(_mm256_floor_pd(self.0)))
    }
    #[inline(always)]
    fn round(self) -> Self {
        F64x4(intrinsics!(_mm256_round_pd::<0x08>(self.0)))
    }
    #[inline(always)]
    fn copysign(self, sign: Self) -> Self {
        let bit = intrinsics!(_mm256_set1_pd(-0.0));
        F64x4(intrinsics!(_mm256_or_pd(_mm256_andnot_pd(bit, self.0), _mm256_and_pd(bit, sign.0))))
    }
    #[inline(always)]
    fn lt(self, other: Self) -> Mask4 {
        Mask4(intrinsics!(_mm256_cmp_pd::<_CMP_LT_OQ>(self.0, other.0)))
    }
    #[inline(always)]
    fn le(self, other: Self) -> Mask4 {
        Mask4(intrinsics!(_mm256_cmp_pd::<_CMP_LE_OQ>(self.0, other.0)))
    }
    #[inline(always)]
    fn eq(self, other: Self) -> Mask4 {
        Mask4(intrinsics!(_mm256_cmp_pd::<_CMP_EQ_OQ>(self.0, other.0)))
    }
    #[inline(always)]
    fn select(mask: Mask4, yes: Self, no: Self) -> Self {
        F64x4(intrinsics!(_mm256_blendv_pd(no.0, yes.0, mask.0)))
    }
    #[inline(always)]
    fn scale2(self, n: Self) -> Self {
        // Two factors, so that each is in range; only the last product can round.
        let half = (n * Self::lit(0.5)).round();
        self * power_of_two_64(half) * power_of_two_64(n - half)
    }
    #[inline(always)]
    fn split2(self) -> (Self, Self) {
        let subnormal = self.lt(Self::lit(f64::MIN_POSITIVE));
        let x = Self::select(subnormal, self * Self::lit(18_014_398_509_481_984.0), self);
        intrinsics!({
            let shifted = _mm256_add_epi64(_mm256_castpd_si256(x.0), _mm256_set1_epi64x(0x3ff0_0000_0000_0000 - SQRT_HALF_64));
            let digits = _mm256_and_si256(shifted, _mm256_set1_epi64x((1 << 52) - 1));
            let m = _mm256_add_epi64(digits, _mm256_set1_epi64x(SQRT_HALF_64));
            // There is no conversion from 64-bit integers: put the exponent into the digits of 2^52.
            let big = Self::lit(4_503_599_627_370_496.0);
            let e = F64x4(_mm256_or_pd(_mm256_castsi256_pd(_mm256_srli_epi64::<52>(shifted)), big.0)) - (big + Self::lit(1023.0));
            (F64x4(_mm256_castsi256_pd(m)), Self::select(subnormal, e - Self::lit(54.0), e))
        })
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
    fn any(mask: Mask4) -> bool {
        intrinsics!(_mm256_movemask_pd(mask.0) != 0)
    }
}

/// 2^n for `n` in -126..128.
#[inline(always)]
fn power_of_two_32(n: __m256i) -> F32x8 {
    F32x8(intrinsics!(_mm256_castsi256_ps(_mm256_slli_epi32::<23>(_mm256_add_epi32(n, _mm256_set1_epi32(127))))))
}

/// 2^n for an integral `n` in -1022..1024.
#[inline(always)]
fn power_of_two_64(n: F64x4) -> F64x4 {
    // Adding 3 * 2^51 leaves n in the low digits.
    let magic = F64x4::lit(6_755_399_441_055_744.0);
    intrinsics!({
        let exponent = _mm256_add_epi64(_mm256_castpd_si256((n + magic).0), _mm256_set1_epi64x(1023));
        F64x4(_mm256_castsi256_pd(_mm256_slli_epi64::<52>(exponent)))
    })
}

/// Ones, then zeros: a window on it is the mask of a tail.
static TAIL: [i32; 16] = [-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0];

/// Memory access of a register whose tails go by a window on [`TAIL`].
macro_rules! memory {
    ($Name:ident $t:ident $int:ident $n:literal $block:literal, $load:ident $store:ident $masked_load:ident $masked_store:ident $set:ident $bits:ident $stream:ident;
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
                let window = intrinsics!(_mm256_loadu_si256(TAIL.as_ptr().cast::<$int>().add($n - n).cast()));
                $Name(intrinsics!($masked_load(from, window)))
            }
            #[inline(always)]
            unsafe fn store_n(self, to: *mut $t, n: usize) {
                let window = intrinsics!(_mm256_loadu_si256(TAIL.as_ptr().cast::<$int>().add($n - n).cast()));
                intrinsics!($masked_store(to, window, self.0))
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
                intrinsics!($bits(mask.0)) as u32
            }
        }
    };
}
memory!(F32x8 f32 i32 8 8, _mm256_loadu_ps _mm256_storeu_ps _mm256_maskload_ps _mm256_maskstore_ps _mm256_set1_ps _mm256_movemask_ps _mm256_stream_ps;
    4: |x| _mm256_permute2f128_ps::<1>(x, x), 2: |x| _mm256_permute_ps::<0b01_00_11_10>(x), 1: |x| _mm256_permute_ps::<0b10_11_00_01>(x));
memory!(F64x4 f64 i64 4 8, _mm256_loadu_pd _mm256_storeu_pd _mm256_maskload_pd _mm256_maskstore_pd _mm256_set1_pd _mm256_movemask_pd _mm256_stream_pd;
    2: |x| _mm256_permute2f128_pd::<1>(x, x), 1: |x| _mm256_permute_pd::<0b0101>(x));
