//! The builder that adds nodes to a graph: what gradients and composite bodies write to in graph mode.
use crate::graph::{Graph, NewNode};
use crate::node::{Endpoint, NodeId};
use ferroflow_ops::{Attr, Attrs, Build, Val};
use ferroflow_tensor::{DType, Error, PartialShape, Place, Tensor};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The scope of gradients that tapes take: below it they are named by the scope of the forward op.
const TAPE_SCOPE: &str = "gradient_tape/";

/// Adds nodes to a graph under a name scope.
pub struct GraphBuilder<'a> {
    graph: &'a Graph,
    values: Vec<Endpoint>,
    known: FxHashMap<Endpoint, Val>,
    error: Option<Error>,
    /// Scope that new nodes are named under, such as `gradients/MatMul_grad`; empty for none.
    pub scope: String,
    /// Control inputs of new nodes.
    pub control: Vec<NodeId>,
    /// Device of new nodes.
    pub device: Arc<str>,
    /// The user's lines for new nodes.
    pub places: Arc<[Place]>,
    /// The node whose gradient is being built.
    pub forward: Option<NodeId>,
    /// Whether gradients are those of a tape.
    pub tape: bool,
    /// For gradients: the scope of all of them, and the forward node of each record.
    pub records: Option<(String, Vec<NodeId>)>,
}

impl<'a> GraphBuilder<'a> {
    /// A builder without scope.
    pub fn new(graph: &'a Graph) -> GraphBuilder<'a> {
        GraphBuilder {
            graph,
            values: vec![],
            known: FxHashMap::default(),
            error: None,
            scope: String::new(),
            control: vec![],
            device: "".into(),
            places: Arc::default(),
            forward: None,
            tape: false,
            records: None,
        }
    }
    /// The builder's name for an endpoint.
    pub fn val(&mut self, e: Endpoint) -> Val {
        *self.known.entry(e).or_insert_with(|| {
            self.values.push(e);
            Val(self.values.len() as u32 - 1)
        })
    }
    /// The endpoint of a value; None if it is poisoned.
    pub fn endpoint(&self, v: Val) -> Option<Endpoint> {
        self.values.get(v.0 as usize).copied()
    }
    fn scoped(&self, name: &str) -> String {
        if self.scope.is_empty() { name.to_string() } else { format!("{}/{name}", self.scope) }
    }
    fn fail(&mut self, e: Error) {
        self.error.get_or_insert(e);
    }
}

impl Build for GraphBuilder<'_> {
    fn on_tape(&self) -> bool {
        self.tape
    }
    fn outputs(&mut self, op: &'static str, inputs: &[Val], attrs: &[(&'static str, Attr)]) -> Vec<Val> {
        let Some(inputs) = inputs.iter().map(|v| self.endpoint(*v)).collect::<Option<Vec<_>>>() else {
            if self.error.is_none() {
                self.fail(ferroflow_tensor::error!(Internal, "{op} was built on a value that does not exist"));
            }
            return vec![];
        };
        let name = self.scoped(op);
        let new = NewNode {
            op,
            name: &name,
            inputs: &inputs,
            control: &self.control,
            attrs: Attrs::of(attrs),
            device: &self.device,
            places: Some(self.places.clone()),
            forward: self.forward,
        };
        match self.graph.add(new).and_then(|id| self.graph.node(id)) {
            Ok(node) => {
                let first = self.values.len() as u32;
                for i in 0..node.outputs.len() {
                    let e = Endpoint::new(node.id, i);
                    self.values.push(e);
                    self.known.insert(e, Val(first + i as u32));
                }
                (first..self.values.len() as u32).map(Val).collect()
            }
            Err(e) => {
                self.fail(e);
                vec![]
            }
        }
    }
    fn constant(&mut self, value: Tensor) -> Val {
        let dtype = value.dtype();
        self.outputs("Const", &[], &[("value", value.into()), ("dtype", dtype.into())]).first().copied().unwrap_or(Val::POISONED)
    }
    fn dtype(&self, v: Val) -> DType {
        self.endpoint(v).and_then(|e| self.graph.value_type(e).ok()).map_or(DType::Float, |t| t.dtype)
    }
    fn shape(&self, v: Val) -> PartialShape {
        self.endpoint(v).and_then(|e| self.graph.value_type(e).ok()).map_or(PartialShape::UNKNOWN, |t| t.shape)
    }
    fn known(&self, v: Val) -> Option<Tensor> {
        let node = self.graph.node(self.endpoint(v)?.node).ok()?;
        if &*node.op_name == "Const" {
            return node.attrs.tensor("value").ok().cloned();
        }
        let t = self.graph.value_type(self.endpoint(v)?).ok()?;
        t.value.as_ref()?.tensor(t.dtype)
    }
    fn take_error(&mut self) -> Option<Error> {
        self.error.take()
    }
    fn endpoint_of(&self, v: Val) -> Option<(u32, u32)> {
        self.endpoint(v).map(|e| (e.node.0, e.index))
    }
    fn value_of(&mut self, node: u32, index: u32) -> Val {
        self.val(Endpoint { node: NodeId(node), index })
    }
    fn library(&self) -> Option<Arc<dyn std::any::Any + Send + Sync>> {
        Some(self.graph.library.clone())
    }
    fn extend(&mut self, record: usize, attrs: &Attrs, inputs: &[Val]) -> Option<Vec<Val>> {
        let id = *self.records.as_ref()?.1.get(record)?;
        let inputs = inputs.iter().map(|v| self.endpoint(*v)).collect::<Option<Vec<_>>>();
        match inputs.map(|i| self.graph.extend(id, attrs.clone(), &i)) {
            Some(Ok(n)) => Some((0..n).map(|i| self.val(Endpoint::new(id, i))).collect()),
            Some(Err(e)) => {
                self.fail(e);
                Some(vec![])
            }
            None => Some(vec![]),
        }
    }
    fn enter(&mut self, record: usize) {
        let Some((base, nodes)) = &self.records else { return };
        let Some(node) = nodes.get(record).and_then(|id| self.graph.node(*id).ok()) else { return };
        self.scope = match base == TAPE_SCOPE {
            true => format!("{base}{}", node.name.rsplit_once('/').map_or("", |(scope, _)| scope)),
            false => format!("{base}{}_grad", node.name),
        };
        self.scope.truncate(self.scope.trim_end_matches('/').len());
        self.forward = Some(node.id);
        self.device = node.device.clone();
        self.places = node.places.clone();
    }
    fn gather(&mut self, value: Val) {
        let Some((base, _)) = &self.records else { return };
        let Some(node) = self.endpoint(value).and_then(|e| self.graph.node(e.node).ok()) else { return };
        self.scope = base.trim_end_matches('/').into();
        self.forward = Some(node.id);
        self.device = node.device.clone();
        self.places = node.places.clone();
    }
    fn poison(&mut self, e: Error) -> Val {
        self.fail(e);
        Val::POISONED
    }
}
