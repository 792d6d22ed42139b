//! The kernel contract: how a device's code is chosen, prepared for known shapes, and called.
use crate::attr::{Attrs, Func};
use crate::def::OpDef;
use crate::device::Device;
use crate::resource::Resources;
use ferroflow_tensor::{DType, Result, Shape, Tensor, bail};
use smallvec::SmallVec;
use std::any::Any;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Instant;

/// What a device offers for an op.
#[derive(Clone, Copy)]
pub struct Kernel {
    /// The op's name.
    pub op: &'static str,
    /// Dtypes for type attributes: every listed attribute must hold one of its dtypes. Unlisted attributes are free.
    pub types: &'static [(&'static str, &'static [DType])],
    /// Who makes the outputs.
    pub outputs: Outputs,
    /// Decides everything that depends only on attributes, dtypes and shapes. Errors are the user's.
    pub prepare: fn(&Prep) -> Result<Prepared>,
}

/// Who makes the output tensors of a kernel.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outputs {
    /// The runtime allocates them before the call, from the shape rule. Strings, resources and variants are set by the
    /// kernel all the same.
    Runtime,
    /// The kernel calls [`Call::set`]: views of inputs, data-dependent shapes, objects.
    Kernel,
}

/// What a kernel is prepared for.
pub struct Prep<'a> {
    /// The op.
    pub op: &'static OpDef,
    /// Attributes, complete.
    pub attrs: &'a Attrs,
    /// Dtypes and shapes of the inputs.
    pub inputs: &'a [(DType, &'a Shape)],
    /// Dtypes and shapes of the outputs; a shape is None where it depends on data.
    pub outputs: &'a [(DType, Option<&'a Shape>)],
    /// Inputs whose values never change.
    pub constants: Constants<'a>,
}

/// The inputs of a step that never change, and what its kernel has made of them.
#[derive(Clone, Copy, Default)]
pub struct Constants<'a> {
    /// The values, by input; none for those that change.
    pub values: &'a [Option<&'a Tensor>],
    /// What was made of one.
    pub kept: Option<&'a Kept>,
}

/// What a kernel has made of a constant of its step: made once, for all shapes that the step is prepared for.
pub type Kept = OnceLock<Arc<dyn Any + Send + Sync>>;

impl Prep<'_> {
    /// What `make` makes of an input that never changes: always the same for a step, so it is made once. None if the input may
    /// change or `make` gives nothing.
    pub fn kept<T: Any + Send + Sync>(&self, i: usize, make: impl FnOnce(&Tensor) -> Option<T>) -> Option<Arc<dyn Any + Send + Sync>> {
        let (kept, value) = (self.constants.kept?, (*self.constants.values.get(i)?)?);
        if let Some(known) = kept.get() {
            return Some(known.clone());
        }
        let made = Arc::new(make(value)?);
        Some(kept.get_or_init(|| made).clone())
    }
    /// Dtype of an input.
    pub fn dtype(&self, i: usize) -> DType {
        self.inputs[i].0
    }
    /// Shape of an input.
    pub fn shape(&self, i: usize) -> &Shape {
        self.inputs[i].1
    }
    /// Shape of an output. Internal error if it depends on data.
    pub fn out_shape(&self, i: usize) -> Result<&Shape> {
        match self.outputs[i].1 {
            Some(s) => Ok(s),
            None => bail!(Internal, "output {i} of {} has no known shape", self.op.name),
        }
    }
}

/// An elementwise loop over `n` elements: one input.
pub type Map1 = unsafe fn(*const u8, *mut u8, usize);
/// An elementwise loop over `n` elements: two inputs.
pub type Map2 = unsafe fn(*const u8, *const u8, *mut u8, usize);

/// A loop that a frame runs.
#[derive(Clone, Copy, Default)]
pub enum Loop {
    /// None: the kernel does not go through a frame.
    #[default]
    None,
    /// One input.
    Map1(Map1),
    /// Two inputs.
    Map2(Map2),
}

/// A kernel made ready for fixed dtypes and shapes. Immutable; runs on many threads at once.
#[derive(Clone)]
pub struct Prepared {
    /// The code.
    pub run: fn(&Prepared, &mut Call) -> Result<()>,
    /// The loop of a frame.
    pub body: Loop,
    /// Small numbers that `prepare` worked out.
    pub args: [usize; 4],
    /// Anything larger that `prepare` worked out.
    pub plan: Option<Arc<dyn Any + Send + Sync>>,
    /// Estimated serial time in nanoseconds.
    pub cost: f32,
    /// Bit i is set if output 0 may be written over input i when that is its last use.
    pub in_place: u8,
    /// Scratch bytes.
    pub scratch: usize,
    /// An input of which the kernel makes something that other steps with the same input may share, and what tells this apart
    /// from other things made of it: such steps may be given an [`Own`] together.
    pub shares: Option<(u8, [usize; 3])>,
}

impl Prepared {
    /// A kernel without numbers of its own.
    pub fn new(run: fn(&Prepared, &mut Call) -> Result<()>, cost: f32) -> Prepared {
        Prepared { run, body: Loop::None, args: [0; 4], plan: None, cost, in_place: 0, scratch: 0, shares: None }
    }
    /// With a plan, which [`plan`](Self::plan) gives back.
    pub fn with<T: Any + Send + Sync>(run: fn(&Prepared, &mut Call) -> Result<()>, cost: f32, plan: T) -> Prepared {
        Prepared { plan: Some(Arc::new(plan)), ..Prepared::new(run, cost) }
    }
    /// The plan that the kernel was prepared with. Internal error if it is of another type.
    pub fn plan<T: Any>(&self) -> Result<&T> {
        match self.plan.as_ref().and_then(|p| p.downcast_ref()) {
            Some(p) => Ok(p),
            None => bail!(Internal, "a kernel was run with another kernel's plan"),
        }
    }
}

/// State that a node keeps from run to run within a session: random counters, resources it owns.
#[derive(Default)]
pub struct NodeState {
    /// How often a random op has run.
    pub count: AtomicU64,
    /// Anything else.
    pub slot: Mutex<Option<Arc<dyn Any + Send + Sync>>>,
}

/// What outlives a run: shared by a session, its programs, and by iterators that call functions later.
pub struct Env {
    /// Variables, iterators, tables, ... by container and name.
    pub resources: Arc<Resources>,
    /// The function library.
    pub functions: Arc<dyn Functions>,
    /// The host device.
    pub host: Arc<dyn Device>,
}

/// A function library that can run its functions.
pub trait Functions: Send + Sync {
    /// Makes a function ready to be called. NotFound if there is none of this name.
    fn instantiate(&self, func: &Func) -> Result<Arc<dyn Callable>>;
    /// The same with streams of its own for the random ops in it, where it has any.
    fn instantiate_anew(&self, func: &Func) -> Result<Arc<dyn Callable>> {
        self.instantiate(func)
    }
}

/// A function ready to be called, from any thread.
pub trait Callable: Send + Sync {
    /// Itself, for a runtime that knows its own functions.
    fn as_any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync>;
    /// Calls it. Arguments are in the order of its signature, captures last.
    fn call(&self, run: &RunCtx, args: &[Tensor]) -> Result<Vec<Tensor>>;
    /// Dtypes of its results.
    fn output_types(&self) -> &[DType];
    /// Whether it calls Python somewhere.
    fn calls_python(&self) -> bool;
    /// Whether it has ops with a state that goes on from call to call.
    fn has_state(&self) -> bool {
        false
    }
}

/// Stops a run: by a flag, by a deadline, or by what a poll finds (Ctrl-C).
#[derive(Default)]
pub struct Cancel {
    flag: AtomicBool,
    deadline: Option<Instant>,
    poll: Option<Box<dyn Fn() -> Result<()> + Send + Sync>>,
    parent: Option<Arc<Cancel>>,
    reason: Mutex<Option<ferroflow_tensor::Error>>,
}

impl Cancel {
    /// A token with a deadline and a poll that the running thread calls now and then.
    pub fn new(deadline: Option<Instant>, poll: Option<Box<dyn Fn() -> Result<()> + Send + Sync>>) -> Arc<Cancel> {
        Arc::new(Cancel { deadline, poll, ..Cancel::default() })
    }
    /// A token that is also cancelled when `self` is.
    pub fn child(self: &Arc<Cancel>) -> Arc<Cancel> {
        Arc::new(Cancel { parent: Some(self.clone()), ..Cancel::default() })
    }
    /// Asks the run to stop.
    pub fn cancel(&self) {
        self.flag.store(true, Ordering::Release);
    }
    /// Whether the run shall stop, by the flag alone: cheap, from any thread.
    #[inline]
    pub fn is_cancelled(&self) -> bool {
        self.flag.load(Ordering::Relaxed) || self.parent.as_ref().is_some_and(|p| p.is_cancelled())
    }
    /// Ok, or the error that the run shall end with: Cancelled, DeadlineExceeded, or what the poll returned.
    /// To be called every few milliseconds by everything that runs or waits long.
    pub fn check(&self) -> Result<()> {
        if self.flag.load(Ordering::Acquire) {
            let known = self.reason.lock().ok().and_then(|r| r.clone());
            return Err(known
                .unwrap_or_else(|| ferroflow_tensor::error!(Cancelled, "Step was cancelled by an explicit call to `Session::Close()`.")));
        }
        if self.deadline.is_some_and(|d| Instant::now() > d) {
            self.flag.store(true, Ordering::Release);
            let e = ferroflow_tensor::error!(DeadlineExceeded, "Timed out waiting for notification");
            if let Ok(mut r) = self.reason.lock() {
                *r = Some(e.clone());
            }
            return Err(e);
        }
        if let Some(Err(e)) = self.poll.as_ref().map(|p| p()) {
            if let Ok(mut r) = self.reason.lock() {
                *r = Some(e.clone());
            }
            self.flag.store(true, Ordering::Release);
            return Err(e);
        }
        self.parent.as_ref().map_or(Ok(()), |p| p.check())
    }
}

/// What a run gives to its kernels.
pub struct RunCtx<'a> {
    /// What outlives the run.
    pub env: &'a Arc<Env>,
    /// The device that the kernel runs on.
    pub device: &'a dyn Device,
    /// Stops the run.
    pub cancel: &'a Arc<Cancel>,
    /// Number of the run.
    pub step: u64,
}

/// Where a kernel's inputs are.
#[derive(Clone, Copy)]
pub enum Inputs<'a> {
    /// In a run: all values made so far, and the positions of the inputs among them.
    Slots(&'a [Tensor], &'a [u32]),
    /// Outside of runs: the tensors themselves.
    Given(&'a [&'a Tensor]),
}

/// A call of a kernel. Inputs are read by reference; outputs lie ready if the runtime made them.
pub struct Call<'a> {
    /// What the run gives.
    pub run: &'a RunCtx<'a>,
    /// Name of the node, empty in eager mode.
    pub node: &'a str,
    /// State of the node within the session; None for stateless ops.
    pub state: Option<&'a Arc<NodeState>>,
    /// The inputs.
    pub inputs: Inputs<'a>,
    /// The outputs.
    pub outs: &'a mut [Tensor],
    /// Bit i is set if nobody reads the value of input i after this call: an object that nobody else holds may be changed.
    pub last: u8,
    /// For ops that call functions: what is theirs alone.
    pub own: Option<&'a mut Own>,
}

/// What a step that calls functions has for itself in the frame of a run, or steps that share what they make of an input.
#[derive(Default)]
pub struct Own {
    /// Inputs that nobody reads after it, with their numbers, out of their slots: [`Call::take`] hands them on.
    pub inputs: SmallVec<[(usize, Tensor); 2]>,
    /// What it keeps from one round of a loop to the next, and as far as it has no part in anything else, from run to run.
    pub kept: Option<Box<dyn Keep>>,
}

/// What a step keeps in a frame.
pub trait Keep: Any + Send {
    /// Ends a run: only memory of its own stays, for the next one.
    fn rest(&mut self);
}

impl Own {
    /// What was kept, taken out. None if there is nothing, or something of another type.
    pub fn take<T: Keep>(&mut self) -> Option<Box<T>> {
        let kept: Box<dyn Any> = self.kept.take()?;
        kept.downcast().ok()
    }
    /// Ends a run.
    pub fn rest(&mut self) {
        self.inputs.clear();
        if let Some(kept) = &mut self.kept {
            kept.rest();
        }
    }
}

impl<'a> Call<'a> {
    /// How many inputs there are.
    #[inline(always)]
    pub fn n_inputs(&self) -> usize {
        match self.inputs {
            Inputs::Slots(_, ins) => ins.len(),
            Inputs::Given(tensors) => tensors.len(),
        }
    }
    /// An input.
    #[inline(always)]
    pub fn input(&self, i: usize) -> &'a Tensor {
        match self.inputs {
            Inputs::Slots(values, ins) => &values[ins[i] as usize],
            Inputs::Given(tensors) => tensors[i],
        }
    }
    /// An input as a value to hand on.
    pub fn take(&mut self, i: usize) -> Tensor {
        match self.own.iter_mut().flat_map(|own| &mut own.inputs).find(|(k, _)| *k == i) {
            Some((_, t)) => std::mem::take(t),
            None => self.input(i).clone(),
        }
    }
    /// An input's elements.
    #[inline]
    pub fn slice<T: ferroflow_tensor::Element>(&self, i: usize) -> Result<&'a [T]> {
        self.input(i).slice()
    }
    /// An output's elements for writing. Internal error if the runtime did not make it for this call alone.
    #[inline]
    pub fn out<T: ferroflow_tensor::Element>(&mut self, i: usize) -> Result<&mut [T]> {
        self.outs[i].slice_mut()
    }
    /// An output tensor that the runtime made.
    #[inline(always)]
    pub fn output(&mut self, i: usize) -> &mut Tensor {
        &mut self.outs[i]
    }
    /// Sets an output that the kernel made.
    #[inline]
    pub fn set(&mut self, i: usize, t: Tensor) {
        self.outs[i] = t;
    }
    /// The state of the node. Internal error for ops that are not stateful.
    pub fn state(&self) -> Result<&'a Arc<NodeState>> {
        match self.state {
            Some(s) => Ok(s),
            None => bail!(Internal, "node {} has no state", self.node),
        }
    }
}

static EXTRA: Mutex<Vec<&'static [Kernel]>> = Mutex::new(Vec::new());

/// Registers kernels that are neither CPU arithmetic nor GPU: Python callbacks, datasets, files. Registering a list again does nothing.
pub fn register(kernels: &'static [Kernel]) {
    let mut all = EXTRA.lock().unwrap_or_else(|e| e.into_inner());
    if !all.iter().any(|k| std::ptr::eq(*k, kernels)) {
        all.push(kernels);
    }
}
/// The registered host kernel of an op.
pub fn registered(op: &str) -> Option<&'static Kernel> {
    let all = EXTRA.lock().unwrap_or_else(|e| e.into_inner());
    all.iter().flat_map(|l| l.iter()).find(|k| k.op == op)
}
