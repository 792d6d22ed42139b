//! Filter gradients: sums over all output pixels, cut into slices that depend on the sizes alone.
#![allow(unsafe_code)]

use super::geometry::Conv2d;
use crate::gemm::driver::{Run, Shared};
use crate::gemm::isa::Element;
use crate::gemm::scratch::Scratch;
use crate::pool::parallel_for;

/// Pixels that are multiplied at once.
const PIXELS: usize = 128;
/// Pixels of a slice, at least.
const SLICE_PIXELS: usize = 1024;
/// Slices at most, and the memory that all of them may take.
const SLICES: usize = 16;
const SLICE_BYTES: usize = 32 << 20;
/// Elements of a task that adds slices.
const SUM: usize = 1 << 14;

/// Input pixels and the output pixels that they meet at one filter element.
pub(crate) struct Pairs<T> {
    inputs: Vec<*const T>,
    outputs: Vec<*const T>,
}

impl<T> Pairs<T> {
    /// Number of pairs.
    pub fn len(&self) -> usize {
        self.inputs.len()
    }
    /// Pointers to input pixels.
    pub fn inputs(&self) -> *const *const T {
        self.inputs.as_ptr()
    }
    /// Pointers to output pixels.
    pub fn outputs(&self) -> *const *const T {
        self.outputs.as_ptr()
    }
}

/// Calls `multiply` with pairs of pixels and the sums of their filter element, `filter_channels * out_channels` of them,
/// to which it adds the products; false if it was cancelled. The lengths of the arrays are checked.
pub(crate) fn sum_slices<T: Element>(
    s: &Conv2d,
    input: &[T],
    dy: &[T],
    dw: &mut [T],
    run: &Run<T>,
    multiply: &(dyn Fn(&Pairs<T>, Shared<T>) + Sync),
) -> bool {
    let [height, width] = s.output();
    let (rows, taps, matrix) = (s.batch * height, s.taps(), s.filter_channels * s.out_channels);
    let slices = (rows * width / SLICE_PIXELS).min(rows).min(SLICE_BYTES / size_of_val(dw)).clamp(1, SLICES);
    let per_slice = rows.div_ceil(slices);
    let partial = Scratch::<T>::new(if slices > 1 { slices * dw.len() } else { 0 });
    let total = dw.len();
    let sums = Shared(if slices > 1 { partial.ptr() } else { dw.as_mut_ptr() });
    let done = run.each(slices * taps, matrix * per_slice * width, &|range| {
        for task in range {
            let (slice, tap) = (task / taps, task % taps);
            let out = Shared(sums.get().wrapping_add(slice * total + tap * matrix));
            // SAFETY: every task has its own sums.
            unsafe { std::slice::from_raw_parts_mut(out.get(), matrix) }.fill(T::ZERO);
            let mut pairs = Pairs { inputs: Vec::with_capacity(PIXELS + width), outputs: Vec::with_capacity(PIXELS + width) };
            for row in slice * per_slice..rows.min((slice + 1) * per_slice) {
                collect(s, [height, width], input, dy, row, tap, &mut pairs);
                if pairs.len() >= PIXELS {
                    multiply(&pairs, out);
                    pairs.inputs.clear();
                    pairs.outputs.clear();
                }
            }
            if pairs.len() > 0 {
                multiply(&pairs, out);
            }
        }
    });
    if slices == 1 || !done {
        return done;
    }
    let out = Shared(dw.as_mut_ptr());
    parallel_for(total, SUM, slices as f32 * 0.2, run.context.poll, &|range| {
        // SAFETY: all tasks above have ended; every task here has its own elements.
        unsafe {
            let sum = std::slice::from_raw_parts_mut(out.get().add(range.start), range.len());
            sum.copy_from_slice(std::slice::from_raw_parts(sums.get().add(range.start), range.len()));
            for slice in 1..slices {
                let part = std::slice::from_raw_parts(sums.get().add(slice * total + range.start), range.len());
                for (x, y) in sum.iter_mut().zip(part) {
                    *x = x.plus(*y);
                }
            }
        }
    })
}

/// Adds the pixels of one output row that meet the input at a filter element.
fn collect<T>(s: &Conv2d, [height, width]: [usize; 2], input: &[T], dy: &[T], row: usize, tap: usize, pairs: &mut Pairs<T>) {
    let (image, y) = (row / height, row % height);
    let shift = [tap / s.filter[1] * s.dilations[0], tap % s.filter[1] * s.dilations[1]];
    let source = |d: usize, at: usize| (at * s.strides[d] + shift[d]).checked_sub(s.padding[d][0]).filter(|x| *x < s.input[d]);
    let Some(in_y) = source(0, y) else { return };
    for x in 0..width {
        if let Some(in_x) = source(1, x) {
            let pixel = (image * s.input[0] + in_y) * s.input[1] + in_x;
            pairs.inputs.push(input[pixel * s.in_channels..].as_ptr());
            pairs.outputs.push(dy[(row * width + x) * s.out_channels..].as_ptr());
        }
    }
}
