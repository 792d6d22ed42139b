"""Programs about when TensorFlow warns of tracing, what a trace is made anew for, and what is fed around calls."""

import contextlib
import logging
import re

import pytest
from function_programs import EAGER, FUNCTION, Programs, check

program = Programs()


@contextlib.contextmanager
def warnings():
    """Collects the counts that warnings about retracing tell: (traces, calls, name of the Python function)."""
    found = []

    class Kept(logging.Handler):
        def emit(self, record):
            said = re.match(r"(\d+) out of the last (\d+) calls to <function (\S+) at", record.getMessage())
            found.append(list(said.groups()) if said else record.getMessage())

    kept, loggers = Kept(logging.WARNING), [logging.getLogger(name) for name in ("tensorflow", "ferroflow")]
    for logger in loggers:
        logger.addHandler(kept)
    try:
        yield found
    finally:
        for logger in loggers:
            logger.removeHandler(kept)


@program(FUNCTION, features=("warning", "dtypes", "shapes", "calls between", "a limit of two"))
def warnings_count_calls(tf, show):
    """Five traces among ten calls are told, twice at most; calls that need no trace count as calls, a tape changes nothing."""
    with warnings() as found:
        for between in (0, 1, 2, 20):

            @tf.function
            def f(x):
                return x + x

            for number in range(9):
                f(tf.zeros([number]))
                for _ in range(between):
                    f(tf.zeros([number]))
            show(list(found))

        @tf.function
        def g(x):
            return x + x

        for dtype in (tf.int32, tf.float32, tf.float64, tf.int64, tf.int8, tf.uint8):
            with tf.GradientTape() as tape:
                x = tf.zeros([2], dtype)
                tape.watch(x) if dtype.is_floating else None
                g(x)
        show(list(found))


@program(
    FUNCTION, features=("warning", "function made in a loop", "bound methods", "lambda", "one Python function twice")
)
def warnings_count_by_python_function(tf, show):
    """All `tf.function`s of one Python function count together: made in a loop, of instances, of a lambda."""

    def plain(x):
        return x + 1

    class Layer:
        @tf.function
        def call(self, x):
            return x * 2

    with warnings() as found:
        for _ in range(7):
            tf.function(plain)(tf.zeros([2]))
        show(list(found))
        for _ in range(4):
            Layer().call(tf.zeros([2]))
        kept = Layer()
        for number in range(3):
            kept.call(tf.zeros([number]))
        show(list(found))
        for _ in range(6):
            tf.function(lambda x: x)(tf.zeros([]))
        show(list(found))
        one, other = tf.function(plain), tf.function(plain)
        for number in range(3):
            show([one(tf.zeros([number])), other(tf.zeros([number]))])
        show(list(found))


@program(FUNCTION, features=("warning", "concrete function", "exception while tracing", "nested calls"))
def warnings_leave_out(tf, show):
    """Graphs that are asked for, traces that fail and traces in other traces are not told; a call before the first counts."""
    with warnings() as found:

        @tf.function
        def f(x):
            return x

        for number in range(8):
            f.get_concrete_function(tf.TensorSpec([number]))
        show(list(found))
        f(tf.zeros([1]))
        for number in range(8, 12):
            f(tf.zeros([number]))
        show(list(found))

        @tf.function
        def fails(x, number):
            if number % 2:
                raise ValueError("odd")
            return x

        for number in range(9):
            with contextlib.suppress(ValueError):
                fails(tf.zeros([]), number)
        show(list(found))

        @tf.function
        def outer(n):
            return sum(f(tf.zeros([20 + number])) for number in range(n))

        with contextlib.suppress(ValueError):
            outer(6)
        show(list(found))


@program(FUNCTION, features=("NaN", "Python numbers", "trace count", "arrays for a signature"))
def equal_values_share_a_trace(tf, show):
    """NaN is like NaN, 0.0 like -0.0 and 1 like True and 1.0; arrays are cast to the dtype of an input signature."""
    import numpy as np

    f = tf.function(lambda x: tf.constant(1))
    for value in (
        np.nan,
        float("nan"),
        -float("nan"),
        0.0,
        -0.0,
        False,
        1,
        True,
        1.0,
        "1",
        b"1",
        None,
        (1,),
        (1.0,),
        [1],
    ):
        f(value)
        show(f.experimental_get_tracing_count())
    g = tf.function(lambda x: x * 2, input_signature=[tf.TensorSpec(None, tf.float32)])
    for value in (np.float64(1.5), np.array([1, 2]), np.array(True), [1, 2], 3, np.float16([2.5]), tf.constant(1), "a"):
        show(lambda value=value: g(value))
    show(g.experimental_get_tracing_count())


@program(FUNCTION, features=("None in a branch", "missing return", "conditional expression", "lines of errors"))
def branches_that_give_nothing(tf, show):
    """A branch may return nothing if the other does; None for a value that is used later is refused, in both branches too."""

    def nothing(x):
        if x > 0:
            tf.debugging.assert_positive(x)
        else:
            pass

    def bare(x):
        if x > 0:
            return
        return

    def none_twice(x):
        y = None
        if x > 0:
            y = None
        return y

    def none_once(x):
        if x > 0:
            return x
        return None

    def nested(x):
        y = {"a": x, "b": None}
        if x > 0:
            y = {"a": -x, "b": None}
        return y

    def nested_once(x):
        y = {"a": x, "b": None}
        if x > 0:
            y = {"a": -x, "b": x}
        return y

    def in_a_loop(n):
        last = None
        for i in tf.range(n):
            if i > 1:
                last = i
        return last

    def expression(x):
        return None if x > 0 else None

    for body in (nothing, bare, none_twice, none_once, nested, nested_once, in_a_loop, expression):
        f = tf.function(body)
        show(lambda f=f: f(tf.constant(3)))
        show(lambda f=f: f(tf.constant(-3)))
        show(f.experimental_get_tracing_count())


@program(FUNCTION, features=("session", "feeds", "several results", "branch", "loop", "traced function"))
def feeds_of_one_result(tf, show):
    """In a session one result of a call, branch, loop or op may be fed: the others are computed, this one is as fed."""
    v1 = tf.compat.v1
    with tf.Graph().as_default(), v1.Session() as session:
        outside = tf.constant(2.0) * 3.0
        x = v1.placeholder_with_default(3.0, [])

        @tf.function
        def plain(x):
            return x * 3.0, outside * x

        @tf.function
        def looping(x):
            total = x * 0.0
            for _ in tf.range(tf.cast(x, tf.int32)):
                total += outside
            return total, outside * x

        @tf.function
        def choosing(x):
            if x > 0.0:
                return x, outside
            return -x, outside * 2.0

        pairs = [f(x) for f in (plain, looping, choosing)]
        pairs.append(tf.cond(x > 0.0, lambda: (x, x + 1.0), lambda: (x, x - 1.0)))
        pairs.append(tf.while_loop(lambda i, j: i < 9.0, lambda i, j: (i + x, j + 1.0), [x, outside]))
        pairs.append(tf.unstack(tf.stack([x, x * 7.0])))
        pairs.append(tf.split(tf.stack([x, x * 7.0]), 2))
        for first, second in pairs:
            both = first + 1000.0 * second
            for feeds in (
                {},
                {first: 0.5 * first.shape.num_elements()},
                {second: 4.0},
                {first: 4.0, second: 5.0},
                {outside: 1.0},
            ):
                feeds = {k: [v] if k.shape.rank else v for k, v in feeds.items()}
                show(lambda feeds=feeds, both=both: session.run(both, feeds))
                show(
                    lambda feeds=feeds, one=first, two=second, both=both: session.run(
                        [one, two, both], {**feeds, x: 2.0}
                    )
                )


@program(FUNCTION, EAGER, features=("global seed", "traced function", "random ops in a loop", "seeds while tracing"))
def seeds_start_streams_anew(tf, show):
    """`tf.random.set_seed` starts the streams of traced functions anew too; the seed is that of the time of tracing."""

    @tf.function
    def draw():
        total = 0.0
        for _ in tf.range(3):
            total += tf.random.uniform([])
        return tf.random.uniform([], seed=1), tf.random.normal([2]), total

    def equal(one, other):
        return [bool(tf.reduce_all(a == b)) for a, b in zip(one, other, strict=True)]

    tf.random.set_seed(1)
    first, second = draw(), draw()
    tf.random.set_seed(1)
    third, fourth = draw(), draw()
    show([equal(first, second), equal(first, third), equal(second, fourth)])


@program(FUNCTION, features=("wrap_function", "prune", "variable", "control dependencies"))
def wrapped_code_is_not_ordered(tf, show):
    """What `wrap_function` wraps runs as in a session: effects that no result needs do not happen; parts need their feeds."""
    v1, v = tf.compat.v1, tf.Variable(0.0)

    def loose(x):
        v.assign_add(100.0)
        return x

    def needed(x):
        with tf.control_dependencies([v.assign_add(x)]):
            return tf.identity(x, name="result")

    def given(x):
        return v.assign_add(x)

    for body in (loose, needed, given):
        wrapped = v1.wrap_function(body, [tf.TensorSpec([], name="x")])
        show([wrapped(tf.constant(1.0)), v])
        show(len(wrapped.graph.control_outputs))
        show(lambda wrapped=wrapped: wrapped(x=tf.constant(1.0)))
        part = wrapped.prune(wrapped.graph.get_tensor_by_name("x:0"), wrapped.outputs)
        show(lambda part=part: part(tf.constant(2.0)))
        show(v)
    twice = v1.wrap_function(lambda x: x * 2.0, [tf.TensorSpec([], name="x")])
    show(lambda: twice.prune([], twice.outputs))
    show(lambda: twice.prune([], "x:0"))


@program(FUNCTION, features=("py_function", "numpy_function", "decorator", "gradient"))
def callbacks_as_decorators(tf, show):
    """`py_function` and `numpy_function` without a function are decorators; the result is called with the inputs."""

    @tf.py_function(Tout=tf.float32)
    def product(a, b):
        return a * b

    @tf.numpy_function(Tout=[tf.int64, tf.float32])
    def shown(a):
        return a.size, a * a

    show([product(tf.constant(2.0), tf.constant(3.0)), shown(tf.constant([1.0, 2.0]))])
    f = tf.function(lambda x: (product(x, x), shown(x)))
    show(f(tf.constant(4.0)))
    x = tf.constant(5.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.function(lambda x: product(x, x + 1.0))(x)
    show(tape.gradient(y, x))
    show(product.__name__)


@pytest.mark.parametrize("one, way", program, ids=program.names())
def test_program_shows_what_tensorflow_shows(one, way):
    check(one, way)
