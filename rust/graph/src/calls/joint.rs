//! A function and its gradient in one graph, and what the gradient reads of the forward part.
use super::copy::{Copy, placeholder, running_order};
use crate::builder::GraphBuilder;
use crate::function::{Function, Library};
use crate::gradients::{GraphGrad, Options, gradients, in_body};
use crate::graph::Graph;
use crate::node::{Endpoint, Node, NodeId};
use crate::passes::is_pure;
use crate::reverse::densify;
use ferroflow_ops::{Build, Flags, GradValue, Gradient, HandleData, Val, ValueType};
use ferroflow_tensor::{DType, Result, Tensor, bail};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A copy of a function's body with the nodes of its gradient. What the front end defines speaks of the body itself: then
/// the gradient is added there, and the forward and backward functions are parts of the same body.
pub(super) struct Joint {
    pub graph: Arc<Graph>,
    /// Whether `graph` is the body itself.
    pub shared: bool,
    pub function: Arc<Function>,
    /// Nodes below this number are the function's own.
    own: usize,
    /// The nodes from `own` to here are those of the gradient.
    end: usize,
    /// Output number and the placeholder for its gradient.
    pub seeds: Vec<(usize, Endpoint)>,
    /// Gradients of the inputs.
    pub grads: Vec<Option<GraphGrad>>,
    /// Values that are wanted of the gradient's part besides.
    pub more: Vec<Endpoint>,
}

/// Whether gradients flow through values of this type.
pub(super) fn flows(t: &ValueType) -> bool {
    use ferroflow_tensor::DType;
    match t.dtype {
        DType::Variant => t.handle.as_ref().is_none_or(|h| h.iter().any(|(d, _)| d.is_differentiable() || d.is_object())),
        d => d.is_differentiable() || d == DType::Resource,
    }
}

/// The type of the gradient of a value: of a resource, that of what it stands for.
pub(super) fn gradient_type(t: &ValueType) -> Option<ValueType> {
    let held = |h: &HandleData| h.first().map(|(d, s)| ValueType::new(*d, s.clone()));
    match t.dtype {
        ferroflow_tensor::DType::Resource => t.handle.as_ref().and_then(held),
        _ => Some(ValueType { value: None, is_ref: false, ..t.clone() }),
    }
}

impl Joint {
    /// Adds the gradients of inputs that are `wanted`, for gradients of outputs of these types.
    pub fn new(library: &Arc<Library>, function: &Arc<Function>, seeds: &[Option<ValueType>], wanted: &[bool]) -> Result<Joint> {
        let front = in_body(&function.body);
        let graph = if front.is_some() { function.body.clone() } else { Arc::new(function.body.duplicate(library.clone())) };
        let own = graph.len();
        let mut given = vec![];
        for (i, t) in seeds.iter().enumerate().filter_map(|(i, t)| Some((i, t.as_ref()?))) {
            given.push((i, placeholder(&graph, "gradient", t)?));
        }
        let xs: Vec<_> = (0..function.inputs.len()).filter(|i| wanted[*i]).collect();
        let ends: Vec<_> = xs.iter().map(|i| function.inputs[*i]).collect();
        let ys: Vec<_> = given.iter().map(|(i, _)| function.outputs[*i]).collect();
        let dys: Vec<_> = given.iter().map(|(_, e)| Some(GraphGrad::Dense(*e))).collect();
        let scope = graph.unique_name("gradients", true);
        let custom = |n: &Node| front.and_then(|front| (front.find)(&graph, n));
        // Arguments of a part of a body may depend on each other there.
        let found = gradients(&graph, &ys, &ends, &dys, &Options { scope: &scope, stop: &function.inputs, custom: &custom, tape: false })?;
        if front.is_some() {
            library.include(&graph.library)?;
        }
        let mut grads = vec![None; function.inputs.len()];
        for (i, g) in xs.into_iter().zip(found) {
            grads[i] = g;
        }
        let end = graph.len();
        Ok(Joint { graph, shared: front.is_some(), function: function.clone(), own, end, seeds: given, grads, more: vec![] })
    }
    /// Makes all gradients dense; inputs without one get zeros where `fill` asks for them with the type of the gradient.
    pub fn dense(&mut self, fill: &[Option<ValueType>]) -> Result<()> {
        self.unify(fill, &vec![None; fill.len()])
    }
    /// As `dense`, but slices of all rows with indices of a dtype for inputs for which `slices` has one.
    pub fn unify(&mut self, fill: &[Option<ValueType>], slices: &[Option<DType>]) -> Result<()> {
        let graph = self.graph.clone();
        let mut b = GraphBuilder::new(&graph);
        b.scope = "gradients".into();
        for (i, fill) in fill.iter().enumerate() {
            let v = match (self.grads[i], fill) {
                (None, None) => continue,
                (Some(GraphGrad::Slices { .. }), _) if slices[i].is_some() => continue,
                (Some(GraphGrad::Dense(e)), _) if slices[i].is_some() => b.val(e),
                (Some(GraphGrad::Dense(_)), _) => continue,
                (Some(GraphGrad::Slices { values, indices, dense_shape }), _) => {
                    let g =
                        GradValue::Slices { values: b.val(values), indices: b.val(indices), dense_shape: dense_shape.map(|s| b.val(s)) };
                    densify(&mut b, g)
                }
                (None, Some(t)) => {
                    let x = b.val(self.function.inputs[i]);
                    super::zeros(&mut b, x, t.dtype)
                }
            };
            let rows = slices[i].map(|dtype| all_rows(&mut b, v, dtype));
            if let Some(e) = b.take_error() {
                return Err(e);
            }
            self.grads[i] = match (b.endpoint(v), rows) {
                (Some(values), Some((indices, shape))) => {
                    let Some(indices) = b.endpoint(indices) else { continue };
                    Some(GraphGrad::Slices { values, indices, dense_shape: b.endpoint(shape) })
                }
                (v, _) => v.map(GraphGrad::Dense),
            };
        }
        Ok(())
    }
    /// The ends of the gradients, flat: three of slices with a shape; then what is wanted besides.
    pub fn ends(&self) -> Vec<Endpoint> {
        let flat = |g: &GraphGrad| match *g {
            GraphGrad::Dense(e) => vec![e],
            GraphGrad::Slices { values, indices, dense_shape } => [values, indices].into_iter().chain(dense_shape).collect(),
        };
        self.grads.iter().flatten().flat_map(flat).chain(self.more.iter().copied()).collect()
    }
    /// Nodes of a gradient that the front end defines which run whether or not a result needs them.
    fn effects(&self) -> Vec<NodeId> {
        if !self.shared {
            return vec![];
        }
        let nodes = self.graph.nodes(usize::MAX);
        let forward = self.forward(&nodes);
        let acts = |n: &&Arc<Node>| {
            n.op.is_some_and(|o| {
                let calls = matches!(o.entry.grad, Gradient::Body);
                o.has(Flags::STATEFUL) && (n.outputs.is_empty() || calls || o.has(Flags::WRITES) || o.has(Flags::PYTHON))
            })
        };
        nodes[self.own..self.end].iter().filter(|n| !forward[n.id.0 as usize]).filter(acts).map(|n| n.id).collect()
    }
    /// What the gradient reads of the forward part, once each; and whether some node of the gradient is not pure.
    /// `recompute` says for which nodes of the forward part the gradient computes them itself.
    pub fn crossing(&self, recompute: &dyn Fn(&Node) -> bool) -> (Vec<Endpoint>, bool) {
        let nodes = self.graph.nodes(usize::MAX);
        let forward = self.forward(&nodes);
        let mut seen = vec![false; nodes.len()];
        let (mut found, mut effects) = (vec![], false);
        let mut stack = self.ends();
        stack.reverse();
        for id in self.effects() {
            effects = true;
            stack.extend(nodes[id.0 as usize].inputs.iter());
        }
        while let Some(e) = stack.pop() {
            let i = e.node.0 as usize;
            if self.seeds.iter().any(|(_, s)| *s == e) {
                continue;
            }
            if forward[i] && !recompute(&nodes[i]) {
                if !found.contains(&e) {
                    found.push(e);
                }
            } else if !std::mem::replace(&mut seen[i], true) {
                let n = &nodes[i];
                effects |= !forward[i] && n.op.is_none_or(|o| o.has(Flags::STATEFUL));
                stack.extend(n.inputs.iter().rev());
            }
        }
        (found, effects)
    }
    /// Whether gradients of the gradient flow to values of the forward part; those of its constants count with `constants`.
    pub fn flows_from_forward(&self, constants: bool) -> bool {
        let nodes = self.graph.nodes(usize::MAX);
        let forward = self.forward(&nodes);
        let mut seen = vec![false; nodes.len()];
        let mut stack = self.ends();
        while let Some(e) = stack.pop() {
            let n = &nodes[e.node.0 as usize];
            if self.seeds.iter().any(|(_, s)| *s == e) || !n.outputs.get(e.index as usize).is_some_and(|t| t.dtype.is_differentiable()) {
                continue;
            }
            if forward[e.node.0 as usize] {
                if constants || &*n.op_name != "Const" {
                    return true;
                }
            } else if !std::mem::replace(&mut seen[e.node.0 as usize], true)
                && !n.op.is_some_and(|o| matches!(o.entry.grad, Gradient::None(_)))
            {
                stack.extend(n.inputs.iter());
            }
        }
        false
    }
    /// Nodes of the forward part: the function's own, and what loops among them were given for the gradient.
    fn forward(&self, nodes: &[Arc<Node>]) -> Vec<bool> {
        let mut forward = vec![false; nodes.len()];
        for i in running_order(nodes, 0..self.own) {
            forward[i] = true;
        }
        forward
    }
    /// The forward function with more results (and arguments that `more` adds), in a graph of its own.
    pub fn forward_function(
        &self,
        library: &Arc<Library>,
        more: impl FnOnce(&mut Copy) -> Result<(Vec<Endpoint>, Vec<Endpoint>)>,
    ) -> Result<Arc<Function>> {
        let body = self.body();
        let f = &self.function;
        let mut copy = if self.shared { Copy::none(&body) } else { Copy::new(&self.graph, &body) };
        let mut inputs = copy.arguments(&f.inputs)?;
        let mut outputs = copy.values(&f.outputs, &f.effects)?;
        let (args, results) = more(&mut copy)?;
        inputs.extend(args);
        outputs.extend(results);
        let effects = copy.ids(&f.effects);
        super::register(library, f, &format!("__forward_{}", super::stem(&f.name)), body, inputs, outputs, effects)
    }
    /// The body of a function to be made of this graph.
    fn body(&self) -> Arc<Graph> {
        if self.shared { self.graph.clone() } else { Arc::default() } // a library that keeps a body must not be kept by it
    }
    /// A function of gradients of outputs and of values of the forward part, for each of which `args` has the type and the
    /// value if it is read. It gives the gradients of the inputs.
    pub fn backward_function(&self, library: &Arc<Library>, args: &[(ValueType, Option<Endpoint>)]) -> Result<Arc<Function>> {
        let body = self.body();
        let mut inputs = vec![];
        for (k, (t, value)) in args.iter().enumerate() {
            let seed = self.seeds.get(k).map(|(_, e)| *e);
            inputs.push(match seed.or(*value) {
                Some(e) if self.shared => e,
                _ => placeholder(&body, "args", t)?,
            });
        }
        let mut copy = if self.shared { Copy::none(&body) } else { Copy::new(&self.graph, &body) };
        copy.values.extend(args.iter().zip(&inputs).filter_map(|((_, value), e)| Some(((*value)?, *e))));
        let outputs = self.backward_into(&mut copy, &inputs[..self.seeds.len()])?;
        let name = format!("__backward_{}", super::stem(&self.function.name));
        super::register(library, &self.function, &name, body, inputs, outputs, self.effects())
    }
    /// Gives the gradient's part of the graph to a copy where the seeds and what crosses are known already.
    pub fn backward_into(&self, copy: &mut Copy, seeds: &[Endpoint]) -> Result<Vec<Endpoint>> {
        copy.values.extend(self.seeds.iter().zip(seeds).map(|((_, from), to)| (*from, *to)));
        copy.values(&self.ends(), &[])
    }
    /// The value that this one is the same as.
    pub fn through_identity(&self, mut e: Endpoint) -> Endpoint {
        while let Ok(n) = self.graph.node(e.node)
            && &*n.op_name == "Identity"
            && !n.attrs.has("_gradient_op_type")
            && !self.function.inputs.contains(&e)
        {
            e = n.inputs[0];
        }
        e
    }
    /// The type of a value.
    pub fn type_of(&self, e: Endpoint) -> Result<ValueType> {
        Ok(ValueType { value: None, is_ref: false, ..self.graph.value_type(e)? })
    }
}

/// The numbers of the rows of a value, and its shape, in a dtype.
fn all_rows(b: &mut GraphBuilder, v: Val, dtype: DType) -> (Val, Val) {
    let shape = b.call("Shape", &[v], &[("out_type", dtype.into())]);
    let number =
        |b: &mut GraphBuilder, n: i64| b.constant(if dtype == DType::Int32 { Tensor::scalar(n as i32) } else { Tensor::scalar(n) });
    let (zero, one) = (number(b, 0), number(b, 1));
    let first = b.call("GatherV2", &[shape, zero, zero], &[]);
    (b.call("Range", &[zero, first, one], &[]), shape)
}

/// Whether a node of a loop's body can be computed again from constants and values that no round changes.
pub(super) fn repeatable(nodes: &[Arc<Node>], n: &Node, invariant: &dyn Fn(Endpoint) -> bool, known: &mut FxHashMap<u32, bool>) -> bool {
    if let Some(k) = known.get(&n.id.0) {
        return *k;
    }
    known.insert(n.id.0, false); // a cycle is not repeatable
    let simple = matches!(&*n.op_name, "Identity" | "Const") || is_pure(n) && n.op.is_some_and(|o| !matches!(o.entry.grad, Gradient::Body));
    let r = simple
        && &*n.op_name != "Placeholder"
        && n.inputs.iter().all(|e| invariant(*e) || repeatable(nodes, &nodes[e.node.0 as usize], invariant, known));
    known.insert(n.id.0, r);
    r
}

/// InvalidArgument unless a list of masks fits a function.
pub(super) fn check(f: &Function, inputs: usize, outputs: usize) -> Result<()> {
    if f.inputs.len() != inputs || f.outputs.len() != outputs {
        let (i, o) = (f.inputs.len(), f.outputs.len());
        bail!(InvalidArgument, "function {} has {i} arguments and {o} results; it is called with {inputs} and for {outputs}", f.name);
    }
    Ok(())
}
