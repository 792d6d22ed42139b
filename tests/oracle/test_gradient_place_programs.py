"""Gradients taken in the body of a branch, loop or function, of what was recorded around it, are TensorFlow's."""

import pytest
from function_programs import EAGER, FUNCTION, SESSION, Programs, check

program = Programs()


@program(FUNCTION, EAGER, features=("tape outside a branch", "gradient inside it", "variable", "nested branches"))
def gradients_in_branches(tf, show):
    """A gradient may be taken in a branch: it goes through what the tape recorded in the branch and outside of it."""
    w = tf.Variable([3.0, 2.0])

    @tf.function
    def outside(x):
        with tf.GradientTape() as tape:
            y = w * w * x
        if x > 1.0:
            return tape.gradient(y, w, output_gradients=tf.stack([x, 2.0 * x]))
        return tf.zeros([2])

    @tf.function
    def inside(x):
        with tf.GradientTape() as tape:
            y = w * w * x
            if x > 1.0:
                z = y * w
                g = tape.gradient(z, w)
            else:
                g = tf.zeros([2])
        return g

    @tf.function
    def rows(x):
        with tf.GradientTape() as tape:
            y = tf.gather(w, [0, 0]) * x
        g = tf.zeros([2])
        if x > 1.0:
            g = tf.convert_to_tensor(tape.gradient(y, w))
        return g

    for one in (outside, inside, rows):
        for x in (3.0, 0.5):
            show(lambda one=one, x=x: one(tf.constant(x)))


@program(FUNCTION, EAGER, features=("nested tapes", "nested branches", "second gradient", "gradient in a branch"))
def second_gradients_in_branches(tf, show):
    """Gradients of both orders may be taken in branches inside one another; each path counts once."""

    @tf.function
    def both(x):
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = x * x * x
            if x > 1.0:
                g = inner.gradient(y, x)
                h = g * x
            else:
                g = h = x
            gg = outer.gradient(h, x)
        return g, h, gg

    @tf.function
    def deep(x):
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = x * x * x
            result = x
            if x > 1.0:
                if x > 2.0:
                    g = inner.gradient(y, x)
                    result = outer.gradient(g * x, x)
        return result

    for one in (both, deep):
        for x in (3.0, 1.5, 0.5):
            show(lambda one=one, x=x: one(tf.constant(x)))


@program(FUNCTION, EAGER, features=("persistent tape", "stop_recording", "branch", "unconnected gradients"))
def what_a_tape_recorded_of_a_branch(tf, show):
    """What a branch computes after the tape has stopped is not recorded; what it computes while it records is."""

    @tf.function
    def stopped(x):
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            y = x * x
        if x > 0.0:
            z = y * 3.0
            g = tape.gradient(z, x, unconnected_gradients="zero")
            h = tape.gradient(y, x)
        else:
            g = h = x
        return g, h

    @tf.function
    def recording(x):
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            y = x * x
            if x > 0.0:
                g = tape.gradient(y * 3.0 * x, x, unconnected_gradients="zero")
                with tape.stop_recording():
                    u = y * x
                h = tape.gradient(u, x, unconnected_gradients="zero")
            else:
                g = h = x
        return g, h

    @tf.function
    def unconnected(x):
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            z = tf.stop_gradient(x) * 2.0
        if x > 0.0:
            return tape.gradient(z, x, unconnected_gradients="zero")
        return x

    for one in (stopped, recording, unconnected):
        for x in (3.0, -1.0):
            show(lambda one=one, x=x: one(tf.constant(x)))


@program(FUNCTION, EAGER, features=("gradient in a loop", "TensorArray across graphs", "continue", "map_fn"))
def gradients_in_loops(tf, show):
    """A gradient may be taken in each round of a loop, also of what arrays hold that were filled outside of it."""

    @tf.function
    def arrays(x):
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            y, kept = x, tf.TensorArray(tf.float32, 3, clear_after_read=False)
            for i in tf.range(3):
                y = y * x
                kept = kept.write(i, y)
            g = tf.constant(0.0)
            for i in tf.range(4):
                if i == 3:
                    continue
                g += tape.gradient(kept.read(i) * y, x)
        return g

    @tf.function
    def parts(x):
        found = tf.TensorArray(tf.float32, 0, dynamic_size=True)
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            y = tf.unstack(x * x * x)
        for i in tf.range(3):
            if i == 1:
                continue
            both = tape.gradient(y[0], x) + tape.gradient(y[1], x) * tf.cast(i, tf.float32)
            found = found.write(found.size(), both)
        return found.stack()

    @tf.function
    def mapped(x):
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            y = x * x
            each = tf.map_fn(lambda k: tape.gradient(y * k, x), tf.constant([1.0, 2.0, 3.0]))
            one = tf.cond(x > 0, lambda: tape.gradient(y, x), lambda: x)
        return each, one

    show(lambda: arrays(tf.constant(1.5)))
    show(lambda: parts(tf.constant([3.0, 2.0])))
    show(lambda: mapped(tf.constant(3.0)))


@program(FUNCTION, EAGER, features=("gradient in a nested function", "closure over a tape", "jacobian", "branch"))
def gradients_in_nested_functions(tf, show):
    """A traced function inside another takes gradients of its outer one's tensors through a tape that it closes over."""

    @tf.function
    def f(x):
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            y = x * x

        @tf.function
        def inner():
            return tape.gradient(y, x) * 2.0

        return inner() + inner()

    @tf.function
    def rows(x):
        v = tf.stack([x, 2.0 * x])
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(v)
            y = v * v * x
        found = tf.zeros([2, 2])
        if x > 0:
            found = tape.jacobian(y, v)
        return found

    show(lambda: f(tf.constant(3.0)))
    show(lambda: rows(tf.constant(3.0)))


@program(FUNCTION, SESSION, features=("tf.gradients", "stop_gradients", "branch", "loop around it"))
def symbolic_gradients_in_bodies(tf, show):
    """`tf.gradients` in a branch goes through tensors of the graph around it, and stops where it is told to."""

    @tf.function
    def through(x):
        y = x * x
        result = x
        if x > 0.0:
            z = y * x
            result = tf.gradients(z, x)[0] + tf.gradients(y, x)[0]
        return result

    @tf.function
    def stopped(x):
        y = x * x
        if x > 0.0:
            z = y * x
            return tf.gradients(z, x, stop_gradients=[y])[0] + tf.gradients(z, [y])[0]
        return x

    @tf.function
    def looped(x):
        y = tf.sin(x) * x
        total = tf.zeros_like(x)
        for i in tf.range(3):
            total += tf.gradients(y * tf.cast(i, tf.float32), [x], grad_ys=[x])[0]
        return total

    for one in (through, stopped, looped):
        show(lambda one=one: one(tf.constant(3.0)))


@pytest.mark.parametrize("one, way", program, ids=program.names())
def test_program_shows_what_tensorflow_shows(one, way):
    check(one, way)
