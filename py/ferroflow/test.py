"""`tf.test`: help for tests of programs."""

from .framework.gradient_checker import compute_gradient

__all__ = ["compute_gradient"]
