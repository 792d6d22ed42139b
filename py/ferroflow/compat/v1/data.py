"""Input pipelines with the classes and functions of TensorFlow 1: `tf.compat.v1.data`."""

from ...data import (
    AUTOTUNE,
    INFINITE_CARDINALITY,
    UNKNOWN_CARDINALITY,
    DatasetSpec,
    Iterator,
    Options,
    ThreadingOptions,
    experimental,
)
from ...data.v1 import DatasetV1 as Dataset
from ...data.v1 import FixedLengthRecordDatasetV1 as FixedLengthRecordDataset
from ...data.v1 import TextLineDatasetV1 as TextLineDataset
from ...data.v1 import TFRecordDatasetV1 as TFRecordDataset
from ...data.v1 import (
    get_output_classes,
    get_output_shapes,
    get_output_types,
    make_initializable_iterator,
    make_one_shot_iterator,
)

__all__ = [
    "AUTOTUNE",
    "Dataset",
    "DatasetSpec",
    "FixedLengthRecordDataset",
    "INFINITE_CARDINALITY",
    "Iterator",
    "Options",
    "TFRecordDataset",
    "TextLineDataset",
    "ThreadingOptions",
    "UNKNOWN_CARDINALITY",
    "experimental",
    "get_output_classes",
    "get_output_shapes",
    "get_output_types",
    "make_initializable_iterator",
    "make_one_shot_iterator",
]
