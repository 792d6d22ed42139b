"""A process that runs rows in one package: `worker.py PACKAGE THREADS`. Commands and answers are lines of JSON.

    {"do": "prepare", "row": name}                       -> {column: digest of the results, or {"error": text}}
    {"do": "time", "column": column, "seconds": s}       -> {"time": least time of a call, in the row's unit}

What a package prints goes to stderr.
"""

import gc
import json
import os
import sys
import time

import numpy as np
import packages
import rows
from rows.lengths import SAMPLE, inputs

SHAPES = [(3,), (7,), (5,)]
GROUP = 30
SAMPLES = 499


def digest(results, kinds, check):
    """What is compared of results: each one's shape and mean and, of numbers that are not random, some elements."""
    found = []
    for result, kind in zip(results, kinds, strict=True):
        array = np.asarray(result, np.float64)
        flat = array.ravel()
        picked = flat[np.linspace(0, flat.size - 1, min(SAMPLES, flat.size)).astype(int)] if check == "close" else []
        means = [flat.mean(), np.square(flat).mean()] if check == "moments" else []
        found.append({"shape": array.shape, "values": [*means, *picked]})
    return found


def loop(call, count):
    """Seconds of so many calls."""
    start = time.perf_counter()
    for _ in range(count):
        call()
    return time.perf_counter() - start


def least(call, seconds):
    """Least seconds of a call, tried for so long, twice at least; less what an empty loop takes, where calls are short."""
    end = time.perf_counter() + seconds
    first = loop(call, 1)
    count = max(int(2e-3 / max(first, 1e-9)), 1)
    times = [first] if count == 1 else []
    while len(times) < 2 or time.perf_counter() < end:
        times.append(loop(call, count))
    empty = min(loop(lambda: None, count) for _ in range(5)) if count > 1 else 0
    return (min(times) - empty) / count


def fed(call, expected, seconds):
    """Least mean seconds of a call with arrays that are all new, of three shapes in turn; every result is checked."""
    end, number, took, empty = time.perf_counter() + seconds, 0, [], []
    while number < 4 or time.perf_counter() < end:
        number += 1
        feeds = [np.full(SHAPES[i % 3], 0.25 + (i + number) % 7 / 8, np.float32) for i in range(GROUP)]
        results = []
        start = time.perf_counter()
        for a in feeds:
            results.append(call(a))
        took.append(time.perf_counter() - start)
        for a, result in zip(feeds, results):
            np.testing.assert_allclose(result, expected(a), rtol=1e-4)
        start = time.perf_counter()
        for a in feeds:
            results.append(id(a))
        empty.append(time.perf_counter() - start)
    return (min(took) - min(empty)) / GROUP


class Worker:
    """A package, and the row that is prepared."""

    def __init__(self, name, threads):
        self.package = packages.load(name, threads)
        self.table = rows.all_rows()

    def prepare(self, row):
        """Makes the row's calls and runs each once; column -> digest or error."""
        self.row = row = self.table[row]
        self.calls, self.arrays = {}, None
        gc.collect()
        gc.unfreeze()
        try:
            found = getattr(self, row.kind, self.computed)(row)
        except Exception as error:
            return {column: failure(error) for column in self.package.columns}
        gc.collect()
        gc.freeze()
        return found

    def computed(self, row):
        """Rows whose program is written in the vocabulary."""
        specs = [*row.inputs, *row.weights]
        self.arrays = [self.package.array(a, spec.kind) for a, spec in zip(row.arrays(), specs)]
        found = {}
        for column, calls in self.package.calls(row, self.arrays).items():
            try:
                steps = 3 if row.kind == "train" else 1
                for call in calls:
                    results = []
                    for _ in range(steps):
                        result = call()
                        results += result if isinstance(result, (tuple, list)) else [result]
                kinds = row.out if row.kind != "train" else [""] * steps
                found[column] = digest([self.package.values(r, k) for r, k in zip(results, kinds)], kinds, row.check)
                self.calls[column] = calls
            except Exception as error:
                found[column] = failure(error)
        return found

    def latency(self, row):
        return self.own(row, lambda call: digest([self.package.values(call(), "")], [""], "close"))

    def feed(self, row):
        a = np.array([0.5, 0.75, 0.25], np.float32)
        return self.own(row, lambda call: digest([call(a)], [""], "close"))

    def process(self, row):
        return self.own(row, lambda call: [])

    def own(self, row, check):
        """Rows with a maker for each column."""
        found = {}
        for column in self.package.columns:
            if column in row.program:
                make = row.program[column]
                call = (lambda make=make: make(self.package)) if row.kind == "process" else make(self.package)
                found[column] = check(call)
                self.calls[column] = [call]
        return found

    def lengths(self, row):
        arrays = [self.package.array(a, "") for a in inputs(row.shape, SAMPLE)]
        found = {}
        for column, call in self.package.any_length(row, row.shape).items():
            for x in arrays:
                result = call(x)
            found[column] = digest([self.package.values(result, "")], [""], "close")
            self.calls[column] = [lambda call=call: [call(x) for x in arrays]]
        return found

    def time(self, column, seconds):
        """The least time of a call of a column that was prepared: microseconds, or the figure of a process row."""
        gc.disable()
        try:
            if self.row.kind == "process":
                return {"time": self.calls[column][0]()}
            if self.row.kind == "feed":
                found = fed(self.calls[column][0], self.row.program["expected"], seconds)
            else:
                found = min(least(call, seconds / len(self.calls[column])) for call in self.calls[column])
            return {"time": found * 1e6 / (SAMPLE if self.row.kind == "lengths" else 1)}
        except Exception as error:
            return failure(error)
        finally:
            gc.enable()


def failure(error):
    """An error as an answer: its class and first line."""
    return {"error": f"{type(error).__name__}: {error}".splitlines()[0][:200]}


def main():
    channel = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    worker = Worker(sys.argv[1], int(sys.argv[2]))
    for line in sys.stdin:
        command = json.loads(line)
        do = command.pop("do")
        print(json.dumps(getattr(worker, do)(**command)), file=channel, flush=True)


if __name__ == "__main__":
    main()
