//! Kernels of training steps: the formula of each writes its own shader, one pass over the variable and its slots, or over the
//! rows of them that a sparse gradient names.
use super::index::INDICES;
use super::state::owned;
use crate::shader::{Shader, Spread};
use crate::symbol::{Symbol, write_all};
use ferroflow_ops::resource::change_all;
use ferroflow_ops::training::rules;
use ferroflow_ops::training::step::{Step, hand_on};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Tensor, error};
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
    let mut operands = vec![grad];
    operands.extend(indices);
    operands.extend(step.scalars.iter().map(|i| call.input(*i)));
    let shape = values[0].shape();
    let inner = shape.iter().skip(1).product::<usize>();
    let shader = Shader {
        name: &step.name,
        results: values.iter().map(|v| &**v).collect(),
        operands,
        numbers: match indices {
            Some(indices) => vec![("inner", inner), ("lines", shape[0]), ("updates", indices.count())],
            None => vec![],
        },
        list: vec![],
        spread: Spread::Each(grad.count()),
    };
    let body = body(step, call)?;
    shader.run(|| (String::new(), body))
}

/// The formula over one element: `g` of the gradient, `s0`, `s1`... of the variable and its slots, `h0`... the scalars.
fn body(step: &Step<Symbol<false>>, call: &Call) -> Result<String> {
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
    let first = 1 + usize::from(step.indices.is_some());
    let mut text = String::new();
    for (i, at) in step.scalars.iter().enumerate() {
        // The number of steps is an integer.
        let value = if call.input(*at).dtype() == DType::Int64 { "f32(index" } else { "(x" };
        let _ = writeln!(text, "    let h{i} = {value}{}(0u));", i + first);
    }
    let (read, kept): (String, String) =
        (0..slots).map(|i| (format!("    var s{i} = old{i}(at);\n"), format!("    put{i}(at, s{i});\n"))).unzip();
    let next: String = results.iter().enumerate().map(|(i, r)| format!("    s{i} = {r};\n")).collect();
    if step.indices.is_none() {
        return Ok(format!("{text}    let at = i;\n    let g = x0(at);\n{read}{statements}{next}{kept}"));
    }
    // The first update of a row does the others too, in their order.
    Ok(format!(
        "{text}    let first = i / $inner;
    let column = i % $inner;
    let line = index1(first);
    if (line < 0 || line >= i32($lines)) {{ return; }}
    for (var u = 0u; u < first; u = u + 1u) {{
        if (index1(u) == line) {{ return; }}
    }}
    let at = u32(line) * $inner + column;
{read}    for (var u = first; u < $updates; u = u + 1u) {{
        if (index1(u) != line) {{ continue; }}
        let g = x0(u * $inner + column);
{statements}{next}    }}
{kept}"
    ))
}
