//! prune: keeps the nodes that fetches and targets need; those behind fed or known values go.
use super::{Evaluate, Work};
use crate::node::NodeId;
use ferroflow_tensor::Result;
use rustc_hash::{FxHashMap, FxHashSet};

pub(super) fn prune(w: &mut Work, _: Evaluate) -> Result<()> {
    let by_id: FxHashMap<NodeId, usize> = w.nodes.iter().enumerate().map(|(i, n)| (n.id, i)).collect();
    let mut needed = FxHashSet::default();
    let mut stack: Vec<NodeId> = w.targets.clone();
    stack.extend(w.fetches.iter().map(|e| w.resolve(*e)).filter(|e| !w.is_given(*e)).map(|e| e.node));
    while let Some(id) = stack.pop() {
        if !needed.insert(id) {
            continue;
        }
        let Some(n) = by_id.get(&id).map(|i| &w.nodes[*i]) else { continue };
        stack.extend(n.inputs.iter().map(|e| w.resolve(*e)).filter(|e| !w.is_given(*e)).map(|e| e.node));
        stack.extend(n.control.iter().filter(|c| !w.done.contains(c)));
    }
    w.nodes.retain(|n| needed.contains(&n.id));
    Ok(())
}
