//! Kernels that draw random numbers: each invocation makes a group of four from its own place in the stream, as the host does.
use super::elementwise::function;
use super::index::gather_rows;
use crate::memory::STORED;
use crate::shader::{Shader, Spread};
use ferroflow_ops::ops::array::gather::GatherDims;
use ferroflow_ops::philox::{BLOCKS_PER_OUTPUT, Philox};
use ferroflow_ops::streams::{Seeds, seed_pair, shuffled};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Tensor};

const FLOAT: &[(&str, &[DType])] = &[("dtype", &[DType::Float])];
const INT: &[(&str, &[DType])] = &[("dtype", &[DType::Int32])];
const BITS: &[(&str, &[DType])] = &[("dtype", &[DType::Int32, DType::UInt32])];
/// Estimated time on the host, in nanoseconds.
const NS: f32 = 2000.0;

type Types = &'static [(&'static str, &'static [DType])];
const fn kernel(op: &'static str, types: Types, prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types, outputs: Outputs::Runtime, prepare }
}

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    kernel("RandomUniform", FLOAT, |p| stateful(p, Draw::Unit)),
    kernel("RandomStandardNormal", FLOAT, |p| stateful(p, Draw::Normal)),
    kernel("TruncatedNormal", FLOAT, |p| stateful(p, Draw::Truncated)),
    kernel("RandomUniformInt", &[("Tout", &[DType::Int32])], |p| stateful(p, Draw::Range)),
    kernel("RandomShuffle", &[("T", STORED)], |p| Ok(Prepared::with(shuffle, NS, Seeds::of(p)?))),
    kernel("StatelessRandomUniformV2", FLOAT, |_| Ok(Prepared::with(keyed, NS, Draw::Unit))),
    kernel("StatelessRandomNormalV2", FLOAT, |_| Ok(Prepared::with(keyed, NS, Draw::Normal))),
    kernel("StatelessTruncatedNormalV2", FLOAT, |_| Ok(Prepared::with(keyed, NS, Draw::Truncated))),
    kernel("StatelessRandomUniformIntV2", INT, |_| Ok(Prepared::with(keyed, NS, Draw::Range))),
    kernel("StatelessRandomUniformFullIntV2", BITS, |_| Ok(Prepared::with(keyed, NS, Draw::Bits))),
    kernel("StatelessRandomUniform", FLOAT, |_| Ok(Prepared::with(scrambled, NS, Draw::Unit))),
    kernel("StatelessRandomNormal", FLOAT, |_| Ok(Prepared::with(scrambled, NS, Draw::Normal))),
    kernel("StatelessTruncatedNormal", FLOAT, |_| Ok(Prepared::with(scrambled, NS, Draw::Truncated))),
    kernel("StatelessRandomUniformInt", INT, |_| Ok(Prepared::with(scrambled, NS, Draw::Range))),
    kernel("StatelessRandomUniformFullInt", BITS, |_| Ok(Prepared::with(scrambled, NS, Draw::Bits))),
];

/// What is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Draw {
    /// Uniform from [0, 1).
    Unit,
    /// Normal of mean 0 and deviation 1.
    Normal,
    /// Normal within 2 of 0.
    Truncated,
    /// Integers from minval to maxval, exclusive.
    Range,
    /// Any bits.
    Bits,
}

fn stateful(p: &Prep, draw: Draw) -> Result<Prepared> {
    Ok(Prepared::with(run_stateful, NS, (draw, Seeds::of(p)?)))
}

fn run_stateful(p: &Prepared, call: &mut Call) -> Result<()> {
    let (draw, seeds) = *p.plan::<(Draw, Seeds)>()?;
    let n = call.outs[0].count() as u64;
    if n == 0 {
        return Ok(());
    }
    let stream = seeds.reserve(call.state()?, n.wrapping_mul(BLOCKS_PER_OUTPUT));
    fill(call, draw, stream, 1)
}

fn keyed(p: &Prepared, call: &mut Call) -> Result<()> {
    let counter = call.slice::<u64>(2)?;
    let stream = Philox::keyed(call.input(1).item()?, [counter[0], counter[1]]);
    fill(call, *p.plan()?, stream, 4)
}

fn scrambled(p: &Prepared, call: &mut Call) -> Result<()> {
    let (key, counter) = Philox::scramble(seed_pair(call.input(1))?);
    fill(call, *p.plan()?, Philox::keyed(key, counter), 2)
}

/// The order is worked out by the host, the rows move on the device.
fn shuffle(p: &Prepared, call: &mut Call) -> Result<()> {
    let value = call.input(0);
    let n = value.shape().first().copied().unwrap_or(1);
    let order = if value.count() <= 1 || n <= 1 { (0..n).collect() } else { shuffled(*p.plan()?, call.state()?, n)? };
    let order: Vec<i32> = order.into_iter().map(|i| i as i32).collect();
    let indices = call.run.device.to_device(&Tensor::from_slice(&order, [order.len()])?)?;
    let dims = GatherDims { batch: 1, outer: 1, axis: n, inner: value.count().checked_div(n).unwrap_or(0), taken: n };
    gather_rows(dims, value, &indices, &call.outs[0])
}

/// Fills output 0. `range` is the position of minval, which maxval follows.
fn fill(call: &mut Call, draw: Draw, stream: Philox, range: usize) -> Result<()> {
    let out = &call.outs[0];
    let n = out.count();
    if n == 0 {
        return Ok(());
    }
    let (low, span) = match draw {
        Draw::Range => {
            let (low, high) = (call.input(range).item::<i32>()?, call.input(range + 1).item::<i32>()?);
            (low as u32, high.wrapping_sub(low) as u32)
        }
        _ => (0, 1),
    };
    let (key, place) = (stream.key(), stream.place());
    let (low_place, high_place) = (place as u64, (place >> 64) as u64);
    let word = |x: u64, i: u32| (x >> (32 * i)) as u32;
    let name = format!("draw {draw:?}");
    let shader = Shader {
        name: &name,
        results: vec![out],
        operands: vec![],
        numbers: vec![("elements", n)],
        // What differs from draw to draw, and takes the same time.
        list: vec![word(key, 0), word(key, 1), word(low_place, 0), word(low_place, 1), word(high_place, 0), word(high_place, 1), low, span],
        spread: Spread::Each(n.div_ceil(4)),
    };
    let log = function("Log", "logarithm")?;
    shader.run(|| {
        let group = match draw {
            Draw::Unit => "    let words = block(i, 0u);\n    let made = vec4<f32>(unit(words.x), unit(words.y), unit(words.z), unit(words.w));\n",
            Draw::Normal => "    let words = block(i, 0u);\n    let made = vec4<f32>(normals(words.xy), normals(words.zw));\n",
            Draw::Truncated => TRUNCATED,
            Draw::Range => "    let words = block(i, 0u);\n    let made = vec4<u32>(p[$list + 6u]) + words % p[$list + 7u];\n",
            Draw::Bits => "    let made = block(i, 0u);\n",
        };
        let value = if matches!(draw, Draw::Range | Draw::Bits) { "bitcast<R0>(made[j])" } else { "made[j]" };
        let body = format!(
            "{group}    for (var j = 0u; j < 4u; j = j + 1u) {{\n        if (i * 4u + j < $elements) {{ put0(i * 4u + j, {value}); }}\n    }}\n"
        );
        (log + PHILOX, body)
    })
}

/// Groups of truncated normals have 256 blocks each for every element, as they take an unknown number of words.
const TRUNCATED: &str = "
    var made = vec4<f32>();
    var n = 0u;
    for (var b = 0u; n < 4u && b < 256u; b = b + 1u) {
        let words = block((i << 8u) | b, i >> 24u);
        let four = vec4<f32>(normals(words.xy), normals(words.zw));
        for (var j = 0u; j < 4u; j = j + 1u) {
            if (n < 4u && abs(four[j]) < 2.0) {
                made[n] = four[j];
                n = n + 1u;
            }
        }
    }
";

/// Philox4x32-10 and what is made of its words.
const PHILOX: &str = "
// The two words of a product.
fn product(a: u32, b: u32) -> vec2<u32> {
    let al = a & 65535u;
    let ah = a >> 16u;
    let bl = b & 65535u;
    let bh = b >> 16u;
    let low = al * bl;
    let middle = ah * bl + (low >> 16u);
    let other = al * bh + (middle & 65535u);
    return vec2<u32>(a * b, ah * bh + (middle >> 16u) + (other >> 16u));
}

// The block so many blocks on from the place of the stream, by the two words of their number, of which the high one is small.
fn block(low: u32, high: u32) -> vec4<u32> {
    var x = vec4<u32>(p[$list + 2u] + low, p[$list + 3u], p[$list + 4u], p[$list + 5u]);
    let more = high + select(0u, 1u, x.x < low);
    x.y = x.y + more;
    if (x.y < more) {
        x.z = x.z + 1u;
        if (x.z == 0u) { x.w = x.w + 1u; }
    }
    var key = vec2<u32>(p[$list], p[$list + 1u]);
    for (var round = 0u; round < 10u; round = round + 1u) {
        let a = product(0xd2511f53u, x.x);
        let b = product(0xcd9e8d57u, x.z);
        x = vec4<u32>(b.y ^ x.y ^ key.x, b.x, a.y ^ x.w ^ key.y, a.x);
        key = key + vec2<u32>(0x9e3779b9u, 0xbb67ae85u);
    }
    return x;
}

fn unit(word: u32) -> f32 { return bitcast<f32>(0x3f800000u | (word & 0x7fffffu)) - 1.0; }

// The single-precision number nearest to 2 pi m / 2^23: an angle next to a multiple of pi has a sine of few digits, so the
// product of m and the 53 bits of 2 pi is worked out whole.
fn angle(m: u32) -> f32 {
    let low = product(m, 0x54442d18u);
    let high = product(m, 0x1921fbu);
    let middle = high.x + low.y;
    let top = high.y + select(0u, 1u, middle < high.x);
    var bits = middle;
    var below = low.x;
    var exponent_of = -33;
    if (top != 0u) {
        let shift = countLeadingZeros(top);
        bits = (top << shift) | (middle >> (32u - shift));
        below = (middle << shift) | low.x;
        exponent_of = -1 - i32(shift);
    } else {
        let shift = countLeadingZeros(middle);
        if (shift == 32u) { return 0.0; }
        if (shift > 0u) { bits = (middle << shift) | (low.x >> (32u - shift)); }
        below = low.x << shift;
        exponent_of = -33 - i32(shift);
    }
    var kept_bits = bits >> 8u;
    let rest = bits & 255u;
    if (rest > 128u || (rest == 128u && (below != 0u || (kept_bits & 1u) == 1u))) { kept_bits = kept_bits + 1u; }
    return f32(kept_bits) * power_of_2(exponent_of);
}

// Sine and cosine of an angle from 0 to 2 pi, from the nearest multiple of pi/2, which is taken off in three parts.
fn sine_and_cosine(x: f32) -> vec2<f32> {
    let n = round(x * 0.63661975f);
    let r = kept(kept(kept(x - n * 1.5703125f) - kept(n * 4.837513e-4f)) - n * 7.54979e-8f);
    let z = r * r;
    let sine = r + r * z * (-1.6666667e-1f + z * (8.333333e-3f + z * (-1.9841270e-4f + z * 2.7557319e-6f)));
    let cosine = 1.0 + z * (-0.5f + z * (4.1666668e-2f + z * (-1.3888889e-3f + z * (2.4801587e-5f - z * 2.7557319e-7f))));
    switch (i32(n)) {
        case 1: { return vec2<f32>(cosine, -sine); }
        case 2: { return vec2<f32>(-sine, -cosine); }
        case 3: { return vec2<f32>(-cosine, sine); }
        default: { return vec2<f32>(sine, cosine); }
    }
}

fn normals(words: vec2<u32>) -> vec2<f32> {
    let radius = sqrt(-2.0 * logarithm(max(unit(words.x), 1e-7f)));
    return sine_and_cosine(angle(words.y & 0x7fffffu)) * radius;
}
";
