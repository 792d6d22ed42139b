"""Ranges, running sums, sorting, searching, counting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import dtypes
from .arithmetic import truediv
from .common import convert, name_scope, static_value

if TYPE_CHECKING:
    from ..framework.typing import DTypeLike, Tensor, TensorLike

_WIDENING = [dtypes.int32, dtypes.int64, dtypes.float32, dtypes.float64]


def range(
    start, limit: TensorLike | None = None, delta=1, dtype: DTypeLike | None = None, name: str | None = "range"
) -> Tensor:
    """The numbers from `start` up to, but not including, `limit`, in steps of `delta`.

    Args:
      start: the first number; with `limit` None the limit, and the first number is 0.
      limit: where the numbers end.
      delta: the step, which may be negative but not 0.
      dtype: the dtype; the widest one of the arguments if it is None.
      name: a name for the operation.

    Returns:
      A vector.

    Raises:
      InvalidArgumentError: `delta` is 0, or leads away from `limit`.

    >>> tf.range(3, 18, 5).numpy()
    array([ 3,  8, 13], dtype=int32)
    """
    if limit is None:
        start, limit = 0, start
    with name_scope(name, "Range", [start, limit, delta]) as scope:
        numbers = [
            convert(value, dtype_hint=dtype, name=which)
            for value, which in ((start, "start"), (limit, "limit"), (delta, "delta"))
        ]
        if dtype is None:
            wide = [number.dtype.base_dtype for number in numbers]
            dtype = max(wide, key=_WIDENING.index) if all(one in _WIDENING for one in wide) else wide[0]
        numbers = [raw_ops.Cast(x, dtype) if x.dtype != dtype else x for x in numbers]
        return raw_ops.Range(*numbers, name=scope)


def linspace(start: TensorLike, stop: TensorLike, num, name: str | None = None, axis=0) -> Tensor:
    """`num` evenly spaced numbers from `start` to `stop`, both included.

    Args:
      start: a tensor of floats: the first numbers.
      stop: a tensor of the same dtype and shape: the last numbers.
      num: how many; 1 gives `start` alone.
      name: a name for the operation.
      axis: where the new axis goes.

    Returns:
      A tensor with one axis more than `start`.

    >>> tf.linspace(0.0, 1.0, 3).numpy()
    array([0. , 0.5, 1. ], dtype=float32)
    """
    with name_scope(name, "linspace", [start, stop]):
        start = convert(start, name="start")
        stop = convert(stop, name="stop", dtype=start.dtype)
        num = raw_ops.Cast(convert(num, name="num"), dtypes.int32)
        shape = raw_ops.BroadcastArgs(raw_ops.Shape(start), raw_ops.Shape(stop))
        start = raw_ops.ExpandDims(raw_ops.BroadcastTo(start, shape), axis)
        stop = raw_ops.ExpandDims(raw_ops.BroadcastTo(stop, shape), axis)
        steps = raw_ops.Maximum(raw_ops.Sub(num, 1), 1)
        delta = truediv(raw_ops.Sub(stop, start), raw_ops.Cast(steps, start.dtype))
        inner = raw_ops.Cast(raw_ops.Range(1, raw_ops.Maximum(steps, 1), 1), start.dtype)
        rank = raw_ops.Rank(start)
        place = raw_ops.SelectV2(raw_ops.Less(axis, 0), raw_ops.AddV2(rank, axis), convert(axis, dtypes.int32))
        along = raw_ops.OneHot(place, rank, raw_ops.Size(inner), 1)
        inner = raw_ops.AddV2(start, raw_ops.Mul(delta, raw_ops.Reshape(inner, along)))
        found = raw_ops.ConcatV2([start, inner, stop], place)
        sizes = raw_ops.OneHot(place, rank, num, -1)
        found = raw_ops.Slice(found, raw_ops.ZerosLike(sizes), sizes)
        if hasattr(found, "graph") and start.shape.rank is not None and isinstance(axis, int):
            dims, count = start.shape.as_list(), static_value(num)
            dims[axis] = None if count is None else int(count)
            found.set_shape(dims)
        return found


def cumsum(x: TensorLike, axis=0, exclusive: bool = False, reverse: bool = False, name: str | None = None) -> Tensor:
    """Running sums along an axis.

    Args:
      x: a tensor of numbers.
      axis: the axis.
      exclusive: whether each sum leaves out the element at its own place.
      reverse: whether the sums start at the end.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.cumsum([1, 2, 3]).numpy()
    array([1, 3, 6], dtype=int32)
    """
    return raw_ops.Cumsum(x, axis, exclusive, reverse, name)


def cumprod(x: TensorLike, axis=0, exclusive: bool = False, reverse: bool = False, name: str | None = None) -> Tensor:
    """Running products along an axis.

    Args:
      x: a tensor of numbers.
      axis: the axis.
      exclusive: whether each product leaves out the element at its own place.
      reverse: whether the products start at the end.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.cumprod([1, 2, 3]).numpy()
    array([1, 2, 6], dtype=int32)
    """
    return raw_ops.Cumprod(x, axis, exclusive, reverse, name)


def top_k(
    input: TensorLike, k=1, sorted: bool = True, index_type=dtypes.int32, name: str | None = None
) -> raw_ops._TopKV2:
    """The largest numbers along the last axis, and where they are; of equals the first come first.

    Args:
      input: a tensor of real numbers with at least one axis.
      k: how many.
      sorted: whether the largest come first.
      index_type: the dtype of the positions: int16, int32 or int64.
      name: a name for the operation.

    Returns:
      A named tuple (values, indices).

    >>> tf.math.top_k([1, 7, 3], k=2).indices.numpy()
    array([1, 2], dtype=int32)
    """
    return raw_ops.TopKV2(input, k, sorted, index_type, name)


def in_top_k(targets: TensorLike, predictions: TensorLike, k, name: str | None = None) -> Tensor:
    """Whether the prediction of each target is among the `k` largest of its row.

    Args:
      targets: a vector of int32 or int64: a class for each row.
      predictions: a float32 matrix [rows, classes].
      k: how many.
      name: a name for the operation.

    Returns:
      A vector of bools.

    >>> tf.math.in_top_k([1, 0], [[0.1, 0.9], [0.2, 0.8]], k=1).numpy()
    array([ True, False])
    """
    return raw_ops.InTopKV2(predictions, targets, k, name)


def in_top_k_v1(predictions: TensorLike, targets: TensorLike, k, name: str | None = None) -> Tensor:
    """`in_top_k` with the predictions first.

    Args:
      predictions: a float32 matrix [rows, classes].
      targets: a vector of int32 or int64: a class for each row.
      k: how many.
      name: a name for the operation.

    Returns:
      A vector of bools.
    """
    return raw_ops.InTopKV2(predictions, targets, k, name)


def _check_direction(direction):
    if direction not in ("ASCENDING", "DESCENDING"):
        raise ValueError(
            f"Argument `direction` should be one of 'ASCENDING' or 'DESCENDING'. Received: direction={direction}"
        )


def _last_axis(values, axis):
    """`values` with `axis` moved to the end, and the permutation that moves it back (None if it is the last)."""
    static = static_value(convert(axis))
    if static is None:
        raise ValueError("Argument `axis` must be a constant scalar.")
    rank, axis = values.shape.rank, int(static)
    if axis == -1 or rank is not None and axis == rank - 1:
        return values, None
    if rank is None:
        raise ValueError("Argument `axis` must be -1 for a tensor of unknown rank.")
    if not -rank <= axis < rank:
        raise ValueError(f"Argument `axis` must lie in [{-rank}, {rank}). Received: axis={axis}")
    order = [i for i, _ in enumerate(values.shape)]
    order[axis % rank], order[-1] = order[-1], order[axis % rank]
    return raw_ops.Transpose(values, order), order


def sort(values: TensorLike, axis=-1, direction: str = "ASCENDING", name: str | None = None) -> Tensor:
    """Sorts along an axis.

    Args:
      values: a tensor of real numbers with at least one axis.
      axis: the axis.
      direction: "ASCENDING" or "DESCENDING".
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    Raises:
      ValueError: `axis` or `direction` is none.

    >>> tf.sort([3.0, 1.0, 2.0]).numpy()
    array([1., 2., 3.], dtype=float32)
    """
    _check_direction(direction)
    with name_scope(name, "sort", [values]):
        values = convert(values, name="values")
        moved, back = _last_axis(values, axis)
        found = _sorted_last(moved, direction == "ASCENDING")
        return found if back is None else raw_ops.Transpose(found, back)


def _row_length(x):
    shape = raw_ops.Shape(x)
    return raw_ops.GatherV2(shape, raw_ops.Sub(raw_ops.Size(shape), 1), 0)


def _turned(x):
    """Numbers in the opposite order: -x, or for unsigned ones their distance from the largest."""
    if x.dtype.is_unsigned:
        return raw_ops.Sub(convert(x.dtype.max, x.dtype), x)
    return raw_ops.Sub(convert(-1, x.dtype), x) if x.dtype.is_integer else raw_ops.Neg(x)


def _sorted_last(x, ascending):
    size = _row_length(x)
    if not ascending:
        return raw_ops.TopKV2(x, size)[0]
    return _turned(raw_ops.TopKV2(_turned(x), size)[0])


def argsort(
    values: TensorLike, axis=-1, direction: str = "ASCENDING", stable: bool = False, name: str | None = None
) -> Tensor:
    """The positions that sort a tensor along an axis; equals keep their order.

    Args:
      values: a tensor of real numbers with at least one axis.
      axis: the axis.
      direction: "ASCENDING" or "DESCENDING".
      stable: changes nothing: the order of equals is always kept.
      name: a name for the operation.

    Returns:
      An int32 tensor of the same shape.

    Raises:
      ValueError: `axis` or `direction` is none.

    >>> tf.argsort([3.0, 1.0, 2.0]).numpy()
    array([1, 2, 0], dtype=int32)
    """
    _check_direction(direction)
    with name_scope(name, "argsort", [values]):
        values = convert(values, name="values")
        moved, back = _last_axis(values, axis)
        found = raw_ops.TopKV2(_turned(moved) if direction == "ASCENDING" else moved, _row_length(moved))[1]
        return found if back is None else raw_ops.Transpose(found, back)


def searchsorted(
    sorted_sequence: TensorLike,
    values: TensorLike,
    side: str = "left",
    out_type: DTypeLike = dtypes.int32,
    name: str | None = None,
) -> Tensor:
    """Where `values` would go in sorted rows so that they stay sorted.

    Args:
      sorted_sequence: a tensor with sorted rows along its last axis.
      values: a tensor of the same dtype; all but the last axis as in `sorted_sequence`.
      side: "left" or "right" of equals.
      out_type: int32 or int64.
      name: a name for the operation.

    Returns:
      A tensor of the shape of `values`.

    Raises:
      ValueError: `side` is neither.

    >>> tf.searchsorted([1, 3, 9], [3, 10]).numpy()
    array([1, 3], dtype=int32)
    """
    if side not in ("left", "right"):
        raise ValueError(f"Argument `side` must be either 'right' or 'left'. Received: `side` = '{side}'.")
    with name_scope(name, "searchsorted", [sorted_sequence, values]):
        rows, values = convert(sorted_sequence), convert(values)
        rows_2d = raw_ops.Reshape(rows, raw_ops.Pack([-1, _row_length(rows)]))
        values_2d = raw_ops.Reshape(values, raw_ops.Pack([-1, _row_length(values)]))
        search = raw_ops.UpperBound if side == "right" else raw_ops.LowerBound
        return raw_ops.Reshape(search(rows_2d, values_2d, out_type), raw_ops.Shape(values))


def invert_permutation(x: TensorLike, name: str | None = None) -> Tensor:
    """The permutation that undoes `x`.

    Args:
      x: a vector of int32 or int64 that holds each of 0 to n - 1 once.
      name: a name for the operation.

    Returns:
      A vector of the same dtype.

    >>> tf.math.invert_permutation([2, 0, 1]).numpy()
    array([1, 2, 0], dtype=int32)
    """
    return raw_ops.InvertPermutation(x, name)


def unique(x: TensorLike, out_idx: DTypeLike = dtypes.int32, name: str | None = None) -> raw_ops._Unique:
    """The different elements of a vector in the order in which they come first, and for each element which it is.

    Args:
      x: a vector.
      out_idx: the dtype of the positions: int32 or int64.
      name: a name for the operation.

    Returns:
      A named tuple (y, idx), where `y[idx]` is `x`.

    >>> tf.unique([5, 5, 7]).idx.numpy()
    array([0, 0, 1], dtype=int32)
    """
    return raw_ops.Unique(x, out_idx, name)


def unique_with_counts(
    x: TensorLike, out_idx: DTypeLike = dtypes.int32, name: str | None = None
) -> raw_ops._UniqueWithCounts:
    """`unique`, and how often each element occurs.

    Args:
      x: a vector.
      out_idx: the dtype of positions and counts: int32 or int64.
      name: a name for the operation.

    Returns:
      A named tuple (y, idx, count).

    >>> tf.unique_with_counts([5, 5, 7]).count.numpy()
    array([2, 1], dtype=int32)
    """
    return raw_ops.UniqueWithCounts(x, out_idx, name)


def setdiff1d(x: TensorLike, y: TensorLike, index_dtype=dtypes.int32, name: str | None = None) -> raw_ops._ListDiff:
    """The elements of `x` that are not in `y`, and where they are.

    Args:
      x: a vector.
      y: a vector of the same dtype.
      index_dtype: the dtype of the positions: int32 or int64.
      name: a name for the operation.

    Returns:
      A named tuple (out, idx).
    """
    return raw_ops.ListDiff(x, y, index_dtype, name)


def is_non_decreasing(x: TensorLike, name: str | None = None) -> Tensor:
    """Whether no element is smaller than the one before it; rows are read one after the other.

    Args:
      x: a tensor of real numbers.
      name: a name for the operation.

    Returns:
      A bool scalar.

    >>> tf.math.is_non_decreasing([1, 1, 2]).numpy().item()
    True
    """
    with name_scope(name, "is_non_decreasing", [x]):
        return _all_steps(x, raw_ops.GreaterEqual)


def is_strictly_increasing(x: TensorLike, name: str | None = None) -> Tensor:
    """Whether each element is larger than the one before it; rows are read one after the other.

    Args:
      x: a tensor of real numbers.
      name: a name for the operation.

    Returns:
      A bool scalar.

    >>> tf.math.is_strictly_increasing([1, 1, 2]).numpy().item()
    False
    """
    with name_scope(name, "is_strictly_increasing", [x]):
        return _all_steps(x, raw_ops.Greater)


def _all_steps(x, holds):
    x = raw_ops.Reshape(x, [-1])
    count = raw_ops.Maximum(raw_ops.Sub(raw_ops.Size(x), 1), 0)
    count = raw_ops.ExpandDims(count, 0)
    first = raw_ops.Slice(x, [0], count)
    later = raw_ops.Slice(x, raw_ops.Sub(raw_ops.ExpandDims(raw_ops.Size(x), 0), count), count)
    return raw_ops.All(holds(later, first), [0])


def unravel_index(indices: TensorLike, dims: TensorLike, name: str | None = None) -> Tensor:
    """Positions in an array of elements that are given by their row-major numbers.

    Args:
      indices: a scalar or vector of int32 or int64: the numbers of elements.
      dims: a vector of the same dtype: the sizes of the array.
      name: a name for the operation.

    Returns:
      A tensor with a row for each axis of the array, and a column for each of `indices` if they are a vector.

    Raises:
      InvalidArgumentError: there is no such element, a size is below one, or `indices` is empty.

    >>> tf.unravel_index([2, 5, 7], [3, 3]).numpy()
    array([[0, 1, 2],
           [2, 2, 1]], dtype=int32)
    """
    return raw_ops.UnravelIndex(indices, dims, name)
