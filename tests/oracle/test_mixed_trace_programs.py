"""Programs that mix traces, nested functions, exceptions and side effects show the same with Ferroflow and with TensorFlow."""

import pytest
from function_programs import EAGER, FUNCTION, SESSION, Programs, check

program = Programs()


@program(FUNCTION, EAGER, features=("trace for each Python value", "recursion", "nested function", "variable"))
def recursion_unrolled_by_python(tf, show):
    """A traced function may call itself with other Python values: each is a trace, the last ends the recursion."""
    traces = []
    calls = tf.Variable(0)

    @tf.function
    def power(x, n):
        traces.append(n)
        calls.assign_add(1)
        if n == 0:
            return tf.ones_like(x)
        half = power(x, n // 2)
        if n % 2:
            return half * half * x
        return half * half

    show(lambda: power(tf.constant(3), 5))
    show(lambda: power(tf.constant([2.0, 0.5]), 3))
    show(lambda: power(tf.constant(3), 4))
    show(traces)
    show(calls)


@program(FUNCTION, features=("exception while tracing", "retry", "side effects", "closure"))
def errors_leave_no_trace(tf, show):
    """A trace that fails is thrown away: the next call traces again, and effects of Python stay."""
    log = []
    ready = {"yes": False}

    @tf.function
    def f(x):
        log.append(x.dtype.name)
        y = x + 1
        if not ready["yes"]:
            raise RuntimeError("not ready")
        for i in tf.range(2):
            y += tf.cast(i, x.dtype)
        return y

    show(lambda: f(tf.constant(1)))
    ready["yes"] = True
    show(lambda: f(tf.constant(1)))
    ready["yes"] = False
    show(lambda: f(tf.constant(2)))
    show(lambda: f(tf.constant(2.0)))
    show(log)
    show(f.experimental_get_tracing_count())


@program(FUNCTION, EAGER, features=("run-time exception", "variable kept", "try and except around a call", "branch"))
def errors_when_running(tf, show):
    """An op that fails in the branch that runs ends the call; effects before it stay, the function can be called again."""
    v = tf.Variable(0)

    @tf.function
    def f(x, index):
        v.assign_add(1)
        if index >= 0:
            with tf.control_dependencies([v.read_value()]):
                y = tf.debugging.check_numerics(x / tf.cast(index, tf.float32), "quotient")
        else:
            y = x
        return y

    def kind(*args):
        try:
            return f(*map(tf.constant, args))
        except tf.errors.InvalidArgumentError as error:
            return type(error).__name__, "quotient" in str(error)

    for args in ((1.0, 2), (1.0, 0), (1.0, -1), (3.0, 1)):
        show(lambda args=args: kind(*args))
        show(v)


@program(FUNCTION, EAGER, features=("mutated closure", "mutated default", "mutated list argument", "trace count"))
def python_state_is_frozen_in_a_trace(tf, show):
    """Python values that a function closes over count as they were when it was traced; a changed list is an error."""
    factor = 2
    table = {"k": 1}
    log = []

    @tf.function
    def f(x, extra=table):
        log.append("trace")
        return x * factor + extra["k"]

    @tf.function
    def changes(items):
        items.append(tf.constant(1))
        return items

    show(lambda: f(tf.constant(1)))
    factor, table["k"] = 10, 5
    show(lambda: f(tf.constant(1), {"k": 5}))
    show(lambda: f(tf.constant([1])))
    show(len(log) > 0)

    def kind():
        try:
            return len(changes([tf.constant(0)]))
        except ValueError as error:
            return "modify" in str(error)

    if not tf.config.functions_run_eagerly():
        show(kind)
        show(log)


@program(FUNCTION, features=("dict arguments", "key order", "named tuple of specs", "concrete function", "aliases"))
def concrete_functions_of_structures(tf, show):
    """A concrete function of nested specs serves all calls of that form, by structure or by the tensors' names."""
    traces = []

    @tf.function
    def f(batch, *, scale=1.0):
        traces.append(sorted(batch))
        total = tf.constant(0.0)
        for key in sorted(batch):
            first, (second, third) = batch[key]
            if tf.reduce_sum(first) > 1.0:
                total += tf.reduce_sum(second) * scale
            else:
                total -= tf.reduce_sum(third)
        return {"total": total, "keys": len(batch)}

    spec = tf.TensorSpec([None], tf.float32)
    concrete = f.get_concrete_function({"b": (spec, [spec, spec]), "a": (spec, [spec, spec])}, scale=2.0)
    one, two = tf.constant([1.0]), tf.constant([2.0, 3.0])
    show(lambda: concrete({"a": (one, [two, one]), "b": (two, [one, two])}))
    show(lambda: f({"b": (two, [one, two]), "a": (one, [two, one])}, scale=2.0))
    show(lambda: f({"a": (one, [two, one])}))
    show(lambda: [str(shape) for shape in tf.nest.flatten(concrete.output_shapes)])
    show(lambda: [one.shape.as_list() for one in concrete.inputs])
    show(lambda: len(concrete.captured_inputs))
    show(traces)


@program(FUNCTION, EAGER, SESSION, features=("nested traced functions", "loop", "closure of a tensor", "lambda"))
def traced_functions_in_loops(tf, show):
    """A traced function that is made in another and called in its loop closes over tensors of the outer one."""

    @tf.function
    def f(x, n):
        base = x * 2.0

        @tf.function
        def inner(y, i):
            if i > 1:
                return y + base
            return y - base

        total = x
        for i in tf.range(n):
            total = inner(total, i)
            if total > 50.0:
                total = (lambda v: inner(v, tf.constant(0)))(total)
        return total

    for x, n in ((1.0, 4), (20.0, 5), (1.0, 0)):
        show(lambda x=x, n=n: f(tf.constant(x), tf.constant(n)))


@program(FUNCTION, EAGER, features=("custom gradient", "loop", "closure over a variable", "retrace by shape"))
def custom_gradients_in_loops(tf, show):
    """A custom gradient in a loop is used in each round, the variables that it uses get theirs."""
    traces = []
    w = tf.Variable(2.0)

    @tf.custom_gradient
    def scaled(x):
        traces.append("forward")
        y = x * w

        def grad(dy, variables=None):
            del variables
            return dy * 10.0, [tf.reduce_sum(dy) * 100.0]

        return y, grad

    @tf.function
    def f(x):
        traces.append(x.shape.as_list())
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = x
            for i in tf.range(3):
                if i != 1:
                    y = scaled(y)
        return [y, *tape.gradient(y, [x, w])]

    show(lambda: f(tf.constant(1.0)))
    show(lambda: f(tf.constant([1.0, 2.0])))
    show(lambda: f(tf.constant(3.0)))
    show([one for one in traces if one != "forward"])


@program(FUNCTION, EAGER, features=("py_function", "side effects at run time", "branch", "loop", "gradient"))
def python_at_run_time(tf, show):
    """`py_function` and `numpy_function` run Python in each round that happens, in order; `py_function` has gradients."""
    log = []

    def note(x):
        log.append(float(x))
        return x * 2.0

    def plain(x):
        log.append(str(x.dtype))
        return x + 1

    @tf.function
    def f(x, n):
        y = x
        for i in tf.range(n):
            if i % 2 == 0:
                y = tf.py_function(note, [y], tf.float32)
                y.set_shape([])
            else:
                y = y * 1.5
        return y

    @tf.function
    def branch(x):
        if x > 1.0:
            return tf.reshape(tf.py_function(note, [x * x], tf.float32), [])
        return x

    @tf.function
    def g(x):
        return tf.numpy_function(plain, [x], tf.int64)

    show(lambda: f(tf.constant(1.0), tf.constant(3)))
    x = tf.constant(1.5)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = branch(x)
    show(lambda: tape.gradient(y, x))
    show(lambda: g(tf.constant(3, tf.int64)))
    show(log)


@program(FUNCTION, EAGER, features=("init_scope", "trace-time value", "nested function", "variable"))
def values_lifted_out(tf, show):
    """`init_scope` runs outside of all functions, once a trace; a variable's value is read there as it is then."""
    v = tf.Variable(1.0)
    seen = []

    @tf.function
    def f(x):
        @tf.function
        def inner(y):
            with tf.init_scope():
                seen.append(float(v.numpy()))
                frozen = v * 10.0
                v.assign_add(1.0)
            return y + frozen

        return inner(x) + inner(x * 2.0)

    for value in (1.0, 2.0, [1.0]):
        show(lambda value=value: f(tf.constant(value)))
    show(seen)
    show(v)


@program(FUNCTION, EAGER, features=("switch_case", "case", "lambdas in a loop", "early return", "captured list"))
def tables_of_branches(tf, show):
    """`tf.switch_case` and `tf.case` of converted lambdas from a comprehension; defaults take what is out of range."""

    @tf.function
    def f(x, which):
        table = [lambda k=k: x * k if x > 0 else x - k for k in range(3)]
        first = tf.switch_case(which, table, default=lambda: x * 0 - 1)
        if which > 5:
            return first, first
        second = tf.case(
            [(x > 10, table[2]), (x > 0, lambda: table[1]() + first)], default=lambda: first, exclusive=False
        )
        return first, second

    for x in (20, 3, -2):
        for which in (0, 2, 4, 9, -1):
            show(lambda x=x, which=which: f(tf.constant(x), tf.constant(which)))


@program(FUNCTION, features=("function over an iterator", "state outside", "early end", "trace count", "optional"))
def iterators_as_state(tf, show):
    """An iterator that a function closes over goes on where the last call left it; its end is OutOfRangeError."""
    traces = []
    elements = iter(tf.data.Dataset.range(5).map(lambda x: x * x))

    @tf.function
    def two():
        traces.append("two")
        return next(elements) * 100 + next(elements)

    @tf.function
    def maybe():
        traces.append("maybe")
        found = elements.get_next_as_optional()
        if found.has_value():
            return found.get_value()
        return tf.constant(-1, tf.int64)

    show(two)
    show(maybe)
    show(two)
    show(maybe)

    def end():
        try:
            two()
        except tf.errors.OutOfRangeError as error:
            return type(error).__name__
        return "none"

    show(end)
    show(traces)


@program(FUNCTION, EAGER, features=("sparse argument", "indexed slices", "branch", "composite result", "retrace"))
def composite_arguments(tf, show):
    """Sparse tensors and slices are arguments, results, loop variables and values of branches; they count by their specs."""
    traces = []

    @tf.function
    def f(s, scale):
        traces.append((s.dtype.name, s.shape.as_list()))
        if scale > 1.0:
            s = tf.sparse.SparseTensor(s.indices, s.values * scale, s.dense_shape)
        for _ in tf.range(2):
            s = tf.sparse.SparseTensor(s.indices, s.values + 1.0, s.dense_shape)
        return s, {"sum": tf.reduce_sum(s.values)}

    def parts(indices, shape, scale):
        s = tf.sparse.SparseTensor(indices, tf.ones([len(indices)]), shape)
        result, total = f(s, tf.constant(scale))
        return result.indices, result.values, result.dense_shape, total

    show(lambda: parts([[0, 1]], [2, 2], 3.0))
    show(lambda: parts([[0, 1], [1, 0]], [2, 2], 0.5))
    show(lambda: parts([[1, 2]], [2, 3], 0.5))
    show(traces)


@program(FUNCTION, features=("reduce_retracing", "structure", "branch on a shape", "unknown shape"))
def widened_shapes(tf, show):
    """With widened shapes a Python condition on a static size sees None, one on `tf.shape` decides when it runs."""
    traces = []

    @tf.function(reduce_retracing=True)
    def f(pair):
        x, y = pair["x"], pair["y"]
        traces.append((x.shape.as_list(), y.shape.as_list()))
        if x.shape[0] is None:
            kind = "unknown"
        else:
            kind = f"{x.shape[0]}"
        if tf.shape(x)[0] > 2:
            result = tf.reduce_sum(x)
        else:
            result = tf.reduce_sum(y) * 10
        traces.append(kind)
        return result

    for n in (1, 2, 3, 4, 1):
        show(lambda n=n: f({"x": tf.ones([n, 2]), "y": tf.ones([2])}))
    show(lambda: f({"x": tf.ones([1, 3]), "y": tf.ones([5])}))
    show(traces)


@pytest.mark.parametrize("one, way", program, ids=program.names())
def test_program_shows_what_tensorflow_shows(one, way):
    check(one, way)
