"""Runs a program that is a Python function with Ferroflow and with TensorFlow, and compares all that it shows.

A program takes `tf` and `show`. Its first line of documentation names the rule of TensorFlow that it covers. What it
passes to `show` is called, if it can be, and its result or error kept: values, side effects, numbers of traces.
"""

import re

import tensorflow
from programs import outcome

import ferroflow

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


def shown(program, tf):
    """What a program shows with a library."""
    kept = []

    def show(value):
        try:
            kept.append(outcome(value() if callable(value) else value))
        except Exception as error:
            kept.append(_error(error))

    program(tf, show)
    return kept


def check(program):
    """Asserts that a program shows the same with both libraries."""
    want, have = shown(program, tensorflow), shown(program, ferroflow)
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
