"""Sparse tensors as dense ones and back, their sums and products."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import dtypes
from ..framework.sparse_tensor import SparseTensor, SparseTensorValue
from .arithmetic import abs as magnitude
from .common import convert, name_scope
from .reduction import reduce_sum as dense_sum
from .sequence import argsort

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


def _places(indices, shape):
    """The row-major number of each place."""
    steps = raw_ops.Cumprod(x=shape, axis=0, exclusive=True, reverse=True)
    return raw_ops.Sum(input=raw_ops.Mul(x=indices, y=steps), axis=1), steps


def reorder(sp_input, name: str | None = None) -> SparseTensor:
    """The sparse tensor with its elements in row-major order of their places.

    Args:
      sp_input: a `SparseTensor`.
      name: a name scope for the operations.

    >>> tf.sparse.reorder(tf.SparseTensor([[1, 0], [0, 1]], [5, 6], [2, 2])).values.numpy().tolist()
    [6, 5]
    """
    sp_input = sparse(sp_input)
    with name_scope(name, "SparseReorder", []):
        places, _ = _places(sp_input.indices, sp_input.dense_shape)
        order = argsort(places, stable=True)
        indices = raw_ops.GatherV2(params=sp_input.indices, indices=order, axis=0)
        values = raw_ops.GatherV2(params=sp_input.values, indices=order, axis=0)
        return _like(sp_input, indices, values)


def _like(sp_input, indices, values):
    made = SparseTensor(indices, values, sp_input.dense_shape)
    made.set_shape(sp_input.shape)
    return made


def reduce_sum(
    sp_input, axis=None, keepdims=None, output_is_sparse: bool = False, name: str | None = None
) -> Tensor | SparseTensor:
    """The sum of a sparse tensor's elements along axes.

    Args:
      sp_input: a `SparseTensor`.
      axis: an axis or a list of axes, negative ones from the end; None for all.
      keepdims: whether the axes stay, with size 1.
      output_is_sparse: whether the result is sparse.
      name: a name scope for the operations.

    >>> tf.sparse.reduce_sum(tf.SparseTensor([[0, 1], [1, 0]], [5, 6], [2, 3]), 1).numpy().tolist()
    [5, 6]
    """
    with name_scope(name, "SparseReduceSum", []):
        total = dense_sum(to_dense(sp_input), axis, bool(keepdims))
        return from_dense(total) if output_is_sparse else total


def sparse_dense_matmul(
    sp_a, b: TensorLike, adjoint_a: bool = False, adjoint_b: bool = False, name: str | None = None
) -> Tensor:
    """The product of a sparse matrix and a dense one.

    Args:
      sp_a: a `SparseTensor` of rank 2.
      b: a matrix of the same dtype.
      adjoint_a: whether `sp_a` is transposed, and conjugated if complex.
      adjoint_b: whether `b` is.
      name: a name scope for the operations.

    >>> tf.sparse.sparse_dense_matmul(tf.SparseTensor([[0, 1]], [2], [2, 2]), [[1, 2], [3, 4]]).numpy().tolist()
    [[6, 8], [0, 0]]
    """
    sp_a = sparse(sp_a)
    with name_scope(name, "SparseTensorDenseMatMul", []):
        b = convert(b, dtype_hint=sp_a.dtype, name="b")
        if adjoint_b:
            b = raw_ops.ConjugateTranspose(x=b, perm=[1, 0])
        values = raw_ops.Conj(input=sp_a.values) if adjoint_a and sp_a.dtype.is_complex else sp_a.values
        row, column = (1, 0) if adjoint_a else (0, 1)
        picked = raw_ops.GatherV2(params=b, indices=sp_a.indices[:, column], axis=0)
        parts = raw_ops.Mul(x=raw_ops.ExpandDims(input=values, axis=1), y=picked)
        rows = sp_a.dense_shape[row]
        return raw_ops.UnsortedSegmentSum(data=parts, segment_ids=sp_a.indices[:, row], num_segments=rows)


def add(a, b, threshold=0) -> Tensor | SparseTensor:
    """The sum of two tensors of which at least one is sparse.

    Args:
      a: a `SparseTensor` or a tensor.
      b: a `SparseTensor` or a tensor of the same shape and dtype.
      threshold: sums of an element of each of two sparse tensors are left out if their magnitude is smaller.

    Returns:
      A sparse tensor if both are sparse, else a tensor.

    Raises:
      TypeError: neither is sparse.

    >>> tf.sparse.add(tf.SparseTensor([[1]], [5], [3]), [1, 1, 1]).numpy().tolist()
    [1, 6, 1]
    """
    kinds = (SparseTensor, SparseTensorValue)
    if not (isinstance(a, kinds) or isinstance(b, kinds)):
        raise TypeError("At least one input should be SparseTensor; do you mean to use tf.add()?")
    if not (isinstance(a, kinds) and isinstance(b, kinds)):
        one, dense = (sparse(a), b) if isinstance(a, kinds) else (sparse(b), a)
        dense = convert(dense, dtype_hint=one.dtype)
        return raw_ops.TensorScatterAdd(tensor=dense, indices=one.indices, updates=one.values)
    a, b = sparse(a), sparse(b)
    indices = raw_ops.ConcatV2(values=[a.indices, b.indices], axis=0)
    values = raw_ops.ConcatV2(values=[a.values, b.values], axis=0)
    both = reorder(_like(a, indices, values))
    places, steps = _places(both.indices, a.dense_shape)
    found = raw_ops.Unique(x=places, out_idx=dtypes.int64)
    count = raw_ops.Size(input=found.y, out_type=dtypes.int64)
    sums = raw_ops.UnsortedSegmentSum(data=both.values, segment_ids=found.idx, num_segments=count)
    size = magnitude(sums)
    ones = raw_ops.OnesLike(x=found.idx)
    single = raw_ops.UnsortedSegmentSum(data=ones, segment_ids=found.idx, num_segments=count) == 1
    large = raw_ops.GreaterEqual(x=size, y=convert(threshold, dtype=size.dtype))
    kept = raw_ops.Where(condition=raw_ops.LogicalOr(x=large, y=single))[:, 0]
    places = raw_ops.ExpandDims(input=raw_ops.GatherV2(params=found.y, indices=kept, axis=0), axis=1)
    indices = raw_ops.FloorMod(x=raw_ops.FloorDiv(x=places, y=steps), y=a.dense_shape)
    return _like(a, indices, raw_ops.GatherV2(params=sums, indices=kept, axis=0))
