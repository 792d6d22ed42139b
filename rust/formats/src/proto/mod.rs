//! TensorFlow's messages with TensorFlow's field numbers, and the values inside them.
mod checkpoint;
mod events;
mod example;
mod graph;
mod op_def;
mod tensor;
mod text;
mod values;

pub use checkpoint::*;
pub use events::*;
pub use example::*;
pub use graph::*;
pub use op_def::*;
pub use tensor::*;
pub(crate) use text::{parse_fields, quote};
pub use values::DEFAULT_TENSOR_LIMIT;

use ferroflow_tensor::{Result, error};
use prost::Message;

/// The message in `bytes`; a `DataLoss` error that names `what` if they are no such message.
///
/// ```
/// use ferroflow_formats::proto::{GraphDef, parse};
/// assert!(parse::<GraphDef>(&[], "an empty graph").is_ok());
/// assert!(parse::<GraphDef>(&[0xff], "graph.pb").is_err());
/// ```
pub fn parse<M: Message + Default>(bytes: &[u8], what: &str) -> Result<M> {
    M::decode(bytes).map_err(|e| error!(DataLoss, "Can't parse {what} as binary proto: {e}"))
}
