"""Rows and elements of ragged tensors by index and by mask."""

from ..._gen import raw_ops
from ...framework import dtypes
from ...framework.tensor_hooks import boolean_mask as dense_mask
from ..common import convert, name_scope, static_value
from ..picking import gather as dense_gather
from . import partition
from .indexing import gather_rows
from .tensor import RaggedTensor


def gather_op(name, inputs, attrs):
    """The op GatherV2 along the first axis."""
    params, indices, axis = inputs
    axis = static_value(convert(axis))
    if axis is None or int(axis) != 0 or attrs[0]:
        return NotImplemented
    return gather(params, indices)


def gather(params, indices):
    """The rows of `params` at `indices`; either may be ragged."""
    if isinstance(indices, RaggedTensor):
        return indices.with_values(gather(params, indices.values))
    indices = convert(indices)
    if not isinstance(params, RaggedTensor):
        return dense_gather(params, indices, axis=0)
    return params[indices] if indices.shape.rank == 0 else gather_rows(params, indices)


def boolean_mask(data, mask, name=None):
    """The elements where a mask is True, in the rows that they are in.

    Args:
      data: a tensor or ragged tensor.
      mask: bools: a vector, which picks rows, or a (ragged) tensor of the first axes of `data`.
      name: a name scope for the operations.

    Returns:
      A ragged tensor of the rank of `data`; a tensor if both are tensors and the mask is a vector.

    Raises:
      ValueError: a scalar mask, or one of unknown rank.

    >>> tf.ragged.boolean_mask([[1, 2], [3, 4]], [[True, False], [True, True]])
    <tf.RaggedTensor [[1], [3, 4]]>
    """
    with name_scope(name, "RaggedMask", []):
        data = data if isinstance(data, RaggedTensor) else convert(data, name="data")
        mask = mask if isinstance(mask, RaggedTensor) else convert(mask, dtype=dtypes.bool, name="mask")
        rank = mask.shape.rank
        if rank is None:
            raise ValueError("mask.shape.ndims must be known statically.")
        if rank == 0:
            raise ValueError("mask cannot be scalar.")
        return _masked(data, mask)


def _masked(data, mask):
    rank = mask.shape.rank
    if not isinstance(mask, RaggedTensor):
        if rank == 1:
            if not isinstance(data, RaggedTensor):
                return dense_mask(data, mask)
            return gather_rows(data, raw_ops.Where(condition=mask)[:, 0])
        mask = RaggedTensor.from_tensor(mask, ragged_rank=rank - 1)
    if not isinstance(data, RaggedTensor):
        data = RaggedTensor.from_tensor(data, ragged_rank=mask.ragged_rank, row_splits_dtype=mask.row_splits.dtype)
    elif data.row_splits.dtype != mask.row_splits.dtype:
        data, mask = data.with_row_splits_dtype(dtypes.int64), mask.with_row_splits_dtype(dtypes.int64)
    values = _masked(data.values, mask.values)
    if isinstance(mask.values, RaggedTensor):
        return data.with_values(values)
    counted = raw_ops.Cast(x=mask.values, DstT=mask.row_splits.dtype)
    lengths = raw_ops.UnsortedSegmentSum(data=counted, segment_ids=mask.value_rowids(), num_segments=mask.nrows())
    return RaggedTensor(values, partition.RowPartition(partition.splits_of_lengths(lengths)), internal=True)


def map_flat_values(op, *args, **kwargs):
    """What `op` makes of the flat values of ragged tensors among its arguments, in the same rows.

    Args:
      op: a function of tensors whose result has as many values as the flat values.
      *args: its arguments; ragged tensors have the same rows.
      **kwargs: its arguments by name.

    >>> tf.ragged.map_flat_values(tf.square, tf.ragged.constant([[1, 2], [3]]))
    <tf.RaggedTensor [[1, 4], [9]]>
    """
    from .elementwise import same_rows

    ragged = [v for v in (*args, *kwargs.values()) if isinstance(v, RaggedTensor)]
    if not ragged:
        return op(*args, **kwargs)
    if len({v.ragged_rank for v in ragged}) > 1:
        raise ValueError("Ragged tensors must have the same ragged rank")
    found, like = same_rows(*ragged)
    flat = iter(found)

    def taken(value):
        return next(flat).flat_values if isinstance(value, RaggedTensor) else value

    made = op(*[taken(v) for v in args], **{k: taken(v) for k, v in kwargs.items()})
    return like.with_flat_values(made)


def row_splits_to_segment_ids(splits, name=None, out_type=None):
    """The row of each value, from row splits.

    Args:
      splits: an int32 or int64 vector.
      name: a name scope for the operations.
      out_type: the dtype; that of `splits` if not given.

    >>> tf.ragged.row_splits_to_segment_ids([0, 3, 3, 5]).numpy().tolist()
    [0, 0, 0, 2, 2]
    """
    with name_scope(name, "RaggedSplitsToSegmentIds", []):
        splits = convert(splits, dtype_hint=dtypes.int64, name="splits")
        if splits.dtype not in (dtypes.int32, dtypes.int64):
            raise ValueError("splits must have dtype int32 or int64")
        splits.shape.assert_has_rank(1)
        if splits.shape[0] == 0:
            raise ValueError("Invalid row_splits: []")
        ids = partition.rowids_of_splits(splits)
        return ids if out_type is None else raw_ops.Cast(x=ids, DstT=dtypes.as_dtype(out_type))


def segment_ids_to_row_splits(segment_ids, num_segments=None, out_type=None, name=None):
    """Row splits, from the row of each value.

    Args:
      segment_ids: an integer vector that does not descend.
      num_segments: how many rows there are; one more than the last id if not given.
      out_type: the dtype; that of `segment_ids` if not given.
      name: a name scope for the operations.

    >>> tf.ragged.segment_ids_to_row_splits([0, 0, 0, 2, 2]).numpy().tolist()
    [0, 3, 3, 5]
    """
    with name_scope(name, "SegmentIdsToRaggedSplits", []):
        ids = convert(segment_ids, dtype_hint=dtypes.int64, name="segment_ids")
        splits = partition.from_value_rowids(ids, num_segments, False).splits
        return splits if out_type is None else raw_ops.Cast(x=splits, DstT=dtypes.as_dtype(out_type))
