//! Convolutions and their gradients against plain loops.
use ferroflow_cpu::conv::*;
use ferroflow_cpu::frames::stream::cache_bytes;
use ferroflow_cpu::gemm::{Epilogue, GemmElement, Mat, pack};
use ferroflow_cpu::pool::set_threads;
use ferroflow_cpu::simd::Level;
use ferroflow_tensor::half::{BF16, F16};
use ferroflow_tensor::{Code, Result};

/// Deterministic small values.
fn values(n: usize, seed: u64) -> Vec<f64> {
    let mut x = seed;
    let mut next = || {
        x = x.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((x >> 33) as f64 / (1u64 << 30) as f64 - 1.0) as f32 as f64
    };
    (0..n).map(|_| next()).collect()
}

fn volume(batch: usize, input: [usize; 3], channels: [usize; 3], filter: [usize; 3]) -> Conv {
    let [in_channels, filter_channels, out_channels] = channels;
    let (strides, dilations, padding) = ([1; 3], [1; 3], [[0; 2]; 3]);
    Conv { batch, input, in_channels, filter, filter_channels, out_channels, strides, dilations, padding }
}

fn image(batch: usize, [h, w]: [usize; 2], channels: [usize; 3], [i, j]: [usize; 2]) -> Conv {
    volume(batch, [1, h, w], channels, [1, i, j])
}

/// Shapes that cross every block border: odd sizes, strides, dilations, padding, groups, depth multipliers, nothing.
fn shapes() -> Vec<Conv> {
    vec![
        image(1, [1, 1], [1, 1, 1], [1, 1]),
        image(2, [7, 9], [3, 3, 5], [3, 3]),
        Conv { padding: [[0, 0], [1, 1], [1, 1]], ..image(1, [31, 17], [3, 3, 33], [3, 3]) },
        Conv { padding: [[0, 0], [1, 1], [1, 1]], ..image(2, [14, 14], [17, 17, 70], [3, 3]) },
        Conv { strides: [1, 2, 2], padding: [[0, 0], [0, 1], [0, 1]], ..image(2, [14, 15], [5, 5, 16], [3, 3]) },
        Conv { strides: [1, 3, 2], padding: [[0, 0], [2, 3], [3, 2]], ..image(1, [11, 13], [4, 4, 31], [5, 7]) },
        Conv { strides: [1, 2, 3], ..image(1, [9, 9], [2, 2, 3], [1, 1]) },
        Conv { dilations: [1, 2, 3], padding: [[0, 0], [2, 2], [3, 3]], ..image(1, [12, 11], [6, 6, 9], [3, 3]) },
        Conv { dilations: [1, 2, 2], strides: [1, 2, 1], padding: [[0, 0], [1, 0], [0, 4]], ..image(1, [12, 11], [6, 6, 9], [2, 3]) },
        Conv { padding: [[0, 0], [1, 1], [1, 1]], ..image(1, [8, 8], [12, 3, 20], [3, 3]) },
        Conv { padding: [[0, 0], [3, 3], [3, 3]], strides: [1, 2, 2], ..image(1, [20, 20], [3, 3, 8], [7, 7]) },
        Conv { padding: [[0, 0], [4, 4], [0, 9]], ..image(1, [2, 3], [2, 2, 3], [3, 3]) },
        image(3, [5, 5], [4, 4, 6], [5, 5]),
        image(1, [2, 2], [3, 3, 4], [3, 3]),
        image(0, [4, 4], [3, 3, 4], [3, 3]),
        image(1, [0, 4], [3, 3, 4], [1, 1]),
        image(1, [4, 4], [3, 3, 0], [3, 3]),
        Conv { padding: [[0, 0], [1, 1], [1, 1]], ..image(1, [40, 40], [8, 8, 8], [3, 3]) },
        // Rows of the filter as runs of channels, with padding at one side, wide padding, and none.
        Conv { padding: [[0, 0], [0, 2], [2, 0]], strides: [1, 1, 2], ..image(2, [9, 31], [1, 1, 33], [3, 5]) },
        Conv { padding: [[0, 0], [2, 2], [3, 2]], ..image(1, [5, 6], [7, 7, 3], [5, 6]) },
        image(2, [6, 31], [3, 3, 31], [1, 3]),
        image(3, [7, 1], [64, 64, 3], [3, 1]),
        // One product, in groups too.
        image(3, [5, 7], [31, 31, 33], [1, 1]),
        image(1, [5, 7], [12, 4, 9], [1, 1]),
        // Volumes.
        volume(2, [3, 4, 5], [3, 3, 5], [2, 3, 2]),
        Conv { padding: [[1, 1], [1, 1], [1, 1]], ..volume(1, [5, 6, 7], [33, 33, 17], [3, 3, 3]) },
        Conv { strides: [2, 1, 3], padding: [[1, 0], [0, 2], [1, 1]], ..volume(1, [6, 5, 9], [4, 2, 6], [3, 2, 3]) },
        Conv { dilations: [2, 1, 2], strides: [1, 2, 1], padding: [[2, 1], [0, 1], [2, 2]], ..volume(1, [6, 5, 9], [3, 3, 4], [2, 3, 3]) },
        volume(1, [2, 3, 3], [2, 2, 3], [3, 1, 1]),
        // Long rows, and filters so deep that a part of the taps is used at a time.
        Conv { padding: [[0, 0], [1, 1], [1, 1]], ..image(1, [3, 257], [3, 3, 5], [3, 3]) },
        Conv { padding: [[0, 0], [0, 0], [1, 1]], strides: [1, 1, 2], ..image(1, [1, 513], [1, 1, 3], [1, 3]) },
        image(1, [1, 513], [31, 31, 1], [1, 1]),
        Conv { padding: [[0, 0], [1, 1], [1, 1]], ..image(1, [3, 5], [1030, 1030, 33], [3, 3]) },
    ]
}

fn depthwise_shapes() -> Vec<Conv> {
    let mut out: Vec<Conv> = shapes().into_iter().filter(|s| s.filter_channels == s.in_channels).collect();
    for (i, s) in out.iter_mut().enumerate() {
        s.filter_channels = 1;
        s.out_channels = if s.out_channels == 0 { 0 } else { s.in_channels * (1 + i % 3) };
    }
    out.push(Conv { padding: [[0, 0], [1, 1], [1, 1]], ..image(2, [9, 9], [70, 1, 70], [3, 3]) });
    out.push(Conv { padding: [[0, 0], [2, 2], [2, 2]], ..image(1, [9, 31], [33, 1, 33], [5, 5]) });
    out.push(Conv { padding: [[0, 0], [1, 1], [1, 1]], ..image(1, [5, 257], [31, 1, 31], [3, 3]) });
    out
}

/// Rows whose last block begins earlier, with ends beside the row or not, and channels of whole registers and parts of some.
fn depthwise_rows() -> Vec<Conv> {
    let mut out = Vec::new();
    for (i, width) in [7, 8, 9, 11, 13, 16, 18].into_iter().enumerate() {
        for (reach, stride, channels) in [(1, 1, 40), (1, 2, 168), (2, 1, 21), (2, 2, 64)] {
            let padding = [[0, 0], [1, 1], [[reach, reach], [0, 0], [0, reach], [2 * reach, 1]][i % 4]];
            let s = image(1, [6, width * stride], [channels, 1, channels], [3, 2 * reach + 1]);
            out.push(Conv { padding, strides: [1, stride, stride], ..s });
        }
    }
    out
}

/// Calls `f(input index, filter index, output index)` for every product of a convolution.
fn each_product(s: &Conv, mut f: impl FnMut(usize, usize, usize)) {
    let [d, h, w] = s.output();
    let (per_group, inputs) = (s.out_channels / s.groups().max(1), s.filter_channels);
    for b in 0..s.batch {
        for (at, tap) in places([d, h, w]).flat_map(|at| places(s.filter).map(move |tap| (at, tap))) {
            let source = [0, 1, 2].map(|i| (at[i] * s.strides[i] + tap[i] * s.dilations[i]) as isize - s.padding[i][0] as isize);
            if (0..3).any(|i| source[i] < 0 || source[i] >= s.input[i] as isize) {
                continue;
            }
            let [in_z, in_y, in_x] = source.map(|x| x as usize);
            let pixel = ((b * s.input[0] + in_z) * s.input[1] + in_y) * s.input[2] + in_x;
            let filter = (tap[0] * s.filter[1] + tap[1]) * s.filter[2] + tap[2];
            for o in 0..s.out_channels {
                for c in 0..inputs {
                    f(
                        pixel * s.in_channels + o / per_group * inputs + c,
                        (filter * inputs + c) * s.out_channels + o,
                        (((b * d + at[0]) * h + at[1]) * w + at[2]) * s.out_channels + o,
                    );
                }
            }
        }
    }
}

fn places([d, h, w]: [usize; 3]) -> impl Iterator<Item = [usize; 3]> {
    (0..d * h * w).map(move |i| [i / (h * w), i / w % h, i % w])
}

fn lengths(s: &Conv) -> [usize; 3] {
    let count = |sizes: [usize; 3]| sizes.into_iter().product::<usize>();
    [
        s.batch * count(s.input) * s.in_channels,
        count(s.filter) * s.filter_channels * s.out_channels,
        s.batch * count(s.output()) * s.out_channels,
    ]
}

type Function<T> = fn(&Conv, &[T], &[T], &mut [T], &ConvOptions<T>) -> Result<()>;

/// Forward, input gradient and filter gradient of one type, checked with a relative error per sum of absolute products.
fn check<T: ConvElement>(shapes: &[Conv], functions: [Function<T>; 3], from: fn(f64) -> T, to: fn(T) -> f64, epsilon: f64, isas: &[Level]) {
    for s in shapes {
        let [nx, nw, ny] = lengths(s);
        let draw = |n: usize, seed: u64| values(n, seed).into_iter().map(from).collect::<Vec<T>>();
        let (x, w, dy) = (draw(nx, 1), draw(nw, 2), draw(ny, 3));
        let mut want = [vec![(0.0, 0.0); ny], vec![(0.0, 0.0); nx], vec![(0.0, 0.0); nw]];
        each_product(s, |i, f, o| {
            let values = [to(x[i]) * to(w[f]), to(w[f]) * to(dy[o]), to(x[i]) * to(dy[o])];
            for (which, (at, value)) in [o, i, f].into_iter().zip(values).enumerate() {
                let slot = &mut want[which][at];
                *slot = (slot.0 + value, slot.1 + value.abs());
            }
        });
        for &isa in isas.iter().filter(|i| i.is_available()) {
            for (which, (a, b)) in [(&x, &w), (&w, &dy), (&x, &dy)].into_iter().enumerate() {
                let mut out = vec![from(99.0); want[which].len()];
                functions[which](s, a, b, &mut out, &ConvOptions { isa, ..ConvOptions::default() }).unwrap();
                for (i, (got, &(value, scale))) in out.iter().zip(&want[which]).enumerate() {
                    let error = (to(*got) - value).abs();
                    assert!(error <= epsilon * (scale + value.abs()), "{s:?} {which} {isa:?} {i}: {} for {value}", to(*got));
                }
            }
        }
    }
}

const ISAS: [Level; 3] = [Level::Portable, Level::Avx2, Level::Avx512];

fn dense<T: ConvElement>() -> [Function<T>; 3] {
    [conv, conv_backprop_input, conv_backprop_filter]
}

fn depthwise<T: ConvElement>() -> [Function<T>; 3] {
    [depthwise_conv, depthwise_conv_backprop_input, depthwise_conv_backprop_filter]
}

#[test]
fn float_convolutions() {
    check::<f32>(&shapes(), dense(), |x| x as f32, f64::from, 1e-6, &ISAS);
    check::<f64>(&shapes(), dense(), |x| x, |x| x, 1e-14, &ISAS);
}

#[test]
fn float_depthwise_convolutions() {
    check::<f32>(&[depthwise_shapes(), depthwise_rows()].concat(), depthwise(), |x| x as f32, f64::from, 1e-6, &ISAS);
    check::<f64>(&depthwise_shapes(), depthwise(), |x| x, |x| x, 1e-14, &ISAS);
}

#[test]
fn half_convolutions_round_once() {
    let (half, brain) = (f64::from(1f32 / 2048.0), f64::from(1f32 / 256.0));
    check::<F16>(&shapes(), dense(), |x| F16::from_f32(x as f32), |x| x.to_f32().into(), half, &ISAS);
    check::<BF16>(&shapes(), dense(), |x| BF16::from_f32(x as f32), |x| x.to_f32().into(), brain, &ISAS);
    check::<F16>(&depthwise_shapes(), depthwise(), |x| F16::from_f32(x as f32), |x| x.to_f32().into(), half, &ISAS);
    check::<BF16>(&depthwise_shapes(), depthwise(), |x| BF16::from_f32(x as f32), |x| x.to_f32().into(), brain, &ISAS);
}

#[test]
fn integer_convolutions() {
    check::<i32>(&shapes(), dense(), |x| (x * 1000.0) as i32, f64::from, 0.0, &ISAS);
}

#[test]
fn infinities_do_not_leak_from_the_border() {
    let s = Conv { padding: [[0, 0], [1, 1], [1, 1]], ..image(1, [3, 3], [1, 1, 1], [3, 3]) };
    let mut y = [0f32; 9];
    let mut w = [0f32; 9];
    w[4] = 1.0;
    conv(&s, &[f32::INFINITY; 9], &w, &mut y, &ConvOptions::default()).unwrap();
    assert!(y.iter().all(|y| y.is_nan()));
    let ones = [1f32; 9];
    w[4] = f32::INFINITY;
    conv(&s, &ones, &w, &mut y, &ConvOptions::default()).unwrap();
    assert!(y.iter().all(|y| *y == f32::INFINITY));
}

#[test]
fn same_bits_for_any_thread_count() {
    let padded = [[0, 0], [1, 1], [1, 1]];
    let wide = Conv { padding: padded, ..image(4, [30, 30], [24, 24, 40], [3, 3]) };
    let deep = Conv { padding: padded, ..image(4, [30, 30], [24, 1, 48], [3, 3]) };
    for (s, functions) in [(wide, dense::<f32>()), (Conv { strides: [1, 2, 2], ..wide }, dense()), (deep, depthwise())] {
        let [nx, nw, ny] = lengths(&s);
        let draw = |n: usize, seed: u64| values(n, seed).into_iter().map(|x| x as f32).collect::<Vec<_>>();
        let (x, w, dy) = (draw(nx, 1), draw(nw, 2), draw(ny, 3));
        for (which, (a, b, n)) in [(&x, &w, ny), (&w, &dy, nx), (&x, &dy, nw)].into_iter().enumerate() {
            let results = [1, 2, 8].map(|t| {
                set_threads(t);
                let mut out = vec![0f32; n];
                functions[which](&s, a, b, &mut out, &ConvOptions::default()).unwrap();
                out.into_iter().map(f32::to_bits).collect::<Vec<_>>()
            });
            assert!(results[0] == results[1] && results[0] == results[2], "{s:?} {which}");
        }
    }
    set_threads(0);
}

#[test]
fn bad_arguments_are_errors() {
    let good = image(1, [4, 4], [2, 2, 4], [3, 3]);
    let run = |s: Conv, n: [usize; 3]| {
        let (x, w, mut y) = (vec![0f32; n[0]], vec![0f32; n[1]], vec![0f32; n[2]]);
        conv(&s, &x, &w, &mut y, &ConvOptions::default())
    };
    let n = lengths(&good);
    assert!(run(good, n).is_ok());
    let invalid = |r: Result<()>| assert_eq!(r.unwrap_err().code(), Code::InvalidArgument);
    for i in 0..3 {
        let mut short = n;
        short[i] -= 1;
        invalid(run(good, short));
    }
    invalid(run(Conv { strides: [1, 0, 1], ..good }, n));
    invalid(run(Conv { dilations: [1, 1, 0], ..good }, n));
    invalid(run(Conv { filter: [1, 0, 3], ..good }, n));
    invalid(run(Conv { filter_channels: 0, ..good }, n));
    invalid(run(Conv { in_channels: 3, ..good }, n));
    invalid(run(Conv { in_channels: 0, ..good }, [0, n[1], n[2]]));
    invalid(run(Conv { batch: usize::MAX, ..good }, n));
    invalid(run(Conv { padding: [[0, 0], [usize::MAX, 0], [0, 0]], ..good }, n));
    invalid(depthwise_conv(&good, &[0f32; 32], &[0f32; 72], &mut [0f32; 16], &ConvOptions::default()));
    let stop = || true;
    let options = ConvOptions { poll: Some(&stop), ..ConvOptions::default() };
    let stopped = conv(&good, &[0f32; 32], &[0f32; 72], &mut [0f32; 16], &options);
    assert_eq!(stopped.unwrap_err().code(), Code::Cancelled);
}

/// What follows a convolution has the bits of the same steps one after the other, on every instruction set.
#[test]
fn epilogues_are_separate_steps() {
    fn check<T: ConvElement + GemmElement + PartialEq + std::fmt::Debug>(
        from: fn(f64) -> T,
        plus: fn(T, T) -> T,
        clip: fn(T, bool, bool) -> T,
    ) {
        let dense = shapes().into_iter().map(|s| (s, conv::<T> as Function<T>));
        for (s, run) in dense.chain(depthwise_shapes().into_iter().chain(depthwise_rows()).map(|s| (s, depthwise_conv::<T> as Function<T>)))
        {
            let [nx, nw, ny] = lengths(&s);
            let draw = |n: usize, seed: u64| values(n, seed).into_iter().map(|x| from(4.0 * x)).collect::<Vec<T>>();
            let (x, w, bias, residual) = (draw(nx, 1), draw(nw, 2), draw(s.out_channels, 3), draw(ny, 4));
            for isa in ISAS.into_iter().filter(|i| i.is_available()) {
                let mut sums = vec![from(9.0); ny];
                run(&s, &x, &w, &mut sums, &ConvOptions { isa, ..ConvOptions::default() }).unwrap();
                let twice = |row: &mut [T]| row.iter_mut().for_each(|x| *x = plus(*x, *x));
                for (with_bias, with_residual, relu, six, activated) in [
                    (true, false, false, false, false),
                    (true, false, true, true, false),
                    (false, true, true, false, true),
                    (true, true, false, true, true),
                ] {
                    let epilogue = Epilogue {
                        bias: with_bias.then_some(&bias),
                        residual: with_residual.then_some(&residual),
                        relu,
                        six,
                        activation: if activated { Some(&twice) } else { None },
                    };
                    let mut y = vec![from(9.0); ny];
                    run(&s, &x, &w, &mut y, &ConvOptions { isa, epilogue, ..ConvOptions::default() }).unwrap();
                    for (i, got) in y.iter().enumerate() {
                        let mut want = sums[i];
                        want = if with_bias { plus(want, bias[i % s.out_channels]) } else { want };
                        want = if with_residual { plus(want, residual[i]) } else { want };
                        want = clip(want, relu, six);
                        want = if activated { plus(want, want) } else { want };
                        assert_eq!(*got, want, "{s:?} {isa:?} {i}");
                    }
                }
            }
        }
    }
    fn limits<T: PartialOrd + Copy>(x: T, [zero, six]: [T; 2], relu: bool, cap: bool) -> T {
        let x = if relu && x < zero { zero } else { x };
        if cap && x > six { six } else { x }
    }
    check::<f32>(|x| x as f32, |x, y| x + y, |x, r, s| limits(x, [0.0, 6.0], r, s));
    check::<f64>(|x| x, |x, y| x + y, |x, r, s| limits(x, [0.0, 6.0], r, s));
    check::<i32>(|x| x as i32, i32::wrapping_add, |x, r, s| limits(x, [0, 6], r, s));
    let half = |x: f32| BF16::from_f32(x);
    check::<BF16>(
        |x| BF16::from_f32(x as f32),
        |x, y| BF16::from_f32(x.to_f32() + y.to_f32()),
        |x, r, s| BF16::from_f32(limits(x.to_f32(), [0.0, 6.0], r, s)),
    );
    let short = Epilogue { bias: Some(&[half(0.0)][..]), ..Epilogue::default() };
    let s = image(1, [1, 1], [1, 1, 2], [1, 1]);
    let options = ConvOptions { epilogue: short, ..ConvOptions::default() };
    let e = conv(&s, &[half(1.0)], &[half(1.0); 2], &mut [half(0.0); 2], &options).unwrap_err();
    assert_eq!(e.code(), Code::InvalidArgument);
}

/// Results that are written past the caches, as they would fill most of the last one, are those of image after image.
#[test]
fn large_results_have_the_bits_of_small_ones() {
    let padding = [[0, 0], [1, 1], [1, 1]];
    let shapes = [
        (image(1, [64, 64], [3, 3, 64], [1, 1]), conv::<f32> as Function<f32>),
        (Conv { padding, ..image(1, [64, 64], [3, 3, 48], [3, 3]) }, conv),
        (Conv { padding, ..image(1, [64, 64], [32, 16, 64], [3, 3]) }, conv),
        (Conv { padding, ..image(1, [64, 64], [64, 1, 64], [3, 3]) }, depthwise_conv),
    ];
    for (s, run) in shapes {
        let [nx, nw, ny] = lengths(&s);
        let batch = cache_bytes() / 2 / (4 * ny) + 1;
        let draw = |n: usize, seed: u64| values(n, seed).into_iter().map(|x| x as f32).collect::<Vec<_>>();
        let (x, w, bias, residual) = (draw(batch * nx, 1), draw(nw, 2), draw(s.out_channels, 3), draw(batch * ny, 4));
        for isa in ISAS.into_iter().filter(|i| i.is_available()) {
            let run = |batch: usize, x: &[f32], residual: &[f32]| {
                let mut y = vec![9.0; batch * ny + 16];
                let start = y.as_ptr().align_offset(64);
                let out = start..start + batch * ny;
                let epilogue = Epilogue { bias: Some(&bias), residual: Some(residual), relu: true, ..Epilogue::default() };
                run(&Conv { batch, ..s }, x, &w, &mut y[out.clone()], &ConvOptions { isa, epilogue, ..ConvOptions::default() }).unwrap();
                y[out].to_vec()
            };
            let all = run(batch, &x, &residual);
            for (i, got) in all.chunks(ny).enumerate() {
                assert!(got == run(1, &x[i * nx..][..nx], &residual[i * ny..][..ny]), "{s:?} {isa:?} {i}");
            }
        }
    }
}

/// A filter that was packed beforehand gives the bits of one that was not, for any number of threads.
#[test]
fn packed_filters_give_the_same_bits() {
    for s in shapes().into_iter().filter(|s| s.groups() == 1) {
        let [nx, nw, ny] = lengths(&s);
        let draw = |n: usize, seed: u64| values(n, seed).into_iter().map(|x| x as f32).collect::<Vec<_>>();
        let (x, w) = (draw(nx, 1), draw(nw, 2));
        let packed = pack(nw / s.out_channels.max(1), s.out_channels, Mat::dense(&w, s.out_channels));
        let run = |packed| {
            let mut y = vec![9.0; ny];
            conv(&s, &x, &w, &mut y, &ConvOptions { packed, ..ConvOptions::default() }).unwrap();
            y
        };
        let want = run(None);
        for threads in [1, 2, 8] {
            set_threads(threads);
            assert!(run(packed.as_ref()) == want, "{s:?} {threads}");
        }
        set_threads(0);
    }
}
