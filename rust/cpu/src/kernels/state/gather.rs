//! Kernels that read parts of a variable without reading all of it.
use super::scatter::position_text;
use super::{check_dtype, missing, variable};
use crate::kernels::dispatch::INDICES;
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor, bail};

const NS: f32 = 200.0;
const HELD_ND: &[DType] = &[
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
    DType::Resource,
    DType::Variant,
];
const HELD: &[DType] = &[
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
    DType::Resource,
    DType::Variant,
    DType::QInt8,
    DType::QUInt8,
    DType::QInt32,
];

/// Gathers.
pub static KERNELS: &[Kernel] = &[
    Kernel { op: "ResourceGather", types: &[("dtype", HELD), ("Tindices", INDICES)], outputs: Outputs::Kernel, prepare: prepare_gather },
    Kernel {
        op: "ResourceGatherNd",
        types: &[("dtype", HELD_ND), ("Tindices", INDICES)],
        outputs: Outputs::Kernel,
        prepare: prepare_gather_nd,
    },
];

/// The runs of `len` elements of `from` that start at `starts`, one after the other.
fn collect(from: &Tensor, starts: &[usize], len: usize, shape: Shape) -> Result<Tensor> {
    match from.dtype() {
        DType::String => {
            let all = from.strings()?;
            Tensor::from_strings(starts.iter().flat_map(|s| all[*s..s + len].iter().cloned()).collect(), shape)
        }
        DType::Resource | DType::Variant => {
            let all = from.objects()?;
            Tensor::from_objects(from.dtype(), starts.iter().flat_map(|s| all[*s..s + len].iter().cloned()).collect(), shape)
        }
        dtype => {
            let mut out = Tensor::recycled(dtype, shape)?;
            let (all, size) = (from.bytes()?, dtype.size());
            if let (Some(to), true) = (out.bytes_mut(), len > 0) {
                for (row, s) in to.chunks_exact_mut(len * size).zip(starts) {
                    row.copy_from_slice(&all[s * size..][..len * size]);
                }
            }
            Ok(out)
        }
    }
}

struct Gather {
    dtype: DType,
    batch_dims: usize,
}

fn prepare_gather(p: &Prep) -> Result<Prepared> {
    let batch_dims = usize::try_from(p.attrs.int("batch_dims")?).unwrap_or(0); // negative ones end in the shape rule
    Ok(Prepared::with(gather, NS, Gather { dtype: p.attrs.dtype("dtype")?, batch_dims }))
}

fn gather(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan: &Gather = p.plan()?;
    let (v, indices, batch) = (variable(call, 0)?, call.input(1), plan.batch_dims);
    let value = v.read().ok_or_else(|| missing(call, 0))?.to_host()?;
    check_dtype(v, plan.dtype)?;
    let (s, i) = (value.shape(), indices.shape());
    if s.is_empty() {
        bail!(InvalidArgument, "params must be at least 1 dimensional");
    }
    if s.rank() <= batch {
        bail!(InvalidArgument, "params must have at least {batch} (batch_dims) dimensions but it has shape {s}");
    }
    if i.rank() < batch || i[..batch] != s[..batch] {
        bail!(InvalidArgument, "params.shape[0:{batch}] and indices.shape[0:{batch}] must be equal, got {s} and {i}");
    }
    let rows = s[batch];
    let len: usize = s[batch + 1..].iter().product();
    let per_batch: usize = i[batch..].iter().product();
    let start = |(k, x): (usize, i64)| match usize::try_from(x) {
        Ok(r) if r < rows => Ok(((k / per_batch) * rows + r) * len),
        _ => bail!(InvalidArgument, "indices[{}] = {x} is not in [0, {rows})", position_text(k, i)),
    };
    let starts = indices.to_i64()?.into_iter().enumerate().map(start).collect::<Result<Vec<_>>>()?;
    let shape: Shape = i.iter().chain(&s[batch + 1..]).copied().collect();
    call.set(0, collect(&value, &starts, len, shape)?);
    Ok(())
}

fn prepare_gather_nd(p: &Prep) -> Result<Prepared> {
    Ok(Prepared::with(gather_nd, NS, p.attrs.dtype("dtype")?))
}

fn gather_nd(p: &Prepared, call: &mut Call) -> Result<()> {
    let (v, indices) = (variable(call, 0)?, call.input(1));
    let value = v.read().ok_or_else(|| missing(call, 0))?.to_host()?;
    check_dtype(v, *p.plan()?)?;
    let (s, i) = (value.shape(), indices.shape());
    if s.is_empty() {
        bail!(InvalidArgument, "params must be at least a vector");
    }
    let Some((&depth, outer)) = i.split_last() else { bail!(InvalidArgument, "indices must be at least a vector") };
    if depth > s.rank() {
        bail!(InvalidArgument, "index innermost dimension length must be <= params rank; saw: {depth} vs. {}", s.rank());
    }
    let (strides, all) = (s.strides(), indices.to_i64()?);
    let start = |k: usize| {
        let at = &all[k * depth..(k + 1) * depth];
        if at.iter().zip(s.iter()).all(|(x, d)| usize::try_from(*x).is_ok_and(|x| x < *d)) {
            return Ok(at.iter().zip(&strides).map(|(x, s)| *x as usize * s).sum());
        }
        let shown: Vec<String> = at.iter().map(|x| x.to_string()).collect();
        let label = if outer.is_empty() { "indices".to_string() } else { format!("indices[{}]", position_text(k, &Shape::new(outer))) };
        bail!(InvalidArgument, "{label} = [{}] does not index into param shape {s}, node name: {}", shown.join(", "), call.node)
    };
    let count: usize = outer.iter().product();
    let starts = (0..count).map(start).collect::<Result<Vec<usize>>>()?;
    let shape: Shape = outer.iter().chain(&s[depth..]).copied().collect();
    let out = collect(&value, &starts, s[depth..].iter().product(), shape)?;
    call.set(0, out);
    Ok(())
}
