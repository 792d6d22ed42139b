"""The operators of the optional features: assertions, lists that become tensor arrays, item assignment."""

from .kinds import in_graph


def assert_(condition, message):
    """`assert condition, message()`; `tf.Assert` if the condition is a tensor in a graph."""
    if not in_graph(condition):
        assert condition, message()
        return
    from ..ops.flow import Assert

    text = message()
    Assert(condition, list(text) if isinstance(text, (list, tuple)) else [text])


def new_list(items):
    """A list literal: a Python list, to which `append` is an operator."""
    return items


def append(target, item):
    """`target.append(item)`; a `tf.TensorArray` gets one more element. The value that `target` then has."""
    from ..ops.tensor_array import TensorArray

    if isinstance(target, TensorArray):
        return target.write(target.size(), item)
    target.append(item)
    return target


def set_item(target, index, value):
    """`target[index] = value`; a tensor with the element changed, if `target` is one. The value that it then has."""
    from ..ops.tensor_array import TensorArray

    if isinstance(target, TensorArray):
        return target.write(index, value)
    if not in_graph(target):
        target[index] = value
        return target
    from ..framework.convert import convert_to_tensor
    from ..ops.picking import tensor_scatter_nd_update

    value = convert_to_tensor(value, target.dtype)
    return tensor_scatter_nd_update(target, [[index]], [value])
