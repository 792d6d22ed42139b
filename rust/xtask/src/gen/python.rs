//! The Python module of raw ops and its stub.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use ferroflow_ops::{ArgDef, Attr, AttrDef, Kind};

use super::model::{Op, Parameter, What, python_value};
use super::text;

const WIDTH: usize = 120;

const HEAD: &str = r#""""Every op as a plain function with TensorFlow's arguments: `tf.raw_ops`. Written by `make gen`; not to be edited."""

from collections import namedtuple as _namedtuple

from ferroflow import _core
"#;

const NAMED: &str = r#"_call = _core.call
_call1 = _core.call1
_call2 = _core.call2
_classes = {}


def _named(op, fields, outputs):
    """The outputs as a named tuple; its class is made when the op is first called."""
    known = _classes.get(op)
    if known is None:
        known = _classes[op] = _namedtuple(op, fields)
    return known._make(outputs)


# The number of each op; None if the compiled module is older than this file.
_number = _core.op_ids().get
"#;

/// The text of `raw_ops.py`.
pub fn module(ops: &[Op]) -> String {
    let mut out = String::from(HEAD);
    let dtypes: Vec<String> = default_dtypes(ops).iter().map(|name| format!("{name} as _{name}")).collect();
    if !dtypes.is_empty() {
        let _ = writeln!(out, "from ferroflow.framework.dtypes import {}", dtypes.join(", "));
    }
    all_names(&mut out, ops);
    let _ = write!(out, "\n{NAMED}");
    for op in ops {
        let _ = writeln!(out, "_{0} = _number(\"{0}\")", op.def.name);
    }
    for op in ops {
        function(&mut out, op);
    }
    out
}

/// The list of the public names.
fn all_names(out: &mut String, ops: &[Op]) {
    let _ = writeln!(out, "\n__all__ = [");
    for op in ops {
        let _ = writeln!(out, "    \"{}\",", op.def.name);
    }
    let _ = writeln!(out, "]");
}

/// Dtypes that stand as defaults.
fn default_dtypes(ops: &[Op]) -> BTreeSet<&'static str> {
    let mut names = BTreeSet::new();
    for parameter in ops.iter().flat_map(|op| &op.parameters) {
        match &parameter.what {
            What::Attr(AttrDef { default: Some(Attr::Type(dtype)), .. }) => _ = names.insert(dtype.name()),
            What::Attr(AttrDef { default: Some(Attr::Types(list)), .. }) => names.extend(list.iter().map(|d| d.name())),
            _ => {}
        }
    }
    names
}

fn function(out: &mut String, op: &Op) {
    let name = op.def.name;
    let _ = writeln!(out, "\n\ndef {name}({}):", signature(op));
    out.push_str(&docstring(op).replace('\\', "\\\\"));
    let inputs = op.inputs();
    let call = match (op.is_plain(), inputs.as_slice()) {
        (true, [x]) => format!("_call1(_{name}, {x}, name)"),
        (true, [x, y]) => format!("_call2(_{name}, {x}, {y}, name)"),
        _ => format!("_call(_{name}, {}, {}, name)", tuple(&inputs), tuple(&op.own_attrs())),
    };
    let outputs: Vec<&str> = op.def.outputs.iter().map(|arg| arg.name.as_str()).collect();
    let _ = match outputs.as_slice() {
        [] | [_] => writeln!(out, "    return {call}"),
        many => writeln!(out, "    return _named(\"{name}\", \"{}\", {call})", many.join(" ")),
    };
}

fn signature(op: &Op) -> String {
    let default = |parameter: &Parameter| match parameter.what {
        What::Attr(AttrDef { default: Some(value), .. }) => format!("={}", python_value(value, &|dtype| format!("_{dtype}"))),
        _ => String::new(),
    };
    let mut parts: Vec<String> = op.parameters.iter().map(|p| format!("{}{}", p.name, default(p))).collect();
    parts.push("name=None".into());
    parts.join(", ")
}

fn tuple(items: &[&str]) -> String {
    match items {
        [one] => format!("({one},)"),
        many => format!("({})", many.join(", ")),
    }
}

fn docstring(op: &Op) -> String {
    let meaning = op.meaning();
    let (summary, rest) = meaning.split_once(". ").map_or((meaning.as_str(), ""), |(s, r)| (s, r));
    let dot = if summary.ends_with('.') { "" } else { "." };
    let mut out = text::wrap(&format!("{summary}{dot}"), "    \"\"\"", "    ", WIDTH);
    if !rest.is_empty() {
        out += &format!("\n\n{}", text::wrap(rest, "    ", "    ", WIDTH));
    }
    out += "\n\n    Args:\n";
    for parameter in &op.parameters {
        let about = text::parameter(op, parameter);
        out += &text::wrap(&about, &format!("      {}: ", parameter.name), "        ", WIDTH);
        out.push('\n');
    }
    out += "      name: A name for the operation.\n\n    Returns:\n";
    out += &text::wrap(&text::result(op), "      ", "      ", WIDTH);
    let errors = text::errors(op);
    if !errors.is_empty() {
        out += &format!("\n\n    Raises:\n{}", text::wrap(&errors, "      ", "        ", WIDTH));
    }
    out + "\n    \"\"\"\n"
}

const STUB_HEAD: &str = r#""""Types of the raw ops. Written by `make gen`; not to be edited."""

from collections.abc import Callable, Sequence
from typing import Any as _Any
from typing import NamedTuple

from ferroflow._core import Operation, Tensor
from ferroflow.framework.typing import DTypeLike, ShapeLike, TensorLike
"#;

/// The text of `raw_ops.pyi`.
pub fn stub(ops: &[Op]) -> String {
    let mut out = String::from(STUB_HEAD);
    all_names(&mut out, ops);
    for op in ops {
        let name = op.def.name;
        let one = |arg: &ArgDef| if arg.is_list() { "list[Tensor]" } else { "Tensor" };
        let result = match op.def.outputs.as_slice() {
            [] => "Operation | None".to_string(),
            [arg] => one(arg).to_string(),
            many => {
                let _ = writeln!(out, "\nclass _{name}(NamedTuple):");
                for arg in many {
                    let hidden = if ["count", "index"].contains(&arg.name.as_str()) { "  # type: ignore[assignment]" } else { "" };
                    let _ = writeln!(out, "    {}: {}{hidden}", arg.name, one(arg));
                }
                format!("_{name}")
            }
        };
        let mut parameters: Vec<String> = op.parameters.iter().map(stub_parameter).collect();
        parameters.push("name: str | None = None".into());
        let _ = writeln!(out, "\ndef {name}({}) -> {result}: ...", parameters.join(", "));
    }
    out
}

fn stub_parameter(parameter: &Parameter) -> String {
    let (kind, optional) = match parameter.what {
        What::Input(arg) => (if arg.is_list() { "Sequence[TensorLike]" } else { "TensorLike" }.to_string(), false),
        What::Attr(attr) => {
            let one = match attr.kind {
                Kind::Int => "int",
                Kind::Float => "float",
                Kind::Bool => "bool",
                Kind::Str => "str | bytes",
                Kind::Type => "DTypeLike",
                Kind::Shape => "ShapeLike",
                Kind::Tensor => "TensorLike | None",
                Kind::Func => "Callable[..., _Any] | str",
            };
            (if attr.list { format!("Sequence[{one}]") } else { one.to_string() }, attr.default.is_some())
        }
    };
    format!("{}: {kind}{}", parameter.name, if optional { " = ..." } else { "" })
}
