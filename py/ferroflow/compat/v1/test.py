"""`tf.compat.v1.test`: help for tests of programs."""

from ...framework.gradient_checker import compute_gradient_error
from ...framework.gradient_checker import compute_gradient_v1 as compute_gradient

__all__ = ["compute_gradient", "compute_gradient_error"]
