//! fold_constants: runs pure nodes whose inputs are all known, once, at compile time.
use super::{Evaluate, Work, is_pure};
use crate::node::Endpoint;
use ferroflow_ops::Gradient;
use ferroflow_tensor::Result;

/// Results larger than this stay computed at run time: folding a `zeros([10000, 10000])` would only hold memory.
const MOST_BYTES: usize = 1 << 20;

pub(super) fn fold(w: &mut Work, evaluate: Evaluate) -> Result<()> {
    for n in w.nodes.clone() {
        if &*n.op_name == "Const" {
            if let Ok(t) = n.attrs.tensor("value")
                && n.control.is_empty()
                && !w.targets.contains(&n.id)
                && !w.fed.contains(&Endpoint::new(n.id, 0))
            {
                w.constants.insert(Endpoint::new(n.id, 0), t.clone());
            }
            continue;
        }
        let runs_functions = n.op.is_some_and(|o| matches!(o.entry.grad, Gradient::Body)); // a loop may be long
        if runs_functions
            || !is_pure(&n)
            || !n.control.is_empty()
            || n.inputs.is_empty()
            || w.targets.contains(&n.id)
            || n.outputs.is_empty()
        {
            continue;
        }
        let too_large = n.outputs.iter().any(|t| t.shape.count().is_none_or(|c| c.saturating_mul(t.dtype.size().max(16)) > MOST_BYTES));
        if too_large || (0..n.outputs.len()).any(|i| w.fed.contains(&Endpoint::new(n.id, i))) {
            continue;
        }
        let inputs: Option<Vec<_>> =
            n.inputs.iter().map(|e| w.resolve(*e)).map(|e| if w.fed.contains(&e) { None } else { w.constants.get(&e).cloned() }).collect();
        // A node that fails on its constants stays: the error is reported when and if it runs.
        if let Some(results) = inputs.and_then(|i| evaluate(&n, &i)) {
            for (i, t) in results.into_iter().enumerate() {
                w.constants.insert(Endpoint::new(n.id, i), t);
            }
        }
    }
    Ok(())
}
