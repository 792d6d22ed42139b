//! Stage 1 of compilation: from a graph, fetches and feeds to a list of steps with kernels and devices chosen.
use crate::blocking::{Stages, split};
use crate::devices::{self, Found};
use crate::function;
use crate::placement::{self, Lies};
use crate::plan::Plans;
use crate::step::{check_types, kernel, kernel_there};
use ferroflow_graph::passes::{Work, is_pure, run_all};
use ferroflow_graph::{Endpoint, Graph, Library, Node, NodeId, flat_args};
use ferroflow_ops::tape::Role;
use ferroflow_ops::{ArgDef, Device, Env, Flags, Gradient, Kept, Kernel, NodeState, OpDef, Partial, ValueType};
use ferroflow_tensor::{DType, Error, Result, Tensor, bail, error};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::sync::Arc;

/// What a step does.
#[derive(Clone)]
pub enum Action {
    /// Calls a kernel.
    Kernel(&'static Kernel),
    /// Copies its input from the device of the step to the host.
    ToHost,
    /// Copies its input from the host to the device of the step; a constant for all runs at once.
    ToDevice {
        /// Whether the input is a constant.
        constant: bool,
    },
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
    /// Whether that is a device that nobody asked for, so that the host does if it is unwell.
    pub unasked: bool,
    /// Whether it may run on the host where the device has no way to do it.
    pub soft: bool,
    /// State of a stateful node within the session.
    pub state: Option<Arc<NodeState>>,
    /// Earlier steps that must be over although no data comes from them.
    pub after: Vec<u32>,
    /// Whether it may wait for what another step does.
    pub waits: bool,
    /// What its kernel has made of a constant, or a copy of one.
    pub kept: Arc<Kept>,
    /// What it may be on a tape; None in programs that are not optimised.
    pub role: Option<Role>,
}

impl Step {
    /// How traces name it: by what is copied where, or by its op.
    pub fn name(&self) -> &str {
        match self.action {
            Action::ToHost => "CopyToHost",
            Action::ToDevice { .. } => "CopyToDevice",
            _ => &self.node.op_name,
        }
    }
    /// Whether it has nothing more to do, as it copies a constant that an earlier run has copied.
    pub fn is_done(&self) -> bool {
        matches!(self.action, Action::ToDevice { constant: true }) && self.kept.get().is_some()
    }
}

/// A compiled program: immutable, run by many threads at once.
#[derive(Default)]
pub struct Program {
    /// The steps in running order.
    pub steps: Vec<Step>,
    /// Static type of every slot: feeds, then constants, then step outputs.
    pub types: Vec<ValueType>,
    /// Constants with their slots, in the order of these.
    pub constants: Vec<(u32, Tensor)>,
    /// Number of feeds: slots `0..n_feeds`.
    pub n_feeds: usize,
    /// Whether each run is given its feeds for good, so that they are dropped after their last use.
    pub owns_feeds: bool,
    /// For a loop: how many steps belong to its condition. They come first, and leave the feeds as they are.
    pub head: Option<usize>,
    /// Whether steps that do not depend on each other may run at once: not in programs that are not optimised.
    pub at_once: bool,
    /// Where its feeds lie, as far as that device holds their dtypes; on the host if it is None.
    pub home: Option<Arc<dyn Device>>,
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

impl Program {
    /// Number of slots that have their values before the first step: feeds and constants.
    pub fn n_given(&self) -> usize {
        self.n_feeds + self.constants.len()
    }
    /// The constant in a slot, if it holds one.
    pub fn constant(&self, slot: u32) -> Option<&Tensor> {
        let at = self.constants.binary_search_by_key(&slot, |(s, _)| *s).ok()?;
        Some(&self.constants[at].1)
    }
    /// Brings the values of feeds to where the program expects them.
    pub fn bring(&self, feeds: &mut [Tensor]) -> Result<()> {
        for t in feeds {
            match &self.home {
                Some(d) if d.holds(t.dtype()) => *t = d.to_device(t)?,
                _ if !t.on_host() => *t = t.to_host()?,
                _ => {}
            }
        }
        Ok(())
    }
}

/// How to compile.
pub struct Options<'a> {
    /// Whether to run the optional passes.
    pub optimize: bool,
    /// Whether to run the verifier between passes.
    pub verify: bool,
    /// The device for nodes that ask for none; empty for the host.
    pub device: &'a str,
    /// Whether feeds and fetches lie on that device, as far as it holds their dtypes.
    pub stay: bool,
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
    /// The slots of constants.
    constants: std::ops::Range<u32>,
    /// Sizes and positions that host operations have made.
    sizes: FxHashSet<Endpoint>,
    options: &'a Options<'a>,
    /// All nodes, for what the steps refer to.
    all: &'a [Arc<Node>],
}

const HOST: usize = 0;

/// An error if a node asks for a device that cannot serve it: every node that runs or is folded away must have a place.
fn check_device(n: &Node, soft: bool) -> Result<()> {
    match devices::find(&n.device) {
        Found::Here(d) => devices::reached(d, soft).map(|_| ()).map_err(|e| e.at_op(&n.op_name, &n.name, Vec::new).at_place(n.place())),
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

/// The error for a node that asks for a device without a kernel for it.
fn not_there(n: &Node, device: &dyn Device, reason: &str) -> Error {
    let kind = device.kind();
    error!(
        InvalidArgument,
        "Cannot assign a device for operation {0}: Could not satisfy explicit device specification '{1}' because no supported kernel for \
         {kind} devices is available.",
        n.name,
        n.device
    )
    .fix(format!("{} has no kernel there, as {reason}; leave out the device, or allow soft placement in the session's config", n.op_name))
}

/// Compiles a program. Feeds are endpoints whose values come with each run.
pub fn compile(graph: &Graph, fetches: &[Endpoint], targets: &[NodeId], feeds: &[Endpoint], options: &Options) -> Result<Program> {
    let mut work = Work::new(graph, fetches, targets, feeds);
    work.done = options.done.iter().copied().collect();
    work.library = Some(options.library.clone());
    work.on_host = options.device.is_empty() || matches!(devices::find(options.device), Found::Here(d) if d.is_host());
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
        devices: vec![devices::host()],
        step_of: FxHashMap::default(),
        constants: 0..0,
        sizes: FxHashSet::default(),
        options,
        all,
    };
    let type_of = |e: Endpoint| match all.get(e.node.0 as usize).and_then(|n| n.outputs.get(e.index as usize)) {
        Some(t) => Ok(ValueType { is_ref: false, value: None, ..t.clone() }),
        None => bail!(Internal, "endpoint {e:?} does not exist"),
    };
    let home = options.stay.then(|| c.number(options.device)).filter(|d| *d != HOST);
    for f in feeds {
        let t = type_of(*f)?;
        let at = home.filter(|d| c.devices[*d].holds(t.dtype)).unwrap_or(HOST);
        let slot = c.slot(t);
        c.slots.insert((*f, at), slot);
        c.home.insert(*f, at);
    }
    let mut constants = vec![];
    let mut known: Vec<_> = work.constants.iter().filter(|(e, _)| !work.fed.contains(e)).collect();
    known.sort_by_key(|(e, _)| **e);
    let used: FxHashSet<Endpoint> =
        work.nodes.iter().flat_map(|n| n.inputs.iter()).chain(&work.fetches).map(|e| work.resolve(*e)).collect();
    for (e, t) in known.into_iter().filter(|(e, _)| used.contains(e)) {
        let slot = c.slot(ValueType::of(t));
        c.slots.insert((*e, HOST), slot);
        c.home.insert(*e, HOST);
        constants.push((slot, t.clone()));
    }
    c.constants = feeds.len() as u32..c.types.len() as u32;
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
        let at = c.home.get(&e).copied().filter(|_| home.is_some()).unwrap_or(HOST);
        slots.push(if is_ref { c.deref(e, HOST, node)? } else { c.value_at(e, at, node)? });
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
        at_once: options.optimize,
        head: None,
        home: home.map(|d| c.devices[d].clone()),
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
        let constant = self.constants.contains(&from);
        let (action, place) = if device == HOST { (Action::ToHost, home) } else { (Action::ToDevice { constant }, device) };
        let place = self.devices[place].clone();
        self.push(node, action, vec![from], slot, 1, place, vec![]);
        self.slots.insert((e, device), slot);
        Ok(slot)
    }
    /// The slot on a device of the value behind a reference, read anew: another step may have changed it.
    fn deref(&mut self, e: Endpoint, device: usize, node: &Arc<Node>) -> Result<u32> {
        let Some(from) = self.slots.get(&(e, HOST)).copied() else { bail!(Internal, "reference {e:?} is not there") };
        let t = ValueType { is_ref: false, value: None, ..self.types[from as usize].clone() };
        let slot = self.slot(t);
        let place = self.devices[device].clone();
        self.push(node, Action::Deref, vec![from], slot, 1, place, vec![]);
        Ok(slot)
    }
    #[allow(clippy::too_many_arguments)]
    fn push(&mut self, node: &Arc<Node>, action: Action, ins: Vec<u32>, out: u32, n_out: u32, device: Arc<dyn Device>, after: Vec<u32>) {
        let forward = node.forward.and_then(|f| self.all.get(f.0 as usize).cloned());
        let unasked = !device.is_host() && node.device.is_empty() && self.options.device.is_empty();
        self.steps.push(Step {
            unasked,
            soft: unasked || self.options.soft_placement,
            node: node.clone(),
            forward,
            action,
            ins,
            out,
            n_out,
            device,
            state: None,
            after,
            waits: false,
            kept: Arc::default(),
            role: None,
        });
    }
    /// The number of the device that a node asks for; that of the host if there is none.
    fn wanted(&mut self, n: &Node) -> usize {
        self.number(if n.device.is_empty() { self.options.device } else { &n.device })
    }
    /// The number of the device that a request means.
    fn number(&mut self, request: &str) -> usize {
        let Found::Here(device) = devices::find(request) else { return HOST };
        let Ok(device) = devices::reached(device, true) else { return HOST };
        let known = self.devices.iter().position(|x| x.name() == device.name());
        known.unwrap_or_else(|| {
            self.devices.push(device);
            self.devices.len() - 1
        })
    }
    /// Whether a node only computes with sizes and constants, which stay on the host.
    fn counts(&self, n: &Node, work: &Work) -> bool {
        let integers = n.outputs.iter().all(|t| matches!(t.dtype, DType::Int32 | DType::Int64));
        let ins: SmallVec<[Endpoint; 4]> = n.inputs.iter().map(|e| work.resolve(*e)).collect();
        integers
            && n.op.is_some_and(|op| !op.has(Flags::STATEFUL))
            && ins.iter().any(|e| self.sizes.contains(e))
            && ins.iter().all(|e| self.sizes.contains(e) || work.constants.contains_key(e))
    }
    fn place(&mut self, n: &Arc<Node>, work: &Work) -> Result<(usize, &'static Kernel)> {
        let Some(op) = n.op else {
            return Err(ferroflow_ops::op(&n.op_name).err().unwrap_or_else(|| error!(Internal, "op {} is not bound", n.op_name)));
        };
        let wanted = if self.counts(n, work) { HOST } else { self.wanted(n) };
        if wanted != HOST && !matches!(op.entry.grad, Gradient::Body) {
            let device = &*self.devices[wanted];
            match kernel_there(op, &n.attrs, device) {
                Ok(k) => return Ok((wanted, k)),
                Err(_) if devices::counts(op, &n.attrs) => {}
                Err(reason) if self.options.soft_placement => devices::warn_of_host(op, &n.attrs, device, &reason),
                Err(reason) => return Err(not_there(n, device, &reason)),
            }
        }
        if let Some(found) = self.unasked(op, n, work) {
            return Ok(found);
        }
        let host = &*self.devices[HOST];
        match kernel(op, host) {
            Some(k) => check_types(op, k, &n.attrs, host).map(|()| (HOST, k)),
            None => Err(error!(Unimplemented, "No kernel of {} is available on {}", op.name, host.name())),
        }
    }
    /// Where a node goes that asks for no device, if that is not the host.
    fn unasked(&mut self, op: &'static OpDef, n: &Node, work: &Work) -> Option<(usize, &'static Kernel)> {
        if !n.device.is_empty() || !self.options.device.is_empty() {
            return None;
        }
        let device = devices::automatic()?;
        let number = self.number(device.name());
        let operand = |(e, arg): (&Endpoint, &ArgDef)| {
            let e = work.resolve(*e);
            let slot = |at: usize| self.slots.get(&(e, at));
            let from = *slot(HOST).or_else(|| slot(number))?;
            let lies = match () {
                _ if arg.host || self.constants.contains(&from) => Lies::Anywhere,
                _ if slot(number).is_some() => Lies::There,
                _ => Lies::Here,
            };
            let t = ValueType { value: work.constants.get(&e).cloned().map(Partial::Known), ..self.types[from as usize].clone() };
            Some((t, lies))
        };
        let ins = n.inputs.iter().zip(flat_args(op, &n.attrs)).map(operand).collect::<Option<SmallVec<[_; 4]>>>()?;
        placement::pays(op, &n.attrs, &ins, &**device).map(|kernel| (number, kernel))
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
        let (device, kernel) = self.place(n, work).map_err(locate)?;
        let Some(op) = n.op else { return Ok(()) };
        let mut ins = Vec::with_capacity(n.inputs.len());
        for (e, arg) in n.inputs.iter().zip(flat_args(op, &n.attrs)) {
            let e = work.resolve(*e);
            let from_ref = !work.is_given(e) && self.slots.get(&(e, HOST)).is_some_and(|s| self.types[*s as usize].is_ref);
            ins.push(match (from_ref, arg.is_ref) {
                (true, true) => self.value_at(e, HOST, n)?,
                (true, false) => self.deref(e, if arg.host { HOST } else { device }, n)?,
                _ => self.value_at(e, if arg.host { HOST } else { device }, n)?,
            });
        }
        let after: Vec<u32> = n.control.iter().filter_map(|c| self.step_of.get(c).copied()).collect();
        let out = self.types.len() as u32;
        let counts = self.counts(n, work);
        for (i, t) in n.outputs.iter().enumerate() {
            let host = t.is_ref || op.outputs.get(i.min(op.outputs.len().saturating_sub(1))).is_some_and(|a| a.host);
            let home = if host { HOST } else { device };
            let e = Endpoint::new(n.id, i);
            if (counts || home != device) && !t.is_ref && !t.dtype.is_object() {
                self.sizes.insert(e);
            }
            let slot = self.slot(ValueType { value: None, ..t.clone() });
            if !work.is_given(e) {
                self.slots.insert((e, home), slot);
                self.home.insert(e, home);
            }
        }
        self.step_of.insert(n.id, self.steps.len() as u32);
        let place = self.devices[device].clone();
        let role = self.role(op, n, &ins, &after, &*self.devices[device]);
        self.push(n, Action::Kernel(kernel), ins, out, n.outputs.len() as u32, place, after);
        let waits = op.has(Flags::BLOCKS) || function::may_wait(n, self.options.library);
        if let Some(s) = self.steps.last_mut() {
            s.waits = waits;
            s.role = role;
            if op.has(Flags::STATEFUL) || op.has(Flags::RANDOM) {
                s.state = Some((self.options.state)(work.path(n)));
            }
        }
        Ok(())
    }
    /// What a step may be on a tape.
    fn role(&self, op: &'static OpDef, n: &Node, ins: &[u32], after: &[u32], device: &dyn Device) -> Option<Role> {
        let plain = self.options.optimize && is_pure(n) && after.is_empty() && n.outputs.len() == 1;
        let dtypes: SmallVec<[DType; 4]> = ins.iter().map(|x| self.types[*x as usize].dtype).collect();
        if plain && !ins.iter().any(|x| self.types[*x as usize].is_ref) {
            device.role(op, &n.attrs, &dtypes, n.outputs[0].dtype)
        } else {
            None
        }
    }
}
