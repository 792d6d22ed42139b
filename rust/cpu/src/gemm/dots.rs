//! Narrow numbers in groups of 32 bits: pairs of bfloat16 or of 16-bit integers, and four bytes.
//!
//! A group of numbers that follow each other along `k` is one element of `a` or `b`, and an element of `c` is the 32-bit sum
//! of their products, so blocking, packing and threads are those of any other number.
#![allow(unsafe_code)]

use super::driver::{Context, Problem, Shared};
use super::element::dense;
use super::lanes::Number;
use super::scratch::Scratch;
use crate::pool::parallel_for;
use crate::simd::{self, Isa, Kernel};
use std::ops::Range;

/// Two bfloat16 numbers, the first in the lower half, or the bits of an `f32` sum.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
#[repr(transparent)]
pub(crate) struct Halves(pub u32);

/// Two 16-bit integers, or a 32-bit sum.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
#[repr(transparent)]
pub(crate) struct Words(pub u32);

/// Four bytes, unsigned ones in `a` and signed ones in `b`, or a 32-bit sum.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
#[repr(transparent)]
pub(crate) struct Bytes(pub u32);

impl Halves {
    /// The group that stands for a sum.
    fn sum(x: f32) -> Self {
        Halves(x.to_bits())
    }
    /// The sum.
    fn value(self) -> f32 {
        f32::from_bits(self.0)
    }
    /// The numbers, the lower half first.
    fn parts(self) -> [f32; 2] {
        [f32::from_bits(self.0 << 16), f32::from_bits(self.0 & 0xffff_0000)]
    }
}

impl Number for Halves {
    const ZERO: Self = Halves(0);
    const ONE: Self = Halves(0x3f80_0000);
    const SIX: Self = Halves(0x40c0_0000);
    fn plus(self, other: Self) -> Self {
        Self::sum(self.value() + other.value())
    }
    fn times(self, other: Self) -> Self {
        Self::sum(self.value() * other.value())
    }
    fn clip(self, relu: bool, six: bool) -> Self {
        Self::sum(Number::clip(self.value(), relu, six))
    }
    fn multiply_add(self, b: Self, c: Self) -> Self {
        let (x, y) = (self.parts(), b.parts());
        Self::sum(c.value() + x[0] * y[0] + x[1] * y[1])
    }
}

macro_rules! integer_sums {
    ($($t:ident, $symmetric:literal, $product:expr;)*) => {$(
        impl Number for $t {
            const SYMMETRIC: bool = $symmetric;
            const ZERO: Self = $t(0);
            const ONE: Self = $t(1);
            const SIX: Self = $t(6);
            #[inline(always)]
            fn plus(self, other: Self) -> Self {
                $t(self.0.wrapping_add(other.0))
            }
            #[inline(always)]
            fn times(self, other: Self) -> Self {
                $t(self.0.wrapping_mul(other.0))
            }
            #[inline(always)]
            fn clip(self, _: bool, _: bool) -> Self {
                self
            }
            #[inline(always)]
            fn multiply_add(self, b: Self, c: Self) -> Self {
                $t(c.0.wrapping_add($product(self.0, b.0) as u32))
            }
        }
    )*};
}
integer_sums! {
    Words, true, |a: u32, b: u32| {
        let product = |shift: u32| i32::from((a >> shift) as i16).wrapping_mul(i32::from((b >> shift) as i16));
        product(0).wrapping_add(product(16))
    };
    Bytes, false, |a: u32, b: u32| {
        let product = |shift: u32| i32::from((a >> shift) as u8) * i32::from((b >> shift) as i8);
        product(0) + product(8) + product(16) + product(24)
    };
}

/// A number that stands in a group.
pub(crate) trait Narrow: Copy {
    /// Its bits there.
    fn part(self) -> u32;
}

macro_rules! narrow {
    ($($t:ty, $x:ident => $part:expr;)*) => {$(
        impl Narrow for $t {
            #[inline(always)]
            fn part(self) -> u32 {
                let $x = self;
                $part
            }
        }
    )*};
}
narrow! { u8, x => u32::from(x); i8, x => u32::from(i16::from(x) as u16); u16, x => u32::from(x); }

/// Groups of 32 bits.
pub(crate) trait Group: Number {
    /// Numbers in one.
    const COUNT: usize;
    fn from_bits(bits: u32) -> Self;
}

macro_rules! group {
    ($($t:ident, $count:literal;)*) => {$(
        impl Group for $t {
            const COUNT: usize = $count;
            #[inline(always)]
            fn from_bits(bits: u32) -> Self {
                $t(bits)
            }
        }
    )*};
}
group! { Halves, 2; Words, 2; Bytes, 4; }

/// The groups of a matrix of `count` vectors of length `k`: group `q` of vector `i` is element `i * outer + q * inner`.
pub(crate) struct Groups<E: Copy> {
    own: Scratch<E>,
    in_place: *const E,
    outer: usize,
    inner: usize,
}

impl<E: Group> Groups<E> {
    /// Groups of the numbers `from[i * outer + p * inner]`, each with the bits `flip` changed; zeros fill the last group. Where the
    /// numbers of a vector lie together already, nothing is copied.
    ///
    /// # Safety
    /// The numbers can be read as long as the groups are used.
    pub unsafe fn new<T: Narrow + 'static>(
        from: *const T,
        [count, k]: [usize; 2],
        [outer, inner]: [usize; 2],
        flip: u32,
        context: Context,
    ) -> Self {
        let groups = k.div_ceil(E::COUNT);
        let whole = |n: usize| n.is_multiple_of(E::COUNT);
        let together = inner == 1 && whole(k) && (whole(outer) || count == 1) && from.cast::<E>().is_aligned();
        if together && flip == 0 && size_of::<T>() * E::COUNT == size_of::<E>() {
            return Groups { own: Scratch::new(0), in_place: from.cast(), outer: outer / E::COUNT, inner: 1 };
        }
        let across = outer == 1 && inner != 1;
        let own = Scratch::<E>::new(count * groups);
        let (lines, len) = if across { (groups, count) } else { (count, groups) };
        let (from, to) = (Shared(from.cast_mut()), Shared(own.ptr()));
        let ns = if context.threads { 0.2 * (E::COUNT * len) as f32 } else { 0.0 };
        parallel_for(lines, 1 + 16384 / len.max(1), ns, None, &|lines| {
            simd::run(Gather { from: from.get().cast_const(), count, k, outer, inner, flip, across, lines, to: to.get() });
        });
        let (outer, inner) = if across { (1, count) } else { (groups, 1) };
        Groups { own, in_place: std::ptr::null(), outer, inner }
    }

    fn ptr(&self) -> *mut E {
        if self.in_place.is_null() { self.own.ptr() } else { self.in_place.cast_mut() }
    }
}

/// The product `[m, k] x [k, n]` of groups with dense sums; `k` counts groups, and the vectors of `b` are its columns.
pub(crate) fn grouped<'a, E: Group>([m, n, k]: [usize; 3], a: &Groups<E>, b: &Groups<E>, c: *mut E, alpha: E) -> Problem<'a, E> {
    let (a_row, a_col, b_row, b_col) = (a.outer, a.inner, b.inner, b.outer);
    Problem { a_row, a_col, b_row, b_col, ..dense([m, n, k], [a.ptr(), b.ptr(), c], alpha) }
}

/// Some lines of groups: of one vector each, or, if they lie `across`, of one group of each vector.
struct Gather<T, E> {
    from: *const T,
    count: usize,
    k: usize,
    outer: usize,
    inner: usize,
    flip: u32,
    across: bool,
    lines: Range<usize>,
    to: *mut E,
}

impl<T: Narrow, E: Group> Gather<T, E> {
    /// The first `parts` numbers of group `q` of vector `i`, then zeros.
    #[inline(always)]
    unsafe fn group(&self, i: usize, q: usize, parts: usize) -> E {
        let mut bits = 0;
        for g in 0..parts {
            // SAFETY: whoever makes a `Gather` vouches for all numbers.
            let x = unsafe { (*self.from.add(i * self.outer + (q * E::COUNT + g) * self.inner)).part() ^ self.flip };
            bits |= x << (g * (32 / E::COUNT));
        }
        E::from_bits(bits)
    }
}

impl<T: Narrow, E: Group> Kernel for Gather<T, E> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let (full, rest) = (self.k / E::COUNT, self.k % E::COUNT);
        let groups = full + usize::from(rest > 0);
        // SAFETY: whoever makes a `Gather` vouches for all numbers and for room for all groups.
        unsafe {
            if self.across {
                for q in self.lines.clone() {
                    let to = self.to.add(q * self.count);
                    for i in 0..self.count {
                        *to.add(i) = if q < full { self.group(i, q, E::COUNT) } else { self.group(i, q, rest) };
                    }
                }
            } else {
                for i in self.lines.clone() {
                    let to = self.to.add(i * groups);
                    for q in 0..full {
                        *to.add(q) = self.group(i, q, E::COUNT);
                    }
                    if rest > 0 {
                        *to.add(full) = self.group(i, full, rest);
                    }
                }
            }
        }
    }
}
