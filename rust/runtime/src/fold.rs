//! Evaluates a pure node on constants, for the constant folding pass.
use crate::step::{check_types, kernel, run_op};
use ferroflow_graph::Node;
use ferroflow_ops::{Cancel, Env, RunCtx};
use ferroflow_tensor::Tensor;
use std::sync::Arc;

/// The results of a node on constant inputs; None if it has no host kernel, fails, or belongs on another device.
pub fn evaluate(env: &Arc<Env>, n: &Node, inputs: &[Tensor]) -> Option<Vec<Tensor>> {
    let op = n.op?;
    let k = kernel(op, &*env.host)?;
    check_types(op, k, &n.attrs, &*env.host).ok()?;
    let cancel = Arc::default();
    let run = RunCtx { env, device: &*env.host, cancel: &cancel as &Arc<Cancel>, step: 0 };
    let out = run_op(&run, op, k, &n.attrs, &n.name, None, &inputs.iter().collect::<Vec<_>>(), 0).ok()?;
    out.into_iter().map(|t| t.settle().ok()).collect()
}
