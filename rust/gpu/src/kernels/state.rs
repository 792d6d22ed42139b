//! Kernels of variables whose values lie in a GPU's memory. An update is in place unless somebody else holds the value.
use super::index::{Combine, INDICES, Start, Vectors, combine, gather_rows, gather_vectors};
use crate::frames::combined;
use crate::memory::{self, NUMBERS, STORED};
use crate::shader::{Shader, Spread};
use ferroflow_ops::ops::array::gather::gather_dims;
use ferroflow_ops::resource::{COPIES_ON_UPDATE, RUN_INITIALIZER, Variable};
use ferroflow_ops::variables::{assign_checked, check_dtype, check_shape, missing, name, unreadable, variable};
use ferroflow_ops::{Call, Device, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor, bail, error};
use std::sync::atomic::Ordering::Relaxed;

const FLOATS: &[DType] = &[DType::Float, DType::Half, DType::BFloat16, DType::Double];
/// Estimated time on the host, in nanoseconds.
const NS: f32 = 1000.0;

type Types = &'static [(&'static str, &'static [DType])];
const fn kernel(op: &'static str, types: Types, prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types, outputs: Outputs::Kernel, prepare }
}
const ROWS: Types = &[("dtype", NUMBERS), ("Tindices", INDICES)];
const PLACES: Types = &[("T", NUMBERS), ("Tindices", INDICES)];

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    kernel("ReadVariableOp", &[("dtype", STORED)], |p| Ok(Prepared::with(read, NS, p.attrs.dtype("dtype")?))),
    kernel("AssignVariableOp", &[("dtype", STORED)], |p| Ok(Prepared::with(assign, NS, p.attrs.bool("validate_shape")?))),
    kernel("AssignAddVariableOp", &[("dtype", NUMBERS)], |_| Ok(Prepared::with(update, NS, "+"))),
    kernel("AssignSubVariableOp", &[("dtype", NUMBERS)], |_| Ok(Prepared::with(update, NS, "-"))),
    kernel("Assign", &[("T", STORED)], |p| Ok(Prepared::with(assign, NS, p.attrs.bool("validate_shape")?))),
    kernel("AssignAdd", &[("T", NUMBERS)], |_| Ok(Prepared::with(update, NS, "+"))),
    kernel("AssignSub", &[("T", NUMBERS)], |_| Ok(Prepared::with(update, NS, "-"))),
    kernel("ResourceGather", &[("dtype", STORED), ("Tindices", INDICES)], |p| {
        Ok(Prepared::with(gather, NS, (p.attrs.dtype("dtype")?, p.attrs.int("batch_dims")?)))
    }),
    kernel("ResourceGatherNd", &[("dtype", STORED), ("Tindices", INDICES)], |p| Ok(Prepared::with(gather_nd, NS, p.attrs.dtype("dtype")?))),
    kernel("ResourceScatterAdd", ROWS, |_| Ok(Prepared::with(scatter, NS, Combine::Add))),
    kernel("ResourceScatterSub", ROWS, |_| Ok(Prepared::with(scatter, NS, Combine::Subtract))),
    kernel("ResourceScatterMul", ROWS, |_| Ok(Prepared::with(scatter, NS, Combine::Multiply))),
    kernel("ResourceScatterDiv", &[("dtype", FLOATS), ("Tindices", INDICES)], |_| Ok(Prepared::with(scatter, NS, Combine::Divide))),
    kernel("ResourceScatterMin", ROWS, |_| Ok(Prepared::with(scatter, NS, Combine::Smaller))),
    kernel("ResourceScatterMax", ROWS, |_| Ok(Prepared::with(scatter, NS, Combine::Larger))),
    kernel("ResourceScatterUpdate", &[("dtype", STORED), ("Tindices", INDICES)], |_| Ok(Prepared::with(scatter, NS, Combine::Replace))),
    kernel("ResourceScatterNdAdd", PLACES, |_| Ok(Prepared::with(scatter_nd, NS, Combine::Add))),
    kernel("ResourceScatterNdSub", PLACES, |_| Ok(Prepared::with(scatter_nd, NS, Combine::Subtract))),
    kernel("ResourceScatterNdMin", PLACES, |_| Ok(Prepared::with(scatter_nd, NS, Combine::Smaller))),
    kernel("ResourceScatterNdMax", PLACES, |_| Ok(Prepared::with(scatter_nd, NS, Combine::Larger))),
    kernel("ResourceScatterNdUpdate", &[("T", STORED), ("Tindices", INDICES)], |_| Ok(Prepared::with(scatter_nd, NS, Combine::Replace))),
];

fn read(p: &Prepared, call: &mut Call) -> Result<()> {
    let v = variable(call, 0)?;
    check_dtype(v, *p.plan()?)?;
    let Some(value) = v.read() else { return Err(unreadable(call)) };
    call.set(0, call.run.device.to_device(&value)?);
    Ok(())
}

fn assign(p: &Prepared, call: &mut Call) -> Result<()> {
    let reference = !call.outs.is_empty();
    assign_checked(call, *p.plan()?, reference, call.input(1).clone())?;
    pass_on(call);
    Ok(())
}

/// The result of an op on a reference is the reference.
fn pass_on(call: &mut Call) {
    if !call.outs.is_empty() {
        let reference = call.input(0).clone();
        call.set(0, reference);
    }
}

/// Makes a value one of a device that nobody else holds, so that it can be changed in place.
pub fn owned(device: &dyn Device, value: &mut Tensor) -> Result<()> {
    if value.on_host() {
        *value = device.to_device(value)?;
    }
    // Elements that come before are those of somebody else.
    if value.is_unique() && memory::offset(value) == 0 {
        return Ok(());
    }
    let there = device.to_device(value)?;
    let copy = device.allocate(value.dtype(), value.shape())?;
    let shader = Shader {
        name: "copy",
        results: vec![&copy],
        operands: vec![&there],
        numbers: vec![],
        list: vec![],
        spread: Spread::Each(copy.count()),
    };
    shader.run(|| (String::new(), "    put0(i, x0(i));\n".into()))?;
    COPIES_ON_UPDATE.fetch_add(1, Relaxed);
    *value = copy;
    Ok(())
}

/// The variable of an op that needs a value.
fn filled<'a>(call: &Call<'a>) -> Result<&'a Variable> {
    let v = variable(call, 0)?;
    match v.is_initialized() {
        true => Ok(v),
        false if call.outs.is_empty() => Err(missing(call, 0)),
        false => Err(error!(FailedPrecondition, "Attempting to use uninitialized value {}", name(call, 0)).fix(RUN_INITIALIZER)),
    }
}

fn update(p: &Prepared, call: &mut Call) -> Result<()> {
    let sign: &str = p.plan::<&'static str>()?;
    let (v, by, reference) = (filled(call)?, call.input(1), !call.outs.is_empty());
    check_dtype(v, by.dtype())?;
    v.change(|value| {
        check_shape(value.shape(), by.shape(), reference)?;
        owned(call.run.device, value)?;
        let name = format!("update {sign}");
        let shader = Shader {
            name: &name,
            results: vec![value],
            operands: vec![by],
            numbers: vec![],
            list: vec![],
            spread: Spread::Each(by.count()),
        };
        let body = format!("    put0(i, {});\n", combined(by.dtype(), "old0(i)", sign, "x0(i)"));
        shader.run(|| (String::new(), body))
    })?;
    pass_on(call);
    Ok(())
}

/// The value of a variable that rows are read of.
fn table(call: &Call, dtype: DType) -> Result<Tensor> {
    let v = variable(call, 0)?;
    check_dtype(v, dtype)?;
    call.run.device.to_device(&v.read().ok_or_else(|| missing(call, 0))?)
}

fn gather(p: &Prepared, call: &mut Call) -> Result<()> {
    let (dtype, batch_dims) = *p.plan::<(DType, i64)>()?;
    let (value, indices, device) = (table(call, dtype)?, call.input(1), call.run.device);
    if value.shape().is_empty() {
        bail!(InvalidArgument, "params must be at least 1 dimensional");
    }
    let (dims, shape) = gather_dims(value.shape(), indices.shape(), batch_dims, batch_dims)?;
    let out = device.allocate(dtype, &shape)?;
    gather_rows(dims, &value, indices, &out)?;
    call.set(0, out);
    Ok(())
}

fn gather_nd(p: &Prepared, call: &mut Call) -> Result<()> {
    let dtype = *p.plan::<DType>()?;
    let (value, indices, device) = (table(call, dtype)?, call.input(1), call.run.device);
    let s = value.shape();
    let Some((&depth, outer)) = indices.shape().split_last() else { bail!(InvalidArgument, "indices must be at least a vector") };
    if depth > s.rank() {
        bail!(InvalidArgument, "index innermost dimension length must be <= params rank; saw: {depth} vs. {}", s.rank());
    }
    let shape: Shape = outer.iter().chain(&s[depth..]).copied().collect();
    let out = device.allocate(dtype, &shape)?;
    gather_vectors(&value, indices, &out)?;
    call.set(0, out);
    Ok(())
}

fn scatter(p: &Prepared, call: &mut Call) -> Result<()> {
    let (v, indices, updates) = (filled(call)?, call.input(1), call.input(2));
    if v.dtype != updates.dtype() {
        bail!(InvalidArgument, "DType of scatter resource and updates does not match.");
    }
    v.change(|value| {
        let (i, u, s) = (indices.shape(), updates.shape(), value.shape().clone());
        if !u.is_empty() && !u.starts_with(i) {
            bail!(InvalidArgument, "The shape of indices ({i}) must be a prefix of the shape of updates ({u})");
        }
        if s.is_empty() || !u.is_empty() && u[i.rank()..] != s[1..] {
            bail!(InvalidArgument, "Must have updates.shape = indices.shape + params.shape[1:] or updates.shape = [], got updates.shape {u}, indices.shape {i}, params.shape {s}");
        }
        owned(call.run.device, value)?;
        let v = Vectors { depth: 1, count: indices.count(), list: vec![s[0] as u32, 1], slice: s[1..].iter().product() };
        combine(call.run.device, *p.plan()?, value, Start::InPlace, indices, updates, v)
    })
}

fn scatter_nd(p: &Prepared, call: &mut Call) -> Result<()> {
    let (v, indices, updates) = (filled(call)?, call.input(1), call.input(2));
    check_dtype(v, updates.dtype())?;
    v.change(|value| {
        let (i, u, s) = (indices.shape(), updates.shape(), value.shape().clone());
        let depth = i.last().copied().unwrap_or(0);
        let fits = !i.is_empty() && depth <= s.rank() && i[..i.rank() - 1].iter().chain(&s[depth..]).eq(u.iter());
        if !fits {
            bail!(InvalidArgument, "Must have updates.shape = indices.shape[:-1] + params_shape[indices.shape[-1]:], got updates.shape: {u}, indices.shape: {i}, params_shape: {s}");
        }
        owned(call.run.device, value)?;
        let v = Vectors::of(i, &s)?;
        combine(call.run.device, *p.plan()?, value, Start::InPlace, indices, updates, v)
    })
}
