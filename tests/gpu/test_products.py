"""Matrix products and convolutions on a GPU against float64: tiles, shared inner steps, few rows or columns."""

import numpy as np
import pytest

import ferroflow as tf

GPU = "/job:localhost/replica:0/task:0/device:GPU:0"


def numbers(seed, shape, dtype):
    rng = np.random.default_rng(seed)
    return (rng.normal(size=shape) if dtype == np.float32 else rng.integers(-99, 99, shape)).astype(dtype)


SIZES = [
    # rows, columns, inner steps
    (1, 1, 1),
    (1, 1000, 300),
    (1000, 1, 300),
    (3, 130, 65),
    (131, 4, 257),
    (1, 5, 5000),
    (5, 5, 1031),
    (64, 64, 2048),
    (70, 65, 4100),
    (129, 200, 48),
    (2, 3, 0),
    (300, 300, 33),
]


@pytest.mark.parametrize("dtype", [np.float32, np.int32])
@pytest.mark.parametrize("flip", [(False, False), (True, False), (False, True), (True, True)])
@pytest.mark.parametrize("sizes", SIZES)
def test_products(sizes, flip, dtype):
    m, n, k = sizes
    a, b = numbers(1, (k, m) if flip[0] else (m, k), dtype), numbers(2, (n, k) if flip[1] else (k, n), dtype)
    with tf.device("/GPU:0"):
        c = tf.matmul(a, b, transpose_a=flip[0], transpose_b=flip[1])
    assert c.device == GPU
    wide = np.float64 if dtype == np.float32 else np.int64
    true = (a.T if flip[0] else a).astype(wide) @ (b.T if flip[1] else b).astype(wide)
    if dtype == np.int32:
        np.testing.assert_array_equal(c, true.astype(np.int32))
    else:
        # Rounding grows with the root of the number of terms.
        np.testing.assert_allclose(c, true, rtol=1e-5, atol=4e-7 * max(k, 1) ** 0.5)


@pytest.mark.parametrize("sizes", [(1, 9, 40), (20, 3, 700), (9, 8, 2100)])
def test_stacks(sizes):
    m, n, k = sizes
    a, b = numbers(1, (3, 1, m, k), np.float32), numbers(2, (4, k, n), np.float32)
    with tf.device("/GPU:0"):
        c = tf.matmul(a, b)
    np.testing.assert_allclose(c, a.astype(np.float64) @ b, rtol=1e-5, atol=4e-7 * k**0.5)


@pytest.mark.parametrize("sizes", SIZES)
def test_epilogues_follow_every_variant(sizes):
    m, n, k = sizes
    a, b, c = (tf.constant(numbers(i, s, np.float32)) for i, s in enumerate([(m, k), (k, n), (n,)]))
    r = tf.constant(numbers(4, (m, n), np.float32))
    f = lambda a, b, c, r: tf.nn.relu(tf.nn.bias_add(tf.matmul(a, b), c) + r)  # noqa: E731
    with tf.device("/GPU:0"):
        np.testing.assert_array_equal(tf.function(f)(a, b, c, r), f(a, b, c, r))


def test_gradients_of_filters_with_many_places():
    x, dy = numbers(1, (4, 40, 40, 3), np.float32), numbers(2, (4, 40, 40, 5), np.float32)
    arguments = {
        "input": x,
        "filter_sizes": [3, 3, 3, 5],
        "out_backprop": dy,
        "strides": [1, 1, 1, 1],
        "padding": "SAME",
    }
    with tf.device("/GPU:0"):
        there = tf.raw_ops.Conv2DBackpropFilter(**arguments)
    assert there.device == GPU
    padded = np.pad(x.astype(np.float64), [(0, 0), (1, 1), (1, 1), (0, 0)])
    true = [[np.einsum("nhwi,nhwo->io", padded[:, i : i + 40, j : j + 40], dy) for j in range(3)] for i in range(3)]
    np.testing.assert_allclose(there, true, rtol=1e-5, atol=4e-7 * 6400**0.5)
