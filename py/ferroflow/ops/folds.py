"""Functions applied to slices in turn, each with the result before: `tf.scan`, `tf.foldl`, `tf.foldr`."""

from ..framework import nest
from ..framework.bodies import is_symbolic
from ..framework.user_code import converted
from .common import convert, name_scope
from .loops import while_loop
from .map_fn import _count, _first
from .tensor_array import TensorArray


def _start(fn, elems, what, name):
    if not callable(fn):
        raise TypeError(f"{getattr(fn, '__name__', fn)} is not callable. Please provide a callable function.")
    flat = [convert(one, name="elem") for one in nest.flatten(elems)]
    return converted(fn), flat, name_scope(name, what, flat)


def _arrays(flat):
    return [
        TensorArray(one.dtype, size=0, dynamic_size=True, element_shape=one.shape[1:], clear_after_read=False).unstack(
            one
        )
        for one in flat
    ]


def _fold(fn, elems, initializer, parallel_iterations, name, what, backwards):
    fn, flat, scope = _start(fn, elems, what, name)
    with scope:
        count = _count(flat)
        arrays = _arrays(flat)

        def element(i):
            place = count - 1 - i if backwards else i
            return nest.pack_sequence_as(elems, [array.read(place) for array in arrays])

        first = 0
        if initializer is None:
            initializer, first = element(0), 1
        state = nest.map_structure(convert, initializer)
        _, state = while_loop(
            lambda i, _: i < count,
            lambda i, state: (i + 1, fn(state, element(i))),
            (convert(first), state),
            parallel_iterations=parallel_iterations,
            maximum_iterations=count,
        )
        return state


def foldl(fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False, name=None):
    """Combines the slices of tensors along their first axis, from the first to the last.

    Args:
      fn: a function of the result so far and a slice, or structures of them, that returns the next result.
      elems: a tensor, or a nested structure of tensors with the same first size.
      initializer: the first result; the first slice by default.
      parallel_iterations, back_prop, swap_memory: change nothing.
      name: a name scope for the operations.

    Returns:
      The last result.

    Raises:
      TypeError: `fn` is not callable.

    >>> int(tf.foldl(lambda total, x: total * 10 + x, tf.constant([1, 2, 3])))
    123
    """
    return _fold(fn, elems, initializer, parallel_iterations, name, "foldl", False)


def foldr(fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False, name=None):
    """Combines the slices of tensors along their first axis, from the last to the first; see `foldl`.

    >>> int(tf.foldr(lambda total, x: total * 10 + x, tf.constant([1, 2, 3])))
    321
    """
    return _fold(fn, elems, initializer, parallel_iterations, name, "foldr", True)


def scan(fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False, infer_shape=True,
         reverse=False, name=None):  # fmt: skip
    """Combines the slices of tensors along their first axis, and stacks all results on the way.

    Args:
      fn: a function of the result so far and a slice, or structures of them, that returns the next result.
      elems: a tensor, or a nested structure of tensors with the same first size.
      initializer: the result before the first slice; the first slice by default.
      parallel_iterations, back_prop, swap_memory: change nothing.
      infer_shape: whether all results must have the same shape.
      reverse: go from the last slice to the first.
      name: a name scope for the operations.

    Returns:
      A structure like a result, of tensors with a new first axis.

    Raises:
      TypeError: `fn` is not callable.

    >>> tf.scan(lambda total, x: total + x, tf.constant([1, 2, 3])).numpy().tolist()
    [1, 3, 6]
    """
    fn, flat, scope = _start(fn, elems, "scan", name)
    with scope:
        count = _count(flat)
        arrays = _arrays(flat)

        def element(i):
            return nest.pack_sequence_as(elems, [array.read(i) for array in arrays])

        from_first = initializer is None
        start = count - 1 if reverse else 0
        state = nest.map_structure(convert, element(start) if from_first else initializer)
        outputs = [
            TensorArray(
                one.dtype, size=count, element_shape=one.shape if infer_shape else None, infer_shape=infer_shape
            )
            for one in nest.flatten(state)
        ]
        if from_first:
            outputs = _written(outputs, start, state)
            start = start - 1 if reverse else 1

        def step(i, state, outputs):
            found = fn(state, element(i))
            nest.assert_same_structure(elems if initializer is None else initializer, found)
            found = nest.map_structure(convert, found)
            return (i - 1 if reverse else i + 1), found, _written(outputs, i, found)

        _, _, outputs = while_loop(
            (lambda i, *_: i >= 0) if reverse else (lambda i, *_: i < count),
            step,
            (convert(start), state, outputs),
            parallel_iterations=parallel_iterations,
            maximum_iterations=count,
        )
        results = [array.stack() for array in outputs]
        for result in results:
            if is_symbolic(result):
                result.set_shape(_first(result, flat))
        return nest.pack_sequence_as(state, results)


def _written(outputs, i, state):
    return [array.write(i, one) for array, one in zip(outputs, nest.flatten(state), strict=True)]
