//! Kernels of TopKV2 and InTopKV2.
use crate::frames::sort::{self, is_vectorised, sort_long};
use crate::kernels::copy::fill_parallel;
use crate::kernels::dispatch::{INDICES, REALS, Real};
use crate::{dispatch, dispatch_index, dispatch_real, simd};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{BF16, DType, Element, F16, Result, Tensor, bail};

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    Kernel {
        op: "TopKV2",
        types: &[("T", REALS), ("index_type", &[DType::Int16, DType::Int32, DType::Int64])],
        outputs: Outputs::Kernel,
        prepare,
    },
    Kernel {
        op: "InTopKV2",
        types: &[("T", INDICES)],
        outputs: Outputs::Runtime,
        prepare: |p| dispatch_index!(p.dtype(1), I => Ok(Prepared::new(in_top_k::<I>, 60.0 + p.shape(0).count() as f32))),
    },
];

fn prepare(p: &Prep) -> Result<Prepared> {
    let cost = 100.0 + 1.0 * p.shape(0).count() as f32;
    let index = p.outputs[1].0;
    dispatch_real!(p.dtype(0), T => Ok(Prepared::with(top_k::<T>, cost, index)))
}

/// A number whose rank is that of an unsigned integer: the larger the number the lower, NaN last, zeros of both signs alike.
trait Ranked: Real {
    /// Bits of a rank.
    const BITS: u32;
    /// The rank.
    fn rank(self) -> u64;
}
macro_rules! ranked {
    ($($t:ty: $bits:literal |$x:ident| $rank:expr),* $(,)?) => { $(
        impl Ranked for $t {
            const BITS: u32 = $bits;
            #[inline(always)]
            fn rank(self) -> u64 {
                let $x = self;
                $rank
            }
        }
    )* };
}
ranked! {
    f32: 32 |x| u64::from(rank_of_float(x)),
    F16: 32 |x| u64::from(rank_of_float(x.to_f32())),
    BF16: 32 |x| u64::from(rank_of_float(x.to_f32())),
    f64: 64 |x| rank_of_double(x),
    i8: 32 |x| rank_of_int(i64::from(x)), i16: 32 |x| rank_of_int(i64::from(x)), i32: 32 |x| rank_of_int(i64::from(x)),
    u8: 32 |x| u64::from(!u32::from(x)), u16: 32 |x| u64::from(!u32::from(x)), u32: 32 |x| u64::from(!x),
    i64: 64 |x| !(x as u64 ^ 1 << 63),
    u64: 64 |x| !x,
}

#[inline(always)]
fn rank_of_int(x: i64) -> u64 {
    u64::from(!(x as u32 ^ 1 << 31))
}
/// The bits of a number of either sign in the order of the numbers, turned round.
#[inline(always)]
fn rank_of_float(x: f32) -> u32 {
    let bits = (x + 0.0).to_bits();
    let ascending = if bits >> 31 == 1 { !bits } else { bits | 1 << 31 };
    if x.is_nan() { u32::MAX } else { !ascending }
}
#[inline(always)]
fn rank_of_double(x: f64) -> u64 {
    let bits = (x + 0.0).to_bits();
    let ascending = if bits >> 63 == 1 { !bits } else { bits | 1 << 63 };
    if x.is_nan() { u64::MAX } else { !ascending }
}

/// Elements that are looked at together.
const LOOK: usize = 64;

/// The ranks of a row with 32-bit ranks: all with their positions, or the least of each [`LOOK`].
enum Ranks<'a, T> {
    Keys(&'a [T], &'a mut [u64]),
    Least(&'a [T], &'a mut [u32]),
}
impl<T: Ranked> simd::Kernel for Ranks<'_, T> {
    type Output = ();
    #[inline(always)]
    fn run<I: simd::Isa>(self) {
        match self {
            Ranks::Keys(row, keys) => {
                let n = row.len().min(keys.len());
                let (row, keys) = (&row[..n], &mut keys[..n]);
                let mut i = 0;
                while i < n {
                    keys[i] = row[i].rank() << 32 | i as u64;
                    i += 1;
                }
            }
            Ranks::Least(row, least) => {
                let mut group = 0;
                while group < least.len() {
                    let part = &row[group * LOOK..(group + 1) * LOOK];
                    let (mut lowest, mut i) = (u32::MAX, 0);
                    while i < LOOK {
                        let rank = part[i].rank() as u32;
                        lowest = if rank < lowest { rank } else { lowest };
                        i += 1;
                    }
                    least[group] = lowest;
                    group += 1;
                }
            }
        }
    }
}

/// Writes the positions of the first elements in order, as many as there are places, into the low 32 bits; `wide` ranks use all.
fn first<T: Ranked>(row: &[T], places: &mut [u64], wide: bool) {
    let (n, k) = (row.len(), places.len());
    if wide && k == n && n >= MANY && u32::try_from(n).is_ok() {
        // By the lower halves of the ranks, then by the upper ones, which leaves equals as they are.
        places.iter_mut().zip(row).enumerate().for_each(|(i, (place, x))| *place = x.rank() << 32 | i as u64);
        by_digits(places);
        places.iter_mut().for_each(|place| *place = row[*place as u32 as usize].rank() >> 32 << 32 | u64::from(*place as u32));
        by_digits(places);
        places.iter_mut().for_each(|place| *place = u64::from(*place as u32));
        return;
    }
    if wide {
        let mut all: Vec<(u64, usize)> = row.iter().enumerate().map(|(i, x)| (x.rank(), i)).collect();
        if k < n {
            all.select_nth_unstable(k - 1);
            all.truncate(k);
        }
        all.sort_unstable();
        places.iter_mut().zip(all).for_each(|(place, (_, i))| *place = i as u64);
        return;
    }
    if k == n {
        simd::run(Ranks::Keys(row, places));
        return sort(places);
    }
    let mut best: Vec<u64>;
    if k < n / 8 {
        // Most are not among the first of those that came before: their groups are passed over.
        let mut least = vec![0u32; n / LOOK];
        simd::run(Ranks::Least(row, &mut least));
        let (most, mut limit) = (2 * k + LOOK, u64::MAX);
        best = Vec::with_capacity(most);
        for (group, row) in row.chunks(LOOK).enumerate() {
            if least.get(group).is_some_and(|lowest| u64::from(*lowest) > limit >> 32) {
                continue;
            }
            for (i, x) in row.iter().enumerate() {
                let key = x.rank() << 32 | (group * LOOK + i) as u64;
                if key < limit {
                    best.push(key);
                    if best.len() == most {
                        limit = *best.select_nth_unstable(k - 1).1;
                        best.truncate(k);
                    }
                }
            }
        }
    } else {
        best = vec![0; n];
        simd::run(Ranks::Keys(row, &mut best));
    }
    if k < best.len() {
        best.select_nth_unstable(k - 1);
        best.truncate(k);
    }
    sort(&mut best);
    places.copy_from_slice(&best);
}

/// Numbers of a list that is sorted by digits, at least.
const MANY: usize = 2048;

/// Sorts numbers whose low 32 bits say where they stood: long lists by digits, which keep their order, if there are no
/// vectorised loops.
fn sort(keys: &mut [u64]) {
    if keys.len() < MANY || is_vectorised() || !keys.is_sorted_by_key(|key| *key as u32) {
        return sort::sort(keys);
    }
    by_digits(keys);
}

/// Bits of a digit: with more, the places that are written in turn are too many for the first cache and the table of pages.
const BITS: usize = 8;
const DIGITS: usize = 1 << BITS;

/// Sorts at most `u32::MAX` numbers by their upper 32 bits, from the last digit to the first; equals keep their order.
fn by_digits(keys: &mut [u64]) {
    let mut memory = Tensor::recycled(DType::UInt64, [keys.len()]).ok();
    let Some(other) = memory.as_mut().and_then(|t| t.slice_mut::<u64>().ok()) else {
        return keys.sort_by_key(|key| *key >> 32);
    };
    let mut starts = [[0u32; DIGITS]; 32 / BITS];
    for key in keys.iter() {
        for (pass, counts) in starts.iter_mut().enumerate() {
            counts[(*key >> (32 + BITS * pass)) as usize % DIGITS] += 1;
        }
    }
    let (mut from, mut to, mut moves) = (keys, other, 0);
    for (pass, starts) in starts.iter_mut().enumerate() {
        // A digit that all have in common.
        if starts.contains(&(from.len() as u32)) {
            continue;
        }
        let mut sum = 0;
        for start in starts.iter_mut() {
            (*start, sum) = (sum, sum + *start);
        }
        move_by_digit(from, to, starts, 32 + BITS * pass);
        std::mem::swap(&mut from, &mut to);
        moves += 1;
    }
    if moves % 2 == 1 {
        to.copy_from_slice(from);
    }
}

/// Moves each number to where the next one of its digit goes.
fn move_by_digit(from: &[u64], to: &mut [u64], starts: &mut [u32; DIGITS], shift: usize) {
    for key in from {
        let at = &mut starts[(*key >> shift) as usize % DIGITS];
        if let Some(place) = to.get_mut(*at as usize) {
            *place = *key;
        }
        *at += 1;
    }
}

/// From this length on several threads sort a row.
const LONG: usize = 1 << 16;

fn top_k<T: Ranked>(p: &Prepared, call: &mut Call) -> Result<()> {
    let (x, device) = (call.slice::<T>(0)?, call.run.device);
    let k = call.input(1).to_i64()?.first().map_or(0, |k| *k as usize);
    let mut shape = call.input(0).shape().clone();
    let last = shape.rank() - 1;
    let n = shape[last];
    shape.dims_mut()[last] = k;
    // The low bits of a number are a position.
    let mut memory = device.allocate(DType::UInt64, &shape)?;
    let places = memory.slice_mut::<u64>()?;
    places.fill(0);
    let wide = T::BITS > 32 || n > u32::MAX as usize;
    if k == n && n >= LONG && !wide && is_vectorised() {
        for (row, places) in x.chunks_exact(n).zip(places.chunks_exact_mut(n)) {
            fill_parallel(device, places, 1 << 14, 0.5, &|start, part| {
                simd::run(Ranks::Keys(&row[start..], part));
                part.iter_mut().for_each(|key| *key += start as u64);
            });
            sort_long(device, places);
        }
    } else if k > 0 {
        let rows_at_once = (1usize << 13).div_ceil(n.max(1));
        let each = if k == n { 6.0 } else { 1.0 };
        fill_parallel(device, places, rows_at_once * k, each * n as f32 / k as f32, &|start, part| {
            for (r, out) in part.chunks_exact_mut(k).enumerate() {
                first(&x[(start / k + r) * n..][..n], out, wide);
            }
        });
    }
    let place = |key: u64| if wide { key as usize } else { key as u32 as usize };
    let mut values = device.allocate(T::DTYPE, &shape)?;
    fill_parallel(device, values.slice_mut::<T>()?, 1 << 13, 1.0, &|start, part| {
        // Where rows begin and end is found once for each.
        let (mut at, end) = (start, start + part.len());
        while at < end {
            let stop = end.min((at / k + 1) * k);
            let row = &x[at / k * n..][..n];
            part[at - start..stop - start].iter_mut().zip(&places[at..stop]).for_each(|(value, key)| *value = row[place(*key)]);
            at = stop;
        }
    });
    call.set(0, values);
    let indices = dispatch!(*p.plan::<DType>()?, I => {
        let far = |n: &usize| I::try_from(*n).is_err();
        if far(&n) && let Some(far) = places.iter().map(|key| place(*key)).find(far) {
            bail!(InvalidArgument, "position {far} does not fit into {}", I::DTYPE);
        }
        let mut indices = device.allocate(I::DTYPE, &shape)?;
        fill_parallel(device, indices.slice_mut::<I>()?, 1 << 14, 0.5, &|start, part| {
            part.iter_mut().zip(&places[start..]).for_each(|(index, key)| *index = place(*key) as I);
        });
        Ok::<Tensor, ferroflow_tensor::Error>(indices)
    }, Int16: i16, Int32: i32, Int64: i64)?;
    call.set(1, indices);
    Ok(())
}

fn in_top_k<I: Real>(_: &Prepared, call: &mut Call) -> Result<()> {
    let (predictions, targets) = (call.slice::<f32>(0)?, call.slice::<I>(1)?);
    let k = call.input(2).to_i64()?.first().copied().unwrap_or(0);
    let classes = call.input(0).shape()[1];
    for (i, o) in call.out::<bool>(0)?.iter_mut().enumerate() {
        let row = &predictions[i * classes..][..classes];
        let target = targets[i].to_f64();
        let known = target >= 0.0 && target < classes as f64 && row.iter().all(|p| p.is_finite());
        *o = known && (row.iter().filter(|p| **p > row[target as usize]).count() as i64) < k;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::call::run;
    use ferroflow_tensor::{Result, Tensor};

    fn top(x: &[f32], k: i32) -> Result<(Vec<f32>, Vec<i32>)> {
        let r = run("TopKV2", &[Tensor::from_slice(x, [x.len()])?, Tensor::scalar(k)], &[])?;
        Ok((r[0].slice::<f32>()?.to_vec(), r[1].slice::<i32>()?.to_vec()))
    }

    #[test]
    fn the_largest_come_in_order() {
        assert_eq!(top(&[1., 2., 2., 1., 2.], 4).expect("runs"), (vec![2., 2., 2., 1.], vec![1, 2, 4, 0]));
        assert_eq!(top(&[f32::NAN, 1., 2.], 1).expect("runs"), (vec![2.], vec![2]));
        assert_eq!(top(&[1., 5., 2.], 0).expect("runs"), (vec![], vec![]));
        assert_eq!(top(&[1., 2.], 3).expect_err("too many").message(), "input must have at least k columns. Had 2, needed 3");
        assert_eq!(top(&[1., 2.], -1).expect_err("negative").message(), "Need k >= 0, got -1");
    }

    #[test]
    fn long_rows_are_in_the_order_of_a_stable_sort() {
        for n in [4095usize, 4097, 20_000] {
            let x: Vec<f32> = (0..n)
                .map(|i| match i * 7919 % 101 {
                    0 => f32::NAN,
                    1 => -0.0,
                    2 => 0.0,
                    3 => f32::NEG_INFINITY,
                    4 => -f32::NAN,
                    v => (v as f32 - 50.0) * 1.5,
                })
                .collect();
            let mut want: Vec<i32> = (0..n as i32).collect();
            want.sort_by(|i, j| {
                let (x, y) = (x[*i as usize], x[*j as usize]);
                x.is_nan().cmp(&y.is_nan()).then(y.partial_cmp(&x).unwrap_or(std::cmp::Ordering::Equal))
            });
            for k in [1, 10, n / 8, n / 2, n] {
                assert_eq!(top(&x, k as i32).expect("runs").1, want[..k], "{k} of {n}");
            }
            let wide: Vec<f64> = x.iter().map(|x| f64::from(*x)).collect();
            let r = run("TopKV2", &[Tensor::from_slice(&wide, [n]).expect("fits"), Tensor::scalar(n as i32)], &[]).expect("runs");
            assert_eq!(r[1].slice::<i32>().expect("i32"), want);
        }
        let x = [i32::MIN, 5, i32::MAX, -1, 0, 5];
        let r = run("TopKV2", &[Tensor::from_slice(&x, [6]).expect("fits"), Tensor::scalar(6)], &[]).expect("runs");
        assert_eq!(r[1].slice::<i32>().expect("i32"), [2, 1, 5, 4, 3, 0]);
    }

    #[test]
    fn targets_among_the_largest() {
        let rows = [1., 2., 3., 3., f32::NAN, 1., 2., 3., f32::NEG_INFINITY, 1., 2., 3.];
        let predictions = Tensor::from_slice(&rows, [3, 4]).expect("fits");
        let go = |targets: [i32; 3], k: i32| {
            let r = run("InTopKV2", &[predictions.clone(), Tensor::from_slice(&targets, [3]).expect("fits"), Tensor::scalar(k)], &[]);
            r.expect("runs")[0].slice::<bool>().expect("bool").to_vec()
        };
        assert_eq!(go([2, 1, 3], 1), [true, false, false]);
        assert_eq!(go([1, 1, 3], 2), [false, false, false]);
        assert_eq!(go([-1, 4, 9], 9), [false, false, false]);
    }
}
