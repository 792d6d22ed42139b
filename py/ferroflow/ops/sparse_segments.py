"""Sums and means of segments of chosen rows: rows are looked up by number, those that share a segment are reduced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops

if TYPE_CHECKING:
    from ..framework.typing import Tensor, TensorLike


def segment_sum(
    data: TensorLike,
    indices: TensorLike,
    segment_ids: TensorLike,
    num_segments: TensorLike | None = None,
    name: str | None = None,
    sparse_gradient: bool = False,
) -> Tensor:
    """The sum of chosen rows of each segment; 0 for empty segments.

    Args:
      data: a tensor of real numbers with rows along its first axis.
      indices: a vector of int32 or int64: the rows that are taken, in any order and any number of times.
      segment_ids: a vector as long as `indices` that never falls: the segment of each row that is taken.
      num_segments: how many segments there are; up to the last one by default.
      name: a name for the operation.
      sparse_gradient: whether the gradient of `data` is `tf.IndexedSlices` of the rows that are taken.

    Returns:
      A tensor like `data` with a row for each segment.

    Raises:
      InvalidArgumentError: a row does not exist, the segments fall or are not below `num_segments`.

    >>> tf.sparse.segment_sum([[1.0], [3.0], [5.0]], [0, 2], [0, 0]).numpy()
    array([[6.]], dtype=float32)
    """
    if num_segments is None:
        return raw_ops.SparseSegmentSum(data, indices, segment_ids, sparse_gradient, name)
    return raw_ops.SparseSegmentSumWithNumSegments(data, indices, segment_ids, num_segments, sparse_gradient, name)


def segment_sum_v1(
    data: TensorLike,
    indices: TensorLike,
    segment_ids: TensorLike,
    name: str | None = None,
    num_segments: TensorLike | None = None,
    sparse_gradient: bool = False,
) -> Tensor:
    """As `tf.sparse.segment_sum`, with TensorFlow 1's order of arguments.

    Args:
      data: a tensor of real numbers with rows along its first axis.
      indices: the rows that are taken.
      segment_ids: the segment of each row that is taken.
      name: a name for the operation.
      num_segments: how many segments there are; up to the last one by default.
      sparse_gradient: whether the gradient of `data` is `tf.IndexedSlices` of the rows that are taken.

    Returns:
      A tensor like `data` with a row for each segment.

    Raises:
      InvalidArgumentError: as `tf.sparse.segment_sum`.

    >>> tf.compat.v1.sparse_segment_sum([[1.0], [3.0], [5.0]], [0, 2], [0, 0]).numpy()
    array([[6.]], dtype=float32)
    """
    return segment_sum(data, indices, segment_ids, num_segments, name, sparse_gradient)


def segment_mean(
    data: TensorLike,
    indices: TensorLike,
    segment_ids: TensorLike,
    num_segments: TensorLike | None = None,
    name: str | None = None,
    sparse_gradient: bool = False,
) -> Tensor:
    """The mean of chosen rows of each segment; 0 for empty segments.

    Args:
      data: a tensor of floats with rows along its first axis.
      indices: a vector of int32 or int64: the rows that are taken, in any order and any number of times.
      segment_ids: a vector as long as `indices` that never falls: the segment of each row that is taken.
      num_segments: how many segments there are; up to the last one by default.
      name: a name for the operation.
      sparse_gradient: whether the gradient of `data` is `tf.IndexedSlices` of the rows that are taken.

    Returns:
      A tensor like `data` with a row for each segment.

    Raises:
      InvalidArgumentError: a row does not exist, the segments fall or are not below `num_segments`.

    >>> tf.sparse.segment_mean([[1.0], [3.0], [5.0]], [0, 2], [0, 0]).numpy()
    array([[3.]], dtype=float32)
    """
    if num_segments is None:
        return raw_ops.SparseSegmentMean(data, indices, segment_ids, sparse_gradient, name)
    return raw_ops.SparseSegmentMeanWithNumSegments(data, indices, segment_ids, num_segments, sparse_gradient, name)


def segment_mean_v1(
    data: TensorLike,
    indices: TensorLike,
    segment_ids: TensorLike,
    name: str | None = None,
    num_segments: TensorLike | None = None,
    sparse_gradient: bool = False,
) -> Tensor:
    """As `tf.sparse.segment_mean`, with TensorFlow 1's order of arguments.

    Args:
      data: a tensor of floats with rows along its first axis.
      indices: the rows that are taken.
      segment_ids: the segment of each row that is taken.
      name: a name for the operation.
      num_segments: how many segments there are; up to the last one by default.
      sparse_gradient: whether the gradient of `data` is `tf.IndexedSlices` of the rows that are taken.

    Returns:
      A tensor like `data` with a row for each segment.

    Raises:
      InvalidArgumentError: as `tf.sparse.segment_mean`.

    >>> tf.compat.v1.sparse_segment_mean([[1.0], [3.0], [5.0]], [0, 2], [0, 0]).numpy()
    array([[3.]], dtype=float32)
    """
    return segment_mean(data, indices, segment_ids, num_segments, name, sparse_gradient)


def segment_sqrt_n(
    data: TensorLike,
    indices: TensorLike,
    segment_ids: TensorLike,
    num_segments: TensorLike | None = None,
    name: str | None = None,
    sparse_gradient: bool = False,
) -> Tensor:
    """The sum of chosen rows of each segment over the square root of their number; 0 for empty segments.

    Args:
      data: a tensor of floats with rows along its first axis.
      indices: a vector of int32 or int64: the rows that are taken, in any order and any number of times.
      segment_ids: a vector as long as `indices` that never falls: the segment of each row that is taken.
      num_segments: how many segments there are; up to the last one by default.
      name: a name for the operation.
      sparse_gradient: whether the gradient of `data` is `tf.IndexedSlices` of the rows that are taken.

    Returns:
      A tensor like `data` with a row for each segment.

    Raises:
      InvalidArgumentError: a row does not exist, the segments fall or are not below `num_segments`.

    >>> tf.sparse.segment_sqrt_n([[1.0], [3.0], [5.0]], [0, 2], [0, 0]).numpy()
    array([[4.2426405]], dtype=float32)
    """
    if num_segments is None:
        return raw_ops.SparseSegmentSqrtN(data, indices, segment_ids, sparse_gradient, name)
    return raw_ops.SparseSegmentSqrtNWithNumSegments(data, indices, segment_ids, num_segments, sparse_gradient, name)


def segment_sqrt_n_v1(
    data: TensorLike,
    indices: TensorLike,
    segment_ids: TensorLike,
    name: str | None = None,
    num_segments: TensorLike | None = None,
    sparse_gradient: bool = False,
) -> Tensor:
    """As `tf.sparse.segment_sqrt_n`, with TensorFlow 1's order of arguments.

    Args:
      data: a tensor of floats with rows along its first axis.
      indices: the rows that are taken.
      segment_ids: the segment of each row that is taken.
      name: a name for the operation.
      num_segments: how many segments there are; up to the last one by default.
      sparse_gradient: whether the gradient of `data` is `tf.IndexedSlices` of the rows that are taken.

    Returns:
      A tensor like `data` with a row for each segment.

    Raises:
      InvalidArgumentError: as `tf.sparse.segment_sqrt_n`.

    >>> tf.compat.v1.sparse_segment_sqrt_n([[1.0], [3.0], [5.0]], [0, 2], [0, 0]).numpy()
    array([[4.2426405]], dtype=float32)
    """
    return segment_sqrt_n(data, indices, segment_ids, num_segments, name, sparse_gradient)
