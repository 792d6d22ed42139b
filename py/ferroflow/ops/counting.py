"""Counts of whole numbers, sums over segments, confusion matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import dtypes
from . import checks
from .arithmetic import cast, truediv
from .common import convert, name_scope

if TYPE_CHECKING:
    from ..framework.typing import DTypeLike, Tensor, TensorLike


def bincount(
    arr: TensorLike,
    weights=None,
    minlength=None,
    maxlength=None,
    dtype: DTypeLike = dtypes.int32,
    name: str | None = None,
    axis: TensorLike | None = None,
    binary_output: bool = False,
) -> Tensor:
    """How often each whole number occurs, or the sum of its weights.

    Args:
      arr: a tensor of whole numbers from 0.
      weights: a tensor of the shape of `arr`, or None.
      minlength: the least length of the result.
      maxlength: the largest length; larger numbers are not counted.
      dtype: the dtype of the counts; with weights theirs.
      name: a name for the operation.
      axis: None or 0 to count all elements, -1 to count each row of a matrix.
      binary_output: whether to say only which numbers occur.

    Returns:
      A vector, or for `axis=-1` a matrix with a row for each row.

    Raises:
      ValueError: `axis` is something else.
      InvalidArgumentError: a number is negative.

    >>> tf.math.bincount([1, 1, 3]).numpy()
    array([0, 2, 0, 1], dtype=int32)
    """
    if axis not in (None, 0, -1):
        raise ValueError(f"Unsupported value for argument axis={axis}. Only 0 and -1 are currently supported.")
    with name_scope(name, "bincount"):
        arr = convert(arr, name="arr")
        if arr.dtype.base_dtype not in (dtypes.int32, dtypes.int64):
            arr = raw_ops.Cast(arr, dtypes.int32)
        some = raw_ops.Greater(raw_ops.Size(arr), 0)
        axes = raw_ops.Range(0, raw_ops.Rank(arr), 1)
        largest = raw_ops.Max(arr, axes)
        one, none = convert(1, arr.dtype), convert(0, arr.dtype)
        size = raw_ops.SelectV2(some, raw_ops.AddV2(raw_ops.Maximum(largest, none), one), none)
        if minlength is not None:
            size = raw_ops.Maximum(convert(minlength, arr.dtype), size)
        if maxlength is not None:
            size = raw_ops.Minimum(convert(maxlength, arr.dtype), size)
        if axis != -1:
            arr = raw_ops.Reshape(arr, [-1])
        if weights is None:
            weights = convert([], dtype)
        else:
            weights = convert(weights)
            if axis != -1:
                weights = raw_ops.Reshape(weights, [-1])
        return raw_ops.DenseBincount(arr, size, weights, binary_output)


def bincount_v1(
    arr: TensorLike, weights=None, minlength=None, maxlength=None, dtype: DTypeLike = dtypes.int32
) -> Tensor:
    """`bincount` of all elements.

    Args:
      arr: a tensor of whole numbers from 0.
      weights: a tensor of the shape of `arr`, or None.
      minlength: the least length of the result.
      maxlength: the largest length; larger numbers are not counted.
      dtype: the dtype of the counts; with weights theirs.

    Returns:
      A vector.
    """
    return bincount(arr, weights, minlength, maxlength, dtype)


def confusion_matrix(
    labels: TensorLike,
    predictions: TensorLike,
    num_classes=None,
    weights=None,
    dtype: DTypeLike = dtypes.int32,
    name: str | None = None,
) -> Tensor:
    """How often each label was given each prediction.

    Args:
      labels: a vector of classes.
      predictions: a vector of classes, of the same length.
      num_classes: the number of classes; one more than the largest class if it is None.
      weights: a weight for each element, or None.
      dtype: the dtype of the result.
      name: a name for the operation.

    Returns:
      A matrix [label, prediction].

    Raises:
      InvalidArgumentError: a class is negative or not below `num_classes`.
      ValueError: the weights have another shape.

    >>> tf.math.confusion_matrix([1, 0, 1], [1, 1, 1]).numpy()
    array([[0, 1],
           [0, 2]], dtype=int32)
    """
    with name_scope(name, "confusion_matrix", [predictions, labels, num_classes, weights]):
        labels = cast(_without_last_axis(convert(labels, name="labels"), 1), dtypes.int64)
        predictions = cast(_without_last_axis(convert(predictions, name="predictions"), 1), dtypes.int64)
        limit = None if num_classes is None else cast(convert(num_classes), dtypes.int64)
        labels, predictions = _classes(labels, "labels", limit), _classes(predictions, "predictions", limit)
        if limit is None:
            top = raw_ops.Maximum(raw_ops.Max(predictions, [0]), raw_ops.Max(labels, [0]))
            limit = raw_ops.AddV2(top, convert(1, dtypes.int64))
        shape = raw_ops.Pack([limit, limit])
        places = raw_ops.Pack([labels, predictions], 1)
        if weights is None:
            weights = raw_ops.Fill(raw_ops.Shape(predictions), convert(1, dtype))
        weights = convert(weights)
        predictions.shape.assert_is_compatible_with(weights.shape)
        return raw_ops.ScatterNd(places, cast(weights, dtype), shape)


def _classes(numbers, what, limit):
    """`numbers`, once it is checked that none is negative, nor `limit` or more if that is given."""
    tests = [checks.assert_non_negative(numbers, message=f"`{what}` contains negative values")]
    if limit is not None:
        tests.append(checks.assert_less(numbers, limit, message=f"`{what}` out of bound"))
    return checks.checked(numbers, tests)


def _without_last_axis(x, rank):
    """`x` without a last axis of size 1 if it has one axis more than `rank`."""
    if x.shape.rank == rank + 1 and x.shape[-1] == 1:
        return raw_ops.Squeeze(x, [-1])
    return x


def confusion_matrix_v1(
    labels: TensorLike,
    predictions: TensorLike,
    num_classes=None,
    dtype: DTypeLike = dtypes.int32,
    name: str | None = None,
    weights=None,
) -> Tensor:
    """`confusion_matrix` with the argument order of TensorFlow 1.

    Args:
      labels: a vector of classes.
      predictions: a vector of classes, of the same length.
      num_classes: the number of classes; one more than the largest class if it is None.
      dtype: the dtype of the result.
      name: a name for the operation.
      weights: a weight for each element, or None.

    Returns:
      A matrix [label, prediction].
    """
    return confusion_matrix(labels, predictions, num_classes, weights, dtype, name)


def unsorted_segment_mean(data: TensorLike, segment_ids: TensorLike, num_segments, name: str | None = None) -> Tensor:
    """The mean of each segment; 0 for empty ones.

    Args:
      data: a tensor of numbers.
      segment_ids: whole numbers, one for each row (or element, as far as its shape goes) of `data`; negative: left out.
      num_segments: how many segments there are.
      name: a name for the operation.

    Returns:
      A tensor with `num_segments` rows; of floats for integers, as `tf.truediv` gives them.

    >>> tf.math.unsorted_segment_mean([1.0, 3.0, 5.0], [0, 0, 1], 2).numpy()
    array([2., 5.], dtype=float32)
    """
    with name_scope(name, "UnsortedSegmentMean", [data, segment_ids]):
        data, segment_ids = convert(data), convert(segment_ids)
        count = _segment_sizes(data, segment_ids, num_segments)
        return truediv(raw_ops.UnsortedSegmentSum(data, segment_ids, num_segments), count)


def unsorted_segment_sqrt_n(data: TensorLike, segment_ids: TensorLike, num_segments, name: str | None = None) -> Tensor:
    """The sum of each segment, divided by the root of its size; 0 for empty ones.

    Args:
      data: a tensor of numbers.
      segment_ids: whole numbers, one for each row (or element, as far as its shape goes) of `data`; negative: left out.
      num_segments: how many segments there are.
      name: a name for the operation.

    Returns:
      A tensor with `num_segments` rows.

    >>> tf.math.unsorted_segment_sqrt_n([2.0, 2.0, 2.0, 2.0], [0, 0, 0, 0], 1).numpy()
    array([4.], dtype=float32)
    """
    with name_scope(name, "UnsortedSegmentSqrtN", [data, segment_ids]):
        data, segment_ids = convert(data), convert(segment_ids)
        count = raw_ops.Sqrt(_segment_sizes(data, segment_ids, num_segments))
        return raw_ops.RealDiv(raw_ops.UnsortedSegmentSum(data, segment_ids, num_segments), count)


def _segment_sizes(data, segment_ids, num_segments):
    """The number of rows of each segment, at least 1, in a shape that divides the sums."""
    flat = raw_ops.Reshape(segment_ids, [-1])
    ones = raw_ops.Fill(raw_ops.Shape(flat), convert(1, data.dtype))
    count = raw_ops.Maximum(raw_ops.UnsortedSegmentSum(ones, flat, num_segments), convert(1, data.dtype))
    inner = raw_ops.Sub(raw_ops.Rank(data), raw_ops.Rank(segment_ids))
    ones = raw_ops.Fill(raw_ops.ExpandDims(inner, 0), convert(1, dtypes.int32))
    rows = raw_ops.Reshape(raw_ops.Cast(convert(num_segments), dtypes.int32), [1])
    return raw_ops.Reshape(count, raw_ops.ConcatV2([rows, ones], 0))


def histogram_fixed_width_bins(
    values: TensorLike, value_range: TensorLike, nbins=100, dtype: DTypeLike = dtypes.int32, name: str | None = None
) -> Tensor:
    """The bin that each number falls into; numbers outside the range go to the first or last bin.

    Args:
      values: a tensor of numbers.
      value_range: a tensor [low, high] of the same dtype.
      nbins: how many bins of equal width.
      dtype: the dtype of the result: int32 or int64.
      name: a name for the operation.

    Returns:
      A tensor of the shape of `values`.

    >>> tf.histogram_fixed_width_bins([-1.0, 0.5, 9.0], [0.0, 5.0], nbins=5).numpy()
    array([0, 0, 4], dtype=int32)
    """
    with name_scope(name, "histogram_fixed_width_bins", [values, value_range, nbins]):
        values = convert(values, name="values")
        shape = raw_ops.Shape(values)
        flat = raw_ops.Reshape(values, [-1])
        value_range = convert(value_range, values.dtype, name="value_range")
        low, high = raw_ops.Unpack(value_range, 2)
        wide = dtypes.float64 if values.dtype.is_integer else values.dtype
        part = raw_ops.RealDiv(raw_ops.Cast(raw_ops.Sub(flat, low), wide), raw_ops.Cast(raw_ops.Sub(high, low), wide))
        nbins = convert(nbins, dtypes.int32, name="nbins")
        bins = raw_ops.Floor(raw_ops.Mul(raw_ops.Cast(nbins, wide), part))
        last = raw_ops.Cast(raw_ops.Sub(nbins, 1), wide)
        bins = raw_ops.ClipByValue(bins, raw_ops.ZerosLike(last), last)
        return raw_ops.Cast(raw_ops.Reshape(bins, shape), dtype)


def histogram_fixed_width(
    values: TensorLike, value_range: TensorLike, nbins=100, dtype: DTypeLike = dtypes.int32, name: str | None = None
) -> Tensor:
    """How many numbers fall into each bin; numbers outside the range count in the first or last bin.

    Args:
      values: a tensor of numbers.
      value_range: a tensor [low, high] of the same dtype.
      nbins: how many bins of equal width.
      dtype: the dtype of the counts: int32 or int64.
      name: a name for the operation.

    Returns:
      A vector of `nbins` counts.

    >>> tf.histogram_fixed_width([-1.0, 0.5, 9.0], [0.0, 5.0], nbins=5).numpy()
    array([2, 0, 0, 0, 1], dtype=int32)
    """
    with name_scope(name, "histogram_fixed_width", [values, value_range, nbins]):
        bins = raw_ops.Reshape(histogram_fixed_width_bins(values, value_range, nbins), [-1])
        ones = raw_ops.Fill(raw_ops.Shape(bins), convert(1, dtype))
        return raw_ops.UnsortedSegmentSum(ones, bins, nbins)


def sequence_mask(lengths: TensorLike, maxlen=None, dtype: DTypeLike = dtypes.bool, name: str | None = None) -> Tensor:
    """Rows of True, as many as `lengths` says, then False.

    Args:
      lengths: a tensor of whole numbers.
      maxlen: the length of the rows; the largest of `lengths` if it is None.
      dtype: the dtype of the result.
      name: a name for the operation.

    Returns:
      A tensor of the shape of `lengths` with an axis of size `maxlen` behind.

    Raises:
      ValueError: `maxlen` is no scalar.

    >>> tf.sequence_mask([1, 3], 3).numpy()
    array([[ True, False, False],
           [ True,  True,  True]])
    """
    with name_scope(name, "SequenceMask", [lengths, maxlen]):
        lengths = convert(lengths)
        if maxlen is None:
            axes = raw_ops.Range(0, raw_ops.Rank(lengths), 1)
            maxlen = raw_ops.Maximum(raw_ops.Max(lengths, axes), raw_ops.Cast(convert(0), lengths.dtype))
        else:
            maxlen = convert(maxlen)
        if maxlen.shape.rank not in (None, 0):
            raise ValueError(
                f"Argument `maxlen` must be scalar for sequence_mask, received `maxlen` = {maxlen} with shape '{maxlen.shape}' instead"
            )
        row = raw_ops.Range(convert(0, maxlen.dtype), maxlen, convert(1, maxlen.dtype))
        rows = raw_ops.Cast(raw_ops.ExpandDims(lengths, -1), maxlen.dtype)
        return cast(raw_ops.Less(row, rows), dtype)
