"""`tf.experimental`: values that may be missing."""

from .data.optional import Optional

__all__ = ["Optional"]
