"""Values that a traced function takes from a Python function, anew with each call."""

from ... import _core
from .. import nest
from ..func_graph import FuncGraph
from .signature import cast
from .trace_type import type_of
from .tracing import Placeholders


class Deferred:
    """A value of a body that stands for what `closure` returns when the function is called."""

    def __init__(self, graph, closure, spec, key):
        self._closure, self._spec, self.key = closure, spec, key
        self._kind = type_of(spec)
        with graph.as_default():
            placeholders = Placeholders(graph)
            self.value = placeholders.make(self._kind)
        self.tensors = placeholders.tensors

    def now(self):
        """The tensors of the value for a call that is made now.

        Raises:
          TypeError, ValueError: the closure's result does not fit the spec.
          AssertionError: a plain graph is being built, which would keep the value for good.
        """
        graph = _core.current_graph()
        if isinstance(graph, FuncGraph):
            value = graph.capture_call_time_value(self._closure, self._spec, self.key)
        else:
            value = _value(self._kind, self._closure)
        return self._kind.to_tensors(value)

    @property
    def source(self):
        """Where the value comes from."""
        return self._closure


class External:
    """Tensors of a body whose value is given with each call: that of a tensor, or what a function returns then."""

    def __init__(self, source, tensors):
        self.source, self.tensors, self.key = source, tensors, None

    def now(self):
        """The tensors for a call that is made now."""
        value = self.source() if callable(self.source) else self.source
        given = nest.flatten(value, expand_composites=True)
        return [_core.convert(one, tensor.dtype) for one, tensor in zip(given, self.tensors, strict=True)]


def _value(kind, closure):
    if not _core.executing_eagerly_outside_functions():
        raise AssertionError("This API should only be used in TF2 environment.")
    return cast(kind, closure())


def capture_call_time_value(graph, closure, spec, key=None):
    """See `FuncGraph.capture_call_time_value`."""
    owner = graph
    while isinstance(owner, FuncGraph) and owner.deferred is None:
        owner = owner.outer_graph
    if not isinstance(owner, FuncGraph):
        return _value(type_of(spec), closure)
    known = [one for one in owner.deferred if key is not None and one.key == key]
    if not known:
        known = [Deferred(owner, closure, spec, key)]
        owner.deferred += known
    if owner is graph:
        return known[0].value
    return nest.map_structure(graph.capture, known[0].value, expand_composites=True)
