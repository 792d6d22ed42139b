//! Plans of loops: a forward loop that collects what the gradient reads in lists, and a loop back over the rounds.
use super::copy::{Copy, placeholder};
use super::joint::{Joint, check, flows, gradient_type, repeatable};
use super::late::{self, Late};
use super::{Ask, Extra, Layout, Plan, Source, named, register, stem, type_in};
use crate::function::Function;
use crate::gradients::GraphGrad;
use crate::graph::{Graph, NewNode};
use crate::node::Endpoint;
use ferroflow_ops::{Attr, Attrs, ValueType};
use ferroflow_tensor::{DType, PartialShape, Result, Tensor};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The plan for While and StatelessWhile.
pub(super) fn plan(ask: &Ask) -> Result<Plan> {
    let (cond, body) = (&ask.functions[0], &ask.functions[1]);
    let n = ask.inputs;
    check(body, n, n)?;
    let types = body.inputs.iter().map(|e| type_in(body, *e)).collect::<Result<Vec<_>>>()?;
    let wanted: Vec<bool> = reached(body, &ask.needs).iter().zip(&types).map(|(r, t)| *r && flows(t)).collect();
    let differentiable = |t: &ValueType| gradient_type(t).is_some_and(|t| t.dtype.is_differentiable());
    let unmoved = |i: usize| if ask.needs[i] && differentiable(&types[i]) { Layout::Zeros } else { Layout::None };
    let Some((mut joint, active)) = steady(ask, &types, &wanted)? else {
        let results = (0..n).map(unmoved).collect();
        return Ok(Plan { forward: None, extra: vec![], op: "StatelessWhile", attrs: vec![], sources: vec![], lists: vec![], results });
    };
    let nodes = joint.graph.nodes(usize::MAX);
    let same: Vec<bool> = (0..n).map(|i| joint.through_identity(body.outputs[i]) == body.inputs[i]).collect();
    let lates = late::take_out(&mut joint, &same)?;
    joint.more = lates.iter().flat_map(|l| &l.operands).map(|(e, _)| *e).collect();
    let joint = joint;
    let invariant = |e: Endpoint| body.inputs.iter().position(|x| *x == e).is_some_and(|i| same[i]);
    let known = std::cell::RefCell::new(FxHashMap::default());
    let (crossing, stateful) = joint.crossing(&|m| repeatable(&nodes, m, &invariant, &mut known.borrow_mut()));
    // What no round changes is handed over as it is; the rest is collected in lists, found if they are there already.
    let (fixed, varying): (Vec<Endpoint>, Vec<Endpoint>) = crossing.into_iter().partition(|e| invariant(*e));
    let (mut extra, mut collected) = (vec![], vec![]);
    let count = (0..n).find(|i| ask.zero[*i] && counts(&joint, body, *i));
    let mut next = n;
    let counter = count.unwrap_or_else(|| {
        extra.push(Extra::Counter);
        next += 1;
        n
    });
    let mut added = vec![];
    for e in &varying {
        let there = (0..n).find(|i| collects(&joint, body, *i, *e));
        collected.push(there.unwrap_or(next));
        if there.is_none() {
            let t = joint.type_of(*e)?;
            extra.push(Extra::List(t.dtype, t.shape.clone()));
            added.push((*e, t));
            next += 1;
        }
    }
    let forward = if extra.is_empty() { None } else { Some(extended(ask, &joint, cond, count.is_none(), &added)?) };
    let fixed: Vec<usize> = fixed.iter().filter_map(|e| body.inputs.iter().position(|x| x == e)).collect();
    let back = backward(ask, &joint, &active, &types, &fixed, &varying, &lates)?;
    let mut sources = vec![Source::Output(counter)];
    sources.extend(active.iter().map(|i| Source::Seed(*i)));
    sources.extend(fixed.iter().map(|i| Source::Input(*i)));
    sources.extend(collected.iter().map(|j| Source::Output(*j)));
    let first_late = sources.len();
    let lists = lates.iter().flat_map(|l| &l.operands).map(|(_, t)| (t.dtype, t.shape.clone())).collect();
    let place = |i: usize| active.iter().position(|a| *a == i).filter(|_| ask.needs[i]);
    let result = |(i, k): (usize, usize)| {
        let own = lates.iter().enumerate().filter(|(_, l)| l.var == i);
        let terms: Vec<_> = own.map(|(j, l)| l.term(first_late + 2 * j)).collect();
        let seed = joint.seeds.iter().find(|(j, _)| *j == i).map(|(_, e)| GraphGrad::Dense(*e));
        if terms.is_empty() { Layout::Dense(k + 1) } else { Layout::Late { rest: k + 1, only_seed: joint.grads[i] == seed, terms } }
    };
    let results = (0..n).map(|i| place(i).map_or_else(|| unmoved(i), |k| result((i, k)))).collect();
    Ok(Plan { forward, extra, op: if stateful { "While" } else { "StatelessWhile" }, attrs: back, sources, lists, results })
}

/// Loop variables that depend on the needed ones after some rounds.
fn reached(body: &Function, needs: &[bool]) -> Vec<bool> {
    let nodes = body.body.nodes(usize::MAX);
    let mut wanted = needs.to_vec();
    loop {
        let mut touched = vec![false; nodes.len()];
        body.inputs.iter().zip(&wanted).filter(|(_, w)| **w).for_each(|(e, _)| touched[e.node.0 as usize] = true);
        for i in super::running_order(&nodes, 0..nodes.len()) {
            touched[i] |= nodes[i].inputs.iter().any(|e| touched[e.node.0 as usize]);
        }
        let now: Vec<bool> = body.outputs.iter().zip(&wanted).map(|(e, w)| *w || touched[e.node.0 as usize]).collect();
        if now == wanted {
            return wanted;
        }
        wanted = now;
    }
}

/// The body with its gradient for all variables that gradients reach in some round, and those variables; None for none.
fn steady(ask: &Ask, types: &[ValueType], wanted: &[bool]) -> Result<Option<(Joint, Vec<usize>)>> {
    let body = &ask.functions[1];
    let n = ask.inputs;
    let mut seeds: Vec<Option<ValueType>> = (0..n).map(|i| gradient_type(&types[i]).filter(|_| ask.active[i] && wanted[i])).collect();
    loop {
        if seeds.iter().all(Option::is_none) {
            return Ok(None);
        }
        let mut joint = Joint::new(ask.library, body, &seeds, wanted)?;
        let before = seeds.iter().flatten().count();
        for (i, g) in joint.grads.iter().enumerate() {
            if let (Some(GraphGrad::Dense(e) | GraphGrad::Slices { values: e, .. }), None) = (g, &seeds[i]) {
                let dtype = joint.type_of(*e)?.dtype;
                seeds[i] = Some(gradient_type(&types[i]).unwrap_or(ValueType::new(dtype, PartialShape::UNKNOWN)));
            }
        }
        if seeds.iter().flatten().count() == before {
            joint.dense(&seeds)?;
            return Ok(Some((joint, (0..n).filter(|i| seeds[*i].is_some()).collect())));
        }
    }
}

/// Whether variable `i` grows by the constant 1 each round.
fn counts(j: &Joint, body: &Function, i: usize) -> bool {
    let Ok(n) = j.graph.node(j.through_identity(body.outputs[i]).node) else { return false };
    let one = |e: &Endpoint| {
        let c = j.graph.node(j.through_identity(*e).node);
        c.is_ok_and(|c| {
            c.attrs.tensor("value").is_ok_and(|t| t.dtype() == DType::Int32 && t.count() == 1 && t.to_i64().is_ok_and(|v| v == [1]))
        })
    };
    let own = |e: &Endpoint| j.through_identity(*e) == body.inputs[i];
    matches!(&*n.op_name, "AddV2" | "Add")
        && n.inputs.len() == 2
        && (own(&n.inputs[0]) && one(&n.inputs[1]) || own(&n.inputs[1]) && one(&n.inputs[0]))
}

/// Whether variable `i` is a list to which each round adds this value.
fn collects(j: &Joint, body: &Function, i: usize, value: Endpoint) -> bool {
    let Ok(n) = j.graph.node(body.outputs[i].node) else { return false };
    &*n.op_name == "TensorListPushBack" && n.inputs == [body.inputs[i], value]
}

pub(super) fn add(g: &Graph, op: &str, inputs: &[Endpoint], attrs: &[(&'static str, Attr)]) -> Result<Endpoint> {
    Ok(Endpoint::new(g.add(NewNode { op, inputs, attrs: Attrs::of(attrs), ..NewNode::default() })?, 0))
}

/// The type of a loop variable that an extra input makes.
fn list_type(t: &ValueType) -> ValueType {
    ValueType { handle: Some(Arc::new(vec![(t.dtype, t.shape.clone())])), ..ValueType::new(DType::Variant, PartialShape::scalar()) }
}

/// The forward loop's attributes with a body that counts and collects besides.
fn extended(ask: &Ask, joint: &Joint, cond: &Function, count: bool, added: &[(Endpoint, ValueType)]) -> Result<Attrs> {
    let int = ValueType::new(DType::Int32, PartialShape::scalar());
    let new: Vec<ValueType> = count.then_some(int).into_iter().chain(added.iter().map(|(_, t)| list_type(t))).collect();
    let body = joint.forward_function(ask.library, |copy| {
        let (mut args, mut results) = (vec![], vec![]);
        for t in &new {
            args.push(placeholder(copy.to, "args", t)?);
        }
        if count {
            let one = copy.to.constant(Tensor::scalar(1i32), "")?;
            results.push(add(copy.to, "AddV2", &[args[0], one], &[])?);
        }
        for ((value, t), list) in added.iter().zip(&args[usize::from(count)..]) {
            let v = copy.values(&[*value], &[])?[0];
            results.push(add(copy.to, "TensorListPushBack", &[*list, v], &[("element_dtype", t.dtype.into())])?);
        }
        Ok((args, results))
    })?;
    let test = Arc::new(Graph::default());
    let mut copy = Copy::new(&cond.body, &test);
    let mut inputs = copy.arguments(&cond.inputs)?;
    let outputs = copy.values(&cond.outputs, &cond.effects)?;
    let effects = copy.ids(&cond.effects);
    for t in &new {
        inputs.push(placeholder(&test, "args", t)?);
    }
    let test = register(ask.library, cond, &format!("__forward_{}", stem(&cond.name)), test, inputs, outputs, effects)?;
    let mut attrs = ask.attrs.clone();
    attrs.set("cond", named(&test));
    attrs.set("body", named(&body));
    attrs.set("T", ask.attrs.dtypes("T")?.iter().copied().chain(new.iter().map(|t| t.dtype)).collect::<Vec<_>>());
    if let Ok(s) = ask.attrs.shapes("output_shapes")
        && !s.is_empty()
    {
        attrs.set("output_shapes", [s.to_vec(), vec![PartialShape::scalar(); new.len()]].concat());
    }
    Ok(attrs)
}

/// The loop back: its variables are the rounds left, the gradients, what no round changed, the lists.
fn backward(
    ask: &Ask,
    joint: &Joint,
    active: &[usize],
    types: &[ValueType],
    fixed: &[usize],
    varying: &[Endpoint],
    lates: &[Late],
) -> Result<Vec<(&'static str, Attr)>> {
    let body = &joint.function;
    let mut vars = vec![ValueType::new(DType::Int32, PartialShape::scalar())];
    for i in active {
        let (_, seed) = joint.seeds[joint.seeds.iter().position(|(k, _)| k == i).unwrap_or(0)];
        vars.push(joint.type_of(seed)?);
    }
    vars.extend(fixed.iter().map(|i| types[*i].clone()));
    let collected = varying.iter().map(|e| joint.type_of(*e)).collect::<Result<Vec<_>>>()?;
    vars.extend(collected.iter().map(list_type));
    let first_late = vars.len();
    vars.extend(lates.iter().flat_map(|l| &l.operands).map(|(_, t)| list_type(t)));
    let name = format!("__backward_{}", stem(&body.name));

    let test = Arc::new(Graph::default());
    let inputs = vars.iter().map(|t| placeholder(&test, "args", t)).collect::<Result<Vec<_>>>()?;
    let zero = test.constant(Tensor::scalar(0i32), "")?;
    let more = add(&test, "Greater", &[inputs[0], zero], &[])?;
    let test = register(ask.library, body, &format!("{name}_cond"), test, inputs, vec![more], vec![])?;

    let back = Arc::new(Graph::default());
    let inputs = vars.iter().map(|t| placeholder(&back, "args", t)).collect::<Result<Vec<_>>>()?;
    let one = back.constant(Tensor::scalar(1i32), "")?;
    let left = add(&back, "Sub", &[inputs[0], one], &[])?;
    let (first_fixed, first_list) = (1 + active.len(), 1 + active.len() + fixed.len());
    let mut read: Vec<(Endpoint, Endpoint)> = fixed.iter().zip(&inputs[first_fixed..]).map(|(i, v)| (body.inputs[*i], *v)).collect();
    let mut lists = vec![];
    for (k, (value, t)) in varying.iter().zip(&collected).enumerate() {
        let shape = match t.shape.to_i64() {
            Some(d) => Tensor::from_slice(&d.iter().map(|x| *x as i32).collect::<Vec<_>>(), [d.len()])?,
            None => Tensor::scalar(-1i32),
        };
        let shape = back.constant(shape, "")?;
        let popped = add(&back, "TensorListPopBack", &[inputs[first_list + k], shape], &[("element_dtype", t.dtype.into())])?;
        let item = Endpoint::new(popped.node, 1);
        if let Some(h) = &t.handle {
            back.set_handle(item, h.clone())?;
        }
        read.push((*value, item));
        lists.push(popped);
    }
    let seeds: Vec<Endpoint> = joint.seeds.iter().map(|(i, _)| inputs[1 + active.iter().position(|a| a == i).unwrap_or(0)]).collect();
    let all = round_back(ask, joint, &back, &seeds, &read)?;
    // All gradients are dense: one end for each input that has one, then what is collected.
    let having: Vec<usize> = (0..joint.grads.len()).filter(|i| joint.grads[*i].is_some()).collect();
    let grads = active.iter().filter_map(|i| having.iter().position(|h| h == i)).map(|k| all[k]);
    let mut outputs = vec![left];
    outputs.extend(grads);
    outputs.extend(&inputs[first_fixed..first_list]);
    outputs.extend(lists);
    let late = lates.iter().flat_map(|l| &l.operands).zip(&inputs[first_late..]);
    for (((_, t), list), value) in late.zip(&all[all.len() - joint.more.len()..]) {
        outputs.push(add(&back, "TensorListPushBack", &[*list, *value], &[("element_dtype", t.dtype.into())])?);
    }
    let back = register(ask.library, body, &name, back, inputs, outputs, vec![])?;
    Ok(vec![("cond", Attr::Func(named(&test))), ("body", Attr::Func(named(&back)))])
}

/// Adds a round of the gradient to the body of the loop back, for the gradients that arrive and pairs of what the gradient
/// reads and where it is: in a function of its own if the gradient is a part of the body. The gradients' ends.
fn round_back(ask: &Ask, joint: &Joint, back: &Graph, seeds: &[Endpoint], read: &[(Endpoint, Endpoint)]) -> Result<Vec<Endpoint>> {
    if !joint.shared {
        let mut copy = Copy::new(&joint.graph, back);
        copy.values.extend(read.iter().copied());
        return joint.backward_into(&mut copy, seeds);
    }
    let of_seeds = joint.seeds.iter().map(|(_, e)| (*e, None));
    let args = of_seeds.chain(read.iter().map(|(e, _)| (*e, Some(*e)))).map(|(e, value)| Ok((joint.type_of(e)?, value)));
    let f = joint.backward_function(ask.library, &args.collect::<Result<Vec<_>>>()?)?;
    let given: Vec<Endpoint> = seeds.iter().copied().chain(read.iter().map(|(_, v)| *v)).collect();
    let attrs = [("f", Attr::Func(named(&f))), ("Tout", super::result_types(&f)?.into())];
    let call = add(back, "StatefulPartitionedCall", &given, &attrs)?;
    Ok((0..f.outputs.len()).map(|i| Endpoint::new(call.node, i)).collect())
}
