//! Kernels of segment reductions.
pub mod sparse;

use crate::kernels::copy::fill_parallel;
use crate::kernels::dispatch::{INDICES, NUMBERS, Number, REALS, Real};
use crate::kernels::math::limits::Limits;
use crate::kernels::routed::combine_rows;
use crate::{dispatch_number, dispatch_real};
use ferroflow_ops::ops::segment::sorted_segments;
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, bail};

const POSITIONS: &[DType] = &[DType::Int16, DType::Int32, DType::Int64];
const UNSORTED: &[(&str, &[DType])] = &[("T", NUMBERS), ("Tindices", POSITIONS)];
const UNSORTED_REAL: &[(&str, &[DType])] = &[("T", REALS), ("Tindices", POSITIONS)];
const SORTED: &[(&str, &[DType])] = &[("T", NUMBERS), ("Tindices", INDICES)];
const SORTED_REAL: &[(&str, &[DType])] = &[("T", REALS), ("Tindices", INDICES)];

type Types = &'static [(&'static str, &'static [DType])];
const fn unsorted(op: &'static str, types: Types, prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types, outputs: Outputs::Runtime, prepare }
}
const fn sorted(op: &'static str, types: Types, prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types, outputs: Outputs::Kernel, prepare }
}

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    unsorted(
        "UnsortedSegmentSum",
        UNSORTED,
        |p| dispatch_number!(p.dtype(0), T => ready(p, |_, c| unsorted_run::<T>(c, T::ZERO, T::plus))),
    ),
    unsorted(
        "UnsortedSegmentProd",
        UNSORTED,
        |p| dispatch_number!(p.dtype(0), T => ready(p, |_, c| unsorted_run::<T>(c, T::ONE, T::times))),
    ),
    unsorted(
        "UnsortedSegmentMax",
        UNSORTED_REAL,
        |p| dispatch_real!(p.dtype(0), T => ready(p, |_, c| unsorted_run::<T>(c, T::LOWEST, larger))),
    ),
    unsorted(
        "UnsortedSegmentMin",
        UNSORTED_REAL,
        |p| dispatch_real!(p.dtype(0), T => ready(p, |_, c| unsorted_run::<T>(c, T::HIGHEST, smaller))),
    ),
    sorted(
        "SegmentSum",
        SORTED,
        |p| dispatch_number!(p.dtype(0), T => ready(p, |_, c| sorted_run::<T>(c, T::ZERO, T::plus, None::<fn(T, usize) -> T>))),
    ),
    sorted(
        "SegmentProd",
        SORTED,
        |p| dispatch_number!(p.dtype(0), T => ready(p, |_, c| sorted_run::<T>(c, T::ONE, T::times, None::<fn(T, usize) -> T>))),
    ),
    sorted(
        "SegmentMean",
        SORTED,
        |p| dispatch_number!(p.dtype(0), T => ready(p, |_, c| sorted_run::<T>(c, T::ZERO, T::plus, Some(T::over)))),
    ),
    sorted(
        "SegmentMax",
        SORTED_REAL,
        |p| dispatch_real!(p.dtype(0), T => ready(p, |_, c| sorted_run::<T>(c, T::ZERO, larger, None::<fn(T, usize) -> T>))),
    ),
    sorted(
        "SegmentMin",
        SORTED_REAL,
        |p| dispatch_real!(p.dtype(0), T => ready(p, |_, c| sorted_run::<T>(c, T::ZERO, smaller, None::<fn(T, usize) -> T>))),
    ),
];

fn ready(p: &Prep, run: fn(&Prepared, &mut Call) -> Result<()>) -> Result<Prepared> {
    Ok(Prepared::new(run, 100.0 + p.shape(0).count() as f32))
}

/// The later of two unless it is smaller, as TensorFlow treats NaN here.
fn larger<T: Real>(kept: T, x: T) -> T {
    if x.below(kept) { kept } else { x }
}
fn smaller<T: Real>(kept: T, x: T) -> T {
    if kept.below(x) { kept } else { x }
}

fn unsorted_run<T: Number>(call: &mut Call, start: T, combine: impl Fn(T, T) -> T + Sync) -> Result<()> {
    let (data, ids) = (call.slice::<T>(0)?, call.input(1).to_i64()?);
    let segments = call.output(0).shape()[0];
    let prefix = call.input(1).shape().clone();
    let run = call.run;
    if let Some(i) = ids.iter().position(|id| *id >= segments as i64) {
        let mut place = vec![];
        let mut rest = i;
        for d in prefix.iter().rev() {
            place.insert(0, (rest % d).to_string());
            rest /= d;
        }
        let place = if place.is_empty() { String::new() } else { format!("[{}]", place.join(",")) };
        bail!(InvalidArgument, "segment_ids{place} = {} is out of range [0, {segments})", ids[i]);
    }
    let out = call.out::<T>(0)?;
    let row = data.len().checked_div(ids.len()).unwrap_or(0);
    if row == 0 {
        out.fill(start);
        return Ok(());
    }
    let pairs = ids.iter().enumerate().filter(|(_, id)| **id >= 0).map(|(i, id)| (*id as usize, i * row));
    combine_rows(run.device, out, row, data, pairs, |_, part| part.fill(start), combine);
    run.cancel.check()
}

/// Runs of equal ids; segments without rows hold `gap`. `finish` gets the number of rows.
fn sorted_run<T: Number>(
    call: &mut Call,
    gap: T,
    combine: impl Fn(T, T) -> T + Sync,
    finish: Option<impl Fn(T, usize) -> T + Sync>,
) -> Result<()> {
    let (data, ids) = (call.slice::<T>(0)?, call.input(1).to_i64()?);
    let mut shape = call.input(0).shape().clone();
    let segments = sorted_segments(&ids, &shape)?;
    let row: usize = shape[1..].iter().product();
    shape.dims_mut()[0] = segments;
    let mut out = call.run.device.allocate(T::DTYPE, &shape)?;
    if row > 0 {
        let height = (1usize << 14).div_ceil(row);
        let cost = 1.0 + data.len() as f32 / (segments * row).max(1) as f32;
        fill_parallel(call.run.device, out.slice_mut()?, height * row, cost, &|first, part: &mut [T]| {
            let mut next = ids.partition_point(|id| *id < (first / row) as i64);
            for (segment, to) in part.chunks_exact_mut(row).enumerate() {
                let start = next;
                while next < ids.len() && ids[next] == (first / row + segment) as i64 {
                    next += 1;
                }
                if start == next {
                    to.fill(gap);
                    continue;
                }
                to.copy_from_slice(&data[start * row..][..row]);
                for x in data[(start + 1) * row..next * row].chunks_exact(row) {
                    for (o, x) in to.iter_mut().zip(x) {
                        *o = combine(*o, *x);
                    }
                }
                if let Some(finish) = &finish {
                    to.iter_mut().for_each(|o| *o = finish(*o, next - start));
                }
            }
        });
    }
    call.set(0, out);
    Ok(())
}

/// Division by a number of rows.
trait Over: Number {
    fn over(self, n: usize) -> Self;
}
macro_rules! over { ($($t:ty: |$x:ident, $n:ident| $body:expr),*) => { $(impl Over for $t { fn over(self, n: usize) -> Self { let ($x, $n) = (self, n); $body } })* } }
over!(f32: |x, n| x / n as f32, f64: |x, n| x / n as f64,
    ferroflow_tensor::F16: |x, n| Self::from_f32(x.to_f32() / n as f32), ferroflow_tensor::BF16: |x, n| Self::from_f32(x.to_f32() / n as f32),
    ferroflow_tensor::C64: |x, n| Self::new(x.re / n as f32, x.im / n as f32), ferroflow_tensor::C128: |x, n| Self::new(x.re / n as f64, x.im / n as f64),
    i8: |x, n| (x as i64 / n as i64) as i8, i16: |x, n| (x as i64 / n as i64) as i16, i32: |x, n| (x as i64 / n as i64) as i32, i64: |x, n| x / n as i64,
    u8: |x, n| (x as u64 / n as u64) as u8, u16: |x, n| (x as u64 / n as u64) as u16, u32: |x, n| (x as u64 / n as u64) as u32, u64: |x, n| x / n as u64);

#[cfg(test)]
mod tests {
    use crate::call::run;
    use ferroflow_tensor::{Result, Tensor};

    fn t(x: &[f32], dims: &[usize]) -> Tensor {
        Tensor::from_slice(x, dims).expect("fits")
    }
    fn ids(x: &[i32]) -> Tensor {
        Tensor::from_slice(x, [x.len()]).expect("fits")
    }
    fn unsorted(op: &str, x: &[f32], i: &[i32], n: i32) -> Result<Vec<f32>> {
        Ok(run(op, &[t(x, &[x.len()]), ids(i), Tensor::scalar(n)], &[])?[0].slice::<f32>()?.to_vec())
    }

    #[test]
    fn unsorted_segments() {
        let go = |op| unsorted(op, &[1., 2., 3.], &[0, -1, 0], 2).expect("runs");
        assert_eq!(go("UnsortedSegmentSum"), [4., 0.]);
        assert_eq!(go("UnsortedSegmentProd"), [3., 1.]);
        assert_eq!(go("UnsortedSegmentMax"), [3., f32::MIN]);
        assert_eq!(go("UnsortedSegmentMin"), [1., f32::MAX]);
        let r = unsorted("UnsortedSegmentMax", &[1., f32::NAN, f32::NAN, 3.], &[0, 0, 1, 1], 2).expect("runs");
        assert!(r[0].is_nan() && r[1] == 3.0);
        let e = unsorted("UnsortedSegmentSum", &[1., 2.], &[0, 4], 3).expect_err("no such segment");
        assert_eq!(e.message(), "segment_ids[1] = 4 is out of range [0, 3)");
        let scalar = run("UnsortedSegmentSum", &[t(&[1., 2.], &[2]), Tensor::scalar(1), Tensor::scalar(2)], &[]).expect("runs");
        assert_eq!(scalar[0].slice::<f32>().expect("f32"), [0., 0., 1., 2.]);
    }

    #[test]
    fn sorted_segments() {
        let x = t(&[1., 2., 3., 4., 5., 6.], &[3, 2]);
        let go = |op, i: &[i32]| Ok::<_, ferroflow_tensor::Error>(run(op, &[x.clone(), ids(i)], &[])?[0].slice::<f32>()?.to_vec());
        assert_eq!(go("SegmentSum", &[0, 0, 2]).expect("runs"), [4., 6., 0., 0., 5., 6.]);
        assert_eq!(go("SegmentMean", &[0, 0, 2]).expect("runs"), [2., 3., 0., 0., 5., 6.]);
        assert_eq!(go("SegmentProd", &[0, 0, 2]).expect("runs"), [3., 8., 1., 1., 5., 6.]);
        assert_eq!(go("SegmentMax", &[0, 0, 2]).expect("runs"), [3., 4., 0., 0., 5., 6.]);
        assert_eq!(go("SegmentMin", &[0, 0, 2]).expect("runs"), [1., 2., 0., 0., 5., 6.]);
        assert_eq!(go("SegmentSum", &[0, 1]).expect_err("short").message(), "segment_ids should be the same size as dimension 0 of input.");
        assert_eq!(go("SegmentSum", &[1, 0, 1]).expect_err("descends").message(), "segment ids are not increasing");
        let e = go("SegmentSum", &[-1, 0, 0]).expect_err("negative");
        assert_eq!(e.message(), "Segment id -1 out of range [0, 1), possibly because 'segment_ids' input is not sorted.");
        let empty = run("SegmentSum", &[t(&[], &[0, 2]), ids(&[])], &[]).expect("runs");
        assert_eq!(empty[0].shape().dims(), [0, 2]);
    }
}
