//! Nanoseconds per element of some elementwise loops on every instruction set of this machine.
//!
//!     cargo run --profile fast -p ferroflow-cpu --example elementwise_speed
#![allow(clippy::undocumented_unsafe_blocks)] // every loop runs over vectors of the length that it is given
#![allow(unsafe_code)]
use ferroflow_cpu::frames::{Mode, table_for};
use ferroflow_cpu::simd::Level;
use ferroflow_tensor::DType;
use std::hint::black_box;
use std::time::Instant;

/// The shortest of `repeats` runs, in nanoseconds for each of `n` elements.
fn shortest(repeats: usize, n: usize, mut run: impl FnMut()) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..repeats {
        let start = Instant::now();
        run();
        best = best.min(start.elapsed().as_nanos() as f64);
    }
    best / n as f64
}

fn main() {
    for n in [4096usize, 1 << 20] {
        let repeats = if n < 10_000 { 3000 } else { 40 };
        let x: Vec<f32> = (0..n).map(|i| (i * 7919 % 100_003) as f32 / 100_003.0 * 8.0 - 4.0).collect();
        let y: Vec<f32> = x.iter().map(|x| x.abs() + 0.1).collect();
        let wide: Vec<f64> = x.iter().map(|x| f64::from(*x)).collect();
        let (mut out, mut wide_out) = (vec![0f32; n], vec![0f64; n]);
        for (level, table) in Level::ALL.into_iter().filter_map(|level| Some((level, table_for(level)?))) {
            print!("{n:8} {:9}", level.name());
            // SAFETY (all loops): every vector has n elements of the dtype.
            for op in ["Abs", "Sqrt", "Exp", "Log", "Sin", "Tanh", "Sigmoid", "Erf", "Expm1", "Atan", "Relu"] {
                let f = table.unary(op, DType::Float).expect("a float op");
                let time = shortest(repeats, n, || unsafe { f(black_box(x.as_ptr()).cast(), out.as_mut_ptr().cast(), n) });
                print!(" {op} {time:.3}");
            }
            for op in ["AddV2", "FloorMod", "Pow"] {
                let f = table.binary(op, DType::Float, Mode::VectorVector).expect("a float op");
                let time =
                    shortest(repeats / 4, n, || unsafe { f(black_box(y.as_ptr()).cast(), x.as_ptr().cast(), out.as_mut_ptr().cast(), n) });
                print!(" {op} {time:.3}");
            }
            for op in ["Exp", "Sin", "Erf"] {
                let f = table.unary(op, DType::Double).expect("a float op");
                let time = shortest(repeats / 4, n, || unsafe { f(black_box(wide.as_ptr()).cast(), wide_out.as_mut_ptr().cast(), n) });
                print!(" f64 {op} {time:.3}");
            }
            let powers = table.binary("Pow", DType::Double, Mode::VectorVector).expect("a float op");
            let squares: Vec<f64> = wide.iter().map(|x| x * x).collect();
            let time = shortest(repeats / 4, n, || unsafe {
                powers(black_box(squares.as_ptr()).cast(), wide.as_ptr().cast(), wide_out.as_mut_ptr().cast(), n)
            });
            print!(" f64 Pow {time:.3}");
            let sum = table.reduce("Sum", DType::Float).expect("a float op");
            let inner = shortest(repeats, n, || unsafe { (sum.inner)(black_box(x.as_ptr()).cast(), out.as_mut_ptr().cast(), n) });
            let outer =
                shortest(repeats, n, || unsafe { (sum.outer)(black_box(x.as_ptr()).cast(), out.as_mut_ptr().cast(), n / 512, 512, 512) });
            let halves = vec![0x3c00u16; n];
            let mut half_out = vec![0u16; n];
            let exp = table.unary("Exp", DType::Half).expect("a half op");
            let half = shortest(repeats, n, || unsafe { exp(black_box(halves.as_ptr()).cast(), half_out.as_mut_ptr().cast(), n) });
            println!(" Sum inner {inner:.3} outer {outer:.3} f16 Exp {half:.3}");
        }
    }
}
