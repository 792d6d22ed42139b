//! fuse_layer_norms: a normalisation along the last axis, written out as `nn.moments` and `nn.batch_normalization` do, becomes
//! one op with the same bits, which has the moments as further results.
use super::pattern::{Readers, number, orders, plain};
use super::{Evaluate, Work};
use crate::node::{Endpoint, Node, NodeId};
use ferroflow_ops::ops::nn::norm::fused_layer_norm;
use ferroflow_ops::{Attrs, ValueType};
use ferroflow_tensor::{DType, Result};
use rustc_hash::FxHashMap;
use std::sync::Arc;

const ADD: [&str; 2] = ["Add", "AddV2"];

pub(super) fn fuse(w: &mut Work, _: Evaluate) -> Result<()> {
    let Some(op) = fused_layer_norm().filter(|_| w.nodes.iter().any(|n| &*n.op_name == "Rsqrt")) else { return Ok(()) };
    let mut at = 0;
    while at < w.nodes.len() {
        let end = w.nodes[at].clone();
        at += 1;
        let Some(found) = LayerNorm::ending_in(w, &end) else { continue };
        let place = at - 1;
        if !found.is_read_later(w, place) {
            continue;
        }
        let attrs = Attrs::of(&[("T", end.outputs[0].dtype.into()), ("epsilon", found.epsilon.into())]);
        let column = |i: usize| found.types[i].clone();
        let fused = Arc::new(Node {
            op: Some(op),
            op_name: op.name.into(),
            attrs,
            inputs: found.operands.into_iter().collect(),
            outputs: [end.outputs[0].clone(), column(0), column(1)].into_iter().collect(),
            ..(*end).clone()
        });
        w.all[end.id.0 as usize] = fused.clone();
        w.nodes[place] = fused;
        for (i, moment) in found.moments.into_iter().enumerate() {
            w.replaced.insert(moment, Endpoint::new(end.id, i + 1));
        }
        // What follows from the moments, if anything else reads it, comes after them.
        let (later, mut before): (Vec<_>, Vec<_>) = w.nodes.drain(..place).partition(|n| found.later.contains(&n.id));
        at = before.len() + 1;
        let rest: Vec<_> = w.nodes.drain(..).collect();
        let mut rest = rest.into_iter();
        before.extend(rest.next());
        before.extend(later);
        before.extend(rest);
        w.nodes = before;
    }
    Ok(())
}

/// The parts of a layer norm.
struct LayerNorm {
    /// x, scale, offset.
    operands: [Endpoint; 3],
    epsilon: f32,
    /// Mean and variance.
    moments: [Endpoint; 2],
    types: [ValueType; 2],
    /// Nodes that compute with the moments.
    later: [NodeId; 3],
    /// All nodes but the last one.
    parts: Vec<NodeId>,
}

impl LayerNorm {
    /// `x factor + (offset - mean factor)` with `factor = Rsqrt(variance + epsilon) scale`.
    fn ending_in(w: &Work, end: &Node) -> Option<LayerNorm> {
        let dtype = end.outputs.first()?.dtype;
        if !ADD.contains(&&*end.op_name) || !plain(w, end, "") || !matches!(dtype, DType::Float | DType::Double) {
            return None;
        }
        orders(end).into_iter().find_map(|[scaled, shift]| {
            let (scaled, shift) = (made(w, scaled, &["Mul"])?, made(w, shift, &["Sub"])?);
            let moved = made(w, shift.inputs[1], &["Mul"])?;
            orders(scaled).into_iter().find_map(|[x, factor]| {
                let (x, factor) = (w.resolve(x), w.resolve(factor));
                let [mean, _] = orders(moved).into_iter().find(|[_, f]| w.resolve(*f) == factor)?;
                let product = made(w, factor, &["Mul"])?;
                let [inverse, scale] = orders(product).into_iter().find(|[r, _]| made(w, *r, &["Rsqrt"]).is_some())?;
                let root = made(w, inverse, &["Rsqrt"])?;
                let sum = made(w, root.inputs[0], &ADD)?;
                let [variance, epsilon] = orders(sum).into_iter().find(|[_, e]| number(w, *e).is_some())?;
                let (mean_node, variance_node) = (mean_of_rows(w, mean)?, mean_of_rows(w, variance)?);
                let apart = made(w, variance_node.inputs[0], &["SquaredDifference"])?;
                let (mean, variance) = (w.resolve(mean), w.resolve(variance));
                let of_x = w.resolve(mean_node.inputs[0]) == x && w.resolve(apart.inputs[0]) == x && w.resolve(apart.inputs[1]) == mean;
                let offset = w.resolve(shift.inputs[0]);
                let exact = number(w, epsilon).filter(|e| f64::from(*e as f32) == *e)?;
                let fits =
                    [scale, offset].iter().all(|e| sizes(w, *e).is_some_and(|s| s.len() == 1 && s.last() == last_size(w, x).as_ref()));
                (of_x && fits).then(|| LayerNorm {
                    operands: [x, w.resolve(scale), offset],
                    epsilon: exact as f32,
                    moments: [mean, variance],
                    types: [mean_node.outputs[0].clone(), variance_node.outputs[0].clone()],
                    later: [sum.id, root.id, product.id],
                    parts: [scaled, shift, moved, product, root, sum, variance_node, apart, mean_node].iter().map(|n| n.id).collect(),
                })
            })
        })
    }

    /// Whether all that reads a part of it besides its own nodes comes after place `end`, and nothing else waits for them.
    fn is_read_later(&self, w: &Work, end: usize) -> bool {
        let readers = Readers::of(w);
        let own = |id: &NodeId| self.parts.contains(id);
        let mut outside: FxHashMap<NodeId, bool> = FxHashMap::default();
        // Copies that others are read in place of are read by nobody.
        let skipped = |n: &Node| n.outputs.len() == 1 && w.replaced.contains_key(&Endpoint::new(n.id, 0)) && !readers.is_kept(n.id);
        for (i, n) in w.nodes.iter().enumerate().filter(|(i, n)| *i != end && !own(&n.id) && !skipped(n)) {
            for made in n.inputs.iter().map(|e| w.resolve(*e).node).filter(own) {
                *outside.entry(made).or_insert(true) &= i > end;
            }
        }
        // The nodes that go away are read by nothing else: neither the sums of the end nor the squares.
        let [scaled, shift, moved, _, _, _, _, apart, _] = self.parts[..] else { return false };
        self.parts.iter().all(|id| !readers.is_kept(*id))
            && outside.values().all(|later| *later)
            && [scaled, shift, moved, apart].iter().all(|id| !outside.contains_key(id))
    }
}

/// The node that makes a value, if it is one of these ops and plain.
fn made<'w>(w: &'w Work, e: Endpoint, ops: &[&str]) -> Option<&'w Arc<Node>> {
    w.all.get(w.resolve(e).node.0 as usize).filter(|n| ops.contains(&&*n.op_name) && plain(w, n, ""))
}

/// The node that makes a value, if that is the mean along the last of several axes, which is kept.
fn mean_of_rows(w: &Work, e: Endpoint) -> Option<&Arc<Node>> {
    let n = made(w, e, &["Mean"])?;
    let rank = sizes(w, n.inputs[0])?.len() as i64;
    let axes = w.constants.get(&w.resolve(n.inputs[1]))?.to_i64().ok()?;
    (rank > 1 && n.attrs.bool("keep_dims").ok()? && matches!(axes[..], [a] if a == -1 || a == rank - 1)).then_some(n)
}

/// The static sizes of a value.
fn sizes(w: &Work, e: Endpoint) -> Option<Vec<Option<usize>>> {
    let e = w.resolve(e);
    Some(w.all.get(e.node.0 as usize)?.outputs.get(e.index as usize)?.shape.dims()?.to_vec())
}

/// The size of the last axis, if it is known.
fn last_size(w: &Work, e: Endpoint) -> Option<Option<usize>> {
    sizes(w, e)?.last().copied().filter(Option::is_some)
}
