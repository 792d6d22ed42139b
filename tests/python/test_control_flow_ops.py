"""Control flow ops over functions of the library: eager and in a graph."""

import numpy as np
import pytest

import ferroflow as tf
from ferroflow import raw_ops
from ferroflow.framework import func_graph


def function(fn, *specs):
    return func_graph.trace(fn, [tf.TensorSpec(shape, dtype) for shape, dtype in specs])


SCALARS = (((), tf.int32), ((), tf.float32))


def run_loop(op, n):
    cond = function(lambda i, x: tf.less(i, n), *SCALARS)
    body = function(lambda i, x: (i + 1, x * 1.5), *SCALARS)
    return op(input=[tf.constant(0), tf.constant(1.0)], cond=cond, body=body)


@pytest.mark.parametrize("op", [raw_ops.While, raw_ops.StatelessWhile])
def test_eager_loop(op):
    i, x = run_loop(op, 7)
    assert int(i) == 7
    assert float(x) == np.float32(1.5**7)


@pytest.mark.parametrize("op", [raw_ops.If, raw_ops.StatelessIf])
def test_eager_branches(op):
    double = function(lambda x: x + x, ((None,), tf.float32))
    square = function(lambda x: x * x, ((None,), tf.float32))
    for cond, want in [(True, [6.0]), (False, [9.0]), (0.0, [9.0]), ("a", [6.0]), (np.zeros(0), [9.0])]:
        out = op(cond=cond, input=[tf.constant([3.0])], Tout=[tf.float32], then_branch=double, else_branch=square)
        np.testing.assert_array_equal(out[0].numpy(), want)
    for index, want in [(0, [6.0]), (1, [9.0]), (5, [9.0]), (-2, [9.0])]:
        case = raw_ops.Case if op is raw_ops.If else raw_ops.StatelessCase
        out = case(branch_index=index, input=[tf.constant([3.0])], Tout=[tf.float32], branches=[double, square])
        np.testing.assert_array_equal(out[0].numpy(), want)


def test_branch_shapes_are_merged():
    with tf.Graph().as_default():
        two = function(lambda x: tf.zeros([2, 3]), ((), tf.float32))
        one = function(lambda x: tf.ones([2, 1]), ((), tf.float32))
        x = tf.compat.v1.placeholder(tf.float32, [])
        out = raw_ops.If(cond=x, input=[x], Tout=[tf.float32], then_branch=two, else_branch=one)
        assert out[0].shape.as_list() == [2, None]
        declared = raw_ops.If(
            cond=x, input=[x], Tout=[tf.float32], then_branch=two, else_branch=two, output_shapes=[[2, None]]
        )
        assert declared[0].shape.as_list() == [2, 3]


def test_effects_of_a_body_run_each_round():
    v = tf.Variable(0.0)
    spec = (((), tf.int32), ((), tf.resource))
    cond = function(lambda i, h: tf.less(i, 5), *spec)

    def step(i, h):
        raw_ops.AssignAddVariableOp(resource=h, value=2.0)
        return i + 1, h

    body = function(step, *spec)
    raw_ops.While(input=[tf.constant(0), v.handle], cond=cond, body=body)
    assert float(v) == 10.0


def derivatives(fn, at):
    """Value, first and second derivative of a function of a scalar, by nested tapes."""
    x = tf.constant(at)
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = fn(x)
        first = inner.gradient(y, x)
    return float(y), float(first), float(outer.gradient(first, x))


FLOAT = ((), tf.float64)


def loop(x):
    """x^(2^3) by three squarings in a While."""
    spec = (((), tf.int32), FLOAT)
    cond = function(lambda i, y: tf.less(i, 3), *spec)
    body = function(lambda i, y: (i + 1, y * y), *spec)
    return raw_ops.While(input=[tf.constant(0), x], cond=cond, body=body)[1]


def branches(x):
    cube = function(lambda x: x * x * x, FLOAT)
    exp = function(lambda x: tf.exp(x), FLOAT)
    return raw_ops.If(cond=x > 1.0, input=[x], Tout=[tf.float64], then_branch=cube, else_branch=exp)[0]


def call(x):
    f = function(lambda x: tf.sin(x) * x, FLOAT)
    return raw_ops.StatefulPartitionedCall(args=[x], Tout=[tf.float64], f=f)[0]


@pytest.mark.parametrize(
    ("fn", "at", "want"),
    [
        (loop, 1.1, (1.1**8, 8 * 1.1**7, 56 * 1.1**6)),
        (branches, 2.0, (8.0, 12.0, 12.0)),
        (branches, 0.5, (np.exp(0.5),) * 3),
        (call, 0.7, (0.7 * np.sin(0.7), np.sin(0.7) + 0.7 * np.cos(0.7), 2 * np.cos(0.7) - 0.7 * np.sin(0.7))),
    ],
)
def test_tapes_record_calls(fn, at, want):
    x = tf.constant(at, tf.float64)
    np.testing.assert_allclose(derivatives(fn, x), want, rtol=1e-12)


def test_a_random_body_runs_once():
    """The gradient reads the random number that the forward call drew."""
    f = function(lambda x: x * tf.random.uniform([], dtype=tf.float64), FLOAT)
    x = tf.constant(2.0, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = raw_ops.StatefulPartitionedCall(args=[x], Tout=[tf.float64], f=f)[0]
    assert float(tape.gradient(y, x)) == float(y) / 2.0


def test_gradients_of_variables_in_a_loop():
    v = tf.Variable(3.0)
    spec = (((), tf.int32), ((), tf.float32), ((), tf.resource))
    cond = function(lambda i, y, h: tf.less(i, 4), *spec)

    def step(i, y, h):
        return i + 1, y * raw_ops.ReadVariableOp(resource=h, dtype=tf.float32), h

    body = function(step, *spec)
    with tf.GradientTape() as tape:
        tape.watch(v.handle)
        y = raw_ops.While(input=[tf.constant(0), tf.constant(1.0), v.handle], cond=cond, body=body)[1]
    assert float(tape.gradient(y, [v.handle])[0]) == 4 * 3.0**3


def test_custom_gradients_in_bodies():
    @tf.custom_gradient
    def clipped(x):
        y = x * x
        return y, lambda dy: dy * 100.0 * x

    f = function(lambda x: clipped(x) + x, FLOAT)
    x = tf.constant(2.0, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = raw_ops.PartitionedCall(args=[x], Tout=[tf.float64], f=f)[0]
    assert float(tape.gradient(y, x)) == 201.0


def test_a_persistent_tape_records_its_own_gradients():
    f = function(lambda x: tf.sin(x) * x, FLOAT)
    x = tf.constant(0.7, tf.float64)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = raw_ops.StatefulPartitionedCall(args=[x], Tout=[tf.float64], f=f)[0]
        first = tape.gradient(y, x)
    second = tape.gradient(first, x)
    np.testing.assert_allclose(second, 2 * np.cos(0.7) - 0.7 * np.sin(0.7), rtol=1e-12)


def test_tapes_see_through_control_flow_in_traced_functions():
    v = tf.Variable(2.0)

    @tf.function
    def f(x, n):
        kept = tf.TensorArray(tf.float32, size=n)
        for i in tf.range(n):
            x = tf.sin(x) * v if x > 1.0 else x * x + v
            kept = kept.write(i, x)
        return tf.reduce_sum(kept.stack())

    x = tf.constant(1.3)
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x, tf.constant(7))
        dx, dv = tape.gradient(y, [x, v])
    found = [float(t) for t in (y, dx, dv, outer.gradient(dx, x))]
    # What TensorFlow gives.
    np.testing.assert_allclose(found, [13.287616, 0.307025671, 4.26433229, -1.7004772], rtol=1e-5)
