"""Mistakes in conditionals, choices and loops are the errors that TensorFlow reports; fourth gradients are its numbers."""

import pytest
from programs import check

MODES = """
def modes(function, *args):
    show(lambda: tf.nest.map_structure(lambda one: one.numpy(), function(*map(tf.constant, args))))
    show(lambda: tf.nest.map_structure(lambda one: one.numpy(), tf.function(function)(*map(tf.constant, args))))

    def session():
        with tf.Graph().as_default(), v1.Session() as sess:
            fed = [v1.placeholder(tf.constant(one).dtype, np.shape(one)) for one in args]
            return sess.run(function(*fed), dict(zip(fed, args)))

    with tf.Graph().as_default():
        show(session)
"""

CHOICES = """
for branches in (
    [lambda: 1.0, lambda: (1.0,)], [lambda: 1.0, lambda: 1], [lambda: [1.0], lambda: (1.0,)], [lambda: None, lambda: 1.0],
    {0: lambda: 1.0, 2: lambda: 2.0}, [], [(0, lambda: 1.0), (0, lambda: 2.0)], [1, 2], {"a": lambda: 1.0},
):
    with tf.Graph().as_default():
        show(lambda: tf.switch_case(v1.placeholder(tf.int32, []), branches))
for index in (np.int64(1), 1.0):
    modes(lambda i: tf.switch_case(i, [lambda: 1.0, lambda: 2.0]), index)
"""

CONDITIONS = """
modes(lambda x: tf.cond(x > 0, lambda: x, lambda: x), [1.0])
with tf.Graph().as_default(), v1.Session() as sess:
    x = v1.placeholder(tf.float32, [2])
    show(lambda: sess.run(tf.cond(x > 0, lambda: x, lambda: x), {x: [1.0, -2.0]}))
show(lambda: tf.cond(None, lambda: 1, lambda: 1))
modes(lambda x: tf.case([(x > 0, lambda: 1.0)]), 2.0)
"""

LIMITS = """
for limit in (0, -1, 2.5, "a"):
    modes(lambda x: tf.while_loop(lambda i: i < 9.0, lambda i: [i + 1], [x], maximum_iterations=limit), 1.0)
for limit in (2, None):
    modes(lambda x: v1.while_loop(lambda i: i < 9.0, lambda i: [i + 1], [x], maximum_iterations=limit), 1.0)
    modes(lambda x: v1.while_loop(lambda i: i < 9.0, lambda i: i + 1, [x], maximum_iterations=limit), 1.0)
for limit in (2, -3):
    modes(lambda x, most: tf.while_loop(lambda i: i < 9.0, lambda i: [i + 1], [x], maximum_iterations=most), 1.0, limit)
modes(lambda x: v1.while_loop(lambda i: i < 0.0, lambda i: i + 1, [x]), 1.0)
"""

INVARIANTS = """
def loop(x, invariants):
    return tf.while_loop(
        lambda i, a: i < 3, lambda i, a: (i + 1, tf.concat([a, a], 0)), (0, x), shape_invariants=invariants
    )

none = tf.TensorShape([])
for invariants in (
    (none, tf.TensorShape([None])), [none, tf.TensorShape([None])], (none, tf.TensorShape([2])), (none, tf.TensorShape(None)),
    (none,), ([], [None]), (None, None), (none, None), 3, (tf.TensorSpec([], tf.int32), tf.TensorSpec([None], tf.float32)),
):
    modes(lambda x: loop(x, invariants), [1.0, 2.0])
"""

FOURTH = """
def rounds(x):
    def inner(a):
        return tf.while_loop(lambda j, b: j < 2, lambda j, b: (j + 1, b * x), (0, a))[1]

    return tf.while_loop(
        lambda i, a: i < 2, lambda i, a: (i + 1, tf.cond(a > 1.0, lambda: a * x, lambda: inner(a))), (0, x)
    )[1]

def fourth(x):
    y = rounds(x)
    for _ in range(4):
        y = tf.gradients(y, x)[0]
    return y

show(lambda: tf.function(fourth)(tf.constant(1.25)))
"""

NESTS = """
import collections, types

for one in (collections.ChainMap({"b": 1, "a": 2}), collections.UserDict(b=1, a=2), collections.OrderedDict(b=1, a=2)):
    show(lambda: repr(tf.nest.map_structure(lambda v: v + 1, one)))

def mapped_proxy():
    try:
        tf.nest.map_structure(lambda v: v + 1, types.MappingProxyType({"a": 1}))
    except TypeError as error:
        return str(error).partition("Cause")[0]

show(mapped_proxy)
show(lambda: tf.GradientTape().stop_recording().__enter__())
"""


ARRAYS = """
x = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]
for size in (2, 3):
    shapes = []

    @tf.function
    def stacked(x):
        found = tf.TensorArray(tf.float32, size).unstack(x).stack()
        shapes.append(found.shape.as_list())
        return found

    show(lambda: stacked(tf.constant(x)))
    show(lambda: shapes)
"""

TEXTS = {
    "choices": CHOICES, "conditions": CONDITIONS, "limits": LIMITS, "invariants": INVARIANTS, "fourth": FOURTH, "nests": NESTS,
    "arrays": ARRAYS,
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_shows_what_tensorflow_shows(name):
    check(MODES + TEXTS[name])
