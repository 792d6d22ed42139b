//! Assigns to a strided slice of a variable, in place.
use super::{check_dtype, missing, variable};
use crate::kernels::array::slicing::{strided_view, write_slice};
use ferroflow_ops::ops::array::slicing::Masks;
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result};

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
    let (v, value) = (variable(call, 0)?, call.input(4));
    if !v.is_initialized() {
        return Err(missing(call, 0));
    }
    check_dtype(v, value.dtype())?;
    let masks: &Masks = p.plan()?;
    v.update(|x| {
        let slice = strided_view(x.shape(), call.input(1), call.input(2), call.input(3), masks)?;
        write_slice(call.run.device, x, slice, value)
    })
}
