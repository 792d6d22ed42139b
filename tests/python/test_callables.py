"""Callables of sessions: what they are fed, what they give, and that nothing of one run is left for the next."""

import numpy as np
import pytest

import ferroflow as tf


def test_callables_keep_nothing_of_a_run():
    """Small feeds and results go through memory that is used again: earlier results must not change, nor arrays that were fed."""
    with tf.Graph().as_default():
        x = tf.compat.v1.placeholder(tf.float32, [None])
        y = tf.compat.v1.placeholder(tf.float32, [])
        session = tf.compat.v1.Session()
        doubled = session.make_callable(x + x, [x])
        given = session.make_callable(tf.identity(x), [x])
        scaled = session.make_callable(x * y, [x, y])
        known = session.make_callable(tf.constant([1.0, 2.0]))
        total = session.make_callable(tf.reduce_sum(x), [x])
        long = session.make_callable(tf.tile(x, [100]), [x])
        view = session.make_callable(tf.reshape(x, [1, -1]), [x])
    for n in (3, 7, 0, 3, 1):
        first, second = np.arange(n, dtype=np.float32), np.full(n, 2, np.float32)
        results = [f(a) for f in (doubled, given, long, view) for a in (first, second)]
        wanted = [
            f(a)
            for f in (lambda a: a + a, lambda a: a, lambda a: np.tile(a, 100), lambda a: a[None])
            for a in (first, second)
        ]
        for have, want in zip(results, wanted):
            np.testing.assert_array_equal(have, want)
        for have in results:
            have[...] = 9
        np.testing.assert_array_equal(first, np.arange(n))
        np.testing.assert_array_equal(doubled(first), first + first)
        np.testing.assert_array_equal(scaled(first, np.float32(3)), 3 * first)
        np.testing.assert_array_equal(scaled(first, np.array(3, np.float32)), 3 * first)
        assert total(first) == first.sum() and isinstance(total(first), np.float32)
    changed = known()
    changed[0] = 5
    np.testing.assert_array_equal(known(), [1, 2])


def test_callables_convert_and_refuse_what_they_are_fed():
    with tf.Graph().as_default():
        x = tf.compat.v1.placeholder(tf.float32, [2])
        b = tf.compat.v1.placeholder(tf.bool, [2])
        session = tf.compat.v1.Session()
        call = session.make_callable(x + 1.0, [x])
        negated = session.make_callable(tf.logical_not(b), [b])
    for fed in (
        [1, 2],
        np.array([1, 2]),
        np.array([1, 2], ">f4"),
        np.array([1, 0, 2, 0], np.float32)[::2],
        tf.constant([1.0, 2.0]),
    ):
        np.testing.assert_array_equal(call(fed), [2, 3])
    np.testing.assert_array_equal(negated(np.array([0, 7], np.uint8).view(bool)), [True, False])
    with pytest.raises(
        ValueError, match=r"^Cannot feed value of shape \(3,\) for Tensor Placeholder:0, which has shape \(2,\)"
    ):
        call(np.zeros(3, np.float32))
    with pytest.raises(ValueError, match="^Expected 1 arguments"):
        call(np.zeros(2, np.float32), np.zeros(2, np.float32))
    session.close()
    with pytest.raises(RuntimeError, match="^Attempted to use a closed Session."):
        call(np.zeros(2, np.float32))
