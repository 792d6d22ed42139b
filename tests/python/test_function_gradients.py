"""Gradients within, through and across functions: tapes in bodies, Jacobians, forward derivatives, custom gradients."""

import threading
import time

import numpy as np
import pytest

import ferroflow as tf

v1 = tf.compat.v1


def test_a_tape_in_a_function_records_what_a_tape_would():
    @tf.function
    def f(x):
        with tf.GradientTape(persistent=True) as tape:
            y = x * x
            tape.watch(x)
            z = y * x
            with tape.stop_recording():
                w = z * x
            u = w * x
        return tape.gradient(z, x), tape.gradient(u, x), tape.gradient(y, x), tape.gradient(w, x)

    z, u, y, w = f(tf.constant(2.0))
    assert (float(z), float(u), y, w) == (4.0, 16.0, None, None)


@pytest.mark.parametrize("wrap", [lambda f: f, tf.function], ids=["eager", "function"])
def test_jacobians(wrap):
    v = tf.Variable([2.0, 3.0])

    def f(x):
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            y = x * x * v
            z = tf.reduce_sum(y, axis=1)
            column = z[:, None]
        return tape.jacobian(y, x), tape.batch_jacobian(y, x), tape.jacobian(z, v), tape.batch_jacobian(column, x)

    x = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], np.float32)
    full, batch, by_v, rows = wrap(f)(tf.constant(x))
    want = np.zeros([3, 2, 3, 2], np.float32)
    for i in range(3):
        for j in range(2):
            want[i, j, i, j] = 2 * x[i, j] * [2.0, 3.0][j]
    assert full.numpy().tolist() == want.tolist()
    assert batch.numpy().tolist() == [want[i, :, i].tolist() for i in range(3)]
    assert by_v.numpy().tolist() == (x * x).tolist()
    assert rows.numpy().tolist() == (2 * x * [2.0, 3.0])[:, None].tolist()


@pytest.mark.parametrize("use_pfor", [True, False])
def test_jacobians_of_empty_targets_of_unknown_size(use_pfor):
    @tf.function(input_signature=[tf.TensorSpec(None, tf.float32), tf.TensorSpec([None], tf.float32)])
    def f(x, z):
        with tf.GradientTape(persistent=True) as tape:
            tape.watch([x, z])
            y = x * x
        return tape.jacobian(y, [x, z], unconnected_gradients="zero", experimental_use_pfor=use_pfor)

    @tf.function(input_signature=[tf.TensorSpec([None, None], tf.float32)])
    def by_batch(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = x * x
        return tape.batch_jacobian(y, x, experimental_use_pfor=use_pfor)

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
    def hessian(x):
        return tf.hessians(tf.reduce_sum(x**3), x)[0]

    for shape in ([0], [3, 0], [0, 3]):
        by_x, by_z = f(tf.zeros(shape), tf.zeros([4]))
        assert (by_x.shape, by_z.shape) == (shape * 2, [*shape, 4])
    assert f(tf.constant([1.0, 2.0]), tf.zeros([1]))[0].numpy().tolist() == [[2.0, 0.0], [0.0, 4.0]]
    for rows, columns in ((2, 0), (0, 2), (0, 0)):
        assert by_batch(tf.zeros([rows, columns])).shape == [rows, columns, columns]
    assert hessian(tf.zeros([0])).shape == [0, 0]
    assert hessian(tf.ones([2])).numpy().tolist() == [[6.0, 0.0], [0.0, 6.0]]


def test_wrong_batch_jacobians():
    x = tf.ones([2, 3])
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = tf.reduce_sum(x, axis=0)
        z = tf.concat([x, x], axis=0)
    with pytest.raises(ValueError, match="must have rank at least 2"):
        tape.batch_jacobian(y, x)
    with pytest.raises(ValueError, match="Need first dimension of target shape"):
        tape.batch_jacobian(z, x)
    zeros = tape.batch_jacobian(tf.ones([2, 2]), x)
    assert zeros.numpy().tolist() == np.zeros([2, 2, 3]).tolist()


@pytest.mark.parametrize("wrap", [lambda f: f, tf.function], ids=["eager", "function"])
def test_forward_derivatives(wrap):
    v = tf.Variable([1.0, 2.0])

    def f(x, t):
        with tf.autodiff.ForwardAccumulator(x, t) as forward:
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = tf.reduce_sum(x**3 * v)
            gradient = tape.gradient(y, x)
        return forward.jvp(y), forward.jvp(gradient), forward.jvp(x), forward.jvp(v, unconnected_gradients="zero")

    along, second, same, none = wrap(f)(tf.constant([2.0, 3.0]), tf.constant([1.0, -1.0]))
    assert float(along) == 12.0 - 54.0
    assert second.numpy().tolist() == [12.0, -36.0]
    assert (same.numpy().tolist(), none.numpy().tolist()) == ([1.0, -1.0], [0.0, 0.0])


def test_forward_derivatives_by_variables_and_of_each_other():
    v = tf.Variable([2.0, 3.0])
    with tf.autodiff.ForwardAccumulator(v, tf.constant([1.0, -1.0])) as outer:
        with tf.autodiff.ForwardAccumulator(v, tf.constant([1.0, -1.0])) as inner:
            y = v * v * v
        first = inner.jvp(y)
    assert first.numpy().tolist() == [12.0, -27.0]
    assert outer.jvp(first).numpy().tolist() == [12.0, 18.0]
    x = tf.ones([2])
    with pytest.raises(ValueError, match="specified as a primal multiple times"):
        tf.autodiff.ForwardAccumulator([x, x], [x, x])


@pytest.mark.parametrize("wrap", [lambda f: f, tf.function], ids=["eager", "function"])
def test_custom_gradients_with_variables(wrap):
    v = tf.Variable([1.0, 2.0])

    @tf.custom_gradient
    def f(x):
        scale = v[1]

        def gradient(dy, variables=None):
            assert variables is None or [one is v for one in variables] == [True]
            return dy * 100.0, [tf.ones([2]) * 7.0]

        return x * scale, gradient

    x = tf.constant(3.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = wrap(f)(x) * 2.0
    by_x, by_v = tape.gradient(y, [x, v])
    assert (float(y), float(by_x), by_v.numpy().tolist()) == (12.0, 200.0, [7.0, 7.0])


@pytest.mark.parametrize("wrap", [lambda f: f, tf.function], ids=["eager", "function"])
def test_recomputed_gradients_reach_variables(wrap):
    v = tf.Variable(2.0)
    f = wrap(tf.recompute_grad(lambda x: x * x * v))
    x = tf.constant(3.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    assert [float(g) for g in tape.gradient(y, [x, v])] == [12.0, 9.0]


def test_gradient_checker():
    theory, numbers = tf.test.compute_gradient(lambda x, y: x * x * y, [[1.0, 2.0], tf.constant([3.0, 4.0])])
    assert theory[0].tolist() == [[6.0, 0.0], [0.0, 16.0]]
    assert np.allclose(numbers[1], [[1.0, 0.0], [0.0, 4.0]], atol=1e-3)
    theory, numbers = tf.test.compute_gradient(lambda x: x * 1j, [np.array([1.0 + 2j])])
    assert theory[0].tolist() == [[0.0, -1.0], [1.0, 0.0]] and np.allclose(theory[0], numbers[0])
    with pytest.raises(ValueError, match="must be a list"):
        tf.test.compute_gradient(lambda x: x, 1.0)
    with pytest.raises(AssertionError, match="unsupported type int32 of argument 0"):
        tf.test.compute_gradient(lambda x: x, [1])
    with tf.Graph().as_default(), v1.Session():
        x = tf.constant([1.0, 2.0])
        y = x * x * x
        found = v1.test.compute_gradient(x, [2], y, [2], x_init_value=np.array([1.0, 2.0]))
        assert found[0].tolist() == [[3.0, 0.0], [0.0, 12.0]]
        assert v1.test.compute_gradient_error(x, [2], y, [2]) < 1e-2


def test_wrapped_functions():
    def fn(x):
        w = v1.get_variable("w", [], initializer=v1.ones_initializer())
        return {"y": x * w + 1.0, "z": w.assign_add(1.0)}

    wrapped = v1.wrap_function(fn, [tf.TensorSpec([], tf.float32)])
    assert float(wrapped(tf.constant(3.0))["y"]) == 4.0
    assert float(wrapped(tf.constant(3.0))["y"]) == 7.0
    assert [v.name for v in wrapped.variables] == ["w:0"]
    product = next(op for op in wrapped.graph.get_operations() if op.type == "Mul").outputs[0]
    pruned = wrapped.prune(wrapped.inputs[0], product)
    assert float(pruned(tf.constant(5.0))) == 15.0
    assert float(pruned(tf.constant(5.0))) == 15.0


def test_functions_in_graphs_and_sessions():
    with tf.Graph().as_default(), v1.Session() as session:
        w = v1.get_variable("w", [], initializer=v1.ones_initializer())
        p = v1.placeholder(tf.float32, [])

        @tf.function
        def f(x):
            return w.assign_add(x) * 2.0

        y = f(p)
        session.run(v1.global_variables_initializer())
        assert y.op.type == "StatefulPartitionedCall"
        assert [float(session.run(y, {p: 3.0})), float(session.run(w))] == [8.0, 4.0]
        assert [float(one) for one in session.run([y, p], {p: 1.0})] == [10.0, 1.0]


def test_gradients_through_functions_that_call_functions():
    v = tf.Variable([1.0, 2.0])

    @tf.function
    def inner(x):
        return x * x * v[0]

    @tf.function
    def plain(x):
        return inner(x) * x

    @tf.function
    def derivatives(x):
        with tf.GradientTape() as second:
            second.watch(x)
            with tf.GradientTape() as first:
                first.watch(x)
                y = inner(x) * x
            d = first.gradient(y, x)
        return d, second.gradient(d, x)

    x = tf.constant(2.0)
    for f, by_x, by_v in ((plain, 12.0, 8.0), (derivatives, 18.0, 24.0)):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        found = tape.gradient(y, [x, v])
        assert (float(found[0]), found[1].numpy().tolist()) == (by_x, [by_v, 0.0])


def test_gradients_of_loops_and_branches_in_functions():
    @tf.function
    def power(x, n):
        y = tf.constant(1.0)
        while n > 0:
            y = y * x
            n = n - 1
        if y > 0.0:
            y = y * x
        return y

    x = tf.constant(2.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = power(x, tf.constant(4))
    assert (float(y), float(tape.gradient(y, x))) == (32.0, 80.0)
    with tf.GradientTape() as second:
        second.watch(x)
        with tf.GradientTape() as first:
            first.watch(x)
            y = power(x, tf.constant(4))
        slope = first.gradient(y, x)
    # x^5, its slope and its curvature.
    assert (float(slope), float(second.gradient(slope, x))) == (80.0, 160.0)


def test_gradients_of_loops_over_partly_known_shapes():
    w = tf.Variable([[0.5, -0.25], [0.125, 1.0]])
    x = np.linspace(-1, 1, 12, dtype=np.float32).reshape(3, 2, 2)

    def loss(x):
        h = tf.zeros([tf.shape(x)[1], 2])
        states = tf.TensorArray(tf.float32, size=tf.shape(x)[0])
        for t in tf.range(tf.shape(x)[0]):
            h = tf.tanh(x[t] + h @ w)
            states = states.write(t, h)
        return tf.reduce_sum(states.stack() ** 2)

    @tf.function(input_signature=[tf.TensorSpec([None, None, 2])])
    def gradient(x):
        with tf.GradientTape() as tape:
            y = loss(x)
        return tape.gradient(y, w)

    with tf.GradientTape() as tape:
        y = loss(tf.constant(x))
    np.testing.assert_allclose(gradient(x), tape.gradient(y, w), rtol=1e-6)


def test_threads_build_gradients_that_python_defines_one_at_a_time():
    """Effects of a gradient function belong to the gradient that it was called for, however many threads ask at once."""
    calls = tf.Variable(0.0)

    @tf.custom_gradient
    def cube(x):
        def gradient(dy):
            time.sleep(0.02)
            calls.assign_add(1.0)
            tf.debugging.assert_greater(dy, 0.0)
            time.sleep(0.02)
            return 3.0 * dy * x * x

        return x * x * x, gradient

    @tf.function
    def f(x, y):
        return cube(x) * y

    f(tf.constant(1.0), tf.constant(1.0))
    barrier, found = threading.Barrier(4), {}

    def work(i):
        x, y = tf.constant(2.0 + i), tf.constant(5.0)
        watched = [x] if i % 2 else [x, y]
        barrier.wait()
        with tf.GradientTape() as tape:
            tape.watch(watched)
            result = f(x, y)
        found[i] = [float(g) for g in tape.gradient(result, watched)]

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {0: [60.0, 8.0], 1: [135.0], 2: [240.0, 64.0], 3: [375.0]}
    assert calls.numpy() == 4.0
