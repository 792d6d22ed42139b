"""Tensor and Operation, and questions about tensors."""

from .. import _core
from .tensor_util import constant_value

Tensor = _core.Tensor
Operation = _core.Operation
EagerTensor = _core.EagerTensor
SymbolicTensor = _core.SymbolicTensor
newaxis = None
# The sum of two tensors as `tf.add` makes it; None unless both are tensors.
add_tensors = _core.add_tensors


def is_symbolic_tensor(tensor):
    """Whether `tensor` is an output of an operation in a graph, so that it has no value yet."""
    return isinstance(tensor, _core.SymbolicTensor)


def get_static_value(tensor, partial=False):
    """The value of a tensor as an ndarray if it is known now, else None; with `partial`, None for unknown elements."""
    return constant_value(tensor, partial)
