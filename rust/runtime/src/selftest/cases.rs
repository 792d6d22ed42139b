//! The calls of a self-test: those that an op's entry lists, in Python's syntax, read as far as they need no Python; and more.
use super::calls::MORE;
use super::held::{self, is_variable};
use ferroflow_ops::{ArgDef, ArgType, Attr, Attrs, OpDef, ShapeRule, bind};
use ferroflow_tensor::{BF16, DType, F16, Result, Shape, Tensor, bail, error};

/// A call: inputs on the host and complete attributes.
pub struct Case {
    /// As it is written.
    pub text: &'static str,
    /// Inputs in order.
    pub inputs: Vec<Tensor>,
    /// Attributes.
    pub attrs: Attrs,
    /// Positions of the inputs that are values of variables.
    pub held: Vec<usize>,
}

/// Most calls of an entry that are tested.
const MOST: usize = 4;

const UNARY: &[&str] = &["f(4,64)", "f(3,37)", "f()"];
const BINARY: &[[&str; 2]] = &[["f(4,64)", "f(4,64)"], ["f(3,37)", "f(37)"], ["f(1)", "f()"]];

/// The calls of an op for these dtypes; `attrs` are those of a real call, of which the dtypes count.
pub fn cases(op: &'static OpDef, attrs: &Attrs) -> Vec<Case> {
    if op.inputs.iter().any(is_variable) {
        return held::calls(op, attrs);
    }
    let calls = |texts: &[&'static str]| -> Vec<Case> { texts.iter().filter_map(|text| read(op, attrs, text).ok()).collect() };
    let more: Vec<&'static str> = MORE.iter().filter(|(ops, _)| ops.contains(&op.name)).flat_map(|(_, texts)| *texts).copied().collect();
    let mut made = calls(&more);
    made.extend(calls(op.entry.test.cases).into_iter().take(MOST));
    if made.is_empty() {
        let drawn: Vec<Vec<&str>> = match op.entry.shape {
            ShapeRule::Broadcast => BINARY.iter().map(|b| b.to_vec()).collect(),
            _ => UNARY.iter().map(|u| vec![*u; op.inputs.len()]).collect(),
        };
        let call = |values: Vec<&str>| -> Result<Case> {
            let named = op.inputs.iter().zip(values).map(|(a, v)| (a.name.as_str(), v));
            assemble(op, attrs, "shapes of its own", named.collect())
        };
        made.extend(drawn.into_iter().filter_map(|values| call(values).ok()));
    }
    made
}

fn read(op: &'static OpDef, attrs: &Attrs, text: &'static str) -> Result<Case> {
    let named = split(text).into_iter().map(|part| part.split_once('=').map(|(name, value)| (name.trim(), value.trim())));
    let named: Option<Vec<_>> = named.collect();
    assemble(op, attrs, text, named.ok_or_else(|| error!(Internal, "{text} is no call"))?)
}

/// The parts between commas that stand in no brackets or quotes.
fn split(text: &str) -> Vec<&str> {
    let (mut depth, mut quoted, mut start, mut parts) = (0, false, 0, vec![]);
    for (i, c) in text.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            ',' if depth == 0 && !quoted => {
                parts.push(text[start..i].trim());
                start = i + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|p| !p.is_empty());
    parts
}

fn assemble(op: &'static OpDef, real: &Attrs, text: &'static str, named: Vec<(&str, &str)>) -> Result<Case> {
    let value = |name: &str| named.iter().find(|(n, _)| *n == name).map(|(_, v)| *v);
    let mut draw = Draw::new(op.entry.test.domain);
    let mut inputs = vec![];
    for arg in &op.inputs {
        let Some(value) = value(&arg.name) else { bail!(Internal, "{text} lacks {}", arg.name) };
        let dtype = dtype_of(op, arg, real, value)?;
        match value.strip_prefix('[').and_then(|v| v.strip_suffix(']')).filter(|_| arg.is_list()) {
            Some(list) => split(list).into_iter().try_for_each(|v| draw.tensor(v, dtype).map(|t| inputs.push(t)))?,
            None => inputs.push(draw.tensor(value, dtype)?),
        }
    }
    let mut attrs = Attrs::none();
    for a in op.attrs.iter().filter(|a| !op.is_inferred(&a.name)) {
        match (real.get(&a.name), value(&a.name)) {
            (Some(t @ Attr::Type(_)), _) => attrs.set(a.name.clone(), t.clone()),
            (_, Some(v)) => attrs.set(a.name.clone(), attribute(v)?),
            _ => {}
        }
    }
    let dtypes: Vec<DType> = inputs.iter().map(Tensor::dtype).collect();
    let attrs = bind(op, &dtypes, attrs)?;
    Ok(Case { text, inputs, attrs, held: vec![] })
}

/// The dtype of an argument in a real call, or the one that the text of its value ends with, or the attribute's default.
fn dtype_of(op: &OpDef, arg: &ArgDef, real: &Attrs, text: &str) -> Result<DType> {
    let attr = match &arg.ty {
        ArgType::Fixed(d) => return Ok(*d),
        ArgType::Attr(t) => t,
        ArgType::List(_) => bail!(Unimplemented, "{} are operands of several dtypes", arg.name),
    };
    let written = || DType::from_name(text.strip_suffix("')")?.rsplit_once('\'')?.1);
    let default = || match op.attrs.iter().find(|a| a.name == *attr)?.default {
        Some(Attr::Type(d)) => Some(d),
        _ => None,
    };
    real.dtype(attr).ok().or_else(written).or_else(default).ok_or_else(|| error!(Internal, "{} has no dtype in {text}", arg.name))
}

fn attribute(text: &str) -> Result<Attr> {
    if let Some(word) = text.strip_prefix('\'').and_then(|t| t.strip_suffix('\'')) {
        return Ok(word.into());
    }
    match text {
        "True" => return Ok(true.into()),
        "False" => return Ok(false.into()),
        _ => {}
    }
    match text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
        Some(words) if words.starts_with('\'') => {
            Ok(Attr::Strs(split(words).into_iter().map(|w| w.trim_matches('\'').as_bytes().into()).collect()))
        }
        Some(list) => Ok(Attr::Ints(split(list).into_iter().map(int).collect::<Result<_>>()?)),
        None => int(text).map(Attr::from).or_else(|e| text.parse().map(Attr::Float).map_err(|_| e)),
    }
}

fn int(text: &str) -> Result<i64> {
    text.trim().parse().map_err(|_| error!(Internal, "{text} is no whole number"))
}

/// Draws values: the same ones each time.
pub struct Draw {
    state: u64,
    domain: (f64, f64),
}

impl Draw {
    /// From a domain.
    pub fn new(domain: (f64, f64)) -> Draw {
        Draw { state: 7, domain }
    }

    /// From 0 to below 1.
    fn next(&mut self) -> f64 {
        self.state = self.state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.state >> 11) as f64 / (1u64 << 53) as f64
    }

    /// The tensor that an expression such as `f(2,3)` or `c([1, 2], 'int32')` gives, in a dtype.
    pub fn tensor(&mut self, text: &str, dtype: DType) -> Result<Tensor> {
        let call = text.split_once('(').and_then(|(f, rest)| Some((f, rest.strip_suffix(')')?)));
        let Some((function, given)) = call else { bail!(Internal, "{text} gives no tensor") };
        let arguments = split(given);
        if function == "c" {
            let (values, shape) = nested(arguments.first().copied().unwrap_or(""))?;
            return made(dtype, Shape::new(&shape), &values);
        }
        let numbers = arguments.into_iter().map(int).collect::<Result<Vec<i64>>>()?;
        let ((low, high), sizes) = match (function, &numbers[..]) {
            ("f", sizes) if dtype.is_floating() => (self.domain, sizes),
            ("f", sizes) if dtype.is_unsigned_integer() => ((0.0, self.domain.1.max(1.0) + 1.0), sizes),
            ("f", sizes) => ((self.domain.0.ceil(), self.domain.1.max(1.0) + 1.0), sizes),
            ("b", sizes) => ((0.0, 2.0), sizes),
            ("i" | "i64", [low, high, sizes @ ..]) => ((*low as f64, *high as f64), sizes),
            _ => bail!(Internal, "{text} gives no tensor"),
        };
        let shape = Shape::new(&sizes.iter().map(|n| *n as usize).collect::<Vec<_>>());
        let whole = function.starts_with('i');
        let mut drawn = || low + (high - low) * self.next();
        let values: Vec<f64> = (0..shape.count()).map(|_| if whole { drawn().floor() } else { drawn() }).collect();
        made(dtype, shape, &values)
    }
}

/// Numbers in nested lists, and the shape of these.
fn nested(text: &str) -> Result<(Vec<f64>, Vec<usize>)> {
    let Some(list) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) else {
        let value = match text {
            "True" => 1.0,
            "False" => 0.0,
            _ => text.parse().map_err(|_| error!(Internal, "{text} is no number"))?,
        };
        return Ok((vec![value], vec![]));
    };
    let items = split(list).into_iter().map(nested).collect::<Result<Vec<_>>>()?;
    let mut shape = vec![items.len()];
    shape.extend(items.first().map(|i| i.1.clone()).unwrap_or_default());
    Ok((items.into_iter().flat_map(|i| i.0).collect(), shape))
}

/// A tensor of a dtype with these values; whole numbers are rounded down.
pub fn made(dtype: DType, shape: Shape, values: &[f64]) -> Result<Tensor> {
    let whole = values.iter().map(|v| v.floor());
    match dtype {
        DType::Float => Tensor::from_slice(&values.iter().map(|v| *v as f32).collect::<Vec<_>>(), shape),
        DType::Int32 => Tensor::from_slice(&whole.map(|v| v as i32).collect::<Vec<_>>(), shape),
        DType::Int64 => Tensor::from_slice(&whole.map(|v| v as i64).collect::<Vec<_>>(), shape),
        DType::UInt64 => Tensor::from_slice(&whole.map(|v| v as u64).collect::<Vec<_>>(), shape),
        DType::UInt32 => Tensor::from_slice(&whole.map(|v| v as u32).collect::<Vec<_>>(), shape),
        DType::Bool => Tensor::from_slice(&values.iter().map(|v| *v >= 1.0).collect::<Vec<_>>(), shape),
        DType::Double => Tensor::from_slice(values, shape),
        DType::Half => Tensor::from_slice(&values.iter().map(|v| F16::from_f32(*v as f32)).collect::<Vec<_>>(), shape),
        DType::BFloat16 => Tensor::from_slice(&values.iter().map(|v| BF16::from_f32(*v as f32)).collect::<Vec<_>>(), shape),
        DType::Int8 => Tensor::from_slice(&whole.map(|v| v as i8).collect::<Vec<_>>(), shape),
        DType::Int16 => Tensor::from_slice(&whole.map(|v| v as i16).collect::<Vec<_>>(), shape),
        DType::UInt8 => Tensor::from_slice(&whole.map(|v| v as u8).collect::<Vec<_>>(), shape),
        DType::UInt16 => Tensor::from_slice(&whole.map(|v| v as u16).collect::<Vec<_>>(), shape),
        other => bail!(Unimplemented, "values of {other} are not drawn"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(op: &str, dtype: DType) -> Vec<Case> {
        let op = ferroflow_ops::op(op).unwrap();
        let types = op.attrs.iter().filter(|a| a.kind == ferroflow_ops::attr::Kind::Type && !a.list);
        let mut attrs = Attrs::none();
        types.for_each(|a| attrs.set(a.name.clone(), if a.name.starts_with("Ti") { DType::Int32 } else { dtype }));
        cases(op, &attrs)
    }

    #[test]
    fn calls_of_entries_are_read() {
        let product = of("MatMul", DType::Float);
        assert_eq!(product[0].inputs[1].shape().dims(), [64, 128]);
        assert!(product[2].attrs.bool("transpose_a").unwrap());
        let pad = of("Pad", DType::Int32);
        assert_eq!(pad[0].inputs[1].to_i64().unwrap(), [1, 0, 2, 3]);
        assert_eq!(of("ConcatV2", DType::Float)[0].inputs.len(), 3);
        assert_eq!(of("Exp", DType::Float).len(), 3);
        assert_eq!(of("AddV2", DType::UInt32)[1].inputs[1].shape().dims(), [37]);
    }

    #[test]
    fn drawn_values_are_in_the_domain_and_always_the_same() {
        let (first, second) = (of("Log", DType::Float), of("Log", DType::Float));
        let values = first[0].inputs[0].slice::<f32>().unwrap();
        assert_eq!(values, second[0].inputs[0].slice::<f32>().unwrap());
        assert!(values.iter().all(|v| *v > 0.0));
    }
}
