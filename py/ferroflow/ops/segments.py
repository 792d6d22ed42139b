"""Sums, products, means and extremes of segments: rows of a tensor that share a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops

if TYPE_CHECKING:
    from ..framework.typing import Tensor, TensorLike


def segment_max(data: TensorLike, segment_ids: TensorLike, name: str | None = None) -> Tensor:
    """The largest of the rows of each segment, where the segments come one after the other; 0 for empty segments.

    Args:
      data: a tensor of real numbers.
      segment_ids: a vector of int32 or int64 that never falls: the segment of each row.
      name: a name for the operation.

    Returns:
      A tensor like `data` with a row for each segment up to the last.

    Raises:
      InvalidArgumentError: the segments fall, are negative, or are not as many as the rows.

    >>> tf.math.segment_max([1.0, 3.0, 5.0], [0, 0, 1]).numpy()
    array([3., 5.], dtype=float32)
    """
    return raw_ops.SegmentMax(data, segment_ids, name)


def segment_mean(data: TensorLike, segment_ids: TensorLike, name: str | None = None) -> Tensor:
    """The mean of the rows of each segment, where the segments come one after the other; 0 for empty segments.

    Args:
      data: a tensor of numbers.
      segment_ids: a vector of int32 or int64 that never falls: the segment of each row.
      name: a name for the operation.

    Returns:
      A tensor like `data` with a row for each segment up to the last.

    Raises:
      InvalidArgumentError: the segments fall, are negative, or are not as many as the rows.

    >>> tf.math.segment_mean([1.0, 3.0, 5.0], [0, 0, 1]).numpy()
    array([2., 5.], dtype=float32)
    """
    return raw_ops.SegmentMean(data, segment_ids, name)


def segment_min(data: TensorLike, segment_ids: TensorLike, name: str | None = None) -> Tensor:
    """The smallest of the rows of each segment, where the segments come one after the other; 0 for empty segments.

    Args:
      data: a tensor of real numbers.
      segment_ids: a vector of int32 or int64 that never falls: the segment of each row.
      name: a name for the operation.

    Returns:
      A tensor like `data` with a row for each segment up to the last.

    Raises:
      InvalidArgumentError: the segments fall, are negative, or are not as many as the rows.

    >>> tf.math.segment_min([1.0, 3.0, 5.0], [0, 0, 1]).numpy()
    array([1., 5.], dtype=float32)
    """
    return raw_ops.SegmentMin(data, segment_ids, name)


def segment_prod(data: TensorLike, segment_ids: TensorLike, name: str | None = None) -> Tensor:
    """The product of the rows of each segment, where the segments come one after the other; 0 for empty segments.

    Args:
      data: a tensor of numbers.
      segment_ids: a vector of int32 or int64 that never falls: the segment of each row.
      name: a name for the operation.

    Returns:
      A tensor like `data` with a row for each segment up to the last.

    Raises:
      InvalidArgumentError: the segments fall, are negative, or are not as many as the rows.

    >>> tf.math.segment_prod([1.0, 3.0, 5.0], [0, 0, 1]).numpy()
    array([3., 5.], dtype=float32)
    """
    return raw_ops.SegmentProd(data, segment_ids, name)


def segment_sum(data: TensorLike, segment_ids: TensorLike, name: str | None = None) -> Tensor:
    """The sum of the rows of each segment, where the segments come one after the other; 0 for empty segments.

    Args:
      data: a tensor of numbers.
      segment_ids: a vector of int32 or int64 that never falls: the segment of each row.
      name: a name for the operation.

    Returns:
      A tensor like `data` with a row for each segment up to the last.

    Raises:
      InvalidArgumentError: the segments fall, are negative, or are not as many as the rows.

    >>> tf.math.segment_sum([1.0, 3.0, 5.0], [0, 0, 1]).numpy()
    array([4., 5.], dtype=float32)
    """
    return raw_ops.SegmentSum(data, segment_ids, name)


def unsorted_segment_max(data: TensorLike, segment_ids: TensorLike, num_segments, name: str | None = None) -> Tensor:
    """The largest of the rows of each segment, in any order; the lowest number of the dtype for empty segments.

    Args:
      data: a tensor of real numbers.
      segment_ids: a tensor of int32 or int64 whose shape begins that of `data`: the segment of each row; rows of a
        negative one are left out.
      num_segments: how many segments there are.
      name: a name for the operation.

    Returns:
      A tensor with `num_segments` rows.

    Raises:
      InvalidArgumentError: a segment is not below `num_segments`.

    >>> tf.math.unsorted_segment_max([1.0, 3.0, 5.0], [0, 0, 1], 2).numpy()
    array([3., 5.], dtype=float32)
    """
    return raw_ops.UnsortedSegmentMax(data, segment_ids, num_segments, name)


def unsorted_segment_min(data: TensorLike, segment_ids: TensorLike, num_segments, name: str | None = None) -> Tensor:
    """The smallest of the rows of each segment, in any order; the largest number of the dtype for empty segments.

    Args:
      data: a tensor of real numbers.
      segment_ids: a tensor of int32 or int64 whose shape begins that of `data`: the segment of each row; rows of a
        negative one are left out.
      num_segments: how many segments there are.
      name: a name for the operation.

    Returns:
      A tensor with `num_segments` rows.

    Raises:
      InvalidArgumentError: a segment is not below `num_segments`.

    >>> tf.math.unsorted_segment_min([1.0, 3.0, 5.0], [0, 0, 1], 2).numpy()
    array([1., 5.], dtype=float32)
    """
    return raw_ops.UnsortedSegmentMin(data, segment_ids, num_segments, name)


def unsorted_segment_prod(data: TensorLike, segment_ids: TensorLike, num_segments, name: str | None = None) -> Tensor:
    """The product of the rows of each segment, in any order; 1 for empty segments.

    Args:
      data: a tensor of numbers.
      segment_ids: a tensor of int32 or int64 whose shape begins that of `data`: the segment of each row; rows of a
        negative one are left out.
      num_segments: how many segments there are.
      name: a name for the operation.

    Returns:
      A tensor with `num_segments` rows.

    Raises:
      InvalidArgumentError: a segment is not below `num_segments`.

    >>> tf.math.unsorted_segment_prod([1.0, 3.0, 5.0], [0, 0, 1], 2).numpy()
    array([3., 5.], dtype=float32)
    """
    return raw_ops.UnsortedSegmentProd(data, segment_ids, num_segments, name)


def unsorted_segment_sum(data: TensorLike, segment_ids: TensorLike, num_segments, name: str | None = None) -> Tensor:
    """The sum of the rows of each segment, in any order; 0 for empty segments.

    Args:
      data: a tensor of numbers.
      segment_ids: a tensor of int32 or int64 whose shape begins that of `data`: the segment of each row; rows of a
        negative one are left out.
      num_segments: how many segments there are.
      name: a name for the operation.

    Returns:
      A tensor with `num_segments` rows.

    Raises:
      InvalidArgumentError: a segment is not below `num_segments`.

    >>> tf.math.unsorted_segment_sum([1.0, 3.0, 5.0], [0, 0, 1], 2).numpy()
    array([4., 5.], dtype=float32)
    """
    return raw_ops.UnsortedSegmentSum(data, segment_ids, num_segments, name)
