"""TensorFlow 1's metrics show the same values, updates, names and errors as TensorFlow's, batch by batch."""

import pytest
from programs import check

HEAD = """
rng = np.random.RandomState(0)
batches = [([0, 1, 1, 0, 1], [.1, .9, .4, .6, .8], [1, 0, 2, .5, 1]), ([1, 1, 0, 0, 0], [.2, .7, .3, .45, 0], [2, 1, 1, 1, 3])]
def names(g):
    return sorted([v.name, v.dtype.base_dtype.name, v.shape.as_list()] for v in v1.get_collection("metric_variables"))
def follow(make, feeds):
    with v1.Graph().as_default() as g, v1.Session() as s:
        holders = [v1.placeholder(np.asarray(one).dtype, np.shape(one)) for one in feeds[0]]
        value, update = make(*holders)
        show([value.name, update.name])
        show(names(g))
        show([one.name for one in v1.local_variables()] == [one.name for one in v1.get_collection("metric_variables")])
        s.run(v1.local_variables_initializer())
        show(s.run(value))
        for feed in feeds:
            given = dict(zip(holders, feed))
            show(np.round(np.float64(s.run(update, given)), 5))
            show(np.round(np.float64(s.run(value)), 5))
m = v1.metrics
f = lambda one: np.asarray(one, np.float32)
scores = [(f(y), f(p), f(w)) for y, p, w in batches]
answers = [(np.int64(y), np.int64(f(p) > .5), f(w)) for y, p, w in batches]
"""

MEANS = """
for name in "mean_absolute_error mean_squared_error root_mean_squared_error".split():
    follow(lambda y, p, w: getattr(m, name)(y, p), scores)
    follow(lambda y, p, w: getattr(m, name)(y, p, w, name="mine"), scores)
for feed in (answers, scores):
    follow(lambda y, p, w: m.accuracy(y, p), feed)
    follow(lambda y, p, w: m.accuracy(y, p, weights=w), feed)
follow(lambda y, p, w: m.accuracy(tf.cast(y, tf.int32), p[:, None]), answers)
follow(lambda y, p, w: m.accuracy(y[:, None], p, w), answers)
follow(lambda y, p, w: m.mean(p), scores)
follow(lambda y, p, w: m.mean(p, .5), scores)
follow(lambda y, p, w: m.mean(p, w), scores)
follow(lambda y, p, w: m.mean(tf.reshape(p, [5, 1]), w), scores)
follow(lambda y, p, w: m.mean(tf.stack([p, p]), w[None]), scores)
follow(lambda y, p, w: m.mean(y), answers)
follow(lambda y, p, w: m.mean_tensor(p), scores)
follow(lambda y, p, w: m.mean_tensor(p, w), scores)
follow(lambda y, p, w: m.percentage_below(p, .5), scores)
follow(lambda y, p, w: m.percentage_below(p, .5, w), scores)
follow(lambda y, p, w: m.mean_relative_error(y, p, y), scores)
follow(lambda y, p, w: m.mean_relative_error(y, p, p, w), scores)
follow(lambda y, p, w: m.mean_cosine_distance(y[None], p[None], 1), scores)
follow(lambda y, p, w: m.mean_cosine_distance(tf.reshape(y, [5, 1]), tf.reshape(p, [5, 1]), 1, w[:, None]), scores)
"""

COUNTS = """
for name in "true_positives true_negatives false_positives false_negatives precision recall".split():
    follow(lambda y, p, w: getattr(m, name)(y, p), answers)
    follow(lambda y, p, w: getattr(m, name)(y, p, w), answers)
    follow(lambda y, p, w: getattr(m, name)(y > 0, p[:, None], 2., name="mine"), answers)
    follow(lambda y, p, w: getattr(m, name + "_at_thresholds")(y, p, [0., .25, .5, .8]), scores)
    follow(lambda y, p, w: getattr(m, name + "_at_thresholds")(y > 0, p, [.5, .1], w), scores)
"""

CURVES = """
for curve in ("ROC", "PR"):
    for method in ("trapezoidal", "minoring", "majoring", "careful_interpolation"):
        follow(lambda y, p, w: m.auc(y, p, curve=curve, summation_method=method), scores)
        follow(lambda y, p, w: m.auc(y, p, w, 12, curve=curve, summation_method=method, name="mine"), scores)
follow(lambda y, p, w: m.auc(y, p, thresholds=[.5, .3]), scores)
for at in (0., .3, .5, .9, 1.):
    follow(lambda y, p, w: m.sensitivity_at_specificity(y, p, at), scores)
    follow(lambda y, p, w: m.specificity_at_sensitivity(y, p, at, w, 21), scores)
follow(lambda y, p, w: m.mean_iou(y, p, 2), answers)
follow(lambda y, p, w: m.mean_iou(y, p, 4, w), answers)
follow(lambda y, p, w: m.mean_iou(tf.reshape(y, [5, 1]), tf.reshape(p, [5, 1]), 3, name="mine"), answers)
follow(lambda y, p, w: m.mean_per_class_accuracy(y, p, 3), answers)
follow(lambda y, p, w: m.mean_per_class_accuracy(y, p, 2, w), answers)
"""

ODD = """
with v1.Graph().as_default() as g, v1.Session() as s:
    unknown = v1.placeholder(tf.float32)
    weights = v1.placeholder(tf.float32)
    value, update = m.mean(unknown, weights)
    right, more = m.accuracy(unknown, unknown, weights)
    s.run(v1.local_variables_initializer())
    for x, w in (([1., 2.], [1., 3.]), ([[1.], [2.]], [1., 1.]), (3., 2.), ([1., 2.], 2.), ([1.], [[4.]])):
        show(s.run([update, more], {unknown: x, weights: w}))
        show(s.run(value))
    value, update = m.mean([1., 2.], metrics_collections=["a", "b"], updates_collections=["c"])
    show([v1.get_collection(one) == [value] for one in "ab"] + [v1.get_collection("c") == [update]])
    with v1.variable_scope("outer"):
        show([one.name for one in m.accuracy([1, 2], [1, 2])])
        show([one.name for one in m.accuracy([1, 2], [1, 2])])
    show(sorted(v.name for v in v1.local_variables()))
    show(lambda: m.mean([[1., 2.]], [1., 2., 3.]))
    show(lambda: m.mean([[1., 2.], [3., 4.]], [[1., 2., 3.]]))
    for shape in ([2, 2], [3], [1, 3], [2, 1, 1]):
        w = v1.placeholder(tf.float32, shape)
        show(lambda: v1.losses.absolute_difference(tf.zeros([2, 3]), tf.zeros([2, 3]), w).shape)
    show(lambda: m.accuracy([1, 2], [1, 2, 3]))
    show(lambda: m.mean_iou(tf.constant([1, 2]), tf.constant([1, 2, 3]), 3))
    show(lambda: m.auc([1, 0], [.5, .5], curve="X"))
    show(lambda: m.auc([1, 0], [.5, .5], summation_method="X"))
    show(lambda: m.sensitivity_at_specificity([1, 0], [.5, .5], 2.))
    show(lambda: m.specificity_at_sensitivity([1, 0], [.5, .5], -1.))
    out = v1.placeholder(tf.float32, [2])
    area, more = m.auc([1, 0], out)
    s.run(v1.local_variables_initializer())
    show(lambda: s.run(more, {out: [.5, 2.]}))
    show(lambda: s.run(more, {out: [.5, -1.]}))
for name in "accuracy mean auc precision mean_iou mean_tensor true_positives percentage_below".split():
    show(lambda: getattr(m, name)([1.], [1.]))
"""


@pytest.mark.parametrize("text", [MEANS, COUNTS, CURVES, ODD], ids=["means", "counts", "curves", "odd"])
def test_metrics(text):
    check(HEAD + text)


CONFUSION = """
matrix = tf.math.confusion_matrix
for labels, found in (([0, 5], [0, 1]), ([0, 1], [0, 5]), ([0, -1], [0, 1]), ([0, 1], [0, -1]), ([0, 2], [0, 1]), ([], [])):
    show(lambda: matrix(labels, found, num_classes=3))
show(lambda: matrix([0, -1], [0, 1]))
for weights in (2, [2, 3], [2, 3, 4]):
    show(lambda: matrix([0, 1], [0, 1], num_classes=3, weights=weights))
def in_graph(labels, found):
    with tf.Graph().as_default(), v1.Session() as s:
        return s.run(matrix(tf.constant(labels), v1.placeholder_with_default(found, [None]), num_classes=3))
show(lambda: in_graph([0, 1], [0, 2]))
show(lambda: in_graph([0, 1], [0, 2, 1]))
"""


def test_confusion():
    check(CONFUSION)


def test_classes_out_of_bounds_are_refused_in_graphs():
    """TensorFlow's text names its own operations."""
    import ferroflow as tf

    v1 = tf.compat.v1
    for found, text in (([0, 3], "`predictions` out of bound"), ([-1, 0], "`predictions` contains negative values")):
        with tf.Graph().as_default(), v1.Session() as session:
            given = v1.placeholder(tf.int32, [None])
            made = tf.math.confusion_matrix(tf.constant([0, 1]), given, num_classes=3)
            with pytest.raises(tf.errors.InvalidArgumentError, match=text):
                session.run(made, {given: found})
