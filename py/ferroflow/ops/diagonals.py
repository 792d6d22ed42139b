"""Diagonals of tensors whose axes come twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops

if TYPE_CHECKING:
    from ..framework.typing import Tensor, TensorLike


def tensor_diag(diagonal: TensorLike, name: str | None = None) -> Tensor:
    """A tensor that is zero except on its diagonal, where the two halves of its axes have the same positions.

    Args:
      diagonal: a tensor of rank one or more.
      name: a name for the operation.

    Returns:
      A tensor whose shape is that of `diagonal` twice over.

    Raises:
      InvalidArgumentError: `diagonal` is a scalar.

    >>> tf.linalg.tensor_diag([1, 2]).numpy()
    array([[1, 0],
           [0, 2]], dtype=int32)
    """
    return raw_ops.Diag(diagonal, name)


def tensor_diag_part(input: TensorLike, name: str | None = None) -> Tensor:
    """The diagonal of a tensor: the elements where the two halves of its axes have the same positions.

    Args:
      input: a tensor of even rank; the second half of its axes has the sizes of the first.
      name: a name for the operation.

    Returns:
      A tensor with the first half of the axes of `input`.

    Raises:
      InvalidArgumentError: the rank is odd, or sizes differ.

    >>> tf.linalg.tensor_diag_part([[1, 2], [3, 4]]).numpy()
    array([1, 4], dtype=int32)
    """
    return raw_ops.DiagPart(input, name)
