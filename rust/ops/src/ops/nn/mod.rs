//! Entries of neural networks: bias, softmax and its losses, normalisation, convolutions, pooling.
pub mod bias;
pub mod conv;
mod conv_grad;
pub mod depthwise;
pub mod norm;
pub mod pool;
pub mod pool3d;
pub mod softmax;
pub mod window;
