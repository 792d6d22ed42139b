"""Runs a program that is a Python function with Ferroflow and with TensorFlow, and compares all that it shows.

A program takes `tf` and `show`. Its first line of documentation names the rule of TensorFlow that it covers. What it
passes to `show` is called, if it can be, and its result or error kept: values, side effects, numbers of traces.

A program runs in up to three ways: its functions traced; its functions run eagerly; all of it in a graph, where what it
shows is run in a session.
"""

import contextlib
import re

import tensorflow
from programs import outcome

import ferroflow

WAYS = FUNCTION, EAGER, SESSION = ("function", "eager", "session")
_FRAME = re.compile(r'File "(.*)", line (\d+), in (\w+)')


def _error(error):
    """The class of an error, the lines of the program that it names, and the first line of its cause."""
    text = str(error)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if not lines or lines[0] not in ("in user code:", "Graph execution error:"):
        return [type(error).__name__, (lines or [""])[0].partition(" for '{{node")[0]]
    if lines[0] == "Graph execution error:":
        said = (line for line in lines[1:] if not line.startswith(("Detected", "File", "Node:", "[[")))
        return [type(error).__name__, next(said).partition(" [Op:")[0]]
    frames = [found.groups() for found in map(_FRAME.search, lines) if found]
    ours = [[int(line), name] for file, line, name in frames if file.endswith("_programs.py")]
    cause = next(line for line in lines if re.match(r"[A-Za-z_.]+(Error|Exception|Iteration|Fault)\w*: ", line))
    return [type(error).__name__, ours, cause.partition(" for '{{node")[0]]


class Programs(list):
    """Pairs of a program and a way to run it; use an instance as a decorator of programs."""

    def __call__(self, *ways, features=()):
        """A decorator that adds a program.

        Args:
          ways: of `WAYS`; traced functions if there are none.
          features: what the program mixes.
        """

        def add(program):
            program.features = features
            self.extend((program, way) for way in ways or (FUNCTION,))
            return program

        return add

    def names(self):
        """A name for each pair."""
        return [f"{program.__name__}-{way}" for program, way in self]

    def rules(self):
        """The rule that each program covers."""
        return [program.__doc__ for program in dict.fromkeys(program for program, _ in self)]


@contextlib.contextmanager
def _eagerly(tf):
    tf.config.run_functions_eagerly(True)
    try:
        yield lambda value: value
    finally:
        tf.config.run_functions_eagerly(False)


@contextlib.contextmanager
def _in_session(tf):
    v1, ready = tf.compat.v1, set()

    def result(value):
        fresh = [one for one in v1.global_variables() if one.name not in ready]
        session.run([one.initializer for one in fresh])
        ready.update(one.name for one in fresh)
        leaves = tf.nest.flatten(value)
        runs = [hasattr(one, "graph") or isinstance(one, tf.Variable) for one in leaves]
        results = iter(session.run([one for one, run in zip(leaves, runs, strict=True) if run]))
        found = [next(results) if run else one for one, run in zip(leaves, runs, strict=True)]
        return tf.nest.pack_sequence_as(value, found)

    with tf.Graph().as_default(), v1.Session() as session:
        yield result


def shown(program, tf, way=FUNCTION):
    """What a program shows with a library."""
    kept = []
    around = {FUNCTION: lambda tf: contextlib.nullcontext(lambda value: value), EAGER: _eagerly, SESSION: _in_session}

    def show(value):
        try:
            kept.append(outcome(result(value() if callable(value) else value)))
        except Exception as error:
            kept.append(_error(error))

    with around[way](tf) as result:
        program(tf, show)
    return kept


def check(program, way=FUNCTION):
    """Asserts that a program shows the same with both libraries."""
    want, have = shown(program, tensorflow, way), shown(program, ferroflow, way)
    faults = [f"{number}: TensorFlow {one}, Ferroflow {other}"
              for number, (one, other) in enumerate(zip(want, have, strict=True)) if not _same(one, other)]  # fmt: skip
    assert not faults, "\n".join(faults)


def _same(one, other):
    """Whether two outcomes are equal; floats may differ by the rounding of a different order of sums."""
    if isinstance(one, float) and isinstance(other, float):
        return one == other or abs(one - other) <= 2e-6 * max(1.0, abs(one)) or one != one and other != other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    return one == other


def type_of(call):
    """The class of the error that a call raises."""
    try:
        return call()
    except Exception as error:
        return type(error).__name__
