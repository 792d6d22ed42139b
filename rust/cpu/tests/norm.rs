//! `_FusedLayerNorm` against the single ops, bit for bit; results for any number of threads.
#![allow(missing_docs)]
use ferroflow_cpu::call::run;
use ferroflow_cpu::device::Cpu;
use ferroflow_cpu::kernels::find;
use ferroflow_cpu::pool::set_threads;
use ferroflow_ops::kernel::{Callable, Functions};
use ferroflow_ops::ops::nn::norm::fused_layer_norm;
use ferroflow_ops::{Attrs, Call, Cancel, Device, Env, Func, Inputs, Prep, RunCtx};
use ferroflow_tensor::{DType, Result, Shape, Tensor, bail};
use std::sync::Arc;

struct NoFunctions;
impl Functions for NoFunctions {
    fn instantiate(&self, func: &Func) -> Result<Arc<dyn Callable>> {
        bail!(NotFound, "{}", func.name)
    }
}

fn fused(x: &Tensor, scale: &Tensor, offset: &Tensor) -> Vec<Tensor> {
    let def = fused_layer_norm().unwrap();
    let host: Arc<dyn Device> = Arc::new(Cpu::new(0));
    let env = Arc::new(Env { resources: Arc::default(), functions: Arc::new(NoFunctions), host });
    let attrs = Attrs::of(&[("T", x.dtype().into()), ("epsilon", 0.001f32.into())]);
    let column: Shape = x.shape()[..x.shape().rank() - 1].iter().copied().chain([1]).collect();
    let shapes = [x.shape().clone(), column.clone(), column];
    let inputs = [x.clone(), scale.clone(), offset.clone()];
    let prep = Prep {
        op: def,
        attrs: &attrs,
        inputs: &inputs.iter().map(|t| (t.dtype(), t.shape())).collect::<Vec<_>>(),
        outputs: &shapes.iter().map(|s| (x.dtype(), Some(s))).collect::<Vec<_>>(),
        constants: Default::default(),
    };
    let prepared = (find("_FusedLayerNorm").unwrap().prepare)(&prep).unwrap();
    let mut outs: Vec<Tensor> = shapes.iter().map(|s| env.host.allocate(x.dtype(), s).unwrap()).collect();
    let cancel = Arc::new(Cancel::default());
    let ctx = RunCtx { env: &env, device: &*env.host, cancel: &cancel, step: 0 };
    let given = [&inputs[0], &inputs[1], &inputs[2]];
    let mut call = Call { run: &ctx, node: "", state: None, inputs: Inputs::Given(&given), outs: &mut outs, last: 0, own: None };
    (prepared.run)(&prepared, &mut call).unwrap();
    outs
}

fn single(x: &Tensor, scale: &Tensor, offset: &Tensor) -> Vec<Tensor> {
    let one = |op: &str, inputs: &[&Tensor], keep: bool| {
        let attrs: &[(&'static str, ferroflow_ops::Attr)] = if keep { &[("keep_dims", true.into())] } else { &[] };
        run(op, &inputs.iter().map(|t| (*t).clone()).collect::<Vec<_>>(), attrs).unwrap().remove(0)
    };
    let last = Tensor::from_slice(&[-1i32], [1]).unwrap();
    let epsilon = run("Cast", &[Tensor::scalar(0.001f32)], &[("DstT", x.dtype().into())]).unwrap().remove(0);
    let mean = one("Mean", &[x, &last], true);
    let apart = one("SquaredDifference", &[x, &mean], false);
    let variance = one("Mean", &[&apart, &last], true);
    let inverse = one("Rsqrt", &[&one("AddV2", &[&variance, &epsilon], false)], false);
    let factor = one("Mul", &[&inverse, scale], false);
    let shift = one("Sub", &[offset, &one("Mul", &[&mean, &factor], false)], false);
    let y = one("AddV2", &[&one("Mul", &[x, &factor], false), &shift], false);
    vec![y, mean, variance]
}

#[test]
fn a_fused_layer_norm_has_the_bits_of_single_ops() {
    for n in [1usize, 3, 31, 257, 513, 1000, 20_000] {
        for rows in [1usize, 3, 31, 257] {
            for dtype in [DType::Float, DType::Double] {
                let numbers = |k: usize, seed: f32| {
                    let mut v: Vec<f32> = (0..k).map(|i| (i as f32 * 0.37 + seed).sin() * 3.0 + 1.0).collect();
                    if k > 3 * n {
                        (v[1], v[n + n / 2], v[2 * n]) = (f32::NAN, f32::INFINITY, 1e30);
                    }
                    Tensor::from_slice(&v, [k]).unwrap()
                };
                let cast = |t: Tensor| run("Cast", &[t], &[("DstT", dtype.into())]).unwrap().remove(0);
                let x = cast(numbers(rows * n, 0.0)).reshape(Shape::new(&[rows, n])).unwrap();
                let (scale, offset) = (cast(numbers(n, 1.0)), cast(numbers(n, 2.0)));
                let want = single(&x, &scale, &offset);
                for threads in [1, 2, 8] {
                    set_threads(threads);
                    for (got, want) in fused(&x, &scale, &offset).iter().zip(&want) {
                        let same = match dtype {
                            DType::Float => same(got.slice::<f32>().unwrap(), want.slice::<f32>().unwrap(), |x| x.is_nan()),
                            _ => same(got.slice::<f64>().unwrap(), want.slice::<f64>().unwrap(), |x| x.is_nan()),
                        };
                        assert!(same, "{rows} rows of {n} {dtype}");
                    }
                }
                set_threads(0);
            }
        }
    }
}

fn same<T: PartialEq + Copy>(a: &[T], b: &[T], nan: impl Fn(T) -> bool) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x == y || nan(*x) && nan(*y))
}

#[test]
fn no_rows_and_no_columns_give_nothing() {
    for dims in [[0usize, 3], [3, 0]] {
        let x = Tensor::from_slice::<f32>(&[], dims).unwrap();
        let numbers = Tensor::from_slice(&vec![1f32; dims[1]], [dims[1]]).unwrap();
        assert_eq!(fused(&x, &numbers, &numbers)[0].shape().dims(), dims);
    }
}

#[test]
fn batch_norms_have_the_same_bits_for_any_number_of_threads() {
    let (channels, places) = (19usize, 4 * 61 * 53);
    let x: Vec<f32> = (0..channels * places).map(|i| (i as f32 * 0.37).sin()).collect();
    let numbers = Tensor::from_slice(&(0..channels).map(|i| i as f32 * 0.1 + 0.5).collect::<Vec<_>>(), [channels]).unwrap();
    for (format, dims) in [("NHWC", [4, 61, 53, channels]), ("NCHW", [4, channels, 61, 53])] {
        let x = Tensor::from_slice(&x, dims).unwrap();
        let go = |threads| {
            set_threads(threads);
            let inputs = [x.clone(), numbers.clone(), numbers.clone(), numbers.clone(), numbers.clone()];
            let forward = run("FusedBatchNormV2", &inputs, &[("data_format", format.into())]).unwrap();
            let inputs = [x.clone(), x.clone(), numbers.clone(), forward[3].clone(), forward[4].clone()];
            let backward = run("FusedBatchNormGradV2", &inputs, &[("data_format", format.into())]).unwrap();
            set_threads(0);
            forward.into_iter().chain(backward).map(|t| t.bytes().unwrap().to_vec()).collect::<Vec<_>>()
        };
        let one = go(1);
        assert!(go(2) == one && go(8) == one, "{format}");
    }
}
