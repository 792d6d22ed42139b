"""Sessions and functions together under stress: each program runs on eight threads, many times, and may not hang."""

import faulthandler
import sys
import threading
import time

import numpy as np
import pytest

import ferroflow as tf

v1 = tf.compat.v1
THREADS, ROUNDS, SECONDS = 8, 20, 60


def on_threads(work, threads=THREADS):
    """Calls `work(number)` on threads at once; their results. If one hangs, all stacks are printed and it fails."""
    found, start = {}, threading.Barrier(threads)

    def run(number):
        start.wait()
        try:
            found[number] = work(number)
        except Exception as error:
            found[number] = error

    made = [
        threading.Thread(target=run, args=(number,), daemon=True, name=f"work {number}") for number in range(threads)
    ]
    for thread in made:
        thread.start()
    end = time.monotonic() + SECONDS
    for thread in made:
        thread.join(max(0.0, end - time.monotonic()))
    hanging = [thread.name for thread in made if thread.is_alive()]
    if hanging:
        faulthandler.dump_traceback(sys.__stderr__, all_threads=True)
        pytest.fail(f"hangs: {hanging}")
    errors = [one for one in found.values() if isinstance(one, Exception)]
    if errors:
        raise errors[0]
    return [found[number] for number in range(threads)]


def test_the_time_out_prints_stacks(monkeypatch, capfd):
    monkeypatch.setattr(sys.modules[__name__], "SECONDS", 0.2)
    release = threading.Event()
    with pytest.raises(pytest.fail.Exception, match="hangs"):
        on_threads(lambda number: release.wait(20))
    release.set()


def test_functions_over_session_variables():
    """A traced function reads and changes variables of a graph; runs on threads add up."""
    with tf.Graph().as_default() as graph:
        total = v1.get_variable("total", [], initializer=v1.zeros_initializer(), use_resource=True)
        traces = []

        @tf.function
        def add(x):
            traces.append(x)
            if x > 100.0:
                return total.assign_add(1.0)
            return total.assign_add(x)

        x = v1.placeholder(tf.float32, [])
        y = add(x)
        z = add(x * 0.0 + 200.0)
        start = v1.global_variables_initializer()
    assert len(traces) == 1
    with v1.Session(graph=graph) as session, v1.Session(graph=graph) as other:
        session.run(start)
        other.run(start)
        on_threads(lambda number: [session.run([y, z], {x: number}) for _ in range(ROUNDS)])
        assert session.run(total) == ROUNDS * (sum(range(THREADS)) + THREADS)
        assert other.run(total) == 0


def test_feeds_into_functions():
    """What is fed counts inside of functions: their captures, their results, and tensors in between."""
    with tf.Graph().as_default() as graph:
        outside = tf.constant(2.0) * 3.0

        @tf.function
        def scale(x):
            total = x * 0.0
            for _ in tf.range(tf.cast(x, tf.int32)):
                total += outside
            return total, outside * x

        x = v1.placeholder_with_default(3.0, [])
        total, product = scale(x)
        result = total + product
    with v1.Session(graph=graph) as session:

        def work(number):
            return [
                [
                    float(session.run(result)),
                    float(session.run(result, {x: number})),
                    float(session.run(result, {outside: number})),
                    float(session.run(result, {total: number, x: 1.0})),
                ]
                for _ in range(ROUNDS)
            ]

        for number, found in enumerate(on_threads(work)):
            assert found == [[36.0, 12.0 * number, 6.0 * number, number + 6.0]] * ROUNDS


def test_wrapped_functions_and_their_parts():
    """A wrapped function keeps its variables; pruned parts of it share them."""

    def body(x):
        v = v1.get_variable("v", [], initializer=v1.constant_initializer(1.0), use_resource=True)
        tf.identity(v.read_value(), name="before")
        update = tf.identity(v.assign_add(x), name="update")
        return tf.multiply(update, 2.0, name="twice")

    wrapped = v1.wrap_function(body, [tf.TensorSpec([], tf.float32, "x")])
    (x,) = [one for one in wrapped.inputs if one.dtype == tf.float32]
    part = wrapped.prune(x, wrapped.graph.get_tensor_by_name("update:0"))
    no_change = wrapped.prune([], wrapped.graph.get_tensor_by_name("before:0"))
    (variable,) = wrapped.variables
    found = on_threads(lambda number: [float((wrapped if i % 2 else part)(tf.constant(1.0))) for i in range(ROUNDS)])
    assert float(variable) == float(no_change()) == 1.0 + THREADS * ROUNDS
    seen = [value / (1 + i % 2) for each in found for i, value in enumerate(each)]
    assert sorted(seen) == list(range(2, 2 + THREADS * ROUNDS))


def test_queues_that_wait_within_one_run():
    """One run adds more than fits and takes it again, with functions on both sides; threads share the queue."""
    with tf.Graph().as_default() as graph:
        queue = tf.queue.FIFOQueue(1, tf.float32, shapes=[[]])
        x = v1.placeholder(tf.float32, [])

        @tf.function
        def put(value):
            queue.enqueue(value)
            queue.enqueue(value + 0.5)
            queue.enqueue(value + 0.25)
            return value

        @tf.function
        def take():
            return queue.dequeue() + queue.dequeue() + queue.dequeue()

        added, taken = put(x), take()
    with v1.Session(graph=graph) as session:
        found = on_threads(lambda number: [float(session.run([added, taken], {x: number})[1]) for _ in range(ROUNDS)])
        assert sum(map(sum, found)) == ROUNDS * sum(3 * number + 0.75 for number in range(THREADS))
        assert session.run(queue.size()) == 0


@tf.function
def power(x, n):
    result = tf.ones_like(x)
    for _ in tf.range(n):
        result *= x
    return result


def inner_session(value):
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [])
        return session.run(power(x, tf.constant(3)), {x: value})


def inner_gradient(value):
    x = tf.Variable(value)
    with tf.GradientTape() as tape:
        y = power(x, tf.constant(4)) / 4.0
    return tape.gradient(y, x).numpy()


def inner_trace(value):
    """Traces a new function, which calls Python again."""

    @tf.function
    def cube(x):
        return tf.py_function(lambda y: power(y, tf.constant(3)), [x], tf.float32)

    return cube(tf.constant(value)).numpy()


def inner_queue(value):
    with tf.Graph().as_default(), v1.Session() as session:
        queue = tf.queue.FIFOQueue(1, tf.float32, shapes=[[]])
        added = queue.enqueue_many(tf.fill([3], value))
        return session.run([added, queue.dequeue() * queue.dequeue() * queue.dequeue()])[1]


def inner_loop(value):
    """A loop in a session whose body calls Python."""
    with tf.Graph().as_default(), v1.Session() as session:

        def step(i, x):
            return i + 1, tf.numpy_function(lambda y: np.float32(y * value), [x], tf.float32)

        return session.run(
            tf.while_loop(
                lambda i, x: i < 3, step, [0, 1.0], shape_invariants=[tf.TensorShape([]), tf.TensorShape(None)]
            )[1]
        )


def inner_dataset(value):
    product = tf.constant(1.0)
    for one in (
        tf.data.Dataset.from_tensors(value).repeat(3).map(lambda x: tf.numpy_function(lambda y: y, [x], tf.float32))
    ):
        product *= one
    return product.numpy()


INNER = [inner_session, inner_gradient, inner_trace, inner_queue, inner_loop, inner_dataset]


def test_python_that_calls_all_of_the_api_again():
    """Callbacks of one session and of one traced function, from eight threads, each of another kind in each round."""

    def callback(kind, value):
        return np.float32(INNER[int(kind) % len(INNER)](float(value)))

    with tf.Graph().as_default() as graph:
        kind, x = v1.placeholder(tf.int32, []), v1.placeholder(tf.float32, [])
        y = tf.py_function(callback, [kind, x], tf.float32) + 1.0

    @tf.function
    def traced(kind, x):
        if x < 0.0:
            return -x
        return tf.py_function(callback, [kind, x], tf.float32) + 1.0

    with v1.Session(graph=graph) as session:

        def work(number):
            found = []
            for i in range(len(INNER)):
                value = float((number + i) % 5)
                found.append(float(session.run(y, {kind: number + i, x: value})) - value**3)
                found.append(float(traced(tf.constant(number + i), tf.constant(value))) - value**3)
            return found

        assert on_threads(work) == [[1.0] * 2 * len(INNER)] * THREADS


def test_errors_of_inner_runs_reach_the_outer_ones():
    """An error in a run within a callback ends the outer run, and those of other threads go on."""

    def callback(value):
        with tf.Graph().as_default(), v1.Session() as session:
            x = v1.placeholder(tf.int32, [])
            return np.float32(session.run(12 // x, {x: int(value)}))

    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [])
        y = tf.numpy_function(callback, [x], tf.float32)

        def work(number):
            found = []
            for i in range(ROUNDS):
                try:
                    found.append(float(session.run(y, {x: (number + i) % 4})))
                except tf.errors.UnknownError as error:
                    found.append("InvalidArgumentError: Integer division by zero" in str(error))
            return found

        values = [True, 12.0, 6.0, 4.0]
        expected = [[values[(number + i) % 4] for i in range(ROUNDS)] for number in range(THREADS)]
        assert on_threads(work) == expected


class Counter:
    def __init__(self):
        self.made, self.traces = [], []

    @tf.function
    def count(self, x):
        self.traces.append(x.shape)
        if not self.made:
            self.made.append(tf.Variable(0.0))
        self.made[0].assign_add(tf.reduce_sum(x))
        return self.made[0].read_value()


def test_tracing_on_many_threads():
    """Threads that call a function first at the same time share its traces and its variables."""
    for _ in range(10):
        counter = Counter()
        on_threads(lambda number, count=counter.count: [count(tf.ones([1 + number % 2])) for _ in range(ROUNDS)])
        assert len(counter.made) == 1
        assert float(counter.made[0]) == ROUNDS * THREADS * 1.5
        assert counter.count.experimental_get_tracing_count() == len(counter.traces) <= 3
