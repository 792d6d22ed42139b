"""Special functions of mathematics, element by element: error functions and the gamma function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops

if TYPE_CHECKING:
    from ..framework.typing import Tensor, TensorLike


def digamma(x: TensorLike, name: str | None = None) -> Tensor:
    """The logarithmic derivative of the gamma function; NaN at whole numbers up to 0.

    Args:
      x: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.
    """
    return raw_ops.Digamma(x, name)


def erf(x: TensorLike, name: str | None = None) -> Tensor:
    """The Gauss error function.

    Args:
      x: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.erf([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.Erf(x, name)


def erfc(x: TensorLike, name: str | None = None) -> Tensor:
    """One minus the Gauss error function, exact also where that is close to 1.

    Args:
      x: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.erfc([0.0]).numpy()
    array([1.], dtype=float32)
    """
    return raw_ops.Erfc(x, name)


def erfinv(x: TensorLike, name: str | None = None) -> Tensor:
    """The inverse of the Gauss error function: infinite at -1 and 1, NaN beyond.

    Args:
      x: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.erfinv([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.Erfinv(x, name)


def lgamma(x: TensorLike, name: str | None = None) -> Tensor:
    """The logarithm of the absolute value of the gamma function.

    Args:
      x: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.lgamma([3.0]).numpy()
    array([0.6931472], dtype=float32)
    """
    return raw_ops.Lgamma(x, name)


def ndtri(x: TensorLike, name: str | None = None) -> Tensor:
    """The inverse of the distribution function of the standard normal distribution.

    Args:
      x: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.ndtri([0.5]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.Ndtri(x, name)
