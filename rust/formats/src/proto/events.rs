//! The messages of summary.proto, histogram.proto and event.proto.
use super::tensor::TensorProto;
use prost::Message;

/// What a summary op produces: a list of tagged values.
#[derive(Clone, PartialEq, Message)]
pub struct Summary {
    /// The values.
    #[prost(message, repeated, tag = "1")]
    pub value: Vec<summary::Value>,
}

/// Parts of [`Summary`].
pub mod summary {
    use super::{HistogramProto, SummaryMetadata, TensorProto};
    use prost::Message;

    /// One tagged value.
    #[derive(Clone, PartialEq, Message)]
    pub struct Value {
        /// The tag; slashes group tags in TensorBoard.
        #[prost(string, tag = "1")]
        pub tag: String,
        /// The node that made the value; unused.
        #[prost(string, tag = "7")]
        pub node_name: String,
        /// Which plugin shows the value.
        #[prost(message, optional, tag = "9")]
        pub metadata: Option<SummaryMetadata>,
        /// The value.
        #[prost(oneof = "Kind", tags = "2, 3, 4, 5, 6, 8")]
        pub value: Option<Kind>,
    }

    /// The kinds of values.
    #[derive(Clone, PartialEq, prost::Oneof)]
    pub enum Kind {
        /// A scalar.
        #[prost(float, tag = "2")]
        SimpleValue(f32),
        /// A histogram in the form of 2015.
        #[prost(bytes, tag = "3")]
        ObsoleteOldStyleHistogram(Vec<u8>),
        /// An image.
        #[prost(message, tag = "4")]
        Image(Image),
        /// A histogram.
        #[prost(message, tag = "5")]
        Histo(HistogramProto),
        /// A sound.
        #[prost(message, tag = "6")]
        Audio(Audio),
        /// A tensor, shown by the plugin that the metadata names.
        #[prost(message, boxed, tag = "8")]
        Tensor(Box<TensorProto>),
    }

    /// An encoded image.
    #[derive(Clone, PartialEq, Message)]
    pub struct Image {
        /// Rows.
        #[prost(int32, tag = "1")]
        pub height: i32,
        /// Columns.
        #[prost(int32, tag = "2")]
        pub width: i32,
        /// Channels: 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA.
        #[prost(int32, tag = "3")]
        pub colorspace: i32,
        /// The PNG file.
        #[prost(bytes = "vec", tag = "4")]
        pub encoded_image_string: Vec<u8>,
    }

    /// An encoded sound.
    #[derive(Clone, PartialEq, Message)]
    pub struct Audio {
        /// Samples a second.
        #[prost(float, tag = "1")]
        pub sample_rate: f32,
        /// Channels.
        #[prost(int64, tag = "2")]
        pub num_channels: i64,
        /// Samples a channel.
        #[prost(int64, tag = "3")]
        pub length_frames: i64,
        /// The file.
        #[prost(bytes = "vec", tag = "4")]
        pub encoded_audio_string: Vec<u8>,
        /// Its MIME type.
        #[prost(string, tag = "5")]
        pub content_type: String,
    }
}

/// How a value is to be shown.
#[derive(Clone, PartialEq, Message)]
pub struct SummaryMetadata {
    /// The plugin and what it needs to know.
    #[prost(message, optional, tag = "1")]
    pub plugin_data: Option<PluginData>,
    /// The name to show.
    #[prost(string, tag = "2")]
    pub display_name: String,
    /// A description in Markdown.
    #[prost(string, tag = "3")]
    pub summary_description: String,
    /// 1 scalar, 2 tensor, 3 blob sequence.
    #[prost(int32, tag = "4")]
    pub data_class: i32,
}

/// A plugin's name and its own data.
#[derive(Clone, PartialEq, Message)]
pub struct PluginData {
    /// The plugin.
    #[prost(string, tag = "1")]
    pub plugin_name: String,
    /// Its data.
    #[prost(bytes = "vec", tag = "2")]
    pub content: Vec<u8>,
}

/// A histogram: bucket `i` counts the values from `bucket_limit[i - 1]` (inclusive) to `bucket_limit[i]` (exclusive).
#[derive(Clone, PartialEq, Message)]
pub struct HistogramProto {
    /// Smallest value.
    #[prost(double, tag = "1")]
    pub min: f64,
    /// Largest value.
    #[prost(double, tag = "2")]
    pub max: f64,
    /// Number of values.
    #[prost(double, tag = "3")]
    pub num: f64,
    /// Their sum.
    #[prost(double, tag = "4")]
    pub sum: f64,
    /// The sum of their squares.
    #[prost(double, tag = "5")]
    pub sum_squares: f64,
    /// The upper ends of the buckets.
    #[prost(double, repeated, tag = "6")]
    pub bucket_limit: Vec<f64>,
    /// The counts.
    #[prost(double, repeated, tag = "7")]
    pub bucket: Vec<f64>,
}

/// One record of an event file.
#[derive(Clone, PartialEq, Message)]
pub struct Event {
    /// Seconds since 1970.
    #[prost(double, tag = "1")]
    pub wall_time: f64,
    /// The training step.
    #[prost(int64, tag = "2")]
    pub step: i64,
    /// Who wrote the file (first event only).
    #[prost(message, optional, tag = "10")]
    pub source_metadata: Option<SourceMetadata>,
    /// What happened.
    #[prost(oneof = "event::What", tags = "3, 4, 5, 6, 7, 8, 9")]
    pub what: Option<event::What>,
}

/// Parts of [`Event`].
pub mod event {
    use super::{LogMessage, SessionLog, Summary, TaggedRunMetadata};

    /// The kinds of events.
    #[derive(Clone, PartialEq, prost::Oneof)]
    pub enum What {
        /// The file's version, the first event of a file.
        #[prost(string, tag = "3")]
        FileVersion(String),
        /// An encoded GraphDef.
        #[prost(bytes, tag = "4")]
        GraphDef(Vec<u8>),
        /// A summary.
        #[prost(message, tag = "5")]
        Summary(Summary),
        /// A log line.
        #[prost(message, tag = "6")]
        LogMessage(LogMessage),
        /// The start, stop or checkpoint of a session.
        #[prost(message, tag = "7")]
        SessionLog(SessionLog),
        /// Timings of one run.
        #[prost(message, tag = "8")]
        TaggedRunMetadata(TaggedRunMetadata),
        /// An encoded MetaGraphDef.
        #[prost(bytes, tag = "9")]
        MetaGraphDef(Vec<u8>),
    }
}

/// Who wrote an event file.
#[derive(Clone, PartialEq, Message)]
pub struct SourceMetadata {
    /// The writer's name.
    #[prost(string, tag = "1")]
    pub writer: String,
}

/// A log line.
#[derive(Clone, PartialEq, Message)]
pub struct LogMessage {
    /// 10 debug, 20 info, 30 warning, 40 error, 50 fatal.
    #[prost(int32, tag = "1")]
    pub level: i32,
    /// The text.
    #[prost(string, tag = "2")]
    pub message: String,
}

/// A change of a session's state.
#[derive(Clone, PartialEq, Message)]
pub struct SessionLog {
    /// 1 start, 2 stop, 3 checkpoint.
    #[prost(int32, tag = "1")]
    pub status: i32,
    /// The checkpoint's prefix.
    #[prost(string, tag = "2")]
    pub checkpoint_path: String,
    /// A remark.
    #[prost(string, tag = "3")]
    pub msg: String,
}

/// The encoded RunMetadata of one run.
#[derive(Clone, PartialEq, Message)]
pub struct TaggedRunMetadata {
    /// The run's tag.
    #[prost(string, tag = "1")]
    pub tag: String,
    /// The message.
    #[prost(bytes = "vec", tag = "2")]
    pub run_metadata: Vec<u8>,
}
