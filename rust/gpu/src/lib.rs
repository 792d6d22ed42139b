//! GPUs as devices, through wgpu: adapters, their memory and queues, shaders made from the op table.
//!
//! Nothing starts before a GPU is asked for: neither the Vulkan loader nor a thread.
mod adapters;
mod device;
mod frames;
mod kernels;
mod memory;
mod opened;
mod pace;
mod shader;
mod symbol;
mod ways;

pub use adapters::{devices, likely, missing};
pub use device::Gpu;
pub use kernels::{buffers, obstacle, reason, support};
pub use memory::STORED as HELD;
