"""Loops of cheap rounds, calls of traced functions and tracing: what the engine costs where ops do next to nothing.

A limit of a loop is 50 ns for each op of a round, condition and body together.
"""

import time

from rows import Row, size

ROUNDS = size(100_000, 50)
OPS_TRACED = size(400, 8)
LIMIT_NS = 50


def counting(p, extra, first):
    """`while i < n` over a state, in a `tf.while_loop`."""
    tf = p.tf
    n = tf.constant(ROUNDS)

    @tf.function
    def loop(n):
        return tf.while_loop(lambda i, x: i < n, lambda i, x: (i + 1, extra(tf, x)), (tf.constant(0), first(tf)))[1]

    return lambda: loop(n)


def autograph_while(p):
    tf = p.tf
    n = tf.constant(ROUNDS)

    @tf.function
    def loop(n):
        i = tf.constant(0)
        while i < n:
            i += 1
        return i

    return lambda: loop(n)


def autograph_for(p):
    tf = p.tf
    n = tf.constant(ROUNDS)

    @tf.function
    def loop(n):
        total = tf.constant(0)
        for i in tf.range(n):
            total += i % 7
        return total

    return lambda: loop(n)


def session(p):
    tf = p.tf
    v1 = tf.compat.v1
    with tf.Graph().as_default() as graph:
        n = v1.placeholder(tf.int32, [])
        last = tf.while_loop(lambda i: i < n, lambda i: [i + 1], [tf.constant(0)])
    call = v1.Session(graph=graph).make_callable(last, [n])
    return lambda: call(ROUNDS)


def variable(p):
    tf = p.tf
    n, v = tf.constant(ROUNDS), tf.Variable(0.0)

    @tf.function
    def loop(n):
        i = tf.constant(0)
        while i < n:
            v.assign_add(1.0)
            i += 1
        return i

    return lambda: loop(n)


def array(p):
    tf = p.tf
    n = tf.constant(ROUNDS)

    @tf.function
    def loop(n):
        values, i = tf.TensorArray(tf.float32, n), tf.constant(0)
        while i < n:
            values = values.write(i, 1.0)
            i += 1
        return values.read(0)

    return lambda: loop(n)


def nested(p):
    tf = p.tf
    n = tf.constant(max(ROUNDS // 100, 1))

    @tf.function
    def loop(n):
        total, i = tf.constant(0), tf.constant(0)
        while i < n:
            j = tf.constant(0)
            while j < 100:
                j += 1
            total += j
            i += 1
        return total

    return lambda: loop(n)


def choice(p):
    tf = p.tf
    n = tf.constant(ROUNDS)

    @tf.function
    def loop(n):
        x, i = tf.constant(0.0), tf.constant(0)
        while i < n:
            if x > 10.0:
                x -= 10.0
            else:
                x += 1.0
            i += 1
        return x

    return lambda: loop(n)


def call(p, arguments):
    """A call of a traced function: what `arguments(tf)` gives, the function first."""
    function, args, kwargs = arguments(p.tf)
    return lambda: function(*args, **kwargs)


def nest(tf):
    function = tf.function(lambda pair, named: pair[0] + named["x"][0])
    x = tf.constant([1.0, 2.0, 3.0])
    return function, ((x, x), {"x": [x]}), {}


def keywords(tf):
    x = tf.constant([1.0, 2.0, 3.0])
    return tf.function(lambda x, times: x * times), (), {"x": x, "times": 3}


def method(tf):
    class Model(tf.Module):
        def __init__(self):
            self.scale = tf.Variable(2.0)

        @tf.function
        def __call__(self, x):
            return x * self.scale

    return Model(), (tf.constant([1.0, 2.0, 3.0]),), {}


def tracing(p, converted):
    """Microseconds that tracing takes for each op of a body."""
    tf = p.tf

    def body(x):
        for i in range(OPS_TRACED):
            x = x + 1.0 if i % 2 else tf.tanh(x)
        return x

    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        tf.function(body, autograph=converted).get_concrete_function(tf.TensorSpec([3]))
        best = min(best, time.perf_counter() - start)
    return best * 1e6 / OPS_TRACED


def both(make, **given):
    """The maker of a row for Ferroflow and TensorFlow."""
    return {column: lambda p: make(p, **given) for column in ("ferroflow", "tensorflow")}


def loop(name, ops, make, **given):
    """A row of a loop with so many ops in a round."""
    return Row(f"{name}, 100,000 rounds", [], both(make, **given), "latency", limit=ROUNDS * ops * LIMIT_NS / 1e3)


def function(name, arguments):
    return Row(f"call of a function of {name}", [], both(call, arguments=arguments), "latency", limit=1.0)


ROWS = [
    loop("while_loop, a float op", 3, counting, extra=lambda tf, x: x * 1.000001, first=lambda tf: tf.constant(1.0)),
    loop("while_loop, a vector op", 3, counting, extra=lambda tf, x: x + 1.0, first=lambda tf: tf.zeros([8])),
    loop("AutoGraph while", 2, autograph_while),
    loop("AutoGraph for range", 4, autograph_for),
    loop("while_loop in a session", 2, session),
    loop("a variable in a loop", 3, variable),
    loop("an array in a loop", 3, array),
    loop("nested loops", 2, nested),
    loop("a choice in a loop", 6, choice),
    function("a nest of tensors", nest),
    function("keywords", keywords),
    function("an instance with a variable", method),
    *(
        Row(f"tracing, per op of 400{text}", [], both(tracing, converted=on), "process", limit=10.0)
        for text, on in ((", AutoGraph", True), ("", False))
    ),
]
