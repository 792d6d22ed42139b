"""Calls of functions with state, and gradients of calls: the order of effects, errors, streams of random numbers,
derivatives of first and second order show the same with Ferroflow and with TensorFlow."""

import pytest
from function_programs import FUNCTION, Programs, check

program = Programs()


@program(FUNCTION)
def reads_and_writes_in_several_calls_come(tf, show):
    """Reads and writes in several calls come in the order of the program."""
    v = tf.Variable(1.0)

    @tf.function
    def add(a):
        v.assign_add(a)
        return v * 10.0

    @tf.function
    def twice():
        v.assign(v * 2.0)

    @tf.function
    def read():
        return v + 0.5

    @tf.function
    def f(x):
        first = read()
        a = add(x)
        twice()
        second = read()
        b = add(first)
        v.assign_sub(0.25)
        return first, a, second, b, read(), v.read_value()

    show(lambda: f(tf.constant(3.0)))
    show(lambda: f(tf.constant(-1.0)))
    show(v)


@program(FUNCTION)
def a_call_that_only_reads_is_over(tf, show):
    """A call that only reads is over before a later write."""
    v = tf.Variable([1.0, 2.0])

    @tf.function
    def read():
        return tf.reduce_sum(v)

    @tf.function
    def inner():
        return read() + 0.0

    @tf.function
    def f():
        before = inner()
        v.assign([10.0, 20.0])
        between = inner()
        v.assign_add([1.0, 1.0])
        return before, between, inner()

    show(f)
    show(f)


@program(FUNCTION)
def effects_of_calls_whose_results_nobody_reads(tf, show):
    """Effects of calls whose results nobody reads happen, in order."""
    log = tf.Variable("")

    @tf.function
    def note(text):
        log.assign(tf.strings.join([log, text]))
        return tf.constant(1)

    @tf.function
    def both(text):
        note(text + "(")
        r = note("+")
        note(")")
        return r

    @tf.function
    def f(x):
        note("a")
        both("b")
        if x > 0.0:
            both("c")
        else:
            note("d")
        for i in tf.range(3):
            both(tf.as_string(i))
        return x

    show(lambda: f(tf.constant(1.0)))
    show(log)
    show(lambda: f(tf.constant(-1.0)))
    show(log)


@program(FUNCTION)
def an_error_in_a_call_stops_what(tf, show):
    """An error in a call stops what comes after it and nothing before."""
    v = tf.Variable(0.0)

    @tf.function
    def check(x):
        v.assign_add(1.0)
        tf.debugging.assert_less(x, 1.0, message="too large")
        return x

    @tf.function
    def f(x):
        v.assign_add(100.0)
        check(x)
        v.assign_add(1000.0)
        return x

    show(lambda: f(tf.constant(0.5)))
    show(v)
    show(lambda: f(tf.constant(2.0)))
    show(v)


@program(FUNCTION)
def calls_in_a_session_run_after_what(tf, show):
    """Calls in a session run after what they depend on and before what depends on them."""
    v1 = tf.compat.v1
    with tf.Graph().as_default():
        v = v1.get_variable("v", initializer=1.0, use_resource=True)

        @tf.function
        def double(x):
            v.assign(v * 2.0)
            return x + 1.0

        @tf.function
        def plain(x):
            return x * 3.0

        add = v1.assign_add(v, 5.0)
        with tf.control_dependencies([add]):
            a = double(tf.constant(1.0))
            p = plain(tf.constant(2.0))
            same = tf.function(lambda x: x)(tf.constant(4.0))
        with tf.control_dependencies([a]):
            after = v1.identity(v.read_value())
        op = after.op
        with v1.Session() as session:
            session.run(v1.global_variables_initializer())
            show(lambda: session.run([a, after]))
            show(lambda: session.run(v))
            show(lambda: session.run(p))
            show(lambda: session.run(v))
            show(lambda: session.run(same))
            show(lambda: session.run(v))
            show(lambda: session.run(op))
            show(lambda: session.run(v))
            show(lambda: session.run(a.op))
            show(lambda: session.run(v))


@program(FUNCTION)
def each_place_that_calls_a_function_has(tf, show):
    """Each place that calls a function has its own stream of random numbers."""
    tf.random.set_seed(5)

    @tf.function
    def draw():
        return tf.random.uniform([2], seed=1)

    @tf.function
    def pair():
        return draw(), draw()

    @tf.function
    def loop():
        total = tf.zeros([2])
        for _ in tf.range(3):
            total += draw()
        return total, draw()

    @tf.function
    def deep():
        return pair(), pair(), draw()

    show(pair)
    show(pair)
    show(loop)
    show(loop)
    show(deep)
    show(deep)
    show(draw)
    show(draw)


@program(FUNCTION)
def handles_lists_and_strings_go_in_and(tf, show):
    """Handles, lists and strings go in and out of calls with state."""
    v = tf.Variable([1.0, 2.0, 3.0])

    @tf.function
    def write(handle, x):
        tf.raw_ops.AssignAddVariableOp(resource=handle, value=x)
        return handle

    @tf.function
    def collect(handle, i):
        v.assign(v + 1.0)
        return tf.raw_ops.TensorListSetItem(input_handle=handle, index=i, item=tf.strings.as_string(v[i]))

    @tf.function
    def f(x):
        h = write(v.handle, x)
        h = write(h, x * 10.0)
        handle = tf.raw_ops.TensorListReserve(element_shape=[], num_elements=3, element_dtype=tf.string)
        for i in range(3):
            handle = collect(handle, i)
        strings = tf.raw_ops.TensorListStack(input_handle=handle, element_shape=[], element_dtype=tf.string)
        return tf.raw_ops.ReadVariableOp(resource=h, dtype=tf.float32), strings

    show(lambda: f(tf.constant([1.0, 0.0, 2.0])))
    show(v)


@program(FUNCTION)
def a_function_may_call_itself_within_a(tf, show):
    """A function may call itself within a branch that ends."""
    v = tf.Variable(0)

    @tf.function
    def count(n):
        v.assign_add(n)
        return n * 2

    @tf.function
    def f(n):
        total = count(n)
        while total < 40:
            total = count(total)
            if total > 20:
                total += count(total)
        return total

    show(lambda: f(tf.constant(3)))
    show(v)


@program(FUNCTION)
def derivatives_flow_to_small_values_that_functions(tf, show):
    """Derivatives flow to small values that functions, branches and loops close over."""
    x, w = tf.constant(3.0), tf.constant(2.0)

    def first(f, sources):
        with tf.GradientTape() as t:
            t.watch([x, w])
            y = f(x)
        return t.gradient(y, sources)

    def second(f):
        with tf.GradientTape(persistent=True) as t2:
            t2.watch([x, w])
            with tf.GradientTape() as t1:
                t1.watch([x, w])
                y = f(x)
            g = t1.gradient(y, [x, w])
        return [t2.gradient(one, [x, w]) for one in g]

    @tf.function
    def plain(a):
        return a * a * w * w

    @tf.function
    def calls(a):
        return plain(a) * a + plain(w)

    @tf.function
    def branches(a):
        return tf.cond(a > 0.0, lambda: a * w * w * a, lambda: a)

    @tf.function
    def loops(a):
        y = a
        for _ in tf.range(3):
            y = y * a * w
            if y > 0.0:
                y = y * w
        return y

    @tf.function
    def loops_of_calls(a):
        y = a
        for _ in tf.range(2):
            y = plain(y) * branches(y)
        return y

    for f in (plain, calls, branches, loops, loops_of_calls):
        show(lambda: first(f, [x, w]))
        show(lambda: first(f, w))
        show(lambda: second(f))


@program(FUNCTION)
def what_a_call_gives_for_other_results(tf, show):
    """What a call gives for other results than those asked for has zeros for its gradient."""
    v1 = tf.compat.v1

    @tf.function
    def f(x, w):
        return x * 2.0, w * x, tf.stop_gradient(w), tf.cast(tf.cast(w, tf.int32), tf.float32)

    def branch(x, w):
        return tf.cond(x > 1.0, lambda: (x * 2.0, w * x), lambda: (x, x))

    def loop(x, w):
        return tf.while_loop(lambda i, a, b: i < 3, lambda i, a, b: (i + 1, a * 2.0, b * w), [0, x, x])[1:]

    def in_graph(make):
        with tf.Graph().as_default():
            x, w = tf.constant(3.0), tf.constant(2.0)
            grads = [tf.gradients(y, s)[0] for y in make(x, w) for s in (x, w)]
            with v1.Session() as session:
                return [None if g is None else session.run(g) for g in grads]

    show(lambda: in_graph(f))
    show(lambda: in_graph(branch))
    show(lambda: in_graph(loop))

    def on_tape(make, persistent):
        x, w, v = tf.constant(3.0), tf.constant(2.0), tf.Variable(4.0)
        g = tf.function(lambda x, w: [*make(x, w), v * x])
        with tf.GradientTape(persistent=persistent) as t:
            t.watch([x, w])
            ys = g(x, w)
        return [t.gradient(y, [x, w, v]) for y in (ys if persistent else ys[:1])]

    show(lambda: on_tape(f, True))
    show(lambda: on_tape(f, False))
    show(lambda: on_tape(branch, True))
    show(lambda: on_tape(loop, True))


@program(FUNCTION)
def a_function_that_is_gone_when_its(tf, show):
    """A function that is gone when its gradient is taken."""

    def taken(make, order):
        x, v = tf.constant(3.0), tf.Variable(2.0)
        with tf.GradientTape(persistent=True) as t:
            t.watch(x)
            y = make(v)(x)
            if order == 2:
                y = t.gradient(y, x)
        return t.gradient(y, [x, v])

    def calls(v):
        return tf.function(lambda x: tf.function(lambda z: z * z * v)(x) * x)

    def loops(v):
        return tf.function(lambda x: tf.while_loop(lambda i, a: i < 3, lambda i, a: (i + 1, a * x * v), [0, x])[1])

    def custom(v):
        @tf.custom_gradient
        def c(x):
            return x * x, lambda dy: dy * 2.0 * x

        return tf.function(lambda x: c(x) * v)

    for make in (calls, loops, custom):
        for order in (1, 2):
            show(lambda: taken(make, order))


@program(FUNCTION)
def the_part_of_a_wrapped_function_between(tf, show):
    """The part of a wrapped function between tensors that depend on each other."""
    v1 = tf.compat.v1

    def f(a):
        b = tf.identity(a * 2.0, name="mid")
        return b * a * b

    g = v1.wrap_function(f, [tf.TensorSpec([], tf.float32)])
    part = g.prune([g.inputs[0].name, "mid:0"], g.outputs[0].name)
    x, b = tf.constant(3.0), tf.constant(7.0)
    with tf.GradientTape(persistent=True) as t:
        t.watch([x, b])
        y = part(x, b)
        z = t.gradient(y, b)
    show(lambda: [y, z, t.gradient(y, [x, b]), t.gradient(z, [x, b])])


@program(FUNCTION)
def what_only_a_gradient_reads_has_derivatives(tf, show):
    """What only a gradient reads has derivatives of its own."""
    x, w, large = tf.constant(3.0), tf.constant(2.0), tf.fill([200], 0.5)

    @tf.custom_gradient
    def c(a):
        return a * 2.0, lambda dy: dy * tf.reduce_sum(large) * w

    def taken(f):
        with tf.GradientTape() as t2:
            t2.watch([w, large])
            with tf.GradientTape() as t1:
                t1.watch(x)
                y = f(x)
            g = t1.gradient(y, x)
        by_w, by_large = t2.gradient(g, [w, large])
        return g, by_w, by_large[:2]

    show(lambda: taken(c))
    show(lambda: taken(tf.function(c)))


@program(FUNCTION)
def functions_with_effects_run_once_however_often(tf, show):
    """Functions with effects run once, however often their gradient is taken."""
    v, count = tf.Variable(2.0), tf.Variable(0)

    @tf.function
    def inner(x):
        count.assign_add(1)
        return x * v * tf.random.uniform([], 1.0, 1.0)

    @tf.function
    def f(x):
        y = inner(x)
        v.assign_add(1.0)
        return y * inner(x)

    x = tf.constant(3.0)
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        y = f(x)
        g = t.gradient(y, x)
    show(lambda: [y, g, t.gradient(g, [x, v]), t.gradient(y, v)])
    show(count)
    show(v)


@pytest.mark.parametrize("one", program, ids=program.names())
def test_program(one):
    check(*one)
