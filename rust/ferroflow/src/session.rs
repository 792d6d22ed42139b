//! Sessions over graphs.
use crate::graph::{Graph, Op, T};
use crate::variable::Variable;
use ferroflow_graph::Endpoint;
use ferroflow_ops::resource::Variable as Stored;
use ferroflow_runtime::SessionOptions;
use ferroflow_tensor::{Result, Tensor, bail, error};
use std::sync::Arc;

/// Runs parts of a graph and keeps the values of its variables. Several threads may run one session at once.
///
/// ```
/// use ferroflow::prelude::*;
/// let graph = Graph::new();
/// let (x, y) = (graph.placeholder("x", DType::Float, [])?, graph.placeholder("y", DType::Float, [])?);
/// let session = Session::new(&graph)?;
/// let out = session.run(&[x * y, x - y], &[(x, 3f32.to_tensor()?), (y, 4f32.to_tensor()?)])?;
/// assert_eq!((out[0].item::<f32>()?, out[1].item::<f32>()?), (12.0, -1.0));
/// assert!(session.run(&[x * y], &[(x, 3f32.to_tensor()?)]).is_err()); // y is not fed
/// # Ok::<(), ferroflow::Error>(())
/// ```
pub struct Session {
    core: ferroflow_runtime::Session,
}

impl Session {
    /// A session over a graph, which may go on growing.
    pub fn new(graph: &Graph) -> Result<Session> {
        Session::with_options(graph, SessionOptions::default())
    }
    /// A session with options.
    pub fn with_options(graph: &Graph, options: SessionOptions) -> Result<Session> {
        Ok(Session { core: ferroflow_runtime::Session::new(graph.core().clone(), options) })
    }
    /// The engine's session: programs, resources, cancellation.
    pub fn core(&self) -> &ferroflow_runtime::Session {
        &self.core
    }
    /// The values of `fetches`, in their order, with these values in place of the fed tensors. Errors: what a fetch stands
    /// for; Value for a feed of another dtype or shape than its tensor's; what the ops report, with their lines.
    pub fn run(&self, fetches: &[T], feeds: &[(T, Tensor)]) -> Result<Vec<Tensor>> {
        self.step(&[], fetches, feeds)
    }
    /// Runs ops for their effects.
    pub fn run_ops(&self, ops: &[Op], feeds: &[(T, Tensor)]) -> Result<()> {
        self.step(ops, &[], feeds).map(drop)
    }
    /// Runs ops and gives fetches of the same run: a training step and its loss.
    pub fn step(&self, ops: &[Op], fetches: &[T], feeds: &[(T, Tensor)]) -> Result<Vec<Tensor>> {
        let targets = ops.iter().map(|o| self.owns(o.graph).and(Ok(o.node))).collect::<Result<Vec<_>>>()?;
        let wanted = fetches.iter().map(|t| self.endpoint(*t)).collect::<Result<Vec<_>>>()?;
        let fed = feeds.iter().map(|(t, value)| Ok((self.fed(*t, value)?, value.clone()))).collect::<Result<Vec<_>>>()?;
        Ok(self.core.run(&wanted, &targets, &fed)?.into_vec())
    }
    fn owns(&self, graph: &Graph) -> Result<()> {
        if graph.core().id != self.core.graph.id {
            bail!(Value, "The fetch or feed is not an element of this session's graph.");
        }
        Ok(())
    }
    fn endpoint(&self, t: T) -> Result<Endpoint> {
        self.owns(t.graph)?;
        t.endpoint()
    }
    fn fed(&self, t: T, value: &Tensor) -> Result<Endpoint> {
        let at = self.endpoint(t)?;
        let want = self.core.graph.value_type(at)?;
        let place = || self.core.graph.node(at.node).ok().and_then(|n| n.place());
        if want.is_ref || want.dtype != value.dtype() {
            let e = error!(Value, "Cannot feed {} for Tensor {}, which has dtype {}", value.dtype(), t.name()?, want.dtype);
            return Err(e.at_place(place()));
        }
        if !want.shape.accepts(value.shape()) {
            let e = error!(Value, "Cannot feed value of shape {} for Tensor {}, which has shape {}", value.shape(), t.name()?, want.shape);
            return Err(e.fix("reshape the value, or declare the placeholder with the shape that is fed").at_place(place()));
        }
        Ok(at)
    }
    fn stored(&self, variable: &Variable) -> Result<Arc<Stored>> {
        self.owns(variable.graph())?;
        let (dtype, shape) = (variable.dtype()?, variable.shape()?);
        self.core.env.resources.get_or_create("", &variable.name()?, || Ok(Arc::new(Stored::new(dtype, shape))))
    }
    /// The value of a variable in this session; None before it has one.
    pub fn value(&self, variable: &Variable) -> Result<Option<Tensor>> {
        self.stored(variable)?.read().map(|t| t.to_host()).transpose()
    }
    /// Sets the value of a variable in this session. InvalidArgument if dtype or shape do not fit.
    pub fn set_value(&self, variable: &Variable, value: Tensor) -> Result<()> {
        let stored = self.stored(variable)?;
        if stored.dtype != value.dtype() || !stored.shape.accepts(value.shape()) {
            let (name, dtype, shape) = (variable.name()?, stored.dtype, &stored.shape);
            bail!(InvalidArgument, "Cannot give variable '{name}' ({dtype} {shape}) a value of {} {}", value.dtype(), value.shape());
        }
        stored.assign(value)
    }
    /// Ends the session: running steps are cancelled, later runs are Runtime errors.
    pub fn close(&self) {
        self.core.close();
    }
}
