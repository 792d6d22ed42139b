"""Mistakes that users make: small programs that must be rejected with an error that says what to mend and where.

A mistake takes `tf` and `v1` (the package and its `compat.v1`), so that the same program runs with TensorFlow. The line that
the error must name ends with `# here`.
"""

import numpy as np

KINDS = ("shape", "dtype", "name", "feed", "fetch", "state", "gradient", "data", "attribute", "mode")
ALL = {}


def mistake(kind):
    """Registers a program as a mistake of a kind."""
    assert kind in KINDS

    def add(function):
        assert function.__name__ not in ALL, f"two mistakes are called {function.__name__}"
        ALL[function.__name__] = (kind, function)
        return function

    return add


# Shapes.


@mistake("shape")
def add_of_other_length(tf, v1):
    tf.constant([1.0, 2.0]) + tf.constant([1.0, 2.0, 3.0])  # here


@mistake("shape")
def add_of_other_length_in_a_graph(tf, v1):
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32, [2], name="x")
        y = v1.placeholder(tf.float32, [3], name="y")
        tf.add(x, y, name="sum")  # here


@mistake("shape")
def matmul_of_other_inner_size(tf, v1):
    tf.matmul(tf.ones([2, 3]), tf.ones([2, 3]))  # here


@mistake("shape")
def matmul_of_fed_sizes(tf, v1):
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, name="x")
        y = v1.placeholder(tf.float32, name="y")
        z = tf.matmul(x, y, name="z")  # here
        session.run(z, {x: np.ones((2, 3)), y: np.ones((2, 3))})


@mistake("shape")
def reshape_to_another_size(tf, v1):
    tf.reshape(tf.zeros([2, 3]), [4])  # here


@mistake("shape")
def reshape_to_two_unknown_sizes(tf, v1):
    tf.reshape(tf.zeros([2, 3]), [-1, -1])  # here


@mistake("shape")
def reshape_to_another_size_in_a_graph(tf, v1):
    with tf.Graph().as_default():
        tf.reshape(v1.placeholder(tf.float32, [2, 3]), [4])  # here


@mistake("shape")
def concat_of_other_rows(tf, v1):
    tf.concat([tf.zeros([2, 3]), tf.zeros([3, 3])], axis=1)  # here


@mistake("shape")
def sum_over_a_missing_axis(tf, v1):
    tf.reduce_sum(tf.zeros([2, 3]), axis=2)  # here


@mistake("shape")
def squeeze_of_a_long_axis(tf, v1):
    tf.squeeze(tf.zeros([2, 3]), axis=[0])  # here


@mistake("shape")
def gather_of_a_missing_row(tf, v1):
    tf.gather(tf.constant([1.0, 2.0]), [5])  # here


@mistake("shape")
def index_beyond_the_end(tf, v1):
    tf.zeros([2, 3])[4]  # here


@mistake("shape")
def convolution_of_other_depth(tf, v1):
    x, w = tf.zeros([1, 4, 4, 3]), tf.zeros([2, 2, 2, 5])
    tf.raw_ops.Conv2D(input=x, filter=w, strides=[1, 1, 1, 1], padding="SAME")  # here


# Dtypes.


@mistake("dtype")
def add_of_integers_and_floats(tf, v1):
    tf.constant(1) + tf.constant(1.5)  # here


@mistake("dtype")
def fraction_added_to_integers(tf, v1):
    tf.constant([1, 2]) + 1.5  # here


@mistake("dtype")
def integers_times_a_fraction(tf, v1):
    tf.constant([1, 2]) * 1.5  # here


@mistake("dtype")
def matmul_of_two_dtypes_in_a_graph(tf, v1):
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32, [2, 2], name="x")
        y = v1.placeholder(tf.float64, [2, 2], name="y")
        tf.matmul(x, y)  # here


@mistake("dtype")
def sine_of_integers(tf, v1):
    tf.sin(tf.constant([1, 2]))  # here


@mistake("dtype")
def sine_of_integers_in_a_graph(tf, v1):
    with tf.Graph().as_default():
        tf.sin(v1.placeholder(tf.int32, [2]))  # here


@mistake("dtype")
def text_as_a_number(tf, v1):
    tf.constant("three", dtype=tf.float32)  # here


@mistake("dtype")
def fraction_as_an_integer(tf, v1):
    tf.constant(1.5, dtype=tf.int32)  # here


@mistake("dtype")
def unknown_dtype(tf, v1):
    tf.as_dtype("float31")  # here


@mistake("dtype")
def logic_on_numbers(tf, v1):
    tf.logical_and(tf.constant([1, 0]), tf.constant([1, 1]))  # here


@mistake("dtype")
def fractions_as_indices(tf, v1):
    tf.gather(tf.constant([1.0, 2.0]), tf.constant([0.5]))  # here


# Names and scopes.


@mistake("name")
def tensor_of_an_unknown_operation(tf, v1):
    with tf.Graph().as_default() as graph:
        tf.constant(1.0, name="one")
        graph.get_tensor_by_name("two:0")  # here


@mistake("name")
def tensor_without_an_index(tf, v1):
    with tf.Graph().as_default() as graph:
        tf.constant(1.0, name="one")
        graph.get_tensor_by_name("one")  # here


@mistake("name")
def unknown_operation(tf, v1):
    tf.Graph().get_operation_by_name("train")  # here


@mistake("name")
def name_with_a_space(tf, v1):
    with tf.Graph().as_default():
        tf.constant(1.0, name="my value")  # here


@mistake("name")
def variable_made_twice(tf, v1):
    with tf.Graph().as_default():
        v1.get_variable("weights", [2])
        v1.get_variable("weights", [2])  # here


@mistake("name")
def reuse_of_a_variable_that_is_not_there(tf, v1):
    with tf.Graph().as_default(), v1.variable_scope("layer", reuse=True):
        v1.get_variable("weights", [2])  # here


@mistake("name")
def reuse_with_another_shape(tf, v1):
    with tf.Graph().as_default():
        v1.get_variable("weights", [2])
        with v1.variable_scope(v1.get_variable_scope(), reuse=True):
            v1.get_variable("weights", [3])  # here


@mistake("name")
def operation_in_a_finalized_graph(tf, v1):
    with tf.Graph().as_default() as graph:
        graph.finalize()
        tf.constant(1.0)  # here


@mistake("name")
def tensors_of_two_graphs(tf, v1):
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32, [2], name="x")
    with tf.Graph().as_default():
        y = v1.placeholder(tf.float32, [2], name="y")
        tf.add(x, y)  # here


# Feeds.


def fed(tf, v1, feed_of, shape=(2,)):
    """Runs `x + 1` with what `feed_of(x)` gives."""
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, shape, name="x")
        session.run(x + 1.0, feed_of(x))  # here


@mistake("feed")
def placeholder_not_fed(tf, v1):
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [2], name="x")  # here
        session.run(x + 1.0)


@mistake("feed")
def feed_of_another_shape(tf, v1):
    fed(tf, v1, lambda x: {x: [1.0, 2.0, 3.0]})


@mistake("feed")
def feed_of_another_rank(tf, v1):
    fed(tf, v1, lambda x: {x: np.zeros((2, 1))}, [None])


@mistake("feed")
def feed_of_text(tf, v1):
    fed(tf, v1, lambda x: {x: ["a", "b"]})


@mistake("feed")
def feed_of_ragged_rows(tf, v1):
    fed(tf, v1, lambda x: {x: [[1.0], [2.0, 3.0]]}, None)


@mistake("feed")
def feed_under_an_unknown_name(tf, v1):
    fed(tf, v1, lambda x: {"y:0": [1.0, 2.0]})


@mistake("feed")
def feed_of_a_tensor(tf, v1):
    fed(tf, v1, lambda x: {x: x})


@mistake("feed")
def feed_that_is_no_dict(tf, v1):
    fed(tf, v1, lambda x: [x, [1.0, 2.0]])


@mistake("feed")
def feed_of_another_graph(tf, v1):
    with tf.Graph().as_default():
        other = v1.placeholder(tf.float32, name="other")
    fed(tf, v1, lambda x: {other: 1.0})


# Fetches.


def fetched(tf, v1, fetch_of):
    """Fetches what `fetch_of(x)` gives."""
    with tf.Graph().as_default(), v1.Session() as session:
        x = tf.constant([1.0, 2.0], name="x")
        session.run(fetch_of(x))  # here


@mistake("fetch")
def fetch_of_nothing(tf, v1):
    fetched(tf, v1, lambda x: None)


@mistake("fetch")
def fetch_of_a_number(tf, v1):
    fetched(tf, v1, lambda x: [x, 3.0])


@mistake("fetch")
def fetch_of_an_unknown_tensor(tf, v1):
    fetched(tf, v1, lambda x: "y:0")


@mistake("fetch")
def fetch_of_an_unknown_operation(tf, v1):
    fetched(tf, v1, lambda x: "y")


@mistake("fetch")
def fetch_of_a_missing_output(tf, v1):
    fetched(tf, v1, lambda x: "x:1")


@mistake("fetch")
def fetch_of_another_graph(tf, v1):
    with tf.Graph().as_default():
        other = tf.constant(1.0, name="other")
    fetched(tf, v1, lambda x: {"value": other})


@mistake("fetch")
def fetch_from_an_empty_graph(tf, v1):
    with tf.Graph().as_default():
        v1.Session().run("x:0")  # here


@mistake("fetch")
def fetch_from_a_closed_session(tf, v1):
    with tf.Graph().as_default():
        x = tf.constant(1.0)
        session = v1.Session()
        session.close()
        session.run(x)  # here
