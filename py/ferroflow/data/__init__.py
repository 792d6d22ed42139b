"""`tf.data`: input pipelines."""

import sys

from .._lazy import explaining
from . import experimental
from .dataset import AUTOTUNE, INFINITE_CARDINALITY, UNKNOWN_CARDINALITY, DatasetSpec
from .dataset import DatasetV2 as Dataset
from .iterator import Iterator, IteratorSpec
from .options import Options, ThreadingOptions

__all__ = [
    "AUTOTUNE",
    "Dataset",
    "DatasetSpec",
    "INFINITE_CARDINALITY",
    "Iterator",
    "IteratorSpec",
    "Options",
    "ThreadingOptions",
    "UNKNOWN_CARDINALITY",
    "experimental",
]

explaining(sys.modules[__name__])
