//! Kernels of training steps: one pass over the variable and its slots, in place, under the locks of all of them.
use super::dispatch::INDICES;
use ferroflow_ops::resource::change_all;
use ferroflow_ops::training::Stored;
use ferroflow_ops::training::rules::{self, Rule};
use ferroflow_ops::training::step::{Step, hand_on};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{BF16, C64, C128, DType, F16, Result, Shape, Tensor, bail};
use smallvec::SmallVec;
use std::sync::{Mutex, PoisonError};

const FLOATS: &[DType] = &[DType::Float, DType::Double, DType::Half, DType::BFloat16];
const ALL: &[DType] = &[DType::Float, DType::Double, DType::Half, DType::BFloat16, DType::Complex64, DType::Complex128];
const NO_BFLOAT: &[DType] = &[DType::Float, DType::Double, DType::Half, DType::Complex64, DType::Complex128];
const WIDE: &[DType] = &[DType::Float, DType::Double];
/// Elements that a thread changes at a time.
const GRAIN: usize = 1 << 14;

const fn dense(op: &'static str, types: &'static [(&'static str, &'static [DType])]) -> Kernel {
    Kernel { op, types, outputs: Outputs::Kernel, prepare }
}

/// Training steps.
pub static KERNELS: &[Kernel] = &[
    dense("ResourceApplyGradientDescent", &[("T", ALL)]),
    dense("ResourceApplyMomentum", &[("T", ALL)]),
    dense("ResourceApplyKerasMomentum", &[("T", ALL)]),
    dense("ResourceApplyAdam", &[("T", ALL)]),
    dense("ResourceApplyAdamWithAmsgrad", &[("T", FLOATS)]),
    dense("ResourceApplyAdagrad", &[("T", ALL)]),
    dense("ResourceApplyAdagradV2", &[("T", ALL)]),
    dense("ResourceApplyAdadelta", &[("T", ALL)]),
    dense("ResourceApplyRMSProp", &[("T", ALL)]),
    dense("ResourceApplyCenteredRMSProp", &[("T", ALL)]),
    dense("ResourceApplyFtrl", &[("T", FLOATS)]),
    dense("ResourceApplyFtrlV2", &[("T", FLOATS)]),
    dense("ResourceApplyProximalGradientDescent", &[("T", WIDE)]),
    dense("ResourceApplyProximalAdagrad", &[("T", WIDE)]),
    dense("ResourceApplyAdagradDA", &[("T", WIDE)]),
    dense("ResourceSparseApplyMomentum", &[("T", ALL), ("Tindices", INDICES)]),
    dense("ResourceSparseApplyKerasMomentum", &[("T", ALL), ("Tindices", INDICES)]),
    dense("ResourceSparseApplyAdagrad", &[("T", ALL), ("Tindices", INDICES)]),
    dense("ResourceSparseApplyAdagradV2", &[("T", ALL), ("Tindices", INDICES)]),
    dense("ResourceSparseApplyAdadelta", &[("T", ALL), ("Tindices", INDICES)]),
    dense("ResourceSparseApplyRMSProp", &[("T", NO_BFLOAT), ("Tindices", INDICES)]),
    dense("ResourceSparseApplyCenteredRMSProp", &[("T", NO_BFLOAT), ("Tindices", INDICES)]),
    dense("ResourceSparseApplyFtrl", &[("T", FLOATS), ("Tindices", INDICES)]),
    dense("ResourceSparseApplyFtrlV2", &[("T", FLOATS), ("Tindices", INDICES)]),
    dense("ResourceSparseApplyProximalGradientDescent", &[("T", WIDE), ("Tindices", INDICES)]),
    dense("ResourceSparseApplyProximalAdagrad", &[("T", WIDE), ("Tindices", INDICES)]),
    dense("ResourceSparseApplyAdagradDA", &[("T", WIDE), ("Tindices", INDICES)]),
    dense("ApplyGradientDescent", &[("T", ALL)]),
    dense("ApplyMomentum", &[("T", ALL)]),
    dense("ApplyAdam", &[("T", ALL)]),
    dense("ApplyAdagrad", &[("T", ALL)]),
    dense("ApplyAdadelta", &[("T", ALL)]),
    dense("ApplyRMSProp", &[("T", ALL)]),
    dense("ApplyCenteredRMSProp", &[("T", ALL)]),
    dense("ApplyFtrl", &[("T", FLOATS)]),
    dense("ApplyFtrlV2", &[("T", FLOATS)]),
    dense("ApplyProximalGradientDescent", &[("T", WIDE)]),
    dense("ApplyProximalAdagrad", &[("T", WIDE)]),
    dense("ApplyAdagradDA", &[("T", WIDE)]),
    dense("SparseApplyMomentum", &[("T", ALL), ("Tindices", INDICES)]),
    dense("SparseApplyAdagrad", &[("T", ALL), ("Tindices", INDICES)]),
    dense("SparseApplyAdadelta", &[("T", ALL), ("Tindices", INDICES)]),
    dense("SparseApplyRMSProp", &[("T", NO_BFLOAT), ("Tindices", INDICES)]),
    dense("SparseApplyCenteredRMSProp", &[("T", NO_BFLOAT), ("Tindices", INDICES)]),
    dense("SparseApplyFtrl", &[("T", FLOATS), ("Tindices", INDICES)]),
    dense("SparseApplyFtrlV2", &[("T", FLOATS), ("Tindices", INDICES)]),
    dense("SparseApplyProximalGradientDescent", &[("T", WIDE), ("Tindices", INDICES)]),
    dense("SparseApplyProximalAdagrad", &[("T", WIDE), ("Tindices", INDICES)]),
    dense("SparseApplyAdagradDA", &[("T", WIDE), ("Tindices", INDICES)]),
];

fn prepare(p: &Prep) -> Result<Prepared> {
    match p.attrs.dtype("T")? {
        DType::Float => ready::<f32>(p, rules::of_real),
        DType::Double => ready::<f64>(p, rules::of_real),
        DType::Half => ready::<F16>(p, rules::of_real),
        DType::BFloat16 => ready::<BF16>(p, rules::of_real),
        DType::Complex64 => ready::<C64>(p, rules::of_any),
        DType::Complex128 => ready::<C128>(p, rules::of_any),
        other => bail!(Unimplemented, "no {} for dtype {other}", p.op.name),
    }
}

fn ready<T: Stored>(p: &Prep, rule: fn(&str) -> Option<Rule<T>>) -> Result<Prepared> {
    let step = Step::of(p, rule)?;
    let cost = p.shape(step.grad).count() as f32 * 2.0 + 300.0;
    Ok(Prepared::with(run::<T>, cost, step))
}

fn run<T: Stored>(p: &Prepared, call: &mut Call) -> Result<()> {
    let step: &Step<T> = p.plan()?;
    let variables = step.variables(call, T::DTYPE)?;
    let scalars = step.scalars.iter().map(|i| scalar(call.input(*i))).collect::<Result<SmallVec<[_; 8]>>>()?;
    let grad = call.input(step.grad);
    change_all(&variables, true, &mut |values| {
        step.check_shapes(call, values)?;
        let Some(indices) = step.indices.map(|i| call.input(i)) else { return whole(call, step, grad.slice()?, values, &scalars) };
        let starts = rows(indices, values[0].shape())?;
        let len: usize = values[0].shape()[1..].iter().product();
        some_rows(step, grad.slice()?, values, &scalars, &starts, len)
    })?;
    hand_on(call);
    Ok(())
}

/// A hyperparameter; the number of steps is an integer in every dtype's signature.
fn scalar<T: Stored>(value: &Tensor) -> Result<T> {
    if value.dtype() == DType::Int64 { Ok(T::count(value.item::<i64>()?)) } else { value.item::<T>() }
}

/// The rows that a sparse gradient changes. InvalidArgument if one is outside the variable.
fn rows(indices: &Tensor, shape: &Shape) -> Result<Vec<usize>> {
    let row = |(i, x): (usize, i64)| match usize::try_from(x) {
        Ok(r) if r < shape[0] => Ok(r),
        _ => bail!(InvalidArgument, "Index {x} at offset {i} in indices is out of range"),
    };
    indices.to_i64()?.into_iter().enumerate().map(row).collect()
}

/// A step on all elements, on several threads if that pays.
fn whole<T: Stored>(call: &Call, step: &Step<T>, grad: &[T], values: &mut [&mut Tensor], scalars: &[T]) -> Result<()> {
    let n = grad.len();
    let mut slices = values.iter_mut().map(|v| v.slice_mut::<T>()).collect::<Result<SmallVec<[_; 4]>>>()?;
    let cost = 0.5 * slices.len() as f32;
    if n <= GRAIN {
        (step.rule)(grad, &mut slices, scalars, step.options);
        return Ok(());
    }
    let mut parts: Vec<Mutex<SmallVec<[&mut [T]; 4]>>> = (0..n.div_ceil(GRAIN)).map(|_| Mutex::default()).collect();
    for slice in slices {
        for (part, piece) in parts.iter_mut().zip(slice.chunks_mut(GRAIN)) {
            part.get_mut().unwrap_or_else(PoisonError::into_inner).push(piece);
        }
    }
    call.run.device.parallel(n, GRAIN, cost, &|range| {
        if let Some(part) = parts.get(range.start / GRAIN) {
            (step.rule)(&grad[range], &mut part.lock().unwrap_or_else(PoisonError::into_inner), scalars, step.options);
        }
    });
    Ok(())
}

/// A step on rows, one after the other, since a row may come twice.
fn some_rows<T: Stored>(step: &Step<T>, grad: &[T], values: &mut [&mut Tensor], scalars: &[T], rows: &[usize], len: usize) -> Result<()> {
    let mut slices = values.iter_mut().map(|v| v.slice_mut::<T>()).collect::<Result<Vec<_>>>()?;
    for (i, row) in rows.iter().enumerate() {
        let mut parts: Vec<&mut [T]> = slices.iter_mut().map(|s| &mut s[row * len..][..len]).collect();
        (step.rule)(&grad[i * len..][..len], &mut parts, scalars, step.options);
    }
    Ok(())
}
