"""Whole files as strings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops

if TYPE_CHECKING:
    from ..framework.typing import Operation, Tensor, TensorLike


def read_file(filename: TensorLike, name: str | None = None) -> Tensor:
    """The content of a file.

    Args:
      filename: a scalar string.
      name: a name for the operation.

    Returns:
      A scalar string.

    Raises:
      NotFoundError: there is no such file.
    """
    return raw_ops.ReadFile(filename, name)


def write_file(filename: TensorLike, contents: TensorLike, name: str | None = None) -> Operation | None:
    """Writes a file; folders on its way are made.

    Args:
      filename: a scalar string.
      contents: a scalar string.
      name: a name for the operation.

    Returns:
      The operation; None in eager mode.
    """
    return raw_ops.WriteFile(filename, contents, name)
