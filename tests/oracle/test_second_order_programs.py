"""Second gradients, and derivatives along directions of such: which are zeros, which are None, as with TensorFlow."""

import pytest
from function_programs import FUNCTION, SESSION, Programs, check

program = Programs()


def second_by_tape(tf, body):
    """A function of two values: the gradients of `body` by both, and those of each by both, on nested tapes."""

    def run(*values):
        values = [tf.constant(value) for value in values]
        with tf.GradientTape(persistent=True) as outer:
            outer.watch(values)
            with tf.GradientTape(persistent=True) as inner:
                inner.watch(values)
                y = body(*values)
            first = inner.gradient(y, values)
        return first, [None if one is None else outer.gradient(one, values) for one in first]

    return run


def second_in_graph(tf, body):
    """As `second_by_tape`, by `tf.gradients`."""

    @tf.function
    def run(*values):
        values = [tf.constant(value) for value in values]
        first = tf.gradients(body(*values), values)
        return first, [None if one is None else tf.gradients(one, values) for one in first]

    return run


def show_second(tf, show, bodies):
    for body in bodies:
        show(lambda body=body: second_by_tape(tf, tf.function(body))(1.0, 2.0))
        show(lambda body=body: tf.function(second_by_tape(tf, body))(1.0, 2.0))
        show(lambda body=body: tf.function(second_by_tape(tf, tf.function(body)))(1.0, 2.0))
        show(lambda body=body: second_in_graph(tf, body)(1.0, 2.0))
        show(lambda body=body: second_in_graph(tf, tf.function(body))(1.0, 2.0))


@program(FUNCTION, SESSION, features=("functions", "second gradient", "tapes", "tf.gradients"))
def second_gradients_of_calls(tf, show):
    """The second gradient of a function's call is zeros, not None, by all that mattered, if the first reads any number."""
    show_second(tf, show, [
        lambda x, y: x + y * y,
        lambda x, y: x * 2.0 + y,
        lambda x, y: x + y,
        lambda x, y: tf.sin(x) + tf.stop_gradient(y),
        lambda x, y: tf.exp(x),
        lambda x, y: (x * y, y * y)[1],
        lambda x, y: tf.reduce_max(tf.stack([x, y])),
        lambda x, y: tf.function(lambda a: a * a)(x) + y,
    ])  # fmt: skip


@program(FUNCTION, SESSION, features=("branches", "second gradient", "nested tapes", "switch_case"))
def second_gradients_of_branches(tf, show):
    """On a tape a branch counts as a call whose constants are made anew; for `tf.gradients` only what is read connects."""
    show_second(tf, show, [
        lambda x, y: tf.cond(x > 0, lambda: x * y, lambda: y),
        lambda x, y: tf.cond(x > 0, lambda: 2.0 * x, lambda: y),
        lambda x, y: tf.cond(x > 0, lambda: x, lambda: y * y),
        lambda x, y: tf.cond(x > 0, lambda: x * x, lambda: y) * y,
        lambda x, y: tf.cond(x > 0, lambda: tf.exp(x), lambda: tf.exp(y)),
        lambda x, y: tf.cond(x > 0, lambda: tf.function(lambda a: a * a)(x), lambda: y * y),
        lambda x, y: tf.switch_case(tf.cast(x, tf.int32), [lambda: x, lambda: y * y * y, lambda: x]),
    ])  # fmt: skip


@program(FUNCTION, features=("accumulators in accumulators", "custom_gradient", "IndexedSlices", "sparse and ragged"))
def accumulators_in_accumulators(tf, show):
    """A derivative of a derivative along a direction is zeros where the first is linear; an own gradient counts if nothing else is known."""
    x = tf.constant([1.0, 2.0, 3.0, 4.0])
    places = [[0, 0], [1, 2], [2, 1], [2, 2]]

    @tf.custom_gradient
    def own(x):
        return x * x, lambda dy: dy * 100.0

    @tf.custom_gradient
    def opaque(x):
        return tf.sin(x.numpy()), lambda dy: dy * tf.cos(x)

    bodies = [
        lambda x: x * x * x,
        lambda x: tf.tensordot(x, tf.constant([1.0, 0.0, 2.0, 3.0]), 1),
        lambda x: tf.stop_gradient(x) * x,
        lambda x: tf.reduce_max(x),
        lambda x: tf.zeros([2]),
        own,
        opaque,
        lambda x: tf.sparse.to_dense(tf.SparseTensor([[0], [2], [3], [5]], x * x, [6])),
        lambda x: tf.sparse.sparse_dense_matmul(tf.SparseTensor(places, x * x, [3, 3]), tf.eye(3)),
    ]

    def forward(body, x):
        with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
            y = body(x)
        return accumulator.jvp(y)

    def twice(body, x):
        with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as outer:
            first = forward(body, x)
        return None if first is None else outer.jvp(first)

    for body in bodies:
        show(lambda body=body: forward(body, x))
        if body is not opaque:
            show(lambda body=body: tf.function(lambda x: forward(body, x))(x))
    for body in bodies[:-1]:
        show(lambda body=body: twice(body, x))


@pytest.mark.parametrize("one, way", program, ids=program.names())
def test_program_shows_what_tensorflow_shows(one, way):
    check(one, way)
