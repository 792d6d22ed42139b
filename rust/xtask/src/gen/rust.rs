//! The Rust functions of the ops: one for each, with its operands and attributes as arguments.

use std::fmt::Write as _;

use ferroflow_ops::{ArgDef, Attr, AttrDef, Kind};

use super::model::{Op, Parameter, What};
use super::text;

const WIDTH: usize = 120;

const HEAD: &str =
    "//! A function for each op of the table, with options where attributes have defaults. Written by `make gen`; not to be edited.

use crate::graph::{Graph, Op, T};
use crate::operand::{Dims, Operand};
use crate::ops::{Options, call};
use ferroflow_ops::{Attr, Func};
use ferroflow_tensor::{DType, PartialShape, Result, Tensor};
";

/// Words that cannot be names in Rust.
const KEYWORDS: [&str; 26] = [
    "as", "break", "const", "continue", "else", "enum", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "match", "mod", "move",
    "ref", "return", "static", "struct", "switch", "type", "use", "where", "while",
];

/// The text of `generated.rs`.
pub fn module(ops: &[Op]) -> String {
    let mut out = String::from(HEAD);
    for op in ops {
        if options(op).next().is_some() {
            options_type(&mut out, op);
        }
        function(&mut out, op);
    }
    out
}

/// `MatMul` as `mat_mul`, `Conv2D` as `conv2d`, `ResourceApplyRMSProp` as `resource_apply_rms_prop`.
fn snake(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (i, c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).map(|k| chars[k]);
        let after = chars.get(i + 1);
        let starts_word = c.is_uppercase()
            && match before {
                None | Some('_') => false,
                Some(b) if b.is_ascii_digit() => *c != 'D',
                Some(b) if b.is_uppercase() => after.is_some_and(|a| a.is_lowercase()),
                Some(_) => true,
            };
        if starts_word {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    identifier(out)
}

fn identifier(mut name: String) -> String {
    if KEYWORDS.contains(&name.as_str()) {
        name.push('_');
    }
    name
}

/// The name of a parameter: TensorFlow's in lower case.
fn argument(op: &Op, parameter: &Parameter) -> String {
    let name = snake(&parameter.name);
    let taken = op.parameters.iter().take_while(|p| !std::ptr::eq(*p, parameter)).any(|p| snake(&p.name) == name);
    if taken { format!("{name}_") } else { name }
}

fn attr_of(parameter: &Parameter) -> Option<&'static AttrDef> {
    match parameter.what {
        What::Attr(attr) => Some(attr),
        What::Input(_) => None,
    }
}

/// Attributes with a default that Rust can set.
fn options(op: &Op) -> impl Iterator<Item = (&Parameter, &'static AttrDef, &'static Attr)> {
    op.parameters.iter().filter_map(|p| attr_of(p).and_then(|a| Some((p, a, a.default.as_ref()?))))
}

/// The Rust type of an attribute's argument, and the expression that makes the attribute from `x`.
fn attr_type(attr: &AttrDef, x: &str) -> (&'static str, String) {
    match (attr.kind, attr.list) {
        (Kind::Int, false) => ("i64", x.into()),
        (Kind::Float, false) => ("f32", x.into()),
        (Kind::Bool, false) => ("bool", x.into()),
        (Kind::Str, false) => ("&str", x.into()),
        (Kind::Type, false) => ("DType", x.into()),
        (Kind::Shape, false) => ("impl Into<Dims>", format!("{x}.into().0")),
        (Kind::Tensor, false) => ("Tensor", x.into()),
        (Kind::Func, false) => ("Func", x.into()),
        (Kind::Int, true) => ("&[i64]", format!("{x}.to_vec()")),
        (Kind::Float, true) => ("&[f32]", format!("{x}.to_vec()")),
        (Kind::Bool, true) => ("&[bool]", format!("{x}.to_vec()")),
        (Kind::Str, true) => ("&[&str]", format!("Attr::Strs({x}.iter().map(|s| s.as_bytes().into()).collect())")),
        (Kind::Type, true) => ("&[DType]", format!("{x}.to_vec()")),
        (Kind::Shape, true) => ("&[PartialShape]", format!("{x}.to_vec()")),
        (Kind::Tensor, true) => ("&[Tensor]", format!("Attr::Tensors({x}.to_vec())")),
        (Kind::Func, true) => ("&[Func]", format!("Attr::Funcs({x}.to_vec())")),
    }
}

fn options_type(out: &mut String, op: &Op) {
    let name = op.def.name;
    let _ = write!(
        out,
        "\n/// Options of [`{0}`]: attributes with TensorFlow's defaults, and the name.\n#[derive(Clone, Debug, Default)]\npub struct {name}Options(Options);\n\nimpl {name}Options {{\n    /// TensorFlow's defaults.\n    pub fn new() -> Self {{\n        Self::default()\n    }}\n    /// The name, made unique within the graph.\n    pub fn name(mut self, name: &str) -> Self {{\n        self.0.name = name.into();\n        self\n    }}\n",
        snake(name)
    );
    for (parameter, attr, default) in options(op) {
        let (kind, value) = attr_type(attr, "value");
        let _ = write!(
            out,
            "{}    pub fn {}(mut self, value: {kind}) -> Self {{\n        self.0.attrs.set(\"{}\", {value});\n        self\n    }}\n",
            doc(&format!("{} Default `{}`.", about(op, parameter), literal(default)), "    "),
            match argument(op, parameter) {
                taken if taken == "name" || taken == "new" => format!("{taken}_"),
                free => free,
            },
            attr.name,
        );
    }
    out.push_str("}\n");
}

/// What a parameter takes, without Python's default.
fn about(op: &Op, parameter: &Parameter) -> String {
    let all = text::parameter(op, parameter);
    all.split_once(" Default ").map_or(all.clone(), |(before, _)| before.to_string())
}

/// An attribute's value as Rust writes it.
fn literal(value: &Attr) -> String {
    match value {
        Attr::Str(s) => format!("{:?}", String::from_utf8_lossy(s)),
        Attr::Strs(list) => format!("{:?}", list.iter().map(|s| String::from_utf8_lossy(s)).collect::<Vec<_>>()),
        Attr::Int(x) => x.to_string(),
        Attr::Float(x) => format!("{x:?}"),
        Attr::Bool(x) => x.to_string(),
        Attr::Type(x) => format!("DType::{x:?}"),
        Attr::Types(x) => format!("{x:?}"),
        Attr::Shape(x) => x.to_string(),
        Attr::Shapes(x) => format!("{x:?}"),
        Attr::Ints(x) => format!("{x:?}"),
        Attr::Floats(x) => format!("{x:?}"),
        Attr::Bools(x) => format!("{x:?}"),
        Attr::Tensor(_) | Attr::Func(_) | Attr::Tensors(_) | Attr::Funcs(_) | Attr::Placeholder(_) => "none".into(),
    }
}

/// A text as a doc comment: brackets outside of code are no links, angles no tags.
fn doc(text: &str, indent: &str) -> String {
    let mut plain = String::new();
    let mut code = false;
    for c in text.chars() {
        if c == '`' {
            code = !code;
        }
        if !code && matches!(c, '[' | ']' | '<' | '>' | '*' | '_') {
            plain.push('\\');
        }
        plain.push(c);
    }
    let first = format!("{indent}/// ");
    let rest = if text.starts_with("- ") { format!("{first}  ") } else { first.clone() };
    text::wrap(&plain, &first, &rest, WIDTH) + "\n"
}

fn function(out: &mut String, op: &Op) {
    let name = op.def.name;
    let has_options = options(op).next().is_some();
    let has_inputs = !op.def.inputs.is_empty();
    let mut parameters: Vec<String> = if has_inputs { vec![] } else { vec!["graph: &'g Graph".into()] };
    let mut docs = doc(&sentence(&op.meaning()), "");
    let mut notes = String::new();
    let mut chain = if has_inputs { String::new() } else { ".on(graph)".to_string() };
    for parameter in &op.parameters {
        let argument = argument(op, parameter);
        match parameter.what {
            What::Input(arg) if arg.is_list() => {
                parameters.push(format!("{argument}: &[T<'g>]"));
                let _ = write!(chain, ".list({argument})");
            }
            What::Input(_) => {
                parameters.push(format!("{argument}: impl Operand<'g>"));
                let _ = write!(chain, ".input({argument})");
            }
            What::Attr(attr) if attr.default.is_none() => {
                let (kind, value) = attr_type(attr, &argument);
                parameters.push(format!("{argument}: {kind}"));
                let _ = write!(chain, ".attr(\"{}\", {value})", attr.name);
            }
            What::Attr(_) => continue,
        }
        notes += &doc(&format!("- `{argument}`: {}", about(op, parameter)), "");
    }
    if has_options {
        parameters.push(format!("options: impl Into<Option<{name}Options>>"));
        chain += ".options(options.into().map(|o| o.0))";
        let _ = writeln!(notes, "/// - `options`: `None` for the defaults of [`{name}Options`].");
    }
    if !notes.is_empty() {
        docs += &format!("///\n{notes}");
    }
    let errors = op.errors();
    docs += &format!("///\n{}", doc(&format!("Gives {}.", result(op)), ""));
    if !errors.is_empty() {
        docs += &format!("///\n{}", doc(&format!("Errors: {}", errors.trim_start_matches("Errors:").trim()), ""));
    }
    let (kind, body) = returns(op, &format!("call(\"{name}\"){chain}"));
    let _ = write!(out, "\n{docs}#[track_caller]\npub fn {}<'g>({}) -> Result<{kind}> {{\n{body}}}\n", snake(name), parameters.join(", "));
}

fn sentence(text: &str) -> String {
    if text.ends_with('.') { text.to_string() } else { format!("{text}.") }
}

fn result(op: &Op) -> String {
    match op.def.outputs.as_slice() {
        [] => "the operation".into(),
        many => {
            let parts: Vec<String> = many.iter().map(|arg| format!("`{}`: {}", arg.name, text::output(op.def, arg))).collect();
            parts.join("; ")
        }
    }
}

/// The type of the results, and the lines that make them.
fn returns(op: &Op, call: &str) -> (String, String) {
    let take = |arg: &ArgDef| if arg.is_list() { ("Vec<T<'g>>", "list") } else { ("T<'g>", "one") };
    match op.def.outputs.as_slice() {
        [] => ("Op<'g>".into(), format!("    {call}.run()\n")),
        [arg] => {
            let (kind, how) = take(arg);
            (kind.into(), format!("    {call}.outputs()?.{how}()\n"))
        }
        many => {
            let kinds: Vec<&str> = many.iter().map(|arg| take(arg).0).collect();
            let takes: Vec<String> = many.iter().map(|arg| format!("out.{}()?", take(arg).1)).collect();
            (format!("({})", kinds.join(", ")), format!("    let mut out = {call}.outputs()?;\n    Ok(({}))\n", takes.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_ops() {
        for (op, name) in [
            ("MatMul", "mat_mul"),
            ("Conv2D", "conv2d"),
            ("MaxPool3DGrad", "max_pool3d_grad"),
            ("ResourceApplyRMSProp", "resource_apply_rms_prop"),
            ("AddV2", "add_v2"),
            ("L2Loss", "l2_loss"),
            ("Where", "where_"),
            ("LRN", "lrn"),
            ("Atan2", "atan2"),
        ] {
            assert_eq!(snake(op), name);
        }
    }

    #[test]
    fn functions_and_options_have_names_of_their_own() {
        let ops = super::super::model::all();
        let mut names: Vec<String> = ops.iter().map(|op| snake(op.def.name)).collect();
        names.sort();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
        assert!(names.iter().all(|n| n != "call"));
    }
}
