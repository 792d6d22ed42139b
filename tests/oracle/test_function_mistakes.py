"""Mistakes in traced functions are TensorFlow's errors with the line at fault and a way out; `len` of tensors is its length."""

import logging
import re

import pytest
import tensorflow

import ferroflow


@pytest.fixture(autouse=True)
def quiet():
    """TensorFlow's messages about elements of another dtype are not written."""
    logger = tensorflow.get_logger()
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    yield
    logger.setLevel(level)


def told(call):
    """The class of an error and what it says first, without the lines of the user's code around it."""
    try:
        return call().numpy()
    except Exception as error:
        lines = [line.strip() for line in str(error).split("\n") if line.strip()]
        said = next(line for line in lines if any(start in line for start in SAID))
        said = said.partition(": ")[2] if lines[0] == "in user code:" else said
        return type(error).__name__, re.sub(r"^{{function_node .*?}} ", "", said)


SAID = (
    "assertion failed",
    "out of scope and",
    "has no attribute",
    "is not allowed.",
    "Invalid data types",
    "Tape is not",
)


def length_of(shape):
    def make(tf):
        length = tf.function(lambda x: len(x), input_signature=[tf.TensorSpec(shape)])  # noqa: PLW0108
        return lambda value: length(tf.constant(value))

    return make


LENGTHS = {
    "a vector of unknown rank": lambda tf: length_of(None)(tf)([1.0, 2.0]),
    "rows of unknown rank": lambda tf: length_of(None)(tf)([[1.0, 2.0]] * 3),
    "no rows": lambda tf: length_of(None)(tf)([]),
    "a scalar of unknown rank": lambda tf: length_of(None)(tf)(1.0),
    "unknown rows": lambda tf: length_of([None, 2])(tf)([[1.0, 2.0]] * 3),
    "a dataset": lambda tf: tf.function(lambda: len(tf.data.Dataset.range(5)))(),
    "a filtered dataset": lambda tf: tf.function(lambda: len(tf.data.Dataset.range(5).filter(positive)))(),
    "an endless dataset": lambda tf: tf.function(lambda: len(tf.data.Dataset.range(5).repeat()))(),
    "a dataset as argument": lambda tf: tf.function(lambda d: len(d))(tf.data.Dataset.range(5).filter(positive)),  # noqa: PLW0108
}


def positive(x):
    return x > 0


@pytest.mark.parametrize("name", LENGTHS)
def test_len(name):
    found, expected = (told(lambda tf=tf: LENGTHS[name](tf)) for tf in (ferroflow, tensorflow))
    assert found == expected
    if not isinstance(found, tuple):
        assert found.dtype == expected.dtype


def written_in_a_loop(tf):
    def function():
        array = tf.TensorArray(tf.float32, 2)
        for i in tf.range(2):
            array = array.write(i, i)
        return array.stack()

    return function


ARRAYS = {
    "write": lambda tf: lambda: tf.TensorArray(tf.float32, 2).write(0, tf.constant(1)).stack(),
    "write of int64": lambda tf: lambda: tf.TensorArray(tf.float32, 2).write(0, tf.constant(1, tf.int64)).stack(),
    "write in a loop": written_in_a_loop,
}


@pytest.mark.parametrize("name", ARRAYS)
def test_elements_of_another_dtype(name):
    found, expected = (told(tf.function(ARRAYS[name](tf))) for tf in (ferroflow, tensorflow))
    assert found == expected


def test_elements_of_another_dtype_are_logged(caplog):
    with caplog.at_level(logging.ERROR, "ferroflow"), pytest.raises(ferroflow.errors.InvalidArgumentError):
        ferroflow.function(ARRAYS["write"](ferroflow))()
    assert "dtype tf.int32, but expected dtype tf.float32" in caplog.text


def leaks(tf):
    """Functions that use a tensor of a function, a loop or a branch outside of it."""
    kept = []

    @tf.function
    def keeps(x):
        kept.append(x * 2)
        return x

    def of_a_loop(x):
        within = []
        for i in tf.range(3):
            within.append(i * 2)
        return within[0]

    def of_a_branch(x):
        within = []
        if x > 0:
            within.append(x * 3)
        else:
            within.append(x * 2)
        return within[0] + 1

    keeps(tf.constant(1))
    return {
        "in eager code": lambda: kept[0] + 1,
        "in another function": lambda: tf.function(lambda x: kept[0] + x)(tf.constant(1)),
        "returned by another function": lambda: tf.function(lambda x: kept[0])(tf.constant(1)),
        "of a loop": lambda: tf.function(of_a_loop)(tf.constant(1)),
        "of a branch": lambda: tf.function(of_a_branch)(tf.constant(1)),
    }


@pytest.mark.parametrize("name", leaks(ferroflow))
def test_out_of_scope(name):
    calls = [leaks(tf)[name] for tf in (ferroflow, tensorflow)]
    found, expected = (told(call) for call in calls)
    assert found == expected
    with pytest.raises((TypeError, ValueError)) as caught:
        calls[0]()
    origin = "kept.append(x * 2)" if "function" in name or "eager" in name else "within.append("
    text = str(caught.value)
    where = text[text.index("was defined here:") :].split("\n")[1:]
    lines = [int(line.split(", ")[1].removeprefix("line ")) for line in where if line.strip().startswith("File")]
    with open(__file__) as source:
        source = source.read().split("\n")
    assert any(origin in source[number - 1] for number in lines)
    assert any(note.startswith("  fix: ") for note in caught.value.__notes__)


def asserts(tf, x):
    assert x[0] > 0
    return x


def enumerates(tf, x):
    return [i for i, _ in enumerate(x)]


def comprehends(tf, x):
    return [one + 1 for one in x]


def loops(tf, x):
    for one in x:
        x = x + one
    return x


def decides(tf, x):
    if x[0] > 0:
        return x
    return -x


def maximum(tf, x):
    return max(x[0], x[1])


# name: (function, whether it is converted, what the way out names)
REFUSALS = {
    "assert": (asserts, True, "ASSERT_STATEMENTS"),
    "assert without conversion": (asserts, False, "tf.debugging"),
    "enumerate": (enumerates, True, "tf.range(tf.shape(x)[0])"),
    "comprehension": (comprehends, True, "tf.map_fn"),
    "enumerate without conversion": (enumerates, False, "without autograph=False"),
    "for without conversion": (loops, False, "without autograph=False"),
    "if without conversion": (decides, False, "without autograph=False"),
    "comparison in a Python function": (maximum, True, "tf.where"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_values_asked_for_by_python(name):
    function, converted, fix = REFUSALS[name]

    def call(tf):
        return tf.function(lambda x: function(tf, x), autograph=converted)(tf.ones([2]))

    assert told(lambda: call(ferroflow)) == told(lambda: call(tensorflow))
    with pytest.raises(ferroflow.errors.OperatorNotAllowedInGraphError) as caught:
        call(ferroflow)
    (note,) = [one for one in caught.value.__notes__ if "fix:" in one]
    assert fix in note
    assert "in a function with @tf.function" not in note


ATTRIBUTES = {
    "unknown": lambda tf: tf.function(lambda x: x.unknown)(tf.ones([2])),
    "numpy": lambda tf: tf.function(lambda x: x.numpy())(tf.ones([2])),
    "reshape": lambda tf: tf.function(lambda x: x.reshape(2))(tf.ones([2])),
    "tape": lambda tf: tf.GradientTape().reset(),
}


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_attributes(name):
    found, expected = (told(lambda tf=tf: ATTRIBUTES[name](tf)) for tf in (ferroflow, tensorflow))
    assert found == expected


def test_reset_of_tapes():
    for tf in (ferroflow, tensorflow):
        with tf.GradientTape() as tape:
            x = tf.constant(3.0)
            tape.watch(x)
            tape.reset()
            tape.watch(x)
            y = x * x
        assert tape.gradient(y, x).numpy() == 6.0
        with pytest.raises(ValueError, match=r"^Tape is not recording\.$"):
            tape.reset()


def test_get_logger():
    for tf in (ferroflow, tensorflow):
        assert tf.get_logger() is logging.getLogger(tf.__name__)
        assert tf.compat.v1.get_logger() is tf.get_logger()
