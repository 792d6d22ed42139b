//! What an elementwise op costs besides its loop: nanoseconds to prepare and to run a kernel on few elements.
use ferroflow_cpu::device::Cpu;
use ferroflow_ops::kernel::{Callable, Functions};
use ferroflow_ops::{Attrs, Call, Cancel, Device, Env, Func, Inputs, Prep, RunCtx, op};
use ferroflow_tensor::{DType, Result, Shape, Tensor, bail};
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

struct NoFunctions;
impl Functions for NoFunctions {
    fn instantiate(&self, func: &Func) -> Result<Arc<dyn Callable>> {
        bail!(NotFound, "Function {} is not defined.", func.name)
    }
}

/// The least nanoseconds of a call, over several rounds.
fn least(mut f: impl FnMut()) -> f64 {
    const CALLS: u32 = 20_000;
    let round = |f: &mut dyn FnMut()| {
        let start = Instant::now();
        (0..CALLS).for_each(|_| f());
        start.elapsed().as_nanos() as f64 / f64::from(CALLS)
    };
    (0..25).map(|_| round(&mut f)).fold(f64::INFINITY, f64::min)
}

fn main() -> Result<()> {
    let host: Arc<dyn Device> = Arc::new(Cpu::new(0));
    let env = Arc::new(Env { resources: Arc::default(), functions: Arc::new(NoFunctions), host: host.clone() });
    let cancel = Arc::new(Cancel::default());
    let ctx = RunCtx { env: &env, device: &*host, cancel: &cancel, step: 0 };
    let none = Attrs::none();
    let f32s = |dims: &[usize]| Tensor::zeros(DType::Float, dims);
    let i32s = |dims: &[usize]| Tensor::zeros(DType::Int32, dims);
    println!("{:24} {:>8} {:>8}", "op", "prepare", "run");
    for (name, values) in [
        ("Neg", vec![f32s(&[3])?]),
        ("AddV2", vec![f32s(&[3])?, f32s(&[3])?]),
        ("AddV2", vec![f32s(&[3])?, f32s(&[])?]),
        ("AddV2", vec![i32s(&[3])?, i32s(&[])?]),
        ("AddV2", vec![f32s(&[4, 3])?, f32s(&[3])?]),
        ("AddV2", vec![f32s(&[4, 3])?, f32s(&[4, 1])?]),
        ("Less", vec![f32s(&[3])?, f32s(&[3])?]),
    ] {
        let def = op(name)?;
        let Some(kernel) = host.kernel(def) else { bail!(Internal, "no kernel of {name}") };
        let shape = Shape::new(values[0].shape().dims());
        let inputs: Vec<(DType, &Shape)> = values.iter().map(|t| (t.dtype(), t.shape())).collect();
        let out = if name == "Less" { DType::Bool } else { values[0].dtype() };
        let prep = Prep { op: def, attrs: &none, inputs: &inputs, outputs: &[(out, Some(&shape))], constants: Default::default() };
        let prepared = (kernel.prepare)(&prep)?;
        let mut outs = [Tensor::zeros(out, shape.clone())?];
        let prepare = least(|| {
            black_box((kernel.prepare)(black_box(&prep))).ok();
        });
        let run = least(|| {
            let inputs = Inputs::Slots(&values, &[0, 1][..values.len()]);
            let mut call = Call { run: &ctx, node: "", state: None, inputs, outs: &mut outs, last: 0, own: None };
            black_box((prepared.run)(black_box(&prepared), &mut call)).ok();
        });
        let shapes: Vec<String> = inputs.iter().map(|(_, s)| s.to_string()).collect();
        println!("{:24} {prepare:8.1} {run:8.1}", format!("{name} {} {}", values[0].dtype(), shapes.join(" ")));
    }
    Ok(())
}
