//! Nodes and endpoints: what a graph is made of.
use ferroflow_ops::{Attrs, OpDef, ValueType};
use ferroflow_tensor::Place;
use std::sync::Arc;

/// Number of a node in its graph. Inputs have smaller numbers than the nodes that read them, except on the back edges of imported loops.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct NodeId(pub u32);

/// An output of a node.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Endpoint {
    /// The node.
    pub node: NodeId,
    /// Which of its outputs.
    pub index: u32,
}

impl Endpoint {
    /// Output `index` of `node`.
    pub fn new(node: NodeId, index: usize) -> Endpoint {
        Endpoint { node, index: index as u32 }
    }
}

/// A node: an op with attributes, inputs and the static types of its outputs.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its number.
    pub id: NodeId,
    /// Its name, unique in the graph.
    pub name: Arc<str>,
    /// Its op; None for an imported op that is not known here, which can be kept and saved but not run.
    pub op: Option<&'static OpDef>,
    /// Name of the op.
    pub op_name: Arc<str>,
    /// Attributes, complete, unknown ones included.
    pub attrs: Attrs,
    /// Data inputs.
    pub inputs: Vec<Endpoint>,
    /// Nodes that run before this one.
    pub control: Vec<NodeId>,
    /// Requested device, or empty.
    pub device: Arc<str>,
    /// Static types of the outputs.
    pub outputs: Vec<ValueType>,
    /// The user's lines that made it, innermost first.
    pub places: Arc<[Place]>,
    /// For nodes that a gradient rule made: the node whose gradient it is.
    pub forward: Option<NodeId>,
}

impl Node {
    /// The user's innermost line.
    pub fn place(&self) -> Option<Place> {
        self.places.first().cloned()
    }
    /// Name of output `i` as TensorFlow writes it: `add:0`.
    pub fn tensor_name(&self, i: usize) -> String {
        format!("{}:{i}", self.name)
    }
}
