//! Kernels of sparse tensors as one tensor: three encoded messages, or three variants.
use crate::proto::{TensorProto, parse};
use crate::value::RawTensor;
use ferroflow_ops::resource::TensorObject;
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Error, Object, Result, Shape, Tensor, bail, error, joined, reserved};
use prost::Message;
use std::sync::Arc;

const PLAIN: &[DType] = &[
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

pub(super) static KERNELS: &[Kernel] = &[
    Kernel { op: "SerializeSparse", types: &[], outputs: Outputs::Kernel, prepare: |p| encoding(p, serialize) },
    Kernel { op: "SerializeManySparse", types: &[("T", PLAIN)], outputs: Outputs::Kernel, prepare: |p| encoding(p, serialize_many) },
    Kernel {
        op: "DeserializeSparse",
        types: &[],
        outputs: Outputs::Kernel,
        prepare: |p| Ok(Prepared::with(deserialize, 2_000.0, p.attrs.dtype("dtype")?)),
    },
];

fn encoding(p: &Prep, run: fn(&Prepared, &mut Call) -> Result<()>) -> Result<Prepared> {
    Ok(Prepared::with(run, 1_000.0, p.attrs.dtype("out_type")?))
}

/// Parts as a tensor of encoded messages or of variants.
fn encoded(parts: Vec<Tensor>, dtype: DType, shape: impl Into<Shape>) -> Result<Tensor> {
    if dtype == DType::Variant {
        let held = parts.into_iter().map(|t| Ok(Arc::new(TensorObject(t.settle()?)) as Arc<dyn Object>)).collect::<Result<_>>()?;
        return Tensor::from_objects(DType::Variant, held, shape);
    }
    let message = |t: &Tensor| Ok(TensorProto::from_value(&RawTensor::from_tensor(t)?).encode_to_vec().into());
    Tensor::from_strings(parts.iter().map(message).collect::<Result<_>>()?, shape)
}

fn check_ranks(call: &Call) -> Result<()> {
    for (i, what, kind, rank) in [(0, "indices", "matrix", 2), (1, "values", "vector", 1), (2, "shape", "vector", 1)] {
        let shape = call.input(i).shape();
        if shape.rank() != rank {
            bail!(InvalidArgument, "Input {what} should be a {kind} but received shape {shape}");
        }
    }
    Ok(())
}

fn serialize(p: &Prepared, call: &mut Call) -> Result<()> {
    check_ranks(call)?;
    let parts = (0..3).map(|i| call.input(i).clone()).collect();
    call.set(0, encoded(parts, *p.plan::<DType>()?, [3])?);
    Ok(())
}

fn serialize_many(p: &Prepared, call: &mut Call) -> Result<()> {
    check_ranks(call)?;
    let (places, values, shape) = (call.input(0), call.input(1), call.slice::<i64>(2)?);
    let rank = shape.len();
    if rank < 2 {
        bail!(InvalidArgument, "Rank of input SparseTensor should be > 1, but saw rank: {rank}");
    }
    let found = places.shape()[0];
    if places.shape()[1] != rank || values.shape()[0] != found {
        let (a, b) = (places.shape(), values.shape());
        bail!(InvalidArgument, "indices of shape {a} and values of shape {b} do not make a SparseTensor of rank {rank}");
    }
    let at = places.slice::<i64>()?;
    let rows: Vec<&[i64]> = at.chunks_exact(rank).collect();
    for (i, row) in rows.iter().enumerate() {
        if row.iter().zip(shape).any(|(x, n)| *x < 0 || x >= n) {
            let (row, shape) = (brackets(row), brackets(shape));
            bail!(InvalidArgument, "indices[{i}] = {row} is out of bounds: need 0 <= index < {shape}");
        }
        if i > 0 && rows[i - 1] >= *row {
            let what = if rows[i - 1] == *row { "is repeated" } else { "is out of order" };
            return Err(error!(InvalidArgument, "indices[{i}] = {} {what}. Many sparse ops require sorted indices.", brackets(row))
                .fix("use tf.sparse.reorder to create a correctly ordered copy"));
        }
    }
    let n = usize::try_from(shape[0]).unwrap_or(0);
    let rest = Tensor::from_slice(&shape[1..], [rank - 1])?;
    let (mut parts, mut start) = (reserved(n.saturating_mul(3))?, 0);
    for r in 0..n as i64 {
        let count = rows[start..].iter().take_while(|row| row[0] == r).count();
        let own: Vec<i64> = rows[start..start + count].iter().flat_map(|row| &row[1..]).copied().collect();
        parts.extend([Tensor::from_slice(&own, [count, rank - 1])?, values.rows(start, count)?.copy()?, rest.clone()]);
        start += count;
    }
    call.set(0, encoded(parts, *p.plan::<DType>()?, [n, 3])?);
    Ok(())
}
fn brackets(x: &[i64]) -> String {
    format!("[{}]", x.iter().map(i64::to_string).collect::<Vec<_>>().join(","))
}

/// Part `i` of all of the operand.
fn part(t: &Tensor, i: usize) -> Result<Tensor> {
    if t.dtype() == DType::Variant {
        let one = t.row(i)?;
        return match one.get_object::<TensorObject>() {
            Ok(held) => Ok(held.0.clone()),
            Err(_) => bail!(InvalidArgument, "Could not get a tensor from serialized_sparse[{}, {}]", i / 3, i % 3),
        };
    }
    let broken = |_: Error| error!(InvalidArgument, "Could not parse serialized proto");
    let message: TensorProto = parse(&t.strings()?[i], "TensorProto").map_err(broken)?;
    message.to_value().and_then(|v| v.to_tensor()).map_err(|_| error!(InvalidArgument, "Could not construct tensor from proto"))
}

fn deserialize(p: &Prepared, call: &mut Call) -> Result<()> {
    let dtype = *p.plan::<DType>()?;
    let input = call.input(0);
    let shape = input.shape().clone();
    let Some((&last, outer)) = shape.split_last() else { bail!(InvalidArgument, "Serialized sparse should have non-zero rank {shape}") };
    if last != 3 {
        bail!(InvalidArgument, "Serialized sparse should have 3 as the last dimension {shape}");
    }
    if input.count() == 0 {
        bail!(InvalidArgument, "Serialized sparse should have at least 1 serialized tensor, but has a zero dimension {shape}");
    }
    let flat = input.reshape([input.count()])?;
    let (mut places, mut sizes, mut values): (Vec<i64>, Vec<i64>, Vec<Tensor>) = (vec![], vec![], vec![]);
    for n in 0..input.count() / 3 {
        let [at, own, size] = [part(&flat, 3 * n)?, part(&flat, 3 * n + 1)?, part(&flat, 3 * n + 2)?];
        check_parts(n, &at, &own, &size, dtype)?;
        let size = size.slice::<i64>()?;
        if n == 0 {
            sizes = size.to_vec();
        } else if size.len() != sizes.len() {
            bail!(
                InvalidArgument,
                "Inconsistent shape across SparseTensors: rank prior to SparseTensor[{n}] was: {} but rank of SparseTensor[{n}] is: {}",
                sizes.len(),
                size.len()
            );
        }
        sizes.iter_mut().zip(size).for_each(|(a, b)| *a = (*a).max(*b));
        let mut prefix = vec![0i64; outer.len()];
        let mut rest = n;
        for (x, d) in prefix.iter_mut().zip(outer).rev() {
            *x = (rest % d) as i64;
            rest /= d;
        }
        let rank = sizes.len();
        for i in 0..own.count() {
            places.extend(&prefix);
            places.extend(&at.slice::<i64>()?[i * rank..][..rank]);
        }
        values.push(own);
    }
    let rank = outer.len() + sizes.len();
    let dense: Vec<i64> = outer.iter().map(|d| *d as i64).chain(sizes).collect();
    let values = joined(&values, dtype)?;
    call.set(0, Tensor::from_slice(&places, [values.count(), rank])?);
    call.set(1, values);
    call.set(2, Tensor::from_slice(&dense, [rank])?);
    Ok(())
}

fn check_parts(n: usize, at: &Tensor, own: &Tensor, size: &Tensor, dtype: DType) -> Result<()> {
    for (i, what, t, rank) in [(0, "matrix", at, 2), (2, "vector", size, 1)] {
        if t.dtype() != DType::Int64 {
            bail!(InvalidArgument, "Expected serialized_sparse[{n}, {i}] to be a {what} of DT_INT64 but received dtype {}", t.dtype());
        }
        if t.shape().rank() != rank {
            bail!(InvalidArgument, "Expected serialized_sparse[{n}, {i}] to be a {what} but received shape {}", t.shape());
        }
    }
    if own.shape().rank() != 1 {
        bail!(InvalidArgument, "Expected serialized_sparse[{n}, 1] to be a vector but received shape {}", own.shape());
    }
    if own.dtype() != dtype {
        let (want, found) = (dtype.signature_name(), own.dtype().signature_name());
        bail!(InvalidArgument, "Requested SparseTensor of type {want} but SparseTensor[{n}].values.dtype() == {found}");
    }
    if at.shape()[0] != own.count() {
        bail!(
            InvalidArgument,
            "Expected row counts of SparseTensor[{n}].indices and SparseTensor[{n}].values to match but they do not: {} vs. {}",
            at.shape()[0],
            own.count()
        );
    }
    if at.shape()[1] != size.count() {
        bail!(
            InvalidArgument,
            "Expected column counts of SparseTensor[{n}].indices to match size of SparseTensor[{n}].shape but they do not: {} vs. {}",
            at.shape()[1],
            size.count()
        );
    }
    Ok(())
}
