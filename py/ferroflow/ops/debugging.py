"""Assertions about values, shapes and dtypes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import dtypes, errors
from ..framework.grouping import no_op
from ..framework.tensor_shape import TensorShape
from . import flow
from .common import convert, name_scope, static_value

if TYPE_CHECKING:
    from ..framework.typing import Operation, Tensor, TensorLike


def check_numerics(tensor: TensorLike, message, name: str | None = None) -> Tensor:
    """A tensor that must be free of NaN and infinities.

    Args:
      tensor: a tensor of floats.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      The tensor.

    Raises:
      InvalidArgumentError: there is a NaN or infinity.

    >>> tf.debugging.check_numerics([1.0], "x").numpy()
    array([1.], dtype=float32)
    """
    return raw_ops.CheckNumerics(tensor, message, name)


def assert_all_finite(x: TensorLike, message, name: str | None = None) -> Tensor:
    """`check_numerics`.

    Args:
      x: a tensor of floats.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      The tensor.
    """
    return raw_ops.CheckNumerics(x, message, name or "VerifyFinite")


def verify_tensor_all_finite(
    t: TensorLike | None = None, msg=None, name: str | None = None, x=None, message=None
) -> Tensor:
    """`check_numerics` of TensorFlow 1.

    Args:
      t: a tensor of floats.
      msg: how the error begins.
      name: a name for the operation.
      x: another name of `t`.
      message: another name of `msg`.

    Returns:
      The tensor.
    """
    return assert_all_finite(t if x is None else x, msg if message is None else message, name)


def _compare(x, y, op, sign, data, summarize, message, name, default):
    with name_scope(name, default, [x, y]):
        x = convert(x)
        y = convert(y, dtype_hint=x.dtype.base_dtype)
        holds = raw_ops.All(*_all(op(x, y)))
        text = [message] if message else []
        text.append(f"Condition x {sign} y did not hold.")
        known = static_value(holds)
        if known is not None:
            if bool(known):
                return no_op() if hasattr(holds, "graph") else None
            values = "\n".join(
                f"{which} (shape={one.shape} dtype={one.dtype.name}) = \n{static_value(one)}"
                for which, one in (("x", x), ("y", y))
            )
            raise errors.InvalidArgumentError(None, None, "\n".join([*text, values]))
        shown = data if data is not None else [*text, "x = ", x, "y = ", y]
        return flow.Assert(holds, shown, summarize)


def _all(x):
    rank = x.shape.rank
    return x, (raw_ops.Range(0, raw_ops.Rank(x), 1) if rank is None else list(range(rank)))


def assert_rank(x: TensorLike, rank, message=None, name: str | None = None) -> Operation | None:
    """Checks the number of axes.

    Args:
      x: a tensor.
      rank: how many axes it must have.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      ValueError: the number is another.
    """
    return _check_rank(
        x, [rank], lambda found, wanted: found == wanted[0], "must have rank {}", message, name, "assert_rank"
    )


def assert_rank_at_least(x: TensorLike, rank, message=None, name: str | None = None) -> Operation | None:
    """Checks the least number of axes.

    Args:
      x: a tensor.
      rank: how many axes it must have at least.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      ValueError: there are fewer.
    """
    return _check_rank(
        x,
        [rank],
        lambda found, wanted: found >= wanted[0],
        "must have rank at least {}",
        message,
        name,
        "assert_rank_at_least",
    )


def assert_rank_in(x: TensorLike, ranks: TensorLike, message=None, name: str | None = None) -> Operation | None:
    """Checks the number of axes.

    Args:
      x: a tensor.
      ranks: the numbers that are allowed.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      ValueError: the number is another.
    """
    return _check_rank(
        x, list(ranks), lambda found, wanted: found in wanted, "must have rank in {}", message, name, "assert_rank_in"
    )


def _check_rank(x, wanted, fits, text, message, name, default):
    with name_scope(name, default, [x]):
        x = convert(x)
        wanted = [int(static_value(convert(one))) for one in wanted]
        found = x.shape.rank
        if found is None:
            right = [raw_ops.Equal(raw_ops.Rank(x), one) for one in wanted]
            holds = right[0] if len(right) == 1 else raw_ops.Any(raw_ops.Pack(right), [0])
            if "at least" in text:
                holds = raw_ops.GreaterEqual(raw_ops.Rank(x), wanted[0])
            return flow.Assert(holds, [message or "", f"Tensor {text.format(wanted)}.", raw_ops.Shape(x)])
        if not fits(found, wanted):
            shown = tuple(wanted) if "in" in text.split() else wanted[0]
            start = f"{message}." if message else ""
            label = f"Tensor {x.name}" if hasattr(x, "graph") else "Tensor"
            raise ValueError(f"{start}{label} {text.format(shown)}.  Received rank {found}, shape {x.shape}")
        return no_op() if hasattr(x, "graph") else None


def assert_scalar(tensor: TensorLike, message=None, name: str | None = None) -> Tensor:
    """Checks that a tensor has no axes.

    Args:
      tensor: a tensor.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      The tensor.

    Raises:
      ValueError: it has axes.
    """
    tensor = convert(tensor)
    if tensor.shape.rank not in (None, 0):
        raise ValueError(f"{message or ''}Expected scalar shape, saw shape: {tensor.shape}.")
    return tensor


def assert_scalar_v1(tensor: TensorLike, name: str | None = None, message=None) -> Tensor:
    """`assert_scalar` with the argument order of TensorFlow 1.

    Args:
      tensor: a tensor.
      name: a name for the operation.
      message: how the error begins.

    Returns:
      The tensor.
    """
    return assert_scalar(tensor, message, name)


def assert_type(tensor: TensorLike, tf_type, message=None, name: str | None = None) -> Operation | None:
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
    tensor = convert(tensor)
    if tensor.dtype != tf_type:
        raise TypeError(f"{message or ''}: Expected tensor to have dtype {tf_type!r}, got {tensor.dtype!r}")
    return no_op() if hasattr(tensor, "graph") else None


def assert_integer(x: TensorLike, message=None, name: str | None = None) -> Operation | None:
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
    x = convert(x)
    if not x.dtype.is_integer:
        raise TypeError(f'{message + " " if message else ""}Expected "x" to be integer type.  Found: {x.dtype!r}')
    return no_op() if hasattr(x, "graph") else None


def is_numeric_tensor(tensor) -> bool:
    """Whether a value is a tensor of numbers.

    Args:
      tensor: any object.

    >>> tf.debugging.is_numeric_tensor(tf.constant(1))
    True
    """
    return hasattr(tensor, "dtype") and hasattr(tensor, "shape") and getattr(tensor.dtype, "is_numeric", False)


def assert_near(
    x: TensorLike, y: TensorLike, rtol=None, atol=None, message=None, summarize=None, name: str | None = None
) -> Operation | None:
    """Checks that numbers are close: `abs(x - y) <= atol + rtol * abs(y)`.

    Args:
      x: a tensor of floats.
      y: a tensor of the same dtype.
      rtol: the relative tolerance, ten times the dtype's resolution by default.
      atol: the absolute tolerance, the same by default.
      message: how the error begins.
      summarize: how many elements to show.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: they are not.
    """
    x = convert(x)
    y = convert(y, dtype_hint=x.dtype.base_dtype)
    import numpy as np

    exact = x.dtype.real_dtype if x.dtype.is_complex else x.dtype
    default = 10 * (0.0078125 if exact == dtypes.bfloat16 else float(np.finfo(exact.as_numpy_dtype).eps))
    rtol = convert(default if rtol is None else rtol, exact)
    atol = convert(default if atol is None else atol, exact)

    def is_near(x, y):
        size = raw_ops.ComplexAbs if x.dtype.is_complex else raw_ops.Abs
        return raw_ops.LessEqual(size(raw_ops.Sub(x, y)), raw_ops.AddV2(atol, raw_ops.Mul(rtol, size(y))))

    return _compare(x, y, is_near, "~=", None, summarize, message, name, "assert_near")


def assert_shapes(
    shapes, data: TensorLike | None = None, summarize: TensorLike | None = None, message=None, name: str | None = None
):
    """Checks shapes whose sizes are numbers, or letters that stand for one number throughout.

    Args:
      shapes: a dict or a list of pairs: a tensor and its shape.
      data: accepted for TensorFlow's sake.
      summarize: accepted for TensorFlow's sake.
      message: how the error begins.
      name: a name for the operations.

    Raises:
      ValueError: a shape differs, as far as shapes are known.

    >>> tf.debugging.assert_shapes([(tf.constant([1, 2]), ("N",)), (tf.constant([3, 4]), ("N",))])
    """
    known = {}
    for tensor, wanted in shapes.items() if isinstance(shapes, dict) else shapes:
        shape = TensorShape(convert(tensor).shape)
        wanted = tuple(wanted) if isinstance(wanted, (tuple, list)) else (wanted,)
        if shape.rank is None:
            continue
        if len(wanted) != shape.rank:
            raise ValueError(
                f"{message or ''}.  Tensor must have rank {len(wanted)}.  Received rank {shape.rank}, shape {shape}"
            )
        for axis, (size, symbol) in enumerate(zip(shape.as_list(), wanted, strict=True)):
            if size is None or symbol in (None, "."):
                continue
            expected = (
                known.setdefault(symbol, size) if isinstance(symbol, str) and not symbol.isdigit() else int(symbol)
            )
            if expected != size:
                raise ValueError(
                    f"{message or ''}.  Specified by tensor dimension {axis}.  Tensor dimension {axis} must have size {expected}.  Received size {size}, shape {shape}"
                )


def assert_equal(
    x: TensorLike, y: TensorLike, message=None, summarize=None, name: str | None = None
) -> Operation | None:
    """Checks that `x` is equal to `y`.

    Args:
      x: a tensor.
      y: a tensor of the same dtype, broadcast with `x`.
      message: how the error begins.
      summarize: how many elements to show.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: it is not.
    """
    return _compare(x, y, raw_ops.Equal, "==", None, summarize, message, name, "assert_equal")


def assert_none_equal(
    x: TensorLike, y: TensorLike, summarize=None, message=None, name: str | None = None
) -> Operation | None:
    """Checks that `x` is different everywhere, compared with `y`.

    Args:
      x: a tensor.
      y: a tensor of the same dtype, broadcast with `x`.
      message: how the error begins.
      summarize: how many elements to show.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: it is not.
    """
    return _compare(x, y, raw_ops.NotEqual, "!=", None, summarize, message, name, "assert_none_equal")


def assert_less(
    x: TensorLike, y: TensorLike, message=None, summarize=None, name: str | None = None
) -> Operation | None:
    """Checks that `x` is smaller everywhere, compared with `y`.

    Args:
      x: a tensor.
      y: a tensor of the same dtype, broadcast with `x`.
      message: how the error begins.
      summarize: how many elements to show.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: it is not.
    """
    return _compare(x, y, raw_ops.Less, "<", None, summarize, message, name, "assert_less")


def assert_less_equal(
    x: TensorLike, y: TensorLike, message=None, summarize=None, name: str | None = None
) -> Operation | None:
    """Checks that `x` is nowhere larger, compared with `y`.

    Args:
      x: a tensor.
      y: a tensor of the same dtype, broadcast with `x`.
      message: how the error begins.
      summarize: how many elements to show.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: it is not.
    """
    return _compare(x, y, raw_ops.LessEqual, "<=", None, summarize, message, name, "assert_less_equal")


def assert_greater(
    x: TensorLike, y: TensorLike, message=None, summarize=None, name: str | None = None
) -> Operation | None:
    """Checks that `x` is larger everywhere, compared with `y`.

    Args:
      x: a tensor.
      y: a tensor of the same dtype, broadcast with `x`.
      message: how the error begins.
      summarize: how many elements to show.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: it is not.
    """
    return _compare(x, y, raw_ops.Greater, ">", None, summarize, message, name, "assert_greater")


def assert_greater_equal(
    x: TensorLike, y: TensorLike, message=None, summarize=None, name: str | None = None
) -> Operation | None:
    """Checks that `x` is nowhere smaller, compared with `y`.

    Args:
      x: a tensor.
      y: a tensor of the same dtype, broadcast with `x`.
      message: how the error begins.
      summarize: how many elements to show.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: it is not.
    """
    return _compare(x, y, raw_ops.GreaterEqual, ">=", None, summarize, message, name, "assert_greater_equal")


def assert_positive(x: TensorLike, message=None, summarize=None, name: str | None = None) -> Operation | None:
    """Checks that all elements are positive.

    Args:
      x: a tensor of real numbers.
      message: how the error begins.
      summarize: how many elements to show.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: some are not.
    """
    x = convert(x)
    zero = convert(0, x.dtype.base_dtype)
    return _compare(zero, x, raw_ops.Less, "<", None, summarize, message, name, "assert_positive")


def assert_negative(x: TensorLike, message=None, summarize=None, name: str | None = None) -> Operation | None:
    """Checks that all elements are negative.

    Args:
      x: a tensor of real numbers.
      message: how the error begins.
      summarize: how many elements to show.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: some are not.
    """
    x = convert(x)
    zero = convert(0, x.dtype.base_dtype)
    return _compare(x, zero, raw_ops.Less, "<", None, summarize, message, name, "assert_negative")


def assert_non_negative(x: TensorLike, message=None, summarize=None, name: str | None = None) -> Operation | None:
    """Checks that all elements are not negative.

    Args:
      x: a tensor of real numbers.
      message: how the error begins.
      summarize: how many elements to show.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: some are not.
    """
    x = convert(x)
    zero = convert(0, x.dtype.base_dtype)
    return _compare(zero, x, raw_ops.LessEqual, "<=", None, summarize, message, name, "assert_non_negative")


def assert_non_positive(x: TensorLike, message=None, summarize=None, name: str | None = None) -> Operation | None:
    """Checks that all elements are not positive.

    Args:
      x: a tensor of real numbers.
      message: how the error begins.
      summarize: how many elements to show.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: some are not.
    """
    x = convert(x)
    zero = convert(0, x.dtype.base_dtype)
    return _compare(x, zero, raw_ops.LessEqual, "<=", None, summarize, message, name, "assert_non_positive")
