"""Sparse tensors: `tf.sparse`."""

from .framework.sparse_tensor import SparseTensor, sparse_placeholder

placeholder = sparse_placeholder

__all__ = ["SparseTensor", "placeholder"]
