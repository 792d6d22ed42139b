"""The bits of integers, with the arguments of TensorFlow 1: `tf.compat.v1.bitwise`."""

from ...ops.bits import bitwise_and, bitwise_or, bitwise_xor, invert, left_shift, right_shift

__all__ = [
    "bitwise_and",
    "bitwise_or",
    "bitwise_xor",
    "invert",
    "left_shift",
    "right_shift",
]
