"""TFRecord files: `tf.io.TFRecordWriter`, and the names that `tf.python_io` has for it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ..framework import errors, files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self


class TFRecordCompressionType:
    """How a TFRecord file is compressed."""

    NONE = 0
    ZLIB = 1
    GZIP = 2


_NAMES = {TFRecordCompressionType.NONE: "", TFRecordCompressionType.ZLIB: "ZLIB", TFRecordCompressionType.GZIP: "GZIP"}


class TFRecordOptions:
    """How a TFRecord file is written.

    Args:
      compression_type: "GZIP", "ZLIB", "" or None, or one of `TFRecordCompressionType`.
      flush_mode, input_buffer_size, output_buffer_size, window_bits, compression_level, compression_method, mem_level,
      compression_strategy: accepted for TensorFlow's sake.

    Raises:
      ValueError: there is no such compression.
    """

    compression_type_map = _NAMES

    def __init__(
        self, compression_type=None, flush_mode=None, input_buffer_size=None, output_buffer_size=None, window_bits=None,
        compression_level=None, compression_method=None, mem_level=None, compression_strategy=None,
    ) -> None:  # fmt: skip
        self.get_compression_type_string(compression_type)
        self.compression_type = compression_type

    @classmethod
    def get_compression_type_string(cls, options) -> str:
        """The name of a compression: "", "GZIP" or "ZLIB".

        Args:
          options: `TFRecordOptions`, a name, one of `TFRecordCompressionType`, or None.
        """
        if not options:
            return ""
        if isinstance(options, TFRecordOptions):
            return cls.get_compression_type_string(options.compression_type)
        if isinstance(options, int):
            return _NAMES[options]
        if options in _NAMES.values():
            return options
        raise ValueError(f'Not a valid compression_type: "{options}"')


class TFRecordWriter:
    """Writes records to a new TFRecord file.

    Args:
      path: the file.
      options: `TFRecordOptions`, or the name of a compression: "GZIP", "ZLIB" or "".

    Raises:
      ValueError: there is no such compression.

    >>> import tempfile
    >>> with tf.io.TFRecordWriter(tempfile.mkdtemp() + "/x.tfrecord") as writer:
    ...     writer.write(b"a record")
    """

    def __init__(self, path, options=None) -> None:
        compression = TFRecordOptions.get_compression_type_string(options)
        self._file = files.RecordWriter(os.fspath(path), compression)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error) -> None:
        self.close()

    def write(self, record: bytes) -> None:
        """Adds a record.

        Args:
          record: bytes.
        """
        self._file.write(record)

    def flush(self) -> None:
        """Hands all records to the system."""
        self._file.flush()

    def close(self) -> None:
        """Finishes the file."""
        self._file.close()


def tf_record_iterator(path, options=None) -> Iterator[bytes]:
    """The records of a TFRecord file.

    Args:
      path: the file.
      options: as for `TFRecordWriter`.

    Raises:
      NotFoundError: there is no such file.
      DataLossError: the file is damaged.
    """
    from .._gen import raw_ops
    from ..framework.context import eager_mode

    with eager_mode():
        compression = TFRecordOptions.get_compression_type_string(options)
        dataset = raw_ops.TFRecordDataset(filenames=os.fspath(path), compression_type=compression, buffer_size=0)
        handle = raw_ops.AnonymousIteratorV3(output_types=["string"], output_shapes=[[]])
        raw_ops.MakeIterator(dataset=dataset, iterator=handle)
    while True:
        with eager_mode():
            try:
                found = raw_ops.IteratorGetNext(iterator=handle, output_types=["string"], output_shapes=[[]])
            except errors.OutOfRangeError:
                return
            record = found[0].numpy()
        yield record
