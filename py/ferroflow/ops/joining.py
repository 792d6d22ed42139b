"""Tensors joined, split, repeated, turned and padded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import dtypes
from .common import convert, name_scope, static_value

if TYPE_CHECKING:
    from ..framework.typing import Tensor, TensorLike


def concat(values, axis: TensorLike, name: str | None = "concat") -> Tensor:
    """Joins tensors along an axis that they have.

    Args:
      values: a list of tensors of one dtype, of the same sizes but along `axis`.
      axis: the axis.
      name: a name for the operation.

    Returns:
      A tensor.

    >>> tf.concat([[1, 2], [3]], 0).numpy()
    array([1, 2, 3], dtype=int32)
    """
    values = list(values) if isinstance(values, (list, tuple)) else [values]
    if len(values) == 1:
        with name_scope(name, values=values) as scope:
            checked = convert(axis, dtypes.int32, name="concat_dim")
            if checked.shape.rank not in (None, 0):
                raise ValueError(f"Shape {checked.shape} must have rank 0")
            return raw_ops.Identity(values[0], scope)
    return raw_ops.ConcatV2(values, axis, name)


def stack(values, axis=0, name: str | None = "stack") -> Tensor:
    """Joins tensors along a new axis.

    Args:
      values: a list of tensors of one shape and dtype.
      axis: where the new axis goes.
      name: a name for the operation.

    Returns:
      A tensor with one axis more.

    Raises:
      ValueError: `axis` is outside of the new tensor's axes.

    >>> tf.stack([[1, 2], [3, 4]], axis=1).numpy()
    array([[1, 3],
           [2, 4]], dtype=int32)
    """
    return raw_ops.Pack(values, axis, name)


def parallel_stack(values, name: str | None = "parallel_stack") -> Tensor:
    """`stack` along the first axis.

    Args:
      values: a list of tensors of one shape and dtype.
      name: a name for the operation.

    Returns:
      A tensor with one axis more.
    """
    return raw_ops.Pack(values, 0, name)


def unstack(value: TensorLike, num=None, axis=0, name: str | None = "unstack") -> list[Tensor]:
    """Splits a tensor along an axis into its parts, without that axis.

    Args:
      value: a tensor.
      num: the size of the axis; needed only where it is not known.
      axis: the axis.
      name: a name for the operation.

    Returns:
      A list of tensors.

    Raises:
      ValueError: the size is neither known nor given, or `axis` is no axis.

    >>> [t.numpy().item() for t in tf.unstack([1, 2])]
    [1, 2]
    """
    if num is None:
        value = convert(value)
        rank = value.shape.rank
        if rank is not None:
            if not -rank <= axis < rank:
                raise ValueError(f"Argument `axis` = {axis} not in range [{-rank}, {rank})")
            num = value.shape.as_list()[axis]
        if num is None:
            raise ValueError(f"Cannot infer argument `num` from shape {value.shape}")
    return raw_ops.Unpack(value, num, axis, name)


def split(value: TensorLike, num_or_size_splits, axis=0, num=None, name: str | None = "split") -> list[Tensor]:
    """Splits a tensor along an axis.

    Args:
      value: a tensor.
      num_or_size_splits: the number of equal parts, or a vector with the size of each part, one of which may be -1.
      axis: the axis.
      num: the number of parts, if it does not follow from the sizes.
      name: a name for the operation.

    Returns:
      A list of tensors.

    Raises:
      ValueError: the number of parts is not known.
      InvalidArgumentError: the sizes do not fit.

    >>> [t.numpy().tolist() for t in tf.split([1, 2, 3], [1, 2])]
    [[1], [2, 3]]
    """
    if (
        isinstance(num_or_size_splits, int)
        or getattr(num_or_size_splits, "dtype", None) is not None
        and not getattr(num_or_size_splits, "shape", ())
    ):
        return raw_ops.Split(axis, value, int(num_or_size_splits), name)
    sizes = convert(num_or_size_splits)
    if sizes.shape.rank == 0:
        raise ValueError(
            "Rank-0 tensors are not supported as the num_or_size_splits argument to split. Argument provided: %s"
            % (num_or_size_splits,)
        )
    if num is None:
        num = sizes.shape.as_list()[0] if sizes.shape.rank is not None else None
        if num is None:
            raise ValueError(f"Cannot infer argument `num` from shape {num_or_size_splits}")
    return raw_ops.SplitV(value, sizes, axis, num, name)


def tile(input: TensorLike, multiples, name: str | None = None) -> Tensor:
    """Repeats a tensor along each axis.

    Args:
      input: a tensor.
      multiples: how often along each axis.
      name: a name for the operation.

    Returns:
      A tensor.

    >>> tf.tile([1, 2], [2]).numpy()
    array([1, 2, 1, 2], dtype=int32)
    """
    return raw_ops.Tile(input, multiples, name)


def repeat(input: TensorLike, repeats, axis: TensorLike | None = None, name: str | None = None) -> Tensor:
    """Repeats each element.

    Args:
      input: a tensor.
      repeats: how often: a number for all, or one for each position of the axis.
      axis: the axis; all elements in a row if it is None.
      name: a name for the operation.

    Returns:
      A tensor.

    Raises:
      ValueError: the axis is negative and the rank is not known.

    >>> tf.repeat([1, 2], [2, 3]).numpy()
    array([1, 1, 2, 2, 2], dtype=int32)
    """
    with name_scope(name, "Repeat", [input, repeats]):
        input = convert(input)
        if axis is None:
            input, axis = raw_ops.Reshape(input, [-1]), 0
        rank = input.shape.rank
        if rank is None and axis < 0:
            raise ValueError(f"axis={axis} may only be negative if rank(data) is statically known.")
        axis = axis % rank if rank is not None and -rank <= axis < rank else axis
        size = raw_ops.GatherV2(raw_ops.Shape(input), [axis], 0)
        repeats = raw_ops.Cast(convert(repeats, name="repeats"), dtypes.int32)
        repeats = raw_ops.BroadcastTo(raw_ops.Reshape(repeats, [-1]), size)
        ends = raw_ops.Cumsum(repeats, 0)
        total = raw_ops.Sum(repeats, [0])
        source = raw_ops.UpperBound(
            raw_ops.ExpandDims(ends, 0), raw_ops.ExpandDims(raw_ops.Range(0, total, 1), 0), dtypes.int32
        )
        return raw_ops.GatherV2(input, raw_ops.Reshape(source, [-1]), axis)


def reverse(tensor: TensorLike, axis: TensorLike, name: str | None = None) -> Tensor:
    """Reverses the order along axes.

    Args:
      tensor: a tensor.
      axis: a list of axes.
      name: a name for the operation.

    Returns:
      A tensor of the same shape.

    >>> tf.reverse([1, 2, 3], [0]).numpy()
    array([3, 2, 1], dtype=int32)
    """
    return raw_ops.ReverseV2(tensor, axis, name)


def reverse_sequence(
    input: TensorLike, seq_lengths: TensorLike, seq_axis=None, batch_axis=None, name: str | None = None
) -> Tensor:
    """Reverses the first elements of each row, as many as `seq_lengths` says.

    Args:
      input: a tensor.
      seq_lengths: a vector of int32 or int64, one for each position of `batch_axis`.
      seq_axis: the axis along which elements are reversed.
      batch_axis: the axis of the rows; 0 if it is None.
      name: a name for the operation.

    Returns:
      A tensor of the same shape.
    """
    return raw_ops.ReverseSequence(input, seq_lengths, seq_axis, 0 if batch_axis is None else batch_axis, name)


def reverse_sequence_v1(
    input: TensorLike,
    seq_lengths: TensorLike,
    seq_axis=None,
    batch_axis=None,
    name: str | None = None,
    seq_dim=None,
    batch_dim=None,
) -> Tensor:
    """`reverse_sequence`, where the axes may also be called `seq_dim` and `batch_dim`.

    Args:
      input: a tensor.
      seq_lengths: a vector of int32 or int64, one for each position of `batch_axis`.
      seq_axis: the axis along which elements are reversed.
      batch_axis: the axis of the rows; 0 if it is None.
      name: a name for the operation.
      seq_dim: the old name of `seq_axis`.
      batch_dim: the old name of `batch_axis`.

    Returns:
      A tensor of the same shape.
    """
    seq_axis = seq_dim if seq_axis is None else seq_axis
    batch_axis = batch_dim if batch_axis is None else batch_axis
    return reverse_sequence(input, seq_lengths, seq_axis, batch_axis, name)


def transpose(
    a: TensorLike, perm: TensorLike | None = None, conjugate: bool = False, name: str | None = "transpose"
) -> Tensor:
    """Exchanges axes.

    Args:
      a: a tensor.
      perm: the old position of each new axis; None turns their order round.
      conjugate: whether to conjugate complex numbers too.
      name: a name for the operation.

    Returns:
      A tensor.

    >>> tf.transpose([[1, 2], [3, 4]]).numpy()
    array([[1, 3],
           [2, 4]], dtype=int32)
    """
    with name_scope(name, "transpose", [a]) as scope:
        a = convert(a, name="a")
        op = raw_ops.ConjugateTranspose if conjugate and a.dtype.is_complex else raw_ops.Transpose
        if perm is None:
            rank = a.shape.rank
            if rank is None:
                last = raw_ops.Sub(raw_ops.Rank(a), 1)
                perm = raw_ops.Sub(last, raw_ops.Range(0, raw_ops.Rank(a), 1))
            else:
                perm = convert(list(range(rank))[::-1], dtypes.int32, name="perm")
        return op(a, perm, scope)


def transpose_v1(
    a: TensorLike, perm: TensorLike | None = None, name: str | None = "transpose", conjugate: bool = False
) -> Tensor:
    """`transpose` with the argument order of TensorFlow 1.

    Args:
      a: a tensor.
      perm: the old position of each new axis; None turns their order round.
      name: a name for the operation.
      conjugate: whether to conjugate complex numbers too.

    Returns:
      A tensor.
    """
    return transpose(a, perm, conjugate, name)


def pad(
    tensor: TensorLike, paddings: TensorLike, mode: str = "CONSTANT", constant_values=0, name: str | None = None
) -> Tensor:
    """Adds elements at both ends of each axis.

    Args:
      tensor: a tensor.
      paddings: a matrix [rank, 2] of whole numbers: how many before and behind, for each axis.
      mode: "CONSTANT", "REFLECT" (without the border) or "SYMMETRIC" (with it).
      constant_values: the value of new elements in mode "CONSTANT".
      name: a name for the operation.

    Returns:
      A tensor.

    Raises:
      ValueError: `mode` is none of these.

    >>> tf.pad([1, 2], [[1, 2]]).numpy()
    array([0, 1, 2, 0, 0], dtype=int32)
    """
    kind = mode.upper()
    if kind == "CONSTANT":
        is_zero = (
            not hasattr(constant_values, "graph")
            and not isinstance(constant_values, str)
            and static_value(convert(constant_values)) == 0
        )
        return (
            raw_ops.Pad(tensor, paddings, name) if is_zero else raw_ops.PadV2(tensor, paddings, constant_values, name)
        )
    if kind in ("REFLECT", "SYMMETRIC"):
        return raw_ops.MirrorPad(tensor, paddings, kind, name)
    raise ValueError(
        f"Value of argument `mode` expected to be one of 'CONSTANT', 'REFLECT', or 'SYMMETRIC'. Received `mode` = {mode}"
    )


def pad_v1(
    tensor: TensorLike, paddings: TensorLike, mode: str = "CONSTANT", name: str | None = None, constant_values=0
) -> Tensor:
    """`pad` with the argument order of TensorFlow 1.

    Args:
      tensor: a tensor.
      paddings: a matrix [rank, 2] of whole numbers: how many before and behind, for each axis.
      mode: "CONSTANT", "REFLECT" or "SYMMETRIC".
      name: a name for the operation.
      constant_values: the value of new elements in mode "CONSTANT".

    Returns:
      A tensor.
    """
    return pad(tensor, paddings, mode, constant_values, name)


def meshgrid(*args, **kwargs) -> list[Tensor]:
    """The coordinates of all points of a grid.

    Args:
      *args: tensors whose elements are the coordinates along each axis.
      **kwargs: `indexing`: "xy" (the default: the first two axes change places) or "ij"; `name`.

    Returns:
      A list of tensors, one for each axis, of the shape of the grid.

    Raises:
      ValueError: `indexing` is something else.
      TypeError: there is another keyword.

    >>> [t.numpy().tolist() for t in tf.meshgrid([1, 2], [3, 4])]
    [[[1, 2], [1, 2]], [[3, 3], [4, 4]]]
    """
    indexing = kwargs.pop("indexing", "xy")
    name = kwargs.pop("name", "meshgrid")
    if kwargs:
        raise TypeError(f"'{next(iter(kwargs))}' is an invalid keyword argument for this function")
    if indexing not in ("xy", "ij"):
        raise ValueError(f"Argument `indexing` parameter must be either 'xy' or 'ij', got '{indexing}'")
    with name_scope(name, "meshgrid", list(args)):
        flat = [raw_ops.Reshape(one, [-1]) for one in args]
        order = list(range(len(flat)))
        if indexing == "xy" and len(flat) > 1:
            order[:2] = [1, 0]
        sizes = raw_ops.ConcatV2([raw_ops.Shape(flat[i]) for i in order], 0) if len(flat) > 1 else None
        out = []
        for i, one in enumerate(flat):
            if sizes is None:
                out.append(one)
                continue
            along = [1] * len(flat)
            along[order.index(i)] = -1
            out.append(raw_ops.BroadcastTo(raw_ops.Reshape(one, along), sizes))
        return out
