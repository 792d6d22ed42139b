//! Pooling against plain loops and against values that TensorFlow 2.21 gave.
use ferroflow_cpu::pool::set_threads;
use ferroflow_cpu::pooling::*;
use ferroflow_tensor::Code;
use ferroflow_tensor::half::{BF16, F16};

fn volume(batch: usize, input: [usize; 3], channels: usize, window: [usize; 3], strides: [usize; 3]) -> Pool {
    Pool { batch, input, channels, window, strides, padding: [[0, 0]; 3] }
}

fn shape(batch: usize, [h, w]: [usize; 2], channels: usize, [i, j]: [usize; 2], [s, t]: [usize; 2]) -> Pool {
    volume(batch, [1, h, w], channels, [1, i, j], [1, s, t])
}

fn shapes() -> Vec<Pool> {
    vec![
        shape(1, [1, 1], 1, [1, 1], [1, 1]),
        shape(2, [7, 9], 3, [2, 2], [2, 2]),
        shape(2, [31, 17], 33, [3, 3], [2, 1]),
        Pool { padding: [[0, 0], [1, 1], [0, 2]], ..shape(2, [6, 7], 5, [3, 3], [2, 3]) },
        Pool { padding: [[0, 0], [3, 3], [2, 3]], ..shape(1, [2, 3], 4, [7, 6], [1, 1]) },
        shape(1, [8, 8], 2, [1, 1], [3, 3]),
        shape(1, [3, 3], 2, [4, 1], [1, 1]),
        shape(0, [3, 3], 2, [2, 2], [1, 1]),
        shape(2, [3, 3], 0, [2, 2], [1, 1]),
        volume(2, [3, 4, 5], 3, [2, 3, 2], [1, 1, 2]),
        Pool { padding: [[1, 0], [0, 2], [1, 1]], ..volume(1, [5, 3, 7], 31, [2, 3, 3], [2, 1, 3]) },
    ]
}

fn lengths(s: &Pool) -> (usize, usize) {
    let count = |sizes: [usize; 3]| s.batch * sizes.into_iter().product::<usize>() * s.channels;
    (count(s.input), count(s.output()))
}

/// Small integers with many ties.
fn values(n: usize, seed: usize) -> Vec<i64> {
    (0..n).map(|i| ((i * 7919 + seed * 104_729) % 23) as i64 - 11).collect()
}

/// For every output element the input elements under its window, in row-major order.
fn windows(s: &Pool) -> Vec<Vec<usize>> {
    let places = |[d, h, w]: [usize; 3]| (0..d * h * w).map(move |i| [i / (h * w), i / w % h, i % w]);
    let mut out = vec![];
    for b in 0..s.batch {
        for at in places(s.output()) {
            for c in 0..s.channels {
                let source = |tap: [usize; 3]| {
                    let x = [0, 1, 2].map(|d| (at[d] * s.strides[d] + tap[d]) as i64 - s.padding[d][0] as i64);
                    (0..3).all(|d| (0..s.input[d] as i64).contains(&x[d])).then(|| x.map(|x| x as usize))
                };
                let element = |[z, y, x]: [usize; 3]| (((b * s.input[0] + z) * s.input[1] + y) * s.input[2] + x) * s.channels + c;
                out.push(places(s.window).filter_map(source).map(element).collect());
            }
        }
    }
    out
}

fn check_max<T: MaxElement + std::fmt::Debug>(from: fn(i64) -> T) {
    for s in shapes() {
        let (nx, ny) = lengths(&s);
        let (x, dy) = (values(nx, 1), values(ny, 2));
        let (mut want_y, mut want_dx) = (vec![], vec![T::ZERO; nx]);
        for (under, &g) in windows(&s).iter().zip(&dy) {
            let best = under.iter().copied().reduce(|a, b| if x[b] > x[a] { b } else { a }).unwrap();
            want_y.push(from(x[best]));
            want_dx[best] = want_dx[best].plus(from(g));
        }
        let (x, dy): (Vec<T>, Vec<T>) = (x.into_iter().map(from).collect(), dy.into_iter().map(from).collect());
        let (mut y, mut dx) = (vec![from(9); ny], vec![from(9); nx]);
        max_pool(&s, &x, &mut y, None).unwrap();
        max_pool_grad(&s, &x, &dy, &mut dx, None).unwrap();
        assert_eq!(y, want_y, "{s:?}");
        assert_eq!(dx, want_dx, "{s:?}");
    }
}

#[test]
fn max_pool_of_all_types() {
    check_max::<f32>(|x| x as f32);
    check_max::<f64>(|x| x as f64);
    check_max::<F16>(|x| F16::from_f32(x as f32));
    check_max::<BF16>(|x| BF16::from_f32(x as f32));
    check_max::<i8>(|x| x as i8);
    check_max::<i16>(|x| x as i16);
    check_max::<i32>(|x| x as i32);
    check_max::<i64>(|x| x);
    check_max::<u8>(|x| (x + 11) as u8);
    check_max::<u16>(|x| (x + 11) as u16);
    check_max::<u32>(|x| (x + 11) as u32);
    check_max::<u64>(|x| (x + 11) as u64);
}

#[test]
fn avg_pool_of_all_types() {
    for s in shapes() {
        let (nx, ny) = lengths(&s);
        let (x, dy) = (values(nx, 1), values(ny, 2));
        let (mut want_y, mut want_dx) = (vec![], vec![0.0; nx]);
        for (under, &g) in windows(&s).iter().zip(&dy) {
            want_y.push(under.iter().map(|&i| x[i] as f64).sum::<f64>() / under.len() as f64);
            for &i in under {
                want_dx[i] += g as f64 / under.len() as f64;
            }
        }
        macro_rules! check {
            ($t:ty, $from:expr, $to:expr, $epsilon:expr) => {
                let (xs, gs): (Vec<$t>, Vec<$t>) = (x.iter().map($from).collect(), dy.iter().map($from).collect());
                let (mut y, mut dx) = (vec![<$t>::default(); ny], vec![<$t>::default(); nx]);
                avg_pool(&s, &xs, &mut y, None).unwrap();
                avg_pool_grad(&s, &gs, &mut dx, None).unwrap();
                for (got, want) in y.iter().zip(&want_y).chain(dx.iter().zip(&want_dx)) {
                    let got: f64 = $to(*got);
                    assert!((got - want).abs() <= $epsilon * (want.abs() + 11.0), "{s:?}: {got} for {want}");
                }
            };
        }
        check!(f64, |&x| x as f64, |x| x, 1e-15 * 8.0);
        check!(f32, |&x| x as f32, f64::from, 1e-6);
        check!(F16, |&x| F16::from_f32(x as f32), |x: F16| f64::from(x.to_f32()), 4.0 / 2048.0);
        check!(BF16, |&x| BF16::from_f32(x as f32), |x: BF16| f64::from(x.to_f32()), 1.0 / 256.0);
    }
}

#[test]
fn special_values_as_in_tensorflow() {
    let s = shape(1, [2, 2], 1, [2, 2], [1, 1]);
    let (nan, inf) = (f32::NAN, f32::INFINITY);
    for (x, want) in [
        ([nan; 4], f32::MIN),
        ([-inf; 4], f32::MIN),
        ([nan, 1.0, 2.0, 3.0], 3.0),
        ([3.0, nan, 2.0, 1.0], 3.0),
        ([3.0, 2.0, 1.0, nan], 3.0),
        ([-inf, nan, -inf, -inf], f32::MIN),
        ([-0.0, 0.0, -0.0, -0.0], -0.0),
        ([inf, nan, 1.0, 2.0], inf),
    ] {
        let (mut y, mut h, mut b) = ([0.0], [F16(0)], [BF16(0)]);
        max_pool(&s, &x, &mut y, None).unwrap();
        assert_eq!(y[0].to_bits(), want.to_bits(), "{x:?}");
        max_pool(&s, &x.map(F16::from_f32), &mut h, None).unwrap();
        assert_eq!(h[0].to_f32(), want.max(-65504.0), "{x:?}");
        max_pool(&s, &x.map(BF16::from_f32), &mut b, None).unwrap();
        assert_eq!(b[0].to_f32(), want.max(-3.3895314e38), "{x:?}");
    }
    for (x, winner) in [
        ([nan; 4], 0),
        ([nan, 1.0, 2.0, 3.0], 0),
        ([3.0, nan, 2.0, 1.0], 0),
        ([1.0, nan, 3.0, nan], 2),
        ([-inf; 4], 0),
        ([-0.0, 0.0, -0.0, -0.0], 0),
    ] {
        let mut dx = [9.0; 4];
        max_pool_grad(&s, &x, &[1.0], &mut dx, None).unwrap();
        let mut want = [0.0; 4];
        want[winner] = 1.0;
        assert_eq!(dx, want, "{x:?}");
    }
}

#[test]
fn same_bits_for_any_thread_count() {
    let s = Pool { padding: [[0, 0], [1, 1], [1, 1]], ..shape(5, [33, 35], 17, [3, 3], [1, 2]) };
    let (nx, ny) = lengths(&s);
    let x: Vec<f32> = values(nx, 1).into_iter().map(|x| x as f32 / 7.0).collect();
    let dy: Vec<f32> = values(ny, 2).into_iter().map(|x| x as f32 / 7.0).collect();
    let results = [1, 2, 8].map(|t| {
        set_threads(t);
        let mut out = [vec![0f32; ny], vec![0f32; ny], vec![0f32; nx], vec![0f32; nx]];
        max_pool(&s, &x, &mut out[0], None).unwrap();
        avg_pool(&s, &x, &mut out[1], None).unwrap();
        max_pool_grad(&s, &x, &dy, &mut out[2], None).unwrap();
        avg_pool_grad(&s, &dy, &mut out[3], None).unwrap();
        out.map(|v| v.into_iter().map(f32::to_bits).collect::<Vec<_>>())
    });
    set_threads(0);
    assert!(results[0] == results[1] && results[0] == results[2]);
}

#[test]
fn bad_arguments_are_errors() {
    let good = shape(1, [4, 4], 2, [2, 2], [2, 2]);
    let run = |s: Pool, nx: usize, ny: usize| max_pool(&s, &vec![0f32; nx], &mut vec![0f32; ny], None);
    assert!(run(good, 32, 8).is_ok());
    let invalid = |r: ferroflow_tensor::Result<()>| assert_eq!(r.unwrap_err().code(), Code::InvalidArgument);
    invalid(run(good, 31, 8));
    invalid(run(good, 32, 7));
    invalid(run(Pool { window: [1, 0, 2], ..good }, 32, 8));
    invalid(run(Pool { strides: [1, 2, 0], ..good }, 32, 8));
    invalid(run(Pool { padding: [[0, 0], [2, 0], [0, 0]], ..good }, 32, 8));
    invalid(run(Pool { batch: usize::MAX, ..good }, 32, 8));
    invalid(avg_pool_grad(&good, &[0f32; 8], &mut [0f32; 31], None));
    let stop = || true;
    let stopped = avg_pool(&good, &[0f32; 32], &mut [0f32; 8], Some(&stop));
    assert_eq!(stopped.unwrap_err().code(), Code::Cancelled);
}
