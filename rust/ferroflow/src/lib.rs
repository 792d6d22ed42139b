//! TensorFlow's programming model from Rust: graphs, sessions, eager execution, gradients, optimizers, datasets and
//! TensorFlow's checkpoints, on a small engine of its own. No Python and no TensorFlow are needed.
//!
//! A graph with a placeholder, a variable and a loss, trained by Adam:
//!
//! ```
//! use ferroflow::prelude::*;
//!
//! fn main() -> ferroflow::Result<()> {
//!     let graph = Graph::new();
//!     let x = graph.placeholder("x", DType::Float, [-1, 2])?;
//!     let y = graph.placeholder("y", DType::Float, [-1, 1])?;
//!     let w = Variable::new(&graph, [[0.0f32], [0.0]], "w")?;
//!     let b = Variable::new(&graph, [0.0f32], "b")?;
//!     let error = ops::mat_mul(x, w, None)? + b - y;
//!     let loss = ops::mean(error * error, [0, 1], None)?;
//!     let train = Adam::new(0.1).minimize(loss)?;
//!
//!     let session = Session::new(&graph)?;
//!     session.run_ops(&[graph.initializer()?], &[])?;
//!     let points = [[0.0f32, 1.0], [1.0, 0.0], [1.0, 1.0], [2.0, 1.0]].to_tensor()?;
//!     let sums = [[2.0f32], [0.0], [3.0], [4.0]].to_tensor()?; // x0 + 3 x1 - 1
//!     let feeds = [(x, points), (y, sums)];
//!     let before = session.run(&[loss], &feeds)?[0].item::<f32>()?;
//!     for _ in 0..100 {
//!         session.run_ops(&[train], &feeds)?;
//!     }
//!     let after = session.run(&[loss], &feeds)?[0].item::<f32>()?;
//!     println!("loss {before} before, {after} after, w = {:?}", session.value(&w)?);
//!     assert!(after < 0.05 * before);
//!     Ok(())
//! }
//! ```
//!
//! - [`Graph`], its tensors [`T`] with operators, [`ops`] with a function for each op, [`Variable`], [`gradients`],
//!   [`Session`];
//! - [`train`]: optimizers and the [`Saver`](train::Saver) of checkpoints; [`init`] and [`random`]: initial values;
//! - [`eager`]: ops that run at once, and [`GradientTape`](eager::GradientTape);
//! - [`data`]: input pipelines; [`summary`]: event files for TensorBoard.
//!
//! Functions that can fail return [`Result`]; none panics. An [`Error`] has TensorFlow's class and first line, and names
//! the op and the line of the program that made it.
mod gradient;
mod graph;
mod operand;
mod operators;
mod session;
mod variable;

pub mod data;
pub mod eager;
#[rustfmt::skip]
#[allow(clippy::too_many_arguments, clippy::type_complexity, clippy::wrong_self_convention)]
mod generated;
pub mod init;
pub mod ops;
pub mod random;
pub mod summary;
pub mod train;

pub use ferroflow_ops::{Attr, Attrs, Func};
pub use ferroflow_runtime::SessionOptions;
pub use ferroflow_tensor::{BF16, C64, C128, Code, DType, Element, Error, F16, PartialShape, Place, Result, Shape, Tensor, bail, error};
pub use gradient::{Gradient, Source, gradients, sparse_gradients};
pub use graph::{Graph, Op, T};
pub use operand::{Dims, Item, Number, Operand, ToTensor};
pub use session::Session;
pub use variable::Variable;

/// What most programs need, for `use ferroflow::prelude::*`.
pub mod prelude {
    pub use crate::data::Dataset;
    pub use crate::eager::{GradientTape, Value};
    pub use crate::train::{Adam, GradientDescent, Optimizer, Saver};
    pub use crate::{
        Code, DType, Dims, Graph, Op, Operand, PartialShape, Session, Shape, T, Tensor, ToTensor, Variable, gradients, init, ops,
    };
}

/// Registers the kernels that live outside the CPU device, once.
fn start() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        ferroflow_data::start();
        ferroflow_formats::start();
    });
}
