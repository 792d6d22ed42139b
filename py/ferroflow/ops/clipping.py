"""Clipping of values and gradients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework.composite import IndexedSlices
from . import reduction
from .common import convert, name_scope

if TYPE_CHECKING:
    from ..framework.typing import Gradient, Tensor, TensorLike


def clip_by_value(t: TensorLike, clip_value_min, clip_value_max, name: str | None = None) -> Tensor:
    """Values below a minimum become it, values above a maximum that.

    Args:
      t: a tensor or `IndexedSlices` of real numbers.
      clip_value_min: the minimum: a tensor that can be broadcast to `t`.
      clip_value_max: the maximum.
      name: a name for the operation.

    Returns:
      A value like `t`.

    >>> tf.clip_by_value([-5.0, 0.5, 5.0], -1.0, 1.0).numpy()
    array([-1. ,  0.5,  1. ], dtype=float32)
    """
    with name_scope(name, "clip_by_value", [t, clip_value_min, clip_value_max]) as scope:
        values = convert(t.values if isinstance(t, IndexedSlices) else t, name="t")
        low = raw_ops.Minimum(values, clip_value_max)
        values.shape.assert_is_compatible_with(low.shape)
        found = raw_ops.Maximum(low, clip_value_min, scope)
        values.shape.assert_is_compatible_with(found.shape)
        return IndexedSlices(found, t.indices, t.dense_shape) if isinstance(t, IndexedSlices) else found


def clip_by_norm(t: TensorLike, clip_norm, axes: TensorLike | None = None, name: str | None = None) -> Tensor:
    """Scales a tensor down so that its Euclidean norm is at most `clip_norm`.

    Args:
      t: a tensor or `IndexedSlices` of floats.
      clip_norm: the largest norm.
      axes: the axes of the norm; None for all.
      name: a name for the operation.

    Returns:
      A value like `t`.

    >>> tf.clip_by_norm([3.0, 4.0], 1.0).numpy()
    array([0.6, 0.8], dtype=float32)
    """
    with name_scope(name, "clip_by_norm", [t, clip_norm]) as scope:
        values = convert(t.values if isinstance(t, IndexedSlices) else t, name="t")
        total = reduction.reduce_sum(raw_ops.Mul(values, values), axes, True)
        positive = raw_ops.Greater(total, raw_ops.ZerosLike(total))
        # The gradient of a root is infinite at 0.
        safe = raw_ops.SelectV2(positive, total, raw_ops.OnesLike(total))
        length = raw_ops.SelectV2(positive, raw_ops.Sqrt(safe), total)
        scaled = raw_ops.Mul(values, clip_norm)
        values.shape.assert_is_compatible_with(scaled.shape)
        found = raw_ops.Identity(raw_ops.RealDiv(scaled, raw_ops.Maximum(length, clip_norm)), scope)
        return IndexedSlices(found, t.indices, t.dense_shape) if isinstance(t, IndexedSlices) else found


def _check_list(t_list):
    if not hasattr(t_list, "__len__") or hasattr(t_list, "dtype") or isinstance(t_list, str):
        raise TypeError(f"`t_list` should be a sequence of tensors. Received {type(t_list)}.")
    return list(t_list)


def global_norm(t_list, name: str | None = None) -> Tensor:
    """The Euclidean norm of all elements of several tensors together.

    Args:
      t_list: a list of tensors, `IndexedSlices` or Nones.
      name: a name for the operation.

    Returns:
      A scalar; None if all are None.

    Raises:
      TypeError: `t_list` is no list.

    >>> tf.linalg.global_norm([[3.0], [4.0]]).numpy().item()
    5.0
    """
    t_list = _check_list(t_list)
    with name_scope(name, "global_norm", [one for one in t_list if one is not None]) as scope:
        values = [convert(one.values if isinstance(one, IndexedSlices) else one) for one in t_list if one is not None]
        if not values:
            return None
        halves = raw_ops.Pack([raw_ops.L2Loss(one) for one in values])
        total = reduction.reduce_sum(halves)
        return raw_ops.Sqrt(
            raw_ops.Mul(total, convert(2.0, total.dtype)), "global_norm" if scope is None else scope + "global_norm"
        )


def clip_by_global_norm(t_list, clip_norm, use_norm=None, name: str | None = None) -> tuple[list[Gradient], Tensor]:
    """Scales several tensors down by one factor so that their norm together is at most `clip_norm`.

    Args:
      t_list: a list of tensors, `IndexedSlices` or Nones.
      clip_norm: the largest norm.
      use_norm: the norm, if it is known already.
      name: a name for the operations.

    Returns:
      A tuple (list of clipped tensors, the norm before). If the norm is not finite, all elements become NaN.

    Raises:
      TypeError: `t_list` is no list.

    >>> tf.clip_by_global_norm([[3.0], [4.0]], 1.0)[0][0].numpy()
    array([0.6], dtype=float32)
    """
    t_list = _check_list(t_list)
    norm = global_norm(t_list, name) if use_norm is None else use_norm
    with name_scope(name, "clip_by_global_norm", [one for one in t_list if one is not None]):
        norm = convert(norm)
        limit = convert(clip_norm, norm.dtype)
        one = convert(1.0, norm.dtype)
        scale = raw_ops.Mul(limit, raw_ops.Minimum(raw_ops.RealDiv(one, norm), raw_ops.RealDiv(one, limit)))
        # Not finite: infinity minus infinity is NaN.
        scale = raw_ops.AddV2(scale, raw_ops.Sub(norm, norm))
        found = []
        for t in t_list:
            if t is None:
                found.append(None)
            elif isinstance(t, IndexedSlices):
                found.append(IndexedSlices(raw_ops.Mul(t.values, scale), t.indices, t.dense_shape))
            else:
                found.append(raw_ops.Identity(raw_ops.Mul(t, scale)))
        return found, norm


def clip_by_average_norm(t: TensorLike, clip_norm, name: str | None = None) -> Tensor:
    """Scales a tensor down so that its norm divided by its number of elements is at most `clip_norm`.

    Args:
      t: a tensor of floats.
      clip_norm: the largest average norm.
      name: a name for the operation.

    Returns:
      A tensor like `t`.
    """
    with name_scope(name, "clip_by_average_norm", [t, clip_norm]) as scope:
        t = convert(t, name="t")
        count = raw_ops.Cast(raw_ops.Size(t), t.dtype)
        inverse = raw_ops.Rsqrt(reduction.reduce_sum(raw_ops.Mul(t, t)))
        bound = raw_ops.Minimum(raw_ops.Mul(inverse, count), raw_ops.RealDiv(convert(1.0, t.dtype), clip_norm))
        return raw_ops.Mul(raw_ops.Mul(t, clip_norm), bound, scope)
