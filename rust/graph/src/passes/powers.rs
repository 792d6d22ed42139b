//! simplify_powers: squares and cubes of floats are products, in place of the general power, which takes ten times as long.
//!
//! A square is rounded right, as the power nearly always is; a cube is rounded twice, and is at most 1.5 units in the last
//! place from the true one.
use super::pattern::{number, plain, replace};
use super::{Evaluate, Work};
use crate::node::{Endpoint, Node, NodeId};
use ferroflow_ops::registry;
use ferroflow_tensor::{DType, Result};
use std::sync::Arc;

pub(super) fn simplify(w: &mut Work, _: Evaluate) -> Result<()> {
    let (Some(square), Some(mul)) = (registry::find("Square"), registry::find("Mul")) else { return Ok(()) };
    let mut i = 0;
    while i < w.nodes.len() {
        let n = w.nodes[i].clone();
        i += 1;
        let dtype = n.outputs.first().map_or(DType::Int32, |t| t.dtype);
        if &*n.op_name != "Pow" || !plain(w, &n, &n.device) || !matches!(dtype, DType::Float | DType::Double) {
            continue;
        }
        let x = n.inputs[0];
        match number(w, n.inputs[1]) {
            Some(2.0) => replace(w, i - 1, square, vec![x]),
            Some(3.0) => {
                // The square is a node of its own, before this one.
                let first = Arc::new(Node { id: NodeId(w.all.len() as u32), ..(*n).clone() });
                let squared = Endpoint::new(first.id, 0);
                w.all.push(first.clone());
                w.nodes.insert(i - 1, first);
                replace(w, i - 1, square, vec![x]);
                replace(w, i, mul, vec![squared, x]);
                i += 1;
            }
            _ => {}
        }
    }
    Ok(())
}
