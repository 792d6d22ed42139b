"""Losses of logits: cross-entropies and the Poisson loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import dtypes
from .common import convert, name_scope, one_of

if TYPE_CHECKING:
    from ..framework.typing import Tensor, TensorLike


def _name_both(labels, logits, function):
    if labels is None or logits is None:
        raise ValueError(
            f"Both labels and logits must be provided. Received: labels={labels}, logits={logits} in {function}"
        )


def softmax_cross_entropy_with_logits(
    labels: TensorLike, logits: TensorLike, axis=-1, name: str | None = None
) -> Tensor:
    """The cross-entropy of labels and the softmax of logits, where each row of labels is a distribution.

    Gradients flow to both.

    Args:
      labels: a tensor of floats; along `axis` a distribution.
      logits: a tensor of floats of the same shape.
      axis: the axis of the classes.
      name: a name for the operation.

    Returns:
      A tensor without that axis.

    Raises:
      InvalidArgumentError: the shapes differ.

    >>> tf.nn.softmax_cross_entropy_with_logits([[1.0, 0.0]], [[0.0, 0.0]]).numpy()
    array([0.6931472], dtype=float32)
    """
    _name_both(labels, logits, "softmax_cross_entropy_with_logits")
    with name_scope(name, "softmax_cross_entropy_with_logits", [logits, labels]) as scope:
        logits = convert(logits, name="logits")
        labels = convert(labels, name="labels", dtype_hint=logits.dtype.base_dtype)
        wide = logits.dtype in (dtypes.float16, dtypes.bfloat16)
        work = raw_ops.Cast(logits, dtypes.float32) if wide else logits
        labels = raw_ops.Cast(labels, work.dtype) if labels.dtype != work.dtype else labels
        rank = work.shape.rank
        if rank is None:
            if axis != -1:
                raise ValueError("An axis other than the last needs logits of known rank.")
        elif axis % max(rank, 1) != rank - 1:
            order = list(range(rank))
            order.append(order.pop(axis))
            work, labels = raw_ops.Transpose(work, order), raw_ops.Transpose(labels, order)
        shape = raw_ops.Shape(work)
        outer = raw_ops.Slice(shape, [0], raw_ops.ExpandDims(raw_ops.Sub(raw_ops.Size(shape), 1), 0))
        if rank != 2:
            row = raw_ops.ConcatV2([[-1], raw_ops.Slice(shape, raw_ops.Shape(outer), [1])], 0)
            work, labels = raw_ops.Reshape(work, row), raw_ops.Reshape(labels, row)
        cost = raw_ops.SoftmaxCrossEntropyWithLogits(work, labels, scope)[0]
        if rank != 2:
            cost = raw_ops.Reshape(cost, outer)
        return raw_ops.Cast(cost, logits.dtype) if wide else cost


def softmax_cross_entropy_with_logits_v2(
    labels: TensorLike, logits: TensorLike, axis: TensorLike | None = None, name: str | None = None, dim=None
) -> Tensor:
    """`softmax_cross_entropy_with_logits`, where the axis may also be called `dim`; gradients flow to both.

    Args:
      labels: a tensor of floats; along `axis` a distribution.
      logits: a tensor of floats of the same shape.
      axis: the axis of the classes, the last if it is None.
      name: a name for the operation.
      dim: the old name of `axis`.

    Returns:
      A tensor without that axis.
    """
    axis = one_of("axis", axis, "dim", dim)
    return softmax_cross_entropy_with_logits(labels, logits, -1 if axis is None else axis, name)


def softmax_cross_entropy_with_logits_v1(
    labels: TensorLike | None = None,
    logits: TensorLike | None = None,
    dim=-1,
    name: str | None = None,
    axis: TensorLike | None = None,
) -> Tensor:
    """`softmax_cross_entropy_with_logits` of TensorFlow 1, where no gradient flows to the labels.

    Args:
      labels: a tensor of floats; along `axis` a distribution.
      logits: a tensor of floats of the same shape.
      dim: the old name of `axis`.
      name: a name for the operation.
      axis: the axis of the classes, the last by default.

    Returns:
      A tensor without that axis.
    """
    _name_both(labels, logits, "softmax_cross_entropy_with_logits")
    with name_scope(name, "softmax_cross_entropy_with_logits_sg", [logits, labels]):
        labels = raw_ops.StopGradient(labels, "labels_stop_gradient")
        return softmax_cross_entropy_with_logits(labels, logits, dim if axis is None else axis, name)


def sparse_softmax_cross_entropy_with_logits(labels: TensorLike, logits: TensorLike, name: str | None = None) -> Tensor:
    """The cross-entropy of the softmax of logits and classes that are given as numbers.

    Args:
      labels: a tensor of int32 or int64: the class of each row.
      logits: a tensor of floats with one axis more, the last: the classes.
      name: a name for the operation.

    Returns:
      A tensor of the shape of `labels`.

    Raises:
      ValueError: the shapes do not fit.
      InvalidArgumentError: there is no such class (eager mode).

    >>> tf.nn.sparse_softmax_cross_entropy_with_logits([0], [[0.0, 0.0]]).numpy()
    array([0.6931472], dtype=float32)
    """
    _name_both(labels, logits, "sparse_softmax_cross_entropy_with_logits")
    with name_scope(name, "SparseSoftmaxCrossEntropyWithLogits", [labels, logits]):
        labels, logits = convert(labels), convert(logits)
        if logits.shape.rank == 0:
            raise ValueError(f"`logits` cannot be a scalar. Received logits={logits}`")
        if None not in (labels.shape.rank, logits.shape.rank) and labels.shape.rank != logits.shape.rank - 1:
            raise ValueError(
                f"`labels.shape.rank` must equal `logits.shape.rank - 1`. Received: labels.shape={labels.shape} of rank {labels.shape.rank} and logits.shape={logits.shape} of rank {logits.shape.rank}"
            )
        wide = logits.dtype in (dtypes.float16, dtypes.bfloat16)
        work = raw_ops.Cast(logits, dtypes.float32) if wide else logits
        if logits.shape.rank == 2:
            cost = raw_ops.SparseSoftmaxCrossEntropyWithLogits(work, labels, name)[0]
        else:
            shape = raw_ops.Shape(labels)
            whole = raw_ops.Shape(work)
            last = raw_ops.Slice(whole, raw_ops.ExpandDims(raw_ops.Sub(raw_ops.Size(whole), 1), 0), [1])
            work = raw_ops.Reshape(work, raw_ops.ConcatV2([[-1], last], 0))
            flat = raw_ops.Reshape(labels, [-1])
            cost = raw_ops.Reshape(raw_ops.SparseSoftmaxCrossEntropyWithLogits(work, flat, name)[0], shape)
        return raw_ops.Cast(cost, logits.dtype) if wide else cost


def sparse_softmax_cross_entropy_with_logits_v1(
    labels: TensorLike | None = None, logits: TensorLike | None = None, name: str | None = None
) -> Tensor:
    """`sparse_softmax_cross_entropy_with_logits`.

    Args:
      labels: a tensor of int32 or int64: the class of each row.
      logits: a tensor of floats with one axis more, the last: the classes.
      name: a name for the operation.

    Returns:
      A tensor of the shape of `labels`.
    """
    return sparse_softmax_cross_entropy_with_logits(labels, logits, name)


def sigmoid_cross_entropy_with_logits(
    labels: TensorLike | None = None, logits: TensorLike | None = None, name: str | None = None
) -> Tensor:
    """The cross-entropy of labels and the sigmoid of logits, without overflow.

    Computed as `max(x, 0) - x * z + log(1 + exp(-abs(x)))` for logits `x` and labels `z`.

    Args:
      labels: a tensor of floats from 0 to 1.
      logits: a tensor of the same dtype and shape.
      name: a name for the operation.

    Returns:
      A tensor of the same shape.

    Raises:
      ValueError: the shapes differ.

    >>> tf.nn.sigmoid_cross_entropy_with_logits([1.0], [0.0]).numpy()
    array([0.6931472], dtype=float32)
    """
    _name_both(labels, logits, "sigmoid_cross_entropy_with_logits")
    with name_scope(name, "logistic_loss", [logits, labels]) as scope:
        logits = convert(logits, name="logits")
        labels = convert(labels, name="labels", dtype_hint=logits.dtype.base_dtype)
        if not labels.shape.is_compatible_with(logits.shape):
            raise ValueError(
                f"`logits` and `labels` must have the same shape, received ({logits.shape} vs {labels.shape})."
            )
        zeros = raw_ops.ZerosLike(logits)
        positive = raw_ops.GreaterEqual(logits, zeros)
        ramp = raw_ops.SelectV2(positive, logits, zeros)
        minus = raw_ops.SelectV2(positive, raw_ops.Neg(logits), logits)
        return raw_ops.AddV2(raw_ops.Sub(ramp, raw_ops.Mul(logits, labels)), raw_ops.Log1p(raw_ops.Exp(minus)), scope)


def weighted_cross_entropy_with_logits(
    labels: TensorLike, logits: TensorLike, pos_weight, name: str | None = None
) -> Tensor:
    """`sigmoid_cross_entropy_with_logits` where the part of positive labels counts `pos_weight` times.

    Args:
      labels: a tensor of floats from 0 to 1.
      logits: a tensor of the same dtype and shape.
      pos_weight: the weight: a number or a tensor that can be broadcast with `logits`.
      name: a name for the operation.

    Returns:
      A tensor of the same shape.

    Raises:
      ValueError: the shapes differ.
    """
    with name_scope(name, "logistic_loss", [logits, labels]) as scope:
        logits = convert(logits, name="logits")
        labels = convert(labels, name="labels", dtype_hint=logits.dtype.base_dtype)
        if not labels.shape.is_compatible_with(logits.shape):
            raise ValueError(
                f"`logits` and `labels` must have the same shape, received ({logits.shape} vs {labels.shape})."
            )
        weight = raw_ops.AddV2(raw_ops.Mul(raw_ops.Sub(convert(pos_weight, logits.dtype), 1), labels), 1)
        rest = raw_ops.Log1p(raw_ops.Exp(raw_ops.Neg(raw_ops.Abs(logits))))
        cost = raw_ops.Mul(weight, raw_ops.AddV2(rest, raw_ops.Relu(raw_ops.Neg(logits))))
        return raw_ops.AddV2(raw_ops.Mul(raw_ops.Sub(convert(1, logits.dtype), labels), logits), cost, scope)


def weighted_cross_entropy_with_logits_v1(
    labels: TensorLike | None = None,
    logits: TensorLike | None = None,
    pos_weight=None,
    name: str | None = None,
    targets=None,
) -> Tensor:
    """`weighted_cross_entropy_with_logits`, where the labels may also be called `targets`.

    Args:
      labels: a tensor of floats from 0 to 1.
      logits: a tensor of the same dtype and shape.
      pos_weight: the weight: a number or a tensor that can be broadcast with `logits`.
      name: a name for the operation.
      targets: the old name of `labels`.

    Returns:
      A tensor of the same shape.
    """
    labels = one_of("labels", labels, "targets", targets)
    return weighted_cross_entropy_with_logits(labels, logits, pos_weight, name)


def log_poisson_loss(
    targets: TensorLike, log_input: TensorLike, compute_full_loss: bool = False, name: str | None = None
) -> Tensor:
    """The loss of a Poisson distribution with the logarithm of its mean: `exp(c) - z * c`.

    Args:
      targets: a tensor of floats: the counts `z`.
      log_input: a tensor of the same shape: `c`.
      compute_full_loss: whether to add Stirling's approximation of the logarithm of the factorial.
      name: a name for the operation.

    Returns:
      A tensor of the same shape.
    """
    with name_scope(name, "log_poisson_loss", [log_input, targets]):
        log_input = convert(log_input, name="log_input")
        targets = convert(targets, log_input.dtype, name="targets")
        found = raw_ops.Sub(raw_ops.Exp(log_input), raw_ops.Mul(log_input, targets))
        if not compute_full_loss:
            return found
        stirling = raw_ops.AddV2(
            raw_ops.Sub(raw_ops.Mul(targets, raw_ops.Log(targets)), targets),
            raw_ops.Mul(raw_ops.Log(raw_ops.Mul(targets, 6.283185307179586)), 0.5),
        )
        small = raw_ops.LogicalAnd(raw_ops.GreaterEqual(targets, 0.0), raw_ops.LessEqual(targets, 1.0))
        return raw_ops.AddV2(found, raw_ops.SelectV2(small, raw_ops.ZerosLike(targets), stirling))
