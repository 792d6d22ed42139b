"""Sparse tensors: `tf.sparse`."""

from .framework.sparse_tensor import SparseTensor, sparse_placeholder
from .ops.sparse import from_dense, to_dense
from .ops.sparse_segments import segment_mean, segment_sqrt_n, segment_sum

placeholder = sparse_placeholder

__all__ = ["SparseTensor", "from_dense", "placeholder", "segment_mean", "segment_sqrt_n", "segment_sum", "to_dense"]
