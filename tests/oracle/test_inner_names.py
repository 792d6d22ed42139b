"""Functions that are made of several ops give all of them TensorFlow's names and types."""

import pytest
import tensorflow

import ferroflow
import ferroflow.compat.v1

HEAD = """
x = v1.placeholder(tf.float32, [2, 3], name="in")
y = v1.placeholder(tf.float32, [2, 3], name="out")
image = v1.placeholder(tf.float32, [1, 4, 4, 2], name="image")
vector = v1.placeholder(tf.float32, [3], name="vector")
square = v1.placeholder(tf.float32, [3, 3], name="square")
classes = v1.placeholder(tf.int32, [2], name="classes")
count = v1.placeholder(tf.int32, [], name="count")
unknown = v1.placeholder(tf.float32, None, name="unknown")
L, N = v1.losses, tf.nn
"""

CALLS = """
L.add_loss(x); L.get_total_loss()
N.dropout(x, rate=0.5)
N.dropout(x, rate=0.5, noise_shape=[2, 1], seed=3)
N.dropout(x, rate=unknown[0])
v1.nn.dropout(x, keep_prob=0.5)
v1.nn.dropout(x, keep_prob=v1.placeholder_with_default(0.5, []))
v1.nn.dropout(x, rate=0.2, name="mine")
N.moments(x, [0])
N.moments(x, [0], keepdims=True)
v1.nn.moments(image, [0, 1, 2], keep_dims=True)
N.batch_normalization(x, vector, vector, vector, vector, 1e-3)
N.batch_normalization(x, vector, vector, None, None, 1e-3)
N.batch_normalization(x, vector, vector, vector, None, 1e-3, name="mine")
N.softmax(x)
N.softmax(unknown)
N.log_softmax(x)
N.l2_normalize(x, 1)
N.l2_normalize(x, [0, 1], name="mine")
N.l2_loss(x)
N.relu6(x)
N.leaky_relu(x)
N.crelu(x)
N.elu(x)
N.selu(x)
v1.nn.relu_layer(x, square, vector)
v1.nn.xw_plus_b(x, square, vector)
N.bias_add(x, vector)
N.conv2d(image, tf.ones([2, 2, 2, 3]), strides=1, padding="SAME")
v1.nn.conv2d(image, tf.ones([2, 2, 2, 3]), strides=[1, 1, 1, 1], padding="SAME")
N.conv2d_transpose(image, tf.ones([2, 2, 3, 2]), [1, 8, 8, 3], 2)
v1.nn.max_pool(image, [1, 2, 2, 1], [1, 2, 2, 1], "SAME")
N.embedding_lookup(square, classes)
N.top_k(x, 2)
tf.reduce_mean(x)
tf.reduce_mean(x, 1, True, name="mine")
tf.math.reduce_euclidean_norm(x)
tf.norm(x, 1, axis=1)
tf.norm(x, np.inf, axis=1)
tf.clip_by_value(x, 0.0, 1.0)
tf.zeros([2, 3])
tf.zeros_like(unknown)
tf.ones_like(unknown)
tf.fill([2, 3], 1.0)
tf.range(3)
tf.range(count)
tf.range(1.0, 5.0, 0.5)
tf.cast([1, 2], tf.float32)
tf.cast(x, tf.int32)
tf.matmul(x, square)
tf.matmul(x, y, transpose_b=True)
tf.einsum("ij,jk->ik", x, square)
tf.linalg.set_diag(square, vector)
tf.linalg.band_part(square, -1, 0)
tf.linalg.matvec(square, vector)
tf.transpose(x)
tf.transpose(x, [1, 0])
tf.stack([x, y])
tf.unstack(x)
tf.concat([x, y], 0)
tf.split(x, 3, axis=1)
tf.split(x, [1, 2], axis=1)
tf.tile(x, [1, 2])
tf.pad(x, [[0, 1], [1, 0]], "REFLECT")
tf.reverse(x, [0])
tf.gather(x, [0, 1])
tf.gather(x, classes, axis=1)
tf.gather_nd(x, [[0, 1]])
tf.where(x > 0)
tf.where(x > 0, x, y)
v1.where(x > 0, x, y)
tf.squeeze(x[None])
tf.expand_dims(x, 0)
tf.reshape(x, [3, -1])
tf.shape(x)
tf.shape(unknown)
tf.size(x)
tf.rank(unknown)
tf.argmax(x, 1)
tf.unique(classes)
tf.cumsum(x, 1)
tf.sequence_mask(classes, 5)
tf.math.accumulate_n([x, y])
tf.add_n([x, y])
tf.math.divide_no_nan(x, y)
tf.math.xlogy(x, y)
tf.math.top_k(x)
tf.math.segment_sum(x, classes)
tf.math.unsorted_segment_sum(x, classes, 3)
tf.math.reduce_any(x > 0)
tf.random.normal([2, 3])
tf.random.normal([2, 3], 1.0, 2.0, seed=1)
tf.random.uniform([2, 3])
tf.random.uniform([2, 3], 1.0, 2.0)
tf.random.uniform([2], maxval=5, dtype=tf.int32)
tf.random.truncated_normal([2, 3])
tf.random.shuffle(x)
tf.random.categorical(x, 5)
v1.multinomial(x, 5)
x[0]
x[:, 1:]
x[..., None, 0]
x[count]
x + 1
1 - x
x * y
x / 2.0
x // y
x % y
x ** 2
-x
abs(x)
x @ square
x > 0
~(x > 0)
(x > 0) & (y > 0)
tf.debugging.check_numerics(x, "m")
v1.Print(x, [x])
tf.group(x, y)
tf.tuple([x, y])
tf.cond(count > 0, lambda: x, lambda: y)
v1.train.get_or_create_global_step()
v1.summary.scalar("loss", count)
v1.summary.histogram("loss", x)
v1.summary.scalar("a b", count, family="f")
v1.summary.image("im", image[..., :1])
v1.summary.text("te", tf.constant("x"))
v1.get_variable("w", [2, 3])
v1.get_variable("w", [2, 3], use_resource=False)
v1.get_variable("w", [3], regularizer=lambda w: tf.nn.l2_loss(w), use_resource=False)
v1.get_variable("w", initializer=tf.ones([2]))
v1.get_variable("w", [3], initializer=v1.truncated_normal_initializer(stddev=0.1))
v1.get_variable("w", [3, 2], initializer=v1.initializers.variance_scaling())
v1.get_variable("w", [3], initializer=v1.constant_initializer(2.0))
v1.get_variable("w", [3], initializer=v1.random_uniform_initializer(0, 1))
v1.Variable(tf.ones([2]), name="v")
v1.Variable(1.0, name="v", use_resource=False)
v1.assign(v1.get_variable("w", [3]), vector)
v1.assign_add(v1.get_variable("w", [3]), vector)
v1.train.Saver([v1.get_variable("w", [3])])
"""
CASES = [line for line in CALLS.strip().split("\n") if line]


def names(library, v1, call):
    """(name, type) of every op that a call adds to a graph, and the name of its result."""
    import numpy as np

    with library.Graph().as_default() as graph:
        library.random.set_seed(7)
        space = {"tf": library, "v1": v1, "np": np}
        exec(HEAD, space)
        first = len(graph.get_operations())
        exec(call, space)
        return [f"{op.name} {op.type}" for op in graph.get_operations()[first:]]


@pytest.mark.parametrize("call", CASES)
def test_names(call):
    want = names(tensorflow, tensorflow.compat.v1, call)
    have = names(ferroflow, ferroflow.compat.v1, call)
    assert sorted(have) == sorted(want)
