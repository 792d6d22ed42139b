//! The values inside a TensorProto: from and to plain bytes, in all of its forms.
use super::tensor::{TensorProto, TensorShapeProto};
use crate::value::{Data, RawTensor, byte_size, num_elements};
use crate::varint;
use ferroflow_tensor::{DType, Result, bail, error};

/// How many bytes a decoded tensor may have by default: 2 GiB, which is also the most that a message can hold. A few
/// bytes can stand for any number of equal elements, so that a damaged message could otherwise ask for all memory.
pub const DEFAULT_TENSOR_LIMIT: usize = 2 << 30;

/// TensorFlow compresses a tensor only from this number of elements on ...
const COMPACT_MIN_ELEMENTS: usize = 64;
/// ... and only if it saves at least this factor.
const COMPACT_MIN_RATIO: usize = 2;

impl TensorProto {
    /// The tensor in the form that `tf.make_tensor_proto` gives an array: raw bytes for arrays of plain numbers with
    /// more than one element, else one entry of the `*_val` field for each element.
    ///
    /// ```
    /// use ferroflow_formats::{RawTensor, proto::TensorProto};
    /// let proto = TensorProto::from_value(&RawTensor::f32s(&[1.5]));
    /// assert_eq!(proto.float_val, [1.5]);
    /// ```
    pub fn from_value(value: &RawTensor) -> TensorProto {
        let mut proto = empty_proto(value);
        match &value.data {
            Data::Bytes(bytes) if bytes.len() > value.dtype.size() && has_content_form(value.dtype) => {
                proto.tensor_content = bytes.clone();
            }
            Data::Bytes(bytes) => put_values(&mut proto, value.dtype, bytes),
            Data::Strings(strings) => proto.string_val = strings.clone(),
        }
        proto
    }

    /// As [`from_value`](Self::from_value), but if the tensor ends in many equal elements only the first of these is
    /// written (a reader repeats the last value), where TensorFlow's own rule finds that worth it: from 64 elements
    /// on and if at least half of the bytes go.
    pub fn from_value_compact(value: &RawTensor) -> TensorProto {
        let Data::Bytes(bytes) = &value.data else { return Self::from_value(value) };
        let width = value.dtype.size();
        if width == 0 || bytes.len() / width < COMPACT_MIN_ELEMENTS {
            return Self::from_value(value);
        }
        let last = &bytes[bytes.len() - width..];
        let tail = bytes.rchunks_exact(width).take_while(|&element| element == last).count();
        let kept = bytes.len() / width - tail + 1;
        if kept * field_width(value.dtype) > bytes.len() / COMPACT_MIN_RATIO {
            return Self::from_value(value);
        }
        let mut proto = empty_proto(value);
        let all_zero = kept == 1 && last.iter().all(|&b| b == 0);
        if !all_zero {
            put_values(&mut proto, value.dtype, &bytes[..kept * width]);
        }
        proto
    }

    /// The tensor, at most [`DEFAULT_TENSOR_LIMIT`] bytes. `InvalidArgument` for a message that is no valid tensor.
    pub fn to_value(&self) -> Result<RawTensor> {
        self.to_value_within(DEFAULT_TENSOR_LIMIT)
    }

    /// The tensor. `InvalidArgument` for a message that is no valid tensor, `Unimplemented` for resources and
    /// variants, `ResourceExhausted` if the tensor would have more than `limit` bytes (a string counts with its 24 bytes of housekeeping).
    pub fn to_value_within(&self, limit: usize) -> Result<RawTensor> {
        let Some(dtype) = DType::from_number(self.dtype) else {
            bail!(InvalidArgument, "Cannot parse tensor from proto: unknown dtype {}", self.dtype);
        };
        let shape = self.tensor_shape.clone().unwrap_or_default();
        let Some(dims) = shape.dims() else {
            bail!(InvalidArgument, "Cannot parse tensor from proto: its shape has unknown rank");
        };
        if matches!(dtype, DType::Resource | DType::Variant) {
            bail!(Unimplemented, "A {dtype} tensor cannot be read from a message");
        }
        let elements = num_elements(&dims)?;
        let width = if dtype == DType::String { self.string_cost() } else { dtype.size() };
        if elements.checked_mul(width).is_none_or(|n| n > limit) {
            bail!(ResourceExhausted, "A {dtype} tensor of shape {dims:?} is larger than the limit of {limit} bytes");
        }
        if dtype == DType::String {
            return RawTensor::from_strings(&dims, self.strings(elements)?);
        }
        let size = byte_size(dtype, &dims)?;
        if self.tensor_content.is_empty() {
            let mut bytes = take_values(self, dtype);
            repeat_last(&mut bytes, dtype.size(), size);
            return RawTensor::from_bytes(dtype, &dims, bytes);
        }
        if self.tensor_content.len() != size {
            let found = self.tensor_content.len();
            bail!(InvalidArgument, "Cannot parse tensor from proto: {found} bytes of content for {dtype} {dims:?}");
        }
        RawTensor::from_bytes(dtype, &dims, self.tensor_content.clone())
    }

    /// Bytes in memory for each element that repeats the last string.
    fn string_cost(&self) -> usize {
        size_of::<Vec<u8>>() + self.string_val.last().map_or(0, Vec::len)
    }

    fn strings(&self, elements: usize) -> Result<Vec<Vec<u8>>> {
        if self.tensor_content.is_empty() {
            let mut strings = self.string_val.clone();
            let fill = strings.last().cloned().unwrap_or_default();
            strings.resize(elements, fill);
            return Ok(strings);
        }
        let broken = || error!(InvalidArgument, "Cannot parse tensor from proto: broken list of strings");
        let (lengths, mut rest) = varint::read_many(&self.tensor_content, elements).ok_or_else(broken)?;
        let mut strings = Vec::with_capacity(elements);
        for length in lengths {
            let length = usize::try_from(length).ok().filter(|&n| n <= rest.len()).ok_or_else(broken)?;
            let (head, tail) = rest.split_at(length);
            strings.push(head.to_vec());
            rest = tail;
        }
        if rest.is_empty() { Ok(strings) } else { Err(broken()) }
    }
}

fn empty_proto(value: &RawTensor) -> TensorProto {
    TensorProto { dtype: value.dtype.number(), tensor_shape: Some(TensorShapeProto::from_dims(&value.dims)), ..TensorProto::default() }
}

/// The dtypes that `tf.make_tensor_proto` writes as raw bytes.
fn has_content_form(dtype: DType) -> bool {
    use DType::*;
    !matches!(dtype, Bool | UInt16 | Complex64 | Complex128 | Int4 | UInt4 | Int2 | UInt2) && !dtype.is_object()
}

/// Bytes that one element takes in memory in its `*_val` field.
fn field_width(dtype: DType) -> usize {
    use DType::*;
    match dtype {
        Bool => 1,
        Double | Int64 | UInt64 | Complex64 => 8,
        Complex128 => 16,
        _ if dtype.is_float8() => 1,
        _ => 4,
    }
}

/// Grows `bytes` to `size` by repeating the last element (zeros if there is none), or cuts it there.
fn repeat_last(bytes: &mut Vec<u8>, width: usize, size: usize) {
    if bytes.is_empty() {
        bytes.resize(size, 0);
    }
    bytes.truncate(size);
    let last = bytes.len() - width.min(bytes.len());
    while bytes.len() < size {
        let step = (bytes.len() - last).min(size - bytes.len());
        bytes.extend_from_within(last..last + step);
    }
}

fn array<const N: usize>(chunk: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    out.copy_from_slice(chunk);
    out
}

fn elements<'a, const N: usize, T>(bytes: &'a [u8], from: fn([u8; N]) -> T) -> impl Iterator<Item = T> + 'a
where
    T: 'a,
{
    bytes.chunks_exact(N).map(move |chunk| from(array(chunk)))
}

/// Puts the elements into the `*_val` field of their dtype.
fn put_values(proto: &mut TensorProto, dtype: DType, bytes: &[u8]) {
    use DType::*;
    match dtype {
        Float => proto.float_val = elements(bytes, f32::from_le_bytes).collect(),
        Double => proto.double_val = elements(bytes, f64::from_le_bytes).collect(),
        Int32 | QInt32 => proto.int_val = elements(bytes, i32::from_le_bytes).collect(),
        Int16 | QInt16 => proto.int_val = elements(bytes, i16::from_le_bytes).map(i32::from).collect(),
        UInt16 | QUInt16 => proto.int_val = elements(bytes, u16::from_le_bytes).map(i32::from).collect(),
        Int8 | QInt8 | Int4 | Int2 => proto.int_val = elements(bytes, i8::from_le_bytes).map(i32::from).collect(),
        UInt8 | QUInt8 | UInt4 | UInt2 => proto.int_val = bytes.iter().map(|&b| i32::from(b)).collect(),
        Int64 => proto.int64_val = elements(bytes, i64::from_le_bytes).collect(),
        UInt32 => proto.uint32_val = elements(bytes, u32::from_le_bytes).collect(),
        UInt64 => proto.uint64_val = elements(bytes, u64::from_le_bytes).collect(),
        Bool => proto.bool_val = bytes.iter().map(|&b| b != 0).collect(),
        Half | BFloat16 => proto.half_val = elements(bytes, u16::from_le_bytes).map(i32::from).collect(),
        Complex64 => proto.scomplex_val = elements(bytes, f32::from_le_bytes).collect(),
        Complex128 => proto.dcomplex_val = elements(bytes, f64::from_le_bytes).collect(),
        Float8E5M2 | Float8E4M3FN | Float8E4M3FNUZ | Float8E4M3B11FNUZ | Float8E5M2FNUZ => proto.float8_val = bytes.to_vec(),
        String | Resource | Variant => {}
    }
}

fn join<T: Copy, const N: usize>(values: &[T], to: fn(T) -> [u8; N]) -> Vec<u8> {
    values.iter().flat_map(|&v| to(v)).collect()
}

/// The elements in the `*_val` field of the dtype; numbers that are too wide for the dtype lose their upper bits.
fn take_values(proto: &TensorProto, dtype: DType) -> Vec<u8> {
    use DType::*;
    match dtype {
        Float => join(&proto.float_val, f32::to_le_bytes),
        Double => join(&proto.double_val, f64::to_le_bytes),
        Int32 | QInt32 => join(&proto.int_val, i32::to_le_bytes),
        Int16 | QInt16 | UInt16 | QUInt16 => join(&proto.int_val, |v| (v as u16).to_le_bytes()),
        Int8 | QInt8 | UInt8 | QUInt8 | Int4 | UInt4 | Int2 | UInt2 => join(&proto.int_val, |v| [v as u8]),
        Int64 => join(&proto.int64_val, i64::to_le_bytes),
        UInt32 => join(&proto.uint32_val, u32::to_le_bytes),
        UInt64 => join(&proto.uint64_val, u64::to_le_bytes),
        Bool => join(&proto.bool_val, |v| [u8::from(v)]),
        Half | BFloat16 => join(&proto.half_val, |v| (v as u16).to_le_bytes()),
        Complex64 => join(&proto.scomplex_val[..proto.scomplex_val.len() & !1], f32::to_le_bytes),
        Complex128 => join(&proto.dcomplex_val[..proto.dcomplex_val.len() & !1], f64::to_le_bytes),
        Float8E5M2 | Float8E4M3FN | Float8E4M3FNUZ | Float8E4M3B11FNUZ | Float8E5M2FNUZ => proto.float8_val.clone(),
        String | Resource | Variant => vec![],
    }
}
