//! Event files, which TensorBoard shows.
//!
//! ```
//! use ferroflow::summary::{EventWriter, FlushPolicy, Summary, scalar_value};
//! let folder = std::env::temp_dir().join(format!("ferroflow_events_{}", std::process::id()));
//! let writer = EventWriter::create(&folder, "", FlushPolicy::default())?;
//! writer.add_summary(Summary { value: vec![scalar_value("loss", 0.5)] }, 1)?;
//! writer.flush()?;
//! # std::fs::remove_dir_all(&folder).unwrap();
//! # Ok::<(), ferroflow::Error>(())
//! ```
pub use ferroflow_formats::proto::{Event, Summary};
pub use ferroflow_formats::record::{
    EventReader, EventWriter, FlushPolicy, RecordReader, RecordWriter, event, histogram_value, histogram_value_v2, image_value,
    image_value_v2, scalar_value, scalar_value_v2, tensor_value, text_value,
};
