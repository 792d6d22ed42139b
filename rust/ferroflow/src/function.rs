//! Functions: bodies that are built once and called, chosen or repeated within a graph.
use crate::graph::{Graph, T};
use crate::ops::call;
use ferroflow_graph::Endpoint;
use ferroflow_ops::{Attr, Attrs, Flags, Func};
use ferroflow_tensor::{DType, PartialShape, Result, bail};
use std::sync::Arc;

/// A function of a graph: a body with arguments and results. Calls of it have gradients of any order.
#[derive(Clone)]
pub struct Function<'g> {
    graph: &'g Graph,
    name: Arc<str>,
    outputs: Vec<DType>,
    effects: bool,
}

impl Graph {
    /// Builds a function: `body` gets the function's own graph and its arguments, of these dtypes and shapes, and gives
    /// the results. Only arguments and constants can be used inside. Errors of `body`; InvalidArgument for a result that
    /// is a tensor of another graph, or for a tensor of a name that is taken.
    ///
    /// ```
    /// use ferroflow::prelude::*;
    /// let graph = Graph::new();
    /// let any = PartialShape::vector(None);
    /// let square = graph.function("square", &[(DType::Float, any)], |_, x| Ok(vec![x[0] * x[0]]))?;
    /// let x = graph.constant([1.0f32, 2.0, 3.0])?;
    /// let y = square.call(&[x])?[0];
    /// let dx = gradients(&[y], &[x])?[0].ok_or_else(|| ferroflow::error!(Internal, "no gradient"))?;
    /// let out = Session::new(&graph)?.run(&[y, dx], &[])?;
    /// assert_eq!(out[0].slice::<f32>()?, [1.0, 4.0, 9.0]);
    /// assert_eq!(out[1].slice::<f32>()?, [2.0, 4.0, 6.0]);
    /// # Ok::<(), ferroflow::Error>(())
    /// ```
    pub fn function(
        &self,
        name: &str,
        arguments: &[(DType, PartialShape)],
        body: impl for<'b> FnOnce(&'b Graph, &[T<'b>]) -> Result<Vec<T<'b>>>,
    ) -> Result<Function<'_>> {
        let library = self.core().library.clone();
        let inner = Graph::new();
        let mut inputs = vec![];
        for (i, (dtype, shape)) in arguments.iter().enumerate() {
            inputs.push(
                call("Placeholder")
                    .on(&inner)
                    .name(&format!("arg{i}"))
                    .attr("dtype", *dtype)
                    .attr("shape", shape.clone())
                    .run()?
                    .output(0)?,
            );
        }
        let results = body(&inner, &inputs)?;
        let outputs = results.iter().map(|t| t.dtype()).collect::<Result<Vec<_>>>()?;
        let ends = |ts: &[T]| ts.iter().map(|t| t.within(&inner)).collect::<Result<Vec<Endpoint>>>();
        let (inputs, results) = (ends(&inputs)?, ends(&results)?);
        let effects: Vec<_> =
            inner.core().nodes(usize::MAX).iter().filter(|n| n.op.is_some_and(|o| o.has(Flags::STATEFUL))).map(|n| n.id).collect();
        inner.core().library.all().into_iter().try_for_each(|f| library.add(f))?;
        let name: Arc<str> = library.fresh_name(name, &library).into();
        let stateful = !effects.is_empty();
        let body = inner.core().clone();
        library.add(Arc::new(ferroflow_graph::Function { name: name.clone(), body, inputs, outputs: results, effects, gradient: None }))?;
        Ok(Function { graph: self, name, outputs, effects: stateful })
    }
}

impl<'g> Function<'g> {
    fn func(&self) -> Func {
        Func { name: self.name.clone(), attrs: Attrs::none() }
    }
    /// Its name in the graph's library.
    pub fn name(&self) -> &str {
        &self.name
    }
    /// The same function for another graph: in the body of a function it can be called, chosen or repeated there.
    /// InvalidArgument if that graph has another function of this name.
    ///
    /// ```
    /// use ferroflow::prelude::*;
    /// let graph = Graph::new();
    /// let scalar = [(DType::Float, PartialShape::scalar())];
    /// let square = graph.function("square", &scalar, |_, x| Ok(vec![x[0] * x[0]]))?;
    /// let fourth = graph.function("fourth", &scalar, |body, x| square.on(body)?.call(&square.on(body)?.call(x)?))?;
    /// let y = fourth.call(&[graph.constant(3.0f32)?])?[0];
    /// assert_eq!(Session::new(&graph)?.run(&[y], &[])?[0].item::<f32>()?, 81.0);
    /// # Ok::<(), ferroflow::Error>(())
    /// ```
    pub fn on<'b>(&self, graph: &'b Graph) -> Result<Function<'b>> {
        let (from, to) = (&self.graph.core().library, &graph.core().library);
        from.all().into_iter().filter(|f| to.get(&f.name).is_err() || *f.name == *self.name).try_for_each(|f| to.add(f))?;
        Ok(Function { graph, name: self.name.clone(), outputs: self.outputs.clone(), effects: self.effects })
    }
    /// The same function with a gradient of its own: `gradient` takes the arguments and then the gradients of the results,
    /// and gives the gradients of the arguments. It counts wherever the function is called: in other functions, branches
    /// and loops too. InvalidArgument if numbers or dtypes do not fit.
    ///
    /// ```
    /// use ferroflow::prelude::*;
    /// let graph = Graph::new();
    /// let scalar = (DType::Float, PartialShape::scalar());
    /// // log(1 + e^x) overflows; its gradient 1 - 1 / (1 + e^x) need not.
    /// let value = graph.function("log1pexp", &[scalar.clone()], |_, x| Ok(vec![ops::log(ops::exp(x[0])? + 1.0)?]))?;
    /// let slope = graph.function("slope", &[scalar.clone(), scalar], |_, x| Ok(vec![x[1] * ops::sigmoid(x[0])?]))?;
    /// let log1pexp = value.with_gradient(&slope)?;
    /// let x = graph.constant(100.0f32)?;
    /// let y = log1pexp.call(&[x])?[0];
    /// let dx = gradients(&[y], &[x])?[0].ok_or_else(|| ferroflow::error!(Internal, "no gradient"))?;
    /// assert_eq!(Session::new(&graph)?.run(&[dx], &[])?[0].item::<f32>()?, 1.0);
    /// # Ok::<(), ferroflow::Error>(())
    /// ```
    pub fn with_gradient(&self, gradient: &Function<'g>) -> Result<Function<'g>> {
        let library = &self.graph.core().library;
        let (f, own) = (library.get(&self.name)?, library.get(&gradient.name)?);
        let types = |f: &ferroflow_graph::Function, ends: &[Endpoint]| -> Result<Vec<DType>> {
            ends.iter().map(|e| Ok(f.body.value_type(*e)?.dtype)).collect()
        };
        let arguments = types(&f, &f.inputs)?;
        let wanted = [arguments.clone(), self.outputs.clone()].concat();
        let (taken, given) = (types(&own, &own.inputs)?, &gradient.outputs);
        if taken != wanted || *given != arguments {
            bail!(
                InvalidArgument,
                "The gradient of {} takes {wanted:?} and gives {arguments:?}; {} takes {taken:?} and gives {given:?}",
                self.name,
                gradient.name
            );
        }
        let name: Arc<str> = library.fresh_name(&format!("{}_own", self.name), library).into();
        let (inputs, outputs, effects) = (f.inputs.clone(), f.outputs.clone(), f.effects.clone());
        let made = ferroflow_graph::Function { name: name.clone(), body: f.body.clone(), inputs, outputs, effects, gradient: Some(own) };
        library.add(Arc::new(made))?;
        Ok(Function { name, ..self.clone() })
    }
    /// Calls it: its results. InvalidArgument, when it runs, for arguments of other dtypes or shapes.
    #[track_caller]
    pub fn call(&self, arguments: &[T<'g>]) -> Result<Vec<T<'g>>> {
        let op = if self.effects { "StatefulPartitionedCall" } else { "PartitionedCall" };
        call(op).on(self.graph).list(arguments).attr("Tout", self.outputs.clone()).attr("f", self.func()).run()?.outputs()
    }
}

/// Calls `yes` or `no` with the same arguments, as a condition says: a scalar that is not zero, or a tensor with elements.
/// InvalidArgument if the results differ in number or dtypes.
///
/// ```
/// use ferroflow::prelude::*;
/// let graph = Graph::new();
/// let scalar = [(DType::Float, PartialShape::scalar())];
/// let double = graph.function("double", &scalar, |_, x| Ok(vec![x[0] * 2.0]))?;
/// let square = graph.function("square", &scalar, |_, x| Ok(vec![x[0] * x[0]]))?;
/// let x = graph.constant(3.0f32)?;
/// let y = cond(ops::greater(x, 1.0f32)?, &square, &double, &[x])?[0];
/// let dx = gradients(&[y], &[x])?[0].ok_or_else(|| ferroflow::error!(Internal, "no gradient"))?;
/// let out = Session::new(&graph)?.run(&[y, dx], &[])?;
/// assert_eq!((out[0].item::<f32>()?, out[1].item::<f32>()?), (9.0, 6.0));
/// # Ok::<(), ferroflow::Error>(())
/// ```
#[track_caller]
pub fn cond<'g>(condition: T<'g>, yes: &Function<'g>, no: &Function<'g>, arguments: &[T<'g>]) -> Result<Vec<T<'g>>> {
    if yes.outputs != no.outputs {
        bail!(InvalidArgument, "The results of {} are {:?}, those of {} are {:?}", yes.name, yes.outputs, no.name, no.outputs);
    }
    let op = if yes.effects || no.effects { "If" } else { "StatelessIf" };
    call(op)
        .on(yes.graph)
        .input(condition)
        .list(arguments)
        .attr("Tout", yes.outputs.clone())
        .attr("then_branch", yes.func())
        .attr("else_branch", no.func())
        .run()?
        .outputs()
}

/// Calls the function of number `index`, a scalar int32, with the arguments; the last function for a number out of range.
/// InvalidArgument if there is no function, or if the results differ in number or dtypes.
///
/// ```
/// use ferroflow::prelude::*;
/// let graph = Graph::new();
/// let scalar = [(DType::Float, PartialShape::scalar())];
/// let double = graph.function("double", &scalar, |_, x| Ok(vec![x[0] * 2.0]))?;
/// let square = graph.function("square", &scalar, |_, x| Ok(vec![x[0] * x[0]]))?;
/// let index = graph.placeholder("index", DType::Int32, PartialShape::scalar())?;
/// let x = graph.constant(3.0f32)?;
/// let y = case(index, &[&double, &square], &[x])?[0];
/// let dx = gradients(&[y], &[x])?[0].ok_or_else(|| ferroflow::error!(Internal, "no gradient"))?;
/// let out = Session::new(&graph)?.run(&[y, dx], &[(index, 1.to_tensor()?)])?;
/// assert_eq!((out[0].item::<f32>()?, out[1].item::<f32>()?), (9.0, 6.0));
/// # Ok::<(), ferroflow::Error>(())
/// ```
#[track_caller]
pub fn case<'g>(index: T<'g>, functions: &[&Function<'g>], arguments: &[T<'g>]) -> Result<Vec<T<'g>>> {
    let Some(first) = functions.first() else { bail!(InvalidArgument, "A choice needs one function at least") };
    if let Some(other) = functions.iter().find(|f| f.outputs != first.outputs) {
        bail!(InvalidArgument, "The results of {} are {:?}, those of {} are {:?}", first.name, first.outputs, other.name, other.outputs);
    }
    let op = if functions.iter().any(|f| f.effects) { "Case" } else { "StatelessCase" };
    call(op)
        .on(first.graph)
        .input(index)
        .list(arguments)
        .attr("Tout", first.outputs.clone())
        .attr("branches", Attr::Funcs(functions.iter().map(|f| f.func()).collect()))
        .run()?
        .outputs()
}

/// Calls `body` with the results of its last call while `test` of them holds: the last results.
/// InvalidArgument if `body` does not give as many results as it takes, or `test` more than one.
///
/// ```
/// use ferroflow::prelude::*;
/// let graph = Graph::new();
/// let vars = [(DType::Int32, PartialShape::scalar()), (DType::Float, PartialShape::scalar())];
/// let test = graph.function("test", &vars, |_, v| Ok(vec![ops::less(v[0], 3)?]))?;
/// let body = graph.function("body", &vars, |_, v| Ok(vec![v[0] + 1, v[1] * v[1]]))?;
/// let x = graph.constant(1.5f32)?;
/// let y = while_loop(&test, &body, &[graph.constant(0)?, x])?[1];
/// let dx = gradients(&[y], &[x])?[0].ok_or_else(|| ferroflow::error!(Internal, "no gradient"))?;
/// let out = Session::new(&graph)?.run(&[y, dx], &[])?;
/// assert_eq!(out[0].item::<f32>()?, 1.5f32.powi(8));
/// assert_eq!(out[1].item::<f32>()?, 8.0 * 1.5f32.powi(7));
/// # Ok::<(), ferroflow::Error>(())
/// ```
#[track_caller]
pub fn while_loop<'g>(test: &Function<'g>, body: &Function<'g>, start: &[T<'g>]) -> Result<Vec<T<'g>>> {
    if body.outputs.len() != start.len() || test.outputs.len() != 1 {
        let (n, m) = (body.outputs.len(), test.outputs.len());
        bail!(InvalidArgument, "A loop over {} values needs a body of as many results, not {n}, and a test of one, not {m}", start.len());
    }
    let op = if test.effects || body.effects { "While" } else { "StatelessWhile" };
    call(op).on(body.graph).list(start).attr("cond", test.func()).attr("body", body.func()).run()?.outputs()
}
