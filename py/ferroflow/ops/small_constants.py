"""Which filled tensors are constants of a graph."""

import math

from ..framework import dtypes
from ..framework.context import executing_eagerly
from ..framework.tensor_shape import TensorShape

_PLAIN = frozenset(
    dtypes.as_dtype(name)
    for name in "float16 float32 float64 int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool complex64 complex128".split()
)


def sizes_of_constant(shape, dtype):
    """The sizes of what is a constant where a graph is built: fewer than 1000 elements of a plain dtype; else None."""
    if executing_eagerly() or dtype not in _PLAIN:
        return None
    if isinstance(shape, TensorShape):
        shape = shape.as_list() if shape.rank is not None else [None]
    sizes = list(shape) if isinstance(shape, (list, tuple)) else [shape]
    if not all(type(size) is int and size >= 0 for size in sizes) or math.prod(sizes) >= 1000:
        return None
    return sizes
