"""Indexing of ragged tensors: `rt[1]`, `rt[1:3]`, `rt[:, :2]`, `rt[..., tf.newaxis]`."""

from ..._gen import raw_ops
from ...framework.tensor_hooks import check_index
from ..common import convert, static_value
from . import partition
from .tensor import RaggedTensor


def getitem(rt, key):
    """`rt[key]`.

    Args:
      rt: a ragged tensor.
      key: an integer, slice, ellipsis, None (a new axis), an integer scalar tensor, or a tuple of these.

    Raises:
      ValueError: an integer for a ragged axis within rows, or more keys than axes.
      IndexError: a row that does not exist, in eager mode.
    """
    keys = list(key) if isinstance(key, (list, tuple)) else [key]
    return _item(rt, _without_ellipsis(keys, rt.shape.rank))


def _without_ellipsis(keys, rank):
    places = [i for i, one in enumerate(keys) if one is Ellipsis]
    if not places:
        return keys
    if len(places) > 1:
        raise ValueError("Only one ellipsis is allowed.")
    if rank is None:
        raise ValueError("Ellipsis not supported for unknown shape RaggedTensors")
    given = sum(one is not None for one in keys) - 1
    at = places[0]
    return keys[:at] + [slice(None)] * max(rank - given, 0) + keys[at + 1 :]


def _item(rt, keys):
    if not keys:
        return rt
    if not isinstance(rt, RaggedTensor):
        return rt[tuple(keys)]
    key, *inner = keys
    if key is None:
        return _in_one_row(_item(rt, inner))
    if isinstance(key, slice):
        return _within(_rows(rt, key), inner)
    splits = rt.row_splits
    key = _row_number(key)
    known = static_value(convert(key)) if not isinstance(key, int) else key
    if known is not None and splits.shape[0] is not None:
        rows = splits.shape[0] - 1
        if not -rows <= known < rows:
            if partition.is_eager(splits):
                raise IndexError(f"Row key {known} out of bounds")
            raise ValueError(f"Row key {known} out of bounds for {rows} rows")
        known = int(known) + rows if known < 0 else int(known)
        start, end = splits[known], splits[known + 1]
    else:
        key = raw_ops.Cast(x=convert(key), DstT=splits.dtype)
        key = raw_ops.SelectV2(condition=key < 0, t=key + rt.nrows(), e=key)
        start, end = splits[key], splits[key + 1]
    return _item(_slice_values(rt.values, start, end), inner)


def _row_number(key):
    """An integer, or an integer tensor. TypeError for anything else."""
    check_index(key)
    return key if hasattr(key, "dtype") and not hasattr(key, "item") else int(key)


def _slice_values(values, start, end):
    """The values from `start` to `end`: tensors, or rows of a ragged tensor."""
    if not isinstance(values, RaggedTensor):
        return values[start:end]
    splits = values.row_splits[start : end + 1]
    first = splits[0]
    inner = _slice_values(values.values, first, splits[-1])
    return RaggedTensor(inner, partition.RowPartition(splits - first, uniform=values.uniform_row_length), internal=True)


def _rows(rt, key):
    """The rows of a slice."""
    if key.start is None and key.stop is None and key.step is None:
        return rt
    splits = rt.row_splits
    starts, limits = splits[:-1][key], splits[1:][key]
    if key.step is None or (isinstance(key.step, int) and key.step == 1):
        # Neighbouring rows: a part of the values.
        lengths = limits - starts
        zero = convert([0], splits.dtype)
        first = raw_ops.ConcatV2(values=[starts, zero], axis=0)[0]
        inner_splits = partition.splits_of_lengths(lengths)
        values = _slice_values(rt.values, first, first + inner_splits[-1])
    else:
        rows = raw_ops.Range(start=convert(0, splits.dtype), limit=rt.nrows(), delta=convert(1, splits.dtype))[key]
        return gather_rows(rt, rows)
    made = partition.RowPartition(inner_splits, uniform=rt.uniform_row_length)
    return RaggedTensor(values, made, internal=True)


def gather_rows(rt, rows):
    """The rows of these numbers: indices of any rank give their axes to the front."""
    splits = rt.nested_row_splits
    rank = rows.shape.rank
    found = raw_ops.RaggedGather(
        params_nested_splits=list(splits),
        params_dense_values=rt.flat_values,
        indices=rows,
        OUTPUT_RAGGED_RANK=len(splits) + rank - 1,
    )
    values = found.output_dense_values
    for one in reversed(found.output_nested_splits):
        values = RaggedTensor(values, partition.RowPartition(one), internal=True)
    return values


def _within(rt, keys):
    """The keys of inner axes, for each row."""
    if not keys:
        return rt
    key, *inner = keys
    if key is None:
        return _with_axis(rt, inner)
    if isinstance(key, slice):
        if key.start is None and key.stop is None and key.step is None:
            if not inner:
                return rt
            return rt.with_values(_item(rt.values, [slice(None), *inner]))
        return _cut(rt, key, inner)
    if rt.uniform_row_length is None:
        raise ValueError("Cannot index into an inner ragged dimension.")
    length = rt.uniform_row_length
    key = raw_ops.Cast(x=convert(key), DstT=length.dtype)
    key = raw_ops.SelectV2(condition=key < 0, t=key + length, e=key)
    places = rt.row_starts() + key
    values = rt.values
    if isinstance(values, RaggedTensor):
        return _within(gather_rows(values, places), inner)
    picked = raw_ops.GatherV2(params=values, indices=places, axis=0)
    return picked[(slice(None), *inner)] if inner else picked


def _with_axis(rt, inner):
    """A new axis of size 1 within the outermost rows."""
    rows = _within(rt, inner) if inner else rt
    one = convert(1, rt.row_splits.dtype)
    zero = convert(0, one.dtype)
    splits = raw_ops.Range(start=zero, limit=rt.nrows() + one, delta=one)
    return RaggedTensor(rows, partition.RowPartition(splits, uniform=one), internal=True)


def _in_one_row(value):
    """`value` with a new outermost axis of size 1."""
    if not isinstance(value, RaggedTensor):
        return raw_ops.ExpandDims(input=value, axis=0)
    nrows = value.nrows()
    splits = raw_ops.Pack(values=[raw_ops.ZerosLike(x=nrows), nrows])
    return RaggedTensor(value, partition.RowPartition(splits, uniform=nrows), internal=True)


def _cut(rt, key, inner):
    """The slice of each row."""
    splits = rt.row_splits
    lengths, starts = rt.row_lengths(), rt.row_starts()
    step = 1 if key.step is None else key.step
    if isinstance(step, int) and step == 0:
        raise ValueError("slice step cannot be zero")
    forward = step > 0
    zero = convert(0, splits.dtype)

    def bound(value, low, high):
        value = raw_ops.Cast(x=convert(value), DstT=splits.dtype)
        value = raw_ops.SelectV2(condition=value < zero, t=value + lengths, e=value)
        return raw_ops.Minimum(x=raw_ops.Maximum(x=value, y=low), y=high)

    if forward:
        first = raw_ops.ZerosLike(x=lengths) if key.start is None else bound(key.start, zero, lengths)
        last = lengths if key.stop is None else bound(key.stop, zero, lengths)
        last = raw_ops.Maximum(x=first, y=last)
    else:
        low = convert(-1, splits.dtype)
        first = lengths - 1 if key.start is None else bound(key.start, low, lengths - 1)
        last = raw_ops.ZerosLike(x=lengths) - 1 if key.stop is None else bound(key.stop, low, lengths - 1)
        last = raw_ops.Minimum(x=first, y=last)
    ranges = raw_ops.RaggedRange(
        starts=starts + first,
        limits=starts + last,
        deltas=raw_ops.Cast(x=convert(step), DstT=splits.dtype),
        Tsplits=splits.dtype,
    )
    places = ranges.rt_dense_values
    values = rt.values
    if isinstance(values, RaggedTensor):
        picked = gather_rows(values, places)
    else:
        picked = raw_ops.GatherV2(params=values, indices=places, axis=0)
    if inner:
        picked = _item(picked, [slice(None), *inner])
    return RaggedTensor(picked, partition.RowPartition(ranges.rt_nested_splits), internal=True)
