"""Jacobians by a gradient for each element of the result."""

from .. import _core
from .._gen import raw_ops
from . import nest
from .composite import IndexedSlices
from .tape import UnconnectedGradients, source_of


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


def _known(shape, what):
    sizes = shape.as_list() if shape.rank is not None else [None]
    if None in sizes:
        raise ValueError(f"the {what} of a Jacobian needs a static shape, got {shape}")
    return sizes


def jacobian(tape, target, sources, unconnected):
    """See `GradientTape.jacobian`."""
    tape._use()
    flat_sources = nest.flatten(sources)
    sizes = _known(target.shape, "target")
    flat = _recorded(tape, lambda: raw_ops.Reshape(tensor=target, shape=[-1]))
    count = flat.shape.num_elements()
    one, zero = _core.convert(1, flat.dtype), _core.convert(0, flat.dtype)
    seeds = [raw_ops.OneHot(indices=n, depth=count, on_value=one, off_value=zero) for n in range(count)]
    rows = tape._rows(flat, flat_sources, seeds)
    out = []
    for position, source in enumerate(flat_sources):
        parts = [_dense(row[position]) for row in rows]
        shape = [*sizes, *source.shape.as_list()]
        if parts and parts[0] is not None:
            out.append(raw_ops.Reshape(tensor=raw_ops.Pack(values=parts), shape=shape))
        elif unconnected is UnconnectedGradients.NONE:
            out.append(None)
        else:
            out.append(_zeros(shape, source.dtype.base_dtype))
    if not tape._persistent:
        tape._tape = None
    return nest.pack_sequence_as(sources, out)


def batch_jacobian(tape, target, source, unconnected):
    """See `GradientTape.batch_jacobian`."""
    target_shape, source_shape = target.shape, source.shape
    if target_shape.rank is None or target_shape.rank == 0 or not target_shape[:1].is_compatible_with(source_shape[:1]):
        raise ValueError(
            "Need first dimension of target shape (%s) and source shape (%s) to match." % (target_shape, source_shape)
        )
    tape._use()
    batch, *rest = _known(target_shape, "target")
    flat = _recorded(tape, lambda: raw_ops.Reshape(tensor=target, shape=[batch, -1]))
    count = flat.shape.as_list()[1]
    one, zero = _core.convert(1, flat.dtype), _core.convert(0, flat.dtype)
    seeds = []
    for number in range(count):
        row = raw_ops.OneHot(indices=[number], depth=count, on_value=one, off_value=zero)
        seeds.append(raw_ops.BroadcastTo(input=row, shape=[batch, count]))
    parts = [_dense(row[0]) for row in tape._rows(flat, [source], seeds)]
    shape = [batch, *rest, *_known(source_shape, "source")[1:]]
    if not tape._persistent:
        tape._tape = None
    if not parts or parts[0] is None:
        missing = unconnected is UnconnectedGradients.NONE
        return None if missing else _zeros(shape, source_of(source).dtype.base_dtype)
    return raw_ops.Reshape(tensor=raw_ops.Pack(values=parts, axis=1), shape=shape)
