"""Branches and loop bodies: Python functions traced into graph functions that share their captured tensors."""

import itertools

from .. import _core
from .._gen import raw_ops
from . import nest
from .context import control_dependencies, graph_mode
from .convert import convert_to_tensor
from .errors import InaccessibleTensorError, InvalidArgumentError
from .func_graph import FuncGraph, _outer_of
from .tensor_shape import TensorShape
from .tensors import Operation
from .variable_scope import store_of
from .variables import Variable

_numbers = itertools.count()
_conditionals = itertools.count()


def new_conditional():
    """A number for a conditional, by which its branches know each other."""
    return next(_conditionals)


class Body:
    """A function that has been traced and is not yet in the library.

    Args:
      name: what its name starts with.
      function: the Python function.
      specs: type specs of the tensors that it takes, flat.
      arguments: makes the function's arguments, a tuple, from the list of these tensors.
      results: makes the list of result tensors from what the function returned.
      branch: of a branch: the number of its conditional, and what errors call it.

    Attributes:
      graph: its graph.
      inputs: the tensors that it takes; `share_captures` appends captured ones.
      outputs: its results.
      returned: what the Python function returned, with tensors in place of variables.
    """

    def __init__(self, name, function, specs=(), arguments=tuple, results=None, branch=None):
        self.name = name
        outer = _core.current_graph()
        self.graph = FuncGraph(name, outer, is_body=True)
        if branch is not None:
            self.graph._set_branch(*branch)
        # As in a graph around it, what no result needs does not run; traced functions run all effects.
        self.graph.ordered = outer is None or getattr(outer, "ordered", False)
        if outer is not None:  # `get_variable` in a body is in the scope around it
            self.graph._variable_store, self.graph._variable_scope = store_of(outer), outer._variable_scope
        scope = _core.scope() if _core.executing_eagerly_outside_functions() else ""
        with self.graph.as_default():
            _core.set_scope(scope)  # what TensorFlow 2 does, and TensorFlow 1 does not
            _, self.inputs = self.graph.add_inputs(specs)
            self.returned = prepared(function(*arguments(self.inputs)))
            self.outputs = [self.graph.capture(one) for one in (results or flat_tensors)(self.returned)]

    @property
    def is_stateful(self):
        """Whether an operation of it has state."""
        return any(op._is_stateful for op in self.graph.get_operations())

    def define(self):
        """Puts the function into the library; its name there."""
        name = f"{self.name}_{next(_numbers)}"
        outer = self.graph.outer_graph
        effects = self.graph.effects() if self.graph.ordered else []
        return _core.define_function(name, self.graph, self.inputs, self.outputs, effects, outer)


def share_captures(bodies):
    """Gives several functions the same captured tensors after their arguments; these tensors, of the graph outside."""
    outside, known = [], set()
    for body in bodies:
        for outer, _ in body.graph.captures:
            if id(outer) not in known:
                known.add(id(outer))
                outside.append(outer)
    for body in bodies:
        inside = {id(outer): inner for outer, inner in body.graph.captures}
        with body.graph.as_default():
            for outer in outside:
                inner = inside.get(id(outer))
                if inner is None:
                    inner = raw_ops.Placeholder(dtype=outer.dtype, shape=outer.shape, name="unused")
                    if outer._handle_data is not None:
                        inner._set_handle_data(outer._handle_data)
                body.inputs.append(inner)
    return outside


def add_branches(bodies, scope, op, stateless_op, **selector):
    """Adds an operation that calls one of several functions; their results as it gives them."""
    captured = share_captures(bodies)
    op = op if any(body.is_stateful for body in bodies) else stateless_op
    dtypes = [one.dtype for one in bodies[0].outputs]
    shapes = [joined_shape([body.outputs[i].shape for body in bodies]) for i in range(len(dtypes))]
    names = [body.define() for body in bodies]
    if "cond" in selector:
        selector.update(then_branch=names[0], else_branch=names[1])
    else:
        selector.update(branches=names)
    found = op(input=captured, Tout=dtypes, output_shapes=shapes, name=scope, **selector)
    return [raw_ops.Identity(input=one) for one in found] if isinstance(found, list) else []


def add_loop(cond, body, tensors, shapes, parallel_iterations, scope, counted=False):
    """Adds a loop over some tensors, whose variables have some shapes; their last values. `counted`: the first counts rounds."""
    captured = share_captures([cond, body])
    body.outputs += body.inputs[len(shapes) :]
    op = raw_ops.While if cond.is_stateful or body.is_stateful else raw_ops.StatelessWhile
    found = op(
        input=[*tensors, *captured],
        cond=cond.define(),
        body=body.define(),
        output_shapes=[*shapes, *[one.shape for one in captured]],
        parallel_iterations=parallel_iterations,
        name=scope,
    )
    # TensorFlow's loops count rounds and have a limit before their variables: names of results count from there.
    first = 2 - int(counted)
    return [raw_ops.Identity(input=one, name=f"Identity_{first + i}") for i, one in enumerate(found[: len(shapes)])]


def flat_tensors(returned, op_value=True):
    """The tensors of what a traced function returned; an operation counts as `op_value`, which waits for it.

    Raises:
      TypeError: it has a leaf that cannot be a tensor.
    """
    leaves = nest.flatten(prepared(returned), expand_composites=True)
    return [as_result(one, op_value) for one in leaves if one is not None]


def prepared(returned):
    """A returned structure with tensors in place of variables."""
    return nest.map_structure(lambda one: convert_to_tensor(one) if isinstance(one, Variable) else one, returned)


def as_result(value, op_value=True):
    """A leaf of a returned structure as a tensor."""
    if isinstance(value, Operation):
        with control_dependencies([value]):
            return raw_ops.Identity(input=convert_to_tensor(op_value))
    try:
        return convert_to_tensor(value)
    except InaccessibleTensorError:
        raise
    except (TypeError, ValueError):
        raise TypeError(
            "To be compatible with tf.function, Python functions must return zero or more Tensors or ExtensionTypes or "
            f"None values; found return value of type {type(value).__name__}, which is not a Tensor or ExtensionType."
        ) from None


def packed(structure, tensors):
    """The structure with tensors in place of its leaves; None stays."""
    tensors = iter(tensors)
    leaves = [None if one is None else next(tensors) for one in nest.flatten(structure, expand_composites=True)]
    return nest.pack_sequence_as(structure, leaves, expand_composites=True)


def joined_shape(shapes):
    """The most specific shape that all these shapes have."""
    first, *rest = [TensorShape(shape) for shape in shapes]
    for shape in rest:
        if first.rank is None or shape.rank != first.rank:
            return TensorShape(None)
        first = TensorShape([a if a == b else None for a, b in zip(first.as_list(), shape.as_list(), strict=True)])
    return first


def is_symbolic(value):
    """Whether a value is a tensor of a graph."""
    return isinstance(value, _core.SymbolicTensor)


def building(tensors):
    """Enters the graph that an op on these tensors belongs to."""
    if _core.current_graph() is not None:
        return graph_mode()
    graph, in_graph = _outer_of(tensors)
    return graph.as_default() if in_graph else graph_mode()


def scalar_condition(value):
    """The bool scalar that chooses a branch or ends a loop, of a tensor with one element.

    Functional ops take a tensor that has elements for true, which nobody means who writes a conditional.

    Raises:
      InvalidArgumentError: it is known to be no scalar, or not bool. When it runs: it has not one element.
    """
    one = value.shape.num_elements() == 1
    _check_scalar(value, one)
    if value.dtype != "bool":
        kind = {"float32": "float", "float64": "double", "float16": "half"}.get(value.dtype.name, value.dtype.name)
        raise InvalidArgumentError(None, None, f"Input 'pred' passed {kind} expected bool")
    if value.shape.rank == 0:
        return value
    return raw_ops.Squeeze(input=value) if one else raw_ops.Reshape(tensor=value, shape=[], name="switch_pred")


def scalar_index(value):
    """The tensor that chooses one of several branches; InvalidArgumentError if it is known to be no scalar."""
    _check_scalar(value)
    return value


def _check_scalar(value, one=False):
    if value.shape.rank not in (None, 0) and not one:
        message = f"The second input must be a scalar, but it has shape {value.shape.as_list()}"
        raise InvalidArgumentError(None, None, message)


def scratch_graph(name="scratch"):
    """Enters a graph for operations that are only looked at."""
    return FuncGraph(name, _core.current_graph()).as_default()
