"""Python functions as ops: `numpy_function`, `py_func`, `py_function`, eagerly and in graphs."""

import gc
import traceback
import weakref

import numpy as np
import pytest

import ferroflow as tf

v1 = tf.compat.v1


def test_numpy_function_eagerly():
    assert tf.numpy_function(lambda x: x + 1, [np.float32(1)], tf.float32).numpy() == 2.0
    pair = tf.numpy_function(lambda x: (x, "a"), [1.0], [tf.float64, tf.string])
    assert [pair[0].dtype, pair[1].numpy()] == [tf.float64, b"a"]
    assert tf.numpy_function(lambda x: None, [1.0], []) is None
    with pytest.raises(TypeError):
        tf.numpy_function(3, [1.0], tf.int32)


def test_py_function_eagerly():
    seen = []
    double = tf.py_function(lambda x: seen.append(x) or x * 2.0, [np.float32(4)], tf.float32)
    assert double.numpy() == 8.0 and isinstance(seen[0], tf.Tensor)
    assert tf.py_function(lambda: 5, [], tf.float32).numpy() == 5.0
    assert tf.py_function(lambda x: None, [1.0], []) == []
    with pytest.raises(tf.errors.UnknownError, match="ZeroDivisionError: division by zero") as caught:
        tf.py_function(lambda x: 1 / 0, [1.0], tf.float32)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    x = tf.Variable(3.0)
    with tf.GradientTape() as tape:
        y = tf.py_function(lambda a: a * a, [x], tf.float32)
    assert tape.gradient(y, x).numpy() == 6.0


def test_in_a_graph():
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [2])
        y = v1.py_func(lambda a: a * 2, [x], tf.float32, name="f")
        (z,) = v1.py_func(lambda a: a * 3, [x], [tf.float32], stateful=False)
        nothing = v1.py_func(lambda a: None, [x], [])
        assert (y.name, y.op.type, z.op.type, nothing.type) == ("f:0", "PyFunc", "PyFuncStateless", "PyFunc")
        assert tf.gradients(y, x) == [None]
        two, three, none = session.run([y, z, nothing], {x: [1.0, 2.0]})
        assert two.tolist() == [2.0, 4.0] and three.tolist() == [3.0, 6.0] and none is None


def test_py_function_has_gradients_in_a_graph():
    calls = []

    def cube(a, n):
        calls.append(n.numpy())
        return a**3, n

    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [2])
        y, n = tf.py_function(cube, [x, 7], [tf.float32, tf.int32])
        (gradient,) = tf.gradients(y, x, grad_ys=tf.constant([1.0, 10.0]))
        for value in ([1.0, 2.0], [3.0, 4.0]):
            got, same, number = session.run([gradient, y, n], {x: value})
            assert got.tolist() == [3.0 * value[0] ** 2, 30.0 * value[1] ** 2]
            assert same.tolist() == [value[0] ** 3, value[1] ** 3] and number == 7
        assert calls == [7, 7]


@pytest.mark.parametrize(
    "value, dtype, message",
    [
        (np.float64(1), tf.int32, "0-th value returned by pyfunc_.* is double, but expects int32"),
        (1.5, tf.float32, "0-th value returned by pyfunc_.* is double, but expects float"),
        (3, tf.int32, "0-th value returned by pyfunc_.* is int64, but expects int32"),
        ([1.0, 2.0], tf.float64, "pyfunc_.* returns 2 values, but expects to see 1 values."),
    ],
)
def test_wrong_results_are_errors(value, dtype, message):
    with tf.Graph().as_default(), v1.Session() as session:
        y = tf.numpy_function(lambda: value, [], dtype)
        with pytest.raises(tf.errors.InvalidArgumentError, match=message):
            session.run(y)


def test_an_exception_is_the_cause_of_the_error_of_a_session():
    def fail(a):
        raise KeyError("mine")

    with tf.Graph().as_default(), v1.Session() as session:
        y = tf.py_function(fail, [1.0], tf.float32)
        with pytest.raises(tf.errors.UnknownError, match="KeyError: 'mine'") as caught:
            session.run(y)
        cause = caught.value.__cause__
        assert isinstance(cause, KeyError)
        assert any(frame.name == "fail" for frame in traceback.extract_tb(cause.__traceback__))
        assert session.run(tf.constant(1.0)) == 1.0


def test_a_function_may_use_sessions_and_eager_ops():
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [])
        square = x * x
        y = tf.numpy_function(lambda a: session.run(square, {x: a}) + np.float32(1), [x], tf.float32)
        assert session.run(y, {x: 3.0}) == 10.0


def test_functions_go_with_their_graph():
    class Function:
        def __call__(self, a):
            return a

    function = Function()
    gone = weakref.ref(function)
    graph = tf.Graph()
    with graph.as_default():
        tf.numpy_function(function, [1.0], tf.float32)
        tf.py_function(function, [1.0], tf.float32)
    del graph, function
    gc.collect()
    assert gone() is None


def test_the_gradient_of_a_loop_of_calls_repeats_none():
    log = []

    def square(v):
        log.append(float(v))
        return v * v

    @tf.function
    def f(x):
        for _ in tf.range(3):
            x = tf.ensure_shape(tf.py_function(square, [x], tf.float32), [])
        return x

    x = tf.constant(2.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    assert float(tape.gradient(y, x)) == 8 * 2.0**7
    assert log == [2.0, 4.0, 16.0]
