//! The door of all ops: converts arguments, decides between graph and eager, wraps results.
use crate::attr::py_to_attr;
use crate::checks;
use crate::context::{plain_eager, pop_graph, push_graph, target_graph};
use crate::convert::{Item, look};
use crate::door::{enter, long, raise};
use crate::graph::{GraphBase, scoped};
use crate::literal::Rules;
use crate::misfit;
use crate::tensor::{EagerTensor, new_eager};
use ferroflow_graph::{Endpoint, NewNode, NodeId};
use ferroflow_ops::{ArgDef, ArgType, Attr, Attrs, Cancel, Flags, Gradient, OpDef};
use ferroflow_runtime::{Value, cancel, context, eager, tape};
use ferroflow_tensor::{DType, Operand, Place, Tensor};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use smallvec::SmallVec;
use std::sync::{Arc, OnceLock};

/// Inputs of more bytes than this are worth letting other threads run.
const DETACH_FROM_BYTES: usize = 64 << 10;

/// The op of a number.
#[inline]
pub fn by_id(id: u32) -> PyResult<&'static OpDef> {
    static ALL: OnceLock<Vec<&'static OpDef>> = OnceLock::new();
    match ALL.get_or_init(ferroflow_ops::registry::all).get(id as usize).copied().or_else(|| ferroflow_ops::registry::by_id(id)) {
        Some(o) => Ok(o),
        None => Err(PyValueError::new_err(format!("no op has number {id}"))),
    }
}

/// Numbers of all ops by name.
#[pyfunction]
pub fn op_ids(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let d = PyDict::new(py);
    for o in ferroflow_ops::registry::all() {
        d.set_item(o.name, o.id)?;
    }
    Ok(d)
}

/// Runs an op or adds it to a graph. See the module's documentation for `inputs` and `attrs`.
#[pyfunction]
#[pyo3(signature = (id, inputs, attrs, name=None))]
pub fn call<'py>(
    py: Python<'py>,
    id: u32,
    inputs: &Bound<'py, PyTuple>,
    attrs: &Bound<'py, PyTuple>,
    name: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    run(py, by_id(id)?, inputs, attrs, name)
}
/// Short form for one input.
#[pyfunction]
#[pyo3(signature = (id, x, name=None))]
pub fn call1<'py>(py: Python<'py>, id: u32, x: &Bound<'py, PyAny>, name: Option<&str>) -> PyResult<Bound<'py, PyAny>> {
    unary(py, by_id(id)?, x, name)
}
/// Short form for two inputs.
#[pyfunction]
#[pyo3(signature = (id, x, y, name=None))]
pub fn call2<'py>(
    py: Python<'py>,
    id: u32,
    x: &Bound<'py, PyAny>,
    y: &Bound<'py, PyAny>,
    name: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    binary(py, by_id(id)?, x, y, name)
}

/// Whether nothing stands between concrete operands and the kernel.
#[inline]
fn quick(tensors: &[&EagerTensor]) -> bool {
    plain_eager() && !tape::any() && tensors.iter().all(|t| t.value.tensor.byte_len() <= DETACH_FROM_BYTES)
}

/// One input, no attributes of its own.
#[inline]
pub fn unary<'py>(py: Python<'py>, op: &'static OpDef, x: &Bound<'py, PyAny>, name: Option<&str>) -> PyResult<Bound<'py, PyAny>> {
    if let Ok(a) = x.cast_exact::<EagerTensor>()
        && quick(&[a.get()])
    {
        let a = &a.get().value;
        if let Some(out) =
            enter(py, || cancel::with_current(|c| eager::quick1(op, &a.tensor, c)).transpose()).map_err(|e| located(py, e))?
        {
            return derived(py, out, a.impure, || a.origin.clone());
        }
    }
    run(py, op, &PyTuple::new(py, [x])?, &PyTuple::empty(py), name)
}

/// Two inputs, no attributes of its own.
#[inline]
pub fn binary<'py>(
    py: Python<'py>,
    op: &'static OpDef,
    x: &Bound<'py, PyAny>,
    y: &Bound<'py, PyAny>,
    name: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    if let (Ok(a), Ok(b)) = (x.cast_exact::<EagerTensor>(), y.cast_exact::<EagerTensor>())
        && let Some(done) = concrete(py, op, a.get(), b.get())
    {
        return done;
    }
    run(py, op, &PyTuple::new(py, [x, y])?, &PyTuple::empty(py), name)
}

/// The short way for two concrete tensors; None where the general way has to be taken.
#[inline]
pub fn concrete<'py>(py: Python<'py>, op: &'static OpDef, a: &EagerTensor, b: &EagerTensor) -> Option<PyResult<Bound<'py, PyAny>>> {
    if !quick(&[a, b]) {
        return None;
    }
    let (a, b) = (&a.value, &b.value);
    match enter(py, || cancel::with_current(|c| eager::quick2(op, &a.tensor, &b.tensor, c)).transpose()) {
        Ok(None) => None,
        Ok(Some(out)) => Some(derived(py, out, a.impure || b.impure, || a.origin.clone().or_else(|| b.origin.clone()))),
        Err(e) => Some(Err(located(py, e))),
    }
}

/// Adds the user's line to an exception of an eager op.
#[cold]
fn located(py: Python<'_>, e: PyErr) -> PyErr {
    if let Some(p) = crate::frames::place(py) {
        let _ = e.value(py).call_method1("add_note", (format!("  at: {p}"),)); // the error matters more than its note
    }
    e
}

/// Wraps the result of an op on concrete values.
#[inline]
fn derived<'py>(py: Python<'py>, tensor: Tensor, impure: bool, origin: impl FnOnce() -> Option<Arc<Place>>) -> PyResult<Bound<'py, PyAny>> {
    let origin = if impure { origin() } else { None };
    Ok(new_eager(py, Value { tensor, id: eager::new_id(), impure, origin })?.into_any())
}

/// One argument of an op: its items, and the dtype that is known for them.
struct Argument<'py> {
    def: &'static ArgDef,
    items: SmallVec<[Item<'py>; 2]>,
}

/// The general way: any op, any arguments. An operand that is no tensor may know what the op makes of it.
pub fn run<'py>(
    py: Python<'py>,
    op: &'static OpDef,
    inputs: &Bound<'py, PyTuple>,
    attrs: &Bound<'py, PyTuple>,
    name: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    run_tensors(py, op, inputs, attrs, name).or_else(|e| by_operand(py, op, inputs, attrs, name, e))
}

/// What `__op_dispatch__` of an operand, or of an element of a list of operands, makes of the op; `e` if there is none.
#[cold]
fn by_operand<'py>(
    py: Python<'py>,
    op: &'static OpDef,
    inputs: &Bound<'py, PyTuple>,
    attrs: &Bound<'py, PyTuple>,
    name: Option<&str>,
    e: PyErr,
) -> PyResult<Bound<'py, PyAny>> {
    let known = |x: &Bound<'py, PyAny>| x.get_type().getattr_opt(intern!(py, "__op_dispatch__")).ok().flatten();
    for value in inputs.iter_borrowed() {
        let own = match (known(&value), value.cast::<PyList>()) {
            (None, Ok(items)) => items.iter().find_map(|x| known(&x)),
            (own, _) => own,
        };
        if let Some(own) = own {
            let made = own.call1((op.id, op.name, inputs, attrs, name))?;
            return if made.is(py.NotImplemented()) { Err(e) } else { Ok(made) };
        }
    }
    Err(e)
}

fn run_tensors<'py>(
    py: Python<'py>,
    op: &'static OpDef,
    inputs: &Bound<'py, PyTuple>,
    attrs: &Bound<'py, PyTuple>,
    name: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    if inputs.len() != op.inputs.len() {
        return Err(PyTypeError::new_err(format!("{} takes {} inputs, got {}", op.name, op.inputs.len(), inputs.len())));
    }
    let mut given = Attrs::default();
    let own = op.attrs.iter().filter(|a| !op.is_inferred(&a.name));
    for (def, value) in own.zip(attrs.iter_borrowed()) {
        if !value.is_none() || def.kind == ferroflow_ops::Kind::Shape && def.default.is_none() && !def.list {
            given.set(def.name.clone(), py_to_attr(&value, def)?);
        }
    }
    let mut args: SmallVec<[Argument; 4]> = SmallVec::new();
    for (def, value) in op.inputs.iter().zip(inputs.iter_borrowed()) {
        let mut items = SmallVec::new();
        let fixed = if let ArgType::Fixed(d) = def.ty { Some(d) } else { None };
        if def.is_list() {
            if !crate::literal::is_sequence(&value) && !value.hasattr("__iter__")? || value.is_instance_of::<pyo3::types::PyString>() {
                return Err(PyTypeError::new_err(format!(
                    "Expected list for '{}' argument to '{}' Op, not {}.",
                    def.name,
                    op.name,
                    value.repr()?
                )));
            }
            for x in value.try_iter()? {
                items.push(look(&x?, fixed)?);
            }
        } else {
            items.push(look(&value, fixed)?);
        }
        args.push(Argument { def, items });
    }
    let building = target_graph(py)?;
    let mut symbolic: SmallVec<[_; 2]> = SmallVec::new();
    for i in args.iter().flat_map(|a| &a.items) {
        symbolic.extend(i.symbolic()?);
    }
    let graph = checks::common_graph(symbolic.into_iter(), building.clone())?;
    let types = resolve_types(op, &args, &given, if graph.is_some() { Rules::Graph } else { Rules::Eager })?;
    for a in &args {
        if let Some(n) = &a.def.number {
            given.set(n.clone(), a.items.len() as i64);
        }
    }
    match graph {
        Some(g) if building.as_ref().is_some_and(|b| !b.is(&g)) => {
            // Scopes of the graph that is being built are not those of another graph.
            push_graph(Some(&g));
            let made = add_node(py, op, &g, args, &types, given, name);
            pop_graph()?;
            made
        }
        Some(g) => add_node(py, op, &g, args, &types, given, name),
        None => run_eager(py, op, args, &types, given),
    }
}

type Types<'a> = SmallVec<[(&'a str, DType); 4]>;

/// The dtype of each type attribute: from what is given, from tensors, else from the first Python value, else the default.
fn resolve_types<'a>(op: &'a OpDef, args: &[Argument], given: &Attrs, rules: Rules) -> PyResult<Types<'a>> {
    let mut types = Types::new();
    for a in &op.inputs {
        let ArgType::Attr(t) = &a.ty else { continue };
        if types.iter().any(|(n, _)| n == t) {
            continue;
        }
        let same = || args.iter().filter(|x| matches!(&x.def.ty, ArgType::Attr(u) if u == t)).flat_map(|x| &x.items);
        let mut found = match given.get(t) {
            Some(Attr::Type(d)) => Some(*d),
            _ => same().find_map(Item::dtype),
        };
        if found.is_none() {
            for i in same() {
                if let Item::Array(_) | Item::Pack(_) = i {
                    found = i.natural_dtype(rules)?;
                    break;
                }
            }
        }
        if found.is_none() {
            let default = op.attr(t).and_then(|d| match d.default {
                Some(Attr::Type(d)) => Some(d),
                _ => None,
            });
            let mut natural: Option<DType> = None;
            for i in same() {
                let d = i.natural_dtype(rules)?;
                natural = match (natural, d) {
                    (Some(DType::Int32), Some(DType::Float)) => d,
                    (None, d) => d,
                    (n, _) => n,
                };
            }
            // An empty list has no dtype of its own: the attribute's default decides.
            let empty = same().all(|i| matches!(i, Item::Sequence(s) if s.len().is_ok_and(|n| n == 0)));
            found = if empty { default.or(natural) } else { natural.or(default) };
        }
        if let Some(d) = found {
            types.push((t.as_str(), d));
        }
    }
    Ok(types)
}

fn wanted(def: &ArgDef, types: &Types<'_>) -> Option<DType> {
    match &def.ty {
        ArgType::Fixed(d) => Some(*d),
        ArgType::Attr(t) => types.iter().find(|(n, _)| n == t).map(|(_, d)| *d),
        ArgType::List(_) => None,
    }
}

fn run_eager<'py>(
    py: Python<'py>,
    op: &'static OpDef,
    args: SmallVec<[Argument<'py>; 4]>,
    types: &Types<'_>,
    mut given: Attrs,
) -> PyResult<Bound<'py, PyAny>> {
    let mut values: SmallVec<[Value; 4]> = SmallVec::new();
    for a in args {
        let want = wanted(a.def, types);
        let from = values.len();
        for i in a.items {
            values.push(i.value(want, Rules::Eager)?);
        }
        if let ArgType::List(t) = &a.def.ty {
            given.set(t.clone(), values[from..].iter().map(|v| v.tensor.dtype()).collect::<Vec<_>>());
        }
    }
    for (t, d) in types {
        if values.is_empty() || !given.has(t) {
            given.set(t.to_string(), *d);
        }
    }
    let (device, scope_device) = context::with(|c| (!c.device.is_empty(), c.device.clone()));
    let bytes: usize = values.iter().map(|v| v.tensor.byte_len()).sum();
    // What runs on another device may wait for its queue.
    let away = values.iter().any(|v| !v.tensor.on_host());
    let slow = away || bytes > DETACH_FROM_BYTES || op.has(Flags::BLOCKS) || given.iter().any(|(_, a)| matches!(a, Attr::Func(_)));
    let attrs = given.clone();
    let device = device.then_some(scope_device.as_str());
    let go = |token: &Arc<Cancel>| eager::call(op, &values, given, device, token);
    let out = if slow { long(py, None, go) } else { enter(py, || go(&cancel::current())) };
    let out = out.map_err(|e| located(py, e))?;
    let mut tensors = vec![];
    for mut v in out {
        if v.impure && v.origin.is_none() {
            v.origin = crate::frames::place(py).map(Into::into);
        }
        tensors.push(new_eager(py, v)?.into_any());
    }
    group(py, op, &attrs, tensors)
}

/// A name scope at hand until it is dropped.
pub struct Scope(String);
impl Scope {
    /// Enters a scope by its full name.
    pub fn enter(name: &str) -> Scope {
        Scope(context::with(|c| std::mem::replace(&mut c.scope, name.into())))
    }
}
impl Drop for Scope {
    fn drop(&mut self) {
        let outer = std::mem::take(&mut self.0);
        context::with(|c| c.scope = outer);
    }
}

fn add_node<'py>(
    py: Python<'py>,
    op: &'static OpDef,
    g: &Bound<'py, GraphBase>,
    args: SmallVec<[Argument<'py>; 4]>,
    types: &Types<'_>,
    mut given: Attrs,
    name: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    let stem = name.unwrap_or(op.name);
    checks::op_name(stem).map_err(|e| raise(py, e))?;
    let mut inputs: SmallVec<[Endpoint; 4]> = SmallVec::new();
    let graph = g.get().graph.clone();
    // Constants that are made of arguments, and captures, are named within the op's name, which is made unique first.
    let own = |i: &Item| matches!(i, Item::Symbolic(t) if t.get().graph.bind(py).is(g));
    let literal = args.iter().flat_map(|a| &a.items).any(|i| !own(i));
    let name = match stem.strip_suffix('/') {
        None if literal => graph.unique_name(&scoped(stem), true) + "/",
        _ => scoped(stem),
    };
    let scope = literal.then(|| Scope::enter(name.trim_end_matches('/')));
    for a in args {
        let want = wanted(a.def, types);
        let from = inputs.len();
        let list = a.def.is_list();
        let mut items = a.items.into_iter().enumerate();
        while let Some((k, i)) = items.next() {
            let part = if list { format!("{}_{k}", a.def.name) } else { a.def.name.clone() };
            let value = misfit::python_value(&i);
            let e = match (i.endpoint(g, want, &part), value) {
                (Err(e), Some(value)) if list => {
                    let known = inputs[from..].iter().filter_map(|e| Some(graph.value_type(*e).ok()?.dtype)).collect();
                    return Err(misfit::of_list(py, op, a.def, known, value, items.map(|(_, i)| i), e));
                }
                (Err(e), Some(value)) => return Err(misfit::of_operand(py, op, a.def, want, &value, e)),
                (made, _) => made?,
            };
            if let (Some(want), Ok(t)) = (want, graph.value_type(e))
                && t.dtype != want
            {
                return Err(located(py, raise(py, mismatch(op, a.def, t.dtype, want, types))));
            }
            inputs.push(e);
        }
        if let ArgType::List(t) = &a.def.ty {
            let dtypes = inputs[from..]
                .iter()
                .map(|e| graph.value_type(*e).map(|t| t.dtype))
                .collect::<ferroflow_tensor::Result<Vec<_>>>()
                .map_err(|e| raise(py, e))?;
            given.set(t.clone(), dtypes);
        }
    }
    for (t, d) in types {
        given.set(t.to_string(), *d);
    }
    checks::attributes(op, &given).map_err(|e| located(py, raise(py, e.at_op(op.name, "", || operands(op, &graph, &inputs)))))?;
    drop(scope);
    let (mut control, device) = context::with(|c| (c.control.clone(), c.device.clone()));
    // What an op reads, and what that waited for, is over before it anyway, also if the value is fed. A body may not read it.
    let body = matches!(op.entry.grad, Gradient::Body);
    let waited = |e: &Endpoint, c: &NodeId| !body && graph.node(e.node).is_ok_and(|n| n.control.contains(c));
    control.retain(|c| !inputs.iter().any(|e| e.node == *c || waited(e, c)));
    let new = NewNode {
        op: op.name,
        name: &name,
        inputs: &inputs,
        control: &control,
        attrs: given,
        device: &device,
        places: Some(crate::frames::places(py)),
        forward: None,
    };
    let id = graph.add_op(op, new).map_err(|e| raise(py, checks::while_building(e)))?;
    let node = graph.node(id).map_err(|e| raise(py, e))?;
    if node.outputs.is_empty() {
        return Ok(GraphBase::operation(g, id)?.into_any());
    }
    let tensors =
        (0..node.outputs.len()).map(|i| Ok(GraphBase::tensor(g, Endpoint::new(id, i))?.into_any())).collect::<PyResult<Vec<_>>>()?;
    group(py, op, &node.attrs, tensors)
}

#[cold]
fn mismatch(op: &OpDef, def: &ArgDef, have: DType, want: DType, types: &Types<'_>) -> ferroflow_tensor::Error {
    let like = match &def.ty {
        ArgType::Attr(t) if types.iter().any(|(n, _)| n == t) => {
            op.inputs.iter().find(|a| matches!(&a.ty, ArgType::Attr(u) if u == t)).map(|a| a.name.as_str())
        }
        _ => None,
    };
    checks::operand_type(op, &def.name, have, want, like).at_op(op.name, "", Vec::new)
}

/// The operands of a node that could not be added, for its error.
#[cold]
fn operands(op: &OpDef, graph: &ferroflow_graph::Graph, inputs: &[Endpoint]) -> Vec<Operand> {
    let named = |(i, e): (usize, &Endpoint)| {
        let t = graph.value_type(*e).ok()?;
        let name = if op.inputs.len() == inputs.len() { op.inputs[i].name.clone() } else { format!("input {i}") };
        Some(Operand { name, dtype: Some(t.dtype), shape: t.shape })
    };
    inputs.iter().enumerate().filter_map(named).collect()
}

/// Outputs as the raw op returns them: one tensor, a list, or a list with one item for each output argument.
fn group<'py>(py: Python<'py>, op: &OpDef, attrs: &Attrs, mut tensors: Vec<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
    match op.outputs.as_slice() {
        [] => Ok(py.None().into_bound(py)),
        [one] if !one.is_list() => match tensors.pop() {
            Some(t) => Ok(t),
            None => Ok(py.None().into_bound(py)),
        },
        [_] => Ok(PyList::new(py, tensors)?.into_any()),
        many => {
            let mut rest = tensors.into_iter();
            let mut out: Vec<Bound<'py, PyAny>> = vec![];
            for a in many {
                if a.is_list() {
                    let n = ferroflow_ops::infer::arg_len(a, attrs).map_err(|e| raise(py, e))?;
                    out.push(PyList::new(py, rest.by_ref().take(n).collect::<Vec<_>>())?.into_any());
                } else if let Some(t) = rest.next() {
                    out.push(t);
                }
            }
            Ok(PyList::new(py, out)?.into_any())
        }
    }
}

/// Adds a constant or makes a concrete tensor: `value` as `dtype`, filled to `shape` if that is given.
#[pyfunction]
#[pyo3(signature = (value, dtype=None, name=None))]
pub fn constant<'py>(
    py: Python<'py>,
    value: &Bound<'py, PyAny>,
    dtype: Option<&Bound<'py, PyAny>>,
    name: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    let made = crate::convert::convert(py, value, dtype, None, name)?;
    match made.cast_exact::<EagerTensor>() {
        Ok(t) if context::with(|c| !c.device.is_empty()) => Ok(EagerTensor::placed(t)?.into_any()),
        _ => Ok(made),
    }
}
