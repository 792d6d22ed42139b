"""Conditionals, loops, maps, folds and tensor arrays, eagerly and in sessions."""

import numpy as np
import pytest

import ferroflow as tf


def eagerly(build, **values):
    return tf.nest.map_structure(lambda x: x.numpy(), build(**{k: tf.constant(v) for k, v in values.items()}))


def in_session(build, **values):
    with tf.Graph().as_default():
        inputs = {
            name: tf.placeholder(tf.constant(value).dtype, np.shape(value), name) for name, value in values.items()
        }
        built = build(**inputs)
        with tf.Session() as session:
            return session.run(built, {inputs[name]: value for name, value in values.items()})


def in_function(build, **values):
    function = tf.function(build)
    return tf.nest.map_structure(lambda x: x.numpy(), function(**{k: tf.constant(v) for k, v in values.items()}))


MODES = [eagerly, in_session, in_function]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("x,wanted", [(3, 30), (-3, 3)])
def test_one_branch_of_a_conditional_is_the_result(mode, x, wanted):
    assert mode(lambda x: tf.cond(x > 0, lambda: x * 10, lambda: -x), x=x) == wanted


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("i,wanted", [(0, 10), (1, 11), (2, 12), (9, 12), (-4, 12)])
def test_a_number_out_of_range_takes_the_last_branch(mode, i, wanted):
    fns = [lambda: tf.constant(10), lambda: tf.constant(11), lambda: tf.constant(12)]
    assert mode(lambda i: tf.switch_case(i, fns), i=i) == wanted


@pytest.mark.parametrize("mode", MODES)
def test_a_loop_sums(mode):
    def build(n):
        return tf.while_loop(lambda i, s: i < n, lambda i, s: (i + 1, s + i * i), (0, 0))[1]

    assert mode(build, n=5) == sum(i * i for i in range(5))
    assert mode(build, n=0) == 0


@pytest.mark.parametrize("mode", MODES)
def test_a_loop_ends_after_the_maximum(mode):
    assert (
        mode(lambda x: tf.while_loop(lambda v: v < 1000, lambda v: (v * 2,), (x,), maximum_iterations=4)[0], x=3) == 48
    )


@pytest.mark.parametrize("mode", MODES)
def test_loops_nest_in_branches_in_loops(mode):
    def build(n):
        def body(i, s):
            even = tf.cond(
                tf.equal(i % 2, 0), lambda: tf.while_loop(lambda j: j < i, lambda j: (j + 3,), (0,))[0], lambda: i * 100
            )
            return i + 1, s + even

        return tf.while_loop(lambda i, s: i < n, body, (0, 0))[1]

    def plain(n):
        total = 0
        for i in range(n):
            j = 0
            while i % 2 == 0 and j < i:
                j += 3
            total += j if i % 2 == 0 else i * 100
        return total

    assert mode(build, n=7) == plain(7)


@pytest.mark.parametrize("mode", MODES)
def test_maps_and_folds(mode):
    def build(x):
        return {
            "map": tf.map_fn(lambda v: v * v, x),
            "vectorized": tf.vectorized_map(lambda v: v + 1.0, x),
            "scan": tf.scan(lambda a, v: a * 2.0 + v, x),
            "back": tf.scan(lambda a, v: a * 2.0 + v, x, reverse=True),
            "left": tf.foldl(lambda a, v: a - v, x),
            "right": tf.foldr(lambda a, v: a - v, x),
        }

    found = mode(build, x=np.array([1.0, 2.0, 4.0], np.float32))
    wanted = {
        "map": [1, 4, 16],
        "vectorized": [2, 3, 5],
        "scan": [1, 4, 12],
        "back": [21, 10, 4],
        "left": -5,
        "right": 1,
    }
    for name, value in wanted.items():
        np.testing.assert_array_equal(found[name], value)


@pytest.mark.parametrize("mode", MODES)
def test_arrays_are_written_and_read(mode):
    def build(x):
        array = tf.TensorArray(tf.float32, size=0, dynamic_size=True, clear_after_read=False)
        array = array.write(0, x).write(2, x * 2.0)
        return array.stack(), array.read(2), array.size(), array.gather([2, 0]), array.concat()

    stacked, second, size, gathered, joined = mode(build, x=np.array([1.0, 2.0], np.float32))
    np.testing.assert_array_equal(stacked, [[1, 2], [0, 0], [2, 4]])
    np.testing.assert_array_equal(second, [2, 4])
    assert size == 3
    np.testing.assert_array_equal(gathered, [[2, 4], [1, 2]])
    np.testing.assert_array_equal(joined, [1, 2, 0, 0, 2, 4])


@pytest.mark.parametrize("mode", MODES)
def test_arrays_are_variables_of_loops(mode):
    def build(x):
        def body(i, array):
            return i + 1, array.write(i, x[i] * 2.0)

        return tf.while_loop(lambda i, _: i < 3, body, (0, tf.TensorArray(tf.float32, 3)))[1].stack()

    np.testing.assert_array_equal(mode(build, x=np.array([1.0, 2.0, 3.0], np.float32)), [2, 4, 6])


def test_structures_of_branches_must_agree_in_a_graph():
    with tf.Graph().as_default():
        p = tf.placeholder(tf.bool, [])
        with pytest.raises(TypeError, match="must have the same number, type, and overall structure"):
            tf.cond(p, lambda: (p, p), lambda: [p, p])
        with pytest.raises(TypeError, match="have different types"):
            tf.cond(p, lambda: 1, lambda: 1.0)
        with pytest.raises(TypeError, match="pred must not be a Python bool"):
            tf.cond(True, lambda: p, lambda: p)


def test_a_shape_that_changes_in_a_loop_is_an_error_in_a_graph():
    with tf.Graph().as_default(), pytest.raises(ValueError, match=r"shape \(1,\), but has shape \(2,\)"):
        tf.while_loop(lambda x: True, lambda x: (tf.concat([x, x], 0),), (tf.constant([1]),))


def test_the_static_shape_of_a_stacked_array_is_known_after_a_loop():
    with tf.Graph().as_default():
        x = tf.placeholder(tf.float32, [5, 3])
        assert tf.map_fn(lambda row: row * 2.0, x).shape == [5, 3]
        assert tf.scan(lambda a, row: a + row, x).shape == [5, 3]


def test_operations_of_a_branch_run_only_with_it():
    with tf.Graph().as_default():
        v = tf.compat.v1.get_variable("v", initializer=1.0, use_resource=True)
        p = tf.placeholder(tf.bool, [])
        step = tf.cond(p, lambda: v.assign_add(5.0).op, lambda: tf.no_op())
        with tf.Session() as session:
            session.run(tf.global_variables_initializer())
            session.run(step, {p: False})
            assert session.run(v) == 1.0
            session.run(step, {p: True})
            assert session.run(v) == 6.0


@pytest.mark.parametrize(
    "call,error,text",
    [
        (lambda: tf.TensorArray(tf.float32), ValueError, "Size must be declared"),
        (lambda: tf.TensorArray(tf.float32, 1).write(1, 1.0), tf.errors.OutOfRangeError, "not resizeable"),
        (lambda: tf.TensorArray(tf.float32, 1).read(1), tf.errors.OutOfRangeError, "array size is: 1"),
        (
            lambda: tf.TensorArray(tf.float32, 1).write(0, tf.constant(1)),
            tf.errors.InvalidArgumentError,
            "dtype is float32",
        ),
        (lambda: tf.TensorArray(tf.float32, 2).write(0, 1.0).write(1, [1.0]), ValueError, "Incompatible shape"),
        (lambda: tf.while_loop(1, lambda i: i, [0]), TypeError, "'cond' must be callable"),
        (lambda: tf.switch_case(tf.constant(0), {}), ValueError, "at least one item"),
        (lambda: tf.case([(True, lambda: 1)]), TypeError, "pred must be a Tensor"),
        (lambda: tf.map_fn(lambda x: x, tf.constant(1)), ValueError, "1\\+ dimensional"),
    ],
)
def test_mistakes_have_clear_errors(call, error, text):
    with pytest.raises(error, match=text):
        call()
