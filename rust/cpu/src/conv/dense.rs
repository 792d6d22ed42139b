//! Convolution of all channels of a group, and its gradients, for the types that have inner loops of their own.
#![allow(unsafe_code)]

use super::geometry::Conv2d;
use super::pass::{Pass, Tap};
use super::slices::{Pairs, sum_slices};
use crate::gemm::Context;
use crate::gemm::driver::{Run, Shared};
use crate::gemm::isa::Element;
use crate::gemm::kernel::Gather;

/// Forward pass; false if it was cancelled. The lengths of the arrays are checked.
pub(crate) fn forward<T: Element>(s: &Conv2d, input: &[T], filter: &[T], output: &mut [T], context: Context) -> bool {
    let (groups, size) = (s.groups(), s.output());
    if output.is_empty() {
        return true;
    }
    if input.is_empty() || filter.is_empty() {
        output.fill(T::ZERO);
        return true;
    }
    let n = s.out_channels / groups;
    (0..groups).all(|g| {
        // SAFETY: `Conv2d::check` matched the lengths with the sizes; groups are channel ranges of a pixel.
        unsafe {
            let tap = |t: usize| Tap {
                offset: [t / s.filter[1] * s.dilations[0], t % s.filter[1] * s.dilations[1]].map(|x| x as isize),
                filter: filter.as_ptr().add(t * s.filter_channels * s.out_channels + g * n),
            };
            Pass {
                batch: s.batch,
                grid: size,
                source: input.as_ptr().add(g * s.filter_channels),
                source_size: s.input,
                source_channels: s.in_channels,
                k: s.filter_channels,
                step: s.strides,
                origin: [0, 1].map(|d| -(s.padding[d][0] as isize)),
                taps: (0..s.taps()).map(tap).collect(),
                filter_strides: [1, s.out_channels],
                target: output.as_mut_ptr().add(g * n),
                target_size: size,
                target_channels: s.out_channels,
                target_origin: [0, 0],
                target_step: [1, 1],
                n,
            }
            .run(context)
        }
    })
}

/// Gradient by the input; false if it was cancelled.
///
/// Input pixels of one phase of the strides all see the same filter elements, at neighbouring output pixels.
pub(crate) fn input_gradient<T: Element>(s: &Conv2d, filter: &[T], dy: &[T], dx: &mut [T], context: Context) -> bool {
    let (groups, size) = (s.groups(), s.output());
    if dx.is_empty() {
        return true;
    }
    if dy.is_empty() || filter.is_empty() {
        dx.fill(T::ZERO);
        return true;
    }
    let k = s.out_channels / groups;
    let phases = [0, 1].map(|d| s.strides[d].min(s.input[d]));
    (0..groups * phases[0] * phases[1]).all(|i| {
        let (g, phase) = (i / (phases[0] * phases[1]), [i / phases[1] % phases[0], i % phases[1]]);
        let offset = |t: usize| {
            let at = [t / s.filter[1], t % s.filter[1]];
            let shift = [0, 1].map(|d| (phase[d] + s.padding[d][0]) as isize - (at[d] * s.dilations[d]) as isize);
            let exact = (0..2).all(|d| shift[d].rem_euclid(s.strides[d] as isize) == 0);
            exact.then(|| [0, 1].map(|d| shift[d].div_euclid(s.strides[d] as isize)))
        };
        // SAFETY: as in `forward`; phases are disjoint sets of pixels.
        unsafe {
            let filter = filter.as_ptr().add(g * k);
            let tap = |t: usize| {
                let filter = filter.add(t * s.filter_channels * s.out_channels);
                offset(t).map(|offset| Tap { offset, filter })
            };
            Pass {
                batch: s.batch,
                grid: [0, 1].map(|d| (s.input[d] - phase[d]).div_ceil(s.strides[d])),
                source: dy.as_ptr().add(g * k),
                source_size: size,
                source_channels: s.out_channels,
                k,
                step: [1, 1],
                origin: [0, 0],
                taps: (0..s.taps()).filter_map(tap).collect(),
                filter_strides: [s.out_channels, 1],
                target: dx.as_mut_ptr().add(g * s.filter_channels),
                target_size: s.input,
                target_channels: s.in_channels,
                target_origin: phase,
                target_step: s.strides,
                n: s.filter_channels,
            }
            .run(context)
        }
    })
}

/// Gradient by the filter; false if it was cancelled.
///
/// Every filter element is a product over all pixels that it meets. Fixed slices of the output rows are summed apart, so
/// that threads have work and results don't depend on their number.
pub(crate) fn filter_gradient<T: Element>(s: &Conv2d, input: &[T], dy: &[T], dw: &mut [T], context: Context) -> bool {
    let run = Run::<T>::new(context);
    let groups = s.groups();
    if dw.is_empty() {
        return true;
    }
    let (m, n) = (s.filter_channels, s.out_channels / groups);
    let kernels = run.kernels;
    sum_slices(s, input, dy, dw, &run, &|pairs: &Pairs<T>, out: Shared<T>| {
        let (mr, nr) = (kernels.mr(), kernels.nr());
        for g in 0..groups {
            for j in (0..n).step_by(nr) {
                for i in (0..m).step_by(mr) {
                    let (rows, columns) = (mr.min(m - i), nr.min(n - j));
                    // SAFETY: pairs are pixels of the input and of `dy`, `out` is the filter element's matrix.
                    unsafe {
                        kernels.gather[rows - 1][usize::from(columns > kernels.lanes)](&Gather {
                            k: pairs.len(),
                            a: pairs.inputs(),
                            a_offset: g * m + i,
                            b: pairs.outputs(),
                            b_offset: g * n + j,
                            c: out.get().add(i * s.out_channels + g * n + j),
                            c_row: s.out_channels,
                            n: columns,
                        });
                    }
                }
            }
        }
    })
}
