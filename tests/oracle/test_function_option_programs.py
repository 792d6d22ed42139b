"""Options of traced functions and rules of their calls: programs show the same with Ferroflow and with TensorFlow."""

import pytest
from function_programs import EAGER, FUNCTION, SESSION, Programs, check

program = Programs()


@program(features=("shape of a call's result", "value of an argument", "nested functions", "reshape by a size"))
def shapes_through_calls(tf, show):
    """What is known of the arguments of a call in a graph, sizes and small values, is known of its results' shapes."""
    seen = []

    @tf.function(input_signature=[tf.TensorSpec([None, None]), tf.TensorSpec([], tf.int32)])
    def widened(x, size):
        rows, _ = tf.unstack(tf.shape(x))
        return tf.ones(tf.stack([rows, size])), tf.concat([x, x], 0), tf.reshape(x, [-1, 2])

    @tf.function(input_signature=[tf.TensorSpec([None, None]), tf.TensorSpec([], tf.int32)])
    def outer(x, size):
        return widened(x, size + 1)

    @tf.function(input_signature=[tf.TensorSpec(None)])
    def any_rank(x):
        return tf.transpose(x), tf.reduce_sum(x, -1)

    @tf.function
    def f():
        for one in (widened(tf.ones([3, 4]), 5), outer(tf.ones([2, 6]), 1), any_rank(tf.ones([2, 3, 4]))):
            seen.extend(part.shape.as_list() for part in one)
        return one

    show(f)
    show(seen)


@program(FUNCTION, features=("experimental_implements", "variable argument", "captured tensor", "trace count"))
def functions_with_another_implementation(tf, show):
    """The arguments of a function with `experimental_implements` are tensors, and it captures none."""
    traces = []

    @tf.function(experimental_implements="added")
    def f(x, y):
        traces.append((type(x).__name__, x.shape.as_list(), y.shape.as_list()))
        return x + y

    v = tf.Variable([1.0, 2.0])

    @tf.function(experimental_implements="captures")
    def g(x):
        return x + v

    show(lambda: f(v, v))
    show(lambda: f(v, [3.0, 4.0]))
    show(lambda: f(1.0, 2.0))
    show(lambda: f(2.0, y=3.0))
    show([shapes for _, *shapes in traces])

    def kind():
        try:
            g(1.0)
        except AssertionError as error:
            return "variables are always captured" in str(error)
        return "none"

    show(kind)
    concrete = f.get_concrete_function(tf.TensorSpec([]), tf.TensorSpec([]))
    show(lambda: concrete.function_def.attr["_implements"].s)


@program(FUNCTION, SESSION, features=("value at call time", "key", "nested functions", "loop"))
def values_at_call_time(tf, show):
    """A value that a graph takes from a Python function is taken anew with each call, in nested functions and loops too."""
    value = {"now": 1.0, "count": 0}

    def current():
        value["count"] += 1
        return value["now"]

    @tf.function
    def inner(x):
        graph = tf.compat.v1.get_default_graph()
        first = graph.capture_call_time_value(current, tf.TensorSpec([]), key="first")
        again = graph.capture_call_time_value(lambda: 99.0, tf.TensorSpec([]), key="first")
        return x + first + again

    @tf.function
    def outer(x):
        total = inner(x)
        for _ in tf.range(2):
            total += inner(x)
        return total

    for now in (1.0, 2.0):
        value["now"] = now
        show(lambda: inner(tf.constant(1.0)))
        show(lambda: outer(tf.constant(1.0)))
    show(value["count"])


@program(FUNCTION, features=("keyword names", "positional only", "star arguments", "wrong call"))
def names_of_arguments(tf, show):
    """Keywords whose names become one are refused; what stands before `*args` is given by position to a graph."""

    @tf.function
    def keywords(**values):
        return values["a_b"] + values["a/b"]

    @tf.function
    def variadic(x, y=2, *more, **rest):
        return x + y

    @tf.function
    def plain(x, /, y, *, z=1):
        return x * y + z

    concrete = variadic.get_concrete_function(tf.TensorSpec([]), tf.TensorSpec([]))
    show(lambda: keywords(**{"a_b": 1, "a/b": 2}))
    show(lambda: concrete(tf.constant(1.0), tf.constant(2.0)))
    show(concrete.pretty_printed_signature().split("Captures")[0])
    show(lambda: tf.function(1))
    show(lambda: plain(2, y=3, z=4))
    number = plain.get_concrete_function(tf.TensorSpec([]), y=tf.TensorSpec([]), z=5.0)
    show(number.pretty_printed_signature().split("Captures")[0])
    show(lambda: number(tf.constant(2.0), y=tf.constant(3.0)))


@program(FUNCTION, features=("composite argument of a graph", "wrong structure", "wrong dtype", "concrete function"))
def composites_that_do_not_fit(tf, show):
    """A graph that takes a sparse tensor refuses other structures and dtypes, and names what does not fit."""

    @tf.function
    def f(s):
        return tf.reduce_sum(s.values)

    def sparse(*values):
        return tf.sparse.SparseTensor([[number] for number in range(len(values))], list(values), [5])

    concrete = f.get_concrete_function(sparse(1.0, 2.0))
    wrong = sparse(1, 2), {"a": tf.constant(1.0)}

    def said(value):
        try:
            return concrete(value)
        except Exception as error:
            return type(error).__name__, str(error).startswith("Binding inputs to tf.function failed")

    show(lambda: concrete(sparse(3.0, 4.0)))
    for value in wrong:
        show(lambda value=value: said(value))


@program(FUNCTION, features=("automatic order switched off", "side effect", "control outputs", "attribute"))
def order_of_effects(tf, show):
    """The graph of a function lists what reads and changes state; without the automatic order only results count."""
    v = tf.Variable(1.0)

    def f(x):
        before = v.read_value()
        v.assign_add(x)
        return before

    ordered = tf.function(f)
    free = tf.function(f, experimental_attributes={"_disable_acd": True})
    show(lambda: ordered(tf.constant(2.0)))
    show(v)
    show(lambda: free(tf.constant(2.0)))
    show(v)
    show(lambda: sorted(op.type for op in ordered.get_concrete_function(tf.constant(1.0)).graph.control_outputs))
    show(lambda: [op.type for op in free.get_concrete_function(tf.constant(1.0)).graph.control_outputs])


@program(
    FUNCTION, features=("tensor of another function", "tensor of an inner function", "leak by a list", "error class")
)
def tensors_out_of_scope(tf, show):
    """A tensor of a function's graph is out of scope in eager code, in other functions, and in the function around it."""
    kept = []

    @tf.function
    def keeps(x):
        kept.append(x * 2)
        return x

    @tf.function
    def other(x):
        return x + kept[0]

    @tf.function
    def around(x):
        @tf.function
        def inner(y):
            kept.append(y * 3)
            return y

        inner(x)
        return x + kept[-1]

    def kind(call):
        try:
            call()
        except Exception as error:
            return type(error).__name__, "out of scope" in str(error)
        return "none"

    keeps(tf.constant(1))
    show(lambda: kind(lambda: kept[0] + 1))
    show(lambda: kind(lambda: other(tf.constant(1))))
    show(lambda: kind(lambda: around(tf.constant(1))))


@program(FUNCTION, EAGER, SESSION, features=("equality in graphs", "identity", "branch of Python", "dict by reference"))
def equality_of_tensors(tf, show):
    """`==` compares elements in eager code and its functions, and identity in plain graphs and the functions in them."""

    @tf.function
    def f(x, y):
        same = x == y
        table = {x.ref(): 1}
        return tf.constant([same is True, same is False, tf.is_tensor(same), x.ref() in table, y.ref() in table])

    show(lambda: f(tf.constant(1), tf.constant(1)))
    x = tf.constant([1, 2])
    show(lambda: x == x)
    show(lambda: x != tf.constant([1, 3]))


@program(FUNCTION, features=("retracing inside a trace", "warning", "Python arguments", "log"))
def retracing_is_told_once(tf, show):
    """A warning about retracing counts the traces of calls from eager code, not those inside other traces."""
    import logging

    class Kept(logging.Handler):
        def __init__(self):
            super().__init__(logging.WARNING)
            self.count = 0

        def emit(self, record):
            self.count += "Tracing is expensive" in record.getMessage()

    @tf.function
    def inner(x):
        return tf.constant(x)

    @tf.function
    def outer(x):
        return inner(x) * 2

    kept, loggers = Kept(), [logging.getLogger(name) for name in ("tensorflow", "ferroflow")]
    for logger in loggers:
        logger.addHandler(kept)
    try:
        for number in range(4):
            inner(number)
            outer(number + 10)
        show(kept.count)
        outer(100)
        show(kept.count)
        inner(100)
        show(kept.count)
    finally:
        for logger in loggers:
            logger.removeHandler(kept)


@program(
    FUNCTION, features=("initialization function", "variables made inside", "uninitialized variable", "order of calls")
)
def initialization_functions(tf, show):
    """`get_initialization_function` makes the variables of a function and gives what sets their first values."""
    kept = []

    @tf.function
    def f(x):
        if not kept:
            kept.append(tf.Variable(2.0))
            kept.append(tf.Variable([1.0, 3.0]))
        return kept[0] * x + kept[1]

    initialize = f.get_initialization_function(tf.constant(1.0))
    show(len(kept))
    show(lambda: [tf.raw_ops.VarIsInitializedOp(resource=one.handle) for one in kept])
    show(lambda: initialize())
    show(lambda: [one + 0.0 for one in kept])
    show(lambda: f(tf.constant(3.0)))
    show(lambda: f.get_initialization_function(tf.constant(1.0)))


@program(FUNCTION, EAGER, features=("make_decorator", "method", "early return", "tf_convert"))
def decorators_of_libraries(tf, show):
    """Wrappers made with `make_decorator` show their target's signature, and what they call is converted."""
    import inspect

    internal = tf.__internal__

    def logged(function):
        def wrapper(*args, **kwargs):
            return function(*args, **kwargs)

        return internal.decorator.make_decorator(function, wrapper, "logged", "says so")

    class Model:
        @tf.function
        @logged
        def add(self, x, y=2):
            if isinstance(y, int):
                return x - y
            return tf.cond(x > y, lambda: x - y, lambda: x + y)

    @logged
    def plain(a, b=1):
        """Its own words."""
        return a + b

    @tf.function
    def library(x):
        step = internal.autograph.tf_convert(lambda v: v if v > 2 else -v, internal.autograph.control_status_ctx())
        return step(x)

    model = Model()
    for x in (1, 5):
        show(lambda x=x: model.add(tf.constant(x)))
        show(lambda x=x: model.add(tf.constant(x), y=tf.constant(1)))
        show(lambda x=x: library(tf.constant(x)))
    decorators, target = internal.decorator.unwrap(plain)
    show([one.decorator_name for one in decorators])
    show((target.__name__, plain.__name__, plain.__doc__, str(inspect.signature(plain)), plain(2)))


@pytest.mark.parametrize("one, way", program, ids=program.names())
def test_program_shows_what_tensorflow_shows(one, way):
    check(one, way)
