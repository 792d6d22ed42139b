//! Kernels of scans along an axis: Cumsum, Cumprod.
use crate::dispatch_number;
use crate::kernels::copy::fill_parallel;
use crate::kernels::dispatch::{INDICES, NUMBERS, Number};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result};

const TYPES: &[(&str, &[DType])] = &[("T", NUMBERS), ("Tidx", INDICES)];

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    Kernel {
        op: "Cumsum",
        types: TYPES,
        outputs: Outputs::Runtime,
        prepare: |p| dispatch_number!(p.dtype(0), T => prepare(p, scan::<T, false>)),
    },
    Kernel {
        op: "Cumprod",
        types: TYPES,
        outputs: Outputs::Runtime,
        prepare: |p| dispatch_number!(p.dtype(0), T => prepare(p, scan::<T, true>)),
    },
];

fn prepare(p: &Prep, run: fn(&Prepared, &mut Call) -> Result<()>) -> Result<Prepared> {
    let args = [p.attrs.bool("exclusive")? as usize, p.attrs.bool("reverse")? as usize, 0, 0];
    Ok(Prepared { args, ..Prepared::new(run, 60.0 + p.shape(0).count() as f32) })
}

/// Each result is rounded to the dtype before the next one is made from it, as in TensorFlow.
fn scan<T: Number, const PRODUCT: bool>(p: &Prepared, call: &mut Call) -> Result<()> {
    let (exclusive, reverse) = (p.args[0] == 1, p.args[1] == 1);
    let (x, device) = (call.slice::<T>(0)?, call.run.device);
    let dims = call.input(0).shape();
    let axis = call.input(1).to_i64()?.first().copied().unwrap_or(0);
    let axis = if axis < 0 { axis + dims.rank() as i64 } else { axis } as usize;
    let (n, inner) = (dims[axis], dims[axis + 1..].iter().product::<usize>());
    let block = n * inner;
    if block == 0 {
        return Ok(());
    }
    let start = if PRODUCT { T::ONE } else { T::ZERO };
    let step = |sum: T, x: T| if PRODUCT { sum.times(x) } else { sum.plus(x) };
    let grain = block * (1usize << 14).div_ceil(block);
    fill_parallel(device, call.out::<T>(0)?, grain, 1.0, &|first, part| {
        let mut running = vec![start; inner];
        for (k, out) in part.chunks_exact_mut(block).enumerate() {
            let x = &x[first + k * block..][..block];
            if inner == 1 && n > 1 {
                let mut sum = start;
                let mut next = |(o, x): (&mut T, &T)| {
                    let next = step(sum, *x);
                    *o = if exclusive { sum } else { next };
                    sum = next;
                };
                let pairs = out.iter_mut().zip(x);
                if reverse {
                    pairs.rev().for_each(&mut next)
                } else {
                    pairs.for_each(&mut next)
                }
                continue;
            }
            running.fill(start);
            for i in 0..n {
                let at = if reverse { n - 1 - i } else { i } * inner;
                for ((o, x), sum) in out[at..at + inner].iter_mut().zip(&x[at..at + inner]).zip(&mut running) {
                    let next = step(*sum, *x);
                    *o = if exclusive { *sum } else { next };
                    *sum = next;
                }
            }
        }
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::call::run;
    use ferroflow_tensor::{F16, Result, Tensor};

    fn scan(op: &str, x: &[f32], dims: [usize; 2], axis: i32, exclusive: bool, reverse: bool) -> Result<Vec<f32>> {
        let inputs = [Tensor::from_slice(x, dims)?, Tensor::scalar(axis)];
        Ok(run(op, &inputs, &[("exclusive", exclusive.into()), ("reverse", reverse.into())])?[0].slice::<f32>()?.to_vec())
    }

    #[test]
    fn all_directions() {
        let x = [1., 2., 3., 4., 5., 6.];
        let go = |op, axis, ex, rev| scan(op, &x, [2, 3], axis, ex, rev).expect("runs");
        assert_eq!(go("Cumsum", 1, false, false), [1., 3., 6., 4., 9., 15.]);
        assert_eq!(go("Cumsum", 0, false, true), [5., 7., 9., 4., 5., 6.]);
        assert_eq!(go("Cumsum", -1, true, true), [5., 3., 0., 11., 6., 0.]);
        assert_eq!(go("Cumprod", 1, true, false), [1., 1., 2., 1., 4., 20.]);
        assert_eq!(scan("Cumsum", &[], [0, 3], 1, false, false).expect("runs"), []);
        let e = scan("Cumsum", &x, [2, 3], 4, false, false).expect_err("no such axis");
        assert_eq!(e.message(), "ScanOp: Expected scan axis in the range [-2, 2), but got 4");
    }

    #[test]
    fn halves_round_at_every_step() {
        let x: Vec<F16> = [2048.0, 0.6, 0.6].map(F16::from_f32).to_vec();
        let r = run("Cumsum", &[Tensor::from_slice(&x, [3]).expect("fits"), Tensor::scalar(0)], &[]).expect("runs");
        assert!(r[0].slice::<F16>().expect("f16").iter().all(|x| x.to_f32() == 2048.0));
    }
}
