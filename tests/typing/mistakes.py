"""Mistakes that a type checker finds: each line with one says which error is expected. Nothing here is called."""

import ferroflow as tf


def names() -> None:
    tf.reduce_summ([1.0])  # error: attr-defined
    tf.nn.rellu(1.0)  # error: attr-defined
    tf.raw_ops.Addition(x=1, y=2)  # error: attr-defined
    tf.compat.v1.placeholders(tf.float32)  # error: attr-defined
    tf.constant(1).nump()  # error: attr-defined
    tf.Variable(1.0).assign_all(2.0)  # error: attr-defined
    tf.data.Dataset.range(3).mapp(lambda x: x)  # error: attr-defined
    tf.Session().runs(tf.constant(1))  # error: attr-defined
    tf.GraphDef().nodes  # error: attr-defined
    tf.GraphKeys.GLOBALS  # error: attr-defined
    tf.float23  # error: attr-defined


def arguments() -> None:
    tf.reduce_sum([1.0], axes=0)  # error: call-arg
    tf.placeholder(shape=[1])  # error: call-arg
    tf.raw_ops.AddV2(x=1)  # error: call-arg
    tf.Variable(1.0, train=False)  # error: call-arg
    tf.Session().run(tf.constant(1), feeds={})  # error: call-overload
    tf.data.Dataset.range(3).batch(2, drop=True)  # error: call-arg
    tf.ConfigProto(soft_placement=True)  # error: call-arg


def values() -> None:
    x = tf.constant(1.0)
    tf.nn.relu(None)  # error: arg-type
    tf.add(x, {"a": 1})  # error: arg-type
    tf.cast(x, 1.5)  # error: arg-type
    x + None  # error: operator
    x @ {1: 2}  # error: operator
    tf.reduce_sum(x, keepdims="yes")  # error: arg-type
    tf.reduce_sum(x, name=3)  # error: arg-type
    tf.Graph().get_operation_by_name(3)  # error: arg-type


def results() -> None:
    number: int = tf.constant(1)  # error: assignment
    text: str = tf.constant(1).shape  # error: assignment
    v = tf.Variable(1.0)
    v += 1.0  # error: assignment
    loss = tf.constant(1.0)
    train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
    train + 1  # error: operator
    tf.nn.relu(train)  # error: arg-type
    size: int = loss.shape.rank  # error: assignment
    print(number, text, size)
