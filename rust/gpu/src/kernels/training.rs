//! Kernels of training steps: the formula of each writes its own shader, one pass over the variable and its slots, or over the
//! rows of them that a sparse gradient names.
use super::index::{INDICES, Vectors};
use super::order::Order;
use super::state::owned;
use crate::shader::{Shader, Spread};
use crate::symbol::{Symbol, write_all};
use ferroflow_ops::resource::{Handle, Variable, change_all};
use ferroflow_ops::training::check_rows;
use ferroflow_ops::training::rules::{self, Options, Rule};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Tensor, bail, error};
use std::fmt::Write;

const fn dense(op: &'static str) -> Kernel {
    Kernel { op, types: &[("T", &[DType::Float])], outputs: Outputs::Kernel, prepare }
}

const fn sparse(op: &'static str) -> Kernel {
    Kernel { op, types: &[("T", &[DType::Float]), ("Tindices", INDICES)], outputs: Outputs::Kernel, prepare }
}

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    dense("ResourceApplyGradientDescent"),
    dense("ResourceApplyMomentum"),
    dense("ResourceApplyKerasMomentum"),
    dense("ResourceApplyAdam"),
    dense("ResourceApplyAdamWithAmsgrad"),
    dense("ResourceApplyAdagrad"),
    dense("ResourceApplyAdagradV2"),
    dense("ResourceApplyAdadelta"),
    dense("ResourceApplyRMSProp"),
    dense("ResourceApplyCenteredRMSProp"),
    dense("ResourceApplyProximalGradientDescent"),
    dense("ResourceApplyProximalAdagrad"),
    dense("ResourceApplyAdagradDA"),
    sparse("ResourceSparseApplyMomentum"),
    sparse("ResourceSparseApplyKerasMomentum"),
    sparse("ResourceSparseApplyAdagrad"),
    sparse("ResourceSparseApplyAdagradV2"),
    sparse("ResourceSparseApplyAdadelta"),
    sparse("ResourceSparseApplyRMSProp"),
    sparse("ResourceSparseApplyCenteredRMSProp"),
    sparse("ResourceSparseApplyProximalGradientDescent"),
    sparse("ResourceSparseApplyProximalAdagrad"),
    sparse("ResourceSparseApplyAdagradDA"),
    dense("ApplyGradientDescent"),
    dense("ApplyMomentum"),
    dense("ApplyAdam"),
    dense("ApplyAdagrad"),
    dense("ApplyAdadelta"),
    dense("ApplyRMSProp"),
    dense("ApplyCenteredRMSProp"),
    dense("ApplyProximalGradientDescent"),
    dense("ApplyProximalAdagrad"),
    dense("ApplyAdagradDA"),
    sparse("SparseApplyMomentum"),
    sparse("SparseApplyAdagrad"),
    sparse("SparseApplyAdadelta"),
    sparse("SparseApplyRMSProp"),
    sparse("SparseApplyCenteredRMSProp"),
    sparse("SparseApplyProximalGradientDescent"),
    sparse("SparseApplyProximalAdagrad"),
    sparse("SparseApplyAdagradDA"),
];

fn rule(family: &str) -> Option<Rule<Symbol<false>>> {
    Some(match family {
        "GradientDescent" => rules::gradient_descent,
        "Momentum" => rules::momentum,
        "KerasMomentum" => rules::keras_momentum,
        "Adam" => rules::adam,
        "AdamWithAmsgrad" => rules::amsgrad,
        "Adagrad" => rules::adagrad,
        "AdagradV2" => rules::adagrad_v2,
        "Adadelta" => rules::adadelta,
        "RMSProp" => rules::rms_prop,
        "CenteredRMSProp" => rules::centered_rms_prop,
        "ProximalGradientDescent" => rules::proximal_gradient_descent,
        "ProximalAdagrad" => rules::proximal_adagrad,
        "AdagradDA" => rules::adagrad_da,
        _ => return None,
    })
}

/// Where the operands are, by role.
struct Plan {
    name: String,
    rule: Rule<Symbol<false>>,
    options: Options,
    variables: Vec<usize>,
    scalars: Vec<usize>,
    grad: usize,
    indices: Option<usize>,
    names: Vec<String>,
}

fn prepare(p: &Prep) -> Result<Prepared> {
    let family = p.op.name.trim_start_matches("Resource").trim_start_matches("Sparse").trim_start_matches("Apply");
    let rule = rule(family).ok_or_else(|| error!(Internal, "{} has no formula", p.op.name))?;
    let names: Vec<String> = p.op.inputs.iter().map(|a| a.name.clone()).collect();
    let is_variable = |i: &usize| p.op.inputs[*i].is_ref || p.dtype(*i) == DType::Resource;
    let grad = names.iter().position(|n| n == "grad" || n == "delta").unwrap_or(0);
    let indices = names.iter().position(|n| n == "indices");
    let scalars: Vec<usize> = (0..names.len()).filter(|i| !is_variable(i) && *i != grad && Some(*i) != indices).collect();
    if let Some(i) = scalars.iter().find(|i| p.shape(**i).rank() != 0) {
        bail!(InvalidArgument, "{} is not a scalar: {}", names[*i], p.shape(*i));
    }
    let flag = |name: &str| p.attrs.has(name) && p.attrs.bool(name).unwrap_or(false);
    let options = Options { nesterov: flag("use_nesterov"), update_slots: flag("update_slots"), scaled_linear: false };
    let name = format!("{} {} {}", p.op.name, options.nesterov, options.update_slots);
    let variables = (0..names.len()).filter(is_variable).collect();
    Ok(Prepared::with(run, 2000.0, Plan { name, rule, options, variables, scalars, grad, indices, names }))
}

fn run(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan = p.plan::<Plan>()?;
    let variables = plan.variables.iter().map(|i| Handle::get::<Variable>(call.input(*i))).collect::<Result<Vec<_>>>()?;
    for v in &variables {
        if !v.is_initialized() {
            return Err(error!(Internal, "Invalid variable reference.").fix("a variable has no value: run its initializer first"));
        }
        if v.dtype != DType::Float {
            bail!(InvalidArgument, "Trying to read variable with wrong dtype. Expected float got {}", v.dtype.signature_name());
        }
    }
    change_all(&variables, false, &mut |values| step(plan, call, values))?;
    // The step of a reference variable passes its reference on.
    if !call.outs.is_empty() {
        let reference = call.input(0).clone();
        call.set(0, reference);
    }
    Ok(())
}

fn step(plan: &Plan, call: &Call, values: &mut [&mut Tensor]) -> Result<()> {
    let (grad, indices) = (call.input(plan.grad), plan.indices.map(|i| call.input(i)));
    let shape = values[0].shape().clone();
    let slots = values.iter().zip(&plan.variables).skip(1).map(|(v, i)| (*i, v.shape()));
    let whole = indices.is_none().then(|| (plan.grad, grad.shape()));
    if let Some((i, other)) = slots.chain(whole).find(|(_, s)| **s != shape) {
        bail!(InvalidArgument, "var and {} do not have the same shape{shape} {other}", plan.names[i]);
    }
    if let Some(indices) = indices {
        check_rows(&shape, indices.shape(), grad.shape())?;
    }
    values.iter_mut().try_for_each(|v| owned(call.run.device, v))?;
    let results: Vec<&Tensor> = values.iter().map(|v| &**v).collect();
    let scalars: Vec<&Tensor> = plan.scalars.iter().map(|i| call.input(*i)).collect();
    let body = body(plan, call)?;
    let run = |first: &[&Tensor], numbers: Vec<(&'static str, usize)>, count: usize| {
        let (results, operands) = (results.clone(), [first, &scalars].concat());
        let shader = Shader { name: &plan.name, results, operands, numbers, list: vec![], spread: Spread::Each(count) };
        shader.run(|| (String::new(), body.clone()))
    };
    let Some(indices) = indices else { return run(&[grad], vec![], grad.count()) };
    let inner = shape.iter().skip(1).product::<usize>();
    let v = Vectors { depth: 1, count: indices.count(), list: vec![shape[0] as u32, 1], slice: inner };
    if v.count == 0 || inner == 0 {
        return Ok(());
    }
    let order = Order::of(call.run.device, indices, &v)?;
    order.parts().try_for_each(|part| {
        let numbers = vec![("inner", inner), ("from", part.start), ("until", part.end)];
        run(&[grad, &order.places, &order.numbers], numbers, part.len() * inner)
    })
}

/// The formula over one element: `g` of the gradient, `s0`, `s1`... of the variable and its slots, `h0`... the scalars.
fn body(plan: &Plan, call: &Call) -> Result<String> {
    let (slots, scalars) = (plan.variables.len(), plan.scalars.len());
    let written = write_all(|| {
        let input = |name: &str, i: usize| Symbol::<false>::input(&format!("{name}{i}"));
        let g = [Symbol::<false>::input("g")];
        let h: Vec<_> = (0..scalars).map(|i| input("h", i)).collect();
        let mut values: Vec<[Symbol<false>; 1]> = (0..slots).map(|i| [input("s", i)]).collect();
        (plan.rule)(&g, &mut values.iter_mut().map(|v| &mut v[..]).collect::<Vec<_>>(), &h, plan.options);
        values.iter().map(|[v]| v.0).collect()
    });
    let (statements, results, _) = written.map_err(|why| error!(Internal, "{} is not for shaders: {why}", plan.name))?;
    let first = if plan.indices.is_some() { 3 } else { 1 };
    let mut text = String::new();
    for (i, at) in plan.scalars.iter().enumerate() {
        // The number of steps is an integer.
        let value = if call.input(*at).dtype() == DType::Int64 { "f32(index" } else { "(x" };
        let _ = writeln!(text, "    let h{i} = {value}{}(0u));", i + first);
    }
    let (read, kept): (String, String) =
        (0..slots).map(|i| (format!("    var s{i} = old{i}(at);\n"), format!("    put{i}(at, s{i});\n"))).unzip();
    let next: String = results.iter().enumerate().map(|(i, r)| format!("    s{i} = {r};\n")).collect();
    if plan.indices.is_none() {
        return Ok(format!("{text}    let at = i;\n    let g = x0(at);\n{read}{statements}{next}{kept}"));
    }
    // The first update of a row in the part does the others too, in their order.
    Ok(format!(
        "{text}    let first = $from + i / $inner;
    let column = i % $inner;
    let line = x1(first);
    if (line == 4294967295u) {{ return; }}
    if (first > $from) {{
        if (x1(first - 1u) == line) {{ return; }}
    }}
    let at = line * $inner + column;
{read}    for (var u = first; u < $until; u = u + 1u) {{
        if (x1(u) != line) {{ break; }}
        let g = x0(x2(u) * $inner + column);
{statements}{next}    }}
{kept}"
    ))
}
