"""Several sessions at once: what each loses when another thread runs one of its own."""

import threading
import time

import numpy as np

from rows import Row, size

RUNS = size(400, 4)
OPS = size(200, 4)
LENGTH = size(1000, 4)


def chain(p):
    """A call that runs a chain of small ops in a session of its own: no op is worth a second thread."""
    tf = p.tf
    v1 = tf.compat.v1
    with tf.Graph().as_default() as graph:
        x = y = v1.placeholder(tf.float32, [LENGTH])
        for i in range(OPS):
            y = tf.sqrt(tf.abs(y) + 1.0) if i % 2 else tf.reverse(y, [0])
        call = v1.Session(graph=graph).make_callable(y, [x])
    fed = np.linspace(0.1, 1.0, LENGTH, dtype=np.float32)
    return lambda: call(fed)


def network(p):
    """A call that runs dense layers in a session of its own: large enough that one alone uses all threads."""
    tf = p.tf
    v1 = tf.compat.v1
    width = size(256, 4)
    with tf.Graph().as_default() as graph:
        x = y = v1.placeholder(tf.float32, [width, width])
        for i in range(8):
            y = tf.tanh(tf.matmul(y, tf.constant(np.full([width, width], 0.5 / width, np.float32))) + 0.1 * i)
        call = v1.Session(graph=graph).make_callable(y, [x])
    fed = np.full([width, width], 0.1, np.float32)
    return lambda: call(fed)


def seconds(calls):
    """Seconds until each of some threads has made all runs of its call."""
    ready = threading.Barrier(len(calls) + 1)

    def work(call):
        ready.wait()
        for _ in range(RUNS):
            call()

    threads = [threading.Thread(target=work, args=(call,)) for call in calls]
    for t in threads:
        t.start()
    ready.wait()
    start = time.perf_counter()
    for t in threads:
        t.join()
    return time.perf_counter() - start


def at_once(make):
    """Makes the function of the figure: microseconds a run, of two threads with a session each."""

    def measure(p):
        calls = [make(p), make(p)]
        for call in calls:
            call()
        return min(seconds(calls) for _ in range(3)) * 1e6 / (2 * RUNS)

    return measure


def over_one(make):
    """Makes the function of the figure: the time for the runs of two threads over that for half of them in one thread alone."""

    def measure(p):
        calls = [make(p), make(p)]
        for call in calls:
            call()
        return min(seconds(calls) for _ in range(3)) / min(seconds(calls[:1]) for _ in range(3))

    return measure


def both(maker, make):
    return {column: maker(make) for column in ("ferroflow", "tensorflow")}


ROWS = [
    Row("2 sessions on 2 threads, chain of 200 ops, a run", [], both(at_once, chain), "process", unit="us"),
    Row(
        "2 sessions on 2 threads, chain of 200 ops, over one",
        [],
        both(over_one, chain),
        "process",
        limit=1.2,
        unit="times",
    ),
    Row("2 sessions on 2 threads, 8 dense layers, a run", [], both(at_once, network), "process", unit="us"),
    Row(
        "2 sessions on 2 threads, 8 dense layers, over one",
        [],
        both(over_one, network),
        "process",
        limit=2.1,
        unit="times",
    ),
]
