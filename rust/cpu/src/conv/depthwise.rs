//! Depthwise convolution and its gradients: every channel has `multiplier` filters of its own.
//!
//! Arrays are seen with one channel per filter: an input channel is repeated `multiplier` times, which makes every output
//! pixel a sum of products of whole pixels, lane by lane.
#![allow(unsafe_code)]

use super::geometry::Conv2d;
use super::slices::{Pairs, sum_slices};
use crate::gemm::Context;
use crate::gemm::driver::{Run, Shared};
use crate::gemm::isa::Element;
use crate::gemm::kernel::Lanewise;
use crate::pool::parallel_for;
use std::borrow::Cow;

/// Multiply-adds of a task, about.
const TASK: usize = 1 << 16;

/// The same convolution with repeated input channels.
fn repeated(s: &Conv2d) -> Conv2d {
    Conv2d { in_channels: s.out_channels, ..*s }
}

/// The input with every channel repeated for its filters.
fn repeat<'a, T: Element>(s: &Conv2d, x: &'a [T], context: Context) -> Cow<'a, [T]> {
    let multiplier = s.out_channels / s.in_channels;
    if multiplier == 1 {
        return Cow::Borrowed(x);
    }
    let mut wide = vec![T::ZERO; x.len() * multiplier];
    let out = Shared(wide.as_mut_ptr());
    let ns = if context.threads { multiplier as f32 } else { 0.0 };
    parallel_for(x.len(), 4096, ns, None, &|range| {
        // SAFETY: every task writes the copies of its own elements.
        let copies = unsafe { std::slice::from_raw_parts_mut(out.get().add(range.start * multiplier), range.len() * multiplier) };
        for (copies, &x) in copies.chunks_exact_mut(multiplier).zip(&x[range]) {
            copies.fill(x);
        }
    });
    Cow::Owned(wide)
}

/// Forward pass; false if it was cancelled. The lengths of the arrays are checked.
pub(crate) fn forward<T: Element>(s: &Conv2d, input: &[T], filter: &[T], output: &mut [T], context: Context) -> bool {
    if output.is_empty() {
        return true;
    }
    let input = repeat(s, input, context);
    let source = |d: usize, at: usize, tap: usize| {
        (at * s.strides[d] + tap * s.dilations[d]).checked_sub(s.padding[d][0]).filter(|x| *x < s.input[d])
    };
    pixels(&repeated(s), &input, s.input, filter, output, s.output(), &source, context)
}

/// Gradient by the input; false if it was cancelled.
pub(crate) fn input_gradient<T: Element>(s: &Conv2d, filter: &[T], dy: &[T], dx: &mut [T], context: Context) -> bool {
    if dx.is_empty() {
        return true;
    }
    if dy.is_empty() {
        dx.fill(T::ZERO);
        return true;
    }
    let size = s.output();
    let source = |d: usize, at: usize, tap: usize| {
        let shift = (at + s.padding[d][0]).checked_sub(tap * s.dilations[d])?;
        (shift % s.strides[d] == 0 && shift / s.strides[d] < size[d]).then(|| shift / s.strides[d])
    };
    let multiplier = s.out_channels / s.in_channels;
    let wide = repeated(s);
    if multiplier == 1 {
        return pixels(&wide, dy, size, filter, dx, s.input, &source, context);
    }
    let mut each = vec![T::ZERO; dx.len() * multiplier];
    let done = pixels(&wide, dy, size, filter, &mut each, s.input, &source, context);
    for (x, parts) in dx.iter_mut().zip(each.chunks_exact(multiplier)) {
        *x = parts[1..].iter().fold(parts[0], |sum, p| sum.plus(*p));
    }
    done
}

/// Gradient by the filter; false if it was cancelled.
pub(crate) fn filter_gradient<T: Element>(s: &Conv2d, input: &[T], dy: &[T], dw: &mut [T], context: Context) -> bool {
    if dw.is_empty() {
        return true;
    }
    let input = repeat(s, input, context);
    let run = Run::<T>::new(context);
    let (kernels, n) = (run.kernels, s.out_channels);
    sum_slices(&repeated(s), &input, dy, dw, &run, &|pairs: &Pairs<T>, out: Shared<T>| {
        // SAFETY: pairs are whole pixels of `n` channels; `out` has `n` sums.
        unsafe {
            (kernels.lanewise)(&Lanewise { k: pairs.len(), a: pairs.inputs(), b: pairs.outputs(), c: out.get(), n, add: true });
        }
    })
}

/// Every target pixel is the sum of the source pixels that `source(axis, target, tap)` names times the filter's.
#[allow(clippy::too_many_arguments)]
fn pixels<T: Element>(
    s: &Conv2d,
    from: &[T],
    from_size: [usize; 2],
    filter: &[T],
    to: &mut [T],
    [height, width]: [usize; 2],
    source: &(dyn Fn(usize, usize, usize) -> Option<usize> + Sync),
    context: Context,
) -> bool {
    let run = Run::<T>::new(context);
    let (kernels, n) = (run.kernels, s.out_channels);
    let out = Shared(to.as_mut_ptr());
    let rows = s.batch * height;
    let grain = TASK.div_ceil(width * n * s.taps());
    let macs = grain * width * n * s.taps();
    run.each(rows.div_ceil(grain), 4 * macs, &|range| {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        for row in range.start * grain..rows.min(range.end * grain) {
            let (image, y) = (row / height, row % height);
            for x in 0..width {
                a.clear();
                b.clear();
                for i in 0..s.filter[0] {
                    let Some(from_y) = source(0, y, i) else { continue };
                    for j in 0..s.filter[1] {
                        if let Some(from_x) = source(1, x, j) {
                            let pixel = (image * from_size[0] + from_y) * from_size[1] + from_x;
                            a.push(from[pixel * n..].as_ptr());
                            b.push(filter[(i * s.filter[1] + j) * n..].as_ptr());
                        }
                    }
                }
                // SAFETY: all pointers are whole pixels of `n` channels; every task writes its own rows.
                unsafe {
                    let c = out.get().add((row * width + x) * n);
                    (kernels.lanewise)(&Lanewise { k: a.len(), a: a.as_ptr(), b: b.as_ptr(), c, n, add: false });
                }
            }
        }
    })
}
