"""Ops on operands that are no tensors but know what to do: composite values with a method `__op_dispatch__`."""

from .. import _core


def call_op(number, inputs, attrs, name=None):
    """Runs the op of this number, or adds it to a graph.

    Args:
      number: the number of the op within this process.
      inputs: its operands, each as a raw op takes it.
      attrs: its attributes in the order of its definition, without those that follow from the operands.
      name: a name for the operation.
    """
    return _core.call(number, tuple(inputs), tuple(attrs), name)
