//! Speed of matrix products and convolutions against the multiply-add peak of one core, measured in the same run.
//!
//! Run with `cargo bench -p ferroflow-cpu --bench products`; `FERROFLOW_ISA` chooses the instruction set and the first
//! argument that is a number the threads (1 by default).
use ferroflow_cpu::conv::{Conv2d, ConvOptions, conv2d, conv2d_backprop_filter, conv2d_backprop_input, depthwise_conv2d};
use ferroflow_cpu::gemm::{Mat, MatMut, Options, Sizes, gemm, multiply_add_peak};
use ferroflow_cpu::pool::set_threads;
use ferroflow_cpu::simd::isa;
use std::hint::black_box;
use std::time::Instant;

/// The best time of a few runs, in seconds.
fn best(seconds: f64, mut f: impl FnMut()) -> f64 {
    let (start, mut best) = (Instant::now(), f64::MAX);
    while best == f64::MAX || start.elapsed().as_secs_f64() < seconds {
        let t = Instant::now();
        f();
        best = best.min(t.elapsed().as_secs_f64());
    }
    best
}

fn products(threads: f64) {
    for (m, n, k) in [
        (16, 16, 16),
        (64, 64, 64),
        (128, 128, 128),
        (256, 256, 256),
        (512, 512, 512),
        (1024, 1024, 1024),
        (2048, 2048, 2048),
        (128, 512, 784),
        (128, 10, 512),
        (1, 1024, 1024),
        (1024, 1, 1024),
        (8, 1024, 1024),
    ] {
        let (a, b) = (vec![0.5f32; m * k], vec![0.25f32; k * n]);
        let mut c = vec![0f32; m * n];
        let s = Sizes { m, n, k };
        let flops = 2.0 * (m * n * k) as f64;
        let peak = multiply_add_peak(isa()) * threads;
        let mut rate = |am: Mat<f32>, bm: Mat<f32>| {
            let repeat = (2e6 / flops).ceil() as usize;
            let t = best(0.3, || {
                for _ in 0..repeat {
                    gemm(s, am, bm, MatMut::dense(black_box(&mut c), n), &Options::default()).expect("sizes fit");
                }
            });
            flops * repeat as f64 / t / 1e9
        };
        let plain = rate(Mat::dense(&a, k), Mat::dense(&b, n));
        let ta = rate(Mat::transposed(&a, m), Mat::dense(&b, n));
        let tb = rate(Mat::dense(&a, k), Mat::transposed(&b, k));
        println!("f32 {m}x{k}x{n}: {plain:.0} GFLOP/s ({:.2} of {peak:.0}), a transposed {ta:.0}, b transposed {tb:.0}", plain / peak);
    }
}

fn convolutions(threads: f64) {
    for (batch, side, inputs, outputs, filter, stride) in [
        (1, 56, 64, 64, 3, 1),
        (1, 28, 128, 128, 3, 1),
        (1, 14, 256, 256, 3, 1),
        (1, 7, 512, 512, 3, 1),
        (8, 56, 64, 256, 1, 1),
        (8, 56, 128, 128, 3, 2),
        (1, 224, 3, 64, 7, 2),
        (32, 28, 1, 32, 3, 1),
    ] {
        let s = Conv2d {
            batch,
            input: [side; 2],
            in_channels: inputs,
            filter: [filter; 2],
            filter_channels: inputs,
            out_channels: outputs,
            strides: [stride; 2],
            dilations: [1; 2],
            padding: [[filter / 2; 2]; 2],
        };
        let [h, w] = s.output();
        let x = vec![0.5f32; batch * side * side * inputs];
        let f = vec![0.25f32; filter * filter * inputs * outputs];
        let mut y = vec![0.125f32; batch * h * w * outputs];
        let (mut dx, mut df) = (x.clone(), f.clone());
        let flops = 2.0 * (batch * h * w * outputs * filter * filter * inputs) as f64;
        let peak = multiply_add_peak(isa()) * threads;
        let options = ConvOptions::default();
        let forward = best(0.3, || conv2d(&s, &x, &f, black_box(&mut y), &options).expect("sizes fit"));
        let by_input = best(0.3, || conv2d_backprop_input(&s, &f, &y, black_box(&mut dx), &options).expect("sizes fit"));
        let by_filter = best(0.3, || conv2d_backprop_filter(&s, &x, &y, black_box(&mut df), &options).expect("sizes fit"));
        println!(
            "conv {batch}x{side}x{side}x{inputs} -> {outputs}, {filter}x{filter}/{stride}: {:.0} GFLOP/s ({:.2} of {peak:.0}), \
             by input {:.0}, by filter {:.0}",
            flops / forward / 1e9,
            flops / forward / 1e9 / peak,
            flops / by_input / 1e9,
            flops / by_filter / 1e9
        );
    }
    let s = Conv2d {
        batch: 1,
        input: [56; 2],
        in_channels: 128,
        filter: [3; 2],
        filter_channels: 1,
        out_channels: 128,
        strides: [1; 2],
        dilations: [1; 2],
        padding: [[1; 2]; 2],
    };
    let (x, f) = (vec![0.5f32; 56 * 56 * 128], vec![0.25f32; 9 * 128]);
    let mut y = x.clone();
    let t = best(0.3, || depthwise_conv2d(&s, &x, &f, black_box(&mut y), &ConvOptions::default()).expect("sizes fit"));
    println!("depthwise 56x56x128, 3x3: {:.0} us, {:.0} GFLOP/s", t * 1e6, 2.0 * 9.0 * x.len() as f64 / t / 1e9);
}

fn main() {
    let threads = std::env::args().find_map(|a| a.parse().ok()).unwrap_or(1);
    set_threads(threads);
    products(threads as f64);
    convolutions(threads as f64);
}
