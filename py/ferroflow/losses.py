"""TensorFlow 1's losses: weighted means of errors, collected in the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._gen import raw_ops
from .framework import context, dtypes
from .framework.collections import GraphKeys
from .framework.name_scope import name_scope_v1
from .ops import entropy, reduction
from .ops.arithmetic import add_n, cast
from .ops.common import convert, one_of
from .ops.shape_checks import check_weights

if TYPE_CHECKING:
    from .framework.typing import Tensor


class Reduction:
    """How the losses of elements become one loss."""

    NONE = "none"
    SUM = "weighted_sum"
    SUM_OVER_BATCH_SIZE = "weighted_sum_over_batch_size"
    MEAN = "weighted_mean"
    SUM_OVER_NONZERO_WEIGHTS = "weighted_sum_by_nonzero_weights"
    SUM_BY_NONZERO_WEIGHTS = "weighted_sum_by_nonzero_weights"

    @classmethod
    def all(cls):
        """All values."""
        return (cls.NONE, cls.SUM, cls.MEAN, cls.SUM_OVER_BATCH_SIZE, cls.SUM_OVER_NONZERO_WEIGHTS)

    @classmethod
    def validate(cls, key):
        """ValueError unless `key` is one of the values."""
        if key not in cls.all():
            raise ValueError(f"Invalid Reduction Key {key}. Key should be one of {cls.all()}.")


def add_loss(loss, loss_collection=GraphKeys.LOSSES) -> None:
    """Adds a loss to the collection of losses of its graph.

    Args:
      loss: a tensor.
      loss_collection: the collection; None for none.
    """
    if loss_collection and hasattr(loss, "graph"):
        loss.graph.add_to_collection(loss_collection, loss)


def get_losses(scope=None, loss_collection=GraphKeys.LOSSES) -> list[Tensor]:
    """The losses of the default graph.

    Args:
      scope: a regular expression; only losses whose names match it.
      loss_collection: the collection.

    Returns:
      A list of tensors.
    """
    return context.default_graph().get_collection(loss_collection, scope)


def get_regularization_losses(scope=None) -> list[Tensor]:
    """The regularisation losses of the default graph.

    Args:
      scope: a regular expression; only losses whose names match it.

    Returns:
      A list of tensors.
    """
    return get_losses(scope, GraphKeys.REGULARIZATION_LOSSES)


def get_regularization_loss(scope=None, name="total_regularization_loss") -> Tensor:
    """The sum of the regularisation losses; 0 if there are none.

    Args:
      scope: a regular expression; only losses whose names match it.
      name: a name for the operation.

    Returns:
      A scalar.
    """
    found = get_regularization_losses(scope)
    return add_n(found, name) if found else convert(0.0)


def get_total_loss(add_regularization_losses: bool = True, name="total_loss", scope=None) -> Tensor:
    """The sum of all losses.

    Args:
      add_regularization_losses: whether those of regularisation count.
      name: a name for the operation.
      scope: a regular expression; only losses whose names match it.

    Returns:
      A scalar.

    Raises:
      ValueError: there is no loss.
    """
    found = get_losses(scope)
    if add_regularization_losses:
        found += get_regularization_losses(scope)
    return add_n(found, name)


def compute_weighted_loss(
    losses,
    weights=1.0,
    scope=None,
    loss_collection=GraphKeys.LOSSES,
    reduction=Reduction.SUM_BY_NONZERO_WEIGHTS,
) -> Tensor:
    """One loss of the losses of elements.

    Args:
      losses: a tensor of floats.
      weights: a scalar, or a tensor of the same rank that can be broadcast to `losses`.
      scope: a name scope for the operations.
      loss_collection: the collection it is put into; None for none.
      reduction: one of `Reduction`.

    Returns:
      A scalar; for `Reduction.NONE` a tensor like `losses`.

    Raises:
      ValueError: the weights do not fit, or there is no such reduction.
    """
    Reduction.validate(reduction)
    with name_scope_v1(scope, "weighted_loss", [losses, weights]):
        losses = convert(losses)
        wide = cast(losses, dtypes.float32)
        weights = cast(convert(weights), dtypes.float32)
        check_weights(weights, wide)
        found = raw_ops.Mul(wide, weights)
        if reduction != Reduction.NONE:
            found = _reduced(found, wide, weights, reduction)
        found = cast(found, losses.dtype)
        add_loss(found, loss_collection)
        return found


def _sum(x):
    return reduction.reduce_sum(x)


def _reduced(weighted, losses, weights, how):
    total = _sum(weighted)
    if how == Reduction.SUM:
        return total
    if how == Reduction.SUM_OVER_BATCH_SIZE:
        return raw_ops.DivNoNan(total, raw_ops.Cast(raw_ops.Size(losses), total.dtype), name="value")
    everywhere = raw_ops.Mul(raw_ops.OnesLike(losses), weights)
    if how == Reduction.MEAN:
        return raw_ops.DivNoNan(total, _sum(everywhere), name="value")
    present = raw_ops.Cast(raw_ops.NotEqual(everywhere, raw_ops.ZerosLike(everywhere)), total.dtype)
    return raw_ops.DivNoNan(total, _sum(present), name="value")


def _pair(labels, predictions, which="predictions"):
    if labels is None:
        raise ValueError("labels must not be None.")
    if predictions is None:
        raise ValueError(f"{which} must not be None.")
    predictions = cast(convert(predictions), dtypes.float32)
    labels = cast(convert(labels), dtypes.float32)
    predictions.shape.assert_is_compatible_with(labels.shape)
    return labels, predictions


def absolute_difference(
    labels,
    predictions,
    weights=1.0,
    scope=None,
    loss_collection=GraphKeys.LOSSES,
    reduction=Reduction.SUM_BY_NONZERO_WEIGHTS,
) -> Tensor:
    """The distance of predictions from labels.

    Args:
      labels: a tensor.
      predictions: a tensor of the same shape.
      weights: see `compute_weighted_loss`.
      scope: a name scope for the operations.
      loss_collection: the collection it is put into; None for none.
      reduction: one of `Reduction`.

    Returns:
      A scalar; for `Reduction.NONE` a tensor.
    """
    with name_scope_v1(scope, "absolute_difference", [predictions, labels, weights]) as scope:
        labels, predictions = _pair(labels, predictions)
        apart = raw_ops.Abs(raw_ops.Sub(predictions, labels))
        return compute_weighted_loss(apart, weights, scope, loss_collection, reduction)


def mean_squared_error(
    labels,
    predictions,
    weights=1.0,
    scope=None,
    loss_collection=GraphKeys.LOSSES,
    reduction=Reduction.SUM_BY_NONZERO_WEIGHTS,
) -> Tensor:
    """The squared distance of predictions from labels.

    Args:
      labels: a tensor.
      predictions: a tensor of the same shape.
      weights: see `compute_weighted_loss`.
      scope: a name scope for the operations.
      loss_collection: the collection it is put into; None for none.
      reduction: one of `Reduction`.

    Returns:
      A scalar; for `Reduction.NONE` a tensor.

    >>> tf.compat.v1.losses.mean_squared_error([1.0, 2.0], [1.0, 4.0]).numpy().item()
    2.0
    """
    with name_scope_v1(scope, "mean_squared_error", [predictions, labels, weights]) as scope:
        labels, predictions = _pair(labels, predictions)
        apart = raw_ops.SquaredDifference(predictions, labels)
        return compute_weighted_loss(apart, weights, scope, loss_collection, reduction)


def huber_loss(
    labels, predictions, weights=1.0, delta=1.0, scope=None, loss_collection=GraphKeys.LOSSES,
    reduction=Reduction.SUM_BY_NONZERO_WEIGHTS,
) -> Tensor:  # fmt: skip
    """Half the squared distance up to `delta`, beyond it a straight line (Huber, 1964).

    Args:
      labels: a tensor.
      predictions: a tensor of the same shape.
      weights: see `compute_weighted_loss`.
      delta: where the line begins.
      scope: a name scope for the operations.
      loss_collection: the collection it is put into; None for none.
      reduction: one of `Reduction`.

    Returns:
      A scalar; for `Reduction.NONE` a tensor.
    """
    with name_scope_v1(scope, "huber_loss", [predictions, labels, weights]) as scope:
        labels, predictions = _pair(labels, predictions)
        apart = raw_ops.Abs(raw_ops.Sub(predictions, labels))
        delta = convert(delta, apart.dtype)
        near = raw_ops.Minimum(apart, delta)
        beyond = raw_ops.Mul(delta, raw_ops.Sub(apart, near))
        found = raw_ops.AddV2(raw_ops.Mul(convert(0.5), raw_ops.Mul(near, near)), beyond)
        return compute_weighted_loss(found, weights, scope, loss_collection, reduction)


def log_loss(
    labels, predictions, weights=1.0, epsilon=1e-07, scope=None, loss_collection=GraphKeys.LOSSES,
    reduction=Reduction.SUM_BY_NONZERO_WEIGHTS,
) -> Tensor:  # fmt: skip
    """The cross-entropy of labels and predicted probabilities.

    Args:
      labels: a tensor of numbers from 0 to 1.
      predictions: a tensor of the same shape.
      weights: see `compute_weighted_loss`.
      epsilon: a small number against the logarithm of 0.
      scope: a name scope for the operations.
      loss_collection: the collection it is put into; None for none.
      reduction: one of `Reduction`.

    Returns:
      A scalar; for `Reduction.NONE` a tensor.
    """
    with name_scope_v1(scope, "log_loss", [predictions, labels, weights]) as scope:
        labels, predictions = _pair(labels, predictions)
        yes = raw_ops.Mul(labels, raw_ops.Log(raw_ops.AddV2(predictions, epsilon)))
        no = raw_ops.Mul(raw_ops.Sub(1.0, labels), raw_ops.Log(raw_ops.AddV2(raw_ops.Sub(1.0, predictions), epsilon)))
        return compute_weighted_loss(raw_ops.Sub(raw_ops.Neg(yes), no), weights, scope, loss_collection, reduction)


def hinge_loss(
    labels,
    logits,
    weights=1.0,
    scope=None,
    loss_collection=GraphKeys.LOSSES,
    reduction=Reduction.SUM_BY_NONZERO_WEIGHTS,
) -> Tensor:
    """`max(0, 1 - y * logits)`, where `y` is -1 for label 0 and 1 for label 1.

    Args:
      labels: a tensor of zeros and ones.
      logits: a tensor of the same shape.
      weights: see `compute_weighted_loss`.
      scope: a name scope for the operations.
      loss_collection: the collection it is put into; None for none.
      reduction: one of `Reduction`.

    Returns:
      A scalar; for `Reduction.NONE` a tensor.
    """
    with name_scope_v1(scope, "hinge_loss", [logits, labels, weights]) as scope:
        labels, logits = _pair(labels, logits, "logits")
        sides = raw_ops.Sub(raw_ops.Mul(labels, 2.0), 1.0)
        found = raw_ops.Relu(raw_ops.Sub(1.0, raw_ops.Mul(sides, logits)))
        return compute_weighted_loss(found, weights, scope, loss_collection, reduction)


def cosine_distance(
    labels, predictions, axis=None, weights=1.0, scope=None, loss_collection=GraphKeys.LOSSES,
    reduction=Reduction.SUM_BY_NONZERO_WEIGHTS, dim=None,
) -> Tensor:  # fmt: skip
    """One minus the sum of products along an axis; both are taken to have norm 1 along it.

    Args:
      labels: a tensor.
      predictions: a tensor of the same shape.
      axis: the axis.
      weights: see `compute_weighted_loss`.
      scope: a name scope for the operations.
      loss_collection: the collection it is put into; None for none.
      reduction: one of `Reduction`.
      dim: the old name of `axis`.

    Returns:
      A scalar; for `Reduction.NONE` a tensor.

    Raises:
      ValueError: no axis is given.
    """
    axis = one_of("axis", axis, "dim", dim)
    if axis is None:
        raise ValueError("You must specify argument `axis`.")
    with name_scope_v1(scope, "cosine_distance_loss", [predictions, labels, weights]) as scope:
        labels, predictions = _pair(labels, predictions)
        found = raw_ops.Sub(1.0, raw_ops.Sum(raw_ops.Mul(predictions, labels), [axis], True))
        return compute_weighted_loss(found, weights, scope, loss_collection, reduction)


def sigmoid_cross_entropy(
    multi_class_labels, logits, weights=1.0, label_smoothing=0, scope=None, loss_collection=GraphKeys.LOSSES,
    reduction=Reduction.SUM_BY_NONZERO_WEIGHTS,
) -> Tensor:  # fmt: skip
    """The cross-entropy of labels and the sigmoid of logits.

    Args:
      multi_class_labels: a tensor of numbers from 0 to 1.
      logits: a tensor of the same shape.
      weights: see `compute_weighted_loss`.
      label_smoothing: how far labels are moved towards one half.
      scope: a name scope for the operations.
      loss_collection: the collection it is put into; None for none.
      reduction: one of `Reduction`.

    Returns:
      A scalar; for `Reduction.NONE` a tensor.
    """
    with name_scope_v1(scope, "sigmoid_cross_entropy_loss", [logits, multi_class_labels, weights]) as scope:
        logits = convert(logits)
        labels = cast(convert(multi_class_labels), logits.dtype)
        logits.shape.assert_is_compatible_with(labels.shape)
        if label_smoothing > 0:
            labels = raw_ops.AddV2(raw_ops.Mul(labels, 1 - label_smoothing), 0.5 * label_smoothing)
        found = entropy.sigmoid_cross_entropy_with_logits(labels, logits, "xentropy")
        return compute_weighted_loss(found, weights, scope, loss_collection, reduction)


def softmax_cross_entropy(
    onehot_labels, logits, weights=1.0, label_smoothing=0, scope=None, loss_collection=GraphKeys.LOSSES,
    reduction=Reduction.SUM_BY_NONZERO_WEIGHTS,
) -> Tensor:  # fmt: skip
    """The cross-entropy of labels and the softmax of logits; no gradient flows to the labels.

    Args:
      onehot_labels: a tensor [batch, classes]: a distribution in each row.
      logits: a tensor of the same shape.
      weights: a scalar, or a weight for each row.
      label_smoothing: how far labels are moved towards the even distribution.
      scope: a name scope for the operations.
      loss_collection: the collection it is put into; None for none.
      reduction: one of `Reduction`.

    Returns:
      A scalar; for `Reduction.NONE` a vector.
    """
    with name_scope_v1(scope, "softmax_cross_entropy_loss", [logits, onehot_labels, weights]) as scope:
        logits = convert(logits)
        labels = cast(convert(onehot_labels), logits.dtype)
        logits.shape.assert_is_compatible_with(labels.shape)
        if label_smoothing > 0:
            classes = raw_ops.Cast(raw_ops.GatherV2(raw_ops.Shape(labels), 1, 0), logits.dtype)
            labels = raw_ops.AddV2(
                raw_ops.Mul(labels, 1.0 - label_smoothing), raw_ops.RealDiv(label_smoothing, classes)
            )
        labels = raw_ops.StopGradient(labels)
        found = entropy.softmax_cross_entropy_with_logits(labels, logits, name="xentropy")
        return compute_weighted_loss(found, weights, scope, loss_collection, reduction)


def sparse_softmax_cross_entropy(
    labels,
    logits,
    weights=1.0,
    scope=None,
    loss_collection=GraphKeys.LOSSES,
    reduction=Reduction.SUM_BY_NONZERO_WEIGHTS,
) -> Tensor:
    """The cross-entropy of the softmax of logits and classes that are given as numbers.

    Args:
      labels: a tensor of int32 or int64: the class of each row.
      logits: a tensor with one axis more: the classes.
      weights: a scalar, or a weight for each row.
      scope: a name scope for the operations.
      loss_collection: the collection it is put into; None for none.
      reduction: one of `Reduction`.

    Returns:
      A scalar; for `Reduction.NONE` a tensor like `labels`.
    """
    with name_scope_v1(scope, "sparse_softmax_cross_entropy_loss", [logits, labels, weights]) as scope:
        labels, logits, weights = convert(labels), convert(logits), convert(weights)
        if None not in (labels.shape.rank, logits.shape.rank) and labels.shape.rank == logits.shape.rank:
            labels = raw_ops.Squeeze(labels, [-1])
        if weights.shape.rank not in (None, 0) and weights.shape.rank == (labels.shape.rank or 0) + 1:
            weights = raw_ops.Squeeze(weights, [-1])
        found = entropy.sparse_softmax_cross_entropy_with_logits(labels, logits, "xentropy")
        return compute_weighted_loss(found, weights, scope, loss_collection, reduction)
