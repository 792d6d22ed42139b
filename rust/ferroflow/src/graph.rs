//! The graph, its tensors and its operations.
use crate::operand::{Dims, ToTensor};
use crate::ops::call;
use crate::variable::Variable;
use ferroflow_graph::{Endpoint, NodeId};
use ferroflow_ops::Attr;
use ferroflow_tensor::{DType, Error, PartialShape, Place, Result, bail, error};
use std::cell::RefCell;
use std::panic::Location;
use std::sync::{Arc, Mutex, MutexGuard};

/// A graph that is being built. Its tensors ([`T`]) borrow it; sessions and savers share it.
///
/// ```
/// use ferroflow::prelude::*;
/// let graph = Graph::new();
/// let x = graph.placeholder("x", DType::Float, [-1])?;
/// let y = (x * 2.0 + 1.0).check()?;
/// let out = Session::new(&graph)?.run(&[y], &[(x, [1.0f32, 2.0].to_tensor()?)])?;
/// assert_eq!(out[0].slice::<f32>()?, [3.0, 5.0]);
/// # Ok::<(), ferroflow::Error>(())
/// ```
pub struct Graph {
    core: Arc<ferroflow_graph::Graph>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    errors: Vec<Error>,
    variables: Vec<Kept>,
    seed: Option<i64>,
}

/// What a graph keeps of a variable.
#[derive(Clone, Copy)]
pub(crate) struct Kept {
    pub handle: Endpoint,
    pub read: Endpoint,
    pub initial: Endpoint,
    pub initializer: NodeId,
    pub trainable: bool,
}

/// What new nodes of a graph inherit on this thread.
#[derive(Clone, Default)]
struct Frame {
    graph: u64,
    scope: String,
    device: String,
    control: Vec<NodeId>,
}
thread_local!(static FRAMES: RefCell<Vec<Frame>> = const { RefCell::new(vec![]) });

/// Takes the innermost frame away again, also when a panic unwinds.
struct Entered;
impl Drop for Entered {
    fn drop(&mut self) {
        FRAMES.with_borrow_mut(|f| f.pop());
    }
}

/// The caller's line, as errors name it.
#[track_caller]
pub(crate) fn here() -> Place {
    let at = Location::caller();
    Place { file: at.file().into(), line: at.line(), function: "".into() }
}

impl Default for Graph {
    fn default() -> Graph {
        Graph::new()
    }
}

impl Graph {
    /// An empty graph.
    pub fn new() -> Graph {
        Graph::over(ferroflow_graph::Graph::new())
    }
    /// A graph of the engine, such as an imported one, under this API.
    pub fn over(core: Arc<ferroflow_graph::Graph>) -> Graph {
        crate::start();
        Graph { core, state: Mutex::default() }
    }
    /// The engine's graph: nodes, attributes, static types.
    pub fn core(&self) -> &Arc<ferroflow_graph::Graph> {
        &self.core
    }
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|e| e.into_inner())
    }
    fn frame(&self) -> Frame {
        let found = FRAMES.with_borrow(|f| f.iter().rev().find(|f| f.graph == self.core.id).cloned());
        found.unwrap_or_else(|| Frame { graph: self.core.id, ..Frame::default() })
    }
    fn within<R>(&self, change: impl FnOnce(&mut Frame), f: impl FnOnce() -> Result<R>) -> Result<R> {
        let mut frame = self.frame();
        change(&mut frame);
        FRAMES.with_borrow_mut(|all| all.push(frame));
        let _entered = Entered;
        f()
    }
    /// `name` under the name scope at hand.
    pub(crate) fn scoped(&self, name: &str) -> String {
        let scope = self.frame().scope;
        if scope.is_empty() { name.to_string() } else { format!("{scope}/{name}") }
    }
    /// The device and the nodes that new nodes wait for.
    pub(crate) fn inherited(&self) -> (String, Vec<NodeId>) {
        let frame = self.frame();
        (frame.device, frame.control)
    }

    /// Nodes that `f` adds are named `name/...`; a name that is taken gets a number, as in TensorFlow.
    ///
    /// ```
    /// use ferroflow::prelude::*;
    /// let graph = Graph::new();
    /// let x = graph.name_scope("input", || graph.placeholder("x", DType::Float, [2]))?;
    /// assert_eq!(x.name()?, "input/x:0");
    /// # Ok::<(), ferroflow::Error>(())
    /// ```
    pub fn name_scope<R>(&self, name: &str, f: impl FnOnce() -> Result<R>) -> Result<R> {
        let scope = self.core.unique_name(&self.scoped(name), true);
        self.within(|frame| frame.scope = scope, f)
    }
    /// Nodes that `f` adds ask for this device, such as `/CPU:0`.
    pub fn device<R>(&self, device: &str, f: impl FnOnce() -> Result<R>) -> Result<R> {
        self.within(|frame| frame.device = device.into(), f)
    }
    /// Nodes that `f` adds run after these ops. InvalidArgument for an op of another graph.
    pub fn control_dependencies<R>(&self, ops: &[Op], f: impl FnOnce() -> Result<R>) -> Result<R> {
        let ids = ops.iter().map(|o| o.within(self)).collect::<Result<Vec<_>>>()?;
        self.within(|frame| frame.control.extend(ids), f)
    }

    /// A tensor to be fed: its dtype and its shape, -1 for a size that is not known (`PartialShape::UNKNOWN` if even the
    /// rank is not).
    #[track_caller]
    pub fn placeholder(&self, name: &str, dtype: DType, shape: impl Into<Dims>) -> Result<T<'_>> {
        call("Placeholder").on(self).name(name).attr("dtype", dtype).attr("shape", shape.into().0).run()?.output(0)
    }
    /// A constant.
    #[track_caller]
    pub fn constant(&self, value: impl ToTensor) -> Result<T<'_>> {
        let value = value.to_tensor()?.settle()?;
        let dtype = value.dtype();
        call("Const").on(self).attr("value", Attr::Tensor(value)).attr("dtype", dtype).run()?.output(0)
    }
    /// An op that does nothing but run after all of these.
    #[track_caller]
    pub fn group<'g>(&'g self, name: &str, ops: &[Op<'g>]) -> Result<Op<'g>> {
        let start = call("NoOp").on(self).name(name);
        ops.iter().fold(start, |c, o| c.after(*o)).run()
    }
    /// The op that gives all variables of the graph so far their initial values.
    #[track_caller]
    pub fn initializer(&self) -> Result<Op<'_>> {
        let ops: Vec<Op> = self.variables().iter().map(Variable::initializer).collect();
        self.group("init", &ops)
    }
    /// All variables so far, slots of optimizers included, in the order of their creation.
    pub fn variables(&self) -> Vec<Variable<'_>> {
        let kept = self.state().variables.clone();
        kept.into_iter().map(|kept| Variable { graph: self, kept }).collect()
    }
    pub(crate) fn keep(&self, kept: Kept) -> Variable<'_> {
        self.state().variables.push(kept);
        Variable { graph: self, kept }
    }
    /// The tensor of this name, such as `x:0`. Value error for a name without a number, Key error if there is none.
    pub fn tensor(&self, name: &str) -> Result<T<'_>> {
        let parts = name.rsplit_once(':').and_then(|(op, i)| Some((op, i.parse::<u32>().ok()?)));
        let Some((op, index)) = parts else {
            bail!(
                Value,
                "The name '{name}' looks like an (invalid) Operation name, not a Tensor. Tensor names must be of the form \"<op_name>:<output_index>\"."
            );
        };
        let missing = || error!(Key, "The name '{name}' refers to a Tensor which does not exist.");
        let node = self.core.find(op).ok_or_else(missing)?;
        let at = Endpoint { node, index };
        self.core.value_type(at).map_err(|_| missing())?;
        Ok(T { graph: self, at })
    }
    /// The op of this name. Key error if there is none.
    pub fn op(&self, name: &str) -> Result<Op<'_>> {
        match self.core.find(name) {
            Some(node) => Ok(Op { graph: self, node }),
            None => bail!(Key, "The name '{name}' refers to an Operation not in the graph."),
        }
    }

    /// The seed of the graph's random ops: with it, each run of the program draws the same numbers.
    pub fn set_seed(&self, seed: i64) {
        self.state().seed = Some(seed);
    }
    /// The attributes `seed` and `seed2` of a random op with this own seed, by TensorFlow's rule.
    pub fn seeds(&self, own: Option<i64>) -> (i64, i64) {
        const DEFAULT_GRAPH_SEED: i64 = 87_654_321;
        let seeds = match (self.state().seed, own) {
            (None, None) => return (0, 0),
            (Some(graph), None) => (graph, self.core.len() as i64),
            (graph, Some(own)) => (graph.unwrap_or(DEFAULT_GRAPH_SEED), own),
        };
        // Two zeros would ask for a random seed.
        if seeds == (0, 0) { (0, i64::from(i32::MAX)) } else { seeds }
    }

    /// A tensor that stands for an error, until somebody asks.
    pub(crate) fn poisoned(&self, e: Error) -> T<'_> {
        let mut state = self.state();
        state.errors.push(e);
        T { graph: self, at: Endpoint { node: POISON, index: state.errors.len() as u32 - 1 } }
    }
    fn error(&self, index: u32) -> Error {
        let found = self.state().errors.get(index as usize).cloned();
        found.unwrap_or_else(|| error!(Internal, "a tensor names no node"))
    }
}

/// The node of tensors that stand for an error.
const POISON: NodeId = NodeId(u32::MAX);

/// A tensor of a graph: an output of one of its operations.
///
/// The operators `+ - * / %` and unary `-` add nodes; numbers adopt the tensor's dtype. An operator cannot fail: a faulty
/// one gives a tensor that stands for the error, and so does everything that is computed from it. The next
/// [`check`](T::check), op function or [`run`](crate::Session::run) returns that error, which names the faulty line.
///
/// ```
/// use ferroflow::prelude::*;
/// let graph = Graph::new();
/// let a = graph.placeholder("a", DType::Float, [2])?;
/// let b = graph.placeholder("b", DType::Float, [3])?;
/// let line = line!() + 1;
/// let faulty = (a + b) * 2.0;
/// let error = faulty.check().unwrap_err();
/// assert_eq!(error.code(), Code::InvalidArgument);
/// assert_eq!(error.report().place.as_ref().map(|p| p.line), Some(line));
/// # Ok::<(), ferroflow::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct T<'g> {
    pub(crate) graph: &'g Graph,
    pub(crate) at: Endpoint,
}

impl<'g> T<'g> {
    /// This tensor, or the error that it stands for.
    pub fn check(self) -> Result<T<'g>> {
        if self.at.node == POISON { Err(self.graph.error(self.at.index)) } else { Ok(self) }
    }
    /// Where it is in the graph; its error if it stands for one, InvalidArgument if `graph` is another.
    pub(crate) fn within(self, graph: &Graph) -> Result<Endpoint> {
        if self.graph.core.id != graph.core.id {
            bail!(InvalidArgument, "Tensor {:?} must be from the same graph as the others.", self);
        }
        self.check().map(|t| t.at)
    }
    /// The graph.
    pub fn graph(self) -> &'g Graph {
        self.graph
    }
    /// Its place in the engine's graph. Here and below: the error that it stands for.
    pub fn endpoint(self) -> Result<Endpoint> {
        self.check().map(|t| t.at)
    }
    /// The dtype.
    pub fn dtype(self) -> Result<DType> {
        Ok(self.graph.core.value_type(self.endpoint()?)?.dtype)
    }
    /// The static shape.
    pub fn shape(self) -> Result<PartialShape> {
        Ok(self.graph.core.value_type(self.endpoint()?)?.shape)
    }
    /// The name, such as `add:0`.
    pub fn name(self) -> Result<String> {
        let at = self.endpoint()?;
        Ok(self.graph.core.node(at.node)?.tensor_name(at.index as usize))
    }
    /// The operation that makes it.
    pub fn op(self) -> Result<Op<'g>> {
        Ok(Op { graph: self.graph, node: self.endpoint()?.node })
    }
    /// Refines the static shape. Value error if it contradicts what is known.
    pub fn set_shape(self, shape: impl Into<Dims>) -> Result<()> {
        self.graph.core.set_shape(self.endpoint()?, &shape.into().0)
    }
}

impl std::fmt::Debug for T<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.name(), self.dtype(), self.shape()) {
            (Ok(name), Ok(dtype), Ok(shape)) => write!(f, "T({name} {dtype} {shape})"),
            (Err(e), ..) => write!(f, "T(error: {})", e.message()),
            _ => f.write_str("T(?)"),
        }
    }
}

/// An operation of a graph: to be run for its effect, or for its outputs.
#[derive(Clone, Copy)]
pub struct Op<'g> {
    pub(crate) graph: &'g Graph,
    pub(crate) node: NodeId,
}

impl<'g> Op<'g> {
    pub(crate) fn within(self, graph: &Graph) -> Result<NodeId> {
        if self.graph.core.id != graph.core.id {
            bail!(InvalidArgument, "{self:?} is not an element of this graph.");
        }
        Ok(self.node)
    }
    /// Its name.
    pub fn name(self) -> Result<String> {
        Ok(self.graph.core.node(self.node)?.name.to_string())
    }
    /// The name of its op, such as `MatMul`.
    pub fn kind(self) -> Result<String> {
        Ok(self.graph.core.node(self.node)?.op_name.to_string())
    }
    /// Number of its node in the engine's graph.
    pub fn node(self) -> NodeId {
        self.node
    }
    /// Output `i`. InvalidArgument if there is none.
    pub fn output(self, i: usize) -> Result<T<'g>> {
        let at = Endpoint::new(self.node, i);
        self.graph.core.value_type(at)?;
        Ok(T { graph: self.graph, at })
    }
    /// All outputs.
    pub fn outputs(self) -> Result<Vec<T<'g>>> {
        let n = self.graph.core.node(self.node)?.outputs.len();
        Ok((0..n).map(|i| T { graph: self.graph, at: Endpoint::new(self.node, i) }).collect())
    }
}

impl std::fmt::Debug for Op<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Op({} {})", self.kind().unwrap_or_default(), self.name().unwrap_or_default())
    }
}
