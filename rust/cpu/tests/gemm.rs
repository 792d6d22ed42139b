//! Matrix products against plain loops: shapes, strides, types, instruction sets, thread counts.
use ferroflow_cpu::gemm::{Epilogue, GemmElement, Mat, MatMut, Options, Sizes, gemm, gemm_batch, gemm_bytes, pack};
use ferroflow_cpu::pool::set_threads;
use ferroflow_cpu::simd::Level;
use ferroflow_tensor::half::{BF16, F16};
use ferroflow_tensor::{C64, C128, Code, Complex};

const ISAS: [Level; 4] = Level::ALL;

/// Rows, columns and terms at the borders of blocks: single ones, none, odd ones, long ones.
const ODD: [(usize, usize, usize); 14] = [
    (1, 1, 1),
    (0, 3, 5),
    (5, 0, 3),
    (5, 3, 0),
    (1, 70, 33),
    (70, 1, 33),
    (3, 31, 257),
    (31, 67, 129),
    (37, 45, 129),
    (7, 64, 600),
    (40, 700, 20),
    (257, 31, 3),
    (31, 513, 1),
    (513, 3, 31),
];

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
        (513, 31, 3),
        (3, 513, 31),
        (31, 257, 513),
        (1, 513, 257),
        (257, 1, 513),
        (513, 3, 257),
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
    for (m, n, k) in ODD {
        let s = Sizes { m, n, k };
        let mut draw = |n: usize| random.floats(n).into_iter().map(|x| F16::from_f32(x as f32)).collect::<Vec<_>>();
        let (ha, hb) = (draw(m * k), draw(k * n));
        let (fa, fb): (Vec<f32>, Vec<f32>) = (ha.iter().map(|x| x.to_f32()).collect(), hb.iter().map(|x| x.to_f32()).collect());
        for isa in ISAS.into_iter().filter(|i| i.is_available()) {
            let (mut c, mut h) = (vec![0f32; m * n], vec![F16::ZERO; m * n]);
            let options = Options { isa, ..Options::default() };
            gemm(s, Mat::dense(&fa, k), Mat::dense(&fb, n), MatMut::dense(&mut c, n), &options).unwrap();
            let options = Options { isa, ..Options::default() };
            gemm(s, Mat::dense(&ha, k), Mat::dense(&hb, n), MatMut::dense(&mut h, n), &options).unwrap();
            for (x, y) in c.iter().zip(&h) {
                assert_eq!(F16::from_f32(*x).0, y.0, "{s:?} {isa:?}");
            }
        }
    }
}

/// Sums of bfloat16 products are those of `f32`, in any order, rounded once.
#[test]
fn bfloat16_products_are_summed_in_f32() {
    let mut random = Random(13);
    for (m, n, k) in ODD.into_iter().chain([(64, 64, 64), (33, 600, 1030)]) {
        let s = Sizes { m, n, k };
        let mut draw = |n: usize| random.floats(n).into_iter().map(|x| BF16::from_f32(x as f32)).collect::<Vec<_>>();
        let (a, b, old, bias) = (draw(m * k), draw(k * n), draw(m * n), draw(n));
        let wide = |x: &[BF16]| x.iter().map(|x| f64::from(x.to_f32())).collect::<Vec<_>>();
        let expected = naive(s, &wide(&a), &wide(&b));
        for (ta, tb, gap) in [(false, false, 0), (true, false, 1), (false, true, 1), (true, true, 0), (false, true, 0)] {
            let (da, a_row, a_col) = layout(&wide(&a), m, k, ta, gap);
            let (db, b_row, b_col) = layout(&wide(&b), k, n, tb, gap);
            let narrow = |x: Vec<f64>| x.into_iter().map(|x| BF16::from_f32(x as f32)).collect::<Vec<_>>();
            let (da, db) = (narrow(da), narrow(db));
            let am = Mat { data: &da, row_stride: a_row, column_stride: a_col };
            let bm = Mat { data: &db, row_stride: b_row, column_stride: b_col };
            for isa in ISAS.into_iter().filter(|i| i.is_available()) {
                let mut c = vec![BF16::ZERO; m * n];
                gemm(s, am, bm, MatMut::dense(&mut c, n), &Options { isa, ..Options::default() }).unwrap();
                for (x, (want, scale)) in c.iter().zip(&expected) {
                    let bound = want.abs() / 256.0 + f64::from(f32::EPSILON) * (1.0 + (k as f64).sqrt()) * scale;
                    assert!((f64::from(x.to_f32()) - want).abs() <= bound, "{s:?} {isa:?} {ta} {tb}: {x:?} for {want}");
                }
                // What is added afterwards is added to rounded sums.
                let mut sum = old.clone();
                let epilogue = Epilogue { bias: Some(&bias), relu: true, ..Epilogue::default() };
                gemm(s, am, bm, MatMut::dense(&mut sum, n), &Options { isa, accumulate: true, epilogue, ..Options::default() }).unwrap();
                for (i, x) in sum.iter().enumerate() {
                    let plus = |x: BF16, y: BF16| BF16::from_f32(x.to_f32() + y.to_f32());
                    let want = plus(plus(c[i], old[i]), bias[i % n]);
                    assert_eq!(x.0, if want.to_f32() < 0.0 { 0 } else { want.0 }, "{s:?} {isa:?} {i}");
                }
            }
        }
    }
}

#[test]
fn bytes_are_summed_in_32_bits() {
    let mut random = Random(17);
    for (m, n, k) in ODD.into_iter().chain([(64, 64, 64), (5, 7, 70_000)]) {
        let s = Sizes { m, n, k };
        // Many at the ends of the range, where intermediate sums of 16 bits would not do.
        let mut draw = |n: usize| (0..n).map(|_| [0u8, 127, 128, 255, random.next() as u8][random.next() as usize % 5]).collect::<Vec<_>>();
        let (a, b) = (draw(m * k), draw(k * n));
        let turned = |x: &[u8], r: usize, c: usize| (0..r * c).map(|i| x[i % r * c + i / r]).collect::<Vec<u8>>();
        let (at, bt) = (turned(&a, m, k), turned(&b, k, n));
        for signed in [[false; 2], [true; 2], [true, false], [false, true]] {
            let value = |x: u8, signed: bool| if signed { i64::from(x as i8) } else { i64::from(x) };
            let mut want = vec![0i64; m * n];
            for (i, w) in want.iter_mut().enumerate() {
                *w = (0..k).map(|p| value(a[i / n * k + p], signed[0]) * value(b[p * n + i % n], signed[1])).sum();
            }
            let want: Vec<i32> = want.into_iter().map(|x| x as i32).collect();
            for isa in ISAS {
                for (a, b) in [
                    (Mat::dense(&a, k), Mat::dense(&b, n)),
                    (Mat::transposed(&at, m), Mat::dense(&b, n)),
                    (Mat::dense(&a, k), Mat::transposed(&bt, k)),
                ] {
                    let mut c = vec![7; m * n];
                    gemm_bytes(s, a, b, MatMut::dense(&mut c, n), [&[0]; 3], signed, None, isa).unwrap();
                    assert!(c == want, "{s:?} {signed:?} {isa:?} {} {}", a.row_stride, b.row_stride);
                }
            }
        }
    }
    let short = gemm_bytes(
        Sizes { m: 2, n: 2, k: 2 },
        Mat::dense(&[0; 4], 2),
        Mat::dense(&[0; 3], 2),
        MatMut::dense(&mut [0; 4], 2),
        [&[0]; 3],
        [true; 2],
        None,
        Level::Portable,
    );
    assert_eq!(short.unwrap_err().code(), Code::InvalidArgument);
}

#[test]
fn integers_wrap() {
    macro_rules! check {
        ($($t:ty)*) => {$({
            let mut random = Random(11);
            for (m, n, k) in ODD {
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
    for ((m, n, k), isa) in ODD.into_iter().flat_map(|s| ISAS.into_iter().filter(|i| i.is_available()).map(move |i| (s, i))) {
        let s = Sizes { m, n, k };
        let a: Vec<C128> = (0..m * k).map(|_| Complex::<f64>::new(random.unit(), random.unit())).collect();
        // Four products of numbers below one in each term.
        let bound = 4.0 * k.max(1) as f64;
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
            let options = Options { conj_a, conj_b, isa, ..Options::default() };
            gemm(s, Mat::dense(&a, k), Mat::dense(&b, n), MatMut::dense(&mut c, n), &options).unwrap();
            for (x, y) in c.iter().zip(&want) {
                assert!((x.re - y.re).abs() < bound * 1e-15 && (x.im - y.im).abs() < bound * 1e-15, "{s:?} {isa:?}");
            }
            let narrow = |v: &[C128]| v.iter().map(|z| C64::new(z.re as f32, z.im as f32)).collect::<Vec<_>>();
            let (a, b, mut c) = (narrow(&a), narrow(&b), narrow(&want));
            let i = C64::new(0.0, 1.0);
            let options = Options { alpha: i, accumulate: true, conj_a, conj_b, isa, ..Options::default() };
            gemm(s, Mat::dense(&a, k), Mat::dense(&b, n), MatMut::dense(&mut c, n), &options).unwrap();
            for (x, y) in c.iter().zip(&want) {
                let sum = *y + Complex::<f64>::new(0.0, 1.0) * *y;
                assert!(
                    (f64::from(x.re) - sum.re).abs() < bound * 1e-6 && (f64::from(x.im) - sum.im).abs() < bound * 1e-6,
                    "{s:?} {isa:?}"
                );
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
fn same_bits_for_any_thread_count_in_every_type() {
    let mut random = Random(19);
    for (m, n, k) in [(257, 513, 301), (1, 1030, 513), (1031, 1, 257), (31, 257, 2050)] {
        let s = Sizes { m, n, k };
        macro_rules! check {
            ($($t:ty, $draw:expr;)*) => {$({
                let mut draw = |n: usize| (0..n).map(|_| ($draw)(&mut random)).collect::<Vec<$t>>();
                let (a, b) = (draw(m * k), draw(k * n));
                for bm in [Mat::dense(&b, n), Mat::transposed(&b, k)] {
                    let mut results = vec![];
                    for threads in [1, 2, 8] {
                        set_threads(threads);
                        let mut c = vec![<$t>::default(); m * n];
                        gemm(s, Mat::dense(&a, k), bm, MatMut::dense(&mut c, n), &Options::default()).unwrap();
                        results.push(c);
                    }
                    assert!(results[0] == results[1] && results[0] == results[2], "{s:?} {}", std::any::type_name::<$t>());
                }
            })*};
        }
        check! {
            f64, |r: &mut Random| r.unit();
            F16, |r: &mut Random| F16::from_f32(r.unit() as f32);
            BF16, |r: &mut Random| BF16::from_f32(r.unit() as f32);
            C64, |r: &mut Random| C64::new(r.unit() as f32, r.unit() as f32);
            C128, |r: &mut Random| C128::new(r.unit(), r.unit());
            i32, |r: &mut Random| r.next() as i32;
            i64, |r: &mut Random| r.next() as i64;
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
            let options = Options {
                alpha: -0.5,
                accumulate: true,
                epilogue: Epilogue { bias: Some(&bias), relu: true, ..Epilogue::default() },
                ..Options::default()
            };
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
                    for (with_bias, with_residual, relu, six, activated) in [
                        (true, false, false, false, false),
                        (true, false, true, false, false),
                        (true, false, true, true, false),
                        (false, true, false, true, true),
                        (true, true, true, true, true),
                    ]
                    {
                        let epilogue = Epilogue {
                            bias: with_bias.then_some(&bias),
                            residual: with_residual.then_some(&residual),
                            relu,
                            six,
                            activation: if activated { Some(&twice) } else { None },
                        };
                        let options = Options { epilogue, ..plain };
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
                            if six && x > 6 as $t {
                                x = 6 as $t;
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
            let options = Options { isa, epilogue: Epilogue { relu: true, six: true, ..Epilogue::default() }, ..Options::default() };
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
    invalid(run(s, &a, &b, 9, 3, &Options { epilogue: Epilogue { bias: Some(&a), ..Epilogue::default() }, ..plain }));
    invalid(run(s, &a, &b, 9, 3, &Options { epilogue: Epilogue { residual: Some(&a), ..Epilogue::default() }, ..plain }));
    let poll = || true;
    let stopped = run(s, &a, &b, 9, 3, &Options { poll: Some(&poll), ..plain });
    assert_eq!(stopped.unwrap_err().code(), Code::Cancelled);
    let mut c = [0f32; 18];
    let (am, bm) = (Mat::dense(&a, 4), Mat::dense(&b, 3));
    invalid(gemm_batch(s, am, &[0, 0], bm, &[0, 0], MatMut::dense(&mut c, 3), &[0, 8], &plain));
    invalid(gemm_batch(s, am, &[0], bm, &[0, 0], MatMut::dense(&mut c, 3), &[0, 9], &plain));
    assert!(gemm_batch(s, am, &[0, 0], bm, &[0, 0], MatMut::dense(&mut c, 3), &[0, 9], &plain).is_ok());
}

/// A right operand that was packed beforehand gives what one that was not gives, and the same bits for any number of threads.
#[test]
fn packed_weights_give_the_same_results() {
    let mut random = Random(11);
    for (m, n, k) in [(1, 40, 9), (5, 1, 3), (5, 33, 31), (49, 257, 513), (200, 31, 1100), (257, 600, 40), (31, 513, 257)] {
        let s = Sizes { m, n, k };
        let (a, b, bias) = (random.floats(m * k), random.floats(k * n), random.floats(n));
        let turned: Vec<f64> = (0..k * n).map(|i| b[i % k * n + i / k]).collect();
        for b in [Mat::dense(&b, n), Mat::transposed(&turned, k)] {
            let epilogue = Epilogue { bias: Some(&bias), relu: true, ..Epilogue::default() };
            let packed = pack(k, n, b).unwrap();
            let run = |packed| {
                let mut c = vec![f64::NAN; m * n];
                gemm(s, Mat::dense(&a, k), b, MatMut::dense(&mut c, n), &Options { epilogue, packed, ..Options::default() }).unwrap();
                c
            };
            let want = run(None);
            set_threads(1);
            let alone = run(Some(&packed));
            for threads in [2, 8] {
                set_threads(threads);
                assert!(run(Some(&packed)) == alone, "{s:?} {threads}");
            }
            set_threads(0);
            assert!(alone.iter().zip(&want).all(|(x, y)| (x - y).abs() < 1e-12), "{s:?}");
            // One of other sizes is left alone.
            let other = pack(1, 1, Mat::dense(&[1.0], 1)).unwrap();
            assert!(run(Some(&other)) == want, "{s:?}");
        }
    }
    assert!(pack(2, 3, Mat::dense(&[1.0f32; 5], 3)).is_none());
    assert!(pack(0, 3, Mat::dense(&[0f32; 0], 3)).is_none());
    assert!(pack(1, 1, Mat::dense(&[1i32], 1)).is_none());
}
