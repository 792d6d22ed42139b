"""Neural networks: activations, convolutions, pooling, losses of logits, with the arguments of TensorFlow 1: `tf.compat.v1.nn`."""

from ...ops.activation import crelu_v1 as crelu
from ...ops.activation import elu, leaky_relu, relu, relu6, selu, sigmoid, silu, softplus, softsign
from ...ops.activation import log_softmax_v1 as log_softmax
from ...ops.activation import silu as swish
from ...ops.activation import softmax_v1 as softmax
from ...ops.convolution import conv1d_v1 as conv1d
from ...ops.convolution import conv2d_backprop_filter, conv2d_backprop_input
from ...ops.convolution import conv2d_transpose_v1 as conv2d_transpose
from ...ops.convolution import conv2d_v1 as conv2d
from ...ops.convolution import depthwise_conv2d_v1 as depthwise_conv2d
from ...ops.convolution import separable_conv2d_v1 as separable_conv2d
from ...ops.entropy import log_poisson_loss, sigmoid_cross_entropy_with_logits, softmax_cross_entropy_with_logits_v2
from ...ops.entropy import softmax_cross_entropy_with_logits_v1 as softmax_cross_entropy_with_logits
from ...ops.entropy import sparse_softmax_cross_entropy_with_logits_v1 as sparse_softmax_cross_entropy_with_logits
from ...ops.entropy import weighted_cross_entropy_with_logits_v1 as weighted_cross_entropy_with_logits
from ...ops.matrices import l2_normalize
from ...ops.neural import batch_norm_with_global_normalization_v1 as batch_norm_with_global_normalization
from ...ops.neural import batch_normalization, bias_add, fused_batch_norm, l2_loss, relu_layer, xw_plus_b
from ...ops.neural import dropout_v1 as dropout
from ...ops.neural import embedding_lookup_v1 as embedding_lookup
from ...ops.neural import moments_v1 as moments
from ...ops.pooling import avg_pool as avg_pool_v2
from ...ops.pooling import avg_pool1d, max_pool1d, max_pool2d
from ...ops.pooling import avg_pool_v1 as avg_pool
from ...ops.pooling import avg_pool_v1 as avg_pool2d
from ...ops.pooling import max_pool as max_pool_v2
from ...ops.pooling import max_pool_v1 as max_pool
from ...ops.reduction import zero_fraction
from ...ops.rnn import cell as rnn_cell
from ...ops.rnn.loops import bidirectional_dynamic_rnn, dynamic_rnn, static_bidirectional_rnn, static_rnn
from ...ops.sequence import in_top_k_v1 as in_top_k
from ...ops.sequence import top_k
from ...ops.unary import tanh
from ...ops.volumes import (
    atrous_conv2d,
    atrous_conv2d_transpose,
    avg_pool3d,
    conv1d_transpose,
    conv3d_backprop_filter_v2,
    conv_transpose,
    depthwise_conv2d_backprop_filter,
    depthwise_conv2d_backprop_input,
    max_pool3d,
)
from ...ops.volumes import conv3d_backprop_filter_v2 as conv3d_backprop_filter
from ...ops.volumes import conv3d_transpose_v1 as conv3d_transpose
from ...ops.volumes import conv3d_v1 as conv3d
from ...ops.volumes import convolution_v1 as convolution
from ...ops.window_pooling import max_pool_with_argmax_v1 as max_pool_with_argmax
from ...ops.window_pooling import pool_v1 as pool

__all__ = [
    "atrous_conv2d",
    "atrous_conv2d_transpose",
    "avg_pool",
    "avg_pool1d",
    "avg_pool2d",
    "avg_pool3d",
    "avg_pool_v2",
    "batch_norm_with_global_normalization",
    "batch_normalization",
    "bias_add",
    "bidirectional_dynamic_rnn",
    "conv1d",
    "conv1d_transpose",
    "conv2d",
    "conv2d_backprop_filter",
    "conv2d_backprop_input",
    "conv2d_transpose",
    "conv3d",
    "conv3d_backprop_filter",
    "conv3d_backprop_filter_v2",
    "conv3d_transpose",
    "conv_transpose",
    "convolution",
    "crelu",
    "depthwise_conv2d",
    "depthwise_conv2d_backprop_filter",
    "depthwise_conv2d_backprop_input",
    "dropout",
    "dynamic_rnn",
    "elu",
    "embedding_lookup",
    "fused_batch_norm",
    "in_top_k",
    "l2_loss",
    "l2_normalize",
    "leaky_relu",
    "log_poisson_loss",
    "log_softmax",
    "max_pool",
    "max_pool1d",
    "max_pool2d",
    "max_pool3d",
    "max_pool_v2",
    "max_pool_with_argmax",
    "moments",
    "pool",
    "relu",
    "relu6",
    "relu_layer",
    "rnn_cell",
    "selu",
    "separable_conv2d",
    "sigmoid",
    "sigmoid_cross_entropy_with_logits",
    "silu",
    "softmax",
    "softmax_cross_entropy_with_logits",
    "softmax_cross_entropy_with_logits_v2",
    "softplus",
    "softsign",
    "sparse_softmax_cross_entropy_with_logits",
    "static_bidirectional_rnn",
    "static_rnn",
    "swish",
    "tanh",
    "top_k",
    "weighted_cross_entropy_with_logits",
    "xw_plus_b",
    "zero_fraction",
]
