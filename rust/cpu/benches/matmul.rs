//! Speed of matrix products on one core and on all, next to the multiply-add peak that is measured beside each row.
//!
//! Run with `cargo bench -p ferroflow-cpu --bench matmul -- [square] [skinny] [types] [batch] [transposed] [MxKxN]...`;
//! without a name all groups run. `FERROFLOW_ISA` chooses the instruction set. A row tells GFLOP/s (two operations for a
//! multiply-add, eight for a complex one), the part of the `f32` peak, and the GB/s at which the operands are read and
//! the result is written once.
use ferroflow_cpu::gemm::{GemmElement, Mat, MatMut, Options, Sizes, gemm, gemm_batch, gemm_bytes, multiply_add_peak};
use ferroflow_cpu::pool::set_threads;
use ferroflow_cpu::simd::isa;
use ferroflow_tensor::{BF16, C64, C128, F16};
use std::hint::black_box;
use std::time::Instant;

/// Threads of the second pair of columns.
const ALL: usize = 2;

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

/// Prints a row: `f` computes `flops` operations and touches `bytes` of memory.
fn row(name: &str, flops: f64, bytes: f64, mut f: impl FnMut()) {
    let repeat = (4e6 / flops).ceil() as usize;
    let mut line = format!("{name:28}");
    for threads in [1, ALL] {
        set_threads(threads);
        f();
        let peak = multiply_add_peak(isa()) * threads as f64;
        let t = best(0.25, || (0..repeat).for_each(|_| f())) / repeat as f64;
        let rate = flops / t / 1e9;
        line +=
            &format!(" | {threads}: {:10.2} us {rate:7.1} GF/s {:5.3} of {peak:5.1} {:6.1} GB/s", t * 1e6, rate / peak, bytes / t / 1e9);
    }
    println!("{line}");
}

/// One product with given values of all elements; `ta` and `tb` say which operands lie transposed.
fn product<T: GemmElement>(name: &str, (m, k, n): (usize, usize, usize), one: T, [ta, tb]: [bool; 2], ops: f64) {
    let (a, b, mut c) = (vec![one; m * k], vec![one; k * n], vec![one; m * n]);
    let am = if ta { Mat::transposed(&a, m) } else { Mat::dense(&a, k) };
    let bm = if tb { Mat::transposed(&b, k) } else { Mat::dense(&b, n) };
    let bytes = (size_of::<T>() * (m * k + k * n + m * n)) as f64;
    row(&format!("{name} {m}x{k}x{n}"), ops * (m * n) as f64 * k as f64, bytes, || {
        gemm(Sizes { m, n, k }, am, bm, MatMut::dense(black_box(&mut c), n), &Options::default()).expect("sizes fit");
    });
}

fn square() {
    for n in [16, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1000, 1024, 1536, 2048, 3072, 4096] {
        product("f32", (n, n, n), 0.5f32, [false; 2], 2.0);
    }
}

fn skinny() {
    for m in [1, 2, 4, 8, 16, 32, 64, 128] {
        product("f32", (m, 1024, 1024), 0.5f32, [false; 2], 2.0);
    }
    for shape in [(1, 4096, 4096), (8, 4096, 4096), (128, 784, 512), (128, 512, 10), (1024, 1024, 1), (4096, 4096, 1), (20000, 64, 64)] {
        product("f32", shape, 0.5f32, [false; 2], 2.0);
    }
    for shape in [(20000, 512, 8), (1024, 16, 1024), (64, 20000, 64), (3136, 64, 256), (49, 2048, 512), (1, 256, 64), (300, 1, 300)] {
        product("f32", shape, 0.5f32, [false; 2], 2.0);
    }
}

fn transposed() {
    for n in [64, 256, 512, 1024, 2048] {
        product("f32 At", (n, n, n), 0.5f32, [true, false], 2.0);
        product("f32 Bt", (n, n, n), 0.5f32, [false, true], 2.0);
        product("f32 AtBt", (n, n, n), 0.5f32, [true, true], 2.0);
    }
    for shape in [(1, 1024, 1024), (8, 1024, 1024), (512, 128, 784), (1024, 1024, 1)] {
        product("f32 At", shape, 0.5f32, [true, false], 2.0);
        product("f32 Bt", shape, 0.5f32, [false, true], 2.0);
    }
}

fn types() {
    for n in [64, 256, 1024] {
        let shape = (n, n, n);
        product("f64", shape, 0.5f64, [false; 2], 2.0);
        product("bfloat16", shape, BF16::from_f32(0.5), [false; 2], 2.0);
        product("half", shape, F16::from_f32(0.5), [false; 2], 2.0);
        product("complex64", shape, C64::new(0.5, 0.25), [false; 2], 8.0);
        product("complex128", shape, C128::new(0.5, 0.25), [false; 2], 8.0);
        product("int32", shape, 3i32, [false; 2], 2.0);
        product("int64", shape, 3i64, [false; 2], 2.0);
        let (a, b, mut c) = (vec![3u8; n * n], vec![5u8; n * n], vec![0i32; n * n]);
        row(&format!("int8 {n}x{n}x{n}"), 2.0 * (n * n * n) as f64, (6 * n * n) as f64, || {
            let (sizes, out) = (Sizes { m: n, n, k: n }, MatMut::dense(black_box(&mut c), n));
            gemm_bytes(sizes, Mat::dense(&a, n), Mat::dense(&b, n), out, [&[0]; 3], [true; 2], None, isa()).expect("sizes fit");
        });
    }
}

fn batch() {
    for (count, m, k, n) in
        [(1000, 4, 4, 4), (512, 16, 16, 16), (96, 64, 64, 64), (96, 128, 64, 128), (96, 128, 128, 64), (16, 256, 256, 256)]
    {
        let (a, b, mut c) = (vec![0.5f32; count * m * k], vec![0.5f32; count * k * n], vec![0.5f32; count * m * n]);
        let starts = |size: usize| (0..count).map(|i| i * size).collect::<Vec<_>>();
        let (at_a, at_b, at_c) = (starts(m * k), starts(k * n), starts(m * n));
        row(&format!("f32 {count} of {m}x{k}x{n}"), 2.0 * (count * m * n * k) as f64, 4.0 * (a.len() + b.len() + c.len()) as f64, || {
            let out = MatMut::dense(black_box(&mut c), n);
            gemm_batch(Sizes { m, n, k }, Mat::dense(&a, k), &at_a, Mat::dense(&b, n), &at_b, out, &at_c, &Options::default())
                .expect("sizes fit");
        });
    }
}

fn main() {
    let names: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let groups: [(&str, fn()); 5] =
        [("square", square), ("skinny", skinny), ("transposed", transposed), ("types", types), ("batch", batch)];
    println!("{}, one core and {ALL}", isa().name());
    for name in &names {
        let sizes: Vec<usize> = name.split('x').filter_map(|n| n.parse().ok()).collect();
        if let [m, k, n] = sizes[..] {
            product("f32", (m, k, n), 0.5f32, [false; 2], 2.0);
        }
    }
    for (name, run) in groups {
        if names.is_empty() || names.iter().any(|n| n == name) {
            run();
        }
    }
}
