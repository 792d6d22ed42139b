//! Where a tensor's bytes live: dtype, shape, buffer, tensor, errors, knobs.
pub mod half;
