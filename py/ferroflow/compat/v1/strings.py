"""Strings, with the arguments of TensorFlow 1: `tf.compat.v1.strings`."""

from ...ops.strings import as_string, format, join
from ...ops.strings import length_v1 as length
from ...ops.strings import reduce_join_v1 as reduce_join
from ...ops.strings import to_number_v1 as to_number

__all__ = [
    "as_string",
    "format",
    "join",
    "length",
    "reduce_join",
    "to_number",
]
