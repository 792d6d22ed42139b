//! Kernels of TopKV2 and InTopKV2.
use crate::kernels::copy::fill_parallel;
use crate::kernels::dispatch::{INDICES, REALS, Real};
use crate::{dispatch, dispatch_index, dispatch_real};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Element, Result, Tensor, error};
use std::cmp::Ordering;

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    Kernel {
        op: "TopKV2",
        types: &[("T", REALS), ("index_type", &[DType::Int16, DType::Int32, DType::Int64])],
        outputs: Outputs::Kernel,
        prepare,
    },
    Kernel {
        op: "InTopKV2",
        types: &[("T", INDICES)],
        outputs: Outputs::Runtime,
        prepare: |p| dispatch_index!(p.dtype(1), I => Ok(Prepared::new(in_top_k::<I>, 60.0 + p.shape(0).count() as f32))),
    },
];

fn prepare(p: &Prep) -> Result<Prepared> {
    let cost = 100.0 + 3.0 * p.shape(0).count() as f32;
    let index = p.outputs[1].0;
    dispatch_real!(p.dtype(0), T => Ok(Prepared::with(top_k::<T>, cost, index)))
}

/// The larger first, NaN last, then the first.
fn order<T: Real>(row: &[T], i: usize, j: usize) -> Ordering {
    let (x, y) = (row[i], row[j]);
    #[allow(clippy::eq_op)] // only NaN differs from itself
    let nan = |x: T| x != x;
    if y.below(x) || (nan(y) && !nan(x)) {
        Ordering::Less
    } else if x.below(y) || (nan(x) && !nan(y)) {
        Ordering::Greater
    } else {
        i.cmp(&j)
    }
}

fn top_k<T: Real>(p: &Prepared, call: &mut Call) -> Result<()> {
    let (x, device) = (call.slice::<T>(0)?, call.run.device);
    let k = call.input(1).to_i64()?.first().map_or(0, |k| *k as usize);
    let mut shape = call.input(0).shape().clone();
    let last = shape.rank() - 1;
    let n = shape[last];
    shape.dims_mut()[last] = k;
    let mut places = vec![0usize; shape.count()];
    if k > 0 {
        let rows_at_once = (1usize << 13).div_ceil(n.max(1));
        fill_parallel(device, &mut places, rows_at_once * k, 3.0 * n as f32 / k as f32, &|first, part| {
            for (r, out) in part.chunks_exact_mut(k).enumerate() {
                let row = &x[(first / k + r) * n..][..n];
                let mut all: Vec<usize> = (0..n).collect();
                if k < n {
                    all.select_nth_unstable_by(k - 1, |i, j| order(row, *i, *j));
                }
                all[..k].sort_unstable_by(|i, j| order(row, *i, *j));
                out.copy_from_slice(&all[..k]);
            }
        });
    }
    let values: Vec<T> = places.iter().enumerate().map(|(i, place)| x[i / k * n + place]).collect();
    call.set(0, Tensor::from_slice(&values, shape.clone())?);
    let indices = dispatch!(*p.plan::<DType>()?, I => {
        let index = |p: &usize| I::try_from(*p).map_err(|_| error!(InvalidArgument, "position {p} does not fit into {}", I::DTYPE));
        Tensor::from_slice(&places.iter().map(index).collect::<Result<Vec<I>>>()?, shape)
    }, Int16: i16, Int32: i32, Int64: i64)?;
    call.set(1, indices);
    Ok(())
}

fn in_top_k<I: Real>(_: &Prepared, call: &mut Call) -> Result<()> {
    let (predictions, targets) = (call.slice::<f32>(0)?, call.slice::<I>(1)?);
    let k = call.input(2).to_i64()?.first().copied().unwrap_or(0);
    let classes = call.input(0).shape()[1];
    for (i, o) in call.out::<bool>(0)?.iter_mut().enumerate() {
        let row = &predictions[i * classes..][..classes];
        let target = targets[i].to_f64();
        let known = target >= 0.0 && target < classes as f64 && row.iter().all(|p| p.is_finite());
        *o = known && (row.iter().filter(|p| **p > row[target as usize]).count() as i64) < k;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::call::run;
    use ferroflow_tensor::{Result, Tensor};

    fn top(x: &[f32], k: i32) -> Result<(Vec<f32>, Vec<i32>)> {
        let r = run("TopKV2", &[Tensor::from_slice(x, [x.len()])?, Tensor::scalar(k)], &[])?;
        Ok((r[0].slice::<f32>()?.to_vec(), r[1].slice::<i32>()?.to_vec()))
    }

    #[test]
    fn the_largest_come_in_order() {
        assert_eq!(top(&[1., 2., 2., 1., 2.], 4).expect("runs"), (vec![2., 2., 2., 1.], vec![1, 2, 4, 0]));
        assert_eq!(top(&[f32::NAN, 1., 2.], 1).expect("runs"), (vec![2.], vec![2]));
        assert_eq!(top(&[1., 5., 2.], 0).expect("runs"), (vec![], vec![]));
        assert_eq!(top(&[1., 2.], 3).expect_err("too many").message(), "input must have at least k columns. Had 2, needed 3");
        assert_eq!(top(&[1., 2.], -1).expect_err("negative").message(), "Need k >= 0, got -1");
    }

    #[test]
    fn targets_among_the_largest() {
        let rows = [1., 2., 3., 3., f32::NAN, 1., 2., 3., f32::NEG_INFINITY, 1., 2., 3.];
        let predictions = Tensor::from_slice(&rows, [3, 4]).expect("fits");
        let go = |targets: [i32; 3], k: i32| {
            let r = run("InTopKV2", &[predictions.clone(), Tensor::from_slice(&targets, [3]).expect("fits"), Tensor::scalar(k)], &[]);
            r.expect("runs")[0].slice::<bool>().expect("bool").to_vec()
        };
        assert_eq!(go([2, 1, 3], 1), [true, false, false]);
        assert_eq!(go([1, 1, 3], 2), [false, false, false]);
        assert_eq!(go([-1, 4, 9], 9), [false, false, false]);
    }
}
