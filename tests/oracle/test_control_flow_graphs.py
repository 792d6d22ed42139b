"""Graphs with calls, conditionals and loops are written for TensorFlow and read from it, with their functions and gradients."""

import numpy as np
import pytest
import tensorflow as stock

import ferroflow as ours
from ferroflow import raw_ops
from ferroflow.framework import func_graph


def function(fn, *dtypes):
    return func_graph.trace(fn, [ours.TensorSpec([], dtype) for dtype in dtypes])


def loop(x):
    args = (ours.int32, ours.float64)
    cond = function(lambda i, y: ours.less(i, 4), *args)
    body = function(lambda i, y: (i + 1, ours.sin(y) * y), *args)
    return raw_ops.While(input=[ours.constant(0), x], cond=cond, body=body)[1]


def branches(x):
    yes = function(lambda x: ours.exp(x) * x, ours.float64)
    no = function(lambda x: ours.tanh(x), ours.float64)
    return raw_ops.If(cond=x > 1.0, input=[x], Tout=[ours.float64], then_branch=yes, else_branch=no)[0]


def choice(x):
    many = [function(lambda x, n=n: x**n, ours.float64) for n in (2.0, 3.0, 4.0)]
    index = ours.cast(x, ours.int32)
    return raw_ops.Case(branch_index=index, input=[x], Tout=[ours.float64], branches=many)[0]


def call(x):
    f = function(lambda x: ours.sin(x) * ours.exp(x), ours.float64)
    return raw_ops.PartitionedCall(args=[x], Tout=[ours.float64], f=f)[0]


PROGRAMS = [loop, branches, choice, call]


@pytest.mark.parametrize("program", PROGRAMS)
def test_tensorflow_runs_what_we_write(program):
    with ours.Graph().as_default() as graph:
        x = ours.compat.v1.placeholder(ours.float64, [], name="x")
        y = ours.identity(program(x), name="y")
        ours.identity(ours.compat.v1.gradients(y, x)[0], name="dy")
        proto = graph.as_graph_def().SerializeToString()
        with ours.compat.v1.Session(graph=graph) as session:
            mine = [session.run(["y:0", "dy:0"], {"x:0": at}) for at in (0.4, 1.3, 2.6)]
    theirs = stock.compat.v1.GraphDef()
    theirs.ParseFromString(proto)
    with stock.Graph().as_default() as graph:
        stock.import_graph_def(theirs, name="")
        with stock.compat.v1.Session(graph=graph) as session:
            want = [session.run(["y:0", "dy:0"], {"x:0": at}) for at in (0.4, 1.3, 2.6)]
    np.testing.assert_allclose(mine, want, rtol=1e-12)


def stock_programs(tf):
    x = tf.compat.v1.placeholder(tf.float64, [], name="x")
    y = tf.while_loop(lambda i, y: i < 4, lambda i, y: (i + 1, tf.sin(y) * y), (tf.constant(0), x))[1]
    y += tf.cond(x > 1.0, lambda: tf.exp(x), lambda: tf.cond(x > 0.5, lambda: x * x, lambda: tf.tanh(x)))
    y += tf.switch_case(tf.cast(x, tf.int32), [lambda: x, lambda: x * x])
    y = tf.function(lambda y: tf.sin(y))(y)
    tf.identity(y, name="y")
    tf.identity(tf.gradients(y, x)[0], name="dy")


def test_we_run_what_tensorflow_writes():
    with stock.Graph().as_default() as graph:
        stock.compat.v1.enable_control_flow_v2()
        stock_programs(stock)
        proto = graph.as_graph_def()
        with stock.compat.v1.Session(graph=graph) as session:
            want = [session.run(["y:0", "dy:0"], {"x:0": at}) for at in (0.4, 0.7, 1.3)]
    own = ours.compat.v1.GraphDef()
    own.ParseFromString(proto.SerializeToString())
    with ours.Graph().as_default() as graph:
        ours.import_graph_def(own, name="")
        again = ours.compat.v1.gradients(graph.get_tensor_by_name("y:0"), graph.get_tensor_by_name("x:0"))[0]
        with ours.compat.v1.Session(graph=graph) as session:
            mine = [session.run(["y:0", "dy:0", again], {"x:0": at}) for at in (0.4, 0.7, 1.3)]
    np.testing.assert_allclose([m[:2] for m in mine], want, rtol=1e-12)
    np.testing.assert_allclose([m[2] for m in mine], [w[1] for w in want], rtol=1e-12)
