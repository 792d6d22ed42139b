"""Ragged tensors: `tf.ragged`."""

from .ops.ragged.factory import constant
from .ops.ragged.joining import stack
from .ops.ragged.picking import (
    boolean_mask,
    map_flat_values,
    row_splits_to_segment_ids,
    segment_ids_to_row_splits,
)
from .ops.ragged.ranges import range

__all__ = [
    "boolean_mask",
    "constant",
    "map_flat_values",
    "range",
    "row_splits_to_segment_ids",
    "segment_ids_to_row_splits",
    "stack",
]
