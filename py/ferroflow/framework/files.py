"""Checkpoints, event files and TFRecord files of the engine."""

from .._core import (
    CheckpointReader,
    EventWriter,
    RecordWriter,
    checkpoint_exists,
    latest_checkpoint,
    read_checkpoint_state,
    summary_histogram,
    summary_image,
    summary_scalar,
    summary_text,
    update_checkpoint_state,
)

__all__ = [
    "CheckpointReader",
    "EventWriter",
    "RecordWriter",
    "checkpoint_exists",
    "latest_checkpoint",
    "read_checkpoint_state",
    "summary_histogram",
    "summary_image",
    "summary_scalar",
    "summary_text",
    "update_checkpoint_state",
]
