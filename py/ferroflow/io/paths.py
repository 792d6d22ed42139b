"""Paths of local files: their text, their errors, the search by patterns."""

from __future__ import annotations

import errno
import os
import re
from contextlib import contextmanager
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from ..framework import errors

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLASSES = {
    errno.ENOENT: errors.NotFoundError,
    errno.EEXIST: errors.AlreadyExistsError,
    errno.EACCES: errors.PermissionDeniedError,
    errno.EPERM: errors.PermissionDeniedError,
    errno.EROFS: errors.PermissionDeniedError,
    errno.ENOTDIR: errors.FailedPreconditionError,
    errno.EISDIR: errors.FailedPreconditionError,
    errno.ENOTEMPTY: errors.FailedPreconditionError,
    errno.ENOSPC: errors.ResourceExhaustedError,
}
# What a pattern has where it is not to be taken as it is.
_WILD = "*?[\\"


def path_text(path) -> str:
    """A path as text; `file://` at its start is left out.

    Args:
      path: text, bytes or an object with `__fspath__`.

    Raises:
      UnimplementedError: the path names another file system than the local one.
    """
    text = os.fsdecode(path)
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*)://", text)
    if scheme is None:
        return text
    if scheme[1] != "file":
        line = f"File system scheme '{scheme[1]}' not implemented (file: '{text}')"
        raise errors.UnimplementedError(None, None, line)
    return text[scheme.end() :]


def as_data(content) -> bytes:
    """Text, in UTF-8, or bytes as bytes.

    Args:
      content: the text or the bytes.

    Raises:
      TypeError: neither text nor bytes.
    """
    if isinstance(content, str):
        return content.encode()
    if not isinstance(content, (bytes, bytearray)):
        raise TypeError(f"Expected binary or unicode string, got {content!r}")
    return bytes(content)


@contextmanager
def filesystem_errors(path) -> Iterator[None]:
    """Within it, errors of the system become those of `tf.errors`.

    Args:
      path: the path that the error's text names.
    """
    try:
        yield
    except OSError as error:
        code = error.errno if error.errno is not None else errno.EISDIR
        known = _CLASSES.get(code, errors.UnknownError)
        raise known(None, None, f"{path_text(path)}; {os.strerror(code)}") from None


def matching(pattern) -> list[str]:
    """The paths that match a pattern whose wildcards stand for parts of names, in order."""
    if any(sign in pattern.partition("/")[0] for sign in _WILD):
        pattern = f"./{pattern}"
    start, *parts = pattern.split("/")
    found = [start] if start == "" else _next([""], start)
    for part in parts:
        found = _next([f"{one}/" for one in found], part)
    return sorted(one for one in found if one)


def _next(folders, part):
    """The paths in `folders`, which end in a slash, whose last name matches `part`."""
    if not any(sign in part for sign in _WILD):
        return [f"{one}{part}" for one in folders if os.path.lexists(f"{one}{part}" or "/")]
    # `[^` is `[!` for fnmatch, which knows no backslash.
    part = re.sub(r"\\(.)|\[\^", lambda m: "[!" if m[1] is None else f"[{m[1]}]" if m[1] in "*?[" else m[1], part)
    found = []
    for folder in folders:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        found += [f"{folder}{name}" for name in names if fnmatchcase(name, part)]
    return found
