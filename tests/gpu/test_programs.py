"""Programs on a GPU: regions that run as one shader, epilogues of products, copies as steps; all with the bits of single ops."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

import ferroflow as tf

GPU = "/job:localhost/replica:0/task:0/device:GPU:0"


def flat(results):
    return [t.numpy() for t in tf.nest.flatten(results)]


def same(function, *arguments):
    """A program gives the bits that its ops give one by one, both on the GPU."""
    with tf.device("/GPU:0"):
        whole = tf.function(function)(*arguments)
        single = function(*arguments)
    assert all(t.device == GPU for t in tf.nest.flatten(whole))
    for a, b in zip(flat(whole), flat(single), strict=True):
        assert a.dtype == b.dtype and a.shape == b.shape
        np.testing.assert_array_equal(a, b)
        if a.dtype == np.float32:
            numbers = ~np.isnan(a)
            np.testing.assert_array_equal(np.signbit(a)[numbers], np.signbit(b)[numbers])
    return whole


def steps(program, tmp_path):
    """The names of the steps on the GPU that a program's trace has."""
    trace = tmp_path / "trace.json"
    given = os.environ | {"FERROFLOW_TRACE": str(trace), "TF_CPP_MIN_LOG_LEVEL": "0"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, env=given)
    assert done.returncode == 0, done.stderr
    events = json.loads(trace.read_text())
    return [e["name"] for e in events if e["args"]["device"] == GPU]


def values(seed, shape, special=False):
    x = np.random.default_rng(seed).normal(size=shape).astype(np.float32)
    if special and x.size:
        x.reshape(-1)[::5] = [np.nan, np.inf, -np.inf, -0.0][seed % 4]
    return x


def elementwise(x, row, one):
    y = tf.nn.relu(x * 2.0 + row) - one
    z = tf.where(y > 0.25, tf.tanh(y) / (one + 3.0), x * x + y)
    return tf.cast(z, tf.int32) * 3, z, tf.math.logical_and(z > 0.0, y < 1.0)


@pytest.mark.parametrize("shape", [(1, 1), (3, 5), (64, 128), (257, 33), (2, 3, 4, 7)])
@pytest.mark.parametrize("seed", range(4))
def test_elementwise_regions(shape, seed):
    row = values(seed + 9, shape[-1:])
    same(elementwise, tf.constant(values(seed, shape, True)), tf.constant(row), tf.constant(np.float32(0.5)))


def test_integers_and_truth_values():
    def f(a, b, c):
        d = (a + b) * 3 - tf.abs(b)
        e = tf.bitwise.bitwise_xor(d, a)
        return tf.where(c, d, e), tf.math.logical_or(c, d > e), tf.cast(e, tf.float32) * 0.1, tf.cast(c, tf.int32) + d

    rng = np.random.default_rng(0)
    a, b = (tf.constant(rng.integers(-(2**31), 2**31, (17, 9)).astype(np.int32)) for _ in range(2))
    same(f, a, b, tf.constant(rng.random((17, 9)) < 0.5))


def test_sums_of_several():
    x = [tf.constant(values(i, (31, 7))) for i in range(6)]
    same(lambda *xs: tf.add_n([x * x for x in xs]) + 1.0, *x)


def layer_norm(x, scale):
    mean = tf.reduce_mean(x, -1, keepdims=True)
    variance = tf.reduce_mean(tf.square(x - mean), -1, keepdims=True)
    return (x - mean) * tf.math.rsqrt(variance + 1e-5) * scale, tf.squeeze(mean, -1)


def softmax(x, scale):
    e = tf.exp(x * scale - tf.reduce_max(x * scale, -1, keepdims=True))
    return e / tf.reduce_sum(e, -1, keepdims=True)


def several(x, scale):
    y = x * scale
    low, high, product = (f(y, -1) for f in (tf.reduce_min, tf.reduce_max, tf.reduce_prod))
    return (
        high - low,
        product,
        tf.reduce_any(y > 1.0, -1),
        tf.reduce_all(y > -9.0, -1),
        tf.reduce_sum(tf.cast(y, tf.int32), -1),
    )


@pytest.mark.parametrize("function", [layer_norm, softmax, several])
@pytest.mark.parametrize("shape", [(1, 2), (3, 5), (7, 256), (5, 257), (2, 3, 1000), (1, 8192), (300, 3)])
def test_regions_with_reductions(function, shape):
    same(function, tf.constant(values(1, shape)), tf.constant(values(2, shape[-1:])))


def test_reductions_of_special_values():
    for seed in range(4):
        same(several, tf.constant(values(seed, (9, 31), True)), tf.constant(np.float32(1.5)))


OPS = [
    lambda x, y: x + y,
    lambda x, y: x * y,
    lambda x, y: x - tf.maximum(x, y),
    lambda x, y: tf.where(x > y, x, -y),
    lambda x, y: tf.sigmoid(x) / (1.0 + tf.abs(y)),
    lambda x, y: tf.cast(tf.cast(x, tf.int32), tf.float32) * y,
    lambda x, y: x - tf.reduce_mean(x, -1, keepdims=True) + y,
    lambda x, y: x * tf.reduce_max(y + x, -1, keepdims=True),
]


@pytest.mark.parametrize("seed", range(12))
def test_random_regions(seed):
    """Any mixture of ops over arrays, rows, columns and single elements."""
    rng = np.random.default_rng(seed)
    n, m = int(rng.integers(1, 40)), int(rng.integers(2, 300))
    x = tf.constant(rng.normal(size=(n, m)).astype(np.float32))
    others = [tf.constant(rng.normal(size=s).astype(np.float32)) for s in [(m,), (n, 1), (), (n, m)]]
    picks = [(int(rng.integers(len(OPS))), int(rng.integers(8)), int(rng.integers(8))) for _ in range(10)]

    def f(x, *others):
        known = [x, *others]
        for op, i, j in picks:
            a, b = known[i % len(known)], known[j % len(known)]
            known.append(OPS[op](a + x, b))
        return known[-1], known[-4]

    same(f, x, *others)


def test_a_region_is_one_step(tmp_path):
    program = """
import ferroflow as tf
@tf.function
def f(x):
    return tf.nn.relu(x * 2.0 + 1.0) / tf.reduce_sum(x, -1, keepdims=True)
with tf.device("/GPU:0"):
    x = tf.ones([8, 8])
    f(x).numpy()
"""
    names = steps(program, tmp_path)
    assert [n for n in names if "Relu" in n] == ["Mul+AddV2+Relu+Sum+RealDiv"], names


def test_products_take_what_follows(tmp_path):
    program = """
import ferroflow as tf
@tf.function
def f(x, w, b, image, filters, c):
    dense = tf.nn.relu(tf.matmul(x, w) + b)
    return dense, tf.nn.relu(tf.nn.bias_add(tf.nn.conv2d(image, filters, 1, "SAME"), c))
with tf.device("/GPU:0"):
    a = [tf.ones(s) for s in ([8, 9], [9, 7], [7], [2, 5, 5, 3], [3, 3, 3, 4], [4])]
    print([float(tf.reduce_sum(t)) for t in f(*a)])
"""
    names = steps(program, tmp_path)
    assert "_FusedMatMul" in names and "_FusedConv2D" in names, names
    assert not {"MatMul", "Conv2D", "BiasAdd", "Relu"} & set(names), names


@pytest.mark.parametrize(
    "activation", [tf.nn.relu, tf.nn.relu6, tf.tanh, tf.sigmoid, tf.nn.elu, tf.nn.selu, tf.nn.gelu, tf.identity]
)
def test_epilogues_have_the_bits_of_single_ops(activation):
    x, w, b = (tf.constant(values(i, s)) for i, s in enumerate([(33, 70), (70, 65), (65,)]))
    image, filters, c = (tf.constant(values(i, s)) for i, s in enumerate([(2, 9, 8, 5), (3, 3, 5, 6), (6,)]))
    r = tf.constant(values(4, (33, 65)))
    same(lambda x, w, b: activation(tf.nn.bias_add(tf.matmul(x, w), b)), x, w, b)
    same(lambda x, w, b, r: activation(tf.matmul(x, w) + b + r), x, w, b, r)
    same(lambda i, f, c: activation(tf.nn.bias_add(tf.nn.conv2d(i, f, 2, "SAME"), c)), image, filters, c)


def test_copies_are_steps_and_constants_are_copied_once(tmp_path):
    program = """
import ferroflow.v1 as tf
x = tf.placeholder(tf.float32, [2, 2])
with tf.device("/GPU:0"):
    y = tf.matmul(x, tf.constant([[1.0, 2.0], [3.0, 4.0]]))
with tf.Session() as s:
    for _ in range(3):
        s.run(y, {x: [[1.0, 2.0], [3.0, 4.0]]})
"""
    names = steps(program, tmp_path)
    assert names.count("MatMul") == names.count("CopyToHost") == 3, names
    assert names.count("CopyToDevice") == 4, names
