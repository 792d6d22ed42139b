"""Functions applied to the slices of tensors: `tf.map_fn`, `tf.vectorized_map`."""

from ..framework import nest
from ..framework.bodies import is_symbolic, prepared, scratch_graph
from ..framework.dtypes import DType, as_dtype
from ..framework.type_spec import BatchableTypeSpec, TensorSpec, TypeSpec
from ..framework.user_code import converted
from .common import convert, name_scope
from .loops import while_loop
from .map_rows import batch, element, encoded, general, row, rows
from .shapes import shape
from .tensor_array import TensorArray


def map_fn(fn, elems, dtype=None, parallel_iterations=None, back_prop=True, swap_memory=False, infer_shape=True,
           name=None, fn_output_signature=None):  # fmt: skip
    """Applies a function to each slice of tensors along their first axis, and stacks what it returns.

    Args:
      fn: a function of a slice, or of a structure of slices like `elems`.
      elems: a tensor, ragged or sparse tensor, or a nested structure of them with the same first size.
      dtype: an old name of `fn_output_signature`.
      parallel_iterations, back_prop, swap_memory: change nothing.
      infer_shape: whether all results of `fn` must have the same shape.
      name: a name scope for the operations.
      fn_output_signature: the dtypes or specs of what `fn` returns, as a structure like it; like `elems` by default. A
        `tf.RaggedTensorSpec` without a ragged axis says that results are rows of different lengths.

    Returns:
      A structure like the signature, of tensors, ragged or sparse tensors with a new first axis.

    Raises:
      TypeError: `fn` is not callable, or a value or spec cannot be divided into rows.
      ValueError: there is no tensor in `elems`, one is a scalar, the sizes differ, or `fn` returns another structure or
        what its spec does not say.

    >>> tf.map_fn(lambda x: x * x, tf.constant([1, 2, 3])).numpy().tolist()
    [1, 4, 9]
    """
    if not callable(fn):
        raise TypeError(f"The provided function {getattr(fn, '__name__', fn)} is not callable. fn must be callable.")
    fn = converted(fn)
    given = [element(one) for one in nest.flatten(elems)]
    signature = fn_output_signature if fn_output_signature is not None else dtype
    if not given:
        raise ValueError(
            f"elems must be a Tensor or (possibly nested) sequence of Tensors. Got {elems}, which does not contain any "
            "Tensors."
        )
    if signature is None:
        signature = nest.pack_sequence_as(elems, [general(one)._unbatch() for one in given])
    specs = [_spec(one) for one in nest.flatten(signature)]
    with name_scope(name, "map", nest.flatten(given, expand_composites=True)):
        flat = [part for one in given for part in rows(one)]
        count = _count(flat)
        inputs = [
            TensorArray(one.dtype, size=0, dynamic_size=True, element_shape=one.shape[1:]).unstack(one) for one in flat
        ]
        outputs = [
            TensorArray(part.dtype, size=count, infer_shape=infer_shape, element_shape=part.shape)
            for spec in specs
            for part in spec._flat_tensor_specs
        ]

        def step(i, arrays):
            parts = iter([array.read(i) for array in inputs])
            found = prepared(fn(nest.pack_sequence_as(elems, [row(one, parts) for one in given])))
            nest.assert_same_structure(signature, found)
            made = zip(specs, nest.flatten(found), strict=True)
            parts = [part for spec, value in made for part in encoded(spec, value)]
            return i + 1, [array.write(i, one) for array, one in zip(arrays, parts, strict=True)]

        _, outputs = while_loop(
            lambda i, _: i < count, step, (convert(0), outputs), parallel_iterations=parallel_iterations or 10,
            maximum_iterations=count,
        )  # fmt: skip
        stacked = iter([array.stack() for array in outputs])
        number = _known_count(flat)
        results = [batch(spec, number, stacked) for spec in specs]
        for result in results:
            if is_symbolic(result):
                result.set_shape(_first(result, flat))
        return nest.pack_sequence_as(signature, results)


def _first(result, flat):
    """The shape of a stacked result, with the first size of the elements."""
    if result.shape.rank is None:
        return result.shape
    count, *rest = result.shape.as_list()
    return [flat[0].shape.as_list()[0] if count is None else count, *rest]


def _known_count(flat):
    """The first size of all tensors where it is known, else None."""
    sizes = [one.shape.as_list()[0] if one.shape.rank else None for one in flat]
    return next((size for size in sizes if size is not None), None)


def _count(flat):
    """The first size of all tensors."""
    for one in flat:
        if one.shape.rank == 0:
            raise ValueError("Elements in elems must be 1+ dimensional Tensors, not scalars")
    sizes = [one.shape.as_list()[0] if one.shape.rank else None for one in flat]
    for size in sizes[1:]:
        if None not in (sizes[0], size) and sizes[0] != size:
            raise ValueError(f"Dimensions {sizes[0]} and {size} are not compatible")
    known = _known_count(flat)
    return shape(flat[0])[0] if known is None else known


def _spec(one):
    if isinstance(one, TypeSpec):
        if not isinstance(one, BatchableTypeSpec):
            raise TypeError(f"map_fn can not generate {one} outputs")
        return one
    return TensorSpec(None, one if isinstance(one, DType) else as_dtype(one))


def vectorized_map(fn, elems, fallback_to_while_loop=True, warn=True):
    """Applies a function to each slice of tensors along their first axis; the dtypes of its results are found.

    Args:
      fn: a function of a slice, or of a structure of slices like `elems`.
      elems: a tensor, or a nested structure of tensors. Their first sizes are equal, or 1 for one that all calls share.
      fallback_to_while_loop, warn: change nothing: it is a loop.

    Returns:
      A structure like what `fn` returns, of tensors with a new first axis.

    Raises:
      ValueError: the sizes differ.

    >>> tf.vectorized_map(lambda x: x * 2.0, tf.constant([1, 2, 3]) / 2).numpy().tolist()
    [1.0, 2.0, 3.0]
    """
    elems = nest.map_structure(convert, elems)
    flat = nest.flatten(elems)
    shared = [one.shape.rank and one.shape[0] == 1 for one in flat]
    if all(shared):
        shared = [False] * len(flat)
    mapped = [one for one, same in zip(flat, shared, strict=True) if not same]

    def call(slices):
        slices = iter(slices)
        parts = [one[0] if same else next(slices) for one, same in zip(flat, shared, strict=True)]
        return fn(nest.pack_sequence_as(elems, parts))

    with scratch_graph("vectorized_map"):
        shown = prepared(call([one[0] for one in mapped]))
        signature = nest.map_structure(_shown, shown)
    if all(one is None for one in nest.flatten(shown)):
        return shown
    return map_fn(call, mapped, fn_output_signature=signature)


def _shown(value):
    value = convert(value)
    return TensorSpec(value.shape, value.dtype)
