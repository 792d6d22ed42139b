//! What burn's wgpu backend does.
use crate::{Contestant, Work};
use ::burn::tensor::{Device, DeviceKind, Tensor, TensorData};

/// Burn on the adapter that it finds best.
pub struct Burn(Device);

impl Burn {
    pub fn new() -> Burn {
        Burn(Device::wgpu(DeviceKind::DefaultDevice))
    }
    fn vector(&self, n: usize) -> Tensor<1> {
        Tensor::from_data(TensorData::new(vec![1.0f32; n], [n]), &self.0)
    }
}

impl Contestant for Burn {
    fn prepare(&self, work: Work) -> Box<dyn FnMut()> {
        let device = self.0.clone();
        match work {
            Work::Launches(n) => {
                let x = self.vector(16);
                Box::new(move || {
                    let sum = (0..n).fold(x.clone(), |sum, _| sum + x.clone());
                    assert_eq!(sum.into_data().to_vec::<f32>().unwrap()[0], (n + 1) as f32);
                })
            }
            Work::Upload(n) => {
                let data = vec![1.0f32; n];
                Box::new(move || {
                    let x: Tensor<1> = Tensor::from_data(TensorData::new(data.clone(), [n]), &device);
                    assert_eq!(x.slice([0..1]).into_data().to_vec::<f32>().unwrap(), [1.0]);
                })
            }
            Work::Download(n) => {
                let x = self.vector(n);
                Box::new(move || assert_eq!(x.clone().into_data().to_vec::<f32>().unwrap().len(), n))
            }
            Work::Pass(n, times) => {
                let (x, y) = (self.vector(n), self.vector(n));
                Box::new(move || {
                    (0..times).for_each(|_| drop(x.clone() + y.clone()));
                    device.sync().unwrap();
                })
            }
            Work::Product(n, times) => {
                let matrix = || self.vector(n * n).reshape([n, n]);
                let (x, y): (Tensor<2>, Tensor<2>) = (matrix(), matrix());
                Box::new(move || {
                    (0..times).for_each(|_| drop(x.clone().matmul(y.clone())));
                    device.sync().unwrap();
                })
            }
        }
    }
}
