//! Copies parts of graphs into other graphs, in an order in which they can run.
use crate::graph::{Graph, NewNode};
use crate::node::{Endpoint, Node, NodeId};
use ferroflow_ops::{Attrs, ValueType};
use ferroflow_tensor::{Result, bail};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Numbers of nodes in an order in which they can run: their own, unless a loop was given inputs that were made later.
/// Only nodes in `roots` and what they need are listed. A cycle (of an imported loop) is cut at its first node.
pub fn running_order(nodes: &[Arc<Node>], roots: impl IntoIterator<Item = usize>) -> Vec<usize> {
    let mut seen = vec![false; nodes.len()];
    let mut order = vec![];
    let mut stack: Vec<(usize, bool)> = roots.into_iter().map(|r| (r, false)).collect();
    let mut late = false;
    while let Some((i, done)) = stack.pop() {
        if done {
            order.push(i);
        } else if !std::mem::replace(&mut seen[i], true) {
            stack.push((i, true));
            let n = &nodes[i];
            for j in n.inputs.iter().map(|e| e.node.0 as usize).chain(n.control.iter().map(|c| c.0 as usize)) {
                late |= j > i;
                if !seen[j] {
                    stack.push((j, false));
                }
            }
        }
    }
    if !late {
        order.sort_unstable();
    }
    order
}

/// Adds a placeholder for a value of this type.
pub(super) fn placeholder(g: &Graph, name: &str, t: &ValueType) -> Result<Endpoint> {
    let attrs = Attrs::of(&[("dtype", t.dtype.into()), ("shape", t.shape.clone().into())]);
    let e = Endpoint::new(g.add(NewNode { op: "Placeholder", name, attrs, ..NewNode::default() })?, 0);
    if let Some(h) = &t.handle {
        g.set_handle(e, h.clone())?;
    }
    Ok(e)
}

/// A copy in the making.
pub(super) struct Copy<'a> {
    from: Vec<Arc<Node>>,
    pub to: &'a Graph,
    /// Where values of the original are in the copy.
    pub values: FxHashMap<Endpoint, Endpoint>,
    nodes: FxHashMap<NodeId, NodeId>,
}

impl<'a> Copy<'a> {
    pub fn new(from: &Graph, to: &'a Graph) -> Copy<'a> {
        Copy { from: from.nodes(usize::MAX), to, values: FxHashMap::default(), nodes: FxHashMap::default() }
    }
    /// No copy: all is where it was.
    pub fn none(graph: &'a Graph) -> Copy<'a> {
        let mut copy = Copy::new(graph, graph);
        copy.nodes = copy.from.iter().map(|n| (n.id, n.id)).collect();
        copy
    }
    /// Copies arguments of a function: all of them, used or not. For one that the body computes there is a placeholder.
    pub fn arguments(&mut self, inputs: &[Endpoint]) -> Result<Vec<Endpoint>> {
        for e in inputs {
            let n = self.from[e.node.0 as usize].clone();
            if self.nodes.contains_key(&n.id) || n.inputs.is_empty() && &*n.op_name != "Const" {
                self.node(e.node.0 as usize)?;
            } else if let Some(t) = n.outputs.get(e.index as usize) {
                let given = placeholder(self.to, "args", &ValueType { value: None, is_ref: false, ..t.clone() })?;
                self.values.insert(*e, given);
            }
        }
        inputs.iter().map(|e| self.value(*e)).collect()
    }
    fn value(&self, e: Endpoint) -> Result<Endpoint> {
        if let Some(v) = self.values.get(&e) {
            return Ok(*v);
        }
        match self.nodes.get(&e.node) {
            Some(n) => Ok(Endpoint { node: *n, index: e.index }),
            None => bail!(Internal, "value {e:?} was not copied"),
        }
    }
    fn node(&mut self, i: usize) -> Result<()> {
        let n = self.from[i].clone();
        if self.nodes.contains_key(&n.id) {
            return Ok(());
        }
        let inputs = n.inputs.iter().map(|e| self.value(*e)).collect::<Result<Vec<_>>>()?;
        let control = n.control.iter().filter_map(|c| self.nodes.get(c).copied()).collect();
        let name = self.to.unique_name(&n.name, false).into();
        let id = self.to.add_raw(Node { inputs, control, name, forward: None, ..(*n).clone() })?;
        self.nodes.insert(n.id, id);
        Ok(())
    }
    /// Copies what these values and nodes need, up to values that are in the copy already. The values in the copy.
    pub fn values(&mut self, wanted: &[Endpoint], effects: &[NodeId]) -> Result<Vec<Endpoint>> {
        let mut needed = vec![false; self.from.len()];
        let start = wanted.iter().filter(|e| !self.values.contains_key(e)).map(|e| e.node);
        let mut stack: Vec<NodeId> = start.chain(effects.iter().copied()).collect();
        while let Some(id) = stack.pop() {
            if self.nodes.contains_key(&id) || std::mem::replace(&mut needed[id.0 as usize], true) {
                continue;
            }
            let n = &self.from[id.0 as usize];
            stack.extend(n.inputs.iter().filter(|e| !self.values.contains_key(e)).map(|e| e.node));
        }
        // Control edges order what is copied; they ask for nothing.
        for i in running_order(&self.from, (0..needed.len()).filter(|i| needed[*i])) {
            if needed[i] {
                self.node(i)?;
            }
        }
        wanted.iter().map(|e| self.value(*e)).collect()
    }
    /// The copies of nodes.
    pub fn ids(&self, nodes: &[NodeId]) -> Vec<NodeId> {
        nodes.iter().filter_map(|n| self.nodes.get(n).copied()).collect()
    }
}
