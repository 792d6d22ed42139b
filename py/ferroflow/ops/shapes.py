"""Shapes of tensors, and tensors made from a shape and a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import dtypes
from ..framework.sparse_tensor import SparseTensor
from ..framework.tensor_shape import TensorShape
from .common import convert, name_scope, one_of
from .small_constants import sizes_of_constant

if TYPE_CHECKING:
    from ..framework.typing import DTypeLike, Tensor, TensorLike


def shape(input: TensorLike, out_type: DTypeLike | None = None, name: str | None = None) -> Tensor:
    """The shape of a tensor, as a tensor.

    Args:
      input: a tensor, or a sparse one.
      out_type: int32 (the default) or int64.
      name: a name for the operation.

    Returns:
      A vector: the sizes. A constant while a graph is built, if the shape is known.

    >>> tf.shape([[1, 2, 3]]).numpy()
    array([1, 3], dtype=int32)
    """
    out_type = dtypes.int32 if out_type is None else dtypes.as_dtype(out_type)
    if isinstance(input, SparseTensor):
        with name_scope(name, "Shape", [input.dense_shape]):
            return raw_ops.Cast(input.dense_shape, out_type)
    input = convert(input)
    if hasattr(input, "graph") and input.shape.is_fully_defined():
        with name_scope(name, "Shape", [input]) as scope:
            return convert(input.shape.as_list(), out_type, name=scope)
    return raw_ops.Shape(input, out_type, name)


def shape_v1(input: TensorLike, name: str | None = None, out_type: DTypeLike = dtypes.int32) -> Tensor:
    """`shape` with the argument order of TensorFlow 1.

    Args:
      input: a tensor.
      name: a name for the operation.
      out_type: int32 or int64.

    Returns:
      A vector: the sizes.
    """
    return shape(input, out_type, name)


def shape_n(input, out_type: DTypeLike = dtypes.int32, name: str | None = None) -> list[Tensor]:
    """The shapes of several tensors.

    Args:
      input: a list of tensors of one dtype.
      out_type: int32 or int64.
      name: a name for the operation.

    Returns:
      A list of vectors.
    """
    return raw_ops.ShapeN(input, out_type, name)


def size(input: TensorLike, out_type: DTypeLike | None = None, name: str | None = None) -> Tensor:
    """The number of elements, as a tensor.

    Args:
      input: a tensor, or a sparse one.
      out_type: int32 (the default) or int64.
      name: a name for the operation.

    Returns:
      A scalar. A constant while a graph is built, if the shape is known.

    >>> tf.size([[1, 2, 3]]).numpy().item()
    3
    """
    out_type = dtypes.int32 if out_type is None else dtypes.as_dtype(out_type)
    if isinstance(input, SparseTensor):
        with name_scope(name, "Size", [input.dense_shape]) as scope:
            return raw_ops.Prod(raw_ops.Cast(input.dense_shape, out_type), [0], False, scope)
    input = convert(input)
    if hasattr(input, "graph") and input.shape.is_fully_defined():
        with name_scope(name, "Size", [input]) as scope:
            return convert(input.shape.num_elements(), out_type, name=scope)
    return raw_ops.Size(input, out_type, name)


def size_v1(input: TensorLike, name: str | None = None, out_type: DTypeLike = dtypes.int32) -> Tensor:
    """`size` with the argument order of TensorFlow 1.

    Args:
      input: a tensor.
      name: a name for the operation.
      out_type: int32 or int64.

    Returns:
      A scalar.
    """
    return size(input, out_type, name)


def rank(input: TensorLike, name: str | None = None) -> Tensor:
    """The number of axes, as a tensor.

    Args:
      input: a tensor, or a sparse one.
      name: a name for the operation.

    Returns:
      An int32 scalar. A constant while a graph is built, if the rank is known.

    >>> tf.rank([[1, 2, 3]]).numpy().item()
    2
    """
    if isinstance(input, SparseTensor):
        with name_scope(name, "Rank", [input.dense_shape]) as scope:
            return size(input.dense_shape, name=scope)
    input = convert(input)
    if hasattr(input, "graph") and input.shape.rank is not None:
        with name_scope(name, "Rank", [input]) as scope:
            return convert(input.shape.rank, dtypes.int32, name=scope)
    return raw_ops.Rank(input, name)


def reshape(tensor: TensorLike, shape: TensorLike, name: str | None = None) -> Tensor:
    """The same elements in another shape.

    Args:
      tensor: a tensor.
      shape: the sizes; one of them may be -1, which makes up the rest.
      name: a name for the operation.

    Returns:
      A tensor of the same dtype.

    Raises:
      InvalidArgumentError: the number of elements differs.

    >>> tf.reshape([1, 2, 3, 4], [2, -1]).numpy()
    array([[1, 2],
           [3, 4]], dtype=int32)
    """
    return raw_ops.Reshape(tensor, shape, name)


def ensure_shape(x: TensorLike, shape: TensorLike, name: str | None = None) -> Tensor:
    """`x`, whose static shape is from here on known to be `shape`; checked when it runs.

    Args:
      x: a tensor.
      shape: a TensorShape, possibly unknown in part.
      name: a name for the operation.

    Returns:
      A tensor with the same elements.

    Raises:
      InvalidArgumentError: the shape is another.
    """
    return raw_ops.EnsureShape(x, TensorShape(shape), name or "EnsureShape")


def expand_dims(input: TensorLike, axis: TensorLike, name: str | None = None) -> Tensor:
    """Inserts an axis of size 1.

    Args:
      input: a tensor.
      axis: where, from -rank - 1 to rank.
      name: a name for the operation.

    Returns:
      A tensor with one axis more.

    >>> tf.expand_dims([1, 2], 0).shape
    TensorShape([1, 2])
    """
    return raw_ops.ExpandDims(input, axis, name)


def expand_dims_v1(input: TensorLike, axis: TensorLike | None = None, name: str | None = None, dim=None) -> Tensor:
    """`expand_dims`, where the axis may also be called `dim`.

    Args:
      input: a tensor.
      axis: where, from -rank - 1 to rank.
      name: a name for the operation.
      dim: the old name of `axis`.

    Returns:
      A tensor with one axis more.

    Raises:
      ValueError: no axis is given, or it is given by both names.
    """
    axis = one_of("axis", axis, "dim", dim)
    if axis is None:
        raise ValueError("Must specify an axis argument to tf.expand_dims()")
    return raw_ops.ExpandDims(input, axis, name)


def squeeze(input: TensorLike, axis: TensorLike | None = None, name: str | None = None) -> Tensor:
    """Removes axes of size 1.

    Args:
      input: a tensor.
      axis: an axis or a list of axes of size 1; None for all of them.
      name: a name for the operation.

    Returns:
      A tensor with the same elements.

    Raises:
      InvalidArgumentError: a named axis has another size.

    >>> tf.squeeze([[[1, 2]]]).shape
    TensorShape([2])
    """
    axes = [] if axis is None else list(axis) if isinstance(axis, (list, tuple)) else [axis]
    return raw_ops.Squeeze(input, axes, name)


def squeeze_v1(input: TensorLike, axis: TensorLike | None = None, name: str | None = None, squeeze_dims=None) -> Tensor:
    """`squeeze`, where the axes may also be called `squeeze_dims`.

    Args:
      input: a tensor.
      axis: an axis or a list of axes of size 1; None for all of them.
      name: a name for the operation.
      squeeze_dims: the old name of `axis`.

    Returns:
      A tensor with the same elements.

    Raises:
      ValueError: the axes are given by both names.
    """
    return squeeze(input, one_of("axis", axis, "squeeze_dims", squeeze_dims), name)


def fill(dims, value: TensorLike, name: str | None = None, layout: TensorLike | None = None) -> Tensor:
    """A tensor in which every element is `value`.

    Args:
      dims: the shape.
      value: a scalar.
      name: a name for the operation.
      layout: accepted for TensorFlow's sake, without effect.

    Returns:
      A tensor of the dtype of `value`.

    >>> tf.fill([2], 7).numpy()
    array([7, 7], dtype=int32)
    """
    return raw_ops.Fill(dims, value, name)


def _full(shape, dtype, number, name):
    dtype = dtypes.as_dtype(dtype).base_dtype
    if dtype == dtypes.string:
        value = "" if number == 0 else "1"
    else:
        value = bool(number) if dtype == dtypes.bool else number
    small = sizes_of_constant(shape, dtype)
    if small is not None:
        import numpy as np

        return convert(np.full(small, value, dtype.as_numpy_dtype), dtype, name=name)
    if isinstance(shape, TensorShape) or hasattr(shape, "dtype"):
        shape = convert(shape)
    else:
        sizes = shape if isinstance(shape, (list, tuple)) else [shape]
        wide = any(isinstance(size, int) and size >= 2**31 for size in sizes)
        shape = convert(shape, dtypes.int64 if wide else dtypes.int32)
    if shape.shape.rank == 0:
        shape = raw_ops.Reshape(shape, [-1])
    return raw_ops.Fill(shape, convert(value, dtype, name="Const"), name)


def zeros(
    shape: TensorLike, dtype: DTypeLike = dtypes.float32, name: str | None = None, layout: TensorLike | None = None
) -> Tensor:
    """A tensor of zeros: 0, False or empty strings.

    Args:
      shape: the sizes.
      dtype: the dtype.
      name: a name for the operation.
      layout: accepted for TensorFlow's sake, without effect.

    Returns:
      A tensor.

    >>> tf.zeros([2]).numpy()
    array([0., 0.], dtype=float32)
    """
    return _full(shape, dtype, 0, name or "zeros")


def ones(
    shape: TensorLike, dtype: DTypeLike = dtypes.float32, name: str | None = None, layout: TensorLike | None = None
) -> Tensor:
    """A tensor of ones.

    Args:
      shape: the sizes.
      dtype: the dtype.
      name: a name for the operation.
      layout: accepted for TensorFlow's sake, without effect.

    Returns:
      A tensor.

    >>> tf.ones([2], tf.int32).numpy()
    array([1, 1], dtype=int32)
    """
    return _full(shape, dtype, 1, name or "ones")


def zeros_like(
    input: TensorLike, dtype: DTypeLike | None = None, name: str | None = None, layout: TensorLike | None = None
) -> Tensor:
    """Zeros of the shape of another tensor.

    Args:
      input: a tensor.
      dtype: the dtype; that of `input` if it is None.
      name: a name for the operation.
      layout: accepted for TensorFlow's sake, without effect.

    Returns:
      A tensor.

    >>> tf.zeros_like([1.0, 2.0]).numpy()
    array([0., 0.], dtype=float32)
    """
    input = convert(input)
    if dtype is None or dtypes.as_dtype(dtype) == input.dtype:
        return raw_ops.ZerosLike(input, name or "zeros_like")
    return _full(raw_ops.Shape(input), dtype, 0, name or "zeros_like")


def zeros_like_v1(
    tensor: TensorLike, dtype: DTypeLike | None = None, name: str | None = None, optimize: bool = True
) -> Tensor:
    """`zeros_like` of TensorFlow 1.

    Args:
      tensor: a tensor.
      dtype: the dtype; that of `tensor` if it is None.
      name: a name for the operation.
      optimize: accepted for TensorFlow's sake, without effect.

    Returns:
      A tensor of zeros.
    """
    return zeros_like(tensor, dtype, name)


def ones_like(
    input: TensorLike, dtype: DTypeLike | None = None, name: str | None = None, layout: TensorLike | None = None
) -> Tensor:
    """Ones of the shape of another tensor.

    Args:
      input: a tensor.
      dtype: the dtype; that of `input` if it is None.
      name: a name for the operation.
      layout: accepted for TensorFlow's sake, without effect.

    Returns:
      A tensor.

    >>> tf.ones_like([5, 6]).numpy()
    array([1, 1], dtype=int32)
    """
    input = convert(input)
    if dtype is None or dtypes.as_dtype(dtype) == input.dtype:
        return raw_ops.OnesLike(input, name or "ones_like")
    return _full(raw_ops.Shape(input), dtype, 1, name or "ones_like")


def ones_like_v1(
    tensor: TensorLike, dtype: DTypeLike | None = None, name: str | None = None, optimize: bool = True
) -> Tensor:
    """`ones_like` of TensorFlow 1.

    Args:
      tensor: a tensor.
      dtype: the dtype; that of `tensor` if it is None.
      name: a name for the operation.
      optimize: accepted for TensorFlow's sake, without effect.

    Returns:
      A tensor of ones.
    """
    return ones_like(tensor, dtype, name)


def one_hot(
    indices: TensorLike,
    depth,
    on_value=None,
    off_value=None,
    axis: TensorLike | None = None,
    dtype: DTypeLike | None = None,
    name: str | None = None,
) -> Tensor:
    """A new axis along which one element, that which `indices` names, is on.

    Args:
      indices: a tensor of whole numbers; outside of 0 to `depth` - 1 all elements are off.
      depth: the size of the new axis.
      on_value: the value of elements that are on; 1 by default.
      off_value: the value of all others; 0 by default.
      axis: where the new axis goes; -1, the end, by default.
      dtype: the dtype; that of the values, or float32.
      name: a name for the operation.

    Returns:
      A tensor with one axis more than `indices`.

    Raises:
      TypeError: the dtypes of the values differ, or differ from `dtype`.

    >>> tf.one_hot([0, 2], 3).numpy()
    array([[1., 0., 0.],
           [0., 0., 1.]], dtype=float32)
    """
    with name_scope(name, "one_hot", [indices, depth, on_value, off_value, axis, dtype]) as scope:
        wanted = None if dtype is None else dtypes.as_dtype(dtype).base_dtype
        values = [
            None if value is None else convert(value, dtype_hint=wanted, name=which)
            for value, which in ((on_value, "on_value"), (off_value, "off_value"))
        ]
        found = [value.dtype.base_dtype for value in values if value is not None]
        if len(set(found)) > 1:
            raise TypeError(f"dtype {found[0]} of on_value does not match dtype {found[1]} of off_value")
        if wanted is not None and any(one != wanted for one in found):
            raise TypeError(f"dtype {found[0]} of on_value does not match dtype parameter {wanted}")
        wanted = wanted or (found[0] if found else dtypes.float32)
        on, off = (convert(n, wanted, name="Const") if v is None else v for v, n in zip(values, (1, 0), strict=True))
        return raw_ops.OneHot(indices, depth, on, off, -1 if axis is None else axis, scope)


def broadcast_to(input: TensorLike, shape: TensorLike, name: str | None = None) -> Tensor:
    """Repeats a tensor along axes of size 1, and new axes in front, up to a shape.

    Args:
      input: a tensor.
      shape: the wanted sizes.
      name: a name for the operation.

    Returns:
      A tensor of that shape.

    >>> tf.broadcast_to([1, 2], [2, 2]).numpy()
    array([[1, 2],
           [1, 2]], dtype=int32)
    """
    return raw_ops.BroadcastTo(input, shape, name)


def broadcast_dynamic_shape(shape_x: TensorLike, shape_y: TensorLike) -> Tensor:
    """The shape that tensors of two shapes broadcast to, as a tensor.

    Args:
      shape_x: a vector of int32 or int64.
      shape_y: a vector of the same dtype.

    Returns:
      A vector.

    >>> tf.broadcast_dynamic_shape([1, 2], [3, 1]).numpy()
    array([3, 2], dtype=int32)
    """
    return raw_ops.BroadcastArgs(shape_x, shape_y)


def broadcast_static_shape(shape_x: TensorLike, shape_y: TensorLike) -> TensorShape:
    """The shape that tensors of two static shapes broadcast to.

    Args:
      shape_x: a TensorShape.
      shape_y: a TensorShape.

    Returns:
      A TensorShape, unknown where it cannot be told.

    Raises:
      ValueError: the shapes do not fit.

    >>> tf.broadcast_static_shape(tf.TensorShape([1, 2]), tf.TensorShape([3, 1]))
    TensorShape([3, 2])
    """
    x, y = TensorShape(shape_x), TensorShape(shape_y)
    if x.rank is None or y.rank is None:
        return TensorShape(None)
    rank = max(x.rank, y.rank)
    sizes = []
    for a, b in zip([1] * (rank - x.rank) + x.as_list(), [1] * (rank - y.rank) + y.as_list(), strict=True):
        if a is not None and b is not None and a != b and 1 not in (a, b):
            raise ValueError(
                f"Incompatible shapes for broadcasting. Two shapes are compatible if for each dimension pair they are either equal or one of them is 1. Received: {x} and {y}."
            )
        known = [size for size in (a, b) if size not in (None, 1)]
        sizes.append(known[0] if known else None if None in (a, b) else 1)
    return TensorShape(sizes)


def bitcast(input: TensorLike, type, name: str | None = None) -> Tensor:
    """The same bytes as another dtype.

    Args:
      input: a tensor of numbers.
      type: the dtype; a smaller one adds an axis, a larger one takes the last axis.
      name: a name for the operation.

    Returns:
      A tensor of dtype `type`.

    >>> tf.bitcast([1.0], tf.int32).numpy()
    array([1065353216], dtype=int32)
    """
    return raw_ops.Bitcast(input, type, name)


def identity(input: TensorLike, name: str | None = None) -> Tensor:
    """A tensor with the elements of another: a new node in a graph.

    Args:
      input: a tensor or variable.
      name: a name for the operation.

    Returns:
      A tensor.
    """
    return raw_ops.Identity(input, name)


def guarantee_const(input: TensorLike, name: str | None = None) -> Tensor:
    """A tensor itself, which is said to be the same in every run; TensorFlow's optimisers use that, here it changes nothing.

    Args:
      input: a tensor of any dtype but resource.
      name: a name for the operation.

    Returns:
      A tensor with the same elements.

    >>> tf.guarantee_const([1, 2]).numpy()
    array([1, 2], dtype=int32)
    """
    return raw_ops.GuaranteeConst(input, name)


def identity_n(input, name: str | None = None) -> list[Tensor]:
    """`identity` of several tensors at once.

    Args:
      input: a list of tensors.
      name: a name for the operation.

    Returns:
      A list of tensors.
    """
    return raw_ops.IdentityN(input, name)


def stop_gradient(input: TensorLike, name: str | None = None) -> Tensor:
    """A tensor that counts as a constant when gradients are taken.

    Args:
      input: a tensor.
      name: a name for the operation.

    Returns:
      A tensor with the same elements.
    """
    return raw_ops.StopGradient(input, name)
