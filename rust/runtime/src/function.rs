//! Functions that kernels can call: bodies compiled to programs.
use crate::looping::Looped;
use crate::program::{Action, Options, Program, Step, compile};
use crate::step::Tensors;
use crate::{devices, eager, exec};
use ferroflow_graph::{Endpoint, Function, Library, Node};
use ferroflow_ops::kernel::{Callable, Functions};
use ferroflow_ops::{Attr, Device, Env, Flags, Func, Gradient, NodeState, RunCtx};
use ferroflow_tensor::{DType, PartialShape, Result, Tensor, bail};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::sync::{Arc, Mutex, OnceLock, Weak};

type Known = (Weak<Function>, Arc<Compiled>);
/// A function's name, and the device that it was called on (empty: the host).
type Key = (Arc<str>, Arc<str>);

thread_local!(static CALLED_ON: RefCell<Arc<str>> = RefCell::new("".into()));

/// Ends what [`called_on`] began when it is dropped.
pub struct CalledOn(Arc<str>);
impl Drop for CalledOn {
    fn drop(&mut self) {
        CALLED_ON.set(self.0.clone());
    }
}
/// Until the result is dropped, functions that this thread makes ready run on a device where they do not ask for one.
pub fn called_on(device: &Arc<dyn Device>) -> CalledOn {
    CalledOn(CALLED_ON.replace(if device.is_host() { "".into() } else { device.name().into() }))
}

/// A library whose functions can be run within an environment.
pub struct Runner {
    library: Arc<Library>,
    /// What has been compiled: kept as long as the function is, so that a name that is used again means the new function.
    ready: Mutex<FxHashMap<Key, Known>>,
    env: Mutex<Weak<Env>>,
    optimize: bool,
}

/// A function compiled for an environment.
pub struct Compiled {
    /// The function's name.
    pub name: Arc<str>,
    /// Its program.
    pub program: Program,
    inputs: Vec<(DType, PartialShape)>,
    types: Vec<DType>,
    /// The loops with this body.
    pub(crate) loops: Mutex<Vec<Arc<Looped>>>,
}

/// A compiled function with its body, whose library has the functions that it calls.
struct Ready {
    /// Kept for the functions and callbacks that its body's library holds.
    _function: Arc<Function>,
    compiled: Arc<Compiled>,
}

/// An environment for a function library: fresh resources, the host device.
pub fn environment(library: &Arc<Library>, optimize: bool) -> Arc<Env> {
    let runner = Arc::new(Runner { library: library.clone(), ready: Mutex::default(), env: Mutex::new(Weak::new()), optimize });
    let env = Arc::new(Env { resources: Arc::default(), functions: runner.clone(), host: devices::host() });
    *runner.env.lock().unwrap_or_else(|e| e.into_inner()) = Arc::downgrade(&env);
    env
}

impl Functions for Runner {
    fn instantiate(&self, func: &Func) -> Result<Arc<dyn Callable>> {
        let function = self.library.get(&func.name)?;
        let same = |known: &Weak<Function>| std::ptr::eq(known.as_ptr(), Arc::as_ptr(&function));
        let key = (func.name.clone(), CALLED_ON.with_borrow(Arc::clone));
        let known = self.ready.lock().unwrap_or_else(|e| e.into_inner()).get(&key).filter(|(f, _)| same(f)).map(|(_, c)| c.clone());
        if let Some(compiled) = known {
            return Ok(Arc::new(Ready { _function: function, compiled }));
        }
        // Not under the lock: compiling folds constants and may instantiate other functions.
        let compiled = self.compile(&function)?;
        if Arc::ptr_eq(&self.library, eager::library()) {
            eager::resettable(&compiled);
        }
        let mut all = self.ready.lock().unwrap_or_else(|e| e.into_inner());
        let compiled = match all.get(&key) {
            Some((f, first)) if same(f) => first.clone(),
            _ => {
                all.insert(key, (Arc::downgrade(&function), compiled.clone()));
                compiled
            }
        };
        let gone: Vec<_> = all.extract_if(|_, (f, _)| f.strong_count() == 0).collect();
        drop(all);
        drop(gone); // outside the lock: a program owns values of any kind
        Ok(Arc::new(Ready { _function: function, compiled }))
    }
    fn instantiate_anew(&self, func: &Func) -> Result<Arc<dyn Callable>> {
        let shared = self.instantiate(func)?;
        if !shared.has_state() {
            return Ok(shared);
        }
        let function = self.library.get(&func.name)?;
        Ok(Arc::new(Ready { compiled: self.compile(&function)?, _function: function }))
    }
}

impl Runner {
    fn compile(&self, function: &Arc<Function>) -> Result<Arc<Compiled>> {
        let Some(env) = self.env.lock().unwrap_or_else(|e| e.into_inner()).upgrade() else {
            bail!(Internal, "the environment of function {} is gone", function.name);
        };
        Ok(Arc::new(compile_function(function, &env, &self.library, self.optimize, false)?))
    }
}

/// Compiles a function for an environment; the functions that it calls are found in a library. If `stay`, arguments and results
/// lie on the device that it is called on.
pub fn compile_function(f: &Arc<Function>, env: &Arc<Env>, library: &Arc<Library>, optimize: bool, stay: bool) -> Result<Compiled> {
    let states: Mutex<FxHashMap<Arc<str>, Arc<NodeState>>> = Mutex::default();
    let state = |path| states.lock().unwrap_or_else(|e| e.into_inner()).entry(path).or_default().clone();
    let device = CALLED_ON.with_borrow(Arc::clone);
    let options = Options {
        optimize,
        verify: false,
        device: &device,
        stay,
        soft_placement: devices::soft_placement(),
        state: &state,
        env,
        library,
        done: &[],
    };
    let program = compile(&f.body, &f.outputs, &f.effects, &f.inputs, &options)?;
    let of = |ends: &[Endpoint]| ends.iter().map(|e| f.body.value_type(*e).map(|t| (t.dtype, t.shape))).collect::<Result<Vec<_>>>();
    let types = of(&f.outputs)?.into_iter().map(|(d, _)| d).collect();
    Ok(Compiled { name: f.name.clone(), program, inputs: of(&f.inputs)?, types, loops: Mutex::default() })
}

thread_local!(static DEPTH: Cell<usize> = const { Cell::new(0) });
/// Calls within calls beyond this would overrun a thread's stack.
const DEEPEST: usize = 256;

impl Compiled {
    /// InvalidArgument unless the arguments have the dtypes and shapes that the function declares.
    pub fn check(&self, args: &[Tensor]) -> Result<()> {
        let name = &self.name;
        if args.len() != self.inputs.len() {
            bail!(InvalidArgument, "function {name} takes {} arguments, got {}", self.inputs.len(), args.len());
        }
        for (i, (a, (dtype, shape))) in args.iter().zip(&self.inputs).enumerate() {
            if *dtype != a.dtype() || !shape.accepts(a.shape()) {
                bail!(InvalidArgument, "argument {i} of function {name} must be {dtype} {shape}, got {} {}", a.dtype(), a.shape());
            }
        }
        Ok(())
    }
    /// InvalidArgument unless the arguments have the number and the dtypes that the function declares: as in TensorFlow, a call from
    /// a graph may give a value of another shape than was said of it.
    pub fn check_dtypes(&self, args: &[Tensor]) -> Result<()> {
        let fits = |(a, (dtype, _)): (&Tensor, &(DType, PartialShape))| a.dtype() == *dtype;
        if args.len() == self.inputs.len() && args.iter().zip(&self.inputs).all(fits) { Ok(()) } else { self.check(args) }
    }
    /// Calls it with arguments that it may keep or change, and which it takes.
    pub fn run(&self, run: &RunCtx, args: &mut [Tensor]) -> Result<Tensors> {
        self.check(args)?;
        deeper(&self.name, || {
            if self.program.stages.is_some() {
                return exec::run(&self.program, run.env, args, run.cancel);
            }
            let frame = self.program.plans.frame(&self.program, args, false)?;
            exec::run_in(&self.program, frame, run.env, args.iter_mut().map(std::mem::take), run.cancel)
        })
    }
}

/// Runs `f` one call deeper. ResourceExhausted beyond the deepest, which an endless recursion reaches.
pub fn deeper<R>(name: &str, f: impl FnOnce() -> Result<R>) -> Result<R> {
    let depth = DEPTH.get();
    if depth >= DEEPEST {
        bail!(ResourceExhausted, "function {name} was called {DEEPEST} calls deep: a recursion does not end");
    }
    DEPTH.set(depth + 1);
    let r = f();
    DEPTH.set(depth);
    r
}

impl AsRef<Program> for Compiled {
    fn as_ref(&self) -> &Program {
        &self.program
    }
}

impl Callable for Ready {
    fn as_any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync> {
        self.compiled.clone()
    }
    fn call(&self, run: &RunCtx, args: &[Tensor]) -> Result<Vec<Tensor>> {
        let mut args: SmallVec<[Tensor; 4]> = args.into();
        Ok(self.compiled.run(run, &mut args)?.into_vec())
    }
    fn output_types(&self) -> &[DType] {
        &self.compiled.types
    }
    fn calls_python(&self) -> bool {
        self.compiled.program.calls_python
    }
    fn has_state(&self) -> bool {
        let steps = &self.compiled.program.steps;
        steps.iter().any(|s| s.state.is_some()) || may_call_python(steps)
    }
}

/// A function that a kernel calls: found in the library by the first call.
pub struct Link {
    func: Func,
    found: OnceLock<Weak<Compiled>>,
}

impl Link {
    /// A function by its name.
    pub fn new(func: &Func) -> Link {
        Link { func: func.clone(), found: OnceLock::new() }
    }
    /// The function, compiled. NotFound if the library does not have it.
    pub fn get(&self, run: &RunCtx) -> Result<Arc<Compiled>> {
        if let Some(c) = self.found.get().and_then(Weak::upgrade) {
            return Ok(c);
        }
        let any = run.env.functions.instantiate(&self.func)?.as_any();
        let Ok(c) = any.downcast::<Compiled>() else { bail!(Internal, "function {} is not the runtime's", self.func.name) };
        let _ = self.found.set(Arc::downgrade(&c)); // another thread may have been first, with the same function
        Ok(c)
    }
}

/// Whether a step takes a function: it may call Python, so its program runs detached from it.
pub fn may_call_python(steps: &[Step]) -> bool {
    steps
        .iter()
        .any(|s| matches!(s.action, Action::Kernel(_)) && s.node.attrs.iter().any(|(_, a)| matches!(a, Attr::Func(_) | Attr::Funcs(_))))
}

/// Whether a node calls a function in which a step may wait.
pub fn may_wait(node: &Node, library: &Library) -> bool {
    waits_within(node, library, &mut FxHashSet::default())
}
fn waits_within(node: &Node, library: &Library, seen: &mut FxHashSet<Arc<str>>) -> bool {
    let Some(_) = node.op.filter(|o| matches!(o.entry.grad, Gradient::Body)) else { return false };
    let functions = node.attrs.iter().flat_map(|(_, a)| match a {
        Attr::Func(f) => std::slice::from_ref(f),
        Attr::Funcs(l) => l,
        _ => &[],
    });
    let mut found = functions.filter_map(|f| library.get(&f.name).ok());
    found.any(|f| {
        let new = seen.insert(f.name.clone());
        new && f.body.nodes(usize::MAX).iter().any(|n| n.op.is_some_and(|o| o.has(Flags::BLOCKS)) || waits_within(n, library, seen))
    })
}
