"""Typed programs with graphs: placeholders, sessions, scopes, optimizers, savers, GraphDefs, TensorFlow 1's API."""

import tempfile
from pathlib import Path
from typing import Any, assert_type

import numpy as np

import ferroflow as tf


def sessions() -> None:
    with tf.Graph().as_default() as graph:
        assert_type(graph, tf.Graph)
        x = tf.placeholder(tf.float32, shape=[None, 2], name="x")
        y = tf.multiply(x, 2.0, name="y")
        assert_type(x, tf.Tensor)
        assert_type(y.op, tf.Operation)
        assert_type(y.op.inputs[0], tf.Tensor)
        assert_type(y.name, str)
        nothing = tf.no_op()
        assert_type(nothing, tf.Operation)
    feeds = {x: np.ones((3, 2))}
    with tf.Session(graph=graph) as session:
        assert_type(session, tf.Session)
        value: np.ndarray[Any, Any] = session.run(y, feed_dict=feeds)
        assert value.shape == (3, 2)
        assert_type(session.run([y, nothing], feeds), list[Any])
        assert_type(session.run({"y": y}, feed_dict=feeds), dict[Any, Any])
        session.run(nothing)
        first, second = session.run((y, x), {"x:0": [[1.0, 2.0]]})
        assert first.shape == second.shape
        assert y.eval(feeds).shape == (3, 2)
        run = session.make_callable(y, [x])
        assert run([[1.0, 2.0]]).shape == (1, 2)
    assert_type(graph.get_operations(), list[tf.Operation])
    assert_type(graph.get_tensor_by_name("y:0"), tf.Tensor)
    assert_type(graph.get_operation_by_name("y"), tf.Operation)
    assert_type(tf.get_default_graph(), tf.Graph)
    default = tf.get_default_session()
    assert default is None


def scopes() -> None:
    with tf.Graph().as_default(), tf.name_scope("a") as name, tf.variable_scope("b", reuse=tf.AUTO_REUSE) as scope:
        assert_type(name, str)
        assert_type(scope, tf.VariableScope)
        w = tf.get_variable("w", shape=[2, 3], initializer=tf.zeros_initializer())
        assert_type(w, tf.Variable)
        assert_type(w.initializer, tf.Operation)
        with tf.device("/cpu:0"), tf.control_dependencies([w.initializer]):
            assert_type(tf.identity(w), tf.Tensor)
        assert_type(tf.global_variables(), list[tf.Variable])
        assert_type(tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES), Any)
        assert_type(tf.GraphKeys.GLOBAL_VARIABLES, str)
        assert_type(tf.global_variables_initializer(), tf.Operation)
        assert_type(tf.group(w.initializer, name="all"), tf.Operation)


def training() -> None:
    with tf.Graph().as_default():
        w = tf.Variable([1.0, 2.0])
        loss = tf.reduce_sum(tf.square(w))
        optimizer = tf.train.AdamOptimizer(learning_rate=0.1)
        step = tf.train.get_or_create_global_step()
        assert_type(step, tf.Variable)
        pairs = optimizer.compute_gradients(loss, var_list=[w])
        train = optimizer.apply_gradients([(tf.clip_by_norm(g, 1.0), v) for g, v in pairs], global_step=step)
        assert_type(train, tf.Operation)
        assert_type(tf.train.GradientDescentOptimizer(0.1).minimize(loss), tf.Operation)
        assert_type(optimizer.get_slot(w, "m"), tf.Variable | Any)
        slopes = tf.gradients(loss, [w])
        assert_type(slopes[0] + 1, tf.Tensor | Any)
        saver = tf.train.Saver(max_to_keep=2)
        with tf.Session() as session, tempfile.TemporaryDirectory() as folder:
            session.run(tf.global_variables_initializer())
            session.run(train)
            path = saver.save(session, str(Path(folder) / "model"), global_step=step)
            assert_type(path, str)
            saver.restore(session, path)
            assert_type(tf.train.latest_checkpoint(folder), str | None)


def losses_and_summaries() -> None:
    v1 = tf.compat.v1
    with tf.Graph().as_default() as graph, tempfile.TemporaryDirectory() as folder:
        labels, scores = tf.constant([[0.0, 1.0]]), tf.constant([[0.5, 0.5]])
        loss = tf.losses.mean_squared_error(labels, scores)
        assert_type(loss, tf.Tensor)
        assert_type(tf.losses.get_losses(), list[tf.Tensor])
        assert_type(tf.zeros_initializer()([2]), tf.Tensor)
        assert_type(v1.glorot_uniform_initializer(seed=1)([2, 2]), tf.Tensor)
        assert_type(v1.summary.scalar("loss", loss), tf.Tensor)
        merged = v1.summary.merge_all()
        assert merged is not None
        with v1.summary.FileWriter(folder, graph) as writer, tf.Session() as session:
            assert_type(writer.get_logdir(), str)
            writer.add_summary(session.run(merged), global_step=1)
            try:
                session.run("missing:0")
            except tf.errors.OpError as error:
                assert_type(error.message, str)
            except ValueError as error:
                assert str(error)
    with tempfile.TemporaryDirectory() as folder:
        with tf.summary.create_file_writer(folder).as_default(step=1):
            tf.summary.scalar("loss", 0.5)


def graph_defs() -> None:
    with tf.Graph().as_default() as graph:
        tf.constant([1.0, 2.0], name="c")
    proto = graph.as_graph_def()
    assert_type(proto, tf.GraphDef)
    assert_type(proto.node[0].name, str)
    assert_type(proto.node[0].attr["dtype"].type, int)
    assert_type(proto.SerializeToString(), bytes)
    assert_type(tf.GraphDef.FromString(proto.SerializeToString()), tf.GraphDef)
    more = proto.node.add(name="d", op="NoOp")
    assert_type(more, tf.NodeDef)
    config = tf.ConfigProto(allow_soft_placement=True, gpu_options=tf.GPUOptions(allow_growth=True))
    config.graph_options.optimizer_options.opt_level = tf.OptimizerOptions.L0
    tf.Session(graph=graph, config=config).close()
    with tf.Graph().as_default():
        tf.import_graph_def(proto, name="imported")


def version_one() -> None:
    v1 = tf.compat.v1
    with v1.Graph().as_default():
        x = v1.placeholder(v1.float32, [2])
        assert_type(v1.reduce_sum(x, reduction_indices=[0]), tf.Tensor)
        assert_type(v1.expand_dims(x, dim=0), tf.Tensor)
        assert_type(v1.constant(1.0, shape=[2]), tf.Tensor)
        assert_type(v1.get_variable("v", [2]), tf.Variable)
        with v1.Session() as session:
            session.run(v1.global_variables_initializer())


sessions()
scopes()
training()
losses_and_summaries()
graph_defs()
version_one()
