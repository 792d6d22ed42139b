//! Kernels of BiasAdd and BiasAddGrad.
use crate::dispatch_number;
use crate::frames::Mode;
use crate::frames::slices::Binary;
use crate::kernels::copy::fill_parallel;
use crate::kernels::dispatch::{NUMBERS, Number};
use crate::kernels::math::reduce::Reduce;
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::Result;

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    Kernel { op: "BiasAdd", types: &[("T", NUMBERS)], outputs: Outputs::Runtime, prepare },
    Kernel { op: "BiasAddGrad", types: &[("T", NUMBERS)], outputs: Outputs::Runtime, prepare: prepare_grad },
];

/// Elements behind the channel axis.
fn inner(p: &Prep) -> Result<usize> {
    let first = p.attrs.str("data_format")? == "NCHW";
    Ok(if first { p.shape(0)[2..].iter().product() } else { 1 })
}

fn prepare(p: &Prep) -> Result<Prepared> {
    let args = [inner(p)?, p.shape(1)[0], 0, 0];
    let cost = 60.0 + 0.3 * p.shape(0).count() as f32;
    dispatch_number!(p.dtype(0), T => Ok(Prepared { args, ..Prepared::with(bias_add::<T>, cost, Binary::<T>::of("AddV2", Mode::VectorVector)?) }))
}

fn bias_add<T: Number>(p: &Prepared, call: &mut Call) -> Result<()> {
    let [inner, channels, ..] = p.args;
    let (x, bias, device) = (call.slice::<T>(0)?, call.slice::<T>(1)?, call.run.device);
    let add = p.plan::<Binary<T>>()?;
    let row = inner * channels;
    if row == 0 {
        return Ok(());
    }
    let grain = row * (1usize << 14).div_ceil(row);
    fill_parallel(device, call.out::<T>(0)?, grain, 0.3, &|start, part| {
        for (x, out) in x[start..].chunks_exact(row).zip(part.chunks_exact_mut(row)) {
            if inner == 1 {
                add.apply(x, bias, out);
                continue;
            }
            for ((x, out), b) in x.chunks_exact(inner).zip(out.chunks_exact_mut(inner)).zip(bias) {
                for (o, x) in out.iter_mut().zip(x) {
                    *o = x.plus(*b);
                }
            }
        }
    });
    Ok(())
}

fn prepare_grad(p: &Prep) -> Result<Prepared> {
    let channels_first = p.attrs.str("data_format")? == "NCHW";
    let args = [channels_first as usize, 0, 0, 0];
    Ok(Prepared { args, ..Prepared::with(bias_grad, 60.0 + 0.3 * p.shape(0).count() as f32, Reduce::of("Sum", p.dtype(0))?) })
}

fn bias_grad(p: &Prepared, call: &mut Call) -> Result<()> {
    let (dy, device) = (call.input(0), call.run.device);
    let rank = dy.shape().rank();
    let channel = if p.args[0] == 1 { 1 } else { rank - 1 };
    let axes: Vec<i64> = (0..rank).filter(|a| *a != channel).map(|a| a as i64).collect();
    p.plan::<Reduce>()?.axes(device, dy, &axes, call.output(0))
}

#[cfg(test)]
mod tests {
    use crate::call::run;
    use ferroflow_tensor::{F16, Tensor};

    #[test]
    fn bias_goes_to_the_channels() {
        let x = Tensor::from_slice(&[0.0f32; 12], [1, 2, 2, 3]).expect("fits");
        let bias = Tensor::from_slice(&[1.0f32, 2.0, 3.0], [3]).expect("fits");
        let y = run("BiasAdd", &[x.clone(), bias], &[]).expect("runs");
        assert_eq!(y[0].slice::<f32>().expect("f32")[..6], [1., 2., 3., 1., 2., 3.]);
        let bias = Tensor::from_slice(&[1.0f32, 2.0], [2]).expect("fits");
        let y = run("BiasAdd", &[x.clone(), bias.clone()], &[("data_format", "NCHW".into())]).expect("runs");
        assert_eq!(y[0].slice::<f32>().expect("f32"), [1., 1., 1., 1., 1., 1., 2., 2., 2., 2., 2., 2.]);
        let db = run("BiasAddGrad", &[y[0].clone()], &[("data_format", "NCHW".into())]).expect("runs");
        assert_eq!(db[0].slice::<f32>().expect("f32"), [6., 12.]);
        let e = run("BiasAdd", &[x, bias], &[]).expect_err("does not fit");
        assert_eq!(e.message(), "Must provide as many biases as the last dimension of the input tensor: [2] vs. [1,2,2,3]");
    }

    #[test]
    fn halves_are_summed_in_float() {
        let dy = Tensor::from_slice(&vec![F16::from_f32(1.0); 5000], [5000, 1]).expect("fits");
        let db = run("BiasAddGrad", &[dy], &[]).expect("runs");
        assert_eq!(db[0].slice::<F16>().expect("f16")[0].to_f32(), 5000.0);
    }
}
