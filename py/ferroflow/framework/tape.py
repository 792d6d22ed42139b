"""`tf.GradientTape`: gradients of what runs while it records."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, overload

from .. import _core
from .._gen import raw_ops
from . import nest
from .composite import CompositeTensor, IndexedSlices, gradient_parts, with_gradient_parts
from .tape_spans import Spans, derived, eager_inputs

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


def stop_reverse():
    """Stops all tapes of this thread for a while but those of accumulators, which see into functions with own gradients."""
    return recorded_by([tape for tape in _active() if tape._is_forward])


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

    _is_forward = False  # whether it is that of a `ForwardAccumulator`

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
                from ..logging import warning

                warning("The dtype of the watched tensor must be floating (e.g. tf.float32), got %r", one.dtype)
            if hasattr(one, "_gradient_source"):
                self._watch_variable(one)
                continue
            self._spans.watch(one)
            if isinstance(one, _core.EagerTensor):
                self._tape.watch(one)
            else:
                self._symbolic_watched[id(one)] = one

    @contextmanager
    def stop_recording(self) -> Iterator[None]:
        """Does not record what runs inside the `with` statement.

        Raises:
          RuntimeError, ValueError: the tape does not record.
        """
        if self._tape is None:
            raise RuntimeError("Trying to stop recording a tape which is not recording.")
        self._stop()
        try:
            yield
        finally:
            self._push()
            self._recording = True

    def reset(self) -> None:
        """Forgets what was recorded and watched, and goes on recording.

        Raises:
          ValueError: the tape is not recording.
        """
        self._stop()
        self._tape = None
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

        watched = self._watched(sources)
        wanted = [source_of(source) for source in sources]
        recorded = self._spans.recorded
        if grads is None and any(target.dtype.is_complex for target in targets):
            grads = [raw_ops.OnesLike(x=target) if target.dtype.is_complex else None for target in targets]
        found = gradients_in_body(targets, wanted, grads, scope="gradient_tape", tape=self)
        if all(id(source) in watched for source in wanted):
            return found
        known = watched | derived(wanted, watched, recorded)
        return [one if id(source) in known else None for one, source in zip(found, wanted, strict=True)]

    def _gradient_finder(self, graph, find):
        """As `find`, which gives an operation's own gradient function, for what the tape recorded of a graph."""
        recorded = self._spans.recorded(graph)
        if recorded is None and not self._is_forward:
            return find

        def found(op):
            if recorded is not None and not recorded(op):
                return _nothing
            function = find(op)
            own = self._is_forward and op.inputs[: getattr(function, "own_results", 0)]
            return None if own and any(map(self._depends, own)) else function

        return found

    def _watched(self, sources):
        """The ids of what is watched in graphs, and of eager tensors among the sources and those that bodies at hand use."""
        graph, pairs = _core.current_graph(), [(one, one) for one in sources if isinstance(one, _core.EagerTensor)]
        while graph is not None:
            pairs += eager_inputs(graph)
            graph = getattr(graph, "outer_graph", None)
        outside = {id(inner) for outer, inner in pairs if self._tape.watches(outer)}
        return {*self._symbolic_watched, *self._variables} | outside

    def _depends(self, tensor):
        """Whether a tensor depends on what is watched."""
        if isinstance(tensor, _core.EagerTensor):
            return self._tape.watches(tensor)
        return id(tensor) in derived([tensor], self._watched([]), self._spans.recorded)

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


def _nothing(op, *grads):
    return [None] * len(op.inputs)


def _age(source):
    """A number that is smaller for handles that were made before."""
    return source._id if isinstance(source, _core.EagerTensor) else source.op._id


def _one(dtype):
    return _core.convert(1, dtype)


def _zero(dtype):
    return _core.convert(0, dtype)


def zeros_of(source):
    """Zeros of the shape and dtype of a tensor or variable."""
    if isinstance(source, _core.Tensor):
        return raw_ops.ZerosLike(x=source)
    return raw_ops.Fill(dims=source.shape.as_list(), value=_zero(source.dtype.base_dtype))
