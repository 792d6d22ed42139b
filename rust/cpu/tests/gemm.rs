//! Matrix products against plain loops: shapes, strides, types, instruction sets, thread counts.
use ferroflow_cpu::gemm::{GemmElement, Mat, MatMut, Options, Sizes, gemm, gemm_batch};
use ferroflow_cpu::pool::set_threads;
use ferroflow_cpu::simd::Level;
use ferroflow_tensor::half::{BF16, F16};
use ferroflow_tensor::{C64, C128, Code, Complex};

const ISAS: [Level; 3] = [Level::Portable, Level::Avx2, Level::Avx512];

/// A small generator (Knuth's MMIX constants), so that inputs are the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        self.0 >> 33
    }
    fn unit(&mut self) -> f64 {
        self.next() as f64 / (1u64 << 30) as f64 - 1.0
    }
    fn floats(&mut self, n: usize) -> Vec<f64> {
        (0..n).map(|_| self.unit()).collect()
    }
}

fn shapes() -> Vec<Sizes> {
    let sides = [0, 1, 2, 3, 4, 5, 15, 31, 33, 65];
    let mut out = vec![];
    for m in sides {
        for n in sides {
            for k in [0, 1, 3, 16, 31, 70] {
                out.push(Sizes { m, n, k });
            }
        }
    }
    for (m, n, k) in [
        (257, 257, 257),
        (1, 1100, 700),
        (3, 1100, 600),
        (1100, 1, 600),
        (1, 1, 5000),
        (257, 600, 1030),
        (40, 1024, 1100),
        (300, 1100, 900),
    ] {
        out.push(Sizes { m, n, k });
    }
    out
}

/// Row-major `m x n` or its transpose, with `gap` unused elements after every row, and the matrix that describes it.
fn layout(values: &[f64], m: usize, n: usize, transposed: bool, gap: usize) -> (Vec<f64>, usize, usize) {
    let (row, column) = if transposed { (1, m + gap) } else { (n + gap, 1) };
    let mut data = vec![f64::NAN; (m + gap + 1) * (n + gap + 1)];
    for i in 0..m {
        for j in 0..n {
            data[i * row + j * column] = values[i * n + j];
        }
    }
    (data, row, column)
}

/// The sum and the sum of absolute values, which bounds the rounding error.
fn naive(s: Sizes, a: &[f64], b: &[f64]) -> Vec<(f64, f64)> {
    let mut out = vec![(0.0, 0.0); s.m * s.n];
    for i in 0..s.m {
        for p in 0..s.k {
            for j in 0..s.n {
                let x = a[i * s.k + p] * b[p * s.n + j];
                let o = &mut out[i * s.n + j];
                *o = (o.0 + x, o.1 + x.abs());
            }
        }
    }
    out
}

fn check_float<T: GemmElement>(from: fn(f64) -> T, to: fn(T) -> f64, epsilon: f64) {
    let mut random = Random(7);
    for s in shapes() {
        let (a, b) = (random.floats(s.m * s.k), random.floats(s.k * s.n));
        let (a, b): (Vec<f64>, Vec<f64>) = (a.iter().map(|&x| to(from(x))).collect(), b.iter().map(|&x| to(from(x))).collect());
        let expected = naive(s, &a, &b);
        let large = s.m * s.n * s.k > 1_000_000;
        for (ta, tb, gap) in [(false, false, 0), (true, false, 3), (false, true, 3), (true, true, 0)] {
            let (da, a_row, a_col) = layout(&a, s.m, s.k, ta, gap);
            let (db, b_row, b_col) = layout(&b, s.k, s.n, tb, gap);
            let (da, db): (Vec<T>, Vec<T>) = (da.into_iter().map(from).collect(), db.into_iter().map(from).collect());
            for isa in ISAS.into_iter().filter(|i| i.is_available() && (!large || *i != Level::Portable)) {
                let c_row = s.n + gap;
                let mut c = vec![from(f64::NAN); s.m * c_row];
                let am = Mat { data: &da, row_stride: a_row, column_stride: a_col };
                let bm = Mat { data: &db, row_stride: b_row, column_stride: b_col };
                let options = Options { isa, ..Options::default() };
                gemm(s, am, bm, MatMut { data: &mut c, row_stride: c_row }, &options).unwrap();
                for i in 0..s.m {
                    for j in 0..c_row {
                        let got = to(c[i * c_row + j]);
                        if j >= s.n {
                            assert!(got.is_nan(), "{s:?} wrote beyond row {i}");
                            continue;
                        }
                        let (want, scale) = expected[i * s.n + j];
                        // Probabilistic bound of Higham and Mary (SIAM J. Sci. Comput. 41, 2019).
                        let bound = epsilon * (want.abs() + (s.k as f64).sqrt() * scale);
                        assert!((got - want).abs() <= bound, "{s:?} {isa:?} {ta} {tb} ({i},{j}): {got} for {want}");
                    }
                }
            }
        }
    }
}

#[test]
fn f32_products() {
    check_float::<f32>(|x| x as f32, f64::from, f64::from(f32::EPSILON));
}

#[test]
fn f64_products() {
    check_float::<f64>(|x| x, |x| x, f64::EPSILON * 4.0);
}

#[test]
fn half_products_round_once() {
    let mut random = Random(3);
    let s = Sizes { m: 37, n: 45, k: 129 };
    let a: Vec<f32> = random.floats(s.m * s.k).iter().map(|&x| x as f32).collect();
    let b: Vec<f32> = random.floats(s.k * s.n).iter().map(|&x| x as f32).collect();
    macro_rules! check {
        ($t:ty) => {
            let (ha, hb): (Vec<$t>, Vec<$t>) =
                (a.iter().map(|&x| <$t>::from_f32(x)).collect(), b.iter().map(|&x| <$t>::from_f32(x)).collect());
            let (fa, fb): (Vec<f32>, Vec<f32>) = (ha.iter().map(|x| x.to_f32()).collect(), hb.iter().map(|x| x.to_f32()).collect());
            let (mut c, mut h) = (vec![0f32; s.m * s.n], vec![<$t>::from_f32(0.0); s.m * s.n]);
            gemm(s, Mat::dense(&fa, s.k), Mat::dense(&fb, s.n), MatMut::dense(&mut c, s.n), &Options::default()).unwrap();
            gemm(s, Mat::dense(&ha, s.k), Mat::dense(&hb, s.n), MatMut::dense(&mut h, s.n), &Options::default()).unwrap();
            for (x, y) in c.iter().zip(&h) {
                assert_eq!(<$t>::from_f32(*x).0, y.0);
            }
        };
    }
    check!(F16);
    check!(BF16);
}

#[test]
fn integers_wrap() {
    macro_rules! check {
        ($($t:ty)*) => {$({
            let mut random = Random(11);
            for (m, n, k) in [(1, 1, 1), (1, 70, 33), (70, 1, 33), (5, 3, 0), (31, 67, 129), (7, 64, 600), (40, 700, 20)] {
                let s = Sizes { m, n, k };
                let draw = |r: &mut Random| (r.next() ^ r.next() << 31 ^ r.next() << 62) as $t;
                let a: Vec<$t> = (0..m * k).map(|_| draw(&mut random)).collect();
                let b: Vec<$t> = (0..k * n).map(|_| draw(&mut random)).collect();
                let mut want = vec![0 as $t; m * n];
                for (i, w) in want.iter_mut().enumerate() {
                    for p in 0..k {
                        *w = w.wrapping_add(a[i / n * k + p].wrapping_mul(b[p * n + i % n]));
                    }
                }
                let transpose = |x: &[$t], r: usize, c: usize| (0..r * c).map(|i| x[i % r * c + i / r]).collect::<Vec<$t>>();
                let (at, bt) = (transpose(&a, m, k), transpose(&b, k, n));
                for isa in ISAS {
                    let options = Options { isa, ..Options::default() };
                    let mut c = vec![1 as $t; m * n];
                    gemm(s, Mat::dense(&a, k), Mat::dense(&b, n), MatMut::dense(&mut c, n), &options).unwrap();
                    assert_eq!(c, want, "{s:?} {isa:?}");
                    gemm(s, Mat::transposed(&at, m), Mat::transposed(&bt, k), MatMut::dense(&mut c, n), &options).unwrap();
                    assert_eq!(c, want, "{s:?} {isa:?} transposed");
                }
            }
        })*};
    }
    check!(i8 u8 i16 u16 i32 u32 i64 u64);
}

#[test]
fn complex_products_and_conjugates() {
    let mut random = Random(5);
    for (m, n, k) in [(1, 1, 1), (5, 3, 0), (17, 33, 9), (1, 40, 20), (40, 1, 20)] {
        let s = Sizes { m, n, k };
        let a: Vec<C128> = (0..m * k).map(|_| Complex::<f64>::new(random.unit(), random.unit())).collect();
        let b: Vec<C128> = (0..k * n).map(|_| Complex::<f64>::new(random.unit(), random.unit())).collect();
        for (conj_a, conj_b) in [(false, false), (true, false), (false, true), (true, true)] {
            let mut want = vec![Complex::<f64>::new(0.0, 0.0); m * n];
            for (i, w) in want.iter_mut().enumerate() {
                for p in 0..k {
                    let (x, y) = (a[i / n * k + p], b[p * n + i % n]);
                    *w = *w + if conj_a { x.conj() } else { x } * if conj_b { y.conj() } else { y };
                }
            }
            let mut c = vec![Complex::<f64>::new(9.0, 9.0); m * n];
            let options = Options { conj_a, conj_b, ..Options::default() };
            gemm(s, Mat::dense(&a, k), Mat::dense(&b, n), MatMut::dense(&mut c, n), &options).unwrap();
            for (x, y) in c.iter().zip(&want) {
                assert!((x.re - y.re).abs() < 1e-13 && (x.im - y.im).abs() < 1e-13);
            }
            let narrow = |v: &[C128]| v.iter().map(|z| C64::new(z.re as f32, z.im as f32)).collect::<Vec<_>>();
            let (a, b, mut c) = (narrow(&a), narrow(&b), narrow(&want));
            let i = C64::new(0.0, 1.0);
            let options = Options { alpha: i, accumulate: true, conj_a, conj_b, ..Options::default() };
            gemm(s, Mat::dense(&a, k), Mat::dense(&b, n), MatMut::dense(&mut c, n), &options).unwrap();
            for (x, y) in c.iter().zip(&want) {
                let sum = *y + Complex::<f64>::new(0.0, 1.0) * *y;
                assert!((f64::from(x.re) - sum.re).abs() < 1e-5 && (f64::from(x.im) - sum.im).abs() < 1e-5);
            }
        }
    }
}

#[test]
fn same_bits_for_any_thread_count() {
    let mut random = Random(1);
    for (m, n, k) in [(300, 300, 300), (900, 700, 1100), (14, 3000, 700), (1, 4000, 2000), (4000, 1, 2000), (100, 2048, 1024)] {
        let s = Sizes { m, n, k };
        let a: Vec<f32> = random.floats(m * k).iter().map(|&x| x as f32).collect();
        let b: Vec<f32> = random.floats(k * n).iter().map(|&x| x as f32).collect();
        for transposed in [false, true] {
            let bm = if transposed { Mat::transposed(&b, k) } else { Mat::dense(&b, n) };
            let results: Vec<Vec<u32>> = [1, 2, 8]
                .map(|t| {
                    set_threads(t);
                    let mut c = vec![0f32; m * n];
                    gemm(s, Mat::dense(&a, k), bm, MatMut::dense(&mut c, n), &Options::default()).unwrap();
                    c.into_iter().map(f32::to_bits).collect()
                })
                .into();
            assert!(results[0] == results[1] && results[0] == results[2], "{s:?}");
        }
    }
    set_threads(0);
}

#[test]
fn alpha_accumulate_bias_and_relu() {
    let mut random = Random(2);
    for (m, n, k) in [(1, 40, 9), (40, 1, 9), (3, 5, 0), (33, 100, 1100), (70, 600, 40)] {
        let s = Sizes { m, n, k };
        let (a, b, old) = (random.floats(m * k), random.floats(k * n), random.floats(m * n));
        let bias = random.floats(n);
        let sums = naive(s, &a, &b);
        for bt in [false, true] {
            let data = if bt { (0..k * n).map(|i| b[i % k * n + i / k]).collect() } else { b.clone() };
            let bm = if bt { Mat::transposed(&data, k) } else { Mat::dense(&data, n) };
            let mut c = old.clone();
            let options = Options { alpha: -0.5, accumulate: true, bias: Some(&bias), relu: true, ..Options::default() };
            gemm(s, Mat::dense(&a, k), bm, MatMut::dense(&mut c, n), &options).unwrap();
            for i in 0..m * n {
                let want = (old[i] - 0.5 * sums[i].0 + bias[i % n]).max(0.0);
                assert!((c[i] - want).abs() < 1e-12, "{s:?} {i}: {} for {want}", c[i]);
            }
        }
    }
}

/// What is added while results are in registers has the bits of the same steps one after the other.
#[test]
fn additions_and_activations_are_separate_steps() {
    macro_rules! check {
        ($($t:ty, $draw:expr;)*) => {$(
            let mut random = Random(4);
            for (m, n, k) in [(1, 40, 9), (40, 1, 9), (3, 5, 0), (2, 300, 31), (31, 31, 3), (33, 100, 1100), (70, 1024, 40), (257, 513, 257)] {
                let s = Sizes { m, n, k };
                let mut draw = |n: usize| (0..n).map(|_| ($draw)(&mut random)).collect::<Vec<$t>>();
                let (a, b, bias, residual) = (draw(m * k), draw(k * n), draw(n), draw(m * n));
                for isa in ISAS.into_iter().filter(|i| i.is_available()) {
                    let plain = Options { isa, ..Options::default() };
                    let mut sums = vec![0 as $t; m * n];
                    gemm(s, Mat::dense(&a, k), Mat::dense(&b, n), MatMut::dense(&mut sums, n), &plain).unwrap();
                    let zero = 0 as $t;
                    let twice = |row: &mut [$t]| row.iter_mut().for_each(|x| *x = *x + *x);
                    for (with_bias, with_residual, relu, activated) in
                        [(true, false, false, false), (true, false, true, false), (false, true, false, true), (true, true, true, true)]
                    {
                        let options = Options {
                            bias: with_bias.then_some(&bias),
                            residual: with_residual.then_some(&residual),
                            relu,
                            activation: if activated { Some(&twice) } else { None },
                            ..plain
                        };
                        let mut c = vec![0 as $t; m * n];
                        gemm(s, Mat::dense(&a, k), Mat::dense(&b, n), MatMut::dense(&mut c, n), &options).unwrap();
                        for i in 0..m * n {
                            let mut x = sums[i];
                            if with_bias {
                                x += bias[i % n];
                            }
                            if with_residual {
                                x += residual[i];
                            }
                            if relu && x < zero {
                                x = zero;
                            }
                            if activated {
                                x = x + x;
                            }
                            assert_eq!(c[i], x, "{s:?} {isa:?} {i}");
                        }
                    }
                }
            }
        )*};
    }
    check! {
        f32, |r: &mut Random| r.unit() as f32;
        f64, |r: &mut Random| r.unit();
        i32, |r: &mut Random| (r.unit() * 100.0) as i32;
    }
}

#[test]
fn nan_and_infinity_propagate() {
    for (m, n, k) in [(1, 40, 9), (40, 1, 9), (20, 40, 9), (3, 40, 9)] {
        for isa in ISAS {
            let s = Sizes { m, n, k };
            let (mut a, mut b) = (vec![0f32; m * k], vec![1f32; k * n]);
            b[0] = f32::INFINITY;
            a[(m - 1) * k + 1] = f32::NAN;
            let mut c = vec![f32::NAN; m * n];
            let options = Options { isa, relu: true, ..Options::default() };
            gemm(s, Mat::dense(&a, k), Mat::dense(&b, n), MatMut::dense(&mut c, n), &options).unwrap();
            for (i, x) in c.iter().enumerate() {
                let nan = i % n == 0 || i / n == m - 1;
                assert_eq!(x.is_nan(), nan, "{s:?} {isa:?} {i}");
            }
        }
    }
}

#[test]
fn batches_broadcast() {
    let mut random = Random(9);
    for (m, n, k, count) in [(3, 5, 7, 50), (1, 8, 8, 9), (200, 220, 230, 3), (4, 4, 4, 0)] {
        let s = Sizes { m, n, k };
        let (a, b) = (random.floats(m * k * count), random.floats(k * n * 2));
        let a_offsets: Vec<usize> = (0..count).map(|i| i * m * k).collect();
        let b_offsets: Vec<usize> = (0..count).map(|i| i % 2 * k * n).collect();
        let c_offsets: Vec<usize> = (0..count).map(|i| i * m * n).collect();
        let mut c = vec![0.0; m * n * count];
        let (am, bm) = (Mat::dense(&a, k), Mat::dense(&b, n));
        let out = MatMut::dense(&mut c, n);
        gemm_batch(s, am, &a_offsets, bm, &b_offsets, out, &c_offsets, &Options::default()).unwrap();
        for i in 0..count {
            let sums = naive(s, &a[a_offsets[i]..][..m * k], &b[b_offsets[i]..][..k * n]);
            for (x, y) in c[c_offsets[i]..].iter().zip(&sums) {
                assert!((x - y.0).abs() < 1e-12);
            }
        }
    }
}

#[test]
fn bad_arguments_are_errors() {
    let (a, b) = ([0f32; 12], [0f32; 12]);
    let s = Sizes { m: 3, n: 3, k: 4 };
    let run = |s: Sizes, a: &[f32], b: &[f32], c_len: usize, c_row: usize, options: &Options<f32>| {
        let mut c = vec![0.0; c_len];
        gemm(s, Mat::dense(a, 4), Mat::dense(b, 3), MatMut { data: &mut c, row_stride: c_row }, options)
    };
    let plain = Options::default();
    assert!(run(s, &a, &b, 9, 3, &plain).is_ok());
    let invalid = |r: ferroflow_tensor::Result<()>| assert_eq!(r.unwrap_err().code(), Code::InvalidArgument);
    invalid(run(s, &a[1..], &b, 9, 3, &plain));
    invalid(run(s, &a, &b[1..], 9, 3, &plain));
    invalid(run(s, &a, &b, 8, 3, &plain));
    invalid(run(s, &a, &b, 9, 2, &plain));
    invalid(run(Sizes { m: usize::MAX, n: 3, k: 4 }, &a, &b, 9, 3, &plain));
    invalid(run(Sizes { m: 3, n: usize::MAX, k: usize::MAX }, &a, &b, 9, 3, &plain));
    invalid(run(s, &a, &b, 9, 3, &Options { bias: Some(&a), ..plain }));
    invalid(run(s, &a, &b, 9, 3, &Options { residual: Some(&a), ..plain }));
    let poll = || true;
    let stopped = run(s, &a, &b, 9, 3, &Options { poll: Some(&poll), ..plain });
    assert_eq!(stopped.unwrap_err().code(), Code::Cancelled);
    let mut c = [0f32; 18];
    let (am, bm) = (Mat::dense(&a, 4), Mat::dense(&b, 3));
    invalid(gemm_batch(s, am, &[0, 0], bm, &[0, 0], MatMut::dense(&mut c, 3), &[0, 8], &plain));
    invalid(gemm_batch(s, am, &[0], bm, &[0, 0], MatMut::dense(&mut c, 3), &[0, 9], &plain));
    assert!(gemm_batch(s, am, &[0, 0], bm, &[0, 0], MatMut::dense(&mut c, 3), &[0, 9], &plain).is_ok());
}
