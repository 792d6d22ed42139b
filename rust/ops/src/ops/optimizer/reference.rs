//! Training steps of TensorFlow 1's reference variables: the steps of the family's own page, which pass the reference on.
use super::{DENSE, DENSE_LINEAR, DENSE_NESTEROV, DENSE_SLOTS, SPARSE, SPARSE_LINEAR, SPARSE_NESTEROV, SPARSE_SLOTS, powers, step};
use crate::def::{Entry, Flags, ShapeRule};
use crate::infer::Infer;
use ferroflow_tensor::Result;

const fn pass_on(name: &'static str, sig: &'static str, attrs: &'static str, doc: &'static str) -> Entry {
    Entry { flags: Flags::WRITES, shape: ShapeRule::Rule(shapes), ..step(name, sig, attrs, doc) }
}

const fn powers_pass_on(name: &'static str, sig: &'static str, attrs: &'static str, doc: &'static str) -> Entry {
    Entry { gpu: powers(name, sig, attrs, doc).gpu, ..pass_on(name, sig, attrs, doc) }
}

/// Training steps of reference variables.
pub static OPS: &[Entry] = &[
    pass_on(
        "ApplyGradientDescent",
        "var: Ref(T), alpha: T, delta: T -> out: Ref(T)",
        DENSE,
        "ResourceApplyGradientDescent of a reference variable.",
    ),
    pass_on(
        "ApplyMomentum",
        "var: Ref(T), accum: Ref(T), lr: T, grad: T, momentum: T -> out: Ref(T)",
        DENSE_NESTEROV,
        "ResourceApplyMomentum of a reference variable.",
    ),
    pass_on(
        "ApplyAdam",
        "var: Ref(T), m: Ref(T), v: Ref(T), beta1_power: T, beta2_power: T, lr: T, beta1: T, beta2: T, epsilon: T, grad: T -> out: Ref(T)",
        DENSE_NESTEROV,
        "ResourceApplyAdam of a reference variable.",
    ),
    pass_on(
        "ApplyAdagrad",
        "var: Ref(T), accum: Ref(T), lr: T, grad: T -> out: Ref(T)",
        DENSE_SLOTS,
        "ResourceApplyAdagrad of a reference variable.",
    ),
    pass_on(
        "ApplyAdadelta",
        "var: Ref(T), accum: Ref(T), accum_update: Ref(T), lr: T, rho: T, epsilon: T, grad: T -> out: Ref(T)",
        DENSE,
        "ResourceApplyAdadelta of a reference variable.",
    ),
    pass_on(
        "ApplyRMSProp",
        "var: Ref(T), ms: Ref(T), mom: Ref(T), lr: T, rho: T, momentum: T, epsilon: T, grad: T -> out: Ref(T)",
        DENSE,
        "ResourceApplyRMSProp of a reference variable.",
    ),
    pass_on(
        "ApplyCenteredRMSProp",
        "var: Ref(T), mg: Ref(T), ms: Ref(T), mom: Ref(T), lr: T, rho: T, momentum: T, epsilon: T, grad: T -> out: Ref(T)",
        DENSE,
        "ResourceApplyCenteredRMSProp of a reference variable.",
    ),
    powers_pass_on(
        "ApplyFtrl",
        "var: Ref(T), accum: Ref(T), linear: Ref(T), grad: T, lr: T, l1: T, l2: T, lr_power: T -> out: Ref(T)",
        DENSE_LINEAR,
        "ResourceApplyFtrl of a reference variable.",
    ),
    powers_pass_on(
        "ApplyFtrlV2",
        "var: Ref(T), accum: Ref(T), linear: Ref(T), grad: T, lr: T, l1: T, l2: T, l2_shrinkage: T, lr_power: T -> out: Ref(T)",
        DENSE_LINEAR,
        "ResourceApplyFtrlV2 of a reference variable.",
    ),
    pass_on(
        "ApplyProximalGradientDescent",
        "var: Ref(T), alpha: T, l1: T, l2: T, delta: T -> out: Ref(T)",
        DENSE,
        "ResourceApplyProximalGradientDescent of a reference variable.",
    ),
    pass_on(
        "ApplyProximalAdagrad",
        "var: Ref(T), accum: Ref(T), lr: T, l1: T, l2: T, grad: T -> out: Ref(T)",
        DENSE,
        "ResourceApplyProximalAdagrad of a reference variable.",
    ),
    pass_on(
        "ApplyAdagradDA",
        "var: Ref(T), gradient_accumulator: Ref(T), gradient_squared_accumulator: Ref(T), grad: T, lr: T, l1: T, l2: T, global_step: int64 -> out: Ref(T)",
        DENSE,
        "ResourceApplyAdagradDA of a reference variable.",
    ),
    pass_on(
        "SparseApplyMomentum",
        "var: Ref(T), accum: Ref(T), lr: T, grad: T, indices: Tindices, momentum: T -> out: Ref(T)",
        SPARSE_NESTEROV,
        "ResourceSparseApplyMomentum of a reference variable.",
    ),
    pass_on(
        "SparseApplyAdagrad",
        "var: Ref(T), accum: Ref(T), lr: T, grad: T, indices: Tindices -> out: Ref(T)",
        SPARSE_SLOTS,
        "ResourceSparseApplyAdagrad of a reference variable.",
    ),
    pass_on(
        "SparseApplyAdadelta",
        "var: Ref(T), accum: Ref(T), accum_update: Ref(T), lr: T, rho: T, epsilon: T, grad: T, indices: Tindices -> out: Ref(T)",
        SPARSE,
        "ResourceSparseApplyAdadelta of a reference variable.",
    ),
    pass_on(
        "SparseApplyRMSProp",
        "var: Ref(T), ms: Ref(T), mom: Ref(T), lr: T, rho: T, momentum: T, epsilon: T, grad: T, indices: Tindices -> out: Ref(T)",
        SPARSE,
        "ResourceSparseApplyRMSProp of a reference variable.",
    ),
    pass_on(
        "SparseApplyCenteredRMSProp",
        "var: Ref(T), mg: Ref(T), ms: Ref(T), mom: Ref(T), lr: T, rho: T, momentum: T, epsilon: T, grad: T, indices: Tindices -> out: Ref(T)",
        SPARSE,
        "ResourceSparseApplyCenteredRMSProp of a reference variable.",
    ),
    powers_pass_on(
        "SparseApplyFtrl",
        "var: Ref(T), accum: Ref(T), linear: Ref(T), grad: T, indices: Tindices, lr: T, l1: T, l2: T, lr_power: T -> out: Ref(T)",
        SPARSE_LINEAR,
        "ResourceSparseApplyFtrl of a reference variable.",
    ),
    powers_pass_on(
        "SparseApplyFtrlV2",
        "var: Ref(T), accum: Ref(T), linear: Ref(T), grad: T, indices: Tindices, lr: T, l1: T, l2: T, l2_shrinkage: T, lr_power: T -> out: Ref(T)",
        SPARSE_LINEAR,
        "ResourceSparseApplyFtrlV2 of a reference variable.",
    ),
    pass_on(
        "SparseApplyProximalGradientDescent",
        "var: Ref(T), alpha: T, l1: T, l2: T, grad: T, indices: Tindices -> out: Ref(T)",
        SPARSE,
        "ResourceSparseApplyProximalGradientDescent of a reference variable.",
    ),
    pass_on(
        "SparseApplyProximalAdagrad",
        "var: Ref(T), accum: Ref(T), lr: T, l1: T, l2: T, grad: T, indices: Tindices -> out: Ref(T)",
        SPARSE,
        "ResourceSparseApplyProximalAdagrad of a reference variable.",
    ),
    pass_on(
        "SparseApplyAdagradDA",
        "var: Ref(T), gradient_accumulator: Ref(T), gradient_squared_accumulator: Ref(T), grad: T, indices: Tindices, lr: T, l1: T, l2: T, global_step: int64 -> out: Ref(T)",
        SPARSE,
        "ResourceSparseApplyAdagradDA of a reference variable.",
    ),
];

/// The rules of resource variables; the output has the variable's shape.
fn shapes(c: &mut Infer) -> Result<()> {
    super::shapes(c)?;
    if !c.at_run_time {
        c.set(0, c.shape(0).clone());
    }
    Ok(())
}
