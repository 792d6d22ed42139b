//! Tensors of any dtype made from and read as f64, and comparisons of them.
use ferroflow_tensor::{BF16, C64, C128, DType, F16, Shape, Tensor};

/// A tensor of these numbers; integers wrap as `as` has it.
pub fn from_f64(dtype: DType, dims: &[usize], v: &[f64]) -> Tensor {
    macro_rules! of {
        ($f:expr) => {
            Tensor::from_slice(&v.iter().map($f).collect::<Vec<_>>(), dims).unwrap()
        };
    }
    match dtype {
        DType::Float => of!(|x| *x as f32),
        DType::Double => of!(|x| *x),
        DType::Half => of!(|x| F16::from_f64(*x)),
        DType::BFloat16 => of!(|x| BF16::from_f64(*x)),
        DType::Int8 => of!(|x| *x as i8),
        DType::Int16 => of!(|x| *x as i16),
        DType::Int32 => of!(|x| *x as i32),
        DType::Int64 => of!(|x| *x as i64),
        DType::UInt8 => of!(|x| *x as u8),
        DType::UInt16 => of!(|x| *x as u16),
        DType::UInt32 => of!(|x| *x as u32),
        DType::UInt64 => of!(|x| *x as u64),
        DType::Bool => of!(|x| *x as i64 & 1 == 1),
        other => panic!("no numbers of {other}"),
    }
}

/// A complex128 number.
pub fn complex(re: f64, im: f64) -> Tensor {
    Tensor::from_slice(&[C128::new(re, im)], [1]).unwrap()
}

/// Numbers spread over a domain, from a seed.
fn spread(n: usize, (lo, hi): (f64, f64), seed: u64) -> Vec<f64> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / (1u64 << 31) as f64
    };
    (0..n).map(|_| lo + (hi - lo) * next()).collect()
}

/// A tensor of numbers spread over a domain.
pub fn tensor(dtype: DType, dims: &[usize], domain: (f64, f64), seed: u64) -> Tensor {
    let n = dims.iter().product();
    let v = spread(n, domain, seed);
    if !dtype.is_complex() {
        return from_f64(dtype, dims, &v);
    }
    let im = spread(n, domain, seed + 1000);
    let z: Vec<C128> = v.into_iter().zip(im).map(|(re, im)| C128::new(re, im)).collect();
    from_complex(dtype, dims, &z)
}

fn from_complex(dtype: DType, dims: &[usize], z: &[C128]) -> Tensor {
    match dtype {
        DType::Complex64 => Tensor::from_slice(&z.iter().map(|z| C64::new(z.re as f32, z.im as f32)).collect::<Vec<_>>(), dims).unwrap(),
        _ => Tensor::from_slice(z, dims).unwrap(),
    }
}

/// The numbers rounded to integers.
pub fn rounded(t: &Tensor) -> Tensor {
    let dims = t.shape().dims();
    if t.dtype().is_complex() {
        let z: Vec<C128> = read_complex(t).into_iter().map(|z| C128::new(z.re.round(), z.im.round())).collect();
        return from_complex(t.dtype(), dims, &z);
    }
    from_f64(t.dtype(), dims, &read(t).into_iter().map(f64::round).collect::<Vec<_>>())
}

/// The elements as f64.
pub fn read(t: &Tensor) -> Vec<f64> {
    macro_rules! of {
        ($T:ty, $f:expr) => {
            t.slice::<$T>().unwrap().iter().map($f).collect()
        };
    }
    match t.dtype() {
        DType::Float => of!(f32, |x| f64::from(*x)),
        DType::Double => of!(f64, |x| *x),
        DType::Half => of!(F16, |x| x.to_f64()),
        DType::BFloat16 => of!(BF16, |x| x.to_f64()),
        DType::Bool => of!(bool, |x| f64::from(u8::from(*x))),
        DType::UInt64 => of!(u64, |x| *x as f64),
        _ => t.to_i64().unwrap().into_iter().map(|x| x as f64).collect(),
    }
}

/// The elements as complex numbers.
pub fn read_complex(t: &Tensor) -> Vec<C128> {
    match t.dtype() {
        DType::Complex64 => t.slice::<C64>().unwrap().iter().map(|z| C128::new(z.re.into(), z.im.into())).collect(),
        _ => t.slice::<C128>().unwrap().to_vec(),
    }
}

/// The broadcast shape of two operands, and their pairs of elements in its order.
pub fn broadcast<T: Copy>(x: &Tensor, y: &Tensor, read: fn(&Tensor) -> Vec<T>) -> (Shape, Vec<(T, T)>) {
    let (a, b) = (x.shape().dims(), y.shape().dims());
    let rank = a.len().max(b.len());
    let size = |dims: &[usize], axis: usize| if axis + dims.len() >= rank { dims[axis + dims.len() - rank] } else { 1 };
    let dims: Vec<usize> = (0..rank).map(|i| if size(a, i) == 1 { size(b, i) } else { size(a, i) }).collect();
    let at = |own: &[usize], index: &[usize]| (0..rank).fold(0, |at, i| at * size(own, i) + if size(own, i) == 1 { 0 } else { index[i] });
    let (x, y) = (read(x), read(y));
    let mut pairs = vec![];
    for flat in 0..dims.iter().product() {
        let mut index = vec![0; rank];
        let mut rest: usize = flat;
        for i in (0..rank).rev() {
            index[i] = rest % dims[i];
            rest /= dims[i];
        }
        pairs.push((x[at(a, &index)], y[at(b, &index)]));
    }
    (Shape::new(&dims), pairs)
}

/// The part of an operand of an op whose result has `shape` that its last row is computed from.
pub fn last_row(t: &Tensor, shape: &Shape) -> Tensor {
    let whole = t.shape().rank() == shape.rank() && t.shape().rank() > 0;
    if whole { t.rows(t.shape().dims()[0] - 1, 1).unwrap() } else { t.clone() }
}

/// Relative error that a dtype may have after a function of moderate accuracy.
fn tolerance(dtype: DType) -> f64 {
    match dtype {
        DType::Double | DType::Complex128 => 1e-13,
        DType::Float | DType::Complex64 => 1e-6,
        DType::Half => 1e-3,
        DType::BFloat16 => 8e-3,
        _ => 0.0,
    }
}

fn close(a: f64, b: f64, dtype: DType) -> bool {
    a == b || a.is_nan() && b.is_nan() || (a - b).abs() <= tolerance(dtype) * b.abs().max(1e-4)
}

/// Asserts that the elements are the expected numbers, up to the rounding of the dtype.
pub fn assert_close(t: &Tensor, expected: &[f64], what: &str) {
    let got = read(t);
    assert_eq!(got.len(), expected.len(), "{what}");
    for (i, (a, b)) in got.iter().zip(expected).enumerate() {
        assert!(close(*a, *b, t.dtype()), "{what}: element {i} is {a}, expected {b}");
    }
}

/// Asserts that the elements are the expected complex numbers, up to the rounding of the dtype.
pub fn assert_close_complex(t: &Tensor, expected: &[C128], what: &str) {
    let got = read_complex(t);
    assert_eq!(got.len(), expected.len(), "{what}");
    for (i, (a, b)) in got.iter().zip(expected).enumerate() {
        let size = b.re.abs().max(b.im.abs());
        let near = |a: f64, b: f64| close(a, b, t.dtype()) || (a - b).abs() <= tolerance(t.dtype()) * size;
        assert!(near(a.re, b.re) && near(a.im, b.im), "{what}: element {i} is {a:?}, expected {b:?}");
    }
}
