//! Convolutions and their gradients on `[batch, depth, height, width, channels]` arrays, with filters
//! `[depth, height, width, in, out]`.
//!
//! Strides, dilations, groups and any padding are allowed; results have the same bits for any number of threads.

mod dense;
mod depthwise;
mod geometry;
mod isa;
mod kernel;
mod narrow;
mod pass;
mod slices;
mod strip;
mod wide;

pub use geometry::Conv;

use crate::gemm::isa::usable;
use crate::gemm::{Context, Epilogue, Finish, GemmElement, Packed};
use crate::simd::{self, Level};
use ferroflow_tensor::half::{BF16, F16};
use ferroflow_tensor::{Result, bail, error};

/// How a convolution runs.
#[derive(Clone, Copy)]
pub struct ConvOptions<'a, T> {
    /// What happens to the results of [`conv`] and [`depthwise_conv`]; gradients take no notice of it.
    pub epilogue: Epilogue<'a, T>,
    /// The filter of a [`conv`] packed as a matrix `[height * width * in, out]`, if it is known to be the same one each time; of no
    /// use in groups.
    pub packed: Option<&'a Packed<T>>,
    /// Asked now and then; `true` ends the convolution with a `Cancelled` error.
    pub poll: Option<&'a dyn Fn() -> bool>,
    /// The instruction set; one that the machine lacks is replaced by the one in use.
    pub isa: Level,
}

impl<T> Default for ConvOptions<'_, T> {
    fn default() -> Self {
        ConvOptions { epilogue: Epilogue::default(), packed: None, poll: None, isa: simd::isa() }
    }
}

/// The six computations; each takes two arrays and fills a third.
#[derive(Clone, Copy)]
enum Task {
    Forward,
    InputGradient,
    FilterGradient,
    DepthwiseForward,
    DepthwiseInputGradient,
    DepthwiseFilterGradient,
}

mod sealed {
    /// Runs a task on checked arrays; false if it was cancelled.
    #[allow(private_interfaces)]
    pub trait Convolve: super::GemmElement {
        fn convolve(job: super::Job<Self>, a: &[Self], b: &[Self], out: &mut [Self], c: super::Context) -> bool;
    }
}
use sealed::Convolve;

/// A task with its sizes, and what happens to its results.
#[derive(Clone, Copy)]
struct Job<'a, T> {
    task: Task,
    sizes: &'a Conv,
    packed: Option<&'a Packed<T>>,
    finish: Finish<'a, T>,
}

/// Numbers that convolutions take: `f32`, `f64`, `F16` and `BF16` (summed in `f32`), and `i32`, which wraps.
pub trait ConvElement: Convolve {}
impl<T: Convolve> ConvElement for T {}

macro_rules! direct {
    ($($t:ty)*) => {$(
        #[allow(private_interfaces)]
        impl Convolve for $t {
            fn convolve(job: Job<Self>, a: &[Self], b: &[Self], out: &mut [Self], context: Context) -> bool {
                let Job { task, sizes, packed, finish } = job;
                match task {
                    Task::Forward => dense::forward(sizes, a, b, packed, out, finish, context),
                    Task::InputGradient => dense::input_gradient(sizes, a, b, out, context),
                    Task::FilterGradient => dense::filter_gradient(sizes, a, b, out, context),
                    Task::DepthwiseForward => depthwise::forward(sizes, a, b, out, finish, context),
                    Task::DepthwiseInputGradient => depthwise::input_gradient(sizes, a, b, out, context),
                    Task::DepthwiseFilterGradient => depthwise::filter_gradient(sizes, a, b, out, context),
                }
            }
        }
    )*};
}
direct!(f32 f64 u32);

macro_rules! through {
    ($($t:ty, $wide:ty, $widen:expr, $narrow:expr;)*) => {$(
        #[allow(private_interfaces)]
        impl Convolve for $t {
            fn convolve(Job { task, sizes, finish, .. }: Job<Self>, a: &[Self], b: &[Self], out: &mut [Self], context: Context) -> bool {
                let widen = |x: &[Self]| x.iter().map($widen).collect::<Vec<$wide>>();
                let mut wide = vec![<$wide>::default(); out.len()];
                let done = <$wide>::convolve(Job { task, sizes, packed: None, finish: Finish::NONE }, &widen(a), &widen(b), &mut wide, context);
                for (x, y) in out.iter_mut().zip(wide) {
                    *x = $narrow(y);
                }
                finish.each(out, sizes.out_channels);
                done
            }
        }
    )*};
}
through! {
    F16, f32, |x| x.to_f32(), F16::from_f32;
    BF16, f32, |x| x.to_f32(), BF16::from_f32;
    i32, u32, |x| *x as u32, |x| x as i32;
}

fn run<T: ConvElement>(task: Task, s: &Conv, a: &[T], b: &[T], out: &mut [T], options: &ConvOptions<T>) -> Result<()> {
    let context = Context { isa: usable(options.isa), threads: true, poll: options.poll };
    let finish = match task {
        Task::Forward | Task::DepthwiseForward => options.epilogue.checked(s.out_channels, s.out_channels, out.len())?,
        _ => Finish::NONE,
    };
    if T::convolve(Job { task, sizes: s, packed: options.packed, finish }, a, b, out, context) {
        Ok(())
    } else {
        Err(error!(Cancelled, "convolution was cancelled"))
    }
}

/// A depthwise filter `[height, width, in, multiplier]` is one of `in * multiplier` channels that each see one.
fn check_depthwise(s: &Conv) -> Result<()> {
    if s.filter_channels != 1 {
        bail!(InvalidArgument, "filters of a depthwise convolution see 1 channel, not {}", s.filter_channels);
    }
    Ok(())
}

/// Convolution (`Conv2D`, `Conv3D`): `output[b, z, y, x, o]` is the sum over filter elements and input channels of
/// `input[b, z * stride + i * dilation - pad, ..., c] * filter[i, j, k, c, o]`.
///
/// Arrays whose lengths don't fit the sizes are `InvalidArgument` errors.
///
/// ```
/// use ferroflow_cpu::conv::{Conv, ConvOptions, conv};
/// let s = Conv {
///     batch: 1,
///     input: [1, 1, 3],
///     in_channels: 1,
///     filter: [1, 1, 3],
///     filter_channels: 1,
///     out_channels: 1,
///     strides: [1; 3],
///     dilations: [1; 3],
///     padding: [[0, 0], [0, 0], [1, 1]],
/// };
/// let mut y = [0.0f32; 3];
/// conv(&s, &[1.0, 2.0, 3.0], &[1.0, 10.0, 100.0], &mut y, &ConvOptions::default())?;
/// assert_eq!(y, [210.0, 321.0, 32.0]);
/// # Ok::<(), ferroflow_tensor::Error>(())
/// ```
pub fn conv<T: ConvElement>(s: &Conv, input: &[T], filter: &[T], output: &mut [T], options: &ConvOptions<T>) -> Result<()> {
    s.check(input.len(), filter.len(), output.len())?;
    run(Task::Forward, s, input, filter, output, options)
}

/// Gradient of [`conv`] by its input (`Conv2DBackpropInput`, `Conv3DBackpropInputV2`), from the gradient `dy` of the output.
pub fn conv_backprop_input<T: ConvElement>(s: &Conv, filter: &[T], dy: &[T], dx: &mut [T], options: &ConvOptions<T>) -> Result<()> {
    s.check(dx.len(), filter.len(), dy.len())?;
    run(Task::InputGradient, s, filter, dy, dx, options)
}

/// Gradient of [`conv`] by its filter (`Conv2DBackpropFilter`, `Conv3DBackpropFilterV2`), from the gradient `dy` of the output.
pub fn conv_backprop_filter<T: ConvElement>(s: &Conv, input: &[T], dy: &[T], dw: &mut [T], options: &ConvOptions<T>) -> Result<()> {
    s.check(input.len(), dw.len(), dy.len())?;
    run(Task::FilterGradient, s, input, dy, dw, options)
}

/// Depthwise convolution (`DepthwiseConvNative`): `filter_channels` is 1, `out_channels` is `in_channels` times the
/// multiplier, and output channel `c * multiplier + q` sees input channel `c` through `filter[.., .., c, q]`.
pub fn depthwise_conv<T: ConvElement>(s: &Conv, input: &[T], filter: &[T], output: &mut [T], options: &ConvOptions<T>) -> Result<()> {
    check_depthwise(s)?;
    s.check(input.len(), filter.len(), output.len())?;
    run(Task::DepthwiseForward, s, input, filter, output, options)
}

/// Gradient of [`depthwise_conv`] by its input (`DepthwiseConvNativeBackpropInput`).
pub fn depthwise_conv_backprop_input<T: ConvElement>(
    s: &Conv,
    filter: &[T],
    dy: &[T],
    dx: &mut [T],
    options: &ConvOptions<T>,
) -> Result<()> {
    check_depthwise(s)?;
    s.check(dx.len(), filter.len(), dy.len())?;
    run(Task::DepthwiseInputGradient, s, filter, dy, dx, options)
}

/// Gradient of [`depthwise_conv`] by its filter (`DepthwiseConvNativeBackpropFilter`).
pub fn depthwise_conv_backprop_filter<T: ConvElement>(
    s: &Conv,
    input: &[T],
    dy: &[T],
    dw: &mut [T],
    options: &ConvOptions<T>,
) -> Result<()> {
    check_depthwise(s)?;
    s.check(input.len(), dw.len(), dy.len())?;
    run(Task::DepthwiseFilterGradient, s, input, dy, dw, options)
}
