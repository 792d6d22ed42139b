//! Maximum and average pooling of `[batch, depth, height, width, channels]` arrays, and their gradients.
//!
//! Results have the same bits as those of TensorFlow's plain CPU kernels, and for any number of threads.

mod element;

pub use element::{AvgElement, MaxElement};

use crate::pool::parallel_chunks;
use crate::simd::{Isa, Kernel, prefetch, run};
use ferroflow_tensor::{Result, bail, error};

/// A pooling window that moves over `[batch, depth, height, width, channels]` arrays; images have a depth of 1.
///
/// Spatial triples are `[depth, height, width]`. Padding is what `SAME`, `VALID` or `EXPLICIT` resolve to; it takes part in no
/// maximum and no average.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    /// Images or volumes.
    pub batch: usize,
    /// Sizes of the input.
    pub input: [usize; 3],
    /// Channels of input and output.
    pub channels: usize,
    /// Sizes of the window; at least 1.
    pub window: [usize; 3],
    /// Steps of the window; at least 1.
    pub strides: [usize; 3],
    /// Padding before and after the input on each axis; less than the window.
    pub padding: [[usize; 2]; 3],
}

/// Asked now and then; `true` ends the computation with a `Cancelled` error.
pub type Poll<'a> = Option<&'a dyn Fn() -> bool>;

impl Pool {
    /// Sizes of the output; 0 where the window is larger than the padded input.
    pub fn output(&self) -> [usize; 3] {
        std::array::from_fn(|d| {
            let padded = self.input[d].saturating_add(self.padding[d][0]).saturating_add(self.padding[d][1]);
            if padded < self.window[d] { 0 } else { (padded - self.window[d]) / self.strides[d].max(1) + 1 }
        })
    }

    /// Checks the sizes and the lengths of input and output.
    fn check(&self, input: usize, output: usize) -> Result<()> {
        for d in 0..3 {
            if self.window[d] == 0 || self.strides[d] == 0 {
                bail!(InvalidArgument, "pooling windows and strides must be at least 1");
            }
            if self.padding[d].iter().any(|p| *p >= self.window[d]) {
                bail!(InvalidArgument, "padding {:?} must be less than the window {}", self.padding[d], self.window[d]);
            }
        }
        for (name, len, [d, h, w]) in [("input", input, self.input), ("output", output, self.output())] {
            let sizes = [self.batch, d, h, w, self.channels];
            if sizes.iter().try_fold(1usize, |n, x| n.checked_mul(*x)) != Some(len) {
                return Err(error!(InvalidArgument, "{name} of a pooling has {len} elements, not those of {sizes:?}"));
            }
        }
        Ok(())
    }

    /// The part of the input under a window: first and last + 1 of an axis.
    fn span(&self, axis: usize, at: usize) -> std::ops::Range<usize> {
        let start = at * self.strides[axis];
        let end = start + self.window[axis];
        let before = self.padding[axis][0];
        start.saturating_sub(before)..end.saturating_sub(before).min(self.input[axis])
    }

    /// Calls `f` with the first element of every input pixel under the window at a place, in row-major order.
    #[inline(always)]
    fn each_pixel(&self, image: usize, [z, y, x]: [usize; 3], mut f: impl FnMut(usize)) {
        let [d, h, w] = self.input;
        let columns = self.span(2, x);
        for (k, i) in self.span(0, z).flat_map(|k| self.span(1, y).map(move |i| (k, i))) {
            let row = ((image * d + k) * h + i) * w;
            for j in columns.clone() {
                f((row + j) * self.channels);
            }
        }
    }

    /// Number of input pixels under the window at a place.
    fn count(&self, at: [usize; 3]) -> usize {
        (0..3).map(|d| self.span(d, at[d]).len()).product()
    }

    /// All places of windows over an image, in row-major order.
    fn places(&self) -> impl Iterator<Item = [usize; 3]> {
        let [d, h, w] = self.output();
        (0..d * h).flat_map(move |row| (0..w).map(move |x| [row / h, row % h, x]))
    }

    /// The image of row `row` of the output, and the place of the row's first window.
    fn row(&self, row: usize) -> (usize, [usize; 3]) {
        let [d, h, _] = self.output();
        (row / (d * h), [row / h % d, row % h, 0])
    }

    /// Elements of an image of the input.
    fn image_len(&self) -> usize {
        self.input.iter().product::<usize>() * self.channels
    }

    /// Estimated time of one output row, in nanoseconds.
    fn row_cost(&self) -> f32 {
        self.window.iter().product::<usize>() as f32 * (self.output()[2] * self.channels) as f32 * 0.3
    }

    /// Estimated time of one image, in nanoseconds.
    fn image_cost(&self) -> f32 {
        let [d, h, _] = self.output();
        self.row_cost() * (d * h) as f32 * 3.0
    }

    /// The channels of window `i` of an image, of an array like the output.
    fn output_pixel<'a, T>(&self, data: &'a [T], image: usize, i: usize) -> &'a [T] {
        let windows = self.output().iter().product::<usize>();
        &data[(image * windows + i) * self.channels..][..self.channels]
    }

    /// Finds the first of the largest elements of a window for each channel: its value and where it lies.
    fn winners<T: MaxElement>(&self, input: &[T], image: usize, at: [usize; 3], best: &mut [T], winner: &mut [usize]) {
        let mut first = true;
        self.each_pixel(image, at, |at| {
            let pixel = &input[at..at + self.channels];
            for (c, ((best, winner), x)) in best.iter_mut().zip(winner.iter_mut()).zip(pixel).enumerate() {
                if first || *best < *x {
                    (*best, *winner) = (*x, at + c);
                }
            }
            first = false;
        });
    }
}

fn finish(done: bool) -> Result<()> {
    if done { Ok(()) } else { Err(error!(Cancelled, "pooling was cancelled")) }
}

/// Largest value under every window (`MaxPool`).
///
/// As in TensorFlow, the maximum starts at the lowest finite value and only a greater value replaces it: NaN is ignored,
/// and a window of NaN or negative infinity gives the lowest finite value.
///
/// ```
/// use ferroflow_cpu::pooling::{Pool, max_pool};
/// let s = Pool { batch: 1, input: [1, 2, 4], channels: 1, window: [1, 2, 2], strides: [1, 2, 2], padding: [[0, 0]; 3] };
/// let mut y = [0.0f32; 2];
/// max_pool(&s, &[1.0, 2.0, 5.0, 6.0, 4.0, 3.0, 8.0, 7.0], &mut y, None)?;
/// assert_eq!(y, [4.0, 8.0]);
/// # Ok::<(), ferroflow_tensor::Error>(())
/// ```
pub fn max_pool<T: MaxElement>(s: &Pool, input: &[T], output: &mut [T], poll: Poll) -> Result<()> {
    s.check(input.len(), output.len())?;
    if output.is_empty() {
        return Ok(());
    }
    finish(parallel_chunks(output, s.output()[2] * s.channels, s.row_cost(), poll, &|row, out| {
        run(Largest { s, input, row, out });
    }))
}

/// The largest values of the windows of a row of the output.
struct Largest<'a, T> {
    s: &'a Pool,
    input: &'a [T],
    row: usize,
    out: &'a mut [T],
}

/// Pixels that are asked for ahead.
const AHEAD: usize = 4;
/// Bytes of a line of the cache.
const LINE: usize = 64;

impl<T: MaxElement> Kernel for Largest<'_, T> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let Largest { s, input, row, out } = self;
        let (image, [z, y, _]) = s.row(row);
        for (x, best) in out.chunks_exact_mut(s.channels).enumerate() {
            best.fill(T::LOWEST);
            s.each_pixel(image, [z, y, x], |at| {
                for c in (0..s.channels).step_by(LINE / size_of::<T>()) {
                    prefetch(input.as_ptr().wrapping_add(at + c + AHEAD * s.channels));
                }
                for (best, x) in best.iter_mut().zip(&input[at..at + s.channels]) {
                    *best = if *best < *x { *x } else { *best };
                }
            });
        }
    }
}

/// Gradient of [`max_pool`] (`MaxPoolGrad`): adds every element of `dy` to the input element that was the maximum.
///
/// That is the first element of the window in row-major order that no later one exceeds: the first of equal ones, and a
/// NaN only where it comes first.
pub fn max_pool_grad<T: MaxElement>(s: &Pool, input: &[T], dy: &[T], dx: &mut [T], poll: Poll) -> Result<()> {
    s.check(input.len(), dy.len())?;
    s.check(dx.len(), dy.len())?;
    if dx.is_empty() {
        return Ok(());
    }
    let image_len = s.image_len();
    finish(parallel_chunks(dx, image_len, s.image_cost(), poll, &|image, dx| {
        dx.fill(T::ZERO);
        let (mut best, mut winner) = (vec![T::ZERO; s.channels], vec![0; s.channels]);
        for (i, at) in s.places().enumerate() {
            s.winners(input, image, at, &mut best, &mut winner);
            for (&at, &g) in winner.iter().zip(s.output_pixel(dy, image, i)) {
                let x = &mut dx[at - image * image_len];
                *x = x.plus(g);
            }
        }
    }))
}

/// Calls `f` with a window's number over all images and, for each channel, its largest value and the element that holds
/// it: the first of those that [`max_pool_grad`] names. Windows of an image are seen in row-major order.
pub fn max_pool_winners<T: MaxElement>(s: &Pool, input: &[T], mut f: impl FnMut(usize, &[T], &[usize])) -> Result<()> {
    let windows = s.output().iter().product::<usize>();
    s.check(input.len(), s.batch.saturating_mul(windows).saturating_mul(s.channels))?;
    let (mut best, mut winner) = (vec![T::ZERO; s.channels], vec![0; s.channels]);
    for image in 0..s.batch {
        for (i, at) in s.places().enumerate() {
            s.winners(input, image, at, &mut best, &mut winner);
            f(image * windows + i, &best, &winner);
        }
    }
    Ok(())
}

/// Mean of the values under every window, padding not counted (`AvgPool`).
///
/// Values are added in row-major order, `BF16` in `f32` and the others in their own type, then divided by their number.
///
/// ```
/// use ferroflow_cpu::pooling::{Pool, avg_pool};
/// let s = Pool {
///     batch: 1,
///     input: [1, 1, 3],
///     channels: 1,
///     window: [1, 1, 2],
///     strides: [1, 1, 1],
///     padding: [[0, 0], [0, 0], [0, 1]],
/// };
/// let mut y = [0.0f32; 3];
/// avg_pool(&s, &[1.0, 2.0, 6.0], &mut y, None)?;
/// assert_eq!(y, [1.5, 4.0, 6.0]);
/// # Ok::<(), ferroflow_tensor::Error>(())
/// ```
pub fn avg_pool<T: AvgElement>(s: &Pool, input: &[T], output: &mut [T], poll: Poll) -> Result<()> {
    s.check(input.len(), output.len())?;
    if output.is_empty() {
        return Ok(());
    }
    finish(parallel_chunks(output, s.output()[2] * s.channels, s.row_cost(), poll, &|row, out| {
        let (image, [z, y, _]) = s.row(row);
        let mut sums = vec![T::Sum::default(); s.channels];
        for (x, out) in out.chunks_exact_mut(s.channels).enumerate() {
            sums.fill(T::Sum::default());
            s.each_pixel(image, [z, y, x], |at| {
                for (sum, x) in sums.iter_mut().zip(&input[at..at + s.channels]) {
                    *sum = T::add(*sum, T::widen(*x));
                }
            });
            let count = s.count([z, y, x]);
            for (out, &sum) in out.iter_mut().zip(&sums) {
                *out = T::mean(sum, count);
            }
        }
    }))
}

/// Gradient of [`avg_pool`] (`AvgPoolGrad`): spreads every element of `dy` evenly over its window; it needs no input.
pub fn avg_pool_grad<T: AvgElement>(s: &Pool, dy: &[T], dx: &mut [T], poll: Poll) -> Result<()> {
    s.check(dx.len(), dy.len())?;
    if dx.is_empty() {
        return Ok(());
    }
    let image_len = s.image_len();
    finish(parallel_chunks(dx, image_len, s.image_cost(), poll, &|image, dx| {
        let mut sums = vec![T::Sum::default(); image_len];
        let mut share = vec![T::Sum::default(); s.channels];
        for (i, at) in s.places().enumerate() {
            let count = s.count(at);
            for (share, &g) in share.iter_mut().zip(s.output_pixel(dy, image, i)) {
                *share = T::share(g, count);
            }
            s.each_pixel(0, at, |at| {
                for (sum, &g) in sums[at..at + s.channels].iter_mut().zip(&share) {
                    *sum = T::add(*sum, g);
                }
            });
        }
        for (x, sum) in dx.iter_mut().zip(sums) {
            *x = T::narrow(sum);
        }
    }))
}
