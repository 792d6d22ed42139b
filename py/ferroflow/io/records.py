"""TFRecord files: `tf.io.TFRecordWriter`, and the names that `tf.python_io` has for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..framework import errors, files
from .paths import as_data, filesystem_errors, path_text

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
        self.flush_mode = flush_mode
        self.input_buffer_size = input_buffer_size
        self.output_buffer_size = output_buffer_size
        self.window_bits = window_bits
        self.compression_level = compression_level
        self.compression_method = compression_method
        self.mem_level = mem_level
        self.compression_strategy = compression_strategy

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
        name = _NAMES.get(options, options)
        if name in _NAMES.values():
            return name
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
        self._file = files.RecordWriter(path_text(path), compression)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error) -> None:
        self.close()

    def write(self, record: bytes | str) -> None:
        """Adds a record.

        Args:
          record: bytes, or text that is encoded in UTF-8.

        Raises:
          TypeError: neither text nor bytes.
        """
        self._file.write(as_data(record))

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
      DataLossError: the file is damaged, when the record is asked for.
    """
    with filesystem_errors(path):
        open(path_text(path), "rb").close()  # noqa: SIM115
    return _records(path_text(path), TFRecordOptions.get_compression_type_string(options))


def _records(path, compression):
    from .._gen import raw_ops
    from ..framework.context import eager_mode

    with eager_mode():
        dataset = raw_ops.TFRecordDataset(filenames=path, compression_type=compression, buffer_size=0)
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
