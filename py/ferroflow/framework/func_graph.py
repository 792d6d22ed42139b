"""The bodies of functions: graphs that capture what they use from outside; Python functions traced for datasets."""

import itertools
import weakref

from .. import _core
from .._gen import raw_ops
from . import random_seed
from .function.control_order import effects_of
from .graph import Graph

_numbers = itertools.count()  # names differ in the whole process: graphs share functions with eager code


def fresh_number():
    """A number for the name of a function."""
    return next(_numbers)


class FuncGraph(Graph):
    """The body of a function while it is traced. Tensors from outside that it uses become captures.

    Args:
      name: a name for the function, to which a number is added.
      outer: the graph that surrounds the function; None for eager code.
      is_body: whether it is a branch or loop that is an operation of `outer`.
    """

    def __init__(self, name, outer=None, is_body=False):
        super().__init__()
        self.name = name
        self._outer = None if outer is None else weakref.ref(outer)
        self._arguments = set()  # ids of the handles of variables that are arguments, while the function is traced
        self.inputs = []
        self.outputs = []
        self.control_outputs = []
        self.structured_input_signature = None
        self.structured_outputs = None
        self.ordered = True  # whether operations with effects run even if no result needs them
        self.deferred = None  # for a traced function: what it takes from Python functions with each call
        self._weak_variables = {}  # id of the handle -> weak reference, in the order of first use
        self._seed = random_seed.eager_seed() if outer is None else outer.seed
        self._make_function(self._outer, is_body)

    @property
    def outer_graph(self):
        """The graph around the function, or None for eager code; the default graph once that graph is gone."""
        if self._outer is None:
            return None
        outer = self._outer()
        return _core.default_graph() if outer is None else outer

    def stand_for(self, variable, handle):
        """Says that the argument `handle` is the variable's, while the function is traced."""
        self._arguments.add(id(variable.handle))
        self._stand_for(variable.handle, handle)

    def _traced(self):
        """The function is traced: what its arguments stood for may go."""
        self._arguments.clear()
        self._forget_arguments()

    @property
    def captures(self):
        """Pairs of an outer tensor and the tensor of this graph that stands for it."""
        return self._captures()

    @property
    def external_captures(self):
        """The outer tensors that the body uses."""
        return [outer for outer, _ in self._captures()]

    @property
    def internal_captures(self):
        """The tensors of this graph that stand for outer ones."""
        return [inner for _, inner in self._captures()]

    def capture(self, tensor, name=None):
        """The tensor of this graph that stands for an outer tensor."""
        return self._capture(tensor)

    def capture_call_time_value(self, closure, spec, key=None):
        """A value that stands in the body for what `closure` returns each time the function is called.

        Args:
          closure: a function without arguments.
          spec: a type spec, or a nested structure of them, that its results fit.
          key: values with the same key are one; the closure of the first counts.
        """
        from .function.deferred import capture_call_time_value

        return capture_call_time_value(self, closure, spec, key)

    def watch_variable(self, variable):
        """Notes that the body uses a variable; the graphs around it use it too."""
        if id(variable.handle) not in self._arguments:
            self._weak_variables.setdefault(id(variable.handle), weakref.ref(variable))
        if isinstance(self.outer_graph, FuncGraph):
            self.outer_graph.watch_variable(variable)

    @property
    def variables(self):
        """The variables that the body uses, in the order of their first use.

        Raises:
          AssertionError: one of them does not exist any more.
        """
        found = [reference() for reference in self._weak_variables.values()]
        if any(variable is None for variable in found):
            raise AssertionError(
                "Called a function referencing variables which have been deleted. This likely means that function-local "
                "variables were created and not referenced elsewhere in the program. This is generally a mistake; "
                "consider storing variables in an object attribute on first call."
            )
        return tuple(found)

    @property
    def trainable_variables(self):
        """Those of `variables` that are trainable."""
        return tuple(variable for variable in self.variables if variable.trainable)

    def add_inputs(self, specs):
        """Placeholders for values of these type specs: the values, and their tensors as a flat list."""
        values, flat = [], []
        for spec in specs:
            tensors = [raw_ops.Placeholder(dtype=s.dtype, shape=s.shape, name="args") for s in spec._flat_tensor_specs]
            values.append(spec._from_compatible_tensor_list(tensors))
            flat.extend(tensors)
        return values, flat

    def effects(self, start=0):
        """The operations from number `start` on that run whether or not a result needs them, in program order."""
        return effects_of(self, start)


class TracedFunction:
    """A function of the library: what `trace` returns.

    Attributes:
      name: its name in the library; ops name it so in their func attributes.
      graph: its body.
      captured_inputs: outer tensors to be passed after the arguments.
      structured_outputs: what the Python function returned, with symbolic tensors of the body.
    """

    def __init__(self, name, graph, captured_inputs, structured_outputs):
        self.name = name
        self.graph = graph
        self.captured_inputs = captured_inputs
        self.structured_outputs = structured_outputs


def _outer_of(tensors):
    """The graph around a function that is used beside these tensors, and whether graph ops will call it."""
    for tensor in tensors:
        if isinstance(tensor, _core.SymbolicTensor):
            return tensor.graph, True
    graph = _core.current_graph()
    return (graph, True) if graph is not None else (_core.default_graph(), False)


def trace(fn, input_specs, name="function", beside=(), flatten=None):
    """Calls `fn` with symbolic values of these specs and makes a function of the ops that it adds.

    Args:
      fn: a Python function.
      input_specs: a list of type specs, one for each argument.
      name: a name, to which a number is added.
      beside: tensors that the op that will call the function takes: if one is symbolic, the function belongs to its graph.
      flatten: makes the list of result tensors of what `fn` returned; called while the body is built. A tensor or a
        list of tensors by default.

    Returns:
      A `TracedFunction`.
    """
    outer, in_graph = _outer_of(beside)
    graph = FuncGraph(name, outer)
    with graph.as_default():
        values, inputs = graph.add_inputs(input_specs)
        result = fn(*values)
        if flatten is None:
            flat = list(result) if isinstance(result, (list, tuple)) else [result]
        else:
            flat = flatten(result)
        outputs = [graph.capture(_core.convert(t)) for t in flat]
    captures = graph.captures
    if not in_graph and not any(isinstance(t, _core.SymbolicTensor) for t, _ in captures):
        outer = None
    inputs = inputs + [inner for _, inner in captures]
    full = _core.define_function(f"{name}_{fresh_number()}", graph, inputs, outputs, graph.effects(), outer)
    return TracedFunction(full, graph, [t for t, _ in captures], result)
