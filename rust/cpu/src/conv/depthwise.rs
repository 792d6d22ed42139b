//! Depthwise convolution and its gradients: every channel has `multiplier` filters of its own.
//!
//! Arrays are seen with one channel per filter: an input channel is repeated `multiplier` times, which makes every output
//! pixel a sum of products of whole pixels, lane by lane. A task takes some rows of the result, which it computes from top to
//! bottom for as many columns and channels at a time as let the source rows under the filter stay in the first cache.
#![allow(unsafe_code)]

use super::geometry::Conv;
use super::isa::{Convolved, Loops, TOGETHER};
use super::slices::sum_slices;
use super::strip::{LEAST, Pairs, Strip, Sums};
use crate::gemm::driver::{Run, Shared};
use crate::gemm::scratch::Scratch;
use crate::gemm::{Context, Finish, GemmElement};
use crate::pool::parallel_for;
use std::borrow::Cow;
use std::ops::Range;

/// Bytes of source and result that a task touches, about: they stay in the second cache from one group of channels to the next.
const TASK: usize = 512 << 10;
/// Bytes of source and result that do not stay in the caches near a core.
const FAR: usize = 2 << 20;
/// Tasks that a convolution should have, at least.
const TASKS: usize = 16;
/// Channels of a part of a filter gradient, about.
const PART: usize = 128;
/// Channels that parts have a multiple of: those of a line of the cache.
const WHOLE: usize = 16;

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
pub(crate) fn forward<T: Convolved + GemmElement>(
    s: &Conv,
    input: &[T],
    filter: &[T],
    output: &mut [T],
    finish: Finish<T>,
    context: Context,
) -> bool {
    if output.is_empty() {
        return true;
    }
    if input.is_empty() {
        output.fill(T::ZERO);
        finish.each(output, s.out_channels);
        return true;
    }
    let (input, s) = (repeat(s, input, context), repeated(s));
    let columns = Columns {
        target: 0,
        target_step: 1,
        count: s.output()[2],
        first: -(s.padding[2][0] as isize),
        step: s.strides[2],
        tap: s.dilations[2],
        columns: s.filter[2],
        filter: 0,
        filter_step: 1,
        pairs: false,
    };
    let finish = finish.written(output, s.out_channels);
    let rows = Rows {
        sizes: [s.input, s.output()],
        source: &input,
        filter,
        target: Shared(output.as_mut_ptr()),
        meets: [0, 1].map(|d| (0..s.output()[d]).map(|at| seen_from_output(&s, d, at)).collect()),
        columns: vec![columns],
        finish,
        conv: &s,
    };
    rows.run(context)
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

/// The gradient by an input with one channel per filter.
fn wide_input_gradient<T: Convolved>(s: &Conv, filter: &[T], dy: &[T], dx: &mut [T], context: Context) -> bool {
    let usual = s.strides[2] == 2 && s.dilations[2] == 1 && matches!(s.filter[2], 3 | 5);
    let columns = if usual { vec![column_pairs(s)] } else { (0..s.strides[2].min(s.input[2])).map(|p| column_phase(s, p)).collect() };
    let rows = Rows {
        sizes: [s.output(), s.input],
        source: dy,
        filter,
        target: Shared(dx.as_mut_ptr()),
        meets: [0, 1].map(|d| (0..s.input[d]).map(|at| seen_from_input(s, d, at)).collect()),
        columns,
        finish: Finish::NONE,
        conv: s,
    };
    rows.run(context)
}

/// The places of the input on an axis that an output place sees, each with the filter element.
fn seen_from_output(s: &Conv, d: usize, at: usize) -> Vec<(usize, usize)> {
    let place = |k: usize| (at * s.strides[d] + k * s.dilations[d]).checked_sub(s.padding[d][0]).filter(|x| *x < s.input[d]);
    (0..s.filter[d]).filter_map(|k| Some((place(k)?, k))).collect()
}

/// The places of the output on an axis that see an input place, each with the filter element.
fn seen_from_input(s: &Conv, d: usize, at: usize) -> Vec<(usize, usize)> {
    let place = |k: usize| (at + s.padding[d][0]).checked_sub(k * s.dilations[d]).filter(|x| x.is_multiple_of(s.strides[d]));
    let inside = |k: usize| place(k).map(|x| x / s.strides[d]).filter(|x| *x < s.output()[d]);
    (0..s.filter[d]).filter_map(|k| Some((inside(k)?, k))).collect()
}

/// Which pixels of a target row are computed at once, and how they see the filter: target pixel `target + i * target_step` sees
/// source column `first + i * step + t * tap` through filter column `filter + t * filter_step`, `t < columns`.
struct Columns {
    /// Before the row where the first of a pair is.
    target: isize,
    target_step: usize,
    count: usize,
    first: isize,
    step: usize,
    tap: usize,
    columns: usize,
    filter: usize,
    filter_step: isize,
    /// Pairs of pixels as [`Pairs`] has them: `count` of them.
    pairs: bool,
}

/// The input columns that are `phase` more than a multiple of the stride: all see the same filter columns.
fn column_phase(s: &Conv, phase: usize) -> Columns {
    let (stride, dilation) = (s.strides[2], s.dilations[2]);
    let shift = |k: usize| (phase + s.padding[2][0]) as isize - (k * dilation) as isize;
    let all: Vec<_> = (0..s.filter[2]).filter(|k| shift(*k).rem_euclid(stride as isize) == 0).collect();
    // From left to right, which is from the last filter column to the first.
    let last = all.last().copied().unwrap_or(0);
    let apart = if all.len() > 1 { all[1] - all[0] } else { 0 };
    Columns {
        target: phase as isize,
        target_step: stride,
        count: (s.input[2] - phase).div_ceil(stride),
        first: shift(last).div_euclid(stride as isize),
        step: 1,
        tap: apart * dilation / stride,
        columns: all.len(),
        filter: last,
        filter_step: -(apart as isize),
        pairs: false,
    }
}

/// All input columns at stride 2, in pairs that the same output columns see.
fn column_pairs(s: &Conv) -> Columns {
    let (before, reach) = (s.padding[2][0], s.filter[2] / 2);
    Columns {
        target: -((before % 2) as isize),
        target_step: 1,
        count: (s.input[2] + before % 2).div_ceil(2),
        first: (before / 2) as isize - reach as isize,
        step: 1,
        tap: 1,
        columns: s.filter[2],
        filter: 0,
        filter_step: 1,
        pairs: true,
    }
}

/// A convolution as rows of targets that are sums over rows of sources, all of `conv.out_channels` channels.
struct Rows<'a, T> {
    conv: &'a Conv,
    /// Of source and target.
    sizes: [[usize; 3]; 2],
    source: &'a [T],
    filter: &'a [T],
    target: Shared<T>,
    /// For depth and height and each place there: the source places that it sees, and through which filter element.
    meets: [Vec<Vec<(usize, usize)>>; 2],
    columns: Vec<Columns>,
    finish: Finish<'a, T>,
}

/// Target rows that see the same rows of the filter.
struct Group<T> {
    b: Vec<*const T>,
    /// The source rows of each, from top to bottom.
    a: Vec<*const T>,
    c: Vec<*mut T>,
}

impl<T: Convolved> Rows<'_, T> {
    /// Runs all rows; false if it was cancelled.
    fn run(&self, context: Context) -> bool {
        let run = Run::<T>::new(context);
        let loops = T::loops(context.isa);
        let (n, [_, [depth, height, width]]) = (self.conv.out_channels, self.sizes);
        let rows = self.conv.batch * depth * height;
        // Rows of the target take as many rows of the source as the step between them, or fewer.
        let bytes = (self.sizes[0][1].div_ceil(height) * self.sizes[0][2] + width) * n * size_of::<T>();
        let grain = (TASK / bytes).clamp(1, rows.div_ceil(TASKS)).max(1);
        let zeros = Scratch::<T>::new(n);
        // SAFETY: just allocated.
        unsafe { std::slice::from_raw_parts_mut(zeros.ptr(), n) }.fill(T::ZERO);
        let zeros = Shared(zeros.ptr());
        run.each(rows.div_ceil(grain), 4 * grain * width * n * self.conv.taps(), &|range| {
            let rows = range.start * grain..rows.min(range.end * grain);
            let mut groups: Vec<Group<T>> = Vec::new();
            for row in rows {
                self.join(row, &mut groups);
            }
            for columns in &self.columns {
                for group in &groups {
                    // SAFETY: `Conv::check` matched the lengths with the sizes; every task writes its own rows.
                    unsafe { self.strip(loops, zeros, group, columns) };
                }
            }
        })
    }

    /// Adds a target row to those that see the same rows of the filter.
    fn join(&self, row: usize, groups: &mut Vec<Group<T>>) {
        let ([[depth, height, width], [target_depth, target_height, target_width]], n) = (self.sizes, self.conv.out_channels);
        let (image, z, y) = (row / (target_depth * target_height), row / target_height % target_depth, row % target_height);
        let at = |z: usize, y: usize| self.source.as_ptr().wrapping_add(((image * depth + z) * height + y) * width * n);
        let [_, filter_height, filter_width] = self.conv.filter;
        let of = |z: usize, y: usize| self.filter.as_ptr().wrapping_add((z * filter_height + y) * filter_width * n);
        let mut all: Vec<_> = self.meets[0][z].iter().flat_map(|p| self.meets[1][y].iter().map(move |l| (p, l))).collect();
        all.sort_unstable_by_key(|(p, l)| (p.0, l.0));
        let same = |b: &[*const T]| b.iter().copied().eq(all.iter().map(|(p, l)| of(p.1, l.1)));
        let found = groups.iter().position(|g| same(&g.b)).unwrap_or_else(|| {
            let b = all.iter().map(|(p, l)| of(p.1, l.1)).collect();
            groups.push(Group { b, a: Vec::new(), c: Vec::new() });
            groups.len() - 1
        });
        groups[found].a.extend(all.iter().map(|(p, l)| at(p.0, l.0)));
        groups[found].c.push(self.target.get().wrapping_add(row * target_width * n));
    }

    /// Computes some columns of the rows of a group.
    ///
    /// # Safety
    /// The arrays have the lengths that the sizes ask for.
    unsafe fn strip(&self, loops: &Loops<T>, zeros: Shared<T>, group: &Group<T>, of: &Columns) {
        let (n, width) = (self.conv.out_channels, self.sizes[1][2]);
        let Finish { after, activation } = self.finish;
        let strip = Strip {
            targets: group.c.len(),
            count: of.count,
            rows: group.b.len(),
            columns: of.columns,
            a: group.a.as_ptr(),
            first: of.first,
            step: of.step,
            tap: of.tap,
            width: self.sizes[0][2],
            pixel: n,
            zeros: zeros.get(),
            b: group.b.as_ptr(),
            b_from: of.filter * n,
            b_tap: of.filter_step * n as isize,
            c: group.c.as_ptr(),
            c_from: of.target * n as isize,
            c_step: of.target_step * n,
            from: 0,
            to: n,
            after,
            start: self.target.get(),
            far: (self.source.len() + self.conv.batch * self.sizes[1].iter().product::<usize>() * n) * size_of::<T>() > FAR,
        };
        // SAFETY: all pointers are whole rows of pixels of `n` channels, by the contract.
        unsafe {
            if of.pairs {
                let first = of.target.unsigned_abs();
                let only = [first, first + width];
                (loops.pairs)(&Pairs { strip, only });
                return;
            }
            let own = loops.strip_of.iter().find(|(columns, step, _)| (*columns, *step, 1) == (strip.columns, strip.step, strip.tap));
            match own {
                Some((.., own)) if strip.count >= LEAST => own(&strip),
                _ => (loops.strip)(&strip),
            }
            if let Some(f) = activation {
                for (c, x) in group.c.iter().flat_map(|c| (0..of.count).map(move |x| (c, x))) {
                    let c = c.wrapping_offset(strip.c_from).add(x * strip.c_step);
                    f(std::slice::from_raw_parts_mut(c, n));
                }
            }
        }
    }
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
    let parts = n.div_ceil(PART);
    sum_slices(dw, rows, parts, 4 * size[2] * s.taps() * n, &run, &|rows, part, sums| {
        let [from, to] = [part, part + 1].map(|i| n.min(n.div_ceil(WHOLE) * i / parts * WHOLE));
        let channels = from..to;
        // SAFETY: every slice has sums of its own, and every part its channels; lengths were checked, and `sums` are `n` for each
        // filter element.
        unsafe {
            for tap in 0..s.taps() {
                std::slice::from_raw_parts_mut(sums.get().add(tap * n + channels.start), channels.len()).fill(T::ZERO);
            }
            sum_rows(&s, [&input, dy], rows, channels, sums, loops);
        }
    })
}

/// Adds the products of some output rows to the sums of some channels of all filter elements.
///
/// # Safety
/// The arrays have the lengths that `s` asks for, and `sums` those of the filter.
unsafe fn sum_rows<T: Convolved>(
    s: &Conv,
    [input, dy]: [&[T]; 2],
    rows: Range<usize>,
    channels: Range<usize>,
    sums: Shared<T>,
    loops: &Loops<T>,
) {
    let ([depth, height, width], n) = (s.output(), s.out_channels);
    // Runs of filter rows, the source rows that they meet, and the rows of `dy`.
    let mut runs: Vec<(Range<usize>, Vec<*const T>, Vec<*const T>)> = Vec::new();
    for row in rows {
        let (image, z, y) = (row / (depth * height), row / height % depth, row % height);
        let place = |d: usize, at: usize, k: usize| {
            (at * s.strides[d] + k * s.dilations[d]).checked_sub(s.padding[d][0]).filter(|x| *x < s.input[d])
        };
        let source = |k: usize| {
            let (z, y) = (place(0, z, k / s.filter[1])?, place(1, y, k % s.filter[1])?);
            Some(input.as_ptr().wrapping_add(((image * s.input[0] + z) * s.input[1] + y) * s.input[2] * n))
        };
        let mut next = 0;
        while next < s.filter[0] * s.filter[1] {
            let sources: Vec<_> = (next..s.filter[0] * s.filter[1]).take(TOGETHER).map_while(source).collect();
            let run = next..next + sources.len();
            next = run.end.max(next + 1);
            if run.is_empty() {
                continue;
            }
            let at = runs.iter().position(|(other, ..)| *other == run).unwrap_or_else(|| {
                runs.push((run, Vec::new(), Vec::new()));
                runs.len() - 1
            });
            runs[at].1.extend(sources);
            runs[at].2.push(dy.as_ptr().wrapping_add(row * width * n));
        }
    }
    let columns = s.filter[2];
    for (run, a, b) in &runs {
        for from in (0..columns).step_by(TOGETHER) {
            let these = TOGETHER.min(columns - from);
            // SAFETY: all pointers are whole rows of pixels of `n` channels, by the contract.
            unsafe {
                loops.sums[run.len() - 1][these - 1](&Sums {
                    rows: b.len(),
                    count: width,
                    a: a.as_ptr(),
                    first: (from * s.dilations[2]) as isize - s.padding[2][0] as isize,
                    step: s.strides[2],
                    tap: s.dilations[2],
                    width: s.input[2],
                    pixel: n,
                    b: b.as_ptr(),
                    b_step: n,
                    c: sums.get().wrapping_add((run.start * columns + from) * n),
                    c_row: columns * n,
                    c_tap: n,
                    from: channels.start,
                    to: channels.end,
                });
            }
        }
    }
}
