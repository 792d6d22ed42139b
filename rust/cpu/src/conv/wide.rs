//! Convolutions of few channels: neighbouring filter elements of a row are read as one run of channels.
//!
//! Pixels of a row lie side by side, so the part of a row under a filter is contiguous. A filter row of `w` elements is
//! then one element of `w * channels` channels, which fills the inner loops where the channels alone would not. The input
//! gets its zeros at the sides for that.
#![allow(unsafe_code)]

use super::geometry::Conv;
use crate::gemm::Context;
use crate::gemm::driver::Shared;
use crate::gemm::lanes::Number;
use crate::gemm::scratch::Scratch;
use crate::pool::parallel_for;

/// Channels from which the inner loops are filled anyway.
const ENOUGH: usize = 96;
/// How many times its size an input may become.
const GROWTH: usize = 2;

/// A convolution as the loops see it: `sizes` may disagree with `output` and `groups` where rows have become runs.
pub(crate) struct View<'a, T: Copy> {
    pub sizes: Conv,
    pub output: [usize; 3],
    pub groups: usize,
    pub input: Input<'a, T>,
}

/// The input as the user has it, or with zeros at the sides.
pub(crate) enum Input<'a, T: Copy> {
    Given(&'a [T]),
    Padded(Scratch<T>),
}

impl<T: Copy> Input<'_, T> {
    /// The first element.
    pub fn ptr(&self) -> *const T {
        match self {
            Input::Given(x) => x.as_ptr(),
            Input::Padded(x) => x.ptr(),
        }
    }
}

/// The convolution with runs instead of rows where that pays, otherwise as it is.
pub(crate) fn view<'a, T: Number>(s: &Conv, input: &'a [T], context: Context) -> View<'a, T> {
    let (output, groups) = (s.output(), s.groups());
    let plain = View { sizes: *s, output, groups, input: Input::Given(input) };
    let width = s.padded(2);
    if groups != 1 || s.filter[2] == 1 || s.dilations[2] != 1 || s.in_channels >= ENOUGH || width > GROWTH * s.input[2] {
        return plain;
    }
    let run = s.filter[2] * s.in_channels;
    let sizes = Conv {
        input: [s.input[0], s.input[1], width],
        filter: [s.filter[0], s.filter[1], 1],
        filter_channels: run,
        padding: [s.padding[0], s.padding[1], [0, 0]],
        ..*s
    };
    let input = if s.padding[2] == [0, 0] { plain.input } else { Input::Padded(padded(s, input, context)) };
    View { sizes, output, groups, input }
}

fn padded<T: Number>(s: &Conv, input: &[T], context: Context) -> Scratch<T> {
    let (from, to) = (s.input[2] * s.in_channels, s.padded(2) * s.in_channels);
    let (before, rows) = (s.padding[2][0] * s.in_channels, s.batch * s.input[0] * s.input[1]);
    let out = Scratch::<T>::new(rows * to);
    let target = Shared(out.ptr());
    let ns = if context.threads { from as f32 * 0.1 } else { 0.0 };
    parallel_for(rows, 1 + 4096 / from.max(1), ns, None, &|range| {
        for row in range {
            // SAFETY: every row of the result is written by one task, all of it.
            unsafe {
                let out = target.get().add(row * to);
                std::slice::from_raw_parts_mut(out, before).fill(T::ZERO);
                out.add(before).copy_from_nonoverlapping(input[row * from..][..from].as_ptr(), from);
                std::slice::from_raw_parts_mut(out.add(before + from), to - before - from).fill(T::ZERO);
            }
        }
    });
    out
}
