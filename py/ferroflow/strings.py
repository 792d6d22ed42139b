"""Strings: `tf.strings`."""

from .ops.strings import as_string, format, join, length, reduce_join, to_number

__all__ = [
    "as_string",
    "format",
    "join",
    "length",
    "reduce_join",
    "to_number",
]
