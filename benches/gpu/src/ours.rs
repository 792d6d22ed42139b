//! What Ferroflow does: eager ops that ask for the GPU.
use crate::{Contestant, Work};
use ferroflow::Tensor;
use ferroflow_ops::Attrs;
use ferroflow_runtime::{cancel, devices, eager};

const GPU: &str = "/GPU:0";

/// Ferroflow on the first adapter.
pub struct Ours;

impl Ours {
    pub fn new() -> Ours {
        Ours
    }
    fn device(&self) -> std::sync::Arc<dyn ferroflow_ops::Device> {
        devices::of_kind("GPU").into_iter().next().expect("no GPU: `python -m ferroflow doctor` says why")
    }
    /// What the adapter is called.
    pub fn description(&self) -> String {
        self.device().description()
    }
    /// Whether it is a processor.
    pub fn is_software(&self) -> bool {
        self.device().is_software()
    }
}

fn run(op: &str, inputs: &[&Tensor]) -> Tensor {
    let def = ferroflow_ops::op(op).expect("an op");
    eager::execute(def, inputs, Attrs::none(), Some(GPU), &cancel::current()).expect("runs").remove(0)
}


fn vector(n: usize) -> Tensor {
    Tensor::from_slice(&vec![1.0f32; n], [n]).expect("fits")
}

fn first(t: &Tensor) -> f32 {
    let begin = Tensor::from_slice(&[0i32], [1]).expect("fits");
    let size = Tensor::from_slice(&[1i32], [1]).expect("fits");
    run("Slice", &[t, &begin, &size]).to_host().expect("reads").slice::<f32>().expect("floats")[0]
}

impl Contestant for Ours {
    fn prepare(&self, work: Work) -> Box<dyn FnMut()> {
        let device = self.device();
        match work {
            Work::Launches(n) => {
                let x = device.to_device(&vector(16)).expect("fits");
                Box::new(move || {
                    let sum = (0..n).fold(x.clone(), |sum, _| run("AddV2", &[&sum, &x]));
                    assert_eq!(sum.to_host().expect("reads").slice::<f32>().expect("floats")[0], (n + 1) as f32);
                })
            }
            Work::Upload(n) => {
                let data = vector(n);
                Box::new(move || assert_eq!(first(&device.to_device(&data).expect("fits")), 1.0))
            }
            Work::Download(n) => {
                let x = device.to_device(&vector(n)).expect("fits");
                Box::new(move || assert_eq!(x.to_host().expect("reads").count(), n))
            }
            Work::Pass(n, times) => {
                let (x, y) = (device.to_device(&vector(n)).expect("fits"), device.to_device(&vector(n)).expect("fits"));
                Box::new(move || {
                    let sums = (0..times).map(|_| run("AddV2", &[&x, &y])).last().expect("some");
                    assert_eq!(first(&sums), 2.0);
                })
            }
            Work::Product(n, times) => {
                let square = Tensor::from_slice(&vec![1.0f32; n * n], [n, n]).expect("fits");
                let (x, y) = (device.to_device(&square).expect("fits"), device.to_device(&square).expect("fits"));
                Box::new(move || {
                    let product = (0..times).map(|_| run("MatMul", &[&x, &y])).last().expect("some");
                    let zero = Tensor::from_slice(&[0i32, 0], [2]).expect("fits");
                    let one = Tensor::from_slice(&[1i32, 1], [2]).expect("fits");
                    let corner = run("Slice", &[&product, &zero, &one]).to_host().expect("reads");
                    assert_eq!(corner.slice::<f32>().expect("floats")[0], n as f32);
                })
            }
        }
    }
}
