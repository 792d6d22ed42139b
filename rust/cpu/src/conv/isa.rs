//! The table of inner loops of convolutions for every element type on every instruction set.
#![allow(unsafe_code)]

use super::kernel::{self, Gather, Indirect};
use super::strip::{self, Pairs, Strip, Sums};
use crate::gemm::isa::{Element, Loop};
use crate::gemm::lanes::{Array, Lanes};
#[cfg(target_arch = "aarch64")]
use crate::gemm::neon::{F32x4, F64x2};
#[cfg(target_arch = "x86_64")]
use crate::gemm::x86::{F32x8, F32x16, F64x4, F64x8};
#[cfg(target_arch = "x86_64")]
use crate::gemm::x86_words::{Register, Wide32};
use crate::simd::Level;

/// Rows and columns of a filter that are summed at once.
pub(crate) const TOGETHER: usize = 3;

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
    /// Rows of a depthwise convolution, and of its gradient by the input at stride 2.
    pub strip: Loop<Strip<T>>,
    pub pairs: Loop<Pairs<T>>,
    /// Rows of at least [`strip::LEAST`] pixels for filters of so many neighbouring columns at such a stride.
    pub strip_of: &'static [(usize, usize, Loop<Strip<T>>)],
    /// A depthwise filter gradient, by rows and columns of the filter, each less one.
    pub sums: [[Loop<Sums<T>>; TOGETHER]; TOGETHER],
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
                unsafe { strip::strip::<V>(t) }
            }
            $(#[$feature])*
            unsafe fn strip_of<V: Lanes, const C: usize, const S: usize>(t: &Strip<V::Elem>) {
                // SAFETY: by the contract of `Loops`.
                unsafe { strip::strip_of::<V, C, S>(t) }
            }
            $(#[$feature])*
            unsafe fn pairs<V: Lanes>(t: &Pairs<V::Elem>) {
                // SAFETY: by the contract of `Loops`.
                unsafe { strip::pairs::<V>(t) }
            }
            $(#[$feature])*
            unsafe fn sums<V: Lanes, const R: usize, const C: usize>(t: &Sums<V::Elem>) {
                // SAFETY: by the contract of `Loops`.
                unsafe { strip::sums::<V, R, C>(t) }
            }
            pub(super) const fn loops<V: Lanes, const OWN: bool>() -> Loops<V::Elem> {
                Loops {
                    indirect: &[$([indirect::<V, $m, 1>, indirect::<V, $m, 2>]),*],
                    gather: &[$([gather::<V, $m, 1>, gather::<V, $m, 2>]),*],
                    strip: strip::<V>,
                    pairs: pairs::<V>,
                    strip_of: if OWN {
                        &[(3, 1, strip_of::<V, 3, 1>), (3, 2, strip_of::<V, 3, 2>), (5, 1, strip_of::<V, 5, 1>), (5, 2, strip_of::<V, 5, 2>)]
                    } else {
                        &[]
                    },
                    sums: [
                        [sums::<V, 1, 1>, sums::<V, 1, 2>, sums::<V, 1, 3>],
                        [sums::<V, 2, 1>, sums::<V, 2, 2>, sums::<V, 2, 3>],
                        [sums::<V, 3, 1>, sums::<V, 3, 2>, sums::<V, 3, 3>],
                    ],
                }
            }
        }
    };
}
entries!(portable, [1 2 3 4]);
#[cfg(target_arch = "aarch64")]
entries!(neon, [1 2 3 4 5 6 7 8 9 10 11 12]);
#[cfg(target_arch = "x86_64")]
entries!(avx2, #[target_feature(enable = "avx2,fma")] [1 2 3 4 5 6]);
#[cfg(target_arch = "x86_64")]
entries!(avx512, #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")] [1 2 3 4 5 6 7 8 9 10 11 12 13 14]);

/// The tables of an element type, with the registers that its matrix products have.
macro_rules! convolved {
    ($t:ty, own $own:literal: $portable:ty; neon $neon:ident $arm:ty; avx2 $avx2:ty; avx512 $avx512:ty) => {
        impl Convolved for $t {
            fn loops(level: Level) -> &'static Loops<$t> {
                static PORTABLE: Loops<$t> = portable::loops::<$portable, false>();
                #[cfg(target_arch = "x86_64")]
                {
                    static AVX2: Loops<$t> = avx2::loops::<$avx2, $own>();
                    static AVX512: Loops<$t> = avx512::loops::<$avx512, $own>();
                    match level {
                        Level::Portable | Level::Neon => &PORTABLE,
                        Level::Avx2 => &AVX2,
                        Level::Avx512 => &AVX512,
                    }
                }
                #[cfg(target_arch = "aarch64")]
                {
                    static NEON: Loops<$t> = $neon::loops::<$arm, $own>();
                    if level == Level::Portable { &PORTABLE } else { &NEON }
                }
                #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
                {
                    let _ = level;
                    &PORTABLE
                }
            }
        }
    };
}
convolved!(f32, own true: Array<f32, 4>; neon neon F32x4; avx2 F32x8; avx512 F32x16);
convolved!(f64, own true: Array<f64, 2>; neon neon F64x2; avx2 F64x4; avx512 F64x8);
convolved!(u32, own false: Array<u32, 4>; neon portable Array<u32, 4>; avx2 Array<u32, 8>; avx512 Register<Wide32>);
