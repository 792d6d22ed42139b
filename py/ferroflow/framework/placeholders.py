"""`tf.placeholder` and `tf.constant`: values that are fed, and values that are written into the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _core
from .._gen import raw_ops
from .context import graph_mode
from .dtypes import as_dtype
from .tensor_shape import TensorShape

if TYPE_CHECKING:
    from .typing import DTypeLike, ShapeLike, Tensor, TensorLike


def placeholder(dtype: DTypeLike, shape: ShapeLike = None, name: str | None = None) -> Tensor:
    """A tensor of the default graph whose value is fed in `Session.run(..., feed_dict={x: value})`.

    Args:
      dtype: the dtype of the values.
      shape: their shape, None where sizes are not known; nothing is known of it if not given.
      name: the operation's name.

    Returns:
      A symbolic tensor. Running it without a value is an InvalidArgumentError.
    """
    with graph_mode():
        return raw_ops.Placeholder(dtype=as_dtype(dtype).base_dtype, shape=shape, name=name)


def placeholder_with_default(input, shape: ShapeLike, name: str | None = None) -> Tensor:
    """A tensor that passes `input` on unless another value is fed for it.

    Args:
      input: a tensor.
      shape: the shape of what may be fed, None where sizes are not known; that of `input` must be compatible.
      name: the operation's name.
    """
    if not isinstance(input, _core.SymbolicTensor):
        with graph_mode():
            return raw_ops.PlaceholderWithDefault(input=input, shape=shape, name=name)
    return raw_ops.PlaceholderWithDefault(input=input, shape=shape, name=name)


def _filled(value, dtype, shape, name, allow_broadcast):
    """A constant of a given shape, in the mode at hand."""
    import numpy as np

    from .context import eager_mode

    with eager_mode():
        tensor = _core.constant(value, dtype)
    shape = TensorShape(shape)
    wanted, have = shape.num_elements(), tensor.shape.num_elements()
    if tensor.shape == shape:
        array = tensor.numpy()
    elif have == wanted:
        array = np.reshape(tensor.numpy(), shape.as_list())
    elif have == 1 and allow_broadcast:
        array = np.full(shape.as_list(), tensor.numpy().reshape(()) if tensor.shape.rank else tensor.numpy())
    elif _core.executing_eagerly():
        raise TypeError(
            f"Eager execution of tf.constant with unsupported shape. Tensor {tensor.numpy()} (converted from {value}) has {have} "
            f"elements, but got `shape` {shape} with {wanted} elements)."
        )
    elif have < wanted and have > 0:
        flat = tensor.numpy().reshape(-1)
        array = np.concatenate([flat, np.repeat(flat[-1:], wanted - have)]).reshape(shape.as_list())
    else:
        raise ValueError(f"Too many elements provided. Takes at most {wanted:d}, but got {have:d}.")
    return _core.constant(np.array(array, order="C"), tensor.dtype, name)


def constant(value: TensorLike, dtype: DTypeLike | None = None, shape: ShapeLike = None, name="Const") -> Tensor:
    """A tensor with a fixed value.

    Args:
      value: a number, string, nested list of these, or NumPy array.
      dtype: the dtype; found out from `value` if not given: int32, float32, bool or string for Python's own.
      shape: the shape, with as many elements as `value` has; one element is repeated.
      name: the operation's name in a graph.

    Raises:
      TypeError: `value` does not fit `dtype` or `shape`.
      ValueError: a ragged list, None, or a symbolic tensor.

    >>> constant([1, 2, 3, 4], shape=[2, 2]).numpy().tolist()
    [[1, 2], [3, 4]]
    """
    if shape is None:
        if isinstance(value, _core.Tensor) and dtype is not None and value.dtype != as_dtype(dtype):
            return raw_ops.Cast(x=value, DstT=dtype, name=name)
        return _core.constant(value, dtype, name)
    return _filled(value, dtype, shape, name, allow_broadcast=True)


def constant_v1(
    value: TensorLike, dtype: DTypeLike | None = None, shape: ShapeLike = None, name="Const", verify_shape: bool = False
) -> Tensor:
    """`constant` of TensorFlow 1: fewer values than elements repeat the last one, unless `verify_shape` forbids it."""
    if shape is None:
        return constant(value, dtype, None, name)
    if verify_shape:
        import numpy as np

        have = np.shape(value)
        if TensorShape(have) != TensorShape(shape):
            raise TypeError(f"Expected Tensor's shape: {tuple(TensorShape(shape).as_list())}, but got {have}.")
    return _filled(value, dtype, shape, name, allow_broadcast=True)
