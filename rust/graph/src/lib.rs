//! What a program is: graph, functions, autodiff, passes.
mod builder;
pub mod calls;
mod function;
mod gradients;
mod graph;
mod node;
mod order;
pub mod passes;
pub mod reverse;

pub use builder::GraphBuilder;
pub use function::{Belonging, Function, Library};
pub use gradients::{Custom, FindInBody, GraphGrad, InBodies, Options, find_in_bodies, gradients, held};
pub use graph::{Graph, NewNode, flat_args};
pub use node::{Endpoint, Node, NodeId};
