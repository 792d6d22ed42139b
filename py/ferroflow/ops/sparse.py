"""Sparse tensors as dense ones, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import dtypes
from ..framework.sparse_tensor import SparseTensor, SparseTensorValue
from .common import convert, name_scope

if TYPE_CHECKING:
    from ..framework.typing import Tensor, TensorLike


def sparse(value):
    """`value` as a `SparseTensor`. TypeError unless it is one or a `SparseTensorValue`."""
    if isinstance(value, SparseTensorValue):
        return SparseTensor.from_value(value)
    if not isinstance(value, SparseTensor):
        raise TypeError("Input must be a SparseTensor.")
    return value


def to_dense(sp_input, default_value=None, validate_indices: bool = True, name: str | None = None) -> Tensor:
    """The dense tensor with the elements of a sparse one.

    Args:
      sp_input: a `SparseTensor`.
      default_value: what stands where it has none; zero or the empty string if not given.
      validate_indices: accepted; places are always checked to lie within the shape.
      name: a name for the operation.

    >>> tf.sparse.to_dense(tf.SparseTensor([[0, 1]], [5], [1, 3])).numpy().tolist()
    [[0, 5, 0]]
    """
    sp_input = sparse(sp_input)
    with name_scope(name, "SparseToDense", []):
        if default_value is None:
            text = sp_input.dtype == dtypes.string
            default_value = "" if text else False if sp_input.dtype == dtypes.bool else 0
        default_value = convert(default_value, dtype=sp_input.dtype)
        filled = raw_ops.Fill(dims=sp_input.dense_shape, value=default_value)
        return raw_ops.TensorScatterUpdate(tensor=filled, indices=sp_input.indices, updates=sp_input.values)


def from_dense(tensor: TensorLike, name: str | None = None) -> SparseTensor:
    """The sparse tensor of the elements of a dense one that are not zero or the empty string.

    Args:
      tensor: a tensor.
      name: a name for the operation.

    >>> tf.sparse.from_dense([[0, 5], [6, 0]]).values.numpy().tolist()
    [5, 6]
    """
    with name_scope(name, "dense_to_sparse", []):
        tensor = convert(tensor)
        zero = "" if tensor.dtype == dtypes.string else False if tensor.dtype == dtypes.bool else 0
        indices = raw_ops.Where(condition=raw_ops.NotEqual(x=tensor, y=convert(zero, dtype=tensor.dtype)))
        shape = raw_ops.Shape(input=tensor, out_type=dtypes.int64)
        return SparseTensor(indices, raw_ops.GatherNd(params=tensor, indices=indices), shape)
