//! Eager execution: ops run at once on concrete values, and are recorded on the tapes that watch them.
use crate::step::{self, Tensors, check_types, host_kernel, locate, no_kernel};
use crate::tape::{self, Kept, TapeOp};
use crate::{devices, function, placement, trace};
use ferroflow_graph::Library;
use ferroflow_graph::reverse::CustomGradient;
use ferroflow_ops::infer::broadcast_known;
use ferroflow_ops::running::invoke;
use ferroflow_ops::{
    ArgType, Attr, Attrs, Build, Call, Cancel, Env, Flags, Gradient, Inputs, Kernel, NodeState, OpDef, Outputs, Prep, RunCtx, ShapeRule,
    Val, bind, output_types,
};
use ferroflow_tensor::{DType, Error, PartialShape, Result, Shape, Tensor, bail};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, OnceLock, Weak};

/// A concrete value: a tensor with an identity that tapes know it by.
#[derive(Clone)]
pub struct Value {
    /// The tensor.
    pub tensor: Tensor,
    /// Its identity.
    pub id: u64,
    /// Whether it was read from a variable, a random or a stateful op, or derived from such a value:
    /// then no graph may capture it as a constant in silence.
    pub impure: bool,
    /// The user's line of that read, where the front end gives it.
    pub origin: Option<Arc<ferroflow_tensor::Place>>,
}

/// Values of an op: mostly one.
pub type Values = SmallVec<[Value; 2]>;

static NEXT_BLOCK: AtomicU64 = AtomicU64::new(0);

impl Value {
    /// A pure value.
    #[inline]
    pub fn new(tensor: Tensor) -> Value {
        Value { tensor, id: new_id(), impure: false, origin: None }
    }
    /// The user's line of the read that made it impure.
    pub fn origin(&self) -> Option<&ferroflow_tensor::Place> {
        self.origin.as_deref()
    }
}
/// An identity that no other value has. Threads take them in blocks, which spares them an atomic operation for each.
#[inline]
pub fn new_id() -> u64 {
    const BLOCK: u64 = 1 << 10;
    thread_local!(static NEXT: Cell<u64> = const { Cell::new(0) });
    let id = match NEXT.get() {
        used_up if used_up.is_multiple_of(BLOCK) => NEXT_BLOCK.fetch_add(1, Relaxed) * BLOCK + 1,
        id => id,
    };
    NEXT.set(id + 1);
    id
}

/// The function library that eager calls use.
pub fn library() -> &'static Arc<Library> {
    static LIBRARY: OnceLock<Arc<Library>> = OnceLock::new();
    LIBRARY.get_or_init(|| Arc::new(Library::of_others()))
}
/// The environment that eager ops run in: its variables belong to their Python or Rust owners.
pub fn env() -> &'static Arc<Env> {
    static ENV: OnceLock<Arc<Env>> = OnceLock::new();
    ENV.get_or_init(|| {
        crate::start();
        function::environment(library(), true)
    })
}

/// State of stateful eager ops by op and attributes: two calls of the same random op go on in one stream.
fn states() -> &'static Mutex<FxHashMap<String, Arc<NodeState>>> {
    static STATES: OnceLock<Mutex<FxHashMap<String, Arc<NodeState>>>> = OnceLock::new();
    STATES.get_or_init(Mutex::default)
}
/// States of the random ops in functions that eager calls run.
static IN_FUNCTIONS: Mutex<Vec<Weak<NodeState>>> = Mutex::new(vec![]);

/// Starts the streams of all eager random ops anew, and those of [`resettable`] functions.
pub fn reset_random() {
    states().lock().unwrap_or_else(|e| e.into_inner()).clear();
    let mut all = IN_FUNCTIONS.lock().unwrap_or_else(|e| e.into_inner());
    all.retain(|s| s.upgrade().inspect(|s| s.count.store(0, Relaxed)).is_some());
}
/// Lets [`reset_random`] start the streams of a function's random ops anew.
pub fn resettable(f: &function::Compiled) {
    let random = f.program.steps.iter().filter(|s| s.node.op.is_some_and(|o| o.has(Flags::RANDOM)));
    let mut states = random.filter_map(|s| s.state.as_ref()).map(Arc::downgrade).peekable();
    if states.peek().is_some() {
        let mut all = IN_FUNCTIONS.lock().unwrap_or_else(|e| e.into_inner());
        all.retain(|s| s.strong_count() > 0);
        all.extend(states);
    }
}
/// The state of an op that has one.
fn state_for(op: &OpDef, attrs: &Attrs) -> Option<Arc<NodeState>> {
    (op.has(Flags::STATEFUL) || op.has(Flags::RANDOM)).then(|| state_of(op, attrs))
}
fn state_of(op: &OpDef, attrs: &Attrs) -> Arc<NodeState> {
    if !op.has(Flags::RANDOM) {
        return Arc::default();
    }
    states().lock().unwrap_or_else(|e| e.into_inner()).entry(format!("{} {attrs:?}", op.name)).or_default().clone()
}

/// Runs an op on the device that was asked for (None: the host).
/// Attributes that follow from the inputs or have defaults may be left out.
#[inline]
pub fn execute(op: &'static OpDef, inputs: &[&Tensor], attrs: Attrs, device: Option<&str>, cancel: &Arc<Cancel>) -> Result<Tensors> {
    if attrs.is_empty()
        && device.is_none()
        && let Some(out) = elementwise(op, inputs, cancel)?
    {
        return Ok(smallvec::smallvec![out]);
    }
    general(op, inputs, attrs, device, cancel)
}

/// What the short way needs to know of an elementwise op whose only attribute is the dtype of all inputs.
struct Quick {
    kernel: &'static Kernel,
    /// Bit `n` is set if the kernel takes the dtype of number `n`.
    dtypes: u64,
    /// The dtype of the result, if it is not that of the inputs.
    out: Option<DType>,
}

impl Quick {
    fn of(op: &'static OpDef) -> Option<Quick> {
        let ([attr], [out]) = (op.attrs.as_slice(), op.outputs.as_slice()) else { return None };
        let kernel = host_kernel(op, &*env().host)?;
        let elementwise = match op.entry.shape {
            ShapeRule::Same => op.inputs.len() == 1,
            ShapeRule::Broadcast => op.inputs.len() == 2,
            _ => false,
        };
        let of_attr = |t: &ArgType| matches!(t, ArgType::Attr(a) if *a == attr.name);
        if !elementwise || kernel.outputs != Outputs::Runtime || op.has(Flags::STATEFUL) || !op.inputs.iter().all(|a| of_attr(&a.ty)) {
            return None;
        }
        let out = match &out.ty {
            ArgType::Fixed(d) => Some(*d),
            t if of_attr(t) => None,
            _ => return None,
        };
        let (_, allowed) = kernel.types.iter().find(|(a, _)| *a == attr.name)?;
        Some(Quick { kernel, dtypes: allowed.iter().fold(0, |m, d| m | 1 << d.number()), out })
    }
    /// What is known of an op; None where the short way is closed, as it is to ops that are being timed.
    #[inline]
    fn find(op: &'static OpDef) -> Option<&'static Quick> {
        if trace::enabled() {
            return None;
        }
        static ALL: OnceLock<Box<[OnceLock<Option<Quick>>]>> = OnceLock::new();
        let all = ALL.get_or_init(|| (0..ferroflow_ops::registry::all().len()).map(|_| OnceLock::new()).collect());
        all.get(op.id as usize)?.get_or_init(|| Quick::of(op)).as_ref()
    }
    #[inline]
    fn takes(&self, d: DType) -> bool {
        self.dtypes & 1 << d.number() != 0 && !d.is_object()
    }
    #[inline]
    fn run(&self, op: &'static OpDef, shape: Shape, ins: &[(DType, &Shape)], inputs: &[&Tensor], cancel: &Arc<Cancel>) -> Result<Tensor> {
        static NO_ATTRS: Attrs = Attrs::none();
        let dtype = self.out.unwrap_or(ins[0].0);
        let prepared = (self.kernel.prepare)(&Prep {
            op,
            attrs: &NO_ATTRS,
            inputs: ins,
            outputs: &[(dtype, Some(&shape))],
            constants: Default::default(),
        })?;
        let mut outs = [Tensor::recycled(dtype, shape)?];
        let env = env();
        let run = RunCtx { env, device: &*env.host, cancel, step: 0 };
        let inputs = Inputs::Given(inputs);
        invoke(&prepared, &mut Call { run: &run, node: "", state: None, inputs, outs: &mut outs, last: 0, own: None })?;
        let [out] = outs;
        Ok(out)
    }
}

/// The short way for a unary elementwise op on the host; None where the general way has to be taken.
#[inline]
pub fn quick1(op: &'static OpDef, x: &Tensor, cancel: &Arc<Cancel>) -> Option<Result<Tensor>> {
    let quick = Quick::find(op)?;
    if !quick.takes(x.dtype()) || op.inputs.len() != 1 || !x.on_host() {
        return None;
    }
    let out = quick.run(op, x.shape().clone(), &[(x.dtype(), x.shape())], &[x], cancel);
    Some(out.map_err(|e| locate(e, op, "", &Attrs::none(), &[x])))
}
/// The short way for a binary elementwise op on the host; None where the general way has to be taken.
#[inline]
pub fn quick2(op: &'static OpDef, x: &Tensor, y: &Tensor, cancel: &Arc<Cancel>) -> Option<Result<Tensor>> {
    let quick = Quick::find(op)?;
    let d = x.dtype();
    if d != y.dtype() || !quick.takes(d) || op.inputs.len() != 2 || !x.on_host() || !y.on_host() {
        return None;
    }
    let go = || {
        let shape = broadcast_known(x.shape(), y.shape())?;
        quick.run(op, shape, &[(d, x.shape()), (d, y.shape())], &[x, y], cancel)
    };
    Some(go().map_err(|e| locate(e, op, "", &Attrs::none(), &[x, y])))
}

fn elementwise(op: &'static OpDef, inputs: &[&Tensor], cancel: &Arc<Cancel>) -> Result<Option<Tensor>> {
    match inputs {
        [x] => quick1(op, x, cancel).transpose(),
        [x, y] => quick2(op, x, y, cancel).transpose(),
        _ => Ok(None),
    }
}

fn general(op: &'static OpDef, inputs: &[&Tensor], attrs: Attrs, device: Option<&str>, cancel: &Arc<Cancel>) -> Result<Tensors> {
    let env = env();
    let dtypes: SmallVec<[DType; 4]> = inputs.iter().map(|t| t.dtype()).collect();
    let attrs = bind(op, &dtypes, attrs).map_err(|e| locate(e, op, "", &Attrs::none(), inputs))?;
    let calls = matches!(op.entry.grad, Gradient::Body);
    let wanted = match device {
        Some(d) => devices::for_eager(d)?,
        None => placement::of_eager(op, inputs, &attrs).unwrap_or_else(|| env.host.clone()),
    };
    if !wanted.is_host()
        && !calls
        && let Some(out) = crate::offload::run(op, inputs, &attrs, &wanted, device.is_none(), &|| state_for(op, &attrs), cancel)?
    {
        return Ok(out);
    }
    let near: SmallVec<[Tensor; 4]>;
    let mut read: SmallVec<[&Tensor; 4]> = SmallVec::from_slice(inputs);
    if !inputs.iter().all(|t| t.on_host()) {
        near = inputs.iter().map(|t| t.to_host()).collect::<Result<_>>()?;
        read = near.iter().collect();
    }
    let inputs = &*read;
    let _called = calls.then(|| function::called_on(&wanted));
    let device = env.host.clone();
    let Some(kernel) = host_kernel(op, &*device) else {
        if let Some(body) = op.entry.body {
            return composite(body, inputs, &attrs);
        }
        let dtype = dtypes.first().copied().unwrap_or(DType::Float);
        return Err(locate(no_kernel(op, "T", dtype, &*device).with_code(ferroflow_tensor::Code::Unimplemented), op, "", &attrs, inputs));
    };
    check_types(op, kernel, &attrs, &*device).map_err(|e| locate(e, op, "", &attrs, inputs))?;
    let state = state_for(op, &attrs);
    let run = RunCtx { env, device: &*device, cancel, step: 0 };
    let start = trace::enabled().then(trace::now);
    let out = step::run_op(&run, op, kernel, &attrs, "", state.as_ref(), inputs, 0)?;
    if let Some(start) = start {
        trace::step(op.name, "", device.name(), start);
    }
    out.into_iter().map(Tensor::settle).collect()
}

fn composite(body: ferroflow_ops::build::Body, inputs: &[&Tensor], attrs: &Attrs) -> Result<Tensors> {
    let mut b = EagerBuilder::default();
    let ins: Vec<Val> = inputs.iter().map(|t| b.add(Kept::Value(Value::new((*t).clone())))).collect();
    let outs = body(&mut b, attrs, &ins)?;
    if let Some(e) = b.take_error() {
        return Err(e);
    }
    outs.into_iter().map(|v| b.value(v).map(|v| v.tensor)).collect()
}

/// Runs an op and records it on the tapes that watch one of its inputs.
pub fn call(op: &'static OpDef, inputs: &[Value], attrs: Attrs, device: Option<&str>, cancel: &Arc<Cancel>) -> Result<Values> {
    let recording = tape::any() && tape::watches(inputs.iter().map(|v| v.id));
    if recording && matches!(op.entry.grad, Gradient::Body) {
        return extend(op, inputs, attrs)?.call(device, cancel);
    }
    run_recorded(op, inputs, attrs, device, cancel, recording)
}

/// A call of functions such that it also returns what the gradients of tapes read.
pub struct Extended {
    op: &'static OpDef,
    attrs: Attrs,
    inputs: Vec<Value>,
    outputs: usize,
}

/// What a call of functions is to be run as, so that the tapes of this thread find what they read.
pub fn extend(op: &'static OpDef, inputs: &[Value], attrs: Attrs) -> Result<Extended> {
    let dtypes: SmallVec<[DType; 4]> = inputs.iter().map(|v| v.tensor.dtype()).collect();
    let attrs = bind(op, &dtypes, attrs)?;
    let outputs = output_types(op, &attrs)?;
    let watching = tape::active().into_iter().filter(|t| t.watches(inputs.iter().map(|v| v.id)));
    let levels = watching.map(|t| t.levels()).sum();
    let watched: Vec<bool> = inputs.iter().map(|v| tape::watches(std::iter::once(v.id))).collect();
    let paused = tape::replace_active(vec![]);
    let mut b = EagerBuilder::default();
    let vals: Vec<Val> = inputs.iter().map(|v| b.add(Kept::Value(v.clone()))).collect();
    let prepared = ferroflow_graph::calls::prepare(&mut b, op, &attrs, &vals, &watched, &outputs, levels);
    tape::replace_active(paused);
    if let Some(e) = b.take_error() {
        return Err(e);
    }
    let (attrs, more) = prepared?;
    let mut all = inputs.to_vec();
    for v in more {
        all.push(b.value(v)?);
    }
    Ok(Extended { op, attrs, inputs: all, outputs: outputs.len() })
}

impl Extended {
    /// Runs the call and records it; the results of the call itself.
    pub fn call(self, device: Option<&str>, cancel: &Arc<Cancel>) -> Result<Values> {
        let mut outs = run_recorded(self.op, &self.inputs, self.attrs, device, cancel, true)?;
        outs.truncate(self.outputs);
        Ok(outs)
    }
}

fn run_recorded(
    op: &'static OpDef,
    inputs: &[Value],
    attrs: Attrs,
    device: Option<&str>,
    cancel: &Arc<Cancel>,
    recording: bool,
) -> Result<Values> {
    let tensors: SmallVec<[&Tensor; 4]> = inputs.iter().map(|v| &v.tensor).collect();
    let kept = recording.then(|| attrs.clone());
    let out = execute(op, &tensors, attrs, device, cancel)?;
    let impure = inputs.iter().any(|v| v.impure) || op.has(Flags::STATEFUL) || op.has(Flags::RANDOM);
    // A variable's handle was made elsewhere than where its value is read.
    let values = || inputs.iter().filter(|v| !v.tensor.dtype().is_object());
    let origin = if impure { values().find_map(|v| v.origin.clone()) } else { None };
    let outs: Values = out.into_iter().map(|t| Value { tensor: t, id: new_id(), impure, origin: origin.clone() }).collect();
    if let Some(attrs) = kept {
        let dtypes: SmallVec<[DType; 4]> = tensors.iter().map(|t| t.dtype()).collect();
        tape::record(TapeOp::of(op, bind(op, &dtypes, attrs)?, inputs, &outs, None));
    }
    Ok(outs)
}

/// Records a function whose gradient is given from outside the op table.
pub fn record_custom(name: &str, inputs: &[Value], outputs: &[Value], gradient: Arc<dyn CustomGradient>) {
    if tape::any() && tape::watches(inputs.iter().map(|v| v.id)) {
        tape::record(TapeOp::custom(name, inputs, outputs, gradient));
    }
}

/// The builder that runs ops at once: gradients of tapes and composite bodies write to it. What it runs is itself
/// recorded by outer tapes.
#[derive(Default)]
pub struct EagerBuilder {
    values: Vec<Kept>,
    error: Option<Error>,
}

impl EagerBuilder {
    /// Adds a value; its name in this builder.
    pub fn add(&mut self, v: Kept) -> Val {
        self.values.push(v);
        Val(self.values.len() as u32 - 1)
    }
    /// The value of a name. Internal error if it is poisoned or was not kept.
    pub fn value(&self, v: Val) -> Result<Value> {
        match self.values.get(v.0 as usize) {
            Some(Kept::Value(v)) => Ok(v.clone()),
            Some(Kept::Ghost { op, dtype, shape, .. }) => {
                bail!(Internal, "the gradient of {op} reads a value ({dtype} {shape}) that its entry does not name")
            }
            None => bail!(Internal, "a poisoned value was read"),
        }
    }
    fn try_outputs(&mut self, op: &'static str, inputs: &[Val], attrs: &[(&'static str, Attr)]) -> Result<Vec<Val>> {
        if let (&[x], "Shape" | "ZerosLike" | "OnesLike" | "Rank" | "Size") = (inputs, op)
            && let Some(Kept::Ghost { dtype, shape, .. }) = self.values.get(x.0 as usize)
            && !dtype.is_object()
        {
            let stand_in = Tensor::zeros(*dtype, shape.clone())?;
            let v = self.add(Kept::Value(Value::new(stand_in)));
            return self.try_outputs(op, &[v], attrs);
        }
        let values = inputs.iter().map(|v| self.value(*v)).collect::<Result<Vec<_>>>()?;
        let device = crate::context::with(|c| c.device.clone());
        let device = Some(&*device).filter(|d| !d.is_empty());
        let out = call(ferroflow_ops::op(op)?, &values, Attrs::of(attrs), device, &crate::cancel::current())?;
        Ok(out.into_iter().map(|v| self.add(Kept::Value(v))).collect())
    }
}

impl Build for EagerBuilder {
    fn outputs(&mut self, op: &'static str, inputs: &[Val], attrs: &[(&'static str, Attr)]) -> Vec<Val> {
        if self.error.is_some() {
            return vec![];
        }
        match self.try_outputs(op, inputs, attrs) {
            Ok(v) => v,
            Err(e) => {
                self.error.get_or_insert(e);
                vec![]
            }
        }
    }
    fn constant(&mut self, value: Tensor) -> Val {
        self.add(Kept::Value(Value::new(value)))
    }
    fn dtype(&self, v: Val) -> DType {
        self.values.get(v.0 as usize).map_or(DType::Float, Kept::dtype)
    }
    fn shape(&self, v: Val) -> PartialShape {
        self.values.get(v.0 as usize).map_or(PartialShape::UNKNOWN, |k| k.shape().into())
    }
    fn known(&self, v: Val) -> Option<Tensor> {
        self.value(v).ok()?.tensor.to_host().ok()
    }
    fn as_any(&mut self) -> Option<&mut dyn std::any::Any> {
        Some(self)
    }
    fn library(&self) -> Option<Arc<dyn std::any::Any + Send + Sync>> {
        Some(library().clone())
    }
    fn take_error(&mut self) -> Option<Error> {
        self.error.take()
    }
    fn poison(&mut self, e: Error) -> Val {
        self.error.get_or_insert(e);
        Val::POISONED
    }
}
