//! Where CPU work happens: SIMD registers, frames, gemm, convolution, kernels.

pub mod call;
pub mod conv;
pub mod device;
pub mod frames;
pub mod gemm;
pub mod kernels;
pub mod pool;
pub mod pooling;
pub mod simd;
