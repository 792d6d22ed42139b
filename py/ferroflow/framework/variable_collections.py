"""The variables of a graph by kind, and the operations that give them their first values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _core
from .._gen import raw_ops
from .collections import GraphKeys, get_collection
from .context import control_dependencies, device_v1, graph_mode
from .name_scope import name_scope_of

if TYPE_CHECKING:
    from .typing import Operation, Tensor
    from .variables import Variable


def global_variables(scope=None) -> list[Variable]:
    """The variables of the default graph that are shared; with `scope` only those whose name matches it."""
    return get_collection(GraphKeys.GLOBAL_VARIABLES, scope)


def all_variables() -> list[Variable]:
    """An older name of `global_variables`."""
    return global_variables()


def local_variables(scope=None) -> list[Variable]:
    """The variables of the default graph in the collection LOCAL_VARIABLES."""
    return get_collection(GraphKeys.LOCAL_VARIABLES, scope)


def model_variables(scope=None) -> list[Variable]:
    """The variables of the default graph in the collection MODEL_VARIABLES."""
    return get_collection(GraphKeys.MODEL_VARIABLES, scope)


def trainable_variables(scope=None) -> list[Variable]:
    """The variables of the default graph that optimizers change."""
    return get_collection(GraphKeys.TRAINABLE_VARIABLES, scope)


def moving_average_variables(scope=None) -> list[Variable]:
    """The variables of the default graph whose moving averages are kept."""
    return get_collection(GraphKeys.MOVING_AVERAGE_VARIABLES, scope)


def group_of(operations, name):
    """One operation that runs after all of these."""
    with control_dependencies(operations):
        return raw_ops.NoOp(name=name)


def variables_initializer(var_list, name="init") -> Operation:
    """An operation that gives all these variables their initial values.

    Args:
      var_list: a list of variables of the graph.
      name: the operation's name.
    """
    with graph_mode(), control_dependencies(None):
        return group_of([variable.initializer for variable in var_list if variable.initializer is not None], name)


def initialize_variables(var_list, name="init") -> Operation:
    """An older name of `variables_initializer`."""
    return variables_initializer(var_list, name)


def global_variables_initializer() -> Operation:
    """An operation that gives all global variables of the default graph their initial values."""
    return variables_initializer(global_variables())


def initialize_all_variables() -> Operation:
    """An older name of `global_variables_initializer`."""
    return global_variables_initializer()


def local_variables_initializer() -> Operation:
    """An operation that gives all local variables of the default graph their initial values."""
    return variables_initializer(local_variables())


def initialize_local_variables() -> Operation:
    """An older name of `local_variables_initializer`."""
    return local_variables_initializer()


def tables_initializer(name="init_all_tables") -> Operation:
    """An operation that fills all lookup tables of the default graph."""
    with graph_mode():
        return group_of(get_collection(GraphKeys.TABLE_INITIALIZERS), name)


def initialize_all_tables(name="init_all_tables") -> Operation:
    """An older name of `tables_initializer`."""
    return tables_initializer(name)


def is_variable_initialized(variable) -> Tensor:
    """A boolean scalar: whether a variable has a value."""
    return variable.is_initialized()


def report_uninitialized_variables(var_list=None, name="report_uninitialized_variables") -> Tensor:
    """The names of the variables that have no value yet, as a string vector.

    Args:
      var_list: a list of variables; all global and local ones if not given.
      name: name scope of the ops.
    """
    with graph_mode():
        if var_list is None:
            var_list = global_variables() + local_variables()
        with name_scope_of(name), device_v1("/cpu:0"):
            if not var_list:
                return _core.convert([], "string")
            known = raw_ops.Pack(values=[variable.is_initialized() for variable in var_list])
            missing = raw_ops.LogicalNot(x=known)
            names = _core.convert([variable.op.name for variable in var_list], "string")
            picked = raw_ops.Squeeze(input=raw_ops.Where(condition=missing), axis=[1])
            return raw_ops.GatherV2(params=names, indices=picked, axis=0)


def assert_variables_initialized(var_list=None):
    """An operation that fails with FailedPreconditionError where a variable has no value; None without variables."""
    with graph_mode():
        if var_list is None:
            var_list = global_variables() + local_variables()
        if not var_list:
            return None
        ranks = [raw_ops.Rank(input=_core.convert(variable)) for variable in var_list]
        return ranks[0] if len(ranks) == 1 else raw_ops.Pack(values=ranks)
