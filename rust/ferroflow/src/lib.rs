//! The crate that Rust users depend on.
#![doc = include_str!("../README.md")]
//!
//! - [`Graph`], its tensors [`T`] with operators, [`ops`] with a function for each op, [`Variable`], [`Session`];
//! - [`Function`] with [`cond`], [`case`], [`while_loop`] and [`TensorArray`]; [`gradients`] and [`jvp`] through all of them;
//! - [`train`]: optimizers and the [`Saver`](train::Saver) of checkpoints; [`init`] and [`random`]: initial values;
//! - [`eager`]: ops that run at once, and [`GradientTape`](eager::GradientTape);
//! - [`data`]: input pipelines; [`summary`]: event files for TensorBoard.
//!
//! Functions that can fail return [`Result`]; none panics. An [`Error`] has TensorFlow's class and first line, and names
//! the op and the line of the program that made it.
mod array;
mod function;
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

pub use array::TensorArray;
pub use ferroflow_ops::{Attr, Attrs, Func};
pub use ferroflow_runtime::SessionOptions;
pub use ferroflow_tensor::{BF16, C64, C128, Code, DType, Element, Error, F16, PartialShape, Place, Result, Shape, Tensor, bail, error};
pub use function::{Function, case, cond, while_loop};
pub use gradient::{Gradient, Source, gradients, jvp, sparse_gradients, weighted_gradients};
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
        Code, DType, Dims, Function, Graph, Op, Operand, PartialShape, Session, Shape, T, Tensor, TensorArray, ToTensor, Variable, case,
        cond, gradients, init, jvp, ops, weighted_gradients, while_loop,
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
