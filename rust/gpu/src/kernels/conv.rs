//! Kernels of convolutions: products whose operands are looked up where they lie; depthwise ones as sums.
use super::tiles::{After, Product};
use crate::memory::{SINGLES, between};
use crate::shader::{Shader, Spread};
use ferroflow_ops::ops::nn::window::{Axes, conv_windows};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor, bail};

const FLOAT: &[(&str, &[DType])] = &[("T", SINGLES)];
const NUMBERS: &[(&str, &[DType])] = &[("T", &[DType::Float, DType::Half, DType::BFloat16, DType::Int32])];
/// Estimated time on the host, in nanoseconds.
const NS: f32 = 5000.0;

/// Which operand of a convolution is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Output,
    Input,
    Filter,
}

const fn kernel(op: &'static str, types: &'static [(&'static str, &'static [DType])], prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types, outputs: Outputs::Runtime, prepare }
}

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    kernel("Conv2D", NUMBERS, |p| prepare::<2>(p, Wanted::Output, false)),
    kernel("_FusedConv2D", FLOAT, |p| prepare::<2>(p, Wanted::Output, false)),
    kernel("Conv2DBackpropInput", NUMBERS, |p| prepare::<2>(p, Wanted::Input, false)),
    kernel("Conv2DBackpropFilter", FLOAT, |p| prepare::<2>(p, Wanted::Filter, false)),
    kernel("Conv3D", FLOAT, |p| prepare::<3>(p, Wanted::Output, false)),
    kernel("Conv3DBackpropInputV2", FLOAT, |p| prepare::<3>(p, Wanted::Input, false)),
    kernel("Conv3DBackpropFilterV2", FLOAT, |p| prepare::<3>(p, Wanted::Filter, false)),
    kernel("DepthwiseConv2dNative", FLOAT, |p| prepare::<2>(p, Wanted::Output, true)),
    kernel("_FusedDepthwiseConv2dNative", FLOAT, |p| prepare::<2>(p, Wanted::Output, true)),
    kernel("DepthwiseConv2dNativeBackpropInput", FLOAT, |p| prepare::<2>(p, Wanted::Input, true)),
    kernel("DepthwiseConv2dNativeBackpropFilter", FLOAT, |p| prepare::<2>(p, Wanted::Filter, true)),
];

struct Plan {
    wanted: Wanted,
    depthwise: bool,
    numbers: Vec<(&'static str, usize)>,
    /// Lines, columns, inner steps of the product; groups.
    product: [usize; 4],
    name: String,
    after: After,
}

/// One value for each of depth, height and width, from those of the `N` axes that there are.
pub fn triple<const N: usize>(of: [usize; N], missing: usize) -> [usize; 3] {
    std::array::from_fn(|d| if d + N < 3 { missing } else { of[d + N - 3] })
}

/// Distances of images, planes, lines, pixels and channels of an array of images.
pub fn steps<const N: usize>(shape: &Shape, axes: Axes<N>) -> [usize; 5] {
    let own = super::spread::strides(shape);
    let [d, h, w] = triple(axes.spatial.map(|axis| own[axis]), 0);
    [own[0], d, h, w, own[axes.channel]]
}

fn prepare<const N: usize>(p: &Prep, wanted: Wanted, depthwise: bool) -> Result<Prepared> {
    let out = p.out_shape(0)?;
    let (x, f, y) = match wanted {
        Wanted::Output => (p.shape(0), p.shape(1), out),
        Wanted::Input => (out, p.shape(1), p.shape(2)),
        Wanted::Filter => (p.shape(0), out, p.shape(2)),
    };
    let axes = Axes::<N>::of(p.attrs)?;
    let sizes: [usize; N] = std::array::from_fn(|i| f[i]);
    let windows = conv_windows(p.attrs, sizes, true, p.op.name)?;
    let filter = triple(sizes, 1);
    let (input, output) = (triple(axes.spatial.map(|a| x[a]), 1), triple(axes.spatial.map(|a| y[a]), 1));
    let pads = triple(std::array::from_fn::<usize, N, _>(|i| windows[i].pads(x[axes.spatial[i]]).0), 0);
    let (strides, dilations) = (triple(windows.map(|w| w.stride), 1), triple(windows.map(|w| w.dilation), 1));
    let (xs, ys) = (steps(x, axes), steps(y, axes));
    let (in_channels, out_channels) = (x[axes.channel], y[axes.channel]);
    let each = if depthwise { 1 } else { f[N] };
    if each == 0 || !in_channels.is_multiple_of(each) {
        bail!(InvalidArgument, "input depth {in_channels} must be evenly divisible by filter depth {each}");
    }
    let groups = in_channels / each;
    let made = out_channels.checked_div(groups).unwrap_or(0);
    let (taps, pixels, outputs) = (filter.iter().product::<usize>(), input.iter().product::<usize>(), output.iter().product::<usize>());
    let product = match wanted {
        Wanted::Output => [x[0] * outputs, made, taps * each, groups],
        Wanted::Input => [x[0] * pixels, each, taps * made, groups],
        Wanted::Filter => [taps * each, made, x[0] * outputs, groups],
    };
    let after = After::of(p)?;
    let names = [
        ["in_d", "in_h", "in_w"],
        ["out_d", "out_h", "out_w"],
        ["tap_d", "tap_h", "tap_w"],
        ["stride_d", "stride_h", "stride_w"],
        ["dilation_d", "dilation_h", "dilation_w"],
        ["pad_d", "pad_h", "pad_w"],
    ];
    let values = [input, output, filter, strides, dilations, pads];
    let mut numbers: Vec<_> = names.into_iter().flatten().zip(values.into_iter().flatten()).collect();
    numbers.extend(["xs_n", "xs_d", "xs_h", "xs_w", "xs_c"].into_iter().zip(xs));
    numbers.extend(["ys_n", "ys_d", "ys_h", "ys_w", "ys_c"].into_iter().zip(ys));
    numbers.extend([("each", each), ("made", made), ("all_made", out_channels), ("images", x[0])]);
    let name = format!("convolution {wanted:?} {depthwise}{}", after.name);
    let run = if depthwise { depthwise_sums } else { products };
    Ok(Prepared::with(run, NS, Plan { wanted, depthwise, numbers, product, name, after }))
}

/// What all bodies share: an element of the images at a place that may be outside, and of the results.
const SHARED: &str = "
// Image, plane, line and pixel of the n-th place of an output, or of an input.
fn out_place(n: u32) -> vec4<u32> {
    return vec4<u32>(n / ($out_d * $out_h * $out_w), n / ($out_h * $out_w) % $out_d, n / $out_w % $out_h, n % $out_w);
}
fn in_place(n: u32) -> vec4<u32> {
    return vec4<u32>(n / ($in_d * $in_h * $in_w), n / ($in_h * $in_w) % $in_d, n / $in_w % $in_h, n % $in_w);
}
fn tap_place(n: u32) -> vec3<u32> {
    return vec3<u32>(n / ($tap_h * $tap_w), n / $tap_w % $tap_h, n % $tap_w);
}
// Where a tap of the filter looks from an output; outside, a number beyond every image.
fn seen(o: vec4<u32>, tap: vec3<u32>, channel: u32) -> u32 {
    let d = o.y * $stride_d + tap.x * $dilation_d - $pad_d;
    let h = o.z * $stride_h + tap.y * $dilation_h - $pad_h;
    let w = o.w * $stride_w + tap.z * $dilation_w - $pad_w;
    if (d >= $in_d || h >= $in_h || w >= $in_w) { return 4294967295u; }
    return o.x * $xs_n + d * $xs_d + h * $xs_h + w * $xs_w + channel * $xs_c;
}
// Where the output lies that looks at an input through a tap; if there is none, a number beyond every image.
fn seer(i: vec4<u32>, tap: vec3<u32>, channel: u32) -> u32 {
    let d = i.y + $pad_d - tap.x * $dilation_d;
    let h = i.z + $pad_h - tap.y * $dilation_h;
    let w = i.w + $pad_w - tap.z * $dilation_w;
    let on_step = d % $stride_d == 0u && h % $stride_h == 0u && w % $stride_w == 0u;
    let o = vec3<u32>(d / $stride_d, h / $stride_h, w / $stride_w);
    if (!on_step || o.x >= $out_d || o.y >= $out_h || o.z >= $out_w) { return 4294967295u; }
    return i.x * $ys_n + o.x * $ys_d + o.y * $ys_h + o.z * $ys_w + channel * $ys_c;
}
";

/// A read of an operand at a place that may be none.
fn looked(operand: usize) -> String {
    format!("if (at == 4294967295u) {{ return R0(); }}\n    return x{operand}(at);")
}

/// The operands of the product that a convolution is, by what is wanted. Operand 0 is the first that is read.
fn functions(wanted: Wanted, after: &str) -> String {
    let read = looked(if wanted == Wanted::Input { 1 } else { 0 });
    let own = match wanted {
        Wanted::Output => format!(
            "
fn left_at(group: u32, line: u32, k: u32) -> R0 {{
    let at = seen(out_place(line), tap_place(k / $each), group * $each + k % $each);
    {read}
}}
fn right_at(group: u32, k: u32, column: u32) -> R0 {{ return x1(k * $all_made + group * $made + column); }}
fn finish(group: u32, line: u32, column: u32, sum: R0) {{
    let o = out_place(line);
    let channel = group * $made + column;
    let at = o.x * $ys_n + o.y * $ys_d + o.z * $ys_h + o.w * $ys_w + channel * $ys_c;
    put0(at, after(sum, at, channel));
}}
"
        ),
        Wanted::Input => format!(
            "
fn left_at(group: u32, line: u32, k: u32) -> R0 {{
    let at = seer(in_place(line), tap_place(k / $made), group * $made + k % $made);
    {read}
}}
fn right_at(group: u32, k: u32, column: u32) -> R0 {{
    return x0((k / $made * $each + column) * $all_made + group * $made + k % $made);
}}
fn finish(group: u32, line: u32, column: u32, sum: R0) {{
    let i = in_place(line);
    put0(i.x * $xs_n + i.y * $xs_d + i.z * $xs_h + i.w * $xs_w + (group * $each + column) * $xs_c, sum);
}}
"
        ),
        Wanted::Filter => format!(
            "
fn left_at(group: u32, line: u32, k: u32) -> R0 {{
    let at = seen(out_place(k), tap_place(line / $each), group * $each + line % $each);
    {read}
}}
fn right_at(group: u32, k: u32, column: u32) -> R0 {{
    let o = out_place(k);
    return x1(o.x * $ys_n + o.y * $ys_d + o.z * $ys_h + o.w * $ys_w + (group * $made + column) * $ys_c);
}}
fn finish(group: u32, line: u32, column: u32, sum: R0) {{ put0(line * $all_made + group * $made + column, sum); }}
"
        ),
    };
    SHARED.to_string() + after + &own
}

impl Plan {
    fn operands<'a>(&self, call: &'a Call) -> Vec<&'a Tensor> {
        // The sizes that the gradients are given lie on the host.
        let operands = match self.wanted {
            Wanted::Output => (0..call.n_inputs()).collect(),
            Wanted::Input => vec![1, 2],
            Wanted::Filter => vec![0, 2],
        };
        operands.into_iter().map(|i| call.input(i)).collect()
    }
    /// The function `after`, where something may follow.
    fn after(&self) -> Result<String> {
        if self.wanted == Wanted::Output { self.after.text() } else { Ok(String::new()) }
    }
}

fn products(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan = p.plan::<Plan>()?;
    debug_assert!(!plan.depthwise);
    let product = Product {
        name: &plan.name,
        operands: plan.operands(call),
        numbers: plan.numbers.clone(),
        list: vec![],
        sizes: plan.product,
        across: true,
        looking: 0,
    };
    product.run(call.run.device, &call.outs[0], &functions(plan.wanted, &plan.after()?))
}

/// Outputs that an invocation adds up for the gradient of a depthwise filter: more are added up in parts.
const PART: usize = 1 << 14;

/// Each invocation makes one element, or a part of it.
fn depthwise_sums(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan = p.plan::<Plan>()?;
    let after = plan.after()?;
    let text = match plan.wanted {
        Wanted::Output => {
            "    let channel = i % $all_made;
    let o = out_place(i / $all_made);
    for (var tap = 0u; tap < $tap_d * $tap_h * $tap_w; tap = tap + 1u) {
        let at = seen(o, tap_place(tap), channel / $made);
        if (at != 4294967295u) { sum = sum + x0(at) * x1(tap * $all_made + channel); }
    }
    let at = o.x * $ys_n + o.z * $ys_h + o.w * $ys_w + channel * $ys_c;
    put0(at, after(sum, at, channel));
"
        }
        Wanted::Input => {
            "    let channels = $all_made / $made;
    let channel = i % channels;
    let place = in_place(i / channels);
    for (var tap = 0u; tap < $tap_d * $tap_h * $tap_w; tap = tap + 1u) {
        for (var m = channel * $made; m < (channel + 1u) * $made; m = m + 1u) {
            let at = seer(place, tap_place(tap), m);
            if (at != 4294967295u) { sum = sum + x1(at) * x0(tap * $all_made + m); }
        }
    }
    put0(place.x * $xs_n + place.z * $xs_h + place.w * $xs_w + channel * $xs_c, sum);
"
        }
        Wanted::Filter => {
            "    let channel = i % $all_made;
    let taps = $tap_d * $tap_h * $tap_w;
    let tap = tap_place(i / $all_made % taps);
    let first = i / (taps * $all_made) * $share;
    let end = min($images * $out_h * $out_w, first + $share);
    var line = R0();
    for (var n = first; n < end; n = n + 1u) {
        let o = out_place(n);
        let at = seen(o, tap, channel / $made);
        if (at != 4294967295u) { line = line + x0(at) * x1(o.x * $ys_n + o.z * $ys_h + o.w * $ys_w + channel * $ys_c); }
        if (o.w + 1u == $out_w) {
            sum = sum + line;
            line = R0();
        }
    }
    put0(i, sum + line);
"
        }
    };
    let (out, device) = (&call.outs[0], call.run.device);
    // Only gradients of filters add up so many that they are in parts.
    let (parts, rounds) = match plan.wanted {
        Wanted::Output => (1, plan.product[2]),
        Wanted::Input => (1, 2 * plan.product[2]),
        Wanted::Filter => (plan.product[2].div_ceil(PART).max(1), PART),
    };
    let between = if parts > 1 { Some(device.allocate(between(out.dtype()), &Shape::new(&[parts, out.count()]))?) } else { None };
    let target = between.as_ref().unwrap_or(out);
    let mut numbers = plan.numbers.clone();
    numbers.push(("share", plan.product[2].div_ceil(parts)));
    let shader = Shader {
        name: &plan.name,
        results: vec![target],
        operands: plan.operands(call),
        numbers,
        list: vec![],
        spread: Spread::Each(target.count()),
    };
    shader.run_rounds(rounds, || (SHARED.to_string() + &after, "    var sum = R0();\n".to_string() + text))?;
    let Some(between) = between else { return Ok(()) };
    let sums = Shader {
        name: "sum of parts",
        results: vec![out],
        operands: vec![&between],
        numbers: vec![("parts", parts)],
        list: vec![],
        spread: Spread::Each(out.count()),
    };
    let body =
        "    var sum = x0(i);\n    for (var q = 1u; q < $parts; q = q + 1u) { sum = sum + x0(q * $count + i); }\n    put0(i, sum);\n";
    sums.run_rounds(parts, || (String::new(), body.into()))
}
