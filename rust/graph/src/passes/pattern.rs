//! What passes that look for patterns ask of a program: what a value is made by, and whether that may disappear.
use super::{Work, is_pure};
use crate::node::{Endpoint, Node, NodeId};
use ferroflow_ops::{Attrs, OpDef};
use ferroflow_tensor::DType;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Whether a node may be a part of another one that asks for a device.
pub(super) fn plain(w: &Work, n: &Node, device: &str) -> bool {
    is_pure(n) && n.control.is_empty() && *n.device == *device && n.outputs.len() == 1 && !w.is_given(Endpoint::new(n.id, 0))
}

/// Who reads what.
pub(super) struct Readers {
    count: FxHashMap<Endpoint, u32>,
    /// Nodes that must run, or whose results are fetched.
    kept: FxHashSet<NodeId>,
}

impl Readers {
    /// Those of a program.
    pub(super) fn of(w: &Work) -> Readers {
        let mut count: FxHashMap<Endpoint, u32> = FxHashMap::default();
        w.nodes.iter().flat_map(|n| &n.inputs).for_each(|e| *count.entry(w.resolve(*e)).or_default() += 1);
        let mut kept: FxHashSet<NodeId> = w.fetches.iter().map(|e| w.resolve(*e).node).collect();
        kept.extend(w.nodes.iter().flat_map(|n| n.control.iter().copied()));
        kept.extend(&w.targets);
        Readers { count, kept }
    }

    /// Whether a node must run, or has results that are fetched.
    pub(super) fn is_kept(&self, id: NodeId) -> bool {
        self.kept.contains(&id)
    }

    /// The node that makes a value, if it is one of these ops and plain on a device, `reads` operands read the value and nothing else waits
    /// for it.
    pub(super) fn inner<'w>(&self, w: &'w Work, e: Endpoint, device: &str, ops: &[&str], reads: u32) -> Option<&'w Arc<Node>> {
        let e = w.resolve(e);
        let n = w.all.get(e.node.0 as usize)?;
        let alone = self.count.get(&e) == Some(&reads) && !self.kept.contains(&n.id);
        (alone && ops.contains(&&*n.op_name) && plain(w, n, device)).then_some(n)
    }
}

/// The number that a value is, if that is known and of rank 0.
pub(super) fn number(w: &Work, e: Endpoint) -> Option<f64> {
    let t = w.constants.get(&w.resolve(e)).filter(|t| t.shape().rank() == 0)?;
    match t.dtype() {
        DType::Float => Some(f64::from(*t.slice::<f32>().ok()?.first()?)),
        DType::Double => t.slice::<f64>().ok()?.first().copied(),
        _ => None,
    }
}

/// Whether a value is a number as its dtype holds it.
pub(super) fn is_number(w: &Work, e: Endpoint, dtype: DType, x: f64) -> bool {
    number(w, e) == Some(if dtype == DType::Float { f64::from(x as f32) } else { x })
}

/// The operands of a node of two, in either order.
pub(super) fn orders(n: &Node) -> [[Endpoint; 2]; 2] {
    match n.inputs.as_slice() {
        [a, b] => [[*a, *b], [*b, *a]],
        _ => [[Endpoint::new(n.id, 0); 2]; 2],
    }
}

/// Puts another op in the place of a node: readers, control edges and targets stay as they are.
pub(super) fn replace(w: &mut Work, place: usize, op: &'static OpDef, inputs: Vec<Endpoint>) {
    let old = &w.nodes[place];
    let attrs = Attrs::of(&[("T", old.outputs[0].dtype.into())]);
    let inputs = inputs.into_iter().map(|e| w.resolve(e)).collect();
    let node = Arc::new(Node { op: Some(op), op_name: op.name.into(), attrs, inputs, ..(**old).clone() });
    w.all[node.id.0 as usize] = node.clone();
    w.nodes[place] = node;
}
