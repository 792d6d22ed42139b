//! Kernels that change parts of a variable in place. Every position is checked before the first element changes.
use super::rows::{Change, Rows};
use super::{check_dtype, missing, variable};
use crate::kernels::dispatch::{INDICES, NUMBERS, REALS};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor, bail};

const NS: f32 = 200.0;
const SET: &[DType] = &[
    DType::Float,
    DType::Double,
    DType::Half,
    DType::BFloat16,
    DType::Int8,
    DType::Int16,
    DType::Int32,
    DType::Int64,
    DType::UInt8,
    DType::UInt16,
    DType::UInt32,
    DType::UInt64,
    DType::Complex64,
    DType::Complex128,
    DType::Bool,
    DType::String,
];
const SET_ROWS: &[DType] = &[
    DType::Float,
    DType::Double,
    DType::Half,
    DType::BFloat16,
    DType::Int8,
    DType::Int16,
    DType::Int32,
    DType::Int64,
    DType::UInt8,
    DType::UInt16,
    DType::UInt32,
    DType::UInt64,
    DType::Complex64,
    DType::Complex128,
    DType::Bool,
    DType::String,
    DType::Variant,
];
const ADD: &[DType] = SET.split_at(15).0;

const fn kernel(op: &'static str, types: &'static [(&'static str, &'static [DType])], prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types, outputs: Outputs::Kernel, prepare }
}

/// Partial writes.
pub static KERNELS: &[Kernel] = &[
    kernel("ResourceScatterAdd", &[("dtype", NUMBERS), ("Tindices", INDICES)], |_| Ok(Prepared::with(scatter, NS, Change::Add))),
    kernel("ResourceScatterSub", &[("dtype", NUMBERS), ("Tindices", INDICES)], |_| Ok(Prepared::with(scatter, NS, Change::Sub))),
    kernel("ResourceScatterMul", &[("dtype", NUMBERS), ("Tindices", INDICES)], |_| Ok(Prepared::with(scatter, NS, Change::Mul))),
    kernel("ResourceScatterDiv", &[("dtype", NUMBERS), ("Tindices", INDICES)], |_| Ok(Prepared::with(scatter, NS, Change::Div))),
    kernel("ResourceScatterMin", &[("dtype", REALS), ("Tindices", INDICES)], |_| Ok(Prepared::with(scatter, NS, Change::Min))),
    kernel("ResourceScatterMax", &[("dtype", REALS), ("Tindices", INDICES)], |_| Ok(Prepared::with(scatter, NS, Change::Max))),
    kernel("ResourceScatterUpdate", &[("dtype", SET_ROWS), ("Tindices", INDICES)], |_| Ok(Prepared::with(scatter, NS, Change::Set))),
    kernel("ResourceScatterNdUpdate", &[("T", SET), ("Tindices", INDICES)], |p| positions(p, Change::Set)),
    kernel("ResourceScatterNdAdd", &[("T", ADD), ("Tindices", INDICES)], |p| positions(p, Change::Add)),
    kernel("ResourceScatterNdSub", &[("T", ADD), ("Tindices", INDICES)], |p| positions(p, Change::Sub)),
    kernel("ResourceScatterNdMin", &[("T", REALS), ("Tindices", INDICES)], |p| positions(p, Change::Min)),
    kernel("ResourceScatterNdMax", &[("T", REALS), ("Tindices", INDICES)], |p| positions(p, Change::Max)),
];

/// Text of position `i` within a tensor of this shape, `1,0`, as TensorFlow's messages write it.
pub fn position_text(i: usize, shape: &Shape) -> String {
    let mut rest = i;
    let axes: Vec<String> = shape
        .strides()
        .iter()
        .map(|s| {
            let at = rest / s;
            rest %= s;
            at.to_string()
        })
        .collect();
    axes.join(",")
}

/// Checks that all indices are rows of an axis of `size`. InvalidArgument names the first that is not.
pub fn check_rows(indices: &Tensor, size: usize) -> Result<Vec<usize>> {
    let row = |(i, x): (usize, i64)| match usize::try_from(x) {
        Ok(r) if r < size => Ok(r),
        _ => bail!(InvalidArgument, "indices[{}] = {x} is not in [0, {size})", position_text(i, indices.shape())),
    };
    indices.to_i64()?.into_iter().enumerate().map(row).collect()
}

fn scatter(p: &Prepared, call: &mut Call) -> Result<()> {
    let how: Change = *p.plan()?;
    let (v, indices, updates) = (variable(call, 0)?, call.input(1), call.input(2));
    if v.dtype != updates.dtype() {
        bail!(InvalidArgument, "DType of scatter resource and updates does not match.");
    }
    if !v.is_initialized() {
        return Err(missing(call, 0));
    }
    v.update(|x| {
        let (i, u, s) = (indices.shape(), updates.shape(), x.shape().clone());
        if !u.is_empty() && !u.starts_with(i) {
            bail!(InvalidArgument, "The shape of indices ({i}) must be a prefix of the shape of updates ({u})");
        }
        if s.is_empty() || !u.is_empty() && u[i.rank()..] != s[1..] {
            bail!(InvalidArgument, "Must have updates.shape = indices.shape + params.shape[1:] or updates.shape = [], got updates.shape {u}, indices.shape {i}, params.shape {s}");
        }
        let len = s[1..].iter().product();
        let starts = check_rows(indices, s[0])?.into_iter().map(|r| r * len).collect();
        if len == 0 {
            return Ok(());
        }
        Rows { starts, len }.change(x, updates, how)
    })
}

struct Positions {
    how: Change,
    skip_bad: bool,
}

fn positions(p: &Prep, how: Change) -> Result<Prepared> {
    let policy = p.attrs.str("bad_indices_policy")?;
    let skip_bad = match policy {
        "" | "DEFAULT" | "ERROR" => false,
        "IGNORE" => true,
        _ => bail!(InvalidArgument, "Unknown bad indices handling attribute: {policy}"),
    };
    Ok(Prepared::with(scatter_nd, NS, Positions { how, skip_bad }))
}

fn scatter_nd(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan: &Positions = p.plan()?;
    let (v, indices, updates) = (variable(call, 0)?, call.input(1), call.input(2));
    if !v.is_initialized() {
        return Err(missing(call, 0));
    }
    check_dtype(v, updates.dtype())?;
    v.update(|x| {
        let shape = x.shape().clone();
        let starts = nd_starts(indices, updates.shape(), &shape, plan.skip_bad)?;
        let depth = indices.shape().last().copied().unwrap_or(0);
        let len: usize = shape[depth..].iter().product();
        if len == 0 || starts.is_empty() {
            return Ok(());
        }
        if starts.iter().all(Option::is_some) {
            return Rows { starts: starts.into_iter().flatten().collect(), len }.change(x, updates, plan.how);
        }
        let flat = updates.reshape([starts.len(), len])?;
        for (i, start) in starts.into_iter().enumerate() {
            if let Some(s) = start {
                Rows { starts: vec![s], len }.change(x, &flat.row(i)?, plan.how)?;
            }
        }
        Ok(())
    })
}

/// First elements of the slices that positions in the last axis of `indices` name; None for bad ones if they are to be skipped.
fn nd_starts(indices: &Tensor, updates: &Shape, shape: &Shape, skip_bad: bool) -> Result<Vec<Option<usize>>> {
    let i = indices.shape();
    let Some((&depth, outer)) = i.split_last() else { bail!(InvalidArgument, "Indices shape must have rank at least one. Found:{i}") };
    let n = outer.len();
    if let Some(k) = (0..n).find(|k| updates.get(*k) != Some(&outer[*k])) {
        let got = updates.get(k).map_or("nothing".into(), |d| d.to_string());
        bail!(
            InvalidArgument,
            "Dimensions [0,{n}) of indices[shape={i}] = {} must match dimensions [0,{n}) of updates[shape={updates}] = {got}",
            outer[k]
        );
    }
    if depth > shape.rank() || updates[n..] != shape[depth..] {
        bail!(
            InvalidArgument,
            "Dimensions [{depth},{}) of input[shape={shape}] must match dimensions [{n},{}) of updates[shape={updates}]",
            shape.rank(),
            updates.rank()
        );
    }
    let strides = shape.strides();
    let all = indices.to_i64()?;
    let count: usize = outer.iter().product();
    let start = |k: usize| {
        let at = &all[k * depth..(k + 1) * depth];
        if at.iter().zip(shape.iter()).all(|(x, d)| usize::try_from(*x).is_ok_and(|x| x < *d)) {
            return Ok(Some(at.iter().zip(&strides).map(|(x, s)| *x as usize * s).sum()));
        }
        if skip_bad {
            return Ok(None);
        }
        let shown: Vec<String> = at.iter().map(|x| x.to_string()).collect();
        let which = position_text(k, &Shape::new(outer));
        let label = if outer.is_empty() { "indices".to_string() } else { format!("indices[{which}]") };
        bail!(InvalidArgument, "{label} = [{}] does not index into shape {shape}", shown.join(", "))
    };
    (0..count).map(start).collect()
}
