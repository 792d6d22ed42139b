"""Conversion to tensors of objects of other classes: variables, registered types, `__array__`."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from .. import _core
from . import dtypes
from .composite import IndexedSlices
from .tensor_shape import Dimension, TensorShape

if TYPE_CHECKING:
    from .typing import DTypeLike, Tensor, TensorLike

_lock = threading.Lock()
_registered = {}  # priority -> list of (types, function)
_by_type = {}  # type -> functions in the order in which they are tried


def register_tensor_conversion_function(base_type, conversion_func, priority=100) -> None:
    """Registers how objects of a class become tensors.

    Args:
      base_type: a class or a tuple of classes; subclasses count too.
      conversion_func: `function(value, dtype=None, name=None, as_ref=False)` that returns a tensor, or NotImplemented
        so that the next one is tried.
      priority: lower numbers are tried first.

    Raises:
      TypeError: `base_type` is no class, or `conversion_func` is not callable, or the class is one of Python's or
        NumPy's numbers, strings, lists or arrays.
    """
    import numpy as np

    types = base_type if isinstance(base_type, tuple) else (base_type,)
    if not types or not all(isinstance(one, type) for one in types):
        raise TypeError(f"Argument `base_type` must be a type or a tuple of types. Obtained: {base_type}")
    if any(issubclass(one, (int, float, complex, str, bytes, list, tuple, np.ndarray, np.generic)) for one in types):
        raise TypeError("Cannot register conversions for Python numeric types and NumPy scalars and arrays.")
    if not callable(conversion_func):
        raise TypeError(f"Argument `conversion_func` must be callable. Received {conversion_func}.")
    with _lock:
        _registered.setdefault(priority, []).append((types, conversion_func))
        _by_type.clear()


def _functions_of(cls):
    functions = _by_type.get(cls)
    if functions is None:
        with _lock:
            functions = [
                function
                for priority in sorted(_registered)
                for types, function in _registered[priority]
                if issubclass(cls, types)
            ]
            _by_type[cls] = functions
    return functions


def _by_registration(value, dtype, name):
    """What a registered function makes of `value`; NotImplemented if none does."""
    for function in _functions_of(type(value)):
        made = function(value, dtype=dtype, name=name, as_ref=False)
        if made is NotImplemented:
            continue
        if not isinstance(made, _core.Tensor):
            raise RuntimeError(
                f"Error while converting value to a Tensor: Conversion function {function!r} for type {type(value)} "
                f"returned non-Tensor: {made!r}"
            )
        if dtype is not None and made.dtype.base_dtype != dtype.base_dtype:
            raise RuntimeError(
                f"Error while converting value to a Tensor: Conversion function {function!r} for type {type(value)} "
                f"returned incompatible dtype: requested = {dtype.base_dtype.name}, actual = {made.dtype.base_dtype.name}"
            )
        return made
    return NotImplemented


def _shape_value(value, dtype):
    """The sizes of a shape as an array of int32, or int64 where they need it."""
    import numpy as np

    if not value.is_fully_defined():
        raise ValueError(f"Cannot convert a partially known TensorShape {value} to a Tensor.")
    sizes = value.as_list()
    too_large = next((i for i, size in enumerate(sizes) if size >= 2**31), None)
    if dtype is None:
        wide = too_large is not None
    elif dtype.base_dtype not in (dtypes.int32, dtypes.int64):
        raise TypeError(f"Cannot convert a TensorShape to dtype: {dtype.name}")
    else:
        wide = dtype.base_dtype == dtypes.int64
        if too_large is not None and not wide:
            raise ValueError(
                f"Cannot convert a TensorShape to dtype int32; a dimension is too large. Consider using tf.int64. "
                f"Received: {value} with dimension {too_large} of size {sizes[too_large]}"
            )
    return np.array(sizes, dtype=np.int64 if wide else np.int32)


def slices_to_tensor(value, dtype=None, name=None):
    """The dense tensor that an `IndexedSlices` stands for: rows of equal index add up, all others are zero.

    Raises:
      ValueError: another dtype is wanted, or the size of the dense tensor is not known.
    """
    from .._gen import raw_ops

    if dtype is not None and not dtypes.as_dtype(dtype).is_compatible_with(value.dtype):
        raise ValueError(
            f"Incompatible tensor conversion requested to `dtype` {dtypes.as_dtype(dtype).name} for IndexedSlices "
            f"({value}) with dtype {value.dtype.name}"
        )
    if value.dense_shape is None:
        raise ValueError(f"Tensor conversion requested for IndexedSlices for argument without dense_shape: {value}")
    rows = value.dense_shape[0]
    return raw_ops.UnsortedSegmentSum(data=value.values, segment_ids=value.indices, num_segments=rows, name=name)


def slow_convert(value, dtype=None, name=None):
    """A tensor or ndarray for an object that is neither a tensor nor Python's or NumPy's own. Rust calls this.

    NotImplemented for other objects: perhaps they have items, and their elements say what they are.

    Args:
      value: any object.
      dtype: the wanted DType, or None.
      name: name of the op that may be needed.

    Raises:
      ValueError: `value` cannot become a tensor; the text is TensorFlow's.
    """
    protocol = getattr(type(value), "__tf_tensor__", None)
    if protocol is not None:
        return protocol(value, dtype, name)
    if isinstance(value, TensorShape):
        return _shape_value(value, dtype)
    if isinstance(value, Dimension):
        if value.value is None:
            raise ValueError(f"Cannot convert unknown Dimension {value} to a Tensor.")
        return _core.constant(value.value, dtype, name)
    if isinstance(value, IndexedSlices):
        return slices_to_tensor(value, dtype, name)
    made = _by_registration(value, dtype, name)
    if made is not NotImplemented:
        return made
    if hasattr(value, "dtype") and hasattr(value, "__array__") and hasattr(value, "item"):
        import numpy as np

        return np.asarray(value)  # a NumPy scalar: its own dtype counts, also where it is a Python number as well
    if isinstance(value, range) and (not value or not _core.executing_eagerly()):
        import numpy as np

        small = not value or max(abs(value[0]), abs(value[-1])) < 2**31
        return np.array(value, np.int32 if small else np.int64)
    if hasattr(value, "__array__") and not isinstance(value, type):
        import numpy as np

        return np.asarray(value)
    return NotImplemented


def convert_to_tensor(
    value: TensorLike, dtype: DTypeLike | None = None, dtype_hint=None, name: str | None = None
) -> Tensor:
    """A tensor with the content of `value`.

    Args:
      value: a tensor, variable, NumPy array, number, string, nested list of these, or an object of a registered class.
      dtype: the dtype; that of `value` if not given. A tensor of another dtype is an error, Python numbers adopt it.
      dtype_hint: taken instead of the natural dtype of Python values where that is possible.
      name: name of the constant that may be added to a graph.

    Returns:
      `value` itself if it is a tensor, else a new tensor.

    Raises:
      ValueError: a tensor of another dtype than `dtype`, or a ragged list, or a value that cannot become a tensor.
      TypeError: elements that do not fit `dtype`.

    >>> convert_to_tensor([1, 2], dtype="int64").dtype
    tf.int64
    """
    return _core.convert(value, dtype, dtype_hint, name)


def convert_to_tensor_v1(
    value: TensorLike, dtype: DTypeLike | None = None, name: str | None = None, preferred_dtype=None, dtype_hint=None
) -> Tensor:
    """`convert_to_tensor` with the argument order of TensorFlow 1."""
    return _core.convert(value, dtype, dtype_hint if dtype_hint is not None else preferred_dtype, name)


def convert_to_tensor_or_indexed_slices(
    value: TensorLike, dtype: DTypeLike | None = None, name: str | None = None
) -> Tensor | IndexedSlices:
    """`value` if it is an `IndexedSlices`, else its tensor."""
    if isinstance(value, IndexedSlices):
        if dtype is not None and not dtypes.as_dtype(dtype).is_compatible_with(value.dtype):
            raise ValueError(
                f"Incompatible tensor conversion requested to `dtype` {dtypes.as_dtype(dtype).name} for "
                f"`value` ({value}) with dtype {value.dtype.name}"
            )
        return value
    return convert_to_tensor(value, dtype, name=name)
