"""TensorFlow 1's summaries: ops of a graph whose results a `FileWriter` writes."""

from __future__ import annotations

import os
import re
import threading
from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import context, files
from ..framework.collections import GraphKeys
from ..framework.name_scope import name_scope_v1
from ..framework.protos import Event, RunMetadata, SessionLog, Summary, SummaryMetadata, coerce
from ..ops.common import convert

if TYPE_CHECKING:
    from typing import Self

    from ..framework.typing import Tensor

_NOT_IN_TAGS = re.compile(r"[^-/\w.]")


def _clean(name):
    """A tag without what names of operations may not have."""
    return _NOT_IN_TAGS.sub("_", name).lstrip("/") if name is not None else name


def _add(name, family, values, collections, make):
    """Adds a summary op and puts it into collections; `make(tag, scope)` makes it."""
    name, family = _clean(name), _clean(family)
    with context.graph_mode() as graph:
        with name_scope_v1(f"{family}/{name}" if family else name, values=values) as scope:
            tag = scope.rstrip("/")
            made = make(f"{family}/{tag}" if family else tag, scope)
        graph.add_to_collections([GraphKeys.SUMMARIES] if collections is None else collections, made)
    return made


def scalar(name, tensor, collections=None, family=None) -> Tensor:
    """A summary of a number.

    Args:
      name: the tag and the name of the operation.
      tensor: a scalar of real numbers.
      collections: the collections it is put into; that of `merge_all` by default.
      family: a prefix of the tag, for groups in TensorBoard.

    Returns:
      A scalar string: an encoded Summary.
    """
    return _add(name, family, [tensor], collections, lambda tag, scope: raw_ops.ScalarSummary(tag, tensor, scope))


def histogram(name, values, collections=None, family=None) -> Tensor:
    """A summary of the distribution of numbers.

    Args:
      name: the tag and the name of the operation.
      values: a tensor of real numbers.
      collections: the collections it is put into; that of `merge_all` by default.
      family: a prefix of the tag, for groups in TensorBoard.

    Returns:
      A scalar string: an encoded Summary. Running it is an InvalidArgumentError if there is a NaN or infinity.
    """
    return _add(name, family, [values], collections, lambda tag, scope: raw_ops.HistogramSummary(tag, values, scope))


def image(name, tensor, max_outputs=3, collections=None, family=None) -> Tensor:
    """A summary of images.

    Args:
      name: the tag and the name of the operation.
      tensor: a tensor [count, height, width, channels] with 1, 3 or 4 channels. Floats are scaled image by image.
      max_outputs: how many of the images are shown at most.
      collections: the collections it is put into; that of `merge_all` by default.
      family: a prefix of the tag, for groups in TensorBoard.

    Returns:
      A scalar string: an encoded Summary.
    """

    def make(tag, scope):
        return raw_ops.ImageSummary(tag, tensor, max_images=max_outputs, name=scope)

    return _add(name, family, [tensor], collections, make)


def tensor_summary(
    name, tensor, summary_description=None, collections=None, summary_metadata=None, family=None, display_name=None
) -> Tensor:
    """A summary of a whole tensor, for a plugin of TensorBoard.

    Args:
      name: the tag and the name of the operation.
      tensor: the tensor.
      summary_description: accepted for TensorFlow's sake.
      collections: the collections it is put into; that of `merge_all` by default.
      summary_metadata: a SummaryMetadata that names the plugin.
      family: a prefix of the tag, for groups in TensorBoard.
      display_name: the name that is shown.

    Returns:
      A scalar string: an encoded Summary.
    """
    metadata = SummaryMetadata()
    if summary_metadata is not None:
        metadata.CopyFrom(coerce(SummaryMetadata, summary_metadata))
    if display_name is not None:
        metadata.display_name = display_name
    encoded = metadata.SerializeToString()
    return _add(
        name, family, [tensor], collections, lambda tag, scope: raw_ops.TensorSummaryV2(tag, tensor, encoded, scope)
    )


def text(name, tensor, collections=None) -> Tensor:
    """A summary of text in Markdown.

    Args:
      name: the tag and the name of the operation.
      tensor: a tensor of strings.
      collections: the collections it is put into; that of `merge_all` by default.

    Returns:
      A scalar string: an encoded Summary.

    Raises:
      ValueError: the tensor holds no strings.
    """
    if convert(tensor).dtype.name != "string":
        raise ValueError(f"Expected tensor {convert(tensor).name} to have dtype string, got {convert(tensor).dtype}")
    metadata = SummaryMetadata()
    metadata.plugin_data.plugin_name = "text"
    return tensor_summary(name, tensor, summary_metadata=metadata, collections=collections)


def merge(inputs, collections=None, name: str | None = None) -> Tensor:
    """Joins summaries.

    Args:
      inputs: a list of scalar strings: encoded Summaries.
      collections: the collections it is put into; none by default.
      name: a name for the operation.

    Returns:
      A scalar string: an encoded Summary. Running it is an InvalidArgumentError if two have the same tag.
    """
    with context.graph_mode() as graph, name_scope_v1(_clean(name), "Merge", list(inputs)):
        made = raw_ops.MergeSummary(inputs, _clean(name))
        graph.add_to_collections(collections or [], made)
    return made


def merge_all(key=GraphKeys.SUMMARIES, scope=None, name: str | None = None) -> Tensor | None:
    """Joins all summaries of the default graph.

    Args:
      key: their collection.
      scope: a regular expression; only summaries whose names match it.
      name: a name for the operation.

    Returns:
      A scalar string; None if there are none.
    """
    found = context.default_graph().get_collection(key, scope)
    return merge(found, name=name) if found else None


class FileWriter:
    """Writes events to a new event file of a folder.

    Args:
      logdir: the folder, which is made if need be.
      graph: a graph that is written first.
      max_queue: how many events are kept back.
      flush_secs: how long they are kept back at most.
      graph_def: accepted for TensorFlow's sake: use `graph`.
      filename_suffix: the end of the file's name.
      session: accepted as None only.
    """

    def __init__(
        self, logdir, graph=None, max_queue=10, flush_secs=120, graph_def=None, filename_suffix=None, session=None
    ) -> None:
        if session is not None:
            raise NotImplementedError("FileWriter(session=...): write the results of session.run with add_summary")
        self._arguments = (os.fspath(logdir), filename_suffix or "", int(max_queue), float(flush_secs))
        self._file = files.EventWriter(*self._arguments)
        self._tags_with_metadata = set()
        if graph is not None or graph_def is not None:
            self.add_graph(graph, graph_def=graph_def)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error) -> None:
        self.close()

    def _open(self):
        if self._file is None:
            self.reopen()
        return self._file

    def get_logdir(self) -> str:
        """The folder."""
        return self._arguments[0]

    def add_summary(self, summary, global_step=None) -> None:
        """Adds a Summary.

        Args:
          summary: an encoded Summary (what a session returns for summary ops), or a message.
          global_step: the step.
        """
        encoded = summary if isinstance(summary, bytes) else coerce(Summary, summary).SerializeToString()
        message = Summary.FromString(encoded)
        # What a tag is shown by is written only once.
        repeated = [value for value in message.value if value.HasField("metadata")]
        for value in repeated:
            if value.tag in self._tags_with_metadata:
                value.ClearField("metadata")
            else:
                self._tags_with_metadata.add(value.tag)
        if repeated:
            encoded = message.SerializeToString()
        self._open().add_summary(encoded, 0 if global_step is None else int(global_step))

    def add_event(self, event) -> None:
        """Adds an Event message.

        Args:
          event: the message.
        """
        self._open().add_event(coerce(Event, event).SerializeToString())

    def add_graph(self, graph, global_step=None, graph_def=None) -> None:
        """Adds a graph.

        Args:
          graph: a Graph, or a GraphDef.
          global_step: the step.
          graph_def: a GraphDef, if `graph` is None.

        Raises:
          TypeError: it is neither.
        """
        source = graph if graph is not None else graph_def
        if hasattr(source, "as_graph_def"):
            source = source.as_graph_def(add_shapes=True)
        if not hasattr(source, "SerializeToString"):
            raise TypeError("The passed graph must be an instance of `Graph` or the deprecated `GraphDef`")
        self._open().add_graph(source.SerializeToString(), 0 if global_step is None else int(global_step))

    def add_meta_graph(self, meta_graph_def, global_step=None) -> None:
        """Adds a MetaGraphDef.

        Args:
          meta_graph_def: the message.
          global_step: the step.

        Raises:
          TypeError: it is none.
        """
        if not hasattr(meta_graph_def, "SerializeToString"):
            raise TypeError(f"meta_graph_def must be type MetaGraphDef, saw type: {type(meta_graph_def)}")
        self._open().add_meta_graph(meta_graph_def.SerializeToString(), 0 if global_step is None else int(global_step))

    def add_session_log(self, session_log, global_step=None) -> None:
        """Adds the start, stop or checkpoint of a session.

        Args:
          session_log: a SessionLog message.
          global_step: the step.
        """
        event = Event(session_log=coerce(SessionLog, session_log))
        self._add(event, global_step)

    def add_run_metadata(self, run_metadata, tag, global_step=None) -> None:
        """Adds what a run said of itself.

        Args:
          run_metadata: a RunMetadata message.
          tag: its name.
          global_step: the step.
        """
        event = Event()
        event.tagged_run_metadata.tag = tag
        event.tagged_run_metadata.run_metadata = coerce(RunMetadata, run_metadata).SerializeToString()
        self._add(event, global_step)

    def _add(self, event, global_step):
        import time

        event.wall_time = time.time()
        if global_step is not None:
            event.step = int(global_step)
        self._open().add_event(event.SerializeToString())

    def flush(self) -> None:
        """Hands all events to the system."""
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        """Flushes and closes the file."""
        self.flush()
        self._file = None

    def reopen(self) -> None:
        """Goes on in a new file after `close`; does nothing before it."""
        if self._file is None:
            self._file = files.EventWriter(*self._arguments)
            self._tags_with_metadata.clear()


class FileWriterCache:
    """One writer for each folder."""

    _lock = threading.Lock()
    _writers = {}

    @staticmethod
    def get(logdir):
        """The writer of a folder, which is made if there is none.

        Args:
          logdir: the folder.
        """
        with FileWriterCache._lock:
            if logdir not in FileWriterCache._writers:
                FileWriterCache._writers[logdir] = FileWriter(logdir, graph=context.default_graph())
            return FileWriterCache._writers[logdir]

    @staticmethod
    def clear():
        """Flushes and closes all writers."""
        with FileWriterCache._lock:
            for writer in FileWriterCache._writers.values():
                writer.close()
            FileWriterCache._writers.clear()
