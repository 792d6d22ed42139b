"""Indexing of tensors: `t[1:2, ..., tf.newaxis]` as a strided slice, `t[mask]` as a boolean mask."""

from .. import _core
from .._gen import raw_ops
from . import dtypes
from .tensor_shape import Dimension


def check_index(index):
    """TypeError unless `index` may stand between brackets: an integer, an integer tensor, or an object that acts so."""
    if isinstance(index, bool):
        pass
    elif isinstance(index, (int, Dimension)) or (hasattr(index, "__index__") and not isinstance(index, _core.Tensor)):
        return
    elif isinstance(index, _core.SymbolicTensor) or hasattr(index, "__tf_tensor__") or _is_integer_array(index):
        dtype = getattr(index, "dtype", None)
        if dtype is None or _is_integer(dtype):
            return
    elif isinstance(index, _core.EagerTensor) and index.dtype in (dtypes.int16, dtypes.int32, dtypes.int64):
        return
    raise TypeError(
        "Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 tensors are "
        f"valid indices, got {index!r}"
    )


def _is_integer(dtype):
    try:
        return dtypes.as_dtype(dtype).base_dtype in (dtypes.int16, dtypes.int32, dtypes.int64)
    except TypeError:
        return False


def _is_integer_array(index):
    kind = getattr(getattr(index, "dtype", None), "kind", None)
    return kind in ("i", "u") and getattr(index, "ndim", 1) == 0


def _as_index(index):
    return index.value if isinstance(index, Dimension) else index


class SliceArguments:
    """A Python index expression as the operands and masks of the op StridedSlice."""

    def __init__(self, spec):
        self.begin, self.end, self.strides = [], [], []
        self.begin_mask = self.end_mask = self.ellipsis_mask = self.new_axis_mask = self.shrink_axis_mask = 0
        for position, item in enumerate(spec):
            bit = 1 << position
            if isinstance(item, slice):
                self._add_slice(item, bit)
            elif item is Ellipsis:
                self._add(0, 0, 1)
                self.ellipsis_mask |= bit
            elif item is None:
                self._add(0, 0, 1)
                self.new_axis_mask |= bit
            else:
                check_index(item)
                item = _as_index(item)
                self._add(item, item + 1, 1)
                self.shrink_axis_mask |= bit

    def _add(self, begin, end, stride):
        self.begin.append(begin)
        self.end.append(end)
        self.strides.append(stride)

    def _add_slice(self, item, bit):
        begin, end, stride = 0, 0, 1
        if item.start is None:
            self.begin_mask |= bit
        else:
            check_index(item.start)
            begin = _as_index(item.start)
        if item.stop is None:
            self.end_mask |= bit
        else:
            check_index(item.stop)
            end = _as_index(item.stop)
        if item.step is not None:
            check_index(item.step)
            stride = _as_index(item.step)
        self._add(begin, end, stride)

    def tensors(self):
        """The operands begin, end and strides: integer vectors of one dtype."""
        dtype = dtypes.int32
        for value in (*self.begin, *self.end, *self.strides):
            found = getattr(value, "dtype", None)
            wide = found is not None and dtypes.as_dtype(found).base_dtype == dtypes.int64
            if wide or (found is None and not -(2**31) <= int(value) < 2**31):
                dtype = dtypes.int64
        parts = (("stack", self.begin), ("stack_1", self.end), ("stack_2", self.strides))
        return [_vector(values, dtype, name) for name, values in parts]

    def masks(self):
        """The five masks as keyword arguments."""
        names = ("begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask")
        return {name: getattr(self, name) for name in names}


def _vector(values, dtype, name):
    values = [value if hasattr(value, "dtype") else int(value) for value in values]
    return _core.convert(values, dtype, None, name)


def _is_mask(spec):
    dtype = getattr(spec, "dtype", None)
    if dtype is not None:
        return getattr(spec, "shape", None) is not None and str(getattr(dtype, "name", dtype)) == "bool"
    return False


def getitem(tensor, spec):
    """`tensor[spec]`.

    Args:
      tensor: a tensor.
      spec: an integer, slice, ellipsis, None (a new axis), an integer scalar tensor, a tuple or list of these, or one
        boolean tensor or array, which picks the elements where it is True.

    Raises:
      TypeError: `spec` holds something else, for example a float.
      InvalidArgumentError (eager) or ValueError (graph): an index out of range, or more indices than axes.
    """
    if _is_mask(spec) or (
        isinstance(spec, (list, tuple)) and spec and all(_is_mask(item) or isinstance(item, bool) for item in spec)
    ):
        return boolean_mask(tensor, spec)
    if not isinstance(spec, (list, tuple)):
        spec = (spec,)
    arguments = SliceArguments(spec)
    if not isinstance(tensor, _core.SymbolicTensor) and _core.executing_eagerly():
        return _strided_slice(tensor, arguments)
    from .name_scope import name_scope_of

    with name_scope_of("strided_slice") as scope:
        return _strided_slice(tensor, arguments, scope)


def _strided_slice(tensor, arguments, name=None):
    begin, end, strides = arguments.tensors()
    return raw_ops.StridedSlice(input=tensor, begin=begin, end=end, strides=strides, name=name, **arguments.masks())


def boolean_mask(tensor, mask, axis=None, name="boolean_mask"):
    """The parts of `tensor` where `mask` is True, in order.

    Args:
      tensor: a tensor of shape [d0, ..., dN].
      mask: a boolean tensor or array of rank K >= 1 whose shape is that of K axes of `tensor`, from `axis` on.
      axis: the first masked axis, 0 if not given; an integer that is known now.
      name: name scope of the ops.

    Returns:
      A tensor of rank N + 1 - K + 1, the masked axes replaced by one.

    Raises:
      ValueError: a scalar mask, one of unknown rank, or shapes that do not fit.

    >>> boolean_mask(_core.constant([1, 2, 3]), [True, False, True]).numpy().tolist()
    [1, 3]
    """
    from .name_scope import name_scope_of

    with name_scope_of(name, "boolean_mask"):
        tensor = _core.convert(tensor, None, None, "tensor")
        mask = _core.convert(mask, None, None, "mask")
        axis = 0 if axis is None else int(axis)
        shape, mask_shape = tensor.shape, mask.shape
        if mask_shape.rank == 0:
            raise ValueError("mask cannot be scalar.")
        if mask_shape.rank is None:
            raise ValueError(
                "Number of mask dimensions must be specified, even if some dimensions are None.  E.g. shape=[None] is "
                "ok, but shape=None is not."
            )
        if shape.rank is not None:
            axis = axis + shape.rank if axis < 0 else axis
            shape[axis : axis + mask_shape.rank].assert_is_compatible_with(mask_shape)
        last = axis + mask_shape.rank
        sizes = raw_ops.Shape(input=tensor)
        masked = raw_ops.Prod(input=getitem(sizes, slice(axis, last)), axis=[0])
        parts = [
            getitem(sizes, slice(None, axis)),
            raw_ops.Reshape(tensor=masked, shape=[1]),
            getitem(sizes, slice(last, None)),
        ]
        flat = raw_ops.Reshape(tensor=tensor, shape=raw_ops.ConcatV2(values=parts, axis=0))
        if shape.rank is not None and isinstance(flat, _core.SymbolicTensor):
            count = shape[axis:last].num_elements()
            flat.set_shape(shape[:axis].concatenate([count]).concatenate(shape[last:]))
        picked = raw_ops.Where(condition=raw_ops.Reshape(tensor=mask, shape=[-1]))
        picked = raw_ops.Squeeze(input=picked, axis=[1])
        return raw_ops.GatherV2(params=flat, indices=picked, axis=axis)


# What the compiled module calls for operators that need more than one op.


def matmul(a, b):
    """`a @ b`: a product of matrices, for each pair of a batch if the ranks are above 2."""
    ranks = a.shape.rank, b.shape.rank
    if ranks == (2, 2):
        return raw_ops.MatMul(a=a, b=b, name="matmul")
    return raw_ops.BatchMatMulV2(x=a, y=b, name="matmul")


def equal(x, y, is_equal):
    """`x == y` (or `x != y`) element by element; False (or True) where the shapes do not fit."""
    op = raw_ops.Equal if is_equal else raw_ops.NotEqual
    return op(x=x, y=y, incompatible_shape_error=False)


def iterate(tensor):
    """The slices along the first axis of an eager tensor, one after the other."""
    return iter(raw_ops.Unpack(value=tensor, num=len(tensor)))


def unpickle(array, dtype_name, impure=False):
    """The eager tensor that was pickled; `impure` as a value of a variable or a random op is."""
    from .context import eager_mode

    with eager_mode():
        tensor = _core.constant(array, dtype_name)
    return tensor._marked_impure() if impure else tensor
