"""Strings: joining, formatting, parsing, lengths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import dtypes, nest
from . import reduction
from .common import convert, name_scope, one_of

if TYPE_CHECKING:
    from ..framework.typing import DTypeLike, Tensor, TensorLike


def as_string(
    input: TensorLike,
    precision=-1,
    scientific: bool = False,
    shortest: bool = False,
    width=-1,
    fill: str = "",
    name: str | None = None,
) -> Tensor:
    """Numbers and bools as text.

    Args:
      input: a tensor.
      precision: digits behind the point; -1 for the default.
      scientific: whether to write exponents.
      shortest: whether to take the shorter of both forms.
      width: the least length; -1 for none.
      fill: what shorter text is filled up with.
      name: a name for the operation.

    Returns:
      A tensor of strings of the same shape.

    >>> tf.strings.as_string([3, 2]).numpy()
    array([b'3', b'2'], dtype=object)
    """
    return raw_ops.AsString(input, precision, scientific, shortest, width, fill, name)


def join(inputs, separator: str = "", name: str | None = None) -> Tensor:
    """Joins strings element by element.

    Args:
      inputs: a list of tensors of strings of one shape; scalars are repeated.
      separator: what goes between them.
      name: a name for the operation.

    Returns:
      A tensor of strings.

    >>> tf.strings.join(["a", "b"], separator="-").numpy()
    b'a-b'
    """
    return raw_ops.StringJoin(inputs, separator, name)


def format(template, inputs, placeholder: str = "{}", summarize=3, name: str | None = None) -> Tensor:
    """Writes tensors into a template.

    Args:
      template: a text with placeholders.
      inputs: a list of tensors, one for each placeholder.
      placeholder: the placeholder.
      summarize: how many elements at each end are written; -1 for all.
      name: a name for the operation.

    Returns:
      A scalar string.

    Raises:
      ValueError: the numbers of placeholders and tensors differ.

    >>> tf.strings.format("x = {}", tf.constant([1, 2])).numpy()
    b'x = [1 2]'
    """
    inputs = inputs if isinstance(inputs, (list, tuple)) else [inputs]
    if template.count(placeholder) != len(inputs):
        raise ValueError(
            f"The template expects {template.count(placeholder)} tensors, but the inputs only has {len(inputs)}. Please ensure the number of placeholders in template matches inputs length."
        )
    return raw_ops.StringFormat(nest.flatten(inputs), template, placeholder, summarize, name)


def length(input: TensorLike, unit: str = "BYTE", name: str | None = None) -> Tensor:
    """The lengths of strings.

    Args:
      input: a tensor of strings.
      unit: "BYTE" or "UTF8_CHAR".
      name: a name for the operation.

    Returns:
      An int32 tensor of the same shape.

    >>> tf.strings.length(["ab", ""]).numpy()
    array([2, 0], dtype=int32)
    """
    return raw_ops.StringLength(input, unit, name)


def length_v1(input: TensorLike, name: str | None = None, unit: str = "BYTE") -> Tensor:
    """`length` with the argument order of TensorFlow 1.

    Args:
      input: a tensor of strings.
      name: a name for the operation.
      unit: "BYTE" or "UTF8_CHAR".

    Returns:
      An int32 tensor of the same shape.
    """
    return raw_ops.StringLength(input, unit, name)


def to_number(input: TensorLike, out_type: DTypeLike = dtypes.float32, name: str | None = None) -> Tensor:
    """The numbers that strings spell.

    Args:
      input: a tensor of strings.
      out_type: float32, float64, int32, int64, uint32 or uint64.
      name: a name for the operation.

    Returns:
      A tensor of the same shape.

    Raises:
      InvalidArgumentError: a string is no number.

    >>> tf.strings.to_number("1.5").numpy().item()
    1.5
    """
    return raw_ops.StringToNumber(input, out_type, name)


def to_number_v1(
    string_tensor: TensorLike | None = None, out_type: DTypeLike = dtypes.float32, name: str | None = None, input=None
) -> Tensor:
    """`to_number`, where the strings may also be called `string_tensor`.

    Args:
      string_tensor: a tensor of strings.
      out_type: the dtype of the numbers.
      name: a name for the operation.
      input: another name of `string_tensor`.

    Returns:
      A tensor of the same shape.
    """
    return raw_ops.StringToNumber(one_of("input", input, "string_tensor", string_tensor), out_type, name)


def reduce_join(
    inputs: TensorLike,
    axis: TensorLike | None = None,
    keepdims: bool = False,
    separator: str = "",
    name: str | None = None,
) -> Tensor:
    """Joins strings along axes.

    Args:
      inputs: a tensor of strings.
      axis: an axis or a list of axes, the first fastest; None for all.
      keepdims: whether the axes stay, with size 1.
      separator: what goes between strings.
      name: a name for the operation.

    Returns:
      A tensor of strings.

    >>> tf.strings.reduce_join(["a", "b"]).numpy()
    b'ab'
    """
    with name_scope(name, "ReduceJoin", [inputs]) as scope:
        inputs = convert(inputs)
        return raw_ops.ReduceJoin(inputs, reduction.all_axes(inputs, axis), bool(keepdims), separator, scope)


def reduce_join_v1(
    inputs: TensorLike,
    axis: TensorLike | None = None,
    keep_dims=None,
    separator: str = "",
    name: str | None = None,
    reduction_indices=None,
    keepdims=None,
) -> Tensor:
    """`reduce_join` with the arguments of TensorFlow 1.

    Args:
      inputs: a tensor of strings.
      axis: an axis or a list of axes, the first fastest; None for all.
      keep_dims: the old name of `keepdims`.
      separator: what goes between strings.
      name: a name for the operation.
      reduction_indices: the old name of `axis`.
      keepdims: whether the axes stay, with size 1.

    Returns:
      A tensor of strings.
    """
    axis = one_of("axis", axis, "reduction_indices", reduction_indices)
    return reduce_join(inputs, axis, one_of("keepdims", keepdims, "keep_dims", keep_dims), separator, name)
