"""The rows of the frame benchmark for one package: prints a JSON dict row -> microseconds."""

import json
import sys
import time

import numpy as np

QUICK = "--quick" in sys.argv
SHAPES = [(3,), (2, 2), (5,)]


def best(f, calls, rounds=15):
    """Least time of a call in microseconds."""
    if QUICK:
        calls, rounds = max(calls // 10, 1), 5
    f()
    least = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(calls):
            f()
        least = min(least, time.perf_counter() - start)
    return least / calls * 1e6


def arrays(n):
    """Fresh arrays of three shapes in turn, made outside the timed calls."""
    return iter([np.full(SHAPES[i % 3], 0.5, np.float32) for i in range(n)])


def feeding(run, calls):
    """Times `run(array)` over fresh arrays; subtracts the cost of the loop and of `next`."""
    if QUICK:
        calls //= 10

    def go():
        feed = arrays(calls)
        start = time.perf_counter()
        for a in feed:
            r = run(a)
        took = time.perf_counter() - start
        assert np.allclose(r, 1.0) and r.shape == a.shape
        return took

    go()
    return min(go() for _ in range(15)) / calls * 1e6


def large(lib):
    """Elementwise, reduction and matmul rows on large arrays; `lib` has the functions and a way to wait."""
    rows = {}
    for name, f, x in [
        ("add, 10M floats", lib["add"], lib["array"](np.ones(10_000_000, np.float32))),
        ("exp, 10M floats", lib["exp"], lib["array"](np.ones(10_000_000, np.float32))),
        ("sum, 10M floats", lib["sum"], lib["array"](np.ones(10_000_000, np.float32))),
        ("matmul 512", lib["matmul"], lib["array"](np.ones((512, 512), np.float32))),
        ("matmul 1024", lib["matmul"], lib["array"](np.ones((1024, 1024), np.float32))),
    ]:
        rows[name] = best(lambda: lib["wait"](f(x)), 3, 7)
    return rows


def ferroflow():
    import ferroflow as tf

    rows = {}
    with tf.Graph().as_default() as g:
        x = tf.placeholder(tf.float32, name="x")
        y = x + x
        z = x
        for i in range(400):
            z = [lambda: z + x, lambda: z * x, lambda: tf.tanh(z)][i % 3]()
        with tf.Session(graph=g) as sess:
            rows["session.run, 1 feed"] = feeding(lambda a: sess.run(y, feed_dict={x: a}), 20000)
            call = sess.make_callable(y, [x])
            rows["callable, 1 feed"] = feeding(call, 20000)
            chain = sess.make_callable(z, [x])
            a = np.full(3, 0.5, np.float32)
            rows["400 dependent ops"] = best(lambda: chain(a), 500)
    a, b = tf.constant([1.0, 2.0, 3.0]), tf.constant([4.0, 5.0, 6.0])
    assert ((a + b).numpy() == [5, 7, 9]).all()
    rows["a + b, 3 floats"] = best(lambda: a + b, 20000) - best(lambda: None, 20000)
    add = tf.add
    rows["add(a, b), 3 floats"] = best(lambda: add(a, b), 20000) - best(lambda: None, 20000)
    rows.update(
        large(
            dict(
                array=tf.constant,
                add=lambda x: x + x,
                exp=tf.exp,
                sum=tf.reduce_sum,
                matmul=lambda x: x @ x,
                wait=lambda x: x,
            )
        )
    )
    return rows


def tensorflow():
    import tensorflow as tf

    v1 = tf.compat.v1
    rows = {}
    with tf.Graph().as_default() as g:
        x = v1.placeholder(tf.float32, name="x")
        y = x + x
        z = x
        for i in range(400):
            z = [lambda: z + x, lambda: z * x, lambda: tf.tanh(z)][i % 3]()
        with v1.Session(graph=g) as sess:
            rows["session.run, 1 feed"] = feeding(lambda a: sess.run(y, feed_dict={x: a}), 2000)
            call = sess.make_callable(y, [x])
            rows["callable, 1 feed"] = feeding(call, 2000)
            chain = sess.make_callable(z, [x])
            a = np.full(3, 0.5, np.float32)
            rows["400 dependent ops"] = best(lambda: chain(a), 50)
    a, b = tf.constant([1.0, 2.0, 3.0]), tf.constant([4.0, 5.0, 6.0])
    rows["a + b, 3 floats"] = best(lambda: a + b, 2000)
    rows["add(a, b), 3 floats"] = best(lambda: tf.add(a, b), 2000)
    rows.update(
        large(
            dict(
                array=tf.constant,
                add=lambda x: x + x,
                exp=tf.exp,
                sum=tf.reduce_sum,
                matmul=lambda x: x @ x,
                wait=lambda x: x.numpy,
            )
        )
    )
    return rows


def torch():
    import torch

    rows = {}
    a, b = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([4.0, 5.0, 6.0])
    with torch.no_grad():
        rows["a + b, 3 floats"] = best(lambda: a + b, 20000)
        rows["add(a, b), 3 floats"] = best(lambda: torch.add(a, b), 20000)

        def chain():
            z = a
            for i in range(400):
                z = z + a if i % 3 == 0 else z * a if i % 3 == 1 else torch.tanh(z)
            return z

        rows["400 dependent ops"] = best(chain, 20)
        rows.update(
            large(
                dict(
                    array=torch.tensor,
                    add=lambda x: x + x,
                    exp=torch.exp,
                    sum=torch.sum,
                    matmul=lambda x: x @ x,
                    wait=lambda x: x,
                )
            )
        )
    return rows


def jax():
    import jax
    import jax.numpy as jnp

    rows = {}
    a, b = jnp.array([1.0, 2.0, 3.0]), jnp.array([4.0, 5.0, 6.0])
    rows["a + b, 3 floats"] = best(lambda: (a + b).block_until_ready(), 2000)
    rows["add(a, b), 3 floats"] = best(lambda: jnp.add(a, b).block_until_ready(), 2000)

    @jax.jit
    def chain(x):
        z = x
        for i in range(400):
            z = z + x if i % 3 == 0 else z * x if i % 3 == 1 else jnp.tanh(z)
        return z

    rows["400 dependent ops"] = best(lambda: chain(a).block_until_ready(), 200)
    rows["callable, 1 feed"] = feeding(lambda x, f=jax.jit(lambda x: x + x): np.asarray(f(x)), 2000)
    jits = dict(
        add=jax.jit(lambda x: x + x), exp=jax.jit(jnp.exp), sum=jax.jit(jnp.sum), matmul=jax.jit(lambda x: x @ x)
    )
    rows.update(large(dict(array=jnp.array, wait=lambda x: x.block_until_ready(), **jits)))
    return rows


def numpy():
    rows = {}
    a, b = np.array([1, 2, 3], np.float32), np.array([4, 5, 6], np.float32)
    rows["a + b, 3 floats"] = best(lambda: a + b, 20000)
    rows["add(a, b), 3 floats"] = best(lambda: np.add(a, b), 20000)

    def chain():
        z = a
        for i in range(400):
            z = z + a if i % 3 == 0 else z * a if i % 3 == 1 else np.tanh(z)
        return z

    rows["400 dependent ops"] = best(chain, 20)
    rows.update(
        large(
            dict(array=np.array, add=lambda x: x + x, exp=np.exp, sum=np.sum, matmul=lambda x: x @ x, wait=lambda x: x)
        )
    )
    return rows


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]]()))
