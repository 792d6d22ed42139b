"""Forward derivatives show the same with Ferroflow and with TensorFlow: through functions, control flow and slices, of each
other, and with tapes around and inside."""

import pytest
from function_programs import FUNCTION, Programs, check

program = Programs()


def _several(tf):
    """Functions of a vector that mix functions, branches, loops, maps and slices."""
    scale = tf.Variable([2.0, 0.5])

    @tf.function
    def call(x):
        return tf.sin(x) * scale

    @tf.function
    def loop(x):
        y = x
        for _ in tf.range(3):
            y = call(y) * x if tf.reduce_sum(y) > 0.0 else y - x
        return y

    def mapped(x):
        return tf.map_fn(lambda z: z * z * tf.reduce_sum(x), x)

    def branch(x):
        return tf.cond(tf.reduce_sum(x) > 0.0, lambda: x * x * x, lambda: tf.exp(x))

    def repeated(x):
        return tf.while_loop(lambda i, a: i < 3, lambda i, a: (i + 1, a * tf.cos(x)), [0, x])[1]

    def gathered(x):
        return tf.gather(x, [1, 0, 1]) * tf.gather(x, 1)

    return [call, loop, mapped, branch, repeated, gathered]


def _without_lists(tf):
    """Those of `_several` whose second forward derivatives TensorFlow has too: its lists have none."""
    call, _, _, branch, _, gathered = _several(tf)
    return [call, branch, gathered]


@program(FUNCTION)
def one_direction(tf, show):
    """A forward derivative is that of the values along the tangents, whatever the values flow through."""
    x, tangent = tf.constant([0.7, 1.3]), tf.constant([1.0, -2.0])
    for f in _several(tf):
        for g in (f, tf.function(f)):
            with tf.autodiff.ForwardAccumulator(x, tangent) as acc:
                y = g(x)
            show(lambda: [y, acc.jvp(y), acc.jvp(x), acc.jvp(tf.constant(1.0))])


@program(FUNCTION)
def of_each_other(tf, show):
    """The derivative of an inner accumulator is differentiated by those around it, not by those inside."""
    x, a, b = tf.constant([0.7, 1.3]), tf.constant([1.0, -2.0]), tf.constant([0.5, 3.0])
    for f in _without_lists(tf):
        with tf.autodiff.ForwardAccumulator(x, a) as outer, tf.autodiff.ForwardAccumulator(x, b) as inner:
            y = f(x)
        show(lambda: [inner.jvp(y), outer.jvp(y), outer.jvp(inner.jvp(y)), inner.jvp(outer.jvp(y))])


@program(FUNCTION)
def tapes_around_and_inside(tf, show):
    """Backward over forward and forward over backward give the product of the matrix of second derivatives and the tangents."""
    x, tangent = tf.constant([0.7, 1.3]), tf.constant([1.0, -2.0])
    for f in _without_lists(tf)[1:2]:
        with tf.GradientTape() as tape:
            tape.watch(x)
            with tf.autodiff.ForwardAccumulator(x, tangent) as acc:
                y = f(x)
            along = acc.jvp(y)
        backward_over_forward = tape.gradient(along, x)
        with tf.autodiff.ForwardAccumulator(x, tangent) as acc:
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = f(x)
            slope = tape.gradient(y, x)
        show(lambda: [along, backward_over_forward, slope, acc.jvp(slope)])


@program(FUNCTION)
def entered_again(tf, show):
    """An accumulator that was left may be entered again, not while it records; what ran meanwhile has no derivative."""
    x = tf.constant(-2.0)
    with tf.autodiff.ForwardAccumulator(x, 1.5) as acc:
        y = 4.0 * x

        def again():
            with acc:
                pass

        show(again)
    z = 4.0 * x
    with acc:
        w = y * y
    show(lambda: [acc.jvp(one) for one in (x, y, z, w)])
    show(lambda: acc.jvp([z, w], unconnected_gradients="zero"))


@program(FUNCTION)
def several_directions_at_once(tf, show):
    """A batch of tangents gives a batch of derivatives."""
    x, y = tf.constant(2.0), tf.constant([5.0, 1.0])
    tangents = (tf.constant([1.0, 0.0, 1.0]), tf.constant([[0.0, 0.0], [1.0, 2.0], [1.0, 1.0]]))
    with tf.autodiff.ForwardAccumulator._batch_accumulator((x, y), tangents) as acc:
        z = x * x * y
    show(lambda: [acc.jvp(z), acc.jvp(x)])


@program(FUNCTION)
def variables(tf, show):
    """Variables are primals like tensors, in functions too."""
    v = tf.Variable([1.0, 2.0, 3.0])
    f = tf.function(lambda x: tf.reduce_sum(v * v * x))
    with tf.autodiff.ForwardAccumulator(v, tf.constant([0.1, -0.2, 0.3])) as acc:
        y = f(2.0)
        g = tf.gather(v, [0, 2])
    show(lambda: [acc.jvp(y), acc.jvp(g), acc.jvp(v)])


@pytest.mark.parametrize("one", program, ids=program.names())
def test_program(one):
    check(*one)
