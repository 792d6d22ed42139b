//! simplify_flow: a choice by a known value becomes a call; loop variables whose last value nobody reads stay as they are.
use super::{Evaluate, Work};
use crate::function::{Function, Library};
use crate::node::{Endpoint, Node};
use ferroflow_ops::ops::control::flow::truth;
use ferroflow_ops::{Attr, Attrs, Flags, Func};
use ferroflow_tensor::{Result, Tensor};
use rustc_hash::FxHashSet;
use std::sync::Arc;

pub(super) fn simplify(w: &mut Work, _: Evaluate) -> Result<()> {
    let Some(library) = w.library.clone() else { return Ok(()) };
    let mut read: FxHashSet<Endpoint> = w.nodes.iter().flat_map(|n| &n.inputs).map(|e| w.resolve(*e)).collect();
    read.extend(w.fetches.iter().map(|e| w.resolve(*e)));
    for i in 0..w.nodes.len() {
        let n = w.nodes[i].clone();
        let chosen = match &*n.op_name {
            "If" | "StatelessIf" | "Case" | "StatelessCase" => {
                let chooser = w.resolve(n.inputs[0]);
                w.constants.get(&chooser).filter(|_| !w.fed.contains(&chooser)).and_then(|t| choice(&n, t))
            }
            _ => None,
        };
        if let Some(f) = chosen {
            w.nodes[i] = Arc::new(as_call(&n, f)?);
        } else if n.attrs.has("body") {
            let wanted: Vec<bool> = (0..n.outputs.len()).map(|k| read.contains(&Endpoint::new(n.id, k))).collect();
            if let Some(body) = shorter(&library, &n, wanted)? {
                let mut new = (*n).clone();
                new.attrs.set("body", Func { name: body, attrs: Attrs::none() });
                w.nodes[i] = Arc::new(new);
            }
        }
    }
    Ok(())
}

/// The function that a choice takes for this value.
fn choice(n: &Node, value: &Tensor) -> Option<Func> {
    match n.attrs.get("branches") {
        Some(Attr::Funcs(all)) => {
            let i = usize::try_from(value.item::<i32>().ok()?).unwrap_or(usize::MAX);
            all.get(i).or(all.last()).cloned()
        }
        _ => n.attrs.func(if truth(value).ok()? { "then_branch" } else { "else_branch" }).ok().cloned(),
    }
}

/// The choice as a call of the function that it takes.
fn as_call(n: &Node, f: Func) -> Result<Node> {
    let stateful = n.op.is_none_or(|o| o.has(Flags::STATEFUL));
    let op = ferroflow_ops::op(if stateful { "StatefulPartitionedCall" } else { "PartitionedCall" })?;
    let mut attrs = Attrs::of(&[("f", f.into())]);
    for (name, value) in [("Tin", n.attrs.dtypes("Tin")?), ("Tout", n.attrs.dtypes("Tout")?)] {
        attrs.set(name, value.to_vec());
    }
    for name in ["config", "config_proto", "executor_type"] {
        attrs.set(name, "");
    }
    Ok(Node { op: Some(op), op_name: op.name.into(), attrs, inputs: n.inputs[1..].to_vec(), ..n.clone() })
}

/// The name of a body that hands the variables on that neither the condition, nor an effect, nor a wanted result needs;
/// None if all are needed. Those variables keep their first values.
fn shorter(library: &Arc<Library>, n: &Node, mut wanted: Vec<bool>) -> Result<Option<Arc<str>>> {
    let (Ok(cond), Ok(body)) = (library.get(&n.attrs.func("cond")?.name), library.get(&n.attrs.func("body")?.name)) else {
        return Ok(None);
    };
    if body.inputs.len() != wanted.len() || body.outputs.len() != wanted.len() || cond.inputs.len() != wanted.len() {
        return Ok(None);
    }
    let test: Vec<_> = cond.outputs.iter().map(|e| e.node.0).chain(cond.effects.iter().map(|e| e.0)).collect();
    wanted = reads(&cond, test).into_iter().zip(wanted).map(|(a, b)| a || b).collect();
    loop {
        let roots = (0..wanted.len()).filter(|i| wanted[*i]).map(|i| body.outputs[i].node.0).chain(body.effects.iter().map(|e| e.0));
        let now: Vec<bool> = reads(&body, roots.collect()).into_iter().zip(&wanted).map(|(a, b)| a || *b).collect();
        if now == wanted {
            break;
        }
        wanted = now;
    }
    let idle = |i: &usize| !wanted[*i] && body.outputs[*i] != body.inputs[*i];
    if !(0..wanted.len()).any(|i| idle(&i)) {
        return Ok(None);
    }
    let bits: String = wanted.iter().map(|w| if *w { '1' } else { '0' }).collect();
    let name: Arc<str> = format!("__only_{bits}_{}_{}", body.body.id, body.name).into();
    if library.get(&name).is_err() {
        let outputs = (0..wanted.len()).map(|i| if idle(&i) { body.inputs[i] } else { body.outputs[i] }).collect();
        let f = Function {
            name: name.clone(),
            body: Arc::new(body.body.duplicate(Arc::default())),
            inputs: body.inputs.clone(),
            outputs,
            effects: body.effects.clone(),
        };
        // Another thread may have added the same meanwhile.
        library.derive(Arc::new(f), &body).or_else(|e| library.get(&name).map(|_| ()).map_err(|_| e))?;
    }
    Ok(Some(name))
}

/// Which arguments of a function these nodes need, also by control edges.
fn reads(f: &Function, mut stack: Vec<u32>) -> Vec<bool> {
    let nodes = f.body.nodes(usize::MAX);
    let mut seen = vec![false; nodes.len()];
    while let Some(i) = stack.pop() {
        if !std::mem::replace(&mut seen[i as usize], true) {
            let n = &nodes[i as usize];
            stack.extend(n.inputs.iter().map(|e| e.node.0).chain(n.control.iter().map(|c| c.0)));
        }
    }
    f.inputs.iter().map(|e| seen[e.node.0 as usize]).collect()
}
