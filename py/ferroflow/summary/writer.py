"""TensorFlow 2's summaries: written at once to the default writer."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import context, dtypes, files
from ..framework.protos import Event, Summary, SummaryMetadata, coerce
from ..framework.tensor_proto import make_tensor_proto
from ..ops.arithmetic import saturate_cast
from ..ops.common import convert

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

_local = threading.local()


def _current():
    return getattr(_local, "writer", None)


class SummaryWriter:
    """Writes summaries to an event file, or nowhere; made by `create_file_writer`. Its methods are those of a context."""

    def __init__(self, logdir=None, max_queue=10, flush_millis=120000, filename_suffix=".v2"):
        self._arguments = (logdir, filename_suffix, max_queue, flush_millis / 1000)
        self._file = None
        self._closed = False

    def _writer(self):
        if self._closed:
            raise RuntimeError("SummaryWriter is already closed")
        if self._file is None and self._arguments[0] is not None:
            self._file = files.EventWriter(*self._arguments)
        return self._file

    @contextmanager
    def as_default(self, step=None) -> Iterator[Self]:
        """Makes it the default writer, and `step` the default step."""
        if self._closed:
            raise RuntimeError("SummaryWriter is already closed")
        old = _current(), get_step()
        _local.writer = self
        if step is not None:
            set_step(step)
        try:
            yield self
        finally:
            self.flush()
            _local.writer = old[0]
            set_step(old[1])

    def set_as_default(self, step=None) -> None:
        """Makes it the default writer for good."""
        self._writer()
        _local.writer = self
        if step is not None:
            set_step(step)

    def flush(self) -> None:
        """Hands all events to the system."""
        if not self._closed and self._file is not None:
            self._file.flush()

    def close(self) -> None:
        """Flushes; the writer cannot be used any more."""
        self.flush()
        self._closed = True

    def init(self):
        """Makes the file, if it is not there yet."""
        self._writer()


def create_file_writer(
    logdir,
    max_queue=None,
    flush_millis=None,
    filename_suffix=None,
    name: str | None = None,
    experimental_trackable: bool = False,
    experimental_mesh=None,
) -> SummaryWriter:
    """A writer of an event file.

    Args:
      logdir: the folder, which is made if need be.
      max_queue: how many events are kept back; 10 by default.
      flush_millis: how long they are kept back at most; two minutes by default.
      filename_suffix: the end of the file's name, ".v2" by default.
      name: accepted for TensorFlow's sake.
      experimental_trackable: accepted for TensorFlow's sake.
      experimental_mesh: accepted for TensorFlow's sake.

    Returns:
      A SummaryWriter.
    """
    import os

    writer = SummaryWriter(
        os.fspath(logdir),
        10 if max_queue is None else int(max_queue),
        120000 if flush_millis is None else int(flush_millis),
        ".v2" if filename_suffix is None else filename_suffix,
    )
    writer.init()
    return writer


def create_noop_writer() -> SummaryWriter:
    """A writer that writes nothing."""
    return SummaryWriter()


def flush(writer=None, name=None):
    """Hands all events of a writer to the system.

    Args:
      writer: the writer, the default one if it is None.
      name: accepted for TensorFlow's sake.
    """
    writer = _current() if writer is None else writer
    if writer is not None:
        writer.flush()


def get_step():
    """The default step; None if there is none."""
    return getattr(_local, "step", None)


def set_step(step) -> None:
    """Sets the default step: a number or a variable.

    Args:
      step: the step, or None.
    """
    _local.step = step


@contextmanager
def record_if(condition) -> Iterator[None]:
    """Writes summaries only if a condition holds.

    Args:
      condition: a bool, a tensor, or a function of no arguments.
    """
    old = getattr(_local, "condition", True)
    _local.condition = condition
    try:
        yield
    finally:
        _local.condition = old


def should_record_summaries():
    """Whether there is a default writer and the condition of `record_if` holds.

    >>> tf.summary.should_record_summaries()
    False
    """
    condition = getattr(_local, "condition", True)
    return _current() is not None and bool(condition() if callable(condition) else condition)


def _step(step):
    step = get_step() if step is None else step
    if step is None:
        raise ValueError(
            "No step set. Please specify one either through the `step` argument or through tf.summary.experimental.set_step()"
        )
    return int(convert(step))


def _tag(name):
    scope = context.name_scope_at_hand()
    return f"{scope}/{name}" if scope else name


def _record(step, make):
    """Writes what `make()` gives; whether it was written."""
    if context.current_graph() is not None:
        raise NotImplementedError("tf.summary of TensorFlow 2 writes at once; in a graph use tf.compat.v1.summary")
    if not should_record_summaries():
        return False
    writer = _current()._writer()
    if writer is not None:
        writer.add_summary(make(), _step(step))
    return True


def scalar(name, data, step=None, description=None):
    """Writes a number.

    Args:
      name: the tag.
      data: a real number: a scalar tensor or what can become one.
      step: the step; the default step if it is None.
      description: a text in Markdown.

    Returns:
      Whether it was written.

    Raises:
      ValueError: there is a default writer, but no step; or `data` is no scalar.
    """
    return _record(step, lambda: files.summary_scalar(_tag(name), _number(data), description or ""))


def _number(data):
    data = convert(data)
    if data.shape.rank != 0:
        raise ValueError(f"Expected scalar shape, saw shape: {data.shape}.")
    return float(raw_ops.Cast(data, dtypes.float32))


def histogram(name, data, step=None, buckets=None, description=None):
    """Writes the distribution of numbers.

    Args:
      name: the tag.
      data: a tensor of real numbers.
      step: the step; the default step if it is None.
      buckets: how many buckets of equal width; 30 by default.
      description: a text in Markdown.

    Returns:
      Whether it was written.
    """

    def make():
        values = raw_ops.Cast(convert(data), dtypes.float64)
        return files.summary_histogram(_tag(name), values, 30 if buckets is None else int(buckets), description or "")

    return _record(step, make)


def image(name, data, step=None, max_outputs=3, description=None):
    """Writes images.

    Args:
      name: the tag.
      data: a tensor [count, height, width, channels] with 1 to 4 channels: uint8, or floats from 0 to 1.
      step: the step; the default step if it is None.
      max_outputs: how many of the images are written at most.
      description: a text in Markdown.

    Returns:
      Whether it was written.

    Raises:
      ValueError: `data` has another rank.
    """

    def make():
        pixels = convert(data)
        if pixels.shape.rank != 4:
            raise ValueError(f"Tensor  must have rank 4.  Received rank {pixels.shape.rank}, shape {pixels.shape}")
        if pixels.dtype.is_floating:
            # Halves are rounded up, so that 1 gives 255 and nothing less does.
            pixels = saturate_cast(raw_ops.Mul(pixels, convert(255.5, pixels.dtype)), dtypes.uint8)
        else:
            pixels = saturate_cast(pixels, dtypes.uint8)
        return files.summary_image(_tag(name), pixels, int(max_outputs), description or "")

    return _record(step, make)


def text(name, data, step=None, description=None):
    """Writes text in Markdown.

    Args:
      name: the tag.
      data: a tensor of strings.
      step: the step; the default step if it is None.
      description: a text in Markdown.

    Returns:
      Whether it was written.

    Raises:
      TypeError: `data` holds no strings.
    """

    def make():
        texts = convert(data)
        if texts.dtype != dtypes.string:
            raise TypeError(f"tensor must be of type tf.string; got {texts.dtype!r}")
        return files.summary_text(_tag(name), texts, description or "")

    return _record(step, make)


def write(tag, tensor, step=None, metadata=None, name=None):
    """Writes a tensor for a plugin of TensorBoard.

    Args:
      tag: the tag.
      tensor: the tensor, or a function that gives it.
      step: the step; the default step if it is None.
      metadata: a SummaryMetadata that names the plugin.
      name: accepted for TensorFlow's sake.

    Returns:
      Whether it was written.
    """

    def make():
        summary = Summary()
        value = summary.value.add()
        value.tag = tag
        if metadata is not None:
            value.metadata.CopyFrom(coerce(SummaryMetadata, metadata))
        content = convert(tensor() if callable(tensor) and not hasattr(tensor, "dtype") else tensor)
        value.tensor.CopyFrom(make_tensor_proto(content.numpy()))
        return summary.SerializeToString()

    return _record(step, make)


def graph(graph_data):
    """Writes a graph.

    Args:
      graph_data: a Graph or GraphDef.

    Returns:
      Whether it was written.
    """
    if not should_record_summaries():
        return False
    graph_def = graph_data.as_graph_def() if hasattr(graph_data, "as_graph_def") else graph_data
    writer = _current()._writer()
    if writer is not None:
        writer.add_graph(graph_def.SerializeToString(), 0)
    return True


def import_event(event, name=None):
    """Writes an encoded Event.

    Args:
      event: the bytes.
      name: accepted for TensorFlow's sake.
    """
    writer = _current()
    if writer is not None and writer._writer() is not None:
        data = event if isinstance(event, bytes) else coerce(Event, event).SerializeToString()
        writer._writer().add_event(data)
