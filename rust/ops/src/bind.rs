//! Completes attributes from inputs and defaults, checks them, and gives the output dtypes.
use crate::attr::{Attr, Attrs, Kind};
use crate::def::{ArgType, AttrDef, OpDef};
use crate::infer::arg_len;
use ferroflow_tensor::{DType, Result, bail, error};

/// Completes `attrs` for flat inputs of these dtypes. InvalidArgument that names operand and attribute if they do not fit.
pub fn bind(op: &OpDef, inputs: &[DType], mut attrs: Attrs) -> Result<Attrs> {
    let lists = op.inputs.iter().filter(|a| a.is_list()).count();
    let singles = op.inputs.len() - lists;
    let mut at = 0;
    for arg in &op.inputs {
        let known = match (&arg.number, &arg.ty) {
            (Some(n), _) => attrs.get(n).is_some().then(|| arg_len(arg, &attrs)).transpose()?,
            (None, ArgType::List(t)) => attrs.get(t).is_some().then(|| arg_len(arg, &attrs)).transpose()?,
            _ => Some(1),
        };
        let n = match known {
            Some(n) => n,
            None if lists == 1 => inputs.len().saturating_sub(singles),
            None => bail!(InvalidArgument, "{}: the length of list '{}' must be given", op.name, arg.name),
        };
        let Some(types) = inputs.get(at..at + n) else {
            bail!(InvalidArgument, "{} expects more inputs than the {} that it got", op.name, inputs.len());
        };
        at += n;
        if let Some(name) = &arg.number {
            attrs.set(name.clone(), n as i64);
        }
        match &arg.ty {
            ArgType::List(t) => attrs.set(t.clone(), types.to_vec()),
            ArgType::Fixed(want) => {
                if let Some(got) = types.iter().find(|d| *d != want) {
                    return Err(mismatch(op, at - n, *want, *got));
                }
            }
            ArgType::Attr(t) => {
                for (i, got) in types.iter().enumerate() {
                    match attrs.get(t) {
                        Some(Attr::Type(want)) if want == got => {}
                        Some(Attr::Type(want)) => return Err(mismatch(op, at - n + i, *want, *got)),
                        _ => attrs.set(t.clone(), *got),
                    }
                }
            }
        }
    }
    if at != inputs.len() {
        bail!(InvalidArgument, "{} expects {at} inputs, got {}", op.name, inputs.len());
    }
    for a in &op.attrs {
        match (attrs.get(&a.name), &a.default) {
            (Some(v), _) => check(op, a, v)?,
            (None, Some(d)) => attrs.set(a.name.clone(), d.clone()),
            (None, None) => bail!(InvalidArgument, "NodeDef missing attr '{}' from Op<name={}>", a.name, op.name),
        }
    }
    Ok(attrs)
}

fn mismatch(op: &OpDef, i: usize, want: DType, got: DType) -> ferroflow_tensor::Error {
    let (want_s, got_s) = (want.signature_name(), got.signature_name());
    let e = error!(
        InvalidArgument,
        "cannot compute {} as input #{i}(zero-based) was expected to be a {want_s} tensor but is a {got_s} tensor", op.name
    );
    if want.is_object() || got.is_object() { e } else { e.fix(format!("tf.cast(..., tf.{want}) on that operand")) }
}

/// The way out where `word` is none of the words that an attribute takes.
#[cold]
pub fn allowed_word(name: &str, word: &str, allowed: &[String]) -> String {
    match allowed.iter().find(|a| a.eq_ignore_ascii_case(word)) {
        Some(meant) => format!("{name}=\"{meant}\""),
        None => format!("{name}=\"{}\", or another of these values", allowed.first().map_or("", |a| a)),
    }
}

/// Output dtypes, and whether each is a reference, for complete attributes.
pub fn output_types(op: &OpDef, attrs: &Attrs) -> Result<Vec<(DType, bool)>> {
    let mut out = vec![];
    for arg in &op.outputs {
        match &arg.ty {
            ArgType::List(t) => out.extend(attrs.dtypes(t)?.iter().map(|d| (*d, arg.is_ref))),
            ArgType::Fixed(d) => out.extend(std::iter::repeat_n((*d, arg.is_ref), arg_len(arg, attrs)?)),
            ArgType::Attr(t) => out.extend(std::iter::repeat_n((attrs.dtype(t)?, arg.is_ref), arg_len(arg, attrs)?)),
        }
    }
    Ok(out)
}

fn check(op: &OpDef, def: &AttrDef, value: &Attr) -> Result<()> {
    let name = &def.name;
    match value.kind() {
        None => return Ok(()),
        Some((kind, list)) if kind == def.kind && list == def.list => {}
        _ => {
            bail!(InvalidArgument, "AttrValue had value {value:?} when type '{:?}' was expected for attr '{name}' of {}", def.kind, op.name)
        }
    }
    if def.kind == Kind::Type && !def.types.is_empty() {
        let all: &[DType] = match value {
            Attr::Type(d) => &[*d],
            Attr::Types(l) => l,
            _ => &[],
        };
        if let Some(d) = all.iter().find(|d| !def.types.contains(d)) {
            let allowed: Vec<_> = def.types.iter().map(|d| d.signature_name()).collect();
            bail!(
                InvalidArgument,
                "Value for attr '{name}' of {} is not in the list of allowed values: {}",
                d.signature_name(),
                allowed.join(", ")
            );
        }
    }
    if !def.strings.is_empty() {
        let all = match value {
            Attr::Str(s) => std::slice::from_ref(s),
            Attr::Strs(l) => l,
            _ => &[],
        };
        if let Some(s) = all.iter().find(|s| !def.strings.iter().any(|a| a.as_bytes() == &s[..])) {
            let allowed: Vec<_> = def.strings.iter().map(|s| format!("\"{s}\"")).collect();
            let (word, allowed) = (String::from_utf8_lossy(s), allowed.join(", "));
            let e = error!(InvalidArgument, "Value for attr '{name}' of \"{word}\" is not in the list of allowed values: {allowed}");
            return Err(e.fix(allowed_word(name, &word, &def.strings)));
        }
    }
    if let Some(min) = def.minimum {
        let got = match value {
            Attr::Int(i) => *i,
            Attr::Ints(l) => l.len() as i64,
            Attr::Types(l) => l.len() as i64,
            Attr::Strs(l) => l.len() as i64,
            Attr::Shapes(l) => l.len() as i64,
            Attr::Funcs(l) => l.len() as i64,
            _ => min,
        };
        if got < min {
            let what = if def.list { "Length for attr" } else { "Value for attr" };
            bail!(InvalidArgument, "{what} '{name}' of {got} must be at least minimum {min}");
        }
    }
    Ok(())
}
