"""The warning about retracing says which argument changed, from what to what, and at which line of the user."""

import collections
import itertools
import logging
import sys
import types

import numpy as np
import pytest

import ferroflow as tf

Pair = collections.namedtuple("Pair", "first second")


class Setting:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"Setting({self.name})"


ONE, OTHER = Setting("one"), Setting("other")
FIVE = tf.constant(5.0)


def ragged(*rows):
    return tf.ragged.constant(rows, tf.int32)


def sparse(size):
    return tf.SparseTensor([[0]], [1.0], [size])


# (arguments before, arguments after, what the warning says)
CHANGES = {
    "dtype": (([1.0],), ([1],), "argument 'x' changed its dtype from float32 to int32"),
    "shape": (([1.0],), ([1.0, 2.0],), "argument 'x' changed its shape from (1,) to (2,)"),
    "rank": (([1.0],), ([[1.0]],), "argument 'x' changed its shape from (1,) to (1, 1)"),
    "both": ((1.0,), ([1],), "argument 'x' changed its dtype from float32 to int32; argument 'x' changed its shape from () to (1,)"),
    "number": (({"v": 2},), ({"v": 3},), "argument 'x'['v'] changed from the Python value 2 to the Python value 3"),
    "text": (({"v": "a"},), ({"v": b"a"},), "argument 'x'['v'] changed from the Python value 'a' to the Python value b'a'"),
    "none": (({"v": None},), ({"v": FIVE},), "argument 'x'['v'] changed from the Python value None to TensorSpec(shape=(), dtype=tf.float32, name=None)"),
    "nested": ((((1.0, {"a": [FIVE, FIVE]}),)), (((1.0, {"a": [FIVE, tf.zeros([3])]}),)), "argument 'x'[1]['a'][1] changed its shape from () to (3,)"),
    "length": (({"v": [FIVE]},), ({"v": [FIVE, FIVE]},), "argument 'x'['v'] changed from List[TensorSpec(shape=(), dtype=tf.float32, name=None)] to List["),
    "keys": (({"v": FIVE},), ({"w": FIVE},), "argument 'x' changed from Dict[['v', TensorSpec"),
    "named tuple": ((Pair(FIVE, 1),), (Pair(FIVE, 2),), "argument 'x'['second'] changed from the Python value 1 to the Python value 2"),
    "kind": (({"v": (FIVE,)},), ({"v": [FIVE]},), "argument 'x'['v'] changed from Tuple["),
    "object": (({"v": ONE},), ({"v": OTHER},), "argument 'x'['v'] changed from the object Setting(one) to the object Setting(other)"),
    "variable": ((tf.Variable([1.0]),), (tf.Variable([1.0, 2.0]),), "argument 'x' changed from VariableSpec(shape=(1,)"),
    "array": ((np.zeros(2),), (np.zeros(2, np.float32),), "argument 'x' changed its dtype from float64 to float32"),
    "ragged": ((ragged([1], [2]),), (ragged([1], [2], [3]),), "argument 'x' changed from RaggedTensorSpec(TensorShape([2, None])"),
    "sparse": ((sparse(4),), (sparse(5),), "argument 'x' changed from SparseTensorSpec(TensorShape([4]), tf.float32) to SparseTensorSpec(TensorShape([5])"),
    "more": ((FIVE,), (FIVE, 7), "argument 'y' changed from the Python value None to the Python value 7"),
}  # fmt: skip


numbers = itertools.count()


def traced(function):
    """A `tf.function` that shares its count of traces with no other: they are counted by the code."""
    code = function.__code__.replace(co_name=f"{function.__name__}{next(numbers)}")
    return tf.function(types.FunctionType(code, globals(), function.__name__, function.__defaults__), autograph=False)


def warned(caplog):
    return [r.getMessage() for r in caplog.records if "triggered tf.function retracing" in r.getMessage()]


def as_arguments(values):
    return [tf.constant(one) if isinstance(one, (float, list)) else one for one in values]


@pytest.fixture(autouse=True)
def _level(caplog):
    caplog.set_level(logging.WARNING, "ferroflow")


@pytest.mark.parametrize("kind", CHANGES)
def test_what_changed(caplog, kind):
    before, after, said = CHANGES[kind]

    @traced
    def f(x, y=None):
        return tf.constant(0)

    for number in range(3):
        f(tf.zeros([9, number]))
    f(*as_arguments(before))
    assert not warned(caplog)
    line = sys._getframe().f_lineno + 1
    f(*as_arguments(after))
    (text,) = warned(caplog)
    assert text.startswith(
        f"5 out of the last 5 calls to {f.python_function!r} triggered tf.function retracing. Tracing is expensive."
    )
    assert f"In the latest call {said}" in text
    assert f"(at {__file__}:{line})" in text


def test_keywords_and_stars(caplog):
    @traced
    def f(*args, **kwargs):
        return tf.constant(0)

    for number in range(3):
        f(number)
    f(FIVE, a=1)
    f(FIVE, FIVE, b=tf.constant(1), c=ONE)
    (text,) = warned(caplog)
    assert "argument 'args_1' is new: TensorSpec(shape=(), dtype=tf.float32, name=None)" in text
    assert "argument 'b' is new: TensorSpec(shape=(), dtype=tf.int32, name=None)" in text
    assert "argument 'c' is new: the object Setting(one)" in text
    assert "argument 'a' is no longer given" in text and "args_0" not in text


def test_functions_made_anew_and_other_graphs(caplog):
    def body(x):
        return x

    for _ in range(5):
        tf.function(body)(FIVE)
    (text,) = warned(caplog)
    assert "another tf.function was made of the same Python function (at" in text and "outside of loops" in text
    caplog.clear()

    @tf.function
    def f(x):
        return x

    for number in range(5):
        with tf.device(f"/cpu:{number}"):
            f(FIVE)
    (text,) = warned(caplog)
    assert "the graph or the device around changed" in text


def test_objects_that_are_gone(caplog):
    @tf.function
    def f(x):
        return tf.constant(0)

    for number in range(5):
        f(Setting(number))
    (text,) = warned(caplog)
    assert "argument 'x' changed from an object that is gone to the object Setting(4)" in text


def test_advice_fits_the_change(caplog):
    def last(*calls):
        caplog.clear()

        @traced
        def f(x):
            return tf.constant(0)

        for call in calls:
            f(call)
        return warned(caplog)[0]

    assert "reduce_retracing=True" in last(*(tf.zeros([n]) for n in range(5)))
    assert "reduce_retracing" not in last(*range(5))
    assert "Pass tensors instead of Python values" in last(*range(5))


def test_unbounded_recursion_is_told_in_short():
    @tf.function
    def f(n):
        return f(n + 1)

    with pytest.raises(Exception, match="RecursionError: maximum recursion depth exceeded") as caught:
        f(1)
    text = str(caught.value)
    assert text.count("return f(n + 1)") < 5 and "more times]" in text and "return f(n + 1)" in text
