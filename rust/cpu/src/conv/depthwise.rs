//! Depthwise convolution and its gradients: every channel has `multiplier` filters of its own.
//!
//! Arrays are seen with one channel per filter: an input channel is repeated `multiplier` times, which makes every output
//! pixel a sum of products of whole pixels, lane by lane. Neighbouring pixels of a row that see all columns of the filter
//! are computed together, as far as the registers go.
#![allow(unsafe_code)]

use super::dense::{phase_taps, phases};
use super::geometry::Conv;
use super::isa::{Convolved, Loops, SUMS};
use super::kernel::{Strip, Sums};
use super::pass::{Pass, Tap};
use super::slices::{columns, row_of, sum_slices};
use crate::gemm::Context;
use crate::gemm::driver::{Run, Shared};
use crate::pool::parallel_for;
use std::borrow::Cow;
use std::ops::Range;

/// Multiply-adds of a task, about.
const TASK: usize = 1 << 18;

/// The same convolution with repeated input channels.
fn repeated(s: &Conv) -> Conv {
    Conv { in_channels: s.out_channels, ..*s }
}

/// The input with every channel repeated for its filters.
fn repeat<'a, T: Convolved>(s: &Conv, x: &'a [T], context: Context) -> Cow<'a, [T]> {
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
pub(crate) fn forward<T: Convolved>(s: &Conv, input: &[T], filter: &[T], output: &mut [T], context: Context) -> bool {
    if output.is_empty() {
        return true;
    }
    if input.is_empty() {
        output.fill(T::ZERO);
        return true;
    }
    let (input, size, n) = (repeat(s, input, context), s.output(), s.out_channels);
    let tap = |t: usize| {
        let shift = s.shift(t);
        let offset = [0, 1, 2].map(|d| shift[d] as isize - s.padding[d][0] as isize);
        Tap { offset, filter: filter[t * n..].as_ptr() }
    };
    let pass = Pass {
        batch: s.batch,
        grid: size,
        source: input.as_ptr(),
        source_size: s.input,
        source_channels: n,
        k: n,
        step: s.strides,
        taps: (0..s.taps()).map(tap).collect(),
        filter_strides: [1, n],
        target: output.as_mut_ptr(),
        target_size: size,
        target_channels: n,
        target_origin: [0; 3],
        target_step: [1; 3],
        n,
    };
    // SAFETY: `Conv::check` matched the lengths with the sizes.
    unsafe { strips(&pass, context) }
}

/// Gradient by the input; false if it was cancelled.
pub(crate) fn input_gradient<T: Convolved>(s: &Conv, filter: &[T], dy: &[T], dx: &mut [T], context: Context) -> bool {
    if dx.is_empty() {
        return true;
    }
    if dy.is_empty() {
        dx.fill(T::ZERO);
        return true;
    }
    let multiplier = s.out_channels / s.in_channels;
    if multiplier == 1 {
        return wide_input_gradient(s, filter, dy, dx, context);
    }
    let mut each = vec![T::ZERO; dx.len() * multiplier];
    let done = wide_input_gradient(&repeated(s), filter, dy, &mut each, context);
    for (x, parts) in dx.iter_mut().zip(each.chunks_exact(multiplier)) {
        *x = parts[1..].iter().fold(parts[0], |sum, p| sum.plus(*p));
    }
    done
}

/// The gradient by an input with one channel per filter, one phase of the strides after the other.
fn wide_input_gradient<T: Convolved>(s: &Conv, filter: &[T], dy: &[T], dx: &mut [T], context: Context) -> bool {
    let (size, n) = (s.output(), s.out_channels);
    phases(s).all(|phase| {
        let pass = Pass {
            batch: s.batch,
            grid: [0, 1, 2].map(|d| (s.input[d] - phase[d]).div_ceil(s.strides[d])),
            source: dy.as_ptr(),
            source_size: size,
            source_channels: n,
            k: n,
            step: [1; 3],
            taps: phase_taps(s, phase).map(|(offset, t)| Tap { offset, filter: filter[t * n..].as_ptr() }).collect(),
            filter_strides: [1, n],
            target: dx.as_mut_ptr(),
            target_size: s.input,
            target_channels: n,
            target_origin: phase,
            target_step: s.strides,
            n,
        };
        // SAFETY: as in `forward`; phases are disjoint sets of pixels.
        unsafe { strips(&pass, context) }
    })
}

/// Runs a pass lane by lane, in strips of pixels of one row; false if it was cancelled.
///
/// # Safety
/// As for [`Pass::run`]; pixels and filter elements have `n` channels.
unsafe fn strips<T: Convolved>(pass: &Pass<T>, context: Context) -> bool {
    let run = Run::<T>::new(context);
    let loops = T::loops(context.isa);
    let ([depth, height, width], n) = (pass.grid, pass.n);
    let spans: Vec<_> = pass.taps.iter().map(|t| pass.columns(t)).collect();
    // Between these columns the same taps exist.
    let mut borders: Vec<usize> = spans.iter().flat_map(|r| [r.start, r.end]).chain([0, width]).collect();
    borders.sort_unstable();
    borders.dedup();
    let rows = pass.batch * depth * height;
    let macs = width * n * pass.taps.len().max(1);
    let grain = TASK.div_ceil(macs).min(rows.div_ceil(8).max(1));
    run.each(rows.div_ceil(grain), 4 * grain * macs, &|range| {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        for row in range.start * grain..rows.min(range.end * grain) {
            let (image, at) = pass.place(row * width);
            let sources: Vec<_> = pass.taps.iter().map(|t| pass.source_row(image, at, t)).collect();
            for border in borders.windows(2) {
                let (first, count) = (border[0], border[1] - border[0]);
                a.clear();
                b.clear();
                for ((tap, source), span) in pass.taps.iter().zip(&sources).zip(&spans) {
                    if let (Some(source), true) = (source, span.contains(&first)) {
                        a.push(source.wrapping_add(first * pass.step[2] * n));
                        b.push(tap.filter);
                    }
                }
                // SAFETY: all pointers are whole pixels of `n` channels, by the contract; every task writes its own rows.
                unsafe {
                    (loops.strip)(&Strip {
                        count,
                        taps: a.len(),
                        a: a.as_ptr(),
                        a_step: pass.step[2] * n,
                        b: b.as_ptr(),
                        c: pass.target_pixel(image, [at[0], at[1], first]),
                        c_step: pass.target_step[2] * n,
                        n,
                    });
                }
            }
        }
    })
}

/// Gradient by the filter; false if it was cancelled.
pub(crate) fn filter_gradient<T: Convolved>(s: &Conv, input: &[T], dy: &[T], dw: &mut [T], context: Context) -> bool {
    if dw.is_empty() {
        return true;
    }
    let input = repeat(s, input, context);
    let s = repeated(s);
    let (size, n, run) = (s.output(), s.out_channels, Run::<T>::new(context));
    let loops = T::loops(context.isa);
    let rows = s.batch * size[0] * size[1];
    sum_slices(dw, rows, 1, 4 * size[2] * s.taps() * n, &run, &|rows, _, sums| {
        // SAFETY: every slice has sums of its own.
        unsafe { std::slice::from_raw_parts_mut(sums.get(), s.taps() * n) }.fill(T::ZERO);
        // SAFETY: lengths were checked; `sums` are `n` for each filter element.
        unsafe { sum_rows(&s, size, [&input, dy], rows, sums, loops) };
    })
}

/// Adds the products of some output rows to the sums of all filter elements.
///
/// # Safety
/// The arrays have the lengths that `s` asks for, and `sums` those of the filter.
unsafe fn sum_rows<T: Convolved>(
    s: &Conv,
    size: [usize; 3],
    [input, dy]: [&[T]; 2],
    rows: Range<usize>,
    sums: Shared<T>,
    loops: &Loops<T>,
) {
    let n = s.out_channels;
    // Columns between these see the same filter elements.
    let spans: Vec<_> = (0..s.filter[2]).map(|j| columns(s, 2, size[2], j * s.dilations[2])).collect();
    let mut borders: Vec<usize> = spans.iter().flat_map(|r| [r.start, r.end]).chain([0, size[2]]).collect();
    borders.sort_unstable();
    borders.dedup();
    let (mut a, mut c) = (Vec::new(), Vec::new());
    for row in rows {
        let sources: Vec<_> = (0..s.taps()).map(|t| row_of(s, size, row, s.shift(t))).collect();
        for border in borders.windows(2) {
            let (first, count) = (border[0], border[1] - border[0]);
            a.clear();
            c.clear();
            for (t, source) in sources.iter().enumerate() {
                let (Some(source), true) = (source, spans[t % s.filter[2]].contains(&first)) else { continue };
                let column = first * s.strides[2] + s.shift(t)[2] - s.padding[2][0];
                a.push(input.as_ptr().wrapping_add((source * s.input[2] + column) * n));
                c.push(sums.get().wrapping_add(t * n));
            }
            let b = dy.as_ptr().wrapping_add((row * size[2] + first) * n);
            for (a, c) in a.chunks(SUMS).zip(c.chunks(SUMS)) {
                // SAFETY: all pointers are whole pixels of `n` channels, by the contract.
                unsafe {
                    loops.sums[a.len() - 1](&Sums { count, a: a.as_ptr(), a_step: s.strides[2] * n, b, b_step: n, c: c.as_ptr(), n });
                }
            }
        }
    }
}
