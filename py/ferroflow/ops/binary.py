"""Functions of two tensors, element by element, with broadcasting. Python numbers adopt the dtype of the tensor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops

if TYPE_CHECKING:
    from ..framework.typing import Tensor, TensorLike


def atan2(y: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
    """The angle of the point (`x`, `y`) in radians, in [-pi, pi].

    Args:
      y: a tensor of a float dtype.
      x: a tensor of the same dtype, whose shape can be broadcast with that of `y`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.

    >>> tf.atan2([0.0], [1.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.Atan2(y, x, name)


def floordiv(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """`x / y` rounded down. Integers by 0 are an InvalidArgumentError.

    Args:
      x: a tensor of an integer or float dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.

    >>> tf.math.floordiv([7.0], [-2.0]).numpy()
    array([-4.], dtype=float32)
    """
    return raw_ops.FloorDiv(x, y, name)


def floormod(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """What `floordiv` leaves: it has the sign of `y`.

    Args:
      x: a tensor of an integer or float dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.

    >>> tf.math.floormod([7.0], [-2.0]).numpy()
    array([-1.], dtype=float32)
    """
    return raw_ops.FloorMod(x, y, name)


def greater(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """Where `x > y`.

    Args:
      x: a tensor of an integer or float dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape, of bools.

    >>> tf.greater([1.0, 2.0], [1.0]).numpy()
    array([False,  True])
    """
    return raw_ops.Greater(x, y, name)


def greater_equal(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """Where `x >= y`.

    Args:
      x: a tensor of an integer or float dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape, of bools.

    >>> tf.greater_equal([1.0, 2.0], [2.0]).numpy()
    array([False,  True])
    """
    return raw_ops.GreaterEqual(x, y, name)


def less(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """Where `x < y`.

    Args:
      x: a tensor of an integer or float dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape, of bools.

    >>> tf.less([1.0, 2.0], [2.0]).numpy()
    array([ True, False])
    """
    return raw_ops.Less(x, y, name)


def less_equal(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """Where `x <= y`.

    Args:
      x: a tensor of an integer or float dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape, of bools.

    >>> tf.less_equal([1.0, 2.0], [1.0]).numpy()
    array([ True, False])
    """
    return raw_ops.LessEqual(x, y, name)


def logical_and(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """Where both are true.

    Args:
      x: a tensor of bool.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.

    >>> tf.logical_and([True, False], [True]).numpy()
    array([ True, False])
    """
    return raw_ops.LogicalAnd(x, y, name)


def logical_or(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """Where at least one is true.

    Args:
      x: a tensor of bool.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.

    >>> tf.logical_or([True, False], [False]).numpy()
    array([ True, False])
    """
    return raw_ops.LogicalOr(x, y, name)


def maximum(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """The larger of two numbers; NaN if one of them is NaN.

    Args:
      x: a tensor of an integer or float dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.

    >>> tf.maximum([1.0, 5.0], [3.0]).numpy()
    array([3., 5.], dtype=float32)
    """
    return raw_ops.Maximum(x, y, name)


def minimum(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """The smaller of two numbers; NaN if one of them is NaN.

    Args:
      x: a tensor of an integer or float dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.

    >>> tf.minimum([1.0, 5.0], [3.0]).numpy()
    array([1., 3.], dtype=float32)
    """
    return raw_ops.Minimum(x, y, name)


def multiply(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """`x * y`, element by element.

    Args:
      x: a tensor of a number dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.

    >>> tf.multiply([1.0, 2.0], [3.0]).numpy()
    array([3., 6.], dtype=float32)
    """
    return raw_ops.Mul(x, y, name)


def multiply_no_nan(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """`x * y`, and 0 where `y` is 0, whatever `x` is.

    Args:
      x: a tensor of a float or complex dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.

    >>> tf.math.multiply_no_nan([1.0], [0.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.MulNoNan(x, y, name)


def nextafter(x1: TensorLike, x2: TensorLike, name: str | None = None) -> Tensor:
    """The next float after `x1` in the direction of `x2`.

    Args:
      x1: a tensor of a float dtype.
      x2: a tensor of the same dtype, whose shape can be broadcast with that of `x1`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.
    """
    return raw_ops.NextAfter(x1, x2, name)


def pow(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """`x` to the power of `y`. Integers with a negative power are an InvalidArgumentError.

    Args:
      x: a tensor of a number dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.

    >>> tf.pow([2.0], [3.0]).numpy()
    array([8.], dtype=float32)
    """
    return raw_ops.Pow(x, y, name)


def realdiv(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """`x / y` of floats or complex numbers.

    Args:
      x: a tensor of a float or complex dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.

    >>> tf.realdiv([1.0], [4.0]).numpy()
    array([0.25], dtype=float32)
    """
    return raw_ops.RealDiv(x, y, name)


def squared_difference(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """`(x - y) * (x - y)`; complex: times its conjugate.

    Args:
      x: a tensor of a number dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.

    >>> tf.math.squared_difference([1.0], [3.0]).numpy()
    array([4.], dtype=float32)
    """
    return raw_ops.SquaredDifference(x, y, name)


def subtract(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """`x - y`, element by element.

    Args:
      x: a tensor of a number dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.

    >>> tf.subtract([1.0, 2.0], [3.0]).numpy()
    array([-2., -1.], dtype=float32)
    """
    return raw_ops.Sub(x, y, name)


def truncatediv(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """`x / y` of integers, rounded towards 0.

    Args:
      x: a tensor of an integer dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.
    """
    return raw_ops.TruncateDiv(x, y, name)


def truncatemod(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """What `truncatediv` leaves: it has the sign of `x`.

    Args:
      x: a tensor of an integer or float dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.

    >>> tf.truncatemod([-7.0], [2.0]).numpy()
    array([-1.], dtype=float32)
    """
    return raw_ops.TruncateMod(x, y, name)


def xdivy(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """`x / y`, and 0 where `x` is 0.

    Args:
      x: a tensor of a float or complex dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.

    >>> tf.math.xdivy([0.0], [0.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.Xdivy(x, y, name)


def xlog1py(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """`x * log1p(y)`, and 0 where `x` is 0.

    Args:
      x: a tensor of a float or complex dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.

    >>> tf.math.xlog1py([0.0], [-1.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.Xlog1py(x, y, name)


def xlogy(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """`x * log(y)`, and 0 where `x` is 0.

    Args:
      x: a tensor of a float or complex dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.

    >>> tf.math.xlogy([0.0], [0.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.Xlogy(x, y, name)
