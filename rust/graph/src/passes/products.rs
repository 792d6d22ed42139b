//! fuse_products: a matrix product, the bias, the residual and the activation that follow it become one node.
//!
//! Results keep their bits. Only what is sure to fit by its static shapes is fused, so that the new node never fails where
//! the old ones would have told a better reason.
use super::{Evaluate, Work, is_pure};
use crate::node::{Endpoint, Node, NodeId};
use ferroflow_ops::Attrs;
use ferroflow_ops::ops::linalg::fused::{ACTIVATIONS, fused_matmul};
use ferroflow_tensor::{DType, PartialShape, Result, Str};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

pub(super) fn fuse(w: &mut Work, _: Evaluate) -> Result<()> {
    let Some(op) = fused_matmul() else { return Ok(()) };
    let mut readers: FxHashMap<Endpoint, Vec<usize>> = FxHashMap::default();
    for (i, n) in w.nodes.iter().enumerate() {
        for e in &n.inputs {
            readers.entry(w.resolve(*e)).or_default().push(i);
        }
    }
    let mut kept: FxHashSet<NodeId> = w.fetches.iter().map(|e| w.resolve(*e).node).collect();
    kept.extend(w.nodes.iter().flat_map(|n| n.control.iter().copied()));
    kept.extend(&w.targets);
    for i in 0..w.nodes.len() {
        let Some(mut chain) = Chain::start(w, &w.nodes[i]) else { continue };
        let (mut last, mut ops) = (i, vec![]);
        while let Some([next]) = readers.get(&Endpoint::new(w.nodes[last].id, 0)).map(Vec::as_slice) {
            let n = &w.nodes[*next];
            if kept.contains(&w.nodes[last].id) || !plain(w, n) {
                break;
            }
            let Some(name) = chain.take(w, n, Endpoint::new(w.nodes[last].id, 0)) else { break };
            ops.push(Str::from(name.as_bytes()));
            last = *next;
        }
        if ops.is_empty() {
            continue;
        }
        let (product, end) = (w.nodes[i].clone(), w.nodes[last].clone());
        let mut attrs = Attrs::of(&[("T", chain.dtype.into()), ("num_args", (chain.args.len() as i64).into()), ("fused_ops", ops.into())]);
        for name in ["transpose_a", "transpose_b"] {
            attrs.set(name, product.attrs.bool(name)?);
        }
        let id = NodeId(w.all.len() as u32);
        let inputs = product.inputs.iter().copied().chain(chain.args).collect();
        let fused = Arc::new(Node { id, op: Some(op), op_name: op.name.into(), attrs, inputs, ..(*end).clone() });
        w.all.push(fused.clone());
        w.replaced.insert(Endpoint::new(end.id, 0), Endpoint::new(id, 0));
        if kept.contains(&end.id) {
            kept.insert(id);
        }
        w.nodes[last] = fused;
    }
    Ok(())
}

/// Whether a node may be a part of another one.
fn plain(w: &Work, n: &Node) -> bool {
    is_pure(n) && n.control.is_empty() && n.device.is_empty() && n.outputs.len() == 1 && !w.is_given(Endpoint::new(n.id, 0))
}

/// A product and what has been found after it.
struct Chain {
    dtype: DType,
    shape: [Option<usize>; 2],
    args: Vec<Endpoint>,
    residual: bool,
    activated: bool,
}

impl Chain {
    /// A product whose sizes are known to fit.
    fn start(w: &Work, n: &Node) -> Option<Chain> {
        let dtype = n.outputs.first()?.dtype;
        if &*n.op_name != "MatMul" || !matches!(dtype, DType::Float | DType::Double) || !plain(w, n) {
            return None;
        }
        let size = |i: usize, axis: usize, flag: &str| {
            let flip = n.attrs.bool(flag).ok()? as usize;
            let dims = shape(w, n.inputs[i])?;
            if dims.len() == 2 { Some(dims[axis ^ flip]) } else { None }
        };
        let (m, k) = (size(0, 0, "transpose_a")?, size(0, 1, "transpose_a")?);
        let (inner, columns) = (size(1, 0, "transpose_b")?, size(1, 1, "transpose_b")?);
        let fits = k.is_some() && k == inner && columns.is_some();
        fits.then_some(Chain { dtype, shape: [m, columns], args: vec![], residual: false, activated: false })
    }

    /// Takes the node that reads the result so far, and gives the name of what it does; None if it is nothing of the kind.
    fn take(&mut self, w: &Work, n: &Node, so_far: Endpoint) -> Option<&'static str> {
        if self.activated {
            return None;
        }
        if let Some(name) = ACTIVATIONS.iter().find(|a| **a == &*n.op_name) {
            self.activated = true;
            return Some(name);
        }
        let sum = matches!(&*n.op_name, "Add" | "AddV2");
        if !sum && &*n.op_name != "BiasAdd" {
            return None;
        }
        let first = w.resolve(n.inputs[0]) == so_far;
        if !first && !sum {
            return None;
        }
        let other = n.inputs[usize::from(first)];
        let dims = shape(w, other)?;
        let columns = self.shape[1];
        let bias = dims == [columns] || (sum && dims == [Some(1), columns]);
        // A bias comes before the residual in the inner loop.
        let name = if bias && self.args.is_empty() {
            "BiasAdd"
        } else if sum && !self.residual && self.shape[0].is_some() && dims == self.shape {
            self.residual = true;
            "Add"
        } else {
            return None;
        };
        self.args.push(w.resolve(other));
        Some(name)
    }
}

/// The static sizes of a value.
fn shape(w: &Work, e: Endpoint) -> Option<Vec<Option<usize>>> {
    let e = w.resolve(e);
    let shape: &PartialShape = &w.all.get(e.node.0 as usize)?.outputs.get(e.index as usize)?.shape;
    shape.dims().map(<[_]>::to_vec)
}
