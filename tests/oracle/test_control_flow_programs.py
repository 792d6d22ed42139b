"""Programs with `tf.cond`, loops, maps, folds and arrays show the same with Ferroflow and with TensorFlow."""

import pytest
from function_programs import check, type_of

PROGRAMS = []


def program(function):
    """Adds a program to those that are run."""
    PROGRAMS.append(function)
    return function


def in_graph(tf, build):
    """What `build()` gives in a graph, run in a session of TensorFlow 1."""
    with tf.Graph().as_default():
        built = build()
        with tf.compat.v1.Session() as session:
            return session.run(built)


@program
def conditionals_in_all_modes(tf, show):
    """`tf.cond` gives the same eagerly, in functions and in sessions, for all structures of results."""

    def build(pred):
        pred = tf.constant(pred)
        x = tf.constant([1.0, 2.0])
        one = tf.cond(pred, lambda: x * 2, lambda: x + 1)
        several = tf.cond(pred, lambda: {"a": x, "b": (x[0],)}, lambda: {"a": x * 3, "b": (x[1],)})
        listed = tf.cond(pred, lambda: [x], lambda: [-x])
        return one, several, listed

    for pred in (True, False):
        show(lambda pred=pred: build(pred))
        show(lambda pred=pred: tf.function(build)(pred))
        show(lambda pred=pred: in_graph(tf, lambda: build(pred)))


@program
def faults_of_conditionals(tf, show):
    """Functions of `tf.cond` are callable and return one structure of one dtype; Python bools are no condition."""
    x = tf.constant(1)
    calls = [
        lambda p: tf.cond(p, 1, lambda: x),
        lambda p: tf.cond(p, lambda: x, 2),
        lambda p: tf.cond(p, lambda: (x, x), lambda: [x, x]),
        lambda p: tf.cond(p, lambda: 1.0, lambda: 1),
        lambda p: tf.cond(p, lambda: None, lambda: x),
        lambda p: tf.cond(p, lambda: None, lambda: None),
        lambda p: tf.cond(True, lambda: x, lambda: x),
        lambda p: tf.cond(p, lambda: object(), lambda: object()),
    ]
    for call in calls:
        show(lambda call=call: type_of(lambda: tf.function(lambda p: call(p), autograph=False)(tf.constant(True))))
    show(lambda: calls[0](tf.constant(True)))
    show(lambda: calls[1](tf.constant(True)))
    show(lambda: tf.compat.v1.cond(tf.constant(True)))
    show(lambda: tf.compat.v1.cond(tf.constant(True), lambda: x, lambda: x, fn1=lambda: x))
    show(lambda: tf.compat.v1.cond(tf.constant(True), fn1=lambda: x, fn2=lambda: x))
    show(lambda: tf.compat.v1.cond(tf.constant(True), lambda: [x], lambda: [x]))
    show(lambda: tf.compat.v1.cond(tf.constant(True), lambda: [x], lambda: [x], strict=True))


@program
def effects_of_branches(tf, show):
    """Only the branch that is taken has effects, in functions and sessions; operations count as results."""
    v = tf.Variable(1.0)

    @tf.function
    def f(x):
        tf.cond(x > 0, lambda: v.assign_add(x), lambda: v.assign(0.0))
        return v * 10

    def session():
        with tf.Graph().as_default():
            w = tf.compat.v1.get_variable("w", initializer=1.0, use_resource=True)
            p = tf.compat.v1.placeholder(tf.bool, [])
            step = tf.cond(p, lambda: w.assign_add(5.0).op, lambda: tf.group(w.assign(-1.0)))
            with tf.compat.v1.Session() as run:
                run.run(tf.compat.v1.global_variables_initializer())
                seen = []
                for value in (True, True, False):
                    run.run(step, {p: value})
                    seen.append(run.run(w))
                return seen

    for value in (2.0, 3.0, -1.0):
        show(lambda value=value: f(tf.constant(value)))
        show(lambda: v)
    show(session)


@program
def cases(tf, show):
    """`tf.case` takes the first condition that holds; `exclusive` checks that no other does."""

    def build(x, exclusive=False):
        x = tf.constant(x)
        return tf.case(
            [(x > 5, lambda: tf.constant(1)), (x > 3, lambda: tf.constant(2)), (x < 0, lambda: tf.constant(3))],
            default=lambda: tf.constant(4),
            exclusive=exclusive,
        )

    def bare(x):
        x = tf.constant(x)
        return tf.case([(x > 5, lambda: x + 1), (x > 3, lambda: x + 2)])

    for value in (9, 4, -1, 1):
        show(lambda value=value: build(value))
        show(lambda value=value: tf.function(build)(value))
        show(lambda value=value: in_graph(tf, lambda: build(value)))
        show(lambda value=value: type_of(lambda: in_graph(tf, lambda: build(value, True))))
        show(lambda value=value: type_of(lambda: in_graph(tf, lambda: bare(value))))
        show(lambda value=value: type_of(lambda: bare(value)))
    show(lambda: tf.case(3))
    show(lambda: tf.case([(True, lambda: 1)]))


@program
def switches(tf, show):
    """`tf.switch_case` takes the function of a number; another number takes the last one, or the default."""
    fns = [lambda: tf.constant(10), lambda: tf.constant(11), lambda: tf.constant(12)]

    def build(i, default=None):
        return tf.switch_case(tf.constant(i), fns, default)

    for i in (0, 1, 2, 7, -1):
        show(lambda i=i: build(i))
        show(lambda i=i: tf.function(build)(i))
        show(lambda i=i: in_graph(tf, lambda: build(i)))
        show(lambda i=i: in_graph(tf, lambda: build(i, lambda: tf.constant(-5))))
    i = tf.constant(1)
    show(lambda: tf.switch_case(i, {1: fns[0], 0: fns[1]}))
    show(lambda: tf.switch_case(i, {0: fns[0], 5: fns[1]}))
    show(lambda: tf.switch_case(i, []))
    show(lambda: tf.switch_case(i, [1]))
    show(lambda: tf.switch_case(tf.constant(1.0), fns))
    show(lambda: tf.switch_case(1, fns))
    show(lambda: tf.switch_case(i, 3))


@program
def loops_in_all_modes(tf, show):
    """`tf.while_loop` gives the same eagerly, in functions and in sessions, for all structures of variables."""

    def build():
        one = tf.while_loop(lambda i: i < 5, lambda i: [i + 2], [tf.constant(0)])
        pair = tf.while_loop(lambda i, s: i < 5, lambda i, s: (i + 1, s + i), (0, 10))
        nested = tf.while_loop(
            lambda d, t: d["n"] < 3,
            lambda d, t: ({"n": d["n"] + 1, "v": [d["v"][0] * 2.0]}, (t[0], t[1] + 1)),
            ({"n": tf.constant(0), "v": [tf.constant([1.0, 2.0])]}, (tf.constant(0), tf.constant(0))),
        )
        limited = tf.while_loop(lambda i: i < 100, lambda i: (i * 2,), (tf.constant(1),), maximum_iterations=3)
        never = tf.while_loop(lambda i: i < 0, lambda i: (i * 2,), (tf.constant(1),))
        return one, pair, nested, limited, never

    show(build)
    show(lambda: tf.function(build)())
    show(lambda: in_graph(tf, build))


@program
def shapes_of_loops(tf, show):
    """A variable of a loop in a graph keeps its shape, or the one that `shape_invariants` gives."""

    def grow(invariants=None):
        return tf.while_loop(
            lambda i, j: i < 3,
            lambda i, j: [i + 1, tf.concat([j, j], 0)],
            [tf.constant(0), tf.constant([1])],
            shape_invariants=invariants,
        )

    unknown = [tf.TensorShape([]), tf.TensorShape([None])]
    show(lambda: grow())
    show(lambda: in_graph(tf, lambda: grow(unknown)))
    show(lambda: type_of(lambda: in_graph(tf, grow)))
    with tf.Graph().as_default():
        show(lambda: [str(one.shape) for one in grow(unknown)])
    show(lambda: tf.while_loop(1, lambda i: i, [0]))
    show(lambda: tf.while_loop(lambda i: i < 1, 1, [0]))
    show(lambda: tf.while_loop(lambda i: i < 1, lambda i: i, [0], parallel_iterations=0))
    show(lambda: tf.while_loop(lambda: True, lambda: [], []))


@program
def loops_of_tensorflow_1(tf, show):
    """`tf.compat.v1.while_loop` returns a single variable alone unless `return_same_structure` is set."""
    v1 = tf.compat.v1

    def build():
        return (
            v1.while_loop(lambda i: i < 5, lambda i: i + 2, [tf.constant(0)]),
            v1.while_loop(lambda i: i < 5, lambda i: [i + 2], [tf.constant(0)], return_same_structure=True),
            v1.while_loop(lambda i, j: i < 5, lambda i, j: (i + 1, j * 2), [tf.constant(0), tf.constant(1)]),
        )

    show(build)
    show(lambda: in_graph(tf, build))


@program
def nested_control_flow(tf, show):
    """Loops in branches in loops, with captured tensors, variables and arrays of all levels."""
    v = tf.Variable(2.0)

    def build(x):
        x = tf.constant(x)
        y = x * 3

        def body(i, s):
            def inner(j, t):
                return j + 1, t + tf.cond(t > 10.0, lambda: v * 0.5, lambda: y + v)

            _, t = tf.while_loop(lambda j, t: j < i, inner, (tf.constant(0), s))
            return i + 1, tf.cond(
                i % 2 == 0, lambda: t + x, lambda: tf.while_loop(lambda u: u > 5.0, lambda u: (u - y,), (t,))[0]
            )

        return tf.while_loop(lambda i, s: i < 5, body, (tf.constant(0), x))

    show(lambda: build(1.0))
    show(lambda: tf.function(build)(1.0))


@program
def gradients_of_conditionals(tf, show):
    """First and second gradients of `tf.cond`, `tf.case` and `tf.switch_case`, captured tensors included."""

    def f(x, y):
        a = tf.cond(x > 1.0, lambda: x * x * y, lambda: tf.sin(x))
        b = tf.switch_case(tf.cast(x, tf.int32) % 3, [lambda: x * 2, lambda: y * y * x, lambda: tf.exp(y)])
        return a * b + tf.cond(y > 0.0, lambda: tf.cond(x > 2.0, lambda: x * y, lambda: y), lambda: x)

    function = tf.function(f)

    def orders(call, x, y):
        x, y = tf.constant(x), tf.constant(y)
        with tf.GradientTape(persistent=True) as outer:
            outer.watch([x, y])
            with tf.GradientTape() as inner:
                inner.watch([x, y])
                z = call(x, y)
            first = inner.gradient(z, [x, y], unconnected_gradients="zero")
            total = first[0] + first[1]
        return z, first, outer.gradient(total, [x, y], unconnected_gradients="zero")

    for x, y in ((0.5, 2.0), (1.5, -1.0), (2.5, 0.5)):
        show(lambda x=x, y=y: orders(f, x, y))
        show(lambda x=x, y=y: orders(function, x, y))


@program
def gradients_of_loops(tf, show):
    """First and second gradients of loops: several variables, captured tensors, nested loops, no iteration at all."""

    def f(x, w, n):
        def body(i, a, b):
            _, c = tf.while_loop(lambda j, c: j < i, lambda j, c: (j + 1, c * w + x), (tf.constant(0), a))
            return i + 1, c * 0.5 + b, a * x

        _, a, b = tf.while_loop(lambda i, a, b: i < n, body, (tf.constant(0), x, x * w))
        return tf.reduce_sum(a * b)

    function = tf.function(f)

    def orders(call, n):
        x, w, n = tf.constant([0.5, 1.5]), tf.constant(0.7), tf.constant(n)
        with tf.GradientTape(persistent=True) as outer:
            outer.watch([x, w])
            with tf.GradientTape() as inner:
                inner.watch([x, w])
                z = call(x, w, n)
            first = inner.gradient(z, [x, w])
            total = tf.reduce_sum(first[0]) + first[1]
        return z, first, outer.gradient(total, [x, w])

    for n in (0, 1, 4):
        show(lambda n=n: orders(f, n))
        show(lambda n=n: orders(function, n))


@program
def gradients_in_sessions(tf, show):
    """`tf.gradients` through control flow in a session, fed with other values."""

    def session():
        with tf.Graph().as_default():
            x = tf.compat.v1.placeholder(tf.float32, [])
            n = tf.compat.v1.placeholder(tf.int32, [])
            _, y = tf.while_loop(
                lambda i, y: i < n,
                lambda i, y: (i + 1, tf.cond(y > 3.0, lambda: y * x, lambda: y + x * x)),
                (tf.constant(0), x),
            )
            (d,) = tf.gradients(y, x)
            with tf.compat.v1.Session() as run:
                return [run.run([y, d], {x: value, n: count}) for value, count in ((1.0, 3), (2.0, 0), (1.5, 5))]

    show(session)


@program
def maps(tf, show):
    """`tf.map_fn` maps structures to structures; the signature says what the function returns."""
    values = [[1, 2], [3, 4], [5, 6]]

    def build():
        x = tf.constant(values)
        return (
            tf.map_fn(lambda r: r * 2, x),
            tf.map_fn(lambda r: tf.reduce_sum(r), x),
            tf.map_fn(lambda p: p[0] * p[1], (x, x + 1), fn_output_signature=tf.int32),
            tf.map_fn(lambda r: {"s": tf.cast(r, tf.float32), "t": (r[0], r[1] > 2)}, x,
                      fn_output_signature={"s": tf.float32, "t": (tf.int32, tf.bool)}),
            tf.map_fn(lambda r: tf.ones([2]), x, fn_output_signature=tf.TensorSpec([2], tf.float32)),
            tf.map_fn(lambda d: d["a"][0] + d["b"], {"a": x, "b": x[:, 0]}, dtype=tf.int32),
            tf.map_fn(lambda r: tf.map_fn(lambda c: c * c, r), x),
        )  # fmt: skip

    show(build)
    show(lambda: tf.function(build)())
    show(lambda: in_graph(tf, build))
    x = tf.constant(values)
    show(lambda: tf.map_fn(lambda r: r, tf.constant(1)))
    show(lambda: tf.map_fn(lambda r: r, []))
    show(lambda: tf.map_fn(lambda r: r[0] + r[1], (x, x[:2]), fn_output_signature=tf.int32))


@program
def vectorized_maps(tf, show):
    """`tf.vectorized_map` finds the signature; tensors of first size 1 are shared by all calls."""
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])

    def build():
        return (
            tf.vectorized_map(lambda r: r * 2, x),
            tf.vectorized_map(lambda r: (tf.reduce_sum(r), tf.cast(r, tf.int32)), x),
            tf.vectorized_map(lambda p: p[0] + p[1], (x, x[:1])),
            tf.vectorized_map(lambda r: tf.constant(1.0), x),
            tf.vectorized_map(lambda d: {"y": d["x"][0]}, {"x": x}),
        )

    show(build)
    show(lambda: tf.function(build)())


@program
def scans_and_folds(tf, show):
    """`tf.scan`, `tf.foldl` and `tf.foldr` start with the first element or with an initializer of another structure."""

    def build():
        x = tf.constant([1, 2, 3, 4])
        return (
            tf.scan(lambda a, v: a * 2 + v, x),
            tf.scan(lambda a, v: a * 2 + v, x, reverse=True),
            tf.scan(lambda a, v: (a[0] + v, a[1] * 2.0), x, initializer=(tf.constant(0), tf.constant(1.0))),
            tf.scan(lambda a, v: a + v[0] * v[1], (x, x + 1), initializer=tf.constant(0)),
            tf.scan(lambda a, v: a - v, x, initializer=tf.constant(100), reverse=True),
            tf.foldl(lambda a, v: a * 10 + v, x),
            tf.foldr(lambda a, v: a * 10 + v, x),
            tf.foldl(lambda a, v: a - v, x, initializer=tf.constant(7)),
            tf.foldr(lambda a, v: (a[0] + v["k"], a[1] + 1), {"k": x}, initializer=(tf.constant(0), tf.constant(0))),
            tf.scan(lambda a, v: a + v, tf.zeros([0], tf.int32), initializer=tf.constant(1)),
        )

    show(build)
    show(lambda: tf.function(build)())
    show(lambda: in_graph(tf, build))


@program
def gradients_of_maps_and_folds(tf, show):
    """First and second gradients of maps, scans and folds."""

    def f(x, w):
        a = tf.map_fn(lambda v: v * v * w, x)
        b = tf.scan(lambda s, v: s * w + v, x)
        c = tf.foldl(lambda s, v: s + tf.sin(v * s), x)
        d = tf.foldr(lambda s, v: s * 0.5 + v, x, initializer=w)
        return tf.reduce_sum(a * b) + c * d

    function = tf.function(f)

    def orders(call):
        x, w = tf.constant([0.5, -1.0, 2.0]), tf.constant(1.5)
        with tf.GradientTape(persistent=True) as outer:
            outer.watch([x, w])
            with tf.GradientTape() as inner:
                inner.watch([x, w])
                y = call(x, w)
            first = inner.gradient(y, [x, w])
            total = tf.reduce_sum(first[0]) * first[1]
        return y, first, outer.gradient(total, [x, w])

    show(lambda: orders(f))
    show(lambda: orders(function))


@program
def arrays(tf, show):
    """`tf.TensorArray`: reads, writes, stack, concat, gather, scatter, split and unstack give the same in all modes."""
    TensorArray = tf.TensorArray

    def build():
        a = TensorArray(tf.float32, 3, clear_after_read=False).unstack([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
        b = TensorArray(tf.float32, 1, dynamic_size=True).write(0, [1.0]).write(2, [3.0])
        c = TensorArray(tf.int32, 4).scatter([2, 0], [[7], [8]])
        d = TensorArray(tf.float32, 3, infer_shape=False).split([1.0, 2.0, 3.0, 4.0], [1, 2, 1])
        return (
            a.stack(), a.gather([2, 0]), a.concat(), a.read(1), a.size(), a.identity().read(0),
            b.stack(), b.size(), c.stack(), c.concat(), d.concat(), d.read(1), d.size(),
            TensorArray(tf.float32, 2, element_shape=[2]).stack(),
        )  # fmt: skip

    show(build)
    show(lambda: tf.function(build)())
    show(lambda: in_graph(tf, build))


@program
def faults_of_arrays(tf, show):
    """Wrong indices, dtypes, shapes and sizes of arrays are errors, eagerly and in graphs."""
    TensorArray = tf.TensorArray
    calls = [
        lambda: TensorArray(tf.float32),
        lambda: TensorArray(tf.float32, 2).write(2, 1.0).stack(),
        lambda: TensorArray(tf.float32, 2).write(-1, 1.0).stack(),
        lambda: TensorArray(tf.float32, size=0, dynamic_size=True).read(0),
        lambda: TensorArray(tf.float32, 2).write(0, [1.0]).write(1, [1.0, 2.0]).stack(),
        lambda: TensorArray(tf.float32, 2, element_shape=[2]).write(0, [1.0]).stack(),
        lambda: TensorArray(tf.float32, 3).split([1.0, 2.0, 3.0, 4.0], [1, 2, 0]).read(1),
        lambda: TensorArray(tf.float32, 2).write(0, 1.0).write(1, 2.0).concat(),
    ]
    for call in calls:
        show(call)
        show(lambda call=call: type_of(lambda: in_graph(tf, call)))
    twice = TensorArray(tf.float32, 1).write(0, 1.0)
    show(lambda: (twice.read(0), twice.read(0)))
    show(lambda: TensorArray(tf.float32, 2).write(0, tf.constant(1)))
    show(lambda: TensorArray(tf.float32, 2).unstack([1.0, 2.0, 3.0]))
    show(lambda: TensorArray(tf.float32, 3).unstack([1.0, 2.0, 3.0]).gather([5]))


@program
def gradients_of_arrays(tf, show):
    """Gradients flow through all operations of arrays."""

    def f(x):
        a = tf.TensorArray(tf.float32, 3, clear_after_read=False).unstack(x)
        b = tf.TensorArray(tf.float32, 3).write(0, x[1]).write(2, a.read(0) * 2.0).write(1, x[0] * x[2])
        c = tf.TensorArray(tf.float32, 4).scatter([3, 1, 0], x)
        return tf.reduce_sum(b.stack() ** 2) + tf.reduce_sum(a.gather([2, 0]) * x[0]) + tf.reduce_sum(c.concat() ** 3)

    function = tf.function(f)

    def orders(call):
        x = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = call(x)
            first = inner.gradient(y, x)
        return y, first, outer.gradient(first, x)

    show(lambda: orders(f))
    show(lambda: orders(function))


@program
def arrays_as_variables_of_loops(tf, show):
    """Arrays are variables of loops and results of branches; a list of results has the shape of its elements."""

    def build(x):
        def body(i, a, b):
            a = a.write(i, x[i] * 2.0)
            b = tf.cond(x[i] > 1.0, lambda: b.write(b.size(), x[i]), lambda: b)
            return i + 1, a, b

        start = (0, tf.TensorArray(tf.float32, 3), tf.TensorArray(tf.float32, size=0, dynamic_size=True))
        _, a, b = tf.while_loop(lambda i, a, b: i < 3, body, start)
        return a.stack(), b.stack(), b.size()

    show(lambda: build(tf.constant([1.0, 2.0, 3.0])))
    show(lambda: tf.function(build)(tf.constant([1.0, 2.0, 3.0])))
    show(lambda: in_graph(tf, lambda: build(tf.constant([5.0, 0.0, 3.0]))))


@program
def assertions_in_branches(tf, show):
    """`tf.Assert` and control dependencies in a branch count only where the branch runs."""

    @tf.function
    def f(x):
        def checked():
            with tf.control_dependencies([tf.debugging.Assert(x < 10, ["too big:", x])]):
                return x * 2

        return tf.cond(x > 0, checked, lambda: x - 100)

    for value in (3, -3, 30):
        show(lambda value=value: type_of(lambda: f(tf.constant(value))))


@pytest.mark.parametrize("one", PROGRAMS, ids=[one.__name__ for one in PROGRAMS])
def test_program_shows_what_tensorflow_shows(one):
    check(one)


def test_each_program_names_a_rule_of_its_own():
    rules = [one.__doc__ for one in PROGRAMS]
    assert all(rules) and len(set(rules)) == len(rules)
