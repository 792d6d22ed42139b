//! Convolution of all channels of a group, and its gradients, for the types that have inner loops of their own.
#![allow(unsafe_code)]

use super::geometry::Conv;
use super::isa::Convolved;
use super::kernel::Gather;
use super::narrow;
use super::pass::{Pass, Tap};
use super::slices::{Pairs, sum_slices};
use super::wide::{View, view};
use crate::gemm::driver::{Problem, Run, Shared, product};
use crate::gemm::{Context, Finish, GemmElement, Packed};
use std::ptr::null;

/// Forward pass; false if it was cancelled. The lengths of the arrays are checked.
pub(crate) fn forward<T: Convolved + GemmElement>(
    s: &Conv,
    input: &[T],
    filter: &[T],
    packed: Option<&Packed<T>>,
    output: &mut [T],
    finish: Finish<T>,
    context: Context,
) -> bool {
    if output.is_empty() {
        return true;
    }
    if input.is_empty() || filter.is_empty() {
        output.fill(T::ZERO);
        finish.each(output, s.out_channels);
        return true;
    }
    let pointwise = s.is_pointwise().then(|| s.batch * s.input.iter().product::<usize>());
    let View { sizes: s, output: size, groups, input } = view(s, input, context);
    let (k, n) = (s.filter_channels, s.out_channels / groups);
    let finish = finish.written(output, n);
    let panels = packed.filter(|_| groups == 1).map_or(null(), |p| p.panels(s.taps() * k, n, context.isa));
    (0..groups).all(|g| {
        // SAFETY: `Conv::check` matched the lengths with the sizes; groups are channel ranges of a pixel.
        unsafe {
            let (source, filter, target) = (input.ptr().add(g * k), filter.as_ptr().add(g * n), output.as_mut_ptr().add(g * n));
            let finish = finish.at_channel(g * n);
            if let Some(pixels) = pointwise {
                let a = [s.in_channels, 1];
                return matrix(
                    [pixels, n, k],
                    (source, a),
                    (filter, [s.out_channels, 1], panels),
                    (target, s.out_channels),
                    finish,
                    context,
                );
            }
            let tap = |t: usize| {
                let shift = s.shift(t);
                let offset = [0, 1, 2].map(|d| shift[d] as isize - s.padding[d][0] as isize);
                Tap { offset, filter: filter.add(t * k * s.out_channels) }
            };
            Pass {
                batch: s.batch,
                grid: size,
                source,
                source_size: s.input,
                source_channels: s.in_channels,
                k,
                step: s.strides,
                taps: (0..s.taps()).map(tap).collect(),
                filter_strides: [1, s.out_channels],
                target,
                target_size: size,
                target_channels: s.out_channels,
                target_origin: [0; 3],
                target_step: [1; 3],
                n,
                panels,
                finish,
            }
            .run(context)
        }
    })
}

/// The product of matrices `[m, k]` and `[k, n]` with distances between rows and between columns.
///
/// # Safety
/// As for [`product`].
unsafe fn matrix<T: Convolved>(
    [m, n, k]: [usize; 3],
    (a, [a_row, a_col]): (*const T, [usize; 2]),
    (b, [b_row, b_col], panels): (*const T, [usize; 2], *const T),
    (c, c_row): (*mut T, usize),
    Finish { after, activation }: Finish<T>,
    context: Context,
) -> bool {
    let alpha = T::ONE;
    let p = Problem { m, n, k, a, a_row, a_col, b, b_row, b_col, panels, c, c_row, alpha, add: false, after, activation };
    // SAFETY: the contract is passed on.
    unsafe { product(&p, &Run::new(context)) }
}

/// The taps that input pixels of a phase see: where they look in the output, and their number.
fn phase_taps(s: &Conv, phase: [usize; 3]) -> impl Iterator<Item = ([isize; 3], usize)> {
    let s = *s;
    (0..s.taps()).filter_map(move |t| {
        let at = s.shift(t);
        let shift = [0, 1, 2].map(|d| (phase[d] + s.padding[d][0]) as isize - at[d] as isize);
        let exact = (0..3).all(|d| shift[d].rem_euclid(s.strides[d] as isize) == 0);
        exact.then(|| ([0, 1, 2].map(|d| shift[d].div_euclid(s.strides[d] as isize)), t))
    })
}

/// All phases of the strides: the sets of input pixels that see the same filter elements.
fn phases(s: &Conv) -> impl Iterator<Item = [usize; 3]> {
    let [d, h, w] = [0, 1, 2].map(|d| s.strides[d].min(s.input[d]));
    (0..d * h * w).map(move |i| [i / (h * w), i / w % h, i % w])
}

/// Gradient by the input; false if it was cancelled.
///
/// Input pixels of one phase of the strides all see the same filter elements, at neighbouring output pixels.
pub(crate) fn input_gradient<T: Convolved>(s: &Conv, filter: &[T], dy: &[T], dx: &mut [T], context: Context) -> bool {
    let (groups, size) = (s.groups(), s.output());
    if dx.is_empty() {
        return true;
    }
    if dy.is_empty() || filter.is_empty() {
        dx.fill(T::ZERO);
        return true;
    }
    if narrow::pays(s, T::kernels(context.isa).lanes) {
        return narrow::input_gradient(s, filter, dy, dx, context);
    }
    let (k, n) = (s.out_channels / groups, s.filter_channels);
    (0..groups).all(|g| {
        // SAFETY: as in `forward`; phases are disjoint sets of pixels.
        unsafe {
            let (source, filter, target) = (dy.as_ptr().add(g * k), filter.as_ptr().add(g * k), dx.as_mut_ptr().add(g * n));
            if s.is_pointwise() {
                let pixels = s.batch * s.input.iter().product::<usize>();
                let (a, b) = ([s.out_channels, 1], [1, s.out_channels]);
                return matrix([pixels, n, k], (source, a), (filter, b, null()), (target, s.in_channels), Finish::NONE, context);
            }
            phases(s).all(|phase| {
                let tap = |(offset, t): ([isize; 3], usize)| Tap { offset, filter: filter.add(t * n * s.out_channels) };
                Pass {
                    batch: s.batch,
                    grid: [0, 1, 2].map(|d| (s.input[d] - phase[d]).div_ceil(s.strides[d])),
                    source,
                    source_size: size,
                    source_channels: s.out_channels,
                    k,
                    step: [1; 3],
                    taps: phase_taps(s, phase).map(tap).collect(),
                    filter_strides: [s.out_channels, 1],
                    target,
                    target_size: s.input,
                    target_channels: s.in_channels,
                    target_origin: phase,
                    target_step: s.strides,
                    n,
                    panels: null(),
                    finish: Finish::NONE,
                }
                .run(context)
            })
        }
    })
}

/// Pixels that are multiplied at once.
const PIXELS: usize = 128;

/// Gradient by the filter; false if it was cancelled.
///
/// Every filter element is a product over all pixels that it meets.
pub(crate) fn filter_gradient<T: Convolved>(s: &Conv, input: &[T], dy: &[T], dw: &mut [T], context: Context) -> bool {
    if dw.is_empty() {
        return true;
    }
    let run = Run::<T>::new(context);
    if s.is_pointwise() {
        let (groups, pixels) = (s.groups(), s.batch * s.input.iter().product::<usize>());
        let (m, n) = (s.filter_channels, s.out_channels / groups);
        return (0..groups).all(|g| {
            let (a, b, c) = (input.as_ptr().wrapping_add(g * m), dy.as_ptr().wrapping_add(g * n), dw.as_mut_ptr().wrapping_add(g * n));
            // SAFETY: as in `forward`.
            unsafe {
                matrix(
                    [m, n, pixels],
                    (a, [1, s.in_channels]),
                    (b, [s.out_channels, 1], null()),
                    (c, s.out_channels),
                    Finish::NONE,
                    context,
                )
            }
        });
    }
    let View { sizes: s, output, groups, input } = view(s, input, context);
    let pixels = Shared(input.ptr().cast_mut());
    let (m, n) = (s.filter_channels, s.out_channels / groups);
    let (loops, lanes) = (T::loops(context.isa), run.kernels.lanes);
    let (mr, nr) = (loops.gather.len(), run.kernels.nr());
    let rows = s.batch * output[0] * output[1];
    let (tiles, panels) = (m.div_ceil(mr), n.div_ceil(nr));
    sum_slices(dw, rows, s.taps() * panels, output[2] * s.taps() * m * s.out_channels, &run, &|rows, part, sums| {
        let (tap, columns) = (part / panels, part % panels * nr..n.min((part % panels + 1) * nr));
        let out = Shared(sums.get().wrapping_add(tap * m * s.out_channels));
        // SAFETY: pairs are pixels of the input and of `dy`, `out` is the filter element's matrix, of which every part has
        // its own columns.
        unsafe {
            for (i, g) in (0..m).flat_map(|i| (0..groups).map(move |g| (i, g))) {
                let start = out.get().add(i * s.out_channels + g * n + columns.start);
                std::slice::from_raw_parts_mut(start, columns.len()).fill(T::ZERO);
            }
            let mut pairs = Pairs::new();
            let last = rows.end;
            for row in rows {
                pairs.add(&s, output, [pixels.get(), dy.as_ptr()], row, tap);
                if pairs.len() == 0 || (pairs.len() < PIXELS && row + 1 < last) {
                    continue;
                }
                for (tile, g) in (0..groups).flat_map(|g| (0..tiles).map(move |tile| (tile, g))) {
                    let (first, end) = (m * tile / tiles, m * (tile + 1) / tiles);
                    loops.gather[end - first - 1][usize::from(columns.len() > lanes)](&Gather {
                        k: pairs.len(),
                        a: pairs.inputs(),
                        a_offset: g * m + first,
                        b: pairs.outputs(),
                        b_offset: g * n + columns.start,
                        c: out.get().add(first * s.out_channels + g * n + columns.start),
                        c_row: s.out_channels,
                        n: columns.len(),
                    });
                }
                pairs.clear();
            }
        }
    })
}
