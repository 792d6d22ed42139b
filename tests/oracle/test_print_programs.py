"""`tf.print` of nested, ragged and sparse values writes what TensorFlow writes, in eager code and in functions."""

import collections
import os
import sys

import numpy as np
import pytest
import tensorflow

import ferroflow

Pair = collections.namedtuple("Pair", "first second")

VALUES = {
    "tensors in structures": lambda tf: ([tf.constant(1), "x"], {"k": tf.constant(2.0), "a": [tf.constant([1, 2]), 3]}),
    "strings": lambda tf: (tf.constant("s"), [tf.constant("s")], (1, (tf.constant("t"), tf.constant([b"b"])))),
    "a string alone": lambda tf: (tf.constant("alone"),),
    "named tuples": lambda tf: (Pair(tf.constant(1), "z"), [Pair(1, tf.constant(2))]),
    "ragged": lambda tf: (tf.ragged.constant([[1], [], [2, 3]]), "and", tf.constant([4])),
    "ragged of rank 3": lambda tf: (tf.ragged.constant([[[1.5], []], [], [[2.0, 3.0], [4.0]]]),),
    "ragged strings": lambda tf: ([tf.ragged.constant([["a b", "c"], ["d"]])], {"k": tf.ragged.constant([[True]])}),
    "long ragged": lambda tf: (tf.ragged.constant([[1] * 9] * 8), tf.constant([1] * 9)),
    "sparse": lambda tf: (tf.sparse.from_dense([[0, 1]]), [tf.sparse.from_dense([[0, 1], [2, 0]])]),
    "variables": lambda tf: (tf.Variable([1.0]), [tf.Variable(2)]),
    "arrays": lambda tf: ({"k": np.array([1, 2])}, np.float32(3)),
    "Python": lambda tf: ([True, None, 1.5, "q", b"by"], [], (), {}, [[]], {"a": 2, "b": {"c": ()}}),
    "types": lambda tf: (tf.float32, tf.TensorShape([1, None]), object, len),
    "places": lambda tf: ("50%", "{}", "{a}", "%s", tf.constant(1), "{{}}", [tf.constant(2), "{}"]),
    "nothing": lambda tf: (),
}


def written(path, tf, call):
    """What a call that prints to a file wrote."""
    call(f"file://{path}")
    text = path.read_text()
    os.remove(path)
    return text


@pytest.mark.parametrize("kind", VALUES)
def test_prints_the_same(tmp_path, kind):
    texts = []
    for tf in (tensorflow, ferroflow):
        values = VALUES[kind](tf)

        def traced(target, tf=tf, values=values):
            @tf.function(autograph=False)
            def f():
                tf.print(*values, output_stream=target)
                tf.print("again", values, output_stream=target, summarize=1)

            f()

        texts.append(
            [
                written(
                    tmp_path / "out", tf, lambda target, tf=tf, values=values: tf.print(*values, output_stream=target)
                ),
                written(
                    tmp_path / "out",
                    tf,
                    lambda target, tf=tf, values=values: tf.print(
                        *values, output_stream=target, sep=";", end="<", summarize=1
                    ),
                ),
                written(tmp_path / "out", tf, traced),
            ]
        )
    assert texts[0] == texts[1]


def test_streams():
    for stream in ("bad", 3, None, sys.stdin):
        texts = []
        for tf in (tensorflow, ferroflow):
            with pytest.raises(ValueError) as caught:
                tf.print("x", output_stream=stream)
            texts.append(str(caught.value).split(". Supported")[0])
        assert texts[0] == texts[1]
    for tf in (tensorflow, ferroflow):
        for level in ("info", "warning", "error"):
            tf.print("to the log", output_stream=getattr(tf.compat.v1.logging, level))
