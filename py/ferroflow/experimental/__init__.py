"""Names that TensorFlow keeps apart as experimental: `tf.experimental`."""

from . import dlpack

__all__ = ["dlpack"]
