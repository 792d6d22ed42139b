"""How tensors print."""

import numpy as np
import pytest

import ferroflow as tf

EAGER = [
    (1.5, "<tf.Tensor: shape=(), dtype=float32, numpy=1.5>", "tf.Tensor(1.5, shape=(), dtype=float32)"),
    (
        np.float32(0.1),
        "<tf.Tensor: shape=(), dtype=float32, numpy=0.10000000149011612>",
        "tf.Tensor(0.1, shape=(), dtype=float32)",
    ),
    (np.int8(3), "<tf.Tensor: shape=(), dtype=int8, numpy=3>", "tf.Tensor(3, shape=(), dtype=int8)"),
    (True, "<tf.Tensor: shape=(), dtype=bool, numpy=True>", "tf.Tensor(True, shape=(), dtype=bool)"),
    (
        np.complex64(1 + 2j),
        "<tf.Tensor: shape=(), dtype=complex64, numpy=(1+2j)>",
        "tf.Tensor((1+2j), shape=(), dtype=complex64)",
    ),
    ("ab", "<tf.Tensor: shape=(), dtype=string, numpy=b'ab'>", "tf.Tensor(b'ab', shape=(), dtype=string)"),
    (np.nan, "<tf.Tensor: shape=(), dtype=float32, numpy=nan>", "tf.Tensor(nan, shape=(), dtype=float32)"),
    (
        [[]],
        "<tf.Tensor: shape=(1, 0), dtype=float32, numpy=array([], shape=(1, 0), dtype=float32)>",
        "tf.Tensor([], shape=(1, 0), dtype=float32)",
    ),
    (
        ["a", "b"],
        "<tf.Tensor: shape=(2,), dtype=string, numpy=array([b'a', b'b'], dtype=object)>",
        "tf.Tensor([b'a' b'b'], shape=(2,), dtype=string)",
    ),
    (
        [[1, 2], [3, 4]],
        "<tf.Tensor: shape=(2, 2), dtype=int32, numpy=\narray([[1, 2],\n       [3, 4]], dtype=int32)>",
        "tf.Tensor(\n[[1 2]\n [3 4]], shape=(2, 2), dtype=int32)",
    ),
]


@pytest.mark.parametrize(("value", "shown", "text"), EAGER)
def test_eager(value, shown, text):
    tensor = tf.constant(value)
    assert (repr(tensor), str(tensor)) == (shown, text)


def test_symbolic():
    with tf.Graph().as_default():
        x = tf.placeholder(tf.float32, name="x")
        y = tf.placeholder(tf.int64, [None, 2], name="y")
        with tf.device("/cpu:0"):
            z = tf.constant(1)
    assert (repr(x), str(x)) == ("<tf.Tensor 'x:0' shape=<unknown> dtype=float32>", 'Tensor("x:0", dtype=float32)')
    assert repr(y) == "<tf.Tensor 'y:0' shape=(None, 2) dtype=int64>"
    assert str(y) == 'Tensor("y:0", shape=(None, 2), dtype=int64)'
    assert str(z) == 'Tensor("Const:0", shape=(), dtype=int32, device=/device:CPU:0)'


def test_format_shows_the_value():
    assert f"{tf.constant(3.14159):.2f}" == "3.14"
    assert f"{tf.constant(7):>4}" == "   7"
    assert f"{tf.constant([1, 2])}" == "[1 2]"
    with pytest.raises(ValueError, match="Unknown format code 'd'"):
        format(tf.constant(1.5), "d")
    assert [int(x) for x in reversed(tf.constant([1, 2, 3]))] == [3, 2, 1]


def test_assert_shows_the_first_elements():
    with pytest.raises(
        tf.errors.InvalidArgumentError, match=r"^Expected 'False' to be true. Summarized data: b'x'\n1, 2, 3, \.\.\.$"
    ):
        tf.Assert(False, ["x", tf.constant([1, 2, 3, 4])])
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"^Expected 'tf.Tensor\(False, .* data: 1, 2, 3, 4$"):
        tf.Assert(tf.constant(False), [tf.constant([[1, 2], [3, 4]])], summarize=-1)
