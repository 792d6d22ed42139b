//! Input pipelines: the datasets of `ferroflow_data` under the name that TensorFlow has for them.
//!
//! ```
//! use ferroflow::prelude::*;
//! let x = [1.0f32, 2.0, 3.0, 4.0, 5.0].to_tensor()?;
//! let batches = Dataset::from_slices(vec![x])?.shuffle(5, (7, 7), true)?.repeat(Some(2)).batch(4, true)?;
//! let sizes: Vec<usize> = batches.iter()?.map(|e| Ok(e?[0].count())).collect::<ferroflow::Result<_>>()?;
//! assert_eq!(sizes, [4, 4]);
//! # Ok::<(), ferroflow::Error>(())
//! ```
pub use ferroflow_data::{Element, INFINITE, Pass, Pipeline as Dataset, Spec, UNKNOWN};
