"""Static values of tensors: what can be known of a tensor's elements without running anything."""

from .tensor_shape import TensorShape, unknown_shape


def constant_value(tensor, partial=False):
    """The elements of `tensor` as a NumPy array if they are known now, else None.

    An eager tensor knows its own. A symbolic tensor answers through its method `_static_value(partial)`, which the
    graph provides; with `partial` the array may contain None for the elements that are not known.
    """
    if hasattr(tensor, "numpy"):
        return tensor.numpy()
    static = getattr(tensor, "_static_value", None)
    if static is not None:
        return static(partial)
    if hasattr(tensor, "__array__"):
        import numpy as np

        return np.asarray(tensor)
    return None


def constant_value_as_shape(tensor):
    """The shape that a 1-D integer tensor describes, as far as it is known; -1 stands for an unknown size.

    Raises:
      ValueError: a scalar that is not -1, or a size below -1.
    """
    value = constant_value(tensor, partial=True)
    if value is None:
        rank = tensor.shape.as_list()[0] if tensor.shape.rank == 1 else None
        return unknown_shape(rank)
    if getattr(value, "ndim", 1) == 0:
        if value != -1:
            raise ValueError(
                "Received a scalar value '%s' as shape; require a statically known scalar with value '-1' to describe "
                "an unknown shape." % value
            )
        return unknown_shape()
    return TensorShape([None if size is None or size == -1 else int(size) for size in value])
