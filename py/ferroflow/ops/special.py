"""Special functions of mathematics, element by element: error, gamma, Bessel and zeta functions."""

from .._gen import raw_ops


def bessel_i0(x, name=None):
    """The modified Bessel function of the first kind of order 0.

    Args:
      x: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.bessel_i0([0.0]).numpy()
    array([1.], dtype=float32)
    """
    return raw_ops.BesselI0(x, name)


def bessel_i0e(x, name=None):
    """`bessel_i0(x)` times `exp(-abs(x))`, which does not overflow.

    Args:
      x: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.bessel_i0e([0.0]).numpy()
    array([1.], dtype=float32)
    """
    return raw_ops.BesselI0e(x, name)


def bessel_i1(x, name=None):
    """The modified Bessel function of the first kind of order 1.

    Args:
      x: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.bessel_i1([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.BesselI1(x, name)


def bessel_i1e(x, name=None):
    """`bessel_i1(x)` times `exp(-abs(x))`, which does not overflow.

    Args:
      x: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.bessel_i1e([0.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.BesselI1e(x, name)


def digamma(x, name=None):
    """The logarithmic derivative of the gamma function; NaN at whole numbers up to 0.

    Args:
      x: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.
    """
    return raw_ops.Digamma(x, name)


def erf(x, name=None):
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


def erfc(x, name=None):
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


def erfinv(x, name=None):
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


def lgamma(x, name=None):
    """The logarithm of the absolute value of the gamma function.

    Args:
      x: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.lgamma([1.0]).numpy()
    array([0.], dtype=float32)
    """
    return raw_ops.Lgamma(x, name)


def ndtri(x, name=None):
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


def igamma(a, x, name=None):
    """The lower regularised incomplete gamma function.

    Args:
      a: a tensor of a float dtype.
      x: a tensor of the same dtype, whose shape can be broadcast with that of `a`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.
    """
    return raw_ops.Igamma(a, x, name)


def igammac(a, x, name=None):
    """The upper regularised incomplete gamma function.

    Args:
      a: a tensor of a float dtype.
      x: a tensor of the same dtype, whose shape can be broadcast with that of `a`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.
    """
    return raw_ops.Igammac(a, x, name)


def polygamma(a, x, name=None):
    """The derivative of order `a` of the digamma function.

    Args:
      a: a tensor of a float dtype.
      x: a tensor of the same dtype, whose shape can be broadcast with that of `a`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.
    """
    return raw_ops.Polygamma(a, x, name)


def zeta(x, q, name=None):
    """The Hurwitz zeta function.

    Args:
      x: a tensor of a float dtype.
      q: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.
    """
    return raw_ops.Zeta(x, q, name)
