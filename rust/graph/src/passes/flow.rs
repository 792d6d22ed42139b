//! drop_results: calls and choices do not compute results that nobody reads. simplify_flow: a choice by a known value
//! becomes a call; loop variables whose last value nobody reads stay as they are.
use super::{Evaluate, Work};
use crate::function::{Function, Library};
use crate::graph::NewNode;
use crate::node::{Endpoint, Node};
use ferroflow_ops::ops::control::flow::truth;
use ferroflow_ops::{Attr, Attrs, Flags, Func, Gradient, ValueType};
use ferroflow_tensor::{PartialShape, Result, Tensor};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Makes calls and choices compute only those of their results that are read.
pub(super) fn narrow(w: &mut Work, _: Evaluate) -> Result<()> {
    let Some(library) = w.library.clone() else { return Ok(()) };
    let read = read(w);
    for i in 0..w.nodes.len() {
        let n = w.nodes[i].clone();
        let wanted = wanted(&n, &read);
        if w.targets.contains(&n.id) {
            continue;
        }
        if let Some(attrs) = narrower(&library, &n, &wanted)? {
            let mut outputs = n.outputs.clone();
            outputs.iter_mut().zip(&wanted).filter(|(_, w)| !**w).for_each(|(t, _)| *t = ValueType::new(t.dtype, PartialShape::UNKNOWN));
            w.nodes[i] = Arc::new(Node { attrs, outputs, ..(*n).clone() });
        }
    }
    Ok(())
}

/// The values that nodes or fetches read.
fn read(w: &Work) -> FxHashSet<Endpoint> {
    let mut read: FxHashSet<Endpoint> = w.nodes.iter().flat_map(|n| &n.inputs).map(|e| w.resolve(*e)).collect();
    read.extend(w.fetches.iter().map(|e| w.resolve(*e)));
    read
}

fn wanted(n: &Node, read: &FxHashSet<Endpoint>) -> Vec<bool> {
    (0..n.outputs.len()).map(|k| read.contains(&Endpoint::new(n.id, k))).collect()
}

pub(super) fn simplify(w: &mut Work, _: Evaluate) -> Result<()> {
    let Some(library) = w.library.clone() else { return Ok(()) };
    let read = read(w);
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
        } else if n.attrs.has("body")
            && let Some(body) = shorter(&library, &n, wanted(&n, &read))?
        {
            let mut new = (*n).clone();
            new.attrs.set("body", Func { name: body, attrs: Attrs::none() });
            w.nodes[i] = Arc::new(new);
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

/// The attributes that name the functions of a call or choice.
const CALLED: &[&str] = &["f", "then_branch", "else_branch", "branches"];

/// The attributes of a call or choice whose functions compute the wanted results only; None if that changes nothing.
fn narrower(library: &Arc<Library>, n: &Node, wanted: &[bool]) -> Result<Option<Attrs>> {
    if wanted.iter().all(|w| *w) || n.attrs.has("body") || !n.op.is_some_and(|o| matches!(o.entry.grad, Gradient::Body)) {
        return Ok(None);
    }
    let (mut attrs, mut changed) = (n.attrs.clone(), false);
    let mut only = |f: &Func| -> Result<Func> {
        let new = only(library, &f.name, wanted)?;
        changed |= new.is_some();
        Ok(new.map_or_else(|| f.clone(), |name| Func { name, attrs: Attrs::none() }))
    };
    for name in CALLED {
        match n.attrs.get(name) {
            Some(Attr::Func(f)) => attrs.set(*name, only(f)?),
            Some(Attr::Funcs(all)) => attrs.set(*name, Attr::Funcs(all.iter().map(&mut only).collect::<Result<_>>()?)),
            _ => {}
        }
    }
    Ok(changed.then_some(attrs))
}

/// The name of a function that gives nothing for results that are not wanted; None if it computes no others.
fn only(library: &Arc<Library>, name: &str, wanted: &[bool]) -> Result<Option<Arc<str>>> {
    let Ok(f) = library.get(name) else { return Ok(None) };
    let idle = |i: usize| {
        let e = f.outputs[i];
        let given = f.inputs.contains(&e) || f.body.node(e.node).is_ok_and(|m| matches!(&*m.op_name, "Const" | "FakeParam"));
        !wanted[i] && !given
    };
    if f.outputs.len() != wanted.len() || !(0..wanted.len()).any(idle) {
        return Ok(None);
    }
    let bits: String = wanted.iter().map(|w| if *w { '1' } else { '0' }).collect();
    let name: Arc<str> = format!("__part_{bits}_{}_{}", f.body.id, f.name).into();
    if library.get(&name).is_err() {
        let body = f.body.duplicate(Arc::default());
        let mut outputs = f.outputs.clone();
        for i in (0..wanted.len()).filter(|i| idle(*i)) {
            let dtype = body.value_type(outputs[i])?.dtype;
            let attrs = Attrs::of(&[("dtype", dtype.into()), ("shape", PartialShape::UNKNOWN.into())]);
            outputs[i] = Endpoint::new(body.add(NewNode { op: "FakeParam", attrs, ..NewNode::default() })?, 0);
        }
        let (inputs, effects) = (f.inputs.clone(), f.effects.clone());
        add(library, &f, Function { name: name.clone(), body: Arc::new(body), inputs, outputs, effects, gradient: None })?;
    }
    Ok(Some(name))
}

/// Adds a function that is made of another one, unless another thread has meanwhile.
fn add(library: &Arc<Library>, from: &Arc<Function>, f: Function) -> Result<()> {
    let name = f.name.clone();
    library.derive(Arc::new(f), from).or_else(|e| library.get(&name).map(|_| ()).map_err(|_| e))
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
        let copy = Arc::new(body.body.duplicate(Arc::default()));
        let (inputs, effects) = (body.inputs.clone(), body.effects.clone());
        add(library, &body, Function { name: name.clone(), body: copy, inputs, outputs, effects, gradient: None })?;
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
