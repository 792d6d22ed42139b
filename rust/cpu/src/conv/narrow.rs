//! Gradients by inputs of few channels, such as images: all columns of the filter, and all rows that fall on one output row, are
//! computed as if they were channels, which fills the registers, and are added to where they belong afterwards.
#![allow(unsafe_code)]

use super::geometry::Conv;
use super::isa::Convolved;
use super::pass::{Pass, Tap};
use crate::gemm::driver::{Run, Shared};
use crate::gemm::scratch::Scratch;
use crate::gemm::{Context, Finish};
use std::ptr::null;

/// Bytes of the products of a task, about: they stay in the second cache until they are added.
const TASK: usize = 128 << 10;

/// How the rows of the filter lie over `strides[1]` neighbouring input rows: which filter row meets each of them at the output row
/// that is `offset` further on.
struct Meeting {
    offset: isize,
    rows: Vec<Option<usize>>,
}

/// The output rows that a group of input rows meets.
fn meetings(s: &Conv) -> Vec<Meeting> {
    let [stride, before, dilation] = [s.strides[1], s.padding[1][0], s.dilations[1]].map(|x| x as isize);
    let reach = (s.filter[1] as isize - 1) * dilation;
    let filter_row = |place: isize| (0..=reach).contains(&place) && place % dilation == 0;
    let at = |offset: isize| {
        let places = (0..stride).map(|row| row + before - stride * offset);
        Meeting { offset, rows: places.map(|p| filter_row(p).then(|| (p / dilation) as usize)).collect() }
    };
    let offsets = (before - reach).div_euclid(stride)..=(before + stride - 1).div_euclid(stride);
    offsets.map(at).filter(|m| m.rows.iter().any(Option::is_some)).collect()
}

/// Whether this takes less than the ordinary way, on registers of `lanes` numbers.
pub(super) fn pays(s: &Conv, lanes: usize) -> bool {
    let flat = s.filter[0] == 1 && s.strides[0] == 1 && s.padding[0] == [0; 2];
    if !flat || s.groups() != 1 || s.dilations[2] != 1 || s.filter_channels >= lanes {
        return false;
    }
    let ordinary = s.taps() * s.in_channels.next_multiple_of(lanes);
    let here = meetings(s).len() * (s.strides[1] * s.filter[2] * s.in_channels).next_multiple_of(lanes);
    4 * here <= 3 * ordinary
}

/// Gradient by the input; false if it was cancelled. There are a gradient of the output and a filter.
pub(super) fn input_gradient<T: Convolved>(s: &Conv, filter: &[T], dy: &[T], dx: &mut [T], context: Context) -> bool {
    let run = Run::<T>::new(context);
    let ([_, height, width], [stride, _]) = (s.input, [s.strides[1], s.strides[2]]);
    let ([_, rows, columns], depth) = (s.output(), s.out_channels);
    let meetings = meetings(s);
    let n = stride * s.filter[2] * s.in_channels;
    let panels = packed(s, filter, &meetings, run.kernels.nr());
    let panels = Shared(panels.ptr());
    let groups = height.div_ceil(stride);
    let together = (TASK / (columns * n * size_of::<T>()).max(1)).clamp(1, groups);
    let per_image = groups.div_ceil(together);
    let out = Shared(dx.as_mut_ptr());
    let macs = together * columns * n * depth * meetings.len();
    run.each(s.batch * s.input[0] * per_image, macs, &|tasks| {
        for task in tasks {
            let (image, first) = (task / per_image, task % per_image * together);
            let count = together.min(groups - first);
            let products = Scratch::<T>::new(count * columns * n);
            let tap = |m: &Meeting| Tap { offset: [0, first as isize + m.offset, 0], filter: null() };
            let pass = Pass {
                batch: 1,
                grid: [1, count, columns],
                source: dy.as_ptr().wrapping_add(image * rows * columns * depth),
                source_size: [1, rows, columns],
                source_channels: depth,
                k: depth,
                step: [1; 3],
                taps: meetings.iter().map(tap).collect(),
                filter_strides: [1, 1],
                target: products.ptr(),
                target_size: [1, count, columns],
                target_channels: n,
                target_origin: [0; 3],
                target_step: [1; 3],
                n,
                panels: panels.get(),
                finish: Finish::NONE,
            };
            // SAFETY: the products have room for all pixels, the panels were packed for these taps, and every task has its own
            // rows of the result.
            unsafe {
                pass.run(Context { threads: false, poll: None, ..context });
                let products = std::slice::from_raw_parts(products.ptr(), count * columns * n);
                let from = first * stride;
                let lines = (count * stride).min(height - from);
                let row = width * s.in_channels;
                let dx = std::slice::from_raw_parts_mut(out.get().add((image * height + from) * row), lines * row);
                for (i, dx) in dx.chunks_exact_mut(row).enumerate() {
                    let products = &products[i / stride * columns * n..][..columns * n];
                    add_columns(s, products, i % stride, dx);
                }
            }
        }
    })
}

/// The filter as panels `[panel][meeting][out][nr]` of columns `[row of the group][filter column][in]`.
fn packed<T: Convolved>(s: &Conv, filter: &[T], meetings: &[Meeting], nr: usize) -> Scratch<T> {
    let (run, depth) = (s.filter[2] * s.in_channels, s.out_channels);
    let (n, deep) = (s.strides[1] * run, meetings.len() * depth);
    let out = Scratch::<T>::new(n.next_multiple_of(nr) * deep);
    // SAFETY: just allocated.
    let panels = unsafe { std::slice::from_raw_parts_mut(out.ptr(), n.next_multiple_of(nr) * deep) };
    panels.fill(T::ZERO);
    for (i, meeting) in meetings.iter().enumerate() {
        for (row, filter_row) in meeting.rows.iter().enumerate() {
            let Some(filter_row) = filter_row else { continue };
            let part = &filter[filter_row * run * depth..][..run * depth];
            for (column, values) in (row * run..).zip(part.chunks_exact(depth)) {
                let start = (column / nr * deep + i * depth) * nr + column % nr;
                for (k, value) in values.iter().enumerate() {
                    panels[start + k * nr] = *value;
                }
            }
        }
    }
    out
}

/// Adds up an input row from the products of its output pixels, of which each has a part `row` of neighbouring input pixels.
fn add_columns<T: Convolved>(s: &Conv, products: &[T], row: usize, dx: &mut [T]) {
    let (run, step, before) = (s.filter[2] * s.in_channels, s.strides[2] * s.in_channels, s.padding[2][0] * s.in_channels);
    let pixel = s.strides[1] * run;
    let count = products.len() / pixel;
    let reach = (count.max(1) - 1) * step + run;
    let line = Scratch::<T>::new(reach.max(before + dx.len()));
    // SAFETY: just allocated.
    let line = unsafe { std::slice::from_raw_parts_mut(line.ptr(), reach.max(before + dx.len())) };
    line.fill(T::ZERO);
    // Pixels that do not overlap first: otherwise each sum would wait for the one before.
    let apart = run.div_ceil(step);
    for first in 0..apart {
        for x in (first..count).step_by(apart) {
            let part = &products[x * pixel + row * run..][..run];
            for (sum, value) in line[x * step..][..run].iter_mut().zip(part) {
                *sum = sum.plus(*value);
            }
        }
    }
    dx.copy_from_slice(&line[before..][..dx.len()]);
}
