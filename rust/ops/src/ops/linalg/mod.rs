//! Entries of linear algebra: matrix products and einsum.
pub mod einsum;
mod einsum_grad;
pub mod matmul;
