"""Programs that mix classes, variables, traces and control flow show the same with Ferroflow and with TensorFlow."""

import collections

import pytest
from function_programs import EAGER, FUNCTION, SESSION, Programs, check

program = Programs()
Pair = collections.namedtuple("Pair", "first second")


@program(FUNCTION, EAGER, features=("method", "early exit of a dataset loop", "TensorArray", "variable update"))
def running_maximum(tf, show):
    """A method goes over a dataset, stops early, keeps what it saw in an array and counts in a variable of its object."""
    traces = []

    class Scan:
        def __init__(self, limit):
            self.seen = tf.Variable(0)
            self.limit = limit

        @tf.function
        def run(self, data):
            traces.append(self.limit)
            kept = tf.TensorArray(tf.float32, 0, dynamic_size=True, clear_after_read=False)
            best = tf.constant(float("-inf"))
            for value in data:
                if value > self.limit:
                    break
                self.seen.assign_add(1)
                if value > best:
                    best = value
                kept = kept.write(kept.size(), best)
            if kept.size() > 0:
                return kept.stack(), best
            return tf.zeros([0]), best

    values = tf.data.Dataset.from_tensor_slices([1.0, 3.0, 2.0, 9.0, 4.0])
    for scan in (Scan(5.0), Scan(100.0), Scan(0.0)):
        show(lambda scan=scan: scan.run(values))
        show(lambda scan=scan: scan.run(values.skip(1)))
        show(scan.seen)
    show(traces)


@program(FUNCTION, EAGER, features=("generator", "nested function", "try and except", "retrace by dtype"))
def generator_of_terms(tf, show):
    """Generators are read while tracing; what an exception in one undoes is decided by each dtype's trace."""
    traces = []

    @tf.function
    def series(x, n):
        traces.append((x.dtype.name, n))

        def terms():
            term = tf.ones_like(x)
            for k in range(1, n + 1):
                yield term
                if x.dtype.is_integer and k > 2:
                    raise ArithmeticError(f"term {k} of integers")
                term = term * x / k if x.dtype.is_floating else term * x

        total = tf.zeros_like(x)
        try:
            for term in terms():
                total = total + term
        except ArithmeticError as error:
            traces.append(str(error))
            return -total
        else:
            traces.append("whole")
        finally:
            traces.append("done")
        return total

    for value in (1.0, 2.0, 2, 3, [1.0, 2.0]):
        show(lambda value=value: series(tf.constant(value), 4))
    show(lambda: series(tf.constant(2), 2))
    show(traces)


@program(FUNCTION, EAGER, features=("descriptor", "inheritance", "variables made once", "closure of a tensor"))
def layers_that_build_themselves(tf, show):
    """Objects make variables in the first trace; a subclass calls its base's method by `super`."""
    traces = []

    class Dense(tf.Module):
        def __init__(self, size, name=None):
            super().__init__(name=name)
            self.size, self.weight = size, None

        @property
        def scale(self):
            return 2.0 if self.size > 2 else 0.5

        def __call__(self, x):
            if self.weight is None:
                self.weight = tf.Variable(tf.ones([x.shape[-1], self.size]), name="weight")
            return tf.matmul(x, self.weight) * self.scale

    class Gated(Dense):
        def __call__(self, x):
            y = super().__call__(x)
            if tf.reduce_sum(y) > 20.0:
                y = y - self.offset
            return y

        offset = property(lambda self: tf.reduce_mean(self.weight))

    class Net(tf.Module):
        def __init__(self):
            super().__init__()
            self.layers = [Dense(3), Gated(2)]

        @tf.function
        def __call__(self, x):
            traces.append(x.shape.as_list())
            for layer in self.layers:
                x = layer(x)
            return x

    net = Net()
    for rows in (1, 4, 1):
        show(lambda rows=rows: net(tf.ones([rows, 2])))
    net.layers[1].weight.assign_add(tf.ones([3, 2]))
    show(lambda: net(tf.ones([4, 2])))
    show(lambda: [one.shape.as_list() for one in net.trainable_variables])
    show(traces)


@program(FUNCTION, features=("method", "weak bound instance", "trace count", "while loop", "Python argument"))
def instances_have_traces_of_their_own(tf, show):
    """A traced method has traces for each instance; a Python argument that it unrolls by makes a new one."""
    traces = []

    class Counter:
        def __init__(self, step):
            self.step, self.total = step, tf.Variable(0)

        @tf.function
        def up(self, n, times=1):
            traces.append((self.step, times))
            i = tf.constant(0)
            while i < n:
                for _ in range(times):
                    self.total.assign_add(self.step)
                i += 1
            return self.total + 0

    one, ten = Counter(1), Counter(10)
    for counter in (one, ten, one):
        for times in (1, 2):
            show(lambda counter=counter, times=times: counter.up(tf.constant(3), times=times))
    show(lambda: one.up(3))
    show(lambda: one.up(tf.constant(3), 1))
    show(traces)
    show(lambda: Counter.up(ten, tf.constant(2)))
    show(traces)


@program(FUNCTION, EAGER, SESSION, features=("named tuple", "nested structure", "branch", "loop variable"))
def structures_as_state(tf, show):
    """A named tuple of a dict and a list is a loop's variable; a branch replaces a part of it."""

    @tf.function
    def f(n):
        state = Pair({"sum": tf.constant(0.0), "seen": [tf.constant(0), tf.constant(0)]}, tf.zeros([2]))
        for i in tf.range(n):
            value = tf.cast(i, tf.float32)
            even, odd = state.first["seen"]
            if i % 2 == 0:
                even += 1
                second = state.second + [value, 0.0]
            else:
                odd += 1
                second = state.second + [0.0, value]
            state = Pair({"sum": state.first["sum"] + value, "seen": [even, odd]}, second)
        return state

    for n in (0, 1, 5):
        show(lambda n=n: f(tf.constant(n)))


@program(FUNCTION, EAGER, features=("context manager", "exception in a branch", "finally", "variable"))
def context_managers(tf, show):
    """Context managers enter and leave while tracing, also when a branch raises; effects of the graph wait for the run."""
    log = []
    v = tf.Variable(1.0)

    class Scope:
        def __init__(self, name, swallow=()):
            self.name, self.swallow = name, swallow

        def __enter__(self):
            log.append(f"enter {self.name}")
            return self

        def __exit__(self, kind, error, trace):
            log.append(f"leave {self.name} {kind and kind.__name__}")
            return kind is not None and issubclass(kind, self.swallow)

    @tf.function
    def f(x, fail):
        with Scope("outer", (LookupError,)) as outer, Scope("inner"):
            v.assign_add(x)
            if fail:
                raise KeyError(outer.name)
            x = x * v
        if x > 4.0:
            with Scope("branch"):
                x = x + 100.0
        return x

    for fail in (False, True, False):
        show(lambda fail=fail: f(tf.constant(2.0), fail))
        show(v)
    show(lambda: f(tf.constant(0.5), False))
    show(log)


@program(FUNCTION, EAGER, features=("partial", "keyword arguments", "nested traced functions", "gradient"))
def partials_of_traced_functions(tf, show):
    """Partials, stars and defaults of traced functions count their traces by the arguments in their final form."""
    import functools

    traces = []

    @tf.function
    def power(x, n=2, *, scale=1.0, **rest):
        traces.append((n, scale, sorted(rest)))
        result = x
        for _ in range(n - 1):
            result = result * x
        for key in sorted(rest):
            result = result + rest[key]
        return result * scale

    cube = functools.partial(power, n=3)
    half = functools.partial(cube, scale=0.5)

    @tf.function
    def both(x):
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            a, b = cube(x), half(x, extra=x)
        return a, b, tape.gradient(a, x), tape.gradient(b, x)

    x = tf.constant([1.0, 2.0])
    show(lambda: both(x))
    show(lambda: (power(x), power(x, 2), power(x, n=2), power(n=2, x=x)))
    show(lambda: half(x))
    show(lambda: tf.function(half)(x))
    show(lambda: power(x, **{"b": 1.0, "a": x}))
    show(traces)


@program(FUNCTION, EAGER, features=("operator overloading", "object argument", "loop", "conditional expression"))
def objects_with_operators(tf, show):
    """Operators, `len`, items and iteration of the user's own classes are Python's, with tensors inside."""

    class Vector:
        def __init__(self, *parts):
            self.parts = parts

        def __add__(self, other):
            return Vector(*[a + b for a, b in zip(self.parts, other.parts)])

        def __mul__(self, factor):
            return Vector(*[a * factor for a in self.parts])

        __rmul__ = __mul__

        def __len__(self):
            return len(self.parts)

        def __getitem__(self, place):
            return self.parts[place]

        def __bool__(self):
            return len(self) > 1

        def __contains__(self, value):
            return any(part is value for part in self.parts)

        def __eq__(self, other):
            return len(self) == len(other)

        __hash__ = None

    @tf.function
    def f(x):
        v = Vector(x, x + 1, 3)
        total = v + 2 * v if v else None
        grown = x
        for part in total:
            grown = grown + (part if part > 5 else -part)
        return grown, len(total), x in v, v == total, v != Vector(), not v, total[1:]

    for value in (1, 4):
        show(lambda value=value: f(tf.constant(value)))


@program(FUNCTION, EAGER, features=("callable object", "static and class methods", "recursion in Python", "branch"))
def kinds_of_methods(tf, show):
    """Static methods, class methods and callable objects are converted and keep what they are bound to."""

    class Tree:
        depth = 3

        def __init__(self, sign=1):
            self.sign = sign

        @staticmethod
        def leaf(x):
            if x > 2:
                return x - 2
            return x

        @classmethod
        def limit(cls, x):
            return x if x < cls.depth else x * 0 + cls.depth

        def walk(self, x, depth=None):
            depth = self.depth if depth is None else depth
            if depth == 0:
                return self.leaf(x)
            return self.walk(x + self.sign, depth - 1) + Tree.limit(x)

        def __call__(self, x, *more):
            return self.walk(x) + sum(more)

    class Deep(Tree):
        depth = 5

    @tf.function
    def f(x):
        return Tree()(x), Deep(-1)(x, 1, x), Deep.leaf(x), Deep.limit(x), Tree().limit(x)

    for value in (-3, 3, 8):
        show(lambda value=value: f(tf.constant(value)))


@program(FUNCTION, features=("input signature", "method", "optional structure", "early return"))
def methods_with_signatures(tf, show):
    """An input signature of a method leaves `self` out; it has one trace and early returns for any length."""
    traces = []

    class Mean:
        def __init__(self):
            self.calls = tf.Variable(0)

        @tf.function(input_signature=[{"x": tf.TensorSpec([None], tf.float32)}, tf.TensorSpec([], tf.bool)])
        def __call__(self, inputs, skip):
            traces.append(inputs["x"].shape.as_list())
            self.calls.assign_add(1)
            x = inputs["x"]
            if skip or tf.size(x) == 0:
                return {"mean": tf.constant(-1.0), "n": 0}
            mean = tf.reduce_mean(x)
            if mean > 10.0:
                return {"mean": mean - 10.0, "n": 1}
            return {"mean": mean, "n": tf.size(x)}

    mean = Mean()
    for values in ([1.0, 2.0], [], [30.0], [5.0, 6.0, 7.0]):
        show(lambda values=values: mean({"x": tf.constant(values, tf.float32)}, tf.constant(False)))
    show(lambda: mean({"x": [1.0]}, True))
    show(lambda: mean({"x": tf.constant([1])}, tf.constant(False)))
    show(mean.calls)
    show(traces)


@program(FUNCTION, EAGER, features=("dataclass-like attributes", "attribute in a loop", "break", "assertion"))
def a_simulation_with_attributes(tf, show):
    """Attributes of the user's object that a loop changes are its variables; `break` keeps their last values."""

    class Body:
        def __init__(self, position, speed):
            self.position, self.speed, self.bounces = position, speed, tf.constant(0)

    @tf.function
    def f(height, steps):
        ball = Body(height, tf.constant(0.0))
        for _ in tf.range(steps):
            ball.speed -= 1.0
            ball.position += ball.speed
            if ball.position < 0.0:
                ball.position = -ball.position
                ball.speed = -ball.speed * 0.5
                ball.bounces += 1
                if ball.bounces >= 3:
                    break
        tf.debugging.assert_greater_equal(ball.position, 0.0)
        return ball.position, ball.speed, ball.bounces

    for height, steps in ((10.0, 3), (10.0, 50), (0.0, 0)):
        show(lambda height=height, steps=steps: f(tf.constant(height), tf.constant(steps)))


@program(FUNCTION, features=("variable creation", "two traces at first", "default argument", "exception at creation"))
def variables_made_at_the_wrong_time(tf, show):
    """Variables are made in the first call only; one that is made in each call is an error, and leaves nothing behind."""
    traces, kept = [], []

    @tf.function
    def each(x):
        traces.append("each")
        return tf.Variable(1.0) + x

    @tf.function
    def by_shape(x, key="a"):
        traces.append(("by_shape", key))
        if not kept or (key == "b" and len(kept) < 2):
            kept.append(tf.Variable(tf.zeros(x.shape), name=key))
        return kept[-1].assign_add(x)

    @tf.function
    def failing(x):
        traces.append("failing")
        if len(kept) < 9:
            raise RuntimeError("not yet")
        return x

    show(lambda: each(1.0))
    show(lambda: by_shape(tf.ones([2])))
    show(lambda: by_shape(tf.ones([2])))
    show(lambda: by_shape(tf.ones([2]), "b"))
    show(lambda: by_shape(tf.ones([2])))
    show(lambda: failing(1.0))
    show(lambda: failing(1.0))
    show(traces)


@pytest.mark.parametrize("one, way", program, ids=program.names())
def test_program_shows_what_tensorflow_shows(one, way):
    check(one, way)
