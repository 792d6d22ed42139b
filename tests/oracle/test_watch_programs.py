"""Programs with tapes in functions over tensors from outside, and gradients of Python functions, as with TensorFlow."""

import pytest
from function_programs import EAGER, FUNCTION, Programs, check

program = Programs()


@program(FUNCTION, EAGER, features=("captured tensor", "tape in a function", "nested loops", "map_fn, scan and foldl"))
def watch_a_captured_tensor(tf, show):
    """A tape in a function that watches an eager tensor from outside gives its gradients through all control flow."""
    x, many = tf.constant(3.0), tf.fill([2000], 2.0)

    def gradient(body, source, *args):
        @tf.function
        def f(*args):
            with tf.GradientTape(persistent=True) as tape:
                tape.watch(source)
                y = body(*args)
            with tf.GradientTape() as unwatched:
                z = body(*args)
            return tape.gradient(y, source), unwatched.gradient(z, source)

        show(lambda: f(*args))

    def ranged(n):
        y = x
        for _ in tf.range(n):
            y = y * x
        return y

    def nested(n):
        y = x
        for i in tf.range(n):
            for j in tf.range(i):
                if j % 2 == 0:
                    y = y * x
        return y

    def whiled(n):
        total, i = tf.constant(0.0), tf.constant(0)
        while i < n:
            total += tf.reduce_sum(many * many) * x
            i += 1
        return total

    called = tf.function(lambda y: y * x)

    def calls(n):
        return tf.while_loop(lambda i, _: i < n, lambda i, y: (i + 1, called(y)), (0, x))[1]

    for body in (lambda n: x * x, ranged, nested, whiled, calls):
        gradient(body, x, tf.constant(4))
    gradient(whiled, many, tf.constant(2))
    gradient(lambda p: tf.cond(p, lambda: x * x, lambda: x), x, tf.constant(True))
    rows = tf.constant([1.0, 2.0, 3.0])
    gradient(lambda rows: tf.map_fn(lambda row: row * x * x, rows), x, rows)
    gradient(lambda rows: tf.scan(lambda sum, row: sum * x + row, rows, x), x, rows)
    gradient(lambda rows: tf.foldl(lambda sum, row: sum * x + row, rows, x), x, rows)


@program(FUNCTION, EAGER)
def watch_in_a_loop_and_late(tf, show):
    """What a tape watches of outer tensors counts from then on, in a loop's body, twice over and by what it leads to."""
    x = tf.constant(3.0)

    @tf.function
    def in_body(n):
        total = tf.constant(0.0)
        for i in tf.range(n):
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = x * x * tf.cast(i, tf.float32)
            total += tape.gradient(y, x)
        return total

    @tf.function
    def late():
        with tf.GradientTape() as tape:
            early = x * x
            tape.watch(x)
            y = early * x
        return tape.gradient(y, x)

    @tf.function
    def between():
        with tf.GradientTape() as tape:
            tape.watch(x)
            middle = tf.sin(x)
            y = middle * middle
        return tape.gradient(y, middle)

    @tf.function
    def twice(n):
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = tf.while_loop(lambda i, y: i < n, lambda i, y: (i + 1, y * x), (0, x))[1]
            first = inner.gradient(y, x)
        return first, outer.gradient(first, x)

    show(lambda: in_body(tf.constant(3)))
    show(late)
    show(between)
    show(lambda: twice(tf.constant(3)))


@program(FUNCTION)
def callbacks_run_once(tf, show):
    """A `py_function` whose gradient is taken runs once for each call, in branches too, and before its gradient."""
    log = []

    def square(v):
        log.append(float(v))
        return v * v

    @tf.function
    def straight(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.ensure_shape(tf.py_function(square, [x], tf.float32), [])
        return y, tape.gradient(y, x)

    @tf.function
    def branch(x, choice):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = x
            if choice:
                y = tf.ensure_shape(tf.py_function(square, [x], tf.float32), [])
        return y, tape.gradient(y, x)

    x = tf.constant(1.5)
    show(lambda: straight(x))
    show(lambda: branch(x, tf.constant(True)))
    show(lambda: branch(x, tf.constant(False)))
    show(log)


@program(FUNCTION, features=("branches", "IndexedSlices", "variables", "tapes in and around functions"))
def slices_from_branches(tf, show):
    """The gradient of a branch is `IndexedSlices` as soon as that of one branch is, of all rows where another is dense."""
    table, weights = (
        tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]),
        tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]),
    )

    def parts(gradient):
        if not isinstance(gradient, tf.IndexedSlices):
            return "dense", gradient
        return "slices", gradient.values, gradient.indices, gradient.dense_shape

    bodies = [
        lambda v, p, i: tf.cond(p, lambda: tf.gather(v, i), lambda: tf.zeros([2, 2])),
        lambda v, p, i: tf.cond(p, lambda: tf.gather(v, i), lambda: tf.gather(v, i + 0)),
        lambda v, p, i: tf.cond(p, lambda: tf.gather(v, i), lambda: v[:2] * 1.0),
        lambda v, p, i: tf.cond(p, lambda: v[:2] * 2.0, lambda: v[:2] * 1.0),
        lambda v, p, i: tf.switch_case(tf.cast(p, tf.int32), [lambda: tf.gather(v, i), lambda: tf.gather(v, i) * 2.0]),
    ]

    def inside(body, source):
        kinds = []

        @tf.function
        def run(p, i):
            with tf.GradientTape() as tape:
                tape.watch(source)
                y = body(source, p, i)
            kind, *found = parts(tape.gradient(y, source))
            kinds.append(kind)
            return found

        return lambda p: (run(tf.constant(p), tf.constant([0, 2])), kinds)

    def around(body, source):
        def run(p):
            with tf.GradientTape() as tape:
                tape.watch(source)
                y = tf.function(body)(source, tf.constant(p), tf.constant([0, 2]))
            return parts(tape.gradient(y, source))

        return run

    for body in bodies:
        for source in (table, weights):
            for run in (inside(body, source), around(body, source)):
                show(lambda run=run: run(True))
                show(lambda run=run: run(False))


@program(FUNCTION)
def captures_that_change(tf, show):
    """`set_external_captures` of a concrete function counts for calls of its function too, those like earlier ones as well."""
    first, second = tf.Variable(3.0), tf.Variable(5.0)
    many = tf.fill([200], 1.0)
    scaled = tf.function(lambda x: x * first)
    summed = tf.function(lambda x: x + tf.reduce_sum(many))
    for f, new in ((scaled, second.handle), (summed, tf.fill([200], 2.0))):
        concrete = f.get_concrete_function(tf.constant(1.0))
        show([f(tf.constant(1.0)), f(tf.constant(1.0)), concrete(tf.constant(1.0))])
        concrete.set_external_captures([new])
        show([f(tf.constant(1.0)), f(tf.constant(1.0)), concrete(tf.constant(1.0))])


@pytest.mark.parametrize("one, way", program, ids=program.names())
def test_program_shows_what_tensorflow_shows(one, way):
    check(one, way)
