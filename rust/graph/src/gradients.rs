//! `tf.gradients`: adds the nodes of a gradient to a graph.
use crate::builder::GraphBuilder;
use crate::function::{Belonging, Function, Library, functions_of};
use crate::graph::Graph;
use crate::node::{Endpoint, Node, NodeId};
use crate::reverse::{CustomGradient, Record, python, reverse};
use ferroflow_ops::{Attrs, Build, Flags, GradValue, Gradient, OpDef, Val};
use ferroflow_tensor::{Result, bail};
use rustc_hash::FxHashSet;
use std::sync::{Arc, OnceLock};

/// A gradient in a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GraphGrad {
    /// A tensor.
    Dense(Endpoint),
    /// Rows of a tensor.
    Slices {
        /// Rows.
        values: Endpoint,
        /// Which rows they are.
        indices: Endpoint,
        /// Shape of the dense gradient.
        dense_shape: Option<Endpoint>,
    },
}

/// Finds gradients that are defined outside the op table for a node: `RegisterGradient`, `gradient_override_map`, `custom_gradient`.
pub type Custom<'a> = &'a dyn Fn(&Node) -> Option<Arc<dyn CustomGradient>>;

/// As [`Custom`], for nodes in bodies of functions.
pub type FindInBody = fn(&Arc<Graph>, &Node) -> Option<Arc<dyn CustomGradient>>;

/// How a front end deals with gradients that it defines for nodes in bodies of functions.
#[derive(Clone, Copy)]
pub struct InBodies {
    /// Finds them.
    pub find: FindInBody,
    /// Keeps a function over a body as long as the front end holds the body.
    pub keep: fn(Arc<Function>),
    /// What the front end has of a body, to be held.
    pub hold: fn(&Arc<Graph>) -> Option<Belonging>,
    /// Calls a function while no other thread adds such gradients to bodies.
    pub alone: fn(&mut dyn FnMut() -> Result<()>) -> Result<()>,
}
static IN_BODIES: OnceLock<InBodies> = OnceLock::new();

/// Says how gradients that the front end defines are found in bodies of functions; the first word counts.
pub fn find_in_bodies(front: InBodies) {
    let _ = IN_BODIES.set(front); // the first stays
}
/// The functions that an op's attributes name, with what the front end has of their bodies: what a gradient of the op takes.
pub fn held(library: &Library, op: &OpDef, attrs: &Attrs) -> Vec<Belonging> {
    let found = functions_of(op, attrs).into_iter().filter_map(|f| library.get(&f.name).ok());
    found
        .map(|f| {
            let body = front_end().and_then(|front| (front.hold)(&f.body));
            Arc::new((f, body)) as Belonging
        })
        .collect()
}
/// The front end, if it defines a gradient for one of these nodes.
pub(crate) fn in_body(body: &Graph) -> Option<InBodies> {
    let asks = |n: &Node| {
        n.attrs.has("_gradient_op_type") || n.op.is_some_and(|o| o.has(Flags::PYTHON) && matches!(o.entry.grad, Gradient::Missing(_)))
    };
    front_end().filter(|_| body.nodes(usize::MAX).iter().any(|n| asks(n)))
}
/// The front end, if there is one.
pub(crate) fn front_end() -> Option<InBodies> {
    IN_BODIES.get().copied()
}

/// Options of [`gradients`].
pub struct Options<'a> {
    /// Name scope of the new nodes, unique already: `gradients` in TensorFlow.
    pub scope: &'a str,
    /// Nothing flows beyond these.
    pub stop: &'a [Endpoint],
    /// Gradients from outside the op table.
    pub custom: Custom<'a>,
    /// Whether they are those of a tape.
    pub tape: bool,
}

/// Gradients of the sum of `ys` with respect to `xs`; `grad_ys` are their incoming gradients (ones where None or missing).
/// None where an x does not matter. Lookup error for an op without gradient on the way, Type error for an integer `y`.
pub fn gradients(
    graph: &Graph,
    ys: &[Endpoint],
    xs: &[Endpoint],
    grad_ys: &[Option<GraphGrad>],
    options: &Options,
) -> Result<Vec<Option<GraphGrad>>> {
    let nodes = graph.nodes(usize::MAX);
    let ancestors = ancestors(&nodes, ys);
    let mut b = GraphBuilder::new(graph);
    b.scope = options.scope.to_string();
    b.tape = options.tape;
    let mut seeds = vec![];
    for (i, y) in ys.iter().enumerate() {
        let seed = match grad_ys.get(i).copied().flatten() {
            Some(g) => to_value(&mut b, g),
            None => GradValue::Dense(ones(&mut b, graph, *y)?),
        };
        seeds.push((b.val(*y), seed));
    }
    let customs: Vec<_> = ancestors.iter().map(|id| (options.custom)(&nodes[id.0 as usize])).collect();
    let mut records = Vec::with_capacity(ancestors.len());
    for (id, custom) in ancestors.iter().zip(&customs) {
        let n = &nodes[id.0 as usize];
        let inputs = n.inputs.iter().map(|e| b.val(*e)).collect();
        let outputs = (0..n.outputs.len()).map(|i| b.val(Endpoint::new(n.id, i))).collect();
        records.push(Record { op: n.op, op_name: &n.op_name, node: &n.name, attrs: &n.attrs, inputs, outputs, custom: custom.as_deref() });
    }
    let targets: Vec<_> = xs.iter().map(|x| b.val(*x)).collect();
    let stop: FxHashSet<_> = options.stop.iter().map(|x| b.val(*x)).collect();
    let base = if options.scope.is_empty() { String::new() } else { format!("{}/", options.scope) };
    b.records = Some((base, ancestors));
    let found = reverse(&mut b, &records, &seeds, &targets, &stop)?;
    Ok(found.into_iter().map(|g| g.and_then(|g| to_graph(&b, g))).collect())
}

/// Nodes that `ys` depend on through data edges, in an order they can run in.
fn ancestors(nodes: &[Arc<Node>], ys: &[Endpoint]) -> Vec<NodeId> {
    let mut seen = vec![false; nodes.len()];
    let mut stack: Vec<usize> = ys.iter().map(|y| y.node.0 as usize).collect();
    while let Some(i) = stack.pop() {
        if !std::mem::replace(&mut seen[i], true) {
            stack.extend(nodes[i].inputs.iter().map(|e| e.node.0 as usize));
        }
    }
    let order = crate::calls::running_order(nodes, (0..nodes.len()).filter(|i| seen[*i]));
    order.into_iter().filter(|i| seen[*i]).map(|i| NodeId(i as u32)).collect()
}

fn ones(b: &mut GraphBuilder, graph: &Graph, y: Endpoint) -> Result<Val> {
    let t = graph.value_type(y)?;
    let name = graph.node(y.node)?.tensor_name(y.index as usize);
    if !t.dtype.is_differentiable() {
        bail!(Type, "Gradients of tensors must be floating or complex; got {} for '{name}'", t.dtype);
    }
    if t.dtype.is_complex() {
        let shape = if t.shape.dims().is_none() { String::new() } else { format!(", shape={}", python(&t.shape)) };
        bail!(Type, "Gradients of complex tensors (Tensor(\"{name}\"{shape}, dtype={})) must set grad_ys (y.dtype = {})", t.dtype, t.dtype);
    }
    let v = b.val(y);
    let b: &mut dyn Build = b;
    let one = b.lit(v, 1.0);
    let dims = b.shape_of(v);
    let g = b.fill(dims, one);
    b.take_error().map_or(Ok(g), Err)
}

fn to_value(b: &mut GraphBuilder, g: GraphGrad) -> GradValue {
    match g {
        GraphGrad::Dense(e) => GradValue::Dense(b.val(e)),
        GraphGrad::Slices { values, indices, dense_shape } => {
            GradValue::Slices { values: b.val(values), indices: b.val(indices), dense_shape: dense_shape.map(|s| b.val(s)) }
        }
    }
}

fn to_graph(b: &GraphBuilder, g: GradValue) -> Option<GraphGrad> {
    Some(match g {
        GradValue::Dense(v) => GraphGrad::Dense(b.endpoint(v)?),
        GradValue::Slices { values, indices, dense_shape } => GraphGrad::Slices {
            values: b.endpoint(values)?,
            indices: b.endpoint(indices)?,
            dense_shape: dense_shape.and_then(|s| b.endpoint(s)),
        },
    })
}
