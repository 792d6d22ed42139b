"""Files, records and parsing with the arguments of TensorFlow 1: `tf.compat.v1.io`."""

from ...io import gfile
from ...io.records import TFRecordCompressionType, TFRecordOptions, TFRecordWriter, tf_record_iterator
from ...ops.files import read_file, write_file
from ...ops.parsing import FixedLenFeature, FixedLenSequenceFeature, VarLenFeature
from ...ops.parsing import decode_csv_v1 as decode_csv
from ...ops.parsing import decode_raw_v1 as decode_raw
from ...ops.parsing import parse_example_v1 as parse_example
from ...ops.parsing import parse_single_example_v1 as parse_single_example

__all__ = [
    "FixedLenFeature",
    "FixedLenSequenceFeature",
    "TFRecordCompressionType",
    "TFRecordOptions",
    "TFRecordWriter",
    "VarLenFeature",
    "decode_csv",
    "decode_raw",
    "gfile",
    "parse_example",
    "parse_single_example",
    "read_file",
    "tf_record_iterator",
    "write_file",
]
