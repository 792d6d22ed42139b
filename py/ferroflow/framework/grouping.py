"""`tf.group`, `tf.tuple` and `tf.no_op`: operations that only order others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _core
from .._gen import raw_ops
from . import nest
from .composite import IndexedSlices
from .context import as_control_operation, control_dependencies, graph_mode
from .name_scope import name_scope_of

if TYPE_CHECKING:
    from .typing import Operation, Tensor


def no_op(name: str | None = None) -> Operation:
    """An operation that does nothing, for control dependencies; None in eager mode."""
    return raw_ops.NoOp(name=name)


def group(*inputs, **kwargs) -> Operation:
    """An operation that is done when all inputs are.

    Args:
      *inputs: operations, tensors, variables, or nested structures of them.
      name: the operation's name.

    Returns:
      An operation; None if all inputs are eager.

    Raises:
      ValueError: another keyword argument.
      TypeError: an input of another type.
    """
    name = kwargs.pop("name", None)
    if kwargs:
        raise ValueError("Unknown keyword arguments: " + ", ".join(kwargs))
    operations = []
    for item in nest.flatten(list(inputs), expand_composites=True):
        if item is None and _core.executing_eagerly():
            continue  # what an eager op without results returned
        if not hasattr(item, "device"):
            raise TypeError(
                f"'inputs' should be zero or more (nested) Tensors. Received '{inputs}' with type '{type(item)}'."
            )
        operations.append(as_control_operation(item))
    operations = [operation for operation in operations if operation is not None]
    if not operations:
        return raw_ops.NoOp(name=name) if not _core.executing_eagerly() else None
    with control_dependencies(operations):
        return raw_ops.NoOp(name=name or "group_deps")


def tuple(tensors, name: str | None = None, control_inputs=None) -> list[Tensor]:
    """The tensors, each of which is only there when all are computed.

    Args:
      tensors: a list of tensors, `IndexedSlices` and None.
      name: name scope of the operations.
      control_inputs: further operations to wait for.

    Returns:
      A list like `tensors`.

    Raises:
      ValueError: no tensor at all.
      TypeError: a control input that is neither an operation nor a tensor.
    """
    if _core.executing_eagerly() and not any(isinstance(one, _core.SymbolicTensor) for one in tensors):
        return tensors
    with graph_mode(), name_scope_of(name, "tuple"):
        tensors = [one if one is None or hasattr(one, "dtype") else _core.convert(one) for one in tensors]
        waits = [as_control_operation(getattr(one, "op", one)) for one in tensors if one is not None]
        waits += [as_control_operation(one) for one in control_inputs or ()]
        if not waits:
            raise ValueError(f"`tensors` must have at least one Tensor. Received: {tensors}.")
        with control_dependencies(waits):
            gate = raw_ops.NoOp(name="group_deps")
        with control_dependencies([gate]):
            return [_passed(one) for one in tensors]


def tuple_v2(tensors, control_inputs=None, name: str | None = None) -> list[Tensor]:
    """`tuple` with the argument order of TensorFlow 2."""
    return tuple(tensors, name, control_inputs)


def _passed(value):
    if value is None:
        return None
    if isinstance(value, IndexedSlices):
        return IndexedSlices(
            raw_ops.Identity(input=value.values, name="control_dependency"), value.indices, value.dense_shape
        )
    if hasattr(value, "with_values"):
        return value.with_values(raw_ops.Identity(input=value.values, name="control_dependency"))
    return raw_ops.Identity(input=value, name="control_dependency")
