//! TensorFlow's files: GraphDef, checkpoints, TFRecord, event files.
//!
//! [`proto`] holds the messages, [`checkpoint`] saved variables, [`record`] TFRecord and event files, [`table`] the
//! sorted string tables inside checkpoints. No number that a file contains is trusted: damaged files give
//! `DataLoss` errors, never a panic or an allocation that the file's size does not justify.
pub mod checkpoint;
mod crc;
pub mod files;
#[cfg(test)]
mod fuzz;
mod kernels;
pub mod proto;
pub mod record;
pub mod table;
mod value;
mod varint;

pub use kernels::start;
pub use value::{Data, RawTensor, byte_size, num_elements};
