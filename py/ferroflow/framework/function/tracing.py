"""Tracing: a Python function is called once with placeholders, and the ops that it adds become a function's body."""

import inspect

from ... import _core
from ..._gen import raw_ops
from .. import nest
from ..composite import CompositeTensor
from ..context import variable_creator_scope
from ..errors import InaccessibleTensorError
from ..func_graph import FuncGraph
from ..type_spec import TensorSpec, TypeSpec
from ..variable_spec import VariableSpec
from .signature import call_arguments, structured
from .trace_type import Structure


class Placeholders:
    """Makes the arguments of a function that is traced, and keeps their tensors in order."""

    def __init__(self, graph):
        self.graph = graph
        self.tensors = []
        self.names = []
        self.naming_scope = None
        self._variables = {}

    @property
    def context_graph(self):
        """The body."""
        return self.graph

    def add_placeholder(self, spec):
        """A placeholder of a tensor spec, named by the spec or the argument."""
        name = spec.name or self.naming_scope or "args"
        safe = "".join(c if c.isalnum() or c in "_./-" else "_" for c in name)
        safe = safe if safe[0].isalnum() or safe[0] == "." else "arg" + safe
        tensor = raw_ops.Placeholder(dtype=spec.dtype, shape=spec.shape, name=safe)
        self.tensors.append(tensor)
        self.names.append(tensor.op.name if name in self.names else name)
        return tensor

    def make(self, kind, value=None):
        """The placeholder of a tracing type; `value` is the argument of the call for which the function is traced, if any."""
        if isinstance(kind, Structure):
            values = [None] * len(kind.parts) if value is None else kind.parts_of(value)
            return kind._make([self.make(part, one) for part, one in zip(kind.parts, values, strict=True)])
        if isinstance(kind, VariableSpec):
            return self._variable(kind, value)
        if isinstance(kind, TensorSpec):
            return self.add_placeholder(kind)
        if isinstance(kind, TypeSpec):
            return kind.from_tensors(iter([self.add_placeholder(spec) for spec in kind.flatten()]))
        return kind.placeholder_value(self)

    def _variable(self, spec, value):
        from ..resource_variable import ResourceVariable, variable_of_handle

        handle = self.add_placeholder(TensorSpec([], "resource", spec.name))
        handle._set_handle_data([(spec.dtype, spec.shape)])
        known = self._variables.get(spec.alias_id) if spec.alias_id is not None else None
        if known is None:
            value = getattr(value, "_origin", value)
            if type(value) is ResourceVariable:
                # As in TensorFlow the argument is the variable itself: where the function uses it by another name, too.
                self.graph.stand_for(value, handle)
                known = value
            else:
                known = variable_of_handle(handle, spec.shape, spec.dtype, spec.trainable, self.names[-1])
            self._variables[spec.alias_id] = known
        return known


class Trace:
    """What tracing gave.

    Attributes:
      graph: the body.
      arguments: the arguments, with their types.
      inputs: the placeholders of the arguments' tensors.
      names: the names of these.
      outputs: the result tensors.
      structure: what the Python function returned, with symbolic tensors.
      effects: the operations that run whether or not a result needs them.
    """

    __slots__ = ("graph", "arguments", "inputs", "names", "outputs", "structure", "effects")


def _check_unchanged(function, arguments, before, after):
    changed = [
        a.parameter.name
        for a, old, new in zip(arguments, before, after, strict=True)
        if len(old) != len(new) or any(x is not y for x, y in zip(old, new, strict=True))
    ]
    if changed:
        name = getattr(function, "__qualname__", function)
        raise ValueError(
            f"{name}{inspect.signature(function)} should not modify its Python input arguments. Modifying a copy is allowed. "
            f"The following parameter(s) were modified: {', '.join(changed)}"
        )


def _result_converter(function, graph, copied):
    """Makes tensors of results; `copied`: with nodes of their own, as TensorFlow has them where it orders effects."""

    def returned(tensor):
        tensor = graph.capture(tensor)
        return raw_ops.Identity(input=tensor) if copied else tensor

    def convert(value):
        if value is None:
            return None
        if isinstance(value, CompositeTensor):
            return nest.map_structure(returned, value, expand_composites=True)
        try:
            return returned(_core.convert(value))
        except InaccessibleTensorError:
            raise
        except (TypeError, ValueError):
            if isinstance(value, _core.SymbolicTensor):
                raise  # it is of another graph
            raise TypeError(
                "To be compatible with tf.function, Python functions must return zero or more Tensors or ExtensionTypes "
                f"or None values; in compilation of {function}, found return value of type {type(value).__name__}, which "
                "is not a Tensor or ExtensionType."
            ) from None

    return convert


def trace(function, name, arguments, creator=None, converted=None, ordered=True, given=None):
    """Traces a Python function.

    Args:
      function: the function, as messages name it.
      name: the name of its graph.
      arguments: the arguments of the call, a list of `signature.Argument`.
      creator: stands between the function and the variables that it makes.
      converted: what is called in its place, for example with its control flow converted.
      ordered: whether operations with effects run in program order, and if no result needs them.
      given: the values of the arguments in the call for which the function is traced; None without a call.

    Returns:
      A `Trace`.
    """
    from .control_order import order, stateful

    device = _core.device()
    graph = FuncGraph(name, _core.current_graph())
    graph.deferred, graph.ordered = [], ordered
    made = Trace()
    with graph.as_default():
        _core.set_device(device)
        placeholders = Placeholders(graph)
        values = []
        for argument, value in zip(arguments, given or [None] * len(arguments), strict=True):
            placeholders.naming_scope = argument.name
            values.append(placeholders.make(argument.type, value))
        args, kwargs = call_arguments(arguments, values)
        before = [nest.flatten(value) for value in values]
        graph.inputs = list(placeholders.tensors)
        call = function if converted is None else converted
        if creator is None:
            result = call(*args, **kwargs)
        else:
            with variable_creator_scope(creator):
                result = call(*args, **kwargs)
        _check_unchanged(function, arguments, before, [nest.flatten(value) for value in values])
        graph._settle()
        made.structure = nest.map_structure(_result_converter(function, graph, ordered), result)
        flat = nest.flatten(made.structure, expand_composites=True)
        made.outputs = [tensor for tensor in flat if tensor is not None]
        made.effects = order(graph) if ordered else []
    graph._traced()
    graph.outputs = made.outputs
    graph.control_outputs = stateful(graph) if ordered else []
    graph.structured_input_signature = structured(arguments)
    graph.structured_outputs = made.structure
    made.graph, made.arguments = graph, arguments
    made.inputs, made.names = placeholders.tensors, placeholders.names
    return made
