//! Quicksort of unsigned integers in AVX-512 registers: parts are split by compressing registers, short ones go through networks.
#![allow(unsafe_code)]
use core::arch::x86_64::*;

/// Integers of a width, as the lanes of a register. All of it needs AVX-512, and memory for the lanes that are read or written.
#[allow(clippy::missing_safety_doc)] // said above, for all
pub trait Lanes: Copy + Ord + 'static {
    /// The most lanes of a register.
    const N: usize;
    /// The largest integer.
    const MAX: Self;
    /// The lanes of a register from the last to the first.
    const REVERSE: [Self; 16];
    /// `x` in all lanes.
    unsafe fn splat(x: Self) -> __m512i;
    /// Reads `n` lanes; the others have all bits set.
    unsafe fn load_n(from: *const Self, n: usize) -> __m512i;
    /// Writes the first `n` lanes.
    unsafe fn store_n(x: __m512i, to: *mut Self, n: usize);
    /// Reads all lanes.
    unsafe fn load(from: *const Self) -> __m512i;
    /// Writes all lanes.
    unsafe fn store(x: __m512i, to: *mut Self);
    /// The smaller of each lane.
    unsafe fn least(a: __m512i, b: __m512i) -> __m512i;
    /// The larger of each lane.
    unsafe fn most(a: __m512i, b: __m512i) -> __m512i;
    /// Where `a < b`.
    unsafe fn below(a: __m512i, b: __m512i) -> u32;
    /// Where `a <= b`.
    unsafe fn up_to(a: __m512i, b: __m512i) -> u32;
    /// The lanes of the mask, moved to the front.
    unsafe fn compress(mask: u32, x: __m512i) -> __m512i;
    /// The first lanes of `x` in the lanes of the mask, `over` in the others.
    unsafe fn expand(over: __m512i, mask: u32, x: __m512i) -> __m512i;
    /// Lane `order[i]` in lane `i`.
    unsafe fn permute(order: __m512i, x: __m512i) -> __m512i;
    /// Lane `i ^ with` in lane `i`, for a power of two.
    unsafe fn xor_lanes(x: __m512i, with: usize) -> __m512i;
    /// `yes` in the lanes of the mask.
    unsafe fn blend(mask: u32, no: __m512i, yes: __m512i) -> __m512i;
}

macro_rules! lanes {
    ($t:ty, $n:literal, $mask:ty, $reverse:expr, $set:ident $loads:ident $stores:ident $min:ident $max:ident $lt:ident $le:ident $compress:ident $expand:ident $permute:ident $blend:ident; $($width:literal: |$x:ident| $swapped:expr),*) => {
        impl Lanes for $t {
            const N: usize = $n;
            const MAX: Self = <$t>::MAX;
            const REVERSE: [Self; 16] = $reverse;
            #[inline]
            #[target_feature(enable = "avx512f")]
            unsafe fn splat(x: Self) -> __m512i {
                $set(x as _)
            }
            #[inline]
            #[target_feature(enable = "avx512f")]
            unsafe fn load_n(from: *const Self, n: usize) -> __m512i {
                // SAFETY: the caller's promise.
                unsafe { $loads(_mm512_set1_epi8(-1), ((1u32 << n) - 1) as $mask, from.cast()) }
            }
            #[inline]
            #[target_feature(enable = "avx512f")]
            unsafe fn store_n(x: __m512i, to: *mut Self, n: usize) {
                // SAFETY: the caller's promise.
                unsafe { $stores(to.cast(), ((1u32 << n) - 1) as $mask, x) }
            }
            #[inline]
            #[target_feature(enable = "avx512f")]
            unsafe fn load(from: *const Self) -> __m512i {
                // SAFETY: the caller's promise.
                unsafe { _mm512_loadu_si512(from.cast()) }
            }
            #[inline]
            #[target_feature(enable = "avx512f")]
            unsafe fn store(x: __m512i, to: *mut Self) {
                // SAFETY: the caller's promise.
                unsafe { _mm512_storeu_si512(to.cast(), x) }
            }
            #[inline]
            #[target_feature(enable = "avx512f")]
            unsafe fn least(a: __m512i, b: __m512i) -> __m512i {
                $min(a, b)
            }
            #[inline]
            #[target_feature(enable = "avx512f")]
            unsafe fn most(a: __m512i, b: __m512i) -> __m512i {
                $max(a, b)
            }
            #[inline]
            #[target_feature(enable = "avx512f")]
            unsafe fn below(a: __m512i, b: __m512i) -> u32 {
                u32::from($lt(a, b))
            }
            #[inline]
            #[target_feature(enable = "avx512f")]
            unsafe fn up_to(a: __m512i, b: __m512i) -> u32 {
                u32::from($le(a, b))
            }
            #[inline]
            #[target_feature(enable = "avx512f")]
            unsafe fn compress(mask: u32, x: __m512i) -> __m512i {
                $compress(mask as $mask, x)
            }
            #[inline]
            #[target_feature(enable = "avx512f")]
            unsafe fn expand(over: __m512i, mask: u32, x: __m512i) -> __m512i {
                $expand(over, mask as $mask, x)
            }
            #[inline]
            #[target_feature(enable = "avx512f")]
            unsafe fn permute(order: __m512i, x: __m512i) -> __m512i {
                $permute(order, x)
            }
            #[inline]
            #[target_feature(enable = "avx512f")]
            unsafe fn xor_lanes(x: __m512i, with: usize) -> __m512i {
                match with {
                    $($width => { let $x = x; $swapped })*
                    _ => x,
                }
            }
            #[inline]
            #[target_feature(enable = "avx512f")]
            unsafe fn blend(mask: u32, no: __m512i, yes: __m512i) -> __m512i {
                $blend(mask as $mask, no, yes)
            }
        }
    };
}
lanes!(u32, 16, u16, [15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    _mm512_set1_epi32 _mm512_mask_loadu_epi32 _mm512_mask_storeu_epi32 _mm512_min_epu32 _mm512_max_epu32
    _mm512_cmplt_epu32_mask _mm512_cmple_epu32_mask _mm512_maskz_compress_epi32 _mm512_mask_expand_epi32 _mm512_permutexvar_epi32
    _mm512_mask_blend_epi32;
    8: |x| _mm512_shuffle_i64x2::<0b01_00_11_10>(x, x), 4: |x| _mm512_shuffle_i64x2::<0b10_11_00_01>(x, x),
    2: |x| _mm512_shuffle_epi32::<0b01_00_11_10>(x), 1: |x| _mm512_shuffle_epi32::<0b10_11_00_01>(x));
lanes!(u64, 8, u8, [7, 6, 5, 4, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    _mm512_set1_epi64 _mm512_mask_loadu_epi64 _mm512_mask_storeu_epi64 _mm512_min_epu64 _mm512_max_epu64
    _mm512_cmplt_epu64_mask _mm512_cmple_epu64_mask _mm512_maskz_compress_epi64 _mm512_mask_expand_epi64 _mm512_permutexvar_epi64
    _mm512_mask_blend_epi64;
    4: |x| _mm512_shuffle_i64x2::<0b01_00_11_10>(x, x), 2: |x| _mm512_shuffle_i64x2::<0b10_11_00_01>(x, x),
    1: |x| _mm512_shuffle_epi32::<0b01_00_11_10>(x));

/// Lanes `i` with bit `j` of `i` set, turned round where bit `k` is set: where a step of a network takes the larger one.
const fn larger(j: usize, k: usize) -> u32 {
    let (mut mask, mut i) = (0, 0);
    while i < 16 {
        if (i & j != 0) != (i & k != 0) {
            mask |= 1 << i;
        }
        i += 1;
    }
    mask
}

/// Registers of a list that goes through a network.
pub const SHORT: usize = 8;

/// One step of a network within each register: lanes `i` and `i ^ J` are put in order, the other way round where `BIT` is set.
#[inline]
#[target_feature(enable = "avx512f")]
unsafe fn step<K: Lanes, const M: usize, const J: usize, const BIT: usize>(v: &mut [__m512i; M]) {
    for x in v {
        // SAFETY: the processor has AVX-512.
        unsafe {
            let y = K::xor_lanes(*x, J);
            *x = K::blend(const { larger(J, BIT) }, K::least(*x, y), K::most(*x, y));
        }
    }
}

/// Sorts registers as one list.
#[inline]
#[target_feature(enable = "avx512f")]
unsafe fn network<K: Lanes, const M: usize>(v: &mut [__m512i; M]) {
    // SAFETY: the processor has AVX-512.
    unsafe {
        step::<K, M, 1, 2>(v);
        step::<K, M, 2, 4>(v);
        step::<K, M, 1, 4>(v);
        if K::N == 16 {
            step::<K, M, 4, 8>(v);
            step::<K, M, 2, 8>(v);
            step::<K, M, 1, 8>(v);
        }
        within::<K, M>(v);
        let reverse = K::load_n(K::REVERSE.as_ptr(), K::N);
        let mut size = 1;
        while size < M {
            // Each second list is turned round, which makes pairs bitonic.
            for pair in v.chunks_exact_mut(2 * size) {
                pair[size..].reverse();
                for x in &mut pair[size..] {
                    *x = K::permute(reverse, *x);
                }
            }
            let mut apart = size;
            while apart > 0 {
                for i in 0..M {
                    if i & apart == 0 {
                        (v[i], v[i + apart]) = (K::least(v[i], v[i + apart]), K::most(v[i], v[i + apart]));
                    }
                }
                apart /= 2;
            }
            within::<K, M>(v);
            size *= 2;
        }
    }
}

/// Puts bitonic registers in order, each by itself.
#[inline]
#[target_feature(enable = "avx512f")]
unsafe fn within<K: Lanes, const M: usize>(v: &mut [__m512i; M]) {
    // SAFETY: the processor has AVX-512.
    unsafe {
        if K::N == 16 {
            step::<K, M, 8, 0>(v);
        }
        step::<K, M, 4, 0>(v);
        step::<K, M, 2, 0>(v);
        step::<K, M, 1, 0>(v);
    }
}

/// Sorts at most `M` registers full.
///
/// # Safety
/// The processor has AVX-512, and at most `M` registers have room for `n`.
#[inline]
#[target_feature(enable = "avx512f")]
unsafe fn short<K: Lanes, const M: usize>(x: &mut [K]) {
    let (n, at) = (x.len(), x.as_mut_ptr());
    // SAFETY: all accesses are below n.
    unsafe {
        let mut v = [K::splat(K::MAX); M];
        for (i, register) in v.iter_mut().enumerate() {
            let first = (i * K::N).min(n);
            *register = K::load_n(at.add(first), (n - first).min(K::N));
        }
        network::<K, M>(&mut v);
        for (i, register) in v.iter().enumerate() {
            let first = (i * K::N).min(n);
            K::store_n(*register, at.add(first), (n - first).min(K::N));
        }
    }
}

/// Registers that are read at a time when a list is split, from the end that has less room.
const AT_ONCE: usize = 4;

/// Registers written to both ends of a list: those lanes that belong to the front, then the others.
struct Ends<K> {
    at: *mut K,
    pivot: __m512i,
    /// What is written lies before and behind these.
    low: usize,
    high: usize,
}

impl<K: Lanes> Ends<K> {
    /// Writes registers.
    ///
    /// # Safety
    /// The processor has AVX-512, and each end has room for all of them.
    #[inline]
    #[target_feature(enable = "avx512f")]
    unsafe fn put<const M: usize, const INCLUSIVE: bool>(&mut self, v: [__m512i; M]) {
        for x in v {
            // SAFETY: the caller's promise.
            unsafe {
                let mask = if INCLUSIVE { K::up_to(x, self.pivot) } else { K::below(x, self.pivot) };
                let count = mask.count_ones() as usize;
                let both = K::expand(K::compress(mask, x), u32::MAX << count, K::compress(!mask, x));
                K::store(both, self.at.add(self.low));
                K::store(both, self.at.add(self.high - K::N));
                self.low += count;
                self.high -= K::N - count;
            }
        }
    }
    /// Writes the first `n` lanes of a register, and no others.
    ///
    /// # Safety
    /// The processor has AVX-512, and there is room for them.
    #[inline]
    #[target_feature(enable = "avx512f")]
    unsafe fn put_n<const INCLUSIVE: bool>(&mut self, x: __m512i, n: usize) {
        // SAFETY: the caller's promise.
        unsafe {
            let mask = if INCLUSIVE { K::up_to(x, self.pivot) } else { K::below(x, self.pivot) };
            let there = ((1u64 << n) - 1) as u32;
            let count = (mask & there).count_ones() as usize;
            K::store_n(K::compress(mask & there, x), self.at.add(self.low), count);
            self.low += count;
            self.high -= n - count;
            K::store_n(K::compress(!mask & there, x), self.at.add(self.high), n - count);
        }
    }
}

/// Reads registers that follow each other.
///
/// # Safety
/// The processor has AVX-512, and they can be read.
#[inline]
#[target_feature(enable = "avx512f")]
unsafe fn several<K: Lanes, const M: usize>(from: *const K) -> [__m512i; M] {
    // SAFETY: the caller's promise.
    unsafe {
        let mut v = [K::splat(K::MAX); M];
        for (i, x) in v.iter_mut().enumerate() {
            *x = K::load(from.add(i * K::N));
        }
        v
    }
}

/// Brings those which are `<= pivot` if `INCLUSIVE`, otherwise `< pivot`, to the front; their number.
///
/// # Safety
/// The processor has AVX-512.
#[target_feature(enable = "avx512f")]
unsafe fn split<K: Lanes, const INCLUSIVE: bool>(x: &mut [K], pivot: K) -> usize {
    let (n, at, some) = (x.len(), x.as_mut_ptr(), AT_ONCE * K::N);
    assert!(n >= 2 * some, "a list that is too short to be split");
    let rest = n % K::N;
    let (mut from, mut to) = (some, n - rest - some);
    // SAFETY: what is read lies below n. What was read and is not yet written leaves room for 2 AT_ONCE registers and the rest;
    // the end with less room is read from, so that both have room for as many registers as are written next.
    unsafe {
        let mut ends = Ends { at, pivot: K::splat(pivot), low: 0, high: n };
        let last = K::load_n(at.add(n - rest), rest);
        let (first, second) = (several::<K, AT_ONCE>(at), several::<K, AT_ONCE>(at.add(to)));
        while !(to - from).is_multiple_of(some) {
            ends.put::<1, INCLUSIVE>(several(at.add(from)));
            from += K::N;
        }
        while from < to {
            let now = if ends.high - to < from - ends.low {
                to -= some;
                at.add(to)
            } else {
                from += some;
                at.add(from - some)
            };
            ends.put::<AT_ONCE, INCLUSIVE>(several(now));
        }
        ends.put::<AT_ONCE, INCLUSIVE>(first);
        for x in second {
            ends.put_n::<INCLUSIVE>(x, K::N);
        }
        ends.put_n::<INCLUSIVE>(last, rest);
        ends.low
    }
}

/// A number near the middle of a list.
///
/// # Safety
/// The processor has AVX-512, and the list is not empty.
#[target_feature(enable = "avx512f")]
unsafe fn pivot_of<K: Lanes>(x: &[K]) -> K {
    if x.len() < 1024 {
        let step = x.len() / 5;
        let five: [K; 5] = core::array::from_fn(|i| x[i * step + step / 2]);
        let (low, high) = (five[0].min(five[1]).max(five[2].min(five[3])), five[0].max(five[1]).min(five[2].max(five[3])));
        return low.min(high).max(low.max(high).min(five[4]));
    }
    let mut some = [K::MAX; 64];
    let step = x.len() / some.len();
    for (i, one) in some.iter_mut().enumerate() {
        *one = x[i * step + step / 2];
    }
    // SAFETY: as many as there are registers for.
    unsafe { short::<K, 8>(&mut some) };
    some[32]
}

/// Brings the smaller ones to the front; their number, and whether the front is in order already.
///
/// # Safety
/// The processor has AVX-512, and the list has more numbers than [`SHORT`] registers.
#[target_feature(enable = "avx512f")]
pub unsafe fn halves<K: Lanes>(x: &mut [K]) -> (usize, bool) {
    // SAFETY: the caller's promise.
    unsafe {
        let pivot = pivot_of(x);
        match split::<K, false>(x, pivot) {
            // Nothing is smaller: those that are alike are in their place.
            0 => (split::<K, true>(x, pivot), true),
            n => (n, false),
        }
    }
}

/// Sorts a list.
///
/// # Safety
/// The processor has AVX-512.
#[target_feature(enable = "avx512f")]
pub unsafe fn sort<K: Lanes>(mut x: &mut [K], mut depth: usize) {
    // SAFETY: the caller's promise.
    unsafe {
        while x.len() > SHORT * K::N {
            if depth == 0 {
                return x.sort_unstable();
            }
            depth -= 1;
            let (n, sorted) = halves(x);
            let (front, back) = x.split_at_mut(n);
            if !sorted {
                sort(front, depth);
            }
            x = back;
        }
        match x.len().div_ceil(K::N) {
            0 | 1 => short::<K, 1>(x),
            2 => short::<K, 2>(x),
            3 | 4 => short::<K, 4>(x),
            _ => short::<K, 8>(x),
        }
    }
}
