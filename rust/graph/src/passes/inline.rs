//! inline_calls: the nodes of a called function take the place of its call, and the order of effects stays.
use super::{Evaluate, Work};
use crate::calls::running_order;
use crate::function::{Function, Library};
use crate::node::{Endpoint, Node, NodeId};
use ferroflow_ops::{Flags, Gradient};
use ferroflow_tensor::{Result, bail};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// More nodes than this are not added to a program: a small function may be called very often.
const MOST_NODES: usize = 10_000;

pub(super) fn inline(w: &mut Work, _: Evaluate) -> Result<()> {
    let Some(library) = w.library.clone() else { return Ok(()) };
    let nodes = std::mem::take(&mut w.nodes);
    let fed = w.fed.iter().map(|e| e.node).collect();
    let end = w.all.len() + MOST_NODES;
    let mut run = Inline { w, library, fed, inside: vec![], end, gone: FxHashMap::default() };
    nodes.into_iter().try_for_each(|n| run.place(n))?;
    let gone = run.gone;
    w.targets.retain(|t| !gone.contains_key(t));
    Ok(())
}

/// Whether the order of a node among others may matter.
fn is_ordered(n: &Node) -> bool {
    n.op.is_none_or(|o| o.has(Flags::STATEFUL) || o.has(Flags::WRITES) || o.has(Flags::PYTHON))
}

struct Inline<'a> {
    w: &'a mut Work,
    library: Arc<Library>,
    fed: FxHashSet<NodeId>,
    /// The functions whose nodes are being placed, outermost first.
    inside: Vec<Arc<str>>,
    /// The first number that no node may have.
    end: usize,
    /// For each call that is gone what has to be over where the call was to be over: what has effects or reads state, and
    /// what gives results.
    gone: FxHashMap<NodeId, Vec<NodeId>>,
}

impl Inline<'_> {
    /// Adds a node, or in its place the nodes of the function that it calls.
    fn place(&mut self, mut n: Arc<Node>) -> Result<()> {
        if n.control.iter().any(|c| self.gone.contains_key(c)) {
            n = Arc::new(Node { control: self.over(&n.control), ..(*n).clone() });
            self.w.all[n.id.0 as usize] = n.clone();
        }
        let body = self.callee(&n).and_then(|f| Some((self.wanted(&f, &n)?, f)));
        let Some((inner, f)) = body else {
            self.w.nodes.push(n);
            return Ok(());
        };
        let gives: FxHashSet<NodeId> = f.outputs.iter().map(|e| e.node).collect();
        let path = self.w.path(&n);
        let mut values: FxHashMap<Endpoint, Endpoint> = f.inputs.iter().copied().zip(n.inputs.iter().copied()).collect();
        let mut ids: FxHashMap<NodeId, NodeId> = FxHashMap::default();
        let mut last = vec![];
        self.inside.push(f.name.clone());
        for old in inner {
            let id = NodeId(self.w.all.len() as u32);
            ids.insert(old.id, id);
            let inputs = old.inputs.iter().map(|e| value(&values, *e)).collect::<Result<_>>()?;
            values.extend((0..old.outputs.len()).map(|k| (Endpoint::new(old.id, k), Endpoint::new(id, k))));
            let mut control: Vec<NodeId> = old.control.iter().filter_map(|c| ids.get(c).copied()).collect();
            if is_ordered(&old) || gives.contains(&old.id) {
                last.push(id);
                control.extend(&n.control);
            }
            let forward = old.forward.and_then(|f| ids.get(&f).copied()).or(n.forward);
            let places = if old.places.is_empty() { n.places.clone() } else { old.places.clone() };
            if old.op.is_some_and(|o| o.has(Flags::STATEFUL) || o.has(Flags::RANDOM) || matches!(o.entry.grad, Gradient::Body)) {
                self.w.paths.insert(id, format!("{path}^{}", old.name).into());
            }
            let new = Arc::new(Node { id, inputs, control, forward, places, ..(*old).clone() });
            self.w.all.push(new.clone());
            self.place(new)?;
        }
        self.inside.pop();
        for (k, e) in f.outputs.iter().enumerate() {
            self.w.replaced.insert(Endpoint::new(n.id, k), value(&values, *e)?);
        }
        if last.is_empty() {
            last = n.control.clone();
        }
        self.gone.insert(n.id, self.over(&last));
        // The call was needed, so its effects are, whichever results are.
        let effects: Vec<NodeId> = f.effects.iter().filter_map(|e| ids.get(e).copied()).collect();
        self.w.targets.extend(effects.iter().filter(|e| !self.gone.contains_key(e)));
        Ok(())
    }

    /// These nodes, with what took their place for calls that are gone.
    fn over(&self, nodes: &[NodeId]) -> Vec<NodeId> {
        let mut found = vec![];
        for n in nodes.iter().flat_map(|n| self.gone.get(n).map_or(std::slice::from_ref(n), Vec::as_slice)) {
            if !found.contains(n) {
                found.push(*n);
            }
        }
        found
    }

    /// The function that a node calls, unless the node asks for a device or is fed.
    fn callee(&self, n: &Node) -> Option<Arc<Function>> {
        if !matches!(&*n.op_name, "PartitionedCall" | "StatefulPartitionedCall") || !n.device.is_empty() || self.fed.contains(&n.id) {
            return None;
        }
        let f = self.library.get(&n.attrs.func("f").ok()?.name).ok()?;
        let fits = f.inputs.len() == n.inputs.len() && f.outputs.len() == n.outputs.len();
        // What the call waits for has to be waited for by what gives its results.
        let waits = n.control.is_empty() || f.outputs.iter().all(|e| !f.inputs.contains(e));
        (fits && waits && !self.inside.contains(&f.name)).then_some(f)
    }

    /// The nodes that a function's results and effects need, without its arguments; None if the function has to stay: its
    /// nodes have devices or wait for something, it checks its arguments' shapes, or it has too many nodes.
    fn wanted(&self, f: &Function, call: &Node) -> Option<Vec<Arc<Node>>> {
        let all = f.body.nodes(usize::MAX);
        for (given, declared) in call.inputs.iter().zip(&f.inputs) {
            let e = self.w.resolve(*given);
            let given = self.w.all.get(e.node.0 as usize)?.outputs.get(e.index as usize)?;
            let declared = all.get(declared.node.0 as usize)?.outputs.get(declared.index as usize)?;
            if given.dtype != declared.dtype || given.is_ref || declared.shape.merge(&given.shape)? != given.shape {
                return None;
            }
        }
        let mut needed = vec![false; all.len()];
        let computed = |e: &&Endpoint| !f.inputs.contains(e);
        let mut stack: Vec<NodeId> = f.outputs.iter().filter(computed).map(|e| e.node).chain(f.effects.iter().copied()).collect();
        while let Some(id) = stack.pop() {
            if !std::mem::replace(&mut needed[id.0 as usize], true) {
                let n = &all[id.0 as usize];
                stack.extend(n.inputs.iter().filter(computed).map(|e| e.node).chain(n.control.iter().copied()));
            }
        }
        let order = running_order(&all, (0..all.len()).filter(|i| needed[*i]));
        let inner: Vec<Arc<Node>> = order.into_iter().filter(|i| needed[*i]).map(|i| all[i].clone()).collect();
        let plain = |n: &Arc<Node>| {
            let free = n.op.is_some_and(|o| !o.has(Flags::BLOCKS));
            free && n.device.is_empty() && &*n.op_name != "Placeholder" && !n.outputs.iter().any(|t| t.is_ref)
        };
        let room = self.end.saturating_sub(self.w.all.len());
        (inner.len() <= room && inner.iter().all(plain)).then_some(inner)
    }
}

fn value(values: &FxHashMap<Endpoint, Endpoint>, e: Endpoint) -> Result<Endpoint> {
    match values.get(&e) {
        Some(v) => Ok(*v),
        None => bail!(Internal, "a function's value {e:?} has no place where it is called"),
    }
}
