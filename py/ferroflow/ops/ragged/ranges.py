"""Ragged tensors whose rows count."""

from ..._gen import raw_ops
from ...framework import dtypes
from ..common import convert, name_scope
from .tensor import RaggedTensor


def range(starts, limits=None, deltas=1, dtype=None, name=None, row_splits_dtype=dtypes.int64):
    """A ragged tensor whose rows count from starts to limits.

    Args:
      starts: a scalar or vector; the limits, if no `limits` are given, and rows start at 0.
      limits: a scalar or vector: what each row ends before.
      deltas: a scalar or vector: the steps.
      dtype: the dtype; that of the operands if not given.
      name: a name for the operation.
      row_splits_dtype: int32 or int64.

    >>> tf.ragged.range([3, 0, 2])
    <tf.RaggedTensor [[0, 1, 2], [], [0, 1]]>
    """
    if limits is None:
        starts, limits = 0, starts
    with name_scope(name, "RaggedRange", []):
        parts = [
            convert(v, dtype=dtype, name=n) for v, n in ((starts, "starts"), (limits, "limits"), (deltas, "deltas"))
        ]
        if dtype is None:
            order = [dtypes.int32, dtypes.int64, dtypes.float32, dtypes.float64]
            common = max((p.dtype for p in parts), key=order.index)
            parts = [p if p.dtype == common else raw_ops.Cast(x=p, DstT=common) for p in parts]
        found = raw_ops.RaggedRange(
            starts=parts[0], limits=parts[1], deltas=parts[2], Tsplits=dtypes.as_dtype(row_splits_dtype)
        )
        return RaggedTensor.from_row_splits(found.rt_dense_values, found.rt_nested_splits, validate=False)
