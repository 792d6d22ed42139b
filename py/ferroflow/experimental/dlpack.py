"""Tensors in and out of other libraries without a copy: `tf.experimental.dlpack`."""

from ..framework.dlpack import from_dlpack, to_dlpack

__all__ = ["from_dlpack", "to_dlpack"]
