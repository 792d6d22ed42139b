"""Assertions about values. Each stands here once; the forms of TensorFlow 1 and 2 differ in the order of arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .._gen import raw_ops
from ..framework import context, dtypes, errors
from ..framework.grouping import no_op
from . import flow
from .arithmetic import abs
from .common import convert, name_scope, one_of, static_value

if TYPE_CHECKING:
    from ..framework.typing import Operation, Tensor, TensorLike


def checked(tensor, assertions):
    """`tensor`, which in a graph depends on the assertions; eager ones were raised when they were made."""
    if hasattr(tensor, "numpy") or all(one is None for one in assertions):
        return tensor
    with context.control_dependencies([one for one in assertions if one is not None]):
        return raw_ops.Identity(input=tensor)


_DOC = """Checks that {what}.

    Args:
      {operands}
      {data}message: how the error begins.
      summarize: how many elements to show.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: it does not hold; at once where the values are known, else when the operation runs.
    """
_PAIR = "x: a tensor.\n      y: a tensor of the same dtype, broadcast with `x`."
_SINGLE = "x: a tensor of real numbers."
_DATA = "data: what to show if it does not hold, instead of the values.\n      "


_STATIC = {
    raw_ops.Equal: np.equal,
    raw_ops.NotEqual: np.not_equal,
    raw_ops.Less: np.less,
    raw_ops.LessEqual: np.less_equal,
    raw_ops.Greater: np.greater,
    raw_ops.GreaterEqual: np.greater_equal,
}


def describe(x):
    """How errors call a tensor: its name in a graph, shape and dtype in eager mode."""
    return x.name if hasattr(x, "graph") and hasattr(x, "name") else f"shape={x.shape} dtype={x.dtype.name}"


def prefix(message):
    """How errors begin."""
    return f"{message}.  " if message else ""


def _all(x):
    rank = x.shape.rank
    return raw_ops.All(x, raw_ops.Range(0, raw_ops.Rank(x), 1) if rank is None else list(range(rank)))


def _differences(x, y, sign, holds, count):
    """The lines of an eager error: where `x` and `y` differ, and how they begin."""
    x, y, holds = x.numpy(), y.numpy(), holds.numpy()
    lines = [f"Condition x {sign} y did not hold."]
    if x.shape == y.shape and x.shape:
        places = (~holds).nonzero()
        shown = min(count, len(places[0]))
        lines += [f"Indices of first {shown} different values:", np.stack(places, 1)[:shown]]
        lines += ["Corresponding x values:", x[places][:shown], "Corresponding y values:", y[places][:shown]]
    for name, values in (("x", x.reshape(-1)), ("y", y.reshape(-1))):
        shown = min(values.size, count)
        lines += [f"First {shown} elements of {name}:", values[:shown]]
    return lines


def _shown(value, count):
    """One thing to show in an eager error."""
    if not hasattr(value, "numpy"):
        return str(value)
    values = value.numpy()
    if not getattr(values, "shape", ()):
        return str(values)
    flat = [str(one) for one in values.reshape(-1)[:count]]
    return str(flat + ["..."] if len(flat) < values.size else flat)


def _static_text(value):
    known = static_value(value) if hasattr(value, "graph") else value
    return str(value if known is None else known)


def compare(x, y, op, sign, data, summarize, message, name, default):
    """An assertion that `op` holds for all elements of `x` and `y`.

    Args:
      x: a tensor, as `y`.
      y: a tensor.
      op: a comparison of `raw_ops`.
      sign: how errors write it.
      data: what errors show instead of the values, or None.
      summarize: how many elements errors show.
      message: how errors begin.
      name: the name scope.
      default: the name scope if `name` is None.
    """
    with name_scope(name, default, [x, y, data]):
        if op is raw_ops.Equal and x is y:
            return no_op()
        x = convert(x, name="x")
        y = convert(y, name="y")
        outcome = op(x, y)
        holds = _all(outcome)
        start = [message] if message is not None else []
        if hasattr(holds, "numpy"):
            if not holds.numpy():
                count = 3 if summarize is None else summarize if summarize >= 0 else 10**9
                lines = _differences(x, y, sign, outcome, count) if data is None else data
                text = "\n".join(_shown(one, count) for one in [*start, *lines])
                raise errors.InvalidArgumentError(None, None, text)
            return None
        if data is None:
            data = [f"Condition x {sign} y did not hold element-wise:"]
            data += [f"x ({describe(x)}) = ", x, f"y ({describe(y)}) = ", y]
        data = [*start, *data]
        known = [static_value(x), static_value(y)]
        if all(one is not None for one in known) and not _STATIC[op](*known).all():
            raise errors.InvalidArgumentError(None, None, "\n".join(map(_static_text, data)))
        return flow.Assert(holds, data, summarize)


def _named(function, name, doc):
    function.__name__ = function.__qualname__ = name
    function.__doc__ = doc


def _pair(name, op, sign):
    """An assertion about two tensors, with the arguments of TensorFlow 2 and of TensorFlow 1."""

    def current(
        x: TensorLike, y: TensorLike, message=None, summarize=None, name: str | None = None
    ) -> Operation | None:
        return compare(x, y, op, sign, None, summarize, message, name, scope)

    def old(
        x: TensorLike, y: TensorLike, data=None, summarize=None, message=None, name: str | None = None
    ) -> Operation | None:
        return compare(x, y, op, sign, data, summarize, message, name, scope)

    scope, what = name, f"`x {sign} y` everywhere"
    _named(current, name, _DOC.format(what=what, operands=_PAIR, data=""))
    _named(old, name, _DOC.format(what=what, operands=_PAIR, data=_DATA))
    return current, old


def _with_zero(name, sign, what, op, zero_first):
    """An assertion about the sign of all elements, with the arguments of TensorFlow 2 and of TensorFlow 1."""

    def check(x, data, summarize, message, name):
        with name_scope(name, scope, [x, data]):
            x = convert(x, name="x")
            if data is None:
                lines = [f"Condition x {sign} 0 did not hold element-wise:", f"x ({describe(x)}) = "]
                data = [prefix(message), *(["".join(lines)] if sign == "<=" else lines), x]
            zero = convert(0, x.dtype.base_dtype)
            pair = (zero, x) if zero_first else (x, zero)
            inner = "assert_less" if op is raw_ops.Less else "assert_less_equal"
            return compare(*pair, op, sign, data, summarize, None, None, inner)

    def current(x: TensorLike, message=None, summarize=None, name: str | None = None) -> Operation | None:
        return check(x, None, summarize, message, name)

    def old(x: TensorLike, data=None, summarize=None, message=None, name: str | None = None) -> Operation | None:
        return check(x, data, summarize, message, name)

    scope, what = name, f"all elements are {what}"
    _named(current, name, _DOC.format(what=what, operands=_SINGLE, data=""))
    _named(old, name, _DOC.format(what=what, operands=_SINGLE, data=_DATA))
    return current, old


assert_equal, assert_equal_v1 = _pair("assert_equal", raw_ops.Equal, "==")
_none_equal, assert_none_equal_v1 = _pair("assert_none_equal", raw_ops.NotEqual, "!=")
assert_less, assert_less_v1 = _pair("assert_less", raw_ops.Less, "<")
assert_less_equal, assert_less_equal_v1 = _pair("assert_less_equal", raw_ops.LessEqual, "<=")
assert_greater, assert_greater_v1 = _pair("assert_greater", raw_ops.Greater, ">")
assert_greater_equal, assert_greater_equal_v1 = _pair("assert_greater_equal", raw_ops.GreaterEqual, ">=")
assert_positive, assert_positive_v1 = _with_zero("assert_positive", ">", "above zero", raw_ops.Less, True)
assert_negative, assert_negative_v1 = _with_zero("assert_negative", "<", "below zero", raw_ops.Less, False)
assert_non_negative, assert_non_negative_v1 = _with_zero(
    "assert_non_negative", ">=", "zero or above", raw_ops.LessEqual, True
)
assert_non_positive, assert_non_positive_v1 = _with_zero(
    "assert_non_positive", "<=", "zero or below", raw_ops.LessEqual, False
)


def assert_none_equal(
    x: TensorLike, y: TensorLike, summarize=None, message=None, name: str | None = None
) -> Operation | None:
    """Checks that `x != y` everywhere.

    Args:
      x: a tensor.
      y: a tensor of the same dtype, broadcast with `x`.
      summarize: how many elements to show.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: it does not hold; at once where the values are known, else when the operation runs.
    """
    return _none_equal(x, y, message, summarize, name)


def assert_near_v1(
    x: TensorLike, y: TensorLike, rtol=None, atol=None, data=None, summarize=None, message=None, name: str | None = None
) -> Operation | None:
    """Checks that numbers are close: `abs(x - y) < atol + rtol * abs(y)`.

    Args:
      x: a tensor of floats.
      y: a tensor of the same dtype.
      rtol: the relative tolerance, ten times the dtype's resolution by default.
      atol: the absolute tolerance, the same by default.
      data: what to show if it does not hold, instead of the values.
      summarize: how many elements to show.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      ValueError: the dtypes differ, or are not of floats.
      InvalidArgumentError: they are not close.
    """
    with name_scope(name, "assert_near", [x, y, rtol, atol, data]):
        x = convert(x, name="x")
        y = convert(y, dtype=x.dtype, name="y")
        exact = x.dtype.real_dtype if x.dtype.is_complex else x.dtype
        if not exact.is_floating:
            raise ValueError(f"data type {exact.as_numpy_dtype!r} not inexact")
        default = 10 * (0.0078125 if exact == dtypes.bfloat16 else float(np.finfo(exact.as_numpy_dtype).eps))
        rtol = convert(default if rtol is None else rtol, exact, name="rtol")
        atol = convert(default if atol is None else atol, exact, name="atol")
        if data is None:
            data = [prefix(message), f"x and y not equal to tolerance rtol = {rtol!s}, atol = {atol!s}"]
            data += [f"x ({describe(x)}) = ", x, f"y ({describe(y)}) = ", y]
        most = raw_ops.AddV2(atol, raw_ops.Mul(rtol, abs(y)))
        return flow.Assert(_all(raw_ops.Less(abs(raw_ops.Sub(x, y)), most)), data, summarize)


def assert_near(
    x: TensorLike, y: TensorLike, rtol=None, atol=None, message=None, summarize=None, name: str | None = None
) -> Operation | None:
    """Checks that numbers are close: `abs(x - y) < atol + rtol * abs(y)`.

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
      ValueError: the dtypes differ, or are not of floats.
      InvalidArgumentError: they are not close.

    >>> tf.debugging.assert_near([1.0], [1.0])
    """
    return assert_near_v1(x, y, rtol, atol, None, summarize, message, name)


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


def verify_tensor_all_finite(t=None, msg=None, name: str | None = None, x=None, message=None) -> Tensor:
    """`check_numerics` of TensorFlow 1.

    Args:
      t: a tensor of floats.
      msg: how the error begins.
      name: a name for the operation.
      x: another name of `t`.
      message: another name of `msg`.

    Returns:
      The tensor.

    Raises:
      ValueError: an argument is given under both names.
    """
    return assert_all_finite(one_of("x", x, "t", t), one_of("message", message, "msg", msg), name)
