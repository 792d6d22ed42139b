"""Summaries for TensorBoard as TensorFlow 2 writes them; names that only TensorFlow 1 has are here too."""

import sys

from .._lazy import explaining
from . import experimental
from .graphs import FileWriter, FileWriterCache, merge, merge_all, tensor_summary
from .writer import (
    SummaryWriter,
    create_file_writer,
    create_noop_writer,
    flush,
    graph,
    histogram,
    image,
    record_if,
    scalar,
    should_record_summaries,
    text,
    write,
)

__all__ = [
    "FileWriter",
    "FileWriterCache",
    "SummaryWriter",
    "create_file_writer",
    "create_noop_writer",
    "experimental",
    "flush",
    "graph",
    "histogram",
    "image",
    "merge",
    "merge_all",
    "record_if",
    "scalar",
    "should_record_summaries",
    "tensor_summary",
    "text",
    "write",
]

explaining(sys.modules[__name__])
