//! Kernels that draw random numbers. Element `i` is a function of stream and `i` alone, whatever the number of threads.
mod draw;
mod select;
use crate::kernels::dispatch::INDICES;
use draw::{Draw, fill};
use ferroflow_ops::philox::{BLOCKS_PER_OUTPUT, Philox};
use ferroflow_ops::streams::{Seeds, seed_pair};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Tensor};

const NS: f32 = 5.0;
const FLOATS: &[DType] = &[DType::Float, DType::Double, DType::Half, DType::BFloat16];
const ALL_INTS: &[DType] = &[DType::Int32, DType::Int64, DType::UInt32, DType::UInt64];

const fn kernel(op: &'static str, types: &'static [(&'static str, &'static [DType])], prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types, outputs: Outputs::Runtime, prepare }
}

/// Random numbers.
pub static KERNELS: &[Kernel] = &[
    kernel("RandomUniform", &[("dtype", FLOATS)], |p| stateful(p, Draw::Unit)),
    kernel("RandomStandardNormal", &[("dtype", FLOATS)], |p| stateful(p, Draw::Normal)),
    kernel("TruncatedNormal", &[("dtype", FLOATS)], |p| stateful(p, Draw::Truncated)),
    kernel("RandomUniformInt", &[("Tout", INDICES)], |p| stateful(p, Draw::Range)),
    Kernel { op: "RandomShuffle", types: &[("T", select::SHUFFLED)], outputs: Outputs::Kernel, prepare: select::prepare_shuffle },
    kernel("Multinomial", &[("T", FLOATS), ("output_dtype", INDICES)], select::prepare_multinomial),
    kernel("StatelessMultinomial", &[("T", FLOATS), ("output_dtype", INDICES)], select::prepare_stateless_multinomial),
    Kernel { op: "StatelessRandomGetKeyCounter", types: &[], outputs: Outputs::Kernel, prepare: |_| Ok(Prepared::new(key_counter, 100.0)) },
    Kernel { op: "StatelessRandomGetAlg", types: &[], outputs: Outputs::Kernel, prepare: |_| Ok(Prepared::new(algorithm, 10.0)) },
    kernel("StatelessRandomUniformV2", &[("dtype", FLOATS)], |p| keyed(p, Draw::Unit)),
    kernel("StatelessRandomNormalV2", &[("dtype", FLOATS)], |p| keyed(p, Draw::Normal)),
    kernel("StatelessTruncatedNormalV2", &[("dtype", FLOATS)], |p| keyed(p, Draw::Truncated)),
    kernel("StatelessRandomUniformIntV2", &[("dtype", INDICES)], |p| keyed(p, Draw::Range)),
    kernel("StatelessRandomUniformFullIntV2", &[("dtype", ALL_INTS)], |p| keyed(p, Draw::Bits)),
    kernel("StatelessRandomUniform", &[("dtype", FLOATS)], |p| scrambled(p, Draw::Unit)),
    kernel("StatelessRandomNormal", &[("dtype", FLOATS)], |p| scrambled(p, Draw::Normal)),
    kernel("StatelessTruncatedNormal", &[("dtype", FLOATS)], |p| scrambled(p, Draw::Truncated)),
    kernel("StatelessRandomUniformInt", &[("dtype", INDICES)], |p| scrambled(p, Draw::Range)),
    kernel("StatelessRandomUniformFullInt", &[("dtype", ALL_INTS)], |p| scrambled(p, Draw::Bits)),
];

struct Plan {
    draw: Draw,
    seeds: Seeds,
}

fn cost(p: &Prep) -> f32 {
    p.out_shape(0).map_or(100.0, |s| s.count() as f32 * NS)
}

fn stateful(p: &Prep, draw: Draw) -> Result<Prepared> {
    Ok(Prepared::with(run_stateful, cost(p), Plan { draw, seeds: Seeds::of(p)? }))
}

fn run_stateful(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan: &Plan = p.plan()?;
    let n = call.outs[0].count() as u64;
    if n == 0 {
        return Ok(());
    }
    let stream = plan.seeds.reserve(call.state()?, n.wrapping_mul(BLOCKS_PER_OUTPUT));
    fill(call, plan.draw, stream, 1)
}

fn keyed(p: &Prep, draw: Draw) -> Result<Prepared> {
    Ok(Prepared::with(run_keyed, cost(p), draw))
}

fn run_keyed(p: &Prepared, call: &mut Call) -> Result<()> {
    let counter = call.slice::<u64>(2)?;
    let stream = Philox::keyed(call.input(1).item()?, [counter[0], counter[1]]);
    fill(call, *p.plan()?, stream, 4)
}

fn scrambled(p: &Prep, draw: Draw) -> Result<Prepared> {
    Ok(Prepared::with(run_scrambled, cost(p), draw))
}

fn run_scrambled(p: &Prepared, call: &mut Call) -> Result<()> {
    let (key, counter) = Philox::scramble(seed_pair(call.input(1))?);
    fill(call, *p.plan()?, Philox::keyed(key, counter), 2)
}

fn key_counter(_: &Prepared, call: &mut Call) -> Result<()> {
    let (key, counter) = Philox::scramble(seed_pair(call.input(0))?);
    call.set(0, Tensor::from_slice(&[key], [1])?);
    call.set(1, Tensor::from_slice(&counter, [2])?);
    Ok(())
}

fn algorithm(_: &Prepared, call: &mut Call) -> Result<()> {
    call.set(0, Tensor::scalar(1i32));
    Ok(())
}
