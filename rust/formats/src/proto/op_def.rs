//! The messages of op_def.proto.
use super::graph::{AttrValue, FullTypeDef};
use super::tensor::DtypeAndShape;
use prost::Message;

/// The declaration of an op or the signature of a function.
#[derive(Clone, PartialEq, Message)]
pub struct OpDef {
    /// The op's type.
    #[prost(string, tag = "1")]
    pub name: String,
    /// The inputs.
    #[prost(message, repeated, tag = "2")]
    pub input_arg: Vec<ArgDef>,
    /// The outputs.
    #[prost(message, repeated, tag = "3")]
    pub output_arg: Vec<ArgDef>,
    /// The attributes.
    #[prost(message, repeated, tag = "4")]
    pub attr: Vec<AttrDef>,
    /// One line of documentation.
    #[prost(string, tag = "5")]
    pub summary: String,
    /// The rest of the documentation.
    #[prost(string, tag = "6")]
    pub description: String,
    /// Set if the op must not be used any more.
    #[prost(message, optional, tag = "8")]
    pub deprecation: Option<OpDeprecation>,
    /// True if the op takes N inputs of one type and is associative and commutative.
    #[prost(bool, tag = "16")]
    pub is_aggregate: bool,
    /// True if two equal calls may give different results.
    #[prost(bool, tag = "17")]
    pub is_stateful: bool,
    /// True if `op(a, b)` is `op(b, a)`.
    #[prost(bool, tag = "18")]
    pub is_commutative: bool,
    /// True if an input may be a variable without value.
    #[prost(bool, tag = "19")]
    pub allows_uninitialized_input: bool,
    /// Names of the control outputs (functions only).
    #[prost(string, repeated, tag = "20")]
    pub control_output: Vec<String>,
    /// True if the op talks to other machines.
    #[prost(bool, tag = "21")]
    pub is_distributed_communication: bool,
}

/// One input or output of an op.
#[derive(Clone, PartialEq, Message)]
pub struct ArgDef {
    /// The name.
    #[prost(string, tag = "1")]
    pub name: String,
    /// Documentation.
    #[prost(string, tag = "2")]
    pub description: String,
    /// The dtype's number if it is fixed, else 0.
    #[prost(int32, tag = "3")]
    pub r#type: i32,
    /// The attribute that gives the dtype.
    #[prost(string, tag = "4")]
    pub type_attr: String,
    /// The attribute that gives the number of tensors.
    #[prost(string, tag = "5")]
    pub number_attr: String,
    /// The attribute that gives the dtypes of a list of tensors.
    #[prost(string, tag = "6")]
    pub type_list_attr: String,
    /// What a resource argument holds.
    #[prost(message, repeated, tag = "7")]
    pub handle_data: Vec<DtypeAndShape>,
    /// True for a reference (v1 variables).
    #[prost(bool, tag = "16")]
    pub is_ref: bool,
    /// The argument's full type.
    #[prost(message, optional, tag = "17")]
    pub experimental_full_type: Option<FullTypeDef>,
}

/// One attribute of an op.
#[derive(Clone, PartialEq, Message)]
pub struct AttrDef {
    /// The name.
    #[prost(string, tag = "1")]
    pub name: String,
    /// The kind: `string`, `list(type)`, ...
    #[prost(string, tag = "2")]
    pub r#type: String,
    /// The value if a node has none.
    #[prost(message, optional, tag = "3")]
    pub default_value: Option<AttrValue>,
    /// Documentation.
    #[prost(string, tag = "4")]
    pub description: String,
    /// True if `minimum` counts.
    #[prost(bool, tag = "5")]
    pub has_minimum: bool,
    /// Smallest value of an int, shortest length of a list.
    #[prost(int64, tag = "6")]
    pub minimum: i64,
    /// The values that are allowed, as a list.
    #[prost(message, optional, tag = "7")]
    pub allowed_values: Option<AttrValue>,
}

/// Since when and why an op is deprecated.
#[derive(Clone, PartialEq, Message)]
pub struct OpDeprecation {
    /// The first graph version that must not use the op.
    #[prost(int32, tag = "1")]
    pub version: i32,
    /// What to use instead.
    #[prost(string, tag = "2")]
    pub explanation: String,
}

/// The declarations that a graph uses.
#[derive(Clone, PartialEq, Message)]
pub struct OpList {
    /// The ops.
    #[prost(message, repeated, tag = "1")]
    pub op: Vec<OpDef>,
}
