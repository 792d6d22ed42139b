"""Files and folders of the local file system: `tf.io.gfile`."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from ..framework import errors
from .paths import as_data, filesystem_errors, matching, path_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Self

__all__ = [
    "GFile",
    "copy",
    "exists",
    "get_registered_schemes",
    "glob",
    "isdir",
    "join",
    "listdir",
    "makedirs",
    "mkdir",
    "remove",
    "rename",
    "rmtree",
    "stat",
    "walk",
]

# How a file is opened for writing in each mode.
_MODES = {"r": None, "w": "wb", "a": "ab", "r+": "r+b", "w+": "wb", "a+": "ab"}


class GFile:
    """A file that is opened when it is first read or written.

    Reading and writing have a position each, and what is written can be read after `flush`.

    Args:
      name: the path.
      mode: "r" to read, "w" to write a new file, "a" to write at the end, "r+" to write over what is there; "+" to read and
        write; with "b" for bytes in place of text, which is encoded in UTF-8.

    Raises:
      InvalidArgumentError: there is no such mode.

    >>> import tempfile
    >>> path = tf.io.gfile.join(tempfile.mkdtemp(), "notes.txt")
    >>> with tf.io.gfile.GFile(path, "w") as file:
    ...     file.write("one\\ntwo\\n")
    >>> with tf.io.gfile.GFile(path) as file:
    ...     print([line.strip() for line in file], file.size())
    ['one', 'two'] 8
    """

    def __init__(self, name, mode: str = "r") -> None:
        plain = mode.replace("b", "")
        if plain not in _MODES:
            text = "mode is not 'r' or 'w' or 'a' or 'r+' or 'w+' or 'a+'"
            raise errors.InvalidArgumentError(None, None, text)
        self._name = name
        self._mode = mode
        self._binary = "b" in mode
        self._may_read = plain == "r" or "+" in plain
        self._to_write = _MODES[plain]
        self._reader = None
        self._writer = None

    @property
    def name(self):
        """The path as it was given."""
        return self._name

    @property
    def mode(self) -> str:
        """The mode as it was given."""
        return self._mode

    def _to_read(self):
        if not self._may_read:
            raise errors.PermissionDeniedError(None, None, "File isn't open for reading")
        if self._reader is None:
            with filesystem_errors(self._name):
                self._reader = open(path_text(self._name), "rb")  # noqa: SIM115
        return self._reader

    def _shown(self, data):
        return data if self._binary else data.decode()

    def size(self) -> int:
        """The length in bytes, without what was written and not yet handed to the system."""
        return stat(self._name).length

    def write(self, file_content) -> None:
        """Appends text or bytes at the current position.

        Raises:
          PermissionDeniedError: the file is open for reading only.
          TypeError: neither text nor bytes.
        """
        if self._to_write is None:
            raise errors.PermissionDeniedError(None, None, "File isn't open for writing")
        data = as_data(file_content)
        self._made().write(data)

    def _made(self):
        if self._writer is None:
            with filesystem_errors(self._name):
                self._writer = open(path_text(self._name), self._to_write)  # noqa: SIM115
        return self._writer

    def read(self, n: int = -1):
        """So many bytes from the current position, all that are left for -1; decoded unless the mode has "b".

        Raises:
          NotFoundError: there is no such file.
          PermissionDeniedError: the file is open for writing only.
          InvalidArgumentError: `n` is less than -1.
        """
        file = self._to_read()
        if n < -1:
            raise errors.InvalidArgumentError(None, None, f"Can't read a negative number of bytes: {n}")
        with filesystem_errors(self._name):
            return self._shown(file.read(n))

    def seek(self, offset=None, whence: int = 0, position=None) -> None:
        """Moves the position of reading.

        Args:
          offset: how far.
          whence: 0 from the start, 1 from the current position, 2 from the end.
          position: the old name of `offset`.

        Raises:
          TypeError: neither or both of `offset` and `position` are given.
          InvalidArgumentError: `whence` is something else, or the position lies before the file.
          OutOfRangeError: the position lies behind the file.
        """
        if offset is None and position is None:
            raise TypeError("seek(): offset argument required")
        if offset is not None and position is not None:
            raise TypeError("seek(): offset and position may not be set simultaneously.")
        offset = position if offset is None else offset
        file = self._to_read()
        if whence not in (0, 1, 2):
            text = f"Invalid whence argument: {whence}. Valid values are 0, 1, or 2."
            raise errors.InvalidArgumentError(None, None, text)
        place = (0, file.tell(), self.size())[whence] + offset
        if place < 0:
            raise errors.InvalidArgumentError(None, None, f"Seeking to a negative position: {place}")
        if place > self.size():
            raise errors.OutOfRangeError(None, None, "EOF reached")
        file.seek(place)

    def tell(self) -> int:
        """The position of reading in bytes, or that of writing if the file cannot be read."""
        return (self._to_read() if self._may_read else self._made()).tell()

    def readline(self):
        """The next line with its end, which is "\\n" even where the file has "\\r\\n"; empty at the end of the file."""
        return self._shown(self._to_read().readline().replace(b"\r", b""))

    def readlines(self) -> list:
        """All lines that are left, with their ends."""
        return list(self)

    def __iter__(self) -> Iterator:
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def next(self):
        """The next line. StopIteration at the end."""
        return next(self)

    def seekable(self) -> bool:
        """Whether the position can be moved: always."""
        return True

    def flush(self) -> None:
        """Hands all that was written to the system."""
        if self._writer is not None:
            self._writer.flush()

    def close(self) -> None:
        """Finishes what was written and closes the file; a later read or write opens it again."""
        files, self._reader, self._writer = (self._reader, self._writer), None, None
        for file in files:
            if file is not None:
                file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error) -> None:
        self.close()


class FileStatistics:
    """What is known of a file.

    Args:
      length: its size in bytes.
      mtime_nsec: when it was changed, in nanoseconds since 1970.
      is_directory: whether it is a folder.
    """

    __slots__ = ("length", "mtime_nsec", "is_directory")

    def __init__(self, length: int, mtime_nsec: int, is_directory: bool) -> None:
        self.length = length
        self.mtime_nsec = mtime_nsec
        self.is_directory = is_directory

    def __repr__(self) -> str:
        return f"<FileStatistics: length={self.length}, mtime_nsec={self.mtime_nsec}, is_directory={self.is_directory}>"


def exists(path) -> bool:
    """Whether there is a file or folder.

    Args:
      path: the path.

    >>> tf.io.gfile.exists("/no/such/file")
    False
    """
    return os.path.exists(path_text(path))


def isdir(path) -> bool:
    """Whether there is a folder of this path."""
    return os.path.isdir(path_text(path))


def stat(path) -> FileStatistics:
    """Size, time and kind of a file.

    Args:
      path: the path.

    Returns:
      An object with `length` in bytes, `mtime_nsec` in nanoseconds and `is_directory`.

    Raises:
      NotFoundError: there is none.
    """
    with filesystem_errors(path):
        found = os.stat(path_text(path))
    return FileStatistics(found.st_size, found.st_mtime_ns, os.path.isdir(path_text(path)))


def listdir(path) -> list[str]:
    """The names in a folder, in any order.

    Args:
      path: the folder.

    Raises:
      NotFoundError: there is no such folder.
    """
    if not isdir(path):
        raise errors.NotFoundError(None, None, f"Could not find directory {path_text(path)}")
    with filesystem_errors(path):
        return os.listdir(path_text(path))


def mkdir(path) -> None:
    """Makes a folder in one that exists; does nothing if there is something of this path, or the path is empty.

    Args:
      path: the folder.

    Raises:
      NotFoundError: the folder around it does not exist.
    """
    if path_text(path):
        with filesystem_errors(path), suppress(FileExistsError):
            os.mkdir(path_text(path))


def makedirs(path) -> None:
    """Makes a folder and those around it that are missing; does nothing for an empty path.

    Args:
      path: the folder; it may exist.

    Raises:
      FailedPreconditionError: a file is in the way.
    """
    if not path_text(path):
        return
    with filesystem_errors(path):
        try:
            os.makedirs(path_text(path), exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            way = path_text(path)
            while not os.path.lexists(way):
                way = os.path.dirname(way)
            raise errors.FailedPreconditionError(None, None, f"{way} is not a directory") from None


def remove(path) -> None:
    """Deletes a file.

    Args:
      path: the file.

    Raises:
      NotFoundError: there is none.
      FailedPreconditionError: it is a folder.
    """
    with filesystem_errors(path):
        os.remove(path_text(path))


def rmtree(path) -> None:
    """Deletes a folder and all in it.

    Args:
      path: the folder.

    Raises:
      NotFoundError: there is none.
    """
    if not os.path.lexists(path_text(path)):
        raise errors.NotFoundError(None, None, f"{path_text(path)} not found")
    with filesystem_errors(path):
        (shutil.rmtree if isdir(path) else os.remove)(path_text(path))


def copy(src, dst, overwrite: bool = False) -> None:
    """Copies a file; one that is copied to itself stays as it is.

    Args:
      src: the file.
      dst: the path of the copy.
      overwrite: whether a file of that path may be replaced.

    Raises:
      NotFoundError: there is no such file.
      AlreadyExistsError: there is a file of the new path.
    """
    _refuse_existing(dst, overwrite)
    if isdir(src):
        raise errors.InvalidArgumentError(None, None, f"{path_text(dst)}; Invalid argument")
    with filesystem_errors(dst if exists(src) else src), suppress(shutil.SameFileError):
        shutil.copyfile(path_text(src), path_text(dst))


def rename(src, dst, overwrite: bool = False) -> None:
    """Gives a file or folder another path.

    Args:
      src: the path.
      dst: the new path.
      overwrite: whether a file of that path may be replaced.

    Raises:
      NotFoundError: there is no such file.
      AlreadyExistsError: there is a file of the new path.
    """
    _refuse_existing(dst, overwrite)
    with filesystem_errors(src):
        os.replace(path_text(src), path_text(dst))


def _refuse_existing(path, overwrite):
    if not overwrite and exists(path):
        raise errors.AlreadyExistsError(None, None, "file already exists")


def glob(pattern) -> list[str]:
    """The paths that match a pattern, or one of several, in order; relative ones in the current folder begin with `./`.

    Args:
      pattern: a path, in whose parts `*` stands for any characters, `?` for one, `[abc]` for one of these, `[^abc]` for one
        of the others, and a backslash takes the next character as it is; or a list of such.

    >>> tf.io.gfile.glob("/no/such/*")
    []
    """
    patterns = [pattern] if isinstance(pattern, (str, bytes, os.PathLike)) else pattern
    found = []
    for one in patterns:
        prefix = os.fsdecode(one).removesuffix(path_text(one))
        found += [prefix + path for path in matching(path_text(one))]
    return found


def join(path, *paths) -> Any:
    """Paths put together; one that begins with a slash begins anew.

    Args:
      path: a path.
      *paths: more of them.

    >>> tf.io.gfile.join("a", "b", "c.txt")
    'a/b/c.txt'
    """
    return os.path.join(*(one if isinstance(one, bytes) else os.fsdecode(one) for one in (path, *paths)))


def walk(top, topdown: bool = True, onerror=None) -> Iterator[tuple[str, list[str], list[str]]]:
    """A folder and all folders in it: tuples of its path, the names of its folders, and those of its files.

    Args:
      top: the folder.
      topdown: whether a folder comes before those in it.
      onerror: a function of the error if a folder cannot be read; such folders are left out.
    """
    top = path_text(top)
    try:
        names = sorted(listdir(top))
    except errors.OpError as error:
        if onerror is not None:
            onerror(error)
        return
    folders = [name for name in names if isdir(os.path.join(top, name))]
    found = top, folders, [name for name in names if name not in folders]
    if topdown:
        yield found
    for name in folders:
        yield from walk(os.path.join(top, name), topdown, onerror)
    if not topdown:
        yield found


def get_registered_schemes() -> list[str]:
    """The file systems that paths may name: the local one, without a name or as `file`."""
    return ["", "file"]
