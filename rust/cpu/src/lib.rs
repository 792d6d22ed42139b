//! Where CPU work happens: SIMD registers, frames, gemm, convolution, kernels.

pub mod conv;
pub mod gemm;
pub mod pool;
pub mod pooling;
pub mod call;
pub mod device;
pub mod kernels;
pub mod simd;
pub mod frames;
