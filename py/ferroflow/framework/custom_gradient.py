"""Functions with gradients of their own: `tf.custom_gradient`."""

from __future__ import annotations

import functools
import inspect
import itertools
import types
from typing import TYPE_CHECKING

from .. import _core
from .._gen import raw_ops
from . import nest
from .composite import CompositeTensor, gradient_parts, with_gradient_parts
from .gradients import own_gradient
from .tape import (
    GradientTape,
    recorded_by,
    recording_tapes,
    source_of,
    stop_reverse,
    variable_accessed,
    watch_variables,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_numbers = itertools.count()
_EMPTY = types.CellType()


def custom_gradient(f: Callable[..., Any] | None = None) -> Callable[..., Any]:
    """Decorator of a function that returns its result and a function of the gradients.

    Args:
      f: a function of tensors that returns `(result, grad_fn)`. `grad_fn(*dy)` gets a gradient for each result and
        returns one for each argument; where `f` reads variables it also takes `variables=`, and returns
        `(gradients of the arguments, gradients of the variables)`.

    Returns:
      A function that returns the result, and whose gradient is what `grad_fn` returns.

    Raises:
      TypeError: `f` reads variables and `grad_fn` does not take `variables`.
      ValueError: `grad_fn` returns another number of gradients.

    >>> @custom_gradient
    ... def clip(x):
    ...     return x, lambda dy: dy * 0.5
    """
    return custom_gradient if f is None else _Custom(f)


class _Custom:
    """A function with a gradient of its own; in a class it is a method."""

    def __init__(self, f):
        self._function = f
        functools.update_wrapper(self, f)

    def __call__(self, *args, **kwargs):
        return _run(self._function, args, kwargs)

    def __get__(self, instance, owner=None):
        return self if instance is None else _Custom(self._function.__get__(instance, owner))


def _run(f, args, kwargs):
    args = nest.map_structure(lambda one: one if isinstance(one, CompositeTensor) else _core.convert(one), args)
    with watch_variables() as used:
        result, grad_fn = f(*args, **kwargs)
    flat_args = gradient_parts(args)
    variables = [v for v in used if all(v is not one for one in flat_args)]
    for variable in variables:
        variable_accessed(variable)  # tapes that were stopped in `f` watch it too
    takes_variables = "variables" in inspect.signature(grad_fn).parameters or any(
        p.kind is p.VAR_KEYWORD for p in inspect.signature(grad_fn).parameters.values()
    )
    if variables and not takes_variables:
        raise TypeError(
            "@tf.custom_gradient grad_fn must accept keyword argument 'variables', since function uses variables: "
            f"{variables}"
        )
    flat_result = [_core.convert(one) for one in gradient_parts(result)]
    sources = [*flat_args, *(source_of(variable) for variable in variables)]

    def gradients(*grads):
        if any(isinstance(one, CompositeTensor) and one._differentiates_values for one in nest.flatten(result)):
            grads = nest.flatten(with_gradient_parts(result, grads))
        if variables:
            of_args, of_variables = grad_fn(*grads, variables=variables)
            if len(of_variables) != len(variables):
                raise ValueError("Must return gradient for each variable from @custom_gradient grad_fn.")
        else:
            of_args, of_variables = grad_fn(*grads), []
        flat = gradient_parts(of_args)
        if len(flat) != len(flat_args):
            raise ValueError(
                f"custom_gradient function expected to return {len(flat_args)} gradients, but returned {len(flat)} instead."
            )
        return [*flat, *of_variables]

    if any(isinstance(one, _core.SymbolicTensor) for one in [*flat_args, *flat_result]):
        outputs = _in_graph(flat_result, sources, gradients, grad_fn)
    else:
        with stop_reverse():
            outputs = [raw_ops.Identity(input=one) for one in flat_result]
        # An accumulator that saw how a result came about goes by that.
        seen = [tape for tape in recording_tapes() if tape._is_forward and any(map(tape._depends, outputs))]
        with recorded_by([tape for tape in recording_tapes() if tape not in seen]):
            _core.record_custom(f.__name__, sources, outputs, gradients)
    return with_gradient_parts(result, outputs)


def _capture_what_is_read(graph, function):
    """Makes the outer symbolic tensors that a function can read captures of a body, which takes no more once it is called.

    Read are values that it closes over, in containers too, and attributes of objects among them.
    """
    outer, above = set(), graph.outer_graph
    while above is not None:
        outer.add(id(above))
        above = getattr(above, "outer_graph", None)
    seen, stack = set(), [(function, True)]
    while stack:
        one, attributes = stack.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, _core.SymbolicTensor):
            if id(one.graph) in outer:
                graph._capture(one)
        elif _has_attributes(one):
            if attributes:
                stack += [(value, False) for value in vars(one).values()]
        else:
            stack += [(value, attributes) for value in _held(one)]


def _held(value):
    """The values that a function, a container or a composite holds."""
    if inspect.isfunction(value):
        cells = [cell for cell in value.__closure__ or () if cell != _EMPTY]
        named = (value.__kwdefaults__ or {}).values()
        return [*(cell.cell_contents for cell in cells), *(value.__defaults__ or ()), *named]
    if inspect.ismethod(value):
        return [value.__func__, value.__self__]
    if isinstance(value, functools.partial):
        return [value.func, *value.args, *value.keywords.values()]
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, (list, tuple, set, frozenset)):
        return list(value)
    if isinstance(value, CompositeTensor):
        return nest.flatten(value, expand_composites=True)
    return []


def _has_attributes(value):
    """Whether it is a plain object, whose attributes may be tensors: not what is walked otherwise, nor a variable."""
    if isinstance(value, (type, types.ModuleType, types.FunctionType, types.MethodType, functools.partial)):
        return False
    if isinstance(value, (dict, list, tuple, set, frozenset, CompositeTensor, _core.GraphBase)):
        return False
    return hasattr(value, "__dict__") and not hasattr(value, "_handle")


def _in_graph(results, sources, gradients, grad_fn):
    """Adds an IdentityN of results and sources, whose gradient is that of the function. Its graph owns the gradient."""
    name = f"CustomGradient-{next(_numbers)}"
    count = len(results)

    def gradient(op, *grads):
        return [None] * count + gradients(*grads[:count])

    gradient.own_results = count
    symbolic = next(one for one in [*results, *sources] if isinstance(one, _core.SymbolicTensor))
    graph = _core.current_graph() or symbolic.graph
    if graph._is_function:
        _capture_what_is_read(graph, grad_fn)
    own_gradient(graph, name, gradient)
    with graph.gradient_override_map({"IdentityN": name}):
        return raw_ops.IdentityN(input=[*results, *sources])[:count]


def grad_pass_through(f):
    """`f` with the gradient of the identity: what flows out of the result flows into the argument unchanged."""

    @custom_gradient
    def pass_through(*args, **kwargs):
        def gradient(*grads, **unused):
            variables = unused.get("variables")
            return (grads, [None] * len(variables)) if variables is not None else grads

        return f(*args, **kwargs), gradient

    return functools.wraps(f)(lambda *args, **kwargs: pass_through(*args, **kwargs))


def recompute_grad(f):
    """`f` without keeping what its gradient needs: it runs again when the gradient is taken, to save memory."""

    @custom_gradient
    def inner(*args, **kwargs):
        with stop_reverse():
            result = f(*args, **kwargs)

        def gradient(*grads, variables=None):
            with GradientTape() as tape:
                # One tensor may be several arguments, each of which has a gradient of its own.
                own = nest.map_structure(lambda one: raw_ops.Identity(input=one), args, expand_composites=True)
                tape.watch(own)
                again = f(*own, **kwargs)
            sources = [*own, *(variables or [])]
            found = tape.gradient(again, sources, output_gradients=nest.pack_sequence_as(again, list(grads)))
            if variables is None:
                return found
            return found[: len(own)], found[len(own) :]

        return result, gradient

    return functools.wraps(f)(lambda *args, **kwargs: inner(*args, **kwargs))
