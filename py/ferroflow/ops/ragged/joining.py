"""Ragged tensors joined along an axis, or along a new one."""

from ..._gen import raw_ops
from .. import checks
from ..common import convert, name_scope, static_value
from . import partition
from .elementwise import operands
from .indexing import gather_rows
from .merging import expand_dims
from .partition import RowPartition
from .tensor import RaggedTensor


def concat_op(name, inputs, attrs):
    """The op ConcatV2."""
    axis = static_value(convert(inputs[1]))
    return NotImplemented if axis is None else joined(list(inputs[0]), int(axis), False)


def pack_op(name, inputs, attrs):
    """The op Pack."""
    return joined(list(inputs[0]), attrs[0] or 0, True)


def stack(values, axis=0, name=None):
    """Tensors and ragged tensors side by side along a new axis.

    Args:
      values: a list of tensors or ragged tensors of one rank and dtype.
      axis: where the new axis stands; negative ones count from the end.
      name: a name scope for the operations.

    Returns:
      A `RaggedTensor`: the parts may have different sizes. A tensor if `values` are scalars.

    >>> tf.ragged.stack([[1, 2], [3]])
    <tf.RaggedTensor [[1, 2], [3]]>
    """
    if not isinstance(values, (list, tuple)):
        values = [values]
    with name_scope(name, "RaggedConcat", []):
        parts = [value if isinstance(value, RaggedTensor) else convert(value) for value in values]
        return joined(parts, axis, True)


def joined(values, axis, stacked):
    """Values one after the other along an axis, or side by side along a new one."""
    if not values:
        raise ValueError("rt_inputs may not be empty.")
    if any(isinstance(v, RaggedTensor) for v in values):
        values = operands(*values)
    ranks = {v.shape.rank for v in values} - {None}
    if len(ranks) > 1:
        raise ValueError(f"all inputs must have the same rank, not {sorted(ranks)}")
    rank = ranks.pop() if ranks else None
    if axis < 0:
        if rank is None:
            raise ValueError("axis may only be negative if ndims is statically known.")
        axis += rank + (1 if stacked else 0)
    limit = None if rank is None else rank + (1 if stacked else 0)
    if limit is not None and not 0 <= axis < limit:
        raise ValueError(f"axis={axis} out of bounds: expected {-limit}<=axis<{limit}")
    if len(values) == 1:
        return expand_dims(values[0], axis) if stacked else values[0]
    dense = not any(isinstance(v, RaggedTensor) for v in values)
    if dense and (rank == 0 or not stacked and axis == 0):
        return raw_ops.Pack(values=values) if stacked else raw_ops.ConcatV2(values=values, axis=0)
    if dense and axis == 0 and rank == 1:
        values = [_in_one_row_of(v) for v in values]
        return joined(values, 0, False)
    deep = max([v.ragged_rank for v in values if isinstance(v, RaggedTensor)] + [min(axis, rank - 1), 1])
    return _joined(_of_one_dtype([_deepened(v, deep) for v in values]), axis, stacked)


def _in_one_row_of(value):
    """A tensor as the only row of a ragged one."""
    count = partition.count_of(value, "int64")
    splits = raw_ops.Pack(values=[raw_ops.ZerosLike(x=count), count])
    return RaggedTensor(value, RowPartition(splits), internal=True)


def _deepened(value, rank):
    """`value` as a ragged tensor of this ragged rank: further axes become rows of one length."""
    if rank == 0:
        return value
    if isinstance(value, RaggedTensor):
        return value.with_values(_deepened(value.values, rank - 1))
    return RaggedTensor.from_tensor(value, ragged_rank=rank)


def _of_one_dtype(values):
    """Ragged tensors with row splits of one dtype."""
    kinds = {v.row_splits.dtype for v in values if isinstance(v, RaggedTensor)}
    if len(kinds) < 2:
        return values
    return [v.with_row_splits_dtype("int64") if isinstance(v, RaggedTensor) else v for v in values]


def _joined(values, axis, stacked):
    if not isinstance(values[0], RaggedTensor):
        if stacked:
            return raw_ops.Pack(values=values, axis=axis)
        return raw_ops.ConcatV2(values=values, axis=axis)
    if axis == 0:
        whole = _one_after_the_other(values)
        if not stacked:
            return whole
        counts = raw_ops.Pack(values=[v.nrows() for v in values])
        return RaggedTensor(whole, RowPartition(partition.splits_of_lengths(counts)), internal=True)
    if axis == 1:
        return _row_by_row(values, stacked)
    message = "Inputs must have identical ragged splits"
    tests = [checks.assert_equal(v.row_splits, values[0].row_splits, message=message) for v in values[1:]]
    splits = checks.checked(values[0].row_splits, tests)
    inner = _joined([v.values for v in values], axis - 1, stacked)
    return RaggedTensor(inner, RowPartition(splits), internal=True)


def _one_after_the_other(values):
    """The rows of the first, then those of the next."""
    if not isinstance(values[0], RaggedTensor):
        return raw_ops.ConcatV2(values=values, axis=0)
    lengths = raw_ops.ConcatV2(values=[v.row_lengths() for v in values], axis=0)
    inner = _one_after_the_other([v.values for v in values])
    return RaggedTensor(inner, RowPartition(partition.splits_of_lengths(lengths)), internal=True)


def _row_by_row(values, stacked):
    """The first row of each, then the second of each: as parts of rows, or as one row for each."""
    whole = _one_after_the_other(values)
    count, nrows = len(values), values[0].nrows()
    message = "Input tensors at index 0 (=x) and {} (=y) have incompatible shapes."
    tests = [checks.assert_equal(nrows, v.nrows(), message=message.format(i)) for i, v in enumerate(values[1:], 1)]
    nrows = checks.checked(nrows, tests)
    zero, one = convert(0, nrows.dtype), convert(1, nrows.dtype)
    numbers = raw_ops.Range(start=zero, limit=nrows * count, delta=one)
    table = raw_ops.Reshape(tensor=numbers, shape=[count, -1])
    rows = raw_ops.Reshape(tensor=raw_ops.Transpose(x=table, perm=[1, 0]), shape=[-1])
    turned = gather_rows(whole, rows)
    if stacked:
        splits = raw_ops.Range(start=zero, limit=nrows + one, delta=one) * count
        return RaggedTensor(turned, RowPartition(splits, uniform=convert(count, nrows.dtype)), internal=True)
    splits = turned.row_splits[::count]
    known = next((v.shape[0] for v in values if v.shape[0] is not None), None)
    if known is not None and not hasattr(splits, "numpy"):
        splits.set_shape([known + 1])
    return RaggedTensor(turned.values, RowPartition(splits), internal=True)
