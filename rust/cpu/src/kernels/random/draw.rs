//! Fills a tensor with numbers of a stream, group by group.
use crate::frames::slices::Unary;
use crate::frames::{normal, philox};
use crate::kernels::copy::fill_parallel;
use ferroflow_ops::philox::*;
use ferroflow_ops::{Call, Device};
use ferroflow_tensor::{BF16, DType, F16, Result, bail};

/// What is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Draw {
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

/// Elements that a thread makes at a time: a multiple of every group.
const GRAIN: usize = 1 << 15;
/// Words that are made at a time.
const CHUNK: usize = 2 * normal::PAIRS;
/// Truncated normals take an unknown number of words, so each group has blocks of its own.
const BLOCKS_PER_WORD: u64 = BLOCKS_PER_OUTPUT / WORDS as u64;

/// Fills parts of `out` from chunks of words: `body(words, part)`, where `words_each` words belong to an element.
fn chunks<T: Copy + Send>(
    device: &dyn Device,
    out: &mut [T],
    stream: Philox,
    words_each: usize,
    cost: f32,
    body: impl Fn(&[u32], &mut [T]) + Sync,
) {
    fill_parallel(device, out, GRAIN, cost, &|start, part| {
        let mut buffer = [0u32; CHUNK];
        let mut at = stream;
        at.skip((start * words_each / WORDS) as u64);
        for part in part.chunks_mut(CHUNK / words_each) {
            // A group of elements may take the whole of its last block.
            let needed = (part.len() * words_each).next_multiple_of(WORDS);
            philox::words(at, &mut buffer[..needed]);
            at.skip((needed / WORDS) as u64);
            body(&buffer[..needed], part);
        }
    });
}

/// One block makes four elements, each of a word of its own.
fn words<T: Copy + Send>(device: &dyn Device, out: &mut [T], stream: Philox, f: impl Fn(u32) -> T + Sync) {
    chunks(device, out, stream, 1, 0.4, |words, part| part.iter_mut().zip(words).for_each(|(o, w)| *o = f(*w)));
}

/// One block makes two elements, each of two words.
fn pairs<T: Copy + Send>(device: &dyn Device, out: &mut [T], stream: Philox, f: impl Fn(u32, u32) -> T + Sync) {
    let body = |words: &[u32], part: &mut [T]| part.iter_mut().zip(words.as_chunks::<2>().0).for_each(|(o, [a, b])| *o = f(*a, *b));
    chunks(device, out, stream, 2, 0.8, body);
}

/// Remainders of 32-bit numbers by one divisor, by two products (Lemire, Kaser, Kurz: Faster Remainder by Direct Computation,
/// Software: Practice and Experience 49, 2019).
#[derive(Clone, Copy)]
struct Remainder {
    divisor: u32,
    inverse: u64,
}
impl Remainder {
    fn by(divisor: u32) -> Remainder {
        Remainder { divisor, inverse: (u64::MAX / u64::from(divisor)).wrapping_add(1) }
    }
    fn of(self, x: u32) -> u32 {
        let low = self.inverse.wrapping_mul(u64::from(x));
        ((u128::from(low) * u128::from(self.divisor)) >> 64) as u32
    }
}

/// The loops that normals of double precision are made of.
struct Functions {
    log: Unary<f64>,
    sin: Unary<f64>,
    cos: Unary<f64>,
}

impl Functions {
    fn new() -> Result<Functions> {
        Ok(Functions { log: Unary::of("Log")?, sin: Unary::of("Sin")?, cos: Unary::of("Cos")? })
    }
    /// Normals of twice as many words.
    fn doubles(&self, words: &[u32], out: &mut [f64]) {
        let mut buffers = [[0f64; CHUNK / 4]; 3];
        let n = words.len() / 4;
        let [log, sin, cos] = &mut buffers;
        let (log, sin, cos) = (&mut log[..n], &mut sin[..n], &mut cos[..n]);
        for (i, [a, b, c, d]) in words.as_chunks::<4>().0.iter().enumerate() {
            log[i] = unit_f64(*a, *b).max(1e-7);
            sin[i] = 2.0 * std::f64::consts::PI * unit_f64(*c, *d);
        }
        cos.copy_from_slice(sin);
        self.log.in_place(log);
        self.sin.in_place(sin);
        self.cos.in_place(cos);
        for (i, out) in out.as_chunks_mut::<2>().0.iter_mut().enumerate() {
            let radius = (-2.0 * log[i]).sqrt();
            *out = [sin[i] * radius, cos[i] * radius];
        }
    }
}

fn normals<T: Copy + Send>(device: &dyn Device, out: &mut [T], stream: Philox, f: impl Fn(f32) -> T + Sync) {
    chunks(device, out, stream, 1, 2.0, |words, part| {
        let mut normals = [0f32; CHUNK];
        normal::normals(words, &mut normals[..words.len()]);
        part.iter_mut().zip(normals).for_each(|(o, x)| *o = f(x));
    });
}

fn double_normals(device: &dyn Device, out: &mut [f64], stream: Philox) -> Result<()> {
    let functions = Functions::new()?;
    chunks(device, out, stream, 2, 4.0, |words, part| {
        let mut normals = [0f64; CHUNK / 2];
        functions.doubles(words, &mut normals[..words.len() / 2]);
        part.copy_from_slice(&normals[..part.len()]);
    });
    Ok(())
}

/// Makes groups of `N` elements, each a function of its stream position; `step` blocks lie between groups.
fn groups<T: Copy + Send, const N: usize>(
    device: &dyn Device,
    out: &mut [T],
    stream: Philox,
    step: u64,
    cost: f32,
    group: impl Fn(&mut Philox) -> [T; N] + Sync,
) {
    fill_parallel(device, out, GRAIN, cost, &|start, part| {
        for (i, chunk) in part.chunks_mut(N).enumerate() {
            let mut at = stream;
            at.skip(((start / N + i) as u64).wrapping_mul(step));
            chunk.copy_from_slice(&group(&mut at)[..chunk.len()]);
        }
    });
}

fn truncated<T: Copy + Send>(device: &dyn Device, out: &mut [T], stream: Philox, f: impl Fn(f32) -> T + Sync) {
    groups(device, out, stream, 4 * BLOCKS_PER_WORD, 14.0, |at| truncated_f32(&mut Words::new(*at)).map(&f));
}

/// Fills output 0. `range` is the position of minval, which maxval follows.
pub fn fill(call: &mut Call, draw: Draw, stream: Philox, range: usize) -> Result<()> {
    let device = call.run.device;
    macro_rules! bounds {
        ($t:ty) => {{
            let (lo, hi) = (call.input(range).item::<$t>()?, call.input(range + 1).item::<$t>()?);
            (lo, hi.wrapping_sub(lo))
        }};
    }
    match (draw, call.outs[0].dtype()) {
        (Draw::Unit, DType::Float) => words(device, call.out::<f32>(0)?, stream, unit_f32),
        (Draw::Unit, DType::Half) => words(device, call.out::<F16>(0)?, stream, unit_f16),
        (Draw::Unit, DType::BFloat16) => words(device, call.out::<BF16>(0)?, stream, unit_bf16),
        (Draw::Unit, DType::Double) => pairs(device, call.out::<f64>(0)?, stream, unit_f64),
        (Draw::Normal, DType::Float) => normals(device, call.out::<f32>(0)?, stream, |x| x),
        (Draw::Normal, DType::Half) => normals(device, call.out::<F16>(0)?, stream, F16::from_f32),
        (Draw::Normal, DType::BFloat16) => normals(device, call.out::<BF16>(0)?, stream, BF16::from_f32),
        (Draw::Normal, DType::Double) => double_normals(device, call.out::<f64>(0)?, stream)?,
        (Draw::Truncated, DType::Float) => truncated(device, call.out::<f32>(0)?, stream, |x| x),
        (Draw::Truncated, DType::Half) => truncated(device, call.out::<F16>(0)?, stream, F16::from_f32),
        (Draw::Truncated, DType::BFloat16) => truncated(device, call.out::<BF16>(0)?, stream, BF16::from_f32),
        (Draw::Truncated, DType::Double) => {
            groups(device, call.out::<f64>(0)?, stream, 2 * BLOCKS_PER_WORD, 24.0, |at| truncated_f64(&mut Words::new(*at)))
        }
        (Draw::Range, _) if call.outs[0].count() == 0 => {}
        (Draw::Range, DType::Int32) => {
            let (lo, span) = bounds!(i32);
            let rest = Remainder::by(span as u32);
            words(device, call.out::<i32>(0)?, stream, |x| lo.wrapping_add(rest.of(x) as i32))
        }
        (Draw::Range, DType::Int64) => {
            let (lo, span) = bounds!(i64);
            pairs(device, call.out::<i64>(0)?, stream, |a, b| lo.wrapping_add((wide(a, b) % span as u64) as i64))
        }
        (Draw::Bits, DType::Int32) => words(device, call.out::<i32>(0)?, stream, |x| x as i32),
        (Draw::Bits, DType::UInt32) => words(device, call.out::<u32>(0)?, stream, |x| x),
        (Draw::Bits, DType::Int64) => pairs(device, call.out::<i64>(0)?, stream, |a, b| wide(a, b) as i64),
        (Draw::Bits, DType::UInt64) => pairs(device, call.out::<u64>(0)?, stream, wide),
        (_, dtype) => bail!(Unimplemented, "{draw:?} of {dtype}"),
    }
    Ok(())
}
