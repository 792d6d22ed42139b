"""Summaries as TensorFlow 1 has them: ops whose results a `FileWriter` writes."""

from ferroflow.framework.protos import Event, SessionLog, Summary
from ferroflow.summary.graphs import (
    FileWriter,
    FileWriterCache,
    histogram,
    image,
    merge,
    merge_all,
    scalar,
    tensor_summary,
    text,
)

__all__ = [
    "Event",
    "FileWriter",
    "FileWriterCache",
    "SessionLog",
    "Summary",
    "histogram",
    "image",
    "merge",
    "merge_all",
    "scalar",
    "tensor_summary",
    "text",
]
