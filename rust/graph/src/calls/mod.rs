//! Gradients of calls, conditionals and loops: forward functions that also return what the gradient reads, and backward
//! functions. See ARCHITECTURE.md, section 4.
mod branches;
mod copy;
mod joint;
mod late;
mod loops;

pub use copy::running_order;

use crate::function::{Function, Library, functions_of};
use crate::gradients::in_body;
use crate::graph::Graph;
use crate::node::{Endpoint, NodeId};
use crate::reverse::{Record, densify};
use ferroflow_ops::{Attr, Attrs, Build, Flags, Func, GradValue, OpDef, Val, ValueType};
use ferroflow_tensor::{DType, PartialShape, Result, Tensor, bail, error};
use joint::{check, flows};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Where an operand of a backward call comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    /// The gradient of an output.
    Seed(usize),
    /// An input of the forward op.
    Input(usize),
    /// An output of the forward op, extended.
    Output(usize),
}

/// What a forward op is given for its gradient.
#[derive(Clone, Debug)]
enum Extra {
    /// A loop variable that counts rounds from 0.
    Counter,
    /// A list that collects a value of each round.
    List(DType, PartialShape),
}

/// The gradient of an input among the results of a backward call.
#[derive(Clone, Debug)]
enum Layout {
    None,
    /// Zeros: of inputs that only matter to other results, and of those that do not matter to a loop.
    Zeros,
    Dense(usize),
    /// What the rounds added up, which is the gradient that arrived if that is `only_seed`, and what is computed from lists.
    Late {
        rest: usize,
        only_seed: bool,
        terms: Vec<late::Term>,
    },
    /// Values, indices, and whether the shape follows.
    Slices(usize, bool),
}

/// How the gradient of a call is had: compiled once for its functions and what flows.
pub(crate) struct Plan {
    /// The forward op's new attributes, if it has to return more than it does.
    forward: Option<Attrs>,
    /// Inputs that the forward op gets besides.
    extra: Vec<Extra>,
    op: &'static str,
    attrs: Vec<(&'static str, Attr)>,
    sources: Vec<Source>,
    /// Dtypes and shapes of the elements of empty lists that follow the sources.
    lists: Vec<(DType, PartialShape)>,
    results: Vec<Layout>,
}

/// What a plan is made for.
struct Ask<'a> {
    library: &'a Arc<Library>,
    op: &'static OpDef,
    attrs: &'a Attrs,
    functions: Vec<Arc<Function>>,
    inputs: usize,
    /// Outputs that gradients come for.
    active: Vec<bool>,
    /// Inputs whose gradients are asked for.
    needs: Vec<bool>,
    /// Inputs of a loop that are known to start at 0.
    zero: Vec<bool>,
    /// Whether the gradient counts as that of a call on a tape.
    on_tape: bool,
}

/// Adds a function of a fresh name, made of another one, to a library.
fn register(
    library: &Arc<Library>,
    from: &Function,
    stem: &str,
    body: Arc<Graph>,
    inputs: Vec<Endpoint>,
    outputs: Vec<Endpoint>,
    effects: Vec<NodeId>,
) -> Result<Arc<Function>> {
    static NEXT: AtomicU64 = AtomicU64::new(0); // libraries share functions
    let name = format!("{stem}_{}", NEXT.fetch_add(1, Relaxed));
    let f = Function { name: name.into(), body, inputs, outputs, effects, gradient: None };
    let f = Arc::new(f);
    library.derive(f.clone(), from)?;
    Ok(f)
}
fn named(f: &Function) -> Func {
    Func { name: f.name.clone(), attrs: Attrs::none() }
}
/// A function's name without what gradients put before it.
fn stem(name: &str) -> &str {
    name.trim_start_matches("__forward_").trim_start_matches("__backward_")
}

/// Zeros as the gradient of `x` of this dtype; of a resource, in the shape of what it stands for. `x` is read only where
/// its shape is not known.
fn zeros(b: &mut dyn Build, x: Val, dtype: DType) -> Val {
    let Some(zero) = ferroflow_ops::build::scalar(dtype, 0.0) else { return b.zeros_like(x) };
    let known = b.shape(x);
    let shape = match known.to_i64() {
        _ if b.dtype(x) == DType::Resource => b.call("VariableShape", &[x], &[]),
        Some(dims) if known.is_known() => b.ints(&dims),
        _ => return b.zeros_like(x),
    };
    let zero = b.constant(zero);
    b.fill(shape, zero)
}

fn library(b: &dyn Build) -> Result<Arc<Library>> {
    match b.library().and_then(|l| l.downcast::<Library>().ok()) {
        Some(l) => Ok(l),
        None => bail!(Internal, "calls have no gradients here: there is no function library"),
    }
}

impl<'a> Ask<'a> {
    fn new(
        b: &dyn Build,
        library: &'a Arc<Library>,
        op: &'static OpDef,
        attrs: &'a Attrs,
        inputs: &[Val],
        outputs: usize,
    ) -> Result<Ask<'a>> {
        let functions = functions_of(op, attrs).iter().map(|f| library.get(&f.name)).collect::<Result<Vec<_>>>()?;
        let starts_at_zero = |v: &Val| {
            attrs.has("body") && b.dtype(*v) == DType::Int32 && b.known(*v).is_some_and(|t| t.item::<i32>().is_ok_and(|x| x == 0))
        };
        let zero = inputs.iter().map(starts_at_zero).collect();
        Ok(Ask {
            library,
            op,
            attrs,
            functions,
            inputs: inputs.len(),
            active: vec![false; outputs],
            needs: vec![false; inputs.len()],
            zero,
            on_tape: attrs.has("f") || b.on_tape(),
        })
    }
    /// Takes inputs out of the needed ones that gradients cannot flow to.
    fn only_flowing(&mut self) {
        let Some(f) = self.functions.last() else { return };
        let skip = self.inputs.saturating_sub(f.inputs.len()); // the operand that chooses
        let can = |i: usize| f.inputs.get(i).is_some_and(|e| f.body.value_type(*e).is_ok_and(|t| flows(&t)));
        self.needs = self.needs.iter().enumerate().map(|(i, n)| *n && i >= skip && can(i - skip)).collect();
    }
    /// The gradient that a called function has of its own.
    fn own_gradient(&self) -> Option<&Arc<Function>> {
        let [function] = &self.functions[..] else { return None };
        function.gradient.as_ref().filter(|_| self.attrs.has("f"))
    }
    /// The plan, made when first asked for.
    fn plan(&self) -> Result<Arc<Plan>> {
        let bits = |m: &[bool]| m.iter().map(|b| if *b { '1' } else { '0' }).collect::<String>();
        let names: Vec<&str> = self.functions.iter().map(|f| &*f.name).collect();
        let (op, masks) = (self.op.name, [&self.active, &self.needs, &self.zero].map(|m| bits(m)).join(" "));
        let key = format!("{op} {} {masks} {}", names.join(" "), self.on_tape);
        let Some(last) = self.functions.last() else { bail!(InvalidArgument, "{} was given no function", self.op.name) };
        let plans = self.library.plans_of(last);
        let known = || plans.plan(&key).and_then(|p| p.downcast::<Plan>().ok());
        if let Some(plan) = known() {
            return Ok(plan);
        }
        let mut made = None;
        let mut make = || {
            let plan = match known() {
                Some(plan) => plan, // another thread was first
                None => Arc::new(if self.attrs.has("body") { loops::plan(self)? } else { branches::plan(self)? }),
            };
            plans.keep_plan(key.clone(), plan.clone());
            made = Some(plan);
            Ok(())
        };
        match self.functions.iter().find_map(|f| in_body(&f.body)) {
            Some(front) => (front.alone)(&mut make)?,
            None => make()?,
        }
        made.ok_or_else(|| error!(Internal, "the gradient of {} was not built", self.op.name))
    }
}

const NAMES: &[&str] = &[
    "Tin",
    "Tout",
    "T",
    "Tcond",
    "f",
    "config",
    "config_proto",
    "executor_type",
    "then_branch",
    "else_branch",
    "branches",
    "cond",
    "body",
    "output_shapes",
    "parallel_iterations",
];

/// Attributes as builders take them.
fn pairs(attrs: &Attrs) -> Vec<(&'static str, Attr)> {
    NAMES.iter().filter_map(|n| Some((*n, attrs.get(n)?.clone()))).collect()
}

/// The inputs that a forward op gets besides, as values.
fn extra_inputs(b: &mut dyn Build, extra: &[Extra]) -> Vec<Val> {
    let one = |e: &Extra| match e {
        Extra::Counter => b.constant(Tensor::scalar(0i32)),
        Extra::List(dtype, shape) => empty_list(b, *dtype, shape),
    };
    extra.iter().map(one).collect()
}

fn empty_list(b: &mut dyn Build, dtype: DType, shape: &PartialShape) -> Val {
    let shape = match shape.to_i64() {
        Some(d) => b.ints(&d),
        None => b.constant(Tensor::scalar(-1i32)),
    };
    let most = b.constant(Tensor::scalar(-1i32));
    b.call("EmptyTensorList", &[shape, most], &[("element_dtype", dtype.into())])
}

/// What a call that is about to be recorded by `levels` tapes runs instead, so that their gradients by the inputs that are
/// `watched` find what they read: attributes and inputs besides its own. Its first outputs are those of the call.
pub fn prepare(
    b: &mut dyn Build,
    op: &'static OpDef,
    attrs: &Attrs,
    inputs: &[Val],
    watched: &[bool],
    outputs: &[(DType, bool)],
    levels: usize,
) -> Result<(Attrs, Vec<Val>)> {
    let library = library(b)?;
    let (mut attrs, mut inputs) = (attrs.clone(), inputs.to_vec());
    let given = inputs.len();
    let mut count = outputs.len();
    for _ in 0..levels {
        let mut ask = Ask::new(b, &library, op, &attrs, &inputs, count)?;
        if ask.own_gradient().is_some() {
            break;
        }
        let body = ask.functions[ask.functions.len() - 1].clone();
        for i in 0..count {
            ask.active[i] =
                body.outputs.get(i).is_some_and(|e| body.body.value_type(*e).is_ok_and(|t| flows(&t) && t.dtype != DType::Resource));
        }
        ask.needs = (0..inputs.len()).map(|i| levels > 1 || watched.get(i).copied().unwrap_or(true)).collect();
        ask.only_flowing();
        let plan = ask.plan()?;
        let Some(new) = &plan.forward else { break };
        let new = new.clone();
        let more = extra_inputs(b, &plan.extra);
        inputs.extend(more);
        count = new.dtypes(if new.has("body") { "T" } else { "Tout" })?.len();
        attrs = new;
    }
    Ok((attrs, inputs.split_off(given)))
}

/// Gradients of a recorded call for the gradients of its outputs.
pub(crate) fn gradient(
    b: &mut dyn Build,
    record: usize,
    r: &Record,
    op: &'static OpDef,
    dys: &[Option<GradValue>],
    needs: &[bool],
) -> Result<Vec<Option<GradValue>>> {
    let library = library(b)?;
    let mut ask = Ask::new(b, &library, op, r.attrs, &r.inputs, r.outputs.len())?;
    if let Some(own) = ask.own_gradient() {
        return call_own(b, r, own, dys);
    }
    ask.active = dys.iter().map(Option::is_some).collect();
    ask.needs = needs.to_vec();
    ask.only_flowing();
    let plan = ask.plan()?;
    let mut outputs = r.outputs.clone();
    if let Some(attrs) = &plan.forward {
        let more = extra_inputs(b, &plan.extra);
        outputs = match b.extend(record, attrs, &more) {
            Some(all) => all,
            None if op.has(Flags::STATEFUL) => {
                bail!(
                    InvalidArgument,
                    "the gradient of {} needs values that were not kept when it ran, and it may not run again as it has effects",
                    op.name
                )
            }
            None => {
                let inputs: Vec<Val> = r.inputs.iter().chain(&more).copied().collect();
                b.outputs(op.name, &inputs, &pairs(attrs))
            }
        };
    }
    let mut inputs = vec![];
    for s in &plan.sources {
        inputs.push(match *s {
            Source::Input(i) => r.inputs[i],
            Source::Output(i) => outputs.get(i).copied().unwrap_or(Val::POISONED),
            Source::Seed(i) => match dys.get(i).copied().flatten() {
                Some(g) => densify(b, g),
                None => {
                    let of = if b.dtype(r.outputs[i]) == DType::Resource { r.inputs[i] } else { r.outputs[i] };
                    let dtype = gradient_dtype(b, &ask, of, i);
                    zeros(b, of, dtype)
                }
            },
        });
    }
    for (dtype, shape) in &plan.lists {
        inputs.push(empty_list(b, *dtype, shape));
    }
    let idle = plan.results.iter().all(|l| matches!(l, Layout::None | Layout::Zeros));
    let found = if idle { vec![] } else { b.outputs(plan.op, &inputs, &plan.attrs) };
    let at = |i: usize| found.get(i).copied().unwrap_or(Val::POISONED);
    let mut take = |(i, l): (usize, &Layout)| match *l {
        Layout::None => None,
        Layout::Zeros => {
            let dtype = gradient_dtype(b, &ask, r.inputs[i], i);
            Some(GradValue::Dense(zeros(b, r.inputs[i], dtype)))
        }
        Layout::Dense(i) => Some(GradValue::Dense(at(i))),
        Layout::Late { rest, only_seed, ref terms } => {
            let nothing = only_seed && dys[i].is_none();
            Some(GradValue::Dense(late::sum(b, r.inputs[i], (!nothing).then(|| at(rest)), terms, &at)))
        }
        Layout::Slices(i, shaped) => Some(GradValue::Slices { values: at(i), indices: at(i + 1), dense_shape: shaped.then(|| at(i + 2)) }),
    };
    Ok(plan.results.iter().enumerate().map(&mut take).collect())
}

/// The gradients that a function's own gradient gives for the arguments and the gradients of the results.
fn call_own(b: &mut dyn Build, r: &Record, own: &Function, dys: &[Option<GradValue>]) -> Result<Vec<Option<GradValue>>> {
    let mut inputs = r.inputs.clone();
    for (y, g) in r.outputs.iter().zip(dys) {
        inputs.push(match g {
            Some(g) => densify(b, *g),
            None => {
                let dtype = b.dtype(*y);
                zeros(b, *y, dtype)
            }
        });
    }
    check(own, inputs.len(), r.inputs.len())?;
    let op = if own.effects.is_empty() { "PartitionedCall" } else { "StatefulPartitionedCall" };
    let found = b.outputs(op, &inputs, &[("f", Attr::Func(named(own))), ("Tout", result_types(own)?.into())]);
    let flows = |b: &dyn Build, x: Val| b.dtype(x).is_differentiable();
    Ok(r.inputs.iter().zip(found).map(|(x, g)| flows(b, *x).then_some(GradValue::Dense(g))).collect())
}

/// The dtype of the gradient of an input, or of the loop variable of that number.
fn gradient_dtype(b: &dyn Build, ask: &Ask, v: Val, input: usize) -> DType {
    if b.dtype(v) != DType::Resource {
        return b.dtype(v);
    }
    let body = &ask.functions[ask.functions.len() - 1];
    let argument = (input + body.inputs.len()).checked_sub(ask.inputs).and_then(|i| body.inputs.get(i));
    let held = argument.and_then(|e| body.body.value_type(*e).ok()).and_then(|t| joint::gradient_type(&t));
    held.map_or(DType::Float, |t| t.dtype)
}

/// The results of a flat list of gradients, in the order of the inputs from `first`.
fn layouts(first: usize, grads: &[Option<crate::gradients::GraphGrad>]) -> Vec<Layout> {
    let (mut all, mut at) = (vec![Layout::None; first], 0);
    for g in grads {
        use crate::gradients::GraphGrad::*;
        let (l, n) = match g {
            None => (Layout::None, 0),
            Some(Dense(_)) => (Layout::Dense(at), 1),
            Some(Slices { dense_shape, .. }) => (Layout::Slices(at, dense_shape.is_some()), 2 + usize::from(dense_shape.is_some())),
        };
        all.push(l);
        at += n;
    }
    all
}

/// The types of a function's results.
fn result_types(f: &Function) -> Result<Vec<DType>> {
    f.outputs.iter().map(|e| f.body.value_type(*e).map(|t| t.dtype)).collect()
}

/// The type of a value of a body, without what is known of its value.
fn type_in(f: &Function, e: Endpoint) -> Result<ValueType> {
    Ok(ValueType { value: None, is_ref: false, ..f.body.value_type(e)? })
}
