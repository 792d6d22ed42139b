"""What becomes of Python and NumPy values, and of operators between them and tensors, is what TensorFlow makes of them."""

import operator
import re
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
import tensorflow

import ferroflow

sys.path.insert(0, str(Path(__file__).resolve().parent))

from conversions import DTYPES, OPERANDS, PACKED, VALUES, names  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")
BIG = {"300", "2**31", "2**40", "-1", "[1, 2**31]", "[2**31, 1]", "[-1, 300]", "range(2**40, 2**40 + 2)"}
BIG |= {"[np.int64(2**40)]", "2**63", "[2**63]", "[1, 2**63]", "2**64", "[2**64]", "-2**63-1"}
# The classes of Python errors count as one where NumPy's or Python's own error passes through TensorFlow.
OWN = {"TypeError", "ValueError", "OverflowError", "SystemError"}


def outcome(function, tf):
    """The dtype, shape and elements of a tensor, or the class and the first line of the error."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tensor = function()
            if not hasattr(tensor, "dtype"):
                return [type(tensor).__name__, repr(tensor)]
            value = tensor.numpy() if hasattr(tensor, "numpy") else tf.compat.v1.Session(graph=tensor.graph).run(tensor)
            return [tensor.dtype.name, str(tensor.shape), repr(np.asarray(value).tolist())]
    except Exception as error:
        line = re.sub(r"^\{\{function_node [^}]*\}\} ", "", str(error).split("\n")[0])
        return [
            type(error).__name__,
            re.sub(r"0x[0-9a-f]+", "0x", re.sub(r" \[Op:\w+\].*$| for '\{\{node .*$", "", line)),
        ]


def both(text, way, graph):
    """What a function `way(tf, value)` of the expression `text` gives with TensorFlow and with Ferroflow."""
    found = []
    for tf in (tensorflow, ferroflow):
        if graph:
            with tf.Graph().as_default():
                found.append(outcome(lambda tf=tf: way(tf, eval(text, names(tf))), tf))
        else:
            found.append(outcome(lambda tf=tf: way(tf, eval(text, names(tf))), tf))
    return found


def differences(text, ways, graph, allowed=lambda name, want, have: False):
    """Lines with the ways in which the two libraries differ."""
    lines = []
    for name, way in ways.items():
        want, have = both(text, way, graph)
        if want != have and want[0] != have[0] and not allowed(name, want, have):
            lines.append(f"{name}({text}): TensorFlow {want}, Ferroflow {have}")
        elif len(want) == 3 and want != have and not allowed(name, want, have):
            lines.append(f"{name}({text}): TensorFlow {want}, Ferroflow {have}")
    return lines


def constant(dtype):
    return lambda tf, value: tf.constant(value, dtype)


WAYS = {f"constant {dtype}": constant(dtype) for dtype in [None, *DTYPES]}
WAYS |= {
    "convert": lambda tf, value: tf.convert_to_tensor(value),
    "convert int32": lambda tf, value: tf.convert_to_tensor(value, tf.int32),
    "hint float32": lambda tf, value: tf.convert_to_tensor(value, dtype_hint=tf.float32),
    "hint int32": lambda tf, value: tf.convert_to_tensor(value, dtype_hint=tf.int32),
    "identity": lambda tf, value: tf.identity(value),
}
PACK_WAYS = {name: way for name, way in WAYS.items() if not name.startswith("constant")}


def ours_is_an_error(text):
    """TensorFlow wraps Python integers round in silence where a dtype cannot hold them: an error here."""
    return lambda name, want, have: text in BIG and (have[0] in OWN or name.startswith(("hint", "constant bfloat16")))


@pytest.mark.parametrize("text", VALUES)
def test_eager_values(text):
    if "TensorShape" in text:
        # A shape is always int32 or int64 here; TensorFlow's constants read it as any sequence of numbers.
        ways = {name: way for name, way in WAYS.items() if name in ("convert", "convert int32", "identity")}
    elif text in BIG:
        # TensorFlow aborts the process where an integer does not fit into uint64.
        ways = {name: way for name, way in WAYS.items() if name != "constant uint64"}
    else:
        ways = WAYS
    if text.startswith("range") or text == "np.nditer([1])":
        ways = {name: way for name, way in ways.items() if name in ("constant int32", "convert", "identity")}
    assert not differences(text, ways, False, ours_is_an_error(text))


# Sequences that TensorFlow's graph constants refuse because they are not lists, the byte order that it ignores, and NumPy's
# own types, for which it has other errors than in eager mode.
REFUSED = (
    "object)",
    "np.array(None)",
    "datetime",
    "longdouble",
    "range",
    "TensorShape",
    "collections.deque",
    "np.nditer",
    "Items",
    "Array",
    ">i4",
)


@pytest.mark.parametrize("text", [text for text in VALUES if not any(word in text for word in REFUSED)])
def test_graph_values(text):
    def allowed(name, want, have):
        # NumPy's truth values in lists are refused by TensorFlow's check of Python's.
        return ours_is_an_error(text)(name, want, have) or ("np.bool_" in text and want[0] == "TypeError")

    assert not differences(text, WAYS, True, allowed)


@pytest.mark.parametrize("text", PACKED)
@pytest.mark.parametrize("graph", [False, True])
def test_lists_with_tensors(text, graph):
    # Texts to numbers are an error at different points; a range in a list is refused by TensorFlow's graph constants.
    ways = {
        name: way
        for name, way in PACK_WAYS.items()
        if "'a'" not in text or "int32" not in name and "float32" not in name
    }
    assert graph and "range" in text or not differences(text, ways, graph)


OPERATORS = {name: getattr(operator, name) for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "lt", "eq")}


@pytest.mark.parametrize("dtype", ["int32", "float32", "int8", "uint8", "int64", "float16", "float64", "bfloat16"])
@pytest.mark.parametrize("graph", [False, True])
def test_operators(dtype, graph):
    lines = []
    for text in OPERANDS:
        ways = {}
        for name, function in OPERATORS.items():
            if graph and name == "eq":
                continue  # by identity
            ways[f"{dtype} {name}"] = lambda tf, y, f=function: shown(f(tf.constant([3, 4], dtype), y))
            ways[f"reflected {name} {dtype}"] = lambda tf, y, f=function: shown(f(y, tf.constant([3, 4], dtype)))
        lines += differences(text, ways, graph, lambda name, want, have, text=text: operand_allowed(text, want, have))
    assert not lines, "\n".join(lines)


def operand_allowed(text, want, have):
    """In a graph TensorFlow asks NumPy for what it refuses itself, which tells of the symbolic tensor only; ml_dtypes, which
    makes its bfloat16, takes no integers of 64 bits without a sign."""
    return (
        want[0] == "NotImplementedError"
        or "2**63" in text
        or (text in BIG and have[0] in (*OWN, "InvalidArgumentError"))
    )


def shown(value):
    """A value whose class counts too."""
    assert hasattr(value, "graph") or type(value).__name__ == "EagerTensor", type(value)
    return value


QUANTISED = ("qint8", "quint8", "qint16", "quint16", "qint32")
NUMBERS = (
    "bool",
    "int8",
    "uint8",
    "int16",
    "int32",
    "int64",
    "uint64",
    "float16",
    "bfloat16",
    "float32",
    "float64",
    "complex64",
)


@pytest.mark.parametrize("dtype", QUANTISED)
def test_quantised_numbers_are_cast_as_the_integers_that_hold_them(dtype):
    for other in (*QUANTISED, *NUMBERS):
        for values in ([300, -1, 127, 128, 0], [1.5, -2.7, 100000.0]):

            def there_and_back(tf, other=other, values=values):
                given = tf.cast(tf.constant(values), other)
                return tf.cast(tf.cast(given, dtype), other), tf.cast(given, dtype)

            want, have = (
                [(one.dtype.name, np.asarray(one.numpy()).tolist()) for one in there_and_back(tf)]
                for tf in (tensorflow, ferroflow)
            )
            assert want == have, (other, values)
        want, have = (tf.constant(np.array([42]), dtype).numpy().tolist() for tf in (tensorflow, ferroflow))
        assert want == have
