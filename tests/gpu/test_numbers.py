"""Numbers that a GPU easily gets wrong: NaN among extremes, sums beyond 32 bits, streams beyond 32-bit counters."""

import numpy as np
import pytest

import ferroflow as tf

GPU = "/job:localhost/replica:0/task:0/device:GPU:0"
NAN = np.float32(np.nan)
INF = np.float32(np.inf)


def on(device, call):
    with tf.device(device):
        return call()


def same(call):
    """Checks that a call gives on the GPU what it gives on the CPU."""
    there, here = on("/GPU:0", call), on("/CPU:0", call)
    np.testing.assert_array_equal(np.asarray(there), np.asarray(here))


OLD = np.float32([1, NAN, 3, NAN, -INF, INF, 0, 5])
AT = np.int32([[0], [0], [1], [2], [2], [3], [4], [5], [7], [7], [7]])
BY = np.float32([NAN, 2, 7, NAN, 1, NAN, NAN, NAN, 9, NAN, 1])


@pytest.mark.parametrize("op", ["TensorScatterMax", "TensorScatterMin"])
def test_nan_among_extremes_of_scatters(op):
    same(lambda: getattr(tf.raw_ops, op)(tensor=OLD, indices=AT, updates=BY))


@pytest.mark.parametrize(
    "op", ["ResourceScatterMax", "ResourceScatterMin", "ResourceScatterNdMax", "ResourceScatterNdMin"]
)
def test_nan_among_extremes_of_scatters_into_variables(op):
    def call():
        v = tf.Variable(OLD)
        if "Nd" in op:
            getattr(tf.raw_ops, op)(ref=v.handle, indices=AT, updates=BY)
        else:
            getattr(tf.raw_ops, op)(resource=v.handle, indices=AT[:, 0], updates=BY)
        return v.numpy()

    same(call)


@pytest.mark.parametrize("op", ["UnsortedSegmentMax", "UnsortedSegmentMin"])
def test_nan_among_extremes_of_segments(op):
    same(lambda: getattr(tf.raw_ops, op)(data=BY, segment_ids=AT[:, 0], num_segments=9))


@pytest.mark.parametrize("dtype", [np.int32, np.uint32])
@pytest.mark.parametrize("shape, axis", [((7,), 0), ((3, 50_000), 1), ((300, 5), 0), ((0, 3), 0), ((2, 3), None)])
def test_means_of_large_integers(dtype, shape, axis):
    limits = np.iinfo(dtype)
    values = np.random.default_rng(0).integers(limits.min, int(limits.max) + 1, shape, dtype=np.int64).astype(dtype)
    for x in (values, np.full(shape, limits.max, dtype), np.full(shape, limits.min, dtype)):
        same(lambda x=x: tf.reduce_mean(tf.constant(x), axis))
    assert on("/GPU:0", lambda: tf.reduce_mean(tf.constant(values), axis)).device == GPU


@pytest.mark.full
def test_truncated_normals_beyond_32_bit_counters():
    """Each group of four has 256 blocks of the stream, so the 2**24th begins beyond 2**32."""
    n = 2**26 + 64
    draws = [
        on(device, lambda: tf.random.stateless_truncated_normal([n], [1, 2])[-128:].numpy())
        for device in ("/GPU:0", "/CPU:0")
    ]
    np.testing.assert_allclose(*draws, 1e-5, 1e-6)
