"""Ferroflow: TensorFlow's programming model on a small Rust engine.

>>> import ferroflow as tf
>>> float(tf.constant(2.0) + 3.0)
5.0
"""

from ._lazy import lazy_names
from ._names import MODULES, NAMES, name_table
from ._op_names import OPS
from .framework import startup as _startup  # noqa: F401  connects the Python classes with the engine

__version__ = "0.1.0"
VERSION = __version__

__getattr__, __dir__ = lazy_names(__name__, [NAMES, name_table(OPS)], MODULES)
