//! Registers as numbers: each instruction set names its registers and runs a kernel inside its target features.
//!
//! Everything between [`Isa::enter`] and an intrinsic is `#[inline(always)]`: a function that is not inlined would be
//! compiled without the features, slowly and in silence.
#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(target_arch = "aarch64")]
mod neon;
mod scalar;
#[cfg(target_arch = "x86_64")]
mod x86;

#[cfg(target_arch = "x86_64")]
pub use avx2::{Avx2, F32x8, F64x4};
#[cfg(target_arch = "x86_64")]
pub use avx512::{Avx512, F32x16, F64x8};
#[cfg(target_arch = "aarch64")]
pub use neon::Neon;
pub use scalar::Portable;

use ferroflow_ops::num::{Float, Sc};
use ferroflow_tensor::knobs;
use std::sync::atomic::{AtomicU8, Ordering};

/// A computation that can be compiled for any instruction set.
pub trait Kernel {
    /// What it returns.
    type Output;
    /// The computation, written with the registers of `I`. Must be `#[inline(always)]`.
    fn run<I: Isa>(self) -> Self::Output;
}

/// Asks for the cache line of an element, which need not exist.
#[inline(always)]
pub fn prefetch<T>(p: *const T) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: the instruction belongs to the base set and has no effect but on the caches, for any address.
    unsafe {
        core::arch::x86_64::_mm_prefetch::<{ core::arch::x86_64::_MM_HINT_T0 }>(p.cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = p;
}

/// An instruction set.
pub trait Isa: 'static {
    /// Which one.
    const LEVEL: Level;
    /// Its register of `f32`.
    type F32: Reg<f32>;
    /// Its register of `f64`.
    type F64: Reg<f64>;
    /// The set that integer loops are compiled for: wider registers gain them nothing.
    type Ints: Isa;

    /// Runs `kernel` compiled with the features of the set.
    ///
    /// # Safety
    /// The processor has the instruction set.
    unsafe fn enter<K: Kernel>(kernel: K) -> K::Output;

    /// Reads as many binary16 numbers as [`Isa::F32`] has lanes.
    ///
    /// # Safety
    /// So many numbers can be read at `from`.
    unsafe fn load_f16(from: *const u16) -> Self::F32;

    /// Writes the lanes of `x` as binary16, rounded to nearest even.
    ///
    /// # Safety
    /// So many numbers can be written at `to`.
    unsafe fn store_f16(x: Self::F32, to: *mut u16);

    /// Reads as many bfloat16 numbers as [`Isa::F32`] has lanes.
    ///
    /// # Safety
    /// So many numbers can be read at `from`.
    unsafe fn load_bf16(from: *const u16) -> Self::F32;

    /// Writes the lanes of `x` as bfloat16, rounded to nearest even.
    ///
    /// # Safety
    /// So many numbers can be written at `to`.
    unsafe fn store_bf16(x: Self::F32, to: *mut u16);

    /// Copies 64 bytes past the caches where the processor can do that.
    ///
    /// # Safety
    /// They can be read and written, and `to` is a multiple of 64.
    #[inline(always)]
    unsafe fn stream_line(from: *const u8, to: *mut u8) {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the caller's promise; every x86-64 processor has the instructions.
        unsafe {
            use core::arch::x86_64::{_mm_loadu_si128, _mm_stream_si128};
            for i in 0..4 {
                _mm_stream_si128(to.add(16 * i).cast(), _mm_loadu_si128(from.add(16 * i).cast()));
            }
        }
        #[cfg(not(target_arch = "x86_64"))]
        // SAFETY: the caller's promise.
        unsafe {
            to.copy_from_nonoverlapping(from, 64)
        }
    }
}

/// `f32` or `f64`, with the register that holds it.
pub trait Elem: Copy + Default + PartialOrd + 'static {
    /// The register of an instruction set.
    type R<I: Isa>: Reg<Self>;
    /// One number alone.
    type One: Reg<Self>;
    /// Partial results that a reduction keeps on every instruction set, so that its result does not depend on it.
    const LANES: usize;
    /// 0, 1, 2, ...: as many as the widest register has lanes.
    const COUNT: [Self; 16];
    /// From a constant.
    fn from_f64(x: f64) -> Self;
}

impl Elem for f32 {
    type R<I: Isa> = I::F32;
    type One = Sc<f32, false>;
    const LANES: usize = 64;
    const COUNT: [f32; 16] = [0., 1., 2., 3., 4., 5., 6., 7., 8., 9., 10., 11., 12., 13., 14., 15.];
    #[inline(always)]
    fn from_f64(x: f64) -> Self {
        x as f32
    }
}

impl Elem for f64 {
    type R<I: Isa> = I::F64;
    type One = Sc<f64, false>;
    const LANES: usize = 32;
    const COUNT: [f64; 16] = [0., 1., 2., 3., 4., 5., 6., 7., 8., 9., 10., 11., 12., 13., 14., 15.];
    #[inline(always)]
    fn from_f64(x: f64) -> Self {
        x
    }
}

/// A register of `T`: a [`Float`] that can be read from memory and written to it, at any alignment.
pub trait Reg<T>: Float {
    /// Lanes.
    const N: usize;
    /// Registers with [`Elem::LANES`] lanes together.
    type Block: Copy + AsRef<[Self]> + AsMut<[Self]>;
    /// The same register all over a block.
    fn block(x: Self) -> Self::Block;
    /// Reads all lanes.
    ///
    /// # Safety
    /// `N` elements can be read.
    unsafe fn load(from: *const T) -> Self;
    /// Writes all lanes.
    ///
    /// # Safety
    /// `N` elements can be written.
    unsafe fn store(self, to: *mut T);
    /// Reads the first `n < N` lanes; the others are 0.
    ///
    /// # Safety
    /// `n` elements can be read.
    unsafe fn load_n(from: *const T, n: usize) -> Self;
    /// Writes the first `n < N` lanes.
    ///
    /// # Safety
    /// `n` elements can be written.
    unsafe fn store_n(self, to: *mut T, n: usize);
    /// Writes all lanes, past the caches where the processor can do that. A fence must follow before another thread reads them.
    ///
    /// # Safety
    /// `N` elements can be written, and `to` is a multiple of the register's size.
    #[inline(always)]
    unsafe fn stream(self, to: *mut T) {
        // SAFETY: the caller's promise.
        unsafe { self.store(to) }
    }
    /// Lane `i + width` in lane `i`, for `i` below `width`: a power of two below `N`. The other lanes hold anything.
    fn upper(self, width: usize) -> Self;
    /// Lane 0.
    #[inline(always)]
    fn first(self) -> T
    where
        T: Elem,
    {
        let mut lanes = [T::default(); 16];
        // SAFETY: a register has at most 16 lanes.
        unsafe { self.store(lanes.as_mut_ptr()) };
        lanes[0]
    }
    /// `x` in all lanes.
    fn splat(x: T) -> Self;
    /// The mask as bits, lane 0 in bit 0.
    fn mask_bits(mask: Self::Mask) -> u32;
}

/// An instruction set as a value; later ones are better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Level {
    /// What every processor of the architecture has.
    Portable = 1,
    /// The registers of 64-bit ARM.
    Neon = 2,
    /// AVX2, FMA, BMI and F16C.
    Avx2 = 3,
    /// AVX-512 F, BW, DQ and VL besides.
    Avx512 = 4,
}

impl Level {
    /// All of them, least first.
    pub const ALL: [Level; 4] = [Level::Portable, Level::Neon, Level::Avx2, Level::Avx512];

    /// The name that FERROFLOW_ISA takes.
    pub const fn name(self) -> &'static str {
        match self {
            Level::Portable => "portable",
            Level::Neon => "neon",
            Level::Avx2 => "avx2",
            Level::Avx512 => "avx512",
        }
    }

    /// Does this processor have it?
    pub fn is_available(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        let wide = {
            let avx2 = is_x86_feature_detected!("avx2")
                && is_x86_feature_detected!("fma")
                && is_x86_feature_detected!("bmi1")
                && is_x86_feature_detected!("bmi2")
                && is_x86_feature_detected!("f16c");
            let avx512 = avx2
                && is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl");
            (avx2, avx512)
        };
        #[cfg(not(target_arch = "x86_64"))]
        let wide = (false, false);
        match self {
            Level::Portable => true,
            Level::Neon => cfg!(target_arch = "aarch64"),
            Level::Avx2 => wide.0,
            Level::Avx512 => wide.1,
        }
    }
}

/// The instruction set in use: the best of this machine, or what FERROFLOW_ISA names if the machine has it.
///
/// The choice is made once.
pub fn isa() -> Level {
    static CHOSEN: AtomicU8 = AtomicU8::new(0);
    let chosen = CHOSEN.load(Ordering::Relaxed);
    if let Some(level) = Level::ALL.into_iter().find(|l| *l as u8 == chosen) {
        return level;
    }
    let forced = knobs::ISA.get().and_then(|wanted| {
        let found = Level::ALL.into_iter().find(|l| l.name() == wanted && l.is_available());
        if found.is_none() {
            knobs::ISA.reject("this machine does not have it");
        }
        found
    });
    let best = Level::ALL.into_iter().rev().find(|l| l.is_available()).unwrap_or(Level::Portable);
    let level = forced.unwrap_or(best);
    CHOSEN.store(level as u8, Ordering::Relaxed);
    level
}

/// Runs a computation with the instruction set in use.
#[inline]
pub fn run<K: Kernel>(kernel: K) -> K::Output {
    match isa() {
        // SAFETY: the level in use is available.
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 => unsafe { Avx512::enter(kernel) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 => unsafe { Avx2::enter(kernel) },
        // SAFETY: as above.
        #[cfg(target_arch = "aarch64")]
        Level::Neon => unsafe { Neon::enter(kernel) },
        // SAFETY: every processor has it.
        _ => unsafe { Portable::enter(kernel) },
    }
}
