"""Public functions on tensors whose shapes are not known while the graph is built."""

import numpy as np
import pytest

import ferroflow as tf

v1 = tf.compat.v1
A = np.array([[1.0, -2.0, 3.5], [0.25, 4.0, -1.0]], np.float32)

CALLS = [
    "tf.reduce_sum(x)", "tf.reduce_logsumexp(x)", "tf.math.reduce_std(x)", "tf.transpose(x)", "tf.shape(x)", "tf.size(x)", "tf.rank(x)",
    "tf.zeros_like(x)", "tf.ones_like(x, tf.int32)", "tf.reshape(x, [tf.shape(x)[0], -1])", "tf.matmul(x, x, transpose_b=True)",
    "tf.nn.softmax(x)", "tf.clip_by_norm(x, 1.0)", "tf.math.l2_normalize(x)", "tf.linalg.norm(x)", "tf.sort(x)", "tf.argmax(x, 1)",
    "tf.where(x > 0, x, 0.0)", "tf.boolean_mask(x, [True, False])", "tf.sequence_mask(tf.cast(tf.shape(x), tf.int32))",
    "tf.one_hot(tf.cast(x, tf.int32), 4)", "tf.pad(x, [[1, 0], [0, 0]])", "tf.concat([x, x], 1)", "tf.stack([x, x])", "tf.gather(x, [1])",
    "tf.saturate_cast(x * 300, tf.int8)", "tf.math.bincount(tf.cast(abs(x), tf.int32))", "tf.linalg.matrix_transpose(x)", "tf.eye(tf.shape(x)[0])",
    "tf.range(tf.shape(x)[1])", "tf.linspace(0.0, 1.0, tf.shape(x)[0])", "tf.math.confusion_matrix([0, 1], tf.argmax(x, 1), 3)",
    "tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[0, 1], logits=x)", "tf.nn.softmax_cross_entropy_with_logits(labels=x, logits=x)",
]  # fmt: skip


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("shape", [None, [None, None], [2, 3]], ids=["unknown", "rank", "known"])
def test_as_in_eager_mode(call, shape):
    wanted = eval(call, {"tf": tf, "x": tf.constant(A)})
    # Without a `with` on the graph: a symbolic input is enough.
    with tf.Graph().as_default() as graph:
        x = v1.placeholder(tf.float32, shape)
    found = eval(call, {"tf": tf, "x": x})
    assert found.graph is graph
    with v1.Session(graph=graph) as session:
        value = session.run(found, {x: A})
    np.testing.assert_array_equal(value, wanted.numpy())
    assert value.dtype == wanted.numpy().dtype
    assert found.shape.is_compatible_with(value.shape)
