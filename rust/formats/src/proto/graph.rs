//! The messages of graph.proto, node_def.proto, attr_value.proto, function.proto, versions.proto and full_type.proto.
use super::op_def::OpDef;
use super::tensor::{TensorProto, TensorShapeProto};
use prost::Message;
use std::collections::BTreeMap;

/// A whole graph: nodes in any order, functions, versions.
#[derive(Clone, PartialEq, Message)]
pub struct GraphDef {
    /// The nodes.
    #[prost(message, repeated, tag = "1")]
    pub node: Vec<NodeDef>,
    /// The functions that nodes call.
    #[prost(message, optional, tag = "2")]
    pub library: Option<FunctionDefLibrary>,
    /// The version as files before 2015 have it; use `versions`.
    #[prost(int32, tag = "3")]
    pub version: i32,
    /// Which programs can read this graph.
    #[prost(message, optional, tag = "4")]
    pub versions: Option<VersionDef>,
    /// Stack traces (GraphDebugInfo), kept as bytes.
    #[prost(bytes = "vec", optional, tag = "5")]
    pub debug_info: Option<Vec<u8>>,
}

/// Version of a file's producer and the oldest consumer that may read it.
#[derive(Clone, PartialEq, Message)]
pub struct VersionDef {
    /// The producer's version.
    #[prost(int32, tag = "1")]
    pub producer: i32,
    /// The oldest version that may read the data.
    #[prost(int32, tag = "2")]
    pub min_consumer: i32,
    /// Versions that must not read it.
    #[prost(int32, repeated, tag = "3")]
    pub bad_consumers: Vec<i32>,
}

/// One operation of a graph.
#[derive(Clone, PartialEq, Message)]
pub struct NodeDef {
    /// Unique name in the graph.
    #[prost(string, tag = "1")]
    pub name: String,
    /// The op's type.
    #[prost(string, tag = "2")]
    pub op: String,
    /// Inputs as `node`, `node:output` or, for control inputs, `^node`.
    #[prost(string, repeated, tag = "3")]
    pub input: Vec<String>,
    /// The requested device, empty for any.
    #[prost(string, tag = "4")]
    pub device: String,
    /// The attributes.
    #[prost(btree_map = "string, message", tag = "5")]
    pub attr: BTreeMap<String, AttrValue>,
    /// Names that the node had before rewrites.
    #[prost(message, optional, tag = "6")]
    pub experimental_debug_info: Option<ExperimentalDebugInfo>,
    /// The node's full type.
    #[prost(message, optional, tag = "7")]
    pub experimental_type: Option<FullTypeDef>,
}

/// Where a rewritten node came from.
#[derive(Clone, PartialEq, Message)]
pub struct ExperimentalDebugInfo {
    /// The names of the original nodes.
    #[prost(string, repeated, tag = "1")]
    pub original_node_names: Vec<String>,
    /// The functions that these nodes were in; empty for the graph itself.
    #[prost(string, repeated, tag = "2")]
    pub original_func_names: Vec<String>,
}

/// A type expression of TensorFlow's full type system.
#[derive(Clone, PartialEq, Message)]
pub struct FullTypeDef {
    /// The type's number in `FullTypeId`.
    #[prost(int32, tag = "1")]
    pub type_id: i32,
    /// The type's arguments.
    #[prost(message, repeated, tag = "2")]
    pub args: Vec<FullTypeDef>,
    /// A literal attached to the type.
    #[prost(oneof = "full_type_def::Attr", tags = "3, 4")]
    pub attr: Option<full_type_def::Attr>,
}

/// Parts of [`FullTypeDef`].
pub mod full_type_def {
    /// A literal attached to a type.
    #[derive(Clone, PartialEq, prost::Oneof)]
    pub enum Attr {
        /// A name.
        #[prost(string, tag = "3")]
        S(String),
        /// A number.
        #[prost(int64, tag = "4")]
        I(i64),
    }
}

/// The value of a node's attribute.
#[derive(Clone, PartialEq, Message)]
pub struct AttrValue {
    /// The value; `None` for an attribute that was written without one.
    #[prost(oneof = "attr_value::Value", tags = "1, 2, 3, 4, 5, 6, 7, 8, 9, 10")]
    pub value: Option<attr_value::Value>,
}

/// Parts of [`AttrValue`].
pub mod attr_value {
    use super::{NameAttrList, TensorProto, TensorShapeProto};

    /// The kinds of attribute values.
    #[derive(Clone, PartialEq, prost::Oneof)]
    pub enum Value {
        /// `list(...)` of any other kind.
        #[prost(message, tag = "1")]
        List(ListValue),
        /// `string`.
        #[prost(bytes, tag = "2")]
        S(Vec<u8>),
        /// `int`.
        #[prost(int64, tag = "3")]
        I(i64),
        /// `float`.
        #[prost(float, tag = "4")]
        F(f32),
        /// `bool`.
        #[prost(bool, tag = "5")]
        B(bool),
        /// `type`: a dtype's number.
        #[prost(int32, tag = "6")]
        Type(i32),
        /// `shape`.
        #[prost(message, tag = "7")]
        Shape(TensorShapeProto),
        /// `tensor`.
        #[prost(message, boxed, tag = "8")]
        Tensor(Box<TensorProto>),
        /// In a function's body: the name of the function's attribute that takes this place.
        #[prost(string, tag = "9")]
        Placeholder(String),
        /// `func`: a function with attributes.
        #[prost(message, tag = "10")]
        Func(NameAttrList),
    }

    /// A list; at most one of the fields is in use.
    #[derive(Clone, PartialEq, prost::Message)]
    pub struct ListValue {
        /// `list(string)`.
        #[prost(bytes = "vec", repeated, tag = "2")]
        pub s: Vec<Vec<u8>>,
        /// `list(int)`.
        #[prost(int64, repeated, tag = "3")]
        pub i: Vec<i64>,
        /// `list(float)`.
        #[prost(float, repeated, tag = "4")]
        pub f: Vec<f32>,
        /// `list(bool)`.
        #[prost(bool, repeated, tag = "5")]
        pub b: Vec<bool>,
        /// `list(type)`.
        #[prost(int32, repeated, tag = "6")]
        pub r#type: Vec<i32>,
        /// `list(shape)`.
        #[prost(message, repeated, tag = "7")]
        pub shape: Vec<TensorShapeProto>,
        /// `list(tensor)`.
        #[prost(message, repeated, tag = "8")]
        pub tensor: Vec<TensorProto>,
        /// `list(func)`.
        #[prost(message, repeated, tag = "9")]
        pub func: Vec<NameAttrList>,
    }
}

impl AttrValue {
    /// The attribute with this value.
    pub fn of(value: attr_value::Value) -> Self {
        AttrValue { value: Some(value) }
    }
}

/// A function's name with values for its attributes.
#[derive(Clone, PartialEq, Message)]
pub struct NameAttrList {
    /// The function's name.
    #[prost(string, tag = "1")]
    pub name: String,
    /// The attributes.
    #[prost(btree_map = "string, message", tag = "2")]
    pub attr: BTreeMap<String, AttrValue>,
}

/// The functions of a graph.
#[derive(Clone, PartialEq, Message)]
pub struct FunctionDefLibrary {
    /// The functions.
    #[prost(message, repeated, tag = "1")]
    pub function: Vec<FunctionDef>,
    /// Gradients of functions by function name.
    #[prost(message, repeated, tag = "2")]
    pub gradient: Vec<GradientDef>,
    /// Gradients of functions by op type.
    #[prost(message, repeated, tag = "3")]
    pub registered_gradients: Vec<RegisteredGradient>,
}

/// A function: signature, body, results.
#[derive(Clone, PartialEq, Message)]
pub struct FunctionDef {
    /// Name, arguments and results.
    #[prost(message, optional, tag = "1")]
    pub signature: Option<OpDef>,
    /// The body; inputs are `argument`, `node:output_name:index` or `^node`.
    #[prost(message, repeated, tag = "3")]
    pub node_def: Vec<NodeDef>,
    /// From a result's name to the value in the body.
    #[prost(btree_map = "string, string", tag = "4")]
    pub ret: BTreeMap<String, String>,
    /// Attributes of the function itself.
    #[prost(btree_map = "string, message", tag = "5")]
    pub attr: BTreeMap<String, AttrValue>,
    /// From a control output's name to the node in the body.
    #[prost(btree_map = "string, string", tag = "6")]
    pub control_ret: BTreeMap<String, String>,
    /// Attributes of single arguments.
    #[prost(btree_map = "uint32, message", tag = "7")]
    pub arg_attr: BTreeMap<u32, ArgAttrs>,
    /// Which resource arguments are the same resource.
    #[prost(btree_map = "uint32, uint32", tag = "8")]
    pub resource_arg_unique_id: BTreeMap<u32, u32>,
}

/// Attributes of one argument of a function.
#[derive(Clone, PartialEq, Message)]
pub struct ArgAttrs {
    /// The attributes.
    #[prost(btree_map = "string, message", tag = "1")]
    pub attr: BTreeMap<String, AttrValue>,
}

/// The gradient of one function.
#[derive(Clone, PartialEq, Message)]
pub struct GradientDef {
    /// The function.
    #[prost(string, tag = "1")]
    pub function_name: String,
    /// Its gradient function.
    #[prost(string, tag = "2")]
    pub gradient_func: String,
}

/// The gradient function of an op type.
#[derive(Clone, PartialEq, Message)]
pub struct RegisteredGradient {
    /// The gradient function.
    #[prost(string, tag = "1")]
    pub gradient_func: String,
    /// The op type that it differentiates.
    #[prost(string, tag = "2")]
    pub registered_op_type: String,
}
