"""Runs one program text with Ferroflow and with TensorFlow, and compares all that it shows."""

import re

import numpy as np
import tensorflow

import ferroflow
import ferroflow.compat.v1


def outcome(value):
    """A value in a form that is equal for both libraries: arrays as lists, operations and tensors by name."""
    if isinstance(value, (bool, int, float, str, bytes, type(None), complex)):
        return value
    if isinstance(value, (list, tuple)):
        return [outcome(one) for one in value]
    if isinstance(value, dict):
        return {key: outcome(one) for key, one in value.items()}
    if isinstance(value, (np.ndarray, np.generic)):
        return [str(value.dtype), list(value.shape), value.tolist()]
    kind = type(value).__name__
    if kind == "IndexedSlices":
        return ["slices", outcome(value.values), outcome(value.indices)]
    if kind in ("EagerTensor", "ResourceVariable", "UnreadVariable", "_UnreadVariable") and hasattr(value, "numpy"):
        try:
            return ["value", *outcome(np.asarray(value.numpy()))]
        except NotImplementedError:
            return ["variable", value.name, str(value.shape), value.dtype.name]
    if kind == "Operation":
        return ["operation", value.name, value.type]
    if hasattr(value, "name") and hasattr(value, "shape"):
        return ["tensor", value.name, str(value.shape), value.dtype.name]
    return repr(value)


def run(text, tf, v1):
    """What the program `text` shows: a list with an entry for each call of `show`."""
    shown = []

    def show(function):
        try:
            shown.append(outcome(function() if callable(function) else function))
        except Exception as error:
            first = str(error).split("\n")[0]
            if first == "Graph execution error:":
                lines = str(error).split("\n")
                first = next(
                    line for line in lines[1:] if line and not line.startswith(("Detected", " ", "Node:", "\t"))
                )
            # What stands around the message of an eager op.
            first = re.sub(r"^\{\{function_node [^}]*\}\} ", "", first)
            first = re.sub(r" \[Op:\w+\](?: name: .*)?$", "", first)
            shown.append([type(error).__name__, first.partition(" for '{{node")[0]])

    exec(compile(text, "program", "exec"), {"tf": tf, "v1": v1, "np": np, "show": show})
    return shown


def check(text):
    """Asserts that a program shows the same with both libraries."""
    want = run(text, tensorflow, tensorflow.compat.v1)
    have = run(text, ferroflow, ferroflow.compat.v1)
    assert len(want) == len(have)
    faults = [
        f"{number}: TensorFlow {w!r}\n   Ferroflow  {h!r}" for number, (w, h) in enumerate(zip(want, have)) if w != h
    ]
    assert not faults, "\n".join(faults)
