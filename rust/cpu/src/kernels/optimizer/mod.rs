//! Kernels of training steps: one pass over the variable and its slots, in place, under the locks of all of them.
use super::dispatch::INDICES;
use ferroflow_ops::resource::{Handle, Variable, change_all};
use ferroflow_ops::training::rules::{self, Options, Rule};
use ferroflow_ops::training::{RealWeight, Stored, Weight, check_rows};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Error, Result, Shape, Tensor, bail, error};
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

/// The formula of an op for any dtype.
fn rule<T: Weight>(op: &str) -> Option<Rule<T>> {
    Some(match op {
        "GradientDescent" => rules::gradient_descent,
        "Momentum" => rules::momentum,
        "KerasMomentum" => rules::keras_momentum,
        "Adam" => rules::adam,
        "Adagrad" => rules::adagrad,
        "AdagradV2" => rules::adagrad_v2,
        "Adadelta" => rules::adadelta,
        "RMSProp" => rules::rms_prop,
        "CenteredRMSProp" => rules::centered_rms_prop,
        _ => return None,
    })
}

/// The formula of an op for ordered dtypes.
fn real_rule<T: RealWeight>(op: &str) -> Option<Rule<T>> {
    Some(match op {
        "AdamWithAmsgrad" => rules::amsgrad,
        "Ftrl" => rules::ftrl,
        "FtrlV2" => rules::ftrl_v2,
        "ProximalGradientDescent" => rules::proximal_gradient_descent,
        "ProximalAdagrad" => rules::proximal_adagrad,
        "AdagradDA" => rules::adagrad_da,
        _ => return rule(op),
    })
}

/// Where the operands are, by role.
struct Plan<T> {
    rule: Rule<T>,
    options: Options,
    variables: Vec<usize>,
    scalars: Vec<usize>,
    grad: usize,
    indices: Option<usize>,
    names: Vec<String>,
}

fn prepare(p: &Prep) -> Result<Prepared> {
    let family = p.op.name.trim_start_matches("Resource").trim_start_matches("Sparse").trim_start_matches("Apply");
    match p.attrs.dtype("T")? {
        DType::Float => plan(p, real_rule::<f32>(family)),
        DType::Double => plan(p, real_rule::<f64>(family)),
        DType::Half => plan(p, real_rule::<ferroflow_tensor::F16>(family)),
        DType::BFloat16 => plan(p, real_rule::<ferroflow_tensor::BF16>(family)),
        DType::Complex64 => plan(p, rule::<ferroflow_tensor::C64>(family)),
        DType::Complex128 => plan(p, rule::<ferroflow_tensor::C128>(family)),
        other => bail!(Unimplemented, "no {} for dtype {other}", p.op.name),
    }
}

fn plan<T: Stored>(p: &Prep, rule: Option<Rule<T>>) -> Result<Prepared> {
    let Some(rule) = rule else { bail!(Unimplemented, "no {} for dtype {}", p.op.name, T::DTYPE) };
    let names: Vec<String> = p.op.inputs.iter().map(|a| a.name.clone()).collect();
    let is_variable = |i: &usize| p.op.inputs[*i].is_ref || p.dtype(*i) == DType::Resource;
    let grad = names.iter().position(|n| n == "grad" || n == "delta").unwrap_or(0);
    let indices = names.iter().position(|n| n == "indices");
    let scalars: Vec<usize> = (0..names.len()).filter(|i| !is_variable(i) && *i != grad && Some(*i) != indices).collect();
    let flag = |name: &str| p.attrs.has(name) && p.attrs.bool(name).unwrap_or(false);
    let options =
        Options { nesterov: flag("use_nesterov"), update_slots: flag("update_slots"), scaled_linear: flag("multiply_linear_by_lr") };
    if let Some(i) = scalars.iter().find(|i| p.shape(**i).rank() != 0) {
        // TensorFlow writes a space before the colon in some of its kernels.
        let spaced = p.op.name.contains("Adam") || (p.op.name == "ResourceApplyRMSProp" && names[*i] == "lr");
        bail!(InvalidArgument, "{} is not a scalar{}: {}", names[*i], if spaced { " " } else { "" }, p.shape(*i));
    }
    let cost = p.shape(grad).count() as f32 * 2.0 + 300.0;
    let variables = (0..names.len()).filter(is_variable).collect();
    Ok(Prepared::with(run::<T>, cost, Plan { rule, options, variables, scalars, grad, indices, names }))
}

fn run<T: Stored>(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan: &Plan<T> = p.plan()?;
    let variables = plan.variables.iter().map(|i| Handle::get::<Variable>(call.input(*i))).collect::<Result<SmallVec<[_; 4]>>>()?;
    for (v, i) in variables.iter().zip(&plan.variables) {
        if !v.is_initialized() {
            return Err(uninitialized(call, *i));
        }
        if v.dtype != T::DTYPE {
            bail!(
                InvalidArgument,
                "Trying to read variable with wrong dtype. Expected {} got {}",
                T::DTYPE.signature_name(),
                v.dtype.signature_name()
            );
        }
    }
    let scalars = plan.scalars.iter().map(|i| scalar(call.input(*i))).collect::<Result<SmallVec<[_; 8]>>>()?;
    let grad = call.input(plan.grad);
    let indices = plan.indices.map(|i| call.input(i));
    let reference = (!call.outs.is_empty()).then(|| call.input(0).clone());
    change_all(&variables, true, &mut |values| {
        let shape = values[0].shape().clone();
        for (v, i) in values.iter().zip(&plan.variables).skip(1) {
            same_shape(plan, *i, &shape, v.shape())?;
        }
        let Some(indices) = indices else {
            same_shape(plan, plan.grad, &shape, grad.shape())?;
            return whole(call, plan, grad.slice()?, values, &scalars);
        };
        let starts = rows(indices, &shape, grad.shape())?;
        let len: usize = shape[1..].iter().product();
        some_rows(plan, grad.slice()?, values, &scalars, &starts, len)
    })?;
    // The step of a reference variable passes its reference on.
    if let Some(reference) = reference {
        call.set(0, reference);
    }
    Ok(())
}

/// A hyperparameter; the number of steps is an integer in every dtype's signature.
fn scalar<T: Stored>(value: &Tensor) -> Result<T> {
    if value.dtype() == DType::Int64 { Ok(T::count(value.item::<i64>()?)) } else { value.item::<T>() }
}

#[cold]
fn uninitialized(call: &Call, i: usize) -> Error {
    let name = call.input(i).get_object::<Handle>().map_or(String::new(), |h| h.name.clone());
    error!(Internal, "Invalid variable reference.").fix(format!("variable '{name}' has no value: run its initializer first"))
}

fn same_shape<T>(plan: &Plan<T>, i: usize, variable: &Shape, other: &Shape) -> Result<()> {
    if variable != other {
        bail!(InvalidArgument, "var and {} do not have the same shape{variable} {other}", plan.names[i]);
    }
    Ok(())
}

/// The rows that a sparse gradient changes. InvalidArgument if its shape does not fit, or a row is outside the variable.
fn rows(indices: &Tensor, shape: &Shape, grad: &Shape) -> Result<Vec<usize>> {
    check_rows(shape, indices.shape(), grad)?;
    let row = |(i, x): (usize, i64)| match usize::try_from(x) {
        Ok(r) if r < shape[0] => Ok(r),
        _ => bail!(InvalidArgument, "Index {x} at offset {i} in indices is out of range"),
    };
    indices.to_i64()?.into_iter().enumerate().map(row).collect()
}

/// A step on all elements, on several threads if that pays.
fn whole<T: Stored>(call: &Call, plan: &Plan<T>, grad: &[T], values: &mut [&mut Tensor], scalars: &[T]) -> Result<()> {
    let n = grad.len();
    let mut slices = values.iter_mut().map(|v| v.slice_mut::<T>()).collect::<Result<SmallVec<[_; 4]>>>()?;
    let cost = 0.5 * slices.len() as f32;
    if n <= GRAIN {
        (plan.rule)(grad, &mut slices, scalars, plan.options);
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
            (plan.rule)(&grad[range], &mut part.lock().unwrap_or_else(PoisonError::into_inner), scalars, plan.options);
        }
    });
    Ok(())
}

/// A step on rows, one after the other, since a row may come twice.
fn some_rows<T: Stored>(plan: &Plan<T>, grad: &[T], values: &mut [&mut Tensor], scalars: &[T], rows: &[usize], len: usize) -> Result<()> {
    let mut slices = values.iter_mut().map(|v| v.slice_mut::<T>()).collect::<Result<Vec<_>>>()?;
    for (i, row) in rows.iter().enumerate() {
        let mut parts: Vec<&mut [T]> = slices.iter_mut().map(|s| &mut s[row * len..][..len]).collect();
        (plan.rule)(&grad[i * len..][..len], &mut parts, scalars, plan.options);
    }
    Ok(())
}
