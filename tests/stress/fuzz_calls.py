"""Random calls of ops for the fuzz test: valid calls, changed at random; runs as a process of its own.

`python fuzz_calls.py REPORT SEED CALLS` makes the calls and writes what came of them to REPORT as JSON. The call in hand is
kept in REPORT.last, so that it is known if the process dies or hangs. Ops that write files write odd names into the current
directory: the calls are made in a temporary one.
"""

import faulthandler
import json
import mmap
import os
import random
import resource
import sys
import tempfile
import time
import warnings
from collections import Counter
from pathlib import Path

import numpy as np
import reach
from op_table import table

import ferroflow as tf
import ferroflow.compat.v1 as v1

SHAPES = (
    (),
    (0,),
    (1,),
    (2,),
    (3,),
    (2, 3),
    (3, 2),
    (0, 3),
    (1, 1, 1),
    (2, 0, 2),
    (1, 2, 2, 1),
    (1, 2, 1, 2, 1, 1, 2, 1),
    (1,) * 9,
)
DTYPES = (
    "float16",
    "float32",
    "float64",
    "int8",
    "uint8",
    "int16",
    "uint16",
    "int32",
    "uint32",
    "int64",
    "uint64",
    "bool",
    "complex64",
)
NUMBERS = (0, 1, -1, 2, 3, 7, -7, 127, 255, 2**31 - 1, -(2**31), 2**31, 2**62, 2**63 - 1, -(2**63))
FRACTIONS = (0.0, -0.0, 1.0, -1.5, 1e-30, 1e30, float("inf"), float("-inf"), float("nan"))
WORDS = ("NCHW", "VALID", "EXPLICIT", "SYMMETRIC", "odd", "")
JUNK = (
    None,
    "text",
    b"bytes",
    "",
    3,
    -1,
    2.5,
    True,
    [],
    [1, 2],
    [[1], [2, 3]],
    {},
    (),
    object(),
    2**70,
    1j,
    tf.float32,
    int,
)
# Memory beyond what the process has at the start: larger results must be errors.
MEMORY = 3 << 30
# A new graph is begun after this many ops.
GRAPH_OPS = 300


def values(dice):
    """An array with odd values in an odd shape."""
    dtype, shape = dice.choice(DTYPES), dice.choice(SHAPES)
    pool = FRACTIONS if dtype.startswith(("float", "complex")) else (0, 1) if dtype == "bool" else NUMBERS
    if dice.random() < 0.7:
        pool = pool[:3]
    flat = [np.array(dice.choice(pool)).astype(dtype) for _ in range(int(np.prod(shape)))]
    return np.array(flat, dtype).reshape(shape)


def changed_array(dice, value):
    """An array of another shape, or with one value that is odd."""
    way = dice.randrange(6)
    if way == 0:
        return value.reshape(-1)
    if way == 1:
        return value[None]
    if way == 2:
        return value[:1] if value.ndim else np.stack([value, value])
    if way == 3:
        return value[..., :0] if value.ndim else value
    if value.dtype.kind in "iuf" and value.size:
        value = np.array(value)
        pool = FRACTIONS if value.dtype.kind == "f" else NUMBERS
        value.reshape(-1)[dice.randrange(value.size)] = np.array(dice.choice(pool)).astype(value.dtype)
    return value


def changed(dice, value):
    """A value like another one, but odd or wrong."""
    way = dice.randrange(12)
    if way == 0:
        return dice.choice(JUNK)
    if way == 1:
        return values(dice)
    if isinstance(value, list):
        if way < 4:
            return value[:-1]
        return value + value[:1] if way < 6 else [changed(dice, one) for one in value]
    if isinstance(value, np.ndarray):
        return changed_array(dice, value)
    if isinstance(value, bool):
        return not value
    for kind, pool in ((str, WORDS), (int, NUMBERS), (float, FRACTIONS)):
        if isinstance(value, kind):
            return dice.choice(pool)
    return value if way < 6 else dice.choice(JUNK)


class Fuzz:
    """Makes random calls and counts what comes of them."""

    def __init__(self, seed, last):
        self.dice = random.Random(seed)
        self.last = last
        self.calls = reach.calls(table())
        self.plain = [i for i, (_, arguments) in enumerate(self.calls) if not slow(arguments)]
        self.slow = [i for i, (_, arguments) in enumerate(self.calls) if slow(arguments)]
        self.dtypes = {op["name"]: reach.dtypes(op) for op, _ in self.calls}
        self.counts, self.errors, self.faults, self.slowest = Counter(), Counter(), [], (0.0, "")
        self.graph, self.in_graph = None, 0

    def call(self):
        """One random call."""
        dice = self.dice
        op, arguments = self.calls[dice.choice(self.plain if dice.random() < 0.98 else self.slow)]
        types = reach.default_types(op, arguments)
        if self.dtypes[op["name"]] and dice.random() < 0.5:
            attr, dtype = dice.choice(self.dtypes[op["name"]])
            types[attr] = dtype
        settled = reach.settle(op, arguments, types) if not references(arguments) else None
        wrong = settled is not None and bool(settled) and dice.random() < 0.5
        if wrong:
            for name in dice.sample(sorted(settled), min(len(settled), 1 + (dice.random() < 0.3))):
                settled[name] = changed(dice, settled[name])
        self.last.seek(0)
        self.last.write(f"{op['name']} {settled or arguments!r}"[:4000].encode().ljust(4096))
        start = time.perf_counter()
        try:
            if settled is None:
                reach.run(op, arguments, types)
            elif dice.random() < 0.1:
                self.add(op, settled)
            else:
                getattr(tf.raw_ops, op["name"])(**settled)
                self.counts["reached"] += 1
        except Exception as error:
            self.errors[type(error).__name__] += 1
            text = str(error)
            if "a fault of Ferroflow itself" in text or "PanicException" in type(error).__name__:
                self.faults.append(f"{op['name']} {settled or arguments!r}: {text}"[:1000])
        took = time.perf_counter() - start
        if took > self.slowest[0]:
            self.slowest = (took, f"{op['name']} {settled or arguments!r}"[:500])
        self.counts["calls"] += 1

    def add(self, op, settled):
        """Adds the op to a graph, with placeholders of partly known shapes for some of its arrays."""
        if self.graph is None or self.in_graph > GRAPH_OPS:
            self.graph, self.in_graph = tf.Graph(), 0
        self.in_graph += 1
        dice, inputs = self.dice, {arg["name"] for arg in op["inputs"]}
        with self.graph.as_default():
            for name, value in settled.items():
                if name in inputs and isinstance(value, np.ndarray) and value.dtype != object and dice.random() < 0.5:
                    shape = None if dice.random() < 0.3 else [None if dice.random() < 0.5 else n for n in value.shape]
                    settled[name] = v1.placeholder(tf.as_dtype(value.dtype), shape)
            getattr(tf.raw_ops, op["name"])(**settled)
        self.counts["added to a graph"] += 1


def references(arguments):
    return any(isinstance(value, reach.Ref) for value in arguments.values())


def slow(arguments):
    """Whether a call needs a dataset or a session, which take longer than the op."""
    return references(arguments) or any(isinstance(value, reach.Maker) for value in arguments.values())


def main(report, seed, calls):
    report = Path(report).resolve()
    with open(f"{report}.last", "w+b") as file:
        file.write(b" " * 4096)
        file.flush()
        last = mmap.mmap(file.fileno(), 4096)
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    with open("/proc/self/statm") as statm:
        limit = int(statm.read().split()[0]) * mmap.PAGESIZE + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    fuzz = Fuzz(seed, last)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for done in range(calls):
            if done % 1000 == 0:
                faulthandler.dump_traceback_later(60, exit=True)
            fuzz.call()
        faulthandler.cancel_dump_traceback_later()
        strays = sum(1 for _ in Path(folder).rglob("*"))
        os.chdir(report.parent)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with open(report, "w") as file:
        json.dump(
            {
                "counts": fuzz.counts,
                "errors": fuzz.errors,
                "faults": fuzz.faults,
                "slowest": fuzz.slowest,
                "peak_kib": peak,
                "strays": strays,
            },
            file,
        )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
