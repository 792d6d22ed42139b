//! Filter gradients: sums over all output pixels, cut into slices that depend on the sizes alone.
#![allow(unsafe_code)]

use super::geometry::Conv;
use super::isa::Convolved;
use crate::gemm::driver::{Run, Shared};
use crate::gemm::scratch::Scratch;
use crate::pool::parallel_for;
use std::ops::Range;

/// Tasks of a gradient, about.
const TASKS: usize = 32;
/// Multiply-adds of a slice, at least: the slices are added in the end.
const SLICE_MACS: usize = 1 << 20;
/// The memory that all slices may take.
const SLICE_BYTES: usize = 32 << 20;
/// Elements of a task that adds slices.
const SUM: usize = 1 << 14;

/// Fills `dw` with sums over the `rows` of the output; false if it was cancelled.
///
/// `add(rows, part, sums)` fills one of `parts` disjoint parts of an array like `dw` with the sums over some rows. A row
/// takes `macs` multiply-adds.
pub(crate) fn sum_slices<T: Convolved>(
    dw: &mut [T],
    rows: usize,
    parts: usize,
    macs: usize,
    run: &Run<T>,
    add: &(dyn Fn(Range<usize>, usize, Shared<T>) + Sync),
) -> bool {
    let total = dw.len();
    let most = (rows.saturating_mul(macs) / SLICE_MACS).min(SLICE_BYTES / size_of_val(dw)).min(rows);
    let slices = TASKS.div_ceil(parts).min(most).max(1);
    let partial = Scratch::<T>::new(if slices > 1 { slices * total } else { 0 });
    let sums = Shared(if slices > 1 { partial.ptr() } else { dw.as_mut_ptr() });
    let done = run.each(slices * parts, macs.saturating_mul(rows) / (slices * parts), &|range| {
        for task in range {
            let (slice, part) = (task / parts, task % parts);
            add(rows * slice / slices..rows * (slice + 1) / slices, part, Shared(sums.get().wrapping_add(slice * total)));
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

/// Input pixels and the output pixels that they meet at one filter element.
pub(crate) struct Pairs<T> {
    inputs: Vec<*const T>,
    outputs: Vec<*const T>,
}

impl<T> Pairs<T> {
    /// None yet.
    pub fn new() -> Self {
        Pairs { inputs: Vec::new(), outputs: Vec::new() }
    }
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
    /// Takes all pairs away.
    pub fn clear(&mut self) {
        self.inputs.clear();
        self.outputs.clear();
    }
    /// Adds the pixels of output row `row` that meet the input at a filter element.
    pub fn add(&mut self, s: &Conv, size: [usize; 3], [input, dy]: [*const T; 2], row: usize, tap: usize) {
        let Some(place) = row_of(s, size, row, s.shift(tap)) else { return };
        let shift = s.shift(tap)[2];
        let columns = columns(s, 2, size[2], shift);
        let Some(first) = (columns.start * s.strides[2] + shift).checked_sub(s.padding[2][0]) else { return };
        let (x, y) = ((place * s.input[2] + first) * s.in_channels, (row * size[2] + columns.start) * s.out_channels);
        let (step, count) = (s.strides[2] * s.in_channels, columns.len());
        self.inputs.extend((0..count).map(|i| input.wrapping_add(x + i * step)));
        self.outputs.extend((0..count).map(|i| dy.wrapping_add(y + i * s.out_channels)));
    }
}

/// Input row, counted over the batch, that output row `row` meets at a filter element; none if it lies in the padding.
pub(crate) fn row_of(s: &Conv, size: [usize; 3], row: usize, shift: [usize; 3]) -> Option<usize> {
    let (image, at) = (row / (size[0] * size[1]), [row / size[1] % size[0], row % size[1]]);
    let source = |d: usize| (at[d] * s.strides[d] + shift[d]).checked_sub(s.padding[d][0]).filter(|x| *x < s.input[d]);
    Some((image * s.input[0] + source(0)?) * s.input[1] + source(1)?)
}

/// The output places on an axis whose input lies inside at a filter element.
pub(crate) fn columns(s: &Conv, axis: usize, size: usize, shift: usize) -> Range<usize> {
    let (before, stride) = (s.padding[axis][0], s.strides[axis]);
    let first = before.saturating_sub(shift).div_ceil(stride);
    let end = (s.input[axis] + before).saturating_sub(shift).div_ceil(stride).min(size);
    first.min(end)..end
}
