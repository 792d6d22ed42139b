"""What the metrics share: their variables, the checks of their arguments, their collections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import context, dtypes
from ..framework.collections import GraphKeys
from ..framework.variables import VariableV1
from ..ops import shapes
from ..ops.arithmetic import cast
from ..ops.common import convert
from ..ops.control_flow import cond
from ..ops.shape_checks import check_weights

if TYPE_CHECKING:
    from ..framework.typing import Tensor

__all__ = ["begin", "collected", "counter", "fitting", "ratio", "weighted"]


def begin(name):
    """RuntimeError in eager mode: metrics are variables of a graph.

    Args:
      name: the metric's name in `tf.metrics`.
    """
    if context.executing_eagerly():
        raise RuntimeError(f"tf.metrics.{name} is not supported when eager execution is enabled.")


def counter(shape, dtype, name):
    """A local variable of zeros, which `local_variables_initializer` resets.

    Args:
      shape: the shape.
      dtype: the dtype.
      name: the variable's name within its scope.
    """
    return VariableV1(
        initial_value=lambda: shapes.zeros(shape, dtype),
        trainable=False,
        collections=[GraphKeys.LOCAL_VARIABLES, GraphKeys.METRIC_VARIABLES],
        name=name,
    )


def collected(value, update, metrics_collections, updates_collections) -> tuple[Tensor, Tensor]:
    """(value, update), put into the collections that the caller asks for.

    Args:
      value: the metric's value.
      update: the operation or tensor that adds a batch.
      metrics_collections: collections for the value, or None.
      updates_collections: collections for the update, or None.
    """
    graph = context.default_graph()
    if metrics_collections:
        graph.add_to_collections(metrics_collections, value)
    if updates_collections:
        graph.add_to_collections(updates_collections, update)
    return value, update


def ratio(total, count, name):
    """`total / count`, 0 where the count is 0 or less."""
    return raw_ops.DivNoNan(x=total, y=raw_ops.Maximum(x=count, y=0.0), name=name)


def _squeezed(long, short):
    """`long` without its last axis of size 1, where it has one axis more than `short`; decided in the graph if need be."""
    have, want = long.shape.rank, short.shape.rank
    if have is not None and want is not None:
        if have - want == 1 and long.shape.dims[-1].is_compatible_with(1):
            return raw_ops.Squeeze(input=long, axis=[-1])
        return long
    if have is not None and not long.shape.dims[-1].is_compatible_with(1):
        return long
    one_more = raw_ops.Equal(x=raw_ops.Sub(x=raw_ops.Rank(input=long), y=raw_ops.Rank(input=short)), y=1)
    return cond(one_more, lambda: raw_ops.Squeeze(input=long, axis=[-1]), lambda: long)


def fitting(predictions, labels, weights):
    """Predictions, labels and weights, whose last axes of size 1 are left out where the others lack them.

    Args:
      predictions: a tensor.
      labels: a tensor like `predictions`, or None.
      weights: a scalar, a tensor like `predictions`, or None.

    Raises:
      ValueError: predictions and labels have different shapes.
    """
    predictions = convert(predictions)
    if labels is not None:
        labels = convert(labels)
        predictions, labels = _squeezed(predictions, labels), _squeezed(labels, predictions)
        predictions.shape.assert_is_compatible_with(labels.shape)
    if weights is None:
        return predictions, labels, None
    weights = convert(weights)
    if weights.shape.rank == 0:
        return predictions, labels, weights
    have, want = weights.shape.rank, predictions.shape.rank
    if have is not None and want is not None:
        if have - want == 1:
            weights = raw_ops.Squeeze(input=weights, axis=[-1])
        elif want - have == 1:
            weights = raw_ops.ExpandDims(input=weights, axis=-1)
        return predictions, labels, weights
    return predictions, labels, _weights_of_unknown_rank(weights, predictions)


def _weights_of_unknown_rank(weights, values):
    """`weights` with the rank of `values`, if the two differ by one axis at the end."""
    apart = raw_ops.Sub(x=raw_ops.Rank(input=weights), y=raw_ops.Rank(input=values))
    scalar = raw_ops.Equal(x=raw_ops.Rank(input=weights), y=0)

    def longer():
        return cond(
            raw_ops.Equal(x=apart, y=-1),
            lambda: raw_ops.ExpandDims(input=weights, axis=-1),
            lambda: weights,
        )

    def shorter():
        known = weights.shape.rank
        if known is not None and (known == 0 or not weights.shape.dims[-1].is_compatible_with(1)):
            return weights
        return cond(raw_ops.Equal(x=apart, y=1), lambda: raw_ops.Squeeze(input=weights, axis=[-1]), longer)

    return cond(scalar, lambda: weights, shorter)


def weighted(values, weights):
    """(values times weights, weights in the shape of the values), both in float32.

    Args:
      values: a tensor of numbers.
      weights: a scalar, or a tensor of the same rank whose sizes are those of `values` or 1.

    Raises:
      ValueError: the weights do not fit.
    """
    values = cast(values, dtypes.float32)
    weights = broadcast_weights(cast(weights, dtypes.float32), values)
    return raw_ops.Mul(x=values, y=weights), weights


def broadcast_weights(weights, values):
    """`weights` in the shape of `values`. ValueError, or InvalidArgumentError at run time, if they do not fit."""
    check_weights(weights, values)
    if weights.shape.is_fully_defined() and weights.shape == values.shape:
        return weights
    return raw_ops.Mul(x=weights, y=raw_ops.OnesLike(x=values), name="broadcast_weights")
