"""Every op as a plain function with TensorFlow's argument names: `tf.raw_ops.MatMul(a=x, b=y)`."""

from ferroflow._gen.raw_ops import *  # noqa: F403
from ferroflow._gen.raw_ops import __all__ as __all__
