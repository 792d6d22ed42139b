"""Reductions: sums, means, extremes along axes, and the positions of extremes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import dtypes
from .common import composite_operands, convert, name_scope

if TYPE_CHECKING:
    from ..framework.typing import DTypeLike, Tensor, TensorLike


def all_axes(x, axis: TensorLike):
    """The axes to reduce: `axis`, or all axes of the tensor `x` if it is None."""
    if axis is not None:
        return axis
    rank = x.shape.rank
    if rank is None:
        return raw_ops.Range(0, raw_ops.Rank(x), 1)
    return convert(list(range(rank)), dtypes.int32, name="Const")


def reduce_all(
    input_tensor: TensorLike, axis: TensorLike | None = None, keepdims: bool = False, name: str | None = None
) -> Tensor:
    """Whether all bools along axes are true.

    Args:
      input_tensor: a tensor of bools.
      axis: an axis or a list of axes, from -rank to rank - 1; None for all.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.

    Returns:
      A tensor of the same dtype.

    >>> tf.reduce_all([[True, False], [True, True]], axis=0).numpy()
    array([ True, False])
    """
    x = convert(input_tensor)
    return raw_ops.All(x, all_axes(x, axis), keepdims, name)


def reduce_any(
    input_tensor: TensorLike, axis: TensorLike | None = None, keepdims: bool = False, name: str | None = None
) -> Tensor:
    """Whether some bool along axes is true.

    Args:
      input_tensor: a tensor of bools.
      axis: an axis or a list of axes, from -rank to rank - 1; None for all.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.

    Returns:
      A tensor of the same dtype.

    >>> tf.reduce_any([[True, False], [False, False]], axis=0).numpy()
    array([ True, False])
    """
    x = convert(input_tensor)
    return raw_ops.Any(x, all_axes(x, axis), keepdims, name)


def reduce_max(
    input_tensor: TensorLike, axis: TensorLike | None = None, keepdims: bool = False, name: str | None = None
) -> Tensor:
    """The largest numbers along axes.

    Args:
      input_tensor: a tensor of real numbers.
      axis: an axis or a list of axes, from -rank to rank - 1; None for all.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.

    Returns:
      A tensor of the same dtype.

    >>> tf.reduce_max([[1, 5], [3, 2]], axis=0).numpy()
    array([3, 5], dtype=int32)
    """
    x = convert(input_tensor)
    return raw_ops.Max(x, all_axes(x, axis), keepdims, name)


def reduce_mean(
    input_tensor: TensorLike, axis: TensorLike | None = None, keepdims: bool = False, name: str | None = None
) -> Tensor:
    """The mean of numbers along axes; of integers it is rounded towards 0.

    Args:
      input_tensor: a tensor of numbers.
      axis: an axis or a list of axes, from -rank to rank - 1; None for all.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.

    Returns:
      A tensor of the same dtype.

    >>> tf.reduce_mean([[1.0, 2.0], [3.0, 4.0]], axis=0).numpy()
    array([2., 3.], dtype=float32)
    """
    x = convert(input_tensor)
    return raw_ops.Mean(x, all_axes(x, axis), keepdims, name)


def reduce_min(
    input_tensor: TensorLike, axis: TensorLike | None = None, keepdims: bool = False, name: str | None = None
) -> Tensor:
    """The smallest numbers along axes.

    Args:
      input_tensor: a tensor of real numbers.
      axis: an axis or a list of axes, from -rank to rank - 1; None for all.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.

    Returns:
      A tensor of the same dtype.

    >>> tf.reduce_min([[1, 5], [3, 2]], axis=0).numpy()
    array([1, 2], dtype=int32)
    """
    x = convert(input_tensor)
    return raw_ops.Min(x, all_axes(x, axis), keepdims, name)


def reduce_prod(
    input_tensor: TensorLike, axis: TensorLike | None = None, keepdims: bool = False, name: str | None = None
) -> Tensor:
    """The product of numbers along axes.

    Args:
      input_tensor: a tensor of numbers.
      axis: an axis or a list of axes, from -rank to rank - 1; None for all.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.

    Returns:
      A tensor of the same dtype.

    >>> tf.reduce_prod([[1, 5], [3, 2]], axis=0).numpy()
    array([ 3, 10], dtype=int32)
    """
    x = convert(input_tensor)
    return raw_ops.Prod(x, all_axes(x, axis), keepdims, name)


def reduce_sum(
    input_tensor: TensorLike, axis: TensorLike | None = None, keepdims: bool = False, name: str | None = None
) -> Tensor:
    """The sum of numbers along axes.

    Args:
      input_tensor: a tensor of numbers.
      axis: an axis or a list of axes, from -rank to rank - 1; None for all.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.

    Returns:
      A tensor of the same dtype.

    >>> tf.reduce_sum([[1, 5], [3, 2]], axis=0).numpy()
    array([4, 7], dtype=int32)
    """
    x = convert(input_tensor)
    return raw_ops.Sum(x, all_axes(x, axis), keepdims, name)


def reduce_euclidean_norm(
    input_tensor: TensorLike, axis: TensorLike | None = None, keepdims: bool = False, name: str | None = None
) -> Tensor:
    """The root of the sum of squares along axes.

    Args:
      input_tensor: a tensor of numbers.
      axis: an axis or a list of axes, from -rank to rank - 1; None for all.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.

    Returns:
      A tensor of the same dtype.

    >>> tf.math.reduce_euclidean_norm([3.0, 4.0]).numpy().item()
    5.0
    """
    x = convert(input_tensor)
    return raw_ops.EuclideanNorm(x, all_axes(x, axis), bool(keepdims), name)


def reduce_variance(
    input_tensor: TensorLike, axis: TensorLike | None = None, keepdims: bool = False, name: str | None = None
) -> Tensor:
    """The mean of the squared distances from the mean, along axes.

    Args:
      input_tensor: a tensor of floats or complex numbers.
      axis: an axis or a list of axes, from -rank to rank - 1; None for all.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.

    Returns:
      A tensor of the same dtype, real for complex numbers.

    Raises:
      TypeError: the tensor holds integers.

    >>> tf.math.reduce_variance([1.0, 3.0]).numpy().item()
    1.0
    """
    with name_scope(name, "reduce_variance", [input_tensor]):
        x = convert(input_tensor)
        if type(x) in composite_operands:  # means that stay as axes have other rows
            means, squares = reduce_mean(x, axis, keepdims), reduce_mean(raw_ops.Square(x), axis, keepdims)
            apart = raw_ops.Sub(squares, raw_ops.Square(means))
            return raw_ops.Maximum(apart, raw_ops.ZerosLike(apart))
        means = reduce_mean(x, axis, True)
        if means.dtype.is_integer:
            raise TypeError(f"Input must be either real or complex. Received integer type {means.dtype}.")
        apart = raw_ops.Sub(x, means)
        if apart.dtype.is_complex:
            squares = raw_ops.Real(raw_ops.Mul(raw_ops.Conj(apart), apart), apart.dtype.real_dtype)
        else:
            squares = raw_ops.Square(apart)
        return reduce_mean(squares, axis, keepdims)


def reduce_std(
    input_tensor: TensorLike, axis: TensorLike | None = None, keepdims: bool = False, name: str | None = None
) -> Tensor:
    """The standard deviation along axes: the root of `reduce_variance`.

    Args:
      input_tensor: a tensor of floats or complex numbers.
      axis: an axis or a list of axes, from -rank to rank - 1; None for all.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.

    Returns:
      A tensor of the same dtype, real for complex numbers.

    Raises:
      TypeError: the tensor holds integers.

    >>> tf.math.reduce_std([1.0, 3.0]).numpy().item()
    1.0
    """
    with name_scope(name, "reduce_std", [input_tensor]):
        return raw_ops.Sqrt(reduce_variance(input_tensor, axis, keepdims))


def reduce_logsumexp(
    input_tensor: TensorLike, axis: TensorLike | None = None, keepdims: bool = False, name: str | None = None
) -> Tensor:
    """`log(sum(exp(x)))` along axes, without overflow.

    Args:
      input_tensor: a tensor of floats.
      axis: an axis or a list of axes, from -rank to rank - 1; None for all.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.

    Returns:
      A tensor of the same dtype.

    >>> tf.reduce_logsumexp([1000.0]).numpy().item()
    1000.0
    """
    with name_scope(name, "ReduceLogSumExp", [input_tensor]):
        x = convert(input_tensor)
        top = reduce_max(x, axis, True)
        top = raw_ops.StopGradient(raw_ops.SelectV2(raw_ops.IsFinite(top), top, raw_ops.ZerosLike(top)))
        found = raw_ops.Log(reduce_sum(raw_ops.Exp(raw_ops.Sub(x, top)), axis, keepdims))
        if not keepdims:
            top = raw_ops.Reshape(top, raw_ops.Shape(found))
        return raw_ops.AddV2(found, top)


def count_nonzero(
    input: TensorLike,
    axis: TensorLike | None = None,
    keepdims=None,
    dtype: DTypeLike = dtypes.int64,
    name: str | None = None,
) -> Tensor:
    """How many elements are not zero (strings: not empty), along axes.

    Args:
      input: a tensor of numbers, bools or strings.
      axis: an axis or a list of axes, from -rank to rank - 1; None for all.
      keepdims: whether the axes stay, with size 1.
      dtype: the dtype of the result.
      name: a name for the operation.

    Returns:
      A tensor of dtype `dtype`.

    >>> tf.math.count_nonzero([[0, 1], [2, 3]]).numpy().item()
    3
    """
    with name_scope(name, "count_nonzero", [input]):
        x = convert(input, name="input")
        empty = convert("" if x.dtype == dtypes.string else False if x.dtype == dtypes.bool else 0, x.dtype)
        found = raw_ops.Cast(raw_ops.NotEqual(x, empty), dtypes.int64)
        total = reduce_sum(found, axis, bool(keepdims))
        return raw_ops.Cast(total, dtype)


def argmax(
    input: TensorLike, axis: TensorLike | None = None, output_type: DTypeLike = dtypes.int64, name: str | None = None
) -> Tensor:
    """The position of the largest number along an axis; of equals the first.

    Args:
      input: a tensor of numbers.
      axis: the axis, 0 if it is None.
      output_type: int32, int64, int16 or uint16.
      name: a name for the operation.

    Returns:
      A tensor of dtype `output_type`, without that axis.

    >>> tf.argmax([[1, 5], [3, 2]], axis=1).numpy()
    array([1, 0])
    """
    return raw_ops.ArgMax(input, 0 if axis is None else axis, output_type, name)


def argmin(
    input: TensorLike, axis: TensorLike | None = None, output_type: DTypeLike = dtypes.int64, name: str | None = None
) -> Tensor:
    """The position of the smallest number along an axis; of equals the first.

    Args:
      input: a tensor of numbers.
      axis: the axis, 0 if it is None.
      output_type: int32 or int64.
      name: a name for the operation.

    Returns:
      A tensor of dtype `output_type`, without that axis.

    >>> tf.argmin([[1, 5], [3, 2]], axis=1).numpy()
    array([0, 1])
    """
    return raw_ops.ArgMin(input, 0 if axis is None else axis, output_type, name)


def zero_fraction(value: TensorLike, name: str | None = None) -> Tensor:
    """The fraction of elements that are 0, NaN for an empty tensor.

    Args:
      value: a tensor of numbers.
      name: a name for the operation.

    Returns:
      A float32 scalar.

    >>> tf.math.zero_fraction([0.0, 1.0]).numpy().item()
    0.5
    """
    with name_scope(name, "zero_fraction", [value]):
        x = convert(value, name="value")
        size = raw_ops.Size(x, dtypes.int64)
        zeros = raw_ops.Sub(size, count_nonzero(x))
        return raw_ops.RealDiv(raw_ops.Cast(zeros, dtypes.float32), raw_ops.Cast(size, dtypes.float32), "fraction")
