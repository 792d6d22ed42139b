"""Tiny ops: what the frame around the kernels costs. A row has a maker for each column: package -> what is timed.

Rows of the kind `feed` are given a new array at each call, of three shapes in turn; those of the kind `latency` nothing.
"""

import functools

import numpy as np

from rows import Row

CHAIN = 400


def chain_of(add, multiply, tanh):
    """A function that applies 400 dependent tiny ops to its argument: add, multiply and tanh in turn."""

    def chain(x):
        z = x
        for i in range(CHAIN):
            z = add(z, x) if i % 3 == 0 else multiply(z, x) if i % 3 == 1 else tanh(z)
        return z

    return chain


def double(add, multiply, tanh):
    """A function that adds its argument to itself."""
    return lambda x: add(x, x)


def session(p, program):
    """`run` of a session with a new feed dict."""
    v1 = p.tf.compat.v1
    with p.tf.Graph().as_default() as graph:
        x = v1.placeholder(p.tf.float32)
        y = program(p.add, p.multiply, p.tanh)(x)
        run = v1.Session(graph=graph).run
    return lambda a: run(y, feed_dict={x: a})


def session_callable(p, program):
    """A callable made by a session."""
    v1 = p.tf.compat.v1
    with p.tf.Graph().as_default() as graph:
        x = v1.placeholder(p.tf.float32)
        return v1.Session(graph=graph).make_callable(program(p.add, p.multiply, p.tanh)(x), [x])


def xla(p, program):
    function = p.tf.function(program(p.add, p.multiply, p.tanh), jit_compile=True)
    return lambda a: function(p.tf.constant(a)).numpy()


def jax(p, program):
    import jax

    function = jax.jit(program(p.add, p.multiply, p.tanh))
    return lambda a: np.asarray(function(a))


def torch(p, program, compiled=False):
    import torch

    function = program(torch.add, torch.mul, torch.tanh)
    function = torch.compile(function, dynamic=True) if compiled else function

    def call(a):
        with torch.no_grad():
            return function(torch.from_numpy(a)).numpy()

    return call


def onnx(p, program):
    spec = Row("", [None], lambda p, x: program(p.add, p.multiply, p.tanh)(x))
    run = p.session(spec, [[f"d{i}" for i in range(1)]], [np.zeros(3, np.float32)], []).run
    return lambda a: run(None, {"x0": a.reshape(-1)})[0].reshape(a.shape)


compiled_torch = functools.partial(torch, compiled=True)
FEEDS = {
    "ferroflow": session_callable, "tensorflow": session_callable, "xla": xla, "torch": torch, "compile": compiled_torch, "jax": jax,
    "onnxruntime": onnx, "numpy": lambda p, program: program(np.add, np.multiply, np.tanh),
}  # fmt: skip


def feed(name, program, makers, limit):
    """A row whose calls are fed arrays."""
    return Row(name, [], {c: functools.partial(make, program=program) for c, make in makers.items()} | {
        "expected": program(np.add, np.multiply, np.tanh)}, "feed", limit=limit)  # fmt: skip


def eager(operator):
    """Makers of `a + b` or `add(a, b)` on tensors of three floats."""

    def maker(array):
        def make(p):
            a, b = array(p, [1, 2, 3]), array(p, [4, 5, 6])
            add = p.add
            return (lambda: a + b) if operator else (lambda: add(a, b))

        return make

    def own(p, values):
        return p.array(np.array(values, np.float32), "")

    return {column: maker(own) for column in ("ferroflow", "numpy", "tensorflow", "torch", "jax")}


def function_call(p):
    """A call of a compiled function on a tensor."""
    x = p.array(np.array([1, 2, 3], np.float32), "")
    function = p.tf.function(lambda x: x + x)
    return lambda: function(x)


def xla_call(p):
    x = p.array(np.array([1, 2, 3], np.float32), "")
    function = p.tf.function(lambda x: x + x, jit_compile=True)
    return lambda: function(x)


def jax_call(p):
    import jax

    x, function = p.array(np.array([1, 2, 3], np.float32), ""), jax.jit(lambda x: x + x)
    return lambda: function(x).block_until_ready()


def torch_call(p):
    import torch

    x, function = torch.tensor([1.0, 2.0, 3.0]), torch.compile(lambda x: x + x)
    return lambda: function(x)


SESSIONS = {"ferroflow": session, "tensorflow": session}
CALLS = {
    "ferroflow": function_call,
    "tensorflow": function_call,
    "xla": xla_call,
    "compile": torch_call,
    "jax": jax_call,
}
ROWS = [
    Row("eager a + b, 3 floats", [], eager(True), "latency", limit=0.15),
    Row("eager add(a, b), 3 floats", [], eager(False), "latency", limit=0.35),
    Row("compiled function of 1 tensor", [], CALLS, "latency"),
    feed("session.run, 1 feed", double, SESSIONS, 1.0),
    feed("callable, 1 feed", double, FEEDS, 0.3),
    feed(f"{CHAIN} dependent ops, 1 feed", chain_of, FEEDS, 4.0),
]
