"""Programs that mix tensors in control flow with variables, gradients, arrays, datasets and classes show the same."""

import collections

import pytest
from function_programs import check, type_of

PROGRAMS = []


def program(function):
    """Adds a program to those that are run."""
    PROGRAMS.append(function)
    return function


@program
def variables_in_branches(tf, show):
    """Assignments to `tf.Variable`s happen in the order of the program, only in the branches and iterations that run."""
    v, w = tf.Variable(1.0), tf.Variable([0.0, 0.0])

    @tf.function
    def f(x):
        if x > 0:
            v.assign_add(x)
            y = v * 2
        else:
            v.assign(10.0)
            y = v + 0
        for i in tf.range(2):
            w.scatter_nd_add([[i]], [v])
            if w[i] > 5:
                v.assign_sub(1.0)
        return y, v + 0

    for value in (2.0, -1.0, 4.0):
        show(lambda value=value: f(tf.constant(value)))
        show(lambda: (v, w))


@program
def gradients_through_control_flow(tf, show):
    """Gradients of first and second order go through branches, loops with break, and nested ones."""

    @tf.function
    def f(x, n):
        y = x
        for i in tf.range(n):
            if y > 50:
                break
            if i % 2 == 0:
                y = y * x
            else:
                y = y + tf.sin(x)
            k = 0
            while k < i:
                y = y * 1.1
                k += 1
        return y

    def orders(value, n):
        x = tf.constant(value)
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = f(x, tf.constant(n))
            first = inner.gradient(y, x)
        return y, first, outer.gradient(first, x)

    for value, n in ((1.5, 4), (3.0, 6), (2.0, 0)):
        show(lambda value=value, n=n: orders(value, n))


@program
def arrays_in_loops(tf, show):
    """A `tf.TensorArray` is a variable of a loop like any other; its shape is known after it."""

    @tf.function
    def f(x):
        array = tf.TensorArray(tf.float32, size=0, dynamic_size=True)
        for i in tf.range(tf.shape(x)[0]):
            if x[i] > 0:
                array = array.write(array.size(), x[i] * 2)
        return array.stack(), array.size()

    @tf.function
    def fixed(x):
        array = tf.TensorArray(tf.float32, size=3, element_shape=[2])
        i = 0
        while i < 3:
            array = array.write(i, x * tf.cast(i, tf.float32))
            i += 1
        return array.stack(), array.concat()

    show(lambda: f(tf.constant([1.0, -1.0, 3.0])))
    show(lambda: fixed(tf.constant([1.0, 2.0])))


@program
def datasets_in_functions(tf, show):
    """`for` over a dataset, with and without `break`, and over its iterator, runs in the graph."""

    @tf.function
    def total(d):
        result = tf.constant(0, tf.int64)
        for value in d:
            result += value
        return result

    @tf.function
    def until(d, limit):
        result = tf.constant(0, tf.int64)
        for value in d:
            if value >= limit:
                break
            result += value
        return result

    @tf.function
    def iterated(d):
        result = tf.constant(0, tf.int64)
        for value in iter(d):
            if value % 2 == 0:
                continue
            result = result * 10 + value
        return result

    @tf.function
    def undefined(d):
        for value in d:
            last = value
        return last

    d = tf.data.Dataset.range(6)
    show(lambda: total(d))
    show(lambda: until(d, tf.constant(3, tf.int64)))
    show(lambda: iterated(d))
    show(lambda: undefined(d))


@program
def functions_of_datasets(tf, show):
    """Functions of datasets are converted."""

    def halve(x):
        while x > 2:
            x = x // 2
        return x

    def even(x):
        if x % 2 == 0:
            return True
        return False

    show(lambda: [int(v) for v in tf.data.Dataset.range(8).filter(even).map(halve)])


@program
def functions_of_map_fn(tf, show):
    """Functions that are passed to `tf.map_fn`, `tf.foldl`, `tf.scan`, `tf.cond` and `tf.while_loop` are converted."""

    def sign(v):
        if v > 1:
            return v
        return -v

    @tf.function
    def f(x):
        mapped = tf.map_fn(lambda v: sign(v) * 2, x)
        folded = tf.foldl(lambda a, b: a + sign(b), x)
        scanned = tf.scan(lambda a, b: sign(a) + b, x)
        chosen = tf.cond(x[0] > 0, lambda: sign(x[1]), lambda: sign(x[2]))
        looped = tf.while_loop(lambda i: i < 20, lambda i: (i + sign(x[2]),), [x[0]])
        return mapped, folded, scanned, chosen, looped

    show(lambda: f(tf.constant([1, 2, 3])))


@program
def nested_functions(tf, show):
    """A traced function calls others in branches and loops; each is traced once for a type."""
    traced = []

    @tf.function
    def inner(x):
        traced.append("inner")
        if x > 2:
            return x * x
        return x

    @tf.function
    def outer(x):
        traced.append("outer")
        total = tf.constant(0)
        for i in tf.range(x):
            total += inner(i)
        if total > 10:
            total = inner(total)
        return total

    show(lambda: outer(tf.constant(5)))
    show(lambda: outer(tf.constant(2)))
    show(traced)


Pair = collections.namedtuple("Pair", ["first", "second"])


@program
def structures_in_loops(tf, show):
    """Nested tuples, dicts and named tuples are variables of loops and branches."""

    @tf.function
    def f(n):
        state = Pair({"a": tf.constant(0), "b": [tf.constant(1.0)]}, (tf.zeros([2]), 0))
        for i in tf.range(n):
            if i == 1:
                state = Pair({"a": i, "b": [2.0]}, state.second)
            else:
                state = Pair(state.first, (state.second[0] + 1, state.second[1] + 1))
        return state

    show(lambda: f(tf.constant(3)))
    show(lambda: f(tf.constant(0)))


@program
def training_loop(tf, show):
    """A whole training loop: closure over variables, tape in the loop, early stop, a dictionary of results."""
    w = tf.Variable([0.5, -0.5])
    log = []

    def loss_of(x, y):
        error = tf.reduce_sum(x * w, 1) - y
        return tf.reduce_mean(error * error)

    @tf.function
    def train(x, y, steps):
        log.append("trace")
        history = tf.TensorArray(tf.float32, size=steps)
        last = tf.constant(1e9)
        for step in tf.range(steps):
            with tf.GradientTape() as tape:
                loss = loss_of(x, y)
            w.assign_sub(0.1 * tape.gradient(loss, w))
            history = history.write(step, loss)
            if last - loss < 1e-3:
                break
            last = loss
        return {"loss": loss, "steps": step, "history": history.stack()}

    x = tf.constant([[1.0, 2.0], [3.0, -1.0], [0.5, 0.5]])
    show(lambda: train(x, tf.constant([1.0, 2.0, 0.0]), tf.constant(30)))
    show(lambda: train(x, tf.constant([0.0, 1.0, 0.0]), tf.constant(2)))
    show(lambda: w)
    show(log)


@program
def search_with_everything(tf, show):
    """Loops, early returns, closures, generators, nested structures and exceptions in one function."""
    calls = []

    def thresholds():
        yield from (4, 2)

    class Stop(Exception):
        pass

    def guard(value):
        if value is None:
            raise Stop("no value")
        return value

    @tf.function
    def search(x, target):
        calls.append("trace")
        best = {"index": -1, "value": 0}

        def better(i, v):
            if v > best["value"]:
                return True
            return False

        try:
            guard(None)
        except Stop as stop:
            calls.append(str(stop))
        for limit in thresholds():
            for i in tf.range(tf.shape(x)[0]):
                v = x[i]
                if v > limit:
                    continue
                if better(i, v):
                    best["index"] = i
                    best["value"] = v
                if v == target:
                    break
        if best["index"] < 0:
            return tf.constant(-1), best
        return best["index"] * 10, best

    for target in (3, 1, 9):
        show(lambda target=target: search(tf.constant([5, 1, 3, 2, 4]), tf.constant(target)))
    show(lambda: search(tf.constant([9, 9, 9, 9, 9]), tf.constant(1)))
    show(calls)


@program
def state_machine(tf, show):
    """A machine in a loop with several exits, changing attributes of an object of the user."""

    class Machine:
        def __init__(self):
            self.count = tf.Variable(0)
            self.names = ("start", "run", "stop")

        @tf.function
        def run(self, tape):
            state, i = 0, 0
            out = tf.TensorArray(tf.int32, size=0, dynamic_size=True)
            while i < tf.shape(tape)[0]:
                symbol = tape[i]
                i += 1
                if state == 0:
                    state = 1 if symbol == 1 else 0
                    continue
                if symbol == 0:
                    state = 2
                    break
                self.count.assign_add(symbol)
                out = out.write(out.size(), symbol * 2)
            return state, i, out.stack(), self.names

    machine = Machine()
    for tape in ([0, 1, 2, 3, 0, 5], [1, 1], [0]):
        show(lambda tape=tape: machine.run(tf.constant(tape)))
        show(lambda: machine.count)


@program
def decorated_and_defaults(tf, show):
    """Decorators, default arguments, starred arguments and keyword arguments keep their meaning."""
    import functools

    def doubled(function):
        @functools.wraps(function)
        def call(*args, **kwargs):
            if args[0] > 100:
                return args[0]
            return function(*args, **kwargs) * 2

        return call

    @doubled
    def f(x, y=2, *rest, scale=1, **more):
        if x > y:
            x = x + sum(rest)
        return x * scale + more.get("extra", 0)

    @tf.function
    def g(x):
        part = functools.partial(f, scale=3)
        return f(x), f(x, 1, 5, 6), part(x, y=0), f(*[x, 3], **{"extra": 7})

    for value in (1, 4, 200):
        show(lambda value=value: g(tf.constant(value)))


@program
def optional_features(tf, show):
    """Features that are off by default: assertions, printing, equality, assignment to items."""
    feature = tf.autograph.experimental.Feature

    @tf.function(experimental_autograph_options=feature.ASSERT_STATEMENTS)
    def asserts(x):
        assert x > 0, "positive"
        return x

    @tf.function(experimental_autograph_options=feature.LISTS)
    def items(x):
        x[0] = 7
        return x

    @tf.function(experimental_autograph_options=(feature.EQUALITY_OPERATORS, feature.BUILTIN_FUNCTIONS))
    def equal(x):
        return x == [1, 5], x != 5

    show(lambda: asserts(tf.constant(1)))
    show(lambda: type_of(lambda: asserts(tf.constant(-1))))
    show(lambda: items(tf.constant([1, 2])))
    show(lambda: equal(tf.constant([1, 2])))


@pytest.mark.parametrize("one", PROGRAMS, ids=[one.__name__ for one in PROGRAMS])
def test_program_shows_what_tensorflow_shows(one):
    check(one)


def test_each_program_names_a_rule_of_its_own():
    rules = [one.__doc__ for one in PROGRAMS]
    assert all(rules) and len(set(rules)) == len(rules)
