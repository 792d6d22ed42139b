//! The messages of example.proto and feature.proto: the usual content of TFRecord files.
use prost::Message;
use std::collections::BTreeMap;

/// One training example: named features.
#[derive(Clone, PartialEq, Message)]
pub struct Example {
    /// The features.
    #[prost(message, optional, tag = "1")]
    pub features: Option<Features>,
}

/// One example with sequences: features of the whole, and a list of features for each step.
#[derive(Clone, PartialEq, Message)]
pub struct SequenceExample {
    /// Features of the whole.
    #[prost(message, optional, tag = "1")]
    pub context: Option<Features>,
    /// Features of the steps.
    #[prost(message, optional, tag = "2")]
    pub feature_lists: Option<FeatureLists>,
}

/// Features by name.
#[derive(Clone, PartialEq, Message)]
pub struct Features {
    /// The features.
    #[prost(btree_map = "string, message", tag = "1")]
    pub feature: BTreeMap<String, Feature>,
}

/// Lists of features by name.
#[derive(Clone, PartialEq, Message)]
pub struct FeatureLists {
    /// The lists.
    #[prost(btree_map = "string, message", tag = "1")]
    pub feature_list: BTreeMap<String, FeatureList>,
}

/// One feature for each step of a sequence.
#[derive(Clone, PartialEq, Message)]
pub struct FeatureList {
    /// The features.
    #[prost(message, repeated, tag = "1")]
    pub feature: Vec<Feature>,
}

/// The values of one feature.
#[derive(Clone, PartialEq, Message)]
pub struct Feature {
    /// The values; `None` for a missing feature.
    #[prost(oneof = "feature::Kind", tags = "1, 2, 3")]
    pub kind: Option<feature::Kind>,
}

/// Parts of [`Feature`].
pub mod feature {
    use prost::Message;

    /// The kinds of values.
    #[derive(Clone, PartialEq, prost::Oneof)]
    pub enum Kind {
        /// Byte strings.
        #[prost(message, tag = "1")]
        BytesList(BytesList),
        /// Floats.
        #[prost(message, tag = "2")]
        FloatList(FloatList),
        /// Integers.
        #[prost(message, tag = "3")]
        Int64List(Int64List),
    }

    /// Byte strings.
    #[derive(Clone, PartialEq, Message)]
    pub struct BytesList {
        /// The strings.
        #[prost(bytes = "vec", repeated, tag = "1")]
        pub value: Vec<Vec<u8>>,
    }

    /// Floats.
    #[derive(Clone, PartialEq, Message)]
    pub struct FloatList {
        /// The numbers.
        #[prost(float, repeated, tag = "1")]
        pub value: Vec<f32>,
    }

    /// Integers.
    #[derive(Clone, PartialEq, Message)]
    pub struct Int64List {
        /// The numbers.
        #[prost(int64, repeated, tag = "1")]
        pub value: Vec<i64>,
    }
}

impl Feature {
    /// A feature of byte strings.
    pub fn bytes(value: Vec<Vec<u8>>) -> Self {
        Feature { kind: Some(feature::Kind::BytesList(feature::BytesList { value })) }
    }

    /// A feature of floats.
    pub fn floats(value: Vec<f32>) -> Self {
        Feature { kind: Some(feature::Kind::FloatList(feature::FloatList { value })) }
    }

    /// A feature of integers.
    pub fn int64s(value: Vec<i64>) -> Self {
        Feature { kind: Some(feature::Kind::Int64List(feature::Int64List { value })) }
    }
}

impl Example {
    /// An example from named features.
    ///
    /// ```
    /// use ferroflow_formats::proto::{Example, Feature};
    /// let example = Example::new([("label", Feature::int64s(vec![3])), ("pixels", Feature::floats(vec![0.5; 4]))]);
    /// assert_eq!(example.features.unwrap().feature.len(), 2);
    /// ```
    pub fn new<'a>(features: impl IntoIterator<Item = (&'a str, Feature)>) -> Self {
        let feature = features.into_iter().map(|(name, f)| (name.to_string(), f)).collect();
        Example { features: Some(Features { feature }) }
    }
}
