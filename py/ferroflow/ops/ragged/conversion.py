"""Ragged tensors from dense and sparse ones, and back."""

from ..._gen import raw_ops
from ...framework import dtypes
from ...framework.sparse_tensor import SparseTensor
from ...framework.tensor_shape import TensorShape
from .. import checks
from ..common import convert, name_scope
from . import partition
from .tensor import RaggedTensor


def from_tensor(tensor, lengths, padding, ragged_rank, name, row_splits_dtype):
    """See `RaggedTensor.from_tensor`."""
    row_splits_dtype = dtypes.as_dtype(row_splits_dtype)
    if lengths is not None and padding is not None:
        raise ValueError("Specify argument `lengths` or `padding`, but not both.")
    if not isinstance(ragged_rank, int):
        raise TypeError(f"Argument `ragged_rank` must be an int. Received {ragged_rank}.")
    if ragged_rank <= 0:
        raise ValueError(f"Argument `ragged_rank` must be greater than 0. Received {ragged_rank}.")
    with name_scope(name, "RaggedFromTensor", []):
        tensor = convert(tensor, name="tensor")
        tensor.shape.with_rank_at_least(ragged_rank + 1)
        if lengths is not None:
            return _by_lengths(tensor, lengths, ragged_rank, row_splits_dtype)
        shape = raw_ops.Shape(input=tensor, out_type=row_splits_dtype)
        if padding is not None:
            return _without_padding(tensor, padding, ragged_rank, shape)
        return _uniform(tensor, shape, ragged_rank)


def _by_lengths(tensor, lengths, ragged_rank, dtype):
    """Rows of these lengths; for nested lengths the outer axes become rows in turn."""
    nested = isinstance(lengths, (list, tuple)) and lengths and _is_vector(lengths[0])
    if not nested:
        lengths = [lengths]
    elif ragged_rank not in (1, len(lengths)):
        raise ValueError(
            f"If Argument `lengths` is a tuple of row_lengths, argument `ragged_rank` must be len(lengths): {len(lengths)}. "
            f"Received {ragged_rank}."
        )
    lengths = [raw_ops.Cast(x=convert(one, name="lengths"), DstT=dtype) for one in lengths]
    for one in lengths:
        one.shape.with_rank(1)
    if nested:
        tensor.shape.with_rank_at_least(len(lengths) + 1)
        made, values = [], tensor
        for one in lengths:
            values = _cut(values, one)
            made.append(one)
        return RaggedTensor.from_nested_row_lengths(values, made, validate=False)
    if ragged_rank > 1:
        # Outer axes as they are; the lengths are those of the innermost ragged axis.
        shape = raw_ops.Shape(input=tensor, out_type=dtype)
        merged = _merged(tensor, shape, ragged_rank)
        inner = _rows_within(merged, lengths[0])
        return in_uniform_rows(inner, tensor.shape, shape, ragged_rank - 1)
    return _rows_within(tensor, lengths[0])


def _rows_within(tensor, lengths):
    """The rows of a tensor, cut to these lengths: negative ones count as 0, and no row becomes longer than it is."""
    width = raw_ops.Shape(input=tensor, out_type=lengths.dtype)[1]
    lengths = raw_ops.Maximum(x=raw_ops.Minimum(x=lengths, y=width), y=convert(0, lengths.dtype))
    return RaggedTensor.from_row_lengths(_cut(tensor, lengths), lengths, validate=False)


def _is_vector(value):
    return (
        isinstance(value, (list, tuple))
        or getattr(getattr(value, "shape", None), "rank", 0) == 1
        or (hasattr(value, "ndim") and value.ndim == 1)
    )


def _cut(tensor, lengths):
    """The first elements of each row, as many as `lengths` says, one after the other."""
    rows, count = tensor.shape[0], lengths.shape[0]
    if None not in (rows, count) and rows != count:
        wanted = [count, *tensor.shape[1:]]
        raise ValueError(f"Shapes {tensor.shape} and {TensorShape(wanted)} are incompatible")
    width = raw_ops.Shape(input=tensor, out_type=lengths.dtype)[1]
    zero, one = convert(0, lengths.dtype), convert(1, lengths.dtype)
    tests = [
        checks.assert_less_equal(lengths, width, message="Arguments to from_tensor do not fit: a length"),
        checks.assert_non_negative(lengths),
    ]
    columns = raw_ops.Range(start=zero, limit=width, delta=one)
    mask = raw_ops.Less(x=columns[None, :], y=checks.checked(lengths, tests)[:, None])
    places = raw_ops.Where(condition=mask)
    return raw_ops.GatherNd(params=tensor, indices=places)


def _merged(tensor, shape, axes):
    """The first `axes` axes as one."""
    first = raw_ops.Prod(input=shape[:axes], axis=[0], keep_dims=True)
    return raw_ops.Reshape(tensor=tensor, shape=raw_ops.ConcatV2(values=[first, shape[axes:]], axis=0))


def in_uniform_rows(values, static, shape, axes):
    """`values` divided along `axes` axes of these sizes."""
    for axis in reversed(range(axes)):
        nrows = raw_ops.Prod(input=shape[: axis + 1], axis=[0])
        length = static[axis + 1]
        length = shape[axis + 1] if length is None else convert(length, shape.dtype)
        zero, one = convert(0, shape.dtype), convert(1, shape.dtype)
        splits = raw_ops.Range(start=zero, limit=nrows + one, delta=one) * length
        values = RaggedTensor(values, partition.RowPartition(splits, uniform=length), internal=True)
    return values


def _uniform(tensor, shape, ragged_rank):
    """Rows that are as long as the axes are."""
    merged = _merged(tensor, shape, ragged_rank + 1)
    return in_uniform_rows(merged, tensor.shape, shape, ragged_rank)


def _without_padding(tensor, padding, ragged_rank, shape):
    """Rows without the padding at their ends."""
    padding = convert(padding, dtype=tensor.dtype, name="padding")
    merged = _merged(tensor, shape, ragged_rank)
    is_padding = raw_ops.Equal(x=merged, y=padding)
    rank = merged.shape.rank
    padding.shape.assert_is_compatible_with(tensor.shape[ragged_rank + 1 :])
    if rank > 2:
        is_padding = raw_ops.All(input=is_padding, axis=list(range(2, rank)))
    zero, one = convert(0, shape.dtype), convert(1, shape.dtype)
    ends = raw_ops.Range(start=one, limit=shape[ragged_rank] + one, delta=one)
    used = raw_ops.SelectV2(condition=is_padding, t=zero, e=ends[None, :])
    lengths = raw_ops.Max(input=raw_ops.PadV2(input=used, paddings=[[0, 0], [0, 1]], constant_values=zero), axis=1)
    inner = RaggedTensor.from_row_lengths(_cut(merged, lengths), lengths, validate=False)
    return in_uniform_rows(inner, tensor.shape, shape, ragged_rank - 1)


def to_tensor(rt, default_value, name, shape):
    """See `RaggedTensor.to_tensor`."""
    with name_scope(name, "RaggedToTensor", []):
        values = rt.flat_values
        if default_value is None:
            text = values.dtype == dtypes.string
            default_value = convert("" if text else False if values.dtype == dtypes.bool else 0, values.dtype)
        else:
            default_value = convert(default_value, dtype=values.dtype, name="default_value")
        asked, static = _asked(rt, shape)
        splits = rt.nested_row_splits
        made = raw_ops.RaggedTensorToTensor(
            shape=asked,
            values=values,
            default_value=default_value,
            row_partition_types=["ROW_SPLITS"] * len(splits),
            row_partition_tensors=list(splits),
        )
        if static.rank is None and not hasattr(made, "numpy"):
            own = rt.shape
            if own.rank is not None:
                made.set_shape(own)
        return made


def _asked(rt, shape):
    """The shape operand of the op, and what is known of the shape that was asked for."""
    if shape is None or (isinstance(shape, TensorShape) and shape.rank is None):
        known = rt.shape
        if known.rank is None:
            return convert(-1), TensorShape(None)
        lists = [-1 if size is None else size for size in known.as_list()]
        return convert(lists, dtypes.int64), TensorShape(None)
    if hasattr(shape, "dtype") and not hasattr(shape, "as_list"):
        return shape, TensorShape(None)
    sizes = list(shape.as_list() if isinstance(shape, TensorShape) else shape)
    if any(hasattr(size, "dtype") for size in sizes):
        parts = [raw_ops.Cast(x=convert(-1 if s is None else s), DstT=dtypes.int64) for s in sizes]
        return raw_ops.Pack(values=parts), TensorShape(None)
    return convert([-1 if s is None else int(s) for s in sizes], dtypes.int64), TensorShape(sizes)


def from_sparse(st_input, name, row_splits_dtype):
    """See `RaggedTensor.from_sparse`."""
    if not isinstance(st_input, SparseTensor) and not hasattr(st_input, "dense_shape"):
        raise TypeError(f"Argument `st_input` must be of type SparseTensor, but is of type {type(st_input).__name__}.")
    row_splits_dtype = dtypes.as_dtype(row_splits_dtype)
    with name_scope(name, "RaggedFromSparse", []):
        st_input = st_input if isinstance(st_input, SparseTensor) else SparseTensor.from_value(st_input)
        rank = st_input.dense_shape.shape[0]
        if rank is None:
            rank = st_input.indices.shape[1]
        if rank is not None and rank != 2:
            raise ValueError("rank(st_input) must be 2.")
        indices = st_input.indices
        message = "Arguments to from_sparse do not form a valid RaggedTensor: SparseTensor is not right-ragged"
        rows, columns = indices[:, 0], indices[:, 1]
        # Each element is the first of a row, or the one after the element before it.
        before = raw_ops.ConcatV2(values=[convert([[-1, -1]], dtypes.int64), indices[:-1]], axis=0)
        follows = raw_ops.Equal(x=rows, y=before[:, 0])
        wanted = raw_ops.SelectV2(condition=follows, t=before[:, 1] + 1, e=raw_ops.ZerosLike(x=columns))
        test = checks.assert_equal(columns, wanted, message=message)
        values = checks.checked(st_input.values, [test])
        rowids = raw_ops.Cast(x=rows, DstT=row_splits_dtype)
        nrows = raw_ops.Cast(x=st_input.dense_shape[0], DstT=row_splits_dtype)
        return RaggedTensor.from_value_rowids(values, rowids, nrows=nrows, validate=False)


def to_sparse(rt, name):
    """See `RaggedTensor.to_sparse`."""
    with name_scope(name, "RaggedToSparse", []):
        found = raw_ops.RaggedTensorToSparse(
            rt_nested_splits=list(rt.nested_row_splits), rt_dense_values=rt.flat_values
        )
        return SparseTensor(found.sparse_indices, found.sparse_values, found.sparse_dense_shape)
