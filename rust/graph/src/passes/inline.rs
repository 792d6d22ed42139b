//! inline_calls: the nodes of a called function take the place of its call, where neither state nor effects are in it.
use super::{Evaluate, Work};
use crate::calls::running_order;
use crate::function::{Function, Library};
use crate::node::{Endpoint, Node, NodeId};
use ferroflow_ops::Flags;
use ferroflow_tensor::{Result, bail};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// More nodes than this are not added to a program: a small function may be called very often.
const MOST_NODES: usize = 10_000;

pub(super) fn inline(w: &mut Work, _: Evaluate) -> Result<()> {
    let Some(library) = w.library.clone() else { return Ok(()) };
    let nodes = std::mem::take(&mut w.nodes);
    let mut kept = waited_for(&nodes);
    kept.extend(&w.targets);
    kept.extend(w.fed.iter().map(|e| e.node));
    let end = w.all.len() + MOST_NODES;
    let mut run = Inline { w, library, inside: vec![], end };
    nodes.into_iter().try_for_each(|n| run.place(n, &kept))
}

/// Nodes that others run after.
fn waited_for(nodes: &[Arc<Node>]) -> FxHashSet<NodeId> {
    nodes.iter().flat_map(|n| n.control.iter().copied()).collect()
}

struct Inline<'a> {
    w: &'a mut Work,
    library: Arc<Library>,
    /// The functions whose nodes are being placed, outermost first.
    inside: Vec<Arc<str>>,
    /// The first number that no node may have.
    end: usize,
}

impl Inline<'_> {
    /// Adds a node, or in its place the nodes of the function that it calls.
    fn place(&mut self, n: Arc<Node>, kept: &FxHashSet<NodeId>) -> Result<()> {
        let body = self.callee(&n).filter(|_| !kept.contains(&n.id)).and_then(|f| Some((self.wanted(&f, &n)?, f)));
        let Some((inner, f)) = body else {
            self.w.nodes.push(n);
            return Ok(());
        };
        let waited = waited_for(&inner);
        let mut kept = FxHashSet::default();
        let mut values: FxHashMap<Endpoint, Endpoint> = f.inputs.iter().copied().zip(n.inputs.iter().copied()).collect();
        let mut ids: FxHashMap<NodeId, NodeId> = FxHashMap::default();
        self.inside.push(f.name.clone());
        for old in inner {
            let id = NodeId(self.w.all.len() as u32);
            ids.insert(old.id, id);
            if waited.contains(&old.id) {
                kept.insert(id);
            }
            let inputs = old.inputs.iter().map(|e| value(&values, *e)).collect::<Result<_>>()?;
            values.extend((0..old.outputs.len()).map(|k| (Endpoint::new(old.id, k), Endpoint::new(id, k))));
            let control = old.control.iter().filter_map(|c| ids.get(c).copied()).collect();
            let forward = old.forward.and_then(|f| ids.get(&f).copied()).or(n.forward);
            let places = if old.places.is_empty() { n.places.clone() } else { old.places.clone() };
            let new = Arc::new(Node { id, inputs, control, forward, places, ..(*old).clone() });
            self.w.all.push(new.clone());
            self.place(new, &kept)?;
        }
        self.inside.pop();
        for (k, e) in f.outputs.iter().enumerate() {
            self.w.replaced.insert(Endpoint::new(n.id, k), value(&values, *e)?);
        }
        Ok(())
    }

    /// The function that a node calls, if it is one whose results depend on its arguments alone.
    fn callee(&self, n: &Node) -> Option<Arc<Function>> {
        if &*n.op_name != "PartitionedCall" || !n.control.is_empty() || !n.device.is_empty() {
            return None;
        }
        let f = self.library.get(&n.attrs.func("f").ok()?.name).ok()?;
        let fits = f.inputs.len() == n.inputs.len() && f.outputs.len() == n.outputs.len();
        (fits && f.effects.is_empty() && !self.inside.contains(&f.name)).then_some(f)
    }

    /// The nodes that a function's results need, without its arguments; None if the function has to stay: it has state, its
    /// nodes have devices, it checks its arguments' shapes, or it has too many nodes.
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
        let arguments: FxHashSet<NodeId> = f.inputs.iter().map(|e| e.node).collect();
        let order = running_order(&all, f.outputs.iter().map(|e| e.node.0 as usize));
        let inner: Vec<Arc<Node>> = order.into_iter().map(|i| all[i].clone()).filter(|n| !arguments.contains(&n.id)).collect();
        let plain = |n: &Arc<Node>| {
            let free = |o: &&ferroflow_ops::OpDef| {
                ![Flags::STATEFUL, Flags::RANDOM, Flags::PYTHON, Flags::WRITES, Flags::BLOCKS].into_iter().any(|x| o.has(x))
            };
            n.device.is_empty() && &*n.op_name != "Placeholder" && n.op.as_ref().is_some_and(free) && !n.outputs.iter().any(|t| t.is_ref)
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
