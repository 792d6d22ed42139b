"""Sparse tensors, with the arguments of TensorFlow 1: `tf.compat.v1.sparse`."""

from ...framework.sparse_tensor import SparseTensor, sparse_placeholder
from ...ops.sparse import from_dense, reorder, sparse_dense_matmul, to_dense
from ...ops.sparse_segments import segment_mean_v1 as segment_mean
from ...ops.sparse_segments import segment_sqrt_n_v1 as segment_sqrt_n
from ...ops.sparse_segments import segment_sum_v1 as segment_sum

placeholder = sparse_placeholder

__all__ = [
    "SparseTensor",
    "from_dense",
    "placeholder",
    "reorder",
    "segment_mean",
    "segment_sqrt_n",
    "segment_sum",
    "sparse_dense_matmul",
    "to_dense",
]
