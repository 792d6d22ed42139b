"""Variables that a traced function makes: they are made outside of it, once, with an initial value computed there."""

from ... import _core
from ..._gen import raw_ops
from ..context import init_scope
from ..func_graph import FuncGraph, fresh_number

ONLY_ONCE = (
    "tf.function only supports singleton tf.Variables created on the first call. Make sure the tf.Variable is only "
    "created once or created outside tf.function. See "
    "https://www.tensorflow.org/guide/function#creating_tfvariables for more information."
)


class UnliftableError(Exception):
    """A variable's initial value depends on an argument of the function, which is not known outside of it."""


def unliftable(tensor, blocked):
    """The error of a tensor that depends on the placeholder `blocked`."""
    path = [tensor.op] if tensor.op is blocked else [tensor.op, blocked]
    return UnliftableError(
        f"Unable to lift tensor {tensor!r} because it depends transitively on placeholder {blocked!r} via at least one path, "
        f"e.g.: {' <- '.join(f'{one.name} ({one.type})' for one in path)}"
    )


class Creations:
    """The variables that a function makes while it is traced for the first time."""

    def __init__(self):
        self.variables = []
        self._pending = []  # pairs of a variable and the tensor of its initial value

    def creator(self, next_creator, **kwargs):
        """A variable creator that notes the variables."""
        value = kwargs.get("initial_value")
        if isinstance(value, _core.SymbolicTensor) and isinstance(value.graph, FuncGraph):
            dtype = kwargs.get("dtype")
            if dtype is not None and value.dtype != dtype:
                value = _core.convert(value, dtype)
            blocked = _argument_of(value)
            if blocked is None:
                kwargs["initial_value"] = _outside(value)
            else:
                kwargs["initial_value"] = _stand_in(value, kwargs)
                variable = next_creator(**kwargs)
                self._pending.append((variable, value))
                self.variables.append(variable)
                return variable
        variable = next_creator(**kwargs)
        self.variables.append(variable)
        return variable

    def initialize(self, traced, tensors):
        """Gives the variables whose initial values depend on arguments their values, from a call's tensors.

        Raises:
          UnliftableError: there is no call, `tensors` is None.
        """
        if not self._pending:
            return
        if tensors is None:
            value = self._pending[0][1]
            blocked = _argument_of(value)
            raise unliftable(value, blocked)
        captures = traced.graph.captures
        inputs = traced.inputs + [inner for _, inner in captures]
        values = [value for _, value in self._pending]
        callee = _core.Callee(f"__initialize_{fresh_number()}", traced.graph, inputs, values, [])
        results = callee.call([*tensors, *(outer for outer, _ in captures)])
        with init_scope():
            for (variable, _), result in zip(self._pending, results, strict=True):
                variable.assign(result)

    def undo(self):
        """Takes the values of the variables away; a function that gives them back."""
        values = [variable.read_value() for variable in self.variables]
        for variable in self.variables:
            raw_ops.DestroyResourceOp(resource=variable.handle)

        def initialize():
            for variable, value in zip(self.variables, values, strict=True):
                variable.assign(value)

        return initialize


LATE = "Creating variables on a non-first call to a function decorated with tf.function."


def forbid(next_creator, **kwargs):
    """A variable creator for tracing once more after variables were made: there must be no others."""
    raise ValueError(ONLY_ONCE)


def forbid_late(next_creator, **kwargs):
    """A variable creator for tracing later where the first call made none."""
    raise ValueError(LATE)


def _argument_of(tensor):
    """The placeholder of an argument that a tensor depends on, or None. In a session other placeholders may be fed."""
    graph = tensor.graph
    free = {id(inner) for _, inner in graph.captures}
    in_session = not _core.executing_eagerly_outside_functions()
    arguments = {id(one) for one in graph.inputs}
    seen, stack = set(), [tensor]
    while stack:
        one = stack.pop()
        if id(one) in seen or id(one) in free:
            continue
        seen.add(id(one))
        if one.op.type == "Placeholder" and (id(one) in arguments or not in_session):
            return one.op
        stack.extend(one.op.inputs)
    return None


def _outside(tensor):
    """The value of a tensor of a function's body that depends on no argument, computed outside."""
    if not _core.executing_eagerly_outside_functions():
        with init_scope():
            return _copied(tensor, _core.default_graph(), {})
    captures = tensor.graph.captures
    inner = [inside for _, inside in captures]
    outer = [outside for outside, _ in captures]
    if any(isinstance(one, _core.SymbolicTensor) for one in outer):
        raise UnliftableError(f"Unable to lift tensor {tensor!r}: it depends on a tensor of another graph")
    callee = _core.Callee(f"__initial_value_{fresh_number()}", tensor.graph, inner, [tensor], [])
    with init_scope():
        return callee.call(outer)[0]


def _copied(tensor, graph, copies):
    """A copy of a tensor of a function's body in the graph around, with all that it depends on."""
    stack = [tensor]
    while stack:
        one = stack[-1]
        if id(one) in copies:
            stack.pop()
            continue
        home = one.graph
        if not isinstance(home, FuncGraph):
            copies[id(one)] = one
            continue
        outer = next((outer for outer, inner in home.captures if inner is one), None)
        needed = list(one.op.inputs) if outer is None else [outer]
        missing = [each for each in needed if id(each) not in copies]
        if missing:
            stack.extend(missing)
        elif outer is not None:
            copies[id(one)] = copies[id(outer)]
        else:
            inputs = [copies[id(each)] for each in needed]
            made = graph._add_op(one.op.type, inputs, one.op._attrs(), one.op.name, [], one.op.device)
            copies.update((id(old), new) for old, new in zip(one.op.outputs, made.outputs, strict=True))
    return copies[id(tensor)]


def _stand_in(value, kwargs):
    """A first value of the right dtype and shape for a variable that gets its initial value with the first call."""
    from ..tensor_shape import TensorShape

    shape = TensorShape(kwargs.get("shape")) if kwargs.get("shape") is not None else value.shape
    if kwargs.get("shape") is None:
        kwargs["shape"] = shape
    sizes = [size or 0 for size in shape.as_list()] if shape.rank is not None else []
    dtype = value.dtype

    def make():
        if dtype.name == "string":
            return raw_ops.Fill(dims=sizes, value="")
        return raw_ops.Fill(dims=sizes, value=_core.convert(0, dtype))

    return make
