"""`tf.gradients`: adds the gradient of a graph to it; registered and custom gradients."""

from __future__ import annotations

import threading
import weakref
from contextlib import ExitStack
from typing import TYPE_CHECKING

from .. import _core
from .._gen import raw_ops
from . import nest
from .composite import IndexedSlices
from .convert import convert_to_tensor_or_indexed_slices
from .name_scope import name_scope_of
from .tape import UnconnectedGradients, check_unconnected, source_of, zeros_of
from .traceback_filter import filter_traceback

if TYPE_CHECKING:
    from .typing import Gradient, Tensor

_registered = {}  # op type or other name -> gradient function, or None for "not differentiable"
_owned = weakref.WeakValueDictionary()  # the same for gradients that graphs own
_lock = threading.Lock()


class RegisterGradient:
    """Decorator that registers the gradient function of an op type, or of a name for `gradient_override_map`.

    The function gets the operation and one gradient for each output, and returns one for each input (None for none).

    Args:
      op_type: the name.

    Raises:
      TypeError: `op_type` is not a string.
      KeyError: it has a gradient already.
    """

    __slots__ = ("_op_type",)

    def __init__(self, op_type):
        if not isinstance(op_type, str):
            raise TypeError("op_type must be a string")
        self._op_type = op_type

    def __call__(self, f):
        _register(self._op_type, f)
        return f


def _register(name, function):
    with _lock:
        if name in _registered:
            raise KeyError(
                f"Registering two gradient with name '{name}'! (Previous registration was in {_place(name)})"
            )
        _registered[name] = function


def own_gradient(graph, name, function):
    """Registers a gradient function for a name, as long as `graph` lives."""
    graph._owned[name] = _owned[name] = function


def _place(name):
    code = getattr(_registered[name], "__code__", None)
    return "an earlier call" if code is None else f"{code.co_name} {code.co_filename}:{code.co_firstlineno}"


def no_gradient(op_type) -> None:
    """Declares that ops of a type have no gradient: nothing flows through them.

    Raises:
      TypeError: `op_type` is not a string.
    """
    if not isinstance(op_type, str):
        raise TypeError("op_type must be a string")
    _register(op_type, None)


def _find_custom(op):
    """The gradient function that Python registered for an operation, or that its graph owns; or None."""
    override = op._attrs().get("_gradient_op_type")
    name = op.type if override is None else override.decode()
    if name not in _registered:
        owned = _owned.get(name)
        if owned is not None:
            return owned
        return None if override is None else _missing
    function = _registered[name]
    if function is None:
        return lambda op, *grads: [None] * len(op.inputs)
    return function


def _missing(op, *grads):
    raise LookupError(f"No gradient defined for operation '{op.name}' (op type: {op.type})")


_core.set_gradient_finder(_find_custom, threading.RLock())


def gradients_in_graph(ys, xs, grad_ys=None, stop_gradients=(), scope="", tape=None):
    """Gradients of symbolic `ys` by the tensors `xs`, as a list of tensors, `IndexedSlices` and None.

    `tape` is the one whose gradients they are: nothing flows through operations that it did not record.
    """
    lists = grad_ys is not None  # gradients of tensor lists are lists, and come from gradients of others
    differentiable = [y.dtype.is_floating or y.dtype.is_complex or lists and y.dtype.name == "variant" for y in ys]
    if not any(differentiable):
        return [None] * len(xs)
    if grad_ys is not None:
        grad_ys = [g for g, keep in zip(grad_ys, differentiable, strict=True) if keep]
    ys = [y for y, keep in zip(ys, differentiable, strict=True) if keep]
    graph = next((t for t in [*ys, *xs] if isinstance(t, _core.SymbolicTensor)), None)
    if graph is None:
        return [None] * len(xs)
    graph = graph.graph
    graph._settle()
    if graph._is_function or _core.current_graph() is not None and _core.current_graph()._is_function:
        graph = _core.current_graph() if _core.current_graph() is not None else graph
    ys = [y if isinstance(y, _core.SymbolicTensor) else graph._capture(y) for y in ys]
    symbolic = [isinstance(x, _core.SymbolicTensor) or graph._is_function for x in xs]
    inner = [graph._capture(x) for x, is_symbolic in zip(xs, symbolic, strict=True) if is_symbolic]
    grads = [None] * len(ys) if grad_ys is None else list(grad_ys)
    find = _find_custom if tape is None else tape._gradient_finder(graph, _find_custom)
    with graph._here():
        found = iter(_core.gradients(graph, ys, inner, grads, list(stop_gradients), scope, find, tape is not None))
    out = [next(found) if is_symbolic else None for is_symbolic in symbolic]
    return [IndexedSlices(*one) if isinstance(one, tuple) else one for one in out]


def _as_list(value):
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _check_grad(grad, y):
    """TypeError or ValueError unless `grad` can be the gradient of `y`."""
    dtype, have = y.dtype.base_dtype, grad.dtype.base_dtype
    if dtype.is_floating or dtype.is_integer:
        if not have.is_floating and not have.is_integer:
            raise TypeError(
                f"Gradient type {have.name} generated for real or integer-valued tensor {y} with type {dtype.name} must "
                "be real or integer"
            )
    elif dtype.is_complex and not have.is_complex:
        raise TypeError(
            f"Gradient type {have.name} generated for complex-valued tensor {y} with type {dtype.name} must be real"
        )


@filter_traceback
def gradients(ys, xs, grad_ys=None, name="gradients", colocate_gradients_with_ops: bool=False, gate_gradients: bool=False,
              aggregation_method=None, stop_gradients=None, unconnected_gradients=UnconnectedGradients.NONE) -> list[Gradient]:  # fmt: skip
    """Adds to a graph the gradients of the sum of `ys` with respect to each of `xs`.

    Args:
      ys: a tensor or list of tensors.
      xs: a tensor or variable, or a nested structure of these.
      grad_ys: a gradient for each of `ys`; ones where None.
      name: name scope of the new operations.
      colocate_gradients_with_ops: asks for the new operations to be on the devices of those that they belong to.
      gate_gradients, aggregation_method: change nothing; gradients are summed with AddN.
      stop_gradients: tensors that count as constants.
      unconnected_gradients: what is given for an x that `ys` do not depend on: `NONE` (None) or `ZERO`.

    Returns:
      A list of a tensor, `IndexedSlices` or None for each of `xs`.

    Raises:
      LookupError: an op on the way has no gradient.
      RuntimeError: `ys` are concrete: use `tf.GradientTape`.
      TypeError: an integer or complex `y` without `grad_ys`.
      ValueError: wrong numbers or shapes of `grad_ys`, or an unknown value of `unconnected_gradients`.
    """
    from .nested_gradients import gradients_in_body

    ys = _as_list(ys)
    xs_structure = xs
    flat_xs = nest.flatten(xs)
    stop = [] if stop_gradients is None else _as_list(stop_gradients)
    grads = [None] * len(ys) if grad_ys is None else _as_list(grad_ys)
    ys = [convert_to_tensor_or_indexed_slices(y) for y in ys]
    ys = [y.values if isinstance(y, IndexedSlices) else y for y in ys]
    symbolic = next((y for y in ys if isinstance(y, _core.SymbolicTensor)), None)
    if symbolic is None and _core.executing_eagerly():
        raise RuntimeError(
            "tf.gradients is not supported when eager execution is enabled. Use tf.GradientTape instead."
        )
    unconnected = check_unconnected(unconnected_gradients)
    if len(grads) != len(ys):
        raise ValueError(f"Length mismatch. Passed {len(grads)} grad_ys for {len(ys)} ys")
    with ExitStack() as stack:
        if _core.current_graph() is None:
            scope = _core.scope()
            stack.enter_context(symbolic.graph.as_default())
            _core.set_scope(scope)
        full = stack.enter_context(name_scope_of(name, "gradients"))
        grads = [
            None if g is None else convert_to_tensor_or_indexed_slices(g, name=f"grad_ys_{i}")
            for i, g in enumerate(grads)
        ]
        for grad, y in zip(grads, ys, strict=True):
            if grad is not None:
                _check_grad(grad, y)
        sources = [source_of(x) for x in flat_xs]
        sources = [x if isinstance(x, _core.Tensor) else _core.convert(x) for x in sources]
        stop = [source_of(x) if hasattr(x, "_gradient_source") else _core.convert(x) for x in stop]
        graph = _core.default_graph()
        start = len(graph)
        found = gradients_in_body(ys, sources, grads, stop, full.rstrip("/"))
        _colocate(graph, start, colocate_gradients_with_ops)
        if unconnected is UnconnectedGradients.ZERO:
            found = [zeros_of(x) if g is None else g for g, x in zip(found, flat_xs, strict=True)]
    if isinstance(xs_structure, (list, tuple)) or not nest.is_nested(xs_structure):
        return found
    return nest.pack_sequence_as(xs_structure, found)


@filter_traceback
def gradients_v2(ys, xs, grad_ys=None, name="gradients", gate_gradients: bool=False, aggregation_method=None,
                 stop_gradients=None, unconnected_gradients=UnconnectedGradients.NONE) -> list[Gradient]:  # fmt: skip
    """`gradients` with the argument order of TensorFlow 2."""
    return gradients(
        ys, xs, grad_ys, name, True, gate_gradients, aggregation_method, stop_gradients, unconnected_gradients
    )


def _colocate(graph, start, with_forward):
    """Asks for the gradient's operations, from number `start` on, to be on the devices of others.

    A sum is where its first gradient is if all are on one device. All others, if `with_forward` says so, are where the
    forward operation is: that whose gradient they are, or the one whose result's gradients they sum.
    """
    for number in range(start, len(graph)):
        op = graph._op(number)
        of = op._original_op
        if of is None:
            continue
        if op.type == "AddN" and len({one.op.device for one in op.inputs}) == 1:
            of = op.inputs[0].op
        elif not with_forward:
            continue
        op._set_attr("_class", of.colocation_groups())


class AggregationMethod:
    """How gradients that meet are summed. All are AddN here."""

    ADD_N = 0
    DEFAULT = ADD_N
    EXPERIMENTAL_TREE = 1
    EXPERIMENTAL_ACCUMULATE_N = 2


def hessians(ys, xs, gate_gradients: bool = False, aggregation_method=None, name="hessians") -> list[Tensor]:
    """Adds to a graph the matrices of second derivatives of the sum of `ys` by each of `xs`.

    Args:
      ys: a tensor or list of tensors.
      xs: a tensor, or a list of these.
      name: name scope of the new operations.
      gate_gradients, aggregation_method: change nothing.

    Returns:
      A list: for each x of shape S a tensor of shape S + S.
    """
    out = []
    for x in _as_list(xs):
        (gradient,) = gradients(ys, x, name=name)
        with name_scope_of(name):
            flat = raw_ops.Reshape(tensor=gradient, shape=[-1])
            out.append(_second(flat, x))
    return out


def _second(flat, x):
    """The derivatives of a flat gradient by the tensor that it was taken by."""
    from .jacobians import one_hot, rows_in_loop
    from .nested_gradients import gradients_in_body

    count = x.shape.num_elements()
    if count is not None:
        seeds = [one_hot(number, count, flat.dtype) for number in range(count)]
        found = [gradients_in_body([flat], [source_of(x)], [seed])[0] for seed in seeds]
        rows = [zeros_of(x) if row is None else row for row in found]
        sizes = x.shape.as_list()
        return raw_ops.Reshape(tensor=raw_ops.Pack(values=rows), shape=[*sizes, *sizes])
    count = raw_ops.Size(input=flat)
    (rows,) = rows_in_loop(count, [x], lambda n: gradients_in_body([flat], [x], [one_hot(n, count, flat.dtype)]))
    shape = raw_ops.Shape(input=x)
    shape = raw_ops.ConcatV2(values=[shape, shape], axis=0)
    if rows is None:
        return raw_ops.Fill(dims=shape, value=_core.convert(0, x.dtype))
    second = raw_ops.Reshape(tensor=rows, shape=shape)
    if x.shape.rank is not None:
        second.set_shape([*x.shape.as_list(), *x.shape.as_list()])
    return second


def hessians_v1(ys, xs, name="hessians", colocate_gradients_with_ops: bool=False, gate_gradients: bool=False,
                aggregation_method=None) -> list[Tensor]:  # fmt: skip
    """`hessians` with the argument order of TensorFlow 1."""
    return hessians(ys, xs, gate_gradients, aggregation_method, name)
