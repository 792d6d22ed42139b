//! What TensorFlow checks before it adds an op to a graph, with its first lines: names, dtypes and attributes.
use crate::door::raise;
use crate::graph::GraphBase;
use crate::tensor::SymbolicTensor;
use ferroflow_ops::{ArgType, Attr, AttrDef, Attrs, OpDef, bind};
use ferroflow_runtime::context;
use ferroflow_tensor::{Code, DType, Error, Result, bail, error};
use pyo3::prelude::*;

fn may_begin(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '.'
}
fn may_follow(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_.\\/>-".contains(c)
}
fn well_formed(name: &str) -> bool {
    name.chars().next().is_some_and(may_begin) && name.chars().all(may_follow)
}

/// The name that a user gives to an op under the current scope. Value error unless it has TensorFlow's form.
pub fn op_name(name: &str) -> Result<()> {
    let (what, begin) = if context::with(|c| c.scope.is_empty()) { ("root scope", "[A-Za-z0-9.]") } else { ("scope", "") };
    if name.is_empty() || well_formed(name) || what == "scope" && name.chars().all(may_follow) {
        return Ok(());
    }
    let e = error!(
        Value,
        "'{name}' is not a valid {what} name. A {what} name has to match the following pattern: ^{begin}[A-Za-z0-9_.\\\\/>-]*$"
    );
    Err(e.fix("use letters, digits and _ . - / only, and begin with a letter, a digit or a dot"))
}
/// The whole name of a constant. Value error unless it has TensorFlow's form.
pub fn node_name(name: &str) -> Result<()> {
    if well_formed(name) {
        return Ok(());
    }
    let e = error!(
        Value,
        "`{name}` is not a valid node name. Accepted names conform to Regex /re.compile('^[A-Za-z0-9.][A-Za-z0-9_.\\\\\\\\/>-]*$')/"
    );
    Err(e.fix("use letters, digits and _ . - / only, and begin with a letter, a digit or a dot"))
}

/// The user's word for what a dtype attribute holds: the first argument of that type, else the attribute.
fn parameter<'a>(op: &'a OpDef, def: &'a AttrDef) -> &'a str {
    let of = |t: &ArgType| matches!(t, ArgType::Attr(n) | ArgType::List(n) if *n == def.name);
    op.inputs.iter().find(|a| of(&a.ty)).map_or(def.name.as_str(), |a| a.name.as_str())
}
/// Dtypes and words that an attribute does not allow: Type and Value errors.
pub fn attributes(op: &OpDef, attrs: &Attrs) -> Result<()> {
    for def in &op.attrs {
        let Some(value) = attrs.get(&def.name) else { continue };
        let dtypes: &[DType] = match value {
            Attr::Type(d) => &[*d],
            Attr::Types(l) => l,
            _ => &[],
        };
        if let Some(d) = dtypes.iter().find(|d| !def.types.is_empty() && !def.types.contains(d)) {
            let allowed: Vec<_> = def.types.iter().map(|d| d.name()).collect();
            bail!(
                Type,
                "Value passed to parameter '{}' has DataType {} not in list of allowed values: {}",
                parameter(op, def),
                d.name(),
                allowed.join(", ")
            );
        }
        let words = match value {
            Attr::Str(s) => std::slice::from_ref(s),
            Attr::Strs(l) => l,
            _ => &[],
        };
        if let Some(s) = words.iter().find(|s| !def.strings.is_empty() && !def.strings.iter().any(|a| a.as_bytes() == &s[..])) {
            let allowed: Vec<_> = def.strings.iter().map(|s| format!("\"{s}\"")).collect();
            let word = String::from_utf8_lossy(s);
            let e = error!(Value, "Attr '{}' of '{}' Op passed string '{word}' not in: {}.", def.name, op.name, allowed.join(", "));
            return Err(e.fix(bind::allowed_word(&def.name, &word, &def.strings)));
        }
    }
    Ok(())
}

/// While a graph is built, TensorFlow raises ValueError where a kernel would raise InvalidArgumentError.
#[cold]
pub fn while_building(e: Error) -> Error {
    match e.code() {
        Code::InvalidArgument | Code::OutOfRange | Code::NotFound => e.with_code(Code::Value),
        _ => e,
    }
}

/// An operand whose dtype is not that of the argument or of an earlier operand.
pub fn operand_type(op: &OpDef, input: &str, have: DType, want: DType, like: Option<&str>) -> Error {
    let (have, want) = (have.name(), want.name());
    let e = match like {
        Some(first) if first != input => {
            error!(Type, "Input '{input}' of '{}' Op has type {have} that does not match type {want} of argument '{first}'.", op.name)
        }
        _ => error!(Type, "Input '{input}' of '{}' Op has type {have} that does not match expected type of {want}.", op.name),
    };
    e.fix(format!("tf.cast(..., tf.{want}) on '{input}'"))
}

/// The graph that the operands ask for: that of the first symbolic one, which all others must share, unless a function body
/// is being built, which captures them.
pub fn common_graph<'py>(
    operands: impl Iterator<Item = Bound<'py, SymbolicTensor>>,
    building: Option<Bound<'py, GraphBase>>,
) -> PyResult<Option<Bound<'py, GraphBase>>> {
    if building.as_ref().is_some_and(|g| g.get().is_function()) {
        return Ok(building);
    }
    let mut first: Option<Bound<'py, SymbolicTensor>> = None;
    for t in operands {
        match &first {
            None => first = Some(t),
            Some(f) if f.get().graph.is(&t.get().graph) => {}
            Some(f) => {
                let (home, other) = (f.get().graph.bind(f.py()), t.get().graph.bind(f.py()));
                let (t, f, other, home) = (t.str()?, f.str()?, other.repr()?, home.repr()?);
                let e = error!(Value, "{t} must be from the same graph as {f} (graphs are {other} and {home}).");
                return Err(raise(f.py(), e.fix("make both tensors in one graph, inside one `with graph.as_default():`")));
            }
        }
    }
    let Some(first) = first else { return Ok(building) };
    let home = first.get().graph.bind(first.py()).clone();
    if building.is_none() && home.get().is_function() {
        return Err(crate::misplaced::out_of_scope(first.py(), &first, true)?);
    }
    // The body of a function is closed: the graph that is being built refuses its tensors.
    Ok(if building.is_some() && home.get().is_function() { building } else { Some(home) })
}
