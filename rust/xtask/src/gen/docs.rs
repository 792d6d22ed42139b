//! The pages of the ops, one for each and an index by family.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ferroflow_ops::ops::{array, control, dataset, io, linalg, math, nn, optimizer, random, segment, state, string};
use ferroflow_ops::{Entry, Gradient};

use super::model::Op;
use super::{support, text};

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
        Gradient::Rule(..) | Gradient::Through => "It has a gradient.".to_string(),
        Gradient::None(reason) => format!("No gradient flows: {reason}."),
        Gradient::Body => "Gradients flow through the bodies of the functions that it calls.".into(),
        Gradient::Missing(reason) => format!("Asking for a gradient is an error: {reason}."),
    };
    let _ = write!(out, "\n## Support\n\n{gradient}\n\n- CPU: {}\n- GPU: {}\n", support::cpu(op.def), support::gpu(op.def));
    out
}

fn index(ops: &[Op]) -> String {
    let mut families: BTreeMap<&str, Vec<&Op>> = BTreeMap::new();
    for op in ops {
        families.entry(family(op.def.name)).or_default().push(op);
    }
    let mut out = format!("# Ops by family\n\n{}", support::legend());
    let heads: Vec<&str> = support::COLUMNS.iter().map(|(name, _)| *name).collect();
    for (family, members) in families {
        let _ = write!(out, "\n## {family}\n\n| op | {} | on the CPU |\n|---|{}---|\n", heads.join(" | "), "---|".repeat(heads.len()));
        for op in members {
            let name = op.def.name;
            let _ = writeln!(out, "| [{name}]({name}.md) | {} | {} |", support::cells(op.def).join(" | "), support::reason(op.def));
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
