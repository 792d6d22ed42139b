"""The rows of the frame benchmark for one package: prints a JSON dict row -> microseconds (or MB, ms where the row says so).

Every timed call gets an array of its own, three shapes take turns, and every result is compared with NumPy's after the
clock has stopped.
"""

import json
import subprocess
import sys
import time

import numpy as np
import process_rows
import rnn_rows

QUICK = "--quick" in sys.argv
SHAPES = [(3,), (2, 2), (5,)]
CHAIN = 400
BIG = 10_000_000
# Runs of a session over which memory may not grow, and training steps of the character RNN.
RUNS = 10_000 if QUICK else 100_000
RNN_STEPS = 10 if QUICK else 40


def least(f, calls, rounds=15):
    """Least mean time of a call of `f`, in microseconds, over `rounds` rounds; less what an empty loop takes."""
    if QUICK:
        calls, rounds = max(calls // 10, 1), 5

    def round_of(g):
        start = time.perf_counter()
        for _ in range(calls):
            g()
        return time.perf_counter() - start

    f()
    took = min(round_of(f) for _ in range(rounds))
    return (took - min(round_of(lambda: None) for _ in range(rounds))) / calls * 1e6


GROUP = 30


def feeding(run, expected, calls, convert=lambda a: a):
    """Mean time of `run(array)` in microseconds, the least of 15 rounds; all arrays are new.

    Calls are timed in groups of 30, and all results of a group are checked while the clock stands still. The time that a
    loop without calls takes is taken off.
    """
    groups = max((calls // 10 if QUICK else calls) // GROUP, 1)

    def round_of(call, check, number):
        took = 0.0
        for group in range(groups):
            feeds = [np.full(SHAPES[i % 3], 0.25 + (i + group + number) % 7 / 8, np.float32) for i in range(GROUP)]
            given = [convert(a) for a in feeds]
            results = []
            start = time.perf_counter()
            for a in given:
                results.append(call(a))
            took += time.perf_counter() - start
            if check:
                wanted = [expected(a) for a in feeds]
                assert [np.shape(r) for r in results] == [a.shape for a in feeds]
                got = np.concatenate([np.ravel(r) for r in results])
                np.testing.assert_allclose(got, np.concatenate([np.ravel(w) for w in wanted]), rtol=1e-5)
        return took

    round_of(run, True, 0)
    loop = min(round_of(id, False, i) for i in range(5))
    return (min(round_of(run, True, i) for i in range(15)) - loop) / (groups * GROUP) * 1e6


def chain_of(add, mul, tanh):
    """A function that applies 400 dependent tiny ops to its argument: add, mul and tanh in turn."""

    def chain(x):
        z = x
        for i in range(CHAIN):
            z = (add, mul, lambda a, _: tanh(a))[i % 3](z, x)
        return z

    return chain


numpy_chain = chain_of(np.add, np.multiply, np.tanh)


def large(array, wait, functions):
    """Elementwise, reduction and product rows; `functions` maps a name to the package's function of one or two arrays."""
    rng = np.random.default_rng(0)
    x = array(rng.random(BIG, np.float32))
    y = array(rng.random(BIG, np.float32))
    square = array(rng.random((3000, 3000), np.float32))
    rows = {}
    for name in ("add", "mul", "maximum"):
        rows[f"{name}, 10M floats"] = least(lambda f=functions[name]: wait(f(x, y)), 3, 9)
    for name in ("exp", "tanh", "sqrt", "abs"):
        rows[f"{name}, 10M floats"] = least(lambda f=functions[name]: wait(f(x)), 3, 9)
    for name in ("sum", "max", "mean"):
        rows[f"{name}, 10M floats"] = least(lambda f=functions[name]: wait(f(x)), 3, 9)
    rows["sum of rows, 3000x3000"] = least(lambda: wait(functions["sum1"](square)), 3, 9)
    rows["sum of columns, 3000x3000"] = least(lambda: wait(functions["sum0"](square)), 3, 9)
    for n in (64, 256, 512, 1024):
        a, b = array(rng.random((n, n), np.float32)), array(rng.random((n, n), np.float32))
        rows[f"matmul {n}"] = least(lambda: wait(functions["matmul"](a, b)), max(2000 // n, 2), 9)  # noqa: B023
    return rows


def graph_rows(v1, tf, calls):
    """The rows of sessions and of tiny eager ops, for the two packages that have sessions."""
    rows = {}
    chain = chain_of(lambda a, b: a + b, lambda a, b: a * b, tf.tanh)
    with tf.Graph().as_default() as graph:
        x = v1.placeholder(tf.float32, name="x")
        y = x + x
        z = chain(x)
        with v1.Session(graph=graph) as session:
            rows["session.run, 1 feed"] = feeding(lambda a: session.run(y, feed_dict={x: a}), lambda a: a + a, calls)
            rows["callable, 1 feed"] = feeding(session.make_callable(y, [x]), lambda a: a + a, calls)
            rows[f"{CHAIN} dependent ops"] = feeding(session.make_callable(z, [x]), numpy_chain, max(calls // 40, 50))
    a, b = tf.constant([1.0, 2.0, 3.0]), tf.constant([4.0, 5.0, 6.0])
    assert ((a + b).numpy() == [5, 7, 9]).all() and (tf.add(a, b).numpy() == [5, 7, 9]).all()
    rows["a + b, 3 floats"] = least(lambda: a + b, calls)
    add = tf.add
    rows["add(a, b), 3 floats"] = least(lambda: add(a, b), calls)
    functions = dict(
        add=lambda a, b: a + b, mul=lambda a, b: a * b, maximum=tf.maximum, exp=tf.exp, tanh=tf.tanh, sqrt=tf.sqrt,
        abs=tf.abs, sum=tf.reduce_sum, max=tf.reduce_max, mean=tf.reduce_mean, matmul=lambda a, b: a @ b,
        sum0=lambda a: tf.reduce_sum(a, 0), sum1=lambda a: tf.reduce_sum(a, 1),
    )  # fmt: skip
    rows.update(large(tf.constant, lambda t: t.numpy if tf.__name__ == "tensorflow" else t, functions))
    return rows


def fresh_process(code):
    """What a new interpreter prints for `code`, as a number."""
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def start_rows(name, first):
    """Milliseconds of the import beyond NumPy's, and of the first op after it; each the least of several processes."""
    head = f"import time, numpy\nstart = time.perf_counter()\n{name}\n"
    tries = 2 if QUICK else 5
    quiet = process_rows.quiet_rows(name, first)
    imported = min(fresh_process(head + "print(1e3 * (time.perf_counter() - start))") for _ in range(tries))
    op = f"start = time.perf_counter()\n{first}\nprint(1e3 * (time.perf_counter() - start))"
    return {
        "import beyond NumPy, ms": imported,
        "first op after the import, ms": min(fresh_process(head + op) for _ in range(tries)),
    } | quiet


PEAK = """
import re, numpy as np
{imports}
def memory(field):
    return int(re.search(field + r":\\s*(\\d+)", open('/proc/self/status').read())[1]) * 1024

with tf.Graph().as_default():
    x = v1.placeholder(tf.float32, [None]); y = x + 1.0
    session = v1.Session()
    session.run(y, {{x: np.zeros(4, np.float32)}})
    before = memory('VmRSS')
    array = np.ones(1 << 24, np.float32)
    assert session.run(y, {{x: array}})[-1] == 2
print((memory('VmHWM') - before) / 1e6)
"""


def ferroflow():
    """Rows of Ferroflow."""
    import ferroflow as tf

    rows = graph_rows(tf.compat.v1, tf, 20000)
    rows |= start_rows("import ferroflow as tf", "tf.constant([1.0]) + 1.0")
    rows["peak of a 64 MB feed, add, fetch, MB"] = fresh_process(
        PEAK.format(imports="import ferroflow as tf; v1 = tf.compat.v1")
    )
    rows |= process_rows.session_rows("ferroflow", RUNS)
    return rows | rnn_rows.rows(tf, RNN_STEPS)


def tensorflow():
    """Rows of TensorFlow."""
    import tensorflow as tf

    rows = graph_rows(tf.compat.v1, tf, 2000)
    rows |= start_rows("import tensorflow as tf", "tf.constant([1.0]) + 1.0")
    rows["peak of a 64 MB feed, add, fetch, MB"] = fresh_process(
        PEAK.format(imports="import tensorflow as tf; v1 = tf.compat.v1")
    )
    rows |= process_rows.session_rows("tensorflow", RUNS)
    return rows | rnn_rows.rows(tf, RNN_STEPS)


def torch():
    """Rows of PyTorch, without gradients."""
    import torch

    with torch.no_grad():
        a, b = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([4.0, 5.0, 6.0])
        rows = {
            "a + b, 3 floats": least(lambda: a + b, 20000),
            "add(a, b), 3 floats": least(lambda: torch.add(a, b), 20000),
            f"{CHAIN} dependent ops": feeding(
                chain_of(torch.add, torch.mul, torch.tanh), numpy_chain, 50, torch.from_numpy
            ),
        }
        functions = dict(
            add=torch.add, mul=torch.mul, maximum=torch.maximum, exp=torch.exp, tanh=torch.tanh, sqrt=torch.sqrt,
            abs=torch.abs, sum=torch.sum, max=torch.max, mean=torch.mean, matmul=torch.matmul,
            sum0=lambda a: torch.sum(a, 0), sum1=lambda a: torch.sum(a, 1),
        )  # fmt: skip
        rows |= large(torch.from_numpy, lambda t: t, functions)
    rows |= rnn_rows.torch_rows(RNN_STEPS)
    return rows | start_rows("import torch", "torch.tensor([1.0]) + 1.0")


def jax():
    """Rows of JAX: compiled where it can be, warmed up."""
    import jax
    import jax.numpy as jnp

    a, b = jnp.array([1.0, 2.0, 3.0]), jnp.array([4.0, 5.0, 6.0])
    double = jax.jit(lambda x: x + x)
    chain = jax.jit(chain_of(jnp.add, jnp.multiply, jnp.tanh))
    rows = {
        "a + b, 3 floats": least(lambda: (a + b).block_until_ready(), 2000),
        "add(a, b), 3 floats": least(lambda: jnp.add(a, b).block_until_ready(), 2000),
        "callable, 1 feed": feeding(lambda x: np.asarray(double(x)), lambda a: a + a, 2000),
        f"{CHAIN} dependent ops": feeding(lambda x: np.asarray(chain(x)), numpy_chain, 200),
    }
    names = dict(
        add=jnp.add, mul=jnp.multiply, maximum=jnp.maximum, exp=jnp.exp, tanh=jnp.tanh, sqrt=jnp.sqrt, abs=jnp.abs,
        sum=jnp.sum, max=jnp.max, mean=jnp.mean, matmul=jnp.matmul, sum0=lambda a: jnp.sum(a, 0), sum1=lambda a: jnp.sum(a, 1),
    )  # fmt: skip
    rows |= large(jnp.array, lambda t: t.block_until_ready(), {k: jax.jit(f) for k, f in names.items()})
    return rows | start_rows("import jax.numpy as jnp", "(jnp.array([1.0]) + 1.0).block_until_ready()")


def numpy():
    """Rows of NumPy."""
    a, b = np.array([1, 2, 3], np.float32), np.array([4, 5, 6], np.float32)
    rows = {
        "a + b, 3 floats": least(lambda: a + b, 20000),
        "add(a, b), 3 floats": least(lambda: np.add(a, b), 20000),
        f"{CHAIN} dependent ops": feeding(numpy_chain, numpy_chain, 50),
    }
    functions = dict(
        add=np.add, mul=np.multiply, maximum=np.maximum, exp=np.exp, tanh=np.tanh, sqrt=np.sqrt, abs=np.abs, sum=np.sum,
        max=np.max, mean=np.mean, matmul=np.matmul, sum0=lambda a: np.sum(a, 0), sum1=lambda a: np.sum(a, 1),
    )  # fmt: skip
    return rows | large(lambda a: a, lambda a: a, functions)


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]]()))
