//! Optimizers: one training step of a variable and its slots, in place. Formulas as TensorFlow documents them.
pub mod reference;

use crate::def::{Entry, Flags, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{PartialShape, Result, bail};

macro_rules! attrs {
    ($($more:literal),*) => {
        concat!("T: {float, double, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, half, uint32, uint64}; ", $($more),*)
    };
}
const DENSE: &str = attrs!("use_locking: bool = false");
const DENSE_NESTEROV: &str = attrs!("use_locking: bool = false; use_nesterov: bool = false");
const DENSE_SLOTS: &str = attrs!("use_locking: bool = false; update_slots: bool = true");
const DENSE_LINEAR: &str = attrs!("use_locking: bool = false; multiply_linear_by_lr: bool = false");
const SPARSE: &str = attrs!("Tindices: {int32, int64}; use_locking: bool = false");
const SPARSE_NESTEROV: &str = attrs!("Tindices: {int32, int64}; use_locking: bool = false; use_nesterov: bool = false");
const SPARSE_SLOTS: &str = attrs!("Tindices: {int32, int64}; use_locking: bool = false; update_slots: bool = true");
const SPARSE_LINEAR: &str = attrs!("Tindices: {int32, int64}; use_locking: bool = false; multiply_linear_by_lr: bool = false");

const fn step(name: &'static str, sig: &'static str, attrs: &'static str, doc: &'static str) -> Entry {
    Entry {
        name,
        sig,
        attrs,
        doc,
        flags: Flags::STATEFUL.and(Flags::WRITES),
        shape: ShapeRule::Rule(shapes),
        grad: Gradient::Missing("a training step has no result to differentiate"),
        gpu: Gpu::Template("step"),
        test: Test::own(&["tests/ops/test_training_steps.py"]),
        ..Entry::NEW
    }
}

/// A step with powers.
const fn powers(name: &'static str, sig: &'static str, attrs: &'static str, doc: &'static str) -> Entry {
    Entry { gpu: Gpu::Host("its powers go through 64-bit floats"), ..step(name, sig, attrs, doc) }
}

/// Training steps.
pub static OPS: &[Entry] = &[
    step("ResourceApplyGradientDescent", "var: resource, alpha: T, delta: T -> ", DENSE, "Gradient descent: var -= alpha * delta."),
    step(
        "ResourceApplyMomentum",
        "var: resource, accum: resource, lr: T, grad: T, momentum: T -> ",
        DENSE_NESTEROV,
        "Momentum: accum = momentum * accum + grad; var -= lr * accum, with use_nesterov var -= lr * (grad + momentum * accum).",
    ),
    step(
        "ResourceApplyKerasMomentum",
        "var: resource, accum: resource, lr: T, grad: T, momentum: T -> ",
        DENSE_NESTEROV,
        "Momentum as Keras writes it: accum = momentum * accum - lr * grad; var += accum, with use_nesterov var += momentum * accum - lr * grad.",
    ),
    step(
        "ResourceApplyAdam",
        "var: resource, m: resource, v: resource, beta1_power: T, beta2_power: T, lr: T, beta1: T, beta2: T, epsilon: T, grad: T -> ",
        DENSE_NESTEROV,
        "Adam (Kingma and Ba, 2015): m += (grad - m) * (1 - beta1); v += (grad^2 - v) * (1 - beta2); var -= lr * sqrt(1 - beta2_power) / (1 - beta1_power) * m / (sqrt(v) + epsilon).",
    ),
    step(
        "ResourceApplyAdamWithAmsgrad",
        "var: resource, m: resource, v: resource, vhat: resource, beta1_power: T, beta2_power: T, lr: T, beta1: T, beta2: T, epsilon: T, grad: T -> ",
        DENSE,
        "Adam with AMSGrad (Reddi, Kale and Kumar, 2018): as Adam, but divides by sqrt(vhat) + epsilon, where vhat = max(vhat, v).",
    ),
    step(
        "ResourceApplyAdagrad",
        "var: resource, accum: resource, lr: T, grad: T -> ",
        DENSE_SLOTS,
        "Adagrad (Duchi, Hazan and Singer, 2011): accum += grad^2 if update_slots; var -= lr * grad / sqrt(accum).",
    ),
    step(
        "ResourceApplyAdagradV2",
        "var: resource, accum: resource, lr: T, epsilon: T, grad: T -> ",
        DENSE_SLOTS,
        "Adagrad with a small number against division by zero: accum += grad^2 if update_slots; var -= lr * grad / (sqrt(accum) + epsilon).",
    ),
    step(
        "ResourceApplyAdadelta",
        "var: resource, accum: resource, accum_update: resource, lr: T, rho: T, epsilon: T, grad: T -> ",
        DENSE,
        "Adadelta (Zeiler, 2012): accum = rho * accum + (1 - rho) * grad^2; update = sqrt(accum_update + epsilon) / sqrt(accum + epsilon) * grad; accum_update = rho * accum_update + (1 - rho) * update^2; var -= lr * update.",
    ),
    step(
        "ResourceApplyRMSProp",
        "var: resource, ms: resource, mom: resource, lr: T, rho: T, momentum: T, epsilon: T, grad: T -> ",
        DENSE,
        "RMSProp: ms += (grad^2 - ms) * (1 - rho); mom = momentum * mom + lr * grad / sqrt(ms + epsilon); var -= mom.",
    ),
    step(
        "ResourceApplyCenteredRMSProp",
        "var: resource, mg: resource, ms: resource, mom: resource, lr: T, rho: T, momentum: T, epsilon: T, grad: T -> ",
        DENSE,
        "Centred RMSProp: ms += (grad^2 - ms) * (1 - rho); mg += (grad - mg) * (1 - rho); mom = momentum * mom + lr * grad / sqrt(ms - mg^2 + epsilon); var -= mom.",
    ),
    powers(
        "ResourceApplyFtrl",
        "var: resource, accum: resource, linear: resource, grad: T, lr: T, l1: T, l2: T, lr_power: T -> ",
        DENSE_LINEAR,
        "FTRL-proximal (McMahan and others, 2013): new = accum + grad^2; linear += grad - (new^-lr_power - accum^-lr_power) / lr * var; var = |linear| > l1 ? (sign(linear) * l1 - linear) / (new^-lr_power / lr + 2 * l2) : 0; accum = new.",
    ),
    powers(
        "ResourceApplyFtrlV2",
        "var: resource, accum: resource, linear: resource, grad: T, lr: T, l1: T, l2: T, l2_shrinkage: T, lr_power: T -> ",
        DENSE_LINEAR,
        "FTRL-proximal with shrinkage: as ResourceApplyFtrl, where linear takes grad + 2 * l2_shrinkage * var instead of grad.",
    ),
    step(
        "ResourceApplyProximalGradientDescent",
        "var: resource, alpha: T, l1: T, l2: T, delta: T -> ",
        DENSE,
        "Forward-backward splitting (Duchi and Singer, 2009): p = var - alpha * delta; var = sign(p) * max(|p| - alpha * l1, 0) / (1 + alpha * l2).",
    ),
    step(
        "ResourceApplyProximalAdagrad",
        "var: resource, accum: resource, lr: T, l1: T, l2: T, grad: T -> ",
        DENSE,
        "Adagrad with forward-backward splitting: accum += grad^2; rate = lr / sqrt(accum); p = var - rate * grad; var = sign(p) * max(|p| - rate * l1, 0) / (1 + rate * l2).",
    ),
    step(
        "ResourceApplyAdagradDA",
        "var: resource, gradient_accumulator: resource, gradient_squared_accumulator: resource, grad: T, lr: T, l1: T, l2: T, global_step: int64 -> ",
        DENSE,
        "Adagrad by dual averaging (Duchi, Hazan and Singer, 2011): the accumulators a and q take grad and grad^2; var = -lr * sign(a) * max(|a| - l1 * global_step, 0) / (l2 * global_step * lr + sqrt(q)).",
    ),
    step(
        "ResourceSparseApplyMomentum",
        "var: resource, accum: resource, lr: T, grad: T, indices: Tindices, momentum: T -> ",
        SPARSE_NESTEROV,
        "ResourceApplyMomentum on the rows that indices name.",
    ),
    step(
        "ResourceSparseApplyKerasMomentum",
        "var: resource, accum: resource, lr: T, grad: T, indices: Tindices, momentum: T -> ",
        SPARSE_NESTEROV,
        "ResourceApplyKerasMomentum on the rows that indices name.",
    ),
    step(
        "ResourceSparseApplyAdagrad",
        "var: resource, accum: resource, lr: T, grad: T, indices: Tindices -> ",
        SPARSE_SLOTS,
        "ResourceApplyAdagrad on the rows that indices name.",
    ),
    step(
        "ResourceSparseApplyAdagradV2",
        "var: resource, accum: resource, lr: T, epsilon: T, grad: T, indices: Tindices -> ",
        SPARSE_SLOTS,
        "ResourceApplyAdagradV2 on the rows that indices name.",
    ),
    step(
        "ResourceSparseApplyAdadelta",
        "var: resource, accum: resource, accum_update: resource, lr: T, rho: T, epsilon: T, grad: T, indices: Tindices -> ",
        SPARSE,
        "ResourceApplyAdadelta on the rows that indices name.",
    ),
    step(
        "ResourceSparseApplyRMSProp",
        "var: resource, ms: resource, mom: resource, lr: T, rho: T, momentum: T, epsilon: T, grad: T, indices: Tindices -> ",
        SPARSE,
        "ResourceApplyRMSProp on the rows that indices name.",
    ),
    step(
        "ResourceSparseApplyCenteredRMSProp",
        "var: resource, mg: resource, ms: resource, mom: resource, lr: T, rho: T, momentum: T, epsilon: T, grad: T, indices: Tindices -> ",
        SPARSE,
        "ResourceApplyCenteredRMSProp on the rows that indices name.",
    ),
    powers(
        "ResourceSparseApplyFtrl",
        "var: resource, accum: resource, linear: resource, grad: T, indices: Tindices, lr: T, l1: T, l2: T, lr_power: T -> ",
        SPARSE_LINEAR,
        "ResourceApplyFtrl on the rows that indices name.",
    ),
    powers(
        "ResourceSparseApplyFtrlV2",
        "var: resource, accum: resource, linear: resource, grad: T, indices: Tindices, lr: T, l1: T, l2: T, l2_shrinkage: T, lr_power: T -> ",
        SPARSE_LINEAR,
        "ResourceApplyFtrlV2 on the rows that indices name.",
    ),
    step(
        "ResourceSparseApplyProximalGradientDescent",
        "var: resource, alpha: T, l1: T, l2: T, grad: T, indices: Tindices -> ",
        SPARSE,
        "ResourceApplyProximalGradientDescent on the rows that indices name.",
    ),
    step(
        "ResourceSparseApplyProximalAdagrad",
        "var: resource, accum: resource, lr: T, l1: T, l2: T, grad: T, indices: Tindices -> ",
        SPARSE,
        "ResourceApplyProximalAdagrad on the rows that indices name.",
    ),
    step(
        "ResourceSparseApplyAdagradDA",
        "var: resource, gradient_accumulator: resource, gradient_squared_accumulator: resource, grad: T, indices: Tindices, lr: T, l1: T, l2: T, global_step: int64 -> ",
        SPARSE,
        "ResourceApplyAdagradDA on the rows that indices name.",
    ),
];

/// Inputs that are neither resources, the gradient nor indices are scalars. Slots and gradient have the variable's shape,
/// but for the number of rows of a sparse gradient.
fn shapes(c: &mut Infer) -> Result<()> {
    if c.at_run_time {
        return Ok(()); // the kernel knows the variables' shapes and words the errors
    }
    let mut shape = PartialShape::UNKNOWN;
    let sparse = c.op.input("indices").is_some();
    for (i, arg) in c.op.inputs.iter().enumerate() {
        match arg.name.as_str() {
            _ if arg.is_ref => shape = c.merge(&shape, c.shape(i))?,
            _ if c.input(i).dtype == ferroflow_tensor::DType::Resource => {
                let held = c.input(i).handle.as_ref().and_then(|h| h.first()).map_or(PartialShape::UNKNOWN, |h| h.1.clone());
                shape = c.merge(&shape, &held)?;
            }
            "indices" => {
                c.with_rank(i, 1)?;
            }
            "grad" | "delta" if sparse => {
                let rows = c.op.input("indices").and_then(|k| c.shape(k).dim(0));
                c.merge_dim(c.shape(i).dim(0), rows)?;
                let open = |s: &PartialShape| {
                    s.dims().map_or(PartialShape::UNKNOWN, |d| PartialShape::new([&[None], d.get(1..).unwrap_or(&[])].concat()))
                };
                c.merge(&open(&shape), &open(c.shape(i)))?;
            }
            "grad" | "delta" => shape = c.merge(&shape, c.shape(i))?,
            _ => {
                if let Some(r) = c.shape(i).rank().filter(|r| *r != 0) {
                    bail!(InvalidArgument, "Shape must be rank 0 but is rank {r}");
                }
            }
        }
    }
    Ok(())
}
