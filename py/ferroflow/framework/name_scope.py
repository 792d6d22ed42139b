"""Name scopes: prefixes of the names of operations and variables."""

from __future__ import annotations

import re
from contextlib import contextmanager

from .. import _core

VALID_OPERATION_NAME = r"^[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*$"
VALID_SCOPE_NAME = r"^[A-Za-z0-9_.\\/>-]*$"
_valid_operation = re.compile(VALID_OPERATION_NAME)
_valid_scope = re.compile(VALID_SCOPE_NAME)


def name_from_scope_name(name):
    """A scope name without its trailing slash.

    >>> name_from_scope_name("layer/")
    'layer'
    """
    return name[:-1] if name and name.endswith("/") else name


def check_scope_name(name, scope):
    """ValueError unless `name` may be a scope within `scope`."""
    pattern, text = (_valid_scope, VALID_SCOPE_NAME) if scope else (_valid_operation, VALID_OPERATION_NAME)
    if not pattern.match(name):
        raise ValueError(
            f"'{name}' is not a valid {'scope' if scope else 'root scope'} name. A {'scope' if scope else 'root scope'} "
            f"name has to match the following pattern: {text}"
        )


def _set(graph, scope):
    if graph is not None:
        graph._scope = scope
    return _core.set_scope(scope)


@contextmanager
def scope_in_graph(name):
    """A name scope in the graph that is being built; gives the full name with a slash, "" for the root."""
    graph = _core.current_graph()
    old = _core.scope()
    if not name:
        new = ""
    elif name.endswith("/"):
        new = name_from_scope_name(name)
    else:
        check_scope_name(name, old)
        new = graph._unique_name(f"{old}/{name}" if old else name)
    _set(graph, new)
    try:
        yield new + "/" if new else ""
    finally:
        _set(graph, old)


@contextmanager
def scope_outside_graphs(name):
    """A name scope in eager mode. Nodes that are added to the default graph inside make the name used up there."""
    old = _core.scope()
    graph = None
    if not name:
        new = ""
    elif name.endswith("/"):
        new = name_from_scope_name(name)
    else:
        new = f"{old}/{name}" if old else name
        graph = _core.default_graph()
        size = len(graph)
        new = graph._unique_name(new, False)
    _core.set_scope(new)
    try:
        yield new + "/" if new else ""
    finally:
        _core.set_scope(old)
        if graph is not None and len(graph) > size:
            graph._unique_name(new)


def name_scope_of(name, default_name=None):
    """The scope `name`, or `default_name` if that is None; a context manager that gives the full name with a slash."""
    name = default_name if name is None else name
    return scope_outside_graphs(name) if _core.current_graph() is None else scope_in_graph(name)


def _symbolic_graph(values):
    """The graph of the symbolic tensors among `values`; ValueError if they are of different graphs."""
    first = None
    for value in values or ():
        if isinstance(value, (list, tuple)):
            continue
        element = value if isinstance(value, (_core.SymbolicTensor, _core.Operation)) else None
        if element is None:
            continue
        if first is None:
            first = element
        elif element.graph is not first.graph and not element.graph._is_function and not first.graph._is_function:
            raise ValueError(
                f"{element} must be from the same graph as {first} (graphs are {element.graph} and {first.graph})."
            )
    return None if first is None else first.graph


class name_scope_v1:
    """Context manager that puts a prefix before the names of new operations.

    Args:
      name: the scope's name; made unique within the graph. A name that ends with a slash is taken as the full name of
        an existing scope. "" or None leaves all scopes.
      default_name: taken if `name` is None.
      values: tensors that the scope's ops take; they must be of one graph.

    `with tf.name_scope("layer") as scope:` binds the full name with a trailing slash.
    """

    __slots__ = ("_name", "_default_name", "_values", "_stack")

    def __init__(self, name, default_name=None, values=None) -> None:
        if not (default_name is None or isinstance(default_name, str)):
            raise TypeError(
                f"`default_name` type ({type(default_name)}) is not a string type. You likely meant to pass this into "
                "the `values` kwarg."
            )
        self._name = default_name if name is None else name
        self._default_name = default_name
        self._values = values
        self._stack = []
        if self._name is None and values is not None:
            raise ValueError(f"At least one of name ({name}) and default_name ({default_name}) must be provided.")

    @property
    def name(self) -> str:
        """The name that was asked for."""
        return self._name

    def __enter__(self) -> str:
        from contextlib import ExitStack

        stack = ExitStack()
        graph = _symbolic_graph(self._values)
        current = _core.current_graph()
        if graph is not None and current is None:
            scope, device = _core.scope(), _core.device()
            stack.enter_context(graph.as_default())
            _core.set_scope(scope)
            _core.set_device(device)
        full = stack.enter_context(name_scope_of(self._name))
        self._stack.append(stack)
        return full

    def __exit__(self, *error) -> None:
        self._stack.pop().close()


class name_scope_v2:
    """Context manager that puts a prefix before the names of new operations and variables.

    Args:
      name: the scope's name; made unique within a graph. A name that ends with a slash is taken as the full name of an
        existing scope. "" leaves all scopes.

    Raises:
      ValueError: `name` is not a string, or holds a character that names may not have.

    >>> with name_scope_v2("layer") as scope:
    ...     scope
    'layer/'
    """

    __slots__ = ("_name", "_scopes")

    def __init__(self, name) -> None:
        if not isinstance(name, str):
            raise ValueError("name for name_scope must be a string.")
        self._name = name
        self._scopes = []

    @property
    def name(self) -> str:
        """The name that was asked for."""
        return self._name

    def __enter__(self) -> str:
        scope = name_scope_of(self._name)
        full = scope.__enter__()
        self._scopes.append(scope)
        return full

    def __exit__(self, *error) -> None:
        self._scopes.pop().__exit__(*error)


def get_name_scope() -> str:
    """The name scope at hand, without a trailing slash."""
    return _core.scope()
