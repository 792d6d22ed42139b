//! Reads the signature and attribute notation of entries.
use crate::attr::{Attr, Kind};
use crate::def::{ArgDef, ArgType, AttrDef, Entry, OpDef};
use ferroflow_tensor::{DType, PartialShape, Result, Tensor, bail};

const NUMBER: &str = "float, double, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, half, uint32, uint64";
const REAL: &str = "float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64";

/// Parses an entry. Internal error that names the op and the faulty part.
pub fn parse(entry: Entry, id: u32) -> Result<OpDef> {
    let attrs = split(entry.attrs, ';').into_iter().map(attr).collect::<Result<Vec<_>>>();
    let parsed = attrs.and_then(|attrs| {
        let Some((i, o)) = entry.sig.split_once("->") else { bail!(Internal, "no '->' in signature '{}'", entry.sig) };
        let args = |s: &str| split(s, ',').into_iter().map(|a| arg(a, &attrs, entry.host)).collect::<Result<Vec<_>>>();
        Ok(OpDef { entry, id, name: entry.name, inputs: args(i)?, outputs: args(o)?, attrs })
    });
    parsed.map_err(|e| ferroflow_tensor::error!(Internal, "entry {}: {}", entry.name, e.message()))
}

/// Splits at a separator outside braces, brackets, parentheses and quotes.
fn split(s: &str, at: char) -> Vec<&str> {
    let (mut parts, mut depth, mut quoted, mut start) = (vec![], 0, false, 0);
    for (i, c) in s.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '{' | '[' | '(' if !quoted => depth += 1,
            '}' | ']' | ')' if !quoted => depth -= 1,
            _ if c == at && depth == 0 && !quoted => {
                parts.push(s[start..i].trim());
                start = i + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(s[start..].trim());
    parts.retain(|p| !p.is_empty());
    parts
}

fn arg(s: &str, attrs: &[AttrDef], host: &[&str]) -> Result<ArgDef> {
    let Some((name, ty)) = s.split_once(':') else { bail!(Internal, "no type in argument '{s}'") };
    let (name, mut ty) = (name.trim(), ty.trim());
    let is_ref = ty.starts_with("Ref(");
    if is_ref {
        ty = ty.trim_start_matches("Ref(").trim_end_matches(')').trim();
    }
    let mut number = None;
    if let Some((n, t)) = ty.split_once('*') {
        number = Some(n.trim().to_string());
        ty = t.trim();
    }
    let ty = match (DType::from_name(ty), attrs.iter().find(|a| a.name == ty)) {
        (_, Some(a)) if a.list => ArgType::List(ty.into()),
        (_, Some(_)) => ArgType::Attr(ty.into()),
        (Some(d), None) => ArgType::Fixed(d),
        (None, None) => bail!(Internal, "unknown type '{ty}' of argument '{name}'"),
    };
    let object = matches!(ty, ArgType::Fixed(d) if d.is_object());
    Ok(ArgDef { name: name.into(), ty, number, is_ref, host: object || host.contains(&name) })
}

fn attr(s: &str) -> Result<AttrDef> {
    let Some((name, rest)) = s.split_once(':') else { bail!(Internal, "no kind in attribute '{s}'") };
    let (mut rest, mut default) = (rest.trim(), None);
    let mut minimum = None;
    if let Some(i) = find_default(rest) {
        default = Some(rest[i + 1..].trim());
        rest = rest[..i].trim();
    }
    if let Some((r, m)) = rest.split_once(">=") {
        minimum = m.trim().parse().ok();
        rest = r.trim();
    }
    let list = rest.starts_with("list(");
    let inner = if list { rest.trim_start_matches("list(").trim_end_matches(')').trim() } else { rest };
    let (mut types, mut strings) = (vec![], vec![]);
    let kind = match inner {
        "int" => Kind::Int,
        "float" => Kind::Float,
        "bool" => Kind::Bool,
        "string" => Kind::Str,
        "type" => Kind::Type,
        "shape" => Kind::Shape,
        "tensor" => Kind::Tensor,
        "func" => Kind::Func,
        "numbertype" | "realnumbertype" => {
            types = type_set(if inner == "numbertype" { NUMBER } else { REAL })?;
            Kind::Type
        }
        _ if inner.starts_with('{') && inner.contains('\'') => {
            strings = split(inner.trim_matches(['{', '}']), ',').into_iter().map(|s| s.trim_matches('\'').to_string()).collect();
            Kind::Str
        }
        _ if inner.starts_with('{') => {
            types = type_set(inner.trim_matches(['{', '}']))?;
            Kind::Type
        }
        _ => bail!(Internal, "unknown kind '{inner}' of attribute '{name}'"),
    };
    let default = default.map(|d| value(d, kind, list)).transpose()?;
    Ok(AttrDef { name: name.trim().into(), kind, list, default, types, strings, minimum })
}

/// Position of the `=` that starts a default: not the one of `>=`.
fn find_default(s: &str) -> Option<usize> {
    let b = s.as_bytes();
    (0..b.len()).find(|i| b[*i] == b'=' && (*i == 0 || b[*i - 1] != b'>'))
}

fn type_set(s: &str) -> Result<Vec<DType>> {
    let mut types = vec![];
    for t in split(s, ',') {
        match t {
            "numbertype" => types.extend(type_set(NUMBER)?),
            "realnumbertype" => types.extend(type_set(REAL)?),
            _ => match DType::from_name(t) {
                Some(d) => types.push(d),
                None => bail!(Internal, "unknown dtype '{t}'"),
            },
        }
    }
    Ok(types)
}

fn value(s: &str, kind: Kind, list: bool) -> Result<Attr> {
    if list {
        let items = split(s.trim_matches(['[', ']']), ',');
        let items = items.into_iter().map(|i| value(i, kind, false)).collect::<Result<Vec<_>>>()?;
        return Ok(items.into_iter().fold(Attr::empty_list(kind), |mut l, x| {
            match (&mut l, x) {
                (Attr::Ints(l), Attr::Int(x)) => l.push(x),
                (Attr::Floats(l), Attr::Float(x)) => l.push(x),
                (Attr::Bools(l), Attr::Bool(x)) => l.push(x),
                (Attr::Strs(l), Attr::Str(x)) => l.push(x),
                (Attr::Types(l), Attr::Type(x)) => l.push(x),
                (Attr::Shapes(l), Attr::Shape(x)) => l.push(x),
                _ => {}
            }
            l
        }));
    }
    let wrong = || ferroflow_tensor::error!(Internal, "'{s}' is no {kind:?}");
    Ok(match kind {
        Kind::Int => Attr::Int(s.parse().map_err(|_| wrong())?),
        Kind::Float => Attr::Float(s.parse().map_err(|_| wrong())?),
        Kind::Bool => Attr::Bool(s.parse().map_err(|_| wrong())?),
        Kind::Str => s.trim_matches('\'').into(),
        Kind::Type => Attr::Type(DType::from_name(s).ok_or_else(wrong)?),
        Kind::Shape if s == "<unknown>" => Attr::Shape(PartialShape::UNKNOWN),
        Kind::Shape => {
            let dims = split(s.trim_matches(['[', ']']), ',')
                .into_iter()
                .map(|d| if d == "?" { Ok(-1) } else { d.parse::<i64>().map_err(|_| wrong()) });
            Attr::Shape(PartialShape::from_i64(&dims.collect::<Result<Vec<_>>>()?))
        }
        // A vector of bytes: `uint8(255, 0)`.
        Kind::Tensor => {
            let items = s.strip_prefix("uint8(").and_then(|s| s.strip_suffix(')')).ok_or_else(wrong)?;
            let bytes = split(items, ',').into_iter().map(|b| b.parse::<u8>().map_err(|_| wrong())).collect::<Result<Vec<_>>>()?;
            Attr::Tensor(Tensor::from_slice(&bytes, [bytes.len()])?)
        }
        Kind::Func => return Err(wrong()),
    })
}
