"""Metrics of scores that are yes above a threshold: counts, precision and recall at thresholds, the area under a curve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import context, dtypes
from ..framework.variable_scope import variable_scope
from ..ops import reduction, sequence
from ..ops.arithmetic import cast
from ..ops.checks import assert_greater_equal_v1, assert_less_equal_v1
from ..ops.common import convert
from .common import begin, collected, counter, fitting, weighted

if TYPE_CHECKING:
    from ..framework.typing import Tensor, TensorLike

# A small number against division by 0.
_EPSILON = 1e-7
_NAMES = {"tp": "true_positives", "fn": "false_negatives", "tn": "true_negatives", "fp": "false_positives"}


def _counts(labels, predictions, thresholds, weights, wanted=("tp", "fn", "tn", "fp")):
    """Two dicts by kind, of values and of updates: vectors with a count for each threshold."""
    inside = (
        assert_greater_equal_v1(predictions, cast(0.0, predictions.dtype), message="predictions must be in [0, 1]"),
        assert_less_equal_v1(predictions, cast(1.0, predictions.dtype), message="predictions must be in [0, 1]"),
    )
    with context.control_dependencies(inside):
        predictions, labels, weights = fitting(cast(predictions, dtypes.float32), cast(labels, dtypes.bool), weights)
        scores = raw_ops.Reshape(tensor=predictions, shape=[1, -1])
    yes = raw_ops.Reshape(tensor=labels, shape=[1, -1])
    no = raw_ops.LogicalNot(x=yes)
    above = raw_ops.Greater(x=scores, y=raw_ops.Reshape(tensor=convert(thresholds, dtypes.float32), shape=[-1, 1]))
    below = raw_ops.LogicalNot(x=above)
    if weights is not None:
        _, weights = weighted(predictions, weights)
        weights = raw_ops.Reshape(tensor=weights, shape=[1, -1])
    kinds = {"tp": (yes, above), "fn": (yes, below), "tn": (no, below), "fp": (no, above)}
    values, updates = {}, {}
    for kind in wanted:
        count = counter([len(thresholds)], dtypes.float32, _NAMES[kind])
        one, other = kinds[kind]
        found = cast(raw_ops.LogicalAnd(x=one, y=other), dtypes.float32)
        if weights is not None:
            found = raw_ops.Mul(x=found, y=weights)
        updates[kind] = count.assign_add(reduction.reduce_sum(found, 1))
        values[kind] = count
    return values, updates


def _at_thresholds(kind, labels, predictions, thresholds, weights, metrics_collections, updates_collections, name):
    begin(f"{_NAMES[kind]}_at_thresholds")
    with variable_scope(name, _NAMES[kind], (predictions, labels, weights)):
        values, updates = _counts(labels, predictions, thresholds, weights, (kind,))
        value = raw_ops.Identity(input=values[kind])
        return collected(value, updates[kind], metrics_collections, updates_collections)


def true_positives_at_thresholds(
    labels: TensorLike,
    predictions: TensorLike,
    thresholds,
    weights=None,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """For each threshold: the sum of the weights where the label is true and the prediction above it.

    Args:
      labels: a tensor, cast to bool.
      predictions: a tensor of floats from 0 to 1 of the same shape.
      thresholds: a list of numbers.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `labels`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op): vectors with a count for each threshold.

    Raises:
      RuntimeError: eager mode.
      ValueError: the shapes do not fit.
      InvalidArgumentError: a prediction is not from 0 to 1.
    """
    return _at_thresholds(
        "tp", labels, predictions, thresholds, weights, metrics_collections, updates_collections, name
    )


def true_negatives_at_thresholds(
    labels: TensorLike,
    predictions: TensorLike,
    thresholds,
    weights=None,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """For each threshold: the sum of the weights where the label is false and the prediction not above it.

    Args:
      labels: a tensor, cast to bool.
      predictions: a tensor of floats from 0 to 1 of the same shape.
      thresholds: a list of numbers.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `labels`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op): vectors with a count for each threshold.
    """
    return _at_thresholds(
        "tn", labels, predictions, thresholds, weights, metrics_collections, updates_collections, name
    )


def false_positives_at_thresholds(
    labels: TensorLike,
    predictions: TensorLike,
    thresholds,
    weights=None,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """For each threshold: the sum of the weights where the label is false and the prediction above it.

    Args:
      labels: a tensor, cast to bool.
      predictions: a tensor of floats from 0 to 1 of the same shape.
      thresholds: a list of numbers.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `labels`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op): vectors with a count for each threshold.
    """
    return _at_thresholds(
        "fp", labels, predictions, thresholds, weights, metrics_collections, updates_collections, name
    )


def false_negatives_at_thresholds(
    labels: TensorLike,
    predictions: TensorLike,
    thresholds,
    weights=None,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """For each threshold: the sum of the weights where the label is true and the prediction not above it.

    Args:
      labels: a tensor, cast to bool.
      predictions: a tensor of floats from 0 to 1 of the same shape.
      thresholds: a list of numbers.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `labels`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op): vectors with a count for each threshold.
    """
    return _at_thresholds(
        "fn", labels, predictions, thresholds, weights, metrics_collections, updates_collections, name
    )


def precision_at_thresholds(
    labels: TensorLike,
    predictions: TensorLike,
    thresholds,
    weights=None,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """For each threshold: the part of the predictions above it that are right.

    Args:
      labels: a tensor, cast to bool.
      predictions: a tensor of floats from 0 to 1 of the same shape.
      thresholds: a list of numbers.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `labels`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op): vectors with a number for each threshold.
    """
    begin("precision_at_thresholds")
    with variable_scope(name, "precision_at_thresholds", (predictions, labels, weights)):
        values, updates = _counts(labels, predictions, thresholds, weights, ("tp", "fp"))

        def part(of, name):
            return raw_ops.RealDiv(x=of["tp"], y=_sum(_EPSILON, of["tp"], of["fp"]), name="precision_" + name)

        return collected(part(values, "value"), part(updates, "update_op"), metrics_collections, updates_collections)


def recall_at_thresholds(
    labels: TensorLike,
    predictions: TensorLike,
    thresholds,
    weights=None,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """For each threshold: the part of the true labels whose predictions are above it.

    Args:
      labels: a tensor, cast to bool.
      predictions: a tensor of floats from 0 to 1 of the same shape.
      thresholds: a list of numbers.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `labels`.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op): vectors with a number for each threshold.
    """
    begin("recall_at_thresholds")
    with variable_scope(name, "recall_at_thresholds", (predictions, labels, weights)):
        values, updates = _counts(labels, predictions, thresholds, weights, ("tp", "fn"))

        def part(of, name):
            return raw_ops.RealDiv(x=of["tp"], y=_sum(_EPSILON, of["tp"], of["fn"]), name="recall_" + name)

        return collected(part(values, "value"), part(updates, "update_op"), metrics_collections, updates_collections)


def _sum(first, *others):
    for one in others:
        first = raw_ops.AddV2(x=first, y=one)
    return first


def _even(count):
    """So many thresholds from just below 0 to just above 1."""
    inner = [(i + 1) / (count - 1) for i in range(count - 2)]
    return [0.0 - _EPSILON, *inner, 1.0 + _EPSILON]


def auc(
    labels: TensorLike,
    predictions: TensorLike,
    weights=None,
    num_thresholds: int = 200,
    metrics_collections=None,
    updates_collections=None,
    curve: str = "ROC",
    name: str | None = None,
    summation_method: str = "trapezoidal",
    thresholds=None,
) -> tuple[Tensor, Tensor]:
    """The area under a curve over thresholds: that of right against wrong alarms, or of precision against recall.

    Args:
      labels: a tensor, cast to bool.
      predictions: a tensor of floats from 0 to 1 of the same shape.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `labels`.
      num_thresholds: how many thresholds stand for all; more of them make the area more exact.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      curve: "ROC" or "PR".
      name: the variable scope.
      summation_method: "trapezoidal", "minoring", "majoring", or, for "PR", "careful_interpolation".
      thresholds: a list of thresholds in place of even ones; just below 0 and just above 1 are added.

    Returns:
      (value, update_op): the area so far, and a tensor that adds a batch and gives the new one.

    Raises:
      RuntimeError: eager mode.
      ValueError: `curve` or `summation_method` is something else, or the shapes do not fit.
      InvalidArgumentError: a prediction is not from 0 to 1.

    >>> import ferroflow.compat.v1 as v1
    >>> with v1.Graph().as_default(), v1.Session() as session:
    ...     value, update = v1.metrics.auc(labels=[0, 0, 1, 1], predictions=[0.1, 0.4, 0.35, 0.8])
    ...     session.run(v1.local_variables_initializer())
    ...     print(round(float(session.run(update)), 4))
    0.75
    """
    begin("auc")
    with variable_scope(name, "auc", (labels, predictions, weights)):
        if curve not in ("ROC", "PR"):
            raise ValueError(f"Curve must be either ROC or PR. Curve {curve} is unknown.")
        if thresholds is None:
            edges = _even(num_thresholds)
        else:
            edges = [0.0 - _EPSILON, *sorted(thresholds), 1.0 + _EPSILON]
        values, updates = _counts(labels, predictions, edges, weights)
        area = _careful_area if (curve, summation_method) == ("PR", "careful_interpolation") else _area
        value = area(values, curve, summation_method, "value")
        update = area(updates, curve, summation_method, "update_op")
        return collected(value, update, metrics_collections, updates_collections)


def _area(of, curve, method, name):
    """The area under a curve, by strips between neighbouring thresholds."""
    hit = raw_ops.AddV2(x=of["tp"], y=_EPSILON)
    rate = raw_ops.RealDiv(x=hit, y=_sum(of["tp"], of["fn"], _EPSILON))
    if curve == "ROC":
        x, y = raw_ops.RealDiv(x=of["fp"], y=_sum(of["fp"], of["tn"], _EPSILON)), rate
    else:
        x, y = rate, raw_ops.RealDiv(x=hit, y=_sum(of["tp"], of["fp"], _EPSILON))
    width = raw_ops.Sub(x=x[:-1], y=x[1:])
    if method in ("trapezoidal", "careful_interpolation"):
        height = raw_ops.RealDiv(x=raw_ops.AddV2(x=y[:-1], y=y[1:]), y=2.0)
    elif method == "minoring":
        height = raw_ops.Minimum(x=y[:-1], y=y[1:])
    elif method == "majoring":
        height = raw_ops.Maximum(x=y[:-1], y=y[1:])
    else:
        raise ValueError(f"Invalid summation_method: {method}")
    return reduction.reduce_sum(raw_ops.Mul(x=width, y=height), name=name)


def _careful_area(of, curve, method, name):
    """The area under precision against recall, where true positives are a straight line between thresholds (Davis and
    Goadrich, 2006)."""
    tp, fp, fn = (raw_ops.Identity(input=of[kind]) for kind in ("tp", "fp", "fn"))
    positives = raw_ops.AddV2(x=tp, y=fp)
    more = raw_ops.Sub(x=tp[:-1], y=tp[1:])
    width = raw_ops.Maximum(x=raw_ops.Sub(x=positives[:-1], y=positives[1:]), y=0.0)
    slope = raw_ops.DivNoNan(x=more, y=width, name="prec_slope")
    start = raw_ops.Sub(x=tp[1:], y=raw_ops.Mul(x=slope, y=positives[1:]))
    some = raw_ops.LogicalAnd(x=raw_ops.Greater(x=positives[:-1], y=0.0), y=raw_ops.Greater(x=positives[1:], y=0.0))
    growth = raw_ops.DivNoNan(x=positives[:-1], y=raw_ops.Maximum(x=positives[1:], y=0.0), name="recall_relative_ratio")
    growth = raw_ops.Select(condition=some, x=growth, y=raw_ops.OnesLike(x=positives[1:]))
    inner = raw_ops.AddV2(x=more, y=raw_ops.Mul(x=start, y=raw_ops.Log(x=growth)))
    total = raw_ops.Maximum(x=raw_ops.AddV2(x=tp[1:], y=fn[1:]), y=0.0)
    strips = raw_ops.DivNoNan(x=raw_ops.Mul(x=slope, y=inner), y=total, name="pr_auc_increment")
    return reduction.reduce_sum(strips, name="interpolate_pr_auc")


def sensitivity_at_specificity(
    labels: TensorLike,
    predictions: TensorLike,
    specificity: float,
    weights=None,
    num_thresholds: int = 200,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The part of the true labels that is found at the threshold where the specificity is nearest to the one asked for.

    Args:
      labels: a tensor, cast to bool.
      predictions: a tensor of floats from 0 to 1 of the same shape.
      specificity: the part of the false labels that is to be recognised, from 0 to 1.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `labels`.
      num_thresholds: how many thresholds are tried.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op): scalars.

    Raises:
      RuntimeError: eager mode.
      ValueError: `specificity` is not from 0 to 1, or the shapes do not fit.
    """
    begin("sensitivity_at_specificity")
    if specificity < 0 or specificity > 1:
        raise ValueError(f"`specificity` must be in the range [0, 1]. Currently, `specificity` got {specificity}.")
    with variable_scope(name, "sensitivity_at_specificity", (predictions, labels, weights)):
        values, updates = _counts(labels, predictions, _even(num_thresholds), weights)

        def at(of, name):
            tp, fn, tn, fp = (raw_ops.Identity(input=of[kind]) for kind in ("tp", "fn", "tn", "fp"))
            found = raw_ops.RealDiv(x=tn, y=_sum(tn, fp, _EPSILON))
            nearest = raw_ops.ArgMin(input=raw_ops.Abs(x=raw_ops.Sub(x=found, y=specificity)), dimension=0)
            nearest = cast(nearest, dtypes.int32)
            return raw_ops.RealDiv(x=tp[nearest], y=_sum(tp[nearest], fn[nearest], _EPSILON), name=name)

        return collected(at(values, "value"), at(updates, "update_op"), metrics_collections, updates_collections)


def specificity_at_sensitivity(
    labels: TensorLike,
    predictions: TensorLike,
    sensitivity: float,
    weights=None,
    num_thresholds: int = 200,
    metrics_collections=None,
    updates_collections=None,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The part of the false labels that is recognised at the last threshold where the sensitivity is nearest to the one asked
    for.

    Args:
      labels: a tensor, cast to bool.
      predictions: a tensor of floats from 0 to 1 of the same shape.
      sensitivity: the part of the true labels that is to be found, from 0 to 1.
      weights: None for 1, a scalar, or a tensor that can be broadcast to `labels`.
      num_thresholds: how many thresholds are tried.
      metrics_collections: collections that the value is put into.
      updates_collections: collections that the update is put into.
      name: the variable scope.

    Returns:
      (value, update_op): scalars.

    Raises:
      RuntimeError: eager mode.
      ValueError: `sensitivity` is not from 0 to 1, or the shapes do not fit.
    """
    begin("specificity_at_sensitivity")
    if sensitivity < 0 or sensitivity > 1:
        raise ValueError(f"`sensitivity` must be in the range [0, 1]. Currently, `sensitivity` is {sensitivity}.")
    with variable_scope(name, "specificity_at_sensitivity", (predictions, labels, weights)):
        values, updates = _counts(labels, predictions, _even(num_thresholds), weights)

        def at(of, name):
            tp, fn, tn, fp = (raw_ops.Identity(input=of[kind]) for kind in ("tp", "fn", "tn", "fp"))
            apart = raw_ops.Abs(x=raw_ops.Sub(x=raw_ops.RealDiv(x=tp, y=_sum(tp, fn, _EPSILON)), y=sensitivity))
            nearest = cast(raw_ops.Equal(x=apart, y=reduction.reduce_min(apart)), dtypes.int64)
            last = cast(raw_ops.ArgMax(input=sequence.cumsum(nearest), dimension=0), dtypes.int32)
            return raw_ops.RealDiv(x=tn[last], y=_sum(tn[last], fp[last], _EPSILON), name=name)

        return collected(at(values, "value"), at(updates, "update_op"), metrics_collections, updates_collections)
