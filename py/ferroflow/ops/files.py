"""Whole files as strings."""

from .._gen import raw_ops


def read_file(filename, name=None):
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


def write_file(filename, contents, name=None):
    """Writes a file; folders on its way are made.

    Args:
      filename: a scalar string.
      contents: a scalar string.
      name: a name for the operation.

    Returns:
      The operation; None in eager mode.
    """
    return raw_ops.WriteFile(filename, contents, name)
