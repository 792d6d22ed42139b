//! Stage 1 of compilation: from a graph, fetches and feeds to a list of steps with kernels and devices chosen.
use crate::blocking::{Stages, split};
use crate::devices::{self, Found};
use crate::function;
use crate::plan::Plans;
use crate::step::{check_types, kernel, no_kernel};
use ferroflow_graph::passes::{Work, run_all};
use ferroflow_graph::{Endpoint, Graph, Library, Node, NodeId, flat_args};
use ferroflow_ops::{Device, Env, Flags, Kernel, NodeState, ValueType};
use ferroflow_tensor::{DType, Error, Result, Tensor, bail, error};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What a step does.
#[derive(Clone)]
pub enum Action {
    /// Calls a kernel.
    Kernel(&'static Kernel),
    /// Copies its input from the device of the step to the host.
    ToHost,
    /// Copies its input from the host to the device of the step.
    ToDevice,
    /// Reads the variable that a reference input points to.
    Deref,
}

/// One step of a program.
#[derive(Clone)]
pub struct Step {
    /// The node that it runs, or for whose sake it copies.
    pub node: Arc<Node>,
    /// For nodes that a gradient rule made: the node whose gradient it is.
    pub forward: Option<Arc<Node>>,
    /// What it does.
    pub action: Action,
    /// Slots of the inputs: all smaller than `out`.
    pub ins: Vec<u32>,
    /// Slot of the first output.
    pub out: u32,
    /// Number of outputs.
    pub n_out: u32,
    /// Where it runs.
    pub device: Arc<dyn Device>,
    /// State of a stateful node within the session.
    pub state: Option<Arc<NodeState>>,
    /// Earlier steps that must be over although no data comes from them.
    pub after: Vec<u32>,
    /// Whether it may wait for what another step does.
    pub waits: bool,
}

/// A compiled program: immutable, run by many threads at once.
#[derive(Default)]
pub struct Program {
    /// The steps in running order.
    pub steps: Vec<Step>,
    /// Static type of every slot: feeds, then constants, then step outputs.
    pub types: Vec<ValueType>,
    /// Constants with their slots.
    pub constants: Vec<(u32, Tensor)>,
    /// Number of feeds: slots `0..n_feeds`.
    pub n_feeds: usize,
    /// Whether each run is given its feeds for good, so that they are dropped after their last use.
    pub owns_feeds: bool,
    /// Slots of the fetches.
    pub fetches: Vec<u32>,
    /// Whether some step calls Python or a function that may.
    pub calls_python: bool,
    /// Whether some step may wait for something.
    pub blocks: bool,
    /// Plans for known input shapes.
    pub plans: Plans,
    /// For a program with a step that may wait, and others: what runs instead of the steps as they are listed.
    pub stages: Option<Box<Stages>>,
}

/// How to compile.
pub struct Options<'a> {
    /// Whether to run the optional passes.
    pub optimize: bool,
    /// Whether to run the verifier between passes.
    pub verify: bool,
    /// Whether an op without a kernel on the requested device runs on the host instead.
    pub soft_placement: bool,
    /// State of stateful nodes by their paths.
    pub state: &'a dyn Fn(Arc<str>) -> Arc<NodeState>,
    /// The session's environment.
    pub env: &'a Arc<Env>,
    /// The library that called functions are found in.
    pub library: &'a Arc<Library>,
    /// Nodes that have run before: control edges from them are settled.
    pub done: &'a [NodeId],
}

struct Compiler<'a> {
    steps: Vec<Step>,
    types: Vec<ValueType>,
    /// Slot of each value, by where it lies.
    slots: FxHashMap<(Endpoint, usize), u32>,
    /// Device number of the place where each endpoint was made.
    home: FxHashMap<Endpoint, usize>,
    devices: Vec<Arc<dyn Device>>,
    step_of: FxHashMap<NodeId, u32>,
    options: &'a Options<'a>,
    /// All nodes, for what the steps refer to.
    all: &'a [Arc<Node>],
}

const HOST: usize = 0;

/// An error if a node asks for a device that cannot serve it: every node that runs or is folded away must have a place.
fn check_device(n: &Node, soft: bool) -> Result<()> {
    match devices::find(&n.device) {
        Found::Here(_) => Ok(()),
        Found::Missing(_) if soft => Ok(()),
        _ => Err(error!(
            InvalidArgument,
            "Cannot assign a device for operation {0}: {{{{node {0}}}}} was explicitly assigned to {1} but available devices are [ {2} ]. \
             Make sure the device specification refers to a valid device.",
            n.name,
            n.device,
            devices::names()
        )
        .at_op(&n.op_name, &n.name, Vec::new)
        .at_place(n.place())),
    }
}

/// Compiles a program. Feeds are endpoints whose values come with each run.
pub fn compile(graph: &Graph, fetches: &[Endpoint], targets: &[NodeId], feeds: &[Endpoint], options: &Options) -> Result<Program> {
    let mut work = Work::new(graph, fetches, targets, feeds);
    work.done = options.done.iter().copied().collect();
    work.library = Some(options.library.clone());
    let evaluate = |n: &Node, inputs: &[Tensor]| crate::fold::evaluate(options.env, n, inputs);
    let verify = options.verify || cfg!(debug_assertions);
    crate::trace::graph("graph", &work);
    let mut misplaced = Ok(());
    run_all(&mut work, &evaluate, options.optimize, verify, |name, w| {
        crate::trace::pass(name, w.nodes.len());
        if name == "prune" {
            let placed = |n: &&Arc<Node>| !n.device.is_empty();
            misplaced = w.nodes.iter().filter(placed).try_for_each(|n| check_device(n, options.soft_placement));
        }
    })?;
    misplaced?;
    crate::trace::graph("program", &work);

    let all = &work.all;
    let mut c = Compiler {
        steps: vec![],
        types: vec![],
        slots: FxHashMap::default(),
        home: FxHashMap::default(),
        devices: devices::all(),
        step_of: FxHashMap::default(),
        options,
        all,
    };
    let type_of = |e: Endpoint| match all.get(e.node.0 as usize).and_then(|n| n.outputs.get(e.index as usize)) {
        Some(t) => Ok(ValueType { is_ref: false, value: None, ..t.clone() }),
        None => bail!(Internal, "endpoint {e:?} does not exist"),
    };
    for f in feeds {
        let slot = c.slot(type_of(*f)?);
        c.slots.insert((*f, HOST), slot);
        c.home.insert(*f, HOST);
    }
    let mut constants = vec![];
    let mut known: Vec<_> = work.constants.iter().filter(|(e, _)| !work.fed.contains(e)).collect();
    known.sort_by_key(|(e, _)| **e);
    let used: rustc_hash::FxHashSet<Endpoint> =
        work.nodes.iter().flat_map(|n| n.inputs.iter()).chain(&work.fetches).map(|e| work.resolve(*e)).collect();
    for (e, t) in known.into_iter().filter(|(e, _)| used.contains(e)) {
        let slot = c.slot(ValueType::of(t));
        c.slots.insert((*e, HOST), slot);
        c.home.insert(*e, HOST);
        constants.push((slot, t.clone()));
    }
    for n in &work.nodes {
        let given = !n.outputs.is_empty() && (0..n.outputs.len()).all(|i| work.is_given(Endpoint::new(n.id, i)));
        if !given || work.targets.contains(&n.id) && !matches!(&*n.op_name, "Const" | "Placeholder") {
            c.node(n, &work)?;
        }
    }
    let mut slots = vec![];
    for f in &work.fetches {
        let e = work.resolve(*f);
        let Some(node) = all.get(e.node.0 as usize) else { bail!(Internal, "fetch {e:?} does not exist") };
        let is_ref = node.outputs.get(e.index as usize).is_some_and(|t| t.is_ref) && !work.is_given(e);
        slots.push(if is_ref { c.deref(e, node)? } else { c.value_at(e, HOST, node)? });
    }
    let has = |f: Flags| c.steps.iter().any(|s| matches!(s.action, Action::Kernel(_)) && s.node.op.is_some_and(|o| o.has(f)));
    let calls_python = has(Flags::PYTHON) || function::may_call_python(&c.steps);
    // A call that waits has nothing to wait for in a program where nothing else does.
    if !has(Flags::BLOCKS) && c.steps.iter().filter(|s| s.waits).count() == 1 {
        c.steps.iter_mut().for_each(|s| s.waits = false);
    }
    let blocks = c.steps.iter().any(|s| s.waits);
    let mut program = Program {
        n_feeds: feeds.len(),
        owns_feeds: false,
        fetches: slots,
        calls_python,
        blocks,
        constants,
        plans: Plans::default(),
        steps: c.steps,
        types: c.types,
        stages: None,
    };
    if blocks && program.steps.len() > 1 {
        program.stages = Some(Box::new(split(&program)));
    }
    Ok(program)
}

impl Compiler<'_> {
    fn slot(&mut self, t: ValueType) -> u32 {
        self.types.push(t);
        self.types.len() as u32 - 1
    }
    /// The slot of a value on a device, copied there first if need be.
    fn value_at(&mut self, e: Endpoint, device: usize, node: &Arc<Node>) -> Result<u32> {
        if let Some(s) = self.slots.get(&(e, device)) {
            return Ok(*s);
        }
        let Some(home) = self.home.get(&e).copied() else { bail!(Internal, "value {e:?} is not there when '{}' needs it", node.name) };
        let from = if home != HOST && device != HOST { self.value_at(e, HOST, node)? } else { self.slots[&(e, home)] };
        let t = ValueType { value: None, ..self.types[from as usize].clone() };
        let slot = self.slot(t);
        let (action, place) = if device == HOST { (Action::ToHost, home) } else { (Action::ToDevice, device) };
        let place = self.devices[place].clone();
        self.push(node, action, vec![from], slot, 1, place, vec![]);
        self.slots.insert((e, device), slot);
        Ok(slot)
    }
    /// The slot of the value behind a reference, read anew: another step may have changed it.
    fn deref(&mut self, e: Endpoint, node: &Arc<Node>) -> Result<u32> {
        let Some(from) = self.slots.get(&(e, HOST)).copied() else { bail!(Internal, "reference {e:?} is not there") };
        let t = ValueType { is_ref: false, value: None, ..self.types[from as usize].clone() };
        let slot = self.slot(t);
        let host = self.devices[HOST].clone();
        self.push(node, Action::Deref, vec![from], slot, 1, host, vec![]);
        Ok(slot)
    }
    #[allow(clippy::too_many_arguments)]
    fn push(&mut self, node: &Arc<Node>, action: Action, ins: Vec<u32>, out: u32, n_out: u32, device: Arc<dyn Device>, after: Vec<u32>) {
        let forward = node.forward.and_then(|f| self.all.get(f.0 as usize).cloned());
        self.steps.push(Step { node: node.clone(), forward, action, ins, out, n_out, device, state: None, after, waits: false });
    }
    fn place(&self, n: &Arc<Node>) -> Result<(usize, &'static Kernel)> {
        let Some(op) = n.op else {
            return Err(ferroflow_ops::op(&n.op_name).err().unwrap_or_else(|| error!(Internal, "op {} is not bound", n.op_name)));
        };
        let wanted = match &*n.device {
            "" => HOST,
            request => match devices::find(request) {
                Found::Here(d) => self.devices.iter().position(|x| x.name() == d.name()).unwrap_or(HOST),
                _ => HOST,
            },
        };
        let mut failed: Option<Error> = None;
        let places = [wanted, HOST];
        for d in &places[..if wanted == HOST || !self.options.soft_placement { 1 } else { 2 }] {
            let d = *d;
            let device = &*self.devices[d];
            match kernel(op, device) {
                Some(k) => match check_types(op, k, &n.attrs, device) {
                    Ok(()) => return Ok((d, k)),
                    Err(e) => failed = failed.or(Some(e)),
                },
                None => failed = failed.or(Some(error!(Unimplemented, "No kernel of {} is available on {}", op.name, device.name()))),
            }
        }
        Err(failed.unwrap_or_else(|| no_kernel(op, "T", DType::Float, &*self.devices[wanted])))
    }
    fn node(&mut self, n: &Arc<Node>, work: &Work) -> Result<()> {
        let locate = |e: Error| e.at_op(&n.op_name, &n.name, Vec::new).at_place(n.place());
        if &*n.op_name == "Placeholder" {
            let dtype = n.outputs.first().map_or(DType::Float, |t| t.dtype);
            let shape = n.outputs.first().map(|t| t.shape.clone()).unwrap_or_default();
            let with = if shape.rank().is_some() { format!(" and shape {shape}") } else { String::new() };
            return Err(locate(
                error!(
                    InvalidArgument,
                    "You must feed a value for placeholder tensor '{}' with dtype {}{with}",
                    n.name,
                    dtype.signature_name()
                )
                .fix(format!("feed a value for '{}'", n.tensor_name(0))),
            ));
        }
        let (device, kernel) = self.place(n).map_err(locate)?;
        let Some(op) = n.op else { return Ok(()) };
        let mut ins = Vec::with_capacity(n.inputs.len());
        for (e, arg) in n.inputs.iter().zip(flat_args(op, &n.attrs)) {
            let e = work.resolve(*e);
            let from_ref = !work.is_given(e) && self.slots.get(&(e, HOST)).is_some_and(|s| self.types[*s as usize].is_ref);
            ins.push(match (from_ref, arg.is_ref) {
                (true, true) => self.value_at(e, HOST, n)?,
                (true, false) => self.deref(e, n)?,
                _ => self.value_at(e, if arg.host { HOST } else { device }, n)?,
            });
        }
        let after: Vec<u32> = n.control.iter().filter_map(|c| self.step_of.get(c).copied()).collect();
        let out = self.types.len() as u32;
        for (i, t) in n.outputs.iter().enumerate() {
            let host = t.is_ref || op.outputs.get(i.min(op.outputs.len().saturating_sub(1))).is_some_and(|a| a.host);
            let home = if host { HOST } else { device };
            let t = ValueType { value: None, ..t.clone() };
            let slot = self.slot(t);
            self.slots.insert((Endpoint::new(n.id, i), home), slot);
            self.home.insert(Endpoint::new(n.id, i), home);
        }
        self.step_of.insert(n.id, self.steps.len() as u32);
        let place = self.devices[device].clone();
        self.push(n, Action::Kernel(kernel), ins, out, n.outputs.len() as u32, place, after);
        let waits = op.has(Flags::BLOCKS) || function::may_wait(n, self.options.library);
        if let Some(s) = self.steps.last_mut() {
            s.waits = waits;
            if op.has(Flags::STATEFUL) || op.has(Flags::RANDOM) {
                s.state = Some((self.options.state)(work.path(n)));
            }
        }
        Ok(())
    }
}
