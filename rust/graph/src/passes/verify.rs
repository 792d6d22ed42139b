//! The verifier: what must hold between passes.
use super::Work;
use crate::node::NodeId;
use ferroflow_tensor::{Result, bail};
use rustc_hash::FxHashSet;

/// Internal error unless every input is given or comes from an earlier node with that output and dtype, no node occurs
/// twice, control edges point to earlier nodes, and fetches and targets can be had.
pub fn verify(w: &Work) -> Result<()> {
    let mut done: FxHashSet<NodeId> = FxHashSet::default();
    let mut outputs = rustc_hash::FxHashMap::default();
    for n in &w.nodes {
        for e in &n.inputs {
            let e = w.resolve(*e);
            let there = w.is_given(e) || outputs.get(&e.node).is_some_and(|count| (e.index as usize) < *count);
            if !there {
                bail!(Internal, "input {e:?} of '{}' is not there when it runs", n.name);
            }
        }
        if let Some(c) = n.control.iter().find(|c| !done.contains(c) && !w.done.contains(c)) {
            bail!(Internal, "control input {c:?} of '{}' has not run before it", n.name);
        }
        if !done.insert(n.id) {
            bail!(Internal, "node '{}' occurs twice", n.name);
        }
        outputs.insert(n.id, n.outputs.len());
    }
    for f in &w.fetches {
        let e = w.resolve(*f);
        if !w.is_given(e) && outputs.get(&e.node).is_none_or(|count| (e.index as usize) >= *count) {
            bail!(Internal, "fetch {f:?} is not computed");
        }
    }
    if let Some(t) = w.targets.iter().find(|t| !done.contains(t)) {
        bail!(Internal, "target {t:?} does not run");
    }
    Ok(())
}
