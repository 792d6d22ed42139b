//! The calls of a self-test: those that an op's entry lists, in Python's syntax, read as far as they need no Python; and more.
use ferroflow_ops::infer::arg_len;
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
}

/// Most calls of an op that are tested.
const MOST: usize = 4;

const UNARY: &[&str] = &["f(4,64)", "f(3,37)", "f()"];
const BINARY: &[[&str; 2]] = &[["f(4,64)", "f(4,64)"], ["f(3,37)", "f(37)"], ["f(1)", "f()"]];

/// Calls beside those of the entries, which have neither sizes that fill workgroups nor convolutions.
const MORE: &[(&[&str], &[&str])] = &[
    (&["MatMul"], &["a=f(64,64), b=f(64,128)", "a=f(17,33), b=f(33,65)", "a=f(65,3), b=f(5,65), transpose_a=True, transpose_b=True"]),
    (&["BatchMatMulV2", "BatchMatMulV3"], &["x=f(2,64,64), y=f(2,64,64)", "x=f(3,17,33), y=f(33,65)"]),
    (&["Softmax", "LogSoftmax"], &["logits=f(4,256)", "logits=f(3,65)"]),
    (&["SoftmaxCrossEntropyWithLogits"], &["features=f(4,256), labels=f(4,256)", "features=f(2,65), labels=f(1,65)"]),
    (&["SparseSoftmaxCrossEntropyWithLogits"], &["features=f(4,256), labels=i(0,256,4)"]),
    (
        &["Sum", "Mean", "Prod", "Max", "Min"],
        &["input=f(8,256), reduction_indices=c([1],'int32')", "input=f(7,65), reduction_indices=c([0],'int32')"],
    ),
    (&["All", "Any"], &["input=b(8,256), reduction_indices=c([1],'int32')", "input=b(7,65), reduction_indices=c([0],'int32')"]),
    (
        &["Conv2D"],
        &[
            "input=f(1,8,8,16), filter=f(3,3,16,64), strides=[1,1,1,1], padding='SAME'",
            "input=f(2,7,5,3), filter=f(2,3,3,5), strides=[1,2,2,1], padding='VALID'",
            "input=f(1,1,1,1), filter=f(1,1,1,1), strides=[1,1,1,1], padding='VALID'",
        ],
    ),
    (
        &["Conv2DBackpropInput"],
        &[
            "input_sizes=c([1,8,8,16],'int32'), filter=f(3,3,16,64), out_backprop=f(1,8,8,64), strides=[1,1,1,1], padding='SAME'",
            "input_sizes=c([2,7,5,3],'int32'), filter=f(2,3,3,5), out_backprop=f(2,3,2,5), strides=[1,2,2,1], padding='VALID'",
        ],
    ),
    (
        &["Conv2DBackpropFilter"],
        &[
            "input=f(1,8,8,16), filter_sizes=c([3,3,16,64],'int32'), out_backprop=f(1,8,8,64), strides=[1,1,1,1], padding='SAME'",
            "input=f(2,7,5,3), filter_sizes=c([2,3,3,5],'int32'), out_backprop=f(2,3,2,5), strides=[1,2,2,1], padding='VALID'",
        ],
    ),
    (
        &["DepthwiseConv2dNative"],
        &[
            "input=f(1,8,8,16), filter=f(3,3,16,1), strides=[1,1,1,1], padding='SAME'",
            "input=f(2,7,5,3), filter=f(2,3,3,2), strides=[1,2,2,1], padding='VALID'",
        ],
    ),
    (
        &["DepthwiseConv2dNativeBackpropInput"],
        &["input_sizes=c([2,7,5,3],'int32'), filter=f(2,3,3,2), out_backprop=f(2,3,2,6), strides=[1,2,2,1], padding='VALID'"],
    ),
    (
        &["DepthwiseConv2dNativeBackpropFilter"],
        &["input=f(2,7,5,3), filter_sizes=c([2,3,3,2],'int32'), out_backprop=f(2,3,2,6), strides=[1,2,2,1], padding='VALID'"],
    ),
    (
        &["MaxPool"],
        &[
            "input=f(1,8,8,32), ksize=[1,2,2,1], strides=[1,2,2,1], padding='VALID'",
            "input=f(2,7,5,3), ksize=[1,3,2,1], strides=[1,2,1,1], padding='SAME'",
        ],
    ),
    (
        &["AvgPool"],
        &[
            "value=f(1,8,8,32), ksize=[1,2,2,1], strides=[1,2,2,1], padding='VALID'",
            "value=f(2,7,5,3), ksize=[1,3,2,1], strides=[1,2,1,1], padding='SAME'",
        ],
    ),
    (&["AvgPoolGrad"], &["orig_input_shape=c([2,7,5,3],'int32'), grad=f(2,4,5,3), ksize=[1,3,2,1], strides=[1,2,1,1], padding='SAME'"]),
    (&["Conv3D"], &["input=f(1,4,5,3,4), filter=f(2,2,3,4,6), strides=[1,1,1,1,1], padding='SAME'"]),
    (
        &["Conv3DBackpropInputV2"],
        &["input_sizes=c([1,4,5,3,4],'int32'), filter=f(2,2,3,4,6), out_backprop=f(1,4,5,3,6), strides=[1,1,1,1,1], padding='SAME'"],
    ),
    (
        &["Conv3DBackpropFilterV2"],
        &["input=f(1,4,5,3,4), filter_sizes=c([2,2,3,4,6],'int32'), out_backprop=f(1,4,5,3,6), strides=[1,1,1,1,1], padding='SAME'"],
    ),
    (&["MaxPool3D"], &["input=f(1,4,5,3,4), ksize=[1,2,2,2,1], strides=[1,2,1,1,1], padding='SAME'"]),
    (&["AvgPool3D"], &["input=f(1,4,5,3,4), ksize=[1,2,2,2,1], strides=[1,2,1,1,1], padding='SAME'"]),
    (
        &["AvgPool3DGrad"],
        &["orig_input_shape=c([1,4,5,3,4],'int32'), grad=f(1,2,5,3,4), ksize=[1,2,2,2,1], strides=[1,2,1,1,1], padding='SAME'"],
    ),
];

/// The calls of an op for these dtypes; `attrs` are those of a real call, of which the dtypes count.
pub fn cases(op: &'static OpDef, attrs: &Attrs) -> Vec<Case> {
    let more = MORE.iter().filter(|(ops, _)| ops.contains(&op.name)).flat_map(|(_, texts)| *texts);
    let texts: Vec<&'static str> = more.chain(op.entry.test.cases).copied().collect();
    let mut made: Vec<Case> = texts.into_iter().filter_map(|text| read(op, attrs, text).ok()).take(MOST).collect();
    if op.entry.test.cases.is_empty() {
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
    let mut draw = Draw { state: 7, domain: op.entry.test.domain };
    let mut inputs = vec![];
    for arg in &op.inputs {
        let Some(value) = value(&arg.name) else { bail!(Internal, "{text} lacks {}", arg.name) };
        let dtype = dtype_of(arg, real)?;
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
    Ok(Case { text, inputs, attrs })
}

/// The dtype of an argument in a real call.
fn dtype_of(arg: &ArgDef, real: &Attrs) -> Result<DType> {
    match &arg.ty {
        ArgType::Fixed(d) => Ok(*d),
        ArgType::Attr(t) => real.dtype(t),
        ArgType::List(_) => bail!(Unimplemented, "{} of {} operands of several dtypes", arg.name, arg_len(arg, real)?),
    }
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
        Some(list) => Ok(Attr::Ints(split(list).into_iter().map(int).collect::<Result<_>>()?)),
        None => Ok(int(text)?.into()),
    }
}

fn int(text: &str) -> Result<i64> {
    text.trim().parse().map_err(|_| error!(Internal, "{text} is no whole number"))
}

/// Draws values: the same ones each time.
struct Draw {
    state: u64,
    domain: (f64, f64),
}

impl Draw {
    /// From 0 to below 1.
    fn next(&mut self) -> f64 {
        self.state = self.state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.state >> 11) as f64 / (1u64 << 53) as f64
    }

    /// The tensor that an expression such as `f(2,3)` or `c([1, 2], 'int32')` gives, in a dtype.
    fn tensor(&mut self, text: &str, dtype: DType) -> Result<Tensor> {
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
        let values: Vec<f64> = (0..shape.count()).map(|_| low + (high - low) * self.next()).collect();
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
        DType::UInt32 => Tensor::from_slice(&whole.map(|v| v as u32).collect::<Vec<_>>(), shape),
        DType::Bool => Tensor::from_slice(&values.iter().map(|v| *v >= 1.0).collect::<Vec<_>>(), shape),
        DType::Double => Tensor::from_slice(values, shape),
        DType::Half => Tensor::from_slice(&values.iter().map(|v| F16::from_f32(*v as f32)).collect::<Vec<_>>(), shape),
        DType::BFloat16 => Tensor::from_slice(&values.iter().map(|v| BF16::from_f32(*v as f32)).collect::<Vec<_>>(), shape),
        DType::UInt64 => Tensor::from_slice(&whole.map(|v| v as u64).collect::<Vec<_>>(), shape),
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
