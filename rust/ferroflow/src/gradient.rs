//! Gradients in graphs.
use crate::graph::{Graph, T};
use crate::variable::Variable;
use ferroflow_graph::reverse::densify;
use ferroflow_graph::{Endpoint, GraphBuilder, GraphGrad, Options};
use ferroflow_ops::{Build, GradValue};
use ferroflow_tensor::{Result, error};

/// What gradients are taken with respect to.
pub trait Source<'g> {
    /// The tensor; for a variable its resource, so that all reads count.
    fn source(&self) -> T<'g>;
}
impl<'g> Source<'g> for T<'g> {
    fn source(&self) -> T<'g> {
        *self
    }
}
impl<'g> Source<'g> for Variable<'g> {
    fn source(&self) -> T<'g> {
        self.handle()
    }
}

/// A gradient as the rules gave it.
#[derive(Clone, Copy, Debug)]
pub enum Gradient<'g> {
    /// A tensor of the source's shape.
    Dense(T<'g>),
    /// Rows of such a tensor, as from a gather: `values[i]` belongs to row `indices[i]`, and rows may come twice.
    Slices {
        /// The rows.
        values: T<'g>,
        /// Which rows they are.
        indices: T<'g>,
        /// Shape of the dense gradient.
        dense_shape: Option<T<'g>>,
    },
}

impl<'g> Gradient<'g> {
    /// The gradient as a tensor. Value error for rows without a dense shape.
    pub fn dense(self) -> Result<T<'g>> {
        let (values, indices, dense_shape) = match self {
            Gradient::Dense(t) => return Ok(t),
            Gradient::Slices { values, indices, dense_shape } => (values, indices, dense_shape),
        };
        let graph = values.graph;
        let mut b = GraphBuilder::new(graph.core());
        b.scope = graph.scoped("gradients");
        let mut val = |t: T<'g>| t.within(graph).map(|e| b.val(e));
        let slices = GradValue::Slices { values: val(values)?, indices: val(indices)?, dense_shape: dense_shape.map(val).transpose()? };
        let dense = densify(&mut b, slices);
        match (b.take_error(), b.endpoint(dense)) {
            (Some(e), _) => Err(e),
            (None, Some(at)) => Ok(T { graph, at }),
            (None, None) => Err(error!(Internal, "a gradient names no node")),
        }
    }
}

/// Gradients of the sum of `ys` with respect to `xs` (tensors or variables), added under the name scope `gradients`;
/// None where an x does not matter. Lookup error for an op without gradient on the way, Type error for an integer y,
/// Value error if there are no ys.
///
/// ```
/// use ferroflow::prelude::*;
/// let graph = Graph::new();
/// let x = graph.placeholder("x", DType::Float, [2])?;
/// let dx = gradients(&[x * x * x], &[x])?[0].ok_or_else(|| ferroflow::error!(Internal, "no gradient"))?;
/// let out = Session::new(&graph)?.run(&[dx], &[(x, [1.0f32, 2.0].to_tensor()?)])?;
/// assert_eq!(out[0].slice::<f32>()?, [3.0, 12.0]);
/// # Ok::<(), ferroflow::Error>(())
/// ```
pub fn gradients<'g, X: Source<'g>>(ys: &[T<'g>], xs: &[X]) -> Result<Vec<Option<T<'g>>>> {
    sparse_gradients(ys, xs)?.into_iter().map(|g| g.map(Gradient::dense).transpose()).collect()
}

/// As [`gradients`] of the sum of `ys`, each weighted with the gradient that flows into it, of its dtype and shape.
/// InvalidArgument if their numbers differ.
///
/// ```
/// use ferroflow::prelude::*;
/// let graph = Graph::new();
/// let x = graph.constant([1.0f32, 2.0])?;
/// let dx = weighted_gradients(&[x * x], &[graph.constant([10.0f32, 100.0])?], &[x])?[0].unwrap();
/// assert_eq!(Session::new(&graph)?.run(&[dx], &[])?[0].slice::<f32>()?, [20.0, 400.0]);
/// # Ok::<(), ferroflow::Error>(())
/// ```
pub fn weighted_gradients<'g, X: Source<'g>>(ys: &[T<'g>], weights: &[T<'g>], xs: &[X]) -> Result<Vec<Option<T<'g>>>> {
    if ys.len() != weights.len() {
        return Err(error!(InvalidArgument, "{} tensors have {} weights", ys.len(), weights.len()));
    }
    taken(ys, weights, xs)?.into_iter().map(|g| g.map(Gradient::dense).transpose()).collect()
}

/// Forward derivatives: how each of `ys` changes as `xs` change along `tangents`, of their dtypes and shapes; None for a y
/// that no x matters to. InvalidArgument if there are not as many tangents as xs.
///
/// ```
/// use ferroflow::prelude::*;
/// let graph = Graph::new();
/// let x = graph.constant([1.0f32, 2.0])?;
/// let change = jvp(&[x * x], &[x], &[graph.constant([1.0f32, 0.0])?])?[0].unwrap();
/// assert_eq!(Session::new(&graph)?.run(&[change], &[])?[0].slice::<f32>()?, [2.0, 0.0]);
/// # Ok::<(), ferroflow::Error>(())
/// ```
pub fn jvp<'g, X: Source<'g>>(ys: &[T<'g>], xs: &[X], tangents: &[T<'g>]) -> Result<Vec<Option<T<'g>>>> {
    if xs.len() != tangents.len() {
        return Err(error!(InvalidArgument, "{} sources have {} tangents", xs.len(), tangents.len()));
    }
    // The gradient is linear in what flows into it, so its own gradient by that is the derivative.
    let seeds = ys.iter().map(|y| crate::ops::ones_like(*y)).collect::<Result<Vec<_>>>()?;
    let found = weighted_gradients(ys, &seeds, xs)?;
    let (grads, along): (Vec<_>, Vec<_>) = found.into_iter().zip(tangents).filter_map(|(g, t)| Some((g?, *t))).unzip();
    if grads.is_empty() { Ok(vec![None; ys.len()]) } else { weighted_gradients(&grads, &along, &seeds) }
}

/// As [`gradients`], leaving gradients of gathers as rows.
pub fn sparse_gradients<'g, X: Source<'g>>(ys: &[T<'g>], xs: &[X]) -> Result<Vec<Option<Gradient<'g>>>> {
    taken(ys, &[], xs)
}

/// The gradients of weighted `ys`; the weights are ones if there are none.
fn taken<'g, X: Source<'g>>(ys: &[T<'g>], weights: &[T<'g>], xs: &[X]) -> Result<Vec<Option<Gradient<'g>>>> {
    let Some(graph) = ys.first().map(|y| y.graph) else {
        return Err(error!(Value, "gradients of nothing: ys is empty"));
    };
    let ends = |ts: &[T<'g>]| ts.iter().map(|t| t.within(graph)).collect::<Result<Vec<Endpoint>>>();
    let weights: Vec<_> = ends(weights)?.into_iter().map(|e| Some(GraphGrad::Dense(e))).collect();
    let (ys, xs) = (ends(ys)?, ends(&xs.iter().map(Source::source).collect::<Vec<_>>())?);
    let scope = graph.core().unique_name(&graph.scoped("gradients"), true);
    let options = Options { scope: &scope, stop: &[], custom: &|_| None, tape: false };
    let found = ferroflow_graph::gradients(graph.core(), &ys, &xs, &weights, &options)?;
    Ok(found.into_iter().map(|g| g.map(|g| of_graph(graph, g))).collect())
}

fn of_graph(graph: &Graph, g: GraphGrad) -> Gradient<'_> {
    let t = |at| T { graph, at };
    match g {
        GraphGrad::Dense(at) => Gradient::Dense(t(at)),
        GraphGrad::Slices { values, indices, dense_shape } => {
            Gradient::Slices { values: t(values), indices: t(indices), dense_shape: dense_shape.map(t) }
        }
    }
}
