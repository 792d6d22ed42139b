//! Right operands that never change, packed once in the order in which the inner loops read them.
#![allow(unsafe_code)]

use super::Mat;
use super::isa::{Element, usable};
use super::kernel::Pack;
use crate::simd::{Level, isa};
use ferroflow_tensor::buffer::Buffer;
use std::marker::PhantomData;
use std::sync::Arc;

/// Blocks of memory of at least so many bytes begin at a line of the cache.
const LEAST: usize = 128;

/// A `[k, n]` matrix in panels of as many columns as the inner loops take at once.
pub struct Packed<T> {
    sizes: [usize; 2],
    isa: Level,
    data: Arc<Buffer>,
    element: PhantomData<T>,
}

impl<T> Packed<T> {
    /// The first panel, if the matrix has these sizes and was packed for this instruction set; otherwise null.
    pub(crate) fn panels(&self, k: usize, n: usize, isa: Level) -> *const T {
        if self.sizes == [k, n] && self.isa == isa { self.data.ptr().cast() } else { std::ptr::null() }
    }
}

/// Packs a matrix for the instruction set in use. None if it has fewer elements than its sizes ask for.
pub(super) fn packed<T: Element>(k: usize, n: usize, b: Mat<T>) -> Option<Packed<T>> {
    let isa = isa();
    let kernels = T::kernels(usable(isa));
    let nr = kernels.nr();
    let last = (k.checked_sub(1)?.checked_mul(b.row_stride)?).checked_add(n.checked_sub(1)?.checked_mul(b.column_stride)?)?;
    let len = k.checked_mul(n.next_multiple_of(nr))?;
    if last >= b.data.len() {
        return None;
    }
    let mut data = Buffer::recycled(len.checked_mul(size_of::<T>())?.max(LEAST)).ok()?;
    let start = Buffer::bytes_mut(&mut data)?.as_mut_ptr();
    for panel in 0..n.div_ceil(nr) {
        let j = panel * nr;
        // SAFETY: the matrix has all elements up to the last one, and the block has room for all panels of whole registers.
        unsafe {
            let out = start.cast::<T>().add(panel * k * nr);
            let src = b.data.as_ptr().add(j * b.column_stride);
            let (outer, inner) = (b.column_stride, b.row_stride);
            (kernels.pack)(&Pack { src, outer, inner, count: nr.min(n - j), width: nr, k, out });
        }
    }
    Some(Packed { sizes: [k, n], isa, data, element: PhantomData })
}
