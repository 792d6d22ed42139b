//! Where a tensor's bytes live: dtype, shape, buffer, tensor, errors, knobs.
pub mod buffer;
mod complex;
mod dtype;
mod error;
pub mod half;
pub mod knobs;
mod shape;
mod tensor;

pub use complex::{C64, C128, Complex};
pub use dtype::{DType, Element};
pub use error::{Code, Error, Operand, Place, Report, Result};
pub use half::{BF16, F16};
pub use shape::{PartialShape, Shape};
pub use tensor::{DeviceMemory, MAX_RANK, Object, Str, Tensor, byte_len, joined, repeated, reserved};
