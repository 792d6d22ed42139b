"""Axes of ragged tensors: merged ones, new ones, and how many elements there are."""

from ..._gen import raw_ops
from ...framework import dtypes
from ..common import convert, static_value
from .indexing import _in_one_row, _with_axis
from .partition import RowPartition
from .tensor import RaggedTensor


def merge_dims(rt, outer_axis, inner_axis):
    """See `RaggedTensor.merge_dims`."""
    rank = rt.shape.rank

    def front(axis, name):
        if axis >= 0:
            return axis
        if rank is None:
            raise ValueError(f"{name} may only be negative if ndims is statically known.")
        return axis + rank

    outer, inner = front(outer_axis, "outer_axis"), front(inner_axis, "inner_axis")
    if rank is not None and not (0 <= outer < rank and 0 <= inner < rank):
        raise ValueError(
            f"outer_axis={outer_axis} or inner_axis={inner_axis} out of bounds: expected {-rank}<=axis<{rank}"
        )
    if outer > inner:
        raise ValueError(f"Expected outer_axis ({outer_axis}) to be less than or equal to inner_axis ({inner_axis})")
    return _merged(rt, outer, inner)


def _merged(value, outer, inner):
    if outer == inner:
        return value
    if not isinstance(value, RaggedTensor):
        shape = raw_ops.Shape(input=value)
        size = raw_ops.Prod(input=shape[outer : inner + 1], axis=[0], keep_dims=True)
        parts = [shape[:outer], size, shape[inner + 1 :]]
        return raw_ops.Reshape(tensor=value, shape=raw_ops.ConcatV2(values=parts, axis=0))
    if outer == 0:
        return _merged(value.values, 0, inner - 1)
    if outer > 1:
        return value.with_values(_merged(value.values, outer - 1, inner - 1))
    splits, values = value.row_splits, value.values
    for _ in range(inner - 1):
        if isinstance(values, RaggedTensor):
            splits = raw_ops.GatherV2(params=values.row_splits, indices=splits, axis=0)
            values = values.values
        else:
            splits = splits * raw_ops.Shape(input=values, out_type=splits.dtype)[1]
            values = _merged(values, 0, 1)
    return RaggedTensor(values, RowPartition(splits), internal=True)


def expand_dims(value, axis):
    """`value` with a new axis of size 1."""
    if not isinstance(value, RaggedTensor):
        return raw_ops.ExpandDims(input=value, axis=axis)
    rank = value.shape.rank
    if axis < 0:
        if rank is None:
            raise ValueError("axis may only be negative if ndims is statically known.")
        axis += rank + 1
    if rank is not None and not 0 <= axis <= rank:
        raise ValueError(f"axis={axis} out of bounds: expected {-rank - 1}<=axis<{rank + 1}")
    if axis == 0:
        return _in_one_row(value)
    if axis == 1:
        return _with_axis(value, [])
    return value.with_values(expand_dims(value.values, axis - 1))


def expand_dims_op(name, inputs, attrs):
    """The op ExpandDims."""
    axis = static_value(convert(inputs[1]))
    return NotImplemented if axis is None else expand_dims(inputs[0], int(axis))


def size_op(name, inputs, attrs):
    """The op Size: how many elements there are."""
    return raw_ops.Size(input=inputs[0].flat_values, out_type=attrs[0] or dtypes.int32)


def rank_op(name, inputs, attrs):
    """The op Rank."""
    rank = inputs[0].shape.rank
    if rank is not None:
        return convert(rank, dtypes.int32)
    return raw_ops.Rank(input=inputs[0].flat_values) + inputs[0].ragged_rank
