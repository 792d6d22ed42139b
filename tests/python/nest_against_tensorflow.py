"""Compares our nest functions with TensorFlow's over random structures; prints differences, then the number of calls.

Run by a Python that has TensorFlow: `nest_against_tensorflow.py FRAMEWORK_FOLDER SEED COUNT`.
"""

import collections
import random
import sys

from tensorflow.python.data.util import nest as tf_data_nest
from tensorflow.python.util import nest as tf_nest

FOLDER, SEED, COUNT = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])

# A stand-in for the package, so that only the framework's own modules are imported.
package = sys.modules["framework"] = type(sys)("framework")
package.__path__ = [FOLDER]
from framework import data_nest, nest  # noqa: E402

P = collections.namedtuple("P", "x y")
Q = collections.namedtuple("Q", "x y")
SameAsP = collections.namedtuple("P", "x y")


class MyList(list):
    """A list of a class of its own."""


rng = random.Random(SEED)


def structure(depth):
    """A random structure."""
    if depth == 0 or rng.random() < 0.25:
        return rng.choice([1, "s", None, 2.5, b"b"])
    count = rng.randint(0, 3)
    cls = rng.choice([list, tuple, dict, collections.OrderedDict, P, Q, SameAsP, MyList, range, collections.deque])
    if issubclass(cls, dict):
        return cls((key, structure(depth - 1)) for key in rng.sample("abc", count))
    if hasattr(cls, "_fields"):
        return cls(structure(depth - 1), structure(depth - 1))
    return range(count) if cls is range else cls(structure(depth - 1) for _ in range(count))


def changed(value):
    """The same structure, here and there with another type or deeper."""
    if isinstance(value, dict):
        return rng.choice([type(value), dict])((k, changed(v)) for k, v in value.items())
    if hasattr(value, "_fields"):
        return rng.choice([P, SameAsP, type(value), type(value)])(*map(changed, value))
    if isinstance(value, (list, tuple)):
        return rng.choice([type(value)] * 8 + [list, tuple])(map(changed, value))
    return value if rng.random() < 0.95 else [value]


def outcome(function, *args, **kwargs):
    """The result or the error as text."""
    try:
        return repr(function(*args, **kwargs))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def calls(module, one, other):
    """(function, arguments) to compare, for both variants of nest."""
    count = len(module.flatten(one)) + (rng.random() < 0.2)
    yield "flatten", (one,), {}
    yield "assert_same_structure", (one, other), {}
    yield "assert_same_structure", (one, other), {"check_types": False}
    yield "map_structure", (lambda x: (x,), one), {}
    yield "map_structure", (lambda x, y: (x, y), one, other), {}
    yield "pack_sequence_as", (one, list(range(count))), {}
    yield "flatten_up_to", (one, other), {}
    yield "map_structure_up_to", (one, lambda x: x, other), {}
    yield "is_nested", (one,), {}
    if module is tf_nest:
        yield "flatten_with_joined_string_paths", (one,), {}
        yield "map_structure_with_paths", (lambda path, x: (path, x), one), {}
        yield "list_to_tuple", (one,), {}


compared = 0
for _ in range(COUNT):
    first = structure(3)
    second = changed(first) if rng.random() < 0.7 else structure(3)
    for theirs, ours in ((tf_nest, nest), (tf_data_nest, data_nest)):
        for name, args, kwargs in calls(theirs, first, second):
            compared += 1
            expected = outcome(getattr(theirs, name), *args, **kwargs)
            got = outcome(getattr(ours, name), *args, **kwargs)
            if got != expected:
                print(f"{name} {args} {kwargs}\n  TensorFlow: {expected}\n  Ferroflow:  {got}")
print(compared)
