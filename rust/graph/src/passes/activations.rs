//! fuse_activations: gelu, written out in one of its two forms, becomes one op with the same bits.
use super::pattern::{Readers, is_number, orders, plain, replace};
use super::{Evaluate, Work};
use crate::node::{Endpoint, Node};
use ferroflow_ops::elementwise::{GELU_SCALE, GELU_TANH};
use ferroflow_ops::ops::fused::activation;
use ferroflow_tensor::{DType, Result};

const ADD: [&str; 2] = ["Add", "AddV2"];

pub(super) fn fuse(w: &mut Work, _: Evaluate) -> Result<()> {
    if !w.nodes.iter().any(|n| matches!(&*n.op_name, "Erf" | "Tanh")) {
        return Ok(());
    }
    let readers = Readers::of(w);
    for i in 0..w.nodes.len() {
        let n = w.nodes[i].clone();
        let Some((name, x)) = gelu(w, &readers, &n) else { continue };
        if let Some(op) = activation(name) {
            replace(w, i, op, vec![x]);
        }
    }
    Ok(())
}

/// The op that does all that ends in a node, and its operand.
fn gelu(w: &Work, r: &Readers, end: &Node) -> Option<(&'static str, Endpoint)> {
    let dtype = end.outputs.first()?.dtype;
    if &*end.op_name != "Mul" || !plain(w, end, &end.device) || !matches!(dtype, DType::Float | DType::Double) {
        return None;
    }
    let on = &*end.device;
    let is = |e, x| is_number(w, e, dtype, x);
    orders(end).into_iter().find_map(|[half, sum]| {
        let (x, sum) = (times(w, r, on, half, dtype, 0.5)?, r.inner(w, sum, on, &ADD, 1)?);
        let [function, _] = orders(sum).into_iter().find(|[_, one]| is(*one, 1.0))?;
        let f = r.inner(w, function, on, &["Erf", "Tanh"], 1)?;
        if &*f.op_name == "Erf" {
            let quotient = r.inner(w, f.inputs[0], on, &["RealDiv", "Div"], 1)?;
            return (is(quotient.inputs[1], GELU_SCALE) && w.resolve(quotient.inputs[0]) == x).then_some(("_Gelu", x));
        }
        let sum = r.inner(w, times(w, r, on, f.inputs[0], dtype, GELU_TANH[1])?, on, &ADD, 1)?;
        let [_, cubed] = orders(sum).into_iter().find(|[a, _]| w.resolve(*a) == x)?;
        let cube = r.inner(w, times(w, r, on, cubed, dtype, GELU_TANH[0])?, on, &["Mul"], 1)?;
        let [square, _] = orders(cube).into_iter().find(|[_, b]| w.resolve(*b) == x)?;
        let square = r.inner(w, square, on, &["Square", "Mul"], 1)?;
        square.inputs.iter().all(|e| w.resolve(*e) == x).then_some(("_GeluTanh", x))
    })
}

/// What is multiplied by a number to give a value that nothing else reads.
fn times(w: &Work, r: &Readers, on: &str, e: Endpoint, dtype: DType, x: f64) -> Option<Endpoint> {
    let n = r.inner(w, e, on, &["Mul"], 1)?;
    orders(n).into_iter().find(|[_, number]| is_number(w, *number, dtype, x)).map(|[a, _]| w.resolve(a))
}
