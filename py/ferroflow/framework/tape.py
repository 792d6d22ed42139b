"""`tf.GradientTape`: gradients of what runs while it records."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, overload

from .. import _core
from .._gen import raw_ops
from . import nest
from .composite import CompositeTensor, IndexedSlices, gradient_parts, with_gradient_parts

_local = threading.local()

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Self

    from .typing import Gradient, Tensor
    from .variables import Variable


class UnconnectedGradients:
    """What a gradient is where the target does not depend on the source: `NONE` or `ZERO`."""

    NONE: UnconnectedGradients
    ZERO: UnconnectedGradients
    _members: dict[str, UnconnectedGradients] = {}

    def __init__(self, value):
        self.value = value

    def __new__(cls, value):
        known = cls._members.get(value)
        if known is None:
            if value not in ("none", "zero"):
                raise ValueError(f"{value!r} is not a valid UnconnectedGradients")
            known = cls._members[value] = super().__new__(cls)
        return known

    def __repr__(self):
        return f"<UnconnectedGradients.{self.value.upper()}: {self.value!r}>"


UnconnectedGradients.NONE = UnconnectedGradients("none")
UnconnectedGradients.ZERO = UnconnectedGradients("zero")


def check_unconnected(value):
    """The `UnconnectedGradients` that `value` is or names; ValueError otherwise."""
    if isinstance(value, UnconnectedGradients):
        return value
    try:
        return UnconnectedGradients(value)
    except (ValueError, TypeError):
        raise ValueError(f"Unknown value for unconnected_gradients: {value!r}") from None


def _active():
    tapes = getattr(_local, "tapes", None)
    if tapes is None:
        tapes = _local.tapes = []
    return tapes


def recording():
    """Whether a tape records or a use of variables is watched on this thread."""
    return bool(getattr(_local, "tapes", None) or getattr(_local, "watchers", None))


def variable_accessed(variable):
    """Tells the function that is traced and the tapes of this thread that a variable is used.

    Tapes watch it if it is trainable.
    """
    variable = getattr(variable, "_origin", variable)
    graph = _core.current_graph()
    if graph is not None and graph._is_function and not variable._is_argument and hasattr(graph, "watch_variable"):
        graph.watch_variable(variable)
    if not variable.trainable:
        return
    for tape in getattr(_local, "tapes", ()):
        if tape._watch_accessed:
            tape._watch_variable(variable)
    for seen in getattr(_local, "watchers", ()):
        seen.setdefault(id(source_of(variable)), variable)


@contextmanager
def watch_variables():
    """Gives a list that holds the trainable variables used inside the `with` statement once it is left."""
    watchers = _local.__dict__.setdefault("watchers", [])
    seen, found = {}, []
    watchers.append(seen)
    try:
        yield found
    finally:
        watchers[:] = [one for one in watchers if one is not seen]
        found.extend(seen.values())


@contextmanager
def stop_recording():
    """Stops all tapes of this thread for a while."""
    tapes = list(_active())
    for tape in tapes:
        tape._pop()
    try:
        yield
    finally:
        for tape in tapes:
            tape._push()


@contextmanager
def recorded_by(tapes):
    """Lets these tapes record, whether or not they do now, and no others of this thread."""
    before = list(_active())
    for tape in before:
        tape._pop()
    inside = [tape for tape in tapes if tape._tape is not None]
    for tape in inside:
        tape._push()
    try:
        yield
    finally:
        for tape in inside:
            tape._pop()
        for tape in before:
            tape._push()


def recording_tapes():
    """The tapes of this thread that record, outermost first."""
    return list(_active())


def _trainable(dtype):
    return dtype.is_floating or dtype.is_complex or dtype.name in ("resource", "variant")


def _as_slices(gradient):
    return IndexedSlices(*gradient) if isinstance(gradient, tuple) else gradient


def source_of(source):
    """The tensor that gradients by `source` are taken by: a variable's handle, or the tensor itself."""
    return getattr(source, "_gradient_source", source)


class Spans:
    """Which operations of graphs were added while a tape recorded."""

    def __init__(self):
        self._spans = {}  # number of a graph -> list of [first, end or None]
        self._watched = []  # pairs of a tensor and the size of its graph when it was first watched
        self._is_open = False

    def open(self):
        """The tape begins to record."""
        self._is_open = True
        graph = _core.current_graph()
        if graph is not None:
            self._spans.setdefault(graph._number, []).append([len(graph), None])

    def close(self):
        """The tape stops to record."""
        self._is_open = False
        graph = _core.current_graph()
        if graph is None:
            return
        spans = self._spans.setdefault(graph._number, [])
        if spans and spans[-1][1] is None:
            spans[-1][1] = len(graph)
        elif not spans:
            spans.append([0, len(graph)])

    def watch(self, tensor):
        """Notes that a tensor of a graph is watched from now on."""
        self._watched.append((tensor, len(tensor.graph)))

    def recorded(self, graph):
        """A function of an operation of a graph: whether the tape recorded it. None if it recorded all."""
        spans = self._spans.get(graph._number)
        if spans is None:
            return None if self._is_open else lambda op: op.graph is not graph  # it was stopped before the graph began
        late = [(t, at) for t, at in self._watched if t.graph is graph and at > spans[0][0]]

        def within(number):
            return any(first <= number and (end is None or number < end) for first, end in spans)

        if not late:
            return lambda op: op.graph is not graph or within(op._id)
        return _replayed(graph, within, {id(t): at for t, at in self._watched}).__contains__


def _replayed(graph, within, watched):
    """The operations that a tape recorded which watched tensors in the midst of recording."""
    found, derived = set(), set()
    for number in range(len(graph)):
        op = graph._op(number)
        from_outside = any(t.op.type in ("Placeholder", "Const") and id(t) not in watched for t in op.inputs)
        handles = any(t.dtype.base_dtype.name == "resource" for t in op.inputs) and from_outside
        if within(number) and (
            handles or any(id(t) in derived or watched.get(id(t), number + 1) <= number for t in op.inputs)
        ):
            found.add(op)
            derived.update(map(id, op.outputs))
    return found


class GradientTape:
    """Records what runs, so that gradients can be taken by watched tensors and by trainable variables.

    Args:
      persistent: whether several gradients may be taken; the tape then keeps what it recorded until it is deleted.
      watch_accessed_variables: whether trainable variables are watched as soon as they are read.

    >>> x = _core.constant(3.0)
    >>> with GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = x * x
    >>> float(tape.gradient(y, x))
    6.0
    """

    def __init__(self, persistent: bool = False, watch_accessed_variables: bool = True) -> None:
        self._tape = None
        self._persistent = persistent
        self._watch_accessed = watch_accessed_variables
        self._recording = False
        self._variables = {}
        self._symbolic_watched = {}
        self._used = False
        self._spans = Spans()

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(self, *error) -> None:
        if self._recording:
            self._stop()

    def _start(self):
        if self._recording:
            raise ValueError("Tape is still recording, This can happen if you try to re-enter an already-active tape.")
        if self._tape is None:
            self._tape = _core.Tape(self._persistent)
            self._variables = {}
            self._symbolic_watched = {}
            self._used = False
            self._spans = Spans()
        self._push()
        self._recording = True

    def _stop(self):
        if not self._recording:
            raise ValueError("Tape is not recording.")
        self._pop()
        self._recording = False

    def _push(self):
        self._tape.start()
        self._spans.open()
        _active().append(self)

    def _pop(self):
        self._tape.stop()
        self._spans.close()
        tapes = _active()
        for position in range(len(tapes) - 1, -1, -1):
            if tapes[position] is self:
                del tapes[position]
                break

    def _watch_variable(self, variable):
        source = source_of(variable)
        if id(source) in self._variables:
            return
        self._variables[id(source)] = (variable, source)
        if isinstance(source, _core.EagerTensor):
            self._tape.watch(source)
        else:
            self._symbolic_watched[id(source)] = source

    def watch(self, tensor: Any) -> None:
        """Watches a tensor, a variable, or a nested structure of them.

        Raises:
          ValueError: something else.
        """
        for one in nest.flatten(tensor, expand_composites=True):
            if not isinstance(one, _core.Tensor) and not hasattr(one, "_gradient_source"):
                raise ValueError(
                    f"Passed in object {one} of type {type(one).__name__!r}, not tf.Tensor or tf.Variable or ExtensionType."
                )
            if not _trainable(one.dtype.base_dtype):
                import logging

                logging.getLogger("ferroflow").warning(
                    "The dtype of the watched tensor must be floating (e.g. tf.float32), got %r", one.dtype
                )
            if hasattr(one, "_gradient_source"):
                self._watch_variable(one)
            elif isinstance(one, _core.EagerTensor):
                self._tape.watch(one)
            else:
                self._symbolic_watched[id(one)] = one
                self._spans.watch(one)

    @contextmanager
    def stop_recording(self) -> Iterator[None]:
        """Does not record what runs inside the `with` statement.

        Raises:
          RuntimeError, ValueError: the tape does not record.
        """
        if self._tape is None:
            raise RuntimeError("Missing tape. Tape must be started before it can be stopped.")
        self._stop()
        try:
            yield
        finally:
            self._push()
            self._recording = True

    def reset(self) -> None:
        """Forgets what was recorded and watched, and goes on recording if it did."""
        recording = self._recording
        if recording:
            self._stop()
        self._tape = None
        self._variables = {}
        if recording:
            self._start()

    def watched_variables(self) -> tuple[Variable, ...]:
        """The variables that are watched, in the order in which they were made."""
        return tuple(variable for variable, _ in sorted(self._variables.values(), key=lambda pair: _age(pair[1])))

    @overload
    def gradient(
        self, target: Any, sources: Tensor | Variable, output_gradients: Any = None, unconnected_gradients: Any = ...
    ) -> Gradient: ...

    @overload
    def gradient(
        self, target: Any, sources: list[Any], output_gradients: Any = None, unconnected_gradients: Any = ...
    ) -> list[Gradient]: ...

    @overload
    def gradient(
        self, target: Any, sources: tuple[Any, ...], output_gradients: Any = None, unconnected_gradients: Any = ...
    ) -> tuple[Gradient, ...]: ...

    @overload
    def gradient(
        self, target: Any, sources: Any, output_gradients: Any = None, unconnected_gradients: Any = ...
    ) -> Any: ...

    def gradient(self, target, sources, output_gradients=None, unconnected_gradients=UnconnectedGradients.NONE):
        """The gradients of the sum of `target` with respect to `sources`.

        Args:
          target: a tensor or a nested structure of tensors.
          sources: a tensor or variable, or a nested structure of these.
          output_gradients: a gradient for each element of `target`, ones where not given.
          unconnected_gradients: what is given for a source that `target` does not depend on: `NONE` (None) or `ZERO`.

        Returns:
          A structure like `sources` of tensors, `IndexedSlices` or None.

        Raises:
          RuntimeError: second call on a tape that is not persistent, or a tape that was never started.
          TypeError: `target` is None.
          ValueError: an unknown value of `unconnected_gradients`.
        """
        if self._tape is None:
            raise RuntimeError(
                "A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians)"
            )
        if target is None:
            raise TypeError(
                "Argument `target` should be a list or nested structure of Tensors, Variables or CompositeTensors to be "
                "differentiated, but received None."
            )
        unconnected = check_unconnected(unconnected_gradients)
        if self._recording and not self._persistent:
            self._stop()
        flat_targets = self._targets(target)
        for one in nest.flatten(sources):
            if isinstance(one, CompositeTensor) and not one._differentiates_values:
                kind = type(one).__name__
                raise ValueError(f"Type {kind} is not supported as a gradient source or gradient target.")
        flat_sources = gradient_parts(sources)
        grads = None
        if output_gradients is not None:
            grads = [None if one is None else _core.convert(one) for one in gradient_parts(output_gradients)]
        found = self._gradients(flat_targets, flat_sources, grads)
        if unconnected is UnconnectedGradients.ZERO:
            found = [zeros_of(s) if g is None else g for g, s in zip(found, flat_sources, strict=True)]
        if not self._persistent:
            self._tape = None
        return with_gradient_parts(sources, found)

    def _targets(self, target):
        """The target's tensors; variables among them are read on the tape."""
        flat = gradient_parts(target)
        if self._recording or all(isinstance(one, _core.Tensor) for one in flat):
            return [_core.convert(one) for one in flat]
        self._push()
        try:
            return [_core.convert(one) for one in flat]
        finally:
            self._pop()

    def _gradients(self, targets, sources, grads):
        if any(isinstance(target, _core.SymbolicTensor) for target in targets):
            return self._symbolic_gradients(targets, sources, grads)
        differentiable = [i for i, target in enumerate(targets) if _trainable(target.dtype.base_dtype)]
        targets = [targets[i] for i in differentiable]
        if grads is not None:
            grads = [grads[i] for i in differentiable]
        sources = [source_of(source) for source in sources]
        for source in sources:
            if not isinstance(source, _core.Tensor):
                raise TypeError(f"gradients are taken by tensors and variables, not by {source!r}")
        found = self._tape.gradient(targets, sources, grads, self._persistent)
        return [_as_slices(one) for one in found]

    def _symbolic_gradients(self, targets, sources, grads):
        """In a graph: what is watched counts, as it would on a tape."""
        from .nested_gradients import gradients_in_body

        watched = {*self._symbolic_watched, *self._variables}
        wanted = [source_of(source) for source in sources]
        recorded = self._spans.recorded
        if grads is None and any(target.dtype.is_complex for target in targets):
            grads = [raw_ops.OnesLike(x=target) if target.dtype.is_complex else None for target in targets]
        found = gradients_in_body(targets, wanted, grads, scope="gradient_tape", recorded=recorded)
        if all(id(source) in watched for source in wanted):
            return found
        known = watched | _derived(wanted, watched, recorded)
        return [one if id(source) in known else None for one, source in zip(found, wanted, strict=True)]

    def jacobian(self, target, sources, unconnected_gradients=UnconnectedGradients.NONE, parallel_iterations=None,
                 experimental_use_pfor=True):  # fmt: skip
        """The derivatives of each element of `target` by each element of `sources`.

        Args:
          target: a tensor.
          sources: a tensor or variable, or a nested structure of these.
          unconnected_gradients: as in `gradient`.
          parallel_iterations: changes nothing.
          experimental_use_pfor: False asks for a persistent tape in eager mode.

        Returns:
          A structure like `sources`, each of shape `target.shape + source.shape`.

        Raises:
          RuntimeError: the tape is used up, or is not persistent as it has to be.
        """
        from .jacobians import jacobian

        return jacobian(self, target, sources, check_unconnected(unconnected_gradients), experimental_use_pfor)

    def batch_jacobian(self, target, source, unconnected_gradients=UnconnectedGradients.NONE, parallel_iterations=None,
                       experimental_use_pfor=True):  # fmt: skip
        """The derivatives of each element of `target` by each element of `source` of the same member of a batch.

        Args:
          target: a tensor of shape [batch, ...].
          source: a tensor of shape [batch, ...].
          unconnected_gradients, parallel_iterations: change nothing.
          experimental_use_pfor: False asks for a persistent tape in eager mode.

        Returns:
          A tensor of shape [batch] + target.shape[1:] + source.shape[1:], zeros where nothing connects the two.

        Raises:
          RuntimeError: the tape is used up, or is not persistent as it has to be.
          ValueError: the sizes of the batches differ, or one of the two has less than two axes.
        """
        from .jacobians import batch_jacobian

        check_unconnected(unconnected_gradients)
        return batch_jacobian(self, target, source, experimental_use_pfor)

    def _rows(self, target, sources, seeds):
        """Gradients for several seeds; the tape stays usable."""
        keep, self._persistent = self._persistent, True
        try:
            return [self._gradients([target], sources, [seed]) for seed in seeds]
        finally:
            self._persistent = keep

    def _use(self):
        """RuntimeError if the tape is used up; stops it unless it may be used again."""
        if self._tape is None:
            raise RuntimeError(
                "A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians)"
            )
        if self._recording and not self._persistent:
            self._stop()


def _age(source):
    """A number that is smaller for handles that were made before."""
    return source._id if isinstance(source, _core.EagerTensor) else source.op._id


def _derived(tensors, watched, recorded):
    """The ids of those of the tensors that recorded operations computed from watched ones.

    `recorded(graph)` gives a function that says of an operation of the graph whether it was recorded, or None for all.
    """
    reached, in_graph = {}, {}
    stack = list(tensors)
    while stack:
        one = stack[-1]
        follow = isinstance(one, _core.SymbolicTensor)
        if follow:
            if one.graph not in in_graph:
                in_graph[one.graph] = recorded(one.graph)
            follow = in_graph[one.graph] is None or in_graph[one.graph](one.op)
        before = one.op.inputs if follow and id(one) not in watched else []
        missing = [t for t in before if id(t) not in reached]
        if id(one) not in reached and missing:
            stack.extend(missing)
            continue
        stack.pop()
        reached[id(one)] = id(one) in watched or any(reached[id(t)] for t in before)
    return {key for key, is_reached in reached.items() if is_reached}


def _one(dtype):
    return _core.convert(1, dtype)


def _zero(dtype):
    return _core.convert(0, dtype)


def zeros_of(source):
    """Zeros of the shape and dtype of a tensor or variable."""
    if isinstance(source, _core.Tensor):
        return raw_ops.ZerosLike(x=source)
    return raw_ops.Fill(dims=source.shape.as_list(), value=_zero(source.dtype.base_dtype))
