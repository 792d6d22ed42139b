//! Random orders and choices.
use crate::kernels::dispatch::Real;
use ferroflow_ops::philox::{BLOCKS_PER_OUTPUT, Philox, Words};
use ferroflow_ops::streams::{Seeds, shuffled};
use ferroflow_ops::{Call, Prep, Prepared};
use ferroflow_tensor::{DType, Element, Result, Tensor, bail};

/// Dtypes that TensorFlow's CPU kernel shuffles.
pub const SHUFFLED: &[DType] = &[
    DType::Float,
    DType::Double,
    DType::Half,
    DType::BFloat16,
    DType::Int8,
    DType::Int16,
    DType::Int32,
    DType::Int64,
    DType::UInt8,
    DType::UInt16,
    DType::UInt32,
    DType::UInt64,
    DType::Complex64,
    DType::Complex128,
    DType::Bool,
    DType::String,
    DType::Resource,
    DType::Variant,
];

pub(super) fn prepare_shuffle(p: &Prep) -> Result<Prepared> {
    Ok(Prepared::with(shuffle, p.shape(0).count() as f32 + 100.0, Seeds::of(p)?))
}

fn shuffle(p: &Prepared, call: &mut Call) -> Result<()> {
    let value = call.input(0);
    let n = value.shape().first().copied().unwrap_or(1);
    if value.count() <= 1 || n <= 1 {
        call.set(0, value.clone());
        return Ok(());
    }
    let order = shuffled(*p.plan()?, call.state()?, n)?;
    let row = value.count() / n;
    let shape = value.shape().clone();
    let rows = |i: &usize| i * row..(i + 1) * row;
    let out = match value.dtype() {
        DType::String => {
            let all = value.strings()?;
            Tensor::from_strings(order.iter().flat_map(|i| all[rows(i)].iter().cloned()).collect(), shape)?
        }
        dtype @ (DType::Resource | DType::Variant) => {
            let all = value.objects()?;
            Tensor::from_objects(dtype, order.iter().flat_map(|i| all[rows(i)].iter().cloned()).collect(), shape)?
        }
        dtype => {
            let mut out = Tensor::recycled(dtype, shape)?;
            let (all, size) = (value.bytes()?, row * dtype.size());
            if let Some(to) = out.bytes_mut() {
                for (to, i) in to.chunks_exact_mut(size).zip(&order) {
                    to.copy_from_slice(&all[i * size..][..size]);
                }
            }
            out
        }
    };
    call.set(0, out);
    Ok(())
}

pub(super) fn prepare_multinomial(p: &Prep) -> Result<Prepared> {
    let n = p.shape(0).count() + p.outputs[0].1.map_or(0, |s| s.count());
    Ok(Prepared::with(multinomial, 20.0 * n as f32, Seeds::of(p)?))
}

fn multinomial(p: &Prepared, call: &mut Call) -> Result<()> {
    let [rows, samples] = *call.outs[0].shape().dims() else { bail!(Internal, "Multinomial's output is no matrix") };
    if rows * samples == 0 {
        return Ok(());
    }
    // TensorFlow sets aside words for doubles, in groups of four samples.
    let outputs = (rows as u64).wrapping_mul(2 * (samples as u64).next_multiple_of(4));
    let stream = p.plan::<Seeds>()?.reserve(call.state()?, outputs.wrapping_mul(BLOCKS_PER_OUTPUT));
    write_choices(call, rows, samples, &mut Words::new(stream))
}

pub(super) fn prepare_stateless_multinomial(p: &Prep) -> Result<Prepared> {
    fn run(_: &Prepared, call: &mut Call) -> Result<()> {
        let [rows, samples] = *call.outs[0].shape().dims() else { bail!(Internal, "StatelessMultinomial's output is no matrix") };
        if rows * samples == 0 {
            return Ok(());
        }
        let (key, counter) = Philox::scramble(super::seed_pair(call.input(2))?);
        write_choices(call, rows, samples, &mut Words::new(Philox::keyed(key, counter)))
    }
    let n = p.shape(0).count() + p.outputs[0].1.map_or(0, |s| s.count());
    Ok(Prepared::new(run, 20.0 * n as f32))
}

fn write_choices(call: &mut Call, rows: usize, samples: usize, words: &mut Words) -> Result<()> {
    let logits = call.input(0);
    let chosen = crate::dispatch_floating!(logits.dtype(), T => choose(logits.slice::<T>()?, rows, samples, words))?;
    match call.outs[0].dtype() {
        DType::Int32 => call.out::<i32>(0)?.iter_mut().zip(chosen).for_each(|(o, c)| *o = c as i32),
        _ => call.out::<i64>(0)?.iter_mut().zip(chosen).for_each(|(o, c)| *o = c as i64),
    }
    Ok(())
}

/// Looks a uniform number up among the sums of e^logit: one class for each sample of each row.
fn choose<T: Real + Element>(logits: &[T], rows: usize, samples: usize, words: &mut Words) -> Result<Vec<usize>> {
    let classes = logits.len() / rows;
    let mut out = Vec::with_capacity(rows * samples);
    for row in logits.chunks_exact(classes) {
        let values: Vec<f64> = row.iter().map(|x| x.to_f64()).collect();
        let most = values.iter().copied().filter(|x| x.is_finite()).fold(f64::MIN, f64::max);
        let mut total = 0.0;
        let add = |x: &f64| {
            total += if x.is_finite() { (x - most).exp() } else { 0.0 };
            total
        };
        let sums: Vec<f64> = values.iter().map(add).collect();
        out.extend((0..samples).map(|_| {
            let wanted = words.unit() * total;
            sums.partition_point(|s| *s <= wanted)
        }));
    }
    Ok(out)
}
