"""SciPy's special functions, which mpmath computes where the argument is wider than `float64`: the references of double precision."""

import mpmath
import numpy as np
import scipy.special

LONG = np.dtype(np.longdouble)
DIGITS = 40


def exact(name, function):
    """A function of one argument: SciPy's for floats up to 64 bits, and for wider ones its value to 40 digits, rounded."""
    known = getattr(scipy.special, name)

    def one(x):
        high = float(x)
        try:
            with mpmath.workdps(DIGITS):
                value = function(mpmath.mpf(high) + mpmath.mpf(float(x - np.longdouble(high))))
                if not mpmath.isfinite(value):
                    return known(high)
                head = float(value)
                return np.longdouble(head) + np.longdouble(float(value - head))
        except (ValueError, ZeroDivisionError, OverflowError):
            return known(high)  # a pole

    def call(x):
        x = np.asarray(x)
        if x.dtype != LONG:
            return known(x)
        # Where SciPy gives 0, infinity or NaN there is nothing to round.
        plain = known(x.astype(np.float64)).astype(LONG)
        wanted = np.isfinite(plain) & (plain != 0) & np.isfinite(x)
        plain[wanted] = [one(value) for value in x[wanted]]
        return plain

    return call


def quantile(p):
    """The number below which a normal variable is with probability p."""
    return mpmath.sqrt(2) * mpmath.erfinv(2 * p - 1)


class Special:
    """Stands for `scipy.special`."""

    digamma = staticmethod(exact("digamma", mpmath.digamma))
    gammaln = staticmethod(exact("gammaln", lambda x: mpmath.re(mpmath.loggamma(x))))
    erf = staticmethod(exact("erf", mpmath.erf))
    erfc = staticmethod(exact("erfc", mpmath.erfc))
    erfinv = staticmethod(exact("erfinv", mpmath.erfinv))
    ndtri = staticmethod(exact("ndtri", quantile))

    def __getattr__(self, name):
        return getattr(scipy.special, name)


class Scipy:
    """Stands for `scipy` in references."""

    special = Special()
