"""Special functions of mathematics, element by element: error functions, gamma and zeta functions, polynomials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from .common import convert, name_scope

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


def erfcinv(x: TensorLike, name: str | None = None) -> Tensor:
    """The inverse of the complementary error function: infinite at 0 and 2, NaN beyond.

    Args:
      x: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.erfcinv([2.0, 1.5]).numpy().round(4)
    array([   -inf, -0.4769], dtype=float32)
    """
    with name_scope(name, "erfcinv", [x]):
        return -raw_ops.Ndtri(0.5 * convert(x, name="x")) * 0.5**0.5


def zeta(x: TensorLike, q: TensorLike, name: str | None = None) -> Tensor:
    """The Hurwitz zeta function, the sum of 1 / (k + q)^x over k = 0, 1, 2, ...; infinite at x = 1, NaN below.

    Args:
      x: a tensor of a float dtype.
      q: a tensor of the same dtype; the shapes are broadcast.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape.

    >>> tf.math.zeta(2.0, [1.0, 2.0]).numpy().round(4)
    array([1.6449, 0.6449], dtype=float32)
    """
    return raw_ops.Zeta(x, q, name)


def polygamma(a: TensorLike, x: TensorLike, name: str | None = None) -> Tensor:
    """The derivative of order `a` of the digamma function; NaN unless `a` is 0, 1, 2, ...

    Args:
      a: a tensor of a float dtype: orders.
      x: a tensor of the same dtype; the shapes are broadcast.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape.

    >>> tf.math.polygamma(1.0, [1.0, 2.0]).numpy().round(4)
    array([1.6449, 0.6449], dtype=float32)
    """
    return raw_ops.Polygamma(a, x, name)


def polyval(coeffs: list[TensorLike], x: TensorLike, name: str | None = None) -> Tensor:
    """The value of a polynomial.

    Args:
      coeffs: a list of tensors, the coefficient of the highest power first; the shapes are broadcast.
      x: a tensor of the dtype of the coefficients.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape; zeros if there are no coefficients.

    Raises:
      ValueError: `coeffs` is not a list.

    >>> tf.math.polyval([2.0, 1.0, 0.0], [1.0, 3.0]).numpy()
    array([ 3., 21.], dtype=float32)
    """
    if not isinstance(coeffs, list):
        raise ValueError(f"Argument coeffs must be list type. Received type {type(coeffs)}.")
    with name_scope(name, "polyval", [*coeffs, x]) as scope:
        x = convert(x, name="x")
        if not coeffs:
            return raw_ops.ZerosLike(x, scope)
        coeffs = [convert(coefficient, name=f"coeff_{number}") for number, coefficient in enumerate(coeffs)]
        value = coeffs[0]
        for coefficient in coeffs[1:]:
            value = coefficient + value * x
        return value
