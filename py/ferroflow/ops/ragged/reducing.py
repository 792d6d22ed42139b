"""Sums, products, extremes and means along the axes of ragged tensors."""

from ..._gen import raw_ops
from ...framework import dtypes
from ..common import convert, static_value
from . import partition
from .merging import expand_dims
from .tensor import RaggedTensor

_SEGMENTS = {
    "Sum": raw_ops.UnsortedSegmentSum,
    "Prod": raw_ops.UnsortedSegmentProd,
    "Max": raw_ops.UnsortedSegmentMax,
    "Min": raw_ops.UnsortedSegmentMin,
}


def reduce_op(name, inputs, attrs):
    """An op such as Sum: operands are the ragged tensor and the axes, the attribute says whether axes stay."""
    rt, axes = inputs
    axes = static_value(convert(axes))
    if axes is None:
        raise ValueError("axis must be known at graph construction time.")
    rank = rt.shape.rank
    found = []
    for axis in axes.reshape(-1).tolist():
        if axis < 0 and rank is None:
            raise ValueError("axis may only be negative if ndims is statically known.")
        if rank is not None and not -rank <= axis < rank:
            raise ValueError(f"axis={axis} out of bounds: expected {-rank}<=axis<{rank}")
        found.append(axis + rank if axis < 0 else axis)
    return reduced(name, rt, sorted(set(found)), bool(attrs[0]))


def reduced(name, rt, axes, keep):
    """`rt` reduced along axes that are counted from the front."""
    if name == "Mean":
        total = reduced("Sum", rt, axes, keep)
        ones = raw_ops.OnesLike(x=rt.flat_values)
        return total / reduced("Sum", rt.with_flat_values(ones), axes, keep)
    if name in ("All", "Any"):
        numbers = rt.with_flat_values(raw_ops.Cast(x=rt.flat_values, DstT=dtypes.int32))
        # Rows without elements: all of them hold, none of them does.
        made = reduced("Prod" if name == "All" else "Sum", numbers, axes, keep)
        return raw_ops.Cast(x=made, DstT=dtypes.bool)
    rank = rt.shape.rank
    if rank is not None and len(axes) == rank:
        flat = rt.flat_values
        made = getattr(raw_ops, name)(input=flat, axis=list(range(flat.shape.rank)))
        return raw_ops.Reshape(tensor=made, shape=[1] * rank) if keep else made
    value = rt
    for axis in reversed(axes):
        value = _along(name, value, axis)
        if keep:
            value = expand_dims(value, axis)
    return value


def _along(name, rt, axis):
    if not isinstance(rt, RaggedTensor):
        return getattr(raw_ops, name)(input=rt, axis=axis)
    if axis > 1:
        return rt.with_values(_along(name, rt.values, axis - 1))
    if axis == 1:
        return _segments(_SEGMENTS[name], rt.values, rt.value_rowids(), rt.nrows())
    lengths = rt.row_lengths()
    zero, one = convert(0, lengths.dtype), convert(1, lengths.dtype)
    places = raw_ops.RaggedRange(starts=zero, limits=lengths, deltas=one, Tsplits=lengths.dtype).rt_dense_values
    longest = raw_ops.Max(input=raw_ops.ConcatV2(values=[convert([0], lengths.dtype), lengths], axis=0), axis=0)
    return _segments(_SEGMENTS[name], rt.values, places, longest)


def _segments(op, data, ids, count):
    """Rows of equal id as one row, element by element; ragged rows become as long as the longest of them."""
    if not isinstance(data, RaggedTensor):
        return op(data=data, segment_ids=ids, num_segments=count)
    lengths = data.row_lengths()
    longest = raw_ops.UnsortedSegmentMax(data=lengths, segment_ids=ids, num_segments=count)
    splits = partition.splits_of_lengths(raw_ops.Maximum(x=longest, y=raw_ops.ZerosLike(x=longest)))
    starts = raw_ops.GatherV2(params=splits, indices=ids, axis=0)
    one = convert(1, lengths.dtype)
    places = raw_ops.RaggedRange(starts=starts, limits=starts + lengths, deltas=one, Tsplits=lengths.dtype)
    values = _segments(op, data.values, places.rt_dense_values, splits[-1])
    return RaggedTensor(values, partition.RowPartition(splits), internal=True)
