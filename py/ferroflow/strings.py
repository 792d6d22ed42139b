"""Strings: `tf.strings`."""

from .ops.strings import as_string, format, join, length, to_number
from .ops.strings import reduce_join_v1 as reduce_join

__all__ = [
    "as_string",
    "format",
    "join",
    "length",
    "reduce_join",
    "to_number",
]
