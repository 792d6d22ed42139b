"""Ops element by element on ragged tensors: on the flat values, where the rows of the operands agree."""

from ..._gen import raw_ops
from ...framework.grouping import tuple_v2
from .. import checks
from ..common import convert
from .conversion import in_uniform_rows
from .indexing import gather_rows
from .tensor import RaggedTensor, converted


def unary(again, x, *others):
    """The op `again` on the flat values."""
    return x.with_flat_values(again(x.flat_values, *others)) if isinstance(x, RaggedTensor) else NotImplemented


def operands(*values):
    """Ragged tensors and tensors; what is neither becomes a tensor of the dtype of a ragged one."""
    dtype = next(v.dtype for v in values if isinstance(v, RaggedTensor))
    return [v if isinstance(v, RaggedTensor) else _operand(v, dtype) for v in values]


def _operand(value, dtype):
    if hasattr(value, "flat_values"):
        return converted(value)
    if isinstance(value, (bool, int, float, complex, str, bytes, list, tuple)) and not _has_tensors(value):
        return convert(value, dtype=dtype)
    return convert(value)


def _has_tensors(value):
    return isinstance(value, (list, tuple)) and any(hasattr(v, "dtype") or _has_tensors(v) for v in value)


def binary(again, x, y):
    """The op `again` on two operands that are broadcast to the same rows."""
    x, y = operands(x, y)
    (x, y), like = broadcast(x, y)
    return like.with_flat_values(again(_flat(x), _flat(y)))


def select(again, condition, x, y):
    """Elements of `x` where the condition holds, of `y` elsewhere."""
    values = [v if isinstance(v, RaggedTensor) else convert(v) for v in (condition, x, y)]
    found, like = broadcast(*values)
    return like.with_flat_values(again(*map(_flat, found)))


def add_n(name, inputs, attrs):
    """The sum of tensors with the same rows."""
    found, like = broadcast(*operands(*inputs[0]))
    return like.with_flat_values(raw_ops.AddN(inputs=[_flat(v) for v in found]))


def _flat(value):
    return value.flat_values if isinstance(value, RaggedTensor) else value


def broadcast(*values):
    """Operands aligned at their last axes, with the same row splits; see `same_rows`."""
    return same_rows(*_of_one_rank(values))


def same_rows(*values):
    """Operands with the same row splits, where scalars stay as they are; and one of those with the rows.

    Raises:
      ValueError: row splits are of different dtypes.
      InvalidArgumentError: (at once, or in the run) rows have different lengths.
    """
    ragged = [v for v in values if isinstance(v, RaggedTensor)]
    if len({v.row_splits.dtype for v in ragged}) > 1:
        raise ValueError(
            "Input RaggedTensors have mismatched row_splits dtypes; use RaggedTensor.with_row_splits_dtype() to convert "
            "them to compatible dtypes."
        )
    like = max(ragged, key=lambda v: v.ragged_rank)
    rank = like.flat_values.shape.rank
    deep = None if rank is None else like.ragged_rank + rank
    made, tests = [], []
    for value in values:
        if not isinstance(value, RaggedTensor):
            made.append(value if value.shape.rank == 0 else _spread(value, like, deep))
            continue
        if value.ragged_rank < like.ragged_rank:
            value = _deepened(value, like)
        for mine, theirs in zip(value.nested_row_splits, like.nested_row_splits, strict=True):
            if mine is not theirs:
                tests.append(checks.assert_equal(mine, theirs))
        made.append(value)
    tests = [test for test in tests if test is not None]
    if tests:
        flat = tuple_v2([v.flat_values for v in ragged], control_inputs=tests)
        like = like.with_flat_values(flat[_place(ragged, like)])
        made = [
            v.with_flat_values(flat[_place(ragged, old)])
            if isinstance(old, RaggedTensor) and v.ragged_rank == old.ragged_rank
            else v
            for v, old in zip(made, values, strict=True)
        ]
    return made, like


def _of_one_rank(values):
    """Operands of which the ragged ones have as many axes as the one with the most: they are repeated along outer axes."""
    ranks = [v.shape.rank for v in values]
    if None in ranks:
        return values
    tensors = [v for v in values if not isinstance(v, RaggedTensor)]
    return [
        _repeated(v, max(ranks) - rank, tensors) if isinstance(v, RaggedTensor) and rank < max(ranks) else v
        for v, rank in zip(values, ranks, strict=True)
    ]


def _repeated(value, axes, tensors):
    """`value` with `axes` outer axes, along which it is repeated as often as tensors have sizes there."""
    nrows = value.nrows()
    sizes = raw_ops.Fill(dims=[axes], value=convert(1, nrows.dtype))
    for tensor in tensors:
        outer = max(0, tensor.shape.rank - value.shape.rank)
        sizes = raw_ops.BroadcastArgs(s0=sizes, s1=raw_ops.Shape(input=tensor, out_type=nrows.dtype)[:outer])
    numbers = raw_ops.Range(start=convert(0, nrows.dtype), limit=nrows, delta=convert(1, nrows.dtype))
    count = raw_ops.Prod(input=sizes, axis=[0], keep_dims=True)
    rows = gather_rows(value, raw_ops.Tile(input=numbers, multiples=count))
    last = raw_ops.ExpandDims(input=nrows, axis=0)
    shape = raw_ops.ConcatV2(values=[sizes, last], axis=0)
    return in_uniform_rows(rows, [None] * (axes + 1), shape, axes)


def _place(values, one):
    return next(i for i, v in enumerate(values) if v is one)


def _deepened(value, like):
    """`value`, which has fewer ragged axes than `like`, with its further axes divided as those of `like` are."""
    flat = value.flat_values
    inner = like
    for _ in range(value.ragged_rank):
        inner = inner.values
    return value.with_flat_values(_rows_of(flat, inner))


def _spread(value, like, deep):
    """A tensor as flat values of the rows of `like`."""
    rank = value.shape.rank
    if rank is None or deep is None:
        raise ValueError("Unable to broadcast: unknown rank")
    if rank <= deep - like.ragged_rank - 1:
        return value  # its axes are within those of the flat values
    for _ in range(deep - rank):
        value = raw_ops.ExpandDims(input=value, axis=0)
    return _rows_of(value, like).flat_values


def _rows_of(value, like):
    """The ragged tensor with the rows of `like` and the elements of a tensor with as many axes; sizes of 1 are repeated."""
    value = _sized(value, like.nrows(), 0)
    if not isinstance(like, RaggedTensor):
        return value
    splits, lengths = like.row_splits, like.row_lengths()
    one_wide = value.shape[1] == 1
    rowids = like.value_rowids()
    if one_wide:
        flat = raw_ops.GatherV2(params=value[:, 0], indices=rowids, axis=0)
    else:
        width = raw_ops.Shape(input=value, out_type=splits.dtype)[1]
        one = convert(1, splits.dtype)
        fits = checks.assert_equal(raw_ops.LogicalOr(x=_all(lengths, width), y=raw_ops.Equal(x=width, y=one)), True)
        column = partition_positions(splits, rowids)
        column = raw_ops.Minimum(x=column, y=width - one)
        column = checks.checked(column, [fits])
        flat = raw_ops.GatherNd(params=value, indices=raw_ops.Pack(values=[rowids, column], axis=1))
    if isinstance(like.values, RaggedTensor):
        flat = _rows_of(flat, like.values)
    return like.with_values(flat)


def _all(lengths, width):
    return raw_ops.All(input=raw_ops.Equal(x=lengths, y=width), axis=[0])


def partition_positions(splits, rowids):
    """The position of each value within its row."""
    one = convert(1, splits.dtype)
    places = raw_ops.Range(start=convert(0, splits.dtype), limit=splits[-1], delta=one)
    return places - raw_ops.GatherV2(params=splits, indices=rowids, axis=0)


def _sized(value, count, axis):
    """A tensor whose size along the first axis is `count`: it has this size, or 1 and is repeated."""
    if value.shape[axis] == 1:
        ids = raw_ops.Fill(dims=raw_ops.Reshape(tensor=count, shape=[1]), value=0)
        return raw_ops.GatherV2(params=value, indices=ids, axis=axis)
    size = raw_ops.Shape(input=value, out_type=count.dtype)[axis]
    one = convert(1, count.dtype)
    fits = raw_ops.LogicalOr(x=raw_ops.Equal(x=size, y=count), y=raw_ops.Equal(x=size, y=one))
    test = checks.assert_equal(fits, True)
    if value.shape[axis] is not None:
        return checks.checked(value, [test])
    ids = raw_ops.Minimum(x=raw_ops.Range(start=convert(0, count.dtype), limit=count, delta=one), y=size - one)
    return raw_ops.GatherV2(params=value, indices=checks.checked(ids, [test]), axis=axis)
