"""Ragged tensors from nested lists, and placeholders for them."""

from ..._gen import raw_ops
from ...framework import dtypes
from ...framework.placeholders import placeholder as dense_placeholder
from ..common import convert, name_scope
from .tensor import RaggedTensor
from .value import RaggedTensorValue


def constant(pylist, dtype=None, ragged_rank=None, inner_shape=None, name=None, row_splits_dtype=dtypes.int64):
    """A ragged tensor of nested lists.

    Args:
      pylist: nested lists, tuples or arrays of numbers or strings; numbers of one depth.
      dtype: the dtype; that of the numbers if not given.
      ragged_rank: how many axes are ragged; as many as there can be if not given.
      inner_shape: the shape of the parts that are not ragged.
      name: a name scope for the operations.
      row_splits_dtype: int32 or int64.

    Returns:
      A `RaggedTensor`, or a tensor if no axis is ragged.

    Raises:
      ValueError: numbers of different depths, or lists that do not fit the ragged rank or the inner shape.

    >>> tf.ragged.constant([[1, 2], [3]])
    <tf.RaggedTensor [[1, 2], [3]]>
    """
    with name_scope(name, "RaggedConstant", []):

        def values_of(values, shape):
            known = dtypes.float32 if dtype is None and _is_list(values) and not _flat(values) else dtype
            tensor = convert(values, dtype=known, name="values")
            if shape is None:
                return tensor
            return raw_ops.Reshape(tensor=tensor, shape=convert([len(values), *shape[1:]], dtypes.int32))

        def rows(values, splits):
            return RaggedTensor.from_row_splits(
                values, convert(splits, dtypes.as_dtype(row_splits_dtype)), validate=False
            )

        return _built(pylist, ragged_rank, inner_shape, row_splits_dtype, values_of, rows)


def constant_value(pylist, dtype=None, ragged_rank=None, inner_shape=None, row_splits_dtype="int64"):
    """As `constant`, a `RaggedTensorValue` of NumPy arrays.

    >>> from ferroflow.compat import v1
    >>> v1.ragged.constant_value([[1, 2], [3]]).row_splits.tolist()
    [0, 2, 3]
    """
    import numpy as np

    dtype = None if dtype is None else dtypes.as_dtype(dtype).as_numpy_dtype
    splits_dtype = dtypes.as_dtype(row_splits_dtype).as_numpy_dtype

    def values_of(values, shape):
        array = np.array(values, dtype=dtype)
        return array if shape is None else array.reshape(shape if array.size else (0, *shape[1:]))

    def rows(values, splits):
        return RaggedTensorValue(values, np.array(splits, dtype=splits_dtype))

    return _built(pylist, ragged_rank, inner_shape, row_splits_dtype, values_of, rows)


def _is_list(value):
    return isinstance(value, (list, tuple)) or getattr(value, "ndim", 0) > 0


def _flat(values):
    """Whether there is a number or string in nested lists."""
    return any(_flat(v) if _is_list(v) else True for v in values)


def _depths(value):
    """The depth of the numbers in nested lists (None if there is none), and the greatest depth."""
    if not _is_list(value):
        return 0, 0
    scalar, greatest = None, 0
    for one in value:
        depth, most = _depths(one)
        if depth is not None and scalar is not None and depth != scalar:
            raise ValueError("all scalar values must have the same nesting depth")
        scalar = depth if scalar is None else scalar
        greatest = max(greatest, most)
    return (None if scalar is None else scalar + 1), greatest + 1


def _inner_shape(rows, axes):
    """The shape of `axes` further axes of lists that have one shape."""
    if axes == 0:
        return ()
    sizes = {len(row) for row in rows}
    if len(sizes) > 1:
        raise ValueError("inner values have inconsistent shape")
    size = sizes.pop() if sizes else 0
    return (size, *_inner_shape([one for row in rows for one in row], axes - 1))


def _built(pylist, ragged_rank, inner_shape, row_splits_dtype, values_of, rows):
    """The nested rows of lists: `values_of` makes the flat values, `rows` divides values by row splits."""
    if dtypes.as_dtype(row_splits_dtype) not in (dtypes.int32, dtypes.int64):
        raise ValueError("row_splits must have dtype int32 or int64")
    if not _is_list(pylist):
        if ragged_rank not in (None, 0):
            raise ValueError(f"Invalid pylist={pylist}: incompatible with ragged_rank={ragged_rank}")
        if inner_shape:
            raise ValueError(f"Invalid pylist={pylist}: incompatible with dim(inner_shape)={len(inner_shape)}")
        return values_of(pylist, None)
    depth, greatest = _depths(pylist)
    if depth is not None and greatest > depth:
        raise ValueError(f"Invalid pylist={pylist}: empty list nesting is greater than scalar value nesting")
    inner_rank = None if inner_shape is None else len(inner_shape)
    if ragged_rank is None:
        ragged_rank = max((greatest if depth is None else depth) - 1 - (inner_rank or 0), 0)
    if depth is not None and ragged_rank >= depth:
        raise ValueError(
            f"Invalid pylist={pylist}: pylist has scalar values depth {depth}, but ragged_rank={ragged_rank} requires "
            f"scalar value depth greater than {ragged_rank}"
        )
    if depth is None and greatest > ragged_rank + 1 + (inner_rank or 0):
        raise ValueError(
            f"Invalid pylist={pylist}: pylist has empty list nesting {greatest}, but ragged_rank={ragged_rank} allows less"
        )
    if inner_shape is not None and depth is not None and ragged_rank + len(inner_shape) + 1 != depth:
        raise ValueError(
            f"Invalid pylist={pylist}: inner_shape={inner_shape} does not fit scalar values depth {depth} with "
            f"ragged_rank={ragged_rank}"
        )
    nested, values = [], list(pylist)
    for _ in range(ragged_rank):
        splits = [0]
        for row in values:
            splits.append(splits[-1] + len(row))
        nested.append(splits)
        values = [one for row in values for one in row]
    if inner_shape is None and depth is not None and depth > ragged_rank + 1:
        inner_shape = _inner_shape(values, depth - ragged_rank - 1)
    shape = None if inner_shape is None else (len(values), *inner_shape)
    found = values_of(values, shape)
    for splits in reversed(nested):
        found = rows(found, splits)
    return found


def placeholder(dtype, ragged_rank, value_shape=None, name=None):
    """A ragged tensor whose value is fed: a `RaggedTensorValue`.

    Args:
      dtype: the dtype of the elements.
      ragged_rank: how many axes are ragged.
      value_shape: the shape of a flat value.
      name: a name scope for the operations.

    Raises:
      RuntimeError: nothing can be fed in eager mode.
    """
    from ...framework.context import graph_mode
    from ...framework.tensor_shape import TensorShape

    if ragged_rank == 0:
        return dense_placeholder(dtype, value_shape, name)
    with graph_mode(), name_scope(name, "RaggedPlaceholder", []):
        shape = TensorShape([None]).concatenate(value_shape)
        found = dense_placeholder(dtype, shape, "flat_values")
        for i in reversed(range(ragged_rank)):
            splits = dense_placeholder(dtypes.int64, [None], f"row_splits_{i}")
            found = RaggedTensor.from_row_splits(found, splits, validate=False)
        return found
