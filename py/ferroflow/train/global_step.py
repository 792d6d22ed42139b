"""The global step: the variable that counts training steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..framework.collections import GraphKeys
from ..framework.graph import get_default_graph
from ..framework.variables import VariableV1
from ..ops.shapes import zeros
from .optimizer import inside

if TYPE_CHECKING:
    from ..framework.variables import Variable


def get_global_step(graph=None) -> Variable | None:
    """The global step of a graph.

    Args:
      graph: the graph, by default the default graph.

    Returns:
      The variable; None if there is none.

    Raises:
      TypeError: what is called the global step is no integer scalar.
    """
    graph = get_default_graph() if graph is None else graph
    found = graph.get_collection(GraphKeys.GLOBAL_STEP)
    if len(found) > 1:
        return None
    if found:
        step = found[0]
    else:
        try:
            step = graph.get_tensor_by_name("global_step:0")
        except KeyError:
            return None
    assert_global_step(step)
    return step


def create_global_step(graph=None) -> Variable:
    """Makes the global step of a graph: an int64 variable that begins with 0.

    Args:
      graph: the graph, by default the default graph.

    Returns:
      The variable.

    Raises:
      ValueError: the graph has one already.
    """
    graph = get_default_graph() if graph is None else graph
    if get_global_step(graph) is not None:
        raise ValueError('"global_step" already exists.')
    with inside(graph), graph.name_scope(None):
        return VariableV1(
            lambda: zeros([], "int64"),
            trainable=False,
            name="global_step",
            collections=[GraphKeys.GLOBAL_VARIABLES, GraphKeys.GLOBAL_STEP],
        )


def get_or_create_global_step(graph=None) -> Variable:
    """The global step of a graph, which is made if there is none.

    Args:
      graph: the graph, by default the default graph.

    Returns:
      The variable.
    """
    graph = get_default_graph() if graph is None else graph
    found = get_global_step(graph)
    return create_global_step(graph) if found is None else found


def assert_global_step(global_step_tensor) -> None:
    """Checks that a tensor or variable can be the global step.

    Args:
      global_step_tensor: the tensor.

    Raises:
      TypeError: it is no integer scalar.
    """
    if not hasattr(global_step_tensor, "dtype"):
        raise TypeError('Existing "global_step" must be a Variable or Tensor: %s.' % (global_step_tensor,))
    if not global_step_tensor.dtype.base_dtype.is_integer:
        raise TypeError(f'Existing "global_step" does not have integer type: {global_step_tensor.dtype}')
    if global_step_tensor.shape.rank not in (None, 0):
        raise TypeError(f'Existing "global_step" is not scalar: {global_step_tensor.shape}')


def global_step(sess, global_step_tensor) -> int:
    """The value of the global step in a session.

    Args:
      sess: the session.
      global_step_tensor: the tensor or variable.

    Returns:
      An int.
    """
    return int(sess.run(global_step_tensor))
