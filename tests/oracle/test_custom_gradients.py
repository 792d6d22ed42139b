"""Gradients that Python defines, in functions, loops, branches and maps, on every way to take them, are TensorFlow's."""

import functools

import numpy as np
import pytest
import tensorflow

import ferroflow
import ferroflow.compat.v1

AT = 0.7


def _odd(tf):
    """A gradient that reads the result and the argument, and is not the derivative."""

    @tf.custom_gradient
    def odd(x):
        y = tf.sin(x)
        return y, lambda dy: dy * (2.0 * y + x * x)

    return odd


def _nested(tf):
    """A gradient with a gradient of its own, which closes over an outer argument."""

    @tf.custom_gradient
    def cube(x):
        @tf.custom_gradient
        def first(z):
            return 3.0 * z * z, lambda dy: dy * 7.0 * z

        return x * x * x, lambda dy: dy * first(x)

    return cube


def _recomputed(tf):
    return tf.recompute_grad(lambda x: tf.sin(x) * x)


def _python(tf):
    def cube(x):
        y = tf.py_function(lambda v: v * v * v, [x], tf.float32)
        y.set_shape(x.shape)
        return y

    return cube


def _while(tf, f):
    return lambda x: tf.while_loop(lambda i, a: i < 3, lambda i, a: (i + 1, f(a) * 1.5 + x), [0, x])[1]


def _for(tf, f):
    @tf.function
    def g(x):
        a = x
        for step in tf.range(3):
            a = f(a) + tf.cast(step, tf.float32)
        return a

    return g


def _map(tf, f):
    return lambda x: tf.reduce_sum(tf.map_fn(f, tf.stack([x, 2.0 * x, x * x])))


def _cond(tf, f):
    return lambda x: tf.cond(x > 0.5, lambda: f(x) * 2.0, lambda: x)


def _call(tf, f):
    g = tf.function(f)
    return lambda x: g(x) + x


def _twice(tf, f):
    g = tf.function(f)
    return lambda x: g(g(x) * 0.5) + g(x)


def _loop_in_branch(tf, f):
    return _cond(tf, _while(tf, f))


def _taken(tf, h, x, order, persistent=False):
    with tf.GradientTape(persistent=persistent) as outer:
        outer.watch(x)
        y = h(x)
        if order == 2:
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = h(x)
            y = inner.gradient(y, x)
    return outer.gradient(y, x)


def _eagerly(tf, g, order):
    return _taken(tf, g, tf.constant(AT), order)


def _around(tf, g, order):
    return _taken(tf, tf.function(g), tf.constant(AT), order)


def _within(tf, g, order):
    return tf.function(lambda x: _taken(tf, g, x, order))(tf.constant(AT))


def _around_and_within(tf, g, order):
    first = tf.function(lambda x: _taken(tf, g, x, 1))
    return first(tf.constant(AT)) if order == 1 else _taken(tf, first, tf.constant(AT), 1)


def _again(tf, g, order):
    h, x = tf.function(g), tf.constant(AT)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = h(x)
        if order == 2:
            y = tape.gradient(y, x)
    return tape.gradient(y, x)


def _in_graph(tf, g, order):
    with tf.Graph().as_default():
        x = tf.constant(AT)
        y = g(x)
        for _ in range(order):
            (y,) = tf.gradients(y, x)
        with tf.compat.v1.Session() as session:
            return session.run(y)


def _function_in_graph(tf, g, order):
    return _in_graph(tf, tf.function(g), order)


FUNCTIONS = {"odd": _odd, "nested": _nested, "recomputed": _recomputed, "python": _python}
# What TensorFlow is asked where its own second derivative is an error or wrong: the same function without the feature.
PLAIN = {"recomputed": lambda tf: lambda x: tf.sin(x) * x, "python": lambda tf: lambda x: x * x * x}
AROUND = [lambda tf, f: f, _while, _for, _map, _cond, _call, _twice, _loop_in_branch]
WAYS = [_eagerly, _around, _within, _around_and_within, _again, _in_graph, _function_in_graph]


def _want(name, around, order):
    """TensorFlow's derivative: of the first way in which it has one, else of what functions do when they run eagerly."""
    make = PLAIN.get(name, FUNCTIONS[name])
    for way in WAYS:
        try:
            found = way(tensorflow, around(tensorflow, make(tensorflow)), order)
        except Exception:  # what TensorFlow cannot do is no matter here
            continue
        if found is not None:
            return float(found)
    tensorflow.config.run_functions_eagerly(True)
    try:
        return float(_eagerly(tensorflow, around(tensorflow, make(tensorflow)), order))
    finally:
        tensorflow.config.run_functions_eagerly(False)


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("around", AROUND, ids=lambda f: f.__name__.strip("_<>"))
@pytest.mark.parametrize("name", FUNCTIONS)
def test_derivatives_are_the_same_on_every_way(name, around, order):
    want = _want(name, around, order)
    for way in WAYS:
        have = way(ferroflow, around(ferroflow, FUNCTIONS[name](ferroflow)), order)
        np.testing.assert_allclose(float(have), want, rtol=2e-5, err_msg=way.__name__)


def _late_tensor(tf, v):
    large = tf.fill([200], 2.0)

    @tf.custom_gradient
    def f(x):
        return x * 2.0, lambda dy: dy * tf.reduce_sum(large)

    return f


def _late_variable(tf, v):
    @tf.custom_gradient
    def f(x):
        return x * 2.0, lambda dy: dy * v.read_value()

    return f


def _its_variable(tf, v):
    @tf.custom_gradient
    def f(x):
        return x * v, lambda dy, variables=None: (dy * x, [dy * 10.0])

    return f


@pytest.mark.parametrize("around", [_while, _map, _call, _cond], ids=lambda f: f.__name__)
@pytest.mark.parametrize("make", [_late_tensor, _late_variable, _its_variable], ids=lambda f: f.__name__)
def test_what_only_the_gradient_reads(make, around):
    def taken(tf, call):
        v, x = tf.Variable(3.0), tf.constant(AT)
        g = call(around(tf, make(tf, v)))
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = g(x)
        return [float(one) for one in tape.gradient(y, [x, v], unconnected_gradients="zero")]

    want = taken(tensorflow, lambda g: g)  # TensorFlow refuses some of these in a function
    assert taken(ferroflow, lambda g: g) == pytest.approx(want, rel=1e-5)
    assert taken(ferroflow, ferroflow.function) == pytest.approx(want, rel=1e-5)


def test_a_gradient_that_reads_a_tensor_around_the_loop():
    def taken(tf):
        def g(x):
            z = x * 3.0

            @tf.custom_gradient
            def f(a):
                return a * 1.0, lambda dy: dy * z

            y = tf.while_loop(lambda i, a: i < 3, lambda i, a: (i + 1, f(a) * 2.0), [0, x])[1]
            return y + tf.cond(x > 0.0, lambda: f(x), lambda: x)

        return g

    want = _in_graph(tensorflow, taken(tensorflow), 1)
    for way in WAYS:
        np.testing.assert_allclose(float(way(ferroflow, taken(ferroflow), 1)), want, rtol=1e-5, err_msg=way.__name__)


def _by_attribute(tf, k):
    holder = type("Holder", (), {})()
    holder.k = k
    return lambda dy: dy * holder.k


def _by_method(tf, k):
    class Scale(tf.Module):
        def scaled(self, dy):
            return dy * self.parts["k"][0]

    scale = Scale()
    scale.parts = {"k": [k], 1: 2.0}
    return scale.scaled


def _by_partial(tf, k):
    return functools.partial(lambda k, dy: dy * k, k)


def _by_default(tf, k):
    return lambda dy, k=k: dy * k


def _by_odd_containers(tf, k):
    around, mixed = [k], {1: 2.0, "a": k}
    around.append(around)
    return lambda dy: dy * around[0] * mixed[1] * mixed["a"]


@pytest.mark.parametrize("make", [_by_attribute, _by_method, _by_partial, _by_default, _by_odd_containers])
def test_ways_to_read_a_tensor_around_the_loop(make):
    def taken(tf):
        def g(x):
            k = x * 1.5

            @tf.custom_gradient
            def f(a):
                return a * 1.0, make(tf, k)

            return tf.while_loop(lambda i, a: i < 2, lambda i, a: (i + 1, f(a)), [0, x])[1]

        return g

    want = _in_graph(tensorflow, taken(tensorflow), 1)
    for way in WAYS:
        np.testing.assert_allclose(float(way(ferroflow, taken(ferroflow), 1)), want, rtol=1e-5, err_msg=way.__name__)
