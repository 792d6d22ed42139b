//! Loops of complex ops: `complex64` is computed in `complex128`.
use ferroflow_ops::elementwise::{Binary, Compare, ToReal, Unary};
use ferroflow_tensor::{C64, C128};

/// A stored complex number.
pub trait Stored: Copy {
    /// Its real type.
    type Part: Copy;
    /// The exact value.
    fn widen(self) -> C128;
    /// The nearest value.
    fn narrow(z: C128) -> Self;
    /// A real result.
    fn part(x: f64) -> Self::Part;
}

impl Stored for C64 {
    type Part = f32;
    #[inline(always)]
    fn widen(self) -> C128 {
        C128::new(f64::from(self.re), f64::from(self.im))
    }
    #[inline(always)]
    fn narrow(z: C128) -> Self {
        C64::new(z.re as f32, z.im as f32)
    }
    #[inline(always)]
    fn part(x: f64) -> f32 {
        x as f32
    }
}

impl Stored for C128 {
    type Part = f64;
    #[inline(always)]
    fn widen(self) -> C128 {
        self
    }
    #[inline(always)]
    fn narrow(z: C128) -> Self {
        z
    }
    #[inline(always)]
    fn part(x: f64) -> f64 {
        x
    }
}

/// Applies `O` to each element.
///
/// # Safety
/// `n` elements of `T` at each pointer.
pub unsafe fn unary<O: Unary, T: Stored>(x: *const u8, out: *mut u8, n: usize) {
    let (x, out) = (x.cast::<T>(), out.cast::<T>());
    for i in 0..n {
        // SAFETY: i is below n.
        unsafe { out.add(i).write_unaligned(T::narrow(O::complex(x.add(i).read_unaligned().widen()))) }
    }
}

/// Applies `O` to each pair.
///
/// # Safety
/// `n` elements of `T` at each pointer.
pub unsafe fn binary<O: Binary, T: Stored>(x: *const u8, y: *const u8, out: *mut u8, n: usize) {
    let (x, y, out) = (x.cast::<T>(), y.cast::<T>(), out.cast::<T>());
    for i in 0..n {
        // SAFETY: i is below n.
        unsafe {
            let result = O::complex(x.add(i).read_unaligned().widen(), y.add(i).read_unaligned().widen());
            out.add(i).write_unaligned(T::narrow(result));
        }
    }
}

/// Compares each pair.
///
/// # Safety
/// `n` elements of `T` at the inputs, `n` bytes at `out`.
pub unsafe fn compare<O: Compare, T: Stored>(x: *const u8, y: *const u8, out: *mut u8, n: usize) {
    let (x, y) = (x.cast::<T>(), y.cast::<T>());
    for i in 0..n {
        // SAFETY: i is below n.
        unsafe {
            let truth = O::complex(x.add(i).read_unaligned().widen(), y.add(i).read_unaligned().widen());
            out.add(i).write(u8::from(truth));
        }
    }
}

/// Writes a real number for each element.
///
/// # Safety
/// `n` elements of `T` at `x`, `n` of its real type at `out`, which is not `x`.
pub unsafe fn to_real<O: ToReal, T: Stored>(x: *const u8, out: *mut u8, n: usize) {
    let (x, out) = (x.cast::<T>(), out.cast::<T::Part>());
    for i in 0..n {
        // SAFETY: i is below n.
        unsafe { out.add(i).write_unaligned(T::part(O::eval(x.add(i).read_unaligned().widen()))) }
    }
}
