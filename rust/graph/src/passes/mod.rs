//! Passes: small named rewrites of a working copy, one per file, in one ordered list, with a verifier between them.
mod activations;
mod copies;
mod cse;
mod flow;
mod fold;
mod inline;
mod norms;
mod pattern;
mod powers;
mod products;
mod prune;
mod sums;
mod verify;

pub use verify::verify;

use crate::function::Library;
use crate::graph::Graph;
use crate::node::{Endpoint, Node, NodeId};
use ferroflow_ops::{Flags, ValueType};
use ferroflow_tensor::{Result, Tensor};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Evaluates a node on constant inputs; None where it cannot. The runtime passes its own in.
pub type Evaluate<'a> = &'a dyn Fn(&Node, &[Tensor]) -> Option<Vec<Tensor>>;

/// A program on its way from graph to steps: the nodes to run, in an order in which they can run, with redirected inputs.
pub struct Work {
    /// Nodes in running order. Inputs are to be read through [`Work::resolve`].
    pub nodes: Vec<Arc<Node>>,
    /// Values that are fed or known: they need no node.
    pub constants: FxHashMap<Endpoint, Tensor>,
    /// Endpoints that are fed.
    pub fed: FxHashSet<Endpoint>,
    /// Endpoints that are replaced by others.
    pub replaced: FxHashMap<Endpoint, Endpoint>,
    /// What is fetched.
    pub fetches: Vec<Endpoint>,
    /// Nodes that must run although nothing is fetched from them.
    pub targets: Vec<NodeId>,
    /// Nodes that have run before this program: nothing waits for them any more.
    pub done: FxHashSet<NodeId>,
    /// The library that functions which nodes call are found in when the program runs.
    pub library: Option<Arc<Library>>,
    /// All nodes by number: those of the graph, then those that took the place of calls.
    pub all: Vec<Arc<Node>>,
    /// Whether nodes that ask for no device run on the host.
    pub on_host: bool,
    /// For nodes with state that took the place of calls: the names of the calls and of the node in its function.
    pub paths: FxHashMap<NodeId, Arc<str>>,
}

impl Work {
    /// The working copy of a graph for fetches, targets and feeds.
    pub fn new(graph: &Graph, fetches: &[Endpoint], targets: &[NodeId], fed: &[Endpoint]) -> Work {
        let all = graph.nodes(usize::MAX);
        Work {
            nodes: crate::calls::running_order(&all, 0..all.len()).into_iter().map(|i| all[i].clone()).collect(),
            constants: FxHashMap::default(),
            fed: fed.iter().copied().collect(),
            replaced: FxHashMap::default(),
            fetches: fetches.to_vec(),
            targets: targets.to_vec(),
            done: FxHashSet::default(),
            library: None,
            all,
            on_host: true,
            paths: FxHashMap::default(),
        }
    }
    /// What tells a node's state from those of others: its name, after those of the calls that it was placed for.
    pub fn path(&self, n: &Node) -> Arc<str> {
        self.paths.get(&n.id).unwrap_or(&n.name).clone()
    }
    /// Where a value really comes from.
    pub fn resolve(&self, mut e: Endpoint) -> Endpoint {
        while let Some(to) = self.replaced.get(&e) {
            e = *to;
        }
        e
    }
    /// Whether a value needs no node to run.
    pub fn is_given(&self, e: Endpoint) -> bool {
        self.fed.contains(&e) || self.constants.contains_key(&e)
    }
    /// The type of a value.
    pub fn value_type<'a>(&self, nodes: &'a FxHashMap<NodeId, Arc<Node>>, e: Endpoint) -> Option<&'a ValueType> {
        nodes.get(&e.node)?.outputs.get(e.index as usize)
    }
}

/// Whether a node's result depends on its inputs alone, so that it may be merged, folded or dropped.
pub fn is_pure(n: &Node) -> bool {
    n.op.is_some_and(|o| {
        !o.has(Flags::STATEFUL) && !o.has(Flags::RANDOM) && !o.has(Flags::PYTHON) && !o.has(Flags::WRITES) && !o.has(Flags::BLOCKS)
    }) && !n.outputs.iter().any(|t| t.is_ref || t.dtype.is_object() && t.dtype != ferroflow_tensor::DType::String)
}

/// A pass: its name, and what it does.
pub struct Pass {
    /// Name for debug output.
    pub name: &'static str,
    /// The rewrite.
    pub run: fn(&mut Work, Evaluate) -> Result<()>,
    /// Whether an unoptimised program needs it too.
    pub always: bool,
}

/// All passes in their order.
pub static PASSES: &[Pass] = &[
    Pass { name: "prune", run: prune::prune, always: true },
    Pass { name: "drop_results", run: flow::narrow, always: true },
    Pass { name: "inline_calls", run: inline::inline, always: false },
    Pass { name: "fold_constants", run: fold::fold, always: false },
    Pass { name: "drop_results_again", run: flow::narrow, always: false },
    Pass { name: "simplify_flow", run: flow::simplify, always: false },
    Pass { name: "skip_copies", run: copies::skip, always: false },
    Pass { name: "merge_common", run: cse::merge, always: false },
    Pass { name: "simplify_powers", run: powers::simplify, always: false },
    Pass { name: "fuse_layer_norms", run: norms::fuse, always: false },
    Pass { name: "fuse_activations", run: activations::fuse, always: false },
    Pass { name: "chain_sums", run: sums::chain, always: false },
    Pass { name: "fuse_products", run: products::fuse, always: false },
    Pass { name: "prune_again", run: prune::prune, always: false },
];

/// Runs the passes. With `check`, the verifier runs after each.
pub fn run_all(work: &mut Work, evaluate: Evaluate, optimize: bool, check: bool, mut log: impl FnMut(&str, &Work)) -> Result<()> {
    for p in PASSES.iter().filter(|p| optimize || p.always) {
        (p.run)(work, evaluate)?;
        log(p.name, work);
        if check {
            verify(work).map_err(|e| ferroflow_tensor::error!(Internal, "after pass {}: {}", p.name, e.message()))?;
        }
    }
    Ok(())
}
