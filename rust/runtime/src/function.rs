//! Functions that kernels can call: bodies compiled to programs, and the call ops.
use crate::program::{Action, Options, Program, Step, compile};
use crate::{devices, exec};
use ferroflow_graph::{Function, Library, NodeId};
use ferroflow_ops::kernel::{Callable, Functions};
use ferroflow_ops::{Attr, Call, Env, Func, Kernel, NodeState, Outputs, Prep, Prepared, RunCtx};
use ferroflow_tensor::{DType, Result, Tensor, bail};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, Weak};

/// A library whose functions can be run within an environment.
pub struct Runner {
    library: Arc<Library>,
    ready: Mutex<FxHashMap<Arc<str>, Arc<Compiled>>>,
    env: Mutex<Weak<Env>>,
    optimize: bool,
}

/// A function compiled for an environment.
pub struct Compiled {
    /// The function.
    pub function: Arc<Function>,
    /// Its program.
    pub program: Program,
    types: Vec<DType>,
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
        let find = || self.ready.lock().unwrap_or_else(|e| e.into_inner()).get(&func.name).cloned();
        if let Some(c) = find() {
            return Ok(c);
        }
        // Not under the lock: compiling folds constants and may instantiate other functions.
        let compiled = self.compile(func)?;
        let mut all = self.ready.lock().unwrap_or_else(|e| e.into_inner());
        Ok(all.entry(func.name.clone()).or_insert(compiled).clone())
    }
    fn instantiate_anew(&self, func: &Func) -> Result<Arc<dyn Callable>> {
        let shared = self.instantiate(func)?;
        if shared.has_state() { Ok(self.compile(func)?) } else { Ok(shared) }
    }
}

impl Runner {
    fn compile(&self, func: &Func) -> Result<Arc<Compiled>> {
        let Some(env) = self.env.lock().unwrap_or_else(|e| e.into_inner()).upgrade() else {
            bail!(Internal, "the environment of function {} is gone", func.name);
        };
        Ok(Arc::new(compile_function(&self.library.get(&func.name)?, &env, self.optimize)?))
    }
}

fn compile_function(f: &Arc<Function>, env: &Arc<Env>, optimize: bool) -> Result<Compiled> {
    let states: Mutex<FxHashMap<NodeId, Arc<NodeState>>> = Mutex::default();
    let state = |id: NodeId| states.lock().unwrap_or_else(|e| e.into_inner()).entry(id).or_default().clone();
    let options = Options { optimize, verify: false, soft_placement: true, state: &state, env };
    let program = compile(&f.body, &f.outputs, &f.effects, &f.inputs, &options)?;
    let types = f.outputs.iter().map(|e| f.body.value_type(*e).map(|t| t.dtype)).collect::<Result<_>>()?;
    Ok(Compiled { function: f.clone(), program, types })
}

impl Callable for Compiled {
    fn call(&self, run: &RunCtx, args: &[Tensor]) -> Result<Vec<Tensor>> {
        if args.len() != self.function.inputs.len() {
            bail!(InvalidArgument, "function {} takes {} arguments, got {}", self.function.name, self.function.inputs.len(), args.len());
        }
        for (i, (a, e)) in args.iter().zip(&self.function.inputs).enumerate() {
            let t = self.function.body.value_type(*e)?;
            if t.dtype != a.dtype() || !t.shape.accepts(a.shape()) {
                bail!(
                    InvalidArgument,
                    "argument {i} of function {} must be {} {}, got {} {}",
                    self.function.name,
                    t.dtype,
                    t.shape,
                    a.dtype(),
                    a.shape()
                );
            }
        }
        Ok(exec::run(&self.program, run.env, args, run.cancel)?.into_vec())
    }
    fn output_types(&self) -> &[DType] {
        &self.types
    }
    fn calls_python(&self) -> bool {
        self.program.calls_python
    }
    fn has_state(&self) -> bool {
        self.program.steps.iter().any(|s| s.state.is_some()) || may_call_python(&self.program.steps)
    }
}

/// Whether a step takes a function: it may call Python, so its program runs detached from it.
pub fn may_call_python(steps: &[Step]) -> bool {
    steps
        .iter()
        .any(|s| matches!(s.action, Action::Kernel(_)) && s.node.attrs.iter().any(|(_, a)| matches!(a, Attr::Func(_) | Attr::Funcs(_))))
}

fn prepare_call(p: &Prep) -> Result<Prepared> {
    let func = p.attrs.func("f")?.clone();
    Ok(Prepared::with(run_call, 10_000.0, func))
}
fn run_call(p: &Prepared, call: &mut Call) -> Result<()> {
    let callable = call.run.env.functions.instantiate(p.plan::<Func>()?)?;
    let args: Vec<Tensor> = (0..call.n_inputs()).map(|i| call.input(i).clone()).collect();
    for (i, t) in callable.call(call.run, &args)?.into_iter().enumerate() {
        call.set(i, t);
    }
    Ok(())
}

/// The kernels of calls.
pub static KERNELS: &[Kernel] = &[
    Kernel { op: "PartitionedCall", types: &[], outputs: Outputs::Kernel, prepare: prepare_call },
    Kernel { op: "StatefulPartitionedCall", types: &[], outputs: Outputs::Kernel, prepare: prepare_call },
];
