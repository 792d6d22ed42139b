"""Functions of elements, traced into graph functions."""

from ..framework import data_nest
from ..framework.context import variable_creator_scope
from ..framework.func_graph import trace
from ..framework.function.lifting import Creations, forbid
from ..framework.user_code import converted_by_default
from . import structure


class ElementFunction:
    """A user's function of elements as a graph function.

    Args:
      func: the function; a tuple element is passed as several arguments.
      what: the transformation, for messages and the function's name.
      spec: the specs of the element, or a tuple of specs for a function of several values.
      beside: the tensors that the dataset op takes.

    Attributes:
      name: the name of the graph function.
      captured: outer tensors to be passed after the element.
      output_spec: the specs of what it returns.
    """

    def __init__(self, func, what, spec, beside=()):
        self.output_spec = None
        label = getattr(func, "__name__", type(func).__name__)
        func = converted_by_default(func)

        def call(*leaves):
            element = data_nest.pack_sequence_as(spec, list(leaves))
            return func(*element) if type(element) is tuple else func(element)

        def flatten(result):
            if isinstance(result, list):
                result = tuple(result)  # several results, not one to be stacked
            try:
                self.output_spec = structure.type_spec_from_value(result)
            except (TypeError, ValueError) as error:
                raise TypeError(f"Unsupported return value from function passed to {what}: {result}.") from error
            return structure.to_tensors(self.output_spec, structure.normalize_element(result, self.output_spec))

        label = "".join(c if c.isalnum() else "_" for c in f"{what.rstrip('()')}_{label}")

        def traced_by(creator):
            with variable_creator_scope(creator):
                return trace(call, data_nest.flatten(spec), name=label, beside=beside, flatten=flatten)

        creations = Creations()
        traced = traced_by(creations.creator)
        if creations.variables:  # made once, outside; a second trace must find them there
            creations.initialize(traced, None)
            traced = traced_by(forbid)
        self.name = traced.name
        self.graph = traced.graph  # keeps the function until an op has it
        self.captured = traced.captured_inputs
