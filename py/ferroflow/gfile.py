"""TensorFlow 1's names of `tf.io.gfile`: `tf.gfile`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .io import gfile

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Copy",
    "DeleteRecursively",
    "Exists",
    "FastGFile",
    "GFile",
    "Glob",
    "IsDirectory",
    "ListDirectory",
    "MakeDirs",
    "MkDir",
    "Open",
    "Remove",
    "Rename",
    "Stat",
    "Walk",
]

GFile = Open = FastGFile = gfile.GFile


def Exists(filename) -> bool:
    """See `tf.io.gfile.exists`.

    >>> tf.compat.v1.gfile.Exists("/no/such/file")
    False
    """
    return gfile.exists(filename)


def IsDirectory(dirname) -> bool:
    """See `tf.io.gfile.isdir`."""
    return gfile.isdir(dirname)


def ListDirectory(dirname) -> list[str]:
    """See `tf.io.gfile.listdir`."""
    return gfile.listdir(dirname)


def Stat(filename) -> gfile.FileStatistics:
    """See `tf.io.gfile.stat`."""
    return gfile.stat(filename)


def Glob(filename) -> list[str]:
    """See `tf.io.gfile.glob`."""
    return gfile.glob(filename)


def MkDir(dirname) -> None:
    """See `tf.io.gfile.mkdir`."""
    gfile.mkdir(dirname)


def MakeDirs(dirname) -> None:
    """See `tf.io.gfile.makedirs`."""
    gfile.makedirs(dirname)


def Remove(filename) -> None:
    """See `tf.io.gfile.remove`."""
    gfile.remove(filename)


def DeleteRecursively(dirname) -> None:
    """See `tf.io.gfile.rmtree`."""
    gfile.rmtree(dirname)


def Copy(oldpath, newpath, overwrite: bool = False) -> None:
    """See `tf.io.gfile.copy`."""
    gfile.copy(oldpath, newpath, overwrite)


def Rename(oldname, newname, overwrite: bool = False) -> None:
    """See `tf.io.gfile.rename`."""
    gfile.rename(oldname, newname, overwrite)


def Walk(top, in_order: bool = True) -> Iterator[tuple[str, list[str], list[str]]]:
    """See `tf.io.gfile.walk`.

    Args:
      top: the folder.
      in_order: whether a folder comes before those in it.
    """
    return gfile.walk(top, in_order)
