"""Functions of one tensor, element by element."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops

if TYPE_CHECKING:
    from ..framework.typing import Tensor, TensorLike


def acos(x: TensorLike, name: str | None = None) -> Tensor:
    """The angle in [0, pi] whose cosine is `x`; NaN outside of [-1, 1].

    Args:
      x: a tensor of a float or complex dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.acos([1.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.Acos(x, name)


def acosh(x: TensorLike, name: str | None = None) -> Tensor:
    """The inverse of the hyperbolic cosine; NaN below 1.

    Args:
      x: a tensor of a float or complex dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.acosh([1.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.Acosh(x, name)


def asin(x: TensorLike, name: str | None = None) -> Tensor:
    """The angle in [-pi/2, pi/2] whose sine is `x`; NaN outside of [-1, 1].

    Args:
      x: a tensor of a float or complex dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.asin([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.Asin(x, name)


def asinh(x: TensorLike, name: str | None = None) -> Tensor:
    """The inverse of the hyperbolic sine.

    Args:
      x: a tensor of a float or complex dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.asinh([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.Asinh(x, name)


def atan(x: TensorLike, name: str | None = None) -> Tensor:
    """The angle in [-pi/2, pi/2] whose tangent is `x`.

    Args:
      x: a tensor of a float or complex dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.atan([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.Atan(x, name)


def atanh(x: TensorLike, name: str | None = None) -> Tensor:
    """The inverse of the hyperbolic tangent: infinite at -1 and 1, NaN beyond.

    Args:
      x: a tensor of a float or complex dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.atanh([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.Atanh(x, name)


def ceil(x: TensorLike, name: str | None = None) -> Tensor:
    """The smallest whole number that is not below `x`.

    Args:
      x: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.ceil([0.2, -0.7]).numpy()
    array([ 1., -0.], dtype=float32)
    """
    return raw_ops.Ceil(x, name)


def cos(x: TensorLike, name: str | None = None) -> Tensor:
    """The cosine of angles in radians.

    Args:
      x: a tensor of a float or complex dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.cos([0.0]).numpy()
    array([1.], dtype=float32)
    """
    return raw_ops.Cos(x, name)


def cosh(x: TensorLike, name: str | None = None) -> Tensor:
    """The hyperbolic cosine.

    Args:
      x: a tensor of a float or complex dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.cosh([0.0]).numpy()
    array([1.], dtype=float32)
    """
    return raw_ops.Cosh(x, name)


def exp(x: TensorLike, name: str | None = None) -> Tensor:
    """The exponential function, e to the power of `x`.

    Args:
      x: a tensor of a float or complex dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.exp([0.0]).numpy()
    array([1.], dtype=float32)
    """
    return raw_ops.Exp(x, name)


def expm1(x: TensorLike, name: str | None = None) -> Tensor:
    """`exp(x) - 1`, exact also for `x` close to 0.

    Args:
      x: a tensor of a float or complex dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.expm1([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.Expm1(x, name)


def floor(x: TensorLike, name: str | None = None) -> Tensor:
    """The largest whole number that is not above `x`.

    Args:
      x: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.floor([0.2, -0.7]).numpy()
    array([ 0., -1.], dtype=float32)
    """
    return raw_ops.Floor(x, name)


def is_finite(x: TensorLike, name: str | None = None) -> Tensor:
    """Where `x` is neither infinite nor NaN.

    Args:
      x: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape, of bools.

    >>> tf.math.is_finite([1.0, float('inf')]).numpy()
    array([ True, False])
    """
    return raw_ops.IsFinite(x, name)


def is_inf(x: TensorLike, name: str | None = None) -> Tensor:
    """Where `x` is infinite.

    Args:
      x: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape, of bools.

    >>> tf.math.is_inf([1.0, float('inf')]).numpy()
    array([False,  True])
    """
    return raw_ops.IsInf(x, name)


def is_nan(x: TensorLike, name: str | None = None) -> Tensor:
    """Where `x` is NaN.

    Args:
      x: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape, of bools.

    >>> tf.math.is_nan([1.0, float('nan')]).numpy()
    array([False,  True])
    """
    return raw_ops.IsNan(x, name)


def log(x: TensorLike, name: str | None = None) -> Tensor:
    """The natural logarithm: minus infinity at 0, NaN below.

    Args:
      x: a tensor of a float or complex dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.log([1.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.Log(x, name)


def log1p(x: TensorLike, name: str | None = None) -> Tensor:
    """`log(1 + x)`, exact also for `x` close to 0.

    Args:
      x: a tensor of a float or complex dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.log1p([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.Log1p(x, name)


def logical_not(x: TensorLike, name: str | None = None) -> Tensor:
    """Where `x` is false.

    Args:
      x: a tensor of bool.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.logical_not([True, False]).numpy()
    array([False,  True])
    """
    return raw_ops.LogicalNot(x, name)


def negative(x: TensorLike, name: str | None = None) -> Tensor:
    """`-x`.

    Args:
      x: a tensor of a number dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.negative([1.0, -2.0]).numpy()
    array([-1.,  2.], dtype=float32)
    """
    return raw_ops.Neg(x, name)


def reciprocal(x: TensorLike, name: str | None = None) -> Tensor:
    """`1 / x`.

    Args:
      x: a tensor of a number dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.reciprocal([4.0]).numpy()
    array([0.25], dtype=float32)
    """
    return raw_ops.Reciprocal(x, name)


def rint(x: TensorLike, name: str | None = None) -> Tensor:
    """The nearest whole number; of two equally near ones the even one.

    Args:
      x: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.rint([1.5, 2.5]).numpy()
    array([2., 2.], dtype=float32)
    """
    return raw_ops.Rint(x, name)


def rsqrt(x: TensorLike, name: str | None = None) -> Tensor:
    """`1 / sqrt(x)`.

    Args:
      x: a tensor of a float or complex dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.rsqrt([4.0]).numpy()
    array([0.5], dtype=float32)
    """
    return raw_ops.Rsqrt(x, name)


def sign(x: TensorLike, name: str | None = None) -> Tensor:
    """-1, 0 or 1, as `x` is negative, zero or positive; for complex numbers `x / abs(x)`.

    Args:
      x: a tensor of a number dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.sign([-2.0, 0.0, 3.0]).numpy()
    array([-1.,  0.,  1.], dtype=float32)
    """
    return raw_ops.Sign(x, name)


def sin(x: TensorLike, name: str | None = None) -> Tensor:
    """The sine of angles in radians.

    Args:
      x: a tensor of a float or complex dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.sin([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.Sin(x, name)


def sinh(x: TensorLike, name: str | None = None) -> Tensor:
    """The hyperbolic sine.

    Args:
      x: a tensor of a float or complex dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.sinh([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.Sinh(x, name)


def sqrt(x: TensorLike, name: str | None = None) -> Tensor:
    """The square root; NaN below 0.

    Args:
      x: a tensor of a float or complex dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.sqrt([4.0]).numpy()
    array([2.], dtype=float32)
    """
    return raw_ops.Sqrt(x, name)


def square(x: TensorLike, name: str | None = None) -> Tensor:
    """`x * x`.

    Args:
      x: a tensor of a number dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.square([3.0]).numpy()
    array([9.], dtype=float32)
    """
    return raw_ops.Square(x, name)


def tan(x: TensorLike, name: str | None = None) -> Tensor:
    """The tangent of angles in radians.

    Args:
      x: a tensor of a float or complex dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.tan([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.Tan(x, name)


def tanh(x: TensorLike, name: str | None = None) -> Tensor:
    """The hyperbolic tangent.

    Args:
      x: a tensor of a float or complex dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.tanh([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.Tanh(x, name)
