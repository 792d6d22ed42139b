"""Tensor and Operation, and questions about tensors."""

from __future__ import annotations

from .. import _core
from .tensor_util import constant_value

TYPE_CHECKING = False  # what `typing` would say, without the time of its import
if TYPE_CHECKING:
    from typing import Any

Tensor = _core.Tensor
Operation = _core.Operation
EagerTensor = _core.EagerTensor
SymbolicTensor = _core.SymbolicTensor
newaxis = None
# The sum of two tensors as `tf.add` makes it; None unless both are tensors.
add_tensors = _core.add_tensors


def is_tensor(x: Any) -> bool:
    """Whether `x` is a tensor, a variable, or an `IndexedSlices`, `SparseTensor` or `RaggedTensor`.

    >>> tf.is_tensor(tf.constant(1)), tf.is_tensor([1])
    (True, False)
    """
    from .composite import CompositeTensor
    from .variables import Variable

    if isinstance(x, CompositeTensor):
        return x._counts_as_tensor
    return isinstance(x, (_core.Tensor, Variable))


def is_symbolic_tensor(tensor):
    """Whether `tensor` is an output of an operation in a graph, so that it has no value yet."""
    return isinstance(tensor, _core.SymbolicTensor)


def get_static_value(tensor, partial=False):
    """The value of a tensor as an ndarray if it is known now, else None; with `partial`, None for unknown elements.

    That of a variable is never known, as it may change; what is no tensor is its own value.
    """
    if isinstance(tensor, _core.Tensor):
        return constant_value(tensor, partial)
    return None if is_tensor(tensor) else tensor
