//! Ops: one typed function for each op of the table, and [`call`], the builder that they stand on.
//!
//! A function takes what the op needs (inputs, then attributes without a default) and, where there are attributes with
//! defaults, an options value last: `None` for TensorFlow's defaults.
//!
//! ```
//! use ferroflow::prelude::*;
//! let graph = Graph::new();
//! let a = graph.constant([[1.0f32, 2.0], [3.0, 4.0]])?;
//! let plain = ops::mat_mul(a, a, None)?;
//! let transposed = ops::mat_mul(a, a, ops::MatMulOptions::new().transpose_b(true).name("product"))?;
//! assert_eq!(transposed.name()?, "product:0");
//! let total = ops::sum(plain, [0, 1], None)?;
//! assert_eq!(Session::new(&graph)?.run(&[total], &[])?[0].item::<f32>()?, 54.0);
//! # Ok::<(), ferroflow::Error>(())
//! ```
mod call;

pub use crate::generated::*;
pub(crate) use call::Options;
pub use call::{Call, Outputs, call};
