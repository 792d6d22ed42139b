"""Files: `tf.io`."""

import os

from ..framework import files
from ..ops.files import read_file, write_file
from . import gfile

__all__ = ["TFRecordWriter", "gfile", "read_file", "write_file"]


class TFRecordWriter:
    """Writes records to a new TFRecord file.

    Args:
      path: the file.
      options: accepted as None or "" only: files are not compressed.

    Raises:
      NotImplementedError: compression is asked for.

    >>> import tempfile
    >>> with tf.io.TFRecordWriter(tempfile.mkdtemp() + "/x.tfrecord") as writer:
    ...     writer.write(b"a record")
    """

    def __init__(self, path, options=None):
        if options not in (None, ""):
            raise NotImplementedError("TFRecordWriter: compressed files cannot be written yet")
        self._file = files.RecordWriter(os.fspath(path))

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def write(self, record):
        """Adds a record.

        Args:
          record: bytes.
        """
        self._file.write(record)

    def flush(self):
        """Hands all records to the system."""
        self._file.flush()

    def close(self):
        """Finishes the file."""
        self._file.close()
