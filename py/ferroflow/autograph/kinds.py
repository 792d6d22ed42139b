"""What decides whether an operator works in Python or in the graph."""

from ..framework import context
from ..framework.composite import CompositeTensor
from ..framework.tensors import Tensor
from ..framework.variables import Variable


def is_tensor(value):
    """Whether a value makes control flow a matter of the graph."""
    return isinstance(value, (Tensor, Variable))


def in_graph(value):
    """Whether a value is a tensor, and what depends on it cannot be decided now."""
    return isinstance(value, (Tensor, Variable)) and not context.executing_eagerly()


def check_condition(value, what):
    """Fails unless a tensor can be the condition of a statement.

    Raises:
      ValueError: it is no bool, or no scalar.
    """
    if value.dtype == "bool" and value.shape.rank in (None, 0):
        return value
    hint = "" if value.dtype == "bool" else "; to use as boolean Tensor, use `tf.cast`"
    raise ValueError(
        f"condition of {what} expected to be `tf.bool` scalar, got {value}{hint}; to check for None, use `is not None`"
    )


def is_dataset(value):
    """Whether a value is a `tf.data.Dataset`."""
    return isinstance(value, CompositeTensor) and hasattr(value, "take_while")


def is_ragged(value):
    """Whether a value is a ragged tensor."""
    return isinstance(value, CompositeTensor) and hasattr(value, "nested_row_splits")


def is_iterator(value):
    """Whether a value is an iterator of a dataset."""
    return isinstance(value, CompositeTensor) and hasattr(value, "get_next_as_optional")
