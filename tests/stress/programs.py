"""Programs of the stress tests, each run in a process of its own: `python programs.py NAME` prints what it measured as JSON."""

import gc
import json
import multiprocessing
import os
import signal
import sys
import threading
import time
import weakref

import numpy as np
import psutil

import ferroflow as tf
import ferroflow.compat.v1 as v1
from ferroflow.framework import py_function

MIB = 1 << 20
process = psutil.Process()


def growth_of_runs():
    """Bytes by which 100,000 runs, with a new feed dict and a new array each, make the process grow."""
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [None], name="x")
        y = x * 2.0 + 1.0

        def some(count):
            for number in range(count):
                session.run(y, {x: np.ones(1 + number % 3, np.float32)})

        some(10_000)
        gc.collect()
        before = process.memory_info().rss
        some(100_000)
        gc.collect()
        return process.memory_info().rss - before


def peak_of_a_large_feed():
    """Bytes beyond the fed array itself at the peak of feeding, adding to and fetching 64 MB."""
    array = np.ones(16_000_000, np.float32)
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [None], name="x")
        y = x + 1.0
        session.run(y, {x: np.ones(1000, np.float32)})
        gc.collect()
        before = process.memory_info().rss
        peak, done = [before], threading.Event()

        def watch():
            while not done.wait(0.0005):
                peak[0] = max(peak[0], process.memory_info().rss)

        watcher = threading.Thread(target=watch)
        watcher.start()
        for _ in range(5):
            out = session.run(y, {x: array})
            assert out[0] == 2.0
            del out
        done.set()
        watcher.join()
    return peak[0] - before


def interrupted_run():
    """Seconds from Ctrl-C to KeyboardInterrupt for a run of minutes, and what the session answers afterwards."""
    took = {}
    for name in ("one long kernel", "many steps"):
        with tf.Graph().as_default(), v1.Session() as session:
            x = v1.placeholder(tf.float32, [None, None], name="x")
            if name == "many steps":
                y = x
                for _ in range(4000):
                    y = tf.tanh(tf.matmul(y, x))
                size = 500
            else:
                y = tf.matmul(x, x)
                size = 9000
            fed = np.ones((size, size), np.float32) / size
            session.run(y, {x: fed[:10, :10]})
            sent = []

            def interrupt():
                sent.append(time.monotonic())
                os.kill(os.getpid(), signal.SIGINT)

            timer = threading.Timer(0.5, interrupt)
            timer.start()
            try:
                session.run(y, {x: fed})
                took[name] = None
            except KeyboardInterrupt:
                took[name] = time.monotonic() - sent[0]
            timer.join()
            assert session.run(tf.constant([1.0, 2.0])).tolist() == [1.0, 2.0]
    return took


def large_product(number):
    """A product that is worth several threads, eager and in a session."""
    x = np.full((300, 300), 1.0 + number, np.float32)
    eager = float(tf.matmul(x, x).numpy()[0, 0])
    with tf.Graph().as_default(), v1.Session() as session:
        y = tf.matmul(v1.placeholder(tf.float32, [300, 300], name="x"), x)
        return eager, float(session.run(y, {"x:0": x})[0, 0])


def runs_after_fork():
    """The answers of forked children whose parent had its threads going before."""
    want = [300.0 * (1 + number) ** 2 for number in range(3)]
    assert large_product(0) == (want[0], want[0])
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write, json.dumps(large_product(1)).encode())
        os._exit(0)
    os.waitpid(child, 0)
    answer = json.loads(os.read(read, 1000))
    with multiprocessing.get_context("fork").Pool(2) as pool:
        answers = pool.map(large_product, range(3))
    return [answer, *answers], [[w, w] for w in [want[1], *want]]


def nested_runs(seconds):
    """Runs that 8 threads made, whose Python functions run sessions again and read a dataset with a parallel map."""
    until = time.monotonic() + seconds
    counts, faults = [0] * 8, []

    def work(number):
        try:
            with tf.Graph().as_default(), v1.Session() as inner:
                a = v1.placeholder(tf.float32, [], name="a")
                twice = a * 2.0

                def call(value):
                    return inner.run(twice, {a: value})

                with tf.Graph().as_default(), v1.Session() as outer:
                    data = v1.data.Dataset.range(64).map(lambda n: tf.cast(n, tf.float32) + 1.0, num_parallel_calls=4)
                    iterator = data.repeat().make_initializable_iterator()
                    element = iterator.get_next()
                    (result,) = tf.raw_ops.PyFunc(input=[element], token=py_function.register(call), Tout=[tf.float32])
                    outer.run(iterator.initializer)
                    while time.monotonic() < until:
                        got, want = outer.run([result, element]), counts[number] % 64 + 1.0
                        assert got == [2.0 * want, want], (got, want)
                        counts[number] += 1
        except BaseException as error:
            faults.append(repr(error))

    threads = [threading.Thread(target=work, args=(number,), daemon=True) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 30)
    stuck = sum(thread.is_alive() for thread in threads)
    return {"runs": counts, "faults": faults, "stuck": stuck}


def left_after_collection():
    """How many of 10,000 graphs and tapes that lie in cycles are still there after a collection."""
    alive = []
    for _ in range(5000):
        with tf.Graph().as_default() as graph:
            x = tf.constant(1.0) + 1.0
        graph.cycle, x.cycle = [graph, x, x.op], graph
        alive.append(weakref.ref(graph))
        value = tf.constant(2.0)
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(value)
            result = value * value
        tape.cycle, value.cycle, result.cycle = [tape, value], tape, tape
        alive.append(weakref.ref(tape))
    del graph, x, tape, value, result
    gc.collect()
    return sum(one() is not None for one in alive)


if __name__ == "__main__":
    arguments = [float(a) for a in sys.argv[2:]]
    print(json.dumps(globals()[sys.argv[1]](*arguments)), flush=True)
    os._exit(0)
