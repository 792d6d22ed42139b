"""Initial values that depend on other variables: a variable without a value gives its own initial value."""

from contextlib import nullcontext

from .._gen import raw_ops
from . import context
from .bodies import Body, share_captures
from .collections import GraphKeys
from .name_scope import name_scope_of, name_scope_v1

# Operations that are safe where a variable may have no value yet: what comes before them stays as it is.
_SAFE = frozenset("IsVariableInitialized VarIsInitializedOp ReadVariableOp".split())


def initialized_value(variable, read):
    """The value of a variable that `read()` gives, its initial value if it has none yet: each run chooses anew."""
    with context.init_scope(), _inside(variable.graph):
        is_initialized = variable.is_initialized()
        with name_scope_of("cond") as scope:
            value = variable.initial_value
            bodies = [Body("cond_true", read), Body("cond_false", lambda: value)]
            (chosen,) = raw_ops.If(
                cond=is_initialized,
                input=share_captures(bodies),
                Tout=[value.dtype],
                output_shapes=[value.shape],
                then_branch=bodies[0].define(),
                else_branch=bodies[1].define(),
                name=scope,
            )
            return raw_ops.Identity(input=chosen)


def _inside(graph):
    return nullcontext() if context.current_graph() is graph else context.in_graph(graph)


def guarded(name, value):
    """`value`, computed from other reference variables' initialized values where it reads them.

    Operations between those variables and the value are made again, called after the variable `name` too. A value that
    depends on itself by a loop of the graph stays as it is.
    """
    try:
        return _guarded(name, value, {}, set())
    except RecursionError:
        return value


def _guarded(name, tensor, done, open_ops):
    op = tensor.op
    if op.type in ("VariableV2", "Variable"):
        return _value_of(op, tensor, done)
    if op.type in _SAFE or op.name in open_ops:
        return tensor
    if op.name not in done:
        open_ops.add(op.name)
        inputs = [_guarded(name, one, done, open_ops) for one in op.inputs]
        open_ops.discard(op.name)
        same = all(new is old for new, old in zip(inputs, op.inputs, strict=True))
        done[op.name] = op if same else _again(name, op, inputs)
    made = done[op.name]
    return tensor if made is op else made.outputs[tensor.value_index]


def _value_of(op, tensor, done):
    if op.name not in done:
        graph = op.graph
        known = graph.get_collection(GraphKeys.GLOBAL_VARIABLES) + graph.get_collection(GraphKeys.LOCAL_VARIABLES)
        found = [one for one in known if one.op is op]
        done[op.name] = found[0].initialized_value() if found else tensor
    return done[op.name]


def _again(name, op, inputs):
    """An operation once more, of other inputs."""
    attrs = {key: value for key, value in op.node_def.attr.items() if not key.startswith("_")}
    with name_scope_v1(None):
        return op.graph.create_op(op.type, inputs, name=f"{op.name}_{name}".replace(":", "_"), attrs=attrs)
