//! Ragged tensors: ranges, gathered rows, and the places of their elements. What their kernels share.
pub mod dense;
pub mod variant;
use crate::kernels::array::{gather::checked_indices, join};
use crate::kernels::copy::{Item, MOVE_NS, Movement, fill_parallel, move_to_new};
use crate::kernels::dispatch::{INDICES, NUMBERS, Real};
use crate::{dispatch, dispatch_index};
use ferroflow_ops::{Call, Device, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor, bail, byte_len, error, reserved};

/// Dtypes of values.
pub(crate) const VALUES: &[DType] =
    &join::<21>(&[NUMBERS, &[DType::Bool, DType::String, DType::QInt8, DType::QUInt8, DType::QInt16, DType::QUInt16, DType::QInt32]]);
const NS: f32 = 500.0;

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    Kernel {
        op: "RaggedRange",
        types: &[("T", &[DType::Int32, DType::Int64, DType::Float, DType::Double])],
        outputs: Outputs::Kernel,
        prepare: |p| dispatch!(p.dtype(0), T => ready(p, range::<T>), Int32: i32, Int64: i64, Float: f32, Double: f64),
    },
    Kernel {
        op: "RaggedGather",
        types: &[("Tvalues", VALUES), ("Tindices", INDICES)],
        outputs: Outputs::Kernel,
        prepare: |p| ready(p, gather),
    },
    Kernel { op: "RaggedTensorToSparse", types: &[], outputs: Outputs::Kernel, prepare: |p| ready(p, to_sparse) },
];

fn ready(p: &Prep, run: fn(&Prepared, &mut Call) -> Result<()>) -> Result<Prepared> {
    let n: usize = p.inputs.iter().map(|(_, s)| s.count()).sum();
    let dtype = if p.op.attr("Tsplits").is_some() { p.attrs.dtype("Tsplits")? } else { DType::Int64 };
    Ok(Prepared::with(run, NS + MOVE_NS * n as f32, dtype))
}

/// An integer vector of dtype int32 or int64.
pub(crate) fn ints(values: &[i64], dtype: DType) -> Result<Tensor> {
    dispatch_index!(dtype, T => {
        let mut all = reserved(values.len())?;
        all.extend(values.iter().map(|x| *x as T));
        Tensor::from_slice(&all, [values.len()])
    })
}

/// The splits of equal rows: those of axis `axis` of a dense shape.
pub(crate) fn even_splits(shape: &Shape, axis: usize, dtype: DType) -> Result<Tensor> {
    let rows = shape[..axis].iter().fold(1usize, |n, d| n.saturating_mul(*d));
    let mut splits = reserved(rows.saturating_add(1))?;
    splits.extend((0..=rows as i64).map(|r| r.saturating_mul(shape[axis] as i64)));
    ints(&splits, dtype)
}

/// Rows of the first source by number; of the second source, which is one row, where there is no number.
pub(crate) struct Rows {
    /// Elements of a row.
    pub inner: usize,
    /// Which rows; [`NONE`] for none.
    pub at: Vec<usize>,
}
/// The number of no row.
pub(crate) const NONE: usize = usize::MAX;

impl Movement for Rows {
    fn run<E: Item>(&self, device: &dyn Device, sources: &[&[E]], out: &mut [E]) -> Result<()> {
        let inner = self.inner;
        fill_parallel(device, out, (1usize << 14).div_ceil(inner) * inner, 2.0 * MOVE_NS, &|start, part| {
            for (row, at) in part.chunks_exact_mut(inner).zip(&self.at[start / inner..]) {
                match *at {
                    NONE => row.clone_from_slice(&sources[1][..inner]),
                    at => row.clone_from_slice(&sources[0][at * inner..][..inner]),
                }
            }
        });
        Ok(())
    }
}

/// The rows `at` of a tensor.
pub(crate) fn take(call: &Call, t: &Tensor, at: Vec<usize>) -> Result<Tensor> {
    let mut shape = t.shape().clone();
    shape.dims_mut()[0] = at.len();
    let inner = shape[1..].iter().product();
    move_to_new(call.run.device, &[t], t.dtype(), &shape, &Rows { inner, at })
}

/// How many elements a range has. InvalidArgument for no step and for a number beyond all memory.
fn length<T: Real>(start: T, limit: T, delta: T) -> Result<usize> {
    if delta == T::ZERO {
        return Err(error!(InvalidArgument, "Requires delta != 0").fix("each row needs a step"));
    }
    let up = T::ZERO.below(delta);
    if if up { !start.below(limit) } else { !limit.below(start) } && limit.to_f64() == limit.to_f64() {
        return Ok(0);
    }
    // Integers count exactly where a double does not.
    let n = match T::DTYPE {
        DType::Int32 | DType::Int64 => {
            let whole = |x: T| -> Result<i128> { Ok(i128::from(Tensor::scalar(x).to_i64()?[0])) };
            let (s, l, d) = (whole(start)?, whole(limit)?, whole(delta)?);
            ((l - s).abs() as f64 / d.abs() as f64, (((l - s).abs() + d.abs() - 1) / d.abs()) as u64)
        }
        _ => {
            let n = ((limit.to_f64() - start.to_f64()) / delta.to_f64()).abs().ceil();
            (n, n as u64)
        }
    };
    if n.0.is_nan() || n.0 >= i64::MAX as f64 {
        bail!(InvalidArgument, "Requires ((limit - start) / delta) <= {}", i64::MAX);
    }
    Ok(n.1 as usize)
}

fn range<T: Real>(p: &Prepared, call: &mut Call) -> Result<()> {
    let mut rows = None;
    for (i, name) in ["starts", "limits", "deltas"].iter().enumerate() {
        if call.input(i).shape().rank() == 1 && *rows.get_or_insert(call.input(i).count()) != call.input(i).count() {
            return Err(error!(InvalidArgument, "starts, limits, and deltas must have the same shape").axis(format!(
                "operand '{}' of shape {}",
                name,
                call.input(i).shape()
            )));
        }
    }
    let rows = rows.unwrap_or(1);
    let operands = [call.slice::<T>(0)?, call.slice::<T>(1)?, call.slice::<T>(2)?];
    let scalar = [0, 1, 2].map(|i| call.input(i).shape().rank() == 0);
    let at = |o: usize, row: usize| operands[o][if scalar[o] { 0 } else { row }];
    let mut splits = vec![0i64];
    let mut total = 0usize;
    for row in 0..rows {
        total = total.saturating_add(length(at(0, row), at(1, row), at(2, row))?);
        splits.push(total as i64);
    }
    let dtype = *p.plan::<DType>()?;
    if dtype == DType::Int32 && i32::try_from(total).is_err() {
        bail!(InvalidArgument, "Requires ((limit - start) / delta) <= {}", i32::MAX);
    }
    byte_len(T::DTYPE, &Shape::new(&[total]))?;
    let mut values = call.run.device.allocate(T::DTYPE, &Shape::new(&[total]))?;
    let out = values.slice_mut::<T>()?;
    for row in 0..rows {
        let (mut x, delta) = (at(0, row), at(2, row));
        for o in &mut out[splits[row] as usize..splits[row + 1] as usize] {
            *o = x;
            x = x.plus(delta);
        }
        if row % 4096 == 4095 {
            call.run.cancel.check()?;
        }
    }
    call.set(0, ints(&splits, dtype)?);
    call.set(1, values);
    Ok(())
}

fn gather(p: &Prepared, call: &mut Call) -> Result<()> {
    let n = call.n_inputs() - 2;
    let (values, indices) = (call.input(n), call.input(n + 1));
    let dtype = *p.plan::<DType>()?;
    if values.shape().rank() == 0 {
        bail!(InvalidArgument, "params.rank must be nonzero");
    }
    let nested = (0..n).map(|i| call.input(i).to_i64()).collect::<Result<Vec<_>>>()?;
    for (i, splits) in nested.iter().enumerate() {
        let end = if i + 1 < n { nested[i + 1].len() as i64 - 1 } else { values.shape()[0] as i64 };
        if splits.is_empty() {
            bail!(InvalidArgument, "Ragged splits may not be empty");
        }
        if splits.iter().any(|s| *s < 0) {
            bail!(InvalidArgument, "Ragged splits must be non-negative");
        }
        if splits.last().is_some_and(|s| *s > end) {
            bail!(InvalidArgument, "Ragged splits must not point past values");
        }
        if splits.windows(2).any(|w| w[0] > w[1]) {
            bail!(InvalidArgument, "Ragged splits must be sorted");
        }
    }
    let at = checked_indices(indices, nested.first().map_or(0, |s| s.len() - 1))?;
    let mut out = 0;
    // The outer axes of the indices become splits of equal rows.
    for i in 1..indices.shape().rank() {
        call.set(out, even_splits(indices.shape(), i, dtype)?);
        out += 1;
    }
    let mut at = at;
    for (level, splits) in nested.iter().enumerate() {
        let count = at.iter().fold(0usize, |n, row| n.saturating_add((splits[*row + 1] - splits[*row]) as usize));
        let (mut taken, mut next) = (vec![0i64], reserved(count)?);
        for row in &at {
            let (from, to) = (splits[*row] as usize, splits[*row + 1] as usize);
            next.extend(from..to);
            taken.push(next.len() as i64);
        }
        // A scalar index takes one row, whose own splits are dropped.
        if indices.shape().rank() > 0 || level > 0 {
            call.set(out, ints(&taken, dtype)?);
            out += 1;
        }
        at = next;
        call.run.cancel.check()?;
    }
    let values = take(call, values, at)?;
    call.set(out, values);
    Ok(())
}

/// Row splits from the outermost on as numbers. InvalidArgument if they are no partition of so many values.
pub(crate) fn checked_splits(call: &Call, n: usize, values: usize) -> Result<Vec<Vec<i64>>> {
    const BAD: &str = "Invalid ragged splits: ";
    let mut nested = Vec::with_capacity(n);
    for i in 0..n {
        let t = call.input(i);
        if t.shape().rank() != 1 {
            bail!(InvalidArgument, "{BAD}ragged splits must be rank 1 but is rank {}", t.shape().rank());
        }
        let splits = t.to_i64()?;
        match splits.first() {
            None => bail!(InvalidArgument, "{BAD}ragged splits must have at least one splits, but is empty"),
            Some(0) => {}
            Some(first) => bail!(InvalidArgument, "{BAD}first element of ragged splits  must be 0 but is {first}"),
        }
        if let Some(i) = splits.windows(2).position(|w| w[1] < w[0]) {
            let (a, b) = (splits[i + 1], splits[i]);
            bail!(
                InvalidArgument,
                "{BAD}ragged splits must be monotonically increasing, but ragged_splits[{}]={a} is smaller than row_splits[{i}]={b}",
                i + 1
            );
        }
        let count = if i + 1 < n { call.input(i + 1).count() as i64 - 1 } else { values as i64 };
        let last = splits.last().copied().unwrap_or(0);
        if last != count {
            bail!(InvalidArgument, "{BAD}last element of ragged splits must be the number of ragged values({count}) but is {last}");
        }
        nested.push(splits);
    }
    Ok(nested)
}

fn to_sparse(_: &Prepared, call: &mut Call) -> Result<()> {
    let n = call.n_inputs() - 1;
    let values = call.input(n);
    let Some(rows) = values.shape().first().copied() else { bail!(InvalidArgument, "rt_dense_values must have rank >= 1") };
    let nested = checked_splits(call, n, rows)?;
    let inner = Shape::new(&values.shape()[1..]);
    let rank = n + values.shape().rank();
    let mut shape = vec![nested[0].len() as i64 - 1];
    shape.extend(nested.iter().map(|s| s.windows(2).map(|w| w[1] - w[0]).max().unwrap_or(0)));
    shape.extend(inner.iter().map(|d| *d as i64));
    let mut places = reserved(values.count().saturating_mul(rank))?;
    let mut row = vec![0usize; n]; // the current row of each level
    for v in 0..if values.count() == 0 { 0 } else { rows } {
        let mut prefix = vec![0i64; n + 1];
        let mut inside = v;
        for level in (0..n).rev() {
            while nested[level][row[level] + 1] as usize <= inside {
                row[level] += 1;
            }
            prefix[level + 1] = inside as i64 - nested[level][row[level]];
            inside = row[level];
        }
        prefix[0] = inside as i64;
        for element in 0..inner.count() {
            places.extend_from_slice(&prefix);
            let mut rest = element;
            let start = places.len();
            places.resize(start + inner.rank(), 0);
            for (axis, d) in inner.iter().enumerate().rev() {
                places[start + axis] = (rest % d) as i64;
                rest /= d;
            }
        }
        if v % 4096 == 4095 {
            call.run.cancel.check()?;
        }
    }
    let count = values.count();
    call.set(0, Tensor::from_slice(&places, [count, rank])?);
    call.set(1, values.clone().reshape([count])?);
    call.set(2, Tensor::from_slice(&shape, [rank])?);
    Ok(())
}
