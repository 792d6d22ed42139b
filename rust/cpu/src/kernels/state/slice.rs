//! Assigns to a strided slice of a variable, in place.
use super::rows::{Change, Rows};
use super::{check_dtype, missing, variable};
use ferroflow_ops::infer::broadcast_known;
use ferroflow_ops::ops::array::slicing::{Masks, strided_spec};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor, bail};

const NS: f32 = 300.0;
const SLICED: &[DType] = &[
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
    DType::Float8E5M2,
    DType::Float8E4M3FN,
];

/// Strided slice assignment.
pub static KERNELS: &[Kernel] = &[Kernel { op: "ResourceStridedSliceAssign", types: &[("T", SLICED)], outputs: Outputs::Kernel, prepare }];

fn prepare(p: &Prep) -> Result<Prepared> {
    Ok(Prepared::with(assign_slice, NS, Masks::of(p.attrs)?))
}

fn assign_slice(p: &Prepared, call: &mut Call) -> Result<()> {
    let masks: &Masks = p.plan()?;
    let (v, value) = (variable(call, 0)?, call.input(4));
    if !v.is_initialized() {
        return Err(missing(call, 0));
    }
    check_dtype(&v, value.dtype())?;
    let ints = |i: usize| -> Result<Vec<Option<i64>>> { Ok(call.input(i).to_i64()?.into_iter().map(Some).collect()) };
    let (begin, end, strides) = (ints(1)?, ints(2)?, call.input(3).to_i64()?);
    v.update(|x| {
        let dims: Vec<Option<usize>> = x.shape().iter().map(|d| Some(*d)).collect();
        let spec = strided_spec(&dims, &begin, &end, &strides, masks)?;
        let whole = |v: &[Option<usize>]| v.iter().map(|d| d.unwrap_or(0)).collect::<Shape>();
        let (sizes, shape) = (whole(&spec.sizes), whole(&spec.shape));
        if broadcast_known(value.shape(), &shape).ok().as_ref() != Some(&shape) {
            bail!(InvalidArgument, "Cannot broadcast input shape {} into final shape {shape}", value.shape());
        }
        // Element offsets of the slice, row by row, and for each the element of the value that goes there.
        let mut starts = vec![0i64];
        for ((size, stride), (first, step)) in sizes.iter().zip(x.shape().strides()).zip(spec.begin.iter().zip(&spec.strides)) {
            let along = |i: usize| (first + i as i64 * step) * stride as i64;
            starts = starts.iter().flat_map(|s| (0..*size).map(move |i| s + along(i))).collect();
        }
        let starts = starts.into_iter().map(|s| s as usize).collect::<Vec<_>>();
        if starts.is_empty() {
            return Ok(());
        }
        Rows { starts, len: 1 }.change(x, &broadcast_to(value, &shape)?, Change::Set)
    })
}

/// The value repeated to a shape; itself if it has one element.
fn broadcast_to(value: &Tensor, shape: &Shape) -> Result<Tensor> {
    if value.count() == 1 || value.shape() == shape {
        return Ok(value.clone());
    }
    let skip = shape.rank() - value.shape().rank();
    let mut at = vec![0usize];
    let strides = value.shape().strides();
    for (axis, size) in shape.iter().enumerate() {
        let step = if axis < skip || value.shape()[axis - skip] == 1 { 0 } else { strides[axis - skip] };
        at = at.iter().flat_map(|s| (0..*size).map(move |i| s + i * step)).collect();
    }
    let rows = value.reshape([value.count()])?;
    match value.dtype() {
        DType::String => Tensor::from_strings(at.iter().map(|i| Ok(rows.strings()?[*i].clone())).collect::<Result<_>>()?, shape.clone()),
        DType::Resource | DType::Variant => {
            Tensor::from_objects(value.dtype(), at.iter().map(|i| Ok(rows.objects()?[*i].clone())).collect::<Result<_>>()?, shape.clone())
        }
        dtype => {
            let (bytes, size) = (rows.bytes()?, dtype.size());
            Tensor::from_bytes(
                dtype,
                shape.clone(),
                &at.iter().flat_map(|i| bytes[i * size..][..size].iter().copied()).collect::<Vec<u8>>(),
            )
        }
    }
}
