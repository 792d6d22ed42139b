//! Plans of calls and conditionals: one backward function for each function that may run.
use super::joint::{Joint, check, gradient_type};
use super::{Ask, Layout, Plan, Source, layouts, named, result_types, type_in};
use crate::gradients::GraphGrad;
use crate::graph::NewNode;
use crate::node::{Endpoint, Node};
use ferroflow_ops::{Attr, Attrs, Func, ValueType};
use ferroflow_tensor::{DType, PartialShape, Result};

/// Says of a backward call that its gradient is zeros, not None, by inputs that its numbers do not depend on: TensorFlow
/// gives it numbers of the forward call as results of that, and all inputs with a gradient matter to some result.
const READS_RESULTS: &str = "_reads_results";

/// A value that crosses from forward to backward in one branch.
struct Crossing {
    value: Endpoint,
    source: Source,
}

/// The plan for PartitionedCall, If, Case and their other forms.
pub(super) fn plan(ask: &Ask) -> Result<Plan> {
    let call = ask.attrs.has("f");
    let skip = usize::from(!call); // the operand that chooses
    let outputs = ask.active.len();
    let mut joints = vec![];
    for f in &ask.functions {
        check(f, ask.inputs - skip, outputs)?;
        let seed = |i: usize| type_in(f, f.outputs[i]).map(|t| gradient_type(&t).filter(|_| ask.active[i]));
        let seeds = (0..outputs).map(seed).collect::<Result<Vec<_>>>()?;
        joints.push(Joint::new(ask.library, f, &seeds, &ask.needs[skip..])?);
    }
    if !call {
        agree(&mut joints)?;
    }
    let mut results = layouts(skip, &joints[0].grads);
    for i in reached_from_others(ask, &joints, skip)? {
        results[i] = Layout::Zeros;
    }
    if ask.attrs.has(READS_RESULTS) {
        let idle = |i: &usize| ask.needs[*i] && matches!(results[*i], Layout::None);
        (skip..ask.inputs).filter(idle).collect::<Vec<_>>().into_iter().for_each(|i| results[i] = Layout::Zeros);
    }
    let mut reads = false;
    let mut stateful = false;
    let mut slots: Vec<DType> = vec![];
    let mut crossings = vec![];
    for j in &joints {
        let argument = |n: &Node| j.function.inputs.iter().any(|e| e.node == n.id);
        let (found, effects) = j.crossing(&|n| &*n.op_name == "Const" && !argument(n));
        stateful |= effects;
        reads |= ask.on_tape && j.flows_from_forward(call);
        crossings.push(place(j, found, outputs, skip, &mut slots)?);
    }
    let forward = if slots.is_empty() { None } else { Some(extended(ask, &joints, &crossings, &slots)?) };
    // All branches take the same operands: the gradients, then what any of them reads.
    let mut sources: Vec<Source> = joints[0].seeds.iter().map(|(i, _)| Source::Seed(*i)).collect();
    for c in crossings.iter().flatten().filter(|_| !call) {
        if !sources.contains(&c.source) {
            sources.push(c.source);
        }
    }
    if call {
        sources.extend(crossings[0].iter().map(|c| c.source));
    }
    if reads {
        let has_gradient = |i: &usize| !matches!(results[*i], Layout::None) && !sources.contains(&Source::Input(*i));
        let more: Vec<usize> = (skip..ask.inputs).filter(has_gradient).collect();
        sources.extend(more.into_iter().map(Source::Input));
    }
    let mut functions = vec![];
    let (mut dtypes, mut shapes): (Vec<DType>, Vec<PartialShape>) = (vec![], vec![]);
    for (j, crossing) in joints.iter().zip(&crossings) {
        let mut args = vec![];
        for s in &sources {
            let used = crossing.iter().find(|c| c.source == *s).map(|c| c.value);
            let t = match (s, used) {
                (_, Some(value)) => j.type_of(value)?,
                (Source::Seed(i), None) => j.type_of(j.seeds.iter().find(|(k, _)| k == i).map_or(j.function.outputs[*i], |(_, e)| *e))?,
                (Source::Input(i), None) => {
                    ValueType { shape: PartialShape::UNKNOWN, ..type_in(&j.function, j.function.inputs[*i - skip])? }
                }
                (Source::Output(i), None) => {
                    let own = j.function.outputs.get(*i).map(|e| type_in(&j.function, *e)).transpose()?;
                    ValueType::new(own.map_or_else(|| slots[*i - outputs], |t| t.dtype), PartialShape::UNKNOWN)
                }
            };
            args.push((t, used));
        }
        let f = j.backward_function(ask.library, &args)?;
        dtypes = result_types(&f)?;
        let own = f.outputs.iter().map(|e| Ok(type_in(&f, *e)?.shape)).collect::<Result<Vec<_>>>()?;
        shapes = if shapes.is_empty() { own } else { shapes.iter().zip(&own).map(|(a, b)| a.relax(b)).collect() };
        functions.push(named(&f));
    }
    let mut attrs = vec![("Tout", Attr::Types(dtypes))];
    if reads {
        attrs.push((READS_RESULTS, true.into()));
    }
    if !call {
        attrs.push(("output_shapes", Attr::Shapes(shapes)));
    }
    let op = match (call, ask.attrs.has("branches"), stateful) {
        (true, _, false) => "PartitionedCall",
        (true, _, true) => "StatefulPartitionedCall",
        (_, true, false) => "StatelessCase",
        (_, true, true) => "Case",
        (_, false, false) => "StatelessIf",
        (_, false, true) => "If",
    };
    attrs.extend(named_by(call, ask.attrs.has("branches"), functions));
    if !call {
        sources.insert(0, Source::Input(0));
    }
    Ok(Plan { forward, extra: vec![], op, attrs, sources, lists: vec![], results })
}

/// The attributes that name functions.
fn named_by(call: bool, list: bool, functions: Vec<Func>) -> Vec<(&'static str, Attr)> {
    if list {
        return vec![("branches", Attr::Funcs(functions))];
    }
    let names: &[&'static str] = if call { &["f"] } else { &["then_branch", "else_branch"] };
    names.iter().copied().zip(functions.into_iter().map(Attr::Func)).collect()
}

/// Inputs that gradients are asked for and that get none, but would if gradients came for all results.
fn reached_from_others(ask: &Ask, joints: &[Joint], skip: usize) -> Result<Vec<usize>> {
    let without: Vec<usize> = (skip..ask.inputs).filter(|i| ask.needs[*i] && joints[0].grads[*i - skip].is_none()).collect();
    let mut found = vec![false; ask.inputs];
    for j in joints.iter().filter(|_| !without.is_empty()) {
        let f = &j.function;
        let all = |e: &Endpoint| type_in(f, *e).map(|t| gradient_type(&t).filter(|g| g.dtype.is_differentiable()));
        let seeds = f.outputs.iter().map(all).collect::<Result<Vec<_>>>()?;
        if seeds.iter().flatten().count() == j.seeds.len() {
            continue;
        }
        let needs: Vec<bool> = (skip..ask.inputs).map(|i| without.contains(&i)).collect();
        let whole = Joint::new(ask.library, f, &seeds, &needs)?;
        without.iter().for_each(|i| found[*i] |= whole.grads[*i - skip].is_some());
    }
    Ok(without.into_iter().filter(|i| found[*i]).collect())
}

/// The dtype of the indices of the slices that branches have as the gradient of an input; None unless some branch has
/// slices, and those that have agree and say their whole shape.
fn sliced(joints: &[Joint], input: usize) -> Result<Option<DType>> {
    let mut found = None;
    for j in joints {
        if let Some(GraphGrad::Slices { indices, dense_shape, .. }) = j.grads[input] {
            let dtype = j.type_of(indices)?.dtype;
            let Some(shape) = dense_shape else { return Ok(None) };
            if j.type_of(shape)?.dtype != dtype || found.is_some_and(|d| d != dtype) {
                return Ok(None);
            }
            found = Some(dtype);
        }
    }
    Ok(found)
}

/// Makes the gradients of all branches those of the same inputs, and of one kind: slices of all rows where another branch
/// has slices, else dense.
fn agree(joints: &mut [Joint]) -> Result<()> {
    let n = joints[0].grads.len();
    let mut types = vec![None; n];
    let slices = (0..n).map(|i| sliced(joints, i)).collect::<Result<Vec<_>>>()?;
    for j in joints.iter() {
        for (i, g) in j.grads.iter().enumerate() {
            if let Some(GraphGrad::Dense(e) | GraphGrad::Slices { values: e, .. }) = g {
                types[i] = Some(ValueType::new(j.type_of(*e)?.dtype, PartialShape::UNKNOWN));
            }
        }
    }
    joints.iter_mut().try_for_each(|j| j.unify(&types, &slices))
}

/// Where the values that cross come from; those that the forward op does not return yet get slots, shared among
/// branches by dtype.
fn place(j: &Joint, found: Vec<Endpoint>, outputs: usize, skip: usize, slots: &mut Vec<DType>) -> Result<Vec<Crossing>> {
    let mut taken = vec![];
    let mut all = vec![];
    for value in found {
        let argument = j.function.inputs.iter().position(|e| *e == value);
        let result = j.function.outputs.iter().position(|e| j.through_identity(*e) == value || *e == value);
        let source = match (argument, result) {
            (Some(i), _) => Source::Input(i + skip),
            (_, Some(i)) => Source::Output(i),
            _ => {
                let dtype = j.type_of(value)?.dtype;
                let slot = (0..slots.len()).find(|s| slots[*s] == dtype && !taken.contains(s)).unwrap_or_else(|| {
                    slots.push(dtype);
                    slots.len() - 1
                });
                taken.push(slot);
                Source::Output(outputs + slot)
            }
        };
        all.push(Crossing { value, source });
    }
    Ok(all)
}

/// The forward op's attributes with functions that return the slots too.
fn extended(ask: &Ask, joints: &[Joint], crossings: &[Vec<Crossing>], slots: &[DType]) -> Result<Attrs> {
    let outputs = ask.active.len();
    let mut functions = vec![];
    for (j, crossing) in joints.iter().zip(crossings) {
        let f = j.forward_function(ask.library, |copy| {
            let mut results = vec![];
            for (k, dtype) in slots.iter().enumerate() {
                results.push(match crossing.iter().find(|c| c.source == Source::Output(outputs + k)) {
                    Some(c) => copy.values(&[c.value], &[])?[0],
                    None => {
                        let attrs = Attrs::of(&[("dtype", (*dtype).into()), ("shape", PartialShape::UNKNOWN.into())]);
                        Endpoint::new(copy.to.add(NewNode { op: "FakeParam", attrs, ..NewNode::default() })?, 0)
                    }
                });
            }
            Ok((vec![], results))
        })?;
        functions.push(named(&f));
    }
    let mut attrs = ask.attrs.clone();
    for (name, value) in named_by(ask.attrs.has("f"), ask.attrs.has("branches"), functions) {
        attrs.set(name, value);
    }
    attrs.set("Tout", [ask.attrs.dtypes("Tout")?, slots].concat());
    if let Ok(s) = ask.attrs.shapes("output_shapes")
        && !s.is_empty()
    {
        attrs.set("output_shapes", [s.to_vec(), vec![PartialShape::UNKNOWN; slots.len()]].concat());
    }
    Ok(attrs)
}
