"""Sums, quotients, parts of complex numbers, conversion of dtypes, comparisons for equality."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import dtypes
from ..framework.composite import IndexedSlices
from ..framework.tensors import Tensor, add_tensors
from .common import composite_operands, convert, name_scope

if TYPE_CHECKING:
    from ..framework.typing import DTypeLike, Tensor, TensorLike

# What is divided, and what Python's true division makes of integers first; None: no conversion.
_QUOTIENTS = {
    dtypes.uint8: dtypes.float32,
    dtypes.int8: dtypes.float32,
    dtypes.uint16: dtypes.float32,
    dtypes.int16: dtypes.float32,
    dtypes.uint32: dtypes.float64,
    dtypes.int32: dtypes.float64,
    dtypes.uint64: dtypes.float64,
    dtypes.int64: dtypes.float64,
    dtypes.bfloat16: None,
    dtypes.float16: None,
    dtypes.float32: None,
    dtypes.float64: None,
    dtypes.complex64: None,
    dtypes.complex128: None,
}


def add(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """`x + y`, element by element; strings are joined.

    Args:
      x: a tensor of numbers or strings.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.

    >>> tf.add([1.0, 2.0], 3.0).numpy()
    array([4., 5.], dtype=float32)
    """
    made = add_tensors(x, y, name)
    if made is not None:
        return made
    with name_scope(name, "Add", [x, y]) as name:
        x = convert(x, name="x")
        y = convert(y, dtype_hint=x.dtype.base_dtype, name="y")
        made = add_tensors(x, y, name)
        return raw_ops.AddV2(x, y, name) if made is None else made  # composite operands know what it makes of them


def add_n(inputs, name: str | None = None) -> Tensor:
    """The sum of all tensors of a list; they have one shape and dtype, nothing is broadcast.

    Args:
      inputs: a tensor, or a list of tensors or `IndexedSlices`.
      name: a name for the operation.

    Returns:
      A tensor of that shape and dtype.

    Raises:
      ValueError: `inputs` is not a list of tensors of one shape and dtype.

    >>> tf.add_n([[1, 2], [3, 4], [5, 6]]).numpy()
    array([ 9, 12], dtype=int32)
    """
    inputs = list(inputs) if isinstance(inputs, (list, tuple)) else [inputs]
    if not inputs:
        raise ValueError(
            "Inputs must be an iterable of at least one Tensor/IndexedSlices with the same dtype and shape."
        )
    if len(inputs) == 1:
        return raw_ops.Identity(inputs[0], name)
    return raw_ops.AddN(inputs, name)


def accumulate_n(inputs, shape: TensorLike | None = None, tensor_dtype=None, name: str | None = None) -> Tensor:
    """The sum of all tensors of a list, as `add_n`.

    Args:
      inputs: a list of tensors of one shape and dtype.
      shape: their shape; checked.
      tensor_dtype: their dtype; checked.
      name: a name for the operation.

    Returns:
      A tensor of that shape and dtype.

    Raises:
      ValueError: the tensors do not have the same shape and dtype.
    """
    if not inputs or not isinstance(inputs, (list, tuple)):
        raise ValueError("inputs must be a list of at least one Tensor/IndexedSlices with the same dtype and shape")
    inputs = [convert(one) for one in inputs]
    if any(one.dtype != inputs[0].dtype for one in inputs):
        raise ValueError("inputs must be a list of at least one Tensor/IndexedSlices with the same dtype and shape")
    if tensor_dtype is not None and tensor_dtype != inputs[0].dtype:
        raise TypeError(
            f"The `tensor_dtype` argument is {tensor_dtype}, but `input` is of type {inputs[0].dtype}. These must be equal."
        )
    total = add_n(inputs, name)
    return total if shape is None else raw_ops.EnsureShape(total, shape)


def _same_dtype(x, y):
    if x.dtype.base_dtype != y.dtype.base_dtype:
        raise TypeError(f"`x` and `y` must have the same dtype, got {x.dtype.base_dtype!r} != {y.dtype.base_dtype!r}.")


def _quotient(op, x, y, scope, caller):
    """`op` of both as floats; `caller` is for the errors."""
    x = convert(x, name="x")
    y = convert(y, dtype_hint=x.dtype.base_dtype, name="y")
    _same_dtype(x, y)
    dtype = x.dtype.base_dtype
    if dtype not in _QUOTIENTS:
        known = ", ".join(map(repr, _QUOTIENTS))
        raise TypeError(f"Invalid dtype {dtype!r} in {caller}. Expected one of {{{known}}}.")
    if (wanted := _QUOTIENTS[dtype]) is not None:
        x, y = raw_ops.Cast(x, wanted), raw_ops.Cast(y, wanted)
    return op(x, y, scope)


def truediv(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """`x / y` as Python 3 divides: integers give floats (float32 up to 16 bits, else float64).

    Args:
      x: a tensor of numbers.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape, of a float or complex dtype.

    Raises:
      TypeError: the dtypes differ.

    >>> tf.truediv(3, 2).numpy().item()
    1.5
    """
    with name_scope(name, "truediv", [x, y]) as scope:
        return _quotient(raw_ops.RealDiv, x, y, scope, "__truediv__")


def divide_no_nan(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """`x / y` as Python 3 divides, and 0 where `y` is 0.

    Args:
      x: a tensor of numbers.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape; integers give floats, as with `truediv`.

    Raises:
      TypeError: the dtypes differ, or are not numbers.

    >>> tf.math.divide_no_nan([1.0], [0.0]).numpy()
    array([0.], dtype=float32)
    """
    with name_scope(name, "div_no_nan", [x, y]) as scope:
        if isinstance(y, Tensor) and not isinstance(x, Tensor):
            x = convert(x, dtype=y.dtype.base_dtype, name="x")
        return _quotient(raw_ops.DivNoNan, x, y, scope, "tf.math.divide_no_nan")


def divide(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """`x / y` as Python 3 divides; see `truediv`.

    Args:
      x: a tensor of numbers.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape, of a float or complex dtype.

    >>> tf.divide([16, 12], 8).numpy()
    array([2. , 1.5])
    """
    if name is not None:
        return truediv(x, y, name)
    if not _is_tensor(x):
        x = convert(x, dtype=y.dtype.base_dtype if _is_tensor(y) else None)
    return x / y


def _is_tensor(value):
    return isinstance(value, Tensor) or hasattr(value, "__tf_tensor__")


def div(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """`x / y` as Python 2 divides: integers are rounded down.

    Args:
      x: a tensor of numbers.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.

    >>> tf.compat.v1.div(-7, 2).numpy().item()
    -4
    """
    name = name or "div"
    x = convert(x, name="x")
    y = convert(y, dtype=x.dtype.base_dtype, name="y")
    if x.dtype.is_floating or x.dtype.is_complex:
        return raw_ops.RealDiv(x, y, name)
    return raw_ops.FloorDiv(x, y, name)


def scalar_mul(scalar: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
    """A number times a tensor or `IndexedSlices`.

    Args:
      scalar: a number or a scalar tensor.
      x: a tensor, or `IndexedSlices`, whose values are multiplied.
      name: a name for the operation.

    Returns:
      A value like `x`.

    Raises:
      ValueError: `scalar` is no scalar.

    >>> tf.math.scalar_mul(3.0, [1.0, 2.0]).numpy()
    array([3., 6.], dtype=float32)
    """
    values = x.values if isinstance(x, IndexedSlices) else convert(x)
    scalar = convert(scalar, values.dtype.base_dtype, name="scalar")
    if scalar.shape.rank not in (None, 0):
        raise ValueError(f"The input scalar must be a 0-D value. Received shape {scalar.shape}.")
    product = raw_ops.Mul(scalar, values, name)
    return IndexedSlices(product, x.indices, x.dense_shape) if isinstance(x, IndexedSlices) else product


def reciprocal_no_nan(x: TensorLike, name: str | None = None) -> Tensor:
    """`1 / x`, and 0 where `x` is 0.

    Args:
      x: a tensor of a float or complex dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.reciprocal_no_nan([2.0, 0.0]).numpy()
    array([0.5, 0. ], dtype=float32)
    """
    x = convert(x, name="x")
    return raw_ops.DivNoNan(raw_ops.OnesLike(x), x, name or "reciprocal_no_nan")


def abs(x: TensorLike, name: str | None = None) -> Tensor:
    """The absolute value; for complex numbers the distance from 0, which is a float.

    Args:
      x: a tensor of numbers.
      name: a name for the operation.

    Returns:
      A tensor of the same shape.

    >>> tf.abs([-1.5, 2.0]).numpy()
    array([1.5, 2. ], dtype=float32)
    """
    x = convert(x, name="x")
    if x.dtype.is_complex:
        return raw_ops.ComplexAbs(x, x.dtype.real_dtype, name or "Abs")
    return raw_ops.Abs(x, name)


def round(x: TensorLike, name: str | None = None) -> Tensor:
    """The nearest whole number; of two equally near ones the even one.

    Args:
      x: a tensor of numbers.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype; integers as they are.

    >>> tf.round([0.5, 1.5, 2.2]).numpy()
    array([0., 2., 2.], dtype=float32)
    """
    x = convert(x, name="x")
    return x if x.dtype.is_integer else raw_ops.Round(x, name)


def complex(real: TensorLike, imag: TensorLike, name: str | None = None) -> Tensor:
    """Complex numbers from their parts.

    Args:
      real: a tensor of float32 or float64.
      imag: a tensor of the same dtype.
      name: a name for the operation.

    Returns:
      A tensor of complex64 or complex128.

    Raises:
      TypeError: the parts have different or other dtypes.

    >>> tf.complex(1.0, 2.0).numpy().item()
    (1+2j)
    """
    real = convert(real, name="real")
    imag = convert(imag, name="imag")
    outputs = {dtypes.float32: dtypes.complex64, dtypes.float64: dtypes.complex128}
    out = outputs.get(real.dtype.base_dtype)
    if out is None or real.dtype.base_dtype != imag.dtype.base_dtype:
        raise TypeError(
            f"The `real` and `imag` components have incorrect types: {real.dtype.name} {imag.dtype.name}. They must be "
            f"consistent, and one of [tf.float32, tf.float64]"
        )
    return raw_ops.Complex(real, imag, out, name or "Complex")


def real(input: TensorLike, name: str | None = None) -> Tensor:
    """The real part; real numbers as they are.

    Args:
      input: a tensor of numbers.
      name: a name for the operation.

    Returns:
      A tensor of the same shape, of a real dtype.

    >>> tf.math.real([1 + 2j]).numpy()
    array([1.])
    """
    input = convert(input, name="input")
    if input.dtype.is_complex:
        return raw_ops.Real(input, input.dtype.real_dtype, name or "Real")
    if input.dtype.is_numeric:
        return input
    raise TypeError(f"input must be a numeric tensor, but got tensor with dtype {input.dtype}")


def imag(input: TensorLike, name: str | None = None) -> Tensor:
    """The imaginary part; 0 for real numbers.

    Args:
      input: a tensor of numbers.
      name: a name for the operation.

    Returns:
      A tensor of the same shape, of a real dtype.

    >>> tf.math.imag([1 + 2j]).numpy()
    array([2.])
    """
    input = convert(input, name="input")
    if input.dtype.is_complex:
        return raw_ops.Imag(input, input.dtype.real_dtype, name or "Imag")
    return raw_ops.ZerosLike(input, name)


def conj(x: TensorLike, name: str | None = None) -> Tensor:
    """The complex conjugate; real numbers as they are.

    Args:
      x: a tensor of numbers.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.conj([1 + 2j]).numpy()
    array([1.-2.j])
    """
    x = convert(x, name="x")
    if x.dtype.is_complex or x.dtype == dtypes.variant:
        return raw_ops.Conj(x, name)
    if x.dtype.is_numeric:
        return x
    raise TypeError(f"Expected numeric or variant tensor, got dtype {x.dtype!r}.")


def angle(input: TensorLike, name: str | None = None) -> Tensor:
    """The angle of complex numbers in radians; for real numbers 0 or, below 0, pi.

    Args:
      input: a tensor of numbers.
      name: a name for the operation.

    Returns:
      A tensor of the same shape, of a real dtype.
    """
    input = convert(input, name="input")
    if input.dtype.is_complex:
        return raw_ops.Angle(input, input.dtype.real_dtype, name or "Angle")
    zeros = raw_ops.ZerosLike(input)
    return raw_ops.SelectV2(raw_ops.Less(input, zeros), raw_ops.AddV2(zeros, 3.141592653589793), zeros, name)


def equal(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """Where `x == y`; shapes that cannot be broadcast give one False.

    Args:
      x: a tensor.
      y: a tensor of the same dtype.
      name: a name for the operation.

    Returns:
      A tensor of bools of the broadcast shape.

    >>> tf.equal([2, 4], 2).numpy()
    array([ True, False])
    """
    return raw_ops.Equal(x, y, name=name)


def not_equal(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """Where `x != y`; shapes that cannot be broadcast give one True.

    Args:
      x: a tensor.
      y: a tensor of the same dtype.
      name: a name for the operation.

    Returns:
      A tensor of bools of the broadcast shape.

    >>> tf.not_equal([2, 4], 2).numpy()
    array([False,  True])
    """
    return raw_ops.NotEqual(x, y, name=name)


def logical_xor(x: TensorLike, y: TensorLike, name: str | None = "LogicalXor") -> Tensor:
    """Where exactly one of two is true.

    Args:
      x: a tensor of bools.
      y: a tensor of bools, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of bools of the broadcast shape.

    >>> tf.math.logical_xor([True, False], True).numpy()
    array([False,  True])
    """
    some = raw_ops.LogicalOr(x, y)
    return raw_ops.LogicalAnd(some, raw_ops.LogicalNot(raw_ops.LogicalAnd(x, y)), name)


def cast(x: TensorLike, dtype: DTypeLike, name: str | None = None) -> Tensor:
    """Converts to another dtype: floats to integers towards 0, complex numbers to their real part.

    Args:
      x: a tensor or `IndexedSlices` of numbers or bools.
      dtype: the dtype of the result.
      name: a name for the operation.

    Returns:
      A value like `x`; `x` itself if it has that dtype.

    Raises:
      TypeError: strings cannot be converted.

    >>> tf.cast([1.8, -2.2], tf.int32).numpy()
    array([ 1, -2], dtype=int32)
    """
    base = dtypes.as_dtype(dtype).base_dtype
    if isinstance(x, IndexedSlices):
        return IndexedSlices(cast(x.values, base, name), x.indices, x.dense_shape)
    if hasattr(x, "with_values"):
        return x.with_values(cast(x.values, base, name))
    if isinstance(x, Tensor):
        return x if x.dtype == base else raw_ops.Cast(x, base, False, name)
    if type(x) in composite_operands:
        return raw_ops.Cast(x, base, False, name)
    with name_scope(name, "Cast", [x]) as scope:
        x = convert(x, name="x")
        return x if x.dtype == base else raw_ops.Cast(x, base, False, scope)


def saturate_cast(value: TensorLike, dtype: DTypeLike, name: str | None = None) -> Tensor:
    """Converts to another dtype; what does not fit becomes its smallest or largest value.

    Args:
      value: a tensor of real numbers.
      dtype: the dtype of the result.
      name: a name for the operation.

    Returns:
      A tensor of the same shape.

    >>> tf.saturate_cast([-3.0, 300.0], tf.uint8).numpy()
    array([  0, 255], dtype=uint8)
    """
    dtype = dtypes.as_dtype(dtype).base_dtype
    with name_scope(name, "saturate_cast", [value]) as scope:
        value = convert(value, name="value")
        have = value.dtype.base_dtype
        if have.is_complex:
            value = real(value)
            have = value.dtype.base_dtype
        if have.min < dtype.min:
            value = raw_ops.Maximum(value, _limit_within(have, dtype.min, dtype.min))
        if have.max > dtype.max:
            value = raw_ops.Minimum(value, _limit_within(have, dtype.max, dtype.min))
        return cast(value, dtype, scope)


def _limit_within(dtype, limit, low):
    """`limit` as a number of `dtype` that does not lie beyond it."""
    import numpy as np

    if not dtype.is_floating:
        return convert(int(limit), dtype)
    found = np.array(limit).astype(dtype.as_numpy_dtype)
    beyond = float(found) < float(limit) if limit == low else float(found) > float(limit)
    if beyond or int(float(found)) != int(limit):
        towards = np.array(0, dtype.as_numpy_dtype)
        if builtins.abs(float(found)) > builtins.abs(float(limit)):
            found = np.nextafter(found, towards)
    return convert(found, dtype)


def _conversion(suffix, dtype):
    def to_dtype(x, name="To" + suffix):
        return cast(x, dtype, name)

    to_dtype.__name__ = to_dtype.__qualname__ = "to_" + suffix.lower()
    to_dtype.__doc__ = f"""Converts to {dtype.name}; `tf.cast(x, {dtype!r})` says the same.

    Args:
      x: a tensor or `IndexedSlices`.
      name: a name for the operation.

    Returns:
      A value like `x` of dtype {dtype.name}.
    """
    return to_dtype


to_float = _conversion("Float", dtypes.float32)
to_double = _conversion("Double", dtypes.float64)
to_int32 = _conversion("Int32", dtypes.int32)
to_int64 = _conversion("Int64", dtypes.int64)
to_bfloat16 = _conversion("BFloat16", dtypes.bfloat16)
to_complex64 = _conversion("Complex64", dtypes.complex64)
to_complex128 = _conversion("Complex128", dtypes.complex128)
