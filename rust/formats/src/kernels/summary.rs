//! Kernels of the summary ops: encoded `Summary` messages.
use super::{prepared, text};
use crate::proto::summary::Value;
use crate::proto::{Summary, SummaryMetadata, TensorProto, parse};
use crate::record::{histogram_proto, histogram_value, image_pixels, image_value, scalar_value};
use crate::value::RawTensor;
use ferroflow_ops::{Attr, Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{BF16, DType, F16, Result, Tensor, bail};
use prost::Message;
use std::collections::HashSet;

pub(super) static KERNELS: &[Kernel] = &[
    Kernel { op: "ScalarSummary", types: &[("T", NUMBERS)], outputs: Outputs::Kernel, prepare: |_| prepared(scalars) },
    Kernel { op: "HistogramSummary", types: &[("T", NUMBERS)], outputs: Outputs::Kernel, prepare: |_| prepared(histogram) },
    Kernel { op: "ImageSummary", types: &[("T", PIXELS)], outputs: Outputs::Kernel, prepare: prepare_images },
    Kernel { op: "TensorSummaryV2", types: &[], outputs: Outputs::Kernel, prepare: |_| prepared(tensor) },
    Kernel { op: "MergeSummary", types: &[], outputs: Outputs::Kernel, prepare: |_| prepared(merge) },
];

const NUMBERS: &[DType] = &[
    DType::Float,
    DType::Double,
    DType::Half,
    DType::BFloat16,
    DType::Int8,
    DType::Int16,
    DType::Int32,
    DType::Int64,
    DType::UInt8,
    DType::UInt16,
    DType::UInt32,
    DType::UInt64,
];
const PIXELS: &[DType] = &[DType::UInt8, DType::Float, DType::Half, DType::Double];

/// The elements of a tensor of numbers as float64, the precision of histograms.
pub(crate) fn numbers(t: &Tensor) -> Result<Vec<f64>> {
    macro_rules! widen {
        ($($dtype:ident $type:ty, $to:expr);*) => {
            match t.dtype() {
                $(DType::$dtype => t.slice::<$type>()?.iter().map($to).collect(),)*
                other => bail!(InvalidArgument, "a summary cannot show dtype {other}"),
            }
        };
    }
    Ok(widen!(Float f32, |&x| f64::from(x); Double f64, |&x| x; Half F16, |x| x.to_f64(); BFloat16 BF16, |x| x.to_f64();
        Int8 i8, |&x| f64::from(x); Int16 i16, |&x| f64::from(x); Int32 i32, |&x| f64::from(x); Int64 i64, |&x| x as f64;
        UInt8 u8, |&x| f64::from(x); UInt16 u16, |&x| f64::from(x); UInt32 u32, |&x| f64::from(x); UInt64 u64, |&x| x as f64))
}

fn set(call: &mut Call, value: Vec<Value>) -> Result<()> {
    call.set(0, Tensor::string(Summary { value }.encode_to_vec()));
    Ok(())
}

fn tag(call: &Call) -> Result<String> {
    match call.input(0).strings()? {
        [one] => text(one),
        _ => bail!(InvalidArgument, "tag must be scalar"),
    }
}

fn scalars(_: &Prepared, call: &mut Call) -> Result<()> {
    let values = numbers(call.input(1))?;
    let tags = call.input(0).strings()?.iter().map(|t| text(t)).collect::<Result<Vec<_>>>()?;
    let found = tags.iter().zip(values).map(|(t, v)| scalar_value(t, v as f32)).collect();
    set(call, found)
}

fn histogram(_: &Prepared, call: &mut Call) -> Result<()> {
    let name = tag(call)?;
    let counted = histogram_proto(&name, numbers(call.input(1))?)?;
    set(call, vec![histogram_value(&name, counted)])
}

struct Images {
    at_most: usize,
    bad_color: Vec<u8>,
}

fn prepare_images(p: &Prep) -> Result<Prepared> {
    let bad_color = match p.attrs.get("bad_color") {
        Some(Attr::Tensor(t)) if t.dtype() == DType::UInt8 => t.slice::<u8>()?.to_vec(),
        Some(Attr::Tensor(t)) => bail!(InvalidArgument, "bad_color must be uint8, got {}", t.dtype().signature_name()),
        _ => bail!(Internal, "ImageSummary without bad_color"),
    };
    let at_most = usize::try_from(p.attrs.int("max_images")?).unwrap_or(0);
    Ok(Prepared::with(images, 1e6, Images { at_most, bad_color }))
}

fn images(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan: &Images = p.plan()?;
    let (name, all) = (tag(call)?, call.input(1));
    let &[count, height, width, channels] = all.shape().dims() else { bail!(InvalidArgument, "Tensor must be 4-D, not {}", all.shape()) };
    let (bytes, shown) = (all.bytes()?, count.min(plan.at_most));
    let size = bytes.len().checked_div(count).unwrap_or(0);
    let mut found = vec![];
    for i in 0..shown {
        let pixels = image_pixels(all.dtype(), &bytes[i * size..(i + 1) * size], channels, &plan.bad_color)?;
        let tag = if plan.at_most == 1 { format!("{name}/image") } else { format!("{name}/image/{i}") };
        found.push(image_value(&tag, height, width, channels, &pixels)?);
    }
    set(call, found)
}

fn tensor(_: &Prepared, call: &mut Call) -> Result<()> {
    let metadata = match call.input(2).strings()? {
        [one] => Some(parse::<SummaryMetadata>(one, "SummaryMetadata")?),
        _ => None,
    };
    let content = TensorProto::from_value(&RawTensor::from_tensor(call.input(1))?);
    let value = Some(crate::proto::summary::Kind::Tensor(Box::new(content)));
    let found = Value { tag: tag(call)?, metadata, value, ..Value::default() };
    set(call, vec![found])
}

fn merge(_: &Prepared, call: &mut Call) -> Result<()> {
    let (mut all, mut seen) = (vec![], HashSet::new());
    for i in 0..call.n_inputs() {
        for one in call.input(i).strings()? {
            let summary: Summary = parse(one, "Summary")?;
            for value in summary.value {
                // Tags are unique but for the empty one.
                if !value.tag.is_empty() && !seen.insert(value.tag.clone()) {
                    bail!(InvalidArgument, "Duplicate tag {} found in summary inputs", value.tag);
                }
                all.push(value);
            }
        }
    }
    set(call, all)
}
