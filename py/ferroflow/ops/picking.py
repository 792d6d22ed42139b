"""Parts of tensors: slices, gathered rows, masks, choices; and tensors made of parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import dtypes
from .common import composite_operands, convert, name_scope, static_value

if TYPE_CHECKING:
    from ..framework.typing import Tensor, TensorLike


def slice(input_: TensorLike, begin, size, name: str | None = None) -> Tensor:
    """A part of a tensor: `size` elements from `begin` on, along each axis.

    Args:
      input_: a tensor.
      begin: where the part begins, for each axis.
      size: how many elements; -1 for all that follow.
      name: a name for the operation.

    Returns:
      A tensor of the same rank.

    >>> tf.slice([1, 2, 3], [1], [2]).numpy()
    array([2, 3], dtype=int32)
    """
    return raw_ops.Slice(input_, begin, size, name)


def strided_slice(
    input_: TensorLike,
    begin,
    end,
    strides=None,
    begin_mask=0,
    end_mask=0,
    ellipsis_mask=0,
    new_axis_mask=0,
    shrink_axis_mask=0,
    var=None,
    name: str | None = None,
) -> Tensor:
    """A part of a tensor, as `input_[begin:end:strides, ...]` says.

    Args:
      input_: a tensor.
      begin: the first positions.
      end: the positions behind the last.
      strides: the steps, all 1 if None.
      begin_mask: bit i: from the start of axis i.
      end_mask: bit i: to the end of axis i.
      ellipsis_mask: bit i: entry i stands for all axes that are not named.
      new_axis_mask: bit i: entry i makes a new axis.
      shrink_axis_mask: bit i: entry i is one position, and its axis goes.
      var: the variable that `input_` was read from, so that the result has a method `assign`.
      name: a name for the operation.

    Returns:
      A tensor.

    >>> tf.strided_slice([1, 2, 3, 4], [0], [4], [2]).numpy()
    array([1, 3], dtype=int32)
    """
    if strides is None:
        strides = raw_ops.OnesLike(begin)
    found = raw_ops.StridedSlice(
        input_, begin, end, strides, begin_mask, end_mask, ellipsis_mask, new_axis_mask, shrink_axis_mask, name
    )
    if var is not None:

        def assign(value, name=None):
            return var._strided_slice_assign(
                begin, end, strides, value, name, begin_mask, end_mask, ellipsis_mask, new_axis_mask, shrink_axis_mask
            )

        found.assign = assign
    return found


def gather(
    params: TensorLike,
    indices: TensorLike,
    validate_indices: TensorLike | None = None,
    axis: TensorLike | None = None,
    batch_dims=0,
    name: str | None = None,
) -> Tensor:
    """The parts of a tensor that `indices` names along an axis.

    Args:
      params: a tensor or variable.
      indices: a tensor of whole numbers.
      validate_indices: accepted for TensorFlow's sake, without effect: indices are always checked.
      axis: the axis; the first one behind the batch axes if it is None.
      batch_dims: how many leading axes `params` and `indices` share.
      name: a name for the operation.

    Returns:
      A tensor: `params` with the axes of `indices` in place of `axis`.

    Raises:
      InvalidArgumentError: an index lies outside.

    >>> tf.gather([10, 20, 30], [2, 0]).numpy()
    array([30, 10], dtype=int32)
    """
    axis = batch_dims if axis is None else axis
    plain = static_value(convert(axis)) if not isinstance(axis, int) else axis
    if plain is not None and plain == 0 and hasattr(params, "sparse_read") and type(indices) not in composite_operands:
        return params.sparse_read(indices, name=name or "GatherV2")
    return raw_ops.GatherV2(params, indices, axis, batch_dims, name)


def gather_v1(
    params: TensorLike,
    indices: TensorLike,
    validate_indices: TensorLike | None = None,
    name: str | None = None,
    axis: TensorLike | None = None,
    batch_dims=0,
) -> Tensor:
    """`gather` with the argument order of TensorFlow 1.

    Args:
      params: a tensor or variable.
      indices: a tensor of whole numbers.
      validate_indices: accepted for TensorFlow's sake, without effect.
      name: a name for the operation.
      axis: the axis; the first one behind the batch axes if it is None.
      batch_dims: how many leading axes `params` and `indices` share.

    Returns:
      A tensor.
    """
    return gather(params, indices, validate_indices, axis, batch_dims, name)


def batch_gather(params: TensorLike, indices: TensorLike, name: str | None = None) -> Tensor:
    """`gather` where all but the last axis of `indices` are shared.

    Args:
      params: a tensor.
      indices: a tensor of whole numbers of known rank.
      name: a name for the operation.

    Returns:
      A tensor.

    Raises:
      ValueError: the rank of `indices` is not known.
    """
    indices = convert(indices)
    if indices.shape.rank is None:
        raise ValueError("batch_gather does not allow indices with unknown shape.")
    batch = indices.shape.rank - 1
    return raw_ops.GatherV2(params, indices, batch, batch, name)


def gather_nd(
    params: TensorLike, indices: TensorLike, batch_dims=0, name: str | None = None, bad_indices_policy: str = ""
) -> Tensor:
    """The parts of a tensor at places that are given by several indices each.

    Args:
      params: a tensor or variable.
      indices: a tensor of whole numbers; its last axis holds a place.
      batch_dims: how many leading axes `params` and `indices` share.
      name: a name for the operation.
      bad_indices_policy: "" or "ERROR": a place outside is an error; "IGNORE": zeros.

    Returns:
      A tensor.

    >>> tf.gather_nd([[1, 2], [3, 4]], [[0, 1], [1, 0]]).numpy()
    array([2, 3], dtype=int32)
    """
    if batch_dims == 0:
        if hasattr(params, "gather_nd"):
            return params.gather_nd(indices, name=name)
        return raw_ops.GatherNd(params, indices, bad_indices_policy, name)
    with name_scope(name, "BatchGatherNd", [params, indices]):
        params, indices = convert(params), convert(indices)
        whole = raw_ops.Shape(indices)
        batch = raw_ops.Slice(whole, [0], [batch_dims])
        inner = raw_ops.Slice(whole, [batch_dims], [-1])
        count = raw_ops.Prod(batch, [0])
        flat = raw_ops.Reshape(indices, raw_ops.ConcatV2([raw_ops.ExpandDims(count, 0), inner], 0))
        rest = raw_ops.Slice(raw_ops.Shape(params), [batch_dims], [-1])
        rows = raw_ops.Reshape(params, raw_ops.ConcatV2([raw_ops.ExpandDims(count, 0), rest], 0))
        middle = raw_ops.Slice(inner, [0], raw_ops.ExpandDims(raw_ops.Sub(raw_ops.Size(inner), 1), 0))
        ones = raw_ops.OnesLike(middle)
        start = raw_ops.ConcatV2([raw_ops.ExpandDims(count, 0), ones, [1]], 0)
        number = raw_ops.Reshape(raw_ops.Range(0, count, 1), start)
        full = raw_ops.ConcatV2([raw_ops.ExpandDims(count, 0), middle, [1]], 0)
        number = raw_ops.Cast(raw_ops.BroadcastTo(number, full), indices.dtype)
        found = raw_ops.GatherNd(rows, raw_ops.ConcatV2([number, flat], -1), bad_indices_policy)
        return raw_ops.Reshape(found, raw_ops.ConcatV2([batch, raw_ops.Slice(raw_ops.Shape(found), [1], [-1])], 0))


def gather_nd_v1(
    params: TensorLike, indices: TensorLike, name: str | None = None, batch_dims=0, bad_indices_policy: str = ""
) -> Tensor:
    """`gather_nd` with the argument order of TensorFlow 1.

    Args:
      params: a tensor or variable.
      indices: a tensor of whole numbers; its last axis holds a place.
      name: a name for the operation.
      batch_dims: how many leading axes `params` and `indices` share.
      bad_indices_policy: see `gather_nd`.

    Returns:
      A tensor.
    """
    return gather_nd(params, indices, batch_dims, name, bad_indices_policy)


def boolean_mask(
    tensor: TensorLike, mask: TensorLike, axis: TensorLike | None = None, name: str | None = "boolean_mask"
) -> Tensor:
    """The parts of a tensor where a mask is true.

    Args:
      tensor: a tensor.
      mask: a tensor of bools of known rank, whose shape is that of the axes from `axis` on.
      axis: the first axis that the mask covers, a number or a scalar tensor; 0 if it is None.
      name: a name for the operation.

    Returns:
      A tensor where one axis stands for those of the mask.

    Raises:
      ValueError: the mask is a scalar, has an unknown rank or another shape.

    >>> tf.boolean_mask([1, 2, 3], [True, False, True]).numpy()
    array([1, 3], dtype=int32)
    """
    with name_scope(name, values=[tensor, mask]):
        tensor, mask = convert(tensor, name="tensor"), convert(mask, name="mask")
        rank = mask.shape.rank
        if rank == 0:
            raise ValueError("mask cannot be scalar.")
        if rank is None:
            raise ValueError(
                "Number of mask dimensions must be specified, even if some dimensions are None.  E.g. shape=[None] is ok, but shape=None is not."
            )
        axis = convert(0 if axis is None else axis, dtypes.int32)
        known = static_value(axis)
        if known is not None:
            axis = int(known)
            if axis < 0 and tensor.shape.rank is not None:
                axis += tensor.shape.rank
            tensor.shape[axis : axis + rank].assert_is_compatible_with(mask.shape)
        whole, first = raw_ops.Shape(tensor), raw_ops.Reshape(axis, [1])
        parts = [raw_ops.Slice(whole, [0], first), [-1], raw_ops.Slice(whole, raw_ops.AddV2(first, rank), [-1])]
        flat = raw_ops.Reshape(tensor, raw_ops.ConcatV2(parts, 0))
        places = raw_ops.Squeeze(raw_ops.Where(raw_ops.Reshape(mask, [-1])), [1])
        return raw_ops.GatherV2(flat, places, axis)


def boolean_mask_v1(
    tensor: TensorLike, mask: TensorLike, name: str | None = "boolean_mask", axis: TensorLike | None = None
) -> Tensor:
    """`boolean_mask` with the argument order of TensorFlow 1.

    Args:
      tensor: a tensor.
      mask: a tensor of bools of known rank.
      name: a name for the operation.
      axis: the first axis that the mask covers; 0 if it is None.

    Returns:
      A tensor where one axis stands for those of the mask.
    """
    return boolean_mask(tensor, mask, axis, name)


def where(
    condition: TensorLike, x: TensorLike | None = None, y: TensorLike | None = None, name: str | None = None
) -> Tensor:
    """Elements of `x` where a condition holds, else of `y`; without them, the places where it holds.

    Args:
      condition: a tensor of bools.
      x: a tensor; all three are broadcast to one shape.
      y: a tensor of the same dtype.
      name: a name for the operation.

    Returns:
      A tensor of the broadcast shape; without `x` and `y` an int64 matrix [places, rank].

    Raises:
      ValueError: only one of `x` and `y` is given.

    >>> tf.where([True, False], [1, 2], 0).numpy()
    array([1, 0], dtype=int32)
    """
    if x is None and y is None:
        return raw_ops.Where(condition, name)
    if x is None or y is None:
        raise ValueError("x and y must both be non-None or both be None.")
    return raw_ops.SelectV2(condition, x, y, name)


def where_v1(condition: TensorLike, x=None, y=None, name: str | None = None) -> Tensor:
    """`where` of TensorFlow 1: `x` and `y` have one shape; the condition has it too, or chooses rows.

    Args:
      condition: a tensor of bools: of the shape of `x`, or a vector with one for each row.
      x: a tensor, or None.
      y: a tensor of the same shape and dtype, or None.
      name: a name for the operation.

    Returns:
      A tensor like `x`; without `x` and `y` an int64 matrix [places, rank].

    Raises:
      ValueError: only one of `x` and `y` is given.
    """
    if x is None and y is None:
        return raw_ops.Where(condition, name)
    if x is None or y is None:
        raise ValueError("x and y must both be non-None or both be None.")
    return raw_ops.Select(condition, x, y, name)


def scatter_nd(
    indices: TensorLike, updates: TensorLike, shape: TensorLike, bad_indices_policy: str = "", name: str | None = None
) -> Tensor:
    """A tensor of zeros with updates added at places; updates of one place add up.

    Args:
      indices: a tensor of whole numbers; its last axis holds a place.
      updates: a tensor: what is added at each place.
      shape: the shape of the result.
      bad_indices_policy: "" or "ERROR": a place outside is an error; "IGNORE": left out.
      name: a name for the operation.

    Returns:
      A tensor of that shape.

    >>> tf.scatter_nd([[1], [3]], [7, 9], [4]).numpy()
    array([0, 7, 0, 9], dtype=int32)
    """
    return raw_ops.ScatterNd(indices, updates, shape, bad_indices_policy, name)


def dynamic_partition(
    data: TensorLike, partitions: TensorLike, num_partitions: TensorLike, name: str | None = None
) -> list[Tensor]:
    """Sorts the rows of a tensor into several tensors.

    Args:
      data: a tensor.
      partitions: an int32 tensor whose shape begins that of `data`: the tensor that each row goes to.
      num_partitions: how many tensors there are.
      name: a name for the operation.

    Returns:
      A list of tensors.

    >>> [t.numpy().tolist() for t in tf.dynamic_partition([1, 2, 3], [0, 1, 0], 2)]
    [[1, 3], [2]]
    """
    return raw_ops.DynamicPartition(data, partitions, num_partitions, name)


def dynamic_stitch(indices, data, name: str | None = None) -> Tensor:
    """Joins the rows of several tensors in the order that `indices` gives; later ones win.

    Args:
      indices: a list of int32 tensors: where each row goes.
      data: a list of tensors whose shapes begin with those of `indices`.
      name: a name for the operation.

    Returns:
      A tensor.

    >>> tf.dynamic_stitch([[0, 2], [1]], [[1, 3], [2]]).numpy()
    array([1, 2, 3], dtype=int32)
    """
    return raw_ops.DynamicStitch(indices, data, name)


def tensor_scatter_nd_add(
    tensor: TensorLike, indices: TensorLike, updates: TensorLike, bad_indices_policy: str = "", name: str | None = None
) -> Tensor:
    """A copy of a tensor with updates added to the elements at places.

    Args:
      tensor: a tensor.
      indices: a tensor of whole numbers; its last axis holds a place.
      updates: a tensor of the same dtype: an update for each place.
      bad_indices_policy: "" or "ERROR": a place outside is an error; "IGNORE": left out.
      name: a name for the operation.

    Returns:
      A tensor of the shape of `tensor`.

    >>> tf.tensor_scatter_nd_add([1, 2, 3], [[1]], [10]).numpy()
    array([ 1, 12,  3], dtype=int32)
    """
    return raw_ops.TensorScatterAdd(tensor, indices, updates, bad_indices_policy, name)


def tensor_scatter_nd_max(
    tensor: TensorLike, indices: TensorLike, updates: TensorLike, bad_indices_policy: str = "", name: str | None = None
) -> Tensor:
    """A copy of a tensor with updates compared with, and the larger stays, in the elements at places.

    Args:
      tensor: a tensor.
      indices: a tensor of whole numbers; its last axis holds a place.
      updates: a tensor of the same dtype: an update for each place.
      bad_indices_policy: "" or "ERROR": a place outside is an error; "IGNORE": left out.
      name: a name for the operation.

    Returns:
      A tensor of the shape of `tensor`.

    >>> tf.tensor_scatter_nd_max([1, 2, 3], [[1]], [10]).numpy()
    array([ 1, 10,  3], dtype=int32)
    """
    return raw_ops.TensorScatterMax(tensor, indices, updates, bad_indices_policy, name)


def tensor_scatter_nd_min(
    tensor: TensorLike, indices: TensorLike, updates: TensorLike, bad_indices_policy: str = "", name: str | None = None
) -> Tensor:
    """A copy of a tensor with updates compared with, and the smaller stays, in the elements at places.

    Args:
      tensor: a tensor.
      indices: a tensor of whole numbers; its last axis holds a place.
      updates: a tensor of the same dtype: an update for each place.
      bad_indices_policy: "" or "ERROR": a place outside is an error; "IGNORE": left out.
      name: a name for the operation.

    Returns:
      A tensor of the shape of `tensor`.

    >>> tf.tensor_scatter_nd_min([1, 2, 3], [[1]], [10]).numpy()
    array([1, 2, 3], dtype=int32)
    """
    return raw_ops.TensorScatterMin(tensor, indices, updates, bad_indices_policy, name)


def tensor_scatter_nd_sub(
    tensor: TensorLike, indices: TensorLike, updates: TensorLike, bad_indices_policy: str = "", name: str | None = None
) -> Tensor:
    """A copy of a tensor with updates subtracted from the elements at places.

    Args:
      tensor: a tensor.
      indices: a tensor of whole numbers; its last axis holds a place.
      updates: a tensor of the same dtype: an update for each place.
      bad_indices_policy: "" or "ERROR": a place outside is an error; "IGNORE": left out.
      name: a name for the operation.

    Returns:
      A tensor of the shape of `tensor`.

    >>> tf.tensor_scatter_nd_sub([1, 2, 3], [[1]], [10]).numpy()
    array([ 1, -8,  3], dtype=int32)
    """
    return raw_ops.TensorScatterSub(tensor, indices, updates, bad_indices_policy, name)


def tensor_scatter_nd_update(
    tensor: TensorLike, indices: TensorLike, updates: TensorLike, name: str | None = None
) -> Tensor:
    """A copy of a tensor with updates put into the elements at places.

    Args:
      tensor: a tensor.
      indices: a tensor of whole numbers; its last axis holds a place.
      updates: a tensor of the same dtype: an update for each place.
      name: a name for the operation.

    Returns:
      A tensor of the shape of `tensor`.

    >>> tf.tensor_scatter_nd_update([1, 2, 3], [[1]], [10]).numpy()
    array([ 1, 10,  3], dtype=int32)
    """
    return raw_ops.TensorScatterUpdate(tensor, indices, updates, name=name)
