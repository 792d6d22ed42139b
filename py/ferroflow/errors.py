"""`tf.errors`: the classes and codes of errors."""

from .framework.errors import *  # noqa: F403
