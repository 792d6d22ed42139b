"""Ragged tensors: `tf.ragged`."""

from .ops.ragged.factory import constant
from .ops.ragged.ranges import range

__all__ = ["constant", "range"]
