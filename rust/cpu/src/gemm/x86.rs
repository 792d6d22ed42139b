//! The AVX2 and AVX-512 registers of the matrix kernels.
#![allow(unsafe_code)]

use super::lanes::Lanes;
use core::arch::x86_64::*;

/// 16 `f32` in an AVX-512 register.
#[derive(Clone, Copy)]
pub(crate) struct F32x16(pub __m512);

impl F32x16 {
    #[inline(always)]
    fn mask(n: usize) -> u16 {
        if n >= 16 { u16::MAX } else { (1 << n) - 1 }
    }
}

// SAFETY of the blocks below: the contract of `Lanes` gives the target features and the elements behind each pointer.
impl Lanes for F32x16 {
    type Elem = f32;
    const N: usize = 16;
    #[inline(always)]
    unsafe fn splat(x: f32) -> Self {
        // SAFETY: see above.
        unsafe { F32x16(_mm512_set1_ps(x)) }
    }
    #[inline(always)]
    unsafe fn load(p: *const f32) -> Self {
        // SAFETY: see above.
        unsafe { F32x16(_mm512_loadu_ps(p)) }
    }
    #[inline(always)]
    unsafe fn load_part(p: *const f32, n: usize) -> Self {
        // SAFETY: see above; masked-off lanes are not read.
        unsafe { F32x16(_mm512_maskz_loadu_ps(Self::mask(n), p)) }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut f32) {
        // SAFETY: see above.
        unsafe { _mm512_storeu_ps(p, self.0) }
    }
    #[inline(always)]
    unsafe fn stream(self, p: *mut f32) {
        // SAFETY: see above.
        unsafe { _mm512_stream_ps(p, self.0) }
    }
    #[inline(always)]
    unsafe fn store_part(self, p: *mut f32, n: usize) {
        // SAFETY: see above; masked-off lanes are not written.
        unsafe { _mm512_mask_storeu_ps(p, Self::mask(n), self.0) }
    }
    #[inline(always)]
    unsafe fn mul_add(self, b: Self, c: Self) -> Self {
        // SAFETY: see above.
        unsafe { F32x16(_mm512_fmadd_ps(self.0, b.0, c.0)) }
    }
    #[inline(always)]
    unsafe fn add(self, b: Self) -> Self {
        // SAFETY: see above.
        unsafe { F32x16(_mm512_add_ps(self.0, b.0)) }
    }
    #[inline(always)]
    unsafe fn mul(self, b: Self) -> Self {
        // SAFETY: see above.
        unsafe { F32x16(_mm512_mul_ps(self.0, b.0)) }
    }
    #[inline(always)]
    unsafe fn relu(self) -> Self {
        // SAFETY: see above; of two zeros or of a NaN the instruction returns the second operand.
        unsafe { F32x16(_mm512_max_ps(_mm512_setzero_ps(), self.0)) }
    }
    #[inline(always)]
    unsafe fn at_most(self, limit: Self) -> Self {
        // SAFETY: see above; of a NaN the instruction returns the second operand.
        unsafe { F32x16(_mm512_min_ps(limit.0, self.0)) }
    }
    #[inline(always)]
    unsafe fn interleave(a: Self, b: Self) -> (Self, Self) {
        // SAFETY: see above.
        unsafe {
            let lo = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
            let hi = _mm512_setr_epi32(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
            (F32x16(_mm512_permutex2var_ps(a.0, lo, b.0)), F32x16(_mm512_permutex2var_ps(a.0, hi, b.0)))
        }
    }
    #[inline(always)]
    unsafe fn sum(self) -> f32 {
        // SAFETY: see above.
        unsafe { _mm512_reduce_add_ps(self.0) }
    }
}

/// 8 `f64` in an AVX-512 register.
#[derive(Clone, Copy)]
pub(crate) struct F64x8(pub __m512d);

impl F64x8 {
    #[inline(always)]
    fn mask(n: usize) -> u8 {
        if n >= 8 { u8::MAX } else { (1 << n) - 1 }
    }
}

// SAFETY of the blocks below: the contract of `Lanes` gives the target features and the elements behind each pointer.
impl Lanes for F64x8 {
    type Elem = f64;
    const N: usize = 8;
    #[inline(always)]
    unsafe fn splat(x: f64) -> Self {
        // SAFETY: see above.
        unsafe { F64x8(_mm512_set1_pd(x)) }
    }
    #[inline(always)]
    unsafe fn load(p: *const f64) -> Self {
        // SAFETY: see above.
        unsafe { F64x8(_mm512_loadu_pd(p)) }
    }
    #[inline(always)]
    unsafe fn load_part(p: *const f64, n: usize) -> Self {
        // SAFETY: see above; masked-off lanes are not read.
        unsafe { F64x8(_mm512_maskz_loadu_pd(Self::mask(n), p)) }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut f64) {
        // SAFETY: see above.
        unsafe { _mm512_storeu_pd(p, self.0) }
    }
    #[inline(always)]
    unsafe fn stream(self, p: *mut f64) {
        // SAFETY: see above.
        unsafe { _mm512_stream_pd(p, self.0) }
    }
    #[inline(always)]
    unsafe fn store_part(self, p: *mut f64, n: usize) {
        // SAFETY: see above; masked-off lanes are not written.
        unsafe { _mm512_mask_storeu_pd(p, Self::mask(n), self.0) }
    }
    #[inline(always)]
    unsafe fn mul_add(self, b: Self, c: Self) -> Self {
        // SAFETY: see above.
        unsafe { F64x8(_mm512_fmadd_pd(self.0, b.0, c.0)) }
    }
    #[inline(always)]
    unsafe fn add(self, b: Self) -> Self {
        // SAFETY: see above.
        unsafe { F64x8(_mm512_add_pd(self.0, b.0)) }
    }
    #[inline(always)]
    unsafe fn mul(self, b: Self) -> Self {
        // SAFETY: see above.
        unsafe { F64x8(_mm512_mul_pd(self.0, b.0)) }
    }
    #[inline(always)]
    unsafe fn relu(self) -> Self {
        // SAFETY: see above; of two zeros or of a NaN the instruction returns the second operand.
        unsafe { F64x8(_mm512_max_pd(_mm512_setzero_pd(), self.0)) }
    }
    #[inline(always)]
    unsafe fn at_most(self, limit: Self) -> Self {
        // SAFETY: see above; of a NaN the instruction returns the second operand.
        unsafe { F64x8(_mm512_min_pd(limit.0, self.0)) }
    }
    #[inline(always)]
    unsafe fn interleave(a: Self, b: Self) -> (Self, Self) {
        // SAFETY: see above.
        unsafe {
            let lo = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11);
            let hi = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
            (F64x8(_mm512_permutex2var_pd(a.0, lo, b.0)), F64x8(_mm512_permutex2var_pd(a.0, hi, b.0)))
        }
    }
    #[inline(always)]
    unsafe fn sum(self) -> f64 {
        // SAFETY: see above.
        unsafe { _mm512_reduce_add_pd(self.0) }
    }
}

/// 8 `f32` in an AVX register.
#[derive(Clone, Copy)]
pub(crate) struct F32x8(pub __m256);

impl F32x8 {
    #[inline(always)]
    unsafe fn mask(n: usize) -> __m256i {
        // SAFETY: the caller's function has AVX2.
        unsafe { _mm256_cmpgt_epi32(_mm256_set1_epi32(n as i32), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7)) }
    }
}

// SAFETY of the blocks below: as for the AVX-512 registers.
impl Lanes for F32x8 {
    type Elem = f32;
    const N: usize = 8;
    #[inline(always)]
    unsafe fn splat(x: f32) -> Self {
        // SAFETY: see above.
        unsafe { F32x8(_mm256_set1_ps(x)) }
    }
    #[inline(always)]
    unsafe fn load(p: *const f32) -> Self {
        // SAFETY: see above.
        unsafe { F32x8(_mm256_loadu_ps(p)) }
    }
    #[inline(always)]
    unsafe fn load_part(p: *const f32, n: usize) -> Self {
        // SAFETY: see above; masked-off lanes are not read.
        unsafe { F32x8(_mm256_maskload_ps(p, Self::mask(n))) }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut f32) {
        // SAFETY: see above.
        unsafe { _mm256_storeu_ps(p, self.0) }
    }
    #[inline(always)]
    unsafe fn stream(self, p: *mut f32) {
        // SAFETY: see above.
        unsafe { _mm256_stream_ps(p, self.0) }
    }
    #[inline(always)]
    unsafe fn store_part(self, p: *mut f32, n: usize) {
        // SAFETY: see above; masked-off lanes are not written.
        unsafe { _mm256_maskstore_ps(p, Self::mask(n), self.0) }
    }
    #[inline(always)]
    unsafe fn mul_add(self, b: Self, c: Self) -> Self {
        // SAFETY: see above.
        unsafe { F32x8(_mm256_fmadd_ps(self.0, b.0, c.0)) }
    }
    #[inline(always)]
    unsafe fn add(self, b: Self) -> Self {
        // SAFETY: see above.
        unsafe { F32x8(_mm256_add_ps(self.0, b.0)) }
    }
    #[inline(always)]
    unsafe fn mul(self, b: Self) -> Self {
        // SAFETY: see above.
        unsafe { F32x8(_mm256_mul_ps(self.0, b.0)) }
    }
    #[inline(always)]
    unsafe fn relu(self) -> Self {
        // SAFETY: see above; of two zeros or of a NaN the instruction returns the second operand.
        unsafe { F32x8(_mm256_max_ps(_mm256_setzero_ps(), self.0)) }
    }
    #[inline(always)]
    unsafe fn at_most(self, limit: Self) -> Self {
        // SAFETY: see above; of a NaN the instruction returns the second operand.
        unsafe { F32x8(_mm256_min_ps(limit.0, self.0)) }
    }
    #[inline(always)]
    unsafe fn interleave(a: Self, b: Self) -> (Self, Self) {
        // SAFETY: see above.
        unsafe {
            let (x, y) = (_mm256_unpacklo_ps(a.0, b.0), _mm256_unpackhi_ps(a.0, b.0));
            (F32x8(_mm256_permute2f128_ps::<0x20>(x, y)), F32x8(_mm256_permute2f128_ps::<0x31>(x, y)))
        }
    }
    #[inline(always)]
    unsafe fn sum(self) -> f32 {
        // SAFETY: see above.
        unsafe {
            let x = _mm_add_ps(_mm256_castps256_ps128(self.0), _mm256_extractf128_ps::<1>(self.0));
            let x = _mm_add_ps(x, _mm_movehl_ps(x, x));
            _mm_cvtss_f32(_mm_add_ss(x, _mm_movehdup_ps(x)))
        }
    }
}

/// 4 `f64` in an AVX register.
#[derive(Clone, Copy)]
pub(crate) struct F64x4(__m256d);

impl F64x4 {
    #[inline(always)]
    unsafe fn mask(n: usize) -> __m256i {
        // SAFETY: the caller's function has AVX2.
        unsafe { _mm256_cmpgt_epi64(_mm256_set1_epi64x(n as i64), _mm256_setr_epi64x(0, 1, 2, 3)) }
    }
}

// SAFETY of the blocks below: as for the AVX-512 registers.
impl Lanes for F64x4 {
    type Elem = f64;
    const N: usize = 4;
    #[inline(always)]
    unsafe fn splat(x: f64) -> Self {
        // SAFETY: see above.
        unsafe { F64x4(_mm256_set1_pd(x)) }
    }
    #[inline(always)]
    unsafe fn load(p: *const f64) -> Self {
        // SAFETY: see above.
        unsafe { F64x4(_mm256_loadu_pd(p)) }
    }
    #[inline(always)]
    unsafe fn load_part(p: *const f64, n: usize) -> Self {
        // SAFETY: see above; masked-off lanes are not read.
        unsafe { F64x4(_mm256_maskload_pd(p, Self::mask(n))) }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut f64) {
        // SAFETY: see above.
        unsafe { _mm256_storeu_pd(p, self.0) }
    }
    #[inline(always)]
    unsafe fn stream(self, p: *mut f64) {
        // SAFETY: see above.
        unsafe { _mm256_stream_pd(p, self.0) }
    }
    #[inline(always)]
    unsafe fn store_part(self, p: *mut f64, n: usize) {
        // SAFETY: see above; masked-off lanes are not written.
        unsafe { _mm256_maskstore_pd(p, Self::mask(n), self.0) }
    }
    #[inline(always)]
    unsafe fn mul_add(self, b: Self, c: Self) -> Self {
        // SAFETY: see above.
        unsafe { F64x4(_mm256_fmadd_pd(self.0, b.0, c.0)) }
    }
    #[inline(always)]
    unsafe fn add(self, b: Self) -> Self {
        // SAFETY: see above.
        unsafe { F64x4(_mm256_add_pd(self.0, b.0)) }
    }
    #[inline(always)]
    unsafe fn mul(self, b: Self) -> Self {
        // SAFETY: see above.
        unsafe { F64x4(_mm256_mul_pd(self.0, b.0)) }
    }
    #[inline(always)]
    unsafe fn relu(self) -> Self {
        // SAFETY: see above; of two zeros or of a NaN the instruction returns the second operand.
        unsafe { F64x4(_mm256_max_pd(_mm256_setzero_pd(), self.0)) }
    }
    #[inline(always)]
    unsafe fn at_most(self, limit: Self) -> Self {
        // SAFETY: see above; of a NaN the instruction returns the second operand.
        unsafe { F64x4(_mm256_min_pd(limit.0, self.0)) }
    }
    #[inline(always)]
    unsafe fn interleave(a: Self, b: Self) -> (Self, Self) {
        // SAFETY: see above.
        unsafe {
            let (x, y) = (_mm256_unpacklo_pd(a.0, b.0), _mm256_unpackhi_pd(a.0, b.0));
            (F64x4(_mm256_permute2f128_pd::<0x20>(x, y)), F64x4(_mm256_permute2f128_pd::<0x31>(x, y)))
        }
    }
    #[inline(always)]
    unsafe fn sum(self) -> f64 {
        // SAFETY: see above.
        unsafe {
            let x = _mm_add_pd(_mm256_castpd256_pd128(self.0), _mm256_extractf128_pd::<1>(self.0));
            _mm_cvtsd_f64(_mm_add_sd(x, _mm_unpackhi_pd(x, x)))
        }
    }
}
