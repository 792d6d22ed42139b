//! What happens to the results of products and convolutions while they are in registers or in the first cache.
#![allow(unsafe_code)]

use super::element::Multiply;
use super::kernel::After;
use crate::frames::stream::cache_bytes;
use ferroflow_tensor::{Result, bail};

/// A function of each element that is applied to finished results while they are in the cache, some of a row at a time.
pub type Activation<'a, T> = Option<&'a (dyn Fn(&mut [T]) + Sync)>;

/// `y = f(clip(sum + bias + residual))`, each part only if asked for, with the bits of one step after the other.
#[derive(Clone, Copy)]
pub struct Epilogue<'a, T> {
    /// Added to every row or pixel: a number for each column or output channel.
    pub bias: Option<&'a [T]>,
    /// Added to the result: elements that lie like it, in as long a slice.
    pub residual: Option<&'a [T]>,
    /// Replaces negative results by zero and keeps NaN; not for complex numbers.
    pub relu: bool,
    /// Replaces results above six by six and keeps NaN; not for complex numbers.
    pub six: bool,
    /// A function of each element, called once with every element of the result, some of them at a time.
    pub activation: Activation<'a, T>,
}

impl<T> Default for Epilogue<'_, T> {
    fn default() -> Self {
        Epilogue { bias: None, residual: None, relu: false, six: false, activation: None }
    }
}

/// Bytes of a line of the cache.
const LINE: usize = 64;

/// A checked [`Epilogue`].
#[derive(Clone, Copy)]
pub(crate) struct Finish<'a, T> {
    pub after: After<T>,
    pub activation: Activation<'a, T>,
}

// SAFETY: tasks read bias and residual.
unsafe impl<T> Send for Finish<'_, T> {}
// SAFETY: as above.
unsafe impl<T> Sync for Finish<'_, T> {}

impl<T> Finish<'_, T> {
    /// Nothing.
    pub const NONE: Self = Finish { after: After::NONE, activation: None };

    /// The same for results that start at output channel `j`.
    pub fn at_channel(self, j: usize) -> Self {
        Finish { after: self.after.at(0, j), ..self }
    }

    /// The same for these results, in pixels of so many channels: written past the caches if they would fill most of the last one
    /// and lie as that asks for.
    pub fn written(self, out: &[T], channels: usize) -> Self {
        let aligned = out.as_ptr().addr().is_multiple_of(LINE) && (channels * size_of::<T>()).is_multiple_of(LINE);
        let past = aligned && self.activation.is_none() && size_of_val(out) > cache_bytes() / 2;
        Finish { after: After { past, ..self.after }, ..self }
    }
}

impl<'a, T: Multiply> Epilogue<'a, T> {
    /// With pointers, for `len` results with so many columns or channels, whose rows lie `step` apart.
    pub(crate) fn checked(&self, channels: usize, step: usize, len: usize) -> Result<Finish<'a, T>> {
        if (self.relu || self.six) && !T::ORDERED {
            bail!(InvalidArgument, "clipping has no meaning for complex numbers");
        }
        if self.bias.is_some_and(|b| b.len() != channels) {
            bail!(InvalidArgument, "bias must have {channels} elements");
        }
        if self.residual.is_some_and(|r| r.len() != len) {
            bail!(InvalidArgument, "the residual must have {len} elements, as the result");
        }
        let pointer = |x: Option<&[T]>| x.map_or(std::ptr::null(), <[T]>::as_ptr);
        let (bias, residual) = (pointer(self.bias), pointer(self.residual));
        let after = After { bias, residual, residual_row: step, relu: self.relu, six: self.six, past: false };
        Ok(Finish { after, activation: self.activation })
    }
}

impl<T: Multiply> Finish<'_, T> {
    /// Finishes all results, in pixels of `channels`.
    pub fn each(&self, out: &mut [T], channels: usize) {
        for (i, pixel) in out.chunks_mut(channels.max(1)).enumerate() {
            for (j, x) in pixel.iter_mut().enumerate() {
                // SAFETY: bias and residual cover the result, as was checked.
                *x = unsafe { self.after.apply(*x, i, j, T::plus, T::clip) };
            }
            if let Some(f) = self.activation {
                f(pixel);
            }
        }
    }
}
