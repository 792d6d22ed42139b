//! The graph: nodes that are only ever added, unique names, a function library.
use crate::function::{Library, refine};
use crate::node::{Endpoint, Node, NodeId};
use ferroflow_ops::infer::operand_name;
use ferroflow_ops::{Attr, Attrs, Infer, OpDef, ValueType, bind, output_types};
use ferroflow_tensor::{Operand, PartialShape, Place, Result, Tensor, bail, error};
use rustc_hash::FxHashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, RwLock, RwLockReadGuard, RwLockWriteGuard};

static NEXT_ID: AtomicU64 = AtomicU64::new(1);

#[derive(Default)]
struct Inner {
    nodes: Vec<Arc<Node>>,
    by_name: FxHashMap<Arc<str>, NodeId>,
    /// How often each lower-cased name was asked for, as TensorFlow counts.
    used: FxHashMap<String, u32>,
}

/// A graph. Nodes are only ever added, so several threads may run it while it grows.
///
/// ```
/// use ferroflow_graph::{Graph, NewNode};
/// use ferroflow_tensor::Tensor;
/// let g = Graph::new();
/// # if ferroflow_ops::find("Const").is_some() {
/// let two = g.constant(Tensor::scalar(2.0f32), "two")?;
/// assert_eq!(g.node(two.node)?.tensor_name(0), "two:0");
/// # }
/// # Ok::<(), ferroflow_tensor::Error>(())
/// ```
pub struct Graph {
    /// Number of this graph in the process.
    pub id: u64,
    /// The functions that nodes may call; shared with the bodies of functions.
    pub library: Arc<Library>,
    inner: RwLock<Inner>,
    finalized: AtomicBool,
}

/// What to add to a graph.
#[derive(Default)]
pub struct NewNode<'a> {
    /// The op's name.
    pub op: &'a str,
    /// Wished name with scopes, made unique; with a slash at the end it stays as it is if no node has it; empty for the op's name.
    pub name: &'a str,
    /// Data inputs.
    pub inputs: &'a [Endpoint],
    /// Nodes to run before it.
    pub control: &'a [NodeId],
    /// Attributes; those that follow from inputs or have defaults may be left out.
    pub attrs: Attrs,
    /// Requested device.
    pub device: &'a str,
    /// The user's lines.
    pub places: Option<Arc<[Place]>>,
    /// The node whose gradient this is part of.
    pub forward: Option<NodeId>,
}

impl Default for Graph {
    fn default() -> Self {
        Graph::with_library(Arc::default())
    }
}

impl Graph {
    /// An empty graph with a function library of its own.
    pub fn new() -> Arc<Graph> {
        Arc::new(Graph::default())
    }
    /// An empty graph that shares a function library: the body of a function.
    pub fn with_library(library: Arc<Library>) -> Graph {
        Graph { id: NEXT_ID.fetch_add(1, Ordering::Relaxed), library, inner: RwLock::default(), finalized: AtomicBool::new(false) }
    }
    /// A copy with the same nodes under the same numbers, and another function library.
    pub fn duplicate(&self, library: Arc<Library>) -> Graph {
        let own = self.read();
        let inner = Inner { nodes: own.nodes.clone(), by_name: own.by_name.clone(), used: own.used.clone() };
        Graph { inner: RwLock::new(inner), ..Graph::with_library(library) }
    }
    fn read(&self) -> RwLockReadGuard<'_, Inner> {
        self.inner.read().unwrap_or_else(|e| e.into_inner())
    }
    fn write(&self) -> RwLockWriteGuard<'_, Inner> {
        self.inner.write().unwrap_or_else(|e| e.into_inner())
    }
    /// Number of nodes.
    pub fn len(&self) -> usize {
        self.read().nodes.len()
    }
    /// Whether it has no nodes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// A node. Internal error if there is none of this number.
    pub fn node(&self, id: NodeId) -> Result<Arc<Node>> {
        match self.read().nodes.get(id.0 as usize) {
            Some(n) => Ok(n.clone()),
            None => bail!(Internal, "graph {} has no node {}", self.id, id.0),
        }
    }
    /// The first `n` nodes (all if `n` is larger).
    pub fn nodes(&self, n: usize) -> Vec<Arc<Node>> {
        let inner = self.read();
        inner.nodes[..n.min(inner.nodes.len())].to_vec()
    }
    /// The node of this name.
    pub fn find(&self, name: &str) -> Option<NodeId> {
        self.read().by_name.get(name).copied()
    }
    /// The static type of an endpoint.
    pub fn value_type(&self, e: Endpoint) -> Result<ValueType> {
        let n = self.node(e.node)?;
        n.outputs.get(e.index as usize).cloned().ok_or_else(|| error!(InvalidArgument, "node {} has no output {}", n.name, e.index))
    }
    /// A name that no node has yet: `name`, `name_1`, ... Names that differ only in case count as equal.
    pub fn unique_name(&self, name: &str, mark_as_used: bool) -> String {
        unique(&mut self.write(), name, mark_as_used)
    }
    /// Forbids further nodes.
    pub fn finalize(&self) {
        self.finalized.store(true, Ordering::Release);
    }
    /// Allows further nodes again.
    pub fn unfinalize(&self) {
        self.finalized.store(false, Ordering::Release);
    }
    /// Whether further nodes are forbidden.
    pub fn is_finalized(&self) -> bool {
        self.finalized.load(Ordering::Acquire)
    }

    /// Adds a node: completes its attributes, infers the types of its outputs, makes its name unique.
    /// Errors as TensorFlow's shape functions and attribute checks do; Runtime error in a finalized graph.
    pub fn add(&self, new: NewNode) -> Result<NodeId> {
        let op = ferroflow_ops::op(new.op)?;
        self.add_op(op, new)
    }
    /// As [`add`](Self::add), of an op at hand.
    pub fn add_op(&self, op: &'static OpDef, new: NewNode) -> Result<NodeId> {
        self.check_open()?;
        let inputs = new.inputs.iter().map(|e| self.value_type(*e)).collect::<Result<Vec<_>>>()?;
        let dtypes: Vec<_> = inputs.iter().map(|t| t.dtype).collect();
        let place = new.places.as_ref().and_then(|p| p.first().cloned());
        let given = if new.name.is_empty() { op.name } else { new.name };
        let name = given.trim_end_matches('/');
        let attrs = bind(op, &dtypes, new.attrs).map_err(|e| e.at_op(op.name, name, Vec::new).at_place(place.clone()))?;
        let operands = || {
            let one =
                |(i, t): (usize, &ValueType)| Operand { name: operand_name(op, &attrs, i), dtype: Some(t.dtype), shape: t.shape.clone() };
            inputs.iter().enumerate().map(one).collect()
        };
        for (i, arg) in flat_args(op, &attrs).enumerate() {
            if arg.is_ref && !inputs.get(i).is_some_and(|t| t.is_ref) {
                let e = error!(Type, "'{}' Op requires that input '{}' be a mutable tensor (e.g.: a tf.Variable)", op.name, arg.name);
                return Err(e.at_op(op.name, name, operands).at_place(place));
            }
        }
        let outputs = output_types(op, &attrs)
            .and_then(|out| Infer::run(op, &attrs, &inputs, &out, false))
            .map(|out| refine(&self.library, op, &attrs, &inputs, out))
            .map_err(|e| e.at_op(op.name, name, operands).at_place(place.clone()))?;
        let mut inner = self.write();
        // A name that ends with a slash is that of a scope, which was made unique when the scope was.
        let name: Arc<str> = match given.strip_suffix('/') {
            Some(own) if !inner.by_name.contains_key(own) => {
                inner.used.entry(own.to_lowercase()).or_insert(1);
                own.into()
            }
            Some(own) => unique(&mut inner, own, true).into(),
            None => unique(&mut inner, name, true).into(),
        };
        let node = Node {
            id: NodeId(inner.nodes.len() as u32),
            name: name.clone(),
            op: Some(op),
            op_name: op.name.into(),
            attrs,
            inputs: new.inputs.to_vec(),
            control: dedup(new.control),
            device: new.device.into(),
            outputs,
            places: new.places.unwrap_or_default(),
            forward: new.forward,
        };
        Ok(push(&mut inner, node))
    }
    /// Adds a node as an imported graph has it: an op that may be unknown, attributes as they are, output types given,
    /// back edges allowed. InvalidArgument if the name is taken.
    pub fn add_raw(&self, mut node: Node) -> Result<NodeId> {
        self.check_open()?;
        let mut inner = self.write();
        if inner.by_name.contains_key(&node.name) {
            bail!(InvalidArgument, "Node name '{}' already exists in the Graph", node.name);
        }
        node.id = NodeId(inner.nodes.len() as u32);
        unique(&mut inner, &node.name, true);
        Ok(push(&mut inner, node))
    }
    fn check_open(&self) -> Result<()> {
        if self.is_finalized() {
            bail!(Runtime, "Graph is finalized and cannot be modified.");
        }
        Ok(())
    }
    /// Adds a constant.
    pub fn constant(&self, value: Tensor, name: &str) -> Result<Endpoint> {
        let dtype = value.dtype();
        let attrs = Attrs::of(&[("value", Attr::Tensor(value.settle()?)), ("dtype", dtype.into())]);
        let id = self.add(NewNode { op: "Const", name: if name.is_empty() { "Const" } else { name }, attrs, ..NewNode::default() })?;
        Ok(Endpoint::new(id, 0))
    }
    /// Changes a node: attributes, device, control inputs. The graph may only be refined, so programs that were compiled stay valid.
    fn edit<R>(&self, id: NodeId, change: impl FnOnce(&mut Node) -> Result<R>) -> Result<R> {
        let mut inner = self.write();
        match inner.nodes.get_mut(id.0 as usize) {
            Some(n) => change(Arc::make_mut(n)),
            None => bail!(Internal, "graph {} has no node {}", self.id, id.0),
        }
    }
    /// Gives a call or loop more inputs and outputs, with attributes that say so. Its first outputs stay what they are;
    /// the new inputs may have been made after it. Errors as [`add`](Self::add).
    pub fn extend(&self, id: NodeId, attrs: Attrs, inputs: &[Endpoint]) -> Result<usize> {
        self.check_open()?;
        let node = self.node(id)?;
        let Some(op) = node.op else { bail!(Internal, "node {} has no op", node.name) };
        let inputs = [&node.inputs[..], inputs].concat();
        let types = inputs.iter().map(|e| self.value_type(*e)).collect::<Result<Vec<_>>>()?;
        let attrs = bind(op, &types.iter().map(|t| t.dtype).collect::<Vec<_>>(), attrs)?;
        let out = output_types(op, &attrs)?;
        let outputs = refine(&self.library, op, &attrs, &types, Infer::run(op, &attrs, &types, &out, false)?);
        self.edit(id, |n| {
            let known = n.outputs.len();
            n.outputs.extend_from_slice(&outputs[known.min(outputs.len())..]);
            n.attrs = attrs;
            n.inputs = inputs;
            Ok(n.outputs.len())
        })
    }
    /// Sets an attribute of a node.
    pub fn set_attr(&self, id: NodeId, name: &str, value: Attr) -> Result<()> {
        self.edit(id, |n| {
            n.attrs.set(name.to_string(), value);
            Ok(())
        })
    }
    /// Sets the requested device of a node.
    pub fn set_device(&self, id: NodeId, device: &str) -> Result<()> {
        self.edit(id, |n| {
            n.device = device.into();
            Ok(())
        })
    }
    /// Makes `before` run before `id`.
    pub fn add_control(&self, id: NodeId, before: NodeId) -> Result<()> {
        self.check_open()?;
        self.edit(id, |n| {
            if !n.control.contains(&before) {
                n.control.push(before);
            }
            Ok(())
        })
    }
    /// Replaces a data input, keeping the dtype. InvalidArgument if the dtypes differ.
    pub fn update_input(&self, id: NodeId, i: usize, to: Endpoint) -> Result<()> {
        self.check_open()?;
        let want = self.value_type(to)?;
        let from = self.node(id)?.inputs.get(i).copied();
        let Some(from) = from else { bail!(InvalidArgument, "node has no input {i}") };
        if self.value_type(from)?.dtype != want.dtype {
            bail!(InvalidArgument, "Cannot update edge with a tensor of another dtype");
        }
        self.edit(id, |n| {
            n.inputs[i] = to;
            Ok(())
        })
    }
    /// Refines the static shape of an endpoint. Value error if it contradicts what is known.
    pub fn set_shape(&self, e: Endpoint, shape: &PartialShape) -> Result<()> {
        self.edit(e.node, |n| match n.outputs.get_mut(e.index as usize) {
            Some(t) => match t.shape.merge(shape) {
                Some(s) => {
                    t.shape = s;
                    Ok(())
                }
                None => bail!(Value, "Tensor's shape {} is not compatible with supplied shape {shape}", t.shape),
            },
            None => bail!(InvalidArgument, "node {} has no output {}", n.name, e.index),
        })
    }
    /// Sets what a resource or variant endpoint holds.
    pub fn set_handle(&self, e: Endpoint, handle: ferroflow_ops::HandleData) -> Result<()> {
        self.edit(e.node, |n| {
            if let Some(t) = n.outputs.get_mut(e.index as usize) {
                t.handle = Some(handle);
            }
            Ok(())
        })
    }
}

fn push(inner: &mut Inner, node: Node) -> NodeId {
    let id = node.id;
    inner.by_name.insert(node.name.clone(), id);
    inner.nodes.push(Arc::new(node));
    id
}

fn dedup(ids: &[NodeId]) -> Vec<NodeId> {
    let mut v: Vec<NodeId> = Vec::with_capacity(ids.len());
    ids.iter().for_each(|i| {
        if !v.contains(i) {
            v.push(*i)
        }
    });
    v
}

/// The argument definition of each flat input.
pub fn flat_args<'a>(op: &'a OpDef, attrs: &'a Attrs) -> impl Iterator<Item = &'a ferroflow_ops::ArgDef> {
    op.inputs.iter().flat_map(|a| std::iter::repeat_n(a, ferroflow_ops::infer::arg_len(a, attrs).unwrap_or(0)))
}

fn unique(inner: &mut Inner, name: &str, mark_as_used: bool) -> String {
    let key = name.to_lowercase();
    let start = inner.used.get(&key).copied().unwrap_or(0);
    if start == 0 {
        if mark_as_used {
            inner.used.insert(key, 1);
        }
        return name.to_string();
    }
    let mut i = start;
    let (fresh, fresh_key) = loop {
        let k = format!("{key}_{i}");
        if !inner.used.contains_key(&k) {
            break (format!("{name}_{i}"), k);
        }
        i += 1;
    };
    if mark_as_used {
        inner.used.insert(key, i + 1);
        inner.used.insert(fresh_key, 1);
    }
    fresh
}
