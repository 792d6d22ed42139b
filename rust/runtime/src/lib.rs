//! Who runs what: plan, executor, session, eager, tape, variables.
mod blocking;
pub mod cancel;
pub mod context;
mod control;
pub mod devices;
mod doubt;
pub mod eager;
pub mod exec;
mod fitting;
mod fold;
pub mod function;
mod lanes;
mod layout;
mod looping;
mod offload;
mod packing;
mod placement;
pub mod plan;
pub mod program;
pub mod regions;
mod rescue;
pub mod selftest;
pub mod session;
mod step;
pub mod tape;
pub mod threads;
pub mod trace;

pub use eager::{EagerBuilder, Value, Values};
pub use session::{Session, SessionOptions};
pub use step::Tensors;
pub use tape::{EagerGrad, Tape};

/// Registers the kernels of calls and control flow. Done by the first session or eager op.
pub fn start() {
    ferroflow_ops::kernel::register(control::KERNELS);
}
