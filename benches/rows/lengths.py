"""Runs whose length changes every time: an LSTM and an MLP of 50 ops, on inputs of 1 to 512 rows.

The figures are means over the same 60 runs in every package; two more rows say, of 10,000 runs of ours, how their time compares
with programs made for one length, and how memory grows.
"""

import time

import numpy as np

from rows import TINY, Row, size, weights

LONGEST = size(512, 12)
RUNS = size(10_000, 300)
WIDTH = 64
MLP_LAYERS = 17


def mlp(p, x, *parameters):
    """50 ops: 16 times a product, a sum and tanh, and once more without it."""
    for i in range(MLP_LAYERS):
        x = p.add(p.matmul(x, parameters[2 * i]), parameters[2 * i + 1])
        x = p.tanh(x) if i < MLP_LAYERS - 1 else x
    return x


def lstm(p, x, w, u, b):
    return p.lstm(x, w, u, b)


MLP = [weights(WIDTH, WIDTH) if i % 2 == 0 else weights(WIDTH) for i in range(2 * MLP_LAYERS)]
LSTM = [weights(32, 4 * WIDTH, kind="gates"), weights(WIDTH, 4 * WIDTH, kind="gates"), weights(4 * WIDTH)]


def inputs(shape, count):
    """The arrays of so many runs; `shape` is that of one row of them."""
    random = np.random.default_rng(7)
    return [random.random((n, *shape), np.float32) for n in random.integers(1, LONGEST + 1, count)]


def memory():
    """Bytes in memory of this process."""
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * 4096


def timed(call, x):
    start = time.perf_counter()
    call(x)
    return time.perf_counter() - start


def against_fixed(shape, row):
    """Makes the function of the two figures: time over that at a fixed shape, and MiB that memory grows after a tenth of the runs."""

    def measure(p):
        (call,) = p.any_length(row, shape).values()
        arrays = [p.array(a, "") for a in inputs(shape, RUNS)]
        for x in arrays[: RUNS // 10]:
            call(x)
        before, times = memory(), {}
        for x in arrays[RUNS // 10 :]:
            times.setdefault(len(x), []).append(timed(call, x))
        grown = max(memory() - before, 0) / 2**20
        chosen = sorted(times)[:: max(len(times) // 16, 1)]
        fixed = {}
        for n in chosen:
            (one,) = p.any_length(row, shape, n).values()
            x = next(x for x in arrays if len(x) == n)
            one(x)
            fixed[n] = float(np.median([timed(one, x) for _ in range(len(times[n]))]))
        return sum(float(np.median(times[n])) for n in chosen) / sum(fixed.values()), grown

    return measure


def rows(name, program, parameters, shape):
    """The three rows of a network."""
    kept = []
    main = Row(f"{name}, mean of runs of length 1..512", [], program, "lengths", parameters, tolerance=1e-3)
    main.shape = shape

    def ratio(p):
        kept[:] = against_fixed(shape, main)(p)
        return kept[0]

    def growth(p):
        return kept[1] if kept else against_fixed(shape, main)(p)[1]

    return [
        main,
        Row(f"{name}, 10,000 lengths over fixed shapes", [], {"ferroflow": ratio}, "process", limit=1.3, unit="times"),
        Row(f"{name}, growth over 9,000 runs", [], {"ferroflow": growth}, "process", limit=2, unit="MiB"),
    ]


ROWS = rows("MLP of 50 ops", mlp, MLP, (WIDTH,)) + rows("LSTM 32-64", lstm, LSTM, (1, 32))
SAMPLE = 3 if TINY else 60
