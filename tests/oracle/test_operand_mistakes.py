"""Python values that cannot become operands of a node are refused in TensorFlow's words; slices pass ops that pass gradients on."""

import pytest
import tensorflow

import ferroflow

MISTAKES = {
    "sum with a number": lambda tf, a: a + 1.5,
    "sum with a string": lambda tf, a: a + "s",
    "sum with None": lambda tf, a: a + None,
    "product with a list": lambda tf, a: a * [1.5],
    "a number minus": lambda tf, a: 1.5 - a,
    "a number plus": lambda tf, a: 1.5 + a,
    "comparison": lambda tf, a: a < 1.5,
    "equality": lambda tf, a: tf.equal(a, 1.5),
    "power": lambda tf, a: a**0.5,
    "floor division": lambda tf, a: a // 1.5,
    "add": lambda tf, a: tf.add(a, 1.5),
    "maximum": lambda tf, a: tf.maximum(a, 2.5),
    "raw op": lambda tf, a: tf.raw_ops.AddV2(x=a, y=1.5),
    "raw op and None": lambda tf, a: tf.raw_ops.AddV2(x=a, y=None),
    "matmul": lambda tf, a: tf.matmul([[1]], [[1.5]]),
    "concat": lambda tf, a: tf.concat([[a], [1.5]], 0),
    "concat of three": lambda tf, a: tf.concat([[a], [1.5], ["s"]], 0),
    "stack": lambda tf, a: tf.stack([a, 1.5]),
    "where": lambda tf, a: tf.where(True, a, 1.5),
    "add_n": lambda tf, a: tf.add_n([a, 1.5]),
    "limited loop": lambda tf, a: tf.while_loop(
        lambda i: tf.constant(1.0), lambda i: [i + 1], [0], maximum_iterations=3
    ),
}


def refused(tf, make):
    """The class of the error in a graph, and its sentence."""
    with tf.Graph().as_default(), pytest.raises(Exception) as caught:
        make(tf, tf.constant(1))
    return type(caught.value).__name__, str(caught.value).split("\n")[0]


@pytest.mark.parametrize("make", MISTAKES.values(), ids=MISTAKES)
def test_operands_in_graphs_are_refused_as_in_tensorflow(make):
    assert refused(ferroflow, make) == refused(tensorflow, make)


def test_the_condition_of_an_eager_loop_with_a_limit_must_be_bool():
    for tf in (tensorflow, ferroflow):
        with pytest.raises(tf.errors.InvalidArgumentError, match="cannot compute LogicalAnd as input #1"):
            tf.while_loop(lambda i: tf.constant(1.0), lambda i: [i + 1], [0], maximum_iterations=3)


THROUGH = {
    "identity": lambda tf, v: tf.identity(v),
    "identity_n": lambda tf, v: tf.identity_n([v, 2 * tf.ones([3])])[0],
    "ensure_shape": lambda tf, v: tf.ensure_shape(v, [5, 2]),
    "add_n": lambda tf, v: tf.add_n([v, tf.ones([5, 2])]),
    "with default": lambda tf, v: tf.compat.v1.placeholder_with_default(v, [None, 2]),
    "twice": lambda tf, v: tf.identity(tf.identity(v)),
    "reshape": lambda tf, v: tf.reshape(v, [5, 2]),
}


@pytest.mark.parametrize("resource", [True, False])
@pytest.mark.parametrize("way", THROUGH.values(), ids=THROUGH)
def test_slices_go_on_through_ops_that_pass_gradients(way, resource):
    found = []
    for tf in (tensorflow, ferroflow):
        with tf.Graph().as_default(), tf.compat.v1.Session() as session:
            v = tf.compat.v1.get_variable("v", [5, 2], initializer=tf.ones_initializer(), use_resource=resource)
            rows = tf.gather(way(tf, v), [0, 1, 1])
            gradient = tf.gradients(tf.reduce_sum(rows * [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), v)[0]
            session.run(tf.compat.v1.global_variables_initializer())
            sliced = isinstance(gradient, tf.IndexedSlices)
            found.append((sliced, session.run(tf.convert_to_tensor(gradient)).tolist()))
    assert found[0] == found[1]


@pytest.mark.parametrize("name", ["Adam", "Adagrad", "Momentum", "RMSProp", "GradientDescent", "Ftrl", "Adadelta"])
def test_rows_of_reference_variables_are_trained_alone(name):
    found = []
    for tf in (tensorflow, ferroflow):
        v1 = tf.compat.v1
        optimizer = {
            "Adam": lambda: v1.train.AdamOptimizer(0.1),
            "Adagrad": lambda: v1.train.AdagradOptimizer(0.1),
            "Momentum": lambda: v1.train.MomentumOptimizer(0.1, 0.9),
            "RMSProp": lambda: v1.train.RMSPropOptimizer(0.1),
            "GradientDescent": lambda: v1.train.GradientDescentOptimizer(0.1),
            "Ftrl": lambda: v1.train.FtrlOptimizer(0.1),
            "Adadelta": lambda: v1.train.AdadeltaOptimizer(0.1),
        }[name]
        with tf.Graph().as_default(), v1.Session() as session:
            v = v1.get_variable("v", [5, 2], initializer=tf.ones_initializer(), use_resource=False)
            rows = tf.nn.embedding_lookup(v, [0, 3, 3])
            step = optimizer().minimize(tf.reduce_sum(rows * rows))
            session.run(v1.global_variables_initializer())
            for _ in range(3):
                session.run(step)
            found.append(session.run(v))
    assert abs(found[0] - found[1]).max() < 1e-6
    assert (found[1][[1, 2, 4]] == 1).all()
