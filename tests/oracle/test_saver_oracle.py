"""Checkpoints go both ways between Ferroflow's Saver and TensorFlow's, and both name the same operations."""

import numpy as np
import pytest
import tensorflow as real

import ferroflow as tf

STEPS = 3


def train(module, use_resource, path):
    """Trains a weight with Adam in `module`, saves it; (prefix, values by name, names of operations)."""
    v1 = module.compat.v1
    with module.Graph().as_default() as graph, v1.Session() as session:
        w = v1.get_variable("layer/w", initializer=np.array([[1.0, -2.0]], np.float32), use_resource=use_resource)
        v1.get_variable("name", initializer=module.constant([b"x", b""]), use_resource=use_resource, trainable=False)
        step = v1.train.get_or_create_global_step()
        update = v1.train.AdamOptimizer(0.5).minimize(module.reduce_sum(w * w), global_step=step)
        saver = v1.train.Saver()
        session.run(v1.global_variables_initializer())
        for _ in range(STEPS):
            session.run(update)
        prefix = saver.save(session, str(path / "model"), global_step=step)
        values = {variable.op.name: session.run(variable) for variable in v1.global_variables()}
        return prefix, values, [operation.name for operation in graph.get_operations()]


def restore(module, use_resource, prefix):
    """The values of the same variables, restored in `module`."""
    v1 = module.compat.v1
    with module.Graph().as_default(), v1.Session() as session:
        w = v1.get_variable("layer/w", [1, 2], use_resource=use_resource)
        v1.get_variable("name", initializer=module.constant([b"", b""]), use_resource=use_resource, trainable=False)
        step = v1.train.get_or_create_global_step()
        v1.train.AdamOptimizer(0.5).minimize(module.reduce_sum(w * w), global_step=step)
        v1.train.Saver().restore(session, prefix)
        return {variable.op.name: session.run(variable) for variable in v1.global_variables()}


@pytest.mark.parametrize("use_resource", [True, False], ids=["resource", "reference"])
@pytest.mark.parametrize("writer, reader", [(tf, real), (real, tf)], ids=["to TensorFlow", "from TensorFlow"])
def test_both_ways(tmp_path, writer, reader, use_resource):
    prefix, written, _ = train(writer, use_resource, tmp_path)
    found = restore(reader, use_resource, prefix)
    assert found.keys() == written.keys()
    for name, value in written.items():
        np.testing.assert_array_equal(found[name], value)
    assert reader.train.latest_checkpoint(str(tmp_path)) == prefix
    assert reader.train.list_variables(prefix) == writer.train.list_variables(prefix)


@pytest.mark.parametrize("use_resource", [True, False], ids=["resource", "reference"])
def test_training_gives_the_same(tmp_path, use_resource):
    _, ours, _ = train(tf, use_resource, tmp_path)
    _, theirs, _ = train(real, use_resource, tmp_path)
    assert ours.keys() == theirs.keys()
    for name, value in theirs.items():
        if value.dtype == object:
            assert list(ours[name]) == list(value)
        else:
            np.testing.assert_allclose(ours[name], value, rtol=1e-6)
