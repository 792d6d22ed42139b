"""Ragged tensors with TensorFlow 1's names: `tf.compat.v1.ragged`."""

from ...ops.ragged.factory import constant, constant_value, placeholder
from ...ops.ragged.ranges import range
from ...ops.ragged.value import RaggedTensorValue

__all__ = ["RaggedTensorValue", "constant", "constant_value", "placeholder", "range"]
