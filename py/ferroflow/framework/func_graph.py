"""Traced functions: a Python function is called once with placeholders, and the ops that it adds become a graph function."""

import itertools

from .. import _core
from .._gen import raw_ops
from . import random_seed
from .graph import Graph

# Stateful ops that change nothing: they run only if a result needs them.
_READERS = {"ReadVariableOp", "VarHandleOp", "VarIsInitializedOp", "VariableShape", "VariableV2", "ResourceGather"}
_effect_of_type = {}
_numbers = itertools.count()  # names differ in the whole process: graphs share functions with eager code


def _has_effect(op_type):
    """Whether ops of this type run even if no result needs them."""
    if op_type not in _effect_of_type:
        stateful = op_type not in _READERS and _core.op_def(op_type)["is_stateful"]
        _effect_of_type[op_type] = stateful and not op_type.endswith("Dataset")
    return _effect_of_type[op_type]


class FuncGraph(Graph):
    """The body of a function while it is traced. Tensors from outside that it uses become captures.

    Args:
      name: a name for the function, to which a number is added.
      outer: the graph that surrounds the function; None for eager code.
    """

    def __init__(self, name, outer=None):
        super().__init__()
        self.name = name
        self.outer_graph = outer
        self._seed = random_seed.eager_seed() if outer is None else outer.seed
        self._make_function(outer)

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

    def add_inputs(self, specs):
        """Placeholders for values of these type specs: the values, and their tensors as a flat list."""
        values, flat = [], []
        for spec in specs:
            tensors = [raw_ops.Placeholder(dtype=s.dtype, shape=s.shape, name="args") for s in spec._flat_tensor_specs]
            values.append(spec._from_compatible_tensor_list(tensors))
            flat.extend(tensors)
        return values, flat

    def effects(self):
        """The operations that run whether or not a result needs them, in program order."""
        ops = (self._op(i) for i in range(len(self)))
        return [op for op in ops if _has_effect(op.type)]


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
    full = _core.define_function(f"{name}_{next(_numbers)}", graph, inputs, outputs, graph.effects(), outer)
    return TracedFunction(full, graph, [t for t, _ in captures], result)
