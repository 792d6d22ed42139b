//! The table of inner loops of convolutions for every element type on every instruction set.
#![allow(unsafe_code)]

use super::kernel::{self, Gather, Indirect, Strip, Sums};
use crate::gemm::isa::{Element, Loop};
use crate::gemm::lanes::{Array, Lanes};
#[cfg(target_arch = "x86_64")]
use crate::gemm::x86::{F32x8, F32x16, F64x4, F64x8};
use crate::simd::Level;

/// The most taps of sums.
pub(crate) const SUMS: usize = 9;

/// The inner loops of one element type on one instruction set. Index `m - 1` serves blocks of `m` pixels or taps; a
/// second index is the number of registers in a row, less one.
///
/// # Safety
/// Calling any of them follows the contract of [`kernel::indirect`]; a table from [`Convolved::loops`] fits the machine.
pub(crate) struct Loops<T: 'static> {
    /// Blocks of pixels, as many as a block of a matrix product has rows.
    pub indirect: &'static [[Loop<Indirect<T>>; 2]],
    /// Blocks of a filter gradient.
    pub gather: &'static [[Loop<Gather<T>>; 2]],
    /// Neighbouring pixels of a depthwise convolution.
    pub strip: Loop<Strip<T>>,
    /// Taps of a depthwise filter gradient.
    pub sums: [Loop<Sums<T>>; SUMS],
}

/// An element type with inner loops for convolutions.
pub(crate) trait Convolved: Element {
    /// The table for an instruction set that the machine has.
    fn loops(level: Level) -> &'static Loops<Self>;
}

/// Entry functions with the target features of an instruction set, and the list of block sizes it uses.
macro_rules! entries {
    ($isa:ident, $(#[$feature:meta])* [$($m:literal)*]) => {
        mod $isa {
            use super::*;
            $(#[$feature])*
            unsafe fn indirect<V: Lanes, const M: usize, const W: usize>(t: &Indirect<V::Elem>) {
                // SAFETY: by the contract of `Loops`.
                unsafe { kernel::indirect::<V, M, W>(t) }
            }
            $(#[$feature])*
            unsafe fn gather<V: Lanes, const M: usize, const W: usize>(t: &Gather<V::Elem>) {
                // SAFETY: by the contract of `Loops`.
                unsafe { kernel::gather::<V, M, W>(t) }
            }
            $(#[$feature])*
            unsafe fn strip<V: Lanes>(t: &Strip<V::Elem>) {
                // SAFETY: by the contract of `Loops`.
                unsafe { kernel::strip::<V>(t) }
            }
            $(#[$feature])*
            unsafe fn sums<V: Lanes, const T: usize>(t: &Sums<V::Elem>) {
                // SAFETY: by the contract of `Loops`.
                unsafe { kernel::sums::<V, T>(t) }
            }
            pub(super) const fn loops<V: Lanes>() -> Loops<V::Elem> {
                Loops {
                    indirect: &[$([indirect::<V, $m, 1>, indirect::<V, $m, 2>]),*],
                    gather: &[$([gather::<V, $m, 1>, gather::<V, $m, 2>]),*],
                    strip: strip::<V>,
                    sums: [
                        sums::<V, 1>, sums::<V, 2>, sums::<V, 3>, sums::<V, 4>, sums::<V, 5>,
                        sums::<V, 6>, sums::<V, 7>, sums::<V, 8>, sums::<V, 9>,
                    ],
                }
            }
        }
    };
}
entries!(portable, [1 2 3 4]);
#[cfg(target_arch = "x86_64")]
entries!(avx2, #[target_feature(enable = "avx2,fma")] [1 2 3 4 5 6]);
#[cfg(target_arch = "x86_64")]
entries!(avx512, #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")] [1 2 3 4 5 6 7 8 9 10 11 12 13 14]);

macro_rules! convolved {
    ($t:ty, $portable:ty, $avx2:ty, $isa512:ident, $avx512:ty) => {
        impl Convolved for $t {
            fn loops(level: Level) -> &'static Loops<$t> {
                static PORTABLE: Loops<$t> = portable::loops::<$portable>();
                #[cfg(target_arch = "x86_64")]
                {
                    static AVX2: Loops<$t> = avx2::loops::<$avx2>();
                    static AVX512: Loops<$t> = $isa512::loops::<$avx512>();
                    match level {
                        Level::Portable | Level::Neon => &PORTABLE,
                        Level::Avx2 => &AVX2,
                        Level::Avx512 => &AVX512,
                    }
                }
                #[cfg(not(target_arch = "x86_64"))]
                {
                    let _ = level;
                    &PORTABLE
                }
            }
        }
    };
}
convolved!(f32, Array<f32, 4>, F32x8, avx512, F32x16);
convolved!(f64, Array<f64, 2>, F64x4, avx512, F64x8);
convolved!(u32, Array<u32, 4>, Array<u32, 8>, avx2, Array<u32, 8>);
