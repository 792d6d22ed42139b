//! Variables of graphs: values that sessions keep between runs.
use crate::graph::{Graph, Kept, Op, T};
use crate::operand::Operand;
use crate::ops::call;
use ferroflow_tensor::{DType, PartialShape, Result};

/// A variable of a graph. Each session keeps a value of its own, which the [`initializer`](Variable::initializer) sets.
///
/// ```
/// use ferroflow::prelude::*;
/// let graph = Graph::new();
/// let count = Variable::new(&graph, 0, "count")?;
/// let step = count.assign_add(1)?;
/// let session = Session::new(&graph)?;
/// session.run_ops(&[graph.initializer()?], &[])?;
/// session.run_ops(&[step], &[])?;
/// session.run_ops(&[step], &[])?;
/// assert_eq!(session.run(&[count.value()], &[])?[0].item::<i32>()?, 2);
/// # Ok::<(), ferroflow::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Variable<'g> {
    pub(crate) graph: &'g Graph,
    pub(crate) kept: Kept,
}

impl<'g> Variable<'g> {
    /// A variable that optimizers train. Its dtype and static shape are those of the initial value; its name is made
    /// unique.
    #[track_caller]
    pub fn new(graph: &'g Graph, initial: impl Operand<'g>, name: &str) -> Result<Variable<'g>> {
        Variable::make(graph, initial, &graph.scoped(if name.is_empty() { "Variable" } else { name }), true)
    }
    /// A variable that optimizers leave alone: a counter, a moving average.
    #[track_caller]
    pub fn untrained(graph: &'g Graph, initial: impl Operand<'g>, name: &str) -> Result<Variable<'g>> {
        Variable::make(graph, initial, &graph.scoped(if name.is_empty() { "Variable" } else { name }), false)
    }
    /// A variable under a full name.
    #[track_caller]
    pub(crate) fn make(graph: &'g Graph, initial: impl Operand<'g>, name: &str, trainable: bool) -> Result<Variable<'g>> {
        let initial = call("Identity").on(graph).absolute_name(&format!("{name}/initial_value")).input(initial).run()?.output(0)?;
        let (dtype, shape) = (initial.dtype()?, initial.shape()?);
        let handle = call("VarHandleOp").on(graph).absolute_name(name).attr("dtype", dtype).attr("shape", shape).run()?;
        let name = handle.name()?;
        graph.core().set_attr(handle.node, "shared_name", name.as_str().into())?;
        let handle = handle.output(0)?;
        let assign = call("AssignVariableOp").absolute_name(&format!("{name}/Assign")).input(handle).input(initial).run()?;
        let read = call("ReadVariableOp").absolute_name(&format!("{name}/Read/ReadVariableOp")).input(handle).attr("dtype", dtype).run()?;
        let read = read.output(0)?;
        let kept = Kept { handle: handle.at, read: read.at, initial: initial.at, initializer: assign.node, trainable };
        Ok(graph.keep(kept))
    }
    /// The graph.
    pub fn graph(&self) -> &'g Graph {
        self.graph
    }
    /// Its name, which is also its name in checkpoints.
    pub fn name(&self) -> Result<String> {
        self.handle().op()?.name()
    }
    /// The dtype.
    pub fn dtype(&self) -> Result<DType> {
        self.value().dtype()
    }
    /// The static shape.
    pub fn shape(&self) -> Result<PartialShape> {
        self.value().shape()
    }
    /// Whether optimizers train it.
    pub fn is_trainable(&self) -> bool {
        self.kept.trainable
    }
    /// The value as the run finds it; within one run all users of this tensor see the same value.
    pub fn value(&self) -> T<'g> {
        T { graph: self.graph, at: self.kept.read }
    }
    /// A further read, to be ordered by control dependencies: `graph.control_dependencies(&[update], || v.read())`.
    #[track_caller]
    pub fn read(&self) -> Result<T<'g>> {
        let dtype = self.dtype()?;
        call("ReadVariableOp").input(self.handle()).attr("dtype", dtype).run()?.output(0)
    }
    /// The resource that ops on variables take.
    pub fn handle(&self) -> T<'g> {
        T { graph: self.graph, at: self.kept.handle }
    }
    /// The tensor that it starts from.
    pub fn initial_value(&self) -> T<'g> {
        T { graph: self.graph, at: self.kept.initial }
    }
    /// The op that gives it its initial value.
    pub fn initializer(&self) -> Op<'g> {
        Op { graph: self.graph, node: self.kept.initializer }
    }
    /// An op that replaces the value. Here and below: InvalidArgument for another dtype or a shape that does not fit.
    #[track_caller]
    pub fn assign(&self, value: impl Operand<'g>) -> Result<Op<'g>> {
        self.update("AssignVariableOp", value)
    }
    /// An op that adds to the value.
    #[track_caller]
    pub fn assign_add(&self, value: impl Operand<'g>) -> Result<Op<'g>> {
        self.update("AssignAddVariableOp", value)
    }
    /// An op that subtracts from the value.
    #[track_caller]
    pub fn assign_sub(&self, value: impl Operand<'g>) -> Result<Op<'g>> {
        self.update("AssignSubVariableOp", value)
    }
    #[track_caller]
    fn update(&self, op: &'static str, value: impl Operand<'g>) -> Result<Op<'g>> {
        let dtype = self.dtype()?;
        call(op).input(self.handle()).input(value).attr("dtype", dtype).run()
    }
}

impl std::fmt::Debug for Variable<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Variable({} {:?})", self.name().unwrap_or_default(), self.value())
    }
}
