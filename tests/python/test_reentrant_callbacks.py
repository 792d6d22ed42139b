"""Python functions in graphs that call the API again - sessions, eager ops, traced functions - from several threads."""

import threading

import numpy as np
import pytest

import ferroflow as tf

v1 = tf.compat.v1
THREADS, ROUNDS, SECONDS = 8, 25, 60


def on_threads(work):
    """Calls `work(number)` on eight threads at once; their results. Fails if one of them hangs."""
    found, start = {}, threading.Barrier(THREADS)

    def run(number):
        start.wait()
        try:
            found[number] = work(number)
        except Exception as error:
            found[number] = error

    threads = [threading.Thread(target=run, args=(number,), daemon=True) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert not any(thread.is_alive() for thread in threads), "a thread hangs"
    errors = [one for one in found.values() if isinstance(one, Exception)]
    if errors:
        raise errors[0]
    return [found[number] for number in range(THREADS)]


@tf.function
def cube(x):
    return x * x * x


def nested_session(value):
    """Runs a session of a graph of its own."""
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [])
        return session.run(x * x * x, {x: value})


def eager_ops(value):
    x = tf.constant(value)
    return (x * x * x).numpy()


def traced_function(value):
    return cube(tf.constant(value)).numpy()


def gradient(value):
    """Differentiates: value^4 / 4."""
    x = tf.constant(value)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * x * x * x / 4.0
    return tape.gradient(y, x).numpy()


def nested_callback(value):
    """A callback within a callback."""
    x = tf.constant(value)
    return tf.py_function(lambda y: y * y * y, [x], tf.float32).numpy()


CALLBACKS = [nested_session, eager_ops, traced_function, gradient, nested_callback]


@pytest.mark.parametrize("callback", CALLBACKS, ids=lambda callback: callback.__name__)
@pytest.mark.parametrize("shared", [False, True], ids=["own sessions", "one session"])
def test_in_a_session(callback, shared):
    with tf.Graph().as_default() as graph:
        x = v1.placeholder(tf.float32, [])
        y = tf.py_function(lambda value: np.float32(callback(value.numpy())), [x], tf.float32) + 1.0
        one = v1.Session(graph=graph)

    def work(number):
        session = one if shared else v1.Session(graph=graph)
        return [float(session.run(y, {x: number + i})) for i in range(ROUNDS)]

    expected = [[float((number + i) ** 3 + 1) for i in range(ROUNDS)] for number in range(THREADS)]
    assert on_threads(work) == expected


@pytest.mark.parametrize("callback", CALLBACKS, ids=lambda callback: callback.__name__)
def test_in_a_traced_function(callback):
    @tf.function
    def through(x):
        return tf.py_function(lambda value: np.float32(callback(value.numpy())), [x], tf.float32) + 1.0

    def work(number):
        return [float(through(tf.constant(float(number + i)))) for i in range(ROUNDS)]

    expected = [[float((number + i) ** 3 + 1) for i in range(ROUNDS)] for number in range(THREADS)]
    assert on_threads(work) == expected


def test_the_same_session_from_inside():
    """A callback runs the session that waits for it."""
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [])
        inner = x * 2.0
        outer = tf.numpy_function(lambda value: session.run(inner, {x: value}) + np.float32(1), [x], tf.float32)
        assert on_threads(lambda number: [float(session.run(outer, {x: number})) for _ in range(ROUNDS)]) == [
            [2.0 * number + 1] * ROUNDS for number in range(THREADS)
        ]


def test_callbacks_and_queues():
    """Callbacks add to a queue from which other threads take."""
    with tf.Graph().as_default(), v1.Session() as session:
        queue = tf.queue.FIFOQueue(2, tf.float32, shapes=[[]])
        x = v1.placeholder(tf.float32, [])
        add = queue.enqueue(x)

        def callback(value):
            session.run(add, {x: value})
            return np.float32(0)

        called, taken = tf.numpy_function(callback, [x], tf.float32), queue.dequeue()

        def work(number):
            if number % 2:
                return [session.run(called, {x: i}) for i in range(ROUNDS)]
            return [float(session.run(taken)) for _ in range(ROUNDS)]

        found = on_threads(work)
        assert sorted(sum(found[::2], [])) == sorted(list(range(ROUNDS)) * (THREADS // 2))
