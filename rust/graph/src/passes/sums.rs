//! chain_sums: a sum of matrix products that nobody else reads adds each product to the sum so far as soon as it is there, so
//! that they need not all be kept. The order of additions, and with it the bits, is that of AddN.
use super::pattern::{Readers, plain, replace};
use super::{Evaluate, Work};
use crate::node::{Endpoint, Node, NodeId};
use ferroflow_ops::ops::math::select::alone_of_sum;
use ferroflow_ops::{Attrs, OpDef, ValueType, registry};
use ferroflow_tensor::{DType, Result};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

pub(super) fn chain(w: &mut Work, _: Evaluate) -> Result<()> {
    let sums: Vec<usize> = (0..w.nodes.len()).filter(|i| &*w.nodes[*i].op_name == "AddN").collect();
    let Some(op) = registry::find("AddV2").filter(|_| !sums.is_empty()) else { return Ok(()) };
    let readers = Readers::of(w);
    let place: FxHashMap<NodeId, usize> = w.nodes.iter().enumerate().map(|(i, n)| (n.id, i)).collect();
    let mut chains = Chains { op, place, new: vec![] };
    let mut moved = FxHashSet::default();
    for i in sums {
        let sum = w.nodes[i].clone();
        let product =
            |e: &Endpoint| readers.inner(w, *e, &sum.device, &["MatMul"], 1).is_some_and(|p| same_type(&p.outputs[0], &sum.outputs[0]));
        if sum.inputs.len() > 1 && plain(w, &sum, &sum.device) && sum.inputs.iter().all(product) {
            chains.add(w, i, &sum);
            moved.insert(i);
        }
    }
    // New nodes come right after what they wait for.
    chains.new.sort_by_key(|(place, _)| *place);
    let mut new = chains.new.into_iter().peekable();
    let old = std::mem::take(&mut w.nodes);
    for (i, n) in old.into_iter().enumerate() {
        if !moved.contains(&i) {
            w.nodes.push(n);
        }
        while let Some((_, n)) = new.next_if(|(place, _)| *place == i) {
            w.nodes.push(n);
        }
    }
    Ok(())
}

fn same_type(a: &ValueType, b: &ValueType) -> bool {
    matches!(a.dtype, DType::Float | DType::Double) && a.dtype == b.dtype && a.shape.is_known() && a.shape == b.shape
}

/// Sums that are being taken apart.
struct Chains {
    op: &'static OpDef,
    /// Where each node stands, or after which place a new one does.
    place: FxHashMap<NodeId, usize>,
    /// New nodes, with the places that they come after.
    new: Vec<(usize, Arc<Node>)>,
}

impl Chains {
    /// Makes additions of the sum at place `i`, the last of them with its number.
    fn add(&mut self, w: &mut Work, i: usize, sum: &Node) {
        let parts: Vec<Endpoint> = sum.inputs.iter().map(|e| w.resolve(*e)).collect();
        let mut left = parts.len() - 1;
        let mut both = |a: Endpoint, b: Endpoint| {
            left -= 1;
            let place = self.place[&a.node].max(self.place[&b.node]);
            if left == 0 {
                replace(w, i, self.op, vec![a, b]);
                self.new.push((place, w.nodes[i].clone()));
                return a;
            }
            let id = NodeId(w.all.len() as u32);
            let attrs = Attrs::of(&[("T", sum.outputs[0].dtype.into())]);
            let node = Node { id, op: Some(self.op), op_name: self.op.name.into(), attrs, inputs: vec![a, b], ..sum.clone() };
            let node = Arc::new(node);
            w.all.push(node.clone());
            self.place.insert(id, place);
            self.new.push((place, node));
            Endpoint::new(id, 0)
        };
        let (alone, group) = alone_of_sum(parts.len());
        let mut one_by_one = |all: &[Endpoint]| all[1..].iter().fold(all[0], |a, b| both(a, *b));
        let groups: Vec<Endpoint> = std::iter::once(&parts[..alone]).chain(parts[alone..].chunks(group)).map(&mut one_by_one).collect();
        one_by_one(&groups);
    }
}
