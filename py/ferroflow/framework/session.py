"""Sessions: they run parts of a graph and keep the values of its variables."""

from __future__ import annotations

import itertools
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .. import _core
from . import nest
from . import operation as _operation  # noqa: F401  attaches the methods of operations and tensors
from .errors import InvalidArgumentError
from .partial_run import Fetched, PartialRun, elements, feed_pairs

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from typing import Any, Self

    from .graph import Graph
    from .protos import GraphDef

_local = threading.local()
_numbers = itertools.count()


def _sessions():
    stack = getattr(_local, "sessions", None)
    if stack is None:
        stack = _local.sessions = []
    return stack


def get_default_session() -> BaseSession | None:
    """The innermost default session of this thread, or None."""
    stack = _sessions()
    return stack[-1] if stack else None


@contextmanager
def _default_session(session):
    stack = _sessions()
    stack.append(session)
    try:
        yield session
    finally:
        if stack[-1] is not session:
            raise AssertionError("Nesting violated for default stack of session objects")
        stack.pop()


def _check_arguments(target, graph, config):
    if graph is not None and not isinstance(graph, _core.GraphBase):
        raise TypeError(f'Argument `graph` must be a tf.Graph, but got "{type(graph).__name__}"')
    if target not in (None, "") and not isinstance(target, (str, bytes)):
        raise TypeError(f'Argument `target` must be a string, but got "{type(target).__name__}"')
    if config is not None and not hasattr(config, "SerializeToString"):
        raise TypeError(f'Argument `config` must be a tf.ConfigProto, but got "{type(config).__name__}"')


def _options(config):
    """The keyword arguments of the Rust session that a `ConfigProto` asks for."""
    from .protos import ConfigProto, coerce

    config = coerce(ConfigProto, config)
    level = config.graph_options.optimizer_options.opt_level
    return {
        "optimize": level >= 0,
        "soft_placement": config.allow_soft_placement,
        "timeout_ms": config.operation_timeout_in_ms,
    }


class BaseSession(_core.SessionBase):
    """What `Session` and `InteractiveSession` share."""

    def __new__(cls, target="", graph: Graph | None = None, config=None) -> Self:
        _check_arguments(target, graph, config)
        graph = _core.default_graph() if graph is None else graph
        graph._settle()
        return super().__new__(cls, graph, **({} if config is None else _options(config)))

    def __init__(self, target="", graph: Graph | None = None, config=None) -> None:
        self._target = target.encode() if isinstance(target, str) else target or b""
        self._config = config

    @property
    def graph_def(self) -> GraphDef:
        """The graph as a `GraphDef`, made anew at each access."""
        return self.graph.as_graph_def(add_shapes=False)

    @property
    def sess_str(self) -> bytes:
        """The target that was given, as bytes: always that of this process."""
        return self._target

    def as_default(self) -> AbstractContextManager[Self]:
        """A context manager that makes this the default session, for `tensor.eval()` and `operation.run()`.

        The session stays open at the end.
        """
        return _default_session(self)

    def list_devices(self) -> list[DeviceAttributes]:
        """The devices that the session can use: objects with `name`, `device_type`, `memory_limit_bytes`."""
        return [DeviceAttributes(name, kind) for name, kind, _ in _core.devices()]

    def partial_run_setup(self, fetches, feeds=None) -> str:
        """Begins a run in several steps.

        Args:
          fetches: tensors, operations, their names, or a nested structure of them: all that the steps will fetch.
          feeds: list of the tensors that the steps will feed.

        Returns:
          A handle for `partial_run`.

        Raises:
          InvalidArgumentError: nothing to fetch, or a tensor is both fed and fetched.
          TypeError, ValueError: a fetch or feed is no element of the graph.
        """
        wanted = elements(self.graph, fetches, "fetch")
        if not wanted:
            raise InvalidArgumentError(None, None, "Must specify at least one target to fetch or execute.")
        run = PartialRun(self.graph, wanted, elements(self.graph, list(feeds or []), "feed"))
        handle = f"partial run {next(_numbers)}"
        self._partial = {**getattr(self, "_partial", {}), handle: run}
        return handle

    def partial_run(self, handle, fetches, feed_dict=None) -> Any:
        """A step of a run: feeds and fetches a part of what was announced. Each operation runs once in all steps.

        Args:
          handle: what `partial_run_setup` returned.
          fetches: as for `run`, without operations; none that an earlier step has fetched.
          feed_dict: as for `run`; none that an earlier step has fed.

        Returns:
          What `run` returns.

        Raises:
          InvalidArgumentError: there is no such run (any more); what is fed or fetched was not announced or has been before;
            or what is fetched depends on what is still to be fed.
          RuntimeError: an operation is fetched.

        >>> import ferroflow.compat.v1 as v1
        >>> with v1.Graph().as_default(), v1.Session() as session:
        ...     a, b = v1.placeholder(tf.float32, []), v1.placeholder(tf.float32, [])
        ...     double, product = a * 2.0, a * b
        ...     handle = session.partial_run_setup([double, product], [a, b])
        ...     first = session.partial_run(handle, double, {a: 3.0})
        ...     print(first, session.partial_run(handle, product, {b: first}))
        6.0 18.0
        """
        runs = getattr(self, "_partial", {})
        if handle not in runs:
            raise InvalidArgumentError(None, None, "Must run 'setup' before performing partial runs!")
        run = runs[handle]
        pairs = [pair for key, value in (feed_dict or {}).items() for pair in feed_pairs(key, value)]
        feeds = [(elements(self.graph, [key], "feed")[0], value) for key, value in pairs]
        leaves = [Fetched(self.graph, one) for one in nest.flatten(fetches)]
        found = run.step(self, [part for leaf in leaves for part in leaf.parts], feeds)
        if run.is_done:
            del runs[handle]
        return nest.pack_sequence_as(fetches, [leaf.value(found) for leaf in leaves])


class DeviceAttributes:
    """A device that a session can use."""

    __slots__ = ("name", "device_type", "memory_limit_bytes", "incarnation")

    def __init__(self, name, device_type):
        self.name = name
        self.device_type = device_type
        self.memory_limit_bytes = 0
        self.incarnation = 0

    def __repr__(self):
        return f"_DeviceAttributes({self.name}, {self.device_type}, {self.memory_limit_bytes}, {self.incarnation})"


class Session(BaseSession):
    """Runs operations of a graph and evaluates its tensors.

    A session keeps the values of the graph's variables; several sessions over one graph have values of their own.

    Args:
      target: "" (this process).
      graph: the graph, the default graph if not given.
      config: a `ConfigProto`; the optimisation level, soft placement and the timeout count.

    >>> with Session() as session:
    ...     session.run({"answer": _core.constant(42)})["answer"]
    np.int32(42)
    """

    def __enter__(self) -> Self:
        stack = getattr(self, "_contexts", None)
        if stack is None:
            stack = self._contexts = []
        from contextlib import ExitStack

        entered = ExitStack()
        entered.enter_context(self.graph.as_default())
        entered.enter_context(_default_session(self))
        stack.append(entered)
        return self

    def __exit__(self, *error) -> None:
        self._contexts.pop().close()
        self.close()

    @staticmethod
    def reset(target, containers=None, config=None) -> None:
        """Does nothing in one process: a session's resources go with it. `target` is not read."""


class InteractiveSession(BaseSession):
    """A session that makes itself the default one when it is made, for shells and notebooks; `close` ends that."""

    def __init__(self, target="", graph: Graph | None = None, config=None) -> None:
        super().__init__(target, graph, config)
        self._explicit_graph = graph
        if graph is not None:
            self._graph_scope = graph.as_default()
            self._graph_scope.__enter__()
        self._default = _default_session(self)
        self._default.__enter__()

    def close(self) -> None:
        """Ends the session, and its being the default."""
        super().close()
        default, self._default = self._default, None
        if default is None:
            return
        if get_default_session() is self:
            default.__exit__(None, None, None)
        else:
            _sessions().remove(self)
        if self._explicit_graph is not None:
            self._graph_scope.__exit__(None, None, None)
            self._explicit_graph = None
