"""Metrics of classifiers by class: mean intersection over union, mean accuracy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import context, dtypes
from ..framework.state import scatter_add
from ..framework.variable_scope import variable_scope
from ..ops import counting, reduction
from ..ops.arithmetic import cast
from ..ops.common import convert
from .common import begin, collected, counter, ratio

if TYPE_CHECKING:
    from ..framework.typing import Tensor, TensorLike


def _flat(labels, predictions, weights):
    """The three as vectors."""

    def vector(x):
        return x if x is None or x.shape.rank in (0, 1) else raw_ops.Reshape(tensor=x, shape=[-1])

    labels, predictions = vector(convert(labels)), vector(convert(predictions))
    return labels, predictions, vector(None if weights is None else convert(weights))


def _mean_overlap(matrix, name):
    """The mean over the classes that occur of intersection over union, from a confusion matrix."""
    matrix = cast(matrix, dtypes.float32)
    rows, columns = reduction.reduce_sum(matrix, 0), reduction.reduce_sum(matrix, 1)
    both = cast(raw_ops.DiagPart(input=matrix), dtypes.float32)
    either = raw_ops.Sub(x=raw_ops.AddV2(x=rows, y=columns), y=both)
    occur = raw_ops.NotEqual(x=either, y=0.0)
    classes = reduction.reduce_sum(cast(occur, dtypes.float32))
    either = raw_ops.Select(condition=raw_ops.Greater(x=either, y=0.0), x=either, y=raw_ops.OnesLike(x=either))
    total = reduction.reduce_sum(raw_ops.RealDiv(x=both, y=either), name=name)
    some = raw_ops.Greater(x=classes, y=0.0)
    return raw_ops.Select(condition=some, x=raw_ops.RealDiv(x=total, y=classes), y=convert(0.0))


def mean_iou(
    labels: TensorLike,
    predictions: TensorLike,
    num_classes: int,
    weights=None,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The mean over the classes of intersection over union: of all that is or was taken for a class, the part that is both.

    Args:
      labels: a tensor of class numbers.
      predictions: a tensor of class numbers of the same shape.
      num_classes: how many classes there are.
      weights: None for 1, or a tensor like `labels`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op): the mean so far; and the operation that adds a batch, which gives the confusion matrix
      [num_classes, num_classes] of float64.

    Raises:
      RuntimeError: eager mode.
      ValueError: the shapes do not fit.
      InvalidArgumentError: a class number is out of range.

    >>> import ferroflow.compat.v1 as v1
    >>> with v1.Graph().as_default(), v1.Session() as session:
    ...     value, update = v1.metrics.mean_iou(labels=[0, 0, 1, 1], predictions=[0, 1, 1, 1], num_classes=2)
    ...     session.run(v1.local_variables_initializer())
    ...     print(session.run(update).tolist(), round(float(session.run(value)), 4))
    [[1.0, 1.0], [0.0, 2.0]] 0.5833
    """
    begin("mean_iou")
    with variable_scope(name, "mean_iou", (predictions, labels, weights)):
        labels, predictions = convert(labels), convert(predictions)
        predictions.shape.assert_is_compatible_with(labels.shape)
        total = counter([num_classes, num_classes], dtypes.float64, "total_confusion_matrix")
        labels, predictions = cast(labels, dtypes.int64), cast(predictions, dtypes.int64)
        labels, predictions, weights = _flat(labels, predictions, weights)
        matrix = counting.confusion_matrix_v1(labels, predictions, num_classes, dtypes.float64, weights=weights)
        update = total.assign_add(matrix)
        value = _mean_overlap(total, "mean_iou")
        return collected(value, update, metrics_collections, updates_collections)


def mean_per_class_accuracy(
    labels: TensorLike,
    predictions: TensorLike,
    num_classes: int,
    weights=None,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The mean over the classes of the part of each class that was recognised.

    Args:
      labels: a tensor of class numbers.
      predictions: a tensor of class numbers of the same shape.
      num_classes: how many classes there are.
      weights: None for 1, or a tensor like `labels`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op): the mean so far; and a vector with the accuracy of each class, which adds a batch.

    Raises:
      RuntimeError: eager mode.
      ValueError: the shapes do not fit.
    """
    begin("mean_per_class_accuracy")
    with variable_scope(name, "mean_accuracy", (predictions, labels, weights)):
        labels = cast(labels, dtypes.int64)
        labels, predictions, weights = _flat(labels, predictions, weights)
        predictions.shape.assert_is_compatible_with(labels.shape)
        total = counter([num_classes], dtypes.float32, "total")
        count = counter([num_classes], dtypes.float32, "count")
        ones = raw_ops.Fill(dims=raw_ops.Shape(input=labels), value=1.0)
        if labels.dtype != predictions.dtype:
            predictions = cast(predictions, labels.dtype)
        right = cast(raw_ops.Equal(x=predictions, y=labels), dtypes.float32)
        if weights is not None:
            weights = cast(weights, dtypes.float32)
            right, ones = raw_ops.Mul(x=right, y=weights), raw_ops.Mul(x=ones, y=weights)
        more = scatter_add(total, labels, ones)
        with context.control_dependencies([raw_ops.Identity(input=more)]):
            counted = scatter_add(count, labels, right)
        value = reduction.reduce_mean(ratio(count, total, None), name="mean_accuracy")
        return collected(value, ratio(counted, more, "update_op"), metrics_collections, updates_collections)
