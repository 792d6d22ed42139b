//! The messages of tensor.proto, tensor_shape.proto, resource_handle.proto and tensor_slice.proto.
use prost::Message;

/// A static shape: known, partly known (`size == -1`) or of unknown rank.
#[derive(Clone, PartialEq, Message)]
pub struct TensorShapeProto {
    /// The dimensions, outermost first; meaningless when `unknown_rank` is set.
    #[prost(message, repeated, tag = "2")]
    pub dim: Vec<Dim>,
    /// True if not even the number of dimensions is known.
    #[prost(bool, tag = "3")]
    pub unknown_rank: bool,
}

impl TensorShapeProto {
    /// A shape from sizes; -1 stands for an unknown size.
    pub fn from_dims(dims: &[i64]) -> Self {
        let dim = dims.iter().map(|&size| Dim { size, name: String::new() }).collect();
        TensorShapeProto { dim, unknown_rank: false }
    }

    /// The sizes, -1 for unknown ones; `None` for a shape of unknown rank.
    pub fn dims(&self) -> Option<Vec<i64>> {
        (!self.unknown_rank).then(|| self.dim.iter().map(|d| d.size).collect())
    }
}

/// One dimension of a [`TensorShapeProto`].
#[derive(Clone, PartialEq, Message)]
pub struct Dim {
    /// The size, -1 if unknown.
    #[prost(int64, tag = "1")]
    pub size: i64,
    /// An optional name, kept but without meaning.
    #[prost(string, tag = "2")]
    pub name: String,
}

/// A tensor as a message: the values are either raw bytes (`tensor_content`) or in the `*_val` field of the dtype.
#[derive(Clone, PartialEq, Message)]
pub struct TensorProto {
    /// TensorFlow's number of the dtype.
    #[prost(int32, tag = "1")]
    pub dtype: i32,
    /// The shape, fully known.
    #[prost(message, optional, tag = "2")]
    pub tensor_shape: Option<TensorShapeProto>,
    /// Always 0.
    #[prost(int32, tag = "3")]
    pub version_number: i32,
    /// Little-endian elements in row-major order; for strings the lengths as varints, then the bytes.
    #[prost(bytes = "vec", tag = "4")]
    pub tensor_content: Vec<u8>,
    /// Values of float32.
    #[prost(float, repeated, tag = "5")]
    pub float_val: Vec<f32>,
    /// Values of float64.
    #[prost(double, repeated, tag = "6")]
    pub double_val: Vec<f64>,
    /// Values of int32, int16, uint16, int8, uint8 and the quantised types.
    #[prost(int32, repeated, tag = "7")]
    pub int_val: Vec<i32>,
    /// Values of string.
    #[prost(bytes = "vec", repeated, tag = "8")]
    pub string_val: Vec<Vec<u8>>,
    /// Values of complex64: real and imaginary part in turn.
    #[prost(float, repeated, tag = "9")]
    pub scomplex_val: Vec<f32>,
    /// Values of int64.
    #[prost(int64, repeated, tag = "10")]
    pub int64_val: Vec<i64>,
    /// Values of bool.
    #[prost(bool, repeated, tag = "11")]
    pub bool_val: Vec<bool>,
    /// Values of complex128: real and imaginary part in turn.
    #[prost(double, repeated, tag = "12")]
    pub dcomplex_val: Vec<f64>,
    /// Values of half and bfloat16: the 16 bits, zero-extended.
    #[prost(int32, repeated, tag = "13")]
    pub half_val: Vec<i32>,
    /// Values of resource.
    #[prost(message, repeated, tag = "14")]
    pub resource_handle_val: Vec<ResourceHandleProto>,
    /// Values of variant.
    #[prost(message, repeated, tag = "15")]
    pub variant_val: Vec<VariantTensorDataProto>,
    /// Values of uint32.
    #[prost(uint32, repeated, tag = "16")]
    pub uint32_val: Vec<u32>,
    /// Values of uint64.
    #[prost(uint64, repeated, tag = "17")]
    pub uint64_val: Vec<u64>,
    /// Values of the float8 types, one byte each.
    #[prost(bytes = "vec", tag = "18")]
    pub float8_val: Vec<u8>,
}

/// A handle to a resource of a session, as it appears in constants.
#[derive(Clone, PartialEq, Message)]
pub struct ResourceHandleProto {
    /// The device that holds the resource.
    #[prost(string, tag = "1")]
    pub device: String,
    /// The container of the resource.
    #[prost(string, tag = "2")]
    pub container: String,
    /// The name within the container.
    #[prost(string, tag = "3")]
    pub name: String,
    /// Hash of the resource's type.
    #[prost(uint64, tag = "4")]
    pub hash_code: u64,
    /// The type's name, for messages.
    #[prost(string, tag = "5")]
    pub maybe_type_name: String,
    /// What the resource holds.
    #[prost(message, repeated, tag = "6")]
    pub dtypes_and_shapes: Vec<DtypeAndShape>,
}

/// Dtype and shape of a value behind a resource handle.
#[derive(Clone, PartialEq, Message)]
pub struct DtypeAndShape {
    /// TensorFlow's number of the dtype.
    #[prost(int32, tag = "1")]
    pub dtype: i32,
    /// The shape.
    #[prost(message, optional, tag = "2")]
    pub shape: Option<TensorShapeProto>,
}

/// One element of a variant tensor.
#[derive(Clone, PartialEq, Message)]
pub struct VariantTensorDataProto {
    /// The registered name of the element's type.
    #[prost(string, tag = "1")]
    pub type_name: String,
    /// The part that is not tensors.
    #[prost(bytes = "vec", tag = "2")]
    pub metadata: Vec<u8>,
    /// The tensors inside.
    #[prost(message, repeated, tag = "3")]
    pub tensors: Vec<TensorProto>,
}

/// A part of a tensor: one extent a dimension.
#[derive(Clone, PartialEq, Message)]
pub struct TensorSliceProto {
    /// The extents, outermost first.
    #[prost(message, repeated, tag = "1")]
    pub extent: Vec<Extent>,
}

/// The part of one dimension.
#[derive(Clone, PartialEq, Message)]
pub struct Extent {
    /// First index.
    #[prost(int64, tag = "1")]
    pub start: i64,
    /// Number of indices; absent means the whole dimension.
    #[prost(int64, optional, tag = "2")]
    pub length: Option<i64>,
}
