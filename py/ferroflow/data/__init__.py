"""`tf.data`: input pipelines."""

import sys

from .._lazy import explaining
from . import experimental
from .dataset import AUTOTUNE, INFINITE_CARDINALITY, UNKNOWN_CARDINALITY, DatasetSpec
from .dataset import DatasetV2 as Dataset
from .iterator import Iterator, IteratorSpec
from .options import Options, ThreadingOptions
from .readers import FixedLengthRecordDatasetV2 as FixedLengthRecordDataset
from .readers import TextLineDatasetV2 as TextLineDataset
from .readers import TFRecordDatasetV2 as TFRecordDataset

__all__ = [
    "AUTOTUNE",
    "Dataset",
    "DatasetSpec",
    "FixedLengthRecordDataset",
    "INFINITE_CARDINALITY",
    "Iterator",
    "IteratorSpec",
    "Options",
    "TFRecordDataset",
    "TextLineDataset",
    "ThreadingOptions",
    "UNKNOWN_CARDINALITY",
    "experimental",
]

explaining(sys.modules[__name__])
