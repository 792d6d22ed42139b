"""Functions of the bits of integers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops

if TYPE_CHECKING:
    from ..framework.typing import Tensor, TensorLike


def invert(x: TensorLike, name: str | None = None) -> Tensor:
    """Flips every bit.

    Args:
      x: a tensor of an integer dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.
    """
    return raw_ops.Invert(x, name)


def bitwise_and(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """The bits that are set in both.

    Args:
      x: a tensor of an integer dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.
    """
    return raw_ops.BitwiseAnd(x, y, name)


def bitwise_or(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """The bits that are set in at least one.

    Args:
      x: a tensor of an integer dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.
    """
    return raw_ops.BitwiseOr(x, y, name)


def bitwise_xor(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """The bits that are set in exactly one.

    Args:
      x: a tensor of an integer dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.
    """
    return raw_ops.BitwiseXor(x, y, name)


def left_shift(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """Shifts the bits of `x` to the left by `y`.

    Args:
      x: a tensor of an integer dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.
    """
    return raw_ops.LeftShift(x, y, name)


def right_shift(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """Shifts the bits of `x` to the right by `y`; negative numbers stay negative.

    Args:
      x: a tensor of an integer dtype.
      y: a tensor of the same dtype, whose shape can be broadcast with that of `x`.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape and of the same dtype.
    """
    return raw_ops.RightShift(x, y, name)
