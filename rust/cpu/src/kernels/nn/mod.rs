//! Kernels of neural networks: bias, softmax and its losses, normalisation, convolutions, pooling.
pub mod bias;
pub mod conv;
pub mod norm;
pub mod pool;
pub mod softmax;
