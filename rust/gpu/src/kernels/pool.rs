//! Kernels of pooling: an invocation makes an element of the result or of the gradient.
use super::conv::{steps, triple};
use crate::frames::limit;
use crate::memory::SINGLES;
use crate::shader::{Shader, Spread};
use ferroflow_ops::ops::nn::window::{Axes, pool_windows};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, error};

const FLOAT: &[(&str, &[DType])] = &[("T", SINGLES)];
const NUMBERS: &[(&str, &[DType])] = &[("T", &[DType::Float, DType::Half, DType::BFloat16, DType::Int32, DType::UInt32])];
/// Estimated time on the host, in nanoseconds.
const NS: f32 = 3000.0;

type Types = &'static [(&'static str, &'static [DType])];
const fn kernel(op: &'static str, types: Types, prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types, outputs: Outputs::Runtime, prepare }
}

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    kernel("MaxPool", NUMBERS, |p| prepare::<2>(p, [p.shape(0), p.out_shape(0)?], &[0], MAX)),
    kernel("MaxPoolGrad", NUMBERS, |p| prepare::<2>(p, [p.shape(0), p.shape(2)], &[0, 2], MAX_GRADIENT)),
    kernel("MaxPoolGradGrad", NUMBERS, |p| prepare::<2>(p, [p.shape(0), p.out_shape(0)?], &[0, 2], MAX_SECOND)),
    kernel("AvgPool", FLOAT, |p| prepare::<2>(p, [p.shape(0), p.out_shape(0)?], &[0], MEAN)),
    kernel("AvgPoolGrad", FLOAT, |p| prepare::<2>(p, [p.out_shape(0)?, p.shape(1)], &[1], MEAN_GRADIENT)),
    kernel("MaxPool3D", NUMBERS, |p| prepare::<3>(p, [p.shape(0), p.out_shape(0)?], &[0], MAX)),
    kernel("MaxPool3DGrad", &[("T", &[DType::Float]), ("TInput", &[DType::Float])], |p| {
        prepare::<3>(p, [p.shape(0), p.shape(2)], &[0, 2], MAX_GRADIENT)
    }),
    kernel("MaxPool3DGradGrad", NUMBERS, |p| prepare::<3>(p, [p.shape(0), p.out_shape(0)?], &[0, 2], MAX_SECOND)),
    kernel("AvgPool3D", FLOAT, |p| prepare::<3>(p, [p.shape(0), p.out_shape(0)?], &[0], MEAN)),
    kernel("AvgPool3DGrad", FLOAT, |p| prepare::<3>(p, [p.out_shape(0)?, p.shape(1)], &[1], MEAN_GRADIENT)),
];

/// Which elements an invocation makes, and how.
#[derive(Clone, Copy)]
struct Body {
    name: &'static str,
    /// Whether it makes elements of the images, not of what windows give.
    of_images: bool,
    text: &'static str,
}

struct Plan {
    body: Body,
    numbers: Vec<(&'static str, usize)>,
    /// Rounds of an invocation's loops.
    rounds: usize,
    operands: &'static [usize],
}

/// Prepares a pooling of images `x` to `y`.
fn prepare<const N: usize>(p: &Prep, [x, y]: [&Shape; 2], operands: &'static [usize], body: Body) -> Result<Prepared> {
    let axes = Axes::<N>::of(p.attrs)?;
    let (windows, depth) = pool_windows::<N>(p.attrs, true, p.op.name)?;
    let (input, output) = (triple(axes.spatial.map(|a| x[a]), 1), triple(axes.spatial.map(|a| y[a]), 1));
    let channels = x[axes.channel];
    let sizes = if depth.size > 1 {
        if axes.channel == 1 {
            return Err(error!(Unimplemented, "windows over channels that come first are not for GPUs"));
        }
        // Windows over channels: every pixel is an image of its channels.
        let of = |n: usize| [[1, 1, n], [n, n, n]];
        let ([input, xs], [output, ys]) = (of(channels), of(y[axes.channel]));
        let xs = [xs[0], 0, 0, 1, 0];
        Sizes {
            input,
            output,
            window: [1, 1, depth.size],
            strides: [1, 1, depth.stride],
            pads: [0; 3],
            xs,
            ys: [ys[0], 0, 0, 1, 0],
            channels: 1,
        }
    } else {
        let pads = triple(std::array::from_fn::<usize, N, _>(|i| windows[i].pads(x[axes.spatial[i]]).0), 0);
        let (window, strides) = (triple(windows.map(|w| w.size), 1), triple(windows.map(|w| w.stride), 1));
        Sizes { input, output, window, strides, pads, xs: steps(x, axes), ys: steps(y, axes), channels }
    };
    Ok(Prepared::with(run, NS, Plan { body, numbers: sizes.numbers(), rounds: sizes.rounds(body), operands }))
}

struct Sizes {
    input: [usize; 3],
    output: [usize; 3],
    window: [usize; 3],
    strides: [usize; 3],
    pads: [usize; 3],
    xs: [usize; 5],
    ys: [usize; 5],
    channels: usize,
}

impl Sizes {
    /// Rounds of the loops of an invocation of a body: over a window, or the windows that see an element, where the winner of each may
    /// have to be found.
    fn rounds(&self, body: Body) -> usize {
        let over = |sizes: [usize; 3], each: usize| sizes.iter().rev().fold(each, |rounds, n| n.saturating_mul(rounds + 1).min(1 << 40));
        let window = over(std::array::from_fn(|d| self.window[d].min(self.input[d])), 0);
        if !body.of_images {
            return window;
        }
        let seers = std::array::from_fn(|d| self.window[d].div_ceil(self.strides[d].max(1)).min(self.output[d]));
        over(seers, if body.text.contains("winner(") { window } else { 0 })
    }
    fn numbers(&self) -> Vec<(&'static str, usize)> {
        let names = [
            ["in_d", "in_h", "in_w"],
            ["out_d", "out_h", "out_w"],
            ["window_d", "window_h", "window_w"],
            ["stride_d", "stride_h", "stride_w"],
            ["pad_d", "pad_h", "pad_w"],
        ];
        let values = [self.input, self.output, self.window, self.strides, self.pads];
        let mut all: Vec<_> = names.into_iter().flatten().zip(values.into_iter().flatten()).collect();
        all.extend(["xs_n", "xs_d", "xs_h", "xs_w", "xs_c"].into_iter().zip(self.xs));
        all.extend(["ys_n", "ys_d", "ys_h", "ys_w", "ys_c"].into_iter().zip(self.ys));
        all.push(("channels", self.channels));
        all
    }
}

/// Places in images, and the windows that look at them.
const SHARED: &str = "
fn image_at(image: u32, at: vec3<u32>, channel: u32) -> u32 {
    return image * $xs_n + at.x * $xs_d + at.y * $xs_h + at.z * $xs_w + channel * $xs_c;
}
fn window_at(image: u32, at: vec3<u32>, channel: u32) -> u32 {
    return image * $ys_n + at.x * $ys_d + at.y * $ys_h + at.z * $ys_w + channel * $ys_c;
}
fn strides() -> vec3<u32> { return vec3<u32>($stride_d, $stride_h, $stride_w); }
fn pads() -> vec3<u32> { return vec3<u32>($pad_d, $pad_h, $pad_w); }
fn images() -> vec3<u32> { return vec3<u32>($in_d, $in_h, $in_w); }
fn windows() -> vec3<u32> { return vec3<u32>($out_d, $out_h, $out_w); }
// The first element that a window sees, and the one after the last.
fn first_seen(window: vec3<u32>) -> vec3<u32> {
    let place = window * strides();
    return max(place, pads()) - pads();
}
fn end_seen(window: vec3<u32>) -> vec3<u32> {
    let end = window * strides() + vec3<u32>($window_d, $window_h, $window_w);
    return min(max(end, pads()) - pads(), images());
}
// The first window that sees an element, and the one after the last.
fn first_seer(at: vec3<u32>) -> vec3<u32> {
    let size = vec3<u32>($window_d, $window_h, $window_w);
    let behind = max(at + pads() + 1u, size) - size;
    return (behind + strides() - 1u) / strides();
}
fn end_seer(at: vec3<u32>) -> vec3<u32> { return min((at + pads()) / strides() + 1u, windows()); }
fn seen_count(window: vec3<u32>) -> u32 {
    let size = end_seen(window) - first_seen(window);
    return size.x * size.y * size.z;
}
";

/// Which element of a window is the first that no later one exceeds.
const WINNER: &str = "
fn winner(image: u32, window: vec3<u32>, channel: u32) -> u32 {
    let start = first_seen(window);
    let end = end_seen(window);
    var place = image_at(image, start, channel);
    var best = x0(place);
    for (var d = start.x; d < end.x; d = d + 1u) {
        for (var h = start.y; h < end.y; h = h + 1u) {
            for (var w = start.z; w < end.z; w = w + 1u) {
                let at = image_at(image, vec3<u32>(d, h, w), channel);
                if (best < x0(at)) { best = x0(at); place = at; }
            }
        }
    }
    return place;
}
";

/// The search starts at the lowest finite value, so that NaN counts for nothing.
const MAX: Body = Body {
    name: "max pool",
    of_images: false,
    text: "
    var best = lowest();
    for (var d = start.x; d < end.x; d = d + 1u) {
        for (var h = start.y; h < end.y; h = h + 1u) {
            for (var w = start.z; w < end.z; w = w + 1u) {
                let x = x0(image_at(image, vec3<u32>(d, h, w), channel));
                if (best < x) { best = x; }
            }
        }
    }
    put0(window_at(image, place, channel), best);
",
};
const MEAN: Body = Body {
    name: "mean pool",
    of_images: false,
    text: "
    var sum = 0.0;
    for (var d = start.x; d < end.x; d = d + 1u) {
        for (var h = start.y; h < end.y; h = h + 1u) {
            for (var w = start.z; w < end.z; w = w + 1u) { sum = sum + x0(image_at(image, vec3<u32>(d, h, w), channel)); }
        }
    }
    put0(window_at(image, place, channel), sum / f32(seen_count(place)));
",
};
const MAX_SECOND: Body = Body {
    name: "second max pool",
    of_images: false,
    text: "    put0(window_at(image, place, channel), x1(winner(image, place, channel)));\n",
};
const MAX_GRADIENT: Body = Body {
    name: "max pool gradient",
    of_images: true,
    text: "
    let own = image_at(image, place, channel);
    var sum = R0();
    for (var d = start.x; d < end.x; d = d + 1u) {
        for (var h = start.y; h < end.y; h = h + 1u) {
            for (var w = start.z; w < end.z; w = w + 1u) {
                let window = vec3<u32>(d, h, w);
                if (winner(image, window, channel) == own) { sum = sum + x1(window_at(image, window, channel)); }
            }
        }
    }
    put0(own, sum);
",
};
const MEAN_GRADIENT: Body = Body {
    name: "mean pool gradient",
    of_images: true,
    text: "
    var sum = 0.0;
    for (var d = start.x; d < end.x; d = d + 1u) {
        for (var h = start.y; h < end.y; h = h + 1u) {
            for (var w = start.z; w < end.z; w = w + 1u) {
                let window = vec3<u32>(d, h, w);
                sum = sum + x0(window_at(image, window, channel)) / f32(seen_count(window));
            }
        }
    }
    put0(image_at(image, place, channel), sum);
",
};

fn run(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan = p.plan::<Plan>()?;
    let out = &call.outs[0];
    let shader = Shader {
        name: plan.body.name,
        results: vec![out],
        operands: plan.operands.iter().map(|i| call.input(*i)).collect(),
        numbers: plan.numbers.clone(),
        list: vec![],
        spread: Spread::Each(out.count()),
    };
    let dtype = out.dtype();
    shader.run_rounds(plan.rounds, || {
        let lowest = limit(dtype, false);
        let mut functions = SHARED.to_string() + &format!("\nfn lowest() -> R0 {{ return {lowest}; }}\n");
        if plan.body.text.contains("winner(") {
            functions += WINNER;
        }
        let (sizes, first, end) =
            if plan.body.of_images { ("images()", "first_seer", "end_seer") } else { ("windows()", "first_seen", "end_seen") };
        let places = format!(
            "    let size = {sizes};
    let channel = i % $channels;
    var rest = i / $channels;
    let w_place = rest % size.z;
    rest = rest / size.z;
    let h_place = rest % size.y;
    rest = rest / size.y;
    let place = vec3<u32>(rest % size.x, h_place, w_place);
    let image = rest / size.x;
    let start = {first}(place);
    let end = {end}(place);
"
        );
        (functions, places + plan.body.text)
    })
}
