//! Kernels of training steps: the formula of each writes its own shader, one pass over the variable and its slots, or over the
//! rows of them that a sparse gradient names.
use super::index::{INDICES, Vectors};
use super::order::Order;
use super::state::owned;
use crate::memory;
use crate::shader::{Shader, Spread};
use crate::symbol::{Symbol, write_all};
use ferroflow_ops::resource::change_all;
use ferroflow_ops::training::rules;
use ferroflow_ops::training::step::{Step, hand_on};
use ferroflow_ops::{Call, Device, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor, error};
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

fn prepare(p: &Prep) -> Result<Prepared> {
    Ok(Prepared::with(run, 2000.0, Step::of(p, rules::of_real::<Symbol<false>>)?))
}

fn run(p: &Prepared, call: &mut Call) -> Result<()> {
    let step: &Step<Symbol<false>> = p.plan()?;
    change_all(&step.variables(call, DType::Float)?, false, &mut |values| change(step, call, values))?;
    hand_on(call);
    Ok(())
}

fn change(step: &Step<Symbol<false>>, call: &Call, values: &mut [&mut Tensor]) -> Result<()> {
    step.check_shapes(call, values)?;
    values.iter_mut().try_for_each(|v| owned(call.run.device, v))?;
    let (grad, indices) = (call.input(step.grad), step.indices.map(|i| call.input(i)));
    let shape = values[0].shape().clone();
    let results: Vec<&Tensor> = values.iter().map(|v| &**v).collect();
    let mut scalars: Vec<&Tensor> = step.scalars.iter().map(|i| call.input(*i)).collect();
    let others = results.len() + if indices.is_some() { 3 } else { 1 };
    let most = memory::of(results[0])?.opened.most_buffers;
    let packed = if 1 + others + scalars.len() > most { Some(pack(call.run.device, &scalars, most)?) } else { None };
    if let Some(packed) = &packed {
        scalars = vec![packed];
    }
    let body = body(step, call, packed.is_some())?;
    let name = if packed.is_some() { format!("{} of packed scalars", step.name) } else { step.name.clone() };
    let run = |first: &[&Tensor], numbers: Vec<(&'static str, usize)>, count: usize| {
        let (results, operands) = (results.clone(), [first, &scalars].concat());
        let shader = Shader { name: &name, results, operands, numbers, list: vec![], spread: Spread::Each(count) };
        shader.run(|| (String::new(), body.clone()))
    };
    let Some(indices) = indices else { return run(&[grad], vec![], grad.count()) };
    let inner = shape.iter().skip(1).product::<usize>();
    let v = Vectors { depth: 1, count: indices.count(), list: vec![shape[0] as u32, 1], slice: inner };
    if v.count == 0 || inner == 0 {
        return Ok(());
    }
    let order = Order::of(call.run.device, indices, &v)?;
    order.parts(inner).try_for_each(|part| {
        let numbers = vec![("inner", inner), ("from", part.start), ("until", part.end)];
        run(&[grad, &order.places, &order.numbers], numbers, part.len() * inner)
    })
}

/// The scalars in one tensor, for adapters whose shaders see few buffers.
fn pack(device: &dyn Device, scalars: &[&Tensor], most: usize) -> Result<Tensor> {
    let packed = device.allocate(DType::Float, &Shape::new(&[scalars.len()]))?;
    let some = most.saturating_sub(2).max(1);
    for (k, part) in scalars.chunks(some).enumerate() {
        let name = format!("pack {}", part.len());
        let shader = Shader {
            name: &name,
            results: vec![&packed],
            operands: part.to_vec(),
            numbers: vec![("from", k * some)],
            list: vec![],
            spread: Spread::Each(1),
        };
        let put = |(i, t): (usize, &&Tensor)| format!("    put0($from + {i}u, {});\n", scalar(t, i));
        shader.run(|| (String::new(), part.iter().enumerate().map(put).collect()))?;
    }
    Ok(packed)
}

/// The value of a scalar that is operand `at`. The number of steps is an integer.
fn scalar(t: &Tensor, at: usize) -> String {
    if t.dtype() == DType::Int64 { format!("f32(index{at}(0u))") } else { format!("x{at}(0u)") }
}

/// The formula over one element: `g` of the gradient, `s0`, `s1`... of the variable and its slots, `h0`... the scalars.
fn body(step: &Step<Symbol<false>>, call: &Call, packed: bool) -> Result<String> {
    let (slots, scalars) = (step.variables.len(), step.scalars.len());
    let written = write_all(|| {
        let input = |name: &str, i: usize| Symbol::<false>::input(&format!("{name}{i}"));
        let g = [Symbol::<false>::input("g")];
        let h: Vec<_> = (0..scalars).map(|i| input("h", i)).collect();
        let mut values: Vec<[Symbol<false>; 1]> = (0..slots).map(|i| [input("s", i)]).collect();
        (step.rule)(&g, &mut values.iter_mut().map(|v| &mut v[..]).collect::<Vec<_>>(), &h, step.options);
        values.iter().map(|[v]| v.0).collect()
    });
    let (statements, results, _) = written.map_err(|why| error!(Internal, "{} is not for shaders: {why}", step.name))?;
    let first = if step.indices.is_some() { 3 } else { 1 };
    let mut text = String::new();
    for (i, at) in step.scalars.iter().enumerate() {
        let value = if packed { format!("x{first}({i}u)") } else { scalar(call.input(*at), i + first) };
        let _ = writeln!(text, "    let h{i} = {value};");
    }
    let (read, kept): (String, String) =
        (0..slots).map(|i| (format!("    var s{i} = old{i}(at);\n"), format!("    put{i}(at, s{i});\n"))).unzip();
    let next: String = results.iter().enumerate().map(|(i, r)| format!("    s{i} = {r};\n")).collect();
    if step.indices.is_none() {
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
