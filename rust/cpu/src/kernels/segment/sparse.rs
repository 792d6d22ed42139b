//! Kernels of reductions of segments of chosen rows, and of their gradients.
use super::Types;
use crate::kernels::dispatch::{INDICES, Number, REALS};
use crate::{dispatch_floating, dispatch_real};
use ferroflow_ops::ops::segment::sparse::{check_chosen, count_segments, spread_places};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{BF16, DType, F16, Result, Shape, Tensor, repeated};

const FLOATS: &[DType] = &[DType::BFloat16, DType::Half, DType::Float, DType::Double];
const SUMS: Types = &[("T", REALS), ("Tidx", INDICES), ("Tsegmentids", INDICES)];
const MEANS: Types = &[("T", FLOATS), ("Tidx", INDICES), ("Tsegmentids", INDICES)];
const SUMS_N: Types = &[("T", REALS), ("Tidx", INDICES), ("Tnumsegments", INDICES), ("Tsegmentids", INDICES)];
const MEANS_N: Types = &[("T", FLOATS), ("Tidx", INDICES), ("Tnumsegments", INDICES), ("Tsegmentids", INDICES)];

/// What the sum over `n` rows is divided by.
#[derive(Clone, Copy)]
enum Divisor {
    One,
    Count,
    Root,
}
impl Divisor {
    fn of(self, n: usize) -> f64 {
        match self {
            Divisor::One => 1.0,
            Divisor::Count => n as f64,
            Divisor::Root => (n as f64).sqrt(),
        }
    }
}

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    kernel("SparseSegmentSum", SUMS, |p| sums(p, Divisor::One)),
    kernel("SparseSegmentSumWithNumSegments", SUMS_N, |p| sums(p, Divisor::One)),
    kernel("SparseSegmentMean", MEANS, |p| sums(p, Divisor::Count)),
    kernel("SparseSegmentMeanWithNumSegments", MEANS_N, |p| sums(p, Divisor::Count)),
    kernel("SparseSegmentSqrtN", MEANS, |p| sums(p, Divisor::Root)),
    kernel("SparseSegmentSqrtNWithNumSegments", MEANS_N, |p| sums(p, Divisor::Root)),
    kernel("SparseSegmentSumGrad", MEANS, |p| grads(p, Divisor::One)),
    kernel("SparseSegmentMeanGrad", MEANS, |p| grads(p, Divisor::Count)),
    kernel("SparseSegmentSqrtNGrad", MEANS, |p| grads(p, Divisor::Root)),
    kernel("SparseSegmentSumGradV2", MEANS, |p| grads(p, Divisor::One)),
    kernel("SparseSegmentMeanGradV2", MEANS, |p| grads(p, Divisor::Count)),
    kernel("SparseSegmentSqrtNGradV2", MEANS, |p| grads(p, Divisor::Root)),
];

const fn kernel(op: &'static str, types: Types, prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types, outputs: Outputs::Kernel, prepare }
}

/// A number that is summed up in a wider one and divided at the end.
trait Term: Number {
    /// What sums are kept in.
    type Sum: Copy;
    const NOTHING: Self::Sum;
    fn added(sum: Self::Sum, x: Self) -> Self::Sum;
    fn over(sum: Self::Sum, divisor: f64) -> Self;
}
/// A number that is added in parts.
trait Part: Term {
    /// `sum + x / divisor`.
    fn added_part(sum: Self::Sum, x: Self, divisor: f64) -> Self::Sum;
}
macro_rules! terms {
    ($($t:ty: $sum:ty, $in:expr, $out:expr;)*) => { $(
        impl Term for $t {
            type Sum = $sum;
            const NOTHING: $sum = 0.0;
            #[inline(always)]
            fn added(sum: $sum, x: Self) -> $sum {
                sum + $in(x)
            }
            #[inline(always)]
            fn over(sum: $sum, divisor: f64) -> Self {
                $out((f64::from(sum) / divisor) as $sum)
            }
        }
        impl Part for $t {
            #[inline(always)]
            fn added_part(sum: $sum, x: Self, divisor: f64) -> $sum {
                sum + (f64::from($in(x)) / divisor) as $sum
            }
        }
    )* };
}
terms! {
    f32: f32, |x| x, |x| x;
    f64: f64, |x| x, |x| x;
    F16: f32, |x: F16| x.to_f32(), F16::from_f32;
    BF16: f32, |x: BF16| x.to_f32(), BF16::from_f32;
}
macro_rules! integer_terms {
    ($($t:ty)*) => { $(
        impl Term for $t {
            type Sum = $t;
            const NOTHING: $t = 0;
            #[inline(always)]
            fn added(sum: $t, x: $t) -> $t {
                sum.wrapping_add(x)
            }
            #[inline(always)]
            fn over(sum: $t, _: f64) -> $t {
                sum
            }
        }
    )* };
}
integer_terms!(i8 i16 i32 i64 u8 u16 u32 u64);

fn cost(p: &Prep) -> f32 {
    let row = p.shape(0).count().checked_div(p.shape(0).first().copied().unwrap_or(1)).unwrap_or(0);
    100.0 + (p.shape(1).count() * row) as f32
}

fn sums(p: &Prep, divisor: Divisor) -> Result<Prepared> {
    dispatch_real!(p.dtype(0), T => Ok(Prepared::with(|p, call| reduce::<T>(call, *p.plan()?), cost(p), divisor)))
}

fn grads(p: &Prep, divisor: Divisor) -> Result<Prepared> {
    dispatch_floating!(p.dtype(0), T => Ok(Prepared::with(|p, call| p.plan::<(Divisor, bool)>().and_then(|(d, chosen)| spread::<T>(call, *d, *chosen)), cost(p), (divisor, p.outputs.len() == 2))))
}

/// The shape of `n` rows like those of `t`, and the number of elements of one.
fn rows_of(t: &Tensor, n: usize) -> (Shape, usize) {
    let mut shape = t.shape().clone();
    let row = shape[1..].iter().product();
    shape.dims_mut()[0] = n;
    (shape, row)
}

fn reduce<T: Term>(call: &mut Call, divisor: Divisor) -> Result<()> {
    let (data, indices) = (call.slice::<T>(0)?, call.input(1).to_i64()?);
    let wanted = if call.n_inputs() < 4 { None } else { call.input(3).to_i64()?.first().copied() };
    let ids = call.input(2).to_i64()?;
    let segments = count_segments(wanted, &ids, call.input(0).shape())?;
    let height = call.input(0).shape()[0];
    let (shape, row) = rows_of(call.input(0), segments);
    let mut out = call.run.device.allocate(T::DTYPE, &shape)?;
    check_chosen(&indices, &ids, segments, height)?;
    let to: &mut [T] = out.slice_mut()?;
    to.fill(T::ZERO);
    // Of no rows none is summed up, however long they are.
    let mut sum = repeated(T::NOTHING, if height == 0 { 0 } else { row })?;
    let mut i = 0;
    while i < ids.len() {
        let id = ids[i];
        let n = ids[i..].iter().take_while(|x| **x == id).count();
        sum.fill(T::NOTHING);
        for index in indices.iter().skip(i).take(n) {
            for (s, x) in sum.iter_mut().zip(&data[*index as usize * row..][..row]) {
                *s = T::added(*s, *x);
            }
        }
        let d = divisor.of(n);
        for (y, s) in to[id as usize * row..][..row].iter_mut().zip(&sum) {
            *y = T::over(*s, d);
        }
        call.run.cancel.check()?;
        i += n;
    }
    call.set(0, out);
    Ok(())
}

/// The gradient for all rows, or only for those that are chosen, with their numbers as a second output.
fn spread<T: Part>(call: &mut Call, divisor: Divisor, chosen: bool) -> Result<()> {
    let (grad, segments) = (call.slice::<T>(0)?, call.input(0).shape()[0]);
    let height = call.input(3).to_i64()?.first().copied().unwrap_or(0);
    // Of no rows none is chosen.
    let vector = |i: usize| if height == 0 { Ok(vec![]) } else { call.input(i).to_i64() };
    let (indices, ids) = (vector(1)?, vector(2)?);
    let counts = spread_places(&indices, &ids, segments, height)?;
    let mut names = if chosen { indices.clone() } else { vec![] };
    names.sort_unstable();
    names.dedup();
    let (shape, row) = rows_of(call.input(0), if chosen { names.len() } else { height as usize });
    let mut out = call.run.device.allocate(T::DTYPE, &shape)?;
    let mut sums = repeated(T::NOTHING, shape.count())?;
    for (index, id) in indices.iter().zip(&ids) {
        let place = if chosen { names.partition_point(|n| n < index) } else { *index as usize };
        let d = divisor.of(counts[*id as usize]);
        for (s, x) in sums[place * row..][..row].iter_mut().zip(&grad[*id as usize * row..][..row]) {
            *s = T::added_part(*s, *x, d);
        }
    }
    for (y, s) in out.slice_mut::<T>()?.iter_mut().zip(&sums) {
        *y = T::over(*s, 1.0);
    }
    call.set(0, out);
    if chosen {
        let numbers = match call.input(1).dtype() {
            DType::Int64 => Tensor::from_slice(&names, [names.len()])?,
            _ => Tensor::from_slice(&names.iter().map(|n| *n as i32).collect::<Vec<_>>(), [names.len()])?,
        };
        call.set(1, numbers);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::call::run;
    use ferroflow_tensor::{Result, Tensor};

    fn ints(x: &[i32]) -> Tensor {
        Tensor::from_slice(x, [x.len()]).expect("fits")
    }
    fn reduce(op: &str, indices: &[i32], ids: &[i32], n: Option<i32>) -> Result<Vec<f32>> {
        let x = Tensor::from_slice(&[1f32, 2., 3., 4., 5., 6.], [3, 2])?;
        let mut operands = vec![x, ints(indices), ints(ids)];
        operands.extend(n.map(Tensor::scalar));
        Ok(run(op, &operands, &[])?[0].slice::<f32>()?.to_vec())
    }
    fn spread(op: &str, indices: &[i32], ids: &[i32], n: i32) -> Result<Vec<Tensor>> {
        run(op, &[Tensor::from_slice(&[1f32, 2., 3., 4.], [2, 2])?, ints(indices), ints(ids), Tensor::scalar(n)], &[])
    }

    #[test]
    fn chosen_rows_are_reduced() {
        assert_eq!(reduce("SparseSegmentSum", &[0, 2, 1], &[0, 0, 2], None).expect("runs"), [6., 8., 0., 0., 3., 4.]);
        assert_eq!(reduce("SparseSegmentMean", &[0, 2], &[0, 0], None).expect("runs"), [3., 4.]);
        let root = 2f64.sqrt();
        assert_eq!(reduce("SparseSegmentSqrtN", &[0, 2], &[0, 0], None).expect("runs"), [(6. / root) as f32, (8. / root) as f32]);
        assert_eq!(reduce("SparseSegmentSumWithNumSegments", &[1], &[0], Some(2)).expect("runs"), [3., 4., 0., 0.]);
        assert_eq!(reduce("SparseSegmentMeanWithNumSegments", &[], &[], Some(1)).expect("runs"), [0., 0.]);
    }

    #[test]
    fn faulty_segments_are_refused() {
        let message = |indices: &[i32], ids: &[i32], n: Option<i32>| {
            let op = if n.is_some() { "SparseSegmentSumWithNumSegments" } else { "SparseSegmentSum" };
            reduce(op, indices, ids, n).expect_err("faulty").message().to_string()
        };
        assert_eq!(message(&[0, 3], &[0, 0], None), "Bad: indices[1] == 3 out of range [0, 3)");
        assert_eq!(message(&[0, 1], &[1, 0], None), "segment ids are not increasing");
        assert_eq!(message(&[0, 1], &[-1, -1], None), "segment ids must be >= 0");
        let unsorted = "Segment id -1 out of range [0, 1), possibly because 'segment_ids' input is not sorted.";
        assert_eq!(message(&[0, 1], &[-1, 0], None), unsorted);
        assert_eq!(message(&[0, 1], &[0], None), "segment_ids and indices should have same size.");
        assert_eq!(message(&[0, 1], &[0, 1], Some(1)), "segment ids must be < num_segments");
        assert_eq!(message(&[0], &[0], Some(-1)), "segment ids must be >= 0");
    }

    #[test]
    fn gradients_go_to_the_rows_that_were_chosen() {
        let y = spread("SparseSegmentMeanGrad", &[2, 0, 2], &[0, 0, 1], 3).expect("runs");
        assert_eq!(y[0].slice::<f32>().expect("f32"), [0.5, 1., 0., 0., 3.5, 5.]);
        let y = spread("SparseSegmentMeanGrad", &[], &[], 2).expect("runs");
        assert_eq!(y[0].slice::<f32>().expect("f32"), [0.; 4]);
        let y = spread("SparseSegmentSumGradV2", &[5, 5, 2], &[0, 0, 1], 6).expect("runs");
        assert_eq!(y[0].slice::<f32>().expect("f32"), [3., 4., 2., 4.]);
        assert_eq!(y[1].slice::<i32>().expect("i32"), [2, 5]);
        let message =
            |indices: &[i32], ids: &[i32], n| spread("SparseSegmentSumGrad", indices, ids, n).expect_err("faulty").message().to_string();
        assert_eq!(message(&[5], &[0], 4), "Index 5 out of range [0, 4).");
        assert_eq!(message(&[0, 1], &[0, 2], 4), "Invalid number of segments");
        assert_eq!(message(&[0, 1], &[-1, 0], 4), "Segment id -1 out of range [0, 2).");
        assert_eq!(spread("SparseSegmentSumGrad", &[0], &[0], 0).expect("no rows")[0].shape().dims(), [0, 2]);
        assert_eq!(message(&[0], &[0], -1), "Expected a non-negative size, got -1");
    }
}
