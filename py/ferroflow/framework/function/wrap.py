"""`tf.compat.v1.wrap_function`: code of TensorFlow 1 as a function, whose graph can be cut out of."""

import inspect

from ... import _core
from .. import nest
from ..type_spec import TensorSpec
from .concrete import ConcreteFunction
from .lifting import unliftable
from .signature import Argument
from .trace_type import type_of
from .tracing import Trace, trace


class WrappedFunction(ConcreteFunction):
    """A function that was made by `tf.compat.v1.wrap_function`."""

    def __call__(self, *args, **kwargs):
        """Calls the function with a value for each argument, by position.

        Raises:
          NotImplementedError: there are keyword arguments.
        """
        if kwargs:
            raise NotImplementedError(
                f"Keyword arguments are not supported when calling a wrap_function-decorated function. Got {kwargs}."
            )
        return super().__call__(*args)

    def prune(self, feeds, fetches, name=None, input_signature=None):
        """The part of the function's graph from some tensors to others.

        Args:
          feeds: tensors of the graph or their names, in a nested structure: the arguments.
          fetches: tensors or operations of the graph or their names, in a nested structure: the results.
          name: the name of the new function.
          input_signature: not used.

        Returns:
          A `WrappedFunction`.

        Raises:
          ValueError: a feed is no tensor.
          KeyError: there is no such tensor.
          UnliftableError: a fetch depends on an argument that is not among the feeds.
        """
        graph = self._graph
        inputs = [graph.as_graph_element(feed) for feed in nest.flatten(feeds)]
        for feed in inputs:
            if not isinstance(feed, _core.Tensor):
                raise ValueError(
                    "All members of argument `feeds` must be tensors. Got {} with type {}.".format(feed, type(feed))
                )
        found = [graph.as_graph_element(fetch) for fetch in nest.flatten(fetches)]
        operations = [one for one in found if not isinstance(one, _core.Tensor)]
        leaves = [one if isinstance(one, _core.Tensor) else None for one in found]
        _check_fed(
            [one.op if isinstance(one, _core.Tensor) else one for one in found], found, inputs, self._traced.inputs
        )
        made = Trace()
        made.graph = graph
        made.inputs = inputs
        made.names = [tensor.op.name for tensor in inputs]
        made.outputs = [one for one in leaves if one is not None]
        made.structure = nest.pack_sequence_as(fetches, leaves) if nest.is_nested(fetches) else leaves[0]
        made.effects = operations
        made.arguments = _arguments(made.names, [TensorSpec(t.shape, t.dtype) for t in inputs])
        return WrappedFunction(made, name or "pruned")


def _check_fed(operations, fetches, feeds, arguments):
    """Fails if a fetch depends on an argument that is not fed."""
    fed, free = {id(one) for one in feeds}, {id(one) for one in arguments}
    for operation, fetch in zip(operations, fetches, strict=True):
        seen, stack = set(), [fetch] if isinstance(fetch, _core.Tensor) else list(operation.inputs)
        while stack:
            one = stack.pop()
            if id(one) in seen or id(one) in fed:
                continue
            seen.add(id(one))
            if id(one) in free:
                raise unliftable(fetch if isinstance(fetch, _core.Tensor) else operation.inputs[0], one.op)
            stack.extend(one.op.inputs)


def _arguments(names, kinds):
    made = []
    for name, kind in zip(names, kinds, strict=True):
        safe = "".join(c if c.isalnum() else "_" for c in name)
        parameter = inspect.Parameter(
            safe if safe.isidentifier() else f"arg_{safe}", inspect.Parameter.POSITIONAL_OR_KEYWORD
        )
        made.append(Argument(parameter.name, parameter, None, type_of(kind)))
    return made


def wrap_function(fn, signature, name=None):
    """Makes a function of code that was written for TensorFlow 1: it runs once, and its graph is what calls run.

    Variables that it makes by `tf.compat.v1.get_variable` belong to the function, which does not make them again. As in a
    session only what results and their control inputs need is run; other effects do not happen.

    Args:
      fn: a Python function of tensors.
      signature: the specs of its arguments: `tf.TensorSpec`s in a list, or a dict from names.
      name: the name of the function.

    Returns:
      A function with the attributes of a `ConcreteFunction`, and `prune(feeds, fetches)`.

    >>> double = tf.compat.v1.wrap_function(lambda x: x * 2.0, [tf.TensorSpec([], tf.float32)])
    >>> float(double(tf.constant(3.0)))
    6.0
    """
    made = []

    def creator(next_creator, **kwargs):
        variable = next_creator(**kwargs)
        made.append(variable)
        return variable

    label = name or getattr(fn, "__name__", "wrapped_function")
    label = "lambda" if label == "<lambda>" else label
    if isinstance(signature, dict):
        arguments = _arguments(list(signature), list(signature.values()))
    else:
        signature = list(signature) if isinstance(signature, (list, tuple)) else [signature]
        given = [p.name for p in inspect.signature(fn).parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
        names = [given[i] if i < len(given) else f"args_{i}" for i in range(len(signature))]
        arguments = _arguments(names, signature)
    traced = trace(fn, label, arguments, creator, ordered=False)
    wrapped = WrappedFunction(traced, label)
    wrapped._made = made  # they live as long as the function
    return wrapped
