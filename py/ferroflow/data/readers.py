"""Datasets of the contents of files: `tf.data.TFRecordDataset`, `TextLineDataset`, `FixedLengthRecordDataset`."""

from __future__ import annotations

import os

from .._gen import raw_ops
from ..framework import dtypes
from ..framework.convert import convert_to_tensor
from ..framework.type_spec import TensorSpec
from ..ops.shapes import reshape
from .dataset import DatasetV2

_BUFFER = 256 << 10


def _names(filenames):
    """Names of files as a vector of strings; a dataset of names stays as it is."""
    if isinstance(filenames, DatasetV2):
        spec = filenames.element_spec
        if getattr(spec, "dtype", None) != dtypes.string:
            kind = getattr(spec, "dtype", spec)
            text = f"The `filenames` argument must contain `tf.string` elements. Got a dataset of `{kind!r}` elements."
            raise TypeError(text)
        if spec.shape.rank not in (None, 0):
            raise TypeError(
                "The `filenames` argument must contain `tf.string` elements of shape [] (i.e. scalars). "
                f"Got a dataset of element shape {spec.shape!r}."
            )
        return filenames
    if isinstance(filenames, os.PathLike):
        filenames = os.fspath(filenames)
    elif isinstance(filenames, (list, tuple)):
        filenames = [os.fspath(one) if isinstance(one, os.PathLike) else one for one in filenames]
    names = convert_to_tensor(filenames, dtype_hint=dtypes.string, name="filenames")
    if names.dtype != dtypes.string:
        text = f"The `filenames` argument must contain `tf.string` elements. Got `{names.dtype!r}` elements."
        raise TypeError(text)
    return reshape(names, [-1], name="flat_filenames")


def _number(value, default, name):
    return convert_to_tensor(default if value is None else value, dtypes.int64, name=name)


def _options(compression_type, buffer_size):
    """What the ops of all readers take."""
    compression = convert_to_tensor(compression_type or "", dtypes.string, name="compression_type")
    return {"compression_type": compression, "buffer_size": _number(buffer_size, _BUFFER, "buffer_size")}


class _Reader:
    """What the classes of this module share; another base says which dataset they are."""

    def _start(self, kind, op, filenames, parallel=None):
        names = _names(filenames)
        spec = TensorSpec([], dtypes.string)
        if isinstance(names, DatasetV2) or parallel is not None:
            whole = names if isinstance(names, DatasetV2) else type(self)._family().from_tensor_slices(names)
            files = whole.interleave(
                lambda name: DatasetV2._make(kind, op(reshape(name, [-1])), spec),
                cycle_length=1 if parallel is None else parallel,
                num_parallel_calls=parallel,
            )
            variant = files._variant_tensor
        else:
            variant = op(names)
        DatasetV2.__init__(self, variant)
        self._kind, self._spec = kind, spec


class TFRecordDatasetV2(_Reader, DatasetV2):
    """The records of TFRecord files, one after the other.

    Args:
      filenames: the name of a file, a list or tensor of names, or a dataset of names.
      compression_type: "" or None, "GZIP" or "ZLIB".
      buffer_size: how many bytes are read at a time; accepted for TensorFlow's sake.
      num_parallel_reads: how many files are read in turn; all one after the other by default.
      name: a name for the source.

    Raises:
      TypeError: the names are no strings.
      NotFoundError: there is no such file, when it is read.
      DataLossError: a file is damaged, when it is read.

    >>> import tempfile
    >>> path = tempfile.mkdtemp() + "/data.tfrecord"
    >>> with tf.io.TFRecordWriter(path, "GZIP") as writer:
    ...     for text in (b"one", b"two"):
    ...         writer.write(text)
    >>> list(tf.data.TFRecordDataset(path, "GZIP").as_numpy_iterator())
    [b'one', b'two']
    """

    def __init__(
        self, filenames, compression_type=None, buffer_size=None, num_parallel_reads=None, name: str | None = None
    ) -> None:
        options = _options(compression_type, buffer_size)
        self._start(
            "TFRecordDatasetV2",
            lambda names: raw_ops.TFRecordDataset(filenames=names, **options),
            filenames,
            num_parallel_reads,
        )


class TextLineDatasetV2(_Reader, DatasetV2):
    """The lines of text files, without their ends.

    Args:
      filenames: the name of a file, a list or tensor of names, or a dataset of names.
      compression_type: "" or None, "GZIP" or "ZLIB".
      buffer_size: how many bytes are read at a time; accepted for TensorFlow's sake.
      num_parallel_reads: how many files are read in turn; all one after the other by default.
      name: a name for the source.

    Raises:
      TypeError: the names are no strings.
      NotFoundError: there is no such file, when it is read.

    >>> import tempfile
    >>> path = tempfile.mkdtemp() + "/lines.txt"
    >>> with tf.io.gfile.GFile(path, "w") as file:
    ...     file.write("one\\ntwo\\n")
    >>> list(tf.data.TextLineDataset(path).as_numpy_iterator())
    [b'one', b'two']
    """

    def __init__(
        self, filenames, compression_type=None, buffer_size=None, num_parallel_reads=None, name: str | None = None
    ) -> None:
        options = _options(compression_type, buffer_size)
        self._start(
            "TextLineDatasetV2",
            lambda names: raw_ops.TextLineDataset(filenames=names, **options),
            filenames,
            num_parallel_reads,
        )


class FixedLengthRecordDatasetV2(_Reader, DatasetV2):
    """Parts of one length of binary files.

    Args:
      filenames: the name of a file, a list or tensor of names, or a dataset of names.
      record_bytes: the length of a part.
      header_bytes: how many bytes are left out at the start of a file.
      footer_bytes: how many bytes are left out at its end.
      buffer_size: how many bytes are read at a time; accepted for TensorFlow's sake.
      compression_type: "" or None, "GZIP" or "ZLIB".
      num_parallel_reads: how many files are read in turn; all one after the other by default.
      name: a name for the source.

    Raises:
      TypeError: the names are no strings.
      NotFoundError: there is no such file, when it is read.
      InvalidArgumentError: what is between header and footer is no multiple of `record_bytes`, when it is read.
    """

    def __init__(
        self, filenames, record_bytes, header_bytes=None, footer_bytes=None, buffer_size=None, compression_type=None,
        num_parallel_reads=None, name: str | None = None,
    ) -> None:  # fmt: skip
        options = {
            "header_bytes": _number(header_bytes, 0, "header_bytes"),
            "record_bytes": _number(record_bytes, 0, "record_bytes"),
            "footer_bytes": _number(footer_bytes, 0, "footer_bytes"),
            **_options(compression_type, buffer_size),
        }
        self._start(
            "FixedLengthRecordDatasetV2",
            lambda names: raw_ops.FixedLengthRecordDatasetV2(filenames=names, **options),
            filenames,
            num_parallel_reads,
        )
