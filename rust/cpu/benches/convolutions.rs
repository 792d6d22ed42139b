//! Speed of convolutions, forward and backward, on one core and on two, next to the multiply-add peak of the same run.
//!
//! Run with `cargo bench -p ferroflow-cpu --bench convolutions -- [resnet] [mobilenet] [depthwise]`; without a name all
//! groups run. `FERROFLOW_ISA` chooses the instruction set. A cell is GFLOP/s (two operations for a multiply-add) and the
//! part of the peak of as many cores, measured beside each row.
use ferroflow_cpu::conv::{
    Conv, ConvOptions, conv, conv_backprop_filter, conv_backprop_input, depthwise_conv, depthwise_conv_backprop_filter,
    depthwise_conv_backprop_input,
};
use ferroflow_cpu::gemm::multiply_add_peak;
use ferroflow_cpu::pool::set_threads;
use ferroflow_cpu::simd::isa;
use std::hint::black_box;
use std::time::Instant;

/// Seconds for each cell.
const SECONDS: f64 = 0.12;

/// A convolution with as much padding on both sides as keeps the size at stride 1.
fn sizes(batch: usize, side: usize, channels: [usize; 3], filter: usize, stride: usize) -> Conv {
    Conv {
        batch,
        input: [1, side, side],
        in_channels: channels[0],
        filter: [1, filter, filter],
        filter_channels: channels[1],
        out_channels: channels[2],
        strides: [1, stride, stride],
        dilations: [1; 3],
        padding: [[0; 2], [filter / 2; 2], [filter / 2; 2]],
    }
}

/// The best time of a few runs, in seconds.
fn best(mut f: impl FnMut()) -> f64 {
    let (start, mut best) = (Instant::now(), f64::MAX);
    while best == f64::MAX || start.elapsed().as_secs_f64() < SECONDS {
        let t = Instant::now();
        f();
        best = best.min(t.elapsed().as_secs_f64());
    }
    best
}

/// `n` numbers that start at a cache line, as the engine's buffers do.
struct Buffer(Vec<f32>, usize, usize);
impl Buffer {
    fn new(n: usize, x: f32) -> Self {
        let all = vec![x; n + 16];
        let start = all.as_ptr().align_offset(64);
        Buffer(all, start, n)
    }
    fn get(&mut self) -> &mut [f32] {
        &mut self.0[self.1..][..self.2]
    }
}

/// Prints one convolution: forward, gradient by the input, gradient by the filter.
fn row(s: &Conv) {
    let pixels = s.batch * s.output().iter().product::<usize>();
    let depthwise = s.filter_channels == 1 && s.in_channels > 1;
    let mut x = Buffer::new(s.batch * s.input.iter().product::<usize>() * s.in_channels, 0.5);
    let mut f = Buffer::new(s.filter.iter().product::<usize>() * s.filter_channels * s.out_channels, 0.25);
    let mut y = Buffer::new(pixels * s.out_channels, 0.125);
    let (mut dx, mut df) = (Buffer::new(x.2, 0.0), Buffer::new(f.2, 0.0));
    let (x, f, y, dx, df) = (x.get(), f.get(), y.get(), dx.get(), df.get());
    let flops = 2.0 * (y.len() * s.filter[1] * s.filter[2] * s.filter_channels) as f64;
    let [side, filter, stride] = [s.input[1], s.filter[1], s.strides[1]];
    let name = format!("{}x{side}x{side}x{} -> {}, {filter}x{filter}/{stride}", s.batch, s.in_channels, s.out_channels);
    print!("{name:30}");
    let options = ConvOptions::default();
    for threads in [1, 2] {
        set_threads(threads);
        let peak = multiply_add_peak(isa()) * threads as f64;
        let times = if depthwise {
            [
                best(|| depthwise_conv(s, x, f, black_box(&mut *y), &options).expect("sizes fit")),
                best(|| depthwise_conv_backprop_input(s, f, y, black_box(&mut *dx), &options).expect("sizes fit")),
                best(|| depthwise_conv_backprop_filter(s, x, y, black_box(&mut *df), &options).expect("sizes fit")),
            ]
        } else {
            [
                best(|| conv(s, x, f, black_box(&mut *y), &options).expect("sizes fit")),
                best(|| conv_backprop_input(s, f, y, black_box(&mut *dx), &options).expect("sizes fit")),
                best(|| conv_backprop_filter(s, x, y, black_box(&mut *df), &options).expect("sizes fit")),
            ]
        };
        print!("  | {peak:4.0}");
        for t in times {
            print!(" {:4.0} ({:.2})", flops / t / 1e9, flops / t / 1e9 / peak);
        }
        print!("  {:7.1} {:7.1} {:7.1} us", times[0] * 1e6, times[1] * 1e6, times[2] * 1e6);
    }
    println!();
}

fn main() {
    let named: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let wanted = |name: &str| named.is_empty() || named.iter().any(|n| n == name);
    println!("{:30}  | 1 core: peak, forward, by input, by filter, their times | 2 cores", "");
    let dense = |batch, side, inputs, outputs, filter, stride| row(&sizes(batch, side, [inputs, inputs, outputs], filter, stride));
    if wanted("resnet") {
        dense(1, 224, 3, 64, 7, 2);
        dense(1, 56, 64, 64, 3, 1);
        dense(1, 28, 128, 128, 3, 1);
        dense(1, 14, 256, 256, 3, 1);
        dense(1, 7, 512, 512, 3, 1);
        dense(1, 56, 128, 128, 3, 2);
        dense(1, 56, 64, 256, 1, 1);
        dense(1, 56, 256, 64, 1, 1);
        dense(1, 28, 512, 128, 1, 1);
        dense(1, 14, 256, 1024, 1, 1);
        dense(1, 14, 1024, 256, 1, 1);
        dense(1, 7, 2048, 512, 1, 1);
        dense(1, 56, 256, 512, 1, 2);
        dense(8, 56, 64, 64, 3, 1);
        dense(8, 7, 512, 512, 3, 1);
        dense(8, 14, 1024, 256, 1, 1);
    }
    if wanted("mobilenet") {
        dense(1, 224, 3, 32, 3, 2);
        dense(1, 112, 32, 16, 1, 1);
        dense(1, 112, 16, 96, 1, 1);
        dense(1, 56, 24, 144, 1, 1);
        dense(1, 28, 192, 32, 1, 1);
        dense(1, 14, 384, 64, 1, 1);
        dense(1, 14, 96, 576, 1, 1);
        dense(1, 7, 160, 960, 1, 1);
        dense(1, 7, 320, 1280, 1, 1);
        dense(32, 28, 1, 32, 3, 1);
    }
    if wanted("depthwise") {
        for (batch, side, channels, stride) in [
            (1, 112, 32, 1),
            (1, 56, 144, 1),
            (1, 14, 384, 1),
            (8, 112, 32, 1),
            (8, 112, 96, 2),
            (8, 56, 144, 1),
            (8, 28, 192, 1),
            (8, 14, 384, 1),
            (8, 7, 960, 1),
        ] {
            row(&sizes(batch, side, [channels, 1, channels], 3, stride));
        }
    }
}
