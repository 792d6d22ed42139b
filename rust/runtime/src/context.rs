//! The thread-local context: graph stack, name scope, device, control dependencies; handed on to threads that we start.
use crate::tape::{self, Tape};
use ferroflow_graph::{Graph, NodeId};
use std::any::Any;
use std::cell::RefCell;
use std::sync::Arc;

/// A graph that is being built, with what new nodes inherit.
#[derive(Clone)]
pub struct Building {
    /// The graph.
    pub graph: Arc<Graph>,
    /// What the front end keeps with it: its own graph object.
    pub front: Option<Arc<dyn Any + Send + Sync>>,
}

/// What new ops inherit on this thread.
#[derive(Clone, Default)]
pub struct Context {
    /// Graphs being built, innermost last; None stands for eager execution (`init_scope`).
    pub graphs: Vec<Option<Building>>,
    /// Name scope, without a trailing slash.
    pub scope: String,
    /// Device request; empty for none.
    pub device: String,
    /// Nodes to run before new ones.
    pub control: Vec<NodeId>,
}

impl Context {
    const EMPTY: Context = Context { graphs: vec![], scope: String::new(), device: String::new(), control: vec![] };
}
thread_local!(static CONTEXT: RefCell<Context> = const { RefCell::new(Context::EMPTY) });

/// Works with this thread's context. Not to be nested.
pub fn with<R>(f: impl FnOnce(&mut Context) -> R) -> R {
    CONTEXT.with_borrow_mut(f)
}
/// The graph being built on this thread, if any.
pub fn building() -> Option<Building> {
    CONTEXT.with_borrow(|c| c.graphs.last().cloned().flatten())
}

/// A copy of the context and the active tapes, to be entered on another thread.
pub struct Snapshot {
    context: Context,
    tapes: Vec<Arc<Tape>>,
}
/// This thread's context and tapes.
pub fn snapshot() -> Snapshot {
    Snapshot { context: with(|c| c.clone()), tapes: tape::active() }
}
impl Snapshot {
    /// Runs `f` under this context on the thread at hand, and restores what was there.
    pub fn enter<R>(&self, f: impl FnOnce() -> R) -> R {
        let before = with(|c| std::mem::replace(c, self.context.clone()));
        let tapes = tape::replace_active(self.tapes.clone());
        let r = f();
        tape::replace_active(tapes);
        with(|c| *c = before);
        r
    }
}
