"""Metrics that are means: of values, of errors, of right answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import context, dtypes
from ..framework.variable_scope import variable_scope
from ..ops import reduction
from ..ops.arithmetic import cast
from ..ops.common import convert
from .common import begin, collected, counter, fitting, ratio, weighted

if TYPE_CHECKING:
    from ..framework.typing import Tensor, TensorLike


def mean(
    values: TensorLike, weights=None, metrics_collections=None, updates_collections=None, name: str | None = None
) -> tuple[Tensor, Tensor]:
    """The weighted mean of all values so far, kept in two local variables, `total` and `count`.

    Args:
      values: a tensor of numbers, of any shape.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `values`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op): the mean of what was added, 0 if nothing was; and a tensor that adds the values and gives the new
      mean.

    Raises:
      RuntimeError: eager mode.
      ValueError: the weights do not fit.

    >>> import ferroflow.compat.v1 as v1
    >>> with v1.Graph().as_default(), v1.Session() as session:
    ...     x = v1.placeholder(tf.float32, [None])
    ...     value, update = v1.metrics.mean(x)
    ...     session.run(v1.local_variables_initializer())
    ...     print(session.run(update, {x: [1.0, 2.0]}), session.run(update, {x: [6.0]}), session.run(value))
    1.5 3.0 3.0
    """
    begin("mean")
    with variable_scope(name, "mean", (values, weights)):
        values = cast(values, dtypes.float32)
        total = counter([], dtypes.float32, "total")
        count = counter([], dtypes.float32, "count")
        if weights is None:
            number = cast(raw_ops.Size(input=values), dtypes.float32)
        else:
            values, _, weights = fitting(values, None, weights)
            values, weights = weighted(values, weights)
            number = reduction.reduce_sum(weights)
        more = total.assign_add(reduction.reduce_sum(values))
        with context.control_dependencies([values]):
            counted = count.assign_add(number)
        value = ratio(total, count, "value")
        return collected(value, ratio(more, counted, "update_op"), metrics_collections, updates_collections)


def mean_tensor(
    values: TensorLike, weights=None, metrics_collections=None, updates_collections=None, name: str | None = None
) -> tuple[Tensor, Tensor]:
    """The mean of each element of tensors of one shape.

    Args:
      values: a tensor of numbers, of a known shape.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `values`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op): tensors like `values`.

    Raises:
      RuntimeError: eager mode.
    """
    begin("mean_tensor")
    with variable_scope(name, "mean", (values, weights)):
        values = cast(values, dtypes.float32)
        total = counter(values.shape, dtypes.float32, "total_tensor")
        count = counter(values.shape, dtypes.float32, "count_tensor")
        number = raw_ops.OnesLike(x=values)
        if weights is not None:
            values, _, weights = fitting(values, None, weights)
            values, weights = weighted(values, weights)
            number = raw_ops.Mul(x=number, y=weights)
        more = total.assign_add(values)
        with context.control_dependencies([values]):
            counted = count.assign_add(number)
        value = ratio(total, count, "value")
        return collected(value, ratio(more, counted, "update_op"), metrics_collections, updates_collections)


def accuracy(
    labels: TensorLike,
    predictions: TensorLike,
    weights=None,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The part of the predictions that are the labels.

    Args:
      labels: a tensor.
      predictions: a tensor of the same shape; one of them may have a last axis of size 1 besides.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `labels`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op): the accuracy so far, and a tensor that adds a batch and gives the new one.

    Raises:
      RuntimeError: eager mode.
      ValueError: the shapes do not fit.

    >>> import ferroflow.compat.v1 as v1
    >>> with v1.Graph().as_default(), v1.Session() as session:
    ...     value, update = v1.metrics.accuracy(labels=[1, 2, 3, 4], predictions=[1, 2, 0, 4])
    ...     session.run(v1.local_variables_initializer())
    ...     print(session.run(update), session.run(value))
    0.75 0.75
    """
    begin("accuracy")
    predictions, labels, weights = fitting(predictions, labels, weights)
    if labels.dtype != predictions.dtype:
        predictions = cast(predictions, labels.dtype)
    right = cast(raw_ops.Equal(x=predictions, y=labels), dtypes.float32)
    return mean(right, weights, metrics_collections, updates_collections, name or "accuracy")


def mean_absolute_error(
    labels: TensorLike,
    predictions: TensorLike,
    weights=None,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The mean distance of predictions from labels.

    Args:
      labels: a tensor of floats.
      predictions: a tensor of the same shape.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `labels`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op), as of `accuracy`.
    """
    begin("mean_absolute_error")
    predictions, labels, weights = fitting(predictions, labels, weights)
    apart = raw_ops.Abs(x=raw_ops.Sub(x=predictions, y=labels))
    return mean(apart, weights, metrics_collections, updates_collections, name or "mean_absolute_error")


def mean_squared_error(
    labels: TensorLike,
    predictions: TensorLike,
    weights=None,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The mean squared distance of predictions from labels.

    Args:
      labels: a tensor of floats.
      predictions: a tensor of the same shape.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `labels`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op), as of `accuracy`.
    """
    begin("mean_squared_error")
    predictions, labels, weights = fitting(predictions, labels, weights)
    apart = raw_ops.SquaredDifference(x=predictions, y=labels)
    return mean(apart, weights, metrics_collections, updates_collections, name or "mean_squared_error")


def root_mean_squared_error(
    labels: TensorLike,
    predictions: TensorLike,
    weights=None,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The square root of `mean_squared_error`.

    Args:
      labels: a tensor of floats.
      predictions: a tensor of the same shape.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `labels`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op), as of `accuracy`.
    """
    begin("root_mean_squared_error")
    predictions, labels, weights = fitting(predictions, labels, weights)
    value, update = mean_squared_error(labels, predictions, weights, None, None, name or "root_mean_squared_error")
    return collected(raw_ops.Sqrt(x=value), raw_ops.Sqrt(x=update), metrics_collections, updates_collections)


def mean_relative_error(
    labels: TensorLike,
    predictions: TensorLike,
    normalizer: TensorLike,
    weights=None,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The mean distance of predictions from labels, each divided by its normalizer; 0 where that is 0.

    Args:
      labels: a tensor of floats.
      predictions: a tensor of the same shape.
      normalizer: a tensor of the same shape.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `labels`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op), as of `accuracy`.
    """
    begin("mean_relative_error")
    predictions, labels, weights = fitting(predictions, labels, weights)
    predictions, normalizer, _ = fitting(predictions, normalizer, None)
    apart = raw_ops.RealDiv(x=raw_ops.Abs(x=raw_ops.Sub(x=labels, y=predictions)), y=normalizer)
    none = raw_ops.Equal(x=normalizer, y=convert(0.0, normalizer.dtype))
    apart = raw_ops.Select(condition=none, x=raw_ops.ZerosLike(x=labels), y=apart)
    return mean(apart, weights, metrics_collections, updates_collections, name or "mean_relative_error")


def mean_cosine_distance(
    labels: TensorLike,
    predictions: TensorLike,
    dim: int,
    weights=None,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """One minus the mean cosine between predictions and labels, which are taken to have norm 1.

    Args:
      labels: a tensor of floats.
      predictions: a tensor of the same shape.
      dim: the axis along which the cosine is taken.
      weights: None for 1, a scalar, or a tensor like `labels` with size 1 in axis `dim`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op), as of `accuracy`.
    """
    begin("mean_cosine_distance")
    predictions, labels, weights = fitting(predictions, labels, weights)
    cosine = reduction.reduce_sum(raw_ops.Mul(x=predictions, y=labels), [dim], True)
    value, update = mean(cosine, weights, None, None, name or "mean_cosine_distance")
    value, update = raw_ops.Sub(x=1.0, y=value), raw_ops.Sub(x=1.0, y=update)
    return collected(value, update, metrics_collections, updates_collections)


def percentage_below(
    values: TensorLike,
    threshold,
    weights=None,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The part of the values that are below a threshold.

    Args:
      values: a tensor of numbers.
      threshold: a scalar.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `values`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op), as of `accuracy`.
    """
    begin("percentage_below")
    below = cast(raw_ops.Less(x=values, y=threshold), dtypes.float32)
    return mean(below, weights, metrics_collections, updates_collections, name or "percentage_below_threshold")
