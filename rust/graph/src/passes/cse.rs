//! merge_common: of several pure nodes with the same op, attributes and inputs, the first serves all.
use super::{Evaluate, Work, is_pure};
use crate::node::{Endpoint, NodeId};
use ferroflow_ops::Attrs;
use ferroflow_tensor::Result;
use rustc_hash::FxHashMap;

/// Whether attributes differ at most in what a node asks to be near.
fn same_meaning(a: &Attrs, b: &Attrs) -> bool {
    let of = |attrs: &Attrs| attrs.iter().filter(|(name, _)| *name != "_class").count();
    a == b || of(a) == of(b) && a.iter().all(|(name, value)| name == "_class" || b.get(name) == Some(value))
}

pub(super) fn merge(w: &mut Work, _: Evaluate) -> Result<()> {
    let mut seen: FxHashMap<(String, Vec<Endpoint>, Vec<NodeId>), Vec<usize>> = FxHashMap::default();
    for (i, n) in w.nodes.clone().iter().enumerate() {
        let fed = (0..n.outputs.len()).any(|k| w.fed.contains(&Endpoint::new(n.id, k)));
        if !is_pure(n) || n.inputs.is_empty() || fed || w.targets.contains(&n.id) {
            continue;
        }
        let inputs: Vec<_> = n.inputs.iter().map(|e| w.resolve(*e)).collect();
        let same = seen.entry((n.op_name.to_string(), inputs, n.control.clone())).or_default();
        match same.iter().find(|j| same_meaning(&w.nodes[**j].attrs, &n.attrs) && w.nodes[**j].device == n.device) {
            Some(j) => {
                let first = w.nodes[*j].id;
                for k in 0..n.outputs.len() {
                    w.replaced.insert(Endpoint::new(n.id, k), Endpoint::new(first, k));
                }
            }
            None => same.push(i),
        }
    }
    Ok(())
}
