"""`tf.autodiff`: gradients in both directions."""

from .framework.forward import ForwardAccumulator
from .framework.tape import GradientTape

__all__ = ["ForwardAccumulator", "GradientTape"]
