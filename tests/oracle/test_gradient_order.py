"""Sums of three and more partial gradients have TensorFlow's bits: they are added up in its order, in graphs and on tapes."""

import numpy as np
import pytest
import tensorflow as real

import ferroflow as ours


def formula(tf, seed, xs):
    """A value in which inputs and intermediate values are used many times over, by ops whose results have the same bits everywhere."""
    rng = np.random.default_rng(seed)
    pool = list(xs)
    for _ in range(25):
        a, b = (pool[i] for i in rng.integers(0, len(pool), 2))
        kind = rng.integers(0, 5)
        if kind == 0:
            pool.append(a * b)
        elif kind == 1:
            pool.append(a + b * float(rng.uniform(0.5, 1.5)))
        elif kind == 2:
            pool.append(a - b)
        elif kind == 3:
            pool.append(tf.math.add_n([a, b, a, pool[0]]) * 0.3)
        else:
            pool.append(tf.stack([a, b, a])[int(rng.integers(0, 3))] * 0.7)
    return sum(pool[-4:], pool[0]) * pool[-1]


def inputs(seed):
    rng = np.random.default_rng(1000 + seed)
    return [rng.uniform(0.5, 1.5, 64).astype(np.float32) for _ in range(3)]


def held(tf):
    """What sums read, to be fetched too: TensorFlow begins a sum with an operand that nobody else holds, whichever that is."""
    return [x for op in tf.compat.v1.get_default_graph().get_operations() if op.type == "AddN" for x in op.inputs]


def session_of(tf):
    """A session that runs sums as they are written."""
    if tf is ours:
        return tf.compat.v1.Session()
    config = tf.compat.v1.ConfigProto()
    config.graph_options.rewrite_options.disable_meta_optimizer = True
    config.graph_options.optimizer_options.opt_level = -1
    return tf.compat.v1.Session(config=config)


def by_graph(tf, seed):
    with tf.Graph().as_default(), session_of(tf) as session:
        xs = [tf.compat.v1.placeholder(tf.float32, [64]) for _ in range(3)]
        found = [g for g in tf.gradients(formula(tf, seed, xs), xs) if g is not None]
        names = [x.op.name + ":0" for x in xs]
        return session.run([found, held(tf)], dict(zip(names, inputs(seed), strict=True)))[0]


def by_tape(tf, seed):
    xs = [tf.constant(x) for x in inputs(seed)]
    with tf.GradientTape() as tape:
        tape.watch(xs)
        y = formula(tf, seed, xs)
    return [g.numpy() for g in tape.gradient(y, xs) if g is not None]


@pytest.mark.parametrize("dtype", ["float32", "float64", "complex64", "float16", "bfloat16"])
@pytest.mark.parametrize("count", [*range(1, 20), 24, 25, 26, 33])
def test_sums_of_many_tensors(dtype, count):
    parts = np.random.default_rng(count).uniform(-1.0, 1.0, (count, 67))
    have, want = (tf.add_n([tf.cast(part, dtype) for part in parts]) for tf in (ours, real))
    np.testing.assert_array_equal(have.numpy().astype(np.complex128), want.numpy().astype(np.complex128))


@pytest.mark.parametrize("way", [by_graph, by_tape])
@pytest.mark.parametrize("seed", range(12))
def test_sums_have_the_same_bits(way, seed):
    for have, want in zip(way(ours, seed), way(real, seed), strict=True):
        np.testing.assert_array_equal(have.view(np.int32), want.view(np.int32))


def rows(tf, table, mixed):
    """Gradients of a table that come as rows, and with `mixed` as a dense tensor too."""
    parts = [tf.gather(table, [i, 3, 1]) * (i + 0.3) for i in range(4)]
    if mixed:
        parts.insert(2, table * 0.7)
    return tf.add_n([tf.reduce_sum(p * p) for p in parts])


@pytest.mark.parametrize("mixed", [False, True])
def test_rows_come_in_the_same_order(mixed):
    start = np.random.default_rng(0).uniform(0.5, 1.5, (6, 4)).astype(np.float32)
    found = {}
    for tf in (ours, real):
        with tf.Graph().as_default(), session_of(tf) as session:
            table = tf.compat.v1.placeholder(tf.float32, [6, 4])
            (g,) = tf.gradients(rows(tf, table, mixed), [table])
            found[tf, "graph"] = session.run([[g] if mixed else [g.values, g.indices], held(tf)], {table: start})[0]
        table = tf.constant(start)
        with tf.GradientTape() as tape:
            tape.watch(table)
            y = rows(tf, table, mixed)
        g = tape.gradient(y, table)
        found[tf, "tape"] = [g.numpy()] if mixed else [g.values.numpy(), g.indices.numpy()]
    for way in ("graph", "tape"):
        for have, want in zip(found[ours, way], found[real, way], strict=True):
            assert have.dtype == want.dtype
            np.testing.assert_array_equal(have, want)
