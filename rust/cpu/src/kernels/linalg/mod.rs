//! Kernels of linear algebra: matrix products and einsum.
pub mod einsum;
pub mod matmul;
