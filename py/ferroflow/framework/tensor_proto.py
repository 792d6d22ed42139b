"""`TensorProto` messages from Python values and NumPy arrays, and back."""

from . import dtypes, nest
from .dtypes import as_dtype
from .tensor_shape import TensorShape
from .tensor_util import constant_value

# The field of TensorProto that holds single elements of each type, where the bytes of the whole are not written.
_FIELDS = {
    dtypes.float32: "float_val",
    dtypes.float64: "double_val",
    dtypes.int32: "int_val",
    dtypes.int16: "int_val",
    dtypes.int8: "int_val",
    dtypes.uint8: "int_val",
    dtypes.uint16: "int_val",
    dtypes.qint8: "int_val",
    dtypes.quint8: "int_val",
    dtypes.qint16: "int_val",
    dtypes.quint16: "int_val",
    dtypes.qint32: "int_val",
    dtypes.int4: "int_val",
    dtypes.uint4: "int_val",
    dtypes.int2: "int_val",
    dtypes.uint2: "int_val",
    dtypes.int64: "int64_val",
    dtypes.uint32: "uint32_val",
    dtypes.uint64: "uint64_val",
    dtypes.bool: "bool_val",
    dtypes.complex64: "scomplex_val",
    dtypes.complex128: "dcomplex_val",
    dtypes.float16: "half_val",
    dtypes.bfloat16: "half_val",
    dtypes.string: "string_val",
    dtypes.float8_e5m2: "float8_val",
    dtypes.float8_e4m3fn: "float8_val",
    dtypes.float8_e4m3fnuz: "float8_val",
    dtypes.float8_e4m3b11fnuz: "float8_val",
    dtypes.float8_e5m2fnuz: "float8_val",
}
# The types whose arrays of two or more elements are written as the bytes of the whole.
_AS_BYTES = frozenset(
    dtype
    for dtype, field in _FIELDS.items()
    if field in ("float_val", "double_val", "int64_val", "half_val", "float8_val")
) | {dtypes.int32, dtypes.int16, dtypes.int8, dtypes.uint8, dtypes.qint8, dtypes.quint8, dtypes.qint16}
_AS_BYTES |= {dtypes.quint16, dtypes.qint32, dtypes.uint32, dtypes.uint64}


def _check_elements(values, dtype):
    """TypeError if an element of Python `values` is none of `dtype`."""
    import numbers

    import numpy as np

    allowed = (
        (numbers.Integral, np.integer) if dtype.is_integer
        else (numbers.Real, np.integer, np.floating) if dtype.is_floating
        else (numbers.Complex, np.number) if dtype.is_complex
        else bool if dtype.is_bool
        else (str, bytes) if dtype is dtypes.string
        else ()
    )  # fmt: skip
    if dtype.is_quantized:
        if values and isinstance(values, list):
            for value in values:
                _check_elements(value, dtype)
        elif not isinstance(values, (tuple, list)):
            raise TypeError(f"Expected {dtype.name}, but got {values} of type '{type(values).__name__}'.")
        return
    for leaf in nest.flatten(values):
        if isinstance(leaf, allowed) or (isinstance(leaf, np.ndarray) and issubclass(leaf.dtype.type, allowed)):
            continue
        raise TypeError(f"Expected {dtype.name}, but got {leaf} of type '{type(leaf).__name__}'.")


def _list_shape(values):
    return [len(values), *(_list_shape(values[0]) if values else [])] if isinstance(values, (list, tuple)) else []


def _is_buffer(values):
    try:
        memoryview(values)
    except TypeError:
        return False
    return not isinstance(values, bytes)


def _text_array(values, array):
    """The array of strings, if all elements are; those that NumPy has no common type for are TensorFlow's error."""
    import numpy as np

    leaves = array.flat if array.dtype == object else nest.flatten(values)
    if not all(isinstance(leaf, (str, bytes)) for leaf in leaves):
        raise TypeError(
            f"Failed to convert elements of {values} to Tensor. Consider casting elements to a supported type. "
            "See https://www.tensorflow.org/api_docs/python/tf/dtypes for supported TF dtypes."
        )
    return array if array.dtype == object else np.array(values, dtype=object)


def constant_array(values, dtype=None):
    """The NumPy array of the constant that Python values become in a graph.

    Args:
      values: numbers, strings, nested lists of them, or an object that NumPy reads.
      dtype: the dtype; without it NumPy says it, with 32 bits where they are exact.

    Raises:
      TypeError: an element that is none of `dtype`, or elements without a common type.
      ValueError: None, or ragged lists, or a sequence that is neither a list nor a tuple.
    """
    import numpy as np

    if values is None:
        raise ValueError("None values not supported.")
    wanted = None if dtype is None else object if dtype is dtypes.string else dtype.as_numpy_dtype
    if callable(getattr(values, "__array__", None)) or _is_buffer(values):
        array = np.asarray(values)
        if wanted is object and array.dtype.kind not in "OSU":
            raise TypeError(f"Expected binary or unicode string, got {array.flat[0]}")
        return array if wanted in (None, object) else array.astype(wanted)
    if dtype is not None:
        _check_elements(values, dtype)
    array = np.array(values, dtype=None if dtype is not None and dtype.is_integer else wanted)
    if dtype is not None and dtype.is_integer:
        array = array.astype(wanted)
    if list(array.shape) != _list_shape(values) and not (dtype is not None and dtype.is_quantized):
        raise ValueError(
            f"Expected values {values} to be a dense tensor with shape {_list_shape(values)}, but got shape "
            f"{list(array.shape)}."
        )
    if array.dtype.kind in "OSU":
        return _text_array(values, array)
    if dtype is None and array.dtype == np.float64:
        return array.astype(np.float32)
    if dtype is None and array.dtype == np.int64:
        small = array.astype(np.int32)
        return small if np.array_equal(small, array) else array
    return array


def _as_bytes(value):
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode("utf-8")
    raise TypeError(f"Expected binary or unicode string, got {value!r}")


def _put_elements(proto, dtype, array):
    """Writes the elements of a flat array into the field of their type."""
    import numpy as np

    field = _FIELDS[dtype]
    if field == "string_val":
        proto.string_val.extend(_as_bytes(value) for value in array.tolist())
    elif field == "half_val":
        proto.half_val.extend(array.view(np.uint16).tolist())
    elif field == "float8_val":
        proto.float8_val = array.tobytes()
    elif dtype.is_complex:
        parts = array.view(dtype.real_dtype.as_numpy_dtype)
        getattr(proto, field).extend(parts.tolist())
    elif dtype.is_quantized:
        proto.int_val.extend(array[dtype.name].tolist())
    elif field == "int_val":
        proto.int_val.extend(int(value) for value in array)
    else:
        getattr(proto, field).extend(array.tolist())


def make_tensor_proto(values, dtype=None, shape=None, verify_shape=False, allow_broadcast=False):
    """A `TensorProto` with the given values.

    Args:
      values: a number, string, nested list, NumPy array or tensor whose value is known.
      dtype: the dtype; found out by itself if not given (int32 and float32 for Python numbers where exact).
      shape: the shape; that of `values` if not given. Fewer values than elements: the last one stands for the rest.
      verify_shape: require that `values` has the shape `shape`.
      allow_broadcast: with `verify_shape`, allow also a single value.

    Raises:
      TypeError: a value is none of `dtype`, or of no dtype, or has another shape.
      ValueError: None, ragged lists, or more values than elements.

    >>> make_tensor_proto([1, 2]).tensor_shape.dim[0].size
    2
    """
    import numpy as np

    from .protos import TensorProto

    if dtype is not None:
        dtype = as_dtype(dtype).base_dtype
    if not isinstance(values, (np.ndarray, np.generic)):
        known = constant_value(values) if hasattr(values, "dtype") or hasattr(values, "__array__") else None
        values = values if known is None else known
    if shape is not None and 0 in shape and not isinstance(values, (np.ndarray, np.generic)):
        array = np.empty(shape, dtype=np.float32 if dtype is None else dtype.as_numpy_dtype)
    elif isinstance(values, (np.ndarray, np.generic)):
        array = np.asarray(values)
        array = array if dtype is None or dtype is dtypes.string else array.astype(dtype.as_numpy_dtype)
    else:
        array = constant_array(values, dtype)
    found = as_dtype(array.dtype)
    if dtype is not None and dtype != found:
        raise TypeError(f"`dtype` {dtype} is not compatible with {values} of dtype {array.dtype}")
    array = array.astype(array.dtype.newbyteorder("<"), copy=False)
    sizes = list(array.shape) if shape is None else [int(size) for size in shape]
    if shape is not None:
        _check_shape(array, sizes, verify_shape, allow_broadcast)
    proto = TensorProto(dtype=found.as_datatype_enum, tensor_shape=TensorShape(sizes).as_proto())
    if array.size > 1 and found in _AS_BYTES and int(np.prod(sizes, dtype=np.int64)) == array.size:
        proto.tensor_content = array.tobytes()
    elif array.size:
        _put_elements(proto, found, np.ascontiguousarray(array).reshape(-1))
    return proto


def _check_shape(array, sizes, verify_shape, allow_broadcast):
    if verify_shape and list(array.shape) != sizes and not (allow_broadcast and array.shape in ((1,), ())):
        raise TypeError(f"Expected Tensor's shape: {tuple(sizes)}, but got {array.shape}.")
    count = TensorShape(sizes).num_elements()
    if array.size > count:
        raise ValueError(f"Too many elements provided. Takes at most {count}, but got {array.size}.")


def make_ndarray(tensor):
    """The NumPy array of a `TensorProto`, ours or protobuf's.

    Raises:
      ValueError: it holds more elements than its shape, or bytes of another length.
      TypeError: it names no dtype.

    >>> make_ndarray(make_tensor_proto([1.5, 2.5])).tolist()
    [1.5, 2.5]
    """
    import numpy as np

    shape = [dim.size for dim in tensor.tensor_shape.dim]
    count = int(np.prod(shape, dtype=np.int64))
    dtype = as_dtype(tensor.dtype).base_dtype
    numpy_dtype = np.dtype(dtype.as_numpy_dtype)
    if tensor.tensor_content and dtype is not dtypes.string:
        return np.frombuffer(tensor.tensor_content, dtype=numpy_dtype).copy().reshape(shape)
    field = _FIELDS.get(dtype)
    if field is None:
        raise TypeError(f"Unsupported tensor type: {tensor.dtype}.")
    values = getattr(tensor, field)
    if field == "string_val":
        array = np.array(list(values), dtype=object)
    elif field == "half_val":
        array = np.array(list(values), dtype=np.uint16).view(numpy_dtype)
    elif field == "float8_val":
        array = np.frombuffer(values, dtype=numpy_dtype)
    elif dtype.is_complex:
        array = np.array(list(values), dtype=dtype.real_dtype.as_numpy_dtype).view(numpy_dtype)
    elif dtype.is_quantized:
        array = np.array([(value,) for value in values], dtype=numpy_dtype)
    else:
        array = np.array(list(values)).astype(numpy_dtype)
    if len(array) > count:
        raise ValueError(f"the message holds {len(array)} elements but its shape {shape} has only {count}")
    if len(array) < count:
        last = array[-1:] if len(array) else np.array([b""] if field == "string_val" else np.zeros(1, numpy_dtype))
        array = np.concatenate([array, np.repeat(last, count - len(array))])
    return array.reshape(shape)
