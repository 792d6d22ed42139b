"""Metrics that count: right and wrong yes and no, precision, recall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import context, dtypes
from ..framework.variable_scope import variable_scope
from ..ops import reduction
from ..ops.arithmetic import cast
from ..ops.common import convert
from ..ops.shape_checks import assert_rank_in_v1
from .common import begin, collected, counter, fitting

if TYPE_CHECKING:
    from ..framework.typing import Tensor, TensorLike


def _counted(kind, labels, predictions, weights, metrics_collections, updates_collections, name):
    """How often, or with which sum of weights, labels and predictions were of a kind: value and update."""
    begin(kind)
    with variable_scope(name, kind, (predictions, labels, weights)):
        labels, predictions, weights = _truths(labels, predictions, weights)
        right, positive = kind.split("_")
        yes = positive == "positives"
        wanted_label = labels if yes == (right == "true") else raw_ops.LogicalNot(x=labels)
        found = raw_ops.LogicalAnd(x=wanted_label, y=predictions if yes else raw_ops.LogicalNot(x=predictions))
        count = counter([], dtypes.float32, "count")
        values = cast(found, dtypes.float32)
        if weights is not None:
            with context.control_dependencies((assert_rank_in_v1(weights, (0, raw_ops.Rank(input=values))),)):
                weights = cast(weights, dtypes.float32)
                values = raw_ops.Mul(x=values, y=weights)
        value = raw_ops.Identity(input=count)
        update = count.assign_add(reduction.reduce_sum(values))
        return collected(value, update, metrics_collections, updates_collections)


def _truths(labels, predictions, weights):
    """Labels and predictions as truth values, and the weights."""
    labels, predictions = cast(labels, dtypes.bool), cast(predictions, dtypes.bool)
    predictions, labels, weights = fitting(predictions, labels, weights)
    return labels, predictions, weights


def true_positives(
    labels: TensorLike,
    predictions: TensorLike,
    weights=None,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The sum of the weights where label and prediction are both true.

    Args:
      labels: a tensor, cast to bool.
      predictions: a tensor of the same shape, cast to bool.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `labels`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op): the sum so far, and a tensor that adds a batch and gives the new one.

    Raises:
      RuntimeError: eager mode.
      ValueError: the shapes do not fit.
    """
    return _counted("true_positives", labels, predictions, weights, metrics_collections, updates_collections, name)


def true_negatives(
    labels: TensorLike,
    predictions: TensorLike,
    weights=None,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The sum of the weights where label and prediction are both false.

    Args:
      labels: a tensor, cast to bool.
      predictions: a tensor of the same shape, cast to bool.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `labels`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op), as of `true_positives`.
    """
    return _counted("true_negatives", labels, predictions, weights, metrics_collections, updates_collections, name)


def false_positives(
    labels: TensorLike,
    predictions: TensorLike,
    weights=None,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The sum of the weights where the prediction is true and the label is not.

    Args:
      labels: a tensor, cast to bool.
      predictions: a tensor of the same shape, cast to bool.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `labels`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op), as of `true_positives`.
    """
    return _counted("false_positives", labels, predictions, weights, metrics_collections, updates_collections, name)


def false_negatives(
    labels: TensorLike,
    predictions: TensorLike,
    weights=None,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The sum of the weights where the label is true and the prediction is not.

    Args:
      labels: a tensor, cast to bool.
      predictions: a tensor of the same shape, cast to bool.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `labels`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op), as of `true_positives`.
    """
    return _counted("false_negatives", labels, predictions, weights, metrics_collections, updates_collections, name)


def _part(kind, other, labels, predictions, weights, metrics_collections, updates_collections, name):
    """The true positives as a part of them and those of another kind; 0 where there are neither."""
    begin(kind)
    with variable_scope(name, kind, (predictions, labels, weights)):
        labels, predictions, weights = _truths(labels, predictions, weights)
        right = true_positives(labels, predictions, weights)
        wrong = other(labels, predictions, weights)

        def part(right, wrong, name):
            total = raw_ops.AddV2(x=right, y=wrong)
            some = raw_ops.Greater(x=total, y=0.0)
            return raw_ops.Select(condition=some, x=raw_ops.RealDiv(x=right, y=total), y=convert(0.0), name=name)

        value, update = part(right[0], wrong[0], "value"), part(right[1], wrong[1], "update_op")
        return collected(value, update, metrics_collections, updates_collections)


def precision(
    labels: TensorLike,
    predictions: TensorLike,
    weights=None,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The part of the predicted yes that is right: true positives of all predicted ones.

    Args:
      labels: a tensor, cast to bool.
      predictions: a tensor of the same shape, cast to bool.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `labels`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op), as of `true_positives`; 0 if nothing was predicted.

    >>> import ferroflow.compat.v1 as v1
    >>> with v1.Graph().as_default(), v1.Session() as session:
    ...     value, update = v1.metrics.precision(labels=[1, 0, 1, 1], predictions=[1, 1, 0, 1])
    ...     session.run(v1.local_variables_initializer())
    ...     print(round(float(session.run(update)), 4))
    0.6667
    """
    return _part(
        "precision", false_positives, labels, predictions, weights, metrics_collections, updates_collections, name
    )


def recall(
    labels: TensorLike,
    predictions: TensorLike,
    weights=None,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The part of the true labels that was predicted: true positives of all labels that are true.

    Args:
      labels: a tensor, cast to bool.
      predictions: a tensor of the same shape, cast to bool.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `labels`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op), as of `true_positives`; 0 if no label was true.

    >>> import ferroflow.compat.v1 as v1
    >>> with v1.Graph().as_default(), v1.Session() as session:
    ...     value, update = v1.metrics.recall(labels=[1, 0, 1, 1], predictions=[1, 1, 0, 0])
    ...     session.run(v1.local_variables_initializer())
    ...     print(round(float(session.run(update)), 4))
    0.3333
    """
    return _part(
        "recall", false_negatives, labels, predictions, weights, metrics_collections, updates_collections, name
    )
