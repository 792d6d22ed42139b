"""How the values of a ragged tensor are divided into rows: row splits, and what is known besides."""

from ..._gen import raw_ops
from ...framework import dtypes
from ...framework.type_spec import TensorSpec
from .. import checks
from ..common import convert, static_value


def is_eager(tensor):
    """Whether a tensor has a value now."""
    return hasattr(tensor, "numpy")


def split_dtype(*values):
    """int32 if that is what the first integer tensor or array has, else int64."""
    for value in values:
        dtype = getattr(value, "dtype", None)
        if dtype is not None:
            found = dtypes.as_dtype(dtype)
            return found if found in (dtypes.int32, dtypes.int64) else None
    return dtypes.int64


def partition_tensor(value, name, like=()):
    """A vector of row numbers, lengths or splits as a tensor. ValueError for other dtypes than int32 and int64."""
    if isinstance(value, TensorSpec):
        return value
    tensor = convert(value, dtype_hint=split_dtype(*like) or dtypes.int64, name=name)
    if tensor.dtype not in (dtypes.int32, dtypes.int64):
        raise ValueError(f"{name} must have dtype int32 or int64")
    tensor.shape.assert_has_rank(1)
    return tensor


def splits_of_lengths(lengths):
    """Row splits: where each row starts, and the end of the last."""
    zero = convert([0], lengths.dtype)
    return raw_ops.ConcatV2(values=[zero, raw_ops.Cumsum(x=lengths, axis=0)], axis=0)


def rowids_of_splits(splits):
    """The row of each value."""
    zero, one = convert(0, splits.dtype), convert(1, splits.dtype)
    places = raw_ops.Range(start=zero, limit=splits[-1], delta=one)
    ended = raw_ops.UpperBound(sorted_inputs=splits[None, :], values=places[None, :], out_type=splits.dtype)
    return ended[0] - one


def count_of(tensor, dtype=None):
    """The size of a tensor's first axis as a scalar: a constant if it is known."""
    dtype = tensor.dtype if dtype is None else dtype
    known = tensor.shape[0] if tensor.shape.rank is not None else None
    if known is not None:
        return convert(known, dtype)
    return raw_ops.Shape(input=tensor, out_type=dtype)[0]


def repeated(values, times):
    """Each row of a tensor as often as `times` says."""
    return raw_ops.GatherV2(params=values, indices=rowids_of_splits(splits_of_lengths(times)), axis=0)


class RowPartition:
    """Row splits with what else is known of them; what is not is worked out when it is first asked for.

    Args:
      splits: the row splits, an int32 or int64 vector.
      rowids: the row of each value.
      uniform: the length that all rows have, an integer tensor.
    """

    def __init__(self, splits, rowids=None, uniform=None):
        self.splits = splits
        self._rowids = rowids
        self._uniform = uniform

    @property
    def dtype(self):
        """The dtype of the row splits."""
        return self.splits.dtype

    @property
    def uniform_row_length(self):
        """The length that all rows have as a scalar; None if it is not known that they have one length."""
        return self._uniform

    @property
    def static_uniform_row_length(self):
        """That length as an int; None if it is not known."""
        return None if self._uniform is None or isinstance(self._uniform, TensorSpec) else _known(self._uniform)

    @property
    def static_nrows(self):
        """The number of rows as an int; None if it is not known."""
        size = self.splits.shape[0]
        return None if size is None else size - 1

    def nrows(self):
        """The number of rows as a scalar."""
        return count_of(self.splits) - 1

    def row_lengths(self):
        """The length of each row."""
        return self.splits[1:] - self.splits[:-1]

    def value_rowids(self):
        """The row of each value."""
        return self._rowids if self._rowids is not None else rowids_of_splits(self.splits)

    def cast(self, dtype):
        """The same rows with splits of another dtype."""
        if dtype == self.dtype:
            return self

        def to(tensor):
            return None if tensor is None else raw_ops.Cast(x=tensor, DstT=dtype)

        return RowPartition(to(self.splits), to(self._rowids), to(self._uniform))


def _known(tensor):
    value = static_value(tensor)
    return None if value is None else int(value)


def from_row_splits(row_splits, validate, like=()):
    """The partition of these row splits."""
    splits = partition_tensor(row_splits, "row_splits", like)
    if isinstance(splits, TensorSpec):
        return RowPartition(splits)
    if splits.shape[0] == 0:
        raise ValueError("row_splits tensor may not be empty.")
    if validate:
        start = "Arguments to from_row_splits do not form a valid RaggedTensor"
        zero = convert(0, splits.dtype)
        first = checks.assert_equal(splits[0], zero, message=f"{start}:zero")
        splits = checks.checked(
            splits, [first, checks.assert_non_negative(splits[1:] - splits[:-1], message=f"{start}:monotonic")]
        )
    return RowPartition(splits)


def from_row_lengths(row_lengths, validate, like=()):
    """The partition of rows of these lengths."""
    lengths = partition_tensor(row_lengths, "row_lengths", like)
    if validate:
        message = "Arguments to from_row_lengths do not form a valid RowPartition"
        lengths = checks.checked(lengths, [checks.assert_non_negative(lengths, message=message)])
    return RowPartition(splits_of_lengths(lengths))


def from_value_rowids(value_rowids, nrows, validate, like=()):
    """The partition where each value is in the row that `value_rowids` says; `nrows` rows if that is given."""
    rowids = partition_tensor(value_rowids, "value_rowids", like)
    known = static_value(rowids)
    if nrows is None:
        if known is not None:
            rows = convert(int(known[-1]) + 1 if len(known) else 0, rowids.dtype)
        else:
            # One more than the last row id, and 0 of none: the ids do not descend.
            bounded = raw_ops.ConcatV2(values=[convert([-1], rowids.dtype), rowids], axis=0)
            rows = bounded[-1] + 1
    else:
        rows = convert(nrows, dtype=rowids.dtype if not hasattr(nrows, "dtype") else None, name="nrows")
        rows.shape.assert_has_rank(0)
        count = _known(rows)
        if count is not None and count < 0:
            raise ValueError(f"Expected nrows >= 0; got {count}")
        if count is not None and known is not None and len(known) and count < int(known[-1]) + 1:
            raise ValueError(f"Expected nrows >= value_rowids[-1] + 1; got nrows={count}, value_rowids[-1]={known[-1]}")
        rows = raw_ops.Cast(x=rows, DstT=rowids.dtype)
    if validate:
        message = "Arguments to from_value_rowids do not form a valid RowPartition"
        tests = [
            checks.assert_non_negative(rowids[1:] - rowids[:-1], message=message),
            checks.assert_non_negative(rowids[:1], message=message),
        ]
        if nrows is not None:
            tests.append(checks.assert_less(rowids[-1:], rows, message=message))
        rowids = checks.checked(rowids, tests)
    lengths = raw_ops.UnsortedSegmentSum(data=raw_ops.OnesLike(x=rowids), segment_ids=rowids, num_segments=rows)
    return RowPartition(splits_of_lengths(lengths), rowids)


def from_row_starts(row_starts, nvals, validate, like=()):
    """The partition of rows that begin here; the last ends after `nvals` values."""
    starts = partition_tensor(row_starts, "row_starts", like)
    nvals = raw_ops.Cast(x=nvals, DstT=starts.dtype)
    if validate:
        message = "Arguments to from_row_starts do not form a valid RaggedTensor"
        tests = [
            checks.assert_equal(starts[:1], raw_ops.ZerosLike(x=starts[:1]), message=message),
            checks.assert_non_negative(starts[1:] - starts[:-1], message=message),
            checks.assert_less_equal(starts[-1:], nvals, message=message),
        ]
        starts = checks.checked(starts, tests)
    end = raw_ops.Reshape(tensor=nvals, shape=[1])
    return RowPartition(raw_ops.ConcatV2(values=[starts, end], axis=0))


def from_row_limits(row_limits, validate, like=()):
    """The partition of rows that end here."""
    limits = partition_tensor(row_limits, "row_limits", like)
    if validate:
        message = "Arguments to from_row_limits do not form a valid RaggedTensor"
        tests = [
            checks.assert_non_negative(limits[:1], message=message),
            checks.assert_non_negative(limits[1:] - limits[:-1], message=message),
        ]
        limits = checks.checked(limits, tests)
    return RowPartition(raw_ops.ConcatV2(values=[convert([0], limits.dtype), limits], axis=0))


def from_uniform_row_length(length, nvals, nrows, validate, like=()):
    """The partition of `nvals` values into rows of one length; `nrows` of them, which a length of 0 does not tell."""
    dtype = split_dtype(length) if hasattr(length, "dtype") else split_dtype(*like) or dtypes.int64
    length = convert(length, dtype=None if hasattr(length, "dtype") else dtype, name="uniform_row_length")
    length.shape.assert_has_rank(0)
    nvals = raw_ops.Cast(x=nvals, DstT=length.dtype)
    known, count = _known(length), _known(nvals)
    if known is not None and known < 0:
        raise ValueError("uniform_row_length must be >= 0.")
    if nrows is None:
        if known == 0:
            rows = convert(0, length.dtype)
        else:
            one = convert(1, length.dtype)
            rows = raw_ops.FloorDiv(x=nvals, y=raw_ops.Maximum(x=length, y=one) if known is None else length)
    else:
        rows = raw_ops.Cast(x=convert(nrows, name="nrows"), DstT=length.dtype)
    known_rows = _known(rows)
    if known_rows is not None and known_rows < 0:
        raise ValueError("nrows must be >= 0.")
    if None not in (known, count, known_rows) and known * known_rows != count:
        raise ValueError(f"uniform_row_length={known} times nrows={known_rows} must equal nvals={count}")
    if validate and None in (known, count, known_rows):
        message = "Arguments to from_uniform_row_length do not form a valid RaggedTensor"
        length = checks.checked(length, [checks.assert_equal(length * rows, nvals, message=message)])
    zero, one = convert(0, length.dtype), convert(1, length.dtype)
    splits = raw_ops.Range(start=zero, limit=rows + one, delta=one) * length
    return RowPartition(splits, uniform=length)
