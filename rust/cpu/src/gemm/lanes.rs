//! A register of numbers as the matrix kernels see it, with the portable version that works on every target.
#![allow(unsafe_code)]

/// Numbers that are summed and multiplied: floats round, integers wrap.
pub(crate) trait Number: Copy + Send + Sync + PartialOrd + 'static {
    const ZERO: Self;
    const ONE: Self;
    fn plus(self, other: Self) -> Self;
    fn times(self, other: Self) -> Self;
    /// `self * b + c`, or the sum of `c` and the products of the numbers that stand in `self` and `b`.
    #[inline(always)]
    fn multiply_add(self, b: Self, c: Self) -> Self {
        self.times(b).plus(c)
    }
    /// Whether `multiply_add` may exchange its factors.
    const SYMMETRIC: bool = true;
    const SIX: Self;
    /// With `relu` at least zero, with `six` at most six; NaN stays.
    fn clip(self, relu: bool, six: bool) -> Self;
}

macro_rules! float_number {
    ($($t:ty)*) => {$(
        impl Number for $t {
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            const SIX: Self = 6.0;
            #[inline(always)]
            fn plus(self, other: Self) -> Self {
                self + other
            }
            #[inline(always)]
            fn times(self, other: Self) -> Self {
                self * other
            }
            #[inline(always)]
            fn clip(self, relu: bool, six: bool) -> Self {
                let x = if relu && self < 0.0 { 0.0 } else { self };
                if six && x > 6.0 { 6.0 } else { x }
            }
        }
    )*};
}
float_number!(f32 f64);

macro_rules! wrapping_number {
    ($($t:ty)*) => {$(
        impl Number for $t {
            const ZERO: Self = 0;
            const ONE: Self = 1;
            const SIX: Self = 6;
            #[inline(always)]
            fn plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }
            #[inline(always)]
            fn times(self, other: Self) -> Self {
                self.wrapping_mul(other)
            }
            #[inline(always)]
            fn clip(self, _: bool, six: bool) -> Self {
                if six { self.min(6) } else { self }
            }
        }
    )*};
}
wrapping_number!(u8 u16 u32 u64);

/// `N` numbers that are loaded, multiplied and stored together.
///
/// # Safety
/// Every method may use instructions of the instruction set that the type belongs to, so callers run inside a function
/// with these target features on a machine that has them. Pointers must be valid for the elements that a method names.
pub(crate) trait Lanes: Copy {
    type Elem: Number;
    /// Elements in a register.
    const N: usize;
    /// All lanes equal to `x`.
    unsafe fn splat(x: Self::Elem) -> Self;
    /// Elements `p[0..N]`.
    unsafe fn load(p: *const Self::Elem) -> Self;
    /// Elements `p[0..n]`, then zeros; `n <= N`, and no element beyond `n` is touched.
    unsafe fn load_part(p: *const Self::Elem, n: usize) -> Self;
    /// Writes `p[0..N]`.
    unsafe fn store(self, p: *mut Self::Elem);
    /// Writes `p[0..N]` past the caches where the processor can do that; `p` is a multiple of the register's size.
    unsafe fn stream(self, p: *mut Self::Elem);
    /// Writes the first `n <= N` lanes.
    unsafe fn store_part(self, p: *mut Self::Elem, n: usize);
    /// `self * b + c`.
    unsafe fn mul_add(self, b: Self, c: Self) -> Self;
    /// `self + b`.
    unsafe fn add(self, b: Self) -> Self;
    /// `self * b`.
    unsafe fn mul(self, b: Self) -> Self;
    /// Zero in lanes with negative numbers; NaN stays.
    unsafe fn relu(self) -> Self;
    /// The smaller of each lane and that of `limit`; NaN stays.
    unsafe fn at_most(self, limit: Self) -> Self;
    /// Lanes `a0 b0 a1 b1 ...`: the first `N` of them, then the rest.
    unsafe fn interleave(a: Self, b: Self) -> (Self, Self);
    /// The sum of all lanes, always in the same order.
    unsafe fn sum(self) -> Self::Elem;
}

/// Lanes as a plain array, which the compiler maps to whatever registers the target has.
#[derive(Clone, Copy)]
pub(crate) struct Array<T, const N: usize>([T; N]);

impl<T: Number, const N: usize> Lanes for Array<T, N> {
    type Elem = T;
    const N: usize = N;
    #[inline(always)]
    unsafe fn splat(x: T) -> Self {
        Array([x; N])
    }
    #[inline(always)]
    unsafe fn load(p: *const T) -> Self {
        // SAFETY: the caller vouches for N elements; an array of T has T's alignment.
        unsafe { Array(p.cast::<[T; N]>().read()) }
    }
    #[inline(always)]
    unsafe fn load_part(p: *const T, n: usize) -> Self {
        let mut r = [T::ZERO; N];
        for (i, x) in r.iter_mut().enumerate().take(n) {
            // SAFETY: the caller vouches for n elements.
            *x = unsafe { *p.add(i) };
        }
        Array(r)
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut T) {
        // SAFETY: the caller vouches for N elements.
        unsafe { p.cast::<[T; N]>().write(self.0) }
    }
    #[inline(always)]
    unsafe fn stream(self, p: *mut T) {
        // SAFETY: the caller vouches for N elements.
        unsafe { self.store(p) }
    }
    #[inline(always)]
    unsafe fn store_part(self, p: *mut T, n: usize) {
        for (i, x) in self.0.iter().enumerate().take(n) {
            // SAFETY: the caller vouches for n elements.
            unsafe { *p.add(i) = *x };
        }
    }
    #[inline(always)]
    unsafe fn mul_add(mut self, b: Self, c: Self) -> Self {
        for i in 0..N {
            self.0[i] = self.0[i].multiply_add(b.0[i], c.0[i]);
        }
        self
    }
    #[inline(always)]
    unsafe fn add(mut self, b: Self) -> Self {
        for i in 0..N {
            self.0[i] = self.0[i].plus(b.0[i]);
        }
        self
    }
    #[inline(always)]
    unsafe fn mul(mut self, b: Self) -> Self {
        for i in 0..N {
            self.0[i] = self.0[i].times(b.0[i]);
        }
        self
    }
    #[inline(always)]
    unsafe fn relu(mut self) -> Self {
        for i in 0..N {
            self.0[i] = self.0[i].clip(true, false);
        }
        self
    }
    #[inline(always)]
    unsafe fn at_most(mut self, limit: Self) -> Self {
        for i in 0..N {
            self.0[i] = if self.0[i] > limit.0[i] { limit.0[i] } else { self.0[i] };
        }
        self
    }
    #[inline(always)]
    unsafe fn interleave(a: Self, b: Self) -> (Self, Self) {
        let (mut lo, mut hi) = (a, b);
        for i in 0..N / 2 {
            (lo.0[2 * i], lo.0[2 * i + 1]) = (a.0[i], b.0[i]);
            (hi.0[2 * i], hi.0[2 * i + 1]) = (a.0[N / 2 + i], b.0[N / 2 + i]);
        }
        (lo, hi)
    }
    #[inline(always)]
    unsafe fn sum(self) -> T {
        self.0[1..].iter().fold(self.0[0], |s, &x| s.plus(x))
    }
}
