//! TFRecord files, event files and the summaries inside them.
pub mod compressed;
mod events;
mod histogram;
mod image;
mod png;
mod summary;
mod tfrecord;

pub use events::{EventReader, EventWriter, FlushPolicy, event, unique_suffix};
pub use histogram::{default_bucket_limits, equal_width_buckets, histogram_proto};
pub use image::image_pixels;
pub use png::encode_png;
pub use summary::{
    histogram_value, histogram_value_v2, image_value, image_value_v2, scalar_value, scalar_value_v2, tensor_value, text_value,
};
pub use tfrecord::{RecordReader, RecordWriter};
