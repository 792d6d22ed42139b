//! The choice between two vectors by a third of truth values.
use crate::simd::{Isa, Kernel, Level, Portable, isa};

/// Condition (bytes), chosen if true, chosen if false, output, length in elements.
pub type Select = unsafe fn(*const u8, *const u8, *const u8, *mut u8, usize);

struct Choose<T> {
    condition: *const u8,
    yes: *const T,
    no: *const T,
    out: *mut T,
    n: usize,
}

impl<T: Copy> Kernel for Choose<T> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        for i in 0..self.n {
            // SAFETY: i is below n.
            unsafe {
                let (yes, no) = (self.yes.add(i).read_unaligned(), self.no.add(i).read_unaligned());
                self.out.add(i).write_unaligned(if self.condition.add(i).read() != 0 { yes } else { no });
            }
        }
    }
}

/// # Safety
/// `n` elements at each pointer; the processor has `I`.
unsafe fn choose<I: Isa, T: Copy>(condition: *const u8, yes: *const u8, no: *const u8, out: *mut u8, n: usize) {
    let kernel = Choose::<T> { condition, yes: yes.cast(), no: no.cast(), out: out.cast(), n };
    // SAFETY: the caller's promise.
    unsafe { I::enter(kernel) }
}

/// The loop for elements of `size` bytes on one instruction set.
fn by_size<I: Isa>(size: usize) -> Option<Select> {
    Some(match size {
        1 => choose::<I, u8>,
        2 => choose::<I, u16>,
        4 => choose::<I, u32>,
        8 => choose::<I, u64>,
        16 => choose::<I, [u64; 2]>,
        _ => return None,
    })
}

/// The loop that chooses between elements of `size` bytes: 1, 2, 4, 8 or 16.
pub fn select(size: usize) -> Option<Select> {
    match isa() {
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 | Level::Avx512 => by_size::<crate::simd::Avx2>(size),
        _ => by_size::<Portable>(size),
    }
}
