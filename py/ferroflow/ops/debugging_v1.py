"""Assertions with the arguments of TensorFlow 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import debugging

if TYPE_CHECKING:
    from ..framework.typing import Operation, TensorLike


def assert_equal(
    x: TensorLike, y: TensorLike, data=None, summarize=None, message=None, name: str | None = None
) -> Operation | None:
    """Checks that `x == y` everywhere.

    Args:
      x: a tensor.
      y: a tensor of the same dtype, broadcast with `x`.
      data: what to show if it does not hold.
      summarize: how many elements to show.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: it does not hold.
    """
    return debugging.assert_equal(x, y, message=message, summarize=summarize, name=name)


def assert_none_equal(
    x: TensorLike, y: TensorLike, data=None, summarize=None, message=None, name: str | None = None
) -> Operation | None:
    """Checks that `x != y` everywhere.

    Args:
      x: a tensor.
      y: a tensor of the same dtype, broadcast with `x`.
      data: what to show if it does not hold.
      summarize: how many elements to show.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: it does not hold.
    """
    return debugging.assert_none_equal(x, y, message=message, summarize=summarize, name=name)


def assert_less(
    x: TensorLike, y: TensorLike, data=None, summarize=None, message=None, name: str | None = None
) -> Operation | None:
    """Checks that `x < y` everywhere.

    Args:
      x: a tensor.
      y: a tensor of the same dtype, broadcast with `x`.
      data: what to show if it does not hold.
      summarize: how many elements to show.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: it does not hold.
    """
    return debugging.assert_less(x, y, message=message, summarize=summarize, name=name)


def assert_less_equal(
    x: TensorLike, y: TensorLike, data=None, summarize=None, message=None, name: str | None = None
) -> Operation | None:
    """Checks that `x <= y` everywhere.

    Args:
      x: a tensor.
      y: a tensor of the same dtype, broadcast with `x`.
      data: what to show if it does not hold.
      summarize: how many elements to show.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: it does not hold.
    """
    return debugging.assert_less_equal(x, y, message=message, summarize=summarize, name=name)


def assert_greater(
    x: TensorLike, y: TensorLike, data=None, summarize=None, message=None, name: str | None = None
) -> Operation | None:
    """Checks that `x > y` everywhere.

    Args:
      x: a tensor.
      y: a tensor of the same dtype, broadcast with `x`.
      data: what to show if it does not hold.
      summarize: how many elements to show.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: it does not hold.
    """
    return debugging.assert_greater(x, y, message=message, summarize=summarize, name=name)


def assert_greater_equal(
    x: TensorLike, y: TensorLike, data=None, summarize=None, message=None, name: str | None = None
) -> Operation | None:
    """Checks that `x >= y` everywhere.

    Args:
      x: a tensor.
      y: a tensor of the same dtype, broadcast with `x`.
      data: what to show if it does not hold.
      summarize: how many elements to show.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: it does not hold.
    """
    return debugging.assert_greater_equal(x, y, message=message, summarize=summarize, name=name)


def assert_positive(
    x: TensorLike, data=None, summarize=None, message=None, name: str | None = None
) -> Operation | None:
    """Checks that all elements are positive.

    Args:
      x: a tensor of real numbers.
      data: what to show if it does not hold.
      summarize: how many elements to show.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: some are not.
    """
    return debugging.assert_positive(x, message, summarize, name)


def assert_negative(
    x: TensorLike, data=None, summarize=None, message=None, name: str | None = None
) -> Operation | None:
    """Checks that all elements are negative.

    Args:
      x: a tensor of real numbers.
      data: what to show if it does not hold.
      summarize: how many elements to show.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: some are not.
    """
    return debugging.assert_negative(x, message, summarize, name)


def assert_non_negative(
    x: TensorLike, data=None, summarize=None, message=None, name: str | None = None
) -> Operation | None:
    """Checks that all elements are not negative.

    Args:
      x: a tensor of real numbers.
      data: what to show if it does not hold.
      summarize: how many elements to show.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: some are not.
    """
    return debugging.assert_non_negative(x, message, summarize, name)


def assert_non_positive(
    x: TensorLike, data=None, summarize=None, message=None, name: str | None = None
) -> Operation | None:
    """Checks that all elements are not positive.

    Args:
      x: a tensor of real numbers.
      data: what to show if it does not hold.
      summarize: how many elements to show.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      InvalidArgumentError: some are not.
    """
    return debugging.assert_non_positive(x, message, summarize, name)


def assert_rank(
    x: TensorLike, rank, data=None, summarize=None, message=None, name: str | None = None
) -> Operation | None:
    """Checks the number of axes; see `tf.debugging.assert_rank`.

    Args:
      x: a tensor.
      rank: how many axes.
      data: what to show if it does not hold.
      summarize: how many elements to show.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      ValueError: the number is another.
    """
    return debugging.assert_rank(x, rank, message, name)


def assert_rank_at_least(
    x: TensorLike, rank, data=None, summarize=None, message=None, name: str | None = None
) -> Operation | None:
    """Checks the number of axes; see `tf.debugging.assert_rank_at_least`.

    Args:
      x: a tensor.
      rank: how many axes.
      data: what to show if it does not hold.
      summarize: how many elements to show.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      ValueError: the number is another.
    """
    return debugging.assert_rank_at_least(x, rank, message, name)


def assert_rank_in(
    x: TensorLike, ranks, data=None, summarize=None, message=None, name: str | None = None
) -> Operation | None:
    """Checks the number of axes; see `tf.debugging.assert_rank_in`.

    Args:
      x: a tensor.
      ranks: how many axes.
      data: what to show if it does not hold.
      summarize: how many elements to show.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.

    Raises:
      ValueError: the number is another.
    """
    return debugging.assert_rank_in(x, ranks, message, name)


def assert_near(
    x: TensorLike, y: TensorLike, rtol=None, atol=None, data=None, summarize=None, message=None, name: str | None = None
) -> Operation | None:
    """Checks that numbers are close; see `tf.debugging.assert_near`.

    Args:
      x: a tensor of floats.
      y: a tensor of the same dtype.
      rtol: the relative tolerance.
      atol: the absolute tolerance.
      data: what to show if it does not hold.
      summarize: how many elements to show.
      message: how the error begins.
      name: a name for the operation.

    Returns:
      An operation; None in eager mode.
    """
    return debugging.assert_near(x, y, rtol, atol, message, summarize, name)
