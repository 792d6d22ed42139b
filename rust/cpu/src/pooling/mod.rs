//! Maximum and average pooling of `[batch, height, width, channels]` arrays, and their gradients.
//!
//! Results have the same bits as those of TensorFlow's plain CPU kernels, and for any number of threads.

mod element;

pub use element::{AvgElement, MaxElement};

use crate::pool::parallel_chunks;
use ferroflow_tensor::{Result, bail, error};

/// A pooling window that moves over `[batch, height, width, channels]` arrays.
///
/// Spatial pairs are `[height, width]`. Padding is what `SAME`, `VALID` or `EXPLICIT` resolve to; it takes part in no
/// maximum and no average.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool2d {
    /// Images.
    pub batch: usize,
    /// Height and width of the input.
    pub input: [usize; 2],
    /// Channels of input and output.
    pub channels: usize,
    /// Height and width of the window; at least 1.
    pub window: [usize; 2],
    /// Steps of the window; at least 1.
    pub strides: [usize; 2],
    /// Padding before and after the input, for height and for width; less than the window.
    pub padding: [[usize; 2]; 2],
}

/// Asked now and then; `true` ends the computation with a `Cancelled` error.
pub type Poll<'a> = Option<&'a dyn Fn() -> bool>;

impl Pool2d {
    /// Height and width of the output; 0 where the window is larger than the padded input.
    pub fn output(&self) -> [usize; 2] {
        std::array::from_fn(|d| {
            let padded = self.input[d].saturating_add(self.padding[d][0]).saturating_add(self.padding[d][1]);
            if padded < self.window[d] { 0 } else { (padded - self.window[d]) / self.strides[d].max(1) + 1 }
        })
    }

    /// Checks the sizes and the lengths of input and output.
    fn check(&self, input: usize, output: usize) -> Result<()> {
        for d in 0..2 {
            if self.window[d] == 0 || self.strides[d] == 0 {
                bail!(InvalidArgument, "pooling windows and strides must be at least 1");
            }
            if self.padding[d].iter().any(|p| *p >= self.window[d]) {
                bail!(InvalidArgument, "padding {:?} must be less than the window {}", self.padding[d], self.window[d]);
            }
        }
        let [h, w] = self.output();
        for (name, len, size) in [("input", input, self.input), ("output", output, [h, w])] {
            let sizes = [self.batch, size[0], size[1], self.channels];
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

    /// Calls `f` with the first element of every input pixel under the window at `(y, x)`, in row-major order.
    fn each_pixel(&self, image: usize, [y, x]: [usize; 2], mut f: impl FnMut(usize)) {
        for i in self.span(0, y) {
            for j in self.span(1, x) {
                f(((image * self.input[0] + i) * self.input[1] + j) * self.channels);
            }
        }
    }

    /// Estimated time of one output row, in nanoseconds.
    fn row_cost(&self) -> f32 {
        let area = (self.window[0] * self.window[1]) as f32;
        area * (self.output()[1] * self.channels) as f32 * 0.3
    }

    /// Estimated time of one image, in nanoseconds.
    fn image_cost(&self) -> f32 {
        self.row_cost() * self.output()[0] as f32 * 3.0
    }

    /// The channels of output pixel `(y, x)` of an image.
    fn output_pixel<'a, T>(&self, data: &'a [T], image: usize, [y, x]: [usize; 2]) -> &'a [T] {
        let [h, w] = self.output();
        &data[((image * h + y) * w + x) * self.channels..][..self.channels]
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
/// use ferroflow_cpu::pooling::{Pool2d, max_pool};
/// let s = Pool2d { batch: 1, input: [2, 4], channels: 1, window: [2, 2], strides: [2, 2], padding: [[0, 0], [0, 0]] };
/// let mut y = [0.0f32; 2];
/// max_pool(&s, &[1.0, 2.0, 5.0, 6.0, 4.0, 3.0, 8.0, 7.0], &mut y, None)?;
/// assert_eq!(y, [4.0, 8.0]);
/// # Ok::<(), ferroflow_tensor::Error>(())
/// ```
pub fn max_pool<T: MaxElement>(s: &Pool2d, input: &[T], output: &mut [T], poll: Poll) -> Result<()> {
    s.check(input.len(), output.len())?;
    if output.is_empty() {
        return Ok(());
    }
    let [h, w] = s.output();
    finish(parallel_chunks(output, w * s.channels, s.row_cost(), poll, &|row, out| {
        for (x, best) in out.chunks_exact_mut(s.channels).enumerate() {
            best.fill(T::LOWEST);
            s.each_pixel(row / h, [row % h, x], |at| {
                for (best, x) in best.iter_mut().zip(&input[at..at + s.channels]) {
                    *best = if *best < *x { *x } else { *best };
                }
            });
        }
    }))
}

/// Gradient of [`max_pool`] (`MaxPoolGrad`): adds every element of `dy` to the input element that was the maximum.
///
/// That is the first element of the window in row-major order that no later one exceeds: the first of equal ones, and a
/// NaN only where it comes first.
pub fn max_pool_grad<T: MaxElement>(s: &Pool2d, input: &[T], dy: &[T], dx: &mut [T], poll: Poll) -> Result<()> {
    s.check(input.len(), dy.len())?;
    s.check(dx.len(), dy.len())?;
    if dx.is_empty() {
        return Ok(());
    }
    let [h, w] = s.output();
    let image_len = s.input[0] * s.input[1] * s.channels;
    finish(parallel_chunks(dx, image_len, s.image_cost(), poll, &|image, dx| {
        dx.fill(T::ZERO);
        let mut best = vec![T::ZERO; s.channels];
        let mut winner = vec![0; s.channels];
        for (y, x) in (0..h).flat_map(|y| (0..w).map(move |x| (y, x))) {
            let mut first = true;
            s.each_pixel(image, [y, x], |at| {
                let pixel = &input[at..at + s.channels];
                for ((best, winner), x) in best.iter_mut().zip(&mut winner).zip(pixel) {
                    if first || *best < *x {
                        (*best, *winner) = (*x, at);
                    }
                }
                first = false;
            });
            for (c, (&at, &g)) in winner.iter().zip(s.output_pixel(dy, image, [y, x])).enumerate() {
                let x = &mut dx[at - image * image_len + c];
                *x = x.plus(g);
            }
        }
    }))
}

/// Mean of the values under every window, padding not counted (`AvgPool`).
///
/// Values are added in row-major order, `BF16` in `f32` and the others in their own type, then divided by their number.
///
/// ```
/// use ferroflow_cpu::pooling::{Pool2d, avg_pool};
/// let s = Pool2d { batch: 1, input: [1, 3], channels: 1, window: [1, 2], strides: [1, 1], padding: [[0, 0], [0, 1]] };
/// let mut y = [0.0f32; 3];
/// avg_pool(&s, &[1.0, 2.0, 6.0], &mut y, None)?;
/// assert_eq!(y, [1.5, 4.0, 6.0]);
/// # Ok::<(), ferroflow_tensor::Error>(())
/// ```
pub fn avg_pool<T: AvgElement>(s: &Pool2d, input: &[T], output: &mut [T], poll: Poll) -> Result<()> {
    s.check(input.len(), output.len())?;
    if output.is_empty() {
        return Ok(());
    }
    let [h, w] = s.output();
    finish(parallel_chunks(output, w * s.channels, s.row_cost(), poll, &|row, out| {
        let mut sums = vec![T::Sum::default(); s.channels];
        for (x, out) in out.chunks_exact_mut(s.channels).enumerate() {
            sums.fill(T::Sum::default());
            let at = [row % h, x];
            s.each_pixel(row / h, at, |at| {
                for (sum, x) in sums.iter_mut().zip(&input[at..at + s.channels]) {
                    *sum = T::add(*sum, T::widen(*x));
                }
            });
            let count = s.span(0, at[0]).len() * s.span(1, at[1]).len();
            for (out, &sum) in out.iter_mut().zip(&sums) {
                *out = T::mean(sum, count);
            }
        }
    }))
}

/// Gradient of [`avg_pool`] (`AvgPoolGrad`): spreads every element of `dy` evenly over its window; it needs no input.
pub fn avg_pool_grad<T: AvgElement>(s: &Pool2d, dy: &[T], dx: &mut [T], poll: Poll) -> Result<()> {
    s.check(dx.len(), dy.len())?;
    if dx.is_empty() {
        return Ok(());
    }
    let [h, w] = s.output();
    let image_len = s.input[0] * s.input[1] * s.channels;
    finish(parallel_chunks(dx, image_len, s.image_cost(), poll, &|image, dx| {
        let mut sums = vec![T::Sum::default(); image_len];
        let mut share = vec![T::Sum::default(); s.channels];
        for (y, x) in (0..h).flat_map(|y| (0..w).map(move |x| (y, x))) {
            let count = s.span(0, y).len() * s.span(1, x).len();
            for (share, &g) in share.iter_mut().zip(s.output_pixel(dy, image, [y, x])) {
                *share = T::share(g, count);
            }
            s.each_pixel(0, [y, x], |at| {
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
