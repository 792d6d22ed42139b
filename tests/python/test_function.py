"""`tf.function` beyond what programs that run on TensorFlow too can show: speed's short way, warnings, threads, memory."""

import copy
import gc
import logging
import threading
import weakref

import numpy as np
import pytest

import ferroflow as tf

v1 = tf.compat.v1


def test_the_short_way_gives_what_the_general_way_gives():
    @tf.function
    def f(x, y, *, scale=1.0, flags=(True, None)):
        return {"sum": x + y * scale, "rest": (x, [y, None])}

    x, y, z = tf.constant([1.0, 2.0]), tf.constant([3.0, 4.0]), tf.constant([5.0, 6.0])
    for _ in range(3):
        for a, b in ((x, y), (y, x), (z, z)):
            found = f(a, y=b)
            assert found["sum"].numpy().tolist() == (a + b).numpy().tolist()
            assert found["rest"][0].numpy().tolist() == a.numpy().tolist()
            assert found["rest"][1][1] is None
    assert f(x, y, scale=2.0)["sum"].numpy().tolist() == [7.0, 10.0]
    assert f(x, y, scale=1.0)["sum"].numpy().tolist() == [4.0, 6.0]
    assert f(x, y, flags=(False, None))["sum"].numpy().tolist() == [4.0, 6.0]
    assert f.experimental_get_tracing_count() == 3


def test_a_change_of_dtype_or_shape_leaves_the_short_way():
    @tf.function
    def f(x):
        return tf.size(x) + tf.cast(tf.reduce_sum(x), tf.int32)

    for value in (1.0, 1, [1.0], [1, 2], [[1.0]], 1.0, [1.0]):
        assert int(f(tf.constant(value))) == np.size(value) + int(np.sum(value))
    assert f.experimental_get_tracing_count() == 5


def test_a_warning_names_the_argument_and_the_line(caplog):
    @tf.function
    def grow(x, step):
        return x + step

    with caplog.at_level(logging.WARNING, logger="ferroflow"):
        for step in range(7):
            grow(tf.constant(1), step)
    (first, *_) = caplog.messages
    assert "argument 'step' changed from the Python value 3 to the Python value 4" in first
    assert "test_function.py:" in first and "grow" in first
    assert len(caplog.messages) == 2


def test_no_warning_for_calls_that_share_traces(caplog):
    f = tf.function(lambda x: x + 1)
    with caplog.at_level(logging.WARNING, logger="ferroflow"):
        for number in range(50):
            f(tf.constant(float(number)))
    assert not caplog.messages


def test_functions_do_not_keep_objects_alive():
    class Model(tf.Module):
        def __init__(self):
            super().__init__()
            self.v = tf.Variable(1.0)

        @tf.function
        def __call__(self, x):
            return x * self.v

    model = Model()
    model(tf.constant(2.0))
    gone = weakref.ref(model)
    del model
    gc.collect()
    assert gone() is None

    class Key:
        pass

    f = tf.function(lambda key, x: x + 1)
    key = Key()
    f(key, 1)
    gone = weakref.ref(key)
    del key
    gc.collect()
    assert gone() is None
    assert int(f(Key(), 1)) == 2


def test_a_function_that_was_dropped_is_freed():
    f = tf.function(lambda x: x * tf.ones([1000]))
    f(tf.constant(2.0))
    graph = weakref.ref(f.get_concrete_function(tf.constant(2.0)).graph)
    del f
    gc.collect()
    assert graph() is None


def test_graphs_that_call_functions_are_freed():
    @tf.custom_gradient
    def tripled(x):
        return x * 2.0, lambda dy: dy * 3.0

    def build(local):
        called = tf.function(lambda x: local(x) + 1.0)
        with tf.Graph().as_default() as graph:
            x = tf.ones([10])
            y = called(x)
            del called
            gc.collect()
            [slope] = v1.gradients(y, x)
            assert [f.signature.name for f in graph.as_graph_def().library.function]
            with v1.Session() as session:
                slopes = session.run(slope).tolist()
        return slopes, weakref.ref(graph)

    for local, wanted in ((lambda x: x * 2.0, 2.0), (tripled, 3.0)):
        slopes, graph = build(local)
        assert slopes == [wanted] * 10
        gc.collect()
        assert graph() is None


def test_graphs_with_custom_gradients_are_freed():
    @tf.custom_gradient
    def tripled(x):
        return x * 2.0, lambda dy: dy * 3.0

    def build():
        with tf.Graph().as_default() as graph:
            x = tf.ones([])
            y = tf.cond(x > 0.0, lambda: tripled(x), lambda: x) + tripled(x)
            gc.collect()
            [slope] = v1.gradients(y, x)
            with v1.Session() as session:
                assert session.run(slope) == 6.0
        return weakref.ref(graph)

    gone = build()
    gc.collect()
    assert gone() is None


def test_functions_do_not_keep_the_graphs_that_they_were_traced_in():
    @tf.function
    def inner():
        return tf.constant(1.0)

    class Model:
        @tf.function
        def call(self):
            self.inner = inner.get_concrete_function()
            return self.inner()

    model = Model()
    model.call()
    concrete = model.inner
    around = weakref.ref(model.call.get_concrete_function().graph)
    assert around() is concrete.graph.outer_graph
    del model
    gc.collect()
    assert around() is None
    assert concrete.graph.outer_graph is v1.get_default_graph()
    assert float(concrete()) == float(inner()) == 1.0


def test_variables_as_arguments_are_not_kept_alive():
    @tf.function
    def double(x):
        return x * 2.0

    variable = tf.Variable([1.0, 2.0])
    assert double(variable).numpy().tolist() == [2.0, 4.0]
    dead = weakref.ref(variable)
    del variable
    gc.collect()
    assert dead() is None
    assert double(tf.Variable([3.0, 4.0])).numpy().tolist() == [6.0, 8.0]
    assert double.experimental_get_tracing_count() == 1


def test_calls_from_many_threads():
    v = tf.Variable(0)

    @tf.function
    def f(x):
        v.assign_add(1)
        return x * 2

    wrong = []

    def work(number):
        for i in range(50):
            x = tf.constant([number + i] * (1 + i % 3))
            if f(x).numpy().tolist() != [2 * (number + i)] * (1 + i % 3):
                wrong.append(i)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong and int(v) == 400
    assert f.experimental_get_tracing_count() == 3


def test_py_function_calls_functions_again_from_many_threads():
    @tf.function
    def inner(x):
        return x * x

    @tf.function
    def outer(x):
        return tf.py_function(lambda a: inner(a) + 1.0, [x], tf.float32)

    results = {}

    def work(number):
        results[number] = [float(outer(tf.constant(float(number)))) for _ in range(10)]

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert results == {n: [n * n + 1.0] * 10 for n in range(8)}


def test_recursion_without_end_is_an_error():
    @tf.function
    def f(x):
        return f(x)

    with pytest.raises(Exception, match="maximum recursion depth exceeded"):
        f(tf.constant(1))


def test_errors_keep_their_class_and_say_where():
    @tf.function
    def f(x):
        tf.debugging.assert_positive(x, message="too small")
        return x

    assert int(f(tf.constant(1))) == 1
    with pytest.raises(tf.errors.InvalidArgumentError, match="too small"):
        f(tf.constant(-1))
    with pytest.raises(TypeError, match="Python functions must return zero or more Tensors"):
        tf.function(lambda: object())()


def test_initial_values_need_a_call():
    class Box:
        v = None

    @tf.function
    def f(x):
        if Box.v is None:
            Box.v = tf.Variable(x * 2)
        return Box.v

    with pytest.raises(Exception, match="Unable to lift tensor"):
        f.get_concrete_function(tf.constant(1.0))


@pytest.fixture
def seeds():
    yield
    tf.random.set_seed(None)


def test_random_functions_draw_new_numbers_from_seeded_streams(seeds):
    @tf.function
    def f():
        return tf.random.uniform([3])

    tf.random.set_seed(3)
    first = [f().numpy().tolist() for _ in range(3)]
    assert len({tuple(one) for one in first}) == 3

    @tf.function
    def g():
        return tf.random.uniform([3])

    tf.random.set_seed(3)
    assert [g().numpy().tolist() for _ in range(3)] == first


def test_deep_copies_and_pickles_of_what_holds_functions():
    class Holder:
        def __init__(self):
            self.f = tf.function(_double)

    holder = Holder()
    assert float(holder.f(tf.constant(2.0))) == 4.0
    assert float(copy.deepcopy(holder).f(tf.constant(3.0))) == 6.0


def _double(x):
    return x * 2.0


def test_gradients_use_what_the_forward_function_computed():
    runs = []

    @tf.function
    def f(x):
        y = tf.numpy_function(lambda a: runs.append(1) or a, [x], tf.float32)
        y.set_shape([])
        return tf.exp(x) * tf.stop_gradient(y)

    x = tf.constant(1.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        z = f(x)
    assert float(tape.gradient(z, x)) == pytest.approx(float(np.exp(1.0)), rel=1e-6)
    assert len(runs) == 1
