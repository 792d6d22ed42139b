"""Typed programs in eager mode: tensors, operators, functions, variables, gradients, shapes and dtypes."""

from typing import Any, assert_type

import numpy as np

import ferroflow as tf


def tensors() -> None:
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    assert_type(x, tf.Tensor)
    for y in (x + 1, 1 - x, x * np.ones(2), x @ x, x / [1.0, 2.0], x**2, -x, abs(x), x // 2, 2 % x):
        assert_type(y, tf.Tensor)
    assert_type(x == 1, tf.Tensor)
    assert_type(x < [2.0, 3.0], tf.Tensor)
    assert_type(x[0, ..., tf.newaxis], tf.Tensor)
    assert_type(x[x > 2], tf.Tensor)
    assert_type(x.dtype, tf.DType)
    assert_type(x.shape, tf.TensorShape)
    assert_type(x.shape.as_list(), list[int | None])
    assert_type(x.shape.rank, int | None)
    assert_type(float(x[0, 0]) + int(x[1, 1]), float)
    assert_type([row for row in x], list[tf.Tensor])
    assert_type(len(x), int)
    array: np.ndarray[Any, Any] = x.numpy()
    assert array.shape == (2, 2)
    assert np.asarray(x).sum() == 10


def functions() -> None:
    x = tf.constant([1.0, 2.0])
    for y in (
        tf.add(x, 1),
        tf.multiply(x, [2.0, 3.0]),
        tf.reduce_sum(x, axis=0),
        tf.reduce_mean([x, x], axis=[0, 1], keepdims=True),
        tf.cast(x, tf.int32),
        tf.cast(x, "int64"),
        tf.cast(x, np.float64),
        tf.zeros([2, 3], dtype=tf.float64),
        tf.ones_like(x),
        tf.reshape(x, [2, 1]),
        tf.reshape(x, x.shape),
        tf.concat([x, x], axis=0),
        tf.matmul([[1.0]], [[2.0]], transpose_b=True),
        tf.nn.relu(x),
        tf.nn.softmax_cross_entropy_with_logits(labels=[[0.0, 1.0]], logits=[[1.0, 2.0]]),
        tf.math.log(x),
        tf.random.normal([2], seed=1),
        tf.raw_ops.AddV2(x=x, y=1.0),
        tf.linalg.matmul([[1.0]], [[2.0]]),
        tf.convert_to_tensor(np.arange(3)),
    ):
        assert_type(y, tf.Tensor)
    assert_type(tf.split(x, 2), list[tf.Tensor])
    assert_type(tf.math.top_k(x).indices, tf.Tensor)
    assert_type(tf.unique([1, 1, 2]).idx, tf.Tensor)
    assert_type(tf.executing_eagerly(), bool)
    assert_type(tf.float32, tf.DType)
    assert_type(tf.as_dtype("float32").name, str)


def variables_and_gradients() -> None:
    w = tf.Variable([1.0, 2.0], name="w", trainable=True)
    b = tf.Variable(lambda: 0.5, dtype=tf.float32)
    assert_type(w, tf.Variable)
    assert_type(w + b, tf.Tensor)
    assert_type(2 * w, tf.Tensor)
    assert_type(w[0], tf.Tensor)
    assert_type(w.read_value(), tf.Tensor)
    assert_type(w.shape, tf.TensorShape)
    assert_type(w.name, str)
    w.assign_add([1.0, 1.0])
    w.assign(tf.zeros([2])).numpy()
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(w)
        loss = tf.reduce_sum(w * w) + b
    assert_type(tape, tf.GradientTape)
    slope = tape.gradient(loss, w)
    assert isinstance(slope, tf.Tensor)
    slopes = tape.gradient(loss, [w, b])
    assert_type(len(slopes), int)
    w.assign_sub(0.1 * slopes[0])
    first, second = tape.gradient(loss, (w, b))
    assert_type(first + second, tf.Tensor | Any)
    assert_type(tape.watched_variables(), tuple[tf.Variable, ...])
    grads, norm = tf.clip_by_global_norm(slopes, 1.0)
    assert_type(norm, tf.Tensor)
    assert len(grads) == 2


def shapes_and_specs() -> None:
    shape = tf.TensorShape([None, 3])
    assert_type(shape.concatenate([2]), tf.TensorShape)
    assert_type(shape.is_fully_defined(), bool)
    assert_type(shape.num_elements(), int | None)
    spec = tf.TensorSpec([None, 3], tf.float32, name="x")
    assert_type(spec.shape, tf.TensorShape)
    assert_type(spec.dtype, tf.DType)
    assert_type(tf.is_tensor(spec), bool)


tensors()
functions()
variables_and_gradients()
shapes_and_specs()
