//! The pages of the ops, one for each and an index by family.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ferroflow_ops::ops::{array, control, dataset, io, linalg, math, nn, optimizer, random, segment, state, string};
use ferroflow_ops::{Entry, Gpu, Gradient};

use super::model::Op;
use super::{kernels, text};

/// Path from the root and text of the page of every op and of the index.
pub fn pages(ops: &[Op]) -> Vec<(String, String)> {
    let mut files: Vec<_> = ops.iter().map(|op| (format!("docs/ops/{}.md", op.def.name), page(op))).collect();
    files.push(("docs/ops/README.md".into(), index(ops)));
    files
}

fn page(op: &Op) -> String {
    let mut out = format!("# {}\n\n{}\n\n## Arguments\n\n", op.def.name, op.meaning());
    for parameter in &op.parameters {
        let _ = writeln!(out, "- `{}`: {}", parameter.name, text::parameter(op, parameter));
    }
    if op.parameters.is_empty() {
        out += "None.\n";
    }
    let _ = write!(out, "\n## Result\n\n{}\n", text::result(op));
    let errors = text::errors(op);
    if !errors.is_empty() {
        let _ = write!(out, "\n## Errors\n\n{errors}\n");
    }
    let gradient = match op.def.entry.grad {
        Gradient::Rule(..) => "It has a gradient.".to_string(),
        Gradient::None(reason) => format!("No gradient flows: {reason}."),
        Gradient::Body => "Gradients flow through the bodies of the functions that it calls.".into(),
        Gradient::Missing(reason) => format!("Asking for a gradient is an error: {reason}."),
    };
    let _ = write!(out, "\n## Support\n\n{gradient}\n\n- CPU: {}\n- GPU: {}\n", cpu(op), gpu(op));
    out
}

/// The dtypes of the CPU kernel, in words.
fn cpu(op: &Op) -> String {
    match kernels::dtypes(op.def) {
        None => "by a kernel of the runtime, or none".into(),
        Some(types) if types.is_empty() => "all dtypes".into(),
        Some(types) => types.iter().map(|(attr, names)| format!("`{attr}`: {}", names.join(", "))).collect::<Vec<_>>().join("; "),
    }
}

fn gpu(op: &Op) -> String {
    match op.def.entry.gpu {
        Gpu::Wgsl(_) | Gpu::Template(_) => "planned, as a shader".into(),
        Gpu::Composed => "planned, composed of other ops".into(),
        Gpu::Free => "nothing to compute".into(),
        Gpu::Host(reason) => format!("on the host: {reason}"),
    }
}

/// Columns of the index: a name, the dtypes that it stands for.
const COLUMNS: [(&str, &[&str]); 9] = [
    ("f16", &["float16"]),
    ("bf16", &["bfloat16"]),
    ("f32", &["float32"]),
    ("f64", &["float64"]),
    ("ints", &["int32", "int64"]),
    ("small ints", &["int8", "int16", "uint8", "uint16"]),
    ("complex", &["complex64", "complex128"]),
    ("bool", &["bool"]),
    ("string", &["string"]),
];

fn index(ops: &[Op]) -> String {
    let mut families: BTreeMap<&str, Vec<&Op>> = BTreeMap::new();
    for op in ops {
        families.entry(family(op.def.name)).or_default().push(op);
    }
    let mut out = String::from(
        "# Ops by family\n\nWhich dtypes the CPU takes, and where an op runs on a GPU. `all`: every dtype; `-`: not that one.\n",
    );
    let heads: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    for (family, members) in families {
        let _ = write!(out, "\n## {family}\n\n| op | {} | GPU |\n|---|{}---|\n", heads.join(" | "), "---|".repeat(heads.len()));
        for op in members {
            let name = op.def.name;
            let gpu = if matches!(op.def.entry.gpu, Gpu::Host(_)) { "host" } else { "yes" };
            let _ = writeln!(out, "| [{name}]({name}.md) | {} | {gpu} |", cells(op).join(" | "));
        }
    }
    out
}

/// The family of an op. What is in no table comes from the elementwise bodies.
fn family(op: &str) -> &'static str {
    let tables: &[(&str, &[&[Entry]])] = &[
        ("Arrays", &[array::basic::OPS, array::shapes::OPS, array::broadcast::OPS, array::joining::OPS, array::slicing::OPS]),
        (
            "Arrays",
            &[array::moving::OPS, array::gather::OPS, array::padding::OPS, array::scatter::OPS, array::select::OPS, array::diagonal::OPS],
        ),
        ("Control and functions", &[control::OPS]),
        ("Datasets", &[dataset::OPS, dataset::choosing::OPS, dataset::iterator::OPS]),
        ("Files and summaries", &[io::OPS, io::summary::OPS]),
        ("Linear algebra", &[linalg::matmul::OPS, linalg::einsum::OPS]),
        ("Reductions, scans, selection", &[math::reduce::OPS, math::select::OPS, math::scan::OPS, math::count::OPS, segment::OPS]),
        ("Neural networks", &[nn::bias::OPS, nn::softmax::OPS, nn::conv::OPS, nn::depthwise::OPS, nn::pool::OPS]),
        ("Optimizers", &[optimizer::OPS, optimizer::reference::OPS]),
        ("Random numbers", &[random::OPS]),
        ("Variables", &[state::OPS, state::reference::OPS, state::scatter::OPS]),
        ("Strings", &[string::OPS]),
    ];
    let holds = |lists: &[&[Entry]]| lists.iter().any(|list| list.iter().any(|entry| entry.name == op));
    tables.iter().find(|(_, lists)| holds(lists)).map_or("Elementwise", |(name, _)| *name)
}

/// One cell for each column.
fn cells(op: &Op) -> Vec<&'static str> {
    let types = kernels::dtypes(op.def);
    let main = types.as_ref().and_then(|types| types.iter().max_by_key(|(_, names)| names.len()));
    let cell = |wanted: &[&str]| match (&types, main) {
        (None, _) => "",
        (_, None) => "all",
        (_, Some((_, names))) if wanted.iter().all(|name| names.contains(name)) => "yes",
        _ => "-",
    };
    COLUMNS.iter().map(|(_, wanted)| cell(wanted)).collect()
}
