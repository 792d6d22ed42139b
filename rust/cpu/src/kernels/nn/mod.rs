//! Kernels of neural networks: bias, softmax and its losses, convolutions, pooling.
pub mod bias;
pub mod conv;
pub mod pool;
pub mod softmax;
