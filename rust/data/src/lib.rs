//! Dataset pipelines, iterators and queues.
//!
//! A dataset is a recipe (`Arc<dyn Dataset>`, held by a variant tensor); an iterator is one pass over it. Ops make both;
//! [`Pipeline`] makes them from Rust.
mod args;
mod batch;
mod buffer;
mod choose;
mod count;
mod dataset;
mod element;
mod files;
mod flatten;
mod function;
mod iterator;
mod kernels;
mod map;
mod optional;
mod parallel;
mod pipeline;
mod queue;
mod reduce;
mod root;
mod shuffle;
mod source;
mod sparse;
mod window;

pub use dataset::{Dataset, DatasetObject, Element, INFINITE, Iterate, Spec, UNKNOWN};
pub use function::ElementFn;
pub use iterator::IteratorResource;
pub use pipeline::{Pass, Pipeline};

/// Registers the kernels of datasets, iterators and queues. Calling it again does nothing.
pub fn start() {
    ferroflow_ops::kernel::register(kernels::DATASETS);
    ferroflow_ops::kernel::register(kernels::ITERATORS);
    ferroflow_ops::kernel::register(queue::kernels::KERNELS);
}
