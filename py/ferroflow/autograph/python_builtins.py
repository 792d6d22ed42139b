"""Python's builtins where an argument may be a tensor, dataset or tensor list."""

import builtins

from ..framework.convert import convert_to_tensor
from .kinds import in_graph, is_dataset, is_iterator


def _abs(x):
    from ..ops.arithmetic import abs as tensor_abs

    return tensor_abs(x) if in_graph(x) else _mapped(x, builtins.abs)


def _mapped(x, function):
    return x.map(function) if is_dataset(x) else function(x)


def _float(x=0):
    if not in_graph(x):
        return builtins.float(x)
    from ..ops.arithmetic import cast
    from ..ops.strings import to_number

    return to_number(x, "float32") if x.dtype == "string" else cast(x, "float32")


_NO_BASE = object()


def _int(x=0, base=_NO_BASE):
    if not in_graph(x):
        return builtins.int(x) if base is _NO_BASE else builtins.int(x, base)
    if base not in (10, _NO_BASE):
        raise NotImplementedError(f"base {base} not supported for int")
    from ..ops.arithmetic import cast
    from ..ops.strings import to_number

    return to_number(x, "int32") if x.dtype == "string" else cast(x, "int32")


def _len(x):
    from ..ops.tensor_array import TensorArray

    if isinstance(x, TensorArray):
        return x.size()
    if is_dataset(x):
        return _dataset_length(x)
    if not in_graph(x):
        return builtins.len(x)
    x = convert_to_tensor(x)
    if x.shape.rank == 0:
        raise ValueError("len requires a non-scalar tensor, got one of shape []")
    if x.shape.rank and x.shape.as_list()[0] is not None:
        return x.shape.as_list()[0]
    from ..framework.tensors import Tensor
    from ..ops.control_flow import cond
    from ..ops.shapes import rank, shape

    assert isinstance(x, Tensor)
    if x.shape.rank is not None:
        return shape(x)[0]

    def refused():
        return _asserted(convert_to_tensor(0), rank(x) > 0, "len requires non-zero rank, got {}", rank(x))

    return cond(rank(x) > 0, lambda: shape(x)[0], refused)


def _dataset_length(x):
    size = x.cardinality()
    if not in_graph(size):
        return builtins.len(x)
    return _asserted(size, size >= 0, "len requires dataset with definitive cardinality, got {}", size)


def _asserted(value, condition, message, count):
    """`value`, which fails with the message about a count where the condition does not hold."""
    from ..framework.context import control_dependencies
    from ..ops.flow import Assert
    from ..ops.shapes import identity
    from ..ops.strings import format

    with control_dependencies([Assert(condition, [format(message, count)])]):
        return identity(value)


def _range(start, stop=None, step=None):
    if not any(in_graph(one) for one in (start, stop, step)):
        return builtins.range(*[one for one in (start, stop, step) if one is not None])
    from ..ops.sequence import range as tensor_range

    if stop is None:
        return tensor_range(start)
    return tensor_range(start, stop, 1 if step is None else step)


def _enumerate(iterable, start=0):
    return iterable.enumerate(start) if is_dataset(iterable) else builtins.enumerate(iterable, start)


def _zip(*iterables, strict=False):
    if iterables and all(map(is_dataset, iterables)):
        return iterables[0].zip(iterables)
    return builtins.zip(*iterables, strict=strict)


def _map(function, *iterables):
    if iterables and all(map(is_dataset, iterables)):
        return iterables[0].map(function) if len(iterables) == 1 else iterables[0].zip(iterables).map(function)
    return builtins.map(function, *iterables)


def _filter(function, iterable):
    return iterable.filter(function) if is_dataset(iterable) else builtins.filter(function, iterable)


def _any(iterable):
    if not is_dataset(iterable):
        return builtins.any(iterable)
    from ..ops.binary import logical_or

    return iterable.reduce(convert_to_tensor(False), logical_or)


def _all(iterable):
    if not is_dataset(iterable):
        return builtins.all(iterable)
    from ..ops.binary import logical_and

    return iterable.reduce(convert_to_tensor(True), logical_and)


def _sorted(iterable, key=None, reverse=False):
    if not in_graph(iterable):
        return builtins.sorted(iterable, key=key, reverse=reverse)
    from ..ops.picking import gather
    from ..ops.sequence import argsort, sort

    direction = "DESCENDING" if reverse else "ASCENDING"
    if iterable.shape.rank != 1:
        raise ValueError(f"sort only supports 1D tensors, got {iterable}")
    if key is None:
        return sort(iterable, direction=direction)
    from ..ops.map_fn import map_fn

    keys = map_fn(key, iterable, dtype=iterable.dtype)
    return gather(iterable, argsort(keys, direction=direction))


def _print(*values, **kwargs):
    if not any(in_graph(one) for one in values):
        return builtins.print(*values, **kwargs)
    from ..framework.script import numpy_function

    places = [number for number, one in enumerate(values) if in_graph(one)]

    def show(*arrays):
        shown = list(values)
        for number, array in zip(places, arrays, strict=True):
            shown[number] = array
        builtins.print(*shown, **kwargs)
        return 0

    return numpy_function(show, [values[number] for number in places], "int64")


def _next(iterator, *default):
    if not is_iterator(iterator) or not default:
        return builtins.next(iterator, *default)
    from ..ops.control_flow import cond

    more = iterator.get_next_as_optional()
    return cond(more.has_value(), more.get_value, lambda: default[0])


OVERLOADS = {
    builtins.abs: _abs,
    builtins.all: _all,
    builtins.any: _any,
    builtins.enumerate: _enumerate,
    builtins.filter: _filter,
    builtins.float: _float,
    builtins.int: _int,
    builtins.len: _len,
    builtins.map: _map,
    builtins.next: _next,
    builtins.print: _print,
    builtins.range: _range,
    builtins.sorted: _sorted,
    builtins.zip: _zip,
}
