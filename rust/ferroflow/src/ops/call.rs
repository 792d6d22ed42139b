//! The builder that adds an op of any name.
use crate::graph::{Graph, Op, T, here};
use crate::operand::{Item, Operand};
use ferroflow_graph::{Endpoint, NewNode, NodeId};
use ferroflow_ops::infer::arg_len;
use ferroflow_ops::{ArgDef, ArgType, Attr, Attrs, OpDef};
use ferroflow_tensor::{DType, Place, Result, Tensor, bail, error};
use std::borrow::Cow;
use std::sync::Arc;

/// Starts a call of the op of this name.
///
/// ```
/// use ferroflow::prelude::*;
/// let graph = Graph::new();
/// let x = graph.constant([1.0f32, 4.0])?;
/// let root = ops::call("Sqrt").input(x).name("root").run()?.output(0)?;
/// assert_eq!(root.name()?, "root:0");
/// assert!(ops::call("NoSuchOp").on(&graph).run().is_err());
/// # Ok::<(), ferroflow::Error>(())
/// ```
#[track_caller]
pub fn call<'g>(op: impl Into<Cow<'static, str>>) -> Call<'g> {
    Call {
        op: op.into(),
        graph: None,
        name: String::new(),
        absolute: false,
        items: vec![],
        attrs: Attrs::none(),
        after: vec![],
        place: here(),
    }
}

/// A call that is being put together; [`run`](Call::run) adds it to the graph.
pub struct Call<'g> {
    op: Cow<'static, str>,
    graph: Option<&'g Graph>,
    name: String,
    absolute: bool,
    items: Vec<Item<'g>>,
    attrs: Attrs,
    after: Vec<Op<'g>>,
    place: Place,
}

/// Attributes with defaults, and the name, of a call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    pub name: String,
    pub attrs: Attrs,
}

impl<'g> Call<'g> {
    /// The graph; needed where no operand is a graph tensor.
    pub fn on(mut self, graph: &'g Graph) -> Self {
        self.graph = Some(graph);
        self
    }
    /// The next operand.
    pub fn input(mut self, operand: impl Operand<'g>) -> Self {
        self.items.push(operand.into_item());
        self
    }
    /// The next operand, for an argument that is a list.
    pub fn list(mut self, tensors: &[T<'g>]) -> Self {
        self.items.push(Item::List(tensors.to_vec()));
        self
    }
    /// An attribute; those that follow from operands or have defaults may be left out.
    pub fn attr(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Attr>) -> Self {
        self.attrs.set(name, value);
        self
    }
    /// The name, made unique within the graph; the op's name if it is empty.
    pub fn name(mut self, name: &str) -> Self {
        self.name = name.into();
        self
    }
    /// A name that the name scope at hand is not put before.
    pub(crate) fn absolute_name(mut self, name: &str) -> Self {
        self.absolute = true;
        self.name(name)
    }
    pub(crate) fn options(mut self, options: Option<Options>) -> Self {
        let Some(options) = options else { return self };
        for (name, value) in options.attrs.iter() {
            self.attrs.set(name.to_string(), value.clone());
        }
        self.name(&options.name)
    }
    /// An op that runs before.
    pub fn after(mut self, op: Op<'g>) -> Self {
        self.after.push(op);
        self
    }
    /// The line that errors name.
    pub(crate) fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// Adds the op. Errors: what an operand stands for, operands of several graphs or none, and what TensorFlow's shape
    /// functions and attribute checks report, with the line of the call.
    pub fn run(self) -> Result<Op<'g>> {
        let place = self.place.clone();
        self.add().map_err(|e| e.at_place(Some(place)))
    }
    fn add(self) -> Result<Op<'g>> {
        let Some(graph) = self.graph.or_else(|| self.items.iter().find_map(Item::graph)) else {
            return Err(
                error!(InvalidArgument, "{}: no operand is a tensor of a graph", self.op).fix("make one operand with graph.constant(...)")
            );
        };
        let op = ferroflow_ops::op(&self.op)?;
        let mut inputs: Vec<Endpoint> = vec![];
        for (i, item) in self.items.iter().enumerate() {
            match item {
                Item::One(t) => inputs.push(t.within(graph)?),
                Item::List(list) => {
                    for t in list {
                        inputs.push(t.within(graph)?);
                    }
                }
                Item::Constant(t) => inputs.push(self.constant(graph, t.clone()?)?),
                Item::Number(n) => {
                    let dtype = self.adopted(op, i).unwrap_or_else(|| n.natural());
                    inputs.push(self.constant(graph, n.to_scalar(dtype)?)?);
                }
            }
        }
        let (device, mut control) = graph.inherited();
        for o in &self.after {
            control.push(o.within(graph)?);
        }
        let wished = if self.name.is_empty() { op.name } else { &self.name };
        let name = if self.absolute { wished.to_string() } else { graph.scoped(wished) };
        let places = Some(Arc::from([self.place]));
        let new = NewNode {
            op: op.name,
            name: &name,
            inputs: &inputs,
            control: &control,
            attrs: self.attrs,
            device: &device,
            places,
            forward: None,
        };
        let node = graph.core().add_op(op, new)?;
        Ok(Op { graph, node })
    }
    fn constant(&self, graph: &'g Graph, value: Tensor) -> Result<Endpoint> {
        let dtype = value.dtype();
        let made = call("Const").on(graph).at(self.place.clone()).attr("value", value.settle()?).attr("dtype", dtype).run()?;
        Ok(Endpoint::new(made.node, 0))
    }
    /// The dtype that the number at this position takes from the op, its attributes or the other operands.
    fn adopted(&self, op: &OpDef, i: usize) -> Option<DType> {
        if self.items.len() != op.inputs.len() {
            return None;
        }
        match &op.inputs[i].ty {
            ArgType::Fixed(d) => Some(*d),
            ArgType::List(_) => None,
            ArgType::Attr(name) => match self.attrs.get(name) {
                Some(Attr::Type(d)) => Some(*d),
                _ => self.items.iter().zip(&op.inputs).filter(|(_, a)| a.ty == op.inputs[i].ty).find_map(|(x, _)| x.dtype()),
            },
        }
    }

    /// Adds an op and gives its outputs argument by argument.
    pub(crate) fn outputs(self) -> Result<Outputs<'g>> {
        let op = self.run()?;
        let node = op.graph.core().node(op.node)?;
        let Some(def) = node.op else { bail!(Internal, "{} has no definition", node.op_name) };
        Ok(Outputs { graph: op.graph, node: op.node, args: def.outputs.iter(), attrs: node.attrs.clone(), at: 0 })
    }
}

/// The outputs of an op, to be taken one argument after the other.
pub struct Outputs<'g> {
    graph: &'g Graph,
    node: NodeId,
    args: std::slice::Iter<'static, ArgDef>,
    attrs: Attrs,
    at: usize,
}
impl<'g> Outputs<'g> {
    /// The tensors of the next argument. Internal error if there is none.
    pub fn list(&mut self) -> Result<Vec<T<'g>>> {
        let Some(arg) = self.args.next() else { bail!(Internal, "the op has no further output") };
        let n = arg_len(arg, &self.attrs)?;
        let first = self.at;
        self.at += n;
        Ok((first..self.at).map(|i| T { graph: self.graph, at: Endpoint::new(self.node, i) }).collect())
    }
    /// The tensor of the next argument. Internal error if it is not one.
    pub fn one(&mut self) -> Result<T<'g>> {
        match self.list()?.as_slice() {
            [t] => Ok(*t),
            many => bail!(Internal, "expected one output, got {}", many.len()),
        }
    }
}
