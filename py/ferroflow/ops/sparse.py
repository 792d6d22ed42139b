"""Sparse tensors as dense ones and back, their sums and products."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import dtypes, errors
from ..framework.sparse_tensor import SparseTensor, SparseTensorValue
from . import checks
from .arithmetic import abs as magnitude
from .common import convert, name_scope, static_value
from .loops import while_loop
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
      validate_indices: whether the places must be in order and differ; they must lie within the shape in any case.
      name: a name for the operation.

    >>> tf.sparse.to_dense(tf.SparseTensor([[0, 1]], [5], [1, 3])).numpy().tolist()
    [[0, 5, 0]]
    """
    sp_input = sparse(sp_input)
    return _to_dense(
        sp_input.indices, sp_input.dense_shape, sp_input.values, default_value, validate_indices, name, sp_input.dtype
    )


def _to_dense(indices, shape, values, default_value, validate_indices, name, dtype):
    if default_value is None:
        default_value = "" if dtype == dtypes.string else False if dtype == dtypes.bool else 0
    return raw_ops.SparseToDense(
        sparse_indices=indices,
        output_shape=shape,
        sparse_values=values,
        default_value=convert(default_value, dtype=dtype),
        validate_indices=validate_indices,
        name=name,
    )


def sparse_to_dense(
    sparse_indices: TensorLike,
    output_shape: TensorLike,
    sparse_values: TensorLike,
    default_value: TensorLike = 0,
    validate_indices: bool = True,
    name: str | None = None,
) -> Tensor:
    """A dense tensor with given elements at given places.

    Args:
      sparse_indices: a matrix with a place in each row, or a vector of places in a vector, or one number.
      output_shape: the shape of the result.
      sparse_values: a vector with an element for each place, or one scalar for all.
      default_value: what stands elsewhere.
      validate_indices: whether the places must be in order and differ.
      name: a name for the operation.

    Returns:
      A tensor of shape `output_shape`.

    Raises:
      InvalidArgumentError: a place is out of bounds, out of order or repeated, or the shapes do not fit.

    >>> tf.compat.v1.sparse_to_dense([1, 3], [5], 7.0).numpy().tolist()
    [0.0, 7.0, 0.0, 7.0, 0.0]
    """
    values = convert(sparse_values)
    return _to_dense(sparse_indices, output_shape, values, default_value, validate_indices, name, values.dtype)


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


def _order(indices):
    """The numbers of the places in row-major order; equal places keep theirs."""
    numbers = raw_ops.Range(start=0, limit=raw_ops.Shape(input=indices)[0], delta=1)

    def by_axis(axis, order):
        found = raw_ops.GatherV2(params=indices[:, axis], indices=order, axis=0)
        return raw_ops.GatherV2(params=order, indices=argsort(found, stable=True), axis=0)

    rank = indices.shape[1]
    if rank is None:
        last = raw_ops.Shape(input=indices)[1] - 1
        return while_loop(
            lambda axis, _: axis >= 0, lambda axis, order: (axis - 1, by_axis(axis, order)), (last, numbers)
        )[1]
    for axis in reversed(range(rank)):
        numbers = by_axis(axis, numbers)
    return numbers


def _groups(indices):
    """Of places in row-major order: which is the first of equal ones, and the number of the group of each."""
    before = raw_ops.ConcatV2(values=[indices[:1], indices[:-1]], axis=0)
    other = raw_ops.Any(input=raw_ops.NotEqual(x=indices, y=before), axis=[1])
    first = raw_ops.Equal(x=raw_ops.Range(start=0, limit=raw_ops.Shape(input=indices)[0], delta=1), y=0)
    starts = raw_ops.LogicalOr(x=other, y=first)
    numbers = raw_ops.Cumsum(x=raw_ops.Cast(x=starts, DstT=dtypes.int64), axis=0) - 1
    return raw_ops.Where(condition=starts)[:, 0], numbers


def _ordered(indices, values):
    """Places and values in row-major order."""
    order = _order(indices)
    indices = raw_ops.GatherV2(params=indices, indices=order, axis=0)
    return indices, raw_ops.GatherV2(params=values, indices=order, axis=0)


def _same_sizes(tensor, x, y, message, detail):
    """`tensor`, once it is checked that two vectors of sizes are the same; `detail` says which two differ, and where."""
    known = static_value(x), static_value(y)
    if all(one is not None for one in known):
        for axis, (mine, theirs) in enumerate(zip(*known, strict=True)):
            if mine != theirs:
                raise errors.InvalidArgumentError(None, None, message + detail.format(mine, theirs, axis))
        return tensor
    return checks.checked(tensor, [checks.assert_equal(x, y, message=message)])


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
        return _like(sp_input, *_ordered(sp_input.indices, sp_input.values))


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

    Raises:
      InvalidArgumentError: an axis lies outside, or the elements are booleans or strings.

    >>> tf.sparse.reduce_sum(tf.SparseTensor([[0, 1], [1, 0]], [5, 6], [2, 3]), 1).numpy().tolist()
    [5, 6]
    """
    with name_scope(name, "SparseReduceSum", []):
        sp_input = sparse(sp_input)
        indices, values, sizes = sp_input.indices, sp_input.values, sp_input.dense_shape
        if values.dtype in (dtypes.bool, dtypes.string):
            raise errors.InvalidArgumentError(None, None, f"Elements of type {values.dtype.name} cannot be summed")
        gone, kept = _reduced(sp_input, axis)
        one = convert(1, dtypes.int64)
        picked = raw_ops.GatherV2(params=indices, indices=kept, axis=1)
        shape = raw_ops.GatherV2(params=sizes, indices=kept, axis=0)
        asked = raw_ops.SelectV2(condition=gone, t=one, e=sizes) if keepdims else shape
        if output_is_sparse:
            zero = raw_ops.ZerosLike(x=indices)
            places = raw_ops.SelectV2(condition=gone, t=zero, e=indices) if keepdims else picked
            places, values = _ordered(places, values)
            starts, numbers = _groups(places)
            count = raw_ops.Size(input=starts, out_type=dtypes.int64)
            sums = raw_ops.UnsortedSegmentSum(data=values, segment_ids=numbers, num_segments=count)
            return SparseTensor(raw_ops.GatherV2(params=places, indices=starts, axis=0), sums, asked)
        # An axis of size 1 in front, so that there is one if all are reduced.
        places = raw_ops.Pad(input=picked, paddings=[[0, 0], [1, 0]])
        shape = raw_ops.ConcatV2(values=[raw_ops.ExpandDims(input=one, axis=0), shape], axis=0)
        return raw_ops.Reshape(tensor=raw_ops.ScatterNd(indices=places, updates=values, shape=shape), shape=asked)


def _reduced(sp_input, axis):
    """Which axes are reduced, as booleans, and the numbers of the others."""
    rank = raw_ops.Size(input=sp_input.dense_shape)
    axes = raw_ops.Range(start=0, limit=rank, delta=1)
    if axis is None:
        return raw_ops.Fill(dims=raw_ops.ExpandDims(input=rank, axis=0), value=True), axes[:0]
    axis = raw_ops.Reshape(tensor=raw_ops.Cast(x=convert(axis, dtype_hint=dtypes.int32), DstT=dtypes.int32), shape=[-1])
    known, count = static_value(axis), sp_input.dense_shape.shape[0]
    for one in () if known is None or count is None else known:
        if not -count <= one < count:
            line = f"Invalid reduction dimension {one}, for input with {count} dimensions."
            raise errors.InvalidArgumentError(None, None, line)
    if known is None or count is None:
        inside = raw_ops.LogicalAnd(x=raw_ops.GreaterEqual(x=axis, y=-rank), y=raw_ops.Less(x=axis, y=rank))
        axis = checks.checked(axis, [checks.assert_equal(inside, True, message="Invalid reduction dimension")])
    wanted = raw_ops.FloorMod(x=axis, y=rank)
    gone = raw_ops.Any(input=raw_ops.Equal(x=axes[:, None], y=wanted[None, :]), axis=[1])
    return gone, raw_ops.Where(condition=raw_ops.LogicalNot(x=gone))[:, 0]


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

    Raises:
      InvalidArgumentError: an operand is no matrix, or the inner sizes differ.

    >>> tf.sparse.sparse_dense_matmul(tf.SparseTensor([[0, 1]], [2], [2, 2]), [[1, 2], [3, 4]]).numpy().tolist()
    [[6, 8], [0, 0]]
    """
    sp_a = sparse(sp_a)
    with name_scope(name, "SparseTensorDenseMatMul", []):
        b = convert(b, dtype_hint=sp_a.dtype, name="b")
        if sp_a.dense_shape.shape[0] not in (2, None):
            raise errors.InvalidArgumentError(None, None, "Tensor 'a_shape' must have 2 elements")
        if b.shape.rank not in (2, None):
            raise errors.InvalidArgumentError(None, None, "Tensor 'b' is not a matrix")
        b = raw_ops.EnsureShape(input=b, shape=[None, None])
        if adjoint_b:
            b = raw_ops.ConjugateTranspose(x=b, perm=[1, 0])
        values = raw_ops.Conj(input=sp_a.values) if adjoint_a and sp_a.dtype.is_complex else sp_a.values
        row, column = (1, 0) if adjoint_a else (0, 1)
        sizes = raw_ops.Shape(input=b, out_type=dtypes.int64)
        message = "Cannot multiply A and B because inner dimension does not match"
        detail = ": {} vs. {}.  Did you forget a transpose?"
        b = _same_sizes(b, sp_a.dense_shape[column : column + 1], sizes[:1], message, detail)
        picked = raw_ops.GatherV2(params=b, indices=sp_a.indices[:, column], axis=0)
        parts = raw_ops.Mul(x=raw_ops.ExpandDims(input=values, axis=1), y=picked)
        shape = raw_ops.Pack(values=[sp_a.dense_shape[row], sizes[1]])
        return raw_ops.ScatterNd(indices=sp_a.indices[:, row : row + 1], updates=parts, shape=shape)


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
      InvalidArgumentError: the shapes differ; none is broadcast.

    >>> tf.sparse.add(tf.SparseTensor([[1]], [5], [3]), [1, 1, 1]).numpy().tolist()
    [1, 6, 1]
    """
    kinds = (SparseTensor, SparseTensorValue)
    if not (isinstance(a, kinds) or isinstance(b, kinds)):
        raise TypeError("At least one input should be SparseTensor; do you mean to use tf.add()?")
    if not (isinstance(a, kinds) and isinstance(b, kinds)):
        one, dense = (sparse(a), b) if isinstance(a, kinds) else (sparse(b), a)
        dense = convert(dense, dtype_hint=one.dtype)
        ranks = one.dense_shape.shape[0], dense.shape.rank
        if None not in ranks and ranks[0] != ranks[1]:
            line = "Two operands have different ranks; received: {} and {}"
            raise errors.InvalidArgumentError(None, None, line.format(*ranks))
        sizes = raw_ops.Shape(input=dense, out_type=dtypes.int64)
        message = "A dimension does not equal (no broadcasting is supported)"
        detail = ": sparse side {} vs dense side {} in dimension {}"
        dense = _same_sizes(dense, one.dense_shape, sizes, message, detail)
        return raw_ops.TensorScatterAdd(tensor=dense, indices=one.indices, updates=one.values)
    a, b = sparse(a), sparse(b)
    ranks = a.dense_shape.shape[0], b.dense_shape.shape[0]
    if None not in ranks and ranks[0] != ranks[1]:
        line = "Input indices must have the same dimension, got {} and {}"
        raise errors.InvalidArgumentError(None, None, line.format(*ranks))
    message, detail = "Operands' shapes do not match", ": got {} and {} for dimension {}"
    mine = _same_sizes(a.indices, a.dense_shape, b.dense_shape, message, detail)
    indices = raw_ops.ConcatV2(values=[mine, b.indices], axis=0)
    values = raw_ops.ConcatV2(values=[a.values, b.values], axis=0)
    indices, values = _ordered(indices, values)
    starts, numbers = _groups(indices)
    count = raw_ops.Size(input=starts, out_type=dtypes.int64)
    sums = raw_ops.UnsortedSegmentSum(data=values, segment_ids=numbers, num_segments=count)
    size = magnitude(sums)
    ones = raw_ops.OnesLike(x=numbers)
    single = raw_ops.UnsortedSegmentSum(data=ones, segment_ids=numbers, num_segments=count) == 1
    large = raw_ops.GreaterEqual(x=size, y=convert(threshold, dtype=size.dtype))
    kept = raw_ops.Where(condition=raw_ops.LogicalOr(x=large, y=single))[:, 0]
    indices = raw_ops.GatherV2(params=indices, indices=raw_ops.GatherV2(params=starts, indices=kept, axis=0), axis=0)
    return _like(a, indices, raw_ops.GatherV2(params=sums, indices=kept, axis=0))
