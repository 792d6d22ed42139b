//! Kernels of ArgMax, ArgMin, DenseBincount and Bincount.
use super::extreme;
use crate::dispatch_number;
use crate::kernels::dispatch::{INDICES, NUMBERS, Number};
use ferroflow_ops::{Call, Kernel, Outputs, Prepared};
use ferroflow_tensor::{DType, Result, bail};

const ORDERED: &[DType] = &[
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
    DType::Bool,
];

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    Kernel {
        op: "ArgMax",
        types: &[("T", ORDERED), ("output_type", &[DType::Int16, DType::UInt16, DType::Int32, DType::Int64])],
        outputs: Outputs::Runtime,
        prepare: extreme::prepare::<true>,
    },
    Kernel {
        op: "ArgMin",
        types: &[("T", ORDERED), ("output_type", INDICES)],
        outputs: Outputs::Runtime,
        prepare: extreme::prepare::<false>,
    },
    Kernel {
        op: "DenseBincount",
        types: &[("T", NUMBERS), ("Tidx", INDICES)],
        outputs: Outputs::Runtime,
        prepare: |p| {
            let binary = p.attrs.bool("binary_output")? as usize;
            dispatch_number!(p.dtype(2), T => Ok(Prepared { args: [binary, 0, 0, 0], ..Prepared::new(bincount::<T>, 60.0 + 2.0 * p.shape(0).count() as f32) }))
        },
    },
    Kernel {
        op: "Bincount",
        types: &[("T", NUMBERS)],
        outputs: Outputs::Runtime,
        prepare: |p| dispatch_number!(p.dtype(2), T => Ok(Prepared::new(bincount::<T>, 60.0 + 2.0 * p.shape(0).count() as f32))),
    },
];

/// Counts or sums weights, row by row for a matrix.
fn bincount<T: Number>(p: &Prepared, call: &mut Call) -> Result<()> {
    let (input, weights, binary) = (call.input(0), call.slice::<T>(2)?, p.args[0] == 1);
    let rows = match call.output(0).shape().rank() {
        2 => call.output(0).shape()[0],
        _ => 1,
    };
    let values: Vec<i64> = input.to_i64()?;
    if values.iter().any(|v| *v < 0) {
        bail!(InvalidArgument, "Input arr must be non-negative!");
    }
    let out = call.out::<T>(0)?;
    out.fill(T::ZERO);
    let bins = out.len().checked_div(rows).unwrap_or(0);
    let row = values.len().checked_div(rows).unwrap_or(0).max(1);
    for (i, v) in values.iter().enumerate().filter(|(_, v)| **v < bins as i64) {
        let o = &mut out[i / row * bins + *v as usize];
        *o = if binary { T::ONE } else { o.plus(weights.get(i).copied().unwrap_or(T::ONE)) };
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::call::run;
    use ferroflow_tensor::{DType, Tensor};

    fn t(x: &[f32]) -> Tensor {
        Tensor::from_slice(x, [x.len()]).expect("fits")
    }

    #[test]
    fn positions_of_extremes() {
        let arg = |op, x: &[f32]| run(op, &[t(x), Tensor::scalar(0)], &[]).expect("runs")[0].item::<i64>().expect("one");
        assert_eq!(arg("ArgMax", &[1., 3., 3.]), 1);
        assert_eq!(arg("ArgMin", &[1., f32::NAN, 0.]), 2);
        assert_eq!(arg("ArgMax", &[f32::NAN, 1., 2.]), 2);
        assert_eq!(arg("ArgMax", &[f32::NAN, f32::NEG_INFINITY]), 0);
        let m = t(&[1., 5., 3., 4., 2., 6.]).reshape([2, 3]).expect("fits");
        let r = run("ArgMax", &[m, Tensor::scalar(0)], &[("output_type", DType::Int32.into())]).expect("runs");
        assert_eq!(r[0].slice::<i32>().expect("i32"), [1, 0, 1]);
        let e = run("ArgMax", &[t(&[]).reshape([0, 0]).expect("fits"), Tensor::scalar(1)], &[]).expect_err("empty axis");
        assert_eq!(e.message(), "Reduction axis 1 is empty in shape [0,0]");
        let bools = Tensor::from_slice(&[false, true, true], [3]).expect("fits");
        assert_eq!(run("ArgMax", &[bools, Tensor::scalar(0)], &[]).expect("runs")[0].item::<i64>().expect("one"), 1);
    }

    #[test]
    fn counts_weights_and_rows() {
        let input = Tensor::from_slice(&[1, 1, 5, 0], [4]).expect("fits");
        let go = |input: &Tensor, w: Tensor, binary: bool| {
            let r = run("DenseBincount", &[input.clone(), Tensor::scalar(3), w], &[("binary_output", binary.into())])?;
            Ok::<_, ferroflow_tensor::Error>(r[0].slice::<f32>()?.to_vec())
        };
        assert_eq!(go(&input, t(&[]), false).expect("runs"), [1., 2., 0.]);
        assert_eq!(go(&input, t(&[]), true).expect("runs"), [1., 1., 0.]);
        assert_eq!(go(&input, t(&[1., 2., 3., 4.]), false).expect("runs"), [4., 3., 0.]);
        assert_eq!(go(&input.reshape([2, 2]).expect("fits"), t(&[]), false).expect("runs"), [0., 2., 0., 1., 0., 0.]);
        let bad = Tensor::from_slice(&[1, -1], [2]).expect("fits");
        assert_eq!(go(&bad, t(&[]), false).expect_err("negative").message(), "Input arr must be non-negative!");
    }
}
