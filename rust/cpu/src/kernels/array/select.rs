//! Ops whose results depend on the values: positions and distinct elements.
use super::{BOOL, PLAIN, STRING, join, moving_cost, sets};
use crate::kernels::dispatch::{Number, REALS};
use crate::{dispatch_index, dispatch_number, dispatch_real};
use ferroflow_ops::{Call, Kernel, Prepared};
use ferroflow_tensor::{DType, Element, Result, Str, Tensor};
use std::collections::HashMap;
use std::hash::Hash;

const COMPARED: &[DType] = &join::<13>(&[REALS, STRING]);
const DISTINCT: &[DType] = &join::<14>(&[COMPARED, BOOL]);

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    sets("Where", &[("T", PLAIN)], |p| Ok(Prepared::new(where_, 4.0 * moving_cost(p)))),
    sets("Unique", &[("T", DISTINCT)], |p| Ok(Prepared::with(unique, 40.0 * moving_cost(p), p.attrs.dtype("out_idx")?))),
    sets("UniqueWithCounts", &[("T", DISTINCT)], |p| Ok(Prepared::with(unique, 40.0 * moving_cost(p), p.attrs.dtype("out_idx")?))),
    sets("ListDiff", &[("T", COMPARED)], |p| Ok(Prepared::with(list_diff, 40.0 * moving_cost(p), p.attrs.dtype("out_idx")?))),
];

fn where_(_: &Prepared, call: &mut Call) -> Result<()> {
    let x = call.input(0);
    let found: Vec<usize> = match x.dtype() {
        DType::Bool => positions(x.slice::<bool>()?, |b| b),
        d => dispatch_number!(d, T => Ok(positions(x.slice::<T>()?, |v| v != T::ZERO)))?,
    };
    let shape = x.shape();
    let rank = shape.rank();
    let mut out = Tensor::recycled(DType::Int64, [found.len(), rank])?;
    if rank > 0 {
        for (row, flat) in out.slice_mut::<i64>()?.chunks_exact_mut(rank).zip(found) {
            let mut rest = flat;
            for (to, d) in row.iter_mut().zip(shape.iter()).rev() {
                *to = (rest % d) as i64;
                rest /= d;
            }
        }
    }
    call.set(0, out);
    Ok(())
}

fn positions<T: Copy>(v: &[T], is: impl Fn(T) -> bool) -> Vec<usize> {
    v.iter().enumerate().filter(|(_, x)| is(**x)).map(|(i, _)| i).collect()
}

/// Elements by which they are told apart: equal ones have equal keys, NaN has none and equals nothing.
trait Key: Element {
    fn key(self) -> Option<u64>;
}
macro_rules! keys { ($($t:ty: $key:expr),*) => { $( impl Key for $t {
    #[inline(always)]
    fn key(self) -> Option<u64> {
        let f: fn($t) -> Option<u64> = $key;
        f(self)
    }
} )* } }
fn float_key(x: f64) -> Option<u64> {
    // Adding zero makes -0 equal to 0.
    (!x.is_nan()).then(|| (x + 0.0).to_bits())
}
keys!(bool: |x| Some(u64::from(x)), i8: |x| Some(x as u64), i16: |x| Some(x as u64), i32: |x| Some(x as u64), i64: |x| Some(x as u64),
    u8: |x| Some(u64::from(x)), u16: |x| Some(u64::from(x)), u32: |x| Some(u64::from(x)), u64: Some,
    f32: |x| float_key(f64::from(x)), f64: float_key,
    ferroflow_tensor::F16: |x| float_key(f64::from(x)), ferroflow_tensor::BF16: |x| float_key(f64::from(x)));

/// What tells the elements of a vector apart.
enum Keys<'a> {
    Numbers(Vec<Option<u64>>),
    Strings(&'a [Str]),
}

fn keys(x: &Tensor) -> Result<Keys<'_>> {
    fn of<T: Key>(x: &Tensor) -> Result<Keys<'_>> {
        Ok(Keys::Numbers(x.slice::<T>()?.iter().map(|v| v.key()).collect()))
    }
    match x.dtype() {
        DType::String => Ok(Keys::Strings(x.strings()?)),
        DType::Bool => of::<bool>(x),
        d => dispatch_real!(d, T => of::<T>(x)),
    }
}

/// Position of the first of each distinct element, and for each element the number of its distinct one.
fn distinct<K: Hash + Eq>(keys: impl Iterator<Item = Option<K>>) -> (Vec<usize>, Vec<usize>) {
    let (mut first, mut number, mut seen) = (vec![], vec![], HashMap::new());
    for (i, key) in keys.enumerate() {
        let fresh = first.len();
        let id = match key {
            Some(k) => *seen.entry(k).or_insert(fresh),
            None => fresh,
        };
        if id == fresh {
            first.push(i);
        }
        number.push(id);
    }
    (first, number)
}

/// The elements of a vector at these positions.
fn take(x: &Tensor, at: &[usize]) -> Result<Tensor> {
    if x.dtype() == DType::String {
        let all = x.strings()?;
        return Tensor::from_strings(at.iter().map(|i| all[*i].clone()).collect(), [at.len()]);
    }
    let (all, size) = (x.bytes()?, x.dtype().size());
    let bytes: Vec<u8> = at.iter().flat_map(|i| &all[i * size..(i + 1) * size]).copied().collect();
    Tensor::from_bytes(x.dtype(), [at.len()], &bytes)
}

fn index_vector(dtype: DType, v: &[usize]) -> Result<Tensor> {
    dispatch_index!(dtype, T => Tensor::from_slice(&v.iter().map(|x| *x as T).collect::<Vec<_>>(), [v.len()]))
}

fn unique(p: &Prepared, call: &mut Call) -> Result<()> {
    let x = call.input(0);
    let (first, number) = match keys(x)? {
        Keys::Numbers(k) => distinct(k.into_iter()),
        Keys::Strings(s) => distinct(s.iter().map(Some)),
    };
    let index = *p.plan::<DType>()?;
    call.set(0, take(x, &first)?);
    call.set(1, index_vector(index, &number)?);
    if call.outs.len() == 3 {
        let mut counts = vec![0; first.len()];
        number.iter().for_each(|n| counts[*n] += 1);
        call.set(2, index_vector(index, &counts)?);
    }
    Ok(())
}

fn list_diff(p: &Prepared, call: &mut Call) -> Result<()> {
    let (x, y) = (call.input(0), call.input(1));
    let kept: Vec<usize> = match (keys(x)?, keys(y)?) {
        (Keys::Numbers(a), Keys::Numbers(b)) => {
            let gone: std::collections::HashSet<u64> = b.into_iter().flatten().collect();
            positions(&a, |k| k.is_none_or(|k| !gone.contains(&k)))
        }
        (Keys::Strings(a), Keys::Strings(b)) => {
            let gone: std::collections::HashSet<&Str> = b.iter().collect();
            (0..a.len()).filter(|i| !gone.contains(&a[*i])).collect()
        }
        _ => ferroflow_tensor::bail!(Internal, "operands of two dtypes"),
    };
    call.set(0, take(x, &kept)?);
    call.set(1, index_vector(*p.plan::<DType>()?, &kept)?);
    Ok(())
}
