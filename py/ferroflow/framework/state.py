"""Assignments to variables as functions: TensorFlow 1's `assign`, `scatter_update` and the like."""

from contextlib import nullcontext

from .. import _core
from .._gen import raw_ops
from .composite import IndexedSlices
from .context import graph_mode


def _is_resource(ref):
    return hasattr(ref, "_handle")


def refuse_eager(function):
    """`function` of a variable as the top level of the package has it: it adds to the default graph, so an eager
    variable is a RuntimeError that names the cure."""
    import functools

    @functools.wraps(function)
    def checked(ref, *args, **kwargs):
        if _is_resource(ref) and not ref._in_graph_mode:
            error = RuntimeError(
                f"tf.{function.__name__} adds an operation to the default graph, but {ref.name} is an eager variable."
            )
            error.add_note(
                f"  fix: call `variable.{function.__name__}(...)`, or build the whole program in graph mode with `import "
                "ferroflow.v1 as tf`"
            )
            raise error
        return function(ref, *args, **kwargs)

    return checked


def _reference(ref):
    return ref._ref() if hasattr(ref, "_ref") else ref


def assign(ref, value, validate_shape=None, use_locking=None, name=None):
    """Gives a variable a new value.

    Args:
      ref: a variable.
      value: a tensor of its dtype.
      validate_shape: whether the shape must be the variable's; True if not given.
      use_locking: changes nothing.
      name: the operation's name.

    Returns:
      What holds the new value: the variable, or the reference of a reference variable.
    """
    if _is_resource(ref):
        with _mode_of(ref):
            return ref.assign(value, name=name)
    reference = _reference(ref)
    if not reference.dtype._is_ref_dtype:
        return ref.assign(value, name=name)
    value = _core.convert(value, reference.dtype.base_dtype, None, "value")
    check = True if validate_shape is None else validate_shape
    lock = True if use_locking is None else use_locking
    return raw_ops.Assign(ref=reference, value=value, validate_shape=check, use_locking=lock, name=name)


def _mode_of(ref):
    return graph_mode() if ref._in_graph_mode else nullcontext()


def assign_add(ref, value, use_locking=None, name=None):
    """Adds to a variable; see `assign`."""
    if _is_resource(ref):
        with _mode_of(ref):
            return ref.assign_add(value)
    reference = _reference(ref)
    if not reference.dtype._is_ref_dtype:
        return ref.assign_add(value)
    return raw_ops.AssignAdd(ref=reference, value=value, use_locking=bool(use_locking), name=name)


def assign_sub(ref, value, use_locking=None, name=None):
    """Subtracts from a variable; see `assign`."""
    if _is_resource(ref):
        with _mode_of(ref):
            return ref.assign_sub(value)
    reference = _reference(ref)
    if not reference.dtype._is_ref_dtype:
        return ref.assign_sub(value)
    return raw_ops.AssignSub(ref=reference, value=value, use_locking=bool(use_locking), name=name)


def _scatter(method):
    def scatter(ref, indices, updates, use_locking=True, name=None):
        if not _is_resource(ref):
            raise NotImplementedError(
                f"{method} of a reference variable is not supported; make it with use_resource=True"
            )
        with _mode_of(ref):
            return getattr(ref, method)(IndexedSlices(_core.convert(updates, ref.dtype), indices), name=name)

    scatter.__name__ = method
    return scatter


def _scatter_nd(method):
    def scatter(ref, indices, updates, use_locking=True, name=None):
        if not _is_resource(ref):
            raise NotImplementedError(
                f"{method} of a reference variable is not supported; make it with use_resource=True"
            )
        with _mode_of(ref):
            return getattr(ref, method)(indices, updates, name=name)

    scatter.__name__ = method
    return scatter


scatter_update = _scatter("scatter_update")
scatter_add = _scatter("scatter_add")
scatter_sub = _scatter("scatter_sub")
scatter_mul = _scatter("scatter_mul")
scatter_div = _scatter("scatter_div")
scatter_max = _scatter("scatter_max")
scatter_min = _scatter("scatter_min")
scatter_nd_update = _scatter_nd("scatter_nd_update")
scatter_nd_add = _scatter_nd("scatter_nd_add")
scatter_nd_sub = _scatter_nd("scatter_nd_sub")

_WHAT = {"update": "Replaces", "add": "Adds to", "sub": "Subtracts from", "mul": "Multiplies", "div": "Divides"}
for _function in (scatter_update, scatter_add, scatter_sub, scatter_mul, scatter_div):
    _function.__doc__ = (
        f"{_WHAT[_function.__name__.rpartition('_')[2]]} the rows `indices` of a variable; the variable."
    )
for _function in (scatter_max, scatter_min):
    _function.__doc__ = "Takes the larger (smaller) of old and new in the rows `indices` of a variable; the variable."
for _function in (scatter_nd_update, scatter_nd_add, scatter_nd_sub):
    _function.__doc__ = f"{_WHAT[_function.__name__.rpartition('_')[2]]} the slices at index vectors; the variable."


def batch_scatter_update(ref, indices, updates, use_locking=True, name=None):
    """Replaces rows in each batch: `ref[b..., indices[b..., i]] = updates[b..., i]`; the variable."""
    import numpy as np

    indices = _core.convert(indices, None, None, "indices")
    sizes = raw_ops.Shape(input=indices)
    rank = indices.shape.rank
    if rank is None:
        raise ValueError("batch_scatter_update needs indices of known rank")
    parts = []
    for axis in range(rank - 1):
        shape = np.ones(rank, np.int32)
        shape[axis] = -1
        steps = raw_ops.Range(start=0, limit=sizes[axis], delta=1)
        steps = raw_ops.BroadcastTo(input=raw_ops.Reshape(tensor=steps, shape=shape), shape=sizes)
        parts.append(steps if indices.dtype == steps.dtype else raw_ops.Cast(x=steps, DstT=indices.dtype))
    vectors = raw_ops.Pack(values=[*parts, indices], axis=-1)
    return scatter_nd_update(ref, vectors, updates, use_locking, name)


def count_up_to(ref, limit, name=None):
    """Adds one to a scalar variable and gives the value before.

    Args:
      ref: an int32 or int64 variable.
      limit: the value that it does not pass.
      name: the operation's name.

    Returns:
      A scalar of the variable's dtype.

    Raises:
      OutOfRangeError: "Reached limit of N": the variable has that value.

    >>> v = tf.Variable(1)
    >>> int(tf.compat.v1.count_up_to(v, 2)), int(v)
    (1, 2)
    """
    if hasattr(ref, "_handle"):
        return raw_ops.ResourceCountUpTo(resource=ref.handle, limit=limit, T=ref.dtype, name=name)
    return raw_ops.CountUpTo(ref=ref._ref(), limit=limit, name=name)


# The top level's forms.
graph_assign = refuse_eager(assign)
graph_assign_add = refuse_eager(assign_add)
graph_assign_sub = refuse_eager(assign_sub)
