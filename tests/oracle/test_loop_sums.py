"""Gradients of what no round of a loop changes, which are summed after the loop: equal TensorFlow's, of first and second order."""

import numpy as np
import pytest
import tensorflow

import ferroflow

RNG = np.random.default_rng(0)


def normal(*shape):
    return RNG.normal(size=shape).astype(np.float32) * 0.4


VALUES = [normal(8, 6), normal(6, 6), normal(10, 6), normal(6)]
INPUTS = normal(5, 4, 8)
PLACES = RNG.integers(0, 10, (5, 4)).astype(np.int32)


def gradients(tf, batch, rounds, order, variables):
    """Loss and gradients of order 1 or 2 of a network of products and gathered rows that runs for some rounds."""

    def loss(inputs, places, rounds, weights):
        matrix, square, table, bias = weights
        h = tf.ensure_shape(tf.zeros([tf.shape(inputs)[1], 6]), [batch, 6])
        for t in tf.range(rounds):
            rows = tf.gather(table, places[t]) + tf.gather(table, places[t][0])
            h = tf.tanh(tf.matmul(inputs[t], matrix) + tf.matmul(h, square) + rows + bias)
            h = tf.matmul(square, h, transpose_a=True, transpose_b=True)
            h = tf.ensure_shape(tf.transpose(h), [batch, 6])
        return tf.reduce_sum(h * h)

    held = [tf.Variable(v) for v in VALUES]

    @tf.function(
        input_signature=[
            tf.TensorSpec([None, batch, 8]),
            tf.TensorSpec([None, batch], tf.int32),
            tf.TensorSpec([], tf.int32),
            *[tf.TensorSpec(v.shape) for v in VALUES],
        ]
    )
    def run(inputs, places, rounds, *weights):
        weights = held if variables else list(weights)
        with tf.GradientTape() as outer:
            outer.watch(weights)
            with tf.GradientTape() as inner:
                inner.watch(weights)
                y = loss(inputs, places, rounds, weights)
            found = inner.gradient(y, weights)
            squares = sum(tf.reduce_sum(tf.convert_to_tensor(g) ** 2) for g in found)
        if order == 2:
            found = outer.gradient(squares, weights, unconnected_gradients=tf.UnconnectedGradients.ZERO)
        return [y, *[tf.convert_to_tensor(g) for g in found]]

    feeds = [tf.constant(INPUTS), tf.constant(PLACES), tf.constant(rounds)]
    return [np.asarray(t) for t in run(*feeds, *[tf.constant(v) for v in VALUES])]


@pytest.mark.parametrize("variables", [True, False])
@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("batch", [4, None])
def test_gradients_of_what_no_round_changes(batch, order, variables):
    for rounds in (5, 1, 0):
        ours = gradients(ferroflow, batch, rounds, order, variables)
        theirs = gradients(tensorflow, batch, rounds, order, variables)
        for a, b in zip(ours, theirs, strict=True):
            assert a.shape == b.shape
            np.testing.assert_allclose(a, b, rtol=2e-5, atol=2e-5 * max(1.0, np.abs(b).max(initial=0)))
