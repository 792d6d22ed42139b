"""Names and lifetimes of traced functions: a name means one body in every library, as long as that body lives."""

import gc

import numpy as np

import ferroflow as tf
from ferroflow import _core
from ferroflow.framework.func_graph import FuncGraph

v1 = tf.compat.v1


def scaling(scale, outer):
    """Defines a function of the wished name "f" that scales its argument: its name, and its body."""
    body = FuncGraph("f", outer)
    with body.as_default():
        (x,), flat = body.add_inputs([tf.TensorSpec([], tf.float32)])
        y = x * scale
    return _core.define_function("f", body, flat, [y], [], outer), body


def called(name, x):
    return tf.raw_ops.PartitionedCall(args=[x], Tout=[tf.float32], f=name)[0]


def test_a_wished_name_in_two_graphs_and_in_eager_code_means_three_functions():
    graphs = [tf.Graph(), tf.Graph()]
    names = [scaling(2.0 + i, graph)[0] for i, graph in enumerate(graphs)]
    eager, body = scaling(4.0, None)
    assert len({*names, eager}) == 3
    for i, graph in enumerate(graphs):
        with graph.as_default(), v1.Session() as session:
            np.testing.assert_equal(session.run(called(names[i], 10.0)), 20.0 + 10.0 * i)
    # Functions of a graph are known to eager code too.
    for i, name in enumerate([*names, eager]):
        np.testing.assert_equal(called(name, tf.constant(10.0)).numpy(), 20.0 + 10.0 * i)


def test_a_name_whose_function_is_gone_never_runs_the_old_body():
    name, body = scaling(2.0, None)
    assert called(name, tf.constant(1.0)).numpy() == 2.0
    del body
    gc.collect()
    with np.testing.assert_raises(tf.errors.NotFoundError):
        called(name, tf.constant(1.0))
    bodies = []
    for scale in range(3, 12):
        again, body = scaling(float(scale), None)
        bodies.append(body)
        assert called(again, tf.constant(1.0)).numpy() == scale
        if again == name:
            break


def test_what_a_kept_function_calls_is_kept():
    outer = FuncGraph("g", None)
    with outer.as_default():
        (x,), flat = outer.add_inputs([tf.TensorSpec([], tf.float32)])
        inner, body = scaling(5.0, outer)
        y = called(inner, x)
    name = _core.define_function("g", outer, flat, [y], [], None)
    del body, inner
    gc.collect()
    assert called(name, tf.constant(2.0)).numpy() == 10.0
