"""Compares the values of variables between branches, and before and after an iteration."""

from ..framework import nest
from ..framework.composite import CompositeTensor
from ..framework.convert import convert_to_tensor
from ..framework.tensors import Tensor


def same_structure(name, first, second, message):
    """Fails unless two values have the same nested structure.

    Raises:
      TypeError: they have not; `message` says where.
    """
    try:
        nest.assert_same_structure(first, second, expand_composites=True)
    except (ValueError, TypeError) as error:
        text = str(error)
        raise TypeError(
            f"'{name}' {message}:\n\n{text}" if message.endswith("branches") else f"'{name}' {message}.\n\n{text}"
        ) from None


def dtype_of(value):
    """The dtype of a leaf as a tensor; None if it cannot be one."""
    dtype = getattr(value, "dtype", None)
    if dtype is not None:
        return getattr(dtype, "base_dtype", dtype)
    if value is None or callable(value):
        return None
    try:
        return convert_to_tensor(value).dtype
    except (TypeError, ValueError):
        return None


def leaves(value):
    """The leaves of a nested value, composite tensors taken apart."""
    return nest.flatten(value, expand_composites=True)


def shape_of(value):
    """The static shape of a leaf, which may be composite; None for what has none."""
    return getattr(value, "shape", None) if isinstance(value, (Tensor, CompositeTensor)) else None


def check_branches(name, body, orelse):
    """Fails unless a variable has the same structure and dtypes after both branches of a conditional.

    Raises:
      TypeError: it has not.
    """
    same_structure(name, body, orelse, "must have the same nested structure in the main and else branches")
    for one, other in zip(leaves(body), leaves(orelse), strict=True):
        first, second = dtype_of(one), dtype_of(other)
        if first is not None and second is not None and first != second:
            raise TypeError(
                f"'{name}' has dtype {first.name} in the main branch, but dtype {second.name} in the else branch"
            )


def check_iteration(name, before, after, invariant):
    """Fails unless a variable keeps structure, dtypes and shapes over an iteration.

    Args:
      name: the variable.
      before, after: its values.
      invariant: the shape that it keeps, or None.

    Raises:
      TypeError: structure or dtype changed.
      ValueError: the shape changed.
    """
    same_structure(name, before, after, "does not have the same nested structure after one iteration")
    for one, other in zip(nest.flatten(before), nest.flatten(after), strict=True):
        first, second = dtype_of(one), dtype_of(other)
        if first is not None and second is not None and first != second:
            raise TypeError(
                f"'{name}' has dtype {first.name} before the loop, but dtype {second.name} after one iteration"
            )
        old, new = shape_of(one), shape_of(other)
        if invariant is None and old is not None and new is not None and not _holds(new, old):
            raise ValueError(
                f"'{name}' has shape {old} before the loop, but shape {new} after one iteration. Use "
                "tf.autograph.experimental.set_loop_options to set shape invariants."
            )


def _holds(shape, invariant):
    """Whether every tensor of `shape` has the shape `invariant`."""
    if invariant.rank is None:
        return True
    if shape.rank is None or shape.rank != invariant.rank:
        return False
    return all(want is None or have == want for have, want in zip(shape.as_list(), invariant.as_list(), strict=True))
