"""Odd and wrong feeds and fetches: the same values, or the same class and first line of an error, as in TensorFlow."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import tensorflow as real

import ferroflow as ours

FEEDS = """
{f: [[1, 2]]} | {f: [1, 2, 3]} | {f: 1} | {x: [1.0]} | {any: [[1, 2], [3]]} | {x: None} | {any: None} | {i32: None} | {None: 1.0}
{x: "abc"} | {x: "1.5"} | {i32: 1.7} | {i32: np.float64(1.7)} | {i32: 2**40} | {u8: [300]} | {i8: 300} | {u8: [-1]} | {i8: np.int64(300)}
{u8: np.array([300])} | {i64: 2**70} | {half: 1e6} | {x: 1e300} | {x: 10**400} | {x: 2**24 + 1} | {x: True} | {b: 3} | {b: "x"}
{x: 1 + 2j} | {x: np.complex64(1 + 2j)} | {c64: 1.5} | {s: [b"a", b"b"]} | {s: [["a"]]} | {x: Plain()} | {x: Array()} | {x: Decimal("1.5")}
{x: Fraction(1, 2)} | {x: const} | {any: [x]} | {const: [5.0, 6.0]} | {const: [5.0]} | {mid: 5.0} | {ref: 9.0} | {noop: 1.0} | {mid.op: 1.0}
{"mid:0": 1.0} | {"mid": 1.0} | {"nope:0": 1.0} | {"mid:3": 1.0} | {"a:b:c": 1.0} | {"": 1.0} | {3: 1.0} | {1.5: 1.0} | {Plain: 1.0}
{other: 1.0} | {(x, i32): (1.0, 2)} | {(x, i32): (1.0,)} | {(x, i32): (1.0, 2, 3)} | {b"mid:0": 1.0} | [1] | "abc" | 7 | ((x, 1.0),)
{x: 1.0, locked: 1.0} | {x: 1.0, "locked:0": 1.0} | {[1]: 2} | {x: 1.0, "x:0": 2.0} | {x: float("nan")} | {any: np.ma.array([1.0, 2.0], mask=[0, 1])}
{f: np.matrix([[1, 2]])} | {any: memoryview(np.float32([1, 2]))} | {any: range(3)} | {any: {1, 2}} | {any: {"a": 1}} | {any: (v for v in [1])}
{any: np.datetime64("2020-01-01")} | {any: np.zeros(2, [("a", "f4")])} | {any: np.array([1, 2.5], object)} | {any: np.array(["q"], object)}
{split1: [9.0]} | {i32: np.bool_(True)}
"""
FETCHES = """
hidden | hidden.op | [out, hidden] | "hidden" | None | 3 | 3.5 | "nope:0" | "nope" | "mid:7" | "a:b:c" | "" | b"const:0" | "noop" | "^noop" | Plain
other | other.op | [] | {} | () | {"const:0"} | (v for v in [const]) | [const, None] | np.array([1.0]) | np.str_("const:0") | ref | res
[const, const, {"a": const}] | [x, out] | x | mid | "x:0" | [noop, const.op, {"b": (out,)}]
"""
CALLABLES = """
make(out, ["x:0"])(1.0) | make(hidden, [x])(1.0) | make(lo, [locked])(1.0) | make(f, [f])([[1.0, 2.0]]) | make(f, [f])(np.float32([1.0, 2.0]))
make(x, [x])("abc") | make(x, [x])(3) | make(x, [x])(None) | make(const, const) | make(x, [x])(const) | make(const, None)() | make([x, out], [x])(2)
make(None) | make("nope") | make(b, [b])(7) | make(out, [x, x])(3.0, 4.0)
"""


class Plain:
    """Nothing that NumPy knows."""


class Array:
    """Something that NumPy can convert."""

    def __array__(self, dtype=None, copy=None):
        return np.array(2.0, dtype)


def program(tf):
    """Names for the cases: tensors of a graph in which some may not be fed or fetched, `run` and `make`."""
    v1 = tf.compat.v1
    names = {"np": np, "Plain": Plain, "Array": Array, "Decimal": Decimal, "Fraction": Fraction}
    with tf.Graph().as_default():
        other = v1.placeholder(tf.float32, [], name="other")
    with tf.Graph().as_default() as graph:
        scalars = {
            "x": "float32",
            "i32": "int32",
            "i8": "int8",
            "i64": "int64",
            "b": "bool",
            "c64": "complex64",
            "half": "float16",
        }
        for name, dtype in scalars.items():
            names[name] = v1.placeholder(dtype, [], name=name)
        f, u8 = v1.placeholder(tf.float32, [None, 2], name="f"), v1.placeholder(tf.uint8, [None], name="u8")
        s, anything = v1.placeholder(tf.string, [None], name="s"), v1.placeholder(tf.float32, name="any")
        const, mid, noop = (
            tf.constant([1.0, 2.0], name="const"),
            tf.add(names["x"], 1.0, name="mid"),
            tf.no_op(name="noop"),
        )
        ref = v1.get_variable("ref", initializer=3.0, use_resource=False)
        res = v1.get_variable("res", initializer=4.0, use_resource=True)
        locked, hidden = tf.identity(names["x"], name="locked"), tf.identity(names["x"], name="hidden")
        graph.prevent_feeding(locked)
        graph.prevent_fetching(hidden.op)
        names |= dict(
            f=f,
            u8=u8,
            s=s,
            any=anything,
            const=const,
            mid=mid,
            noop=noop,
            ref=ref,
            res=res,
            locked=locked,
            hidden=hidden,
        )
        names |= dict(other=other, out=tf.multiply(mid, 2.0, name="out"), lo=tf.identity(locked + 1.0, name="lo"))
        names["split1"] = tf.split(const, 2, name="split")[1]
        session = v1.Session(graph=graph)
        session.run(v1.global_variables_initializer())
    assert graph.is_feedable(mid) and not graph.is_feedable(locked) and graph.is_fetchable(mid)
    assert not graph.is_fetchable(hidden) and not graph.is_fetchable(hidden.op)
    return names | {"run": session.run, "make": session.make_callable}


@pytest.fixture(scope="module")
def programs():
    return program(ours), program(real)


def shown(value):
    """A result with all that a program could see of it."""
    if isinstance(value, (list, tuple)):
        return type(value).__name__, [shown(v) for v in value]
    if isinstance(value, dict):
        return {k: shown(v) for k, v in value.items()}
    if isinstance(value, (np.ndarray, np.generic)):
        return type(value).__name__, value.dtype.str, repr(value.tolist())
    return repr(value)


def outcome(names, case):
    try:
        return shown(eval(case, names))
    except Exception as error:
        return type(error).__name__, str(error).splitlines()[0] if str(error) else ""


def cases(text, form="{}"):
    return [form.format(case.strip()) for line in text.strip().splitlines() for case in line.split(" | ")]


# What a case feeds is read by a fetch of everything fed, or of what depends on it.
ALL = [
    *cases(
        FEEDS,
        "(lambda feeds: run([k for k in feeds if hasattr(k, 'dtype')] or out if type(feeds) is dict else const, feeds))({})",
    ),
    *cases(FETCHES, "run({}, {{x: 1.0}})"),
    *cases(CALLABLES),
    "run(out, {locked: 1.0})",
]


@pytest.mark.parametrize("case", ALL)
def test_as_in_tensorflow(programs, case):
    have, want = (outcome(names, case) for names in programs)
    if want[1].startswith("Graph execution error") if isinstance(want, tuple) and isinstance(want[1], str) else False:
        have, want = have[0], want[0]  # its first line does not say more
    assert have == want


def test_an_unfed_placeholder(programs):
    for case in ("run(out)", "run([const, x])", "make(out, [x])()"):
        have, want = (outcome(names, case) for names in programs)
        assert have[0] == want[0] == "InvalidArgumentError"
        assert have[1] == "You must feed a value for placeholder tensor 'x' with dtype float and shape []"
