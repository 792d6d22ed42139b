//! Sentences about parameters and results, and the wrapping of text.

use ferroflow_ops::{ArgDef, ArgType, AttrDef, Kind, OpDef};

use super::model::{ERRORS, Op, Parameter, What, dtypes_of, python_value};

/// The text in lines of at most `width` characters, the first after `first`, the others after `rest`.
pub fn wrap(text: &str, first: &str, rest: &str, width: usize) -> String {
    let (mut lines, mut line) = (Vec::new(), first.to_string());
    let mut fresh = true;
    for word in text.split_whitespace() {
        if !fresh && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::replace(&mut line, rest.to_string()));
            fresh = true;
        }
        if !fresh {
            line.push(' ');
        }
        line.push_str(word);
        fresh = false;
    }
    lines.push(line);
    lines.join("\n")
}

/// What a parameter takes.
pub fn parameter(op: &Op, parameter: &Parameter) -> String {
    match parameter.what {
        What::Input(arg) => input(op, arg),
        What::Attr(attr) => attribute(attr),
    }
}

fn input(op: &Op, arg: &ArgDef) -> String {
    let number = arg.number.as_ref().map(|n| {
        let least = op.def.attr(n).and_then(|attr| attr.minimum).unwrap_or(0);
        if least > 0 { format!("A list of at least {least} tensors") } else { "A list of tensors".to_string() }
    });
    let start = match (&number, &arg.ty) {
        (Some(list), _) => format!("{list}, {}", dtype_phrase(op.def, arg)),
        (None, ArgType::List(_)) => format!("A list of tensors, {}", dtype_phrase(op.def, arg)),
        (None, _) => format!("A tensor{} {}", if arg.is_ref { " that is a variable's reference" } else { "" }, dtype_phrase(op.def, arg)),
    };
    let place = if arg.host && !matches!(arg.ty, ArgType::Fixed(d) if d.is_object()) { " Lives in host memory." } else { "" };
    format!("{start}.{place}")
}

fn dtype_phrase(def: &OpDef, arg: &ArgDef) -> String {
    let types = dtypes_of(def, arg);
    match (&arg.ty, types.as_slice()) {
        (ArgType::Fixed(d), _) => format!("of dtype {}", d.name()),
        (ArgType::List(name), []) => format!("each of any dtype (`{name}`)"),
        (ArgType::List(name), _) => format!("each of dtype {} (`{name}`)", any_of(&types)),
        (ArgType::Attr(name), []) => format!("of any dtype `{name}`"),
        (ArgType::Attr(name), _) => format!("of dtype `{name}`: {}", any_of(&types)),
    }
}

fn any_of(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_string(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

fn attribute(attr: &AttrDef) -> String {
    let kind = match (attr.kind, attr.list) {
        (Kind::Int, false) => "An int",
        (Kind::Int, true) => "A list of ints",
        (Kind::Float, false) => "A float",
        (Kind::Float, true) => "A list of floats",
        (Kind::Bool, false) => "A bool",
        (Kind::Bool, true) => "A list of bools",
        (Kind::Str, false) => "A string",
        (Kind::Str, true) => "A list of strings",
        (Kind::Type, false) => "A dtype",
        (Kind::Type, true) => "A list of dtypes",
        (Kind::Shape, false) => "A shape, partly known or None",
        (Kind::Shape, true) => "A list of shapes, each partly known or None",
        (Kind::Tensor, false) => "A constant tensor",
        (Kind::Tensor, true) => "A list of constant tensors",
        (Kind::Func, false) => "A function",
        (Kind::Func, true) => "A list of functions",
    };
    let mut text = kind.to_string();
    if let Some(minimum) = attr.minimum {
        text += &if attr.list { format!(" with at least {minimum} of them") } else { format!(", at least {minimum}") };
    }
    let types: Vec<&str> = attr.types.iter().map(|dtype| dtype.name()).collect();
    let strings: Vec<String> = attr.strings.iter().map(|s| format!("'{s}'")).collect();
    let strings: Vec<&str> = strings.iter().map(String::as_str).collect();
    if !types.is_empty() || !strings.is_empty() {
        text += &format!(": {}{}", any_of(&types), any_of(&strings));
    }
    text.push('.');
    if let Some(default) = &attr.default {
        text += &format!(" Default {}.", python_value(default, &|dtype| dtype.to_string()));
    }
    text
}

/// What the op returns, as one sentence.
pub fn result(op: &Op) -> String {
    match op.def.outputs.as_slice() {
        [] => "In a graph the operation, else None.".into(),
        [one] => format!("{}.", output(op.def, one)),
        many => {
            let names: Vec<&str> = many.iter().map(|arg| arg.name.as_str()).collect();
            let parts: Vec<String> = many.iter().map(|arg| format!("`{}`: {}.", arg.name, output(op.def, arg))).collect();
            format!("A named tuple ({}). {}", names.join(", "), parts.join(" "))
        }
    }
}

/// What one output is.
pub fn output(def: &OpDef, arg: &ArgDef) -> String {
    let dtype = match &arg.ty {
        ArgType::Fixed(d) => format!("of dtype {}", d.name()),
        ArgType::Attr(name) => format!("of dtype `{name}`"),
        ArgType::List(name) => format!("of dtypes `{name}`"),
    };
    match (&arg.number, &arg.ty) {
        (Some(number), _) if def.attr(number).is_some() => format!("A list of `{number}` tensors {dtype}"),
        (_, ArgType::List(_)) => format!("A list of tensors {dtype}"),
        _ => format!("A tensor {dtype}"),
    }
}

/// What the doc says of errors, under the names of the Python classes.
pub fn errors(op: &Op) -> String {
    let is_class = |word: &str| ERRORS.contains(&word.trim_end_matches([',', ';', '.', ':']));
    let text = op.errors();
    let words = text.split_whitespace().map(|word| {
        if !is_class(word) {
            return word.to_string();
        }
        let end = word.trim_end_matches([',', ';', '.', ':']).len();
        format!("{}Error{}", &word[..end], &word[end..])
    });
    words.collect::<Vec<_>>().join(" ")
}
