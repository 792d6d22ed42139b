"""Random functions: seeds, moments, and what dropout does."""

import numpy as np
import pytest

import ferroflow as tf

v1 = tf.compat.v1


def test_the_global_seed_repeats_everything():
    def draw():
        tf.random.set_seed(7)
        return [tf.random.uniform([3]).numpy(), tf.random.normal([3]).numpy(), tf.random.shuffle(np.arange(9)).numpy()]

    for x, y in zip(draw(), draw(), strict=True):
        np.testing.assert_array_equal(x, y)
    assert not np.array_equal(tf.random.uniform([3]), tf.random.uniform([3]))


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64"])
def test_moments(dtype):
    tf.random.set_seed(1)
    x = tf.cast(tf.random.uniform([20000], 2.0, 4.0, dtype), tf.float64).numpy()
    assert x.min() >= 2 and x.max() <= 4 and abs(x.mean() - 3) < 0.02
    x = tf.cast(tf.random.normal([20000], 1.0, 2.0, dtype), tf.float64).numpy()
    assert abs(x.mean() - 1) < 0.06 and abs(x.std() - 2) < 0.06
    x = tf.cast(tf.random.truncated_normal([20000], dtype=dtype), tf.float64).numpy()
    assert abs(x).max() <= 2.02 and abs(x.std() - 0.88) < 0.03


def test_categorical_follows_the_logits():
    tf.random.set_seed(1)
    drawn = tf.random.categorical(np.log([[0.2, 0.8]]), 10000).numpy()
    assert drawn.dtype == np.int64 and abs(drawn.mean() - 0.8) < 0.02


def test_dropout_keeps_the_expected_sum():
    tf.random.set_seed(1)
    x = tf.nn.dropout(tf.ones([10000]), rate=0.25).numpy()
    assert set(np.unique(x)) == {np.float32(0), np.float32(1 / 0.75)}
    assert abs(x.mean() - 1) < 0.02
    rows = tf.nn.dropout(tf.ones([100, 5]), 0.5, noise_shape=[None, 1]).numpy()
    assert (rows == rows[:, :1]).all() and 0 < (rows == 0).mean() < 1
    assert (v1.nn.dropout(tf.ones([4]), keep_prob=1.0).numpy() == 1).all()


def test_dropout_in_a_graph_draws_anew_each_run():
    with tf.Graph().as_default(), v1.Session() as session:
        v1.set_random_seed(3)
        rate = v1.placeholder(tf.float32, [])
        x = v1.placeholder(tf.float32, [None])
        y = tf.nn.dropout(x, rate)
        first = session.run(y, {x: np.ones(1000, np.float32), rate: 0.5})
        second = session.run(y, {x: np.ones(1000, np.float32), rate: 0.5})
        assert set(np.unique(first)) == {0.0, 2.0} and not np.array_equal(first, second)
        np.testing.assert_array_equal(session.run(y, {x: [1.0, 2.0], rate: 0.0}), [1.0, 2.0])


def test_crop():
    x = np.arange(30).reshape(5, 6)
    part = tf.compat.v1.random_crop(x, [2, 3], seed=1).numpy()
    assert part.shape == (2, 3) and (part[1] - part[0] == 6).all() and (np.diff(part[0]) == 1).all()


def test_mistakes():
    with pytest.raises(ValueError, match="must be both None or not None"):
        tf.random.stateless_uniform([1], [1, 2], 0, None, tf.int32)
    with pytest.raises(ValueError, match="got unsupported string value"):
        tf.random.stateless_uniform([1], [1, 2], alg="dice")
