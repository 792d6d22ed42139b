//! Transpositions, gathers and scatters of elements of every width against plain loops, small and past the caches.
#![allow(missing_docs)]
use ferroflow_cpu::call::run;
use ferroflow_cpu::pool::set_threads;
use ferroflow_tensor::{DType, Shape, Tensor};

/// One dtype for each width.
const DTYPES: [DType; 5] = [DType::UInt8, DType::UInt16, DType::Float, DType::Int64, DType::Complex128];

fn ints(values: &[i32]) -> Tensor {
    Tensor::from_slice(values, [values.len()]).unwrap()
}
/// Numbers whose bytes tell where they are.
fn numbers(dtype: DType, dims: &[usize]) -> Tensor {
    let shape = Shape::new(dims);
    let count = shape.count();
    let mut t = Tensor::recycled(dtype, shape).unwrap();
    let size = dtype.size();
    let bytes = t.bytes_mut().unwrap();
    for i in 0..count {
        for b in 0..size {
            bytes[i * size + b] = ((i.wrapping_mul(2_654_435_761) >> (8 * (b % 4))) ^ (b * 37)) as u8;
        }
    }
    t
}

/// The transposed bytes by one loop over all elements.
fn transposed(x: &Tensor, perm: &[usize]) -> Vec<u8> {
    let (dims, size, from) = (x.shape(), x.dtype().size(), x.bytes().unwrap());
    let mut strides = vec![1; dims.rank()];
    for i in (1..dims.rank()).rev() {
        strides[i - 1] = strides[i] * dims[i];
    }
    let out: Vec<usize> = perm.iter().map(|p| dims[*p]).collect();
    let mut to = Vec::with_capacity(from.len());
    let mut index = vec![0; out.len()];
    for _ in 0..dims.count() {
        let at: usize = index.iter().zip(perm).map(|(i, p)| i * strides[*p]).sum();
        to.extend_from_slice(&from[at * size..][..size]);
        for (i, n) in index.iter_mut().zip(&out).rev() {
            *i += 1;
            if *i < *n {
                break;
            }
            *i = 0;
        }
    }
    to
}

fn check(dtype: DType, dims: &[usize], perm: &[usize]) {
    let x = numbers(dtype, dims);
    let want = transposed(&x, perm);
    let order = ints(&perm.iter().map(|p| *p as i32).collect::<Vec<_>>());
    for threads in [1, 2, 8] {
        set_threads(threads);
        let got = run("Transpose", &[x.clone(), order.clone()], &[]).unwrap();
        assert!(got[0].bytes().unwrap() == want, "{dtype} {dims:?} {perm:?} {threads}");
    }
    set_threads(0);
}

#[test]
fn matrices_of_odd_sizes_are_transposed() {
    for dtype in DTYPES {
        for rows in [1usize, 3, 4, 15, 31, 64, 257, 513] {
            for columns in [0usize, 1, 3, 8, 31, 256, 257, 513] {
                check(dtype, &[rows, columns], &[1, 0]);
            }
        }
    }
}

#[test]
fn axes_of_all_ranks_change_places() {
    for dtype in DTYPES {
        for perm in [[0, 2, 1], [2, 1, 0], [1, 0, 2], [2, 0, 1], [1, 2, 0]] {
            check(dtype, &[5, 33, 17], &perm);
            check(dtype, &[33, 1, 65], &perm);
        }
        for perm in [[0, 3, 1, 2], [0, 2, 3, 1], [0, 2, 1, 3], [3, 2, 1, 0], [2, 3, 0, 1], [1, 3, 0, 2]] {
            check(dtype, &[3, 7, 9, 16], &perm);
            check(dtype, &[2, 64, 6, 3], &perm);
        }
        check(dtype, &[2, 3, 1, 2, 3, 2, 1, 5], &[7, 0, 6, 1, 5, 2, 4, 3]);
    }
}

#[test]
fn large_results_go_past_the_caches_whole() {
    check(DType::Float, &[3001, 3003], &[1, 0]);
    check(DType::Float, &[33, 600, 16, 31], &[0, 2, 1, 3]);
    check(DType::UInt16, &[5, 65_001, 63], &[0, 2, 1]);
    let x = numbers(DType::Float, &[300_000, 31]);
    let places: Vec<i32> = (0..300_000).map(|i| (i as i64 * 7919 % 300_000) as i32).collect();
    let got = run("GatherV2", &[x.clone(), ints(&places), Tensor::scalar(0i32)], &[]).unwrap();
    let from = x.bytes().unwrap();
    let want: Vec<u8> = places.iter().flat_map(|p| &from[*p as usize * 124..][..124]).copied().collect();
    assert!(got[0].bytes().unwrap() == want);
}

#[test]
fn updates_are_added_in_their_order_for_any_number_of_threads() {
    for (rows, width, updates) in [(1usize, 1usize, 5usize), (7, 3, 100), (3001, 31, 9000), (100, 257, 1000), (4, 4, 0)] {
        let at: Vec<i32> = (0..updates).map(|i| (i * i * 31 % rows) as i32).collect();
        let values: Vec<f32> = (0..updates * width).map(|i| (i as f32 * 0.37).sin() * 1e3).collect();
        let mut want = vec![0f32; rows * width];
        for (i, to) in at.iter().enumerate() {
            for k in 0..width {
                want[*to as usize * width + k] += values[i * width + k];
            }
        }
        let values = Tensor::from_slice(&values, [updates, width]).unwrap();
        let places = ints(&at);
        let column = places.reshape(Shape::new(&[updates, 1])).unwrap();
        for threads in [1, 2, 8] {
            set_threads(threads);
            let scattered = run("ScatterNd", &[column.clone(), values.clone(), ints(&[rows as i32, width as i32])], &[]).unwrap();
            let summed = run("UnsortedSegmentSum", &[values.clone(), places.clone(), Tensor::scalar(rows as i32)], &[]).unwrap();
            for got in [scattered, summed] {
                assert!(got[0].slice::<f32>().unwrap() == want, "{rows} {width} {updates} {threads}");
            }
        }
        set_threads(0);
    }
}
