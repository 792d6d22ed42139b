"""Reductions with the arguments of TensorFlow 1: `keep_dims` for `keepdims`, `reduction_indices` and `dimension` for `axis`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..framework import dtypes
from . import reduction
from .common import one_of

if TYPE_CHECKING:
    from ..framework.typing import DTypeLike, Tensor, TensorLike


def reduce_all(
    input_tensor: TensorLike,
    axis: TensorLike | None = None,
    keepdims=None,
    name: str | None = None,
    reduction_indices=None,
    keep_dims=None,
) -> Tensor:
    """Whether all bools along axes are true.

    Args:
      input_tensor: a tensor.
      axis: an axis or a list of axes, from -rank to rank - 1; None for all.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.
      reduction_indices: the old name of `axis`.
      keep_dims: the old name of `keepdims`.

    Returns:
      A tensor of the same dtype.

    Raises:
      ValueError: an argument is given by both names.
    """
    axis = one_of("axis", axis, "reduction_indices", reduction_indices)
    keepdims = one_of("keepdims", keepdims, "keep_dims", keep_dims)
    return reduction.reduce_all(input_tensor, axis, bool(keepdims), name)


def reduce_any(
    input_tensor: TensorLike,
    axis: TensorLike | None = None,
    keepdims=None,
    name: str | None = None,
    reduction_indices=None,
    keep_dims=None,
) -> Tensor:
    """Whether some bool along axes is true.

    Args:
      input_tensor: a tensor.
      axis: an axis or a list of axes, from -rank to rank - 1; None for all.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.
      reduction_indices: the old name of `axis`.
      keep_dims: the old name of `keepdims`.

    Returns:
      A tensor of the same dtype.

    Raises:
      ValueError: an argument is given by both names.
    """
    axis = one_of("axis", axis, "reduction_indices", reduction_indices)
    keepdims = one_of("keepdims", keepdims, "keep_dims", keep_dims)
    return reduction.reduce_any(input_tensor, axis, bool(keepdims), name)


def reduce_logsumexp(
    input_tensor: TensorLike,
    axis: TensorLike | None = None,
    keepdims=None,
    name: str | None = None,
    reduction_indices=None,
    keep_dims=None,
) -> Tensor:
    """`log(sum(exp(x)))` along axes, without overflow.

    Args:
      input_tensor: a tensor.
      axis: an axis or a list of axes, from -rank to rank - 1; None for all.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.
      reduction_indices: the old name of `axis`.
      keep_dims: the old name of `keepdims`.

    Returns:
      A tensor of the same dtype.

    Raises:
      ValueError: an argument is given by both names.
    """
    axis = one_of("axis", axis, "reduction_indices", reduction_indices)
    keepdims = one_of("keepdims", keepdims, "keep_dims", keep_dims)
    return reduction.reduce_logsumexp(input_tensor, axis, bool(keepdims), name)


def reduce_max(
    input_tensor: TensorLike,
    axis: TensorLike | None = None,
    keepdims=None,
    name: str | None = None,
    reduction_indices=None,
    keep_dims=None,
) -> Tensor:
    """The largest numbers along axes.

    Args:
      input_tensor: a tensor.
      axis: an axis or a list of axes, from -rank to rank - 1; None for all.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.
      reduction_indices: the old name of `axis`.
      keep_dims: the old name of `keepdims`.

    Returns:
      A tensor of the same dtype.

    Raises:
      ValueError: an argument is given by both names.
    """
    axis = one_of("axis", axis, "reduction_indices", reduction_indices)
    keepdims = one_of("keepdims", keepdims, "keep_dims", keep_dims)
    return reduction.reduce_max(input_tensor, axis, bool(keepdims), name)


def reduce_mean(
    input_tensor: TensorLike,
    axis: TensorLike | None = None,
    keepdims=None,
    name: str | None = None,
    reduction_indices=None,
    keep_dims=None,
) -> Tensor:
    """The mean of numbers along axes; of integers it is rounded towards 0.

    Args:
      input_tensor: a tensor.
      axis: an axis or a list of axes, from -rank to rank - 1; None for all.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.
      reduction_indices: the old name of `axis`.
      keep_dims: the old name of `keepdims`.

    Returns:
      A tensor of the same dtype.

    Raises:
      ValueError: an argument is given by both names.
    """
    axis = one_of("axis", axis, "reduction_indices", reduction_indices)
    keepdims = one_of("keepdims", keepdims, "keep_dims", keep_dims)
    return reduction.reduce_mean(input_tensor, axis, bool(keepdims), name)


def reduce_min(
    input_tensor: TensorLike,
    axis: TensorLike | None = None,
    keepdims=None,
    name: str | None = None,
    reduction_indices=None,
    keep_dims=None,
) -> Tensor:
    """The smallest numbers along axes.

    Args:
      input_tensor: a tensor.
      axis: an axis or a list of axes, from -rank to rank - 1; None for all.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.
      reduction_indices: the old name of `axis`.
      keep_dims: the old name of `keepdims`.

    Returns:
      A tensor of the same dtype.

    Raises:
      ValueError: an argument is given by both names.
    """
    axis = one_of("axis", axis, "reduction_indices", reduction_indices)
    keepdims = one_of("keepdims", keepdims, "keep_dims", keep_dims)
    return reduction.reduce_min(input_tensor, axis, bool(keepdims), name)


def reduce_prod(
    input_tensor: TensorLike,
    axis: TensorLike | None = None,
    keepdims=None,
    name: str | None = None,
    reduction_indices=None,
    keep_dims=None,
) -> Tensor:
    """The product of numbers along axes.

    Args:
      input_tensor: a tensor.
      axis: an axis or a list of axes, from -rank to rank - 1; None for all.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.
      reduction_indices: the old name of `axis`.
      keep_dims: the old name of `keepdims`.

    Returns:
      A tensor of the same dtype.

    Raises:
      ValueError: an argument is given by both names.
    """
    axis = one_of("axis", axis, "reduction_indices", reduction_indices)
    keepdims = one_of("keepdims", keepdims, "keep_dims", keep_dims)
    return reduction.reduce_prod(input_tensor, axis, bool(keepdims), name)


def reduce_sum(
    input_tensor: TensorLike,
    axis: TensorLike | None = None,
    keepdims=None,
    name: str | None = None,
    reduction_indices=None,
    keep_dims=None,
) -> Tensor:
    """The sum of numbers along axes.

    Args:
      input_tensor: a tensor.
      axis: an axis or a list of axes, from -rank to rank - 1; None for all.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.
      reduction_indices: the old name of `axis`.
      keep_dims: the old name of `keepdims`.

    Returns:
      A tensor of the same dtype.

    Raises:
      ValueError: an argument is given by both names.
    """
    axis = one_of("axis", axis, "reduction_indices", reduction_indices)
    keepdims = one_of("keepdims", keepdims, "keep_dims", keep_dims)
    return reduction.reduce_sum(input_tensor, axis, bool(keepdims), name)


def count_nonzero(
    input_tensor: TensorLike | None = None,
    axis: TensorLike | None = None,
    keepdims=None,
    dtype: DTypeLike = dtypes.int64,
    name: str | None = None,
    reduction_indices=None,
    keep_dims=None,
    input=None,
) -> Tensor:
    """How many elements are not zero (strings: not empty), along axes.

    Args:
      input_tensor: a tensor of numbers, bools or strings.
      axis: an axis or a list of axes, from -rank to rank - 1; None for all.
      keepdims: whether the axes stay, with size 1.
      dtype: the dtype of the result.
      name: a name for the operation.
      reduction_indices: the old name of `axis`.
      keep_dims: the old name of `keepdims`.
      input: another name of `input_tensor`.

    Returns:
      A tensor of dtype `dtype`.

    Raises:
      ValueError: an argument is given by both names.
    """
    keepdims = one_of("keepdims", keepdims, "keep_dims", keep_dims)
    input_tensor = one_of("input", input, "input_tensor", input_tensor)
    axis = one_of("axis", axis, "reduction_indices", reduction_indices)
    return reduction.count_nonzero(input_tensor, axis, keepdims, dtype, name)


def argmax(
    input: TensorLike,
    axis: TensorLike | None = None,
    name: str | None = None,
    dimension=None,
    output_type: DTypeLike = dtypes.int64,
) -> Tensor:
    """The position of the largest number along an axis; of equals the first.

    Args:
      input: a tensor of numbers.
      axis: the axis, 0 if it is None.
      name: a name for the operation.
      dimension: the old name of `axis`.
      output_type: int32, int64, int16 or uint16.

    Returns:
      A tensor of dtype `output_type`, without that axis.

    Raises:
      ValueError: the axis is given by both names.
    """
    return reduction.argmax(input, one_of("axis", axis, "dimension", dimension), output_type, name)


def argmin(
    input: TensorLike,
    axis: TensorLike | None = None,
    name: str | None = None,
    dimension=None,
    output_type: DTypeLike = dtypes.int64,
) -> Tensor:
    """The position of the smallest number along an axis; of equals the first.

    Args:
      input: a tensor of numbers.
      axis: the axis, 0 if it is None.
      name: a name for the operation.
      dimension: the old name of `axis`.
      output_type: int32 or int64.

    Returns:
      A tensor of dtype `output_type`, without that axis.

    Raises:
      ValueError: the axis is given by both names.
    """
    return reduction.argmin(input, one_of("axis", axis, "dimension", dimension), output_type, name)


def arg_max(input: TensorLike, dimension, output_type: DTypeLike = dtypes.int64, name: str | None = None) -> Tensor:
    """The old name of `argmax`.

    Args:
      input: a tensor of numbers.
      dimension: the axis.
      output_type: int32 or int64.
      name: a name for the operation.

    Returns:
      A tensor of dtype `output_type`, without that axis.
    """
    return reduction.argmax(input, dimension, output_type, name)


def arg_min(input: TensorLike, dimension, output_type: DTypeLike = dtypes.int64, name: str | None = None) -> Tensor:
    """The old name of `argmin`.

    Args:
      input: a tensor of numbers.
      dimension: the axis.
      output_type: int32 or int64.
      name: a name for the operation.

    Returns:
      A tensor of dtype `output_type`, without that axis.
    """
    return reduction.argmin(input, dimension, output_type, name)
