//! Sessions: run parts of a graph with feeds, and keep the values of its variables.
use crate::program::{Options, Program, compile};
use crate::step::Tensors;
use crate::{exec, function};
use ferroflow_graph::{Endpoint, Graph, NodeId};
use ferroflow_ops::{Cancel, Env, NodeState};
use ferroflow_tensor::{Result, Tensor, bail};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, RwLock};
use std::time::Duration;

/// How a session compiles and runs.
#[derive(Clone, Debug)]
pub struct SessionOptions {
    /// Runs the optimising passes.
    pub optimize: bool,
    /// Runs the verifier between passes.
    pub verify: bool,
    /// Runs an op on the host if the requested device has no kernel for it.
    pub soft_placement: bool,
    /// Ends runs that take longer with DeadlineExceeded.
    pub timeout: Option<Duration>,
}
impl Default for SessionOptions {
    fn default() -> Self {
        SessionOptions { optimize: true, verify: false, soft_placement: false, timeout: None }
    }
}

type Key = SmallVec<[u64; 8]>;

/// A session over a graph. Runs may go on in several threads at once.
pub struct Session {
    /// The graph.
    pub graph: Arc<Graph>,
    /// Resources and functions.
    pub env: Arc<Env>,
    /// Options.
    pub options: SessionOptions,
    programs: RwLock<FxHashMap<Key, Arc<Program>>>,
    states: Mutex<FxHashMap<Arc<str>, Arc<NodeState>>>,
    running: Mutex<Vec<std::sync::Weak<Cancel>>>,
    closed: AtomicBool,
}

impl Session {
    /// A session with its own variable values.
    pub fn new(graph: Arc<Graph>, options: SessionOptions) -> Session {
        crate::start();
        let env = function::environment(&graph.library, options.optimize);
        Session {
            graph,
            env,
            options,
            programs: RwLock::default(),
            states: Mutex::default(),
            running: Mutex::default(),
            closed: AtomicBool::new(false),
        }
    }
    /// The program for fetches, targets and fed endpoints: compiled at the first call and kept.
    pub fn program(&self, fetches: &[Endpoint], targets: &[NodeId], feeds: &[Endpoint]) -> Result<Arc<Program>> {
        self.program_after(fetches, targets, feeds, &[])
    }
    /// As [`Session::program`], for a run that goes on where the nodes `done` have run already: nothing waits for them.
    pub fn program_after(&self, fetches: &[Endpoint], targets: &[NodeId], feeds: &[Endpoint], done: &[NodeId]) -> Result<Arc<Program>> {
        if self.closed.load(Ordering::Acquire) {
            bail!(Runtime, "Attempted to use a closed Session.");
        }
        let pack = |e: &Endpoint| u64::from(e.node.0) << 32 | u64::from(e.index);
        let mut key = Key::new();
        key.push((fetches.len() as u64) << 32 | targets.len() as u64);
        key.extend(fetches.iter().map(pack));
        key.extend(targets.iter().map(|n| u64::from(n.0)));
        key.extend(feeds.iter().map(pack));
        if !done.is_empty() {
            key.push(u64::MAX);
            key.extend(done.iter().map(|n| u64::from(n.0)));
        }
        if let Some(p) = self.programs.read().unwrap_or_else(|e| e.into_inner()).get(&key) {
            return Ok(p.clone());
        }
        let state = |path| self.states.lock().unwrap_or_else(|e| e.into_inner()).entry(path).or_default().clone();
        let o = &self.options;
        let options = Options {
            optimize: o.optimize,
            verify: o.verify,
            device: "",
            stay: false,
            soft_placement: o.soft_placement,
            state: &state,
            env: &self.env,
            library: &self.graph.library,
            done,
        };
        let program = Arc::new(compile(&self.graph, fetches, targets, feeds, &options)?);
        Ok(self.programs.write().unwrap_or_else(|e| e.into_inner()).entry(key).or_insert(program).clone())
    }
    /// Runs targets and fetches with these feeds; the fetched values in the order of the fetches.
    pub fn run(&self, fetches: &[Endpoint], targets: &[NodeId], feeds: &[(Endpoint, Tensor)]) -> Result<Tensors> {
        let fed: SmallVec<[Endpoint; 4]> = feeds.iter().map(|(e, _)| *e).collect();
        let values: SmallVec<[Tensor; 4]> = feeds.iter().map(|(_, t)| t.clone()).collect();
        let program = self.program(fetches, targets, &fed)?;
        let deadline = self.options.timeout.map(|t| std::time::Instant::now() + t);
        self.run_program(&program, &values, &Cancel::new(deadline, None))
    }
    /// Runs a compiled program; `cancel` stops it, and so does closing the session.
    pub fn run_program(&self, program: &Program, feeds: &[Tensor], cancel: &Arc<Cancel>) -> Result<Tensors> {
        if self.closed.load(Ordering::Acquire) {
            bail!(Runtime, "Attempted to use a closed Session.");
        }
        // A run that cannot wait is over soon; only the others need to be found by `close`.
        if program.blocks || program.calls_python {
            let mut running = self.running.lock().unwrap_or_else(|e| e.into_inner());
            running.retain(|w| w.strong_count() > 0);
            running.push(Arc::downgrade(cancel));
        }
        exec::run(program, &self.env, feeds, cancel)
    }
    /// Ends the session: running steps are cancelled, later calls are errors.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Release);
        for c in self.running.lock().unwrap_or_else(|e| e.into_inner()).drain(..) {
            if let Some(c) = c.upgrade() {
                c.cancel();
            }
        }
    }
    /// Whether the session is closed.
    pub fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }
    /// Forgets the values of variables and other resources in these containers; all if none are named.
    pub fn reset(&self, containers: &[String]) {
        self.env.resources.clear(containers);
        self.states.lock().unwrap_or_else(|e| e.into_inner()).clear();
        self.programs.write().unwrap_or_else(|e| e.into_inner()).clear();
    }
}

impl Drop for Session {
    /// A resource may hold the others: an iterator whose functions read variables or iterators.
    fn drop(&mut self) {
        self.env.resources.clear(&[]);
    }
}
