//! Where an op is declared, once; and the contracts of kernels and devices.
pub mod attr;
pub mod bind;
pub mod build;
pub mod def;
pub mod device;
pub mod elementwise;
pub mod infer;
pub mod kernel;
pub mod math;
pub mod num;
pub mod ops;
mod parse;
pub mod philox;
pub mod registry;
pub mod resource;
pub mod running;

pub use attr::{Attr, Attrs, Func, Kind};
pub use bind::{bind, output_types};
pub use build::{Build, Grad, GradValue, Val};
pub use def::{ArgDef, ArgType, AttrDef, Entry, Flags, Gpu, Gradient, OpDef, ShapeRule, Test};
pub use device::Device;
pub use infer::{HandleData, Infer, Partial, ValueType};
pub use kernel::{Call, Callable, Cancel, Env, Functions, Inputs, Kernel, NodeState, Outputs, Prep, Prepared, RunCtx};
pub use registry::{find, op};
