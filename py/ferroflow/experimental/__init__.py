"""Names that TensorFlow keeps under `tf.experimental`."""

from ..data.optional import Optional
from . import dlpack

__all__ = ["Optional", "dlpack"]
