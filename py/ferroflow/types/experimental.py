"""Names that TensorFlow keeps under `tf.types.experimental`."""

import abc
import typing

from ..framework.function.concrete import ConcreteFunction
from ..framework.function.polymorphic import Function as PolymorphicFunction
from ..framework.function.trace_type import TraceType
from ..framework.typing import TensorLike

GenericFunction = PolymorphicFunction


class Callable(abc.ABC):
    """What can be called with tensors: what `tf.function` returns, and its graphs.

    >>> isinstance(tf.function(lambda x: x), tf.types.experimental.Callable)
    True
    """


Callable.register(PolymorphicFunction)
Callable.register(ConcreteFunction)


@typing.runtime_checkable
class SupportsTracingProtocol(typing.Protocol):
    """An object that says itself which calls of a `tf.function` share a graph.

    >>> class Mode:
    ...     def __tf_tracing_type__(self, context):
    ...         return tf.TensorSpec([])
    >>> isinstance(Mode(), tf.types.experimental.SupportsTracingProtocol)
    True
    """

    def __tf_tracing_type__(self, context: typing.Any) -> TraceType:
        """The tracing type of this object.

        Args:
          context: what the arguments of one call share.
        """
        ...


__all__ = [
    "Callable",
    "ConcreteFunction",
    "GenericFunction",
    "PolymorphicFunction",
    "SupportsTracingProtocol",
    "TensorLike",
    "TraceType",
]
