//! The table of inner loops of every element type on every instruction set.
#![allow(unsafe_code)]

use super::dots::{Bytes, Halves, Words};
use super::kernel::{self, Dot, Pack, Strided};
use super::lanes::{Array, Lanes, Number};
#[cfg(target_arch = "aarch64")]
use super::neon::{F32x4, F64x2};
use super::peak::CHAINS;
#[cfg(target_arch = "x86_64")]
use super::x86::{F32x8, F32x16, F64x4, F64x8};
#[cfg(target_arch = "x86_64")]
use super::x86_words::{NarrowWords, Register, Wide32, Wide64, WideBytes, WideHalves, WideWords};
use crate::simd::{Level, isa};

/// The instruction set to use: `wanted`, or the one in use if the machine lacks it.
pub(crate) fn usable(wanted: Level) -> Level {
    let used = isa();
    if wanted == used || wanted.is_available() { wanted } else { used }
}

/// An inner loop that takes its operands as one struct.
pub(crate) type Loop<A> = unsafe fn(&A);

/// The inner loops of one element type on one instruction set. Index `m - 1` serves blocks of `m` rows; the second
/// index is the number of registers in a row, less one.
///
/// # Safety
/// Calling any of them follows the contract of [`kernel::strided`]; a table from [`Element::kernels`] fits the machine.
pub(crate) struct Kernels<T: 'static> {
    /// Lanes of a register.
    pub lanes: usize,
    /// General blocks; the largest has `tile.len()` rows and 2 registers in a row.
    pub tile: &'static [[Loop<Strided<T>>; 2]],
    /// Blocks of few rows and many columns, with the registers in a row.
    pub wide: &'static [(usize, Loop<Strided<T>>)],
    /// Dot products of 4 rows, and of 1.
    pub dot: [Loop<Dot<T>>; 2],
    /// Copies into panels.
    pub pack: Loop<Pack<T>>,
    /// Multiply-adds without memory accesses.
    pub chains: unsafe fn(T, T, usize) -> T,
    /// Time of a multiply-add, estimated for the thread pool.
    pub ns_per_mac: f32,
}

impl<T> Kernels<T> {
    /// Rows of the largest block.
    pub fn mr(&self) -> usize {
        self.tile.len()
    }
    /// Columns of the largest block.
    pub fn nr(&self) -> usize {
        2 * self.lanes
    }
}

/// An element type with inner loops of its own.
pub(crate) trait Element: Number {
    /// The table for an instruction set that the machine has.
    fn kernels(level: Level) -> &'static Kernels<Self>;
}

/// Entry functions with the target features of an instruction set, and the list of block sizes it uses.
macro_rules! entries {
    ($isa:ident, $(#[$feature:meta])* [$($m:literal)*] [$(($wm:literal, $ww:literal))*]) => {
        mod $isa {
            use super::*;
            $(#[$feature])*
            unsafe fn strided<V: Lanes, const M: usize, const W: usize>(t: &Strided<V::Elem>) {
                // SAFETY: by the contract of `Kernels`.
                unsafe { kernel::strided::<V, M, W>(t) }
            }
            $(#[$feature])*
            unsafe fn dot<V: Lanes, const R: usize>(t: &Dot<V::Elem>) {
                // SAFETY: by the contract of `Kernels`.
                unsafe { kernel::dot::<V, R>(t) }
            }
            $(#[$feature])*
            unsafe fn pack<V: Lanes>(t: &Pack<V::Elem>) {
                // SAFETY: by the contract of `Kernels`.
                unsafe { kernel::pack::<V>(t) }
            }
            $(#[$feature])*
            unsafe fn chains<V: Lanes>(scale: V::Elem, step: V::Elem, steps: usize) -> V::Elem {
                // SAFETY: by the contract of `Kernels`.
                unsafe { kernel::chains::<V, CHAINS>(scale, step, steps) }
            }
            pub(super) const fn kernels<V: Lanes>(ns_per_mac: f32) -> Kernels<V::Elem> {
                Kernels {
                    lanes: V::N,
                    tile: &[$([strided::<V, $m, 1>, strided::<V, $m, 2>]),*],
                    wide: &[$(($ww, strided::<V, $wm, $ww>)),*],
                    dot: [dot::<V, 4>, dot::<V, 1>],
                    pack: pack::<V>,
                    chains: chains::<V>,
                    ns_per_mac,
                }
            }
        }
    };
}
entries!(portable, [1 2 3 4] [(1, 6) (2, 4)]);
#[cfg(target_arch = "aarch64")]
entries!(neon, [1 2 3 4 5 6 7 8 9 10 11 12] [(1, 16) (2, 8) (3, 6) (4, 4)]);
#[cfg(target_arch = "x86_64")]
entries!(avx2, #[target_feature(enable = "avx2,fma")] [1 2 3 4 5 6] [(1, 12) (2, 6) (3, 4)]);
#[cfg(target_arch = "x86_64")]
entries!(avx512, #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")]
    [1 2 3 4 5 6 7 8 9 10 11 12 13 14] [(1, 16) (2, 8) (3, 6) (4, 4)]);
#[cfg(target_arch = "x86_64")]
entries!(bf16, #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,avx2,fma")]
    [1 2 3 4 5 6 7 8 9 10 11 12 13 14] [(1, 16) (2, 8) (3, 6) (4, 4)]);
#[cfg(target_arch = "x86_64")]
entries!(vnni, #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma")]
    [1 2 3 4 5 6 7 8 9 10 11 12 13 14] [(1, 16) (2, 8) (3, 6) (4, 4)]);

/// The tables of an element type: for each instruction set the module of its entries, a register and the time of a multiply-add.
macro_rules! element {
    ($t:ty: $portable:ty, $ns:literal; neon $neon:ident $arm:ty, $ns1:literal; avx2 $avx2:ty, $ns2:literal; avx512 $wide:ident $avx512:ty, $ns512:literal) => {
        impl Element for $t {
            fn kernels(level: Level) -> &'static Kernels<$t> {
                static PORTABLE: Kernels<$t> = portable::kernels::<$portable>($ns);
                #[cfg(target_arch = "x86_64")]
                {
                    static AVX2: Kernels<$t> = avx2::kernels::<$avx2>($ns2);
                    static AVX512: Kernels<$t> = $wide::kernels::<$avx512>($ns512);
                    match level {
                        Level::Portable | Level::Neon => &PORTABLE,
                        Level::Avx2 => &AVX2,
                        Level::Avx512 => &AVX512,
                    }
                }
                #[cfg(target_arch = "aarch64")]
                {
                    static NEON: Kernels<$t> = $neon::kernels::<$arm>($ns1);
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
element!(f32: Array<f32, 4>, 0.1; neon neon F32x4, 0.03; avx2 F32x8, 0.016; avx512 avx512 F32x16, 0.008);
element!(f64: Array<f64, 2>, 0.2; neon neon F64x2, 0.06; avx2 F64x4, 0.032; avx512 avx512 F64x8, 0.016);
element!(u8: Array<u8, 16>, 0.1; neon portable Array<u8, 16>, 0.1; avx2 Array<u8, 32>, 0.05; avx512 avx2 Array<u8, 32>, 0.05);
element!(u16: Array<u16, 8>, 0.1; neon portable Array<u16, 8>, 0.1; avx2 Array<u16, 16>, 0.03; avx512 avx2 Array<u16, 16>, 0.03);
element!(u32: Array<u32, 4>, 0.2; neon portable Array<u32, 4>, 0.2; avx2 Array<u32, 8>, 0.05; avx512 avx512 Register<Wide32>, 0.012);
element!(u64: Array<u64, 2>, 0.4; neon portable Array<u64, 2>, 0.4; avx2 Array<u64, 4>, 0.2; avx512 avx512 Register<Wide64>, 0.03);
element!(Words: Array<Words, 4>, 0.4; neon portable Array<Words, 4>, 0.4; avx2 Register<NarrowWords>, 0.02; avx512 avx512 Register<WideWords>, 0.01);

/// The inner loops of pairs of bfloat16, where the machine multiplies these.
pub(crate) fn halves(level: Level) -> Option<&'static Kernels<Halves>> {
    #[cfg(target_arch = "x86_64")]
    {
        static TABLE: Kernels<Halves> = bf16::kernels::<Register<WideHalves>>(0.008);
        (level == Level::Avx512 && is_x86_feature_detected!("avx512bf16")).then_some(&TABLE)
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        let _ = level;
        None
    }
}

/// The inner loops of four bytes, where the machine multiplies these.
pub(crate) fn bytes(level: Level) -> Option<&'static Kernels<Bytes>> {
    #[cfg(target_arch = "x86_64")]
    {
        static TABLE: Kernels<Bytes> = vnni::kernels::<Register<WideBytes>>(0.008);
        (level == Level::Avx512 && is_x86_feature_detected!("avx512vnni")).then_some(&TABLE)
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        let _ = level;
        None
    }
}
