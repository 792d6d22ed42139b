//! The values of summaries as `tf.summary` of TensorFlow 1 and 2 make them.
use super::histogram::equal_width_buckets;
use super::png::encode_png;
use crate::proto::summary::{Image, Kind, Value};
use crate::proto::{HistogramProto, PluginData, SummaryMetadata, TensorProto};
use crate::value::{Data, RawTensor};
use ferroflow_tensor::{DType, Result, error};

fn plain(tag: &str, kind: Kind) -> Value {
    Value { tag: tag.to_string(), value: Some(kind), ..Value::default() }
}

/// A scalar (v1).
pub fn scalar_value(tag: &str, value: f32) -> Value {
    plain(tag, Kind::SimpleValue(value))
}

/// A histogram (v1); see [`histogram_proto`](super::histogram_proto).
pub fn histogram_value(tag: &str, histogram: HistogramProto) -> Value {
    plain(tag, Kind::Histo(histogram))
}

/// An image (v1) of 8-bit pixels; sizes and errors as in [`encode_png`]. The op ImageSummary makes the tags
/// `name/image` for one image, else `name/image/0` and so on.
pub fn image_value(tag: &str, height: usize, width: usize, channels: usize, pixels: &[u8]) -> Result<Value> {
    let encoded_image_string = encode_png(height, width, channels, pixels)?;
    // encode_png has checked that the numbers fit.
    let (height, width, colorspace) = (height as i32, width as i32, channels as i32);
    Ok(plain(tag, Kind::Image(Image { height, width, colorspace, encoded_image_string })))
}

/// Any tensor for a plugin of TensorBoard: the form of all v2 summaries.
pub fn tensor_value(tag: &str, tensor: TensorProto, plugin: &str, content: Vec<u8>, description: &str) -> Value {
    let plugin_data = Some(PluginData { plugin_name: plugin.to_string(), content });
    let metadata = SummaryMetadata { plugin_data, summary_description: description.to_string(), ..SummaryMetadata::default() };
    Value { tag: tag.to_string(), metadata: Some(metadata), value: Some(Kind::Tensor(Box::new(tensor))), ..Value::default() }
}

/// A text or an array of texts (v1 and v2), in Markdown.
pub fn text_value(tag: &str, dims: &[i64], texts: Vec<Vec<u8>>, description: &str) -> Result<Value> {
    let tensor = TensorProto::from_value(&RawTensor::from_strings(dims, texts)?);
    Ok(tensor_value(tag, tensor, "text", vec![], description))
}

/// A scalar (v2).
pub fn scalar_value_v2(tag: &str, value: f32, description: &str) -> Value {
    let tensor = RawTensor { dtype: DType::Float, dims: vec![], data: Data::Bytes(value.to_le_bytes().to_vec()) };
    tensor_value(tag, TensorProto::from_value(&tensor), "scalars", vec![], description)
}

/// A histogram (v2) of `buckets` buckets, 30 in TensorFlow; see [`equal_width_buckets`].
pub fn histogram_value_v2(tag: &str, values: &[f64], buckets: usize, description: &str) -> Value {
    let rows = equal_width_buckets(values, buckets);
    let bytes = rows.as_flattened().iter().flat_map(|v| v.to_le_bytes()).collect();
    let tensor = RawTensor { dtype: DType::Double, dims: vec![buckets as i64, 3], data: Data::Bytes(bytes) };
    tensor_value(tag, TensorProto::from_value(&tensor), "histograms", vec![], description)
}

/// Images (v2) of 8-bit pixels: `images` holds `count` images of the same sizes one after the other, of which at most
/// `max_outputs` are shown. `InvalidArgument` as in [`encode_png`].
pub fn image_value_v2(tag: &str, sizes: [usize; 4], images: &[u8], max_outputs: usize, description: &str) -> Result<Value> {
    let [count, height, width, channels] = sizes;
    let wrong = || error!(InvalidArgument, "{} bytes do not make images of {sizes:?}", images.len());
    let one = height.checked_mul(width).and_then(|n| n.checked_mul(channels)).filter(|&n| n > 0).ok_or_else(wrong)?;
    if one.checked_mul(count) != Some(images.len()) {
        return Err(wrong());
    }
    let mut strings = vec![width.to_string().into_bytes(), height.to_string().into_bytes()];
    for pixels in images.chunks_exact(one).take(max_outputs) {
        strings.push(encode_png(height, width, channels, pixels)?);
    }
    let tensor = TensorProto::from_value(&RawTensor::from_strings(&[strings.len() as i64], strings)?);
    Ok(tensor_value(tag, tensor, "images", vec![], description))
}
