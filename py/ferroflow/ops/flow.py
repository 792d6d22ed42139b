"""Assertions and printing."""

from __future__ import annotations

import builtins
import pprint
import sys
from typing import TYPE_CHECKING

import numpy as np

from .. import logging
from .._gen import raw_ops
from ..framework import errors, nest
from ..framework.sparse_tensor import SparseTensor
from ..framework.type_spec import TypeSpec
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
    target = _target(stream)
    place = "{}"
    while any(place in text for text in (sep, end, *map(builtins.str, inputs))):
        place = f"{{{place}}}"
    tensors = []
    template = sep.join(_template(one, place, tensors) for one in inputs).replace(f"'{place}'", place)
    with name_scope(name, "PrintV2", tensors) as scope:
        if len(inputs) == 1 and _is_text(inputs[0]):
            return raw_ops.PrintV2(inputs[0], target, end, scope)
        return raw_ops.PrintV2(_formatted(tensors, template, place, summarize), target, end, scope)


def _formatted(tensors, template, place, summarize):
    """A template with the texts of tensors, of which some may be ragged."""
    if not any(hasattr(one, "flat_values") for one in tensors):
        return raw_ops.StringFormat(tensors, template, place, summarize)
    from .ragged.text import to_text

    parts = template.split(place)
    pieces = [parts[0]]
    for one, text in zip(tensors, parts[1:], strict=True):
        ragged = hasattr(one, "flat_values")
        pieces += [to_text(one, summarize) if ragged else raw_ops.StringFormat([one], "{}", "{}", summarize), text]
    return raw_ops.StringJoin(inputs=pieces)


def _target(stream):
    """What the op calls an output stream."""
    if isinstance(stream, str):
        named = stream if stream.startswith("file://") else None
    else:
        levels = {getattr(logging, level): f"log({level})" for level in ("info", "warning", "error")}
        named = next(
            (name for known, name in ((sys.stdout, "stdout"), (sys.stderr, "stderr")) if stream is known), None
        )
        named = named or (levels.get(stream) if callable(stream) else None)
    if named is None:
        raise ValueError(
            f"Unsupported output stream, logging level, or file.{stream}. Supported streams are sys.stdout, sys.stderr, "
            "tf.logging.info, tf.logging.warning, tf.logging.error. File needs to be in the form of 'file://<filepath>'."
        )
    return named


def _is_text(value):
    """Whether a value is a scalar string tensor, which is printed without quotes if it is alone."""
    return getattr(value, "dtype", None) == "string" and getattr(value.shape, "rank", None) == 0


def _template(value, place, tensors):
    """The text of a value with `place` for each of its tensors, which are added to `tensors`."""
    if isinstance(value, str):
        return value
    shown = []
    for one in nest.flatten(value):
        if isinstance(one, SparseTensor):
            tensors.extend([one.indices, one.values, one.dense_shape])
            shown.append(f"SparseTensor(indices={place}, values={place}, shape={place})")
        elif (
            hasattr(one, "dtype") and hasattr(one, "shape") and not isinstance(one, (TypeSpec, np.ndarray, np.generic))
        ):
            tensors.append(one if hasattr(one, "flat_values") else convert(one))
            shown.append(place)
        else:
            shown.append(one)
    return pprint.pformat(nest.pack_sequence_as(value, shown))


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
