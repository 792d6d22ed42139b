//! The messages of tensor_bundle.proto, saver.proto, checkpoint_state.proto and meta_graph.proto.
use super::graph::{GraphDef, VersionDef};
use super::op_def::OpList;
use super::tensor::{TensorShapeProto, TensorSliceProto};
use prost::Message;
use std::collections::BTreeMap;

/// The value of the empty key in a checkpoint's index file.
#[derive(Clone, PartialEq, Message)]
pub struct BundleHeaderProto {
    /// The N of the data files' `-of-N`.
    #[prost(int32, tag = "1")]
    pub num_shards: i32,
    /// Byte order of the data files: 0 little, 1 big.
    #[prost(int32, tag = "2")]
    pub endianness: i32,
    /// The format's version.
    #[prost(message, optional, tag = "3")]
    pub version: Option<VersionDef>,
}

/// Where one tensor of a checkpoint lies.
#[derive(Clone, PartialEq, Message)]
pub struct BundleEntryProto {
    /// TensorFlow's number of the dtype.
    #[prost(int32, tag = "1")]
    pub dtype: i32,
    /// The shape.
    #[prost(message, optional, tag = "2")]
    pub shape: Option<TensorShapeProto>,
    /// Which data file.
    #[prost(int32, tag = "3")]
    pub shard_id: i32,
    /// Where in the data file.
    #[prost(int64, tag = "4")]
    pub offset: i64,
    /// How many bytes.
    #[prost(int64, tag = "5")]
    pub size: i64,
    /// Masked CRC-32C of the bytes.
    #[prost(fixed32, tag = "6")]
    pub crc32c: u32,
    /// If not empty, the tensor was stored in these slices, each under a key of its own.
    #[prost(message, repeated, tag = "7")]
    pub slices: Vec<TensorSliceProto>,
}

/// How a graph saves and restores itself.
#[derive(Clone, PartialEq, Message)]
pub struct SaverDef {
    /// The tensor to feed with the file name.
    #[prost(string, tag = "1")]
    pub filename_tensor_name: String,
    /// The tensor to fetch to save.
    #[prost(string, tag = "2")]
    pub save_tensor_name: String,
    /// The operation to run to restore.
    #[prost(string, tag = "3")]
    pub restore_op_name: String,
    /// How many checkpoints to keep, 0 for all.
    #[prost(int32, tag = "4")]
    pub max_to_keep: i32,
    /// One file for each device.
    #[prost(bool, tag = "5")]
    pub sharded: bool,
    /// Keep one checkpoint for so many hours for ever.
    #[prost(float, tag = "6")]
    pub keep_checkpoint_every_n_hours: f32,
    /// 0 legacy, 1 V1, 2 V2.
    #[prost(int32, tag = "7")]
    pub version: i32,
}

/// The content of the file `checkpoint`.
#[derive(Clone, PartialEq, Message)]
pub struct CheckpointState {
    /// The newest checkpoint's prefix.
    #[prost(string, tag = "1")]
    pub model_checkpoint_path: String,
    /// All prefixes that are kept, the newest last.
    #[prost(string, repeated, tag = "2")]
    pub all_model_checkpoint_paths: Vec<String>,
    /// When each was written, in seconds since 1970.
    #[prost(double, repeated, tag = "3")]
    pub all_model_checkpoint_timestamps: Vec<f64>,
    /// When the last checkpoint that stays for ever was written.
    #[prost(double, tag = "4")]
    pub last_preserved_timestamp: f64,
}

/// A graph with what is needed to use it: saver, collections, signatures.
#[derive(Clone, PartialEq, Message)]
pub struct MetaGraphDef {
    /// Versions and tags.
    #[prost(message, optional, tag = "1")]
    pub meta_info_def: Option<MetaInfoDef>,
    /// The graph.
    #[prost(message, optional, tag = "2")]
    pub graph_def: Option<GraphDef>,
    /// The saver.
    #[prost(message, optional, tag = "3")]
    pub saver_def: Option<SaverDef>,
    /// The graph's collections.
    #[prost(btree_map = "string, message", tag = "4")]
    pub collection_def: BTreeMap<String, CollectionDef>,
    /// The signatures.
    #[prost(btree_map = "string, message", tag = "5")]
    pub signature_def: BTreeMap<String, SignatureDef>,
    /// Files that come with the graph.
    #[prost(message, repeated, tag = "6")]
    pub asset_file_def: Vec<AssetFileDef>,
    /// SavedObjectGraph, kept as bytes.
    #[prost(bytes = "vec", optional, tag = "7")]
    pub object_graph_def: Option<Vec<u8>>,
}

/// Versions and tags of a [`MetaGraphDef`].
#[derive(Clone, PartialEq, Message)]
pub struct MetaInfoDef {
    /// The user's version.
    #[prost(string, tag = "1")]
    pub meta_graph_version: String,
    /// The ops that the graph uses.
    #[prost(message, optional, tag = "2")]
    pub stripped_op_list: Option<OpList>,
    /// google.protobuf.Any, kept as bytes.
    #[prost(bytes = "vec", optional, tag = "3")]
    pub any_info: Option<Vec<u8>>,
    /// The tags of a SavedModel.
    #[prost(string, repeated, tag = "4")]
    pub tags: Vec<String>,
    /// The program's version.
    #[prost(string, tag = "5")]
    pub tensorflow_version: String,
    /// The program's git version.
    #[prost(string, tag = "6")]
    pub tensorflow_git_version: String,
    /// True if attributes that have their default value were left out.
    #[prost(bool, tag = "7")]
    pub stripped_default_attrs: bool,
    /// From function names to their aliases.
    #[prost(btree_map = "string, string", tag = "8")]
    pub function_aliases: BTreeMap<String, String>,
}

/// One collection of a graph.
#[derive(Clone, PartialEq, Message)]
pub struct CollectionDef {
    /// The members.
    #[prost(oneof = "collection_def::Kind", tags = "1, 2, 3, 4, 5")]
    pub kind: Option<collection_def::Kind>,
}

/// Parts of [`CollectionDef`].
pub mod collection_def {
    use prost::Message;

    /// The kinds of members.
    #[derive(Clone, PartialEq, prost::Oneof)]
    pub enum Kind {
        /// Names of nodes or tensors.
        #[prost(message, tag = "1")]
        NodeList(NodeList),
        /// Encoded messages.
        #[prost(message, tag = "2")]
        BytesList(BytesList),
        /// Integers.
        #[prost(message, tag = "3")]
        Int64List(Int64List),
        /// Floats.
        #[prost(message, tag = "4")]
        FloatList(FloatList),
        /// Messages of any type (google.protobuf.Any), kept as bytes.
        #[prost(message, tag = "5")]
        AnyList(AnyList),
    }

    /// Names of nodes or tensors.
    #[derive(Clone, PartialEq, Message)]
    pub struct NodeList {
        /// The names.
        #[prost(string, repeated, tag = "1")]
        pub value: Vec<String>,
    }

    /// Encoded messages.
    #[derive(Clone, PartialEq, Message)]
    pub struct BytesList {
        /// The messages.
        #[prost(bytes = "vec", repeated, tag = "1")]
        pub value: Vec<Vec<u8>>,
    }

    /// Integers.
    #[derive(Clone, PartialEq, Message)]
    pub struct Int64List {
        /// The numbers.
        #[prost(int64, repeated, tag = "1")]
        pub value: Vec<i64>,
    }

    /// Floats.
    #[derive(Clone, PartialEq, Message)]
    pub struct FloatList {
        /// The numbers.
        #[prost(float, repeated, tag = "1")]
        pub value: Vec<f32>,
    }

    /// Messages of any type.
    #[derive(Clone, PartialEq, Message)]
    pub struct AnyList {
        /// The encoded google.protobuf.Any messages.
        #[prost(bytes = "vec", repeated, tag = "1")]
        pub value: Vec<Vec<u8>>,
    }
}

/// Inputs and outputs that a graph offers under a name.
#[derive(Clone, PartialEq, Message)]
pub struct SignatureDef {
    /// The inputs.
    #[prost(btree_map = "string, message", tag = "1")]
    pub inputs: BTreeMap<String, TensorInfo>,
    /// The outputs.
    #[prost(btree_map = "string, message", tag = "2")]
    pub outputs: BTreeMap<String, TensorInfo>,
    /// What the signature does, for serving.
    #[prost(string, tag = "3")]
    pub method_name: String,
    /// Values of inputs that a caller may leave out.
    #[prost(btree_map = "string, message", tag = "4")]
    pub defaults: BTreeMap<String, super::tensor::TensorProto>,
}

/// One tensor of a signature.
#[derive(Clone, PartialEq, Message)]
pub struct TensorInfo {
    /// TensorFlow's number of the dtype.
    #[prost(int32, tag = "2")]
    pub dtype: i32,
    /// The static shape.
    #[prost(message, optional, tag = "3")]
    pub tensor_shape: Option<TensorShapeProto>,
    /// How the tensor is found.
    #[prost(oneof = "tensor_info::Encoding", tags = "1, 4, 5")]
    pub encoding: Option<tensor_info::Encoding>,
}

/// Parts of [`TensorInfo`].
pub mod tensor_info {
    use prost::Message;

    /// How a tensor is found in the graph.
    #[derive(Clone, PartialEq, prost::Oneof)]
    pub enum Encoding {
        /// A dense tensor's name.
        #[prost(string, tag = "1")]
        Name(String),
        /// The three tensors of a sparse one.
        #[prost(message, tag = "4")]
        CooSparse(CooSparse),
        /// A composite tensor (TypeSpecProto and components), kept as bytes.
        #[prost(bytes, tag = "5")]
        CompositeTensor(Vec<u8>),
    }

    /// The names of a sparse tensor's parts.
    #[derive(Clone, PartialEq, Message)]
    pub struct CooSparse {
        /// The values, `[n]`.
        #[prost(string, tag = "1")]
        pub values_tensor_name: String,
        /// The indices, `[n, rank]`.
        #[prost(string, tag = "2")]
        pub indices_tensor_name: String,
        /// The dense shape, `[rank]`.
        #[prost(string, tag = "3")]
        pub dense_shape_tensor_name: String,
    }
}

/// A file that comes with a graph.
#[derive(Clone, PartialEq, Message)]
pub struct AssetFileDef {
    /// The tensor that takes the file's name.
    #[prost(message, optional, tag = "1")]
    pub tensor_info: Option<TensorInfo>,
    /// The file's name.
    #[prost(string, tag = "2")]
    pub filename: String,
}
