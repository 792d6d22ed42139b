//! skip_copies: who reads the result of an Identity reads its operand.
use super::{Evaluate, Work};
use crate::node::{Endpoint, NodeId};
use ferroflow_tensor::Result;
use rustc_hash::FxHashSet;

/// Ops whose result is their operand.
const COPIES: [&str; 3] = ["Identity", "StopGradient", "PreventGradient"];

pub(super) fn skip(w: &mut Work, _: Evaluate) -> Result<()> {
    // What must run, or be waited for, stays.
    let mut kept: FxHashSet<NodeId> = w.targets.iter().copied().collect();
    kept.extend(w.nodes.iter().flat_map(|n| n.control.iter().copied()));
    for n in &w.nodes {
        let ([from], result) = (n.inputs.as_slice(), Endpoint::new(n.id, 0)) else { continue };
        let from = w.resolve(*from);
        let Some(source) = w.all.get(from.node.0 as usize) else { continue };
        let is_ref = source.outputs.get(from.index as usize).is_none_or(|t| t.is_ref);
        let plain = n.control.is_empty() && !kept.contains(&n.id) && !w.is_given(result) && n.device == source.device;
        if plain && !is_ref && COPIES.contains(&&*n.op_name) {
            w.replaced.insert(result, from);
        }
    }
    Ok(())
}
