"""Sparse tensors: `tf.sparse`."""

from .framework.sparse_tensor import SparseTensor, sparse_placeholder
from .ops.sparse import add, from_dense, reduce_sum, reorder, sparse_dense_matmul, to_dense
from .ops.sparse_segments import segment_mean, segment_sqrt_n, segment_sum

placeholder = sparse_placeholder

__all__ = [
    "SparseTensor",
    "add",
    "from_dense",
    "placeholder",
    "reduce_sum",
    "reorder",
    "segment_mean",
    "segment_sqrt_n",
    "segment_sum",
    "sparse_dense_matmul",
    "to_dense",
]
