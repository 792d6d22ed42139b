"""Ragged tensors with TensorFlow 1's names: `tf.compat.v1.ragged`."""

from ...ops.ragged.factory import constant, constant_value, placeholder
from ...ops.ragged.joining import stack
from ...ops.ragged.picking import (
    boolean_mask,
    map_flat_values,
    row_splits_to_segment_ids,
    segment_ids_to_row_splits,
)
from ...ops.ragged.ranges import range
from ...ops.ragged.value import RaggedTensorValue

__all__ = [
    "RaggedTensorValue",
    "boolean_mask",
    "constant",
    "constant_value",
    "map_flat_values",
    "placeholder",
    "range",
    "row_splits_to_segment_ids",
    "segment_ids_to_row_splits",
    "stack",
]
