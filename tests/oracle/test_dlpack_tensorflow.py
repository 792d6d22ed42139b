"""DLPack beside TensorFlow's own functions, and from the one library to the other."""

import numpy as np
import pytest
import tensorflow

import ferroflow

DTYPES = "int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 bfloat16 float32 float64 complex64 complex128 bool".split()
ours, theirs = ferroflow.experimental.dlpack, tensorflow.experimental.dlpack


@pytest.mark.parametrize("dtype", DTYPES)
def test_from_the_one_to_the_other(dtype):
    source = tensorflow.cast([[0, 1, 2], [3, 4, 5]], dtype)
    for tensor in (ours.from_dlpack(theirs.to_dlpack(source)), ours.from_dlpack(source)):
        assert tensor.dtype.name == dtype and tensor.shape == [2, 3] and np.array_equal(tensor.numpy(), source.numpy())
        back = theirs.from_dlpack(ours.to_dlpack(tensor))
        assert back.dtype == source.dtype and np.array_equal(back.numpy(), source.numpy())


def outcome(tf, program):
    """What a program gives, or the class and the first line of the error that it ends with."""
    try:
        return program(tf, tf.experimental.dlpack)
    except Exception as error:
        return type(error).__name__, str(error).split("\n")[0]


def used_twice(tf, dlpack):
    capsule = dlpack.to_dlpack(tf.constant([1.0]))
    dlpack.from_dlpack(capsule)
    dlpack.from_dlpack(capsule)


def in_graph(tf, dlpack):
    with tf.Graph().as_default():
        dlpack.to_dlpack(tf.constant(1.0))


# TensorFlow ends the process for strings, resources and variants, so those are tested without it.
SAME_TEXT = {
    "qint8": lambda tf, dlpack: dlpack.to_dlpack(tf.bitcast(tf.constant([1], tf.int8), tf.qint8)),
    "quint8": lambda tf, dlpack: dlpack.to_dlpack(tf.bitcast(tf.constant([1], tf.uint8), tf.quint8)),
    "qint32": lambda tf, dlpack: dlpack.to_dlpack(tf.bitcast(tf.constant([1], tf.int32), tf.qint32)),
    "a variable": lambda tf, dlpack: dlpack.to_dlpack(tf.Variable([1.0])),
    "an array": lambda tf, dlpack: dlpack.to_dlpack(np.ones(3)),
    "a number": lambda tf, dlpack: dlpack.to_dlpack(3),
    "a symbolic tensor": in_graph,
    "device": lambda tf, dlpack: tf.constant([1.0]).__dlpack_device__(),
    "kind of capsule": lambda tf, dlpack: repr(dlpack.to_dlpack(tf.constant([1.0]))).split(" at ")[0],
    "for NumPy": lambda tf, dlpack: np.from_dlpack(tf.constant([1.0, 2.0])).tolist(),
    "no __dlpack__ of variables": lambda tf, dlpack: hasattr(tf.Variable(1.0), "__dlpack__"),
    "empty": lambda tf, dlpack: dlpack.from_dlpack(dlpack.to_dlpack(tf.zeros([0, 4]))).shape.as_list(),
}
SAME_CLASS = {
    "used twice": used_twice,
    "no capsule": lambda tf, dlpack: dlpack.from_dlpack(3),
    "no capsule but a list": lambda tf, dlpack: dlpack.from_dlpack([1.0]),
}


@pytest.mark.parametrize("name", SAME_TEXT)
def test_as_tensorflow(name):
    assert outcome(ferroflow, SAME_TEXT[name]) == outcome(tensorflow, SAME_TEXT[name])


@pytest.mark.parametrize("name", SAME_CLASS)
def test_errors_of_tensorflows_class(name):
    found, expected = outcome(ferroflow, SAME_CLASS[name]), outcome(tensorflow, SAME_CLASS[name])
    assert found[0] == expected[0] and found[0].endswith("Error")
