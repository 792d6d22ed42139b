"""What new ops inherit: eager or graph mode, device, control dependencies, variable creators."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .. import _core
from .composite import IndexedSlices
from .device_spec import merge_device

if TYPE_CHECKING:
    from collections.abc import Iterator

_local = threading.local()


def executing_eagerly() -> bool:
    """Whether ops run at once, as they do outside of graphs and functions unless eager execution is disabled.

    >>> executing_eagerly()
    True
    """
    return _core.executing_eagerly()


def executing_eagerly_outside_functions() -> bool:
    """Whether the code outside of all function bodies runs eagerly."""
    return _core.executing_eagerly_outside_functions()


def inside_function() -> bool:
    """Whether the body of a function is being built."""
    graph = _core.current_graph()
    return graph is not None and graph._is_function


def enable_eager_execution(config=None, device_policy=None, execution_mode=None) -> None:
    """Makes ops run at once, which is the default; undoes `disable_eager_execution`. The arguments change nothing."""
    if any(graph is not None for graph in _core.graph_stack()):
        raise ValueError("tf.enable_eager_execution must be called at program startup.")
    _core.force_graph(False)


def disable_eager_execution() -> None:
    """Makes ops outside of any graph add nodes to the default graph, for the whole process."""
    _core.force_graph(True)


@contextmanager
def _entered(graph, scope, device):
    """Adds to `graph` (None: runs eagerly) under a name scope and device."""
    _core.push_graph(graph)
    try:
        _core.set_scope(scope)
        _core.set_device(device)
        yield graph
    finally:
        _core.pop_graph()


@contextmanager
def graph_mode():
    """Where names that only TensorFlow 1 has add their nodes: the graph at hand, in eager mode the default graph."""
    graph = _core.current_graph()
    if graph is not None:
        yield graph
        return
    with _entered(_core.default_graph(), _core.scope(), _core.device()) as graph:
        yield graph


@contextmanager
def eager_mode():
    """Runs ops at once even while a graph is being built."""
    with _entered(None, _core.scope(), _core.device()):
        yield


@contextmanager
def init_scope() -> Iterator[None]:
    """Leaves all function bodies and control dependencies, and stops tapes: for what is made once, like variables.

    The name scope and the device stay.
    """
    from .tape import stop_recording

    graph = _core.current_graph()
    with stop_recording():
        if graph is None:
            yield
        elif not graph._is_function:
            with _control(None):
                yield
        else:
            outer = next((g for g in reversed(_core.graph_stack()) if g is None or not g._is_function), None)
            if outer is None and _core.is_graph_forced():
                outer = _core.default_graph()
            with _entered(outer, _core.scope(), _core.device()):
                yield


class device_v1:
    """Context manager that requests a device for new ops.

    Args:
      device_name_or_function: a device string such as "/device:CPU:0" (parts that it leaves open come from outer
        scopes), a DeviceSpec, None to ignore the outer scopes, or, while a graph is built, a function of an operation
        that returns one of these.

    >>> with device_v1("/cpu:0"):
    ...     x = _core.constant(1)
    """

    def __init__(self, device_name_or_function) -> None:
        self._name = device_name_or_function
        self._is_function = callable(device_name_or_function) and not hasattr(device_name_or_function, "to_string")
        self._entered = []
        if self._is_function and executing_eagerly():
            raise RuntimeError("tf.device does not support functions when eager execution is enabled.")

    def __enter__(self):
        if self._is_function:
            scope = _core.default_graph()._annotating(lambda op: _apply_device_function(op, self._name))
            scope.__enter__()
            self._entered.append(scope)
        else:
            outer = _core.device()
            _core.set_device("" if self._name is None else merge_device(self._name, outer))
            self._entered.append(outer)

    def __exit__(self, *error) -> None:
        entered = self._entered.pop()
        if isinstance(entered, str):
            _core.set_device(entered)
        else:
            entered.__exit__(*error)


def device(device_name) -> device_v1:
    """Context manager that requests a device for new ops; see `tf.compat.v1.device`, but without functions."""
    if callable(device_name) and not hasattr(device_name, "to_string"):
        raise RuntimeError("tf.device does not support functions.")
    return device_v1(device_name)


def _apply_device_function(op, function):
    wanted = function(op)
    op._set_device(wanted if isinstance(wanted, str) else "" if wanted is None else wanted.to_string())


def as_control_operation(item):
    """The operation that a control input means; None for what has none (eager values)."""
    if isinstance(item, IndexedSlices):
        item = item.values
    if hasattr(item, "_handle") and item._in_graph_mode:
        return item.op  # the handle's, or the assignment that a variable stands for
    if hasattr(item, "_as_graph_element"):
        item = item._as_graph_element()
    if isinstance(item, _core.SymbolicTensor):
        return item.op
    if isinstance(item, _core.Operation):
        return item
    if isinstance(item, _core.EagerTensor) or item is None:
        return None
    raise TypeError(f"Can not convert a {type(item).__name__} into a Tensor or Operation.")


@contextmanager
def _control(operations):
    """Sets the operations that new ones run after; None clears them."""
    old = _core.set_control(operations or [])
    try:
        yield
    finally:
        _core.set_control(old)


@contextmanager
def control_dependencies(control_inputs) -> Iterator[None]:
    """Makes new ops run after the given ones.

    Args:
      control_inputs: a list of operations, tensors or variables; None leaves all outer control dependencies. In eager
        mode everything has run already; functions in the list are called. An operation of a graph makes the ops
        inside nodes of its graph.
    """
    graph = _core.current_graph()
    items = [] if control_inputs is None else list(control_inputs)
    if graph is None:
        for item in items:
            if callable(item) and not isinstance(item, (_core.Tensor, _core.Operation)) and not hasattr(item, "handle"):
                item()
        operations = [op for op in map(_symbolic_operation, items) if op is not None]
        if not operations:
            yield
            return
        with _entered(operations[0].graph, _core.scope(), _core.device()), _control(operations):
            yield
        return
    mine = []
    for item in items:
        operation = as_control_operation(item)
        if operation is None:
            continue
        if operation.graph is graph:
            mine.append(operation)
        elif not graph._is_function:
            graph.as_graph_element(item)  # raises the error for what is of another graph
    ids = [] if control_inputs is None else [*_core.control(), *(op._id for op in mine)]
    with _control(ids):
        yield


def _symbolic_operation(item):
    if isinstance(item, (IndexedSlices, _core.SymbolicTensor, _core.Operation)):
        return as_control_operation(item)
    return None


# Variable creators: functions that stand between a request for a variable and the variable.


def variable_creators():
    """The active variable creators, outermost first, on this thread."""
    return getattr(_local, "creators", ())


@contextmanager
def variable_creator_scope(variable_creator) -> Iterator[None]:
    """Calls `variable_creator(next_creator, **kwargs)` for each variable that is made inside.

    Args:
      variable_creator: a function that returns a variable, usually `next_creator(**kwargs)` with changed arguments.
    """
    old = variable_creators()
    _local.creators = (*old, variable_creator)
    try:
        yield
    finally:
        _local.creators = old


def in_graph(graph):
    """Context manager that adds to `graph`, under the name scope and device at hand."""
    return _entered(graph, _core.scope(), _core.device())


def current_graph():
    """The graph that is being built; None in eager mode."""
    return _core.current_graph()


def default_graph():
    """The graph that names of TensorFlow 1 add to: the one that is being built, else that of the process."""
    return _core.default_graph()


def name_scope_at_hand():
    """The name scope of new operations, without a trailing slash."""
    return _core.scope()
