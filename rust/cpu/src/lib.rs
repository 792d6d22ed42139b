//! Where CPU work happens: SIMD registers, frames, gemm, convolution, kernels.

pub mod pool;
