"""Assertions about ranks, shapes and dtypes, and what kind of value something is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import context, dtypes
from ..framework.composite import IndexedSlices
from ..framework.grouping import group, no_op
from ..framework.tensors import Tensor
from . import flow
from .arithmetic import cast
from .checks import describe, prefix
from .common import convert, name_scope, static_value

if TYPE_CHECKING:
    from ..framework.typing import DTypeLike, Operation, TensorLike

_OK = "static_checks_determined_all_ok"


def _name(x):
    return x.name if hasattr(x, "graph") and hasattr(x, "name") else ""


def _is_sparse(x):
    return hasattr(x, "dense_shape")


def _rank(x):
    return raw_ops.Size(x.dense_shape) if _is_sparse(x) else raw_ops.Rank(x)


def _shape(x):
    return x.dense_shape if _is_sparse(x) else raw_ops.Shape(x)


def _rank_operand(rank):
    """A wanted rank as (tensor, number or None)."""
    rank = convert(rank, name="rank")
    if rank.dtype != dtypes.int32:
        raise TypeError(f"{_name(rank) or 'tensor'} must be of type tf.int32; got {rank.dtype!r}")
    if rank.shape.rank not in (None, 0):
        raise ValueError("Rank must be a scalar.")
    if rank.shape.rank is None:
        right = raw_ops.Equal(raw_ops.Rank(rank), 0)
        with context.control_dependencies([flow.Assert(right, ["Rank must be a scalar. Received rank: ", rank])]):
            rank = raw_ops.Identity(rank)
    known = static_value(rank)
    return rank, None if known is None else int(known)


def _check_rank(x, ranks, kind, data, summarize, message, name):
    """An assertion about the number of axes; `kind` is "", " at least" or " in"."""
    with name_scope(name, "assert_rank" + kind.replace(" ", "_"), [x, *ranks, data]):
        x = x if _is_sparse(x) else convert(x, name="x")
        operands = [_rank_operand(rank) for rank in ranks]
        known, found = [number for _, number in operands], x.shape.rank
        text = f"Tensor {_name(x)} must have rank{kind}"
        if found is not None and None not in known:
            if found >= known[0] if kind == " at least" else found in known:
                return no_op(_OK)
            wanted = tuple(known) if kind == " in" else known[0]
            raise ValueError(f"{prefix(message)}{text} {wanted}.  Received rank {found}, shape {x.shape}")
        if data is None:
            data = [prefix(message), text, *(rank for rank, _ in operands), "Received shape: ", _shape(x)]
        compare = raw_ops.GreaterEqual if kind == " at least" else raw_ops.Equal
        holds = None
        for rank, _ in operands:
            one = compare(_rank(x), rank)
            holds = one if holds is None else raw_ops.LogicalOr(holds, one)
        return flow.Assert(convert(False) if holds is None else holds, data, summarize)


def _rank_pair(kind, what, argument, wanted):
    """An assertion about the number of axes, with the arguments of TensorFlow 2 and of TensorFlow 1."""
    several = argument == "ranks"

    def current(x: TensorLike, rank, message=None, name: str | None = None) -> Operation | None:
        return _check_rank(x, list(rank) if several else [rank], kind, None, None, message, name)

    def old(x: TensorLike, rank, data=None, summarize=None, message=None, name: str | None = None) -> Operation | None:
        return _check_rank(x, list(rank) if several else [rank], kind, data, summarize, message, name)

    def current_in(x: TensorLike, ranks, message=None, name: str | None = None) -> Operation | None:
        return current(x, ranks, message, name)

    def old_in(
        x: TensorLike, ranks, data=None, summarize=None, message=None, name: str | None = None
    ) -> Operation | None:
        return old(x, ranks, data, summarize, message, name)

    made = (current_in, old_in) if several else (current, old)
    for function, data in zip(
        made, ("", "data: what to show.\n      summarize: how many elements to show.\n      "), strict=True
    ):
        function.__name__ = function.__qualname__ = "assert_rank" + kind.replace(" ", "_")
        function.__doc__ = f"""Checks the {what}.

    Args:
      x: a tensor.
      {argument}: {wanted}.
      {data}message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      TypeError: a rank is no int32.
      ValueError: the number is another, or a rank is no scalar.
      InvalidArgumentError: the same where it is known only when the operation runs.
    """
    return made


assert_rank, assert_rank_v1 = _rank_pair("", "number of axes", "rank", "how many axes it must have")
assert_rank_at_least, assert_rank_at_least_v1 = _rank_pair(
    " at least", "least number of axes", "rank", "how many axes it must have at least"
)
assert_rank_in, assert_rank_in_v1 = _rank_pair(" in", "number of axes", "ranks", "the numbers that are allowed")


def assert_scalar_v1(tensor: TensorLike, name: str | None = None, message=None) -> Tensor:
    """Checks that a tensor has no axes.

    Args:
      tensor: a tensor.
      name: a name for the operation.
      message: how the error begins.

    Returns:
      The tensor.

    Raises:
      ValueError: it has axes, or may have.
    """
    with name_scope(name, "assert_scalar", [tensor]) as scope:
        tensor = convert(tensor, name=scope)
        if tensor.shape.rank != 0:
            which = f" for {_name(tensor)}" if _name(tensor) else ""
            raise ValueError(f"{prefix(message)}Expected scalar shape{which}, saw shape: {tensor.shape}.")
        return tensor


def assert_scalar(tensor: TensorLike, message=None, name: str | None = None) -> None:
    """Checks that a tensor has no axes.

    Args:
      tensor: a tensor.
      message: how the error begins.
      name: a name for the operation.

    Raises:
      ValueError: it has axes, or may have.

    >>> tf.debugging.assert_scalar(1.0)
    """
    assert_scalar_v1(tensor, name, message)


def assert_type_v1(tensor: TensorLike, tf_type: DTypeLike, message=None, name: str | None = None) -> Operation | None:
    """Checks the dtype.

    Args:
      tensor: a tensor.
      tf_type: the dtype it must have.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      TypeError: it has another.
    """
    tf_type = dtypes.as_dtype(tf_type)
    with name_scope(name, "assert_type", [tensor]):
        if not _is_sparse(tensor):
            tensor = convert(tensor, name="tensor")
        if tensor.dtype != tf_type:
            which = _name(tensor) or "tensor"
            raise TypeError(f"{prefix(message)}{which} must be of type {tf_type!r}; got {tensor.dtype!r}")
        return no_op("statically_determined_correct_type")


def assert_type(tensor: TensorLike, tf_type: DTypeLike, message=None, name: str | None = None) -> None:
    """Checks the dtype.

    Args:
      tensor: a tensor.
      tf_type: the dtype it must have.
      message: how the error begins.
      name: a name for the operation.

    Raises:
      TypeError: it has another.

    >>> tf.debugging.assert_type(tf.constant(1.0), tf.float32)
    """
    assert_type_v1(tensor, tf_type, message, name)


def assert_integer_v1(x: TensorLike, message=None, name: str | None = None) -> Operation | None:
    """Checks that the dtype is one of integers.

    Args:
      x: a tensor.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      TypeError: it is another.
    """
    with name_scope(name, "assert_integer", [x]):
        x = convert(x, name="x")
        if not x.dtype.is_integer:
            which = _name(x) or "tensor"
            raise TypeError(
                f'{prefix(message)}Expected "x" to be integer type.  Found: {which} of dtype <dtype: {x.dtype.name!r}>'
            )
        return no_op("statically_determined_was_integer")


def assert_integer(x: TensorLike, message=None, name: str | None = None) -> None:
    """Checks that the dtype is one of integers.

    Args:
      x: a tensor.
      message: how the error begins.
      name: a name for the operation.

    Raises:
      TypeError: it is another.

    >>> tf.debugging.assert_integer(tf.constant(1))
    """
    assert_integer_v1(x, message, name)


def is_numeric_tensor(tensor) -> bool:
    """Whether a value is a tensor of numbers.

    Args:
      tensor: any object.

    >>> tf.debugging.is_numeric_tensor(tf.constant(1))
    True
    """
    return hasattr(tensor, "dtype") and hasattr(tensor, "shape") and getattr(tensor.dtype, "is_numeric", False)


def assert_proper_iterable(values) -> None:
    """Checks that a value is a list or the like, not a tensor, array or string, which one can iterate over too.

    Args:
      values: any object.

    Raises:
      TypeError: it is not.

    >>> tf.debugging.assert_proper_iterable([1, 2])
    """
    import numpy as np

    found = f"Found: {type(values)}"
    if isinstance(values, (Tensor, IndexedSlices, np.ndarray, bytes, str)) or hasattr(values, "dense_shape"):
        raise TypeError(f'Expected argument "values" to be a "proper" iterable.  {found}')
    if not hasattr(values, "__iter__"):
        raise TypeError(f'Expected argument "values" to be iterable.  {found}')


def assert_same_float_dtype(tensors=None, dtype=None):
    """The common dtype of some tensors of floats.

    Args:
      tensors: a list of tensors; None among them is left out.
      dtype: the dtype that they must have.

    Returns:
      The dtype; float32 if nothing is given.

    Raises:
      ValueError: the dtypes differ, or are not of floats.

    >>> tf.debugging.assert_same_float_dtype([tf.constant(1.0)])
    tf.float32
    """
    first = None
    for tensor in tensors or ():
        if tensor is None:
            continue
        shown = _name(tensor) or str(tensor)
        if dtype is None:
            dtype, first = tensor.dtype.base_dtype, shown
        elif tensor.dtype.base_dtype != dtype:
            like = "" if first is None else f" as {first}"
            raise ValueError(
                f"{shown}, type=<dtype: {tensor.dtype.name!r}>, must be of the same type "
                f"(<dtype: {dtype.name!r}>){like}."
            )
    dtype = dtypes.float32 if dtype is None else dtype
    if not dtype.is_floating:
        raise ValueError(f"Expected floating point type, got <dtype: {dtype.name!r}>.")
    return dtype


def _parse_shape(x, shape, start):
    """(the sizes that `shape` demands, whether they are of the innermost axes only)."""
    label = f"{start}Tensor {describe(x)}"
    if not (hasattr(shape, "__iter__") or hasattr(shape, "__getitem__")):
        raise ValueError(
            f"{label}.  Specified shape must be an iterable.  An iterable has the attribute `__iter__` or "
            f"`__getitem__`.  Received specified shape: {shape}"
        )
    symbols = tuple(shape)
    for index, symbol in enumerate(symbols):
        if index and (symbol is ... or isinstance(symbol, str) and symbol == "*"):
            raise ValueError(
                f"{label} specified shape index {index}.  Symbol `...` or `*` for a variable number of unspecified "
                "dimensions is only allowed as the first entry"
            )
    innermost = bool(symbols) and (symbols[0] is ... or isinstance(symbols[0], str) and symbols[0] == "*")
    return symbols[innermost:], innermost


def _sizes(x):
    """The sizes of `x`, tensors where they are not known; a scalar counts as one axis of size 1."""
    rank = x.shape.rank
    if rank == 0:
        return (1,)
    shape = cast(_shape(x), dtypes.int32) if hasattr(x, "graph") else None
    if rank is None:
        scalar = raw_ops.Cast(raw_ops.Equal(_rank(x), 0), dtypes.int32)
        return raw_ops.ConcatV2([raw_ops.Fill(raw_ops.ExpandDims(scalar, 0), 1), shape], 0)
    return tuple(shape[axis] if size is None else size for axis, size in enumerate(x.shape.as_list()))


def _as_number(symbol):
    try:
        return int(symbol)
    except (ValueError, TypeError):
        return None


def assert_shapes_v1(shapes, data=None, summarize=None, message=None, name: str | None = None) -> Operation | None:
    """Checks shapes whose sizes are numbers, or names that stand for one size throughout.

    Args:
      shapes: a dict or a list of pairs: a tensor and its shape, an iterable of numbers and names; "." or None for any
        size, "*" or `...` in front for any number of axes more. A scalar counts as an axis of size 1.
      data: what to show if a shape differs.
      summarize: how many elements to show.
      message: how the error begins.
      name: a name for the operations.

    Returns:
      An operation; None in eager mode.

    Raises:
      ValueError: a shape differs, as far as shapes are known, or is no such iterable.
      InvalidArgumentError: the same where it is known only when the operation runs.
    """
    start = prefix(message)
    with name_scope(name, "assert_shapes", [data]):
        pairs = shapes.items() if isinstance(shapes, dict) else shapes
        pairs = [(x if _is_sparse(x) else convert(x), shape) for x, shape in pairs if shape is not None]
        parsed = [(x, *_parse_shape(x, shape, start)) for x, shape in pairs]
        ranks = []
        for x, symbols, innermost in parsed:
            if innermost:
                if len(symbols) > 1:
                    ranks.append(assert_rank_at_least_v1(x, len(symbols), data, summarize, message))
            elif len(symbols) > 1:
                ranks.append(assert_rank_v1(x, len(symbols), data, summarize, message))
            else:
                ranks.append(assert_rank_in_v1(x, [0, 1], data, summarize, message))
        with context.control_dependencies([one for one in ranks if one is not None]):
            checks = _check_sizes(parsed, start, data, summarize)
        return group(*checks) if checks or any(ranks) else no_op()


def _check_sizes(parsed, start, data, summarize):
    """The assertions about sizes; those that are known now are checked now."""
    checks, known = [], {}
    for x, symbols, innermost in parsed:
        sizes, symbols = _sizes(x), symbols or (1,)
        for axis, symbol in enumerate(symbols):
            if symbol is None or isinstance(symbol, str) and symbol == ".":
                continue
            axis -= len(symbols) if innermost else 0
            size, number = sizes[axis], _as_number(symbol)
            if symbol in known:
                wanted, other, place = known[symbol]
                why = f"Specified by tensor {describe(other)} dimension {place}"
            elif number is not None:
                wanted, why = number, "Specified explicitly"
            else:
                known[symbol] = (size, x, axis)
                continue
            text = f"Tensor {describe(x)} dimension"
            if isinstance(size, int) and isinstance(wanted, int):
                if size != wanted:
                    raise ValueError(
                        f"{start}{why}.  {text} {axis} must have size {wanted}.  Received size {size}, shape {x.shape}"
                    )
                continue
            shown = [start, why, text, axis, "must have size", wanted, "Received shape: ", _shape(x)]
            checks.append(flow.Assert(raw_ops.Equal(size, wanted), shown if data is None else data, summarize))
    return checks


def assert_shapes(shapes, data=None, summarize=None, message=None, name: str | None = None) -> None:
    """Checks shapes whose sizes are numbers, or names that stand for one size throughout.

    Args:
      shapes: a dict or a list of pairs: a tensor and its shape, an iterable of numbers and names; "." or None for any
        size, "*" or `...` in front for any number of axes more. A scalar counts as an axis of size 1.
      data: what to show if a shape differs.
      summarize: how many elements to show.
      message: how the error begins.
      name: a name for the operations.

    Raises:
      ValueError: a shape differs, as far as shapes are known, or is no such iterable.

    >>> tf.debugging.assert_shapes([(tf.constant([1, 2]), ("N",)), (tf.constant([3, 4]), ("N",))])
    """
    assert_shapes_v1(shapes, data, summarize, message, name)


def check_weights(weights, values):
    """Weights are a scalar, or have the rank of the values and in each axis their size or 1.

    Raises:
      ValueError: they do not.
    """
    have, want = weights.shape, values.shape
    if have.rank in (None, 0) or want.rank is None:
        return
    first, received = "weights can not be broadcast to values.", f"Received weights={weights}, values={values}"
    if have.rank != want.rank:
        ranks = f"values.rank={want.rank}. weights.rank={have.rank}. values.shape={want}. weights.shape={have}."
        raise ValueError(f"{first} {ranks} {received}")
    for axis, (size, whole) in enumerate(zip(have.as_list(), want.as_list(), strict=True)):
        if None not in (size, whole) and size not in (1, whole):
            shown = [str(one.as_list()).replace(",", "") for one in (want, have)]
            sizes = f"values.shape={shown[0]}, weights.shape={shown[1]}."
            raise ValueError(f"{first} Mismatch at dim {axis}. {sizes} {received}")
