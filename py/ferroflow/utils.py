"""What programs need around a training loop; nothing of it is TensorFlow's."""

from .framework.progress import Progress

__all__ = ["Progress"]
