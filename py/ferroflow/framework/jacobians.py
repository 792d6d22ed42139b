"""Jacobians by a gradient for each element of the result."""

from .. import _core
from .._gen import raw_ops
from . import nest
from .bodies import Body, building, share_captures
from .composite import IndexedSlices
from .tape import UnconnectedGradients, source_of, zeros_of
from .type_spec import TensorSpec


def _recorded(tape, make):
    """What `make` returns, with its ops on the tape."""
    tape._push()
    try:
        return make()
    finally:
        tape._pop()


def _dense(grad):
    return _core.convert(grad) if isinstance(grad, IndexedSlices) else grad


def _zeros(sizes, dtype):
    return raw_ops.Fill(dims=sizes, value=_core.convert(0, dtype))


def _sizes(shape, tensor):
    """The sizes of a tensor or variable: a list if they are known, else a tensor."""
    if shape.is_fully_defined():
        return shape.as_list()
    return raw_ops.Shape(input=_core.convert(tensor))


def _joined(*sizes):
    """Sizes one after the other; a list if all are lists."""
    if all(isinstance(one, list) for one in sizes):
        return [size for one in sizes for size in one]
    return raw_ops.ConcatV2(values=[_core.convert(one, "int32") for one in sizes], axis=0)


def _after_first(sizes):
    if isinstance(sizes, list):
        return sizes[1:]
    return raw_ops.StridedSlice(input=sizes, begin=[1], end=[0], strides=[1], end_mask=1)


def one_hot(number, count, dtype):
    """A row of `count` elements with a one at place `number`."""
    one, zero = _core.convert(1, dtype), _core.convert(0, dtype)
    return raw_ops.OneHot(indices=number, depth=count, on_value=one, off_value=zero)


def rows_in_loop(count, sources, row):
    """The gradients for each number below `count`, which a loop of the graph takes one after the other.

    Args:
      count: how many there are, a tensor.
      sources: the tensors or variables that gradients are taken by.
      row: a function of a number, a tensor: a gradient or None for each source.

    Returns:
      A list: for each source a tensor with one more axis in front, or None where nothing connects.
    """
    connected = [False] * len(sources)

    def step(number, *lists):
        new = [raw_ops.AddV2(x=number, y=1)]
        for k, grad in enumerate(row(number)):
            connected[k] = connected[k] or grad is not None
            value = zeros_of(sources[k]) if grad is None else _dense(grad)
            new.append(raw_ops.TensorListPushBack(input_handle=lists[k], tensor=value))
        return new

    with building([count]):
        lists = [_empty_list(source) for source in sources]
        specs = [TensorSpec([], "int32"), *(TensorSpec([], "variant") for _ in lists)]
        test = Body("while_cond", lambda number, *_: raw_ops.Less(x=number, y=count), specs)
        body = Body("while_body", step, specs)
        captured = share_captures([test, body])
        body.outputs += body.inputs[len(specs) :]
        loop = raw_ops.While if body.is_stateful else raw_ops.StatelessWhile
        found = loop(input=[_core.convert(0), *lists, *captured], cond=test.define(), body=body.define())
        stacked = []
        for source, handle, known in zip(sources, found[1 : len(specs)], connected, strict=True):
            shape = _sizes(source.shape, source)  # without a round nothing else tells it
            dtype = source.dtype.base_dtype
            one = raw_ops.TensorListStack(input_handle=handle, element_shape=shape, element_dtype=dtype)
            stacked.append(one if known else None)
    return stacked


def _empty_list(source):
    return raw_ops.EmptyTensorList(element_shape=-1, max_num_elements=-1, element_dtype=source.dtype.base_dtype)


def _rows(tape, flat, count, sources, seed):
    """The gradients of `flat` for each of the seeds, stacked; None where nothing connects."""
    if not isinstance(count, int):
        return rows_in_loop(count, sources, lambda number: tape._gradients([flat], sources, [seed(number)]))
    if count == 0:
        return [raw_ops.Pack(values=[zeros_of(source)])[:0] for source in sources]
    rows = tape._rows(flat, sources, [seed(number) for number in range(count)])
    parts = [[_dense(row[k]) for row in rows] for k in range(len(sources))]
    return [None if one[0] is None else raw_ops.Pack(values=one) for one in parts]


def _check_loop(tape, name, gap, use_pfor):
    """RuntimeError if a loop would need a tape that is used up by the first round."""
    if not use_pfor and not tape._persistent and _core.executing_eagerly():
        raise RuntimeError(
            f"GradientTape must be created with persistent=True to compute the {name} with eager execution enabled and"
            f"{gap}experimental_use_pfor set to False."
        )


def jacobian(tape, target, sources, unconnected, use_pfor):
    """See `GradientTape.jacobian`."""
    tape._use()
    flat_sources = nest.flatten(sources)
    sizes = _recorded(tape, lambda: _sizes(target.shape, target))
    _check_loop(tape, "jacobian", " with  ", use_pfor)
    flat = _recorded(tape, lambda: raw_ops.Reshape(tensor=target, shape=[-1]))
    count = flat.shape.num_elements()
    count = raw_ops.Size(input=flat) if count is None else count
    found = _rows(tape, flat, count, flat_sources, lambda number: one_hot(number, count, flat.dtype))
    out = []
    for source, rows in zip(flat_sources, found, strict=True):
        if rows is not None:
            shape = _joined(sizes, _sizes(source.shape, source))
            out.append(raw_ops.Reshape(tensor=rows, shape=shape))
        elif unconnected is UnconnectedGradients.NONE:
            out.append(None)
        else:
            out.append(_zeros(_joined(sizes, _sizes(source.shape, source)), source.dtype.base_dtype))
    if not tape._persistent:
        tape._tape = None
    return nest.pack_sequence_as(sources, out)


def batch_jacobian(tape, target, source, use_pfor):
    """See `GradientTape.batch_jacobian`."""
    tape._use()
    target_shape, source_shape = target.shape, source.shape
    for shape in (target_shape, source_shape):
        if shape.rank is not None and shape.rank < 2:
            raise ValueError(f"Shape {shape} must have rank at least 2")
    if target_shape.rank is not None and not target_shape[:1].is_compatible_with(source_shape[:1]):
        raise ValueError(
            "Need first dimension of target shape (%s) and source shape (%s) to match." % (target_shape, source_shape)
        )
    _check_loop(tape, "batch_jacobian", "  with ", use_pfor)
    sizes, source_sizes = _recorded(tape, lambda: (_sizes(target_shape, target), _sizes(source_shape, source)))
    rest = _after_first(sizes)
    if isinstance(rest, list):
        count = 1
        for size in rest:
            count *= size
    else:
        count = raw_ops.Prod(input=rest, axis=0)
    batch = sizes[0] if isinstance(sizes, list) else sizes[:1]
    flat_sizes = [batch, count] if isinstance(sizes, list) else _joined(batch, raw_ops.Reshape(tensor=count, shape=[1]))
    flat = _recorded(tape, lambda: raw_ops.Reshape(tensor=target, shape=flat_sizes))

    def seed(number):
        row = one_hot(number, count, flat.dtype)
        return raw_ops.BroadcastTo(input=row, shape=flat_sizes)

    (rows,) = _rows(tape, flat, count, [source], seed)
    shape = _joined(sizes, _after_first(source_sizes))
    if not tape._persistent:
        tape._tape = None
    if rows is None:
        return _zeros(shape, source_of(source).dtype.base_dtype)
    # The rows are in front of the batch.
    order = raw_ops.Range(start=2, limit=raw_ops.Rank(input=rows), delta=1)
    by_batch = raw_ops.Transpose(x=rows, perm=_joined([1, 0], order))
    return raw_ops.Reshape(tensor=by_batch, shape=shape)
