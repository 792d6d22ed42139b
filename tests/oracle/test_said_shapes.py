"""Shapes that a program says of values, and that are wrong: what runs goes by the values' own shapes, as in TensorFlow."""

import numpy as np
import pytest
import tensorflow

import ferroflow

TRUE = np.arange(12, dtype=np.float32).reshape(3, 4) / 8 - 0.5
WEIGHTS = np.linspace(-1, 1, 8, dtype=np.float32).reshape(4, 2)
SAID = [(2, 4), (5, 4), (6, 4)]


def from_python(tf, said):
    x = tf.numpy_function(lambda: TRUE, [], tf.float32)
    x.set_shape(said)
    return x


def from_mask(tf, said):
    x = tf.boolean_mask(tf.constant(np.repeat(TRUE, 2, 0)), tf.constant([True, False] * 3))
    x.set_shape(said)
    return x


def from_branch(tf, said):
    yes = tf.numpy_function(lambda: True, [], tf.bool)
    yes.set_shape([])
    x = tf.cond(yes, lambda: tf.numpy_function(lambda: TRUE, [], tf.float32), lambda: tf.zeros([3, 4]))
    x.set_shape(said)
    return x


def from_loop(tf, said):
    def grow(i, x):
        return i + 1, tf.concat([x, tf.gather(TRUE, [i])], 0)

    start = tf.zeros([0, 4])
    _, x = tf.while_loop(lambda i, x: i < 3, grow, [0, start], [tf.TensorShape([]), tf.TensorShape([None, 4])])
    x.set_shape(said)
    return x


SOURCES = [from_python, from_mask, from_branch, from_loop]


def chain(tf, x):
    return tf.exp(x * 2 + 1) - tf.reduce_max(x)


def product(tf, x):
    return tf.nn.relu(tf.matmul(x, WEIGHTS) + [0.5, -0.5])


def sums(tf, x):
    return tf.reduce_sum(x * x, 0), tf.reduce_mean(x, 1), tf.reduce_sum(x)


def joined(tf, x):
    return tf.concat([x, x + 1], 0), tf.transpose(x), tf.nn.softmax(x)


def with_true(tf, x):
    return x + tf.identity(tf.numpy_function(lambda: TRUE, [], tf.float32))


def picked(tf, x):
    return x[0], x[-1], tf.gather(x, [0, 2]), tf.reshape(x, [-1])


def normalised(tf, x):
    mean = tf.reduce_mean(x, -1, keepdims=True)
    variance = tf.reduce_mean(tf.math.squared_difference(x, mean), -1, keepdims=True)
    return (x - mean) * tf.math.rsqrt(variance + 1e-3)


def gradient(tf, x):
    w = tf.constant(WEIGHTS)
    return tf.gradients(tf.tanh(tf.matmul(x, w)), w)


def repeated(tf, x):
    total = tf.while_loop(lambda i, s: i < 4, lambda i, s: (i + 1, s * 0.5 + tf.reduce_sum(x, 0)), [0, tf.zeros([4])])
    return total[1]


def carried(tf, x):
    invariants = [tf.TensorShape([]), tf.TensorShape([None, 4])]
    return tf.while_loop(lambda i, s: i < 4, lambda i, s: (i + 1, s * 0.5 + 1), [0, x], invariants)[1]


USES = [chain, product, sums, joined, with_true, picked, normalised, gradient, repeated, carried]


def outcome(tf, program):
    """The values of two runs, or the class of the error."""
    try:
        return [[np.asarray(t) for t in tf.nest.flatten(program())] for _ in range(2)]
    except Exception as e:
        return type(e).__name__


def compare(program):
    """Runs a program on both: the same values, or errors of the same class."""
    want, got = outcome(tensorflow, lambda: program(tensorflow)), outcome(ferroflow, lambda: program(ferroflow))
    if isinstance(want, str) or isinstance(got, str):
        assert got == want
        return
    for a, b in zip(want, got, strict=True):
        for x, y in zip(a, b, strict=True):
            assert x.shape == y.shape
            np.testing.assert_allclose(y, x, rtol=2e-6, atol=2e-6)


@pytest.mark.parametrize("said", SAID, ids=str)
@pytest.mark.parametrize("use", USES, ids=lambda f: f.__name__)
@pytest.mark.parametrize("source", SOURCES, ids=lambda f: f.__name__)
def test_in_a_function(source, use, said):
    made = {}

    def program(tf):
        if tf not in made:
            made[tf] = tf.function(lambda: use(tf, source(tf, said)))
        return made[tf]()

    compare(program)


@pytest.mark.parametrize("use", USES, ids=lambda f: f.__name__)
@pytest.mark.parametrize("resource", [False, True], ids=["reference", "resource"])
def test_of_a_variable_that_was_given_another_shape(resource, use):
    def program(tf):
        v1 = tf.compat.v1
        with tf.Graph().as_default():
            v = v1.Variable(tf.zeros([2, 4]), use_resource=resource, validate_shape=not resource)
            new = v1.placeholder(tf.float32, [None, 4])
            assign = v1.assign(v, new, validate_shape=False)
            y = use(tf, v.read_value() if resource else v)
            with v1.Session() as s:
                s.run(v1.global_variables_initializer())
                first = s.run(y)
                s.run(assign, {new: TRUE})
                return [*tf.nest.flatten(first), *tf.nest.flatten(s.run(y))]

    compare(program)


@pytest.mark.parametrize("said", SAID, ids=str)
def test_in_a_session(said):
    def program(tf):
        v1 = tf.compat.v1
        with tf.Graph().as_default():
            fed = v1.placeholder(tf.float32)
            x = tf.identity(fed)
            x.set_shape(said)
            y = [f(tf, x) for f in (chain, product, sums, joined, normalised)]
            with v1.Session() as s:
                both = [s.run(y, {fed: TRUE}), s.run(y, {fed: np.concatenate([TRUE, TRUE])}), s.run(y, {fed: TRUE})]
                return tf.nest.flatten(both)

    compare(program)


@pytest.mark.parametrize("said", SAID, ids=str)
def test_in_a_dataset(said):
    def program(tf):
        def change(_):
            x = from_python(tf, said)
            return x * 2, tf.reduce_sum(x, 0)

        return [list(pair) for pair in tf.data.Dataset.range(2).map(change)]

    compare(program)
