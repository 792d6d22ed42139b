//! Ragged tensors inside of variants: what datasets batch and loops carry.
use super::{VALUES, checked_splits, even_splits, ints};
use crate::kernels::copy::{Item, Movement, move_to_new};
use ferroflow_ops::{Call, Device, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Object, Result, Shape, Tensor, bail, error, reserved};
use std::sync::Arc;

/// A ragged tensor: the element of a variant tensor.
pub struct RaggedVariant {
    /// Row splits from the outermost on.
    pub splits: Vec<Tensor>,
    /// The flat values.
    pub values: Tensor,
}
impl Object for RaggedVariant {
    fn type_name(&self) -> &str {
        "RaggedTensorVariant"
    }
}

const TYPES: &[(&str, &[DType])] = &[("Tvalues", VALUES)];
const fn kernel(op: &'static str, prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types: TYPES, outputs: Outputs::Kernel, prepare }
}

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    kernel("RaggedTensorToVariant", |p| Ok(Prepared::with(to_variant, 300.0, p.attrs.bool("batched_input")?))),
    kernel("RaggedTensorFromVariant", |p| {
        let dtypes = (p.attrs.dtype("Tvalues")?, p.attrs.dtype("Tsplits")?);
        Ok(Prepared::with(from_variant, 500.0, (p.attrs.int("input_ragged_rank")?, p.attrs.int("output_ragged_rank")?, dtypes)))
    }),
    kernel("RaggedTensorToVariantGradient", |p| Ok(Prepared::with(gradient, 500.0, p.attrs.dtype("Tvalues")?))),
];

fn to_variant(p: &Prepared, call: &mut Call) -> Result<()> {
    let n = call.n_inputs() - 1;
    // A variant may outlive the run.
    let values = call.input(n).clone().settle()?;
    let rows = match values.shape().first() {
        Some(rows) => *rows,
        None if n > 0 => bail!(InvalidArgument, "Requires flat_values to have rank>=1 when nested_row_splits is not empty, but is 0."),
        None => 1,
    };
    let nested = checked_splits(call, n, rows)?;
    if !*p.plan::<bool>()? {
        let splits = (0..n).map(|i| call.input(i).clone().settle()).collect::<Result<_>>()?;
        call.set(0, Tensor::object(DType::Variant, Arc::new(RaggedVariant { splits, values })));
        return Ok(());
    }
    if n == 0 {
        if values.shape().rank() == 0 {
            bail!(InvalidArgument, "Can't unbatch rank-0 tensor.");
        }
        let mut parts: Vec<Arc<dyn Object>> = reserved(rows)?;
        for i in 0..rows {
            parts.push(Arc::new(RaggedVariant { splits: vec![], values: values.row(i)? }));
        }
        call.set(0, Tensor::from_objects(DType::Variant, parts, [rows])?);
        return Ok(());
    }
    let dtype = call.input(0).dtype();
    let mut parts: Vec<Arc<dyn Object>> = Vec::with_capacity(nested[0].len() - 1);
    for bounds in nested[0].windows(2) {
        let (mut from, mut to) = (bounds[0] as usize, bounds[1] as usize);
        let mut splits = Vec::with_capacity(n - 1);
        for level in &nested[1..] {
            let own: Vec<i64> = level[from..=to].iter().map(|s| s - level[from]).collect();
            splits.push(ints(&own, dtype)?);
            (from, to) = (level[from] as usize, level[to] as usize);
        }
        parts.push(Arc::new(RaggedVariant { splits, values: values.rows(from, to - from)? }));
    }
    let count = parts.len();
    call.set(0, Tensor::from_objects(DType::Variant, parts, [count])?);
    Ok(())
}

/// The ragged tensors that a variant tensor holds.
fn elements(t: &Tensor) -> Result<Vec<Arc<RaggedVariant>>> {
    let flat = t.reshape([t.count()])?;
    (0..t.count())
        .map(|i| {
            let one = flat.row(i)?;
            one.get_object::<RaggedVariant>().map_err(|_| {
                let kind = one.objects().ok().and_then(|o| o.first()).map_or("nothing", |o| o.type_name()).to_string();
                error!(InvalidArgument, "Input Variant element at index {i} doesn't hold a RaggedTensorVariant: Variant<type: {kind}>")
            })
        })
        .collect()
}

/// Sources one after the other.
struct Chain;
impl Movement for Chain {
    fn run<E: Item>(&self, _: &dyn Device, sources: &[&[E]], mut out: &mut [E]) -> Result<()> {
        for source in sources {
            let (now, later) = out.split_at_mut(source.len());
            now.clone_from_slice(source);
            out = later;
        }
        Ok(())
    }
}

/// Values one after the other along their first axis. InvalidArgument if their rows differ.
fn chain(device: &dyn Device, dtype: DType, values: &[&Tensor]) -> Result<Tensor> {
    let Some(first) = values.first() else { return empty(dtype) };
    let mut rows = 0;
    for (i, v) in values.iter().enumerate() {
        if v.shape().rank() == 0 {
            bail!(InvalidArgument, "Ragged values must have rank >= 1; encoded scalar element at index {i} has values Tensor: a scalar");
        }
        if v.shape().rank() != first.shape().rank() {
            let (a, b) = (first.shape(), v.shape());
            bail!(
                InvalidArgument,
                "Rank of values must match for all components; values shape at index 0: {a}, values shape at index {i}: {b}"
            );
        }
        if v.shape()[1..] != first.shape()[1..] {
            let (a, b) = (first.shape(), v.shape());
            bail!(InvalidArgument, "All flat_values must have compatible shapes.  Shape at index 0: {a}.  Shape at index {i}: {b}");
        }
        rows += v.shape()[0];
    }
    let mut shape = first.shape().clone();
    shape.dims_mut()[0] = rows;
    let sources: Vec<&Tensor> = values.iter().copied().filter(|v| v.count() > 0).collect();
    move_to_new(device, &sources, dtype, &shape, &Chain)
}
fn empty(dtype: DType) -> Result<Tensor> {
    if dtype == DType::String { Tensor::from_strings(vec![], [0]) } else { Tensor::zeros(dtype, [0]) }
}

fn from_variant(p: &Prepared, call: &mut Call) -> Result<()> {
    let (least, want, (dtype, splits_dtype)) = p.plan::<(i64, i64, (DType, DType))>()?;
    let (least, want, dtype, splits_dtype) = (*least, *want as usize, *dtype, *splits_dtype);
    let encoded = call.input(0);
    let rank = encoded.shape().rank();
    let inner = if least == -1 { want as i64 - rank as i64 } else { least };
    if inner < 0 {
        // All axes but the innermost ones of the elements: a tensor for each.
        if least == -1 && inner == -1 {
            return stacked(call, dtype);
        }
        bail!(
            InvalidArgument,
            "Inferred input_ragged_rank (output_ragged_rank - encoded_variant.dims()) must be >= -1, found output_ragged_rank: {want}, encoded_variant.dims(): {rank}, inferred input_ragged_rank: {inner}"
        );
    }
    if want as i64 != inner + rank as i64 {
        bail!(
            InvalidArgument,
            "output_ragged_rank must be equal to input_ragged_rank + encoded_ragged.dims(); output_ragged_rank: {want}, input_ragged_rank: {least}, encoded_variant.dims(): {rank}."
        );
    }
    let parts = elements(encoded)?;
    for part in &parts {
        check(part, inner as usize, dtype, splits_dtype)?;
    }
    if rank == 0 {
        let part = &parts[0];
        part.splits.iter().enumerate().for_each(|(i, s)| call.set(i, s.clone()));
        call.set(want, part.values.clone());
        return Ok(());
    }
    let dims = encoded.shape().clone();
    for axis in 1..rank {
        call.set(axis - 1, even_splits(&dims, axis, splits_dtype)?);
    }
    let mut rows = vec![0i64];
    let mut end = 0;
    for (i, part) in parts.iter().enumerate() {
        end += match part.splits.first() {
            Some(s) => s.count() as i64 - 1,
            None if part.values.shape().rank() == 0 => {
                bail!(InvalidArgument, "Ragged values must have rank >= 1; encoded scalar element at index {i} has values Tensor: a scalar")
            }
            None => part.values.shape()[0] as i64,
        };
        rows.push(end);
    }
    call.set(rank - 1, ints(&rows, splits_dtype)?);
    for level in 0..inner as usize {
        let (mut joined, mut start) = (vec![0i64], 0);
        for part in &parts {
            let own = part.splits[level].to_i64()?;
            joined.extend(own.iter().skip(1).map(|s| s + start));
            start += own.last().copied().unwrap_or(0);
        }
        call.set(rank + level, ints(&joined, splits_dtype)?);
    }
    let values = chain(call.run.device, dtype, &parts.iter().map(|p| &p.values).collect::<Vec<_>>())?;
    call.set(want, values);
    Ok(())
}

fn check(part: &RaggedVariant, rank: usize, dtype: DType, splits_dtype: DType) -> Result<()> {
    let found = part.splits.len();
    if found != rank {
        bail!(InvalidArgument, "Encoded input RaggedTensorVariant has ragged_rank={found}.  Expected ragged_rank={rank}.");
    }
    if part.values.dtype() != dtype {
        bail!(InvalidArgument, "Expected values Tensor dtype: {dtype}, found: {}", part.values.dtype());
    }
    if let Some(s) = part.splits.iter().find(|s| s.dtype() != splits_dtype) {
        bail!(InvalidArgument, "Expected row_splits Tensor dtype: {splits_dtype}, found: {}", s.dtype());
    }
    Ok(())
}

/// Elements without splits, of one shape, side by side.
fn stacked(call: &mut Call, dtype: DType) -> Result<()> {
    let encoded = call.input(0);
    let parts = elements(encoded)?;
    for part in &parts {
        check(part, 0, dtype, DType::Int64)?;
    }
    let Some(first) = parts.first() else {
        call.set(0, empty(dtype)?);
        return Ok(());
    };
    if let Some(i) = parts.iter().position(|p| p.values.shape() != first.values.shape()) {
        let (a, b) = (first.values.shape(), parts[i].values.shape());
        bail!(InvalidArgument, "All flat_values must have compatible shapes.  Shape at index 0: {a}.  Shape at index {i}: {b}");
    }
    let shape: Shape = encoded.shape().iter().chain(first.values.shape().iter()).copied().collect();
    let sources: Vec<&Tensor> = parts.iter().map(|p| &p.values).collect();
    let values = move_to_new(call.run.device, &sources, dtype, &shape, &Chain)?;
    call.set(0, values);
    Ok(())
}

fn gradient(p: &Prepared, call: &mut Call) -> Result<()> {
    let dtype = *p.plan::<DType>()?;
    let encoded = call.input(0);
    let shape = call.input(2).to_i64()?;
    let shape: Shape = shape.iter().map(|d| usize::try_from(*d).unwrap_or(0)).collect();
    let parts = elements(encoded)?;
    if let Some(part) = parts.iter().find(|p| p.values.dtype() != dtype) {
        bail!(InvalidArgument, "Expected values Tensor dtype: {dtype}, found: {}", part.values.dtype());
    }
    let total: usize = parts.iter().map(|p| p.values.count()).sum();
    if total != shape.count() {
        bail!(InvalidArgument, "dense_values_shape {shape} has {} elements, but the gradient has {total}", shape.count());
    }
    let sources: Vec<&Tensor> = parts.iter().map(|p| &p.values).filter(|v| v.count() > 0).collect();
    let values = move_to_new(call.run.device, &sources, dtype, &shape, &Chain)?;
    call.set(0, values);
    Ok(())
}

/// The ragged tensor with zeros for values.
pub fn zeros_like(x: &RaggedVariant) -> Result<RaggedVariant> {
    Ok(RaggedVariant { splits: x.splits.clone(), values: Tensor::zeros(x.values.dtype(), x.values.shape().clone())? })
}

/// The sum of two ragged tensors with the same rows, where `add` adds values.
pub fn sum(x: &RaggedVariant, y: &RaggedVariant, add: &dyn Fn(&Tensor, &Tensor) -> Result<Tensor>) -> Result<RaggedVariant> {
    let same = x.splits.len() == y.splits.len() && x.splits.iter().zip(&y.splits).all(|(a, b)| a.same_bits(b));
    if !same || x.values.shape() != y.values.shape() {
        bail!(InvalidArgument, "Trying to add two ragged tensors with different rows");
    }
    Ok(RaggedVariant { splits: x.splits.clone(), values: add(&x.values, &y.values)? })
}
