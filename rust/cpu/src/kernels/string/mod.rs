//! Kernels of strings.
pub mod number;
pub mod summary;
use ferroflow_ops::ops::string::pieces;
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Str, Tensor, bail, error};
use number::Format;

const NS: f32 = 100.0;

const fn kernel(op: &'static str, prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types: &[], outputs: Outputs::Kernel, prepare }
}

/// String ops.
pub static KERNELS: &[Kernel] = &[
    kernel("StringJoin", |p| Ok(Prepared::with(join, NS, p.attrs.bytes("separator")?.clone()))),
    kernel("AsString", prepare_as_string),
    kernel("StringFormat", prepare_format),
    kernel("ShardedFilename", |_| Ok(Prepared::new(sharded, NS))),
    kernel("ReduceJoin", prepare_reduce_join),
    kernel("StringLength", |p| Ok(Prepared::with(length, NS, p.attrs.str("unit")? == "UTF8_CHAR"))),
    kernel("StringToNumber", |p| Ok(Prepared::with(to_number, NS, p.attrs.dtype("out_type")?))),
];

fn join(p: &Prepared, call: &mut Call) -> Result<()> {
    let separator: &Str = p.plan()?;
    let inputs: Vec<&Tensor> = (0..call.n_inputs()).map(|i| call.input(i)).collect();
    let shape = inputs.iter().map(|t| t.shape()).find(|s| !s.is_empty()).cloned().unwrap_or(Shape::SCALAR);
    let columns = inputs.iter().map(|t| t.strings()).collect::<Result<Vec<_>>>()?;
    let one = |i: usize| -> Str {
        let parts: Vec<&[u8]> =
            columns.iter().zip(&inputs).map(|(c, t)| if t.shape().is_empty() { &c[0][..] } else { &c[i][..] }).collect();
        parts.join(&separator[..]).into()
    };
    call.set(0, Tensor::from_strings((0..shape.count()).map(one).collect(), shape)?);
    Ok(())
}

fn prepare_as_string(p: &Prep) -> Result<Prepared> {
    let dtype = p.dtype(0);
    let (scientific, shortest) = (p.attrs.bool("scientific")?, p.attrs.bool("shortest")?);
    let (precision, width) = (p.attrs.int("precision")?, p.attrs.int("width")?);
    if !dtype.is_differentiable() {
        if scientific || shortest {
            bail!(InvalidArgument, "scientific and shortest format not supported for datatype {}", dtype.signature_name());
        }
        if precision > -1 {
            bail!(InvalidArgument, "precision not supported for datatype {}", dtype.signature_name());
        }
    }
    let fill = p.attrs.bytes("fill")?;
    if fill.len() > 1 {
        bail!(InvalidArgument, "Fill string must be one or fewer characters");
    }
    if scientific && shortest {
        bail!(InvalidArgument, "Cannot select both scientific and shortest notation");
    }
    let flag = fill.first().copied().unwrap_or(0);
    if !matches!(flag, 0 | b' ' | b'0' | b'-' | b'+' | b'#') {
        bail!(InvalidArgument, "Fill argument not supported: \"{}\"", String::from_utf8_lossy(fill));
    }
    let limit = |x: i64, name: &str| match usize::try_from(x) {
        Ok(n) if n > 65_535 => bail!(InvalidArgument, "{name} must be at most 65535, got {n}"),
        n => Ok(n.ok()),
    };
    let notation = if scientific {
        b'e'
    } else if shortest {
        b'g'
    } else {
        b'f'
    };
    let format = Format { flag, width: limit(width, "width")?.unwrap_or(0), precision: limit(precision, "precision")?, notation };
    Ok(Prepared::with(as_string, NS * p.shape(0).count() as f32, format))
}

fn as_string(p: &Prepared, call: &mut Call) -> Result<()> {
    let f: Format = *p.plan()?;
    let t = call.input(0);
    macro_rules! each {
        ($t:ty, $f:expr) => {
            t.slice::<$t>()?.iter().copied().map($f).map(|s: String| s.into_bytes().into()).collect::<Vec<Str>>()
        };
    }
    macro_rules! complex {
        ($t:ty) => {
            each!($t, |z| format!("({},{})", f.float(z.re.into()), f.float(z.im.into())))
        };
    }
    let out = match t.dtype() {
        DType::Float => each!(f32, |x| f.float(x.into())),
        DType::Double => each!(f64, |x| f.float(x)),
        DType::Half => each!(ferroflow_tensor::F16, |x| f.float(x.to_f64())),
        DType::BFloat16 => each!(ferroflow_tensor::BF16, |x| f.float(x.to_f64())),
        DType::Complex64 => complex!(ferroflow_tensor::C64),
        DType::Complex128 => complex!(ferroflow_tensor::C128),
        DType::Int8 => each!(i8, |x| f.signed_integer(x.into())),
        DType::Int16 => each!(i16, |x| f.signed_integer(x.into())),
        DType::Int32 => each!(i32, |x| f.signed_integer(x.into())),
        DType::Int64 => each!(i64, |x| f.signed_integer(x)),
        DType::UInt8 => each!(u8, |x| f.unsigned_integer(x.into())),
        DType::UInt16 => each!(u16, |x| f.unsigned_integer(x.into())),
        DType::UInt32 => each!(u32, |x| f.unsigned_integer(x.into())),
        DType::UInt64 => each!(u64, |x| f.unsigned_integer(x)),
        DType::Bool => each!(bool, |x| x.to_string()),
        DType::String => t.strings()?.iter().map(|s| pad_bytes(&f, s)).collect(),
        DType::Variant => t.objects()?.iter().map(|o| o.type_name().as_bytes().into()).collect(),
        other => bail!(Unimplemented, "no AsString for dtype {other}"),
    };
    let shape = t.shape().clone();
    call.set(0, Tensor::from_strings(out, shape)?);
    Ok(())
}

fn pad_bytes(f: &Format, s: &Str) -> Str {
    let spaces = vec![b' '; f.width.saturating_sub(s.len())];
    if f.flag == b'-' { [s, &spaces[..]].concat().into() } else { [&spaces[..], s].concat().into() }
}

struct Template {
    parts: Vec<Vec<u8>>,
    summarize: i64,
}

fn prepare_format(p: &Prep) -> Result<Prepared> {
    let parts = pieces(p.attrs.bytes("template")?, p.attrs.bytes("placeholder")?).into_iter().map(<[u8]>::to_vec).collect();
    Ok(Prepared::with(format, NS, Template { parts, summarize: p.attrs.int("summarize")? }))
}

fn format(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan: &Template = p.plan()?;
    let mut out = plan.parts[0].clone();
    for (i, part) in plan.parts[1..].iter().enumerate() {
        out.extend(summary::bracketed(call.input(i), plan.summarize)?.bytes());
        out.extend(part);
    }
    call.set(0, Tensor::string(out));
    Ok(())
}

fn sharded(_: &Prepared, call: &mut Call) -> Result<()> {
    let five = Format { flag: b'0', width: 5, precision: None, notation: b'f' };
    let number = |i: usize| -> Result<String> { Ok(five.signed_integer(call.input(i).item::<i32>()?.into())) };
    let tail = format!("-{}-of-{}", number(1)?, number(2)?);
    let name = [&call.input(0).strings()?[0], tail.as_bytes()].concat();
    call.set(0, Tensor::string(name));
    Ok(())
}

struct Join {
    separator: Str,
    keep_dims: bool,
}

fn prepare_reduce_join(p: &Prep) -> Result<Prepared> {
    Ok(Prepared::with(reduce_join, NS, Join { separator: p.attrs.bytes("separator")?.clone(), keep_dims: p.attrs.bool("keep_dims")? }))
}

fn reduce_join(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan: &Join = p.plan()?;
    let (t, rank) = (call.input(0), call.input(0).shape().rank());
    let axes: Vec<usize> = call.input(1).to_i64()?.iter().map(|a| a.rem_euclid(rank.max(1) as i64) as usize).collect();
    let (shape, strides, all) = (t.shape().clone(), t.shape().strides(), t.strings()?);
    // Offsets of all positions along some axes, the first axis slowest.
    let offsets = |axes: &[usize]| {
        axes.iter().fold(vec![0usize], |at, a| {
            at.iter().flat_map(|o| (0..shape[*a]).map(move |i| (o, i))).map(|(o, i)| o + i * strides[*a]).collect()
        })
    };
    let kept: Vec<usize> = (0..rank).filter(|a| !axes.contains(a)).collect();
    let joined = offsets(&axes.iter().rev().copied().collect::<Vec<_>>()); // the axis that is given first runs fastest
    let one = |base: &usize| -> Str { joined.iter().map(|o| &all[base + o][..]).collect::<Vec<_>>().join(&plan.separator[..]).into() };
    let out = offsets(&kept).iter().map(one).collect();
    let size = |a: usize| if axes.contains(&a) { plan.keep_dims.then_some(1) } else { Some(shape[a]) };
    let out_shape: Shape = (0..rank).filter_map(size).collect();
    call.set(0, Tensor::from_strings(out, out_shape)?);
    Ok(())
}

fn length(p: &Prepared, call: &mut Call) -> Result<()> {
    let characters = *p.plan::<bool>()?;
    let t = call.input(0);
    // Continuation bytes of UTF-8 start with the bits 10.
    let count = |s: &Str| if characters { s.iter().filter(|b| **b & 0xC0 != 0x80).count() } else { s.len() } as i32;
    let lengths: Vec<i32> = t.strings()?.iter().map(count).collect();
    let shape = t.shape().clone();
    call.set(0, Tensor::from_slice(&lengths, shape)?);
    Ok(())
}

fn to_number(p: &Prepared, call: &mut Call) -> Result<()> {
    let t = call.input(0);
    let (texts, shape) = (t.strings()?, t.shape().clone());
    macro_rules! parse {
        ($f:expr) => {{
            let wrong =
                |s: &Str| error!(InvalidArgument, "StringToNumberOp could not correctly convert string: {}", String::from_utf8_lossy(s));
            let numbers = texts.iter().map(|s| $f(s).ok_or_else(|| wrong(s))).collect::<Result<Vec<_>>>()?;
            Tensor::from_slice(&numbers, shape)?
        }};
    }
    let out = match p.plan::<DType>()? {
        DType::Float => parse!(number::parse_f32),
        DType::Double => parse!(number::parse_float),
        DType::Int32 => parse!(number::parse_integer::<i32>),
        DType::Int64 => parse!(number::parse_integer::<i64>),
        DType::UInt32 => parse!(number::parse_integer::<u32>),
        DType::UInt64 => parse!(number::parse_integer::<u64>),
        other => bail!(Unimplemented, "no StringToNumber for dtype {other}"),
    };
    call.set(0, out);
    Ok(())
}
