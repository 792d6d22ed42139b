"""Which ops run at once and which add nodes, and that mixing never freezes a value in silence."""

import subprocess
import sys

import numpy as np
import pytest

import ferroflow as tf
import ferroflow.compat.v1 as v1


@pytest.fixture(autouse=True)
def fresh_graph():
    tf.reset_default_graph()


def notes(error):
    return "\n".join(getattr(error.value, "__notes__", []))


def test_eager_is_the_default():
    assert tf.executing_eagerly()
    assert tf.constant(2).numpy() == 2


def test_a_symbolic_input_makes_a_node():
    x = tf.placeholder(tf.float32, name="x")
    y = x + tf.constant(1.0)
    assert tf.is_symbolic_tensor(y) and y.graph is x.graph
    assert tf.executing_eagerly()


def test_a_graph_that_is_built_takes_concrete_inputs_too():
    with tf.Graph().as_default() as graph:
        assert not tf.executing_eagerly()
        assert tf.add(1, 2).graph is graph


def test_control_dependencies_on_a_graph_op_make_nodes():
    x = tf.placeholder(tf.float32)
    with tf.control_dependencies([x.op]):
        y = tf.constant(1) + 1
    assert tf.is_symbolic_tensor(y)
    with tf.control_dependencies([tf.constant(1)]):
        assert not tf.is_symbolic_tensor(tf.constant(1) + 1)


def test_names_of_tensorflow_1_add_to_the_default_graph():
    x = tf.placeholder(tf.float32, [2])
    w = tf.get_variable("w", [2], initializer=tf.ones_initializer())
    y = x * w
    assert y.graph is tf.get_default_graph()
    assert [v.name for v in tf.global_variables()] == ["w:0"]
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        assert session.run(y, {x: [2, 3]}).tolist() == [2, 3]
        session.run(tf.assign(w, [3.0, 3.0]))
        assert session.run(y, {x: [2, 3]}).tolist() == [6, 9]


def test_graph_variables_have_a_value_in_each_session():
    w = tf.get_variable("w", initializer=1.0)
    first, second = tf.Session(), tf.Session()
    for session in (first, second):
        session.run(w.initializer)
    first.run(tf.assign(w, 5.0))
    assert (first.run(w), second.run(w)) == (5.0, 1.0)


def test_a_session_returns_a_pure_value_and_captures_it():
    x = tf.placeholder(tf.float32, [2])
    pure = tf.constant([1.0, 2.0]) * 2.0
    with tf.Session(graph=x.graph) as session:
        assert session.run(pure).tolist() == [2, 4]
        assert session.run(x + pure, {x: [1, 1]}).tolist() == [3, 5]


def test_a_value_read_from_an_eager_variable_is_not_frozen():
    variable = tf.Variable([1.0, 2.0])
    read = variable + 1.0
    x = tf.placeholder(tf.float32, [2])
    for use in (
        lambda: x + read,
        lambda: x + variable,
        lambda: tf.Session().run(read),
        lambda: tf.Session().run(variable),
        lambda: tf.get_variable("w", initializer=read),
        lambda: tf.concat([x, read * 2.0], 0),
    ):
        with pytest.raises(RuntimeError, match="would be frozen into a graph") as error:
            use()
        assert "import ferroflow.v1 as tf" in notes(error)
        assert __file__ in str(error.value)  # the line of the read
    with tf.Graph().as_default(), pytest.raises(RuntimeError):
        tf.identity(read)


def test_an_eager_variable_is_not_read_by_a_graph():
    variable = tf.Variable(1.0)
    with tf.Graph().as_default(), pytest.raises(RuntimeError, match="without building a function") as error:
        variable + 1.0
    assert "import ferroflow.v1 as tf" in notes(error)


def test_a_random_value_is_not_frozen():
    x = tf.placeholder(tf.float32, [2])
    drawn = tf.random_normal([2])
    with pytest.raises(RuntimeError, match="would be frozen"):
        x + drawn


def test_functions_of_tensorflow_1_refuse_eager_variables():
    variable = tf.Variable(1.0)
    for function in (tf.assign, tf.assign_add, tf.assign_sub):
        with pytest.raises(RuntimeError, match="is an eager variable") as error:
            function(variable, 2.0)
        assert "import ferroflow.v1 as tf" in notes(error)
    with pytest.raises(RuntimeError, match="Use tf.GradientTape instead"):
        tf.gradients(variable * 2.0, variable)
    assert variable.numpy() == 1.0
    assert v1.assign(variable, 3.0).numpy() == 3.0


def test_a_session_context_is_graph_mode():
    with tf.Session():
        assert not tf.executing_eagerly()
        assert tf.constant(3).eval() == 3
    assert tf.executing_eagerly()


def test_name_scopes_of_graphs_are_unique_at_the_top_level():
    names = []
    for _ in range(2):
        with tf.name_scope("layer"):
            names.append(tf.placeholder(tf.float32, name="x").name)
    assert names == ["layer/x:0", "layer_1/x:0"]


def test_name_scopes_of_eager_code_repeat():
    names = []
    for _ in range(2):
        with tf.name_scope("eager"):
            names.append(tf.Variable(1.0, name="x").name)
    assert names == ["eager/x:0", "eager/x:0"]


def run_in_process(program):
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_v1_is_graph_mode_from_import():
    program = """
import ferroflow.v1 as tf
w = tf.Variable([1.0, 2.0])
x = tf.placeholder(tf.float32, [2])
y = x * w + tf.constant(1.0)
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    print(tf.executing_eagerly(), type(w).__name__, session.run(y, {x: [1, 1]}).tolist() == [2, 3])
"""
    assert run_in_process(program) == ["False", "RefVariable", "True"]


def test_compat_v1_leaves_the_mode_until_told():
    program = """
import ferroflow.compat.v1 as tf
print(tf.executing_eagerly())
tf.disable_eager_execution()
print(tf.executing_eagerly(), tf.constant(1).name)
"""
    assert run_in_process(program) == ["True", "False", "Const:0"]


def test_the_tutorial_of_placeholders():
    x_1 = tf.placeholder(tf.float32, name="X_1")
    x_2 = tf.placeholder(tf.float32, name="X_2")
    multiply = tf.multiply(x_1, x_2, name="multiply")
    with tf.Session() as session:
        out = session.run(multiply, feed_dict={x_1: [1, 2, 3], x_2: [4, 5, 6]})
    assert str(out) == "[ 4. 10. 18.]"


def test_the_tutorial_of_iterators():
    x_input = np.random.sample((1, 2))
    x = tf.placeholder(tf.float32, shape=[1, 2], name="X")
    dataset = tf.data.Dataset.from_tensor_slices(x)
    iterator = dataset.make_initializable_iterator()
    get_next = iterator.get_next()
    with tf.Session() as sess:
        sess.run(iterator.initializer, feed_dict={x: x_input})
        np.testing.assert_array_equal(sess.run(get_next), x_input[0].astype(np.float32))
        with pytest.raises(tf.errors.OutOfRangeError):
            sess.run(get_next)


SHAPES = """
import ferroflow.v1 as tf
x = tf.placeholder(tf.float32, [None, 3], name="x")
y = x.shape[1]
print(y.value, x.shape[0].value, x.get_shape().as_list(), repr(x.shape))
print(x)
print([tf.zeros([y, 2]).shape, tf.reshape(x, [-1, y * 2]).shape, tf.tile(x, [1, y]).shape, tf.fill([y], 1.0).shape])
print(tf.get_variable("w", [y, 4]).shape, [part.shape for part in tf.unstack(x, axis=1)], tf.map_fn(tf.identity, x).shape)
print(tf.get_variable("p", [9, y], partitioner=tf.fixed_size_partitioner(2)).as_tensor().shape)
print(tf.data.Dataset.from_tensor_slices((tf.zeros([4, 2]), tf.zeros([4]))).batch(2).output_shapes)
tf.enable_v2_tensorshape()
print(x.shape[1], x.shape)
tf.disable_v2_tensorshape()
tf.enable_v2_behavior()
print(x.shape[1], x.shape)
"""


def test_v1_has_the_shapes_of_tensorflow_1():
    done = subprocess.run([sys.executable, "-c", SHAPES], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "3 None [None, 3] TensorShape([Dimension(None), Dimension(3)])",
        'Tensor("x:0", shape=(?, 3), dtype=float32)',
        "[TensorShape([Dimension(3), Dimension(2)]), TensorShape([Dimension(None), Dimension(6)]), "
        "TensorShape([Dimension(None), Dimension(9)]), TensorShape([Dimension(3)])]",
        "(3, 4) [TensorShape([Dimension(None)]), TensorShape([Dimension(None)]), TensorShape([Dimension(None)])] (?, 3)",
        "(9, 3)",
        "(TensorShape([Dimension(None), Dimension(2)]), TensorShape([Dimension(None)]))",
        "3 (None, 3)",
        "3 (None, 3)",
    ]


def test_v1_says_which_shape_a_feed_needs():
    program = (
        "import ferroflow.v1 as tf\nx = tf.placeholder(tf.float32, [None, 3], name='x')\n"
        "try:\n    tf.Session().run(x, {x: [[1.0]]})\nexcept ValueError as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "Cannot feed value of shape (1, 1) for Tensor x:0, which has shape (?, 3)\n"


def test_the_sum_of_losses_has_tensorflows_name():
    with tf.Graph().as_default():
        losses = [v1.losses.mean_squared_error([1.0], [2.0], reduction=how) for how in v1.losses.Reduction.all()]
    assert [loss.op.name for loss in losses] == [
        "mean_squared_error/Mul",
        "mean_squared_error_1/Sum",
        "mean_squared_error_2/value",
        "mean_squared_error_3/value",
        "mean_squared_error_4/value",
    ]


def test_a_fetched_handle_says_something():
    with tf.Graph().as_default(), v1.Session() as session:
        handle = tf.raw_ops.VarHandleOp(dtype=tf.int32, shape=[1], name="foo")
        assert len(session.run(handle)) > 0
