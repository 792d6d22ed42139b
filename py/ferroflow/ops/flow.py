"""Assertions and printing."""

from __future__ import annotations

import builtins
import sys
from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import errors
from ..framework.composite import IndexedSlices
from .common import convert, name_scope

if TYPE_CHECKING:
    from ..framework.typing import Operation, Tensor, TensorLike


def Assert(condition: TensorLike, data: TensorLike, summarize=None, name: str | None = None) -> Operation | None:
    """Fails with the values of tensors unless a condition holds.

    Args:
      condition: a bool tensor; all its elements must be true.
      data: the tensors to show.
      summarize: how many elements of each to show; 3 by default, -1 for all.
      name: a name for the operation.

    Returns:
      The operation; None in eager mode.

    Raises:
      InvalidArgumentError: the condition does not hold (eager mode, or known while the graph is built).
    """
    given, condition = condition, convert(condition, name="Condition")
    summarize = 3 if summarize is None else summarize
    if hasattr(condition, "numpy"):
        if not condition:
            shown = "\n".join(_summary(convert(one), summarize) for one in data)
            raise errors.InvalidArgumentError(None, None, f"Expected '{given!s}' to be true. Summarized data: {shown}")
        return None
    return raw_ops.Assert(condition, data, summarize, name or "Assert")


def _summary(tensor, most):
    """The first `most` elements of a tensor, all if it is negative, with commas between them."""
    if not hasattr(tensor, "numpy"):
        return str(tensor)
    elements = tensor.numpy().reshape(-1) if tensor.shape.rank else [tensor.numpy()]
    cut = 0 <= most < len(elements)
    return ", ".join([str(one) for one in (elements[:most] if cut else elements)] + ["..."] * cut)


def print(*inputs, **kwargs) -> Operation | None:
    """Prints tensors and other values when it runs.

    Args:
      *inputs: tensors and Python values.
      **kwargs: `output_stream` (sys.stderr by default, sys.stdout, or "file://" and a path), `summarize` (how many
        elements at each end to show; 3, -1 for all), `sep` (" "), `end` (a new line), `name`.

    Returns:
      The operation; None in eager mode.

    Raises:
      ValueError: there is another keyword, or no such stream.

    >>> tf.print("x:", tf.constant([1, 2]), output_stream="file:///dev/null")
    """
    stream = kwargs.pop("output_stream", sys.stderr)
    summarize = kwargs.pop("summarize", 3)
    sep, end, name = kwargs.pop("sep", " "), kwargs.pop("end", "\n"), kwargs.pop("name", None)
    kwargs.pop("format", None)
    if kwargs:
        raise ValueError(f"Unrecognized keyword arguments for tf.print: {kwargs}")
    targets = {id(sys.stdout): "stdout", id(sys.stderr): "stderr"}
    if isinstance(stream, str):
        target = stream if stream.startswith("file://") else None
    else:
        target = targets.get(id(stream))
    if target is None:
        raise ValueError(
            f"Unsupported output stream, logging level, or file. {stream}. Supported streams are sys.stdout and sys.stderr, and 'file://' with a path."
        )
    tensors, parts = [], []
    for one in inputs:
        if hasattr(one, "dtype") and hasattr(one, "shape") or isinstance(one, IndexedSlices):
            tensors.append(convert(one))
            parts.append("{}")
        else:
            parts.append(builtins.str(one).replace("{}", "{ }"))
    with name_scope(name, "PrintV2", tensors) as scope:
        text = raw_ops.StringFormat(tensors, sep.join(parts), "{}", summarize)
        return raw_ops.PrintV2(text, target, end, scope)


def Print(
    input_: TensorLike, data: TensorLike, message=None, first_n=None, summarize=None, name: str | None = None
) -> Tensor:
    """A tensor that prints others to the standard error when it is computed.

    Args:
      input_: the tensor that is passed on.
      data: the tensors to print.
      message: a text before them.
      first_n: how often to print; -1 for always.
      summarize: how many elements of each to show.
      name: a name for the operation.

    Returns:
      A tensor like `input_`.
    """
    first_n = -1 if first_n is None else first_n
    return raw_ops.Print(input_, data, message or "", first_n, 3 if summarize is None else summarize, name)
