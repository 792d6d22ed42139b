//! Fills a tensor with numbers of a stream, group by group.
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
const GRAIN: usize = 1 << 12;
/// Truncated normals take an unknown number of words, so each group has blocks of its own.
const BLOCKS_PER_WORD: u64 = BLOCKS_PER_OUTPUT / WORDS as u64;

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

/// One block makes four elements, each of a word of its own.
fn words<T: Copy + Send>(device: &dyn Device, out: &mut [T], stream: Philox, f: impl Fn(u32) -> T + Sync) {
    groups(device, out, stream, 1, 3.0, |at| at.block().map(&f));
}

/// One block makes two elements, each of two words.
fn pairs<T: Copy + Send>(device: &dyn Device, out: &mut [T], stream: Philox, f: impl Fn(u32, u32) -> T + Sync) {
    groups(device, out, stream, 1, 5.0, |at| {
        let [a, b, c, d] = at.block();
        [f(a, b), f(c, d)]
    });
}

fn normals<T: Copy + Send>(device: &dyn Device, out: &mut [T], stream: Philox, f: impl Fn(f32) -> T + Sync) {
    groups(device, out, stream, 1, 12.0, |at| {
        let [a, b, c, d] = at.block();
        let ([p, q], [r, s]) = (normal_f32(a, b), normal_f32(c, d));
        [f(p), f(q), f(r), f(s)]
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
        (Draw::Normal, DType::Double) => groups(device, call.out::<f64>(0)?, stream, 1, 20.0, |at| normal_f64(at.block())),
        (Draw::Truncated, DType::Float) => truncated(device, call.out::<f32>(0)?, stream, |x| x),
        (Draw::Truncated, DType::Half) => truncated(device, call.out::<F16>(0)?, stream, F16::from_f32),
        (Draw::Truncated, DType::BFloat16) => truncated(device, call.out::<BF16>(0)?, stream, BF16::from_f32),
        (Draw::Truncated, DType::Double) => {
            groups(device, call.out::<f64>(0)?, stream, 2 * BLOCKS_PER_WORD, 24.0, |at| truncated_f64(&mut Words::new(*at)))
        }
        (Draw::Range, _) if call.outs[0].count() == 0 => {}
        (Draw::Range, DType::Int32) => {
            let (lo, span) = bounds!(i32);
            words(device, call.out::<i32>(0)?, stream, |x| lo.wrapping_add((x % span as u32) as i32))
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
