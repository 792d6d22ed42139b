"""Metrics that count: right and wrong yes and no, precision, recall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import context, dtypes
from ..ops import reduction
from ..ops.arithmetic import cast
from ..ops.common import convert
from ..ops.shape_checks import assert_rank_in_v1
from .common import begin, collected, counter, fitting, variable_scope

if TYPE_CHECKING:
    from ..framework.typing import Tensor, TensorLike


def _count(found, weights, metrics_collections, updates_collections):
    """How often, or with which sum of weights, `found` was true."""
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


def _no(x):
    return raw_ops.LogicalNot(x=x)


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
    begin("true_positives")
    with variable_scope(name, "true_positives", (predictions, labels, weights)):
        labels, predictions, weights = _truths(labels, predictions, weights)
        found = raw_ops.LogicalAnd(x=labels, y=predictions)
        return _count(found, weights, metrics_collections, updates_collections)


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
    begin("true_negatives")
    with variable_scope(name, "true_negatives", (predictions, labels, weights)):
        labels, predictions, weights = _truths(labels, predictions, weights)
        found = raw_ops.LogicalAnd(x=_no(labels), y=_no(predictions))
        return _count(found, weights, metrics_collections, updates_collections)


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
    begin("false_positives")
    with variable_scope(name, "false_positives", (predictions, labels, weights)):
        labels, predictions, weights = _truths(labels, predictions, weights)
        found = raw_ops.LogicalAnd(x=_no(labels), y=predictions)
        return _count(found, weights, metrics_collections, updates_collections)


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
    begin("false_negatives")
    with variable_scope(name, "false_negatives", (predictions, labels, weights)):
        labels, predictions, weights = _truths(labels, predictions, weights)
        found = raw_ops.LogicalAnd(x=labels, y=_no(predictions))
        return _count(found, weights, metrics_collections, updates_collections)


def _part(right, wrong, name):
    """`right / (right + wrong)`, 0 where both are 0."""
    total = raw_ops.AddV2(x=right, y=wrong)
    some = raw_ops.Greater(x=total, y=0.0)
    return raw_ops.Select(condition=some, x=raw_ops.RealDiv(x=right, y=total), y=convert(0.0), name=name)


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
    begin("precision")
    with variable_scope(name, "precision", (predictions, labels, weights)):
        labels, predictions, weights = _truths(labels, predictions, weights)
        right, more_right = true_positives(labels, predictions, weights, None, None, None)
        wrong, more_wrong = false_positives(labels, predictions, weights, None, None, None)
        value, update = _part(right, wrong, "value"), _part(more_right, more_wrong, "update_op")
        return collected(value, update, metrics_collections, updates_collections)


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
    begin("recall")
    with variable_scope(name, "recall", (predictions, labels, weights)):
        labels, predictions, weights = _truths(labels, predictions, weights)
        right, more_right = true_positives(labels, predictions, weights, None, None, None)
        missed, more_missed = false_negatives(labels, predictions, weights, None, None, None)
        value, update = _part(right, missed, "value"), _part(more_right, more_missed, "update_op")
        return collected(value, update, metrics_collections, updates_collections)
