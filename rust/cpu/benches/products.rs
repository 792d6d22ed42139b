//! Speed of matrix products against the multiply-add peak of one core, measured in the same run.
//!
//! Run with `cargo bench -p ferroflow-cpu --bench products`; `FERROFLOW_ISA` chooses the instruction set and the first
//! argument that is a number the threads (1 by default).
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

fn main() {
    let threads = std::env::args().find_map(|a| a.parse().ok()).unwrap_or(1);
    set_threads(threads);
    products(threads as f64);
}
